//! A branch of a git repository: by its path and by HTTP, with history and as one commit, and
//! whatever breaks.

use std::time::{Duration, Instant};

use super::git_branch::Branch;
use super::proxy::Proxy;
use super::scenes::{self, Host};
use super::site::Site;

/// Changes the text of a page, and with it the feed that carries it.
pub(super) fn edit(site: &Site, words: &str) {
    let text =
        format!("---\ntitle: Bees\ndate: 2023-12-01\n---\nSix legs, as [ants](ants.en.md) have. {words}\n");
    site.write("content/notes/bees.en.md", &text);
}

#[test]
fn a_site_lives_on_a_branch() {
    scenes::life_of_a_site(&Branch::by_http(true));
}

#[test]
fn wrong_credentials_are_refused() {
    scenes::wrong_credentials(&Branch::by_http(true));
}

#[test]
fn two_publishers_notice_each_other() {
    scenes::two_at_once(&Branch::by_http(true));
}

#[test]
fn a_slow_server_takes_longer() {
    scenes::slow(&Branch::by_http(false));
}

#[test]
fn many_files_are_published() {
    scenes::many_files(&Branch::by_http(true));
}

#[test]
fn a_server_that_goes_away_leaves_the_old_site() {
    let branch = Branch::by_http(true);
    let proxy = Proxy::new(branch.port());
    let site = branch.site();
    site.host(&branch.yaml(proxy.port));
    site.published(&[]);
    let before = branch.files();
    edit(&site, "They hum.");
    // At the first request, while it is asked what is there, and in the middle of a push.
    for bytes in [1, 700, 1_500] {
        proxy.break_after(bytes);
        let run = site.publish(&[]);
        assert_eq!(run.status, 1, "{bytes}: {}{}", run.out, run.err);
        assert!(run.err.contains("error[host-unreachable]"), "{}", run.err);
        assert_eq!(branch.files(), before);
        proxy.mend();
    }
    assert_eq!(site.published(&[])[..2], [0, 2]);
    assert_eq!(branch.files(), site.output());
}

#[test]
fn history_is_kept_or_is_one_commit() {
    for history in [true, false] {
        let branch = Branch::by_file(history);
        let site = branch.site();
        site.published(&[]);
        assert_eq!(branch.files(), site.output());
        for words in ["They hum.", "They dance."] {
            edit(&site, words);
            assert_eq!(site.published(&[])[..2], [0, 2]);
            assert_eq!(branch.files(), site.output());
        }
        assert_eq!(branch.commits(), if history { 3 } else { 1 });
        let message = branch.git(&["log", "-1", "--format=%an%n%B", "pages"]);
        assert!(
            message.starts_with("Bashu\nPublish: 0 new, 2 changed, 0 deleted\n\nBashu-Tree: "),
            "{message}"
        );
        // Nothing changed: no commit.
        let tip = branch.tip();
        site.published(&[]);
        assert_eq!(branch.tip(), tip);
    }
}

#[test]
fn an_unchanged_site_costs_one_request() {
    let branch = Branch::by_file(true);
    let site = branch.watched_site("");
    site.published(&[]);
    assert_eq!(branch.asked(), ["ls-remote", "push"]);
    site.published(&[]);
    assert_eq!(branch.asked(), ["ls-remote"]);
    branch.others("Name the site", &[("CNAME", Some(b"insects.example\n"))]);
    site.published(&[]);
    // Theirs, and what it was made from.
    assert_eq!(branch.asked(), ["ls-remote", "fetch", "fetch"]);
    site.published(&[]);
    assert_eq!(branch.asked(), ["ls-remote"]);
    edit(&site, "They hum.");
    site.published(&["--dry-run"]);
    assert_eq!(branch.asked(), ["ls-remote"]);
    site.published(&[]);
    assert_eq!(branch.asked(), ["ls-remote", "push"]);
    std::fs::remove_dir_all(site.path().join(".bashu")).unwrap();
    site.published(&[]);
    assert_eq!(branch.asked(), ["ls-remote", "fetch"]);
}

#[test]
fn an_answer_that_is_lost_is_asked_for() {
    let branch = Branch::by_file(true);
    let lost = "\"$GIT\" \"$@\" >&2\necho 'fatal: the remote end hung up unexpectedly' >&2\nexit 128";
    let site = branch.watched_site(lost);
    site.published(&[]);
    assert_eq!(branch.asked(), ["ls-remote", "push", "ls-remote"]);
    assert_eq!((branch.files(), branch.commits()), (site.output(), 1));
}

