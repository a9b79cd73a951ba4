//! What the commands say and write: transcripts in `tests/ledger/`, which `BLESS=1` writes anew.

use std::fs;
use std::path::Path;

use super::repository::Repository;
use crate::program::bashu;

const FROM: &str = "content/notes/ants.en.md";

/// A site with a version in every state.
fn repository() -> Repository {
    let mut repository = Repository::new("");
    for (file, text) in [
        ("content/_index.en.md", "title: Ants"),
        ("content/_index.zh.md", "title: 蚂蚁\ntranslated_from: en"),
        ("content/notes/_index.en.md", "title: Notes"),
        (
            "content/notes/ants.en.md",
            "title: Ants carry leaves\nsummary: \"Who, and where to\"\ndate: 2023-06\nfigures:\n  \
             legs: {value: 6, label: legs of an ant}\n  way: {value: 40, unit: m}\nsource: {title: A year with ants}\n\
             cover: {image: ants.png, alt: 'Ants: a row'}\n---\nAnts have [6 legs](figure:legs), and \
             [many](figure:way) carry leaves home, [as bees do](bees.en.md#honey), and [wasps](wasps.en.md \"not\").\n\n\
             They live in the ground. See [the notes](_index.en.md), [one](bees.en.md) and [two][2].\n\n\
             ![A row](ants.png)\n\n[2]: bees.en.md",
        ),
        ("content/notes/bees.en.md", "title: Bees\n---\n## Honey\n\nBees make honey.\n\nThey are many."),
        ("content/notes/bees.zh.md", "title: 蜜蜂\ntranslated_from: en\n---\n## 蜂蜜\n\n蜜蜂酿蜜。\n"),
        ("content/notes/wasps.zh.md", "title: 黄蜂\n---\n黄蜂不酿蜜，也不采蜜。"),
        ("content/notes/wasps.en.md", "title: Wasps\ntranslated_from: zh\n---\nWasps make no honey."),
        ("content/topics/insects.en.md", "title: Insects"),
        ("content/topics/insects.zh.md", "title: 昆虫\ntranslated_from: en"),
    ] {
        let end = if text.contains("\n---\n") { "\n" } else { "\n---\n" };
        repository.write(file, &format!("---\n{text}{end}"));
    }
    for (id, code) in [("_index", "zh"), ("notes/bees", "zh"), ("notes/wasps", "en")] {
        repository.accept(id, code);
    }
    repository.commit("Begin");
    let bees = repository.read("content/notes/bees.en.md");
    let bees =
        bees.replace("title: Bees", "title: Bees and wax").replace("make honey", "make both honey and wax");
    repository.write("content/notes/bees.en.md", &bees.replace("They are many.", "They are few."));
    repository.commit("Write of wax");
    let wasps = repository.read("content/notes/wasps.zh.md");
    repository.write("content/notes/wasps.zh.md", &wasps.replace("也不采蜜", "只吃蜜"));
    repository
}

/// Runs commands one after the other, and compares what they say with what they are to say.
fn transcript(name: &str, folder: &Path, commands: &[&str]) {
    let mut said = String::new();
    for command in commands {
        said.push_str(&format!("$ {command}\n"));
        let words: Vec<&str> = command.split(' ').collect();
        match words[0] {
            "cat" => said.push_str(&fs::read_to_string(folder.join(words[1])).unwrap()),
            _ => {
                let run = bashu(folder, &words[1..]);
                said.push_str(&format!("{}{}[{}]\n", run.err, run.out, run.status));
            }
        }
        said.push('\n');
    }
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("tests/ledger/{name}.transcript"));
    if std::env::var_os("BLESS").is_some() {
        fs::write(&file, &said).unwrap();
    }
    let expected = fs::read_to_string(&file).unwrap_or_default();
    assert!(said == expected, "BLESS=1 accepts this:\n{said}");
}

#[test]
fn the_list() {
    let repository = repository();
    transcript(
        "list",
        &repository.site(),
        &[
            "bashu translations",
            "bashu translations --brief --section notes",
            "bashu translations --lang en",
            "bashu translations --brief --state current,original",
            "bashu translations notes/bees --format json",
            "bashu translations content/notes/wasps.en.md --format csv",
            "bashu translations --format csv --brief",
            "bashu translations --state missing --lang en",
            "bashu translations --brief --fail-on stale,missing",
            "bashu translations --brief --lang zh --fail-on current --section topics",
            "bashu translations notes/bee",
            "bashu translations acept",
            "bashu translations --lang zj",
            "bashu translations --section nots",
            "bashu translations --state stael",
            "bashu translations --site nowhere",
        ],
    );
}

