//! What stands for the letters of share cards in a program that cannot draw: a type without values, so
//! that whoever would be given some has nothing to do.

use super::{Fault, Lines, Setting};
use crate::base::Digest;
use crate::locale::Locale;

/// Letters that there are none of.
pub enum Lettering {}

impl Lettering {
    /// The digest of all that it is made from.
    pub fn digest(&self) -> Digest {
        match *self {}
    }

    /// The first character of a text that it lacks.
    pub fn lacks(&self, _: &str) -> Option<char> {
        match *self {}
    }

    /// A text in lines.
    pub fn lines(&self, _: &Locale, _: &str, _: Setting) -> Lines {
        match *self {}
    }

    /// The text in the first of some settings in which it is not cut.
    pub fn fitted(&self, _: &Locale, _: &str, _: &[Setting]) -> Option<(Setting, Lines)> {
        match *self {}
    }

    /// Draws a card.
    pub fn draw(&self, _: &str) -> Result<Vec<u8>, Fault> {
        match *self {}
    }
}
