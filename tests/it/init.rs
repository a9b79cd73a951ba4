//! What `bashu init --host` writes for hosts that build a site: it parses, it names commands and
//! hosts that exist, it publishes, and it replaces nothing.

use std::fs;
use std::path::Path;

use bashu::base::ContentPath;
use bashu::diag::Diagnostics;
use bashu::yaml::{self, Node};
use serde_json::Value as Json;
use tempfile::TempDir;

use crate::fixture::SITE;
use crate::program::{Run, bashu};
use crate::publish::tree;

/// What `--host` takes, what the host is called then, and the files that come.
const SERVICES: [(&str, &str, &[&str]); 6] = [
    ("netlify", "netlify", &["netlify.toml", "ci/publish.sh"]),
    ("cloudflare", "cloudflare", &["wrangler.toml", "ci/publish.sh"]),
    ("vercel", "vercel", &["vercel.json", "ci/publish.sh"]),
    ("github-actions", "github", &[".github/workflows/publish.yml"]),
    ("gitlab-ci", "gitlab", &[".gitlab-ci.yml"]),
    ("woodpecker", "codeberg", &[".woodpecker.yaml"]),
];

fn init(dir: &TempDir, arguments: &[&str]) -> Run {
    bashu(dir.path(), &[&["init"], arguments].concat())
}

fn read(dir: &TempDir, name: &str) -> String {
    fs::read_to_string(dir.path().join(name)).unwrap_or_else(|why| panic!("{name}: {why}"))
}

fn parsed(text: &str) -> Node {
    let mut faults = Diagnostics::default();
    let node = yaml::parse(text, 0, &ContentPath::new("x.yaml"), &mut faults);
    assert!(faults.is_empty(), "{faults:?}: {text}");
    node.unwrap()
}

/// TOML as simple as ours: tables, and keys with texts without escapes.
fn is_toml(text: &str) -> bool {
    let is_text = |value: &str| {
        let inner = value.strip_prefix('"').and_then(|rest| rest.strip_suffix('"'));
        inner.is_some_and(|inner| !inner.contains(['"', '\\']))
    };
    let mut lines = text.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    lines.all(|line| {
        line == "[build]" || line.trim().split_once(" = ").is_some_and(|(_, value)| is_text(value))
    })
}

#[test]
fn a_new_site_has_what_its_host_needs() {
    for (service, name, files) in SERVICES {
        let dir = TempDir::new().unwrap();
        let run = init(&dir, &[".", "--host", service]);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{service}");
        assert!(run.out.contains("\n  1. "), "{service}: nothing is said of what comes next: {}", run.out);
        let site = parsed(&read(&dir, "site.yaml")).to_json();
        let hosts: Vec<&String> = site["publish"].as_object().unwrap().keys().collect();
        assert_eq!(hosts, [name]);
        for file in files {
            let text = read(&dir, file);
            match file.rsplit('.').next() {
                Some("yml" | "yaml") => assert!(parsed(&text).to_json().is_object()),
                Some("json") => assert!(serde_json::from_str::<Json>(&text).unwrap().is_object()),
                Some("toml") => assert!(is_toml(&text), "{text}"),
                _ => assert!(text.starts_with("#!/bin/sh\n")),
            }
            assert!(!text.contains("{version}") && !text.contains("{name}"), "{text}");
        }
        let run = bashu(dir.path(), &["build", "--today", "2026-12-31"]);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{service}");
        let ignored = read(&dir, ".gitignore").lines().any(|line| line == "/public/");
        assert_eq!(ignored, service != "woodpecker");
    }
}

/// The lines that a machine runs, of all files.
fn commands(dir: &TempDir, files: &[&str]) -> Vec<String> {
    let texts = files.iter().map(|file| read(dir, file));
    let lines = texts.flat_map(|text| text.lines().map(|line| line.trim().to_owned()).collect::<Vec<_>>());
    lines.filter(|line| !line.starts_with('#')).collect()
}

