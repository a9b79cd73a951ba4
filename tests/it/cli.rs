//! The commands as a new user tries them: the starter is built, files are made, editors get
//! their schemas.

use std::process::Command;

use bashu::{article, config};
use tempfile::TempDir;

/// Runs the program in a folder; its exit status and what it printed.
fn bashu(dir: &TempDir, arguments: &[&str]) -> (Option<i32>, String, String) {
    let run =
        Command::new(env!("CARGO_BIN_EXE_bashu")).args(arguments).current_dir(dir.path()).output().unwrap();
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).unwrap();
    (run.status.code(), text(run.stdout), text(run.stderr))
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
    assert!(out.starts_with("pages: 8 en, 8 zh; files: "), "{out}");
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

#[test]
fn editors_get_schemas_with_every_key() {
    let dir = TempDir::new().unwrap();
    for (of, fields) in [("front-matter", article::FIELDS), ("site", config::FIELDS)] {
        let (status, out, _) = bashu(&dir, &["schema", of]);
        assert_eq!(status, Some(0));
        let schema: serde_json::Value = serde_json::from_str(&out).unwrap();
        let properties = schema["properties"].as_object().unwrap();
        for field in fields {
            assert!(properties[field.key]["description"].is_string(), "{of} lacks {}", field.key);
        }
        assert_eq!(schema["additionalProperties"], false);
    }
}

#[test]
fn shells_complete_the_commands() {
    let dir = TempDir::new().unwrap();
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (status, out, _) = bashu(&dir, &["completions", shell]);
        assert!(status == Some(0) && out.contains("message-format"), "{shell}");
    }
}
