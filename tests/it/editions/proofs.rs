//! Which changes are words alone, so that they are shown before the next edition.

use std::fs;

use bashu::base::{ContentPath, Lang, OutputPath};
use bashu::build::{Edition, Editions, Piece};

use super::model::options;
use crate::fixture::{self, SITE, clock};

const CONTENT: &str = "== content/a/ants.en.md
---
title: Ants
figures: {legs: {value: 6, unit: percent}}
---
Six legs, [bees](bees.en.md), [](figure:legs), [below](#below).

## Below {#below}

```{badge}
text: A badge
```
== content/a/ants.zh.md
---
title: 蚂蚁
translated_from: en
---
六条腿。
== content/a/bees.en.md
---
title: Bees
---
Two wings, and [a place](ants.en.md#below).
== templates/components/badge.html
{% component badge(text: string) -%}
<b>{{ text }}</b>
{%- endcomponent badge %}
";

fn page(edition: &Edition, path: &str) -> String {
    let route = edition.route(&OutputPath::new(path)).unwrap();
    let Ok(Piece::Made(bytes)) = edition.piece(&edition.engine(), route) else { panic!("{path}") };
    String::from_utf8(bytes).unwrap()
}

#[test]
fn words_alone_are_proofs() {
    let cases = [
        ("Six legs", "Six or more legs", true),
        ("Six legs", "# Six legs\n\nAnd more", true),
        ("Six legs", "**Six** legs[^1]\n\n[^1]: Or so.\n\nAnd", false),
        ("## Below {#below}", "## Further below {#below}", true),
        ("## Below {#below}", "## Below", true),
        ("## Below {#below}", "## Beyond", false),
        ("## Below {#below}", "## Below {#below}\n\n## Another", true),
        ("bees.en.md", "ants.zh.md", false),
        ("[](figure:legs)", "", false),
        ("[](figure:legs)", "[](figure:legs?style=number)", false),
        ("text: A badge", "text: Another badge", false),
        ("```{badge}", "A line more.\n\n```{badge}", true),
        ("title: Ants", "title: Aunts and uncles", true),
        ("title: Ants", "summary: Six of them\ntitle: Ants", true),
        ("title: Ants", "title: Ants\ndate: 2023-05", false),
        ("title: Ants", "title: Ants\nslug: aunts", false),
        ("title: Ants", "titel: Ants", false),
        ("value: 6", "value: 7", false),
        ("Six legs", "[Six](javascript:legs) legs", false),
    ];
    let dir = tempfile::tempdir().unwrap();
    fixture::write(dir.path(), &format!("== site.yaml\n{SITE}\n{CONTENT}"));
    let path = dir.path().join("content/a/ants.en.md");
    let text = fs::read_to_string(&path).unwrap();
    let mut editions = Editions::new(dir.path());
    for (from, to, is_proof) in cases {
        fs::write(&path, &text).unwrap();
        let issue = editions.next(&options(clock()), Vec::new(), || {}).unwrap();
        assert!(!issue.diagnostics.has_errors(), "{:?}", issue.diagnostics);
        let mut edition = issue.edition.unwrap();
        assert!(text.contains(from), "{from}");
        fs::write(&path, text.replacen(from, to, 1)).unwrap();
        let proof = edition.proof(&ContentPath::new("content/a/ants.en.md"));
        assert_eq!(proof.is_some(), is_proof, "{from} → {to}");
        let Some(proof) = proof else { continue };
        edition.revise(vec![proof]);
        let next = editions.next(&options(clock()), Vec::new(), || {}).unwrap().edition.unwrap();
        for path in ["en/a/ants/index.html", "en/a/bees/index.html", "en/index.html", "en/feed.xml"] {
            assert_eq!(page(&edition, path), page(&next, path), "{path}: {from} → {to}");
        }
    }
}

/// A translation that was up to date is not any more, which an edition tells and no proof.
#[test]
fn a_proof_leaves_the_state_of_translations() {
    let dir = tempfile::tempdir().unwrap();
    let text = format!("== site.yaml\n{SITE}translation_notice: [stale]\n{CONTENT}");
    fixture::write(dir.path(), &text);
    let path = dir.path().join("content/a/ants.en.md");
    let mut editions = Editions::new(dir.path());
    let edition = editions.next(&options(clock()), Vec::new(), || {}).unwrap().edition.unwrap();
    let ants = edition.site.find("a/ants").unwrap();
    let stamp = edition.site.entry(ants).version(Lang(0)).unwrap().outline.fingerprint.unwrap();
    let translation = dir.path().join("content/a/ants.zh.md");
    let stamped = fs::read_to_string(&translation).unwrap().replace("from: en", &format!("from: en@{stamp}"));
    fs::write(translation, stamped).unwrap();
    let mut edition = editions.next(&options(clock()), Vec::new(), || {}).unwrap().edition.unwrap();
    let words = fs::read_to_string(&path).unwrap().replace("Six legs", "Eight legs");
    fs::write(&path, words).unwrap();
    let before = page(&edition, "zh/a/ants/index.html");
    let proof = edition.proof(&ContentPath::new("content/a/ants.en.md")).unwrap();
    edition.revise(vec![proof]);
    assert!(page(&edition, "en/a/ants/index.html").contains("Eight legs"));
    assert_eq!(page(&edition, "zh/a/ants/index.html"), before);
    let next = editions.next(&options(clock()), Vec::new(), || {}).unwrap().edition.unwrap();
    assert_ne!(page(&next, "zh/a/ants/index.html"), before);
}

/// What was shown last is what stays when a file is broken, also if no edition ever had it.
#[test]
fn a_proof_is_the_last_good_form() {
    let dir = tempfile::tempdir().unwrap();
    fixture::write(dir.path(), &format!("== site.yaml\n{SITE}\n{CONTENT}"));
    let path = dir.path().join("content/a/ants.en.md");
    let text = fs::read_to_string(&path).unwrap();
    let mut editions = Editions::new(dir.path());
    let edition = editions.next(&options(clock()), Vec::new(), || {}).unwrap().edition.unwrap();
    let proof = |words: &str| {
        fs::write(&path, text.replace("Six legs", words).replace("title: Ants", "title: All ants")).unwrap();
        edition.proof(&ContentPath::new("content/a/ants.en.md")).unwrap()
    };
    let proofs = vec![proof("Seven legs"), proof("Eight legs")];
    for broken in ["---\ntitel: [\n", &text.replace("bees.en.md", "wasps.en.md")] {
        fs::write(&path, broken).unwrap();
        let issue = editions.next(&options(clock()), proofs.clone(), || {}).unwrap();
        assert!(issue.diagnostics.has_errors());
        let edition = issue.edition.unwrap();
        assert!(page(&edition, "en/a/ants/index.html").contains("Eight legs"), "{broken}");
        assert!(page(&edition, "en/a/bees/index.html").contains("All ants"), "{broken}");
    }
}
