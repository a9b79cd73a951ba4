//! The one thing in Exif that a reader sees: which way up a picture is.
//!
//! Owns reading it out of a block of Exif, and a block that says it and nothing else. Everything else
//! that cameras write there, places above all, is not for readers.

/// The orientation that a block says, from 1 to 8 (Exif 3.0, § 4.6.5.1.6). 1 if it says none, or is no
/// such block: so do browsers.
pub(super) fn orientation(block: &[u8]) -> u8 {
    read(block).filter(|value| (1..=8).contains(value)).unwrap_or(1)
}

/// A block of an orientation alone.
pub(super) fn block(orientation: u8) -> [u8; 26] {
    let mut block = *b"MM\0\x2a\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0";
    block[19] = orientation;
    block
}

/// Whether a picture of this orientation lies on its side in the file.
pub(super) fn is_turned(orientation: u8) -> bool {
    orientation >= 5
}

fn read(block: &[u8]) -> Option<u8> {
    const TAG: u32 = 0x0112;
    const SHORT: u32 = 3;
    let is_little = match block.get(..4)? {
        b"II\x2a\0" => true,
        b"MM\0\x2a" => false,
        _ => return None,
    };
    let number = |at: usize, length: usize| {
        let bytes = block.get(at..at.checked_add(length)?)?;
        let add = |sum: u32, byte: &u8| sum << 8 | u32::from(*byte);
        Some(if is_little { bytes.iter().rev().fold(0, add) } else { bytes.iter().fold(0, add) })
    };
    let directory = number(4, 4)? as usize;
    let entries = number(directory, 2)? as usize;
    // A directory can have 65,535 entries at most, so this ends.
    let mut places = (0..entries).filter_map(|i| directory.checked_add(2 + i * 12));
    let entry = places.find(|at| number(*at, 2) == Some(TAG) && number(at + 2, 2) == Some(SHORT))?;
    u8::try_from(number(entry + 8, 2)?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_in_either_order_of_bytes() {
        for value in 1..=8 {
            assert_eq!(orientation(&block(value)), value);
            let little = [
                b"II\x2a\0\x08\0\0\0\x02\0\x10\x01\x02\0\x01\0\0\0A\0\0\0\x12\x01\x03\0\x01\0\0\0".as_slice(),
                &[value, 0, 0, 0, 0, 0, 0, 0],
            ];
            assert_eq!(orientation(&little.concat()), value);
        }
    }

    #[test]
    fn what_is_no_orientation_is_upright() {
        for block in [&block(0)[..], &block(9), b"", b"MM", b"II\x2a\0\xff\xff\xff\xff", &block(6)[..19]] {
            assert_eq!(orientation(block), 1, "{block:?}");
        }
    }
}
