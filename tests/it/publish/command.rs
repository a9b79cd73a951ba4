//! The command itself: which host is meant, what is said before anything happens, what keeps it
//! from happening, and what follows.

use std::fs;
use std::path::Path;
use std::process::Command;

use serde_json::Value;
use tempfile::TempDir;

use super::site::{Site, tree};

/// A site whose host `live` is a folder, with more keys behind it.
fn site(to: &TempDir, more: &str) -> Site {
    Site::new(&format!("{{folder: {{path: {}/site}}{more}}}", to.path().display()))
}

fn published(to: &TempDir) -> std::collections::BTreeMap<String, Vec<u8>> {
    tree(&to.path().join("site"))
}

const BEES: &str = "---\ntitle: Bees\ndate: 2023-12-01\n---\nThey hum.\n";

#[test]
fn a_host_is_named_or_is_the_only_one() {
    let to = TempDir::new().unwrap();
    let site = site(&to, "");
    let yaml = fs::read_to_string(site.path().join("site.yaml")).unwrap();
    let two = format!("{yaml}  staging: {{folder: {{path: {}/staging}}}}\n", to.path().display());
    let none = yaml.split("publish:").next().unwrap().to_owned();
    for (yaml, arguments, said) in [
        (&none, &[][..], &["error[unknown-host]: site.yaml names no host", "publish: {live:"][..]),
        (&two, &[], &["there are several hosts", "`bashu publish live`, `bashu publish staging`"]),
        (&two, &["stagin"], &["no host `stagin`", "did you mean `staging`?"]),
        (&two, &["somewhere"], &["no host `somewhere`", "the choices are `live`, `staging`"]),
    ] {
        site.write("site.yaml", yaml);
        let run = site.publish(arguments);
        assert_eq!(run.status, 1, "{}{}", run.out, run.err);
        for said in said {
            assert!(run.err.contains(said), "{arguments:?}: {}", run.err);
        }
        assert!(run.err.ends_with("1 error; nothing was published\n"), "{}", run.err);
    }
    site.write("site.yaml", &two);
    site.published(&["staging"]);
    assert!(published(&to).is_empty());
    assert_eq!(tree(&to.path().join("staging")), site.output());
}

#[test]
fn a_dry_run_says_all_and_changes_nothing() {
    let to = TempDir::new().unwrap();
    let site = site(&to, ", base_url: https://insects.net/");
    for number in 0..30 {
        site.write(&format!("static/many/{number:02}.txt"), "x");
    }
    let run = site.publish(&["--dry-run"]);
    assert_eq!((run.status, run.err.as_str()), (0, ""));
    assert!(run.out.contains("live (folder), for https://insects.net/\n  new "), "{}", run.out);
    assert!(run.out.contains("  many/00.txt  1 B\n") && !run.out.contains("many/29.txt"), "{}", run.out);
    assert!(run.out.contains(" more, which --verbose lists\n"), "{}", run.out);
    assert!(run.out.ends_with("a dry run: nothing was changed\n"), "{}", run.out);
    let run = site.publish(&["--dry-run", "--verbose"]);
    assert!(run.out.contains("many/29.txt  1 B\n") && !run.out.contains(" more, "), "{}", run.out);

    let run = site.publish(&["--dry-run", "--message-format", "json"]);
    let objects: Vec<Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let [.., plan, done] = objects.as_slice() else { panic!("{}", run.out) };
    let phases = plan["send"].as_array().unwrap();
    let files: usize = phases.iter().map(|phase| phase["files"].as_array().unwrap().len()).sum();
    assert_eq!(done["new"], files);
    assert!(files > 40, "{files}");
    assert_eq!((&done["dry_run"], &done["host"]), (&Value::Bool(true), &Value::from("live")));
    assert!(published(&to).is_empty());

    site.published(&[]);
    site.remove("content/notes/wasps.zh.md");
    let run = site.publish(&["--dry-run"]);
    assert!(run.out.contains("\ndeleted:\n  zh/notes/黄蜂/index.html\n"), "{}", run.out);
    assert!(run.out.contains("  deleted"), "{}", run.out);
}

/// Drafts, and another base URL, do not get into `output/`.
#[test]
fn a_host_with_drafts_has_a_site_of_its_own() {
    let to = TempDir::new().unwrap();
    let site = site(&to, ", drafts: true, base_url: \"https://staging.insects.net/\"");
    site.write(
        "content/notes/moths.en.md",
        "---\ntitle: Moths\ndate: 2023-12-01\ndraft: true\n---\nAt night.\n",
    );
    site.published(&[]);
    let files = published(&to);
    let home = String::from_utf8(files["en/index.html"].clone()).unwrap();
    assert!(files.contains_key("en/notes/moths/index.html"));
    assert!(home.contains("https://staging.insects.net/en/") && !home.contains("insects.example"));
    assert!(!site.path().join("output").exists());
    assert_eq!(tree(&site.path().join(".bashu/output/live")), files);

    // At the site's own address, that is worth a warning.
    site.host(&format!("{{folder: {{path: {}/other}}, drafts: true}}", to.path().display()));
    let run = site.publish(&[]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.err.contains("warning[host-base-url]: drafts are published to `live`"), "{}", run.err);
}

