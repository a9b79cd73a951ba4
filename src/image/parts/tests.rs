//! Files with places, thumbnails and more behind the end.

#![cfg(feature = "images")]

use std::io::Cursor;

use image::{ExtendedColorType, ImageDecoder, ImageFormat, ImageReader};

use super::*;
use crate::image::tests::samples::{self, riff, segment, with_segments};
use crate::image::{exif, probe};

/// What must not be found afterwards.
const SECRET: &[u8] = b"30.6598N 104.0633E";

fn holds(bytes: &[u8], piece: &[u8]) -> bool {
    bytes.windows(piece.len()).any(|window| window == piece)
}

fn pixels(format: Format, bytes: &[u8]) -> Vec<u8> {
    let format = ImageFormat::from_mime_type(format.media_type()).unwrap();
    ImageReader::with_format(Cursor::new(bytes), format).decode().unwrap().into_bytes()
}

/// Cleans a file that holds the secret, and sees to it that nothing else is lost.
fn cleaned(format: Format, bytes: &[u8], orientation: u8, kept: &[u8]) -> Vec<u8> {
    assert!(holds(bytes, SECRET) && holds(bytes, kept));
    let cleaned = without_metadata(format, bytes).unwrap();
    assert!(!holds(&cleaned, SECRET), "{format:?}");
    assert!(!holds(&cleaned, &SECRET[..8]), "{format:?}");
    assert!(holds(&cleaned, kept), "{format:?} lost what is to be kept");
    assert_eq!(pixels(format, &cleaned), pixels(format, bytes), "{format:?}");
    assert_eq!(read(format, &cleaned).unwrap().unwrap().orientation, orientation, "{format:?}");
    assert_eq!(without_metadata(format, &cleaned).unwrap(), cleaned, "{format:?} cleaned twice");
    let (before, after) = (probe(format, bytes).unwrap(), probe(format, &cleaned).unwrap());
    assert_eq!((before.width, before.height, before.animated), (after.width, after.height, after.animated));
    cleaned
}

/// Exif of a camera: which way up, and behind that the place, and a thumbnail.
fn camera(orientation: u8) -> Vec<u8> {
    let thumbnail = samples::jpeg(16, 8, &samples::photo(16, 8));
    [&exif::block(orientation)[..], SECRET, &thumbnail, SECRET].concat()
}

/// A colour profile of a screen: a white point, and a serial number.
fn profile() -> Vec<u8> {
    let table = b"\0\0\0\x02wtpt\0\0\0\x9c\0\0\0\x14mmod\0\0\0\xb0\0\0\0\x12";
    [&[7; 128][..], table, WHITE, SECRET].concat()
}

/// The colour in it.
const WHITE: &[u8] = b"the point of white..";

#[test]
fn a_profile_keeps_its_colours_and_its_length() {
    let whole = profile();
    let cleaned = icc::clean(&whole).unwrap();
    assert!(holds(&cleaned, WHITE) && !holds(&cleaned, b"mmod") && !holds(&cleaned, SECRET));
    assert_eq!(
        (cleaned.len(), &cleaned[128..144]),
        (whole.len(), &b"\0\0\0\x01wtpt\0\0\0\x9c\0\0\0\x14"[..])
    );
    assert_eq!(icc::clean(&cleaned), None, "cleaned twice");
    for length in 0..whole.len() {
        // Without its last tag it can still lose that.
        assert_eq!(icc::clean(&whole[..length]).is_some(), length >= 176, "{length}");
    }
    let p3 = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    assert!(icc::clean(&p3).is_none_or(|p3| moxcms::ColorProfile::new_from_slice(&p3).is_ok()));
}

