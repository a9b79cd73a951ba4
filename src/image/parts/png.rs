//! PNG: chunks (W3C PNG, third edition, § 5).

use std::io::{Read, Write};

use flate2::Compression;
use flate2::read::ZlibDecoder;
use flate2::write::ZlibEncoder;

use super::{Cursor, Parts, icc};
use crate::image::{Fault, exif};

/// What is kept: the picture, its colours, its resolution, its movement.
const KEPT: [&[u8; 4]; 19] = [
    b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"cHRM", b"gAMA", b"iCCP", b"sBIT", b"sRGB", b"cICP",
    b"mDCV", b"cLLI", b"bKGD", b"hIST", b"pHYs", b"acTL", b"fcTL", b"fdAT",
];

pub(super) fn read(bytes: &[u8]) -> Result<Parts<'_>, Fault> {
    let mut cursor = Cursor::new(bytes);
    let mut parts = Parts { orientation: 1, size: None, animated: false, kept: vec![cursor.take(8)?.into()] };
    let mut is_oriented = false;
    loop {
        let start = cursor.at;
        let length = u32::from_be_bytes(cursor.array()?);
        let name = cursor.array::<4>()?;
        let content = cursor.take(length as usize)?;
        let _checksum = cursor.array::<4>()?;
        if let Some(cleaned) = (&name == b"iCCP").then(|| profile(content)).flatten() {
            parts.kept.push(chunk(b"iCCP", &cleaned).into());
        } else if KEPT.contains(&&name) {
            parts.kept.push(cursor.since(start).into());
        }
        match &name {
            b"acTL" => parts.animated |= content.first_chunk().is_some_and(|n| u32::from_be_bytes(*n) > 1),
            b"eXIf" if !is_oriented => {
                parts.orientation = exif::orientation(content);
                is_oriented = true;
            }
            b"IEND" => break,
            _ => {}
        }
    }
    if parts.orientation != 1 {
        // Behind the signature and the header, which comes first.
        let at = parts.kept.len().min(2);
        parts.kept.insert(at, chunk(b"eXIf", &exif::block(parts.orientation)).into());
    }
    Ok(parts)
}

/// A colour profile with nothing but colours, as a chunk has it; `None` if it is such a one already. Its name is
/// shown by nobody.
fn profile(content: &[u8]) -> Option<Vec<u8>> {
    // Ten times as much as a profile with large tables has.
    const MOST: u64 = 32 << 20;
    const HEAD: &[u8] = b"ICC Profile\0\0";
    let packed = content.get(content.iter().position(|byte| *byte == 0)? + 2..)?;
    let mut whole = Vec::new();
    ZlibDecoder::new(packed).take(MOST).read_to_end(&mut whole).ok()?;
    let mut packed = ZlibEncoder::new(HEAD.to_vec(), Compression::best());
    packed.write_all(&icc::clean(&whole)?).ok()?;
    packed.finish().ok()
}

pub(super) fn chunk(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let checked = [name, content].concat();
    let length = (content.len() as u32).to_be_bytes();
    [&length[..], &checked, &checksum(&checked).to_be_bytes()].concat()
}

/// The CRC of a chunk (annex D), a bit at a time: it is used for some thirty bytes.
fn checksum(bytes: &[u8]) -> u32 {
    let step = |crc: u32, _| if crc & 1 == 1 { crc >> 1 ^ 0xedb8_8320 } else { crc >> 1 };
    !bytes.iter().fold(u32::MAX, |crc, byte| (0..8).fold(crc ^ u32::from(*byte), step))
}
