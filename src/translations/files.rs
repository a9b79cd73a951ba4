//! Files of the site that a translator's commands write: one at a time, as a whole or not at all.
//!
//! Owns how a file is put in its place. What is in it is for others to say.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use crate::base::ContentPath;

/// Replaces a file that is there, in one step. A symbolic link stays one, and permissions stay.
pub fn replace(site: &Path, file: &ContentPath, text: &str) -> io::Result<()> {
    let path = fs::canonicalize(site.join(file.as_str()))?;
    // Hidden, so that a build that runs meanwhile passes it over; this process's own, so that
    // neither another one nor what a killed one left is in the way.
    let beside = path.with_file_name(format!(".bashu-new-{}", std::process::id()));
    match fs::remove_file(&beside) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    write_new(&beside, text)?;
    let moved = fs::metadata(&path)
        .and_then(|old| fs::set_permissions(&beside, old.permissions()))
        .and_then(|()| fs::rename(&beside, &path));
    if moved.is_err() {
        let _ = fs::remove_file(&beside);
    }
    moved
}

/// Writes a new file, never over one that is there.
pub fn create(site: &Path, file: &ContentPath, text: &str) -> io::Result<()> {
    let path = site.join(file.as_str());
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    write_new(&path, text)
}

fn write_new(path: &Path, text: &str) -> io::Result<()> {
    let mut file = OpenOptions::new().write(true).create_new(true).open(path)?;
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    if written.is_err() {
        // Half a file would be taken for a whole one.
        let _ = fs::remove_file(path);
    }
    written
}
