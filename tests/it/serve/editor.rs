//! Links in messages open an editor: a script here, which tells what it was told.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::process::Command;

use super::SITE;
use super::server::{Server, site};

const JSON: (&str, &str) = ("Content-Type", "application/json");

fn opens(server: &Server) -> String {
    server.get("/_bashu/config").text().to_owned()
}

#[test]
fn a_file_of_the_site_is_opened_at_its_place() {
    let dir = site(SITE);
    let (script, told) = (dir.path().join("my editor"), dir.path().join("told"));
    fs::write(&script, format!("#!/bin/sh\nprintf '%s|' \"$@\" > '{}'\n", told.display())).unwrap();
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    // Whoever reads a pipe waits for whoever writes it.
    assert!(Command::new("mkfifo").arg(&told).status().unwrap().success());
    let command = format!("'{}' -x +{{line}}:{{column}} {{file}}", script.display());
    let server = Server::start_in(dir, &["--port", "0", "--editor", &command]);
    assert_eq!(opens(&server), "{\"editor\":true}");
    let root = fs::canonicalize(server.dir.path()).unwrap();
    let file = root.join("content/notes/ants.zh.md");
    for (place, line) in [
        ("{\"file\": \"content/notes/ants.zh.md\", \"line\": 6, \"column\": 2}", "+6:2"),
        ("{\"file\": \"content/notes/ants.zh.md\"}", "+1:1"),
        ("{\"file\": \"content/notes/ants.zh.md\", \"line\": 0, \"column\": 0, \"more\": 1}", "+1:1"),
    ] {
        assert_eq!(server.ask("POST", "/_bashu/open", &[JSON], place).status, 204, "{place}");
        assert_eq!(fs::read_to_string(&told).unwrap(), format!("-x|{line}|{}|", file.display()));
    }
    let origin = format!("http://{}", server.at());
    for (fields, body, status) in [
        (&[JSON][..], "{\"file\": \"/etc/passwd\"}", 404),
        (&[JSON], "{\"file\": \"../secret\"}", 404),
        (&[JSON], "{\"file\": \"content/../site.yaml\"}", 404),
        (&[JSON], "{\"file\": \"my editor\"}", 404),
        (&[JSON], "{\"file\": \"\"}", 404),
        (&[JSON], "{\"file\": \"content/notes\"}", 404),
        (&[JSON], "{\"file\": \"site.yaml\", \"line\": -1}", 422),
        (&[JSON], "{\"line\": 1}", 422),
        (&[JSON], "{", 400),
        // What a form could send without being asked for permission.
        (&[], "{\"file\": \"site.yaml\"}", 415),
        (&[("Content-Type", "text/plain")], "{\"file\": \"site.yaml\"}", 415),
        (&[JSON, ("Origin", "http://evil.example")], "{\"file\": \"site.yaml\"}", 403),
        (&[JSON, ("Origin", "null")], "{\"file\": \"site.yaml\"}", 403),
        (&[JSON, ("Sec-Fetch-Site", "cross-site")], "{\"file\": \"site.yaml\"}", 403),
    ] {
        assert_eq!(server.ask("POST", "/_bashu/open", fields, body).status, status, "{body} {fields:?}");
    }
    let own = server.ask("POST", "/_bashu/open", &[JSON, ("Origin", &origin)], "{\"file\": \"site.yaml\"}");
    assert_eq!(own.status, 204);
    assert!(fs::read_to_string(&told).unwrap().ends_with("/site.yaml|"));
}

#[test]
fn an_editor_that_fails_is_told_of() {
    let mut server = Server::start(SITE, &["--editor", "false"]);
    assert_eq!(server.ask("POST", "/_bashu/open", &[JSON], "{\"file\": \"site.yaml\"}").status, 204);
    let note = server.event("note");
    assert!(note["message"].as_str().unwrap().starts_with("the editor `false` failed"), "{note}");

    let mut server = Server::start(SITE, &["--editor", "no-such-editor"]);
    let answer = server.ask("POST", "/_bashu/open", &[JSON], "{\"file\": \"site.yaml\"}");
    assert_eq!(answer.status, 500);
    let note = server.event("note")["message"].as_str().unwrap().to_owned();
    assert!(note.starts_with("the editor `no-such-editor` does not start"), "{note}");
    assert_eq!(answer.text(), format!("{note}\n"));
}

#[test]
fn without_an_editor_that_has_a_window_there_are_no_links() {
    for arguments in [&[][..], &["--editor", "vim"], &["--editor", " "]] {
        let server = Server::start(SITE, arguments);
        assert_eq!(opens(&server), "{\"editor\":false}");
        assert_eq!(server.ask("POST", "/_bashu/open", &[JSON], "{\"file\": \"site.yaml\"}").status, 403);
    }
}