#[test]
fn files_name_commands_and_hosts_that_exist() {
    let manifest = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("Cargo.toml")).unwrap();
    assert!(manifest.contains("\n[features]\ndefault = "), "--no-default-features stands in the files");
    for (service, name, files) in SERVICES {
        let dir = TempDir::new().unwrap();
        init(&dir, &[".", "--host", service]);
        let lines = commands(&dir, files);
        let publishes = lines.iter().filter(|line| {
            line.contains(&format!("bashu publish {name}"))
                || line.contains(&format!("sh ci/publish.sh {name}"))
        });
        // Cloudflare's stands in the settings there, and in what is said.
        assert_eq!(publishes.count(), usize::from(service != "cloudflare"), "{service}: {lines:#?}");
        let installs: Vec<&String> = lines.iter().filter(|line| line.contains(" install bashu")).collect();
        assert!(!installs.is_empty());
        for line in installs {
            assert!(line.contains(concat!("--version ", env!("CARGO_PKG_VERSION"), " --locked")), "{line}");
        }
        // The host is known: only what stands there could be a fault.
        let run = bashu(dir.path(), &["publish", name, "--dry-run"]);
        assert!(!run.err.contains("no-such-host") && !run.err.contains("unknown-host"), "{}", run.err);
    }
}

#[test]
fn hosts_are_added_to_a_site_that_is_there() {
    let all: Vec<&str> = SERVICES.iter().flat_map(|(service, ..)| ["--host", service]).collect();
    for end in ["\n", "", "\n# the end", "\r\n"] {
        let dir = TempDir::new().unwrap();
        let before = format!("{}{end}", SITE.trim_end());
        fs::write(dir.path().join("site.yaml"), &before).unwrap();
        let run = init(&dir, &all);
        assert_eq!((run.status, run.err.as_str()), (0, ""));
        let after = read(&dir, "site.yaml");
        assert!(after.starts_with(&before), "{after}");
        let hosts = parsed(&after).to_json()["publish"].as_object().unwrap().len();
        assert_eq!(hosts, SERVICES.len());
        assert_eq!(bashu(dir.path(), &["build"]).status, 0);
        let written = tree(dir.path());
        let run = init(&dir, &all);
        assert!(run.status == 0 && run.out.contains("has all of it already"), "{}{}", run.out, run.err);
        let kept: Vec<&String> = written.keys().filter(|file| !file.starts_with(".bashu/")).collect();
        for file in kept {
            assert_eq!(tree(dir.path())[file], written[file], "{file}");
        }
    }
}

#[test]
fn nothing_is_replaced_and_then_nothing_is_written() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("site.yaml"), SITE).unwrap();
    fs::write(dir.path().join("netlify.toml"), "# mine\n").unwrap();
    fs::create_dir_all(dir.path().join("ci")).unwrap();
    fs::write(dir.path().join("ci/publish.sh"), "exit 1\n").unwrap();
    let before = tree(dir.path());
    let run = init(&dir, &["--host", "netlify", "--host", "gitlab-ci"]);
    assert_eq!(run.status, 2);
    for file in ["netlify.toml", "ci/publish.sh"] {
        assert!(run.err.contains(&format!("{file} is there already")), "{}", run.err);
    }
    assert_eq!(run.err.matches("= help: move it away").count(), 2, "{}", run.err);
    assert_eq!(tree(dir.path()), before);

    for (broken, why) in [("title: [", "no YAML"), ("- a\n", "no YAML")] {
        fs::write(dir.path().join("site.yaml"), broken).unwrap();
        let run = init(&dir, &["--host", "vercel"]);
        assert!(run.status == 2 && run.err.contains(why), "{}", run.err);
        assert!(!dir.path().join("vercel.json").exists());
    }
}

