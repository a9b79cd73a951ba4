//! A random site as its editors think of it: articles, versions and settings, and not files.
//!
//! Edits change what is here; [`Site::files`] says what the folder must hold then. Links follow
//! what they lead to, so that most edits leave a site that can be built.

use std::collections::BTreeMap;
use std::fmt::Write;

use bashu::base::PartialDate;
use bashu::site::Clock;

/// Languages that a site may have: code, tag, name.
pub(crate) const LANGUAGES: &[(&str, &str, &str)] =
    &[("en", "en", "English"), ("zh", "zh-Hans", "中文"), ("de", "de", "Deutsch"), ("ar", "ar", "العربية")];

pub(crate) const BASES: &[&str] =
    &["https://ants.example/", "https://ants.example/a/b/", "https://bees.example/"];
pub(crate) const FEEDS: &[&str] = &["true", "false", "{topics: false}", "{items: 2}", "{content: summary}"];
pub(crate) const MISSING: &[&str] = &["hide", "link", "show"];
pub(crate) const DAYS: &[&str] = &["2023-06-30", "2023-12-31", "2024-06-30", "2025-01-01"];
pub(crate) const COLLECTIONS: &[&str] =
    &["{}", "{picked: {sections: [news], limit: 2}}", "{picked: {order: title}, other: {limit: 1}}"];
pub(crate) const HTML: &[&str] = &["clean", "allow", "escape"];
pub(crate) const IMAGES: &[&str] =
    &["{widths: [16, 30]}", "false", "{widths: [24], quality: 50, metadata: keep}", "true"];
/// How a figure goes on after its value: what it counts, and how exactly.
pub(crate) const UNITS: &[&str] =
    &["trip", "trip, bound: over", "kg", "kg, bound: about", "percent", "person/day, bound: over"];
/// How a text cites a figure.
pub(crate) const CITATIONS: &[&str] =
    &["", "?style=compact", "?style=number", "?round=1", "?style=compact&round=0"];
pub(crate) const FOLDERS: &[&str] = &["news", "news/far", "notes"];

/// A site.
#[derive(Clone, Debug)]
pub(crate) struct Site {
    /// Positions in [`LANGUAGES`], the first language first.
    pub(crate) languages: Vec<usize>,
    pub(crate) title: usize,
    pub(crate) described: bool,
    pub(crate) base: usize,
    pub(crate) root: bool,
    pub(crate) page_size: usize,
    pub(crate) feeds: usize,
    pub(crate) missing: usize,
    pub(crate) collections: usize,
    pub(crate) strict: bool,
    pub(crate) theme: &'static str,
    pub(crate) greeting: Option<usize>,
    pub(crate) entries: Vec<Entry>,
    /// Files that are no articles: templates, strings, assets, static files.
    pub(crate) others: BTreeMap<String, String>,
    /// A file that breaks the site.
    pub(crate) broken: Option<(String, String)>,
    /// Files that say something else than they would.
    pub(crate) slips: BTreeMap<String, Vec<u8>>,
    pub(crate) day: usize,
    pub(crate) drafts: bool,
    /// Whether some languages have other tags.
    pub(crate) retagged: bool,
    /// Whether Chinese is ordered by strokes.
    pub(crate) by_stroke: bool,
    /// Position in [`HTML`].
    pub(crate) html: usize,
    /// Position in [`IMAGES`].
    pub(crate) images: usize,
    pub(crate) numbers: usize,
}

/// What has an id.
#[derive(Clone, Debug)]
pub(crate) struct Entry {
    /// What it is known by, whatever it is called.
    pub(crate) number: usize,
    pub(crate) folder: String,
    pub(crate) name: String,
    /// Whether it stands in a folder of its own, with a picture.
    pub(crate) picture: Option<usize>,
    /// The language of the original, as a position in [`LANGUAGES`].
    pub(crate) original: usize,
    pub(crate) versions: BTreeMap<usize, Version>,
    /// Shared front matter: key and value in YAML.
    pub(crate) front: BTreeMap<&'static str, String>,
    /// The value of its figure, if it has one, and its place in [`UNITS`].
    pub(crate) figure: Option<(usize, usize)>,
    /// The numbers of its topics.
    pub(crate) topics: Vec<usize>,
}

/// A text in a language.
#[derive(Clone, Debug)]
pub(crate) struct Version {
    /// Front matter of its own: key and value in YAML.
    pub(crate) front: BTreeMap<&'static str, String>,
    pub(crate) label: Option<usize>,
    /// A number in the text, always of five digits.
    pub(crate) words: usize,
    /// What the text holds beside words.
    pub(crate) parts: Vec<Part>,
}

