//! The engine's errors as messages of ours, with the template's file and place.
//!
//! Owns the wording. Where the engine says it well, its own words stay; what names its insides
//! or offers no remedy is put differently.

use std::collections::{BTreeMap, BTreeSet};

use tera::{ErrorKind, ReportError, Tera};

use super::templates::{Origin, Origins, bare_names};
use super::{FILTERS, FUNCTIONS};
use crate::base::{ContentPath, Span};
use crate::diag::{Code, Diagnostic, clause, code, did_you_mean, did_you_mean_and, nearest};

const TAGS: &[&str] = &[
    "if",
    "elif",
    "else",
    "endif",
    "for",
    "endfor",
    "block",
    "endblock",
    "extends",
    "include",
    "set",
    "set_global",
    "endset",
    "filter",
    "endfilter",
    "component",
    "endcomponent",
    "raw",
    "endraw",
    "break",
    "continue",
];

/// The engine's names of types are those of Rust.
const TYPES: &[(&str, &str)] = &[
    ("`i64`", "a number"),
    ("`u64`", "a number"),
    ("`i128`", "a number"),
    ("`u128`", "a number"),
    ("`f64`", "a number"),
    ("`string`", "text"),
    ("`bool`", "true or false"),
    ("`array`", "a list"),
    ("`map/struct`", "a mapping"),
    ("`none`", "nothing"),
    ("`undefined`", "nothing"),
];

/// What the engine complains of, as messages. `tera` is there for the names it knows.
pub fn diagnose(
    error: &tera::Error,
    origins: &Origins,
    tera: Option<&Tera>,
    fallback: Code,
) -> Vec<Diagnostic> {
    let file = |name: &str| origins.get(name).map_or_else(|| ContentPath::new(name), |o| o.file.clone());
    match error.kind() {
        ErrorKind::SyntaxError(report) => vec![syntax(report, &file(report.filename()), origins)],
        ErrorKind::RenderingError(report) => vec![runtime(report, &file(report.filename()))],
        ErrorKind::MissingParent { current, parent } => {
            let message = format!("there is no template `{parent}` to extend");
            let diagnostic =
                Diagnostic::new(code::MISSING_TEMPLATE, message).help(near_template(parent, origins));
            vec![at_name(diagnostic, origins, current, parent)]
        }
        ErrorKind::TemplateNotFound(name) => {
            let message = format!("there is no template `{name}`");
            vec![Diagnostic::new(code::MISSING_TEMPLATE, message).help(near_template(name, origins))]
        }
        ErrorKind::CircularExtend { tpl, inheritance_chain } => vec![circle(tpl, inheritance_chain, origins)],
        ErrorKind::CircularInclude { tpl, include_chain } => vec![circle(tpl, include_chain, origins)],
        _ => from_text(&error.to_string(), origins, tera, fallback),
    }
}

/// What a component complains of that is wrong with what it was given.
pub(super) struct Refusal<'e> {
    pub(super) said: &'e str,
    /// How such a value is written, where a function could not read one; the component's own words,
    /// by `throw(message=…)`, need no more.
    pub(super) help: Option<&'static str>,
}

/// The refusal that the engine reports, if it is one.
pub(super) fn refusal<'e>(error: &'e tera::Error, origins: &Origins) -> Option<Refusal<'e>> {
    let ErrorKind::RenderingError(report) = error.kind() else { return None };
    let called = origins.get(report.filename())?.text.get(report.span().range.clone())?;
    let help = match called.split_once('(')?.0 {
        "throw" => None,
        "date" => Some("a date is written `2023`, `2023-12` or `2023-12-26`"),
        "number" => Some("a number is written in plain digits: `4248`, `-3.5`"),
        _ => return None,
    };
    Some(Refusal { said: report.message(), help })
}

fn circle(name: &str, chain: &[String], origins: &Origins) -> Diagnostic {
    let bare = name.split_once('/').map_or(name, |(_, path)| path);
    // The chain begins with the template itself, or does not.
    let next =
        chain.iter().find(|n| *n != name).map_or(bare, |n| n.split_once('/').map_or(n, |(_, path)| path));
    let (message, help) = if next == bare {
        (
            format!("the template `{bare}` leads back to itself"),
            format!("to build on the parent theme's, name that theme: `{{% extends \"THEME/{bare}\" %}}`"),
        )
    } else {
        (
            format!("the templates `{bare}` and `{next}` lead back to each other"),
            "take one of the two references out".to_owned(),
        )
    };
    at_name(Diagnostic::new(code::TEMPLATE_SYNTAX, message).help(help), origins, name, next)
}

/// Points at the place where a template names another one.
fn at_name(diagnostic: Diagnostic, origins: &Origins, template: &str, other: &str) -> Diagnostic {
    let Some(origin) = origins.get(template) else { return diagnostic.in_file(&ContentPath::new(template)) };
    let quoted = |mark: char| origin.text.find(&format!("{mark}{other}{mark}"));
    match quoted('"').or_else(|| quoted('\'')) {
        Some(at) => diagnostic.at(&origin.file, Span::new(at, at + other.len() + 2)),
        None => diagnostic.in_file(&origin.file),
    }
}

