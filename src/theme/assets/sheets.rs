//! The style sheets of a chain: found by the names that they import, read, their URLs followed.
//!
//! Owns what a name in a style sheet leads to. It never parses a rule: that is `bundle`'s.

use std::borrow::Cow;
use std::collections::BTreeMap;

use percent_encoding::percent_decode_str;

use super::scan::{self, Broken, scan};
use crate::base::{ContentPath, Span, UrlPath};
use crate::diag::{Code, Diagnostic, Diagnostics, code, did_you_mean_and, nearest};
use crate::source::Source;
use crate::theme::chain::Chain;

/// The style sheet that the theme's settings make.
pub(super) const SETTINGS: &str = "bashu:settings";

/// What the URL of a file of the site begins with until fingerprints are known. A whole URL, so that
/// nobody takes it for relative to something.
pub(super) const OWN: &str = "bashu:";

/// How deep imports may be nested, each of which may stand in three blocks for its conditions. With those
/// of a file ([`scan::DEEPEST`]) they are fewer than the 127 that the printer can count.
pub(super) const DEEPEST: usize = 20;
/// How many files one style sheet may be made of.
const MOST: usize = 1000;

/// The style sheets that have been read.
pub(super) struct Sheets<'c> {
    pub(super) chain: &'c Chain,
    pub(super) source: &'c Source,
    /// All files of the site.
    pub(super) files: &'c [ContentPath],
    /// Assets that are published, by name.
    pub(super) published: &'c BTreeMap<&'c str, &'c ContentPath>,
    /// What has been read.
    pub(super) read: BTreeMap<ContentPath, Sheet>,
}

/// A style sheet, with the URLs that `OWN` begins.
#[derive(Default)]
pub(super) struct Sheet {
    pub(super) text: String,
    /// What is imported from the site by each name; `None`: from elsewhere.
    pub(super) imports: BTreeMap<String, Option<ContentPath>>,
    /// The length of a byte order mark that was left out.
    bom: usize,
    /// Where names were replaced in the text, and how far from its place in the file is what follows.
    replaced: Vec<(usize, usize, isize)>,
    /// Of how many files it is made.
    size: usize,
    /// How deep imports are nested in it, itself included.
    depth: usize,
}

impl Sheet {
    /// A style sheet that no file is.
    pub(super) fn of(text: String) -> Self {
        Self { text, size: 1, depth: 1, ..Self::default() }
    }

    /// The place in the file of a line (from 0) and a column (from 1, in UTF-16) of the text.
    pub(super) fn place(&self, line: u32, column: u32) -> Span {
        let mut rest = self.text.as_str();
        for _ in 0..line {
            // CSS Syntax 3, § 3.3: what ends a line.
            let Some(end) = rest.find(['\n', '\r', '\u{c}']) else { break };
            let two = rest.get(end..).is_some_and(|rest| rest.starts_with("\r\n"));
            rest = rest.get(end + 1 + usize::from(two)..).unwrap_or_default();
        }
        let start = self.text.len() - rest.len();
        let mut units = column.saturating_sub(1) as usize;
        let before = rest.chars().take_while(|c| {
            let within = units > 0;
            units = units.saturating_sub(c.len_utf16());
            within
        });
        let at = start + before.map(char::len_utf8).sum::<usize>();
        let from = self.text.get(at..).unwrap_or_default();
        let end = from.find(['\n', '\r', '{', '}', ';']).unwrap_or(from.len());
        let word = from.get(..end).unwrap_or_default().trim_end();
        let length = if word.is_empty() { from.chars().next().map_or(0, char::len_utf8) } else { word.len() };
        Span::new(self.in_file(at), self.in_file(at + length))
    }

    /// The place in the file of a place in the text.
    fn in_file(&self, at: usize) -> usize {
        let mut shift = 0;
        for &(start, end, further) in &self.replaced {
            if at < end {
                return self.bom + at.min(start).saturating_add_signed(shift);
            }
            shift = further;
        }
        self.bom + at.saturating_add_signed(shift)
    }
}

/// A style sheet that is named: its name below `assets/`, its file.
struct Found<'c> {
    name: Cow<'c, str>,
    file: ContentPath,
}

impl<'c> Sheets<'c> {
    /// Reads a style sheet and all that it imports.
    pub(super) fn follow(&mut self, name: &str, file: &ContentPath, diags: &mut Diagnostics) {
        self.enter(name, file, &mut Vec::new(), diags);
    }

