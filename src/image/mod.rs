//! Pictures: what a file says of itself, and what is made of it for readers.
//!
//! Owns formats, sizes, orientation, what cameras note in pictures, the widths and formats in which
//! a picture is offered, and the drawing of share cards. It gets bytes and gives bytes: it never
//! reads a file, decides a URL, or knows which page shows a picture.
//!
//! Without the feature `images` no pixel is looked at: what files hold beside their pixels is
//! removed all the same, and there are no variants and no placeholders.

#[cfg(feature = "images")]
mod card;
#[cfg(feature = "images")]
mod colour;
#[cfg(feature = "images")]
mod decoded;
mod exif;
#[cfg(feature = "images")]
mod lettering;
#[cfg(feature = "images")]
mod lines;
mod parts;
#[cfg(feature = "images")]
mod pixels;
mod placeholder;
mod probe;
mod svg;
#[cfg(test)]
mod tests;
#[cfg(not(feature = "images"))]
mod unlettered;
mod variants;

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::base::Fingerprint;

#[cfg(feature = "images")]
pub use decoded::Decoded;
#[cfg(feature = "images")]
pub use lettering::{Font, Lettering};
pub use probe::{clean, format_of, hidden_format, probe};
#[cfg(not(feature = "images"))]
pub use unlettered::Lettering;
pub use variants::{Making, variants};

/// The version of what this room makes of pictures. It belongs into the key of everything made here,
/// and is counted up when a change of the code changes bytes.
pub const RECIPE: u32 = 1;

/// The largest picture that is taken, in megapixels. What it needs while it is worked at is nine bytes
/// a pixel.
pub const MEGAPIXELS: u64 = 100;

/// In megapixels, what a picture may have of which several are worked at at a time: memory is not to grow with
/// the number of cores.
const LARGE: u64 = 25;

/// The width of a share card in pixels: what networks ask for.
pub const CARD_WIDTH: u32 = 1200;
/// Its height.
pub const CARD_HEIGHT: u32 = 630;

/// What is known of a picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Info {
    /// What its bytes are.
    pub format: Format,
    /// Its width in pixels as it is shown, so after its orientation is applied. Nought of an SVG that does not
    /// say how large it is; the same for its height.
    pub width: u32,
    /// Its height in pixels as it is shown.
    pub height: u32,
    /// Whether nothing shines through it, as far as that is known.
    pub opaque: bool,
    /// Whether it is drawn rather than photographed: at least half of its pixels are their left
    /// neighbours' likes, as in charts, screenshots and line art. Never of a JPEG.
    pub drawn: bool,
    /// Whether it moves. Such a picture is offered as it is.
    pub animated: bool,
    /// The fingerprint of the file.
    pub fingerprint: Fingerprint,
    /// What stands in its place while it is loaded; none where something shines through.
    pub placeholder: Option<Placeholder>,
}

impl Info {
    /// Its width and height, if they are known.
    pub fn size(&self) -> Option<(u32, u32)> {
        (self.width > 0).then_some((self.width, self.height))
    }

    /// Whether it is worked at alone.
    pub fn is_large(&self) -> bool {
        u64::from(self.width) * u64::from(self.height) > LARGE * 1_000_000
    }

    /// Why no page can show it, though its file is sound.
    pub fn fault(&self) -> Option<Fault> {
        let Some((width, height)) = self.size() else {
            let remedy = "give its element `svg` a `viewBox`, or `width` and `height` in numbers";
            return Some(Fault(format!("it does not say how large it is; {remedy}")));
        };
        let is_large = u64::from(width) * u64::from(height) > MEGAPIXELS * 1_000_000;
        is_large.then(|| {
            let size = format!("it has {width} × {height} pixels");
            Fault(format!("{size}, and the most is {MEGAPIXELS} megapixels; make it smaller"))
        })
    }
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

/// How a text is to be set: in lines of a width, with letters of a size and a weight.
#[derive(Clone, Copy, Debug)]
pub struct Setting {
    /// The most that a line may take.
    pub width: f64,
    /// The size of letters, in the same unit.
    pub size: f64,
    /// Their weight, by CSS's numbers.
    pub weight: u16,
    /// How many lines there may be.
    pub most: usize,
}

/// A text in lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Lines {
    /// The lines, without spaces at their ends.
    pub lines: Vec<String>,
    /// Whether more would follow.
    pub cut: bool,
}

/// Why a picture cannot be read or made, and what to do about it, in the words of a message: clauses
/// without a full stop, about "it", the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault(pub String);

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl Fault {
    /// What is said of a file that stops in the middle.
    fn truncated() -> Self {
        Self("it ends too early, as if it had been copied only in part; copy or export it again".to_owned())
    }

    /// What is said of a file that no program could show.
    fn damaged(format: Format, why: &dyn fmt::Display) -> Self {
        let name = format.name();
        Self(format!("it is damaged ({why}); open it in an image editor and save it as {name} again"))
    }
}

impl Format {
    /// What it is called.
    pub fn name(self) -> &'static str {
        match self {
            Format::Jpeg => "JPEG",
            Format::Png => "PNG",
            Format::Webp => "WebP",
            Format::Gif => "GIF",
            Format::Avif => "AVIF",
            Format::Svg => "SVG",
        }
    }

    /// Its media type.
    pub fn media_type(self) -> &'static str {
        match self {
            Format::Jpeg => "image/jpeg",
            Format::Png => "image/png",
            Format::Webp => "image/webp",
            Format::Gif => "image/gif",
            Format::Avif => "image/avif",
            Format::Svg => "image/svg+xml",
        }
    }

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
