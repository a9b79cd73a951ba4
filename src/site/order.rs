//! Lists: which entries a page lists, in which order.

use std::cmp::Reverse;

use super::{Entry, EntryId, Kind, PerPage, Site};
use crate::base::Lang;
use crate::config::{Collection, Config, Order};
use crate::yaml::Spanned;

/// The articles of each list, by language, in order.
#[derive(Debug, Default)]
pub(super) struct Lists {
    articles: PerPage<Vec<EntryId>>,
    /// An article's place in its section's list, for previous and next.
    places: PerPage<Option<u32>>,
}

/// Puts every article into the lists of home, sections and topics.
///
/// Articles are sorted once a language and dealt out in that order, so that no list is sorted again.
pub(super) fn lists(site: &Site) -> Lists {
    let mut articles = PerPage::new(site, |_, _| Vec::new());
    let mut places = PerPage::new(site, |_, _| None);
    for lang in site.config.langs() {
        for id in sorted_articles(site, lang) {
            let Some((_, version)) = site.listed_version(id, lang) else { continue };
            let mut deal = |owner: EntryId| {
                let list = articles.get_mut(owner, lang)?;
                list.push(id);
                u32::try_from(list.len() - 1).ok()
            };
            deal(site.home);
            for &topic in &version.topics {
                deal(topic);
            }
            // The nearest section's list is the one whose order previous and next follow.
            let mut section = site.entry(id).section;
            let mut nearest = None;
            while let Some(owner) = section {
                let place = deal(owner);
                nearest = nearest.or(place);
                section = site.entry(owner).section;
            }
            if let Some(place) = places.get_mut(id, lang) {
                *place = nearest;
            }
        }
    }
    Lists { articles, places }
}

fn sorted_articles(site: &Site, lang: Lang) -> Vec<EntryId> {
    let mut ids: Vec<_> = site
        .ids()
        .filter(|&id| site.entry(id).kind == Kind::Article)
        .filter_map(|id| {
            let (_, version) = site.listed_version(id, lang)?;
            // Lighter first; then newer first, undated last; then by id, which is unique.
            Some((version.weight, Reverse(version.date), id))
        })
        .collect();
    ids.sort();
    ids.into_iter().map(|(_, _, id)| id).collect()
}

/// Sorts topics, sections or pages that have no language's titles to go by: by weight, then id.
pub(super) fn by_weight(entries: &[Entry], ids: &mut [EntryId]) {
    ids.sort_by_key(|id| {
        let entry = &entries[id.index()];
        let weight = entry.versions.iter().flatten().map(|v| v.weight).min().unwrap_or(0);
        (weight, entry.id.clone())
    });
}

impl Site {
    /// The articles that an entry's page in a language lists, newest first.
    pub fn list(&self, entry: EntryId, lang: Lang) -> &[EntryId] {
        self.lists.articles.get(entry, lang).map_or(&[], Vec::as_slice)
    }

    /// The articles before (newer) and after (older) one in its section.
    pub fn neighbours(&self, entry: EntryId, lang: Lang) -> (Option<EntryId>, Option<EntryId>) {
        let (Some(section), Some(&Some(place))) =
            (self.entry(entry).section, self.lists.places.get(entry, lang))
        else {
            return (None, None);
        };
        let list = self.list(section, lang);
        let place = place as usize;
        (place.checked_sub(1).and_then(|i| list.get(i)).copied(), list.get(place + 1).copied())
    }

    /// Topics as a language sorts them: by weight, then by title.
    pub fn topics_in(&self, lang: Lang) -> Vec<EntryId> {
        let locale = &self.config.language(lang).locale;
        let mut topics: Vec<_> = self
            .topics
            .iter()
            .filter_map(|&id| self.listed_version(id, lang).map(|(_, v)| (v.weight, v.title.as_str(), id)))
            .collect();
        topics
            .sort_by(|a, b| a.0.cmp(&b.0).then_with(|| locale.compare(a.1, b.1)).then_with(|| a.2.cmp(&b.2)));
        topics.into_iter().map(|(_, _, id)| id).collect()
    }

    /// The articles nearest to one: those that share most topics with it, newest first; at most four.
    ///
    /// Only the newest of each topic are looked at, so that the cost of a page does not grow with the site.
    pub fn related(&self, entry: EntryId, lang: Lang) -> Vec<EntryId> {
        const NEWEST: usize = 12;
        let Some((_, version)) = self.shown(entry, lang) else { return Vec::new() };
        let mut shared: Vec<(Reverse<usize>, usize, EntryId)> = Vec::new();
        for &topic in &version.topics {
            for (place, &other) in self.list(topic, lang).iter().take(NEWEST).enumerate() {
                match shared.iter_mut().find(|(_, _, id)| *id == other) {
                    Some((Reverse(count), _, _)) => *count += 1,
                    None if other != entry => shared.push((Reverse(1), place, other)),
                    None => {}
                }
            }
        }
        shared.sort();
        shared.into_iter().take(4).map(|(_, _, id)| id).collect()
    }

    /// The entries of a collection in a language.
    pub fn collection(&self, collection: &Collection, lang: Lang) -> Vec<EntryId> {
        let section_ids: Vec<_> = collection.sections.iter().filter_map(|s| self.find(&s.value)).collect();
        let topic_ids: Vec<_> =
            collection.topics.iter().filter_map(|t| self.find(&topic_id(&t.value))).collect();
        let mut found: Vec<EntryId> = self
            .list(self.home, lang)
            .iter()
            .copied()
            .filter(|&id| {
                collection.sections.is_empty() || self.ancestors(id).any(|s| section_ids.contains(&s))
            })
            .filter(|&id| {
                let topics = self.listed_version(id, lang).map_or(&[][..], |(_, v)| &v.topics);
                collection.topics.is_empty() || topics.iter().any(|t| topic_ids.contains(t))
            })
            .collect();
        if collection.order == Order::Title {
            let locale = &self.config.language(lang).locale;
            let title = |id: &EntryId| self.listed_version(*id, lang).map_or("", |(_, v)| v.title.as_str());
            found.sort_by(|a, b| locale.compare(title(a), title(b)));
        }
        found.truncate(collection.limit);
        found
    }

    /// The sections above an entry, nearest first.
    pub fn ancestors(&self, entry: EntryId) -> impl Iterator<Item = EntryId> + '_ {
        std::iter::successors(self.entry(entry).section, |&section| self.entry(section).section)
    }
}

/// The id of the entry that a topic's name stands for.
pub(super) fn topic_id(name: &str) -> String {
    format!("topics/{name}")
}

/// The sections and the topics that collections name and that do not exist.
pub(super) fn unknown_in_collections<'c>(
    config: &'c Config,
    known: &dyn Fn(&str) -> bool,
    section: &dyn Fn(&str) -> bool,
) -> (Vec<&'c Spanned<String>>, Vec<&'c Spanned<String>>) {
    let sections = config.collections.iter().flat_map(|c| &c.sections).filter(|s| !section(&s.value));
    let topics = config.collections.iter().flat_map(|c| &c.topics).filter(|t| !known(&topic_id(&t.value)));
    (sections.collect(), topics.collect())
}
