//! Quotation marks as the language of the text writes them.
//!
//! The parser finds straight quotes and curls them the English way; this gives them the
//! language's own form and tells closing single quotes from apostrophes. Marks that the author
//! curled are never touched, nor are code, URLs and raw HTML.

use crate::locale::Quotes;

/// The marks of one block: an apostrophe is a single mark that closes nothing.
pub(super) struct Marks<'q> {
    quotes: Option<&'q Quotes>,
    open_singles: u32,
}

impl<'q> Marks<'q> {
    /// The marks of a block's beginning.
    pub(super) fn new(quotes: Option<&'q Quotes>) -> Self {
        Self { quotes, open_singles: 0 }
    }

    /// Forgets what is open: no quotation runs over a block's end.
    pub(super) fn new_block(&mut self) {
        self.open_singles = 0;
    }

    /// The text of a text event in the language's form; `range` is its place in `source`.
    pub(super) fn localise<'t>(
        &mut self,
        text: &'t str,
        range: &std::ops::Range<usize>,
        source: &str,
    ) -> &'t str
    where
        'q: 't,
    {
        let Some(quotes) = self.quotes else { return text };
        // The parser gives every straight quote an event of its own, one byte of source.
        if range.len() != 1 || text.len() != '“'.len_utf8() {
            return text;
        }
        let before = || source[..range.start].chars().next_back();
        let after = || source[range.end..].chars().next();
        match text {
            "“" => quotes.double.0,
            "”" => quotes.double.1,
            // ’90s
            "‘" if after().is_some_and(|c| c.is_ascii_digit()) => quotes.apostrophe,
            "‘" => {
                self.open_singles += 1;
                quotes.single.0
            }
            "’" => {
                let inside_word =
                    before().is_some_and(char::is_alphanumeric) && after().is_some_and(char::is_alphanumeric);
                if inside_word || self.open_singles == 0 {
                    quotes.apostrophe
                } else {
                    self.open_singles -= 1;
                    quotes.single.1
                }
            }
            _ => text,
        }
    }
}
