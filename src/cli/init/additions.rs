//! What is added to a site, new or there: which files, which lines, and what is in the way.
//!
//! Owns that nothing of the user's is lost: a file that is there is a fault unless it says the
//! same. It reads the site's folder and writes nothing.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use super::hosts::Service;
use crate::base::ContentPath;
use crate::config::FILE_NAME;
use crate::diag::Diagnostics;
use crate::yaml::{self, Value};

/// What is to be written.
pub(super) struct Additions<'d> {
    dir: &'d Path,
    /// The files by their paths in the site's folder, in order of writing.
    pub(super) files: Vec<(String, Planned)>,
    /// Lines that the user has to put into `site.yaml`, which has `publish` already.
    pub(super) paste: Option<String>,
    /// What is in the way; then nothing is written.
    pub(super) faults: Vec<Fault>,
}

/// What becomes of a file.
pub(super) enum Planned {
    /// It is new, with these bytes.
    New(Vec<u8>),
    /// These bytes are added at its end.
    Appended(Vec<u8>),
}

/// What is in the way, and what to do about it.
pub(super) struct Fault {
    pub(super) message: String,
    pub(super) help: String,
}

const IGNORE: &str = ".gitignore";

impl<'d> Additions<'d> {
    /// A plan for a folder, which begins with these files.
    pub(super) fn new(dir: &'d Path, files: Vec<(String, Vec<u8>)>) -> Self {
        let files = files.into_iter().map(|(name, bytes)| (name, Planned::New(bytes))).collect();
        Self { dir, files, paste: None, faults: Vec::new() }
    }

    /// Adds what hosts need.
    pub(super) fn add(&mut self, hosts: &[Service]) {
        let name = project(self.dir);
        for (path, text) in hosts.iter().flat_map(|host| host.files()) {
            let text = text.replace("{version}", env!("CARGO_PKG_VERSION")).replace("{name}", &name);
            self.file(path, text.into_bytes());
        }
        if hosts.iter().any(|host| host.takes_folder()) {
            self.ignore();
        }
        self.publish(hosts);
    }

    fn file(&mut self, path: &str, bytes: Vec<u8>) {
        if self.files.iter().any(|(other, _)| other == path) {
            return;
        }
        match self.read(path) {
            Ok(None) => self.files.push((path.to_owned(), Planned::New(bytes))),
            Ok(Some(there)) if there == bytes => {}
            Ok(Some(_)) => self.fault(
                format!("{} is there already, and says something else", self.dir.join(path).display()),
                "move it away and run this again; then take over from it what you need",
            ),
            Err(why) => self.unreadable(path, &why),
        }
    }

    /// Keeps `public/` out of git.
    fn ignore(&mut self) {
        let text = match self.text(IGNORE) {
            Ok(text) => text,
            Err(why) => return self.unreadable(IGNORE, &why),
        };
        let known = ["/public/", "/public", "public/", "public", "/public/*"];
        if text.as_ref().is_none_or(|text| !text.lines().any(|line| known.contains(&line.trim()))) {
            self.append(IGNORE, text.as_deref(), "# What `bashu publish` hands to the host.\n/public/\n");
        }
    }

    /// Names the hosts in `site.yaml`.
    fn publish(&mut self, hosts: &[Service]) {
        let text = match self.text(FILE_NAME) {
            Ok(text) => text.unwrap_or_default(),
            Err(why) => return self.unreadable(FILE_NAME, &why),
        };
        let Some(named) = named(&text) else {
            let message = format!("{} is no YAML that Bashu can read", self.dir.join(FILE_NAME).display());
            return self.fault(message, "`bashu build` says where the fault is");
        };
        let known = named.as_deref().unwrap_or_default();
        let new = hosts.iter().filter(|host| !known.iter().any(|name| name == host.name()));
        let lines: String = new.map(|host| format!("  {}: {}\n", host.name(), host.host())).collect();
        if lines.is_empty() {
            return;
        }
        let added = format!("\n# Where `bashu publish` takes the site.\npublish:\n{lines}");
        // At the end of a mapping in braces, say, there is no place for another key.
        let fits = self::named(&format!("{text}\n{added}")).flatten().is_some();
        if named.is_none() && fits {
            self.append(FILE_NAME, Some(&text), &added);
        } else {
            self.paste = Some(lines);
        }
    }

    /// Adds lines to the end of a file, which may be one of the plan.
    fn append(&mut self, path: &str, text: Option<&str>, lines: &str) {
        let line_end =
            if text.is_some_and(|text| !text.is_empty() && !text.ends_with('\n')) { "\n" } else { "" };
        let lines = format!("{line_end}{lines}").into_bytes();
        match self.files.iter_mut().find(|(other, _)| other == path) {
            Some((_, Planned::New(bytes) | Planned::Appended(bytes))) => bytes.extend(lines),
            None if text.is_some() => self.files.push((path.to_owned(), Planned::Appended(lines))),
            None => self.files.push((path.to_owned(), Planned::New(lines))),
        }
    }

    /// The bytes of a file as the plan leaves it so far.
    fn read(&self, path: &str) -> Result<Option<Vec<u8>>, String> {
        if let Some((_, Planned::New(bytes))) = self.files.iter().find(|(other, _)| other == path) {
            return Ok(Some(bytes.clone()));
        }
        match fs::read(self.dir.join(path)) {
            Ok(bytes) => Ok(Some(bytes)),
            Err(why) if why.kind() == ErrorKind::NotFound => Ok(None),
            Err(why) => Err(why.to_string()),
        }
    }

    fn text(&self, path: &str) -> Result<Option<String>, String> {
        let Some(bytes) = self.read(path)? else { return Ok(None) };
        String::from_utf8(bytes).map(Some).map_err(|_| "it is not UTF-8".to_owned())
    }

    fn unreadable(&mut self, path: &str, why: &str) {
        let message = format!("{} cannot be read: {why}", self.dir.join(path).display());
        self.fault(message, "make it a text file that may be read, or move it away");
    }

    fn fault(&mut self, message: String, help: &str) {
        self.faults.push(Fault { message, help: help.to_owned() });
    }
}

/// The hosts that a `site.yaml` names: `None` if it is no mapping, `Some(None)` if it has no `publish`.
fn named(text: &str) -> Option<Option<Vec<String>>> {
    let mut faults = Diagnostics::default();
    let node = yaml::parse(text, 0, &ContentPath::new(FILE_NAME), &mut faults)?;
    let Value::Map(keys) = node.value else { return None };
    let publish = keys.into_iter().find(|(key, _)| &*key.name == "publish");
    Some(publish.map(|(_, node)| match node.value {
        Value::Map(hosts) => hosts.into_iter().map(|(key, _)| key.name.into()).collect(),
        _ => Vec::new(),
    }))
}

/// A project's name at Cloudflare, after the site's folder: small letters, digits and hyphens.
fn project(dir: &Path) -> String {
    let whole = std::path::absolute(dir).unwrap_or_else(|_| dir.to_owned());
    let name = whole
        .components()
        .next_back()
        .map_or_else(String::new, |c| c.as_os_str().to_string_lossy().to_lowercase());
    let plain = |c: char| if c.is_ascii_alphanumeric() { c } else { '-' };
    let name: String = name.chars().map(plain).collect();
    let name = name.trim_matches('-');
    if name.is_empty() { "site".to_owned() } else { name.chars().take(50).collect() }
}
