//! Hostile texts: no panic, no script, no HTML that is not well formed, and all of it in time.

use std::collections::HashSet;

use super::tests::{body, fill, typography};
use super::*;
use crate::article::front::Front;

const POLICIES: [HtmlPolicy; 3] = [HtmlPolicy::Clean, HtmlPolicy::Allow, HtmlPolicy::Escape];

/// Builds a text under every policy and checks what must hold for any; returns the clean one.
fn check(text: &str) -> String {
    let mut clean = String::new();
    let mut wordings = HashSet::new();
    for policy in POLICIES {
        for tag in [None, Some("en"), Some("zh"), Some("fr")] {
            let file = ContentPath::new("content/a.en.md");
            let mut diags = Diagnostics::new();
            let mut wording = super::super::wording::Writer::of(&Front::default(), "en", 0);
            let options =
                Options { typography: tag.map(typography), unspaced: tag != Some("en"), html: policy };
            let body = to_html(text, 0, &file, &options, Some(&mut wording), &mut diags);
            wordings.insert(wording.finish().fingerprint());
            assert!(!body.html.contains(['\0', slots::OPEN, slots::CLOSE]), "{text:?} {body:?}");
            assert!(body.slots.is_sorted_by_key(|s| s.at));
            assert!(body.slots.iter().all(|s| body.html.is_char_boundary(s.at as usize)));
            for d in diags.iter() {
                assert!(
                    d.labels.iter().all(|l| text.get(l.span.unwrap().range()).is_some()),
                    "{text:?} {d:?}"
                );
            }
            assert!(body.slots.iter().all(|s| text.get(s.span.range()).is_some()), "{text:?}");
            let mut out = String::new();
            body.write(&mut out, fill);
            if policy != HtmlPolicy::Allow {
                well_formed(&out, text);
            }
            if policy == HtmlPolicy::Clean && tag.is_none() {
                clean = out;
            }
        }
    }
    assert_eq!(wordings.len(), 1, "settings show in the fingerprint of {text:?}");
    clean
}

/// Elements close in order, links and paragraphs hold what they may, ids are unique.
fn well_formed(html: &str, text: &str) {
    let raw = text.contains('<');
    let mut open: Vec<&str> = Vec::new();
    let mut rest = html;
    while let Some(at) = rest.find('<') {
        let end = at + rest[at..].find('>').unwrap_or_else(|| panic!("{text:?}: {html}"));
        let tag = &rest[at + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop(), Some(name), "{text:?}: {html}");
            continue;
        }
        let name = tag.split(' ').next().unwrap();
        if !raw {
            let blocks = [
                "p",
                "ul",
                "ol",
                "li",
                "dl",
                "div",
                "table",
                "blockquote",
                "pre",
                "figure",
                "h2",
                "hr",
                "section",
            ];
            assert!(!(blocks.contains(&name) && open.last() == Some(&"p")), "{name} in p: {text:?}: {html}");
            assert!(!(name == "a" && open.contains(&"a")), "a in a: {text:?}: {html}");
            match open.last() {
                Some(&"ul" | &"ol") => assert_eq!(name, "li", "{text:?}: {html}"),
                Some(&"dl") => assert!(matches!(name, "dt" | "dd"), "{text:?}: {html}"),
                _ => {}
            }
        }
        // As elements of MathML close themselves.
        if tag.ends_with('/') {
            continue;
        }
        if !matches!(name, "br" | "hr" | "img" | "input" | "col" | "wbr") {
            open.push(name);
        }
    }
    assert!(open.is_empty(), "{open:?} {text:?}: {html}");
    if !raw {
        assert!(!html.contains("<p></p>"), "{text:?}: {html}");
        let mut seen = HashSet::new();
        ids::ids_in(html, |id| assert!(seen.insert(id.to_owned()), "{id} twice: {text:?}: {html}"));
    }
}

