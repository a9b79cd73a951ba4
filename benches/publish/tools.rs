//! Those who publish: how each is called, and what it is told so that all do the same work.
//!
//! Everybody deletes what is not of the site any more, sends as many files at a time as Bashu does,
//! and compares in the quickest way that notices a changed text of the same length, if it has one.

use std::path::Path;
use std::process::Command;

use crate::process;
use crate::servers::{KEY, Kind, PARALLEL, SECRET, Server};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Tool {
    Bashu,
    Aws,
    Rclone,
}

impl Tool {
    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::Bashu => "`bashu publish`",
            Self::Aws => "`aws s3 sync`",
            Self::Rclone => "`rclone sync`",
        }
    }

    /// What its bucket or folder is called.
    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::Bashu => "bashu",
            Self::Aws => "aws",
            Self::Rclone => "rclone",
        }
    }

    /// Its version, if it is there.
    pub(crate) fn version(self, bashu: &Path) -> Option<String> {
        let said =
            process::version(if self == Self::Bashu { bashu } else { Path::new(self.name()) }, "--version")?;
        let words: Vec<&str> = said.split_whitespace().collect();
        Some(match self {
            Self::Aws => words.first()?.replace('/', " "),
            Self::Bashu | Self::Rclone => words.get(..2)?.join(" "),
        })
    }

    /// The command that publishes the output of the site in `site`.
    pub(crate) fn command(self, bashu: &Path, server: &Server, site: &Path) -> Command {
        let parallel = PARALLEL.to_string();
        let mut command = Command::new(if self == Self::Bashu { bashu } else { Path::new(self.name()) });
        command.current_dir(site);
        // As a user would have it whose settings say nothing.
        for name in [
            "AWS_PROFILE",
            "AWS_CONFIG_FILE",
            "AWS_SESSION_TOKEN",
            "AWS_ENDPOINT_URL",
            "AWS_CA_BUNDLE",
            "RCLONE_CONFIG",
        ] {
            command.env_remove(name);
        }
        command.envs([("AWS_ACCESS_KEY_ID", KEY), ("AWS_SECRET_ACCESS_KEY", SECRET)]);
        command.envs([("NO_PROXY", "127.0.0.1"), ("no_proxy", "127.0.0.1")]);
        command.envs([("AWS_REGION", "us-east-1"), ("AWS_EC2_METADATA_DISABLED", "true")]);
        match self {
            Self::Bashu => {
                command.env("BASHU_SSH_CONFIG", server.dir.join("ssh_config"));
                command.args(["publish", server.kind.name(), "--quiet"]);
            }
            Self::Aws => {
                command.env("AWS_CONFIG_FILE", server.dir.join("aws_config"));
                let endpoint = endpoint(server);
                // Of the uploads that it begins with, s3s-fs leaves one without an answer, every time
                // that `--debug` was looked at; after the usual minute nothing else would be measured.
                command.args(["--cli-read-timeout", "5"]);
                command.args(["s3", "sync", "output", "s3://aws", "--delete", "--only-show-errors"]);
                command.args(["--exclude", ".bashu-*", "--endpoint-url", &endpoint]);
            }
            Self::Rclone => {
                let to = match server.kind {
                    Kind::S3 => "there:rclone".to_owned(),
                    Kind::Sftp => format!("there:{}", server.folder(self).display()),
                };
                command.args(["sync", "output", &to, "--exclude", ".bashu-*", "--config", "/dev/null"]);
                command.args(["--transfers", &parallel, "--checkers", &parallel]);
                match server.kind {
                    // From one list of all; without it rclone asks for the time of each file.
                    Kind::S3 => command.args(["--checksum", "--fast-list"]),
                    Kind::Sftp => command.args(["--sftp-disable-hashcheck"]),
                };
                command.envs(remote(server));
            }
        }
        command
    }
}

pub(crate) fn endpoint(server: &Server) -> String {
    format!("http://127.0.0.1:{}", server.port)
}

/// The server as rclone knows it.
fn remote(server: &Server) -> Vec<(&'static str, String)> {
    let at = |name: &str| server.dir.join(name).display().to_string();
    match server.kind {
        Kind::S3 => vec![
            ("RCLONE_CONFIG_THERE_TYPE", "s3".to_owned()),
            ("RCLONE_CONFIG_THERE_PROVIDER", "Other".to_owned()),
            ("RCLONE_CONFIG_THERE_ENV_AUTH", "true".to_owned()),
            ("RCLONE_CONFIG_THERE_ENDPOINT", endpoint(server)),
        ],
        Kind::Sftp => vec![
            ("RCLONE_CONFIG_THERE_TYPE", "sftp".to_owned()),
            ("RCLONE_CONFIG_THERE_HOST", "127.0.0.1".to_owned()),
            ("RCLONE_CONFIG_THERE_PORT", server.port.to_string()),
            ("RCLONE_CONFIG_THERE_USER", user()),
            ("RCLONE_CONFIG_THERE_KEY_FILE", at("ours")),
            ("RCLONE_CONFIG_THERE_KNOWN_HOSTS_FILE", at("known")),
        ],
    }
}

/// Who is at work here, and so may log in.
fn user() -> String {
    std::env::var("USER").or_else(|_| std::env::var("LOGNAME")).unwrap_or_else(|_| "root".to_owned())
}