#[test]
fn going_back_and_back_again() {
    let branch = Branch::by_http(true);
    let site = branch.site();
    let mut outputs = Vec::new();
    for words in ["One.", "Two.", "Three."] {
        edit(&site, words);
        site.write(&format!("static/{words}txt"), words);
        site.published(&[]);
        outputs.push(site.output());
        // A clone knows nothing of what this one did.
        std::fs::remove_dir_all(site.path().join(".bashu")).unwrap();
    }
    branch.others("Name the site", &[("CNAME", Some(b"insects.example\n"))]);
    let with_name = |mut files: std::collections::BTreeMap<String, Vec<u8>>| {
        files.insert("CNAME".to_owned(), b"insects.example\n".to_vec());
        files
    };
    for expected in [1, 0] {
        let run = site.publish(&["--rollback"]);
        assert_eq!(run.status, 0, "{}", run.err);
        assert_eq!(branch.files(), with_name(outputs[expected].clone()));
    }
    let run = site.publish(&["--rollback"]);
    assert!(run.err.contains("error[no-release]"), "{}", run.err);
    let [new, changed, _, deleted] = site.published(&[]);
    assert_eq!((new, changed, deleted), (2, 2, 0));
    assert_eq!(branch.files(), with_name(outputs[2].clone()));

    let single = Branch::by_file(false);
    let site = single.site();
    for words in ["One.", "Two."] {
        edit(&site, words);
        site.published(&[]);
    }
    assert!(site.publish(&["--rollback"]).err.contains("error[no-release]"));
}

#[test]
fn whatever_becomes_of_the_cache_the_site_is_published() {
    let branch = Branch::by_file(true);
    let site = branch.site();
    site.published(&[]);
    let cache = site.path().join(".bashu/publish/live.git");
    let walk = |folder: &std::path::Path| -> Vec<std::path::PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![folder.to_path_buf()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
                if entry.path().is_dir() { folders.push(entry.path()) } else { found.push(entry.path()) }
            }
        }
        found
    };
    let spoil = |file: &std::path::Path, bytes: &[u8]| {
        let _ = std::fs::remove_file(file);
        std::fs::write(file, bytes).unwrap();
    };
    let spoils: [(&str, &dyn Fn()); 8] = [
        ("a file", &|| {
            std::fs::remove_dir_all(&cache).unwrap();
            std::fs::write(&cache, "x").unwrap();
        }),
        ("removed", &|| std::fs::remove_dir_all(&cache).unwrap()),
        ("no HEAD", &|| std::fs::remove_file(cache.join("HEAD")).unwrap()),
        ("damaged settings", &|| spoil(&cache.join("config"), b"[core\n")),
        ("damaged objects", &|| walk(&cache.join("objects")).iter().for_each(|file| spoil(file, b"x"))),
        ("no objects", &|| std::fs::remove_dir_all(cache.join("objects")).unwrap()),
        ("damaged references", &|| walk(&cache.join("refs")).iter().for_each(|file| spoil(file, b"x"))),
        ("locked", &|| {
            for lock in
                ["shallow.lock", "config.lock", "refs/bashu/tip.lock", "packed-refs.lock", "bashu-index.lock"]
            {
                std::fs::write(cache.join(lock), "").unwrap();
            }
        }),
    ];
    for (round, (name, spoil)) in spoils.into_iter().enumerate() {
        spoil();
        edit(&site, &format!("They hum {round} times."));
        assert_eq!(site.published(&[])[..2], [0, 2], "{name}");
        assert_eq!(branch.files(), site.output(), "{name}");
        spoil();
        assert_eq!(site.published(&[])[..2], [0, 0], "{name}");
        if name == "damaged objects" || name == "locked" {
            spoil();
            assert_eq!(site.publish(&["--rollback"]).status, 0, "{name}");
        }
    }
}

