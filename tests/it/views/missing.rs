//! `missing_translation`: what a language does with an article that it lacks, in every place.

use super::{article, tells, told};
use crate::fixture::{Built, SITE, build};

/// A translated article, one in English alone and one in Chinese alone; the topic and the section
/// in English alone.
fn site(policy: &str) -> Built {
    let content = article("topics/t.en", "Topic", "", "")
        + &article("notes/_index.en", "Notes", "", "")
        + &article(
            "notes/both.en",
            "Both",
            "date: 2023-03\ntopics: [t]",
            "See [the other](only.en.md#part).",
        )
        + &article("notes/both.zh", "两者", "translated_from: en", "见[另一篇](only.en.md#part)。")
        + &article(
            "notes/only.en",
            "Only",
            "date: 2023-02\ntopics: [t]\nsummary: Alone.",
            "## Part\n\nBack to [both](both.en.md).",
        )
        + &article("notes/zh.zh", "只有", "date: 2023-01", "");
    told(&format!("missing_translation: {policy}"), &content)
}

const PAGE: &str = "zh/notes/only/index.html";

#[test]
fn hidden() {
    let built = site("hide");
    assert_eq!(built.report, "");
    assert!(!built.paths().contains(&PAGE));
    assert!(!built.paths().contains(&"zh/topics/t/index.html"));
    assert_eq!(tells(&built, "zh/index.html", "items"), "两者 /zh/notes/both/ | 只有 /zh/notes/zh/");
    assert_eq!(tells(&built, "zh/index.html", "topics"), "");
    assert_eq!(tells(&built, "zh/index.html", "nav"), "主题 /zh/topics/");
    assert_eq!(tells(&built, "zh/notes/both/index.html", "tags"), "");
    assert_eq!(tells(&built, "zh/notes/both/index.html", "section"), "");
    // A link in a text still leads to the version that exists, and says in which language that is.
    let content = tells(&built, "zh/notes/both/index.html", "content");
    assert!(content.contains("<a href=\"/en/notes/only/#part\" hreflang=\"en\">另一篇</a>"), "{content}");
    // The switcher leads to the nearest page that exists.
    assert_eq!(tells(&built, "en/notes/only/index.html", "switcher"), "en*=/en/notes/only/ zh?=/zh/");
    assert_eq!(tells(&built, "en/topics/t/index.html", "switcher"), "en*=/en/topics/t/ zh?=/zh/topics/");
    assert_eq!(tells(&built, "zh/notes/zh/index.html", "switcher"), "en?=/en/notes/ zh*=/zh/notes/zh/");
    assert_eq!(tells(&built, "en/notes/index.html", "items"), "Both /en/notes/both/ | Only /en/notes/only/");
}

#[test]
fn linked() {
    let built = site("link");
    assert_eq!(built.report, "");
    assert!(!built.paths().contains(&PAGE));
    let items = "两者 /zh/notes/both/ | Only (en) /en/notes/only/ | 只有 /zh/notes/zh/";
    assert_eq!(tells(&built, "zh/index.html", "items"), items);
    assert_eq!(
        tells(&built, "en/notes/index.html", "items"),
        "Both /en/notes/both/ | Only /en/notes/only/ | 只有 (zh-Hans) /zh/notes/zh/"
    );
    assert_eq!(tells(&built, "zh/index.html", "topics"), "Topic 2;");
    assert_eq!(tells(&built, "zh/index.html", "nav"), "Notes (en) /en/notes/ | 主题 /zh/topics/");
    assert_eq!(tells(&built, "zh/notes/both/index.html", "tags"), "Topic /en/topics/t/");
    // What is linked is in no feed of that language.
    assert!(!built.text("zh/feed.xml").contains("notes/only/</id>"));
    assert!(built.text("zh/feed.xml").contains("zh/notes/both/</id>"));
}

