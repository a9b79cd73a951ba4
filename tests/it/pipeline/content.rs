//! Articles and files: what versions inherit, what is published when, and under which URL.

use super::{assert_order, site};
use crate::fixture::{build_at, clock};
use bashu::base::PartialDate;
use bashu::site::Clock;

/// An article template that shows what versions share.
const FACTS: &str = "== templates/article.html
date {{ page.date.iso }} ({{ page.date.text }})
topics {% for t in page.topics %}{{ t.id }} {{ t.title }};{% endfor %}
figures {% for f in page.figures %}{{ f.id }} {{ f.value }} {{ f.unit }} {{ f.period.iso }} {{ f.bound }} {{ f.label }};{% endfor %}
source {{ page.source.title }} {{ page.source.url }}
extra {{ page.extra.place }} {{ page.extra.river }}
cover {{ page.cover.url }} {{ page.cover.alt }} {{ page.cover.caption }}
== content/topics/insects.en.md
---
title: Insects
---
== content/topics/insects.zh.md
---
title: 昆虫
---
== static/ants.svg
<svg xmlns='http://www.w3.org/2000/svg' width='64' height='48'/>
== content/ants/_index.en.md
---
title: All ants
---
";

#[test]
fn a_translation_takes_what_it_does_not_state() {
    let built = site(
        "",
        &format!(
            "{FACTS}== content/ants/red.en.md
---
title: Red
date: 2023-12
topics: [insects]
figures:
  trips: {{value: 4248, unit: trip, period: 2023-01/2023-09, bound: over, label: trips}}
source: {{title: Year-end review, url: 'https://source.example/'}}
extra: {{place: Chengdu, river: Min}}
cover: {{image: /ants.svg, alt: An ant, caption: Close}}
---
== content/ants/red.zh.md
---
title: 红
translated_from: en
figures:
  trips: {{label: 班列}}
source: {{title: 年终盘点}}
extra: {{place: 成都}}
cover: {{alt: 一只蚂蚁, caption: 近}}
---
"
        ),
    );
    assert_eq!(built.report, "");
    insta::assert_snapshot!(built.text("en/ants/red/index.html"), @r##"
    date 2023-12 (December 2023)
    topics insects Insects;
    figures trips 4248 trip 2023-01/2023-09 over trips;
    source Year-end review https://source.example/
    extra Chengdu Min
    cover /ants.svg An ant Close
    "##);
    insta::assert_snapshot!(built.text("zh/ants/red/index.html"), @r##"
    date 2023-12 (2023年12月)
    topics insects 昆虫;
    figures trips 4248 trip 2023-01/2023-09 over 班列;
    source 年终盘点 https://source.example/
    extra 成都 Min
    cover /ants.svg 一只蚂蚁 近
    "##);
}

#[test]
fn a_caption_is_in_its_version_s_language() {
    for cover in ["", "cover: {alt: 一只蚂蚁}\n", "cover: {alt: 一只蚂蚁, caption: 近处}\n"] {
        let built = site(
            "messages: {missing-alt: allow}\n",
            &format!(
                "== static/ants.svg
<svg xmlns='http://www.w3.org/2000/svg' width='64' height='48'/>
== templates/article.html
{{{{ page.cover.caption or 'none' }}}}
== content/ants/red.en.md
---
title: Red
cover: {{image: /ants.svg, alt: An ant, caption: Close}}
---
== content/ants/red.zh.md
---
title: 红
translated_from: en
{cover}---
"
            ),
        );
        assert_eq!(built.report, "");
        assert_eq!(built.text("en/ants/red/index.html").trim(), "Close");
        let own = if cover.contains("caption") { "近处" } else { "none" };
        assert_eq!(built.text("zh/ants/red/index.html").trim(), own);
    }
}

const DATED: &str = "== content/news/draft.en.md
---
title: A draft
draft: true
---
== content/news/future.en.md
---
title: The future
date: 2024-06
---
== content/news/expired.en.md
---
title: Expired
expires: 2023-12-31
---
== content/news/expiring.en.md
---
title: Expiring
expires: 2024-01-01
---
== content/news/half.en.md
---
title: Half
---
== content/news/half.zh.md
---
title: 半
translated_from: en
draft: true
---
";

fn published(day: &str, drafts: bool) -> Vec<String> {
    let clock = Clock { today: PartialDate::parse(day).unwrap(), drafts, any_day: false };
    let built = build_at(DATED, clock);
    assert_eq!(built.report, "");
    let paths = built.paths();
    paths.iter().filter_map(|p| Some(p.split_once("news/")?.0.to_owned() + p.split('/').nth(2)?)).collect()
}

#[test]
fn drafts_and_what_is_not_of_the_day_are_not_published() {
    assert_eq!(published("2023-12-30", false), ["en/expired", "en/expiring", "en/half"]);
    assert_eq!(published("2023-12-31", false), ["en/expiring", "en/half"]);
    assert_eq!(published("2024-05-31", false), ["en/half"]);
    assert_eq!(published("2024-06-01", false), ["en/future", "en/half"]);
    assert_eq!(published("2024-01-01", true), ["en/draft", "en/half", "zh/half"]);
}

#[test]
fn a_link_to_a_draft_is_broken() {
    let built = build_at(
        "== content/a.en.md\n---\ntitle: A\n---\n[B](b.en.md)\n== content/b.en.md\n---\ntitle: B\ndraft: true\n---\n",
        clock(),
    );
    assert!(built.files.is_none());
    assert!(built.report.contains("draft"), "{}", built.report);
}

#[test]
fn slugs_stay_chinese_and_those_of_sections_hold_their_articles() {
    let built = site(
        "",
        "== content/initiatives/_index.zh.md
---
title: 举措
slug: 合作
---
== content/initiatives/ants.zh.md
---
title: 蚂蚁
slug: 蚂蚁 一
---
[回](_index.zh.md)
== content/initiatives/ants.en.md
---
title: Ants
translated_from: zh
slug: the-ants
---
",
    );
    assert_eq!(built.report, "");
    let page = built.text("zh/合作/蚂蚁 一/index.html");
    assert!(page.contains("<a href=\"/zh/%E5%90%88%E4%BD%9C/\">回</a>"), "{page}");
    let url = "https://ants.example/zh/%E5%90%88%E4%BD%9C/%E8%9A%82%E8%9A%81%20%E4%B8%80/";
    assert!(page.contains(&format!("<link rel=\"canonical\" href=\"{url}\">")));
    // The section has no page in English; its name stands in.
    assert!(built.text("en/initiatives/the-ants/index.html").contains(url));
}

#[test]
fn aliases_send_readers_on() {
    let built = site(
        "",
        "== content/ants.zh.md
---
title: 蚂蚁
slug: 蚁
aliases: [/old/place/, /2023/ants.html, /zh/旧]
---
",
    );
    assert_eq!(built.report, "");
    for path in ["old/place/index.html", "2023/ants.html", "zh/旧/index.html"] {
        let page = built.text(path);
        assert!(page.contains("http-equiv=\"refresh\" content=\"0; url=/zh/%E8%9A%81/\""), "{page}");
        assert!(page.contains("<link rel=\"canonical\" href=\"https://ants.example/zh/%E8%9A%81/\">"));
        assert!(page.contains("noindex") && page.contains("<html lang=\"zh-Hans\">"));
    }
}

#[test]
fn a_file_beside_an_article_is_published_once() {
    let built = site(
        "",
        "== content/ants/index.zh.md
---
title: 蚂蚁
---
[图](map.pdf) ![蚁](ant.svg)
== content/ants/index.en.md
---
title: Ants
translated_from: zh
---
[Map](map.pdf)
== content/ants/map.pdf
PDF
== content/ants/ant.svg
<svg xmlns='http://www.w3.org/2000/svg' width='64' height='48'/>
== static/robots/.hidden
kept
== static/report.pdf
Report
",
    );
    assert_eq!(built.report, "");
    let files: Vec<_> = built.paths().into_iter().filter(|p| !p.ends_with("ml")).collect();
    assert_order(&files.join(" "), &["report.pdf", "robots/.hidden", "zh/ants/ant.svg", "zh/ants/map.pdf"]);
    assert_eq!(files.iter().filter(|p| p.contains("map.pdf")).count(), 1);
    assert_eq!(built.text("zh/ants/map.pdf"), "PDF\n");
    assert_eq!(built.text("report.pdf"), "Report\n");
    assert!(built.text("zh/ants/index.html").contains("<a href=\"/zh/ants/map.pdf\">图</a>"));
    assert!(built.text("zh/ants/index.html").contains("src=\"/zh/ants/ant.svg\" alt=\"蚁\""));
    assert!(built.text("en/ants/index.html").contains("<a href=\"/zh/ants/map.pdf\">Map</a>"));
}

#[test]
fn shared_keys_can_be_stated_by_a_translation() {
    let built = site(
        "",
        &format!(
            "{FACTS}== content/ants/red.zh.md
---
title: 红
date: 2023
topics: [insects]
---
== content/ants/red.en.md
---
title: Red
translated_from: zh
date: 2023-02-03
topics: []
---
"
        )
        .replace("source {{ page.source.title }} {{ page.source.url }}\n", "")
        .replace("cover {{ page.cover.url }} {{ page.cover.alt }} {{ page.cover.caption }}\n", "")
        .replace("extra {{ page.extra.place }} {{ page.extra.river }}\n", ""),
    );
    assert_eq!(built.report, "");
    assert_order(built.text("zh/ants/red/index.html"), &["date 2023 (2023年)", "topics insects 昆虫;"]);
    assert_order(built.text("en/ants/red/index.html"), &["date 2023-02-03 (3 February 2023)", "topics \n"]);
}

#[test]
fn the_files_of_a_draft_wait_for_it() {
    let files = "== content/ants/index.en.md
---
title: Ants
draft: true
---
![Ant](ant.svg)
== content/ants/ant.svg
<svg xmlns='http://www.w3.org/2000/svg' width='64' height='48'/>
";
    let published = |drafts| {
        let fixture = format!("== site.yaml\n{}\n{files}", crate::fixture::SITE);
        let built = build_at(&fixture, Clock { drafts, ..clock() });
        assert_eq!(built.report, "");
        built.paths().iter().any(|path| path.ends_with("ant.svg"))
    };
    assert!(published(true) && !published(false));
}
