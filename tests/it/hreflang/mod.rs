//! What search engines are told of languages is right on every page: a judge of our own, since no
//! known tool checks that alternates are reciprocal, self-inclusive, existing, and the same in
//! heads and sitemap.

mod judge;
mod markup;
mod random;

use bashu::build::{self, Options};
use bashu::output::Memory;
use bashu::source::Source;

use crate::fixture;
use judge::{Address, Files, faults};

fn own_site() -> (Files, Address) {
    let source = Source::disk(env!("CARGO_MANIFEST_DIR"));
    let options = Options { clock: fixture::clock(), base_url: None, progress: &|_| {} };
    let outcome = build::build(&source, &options, |_| Ok(Memory::new()));
    assert!(outcome.diagnostics.is_empty(), "{:?}", outcome.diagnostics);
    let (memory, _) = outcome.made.unwrap();
    let languages = [("en", "en"), ("zh", "zh-Hans")].map(|(c, t)| (c.to_owned(), t.to_owned())).to_vec();
    (memory.into_files(), Address { base: "https://bashu.example/".to_owned(), languages })
}

#[test]
fn this_repositorys_own_site_has_no_fault() {
    let (files, address) = own_site();
    let pages = judge::pages(&files, &address, &mut Vec::new());
    let paired = pages.values().filter(|page| page.alternates.len() == 3).count();
    assert!(paired > 80, "only {paired} pages have their translation");
    assert_eq!(faults(&files, &address), Vec::<String>::new());
}

#[test]
fn sparse_random_sites_have_no_fault() {
    let mut paired = 0;
    let mut shown = 0;
    for seed in 1..=120 {
        let (fixture, address) = random::site(seed);
        let built = fixture::build(&fixture);
        assert!(built.files.is_some(), "seed {seed} was not built:\n{}\n{fixture}", built.report);
        let files = built.files.unwrap();
        let found = faults(&files, &address);
        assert!(found.is_empty(), "seed {seed}:\n{}\n{fixture}", found.join("\n"));
        let pages = judge::pages(&files, &address, &mut Vec::new());
        paired += pages.values().filter(|page| !page.alternates.is_empty()).count();
        shown += pages.values().filter(|page| page.noindex && page.canonical.is_some()).count();
    }
    // The sites must hold what is judged.
    assert!(paired > 500 && shown > 150, "{paired} pages with alternates, {shown} with another's text");
}

/// A judge that finds nothing in a broken site is no judge.
#[test]
fn planted_faults_are_found() {
    let (files, address) = own_site();
    let page = "zh/initiatives/freight-trains/index.html";
    let english = "https://bashu.example/en/initiatives/freight-trains/";
    let plant = |path: &str, from: &str, to: &str| {
        let mut broken = files.clone();
        let text = String::from_utf8(broken[path].clone()).unwrap();
        assert!(text.contains(from), "{path} does not hold {from}");
        broken.insert(path.to_owned(), text.replacen(from, to, 1).into_bytes());
        faults(&broken, &address)
    };
    let alternate = format!("<link rel=\"alternate\" hreflang=\"en\" href=\"{english}\">");
    let planted = [
        ("a link less", plant(page, &alternate, "")),
        ("a link to nothing", plant(page, &alternate, &alternate.replace("freight", "fright"))),
        ("another tag", plant(page, "hreflang=\"zh-Hans\" href=\"https", "hreflang=\"zh-CN\" href=\"https")),
        ("noindex", plant(page, "<head>", "<head><meta name=\"robots\" content=\"noindex\">")),
        (
            "another canonical",
            plant(
                page,
                "<link rel=\"canonical\" href=\"https://bashu.example/zh/",
                "<link rel=\"canonical\" href=\"https://bashu.example/en/",
            ),
        ),
        ("another language", plant(page, "<html lang=\"zh-Hans\"", "<html lang=\"en\"")),
        (
            "a sitemap without an alternate",
            plant(
                "sitemap.xml",
                &format!("<xhtml:link rel=\"alternate\" hreflang=\"en\" href=\"{english}\"/>"),
                "",
            ),
        ),
        (
            "a sitemap without a page",
            plant("sitemap.xml", &format!("<loc>{english}</loc>"), "<loc>https://bashu.example/en/</loc>"),
        ),
        (
            "a landing page that is no x-default",
            plant(
                "index.html",
                "hreflang=\"x-default\" href=\"https://bashu.example/\"",
                "hreflang=\"x-default\" href=\"https://bashu.example/en/\"",
            ),
        ),
    ];
    for (what, found) in planted {
        assert!(!found.is_empty(), "{what} was not found");
    }
    let mut missing = files.clone();
    missing.remove(page);
    assert!(!faults(&missing, &address).is_empty(), "a missing page was not found");
}