fn near_template(wrong: &str, origins: &Origins) -> String {
    did_you_mean_and(
        wrong,
        bare_names(origins),
        "templates live in templates/ of the site, of its theme and of the theme's parents",
    )
}

fn syntax(report: &ReportError, file: &ContentPath, origins: &Origins) -> Diagnostic {
    let range = report.span().range.clone();
    let said = report.message().trim_end_matches('.');
    let word = origins.get(report.filename()).and_then(|o| o.text.get(range.clone())).unwrap_or_default();
    let (message, help) = if said == "Unknown tag" {
        let help = match word.strip_prefix("end") {
            Some(_) if TAGS.contains(&word) => {
                "it closes nothing: what it is to close is missing, or closed already".to_owned()
            }
            _ => did_you_mean(word, TAGS.iter().copied())
                .unwrap_or_else(|| "the tags are those of Tera 2".to_owned()),
        };
        (format!("the tag `{word}` cannot stand here"), help)
    } else if said == "Unexpected end of input" {
        (
            "the template ends in the middle of something".to_owned(),
            "close what is open: `{% if %}` with `{% endif %}`, `{% for %}` with `{% endfor %}`, `{% block x %}` with `{% endblock x %}`, `{{` with `}}`".to_owned(),
        )
    } else if said.contains("not found") || said.contains("missing its closing") {
        (clause(said), "write it where it belongs".to_owned())
    } else if said.starts_with("Found ") && said.contains("expected") {
        let said = if let Some((found, _)) = said.split_once(" expected one of: integer") {
            format!("{found} a value must stand here")
        } else if said.ends_with("expected identifier") {
            format!("{} a name must stand here", said.trim_end_matches(" expected identifier"))
        } else if said.ends_with("expected }}") || said.ends_with("expected %}") {
            let (before, end) = said.split_at(said.len() - 2);
            format!("{before}`{end}`")
        } else {
            said.to_owned()
        };
        let help = "a value is written `{{ name }}` or `{{ name | filter }}`, a tag `{% name … %}`";
        (clause(&said), help.to_owned())
    } else {
        (clause(said), "templates are written as Tera 2 wants them".to_owned())
    };
    Diagnostic::new(code::TEMPLATE_SYNTAX, message).at(file, Span::new(range.start, range.end)).help(help)
}

fn runtime(report: &ReportError, file: &ContentPath) -> Diagnostic {
    let range = report.span().range.clone();
    // What is there differs from page to page, and the message is to be one for all of them.
    let (said, known) = report.message().split_once(" Available ").unwrap_or((report.message(), ""));
    let mut message = clause(said);
    for (engine, ours) in TYPES {
        message = message.replace(engine, ours);
    }
    let diagnostic = Diagnostic::new(code::TEMPLATE_RUNTIME, message);
    let diagnostic = diagnostic.at(file, Span::new(range.start, range.end));
    if !(said.contains("not defined") || said.contains("undefined")) {
        return diagnostic;
    }
    let wrong = said.split('`').nth(1).unwrap_or_default();
    let known = known.split_once(": ").map_or("", |(_, names)| names).split(", ");
    let may_miss = r#"what may be missing is asked for with `?` and `or`, as in `page.cover?.url or ""`"#;
    diagnostic.help(match nearest(wrong, known.filter(|name| !name.is_empty())) {
        Some(near) => format!("did you mean `{near}`? Otherwise, {may_miss}"),
        None => may_miss.to_owned(),
    })
}

/// Unknown filters, functions, components and blocks come as finished reports in one text:
/// `error: MESSAGE`, then `--> NAME:LINE:COLUMN`, with a blank line between two of them.
fn from_text(text: &str, origins: &Origins, tera: Option<&Tera>, fallback: Code) -> Vec<Diagnostic> {
    let mut diagnostics = Vec::new();
    let mut blocks: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
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
            if message.contains("is not defined in any parent template")
                && let Some(lacking) = lacking_parent(name, origins)
            {
                blocks.entry(lacking).or_default().insert(message.split('`').nth(1).unwrap_or_default());
                continue;
            }
            let diagnostic = unknown(message, origins, tera, fallback);
            diagnostics.push(match origins.get(name) {
                Some(origin) => diagnostic.at(&origin.file, word_at(&origin.text, line, column)),
                None => diagnostic.in_file(&ContentPath::new(name)),
            });
        }
    }
    diagnostics.extend(blocks.into_iter().map(|(parent, blocks)| missing_blocks(parent, &blocks, origins)));
    if diagnostics.is_empty() {
        let message = clause(text);
        diagnostics
            .push(Diagnostic::new(fallback, message).help("templates are written as Tera 2 wants them"));
    }
    diagnostics
}

