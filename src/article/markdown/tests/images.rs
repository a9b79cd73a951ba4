//! Images, and links around them: what is said of a picture, and what is not.

use super::{body, html, slot_texts};
use crate::article::body::{Slot, SlotKind};
use crate::config::HtmlPolicy;

#[test]
fn links_and_images() {
    insta::assert_snapshot!(html("[rel](air.en.md#x \"T\") [root](/a) [#](#b) [ref][r] [ext](https://e.org/?a=1&b=é) <https://e.org> <a@b.c> [mail](mailto:a@b.c) [](figure:f) [**4,248**](figure:a/trips) <figure:auto>\n\n![alt *em* `c`](a.png \"t\") and ![](https://e.org/a.png) [![in](b.png)](c.md) ![chart](figure:x)\n\n![Alone](a.png \"A caption & more\")\n\n[r]: ../r.md 'R'\n"), @r##"
    <p><a href="L:air.en.md#x" title="T">rel</a> <a href="L:/a">root</a> <a href="L:#b">#</a> <a href="L:../r.md" title="R">ref</a> <a href="https://e.org/?a=1&amp;b=%C3%A9">ext</a> <a href="https://e.org">https://e.org</a> <a href="mailto:a@b.c">a@b.c</a> <a href="mailto:a@b.c">mail</a> <data value="f">-</data> <data value="a/trips"><strong>4,248</strong></data> <data value="auto">-</data></p>
    <p><img src="I:a.png" alt="alt em c" title="t"> and <img src="I:https://e.org/a.png" alt="?"> <a href="L:c.md"><img src="I:b.png" alt="in"></a> <data value="x">chart</data></p>
    <figure><img src="I:a.png" alt="Alone"><figcaption>A caption &amp; more</figcaption></figure>
    "##);
}

#[test]
fn a_hyphen_says_that_there_is_nothing_to_say() {
    for (text, alt) in
        [("", "?"), (" ", "?"), ("-", ""), ("--", "--"), ("- a", "- a"), ("`-`", ""), ("![b](c)", "b")]
    {
        assert_eq!(
            html(&format!("![{text}](a)")),
            format!("<p><img src=\"I:a\" alt=\"{alt}\"></p>\n"),
            "{text}"
        );
    }
}

#[test]
fn pictures_in_raw_html_are_slots() {
    for (text, expected) in [
        ("a <img src=b.png>", r#"<p>a <img src="R:b.png"></p>"#),
        (
            "<IMG alt='a > b' onload=x src='b&amp;c.png' width=3>",
            r#"<img src="R:b&amp;c.png" alt="a &gt; b" width="3">"#,
        ),
        ("<b title='<img src=x>'>c</b>", r#"<p><b title="&lt;img src=x&gt;">c</b></p>"#),
        ("a<img src='javascript:x' alt=a><img>", r#"<p>a<img alt="a"><img></p>"#),
        ("`<img src=x>` &lt;img src=y>", "<p><code>&lt;img src=x&gt;</code> &lt;img src=y&gt;</p>"),
    ] {
        assert_eq!(html(text).trim_end(), expected, "{text}");
    }
    let text = "a.png <img src=a.png> ![b](b.png) <img src='a.png'>\n\n<img src=a&amp;b.png><img src=c.png>";
    assert_eq!(slot_texts(text), ["a.png", "b.png", "a.png", "<img src=a.png>", "c.png"]);
    let (body, _) = body(text, HtmlPolicy::Clean);
    assert_eq!(body.slots.iter().map(|slot| slot.span.range().start).collect::<Vec<_>>()[2], 44);
    for (html, expected) in
        [("src=a", (false, false)), ("alt src=a", (true, false)), ("src=a height=1", (false, true))]
    {
        let (body, _) = super::body(&format!("<img {html}>"), HtmlPolicy::Clean);
        let [Slot { kind: SlotKind::Source { told, sized, .. }, .. }] = &body.slots[..] else {
            panic!("{html}")
        };
        assert_eq!((*told, *sized), expected, "{html}");
    }
}
