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
    ///
    /// Every byte of the site's text comes through here, hence bytes and no branch on letters.
    pub(super) fn add(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let mut i = 0;
        while let Some(&byte) = bytes.get(i) {
            if byte.is_ascii() {
                let letter = byte.is_ascii_alphanumeric();
                self.count = self.count.wrapping_add(u32::from(letter & !self.inside));
                // Marks are inside words: "4,248", "first-rate".
                self.inside = letter | (self.inside & !byte.is_ascii_whitespace());
                i += 1;
            } else if matches!(byte, 0xE4..=0xE9) {
                // U+4000 to U+9FFF: the Han characters in common use, and little else.
                self.count = self.count.wrapping_add(1);
                self.inside = false;
                i += 3;
            } else {
                // `i` is at a character's first byte.
                let Some(c) = text.get(i..).and_then(|rest| rest.chars().next()) else { return };
                self.add_rare(c);
                i += c.len_utf8();
            }
        }
    }

    fn add_rare(&mut self, c: char) {
        if is_ideograph(c) {
            self.count = self.count.wrapping_add(1);
            self.inside = false;
        } else if c.is_alphanumeric() {
            self.count = self.count.wrapping_add(u32::from(!self.inside));
            self.inside = true;
        } else if c != '’' {
            self.inside = false;
        }
    }

    /// Ends the word, as a line's or block's end does.
    pub(super) fn end(&mut self) {
        self.inside = false;
    }
}

/// Han characters and kana, which are written without spaces.
fn is_ideograph(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30FF}' | '\u{3400}'..='\u{9FFF}'
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
        assert_eq!(count("前三季度，中欧班列（成渝）开行超4200列。"), 15);
        assert_eq!(count(""), 0);
    }
}
