//! Markdown in, HTML out: what each piece of syntax becomes.

use std::fmt::Write as _;

mod commonmark;
mod emphasis;
mod images;
mod soft_breaks;

use super::*;
use crate::article::body::{Length, Slot, SlotKind};
use crate::base::{Span, escape_html};

/// What a language makes of typewriter marks.
pub(super) fn typography(tag: &str) -> &'static Typography {
    crate::locale::Locale::new(tag).unwrap().typography()
}

pub(super) fn body(text: &str, html: HtmlPolicy) -> (Body, Diagnostics) {
    let mut diags = Diagnostics::new();
    let file = ContentPath::new("content/a.en.md");
    let body = to_html(text, 0, &file, &Options { html, ..Options::default() }, None, &mut diags);
    (body, diags)
}

/// What stands in the slots of a test: enough to see kind, place and content.
pub(super) fn fill(slot: &Slot, out: &mut String) {
    match &slot.kind {
        SlotKind::Link { destination } => write!(out, " href=\"L:{}\"", escape_html(destination)).unwrap(),
        SlotKind::Image { source, alt, title } => {
            let alt = alt.as_deref().unwrap_or("?");
            write!(out, "<img src=\"I:{}\" alt=\"{}\"", escape_html(source), escape_html(alt)).unwrap();
            if !title.is_empty() {
                write!(out, " title=\"{}\"", escape_html(title)).unwrap();
            }
            out.push('>');
        }
        SlotKind::Source { source, .. } => write!(out, " src=\"R:{}\"", escape_html(source)).unwrap(),
        SlotKind::Figure { target, text } => {
            write!(out, "<data value=\"{}\">{}</data>", escape_html(target), text.as_deref().unwrap_or("-"))
                .unwrap()
        }
        SlotKind::Component { name, args, .. } => {
            let args = args.as_ref().map(|a| a.to_json().to_string()).unwrap_or_default();
            write!(out, "<div class=\"{name}\">{}</div>", escape_html(&args)).unwrap();
        }
        SlotKind::Text { key } => write!(out, "T:{key}").unwrap(),
    }
}

fn with(text: &str, policy: HtmlPolicy) -> String {
    let mut out = String::new();
    body(text, policy).0.write(&mut out, fill);
    out
}

fn html(text: &str) -> String {
    with(text, HtmlPolicy::Clean)
}

/// A text as its language has it.
fn set(tag: &str, text: &str) -> String {
    let locale = crate::locale::Locale::new(tag).unwrap();
    let options = Options {
        typography: Some(locale.typography()),
        unspaced: locale.is_unspaced(),
        html: HtmlPolicy::Clean,
    };
    let mut out = String::new();
    to_html(text, 0, &ContentPath::new("content/a.en.md"), &options, None, &mut Diagnostics::new())
        .write(&mut out, fill);
    out
}

/// The bytes of the source that a slot or message points at.
fn pointed(text: &str, span: Span) -> &str {
    &text[span.range()]
}

fn slot_texts(text: &str) -> Vec<&str> {
    body(text, HtmlPolicy::Clean).0.slots.iter().map(|slot| pointed(text, slot.span)).collect()
}

