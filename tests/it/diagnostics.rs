//! Every message that bad input earns: `tests/diagnostics/NAME.site` is a fault, and
//! `NAME.report` what an editor reads about it.
//!
//! `BLESS=1 cargo test --test it diagnostics` writes the reports anew; read them before they are
//! committed.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use bashu::diag::ALL_CODES;

use crate::fixture::{Built, build};

/// Codes that no site in memory can provoke, and the test that does.
const ELSEWHERE: &[(&str, &str)] = &[];

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
        let built = build(&fs::read_to_string(&fixture).unwrap());
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

/// An error leaves nothing behind, and anything else a site.
fn check_outcome(name: &str, built: &Built) {
    assert_eq!(built.files.is_none(), built.diagnostics.has_errors(), "{name}");
}

#[test]
fn every_code_is_shown_by_a_fixture() {
    let reports: String =
        fixtures().iter().map(|f| fs::read_to_string(f.with_extension("report")).unwrap()).collect();
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
