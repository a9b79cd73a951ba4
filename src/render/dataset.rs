//! All figures of the site as data: the files `figures.csv` and `figures.json`, and what search
//! engines are told of them.
//!
//! Owns the fields of the files, which docs/site.md describes. Values are exact, as text.

use std::collections::{BTreeMap, BTreeSet};

use rustc_hash::FxHashSet;
use serde::Serialize;

use super::Engine;
use super::figure_view::{Declared, Reader};
use super::form::{Data, Form};
use super::subject::Page;
use super::view::Subject;
use crate::base::{Digest, Lang, UrlPath};
use crate::quantity::Manner;
use crate::site::{EntryId, Version};

/// A figure in all languages that have it.
struct Row<'s> {
    entry: EntryId,
    /// First the original, if it has the figure: what the files say of all languages is its.
    versions: Vec<(Lang, Declared<'s>)>,
}

/// `figures.json`.
#[derive(Serialize)]
struct Figures {
    figures: Vec<Record>,
}

/// A figure in `figures.json`; the cells of `figures.csv` are the same facts.
#[derive(Serialize)]
struct Record {
    article: String,
    figure: String,
    value: String,
    unit: Option<String>,
    bound: Option<&'static str>,
    from: Option<String>,
    to: Option<String>,
    topics: Vec<String>,
    /// By the codes of languages.
    languages: BTreeMap<String, Words>,
}

/// What a language says of a figure.
#[derive(Serialize)]
struct Words {
    label: Option<String>,
    text: String,
    title: String,
    url: String,
    source: Option<String>,
}

