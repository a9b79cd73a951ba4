//! Languages: schemes of URLs, directions, links to the reader's language, missing translations.

use super::{addresses, assert_order, site};
use crate::fixture::{Built, SITE, build};

#[test]
fn one_language_stands_at_the_root() {
    let built = build(
        "== site.yaml
title: Ants
base_url: https://ants.example/
languages: [{code: en}]
== content/about.md
---
title: About
---
== content/topics/insects.md
---
title: Insects
---
",
    );
    assert_eq!(built.report, "");
    let pages: Vec<_> =
        built.paths().into_iter().filter(|p| p.ends_with(".html") || p.ends_with(".xml")).collect();
    assert_eq!(
        pages,
        [
            "404.html",
            "about/index.html",
            "feed.xml",
            "index.html",
            "sitemap.xml",
            "topics/index.html",
            "topics/insects/feed.xml",
            "topics/insects/index.html"
        ]
    );
    let page = built.text("about/index.html");
    assert!(page.contains("<html lang=\"en\" dir=\"ltr\""));
    assert!(!page.contains("hreflang") && !page.contains("class=\"languages\""), "{page}");
    assert!(page.contains("<link rel=\"canonical\" href=\"https://ants.example/about/\">"));
}

#[test]
fn one_language_under_its_code_is_redirected_to() {
    let built = build(
        "== site.yaml
title: Ants
base_url: https://ants.example/
languages: [{code: en}]
urls: prefix
",
    );
    assert_eq!(built.report, "");
    assert!(built.paths().contains(&"en/index.html"));
    assert!(built.text("index.html").contains("content=\"0; url=/en/\""));
}

#[test]
fn five_languages_each_have_their_page_and_direction() {
    let mut fixture = "== site.yaml
title: Ants
base_url: https://ants.example/
languages:
  - {code: en, name: English}
  - {code: zh, tag: zh-Hans, name: 中文}
  - {code: de, name: Deutsch}
  - {code: ru, name: Русский}
  - {code: ar, name: العربية}
messages: {missing-string: allow}
== content/trains.en.md
---
title: Trains
figures: {trips: {value: 4248.5}}
---
[](figure:trips)
"
    .to_owned();
    for code in ["zh", "de", "ru", "ar"] {
        fixture += &format!(
            "== content/trains.{code}.md\n---\ntitle: T {code}\ntranslated_from: en\n---\n[](figure:trips)\n"
        );
    }
    let built = build(&fixture);
    assert_eq!(built.report, "");
    for (code, tag, dir, number) in [
        ("en", "en", "ltr", "4,248.5"),
        ("zh", "zh-Hans", "ltr", "4248.5"),
        ("de", "de", "ltr", "4.248,5"),
        ("ru", "ru", "ltr", "4\u{a0}248,5"),
        ("ar", "ar", "rtl", "4,248.5"),
    ] {
        let page = built.text(&format!("{code}/trains/index.html"));
        assert!(page.contains(&format!("<html lang=\"{tag}\" dir=\"{dir}\"")), "{page}");
        assert!(page.contains(&format!("<div class=\"content\" lang=\"{tag}\" dir=\"{dir}\">")));
        assert!(page.contains(&format!("<data value=\"4248.5\">{number}</data>")), "{code}: {page}");
        for other in ["en", "zh", "de", "ru", "ar"] {
            assert!(page.contains(&format!("href=\"https://ants.example/{other}/trains/\"")), "{page}");
            assert!(addresses(page).contains(&format!("/{other}/trains/").as_str()), "{page}");
        }
    }
}

