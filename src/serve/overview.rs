//! The list of all articles, each with the state of its versions.
//!
//! Owns what a row of the list says, and how rows are filtered, ordered and dealt out by pages. A
//! list is made of one edition and knows nothing of the next. States are `site`'s, so that this
//! list and `bashu translations` count alike.

use std::cmp::Reverse;
use std::collections::BTreeMap;
use std::sync::{Arc, OnceLock};

use serde::Deserialize;
use serde_json::{Value, json};

use super::tab::reason;
use crate::base::{Lang, PartialDate};
use crate::build::Edition;
use crate::locale::Locale;
use crate::site::{EntryId, Kind, Presence, State};
use crate::translations::shown_id;

/// Rows a page.
const PAGE: usize = 100;

/// All articles, and whatever else has files.
pub(super) struct List {
    languages: Vec<Language>,
    /// The sections' ids and titles.
    sections: Vec<Value>,
    /// In the order of ids.
    rows: Vec<Row>,
    /// How many versions are in each state, a language each.
    tally: Vec<[usize; State::ALL.len()]>,
    newest: OnceLock<Vec<usize>>,
    by_title: Vec<OnceLock<Vec<usize>>>,
}

struct Language {
    code: String,
    name: String,
    locale: Arc<Locale>,
}

struct Row {
    id: Arc<str>,
    kind: Kind,
    date: Option<PartialDate>,
    /// What is looked through for words: id and titles, in small letters.
    words: String,
    /// One a language.
    cells: Vec<Cell>,
}

struct Cell {
    state: State,
    title: Option<String>,
    file: Option<String>,
    /// The address of the page, encoded; also of one that shows another version's text.
    url: Option<String>,
    unpublished: Option<Value>,
    faults: usize,
}

/// What is asked for, as it stands in an address; what is empty or not there asks for nothing.
/// What a version must be, one and the same version must be: a draft that is stale, in Chinese.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct Query {
    /// Words that must all stand in the id or in the titles.
    q: String,
    /// States, with commas between them.
    state: String,
    /// The code of a language.
    lang: String,
    kind: String,
    /// The id of a section: it and what is below it.
    section: String,
    /// `draft`, `waiting`, `expired`, or `any` of them.
    mark: String,
    /// Anything: only versions whose files have faults.
    faults: String,
    /// `id` or `title`; else the newest first.
    sort: String,
    /// Counted from 1.
    page: String,
}

impl List {
    /// The list of an edition, whose files have these faults.
    pub(super) fn of(edition: &Edition, faults: &[Value]) -> Self {
        let site = &edition.site;
        let faults = faults_of_files(faults);
        let with_files = |id: &EntryId| site.entry(*id).fallback().is_some();
        let language = |lang| {
            let language = site.config.language(lang);
            let (code, name) = (language.code.clone(), language.name.clone());
            Language { code, name, locale: language.locale.clone() }
        };
        let section = |id: &EntryId| {
            let entry = site.entry(*id);
            let title = entry.fallback().and_then(|lang| Some((lang, entry.version(lang)?)));
            let (title, tag) = title.map_or(("", ""), |(lang, version)| {
                (version.title.as_str(), site.config.language(lang).tag())
            });
            json!({ "id": &*entry.id, "title": title, "tag": tag })
        };
        let tally = site.config.langs().map(|lang| site.tally(lang)).collect();
        Self {
            languages: site.config.langs().map(language).collect(),
            sections: site.sections.iter().map(section).collect(),
            rows: site.ids().filter(with_files).map(|id| row(edition, id, &faults)).collect(),
            tally,
            newest: OnceLock::new(),
            by_title: site.config.langs().map(|_| OnceLock::new()).collect(),
        }
    }

    /// A page of what is asked for, with what the page needs to ask for something else.
    pub(super) fn answer(&self, query: &Query) -> Value {
        let found: Vec<&Row> = self.in_order(query).filter(|row| self.is_asked(row, query)).collect();
        let pages = found.len().div_ceil(PAGE).max(1);
        let page = query.page.parse::<usize>().unwrap_or(1).clamp(1, pages);
        let rows = found.iter().skip((page - 1) * PAGE).take(PAGE).map(|row| self.value(row));
        let languages = self.languages.iter().zip(&self.tally).map(|(language, tally)| {
            let states = State::ALL.iter().zip(tally);
            let counts = states.map(|(state, count)| (state.as_str().to_owned(), json!(count)));
            let counts = Value::Object(counts.collect());
            json!({ "code": language.code, "name": language.name, "tag": language.locale.tag(), "counts": counts })
        });
        json!({
            "rows": rows.collect::<Vec<_>>(),
            "found": found.len(),
            "all": self.rows.len(),
            "page": page,
            "pages": pages,
            "first": (page - 1) * PAGE,
            "languages": languages.collect::<Vec<_>>(),
            "sections": self.sections,
        })
    }

    /// The ids before and behind one among those that are asked for, whether or not it is one of
    /// them: one that has just been mended no longer is.
    pub(super) fn neighbours(&self, id: &str, query: &Query) -> (Option<&str>, Option<&str>) {
        let mut rows = self.in_order(query);
        let asked = |row: &&Row| self.is_asked(row, query);
        let before = rows.by_ref().take_while(|row| *row.id != *id).filter(asked).last();
        let behind = rows.find(|row| asked(row));
        (before.map(|row| shown_id(&row.id)), behind.map(|row| shown_id(&row.id)))
    }

