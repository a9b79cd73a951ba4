//! A picture that variants are made of, decoded once for all of them.
//!
//! Owns sizes and encodings. Each variant is made from the picture itself and not from another variant,
//! so what it looks like does not depend on which others there are.

use std::sync::LazyLock;

use fast_image_resize::images::Image;
use fast_image_resize::{
    FilterType, PixelComponentMapper, PixelType, ResizeAlg, ResizeOptions, Resizer, create_srgb_mapper,
};
use image::ExtendedColorType;
use image::ImageEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::{CompressionType, FilterType as PngFilter, PngEncoder};

use super::pixels::Pixels;
use super::{Fault, Format, Info, Making, Variant, parts};

/// Between sRGB in 8 bits and linear light in 16.
static SRGB: LazyLock<PixelComponentMapper> = LazyLock::new(create_srgb_mapper);

/// A still picture, decoded: in linear light, the right way up, in the colours of sRGB. It takes six bytes
/// a pixel, eight if something shines through; nine and twelve while it is made.
pub struct Decoded<'a> {
    /// The file.
    bytes: &'a [u8],
    format: Format,
    drawn: bool,
    opaque: bool,
    /// Whether the file's pixels lie as they are shown.
    is_upright: bool,
    linear: Image<'static>,
}

impl<'a> Decoded<'a> {
    /// Decodes a picture of which this is known.
    ///
    /// # Errors
    ///
    /// It is damaged or too large, or a picture of which there are no variants.
    pub fn new(bytes: &'a [u8], info: &Info) -> Result<Self, Fault> {
        let orientation = parts::read(info.format, bytes)?.map_or(1, |parts| parts.orientation);
        let Pixels { width, height, opaque, data } = Pixels::decode(info.format, bytes, orientation)?;
        let (narrow, wide) = kinds(opaque);
        let pixels = Image::from_vec_u8(width, height, data, narrow).map_err(broken)?;
        let mut linear = Image::new(width, height, wide);
        SRGB.forward_map(&pixels, &mut linear).map_err(broken)?;
        let (format, drawn) = (info.format, info.drawn);
        Ok(Self { bytes, format, drawn, opaque, is_upright: orientation == 1, linear })
    }

    /// The bytes of a variant.
    ///
    /// If it has the size and format of the file itself, that file without its metadata is taken where it
    /// is smaller: it loses nothing.
    ///
    /// # Errors
    ///
    /// The variant is none of this picture's.
    pub fn variant(&self, variant: Variant, making: &Making) -> Result<Vec<u8>, Fault> {
        let (width, height) = (variant.width, variant.height);
        let is_own_size = (self.linear.width(), self.linear.height()) == (width, height);
        let (narrow, wide) = kinds(self.opaque);
        let mut pixels = Image::new(width, height, narrow);
        if is_own_size {
            SRGB.backward_map(&self.linear, &mut pixels).map_err(broken)?;
        } else {
            // Softer than Lanczos, whose dark rims around what is bright are worse in linear light.
            let filter = ResizeOptions::new().resize_alg(ResizeAlg::Convolution(FilterType::CatmullRom));
            let mut resized = Image::new(width, height, wide);
            Resizer::new().resize(&self.linear, &mut resized, &filter).map_err(broken)?;
            SRGB.backward_map(&resized, &mut pixels).map_err(broken)?;
        }
        let made = self.encode(variant, making.quality.clamp(1, 100), pixels.buffer())?;
        if is_own_size && self.is_upright && variant.format == self.format {
            let own = parts::without_metadata(self.format, self.bytes)?;
            return Ok(if own.len() <= made.len() { own } else { made });
        }
        Ok(made)
    }

    fn encode(&self, variant: Variant, quality: u8, pixels: &[u8]) -> Result<Vec<u8>, Fault> {
        let Variant { format, width, height } = variant;
        let kind = if self.opaque { ExtendedColorType::Rgb8 } else { ExtendedColorType::Rgba8 };
        let mut made = Vec::new();
        match format {
            Format::Webp => return self.webp(width, height, quality, pixels),
            Format::Jpeg => {
                JpegEncoder::new_with_quality(&mut made, quality).write_image(pixels, width, height, kind)
            }
            Format::Png => {
                PngEncoder::new_with_quality(&mut made, CompressionType::Best, PngFilter::Adaptive)
                    .write_image(pixels, width, height, kind)
            }
            Format::Gif | Format::Avif | Format::Svg => {
                return Err(Fault(format!("no {} is made here", format.name())));
            }
        }
        .map_err(broken)?;
        Ok(made)
    }

    /// Lossy, or lossless where that is no larger, which it can only be for drawings.
    fn webp(&self, width: u32, height: u32, quality: u8, pixels: &[u8]) -> Result<Vec<u8>, Fault> {
        let layout = if self.opaque { webp::PixelLayout::Rgb } else { webp::PixelLayout::Rgba };
        let encoder = webp::Encoder::new(pixels, layout, width, height);
        let encode = |lossless, quality| {
            encoder.encode_simple(lossless, quality).map_err(|error| broken(format!("{error:?}")))
        };
        let lossy = encode(false, f32::from(quality))?;
        if self.drawn {
            let lossless = encode(true, 75.0)?;
            if lossless.len() <= lossy.len() {
                return Ok(lossless.to_vec());
            }
        }
        Ok(lossy.to_vec())
    }
}

/// How pixels lie in eight bits of sRGB and sixteen of linear light.
fn kinds(opaque: bool) -> (PixelType, PixelType) {
    if opaque { (PixelType::U8x3, PixelType::U16x3) } else { (PixelType::U8x4, PixelType::U16x4) }
}

fn broken(error: impl std::fmt::Display) -> Fault {
    Fault(format!("nothing can be made of it ({error}); save it again in an image editor, or smaller"))
}

#[cfg(test)]
mod tests;
