//! Numbers in Han characters, alone and behind digits: 一百零五, 3万5千, 1500多万; and the Hangul
//! multipliers 만, 억, 조, which work in the same way.
//!
//! Owns the characters and how they join. It never knows units.

use super::number::{Kind, Num};
use super::text::{Text, digit};
use crate::quantity::Exact;

/// What one character or run of digits adds to a number.
#[derive(Clone, Copy)]
enum Atom {
    /// A coefficient; whether it is a single digit.
    Number(Exact, bool),
    Zero,
    /// 廿, 卅.
    Tens(i128),
    /// 十, 百, 千.
    Small(i128),
    /// 万, 亿, 兆.
    Big(i128),
}

/// The digit that a Han character is. Two is also 两, which is checked by what follows it.
fn han_digit(c: char) -> Option<i128> {
    Some(match c {
        '〇' | '○' | '零' => 0,
        '一' | '壹' => 1,
        '二' | '两' | '兩' | '贰' | '貳' => 2,
        '三' | '叁' | '參' => 3,
        '四' | '肆' => 4,
        '五' | '伍' => 5,
        '六' | '陆' | '陸' => 6,
        '七' | '柒' => 7,
        '八' | '捌' => 8,
        '九' | '玖' => 9,
        _ => return None,
    })
}

/// Numerals of cheques, most of which are words too (大陆, 参加): numbers only among their like.
const FORMAL: &[char] = &['壹', '贰', '貳', '叁', '參', '肆', '伍', '陆', '陸', '柒', '捌', '玖'];
const FORMAL_NEXT: &[char] = &['拾', '佰', '仟', '万', '萬', '亿', '億', '元', '圆', '圓', '整', '零'];
/// What makes a multiplier vague: 数十, 几百, 上千.
const VAGUE: &[char] = &['数', '數', '几', '幾', '上', '成', '若', '半', '多'];

/// How many characters a number has at most; more is no number, and is passed over.
const LONGEST: usize = 48;

