//! What pages know, told by a theme that writes each page's view line by line, so that these
//! tests are about the pipeline and not about the looks of `plain`.

mod addresses;
mod drafts;
mod feeds;
mod languages;
mod linked_data;
mod lists;
mod missing;

use crate::fixture::{Built, SITE, build};

/// A theme whose pages tell their views.
const TELLING: &str = r#"
== themes/telling/theme.yaml
name: telling
settings:
  greeting: {type: text, default: hello}
== themes/telling/strings/en.ftl
topics = Topics
not-found = Not found
redirect = Moved to { $url }
feed-title-topic = { $site }: { $topic }
footnotes = Notes
footnote-back = Back
alert-note = Note
== themes/telling/strings/zh.ftl
topics = 主题
not-found = 没有找到
redirect = 已移至 { $url }
feed-title-topic = { $site }：{ $topic }
footnotes = 注释
footnote-back = 返回
alert-note = 注意
== themes/telling/assets/style.css
a { color: red }
== themes/telling/templates/home.html
{% include "all.html" %}
== themes/telling/templates/section.html
{% include "all.html" %}
== themes/telling/templates/topics.html
{% include "all.html" %}
== themes/telling/templates/topic.html
{% include "all.html" %}
== themes/telling/templates/article.html
{% include "all.html" %}
== themes/telling/templates/page.html
{% include "all.html" %}
== themes/telling/templates/404.html
{% include "all.html" %}
== themes/telling/templates/landing.html
{% include "all.html" %}
== themes/telling/templates/components/badge.html
{% component badge(text: string, strong: bool = false, @lang: map) -%}
<b class="{% if strong %}strong{% else %}weak{% endif %}" lang="{{ lang.tag }}">{{ text }}</b>
{%- endcomponent badge %}
== themes/telling/templates/list.html
{%- for i in list %}{% if not loop.first %} | {% endif %}{{ i.title }}{% if i.foreign %} ({{ i.lang.tag }}){% endif %} {{ i.url | safe }}{% endfor %}
== themes/telling/templates/all.html
html: {{ lang.tag }} {{ lang.dir }}
kind: {{ page.kind }}
title: {{ page.title | safe }}
summary: {{ (page.summary or "none") | safe }}
words: {{ page.lang.tag }}{% if page.untranslated %} untranslated{% endif %}
robots: {% if page.noindex %}noindex{% else %}index{% endif %}
canonical: {{ (page.canonical or "none") | safe }}
date: {{ page.date?.iso or "" }} {{ page.date?.text or "" }}
updated: {{ page.updated?.iso or "" }}
tags: {% for t in page.topics %}{{ t.title }} {{ t.url | safe }} {% endfor %}
section: {{ page.section?.title or "" }}
source: {{ page.source?.title or "" }} {{ (page.source?.url or "") | safe }}
cover: {{ (page.cover?.url or "") | safe }} {{ page.cover?.alt or "" }}
figures: {% for f in page.figures or [] %}{{ f.id }}={{ f.value }} {{ f.text }} {{ f.unit or "" }} {{ f.period?.text or "" }} {{ f.bound or "" }} {{ f.label or "" }};{% endfor %}
extra: {{ page.extra?.a or "" }} {{ page.extra?.b or "" }}
alternates: {% for a in alternates %}{{ a.hreflang }}={{ a.href | safe }} {% endfor %}
switcher: {% for l in translations %}{{ l.code }}{% if l.current %}*{% endif %}{% if not l.exists %}?{% endif %}={{ l.url | safe }} {% endfor %}
nav: {% set list = nav %}{% include "list.html" %}
items: {% if items %}{% set list = items %}{% include "list.html" %}{% endif %}
pages: {% if paginator %}{{ paginator.number }}/{{ paginator.total }} of {{ paginator.count }} {{ (paginator.previous or "") | safe }} {{ (paginator.next or "") | safe }}{% endif %}
topics: {% for t in topics %}{{ t.title }} {{ t.count }};{% endfor %}
previous: {{ previous?.title or "" }}
next: {{ next?.title or "" }}
related: {% if related %}{% set list = related %}{% include "list.html" %}{% endif %}
backlinks: {% if backlinks %}{% set list = backlinks %}{% include "list.html" %}{% endif %}
picked: {% if collections?.picked %}{% set list = collections.picked %}{% include "list.html" %}{% endif %}
languages: {% for l in languages or [] %}{{ l.title }} {{ l.url | safe }}{% for i in l.latest %} {{ i.title }}{% endfor %};{% endfor %}
dates: {% for m in dates %}{{ m.date?.text or "undated" }}={% for i in m.items %}{{ i.title }} {% endfor %};{% endfor %}
seed: {% for n in page.seed %}{{ n }} {% endfor %}
json: {{ json_ld or "" }}
greeting: {{ settings.greeting }}
style: {{ asset(path="style.css") | safe }}
content: {{ page.content }}
"#;

