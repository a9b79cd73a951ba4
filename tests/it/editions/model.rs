//! What an edition should show, worked out from files and clean builds alone: which files are taken
//! as they were, and what a site of them looks like.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use bashu::article::is_article;
use bashu::base::ContentPath;
use bashu::build::{self, Edition, Editions, Options, Piece};
use bashu::cache::Cache;
use bashu::diag::{Diagnostic, Diagnostics, Severity};
use bashu::output::Memory;
use bashu::site::Clock;
use bashu::source::Source;

use crate::rebuild::reach::Files;
use crate::rebuild::site::Site;

/// What a preview is told.
pub(super) fn options(clock: Clock) -> Options<'static> {
    let clock = Clock { drafts: true, any_day: true, ..clock };
    Options { origin: Some("http://127.0.0.1:8080".to_owned()), ..Options::new(clock) }
}

/// All that an edition shows: every file of its site, or why it cannot be made.
pub(super) type Pages = BTreeMap<String, Result<Vec<u8>, String>>;

pub(super) fn pages(edition: &Edition, root: &Path) -> Pages {
    let engine = edition.engine();
    let page = |route: &bashu::plan::Route| {
        let found = edition.route(&route.output).expect("every route is found by its path");
        assert_eq!(found.output, route.output);
        let piece = match edition.piece(&engine, found) {
            Ok(Piece::Made(bytes)) => Ok(bytes),
            Ok(Piece::Picture(picture)) => Ok(picture.bytes().unwrap()),
            Ok(Piece::File(path)) => Ok(fs::read(root.join(path.as_str())).unwrap()),
            Err(faults) => Err(faults.iter().map(|fault| format!("{fault:?}\n")).collect()),
        };
        (route.output.to_string(), piece)
    };
    edition.plan.routes.iter().map(page).collect()
}

/// What a clean build says of files before it renders, and what it makes if it comes to that.
pub(super) fn built(files: &Files, clock: Clock) -> (Vec<Diagnostic>, Option<Pages>) {
    let memory = Memory::new();
    let source = Source::memory(files.clone());
    let outcome = build::build(&source, &mut Cache::memory(), &options(clock), |_| Ok(&memory));
    let pages = memory.into_files().into_iter().map(|(path, bytes)| (path, Ok(bytes))).collect();
    (before_rendering(&outcome.diagnostics), outcome.made.map(|_| pages))
}

/// Without what shows only when pages are rendered.
pub(super) fn before_rendering(diags: &Diagnostics) -> Vec<Diagnostic> {
    let early = |d: &&Diagnostic| !["template-runtime", "missing-string"].contains(&d.code.name);
    diags.iter().filter(early).cloned().collect()
}

/// What a site looks like that has no past.
pub(super) fn fresh(files: &Files, clock: Clock) -> Option<Pages> {
    let dir = tempfile::tempdir().unwrap();
    for (path, bytes) in files {
        let path = dir.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, bytes).unwrap();
    }
    let issue = Editions::new(dir.path()).next(&options(clock), Vec::new(), || {}).unwrap();
    issue.edition.map(|edition| pages(&edition, dir.path()))
}

/// What makes an article mean something else, beside what stands in its file.
#[derive(Clone, Copy, Default)]
struct Dialect {
    retagged: bool,
    html: usize,
    languages: usize,
}

impl Dialect {
    fn of(site: &Site) -> Self {
        Self { retagged: site.retagged, html: site.html, languages: site.languages.len().min(3) }
    }

    /// Whether it is the same for a file: these languages have two tags.
    fn is_same(self, other: Self, file: &str) -> bool {
        let tagged = file.ends_with(".en.md") || file.ends_with(".zh.md");
        let same = self.html == other.html && self.languages == other.languages;
        same && (self.retagged == other.retagged || !tagged)
    }
}

/// What was good when it was last looked at.
#[derive(Default)]
pub(super) struct Model {
    /// `site.yaml`, and the theme with all that belongs to it.
    good: Option<(Vec<u8>, Files, Dialect)>,
    /// Articles in the form of the last edition, those without errors.
    articles: Files,
    dialect: Dialect,
}

