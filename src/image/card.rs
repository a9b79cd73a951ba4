//! Share cards: from the SVG that a theme writes to the picture that networks show.
//!
//! Owns the size of a card and the way to its PNG. What stands on it is the theme's.

use std::sync::{Mutex, PoisonError};

use image::codecs::png::{CompressionType, FilterType, PngEncoder};
use image::{ExtendedColorType, ImageEncoder};
use resvg::tiny_skia::{Color, Pixmap, Transform};
use resvg::usvg::{self, FontResolver, ImageHrefResolver, Options, Tree};

use super::lettering::Lettering;
use super::{CARD_HEIGHT, CARD_WIDTH, Fault};

impl Lettering {
    /// Draws a card. All text is set in these letters, whatever family it asks for; of weights the
    /// nearest is taken. The card shows no other picture: it would not be known by the card's key.
    pub fn draw(&self, svg: &str) -> Result<Vec<u8>, Fault> {
        let shown = Mutex::new(None);
        // Nothing can panic while it is held.
        let note = |href: &str| *shown.lock().unwrap_or_else(PoisonError::into_inner) = Some(href.to_owned());
        let options = Options {
            fontdb: self.database.clone(),
            font_resolver: FontResolver {
                select_font: Box::new(|font, _| self.select(font.weight())),
                select_fallback: Box::new(|c, used, _| self.stand_in(c, used)),
            },
            image_href_resolver: ImageHrefResolver {
                resolve_data: Box::new(|_, _, _| {
                    note("data:");
                    None
                }),
                resolve_string: Box::new(|href, _| {
                    note(href);
                    None
                }),
            },
            ..Options::default()
        };
        let tree = Tree::from_str(svg.trim(), &options).map_err(|error| Fault(words(&error)))?;
        drop(options);
        if let Some(href) = shown.into_inner().unwrap_or_else(PoisonError::into_inner) {
            return Err(Fault(format!(
                "it shows the picture `{href}`, and a card has shapes and text alone"
            )));
        }
        let size = tree.size();
        if (size.width(), size.height()) != (CARD_WIDTH as f32, CARD_HEIGHT as f32) {
            let (width, height) = (size.width(), size.height());
            return Err(Fault(format!(
                "it is {width} by {height}, and a card is {CARD_WIDTH} by {CARD_HEIGHT}"
            )));
        }
        let no_room = || Fault("there is no memory for it".to_owned());
        let mut pixels = Pixmap::new(CARD_WIDTH, CARD_HEIGHT).ok_or_else(no_room)?;
        pixels.fill(Color::WHITE);
        resvg::render(&tree, Transform::identity(), &mut pixels.as_mut());
        png(&pixels)
    }
}

/// What is wrong with an SVG, without the place in it: that is nobody's file.
fn words(error: &usvg::Error) -> String {
    match error {
        usvg::Error::InvalidSize => "it does not say its size".to_owned(),
        error => {
            let text = error.to_string();
            let text = text.strip_prefix("SVG data parsing failed cause ").unwrap_or(&text);
            text.split(" at ").next().unwrap_or(text).to_owned()
        }
    }
}

/// The pixels as a PNG. Nothing shines through a card.
fn png(pixels: &Pixmap) -> Result<Vec<u8>, Fault> {
    let colours: Vec<u8> = pixels.pixels().iter().flat_map(|p| [p.red(), p.green(), p.blue()]).collect();
    let mut bytes = Vec::with_capacity(32 * 1024);
    // Flat colours are what deflate is good at; filters would only disturb it.
    PngEncoder::new_with_quality(&mut bytes, CompressionType::Level(9), FilterType::NoFilter)
        .write_image(&colours, CARD_WIDTH, CARD_HEIGHT, ExtendedColorType::Rgb8)
        .map_err(|error| Fault(error.to_string()))?;
    Ok(bytes)
}
