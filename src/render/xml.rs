//! XML documents, written one element after the other.
//!
//! Owns the declaration, the indentation and which characters may stand in a document; escaping
//! is `quick-xml`'s. It knows no vocabulary: the elements are its callers'.

use std::borrow::Cow;

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesEnd, BytesStart, BytesText, Event};

/// Attributes in the order in which they are written.
pub(super) type Attributes<'a> = &'a [(&'a str, &'a str)];

/// A document in the making.
pub(super) struct Xml(Writer<Vec<u8>>);

impl Xml {
    /// A document that has its declaration.
    pub(super) fn new() -> Self {
        Self::with_capacity(0)
    }

    /// The same, with room for so many bytes: those of a large one are not moved again and again.
    pub(super) fn with_capacity(bytes: usize) -> Self {
        let mut xml = Self(Writer::new_with_indent(Vec::with_capacity(bytes), b' ', 2));
        xml.event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)));
        xml
    }

    /// Opens an element that others stand in.
    pub(super) fn open(&mut self, name: &str, attributes: Attributes<'_>) {
        self.event(Event::Start(start(name, attributes)));
    }

    /// Closes the element opened last, whose name this must be.
    pub(super) fn close(&mut self, name: &str) {
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// An element of nothing but attributes.
    pub(super) fn empty(&mut self, name: &str, attributes: Attributes<'_>) {
        self.event(Event::Empty(start(name, attributes)));
    }

    /// An element of text.
    pub(super) fn text(&mut self, name: &str, attributes: Attributes<'_>, text: &str) {
        self.event(Event::Start(start(name, attributes)));
        self.event(Event::Text(BytesText::new(&allowed(text))));
        self.event(Event::End(BytesEnd::new(name)));
    }

    /// The document, ending with a line break.
    pub(super) fn finish(self) -> Vec<u8> {
        let mut bytes = self.0.into_inner();
        bytes.push(b'\n');
        bytes
    }

    fn event(&mut self, event: Event<'_>) {
        // Writing to memory cannot fail: `Vec`'s `Write` never returns an error.
        let _ = self.0.write_event(event);
    }
}

fn start<'a>(name: &'a str, attributes: Attributes<'a>) -> BytesStart<'a> {
    BytesStart::new(name).with_attributes(attributes.iter().map(|&(key, value)| (key, allowed(value))))
}

/// The text with U+FFFD for each character that no XML 1.0 document may hold (§ 2.2), not even
/// as a reference.
pub(super) fn allowed(text: &str) -> Cow<'_, str> {
    // The first byte of what is forbidden, and of little else that a site holds.
    let suspect = |b: u8| b < b' ' && !matches!(b, b'\t' | b'\n' | b'\r') || b == 0xef;
    if !text.bytes().any(suspect) {
        return text.into();
    }
    let forbidden =
        |c: char| matches!(c, '\0'..='\x08' | '\x0b' | '\x0c' | '\x0e'..='\x1f' | '\u{fffe}' | '\u{ffff}');
    if text.contains(forbidden) { text.replace(forbidden, "\u{fffd}").into() } else { text.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_escaped_and_what_xml_forbids_is_replaced() {
        let mut xml = Xml::new();
        xml.open("a", &[]);
        xml.text("b", &[("c", "\"<&>\" \u{1}")], "1 < 2 & \u{0}\u{b}\u{ffff}\t川 😀 ]]>");
        xml.empty("d", &[("e", "f")]);
        xml.close("a");
        insta::assert_snapshot!(String::from_utf8(xml.finish()).unwrap(), @r##"
        <?xml version="1.0" encoding="UTF-8"?>
        <a>
          <b c="&quot;&lt;&amp;&gt;&quot; �">1 &lt; 2 &amp; ���	川 😀 ]]&gt;</b>
          <d e="f"/>
        </a>
        "##);
    }
}
