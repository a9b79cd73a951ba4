//! The desk: what the list of articles and the view of two versions are told.

use std::collections::BTreeMap;
use std::fs;

use serde_json::{Value, json};

use super::server::{Server, site};
use crate::program::bashu;

/// Versions in every state, in three languages.
const SITE: &str = "== site.yaml
title: {en: Animals, zh: 动物, ja: 動物}
base_url: https://animals.example/
languages:
  - {code: en, tag: en, name: English}
  - {code: zh, tag: zh-Hans, name: 中文}
  - {code: ja, tag: ja, name: 日本語}
== content/about.en.md
---
title: About
---
== content/a/_index.en.md
---
title: Insects
---
== content/a/ants.en.md
---
title: Ants carry leaves
date: 2023-12-01
---
They have 6 legs. See [bees](bees.en.md).
== content/a/ants.zh.md
---
title: 蚂蚁搬运树叶
translated_from: en
---
它们有8条腿。见[蜜蜂](bees.zh.md)。
== content/a/bees.en.md
---
title: Bees
date: 2023-12-03
---
They fly far in summer.
== content/a/bees.zh.md
---
title: 蜜蜂
translated_from: en
draft: true
---
它们在夏天飞得很远。
== content/a/cicadas.ja.md
---
title: 蝉
date: 2099-08
---
夏に鳴く。[何](無.ja.md)
== content/a/cicadas.en.md
---
title: Cicadas
translated_from: ja
---
They sing in summer.
";

/// The ants are current in Chinese, and the bees stale.
fn server() -> Server {
    let dir = site(SITE);
    let accept = ["translations", "accept", "a/ants", "a/bees", "--to", "zh"];
    assert_eq!(bashu(dir.path(), &accept).err, "");
    let bees = dir.path().join("content/a/bees.en.md");
    let text = fs::read_to_string(&bees).unwrap();
    fs::write(&bees, text.replace("far in summer", "far in autumn")).unwrap();
    Server::start_in(dir, &["--port", "0"])
}

fn json(server: &Server, path: &str) -> Value {
    let answer = server.get(path);
    assert_eq!(answer.status, 200, "{path}: {}", answer.text());
    serde_json::from_str(answer.text()).unwrap()
}

fn ids(answer: &Value) -> Vec<&str> {
    answer["rows"].as_array().unwrap().iter().map(|row| row["id"].as_str().unwrap()).collect()
}

#[test]
fn the_list_has_what_is_asked_for() {
    let server = server();
    for (query, expected) in [
        ("", "a/cicadas a/bees a/ants a about"),
        ("sort=id", "a a/ants a/bees a/cicadas about"),
        ("sort=title", "about a/ants a/bees a/cicadas a"),
        // In the order of pinyin: fèng, mǎ; what has no title in Chinese goes by another.
        ("sort=title&lang=zh", "a/ants a/bees"),
        ("q=ANTS", "a/ants"),
        ("q=%E8%9A%82%E8%9A%81+leaves", "a/ants"),
        ("q=a/b", "a/bees"),
        ("q=nobody", ""),
        ("state=stale", "a/bees"),
        ("state=stale&lang=en", ""),
        ("state=current,stale", "a/bees a/ants"),
        ("state=missing&lang=zh", "a/cicadas a about"),
        ("state=unmarked", "a/cicadas"),
        ("state=nonsense", ""),
        ("lang=ja", "a/cicadas"),
        ("lang=xx", ""),
        ("kind=page", "about"),
        ("kind=section", "a"),
        ("section=a&sort=id", "a a/ants a/bees a/cicadas"),
        // A section, and not whatever begins like it.
        ("section=ab", ""),
        ("mark=draft", "a/bees"),
        ("mark=waiting", "a/cicadas"),
        ("mark=any", "a/cicadas a/bees"),
        ("mark=draft&lang=en", ""),
        ("faults=1", "a/cicadas"),
        ("page=7", "a/cicadas a/bees a/ants a about"),
        ("page=-1&page_size=3", "a/cicadas a/bees a/ants a about"),
    ] {
        assert_eq!(ids(&json(&server, &format!("/_bashu/articles?{query}"))).join(" "), expected, "{query}");
    }
    let row = &json(&server, "/_bashu/articles?q=bees")["rows"][0];
    assert_eq!(row["title"], json!({ "text": "Bees", "tag": "en", "dir": "ltr" }));
    let cell = |code: &str| {
        let cells = row["cells"].as_array().unwrap();
        cells.iter().find(|cell| cell["code"] == code).unwrap().clone()
    };
    assert_eq!(
        cell("zh"),
        json!({
            "code": "zh", "state": "stale", "title": "蜜蜂", "file": "content/a/bees.zh.md",
            "url": "/zh/a/bees/", "unpublished": { "why": "draft" }, "faults": 0,
        })
    );
    assert_eq!((&cell("ja")["state"], &cell("ja")["url"]), (&json!("missing"), &Value::Null));
}