fn errors(faults: &[Diagnostic]) -> BTreeSet<(String, &'static str)> {
    let errors = faults.iter().filter(|fault| fault.severity == Severity::Error);
    errors.filter_map(|d| Some((d.labels.first()?.file.to_string(), d.code.name))).collect()
}

fn articles(faults: &[Diagnostic]) -> BTreeSet<String> {
    let files = errors(faults).into_iter().map(|(file, _)| file);
    files.filter(|file| is_article(&ContentPath::new(file.as_str()))).collect()
}

fn of_theme(path: &str) -> bool {
    path != "site.yaml" && !path.starts_with("content/") && !path.starts_with("static/")
}

impl Model {
    /// The files that an edition of these is to show; remembers what was good with them.
    pub(super) fn shown(&mut self, files: &Files, faults: &[Diagnostic], site: &Site) -> Files {
        let clock = site.clock();
        let mut shown = files.clone();
        let mut dialect = Dialect::of(site);
        let mut faults = faults.to_vec();
        if let Some((settings, theme, of_good)) = &self.good {
            let hold_settings = |shown: &mut Files, dialect: &mut Dialect| {
                shown.insert("site.yaml".to_owned(), settings.clone());
                *dialect = *of_good;
            };
            if errors(&faults).iter().any(|(file, _)| file == "site.yaml") {
                hold_settings(&mut shown, &mut dialect);
                faults = built(&shown, clock).0;
            }
            let lacking = |(file, code): &(String, &str)| {
                of_theme(file) || *code == "missing-template" && file == "site.yaml"
            };
            if errors(&faults).iter().any(lacking) {
                hold_settings(&mut shown, &mut dialect);
                shown.retain(|path, _| !of_theme(path));
                shown.extend(theme.clone());
                faults = built(&shown, clock).0;
            }
        }
        let mut held = Vec::new();
        for file in articles(&faults) {
            let Some(form) = self.articles.get(&file).filter(|_| self.dialect.is_same(dialect, &file)) else {
                continue;
            };
            if shown.contains_key(&file) {
                shown.insert(file.clone(), form.clone());
                held.push(file);
            }
        }
        if !held.is_empty() {
            faults = built(&shown, clock).0;
            let worse = articles(&faults);
            for file in held.iter().filter(|file| worse.contains(*file)) {
                shown.insert(file.clone(), files[file].clone());
                faults = built(&shown, clock).0;
            }
        }
        let sound = !errors(&faults).iter().any(|(file, _)| file == "site.yaml" || of_theme(file));
        if let Some(settings) = shown.get("site.yaml").filter(|_| sound) {
            let theme = shown.iter().filter(|(path, _)| of_theme(path));
            let theme = theme.map(|(path, bytes)| (path.clone(), bytes.clone())).collect();
            self.good = Some((settings.clone(), theme, dialect));
        }
        let unsound = articles(&faults);
        let is_sound =
            |path: &&String| is_article(&ContentPath::new(path.as_str())) && !unsound.contains(*path);
        self.articles =
            shown.keys().filter(is_sound).map(|path| (path.clone(), shown[path].clone())).collect();
        self.dialect = dialect;
        shown
    }
}

/// The first page that differs, in words.
pub(super) fn difference(one: &Pages, other: &Pages) -> Option<String> {
    let paths: BTreeSet<&String> = one.keys().chain(other.keys()).collect();
    let path = paths.into_iter().find(|path| one.get(*path) != other.get(*path))?;
    let text = |pages: &Pages| match pages.get(path) {
        None => "(none)".to_owned(),
        Some(Ok(bytes)) => String::from_utf8_lossy(bytes).into_owned(),
        Some(Err(faults)) => faults.clone(),
    };
    let (one, other) = (text(one), text(other));
    let line = one.lines().zip(other.lines()).find(|(one, other)| one != other);
    let (one, other) = line.unwrap_or((&one, &other));
    Some(format!("{path}\n is: {one}\nwas: {other}"))
}
