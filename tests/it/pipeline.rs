//! From Markdown to pages, stage by stage: a site in one string, built in memory.

use crate::fixture::build;

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
