//! Parity on texts with planted faults: how many are found, and how much is reported for nothing.
//!
//! `cargo test --test it parity -- --nocapture` prints the tables. The pairs are this site's own
//! articles and hand-written ones about invented places. The rules were made on the first half of
//! these and tried on the second (`held-out`); `unseen` was written last.

#![allow(clippy::print_stdout, reason = "the tables are the result")]

mod edits;
mod plant;
mod score;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use bashu::build;
use bashu::check::{self, Selection};
use bashu::diag::{Diagnostics, Report, human};
use bashu::source::Source;

use crate::dice::Dice;
use crate::fixture::{self, SITE, clock};
use score::Score;

pub(crate) type Files = BTreeMap<String, Vec<u8>>;

/// What `check parity` says of a site; what is wrong with the site itself must not be.
pub(crate) fn check(files: Files) -> (Diagnostics, usize) {
    let source = Source::memory(files);
    let (site, _) = build::site(&source, clock()).unwrap();
    let outcome = check::parity(&source, &site, &Selection::default());
    (outcome.diagnostics, outcome.pairs)
}

fn report(files: &Files, diagnostics: &Diagnostics) -> String {
    let source = Source::memory(files.clone());
    human(&Report { diagnostics, text: &|path: &_| build::text_for_report(&source, path) }, false)
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// This site's own articles.
fn own() -> Files {
    let mut files = Files::new();
    let mut folders = vec![root().join("content")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else {
                let name = path.strip_prefix(root()).unwrap().to_str().unwrap().replace('\\', "/");
                files.insert(name, fs::read(&path).unwrap());
            }
        }
    }
    files.insert("site.yaml".to_owned(), fs::read(root().join("site.yaml")).unwrap());
    files
}

/// Hand-written pairs.
fn written(name: &str) -> Files {
    let text = fs::read_to_string(root().join("tests/parity").join(name)).unwrap();
    let mut files = fixture::files(&text);
    files.insert("site.yaml".to_owned(), SITE.as_bytes().to_vec());
    files
}

#[test]
fn this_site_says_the_same_in_both_languages() {
    let files = own();
    let (diagnostics, pairs) = check(files.clone());
    assert!(pairs >= 30, "{pairs} pairs");
    assert!(diagnostics.is_empty(), "{}", report(&files, &diagnostics));
}

/// At least 200 pairs in all, 95 faults of a hundred found, and nine reports of ten for something.
#[test]
fn planted_faults_are_found_and_little_else() {
    let sets = [
        ("this site", own(), 18),
        ("hand-written, developed on", written("develop.site"), 24),
        ("hand-written, held out", written("held-out.site"), 24),
        ("hand-written, unseen", written("unseen.site"), 36),
    ];
    let (mut all, mut short) = (Score::default(), Vec::new());
    for (name, files, rounds) in sets {
        let score = Score::of(&files, rounds);
        println!("\n{name}\n{score}");
        for (what, value, least) in [("recall", score.recall(), 0.95), ("precision", score.precision(), 0.90)]
        {
            if value < least {
                short.push(format!("{name}: {what} {value:.3}"));
            }
        }
        all.add(score);
    }
    println!("\nall\n{all}");
    assert!(all.pairs() >= 200);
    assert!(short.is_empty(), "{}", short.join(", "));
}

/// What components cite is compared call by call.
#[test]
fn figures_that_components_cite_must_agree() {
    let front = "title: T\nfigures:\n  a-2022: {value: 1, label: {en: A, zh: 甲}}\n  b: {value: 2, label: {en: B, zh: 乙}}\n  c: {value: 3, label: {en: C, zh: 丙}}\n";
    let text = |front: &str, calls: &[&str]| {
        let calls: String = calls
            .iter()
            .map(|cites| format!("```{{chart}}\ntitle: X\nfigures: [{cites}]\n```\n\n"))
            .collect();
        format!("---\n{front}---\n{calls}").into_bytes()
    };
    let both = &["figure:a-2022, figure:b", "figure:b, figure:c"];
    let missing = |name: &str| format!("the figure `{name}` is missing from the translation");
    let added = |name: &str| format!("the figure `{name}` is not in the original");
    let other =
        |to: &str, from: &str| format!("the figure `{to}` stands where the original has the figure `{from}`");
    for (calls, expected) in [
        (both, vec![]),
        // Another name of the same figure.
        (&["figure:x/a-2022, figure:b", "figure:x/b, figure:c"], vec![]),
        (&["figure:b", "figure:b, figure:c"], vec![missing("a-2022")]),
        (&["figure:a-2022, figure:b", "figure:b, figure:c, figure:a-2022"], vec![added("a-2022")]),
        (&["figure:a-2022, figure:c", "figure:b, figure:c"], vec![other("c", "b")]),
        // All of them are there, but not where they belong.
        (&["figure:a-2022, figure:c", "figure:b, figure:b"], vec![other("c", "b"), other("b", "c")]),
    ] {
        let files: Files = [
            ("site.yaml".to_owned(), SITE.as_bytes().to_vec()),
            ("content/x.en.md".to_owned(), text(front, both)),
            ("content/x.zh.md".to_owned(), text("title: 题\ntranslated_from: en\n", calls)),
        ]
        .into();
        let found: Vec<String> = check(files).0.iter().map(|d| d.message.clone()).collect();
        assert_eq!(found, expected, "{calls:?}");
    }
}

