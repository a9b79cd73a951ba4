//! Whole pages of the theme `plain`, feeds, pages of what is not found, and that builds repeat.

use super::site;
use crate::fixture::{SITE, build, build_files, clock, files};

const ANTS: &str = "== static/ants.svg
<svg xmlns='http://www.w3.org/2000/svg' width='64' height='48'/>
== content/topics/insects.en.md
---
title: Insects
summary: Six legs.
---
What insects *are*.
== content/topics/insects.zh.md
---
title: 昆虫
translated_from: en
---
== content/initiatives/_index.en.md
---
title: Initiatives
---
== content/initiatives/ants.en.md
---
title: Ants & others
summary: What ants do.
date: 2023-12
updated: 2023-12-26
topics: [insects]
figures:
  legs: {value: 4248, label: legs}
source: {title: Year-end review, url: 'https://source.example/'}
---
Ants have [](figure:legs) legs[^1]; see [insects](../topics/insects.en.md), [below](#food).

## Food

![An ant](/ants.svg \"Close\")

[^1]: Counted.
== content/initiatives/ants.zh.md
---
title: 蚂蚁
translated_from: en
---
蚂蚁。
";

#[test]
fn an_article_in_whole() {
    let built = site("", ANTS);
    assert_eq!(built.report, "");
    insta::assert_snapshot!(built.main("en/initiatives/ants/index.html"), @r##"
    <main id="_content">
    <article class="text">
    <header class="top">
    <h1>Ants &amp; others</h1>
    <p class="summary">What ants do.</p>
    </header>
    <div class="side">
    <p class="dates"><span class="unseen">Date </span><time datetime="2023-12">December 2023</time> <span class="updated">Updated <time datetime="2023-12-26">26 December 2023</time></span> <span>Reading time: 1 minute</span></p>
    <ul class="tags" aria-label="Topics">
    <li><a href="/en/topics/insects/">Insects</a></li>
    </ul>
    <p class="version"><a href="/zh/initiatives/ants/" rel="alternate" lang="zh-Hans" dir="ltr" hreflang="zh-Hans">阅读本文中文版</a></p>
    </div>
    <div class="body">
    <div class="content" lang="en" dir="ltr">
    <p>Ants have <data value="4248">4,248</data> legs<sup class="footnote-ref"><a href="#fn-1" id="fnref-1" role="doc-noteref">1</a></sup>; see <a href="/en/topics/insects/">insects</a>, <a href="#food">below</a>.</p>
    <h2 id="food">Food</h2>
    <figure><span class="picture"><img src="/ants.svg" alt="An ant" width="64" height="48" loading="lazy" decoding="async"></span><figcaption>Close</figcaption></figure>
    <section class="footnotes" role="doc-endnotes" aria-label="Notes">
    <ol>
    <li id="fn-1">
    <p>Counted. <a href="#fnref-1" class="footnote-back" role="doc-backlink" aria-label="Back to the text">↩︎</a></p>
    </li>
    </ol>
    </section>
    </div>
    <footer class="after">
    <p class="source"><span class="label">Source</span> <cite><a href="https://source.example/">Year-end review</a></cite></p>
    </footer>
    </div>
    </article>
    "##);
}

#[test]
fn a_topic_in_whole() {
    insta::assert_snapshot!(site("", ANTS).main("en/topics/insects/index.html"), @r##"
    <main id="_content">
    <div class="text">
    <header class="top">
    <h1>Insects</h1>
    <p class="summary">Six legs.</p>
    </header>
    <div class="body content" lang="en" dir="ltr">
    <p>What insects <em>are</em>.</p>
    </div>
    <section class="row">
    <div class="side">
    <h2 class="label">1 article</h2>
    <p class="feed"><a href="/en/topics/insects/feed.xml" type="application/atom+xml">Atom feed of this topic</a></p>
    </div>
    <div class="body">
    <ul class="list">
    <li>
    <h3><a href="/en/initiatives/ants/">Ants &amp; others</a></h3>
    <p class="summary">What ants do.</p>
    <p class="meta"><time datetime="2023-12">December 2023</time></p>
    </li>
    </ul>
    </div>
    </section>
    </div>
    "##);
}

#[test]
fn the_root_page_in_whole() {
    insta::assert_snapshot!(site("description: {en: Of ants.}", ANTS).main("index.html"), @r##"
    <main id="_content">
    <h1 class="tongues">
    <span lang="en" dir="ltr">Ants</span>
    <span lang="zh-Hans" dir="ltr">蚂蚁</span>
    </h1>
    <div class="tongues">
    <section lang="en" dir="ltr">
    <h2 class="label">English</h2>
    <p class="summary">Of ants.</p>
    <p class="enter"><a href="/en/" hreflang="en">Continue in English</a></p>
    <h3 class="label">Latest articles</h3>
    <ul class="latest">
    <li><a href="/en/initiatives/ants/">Ants &amp; others</a> <time datetime="2023-12">December 2023</time></li>
    </ul>
    <h3 class="label">Topics</h3>
    <ul class="tags">
    <li><a href="/en/topics/insects/">Insects</a></li>
    </ul>
    </section>
    <section lang="zh-Hans" dir="ltr">
    <h2 class="label">中文</h2>
    <p class="summary">Of ants.</p>
    <p class="enter"><a href="/zh/" hreflang="zh-Hans">继续阅读中文版</a></p>
    <h3 class="label">最新文章</h3>
    <ul class="latest">
    <li><a href="/zh/initiatives/ants/">蚂蚁</a> <time datetime="2023-12">2023年12月</time></li>
    </ul>
    <h3 class="label">专题</h3>
    <ul class="tags">
    <li><a href="/zh/topics/insects/">昆虫</a></li>
    </ul>
    </section>
    </div>
    "##);
}

#[test]
fn the_page_of_what_is_not_found_speaks_all_languages() {
    let built = site("", ANTS);
    insta::assert_snapshot!(built.main("404.html"), @r##"
    <main id="_content">
    <div class="tongues">
    <section lang="en" dir="ltr">
    <h1>Page not found</h1>
    <p>There is nothing at this address. The page may have moved, or there may be a slip in the address.</p>
    <p class="enter"><a href="/en/">Ants</a></p>
    </section>
    <section lang="zh-Hans" dir="ltr">
    <h1>找不到页面</h1>
    <p>这个地址没有内容。页面可能已经移走，也可能是地址写错了。</p>
    <p class="enter"><a href="/zh/">蚂蚁</a></p>
    </section>
    </div>
    "##);
    let chinese = built.text("zh/404.html");
    assert!(chinese.contains("<h1>找不到页面</h1>") && chinese.contains("noindex"), "{chinese}");
    assert!(!chinese.contains("canonical") && !chinese.contains("Page not found"));
}

#[test]
fn a_feed_in_whole() {
    let built = site("author: Them", ANTS);
    insta::assert_snapshot!(built.text("en/feed.xml"), @r##"
    <?xml version="1.0" encoding="UTF-8"?>
    <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
      <id>https://ants.example/en/feed.xml</id>
      <title>Ants</title>
      <link rel="self" type="application/atom+xml" href="https://ants.example/en/feed.xml"/>
      <link rel="alternate" type="text/html" hreflang="en" href="https://ants.example/en/"/>
      <updated>2023-12-26T00:00:00Z</updated>
      <author>
        <name>Them</name>
      </author>
      <generator>Bashu</generator>
      <entry>
        <id>https://ants.example/en/initiatives/ants/</id>
        <title>Ants &amp; others</title>
        <link rel="alternate" type="text/html" hreflang="en" href="https://ants.example/en/initiatives/ants/"/>
        <published>2023-12-01T00:00:00Z</published>
        <updated>2023-12-26T00:00:00Z</updated>
        <category term="insects" label="Insects"/>
        <summary>What ants do.</summary>
        <content type="html">&lt;p&gt;Ants have &lt;data value=&quot;4248&quot;&gt;4,248&lt;/data&gt; legs&lt;sup class=&quot;footnote-ref&quot;&gt;&lt;a href=&quot;https://ants.example/en/initiatives/ants/#fn-1&quot; id=&quot;fnref-1&quot; role=&quot;doc-noteref&quot;&gt;1&lt;/a&gt;&lt;/sup&gt;; see &lt;a href=&quot;https://ants.example/en/topics/insects/&quot;&gt;insects&lt;/a&gt;, &lt;a href=&quot;https://ants.example/en/initiatives/ants/#food&quot;&gt;below&lt;/a&gt;.&lt;/p&gt;
    &lt;h2 id=&quot;food&quot;&gt;Food&lt;/h2&gt;
    &lt;figure&gt;&lt;img src=&quot;https://ants.example/ants.svg&quot; alt=&quot;An ant&quot; width=&quot;64&quot; height=&quot;48&quot; loading=&quot;lazy&quot; decoding=&quot;async&quot;&gt;&lt;figcaption&gt;Close&lt;/figcaption&gt;&lt;/figure&gt;
    &lt;section class=&quot;footnotes&quot; role=&quot;doc-endnotes&quot; aria-label=&quot;Notes&quot;&gt;
    &lt;ol&gt;
    &lt;li id=&quot;fn-1&quot;&gt;
    &lt;p&gt;Counted. &lt;a href=&quot;https://ants.example/en/initiatives/ants/#fnref-1&quot; class=&quot;footnote-back&quot; role=&quot;doc-backlink&quot; aria-label=&quot;Back to the text&quot;&gt;↩︎&lt;/a&gt;&lt;/p&gt;
    &lt;/li&gt;
    &lt;/ol&gt;
    &lt;/section&gt;
    </content>
      </entry>
    </feed>
    "##);
}

#[test]
fn feeds_can_be_shortened_or_turned_off() {
    let summary = site("feeds: {content: summary, topics: false}", ANTS);
    assert_eq!(summary.report, "");
    let feed = summary.text("en/feed.xml");
    assert!(feed.contains("<summary>What ants do.</summary>") && !feed.contains("<content"));
    assert!(!summary.paths().contains(&"en/topics/insects/feed.xml"));
    let bare = site("feeds: {content: summary}", &ANTS.replace("summary: What ants do.\n", ""));
    assert_eq!(bare.report, "");
    let feed = bare.text("en/feed.xml");
    assert!(feed.contains("<summary>Ants have 4,248 legs; see insects, below.</summary>"), "{feed}");
    assert!(!feed.contains("<content"));
    assert!(!summary.text("en/topics/insects/index.html").contains("insects/feed.xml"));
    let off = site("feeds: false", ANTS);
    assert_eq!(off.report, "");
    assert!(!off.paths().iter().any(|p| p.ends_with("feed.xml")));
    assert!(!off.text("en/index.html").contains("atom"));
}

#[test]
fn a_topic_has_a_feed_in_each_language() {
    let built = site("", ANTS);
    let english = built.text("en/topics/insects/feed.xml");
    assert!(english.contains("<title>Ants: Insects</title>") && english.contains("Ants &amp; others"));
    let chinese = built.text("zh/topics/insects/feed.xml");
    assert!(chinese.contains("<title>蚂蚁：昆虫</title>") && chinese.contains("xml:lang=\"zh-Hans\""));
    assert!(chinese.contains("<id>https://ants.example/zh/initiatives/ants/</id>"));
}

#[test]
fn a_feed_has_its_newest_entries() {
    let mut files = String::new();
    for day in 1..=5 {
        files += &format!("== content/n/a{day}.en.md\n---\ntitle: Day {day}\ndate: 2023-01-0{day}\n---\n");
    }
    let feed = site("feeds: {items: 2}", &files).text("en/feed.xml").to_owned();
    super::assert_order(&feed, &["2023-01-05T00:00:00Z</updated>", "Day 5", "Day 4"]);
    assert!(!feed.contains("Day 3"));
}

#[test]
fn builds_of_any_number_of_threads_are_the_same() {
    let mut fixture = ANTS.to_owned();
    for n in 0..60 {
        fixture += &format!(
            "== content/initiatives/n{n}.en.md\n---\ntitle: N{n}\ntopics: [insects]\n---\n[a](ants.en.md)\n"
        );
    }
    let with = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| build(&fixture).files.unwrap())
    };
    let (one, four) = (with(1), with(4));
    assert!(one.len() > 70);
    assert!(one == four, "the builds differ");
}

#[test]
fn faults_are_told_in_the_same_words_whatever_the_threads() {
    let mut all = files(ANTS);
    all.insert("site.yaml".to_owned(), SITE.as_bytes().to_vec());
    all.insert("templates/article.html".to_owned(), b"{{ page.title.x.y }}".to_vec());
    let report = |threads| {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
        pool.install(|| build_files(all.clone(), clock()).report)
    };
    let one = report(1);
    assert!(one.contains("error["), "{one}");
    for threads in [2, 5] {
        assert_eq!(report(threads), one);
    }
}
