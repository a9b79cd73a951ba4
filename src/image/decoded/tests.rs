//! What variants look like.

use super::*;
use crate::image::tests::samples::{self, segment, with_segments};
use crate::image::{probe, variants};

fn making(widths: &[u32]) -> Making {
    Making { widths: widths.to_vec(), ..Making::default() }
}

/// The variants of a file, with the pixels that they show.
fn made(format: Format, file: &[u8], making: &Making) -> Vec<(Variant, Vec<u8>, Pixels)> {
    let info = probe(format, file).unwrap();
    let decoded = Decoded::new(file, &info).unwrap();
    let show = |variant: Variant| {
        let bytes = decoded.variant(variant, making).unwrap();
        assert_eq!(decoded.variant(variant, making).unwrap(), bytes, "made twice");
        let shown = probe(variant.format, &bytes).unwrap();
        assert_eq!((shown.width, shown.height), (variant.width, variant.height));
        let pixels = Pixels::decode(variant.format, &bytes, 1).unwrap();
        (variant, bytes, pixels)
    };
    variants(&info, making).into_iter().map(show).collect()
}

fn pixel(pixels: &Pixels, x: u32, y: u32) -> &[u8] {
    let at = (y * pixels.width + x) as usize * pixels.channels();
    &pixels.data[at..at + pixels.channels()]
}

fn is_near(one: &[u8], other: &[u8], by: u8) -> bool {
    one.len() == other.len() && one.iter().zip(other).all(|(a, b)| a.abs_diff(*b) <= by)
}

#[test]
fn pictures_are_turned_as_cameras_say() {
    // Red in the corner that is the first in the file.
    let (width, height) = (64, 32);
    let rgb: Vec<u8> = (0..height * width)
        .flat_map(
            |i| if i % width < width / 2 && i / width < height / 2 { [220, 20, 20] } else { [20, 20, 220] },
        )
        .collect();
    let jpeg = samples::jpeg(width, height, &rgb);
    // Where the corner is shown (Exif 3.0, § 4.6.5.1.6): right or left, below or above.
    let corners = [(0, 0), (1, 0), (1, 1), (0, 1), (0, 0), (1, 0), (1, 1), (0, 1)];
    for (orientation, (right, below)) in (1u8..).zip(corners) {
        let exif = [b"Exif\0\0", &crate::image::exif::block(orientation)[..]].concat();
        let file = with_segments(&jpeg, &[segment(0xe1, &exif)]);
        for (variant, bytes, pixels) in made(Format::Jpeg, &file, &making(&[16])) {
            let (w, h) = (variant.width, variant.height);
            assert_eq!((w, h), if orientation < 5 { (16, 8) } else { (16, 32) }, "{orientation}");
            for (x, y) in [(0, 0), (1, 0), (0, 1), (1, 1)] {
                let shown = pixel(&pixels, w / 4 + x * w / 2, h / 4 + y * h / 2);
                let expected = if (x, y) == (right, below) { [220, 20, 20] } else { [20, 20, 220] };
                assert!(is_near(shown, &expected, 24), "{orientation} {variant:?} {x} {y}: {shown:?}");
            }
            assert!(!bytes.windows(4).any(|w| w == b"Exif"), "{orientation}: it would be turned again");
        }
    }
}

#[test]
fn light_is_mixed_as_light() {
    // Black and white in turns: what is seen from afar is not the mean of the numbers.
    let rgb: Vec<u8> =
        (0..64 * 64u32).flat_map(|i| [if (i + i / 64) % 2 == 0 { 0 } else { 255 }; 3]).collect();
    let png = samples::png(64, 64, &rgb, ExtendedColorType::Rgb8, b"");
    for (variant, _, pixels) in made(Format::Png, &png, &making(&[16])) {
        assert!(is_near(pixel(&pixels, 8, 8), &[188; 3], 3), "{variant:?} {:?}", pixel(&pixels, 8, 8));
    }
}

