//! Faults, planted in a translation with the dice of a seed: one kind at one place.
//!
//! What is planted is a fault for certain: the new text says something else than the old. Whether a
//! reader of numbers knows it is not asked.

use std::ops::Range;

use bashu::article::prose::{Block, Kind as BlockKind};
use bashu::article::{Prose, prose};
use bashu::base::ContentPath;

use super::Files;
use super::edits::{candidates, swapped};
use crate::dice::Dice;

macro_rules! kinds {
    ($($kind:ident $name:literal [$($rule:literal),*];)*) => {
        /// A kind of fault.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub(super) enum Kind { $($kind),* }
        /// All of them.
        pub(super) const KINDS: &[Kind] = &[$(Kind::$kind),*];
        impl Kind {
            pub(super) fn name(self) -> &'static str {
                match self { $(Kind::$kind => $name),* }
            }
            /// The rules under which it may be reported.
            pub(super) fn rules(self) -> &'static [&'static str] {
                match self { $(Kind::$kind => &[$($rule),*]),* }
            }
        }
    };
}

kinds! {
    Tenfold "tenfold slip" ["numbers"];
    Scale "万/亿, million/billion" ["numbers"];
    Digit "changed digit" ["numbers"];
    Percent "changed per cent" ["numbers"];
    Ordinal "changed ordinal" ["numbers"];
    Date "changed date" ["numbers"];
    Unit "changed unit" ["numbers"];
    Swapped "swapped figures" ["numbers", "figures"];
    Sentence "dropped sentence" ["length", "numbers", "figures", "links", "footnotes"];
    Paragraph "dropped paragraph" ["length", "numbers", "figures", "links", "footnotes"];
    Link "dropped link" ["links"];
    Citation "dropped citation" ["figures"];
    Argument "changed figure of a chart" ["figures"];
    Heading "dropped heading" ["headings"];
    Item "dropped list item" ["lists", "numbers", "figures", "links"];
    Row "dropped table row" ["tables", "numbers"];
    Half "half-translated" ["language"];
    Image "dropped image" ["images"];
    Alert "changed alert" ["alerts"];
    Code "changed code" ["code"];
    Note "dropped footnote" ["footnotes"];
    FrontDate "contradicting date" ["fields"];
    FrontTopic "contradicting topic" ["fields"];
}

/// A fault that was planted.
#[derive(Clone, Debug)]
pub(super) struct Planted {
    pub(super) file: String,
    pub(super) kind: Kind,
    /// The line, in bytes, that a report must point into.
    pub(super) line: Option<(usize, usize)>,
    /// What was done, for those who look into it.
    pub(super) what: String,
}

/// The pairs of a site: original and translation.
pub(super) fn pairs(files: &Files) -> Vec<(String, String)> {
    let text = |path: &str| std::str::from_utf8(&files[path]).unwrap();
    let translations =
        files.keys().filter(|path| path.ends_with(".md") && text(path).contains("\ntranslated_from:"));
    translations
        .map(|to| {
            let from = match to.strip_suffix(".zh.md") {
                Some(stem) => format!("{stem}.en.md"),
                None => to.replace(".en.md", ".zh.md"),
            };
            (from, to.clone())
        })
        .collect()
}

/// Whether a translation waives the rule that would find a fault of a kind.
pub(super) fn is_waived(files: &Files, to: &str, kind: Kind) -> bool {
    let front = prose(&ContentPath::new(to), std::str::from_utf8(&files[to]).unwrap()).front;
    front.parity.is_some_and(|waiver| kind.rules().iter().any(|rule| waiver.waives(rule)))
}

