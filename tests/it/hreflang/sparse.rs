//! Random sparse sites: what is translated, slugged, drafted or listed is left to a number.
//!
//! The same number gives the same site everywhere. Beside the site stands what the translation
//! graph must make of it, reckoned here in the plainest way.

use std::fmt::Write;

use super::judge::Address;
use crate::dice::Dice;

const LANGUAGES: &[(&str, &str, &str)] = &[
    ("en", "en", "English"),
    ("zh", "zh-Hans", "中文"),
    ("ar", "ar", "العربية"),
    ("de", "de", "Deutsch"),
    ("ja", "ja", "日本語"),
    ("br", "pt-BR", "Português"),
];

/// What becomes of what is not translated.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Missing {
    Hide,
    Link,
    Show,
}

/// A random site, and what must come of it.
#[derive(Debug)]
pub(super) struct Sparse {
    /// The site in one string.
    pub(super) text: String,
    pub(super) address: Address,
    pub(super) missing: Missing,
    /// Whether the root page is one of all languages.
    pub(super) landing: bool,
    pub(super) entries: Vec<Entry>,
}

/// An article, page, topic or section.
#[derive(Debug)]
pub(super) struct Entry {
    /// Its file's path without language and extension.
    stem: String,
    /// Its titles begin with this; no other's do.
    pub(super) name: String,
    /// The languages that it is published in, by position.
    pub(super) published: Vec<usize>,
    /// The language of the original, by position.
    pub(super) original: usize,
    /// Whether it has a page in every language, words or none.
    pub(super) everywhere: bool,
}

impl Entry {
    /// The title of its version in a language.
    pub(super) fn title(&self, lang: usize) -> String {
        format!("{} in {}", self.name, LANGUAGES_NUMBERED[lang])
    }
}

const LANGUAGES_NUMBERED: [&str; 5] = ["first", "second", "third", "fourth", "fifth"];

/// The site of a number.
pub(super) fn site(seed: u64) -> Sparse {
    let mut dice = Dice::new(seed);
    let count = 1 + dice.below(5);
    let mut pool = LANGUAGES.to_vec();
    let languages: Vec<_> = (0..count).map(|_| pool.remove(dice.below(pool.len()))).collect();
    let codes: Vec<&str> = languages.iter().map(|l| l.0).collect();
    let base = *dice.pick(&[
        "https://ants.example/",
        "https://ants.example/a/b/",
        "http://x.example:8080/%E8%B7%AF/",
    ]);
    let urls = *dice.pick(&["prefix", "root"]);
    let missing = *dice.pick(&[Missing::Hide, Missing::Link, Missing::Show]);
    let mut text = format!(
        "== site.yaml\ntitle: Ants\ndescription: All about ants.\nbase_url: {base}\nurls: {urls}\npage_size: {}\n\
         missing_translation: {}\nlanguages:\n",
        1 + dice.below(4),
        format!("{missing:?}").to_lowercase()
    );
    for (code, tag, name) in &languages {
        let _ = writeln!(text, "  - {{code: {code}, tag: {tag}, name: {name}}}");
    }
    if dice.one_in(4) {
        text.push_str("feeds: false\n");
    }
    let mut maker = Maker { dice, codes: &codes, text, entries: Vec::new(), numbers: 0 };
    maker.all();
    let Maker { text, entries, .. } = maker;
    Sparse {
        text,
        address: Address {
            base: base.to_owned(),
            languages: languages.iter().map(|l| (l.0.to_owned(), l.1.to_owned())).collect(),
        },
        missing,
        landing: urls == "prefix" && count > 1,
        entries,
    }
}

struct Maker<'c> {
    dice: Dice,
    codes: &'c [&'c str],
    text: String,
    entries: Vec<Entry>,
    numbers: usize,
}

