//! OpenSSH's server on a port of its own, with keys made for one test.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::server::{Server, free_port, program};
use super::site::tree;

/// A server that lets one key in, and the folder of a site there.
pub(super) struct Sshd {
    dir: TempDir,
    server: Server,
}

impl Sshd {
    /// Starts one, if there is OpenSSH.
    pub(super) fn start() -> Option<Self> {
        let (sshd, keygen) = (program("sshd")?, program("ssh-keygen")?);
        let dir = tempfile::tempdir().unwrap();
        let at = |name: &str| dir.path().join(name);
        for key in ["host", "ours", "others"] {
            let made =
                Command::new(&keygen).args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(at(key)).status();
            assert!(made.unwrap().success());
        }
        fs::copy(at("ours.pub"), at("allowed")).unwrap();
        let host = fs::read_to_string(at("host.pub")).unwrap();
        fs::write(at("known"), format!("insects {host}")).unwrap();
        fs::write(at("known-no-more"), format!("insects {}", fs::read_to_string(at("ours.pub")).unwrap()))
            .unwrap();
        fs::write(at("known-none"), "").unwrap();
        for (config, key, known) in [
            ("config", "ours", "known"),
            ("config-others", "others", "known"),
            ("config-unknown", "ours", "known-none"),
            ("config-changed", "ours", "known-no-more"),
        ] {
            let text = format!(
                "Host *\nHostName 127.0.0.1\nHostKeyAlias insects\nUserKnownHostsFile {}\nGlobalKnownHostsFile none\nStrictHostKeyChecking yes\nIdentityFile {}\nIdentitiesOnly yes\nIdentityAgent none\n",
                at(known).display(),
                at(key).display()
            );
            fs::write(at(config), text).unwrap();
        }
        // Where sshd, started by root, lets its unprivileged half live.
        let _ = fs::create_dir_all("/run/sshd");
        let port = free_port();
        // A home of its own: what people have their shells do at the start takes time.
        let config = format!(
            "SetEnv HOME={}\nPort {port}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nPidFile none\nStrictModes no\nUsePAM no\nPermitRootLogin yes\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nSubsystem sftp internal-sftp\n",
            dir.path().display(),
            at("host").display(),
            at("allowed").display()
        );
        fs::write(at("sshd_config"), config).unwrap();
        let server =
            Server::start(Command::new(sshd).arg("-D").arg("-e").arg("-f").arg(at("sshd_config")), port);
        Some(Self { dir, server })
    }

    pub(super) fn port(&self) -> u16 {
        self.server.port
    }

    /// The site's folder there: Chinese, with a space and a quote, and made by the first publish.
    pub(super) fn root(&self) -> PathBuf {
        self.dir.path().join("us' 网站")
    }

    /// The variables for one of its configurations of `ssh`.
    pub(super) fn variables(&self, config: &str) -> Vec<(&'static str, String)> {
        vec![("BASHU_SSH_CONFIG", self.dir.path().join(config).to_str().unwrap().to_owned())]
    }

    pub(super) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        tree(&self.root())
    }

    pub(super) fn put(&self, path: &str, bytes: &[u8]) {
        put(&self.root(), path, bytes);
    }

    pub(super) fn take(&self, path: &str) {
        fs::remove_file(self.root().join(path)).unwrap();
    }
}

pub(super) fn put(root: &Path, path: &str, bytes: &[u8]) {
    let path = root.join(path);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, bytes).unwrap();
}
