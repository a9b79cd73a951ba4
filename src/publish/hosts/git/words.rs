//! What git and servers say, read for what is the matter.
//!
//! Owns which words stand for which trouble, and what may be shown of them: no secret in a URL, no
//! control character, no advice that is meant for somebody at a prompt. It never runs anything.

use crate::publish::trouble::Trouble;

const REFUSED: [&str; 14] = [
    "authentication failed",
    "could not read username",
    "could not read password",
    "terminal prompts disabled",
    "permission denied",
    "host key verification failed",
    "returned error: 401",
    "returned error: 403",
    "permission to ",
    "access denied",
    "write access to repository not granted",
    "not allowed to push",
    "not authorized",
    "marked as read only",
];

const NOWHERE: [&str; 5] = [
    "repository not found",
    "does not appear to be a git repository",
    "returned error: 404",
    "could not be found",
    "does not exist",
];

const UNREACHABLE: [&str; 20] = [
    "could not resolve",
    "failed to connect",
    "couldn't connect",
    "connection refused",
    "connection reset",
    "connection closed",
    "timed out",
    "no route to host",
    "network is unreachable",
    "hung up unexpectedly",
    "early eof",
    "empty reply",
    "unexpected disconnect",
    "operation too slow",
    "rpc failed",
    "broken pipe",
    "certificate",
    "returned error: 50",
    "transfer closed",
    "unexpected flush packet",
];

/// What is the matter when a program that talks to a server fails; `None` if its words are none of
/// those that speak of the server.
pub(super) fn trouble(said: &str) -> Option<Trouble> {
    let lower = said.to_lowercase();
    let has = |words: &[&str]| words.iter().any(|word| lower.contains(word));
    if has(&REFUSED) {
        return Some(Trouble::Refused(shown(said)));
    }
    if has(&NOWHERE) {
        let what = "there is no such repository, or these credentials may not see it";
        return Some(Trouble::Failed(format!("{what}: {}", shown(said))));
    }
    has(&UNREACHABLE).then(|| Trouble::Unreachable(shown(said)))
}

/// Lines that say nothing about the cause.
const IDLE: [&str; 7] = [
    "hint:",
    "warning:",
    "Please make sure you have the correct access rights",
    "and the repository exists.",
    "fatal: Could not read from remote repository.",
    "error: failed to push some refs to",
    "To ",
];

/// What may be shown of words, in one line.
pub(super) fn shown(said: &str) -> String {
    let lines = said.lines().map(str::trim).filter(|line| !line.is_empty());
    let mut kept: Vec<&str> =
        lines.clone().filter(|l| !IDLE.iter().any(|idle| l.starts_with(idle))).collect();
    if kept.is_empty() {
        kept = lines.collect();
    }
    let text: String = without_users(&kept.join("; "))
        .chars()
        .map(|c| if c.is_control() { ' ' } else { c })
        .take(1_000)
        .collect();
    if text.is_empty() { "git failed without a word".to_owned() } else { text }
}

/// Takes out of URLs what stands before the server's name.
fn without_users(text: &str) -> String {
    let mut clean = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find("://") {
        let (before, after) = rest.split_at(at + 3);
        clean.push_str(before);
        let end = after.find(|c: char| c == '/' || c.is_whitespace()).unwrap_or(after.len());
        let (authority, path) = after.split_at(end);
        clean.push_str(authority.rsplit_once('@').map_or(authority, |(_, server)| server));
        rest = path;
    }
    clean + rest
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_become_the_right_trouble() {
        let refused = |said: &str| matches!(trouble(said), Some(Trouble::Refused(_)));
        let unreachable = |said: &str| matches!(trouble(said), Some(Trouble::Unreachable(_)));
        let rest = "\nfatal: Could not read from remote repository.\n\nPlease make sure you have the correct access rights\nand the repository exists.";
        assert!(refused(&format!("git@example.org: Permission denied (publickey).{rest}")));
        assert!(refused(&format!("ERROR: Permission to us/site.git denied to them.{rest}")));
        assert!(refused(
            "fatal: could not read Username for 'https://example.org': terminal prompts disabled"
        ));
        assert!(refused(
            "fatal: unable to access 'https://example.org/': The requested URL returned error: 403"
        ));
        assert!(unreachable(
            "fatal: unable to access 'https://example.org/': Could not resolve host: example.org"
        ));
        assert!(unreachable(&format!("ssh: connect to host example.org port 22: Connection refused{rest}")));
        assert!(unreachable("error: RPC failed; curl 52 Empty reply from server"));
        let nowhere = trouble(&format!("ERROR: Repository not found.{rest}"));
        assert!(
            matches!(nowhere, Some(Trouble::Failed(why)) if why.ends_with(": ERROR: Repository not found."))
        );
        assert_eq!(trouble("fatal: bad object HEAD"), None);
    }

    #[test]
    fn secrets_and_control_characters_are_not_shown() {
        let table = [
            (
                "fatal: https://us:se@cret@example.org/x and http://tok@b",
                "fatal: https://example.org/x and http://b",
            ),
            ("remote: \u{1b}[31mno\u{7}", "remote:  [31mno "),
            ("hint: try again\nerror: no", "error: no"),
            ("git@example.org: no", "git@example.org: no"),
            ("", "git failed without a word"),
        ];
        for (said, expected) in table {
            assert_eq!(shown(said), expected);
        }
    }
}
