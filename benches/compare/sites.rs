//! The corpus as a site of Bashu and as a site of Hugo: paths and texts.
//!
//! Owns how each generator wants front matter, links and file names. Both sites say the same. It
//! writes no file: what it gives is written by `contest`, and built in memory by the
//! micro-benchmarks. Themes and settings of Hugo are files of their own, in `benches/theme` and
//! `benches/hugo`.

use crate::corpus::{self, Language, TOPICS};

/// How many initiatives stand in one folder.
const FOLDER: usize = 500;

/// A file: its path below the site's folder, and its text.
pub(crate) type File = (String, String);

/// What `site.yaml` says in any case: all kinds of output, and the built-in theme.
pub(crate) const SITE: &str = "title: {en: Bench, zh: 基准}
base_url: https://bench.example/
languages:
  - {code: en, tag: en, name: English}
  - {code: zh, tag: zh-Hans, name: 中文}
page_size: 20
";

/// What `site.yaml` says further where no more is written than what `benches/hugo` makes Hugo write.
pub(crate) const AS_HUGO: &str = "theme: bench
feeds: {topics: false, content: summary}
";

/// Where an initiative's page stands below the languages' folders, in sources and in the output.
pub(crate) fn place(number: usize) -> String {
    format!("initiatives/{:03}/initiative-{number}", (number - 1) / FOLDER)
}

/// The file of an initiative on Bashu's site.
pub(crate) fn article_path(number: usize, language: Language) -> String {
    format!("content/{}.{}.md", place(number), language.code())
}

/// An initiative on Bashu's site. The Chinese version takes date and topics from the English one.
pub(crate) fn article(number: usize, language: Language, initiatives: usize) -> String {
    let version = corpus::version(number, language);
    let more = match language {
        Language::English => dated(number),
        Language::Chinese => "translated_from: en\n".to_owned(),
    };
    let next = next(number, initiatives);
    let target = format!("{}.{}.md", next_from_here(next), language.code());
    format!(
        "---\ntitle: \"{}\"\nsummary: \"{}\"\n{more}---\n\n{}{}",
        version.title,
        version.summary,
        version.text,
        see_also(next, language, &target)
    )
}

/// The content of Bashu's site: everything but `site.yaml` and themes.
pub(crate) fn bashu(initiatives: usize) -> impl Iterator<Item = File> {
    let titles = TOPICS.into_iter().flat_map(|(id, english, chinese)| {
        [("en", english), ("zh", chinese)].map(|(code, title)| {
            (format!("content/topics/{id}.{code}.md"), format!("---\ntitle: {title}\n---\n"))
        })
    });
    let articles = (1..=initiatives).flat_map(move |number| {
        Language::ALL.map(|language| (article_path(number, language), article(number, language, initiatives)))
    });
    titles.chain(articles)
}

/// The content of Hugo's site. Its translations inherit nothing.
pub(crate) fn hugo(initiatives: usize) -> impl Iterator<Item = File> {
    let titles = TOPICS.into_iter().flat_map(|(id, english, chinese)| {
        [("en", english), ("zh", chinese)].map(|(code, title)| {
            (format!("content/{code}/topics/{id}/_index.md"), format!("---\ntitle: {title}\n---\n"))
        })
    });
    let articles = (1..=initiatives).flat_map(move |number| {
        Language::ALL.map(|language| {
            let path = format!("content/{}/{}.md", language.code(), place(number));
            (path, hugo_article(number, language, initiatives))
        })
    });
    titles.chain(articles)
}

fn hugo_article(number: usize, language: Language, initiatives: usize) -> String {
    let version = corpus::version(number, language);
    let next = next(number, initiatives);
    let target = format!("{}.md", next_from_here(next));
    format!(
        "---\ntitle: \"{}\"\ndescription: \"{}\"\n{}---\n\n{}{}",
        version.title,
        version.summary,
        dated(number),
        version.text,
        see_also(next, language, &target)
    )
}

fn dated(number: usize) -> String {
    format!("date: {}\ntopics: [{}]\n", corpus::date(number), corpus::topics(number).join(", "))
}

fn next(number: usize, initiatives: usize) -> usize {
    number % initiatives + 1
}

/// The way from an initiative's folder to another initiative, without the end of the file's name.
fn next_from_here(next: usize) -> String {
    format!("../{}", place(next).trim_start_matches("initiatives/"))
}

fn see_also(next: usize, language: Language, target: &str) -> String {
    match language {
        Language::English => format!("See also [initiative {next}]({target}).\n"),
        Language::Chinese => format!("另见[项目{next}]({target})。\n"),
    }
}
