//! One number, in digits or words, before its unit is known.
//!
//! Owns what a number is made of and which reader begins where. It never knows units or bounds.

use super::text::Text;
use crate::quantity::Exact;

/// What a number says by its form.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Kind {
    Cardinal,
    Ordinal,
    Fraction,
}

/// A number as it stands, with its scale: `5.9 trillion`, 1500多万.
#[derive(Clone, Copy, Debug)]
pub(super) struct Num {
    pub(super) end: usize,
    pub(super) value: Exact,
    /// The upper end, where the number itself is a range: 七八.
    pub(super) to: Option<Exact>,
    /// What the last coefficient is multiplied by: 10⁸ in 5亿. A range may share it.
    pub(super) scale: Exact,
    /// Whether it has no digits.
    pub(super) words: bool,
    pub(super) kind: Kind,
    /// How many digits, if it is nothing but these.
    pub(super) plain: Option<usize>,
    /// Whether 多 or 余 says that it is more.
    pub(super) over: bool,
}

impl Num {
    /// The value as a small whole number.
    pub(super) fn small(&self) -> Option<u16> {
        self.value.to_integer().and_then(|v| u16::try_from(v).ok())
    }
}

/// Half, thirds and so on in one character.
const VULGAR: &[(char, i128, i128)] = &[
    ('½', 1, 2),
    ('⅓', 1, 3),
    ('⅔', 2, 3),
    ('¼', 1, 4),
    ('¾', 3, 4),
    ('⅕', 1, 5),
    ('⅖', 2, 5),
    ('⅗', 3, 5),
    ('⅘', 4, 5),
    ('⅙', 1, 6),
    ('⅚', 5, 6),
    ('⅛', 1, 8),
    ('⅜', 3, 8),
    ('⅝', 5, 8),
    ('⅞', 7, 8),
];

impl Text<'_> {
    /// The number that begins here in whatever form, without unit.
    pub(super) fn number(&self, at: usize) -> Option<Num> {
        let c = self.next(at)?;
        if super::text::digit(c).is_some() {
            return self.digital(at);
        }
        if let Some((_, top, bottom)) = VULGAR.iter().find(|(v, _, _)| *v == c) {
            return Some(Num {
                end: at + c.len_utf8(),
                value: Exact::new(*top, *bottom)?,
                to: None,
                scale: Exact::whole(1),
                words: false,
                kind: Kind::Fraction,
                plain: None,
                over: false,
            });
        }
        if self.english && super::text::is_letter(c) {
            return self.english_half(at).or_else(|| {
                self.english_words(at)
                    .map(|n| if n.kind == Kind::Cardinal { self.english_scale(n) } else { n })
            });
        }
        if self.han { self.han_number(at) } else { None }
    }

    /// The number in digits that begins here, with a vulgar fraction and scales.
    fn digital(&self, at: usize) -> Option<Num> {
        let digits = self.digits(at)?;
        let mut num = Num {
            end: digits.end,
            value: digits.value?,
            to: None,
            scale: Exact::whole(1),
            words: false,
            kind: Kind::Cardinal,
            plain: digits.plain,
            over: false,
        };
        let vulgar = self.next(num.end).and_then(|c| VULGAR.iter().find(|(v, _, _)| *v == c));
        if let Some((c, top, bottom)) = vulgar {
            num.value = num.value.plus(Exact::new(*top, *bottom)?)?;
            num.end += c.len_utf8();
            num.plain = None;
        }
        if self.has_han_tail(num.end) {
            return self.composed(at, false);
        }
        Some(if self.english || self.han { self.english_scale(num) } else { num })
    }
}
