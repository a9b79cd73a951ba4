//! A long life: edition after edition, with a file broken and mended now and then, shows what was
//! saved last without error, and takes no more memory and no more open files than at first.
//!
//! `BASHU_SOAK=1000` makes so many edits; then nothing else should run in the process, since memory,
//! files and threads are counted.

use std::fs;
use std::path::Path;
use std::thread;

use bashu::base::{ContentPath, OutputPath};
use bashu::build::{self, Edition, Editions, Piece};
use bashu::cache::Cache;
use bashu::output::Memory;
use bashu::source::Source;

use super::model::options;
use crate::dice::Dice;
use crate::fixture::{SITE, clock};
use crate::rebuild::number;

const ARTICLES: usize = 40;

/// When memory is looked at first: the allocator knows by then how much is needed.
const SETTLED: usize = 200;

/// An article and its translation, each with the number of the edit that it was saved in.
struct Article {
    saved: [usize; 2],
    /// The edit that is shown.
    shown: [usize; 2],
    title: usize,
    broken: Option<usize>,
}

const CODES: [&str; 2] = ["en", "zh"];

fn path(article: usize, lang: usize) -> String {
    format!("content/notes/a-{article}.{}.md", CODES[lang])
}

impl Article {
    fn text(&self, lang: usize) -> String {
        let from = if lang == 1 { "translated_from: en\n" } else { "date: 2023-05\n" };
        let slip = if self.broken == Some(lang) { "titel: [\n" } else { "" };
        let words = "Words that fill a page, and more of them. ".repeat(40);
        let mark = self.saved[lang];
        format!("---\ntitle: Title {}\n{from}{slip}---\nMark {mark:05}.\n\n{words}\n", self.title)
    }

    fn save(&mut self, number: usize, lang: usize, root: &Path) {
        fs::write(root.join(path(number, lang)), self.text(lang)).unwrap();
        if self.broken != Some(lang) {
            self.shown[lang] = self.saved[lang];
        }
    }
}

/// What the process holds.
#[derive(Debug)]
struct Held {
    kilobytes: usize,
    files: usize,
    threads: usize,
}

fn held() -> Held {
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let field = |name: &str| {
        let line = status.lines().find_map(|line| line.strip_prefix(name)).unwrap();
        line.split_whitespace().next().unwrap().parse().unwrap()
    };
    let files = fs::read_dir("/proc/self/fd").unwrap().count();
    Held { kilobytes: field("VmRSS:"), files, threads: field("Threads:") }
}

#[test]
fn a_preview_lives_long() {
    let soak = number("BASHU_SOAK").map(|edits| usize::try_from(edits).unwrap());
    let edits = soak.unwrap_or(60);
    let dir = tempfile::tempdir().unwrap();
    let root = dir.path();
    fs::create_dir_all(root.join("content/notes")).unwrap();
    fs::write(root.join("site.yaml"), SITE).unwrap();
    let mut articles: Vec<Article> =
        (0..ARTICLES).map(|_| Article { saved: [0; 2], shown: [0; 2], title: 0, broken: None }).collect();
    for (number, article) in articles.iter_mut().enumerate() {
        (0..2).for_each(|lang| article.save(number, lang, root));
    }
    let options = options(clock());
    let mut editions = Editions::new(root);
    let mut dice = Dice::new(7);
    let mut edition = editions.next(&options, Vec::new(), || {}).unwrap().edition.unwrap();
    let (mut cycles, mut settled) = (0, None);
    for edit in 1..=edits {
        let number = dice.below(ARTICLES);
        let lang = dice.below(2);
        let article = &mut articles[number];
        // One in ten breaks, and is mended four edits later.
        let breaks = edit % 10 == 5;
        article.saved[lang] = edit;
        if breaks {
            article.broken = Some(lang);
            cycles += 1;
        } else if dice.one_in(5) {
            article.title = edit;
        }
        article.save(number, lang, root);
        let file = ContentPath::new(path(number, lang));
        if let Some(proof) = edition.proof(&file) {
            edition.revise(vec![proof]);
            shows(&edition, &articles[number], number);
        }
        let issue = editions.next(&options, Vec::new(), || {}).expect("something changed");
        assert_eq!(issue.notes, [""; 0]);
        assert!(issue.changed.contains(&file), "{edit}: {:?}", issue.changed);
        let broken = articles.iter().filter(|article| article.broken.is_some()).count();
        assert_eq!(issue.diagnostics.has_errors(), broken > 0, "{edit}: {:?}", issue.diagnostics);
        edition = printed(issue.edition.unwrap(), |edition| shows(edition, &articles[number], number));
        if edit % 10 == 9 {
            for (number, article) in articles.iter_mut().enumerate() {
                if let Some(lang) = article.broken.take() {
                    article.save(number, lang, root);
                }
            }
            let issue = editions.next(&options, Vec::new(), || {}).unwrap();
            assert!(issue.diagnostics.is_empty(), "{edit}: {:?}", issue.diagnostics);
            edition = issue.edition.unwrap();
            (0..ARTICLES).for_each(|number| shows(&edition, &articles[number], number));
        }
        if edit % 100 == 0 {
            let memory = Memory::new();
            let mut cache = Cache::open(root, || {});
            let built = build::build(&Source::disk(root), &mut cache, &options, |_| Ok(&memory));
            assert!(built.made.is_some(), "{:?}", built.diagnostics);
        }
        if edit == SETTLED {
            settled = Some(held());
        }
    }
    assert!(cycles >= edits / 20, "{cycles} cycles");
    if let (Some(_), Some(before)) = (soak, settled) {
        let after = held();
        let said = format!("after {SETTLED} edits {before:?}, after {edits} {after:?}");
        // The allocator's own disorder is some megabytes, of a site as small as this one a good part. A
        // leak would be hundreds of editions, files or threads; a thread that ends may be counted still.
        assert!(after.kilobytes * 10 <= before.kilobytes * 11 + 40_960, "{said}");
        assert!(after.files <= before.files + 4 && after.threads <= before.threads + 4, "{said}");
    }
}

/// Looks at an edition on a thread of its own, which owns it meanwhile as the press does.
fn printed(edition: Edition, look: impl FnOnce(&Edition) + Send) -> Edition {
    thread::scope(|threads| {
        let press = threads.spawn(move || {
            look(&edition);
            edition
        });
        press.join().unwrap()
    })
}

/// Both pages of an article say what was saved last without an error.
#[track_caller]
fn shows(edition: &Edition, article: &Article, number: usize) {
    let engine = edition.engine();
    for (lang, code) in CODES.iter().enumerate() {
        let output = OutputPath::new(format!("{code}/notes/a-{number}/index.html"));
        let route = edition.route(&output).unwrap_or_else(|| panic!("{output} is gone"));
        let Ok(Piece::Made(page)) = edition.piece(&engine, route) else { panic!("{output} cannot be made") };
        let page = String::from_utf8(page).unwrap();
        let mark = article.shown[lang];
        assert!(page.contains(&format!("Mark {mark:05}.")), "{output} shows not {mark}");
    }
}
