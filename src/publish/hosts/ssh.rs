//! The installed `ssh`, for the kinds of host that are reached by it.
//!
//! Owns its options and what its complaints mean. The user's configuration, agent, keys and known
//! hosts hold as they do in a terminal, but nothing is ever asked: a run may have nobody before it.

use std::path::Path;
use std::sync::mpsc::channel;
use std::thread;
use std::time::Duration;

use crate::publish::program::{Program, Talk};
use crate::publish::trouble::Trouble;

/// The variable that names a file which `ssh` reads instead of the user's own configuration.
const CONFIG: &str = "BASHU_SSH_CONFIG";

/// How long a server may take to let a shared connection in and to echo what comes. One that runs a
/// program of its own instead may never answer.
const ECHO: Duration = Duration::from_secs(60);

/// Options for `ssh`, before the host's name.
pub(super) fn options(port: Option<u16>, key: Option<&str>) -> Vec<String> {
    let mut options = Vec::new();
    // A server that is silent for 45 seconds is gone: without these, TCP waits for hours.
    for option in ["BatchMode=yes", "ConnectTimeout=30", "ServerAliveInterval=15", "ServerAliveCountMax=3"] {
        options.extend(["-o".to_owned(), option.to_owned()]);
    }
    if let Some(config) = std::env::var(CONFIG).ok().filter(|config| !config.is_empty()) {
        options.extend(["-F".to_owned(), config]);
    }
    if let Some(port) = port {
        options.extend(["-p".to_owned(), port.to_string()]);
    }
    if let Some(key) = key {
        options.extend(["-o".to_owned(), "IdentitiesOnly=yes".to_owned(), "-i".to_owned(), key.to_owned()]);
    }
    options
}

/// A connection that other calls of `ssh` share by a socket, until this is dropped. It ends with
/// this process, however that ends, since it echoes what comes from here. Nothing if a server does
/// not allow that: each call then makes its own connection.
pub(super) fn shared(ssh: Program, host: &str, socket: &Path) -> Option<Talk> {
    let ssh = ssh.args(["-o", "ControlMaster=yes", "-o", "ControlPersist=no", "-S"]).arg(socket);
    let mut talk = ssh.args(["--", host, "cat"]).talk().ok()?;
    let input = talk.input.as_mut()?;
    input.write_all(b"\n").and_then(|()| input.flush()).ok()?;
    let (mut output, (told, echo)) = (talk.output.take()?, channel());
    thread::spawn(move || {
        let echoed = output.read_exact(&mut [0]).map(|()| output);
        // Nobody may wait any more.
        let _ = told.send(echoed);
    });
    talk.output = Some(echo.recv_timeout(ECHO).ok()?.ok()?);
    Some(talk)
}

/// What `ssh` means by what it wrote to standard error.
pub(super) fn trouble(err: &str) -> Trouble {
    let line = |word: &str| err.lines().map(str::trim).find(|line| line.contains(word));
    if line("Host key verification failed").is_some() {
        let why = match line("REMOTE HOST IDENTIFICATION HAS CHANGED") {
            Some(_) => {
                "its key is not the one that ssh knows it by; ask who runs it whether that is meant, and only then `ssh-keygen -R` its name"
            }
            None => {
                "ssh does not know its key; connect once by hand with `ssh`, compare the fingerprint and say yes, or add what `ssh-keyscan` says of it to ~/.ssh/known_hosts"
            }
        };
        return Trouble::Refused(why.to_owned());
    }
    if let Some(line) = line(": Permission denied (")
        .filter(|line| !line.ends_with("(13)"))
        .or(line("Too many authentication failures"))
    {
        let line = line.trim_end_matches('.');
        return Trouble::Refused(format!("{line}; ssh needs a key that the server accepts"));
    }
    let first = err.lines().map(str::trim).find(|line| !line.is_empty());
    Trouble::Unreachable(first.unwrap_or("the connection broke").to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn complaints_are_understood() {
        let table = [
            ("us@example.org: Permission denied (publickey).\r\nrsync: connection closed", "Refused"),
            ("No ED25519 host key is known for x\nHost key verification failed.", "ssh-keyscan"),
            (
                "@ WARNING: REMOTE HOST IDENTIFICATION HAS CHANGED! @\nHost key verification failed.",
                "ssh-keygen -R",
            ),
            ("ssh: connect to host x port 22: Connection refused", "Unreachable(\"ssh: connect"),
            ("rsync: mkdir \"/x\" failed: Permission denied (13)", "Unreachable"),
            ("\n", "Unreachable(\"the connection broke\")"),
        ];
        for (err, expected) in table {
            let trouble = format!("{:?}", trouble(err));
            assert!(trouble.contains(expected), "{err}: {trouble}");
        }
    }
}
