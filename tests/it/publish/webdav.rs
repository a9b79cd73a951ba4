//! WebDAV, at WsgiDAV: a server that writes in place, so that what is whole is so by our doing.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;
use std::process::Command;

use tempfile::TempDir;

use super::half;
use super::scenes::{self, Host};
use super::server::{Server, free_port, program};
use super::site::{Site, tree};
use super::sshd::put;

/// WsgiDAV, which lets one user in.
struct Wsgidav {
    dir: TempDir,
    server: Server,
}

impl Wsgidav {
    fn start() -> Option<Self> {
        let wsgidav = program("wsgidav")?;
        let dir = tempfile::tempdir().unwrap();
        let (root, port) = (dir.path().join("root"), free_port());
        fs::create_dir(&root).unwrap();
        let config = format!(
            "host: 127.0.0.1\nport: {port}\nprovider_mapping:\n  '/dav': '{}'\nhttp_authenticator:\n  accept_basic: true\n  accept_digest: false\n  default_to_digest: false\nsimple_dc:\n  user_mapping:\n    '*':\n      us: {{password: 'a word of ours'}}\ndir_browser:\n  enable: false\n",
            root.display()
        );
        let file = dir.path().join("wsgidav.yaml");
        fs::write(&file, config).unwrap();
        let server = Server::start(Command::new(wsgidav).arg("--config").arg(file).arg("--quiet"), port);
        Some(Self { dir, server })
    }

    fn root(&self) -> PathBuf {
        self.dir.path().join("root/the site/网站")
    }
}

impl Host for Wsgidav {
    fn yaml(&self, port: u16) -> String {
        format!("{{webdav: {{endpoint: \"http://127.0.0.1:{port}/dav\", prefix: the site/网站}}}}")
    }

    fn port(&self) -> u16 {
        self.server.port
    }

    fn credentials(&self) -> Vec<(&'static str, String)> {
        vec![("WEBDAV_USERNAME", "us".to_owned()), ("WEBDAV_PASSWORD", "a word of ours".to_owned())]
    }

    fn wrong_credentials(&self) -> Option<Vec<(&'static str, String)>> {
        // `us` alone would be found in any message.
        Some(vec![
            ("WEBDAV_USERNAME", "somebody-else".to_owned()),
            ("WEBDAV_PASSWORD", "a-guess-of-theirs".to_owned()),
        ])
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.root())
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        put(&self.root(), path, bytes);
    }

    fn take(&self, path: &str) {
        fs::remove_file(self.root().join(path)).unwrap();
    }
}

#[test]
fn a_site_lives_at_a_server_by_webdav() {
    let Some(host) = Wsgidav::start() else { return };
    scenes::life_of_a_site(&host);
}

#[test]
fn webdav_survives_what_may_happen_to_a_connection() {
    let Some(host) = Wsgidav::start() else { return };
    scenes::wrong_credentials(&host);
    let Some(host) = Wsgidav::start() else { return };
    scenes::gone_in_the_middle(&host);
    let Some(host) = Wsgidav::start() else { return };
    scenes::slow(&host);
}

#[test]
fn two_at_once_by_webdav_leave_the_site_of_one() {
    let Some(host) = Wsgidav::start() else { return };
    scenes::two_at_once(&host);
}

#[test]
fn many_files_go_by_webdav() {
    let Some(host) = Wsgidav::start() else { return };
    scenes::many_files(&host);
}

#[test]
fn no_reader_meets_half_a_file_by_webdav() {
    let Some(host) = Wsgidav::start() else { return };
    half::no_reader_meets_half_a_file(&host, &host.root());
}

#[test]
fn folders_of_others_stay_at_a_server_by_webdav() {
    let Some(host) = Wsgidav::start() else { return };
    let mut site = Site::new(&host.yaml(host.port()));
    let own = host.credentials();
    site.set(&own.iter().map(|(k, v)| (*k, v.as_str())).collect::<Vec<_>>());
    site.write("static/shop/ours.txt", "x");
    site.published(&[]);
    host.put("maps/theirs.txt", b"theirs");
    host.put("shop/theirs.txt", b"theirs");
    site.remove("static/shop/ours.txt");
    site.write("static/maps", "a file");
    let run = site.publish(&[]);
    assert!(run.err.contains("error[host-failed]") && run.err.contains("maps"), "{}", run.err);
    site.remove("static/maps");
    site.published(&[]);
    let mut expected = site.output();
    for theirs in ["maps/theirs.txt", "shop/theirs.txt"] {
        expected.insert(theirs.to_owned(), b"theirs".to_vec());
    }
    assert_eq!(host.files(), expected);
}
