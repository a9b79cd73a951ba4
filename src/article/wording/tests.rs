//! What counts as the same wording, and the fingerprints that stand in people's files.

use super::Writer;
use crate::article::{Front, Name, dialect, parse, wording};
use crate::base::ContentPath;
use crate::config::{self, Config};
use crate::diag::Diagnostics;

fn config() -> Config {
    let text = "title: x\nbase_url: https://x.example/\nlanguages: [{code: en}, {code: zh}]\n";
    config::resolve(text, None, &mut Diagnostics::new()).unwrap()
}

fn print(text: &str) -> String {
    let (config, file) = (config(), ContentPath::new("content/a.en.md"));
    let name = Name::of(&file, &config).unwrap();
    wording(&file, &name, text, &config).unwrap().fingerprint().to_string()
}

fn of_text(text: &str) -> String {
    print(&format!("---\ntitle: T\n---\n{text}"))
}

/// These stand in people's files. Whoever must change one has a new format to define, and a
/// way for old fingerprints to be known.
#[test]
fn fingerprints_are_what_they_have_always_been() {
    let prints: Vec<String> = PINNED.iter().map(|(text, _)| print(text)).collect();
    assert_eq!(prints, PINNED.iter().map(|(_, expected)| *expected).collect::<Vec<_>>());
}

const PINNED: &[(&str, &str)] = &[
    ("---\ntitle: Ants\n---\n", "6af52361"),
    (
        "---\ntitle: 成渝班列\nsummary: 统一标识。\n---\n班列开行[4248列](figure:trips)，\n见[航线](a.zh.md)。\n",
        "87808305",
    ),
    (
        "---\ntitle: T\nfigures: {b: {value: 1, label: B}, a: {value: 2, label: A}}\nsource: {title: S}\n\
         cover: {image: x.png, alt: Alt, caption: Cap}\n---\n## H\n\n> [!NOTE]\n> *a* **b** ~~c~~ `d`\n\n\
         1. x[^n]\n   - [ ] y\\\n     z\n\nt\n: d\n\na|b\n-|-\n1|2\n\n---\n\n![i](j.png \"k\")\n\n\
         ```\nco  de\n```\n\n```{quote}\ntext: q\n```\n\n<kbd>K</kbd> \"q\"--r\n\n[^n]: note\n",
        "34241afb",
    ),
];

/// What text adds, without regard to time.
fn defined(writer: &mut Writer, text: &str) {
    let mut words = text.split(|c: char| c.is_whitespace() || c.is_control());
    writer.words(words.next().unwrap());
    for word in words {
        writer.space = true;
        writer.words(word);
    }
}

#[test]
fn text_is_written_as_defined() {
    let writer = || Writer::of(&Front::default(), "en", 0);
    let (mut quick, mut plain) = (writer(), writer());
    let mut same = |texts: &[&str]| {
        for writer in [&mut quick, &mut plain] {
            writer.out.clear();
            writer.unit("text");
        }
        for text in texts {
            quick.text(text);
            defined(&mut plain, text);
        }
        assert_eq!(quick.out, plain.out, "{texts:?}");
    };
    for c in '\0'..='\u{ffff}' {
        same(&[&format!(
            "a{c}b {c} {c}{c}1 {c} some words of prose{c}and some more {c}重庆与两地之间的班列{c}。"
        )]);
    }
    let mut random = 1u64;
    let mut below = |n: usize| {
        random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (random >> 33) as usize % n
    };
    let pieces = [
        "some words of prose",
        "开行的班列",
        "，一年比一年多；",
        "a",
        "-",
        " ",
        " ",
        "\n",
        "\u{7f}",
        "\u{85}",
        "\u{a0}",
        "é",
        "\u{3000}",
        "、",
        "\u{2028}",
        "，",
        "重",
        "“",
        "한",
    ];
    for _ in 0..20_000 {
        let texts = [(); 3].map(|()| (0..below(30)).map(|_| pieces[below(pieces.len())]).collect::<String>());
        same(&texts.each_ref().map(String::as_str));
    }
}

#[test]
fn what_can_be_translated_has_a_fingerprint() {
    let file = ContentPath::new("content/a.en.md");
    let mut dialects = Vec::new();
    for (languages, original, translation) in [
        ("[{code: en}]", false, false),
        ("[{code: en}, {code: zh}]", true, false),
        ("[{code: en}, {code: zh}, {code: ja}]", true, true),
    ] {
        let text = format!("title: x\nbase_url: https://x.example/\nlanguages: {languages}\n");
        let config = config::resolve(&text, None, &mut Diagnostics::new()).unwrap();
        let name = Name::of(&file, &config).unwrap();
        for (from, expected) in [("", original), ("translated_from: zh\n", translation)] {
            let text = format!("---\ntitle: T\n{from}---\n");
            let print = parse(&file, name.clone(), &text, &config).article.outline.fingerprint;
            assert_eq!(print.is_some(), expected, "{languages} {from:?}");
        }
        dialects.push(dialect(&name, &config));
    }
    dialects.dedup();
    assert_eq!(dialects.len(), 3, "what was parsed for fewer languages is parsed again");
}

