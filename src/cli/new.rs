//! `bashu new SECTION/ID`: the files of an article, one for each language, front matter filled in.

use std::fs::{self, OpenOptions};
use std::io::Write;
use std::path::Path;

use clap::Args;
use serde_json::json;

use super::Status;
use super::console::Console;
use crate::base::{ContentPath, OutputPath};
use crate::build;
use crate::config::{self, Language};
use crate::diag::Diagnostics;
use crate::source::Source;

#[derive(Args)]
pub(super) struct Arguments {
    /// Where the article goes and what it is called: `initiatives/air-routes`
    #[arg(value_name = "SECTION/ID")]
    id: String,
    /// A folder for the article, for pictures and files of its own
    #[arg(long)]
    folder: bool,
}

pub(super) fn run(arguments: &Arguments, site: &Path, console: &Console) -> Status {
    let source = Source::disk(site);
    let mut diags = Diagnostics::new();
    let config = match source.text(&ContentPath::new(config::FILE_NAME)) {
        Ok(text) => config::resolve(&text, None, &mut diags),
        Err(fault) => {
            diags.push(fault);
            None
        }
    };
    let Some(config) = config.filter(|_| !diags.has_errors()) else {
        console.report(&diags, &|path| build::text_for_report(&source, path), None);
        return Status::Errors;
    };
    let id = arguments.id.trim_matches('/');
    if let Some(why) = id_fault(id) {
        let help = "write it as SECTION/NAME, as in initiatives/air-routes";
        console.fault(&format!("`{id}` cannot be an id: {why}"), help);
        return Status::Usage;
    }
    let stem = if arguments.folder { format!("{id}/index") } else { id.to_owned() };
    let files: Vec<(String, String)> = config
        .languages
        .iter()
        .enumerate()
        .map(|(i, language)| {
            let original = config.languages.first().filter(|_| i > 0);
            (format!("content/{stem}.{}.md", language.code), front_matter(id, original))
        })
        .collect();
    // All or none: half an article would have to be found and removed by hand. Neither may a version be
    // there in the other form, with a folder or without.
    let endings = config.languages.iter().map(|language| format!(".{}.md", language.code));
    let mut versions = endings
        .chain([".md".to_owned()])
        .flat_map(|ending| [format!("content/{id}{ending}"), format!("content/{id}/index{ending}")]);
    if let Some(path) = versions.find(|path| site.join(path).symlink_metadata().is_ok()) {
        console.fault(&format!("{path} is there already"), "name another id, or edit the file that is there");
        return Status::Usage;
    }
    for (path, text) in &files {
        if let Err(error) = write_new(&site.join(path), text) {
            let help = "check the folder's permissions and the disk";
            console.fault(&format!("{path} cannot be written: {error}"), help);
            return Status::Errors;
        }
    }
    let written: Vec<&str> = files.iter().map(|(path, _)| path.as_str()).collect();
    console.done(&written.join("\n"), &json!({ "files": written }));
    Status::Done
}

fn id_fault(id: &str) -> Option<String> {
    let odd = |part: &str| part.starts_with('_') || part == "index" || part.contains('.');
    let kept = || id.split('/').any(odd).then(|| "a name holds no full stop and is not `index`".to_owned());
    OutputPath::new(id).fault().or_else(kept)
}

/// The original has every field that editors need; a translation has what it does not inherit.
fn front_matter(id: &str, original: Option<&Language>) -> String {
    let name = id.rsplit('/').next().unwrap_or(id).replace('-', " ");
    match original {
        None => format!(
            "---\ntitle: {name}\nsummary: \"\"\n# date: 2023-12        a year, a month or a day\n\
             topics: []\n# figures:\n#   trips: {{value: 4248, unit: trip, period: 2023-01/2023-09, label: trips}}\n\
             draft: true\n---\n\n"
        ),
        Some(original) => {
            let code = &original.code;
            format!(
                "---\ntitle: {name}\nsummary: \"\"\ntranslated_from: {code}\n# figures:\n#   trips: {{label: }}\n---\n\n"
            )
        }
    }
}

fn write_new(path: &Path, text: &str) -> std::io::Result<()> {
    if let Some(folder) = path.parent() {
        fs::create_dir_all(folder)?;
    }
    // Never over a file that is there.
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}