/// Nobody should have to wonder which of the two is right.
#[test]
fn the_list_counts_as_the_ledger_does() {
    let server = server();
    let run = bashu(
        server.dir.path(),
        &[
            "translations",
            "--brief",
            "--format",
            "json",
            "--state",
            "original,current,stale,unmarked,missing",
        ],
    );
    let ledger: Vec<Value> = serde_json::from_str(&run.out).unwrap();
    let mut expected: BTreeMap<(String, String), u64> = BTreeMap::new();
    for row in &ledger {
        let text = |key: &str| row[key].as_str().unwrap().to_owned();
        *expected.entry((text("language"), text("state"))).or_default() += 1;
    }
    let answer = json(&server, "/_bashu/articles");
    let mut found = BTreeMap::new();
    for language in answer["languages"].as_array().unwrap() {
        for (state, count) in language["counts"].as_object().unwrap() {
            if *count != 0 {
                let code = language["code"].as_str().unwrap().to_owned();
                found.insert((code, state.clone()), count.as_u64().unwrap());
            }
        }
    }
    assert_eq!(found, expected);
    assert_eq!(answer["all"], 5);
}

#[test]
fn long_lists_come_by_pages() {
    let articles: String =
        (0..250).map(|n| format!("== content/a/n{n:03}.en.md\n---\ntitle: N\n---\n")).collect();
    let server = Server::start(&articles, &[]);
    for (page, first, last, count) in
        [(1, "a/n000", "a/n099", 100), (3, "a/n200", "a/n249", 50), (9, "a/n200", "a/n249", 50)]
    {
        let answer = json(&server, &format!("/_bashu/articles?sort=id&kind=article&page={page}"));
        let ids = ids(&answer);
        assert_eq!((ids[0], *ids.last().unwrap(), ids.len()), (first, last, count));
        assert_eq!((&answer["found"], &answer["pages"]), (&json!(250), &json!(3)));
    }
}

#[test]
fn an_address_names_an_article_and_two_versions() {
    let server = server();
    for (query, expected) in [
        ("id=a/ants", "a/ants en zh"),
        ("id=a/ants&left=zh&right=en", "a/ants zh en"),
        ("id=a/ants&right=ja", "a/ants en ja"),
        // Never the same twice.
        ("id=a/ants&left=zh&right=zh", "a/ants zh en"),
        ("id=a/ants&left=xx", "a/ants en zh"),
        ("at=/zh/a/ants/", "a/ants en zh"),
        ("at=/zh/a/ants", "a/ants en zh"),
        // A third language beside the original.
        ("at=/ja/a/cicadas/&x=", "a/cicadas ja en"),
        ("at=/en/about/", "about en zh"),
    ] {
        let pair = json(&server, &format!("/_bashu/sides?{query}"));
        let found = ["id", "left", "right"].map(|key| pair[key].as_str().unwrap());
        assert_eq!(found.join(" "), expected, "{query}");
    }
    for query in ["", "id=nobody", "at=/en/nobody/", "at=/zh/feed.xml", "at=%00"] {
        assert_eq!(server.get(&format!("/_bashu/sides?{query}")).status, 404, "{query}");
    }
    // Those before and behind it in the list that it was found in.
    for (query, expected) in [
        ("id=a/bees", json!(["a/cicadas", "a/ants"])),
        ("id=a/cicadas", json!([null, "a/bees"])),
        ("id=a/ants&state=missing&lang=zh", json!(["a/cicadas", "a"])),
        ("id=about&sort=id", json!(["a/cicadas", null])),
    ] {
        let pair = json(&server, &format!("/_bashu/sides?{query}"));
        assert_eq!(json!([pair["previous"], pair["next"]]), expected, "{query}");
    }
}

