//! Settings of a theme, in templates and in style sheets.

use super::site;

const THEME: &str = "== themes/river/theme.yaml
name: river
parent: plain
settings:
  accent: {type: color, default: \"#8f2a1a\"}
  columns: {type: number, min: 1, max: 4, default: 2}
  density: {type: choice, choices: [airy, dense], default: airy}
  blocks: {type: choices, choices: [latest, topics, figures], default: [latest, topics]}
  menu: {type: pages, default: [home, about]}
  motto: {type: text, default: Flow}
== themes/river/assets/style.css
@import \"bashu:settings\";
a { color: var(--setting-accent) }
== themes/river/templates/page.html
{%- for block in settings.blocks %}[{{ block }}]{% endfor %} {{ settings.accent }} {{ settings.columns }}
{%- for item in settings.menu %}
{{ item.id or \"-\" }} {{ item.kind or \"-\" }} {{ item.title }} {{ item.url }} {{ item.lang.code }}{% if item.foreign %} foreign{% endif %}
{%- endfor %}
== content/about.en.md
---
title: About
---
== content/about.zh.md
---
title: 关于
---
== content/only.zh.md
---
title: 仅中文
---
== content/topics/insects.en.md
---
title: Insects
---
";

#[test]
fn defaults_stand_in() {
    let built = site("theme: river", THEME);
    assert_eq!(built.report, "");
    insta::assert_snapshot!(built.text("zh/about/index.html").trim(), @r##"
    [latest][topics] #8f2a1a 2
    home home 蚂蚁 /zh/ zh
    about page 关于 /zh/about/ zh
    "##);
}

#[test]
fn menus_lead_to_pages_in_the_language_of_the_page() {
    let settings = "theme: river
settings:
  blocks: [figures, latest]
  menu:
    - only
    - {page: topics/insects, title: {en: Bugs, zh: 虫}}
    - topics/insects
    - {url: /en/feed.xml, title: Feed}
    - {url: https://elsewhere.example/?a&b, title: {zh: 别处}}
";
    let built = site(settings, THEME);
    assert_eq!(built.report, "");
    insta::assert_snapshot!(built.text("en/about/index.html").trim(), @r##"
    [figures][latest] #8f2a1a 2
    only page 仅中文 /zh/only/ zh foreign
    topics/insects topic Bugs /en/topics/insects/ en
    topics/insects topic Insects /en/topics/insects/ en
    - - Feed /en/feed.xml en
    - - 别处 https://elsewhere.example/?a&amp;b en
    "##);
    assert!(built.text("zh/about/index.html").contains("topics/insects topic 虫 /en/topics/insects/ zh\n"));
    // What a language hides its menus hide.
    let built = site(&format!("missing_translation: hide\n{settings}"), THEME);
    assert!(!built.text("en/about/index.html").contains("only"));
}

#[test]
fn style_sheets_see_settings_of_one_value() {
    let css = |settings: &str| {
        let built = site(&format!("theme: river\n{settings}"), THEME);
        assert_eq!(built.report, "");
        let path = built.paths().into_iter().find(|p| p.starts_with("assets/style.")).unwrap();
        built.text(path).to_owned()
    };
    insta::assert_snapshot!(css(""), @":root{--setting-accent-on-light:#8f2a1a;--setting-accent-on-dark:#ce6451;--setting-accent:#8f2a1a;--setting-columns:2;--setting-density:airy;--setting-typeface:serif;--setting-contents_from:3}a{color:var(--setting-accent)}");
    insta::assert_snapshot!(css("settings: {accent: yellow, columns: 3.5, density: dense}"), @":root{--setting-accent-on-light:#747300;--setting-accent-on-dark:#ff0;--setting-accent:yellow;--setting-columns:3.5;--setting-density:dense;--setting-typeface:serif;--setting-contents_from:3}a{color:var(--setting-accent)}");
    // A setting that no style sheet shows changes none.
    assert_eq!(css(""), css("settings: {motto: {en: A, zh: 甲}, blocks: [], menu: []}"));
}

/// Where there are too many to list, nobody is told that there are none.
#[test]
fn of_many_names_some_are_known() {
    let names = |each: fn(usize) -> String| (0..21).map(each).collect::<String>();
    let settings = names(|i| format!("  setting{i}: {{type: bool}}\n"));
    let components =
        names(|i| format!("{{% component component{i}() %}}{{% endcomponent component{i} %}}\n"));
    let theme = format!(
        "== themes/many/theme.yaml\nname: many\nparent: plain\nsettings:\n{settings}\
         == themes/many/templates/components/many.html\n{components}\
         == content/a.en.md\n---\ntitle: A\n---\n```{{elsewhere}}\n```\n"
    );
    let report = site("theme: many\nsettings: {elsewhere: 1}", &theme).report;
    assert!(report.contains("help: the theme's theme.yaml declares its settings"), "{report}");
    assert!(report.contains("help: components are defined in templates by"), "{report}");
}