#[test]
fn other_spellings_of_the_same_are_the_same() {
    for (one, other) in [
        ("*a* and __b__", "_a_ and **b**"),
        ("- a\n- b", "* a\n* b"),
        ("- a\n- b", "+ a\n\n+ b\n"),
        ("1. a\n2. b", "1) a\n1) b"),
        ("A\n===\n\nB\n---\n", "# A #\n## B"),
        ("[a](x.md)", "[a][1]\n\n[1]: y.md"),
        ("[a](x.md \"t\")", "[a](y.md 't')"),
        ("a &amp; b &#8212; c", "a & b — c"),
        ("1\\. a \\* b", "1&#46; a &#42; b"),
        ("a  \nb", "a\\\nb"),
        ("```\nx\n```", "    x\n"),
        ("~~~ rust\nx\n~~~", "```\nx\n```"),
        ("a <!-- note --> b", "a b"),
        ("a\n\n<!-- note\n\nmore -->\n\nb", "a\n\nb"),
        ("| a | b |\n|--|:-:|\n| 1 | 2 |", "a|b\n-|-\n1|2"),
        ("***", "- - -"),
        ("a[^x] b[^y]\n\n[^y]: Y\n[^x]: X", "a[^1] b[^2]\n\n[^1]: X\n\n[^2]: Y\n\n[^3]: uncited"),
        ("## A {#one .two}", "## A"),
        ("The first\nsecond", "The first second"),
        ("四川\n重庆", "四川重庆"),
        ("他说：“好”\n——真的", "他说：“好”——真的"),
        ("在 GitHub 上", "在\nGitHub上"),
        ("> a\nb", "> a\n> b"),
        ("> [!NOTE]\n> a", ">[!NOTE]\n>  a"),
        ("<https://a.example>", "[https://a.example](https://a.example)"),
        (
            "```{quote}\ntext: a b\nurl: https://x.example\nby: c\n```",
            "~~~{quote}\nby: c\ntext: >\n  a\n  b\nurl: https://y.example\n~~~",
        ),
        ("[](figure:trips)", "<figure:trips>"),
    ] {
        assert_eq!(of_text(one), of_text(other), "{one:?} and {other:?}");
        assert_eq!(of_text(one), of_text(&one.replace('\n', "\r\n")), "{one:?}");
    }
    let text = "---\ntitle: T\nsummary: S s\n---\nText.\n";
    for same in [
        "\u{feff}---\r\ntitle: T\r\nsummary: S s\r\n---\r\nText.\r\n",
        "---\n# note\nsummary: >\n  S\n  s\ntitle: \"T\"\ndate: 2023\ntopics: [a]\nweight: 3\n---\n\nText.",
        "---\n{title: T, summary: S s, slug: x, draft: true, extra: {a: b}, figures: {x: {value: 3}}}\n---\nText.",
    ] {
        assert_eq!(print(same), print(text), "{same}");
    }
}

#[test]
fn what_reads_differently_is_another() {
    let texts = [
        "",
        "a b",
        "ab",
        "a B",
        "*a* b",
        "**a** b",
        "a *b*",
        "~~a~~ b",
        "`a` b",
        "a\n\nb",
        "- a b",
        "1. a b",
        "2. a b",
        "- a\n- b",
        "- a\n  - b",
        "- a\n\n  b",
        "- a\n\nb",
        "- [ ] a b",
        "- [x] a b",
        "# a b",
        "## a b",
        "> a b",
        "> [!NOTE]\n> a b",
        "> [!TIP]\n> a b",
        "    a b",
        "```\na\nb\n```",
        "```\na\n b\n```",
        "[a](x) b",
        "[a b](x)",
        "[a](x \"t\") b",
        "[a](figure:x) b",
        "[a](figure:y) b",
        "![a](x) b",
        "![a](x \"t\") b",
        "a  \nb",
        "<b>a</b> b",
        "a | b\n--|--",
        "a | b\n--|--\n1 | 2",
        "a b[^1]\n\n[^1]: n",
        "a b[^1]\n\n[^1]: m",
        "a[^1] b\n\n[^1]: n",
        "a\n: b",
        "a\n\n---\n\nb",
        "a b---",
        "\"a\" b",
        "“a” b",
        "```{quote}\ntext: a b\n```",
        "```{quote}\nby: a b\n```",
        "```{other}\ntext: a b\n```",
        "- a b\n-",
        "四川重庆",
        "四川，重庆",
        "한국 말",
        "한국말",
    ];
    let prints: Vec<String> = texts.iter().map(|text| of_text(text)).collect();
    for (i, print) in prints.iter().enumerate() {
        let same = prints.iter().position(|other| other == print);
        assert_eq!(same, Some(i), "{:?} and {:?}", texts[i], same.map(|s| texts[s]));
    }
    let fields = [
        "title: T",
        "title: U",
        "title: T\nsummary: T",
        "title: T\nfigures: {x: {value: 1, label: T}}",
        "title: T\nfigures: {y: {value: 1, label: T}}",
        "title: T\nsource: {title: T}",
        "title: T\ncover: {image: x, alt: T}",
        "title: T\ncover: {image: x, caption: T}",
    ];
    let prints: Vec<String> = fields.iter().map(|f| print(&format!("---\n{f}\n---\n"))).collect();
    for (i, print) in prints.iter().enumerate() {
        assert_eq!(prints.iter().position(|other| other == print), Some(i), "{}", fields[i]);
    }
}

#[test]
fn the_pieces_read_as_they_were_written() {
    let (config, file) = (config(), ContentPath::new("content/a.en.md"));
    let name = Name::of(&file, &config).unwrap();
    let text = "---\ntitle: T\n---\n## H\n\nA *b* [c](x.md)[^n], [4](figure:legs).\n\n1. x\n   - y\n\n     z\n\n[^n]: N";
    let passages = wording(&file, &name, text, &config).unwrap().passages();
    let read: Vec<String> = passages.iter().map(|p| format!("{}: {}", p.field, p.text)).collect();
    assert_eq!(
        read,
        [
            "title: T",
            "text: ## H",
            "text: A *b* [c][^1], [4](figure:legs).",
            "text: 1. x",
            "text:    - y",
            "text:      z",
            "text: [^1]: N"
        ]
    );
}
