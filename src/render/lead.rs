//! The first paragraph of a text as plain text, for those who show a text in a line.
//!
//! How much of it is shown is decided by the language.

use crate::base::plain_text;

/// The text of the first paragraph that has some.
pub(super) fn first_paragraph(html: &str) -> Option<String> {
    // Notes stand at the end, and begin no text.
    let text = html.split("<section class=\"footnotes\"").next().unwrap_or_default();
    text.split("<p>")
        .skip(1)
        .map(|rest| plain_text(rest.split("</p>").next().unwrap_or_default()))
        .find(|text| !text.trim().is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_paragraph_is_told_as_text() {
        for (html, text) in [
            (
                "<h2>T</h2>\n<p>A <em>first</em>\nline &amp; <a href=\"x\" title=\"a>b\">more</a>.</p><p>B</p>",
                Some("A first line & more."),
            ),
            (
                "<p>川渝<sup class=\"footnote-ref\"><a href=\"#n\">1</a></sup>同行 5 m<sup>2</sup>&lt;</p>",
                Some("川渝同行 5 m2<"),
            ),
            (
                "<p>Oui&nbsp;: «\u{202f}là\u{202f}»\u{3000}!</p>",
                Some("Oui\u{a0}: «\u{202f}là\u{202f}»\u{3000}!"),
            ),
            ("<p>&nbsp;</p><p>a<!-- it's \" > --> <i title='5\">'>b</i></p>", Some("a b")),
            ("<ul><li>a</li></ul><section class=\"footnotes\"><p>Note</p></section>", None),
            ("<p><img src=\"x\" alt=\"y\"></p>\n<p>Words.</p>", Some("Words.")),
            ("<p>&copy; 4 &amp;lt;</p>", Some("&copy; 4 &lt;")),
            (
                "<p>By <math><semantics><mi>x</mi><annotation encoding=\"application/x-tex\">x &lt; 1</annotation></semantics></math>.</p>",
                Some("By x < 1."),
            ),
            ("<p>a <math><mi>x</mi></math></p>", Some("a")),
            ("<ul><li>a</li></ul>", None),
            ("<p>open", Some("open")),
            ("<p><b", None),
            ("", None),
        ] {
            assert_eq!(first_paragraph(html).as_deref(), text, "{html}");
        }
    }
}
