//! Sites by chance: the same dice make the same site, and add the same to it.

use std::collections::BTreeMap;

use super::site::{
    BASES, CITATIONS, COLLECTIONS, DAYS, Entry, FEEDS, FOLDERS, IMAGES, LANGUAGES, MISSING, Part, Site,
    UNITS, Version,
};
use super::theme;
use crate::dice::Dice;

impl Site {
    /// The site of a number.
    pub(crate) fn random(dice: &mut Dice) -> Self {
        let count = 1 + dice.below(3);
        let mut pool: Vec<usize> = (0..LANGUAGES.len()).collect();
        let languages: Vec<usize> = (0..count).map(|_| pool.remove(dice.below(pool.len()))).collect();
        let mut site = Self {
            languages,
            title: 0,
            described: dice.one_in(2),
            base: dice.below(BASES.len()),
            root: dice.one_in(2),
            page_size: 1 + dice.below(4),
            feeds: dice.below(FEEDS.len()),
            missing: dice.below(MISSING.len()),
            collections: dice.below(COLLECTIONS.len()),
            strict: dice.one_in(8),
            theme: *dice.pick(&["telling", "telling", "plain", "own"]),
            greeting: None,
            entries: Vec::new(),
            others: BTreeMap::new(),
            broken: None,
            slips: BTreeMap::new(),
            day: dice.below(DAYS.len()),
            drafts: dice.one_in(4),
            retagged: false,
            by_stroke: false,
            html: 0,
            images: dice.below(IMAGES.len()),
            numbers: 0,
        };
        site.others.insert("static/data.txt".to_owned(), "0\n".to_owned());
        if site.theme == "telling" {
            site.others.extend(theme::files(dice));
        } else {
            site.others.insert("templates/components/badge.html".to_owned(), theme::BADGE.to_owned());
            site.others.insert("strings/en.ftl".to_owned(), "badge = badge\n".to_owned());
        }
        if site.theme == "own" {
            let manifest = "name: own\nparent: plain\nsettings:\n  greeting: {type: text, default: hello}\n";
            site.others.insert("themes/own/theme.yaml".to_owned(), manifest.to_owned());
            let page = "{% extends \"plain/page.html\" %}\n{% block after %}{{ super() }}{{ settings.greeting }}{% endblock after %}\n";
            site.others.insert(
                "themes/own/templates/article.html".to_owned(),
                page.replace("page.html", "article.html"),
            );
        }
        for _ in 0..dice.below(4) {
            site.add(dice, "topics", None);
        }
        for (folder, name) in [("", "_index"), ("news", "_index"), ("topics", "_index")] {
            if dice.one_in(2) {
                site.add(dice, folder, Some(name));
            }
        }
        for _ in 0..3 + dice.below(6) {
            let folder = if dice.one_in(6) { "" } else { *dice.pick(FOLDERS) };
            site.add(dice, folder, None);
        }
        site
    }

    /// Adds an entry with a version in some languages; its number.
    pub(crate) fn add(&mut self, dice: &mut Dice, folder: &str, name: Option<&str>) -> usize {
        let number = self.number();
        let bundle = name.is_none() && folder != "topics" && dice.one_in(4);
        let langs: Vec<usize> =
            dice.some(self.languages.len(), 1).into_iter().map(|i| self.languages[i]).collect();
        let mut front = BTreeMap::new();
        if name.is_none() && folder != "topics" {
            if !dice.one_in(4) {
                front.insert(
                    "date",
                    (*dice.pick(&["2021", "2022-05", "2023-12-31", "2024-01", "2023-06-02"])).to_owned(),
                );
            }
            if dice.one_in(8) {
                front.insert("draft", "true".to_owned());
            }
        }
        let known: Vec<usize> = self.topics();
        let topics = if name.is_none() && !front.is_empty() { dice.some(known.len(), 0) } else { Vec::new() };
        let mut entry = Entry {
            number,
            folder: folder.to_owned(),
            name: name.map_or_else(|| format!("e-{number}"), str::to_owned),
            picture: bundle.then_some(0),
            original: langs[0],
            versions: BTreeMap::new(),
            front,
            figure: dice.one_in(3).then_some((number, number % UNITS.len())),
            topics: topics.into_iter().map(|i| known[i]).collect(),
        };
        for lang in langs {
            let version = self.version(dice, number, lang);
            entry.versions.insert(lang, version);
        }
        self.entries.push(entry);
        number
    }

    /// A new text for the entry of a number.
    pub(crate) fn version(&mut self, dice: &mut Dice, number: usize, lang: usize) -> Version {
        let words = self.number();
        let mut front = BTreeMap::from([("title", format!("Title {number} {} {words}", LANGUAGES[lang].0))]);
        if dice.one_in(3) {
            front.insert("summary", format!("Summary {words}."));
        }
        let parts = (0..dice.below(5)).map(|_| self.part(dice)).collect();
        Version { front, label: None, words, parts }
    }

    /// Something for a text to hold.
    pub(crate) fn part(&mut self, dice: &mut Dice) -> Part {
        match dice.below(18) {
            16 | 17 => Part::Panel(1 + dice.below(self.numbers)),
            0 => Part::Badge(self.number()),
            1 => Part::Alert,
            2 => Part::Footnote,
            3 | 9 => Part::Heading(self.number()),
            10 if dice.one_in(2) => Part::Unsafe,
            4 => Part::Figure(dice.below(CITATIONS.len())),
            5 => Part::StaticFile,
            6 => Part::Picture,
            7 => Part::Tasks,
            8 => Part::Html,
            _ => Part::Link(1 + dice.below(self.numbers), dice.one_in(2)),
        }
    }
}
