//! Which pages have a share card.
//!
//! Owns the rule: a page of its own language has one if that language's letters can write its title.
//! It never draws.

use crate::diag::{Diagnostic, Diagnostics, code};
use crate::site::{PerPage, Presence, Site};
use crate::theme::Theme;

/// For each entry and language, whether it has a card; `None` if none has.
pub(super) fn wanted(site: &Site, theme: &Theme, diags: &mut Diagnostics) -> Option<PerPage<bool>> {
    let letterings = &theme.letterings.of;
    if letterings.0.iter().all(Option::is_none) {
        return None;
    }
    let lacks = PerPage::new(site, |id, lang| {
        let version = site.entry(id).version(lang)?;
        letterings[lang].as_ref()?.lacks(&version.title)
    });
    for id in site.ids() {
        for lang in site.config.langs() {
            let (Some(Some(c)), Some(version)) = (lacks.get(id, lang), site.entry(id).version(lang)) else {
                continue;
            };
            let message = format!("no font has the character `{c}` (U+{:04X}) of this title", u32::from(*c));
            diags.push(
                Diagnostic::new(code::CARD_LETTERS, message)
                    .in_file(&version.file)
                    .help("the page has no share card; name a font that has it under `cards` in site.yaml"),
            );
        }
    }
    let drawn = |id, lang| {
        letterings[lang].is_some()
            && site.presence(id, lang) == Presence::Own
            && lacks.get(id, lang).is_some_and(Option::is_none)
    };
    Some(PerPage::new(site, drawn))
}
