//! A preview that runs for days: edit after edit is shown, what breaks is told and what is mended
//! goes on, and the process holds no more at the end than at first.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::json;

use super::changes::save;
use super::server::Server;
use crate::rebuild::number;

/// How many edits are made; `BASHU_SOAK=1000` says otherwise.
const EDITS: usize = 40;

/// When it is looked at first what the process holds: its allocator knows by then what it needs.
const SETTLED: usize = 200;

const ARTICLES: usize = 20;

fn path(root: &Path, number: usize) -> PathBuf {
    root.join(format!("content/notes/a-{}.en.md", number % ARTICLES))
}

fn text(title: usize, mark: usize) -> String {
    format!("---\ntitle: Title {title}\n---\nMark {mark:05}.\n\n{}\n", "Words that fill a page. ".repeat(40))
}

fn address(number: usize) -> String {
    format!("/en/notes/a-{}/", number % ARTICLES)
}

/// Asks until a page has something.
fn wait_for(server: &Server, number: usize, what: &str) {
    while !server.get(&address(number)).text().contains(what) {
        std::thread::yield_now();
    }
}

#[test]
fn a_thousand_edits_and_a_hundred_faults() {
    let fixture: String = (0..ARTICLES)
        .map(|number| format!("== content/notes/a-{number}.en.md\n{}", text(number, 0)))
        .chain(["== content/notes/_index.en.md\n---\ntitle: Notes\n---\n".to_owned()])
        .collect();
    let mut server = Server::start(&fixture, &[]);
    server.event("opened");
    let root = server.dir.path().to_owned();
    let edits = number("BASHU_SOAK").map_or(EDITS, |edits| usize::try_from(edits).unwrap());
    let mut settled = None;
    for edit in 1..=edits {
        // Words; now and then a title as well, which is on other pages too.
        let title = if edit % 7 == 0 { edit } else { edit % ARTICLES };
        let good = text(title, edit);
        save(&path(&root, edit), &good);
        wait_for(&server, edit, &format!("Mark {edit:05}."));
        if edit % 10 == 0 {
            break_and_mend(&mut server, &root, edit, &good);
        }
        if edit == SETTLED {
            settled = Some(held(server.id()));
        }
    }
    if let Some(before) = settled {
        let after = held(server.id());
        let said = format!("after {SETTLED} edits {before:?}, after {edits} {after:?}");
        // What the allocator keeps varies by some megabytes, which is much of a site as small as this.
        assert!(after.kilobytes <= before.kilobytes * 11 / 10 + 4096, "{said}");
        assert!(after.files <= before.files + 4 && after.threads <= before.threads + 4, "{said}");
    }
}

/// Something is broken, in turn an article, a template and `site.yaml`; the page stays as it was.
fn break_and_mend(server: &mut Server, root: &Path, edit: usize, good: &str) {
    let settings = root.join("site.yaml");
    let template = root.join("templates/article.html");
    let site = fs::read_to_string(&settings).unwrap();
    match edit / 10 % 3 {
        0 => save(&path(root, edit), "---\ntitel: [\n---\nBroken.\n"),
        1 => {
            fs::create_dir_all(root.join("templates")).unwrap();
            save(&template, "{% if %}");
        }
        _ => save(&settings, "title: [\n"),
    }
    while server.event("faults")["faults"] == json!([]) {}
    wait_for(server, edit, &format!("Mark {edit:05}."));
    match edit / 10 % 3 {
        0 => save(&path(root, edit), good),
        1 => fs::remove_file(&template).unwrap(),
        _ => save(&settings, &site),
    }
    while server.event("faults")["faults"] != json!([]) {}
    wait_for(server, edit, &format!("Mark {edit:05}."));
}

/// What a process holds.
#[derive(Debug)]
struct Held {
    kilobytes: usize,
    files: usize,
    threads: usize,
}

fn held(process: u32) -> Held {
    let at = |what: &str| format!("/proc/{process}/{what}");
    let status = fs::read_to_string(at("status")).unwrap();
    let line = status.lines().find(|line| line.starts_with("VmRSS:")).unwrap();
    let kilobytes = line.split_whitespace().nth(1).unwrap().parse().unwrap();
    let count = |what: &str| fs::read_dir(at(what)).unwrap().count();
    Held { kilobytes, files: count("fd"), threads: count("task") }
}
