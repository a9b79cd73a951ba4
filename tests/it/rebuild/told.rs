//! What the program tells of its cache: why a page was made, that it waits, and what it said before.

use std::fs;
use std::io::{BufRead, BufReader, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use bashu::cache::Cache;
use tempfile::TempDir;

use crate::fixture::{SITE, write};
use crate::program::{Run, bashu};

const CONTENT: &str = r#"== content/a/_index.en.md
---
title: All
---
== content/a/ants.en.md
---
title: Ants
---
Six legs.
== content/a/bees.en.md
---
title: Bees
---
See [ants](ants.en.md).
== themes/bare/theme.yaml
name: bare
== themes/bare/strings/en.ftl
hello = Hello
not-found = Not found
== themes/bare/strings/zh.ftl
not-found = 没有找到
== themes/bare/templates/article.html
{{ page.title }} {{ page.content }} {{ t(key="hello") }}
{%- for item in backlinks %} {{ item.title }}{% endfor %}
== themes/bare/templates/section.html
{{ page.title }} {% for item in items %}{{ item.title }}{% endfor %}
== themes/bare/templates/home.html
{{ page.title }} {{ t(key="hello") }}
== themes/bare/templates/landing.html
{{ page.title }}
== themes/bare/templates/404.html
{{ page.title }}
"#;

/// The site on disk, built once.
fn site() -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path(), &format!("== site.yaml\n{SITE}theme: bare\nfeeds: false\nfigures: false\n{CONTENT}"));
    assert_eq!(build(dir.path(), &[]).status, 0);
    dir
}

fn build(dir: &Path, more: &[&str]) -> Run {
    bashu(dir, &[&["build", "--today", "2023-12-31"], more].concat())
}

/// The causes that a build tells, without its last line.
fn explained(dir: &Path) -> String {
    let run = build(dir, &["--explain"]);
    assert_eq!(run.status, 0, "{}", run.err);
    run.out.lines().filter(|line| !line.starts_with("pages: ")).collect::<Vec<_>>().join("\n")
}

/// What a figure's words are made of is nowhere in the text that is kept.
#[test]
fn a_figure_is_written_anew_when_its_manner_or_its_words_change() {
    let site = site();
    let dir = site.path();
    let figure = |figure: &str, citation: &str| {
        let text =
            format!("---\ntitle: Ants\nfigures: {{legs: {{{figure}}}}}\n---\n[](figure:legs{citation})\n");
        write(dir, &format!("== content/a/ants.en.md\n{text}"));
    };
    let strings = |more: &str| {
        let own = format!(
            "hello = Hello\nnot-found = Not found\nunit-leg = {{ $number }} legs\nunit-foot = {{ $number }} legs\n{more}"
        );
        write(dir, &format!("== themes/bare/strings/en.ftl\n{own}bound-over = over {{ $quantity }}\n"));
    };
    let shown = || std::fs::read_to_string(dir.join("output/en/a/ants/index.html")).unwrap();
    let steps: [(&str, &str, &str, &str); 8] = [
        ("value: 61, unit: leg", "", "", "61 legs"),
        ("value: 61, unit: leg", "?style=number", "", "61"),
        ("value: 61.5, unit: leg", "?style=number", "", "61.5"),
        ("value: 61.5, unit: leg", "?style=number&round=0", "", "62"),
        ("value: 61.5, unit: leg", "?style=compact", "", "61.5 legs"),
        ("value: 61.5, unit: leg", "?style=compact", "    .compact = { $number } l\n", "61.5 legs"),
        ("value: 61.5, unit: foot", "?style=compact", "    .compact = { $number } f\n", "61.5 f"),
        (
            "value: 61.5, unit: foot, bound: over",
            "?style=compact",
            "    .compact = { $number } f\n",
            "over 61.5 f",
        ),
    ];
    for (stated, citation, more, expected) in steps {
        figure(stated, citation);
        strings(more);
        assert_eq!(build(dir, &[]).status, 0);
        assert!(shown().contains(&format!(">{expected}</data>")), "{expected}: {}", shown());
    }
    strings("");
    assert_eq!(explained(dir), "en/a/ants/index.html: page.description, page.content, page.figures");
    assert!(shown().contains(">over 61.5 legs</data>"), "{}", shown());
}

