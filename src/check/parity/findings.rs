//! What the rules found.
//!
//! Owns the rules' names, which are those of waivers and, behind `parity-`, of the codes.

use crate::article::PARITY_RULES;
use crate::diag::{Code, Diagnostic, code};

/// A rule of parity.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Rule(usize);

macro_rules! rules {
    ($($name:ident $at:literal $code:ident;)*) => {
        impl Rule {
            $(pub(super) const $name: Rule = Rule($at);)*
        }
        const CODES: [Code; PARITY_RULES.len()] = [$(code::$code),*];
    };
}

rules! {
    NUMBERS 0 PARITY_NUMBERS;
    FIGURES 1 PARITY_FIGURES;
    LINKS 2 PARITY_LINKS;
    IMAGES 3 PARITY_IMAGES;
    CODE 4 PARITY_CODE;
    COMPONENTS 5 PARITY_COMPONENTS;
    TABLES 6 PARITY_TABLES;
    HEADINGS 7 PARITY_HEADINGS;
    LISTS 8 PARITY_LISTS;
    ALERTS 9 PARITY_ALERTS;
    FOOTNOTES 10 PARITY_FOOTNOTES;
    LENGTH 11 PARITY_LENGTH;
    LANGUAGE 12 PARITY_LANGUAGE;
    FIELDS 13 PARITY_FIELDS;
}

impl Rule {
    /// Its name in a waiver.
    pub(super) fn name(self) -> &'static str {
        PARITY_RULES.get(self.0).copied().unwrap_or_default()
    }

    /// A message of this rule.
    pub(super) fn says(self, message: impl Into<String>) -> Diagnostic {
        // The constants above are the positions in this very table.
        Diagnostic::new(CODES.get(self.0).copied().unwrap_or(code::PARITY_NUMBERS), message)
    }
}

/// What the rules found in one pair.
#[derive(Debug, Default)]
pub(super) struct Findings(Vec<(Rule, Diagnostic)>);

impl Findings {
    /// Adds one, with what to do about it in general behind what is said in particular.
    pub(super) fn add(&mut self, rule: Rule, diagnostic: Diagnostic) {
        let waive = format!("`parity: {{waive: [{}], reason: …}}`", rule.name());
        let general = format!("where it is meant so, the translation may say {waive}");
        let help = match &diagnostic.help {
            Some(help) => format!("{help}; {general}"),
            None => general,
        };
        self.0.push((rule, diagnostic.help(help)));
    }
}

impl IntoIterator for Findings {
    type Item = (Rule, Diagnostic);
    type IntoIter = std::vec::IntoIter<(Rule, Diagnostic)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_and_codes_have_the_same_names() {
        for (at, code) in CODES.iter().enumerate() {
            assert_eq!(code.name, format!("parity-{}", Rule(at).name()));
        }
    }
}