#[test]
fn a_jpeg_keeps_its_picture_its_colours_and_which_way_up_it_is() {
    let plain = samples::jpeg(40, 24, &samples::photo(40, 24));
    let xmp = [b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>", SECRET].concat();
    let profile = profile();
    let icc = [(b"\x02\x02", &profile[160..]), (b"\x01\x02", &profile[..160])];
    let icc = icc.map(|(number, part)| segment(0xe2, &[b"ICC_PROFILE\0", &number[..], part].concat()));
    let icc = icc.concat();
    let thumbnail = [b"JFIF\0\x01\x02\0\0\x01\0\x01\x06\x01", SECRET].concat();
    let file = |orientation: u8| {
        let segments = [
            segment(0xe0, &thumbnail),
            segment(0xe1, &[b"Exif\0\0", &camera(orientation)[..]].concat()),
            segment(0xe1, &xmp),
            segment(0xe2, &[b"MPF\0", SECRET].concat()),
            icc.clone(),
            segment(0xed, &[b"Photoshop 3.0\x008BIM\x04\x04", SECRET].concat()),
            segment(0xfe, SECRET),
            segment(0xee, &[b"Adobe\0\x64\0\0\0\0\x01", SECRET].concat()),
            // Markers that no decoder knows.
            segment(0x4f, SECRET),
            segment(0xf3, SECRET),
            // Bytes that belong to nothing, and a marker with more than one 0xff in front.
            [SECRET, b"\xff\xff"].concat(),
        ];
        let file = with_segments(&plain, &segments);
        [&file[..], b"\0\0\0\x18ftypmp42", SECRET, &plain].concat()
    };
    let turned = cleaned(Format::Jpeg, &file(6), 6, b"wtpt");
    assert_eq!(turned.windows(6).filter(|w| *w == b"Exif\0\0").count(), 1);
    // JFIF first, Exif behind it.
    assert_eq!(turned[2..4], [0xff, 0xe0]);
    assert_eq!(turned[20..22], [0xff, 0xe1]);
    assert_eq!((probe(Format::Jpeg, &turned).unwrap().width, turned.ends_with(&[0xff, 0xd9])), (24, true));

    let upright = cleaned(Format::Jpeg, &file(1), 1, b"wtpt");
    assert!(!holds(&upright, b"Exif"));
    assert!(upright.len() < plain.len() + icc.len() + 100);
}

#[test]
fn a_png_keeps_its_picture_its_colours_and_which_way_up_it_is() {
    let profile = profile();
    let plain = samples::png(10, 6, &samples::drawing(10, 6), ExtendedColorType::Rgb8, &profile);
    let (header, rest) = plain.split_at(33);
    let resolution = png::chunk(b"pHYs", b"\0\0\x0b\x13\0\0\x0b\x13\x01");
    let chunks = [
        png::chunk(b"tEXt", &[b"Comment\0", SECRET].concat()),
        png::chunk(b"iTXt", &[b"XML:com.adobe.xmp\0\0\0\0\0", SECRET].concat()),
        png::chunk(b"tIME", b"\x07\xe8\x01\x02\x03\x04\x05"),
        png::chunk(b"eXIf", &camera(8)),
        png::chunk(b"prVt", SECRET),
        png::chunk(b"sPLT", &[SECRET, b"\0\x08"].concat()),
        resolution.clone(),
    ];
    let file = [header, &chunks.concat(), rest, SECRET].concat();
    let cleaned = cleaned(Format::Png, &file, 8, &resolution);
    assert!(holds(&cleaned, b"iCCP"));
    for name in [b"tEXt", b"iTXt", b"tIME", b"prVt"] {
        assert!(!holds(&cleaned, name));
    }
    let mut decoder =
        ImageReader::with_format(Cursor::new(&cleaned), ImageFormat::Png).into_decoder().unwrap();
    assert_eq!(decoder.icc_profile().unwrap(), icc::clean(&profile));
    // Nothing to remove: the same file.
    let plain = samples::png(10, 6, &samples::drawing(10, 6), ExtendedColorType::Rgb8, b"");
    assert_eq!(without_metadata(Format::Png, &plain).unwrap(), plain);
}

#[test]
fn a_webp_keeps_its_picture_its_colours_and_which_way_up_it_is() {
    let (width, height) = (10, 6);
    for lossless in [false, true] {
        let plain = samples::webp(width, height, &samples::photo(width, height), lossless);
        assert_eq!(without_metadata(Format::Webp, &plain).unwrap(), plain);
        let icc = riff(b"ICCP", &profile());
        let said = [0x20 | 0x08 | 0x04, 0, 0, 0, width as u8 - 1, 0, 0, height as u8 - 1, 0, 0];
        let file = |exif: &[u8]| {
            let chunks = [
                riff(b"VP8X", &said),
                icc.clone(),
                plain[12..].to_vec(),
                riff(b"EXIF", exif),
                riff(b"XMP ", SECRET),
            ];
            let body = [b"WEBP".to_vec(), chunks.concat()].concat();
            [riff(b"RIFF", &body), SECRET.to_vec()].concat()
        };
        let turned = cleaned(Format::Webp, &file(&camera(5)), 5, WHITE);
        assert_eq!(turned[20], 0x20 | 0x08);
        assert_eq!(probe(Format::Webp, &turned).unwrap().width, height);
        // As some programs write it.
        cleaned(Format::Webp, &file(&[b"Exif\0\0", &camera(3)[..]].concat()), 3, WHITE);
        let upright = cleaned(Format::Webp, &file(&camera(1)), 1, WHITE);
        assert_eq!(upright[20], 0x20);
        assert!(!holds(&upright, b"EXIF"));
    }
}

#[test]
fn a_gif_keeps_its_pictures_and_how_often_they_are_shown() {
    let comment = [b"\x21\xfe\x12", SECRET, b"\0"].concat();
    let xmp = [b"\x21\xff\x0bXMP DataXMP\x12", SECRET, b"\0"].concat();
    let caption = [b"\x21\x01\x0c\0\0\0\0\x09\0\x07\0\x08\x08\x01\0\x12", SECRET, b"\0"].concat();
    let repeat = b"\x21\xff\x0bNETSCAPE2.0\x03\x01\0\0\0";
    for frames in [1, 3] {
        let plain = samples::gif(9, 7, frames);
        let head = 13 + if plain[10] & 0x80 == 0 { 0 } else { 3 << ((plain[10] & 7) + 1) };
        let (head, rest) = plain.split_at(head);
        let file = [head, &comment, repeat, &xmp, &caption, rest, SECRET].concat();
        let cleaned = cleaned(Format::Gif, &file, 1, repeat);
        assert_eq!(cleaned.len(), plain.len() + repeat.len() * usize::from(!holds(&plain, repeat)));
        assert_eq!(probe(Format::Gif, &cleaned).unwrap().animated, frames > 1);
        // Without its last byte, as some programs leave it.
        let whole = without_metadata(Format::Gif, &plain).unwrap();
        assert_eq!(without_metadata(Format::Gif, &plain[..plain.len() - 1]).unwrap(), whole);
    }
}

#[test]
fn a_webp_that_moves_has_nothing_but_pictures_in_its_frames() {
    let moving = samples::moving_webp(10, 6);
    let at = moving.windows(4).position(|name| name == b"ANMF").unwrap();
    let length = u32::from_le_bytes(*moving[at + 4..].first_chunk().unwrap()) as usize;
    let (frame, rest) = moving[at + 8..].split_at(length);
    let telling = riff(b"ANMF", &[frame, &riff(b"note", SECRET)].concat());
    let body = [&moving[8..at], &telling, rest].concat();
    let file = riff(b"RIFF", &body);
    assert!(holds(&file, SECRET));
    assert_eq!(without_metadata(Format::Webp, &file).unwrap(), moving);
}

/// A box of an AVIF.
fn boxed(name: &[u8; 4], content: &[u8]) -> Vec<u8> {
    [&(content.len() as u32 + 8).to_be_bytes()[..], name, content].concat()
}

#[test]
fn an_avif_keeps_its_length_and_loses_what_it_tells() {
    let picture = b"the picture itself";
    let entry =
        |id: u8, kind: &[u8; 4]| boxed(b"infe", &[&[2, 0, 0, 0, 0, id, 0, 0][..], kind, b"\0"].concat());
    let entries = [entry(1, b"av01"), entry(2, b"uri "), entry(3, b"mime")].concat();
    let items = boxed(b"iinf", &[b"\0\0\0\0\0\x03", &entries[..]].concat());
    // The picture and Exif lie in the file, one behind the other; XMP in the box `idat`, in two pieces.
    let file = |at: u32| {
        let [a, b, c, d] = at.to_be_bytes();
        let places = [
            &[1, 0, 0, 0, 0x44, 0x40, 0, 3][..],
            &[0, 1, 0, 0, 0, 0, a, b, c, d, 0, 1, 0, 0, 0, 0, 0, 0, 0, 18],
            &[0, 2, 0, 0, 0, 0, a, b, c, d, 0, 1, 0, 0, 0, 18, 0, 0, 0, 18],
            &[0, 3, 0, 1, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0, 0, 0, 0, 0, 0, 9, 0, 0, 0, 9, 0, 0, 0, 9],
        ];
        let meta =
            [b"\0\0\0\0", &items[..], &boxed(b"iloc", &places.concat()), &boxed(b"idat", SECRET)].concat();
        let meta = [meta, boxed(b"xml ", SECRET)].concat();
        let media = boxed(b"mdia", &boxed(b"udta", SECRET));
        let film = [boxed(b"mvhd", b"kept"), boxed(b"trak", &media), boxed(b"meta", SECRET)].concat();
        let data = boxed(b"mdat", &[picture, SECRET].concat());
        let kind = boxed(b"ftyp", b"mif1\0\0\0\0mif1avif");
        [kind, boxed(b"meta", &meta), boxed(b"moov", &film), boxed(b"mpvd", SECRET), data].concat()
    };
    let length = file(0).len() as u32;
    let file = file(length - 36);
    assert!(is_avif(&file));
    let cleaned = without_metadata(Format::Avif, &file).unwrap();
    assert!(!holds(&cleaned, &SECRET[..4]) && !holds(&cleaned, &SECRET[14..]));
    assert!(holds(&cleaned, picture) && holds(&cleaned, b"kept") && cleaned.len() == file.len());
    assert_eq!(without_metadata(Format::Avif, &cleaned).unwrap(), cleaned);
    // Cut short, it lacks what its parts are said to be in, but where there are none yet.
    for length in 0..file.len() {
        let is_taken = without_metadata(Format::Avif, &file[..length]).is_ok();
        assert_eq!(is_taken, [0, 24].contains(&length), "{length}");
    }
}
