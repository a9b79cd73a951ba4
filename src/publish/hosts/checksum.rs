//! The MD5 that stores tell of a file.
//!
//! Owns the forms in which they do. It is enough to see that an upload is not needed; it never proves
//! that nobody forged a file.

use opendal::Metadata;

/// The MD5 that a store tells of a file: as such in base64 (Azure, Google), or as an entity tag of
/// 32 digits (S3, but for files that were sent in parts or are encrypted with a key of their own).
pub(super) fn md5(metadata: &Metadata) -> Option<[u8; 16]> {
    let from_tag = || {
        let digits = metadata.etag()?.trim_matches('"');
        if digits.len() != 32 || !digits.bytes().all(|b| b.is_ascii_hexdigit()) {
            return None;
        }
        u128::from_str_radix(digits, 16).ok().map(u128::to_be_bytes)
    };
    metadata.content_md5().and_then(base64_md5).or_else(from_tag)
}

/// Sixteen bytes in base64 (RFC 4648, 4): 22 digits and `==`.
fn base64_md5(text: &str) -> Option<[u8; 16]> {
    let digits = text.strip_suffix("==").filter(|digits| digits.len() == 22)?;
    let mut number: u128 = 0;
    for (place, byte) in digits.bytes().enumerate() {
        let digit = match byte {
            b'A'..=b'Z' => byte - b'A',
            b'a'..=b'z' => byte - b'a' + 26,
            b'0'..=b'9' => byte - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        // The last digit has two bits of the 128.
        number = if place == 21 {
            (number << 2) | u128::from(digit >> 4)
        } else {
            (number << 6) | u128::from(digit)
        };
    }
    Some(number.to_be_bytes())
}

#[cfg(test)]
mod tests {
    use md5::{Digest, Md5};
    use opendal::MetadataBuilder;

    use super::*;

    #[test]
    fn an_md5_is_known_where_a_store_tells_one() {
        let own: [u8; 16] = Md5::digest(b"insects").into();
        let hex: String = own.iter().map(|byte| format!("{byte:02x}")).collect();
        let tagged = |etag: &str| {
            let mut metadata = MetadataBuilder::file(7);
            metadata.etag(etag);
            md5(&metadata.build())
        };
        assert_eq!(tagged(&format!("\"{hex}\"")), Some(own));
        assert_eq!(tagged(&format!("\"{hex}-3\"")), None);
        assert_eq!(tagged("\"0x8DC1\""), None);
        assert_eq!(tagged(&"+".repeat(32)), None);
        // The bytes that RFC 1864 has as an example.
        assert_eq!(base64_md5("Q2hlY2sgSW50ZWdyaXR5IQ=="), Some(*b"Check Integrity!"));
        for wrong in ["", "==", "Q2hlY2sgSW50ZWdyaXR5IQ", "Q2hlY2sgSW50ZWdyaXR5*Q=="] {
            assert_eq!(base64_md5(wrong), None, "{wrong}");
        }
    }
}
