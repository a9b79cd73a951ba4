//! What a preview shows of a site with errors, case by case, and that it shows all once they are
//! mended.

use std::fs;

use bashu::base::{ContentPath, OutputPath};
use bashu::build::{self, Edition, Editions, Piece};
use bashu::cache::Cache;
use bashu::output::Memory;
use bashu::source::Source;
use tempfile::TempDir;

use super::model::options;
use crate::fixture::{self, SITE, clock};

const CONTENT: &str = "== content/a/ants.en.md
---
title: Ants
---
Six legs.
== content/a/ants.zh.md
---
title: 蚂蚁
translated_from: en
---
六条腿。
== content/a/bees.en.md
---
title: Bees
---
Two wings.
== themes/bare/theme.yaml
name: bare
== themes/bare/strings/en.ftl
redirect = Moved
== themes/bare/templates/article.html
one {{ page.title }} {{ page.content }}
== themes/bare/templates/page.html
one
";

/// A preview of a site with a theme of its own.
struct Preview {
    dir: TempDir,
    editions: Editions,
    edition: Option<Edition>,
    /// The last errors: code and file.
    errors: Vec<String>,
}

const ANTS: &str = "content/a/ants.en.md";
const BEES: &str = "content/a/bees.en.md";
const ARTICLE: &str = "themes/bare/templates/article.html";

impl Preview {
    /// One that has not looked yet.
    fn of(change: impl FnOnce(&Self)) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let editions = Editions::new(dir.path());
        let preview = Self { dir, editions, edition: None, errors: Vec::new() };
        let kinds = ["home", "section", "topics", "topic", "404", "landing"];
        let others =
            kinds.map(|kind| format!("== themes/bare/templates/{kind}.html\n{{{{ page.title }}}}\n"));
        fixture::write(preview.dir.path(), &format!("{CONTENT}{}", others.concat()));
        preview.set("site.yaml", &format!("{SITE}theme: bare\n"));
        change(&preview);
        preview
    }

    fn new() -> Self {
        let mut preview = Self::of(|_| {});
        preview.look();
        assert_eq!(preview.errors, [""; 0]);
        preview
    }

    fn set(&self, path: &str, text: &str) {
        let path = self.dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    fn get(&self, path: &str) -> String {
        fs::read_to_string(self.dir.path().join(path)).unwrap()
    }

    fn replace(&self, path: &str, from: &str, to: &str) {
        let text = self.get(path);
        assert!(text.contains(from), "{text}");
        self.set(path, &text.replacen(from, to, 1));
    }

    /// Looks at the files, as a preview does after a change.
    fn look(&mut self) {
        let Some(issue) = self.editions.next(&options(clock()), Vec::new(), || {}) else { return };
        let errors = issue.diagnostics.iter().filter(|d| d.severity == bashu::diag::Severity::Error);
        self.errors = errors.map(|d| format!("{} {}", d.code.name, d.labels[0].file)).collect();
        self.edition = issue.edition.or(self.edition.take());
    }

    /// A page's text; none where there is none or it cannot be made.
    fn page(&self, path: &str) -> Option<String> {
        let edition = self.edition.as_ref()?;
        match edition.piece(&edition.engine(), edition.route(&OutputPath::new(path))?) {
            Ok(Piece::Made(bytes)) => Some(String::from_utf8(bytes).unwrap().trim().to_owned()),
            _ => None,
        }
    }

    fn ants(&self) -> Option<String> {
        self.page("en/a/ants/index.html")
    }

    #[track_caller]
    fn shows_ants(&self, text: &str) {
        assert_eq!(self.ants().as_deref(), Some(text), "{:?}", self.errors);
    }

    /// That all is as in a preview that began just now, without a cache.
    #[track_caller]
    fn is_mended(&mut self) {
        self.look();
        assert_eq!(self.errors, [""; 0]);
        let files = self.files();
        let built = super::model::built(&files, clock()).1.expect("the site can be built");
        let shown = super::model::pages(self.edition.as_ref().unwrap(), self.dir.path());
        assert_eq!(super::model::difference(&shown, &built), None);
    }

    fn files(&self) -> crate::rebuild::reach::Files {
        let mut files = crate::rebuild::workshop::tree(self.dir.path());
        files.retain(|path, _| !path.starts_with(".bashu/"));
        files
    }

    fn build(&self) -> bool {
        let memory = Memory::new();
        let mut cache = Cache::open(self.dir.path(), || {});
        let source = Source::disk(self.dir.path());
        build::build(&source, &mut cache, &options(clock()), |_| Ok(&memory)).made.is_some()
    }
}

