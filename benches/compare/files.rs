//! Folders of files: written, copied, counted and removed, none of which is measured.

use std::fs;
use std::io::ErrorKind;
use std::path::Path;

use crate::sites::File;

/// What an output folder holds.
#[derive(Clone, Copy)]
pub(crate) struct Amount {
    pub(crate) files: usize,
    pub(crate) bytes: u64,
}

/// Writes a file and the folders that it stands in.
pub(crate) fn write(path: &Path, text: &str) -> Result<(), String> {
    let written = match fs::write(path, text) {
        Err(why) if why.kind() == ErrorKind::NotFound => {
            path.parent().map_or(Ok(()), fs::create_dir_all).and_then(|()| fs::write(path, text))
        }
        other => other,
    };
    written.map_err(|why| format!("{} cannot be written: {why}", path.display()))
}

/// Writes files one after the other, so that no more than one is held.
pub(crate) fn write_all(folder: &Path, files: impl Iterator<Item = File>) -> Result<(), String> {
    for (path, text) in files {
        write(&folder.join(path), &text)?;
    }
    Ok(())
}

/// Copies a folder of text files.
pub(crate) fn copy(from: &Path, to: &Path) -> Result<(), String> {
    each(from, &mut |path, _| {
        let text = fs::read_to_string(path).map_err(|why| format!("{}: {why}", path.display()))?;
        write(&to.join(path.strip_prefix(from).unwrap_or(path)), &text)
    })
}

/// Removes a folder, if it is there.
pub(crate) fn remove(folder: &Path) -> Result<(), String> {
    match fs::remove_dir_all(folder) {
        Err(why) if why.kind() != ErrorKind::NotFound => {
            Err(format!("{} cannot be removed: {why}", folder.display()))
        }
        _ => Ok(()),
    }
}

/// Counts what a folder holds; nothing if it is not there.
pub(crate) fn amount(folder: &Path) -> Result<Amount, String> {
    let mut amount = Amount { files: 0, bytes: 0 };
    if !folder.is_dir() {
        return Ok(amount);
    }
    each(folder, &mut |_, bytes| {
        amount.files += 1;
        amount.bytes += bytes;
        Ok(())
    })?;
    Ok(amount)
}

/// Visits each file below a folder with its size.
fn each(folder: &Path, visit: &mut dyn FnMut(&Path, u64) -> Result<(), String>) -> Result<(), String> {
    let fault = |why: std::io::Error| format!("{} cannot be read: {why}", folder.display());
    for entry in fs::read_dir(folder).map_err(fault)? {
        let entry = entry.map_err(fault)?;
        let about = entry.metadata().map_err(fault)?;
        if about.is_dir() {
            each(&entry.path(), visit)?;
        } else {
            visit(&entry.path(), about.len())?;
        }
    }
    Ok(())
}
