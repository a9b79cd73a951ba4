//! A branch of a bare repository on this machine, and what others do to it.

use std::collections::BTreeMap;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Command, Stdio};

use tempfile::TempDir;

use super::git_http;
use super::scenes::Host;
use super::site::{Site, tree};

/// A repository `site.git` with a branch `pages`.
pub(super) struct Branch {
    dir: TempDir,
    /// Whether it is reached by HTTP, and the port.
    http: Option<u16>,
    history: bool,
}

impl Branch {
    /// An empty repository, reached by its path.
    pub(super) fn by_file(history: bool) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let branch = Self { dir, http: None, history };
        branch.write("gitconfig", "");
        let made = branch.command(&["init", "--quiet", "--bare"]).arg(branch.path()).status().unwrap();
        assert!(made.success());
        branch
    }

    /// An empty repository behind a web server, which can leave out files when commits are fetched.
    pub(super) fn by_http(history: bool) -> Self {
        let mut branch = Self::by_file(history);
        branch.git(&["config", "uploadpack.allowFilter", "true"]);
        branch.http = Some(git_http::serve(branch.dir.path()));
        let header = format!("[http]\n\textraHeader = \"Authorization: {}\"\n", git_http::PASS);
        branch.write("gitconfig", &header);
        branch
    }

    /// Where it is.
    pub(super) fn path(&self) -> PathBuf {
        self.dir.path().join("site.git")
    }

    fn write(&self, name: &str, text: &str) {
        std::fs::write(self.dir.path().join(name), text).unwrap();
    }

    /// A site that is published there.
    pub(super) fn site(&self) -> Site {
        let mut site = Site::new(&self.yaml(self.http.unwrap_or(0)));
        let own = self.credentials();
        site.set(&own.iter().map(|(k, v)| (*k, v.as_str())).collect::<Vec<_>>());
        site
    }

    /// A site whose git is watched: it writes down what it is asked, and runs `script` when it is to
    /// push. The real git stands in `$GIT`.
    pub(super) fn watched_site(&self, script: &str) -> Site {
        let real = super::server::program("git").unwrap();
        let (bin, log) = (self.dir.path().join("bin"), self.dir.path().join("asked"));
        std::fs::create_dir_all(&bin).unwrap();
        let text = format!(
            "#!/bin/sh\necho \"$*\" >> '{}'\nGIT='{}'\ncase \"$*\" in *' push '*)\n{script}\n;; esac\nexec \"$GIT\" \"$@\"\n",
            log.display(),
            real.display()
        );
        std::fs::write(bin.join("git"), text).unwrap();
        std::fs::set_permissions(bin.join("git"), PermissionsExt::from_mode(0o755)).unwrap();
        let mut site = self.site();
        let path = std::env::var("PATH").unwrap();
        let mut own = self.credentials();
        own.push(("PATH", format!("{}:{path}", bin.display())));
        site.set(&own.iter().map(|(k, v)| (*k, v.as_str())).collect::<Vec<_>>());
        site
    }

    /// Which commands that reach the server a watched git was asked for, since this was last asked.
    pub(super) fn asked(&self) -> Vec<&'static str> {
        let log = self.dir.path().join("asked");
        let text = std::fs::read_to_string(&log).unwrap_or_default();
        let _ = std::fs::remove_file(log);
        let known = ["ls-remote", "fetch", "push"];
        let in_line = |line: &str| known.into_iter().find(|word| line.split(' ').any(|w| w == *word));
        text.lines().filter_map(in_line).collect()
    }

    fn command(&self, arguments: &[&str]) -> Command {
        let mut git = Command::new("git");
        git.args(arguments).env("GIT_CONFIG_GLOBAL", "/dev/null").env("GIT_CONFIG_NOSYSTEM", "1");
        for who in ["AUTHOR", "COMMITTER"] {
            git.env(format!("GIT_{who}_NAME"), "Ann").env(format!("GIT_{who}_EMAIL"), "ann@example.org");
        }
        git.env("GIT_INDEX_FILE", self.dir.path().join("index"));
        git
    }

    /// Runs git in the repository, and gives what it wrote.
    pub(super) fn git(&self, arguments: &[&str]) -> String {
        self.fed(arguments, b"")
    }

    fn fed(&self, arguments: &[&str], input: &[u8]) -> String {
        let mut git = self.command(arguments);
        git.env("GIT_DIR", self.path()).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = git.spawn().unwrap();
        child.stdin.take().unwrap().write_all(input).unwrap();
        let output = child.wait_with_output().unwrap();
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8_lossy(&output.stdout).trim().to_owned()
    }

    /// The commit at the branch's end; empty if there is none.
    pub(super) fn tip(&self) -> String {
        self.git(&["for-each-ref", "--format=%(objectname)", "refs/heads/pages"])
    }

    /// How many commits the branch has.
    pub(super) fn commits(&self) -> usize {
        self.git(&["rev-list", "--count", "pages"]).parse().unwrap()
    }

    /// A commit of somebody else on the branch: some files written, and taken away where there are
    /// no bytes.
    pub(super) fn others(&self, subject: &str, files: &[(&str, Option<&[u8]>)]) {
        let tip = self.tip();
        if tip.is_empty() {
            self.git(&["read-tree", "--empty"]);
        } else {
            self.git(&["read-tree", "pages"]);
        }
        for (path, bytes) in files {
            match bytes {
                Some(bytes) => {
                    let blob = self.fed(&["hash-object", "-w", "--stdin"], bytes);
                    self.git(&["update-index", "--add", "--cacheinfo", &format!("100644,{blob},{path}")]);
                }
                None => {
                    let gone = format!("0 {}\t{path}\n", "0".repeat(40));
                    self.fed(&["update-index", "--index-info"], gone.as_bytes());
                }
            }
        }
        let tree = self.git(&["write-tree"]);
        let mut commit = vec!["commit-tree", "-m", subject, &tree];
        if !tip.is_empty() {
            commit.extend(["-p", &tip]);
        }
        let commit = self.git(&commit);
        self.git(&["update-ref", "refs/heads/pages", &commit]);
    }
}

