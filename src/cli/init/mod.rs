//! `bashu init`: a small bilingual site to start from, and what hosts that build a site need in it.
//!
//! Owns the order: everything is made up and looked at before the first file is written. It never
//! replaces a file; `site.yaml` and `.gitignore` may get lines at their end.

mod additions;
mod hosts;

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::{Path, PathBuf};

use clap::Args;
use include_dir::{Dir, include_dir};
use serde_json::json;

use super::Status;
use super::console::Console;
use crate::config::FILE_NAME;
use additions::{Additions, Fault, Planned};
use hosts::Service;

static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");

#[derive(Args)]
pub(super) struct Arguments {
    /// The new site's folder; it is made, or must be empty. With `--host` it may be a site [default then: this one]
    #[arg(value_name = "DIR", required_unless_present = "hosts")]
    dir: Option<PathBuf>,
    /// Write what a host needs to build the site and take it; may be given several times
    #[arg(long = "host", value_name = "NAME", value_enum)]
    hosts: Vec<Service>,
}

pub(super) fn run(arguments: &Arguments, site: &Path, console: &Console) -> Status {
    let dir = arguments.dir.as_deref().unwrap_or(site);
    let is_site = !arguments.hosts.is_empty() && dir.join(FILE_NAME).is_file();
    let mut entries = fs::read_dir(dir).into_iter().flatten();
    if !is_site && (dir.is_file() || entries.any(|entry| entry.is_ok_and(|e| e.file_name() != ".git"))) {
        console.fault(&format!("{} is not empty", dir.display()), "name a new folder, or an empty one");
        return Status::Usage;
    }
    let mut plan = Additions::new(dir, if is_site { Vec::new() } else { starter() });
    let mut hosts = arguments.hosts.clone();
    hosts.sort_unstable();
    hosts.dedup();
    if !hosts.is_empty() {
        plan.add(&hosts);
    }
    if !plan.faults.is_empty() {
        for Fault { message, help } in &plan.faults {
            console.fault(message, help);
        }
        return Status::Usage;
    }
    for (name, planned) in &plan.files {
        let path = dir.join(name);
        if let Err(error) = write(&path, planned) {
            let message = format!("{} cannot be written: {error}", path.display());
            console.fault(&message, "check the folder's permissions and the disk");
            return Status::Errors;
        }
        console.detail(&path.display().to_string());
    }
    tell(dir, is_site, &plan, &hosts, console);
    Status::Done
}

/// The starter's files.
fn starter() -> Vec<(String, Vec<u8>)> {
    let mut files = Vec::new();
    let mut folders = vec![&STARTER];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            // Under its own name it would hide the starter's files from git in Bashu's repository.
            let name = match file.path().to_string_lossy().replace('\\', "/") {
                name if name == "gitignore" => ".gitignore".to_owned(),
                name => name,
            };
            files.push((name, file.contents().to_vec()));
        }
    }
    files
}

fn write(path: &Path, planned: &Planned) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    match planned {
        Planned::New(bytes) => OpenOptions::new().write(true).create_new(true).open(path)?.write_all(bytes),
        Planned::Appended(bytes) => OpenOptions::new().append(true).open(path)?.write_all(bytes),
    }
}

fn tell(dir: &Path, is_site: bool, plan: &Additions, hosts: &[Service], console: &Console) {
    let folder = dir.display().to_string();
    let names: Vec<&str> = plan.files.iter().map(|(name, _)| name.as_str()).collect();
    let mut line = if !is_site {
        format!(
            "{} files written to {folder}; see it with `bashu serve --site {folder}`, build it with `bashu build --site {folder}`",
            names.len()
        )
    } else if names.is_empty() {
        let what = if plan.paste.is_some() { "the files" } else { "all of it" };
        format!("{folder} has {what} already")
    } else {
        format!("written in {folder}: {}", names.join(", "))
    };
    if let Some(lines) = &plan.paste {
        line.push_str(&format!("\nsite.yaml has `publish` already; add this to it:\n{lines}"));
    }
    let next: Vec<(&str, &[&str])> = hosts.iter().map(|host| (host.title(), host.next())).collect();
    for (title, steps) in &next {
        line.push_str(&format!("\n{title}:"));
        for (number, step) in (1..).zip(*steps) {
            line.push_str(&format!("\n  {number}. {step}"));
        }
    }
    let next: Vec<&str> = next.iter().flat_map(|(_, steps)| steps.iter().copied()).collect();
    let data = json!({
        "files": names.len(), "folder": folder, "written": names, "paste": plan.paste, "next": next,
    });
    console.done(&line, &data);
}
