//! Lists: their order and pages, topics, collections, and what articles lead to.

use super::{assert_order, site};
use std::fmt::Write;

/// Articles of a section `news`, each a name and further front matter.
fn articles(articles: &[(&str, &str)]) -> String {
    let mut text = "== content/news/_index.en.md\n---\ntitle: News\n---\nThe introduction.\n".to_owned();
    for (name, front) in articles {
        write!(text, "== content/news/{name}.en.md\n---\ntitle: The {name}\n{front}\n---\n").unwrap();
    }
    text
}

/// The names in a page, of `The name` in the order of the list.
fn names(main: &str) -> Vec<&str> {
    main.split("/\">The ").skip(1).map(|rest| rest.split('<').next().unwrap()).collect()
}

#[test]
fn lists_go_by_weight_then_newest_first() {
    let built = site(
        "",
        &articles(&[
            ("undated", ""),
            ("year", "date: 2023"),
            ("day", "date: 2023-12-26"),
            ("month", "date: 2023-12"),
            ("old", "date: 2022-12-31"),
            ("heavy", "date: 2023-12-27\nweight: 1"),
            ("light", "date: 2001\norder: -1"),
        ]),
    );
    assert_eq!(built.report, "");
    let order = ["light", "day", "month", "year", "old", "undated", "heavy"];
    assert_eq!(names(&built.main("en/news/index.html")), order);
    assert_eq!(names(&built.main("en/index.html")), order);
    // Feeds know no weight, and nothing without a date.
    let feed = built.text("en/feed.xml");
    assert_order(feed, &["The heavy", "The day", "The month", "The year", "The old", "The light"]);
    assert!(!feed.contains("undated"));
}

#[test]
fn long_lists_have_pages() {
    let built = site(
        "page_size: 2",
        &articles(&[
            ("e", "date: 2023-01"),
            ("d", "date: 2023-02"),
            ("c", "date: 2023-03"),
            ("b", "date: 2023-04"),
            ("a", "date: 2023-05"),
        ]),
    );
    assert_eq!(built.report, "");
    let pages: Vec<_> = built.paths().into_iter().filter(|p| p.contains("/page/")).collect();
    assert_eq!(
        pages,
        [
            "en/news/page/2/index.html",
            "en/news/page/3/index.html",
            "en/page/2/index.html",
            "en/page/3/index.html",
            "zh/page/2/index.html",
            "zh/page/3/index.html"
        ]
    );
    let first = built.main("en/news/index.html");
    assert_eq!(names(&first), ["a", "b"]);
    assert!(first.contains("The introduction.") && first.contains("Page 1 of 3"));
    assert!(!first.contains("rel=\"prev\"") && first.contains("href=\"/en/news/page/2/\" rel=\"next\""));
    let second = built.text("en/news/page/2/index.html");
    assert_eq!(names(second), ["c", "d"]);
    assert!(!second.contains("The introduction."));
    assert!(second.contains("href=\"/en/news/\" rel=\"prev\""));
    assert!(second.contains("href=\"/en/news/page/3/\" rel=\"next\""));
    assert!(second.contains("<link rel=\"canonical\" href=\"https://ants.example/en/news/page/2/\">"));
    assert_eq!(names(&built.main("en/news/page/3/index.html")), ["e"]);
}

#[test]
fn an_outer_section_lists_the_articles_of_those_within() {
    let mut files = articles(&[("outer", "date: 2022")]);
    files += "== content/news/local/_index.en.md\n---\ntitle: Local\n---\n";
    files += "== content/news/local/inner.en.md\n---\ntitle: The inner\ndate: 2023\n---\n";
    files += "== content/nowhere/stray.en.md\n---\ntitle: The stray\ndate: 2021\n---\n";
    let built = site("", &files);
    assert_eq!(built.report, "");
    assert_eq!(names(&built.main("en/news/index.html")), ["inner", "outer"]);
    assert_eq!(names(&built.main("en/news/local/index.html")), ["inner"]);
    assert_eq!(names(&built.main("en/index.html")), ["inner", "outer", "stray"]);
    assert!(!built.paths().contains(&"en/nowhere/index.html"));
}

