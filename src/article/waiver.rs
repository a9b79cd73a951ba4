//! `parity` in front matter: which rules of parity do not hold for a translation, and why.
//!
//! Owns the key and its faults. What the rules are is `check`'s; here they are names.

use serde::{Deserialize, Serialize};

use super::fields::{PARITY, PARITY_RULES};
use crate::base::Span;
use crate::diag::did_you_mean;
use crate::yaml::{Key, Node, Reader, Spanned, Value};

/// What the comparison with the original is not to report.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Waiver {
    /// Where the key stands.
    pub span: Span,
    /// The rules that are waived; `None`: all of them.
    pub rules: Option<Vec<Spanned<String>>>,
    /// Why, for the next editor.
    pub reason: String,
}

impl Waiver {
    /// Whether a rule is waived.
    pub fn waives(&self, rule: &str) -> bool {
        self.rules.as_ref().is_none_or(|rules| rules.iter().any(|waived| waived.value == rule))
    }
}

/// Reads the key. A waiver without a reason, or of no rule, waives nothing.
pub(super) fn read(reader: &mut Reader<'_>, entry: Option<(Key, Node)>) -> Option<Waiver> {
    let (key, node) = entry?;
    let mut map = reader.mapping(node, "`parity`", PARITY)?;
    let (waive, reason) = (map.take("waive"), map.take("reason"));
    if waive.is_none() {
        reader.missing(
            key.span,
            "waive",
            "name the rules, as in `waive: [numbers, length]`, or write `waive: all`",
        );
    }
    if reason.is_none() {
        reader.missing(key.span, "reason", "say why, for the next editor: `reason: …`");
    }
    let rules = match waive? {
        (_, Node { value: Value::Text(word), .. }) if &*word == "all" => None,
        waive => {
            let rules = reader.texts(Some(waive))?;
            Some(known(reader, rules))
        }
    };
    let reason = reader.some_text(reason)?.value;
    Some(Waiver { span: key.span, rules, reason })
}

fn known(reader: &mut Reader<'_>, mut rules: Vec<Spanned<String>>) -> Vec<Spanned<String>> {
    rules.retain(|rule| {
        let known = PARITY_RULES.contains(&rule.value.as_str());
        if !known {
            let all = format!("the rules are {}", PARITY_RULES.join(", "));
            let help = did_you_mean(&rule.value, PARITY_RULES.iter().copied()).unwrap_or(all);
            reader.invalid(rule.span, format!("`{}` is no rule of parity", rule.value), help);
        }
        known
    });
    rules
}
