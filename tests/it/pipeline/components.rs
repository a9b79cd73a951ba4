//! What the components for writers make of their arguments.

use super::site;

/// The text of a page with one block, in a language.
fn page(lang: &str, block: &str) -> String {
    let built = site("", &format!("== content/ants.{lang}.md\n---\ntitle: Ants\n---\n{block}\n"));
    assert_eq!(built.report, "");
    built.main(&format!("{lang}/ants/index.html"))
}

#[test]
fn a_timeline_writes_its_dates_as_the_language_does() {
    let block = "```{timeline}
items:
  - {date: 2023, title: A & B}
  - {date: 2023-06, title: C, text: <More>}
```";
    let english = page("en", block);
    assert!(english.contains("<ol class=\"timeline\">"), "{english}");
    assert!(english.contains("<time datetime=\"2023\">2023</time>"), "{english}");
    assert!(english.contains("<strong>A &amp; B</strong>"), "{english}");
    assert!(english.contains("<time datetime=\"2023-06\">June 2023</time>"), "{english}");
    assert!(english.contains("<p>&lt;More&gt;</p>"), "{english}");
    let chinese = page("zh", block);
    assert!(chinese.contains("<time datetime=\"2023-06\">2023年6月</time>"), "{chinese}");
}

#[test]
fn a_figure_in_a_timeline_says_its_language_where_it_is_foreign() {
    let built = site(
        "",
        "== content/a/ants.en.md
---
title: Ants
figures:
  legs: {value: 6, unit: item, label: legs}
---
== content/a/days.zh.md
---
title: 日子
---
```{timeline}
items:
  - {date: 2023, title: 蚂蚁, figure: figure:ants/legs}
```
",
    );
    assert_eq!(built.report, "");
    let main = built.main("zh/a/days/index.html");
    let line = "<p class=\"timeline-figure\"><data value=\"6\">6项</data> <span lang=\"en\" dir=\"ltr\">legs</span></p>";
    assert!(main.contains(line), "{main}");
}

#[test]
fn a_notice_is_an_alert_with_a_title_of_its_own() {
    let own = page("en", "```{notice}\nkind: tip\ntitle: First\ntext: |\n  One.\n\n  Two.\n```");
    let wanted = "<div class=\"alert alert-tip\" role=\"note\">\n<p class=\"alert-title\">First</p>\n<p>One.</p>\n<p>Two.</p>\n</div>";
    assert!(own.contains(wanted), "{own}");
    let usual = page("zh", "```{notice}\ntext: 一。\n```");
    assert!(
        usual.contains("<div class=\"alert alert-note\" role=\"note\">\n<p class=\"alert-title\">说明</p>"),
        "{usual}"
    );
    // As Markdown writes it, so that one style serves both.
    let alert = page("zh", "> [!NOTE]\n> 一。");
    let main = |page: &str| page.split("class=\"content\"").nth(1).unwrap().to_owned();
    assert_eq!(main(&alert), main(&usual));
}

#[test]
fn a_pull_quote_is_not_read_twice() {
    let main = page("en", "```{pull-quote}\ntext: Six legs & no more\n```");
    let wanted = "<aside class=\"pull-quote\" aria-hidden=\"true\">\n<p>Six legs &amp; no more</p>\n</aside>";
    assert!(main.contains(wanted), "{main}");
}
