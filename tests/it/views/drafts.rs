//! Drafts: of an original, of a translation, of a topic, and the files beside them.

use bashu::base::{Lang, PartialDate};
use bashu::build;
use bashu::site::{Clock, Unpublished};
use bashu::source::Source;

use super::{TELLING, article, tells};
use crate::fixture::SITE;
use crate::fixture::{Built, build_at, files};

fn at(day: &str, drafts: bool, content: &str) -> Built {
    let clock = Clock { today: PartialDate::parse(day).unwrap(), drafts, any_day: false };
    build_at(
        &format!("== site.yaml\n{SITE}theme: telling\nmissing_translation: hide\n{TELLING}{content}"),
        clock,
    )
}

fn has(built: &Built, path: &str) -> bool {
    built.files.as_ref().expect(&built.report).contains_key(path)
}

#[test]
fn drafts_are_published_when_asked_for() {
    let content = article("notes/a.en", "A", "draft: true", "")
        + &article("notes/a.zh", "甲", "translated_from: en", "")
        + &article("notes/b.en", "B", "", "")
        + &article("notes/b.zh", "乙", "translated_from: en\ndraft: true", "")
        + &article("notes/c.en", "C", "draft: true", "")
        + &article("notes/c.zh", "丙", "translated_from: en\ndraft: false", "");
    let built = at("2023-12-31", false, &content);
    let page = |id: &str, lang: &str| format!("{lang}/notes/{id}/index.html");
    let found: Vec<bool> =
        ["a", "b", "c"].iter().flat_map(|id| ["en", "zh"].map(|lang| has(&built, &page(id, lang)))).collect();
    // A translation is a draft with its original, or alone, or not although the original is.
    assert_eq!(found, [false, false, true, false, false, true]);
    assert_eq!(tells(&built, &page("b", "en"), "alternates"), "");
    assert_eq!(tells(&built, "en/index.html", "items"), "B /en/notes/b/");
    assert!(!built.text("sitemap.xml").contains("/notes/a/"));
    let built = at("2023-12-31", true, &content);
    assert!(["a", "b", "c"].iter().all(|id| has(&built, &page(id, "en")) && has(&built, &page(id, "zh"))));
}

#[test]
fn a_topic_that_is_not_published_is_no_fault_of_its_articles() {
    let content =
        article("topics/t.en", "T", "draft: true", "") + &article("notes/a.en", "A", "topics: [t]", "");
    let built = at("2023-12-31", false, &content);
    assert_eq!(built.report, "");
    assert_eq!(tells(&built, "en/notes/a/index.html", "tags"), "");
    assert!(!has(&built, "en/topics/t/index.html"));
}

#[test]
fn the_files_of_a_draft_are_not_published() {
    let content = article("notes/_index.en", "Notes", "", "")
        + &article("notes/a/index.en", "A", "draft: true", "![S](secret.svg)")
        + "== content/notes/a/secret.svg\n<svg xmlns='http://www.w3.org/2000/svg' width='64' height='48'/>\n== content/notes/a/more/secret.txt\ntxt\n";
    let built = at("2023-12-31", false, &content);
    assert_eq!(built.paths().into_iter().filter(|p| p.contains("secret")).collect::<Vec<_>>(), [""; 0]);
    assert!(has(&at("2023-12-31", true, &content), "en/notes/a/secret.svg"));
}

/// A preview shows all, and knows why readers do not see it yet, or any more.
#[test]
fn on_any_day_all_is_shown_with_the_reason_why_it_is_not_published() {
    let content = article("notes/a.en", "A", "draft: true\ndate: 2024-02", "")
        + &article("notes/b.en", "B", "date: 2024-02", "")
        + &article("notes/c.en", "C", "expires: 2023-06-01", "")
        + &article("notes/d.en", "D", "date: 2023-12-31\nexpires: 2024-01-01", "")
        + &article("notes/e.en", "E", "date: 2024-02", "")
        + &article("notes/e.zh", "戊", "translated_from: en\ndate: 2023-02", "");
    let fixture = format!("== site.yaml\n{SITE}theme: telling\n{TELLING}{content}");
    let day = |text| PartialDate::parse(text).unwrap();
    let seen = |any_day, drafts| {
        let clock = Clock { today: day("2023-12-31"), drafts, any_day };
        let (site, faults) = build::site(&Source::memory(files(&fixture)), clock).unwrap();
        assert!(faults.is_empty(), "{faults:?}");
        let why = |id: &str, lang: u8| {
            let version = site.find(id).and_then(|id| site.entry(id).version(Lang(lang)));
            version.map(|version| version.unpublished)
        };
        [("a", 0), ("b", 0), ("c", 0), ("d", 0), ("e", 0), ("e", 1)]
            .map(|(id, lang)| why(&format!("notes/{id}"), lang))
    };
    let waiting = Some(Unpublished::Waiting(day("2024-02")));
    let expired = Some(Unpublished::Expired(day("2023-06-01")));
    let draft = Some(Unpublished::Draft);
    let all = [Some(draft), Some(waiting), Some(expired), Some(None), Some(waiting), Some(None)];
    assert_eq!(seen(true, true), all);
    // The day and drafts are asked for apart.
    assert_eq!(
        seen(true, false),
        [None, Some(waiting), Some(expired), Some(None), Some(waiting), Some(None)]
    );
    assert_eq!(seen(false, true), [None, None, None, Some(None), None, Some(None)]);
}
