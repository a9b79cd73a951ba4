//! What a finished site tells search engines of its languages, judged by a judge of our own: on
//! this repository's site, and on random sparse ones.

mod judge;
mod markup;
mod sparse;

use std::collections::BTreeSet;
use std::sync::LazyLock;

use bashu::build::{self, Options};
use bashu::cache::Cache;
use bashu::output::Memory;
use bashu::source::Source;
use rayon::prelude::*;

use crate::fixture::{self, Built, clock};
use judge::{Address, Files, Page, Pages};
use sparse::{Missing, Sparse};

/// How many random sites are judged; more are worth their time when the graph has changed.
const SITES: u64 = 200;

/// This repository's own site, built once for all tests.
static OWN: LazyLock<(Files, Address)> = LazyLock::new(|| {
    let source = Source::disk(env!("CARGO_MANIFEST_DIR"));
    let memory = Memory::new();
    let options = Options::new(clock());
    let outcome = build::build(&source, &mut Cache::memory(), &options, |_| Ok(&memory));
    assert!(outcome.made.is_some(), "this repository's own site builds");
    let files = memory.into_files();
    let languages = [("en", "en"), ("zh", "zh-Hans")].map(|(code, tag)| (code.to_owned(), tag.to_owned()));
    (files, Address { base: "https://bashu.example/".to_owned(), languages: languages.to_vec() })
});

#[test]
fn this_site_passes() {
    let (files, address) = &*OWN;
    let mut found = Vec::new();
    let pages = judge::pages(files, address, &mut found);
    found.extend(judge::faults_of(files, &pages, address));
    assert_eq!(found, Vec::<String>::new());
    let translated = pages.values().filter(|page| !page.alternates.is_empty()).count();
    assert!(translated > 80, "only {translated} pages have alternates");
}

#[test]
fn random_sparse_sites_pass() {
    let failed: Vec<String> = (0..SITES).into_par_iter().filter_map(failure).collect();
    assert!(failed.is_empty(), "{} of {SITES} sites fail; the first is\n{}", failed.len(), failed[0]);
}

/// What is wrong with the random site of a number, with all that is needed to look into it.
fn failure(seed: u64) -> Option<String> {
    let sparse = sparse::site(seed);
    let Built { report, files, .. } = fixture::build(&sparse.text);
    let found = match files {
        None => vec!["it was not built".to_owned()],
        Some(files) => {
            let mut found = Vec::new();
            let pages = judge::pages(&files, &sparse.address, &mut found);
            found.extend(judge::faults_of(&files, &pages, &sparse.address));
            found.extend(disagreements(&sparse, &pages));
            found
        }
    };
    (!found.is_empty()).then(|| format!("seed {seed}:\n{}\n\n{report}\n{}", found.join("\n"), sparse.text))
}

/// Where the pages differ from what the versions that exist call for.
fn disagreements(sparse: &Sparse, pages: &Pages) -> Vec<String> {
    let tags: Vec<&str> = sparse.address.languages.iter().map(|(_, tag)| tag.as_str()).collect();
    let mut found = Vec::new();
    for entry in &sparse.entries {
        let name = &entry.name;
        // The pages that show a version's words: its own, and where there is none, the fallback's.
        let showing = |words: usize, lang: usize| -> Vec<&Page> {
            let title = entry.title(words);
            let is = |page: &&Page| page.lang == tags[lang] && page.title.split(" · ").next() == Some(&title);
            pages.values().filter(is).collect()
        };
        let fallback = Some(entry.original)
            .filter(|lang| entry.published.contains(lang))
            .or_else(|| entry.published.first().copied());
        let exists: BTreeSet<&str> = (0..tags.len())
            .filter(|l| entry.everywhere || entry.published.contains(l))
            .map(|l| tags[l])
            .collect();
        for lang in 0..tags.len() {
            let tag = tags[lang];
            if entry.published.contains(&lang) {
                let own = showing(lang, lang);
                let [page] = own[..] else {
                    found.push(format!("{name} has {} pages in {tag}", own.len()));
                    continue;
                };
                let named: BTreeSet<&str> = page
                    .alternates
                    .iter()
                    .map(|(tag, _)| tag.as_str())
                    .filter(|t| *t != "x-default")
                    .collect();
                if !page.indexable() {
                    found.push(format!("{name} in {tag} may not be indexed"));
                }
                if if exists.len() > 1 { named != exists } else { !named.is_empty() } {
                    found.push(format!("{name} exists in {exists:?}, and its page in {tag} names {named:?}"));
                }
                let default = page.alternates.iter().find(|(tag, _)| tag == "x-default").map(|(_, url)| url);
                let home =
                    page.url == format!("{}{}/", sparse.address.base, sparse.address.languages[lang].0);
                let wanted = if home && sparse.landing {
                    Some(&sparse.address.base)
                } else if entry.everywhere {
                    default
                } else {
                    let first =
                        page.alternates.iter().find(|(tag, _)| fallback.is_some_and(|f| tag == tags[f]));
                    first.map(|(_, url)| url)
                };
                if default != wanted {
                    found.push(format!("{name} in {tag}: x-default is {default:?}, not {wanted:?}"));
                }
            } else if !entry.everywhere {
                let shown = fallback.map_or(Vec::new(), |words| showing(words, lang));
                let wanted = usize::from(sparse.missing == Missing::Show && fallback.is_some());
                if shown.len() != wanted || shown.iter().any(|page| !page.noindex) {
                    found.push(format!("{name} has {} pages in {tag}, which it lacks", shown.len()));
                }
            }
        }
    }
    found
}

