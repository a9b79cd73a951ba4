//! A preview that runs for one test.

use std::io::{BufRead, BufReader, Lines};
use std::net::SocketAddr;
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use super::client::{Answer, say};
use crate::fixture::{self, write};

/// A running preview; it ends with this.
pub(super) struct Server {
    child: Child,
    events: Lines<BufReader<ChildStdout>>,
    pub(super) ready: Value,
    pub(super) dir: TempDir,
}

/// A fixture on disk, with the usual `site.yaml` if it brings none.
pub(super) fn site(fixture: &str) -> TempDir {
    let dir = tempfile::tempdir().unwrap();
    std::fs::write(dir.path().join("site.yaml"), fixture::SITE).unwrap();
    write(dir.path(), fixture);
    dir
}

/// The command, in a folder.
pub(super) fn command(dir: &Path, arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_bashu"));
    command.current_dir(dir).args(["--color", "never", "serve"]).args(arguments);
    command.env_remove("VISUAL").env_remove("EDITOR").stdin(Stdio::null()).stdout(Stdio::piped());
    command
}

impl Server {
    /// Starts it at a free port, and waits until it answers.
    pub(super) fn start(fixture: &str, arguments: &[&str]) -> Self {
        Self::start_in(site(fixture), &[&["--port", "0"], arguments].concat())
    }

    pub(super) fn start_in(dir: TempDir, arguments: &[&str]) -> Self {
        let json = [arguments, &["--message-format", "json"]].concat();
        let mut child = command(dir.path(), &json).stderr(Stdio::null()).spawn().unwrap();
        let events = BufReader::new(child.stdout.take().unwrap()).lines();
        let mut server = Self { child, events, ready: Value::Null, dir };
        server.ready = server.event("ready");
        server
    }

    /// Waits for the next event of a kind.
    pub(super) fn event(&mut self, kind: &str) -> Value {
        for line in &mut self.events {
            let event: Value = serde_json::from_str(&line.unwrap()).unwrap();
            if event["event"] == kind {
                return event;
            }
        }
        panic!("the preview ended before {kind}: {:?}", self.child.wait());
    }

    /// The process.
    pub(super) fn id(&self) -> u32 {
        self.child.id()
    }

    pub(super) fn url(&self) -> &str {
        self.ready["url"].as_str().unwrap()
    }

    pub(super) fn at(&self) -> SocketAddr {
        self.url().trim_start_matches("http://").trim_end_matches('/').parse().unwrap()
    }

    /// Asks for a path.
    pub(super) fn get(&self, path: &str) -> Answer {
        self.ask("GET", path, &[], "")
    }

    /// Asks with fields beside `Host`.
    pub(super) fn ask(&self, method: &str, path: &str, fields: &[(&str, &str)], body: &str) -> Answer {
        let mut request = format!("{method} {path} HTTP/1.1\r\nHost: {}\r\n", self.at());
        for (name, value) in fields {
            request.push_str(&format!("{name}: {value}\r\n"));
        }
        if !body.is_empty() {
            request.push_str(&format!("Content-Length: {}\r\n", body.len()));
        }
        say(self.at(), format!("{request}\r\n{body}").as_bytes())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