#[test]
fn topics_go_by_weight_then_as_the_language_sorts() {
    let mut files = String::new();
    for (id, english, chinese, weight) in [
        ("a", "Sichuan", "四川", 0),
        ("b", "Chongqing", "重庆", 0),
        ("c", "Beibei", "北碚", 0),
        ("d", "Zigong", "自贡", -1),
    ] {
        for (code, title) in [("en", english), ("zh", chinese)] {
            write!(files, "== content/topics/{id}.{code}.md\n---\ntitle: {title}\nweight: {weight}\n---\n")
                .unwrap();
        }
    }
    files += &articles(&[("one", "topics: [a, b]"), ("two", "topics: [a]")]);
    let built = site("", &files);
    assert_eq!(built.report, "");
    let english = built.main("en/topics/index.html");
    assert_order(&english, &["Zigong", "Beibei", "Chongqing", "Sichuan"]);
    assert_order(&english, &["Chongqing", "1 article<", "Sichuan", "2 articles<"]);
    assert_order(&built.main("zh/topics/index.html"), &["自贡", "北碚", "重庆", "四川"]);
    assert_eq!(names(&built.main("en/topics/a/index.html")), ["one", "two"]);
    assert_eq!(names(&built.main("en/topics/b/index.html")), ["one"]);
}

#[test]
fn collections_choose_by_section_and_topic() {
    let mut files = articles(&[
        ("c", "date: 2023-03\ntopics: [t]"),
        ("a", "date: 2023-02\ntopics: [t]"),
        ("b", "date: 2023-01"),
    ]);
    files += "== content/topics/t.en.md\n---\ntitle: T\n---\n";
    files += "== content/views/_index.en.md\n---\ntitle: Views\n---\n";
    files += "== content/views/v.en.md\n---\ntitle: The v\ntopics: [t]\n---\n";
    files += "== templates/home.html
news{% for i in collections.news %} {{ i.title }}{% endfor %}
topic{% for i in collections.topic %} {{ i.title }}{% endfor %}
both{% for i in collections.both %} {{ i.title }}{% endfor %}
titles{% for i in collections.titles %} {{ i.title }}{% endfor %}
two{% for i in collections.two %} {{ i.title }}{% endfor %}
";
    let built = site(
        "collections:
  news: {sections: [news]}
  topic: {topics: [t]}
  both: {sections: [views], topics: [t]}
  titles: {order: title}
  two: {limit: 2}",
        &files,
    );
    assert_eq!(built.report, "");
    insta::assert_snapshot!(built.text("en/index.html"), @r##"
    news The c The a The b
    topic The c The a The v
    both The v
    titles The a The b The c The v
    two The c The a
    "##);
}

#[test]
fn articles_lead_to_their_neighbours_and_to_those_that_mention_them() {
    let mut files = articles(&[
        ("first", "date: 2023-03\ntopics: [s, t]"),
        ("second", "date: 2023-02\ntopics: [t]"),
        ("third", "date: 2023-01\ntopics: [s, t]"),
    ]);
    for topic in ["s", "t"] {
        write!(files, "== content/topics/{topic}.en.md\n---\ntitle: {topic}\n---\n").unwrap();
    }
    // Two links are one mention, and a page is no article.
    files += "== content/views/v.en.md
---
title: V
---
[1](../news/second.en.md) [2](../about.en.md) [3](../news/second.en.md)
== content/about.en.md
---
title: About
---
[1](news/second.en.md)
";
    files += "== templates/article.html
{% extends \"plain/article.html\" %}
{% block main %}{{ super() }}<p>related{% for i in related %} {{ i.title }}{% endfor %}</p>{% endblock %}
";
    let built = site("", &files);
    assert_eq!(built.report, "");
    let main = built.main("en/news/second/index.html");
    assert_order(
        &main,
        &["Mentioned in", "<ul>\n<li><a href=\"/en/views/v/\">V</a></li>\n</ul>", "Previous"],
    );
    assert_order(&main, &["Previous", "<a href=\"/en/news/first/\" rel=\"prev\">The first</a>", "Next"]);
    assert_order(&main, &["Next", "<a href=\"/en/news/third/\" rel=\"next\">The third</a>"]);
    assert!(main.contains("related The first The third"), "{main}");
    let first = built.main("en/news/first/index.html");
    assert!(!first.contains("Previous") && !first.contains("Mentioned in"));
    assert!(first.contains("related The third The second"), "{first}");
    assert!(!built.main("en/news/third/index.html").contains(">Next<"));
}
