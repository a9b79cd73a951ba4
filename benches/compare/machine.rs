//! What is measured on: the processor, the memory, the kernel; no names of hosts or people.

use std::fs;
use std::path::{Path, PathBuf};
use std::thread::available_parallelism;

/// Where files stand while they are measured: in memory, where the system has a folder for that.
pub(crate) fn place() -> PathBuf {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { memory.to_owned() } else { std::env::temp_dir() }
}

/// The machine by its parts.
pub(crate) fn name() -> String {
    let processor = field("/proc/cpuinfo", "model name").unwrap_or_else(|| std::env::consts::ARCH.to_owned());
    let cores = match available_parallelism().map_or(1, usize::from) {
        1 => "1 core".to_owned(),
        several => format!("{several} cores"),
    };
    let memory = field("/proc/meminfo", "MemTotal")
        .and_then(|text| text.trim_end_matches(" kB").parse::<u64>().ok())
        .map_or_else(String::new, |kibibytes| {
            format!(", {} GB of memory", (kibibytes * 1024 + 500_000_000) / 1_000_000_000)
        });
    let kernel = fs::read_to_string("/proc/sys/kernel/osrelease")
        .map_or_else(|_| std::env::consts::OS.to_owned(), |release| format!("Linux {}", release.trim()));
    format!("{processor}, {cores}{memory}, {kernel}")
}

/// Where files stood, for whoever reads the report.
pub(crate) fn files() -> &'static str {
    if place().starts_with("/dev/shm") {
        "all files in memory (`/dev/shm`)"
    } else {
        "files on disk: the disk was measured as well"
    }
}

/// The value of the first line `NAME: VALUE` of a file.
fn field(file: &str, name: &str) -> Option<String> {
    let text = fs::read_to_string(file).ok()?;
    text.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        (key.trim() == name).then(|| value.trim().to_owned())
    })
}
