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
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    // Hidden, so that a build that runs meanwhile passes it over.
    let beside = path.with_file_name(format!(".{name}.bashu-new"));
    let written = write_new(&beside, text).and_then(|()| {
        fs::set_permissions(&beside, fs::metadata(&path)?.permissions())?;
        fs::rename(&beside, &path)
    });
    if written.as_ref().is_err_and(|error| error.kind() != io::ErrorKind::AlreadyExists) {
        let _ = fs::remove_file(&beside);
    }
    written
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
    file.write_all(text.as_bytes())?;
    file.sync_all()
}
