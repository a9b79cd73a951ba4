//! A theme's settings: declared by the chain, set by the site, checked, complete.

mod check;
mod colour;
mod links;

use std::fmt::Write as _;

use serde_json::{Map, Value as Json};

use super::chain::Chain;
use super::manifest::{Setting, SettingKind};
use crate::base::ContentPath;
use crate::config::{Config, PerLang};
use crate::diag::{Diagnostic, Diagnostics, code, did_you_mean, did_you_mean_and};
use crate::yaml::{Node, Value};

pub use links::{LinkTo, PageLink};

/// The settings of a site.
pub struct Settings {
    /// Those that are values, for each language.
    pub values: PerLang<Map<String, Json>>,
    /// Those that lead to pages, by name.
    pub pages: Vec<(String, Vec<PageLink>)>,
}

/// The settings, and the style sheet of those that are one value. A child's declaration replaces its
/// parent's of the same name.
pub(super) fn resolve(chain: &Chain, config: &Config, diags: &mut Diagnostics) -> (Settings, String) {
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
            let clause = match declared.as_slice() {
                [] => "the theme has no settings",
                [..] => "the theme's theme.yaml declares its settings",
            };
            let help = did_you_mean(&key.name, known).unwrap_or_else(|| clause.to_owned());
            diags.push(
                Diagnostic::new(
                    code::UNKNOWN_KEY,
                    format!("the theme `{}` has no setting `{}`", config.theme.value, key.name),
                )
                .at(&config.file, key.span)
                .help(help),
            );
        }
    }
    let codes: Vec<&str> = config.languages.iter().map(|l| l.code.as_str()).collect();
    check_languages(&declared, config, &codes, diags);
    let mut values: Vec<Map<String, Json>> = vec![Map::new(); codes.len()];
    let mut pages = Vec::new();
    let mut style = String::new();
    for (setting, file) in declared {
        let set = config.settings.iter().find(|(key, _)| *key.name == *setting.name);
        // A fault of the theme is one also where the site has a value of its own.
        let default = setting.default.as_ref().filter(|(_, node)| check::check(setting, node, file, diags));
        let set = set.map(|(_, node)| (node, &config.file));
        let value = match set {
            Some((node, file)) => check::check(setting, node, file, diags).then_some((node, file)),
            None => default.map(|(_, node)| (node, file)),
        };
        if let SettingKind::Pages = setting.kind {
            let links = match value.map(|(node, file)| (&node.value, file)) {
                Some((Value::List(items), file)) => links::read(&setting.name, items, file, config, diags),
                _ => Vec::new(),
            };
            pages.push((setting.name.clone(), links));
            continue;
        }
        for (values, code) in values.iter_mut().zip(&codes) {
            let value = value.map_or(Json::Null, |(node, _)| in_language(node, code));
            values.insert(setting.name.clone(), value);
        }
        if let Some((node, _)) = value {
            properties(setting, node, &mut style);
        }
    }
    (Settings { values: PerLang(values), pages }, format!(":root{{{style}}}"))
}

/// The custom properties of a setting that is one value.
fn properties(setting: &Setting, node: &Node, style: &mut String) {
    let is_name = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_') || !c.is_ascii();
    let name: String = setting.name.chars().map(|c| if is_name(c) { c } else { '-' }).collect();
    let value = match (&setting.kind, &node.value) {
        (SettingKind::Number { .. }, Value::Number(number)) => {
            number.parse::<f64>().ok().filter(|number| number.is_finite()).map(|number| number.to_string())
        }
        (SettingKind::Choice(_), Value::Text(text)) if text.chars().all(is_name) => Some(text.to_string()),
        (SettingKind::Color, Value::Text(text)) => {
            if let Some([light, dark]) = colour::readable(text) {
                // Writing to a string cannot fail.
                let _ = write!(style, "--setting-{name}-on-light:{light};--setting-{name}-on-dark:{dark};");
            }
            Some(text.to_string())
        }
        _ => None,
    };
    if let Some(value) = value {
        // As before.
        let _ = write!(style, "--setting-{name}:{value};");
    }
}

/// A text by language names languages of the site. A theme's own defaults may know more of them.
fn check_languages(
    declared: &[(&Setting, &ContentPath)],
    config: &Config,
    codes: &[&str],
    diags: &mut Diagnostics,
) {
    for (key, node) in &config.settings {
        let Some((setting, _)) = declared.iter().find(|(s, _)| *s.name == *key.name) else { continue };
        let titles = match (&setting.kind, &node.value) {
            (SettingKind::Text, _) => vec![node],
            (SettingKind::Pages, Value::List(items)) => items.iter().filter_map(title).collect(),
            _ => Vec::new(),
        };
        let maps = titles.into_iter().filter_map(|node| match &node.value {
            Value::Map(map) => Some(map),
            _ => None,
        });
        for (code, _) in maps.flatten().filter(|(code, _)| !codes.contains(&&*code.name)) {
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

/// The title of an entry of `pages`.
fn title(item: &Node) -> Option<&Node> {
    let Value::Map(map) = &item.value else { return None };
    map.iter().find(|(key, _)| &*key.name == "title").map(|(_, node)| node)
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
