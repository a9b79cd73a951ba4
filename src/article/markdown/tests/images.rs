//! Images, and links around them: what is said of a picture, and what is not.

use super::html;

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
