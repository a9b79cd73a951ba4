//! Colours that a site sets: known to be colours, and made readable on light and dark grounds.
//!
//! Owns the rule of contrast (WCAG 2.2, § 1.4.3: 4.5 to 1 for text). It never changes the colour as given.

use lightningcss::traits::Parse;
use lightningcss::values::color::{ColorSpace, CssColor, OKLCH, RGBA, SRGB};

/// The contrast of text with its ground.
const READABLE: f32 = 4.5;

/// The darkest ground that is called light, and the lightest that is called dark: few pages are all white or
/// all black.
const LIGHT: RGBA = RGBA { red: 0xf4, green: 0xf4, blue: 0xf4, alpha: 255 };
const DARK: RGBA = RGBA { red: 0x1c, green: 0x1c, blue: 0x1c, alpha: 255 };

/// Whether a text is a CSS colour that is the same for every reader.
pub(super) fn is_colour(text: &str) -> bool {
    parse(text).is_some()
}

/// The colour for text on a light and on a dark ground: as given where that is readable, else darker or lighter.
pub(super) fn readable(text: &str) -> Option<[String; 2]> {
    let colour = parse(text)?;
    Some([(LIGHT, 0.0), (DARK, 1.0)].map(|(ground, towards)| on(colour, ground, towards)))
}

fn parse(text: &str) -> Option<OKLCH> {
    // A comment that does not end would go on behind the colour.
    let colour = CssColor::parse_string(text).ok().filter(|_| !text.contains("/*"))?;
    let colour = OKLCH::try_from(&colour).ok()?.resolve_missing();
    // What calculations may give that no screen shows.
    let finite = |number: f32| if number.is_finite() { number } else { 0.0 };
    let (l, c) = (finite(colour.l).clamp(0.0, 1.0), finite(colour.c).clamp(0.0, 0.5));
    Some(OKLCH { l, c, h: finite(colour.h), alpha: 1.0 })
}

/// The nearest lightness at which a colour can be read on a ground. Black and white always can.
fn on(colour: OKLCH, ground: RGBA, towards: f32) -> String {
    const STEPS: u8 = 200;
    let shades = (0..=STEPS).map(|step| {
        let l = colour.l + (towards - colour.l) * f32::from(step) / f32::from(STEPS);
        RGBA::from(SRGB::from(OKLCH { l, ..colour }).resolve())
    });
    let extreme = if towards > 0.5 { RGBA::new(255, 255, 255, 1.0) } else { RGBA::new(0, 0, 0, 1.0) };
    let found = shades.into_iter().find(|shade| contrast(*shade, ground) >= READABLE).unwrap_or(extreme);
    format!("#{:02x}{:02x}{:02x}", found.red, found.green, found.blue)
}

fn contrast(one: RGBA, other: RGBA) -> f32 {
    let (one, other) = (luminance(one), luminance(other));
    (one.max(other) + 0.05) / (one.min(other) + 0.05)
}

/// WCAG 2.2, "relative luminance".
fn luminance(colour: RGBA) -> f32 {
    let linear = |part: u8| {
        let part = f32::from(part) / 255.0;
        if part <= 0.040_45 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(colour.red) + 0.7152 * linear(colour.green) + 0.0722 * linear(colour.blue)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rgba(hex: &str) -> RGBA {
        let CssColor::RGBA(colour) = CssColor::parse_string(hex).unwrap() else { panic!("{hex}") };
        colour
    }

    #[test]
    fn any_colour_is_readable_on_both_grounds() {
        for text in [
            "yellow",
            "white",
            "black",
            "#8f2a1a",
            "#767676",
            "rebeccapurple",
            "oklch(70% 0.4 150)",
            "color(display-p3 0 1 0)",
            "rgb(0 0 0 / 0)",
            "hsl(none 50% 50%)",
            "color-mix(in oklch, red, blue)",
            "oklch(calc(infinity) calc(infinity) 0)",
            "lab(50% -200 200)",
        ] {
            let [light, dark] = readable(text).unwrap_or_else(|| panic!("{text}"));
            for ground in ["#ffffff", "#f4f4f4"] {
                assert!(contrast(rgba(&light), rgba(ground)) >= READABLE, "{text}: {light} on {ground}");
            }
            for ground in ["#000000", "#161616", "#1c1c1c"] {
                assert!(contrast(rgba(&dark), rgba(ground)) >= READABLE, "{text}: {dark} on {ground}");
            }
        }
    }

    #[test]
    fn what_is_readable_stays_as_it_is() {
        assert_eq!(readable("#8f2a1a").unwrap()[0], "#8f2a1a");
        assert_eq!(readable("yellow").unwrap()[1], "#ffff00");
        assert_eq!(readable("black").unwrap(), ["#000000".to_owned(), readable("black").unwrap()[1].clone()]);
        // As contrast of black and white is by definition.
        assert!((contrast(rgba("#000000"), rgba("#ffffff")) - 21.0).abs() < 0.01);
    }

    #[test]
    fn what_is_no_colour_or_not_the_same_for_all_is_refused() {
        for text in [
            "",
            "reddish",
            "#12",
            "currentColor",
            "light-dark(red, blue)",
            "CanvasText",
            "var(--x)",
            "red;",
            "red/*",
        ] {
            assert!(!is_colour(text), "{text}");
        }
    }
}
