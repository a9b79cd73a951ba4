//! Share cards: which pages have one, what is drawn, and what templates can ask.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::time::SystemTime;

use bashu::base::OutputPath;
use bashu::build::{self, Options};
use bashu::cache::Cache;
use bashu::output::Folder;
use bashu::source::Source;
use image::RgbImage;

use crate::fixture::{Built, SITE, build_files, clock, files};

const FONT: &[u8] = include_bytes!("../../fonts/test.otf");

/// What a page knows of its card.
const TOLD: &str = "== templates/article.html
{{ page.card?.url or \"no card\" }} {{ page.card?.width or 0 }}x{{ page.card?.height or 0 }}
";

/// A site with a font, in English and Chinese.
fn site(settings: &str, fixture: &str) -> BTreeMap<String, Vec<u8>> {
    let mut files = files(&format!("== site.yaml\n{SITE}{settings}\n{fixture}"));
    files.insert("fonts/test.otf".to_owned(), FONT.to_vec());
    files
}

fn drawn(settings: &str, fixture: &str) -> Built {
    build_files(site(settings, fixture), clock())
}

fn card(built: &Built, path: &str) -> RgbImage {
    let files = built.files.as_ref().unwrap_or_else(|| panic!("{}", built.report));
    let bytes = files.get(path).unwrap_or_else(|| panic!("{path} is not in {:?}", files.keys()));
    assert!(bytes.len() < 60 * 1024, "{path} has {} bytes", bytes.len());
    image::load_from_memory(bytes).unwrap().to_rgb8()
}

/// How many pixels in a part of a card are nearly black.
fn ink(card: &RgbImage, [left, top, right, bottom]: [u32; 4]) -> usize {
    let dark = |&(x, y): &(u32, u32)| card.get_pixel(x, y).0.iter().all(|&channel| channel < 100);
    (left..right).flat_map(|x| (top..bottom).map(move |y| (x, y))).filter(dark).count()
}

const CARDS: &str = "cards: {font: fonts/test.otf}";

#[test]
fn every_page_of_its_own_has_a_card_and_others_show_that_of_the_version_they_show() {
    let fixture = format!(
        "{TOLD}== content/a/ants.en.md\n---\ntitle: Ants\n---\n\
         == content/a/move.zh.md\n---\ntitle: 搬家\n---\n== content/topics/t.en.md\n---\ntitle: T\n---\n"
    );
    let built = drawn(&format!("{CARDS}\nmissing_translation: show"), &fixture);
    assert_eq!(built.report, "");
    let cards: Vec<&str> = built.paths().into_iter().filter(|path| path.starts_with("cards/")).collect();
    assert_eq!(
        cards,
        [
            "cards/en/a/ants.png",
            "cards/en/index.png",
            "cards/en/topics.png",
            "cards/en/topics/t.png",
            "cards/zh/a/move.png",
            "cards/zh/index.png",
            "cards/zh/topics.png",
        ]
    );
    for (page, expected) in [
        ("en/a/ants", "https://ants.example/cards/en/a/ants.png 1200x630\n"),
        ("zh/a/ants", "https://ants.example/cards/en/a/ants.png 1200x630\n"),
        ("en/a/move", "https://ants.example/cards/zh/a/move.png 1200x630\n"),
    ] {
        assert_eq!(built.text(&format!("{page}/index.html")), expected);
    }
    let none = build_files(site("", &fixture), clock());
    assert_eq!(none.text("en/a/ants/index.html"), "no card 0x0\n");
    assert!(none.paths().iter().all(|path| !path.starts_with("cards/")));
}

#[test]
fn titles_are_drawn_in_either_script() {
    let built = drawn(
        CARDS,
        "== content/a/ants.en.md
---
title: Ants & more
date: 2023-12-26
---
== content/a/ants.zh.md
---
title: 蚂蚁的一生
---
== content/a/long.en.md
---
title: \"Ants and ants and ants and ants and ants and ants and ants and ants and ants and ants and ants and ants and ants and ants and ants and ants and ants and ants and ants and ants and ants and ants and ants and ants and ants and ants\"
---
",
    );
    assert_eq!(built.report, "");
    let (en, zh) = (card(&built, "cards/en/a/ants.png"), card(&built, "cards/zh/a/ants.png"));
    let long = card(&built, "cards/en/a/long.png");
    for (name, card) in [("en", &en), ("zh", &zh), ("long", &long)] {
        assert_eq!(card.dimensions(), (1200, 630), "{name}");
        assert!(ink(card, [96, 170, 1104, 500]) > 3000, "{name}: there is no title");
        // Nothing reaches into the margins.
        for margin in [[0, 20, 90, 630], [1110, 20, 1200, 630], [0, 580, 1200, 630]] {
            assert_eq!(ink(card, margin), 0, "{name}: {margin:?}");
        }
        assert!(card.get_pixel(5, 600).0.iter().all(|&channel| channel > 240), "{name}: the ground is light");
    }
    assert_ne!(en, zh);
    // A long title takes more room, and leaves that of the date.
    assert!(ink(&long, [96, 320, 1104, 500]) > ink(&en, [96, 320, 1104, 500]));
    assert_eq!(ink(&long, [96, 500, 900, 580]), 0);
}

#[test]
fn a_title_that_no_font_can_write_has_no_card() {
    let built = drawn(CARDS, &format!("{TOLD}== content/a/cat.en.md\n---\ntitle: A 猫 and 狗\n---\n"));
    assert!(
        built.report.contains("no font has the character `猫` (U+732B) of this title"),
        "{}",
        built.report
    );
    assert_eq!(built.text("en/a/cat/index.html"), "no card 0x0\n");
    assert!(!built.paths().contains(&"cards/en/a/cat.png"));
    assert!(built.paths().contains(&"cards/en/index.png"));
}

#[test]
fn templates_break_texts_into_lines() {
    let built = drawn(
        CARDS,
        "== templates/article.html
{{ lines(text=page.title, width=300, size=40, most=2) | join(sep=\"|\") }}
{{ lines(text=\"\", width=300, size=40) | length }}
{% set title = fitted(text=page.title, width=300, height=100, sizes=[90, 30, 10], leading=1.5) -%}
{{ title.size }} {{ title.lines | join(sep=\"|\") }}
== content/a/ants.en.md
---
title: Ants and their moves across town
---
== content/a/ants.zh.md
---
title: 蚂蚁搬家与城市的一生，一生，蚂蚁的一生
---
",
    );
    assert_eq!(built.report, "");
    assert_eq!(
        built.text("en/a/ants/index.html"),
        "Ants and their|moves across…\n0\n30.0 Ants and their|moves across town\n"
    );
    // Not before a comma; and between words.
    assert_eq!(
        built.text("zh/a/ants/index.html"),
        "蚂蚁搬家与城市|的一生……\n0\n10.0 蚂蚁搬家与城市的一生，一生，蚂蚁的一生\n"
    );
}

#[test]
fn programs_are_told_of_cover_and_card() {
    let fixture = "== templates/article.html\n{{ json_ld }}\n\
                   == content/a/ants.en.md\n---\ntitle: Ants\ncover: {image: ants.jpg, alt: Ants}\n---\n\
                   == content/a/bees.en.md\n---\ntitle: Bees\n---\n== content/a/ants.jpg (picture 64x48)\n";
    let built = drawn(&format!("{CARDS}\nimages: {{widths: [40]}}"), fixture);
    let images = |page: &str| {
        let told: serde_json::Value = serde_json::from_str(built.text(page)).unwrap();
        told["@graph"][0]["image"].clone()
    };
    // The file that pages show, not the large one beside the page.
    let shown =
        built.paths().into_iter().find(|path| path.starts_with("media/ants-40.") && path.ends_with("jpg"));
    let [shown, ants, bees] = [shown.unwrap(), "cards/en/a/ants.png", "cards/en/a/bees.png"]
        .map(|path| format!("https://ants.example/{path}"));
    assert_eq!(images("en/a/ants/index.html"), serde_json::json!([shown, ants]));
    assert_eq!(images("en/a/bees/index.html"), serde_json::json!([bees]));
}

/// A warm build makes the cards anew of which something changed, and no others.
#[test]
fn cards_are_kept() {
    let dir = tempfile::tempdir().unwrap();
    let (root, out) = (dir.path().join("site"), dir.path().join("output"));
    let write = |path: &str, bytes: &[u8]| {
        let path = root.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    };
    let fixture =
        "== content/a/ants.en.md\n---\ntitle: Ants\n---\n== content/a/bees.en.md\n---\ntitle: Bees\n---\n";
    for (path, bytes) in site(CARDS, fixture) {
        write(&path, &bytes);
    }
    let build = || -> Vec<String> {
        let source = Source::disk(&root);
        let mut cache = Cache::open(&root, || {});
        let open = |planned: &[&OutputPath]| Folder::open(&out, Some(&root), planned.iter().copied());
        let outcome = build::build(&source, &mut cache, &Options::new(clock()), open);
        assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
        let made = outcome.made.unwrap().made.into_iter().map(|path| path.as_str().to_owned());
        made.filter(|path| path.starts_with("cards/")).collect()
    };
    assert_eq!(build().len(), 4);
    assert!(build().is_empty());
    let before = fs::read(out.join("cards/en/a/ants.png")).unwrap();
    write("content/a/ants.en.md", b"---\ntitle: An ant\n---\n");
    assert_eq!(build(), ["cards/en/a/ants.png"]);
    assert_ne!(fs::read(out.join("cards/en/a/ants.png")).unwrap(), before);
    // When a card was drawn: whoever keeps one that is there already replaces it.
    let drawn = || -> BTreeMap<PathBuf, SystemTime> {
        let files = fs::read_dir(root.join(".bashu/media")).unwrap().map(Result::unwrap);
        files.map(|file| (file.path(), file.metadata().unwrap().modified().unwrap())).collect()
    };
    let before = drawn();
    assert_eq!(before.len(), 4, "one of both home pages, and the one before the title changed");
    // What another template says is nothing to a card, nor whether the output is there.
    write("templates/page.html", b"A page");
    write("assets/style.css", b"a {}");
    build();
    let card = fs::read(out.join("cards/en/a/ants.png")).unwrap();
    fs::remove_dir_all(&out).unwrap();
    assert_eq!(build().len(), 4);
    assert_eq!(fs::read(out.join("cards/en/a/ants.png")).unwrap(), card);
    assert_eq!(drawn(), before);
    // Another font is other bytes, even if it draws the same.
    write("fonts/test.otf", &[FONT, b"\0\0\0\0"].concat());
    assert_eq!(build().len(), 4);
    write("templates/card.svg", b"<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1200\" height=\"630\"/>");
    assert_eq!(build().len(), 4);
    let mut files = site(CARDS, fixture);
    for path in ["content/a/ants.en.md", "templates/card.svg"] {
        files.insert(path.to_owned(), fs::read(root.join(path)).unwrap());
    }
    let clean = build_files(files, clock()).files.unwrap();
    for (path, bytes) in clean.iter().filter(|(path, _)| path.starts_with("cards/")) {
        assert_eq!(&fs::read(out.join(path)).unwrap(), bytes, "{path}");
    }
}
