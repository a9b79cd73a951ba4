//! A git repository for a test, whatever the settings of the machine.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use bashu::article::{self, Name, TranslatedFrom};
use bashu::base::{BriefFingerprint, ContentPath};
use bashu::build::{self, Loaded};
use bashu::config;
use bashu::diag::Diagnostics;
use bashu::site::State;
use bashu::source::Source;
use bashu::translations::{History, Ledger, Lost, Since, replace, since, stamp};
use tempfile::TempDir;

/// A repository with a site in one of its folders.
pub(super) struct Repository {
    pub(super) root: TempDir,
    folder: &'static str,
    commits: u32,
}

/// Runs git in a folder; what it prints.
pub(super) fn git(folder: &Path, minute: u32, arguments: &[&str]) -> String {
    let date = format!("2023-06-01T{:02}:{:02}:00Z", minute / 60 % 24, minute % 60);
    let output = Command::new("git")
        .current_dir(folder)
        .args([
            "-c",
            "commit.gpgsign=false",
            "-c",
            "init.defaultBranch=main",
            "-c",
            "protocol.file.allow=always",
        ])
        .args(arguments)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .env("GIT_CONFIG_GLOBAL", "/dev/null")
        .env("GIT_EDITOR", "true")
        .envs([("GIT_AUTHOR_NAME", "Editor"), ("GIT_AUTHOR_EMAIL", "editor@example.org")])
        .envs([("GIT_COMMITTER_NAME", "Editor"), ("GIT_COMMITTER_EMAIL", "editor@example.org")])
        .envs([("GIT_AUTHOR_DATE", &date), ("GIT_COMMITTER_DATE", &date)])
        .output()
        .expect("these tests need the program git");
    let error = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "git {arguments:?}: {error}");
    String::from_utf8(output.stdout).unwrap()
}

impl Repository {
    /// A repository whose site is in `folder`, which is empty for the repository's own.
    pub(super) fn new(folder: &'static str) -> Self {
        let root = TempDir::new().unwrap();
        git(root.path(), 0, &["init", "--quiet"]);
        let repository = Self { root, folder, commits: 0 };
        repository.write("site.yaml", crate::fixture::SITE);
        repository
    }

    /// The site's folder.
    pub(super) fn site(&self) -> PathBuf {
        self.root.path().join(self.folder)
    }

    pub(super) fn write(&self, file: &str, text: &str) {
        let path = self.site().join(file);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(super) fn read(&self, file: &str) -> String {
        fs::read_to_string(self.site().join(file)).unwrap()
    }

    pub(super) fn git(&self, arguments: &[&str]) -> String {
        git(&self.site(), self.commits, arguments)
    }

    /// Commits all that is there; the commit's name.
    pub(super) fn commit(&mut self, message: &str) -> String {
        self.commits += 1;
        self.git(&["add", "--all", "."]);
        self.git(&["commit", "--quiet", "--allow-empty", "-m", message]);
        self.head()
    }

    pub(super) fn head(&self) -> String {
        self.git(&["rev-parse", "HEAD"]).trim().to_owned()
    }

    /// Stamps the version of an id in a language.
    pub(super) fn accept(&self, id: &str, code: &str) {
        let site = load(&self.site());
        let ledger = Ledger::of(&site, &mut Diagnostics::new());
        let (entry, _) = ledger.find(id).unwrap();
        let lang = site.config.lang_of_code(code).unwrap();
        let (version, original) = (entry.version(lang).unwrap(), entry.source(lang).unwrap());
        let origin = TranslatedFrom {
            code: site.config.language(original.name.lang).code.clone(),
            fingerprint: original.outline.fingerprint,
        };
        let text = self.read(version.file.as_str());
        let stamped = stamp(&version.file, &version.name, &text, &site.config, &origin).unwrap();
        replace(&self.site(), &version.file, &stamped).unwrap();
    }

    pub(super) fn state(&self, id: &str, code: &str) -> State {
        state(&self.site(), id, code)
    }

    pub(super) fn since(&self, id: &str, code: &str) -> Result<Since, Lost> {
        since_in(&self.site(), id, code)
    }
}

fn load(site: &Path) -> Loaded {
    let loaded = build::load(&Source::disk(site)).unwrap();
    let faults: Vec<&str> = loaded.diagnostics.iter().map(|d| d.message.as_str()).collect();
    assert_eq!(faults, Vec::<&str>::new());
    loaded
}

/// The state of a version of the site in a folder.
pub(super) fn state(site: &Path, id: &str, code: &str) -> State {
    let site = load(site);
    let ledger = Ledger::of(&site, &mut Diagnostics::new());
    let lang = site.config.lang_of_code(code).unwrap();
    let (entry, _) = ledger.find(id).unwrap();
    entry.origins[lang.index()].state
}

/// What changed since a version of the site in a folder was stamped.
pub(super) fn since_in(folder: &Path, id: &str, code: &str) -> Result<Since, Lost> {
    let site = load(folder);
    let ledger = Ledger::of(&site, &mut Diagnostics::new());
    let lang = site.config.lang_of_code(code).unwrap();
    let (entry, _) = ledger.find(id).unwrap();
    let original = entry.source(lang).unwrap();
    let text = Source::disk(folder).text(&ContentPath::new(original.file.as_str())).unwrap();
    let original = (&original.file, &original.name);
    since(&mut History::of(folder), original, &text, entry.recorded(lang).unwrap(), &site.config)
}

/// What changed, as people read it: a line for each change.
pub(super) fn told(since: &Since) -> Vec<String> {
    use bashu::translations::Kind;
    let line = |change: &bashu::translations::Change| {
        let parts = change.parts.iter().map(|part| match part.kind {
            Kind::Same => part.text.clone(),
            Kind::Removed => format!("[-{}-]", part.text),
            Kind::Added => format!("{{+{}+}}", part.text),
            Kind::Gap => "…".to_owned(),
        });
        format!("{}: {}", change.field, parts.collect::<String>())
    };
    since.changes.iter().map(line).collect()
}

/// The fingerprint of a text in English.
pub(super) fn fingerprint(file: &str, text: &str) -> BriefFingerprint {
    let config = config::resolve(crate::fixture::SITE, None, &mut Diagnostics::new()).unwrap();
    let file = ContentPath::new(file);
    let name = Name::of(&file, &config).unwrap();
    article::wording(&file, &name, text, &config).unwrap().fingerprint()
}