#[test]
fn blocks() {
    insta::assert_snapshot!(html("One *two* **three**\n~~four~~ `<5>` & \"6\"\\\nbreak\n\n---\n\n> Quote\n\n3. a\n4. b\n\n- loose\n\n- list\n  - tight\n\nTerm\n: Definition\n\n    code\n\n```rust,ignore\nfn <T>()\n```\n"), @r##"
    <p>One <em>two</em> <strong>three</strong>
    <del>four</del> <code>&lt;5&gt;</code> &amp; "6"<br>
    break</p>
    <hr>
    <blockquote>
    <p>Quote</p>
    </blockquote>
    <ol start="3">
    <li>a</li>
    <li>b</li>
    </ol>
    <ul>
    <li>
    <p>loose</p>
    </li>
    <li>
    <p>list</p>
    <ul>
    <li>tight</li>
    </ul>
    </li>
    </ul>
    <dl>
    <dt>Term</dt>
    <dd>
    <p>Definition</p>
    <p>code</p>
    </dd>
    </dl>
    <pre tabindex="0"><code class="language-rust"><span class="hl-keyword">fn</span> &lt;T&gt;()
    </code></pre>
    "##);
}

#[test]
fn tables_and_task_lists() {
    insta::assert_snapshot!(html("| a | b | c |\n|---|--:|:-:|\n| 1 | 2 |\n\n| x |\n|---|\n\n- [ ] to do\n- [x] done\n- not a task\n\n1. [x] loose\n\n2. loose\n"), @r##"
    <div class="table" tabindex="0"><table>
    <thead>
    <tr><th scope="col">a</th><th scope="col" class="align-right">b</th><th scope="col" class="align-center">c</th></tr>
    </thead>
    <tbody>
    <tr><td>1</td><td class="align-right">2</td><td class="align-center"></td></tr>
    </tbody>
    </table></div>
    <div class="table" tabindex="0"><table>
    <thead>
    <tr><th scope="col">x</th></tr>
    </thead>
    </table></div>
    <ul>
    <li class="task"><input type="checkbox" disabled aria-label="T:task-open"> to do</li>
    <li class="task"><input type="checkbox" disabled checked aria-label="T:task-done"> done</li>
    <li>not a task</li>
    </ul>
    <ol>
    <li class="task">
    <p><input type="checkbox" disabled checked aria-label="T:task-done"> loose</p>
    </li>
    <li>
    <p>loose</p>
    </li>
    </ol>
    "##);
}

#[test]
fn headings_begin_below_the_title_and_have_ids_of_their_own() {
    insta::assert_snapshot!(html("# 一、开行 *4248* 列\n## Same\n## Same\n## …\n###### Six\n## Stated {#Same-2 .wide onclick=x lang=en}\nSet\next\n==="), @r##"
    <h2 id="一-开行-4248-列">一、开行 <em>4248</em> 列</h2>
    <h3 id="same">Same</h3>
    <h3 id="same-2">Same</h3>
    <h3 id="section">…</h3>
    <h6 id="six">Six</h6>
    <h3 id="Same-2" class="wide" lang="en">Stated</h3>
    <h2 id="set-ext">Set
    ext</h2>
    "##);
    let (body, _) = body("## [`a` & b](x.md)![c](d.png)[^1] {#n}\n\n[^1]: n", HtmlPolicy::Clean);
    insta::assert_debug_snapshot!(body.headings, @r##"
    [
        Heading {
            level: 2,
            id: "n",
            html: "<code>a</code> &amp; bc",
            text: "a & bc",
            span: Span {
                start: 0,
                end: 38,
            },
        },
    ]
    "##);
    assert_eq!(body.anchors, ["n", "fnref-1", "fn-1"]);
}

#[test]
fn ids_do_not_collide_with_those_of_footnotes_and_raw_html() {
    let (body, _) = body("## fn-1[^a]\n## box\n<div\nid=\"box\">x</div>\n\n[^a]: note", HtmlPolicy::Clean);
    assert_eq!(body.anchors, ["fn-1-2", "fnref-1", "box-2", "fn-1", "box"]);
}

#[test]
fn unsafe_links_keep_their_text_and_are_reported_in_place() {
    let text = "重庆[click *me*](javascript:alert(1)) ![i](data:x) [ok](ok.md)\n\n![](vbscript:x)\n";
    let (body, diags) = body(text, HtmlPolicy::Clean);
    assert_eq!(body.html, "<p>重庆click <em>me</em> i <a>ok</a></p>\n");
    let places: Vec<_> = diags.iter().map(|d| pointed(text, d.labels[0].span.unwrap())).collect();
    assert_eq!(places, ["javascript:alert(1)", "data:x", "vbscript:x"]);
    assert_eq!(diags.iter().next().unwrap().message, "a link cannot begin with `javascript:`");
}

#[test]
fn spans_are_right_after_chinese() {
    assert_eq!(
        slot_texts("见[航线（一）](航线.zh.md#线)与[a](b \"b\")，[b.md](b.md)。"),
        ["航线.zh.md#线", "b", "b.md"]
    );
    assert_eq!(slot_texts("图![说明](图.png)、[](figure:列数)"), ["图.png", "figure:列数"]);
    assert_eq!(slot_texts("[x]() [空][r] [e](a\\_b)\n\n[r]: r.md"), ["[x]()", "[空][r]", "[e](a\\_b)"]);
}

#[test]
fn the_markdown_begins_after_the_front_matter() {
    let text = "---\ntitle: 蚂蚁\n---\n见[x](y.md)\n";
    let start = text.find("见").unwrap();
    let body =
        to_html(text, start, &ContentPath::new("a"), &Options::default(), None, &mut Diagnostics::new());
    assert_eq!(body.html, "<p>见<a>x</a></p>\n");
    assert_eq!(pointed(text, body.slots[0].span), "y.md");
    assert_eq!(body.html[body.slots[0].at as usize..], *">x</a></p>\n");
    // An offset inside a character is a slip of the caller, not of the text.
    assert_eq!(
        to_html("蚂蚁", 1, &ContentPath::new("a"), &Options::default(), None, &mut Diagnostics::new()).html,
        ""
    );
}

#[test]
fn footnotes_are_numbered_by_citation_and_link_back() {
    insta::assert_snapshot!(html("[^none]: Never.\n[^b]: Second[^c].\n[^a]:\n    First\n\n    - list\n\n[^c]: Third.\n\nx[^a] y[^B] z[^a] ![alt[^b]](i.png) [in[^c]](l.md) [^undefined]\n"), @r##"
    <p>x<sup class="footnote-ref"><a href="#fn-1" id="fnref-1" role="doc-noteref">1</a></sup> y<sup class="footnote-ref"><a href="#fn-2" id="fnref-2" role="doc-noteref">2</a></sup> z<sup class="footnote-ref"><a href="#fn-1" id="fnref-1-2" role="doc-noteref">1</a></sup> ![alt<sup class="footnote-ref"><a href="#fn-2" id="fnref-2-2" role="doc-noteref">2</a></sup>](i.png) [in<sup class="footnote-ref"><a href="#fn-3" id="fnref-3" role="doc-noteref">3</a></sup>](l.md) [^undefined]</p>
    <section class="footnotes" role="doc-endnotes" aria-label="T:footnotes">
    <ol>
    <li id="fn-1">
    <p>First</p>
    <ul>
    <li>list</li>
    </ul>
    <p><a href="#fnref-1" class="footnote-back" role="doc-backlink" aria-label="T:footnote-back">↩︎</a> <a href="#fnref-1-2" class="footnote-back" role="doc-backlink" aria-label="T:footnote-back">↩︎<sup>2</sup></a></p>
    </li>
    <li id="fn-2">
    <p>Second<sup class="footnote-ref"><a href="#fn-3" id="fnref-3-2" role="doc-noteref">3</a></sup>. <a href="#fnref-2" class="footnote-back" role="doc-backlink" aria-label="T:footnote-back">↩︎</a> <a href="#fnref-2-2" class="footnote-back" role="doc-backlink" aria-label="T:footnote-back">↩︎<sup>2</sup></a></p>
    </li>
    <li id="fn-3">
    <p>Third. <a href="#fnref-3" class="footnote-back" role="doc-backlink" aria-label="T:footnote-back">↩︎</a> <a href="#fnref-3-2" class="footnote-back" role="doc-backlink" aria-label="T:footnote-back">↩︎<sup>2</sup></a></p>
    </li>
    </ol>
    </section>
    "##);
}

#[test]
fn alerts() {
    insta::assert_snapshot!(html("> [!WARNING]\n> Careful\n"), @r##"
    <div class="alert alert-warning" role="note">
    <p class="alert-title">T:alert-warning</p>
    <p>Careful</p>
    </div>
    "##);
}

#[test]
fn components_have_their_arguments_with_places_in_the_file() {
    let text = "重庆\n\n```{chart}\nfigure: 列数\nsize: [1, 2]\n```\n\n> ```{chart}\n> figure: 列数\n>\n> size: [1, 2]\n> ```\n\n- ~~~{chart}\r\n  figure: 列数\r\n  size: [1, 2]\r\n  ~~~\n";
    let (body, diags) = body(text, HtmlPolicy::Clean);
    assert!(diags.is_empty(), "{diags:?}");
    assert_eq!(body.slots.len(), 3);
    for slot in &body.slots {
        let SlotKind::Component { name, name_span, args: Some(args) } = &slot.kind else {
            panic!("{slot:?}")
        };
        assert_eq!((name.as_str(), pointed(text, *name_span)), ("chart", "chart"));
        let crate::yaml::Value::Map(map) = &args.value else { panic!("{args:?}") };
        assert_eq!(pointed(text, map[0].0.span), "figure");
        assert_eq!(pointed(text, map[0].1.span), "列数");
        let crate::yaml::Value::List(list) = &map[1].1.value else { panic!("{map:?}") };
        assert_eq!(pointed(text, list[1].span), "2");
    }
    assert!(pointed(text, body.slots[0].span).ends_with("2]\n```"));
}

#[test]
fn components_without_arguments_and_those_that_are_none() {
    let (body, diags) = body(
        "```{map}\n```\n~~~{map}\n\n# c\n~~~\n```{}\na\n```\n```{a b}\n```\n> ```{x}\n> a: [\n",
        HtmlPolicy::Clean,
    );
    let args: Vec<_> =
        body.slots.iter().map(|s| matches!(s.kind, SlotKind::Component { args: None, .. })).collect();
    // The third is no YAML: it is reported, and has no slot that could be reported again.
    assert_eq!(args, [true, true]);
    assert_eq!(
        body.html,
        "\n\n<pre tabindex=\"0\"><code>a\n</code></pre>\n<pre tabindex=\"0\"><code></code></pre>\n<blockquote>\n\n</blockquote>\n"
    );
    assert_eq!(diags.iter().map(|d| d.code.name).collect::<Vec<_>>(), ["yaml-syntax"]);
}

#[test]
fn typewriter_marks_are_the_language_s_own() {
    let english = "\"It's 'so'\" -- the workers' '90s... `\"c\"` “kept” ![\"a\"](b)\n\n# \"T\"";
    assert_eq!(
        set("en", english),
        "<p>“It’s ‘so’” – the workers’ ’90s… <code>\"c\"</code> “kept” <img src=\"I:b\" alt=\"“a”\"></p>\n<h2 id=\"t\">“T”</h2>\n"
    );
    for (tag, text, expected) in [
        ("fr", "\"L'art\" 'x' “kept”", "«\u{202f}L’art\u{202f}» “x” “kept”"),
        (
            "fr",
            "Quoi ? Non ! *Si* ; à 12:30 : « là »",
            "Quoi\u{202f}? Non\u{202f}! <em>Si</em>\u{202f}; à 12:30\u{a0}: «\u{202f}là\u{202f}»",
        ),
        ("fr", "`a ? b` [x ?](y.md)", "<code>a ? b</code> <a href=\"L:y.md\">x\u{202f}?</a>"),
        ("en", "Really ? « so »", "Really ? « so »"),
        // Chinese has no spaces to tell what opens.
        ("zh", "他说\"好\"，又说\"走\"。", "他说“好”，又说“走”。"),
        ("zh", "\"外[内'里'](b.md)\"", "“外<a href=\"L:b.md\">内‘里’</a>”"),
        ("zh", "**\"引文\"**后\"**引文**\"", "<strong>“引文”</strong>后“<strong>引文</strong>”"),
        ("zh", "按\"OK\"键，it's Bashu's，'90s", "按“OK”键，it’s Bashu’s，’90s"),
        ("zh", "'90后'用'12345'，'08'，'08年", "‘90后’用‘12345’，‘08’，’08年"),
        ("zh", "他问：\"好\n吗？\"", "他问：“好吗？”"),
        ("zh", "宽27\"，`\"码\"`，\\\"原样\\\"", "宽27\"，<code>\"码\"</code>，\"原样\""),
        ("zh", "\"不成对", "\"不成对"),
        ("zh", "甲\"乙\n\n丙\"丁\"", "甲\"乙</p>\n<p>丙“丁”"),
        ("zh-TW", "他說\"好\"，'走'", "他說「好」，『走』"),
        ("ja", "彼は\"はい\"と", "彼は「はい」と"),
        ("ko", "그는 \"네\"라고", "그는 “네”라고"),
        // The ellipsis and the dash are two characters wide beside Chinese, and as elsewhere if not.
        ("zh", "等等...好", "等等……好"),
        ("zh", "等等......", "等等……"),
        ("zh", "...好", "……好"),
        ("zh", "他说\"好\"...[好*--*](a.md)", "他说“好”……<a href=\"L:a.md\">好<em>——</em></a>"),
        ("zh", "wait... what", "wait… what"),
        ("zh", "成都--重庆---成渝", "成都——重庆——成渝"),
        ("zh", "2020--2023年，A--B", "2020–2023年，A–B"),
        ("ja", "ええ...", "ええ……"),
        ("ko", "글쎄...그래 -- 네", "글쎄…그래 – 네"),
        ("en", "重庆...", "重庆…"),
        ("zh", "“原样”——……「原样」", "“原样”——……「原样」"),
    ] {
        assert_eq!(set(tag, text), format!("<p>{expected}</p>\n"), "{tag} {text}");
    }
    assert_eq!(set("zh", "# \"双城\"记...\n\n“x”"), "<h2 id=\"双城-记\">“双城”记……</h2>\n<p>“x”</p>\n");
    assert_eq!(html("\"a\" -- 'b'..."), "<p>\"a\" -- 'b'...</p>\n");
}

#[test]
fn what_the_writer_writes_survives_cleaning() {
    let text = "# H {#h .c lang=zh}\n\n[a](b.md 'T') ![i](i.png) [](figure:f) x[^n] y[^n]\n\n| a |\n|--:|\n| 1 |\n\n- [x] t\n\n> [!TIP]\n> tip\n\n```{c}\na: 1\n```\n\n```sh\n$ x\n```\n\nT\n: D\n\n![c](c.png 'C')\n\n3. x\n\n[^n]: note\n";
    let plain = html(text);
    // A comment alone is not worth a cleaning; an element is.
    assert_eq!(html(&format!("{text}\n\n<!-- aside -->\n")), plain);
    let cleaned = html(&format!("{text}\n\n<i></i>\n")).replace("<p><i></i></p>\n", "").replace("=\"\"", "");
    assert_eq!(cleaned, plain);
    let (a, b) =
        (body(text, HtmlPolicy::Clean).0, body(&format!("{text}\n\n<i></i>\n"), HtmlPolicy::Clean).0);
    assert_eq!(a.anchors, b.anchors);
    assert_eq!(
        a.slots.iter().map(|s| &s.kind).collect::<Vec<_>>(),
        b.slots.iter().map(|s| &s.kind).collect::<Vec<_>>()
    );
}

#[test]
fn raw_html_by_policy() {
    let text = "a <kbd onclick=\"x()\">b</kbd> <script>alert(1)</script>\n\n<div style=\"x\" id=\"d\"><iframe src=\"//e\"></iframe>\n\n[x](y.md)\n\n</div>\n<!-- gone -->\n\n<details open><summary>S</summary><ruby>重<rt>chóng</rt></ruby></details>\n";
    insta::assert_snapshot!(with(text, HtmlPolicy::Clean), @r##"
    <p>a <kbd>b</kbd> </p>
    <div id="d">
    <p><a href="L:y.md">x</a></p>
    </div>
    <details open=""><summary>S</summary><ruby>重<rt>chóng</rt></ruby></details>
    "##);
    insta::assert_snapshot!(with(text, HtmlPolicy::Allow), @r##"
    <p>a <kbd onclick="x()">b</kbd> <script>alert(1)</script></p>
    <div style="x" id="d"><iframe src="//e"></iframe>
    <p><a href="L:y.md">x</a></p>
    </div>
    <!-- gone -->
    <details open><summary>S</summary><ruby>重<rt>chóng</rt></ruby></details>
    "##);
    insta::assert_snapshot!(with(text, HtmlPolicy::Escape), @r##"
    <p>a &lt;kbd onclick="x()"&gt;b&lt;/kbd&gt; &lt;script&gt;alert(1)&lt;/script&gt;</p>
    <p>&lt;div style="x" id="d"&gt;&lt;iframe src="//e"&gt;&lt;/iframe&gt;</p>
    <p><a href="L:y.md">x</a></p>
    <p>&lt;/div&gt;
    &lt;!-- gone --&gt;</p>
    <p>&lt;details open&gt;&lt;summary&gt;S&lt;/summary&gt;&lt;ruby&gt;重&lt;rt&gt;chóng&lt;/rt&gt;&lt;/ruby&gt;&lt;/details&gt;</p>
    "##);
}

#[test]
fn words_are_counted() {
    assert_eq!(
        body(
            "# 重庆 news\n\nin**cred**ible `x`\nline\n\n```\nnot counted\n```\n\n| a | b |\n|---|---|\n",
            HtmlPolicy::Clean
        )
        .0
        .length,
        Length { words: 6, characters: 2 }
    );
}
