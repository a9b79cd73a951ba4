//! AVIF: boxes (ISO/IEC 14496-12, ISO/IEC 23008-12).
//!
//! Places in such a file are told by numbers all over it. So nothing is taken out: what tells of the
//! picture is filled with noughts, which is no Exif and no XMP to anybody. Which way up it is stands
//! elsewhere (`irot`, `imir`), and stays.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Cursor, Parts};
use crate::image::{Fault, Format};

pub(super) fn read(bytes: &[u8]) -> Result<Parts<'_>, Fault> {
    let mut file = bytes.to_vec();
    let mut cursor = Cursor::new(bytes);
    while !cursor.rest().is_empty() {
        let (name, content) = next(&mut cursor)?;
        let blank = match &name {
            b"meta" => private(bytes, content)?,
            b"uuid" | b"free" | b"skip" => vec![content],
            _ => Vec::new(),
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

/// Where the items lie that tell of the picture.
fn private(bytes: &[u8], meta: Range<usize>) -> Result<Vec<Range<usize>>, Fault> {
    let (mut items, mut places, mut data) = (BTreeSet::new(), None, 0);
    let mut cursor = within(bytes, meta, 4);
    while !cursor.rest().is_empty() {
        match next(&mut cursor)? {
            (name, content) if &name == b"iinf" => items = private_items(bytes, content)?,
            (name, content) if &name == b"iloc" => places = Some(content),
            (name, content) if &name == b"idat" => data = content.start,
            _ => {}
        }
    }
    let Some(places) = places else { return Ok(Vec::new()) };
    let mut cursor = within(bytes, places, 0);
    let [version, _, _, _] = cursor.array()?;
    let [offsets_lengths, bases_indices] = cursor.array()?;
    let has_methods = version == 1 || version == 2;
    let index_size = if has_methods { bases_indices & 15 } else { 0 };
    let id_size = if version < 2 { 2 } else { 4 };
    let mut spans = Vec::new();
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

/// The items that are Exif, or text of a media type, such as XMP.
fn private_items(bytes: &[u8], content: Range<usize>) -> Result<BTreeSet<usize>, Fault> {
    let mut cursor = within(bytes, content, 0);
    let [version, _, _, _] = cursor.array()?;
    let count = number(&mut cursor, if version == 0 { 2 } else { 4 })?;
    let mut items = BTreeSet::new();
    for _ in 0..count {
        let (_, content) = next(&mut cursor)?;
        let mut entry = within(bytes, content, 0);
        let [version, _, _, _] = entry.array()?;
        if version < 2 {
            continue;
        }
        let item = number(&mut entry, if version == 2 { 2 } else { 4 })?;
        let _protection = number(&mut entry, 2)?;
        if matches!(&entry.array()?, b"Exif" | b"mime") {
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
