//! Pictures: what a file says of itself, and what is made of it for readers.
//!
//! Owns formats, sizes, orientation, what cameras note in pictures, the widths and formats in which
//! a picture is offered, and the drawing of share cards. It gets bytes and gives bytes: it never
//! reads a file, decides a URL, or knows which page shows a picture.

mod probe;

use serde::{Deserialize, Serialize};

use crate::base::Fingerprint;

pub use probe::{format_of, probe};

/// What is known of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Info {
    /// What its bytes are.
    pub format: Format,
    /// Its width in pixels as it is shown, so after its orientation is applied.
    pub width: u32,
    /// Its height in pixels as it is shown.
    pub height: u32,
    /// Whether nothing shines through it.
    pub opaque: bool,
    /// Whether it moves. Such a picture is offered as it is.
    pub animated: bool,
    /// The fingerprint of the file.
    pub fingerprint: Fingerprint,
    /// What stands in its place while it is loaded; none where something shines through.
    pub placeholder: Option<Placeholder>,
}

/// The format of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub enum Format {
    /// JPEG (ISO/IEC 10918-1).
    Jpeg,
    /// PNG (W3C).
    Png,
    /// WebP (RFC 9649).
    Webp,
    /// GIF 89a.
    Gif,
    /// AVIF (AOMedia). Shown as it is: it is neither read nor written here.
    Avif,
    /// SVG (W3C).
    Svg,
}

/// A few colours in a grid, row by row: what a picture looks like from very far away.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Placeholder {
    /// How many colours stand in a row.
    pub columns: u8,
    /// Red, green and blue of each.
    pub colours: Vec<[u8; 3]>,
}

/// One form in which a picture is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Variant {
    /// Its format.
    pub format: Format,
    /// Its width in pixels.
    pub width: u32,
    /// Its height in pixels.
    pub height: u32,
}

/// Why a picture cannot be read or made, in the words of a message.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(pub String);

impl Format {
    /// What its files end with.
    pub fn extension(self) -> &'static str {
        match self {
            Format::Jpeg => "jpg",
            Format::Png => "png",
            Format::Webp => "webp",
            Format::Gif => "gif",
            Format::Avif => "avif",
            Format::Svg => "svg",
        }
    }
}
