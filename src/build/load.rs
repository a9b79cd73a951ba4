//! The articles of a site without building it, for commands that look at texts alone.

use super::articles::{self, Read};
use super::inputs::Inputs;
use super::{Options, read_config};
use crate::article::Article;
use crate::base::{ContentPath, PartialDate};
use crate::cache::Cache;
use crate::config::Config;
use crate::diag::Diagnostics;
use crate::site::Clock;
use crate::source::Source;

/// A site's articles, drafts and all, and what is wrong with their files.
#[derive(Debug)]
pub struct Loaded {
    /// What `site.yaml` says.
    pub config: Config,
    /// The articles, in the order of their paths.
    pub articles: Vec<Article>,
    /// Articles whose names are at fault.
    pub misnamed: Vec<ContentPath>,
    /// The faults, sorted.
    pub diagnostics: Diagnostics,
}

/// Reads all articles of a site; the faults alone if there is no `site.yaml` to read them by.
/// Nothing is written, not even to the cache.
pub fn load(source: &Source) -> Result<Loaded, Diagnostics> {
    let cache = Cache::memory();
    // What is published is nobody's question here.
    let options = Options::new(Clock { today: PartialDate::epoch(), drafts: true });
    let mut diagnostics = Diagnostics::new();
    let inputs = Inputs::new(source, &cache, &mut diagnostics);
    let Some(config) = read_config(source, &inputs.paths, &options, &mut diagnostics) else {
        return Err(diagnostics);
    };
    let Read { articles, misnamed, .. } =
        articles::read(source, &inputs, &config, &cache, &options, &mut diagnostics);
    diagnostics.regrade(|d| config.grade(d));
    diagnostics.sort();
    Ok(Loaded { config, articles, misnamed, diagnostics })
}