impl<'s> Engine<'s> {
    /// All figures, in the order of ids and of the originals' front matter; then what translations
    /// have of their own.
    fn rows(&self) -> Vec<Row<'s>> {
        let site = self.site;
        let mut rows = Vec::new();
        for id in site.ids() {
            let entry = site.entry(id);
            let first = entry.fallback();
            let others = entry.languages().filter(|lang| Some(*lang) != first);
            let version = |lang| Some((lang, entry.version(lang)?));
            let versions: Vec<(Lang, &Version)> =
                first.into_iter().chain(others).filter_map(version).collect();
            let mut seen = FxHashSet::default();
            for stated in versions.iter().flat_map(|(_, version)| &version.figures) {
                if !seen.insert(stated.id.as_str()) {
                    continue;
                }
                let of = versions.iter().filter_map(|&(lang, version)| {
                    let figure = version.figures.iter().find(|figure| figure.id == stated.id)?;
                    Some((lang, Declared { entry: id, version, figure }))
                });
                rows.push(Row { entry: id, versions: of.collect() });
            }
        }
        rows
    }

    /// The digest of what the files hold.
    pub(super) fn figures_digest(&self) -> Digest {
        let of = |row: Row<'_>| -> Digest {
            let topics = row.versions.iter().flat_map(|(_, of)| &of.version.topics);
            let topics = topics.map(|&topic| Digest::of(self.site.entry(topic).id.as_bytes()));
            let versions = row.versions.iter().map(|(lang, of)| {
                let spoken: Digest = self.lang_value(*lang);
                spoken.and(self.figure_value(
                    of,
                    Manner::default(),
                    *lang,
                    Some(Reader { lang: *lang, absolute: true }),
                ))
            });
            Digest::of(self.site.entry(row.entry).id.as_bytes()).and(topics.chain(versions).collect())
        };
        // A language is a part of the table also where it has no figure.
        let codes = self.site.config.languages.iter().map(|language| Digest::of(language.code.as_bytes()));
        codes.chain(self.rows().into_iter().map(of)).collect()
    }

    fn records(&self) -> Vec<Record> {
        let site = self.site;
        let record = |row: Row<'_>| {
            let (_, Declared { figure, version, .. }) = row.versions.first()?;
            let topics = version.topics.iter().map(|&topic| {
                let id = &site.entry(topic).id;
                id.strip_prefix("topics/").unwrap_or(id).to_owned()
            });
            let words = |(lang, of): &(Lang, Declared<'_>)| {
                let words = Words {
                    label: of.figure.label.clone(),
                    text: self.written(of.figure, Manner::default(), *lang),
                    title: of.version.title.clone(),
                    url: site.config.base_url.absolute(&self.path(row.entry, *lang).encoded()),
                    source: of.version.source.as_ref().map(|source| source.title.clone()),
                };
                (site.config.language(*lang).code.clone(), words)
            };
            Some(Record {
                article: site.entry(row.entry).id.to_string(),
                figure: figure.id.clone(),
                value: figure.value.to_string(),
                unit: figure.unit().map(str::to_owned),
                bound: figure.bound.map(|bound| bound.as_str()),
                from: figure.period.map(|period| period.from.to_string()),
                to: figure.period.map(|period| period.to.to_string()),
                topics: topics.collect(),
                languages: row.versions.iter().map(words).collect(),
            })
        };
        self.rows().into_iter().filter_map(record).collect()
    }

    /// The figures for programs.
    pub(super) fn figures_json(&self) -> Vec<u8> {
        // Nothing in it can fail to be JSON. As a list of structures it keeps the order of fields.
        let mut bytes = serde_json::to_vec_pretty(&Figures { figures: self.records() }).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// The figures for spreadsheets: RFC 4180, in UTF-8 with a byte order mark, without which Excel
    /// takes Chinese for something else. Programs that stumble over the mark have the JSON.
    pub(super) fn figures_csv(&self) -> Vec<u8> {
        let codes: Vec<&str> = self.site.config.languages.iter().map(|l| l.code.as_str()).collect();
        let mut header: Vec<String> =
            ["article", "figure", "value", "unit", "bound", "from", "to", "topics"].map(str::to_owned).into();
        for code in &codes {
            header.extend(["label", "text", "title", "url", "source"].map(|name| format!("{name}_{code}")));
        }
        let mut out = String::from("\u{feff}");
        line(&mut out, header.into_iter());
        for record in self.records() {
            let Record { article, figure, value, unit, bound, from, to, topics, mut languages } = record;
            let bound = bound.map(str::to_owned);
            let facts = [unit, bound, from, to].map(Option::unwrap_or_default).map(guarded);
            let mut cells = vec![guarded(article), guarded(figure), value];
            cells.extend(facts);
            cells.push(guarded(topics.join(" ")));
            for code in &codes {
                let words = languages.remove(*code).map(|Words { label, text, title, url, source }| {
                    [label.unwrap_or_default(), text, title, url, source.unwrap_or_default()]
                });
                cells.extend(words.unwrap_or_default().map(guarded));
            }
            line(&mut out, cells.into_iter());
        }
        out.into_bytes()
    }

    /// What a page tells of the files; none where the site has none.
    pub(super) fn dataset<F: Form>(&self, page: &Page<'_>) -> F {
        let (Some([csv, json]), Subject::Entry(entry, _)) = (self.plan.figures(), page.subject) else {
            return F::none();
        };
        let base = &self.site.config.base_url;
        F::object([
            ("csv", F::local(base, &csv)),
            ("json", F::local(base, &json)),
            ("json_ld", F::script(self.dataset_ld(entry, page, [csv, json]))),
        ])
    }

    pub(super) fn publisher(&self, lang: Lang) -> &'s str {
        let config = &self.site.config;
        config.author[lang].as_deref().unwrap_or(&config.title[lang])
    }

    /// The files as a schema.org `Dataset`.
    fn dataset_ld<D: Data>(&self, entry: EntryId, page: &Page<'_>, files: [UrlPath; 2]) -> D {
        let config = &self.site.config;
        let base = &config.base_url;
        let summary = self.version(entry, page.lang).and_then(|version| version.summary.as_deref());
        let file = |(url, format): (&UrlPath, &str)| {
            D::object([
                ("@type", D::text("DataDownload")),
                ("contentUrl", D::absolute(base, url)),
                ("encodingFormat", D::text(format)),
            ])
        };
        let files = files.iter().zip(["text/csv", "application/json"]).map(file).collect();
        let rows = self.rows();
        let mut sources = BTreeSet::new();
        let mut measured = Vec::new();
        let (mut from, mut to) = (None, None);
        for row in &rows {
            let own = row.versions.iter().find(|(lang, _)| *lang == page.lang);
            let Some((_, of)) = own.or(row.versions.first()) else { continue };
            sources.extend(of.version.source.as_ref().map(|source| source.title.as_str()));
            measured.push(D::object([
                ("@type", D::text("PropertyValue")),
                ("name", D::text(of.figure.label.as_deref().unwrap_or(&of.figure.id))),
                ("unitText", D::maybe(of.figure.unit())),
            ]));
            if let Some(period) = of.figure.period {
                let (first, last) = (period.from.first_day(), period.to.last_day());
                from = Some(from.map_or(first, |from| first.min(from)));
                to = Some(to.map_or(last, |to| last.max(to)));
            }
        }
        let coverage = from.zip(to).map(|(from, to)| format!("{from}/{to}"));
        let work = |title| D::object([("@type", D::text("CreativeWork")), ("name", D::text(title))]);
        D::object([
            ("@context", D::text("https://schema.org")),
            ("@type", D::text("Dataset")),
            ("name", D::text(&self.title(entry, page.lang))),
            ("description", D::maybe(summary)),
            ("url", D::absolute(base, page.url)),
            (
                "inLanguage",
                D::list(config.languages.iter().map(|language| D::text(language.tag())).collect()),
            ),
            ("publisher", self.organization(page.lang)),
            ("distribution", D::list(files)),
            ("variableMeasured", D::list(measured)),
            ("temporalCoverage", D::maybe(coverage.as_deref())),
            ("isBasedOn", D::list(sources.into_iter().map(work).collect())),
        ])
    }
}

/// A line of CSV (RFC 4180, section 2).
fn line(out: &mut String, cells: impl Iterator<Item = String>) {
    for (i, cell) in cells.enumerate() {
        if i > 0 {
            out.push(',');
        }
        if cell.contains([',', '"', '\r', '\n']) {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(&cell);
        }
    }
    out.push_str("\r\n");
}

/// Text that a spreadsheet would take for a formula gets an apostrophe, as OWASP advises for CSV;
/// full-width signs count as well. Plain numbers need none.
fn guarded(mut cell: String) -> String {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r', '＝', '＋', '－', '＠']) {
        cell.insert(0, '\'');
    }
    cell
}
