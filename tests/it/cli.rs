//! The commands as a new user tries them: the starter is built, files are made, editors get
//! their schemas.

use std::fs;

use bashu::yaml::{Field, Shape};
use serde_json::Value as Json;
use tempfile::TempDir;

use crate::fixture::SITE;
use crate::program;

/// Runs the program in a folder; its exit status and what it printed.
fn bashu(dir: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let run = program::bashu(dir.path(), arguments);
    (Some(run.status), run.out, run.err)
}

#[test]
fn the_starter_is_a_site_that_builds() {
    let dir = TempDir::new().unwrap();
    let (status, out, err) = bashu(&dir, &["init", "."]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert!(out.contains("bashu build"), "{out}");
    assert!(dir.path().join(".gitignore").is_file() && !dir.path().join("gitignore").exists());

    let (status, out, err) = bashu(&dir, &["build", "--today", "2026-12-31"]);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert!(out.starts_with("pages: 8 en, 8 zh; translations: zh 8 current; files: "), "{out}");
    assert!(dir.path().join("output/zh/index.html").is_file());

    let (_, out, _) = bashu(&dir, &["build", "--today", "2026-12-31"]);
    assert!(out.contains("files: 0 written"), "{out}");
}

#[test]
fn a_new_article_builds_once_it_is_no_draft() {
    let dir = TempDir::new().unwrap();
    bashu(&dir, &["init", "--quiet", "."]);
    let (status, out, _) = bashu(&dir, &["new", "news/air-routes", "--folder"]);
    let files = "content/news/air-routes/index.en.md\ncontent/news/air-routes/index.zh.md\n";
    assert_eq!((status, out.as_str()), (Some(0), files));

    let (_, out, _) = bashu(&dir, &["build"]);
    assert!(out.starts_with("pages: 8 en, 8 zh;"), "a draft is published: {out}");
    let (_, out, err) = bashu(&dir, &["build", "--drafts"]);
    assert!(out.starts_with("pages: 9 en, 9 zh;"), "{out}{err}");
}

/// A schema has the keys of the table that the program reads by, and describes each.
fn agrees(schema: &Json, fields: &[Field]) {
    let properties = schema["properties"].as_object().unwrap();
    let mut known: Vec<&str> =
        fields.iter().flat_map(|f| [f.key, f.alias]).filter(|k| !k.is_empty()).collect();
    let mut keys: Vec<&str> = properties.keys().map(String::as_str).collect();
    known.sort_unstable();
    keys.sort_unstable();
    assert_eq!(keys, known);
    assert_eq!(schema["additionalProperties"], Json::Bool(false));
    for field in fields {
        let property = &properties[field.key];
        assert!(property["description"].as_str().is_some_and(|d| d.ends_with('.')), "{}", field.key);
        match &field.shape {
            Shape::Map(inner) => agrees(property, inner),
            Shape::List(Shape::Map(inner)) => agrees(&property["items"], inner),
            Shape::Names(Shape::Map(inner)) => agrees(&property["additionalProperties"], inner),
            _ => {}
        }
    }
}

#[test]
fn schemas_hold_the_keys_that_are_read() {
    let dir = TempDir::new().unwrap();
    let schema =
        |of: &[&str]| -> Json { serde_json::from_str(&bashu(&dir, &[&["schema"], of].concat()).1).unwrap() };
    for (of, fields, required) in [
        (&[][..], bashu::article::FIELDS, &["title"][..]),
        (&["front-matter"], bashu::article::FIELDS, &["title"]),
        (&["site"], bashu::config::FIELDS, &["title", "base_url", "languages"]),
        (&["theme"], bashu::theme::FIELDS, &["name"]),
    ] {
        let schema = schema(of);
        agrees(&schema, fields);
        let needed: Vec<&str> =
            schema["required"].as_array().unwrap().iter().flat_map(Json::as_str).collect();
        assert_eq!(needed, required);
    }
    assert_eq!(schema(&["site"])["properties"]["urls"]["enum"], serde_json::json!(["prefix", "root"]));
}

#[test]
fn shells_complete_the_commands() {
    let dir = TempDir::new().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (status, out, _) = bashu(&dir, &["completions", shell]);
        assert!(status == Some(0) && out.contains("message-format"), "{shell}");
    }
}

