//! What is saved is shown and told, and what is broken is mended, without a restart.

use std::fs;
use std::path::Path;

use serde_json::json;

use super::SITE;
use super::server::Server;

/// Puts a file in the place of another in one step, as most editors do.
pub(super) fn save(path: &Path, text: &str) {
    let new = path.with_file_name(".new");
    fs::write(&new, text).unwrap();
    fs::rename(new, path).unwrap();
}

#[test]
fn what_is_saved_is_shown_and_what_is_broken_is_told_until_it_is_mended() {
    let mut server = Server::start(SITE, &[]);
    server.event("opened");
    let article = server.dir.path().join("content/notes/ants.en.md");
    let good = fs::read_to_string(&article).unwrap();
    let shown = |server: &Server| server.get("/en/notes/ants/").text().to_owned();

    save(&article, &good.replace("Six legs", "Eight legs"));
    let changed = server.event("changed");
    assert_eq!((&changed["files"], &changed["pages"]), (&json!(["content/notes/ants.en.md"]), &json!([])));
    assert!(shown(&server).contains("Eight legs"));

    save(&article, &format!("{good}[x](none.en.md)\n"));
    assert_eq!(server.event("faults")["faults"][0]["code"], "broken-link");
    assert!(shown(&server).contains("Eight legs"), "the last good form stays");
    save(&article, &good);
    assert_eq!(server.event("faults")["faults"], json!([]));
    assert!(shown(&server).contains("Six legs"));

    let settings = server.dir.path().join("site.yaml");
    let good = fs::read_to_string(&settings).unwrap();
    for broken in ["title: [\n", ""] {
        save(&settings, broken);
        assert_ne!(server.event("faults")["faults"], json!([]));
        assert!(shown(&server).contains("Six legs"));
        save(&settings, &good);
        assert_eq!(server.event("faults")["faults"], json!([]));
    }
    fs::remove_file(&article).unwrap();
    fs::remove_file(article.with_file_name("ants.zh.md")).unwrap();
    server.event("changed");
    while server.get("/en/notes/ants/").status != 404 {
        server.event("changed");
    }
}

#[test]
fn a_site_that_is_broken_at_the_start_appears_once_it_is_mended() {
    let mut server = Server::start(&format!("{SITE}== site.yaml\ntitle: [\n"), &[]);
    server.event("opened");
    assert_eq!(server.get("/en/").status, 503);
    let settings = SITE.split_once("== site.yaml\n").and_then(|(_, rest)| rest.split_once("== "));
    save(&server.dir.path().join("site.yaml"), settings.unwrap().0);
    assert_eq!(server.event("faults")["faults"], json!([]));
    assert_eq!(server.get("/en/").status, 200);
}
