//! What programs are told of pages, and what a theme may draw from.

use serde_json::Value;

use super::{article, tells, told};
use crate::fixture::Built;

/// The work that a page is of, and the way to it.
fn graph(built: &Built, path: &str) -> (Value, Vec<String>) {
    let told: Value = serde_json::from_str(tells(built, path, "json")).unwrap();
    assert_eq!(told["@context"], "https://schema.org");
    let crumbs = told["@graph"][1]["itemListElement"].as_array().cloned().unwrap_or_default();
    for (i, crumb) in crumbs.iter().enumerate() {
        assert_eq!(crumb["position"], i + 1);
    }
    let way = crumbs.iter().map(|crumb| format!("{} {}", crumb["name"], crumb["item"]).replace('"', ""));
    (told["@graph"][0].clone(), way.collect())
}

fn site() -> String {
    article("news/_index.en", "News", "", "")
        + &article("topics/t.en", "T", "", "")
        + &article("about.en", "About", "", "")
        + &article(
            "news/a.en",
            "A </script> & B",
            "date: 2023-12\nupdated: 2024-01-02\nsummary: In short.\ntopics: [t]\ncover: {image: a.png, alt: An ant}\nsource: {title: A work, url: \"https://e.org/\"}",
            "Text.",
        )
        + &article("news/a.zh", "甲", "translated_from: en", "文。")
        + "== content/news/a.png (picture 4x3)\n"
}

#[test]
fn an_article_tells_what_it_is() {
    let built = told("article_type: NewsArticle\nmissing_translation: show\nimages: false", &site());
    let raw = tells(&built, "en/news/a/index.html", "json");
    assert!(!raw.contains(['<', '>', '&']), "{raw}");
    let (work, way) = graph(&built, "en/news/a/index.html");
    for (pointer, expected) in [
        ("/@type", "NewsArticle"),
        ("/@id", "https://ants.example/en/news/a/#work"),
        ("/url", "https://ants.example/en/news/a/"),
        ("/headline", "A </script> & B"),
        ("/description", "In short."),
        ("/inLanguage", "en"),
        ("/datePublished", "2023-12"),
        ("/dateModified", "2024-01-02"),
        ("/image/0", "https://ants.example/en/news/a.png"),
        ("/about/0/name", "T"),
        ("/about/0/url", "https://ants.example/en/topics/t/"),
        ("/isBasedOn/name", "A work"),
        ("/isPartOf/@id", "https://ants.example/en/#work"),
        ("/workTranslation/0/@id", "https://ants.example/zh/news/a/#work"),
        ("/workTranslation/0/headline", "甲"),
    ] {
        assert_eq!(work.pointer(pointer).and_then(Value::as_str), Some(expected), "{pointer}: {work}");
    }
    assert_eq!(work.get("translationOfWork"), None);
    assert_eq!(
        way,
        [
            "Ants https://ants.example/en/",
            "News https://ants.example/en/news/",
            "A </script> & B https://ants.example/en/news/a/"
        ]
    );
    let (work, _) = graph(&built, "zh/news/a/index.html");
    assert_eq!(work["translationOfWork"]["@id"], "https://ants.example/en/news/a/#work");
    assert_eq!(work.get("workTranslation"), None);
}

#[test]
fn other_pages_tell_what_they_are() {
    let built =
        told("page_size: 1\nmissing_translation: show", &(site() + &article("news/b.en", "b", "", "")));
    for (path, of_type) in [
        ("en/index.html", "WebSite"),
        ("en/page/2/index.html", "CollectionPage"),
        ("en/news/index.html", "CollectionPage"),
        ("en/topics/index.html", "CollectionPage"),
        ("en/topics/t/index.html", "CollectionPage"),
        ("en/about/index.html", "WebPage"),
        ("en/news/b/index.html", "Article"),
    ] {
        let (work, way) = graph(&built, path);
        assert_eq!(work["@type"], of_type, "{path}");
        assert_eq!(way.is_empty(), path.starts_with("en/index") || path.contains("en/page"), "{path}");
    }
    assert_eq!(graph(&built, "en/topics/t/index.html").1[1], "Topics https://ants.example/en/topics/");
    // The site is called the same everywhere, whatever stands above the text of its home page.
    let home =
        article("_index.en", "Welcome", "", "") + &article("_index.zh", "欢迎", "translated_from: en", "");
    let welcome = told("", &(home + &article("about.en", "About", "", "")));
    let (work, _) = graph(&welcome, "en/index.html");
    assert_eq!((&work["name"], &work["workTranslation"][0]["name"]), (&"Ants".into(), &"蚂蚁".into()));
    assert_eq!(graph(&welcome, "en/about/index.html").1[0], "Ants https://ants.example/en/");
    // What search engines leave out, and what is of no entry.
    for path in ["zh/news/b/index.html", "404.html", "en/404.html", "index.html"] {
        assert_eq!(tells(&built, path, "json"), "", "{path}");
    }
}

#[test]
fn articles_stand_under_their_months() {
    let content: String = [("a", "2022-12-26"), ("b", "2023"), ("c", "2022-12"), ("d", "2023-02-01")]
        .map(|(id, date)| article(&format!("news/{id}.en"), id, &format!("date: {date}\nweight: 3"), ""))
        .concat()
        + &article("news/e.en", "e", "", "");
    let built = told("missing_translation: hide", &content);
    assert_eq!(
        tells(&built, "en/index.html", "dates"),
        "February 2023=d ;2023=b ;December 2022=a c ;undated=e ;"
    );
    assert_eq!(tells(&built, "zh/index.html", "dates"), "");
}

#[test]
fn a_seed_is_that_of_the_original() {
    let content = article("a.en", "A", "", "")
        + &article("a.zh", "甲", "translated_from: en", "")
        + &article("b.en", "B", "", "");
    let built = told("", &content);
    let seed = |path: &str| tells(&built, &format!("{path}/index.html"), "seed").to_owned();
    assert_eq!(seed("en/a").split(' ').count(), 8);
    assert_eq!(seed("en/a"), seed("zh/a"));
    assert_ne!(seed("en/a"), seed("en/b"));
}
