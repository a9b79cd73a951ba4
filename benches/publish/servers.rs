//! Servers on this machine, each with a folder of its own, which end with the run.

use std::fs;
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use crate::process;
use crate::tools::Tool;

/// What is published to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    S3,
    Sftp,
}

impl Kind {
    pub(crate) const ALL: [Self; 2] = [Self::S3, Self::Sftp];

    pub(crate) fn name(self) -> &'static str {
        match self {
            Self::S3 => "s3",
            Self::Sftp => "sftp",
        }
    }

    pub(crate) fn label(self) -> &'static str {
        match self {
            Self::S3 => "S3",
            Self::Sftp => "SFTP",
        }
    }

    /// The server's program. moto, which tests use, answers some hundred requests a second, and would
    /// be what is measured.
    pub(crate) fn program(self) -> &'static str {
        match self {
            Self::S3 => "s3s-fs",
            Self::Sftp => "sshd",
        }
    }

    pub(crate) fn tools(self) -> &'static [Tool] {
        match self {
            Self::S3 => &[Tool::Bashu, Tool::Aws, Tool::Rclone],
            Self::Sftp => &[Tool::Bashu, Tool::Rclone],
        }
    }
}

/// A server at work.
pub(crate) struct Server {
    pub(crate) kind: Kind,
    pub(crate) port: u16,
    /// What it calls itself.
    pub(crate) program: String,
    /// Where it keeps its keys and settings.
    pub(crate) dir: PathBuf,
    child: Child,
}

/// How many files everybody sends at a time: what Bashu does by default.
pub(crate) const PARALLEL: u32 = 32;

pub(crate) const KEY: &str = "bench";
pub(crate) const SECRET: &str = "bench-secret";

impl Server {
    /// Starts a server with its folder in `dir`; `None` if there is no such program.
    pub(crate) fn start(kind: Kind, dir: &Path) -> Result<Option<Self>, String> {
        let Some(program) = find(kind.program()) else { return Ok(None) };
        let fault = |why: std::io::Error| format!("{} cannot be started: {why}", kind.program());
        let port = TcpListener::bind("127.0.0.1:0")
            .and_then(|listener| listener.local_addr())
            .map_err(fault)?
            .port();
        fs::create_dir_all(dir.join("there")).map_err(fault)?;
        let (mut command, said) = match kind {
            Kind::S3 => {
                let mut command = Command::new(&program);
                command.args(["--host", "127.0.0.1", "--port", &port.to_string()]);
                command.args(["--access-key", KEY, "--secret-key", SECRET]).arg(dir.join("there"));
                (command, process::version(&program, "--version").unwrap_or_else(|| "s3s-fs".to_owned()))
            }
            Kind::Sftp => {
                settings(dir, port)?;
                let mut command = Command::new(&program);
                command.args(["-D", "-e", "-f"]).arg(dir.join("sshd_config"));
                (command, "OpenSSH's sshd".to_owned())
            }
        };
        let log = fs::File::create(dir.join("server.log")).map_err(fault)?;
        let also = log.try_clone().map_err(fault)?;
        let child = command.stdin(Stdio::null()).stdout(log).stderr(also).spawn().map_err(fault)?;
        let mut server = Self { kind, port, program: said.trim().to_owned(), dir: dir.to_owned(), child };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            let ended = server.child.try_wait().map_err(fault)?;
            if ended.is_some() || begun.elapsed() > Duration::from_secs(10) {
                let said = fs::read_to_string(dir.join("server.log")).unwrap_or_default();
                return Err(format!("{} does not answer:\n{said}", kind.program()));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Ok(Some(server))
    }

    /// The folder that a tool publishes into, as it stands on the disk.
    pub(crate) fn folder(&self, tool: Tool) -> PathBuf {
        self.dir.join("there").join(tool.name())
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A program on the path, where servers of the system are, or where the tests install theirs.
fn find(name: &str) -> Option<PathBuf> {
    let own = std::env::var_os("BASHU_JUDGES").map(|dir| PathBuf::from(dir).join("cargo/bin"));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let usual = std::env::split_paths(&path).collect::<Vec<_>>();
    let folders = own.into_iter().chain(usual).chain([PathBuf::from("/usr/sbin")]);
    folders.map(|dir| dir.join(name)).find(|file| file.is_file())
}

/// Keys and settings of a server and of those who ask it.
fn settings(dir: &Path, port: u16) -> Result<(), String> {
    let at = |name: &str| dir.join(name);
    let fault = |why: std::io::Error| format!("the settings of sshd cannot be written: {why}");
    for key in ["host", "ours"] {
        let mut command = Command::new("ssh-keygen");
        process::run(command.args(["-q", "-t", "ed25519", "-N", "", "-f"]).arg(at(key)), &at("log"))?;
    }
    let host = fs::read_to_string(at("host.pub")).map_err(fault)?;
    let lines = [
        ("known", format!("bench {host}[127.0.0.1]:{port} {host}")),
        (
            "ssh_config",
            format!(
                "Host *\nHostName 127.0.0.1\nPort {port}\nHostKeyAlias bench\nUserKnownHostsFile {}\nGlobalKnownHostsFile none\nStrictHostKeyChecking yes\nIdentityFile {}\nIdentitiesOnly yes\nIdentityAgent none\n",
                at("known").display(),
                at("ours").display()
            ),
        ),
        (
            "sshd_config",
            format!(
                "Port {port}\nListenAddress 127.0.0.1\nHostKey {}\nAuthorizedKeysFile {}\nPidFile none\nStrictModes no\nUsePAM no\nPermitRootLogin yes\nPasswordAuthentication no\nKbdInteractiveAuthentication no\nMaxStartups 64\nSubsystem sftp internal-sftp\n",
                at("host").display(),
                at("ours.pub").display()
            ),
        ),
    ];
    for (name, text) in lines {
        fs::write(at(name), text).map_err(fault)?;
    }
    // Where sshd, started by root, lets its unprivileged half live; others need none.
    let _ = fs::create_dir_all("/run/sshd");
    Ok(())
}
