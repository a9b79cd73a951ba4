//! The text of one version as HTML, with places left open for what only the whole site knows.
//!
//! Owns the types that stand between the Markdown writer and the renderer, and the way the two
//! are put together. It never decides what a slot becomes: it does not know the site.
//!
//! A text has two lives. What the rest of the site must know of it, its [`Outline`], is in memory
//! from the beginning to the end. The [`Text`] itself is needed only while its page is rendered,
//! and waits elsewhere until then: so memory grows with what pages say about each other.

use serde::{Deserialize, Serialize};

use crate::base::{BriefFingerprint, ContentPath, Digest, Span};
use crate::diag::Diagnostic;
use crate::yaml::Node;

/// What Markdown becomes, before it is parted into [`Outline`] and [`Text`].
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Body {
    /// The HTML without what the slots become.
    pub html: String,
    /// The open places, ascending by where they are.
    pub slots: Vec<Slot>,
    /// The headings, in the order of the text.
    pub headings: Vec<Heading>,
    /// Every id in the HTML that a link may point at: headings, footnotes, raw HTML that was kept.
    pub anchors: Vec<String>,
    /// The length of the text, code blocks left out.
    pub length: Length,
}

impl Body {
    /// Parts what the site knows of a text from the text. The text has no place yet.
    pub(super) fn split(self) -> (Outline, Text) {
        let Self { html, slots, headings, anchors, length } = self;
        (
            Outline { slots, anchors, length, fingerprint: None, place: Place::default() },
            Text { html, headings },
        )
    }
}

#[cfg(test)]
impl Body {
    /// As [`Text::write`], for tests of the HTML as a whole.
    pub(super) fn write(&self, out: &mut String, fill: impl FnMut(&Slot, &mut String)) {
        let (outline, text) = self.clone().split();
        text.write(&outline.slots, out, fill);
    }
}

/// What the rest of the site must know of a text.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Outline {
    /// The open places of the HTML, ascending by where they are.
    pub slots: Vec<Slot>,
    /// Every id in the HTML that a link may point at: headings, footnotes, raw HTML that was kept.
    pub anchors: Vec<String>,
    /// The length of the text, code blocks left out.
    pub length: Length,
    /// The fingerprint of the version's wording; `None` of a version that nothing can be translated
    /// from: on a site in one language, of a translation on a site in two, of a file that cannot be read.
    pub fingerprint: Option<BriefFingerprint>,
    /// Where the text waits.
    pub place: Place,
}

/// How long a text is: what is written with spaces, and what is written without, each by itself.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Length {
    /// Words that stand apart by spaces.
    pub words: u32,
    /// Chinese characters and Japanese kana.
    pub characters: u32,
}

impl Length {
    /// How many minutes it takes to read, one at least; `None` for no text.
    ///
    /// Adults read 238 words of English a minute (M. Brysbaert, "How many words do we read per
    /// minute?", Journal of Memory and Language 109, 2019). 400 characters are in the middle of what
    /// China's curriculum standard for Chinese asks at least of pupils who read to themselves:
    /// 300 a minute at the end of primary school, 500 at the end of the ninth year.
    pub fn minutes(self) -> Option<usize> {
        const WORDS: u64 = 238;
        const CHARACTERS: u64 = 400;
        let time = u64::from(self.words) * CHARACTERS + u64::from(self.characters) * WORDS;
        let minute = WORDS * CHARACTERS;
        // At most 28 million.
        (time > 0).then(|| ((time + minute / 2) / minute).max(1) as usize)
    }
}

/// Where a text waits, for whoever keeps it; and what it is, for everybody.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// Its first byte in the store.
    pub at: u64,
    /// Its length in the store.
    pub len: u32,
    /// The digest of the text with its headings.
    pub digest: Digest,
    /// The digest of the headings alone.
    pub headings: Digest,
}

/// A text while its page is rendered.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Text {
    /// The HTML without what the slots become.
    pub html: String,
    /// The headings, in the order of the text.
    pub headings: Vec<Heading>,
}

/// Whoever keeps the texts between parsing and rendering.
pub trait Texts: Sync {
    /// The text of a file.
    fn text(&self, file: &ContentPath, outline: &Outline) -> Result<Text, Diagnostic>;
}

impl Text {
    /// Writes the HTML with the slots of its outline filled; `fill` writes what one slot becomes,
    /// as [`SlotKind`] says for its kind, or nothing.
    pub fn write(&self, slots: &[Slot], out: &mut String, mut fill: impl FnMut(&Slot, &mut String)) {
        out.reserve(self.html.len() + slots.len() * 48);
        let mut from = 0;
        for slot in slots {
            // `at` is a character's first byte and ascends; a body put together by hand may err,
            // and then the text is worth more than the slot's exact place.
            let at = slot.at as usize;
            if let Some(before) = self.html.get(from..at) {
                out.push_str(before);
                from = at;
            }
            fill(slot, out);
        }
        out.push_str(self.html.get(from..).unwrap_or_default());
    }
}

/// A place in the HTML for something that one file cannot know.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Slot {
    /// The byte of the HTML before which its content goes.
    pub at: u32,
    /// What to point at in the file when it cannot be filled: a link's destination where it can
    /// be found, else the whole link, image or block.
    pub span: Span,
    /// What goes there.
    pub kind: SlotKind,
}

