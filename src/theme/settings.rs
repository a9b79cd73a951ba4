//! A theme's settings: declared by the chain, set by the site, checked, complete.

use serde_json::{Map, Value as Json};

use super::chain::Chain;
use super::manifest::{Setting, SettingKind};
use crate::base::ContentPath;
use crate::config::{Config, PerLang};
use crate::diag::{Diagnostic, Diagnostics, code, did_you_mean, did_you_mean_and};
use crate::yaml::{Node, Value};

/// The settings for each language. A child's declaration replaces its parent's of the same name.
pub(super) fn resolve(chain: &Chain, config: &Config, diags: &mut Diagnostics) -> PerLang<Map<String, Json>> {
    let mut declared: Vec<(&Setting, &ContentPath)> = Vec::new();
    for manifest in chain.layers.iter().filter_map(|l| l.manifest.as_ref()) {
        for setting in &manifest.settings {
            if !declared.iter().any(|(s, _)| s.name == setting.name) {
                declared.push((setting, &manifest.file));
            }
        }
    }
    for (key, _) in &config.settings {
        if !declared.iter().any(|(s, _)| *s.name == *key.name) {
            let known = declared.iter().map(|(s, _)| s.name.as_str());
            let help =
                did_you_mean(&key.name, known).unwrap_or_else(|| "the theme has no settings".to_owned());
            diags.push(
                Diagnostic::new(code::UNKNOWN_KEY, format!("the theme has no setting `{}`", key.name))
                    .at(&config.file, key.span)
                    .help(help),
            );
        }
    }
    let codes: Vec<&str> = config.languages.iter().map(|l| l.code.as_str()).collect();
    check_languages(&declared, config, &codes, diags);
    let mut settings: Vec<Map<String, Json>> = vec![Map::new(); codes.len()];
    for (setting, file) in declared {
        let set = config.settings.iter().find(|(key, _)| *key.name == *setting.name);
        let value = match (set, &setting.default) {
            (Some((_, node)), _) => checked(setting, node, &config.file, diags),
            (None, Some((_, node))) => checked(setting, node, file, diags),
            (None, None) => None,
        };
        for (settings, code) in settings.iter_mut().zip(&codes) {
            let value = value.map_or(Json::Null, |node| in_language(node, code));
            settings.insert(setting.name.clone(), value);
        }
    }
    PerLang(settings)
}

/// A text by language names languages of the site. A theme's own defaults may know more of them.
fn check_languages(
    declared: &[(&Setting, &ContentPath)],
    config: &Config,
    codes: &[&str],
    diags: &mut Diagnostics,
) {
    for (key, node) in &config.settings {
        let text = declared.iter().any(|(s, _)| *s.name == *key.name && matches!(s.kind, SettingKind::Text));
        let Value::Map(map) = &node.value else { continue };
        for (code, _) in map.iter().filter(|(code, _)| text && !codes.contains(&&*code.name)) {
            let clause = "languages are declared under `languages`";
            diags.push(
                Diagnostic::new(
                    code::UNKNOWN_LANGUAGE,
                    format!("`{}` is not a language of this site", code.name),
                )
                .at(&config.file, code.span)
                .help(did_you_mean_and(&code.name, codes.iter().copied(), clause)),
            );
        }
    }
}

fn checked<'n>(
    setting: &Setting,
    node: &'n Node,
    file: &ContentPath,
    diags: &mut Diagnostics,
) -> Option<&'n Node> {
    let texts = |map: &[(crate::yaml::Key, Node)]| map.iter().all(|(_, v)| is_text(v));
    let fits = match (&setting.kind, &node.value) {
        (SettingKind::Text, Value::Text(_) | Value::Number(_))
        | (SettingKind::Bool, Value::Bool(_))
        | (SettingKind::Number, Value::Number(_))
        | (SettingKind::List, Value::List(_)) => true,
        (SettingKind::Text, Value::Map(map)) => texts(map),
        (SettingKind::Choice(choices), Value::Text(text)) => choices.iter().any(|c| **c == **text),
        _ => false,
    };
    if fits {
        return Some(node);
    }
    // Of a mapping, the text that is none is at fault.
    let (wanted, node) = match (&setting.kind, &node.value) {
        (SettingKind::Text, Value::Map(map)) => {
            ("text".to_owned(), map.iter().map(|(_, v)| v).find(|v| !is_text(v)).unwrap_or(node))
        }
        (kind, _) => (kind.wanted(), node),
    };
    let found = match (&setting.kind, &node.value) {
        (SettingKind::Choice(_), Value::Text(text)) => format!("`{text}`"),
        _ => node.kind().to_owned(),
    };
    let about = setting.about.clone();
    diags.push(
        Diagnostic::new(
            code::WRONG_TYPE,
            format!("the setting `{}` must be {wanted}, not {found}", setting.name),
        )
        .at(file, node.span)
        .help(about.map_or_else(
            || "the theme's theme.yaml declares its settings".to_owned(),
            |about| format!("the theme says of it: {about}"),
        )),
    );
    None
}

fn is_text(node: &Node) -> bool {
    matches!(node.value, Value::Text(_) | Value::Number(_))
}

/// A text that differs by language, in one of them; the first that is there, in another.
fn in_language(node: &Node, code: &str) -> Json {
    match &node.value {
        Value::Map(map) => map
            .iter()
            .find(|(key, _)| *key.name == *code)
            .or_else(|| map.first())
            .map_or(Json::Null, |(_, value)| value.to_json()),
        _ => node.to_json(),
    }
}
