//! One style sheet out of several: parsed, joined, lowered for the browsers that a site names, and made
//! small.
//!
//! Owns the use of the parser and the wording of its faults. It reads no file: `sheets` has done that.

use std::collections::BTreeMap;
use std::sync::{Arc, RwLock};

use lightningcss::error::{ErrorLocation, ParserError, SelectorError};
use lightningcss::rules::import::ImportRule;
use lightningcss::rules::layer::LayerBlockRule;
use lightningcss::rules::media::MediaRule;
use lightningcss::rules::supports::SupportsRule;
use lightningcss::rules::{CssRule, CssRuleList};
use lightningcss::stylesheet::{MinifyOptions, ParserOptions, PrinterOptions, StyleSheet};
use lightningcss::targets::Targets;
use lightningcss::values::string::CowArcStr;

use super::sheets::{Sheet, Sheets};
use crate::base::ContentPath;
use crate::diag::{Diagnostic, Diagnostics, clause, code};

/// All style sheets, parsed.
pub(super) struct Bundler<'s> {
    sheets: BTreeMap<&'s ContentPath, (&'s Sheet, StyleSheet<'s>)>,
    /// Their names, in the order that the parser counts them in.
    names: Vec<String>,
    targets: Targets,
}

/// A style sheet in the making.
#[derive(Default)]
struct Bundle<'s> {
    /// Imports from elsewhere, which must stand first.
    remote: Vec<CssRule<'s>>,
    licences: Vec<CowArcStr<'s>>,
}

impl<'s> Bundler<'s> {
    /// Parses all style sheets and reports their faults. A rule that cannot be read is left out, as
    /// browsers do.
    pub(super) fn new(sheets: &'s Sheets<'_>, targets: Targets, diags: &mut Diagnostics) -> Self {
        let mut parsed = BTreeMap::new();
        for (number, (file, sheet)) in sheets.read.iter().enumerate() {
            let warnings = Arc::new(RwLock::default());
            let options = ParserOptions {
                filename: file.as_str().to_owned(),
                // As many files as that do not fit into memory.
                source_index: number as u32,
                error_recovery: true,
                warnings: Some(Arc::clone(&warnings)),
                ..ParserOptions::default()
            };
            match StyleSheet::parse(&sheet.text, options) {
                Ok(style) => drop(parsed.insert(file, (sheet, style))),
                // With recovery there is none, but whoever reads the parser's types cannot know.
                Err(error) => diags.extend(parse_fault(&error.kind, error.loc.as_ref(), file, sheet)),
            }
            if let Ok(warnings) = warnings.read() {
                diags.extend(
                    warnings.iter().filter_map(|w| parse_fault(&w.kind, w.loc.as_ref(), file, sheet)),
                );
            }
        }
        let names = sheets.read.keys().map(|file| file.as_str().to_owned()).collect();
        Self { sheets: parsed, names, targets }
    }

    /// A style sheet with all that it imports; `None` with a fault.
    pub(super) fn bundle(&self, file: &ContentPath, diags: &mut Diagnostics) -> Option<String> {
        let mut bundle = Bundle::default();
        let rules = self.rules(file, &mut bundle);
        let mut all = bundle.remote;
        all.extend(rules);
        let mut style = StyleSheet::new(self.names.clone(), CssRuleList(all), ParserOptions::default());
        style.license_comments = bundle.licences;
        let lowered = style.minify(MinifyOptions { targets: self.targets, ..MinifyOptions::default() });
        if let Err(error) = lowered {
            diags.push(self.fault(error.kind.to_string(), error.loc.as_ref(), file));
            return None;
        }
        let options = PrinterOptions { minify: true, targets: self.targets, ..PrinterOptions::default() };
        match style.to_css(options) {
            Ok(printed) => Some(printed.code),
            Err(error) => {
                diags.push(self.fault(error.kind.to_string(), error.loc.as_ref(), file));
                None
            }
        }
    }