const TWO: &str = "== content/initiatives/_index.en.md
---
title: Initiatives
---
== content/initiatives/_index.zh.md
---
title: 举措
translated_from: en
---
== content/initiatives/ants.en.md
---
title: Ants
---
See [bees](bees.en.md#hive), [again](bees.en.md#both) and [home](../_index.en.md).
== content/initiatives/ants.zh.md
---
title: 蚂蚁
translated_from: en
---
见[蜜蜂](bees.en.md#hive)、[又](bees.en.md#both)、[蜂](bees.zh.md)。
== content/initiatives/bees.en.md
---
title: Bees
---
## Hive
## Both
== content/initiatives/bees.zh.md
---
title: 蜜蜂
translated_from: en
---
## 两者 {#both}
== content/_index.en.md
---
title: Welcome
---
";

#[test]
fn urls_have_two_schemes() {
    let prefix = site("", TWO);
    assert_eq!(prefix.report, "");
    for path in ["index.html", "404.html", "en/404.html", "en/initiatives/ants/index.html", "zh/feed.xml"] {
        assert!(prefix.paths().contains(&path), "{path}");
    }
    let root = site("urls: root", TWO);
    assert_eq!(root.report, "");
    for path in ["initiatives/ants/index.html", "zh/initiatives/ants/index.html", "zh/404.html", "feed.xml"] {
        assert!(root.paths().contains(&path), "{path}");
    }
    assert!(!root.paths().iter().any(|p| p.starts_with("en/")), "{:?}", root.paths());
    assert!(root.text("index.html").contains("<h1>Welcome</h1>"));
    assert!(
        root.text("initiatives/ants/index.html").contains("<a href=\"/initiatives/bees/#hive\">bees</a>")
    );
}

#[test]
fn a_base_path_stands_before_every_address() {
    let files =
        TWO.replace("title: Ants\n", "title: Ants\naliases: [/old/]\ncover: {image: /a b.svg, alt: ''}\n");
    let files = format!(
        "{files}== static/a b.svg\n<svg xmlns='http://www.w3.org/2000/svg' width='64' height='48'/>\n"
    );
    for urls in ["prefix", "root"] {
        let config = SITE.replace("ants.example/", "ants.example/two/parts/");
        let built =
            build(&format!("== site.yaml\n{config}urls: {urls}\nsettings: {{icon: /i.svg}}\n{files}"));
        assert_eq!(built.report, "");
        let mut seen = 0;
        for path in built.paths().into_iter().filter(|p| p.ends_with(".html")) {
            for address in addresses(built.text(path)) {
                let fine = ["/two/parts/", "https://ants.example/two/parts/", "#"];
                assert!(fine.iter().any(|f| address.starts_with(f)), "{path}: {address}");
                seen += 1;
            }
        }
        assert!(seen > 100);
        let ants = if urls == "root" { "initiatives/ants/" } else { "en/initiatives/ants/" };
        assert!(built.text("old/index.html").contains(&format!("content=\"0; url=/two/parts/{ants}\"")));
        assert!(built.text(&format!("{ants}index.html")).contains("src=\"/two/parts/a%20b.svg\""));
        assert!(built.text("robots.txt").contains("Sitemap: https://ants.example/two/parts/sitemap.xml"));
    }
}

#[test]
fn links_lead_to_the_readers_language_with_the_anchors_it_has() {
    let built = site("", TWO);
    assert_eq!(built.report, "");
    let english = built.main("en/initiatives/ants/index.html");
    assert!(english.contains("<a href=\"/en/initiatives/bees/#hive\">bees</a>"), "{english}");
    assert!(english.contains("<a href=\"/en/\">home</a>"));
    let chinese = built.main("zh/initiatives/ants/index.html");
    assert!(chinese.contains("<a href=\"/zh/initiatives/bees/\">蜜蜂</a>"), "{chinese}");
    assert!(chinese.contains("<a href=\"/zh/initiatives/bees/#both\">又</a>"));
    assert!(chinese.contains("<a href=\"/zh/initiatives/bees/\">蜂</a>"));
}

/// Bees and their topic are in English alone.
fn lacking(policy: &str) -> Built {
    let built = site(
        &format!("missing_translation: {policy}"),
        "== content/topics/insects.en.md
---
title: Insects
---
== content/initiatives/_index.en.md
---
title: Initiatives
---
== content/initiatives/_index.zh.md
---
title: 举措
translated_from: en
---
== content/initiatives/ants.en.md
---
title: Ants
date: 2023
---
== content/initiatives/ants.zh.md
---
title: 蚂蚁
translated_from: en
---
见[蜜蜂](bees.en.md#hive)。
== content/initiatives/bees.en.md
---
title: Bees
date: 2022
topics: [insects]
---
## Hive
\"Honey\"
",
    );
    assert_eq!(built.report, "");
    built
}

#[test]
fn a_missing_translation_is_hidden() {
    let built = lacking("hide");
    assert!(!built.paths().contains(&"zh/initiatives/bees/index.html"));
    assert!(!built.main("zh/index.html").contains("Bees"));
    assert!(!built.main("zh/initiatives/index.html").contains("Bees"));
    assert!(!built.main("zh/index.html").contains("Insects"));
    // A link in a text still leads somewhere.
    let ants = built.main("zh/initiatives/ants/index.html");
    assert!(ants.contains("<a href=\"/en/initiatives/bees/#hive\""), "{ants}");
    let bees = built.text("en/initiatives/bees/index.html");
    assert!(bees.contains("<a href=\"/zh/initiatives/\" class=\"elsewhere\" lang=\"zh-Hans\""), "{bees}");
    assert!(!bees.contains("rel=\"alternate\" hreflang"));
}

#[test]
fn a_missing_translation_is_linked_to() {
    let built = lacking("link");
    assert!(!built.paths().contains(&"zh/initiatives/bees/index.html"));
    for page in ["zh/index.html", "zh/initiatives/index.html"] {
        assert_order(
            &built.main(page),
            &[
                "<a href=\"/zh/initiatives/ants/\">蚂蚁</a>",
                "<a href=\"/en/initiatives/bees/\" lang=\"en\" dir=\"ltr\" hreflang=\"en\">Bees</a>",
                "<span class=\"tongue\" lang=\"en\" dir=\"ltr\">English</span>",
            ],
        );
    }
    assert!(built.main("zh/topics/index.html").contains("<a href=\"/en/topics/insects/\" lang=\"en\""));
    assert!(built.main("zh/initiatives/ants/index.html").contains("<a href=\"/en/initiatives/bees/#hive\""));
    let bees = built.text("en/initiatives/bees/index.html");
    assert!(bees.contains("<a href=\"/zh/initiatives/\" class=\"elsewhere\" lang=\"zh-Hans\""));
    let topic = built.text("en/topics/insects/index.html");
    assert!(topic.contains("<a href=\"/zh/topics/\" class=\"elsewhere\""), "{topic}");
    assert!(!built.text("zh/feed.xml").contains("Bees"));
}

#[test]
fn a_missing_translation_is_shown_in_the_originals_words() {
    let built = lacking("show");
    let page = built.text("zh/initiatives/bees/index.html");
    assert!(page.contains("<html lang=\"zh-Hans\" dir=\"ltr\""));
    assert!(page.contains("<div class=\"content\" lang=\"en\" dir=\"ltr\">"));
    assert!(page.contains("本文暂无中文版"), "{page}");
    assert!(page.contains("“Honey”"));
    assert!(page.contains("<meta name=\"robots\" content=\"noindex\">"));
    assert!(page.contains("<link rel=\"canonical\" href=\"https://ants.example/en/initiatives/bees/\">"));
    assert!(!page.contains("rel=\"alternate\" hreflang"));
    assert!(
        built.main("zh/index.html").contains("<a href=\"/zh/initiatives/bees/\" lang=\"en\" dir=\"ltr\"")
    );
    assert!(built.main("zh/initiatives/ants/index.html").contains("<a href=\"/zh/initiatives/bees/#hive\""));
    let original = built.text("en/initiatives/bees/index.html");
    assert!(original.contains("<a href=\"/zh/initiatives/bees/\" class=\"elsewhere\""), "{original}");
    assert!(!original.contains("noindex"));
    assert!(!built.text("zh/feed.xml").contains("Bees"));
    assert!(!built.text("sitemap.xml").contains("zh/initiatives/bees"));
}
