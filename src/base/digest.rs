//! Digests: whether something is what it was at the last build.

use std::hash::Hash;

use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::{Xxh3, xxh3_128};

/// A 128-bit XXH3 hash. Two things with the same digest are taken to be the same.
///
/// For the cache alone, which is thrown away whenever the program changes. What stands in a URL
/// or in somebody's front matter is a [`super::Fingerprint`]: that one is made to last, and costs
/// ten times as much. XXH3 is no cryptographic hash; who could make two texts collide could as
/// well edit the one that is published.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Digest(u128);

impl Digest {
    /// The digest of some bytes.
    pub fn of(bytes: &[u8]) -> Self {
        Self(xxh3_128(bytes))
    }

    /// The digest of what a value tells a hasher: everything that counts for its equality.
    pub fn of_hash<T: Hash + ?Sized>(value: &T) -> Self {
        let mut hasher = Xxh3::new();
        value.hash(&mut hasher);
        Self(hasher.digest128())
    }

    /// This and another in this order, as one.
    #[must_use]
    pub fn and(self, other: Digest) -> Self {
        Self::from([self, other])
    }

    /// This and some bytes, as one.
    #[must_use]
    pub fn and_bytes(self, bytes: &[u8]) -> Self {
        self.and(Self::of(bytes))
    }

    /// This and a number, as one.
    #[must_use]
    pub fn and_number(self, number: u64) -> Self {
        self.and(Self(u128::from(number)))
    }

    /// All bits, as a number.
    pub fn bits(self) -> u128 {
        self.0
    }

    /// The lower 32 bits: enough to say what changed, not to decide whether something did.
    pub fn short(self) -> u32 {
        // The upper bits are cut off on purpose.
        self.0 as u32
    }

    /// As hexadecimal digits, for file names.
    pub fn hex(self) -> String {
        format!("{:032x}", self.0)
    }
}

impl FromIterator<Digest> for Digest {
    /// Several in their order, as one.
    fn from_iter<I: IntoIterator<Item = Digest>>(iter: I) -> Self {
        let bytes: Vec<[u8; 16]> = iter.into_iter().map(|digest| digest.0.to_le_bytes()).collect();
        Self::of(bytes.as_flattened())
    }
}

impl<const N: usize> From<[Digest; N]> for Digest {
    /// Several in their order, as one: the same as by [`FromIterator`], and quicker.
    fn from(digests: [Digest; N]) -> Self {
        Self::of(digests.map(|digest| digest.0.to_le_bytes()).as_flattened())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn order_and_borders_count() {
        let of = |parts: &[&str]| parts.iter().map(|p| Digest::of(p.as_bytes())).collect::<Digest>();
        assert_ne!(of(&["a", "b"]), of(&["b", "a"]));
        assert_ne!(of(&["ab", ""]), of(&["a", "b"]));
        assert_ne!(of(&["a"]), of(&["a", ""]));
        assert_eq!(of(&["四川", "重庆"]), of(&["四川", "重庆"]));
    }
}
