//! What a text becomes on its page: raw HTML, components, figures, quotation marks.

use super::site;

const RAW: &str = "== content/keys.en.md
---
title: Keys
---
Press <kbd>K</kbd>, <b onclick=\"x()\">hard</b>.

<script>alert(1)</script>
";

#[test]
fn raw_html_is_cleaned_allowed_or_escaped() {
    let clean = site("", RAW).main("en/keys/index.html");
    assert!(clean.contains("<p>Press <kbd>K</kbd>, <b>hard</b>.</p>"), "{clean}");
    assert!(!clean.contains("alert"));
    let allow = site("html: allow", RAW).main("en/keys/index.html");
    assert!(allow.contains("<b onclick=\"x()\">hard</b>.</p>\n<script>alert(1)</script>"), "{allow}");
    let escape = site("html: escape", RAW).main("en/keys/index.html");
    assert!(escape.contains("Press &lt;kbd&gt;K&lt;/kbd&gt;"), "{escape}");
    assert!(escape.contains("&lt;script&gt;alert(1)"));
    assert!(!escape.contains("<script"));
}

#[test]
fn components_are_called_from_markdown() {
    let built = site(
        "settings: {typeface: sans}",
        "== templates/components/river.html
{% component river(name: string, length: integer = 6300, @lang: map, @settings: map) -%}
<p class=\"river {{ settings.typeface }}\" lang=\"{{ lang.tag }}\">{{ name }}: {{ length }}</p>
{%- endcomponent river %}
== content/rivers.zh.md
---
title: 江河
---
```{river}
name: 长江 & 岷江
```

```{river}
name: 岷江
length: 735
```

```{quote}
text: 上善若水
by: 老子
source: 道德经
url: https://source.example/?a=1&b=2
```
",
    );
    assert_eq!(built.report, "");
    let main = built.main("zh/rivers/index.html");
    assert!(main.contains("<p class=\"river sans\" lang=\"zh-Hans\">长江 &amp; 岷江: 6300</p>"), "{main}");
    assert!(main.contains("岷江: 735</p>"));
    assert!(main.contains(
        "<blockquote cite=\"https://source.example/?a=1&amp;b=2\"><p>上善若水</p></blockquote>\n<figcaption>老子, <cite>"
    ));
}

#[test]
fn a_component_of_the_site_replaces_the_themes() {
    let built = site(
        "",
        "== templates/components/quote.html
{% component quote(text: string) %}<q>{{ text }}</q>{% endcomponent quote %}
== content/a.en.md
---
title: A
---
```{quote}
text: So
```
",
    );
    assert_eq!(built.report, "");
    assert!(built.main("en/a/index.html").contains("<q>So</q>"));
}

#[test]
fn figures_are_written_as_the_language_writes_them() {
    let built = site(
        "",
        "== content/trains/red.en.md
---
title: Red
figures:
  trips: {value: 4248}
  share: {value: \"-3.50\"}
---
[](figure:trips) [many](figure:trips) [](figure:share)
== content/trains/red.zh.md
---
title: 红
translated_from: en
---
[](figure:trips)、[四千多](figure:trips)
== content/trains/blue.en.md
---
title: Blue
---
[](figure:red/trips) [x](figure:trains/red/trips)
",
    );
    assert_eq!(built.report, "");
    let english = built.main("en/trains/red/index.html");
    assert!(
        english.contains("<data value=\"4248\">4,248</data> <data value=\"4248\">many</data>"),
        "{english}"
    );
    assert!(english.contains("<data value=\"-3.50\">"), "{english}");
    let chinese = built.main("zh/trains/red/index.html");
    assert!(chinese.contains("<data value=\"4248\">4248</data>、<data value=\"4248\">四千多</data>"));
    let other = built.main("en/trains/blue/index.html");
    assert!(other.contains("<data value=\"4248\">4,248</data> <data value=\"4248\">x</data>"), "{other}");
}

#[test]
fn quotation_marks_follow_the_language() {
    let text = "\"So\" -- 'it' is... don't";
    let built = site(
        "",
        &format!(
            "== content/a.en.md\n---\ntitle: A\n---\n{text}\n== content/a.zh.md\n---\ntitle: B\n---\n{text}\n"
        ),
    );
    assert_eq!(built.report, "");
    assert!(built.main("en/a/index.html").contains("<p>“So” – ‘it’ is… don’t</p>"));
    assert!(built.main("zh/a/index.html").contains("<p>“So” – ‘it’ is… don’t</p>"));
}

const CHINESE: &str = "== content/initiatives/shuangcheng.zh.md
---
title: 双城
summary: 成都与重庆，“双城”之约。
date: 2023-12-26
---
铁路与**航空。**两地
的线路
---

成渝两地**“双城经济圈”**建设，开行班列**超过4000列。**其中
*重庆（渝）*开行一半以上，~~计划（旧）。~~已
完成。他们说
\"走出去\"...[成都
**（蓉）**](/zh/)也一样--Bashu's
`**真，**她`。

![两地
**（图）**示意](/map.svg)
== static/map.svg
<svg xmlns='http://www.w3.org/2000/svg' width='64' height='48'/>
";

#[test]
fn chinese_is_set_as_chinese_in_page_headings_contents_and_feed() {
    let built = site("feeds: {content: full}", CHINESE);
    assert_eq!(built.report, "");
    let body = "<h2 id=\"铁路与航空-两地的线路\">铁路与<strong>航空。</strong>两地的线路</h2>
<p>成渝两地<strong>“双城经济圈”</strong>建设，开行班列<strong>超过4000列。</strong>其中<em>重庆（渝）</em>开行一半以上，\
<del>计划（旧）。</del>已完成。他们说“走出去”……<a href=\"/zh/\">成都<strong>（蓉）</strong></a>也一样——Bashu’s
<code>**真，**她</code>。</p>
<p><span class=\"picture\"><img src=\"/map.svg\" alt=\"两地（图）示意\" width=\"64\" height=\"48\" loading=\"lazy\" decoding=\"async\"></span></p>";
    let main = built.main("zh/initiatives/shuangcheng/index.html");
    assert!(main.contains(body), "{main}");
    let page = built.text("zh/initiatives/shuangcheng/index.html");
    assert!(page.contains("<meta name=\"description\" content=\"成都与重庆，“双城”之约。\">"), "{page}");
    let feed = built.text("zh/feed.xml");
    for part in [
        "<summary>成都与重庆，“双城”之约。</summary>",
        "铁路与&lt;strong&gt;航空。&lt;/strong&gt;两地的线路&lt;/h2&gt;",
        "其中&lt;em&gt;重庆（渝）&lt;/em&gt;开行一半以上",
        "他们说“走出去”……",
    ] {
        assert!(feed.contains(part), "{part}: {feed}");
    }
}

const WRAPPED: &str = "== content/a.en.md
---
title: A
---
他说
“好”，very
good。再
见
== content/a.zh.md
---
title: 甲
---
他说
“好”，very
good。再
见
";

#[test]
fn lines_are_joined_as_the_language_of_the_file_has_it() {
    let built = site("", WRAPPED);
    assert_eq!(built.report, "");
    assert!(built.main("en/a/index.html").contains("<p>他说\n“好”，very\ngood。再见</p>"));
    assert!(built.main("zh/a/index.html").contains("<p>他说“好”，very\ngood。再见</p>"));
}