#[test]
fn stamps() {
    let repository = repository();
    repository.write("content/notes/flies.en.md", "---\ntitle: [\n---\n");
    repository.write("content/notes/flies.zh.md", "---\ntitle: 苍蝇\ntranslated_from: en\n---\n");
    repository.write("content/notes/moths.en.md", "---\ntitle: Moths\n---\n");
    repository.write("content/notes/moths.zh.md", "---\ntitle: 飞蛾\ntranslated_from: &from en\n---\n");
    transcript(
        "accept",
        &repository.site(),
        &[
            "bashu translations accept notes/bees",
            "cat content/notes/bees.zh.md",
            "bashu translations accept notes/bees",
            "bashu translations accept content/notes/wasps.en.md topics/insects --message-format json",
            "bashu translations --brief --state stale,unmarked",
            "bashu translations accept",
            "bashu translations accept notes/bee",
            "bashu translations accept notes/ants",
            "bashu translations accept notes/ants --to zh",
            "bashu translations accept content/notes/ants.en.md",
            "bashu translations accept notes/wasps --to zh",
            "bashu translations accept notes/bees --to fr",
            "bashu translations accept notes/flies",
            "bashu translations accept notes/bees notes/moths",
            "bashu translations accept --all notes/bees",
        ],
    );
}

#[test]
fn beginnings() {
    let repository = repository();
    transcript(
        "start",
        &repository.site(),
        &[
            "bashu translations start notes/ants notes content/notes/ants.en.md --to zh",
            "cat content/notes/ants.zh.md",
            "bashu translations notes/ants notes",
            "bashu translations start notes/ants --to zh",
            "bashu translations start notes/ant --to zh",
            "bashu translations start notes/bees --to en",
            "bashu translations start notes/bees --to fr",
            "bashu translations start notes/bees",
        ],
    );
}

#[test]
fn a_beginning_is_current_builds_and_is_no_page() {
    let repository = repository();
    let picture = crate::fixture::picture("ants.png", 8, 6, 0);
    std::fs::write(repository.site().join("content/notes/ants.png"), picture).unwrap();
    repository.git(&["mv", FROM, "content/notes/ants.md"]);
    let run = bashu(&repository.site(), &["translations", "start", "notes/ants", "--to", "zh"]);
    assert_eq!((run.status, run.out.as_str()), (0, "content/notes/ants.zh.md\n"), "{}", run.err);
    let run = bashu(&repository.site(), &["translations", "notes/ants", "--format", "csv"]);
    assert!(
        run.out.contains("notes/ants,article,zh,current,true,content/notes/ants.zh.md,en"),
        "{}",
        run.out
    );
    // The link to `#honey` leads to the version that has that heading.
    for (drafts, there) in [(&["build"][..], false), (&["build", "--drafts"], true)] {
        let run = bashu(&repository.site(), drafts);
        assert!(run.status == 0 && run.err.is_empty(), "{}", run.err);
        assert_eq!(repository.site().join("output/zh/notes/ants/index.html").exists(), there);
    }
}

/// One of several files cannot be written: the others are told.
#[test]
fn what_is_begun_before_a_failure_is_told() {
    let repository = repository();
    fs::create_dir(repository.site().join("content/notes/_index.zh.md")).unwrap();
    let run = bashu(&repository.site(), &["translations", "start", "notes/ants", "notes", "--to", "zh"]);
    assert_eq!((run.status, run.out.as_str()), (2, "content/notes/ants.zh.md\n"), "{}", run.err);
    assert!(run.err.contains("content/notes/_index.zh.md is there already"), "{}", run.err);
}

#[test]
fn a_beginning_stands_beside_its_original_in_the_same_form() {
    let repository = Repository::new("");
    repository.write("content/b.en.md", "---\ntitle: B\n---\n");
    repository.write("content/b.zh.md", "---\ntitle: B\ntranslated_from: en\n---\n");
    // With Windows line ends, a byte order mark, in a folder of its own.
    let text = "\u{feff}---\r\ntitle: \"2023\"\r\nsummary: 'a # b'\r\n---\r\n\r\nSee [b](../../b.en.md).\r\n";
    repository.write("content/notes/a/index.en.md", text);
    assert_eq!(
        bashu(&repository.site(), &["translations", "start", "notes/a", "--to", "zh", "-q"]).status,
        0
    );
    let begun = repository.read("content/notes/a/index.zh.md");
    let stamp = super::repository::fingerprint("content/notes/a/index.en.md", text);
    assert_eq!(
        begun,
        format!(
            "---\r\ntitle: \"2023\"\r\nsummary: \"a # b\"\r\ntranslated_from: en@{stamp}\r\n\
             draft: true # until it is translated\r\n---\r\n\r\nSee [b](../../b.zh.md).\r\n"
        )
    );
}