#[test]
fn what_is_in_the_way_is_said_together_and_nothing_is_published() {
    let to = TempDir::new().unwrap();
    let more = ", base_url: https://insects.pages.dev/, require: [committed, translations, parity]";
    let site = site(&to, more);
    site.write("static/_worker.js", "x");
    site.write(
        "content/notes/bees.zh.md",
        "---\ntitle: 蜜蜂\nslug: 蜜蜂\ntranslated_from: en\n---\n七条腿。\n",
    );
    let run = site.publish(&[]);
    assert_eq!(run.status, 1, "{}{}", run.out, run.err);
    for said in [
        "error[host-limit]: Cloudflare Pages runs these files instead of showing them: _worker.js",
        "error[requirement]: `live` requires `committed`, and git knows nothing of this folder",
        "error[requirement]: `live` requires `translations`, and there are translations to look at: zh 3 unmarked",
        "error[requirement]: `live` requires `parity`, and there ",
        "`bashu translations --state stale,unmarked`",
        "`bashu check parity`",
        "4 errors; nothing was published\n",
    ] {
        assert!(run.err.contains(said), "{said}: {}", run.err);
    }
    assert!(!to.path().join("site").exists());

    // What an editor knows better than Bashu can be allowed.
    let yaml = fs::read_to_string(site.path().join("site.yaml")).unwrap();
    let yaml = yaml.replace(", require: [committed, translations, parity]", "");
    site.write("site.yaml", &format!("{yaml}messages: {{host-limit: warning}}\n"));
    let run = site.publish(&[]);
    assert_eq!(run.status, 0, "{}", run.err);
    assert!(run.err.contains("warning[host-limit]"), "{}", run.err);

    // A fault of the settings and one of a text are told in one run.
    site.write("site.yaml", &yaml.replace("require", "requires").replace("folder:", "foldr:"));
    site.write("content/notes/bees.en.md", "---\ntitle: Bees\n---\n[x](none.en.md)\n");
    let run = site.publish(&[]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("did you mean `folder`?"), "{}", run.err);
    assert!(
        run.err.contains("error[broken-link]") && run.err.contains("nothing was published"),
        "{}",
        run.err
    );
}

fn git(folder: &Path, arguments: &[&str]) {
    let identity = ["-c", "user.name=Us", "-c", "user.email=us@insects.net", "-c", "init.defaultBranch=main"];
    let output = Command::new("git").current_dir(folder).args(identity).args(arguments).output().unwrap();
    assert!(output.status.success(), "{output:?}");
}

#[test]
fn a_site_that_must_be_committed_is() {
    let to = TempDir::new().unwrap();
    let site = site(&to, ", base_url: https://insects.net/, require: [committed]");
    git(site.path(), &["init", "-q"]);
    let refused = |count: &str, name: &str| {
        let run = site.publish(&[]);
        assert_eq!(run.status, 1, "{}{}", run.out, run.err);
        assert!(run.err.contains(count) && run.err.contains(name), "{}", run.err);
    };
    refused("9 files are not committed", "content/notes/ants.en.md");
    git(site.path(), &["add", "."]);
    git(site.path(), &["commit", "-qm", "Begin"]);
    site.published(&[]);
    // The finished site and the cache are no files of the site's own.
    site.write("static/数据/新.txt", "new\n");
    refused("1 file is not committed", "static/数据/新.txt");
    git(site.path(), &["add", "static"]);
    refused("1 file is not committed", "static/数据/新.txt");
    git(site.path(), &["commit", "-qm", "Add data"]);
    site.published(&[]);
    site.write("content/notes/bees.en.md", BEES);
    refused("1 file is not committed", "content/notes/bees.en.md");
}

