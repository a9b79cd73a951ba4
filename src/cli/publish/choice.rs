//! Which host is meant.

use crate::base::ContentPath;
use crate::config::{FILE_NAME, Host};
use crate::diag::{Diagnostic, code, did_you_mean};

/// The host with this name, or the only one.
pub(super) fn host<'h>(hosts: &'h [Host], name: Option<&str>) -> Result<&'h Host, Diagnostic> {
    let unknown = |message: String, help: String| {
        let fault = Diagnostic::new(code::UNKNOWN_HOST, message);
        // The first host is where the list of them begins.
        let file = ContentPath::new(FILE_NAME);
        let fault = match hosts.first() {
            Some(first) => fault.at(&file, first.name.span),
            None => fault.in_file(&file),
        };
        Err(fault.help(help))
    };
    match (name, hosts) {
        (_, []) => unknown(
            "site.yaml names no host to publish to".to_owned(),
            "name one, as in `publish: {live: {git: {remote: \"git@example.org:us/site.git\", branch: pages}}}`; docs/publishing.md helps to choose".to_owned(),
        ),
        (None, [only]) => Ok(only),
        (None, several) => {
            let names: Vec<String> =
                several.iter().map(|host| format!("`bashu publish {}`", host.name.value)).collect();
            unknown("there are several hosts to publish to".to_owned(), format!("choose one: {}", names.join(", ")))
        }
        (Some(name), hosts) => match hosts.iter().find(|host| host.name.value == name) {
            Some(host) => Ok(host),
            None => {
                let names: Vec<&str> = hosts.iter().map(|host| host.name.value.as_str()).collect();
                let help = did_you_mean(name, names).unwrap_or_else(|| "the hosts are below `publish`".to_owned());
                unknown(format!("site.yaml names no host `{name}`"), help)
            }
        },
    }
}