/// The judge is judged: each fault that is put into a faultless site must be found.
#[test]
fn the_judge_finds_every_seeded_fault() {
    let (files, address) = &*OWN;
    let mut pages = judge::pages(files, address, &mut Vec::new());
    let mut faulty = files.clone();
    let page = "en/initiatives/freight-trains/index.html";
    let zh = "zh/initiatives/freight-trains/index.html";
    let link = "<link rel=\"alternate\" hreflang=\"zh-Hans\" href=\"https://bashu.example/zh/initiatives/freight-trains/\">";
    let own = "<link rel=\"alternate\" hreflang=\"en\" href=\"https://bashu.example/en/initiatives/freight-trains/\">";
    let canonical = "<link rel=\"canonical\" href=\"https://bashu.example/en/initiatives/freight-trains/\">";
    let default = "<link rel=\"alternate\" hreflang=\"x-default\" href=\"https://bashu.example/en/initiatives/freight-trains/\">";
    let noindex = format!("<meta name=\"robots\" content=\"noindex\">{canonical}");
    let twice = format!("{link}{link}");
    let loc = "<loc>https://bashu.example/en/initiatives/freight-trains/</loc>";
    let two = format!("{loc}</url><url>{loc}");
    let seeded: &[(&str, &str, &str, &str)] = &[
        (page, link, "", "does not point back"),
        (page, own, "", "does not name itself as en"),
        (page, default, "", "no x-default"),
        (page, link, &twice, "stands twice"),
        (page, link, &link.replace("/freight-trains/", "/freight-train/"), "is no page of the site"),
        (page, link, &link.replace("https://bashu.example", ""), "is no page of the site"),
        (page, link, &link.replace("zh-Hans", "zh"), "is no language of the site"),
        (page, link, &link.replace("/zh/", "/en/"), "is in en"),
        (page, default, &default.replace("/en/", "/zh/"), "names other alternates"),
        (page, canonical, "", "is no page of the site"),
        (page, canonical, &canonical.replace("/en/", "/zh/"), "may be indexed, and its canonical is"),
        (page, canonical, &canonical.replace("https://bashu.example", ""), "is no page of the site"),
        (page, canonical, &noindex, "has alternates and is noindex"),
        (zh, "<html lang=\"zh-Hans\"", "<html lang=\"zh\"", "not `zh-Hans`"),
        (page, "href=\"/en/topics/", "href=\"/en/topic/", "leads nowhere"),
        (page, "id=\"_content\"", "id=\"content\"", "there is no such place"),
        ("404.html", "<meta name=\"robots\" content=\"noindex\">", "", "a 404 page"),
        ("sitemap.xml", loc, "<loc>https://bashu.example/en/trains/</loc>", "is missing"),
        ("sitemap.xml", loc, "<loc>https://bashu.example/404.html</loc>", "may not be indexed"),
        ("sitemap.xml", loc, &two, "stands twice"),
        (
            "sitemap.xml",
            "hreflang=\"zh-Hans\" href=\"https://bashu.example/zh/about/\"",
            "hreflang=\"zh\" href=\"\"",
            "other alternates than its page",
        ),
    ];
    for (path, from, to, wanted) in seeded {
        let text = std::str::from_utf8(&files[*path]).unwrap();
        assert!(text.contains(from), "{path} holds no {from}");
        let text = text.replacen(from, to, 1);
        let mut found = Vec::new();
        let page = pages
            .get_mut(*path)
            .map(|page| std::mem::replace(page, judge::read(path, &text, address, &mut found)));
        faulty.insert((*path).to_owned(), text.into_bytes());
        found.extend(judge::faults_of(&faulty, &pages, address));
        assert!(found.iter().any(|f| f.contains(wanted)), "{path}: {from} → {to}: {found:#?}");
        faulty.insert((*path).to_owned(), files[*path].clone());
        page.and_then(|page| pages.insert((*path).to_owned(), page));
    }
    assert_eq!(judge::faults_of(&faulty, &pages, address), Vec::<String>::new());
    // A page that is not there at all.
    pages.remove(zh);
    faulty.remove(zh);
    assert!(judge::faults_of(&faulty, &pages, address).len() > 3);
}

#[test]
fn the_random_sites_are_as_different_as_they_should_be() {
    let sites: Vec<Sparse> = (0..SITES).map(sparse::site).collect();
    let share = |what: &str, is: &dyn Fn(&Sparse) -> bool| {
        let count = sites.iter().filter(|site| is(site)).count();
        assert!(count >= 5, "only {count} sites are {what}");
    };
    for n in 1..=5 {
        share(&format!("in {n} languages"), &|s| s.address.languages.len() == n);
    }
    for missing in [Missing::Hide, Missing::Link, Missing::Show] {
        share(&format!("{missing:?}"), &|s| s.missing == missing);
    }
    for word in [
        "urls: root",
        "urls: prefix",
        "slug: 合作",
        "aliases:",
        "feeds: false",
        "/index.",
        "far/off/",
        "draft: true",
    ] {
        share(word, &|s| s.text.contains(word));
    }
    share("without a home page", &|s| !s.text.contains("content/_index"));
    share("begun elsewhere", &|s| s.entries.iter().any(|e| e.original > 0 && e.published.len() > 1));
    share("below a path", &|s| s.address.base.ends_with("/a/b/"));
}
