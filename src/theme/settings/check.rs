//! Whether a value is one that its setting can have.
//!
//! Owns the messages. It knows a setting's type, and no other setting.

use super::colour;
use crate::base::{ContentPath, Span};
use crate::diag::{Code, Diagnostic, Diagnostics, code, did_you_mean};
use crate::theme::manifest::{Setting, SettingKind};
use crate::yaml::{Node, Value};

/// Checks a value of a setting; every fault is reported at its own place.
pub(super) fn check(setting: &Setting, node: &Node, file: &ContentPath, diags: &mut Diagnostics) -> bool {
    let mut faults = Faults { setting, file, diags, sound: true };
    match (&setting.kind, &node.value) {
        (SettingKind::Text, Value::Text(_) | Value::Number(_))
        | (SettingKind::Bool, Value::Bool(_))
        | (SettingKind::List | SettingKind::Pages, Value::List(_)) => {}
        // Of a mapping, the texts that are none are at fault.
        (SettingKind::Text, Value::Map(map)) => {
            let wrong = map.iter().map(|(_, value)| value).filter(|value| !is_text(value));
            wrong.for_each(|value| faults.wrong_type("text", value));
        }
        (SettingKind::Number { min, max }, Value::Number(number)) => {
            let number = number.parse::<f64>().unwrap_or(f64::NAN);
            let (below, above) = (min.is_some_and(|min| number < min), max.is_some_and(|max| number > max));
            if below || above || (number.is_nan() && (min.is_some() || max.is_some())) {
                faults.invalid(node.span, format!("must be {}", setting.kind.wanted()));
            }
        }
        (SettingKind::Choice(choices), Value::Text(text)) => {
            if !choices.iter().any(|choice| **choice == **text) {
                faults.invalid(node.span, format!("must be {}, not `{text}`", setting.kind.wanted()));
            }
        }
        (SettingKind::Choices(choices), Value::List(items)) => faults.choices(choices, items),
        (SettingKind::Color, Value::Text(text)) => {
            if !colour::is_colour(text) {
                faults.invalid(
                    node.span,
                    format!("must be a colour that is the same for every reader, such as `\"#8f2a1a\"` or `teal`, not `{text}`"),
                );
            }
        }
        // YAML takes what follows for a comment.
        (SettingKind::Color, Value::Null) => {
            let help = "a colour that begins with `#` needs quotation marks: `\"#8f2a1a\"`";
            faults.report(
                code::WRONG_TYPE,
                node.span,
                "must be a colour, not nothing",
                Some(help.to_owned()),
            );
        }
        (kind, _) => faults.wrong_type(&kind.wanted(), node),
    }
    faults.sound
}

fn is_text(node: &Node) -> bool {
    matches!(node.value, Value::Text(_) | Value::Number(_))
}

struct Faults<'f> {
    setting: &'f Setting,
    file: &'f ContentPath,
    diags: &'f mut Diagnostics,
    sound: bool,
}

impl Faults<'_> {
    /// Reports what is wrong with the setting; without a remedy, what the theme says of it.
    fn report(&mut self, code: Code, span: Span, what: &str, help: Option<String>) {
        self.sound = false;
        let help = help.unwrap_or_else(|| match &self.setting.about {
            Some(about) => format!("the theme says of it: {about}"),
            None => "the theme's theme.yaml declares its settings".to_owned(),
        });
        let message = format!("the setting `{}` {what}", self.setting.name);
        self.diags.push(Diagnostic::new(code, message).at(self.file, span).help(help));
    }

    fn wrong_type(&mut self, wanted: &str, found: &Node) {
        self.report(code::WRONG_TYPE, found.span, &format!("must be {wanted}, not {}", found.kind()), None);
    }

    fn invalid(&mut self, span: Span, what: String) {
        self.report(code::INVALID_VALUE, span, &what, None);
    }

    /// A list of choices in an order of the site's own, each once.
    fn choices(&mut self, choices: &[String], items: &[Node]) {
        let mut seen: Vec<&str> = Vec::new();
        for item in items {
            let Value::Text(text) = &item.value else {
                self.wrong_type(&self.setting.kind.wanted(), item);
                continue;
            };
            if !choices.iter().any(|choice| **choice == **text) {
                let help = did_you_mean(text, choices.iter().map(String::as_str));
                self.report(code::INVALID_VALUE, item.span, &format!("does not know `{text}`"), help);
            } else if seen.contains(&&**text) {
                let help = "take one of the two out".to_owned();
                self.report(code::INVALID_VALUE, item.span, &format!("has `{text}` twice"), Some(help));
            }
            seen.push(text);
        }
    }
}