#[test]
fn depth_and_length_cost_no_more_than_time() {
    for text in [
        ">".repeat(10_000),
        "[".repeat(10_000),
        "![".repeat(10_000) + &"](x)".repeat(10_000),
        "[a](".repeat(10_000),
        "*".repeat(1 << 20),
        "*a _b ".repeat(20_000),
        "- ".repeat(2_000),
        "# a\n".repeat(20_000),
        "[^1]".repeat(20_000) + "\n\n[^1]: x",
        "[^1]: ".repeat(1_000) + "x[^1]",
        "|".repeat(10_000) + "\n" + &"|-".repeat(5_000),
        "`".repeat(20_000),
        "<".repeat(20_000),
        "&".repeat(20_000),
        "\"'".repeat(20_000),
        "*，".repeat(20_000),
        ">*，".repeat(20_000),
        "|*，".repeat(20_000),
        "真\n".repeat(20_000),
        "<b>\n真".repeat(5_000),
        "\\".repeat(20_000) + "*，",
        "$`x`$".repeat(2_000),
        "```math\n".to_owned() + &"{".repeat(20_000),
        "```rust\n".to_owned() + &"fn f() { \"a\" }\n".repeat(2_000),
        "```js\n".to_owned() + &"`${".repeat(20_000),
    ] {
        let start = std::time::Instant::now();
        let (body, _) = body(&text, HtmlPolicy::Clean);
        let mut html = String::new();
        body.write(&mut html, fill);
        well_formed(&html, &text);
        let took = start.elapsed();
        assert!(took.as_secs() < 20, "{took:?} {}", &text[..12]);
    }
}

#[test]
fn raw_html_of_great_depth_is_cleaned() {
    check(&("<div>".repeat(1_500) + "\n\nx\n"));
    check(&("<b>".repeat(1_500) + "\n\nx\n"));
}

#[test]
fn things_left_open() {
    for text in [
        "[a](b",
        "![a",
        "```",
        "```{x}\na: [",
        "> ```{x}\n> - \"",
        "<div",
        "<!--",
        "<a href=\"",
        "[^1]:",
        "| a\n|-",
        "- [x]",
        "> [!NOTE]",
        "# {#",
        "{#a .b",
        "[a]: <",
        "~~",
        "**",
        "`",
        "&#x",
        "\\",
        "\0",
        "\u{feff}",
        "[\0](\0.md)",
        "```\0\n\0",
        "# \0",
        "```{}\n```",
        "```{",
        ":",
        "a\n:",
        "a\n: ```{x}\n",
        "<p>",
        "</p>",
        "<div>\n\n```{c}\n```\n",
    ] {
        check(text);
    }
}

#[test]
fn markers_cannot_be_forged() {
    let forged = "\u{FDD0}0\u{FDD1}";
    for text in [
        format!("{forged} [a](b.md) `{forged}` ![{forged}](x \"{forged}\")"),
        format!("[a](b.md) <b title=\"{forged}\" data-slot=\"{forged}\">x</b> &#xFDD0;0&#xFDD1;"),
        "[a](b.md) <b title=\"&#xFDD0;0&#xFDD1;\" data-slot=\"&#64976;0&#64977;\">x</b>".to_owned(),
        "<a data-slot=\"&#xFDD00&#xFDD1\">\n\n[a](b.md)".to_owned(),
    ] {
        check(&text);
        let (body, _) = body(&text, HtmlPolicy::Clean);
        assert_eq!(body.slots.len(), if text.contains("![") { 2 } else { 1 }, "{body:?}");
    }
}

#[test]
fn a_component_swallowed_by_an_attribute_does_not_break_out() {
    let text = "<div title=\"\n\n```{c}\na: x onmouseover=alert(1) y\n```\n\n\">x</div>\n";
    let html = check(text);
    assert!(!html.contains("onmouseover"), "{html}");
}

