//! What lists hold: their pages, sections within sections, neighbours and mentions.

use super::{article, tells, told};

fn titles(list: &str) -> Vec<&str> {
    list.split(" | ").map(|item| item.split(' ').next().unwrap()).collect()
}

#[test]
fn lists_go_on_over_several_pages() {
    let content: String = (1..=5)
        .map(|i| {
            article(&format!("notes/a{i}.en"), &format!("a{i}"), &format!("date: 2023-0{i}\ntopics: [t]"), "")
        })
        .chain([
            article("notes/_index.en", "Notes", "", "Introduction."),
            article("topics/t.en", "T", "", ""),
        ])
        .collect();
    let built = told("page_size: 2\nmissing_translation: hide", &content);
    assert_eq!(built.report, "");
    for (folder, kind) in [("en/notes", "section"), ("en/topics/t", "topic"), ("en", "home")] {
        let page = |n: usize| {
            if n == 1 { format!("{folder}/index.html") } else { format!("{folder}/page/{n}/index.html") }
        };
        let items: Vec<Vec<&str>> = (1..=3).map(|n| titles(tells(&built, &page(n), "items"))).collect();
        assert_eq!(items, [vec!["a5", "a4"], vec!["a3", "a2"], vec!["a1"]], "{folder}");
        assert_eq!(tells(&built, &page(2), "kind"), kind);
        assert_eq!(tells(&built, &page(1), "pages"), format!("1/3 of 5  /{folder}/page/2/"));
        assert_eq!(tells(&built, &page(2), "pages"), format!("2/3 of 5 /{folder}/ /{folder}/page/3/"));
        assert_eq!(tells(&built, &page(3), "pages"), format!("3/3 of 5 /{folder}/page/2/"));
        // Each is a page of its own to search engines; only the first has versions.
        assert_eq!(tells(&built, &page(2), "canonical"), format!("https://ants.example/{folder}/page/2/"));
        assert_eq!(tells(&built, &page(2), "alternates"), "");
        assert!(!built.paths().contains(&page(4).as_str()));
        assert!(
            built.text("sitemap.xml").contains(&format!("<loc>https://ants.example/{folder}/page/3/</loc>"))
        );
    }
    assert!(tells(&built, "en/notes/index.html", "content").contains("Introduction."));
    assert_eq!(tells(&built, "en/notes/page/2/index.html", "content"), "");
    assert!(!built.paths().contains(&"zh/page/2/index.html"));
}

#[test]
fn sections_hold_what_stands_below_them() {
    let content = article("news/_index.en", "News", "", "")
        + &article("news/far/_index.en", "Far", "weight: -1", "")
        + &article("news/a.en", "a", "date: 2023-01", "")
        + &article("news/far/b.en", "b", "date: 2023-02", "")
        + &article("news/odd/c.en", "c", "date: 2023-03", "")
        + &article("loose/d.en", "d", "date: 2023-04", "")
        + &article("about.en", "About", "weight: 2", "")
        + &article("first.en", "First", "weight: 1", "")
        + &article("topics/t.en", "T", "", "");
    let built = told("missing_translation: hide", &content);
    assert_eq!(titles(tells(&built, "en/index.html", "items")), ["d", "c", "b", "a"]);
    assert_eq!(titles(tells(&built, "en/news/index.html", "items")), ["c", "b", "a"]);
    assert_eq!(titles(tells(&built, "en/news/far/index.html", "items")), ["b"]);
    assert_eq!(tells(&built, "en/news/far/index.html", "section"), "News");
    assert_eq!(tells(&built, "en/news/odd/c/index.html", "section"), "News");
    assert_eq!(tells(&built, "en/loose/d/index.html", "section"), "");
    assert_eq!(titles(tells(&built, "en/index.html", "nav")), ["News", "Topics", "First", "About"]);
    assert_eq!(tells(&built, "en/about/index.html", "kind"), "page");
}

#[test]
fn neighbours_relatives_and_mentions() {
    let content = article("news/_index.en", "News", "", "")
        + &article("topics/s.en", "S", "", "")
        + &article("topics/t.en", "T", "", "")
        + &article(
            "news/a.en",
            "a",
            "date: 2023-01\ntopics: [s, t]",
            "[b](b.en.md) [b](b.en.md) [a](a.en.md)",
        )
        + &article("news/b.en", "b", "date: 2023-02\ntopics: [t]\nfigures: {n: {value: 3}}", "")
        + &article("news/c.en", "c", "date: 2023-03\ntopics: [t, s]", "[3](figure:b/n)")
        + &article("news/d.en", "d", "date: 2023-04", "")
        + &article("about.en", "About", "", "[b](news/b.en.md)");
    let built = told("missing_translation: hide", &content);
    assert_eq!(built.report, "");
    let of = |id: &str, what: &str| tells(&built, &format!("en/news/{id}/index.html"), what).to_owned();
    assert_eq!((of("b", "previous"), of("b", "next")), ("c".to_owned(), "a".to_owned()));
    assert_eq!((of("d", "previous"), of("a", "next")), (String::new(), String::new()));
    assert_eq!(titles(&of("a", "related")), ["c", "b"]);
    assert_eq!(of("d", "related"), "");
    // Who links, and who cites a figure; each once, and nobody himself.
    assert_eq!(titles(&of("b", "backlinks")), ["c", "a"]);
    assert_eq!(of("a", "backlinks"), "");
    assert_eq!(tells(&built, "en/about/index.html", "previous"), "");
}
