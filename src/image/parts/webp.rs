//! WebP: chunks in RIFF (RFC 9649, § 2).

use super::{Cursor, Parts, icc};
use crate::image::{Fault, Format, exif};

/// What is kept: the picture, its colours, its movement.
const KEPT: [&[u8; 4]; 7] = [b"VP8X", b"ICCP", b"ANIM", b"ANMF", b"ALPH", b"VP8 ", b"VP8L"];
/// What is kept of a frame (§ 2.7.1.1).
const PICTURE: [&[u8; 4]; 3] = [b"ALPH", b"VP8 ", b"VP8L"];
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

    let (mut orientation, mut flags) = (None, None);
    let chunks = chunks(&mut cursor)?;
    for Chunk { name, content, .. } in &chunks {
        match name {
            b"VP8X" if flags.is_none() => flags = content.first().copied(),
            b"EXIF" if orientation.is_none() => {
                // Some programs write what JPEG has in front of it.
                let block = content.strip_prefix(b"Exif\0\0").unwrap_or(content);
                orientation = Some(exif::orientation(block));
            }
            _ => {}
        }
    }
    // Without a word of it in the flags, nobody looks for Exif.
    let orientation = orientation.filter(|_| flags.is_some_and(|f| f & HAS_EXIF != 0)).unwrap_or(1);

    let mut body = vec![b"WEBP".as_slice().into()];
    for chunk in chunks.iter().filter(|chunk| KEPT.contains(&&chunk.name)) {
        body.push(match &chunk.name {
            b"VP8X" => riff(b"VP8X", &extended(chunk.content, orientation)?).into(),
            b"ANMF" => frame(chunk.content)?.into(),
            b"ICCP" => {
                let cleaned = icc::clean(chunk.content);
                riff(b"ICCP", cleaned.as_deref().unwrap_or(chunk.content)).into()
            }
            _ if chunk.is_cut => [chunk.whole, &[0]].concat().into(),
            _ => chunk.whole.into(),
        });
    }
    if orientation != 1 {
        let block = exif::block(orientation);
        body.push(riff(b"EXIF", &block).into());
    }
    let size: usize = body.iter().map(|part: &std::borrow::Cow<'_, [u8]>| part.len()).sum();
    let size = u32::try_from(size).map_err(|_| damaged())?;
    body.insert(0, [b"RIFF", &size.to_le_bytes()[..]].concat().into());
    let animated = flags.is_some_and(|flags| flags & IS_ANIMATED != 0);
    Ok(Parts { orientation, size: None, animated, kept: body })
}

/// A chunk of a file or of a frame.
struct Chunk<'a> {
    name: [u8; 4],
    content: &'a [u8],
    /// All of it, with the byte that makes its length even.
    whole: &'a [u8],
    /// Whether that byte is missing: some programs leave it out at the end.
    is_cut: bool,
}

fn chunks<'a>(cursor: &mut Cursor<'a>) -> Result<Vec<Chunk<'a>>, Fault> {
    let mut chunks = Vec::new();
    while !cursor.rest().is_empty() {
        let start = cursor.at;
        let name = cursor.array::<4>()?;
        let length = u32::from_le_bytes(cursor.array()?);
        let content = cursor.take(length as usize)?;
        let is_odd = length % 2 == 1;
        let is_cut = is_odd && cursor.rest().is_empty();
        if is_odd && !is_cut {
            cursor.at += 1;
        }
        chunks.push(Chunk { name, content, whole: cursor.since(start), is_cut });
    }
    Ok(chunks)
}

fn riff(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let even = &[0][..content.len() % 2];
    [name, &(content.len() as u32).to_le_bytes()[..], content, even].concat()
}

/// One picture of several, with nothing but the picture in it.
fn frame(content: &[u8]) -> Result<Vec<u8>, Fault> {
    let mut cursor = Cursor::new(content);
    let mut kept = cursor.take(16)?.to_vec();
    for chunk in chunks(&mut cursor)?.iter().filter(|chunk| PICTURE.contains(&&chunk.name)) {
        kept.extend(chunk.whole);
        kept.extend(chunk.is_cut.then_some(0));
    }
    Ok(riff(b"ANMF", &kept))
}

/// What says what there is, saying what is left.
fn extended(content: &[u8], orientation: u8) -> Result<Vec<u8>, Fault> {
    let mut content = content.to_vec();
    let flags = content.first_mut().ok_or_else(damaged)?;
    *flags &= !(HAS_EXIF | HAS_XMP);
    if orientation != 1 {
        *flags |= HAS_EXIF;
    }
    // In ten bytes all is said.
    content.truncate(10);
    Ok(content)
}

fn damaged() -> Fault {
    Fault::damaged(Format::Webp, &"a chunk has a wrong length")
}