/// All of a file but the value stays as it is, byte for byte.
#[test]
fn a_stamp_changes_one_value() {
    for (before, after) in [
        (
            "---\ntitle: T\ntranslated_from: en\n---\nText",
            "---\ntitle: T\ntranslated_from: en@STAMP\n---\nText",
        ),
        (
            "\u{feff}---\r\ntitle:   'T' # note\r\ntranslated_from:  \"en@00000000\"  # when?\r\nweight: 1\r\n---\r\nText  \r\n",
            "\u{feff}---\r\ntitle:   'T' # note\r\ntranslated_from:  \"en@STAMP\"  # when?\r\nweight: 1\r\n---\r\nText  \r\n",
        ),
        (
            "---\n{title: T, translated_from: 'en', weight: 1}\n---\n",
            "---\n{title: T, translated_from: 'en@STAMP', weight: 1}\n---\n",
        ),
        (
            "---\ntitle: T\n...\nText: translated_from: en\n",
            "---\ntitle: T\ntranslated_from: en@STAMP\n...\nText: translated_from: en\n",
        ),
        ("---\r\ntitle: T\r\n---\r\n", "---\r\ntitle: T\r\ntranslated_from: en@STAMP\r\n---\r\n"),
        (
            "---\n\"translated_from\": en@11111111\ntitle: T\n---\n",
            "---\n\"translated_from\": en@STAMP\ntitle: T\n---\n",
        ),
        (
            "---\ntitle: T\ntranslated_from: >-\n  en\n---\n",
            "---\ntitle: T\ntranslated_from: >-\n  en@STAMP\n---\n",
        ),
        // Only a person can change these.
        ("---\n{title: T}\n---\n", "---\n{title: T}\n---\n"),
        ("---\ntitle: &x en\ntranslated_from: *x\n---\n", "---\ntitle: &x en\ntranslated_from: *x\n---\n"),
    ] {
        let repository = Repository::new("");
        repository.write("content/a.en.md", "---\ntitle: Ants\n---\n");
        repository.write("content/a.zh.md", before);
        let run = bashu(&repository.site(), &["translations", "accept", "a"]);
        let after = after.replace("STAMP", "6af52361");
        assert_eq!(repository.read("content/a.zh.md"), after, "{}", run.err);
        assert_eq!(run.status, i32::from(before == after), "{before}: {}", run.err);
        assert_eq!(run.err.contains("translated_from: en@6af52361"), before == after, "{}", run.err);
        let files = fs::read_dir(repository.site().join("content")).unwrap().count();
        assert_eq!(files, 2, "something is left behind");
    }
}

#[cfg(unix)]
#[test]
fn a_stamp_keeps_links_and_permissions() {
    use std::os::unix::fs::PermissionsExt;
    let repository = Repository::new("");
    repository.write("content/a.en.md", "---\ntitle: Ants\n---\n");
    repository.write("static/real.md", "---\ntitle: T\ntranslated_from: en\n---\n");
    let real = repository.site().join("static/real.md");
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).unwrap();
    let link = repository.site().join("content/a.zh.md");
    std::os::unix::fs::symlink("../static/real.md", &link).unwrap();
    assert_eq!(bashu(&repository.site(), &["translations", "accept", "a"]).status, 0);
    assert!(link.symlink_metadata().unwrap().is_symlink());
    assert!(repository.read("static/real.md").contains("en@6af52361"));
    assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
}

#[test]
fn the_starter_and_this_sites_content_are_stamped() {
    let starter = tempfile::tempdir().unwrap();
    bashu(starter.path(), &["init", "--quiet", "."]);
    for site in [starter.path(), Path::new(env!("CARGO_MANIFEST_DIR"))] {
        let run = bashu(site, &["translations", "--brief", "--fail-on", "stale,unmarked,missing"]);
        assert_eq!(run.status, 0, "{}{}", run.err, run.out);
    }
}
