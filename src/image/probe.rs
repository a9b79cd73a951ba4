//! What a picture's file says of itself, and what its pixels say.

use super::{Fault, Format, Info, exif, parts, svg};
use crate::base::{ContentPath, Fingerprint};

/// The format that a file's name promises; `None` for what is no picture.
pub fn format_of(path: &ContentPath) -> Option<Format> {
    let (_, extension) = path.file_name().rsplit_once('.')?;
    match extension.to_ascii_lowercase().as_str() {
        "jpg" | "jpeg" | "jpe" | "jfif" => Some(Format::Jpeg),
        "png" | "apng" => Some(Format::Png),
        "webp" => Some(Format::Webp),
        "gif" => Some(Format::Gif),
        "avif" => Some(Format::Avif),
        "svg" => Some(Format::Svg),
        _ => None,
    }
}

/// The format that a file's name promises, of those in which cameras note as much as in a JPEG, and which no
/// browser shows.
pub fn hidden_format(path: &ContentPath) -> Option<&'static str> {
    let (_, extension) = path.file_name().rsplit_once('.')?;
    match extension.to_ascii_lowercase().as_str() {
        "heic" | "heif" => Some("HEIC"),
        "tif" | "tiff" => Some("TIFF"),
        _ => None,
    }
}

/// Reads what is known of a picture whose name promises a format. A still picture is decoded for it, so
/// that a damaged one is found out before it is shown; not one that is too large to be shown. (Without
/// the feature `images` no pixel is looked at.)
///
/// # Errors
///
/// The file is of another format, ends too early, or is damaged.
pub fn probe(format: Format, bytes: &[u8]) -> Result<Info, Fault> {
    let found = sniff(bytes);
    if found != Some(format) {
        return Err(mistaken(format, found, bytes));
    }
    let parts = parts::read(format, bytes)?;
    let (width, height) = match (format, parts.as_ref().and_then(|parts| parts.size)) {
        (Format::Svg, _) => {
            let text = svg::text(bytes)?;
            svg::clean(text)?;
            svg::size(text).unwrap_or_default()
        }
        (_, Some(size)) => positive(format, size)?,
        (_, None) => size(format, bytes)?,
    };
    let orientation = parts.as_ref().map_or(1, |parts| parts.orientation);
    let (width, height) = if exif::is_turned(orientation) { (height, width) } else { (width, height) };
    let info = Info {
        format,
        width,
        height,
        opaque: format == Format::Jpeg,
        drawn: false,
        animated: parts.is_some_and(|parts| parts.animated),
        fingerprint: Fingerprint::of(bytes),
        placeholder: None,
    };
    let is_decoded =
        !matches!(format, Format::Avif | Format::Svg) && !info.animated && info.fault().is_none();
    if is_decoded { with_pixels(info, bytes, orientation) } else { Ok(info) }
}

#[cfg(feature = "images")]
fn with_pixels(info: Info, bytes: &[u8], orientation: u8) -> Result<Info, Fault> {
    use super::Placeholder;
    use super::pixels::Pixels;
    use std::sync::{Mutex, PoisonError};

    static ALONE: Mutex<()> = Mutex::new(());
    // What is done meanwhile waits for no other thread.
    let _alone = info.is_large().then(|| ALONE.lock().unwrap_or_else(PoisonError::into_inner));
    let pixels = Pixels::decode(info.format, bytes, orientation)?;
    let (width, height, opaque) = (pixels.width, pixels.height, pixels.opaque);
    let drawn = info.format != Format::Jpeg && pixels.is_drawn();
    let placeholder = opaque.then(|| Placeholder::of(width, height, &pixels.data));
    Ok(Info { width, height, opaque, drawn, placeholder, ..info })
}

#[cfg(not(feature = "images"))]
fn with_pixels(info: Info, _: &[u8], _: u8) -> Result<Info, Fault> {
    Ok(info)
}

