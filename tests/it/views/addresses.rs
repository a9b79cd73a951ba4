//! URLs: slugs in every place where a URL stands, and the base URL.

use super::{TELLING, article, tells, told};

use crate::fixture::{SITE, build};

/// Every `href` and `src` of a text.
fn references(text: &str) -> Vec<&str> {
    let parts = ["href=\"", "src=\"", "content=\"0; url="];
    let cut = |part: &'static str| text.split(part).skip(1).map(|rest| rest.split('"').next().unwrap());
    parts.into_iter().flat_map(cut).collect()
}

#[test]
fn slugs_keep_chinese_plain_in_paths_and_encoded_in_urls() {
    let content = article("notes/ants.en", "Ants", "date: 2023", "[chinese](ants.zh.md)")
        + &article("notes/ants.zh", "蚂蚁", "translated_from: en\nslug: 蚂蚁 说", "[回](ants.en.md)");
    let built = told("", &content);
    assert_eq!(built.report, "");
    let page = "zh/notes/蚂蚁 说/index.html";
    let encoded = "/zh/notes/%E8%9A%82%E8%9A%81%20%E8%AF%B4/";
    assert_eq!(tells(&built, page, "canonical"), format!("https://ants.example{encoded}"));
    assert!(tells(&built, page, "alternates").contains(&format!("zh-Hans=https://ants.example{encoded} ")));
    assert_eq!(
        tells(&built, "en/notes/ants/index.html", "switcher"),
        format!("en*=/en/notes/ants/ zh={encoded}")
    );
    assert!(built.text("sitemap.xml").contains(&format!("<loc>https://ants.example{encoded}</loc>")));
    assert!(built.text("zh/feed.xml").contains(&format!("<id>https://ants.example{encoded}</id>")));
}

#[test]
fn the_slugs_of_sections_stand_in_the_urls_below_them() {
    let content = article("news/_index.en", "News", "", "")
        + &article("news/_index.zh", "新闻", "translated_from: en\nslug: 新闻", "")
        + &article("news/far/_index.en", "Far", "slug: distant", "")
        + &article("news/far/a.en", "A", "", "")
        + &article("news/far/a.zh", "甲", "translated_from: en", "")
        + &article("topics/_index.zh", "主题", "slug: 话题", "")
        + &article("topics/t.zh", "题", "slug: 题", "");
    let built = told("", &content);
    assert_eq!(built.report, "");
    for path in [
        "en/news/distant/a/index.html",
        "zh/新闻/far/a/index.html",
        "zh/话题/题/index.html",
        "zh/新闻/index.html",
    ] {
        assert!(built.paths().contains(&path), "{path}: {:?}", built.paths());
    }
    assert_eq!(tells(&built, "en/news/distant/a/index.html", "section"), "Far");
}

#[test]
fn a_base_url_with_a_path_begins_every_reference() {
    let content = article("topics/t.en", "T", "", "")
        + &article("notes/_index.en", "Notes", "", "")
        + &article(
            "notes/a/index.en",
            "A",
            "topics: [t]\ncover: {image: pic.svg, alt: P}\naliases: [/old/]",
            "[b](../b.en.md) ![P](pic.svg) [root](/en/notes/) [static](/s.txt) [self](#part)\n\n## Part\n\n[^1]\n\n[^1]: Note.",
        )
        + &article("notes/b.en", "B", "topics: [t]", "")
        + "== content/notes/a/pic.svg\n<svg xmlns='http://www.w3.org/2000/svg' width='64' height='48'/>\n== static/s.txt\ntxt\n";
    for theme in ["plain", "telling"] {
        let site = SITE.replace("https://ants.example/", "https://ants.example/a/b/");
        let built = build(&format!("== site.yaml\n{site}theme: {theme}\npage_size: 1\n{TELLING}{content}"));
        assert!(built.files.is_some(), "{}", built.report);
        for path in built.paths().into_iter().filter(|p| p.ends_with(".html")) {
            for reference in references(built.text(path)) {
                let local = reference.strip_prefix("https://ants.example").unwrap_or(reference);
                assert!(local.starts_with("/a/b/") || local.starts_with('#'), "{theme} {path}: {reference}");
            }
        }
        for file in ["sitemap.xml", "en/feed.xml", "robots.txt"] {
            let text = built.text(file);
            let whole = text.matches("https://ants.example/a/b/").count();
            assert!(whole > 0 && whole == text.matches("ants.example").count(), "{file}:\n{text}");
        }
    }
    // The paths of files know nothing of it.
    let site = SITE.replace("https://ants.example/", "https://ants.example/a/b/");
    let built = build(&format!("== site.yaml\n{site}theme: telling\n{TELLING}{content}"));
    assert!(built.paths().contains(&"en/notes/a/pic.svg") && built.paths().contains(&"s.txt"));
    assert_eq!(tells(&built, "en/notes/a/index.html", "cover"), "/a/b/en/notes/a/pic.svg P");
}
