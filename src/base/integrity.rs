//! What a page says of a file that its readers' browsers should make sure of.

use std::fmt;

use sha2::{Digest as _, Sha384};

/// The value of an `integrity` attribute (W3C, Subresource Integrity): `sha384-` and the hash in Base64.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Integrity(String);

impl Integrity {
    /// That of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
        let mut text = "sha384-".to_owned();
        // 48 bytes are 16 threes, so that nothing needs to be filled up.
        for three in Sha384::digest(bytes).chunks(3) {
            let number = three.iter().fold(0, |number, &byte| number << 8 | usize::from(byte));
            text.extend([18, 12, 6, 0].map(|shift| char::from(LETTERS[number >> shift & 63])));
        }
        Self(text)
    }
}

impl fmt::Display for Integrity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn integrity_is_that_of_the_specification() {
        // The example of the W3C's specification, § 3.1.
        assert_eq!(
            Integrity::of(b"alert('Hello, world.');").to_string(),
            "sha384-H8BRh8j48O9oYatfu5AZzq6A9RINhZO5H16dQZngK7T62em8MUt1FLm52t+eX6xO"
        );
    }
}
