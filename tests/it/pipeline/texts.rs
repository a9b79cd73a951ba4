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
    assert!(built.main("zh/a/index.html").contains("-- 'it' is... don't</p>"));
    assert!(!built.main("zh/a/index.html").contains('“'));
}
