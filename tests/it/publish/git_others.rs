//! A branch of a git repository on which others are at work, and git as others have set it up.

use super::git::edit;
use super::git_branch::Branch;
use super::scenes::Host;

const PAGE: &str = "en/notes/bees/index.html";

#[test]
fn who_pushes_in_between_is_not_overwritten() {
    for history in [true, false] {
        for begun in [true, false] {
            let branch = Branch::by_file(history);
            if begun {
                branch.site().published(&[]);
            }
            // Theirs waits until a push has begun.
            let before = branch.tip();
            branch.others("Be quicker", &[("CNAME", Some(b"insects.example\n"))]);
            let theirs = branch.tip();
            if begun {
                branch.git(&["update-ref", "refs/heads/pages", &before]);
            } else {
                branch.git(&["update-ref", "-d", "refs/heads/pages"]);
            }
            let repository = branch.path();
            let script =
                format!("GIT_DIR='{}' \"$GIT\" update-ref refs/heads/pages {theirs}", repository.display());
            let site = branch.watched_site(&script);
            edit(&site, "They hum.");
            let run = site.publish(&[]);
            assert!(run.err.contains("error[host-conflict]"), "{history} {begun}: {}", run.err);
            assert_eq!(branch.tip(), theirs);
        }
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
fn what_others_have_does_not_make_way_for_folders_and_files() {
    let branch = Branch::by_file(true);
    let site = branch.site();
    site.published(&[]);
    branch.others("Add a blog", &[("blog", Some(b"theirs")), ("maps/a.txt", Some(b"theirs"))]);
    let before = branch.files();
    for (ours, theirs) in [("static/blog/b.txt", "blog"), ("static/maps", "maps/a.txt")] {
        site.write(ours, "ours");
        let run = site.publish(&[]);
        assert!(run.err.contains("error[host-conflict]") && run.err.contains(theirs), "{}", run.err);
        assert_eq!(branch.files(), before);
        site.remove(ours);
    }
    // Beside theirs there is room, and where theirs is the same.
    site.write("static/maps/b.txt", "ours");
    site.write("static/maps/a.txt", "theirs");
    site.published(&[]);
    assert_eq!(branch.files()["maps/b.txt"], b"ours");
    std::fs::remove_dir(site.path().join("static/blog")).unwrap();
    site.write("static/blog", "ours");
    let run = site.publish(&[]);
    assert!(run.err.contains("error[host-conflict]"), "{}", run.err);
    site.published(&["--force"]);
    assert_eq!(branch.files(), site.output());
}

#[test]
fn what_is_kept_is_not_gone_back_to() {
    let branch = Branch::by_file(true);
    let site = branch.site();
    site.write("static/CNAME", "old.example\n");
    site.published(&[]);
    let yaml = branch.yaml(0);
    site.host(&format!("{}, keep: [CNAME]}}", yaml.strip_suffix('}').unwrap()));
    site.remove("static/CNAME");
    edit(&site, "They hum.");
    site.published(&[]);
    assert_eq!(branch.files()["CNAME"], b"old.example\n");
    branch.others("Move", &[("CNAME", Some(b"insects.example\n"))]);
    assert_eq!(site.publish(&["--rollback"]).status, 0);
    assert_eq!(branch.files()["CNAME"], b"insects.example\n");
}
