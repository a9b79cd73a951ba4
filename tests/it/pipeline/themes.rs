//! Themes: the chain of templates, strings and assets, and settings.

use super::site;

const PAGE: &str = "== content/about.en.md
---
title: About
---
== content/about.zh.md
---
title: 关于
---
";

#[test]
fn a_template_of_the_site_extends_the_one_it_overrides() {
    let built = site(
        "author: Them",
        "== templates/article.html
{% extends \"plain/article.html\" %}
{% block after %}{{ super() }}<p>by {{ site.author }}</p>{% endblock after %}
== content/news/a.en.md
---
title: A
source: {title: The source}
---
",
    );
    assert_eq!(built.report, "");
    let main = built.main("en/news/a/index.html");
    assert!(main.contains("The source") && main.contains("<p>by Them</p>"), "{main}");
}

#[test]
fn a_child_theme_overrides_its_parent_and_the_site_overrides_both() {
    let files = format!(
        "{PAGE}== themes/river/theme.yaml
name: river
parent: plain
settings:
  accent: {{type: choice, choices: [blue, red], default: blue}}
  motto: {{type: text}}
  footer: {{type: text, default: At the river}}
== themes/river/templates/page.html
{{% extends \"plain/page.html\" %}}
{{% block main %}}<p class=\"{{{{ settings.accent }}}}\">{{{{ settings.motto }}}}</p>{{{{ super() }}}}{{% endblock main %}}
== themes/river/templates/404.html
river's 404
== themes/river/strings/en.ftl
skip = Swim on
feed = News of the river
== themes/river/assets/style.css
river {{}}
"
    );
    let settings = "theme: river\nsettings: {motto: {en: Flow, zh: 流}, accent: red}";
    let built = site(settings, &files);
    assert_eq!(built.report, "");
    let page = built.text("en/about/index.html");
    assert!(page.contains("<p class=\"red\">Flow</p>") && page.contains("<h1>About</h1>"), "{page}");
    assert!(built.text("zh/about/index.html").contains("<p class=\"red\">流</p>"));
    assert!(page.contains(">Swim on</a>") && page.contains(">News of the river</a>"));
    assert!(page.contains("<p>At the river</p>"));
    assert_eq!(built.text("en/404.html").trim(), "river's 404");
    let over = "== templates/404.html\nsite's 404\n== strings/en.ftl\nskip = Walk on\n";
    let built = site(settings, &format!("{files}{over}"));
    assert_eq!(built.report, "");
    assert_eq!(built.text("zh/404.html").trim(), "site's 404");
    let page = built.text("en/about/index.html");
    assert!(page.contains(">Walk on</a>") && page.contains(">News of the river</a>"));
}

#[test]
fn strings_of_the_site_override_the_themes() {
    let built = site("", &format!("{PAGE}== strings/zh.ftl\nskip = 跳过\nlatest = 近况\n"));
    assert_eq!(built.report, "");
    assert!(built.text("zh/about/index.html").contains(">跳过</a>"));
    assert!(built.text("zh/index.html").contains(">近况</h2>"));
    assert!(built.text("en/about/index.html").contains(">Skip to the content</a>"));
    // A narrower tag is asked first.
    let built = site("", &format!("{PAGE}== strings/zh.ftl\nskip = 甲\n== strings/zh-Hans.ftl\nskip = 乙\n"));
    assert!(built.text("zh/about/index.html").contains(">乙</a>"));
}

#[test]
fn assets_carry_fingerprints_and_can_be_overridden() {
    let style = |paths: Vec<&str>| -> String {
        paths.into_iter().find(|p| p.starts_with("assets/style.")).unwrap().to_owned()
    };
    let plain = site("", PAGE);
    let own =
        site("", &format!("{PAGE}== assets/style.css\nbody {{ color: red }}\n== assets/fonts/a.txt\nA\n"));
    assert_eq!(own.report, "");
    let (before, after) = (style(plain.paths()), style(own.paths()));
    assert_ne!(before, after);
    assert_eq!(after.len(), "assets/style.0123456789.css".len());
    assert_eq!(own.text(&after), "body{color:red}");
    assert!(own.text("en/about/index.html").contains(&format!("href=\"/{after}\"")));
    assert!(own.paths().iter().any(|p| p.starts_with("assets/fonts/a.")));
}

#[test]
fn settings_may_differ_by_language() {
    let built = site("settings: {footer: {en: Foot, zh: 页脚}, typeface: sans}", PAGE);
    assert_eq!(built.report, "");
    assert!(built.text("en/about/index.html").contains("<p>Foot</p>"));
    let chinese = built.text("zh/about/index.html");
    assert!(chinese.contains("<p>页脚</p>") && chinese.contains(" class=\"sans\""));
}

#[test]
fn an_article_can_ask_for_another_template() {
    let built = site(
        "",
        "== templates/wide.html
wide {{ page.title }} {{ t(key=\"updated\") }} {{ number(value=4248) }} {{ date(value=\"2023-12\") }} {{ url(path=\"/a/\") }}
== content/news/a.en.md
---
title: A
template: wide.html
---
== content/news/a.zh.md
---
title: 甲
translated_from: en
---
",
    );
    assert_eq!(built.report, "");
    insta::assert_snapshot!(built.text("en/news/a/index.html").trim(), @r##"
    wide A Updated 4,248 December 2023 /a/
    "##);
    insta::assert_snapshot!(built.text("zh/news/a/index.html").trim(), @r##"
    wide 甲 更新 4248 2023年12月 /a/
    "##);
}
