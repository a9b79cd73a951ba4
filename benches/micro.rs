//! `cargo bench --bench micro`: the steps of a build one by one, for one article of the corpus.
//!
//! These are to be compared before and after a change, on the same machine. What a whole build
//! costs, and whether that is much, is the subject of `benches/compare`.

#[path = "compare/corpus.rs"]
mod corpus;
#[path = "compare/sites.rs"]
#[allow(dead_code, reason = "nothing is built with Hugo here")]
mod sites;

use bashu::article::{self, Name, Outline, Parsed, Text, Texts};
use bashu::base::{ContentPath, PartialDate};
use bashu::build::{self, Options};
use bashu::cache::{Cache, FileRecord, Media};
use bashu::config::{self, Config};
use bashu::diag::{Diagnostic, Diagnostics};
use bashu::output::Memory;
use bashu::plan::{self, AssetClaim, Route, What};
use bashu::render::{Engine, Parts};
use bashu::site::{self, Clock, Kind};
use bashu::source::Source;
use bashu::{theme, yaml};
use divan::counter::{BytesCount, ItemsCount};
use divan::{Bencher, black_box};

use corpus::Language;

/// Initiatives of the site that pages are rendered from: enough for lists of several pages.
const INITIATIVES: usize = 100;

fn main() {
    divan::main();
}

/// The tree of a front matter, with places.
#[divan::bench]
fn front_matter(bencher: Bencher<'_, '_>) {
    let text = sites::article(1, Language::English, INITIATIVES);
    let Some(front) = text.split("---\n").nth(1) else { fail("the corpus has no front matter") };
    let file = ContentPath::new(sites::article_path(1, Language::English));
    bencher.counter(BytesCount::of_str(front)).bench(|| {
        let mut diags = Diagnostics::new();
        yaml::parse(black_box(front), 0, &file, &mut diags)
    });
}

/// A whole file: front matter read into fields, Markdown to HTML with slots; of the English, which is
/// the original, also the fingerprint of its wording.
#[divan::bench(args = Language::ALL)]
fn article(bencher: Bencher<'_, '_>, language: Language) {
    parse(bencher, language, &sites::article(1, language, INITIATIVES), sites::SITE);
}

/// The same on a site in one language, which has no use for fingerprints.
#[divan::bench(args = Language::ALL)]
fn article_alone(bencher: Bencher<'_, '_>, language: Language) {
    parse(bencher, language, &sites::article(1, language, INITIATIVES), &alone(language));
}

/// Chinese with and without what is treated otherwise than other text, the words being the same:
/// nothing; emphasis that the parser finds by itself, and emphasis that needs marks; quotation marks
/// as typed, and straight ones; lines that are joined.
#[divan::bench(args = ["成都，", "**成都**，", "**成都，**", "“成都”，", "\"成都\"，", "成都，⏎"])]
fn treatment(bencher: Bencher<'_, '_>, words: &str) {
    let paragraph =
        format!("{}重庆与两地之间的班列，一年比一年多；沿线各县都有站。", words.replace('⏎', "\n")).repeat(4);
    let text = format!("---\ntitle: 双城\n---\n{}", format!("{paragraph}\n\n").repeat(12));
    parse(bencher, Language::Chinese, &text, &alone(Language::Chinese));
}

/// What `site.yaml` says of a site in one language.
fn alone(language: Language) -> String {
    format!("title: Bench\nbase_url: https://bench.example/\nlanguages: [{{code: {}}}]\n", language.code())
}

fn parse(bencher: Bencher<'_, '_>, language: Language, text: &str, settings: &str) {
    let (config, path) = (config(settings), sites::article_path(1, language));
    bencher.counter(BytesCount::of_str(text)).bench(|| parsed(&path, black_box(text), &config));
}

/// One article's page with the built-in theme, the whole site being known.
#[divan::bench]
fn page(bencher: Bencher<'_, '_>) {
    with_article(|engine, route| bencher.bench_local(|| engine.render(black_box(route))));
}

/// The key of that page: what a warm build computes instead.
#[divan::bench]
fn page_key(bencher: Bencher<'_, '_>) {
    let mut parts = Parts::new();
    with_article(|engine, route| bencher.bench_local(|| engine.key(black_box(route), &mut parts)));
}

