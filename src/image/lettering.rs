//! The letters of share cards: fonts, and how wide a text is in them.
//!
//! Owns which face draws which character. It never draws, and never looks for a font.

use std::sync::Arc;

use resvg::usvg::fontdb::{Database, ID, Source};
use ttf_parser::{Face, FaceParsingError};

use super::{Fault, Lines, Setting, lines};
use crate::base::Digest;
use crate::locale::Locale;

/// What a line is set in when nothing else is said, by CSS's numbers for weights.
const REGULAR: u16 = 400;

/// A file with a font.
#[derive(Clone)]
pub struct Font {
    bytes: Arc<Vec<u8>>,
    digest: Digest,
}

/// The faces that the cards of a language are drawn with.
pub struct Lettering {
    faces: Vec<Lettered>,
    pub(super) database: Arc<Database>,
    digest: Digest,
}

/// A face of a font.
struct Lettered {
    bytes: Arc<Vec<u8>>,
    index: u32,
    weight: u16,
    /// Whether it is one of the language's own font; others stand in for what that lacks.
    own: bool,
    id: ID,
}

impl Font {
    /// A font, if it is one.
    pub fn new(bytes: Vec<u8>) -> Result<Self, Fault> {
        if bytes.starts_with(b"wOF") {
            return Err(Fault("it is packed for the web (WOFF)".to_owned()));
        }
        let face = Face::parse(&bytes, 0).map_err(|error| match error {
            FaceParsingError::UnknownMagic => Fault("it is no TTF, OTF or TTC file".to_owned()),
            error => Fault(format!("it is damaged ({error})")),
        })?;
        if face.tables().cmap.is_none() || face.tables().hmtx.is_none() {
            return Err(Fault("it has no characters".to_owned()));
        }
        Ok(Self { digest: Digest::of(&bytes), bytes: Arc::new(bytes) })
    }

    /// How many letters and digits of a text it lacks.
    pub fn lacking(&self, text: &str) -> usize {
        let Ok(face) = Face::parse(&self.bytes, 0) else { return usize::MAX };
        text.chars().filter(|c| c.is_alphanumeric() && face.glyph_index(*c).is_none()).count()
    }
}

impl Lettering {
    /// The letters of a language out of the files of its own font, and those of others that stand in.
    /// Of a file that holds a font for several regions, the face is taken whose name ends as `region`
    /// says: `SC`.
    pub fn new(own: &[Font], others: &[&Font], region: &str) -> Self {
        let mut database = Database::new();
        let mut faces: Vec<Lettered> = Vec::new();
        let mut digests = vec![Digest::of(region.as_bytes()).and_number(own.len() as u64)];
        for (file, own) in own.iter().map(|file| (file, true)).chain(others.iter().map(|&file| (file, false)))
        {
            // Languages may share a font.
            if digests.contains(&file.digest) {
                continue;
            }
            digests.push(file.digest);
            let index = face_of(&file.bytes, region);
            let ids = database.load_font_source(Source::Binary(file.bytes.clone()));
            let id = ids.into_iter().find(|&id| database.face(id).is_some_and(|face| face.index == index));
            if let (Some(id), Ok(face)) = (id, Face::parse(&file.bytes, index)) {
                faces.push(Lettered {
                    bytes: file.bytes.clone(),
                    index,
                    weight: face.weight().to_number(),
                    own,
                    id,
                });
            }
        }
        let digest = digests.into_iter().collect();
        Self { faces, database: Arc::new(database), digest }
    }

    /// The digest of all that it is made from.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The first character of a text that none of the faces has.
    pub fn lacks(&self, text: &str) -> Option<char> {
        // What is seen by its effect alone: joiners, marks of direction, soft hyphens, selectors.
        let unseen = |c: char| {
            c.is_whitespace()
                || c.is_control()
                || matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{fe00}'..='\u{fe0f}')
        };
        let faces = self.parsed();
        text.chars().find(|&c| !unseen(c) && !faces.iter().any(|face| face.glyph_index(c).is_some()))
    }

    /// A text in lines that are about equally long. Where there are more than there may be, the last
    /// one ends with the language's ellipsis.
    pub fn lines(&self, locale: &Locale, text: &str, setting: Setting) -> Lines {
        let (faces, order) = (self.parsed(), self.order(setting.weight));
        let advance = |c: char| {
            let faces = order.iter().filter_map(|&at| faces.get(at));
            let drawn = faces.filter_map(|face| Some((face, face.glyph_index(c)?))).next();
            drawn.map_or(0.0, |(face, glyph)| {
                f64::from(face.glyph_hor_advance(glyph).unwrap_or(0)) / f64::from(face.units_per_em())
            })
        };
        lines::lines(locale, text, setting, &advance)
    }

