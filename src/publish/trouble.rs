//! What a host can answer that is not what was wanted.
//!
//! Owns the kinds of trouble and the messages they become, with their remedies. It never holds a
//! secret: hosts take those out of what they pass on.

use crate::base::ContentPath;
use crate::config::{self, Host, HostKind};
use crate::diag::{Code, Diagnostic, code};

/// Why something could not be done at a host.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Trouble {
    /// Credentials are missing, wrong, or do not suffice.
    Refused(String),
    /// Others have changed what Bashu put there, or added what would be lost: who, and what.
    Overwrites(String),
    /// There is no connection, or it broke and repeating did not help.
    Unreachable(String),
    /// What is to be replaced is no longer what it was: somebody else published.
    Conflict,
    /// Another run is at work there.
    Busy,
    /// The user asked to stop.
    Stopped,
    /// `site.yaml` asks of the host what it cannot do: what, and the remedy.
    Unfit(String, String),
    /// The host said no for another reason, which is told as it was said.
    Failed(String),
}

impl Trouble {
    /// The message, at the host's place in `site.yaml`.
    pub(super) fn at(self, host: &Host) -> Diagnostic {
        let name = &host.name.value;
        match self {
            Self::Refused(why) => fault(
                host,
                code::HOST_REFUSED,
                format!("`{name}` does not let us in: {why}"),
                way_in(&host.kind),
            ),
            Self::Overwrites(what) => fault(
                host,
                code::HOST_CONFLICT,
                format!("others have changed `{name}`: {what}"),
                "take into the site what should stay, and publish with `--force`, which overwrites their work",
            ),
            Self::Unreachable(why) => fault(
                host,
                code::HOST_UNREACHABLE,
                format!("`{name}` cannot be reached: {why}"),
                "look at the address and the network, and publish again: what was sent is not sent twice",
            ),
            Self::Conflict => fault(
                host,
                code::HOST_CONFLICT,
                format!("another run has published to `{name}` in the meantime; its site stands there"),
                "look at the site, and publish again if this one is the newer",
            ),
            Self::Busy => fault(
                host,
                code::HOST_CONFLICT,
                format!("another run is publishing to `{name}`"),
                "wait for its end, and publish again",
            ),
            Self::Stopped => {
                let (is, help) = match host.kind {
                    HostKind::Git(_) | HostKind::Dir(_) => ("the one from before", "publish again"),
                    _ => ("whole, and partly the new one", "publish again to complete it"),
                };
                fault(host, code::PUBLISH_STOPPED, format!("stopped; the site at `{name}` is {is}"), help)
            }
            Self::Unfit(what, remedy) => {
                fault(host, code::INVALID_VALUE, format!("`{name}` cannot be as it is: {what}"), remedy)
            }
            Self::Failed(why) => fault(
                host,
                code::HOST_FAILED,
                format!("`{name}` says: {why}"),
                "mend what it complains of, and publish again: what was sent is not sent twice",
            ),
        }
    }
}

/// What opens a host: credentials are given to Bashu, or to the program that it runs.
fn way_in(kind: &HostKind) -> String {
    let page = format!("docs/hosts/{}.md says how", kind.name());
    match kind {
        HostKind::Git(_) => format!("see that `git push` gets in by itself, without a question; {page}"),
        HostKind::Rsync(_) | HostKind::Sftp(_) => {
            format!("see that `ssh` gets in by itself, without a question; {page}")
        }
        _ => format!("set the host's credentials in the environment; {page}"),
    }
}

/// What a system or a program said, without the number that systems have for it.
fn plain(why: &str) -> String {
    let mut text = String::with_capacity(why.len());
    let mut rest = why;
    while let Some((before, after)) = rest.split_once(" (os error ") {
        text.push_str(before);
        rest = after.split_once(')').map_or("", |(_, rest)| rest);
    }
    text + rest
}

/// A message about a host, at its place in `site.yaml`.
pub(super) fn fault(
    host: &Host,
    code: Code,
    message: impl Into<String>,
    help: impl Into<String>,
) -> Diagnostic {
    Diagnostic::new(code, plain(&message.into()))
        .at(&ContentPath::new(config::FILE_NAME), host.name.span)
        .help(help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::publish::address::tests::host;

    #[test]
    fn numbers_of_the_system_are_taken_out() {
        for (said, told) in [
            ("/srv/x: Permission denied (os error 13)", "/srv/x: Permission denied"),
            ("(no (os error 1)); nor (os error 22) this", "(no); nor this"),
            ("HTTP 403 (Forbidden)", "HTTP 403 (Forbidden)"),
        ] {
            assert_eq!(plain(said), told);
        }
    }

    #[test]
    fn a_run_that_was_stopped_says_what_readers_see() {
        for (yaml, readers_see) in [
            ("{folder: {path: www}}", "partly the new one"),
            ("{dir: {path: www}}", "the one from before"),
            ("{git: {remote: r, branch: b}}", "the one from before"),
        ] {
            let message = Trouble::Stopped.at(&host(yaml)).message;
            assert!(message.ends_with(readers_see), "{yaml}: {message}");
        }
    }
}
