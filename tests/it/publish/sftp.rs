//! A server by SFTP.

use std::collections::BTreeMap;

use super::scenes::{self, Host};
use super::sshd::Sshd;
use super::{half, site::Site};

impl Host for Sshd {
    fn yaml(&self, port: u16) -> String {
        format!("{{sftp: {{host: root@insects, port: {port}, path: \"{}\"}}}}", self.root().display())
    }

    fn port(&self) -> u16 {
        Sshd::port(self)
    }

    fn credentials(&self) -> Vec<(&'static str, String)> {
        self.variables("config")
    }

    fn wrong_credentials(&self) -> Option<Vec<(&'static str, String)>> {
        Some(self.variables("config-others"))
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        Sshd::files(self)
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        Sshd::put(self, path, bytes);
    }

    fn take(&self, path: &str) {
        Sshd::take(self, path);
    }
}

#[test]
fn a_site_lives_at_a_server_by_sftp() {
    let Some(host) = Sshd::start() else { return };
    scenes::life_of_a_site(&host);
}

#[test]
fn sftp_survives_what_may_happen_to_a_connection() {
    let Some(host) = Sshd::start() else { return };
    scenes::wrong_credentials(&host);
    let Some(host) = Sshd::start() else { return };
    scenes::gone_in_the_middle(&host);
    let Some(host) = Sshd::start() else { return };
    scenes::slow(&host);
}

#[test]
fn two_at_once_by_sftp_leave_the_site_of_one() {
    let Some(host) = Sshd::start() else { return };
    scenes::two_at_once(&host);
}

#[test]
fn many_files_go_by_sftp() {
    let Some(host) = Sshd::start() else { return };
    scenes::many_files(&host);
}

#[test]
fn no_reader_meets_half_a_file_by_sftp() {
    let Some(host) = Sshd::start() else { return };
    half::no_reader_meets_half_a_file(&host, &host.root());
}

#[test]
fn a_server_that_ssh_does_not_know_is_not_talked_to() {
    let Some(host) = Sshd::start() else { return };
    let yaml = [
        host.yaml(Sshd::port(&host)),
        format!("{{rsync: {{to: \"root@insects:{}\", port: {}}}}}", host.root().display(), Sshd::port(&host)),
    ];
    for yaml in yaml {
        let mut site = Site::new(&yaml);
        for (config, remedy) in [("config-unknown", "ssh-keyscan"), ("config-changed", "ssh-keygen -R")] {
            let own = host.variables(config);
            site.set(&own.iter().map(|(k, v)| (*k, v.as_str())).collect::<Vec<_>>());
            let run = site.publish(&[]);
            assert_eq!(run.status, 1);
            assert!(run.err.contains("error[host-refused]") && run.err.contains(remedy), "{}", run.err);
        }
    }
    assert!(Sshd::files(&host).is_empty());
}

#[test]
fn what_a_killed_run_left_aside_goes_with_the_next() {
    let Some(host) = Sshd::start() else { return };
    let mut site = Site::new(&host.yaml(Sshd::port(&host)));
    let own = host.variables("config");
    site.set(&own.iter().map(|(k, v)| (*k, v.as_str())).collect::<Vec<_>>());
    Sshd::put(&host, "zh/.bashu-new.dead.7", b"half");
    // It is no foreign file, and the host is as good as empty.
    site.published(&[]);
    assert_eq!(Sshd::files(&host), site.output());
}