    /// The text in the first of some settings in which it is not cut, else in the last; that setting as
    /// well. `None` without a setting.
    pub fn fitted(&self, locale: &Locale, text: &str, settings: &[Setting]) -> Option<(Setting, Lines)> {
        let mut tried = None;
        for &setting in settings {
            let lines = self.lines(locale, text, setting);
            let whole = !lines.cut;
            tried = Some((setting, lines));
            if whole {
                break;
            }
        }
        tried
    }

    /// The face for letters of a weight, whatever they are.
    pub(super) fn select(&self, weight: u16) -> Option<ID> {
        self.order(weight).first().and_then(|&at| self.faces.get(at)).map(|face| face.id)
    }

    /// The face for a character that those in use lack.
    pub(super) fn stand_in(&self, c: char, used: &[ID]) -> Option<ID> {
        let weight =
            self.faces.iter().find(|face| used.first() == Some(&face.id)).map_or(REGULAR, |f| f.weight);
        let order = self.order(weight);
        let mut faces = order.iter().filter_map(|&at| self.faces.get(at));
        faces.find(|face| !used.contains(&face.id) && face.has(c)).map(|face| face.id)
    }

    /// The faces in the order in which they are asked for letters of a weight: the language's own
    /// first, and of each the nearest.
    fn order(&self, weight: u16) -> Vec<usize> {
        let mut order: Vec<usize> = (0..self.faces.len()).collect();
        order.sort_by_key(|&at| self.faces.get(at).map(|face| (!face.own, face.weight.abs_diff(weight))));
        order
    }

    /// Every face, read. That takes a few microseconds.
    fn parsed(&self) -> Vec<Face<'_>> {
        self.faces.iter().filter_map(|face| Face::parse(&face.bytes, face.index).ok()).collect()
    }
}

impl Lettered {
    fn has(&self, c: char) -> bool {
        Face::parse(&self.bytes, self.index).is_ok_and(|face| face.glyph_index(c).is_some())
    }
}

/// The face in a file whose family's name ends with a word; the first, if none does.
fn face_of(bytes: &[u8], region: &str) -> u32 {
    let ends = |index: &u32| {
        let Ok(face) = Face::parse(bytes, *index) else { return false };
        let family = ttf_parser::name_id::FAMILY;
        let names = face.names().into_iter().filter(|name| name.name_id == family && name.is_unicode());
        names.filter_map(|name| name.to_string()).any(|name| name.rsplit(' ').next() == Some(region))
    };
    (0..ttf_parser::fonts_in_collection(bytes).unwrap_or(1)).find(ends).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A few letters of Latin and Chinese.
    fn font() -> Font {
        Font::new(include_bytes!("../../tests/fonts/test.otf").to_vec()).unwrap()
    }

    #[test]
    fn what_is_no_font_says_so() {
        for (bytes, why) in [
            (&b"wOF2\0\0\0\0"[..], "it is packed for the web (WOFF)"),
            (b"", "it is no TTF, OTF or TTC file"),
            (b"<svg/>", "it is no TTF, OTF or TTC file"),
        ] {
            assert_eq!(Font::new(bytes.to_vec()).err(), Some(Fault(why.to_owned())));
        }
        // Damaged ones are refused or taken, and never panic.
        let whole = include_bytes!("../../tests/fonts/test.otf");
        for end in (0..whole.len()).step_by(97) {
            if let Ok(font) = Font::new(whole.get(..end).unwrap().to_vec()) {
                let letters = Lettering::new(&[font], &[], "SC");
                let _ = (
                    letters.lacks("Ants 蚂蚁"),
                    letters.draw("<svg width='1200' height='630'><text>A</text></svg>"),
                );
            }
        }
    }

    #[test]
    fn characters_that_no_face_has_are_found() {
        let letters = Lettering::new(&[font()], &[], "SC");
        for (text, lacking) in [
            ("Ants, 蚂蚁。", None),
            ("A\u{200d}n\u{ad}ts\u{fe0f} \u{3000}", None),
            ("A 猫", Some('猫')),
            ("A 💩", Some('💩')),
        ] {
            assert_eq!(letters.lacks(text), lacking, "{text}");
        }
        assert_eq!(font().lacking("Ants, 猫狗!"), 2);
    }

    #[test]
    fn letters_follow_from_their_fonts() {
        let font = font();
        let digest = |own: &[Font], others: &[&Font], region| Lettering::new(own, others, region).digest();
        let one = digest(std::slice::from_ref(&font), &[], "SC");
        // A font that two languages share is there once.
        assert_eq!(one, digest(std::slice::from_ref(&font), &[&font], "SC"));
        assert_ne!(one, digest(&[], &[&font], "SC"));
        assert_ne!(one, digest(std::slice::from_ref(&font), &[], "TC"));
    }
}
