//! What makes a number a bound: `over`, `nearly`, 超过, 以上.
//!
//! Owns the words, before a number and behind it.

use super::text::{Text, is_letter};
use crate::quantity::Bound::{self, About, Over, Under};

/// English, before a number; longer ones before what they end with.
const BEFORE: &[(&str, Bound)] = &[
    ("no more than", Under),
    ("not more than", Under),
    ("no fewer than", Over),
    ("no less than", Over),
    ("not less than", Over),
    ("more than", Over),
    ("greater than", Over),
    ("upwards of", Over),
    ("in excess of", Over),
    ("at least", Over),
    ("well over", Over),
    ("just over", Over),
    ("over", Over),
    ("above", Over),
    ("exceeding", Over),
    ("exceeds", Over),
    ("exceed", Over),
    ("exceeded", Over),
    ("topped", Over),
    ("surpassed", Over),
    ("surpassing", Over),
    ("less than", Under),
    ("fewer than", Under),
    ("up to", Under),
    ("at most", Under),
    ("just under", Under),
    ("under", Under),
    ("below", Under),
    ("about", About),
    ("around", About),
    ("approximately", About),
    ("roughly", About),
    ("nearly", About),
    ("almost", About),
    ("close to", About),
    ("an estimated", About),
    ("some", About),
    ("circa", About),
    ("c.", About),
    ("ca.", About),
    ("~", About),
    (">", Over),
    ("<", Under),
    ("≥", Over),
    ("≤", Under),
    ("≈", About),
];
/// English, behind a number.
const BEHIND: &[(&str, Bound)] = &[
    ("or more", Over),
    ("or so", About),
    ("or less", Under),
    ("or fewer", Under),
    ("odd", About),
    ("at least", Over),
    ("at most", Under),
];

/// Han characters, before a number; longer ones before what they end with.
const HAN_BEFORE: &[(&str, Bound)] = &[
    ("不超过", Under),
    ("不超過", Under),
    ("不高于", Under),
    ("不多于", Under),
    ("不大于", Under),
    ("不少于", Over),
    ("不少於", Over),
    ("不低于", Over),
    ("不低於", Over),
    ("不小于", Over),
    ("超过", Over),
    ("超過", Over),
    ("超出", Over),
    ("高于", Over),
    ("多于", Over),
    ("大于", Over),
    ("至少", Over),
    ("最少", Over),
    ("突破", Over),
    ("逾", Over),
    ("超", Over),
    ("不足", Under),
    ("不到", Under),
    ("不满", Under),
    ("不滿", Under),
    ("未满", Under),
    ("未达", Under),
    ("低于", Under),
    ("低於", Under),
    ("少于", Under),
    ("少於", Under),
    ("小于", Under),
    ("至多", Under),
    ("最多", Under),
    ("大约", About),
    ("大約", About),
    ("约为", About),
    ("约", About),
    ("約", About),
    ("将近", About),
    ("將近", About),
    ("接近", About),
    ("近", About),
    ("大概", About),
    ("几乎", About),
    ("差不多", About),
    ("左右", About),
    ("ほぼ", About),
    ("약", About),
];
/// Words that end like a bound and are none.
const WORDS: &[&str] = &[
    "高超", "赶超", "反超", "附近", "最近", "邻近", "鄰近", "相近", "临近", "臨近", "靠近", "就近", "远近",
    "走近", "贴近", "亲近", "节约", "節約", "预约", "預約", "签约", "簽約", "违约", "公约", "条约", "合约",
    "契约", "制约", "履约", "守约",
];
/// Han characters, behind a number.
const HAN_BEHIND: &[(&str, Bound)] = &[
    ("及以上", Over),
    ("或以上", Over),
    ("以上", Over),
    ("及以下", Under),
    ("以下", Under),
    ("以内", Under),
    ("以內", Under),
    ("之内", Under),
    ("左右", About),
    ("上下", About),
    ("前后", About),
    ("未満", Under),
    ("超", Over),
    ("이상", Over),
    ("이하", Under),
    ("여", Over),
];

impl Text<'_> {
    /// The bound before a place, not further back than `floor`, and where it begins.
    pub(super) fn bound_before(&self, floor: usize, at: usize) -> Option<(usize, Bound)> {
        let text = self.before(floor, at).trim_end_matches(|c: char| {
            c.is_whitespace() || matches!(c, '了' | '达' | '達' | '占' | '有' | '为')
        });
        if self.english {
            let text = match text
                .len()
                .checked_sub(4)
                .and_then(|start| Some((text.get(..start)?, text.get(start..)?)))
            {
                Some((head, the)) if the.eq_ignore_ascii_case(" the") => head,
                _ => text,
            };
            return BEFORE.iter().find_map(|(word, bound)| {
                let start = text.len().checked_sub(word.len())?;
                let found = text.get(start..)?.eq_ignore_ascii_case(word);
                let inside = word.starts_with(is_letter) && text.get(..start)?.ends_with(is_letter);
                (found && !inside).then_some((floor + start, *bound))
            });
        }
        if WORDS.iter().any(|word| text.ends_with(word)) {
            return None;
        }
        HAN_BEFORE.iter().find_map(|(word, bound)| Some((floor + text.strip_suffix(word)?.len(), *bound)))
    }

    /// The bound behind a place, and where it ends.
    pub(super) fn bound_behind(&self, at: usize) -> Option<(usize, Bound)> {
        if let Some(end) = self.any(at, &['+', '＋']) {
            let open = self.next(end).is_some_and(|c| c.is_alphanumeric());
            return (!open).then_some((end, Over));
        }
        if self.english {
            let gap = self.gap(at)?;
            return BEHIND.iter().find_map(|(word, bound)| Some((self.phrase(gap, word)?, *bound)));
        }
        HAN_BEHIND.iter().find_map(|(word, bound)| Some((self.starts(at, word)?, *bound)))
    }
}
