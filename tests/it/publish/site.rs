//! A small bilingual site on disk that is edited and published.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;
use tempfile::TempDir;

use crate::program::Run;

/// A site whose only host is called `live`.
pub(super) struct Site {
    dir: TempDir,
    environment: Vec<(String, String)>,
}

impl Site {
    /// A site with a host: what stands behind `live:` in `site.yaml`.
    pub(super) fn new(host: &str) -> Self {
        let site = Self { dir: tempfile::tempdir().unwrap(), environment: Vec::new() };
        site.host(host);
        for (id, en, zh) in [("ants", "Ants", "蚂蚁"), ("bees", "Bees", "蜜蜂"), ("wasps", "Wasps", "黄蜂")]
        {
            site.write(
                &format!("content/notes/{id}.en.md"),
                &format!("---\ntitle: {en}\ndate: 2023-12-01\n---\nSix legs, as [ants](ants.en.md) have.\n"),
            );
            site.write(
                &format!("content/notes/{id}.zh.md"),
                &format!("---\ntitle: {zh}\nslug: {zh}\ntranslated_from: en\n---\n六条腿。\n"),
            );
        }
        site.write("static/数据/腿 六.txt", "六\n");
        site.write("static/100%.txt", "all\n");
        site
    }

    /// Replaces `site.yaml`, with this host.
    pub(super) fn host(&self, host: &str) {
        let yaml = format!(
            "title: {{en: Insects, zh: 昆虫}}\nbase_url: https://insects.example/\nlanguages:\n  - {{code: en, tag: en, name: English}}\n  - {{code: zh, tag: zh-Hans, name: 中文}}\npublish:\n  live: {host}\n"
        );
        self.write("site.yaml", &yaml);
    }

    /// Sets variables of the environment for what follows.
    pub(super) fn set(&mut self, environment: &[(&str, &str)]) {
        self.environment = environment.iter().map(|(k, v)| ((*k).to_owned(), (*v).to_owned())).collect();
    }

    pub(super) fn path(&self) -> &Path {
        self.dir.path()
    }

    pub(super) fn write(&self, file: &str, text: &str) {
        let path = self.path().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn remove(&self, file: &str) {
        fs::remove_file(self.path().join(file)).unwrap();
    }

    /// The command `bashu publish`, ready to run.
    pub(super) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_bashu"));
        // Of the tests' own environment only what programs need to be found: no credentials.
        command.env_clear();
        for name in ["PATH", "HOME", "TMPDIR", "LANG"] {
            command.envs(std::env::var_os(name).map(|value| (name, value)));
        }
        command.current_dir(self.path()).args(["--color", "never", "publish"]).args(arguments);
        command.envs(self.environment.iter().map(|(k, v)| (k, v))).stdin(Stdio::null());
        command
    }

    /// Publishes, and says how that went.
    pub(super) fn publish(&self, arguments: &[&str]) -> Run {
        let output = self.command(arguments).output().unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        Run { status: output.status.code().unwrap_or(-1), out: text(output.stdout), err: text(output.stderr) }
    }

    /// Publishes, which must succeed, and gives the numbers: `new`, `changed`, `unchanged`, `deleted`.
    pub(super) fn published(&self, arguments: &[&str]) -> [u64; 4] {
        let run = self.publish(&[&["--message-format", "json"], arguments].concat());
        assert_eq!(run.status, 0, "{}{}", run.out, run.err);
        let line = run.out.lines().last().unwrap_or_default();
        let said: Value = serde_json::from_str(line).unwrap_or_else(|why| panic!("{why}: {line}"));
        ["new", "changed", "unchanged", "deleted"].map(|key| said[key].as_u64().unwrap())
    }

    /// What the output folder holds, by path: what a host should hold.
    pub(super) fn output(&self) -> std::collections::BTreeMap<String, Vec<u8>> {
        tree(&self.path().join("output"))
    }
}

/// The files below a folder, by path, but for Bashu's bookkeeping.
pub(crate) fn tree(root: &Path) -> std::collections::BTreeMap<String, Vec<u8>> {
    let mut files = std::collections::BTreeMap::new();
    let mut folders = vec![root.to_path_buf()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).into_iter().flatten() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().to_owned();
            if !name.starts_with(".bashu-") {
                files.insert(name, fs::read(path).unwrap());
            }
        }
    }
    files
}