#[test]
fn each_page_that_is_made_is_explained() {
    let site = site();
    let dir = site.path();
    assert_eq!(explained(dir), "");

    write(dir, "== content/a/ants.en.md\n---\ntitle: Ants\n---\nEight legs.\n");
    insta::assert_snapshot!(explained(dir), @"en/a/ants/index.html: page.description, page.content");
    write(dir, "== content/a/ants.en.md\n---\ntitle: Spiders\n---\nEight legs.\n");
    insta::assert_snapshot!(explained(dir), @r"
    en/a/ants/index.html: page.seed, page.title
    en/a/index.html: items
    ");
    write(dir, "== content/a/bees.en.md\n---\ntitle: Honey bees\n---\nSee [ants](ants.en.md).\n");
    insta::assert_snapshot!(explained(dir), @r"
    en/a/ants/index.html: backlinks
    en/a/bees/index.html: page.seed, page.title
    en/a/index.html: items
    ");
    write(
        dir,
        "== themes/bare/templates/article.html\n{{ page.title }}\n{{ page.content }} {{ t(key=\"hello\") }}\n",
    );
    insta::assert_snapshot!(explained(dir), @r"
    404.html: themes/bare/templates/article.html
    en/404.html: themes/bare/templates/article.html
    en/a/ants/index.html: backlinks, themes/bare/templates/article.html
    en/a/bees/index.html: backlinks, themes/bare/templates/article.html
    en/a/index.html: themes/bare/templates/article.html
    en/index.html: themes/bare/templates/article.html
    index.html: themes/bare/templates/article.html
    zh/404.html: themes/bare/templates/article.html
    zh/index.html: themes/bare/templates/article.html
    ");
    write(dir, "== strings/zh.ftl\nhello = 你好\n");
    insta::assert_snapshot!(explained(dir), @"zh/index.html: interface strings: hello (zh)");
    fs::write(dir.join("output/en/a/ants/index.html"), "by hand").unwrap();
    insta::assert_snapshot!(explained(dir), @"en/a/ants/index.html: the file in the output was changed or removed");
    write(dir, "== content/about.en.md\n---\ntitle: About\ntemplate: article.html\n---\n");
    insta::assert_snapshot!(explained(dir), @r"
    en/about/index.html: it is new
    sitemap.xml: what it lists
    ");
    write(dir, "== assets/style.css\na { color: red }\n");
    insta::assert_snapshot!(explained(dir), @r"
    404.html: assets, languages or the site's address
    assets/style.cacce40971.css: it is new
    en/404.html: assets, languages or the site's address
    en/a/ants/index.html: assets, languages or the site's address
    en/a/bees/index.html: assets, languages or the site's address
    en/a/index.html: assets, languages or the site's address
    en/about/index.html: assets, languages or the site's address
    en/index.html: assets, languages or the site's address
    index.html: assets, languages or the site's address
    zh/404.html: assets, languages or the site's address
    zh/index.html: assets, languages or the site's address
    ");
    // Last, because a file that was written just now is read again by the next build.
    write(dir, "== static/data.txt\n1\n");
    insta::assert_snapshot!(explained(dir), @"data.txt: it is new");
}

#[test]
fn causes_are_told_to_programs() {
    let site = site();
    write(site.path(), "== content/a/ants.en.md\n---\ntitle: Ants\n---\nEight legs.\n");
    let run = build(site.path(), &["--explain", "--message-format", "json"]);
    let lines: Vec<serde_json::Value> = run.out.lines().map(|l| serde_json::from_str(l).unwrap()).collect();
    assert_eq!(lines[0]["made"], "en/a/ants/index.html", "{}", run.out);
    assert!(lines[0]["because"].as_str().unwrap().contains("page.content"), "{}", run.out);
    assert_eq!((&lines[1]["made"], &lines[1]["parsed"]), (&1.into(), &1.into()), "{}", run.out);
}

#[test]
fn warnings_come_again_where_nothing_is_made() {
    let site = site();
    let dir = site.path();
    write(dir, "== content/a/bees.en.md\n---\ntitle: Bees\n---\n[None](none.en.md) [x](javascript:x)\n");
    let settings = format!(
        "== site.yaml\n{SITE}theme: bare\nmessages: {{broken-link: warning, unsafe-link: warning}}\n"
    );
    write(dir, &settings);
    let first = build(dir, &[]);
    assert_eq!(first.status, 0, "{}", first.err);
    for code in ["missing-string", "broken-link", "unsafe-link"] {
        assert!(first.err.contains(&format!("warning[{code}]")), "{code}\n{}", first.err);
    }
    for _ in 0..2 {
        let again = build(dir, &["--message-format", "json"]);
        let done: serde_json::Value = serde_json::from_str(&again.out).unwrap();
        assert_eq!(done["made"], 0, "{}", again.out);
        assert_eq!(build(dir, &[]).err, first.err);
    }
    assert_eq!(build(dir, &["--no-cache"]).err, first.err);
}

#[test]
fn a_build_waits_for_another() {
    let site = site();
    let cache = Cache::open(site.path(), || panic!("nobody else is at work"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_bashu"))
        .current_dir(site.path())
        .args(["build", "--color", "never"])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut said = BufReader::new(child.stderr.take().unwrap());
    let mut line = String::new();
    said.read_line(&mut line).unwrap();
    assert_eq!(line, "note: another run of Bashu is at work on this site; waiting for it\n");
    assert!(child.try_wait().unwrap().is_none(), "it does not wait");
    drop(cache);
    line.clear();
    said.read_to_string(&mut line).unwrap();
    assert!(child.wait().unwrap().success(), "{line}");
}

#[test]
fn only_a_build_with_a_cache_writes_one() {
    let site = site();
    let cache = site.path().join(".bashu");
    let ignored = fs::read_to_string(cache.join(".gitignore")).unwrap();
    assert!(ignored.lines().any(|line| line == "*"), "{ignored}");
    fs::remove_dir_all(&cache).unwrap();
    let run = build(site.path(), &["--no-cache"]);
    assert_eq!((run.status, cache.exists()), (0, false), "{}", run.err);
    assert!(run.out.contains(" 0 written, "), "{}", run.out);
    // What stands in the output is as good for the next one.
    let run = build(site.path(), &[]);
    assert!(cache.join("index").is_file() && run.out.contains(" 0 written, "), "{}", run.out);
    assert_eq!(explained(site.path()), "");
}

#[test]
fn a_cache_that_cannot_be_used_is_told() {
    let site = site();
    fs::write(site.path().join(".bashu/index"), "x").unwrap();
    let run = build(site.path(), &[]);
    assert_eq!(run.status, 0);
    assert!(run.err.starts_with("note: the cache in .bashu was not written by Bashu;"), "{}", run.err);
    assert_eq!(build(site.path(), &[]).err.lines().filter(|line| line.starts_with("note: ")).count(), 0);
}