    fn enter(
        &mut self,
        name: &str,
        file: &ContentPath,
        trail: &mut Vec<ContentPath>,
        diags: &mut Diagnostics,
    ) {
        if self.read.contains_key(file) {
            return;
        }
        let text = match self.chain.text(self.source, file) {
            Ok(text) => text,
            Err(fault) => {
                diags.push(fault);
                self.read.insert(file.clone(), Sheet::default());
                return;
            }
        };
        let bom = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
        let text = text.get(bom..).unwrap_or_default();
        let (named, broken) = scan(text);
        if let Some(broken) = broken {
            diags.push(bracket_fault(broken, text, bom, file));
        }
        if let Some(Broken::Deep(_)) = broken {
            self.read.insert(file.clone(), Sheet::default());
            return;
        }
        let mut sheet = Sheet { bom, size: 1, depth: 1, ..Sheet::default() };
        let mut done = 0;
        trail.push(file.clone());
        for named in named {
            let span = Span::new(named.range.start, named.range.end).shifted(bom);
            if named.import {
                if let Some(to) = self.import(&named.name, name, file, span, trail, diags) {
                    if let Some(of) = to.as_ref().and_then(|to| self.read.get(to)) {
                        sheet.size += of.size;
                        sheet.depth = sheet.depth.max(1 + of.depth);
                    }
                    sheet.imports.insert(named.name, to);
                }
            } else if let Some(url) = self.url(&named.name, name, file, span, diags) {
                sheet.text.push_str(text.get(done..named.range.start).unwrap_or_default());
                let start = sheet.text.len();
                sheet.text.push_str(&format!("\"{OWN}{url}\""));
                done = named.range.end;
                let shift = done.cast_signed() - sheet.text.len().cast_signed();
                sheet.replaced.push((start, sheet.text.len(), shift));
            }
        }
        trail.pop();
        sheet.text.push_str(text.get(done..).unwrap_or_default());
        if sheet.size > MOST {
            let message = format!("this style sheet is made of more than {MOST} files");
            let help = "each counts as often as it is imported; import it once";
            diags.push(Diagnostic::new(code::CSS_SYNTAX, message).in_file(file).help(help));
            sheet.imports.clear();
        }
        self.read.insert(file.clone(), sheet);
    }

    /// What an import means: a file, which is read; `Some(None)`: something elsewhere.
    fn import(
        &mut self,
        wanted: &str,
        name: &str,
        file: &ContentPath,
        span: Span,
        trail: &mut Vec<ContentPath>,
        diags: &mut Diagnostics,
    ) -> Option<Option<ContentPath>> {
        if wanted == SETTINGS {
            return Some(Some(ContentPath::new(SETTINGS)));
        }
        if is_remote(wanted) {
            diags.push(remote(wanted, file, span));
            return Some(None);
        }
        let Some(found) = self.sheet(wanted, name) else {
            let names: Vec<&str> = self.chain.names("assets/", ".css");
            let clause = "style sheets live in assets/ of the site, of its theme and of the theme's parents";
            // Of a named theme's only the file's name is looked for.
            let near = wanted.split_once('/').and_then(|(theme, bare)| {
                let near = format!("{theme}/{}", nearest(bare, names.iter().copied())?);
                self.sheet(&near, name).map(|_| format!("did you mean `{near}`?"))
            });
            let help = near.unwrap_or_else(|| did_you_mean_and(wanted, names, clause));
            let message = format!("there is no style sheet `{wanted}`");
            diags.push(fault(code::MISSING_ASSET, message, file, span).help(help));
            return None;
        };
        if trail.contains(&found.file) {
            let help = match found.file == *file {
                true => {
                    format!("to build on the parent theme's, name that theme: `@import \"THEME/{name}\"`")
                }
                false => "take one of the imports out".to_owned(),
            };
            let message = format!("`{wanted}` leads back to itself");
            diags.push(fault(code::CIRCULAR_IMPORT, message, file, span).help(help));
            return None;
        }
        let below = self.read.get(&found.file).map_or(1, |sheet| sheet.depth);
        if trail.len() + below > DEEPEST {
            let message = format!("imports are nested more than {DEEPEST} deep");
            diags.push(fault(code::CSS_SYNTAX, message, file, span).help("import it from a file further up"));
            return None;
        }
        self.enter(&found.name, &found.file, trail, diags);
        Some(Some(found.file))
    }

