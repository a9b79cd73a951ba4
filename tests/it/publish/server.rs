//! Servers of others, started for one test on a port of their own and ended with it.

use std::net::{TcpListener, TcpStream};
use std::path::PathBuf;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// A server at work.
pub(super) struct Server {
    child: Child,
    pub(super) port: u16,
}

/// A port that nobody listens on now. Another may take it before the server does, which then does
/// not start, and the test says so.
pub(super) fn free_port() -> u16 {
    TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap().port()
}

/// Where a server's program is: by name on the path, or below the folder that `BASHU_JUDGES` names,
/// where `tests/site/install.sh` puts it. Without it a test is passed over, unless `BASHU_SERVERS`
/// is set, as in CI: there it fails.
#[allow(clippy::print_stderr)] // Who runs the tests should know what was not tried.
pub(super) fn program(name: &str) -> Option<PathBuf> {
    let judges = std::env::var_os("BASHU_JUDGES")
        .map(PathBuf::from)
        .or_else(|| Some(PathBuf::from(std::env::var_os("HOME")?).join(".cache/bashu-ci")));
    let own = judges
        .into_iter()
        .flat_map(|dir| ["python/bin", "npm/node_modules/.bin", "cargo/bin"].map(|folder| dir.join(folder)));
    let path = std::env::var_os("PATH").unwrap_or_default();
    let usual = std::env::split_paths(&path).collect::<Vec<_>>();
    let found = own
        .chain(usual)
        .chain(["/usr/sbin", "/usr/lib/git-core"].map(PathBuf::from))
        .map(|dir| dir.join(name))
        .find(|file| file.is_file());
    if found.is_none() {
        assert!(
            std::env::var_os("BASHU_SERVERS").is_none(),
            "there is no {name}: bash tests/site/install.sh"
        );
        eprintln!("passed over: there is no {name}");
    }
    found
}

impl Server {
    /// Starts a server, and waits until it answers on its port.
    pub(super) fn start(command: &mut Command, port: u16) -> Self {
        let child = command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let mut server = Self { child, port };
        let begun = Instant::now();
        while TcpStream::connect(("127.0.0.1", port)).is_err() {
            if let Some(status) = server.child.try_wait().unwrap() {
                panic!("the server ended: {status}: {command:?}");
            }
            assert!(begun.elapsed() < Duration::from_secs(30), "the server does not answer: {command:?}");
            std::thread::sleep(Duration::from_millis(20));
        }
        server
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
