//! From Markdown to pages, stage by stage: a site in one string, built in memory.

#[cfg(feature = "images")]
mod cards;
mod components;
mod content;
mod figures;
mod languages;
mod lists;
mod outputs;
mod pictures;
mod settings;
mod styles;
mod texts;
mod themes;
mod words;

use crate::fixture::{Built, SITE, build};

/// A site in English and Chinese: further lines of its `site.yaml`, and its files.
fn site(settings: &str, files: &str) -> Built {
    build(&format!("== site.yaml\n{SITE}{settings}\n{files}"))
}

/// Asserts that all these stand in a text, in this order.
#[track_caller]
fn assert_order(text: &str, parts: &[&str]) {
    let mut rest = text;
    for part in parts {
        let at = rest.find(part).unwrap_or_else(|| panic!("{part} is not at its place in {text}"));
        rest = &rest[at + part.len()..];
    }
}

/// What the links and pictures of a page name.
fn addresses(page: &str) -> Vec<&str> {
    ["href=\"", "src=\""]
        .iter()
        .flat_map(|name| page.split(name).skip(1))
        .map(|rest| rest.split('"').next().unwrap())
        .collect()
}

#[test]
fn an_article_becomes_a_page_in_each_language() {
    let built = build(
        "== content/topics/insects.en.md
---
title: Insects
---
== content/initiatives/_index.en.md
---
title: Initiatives
---
== content/initiatives/ants.en.md
---
title: Ants
date: 2023-12
topics: [insects]
figures:
  legs: {value: 6, label: legs}
---
Ants have [6](figure:legs) legs.
== content/initiatives/ants.zh.md
---
title: 蚂蚁
translated_from: en
---
蚂蚁有[6](figure:legs)条腿。
",
    );
    assert_eq!(built.report, "");
    assert!(
        built.text("en/initiatives/ants/index.html").contains("Ants have <data value=\"6\">6</data> legs.")
    );
    assert!(built.text("zh/initiatives/ants/index.html").contains("蚂蚁有<data value=\"6\">6</data>条腿。"));
    assert_eq!(built.made.as_ref().unwrap().pages, [("en".to_owned(), 5), ("zh".to_owned(), 3)]);
    assert_eq!(built.diagnostics.iter().count(), 0);
    assert!(built.paths().contains(&"zh/404.html"));
    assert!(built.main("en/index.html").contains("Ants"));
}
