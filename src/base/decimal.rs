//! Exact decimal numbers: what a figure's value is, never a float.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A decimal number as it was written, checked: an optional sign, digits, an optional fraction.
///
/// Kept as text because 0.1 has no binary fraction, and because `6.0` says more than `6`.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Decimal(Box<str>);

impl Decimal {
    /// Reads plain digits, as in `4248`, `-3.5` or `0.10`; no exponent, no separators.
    pub fn parse(text: &str) -> Result<Self, String> {
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let unsigned = text.strip_prefix('-').unwrap_or(text);
        let (whole, fraction) = match unsigned.split_once('.') {
            Some((whole, fraction)) => (whole, Some(fraction)),
            None => (unsigned, None),
        };
        if text.len() > 60 || !digits(whole) || !fraction.is_none_or(digits) {
            return Err(format!("`{text}` is not a plain decimal number"));
        }
        Ok(Self(text.into()))
    }

    /// 0: what stands in for a value that could not be read, so that the rest can be checked.
    pub fn zero() -> Self {
        Self("0".into())
    }

    /// The number as written, which HTML's `data` element takes as its value.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_plain_decimals_pass() {
        for text in ["4248", "-3.5", "0.10", "370970000000", "0"] {
            assert_eq!(Decimal::parse(text).unwrap().as_str(), text);
        }
        for text in ["", "-", ".5", "5.", "1e9", "1_000", "4,248", "１２", "0x1F", "∞"] {
            assert!(Decimal::parse(text).is_err(), "{text}");
        }
    }
}