#[cfg(unix)]
#[test]
fn programs_are_told_what_changed_once_it_is_there() {
    let to = TempDir::new().unwrap();
    let told = "[sh, -c, 'cat > told; echo $BASHU_HOST $BASHU_BASE_URL >> told']";
    let failing = "[sh, -c, 'echo no luck >&2; exit 3']";
    let site =
        site(&to, &format!(", base_url: https://insects.net/sub/, after: [{failing}, {told}, ./none]"));
    let changed = to.path().join("changed.txt");
    let list = ["--changed", changed.to_str().unwrap()];
    let run = site.publish(&list);
    assert_eq!(run.status, 1, "{}{}", run.out, run.err);
    assert!(run.out.contains("published to live: "), "{}", run.out);
    for said in [
        "error[host-failed]: the site is published, but `sh`, which runs after it, ended with status 3: no luck",
        "`./none`, which runs after it, cannot be run: ",
    ] {
        assert!(run.err.contains(said), "{}", run.err);
    }
    let read = |name: &str| fs::read_to_string(site.path().join(name)).unwrap();
    let said = read("told");
    assert!(said.ends_with("\nlive https://insects.net/sub/\n"), "{said}");
    let urls: Vec<&str> = said.lines().filter(|line| line.starts_with("https://")).collect();
    assert_eq!(urls.len(), published(&to).len());
    assert!(urls.contains(&"https://insects.net/sub/zh/notes/%E8%9C%9C%E8%9C%82/"), "{said}");
    assert!(urls.contains(&"https://insects.net/sub/"), "{said}");

    // Not on a dry run, and not when there is nothing to tell.
    fs::remove_file(site.path().join("told")).unwrap();
    site.write("content/notes/bees.en.md", BEES);
    site.published(&["--dry-run"]);
    assert!(!site.path().join("told").exists());
    assert_eq!(site.publish(&list).status, 1);
    // Bees no longer link to ants, which says so on that page.
    let urls = "/sub/en/feed.xml\n/sub/en/notes/ants/\n/sub/en/notes/bees/\n";
    assert_eq!(fs::read_to_string(&changed).unwrap(), urls);
    fs::remove_file(site.path().join("told")).unwrap();
    assert_eq!(site.published(&list)[..2], [0, 0]);
    assert!(!site.path().join("told").exists());
    assert_eq!(fs::read_to_string(&changed).unwrap(), "");
}

#[test]
fn a_host_that_keeps_no_release_says_so() {
    let to = TempDir::new().unwrap();
    let site = site(&to, "");
    site.published(&[]);
    let before = published(&to);
    let run = site.publish(&["--rollback"]);
    assert_eq!(run.status, 1);
    assert!(run.err.contains("error[no-release]: `live` keeps no earlier release"), "{}", run.err);
    assert_eq!(published(&to), before);
}

/// What is printed is rules alone, and what goes with the site is the same; a file of the site's own
/// is not replaced by it.
#[test]
fn rules_are_printed_or_go_with_the_site() {
    let to = TempDir::new().unwrap();
    let site = site(&to, ", base_url: https://insects.net/, rules: [_headers, _redirects]");
    site.write("content/notes/bees.en.md", &BEES.replace("date:", "aliases: [/old/bees/]\ndate:"));
    for rules in ["_headers", "_redirects", "nginx", "caddy", "vercel"] {
        let run = site.publish(&["--print", rules]);
        assert_eq!((run.status, run.err.as_str()), (0, ""), "{rules}");
        assert!(!run.out.is_empty() && !run.out.contains("pages: "), "{rules}: {}", run.out);
    }
    let redirects = site.publish(&["--print", "_redirects"]).out;
    assert!(redirects.contains("/old/bees/") && redirects.contains("/en/notes/bees/"), "{redirects}");
    assert!(published(&to).is_empty());
    site.published(&[]);
    assert_eq!(String::from_utf8_lossy(&published(&to)["_redirects"]), redirects);
    assert!(published(&to).contains_key("_headers"));

    site.write("static/_headers", "/*\n  X-Own: yes\n");
    let run = site.publish(&[]);
    assert_eq!(run.status, 1, "{}", run.out);
    assert!(run.err.contains("error[host-limit]: the site has a file _headers of its own"), "{}", run.err);
}

/// Ctrl-C ends a run in good order, and the next one completes it.
#[cfg(unix)]
#[test]
fn a_run_that_is_stopped_leaves_a_site_that_the_next_one_completes() {
    use std::process::Stdio;
    let to = TempDir::new().unwrap();
    let site = site(&to, ", parallel: 1");
    site.published(&[]);
    let before = published(&to);
    for number in 0..6_000 {
        site.write(&format!("static/many/{number}.txt"), &number.to_string());
    }
    let mut run = site.command(&[]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let many = to.path().join("site/many");
    while fs::read_dir(&many).map_or(0, Iterator::count) < 3 {
        assert!(run.try_wait().unwrap().is_none(), "it ended before it began");
        std::thread::sleep(std::time::Duration::from_millis(2));
    }
    assert!(Command::new("kill").args(["-INT", &run.id().to_string()]).status().unwrap().success());
    let output = run.wait_with_output().unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert_eq!(output.status.code(), Some(130), "{err}");
    assert!(err.contains("error[publish-stopped]") && err.contains("publish again"), "{err}");
    // What was there is there, and of the new files some.
    let after = published(&to);
    assert!(after.len() < 6_000, "{}", after.len());
    assert!(before.iter().all(|(path, bytes)| after.get(path) == Some(bytes)));
    site.published(&[]);
    assert_eq!(published(&to), site.output());
}
