//! Templates: loaded into one engine, however many of them are at fault.

use std::collections::HashMap;

use tera::{ErrorKind, Kwargs, State, Tera, TeraResult, Value};

use super::chain::Chain;
use super::faults::diagnose;
use super::{FILTERS, FUNCTIONS};
use crate::base::ContentPath;
use crate::diag::{Diagnostics, code};
use crate::source::Source;

/// Where each template comes from, by its name in the engine.
pub type Origins = HashMap<String, Origin>;

/// The templates' names as a site asks for them, without the layer; in order, each once.
pub fn bare_names(origins: &Origins) -> Vec<&str> {
    let mut names: Vec<&str> =
        origins.keys().filter_map(|name| name.split_once('/').map(|(_, path)| path)).collect();
    names.sort_unstable();
    names.dedup();
    names
}

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
            match chain.text(source, file) {
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
    if unreadable {
        syntax_faults(&texts, &origins, diags);
        return None;
    }
    let prefixes: Vec<String> = chain.layers.iter().map(|l| format!("{}/", l.name)).collect();
    let mut first = true;
    // The engine stops at the first reference that leads nowhere. Without the template that has it,
    // the next one shows; so a site builder sees them all.
    loop {
        let mut tera = Tera::default();
        tera.autoescape_on([".html", ".htm", ".xml", ".svg"]);
        for name in FUNCTIONS {
            tera.register_function(*name, not_yet);
        }
        for name in FILTERS {
            tera.register_filter(*name, |_: &str, kwargs: Kwargs, state: &State<'_>| not_yet(kwargs, state));
        }
        let loaded =
            tera.set_fallback_prefixes(prefixes.clone()).and_then(|()| tera.add_raw_templates(texts.clone()));
        let Err(error) = loaded else { return first.then_some((tera, origins)) };
        if matches!(error.kind(), ErrorKind::SyntaxError(_)) {
            syntax_faults(&texts, &origins, diags);
            return None;
        }
        let faulty = match error.kind() {
            ErrorKind::MissingParent { current, .. } => Some(current.clone()),
            ErrorKind::CircularExtend { tpl, .. } | ErrorKind::CircularInclude { tpl, .. } => {
                Some(tpl.clone())
            }
            _ => None,
        };
        // Blocks are missing from an emptied template because it is empty.
        let told = diagnose(&error, &origins, Some(&tera), code::TEMPLATE_SYNTAX).into_iter();
        diags.extend(told.filter(|d| first || !d.message.contains("which templates that extend it fill")));
        first = false;
        match faulty.and_then(|name| texts.iter_mut().find(|(n, t)| *n == name && !t.is_empty())) {
            Some((_, text)) => text.clear(),
            None => return None,
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
fn syntax_faults(texts: &[(String, String)], origins: &Origins, diags: &mut Diagnostics) {
    for (name, text) in texts {
        if let Err(error) = Tera::default().add_raw_template(name, text)
            && matches!(error.kind(), ErrorKind::SyntaxError(_))
        {
            diags.extend(diagnose(&error, origins, None, code::TEMPLATE_SYNTAX));
        }
    }
}
