//! Short names for content: equal content, equal fingerprint.

use std::fmt;
use std::io::{self, Read, Write};

use serde::{Deserialize, Serialize};

use super::Digest;

/// A BLAKE3 hash. Two contents with the same fingerprint are taken to be the same.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// The fingerprint of what is read to its end, and how much that was, while it is written
    /// elsewhere: what is large need not be held in memory.
    pub fn of_copy(from: &mut dyn Read, to: &mut dyn Write) -> io::Result<(Self, u64)> {
        let (mut hash, mut size) = (blake3::Hasher::new(), 0);
        let mut piece = vec![0; 64 * 1024];
        loop {
            let count = match from.read(&mut piece) {
                Ok(0) => return Ok((Self(*hash.finalize().as_bytes()), size)),
                Ok(count) => count,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => continue,
                Err(error) => return Err(error),
            };
            let read = piece.get(..count).unwrap_or_default();
            hash.update(read);
            to.write_all(read)?;
            size += count as u64;
        }
    }

    /// Its digest, for the cache.
    pub fn digest(self) -> Digest {
        Digest::of(&self.0)
    }

    /// All its bytes.
    pub fn bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// The first 40 bits in hexadecimal: enough to tell the versions of one file apart in its name.
    pub fn short(self) -> String {
        self.0[..5].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// Its first 32 bits.
    pub fn brief(self) -> BriefFingerprint {
        let [a, b, c, d, ..] = self.0;
        BriefFingerprint(u32::from_be_bytes([a, b, c, d]))
    }
}

/// The first 32 bits of a fingerprint, as people have it in their files: `3f9c2a1b`. Enough to see
/// that one text is no longer what it was; two edits of it in four thousand million are mistaken for one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct BriefFingerprint(u32);

impl BriefFingerprint {
    /// Reads eight hexadecimal digits.
    pub fn parse(text: &str) -> Option<Self> {
        let digits = text.len() == 8 && text.bytes().all(|b| b.is_ascii_hexdigit());
        digits.then(|| u32::from_str_radix(text, 16).ok().map(Self)).flatten()
    }
}

impl fmt::Display for BriefFingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:08x}", self.0)
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_copied_has_the_fingerprint_of_what_is_held() {
        for size in [0, 1, 64 * 1024, 64 * 1024 + 1, 300_000] {
            let bytes: Vec<u8> = (0..size).map(|n| (n % 251) as u8).collect();
            let mut copy = Vec::new();
            let (fingerprint, count) = Fingerprint::of_copy(&mut &*bytes, &mut copy).unwrap();
            assert_eq!((fingerprint, count), (Fingerprint::of(&bytes), size as u64));
            assert_eq!(copy, bytes);
        }
    }

    #[test]
    fn eight_digits_are_read_as_they_are_written() {
        let brief = Fingerprint::of("川渝".as_bytes()).brief();
        assert_eq!(BriefFingerprint::parse(&brief.to_string()), Some(brief));
        assert_eq!(BriefFingerprint::parse("0000ABcd").map(|b| b.to_string()).as_deref(), Some("0000abcd"));
        for wrong in ["", "3f9c2a1", "3f9c2a1b0", "+3f9c2a1", "3f9c2a1g", "３f9c2a"] {
            assert_eq!(BriefFingerprint::parse(wrong), None, "{wrong}");
        }
    }
}
