//! The browsers that style sheets are lowered for.
//!
//! Owns what `browsers` in `site.yaml` may say, and what holds without it. Nothing here depends on the
//! day: what a query means follows from the program.

use lightningcss::targets::{Browsers, BrowserslistConfig, Features, Targets};

use crate::config::Config;
use crate::diag::{Diagnostic, Diagnostics, code};

/// Those of spring 2023, the first in which all of them knew `oklch()` and `color-mix()`. So colours stay as
/// they are written, and nesting and `light-dark()` are lowered.
const USUAL: Browsers = Browsers {
    android: Some(version(111, 0)),
    chrome: Some(version(111, 0)),
    edge: Some(version(111, 0)),
    firefox: Some(version(113, 0)),
    ie: None,
    ios_saf: Some(version(16, 4)),
    opera: Some(version(97, 0)),
    safari: Some(version(16, 4)),
    samsung: Some(version(22, 0)),
};

const fn version(major: u32, minor: u32) -> u32 {
    major << 16 | minor << 8
}

/// What style sheets are lowered for.
pub(super) fn targets(config: &Config, diags: &mut Diagnostics) -> Targets {
    Targets {
        browsers: Some(asked(config, diags).unwrap_or(USUAL)),
        // Lowered, they would guess the direction from a list of languages; pages state it by `dir`.
        exclude: Features::LogicalProperties | Features::DirSelector,
        ..Targets::default()
    }
}

/// The browsers that the site names; none where it names none, or something is wrong.
fn asked(config: &Config, diags: &mut Diagnostics) -> Option<Browsers> {
    let queries: Vec<&str> = config.browsers.iter().map(|query| query.value.as_str()).collect();
    if queries.is_empty() {
        return None;
    }
    let mut sound = true;
    for (place, query) in config.browsers.iter().enumerate() {
        // Later queries may take from what the first names.
        let alone = query.value.trim_start();
        let alone = if place == 0 { alone } else { alone.strip_prefix("not ").unwrap_or(alone) };
        let why = match beyond(alone) {
            Some(why) => Some(why.to_owned()),
            None => Browsers::from_browserslist_with_config([alone], BrowserslistConfig::default())
                .err()
                .map(|error| unreadable(&error.to_string())),
        };
        if let Some(why) = why {
            sound = false;
            let message = format!("`{}` cannot be used: {why}", query.value);
            let help = "write a query of Browserslist, as `safari >= 15.4`, `last 3 versions` or `defaults`";
            diags.push(Diagnostic::new(code::INVALID_VALUE, message).at(&config.file, query.span).help(help));
        }
    }
    if !sound {
        return None;
    }
    match Browsers::from_browserslist_with_config(&queries, BrowserslistConfig::default()) {
        Ok(Some(browsers)) => Some(browsers),
        Ok(None) | Err(_) => {
            let span = config.browsers.first()?.span;
            let message = "`browsers` names no browser that style sheets could be lowered for";
            let help = "write a query of Browserslist, as `safari >= 15.4`, `last 3 versions` or `defaults`";
            diags.push(Diagnostic::new(code::INVALID_VALUE, message).at(&config.file, span).help(help));
            None
        }
    }
}

/// Why a query cannot be read. The library shows what it has not read yet, which may be nothing.
fn unreadable(said: &str) -> String {
    if said.starts_with("failed to parse") { "it is no query".to_owned() } else { said.replace('\'', "`") }
}

/// Why a query asks for more than the program knows, if it does: two builds of a site are the same.
fn beyond(query: &str) -> Option<&'static str> {
    let query = query.to_ascii_lowercase();
    let mut words = query.split(|c: char| !c.is_alphanumeric());
    words.find_map(|word| match word {
        "year" | "years" => Some("it depends on the day of the build"),
        "node" | "electron" | "maintained" => Some("it asks for something else than browsers"),
        "extends" | "config" | "my" => Some("it reads other files"),
        _ => None,
    })
}
