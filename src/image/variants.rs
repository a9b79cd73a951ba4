//! In which widths and formats a picture is offered.
//!
//! It decides from what is known of a picture, and looks at no pixel.

use super::{Format, Info, Variant};

/// How variants are made: what a site decides.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Making {
    /// The widths in pixels, in any order.
    pub widths: Vec<u32>,
    /// How true to the original lossy formats are, from 1 to 100.
    pub quality: u8,
}

impl Default for Making {
    fn default() -> Self {
        Self { widths: vec![400, 800, 1200, 1600, 2400], quality: 80 }
    }
}

/// The longest side that WebP can have (RFC 9649, § 2.7).
const WEBP_SIDE: u32 = 16_383;
/// The longest side that JPEG can have: 16 bits.
const JPEG_SIDE: u32 = 65_535;

/// In which forms a picture is offered, the smallest first; the last is the fallback, in a format that
/// everything that shows pictures can show.
///
/// * WebP in every width that a site names and the picture has. The picture's own width is one of them if
///   it is below the largest named; a named width within a tenth of it is left out, as nobody could tell
///   the two apart.
/// * The fallback, in the largest of these widths alone: it is for the few browsers without WebP, for
///   feed readers, and for what other sites show. It is a JPEG if the picture is one, or if it is a
///   photograph through which nothing shines; else a PNG.
///
/// A picture that moves, one that is too large, an SVG and an AVIF are offered as they are: no variants. The
/// same goes for a program without the feature `images`.
pub fn variants(info: &Info, making: &Making) -> Vec<Variant> {
    let is_still = matches!(info.format, Format::Jpeg | Format::Png | Format::Webp | Format::Gif);
    if !cfg!(feature = "images") || !is_still || info.animated || info.fault().is_some() {
        return Vec::new();
    }
    let most = making.widths.iter().copied().max().unwrap_or(u32::MAX);
    let largest = info.width.min(most);
    let is_apart = |width: u32| u64::from(width) * 10 <= u64::from(largest) * 9;
    let mut widths: Vec<u32> = making.widths.iter().copied().filter(|w| *w > 0 && is_apart(*w)).collect();
    widths.push(largest);
    widths.sort_unstable();
    widths.dedup();

    let variant = |format, width| Variant { format, width, height: height(info, width) };
    let fits = |v: &Variant, side: u32| v.width.max(v.height) <= side;
    let mut variants: Vec<Variant> = widths.iter().map(|w| variant(Format::Webp, *w)).collect();
    variants.retain(|v| fits(v, WEBP_SIDE));
    let jpeg = variant(Format::Jpeg, largest);
    let is_photo = info.format == Format::Jpeg || info.opaque && !info.drawn;
    let fallback = if is_photo && fits(&jpeg, JPEG_SIDE) { jpeg } else { variant(Format::Png, largest) };
    variants.push(fallback);
    variants
}

/// The height that a picture has in a width: nearest to its proportions.
fn height(info: &Info, width: u32) -> u32 {
    let own = u64::from(info.width).max(1);
    let height = (u64::from(info.height) * u64::from(width) + own / 2) / own;
    u32::try_from(height).unwrap_or(u32::MAX).max(1)
}

#[cfg(feature = "images")]
#[cfg(test)]
mod tests {

    use super::*;
    use crate::base::Fingerprint;

    fn info(format: Format, width: u32, height: u32) -> Info {
        let fingerprint = Fingerprint::of(b"");
        let opaque = true;
        Info { format, width, height, opaque, drawn: false, animated: false, fingerprint, placeholder: None }
    }

    /// `webp 400×300, …`.
    fn told(info: &Info, making: &Making) -> String {
        let told = |v: Variant| format!("{} {}x{}", v.format.extension(), v.width, v.height);
        variants(info, making).into_iter().map(told).collect::<Vec<_>>().join(", ")
    }

    #[test]
    fn widths_go_up_to_the_picture_s_own_and_never_above() {
        let with = |widths: &[u32]| Making { widths: widths.to_vec(), ..Making::default() };
        let usual = Making::default();
        for (size, making, expected) in [
            (
                (4000, 3000),
                &usual,
                "webp 400x300, webp 800x600, webp 1200x900, webp 1600x1200, webp 2400x1800, jpg 2400x1800",
            ),
            ((1000, 500), &usual, "webp 400x200, webp 800x400, webp 1000x500, jpg 1000x500"),
            // 1,200 is too near to be of use.
            ((1250, 500), &usual, "webp 400x160, webp 800x320, webp 1250x500, jpg 1250x500"),
            ((1200, 1), &usual, "webp 400x1, webp 800x1, webp 1200x1, jpg 1200x1"),
            ((32, 20), &usual, "webp 32x20, jpg 32x20"),
            ((1, 1), &usual, "webp 1x1, jpg 1x1"),
            ((1000, 10), &with(&[600, 300, 300, 0]), "webp 300x3, webp 600x6, jpg 600x6"),
            ((1000, 10), &with(&[]), "webp 1000x10, jpg 1000x10"),
            // Too tall for WebP from some width on, and for JPEG.
            ((900, 27_000), &usual, "webp 400x12000, jpg 900x27000"),
            ((10, 70_000), &usual, "png 10x70000"),
        ] {
            assert_eq!(told(&info(Format::Jpeg, size.0, size.1), making), expected, "{size:?}");
        }
    }

    #[test]
    fn the_fallback_is_a_format_of_old_that_keeps_what_the_picture_has() {
        let change = |format, opaque, drawn| Info { opaque, drawn, ..info(format, 32, 20) };
        for (info, expected) in [
            (change(Format::Jpeg, true, false), "webp 32x20, jpg 32x20"),
            (change(Format::Png, true, true), "webp 32x20, png 32x20"),
            (change(Format::Png, true, false), "webp 32x20, jpg 32x20"),
            (change(Format::Png, false, false), "webp 32x20, png 32x20"),
            (change(Format::Webp, true, false), "webp 32x20, jpg 32x20"),
            (change(Format::Webp, false, false), "webp 32x20, png 32x20"),
            (change(Format::Gif, true, true), "webp 32x20, png 32x20"),
            (change(Format::Avif, false, false), ""),
            (change(Format::Svg, false, false), ""),
            (Info { animated: true, ..change(Format::Gif, true, true) }, ""),
            (info(Format::Jpeg, 20_000, 20_000), ""),
        ] {
            assert_eq!(told(&info, &Making::default()), expected, "{info:?}");
        }
    }
}
