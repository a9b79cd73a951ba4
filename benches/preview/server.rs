//! `bashu serve` as a process: started, asked over HTTP, looked at from outside, ended.
//!
//! What it says goes into a file, so that nothing slows it down that a terminal would not.

use std::fs::{self, File};
use std::io::{Read, Write};
use std::net::{Ipv4Addr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command};
use std::thread::sleep;
use std::time::{Duration, Instant};

/// How long anything may take before it counts as failed.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// How often a change is looked for.
const GLANCE: Duration = Duration::from_millis(1);

/// A preview that runs; it ends with this.
pub(crate) struct Server {
    process: Child,
    port: u16,
    log: PathBuf,
}

impl Server {
    /// Starts a preview of a site; it may not answer yet.
    pub(crate) fn start(program: &Path, site: &Path, log: &Path) -> Result<Self, String> {
        let fault = |why: std::io::Error| format!("the preview cannot be started: {why}");
        // Free a moment ago, and nobody else asks for ports by number.
        let port = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).and_then(|l| l.local_addr()).map_err(fault)?;
        let said = File::create(log).map_err(fault)?;
        let process = Command::new(program)
            .current_dir(site)
            .args(["serve", "--port", &port.port().to_string()])
            .stdout(said.try_clone().map_err(fault)?)
            .stderr(said)
            .spawn()
            .map_err(fault)?;
        Ok(Self { process, port: port.port(), log: log.to_owned() })
    }

    /// The address of a page.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// Asks for a page until it is there and says what it should; the answer of a server that is not
    /// there yet is none.
    pub(crate) fn wait_for(&mut self, path: &str, text: &str) -> Result<(), String> {
        let end = Instant::now() + PATIENCE;
        loop {
            match self.get(path) {
                Ok(page) if page.contains(text) => return Ok(()),
                _ if Instant::now() > end => {
                    return Err(format!("“{text}” never came to {path}; the preview said:\n{}", self.said()));
                }
                _ => sleep(GLANCE),
            }
            if let Ok(Some(status)) = self.process.try_wait() {
                return Err(format!("the preview ended ({status}):\n{}", self.said()));
            }
        }
    }

    /// A page that is there.
    fn get(&self, path: &str) -> Result<String, std::io::Error> {
        let mut stream = TcpStream::connect((Ipv4Addr::LOCALHOST, self.port))?;
        stream.set_read_timeout(Some(PATIENCE))?;
        // In HTTP/1.0 an answer ends with the connection, and never comes in chunks.
        write!(stream, "GET {path} HTTP/1.0\r\nHost: 127.0.0.1:{}\r\n\r\n", self.port)?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer)?;
        let answer = String::from_utf8_lossy(&answer);
        match answer.split_once("\r\n\r\n") {
            Some((head, body)) if head.split(' ').nth(1) == Some("200") => Ok(body.to_owned()),
            _ => Err(std::io::Error::other("it is not there")),
        }
    }

    /// What it printed so far.
    pub(crate) fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// The memory that it holds now, and the most that it ever held, in megabytes.
    pub(crate) fn memory(&self) -> Result<(f64, f64), String> {
        let file = format!("/proc/{}/status", self.process.id());
        let status = fs::read_to_string(&file).map_err(|why| format!("{file}: {why}"))?;
        let field = |name: &str| {
            let line = status.lines().find_map(|line| line.strip_prefix(name))?;
            let kibibytes: f64 = line.trim().trim_end_matches(" kB").parse().ok()?;
            Some(kibibytes * 1024.0 / 1e6)
        };
        field("VmRSS:").zip(field("VmHWM:")).ok_or_else(|| format!("{file} does not tell of memory"))
    }

    /// Waits until it has printed nothing for a while, and so is at rest.
    pub(crate) fn rest(&self, quiet: Duration) -> Result<(), String> {
        let end = Instant::now() + PATIENCE;
        let length = || fs::metadata(&self.log).map_or(0, |about| about.len());
        let (mut before, mut since) = (length(), Instant::now());
        while since.elapsed() < quiet {
            if Instant::now() > end {
                return Err("the preview never comes to rest".to_owned());
            }
            sleep(Duration::from_millis(50));
            let now = length();
            if now != before {
                (before, since) = (now, Instant::now());
            }
        }
        Ok(())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        // One that has ended already needs no end.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
