//! WebP: chunks in RIFF (RFC 9649, § 2).

use super::{Cursor, Parts};
use crate::image::{Fault, Format, exif};

/// What is kept: the picture, its colours, its movement.
const KEPT: [&[u8; 4]; 7] = [b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"];
/// Flags of the chunk VP8X.
const HAS_EXIF: u8 = 0x08;
const HAS_XMP: u8 = 0x04;
const IS_ANIMATED: u8 = 0x02;

pub(super) fn read(bytes: &[u8]) -> Result<Parts<'_>, Fault> {
    let mut cursor = Cursor::new(bytes);
    let [.., a, b, c, d] = cursor.array::<8>()?;
    let size = u32::from_le_bytes([a, b, c, d]) as usize;
    // What stands behind this is no part of the picture.
    let mut cursor = Cursor::new(cursor.take(size)?);
    let _webp = cursor.take(4)?;

    let (mut orientation, mut flags, mut chunks) = (None, None, Vec::new());
    while !cursor.rest().is_empty() {
        let start = cursor.at;
        let name = cursor.array::<4>()?;
        let length = u32::from_le_bytes(cursor.array()?);
        let content = cursor.take(length as usize)?;
        let chunk = cursor.since(start);
        // A byte that makes the length even. Some programs leave it out at the end.
        let is_odd = length % 2 == 1;
        if is_odd && !cursor.rest().is_empty() {
            cursor.at += 1;
        }
        match &name {
            b"VP8X" if flags.is_none() => flags = content.first().copied(),
            b"EXIF" if orientation.is_none() => {
                // Some programs write what JPEG has in front of it.
                let block = content.strip_prefix(b"Exif\0\0").unwrap_or(content);
                orientation = Some(exif::orientation(block));
            }
            _ => {}
        }
        if KEPT.contains(&&name) {
            chunks.push((name, chunk, is_odd));
        }
    }
    // Without a word of it in the flags, nobody looks for Exif.
    let orientation = orientation.filter(|_| flags.is_some_and(|f| f & HAS_EXIF != 0)).unwrap_or(1);

    let mut body = vec![b"WEBP".as_slice().into()];
    for (name, chunk, is_odd) in chunks {
        if &name == b"VP8X" {
            body.push(extended(chunk, orientation)?.into());
        } else {
            body.push(chunk.into());
        }
        if is_odd {
            body.push([0].as_slice().into());
        }
    }
    if orientation != 1 {
        let block = exif::block(orientation);
        body.push([b"EXIF", &(block.len() as u32).to_le_bytes()[..], &block].concat().into());
    }
    let size: usize = body.iter().map(|part: &std::borrow::Cow<'_, [u8]>| part.len()).sum();
    let size = u32::try_from(size).map_err(|_| damaged())?;
    body.insert(0, [b"RIFF", &size.to_le_bytes()[..]].concat().into());
    let animated = flags.is_some_and(|flags| flags & IS_ANIMATED != 0);
    Ok(Parts { orientation, size: None, animated, kept: body })
}

/// The chunk that says what there is, saying what is left.
fn extended(chunk: &[u8], orientation: u8) -> Result<Vec<u8>, Fault> {
    let mut chunk = chunk.to_vec();
    let flags = chunk.get_mut(8).ok_or_else(damaged)?;
    *flags &= !(HAS_EXIF | HAS_XMP);
    if orientation != 1 {
        *flags |= HAS_EXIF;
    }
    Ok(chunk)
}

fn damaged() -> Fault {
    Fault::damaged(Format::Webp, &"a chunk has a wrong length")
}
