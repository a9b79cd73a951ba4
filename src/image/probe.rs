//! What the first bytes of a picture say: its format and its size.
//!
//! It looks at no pixel.

use super::{Fault, Format, Info};
use crate::base::{ContentPath, Fingerprint};

/// The format that a file's name promises; `None` for what is no picture.
pub fn format_of(path: &ContentPath) -> Option<Format> {
    let (_, extension) = path.file_name().rsplit_once('.')?;
    match extension.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" => Some(Format::Jpeg),
        "png" => Some(Format::Png),
        "webp" => Some(Format::Webp),
        "gif" => Some(Format::Gif),
        "avif" => Some(Format::Avif),
        "svg" => Some(Format::Svg),
        _ => None,
    }
}

/// Reads what is known of a picture of a format.
pub fn probe(format: Format, bytes: &[u8]) -> Result<Info, Fault> {
    let size = imagesize::blob_size(bytes).map_err(|error| Fault(error.to_string()))?;
    let pixels = |of: usize| u32::try_from(of).map_err(|_| Fault("it is too large".to_owned()));
    Ok(Info {
        format,
        width: pixels(size.width)?,
        height: pixels(size.height)?,
        opaque: format == Format::Jpeg,
        animated: false,
        fingerprint: Fingerprint::of(bytes),
        placeholder: None,
    })
}
