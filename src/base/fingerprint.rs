//! Short names for content: equal content, equal fingerprint.

use std::fmt;

use super::Digest;

/// A BLAKE3 hash. Two contents with the same fingerprint are taken to be the same.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Fingerprint([u8; 32]);

impl Fingerprint {
    /// The fingerprint of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(*blake3::hash(bytes).as_bytes())
    }

    /// Its digest, for the cache.
    pub fn digest(self) -> Digest {
        Digest::of(&self.0)
    }

    /// The first 40 bits in hexadecimal: enough to tell the versions of one file apart in its name.
    pub fn short(self) -> String {
        self.0[..5].iter().map(|byte| format!("{byte:02x}")).collect()
    }
}

impl fmt::Debug for Fingerprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.short())
    }
}
