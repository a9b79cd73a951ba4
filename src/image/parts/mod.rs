//! What a picture's file consists of: which parts are the picture, and which tell of it.
//!
//! Owns the structure of JPEG, PNG, WebP, GIF and AVIF files, as far as it takes to keep what readers see
//! (pixels, colour profile, which way up) and to leave out all else: places, names, dates, thumbnails,
//! comments, and what stands behind the end. It never looks at a pixel.
//!
//! Each format has a list of what is kept. What is not known is not kept: nobody can say what it tells.

mod avif;
mod gif;
mod icc;
mod jpeg;
mod png;
mod webp;

use std::borrow::Cow;

use super::{Fault, Format};

pub(super) use avif::is_avif;

/// A file, taken apart.
#[derive(Debug)]
pub(super) struct Parts<'a> {
    /// Which way up it is, from 1 to 8.
    pub orientation: u8,
    /// Its width and height as it lies in the file, where they are told of in passing.
    pub size: Option<(u32, u32)>,
    /// Whether it has more than one picture, shown one after the other.
    pub animated: bool,
    /// What is kept of the file, in its order; the orientation is among it.
    kept: Vec<Cow<'a, [u8]>>,
}

/// Takes a file of a format apart. `None` for SVG, which is text.
pub(super) fn read(format: Format, bytes: &[u8]) -> Result<Option<Parts<'_>>, Fault> {
    match format {
        Format::Jpeg => jpeg::read(bytes).map(Some),
        Format::Png => png::read(bytes).map(Some),
        Format::Webp => webp::read(bytes).map(Some),
        Format::Gif => gif::read(bytes).map(Some),
        Format::Avif => avif::read(bytes).map(Some),
        Format::Svg => Ok(None),
    }
}

/// A file of a format without what it tells beside the picture. An SVG is given back as it is.
///
/// # Errors
///
/// The file is no whole file of the format.
pub(super) fn without_metadata(format: Format, bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    Ok(read(format, bytes)?.map_or_else(|| bytes.to_vec(), |parts| parts.kept.concat()))
}

/// A place in a file. What is asked for beyond its end is a fault.
struct Cursor<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Cursor<'a> {
    fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    /// The next so many bytes.
    fn take(&mut self, count: usize) -> Result<&'a [u8], Fault> {
        let taken = self.rest().get(..count).ok_or_else(Fault::truncated)?;
        self.at += count;
        Ok(taken)
    }

    /// The next so many, one after the other.
    fn array<const N: usize>(&mut self) -> Result<[u8; N], Fault> {
        let taken = self.rest().first_chunk().ok_or_else(Fault::truncated)?;
        self.at += N;
        Ok(*taken)
    }

    /// What was taken since a place.
    fn since(&self, start: usize) -> &'a [u8] {
        self.bytes.get(start..self.at).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests;