impl Text<'_> {
    fn small(c: char) -> Option<i128> {
        Some(match c {
            '十' | '拾' | '십' => 10,
            '百' | '佰' | '백' => 100,
            '千' | '仟' | '천' => 1000,
            _ => return None,
        })
    }

    fn big(&self, c: char) -> Option<i128> {
        Some(match c {
            '万' | '萬' | '만' => 10_000,
            '亿' | '億' | '억' => 100_000_000,
            '兆' if self.trillion => 1_000_000_000_000,
            '조' => 1_000_000_000_000,
            _ => return None,
        })
    }

    fn atom(&self, at: usize) -> Option<(Atom, usize)> {
        let c = self.next(at)?;
        let end = at + c.len_utf8();
        // 千瓦, 千米, 百分点 are units.
        let unit: &[char] = match c {
            '千' => &['瓦', '米', '克', '卡', '伏', '赫'],
            '百' => &['分'],
            _ => &[],
        };
        if self.any(end, unit).is_some() {
            return None;
        }
        if let Some(power) = Self::small(c) {
            return Some((Atom::Small(power), end));
        }
        if let Some(power) = self.big(c) {
            return Some((Atom::Big(power), end));
        }
        match c {
            '廿' => return Some((Atom::Tens(20), end)),
            '卅' => return Some((Atom::Tens(30), end)),
            _ => {}
        }
        if digit(c).is_some() {
            let digits = self.digits(at)?;
            return Some((Atom::Number(digits.value?, digits.plain == Some(1)), digits.end));
        }
        if FORMAL.contains(&c) && self.any(end, FORMAL_NEXT).is_none() {
            let among = self.previous(at).is_some_and(|p| FORMAL_NEXT.contains(&p));
            return among.then_some((Atom::Number(Exact::whole(han_digit(c)?), true), end));
        }
        match han_digit(c)? {
            0 => Some((Atom::Zero, end)),
            n => Some((Atom::Number(Exact::whole(n), true), end)),
        }
    }

    /// The end of all that a number might be made of, for what is none.
    pub(super) fn han_run(&self, at: usize) -> usize {
        self.run(at, |c| {
            han_digit(c).is_some()
                || Self::small(c).is_some()
                || self.big(c).is_some()
                || matches!(c, '几' | '幾')
        })
    }

    /// Whether a number may begin here.
    pub(super) fn is_numeral(&self, at: usize) -> bool {
        self.atom(at).is_some()
    }

    /// The number in Han characters that begins here; `None` also for what looks like one and is
    /// vague (几十), a list (一二三) or a word (百姓).
    pub(super) fn han_number(&self, at: usize) -> Option<Num> {
        let c = self.next(at)?;
        let (atom, _) = self.atom(at)?;
        let single = |c: Option<char>| c.and_then(han_digit);
        let second = self.next(at + c.len_utf8());
        if let (Some(a), Some(b)) = (single(Some(c)), single(second)) {
            return self.in_a_row(at, a, b);
        }
        // 成千上万 is vague, 形成万亿级产业 is not.
        let formed = |p: char| {
            p == '成'
                && self.previous(at.saturating_sub(p.len_utf8())).is_some_and(|q| {
                    matches!(q, '形' | '建' | '完' | '达' | '達' | '组' | '組' | '构' | '構' | '养' | '養')
                })
        };
        if matches!(atom, Atom::Small(_) | Atom::Big(_))
            && self.previous(at).is_some_and(|p| VAGUE.contains(&p) && !formed(p))
        {
            return None;
        }
        self.composed(at, true)
    }

    /// Digits in a row: a year or a number read digit by digit (二〇二三), or a guess (七八).
    fn in_a_row(&self, at: usize, first: i128, second: i128) -> Option<Num> {
        let rest = self.rest(at);
        let run: Vec<(usize, i128)> = rest
            .char_indices()
            .take(LONGEST)
            .map_while(|(i, c)| Some((i + c.len_utf8(), han_digit(c)?)))
            .collect();
        let length = run.last()?.0;
        let end = at + length;
        let plain = run.len();
        if plain == 2 && first > 0 && second == first + 1 {
            let (mut num, mut power, mut stop) = (Exact::whole(first), 1_i128, end);
            let mut to = Exact::whole(second);
            while let Some(next) =
                self.next(stop).and_then(|c| Some((Self::small(c).or_else(|| self.big(c))?, c)))
                && power < 1_000_000_000_000
            {
                power *= next.0;
                stop += next.1.len_utf8();
            }
            let scale = Exact::whole(power);
            (num, to) = (num.times(scale)?, to.times(scale)?);
            return Some(Num {
                end: stop,
                value: num,
                to: Some(to),
                scale,
                words: true,
                kind: Kind::Cardinal,
                plain: None,
                over: false,
            });
        }
        let zero = run.iter().skip(1).any(|(_, d)| *d == 0) && first > 0;
        let year = plain == 4 && self.starts(end, "年").is_some();
        let list = plain == LONGEST || self.atom(end).is_some_and(|(a, _)| !matches!(a, Atom::Big(_)));
        if !(zero || year) || list {
            return None;
        }
        let value = run.iter().try_fold(0_i128, |sum, (_, d)| sum.checked_mul(10)?.checked_add(*d));
        value.map(|v| Num {
            end,
            value: Exact::whole(v),
            to: None,
            scale: Exact::whole(1),
            words: true,
            kind: Kind::Cardinal,
            plain: Some(plain),
            over: false,
        })
    }

    /// Whether Han or Hangul multipliers follow digits.
    pub(super) fn has_han_tail(&self, at: usize) -> bool {
        let end = self.any(at, &['多', '余', '餘']).unwrap_or(at);
        self.next(end).is_some_and(|c| Self::small(c).or_else(|| self.big(c)).is_some())
            || self.han && self.han_point(at).is_some()
    }

    /// Coefficients and multipliers, added up.
    pub(super) fn composed(&self, at: usize, words: bool) -> Option<Num> {
        let zero_value = Exact::whole(0);
        let (mut total, mut section) = (zero_value, zero_value);
        // The coefficient that waits for its multiplier, and whether it is a single digit.
        let mut current: Option<(Exact, bool)> = None;
        let (mut least, mut most) = (i128::MAX, 0_i128);
        // The last multiplier, for 一千二 and 一亿二.
        let mut last = 0_i128;
        let (mut zero, mut over, mut bare) = (false, false, false);
        let (mut coefficients, mut multipliers, mut scale) = (0, 0, 1_i128);
        let mut end = at;
        let mut words = words;
        for n in 0..=LONGEST {
            // 1억 4000만: Korean parts the groups.
            let start = match self.next(end) {
                Some(' ') if most > 0 && self.has_digit(end + 1) && self.hangul_before(end) => end + 1,
                _ => end,
            };
            let Some((atom, stop)) = self.atom(start).filter(|_| n < LONGEST) else { break };
            match atom {
                Atom::Number(value, single) => {
                    if current.is_some() {
                        return None;
                    }
                    words &= !self.has_digit(start);
                    current = Some((value, single));
                    (coefficients, scale) = (coefficients + 1, 1);
                }
                Atom::Zero if current.is_some() => return None,
                Atom::Zero if n == 0 => {
                    current = Some((zero_value, true));
                    coefficients += 1;
                }
                Atom::Zero => zero = true,
                Atom::Tens(_) if current.is_some() || least <= 10 => return None,
                Atom::Tens(value) => {
                    section = section.plus(Exact::whole(value))?;
                    (least, last, zero) = (10, 10, false);
                }
                Atom::Small(power) => {
                    if power >= least || current.is_none() && n > 0 && power > 10 {
                        return None;
                    }
                    bare |= current.is_none() && power > 10;
                    let (value, _) = current.take().unwrap_or((Exact::whole(1), true));
                    section = value.times(Exact::whole(power)).and_then(|v| section.plus(v))?;
                    (least, last, zero, multipliers) = (power, power, false, multipliers + 1);
                    scale = scale.checked_mul(power)?;
                }
                Atom::Big(power) => {
                    if let Some((value, single)) = current.take() {
                        section =
                            section.plus(trailing(value, single && !zero && least < i128::MAX, last)?)?;
                    }
                    if section == zero_value && total == zero_value {
                        if n > 0 {
                            return None;
                        }
                        bare = true;
                        section = Exact::whole(1);
                    }
                    let factor = Exact::whole(power);
                    if power > most && most > 0 || section == zero_value {
                        total = total.plus(section)?.times(factor)?;
                    } else {
                        total = section.times(factor).and_then(|v| total.plus(v))?;
                    }
                    section = zero_value;
                    (least, last, zero, multipliers) = (i128::MAX, power, false, multipliers + 1);
                    most = most.max(power);
                    scale = scale.checked_mul(power)?;
                }
            }
            end = stop;
            if let Some((value, _)) = current
                && let Some((point, fraction)) = self.han_point(end)
            {
                current = Some((value.plus(fraction)?, false));
                end = point;
            }
            // 1500多万; 二十多 ends the number, and is seen by whoever asks for the unit.
            if let Some(more) = self.any(end, &['多', '余', '餘'])
                && self.next(more).is_some_and(|c| Self::small(c).or_else(|| self.big(c)).is_some())
            {
                over = true;
                end = more;
            }
        }
        let vague = self.any(end, &['几', '幾']).is_some();
        let word = bare && (multipliers < 2 || coefficients > 0 || self.is_adverb(at, end));
        if vague || word || self.atom(end).is_some() {
            return None;
        }
        if let Some((value, single)) = current {
            section = section.plus(trailing(value, single && !zero, last)?)?;
        }
        let value = total.plus(section)?;
        let scale = Exact::whole(if coefficients == 1 && last > 0 && current.is_none() { scale } else { 1 });
        Some(Num { end, value, to: None, scale, words, kind: Kind::Cardinal, plain: None, over })
    }

    /// 点 with digits behind it, unless it is the hour of a time.
    fn han_point(&self, at: usize) -> Option<(usize, Exact)> {
        let start = self.any(at, &['点', '點'])?;
        let (mut value, mut power, mut end) = (0_i128, 1_i128, start);
        for c in self.rest(start).chars() {
            let Some(d) = han_digit(c).or_else(|| digit(c)) else { break };
            value = value.checked_mul(10)?.checked_add(d)?;
            power = power.checked_mul(10)?;
            end += c.len_utf8();
        }
        let time = self.any(end, &['分', '刻', '十', '半']).is_some() && self.starts(end, "分之").is_none();
        (power > 1 && !time).then_some((end, Exact::new(value, power)?))
    }

    fn hangul_before(&self, at: usize) -> bool {
        self.previous(at).is_some_and(|c| matches!(c, '만' | '억' | '조'))
    }

    /// 千万不要: an adverb.
    fn is_adverb(&self, at: usize, end: usize) -> bool {
        let adverb = ["不", "别", "別", "要", "注意", "记", "記", "莫", "勿", "小心"];
        self.before(at, end) == "千万" && self.first_of(end, &adverb).is_some()
    }
}

/// 一千二 is 1200: a last digit counts the next power down, unless 零 stands before it.
fn trailing(value: Exact, single: bool, last: i128) -> Option<Exact> {
    if single && last > 10 { value.times(Exact::whole(last / 10)) } else { Some(value) }
}
