//! The command: its arguments, and what the terminal says.

use std::io::{BufRead, BufReader, Read};
use std::net::{Ipv4Addr, TcpListener};
use std::process::Stdio;

use super::SITE;
use super::server::{Server, command, site};
use crate::program::bashu;

#[test]
fn a_folder_that_is_no_site_is_refused() {
    let dir = tempfile::tempdir().unwrap();
    for arguments in [&["serve"][..], &["serve", "--site", "none"]] {
        let run = bashu(dir.path(), arguments);
        assert_eq!((run.status, run.out.as_str()), (2, ""));
        assert!(
            run.err.contains("there is no site.yaml in ") && run.err.contains("bashu init"),
            "{}",
            run.err
        );
    }
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn a_port_is_taken_once() {
    let dir = site(SITE);
    let taken = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let port = taken.local_addr().unwrap().port().to_string();
    let run = bashu(dir.path(), &["serve", "--port", &port]);
    assert_eq!((run.status, run.out.as_str()), (2, ""));
    assert!(run.err.contains(&format!("port {port} of 127.0.0.1 is taken")), "{}", run.err);
    assert!(run.err.contains("--port"), "{}", run.err);
    // Without one that is asked for, the next that is free is taken, and said.
    let first = Server::start_in(dir, &[]);
    let second = Server::start_in(site(SITE), &[]);
    let (one, two) = (first.at().port(), second.at().port());
    assert!((8080..=8180).contains(&one) && (8080..=8180).contains(&two) && one != two, "{one} {two}");
    assert_eq!(second.ready["moved"], true);
    assert_eq!(first.ready["moved"], one != 8080);
    assert_eq!(second.get("/en/").status, 200);
}

#[test]
fn hosts_are_addresses_of_this_machine() {
    let dir = site(SITE);
    for (host, help) in [
        ("example.org", "0.0.0.0"),
        ("1.2.3", "0.0.0.0"),
        // For documentation (RFC 5737), so no machine has it.
        ("203.0.113.1", "an address of this machine"),
    ] {
        let run = bashu(dir.path(), &["serve", "--host", host]);
        assert!(run.status == 2 && run.err.contains(help), "{host}: {}", run.err);
    }
    for host in ["localhost", "127.0.0.1", "127.0.0.2"] {
        let server = Server::start(SITE, &["--host", host]);
        assert_eq!(server.ready["elsewhere"], serde_json::json!([]), "{host}");
        assert_eq!(server.get("/en/").status, 200, "{host}");
    }
}

#[test]
fn listening_for_all_says_where_and_shows_the_address_at_hand() {
    let server = Server::start(SITE, &["--host", "0.0.0.0"]);
    assert!(server.url().starts_with("http://127.0.0.1:"), "{}", server.url());
    assert!(server.get("/en/").text().contains(&format!("href=\"{}en/\"", server.url())));
    for at in server.ready["elsewhere"].as_array().unwrap() {
        let at = at.as_str().unwrap();
        assert!(at.ends_with(&format!(":{}/", server.at().port())) && !at.contains("127.0.0.1"), "{at}");
    }
}

#[test]
fn the_terminal_says_where_and_how_much() {
    let dir = site(SITE);
    let mut child = command(dir.path(), &["--port", "0"]).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stdout.take().unwrap()).lines().map(Result::unwrap);
    let first = lines.next().unwrap();
    let url = first.split_whitespace().last().unwrap().to_owned();
    assert!(url.starts_with("http://127.0.0.1:") && url.ends_with('/'), "{first}");
    assert!(lines.next().unwrap().ends_with(&format!(" {url}_bashu/")));
    let pages = lines.next().unwrap();
    assert!(pages.contains(" pages in ") && pages.ends_with('s'), "{pages}");
    interrupt(&child);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(lines.count(), 0);
    let mut err = String::new();
    child.stderr.take().unwrap().read_to_string(&mut err).unwrap();
    assert_eq!(err, "");
}

/// As Ctrl-C does.
fn interrupt(child: &std::process::Child) {
    let id = child.id().to_string();
    assert!(std::process::Command::new("kill").args(["-INT", &id]).status().unwrap().success());
}

#[test]
fn faults_are_told_in_full_and_quiet_tells_nothing_else() {
    let dir = site(&format!("{SITE}== content/wasps.en.md\n---\ntitle: Wasps\n---\n[x](none.en.md)\n"));
    let mut child = command(dir.path(), &["--port", "0", "--quiet"]).stderr(Stdio::piped()).spawn().unwrap();
    let mut lines = BufReader::new(child.stderr.take().unwrap()).lines().map(Result::unwrap);
    let told: Vec<String> = lines.by_ref().take_while(|line| line != "1 error").collect();
    assert!(
        told[0].starts_with("error[broken-link]") && told[1].contains("content/wasps.en.md:4:"),
        "{told:?}"
    );
    interrupt(&child);
    assert_eq!(child.wait().unwrap().code(), Some(0));
    assert_eq!(lines.count(), 0);
    let mut out = String::new();
    child.stdout.take().unwrap().read_to_string(&mut out).unwrap();
    assert_eq!(out, "");
}

#[cfg(unix)]
#[test]
fn a_browser_is_opened_where_the_site_answers() {
    let dir = site(SITE);
    let (script, told) = (dir.path().join("browser"), dir.path().join("told"));
    let text = format!("#!/bin/sh\nprintf '%s' \"$1\" > '{}'\n", told.display());
    std::fs::write(&script, text).unwrap();
    std::fs::set_permissions(&script, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&told).status().unwrap().success());
    let mut child = command(dir.path(), &["--port", "0", "--open"])
        .env("BROWSER", &script)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let opened = std::fs::read_to_string(&told).unwrap();
    let first = BufReader::new(child.stdout.take().unwrap()).lines().next().unwrap().unwrap();
    child.kill().unwrap();
    child.wait().unwrap();
    assert!(opened.starts_with("http://127.0.0.1:") && first.ends_with(&opened), "{opened} {first}");
}
