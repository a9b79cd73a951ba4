//! Gives the program the digest of its own sources: the cache is thrown away when they change.
//!
//! A version number would not do: two builds of one version, with a line changed between them,
//! may read the same file differently, and the cache of the one must not be the other's.

use std::path::{Path, PathBuf};
use std::{env, fs, io};

fn main() -> io::Result<()> {
    // Cargo sets it for every build script.
    let root = PathBuf::from(env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    let mut files = Vec::new();
    for folder in ["src", "themes/jialing", "themes/plain"] {
        println!("cargo::rerun-if-changed={folder}");
        list(&root.join(folder), &mut files)?;
    }
    for file in ["Cargo.toml", "Cargo.lock"] {
        println!("cargo::rerun-if-changed={file}");
        files.push(root.join(file));
    }
    files.sort();
    // FNV-1a, 64 bits: a few lines, and nobody attacks it.
    let mut digest: u64 = 0xcbf2_9ce4_8422_2325;
    let mut add = |bytes: &[u8]| {
        for byte in bytes {
            digest = (digest ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    };
    for file in files {
        add(file.strip_prefix(&root).unwrap_or(&file).to_string_lossy().as_bytes());
        // A published crate has no Cargo.lock of its own.
        add(&fs::read(&file).unwrap_or_default());
    }
    println!("cargo::rustc-env=BASHU_SOURCES={}-{digest:016x}", env!("CARGO_PKG_VERSION"));
    Ok(())
}

fn list(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            list(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
