//! Every message that bad input earns: `tests/diagnostics/NAME.site` is a fault, and
//! `NAME.report` what an editor reads about it. Those called `parity-…` are checked for parity
//! rather than built.
//!
//! `BLESS=1 cargo test --test it diagnostics` writes the reports anew; read them before they are
//! committed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use bashu::diag::ALL_CODES;

use crate::fixture::{Built, build, check_parity};

/// Codes that no site in memory can provoke, and the test that does.
const ELSEWHERE: &[(&str, &str)] = &[
    ("unreadable", "disk::what_cannot_be_read_is_reported"),
    ("link-leaves-site", "disk::symbolic_links_that_leave_dangle_or_loop_are_reported"),
    ("foreign-output", "disk::a_foreign_output_folder_is_refused_and_left"),
    ("output-failed", "disk::a_full_disk_is_reported_and_left"),
    ("unknown-host", "publish::command::a_host_is_named_or_is_the_only_one"),
    ("host-limit", "publish::command::what_is_in_the_way_is_said_together_and_nothing_is_published"),
    ("host-base-url", "publish::command::a_host_with_drafts_has_a_site_of_its_own"),
    ("requirement", "publish::command::what_is_in_the_way_is_said_together_and_nothing_is_published"),
    ("host-refused", "publish::scenes::wrong_credentials"),
    ("host-unreachable", "publish::scenes::gone_in_the_middle"),
    ("host-failed", "publish::command::programs_are_told_what_changed_once_it_is_there"),
    ("host-conflict", "publish::scenes::two_at_once"),
    ("foreign-host", "publish::scenes::life_of_a_site"),
    ("too-many-deletes", "publish::scenes::life_of_a_site"),
    ("no-release", "publish::command::a_host_that_keeps_no_release_says_so"),
    ("publish-stopped", "publish::command::a_run_that_is_stopped_leaves_a_site_that_the_next_one_completes"),
    ("not-as-published", "publish::check::a_visit_sees_what_readers_would"),
];

fn fixtures() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diagnostics");
    let mut fixtures: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|e| e == "site"))
        .collect();
    fixtures.sort();
    fixtures
}

#[test]
fn every_report_is_as_expected() {
    let bless = std::env::var_os("BLESS").is_some();
    let mut wrong = Vec::new();
    for fixture in fixtures() {
        let name = fixture.file_stem().unwrap().to_string_lossy().into_owned();
        let text = fs::read_to_string(&fixture).unwrap();
        // What versions say about one another is no matter of a build.
        let built = if name.starts_with("parity-") { check_parity(&text) } else { build(&text) };
        check_outcome(&name, &built);
        let expected = fixture.with_extension("report");
        if bless {
            fs::write(&expected, &built.report).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != built.report {
            wrong.push(format!("== {name}\n{}", built.report));
        }
    }
    assert!(wrong.is_empty(), "BLESS=1 accepts these reports:\n{}", wrong.join("\n"));
}

/// An error leaves nothing behind, and anything else a site; every message names a place and a remedy.
fn check_outcome(name: &str, built: &Built) {
    assert_eq!(built.files.is_none(), built.diagnostics.has_errors(), "{name}");
    for d in built.diagnostics.iter() {
        let fault = format!("{name}: {}", d.message);
        assert!(!d.labels.is_empty(), "{fault}");
        assert!(d.help.as_ref().is_some_and(|help| !help.is_empty()), "{fault}");
        assert!(!d.message.ends_with('.') && !d.message.contains("``"), "{fault}");
    }
}

#[test]
fn every_code_is_shown_by_a_fixture() {
    let reports: String = fixtures()
        .iter()
        .map(|f| fs::read_to_string(f.with_extension("report")).unwrap_or_default())
        .collect();
    let shown: BTreeSet<&str> = ALL_CODES
        .iter()
        .map(|code| code.name)
        .filter(|name| reports.contains(&format!("[{name}]")))
        .collect();
    for code in ALL_CODES {
        let elsewhere = ELSEWHERE.iter().find(|(name, _)| *name == code.name);
        assert!(
            shown.contains(code.name) || elsewhere.is_some(),
            "no fixture in tests/diagnostics/ shows `{}`",
            code.name
        );
        assert!(
            !(shown.contains(code.name) && elsewhere.is_some()),
            "`{}` is shown by a fixture and needs no mention",
            code.name
        );
    }
}

#[test]
fn twenty_faults_in_twenty_files_give_twenty_messages() {
    let faults = [
        "title: [",
        "title: Ants\ntitle: Bees",
        "summary: No title",
        "title: {a: b}",
        "title: Ants\nsumary: x",
        "title: Ants\ndate: 2023-02-30",
        "title: Ants\ntopics: [none]",
        "title: Ants\ntopics: none",
        "title: Ants\nslug: a/b",
        "title: Ants\naliases: [old]",
        "title: Ants\ntranslated_from: zh",
        "title: Ants\ntranslated_from: xx",
        "title: Ants\nfigures: {legs: {label: x}}",
        "title: Ants\nfigures: {legs: {value: six}}",
        "title: Ants\ncover: {image: none.jpg}",
        "title: Ants\ntemplate: none.html",
        "title: Ants\n---\n[x](none.en.md)\n[ok](article-1.en.md)",
        "title: Ants\n---\n[x](#none)",
        "title: Ants\n---\n[6](figure:legs)",
        "title: Ants\n---\n```{none}\n```",
    ];
    let mut fixture = String::new();
    for (i, fault) in faults.iter().enumerate() {
        let end = if fault.contains("\n---\n") { "" } else { "\n---" };
        fixture.push_str(&format!("== content/a/article-{i}.en.md\n---\n{fault}{end}\n"));
    }
    let built = build(&fixture);
    assert_eq!(built.diagnostics.iter().count(), 20, "{}", built.report);
    let files: BTreeSet<&str> = built.diagnostics.iter().map(|d| d.labels[0].file.as_str()).collect();
    assert_eq!(files.len(), 20, "{}", built.report);
}

/// A report shows a line, and not a book, and is done before anybody looks at the clock.
#[test]
fn faults_in_lines_of_a_megabyte_are_shown_in_a_readable_length() {
    let long = "蚂蚁有六条腿".repeat(60_000);
    let fixture = format!(
        "== content/a/ants.zh.md\n---\ntitle: 蚂蚁\nsummary: {long}\nsumary: {long}\n---\n{long}[x](none.zh.md){long}\n\
         == content/a/bees.zh.md\n{long}\n"
    );
    let built = build(&fixture);
    assert_eq!(built.diagnostics.iter().count(), 3);
    assert!(built.report.len() < 3_000, "{} bytes", built.report.len());
    assert!(built.report.contains("none.zh.md"));
}