#[test]
fn what_cannot_be_seen_does_not_colour_its_neighbours() {
    // Green beside red that is wholly transparent.
    let rgba: Vec<u8> =
        (0..60 * 60).flat_map(|i| if i % 60 < 31 { [0, 160, 0, 255] } else { [255, 0, 0, 0] }).collect();
    let png = samples::png(60, 60, &rgba, ExtendedColorType::Rgba8, b"");
    let made = made(Format::Png, &png, &making(&[14]));
    assert_eq!(made.len(), 2);
    for (variant, _, pixels) in made {
        assert!(!pixels.opaque);
        let seen = pixels.data.as_chunks::<4>().0.iter().filter(|p| p[3] > 40);
        assert!(seen.clone().count() >= 14 * 7);
        assert!(seen.into_iter().all(|p| p[0] < 24 && p[1].abs_diff(160) < 24), "{variant:?}");
    }
}

#[test]
fn photographs_are_smaller_as_webp_and_look_alike() {
    let (width, height) = (600, 400);
    let rgb = samples::photo(width, height);
    for (format, file) in [
        (Format::Jpeg, samples::jpeg(width, height, &rgb)),
        (Format::Png, samples::png(width, height, &rgb, ExtendedColorType::Rgb8, b"")),
        (Format::Webp, samples::webp(width, height, &rgb, false)),
    ] {
        let made = made(format, &file, &making(&[200, 400]));
        let told: Vec<_> = made.iter().map(|(v, ..)| (v.format, v.width)).collect();
        assert_eq!(told, [(Format::Webp, 200), (Format::Webp, 400), (Format::Jpeg, 400)]);
        let sizes: Vec<_> = made.iter().map(|(_, bytes, _)| bytes.len()).collect();
        assert!(sizes[0] < sizes[1] && sizes[1] < sizes[2], "{format:?} {sizes:?}");
        let [.., (_, webp, one), (_, _, other)] = &made[..] else { panic!("three") };
        assert_eq!(&webp[12..16], b"VP8 ");
        let differing = one.data.iter().zip(&other.data).filter(|(a, b)| a.abs_diff(**b) > 16).count();
        assert!(differing * 100 < one.data.len(), "{differing} of {}", one.data.len());
    }
}

#[test]
fn drawings_lose_nothing_where_that_is_smaller() {
    let (width, height) = (300, 200);
    let rgb = samples::drawing(width, height);
    let png = samples::png(width, height, &rgb, ExtendedColorType::Rgb8, b"");
    let made = made(Format::Png, &png, &making(&[]));
    assert_eq!(made.iter().map(|(v, ..)| v.format).collect::<Vec<_>>(), [Format::Webp, Format::Png]);
    for (variant, bytes, pixels) in &made {
        assert!(pixels.data == rgb, "{variant:?}");
        assert!(bytes.len() <= png.len());
    }
    assert_eq!(&made[0].1[12..16], b"VP8L");
}

#[test]
fn a_file_that_is_small_enough_is_offered_itself_without_what_it_tells() {
    let (width, height) = (120, 80);
    let mut small = Vec::new();
    JpegEncoder::new_with_quality(&mut small, 30)
        .write_image(&samples::photo(width, height), width, height, ExtendedColorType::Rgb8)
        .unwrap();
    let file = with_segments(&small, &[segment(0xfe, b"at home")]);
    let (_, fallback, _) = made(Format::Jpeg, &file, &Making::default()).pop().unwrap();
    assert_eq!(fallback, small);
    // Of high quality, it is made anew.
    let large = samples::jpeg(width, height, &samples::photo(width, height));
    let (_, fallback, _) = made(Format::Jpeg, &large, &Making::default()).pop().unwrap();
    assert!(fallback.len() < large.len());
}

/// `cargo test --release --lib image::decoded::tests::measure -- --ignored --nocapture`
#[test]
#[ignore = "for people: twelve megapixels, five variants and the fallback"]
#[allow(clippy::print_stderr)]
fn measure() {
    let (width, height) = (4000, 3000);
    let file = samples::jpeg(width, height, &samples::photo(width, height));
    let start = std::time::Instant::now();
    let info = probe(Format::Jpeg, &file).unwrap();
    eprintln!("{:?}: probe of {} bytes", start.elapsed(), file.len());
    let decoded = Decoded::new(&file, &info).unwrap();
    eprintln!("{:?}: decoded", start.elapsed());
    for variant in variants(&info, &Making::default()) {
        let bytes = decoded.variant(variant, &Making::default()).unwrap();
        eprintln!("{:?}: {variant:?}, {} bytes", start.elapsed(), bytes.len());
    }
}
