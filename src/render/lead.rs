//! The first paragraph of a text as plain text, for those who show a text in a line.
//!
//! Reads only HTML that Bashu wrote or cleaned. How much of it is shown is decided by the language.

/// The text of the first paragraph that has some.
pub(super) fn first_paragraph(html: &str) -> Option<String> {
    html.split("<p>")
        .skip(1)
        .map(|rest| plain(rest.split("</p>").next().unwrap_or_default()))
        .find(|text| !text.is_empty())
}

/// HTML without its tags and notes, its references resolved, with single spaces.
pub(super) fn plain(html: &str) -> String {
    let mut out = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        let (text, from) = rest.split_at(at);
        out.push_str(text);
        rest = if from.starts_with("<sup") {
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
    out.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The references that Bashu and the cleaner write.
const REFERENCES: [(&str, &str); 6] =
    [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&nbsp;", "\u{a0}")];

/// What follows a tag, whose values may hold a `>`.
fn after_tag(tag: &str) -> &str {
    let mut quoted = false;
    let end = tag.find(|c| {
        quoted ^= c == '"';
        c == '>' && !quoted
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
            ("<p>川渝<sup><a href=\"#n\">1</a></sup>同行&lt;</p>", Some("川渝同行<")),
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
