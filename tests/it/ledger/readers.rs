//! What a build makes of states: the notice for readers, where the site asks for it, and the summary.

use std::fs;
use std::path::Path;

use crate::fixture::{Built, SITE, build};
use crate::program::bashu;

const ENGLISH: &str = "---\ntitle: Ants\n---\nAnts.\n";

/// A site with a current, a stale, an unmarked and a missing translation.
fn site(settings: &str) -> Built {
    let stamp =
        |fingerprint: &str| format!("---\ntitle: 蚂蚁\ntranslated_from: en{fingerprint}\n---\n蚂蚁。\n");
    let mut fixture = format!("== site.yaml\n{SITE}{settings}\n");
    for (id, fingerprint) in [
        ("current", Some(format!("@{}", super::repository::fingerprint("content/a.en.md", ENGLISH)))),
        ("stale", Some("@00000000".to_owned())),
        ("unmarked", Some(String::new())),
        ("missing", None),
    ] {
        fixture.push_str(&format!("== content/a/{id}.en.md\n{ENGLISH}"));
        if let Some(fingerprint) = fingerprint {
            fixture.push_str(&format!("== content/a/{id}.zh.md\n{}", stamp(&fingerprint)));
        }
    }
    build(&fixture)
}

#[test]
fn readers_are_told_what_the_site_asks_for() {
    let notices = |settings: &str| -> Vec<&str> {
        let built = site(&format!("missing_translation: show\n{settings}"));
        assert_eq!(built.report, "");
        ["current", "stale", "unmarked", "missing"]
            .into_iter()
            .filter(|id| built.main(&format!("zh/a/{id}/index.html")).contains("class=\"notice\""))
            .chain(
                ["stale"]
                    .into_iter()
                    .filter(|id| built.main(&format!("en/a/{id}/index.html")).contains("notice")),
            )
            .collect()
    };
    assert_eq!(notices(""), ["missing"]);
    assert_eq!(notices("translation_notice: []"), Vec::<&str>::new());
    assert_eq!(notices("translation_notice: [stale]"), ["stale"]);
    assert_eq!(notices("translation_notice: [stale, missing]"), ["stale", "missing"]);
}

#[test]
fn the_notice_leads_to_the_version_that_changed() {
    let built = site("translation_notice: [stale]");
    let page = built.main("zh/a/stale/index.html").replace(['\u{2068}', '\u{2069}'], "");
    assert!(page.contains("English版在本文译成之后有过修改，译文尚未更新。"), "{page}");
    assert!(
        page.contains("<a href=\"/en/a/stale/\" rel=\"alternate\" lang=\"en\" dir=\"ltr\" hreflang=\"en\">"),
        "{page}"
    );
}

#[test]
fn states_are_counted_by_language() {
    let made = site("").made.unwrap();
    let counts = [("en".to_owned(), [4, 0, 0, 0, 0]), ("zh".to_owned(), [0, 1, 1, 1, 1])];
    assert_eq!(made.translations, counts);
    let one = build(
        "== site.yaml\ntitle: A\nbase_url: https://a.example/\nlanguages: [{code: en}]\n== content/a.en.md\n---\ntitle: A\n---\n",
    );
    assert_eq!(one.made.unwrap().translations, []);
}

fn built(dir: &Path, arguments: &[&str]) -> String {
    let run = bashu(dir, &[&["build", "--today", "2024-01-01"], arguments].concat());
    assert_eq!(run.err, "");
    run.out.split("; ").find(|part| part.starts_with("translations")).unwrap_or_default().to_owned()
}

/// The state of a page depends on the file of another.
#[test]
fn a_warm_build_says_the_same_as_a_clean_one() {
    let dir = tempfile::tempdir().unwrap();
    let write = |file: &str, text: &str| fs::write(dir.path().join(file), text).unwrap();
    fs::create_dir_all(dir.path().join("content/a")).unwrap();
    write("site.yaml", &format!("{SITE}translation_notice: [stale]\n"));
    write("content/a/b.en.md", ENGLISH);
    write("content/a/b.zh.md", "---\ntitle: 蚂蚁\ntranslated_from: en@6af52361\n---\n");
    for (text, said, stale) in [
        (ENGLISH, "translations: zh 1 stale", true),
        ("---\ntitle: Ants\ndate: 2023\n---\n", "translations: zh 1 current", false),
        ("---\ntitle: Ants!\n---\n", "translations: zh 1 stale", true),
    ] {
        write("content/a/b.en.md", text);
        // The second finds nothing new, once stamps have settled.
        for _ in 0..2 {
            assert_eq!(built(dir.path(), &[]), said);
            let page = fs::read_to_string(dir.path().join("output/zh/a/b/index.html")).unwrap();
            assert_eq!(page.contains("class=\"notice\""), stale, "{text}");
        }
        assert_eq!(built(dir.path(), &["--no-cache", "--output", "clean"]), said);
        let clean = fs::read_to_string(dir.path().join("clean/zh/a/b/index.html")).unwrap();
        assert_eq!(clean, fs::read_to_string(dir.path().join("output/zh/a/b/index.html")).unwrap());
    }
}
