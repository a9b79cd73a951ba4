//! Templates: loaded into one engine, their faults turned into messages.

use std::collections::HashMap;

use tera::{ErrorKind, Kwargs, ReportError, State, Tera, TeraResult, Value};

use super::FUNCTIONS;
use super::chain::Chain;
use crate::base::{ContentPath, Span};
use crate::diag::{Code, Diagnostic, Diagnostics, code, did_you_mean};
use crate::source::Source;

/// Where each template comes from, by its name in the engine.
pub type Origins = HashMap<String, Origin>;

/// A template's file and text.
#[derive(Debug)]
pub struct Origin {
    /// The file.
    pub file: ContentPath,
    /// Its text, for the places in the engine's messages.
    pub text: String,
}

/// Loads every template of the chain. `None`: some cannot be read; all their faults are reported.
pub(super) fn load(chain: &Chain, source: &Source, diags: &mut Diagnostics) -> Option<(Tera, Origins)> {
    let mut origins = Origins::new();
    let mut texts: Vec<(String, String)> = Vec::new();
    let mut unreadable = false;
    for layer in &chain.layers {
        for (path, file) in layer.below("templates/") {
            match layer.text(source, file) {
                Ok(text) => {
                    let name = format!("{}/{path}", layer.name);
                    texts.push((name.clone(), text.clone()));
                    origins.insert(name, Origin { file: file.clone(), text });
                }
                Err(diagnostic) => {
                    unreadable = true;
                    diags.push(diagnostic);
                }
            }
        }
    }
    let broken = syntax_faults(&texts, &origins, diags);
    if broken || unreadable {
        return None;
    }
    let mut tera = Tera::default();
    for name in FUNCTIONS {
        tera.register_function(*name, not_yet);
    }
    let prefixes: Vec<String> = chain.layers.iter().map(|l| format!("{}/", l.name)).collect();
    let loaded = tera.set_fallback_prefixes(prefixes).and_then(|()| tera.add_raw_templates(texts));
    match loaded {
        Ok(()) => Some((tera, origins)),
        Err(error) => {
            for diagnostic in diagnose(&error, &origins, code::TEMPLATE_SYNTAX) {
                diags.push(diagnostic);
            }
            None
        }
    }
}

/// The engine wants to know that a function exists when it reads a template that calls it; what
/// the function does depends on the page's language, and `render` registers it.
fn not_yet(_: Kwargs, _: &State<'_>) -> TeraResult<Value> {
    Err(tera::Error::message("this function works only while pages are rendered"))
}

/// Reads each template alone: the engine stops at the first that it cannot read, and a site
/// builder wants to see them all.
fn syntax_faults(texts: &[(String, String)], origins: &Origins, diags: &mut Diagnostics) -> bool {
    let mut broken = false;
    for (name, text) in texts {
        if let Err(error) = Tera::default().add_raw_template(name, text)
            && matches!(error.kind(), ErrorKind::SyntaxError(_))
        {
            broken = true;
            diags.extend(diagnose(&error, origins, code::TEMPLATE_SYNTAX));
        }
    }
    broken
}

/// The engine's error as messages of ours, with the template's file and place.
pub fn diagnose(error: &tera::Error, origins: &Origins, fallback: Code) -> Vec<Diagnostic> {
    let file = |name: &str| origins.get(name).map_or_else(|| ContentPath::new(name), |o| o.file.clone());
    match error.kind() {
        ErrorKind::SyntaxError(report) => vec![placed(report, code::TEMPLATE_SYNTAX, &file)],
        ErrorKind::RenderingError(report) => vec![placed(report, code::TEMPLATE_RUNTIME, &file)],
        ErrorKind::MissingParent { current, parent } => {
            let known: Vec<&str> =
                origins.keys().filter_map(|n| n.split_once('/').map(|(_, path)| path)).collect();
            let help = nearest_of(parent, known);
            vec![
                Diagnostic::new(code::MISSING_TEMPLATE, format!("there is no template `{parent}` to extend"))
                    .in_file(&file(current))
                    .help(help),
            ]
        }
        ErrorKind::TemplateNotFound(name) => {
            vec![Diagnostic::new(code::MISSING_TEMPLATE, format!("there is no template `{name}`"))]
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain: chain }
        | ErrorKind::CircularInclude { tpl, include_chain: chain } => vec![
            Diagnostic::new(
                code::TEMPLATE_SYNTAX,
                format!("the template `{tpl}` leads back to itself: {}", chain.join(" → ")),
            )
            .in_file(&file(tpl))
            .help("a template in a child theme extends its parent's as `PARENT/name.html`"),
        ],
        _ => from_text(&error.to_string(), fallback, origins),
    }
}

fn nearest_of(wrong: &str, mut known: Vec<&str>) -> String {
    known.sort_unstable();
    known.dedup();
    did_you_mean(wrong, known.iter().copied())
        .unwrap_or_else(|| "templates live in the theme's templates/ and in those of its parents".to_owned())
}

fn placed(report: &ReportError, code: Code, file: &dyn Fn(&str) -> ContentPath) -> Diagnostic {
    let range = report.span().range.clone();
    let message = lower_first(report.message());
    let diagnostic =
        Diagnostic::new(code, message).at(&file(report.filename()), Span::new(range.start, range.end));
    match hint(report.message()) {
        Some(help) => diagnostic.help(help),
        None => diagnostic,
    }
}

fn hint(message: &str) -> Option<&'static str> {
    if message.contains("not defined") || message.contains("undefined") {
        Some(
            "names that may be missing are asked for with `?`, as in `page.cover?.url`; docs/themes.md lists what a page has",
        )
    } else {
        None
    }
}

fn lower_first(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) if chars.clone().next().is_some_and(char::is_lowercase) => {
            first.to_lowercase().chain(chars).collect()
        }
        _ => text.to_owned(),
    }
}

/// Unknown filters, functions, components and blocks come as finished reports in one text:
/// `error: MESSAGE`, then `--> NAME:LINE:COLUMN`, with a blank line between two of them.
fn from_text(text: &str, fallback: Code, origins: &Origins) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut message: Option<&str> = None;
    for line in text.lines() {
        if let Some(rest) = line.strip_prefix("error: ") {
            message = Some(rest);
        } else if let Some((_, place)) = line.split_once("--> ")
            && let Some(message) = message.take()
        {
            let mut parts = place.rsplitn(3, ':');
            let mut number = || parts.next().and_then(|n| n.parse::<usize>().ok()).unwrap_or(1);
            let (column, line) = (number(), number());
            let name = parts.next().unwrap_or(place);
            let code =
                if message.starts_with("Unknown component") { code::UNKNOWN_COMPONENT } else { fallback };
            let diagnostic = Diagnostic::new(code, lower_first(message))
                .help("docs/themes.md lists the functions; filters and tests are those of Tera 2");
            diagnostics.push(match origins.get(name) {
                Some(origin) => diagnostic.at(&origin.file, word_at(&origin.text, line, column)),
                None => diagnostic.in_file(&ContentPath::new(name)),
            });
        }
    }
    if diagnostics.is_empty() {
        diagnostics.push(Diagnostic::new(fallback, lower_first(text)));
    }
    diagnostics
}

/// The word at a 1-based line and column (in characters).
fn word_at(text: &str, line: usize, column: usize) -> Span {
    let line_start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[line_start..];
    let start = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(i, _)| i);
    let word = rest[start..].find(|c: char| !(c.is_alphanumeric() || c == '_')).unwrap_or(rest.len() - start);
    Span::new(line_start + start, line_start + start + word.max(1).min(rest.len() - start))
}