impl Maker<'_> {
    fn all(&mut self) {
        let topics = self.dice.below(4);
        for i in 0..topics {
            self.entry(&format!("topics/t{i}"), &format!("Topic {i}"), &[], false);
        }
        if topics > 0 && self.dice.one_in(2) {
            self.entry("topics/_index", "Overview", &[], true);
        }
        if self.dice.one_in(2) {
            self.entry("_index", "Home", &[], true);
        }
        let mut folders = vec!["notes"];
        for folder in ["news", "news/far", "news/far/off"] {
            if self.dice.one_in(2) {
                folders.push(folder);
                // A folder without an `_index` is no section, and its articles are articles all the same.
                if !self.dice.one_in(4) {
                    self.entry(&format!("{folder}/_index"), &format!("Section {folder}"), &[], false);
                }
            }
        }
        for i in 0..self.dice.below(3) {
            self.entry(&format!("p{i}"), &format!("Page {i}"), &[], false);
        }
        for i in 0..self.dice.below(7) {
            let folder = *self.dice.pick(&folders);
            let of = self.dice.some(topics, 0);
            let bundle = self.dice.one_in(5);
            let stem = if bundle { format!("{folder}/a{i}/index") } else { format!("{folder}/a{i}") };
            if bundle {
                let _ = writeln!(self.text, "== content/{folder}/a{i}/data.csv\n1,2");
            }
            self.entry(&stem, &format!("Article {i}"), &of, false);
        }
    }

    fn number(&mut self) -> usize {
        self.numbers += 1;
        self.numbers
    }

    /// Writes the versions of one entry.
    fn entry(&mut self, stem: &str, name: &str, topics: &[usize], everywhere: bool) {
        let languages = self.dice.some(self.codes.len(), 1);
        let original = *self.dice.pick(&languages);
        let hidden_all = self.dice.one_in(9);
        let home = stem == "_index";
        let mut entry = Entry {
            stem: stem.to_owned(),
            name: name.to_owned(),
            published: Vec::new(),
            original,
            everywhere,
        };
        let links = self.links(stem);
        for lang in languages {
            let _ = write!(
                self.text,
                "== content/{stem}.{}.md\n---\ntitle: {}\n",
                self.codes[lang],
                entry.title(lang)
            );
            let mut published = !hidden_all;
            if lang == original {
                if !topics.is_empty() {
                    let ids: Vec<String> = topics.iter().map(|t| format!("t{t}")).collect();
                    let _ = writeln!(self.text, "topics: [{}]", ids.join(", "));
                }
                let hiding = if hidden_all { 1 + self.dice.below(3) } else { 0 };
                let date = *self.dice.pick(&["2021", "2022-05", "2023-12-31"]);
                self.text.push_str(&match hiding {
                    0 => format!("date: {date}\n"),
                    1 => "draft: true\n".to_owned(),
                    2 => "date: 2024-01\n".to_owned(),
                    _ => "expires: 2023-12-31\n".to_owned(),
                });
                // A version that is published although the original is a draft says so itself.
            } else {
                let _ = writeln!(self.text, "translated_from: {}", self.codes[original]);
                if self.dice.one_in(8) {
                    self.text.push_str("draft: true\n");
                    published = false;
                }
            }
            if !home && self.dice.one_in(4) {
                let slug = *self.dice.pick(&["合作 x", "slug", "Ünder", "a&b'c"]);
                let number = self.number();
                let _ = writeln!(self.text, "slug: {slug}-{number}");
            }
            if self.dice.one_in(5) {
                let (a, b) = (self.number(), self.number());
                let _ = writeln!(self.text, "aliases: [/old/{a}, /旧/{b}.html]");
            }
            let _ = write!(self.text, "---\n# Heading\n\nText. {links}\n");
            if published {
                entry.published.push(lang);
            }
        }
        self.entries.push(entry);
    }

    /// Links to some of what is published so far.
    fn links(&mut self, stem: &str) -> String {
        let mut links = String::new();
        let up = "../".repeat(stem.matches('/').count());
        for entry in &self.entries {
            if self.dice.one_in(4) && !entry.published.is_empty() {
                let lang = self.codes[*self.dice.pick(&entry.published)];
                let anchor = if self.dice.one_in(2) { "#heading" } else { "" };
                let _ = write!(links, "[{}]({up}{}.{lang}.md{anchor}) ", entry.name, entry.stem);
            }
        }
        links
    }
}
