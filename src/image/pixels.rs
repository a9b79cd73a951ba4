//! A picture's pixels: decoded, the right way up, in sRGB.

use std::io::Cursor;

use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageError, ImageFormat, ImageReader, Limits};

use super::{Fault, Format, MEGAPIXELS, colour};

/// How many bytes a decoded picture may have: four channels of eight bits in the largest that is taken.
const MOST: u64 = MEGAPIXELS * 4_000_000;

/// The pixels of a picture, eight bits a channel.
pub(super) struct Pixels {
    pub width: u32,
    pub height: u32,
    /// Whether nothing shines through; then there are three channels, else four.
    pub opaque: bool,
    pub data: Vec<u8>,
}

impl Pixels {
    /// Decodes a still picture.
    pub(super) fn decode(format: Format, bytes: &[u8], orientation: u8) -> Result<Self, Fault> {
        let kind = match format {
            Format::Jpeg => ImageFormat::Jpeg,
            Format::Png => ImageFormat::Png,
            Format::Webp => ImageFormat::WebP,
            Format::Gif => ImageFormat::Gif,
            Format::Avif | Format::Svg => {
                return Err(Fault(format!("it is an {}, which has no pixels here", format.name())));
            }
        };
        let fault = |error| fault(format, &error);
        let mut reader = ImageReader::with_format(Cursor::new(bytes), kind);
        let mut limits = Limits::no_limits();
        limits.max_alloc = Some(MOST);
        reader.limits(limits);
        let mut decoder = reader.into_decoder().map_err(fault)?;
        if decoder.total_bytes() > MOST {
            return Err(too_deep());
        }
        let profile = decoder.icc_profile().unwrap_or_default();
        let is_grey = !decoder.color_type().has_color();
        let mut image = DynamicImage::from_decoder(decoder).map_err(fault)?;
        image.apply_orientation(Orientation::from_exif(orientation).unwrap_or(Orientation::NoTransforms));

        let (width, height) = (image.width(), image.height());
        let rgba = image.color().has_alpha().then(|| image.to_rgba8().into_raw());
        let rgba = rgba.filter(|rgba| rgba.as_chunks::<4>().0.iter().any(|[.., alpha]| *alpha != u8::MAX));
        let (opaque, mut data) = match rgba {
            Some(rgba) => (false, rgba),
            None => (true, image.into_rgb8().into_raw()),
        };
        if let Some(profile) = profile {
            colour::to_srgb(&profile, is_grey, opaque, &mut data);
        }
        Ok(Self { width, height, opaque, data })
    }

    /// How many channels a pixel has.
    pub(super) fn channels(&self) -> usize {
        if self.opaque { 3 } else { 4 }
    }

    /// Whether at least half of the pixels are like the ones at their left.
    pub(super) fn is_drawn(&self) -> bool {
        fn equal<const N: usize>(row: &[u8]) -> usize {
            row.as_chunks::<N>().0.windows(2).filter(|pair| pair.first() == pair.last()).count()
        }
        let rows = self.data.chunks_exact((self.width as usize * self.channels()).max(1));
        let equal: usize = rows.map(|row| if self.opaque { equal::<3>(row) } else { equal::<4>(row) }).sum();
        let pairs = (self.width as usize).saturating_sub(1) * self.height as usize;
        equal * 2 >= pairs
    }
}

fn fault(format: Format, error: &ImageError) -> Fault {
    match error {
        ImageError::Limits(_) => too_deep(),
        ImageError::IoError(_) => Fault::truncated(),
        ImageError::Unsupported(error) => {
            let name = format.name();
            Fault(format!("it is of a rare kind ({error}); save it as a plain {name} of 8 bits in RGB"))
        }
        error => Fault::damaged(format, error),
    }
}

fn too_deep() -> Fault {
    Fault("it needs too much memory; save it with 8 bits a channel, or make it smaller".to_owned())
}
