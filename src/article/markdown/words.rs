//! How long a text is.
//!
//! Owns a rough count for reading times: a word of an alphabet is one, a Chinese character or
//! Japanese kana is one. Exact segmentation is `locale`'s and too dear for every text.

/// Counts over the pieces of a text.
#[derive(Default)]
pub(super) struct Words {
    /// How many so far.
    pub count: u32,
    inside: bool,
}

impl Words {
    /// Counts a piece; a word may have begun in the piece before (`in**cred**ible`).
    pub(super) fn add(&mut self, text: &str) {
        for c in text.chars() {
            if c.is_ascii() {
                if c.is_ascii_alphanumeric() {
                    self.letter();
                } else if c.is_ascii_whitespace() {
                    self.inside = false;
                }
                // Other marks are inside words: "4,248", "first-rate".
            } else if is_ideograph(c) {
                self.count = self.count.saturating_add(1);
                self.inside = false;
            } else if c.is_alphanumeric() {
                self.letter();
            } else if c != '’' {
                self.inside = false;
            }
        }
    }

    /// Ends the word, as a line's or block's end does.
    pub(super) fn end(&mut self) {
        self.inside = false;
    }

    fn letter(&mut self) {
        if !self.inside {
            self.inside = true;
            self.count = self.count.saturating_add(1);
        }
    }
}

/// Han characters and kana, which are written without spaces.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{4DBF}' | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}' | '\u{20000}'..='\u{3FFFF}' | '々' | '〇')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_and_characters_are_counted() {
        let count = |text| {
            let mut words = Words::default();
            words.add(text);
            words.count
        };
        assert_eq!(count("In nine months, 4,248 first-rate trains — really."), 7);
        assert_eq!(count("前三季度，中欧班列（成渝）开行超4200列。"), 16);
        assert_eq!(count(""), 0);
    }
}
