//! The stages up to the plan: what a build does before it opens the output, and a preview before
//! it shows anything.

use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::articles::{self, Read};
use super::forms::Form;
use super::inputs::Inputs;
use super::{Options, Progress, cards, pictures, read_config};
use crate::base::ContentPath;
use crate::cache::{Cache, FileRecord, Table};
use crate::diag::Diagnostics;
use crate::plan::{self, AssetClaim, Plan};
use crate::site::{self, Site};
use crate::source::Source;
use crate::theme::{self, Theme};

/// A site that is joined and planned.
pub(super) struct Joined {
    pub(super) site: Site,
    pub(super) plan: Plan,
    pub(super) theme: Option<Arc<Theme>>,
    /// What the cache is to remember of the files.
    pub(super) files: Table,
    /// And of the pictures.
    pub(super) pictures: Table,
    /// What it must not remember: articles with faults.
    pub(super) faulty: Vec<FileRecord>,
    /// How many articles were parsed.
    pub(super) parsed: usize,
}

/// What is taken as it was when it had no fault, instead of as it is. A build holds nothing.
#[derive(Default)]
pub(super) struct Held {
    pub(super) articles: FxHashMap<ContentPath, Form>,
    /// The text of `site.yaml`.
    pub(super) settings: Option<String>,
    pub(super) theme: Option<Arc<Theme>>,
}

/// Goes through the stages; `None` where nothing can go on, because no languages are known.
pub(super) fn join(
    source: &Source,
    inputs: &Inputs,
    cache: &Cache,
    options: &Options<'_>,
    held: &Held,
    diags: &mut Diagnostics,
) -> Option<Joined> {
    let stage = |name| (options.progress)(Progress::Stage(name));
    let config = read_config(source, &inputs.paths, options, held.settings.as_deref(), diags)?;
    stage("read articles and theme");
    // Nobody else could help with the theme.
    let mut of_theme = Diagnostics::new();
    let (theme, read) = rayon::join(
        || match &held.theme {
            Some(theme) => Some(theme.clone()),
            None => theme::load(source, &inputs.paths, &config, &mut of_theme).map(Arc::new),
        },
        || articles::read(source, inputs, &config, cache, options, &held.articles, diags),
    );
    let Read { articles, plain, misnamed, files, faulty, parsed } = read;
    stage("look at pictures");
    let (plain, pictures) = pictures::read(source, inputs, cache, options, plain, diags);
    diags.append(of_theme);
    stage("site");
    let (site, faults) = site::assemble(config, articles, plain, &misnamed, options.clock);
    diags.append(faults);
    stage("plan");
    let claims = theme.as_deref().map_or_else(Vec::new, claims);
    let cards = theme.as_deref().and_then(|theme| cards::wanted(&site, theme, diags));
    let plan = plan::plan(&site, &claims, cards, diags);
    Some(Joined { site, plan, theme, files, pictures, faulty, parsed })
}

fn claims(theme: &Theme) -> Vec<AssetClaim> {
    let claim = |a: &theme::Asset| AssetClaim {
        name: a.name.clone(),
        fingerprint: a.fingerprint,
        origin: a.origin.clone(),
    };
    theme.assets.iter().map(claim).collect()
}