/// The translation with a fault of a kind; `None` if there is no place for one.
pub(super) fn plant(
    files: &Files,
    from: &str,
    to: &str,
    kind: Kind,
    dice: &mut Dice,
) -> Option<(String, Planted)> {
    let text = String::from_utf8(files[to].clone()).unwrap();
    let original = std::str::from_utf8(&files[from]).unwrap();
    let prose = prose(&ContentPath::new(to), &text);
    let edits = match kind {
        Kind::Swapped => swapped(&prose, &text, dice)?,
        _ => vec![pick(candidates(kind, &prose, &text, original), dice)?],
    };
    let mut new = text.clone();
    for (range, with) in edits.iter().rev() {
        new.replace_range(range.clone(), with);
    }
    let what = edits
        .iter()
        .map(|(r, with)| format!("`{}` → `{with}`", &text[r.clone()]))
        .collect::<Vec<_>>()
        .join(", ");
    let first = &edits[0].0;
    let at_line = matches!(
        kind,
        Kind::Tenfold
            | Kind::Scale
            | Kind::Digit
            | Kind::Percent
            | Kind::Ordinal
            | Kind::Date
            | Kind::Unit
            | Kind::Swapped
    );
    let line = at_line.then(|| {
        let start = new[..first.start].rfind('\n').map_or(0, |i| i + 1);
        (start, new[first.start..].find('\n').map_or(new.len(), |i| first.start + i))
    });
    Some((new, Planted { file: to.to_owned(), kind, line, what }))
}

/// What takes the place of a range.
pub(super) type Edit = (Range<usize>, String);

fn pick(mut edits: Vec<Edit>, dice: &mut Dice) -> Option<Edit> {
    (!edits.is_empty()).then(|| {
        let at = dice.below(edits.len());
        edits.swap_remove(at)
    })
}

/// A number in digits.
pub(super) struct Token<'t> {
    pub(super) digits: &'t str,
    pub(super) place: Range<usize>,
    pub(super) after: &'t str,
    pub(super) before: &'t str,
    pub(super) block: usize,
}

pub(super) fn is_body(block: &Block) -> bool {
    use BlockKind::{Caption, Cell, Heading, Item, Note, Paragraph};
    matches!(block.kind, Paragraph | Item | Cell(..) | Heading(_) | Note | Caption)
}

pub(super) fn tokens<'t>(prose: &'t Prose, text: &str) -> Vec<Token<'t>> {
    let mut found = Vec::new();
    for (at, block) in prose.blocks.iter().enumerate().filter(|(_, block)| is_body(block)) {
        let t = block.text.as_str();
        let mut i = 0;
        while let Some(start) = t[i..].find(|c: char| c.is_ascii_digit()).map(|n| i + n) {
            let rest = &t[start..];
            let mut end =
                rest.find(|c: char| !(c.is_ascii_digit() || c == '.' || c == ',')).unwrap_or(rest.len());
            end = rest[..end].trim_end_matches(['.', ',']).len();
            i = start + end;
            let place = block.place(start..i).range();
            // Names such as "7+13" and "B2" are no numbers.
            let named = t[..start].ends_with(|c: char| c.is_ascii_alphanumeric() || c == '+' || c == '-')
                || t[i..].starts_with(['+', '-']);
            if !named && text.get(place.clone()) == Some(&t[start..i]) {
                found.push(Token {
                    digits: &t[start..i],
                    place,
                    after: &t[i..],
                    before: &t[..start],
                    block: at,
                });
            }
        }
    }
    found
}

impl Token<'_> {
    pub(super) fn is_date(&self) -> bool {
        let year = self.digits.len() == 4 && ("1500".."2100").contains(&self.digits);
        let clock = self.after.starts_with(':')
            || self.before.ends_with(':')
            || self.after.starts_with(['年', '月', '日', '时', '分'])
            || self.after.starts_with("点");
        let month = MONTHS
            .iter()
            .any(|m| self.after.trim_start().starts_with(m) || self.before.trim_end().ends_with(m));
        (year && !self.after.starts_with(['亩', '米', '千'])) || clock || month
    }

    pub(super) fn is_plain(&self) -> bool {
        !self.is_date()
            && !self.before.ends_with('第')
            && !self.after.starts_with("th")
            && !self.after.starts_with("世纪")
    }
}

const MONTHS: &[&str] = &[
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
];