    fn in_order(&self, query: &Query) -> impl Iterator<Item = &Row> {
        let order = match query.sort.as_str() {
            "id" => None,
            "title" => {
                let lang = self.languages.iter().position(|l| l.code == query.lang).unwrap_or(0);
                self.by_title.get(lang).map(|order| order.get_or_init(|| self.sorted_by_title(lang)))
            }
            _ => Some(self.newest.get_or_init(|| {
                self.sorted(|a, b| {
                    let day = |row: &Row| Reverse(row.date.map(PartialDate::numbers));
                    day(a).cmp(&day(b))
                })
            })),
        };
        let at = move |at: usize| order.map_or(Some(at), |order| order.get(at).copied());
        (0..self.rows.len()).filter_map(at).filter_map(|at| self.rows.get(at))
    }

    /// By the title in a language, as that language sorts; another title where it has none.
    fn sorted_by_title(&self, lang: usize) -> Vec<usize> {
        let Some(language) = self.languages.get(lang) else { return Vec::new() };
        fn title(row: &Row, lang: usize) -> &str {
            let own = row.cells.get(lang).and_then(|cell| cell.title.as_deref());
            own.or_else(|| row.cells.iter().find_map(|cell| cell.title.as_deref())).unwrap_or_default()
        }
        self.sorted(|a, b| language.locale.compare(title(a, lang), title(b, lang)))
    }

    fn sorted(&self, compare: impl Fn(&Row, &Row) -> std::cmp::Ordering) -> Vec<usize> {
        let mut order: Vec<(usize, &Row)> = self.rows.iter().enumerate().collect();
        order.sort_by(|(_, a), (_, b)| compare(a, b));
        order.into_iter().map(|(at, _)| at).collect()
    }

    fn is_asked(&self, row: &Row, query: &Query) -> bool {
        let below = |section: &str| {
            row.id.strip_prefix(section).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        // Whoever names a language alone asks for its versions, and not for their absence.
        let of_version =
            [&query.state, &query.lang, &query.mark, &query.faults].iter().any(|asked| !asked.is_empty());
        let is_version = |(language, cell): (&Language, &Cell)| {
            let why = cell.unpublished.as_ref().and_then(|reason| reason["why"].as_str());
            let state = match query.state.is_empty() {
                true => cell.state != State::Missing,
                false => query.state.split(',').any(|state| state == cell.state.as_str()),
            };
            let mark = match query.mark.as_str() {
                "" => true,
                "any" => why.is_some(),
                mark => why == Some(mark),
            };
            state
                && mark
                && (query.lang.is_empty() || query.lang == language.code)
                && (query.faults.is_empty() || cell.faults > 0)
        };
        (query.kind.is_empty() || query.kind == row.kind.as_str())
            && (query.section.is_empty() || below(&query.section))
            && query.q.to_lowercase().split_whitespace().all(|word| row.words.contains(word))
            && (!of_version || self.languages.iter().zip(&row.cells).any(is_version))
    }

    fn value(&self, row: &Row) -> Value {
        let cells = self.languages.iter().zip(&row.cells).map(|(language, cell)| {
            json!({
                "code": language.code,
                "state": cell.state.as_str(),
                "title": cell.title,
                "file": cell.file,
                "url": cell.url,
                "unpublished": cell.unpublished,
                "faults": cell.faults,
            })
        });
        let titles = self.languages.iter().zip(&row.cells);
        let mut titles = titles.filter_map(|(language, cell)| Some((&language.locale, cell.title.as_ref()?)));
        let title = titles.next().map(|(locale, title)| {
            json!({ "text": title, "tag": locale.tag(), "dir": locale.direction().as_str() })
        });
        json!({
            "id": shown_id(&row.id),
            "kind": row.kind.as_str(),
            "date": row.date.map(|date| date.to_string()),
            "title": title,
            "cells": cells.collect::<Vec<_>>(),
        })
    }
}

fn row(edition: &Edition, id: EntryId, faults: &BTreeMap<&str, usize>) -> Row {
    let site = &edition.site;
    let entry = site.entry(id);
    let cell = |lang: Lang| {
        let version = entry.version(lang);
        let file = version.map(|version| version.file.as_str());
        let there = site.presence(id, lang) != Presence::Absent;
        let url = edition.plan.page(id, lang).filter(|_| there);
        Cell {
            state: site.origin(id, lang).map_or(State::Missing, |origin| origin.state),
            title: version.map(|version| version.title.clone()),
            file: file.map(str::to_owned),
            url: url.map(|url| site.config.base_url.local(&url.encoded())),
            unpublished: version.and_then(reason),
            faults: file.and_then(|file| faults.get(file)).copied().unwrap_or(0),
        }
    };
    let cells: Vec<Cell> = site.config.langs().map(cell).collect();
    let mut words = shown_id(&entry.id).to_lowercase();
    for title in cells.iter().filter_map(|cell| cell.title.as_ref()) {
        words.push('\n');
        words.push_str(&title.to_lowercase());
    }
    let date = entry.fallback().and_then(|lang| entry.version(lang)?.date);
    Row { id: entry.id.clone(), kind: entry.kind, date, words, cells }
}

/// How many messages begin in each file.
fn faults_of_files(faults: &[Value]) -> BTreeMap<&str, usize> {
    let mut count = BTreeMap::new();
    for file in faults.iter().filter_map(|fault| fault["labels"][0]["file"].as_str()) {
        *count.entry(file).or_default() += 1;
    }
    count
}
