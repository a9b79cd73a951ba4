//! All versions of all ids, drafts included, and how each stands to the text it comes from.

use std::sync::Arc;

use crate::article::{Article, likely_id};
use crate::base::{BriefFingerprint, Lang};
use crate::build::Loaded;
use crate::config::Config;
use crate::diag::{Diagnostics, did_you_mean_and};
use crate::site::{self, Kind, Origin};

/// Every id of a site with its versions.
pub struct Ledger<'s> {
    /// The site's settings.
    pub config: &'s Config,
    /// The ids that have files, in order.
    pub entries: Vec<Entry<'s>>,
}

/// An id.
pub struct Entry<'s> {
    /// The id; empty for the home page.
    pub id: Arc<str>,
    /// What it is.
    pub kind: Kind,
    /// Its versions, one place a language.
    pub versions: Vec<Option<&'s Article>>,
    /// How each of them stands, or what is missing.
    pub origins: Vec<Origin>,
}

impl<'s> Ledger<'s> {
    /// The ledger of a site; adds the faults of `translated_from` to `diags`.
    pub fn of(site: &'s Loaded, diags: &mut Diagnostics) -> Self {
        let Loaded { config, articles, misnamed, .. } = site;
        let misnamed: Vec<String> = misnamed.iter().map(likely_id).collect();
        let mut articles: Vec<&Article> = articles.iter().collect();
        articles.sort_by(|a, b| (&a.name.id, &a.file).cmp(&(&b.name.id, &b.file)));
        let entries = articles.chunk_by(|a, b| a.name.id == b.name.id).filter_map(|group| {
            let first = group.first()?;
            let id = first.name.id.clone();
            // Of two versions in one language the first counts; the build reports the other.
            let of = |lang| group.iter().find(|a| a.name.lang == lang).copied();
            let versions: Vec<Option<&Article>> = config.langs().map(of).collect();
            let unsure = misnamed.iter().any(|name| **name == *id);
            let original = site::original(&id, &versions, config, unsure, diags);
            let origins = site::origins(&versions, original, config);
            Some(Entry { kind: Kind::of(&id, first.name.index), id, versions, origins })
        });
        Self { entries: entries.collect(), config }
    }

    /// The entry with an id, which may also be given as one of its files; then with that file's
    /// language. Else what may have been meant.
    pub fn find(&self, wanted: &str) -> Result<(&Entry<'s>, Option<Lang>), String> {
        let path = wanted.strip_prefix("./").unwrap_or(wanted);
        for entry in &self.entries {
            let mut versions = entry.versions.iter().flatten();
            if let Some(article) = versions.find(|article| article.file.as_str() == path) {
                return Ok((entry, Some(article.name.lang)));
            }
        }
        let id = path.trim_matches('/');
        let found = self.entries.iter().find(|entry| shown_id(&entry.id) == id || *entry.id == *id);
        found.map(|entry| (entry, None)).ok_or_else(|| {
            let ids = self.entries.iter().map(|entry| shown_id(&entry.id));
            did_you_mean_and(id, ids, "`bashu translations` lists all ids")
        })
    }
}

/// What an id is called on the command line: the home page's is empty.
pub fn shown_id(id: &str) -> &str {
    if id.is_empty() { "_index" } else { id }
}

impl<'s> Entry<'s> {
    /// The version in a language.
    pub fn version(&self, lang: Lang) -> Option<&'s Article> {
        self.versions.get(lang.index()).copied().flatten()
    }

    /// The version that a translation comes from, or would come from.
    pub fn source(&self, lang: Lang) -> Option<&'s Article> {
        self.version(self.origins.get(lang.index())?.from?)
    }

    /// The fingerprint that a translation records.
    pub fn recorded(&self, lang: Lang) -> Option<BriefFingerprint> {
        self.version(lang)?.front.translated_from.as_ref()?.value.fingerprint
    }
}
