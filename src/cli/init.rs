//! `bashu init`: a small bilingual site to start from.

use std::fs;
use std::path::PathBuf;

use clap::Args;
use include_dir::{Dir, include_dir};
use serde_json::json;

use super::Status;
use super::console::Console;

static STARTER: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/src/cli/starter");

#[derive(Args)]
pub(super) struct Arguments {
    /// The new site's folder; it is made, or must be empty
    #[arg(value_name = "DIR")]
    dir: PathBuf,
}

pub(super) fn run(arguments: &Arguments, console: &Console) -> Status {
    let dir = &arguments.dir;
    let mut entries = fs::read_dir(dir).into_iter().flatten();
    if dir.is_file() || entries.any(|entry| entry.is_ok_and(|e| e.file_name() != ".git")) {
        console.fault(&format!("{} is not empty", dir.display()), "name a new folder, or an empty one");
        return Status::Usage;
    }
    let mut count = 0;
    let mut folders = vec![&STARTER];
    while let Some(folder) = folders.pop() {
        folders.extend(folder.dirs());
        for file in folder.files() {
            // Under its own name it would hide the starter's files from git in Bashu's repository.
            let name = file.path();
            let name = if name.as_os_str() == "gitignore" { ".gitignore".as_ref() } else { name };
            let path = dir.join(name);
            let made = path.parent().map_or(Ok(()), fs::create_dir_all);
            if let Err(error) = made.and_then(|()| fs::write(&path, file.contents())) {
                let message = format!("{} cannot be written: {error}", path.display());
                console.fault(&message, "check the folder's permissions and the disk");
                return Status::Errors;
            }
            count += 1;
            console.detail(&path.display().to_string());
        }
    }
    let line = format!(
        "{count} files written to {0}; see it with `bashu serve --site {0}`, build it with `bashu build --site {0}`",
        dir.display()
    );
    console.done(&line, &json!({ "files": count, "folder": dir.display().to_string() }));
    Status::Done
}