/// One article asked for by itself is told what it is told among all.
#[test]
fn articles_one_by_one_have_the_findings_of_all() {
    let source = Source::memory(own());
    let (site, _) = build::site(&source, clock()).unwrap();
    let all = check::parity(&source, &site, &Selection::default());
    let lengths = check::Lengths::learn(&source, &site, usize::MAX);
    let langs: Vec<_> = site.config.langs().collect();
    let mut each = Diagnostics::new();
    let (mut pairs, mut waived) = (0, 0);
    for id in site.ids() {
        let one = check::parity_of(&source, &site, id, &langs, &lengths);
        each.append(one.diagnostics);
        (pairs, waived) = (pairs + one.pairs, waived + one.waived);
    }
    each.sort();
    assert_eq!(each.iter().collect::<Vec<_>>(), all.diagnostics.iter().collect::<Vec<_>>());
    assert_eq!((pairs, waived), (all.pairs, all.waived));
}

/// Date, topics and figures are the original's, also where the translation was made from another one.
#[test]
fn a_translation_of_a_translation_is_held_to_the_original() {
    let site =
        format!("{SITE}  - {{code: ja, tag: ja, name: 日本語}}\n").replace("zh: 蚂蚁", "zh: 蚂蚁, ja: 蟻");
    let said = |date: &str| {
        let files: Files = [
            ("site.yaml", site.as_str()),
            ("content/a.en.md", "---\ntitle: Ants\ndate: 2023-06\n---\nThey came in June 2023.\n"),
            ("content/a.zh.md", "---\ntitle: 蚂蚁\ntranslated_from: en\n---\n它们6月到来。\n"),
            (
                "content/a.ja.md",
                &format!("---\ntitle: 蟻\ntranslated_from: zh\ndate: {date}\n---\n6月に来た。\n"),
            ),
        ]
        .map(|(path, text)| (path.to_owned(), text.as_bytes().to_vec()))
        .into();
        let (found, pairs) = check(files);
        assert_eq!(pairs, 2);
        found.iter().map(|d| d.message.clone()).collect::<Vec<_>>()
    };
    assert!(said("2023-06-07").is_empty());
    assert_eq!(said("2022-06"), ["the translation is dated 2022-06, the original 2023-06"]);
}

/// Whatever stands in two files, they are compared, twice with the same result.
#[test]
fn any_two_texts_can_be_compared() {
    const PIECES: &[&str] = &[
        "# H\n",
        "## 二\n",
        "- a\n",
        "  - b\n",
        "1. x\n",
        "| a | b |\n|--|--|\n",
        "| 1 | 2万 |\n",
        "> [!NOTE]\n",
        "> q\n",
        "```\n",
        "```{quote}\ntext: x\n```\n",
        "![a](b.png \"t\")",
        "[x](y.md)",
        "[](figure:z)",
        "[^1]",
        "[^1]: n\n",
        "<b>",
        "</b>",
        "<!--",
        "-->",
        "\n\n",
        "\n",
        "\r\n",
        " ",
        "12",
        "1.2.3",
        "，",
        "。",
        ". ",
        "万亿",
        "百分之",
        "第",
        "million",
        "per cent",
        "the quick brown fox jumps over it",
        "蚂蚁有六条腿",
        "（",
        "(",
        "“",
        "\u{fdd0}",
        "\u{feff}",
        "🐜",
        "é",
        "&amp;",
        "\\",
        "`",
        "**",
        "2023年",
        "-",
        "\t",
    ];
    for seed in 0..150 {
        let mut dice = Dice::new(seed);
        let mut text = |head: &str| {
            let body: String = (0..dice.below(80)).map(|_| *dice.pick(PIECES)).collect();
            format!("---\ntitle: t\n{head}---\n{body}").into_bytes()
        };
        let files: Files = [
            ("site.yaml".to_owned(), SITE.as_bytes().to_vec()),
            ("content/a.en.md".to_owned(), text("")),
            ("content/a.zh.md".to_owned(), text("translated_from: en\n")),
        ]
        .into();
        let (first, pairs) = check(files.clone());
        assert_eq!(pairs, 1);
        assert_eq!(report(&files, &first), report(&files, &check(files.clone()).0), "{seed}");
    }
}