#[test]
fn the_day_and_the_base_url_can_be_given() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("site.yaml"), SITE).unwrap();
    fs::create_dir(dir.path().join("content")).unwrap();
    fs::write(dir.path().join("content/a.en.md"), "---\ntitle: A\ndate: 2300-01\n---\n").unwrap();
    let page = dir.path().join("output/en/a/index.html");
    bashu(&dir, &["build", "--today", "2299-12-31", "--quiet"]);
    assert!(!page.exists());
    assert_eq!(
        bashu(&dir, &["build", "--today", "2300-01-01", "--base-url", "https://b.example/x", "-q"]).1,
        ""
    );
    assert!(fs::read_to_string(&page).unwrap().contains("https://b.example/x/en/a/"));
    for wrong in [
        &["build", "--today", "2300-01"][..],
        &["build", "--base-url", "b.example"],
        &["build", "--site", "no"],
        &["fly"],
        &[],
    ] {
        assert_eq!(bashu(&dir, wrong).0, Some(2), "{wrong:?}");
    }
}

#[test]
fn what_cannot_be_done_is_refused_before_anything_is_written() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("site.yaml"), SITE).unwrap();
    for id in ["../ants", "notes/a.b", "notes/_index", "con", "a//b"] {
        let (status, _, err) = bashu(&dir, &["new", id]);
        assert!(status == Some(2) && err.contains("cannot be an id"), "{id}: {err}");
    }
    assert!(!dir.path().join("content").exists());
    bashu(&dir, &["new", "notes/ants"]);
    for form in [&["new", "notes/ants"][..], &["new", "notes/ants", "--folder"]] {
        let (status, _, err) = bashu(&dir, form);
        assert!(status == Some(2) && err.contains("content/notes/ants.en.md is there already"), "{err}");
    }
    let (status, _, err) = bashu(&dir, &["init", "."]);
    assert!(status == Some(2) && err.contains("is not empty"), "{err}");
}

#[test]
fn parity_is_checked_and_says_so_by_its_status() {
    let dir = TempDir::new().unwrap();
    bashu(&dir, &["init", "--quiet", "."]);
    let check = ["check", "parity", "--today", "2026-12-31"];
    let (status, out, err) = bashu(&dir, &check);
    assert_eq!((status, err.as_str()), (Some(0), ""));
    assert!(out.ends_with(" pairs compared, 0 faults\n"), "{out}");
    assert!(!dir.path().join("output").exists() && !dir.path().join(".bashu").exists());

    let page = |lang: &str| dir.path().join(format!("content/ants.{lang}.md"));
    fs::write(page("en"), "---\ntitle: Ants\n---\nThey have 120 million nests.\n").unwrap();
    fs::write(page("zh"), "---\ntitle: 蚂蚁\ntranslated_from: en\n---\n它们有1.2万个巢。\n").unwrap();
    for named in ["ants", "content/ants.zh.md"] {
        let (status, out, err) = bashu(&dir, &[&check[..], &[named]].concat());
        assert_eq!((status, out.as_str()), (Some(1), "1 pair compared, 1 fault\n"), "{err}");
        assert!(err.contains("a ten-thousandfold slip") && err.contains("content/ants.en.md:4:11"), "{err}");
    }
    assert_eq!(bashu(&dir, &[&check[..], &["_index"]].concat()).1, "1 pair compared, 0 faults\n");
    assert_eq!(bashu(&dir, &[&check[..], &["ants", "--lang", "en"]].concat()).0, Some(0));
    for named in ["content/ants.zh.md", "./content/ants.en.md", "ants/"] {
        assert_eq!(bashu(&dir, &[&check[..], &[named]].concat()).1, "1 pair compared, 1 fault\n", "{named}");
    }
    assert_eq!(bashu(&dir, &[&check[..], &["_index"]].concat()).1, "1 pair compared, 0 faults\n");
    let (_, out, err) = bashu(&dir, &[&check[..], &["ants", "--message-format", "json"]].concat());
    let message: Json = serde_json::from_str(&err).unwrap();
    assert_eq!(message["code"], "parity-numbers");
    assert_eq!(message["labels"].as_array().unwrap().len(), 2);
    let counted: Json = serde_json::from_str(&out).unwrap();
    assert_eq!(counted, serde_json::json!({ "pairs": 1, "faults": 1, "waived": 0 }));

    for (wrong, help) in [(&["antz"][..], "did you mean `ants`"), (&["--lang", "zn"], "did you mean `zh`")] {
        let (status, _, err) = bashu(&dir, &[&check[..], wrong].concat());
        assert!(status == Some(2) && err.contains(help), "{err}");
    }
}