    /// The rules of a style sheet, with those of its imports in their place. `sheets` has seen to it that
    /// imports lead to no circle and are not too many.
    fn rules(&self, file: &ContentPath, bundle: &mut Bundle<'s>) -> Vec<CssRule<'s>> {
        let Some((sheet, style)) = self.sheets.get(file) else { return Vec::new() };
        bundle.licences.extend(style.license_comments.iter().cloned());
        let mut rules = Vec::with_capacity(style.rules.0.len());
        for rule in &style.rules.0 {
            let CssRule::Import(import) = rule else {
                rules.push(rule.clone());
                continue;
            };
            match sheet.imports.get(&*import.url) {
                Some(Some(to)) => rules.extend(under(import, self.rules(to, bundle))),
                Some(None) => bundle.remote.push(rule.clone()),
                // It was reported.
                None => {}
            }
        }
        rules
    }

    fn fault(&self, why: String, at: Option<&ErrorLocation>, entry: &ContentPath) -> Diagnostic {
        let known = at.and_then(|at| self.sheets.get(&ContentPath::new(at.filename.as_str())));
        let fault = Diagnostic::new(code::CSS_SYNTAX, clause(&why));
        match (at, known) {
            (Some(at), Some((sheet, _))) => {
                fault.at(&ContentPath::new(at.filename.as_str()), sheet.place(at.line, at.column))
            }
            _ => fault.in_file(entry),
        }
    }
}

/// The rules of an import under the conditions that it is made on.
fn under<'s>(import: &ImportRule<'s>, rules: Vec<CssRule<'s>>) -> Vec<CssRule<'s>> {
    let loc = import.loc;
    let mut rules = rules;
    if let Some(name) = &import.layer {
        rules =
            vec![CssRule::LayerBlock(LayerBlockRule { name: name.clone(), rules: CssRuleList(rules), loc })];
    }
    if let Some(condition) = &import.supports {
        let condition = condition.clone();
        rules = vec![CssRule::Supports(SupportsRule { condition, rules: CssRuleList(rules), loc })];
    }
    if !import.media.media_queries.is_empty() {
        let query = import.media.clone();
        rules = vec![CssRule::Media(MediaRule { query, rules: CssRuleList(rules), loc })];
    }
    rules
}

/// What the parser complains of. What it only does not know (a property, an at-rule, a pseudo-class)
/// it keeps, and newer browsers may.
fn parse_fault(
    kind: &ParserError<'_>,
    at: Option<&ErrorLocation>,
    file: &ContentPath,
    sheet: &Sheet,
) -> Option<Diagnostic> {
    use ParserError as Error;
    let (message, help) = match kind {
        Error::AtRuleInvalid(_)
        | Error::SelectorError(
            SelectorError::UnsupportedPseudoClass(_) | SelectorError::UnsupportedPseudoElement(_),
        ) => return None,
        Error::UnexpectedImportRule => {
            ("`@import` stands after other rules".to_owned(), "put it at the beginning of the file")
        }
        Error::EndOfInput => (
            "something is missing at the end of this".to_owned(),
            "browsers would pass it over: write the rest of it",
        ),
        Error::SelectorError(SelectorError::EmptySelector) => {
            ("a selector is missing here".to_owned(), "write it, or take out a `}` too many before it")
        }
        Error::UnexpectedToken(_) | Error::InvalidDeclaration | Error::QualifiedRuleInvalid => (
            "this cannot be read as CSS".to_owned(),
            "look for a missing `;`, `:`, bracket or quotation mark here or before it",
        ),
        kind => (clause(&kind.to_string()), "browsers would pass this rule over: mend it or take it out"),
    };
    let fault = Diagnostic::new(code::CSS_SYNTAX, message).help(help);
    Some(match at {
        Some(at) => fault.at(file, sheet.place(at.line, at.column)),
        None => fault.in_file(file),
    })
}
