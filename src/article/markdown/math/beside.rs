//! Marks beside a formula in a line.
//!
//! Owns which marks never stand apart from the formula beside them. Browsers end a line on either
//! side of a formula, whatever stands there, so that both go into an element that ends no line.
//! Knows nothing of the formula itself.

use std::ops::Range;

use super::super::escape;
use super::Writer;

/// Marks that never end a line, and marks that never begin one.
const OPENING: &[char] =
    &['(', '[', '{', '（', '［', '｛', '《', '〈', '「', '『', '【', '〔', '“', '‘', '«'];
const CLOSING: &[char] = &[
    ')', ']', '}', ',', '.', ';', ':', '!', '?', '%', '’', '”', '»', '…', '，', '。', '、', '；', '：', '！',
    '？', '）', '］', '｝', '》', '〉', '」', '』', '】', '〕', '％', '·',
];
const HELD: &str = "<span class=\"math-held\">";
const END: &str = "</span>";

/// What stands beside the formula that was written last.
#[derive(Default)]
pub(super) struct Beside {
    /// Where in the source the text before it ended.
    text_end: usize,
    formula: Option<Formula>,
}

/// A formula after which nothing was written yet.
struct Formula {
    /// Where the source goes on, after the dollar.
    next: usize,
    /// Where it begins in what is written, with the marks before it.
    from: usize,
    /// Whether there are any.
    is_held: bool,
}

/// Where a formula begins.
pub(super) struct Start {
    from: usize,
    is_held: bool,
}

impl Writer<'_, '_> {
    /// Before a formula is written: holds the marks that open before it.
    pub(super) fn hold_opening(&mut self, place: &Range<usize>) -> Start {
        let all = self.out.len();
        let follows_text = self.formulas.beside.text_end + 1 == place.start;
        let from = if follows_text { self.out.trim_end_matches(OPENING).len() } else { all };
        let is_held = from < all;
        if is_held {
            self.out.insert_str(from, HELD);
        }
        Start { from, is_held }
    }

    /// After a formula was written.
    pub(super) fn formula_ends(&mut self, Start { from, is_held }: Start, place: &Range<usize>) {
        if is_held {
            self.out.push_str(END);
        }
        self.formulas.beside.formula = Some(Formula { next: place.end + 1, from, is_held });
    }

    /// Writes a text; marks that close after a formula are held to it.
    pub(in super::super) fn text(&mut self, text: &str, place: &Range<usize>) {
        let mut rest = text;
        let formula = self.formulas.beside.formula.take();
        if let Some(Formula { from, is_held, .. }) = formula.filter(|it| it.next == place.start) {
            rest = text.trim_start_matches(CLOSING);
            let marks = text.strip_suffix(rest).unwrap_or_default();
            if !marks.is_empty() {
                if is_held {
                    self.out.truncate(self.out.len() - END.len());
                } else {
                    self.out.insert_str(from, HELD);
                }
                escape::text(&mut self.out, marks);
                self.out.push_str(END);
            }
        }
        escape::text(&mut self.out, rest);
        self.formulas.beside.text_end = place.end;
    }
}