#[test]
fn remarks_are_those_of_the_ledger_of_parity_and_of_the_files() {
    let server = server();
    let remarks = json(&server, "/_bashu/remarks?id=a/ants");
    assert_eq!(
        remarks["ledger"],
        json!([
            { "code": "en", "from": null, "state": "original" },
            { "code": "zh", "from": "en", "state": "current" },
        ])
    );
    let run = bashu(server.dir.path(), &["--message-format", "json", "check", "parity", "a/ants"]);
    let lines: Vec<Value> =
        run.out.lines().chain(run.err.lines()).filter_map(|l| serde_json::from_str(l).ok()).collect();
    let of_parity = |line: &&Value| line["code"].as_str().is_some_and(|code| code.starts_with("parity-"));
    let expected: Vec<&Value> = lines.iter().filter(of_parity).map(|line| &line["message"]).collect();
    let found: Vec<&Value> = remarks["parity"].as_array().unwrap().iter().map(|r| &r["message"]).collect();
    assert_eq!(found, expected);
    let labels = &remarks["parity"][0]["labels"];
    let words =
        |label: &Value| ["before", "words", "after"].map(|key| label[key].as_str().unwrap().to_owned());
    assert_eq!(words(&labels[0]), ["它们有", "8条", "腿。见蜜蜂。"]);
    assert_eq!(labels[1]["file"], "content/a/ants.en.md");
    // In no repository, what changed cannot be known.
    let stale = &json(&server, "/_bashu/remarks?id=a/bees")["ledger"][1];
    assert_eq!(stale["state"], "stale");
    assert_eq!(stale["unknown"]["message"], "the site is not in a git repository");
    let missing = json(&server, "/_bashu/remarks?id=a/cicadas&left=ja&right=zh");
    assert_eq!(missing["ledger"][1], json!({ "code": "zh", "from": "ja", "state": "missing" }));
    assert_eq!(missing["faults"][0]["code"], "broken-link");
    assert_eq!(missing["faults"][0]["labels"][0]["words"], "夏に鳴く。何");
    assert_eq!(server.get("/_bashu/remarks?id=nobody").status, 404);
}

/// Nothing in the desk's pages is from elsewhere, or could be put into them.
#[test]
fn pages_of_the_desk_run_their_own_scripts_alone() {
    let server = Server::start(SITE, &[]);
    for path in ["/_bashu/", "/_bashu/pair"] {
        let page = server.get(path);
        assert_eq!((page.status, page.field("content-type")), (200, "text/html; charset=utf-8"));
        let policy = page.field("content-security-policy");
        assert!(policy.starts_with("default-src 'none'; script-src 'self'; style-src 'self';"), "{policy}");
        assert!(policy.ends_with("frame-ancestors 'none'"), "{policy}");
        for piece in page.text().split(['"', '\'']).filter(|piece| piece.starts_with("/_bashu/assets/")) {
            assert_eq!(server.get(piece).status, 200, "{piece}");
        }
        assert!(!page.text().contains("<style") && !page.text().contains(" style="), "{path}");
    }
}