fn with_article(measure: impl FnOnce(&Engine<'_>, &Route)) {
    let mut diags = Diagnostics::new();
    let source = source();
    let files = source.list(&mut diags);
    let config = config(sites::SITE);
    let cache = Cache::memory();
    let articles = sites::bashu(INITIATIVES).map(|(path, text)| {
        let mut parsed = parsed(&path, &text, &config);
        cache.keep_texts([(&mut parsed.article.outline, &parsed.text)], &mut Vec::new());
        parsed.article
    });
    let articles = articles.collect();
    let Some(theme) = theme::load(&source, &files, &config, &mut diags) else { fail("there is no theme") };
    let (site, _) = site::assemble(config, articles, Vec::new(), &[], clock());
    let assets: Vec<AssetClaim> = theme
        .assets
        .iter()
        .map(|asset| AssetClaim {
            name: asset.name.clone(),
            fingerprint: asset.fingerprint,
            origin: asset.origin.clone(),
        })
        .collect();
    let plan = plan::plan(&site, &assets, None, &mut diags);
    let texts = Kept(&cache);
    let engine = Engine::new(&site, &plan, &theme, &texts, Media::default(), &mut diags);
    let is_article =
        |what: &What| matches!(what, What::Page(entry, ..) if site.entry(*entry).kind == Kind::Article);
    let Some(route) = plan.routes.iter().find(|route| is_article(&route.what)) else {
        fail("the site has no article");
    };
    measure(&engine, route);
}

/// A whole site in memory, articles a second: what the parts above come to, and the lists.
#[divan::bench(sample_count = 20)]
fn whole_site(bencher: Bencher<'_, '_>) {
    let source = source();
    bencher.counter(ItemsCount::new(2 * INITIATIVES)).bench(|| {
        let memory = Memory::new();
        build::build(&source, &mut Cache::memory(), &Options::new(clock()), |_| Ok(&memory)).made.is_some()
    });
}

/// What an earlier build left: the records of all articles, read and decoded.
#[divan::bench]
fn cache_load(bencher: Bencher<'_, '_>) {
    let mut cache = Cache::memory();
    let memory = Memory::new();
    build::build(&source(), &mut cache, &Options::new(clock()), |_| Ok(&memory));
    let mut paths: Vec<String> = sites::bashu(INITIATIVES).map(|(path, _)| path).collect();
    paths.sort_unstable();
    let paths: Vec<&str> = paths.iter().map(String::as_str).collect();
    bencher.counter(ItemsCount::new(paths.len())).bench(|| {
        let units = cache.files().units(black_box(&paths));
        units.iter().map(|unit| cache.read::<FileRecord>(cache.files().chunk(unit)).len()).sum::<usize>()
    });
}

/// The texts where the cache has them.
struct Kept<'k>(&'k Cache);

impl Texts for Kept<'_> {
    fn text(&self, _: &ContentPath, outline: &Outline) -> Result<Text, Diagnostic> {
        Ok(self.0.text(&outline.place).unwrap_or_default())
    }
}

fn source() -> Source {
    let settings = ("site.yaml".to_owned(), sites::SITE.to_owned());
    let files = sites::bashu(INITIATIVES).chain([settings]);
    Source::memory(files.map(|(path, text)| (path, text.into_bytes())))
}

fn config(settings: &str) -> Config {
    let resolved = config::resolve(settings, None, &mut Diagnostics::new());
    resolved.unwrap_or_else(|| fail("the benchmark has wrong settings"))
}

fn parsed(path: &str, text: &str, config: &Config) -> Parsed {
    let file = ContentPath::new(path);
    match Name::of(&file, config) {
        Ok(name) => article::parse(&file, name, text, config),
        Err(_) => fail("a file of the corpus has a wrong name"),
    }
}

fn clock() -> Clock {
    match PartialDate::parse("2026-01-01") {
        Ok(today) => Clock { today, drafts: false, any_day: false },
        Err(why) => fail(&why),
    }
}

/// A benchmark has nobody to return an error to.
#[allow(clippy::panic, reason = "it ends the benchmark with a sentence")]
fn fail(why: &str) -> ! {
    panic!("{why}")
}