/// What goes into a slot, and what its renderer writes there.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum SlotKind {
    /// Stands right after `<a`. The renderer writes ` href="…"` with the URL escaped, and further
    /// attributes if it likes (`hreflang`, `rel`), each after a space; never `title` or `id`.
    Link {
        /// As it was written, unescaped: relative, root-relative, `#anchor` or empty.
        destination: String,
    },
    /// A picture. The renderer writes a whole phrasing element.
    Image {
        /// As it was written, unescaped: relative, root-relative, or an address elsewhere.
        source: String,
        /// What it shows, as text; empty for one that only decorates, `None` if nothing is said.
        alt: Option<String>,
        /// Its title, as text; may be empty.
        title: String,
    },
    /// Stands right after `<img` of raw HTML. The renderer writes ` src="…"`, and the picture's size.
    Source {
        /// As [`SlotKind::Image`] has it.
        source: String,
        /// Whether there is an alternative text; an empty one is said, too.
        told: bool,
        /// Whether the HTML says how large it is to be.
        sized: bool,
    },
    /// A cited figure. The renderer writes a whole phrasing element, without links in it if
    /// the theme wants it safe inside headings and table cells.
    Figure {
        /// What stands after `figure:`: `trips`, `freight-trains/trips`, `trips?style=number`.
        target: String,
        /// The words to show, as HTML without links or images; `None` for the figure's own form.
        text: Option<String>,
    },
    /// A component of the theme. The renderer writes whole block elements.
    Component {
        /// Its name.
        name: String,
        /// Where the name stands.
        name_span: Span,
        /// Its arguments, if there are any. A call whose arguments are no YAML has no slot.
        args: Option<Node>,
    },
    /// A string of the interface, by its key. The renderer writes its text escaped by
    /// [`crate::base::escape_html`], since the place may be inside a quoted attribute.
    Text {
        /// `alert-note`, `alert-tip`, `alert-important`, `alert-warning`, `alert-caution`,
        /// `footnotes`, `footnote-back`, `task-done` or `task-open`.
        #[serde(deserialize_with = "interface_string")]
        key: Static,
    },
}

impl SlotKind {
    /// Whether it is a picture.
    pub fn is_image(&self) -> bool {
        matches!(self, Self::Image { .. } | Self::Source { .. })
    }

    /// Whether two slots ask for the same, wherever they stand in their files, and in whatever words a
    /// picture is told.
    pub fn asks_same(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Image { source, .. }, Self::Image { source: other, .. }) => source == other,
            (Self::Component { name, args, .. }, Self::Component { name: other, args: others, .. }) => {
                let same = match (args, others) {
                    (Some(args), Some(others)) => args.says_same(others),
                    (None, None) => true,
                    _ => false,
                };
                name == other && same
            }
            (own, other) => own == other,
        }
    }
}

/// Under a name of its own, or Serde would borrow it from what it reads.
type Static = &'static str;

/// The strings of the interface that texts ask for.
const INTERFACE: [&str; 9] = [
    "alert-note",
    "alert-tip",
    "alert-important",
    "alert-warning",
    "alert-caution",
    "footnotes",
    "footnote-back",
    "task-done",
    "task-open",
];

fn interface_string<'de, D: serde::Deserializer<'de>>(deserializer: D) -> Result<&'static str, D::Error> {
    let key = <&str>::deserialize(deserializer)?;
    INTERFACE
        .into_iter()
        .find(|known| *known == key)
        .ok_or_else(|| serde::de::Error::custom("a string that no text asks for"))
}

/// A heading of the text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Heading {
    /// Its level in the HTML, 2 to 6: the page's title is the only `h1`.
    pub level: u8,
    /// Its id, unique in the text.
    pub id: String,
    /// Its content as HTML of text, code and formulas alone, for tables of contents.
    pub html: String,
    /// Its content as text.
    pub text: String,
    /// Where it stands. Forgotten where texts are kept: the front matter's length is not the text's.
    #[serde(skip)]
    pub span: Span,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reading_takes_a_minute_at_least() {
        for (words, characters, minutes) in [
            (0, 0, None),
            (1, 0, Some(1)),
            (356, 0, Some(1)),
            (357, 0, Some(2)),
            (0, 599, Some(1)),
            (0, 600, Some(2)),
            (119, 1000, Some(3)),
            (u32::MAX, u32::MAX, Some(28_783_499)),
        ] {
            assert_eq!(Length { words, characters }.minutes(), minutes, "{words} {characters}");
        }
    }

    #[test]
    fn slots_are_filled_where_they_stand() {
        let link = |at, destination: &str| Slot {
            at,
            span: Span::default(),
            kind: SlotKind::Link { destination: destination.to_owned() },
        };
        let text = Text { html: "<a>重庆</a><a>成都</a>".to_owned(), ..Text::default() };
        let slots = [link(2, "cq"), link(15, "cd")];
        let mut out = String::new();
        text.write(&slots, &mut out, |slot, out| {
            if let SlotKind::Link { destination } = &slot.kind {
                out.push_str(&format!(" href=\"{destination}\""));
            }
        });
        assert_eq!(out, "<a href=\"cq\">重庆</a><a href=\"cd\">成都</a>");
    }
}
