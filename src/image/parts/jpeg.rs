//! JPEG: segments (ISO/IEC 10918-1, annex B).

use memchr::memchr;

use super::{Cursor, Parts, icc};
use crate::image::{Fault, Format, exif};

const START: u8 = 0xd8;
const END: u8 = 0xd9;
const SCAN: u8 = 0xda;
/// APP0 and others: what programs have added.
const APP0: u8 = 0xe0;
const APP1: u8 = 0xe1;
const APP2: u8 = 0xe2;
const APP14: u8 = 0xee;
/// What the segments of a colour profile begin with; two numbers follow, which it is and of how many.
const PROFILE: &[u8] = b"ICC_PROFILE\0";

pub(super) fn read(bytes: &[u8]) -> Result<Parts<'_>, Fault> {
    let mut cursor = Cursor::new(bytes);
    let mut parts = Parts { orientation: 1, size: None, animated: false, kept: vec![cursor.take(2)?.into()] };
    // Where the block with the orientation goes: behind what says that this is a JPEG, as programs expect.
    let mut head = 1;
    let mut is_oriented = false;
    // The segments of the colour profile: where they are among what is kept, and what they hold.
    let mut profile = Vec::new();
    loop {
        let (start, marker) = marker(&mut cursor)?;
        match marker {
            END => {
                parts.kept.push(cursor.since(start).into());
                break;
            }
            // Markers without a segment: of no meaning here (TEM, RSTn), or a second start.
            0x01 | 0xd0..=START => continue,
            _ => {}
        }
        let length = usize::from(u16::from_be_bytes(cursor.array()?));
        let content = cursor.take(length.checked_sub(2).ok_or_else(damaged)?)?;
        if marker == SCAN {
            skip_scan(&mut cursor)?;
        }
        if is_frame(marker) && parts.size.is_none() {
            let [_, a, b, c, d] = content.first_chunk().ok_or_else(damaged)?;
            let [height, width] = [[*a, *b], [*c, *d]].map(u16::from_be_bytes);
            parts.size = Some((width.into(), height.into()));
        }
        match marker {
            APP0 if content.starts_with(b"JFIF\0") => {
                if parts.kept.len() == 1 {
                    head = 2;
                }
                parts.kept.push(jfif(content)?.into());
            }
            APP1 if content.starts_with(b"Exif\0\0") && !is_oriented => {
                parts.orientation = exif::orientation(content.get(6..).unwrap_or_default());
                is_oriented = true;
            }
            APP2 if content.starts_with(PROFILE) => {
                profile.push((parts.kept.len(), content));
                parts.kept.push(cursor.since(start).into());
            }
            // How its colours are written: five letters, two bytes of version, four of flags, one of the colours.
            APP14 if content.starts_with(b"Adobe") => {
                let said = content.get(..12).unwrap_or(content);
                parts.kept.push([&[0xff, APP14, 0, 2 + said.len() as u8], said].concat().into());
            }
            // Frames, tables and scans.
            0xc0..=0xcf | SCAN..=0xdd => parts.kept.push(cursor.since(start).into()),
            _ => {}
        }
    }
    clean_profile(&mut parts, profile);
    if parts.orientation != 1 {
        let block = exif::block(parts.orientation);
        let segment = [&[0xff, APP1, 0, 2 + 6 + block.len() as u8], &b"Exif\0\0"[..], &block].concat();
        parts.kept.insert(head, segment.into());
    }
    Ok(parts)
}

/// Leaves nothing but colours in a colour profile, which may stand in several segments, each with its number.
fn clean_profile(parts: &mut Parts<'_>, mut segments: Vec<(usize, &[u8])>) {
    segments.sort_by_key(|(_, content)| content.get(PROFILE.len()));
    let head = PROFILE.len() + 2;
    let whole = segments.iter().filter_map(|(_, content)| content.get(head..)).collect::<Vec<_>>().concat();
    let Some(cleaned) = icc::clean(&whole) else { return };
    let mut rest = cleaned.as_slice();
    for (at, content) in segments {
        let (Some(kept), Some(head)) = (parts.kept.get_mut(at), content.get(..head)) else { continue };
        let (piece, behind) = rest.split_at_checked(content.len() - head.len()).unwrap_or((rest, &[]));
        rest = behind;
        let length = (content.len() as u16 + 2).to_be_bytes();
        *kept = [&[0xff, APP2], &length[..], head, piece].concat().into();
    }
}

/// Whether a marker begins a frame (SOFn): the range has three others in it (DHT, JPG, DAC).
fn is_frame(marker: u8) -> bool {
    matches!(marker, 0xc0..=0xcf) && !matches!(marker, 0xc4 | 0xc8 | 0xcc)
}

/// The next marker, and where it begins. Bytes in front of it that belong to nothing are passed over, as
/// every program does.
fn marker(cursor: &mut Cursor<'_>) -> Result<(usize, u8), Fault> {
    loop {
        cursor.at += memchr(0xff, cursor.rest()).ok_or_else(Fault::truncated)?;
        // A marker may have any number of 0xff in front.
        while cursor.rest().get(1) == Some(&0xff) {
            cursor.at += 1;
        }
        let start = cursor.at;
        match cursor.array()? {
            [_, 0] => {}
            [_, marker] => return Ok((start, marker)),
        }
    }
}

/// Goes to the marker behind the data of a scan.
fn skip_scan(cursor: &mut Cursor<'_>) -> Result<(), Fault> {
    loop {
        cursor.at += memchr(0xff, cursor.rest()).ok_or_else(Fault::truncated)?;
        match cursor.rest().get(1).ok_or_else(Fault::truncated)? {
            // A stuffed byte, or the beginning of the next part.
            0 | 0xd0..=0xd7 => cursor.at += 2,
            0xff => cursor.at += 1,
            _ => return Ok(()),
        }
    }
}

/// The segment that says it is a JPEG, without a thumbnail (JFIF 1.02: five letters, two bytes of version,
/// five of density).
fn jfif(content: &[u8]) -> Result<Vec<u8>, Fault> {
    let said = content.get(..12).ok_or_else(damaged)?;
    Ok([&[0xff, APP0, 0, 16], said, &[0, 0]].concat())
}

fn damaged() -> Fault {
    Fault::damaged(Format::Jpeg, &"a segment has a wrong length")
}