#[test]
fn shown() {
    let built = site("show");
    assert_eq!(built.report, "");
    assert_eq!(tells(&built, PAGE, "html"), "zh-Hans ltr");
    assert_eq!(tells(&built, PAGE, "words"), "en untranslated");
    assert_eq!(tells(&built, PAGE, "title"), "Only");
    assert_eq!(tells(&built, PAGE, "summary"), "Alone.");
    // Interface in the page's language, words in theirs; the original is the page for search engines.
    assert_eq!(tells(&built, PAGE, "date"), "2023-02 2023年2月");
    assert_eq!(tells(&built, PAGE, "robots"), "noindex");
    assert_eq!(tells(&built, PAGE, "canonical"), "https://ants.example/en/notes/only/");
    assert_eq!(tells(&built, PAGE, "alternates"), "");
    assert_eq!(tells(&built, "en/notes/only/index.html", "alternates"), "");
    assert_eq!(
        tells(&built, "en/notes/only/index.html", "switcher"),
        "en*=/en/notes/only/ zh?=/zh/notes/only/"
    );
    // Its links lead on in the reader's language, to the shown page as well.
    assert!(tells(&built, PAGE, "content").contains("<h2 id=\"part\">"));
    assert!(built.text(PAGE).contains("<a href=\"/zh/notes/both/\">both</a>"));
    let content = tells(&built, "zh/notes/both/index.html", "content");
    assert!(content.contains("<a href=\"/zh/notes/only/#part\">另一篇</a>"), "{content}");
    let items = "两者 /zh/notes/both/ | Only (en) /zh/notes/only/ | 只有 /zh/notes/zh/";
    assert_eq!(tells(&built, "zh/index.html", "items"), items);
    assert_eq!(tells(&built, "zh/topics/t/index.html", "robots"), "noindex");
    assert_eq!(
        tells(&built, "zh/topics/t/index.html", "items"),
        "两者 /zh/notes/both/ | Only (en) /zh/notes/only/"
    );
    assert!(!built.text("zh/feed.xml").contains("notes/only/</id>"));
    assert!(!built.text("sitemap.xml").contains("https://ants.example/zh/notes/only/"));
    assert!(built.text("sitemap.xml").contains("<loc>https://ants.example/en/notes/only/</loc>"));
    assert!(!built.text("sitemap.xml").contains("<loc>https://ants.example/zh/topics/t/</loc>"));
}

#[test]
fn linking_is_the_default() {
    let content = article("notes/only.en", "Only", "", "");
    assert_eq!(tells(&told("", &content), "zh/index.html", "items"), "Only (en) /en/notes/only/");
}

#[test]
fn the_original_counts_and_not_the_first_language() {
    let content = article("a.zh", "甲", "", "") + &article("a.en", "A", "translated_from: zh", "");
    let built = told("", &content);
    let alternates = "en=https://ants.example/en/a/ zh-Hans=https://ants.example/zh/a/ x-default=https://ants.example/zh/a/";
    assert_eq!(tells(&built, "en/a/index.html", "alternates"), alternates);
    // Without its original, what is left stands for itself.
    let content = article("a.zh", "甲", "draft: true", "")
        + &article("a.en", "A", "translated_from: zh\ndraft: false", "");
    let built = told("missing_translation: show", &content);
    assert_eq!(tells(&built, "zh/a/index.html", "canonical"), "https://ants.example/en/a/");
}

/// The home page exists in every language, words or no words, and then shows nobody else's.
#[test]
fn a_notice_stands_only_above_the_words_of_another_language() {
    let settings = SITE.replace("languages:", "missing_translation: show\nlanguages:");
    let page = |title| format!("---\ntitle: {title}\n---\nWords.\n");
    let site = [("_index", page("Home")), ("about", page("About"))];
    let content: String = site.iter().map(|(id, text)| format!("== content/{id}.en.md\n{text}")).collect();
    let built = build(&format!("== site.yaml\n{settings}{content}"));
    let noticed = |path| built.text(path).contains("class=\"notice\"");
    assert_eq!(
        ["zh/index.html", "en/about/index.html", "zh/about/index.html"].map(noticed),
        [false, false, true]
    );
}