#[test]
fn scripts_do_not_get_through() {
    for text in [
        "<script>alert(1)</script>",
        "<img src=x onerror=alert(1)>",
        "<a href=\"javascript:alert(1)\">x</a>",
        "<svg onload=alert(1)>",
        "<math><mi xlink:href=\"javascript:alert(1)\">",
        "<iframe srcdoc=\"<script>alert(1)</script>\"></iframe>",
        "<style>@import 'x'</style>",
        "<div style=\"background:url(javascript:alert(1))\">x</div>",
        "<form action=\"javascript:alert(1)\"><button>x</button></form>",
        "<object data=\"javascript:alert(1)\"></object>",
        "<base href=\"//e\"><meta http-equiv=refresh content=\"0;url=//e\">",
        "<input onfocus=alert(1) autofocus>",
        "[x](javascript:alert(1))",
        "[x](<java\tscript:alert(1)>)",
        "[x](&#106;avascript:alert(1))",
        "[x](JAVASCRIPT&colon;alert(1))",
        "<javascript:alert(1)>",
        "![x](javascript:alert(1))",
        "![\" onerror=alert(1) x=\"](x.png)",
        "[x](x.md \"\\\" onclick=alert(1) x=\\\"\")",
        "# x {onclick=alert(1) #\"onclick=alert(1) .\"x}",
        "```\"onclick=alert(1)\nx\n```",
        "[x](\" onclick=alert(1))",
        "<https://e.org/\"onclick=alert(1)>",
        "[^\"onclick=alert(1)]\n\n[^\"onclick=alert(1)]: x",
        "[<b onclick=alert(1)>x</b>](figure:t)",
        "$`\\href{javascript:alert(1)}{x}`$",
        "```html\n<script>alert(1)</script>\n```",
    ] {
        check(text);
        for policy in [HtmlPolicy::Clean, HtmlPolicy::Escape] {
            let (body, _) = body(text, policy);
            let mut html = String::new();
            body.write(&mut html, fill);
            for heading in &body.headings {
                html.push_str(&heading.html);
            }
            let mut tags = html.split('<').skip(1).map(|t| t.split_once('>').map_or(t, |(tag, _)| tag));
            let live = tags.any(|tag| {
                // Outside quoted values.
                let bare: String = tag.split('"').step_by(2).collect();
                let name = bare.split(' ').next().unwrap_or_default();
                bare.contains(" on")
                    || bare.contains("style=")
                    || matches!(
                        name,
                        "script" | "style" | "iframe" | "svg" | "math" | "form" | "object" | "base" | "meta"
                    )
                    || tag
                        .split('"')
                        .skip(1)
                        .step_by(2)
                        .any(|v| v.trim().to_lowercase().starts_with("javascript"))
            });
            assert!(!live, "{policy:?} {text}: {html}");
        }
    }
}

#[test]
fn any_soup_is_served() {
    const PIECES: &[&str] = &[
        "\n",
        "\n\n",
        "    ",
        "  ",
        "> ",
        "- ",
        "1. ",
        "# ",
        "a",
        "重庆",
        "，",
        "。",
        "“",
        "한",
        "😀",
        "\u{FE0E}",
        "\u{E0100}",
        "⸰",
        "*",
        "**",
        "_",
        "~~",
        "`",
        "```",
        "```{c}\n",
        "[",
        "](",
        ")",
        "![",
        "](x.md)",
        "](figure:f)",
        "](javascript:x)",
        "[^1]",
        "\n[^1]: ",
        "|",
        "\n|-|-|\n",
        "- [x] ",
        "> [!NOTE]\n",
        "\n: ",
        "{#i}",
        "\\",
        "&amp;",
        "\"",
        "'",
        "...",
        "--",
        " ?",
        "\t",
        "\r\n",
        "\n---\n",
        "\n===\n",
        "https://e.org",
        " \"t\")",
        "[r]",
        "\n\n[r]: r.md\n",
        "a: [1]\n",
        "```rust\n",
        "```math\n",
        "$`",
        "`$",
        "\\frac{",
        "\\begin{align}",
        "x_1^",
        "}",
        "\0",
        "\u{FDD0}",
        "<b>",
        "</b>",
        "<div>\n",
        "</p>",
        "<!--",
        "-->",
        "<a@b.c>",
    ];
    let mut state = 7u64;
    let mut random = |n: usize| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    let rounds = std::env::var("BASHU_SOUP").ok().and_then(|n| n.parse().ok()).unwrap_or(1_500);
    for round in 0..rounds {
        // Half of them without raw HTML, where the writer's own HTML must be well formed.
        let pieces = if round % 2 == 0 { &PIECES[..PIECES.len() - 7] } else { PIECES };
        let text: String = (0..random(40)).map(|_| pieces[random(pieces.len())]).collect();
        check(&text);
    }
}