#[test]
fn a_preview_may_begin_with_errors() {
    type Case = (&'static str, &'static str, &'static str, &'static str, Option<&'static str>);
    let cases: [Case; 6] = [
        // Nothing can be shown without settings or a theme.
        ("site.yaml", "title: {", "title: [", "yaml-syntax site.yaml", None),
        ("site.yaml", "theme: bare", "theme: bear", "missing-theme site.yaml", None),
        // Else all can that is not at fault.
        (
            ARTICLE,
            "{{ page.title }}",
            "{{ page.title",
            "template-syntax themes/bare/templates/article.html",
            None,
        ),
        (BEES, "---\n", "", "no-front-matter content/a/bees.en.md", Some("one Ants <p>Six legs.</p>")),
        (
            "themes/bare/strings/en.ftl",
            "redirect =",
            "=",
            "strings-syntax themes/bare/strings/en.ftl",
            Some("one Ants <p>Six legs.</p>"),
        ),
        (
            ANTS,
            "title: Ants",
            "title: Ants\ntopics: [nothing]",
            "unknown-topic content/a/ants.en.md",
            Some("one Ants <p>Six legs.</p>"),
        ),
    ];
    for (file, from, to, error, shown) in cases {
        let mut preview = Preview::of(|preview| preview.replace(file, from, to));
        preview.look();
        assert_eq!(preview.errors.first().map(String::as_str), Some(error), "{:?}", preview.errors);
        assert_eq!(preview.ants().as_deref(), shown, "{file}: {to}");
        preview.replace(file, to, from);
        preview.is_mended();
    }
}

#[test]
fn what_is_at_fault_stays_as_it_was() {
    type Case = (&'static str, &'static str, &'static str);
    let cases: [Case; 9] = [
        ("site.yaml", "title: {", "title: ["),
        ("site.yaml", "languages:", "language:"),
        ("site.yaml", "theme: bare", "theme: bear"),
        (ARTICLE, "{{ page.title }}", "{{ page.title"),
        ("themes/bare/strings/en.ftl", "redirect =", "="),
        ("themes/bare/theme.yaml", "name: bare", "name: bare\nparent: nothing"),
        (ANTS, "title: Ants", "title: ["),
        (ANTS, "Six legs.", "```{nothing}\n```"),
        (ANTS, "title: Ants\n", "title: Aunts\ntopics: [nothing]\n"),
    ];
    for (file, from, to) in cases {
        for built in [false, true] {
            let mut preview = Preview::new();
            preview.replace(file, from, to);
            // What others change meanwhile shows.
            preview.replace(BEES, "Two wings.", "Four wings.");
            preview.look();
            assert!(!preview.errors.is_empty(), "{file}: {to}");
            preview.shows_ants("one Ants <p>Six legs.</p>");
            assert_eq!(preview.page("en/a/bees/index.html").as_deref(), Some("one Bees <p>Four wings.</p>"));
            if built {
                assert!(!preview.build(), "{file}: {to}");
            }
            preview.replace(BEES, "Four wings.", "No wings.");
            preview.look();
            preview.shows_ants("one Ants <p>Six legs.</p>");
            assert_eq!(preview.page("en/a/bees/index.html").as_deref(), Some("one Bees <p>No wings.</p>"));
            preview.replace(file, to, from);
            preview.is_mended();
        }
    }
}

#[test]
fn what_is_good_is_what_was_shown_last() {
    let mut preview = Preview::new();
    // An article is at fault while the theme changes, and then the theme is.
    preview.replace(BEES, "title: Bees", "title: [");
    preview.look();
    preview.replace(ARTICLE, "one", "two");
    preview.look();
    preview.shows_ants("two Ants <p>Six legs.</p>");
    preview.replace(ARTICLE, "{{ page.title }}", "{{ page.title");
    preview.look();
    preview.shows_ants("two Ants <p>Six legs.</p>");
    // So with an article that has had a warning all along.
    let mut preview = Preview::of(|preview| {
        preview.replace("site.yaml", "theme:", "messages: {unsafe-link: warning}\ntheme:");
        preview.replace(ANTS, "Six legs.", "Six [legs](javascript:run).");
    });
    preview.look();
    assert_eq!(preview.errors, [""; 0]);
    let shown = preview.ants().unwrap();
    for slip in ["title: [", "title: {"] {
        preview.replace(ANTS, "title: Ants", slip);
        preview.look();
        preview.shows_ants(&shown);
        preview.replace(ANTS, slip, "title: Ants");
    }
    preview.look();
    preview.replace(BEES, "title: Bees", "title: [");
    preview.look();
    // The warning is there again, and no cache forgot it.
    let warnings = |preview: &Preview| {
        let memory = Memory::new();
        let mut cache = Cache::open(preview.dir.path(), || {});
        let source = Source::disk(preview.dir.path());
        let built = build::build(&source, &mut cache, &options(clock()), |_| Ok(&memory));
        built.diagnostics.count(bashu::diag::Severity::Warning)
    };
    assert_eq!(warnings(&preview), 1);
}

#[test]
fn an_article_that_never_was_sound_is_shown_as_it_is() {
    let mut preview = Preview::new();
    preview.set(ANTS, "---\ntitle: New\ntopics: [nothing]\n---\nOne.\n");
    preview.set("content/a/new.en.md", "---\ntitle: New\ntopics: [nothing]\n---\nOne.\n");
    preview.look();
    let new = |preview: &Preview| preview.page("en/a/new/index.html").unwrap();
    assert_eq!(new(&preview), "one New <p>One.</p>");
    for words in ["Two.", "Three."] {
        preview.set("content/a/new.en.md", &format!("---\ntitle: New\ntopics: [nothing]\n---\n{words}\n"));
        preview.look();
        assert_eq!(new(&preview), format!("one New <p>{words}</p>"));
        preview.shows_ants("one Ants <p>Six legs.</p>");
    }
    // Nor is one as it was whose fault is elsewhere.
    preview.set("content/a/new.en.md", "---\ntitle: New\n---\n[Bees](bees.en.md).\n");
    preview.look();
    preview.set("content/a/new.en.md", "---\ntitle: New\n---\n[Bees](bees.en.md), newer.\n");
    fs::remove_file(preview.dir.path().join(BEES)).unwrap();
    preview.look();
    assert!(
        preview.errors.iter().any(|error| error == "broken-link content/a/new.en.md"),
        "{:?}",
        preview.errors
    );
    assert!(new(&preview).contains("newer"));
}

#[test]
fn a_preview_that_begins_again_remembers_what_was_good() {
    let mut preview = Preview::new();
    preview.replace(ANTS, "title: Ants", "title: [");
    preview.look();
    preview.editions = Editions::new(preview.dir.path());
    preview.edition = None;
    preview.look();
    preview.shows_ants("one Ants <p>Six legs.</p>");
    preview.replace(ANTS, "title: [", "title: Ants");
    preview.is_mended();
}

#[test]
fn languages_folders_and_themes_come_and_go() {
    let mut preview = Preview::new();
    let settings = preview.get("site.yaml");
    // Of a language that is gone, articles are at fault, and of one that is new, nothing is there.
    for languages in [
        "languages: [{code: en, tag: en, name: English}, {code: de, tag: de, name: Deutsch}]",
        "languages: [{code: zh, tag: zh, name: Z}, {code: en, tag: en, name: E}, {code: de, tag: de, name: D}]",
    ] {
        let at = settings.find("languages:").unwrap();
        let text =
            format!("{}{languages}\ntheme: bare\n", &settings[..at]).replace("{en: Ants, zh: 蚂蚁}", "Ants");
        preview.set("site.yaml", &text);
        preview.look();
        preview.shows_ants("one Ants <p>Six legs.</p>");
        // With a theme that is at fault, its settings stay as well.
        preview.replace(ARTICLE, "{{ page.title }}", "{{ page.title");
        preview.look();
        preview.set("site.yaml", &settings);
        preview.look();
        preview.shows_ants("one Ants <p>Six legs.</p>");
        preview.replace(ARTICLE, "{{ page.title", "{{ page.title }}");
        preview.is_mended();
    }
    // Somebody removes what the site is made of, and puts it back.
    let files = preview.files();
    for gone in ["site.yaml", "content", "themes", "."] {
        for (path, _) in files.iter().filter(|(path, _)| gone == "." || path.starts_with(gone)) {
            fs::remove_file(preview.dir.path().join(path)).unwrap();
        }
        preview.look();
        match gone {
            "content" => assert!(preview.ants().is_none(), "{:?}", preview.errors),
            "site.yaml" | "themes" => preview.shows_ants("one Ants <p>Six legs.</p>"),
            _ => {}
        }
        for (path, bytes) in &files {
            fs::write(preview.dir.path().join(path), bytes).unwrap();
        }
        preview.is_mended();
    }
    // Another theme.
    preview.set("site.yaml", &settings.replace("theme: bare", "theme: plain"));
    preview.is_mended();
    assert!(preview.ants().unwrap().contains("<main"));
    preview.set("site.yaml", &settings);
    preview.is_mended();
}

#[test]
fn a_folder_that_is_no_site_is_left_as_it_is() {
    let dir = tempfile::tempdir().unwrap();
    let issue = Editions::new(dir.path()).next(&options(clock()), Vec::new(), || {}).unwrap();
    assert!(issue.edition.is_none() && issue.diagnostics.has_errors());
    assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 0);
}

#[test]
fn two_previews_of_one_site_do_not_disturb_each_other() {
    let mut preview = Preview::new();
    let mut other = Editions::new(preview.dir.path());
    for round in 0..20 {
        let text = format!("Round {round}. {}", "Words. ".repeat(20_000));
        preview.set(ANTS, &format!("---\ntitle: Ants\n---\n{text}\n"));
        preview.look();
        let issue = other.next(&options(clock()), Vec::new(), || {}).unwrap();
        assert_eq!(issue.notes, [""; 0]);
        // The first one's texts are still there, also when the other moved the store.
        preview.shows_ants(&format!("one Ants <p>{}</p>", text.trim()));
        assert!(issue.edition.unwrap().proof(&ContentPath::new(ANTS)).is_some());
    }
}
