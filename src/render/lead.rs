//! The first paragraph of a text as plain text, for those who show a text in a line.
//!
//! How much of it is shown is decided by the language.

/// The text of the first paragraph that has some.
pub(super) fn first_paragraph(html: &str) -> Option<String> {
    // Notes stand at the end, and begin no text.
    let text = html.split("<section class=\"footnotes\"").next().unwrap_or_default();
    text.split("<p>")
        .skip(1)
        .map(|rest| plain(rest.split("</p>").next().unwrap_or_default()))
        .find(|text| !text.trim().is_empty())
}

/// HTML without its tags and notes, its references resolved, with single spaces. Spaces that are more
/// than white space, as those of French that do not break, stay what they are.
pub(super) fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (text, from) = rest.split_at(at);
        out.push_str(text);
        rest = if from.starts_with("<sup class=\"footnote-ref\"") {
            // A number that leads to a note, which is not here.
            from.split_once("</sup>").map_or("", |(_, after)| after)
        } else if from.starts_with('<') {
            after_tag(from)
        } else {
            let known = REFERENCES.iter().find_map(|(name, is)| Some((*is, from.strip_prefix(name)?)));
            let (is, after) = known.unwrap_or_else(|| from.split_at('&'.len_utf8()));
            out.push_str(is);
            after
        };
    }
    out.push_str(rest);
    out.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

/// The references that Bashu and the cleaner write.
const REFERENCES: [(&str, &str); 6] =
    [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", "\u{a0}")];

/// What follows a tag, whose values may hold a `>`, or a comment.
fn after_tag(tag: &str) -> &str {
    if let Some(comment) = tag.strip_prefix("<!--") {
        return comment.split_once("-->").map_or("", |(_, after)| after);
    }
    let mut quote = None;
    let end = tag.find(|c| {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), _) if c == open => quote = None,
            _ => {}
        }
        c == '>' && quote.is_none()
    });
    end.and_then(|end| tag.get(end + 1..)).unwrap_or_default()
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
            ("<ul><li>a</li></ul>", None),
            ("<p>open", Some("open")),
            ("<p><b", None),
            ("", None),
        ] {
            assert_eq!(first_paragraph(html).as_deref(), text, "{html}");
        }
    }
}