/// Builds a site with the telling theme; `site` is added to `site.yaml`.
fn told(site: &str, content: &str) -> Built {
    build(&format!("== site.yaml\n{SITE}theme: telling\n{site}\n{TELLING}{content}"))
}

/// A line of the view that a page tells.
fn tells<'b>(built: &'b Built, path: &str, what: &str) -> &'b str {
    let text = built.text(path);
    let key = format!("{what}: ");
    let line = text.lines().find_map(|line| line.strip_prefix(&key));
    line.unwrap_or_else(|| panic!("{path} does not tell `{what}`:\n{text}")).trim_end()
}

/// An article with a title, front matter and text, as a part of a fixture.
fn article(path: &str, title: &str, front: &str, text: &str) -> String {
    let front = if front.is_empty() { String::new() } else { format!("{front}\n") };
    format!("== content/{path}.md\n---\ntitle: {title}\n{front}---\n{text}\n")
}

#[test]
fn a_site_without_any_content_is_a_site() {
    let built = told("", "");
    assert_eq!(built.report, "");
    assert_eq!(
        built.paths().into_iter().filter(|p| !p.starts_with("assets/")).collect::<Vec<_>>(),
        [
            ".nojekyll",
            "404.html",
            "en/404.html",
            "en/feed.xml",
            "en/index.html",
            "index.html",
            "robots.txt",
            "sitemap.xml",
            "zh/404.html",
            "zh/feed.xml",
            "zh/index.html"
        ]
    );
    assert_eq!(tells(&built, "zh/index.html", "title"), "蚂蚁");
    assert_eq!(
        built.text("robots.txt"),
        "User-agent: *\nAllow: /\n\nSitemap: https://ants.example/sitemap.xml\n"
    );
    assert_eq!(built.text(".nojekyll"), "");
}

#[test]
fn the_words_of_notes_are_in_the_language_of_the_text() {
    let markdown = "> [!NOTE]\n> 看。\n\n脚注[^1]。\n\n[^1]: 在此。";
    let content = article("a.zh", "甲", "", markdown);
    let built = told("missing_translation: show", &content);
    assert_eq!(built.report, "");
    for page in ["zh/a/index.html", "en/a/index.html"] {
        let text = built.text(page);
        assert!(text.contains("注意") && text.contains("返回") && !text.contains("Back"), "{page}:\n{text}");
    }
}

#[test]
fn a_string_that_a_language_lacks_is_lent_and_reported() {
    let home = "== templates/home.html\n{{ t(key=\"hello\", name=page.title) }}\n== strings/en.ftl\nhello = Hello, { $name }!\n";
    let built = told("", home);
    assert_eq!(built.text("zh/index.html").trim().replace(['\u{2068}', '\u{2069}'], ""), "Hello, 蚂蚁!");
    assert!(
        built.report.contains("warning[missing-string]") && built.report.contains("`hello`"),
        "{}",
        built.report
    );
    let built = told("messages: {missing-string: allow}", home);
    assert_eq!(built.report, "");
    let built = told("messages: {missing-string: error}", home);
    assert!(built.files.is_none() && built.report.contains("error[missing-string]"), "{}", built.report);
}
