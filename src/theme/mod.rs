//! Themes: their chain, templates, strings, assets and settings, read and checked.
//!
//! Owns what a theme's folder means and how a child overrides its parent. It renders nothing:
//! `render` takes a [`Theme`] and gives its templates something to show.

mod assets;
mod chain;
mod components;
mod faults;
#[cfg(feature = "images")]
mod lettering;
mod manifest;
mod settings;
mod templates;

use std::sync::Arc;

use crate::base::{ContentPath, Digest};
use crate::config::{Config, PerLang};
use crate::diag::{Diagnostic, Diagnostics, code};
use crate::image::Lettering;
use crate::locale::{Strings, StringsFile};
use crate::source::Source;

pub use assets::Asset;
pub use chain::built_in_text;
pub use components::{check as check_component, failure as component_failure, meant as component_named};
pub use faults::diagnose;
pub use manifest::FIELDS;
pub use settings::{LinkTo, PageLink, Settings};
pub use templates::{Origin, Origins, bare_names};

/// The template that writes share cards.
pub const CARD: &str = "card.svg";

/// The functions that templates may call; `render` says what they do.
pub const FUNCTIONS: &[&str] =
    &["t", "date", "number", "chart", "asset", "integrity", "picture", "url", "lines", "fitted"];

/// The filters that templates have beside Tera's own; `render` says what they do.
pub const FILTERS: &[&str] = &["phrases"];

/// A theme with all that it takes from its parents and from the site's own folders.
pub struct Theme {
    /// Every template of the chain, under `LAYER/path` and by its bare path the nearest one.
    pub tera: tera::Tera,
    /// Which file each template is.
    pub origins: Origins,
    /// The digest of all templates, in the order of the chain, and of what else is the same on all pages.
    pub digest: Digest,
    /// Interface strings of each language.
    pub strings: PerLang<Arc<Strings>>,
    /// Assets, in the order of their names.
    pub assets: Vec<Asset>,
    /// How wide pictures in texts are shown, as HTML's `sizes`.
    pub image_sizes: String,
    /// The settings, checked and complete.
    pub settings: Settings,
    /// The letters of share cards.
    pub letterings: Letterings,
}

/// What share cards are drawn with.
pub struct Letterings {
    /// Each language's letters; none where no cards are drawn.
    pub of: PerLang<Option<Arc<Lettering>>>,
    /// The template that writes them.
    pub template: Option<ContentPath>,
    /// The digest of the system's fonts, if they were looked at.
    pub system: Option<Digest>,
}

/// Reads the theme that `site.yaml` names, and reports every fault of it. `None` only when there
/// is nothing to render with.
pub fn load(
    source: &Source,
    files: &[ContentPath],
    config: &Config,
    diags: &mut Diagnostics,
) -> Option<Theme> {
    let chain = chain::find(source, files, config, diags)?;
    let (settings, style) = settings::resolve(&chain, config, diags);
    let templates = templates::load(&chain, source, diags);
    let strings = config
        .languages
        .iter()
        .map(|language| {
            Arc::new(Strings::new(strings_files(&chain, source, config, language.tag(), diags), diags))
        })
        .collect();
    let assets = assets::load(&chain, source, files, config, style, diags);
    let (tera, origins) = templates?;
    let mut manifests = chain.layers.iter().filter_map(|layer| layer.manifest.as_ref());
    let image_sizes = manifests.find_map(|manifest| manifest.image_sizes.clone());
    let image_sizes = image_sizes.unwrap_or_else(|| "100vw".to_owned());
    let digest = digest(&chain, &origins).and_bytes(image_sizes.as_bytes());
    let letterings = letterings(&chain, source, files, config, diags);
    let strings = PerLang(strings);
    Some(Theme { tera, origins, digest, strings, assets, image_sizes, settings, letterings })
}

/// The letters of share cards, if the site asks for any and the theme writes them.
fn letterings(
    chain: &chain::Chain,
    source: &Source,
    files: &[ContentPath],
    config: &Config,
    diags: &mut Diagnostics,
) -> Letterings {
    let template = chain.layers.iter().find_map(|layer| layer.file(&format!("templates/{CARD}"))).cloned();
    let none = PerLang(config.langs().map(|_| None).collect());
    let mut letterings = Letterings { of: none, template, system: None };
    let Some(cards) = &config.cards else { return letterings };
    let left_out = |why: String, help| {
        let message = format!("share cards are left out: {why}");
        Diagnostic::new(code::NO_CARDS, message).at(&config.file, cards.span).help(help)
    };
    if letterings.template.is_none() {
        let why = format!("the theme `{}` has no {CARD}", config.theme.value);
        diags.push(left_out(why, "add `parent: plain` to its theme.yaml to take it from there"));
        return letterings;
    }
    #[cfg(feature = "images")]
    lettering::find(source, files, config, cards, &mut letterings, diags);
    #[cfg(not(feature = "images"))]
    {
        let _ = (source, files, &mut letterings);
        let why = "this program was built without the feature `images`".to_owned();
        diags.push(left_out(why, "take a program that has it, or the key out"));
    }
    letterings
}

/// The digest of those fonts of the system that share cards may be drawn with.
pub fn system_fonts(source: &Source) -> Digest {
    #[cfg(feature = "images")]
    return lettering::system_fonts(source).1;
    #[cfg(not(feature = "images"))]
    return {
        let _ = source;
        Digest::default()
    };
}

fn digest(chain: &chain::Chain, origins: &Origins) -> Digest {
    let layers = chain.layers.iter().map(|layer| Digest::of(layer.name.as_bytes()));
    let mut names: Vec<&String> = origins.keys().collect();
    names.sort_unstable();
    let texts = names.into_iter().flat_map(|name| [name.as_str(), origins[name].text.as_str()]);
    layers.chain(texts.map(|text| Digest::of(text.as_bytes()))).collect()
}

/// The Fluent files for a language: its own from the nearest layer on, then the fallback's.
///
/// A language's own are those of its tag and of every shorter form of it (`zh-Hans-CN`, `zh-Hans`,
/// `zh`; RFC 4647 § 3.4, lookup); the fallback is the site's first language, then English.
fn strings_files(
    chain: &chain::Chain,
    source: &Source,
    config: &Config,
    tag: &str,
    diags: &mut Diagnostics,
) -> Vec<StringsFile> {
    let first = config.languages.first().map_or("en", |l| l.tag());
    let mut found: Vec<StringsFile> = Vec::new();
    for (wanted, own) in [(tag, true), (first, false), ("en", false)] {
        for range in lookup_ranges(wanted) {
            for layer in &chain.layers {
                let Some(path) = layer.file(&format!("strings/{range}.ftl")) else { continue };
                if found.iter().any(|f| f.path == *path) {
                    continue;
                }
                match chain.text(source, path) {
                    Ok(text) => {
                        found.push(StringsFile { path: path.clone(), text, own, tag: range.to_owned() });
                    }
                    Err(diagnostic) => diags.push(diagnostic),
                }
            }
        }
    }
    found
}

fn lookup_ranges(tag: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(Some(tag), |tag| tag.rsplit_once('-').map(|(shorter, _)| shorter))
}
