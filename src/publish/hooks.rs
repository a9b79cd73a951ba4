//! What happens after a publish: the list of what changed, and the programs that are told of it.
//!
//! Owns how they are told. Only programs that `site.yaml` names are run, without a shell.

use std::fs;
use std::path::Path;

use super::open::Context;
use super::program::Program;
use super::trouble::{Trouble, fault};
use crate::diag::{Diagnostic, Diagnostics, code};

/// Runs the host's programs one after the other in the site's folder, each with the changed URLs
/// on its standard input, one a line. `said` is given what each wrote. One that fails does not
/// keep the others from running.
pub fn after(context: &Context<'_>, urls: &[String], said: &mut dyn FnMut(&str, &str)) -> Diagnostics {
    let mut faults = Diagnostics::new();
    let mut input = String::new();
    for url in urls {
        input.push_str(&context.base_url.absolute(url));
        input.push('\n');
    }
    for words in &context.host.after {
        let Some((name, arguments)) = words.split_first() else { continue };
        // Whose folder a relative program is looked for in differs between systems.
        let beside = || context.site.join(name.strip_prefix("./").unwrap_or(name));
        let program = if name.contains(['/', '\\']) { beside() } else { name.into() };
        let program = std::path::absolute(&program).ok().filter(|path| path.is_file()).unwrap_or(program);
        let ended = Program::new(&program.to_string_lossy())
            .args(arguments)
            .in_folder(context.site)
            .env("BASHU_HOST", &context.host.name.value)
            .env("BASHU_BASE_URL", context.base_url.root())
            .run(input.as_bytes());
        let why = match ended {
            Ok(ended) => {
                said(name, String::from_utf8_lossy(&ended.out).trim_end());
                match ended.status {
                    0 => {
                        said(name, &ended.err);
                        continue;
                    }
                    -1 => "was ended by a signal".to_owned(),
                    status if ended.err.is_empty() => format!("ended with status {status}"),
                    status => format!("ended with status {status}: {}", last_lines(&ended.err)),
                }
            }
            Err(Trouble::Failed(why)) => format!("cannot be run: {why}"),
            Err(_) => "cannot be run".to_owned(),
        };
        let message = format!("the site is published, but `{name}`, which runs after it, {why}");
        let help = "mend it and run it by hand, or publish with the next change; `--changed FILE` writes the list that it reads";
        faults.push(fault(context.host, code::HOST_FAILED, message, help));
    }
    faults
}

/// The end of what a program complained of, in one line.
fn last_lines(text: &str) -> String {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    lines.get(lines.len().saturating_sub(3)..).unwrap_or_default().join(" / ")
}

/// Writes the URLs that changed into a file, one a line.
pub fn write_changed(file: &Path, context: &Context<'_>, urls: &[String]) -> Result<(), Diagnostic> {
    let lines: String = urls.iter().map(|url| format!("{}\n", context.base_url.local(url))).collect();
    fs::write(file, lines).map_err(|error| {
        let message = format!("the list of what changed cannot be written to {}: {error}", file.display());
        fault(context.host, code::HOST_FAILED, message, "name another file after `--changed`")
    })
}