/// What a text may hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Part {
    Badge(usize),
    /// Figures, with that of the entry of a number if it can be cited.
    Panel(usize),
    Alert,
    Footnote,
    Heading(usize),
    /// Its place in [`CITATIONS`].
    Figure(usize),
    /// To the entry of a number, and whether to a place in it.
    Link(usize, bool),
    StaticFile,
    Picture,
    Tasks,
    Html,
    /// What no browser should follow: a fault of the file alone.
    Unsafe,
}

impl Site {
    /// A number that was not given before.
    pub(crate) fn number(&mut self) -> usize {
        self.numbers += 1;
        self.numbers
    }

    /// The numbers of the topics.
    pub(crate) fn topics(&self) -> Vec<usize> {
        let is = |e: &&Entry| e.folder == "topics" && e.name != "_index";
        self.entries.iter().filter(is).map(|e| e.number).collect()
    }

    pub(crate) fn entry(&self, number: usize) -> Option<&Entry> {
        self.entries.iter().find(|e| e.number == number)
    }

    /// The day that it is built for.
    pub(crate) fn clock(&self) -> Clock {
        Clock { today: PartialDate::parse(DAYS[self.day]).unwrap(), drafts: self.drafts, any_day: false }
    }

    /// Every file of the site.
    pub(crate) fn files(&self) -> BTreeMap<String, Vec<u8>> {
        let mut files: BTreeMap<String, Vec<u8>> =
            self.others.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())).collect();
        files.insert("site.yaml".to_owned(), self.settings().into_bytes());
        for entry in &self.entries {
            for lang in entry.versions.keys().filter(|lang| self.languages.contains(lang)) {
                files.insert(entry.path(*lang), self.article(entry, *lang).into_bytes());
            }
            if let Some(number) = entry.picture {
                let path = format!("content/{}{}/picture.png", slashed(&entry.folder), entry.name);
                // Some are the same in several places.
                let picture = crate::fixture::picture(&path, 40, 30, (number % 5) as u8);
                files.insert(path, picture);
            }
        }
        files.extend(self.broken.iter().map(|(path, text)| (path.clone(), text.clone().into_bytes())));
        files.extend(self.slips.clone());
        files
    }

    fn settings(&self) -> String {
        let mut text = format!(
            "title: Site {}\nbase_url: {}\nurls: {}\npage_size: {}\nfeeds: {}\nmissing_translation: {}\ncollections: {}\nhtml: {}\nimages: {}\ntheme: {}\n",
            self.title,
            BASES[self.base],
            if self.root { "root" } else { "prefix" },
            self.page_size,
            FEEDS[self.feeds],
            MISSING[self.missing],
            COLLECTIONS[self.collections],
            HTML[self.html],
            IMAGES[self.images],
            self.theme,
        );
        let severity = if self.strict { "warning" } else { "allow" };
        let _ = writeln!(
            text,
            "messages: {{broken-link: warning, broken-image: warning, unsafe-link: warning, broken-anchor: {severity}, missing-alt: {severity}}}"
        );
        if self.described {
            let _ = writeln!(text, "description: All about {}.\nauthor: Author {}", self.title, self.title);
        }
        if let Some(number) = self.greeting {
            let _ = writeln!(text, "settings: {{greeting: Greeting {number}}}");
        }
        text.push_str("languages:\n");
        for &lang in &self.languages {
            let (code, tag, name) = LANGUAGES[lang];
            let tag = match code {
                "zh" if self.retagged => "zh-Hant",
                // Of another script, which stands in other quotation marks.
                "en" if self.retagged => "ru",
                _ => tag,
            };
            let collation = if code == "zh" && self.by_stroke { ", collation: stroke" } else { "" };
            let _ = writeln!(text, "  - {{code: {code}, tag: {tag}, name: {name}{collation}}}");
        }
        text
    }

    fn article(&self, entry: &Entry, lang: usize) -> String {
        let version = &entry.versions[&lang];
        let original =
            if self.languages.contains(&entry.original) && entry.versions.contains_key(&entry.original) {
                entry.original
            } else {
                // Its original went with its language.
                entry.versions.keys().copied().find(|l| self.languages.contains(l)).unwrap_or(lang)
            };
        let mut text = "---\n".to_owned();
        for (key, value) in &version.front {
            let _ = writeln!(text, "{key}: {value}");
        }
        let label = version.label.map_or(String::new(), |label| format!("label: Label {label}"));
        if lang == original {
            for (key, value) in &entry.front {
                // A version may be a draft by itself.
                if !version.front.contains_key(key) {
                    let _ = writeln!(text, "{key}: {value}");
                }
            }
            let topics: Vec<&str> =
                entry.topics.iter().filter_map(|&t| self.entry(t)).map(|t| t.name.as_str()).collect();
            if !topics.is_empty() {
                let _ = writeln!(text, "topics: [{}]", topics.join(", "));
            }
            if let Some((value, unit)) = entry.figure {
                let unit = UNITS[unit];
                let _ = writeln!(
                    text,
                    "figures: {{n: {{value: {value}4000, unit: {unit}, period: 2023, {label}}}}}"
                );
            }
        } else {
            let _ = writeln!(text, "translated_from: {}", LANGUAGES[original].0);
            if entry.figure.is_some() && version.label.is_some() {
                let _ = writeln!(text, "figures: {{n: {{{label}}}}}");
            }
        }
        let _ = write!(text, "---\n\"Words\" {:05} of it.\n", version.words);
        for part in &version.parts {
            text.push('\n');
            self.write_part(entry, lang, *part, &mut text);
        }
        text
    }

    /// Whether any text may cite its figure: an unknown one would be an error.
    pub(crate) fn is_cited(&self, entry: &Entry) -> bool {
        // What has such a date is published on every one of [`DAYS`].
        let past = |date: &String| date.as_str() < "2023-06";
        let open = |front: &BTreeMap<&'static str, String>| {
            !front.contains_key("draft")
                && !front.contains_key("expires")
                && front.get("date").is_none_or(past)
        };
        let mut versions = entry.versions.iter().filter(|(lang, _)| self.languages.contains(lang)).peekable();
        let there = versions.peek().is_some();
        entry.figure.is_some() && there && open(&entry.front) && versions.all(|(_, v)| open(&v.front))
    }

    fn write_part(&self, entry: &Entry, lang: usize, part: Part, text: &mut String) {
        let up = "../".repeat(entry.path(lang).matches('/').count() - 1);
        let _ = match part {
            Part::Badge(number) => {
                let shown =
                    if entry.picture.is_some() { "shown: file:picture.png\nalt: Badge\n" } else { "" };
                writeln!(text, "```{{badge}}\ntext: Badge {number}\n{shown}```")
            }
            Part::Panel(number) => match self.entry(number).filter(|entry| self.is_cited(entry)) {
                Some(of) => {
                    let id = format!("{}{}", slashed(&of.folder), of.name);
                    writeln!(text, "```{{panel}}\nof: figure:{id}/n?style=compact\n```")
                }
                None => writeln!(text, "```{{panel}}\n```"),
            },
            Part::Alert => writeln!(text, "> [!NOTE]\n> Take note."),
            Part::Footnote => writeln!(text, "Noted[^1].\n\n[^1]: The note."),
            Part::Heading(number) => writeln!(text, "## Heading {number} {{#part}}"),
            Part::Figure(cited) if entry.figure.is_some() => {
                writeln!(text, "So many: [](figure:n{}).", CITATIONS[cited])
            }
            Part::StaticFile => writeln!(text, "See [the data](/data.txt)."),
            Part::Picture => match entry.picture {
                Some(_) => writeln!(text, "![What it shows](picture.png \"A caption\")"),
                None => writeln!(text, "[What it shows](/data.txt)"),
            },
            Part::Tasks => writeln!(text, "- [x] done\n- [ ] to do"),
            Part::Unsafe => writeln!(text, "[Do not](javascript:follow)."),
            Part::Html => writeln!(text, "<kbd>Key</kbd><script>no</script>"),
            Part::Link(number, place) => match self.entry(number) {
                Some(to) => {
                    let there = |l: &usize| to.versions.contains_key(l) && self.languages.contains(l);
                    let found =
                        Some(lang).filter(there).or_else(|| self.languages.iter().copied().find(there));
                    match found {
                        Some(found) => {
                            let path = to.path(found);
                            let path = path.strip_prefix("content/").unwrap_or(&path);
                            let anchor = if place { "#part" } else { "" };
                            writeln!(text, "See [the other]({up}{path}{anchor}).")
                        }
                        None => Ok(()),
                    }
                }
                None => Ok(()),
            },
            Part::Figure(_) => Ok(()),
        };
    }
}

impl Entry {
    /// The file of its version in a language.
    pub(crate) fn path(&self, lang: usize) -> String {
        let index = if self.picture.is_some() { "/index" } else { "" };
        format!("content/{}{}{index}.{}.md", slashed(&self.folder), self.name, LANGUAGES[lang].0)
    }

    /// Whether it is an article or a page, and no section, topic or home page.
    pub(crate) fn is_text(&self) -> bool {
        self.folder != "topics" && self.name != "_index"
    }
}

fn slashed(folder: &str) -> String {
    if folder.is_empty() { String::new() } else { format!("{folder}/") }
}
