//! Pictures for tests, made by code.

use crate::image::{Format, exif};
use image::codecs::gif::GifEncoder;
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{Delay, ExtendedColorType, Frame, ImageEncoder, RgbaImage};

/// Numbers without an order to be seen, always the same.
pub(in crate::image) struct Chance(pub(in crate::image) u64);

impl Chance {
    pub(in crate::image) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 % limit as u64) as usize
    }
}

/// Red, green and blue of what a photograph may look like: soft waves, and a little noise.
pub(in crate::image) fn photo(width: u32, height: u32) -> Vec<u8> {
    let mut chance = Chance(7);
    let mut rgb = Vec::new();
    for y in 0..height {
        for x in 0..width {
            let (x, y) = (f64::from(x) / f64::from(width), f64::from(y) / f64::from(height));
            let wave =
                |a: f64, b: f64| 110.0 + 50.0 * (x * a + y * b).sin() + 40.0 * (x * b * 7.0 - y * a).cos();
            for value in [wave(9.0, 4.0), wave(3.0, 11.0), wave(5.0, 5.0)] {
                rgb.push((value + chance.below(9) as f64).clamp(0.0, 255.0) as u8);
            }
        }
    }
    rgb
}

/// Red, green and blue of a drawing: bars in a few colours on white.
pub(in crate::image) fn drawing(width: u32, height: u32) -> Vec<u8> {
    let colour = |x: u32, y: u32| match (x * 10 / width, y * 10 / height) {
        (column, row) if column % 2 == 1 && row > column => [30, 90 + 20 * column as u8, 160],
        _ => [255; 3],
    };
    (0..height).flat_map(|y| (0..width).flat_map(move |x| colour(x, y))).collect()
}

pub(in crate::image) fn jpeg(width: u32, height: u32, rgb: &[u8]) -> Vec<u8> {
    let mut file = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut file, 90);
    encoder.write_image(rgb, width, height, ExtendedColorType::Rgb8).unwrap();
    file
}

pub(in crate::image) fn png(
    width: u32,
    height: u32,
    pixels: &[u8],
    kind: ExtendedColorType,
    icc: &[u8],
) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = PngEncoder::new(&mut file);
    if !icc.is_empty() {
        encoder.set_icc_profile(icc.to_vec()).unwrap();
    }
    encoder.write_image(pixels, width, height, kind).unwrap();
    file
}

pub(in crate::image) fn webp(width: u32, height: u32, rgb: &[u8], lossless: bool) -> Vec<u8> {
    webp::Encoder::from_rgb(rgb, width, height).encode_simple(lossless, 80.0).unwrap().to_vec()
}

/// A GIF of so many pictures.
pub(in crate::image) fn gif(width: u32, height: u32, frames: u8) -> Vec<u8> {
    let mut file = Vec::new();
    let mut encoder = GifEncoder::new(&mut file);
    for i in 0..frames {
        let image = RgbaImage::from_pixel(width, height, [i * 40, 90, 200, 255].into());
        let delay = Delay::from_numer_denom_ms(100, 1);
        encoder.encode_frame(Frame::from_parts(image, 0, 0, delay)).unwrap();
    }
    drop(encoder);
    file
}

/// A WebP of two pictures.
pub(in crate::image) fn moving_webp(width: u32, height: u32) -> Vec<u8> {
    let config = webp::WebPConfig::new().unwrap();
    let mut encoder = webp::AnimEncoder::new(width, height, &config);
    let frames = [photo(width, height), drawing(width, height)];
    for (frame, time) in frames.iter().zip([0, 100]) {
        encoder.add_frame(webp::AnimFrame::from_rgb(frame, width, height, time));
    }
    encoder.encode().to_vec()
}

/// A segment of a JPEG.
pub(in crate::image) fn segment(marker: u8, content: &[u8]) -> Vec<u8> {
    let length = (content.len() as u16 + 2).to_be_bytes();
    [&[0xff, marker], &length[..], content].concat()
}

/// A JPEG with segments behind its first two bytes.
pub(in crate::image) fn with_segments(jpeg: &[u8], segments: &[Vec<u8>]) -> Vec<u8> {
    [&jpeg[..2], &segments.concat(), &jpeg[2..]].concat()
}

/// A chunk of a WebP.
pub(in crate::image) fn riff(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    let padding = &[0][..content.len() % 2];
    [name, &(content.len() as u32).to_le_bytes()[..], content, padding].concat()
}

/// A small file of every kind, in the formats that pictures have.
pub(in crate::image) fn all() -> Vec<(Format, Vec<u8>)> {
    use ExtendedColorType::{L8, La16, Rgb8, Rgb16, Rgba8};
    use Format::{Gif, Jpeg, Png, Webp};
    let (w, h) = (24, 18);
    let photo = photo(w, h);
    let count = (w * h) as usize;
    let oriented = [b"Exif\0\0", &exif::block(6)[..]].concat();
    vec![
        (Jpeg, with_segments(&jpeg(w, h, &photo), &[segment(0xe1, &oriented), segment(0xfe, b"by me")])),
        (Png, png(w, h, &photo, Rgb8, b"no profile")),
        (Png, png(w, h, &drawing(w, h), Rgb8, b"")),
        (Png, png(w, h, &photo[..count], L8, b"")),
        (Png, png(w, h, &[200, 100, 50, 120].repeat(count), Rgba8, b"")),
        (Png, png(w, h, &[9; 6].repeat(count), Rgb16, b"")),
        (Png, png(w, h, &[9, 200, 3, 77].repeat(count), La16, b"")),
        (Webp, webp(w, h, &photo, false)),
        (Webp, webp(w, h, &photo, true)),
        (Webp, moving_webp(w, h)),
        (Gif, gif(w, h, 1)),
        (Gif, gif(w, h, 3)),
    ]
}