    /// The style sheet of a name: a layer's, or relative to the one that names it and the nearest.
    fn sheet(&self, wanted: &str, from: &str) -> Option<Found<'c>> {
        if let Some((layer, name)) = wanted.split_once('/')
            && let Some(layer) = self.chain.layers.iter().find(|l| l.name == layer)
        {
            let (name, file) = layer.below("assets/").find(|(found, _)| *found == name)?;
            return Some(Found { name: name.into(), file: file.clone() });
        }
        let name = ContentPath::new(from).join(wanted)?;
        let file = self.chain.nearest(&format!("assets/{name}"))?;
        Some(Found { name: name.as_str().to_owned().into(), file: file.clone() })
    }

    /// The file that a URL names, as what stands behind `OWN`: a name below `assets/`, or with a slash a
    /// path from the site's root. `None`: it is no file of the site, and stays what it is.
    fn url(
        &self,
        url: &str,
        name: &str,
        file: &ContentPath,
        span: Span,
        diags: &mut Diagnostics,
    ) -> Option<String> {
        if is_remote(url) {
            diags.push(remote(url, file, span));
            return None;
        }
        let (path, suffix) = url.split_at(url.find(['?', '#']).unwrap_or(url.len()));
        let path = percent_decode_str(path).decode_utf8_lossy();
        // A part of the page, or `data:` and the like.
        if path.is_empty() || has_scheme(&path) {
            return None;
        }
        let (to, help) = match path.strip_prefix('/') {
            Some(rest) => {
                let there = format!("static/{rest}");
                let known = self.files.iter().any(|file| *file.as_str() == *there);
                (known.then(|| path.to_string()), "such files live in static/".to_owned())
            }
            None => {
                let to = ContentPath::new(name).join(&path).map(|to| to.as_str().to_owned());
                let known = self.published.keys().copied();
                let clause =
                    "a name is relative to the style sheet; with a slash in front it is a path of static/";
                let help = did_you_mean_and(&path, known, clause);
                (to.filter(|to| self.published.contains_key(to.as_str())), help)
            }
        };
        match to {
            Some(to) => Some(format!("{}{suffix}", UrlPath::new(to).encoded())),
            None => {
                let message = format!("there is no file `{path}` for the style sheet");
                diags.push(fault(code::MISSING_ASSET, message, file, span).help(help));
                None
            }
        }
    }
}

/// What is wrong with the brackets of a text that stands behind `bom` bytes.
fn bracket_fault(broken: Broken, text: &str, bom: usize, file: &ContentPath) -> Diagnostic {
    let (Broken::Open(at) | Broken::Deep(at)) = broken;
    let first = text.get(at..).and_then(|rest| rest.chars().next());
    let (message, help) = match (broken, first) {
        (Broken::Open(_), Some('{')) => {
            ("the block that begins here does not end".to_owned(), "close it with `}`")
        }
        (Broken::Open(_), _) => {
            ("the comment that begins here does not end".to_owned(), "close it with `*/`")
        }
        (Broken::Deep(_), _) => {
            let message =
                format!("more than {} blocks and brackets stand one within the other", scan::DEEPEST);
            (message, "write rules side by side")
        }
    };
    let span = Span::new(at, at + first.map_or(0, char::len_utf8)).shifted(bom);
    fault(code::CSS_SYNTAX, message, file, span).help(help)
}

fn fault(code: Code, message: String, file: &ContentPath, span: Span) -> Diagnostic {
    Diagnostic::new(code, message).at(file, span)
}

pub(super) fn is_remote(url: &str) -> bool {
    let begins = |start: &str| url.get(..start.len()).is_some_and(|own| own.eq_ignore_ascii_case(start));
    ["//", "http:", "https:"].into_iter().any(begins)
}

fn has_scheme(url: &str) -> bool {
    url.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic())
            && scheme.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '+' | '-' | '.'))
    })
}

/// Who fetches from a third party tells it who reads what.
pub(super) fn remote(url: &str, file: &ContentPath, span: Span) -> Diagnostic {
    fault(code::REMOTE_ASSET, format!("`{url}` would be fetched from elsewhere by every reader"), file, span)
        .help("put a copy of it into assets/, if its licence allows, and name that")
}
