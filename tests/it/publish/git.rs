//! A branch of a git repository: by its path and by HTTP, with history and as one commit, and with
//! others at work on it.

use std::time::{Duration, Instant};

use super::git_branch::Branch;
use super::proxy::Proxy;
use super::scenes::{self, Host};
use super::site::Site;

const PAGE: &str = "en/notes/bees/index.html";

/// Changes the text of a page, and with it the feed that carries it.
fn edit(site: &Site, words: &str) {
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
fn bytes_and_names_are_not_touched_by_anybodys_settings() {
    let branch = Branch::by_file(true);
    let site = branch.site();
    std::fs::write(
        branch.path().with_file_name("gitconfig"),
        "[user]\n\tname = 安\n\temail = an@example.org\n[core]\n\tautocrlf = true\n\thooksPath = /nowhere\n\tquotePath = true\n[commit]\n\tgpgSign = true\n[push]\n\tgpgSign = true\n\tdefault = nothing\n[trailer]\n\tseparators = =\n[i18n]\n\tcommitEncoding = ISO-8859-1\n\tlogOutputEncoding = GBK\n[user]\n\tsigningKey = none\n[fetch]\n\tprune = true\n[log]\n\tshowSignature = true\n[diff]\n\tnoPrefix = true\n\trenames = copies\n",
    )
    .unwrap();
    site.write("static/lines.txt", "a\nb\r\nc\n");
    site.write("static/名字 'x' $y & #1.txt", "六\n");
    site.published(&[]);
    assert_eq!(branch.git(&["log", "-1", "--format=%an <%ae>", "pages"]), "安 <an@example.org>");
    let attributes = b"* text=auto eol=crlf ident\n*.txt filter=spoil\n";
    branch.others("Add attributes", &[(".gitattributes", Some(attributes))]);
    edit(&site, "They hum.");
    site.write("static/lines.txt", "a\r\nb\n$Id$\n");
    assert_eq!(site.published(&[])[..2], [0, 3]);
    // Looked at without the attributes, which would change what a checkout writes.
    let names = branch.git(&["ls-tree", "-r", "-z", "--name-only", "pages"]);
    for (name, bytes) in site.output() {
        assert!(names.split('\0').any(|other| other == name), "{name}");
        let text = String::from_utf8_lossy(&bytes).trim().to_owned();
        assert_eq!(branch.git(&["cat-file", "blob", &format!("pages:{name}")]), text, "{name}");
    }
    assert!(names.contains(".gitattributes"));
}

#[test]
fn what_others_add_stays_and_what_they_change_is_not_overwritten_unasked() {
    let branch = Branch::by_file(true);
    let site = branch.site();
    site.published(&[]);
    branch.others("Name the site", &[("CNAME", Some(b"insects.example\n")), ("docs/README.md", Some(b"!"))]);
    edit(&site, "They hum.");
    assert_eq!(site.published(&[])[..2], [0, 2]);
    assert!(branch.files().contains_key("CNAME"));
    assert_eq!(branch.commits(), 3, "their commit stays as well");

    branch.others("Fix a \u{1b}[31mword", &[(PAGE, Some(b"fixed")), ("100%.txt", None)]);
    for arguments in [&[][..], &["--dry-run"]] {
        let run = site.publish(arguments);
        assert_eq!(run.status, 1);
        assert!(run.err.contains("error[host-conflict]") && run.err.contains("--force"), "{}", run.err);
        assert!(run.err.contains("by Ann (Fix a") && run.err.contains("100%.txt"), "{}", run.err);
        assert!(!run.err.contains('\u{1b}'), "{:?}", run.err);
        assert_eq!(branch.files()[PAGE], b"fixed");
    }
    // The one that was taken away is new, the other changed, though the site is as it was.
    assert_eq!(site.published(&["--force"])[..2], [1, 1]);
    let mut expected = site.output();
    expected.insert("CNAME".to_owned(), b"insects.example\n".to_vec());
    expected.insert("docs/README.md".to_owned(), b"!".to_vec());
    assert_eq!(branch.files(), expected);
    assert_eq!(branch.commits(), 5);
    assert_eq!(site.published(&[])[..2], [0, 0]);
}

#[test]
fn one_commit_replaces_only_its_own_kind_unasked() {
    let branch = Branch::by_file(false);
    branch.others("Begin by hand", &[("README.md", Some(b"ours"))]);
    let site = branch.site();
    assert!(site.publish(&[]).err.contains("error[foreign-host]"));
    let run = site.publish(&["--adopt"]);
    assert!(run.err.contains("error[host-conflict]") && run.err.contains("Begin by hand"), "{}", run.err);
    site.published(&["--adopt", "--force"]);
    assert_eq!((branch.commits(), branch.files().len()), (1, site.output().len() + 1));

    branch.others("Name the site", &[("CNAME", Some(b"insects.example\n"))]);
    assert_eq!(site.published(&[])[..2], [0, 0], "nothing to do takes nothing away");
    edit(&site, "They hum.");
    let run = site.publish(&[]);
    assert!(run.err.contains("error[host-conflict]") && run.err.contains("Name the site"), "{}", run.err);
    assert_eq!(branch.commits(), 2);
    site.published(&["--force"]);
    assert_eq!(branch.commits(), 1);
    assert!(branch.files().contains_key("CNAME") && branch.files().contains_key("README.md"));
}

#[test]
fn a_branch_that_was_rewritten_is_noticed() {
    let branch = Branch::by_file(true);
    let site = branch.site();
    site.published(&[]);
    let first = branch.tip();
    edit(&site, "They hum.");
    site.published(&[]);
    // Back to where it was: what stands there is ours, and known.
    branch.git(&["update-ref", "refs/heads/pages", &first]);
    assert_eq!(site.published(&[])[..2], [0, 2]);
    assert_eq!(branch.files(), site.output());
    // Ours, amended: no commit says any more what was published.
    let tree = branch.git(&["rev-parse", "pages^{tree}"]);
    let amended = branch.git(&["commit-tree", "-m", "Squash all", &tree]);
    branch.git(&["update-ref", "refs/heads/pages", &amended]);
    let run = site.publish(&[]);
    assert!(run.err.contains("error[host-conflict]") && run.err.contains("Squash all"), "{}", run.err);
    site.published(&["--force"]);
    assert_eq!(branch.files(), site.output());
    // Something else altogether, and nothing at all.
    branch.git(&["update-ref", "-d", "refs/heads/pages"]);
    branch.others("Another site", &[("index.html", Some(b"other"))]);
    assert!(site.publish(&[]).err.contains("error[foreign-host]"));
    branch.git(&["update-ref", "-d", "refs/heads/pages"]);
    site.published(&[]);
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
    assert!(run.err.contains("error[host-failed]") && run.err.contains("no name of a branch"), "{}", run.err);
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