/// A picture's file, whatever its name says, without what it tells beside the picture: Exif (with the places
/// where photographs were taken), XMP, IPTC, comments, thumbnails, texts, dates, and what stands behind the
/// picture's end. The pixels are not touched, nor the colour profile; which way up the picture is stays
/// known. An SVG loses what runs or asks others as well.
///
/// # Errors
///
/// It is no whole file of a format that is known here. An empty one tells nothing.
pub fn clean(bytes: &[u8]) -> Result<Vec<u8>, Fault> {
    match sniff(bytes) {
        Some(Format::Svg) => svg::clean(svg::text(bytes)?).map(String::into_bytes),
        Some(format) => parts::without_metadata(format, bytes),
        None if bytes.is_empty() => Ok(Vec::new()),
        None => Err(Fault("it is no picture".to_owned())),
    }
}

/// The format that a file's first bytes show.
fn sniff(bytes: &[u8]) -> Option<Format> {
    match bytes {
        [0xff, 0xd8, 0xff, ..] => Some(Format::Jpeg),
        [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some(Format::Png),
        [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some(Format::Webp),
        [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some(Format::Gif),
        _ if parts::is_avif(bytes) => Some(Format::Avif),
        _ => svg::is_svg(bytes).then_some(Format::Svg),
    }
}

/// Of a file that is not what its name promises.
fn mistaken(format: Format, found: Option<Format>, bytes: &[u8]) -> Fault {
    let promised = format.name();
    Fault(match found {
        _ if bytes.is_empty() => "it is empty; copy or export it again".to_owned(),
        Some(found) => {
            let (name, extension) = (found.name(), found.extension());
            format!(
                "it is a file of {name}, and its name says {promised}; let its name end with `.{extension}`"
            )
        }
        None => {
            format!("it is no {promised}, as its name says it is; save it as {promised} in an image editor")
        }
    })
}

fn size(format: Format, bytes: &[u8]) -> Result<(u32, u32), Fault> {
    let size = imagesize::blob_size(bytes).map_err(|error| match error {
        imagesize::ImageError::IoError(_) => Fault::truncated(),
        error => Fault::damaged(format, &error),
    })?;
    let side = |of: usize| u32::try_from(of).unwrap_or(u32::MAX);
    positive(format, (side(size.width), side(size.height)))
}

fn positive(format: Format, (width, height): (u32, u32)) -> Result<(u32, u32), Fault> {
    let is_positive = width > 0 && height > 0;
    is_positive
        .then_some((width, height))
        .ok_or_else(|| Fault::damaged(format, &"it says that it has no size"))
}

#[cfg(feature = "images")]
#[cfg(test)]
mod tests {

    use super::*;
    use crate::image::tests::samples;

    #[test]
    fn the_format_is_what_the_bytes_are() {
        for name in ["a.jpg", "a/b.JPEG", "a.jfif", "a.png", "a.webp", "a.gif", "a.avif", "a.svg"] {
            assert!(format_of(&ContentPath::new(name)).is_some(), "{name}");
        }
        for name in ["a.tiff", "jpg", "a.jpg/b", "a.svgz"] {
            assert_eq!(format_of(&ContentPath::new(name)), None, "{name}");
        }
        for (format, bytes) in samples::all() {
            assert_eq!(sniff(&bytes), Some(format));
        }
        assert_eq!(sniff(b"\0\0\0\x18ftypmif1\0\0\0\0mif1avif"), Some(Format::Avif));
        assert_eq!(sniff(b"\0\0\0\x18ftypheic\0\0\0\0mif1heic"), None);
        assert_eq!(sniff(b"\xef\xbb\xbf<!-- a --><svg/>"), Some(Format::Svg));
        assert_eq!(sniff(b"<html><svg/></html>"), None);
    }

    #[test]
    fn what_is_known_of_a_picture_is_what_its_pixels_say() {
        let told: Vec<_> = samples::all()
            .into_iter()
            .map(|(format, bytes)| {
                let info = probe(format, &bytes).unwrap();
                assert_eq!(info.fingerprint, Fingerprint::of(&bytes));
                let flags = [(info.opaque, "opaque"), (info.drawn, "drawn"), (info.animated, "moves")];
                let flags: Vec<_> = flags.iter().filter(|flag| flag.0).map(|flag| flag.1).collect();
                let shape = info.placeholder.map(|p| format!(" {}x{}", p.columns, p.rows()));
                let size = format!("{} {}x{}", format.extension(), info.width, info.height);
                format!("{size} {}{}", flags.join(" "), shape.unwrap_or_default())
            })
            .collect();
        let expected = [
            "jpg 18x24 opaque 3x4", // Turned.
            "png 24x18 opaque 4x3",
            "png 24x18 opaque drawn 4x3",
            "png 24x18 opaque 4x3",
            "png 24x18 drawn",
            "png 24x18 opaque drawn 4x3",
            "png 24x18 drawn",
            "webp 24x18 opaque 4x3",
            "webp 24x18 opaque 4x3",
            "webp 24x18 moves",
            "gif 24x18 opaque drawn 4x3",
            "gif 24x18 moves",
        ];
        assert_eq!(told, expected);
        // A channel for transparency through which nothing shines.
        let solid = samples::png(4, 4, &[1, 2, 3, 255].repeat(16), image::ExtendedColorType::Rgba8, b"");
        assert!(probe(Format::Png, &solid).unwrap().opaque);
    }

    #[test]
    fn a_png_that_moves_is_known() {
        let still = samples::png(4, 4, &samples::photo(4, 4), image::ExtendedColorType::Rgb8, b"");
        for (frames, expected) in [(1u8, false), (2, true)] {
            let mut file = still.clone();
            // The checksum is not looked at: a picture that moves is not decoded.
            let control = [b"\0\0\0\x08acTL\0\0\0", &[frames][..], b"\0\0\0\0...."];
            file.splice(33..33, control.concat());
            let info = probe(Format::Png, &file);
            assert_eq!(info.is_ok_and(|info| info.animated), expected, "{frames}");
        }
    }

    #[test]
    fn every_fault_says_what_to_do() {
        let jpeg = samples::jpeg(8, 8, &samples::photo(8, 8));
        let png = samples::png(8, 8, &samples::photo(8, 8), image::ExtendedColorType::Rgb8, b"");
        let mut huge = png.clone();
        huge[16..24].copy_from_slice(&[0, 0, 0x40, 0, 0, 0, 0x40, 0]);
        let mut none = png.clone();
        none[16..24].fill(0);
        let mut damaged = png.clone();
        damaged[45] ^= 0xff;
        for (format, bytes, expected) in [
            (
                Format::Jpeg,
                &png[..],
                "it is a file of PNG, and its name says JPEG; let its name end with `.png`",
            ),
            (
                Format::Webp,
                &jpeg,
                "it is a file of JPEG, and its name says WebP; let its name end with `.jpg`",
            ),
            (
                Format::Png,
                b"<svg/>",
                "it is a file of SVG, and its name says PNG; let its name end with `.svg`",
            ),
            (Format::Png, b"", "it is empty; copy or export it again"),
            (Format::Svg, b"<p>", "it is no SVG, as its name says it is; save it as SVG in an image editor"),
            (
                Format::Jpeg,
                &jpeg[..jpeg.len() - 9],
                "it ends too early, as if it had been copied only in part; copy or export it again",
            ),
            (
                Format::Png,
                &png[..20],
                "it ends too early, as if it had been copied only in part; copy or export it again",
            ),
            (
                Format::Png,
                &huge,
                "it has 16384 × 16384 pixels, and the most is 100 megapixels; make it smaller",
            ),
            (
                Format::Png,
                &none,
                "it is damaged (it says that it has no size); open it in an image editor and save it as PNG again",
            ),
            (Format::Png, &damaged, "it is damaged ("),
            (Format::Svg, b"<svg xmlns='http://www.w3.org/2000/svg'/>", "it does not say how large it is; "),
        ] {
            let Fault(said) = probe(format, bytes).map_or_else(|fault| fault, |info| info.fault().unwrap());
            let is_whole = !expected.ends_with(['(', ' ']);
            assert!(if is_whole { said == expected } else { said.starts_with(expected) }, "{said}");
        }
    }
}
