//! Colours of other profiles, in sRGB.
//!
//! Browsers take what has no profile for sRGB, so pictures that are made here need none.

use moxcms::{ColorProfile, DataColorSpace, Layout, Transform8BitExecutor, TransformOptions};

/// Turns pixels (of three channels if opaque, else four) from a profile to sRGB. A profile that cannot be
/// read, or is for other channels than the pixels', changes nothing: browsers do the same.
pub(super) fn to_srgb(profile: &[u8], is_grey: bool, opaque: bool, data: &mut [u8]) {
    let Ok(profile) = ColorProfile::new_from_slice(profile) else { return };
    let srgb = ColorProfile::new_srgb();
    let layout = if opaque { Layout::Rgb } else { Layout::Rgba };
    let transform = |from, to| profile.create_transform_8bit(from, &srgb, to, TransformOptions::default());
    match profile.color_space {
        DataColorSpace::Rgb => {
            let is_needed = transform(Layout::Rgb, Layout::Rgb).is_ok_and(|t| !changes_nothing(&*t));
            if let (true, Ok(transform)) = (is_needed, transform(layout, layout)) {
                in_place(&*transform, data, if opaque { 3 } else { 4 });
            }
        }
        DataColorSpace::Gray if is_grey => {
            let (from, mut to): (Vec<u8>, _) = ((0..=255).collect(), vec![0; 256 * 3]);
            if transform(Layout::Gray, Layout::Rgb).is_ok_and(|t| t.transform(&from, &mut to).is_ok()) {
                let table = to.as_chunks::<3>().0;
                for pixel in data.chunks_exact_mut(if opaque { 3 } else { 4 }) {
                    let grey = pixel.first().and_then(|value| table.get(usize::from(*value)));
                    for (value, new) in pixel.iter_mut().zip(grey.into_iter().flatten()) {
                        *value = *new;
                    }
                }
            }
        }
        _ => {}
    }
}

/// Whether a transform from RGB leaves colours as they are, but for rounding. Most profiles are sRGB
/// in one edition or another.
fn changes_nothing(transform: &Transform8BitExecutor) -> bool {
    const STEPS: [u8; 9] = [0, 32, 64, 96, 128, 160, 192, 224, 255];
    let mut from = Vec::new();
    for r in STEPS {
        for g in STEPS {
            from.extend(STEPS.iter().flat_map(|b| [r, g, *b]));
        }
    }
    let mut to = vec![0; from.len()];
    transform.transform(&from, &mut to).is_ok() && from.iter().zip(&to).all(|(a, b)| a.abs_diff(*b) <= 1)
}

/// Transforms a piece at a time, so that there is no second copy of the whole.
fn in_place(transform: &Transform8BitExecutor, data: &mut [u8], channels: usize) {
    let mut copy = Vec::new();
    for piece in data.chunks_mut(channels * 16 * 1024) {
        copy.clear();
        copy.extend_from_slice(piece);
        // The lengths are equal, and multiples of a pixel's; were it to fail, the colours stay.
        let _ = transform.transform(&copy, piece);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn turned(profile: &ColorProfile, is_grey: bool, opaque: bool, pixels: &[u8]) -> Vec<u8> {
        let mut data = pixels.to_vec();
        to_srgb(&profile.encode().unwrap(), is_grey, opaque, &mut data);
        data
    }

    #[test]
    fn colours_of_wider_profiles_are_turned_and_those_of_srgb_are_not_touched() {
        let (p3, srgb) = (ColorProfile::new_display_p3(), ColorProfile::new_srgb());
        // Red of Display P3 is stronger than that of sRGB; grey is the same in both.
        let pixels = [[200, 100, 100], [90; 3]].concat();
        let mixed = turned(&p3, false, true, &pixels);
        let [r, g, b, ref grey @ ..] = mixed[..] else { panic!("six values") };
        assert!(r > 208 && g < 98 && b < 98, "{r} {g} {b}");
        assert!(grey.iter().all(|value| value.abs_diff(90) <= 1), "{grey:?}");
        let with_alpha = turned(&p3, false, false, &[200, 100, 100, 77]);
        assert_eq!(with_alpha, [r, g, b, 77]);

        let every: Vec<u8> = (0..=255).flat_map(|v| [v, 255 - v, v / 2]).collect();
        assert_eq!(turned(&srgb, false, true, &every), every);
    }

    #[test]
    fn greys_have_profiles_too() {
        let linear = ColorProfile::new_gray_with_gamma(1.0);
        let [r, g, b, alpha] = turned(&linear, true, false, &[55, 55, 55, 9])[..] else {
            panic!("four values")
        };
        assert!(r == g && g == b && r.abs_diff(128) <= 2 && alpha == 9, "{r} {g} {b} {alpha}");
        // A profile for greys in a picture in colours says nothing.
        assert_eq!(turned(&linear, false, true, &[55, 66, 77]), [55, 66, 77]);
    }

    #[test]
    fn a_profile_that_is_none_changes_nothing() {
        let mut data = vec![1, 2, 3];
        for profile in [&b""[..], b"nothing", &[0; 400]] {
            to_srgb(profile, false, true, &mut data);
        }
        assert_eq!(data, [1, 2, 3]);
    }
}