impl Host for Branch {
    fn yaml(&self, port: u16) -> String {
        let remote = match self.http {
            Some(_) => format!("http://127.0.0.1:{port}/site.git"),
            None => format!("file://{}", self.path().display()),
        };
        format!("{{git: {{remote: \"{remote}\", branch: pages, history: {}}}}}", self.history)
    }

    fn port(&self) -> u16 {
        self.http.unwrap()
    }

    fn credentials(&self) -> Vec<(&'static str, String)> {
        let config = self.dir.path().join("gitconfig").display().to_string();
        vec![("GIT_CONFIG_GLOBAL", config), ("GIT_CONFIG_NOSYSTEM", "1".to_owned())]
    }

    fn wrong_credentials(&self) -> Option<Vec<(&'static str, String)>> {
        self.http?;
        Some(vec![
            ("GIT_CONFIG_GLOBAL", "/dev/null".to_owned()),
            // One, written so that it can be found nowhere by chance.
            ("GIT_CONFIG_COUNT", "0000000001".to_owned()),
            ("GIT_CONFIG_KEY_0", "http.extraHeader".to_owned()),
            ("GIT_CONFIG_VALUE_0", "Authorization: Basic dGhlbTp3cm9uZw==".to_owned()),
        ])
    }

    fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let out = tempfile::tempdir().unwrap();
        if self.tip().is_empty() {
            return BTreeMap::new();
        }
        self.git(&["read-tree", "pages"]);
        let out_dir = out.path().display();
        let written = self
            .command(&["checkout-index", "--all", &format!("--prefix={out_dir}/")])
            .env("GIT_DIR", self.path())
            .env("GIT_WORK_TREE", out.path())
            .status()
            .unwrap();
        assert!(written.success());
        tree(out.path())
    }

    fn put(&self, path: &str, bytes: &[u8]) {
        self.others("Put a file there", &[(path, Some(bytes))]);
    }

    fn take(&self, path: &str) {
        self.others("Take a file away", &[(path, None)]);
    }
}
