//! Files of which nothing, or almost nothing, is right.

use super::samples::{self, Chance};
use crate::image::parts::without_metadata;
use crate::image::*;

/// Does all that can be done with a file.
fn try_all(format: Format, bytes: &[u8]) {
    let making = Making { widths: vec![5, 11], quality: 60 };
    let cleaned = without_metadata(format, bytes);
    if let Ok(cleaned) = &cleaned {
        assert_eq!(without_metadata(format, cleaned).as_ref(), Ok(cleaned), "cleaned twice");
    }
    let Ok(info) = probe(format, bytes) else { return };
    assert!(cleaned.is_ok(), "what can be shown can be cleaned");
    let variants = variants(&info, &making);
    if variants.is_empty() {
        return;
    }
    let decoded = Decoded::new(bytes, &info).expect("what was probed can be decoded");
    for variant in variants {
        let made = decoded.variant(variant, &making).unwrap();
        let made = probe(variant.format, &made).unwrap();
        assert_eq!((made.width, made.height), (variant.width, variant.height));
    }
}

#[test]
fn every_kind_of_picture_can_be_shown() {
    for (format, bytes) in samples::all() {
        probe(format, &bytes).unwrap_or_else(|fault| panic!("{format:?}: {fault}"));
        try_all(format, &bytes);
    }
}

#[test]
fn changed_files_are_shown_or_refused() {
    let mut chance = Chance(11);
    for (format, file) in samples::all() {
        for _ in 0..250 {
            let mut bytes = file.clone();
            for _ in 0..=chance.below(3) {
                let at = chance.below(bytes.len());
                match chance.below(6) {
                    0 => bytes.truncate(at.max(1)),
                    1 => {
                        let piece = bytes[at..].to_vec();
                        bytes.extend(piece);
                    }
                    2 => drop(bytes.drain(at..(at + chance.below(9)).min(bytes.len()).max(at))),
                    3 => bytes[at] = [0, 1, 0x7f, 0x80, 0xff][chance.below(5)],
                    _ => bytes[at] ^= 1 << chance.below(8),
                }
                if bytes.is_empty() {
                    break;
                }
            }
            try_all(format, &bytes);
        }
    }
}

#[test]
fn a_beginning_of_a_file_is_no_file() {
    for (format, file) in samples::all() {
        // A GIF may lack its last byte.
        let end = if format == Format::Gif { file.len() - 1 } else { file.len() };
        for length in 0..end {
            let fault = without_metadata(format, &file[..length]);
            let is_whole_gif = format == Format::Gif && fault.is_ok();
            assert!(fault.is_err() || is_whole_gif, "{format:?} {length} of {}", file.len());
            assert!(probe(format, &file[..length]).is_err() || is_whole_gif, "{format:?} {length}");
        }
    }
}

#[test]
fn noise_behind_a_right_beginning_is_refused() {
    let beginnings: [(Format, &[u8]); 6] = [
        (Format::Jpeg, b"\xff\xd8\xff"),
        (Format::Png, b"\x89PNG\r\n\x1a\n"),
        (Format::Webp, b"RIFF\x40\0\0\0WEBPVP8 "),
        (Format::Gif, b"GIF89a"),
        (Format::Avif, b"\0\0\0\x18ftypavif\0\0\0\0avifmif1"),
        (Format::Svg, b"<svg xmlns='http://www.w3.org/2000/svg' "),
    ];
    let mut chance = Chance(5);
    for (format, beginning) in beginnings {
        for length in 0..200 {
            let noise = (0..length).map(|_| chance.below(256) as u8);
            let bytes: Vec<u8> = beginning.iter().copied().chain(noise).collect();
            try_all(format, &bytes);
            assert!(probe(format, &bytes).is_err(), "{format:?} {bytes:?}");
        }
    }
}