#[test]
fn killed_at_any_moment_the_branch_is_old_or_new() {
    let branch = Branch::by_file(true);
    let site = branch.site();
    let begun = Instant::now();
    site.published(&[]);
    // Moments from the beginning of a run to its end, however fast this machine is.
    let whole = begun.elapsed().as_millis() as usize;
    let mut dice = crate::dice::Dice::new(6);
    for round in 0..8 {
        let before = branch.files();
        edit(&site, &format!("They hum {round} times."));
        let mut child = site.command(&[]).spawn().unwrap();
        std::thread::sleep(Duration::from_millis(dice.below(whole) as u64));
        let _ = child.kill();
        child.wait().unwrap();
        let now = branch.files();
        if now != before {
            assert_eq!(now, site.output(), "{round}");
        }
        // A push that outlives the run that began it may come first.
        if site.publish(&[]).err.contains("error[host-conflict]") {
            site.published(&[]);
        }
        assert_eq!(branch.files(), site.output(), "{round}");
    }
}

#[test]
fn a_run_without_a_cache_fetches_no_files() {
    let branch = Branch::by_http(true);
    let site = branch.site();
    let mut dice = crate::dice::Dice::new(7);
    let noise: String = (0..400_000).map(|_| char::from(b'a' + dice.below(26) as u8)).collect();
    site.write("static/noise.txt", &noise);
    site.published(&[]);
    for _ in 0..3 {
        edit(&site, &format!("They hum {} times.", dice.below(1_000_000)));
        let proxy = Proxy::new(branch.port());
        site.host(&branch.yaml(proxy.port));
        std::fs::remove_dir_all(site.path().join(".bashu")).unwrap();
        assert_eq!(site.published(&[])[..2], [0, 2]);
        let (changes, _, up) = proxy.counted();
        assert_eq!(changes, 1, "one push");
        assert!(up < 30_000, "{up} bytes for a small edit");
        let held = super::site::tree(&site.path().join(".bashu/publish"));
        let bytes: usize = held.values().map(Vec::len).sum();
        assert!(bytes < 100_000, "{bytes} bytes are held");
    }
    assert_eq!(branch.files(), site.output());
}

#[test]
fn a_path_begins_at_the_sites_folder() {
    let branch = Branch::by_file(true);
    let site = branch.site();
    let folder = branch.path().parent().unwrap().file_name().unwrap().to_str().unwrap().to_owned();
    site.host(&format!("{{git: {{remote: \"../{folder}/site.git\", branch: pages}}}}"));
    site.published(&[]);
    assert_eq!(branch.files(), site.output());
}

#[test]
fn what_is_wrong_is_said() {
    let branch = Branch::by_file(true);
    let site = branch.site();
    let missing = branch.path().with_file_name("missing.git");
    site.host(&format!("{{git: {{remote: \"{}\", branch: pages}}}}", missing.display()));
    let run = site.publish(&[]);
    assert!(run.err.contains("error[host-failed]") && run.err.contains("no such repository"), "{}", run.err);
    site.host(&format!("{{git: {{remote: \"{}\", branch: a..b}}}}", branch.path().display()));
    let run = site.publish(&[]);
    assert!(run.err.contains("error[invalid-value]") && run.err.contains("`a..b`"), "{}", run.err);
    let config = "[url \"http://us:t0ken@127.0.0.1:1/\"]\n\tinsteadOf = https://insects.example/\n";
    std::fs::write(branch.path().with_file_name("gitconfig"), config).unwrap();
    site.host("{git: {remote: \"https://insects.example/site.git\", branch: pages}}");
    let run = site.publish(&[]);
    assert!(run.err.contains("error[host-unreachable]") && run.err.contains("127.0.0.1"), "{}", run.err);
    assert!(!run.err.contains("t0ken"), "{}", run.err);

    // A server's own rule, in its words, and no second attempt.
    let hook = branch.path().join("hooks/pre-receive");
    std::fs::create_dir_all(hook.parent().unwrap()).unwrap();
    std::fs::write(&hook, "#!/bin/sh\necho >> tries\necho 'GH006: protected, timed out?' >&2\nexit 1\n")
        .unwrap();
    std::fs::set_permissions(&hook, std::os::unix::fs::PermissionsExt::from_mode(0o755)).unwrap();
    site.host(&branch.yaml(0));
    let run = site.publish(&[]);
    assert!(run.err.contains("error[host-failed]") && run.err.contains("GH006: protected"), "{}", run.err);
    assert_eq!(std::fs::read_to_string(branch.path().join("tries")).unwrap(), "\n");
    assert!(branch.files().is_empty());
}
