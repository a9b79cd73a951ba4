//! AVIF: boxes (ISO/IEC 14496-12, ISO/IEC 23008-12).
//!
//! Places in such a file are told by numbers all over it. So nothing is taken out: what tells of the
//! picture is filled with noughts, which is no Exif and no XMP to anybody. Which way up it is stands
//! elsewhere (`irot`, `imir`), and stays.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Cursor, Parts};
use crate::image::{Fault, Format};

/// The kinds of items that are pictures, or say how others are put together.
const PICTURES: [&[u8; 4]; 6] = [b"av01", b"grid", b"iden", b"iovl", b"sato", b"tmap"];
/// Boxes that tell of a picture wherever they stand.
const BESIDE: [&[u8; 4]; 6] = [b"bxml", b"free", b"skip", b"udta", b"uuid", b"xml "];

pub(super) fn read(bytes: &[u8]) -> Result<Parts<'_>, Fault> {
    let mut file = bytes.to_vec();
    let mut cursor = Cursor::new(bytes);
    while !cursor.rest().is_empty() {
        let (name, content) = next(&mut cursor)?;
        let blank = match &name {
            b"ftyp" | b"mdat" => Vec::new(),
            b"meta" => private(bytes, content)?,
            b"moov" => private_of_tracks(bytes, content)?,
            // Films of cameras among them.
            _ => vec![content],
        };
        for span in blank {
            file.get_mut(span).ok_or_else(Fault::truncated)?.fill(0);
        }
    }
    let animated = brands(bytes).any(|brand| brand == b"avis");
    Ok(Parts { orientation: 1, size: None, animated, kept: vec![file.into()] })
}

/// Whether a file says that it is an AVIF.
pub(in crate::image) fn is_avif(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(b"ftyp") && brands(bytes).any(|brand| brand == b"avif" || brand == b"avis")
}

/// What a file says that it is for.
fn brands(bytes: &[u8]) -> impl Iterator<Item = &[u8; 4]> {
    let length = bytes.first_chunk().map_or(0, |length| u32::from_be_bytes(*length) as usize);
    bytes.get(8..length).unwrap_or_default().as_chunks().0.iter()
}

/// The next box: its name, and where its content is.
fn next(cursor: &mut Cursor<'_>) -> Result<([u8; 4], Range<usize>), Fault> {
    let start = cursor.at;
    let short = u32::from_be_bytes(cursor.array()?);
    let name = cursor.array()?;
    let size = match short {
        0 => Some(cursor.bytes.len() - start),
        1 => usize::try_from(u64::from_be_bytes(cursor.array()?)).ok(),
        size => usize::try_from(size).ok(),
    };
    let end = size.and_then(|size| start.checked_add(size)).filter(|end| *end <= cursor.bytes.len());
    let content = cursor.at..end.ok_or_else(Fault::truncated)?;
    if content.start > content.end {
        return Err(damaged());
    }
    cursor.at = content.end;
    Ok((name, content))
}

/// A place in the file that ends where a box does, behind so many of its bytes.
fn within(bytes: &[u8], content: Range<usize>, skipped: usize) -> Cursor<'_> {
    Cursor { bytes: bytes.get(..content.end).unwrap_or_default(), at: content.start + skipped }
}

/// Where there is something beside pictures that move.
fn private_of_tracks(bytes: &[u8], film: Range<usize>) -> Result<Vec<Range<usize>>, Fault> {
    let (mut open, mut spans) = (vec![film], Vec::new());
    while let Some(content) = open.pop() {
        let mut cursor = within(bytes, content, 0);
        while !cursor.rest().is_empty() {
            let (name, content) = next(&mut cursor)?;
            match &name {
                b"trak" | b"mdia" | b"minf" => open.push(content),
                b"meta" => spans.push(content),
                name if BESIDE.contains(&name) => spans.push(content),
                _ => {}
            }
        }
    }
    Ok(spans)
}

/// Where the items lie that tell of the picture, and what else does.
fn private(bytes: &[u8], meta: Range<usize>) -> Result<Vec<Range<usize>>, Fault> {
    let (mut items, mut places, mut data) = (BTreeSet::new(), None, 0);
    let mut spans = Vec::new();
    let mut cursor = within(bytes, meta, 4);
    while !cursor.rest().is_empty() {
        match next(&mut cursor)? {
            (name, content) if &name == b"iinf" => items = private_items(bytes, content)?,
            (name, content) if &name == b"iloc" => places = Some(content),
            (name, content) if &name == b"idat" => data = content.start,
            (name, content) if BESIDE.contains(&&name) => spans.push(content),
            _ => {}
        }
    }
    let Some(places) = places else { return Ok(spans) };
    let mut cursor = within(bytes, places, 0);
    let [version, _, _, _] = cursor.array()?;
    let [offsets_lengths, bases_indices] = cursor.array()?;
    let has_methods = version == 1 || version == 2;
    let index_size = if has_methods { bases_indices & 15 } else { 0 };
    let id_size = if version < 2 { 2 } else { 4 };
    for _ in 0..number(&mut cursor, id_size)? {
        let item = number(&mut cursor, id_size)?;
        let method = if has_methods { number(&mut cursor, 2)? & 15 } else { 0 };
        let _file = number(&mut cursor, 2)?;
        let base = number(&mut cursor, bases_indices >> 4)?;
        for _ in 0..number(&mut cursor, 2)? {
            let _index = number(&mut cursor, index_size)?;
            let offset = number(&mut cursor, offsets_lengths >> 4)?;
            let length = number(&mut cursor, offsets_lengths & 15)?;
            if !items.contains(&item) {
                continue;
            }
            let first = match method {
                0 => Some(0),
                1 => Some(data),
                _ => None,
            };
            let start = first.and_then(|first| first.checked_add(base)?.checked_add(offset));
            let end = start.and_then(|start| start.checked_add(length));
            spans.push(start.zip(end).filter(|_| length > 0).map(|(s, e)| s..e).ok_or_else(damaged)?);
        }
    }
    Ok(spans)
}

/// The items that are no pictures: Exif, text of a media type such as XMP, and what is not known.
fn private_items(bytes: &[u8], content: Range<usize>) -> Result<BTreeSet<usize>, Fault> {
    let mut cursor = within(bytes, content, 0);
    let [version, _, _, _] = cursor.array()?;
    let count = number(&mut cursor, if version == 0 { 2 } else { 4 })?;
    let mut items = BTreeSet::new();
    for _ in 0..count {
        let (_, content) = next(&mut cursor)?;
        let mut entry = within(bytes, content, 0);
        let [version, _, _, _] = entry.array()?;
        let item = number(&mut entry, if version < 3 { 2 } else { 4 })?;
        let _protection = number(&mut entry, 2)?;
        // Before version 2 they had no kind, and were no pictures.
        if version < 2 || !PICTURES.contains(&&entry.array()?) {
            items.insert(item);
        }
    }
    Ok(items)
}

/// A number of so many bytes; of none, nought.
fn number(cursor: &mut Cursor<'_>, size: u8) -> Result<usize, Fault> {
    let bytes = cursor.take(usize::from(size))?;
    let number = bytes.iter().fold(0, |number: u64, byte| number << 8 | u64::from(*byte));
    usize::try_from(number).map_err(|_| damaged())
}

fn damaged() -> Fault {
    Fault::damaged(Format::Avif, &"a box has a wrong length")
}