/// A name that nothing has.
fn unknown(message: &str, origins: &Origins, tera: Option<&Tera>, fallback: Code) -> Diagnostic {
    let name = message.split('`').nth(1).unwrap_or_default();
    let say = |code, what: &str| Diagnostic::new(code, format!("there is no {what} `{name}`"));
    if message.starts_with("Unknown component") {
        let known = |t: &Tera| {
            let mut names: Vec<String> = t.get_component_names().map(str::to_owned).collect();
            names.sort_unstable();
            names
        };
        let known = tera.map(known).unwrap_or_default();
        let help = did_you_mean(name, known.iter().map(String::as_str))
            .unwrap_or_else(|| "components are defined in templates by `{% component name(…) %}`".to_owned());
        say(code::UNKNOWN_COMPONENT, "component").help(help)
    } else if message.starts_with("Unknown template") {
        say(code::MISSING_TEMPLATE, "template").help(near_template(name, origins))
    } else if message.starts_with("Unknown function") {
        say(fallback, "function").help(did_you_mean(name, FUNCTIONS.iter().copied()).unwrap_or_default())
    } else if message.starts_with("Unknown filter") {
        let help = match nearest(name, FILTERS.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "the filters are those of Tera 2, such as `upper`, `length` or `join`".to_owned(),
        };
        say(fallback, "filter").help(help)
    } else if message.starts_with("Unknown test") {
        say(fallback, "test").help("the tests are those of Tera 2, such as `defined`, `odd` or `containing`")
    } else {
        Diagnostic::new(fallback, clause(message)).help("templates are written as Tera 2 wants them")
    }
}

/// A template that others extend lacks what they fill: the fault is its own, and one, however
/// many of them there are.
fn missing_blocks(template: &str, blocks: &BTreeSet<&str>, origins: &Origins) -> Diagnostic {
    let names = blocks.iter().map(|b| format!("`{b}`")).collect::<Vec<_>>().join(", ");
    let what = if blocks.len() == 1 { "block" } else { "blocks" };
    let bare = template.split_once('/').map_or(template, |(_, path)| path);
    let message = format!("`{bare}` lacks the {what} {names}, which templates that extend it fill");
    let help = "put `{% block NAME %}{% endblock NAME %}` for each where it belongs, or give this template another name";
    let diagnostic = Diagnostic::new(code::TEMPLATE_SYNTAX, message).help(help);
    match origins.get(template) {
        Some(origin) => diagnostic.at(&origin.file, Span::new(0, 0)),
        None => diagnostic.in_file(&ContentPath::new(template)),
    }
}

/// The template above `name` that probably lost a block: the nearest that is not built in, since
/// those fit together; else the one that it extends.
fn lacking_parent<'o>(name: &str, origins: &'o Origins) -> Option<&'o str> {
    let mut chain = Vec::new();
    let mut at = parent(name, origins);
    while let Some(above) = at.filter(|above| !chain.contains(above)) {
        chain.push(above);
        at = parent(above, origins);
    }
    let own = |name: &&&str| origins.get(**name).is_some_and(|o| !o.file.as_str().starts_with("bashu:"));
    chain.iter().find(own).or_else(|| chain.first()).copied()
}

/// The template that one extends, under its name in the engine. Of several layers that have it,
/// the site's own comes first, and a built-in theme last.
fn parent<'o>(name: &str, origins: &'o Origins) -> Option<&'o str> {
    let wanted = extended(&origins.get(name)?.text)?;
    let named = |name: &str| name == wanted || name.split_once('/').is_some_and(|(_, path)| path == wanted);
    let order = |(name, o): &(&'o String, &Origin)| {
        (!name.starts_with("site/"), o.file.as_str().starts_with("bashu:"), *name)
    };
    origins.iter().filter(|(name, _)| named(name)).min_by_key(order).map(|(name, _)| name.as_str())
}

/// The name that stands in the `extends` of a template.
fn extended(text: &str) -> Option<&str> {
    let (_, rest) = text.split_once("extends ")?;
    let mark = rest.trim_start().chars().next().filter(|c| matches!(c, '"' | '\''))?;
    rest.split(mark).nth(1)
}

/// The word at a 1-based line and column (in characters); a string whole, and of `<ui.link` the name.
fn word_at(text: &str, line: usize, column: usize) -> Span {
    let line_start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let rest = &text[line_start..];
    let mut start = rest.char_indices().nth(column.saturating_sub(1)).map_or(rest.len(), |(i, _)| i);
    let mark = rest[start..].chars().next().unwrap_or(' ');
    if matches!(mark, '"' | '\'') {
        let length = rest[start + 1..].find([mark, '\n']).map_or(1, |i| i + 2);
        return Span::new(line_start + start, line_start + start + length);
    }
    let component = mark == '<';
    start += usize::from(component);
    let inside = |c: char| c.is_alphanumeric() || c == '_' || (component && c == '.');
    let word = rest[start..].find(|c: char| !inside(c)).unwrap_or(rest.len() - start);
    Span::new(line_start + start, line_start + start + word.max(1).min(rest.len() - start))
}
