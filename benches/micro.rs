//! `cargo bench --bench micro`: the steps of a build one by one, for one article of the corpus.
//!
//! These are to be compared before and after a change, on the same machine. What a whole build
//! costs, and whether that is much, is the subject of `benches/compare`.

#[path = "compare/corpus.rs"]
mod corpus;
#[path = "compare/sites.rs"]
#[allow(dead_code, reason = "nothing is built with Hugo here")]
mod sites;

use bashu::article::{self, Article, Name};
use bashu::base::{ContentPath, PartialDate};
use bashu::build::{self, Options};
use bashu::config::{self, Config};
use bashu::diag::Diagnostics;
use bashu::output::Memory;
use bashu::plan::{self, AssetClaim, What};
use bashu::render::Engine;
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

/// A whole file: front matter read into fields, Markdown to HTML with slots.
#[divan::bench(args = [Language::English, Language::Chinese])]
fn article(bencher: Bencher<'_, '_>, language: Language) {
    let config = config();
    let text = sites::article(1, language, INITIATIVES);
    let path = sites::article_path(1, language);
    bencher.counter(BytesCount::of_str(&text)).bench(|| parsed(&path, black_box(&text), &config));
}

/// One article's page with the built-in theme, the whole site being known.
#[divan::bench]
fn page(bencher: Bencher<'_, '_>) {
    let mut diags = Diagnostics::new();
    let source = source();
    let files = source.list(&mut diags);
    let config = config();
    let articles = sites::bashu(INITIATIVES).map(|(path, text)| parsed(&path, &text, &config)).collect();
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
    let plan = plan::plan(&site, &assets, &mut diags);
    let engine = Engine::new(&site, &plan, &theme, &mut diags);
    let is_article =
        |what: &What| matches!(what, What::Page(entry, ..) if site.entry(*entry).kind == Kind::Article);
    let Some(route) = plan.routes.iter().find(|route| is_article(&route.what)) else {
        fail("the site has no article");
    };
    bencher.bench(|| engine.render(black_box(route)));
}

/// A whole site in memory, articles a second: what the parts above come to, and the lists.
#[divan::bench(sample_count = 20)]
fn whole_site(bencher: Bencher<'_, '_>) {
    let source = source();
    bencher.counter(ItemsCount::new(2 * INITIATIVES)).bench(|| {
        let options = Options { clock: clock(), base_url: None, progress: &|_| {} };
        build::build(&source, &options, |_| Ok(Memory::new())).made.is_some()
    });
}

// The place for “cache load”: how long a build takes to read what an earlier one left for it. It
// is measured here as soon as there is a room `cache`.

fn source() -> Source {
    let settings = ("site.yaml".to_owned(), sites::SITE.to_owned());
    let files = sites::bashu(INITIATIVES).chain([settings]);
    Source::memory(files.map(|(path, text)| (path, text.into_bytes())))
}

fn config() -> Config {
    let resolved = config::resolve(sites::SITE, None, &mut Diagnostics::new());
    resolved.unwrap_or_else(|| fail("the corpus has wrong settings"))
}

fn parsed(path: &str, text: &str, config: &Config) -> Article {
    let file = ContentPath::new(path);
    match Name::of(&file, config) {
        Ok(name) => article::parse(&file, name, text, config).0,
        Err(_) => fail("a file of the corpus has a wrong name"),
    }
}

fn clock() -> Clock {
    match PartialDate::parse("2026-01-01") {
        Ok(today) => Clock { today, drafts: false },
        Err(why) => fail(&why),
    }
}

/// A benchmark has nobody to return an error to.
#[allow(clippy::panic, reason = "it ends the benchmark with a sentence")]
fn fail(why: &str) -> ! {
    panic!("{why}")
}