#[test]
fn a_site_yaml_with_hosts_is_left_to_its_user() {
    let with = format!("{}publish: {{mine: {{folder: {{path: a}}}}}}\n", SITE);
    let braces =
        "{title: {en: A}, base_url: https://a.example/, languages: [{code: en, tag: en, name: E}]}\n";
    for before in [with.as_str(), braces] {
        let dir = TempDir::new().unwrap();
        fs::write(dir.path().join("site.yaml"), before).unwrap();
        let run = init(&dir, &["--host", "netlify"]);
        assert_eq!((run.status, run.err.as_str()), (0, ""));
        assert_eq!(read(&dir, "site.yaml"), before);
        assert!(run.out.contains("\n  netlify: {folder: {path: public}, "), "{}", run.out);
        assert!(dir.path().join("netlify.toml").is_file());
    }
}

#[test]
fn a_folder_that_is_no_site_is_refused() {
    let dir = TempDir::new().unwrap();
    fs::write(dir.path().join("notes.txt"), "mine").unwrap();
    let run = init(&dir, &["--host", "netlify"]);
    assert!(run.status == 2 && run.err.contains("is not empty"), "{}", run.err);
    assert_eq!(init(&dir, &[]).status, 2, "without a folder there must be a host");
    assert_eq!(init(&dir, &["--host", "nowhere"]).status, 2);
    assert_eq!(tree(dir.path()).len(), 1);
}

/// Each service has its page, which shows its command, its files, and what is done by hand.
#[test]
fn the_services_are_described() {
    for (service, name, files) in SERVICES {
        let page = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("docs/hosts/{service}.md"));
        let page = fs::read_to_string(&page).unwrap_or_else(|why| panic!("{}: {why}", page.display()));
        for needed in [&format!("bashu init --host {service}"), &format!("`{name}`")] {
            assert!(page.contains(needed.as_str()), "docs/hosts/{service}.md: {needed}");
        }
        for file in files {
            assert!(page.contains(&format!("`{file}`")), "docs/hosts/{service}.md: {file}");
        }
    }
}

/// The script that installs what is missing, on a machine that has nothing of it.
mod script {
    use std::os::unix::fs::PermissionsExt;
    use std::process::Command;

    use super::*;

    fn program(path: &Path, text: &str) {
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }

    #[test]
    fn it_installs_bashu_once_and_publishes_the_folder() {
        let dir = TempDir::new().unwrap();
        init(&dir, &["site", "--host", "netlify", "--host", "vercel"]);
        let (home, bin) = (dir.path().join("home"), dir.path().join("bin"));
        let log = dir.path().join("log");
        program(&bin.join("rustup"), &format!("#!/bin/sh\necho rustup \"$@\" >>'{}'\n", log.display()));
        let installed = home.join(".cargo/bin/bashu");
        let install = format!(
            "#!/bin/sh\necho cargo \"$@\" >>'{}'\nmkdir -p \"$HOME/.cargo/bin\"\nln -s '{}' '{}'\n",
            log.display(),
            env!("CARGO_BIN_EXE_bashu"),
            installed.display()
        );
        program(&bin.join("cargo"), &install);
        let path = format!("{}:/usr/bin:/bin", bin.display());
        for (round, host) in ["netlify", "vercel", "netlify"].into_iter().enumerate() {
            let output = Command::new("sh")
                .args(["ci/publish.sh", host])
                .current_dir(dir.path().join("site"))
                .env_clear()
                .envs([("PATH", path.as_str()), ("HOME", home.to_str().unwrap())])
                .output()
                .unwrap();
            let said = String::from_utf8_lossy(&output.stderr).into_owned();
            assert!(output.status.success(), "{said}");
            let public = tree(&dir.path().join("site/public"));
            assert!(public.contains_key("zh/index.html"), "{round}");
            assert_eq!(public.contains_key("_headers"), host == "netlify", "{round}");
        }
        let log = fs::read_to_string(&log).unwrap();
        let version = env!("CARGO_PKG_VERSION");
        let cargo =
            format!("cargo +stable install bashu --version {version} --locked --no-default-features\n");
        assert_eq!(log.matches(&cargo).count(), 1, "{log}");
        assert_eq!(log.lines().count(), 2, "{log}");
    }
}
