//! A server by rsync over ssh, and a folder by rsync.

use std::collections::BTreeMap;
use std::fs;

use tempfile::TempDir;

use super::scenes::{self, Host};
use super::server::program;
use super::site::tree;
use super::sshd::{Sshd, put};
use super::{half, site::Site};

/// A server.
struct Server(Sshd);

/// A folder on this machine.
struct Folder(TempDir);

impl Server {
    fn start() -> Option<Self> {
        program("rsync")?;
        Sshd::start().map(Self)
    }
}

impl Folder {
    fn new() -> Option<Self> {
        program("rsync")?;
        Some(Self(tempfile::tempdir().unwrap()))
    }
}

impl Host for Server {
    fn yaml(&self, port: u16) -> String {
        format!("{{rsync: {{to: \"root@insects:{}\", port: {port}}}}}", self.0.root().display())
    }

    fn port(&self) -> u16 {
        self.0.port()
    }

    fn credentials(&self) -> Vec<(&'static str, String)> {
        self.0.variables("config")
    }

    fn wrong_credentials(&self) -> Option<Vec<(&'static str, String)>> {
        Some(self.0.variables("config-others"))
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        self.0.files()
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        self.0.put(path, bytes);
    }

    fn take(&self, path: &str) {
        self.0.take(path);
    }
}

impl Host for Folder {
    fn yaml(&self, _: u16) -> String {
        format!("{{rsync: {{to: \"{}/the site\"}}}}", self.0.path().display())
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.0.path().join("the site"))
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        put(&self.0.path().join("the site"), path, bytes);
    }

    fn take(&self, path: &str) {
        fs::remove_file(self.0.path().join("the site").join(path)).unwrap();
    }
}

#[test]
fn a_site_lives_in_a_folder_by_rsync() {
    let Some(host) = Folder::new() else { return };
    scenes::life_of_a_site(&host);
    let Some(host) = Folder::new() else { return };
    scenes::many_files(&host);
}

#[test]
fn a_site_lives_at_a_server_by_rsync() {
    let Some(host) = Server::start() else { return };
    scenes::life_of_a_site(&host);
}

#[test]
fn rsync_survives_what_may_happen_to_a_connection() {
    let Some(host) = Server::start() else { return };
    scenes::wrong_credentials(&host);
    let Some(host) = Server::start() else { return };
    scenes::gone_in_the_middle(&host);
    let Some(host) = Server::start() else { return };
    scenes::slow(&host);
}

#[test]
fn two_at_once_by_rsync_leave_the_site_of_one() {
    let Some(host) = Server::start() else { return };
    scenes::two_at_once(&host);
}

#[test]
fn no_reader_meets_half_a_file_by_rsync() {
    let Some(host) = Server::start() else { return };
    half::no_reader_meets_half_a_file(&host, &host.0.root());
}

#[test]
fn names_that_rsync_would_take_for_something_else_are_names() {
    let Some(host) = Server::start() else { return };
    let mut site = Site::new(&host.yaml(host.port()));
    let own = host.credentials();
    site.set(&own.iter().map(|(k, v)| (*k, v.as_str())).collect::<Vec<_>>());
    let names = ["-r", "--delete", ";x", "a;touch y", "$(touch z)", "it's", "x[1]", "{a,b}", "~", "-/-x"];
    for name in names {
        site.write(&format!("static/odd/{name}.txt"), name);
    }
    site.write("static/deep/a/b/stays.txt", "x");
    site.write("static/deep/a/b/goes.txt", "x");
    site.published(&[]);
    assert_eq!(host.files(), site.output());
    site.remove("static/deep/a/b/goes.txt");
    for name in names {
        site.remove(&format!("static/odd/{name}.txt"));
    }
    site.published(&["--max-deletes", "100"]);
    assert_eq!(host.files(), site.output());
    assert!(!host.0.root().join("odd").exists(), "folders that are empty go");
}

#[test]
fn what_is_the_same_by_size_and_time_is_sent_all_the_same() {
    let Some(host) = Folder::new() else { return };
    let site = Site::new(&host.yaml(0));
    site.write("static/page.txt", "old");
    site.published(&[]);
    let there = host.0.path().join("the site/page.txt");
    site.write("static/page.txt", "new");
    assert_eq!(site.published(&["--dry-run"])[1], 1);
    let time = fs::metadata(site.path().join("output/page.txt")).unwrap().modified().unwrap();
    fs::File::options().write(true).open(&there).unwrap().set_modified(time).unwrap();
    site.published(&[]);
    assert_eq!(fs::read(&there).unwrap(), b"new");
}

#[cfg(unix)]
#[test]
fn what_others_have_does_not_make_way_for_a_folder() {
    let Some(host) = Folder::new() else { return };
    let site = Site::new(&host.yaml(0));
    site.published(&[]);
    host.put("blog", b"theirs");
    let link = host.0.path().join("the site/media");
    std::os::unix::fs::symlink(host.0.path(), &link).unwrap();
    site.write("static/blog/b.txt", "ours");
    let run = site.publish(&[]);
    assert!(run.err.contains("error[host-failed]") && run.err.contains("blog"), "{}", run.err);
    assert_eq!(fs::read(host.0.path().join("the site/blog")).unwrap(), b"theirs");
    site.remove("static/blog/b.txt");
    site.write("static/media/m.txt", "ours");
    // Whether it is followed depends on the version.
    site.publish(&[]);
    assert!(fs::symlink_metadata(link).unwrap().is_symlink());
}
