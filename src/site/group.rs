//! The versions of one id: what the id is, and what becomes of its fields.
//!
//! Knows the other ids only by their names; links between texts are `links`'.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};

use super::inherit::{self, Draft, Shared};
use super::{Clock, Entry, EntryId, Kind, Picture, links, order, origin, pictures};
use crate::article::{Article, CoverEntry};
use crate::base::{ContentPath, Lang};
use crate::config::Config;
use crate::diag::{Diagnostic, Diagnostics, code, did_you_mean_and};

/// The versions of one id on their way to an [`Entry`].
pub(super) struct Group {
    pub(super) id: Arc<str>,
    pub(super) kind: Kind,
    pub(super) bundle: bool,
    pub(super) original: Lang,
    pub(super) drafts: Vec<Option<Draft>>,
}

impl Group {
    pub(super) fn of(
        id: Arc<str>,
        articles: Vec<Article>,
        config: &Config,
        clock: Clock,
        misnamed: &FxHashSet<String>,
        diags: &mut Diagnostics,
    ) -> Option<Self> {
        let index = articles.first()?.name.index;
        let bundle = articles.iter().any(|a| a.name.bundle);
        let mut versions: Vec<Option<Article>> = config.langs().map(|_| None).collect();
        for article in articles {
            let lang = article.name.lang;
            let slot = &mut versions[lang.index()];
            let first = slot.as_ref().map(|first| first.file.clone());
            match first {
                Some(first) => diags.push(
                    Diagnostic::new(
                        code::DUPLICATE_VERSION,
                        format!("`{id}` has two versions in {}", config.language(lang).name),
                    )
                    .in_file(&article.file)
                    .in_file(&first)
                    .help("keep one of the two files, or give one another language code or name"),
                ),
                None if article.name.index != index => diags.push(
                    Diagnostic::new(
                        code::BAD_FILE_NAME,
                        format!("`{id}` is a section and an article at once"),
                    )
                    .in_file(&article.file)
                    .help("rename the file, or the folder with the `_index`"),
                ),
                None => *slot = Some(article),
            }
        }
        let all: Vec<Option<&Article>> = versions.iter().map(Option::as_ref).collect();
        let original = origin::original(&id, &all, config, misnamed.contains(&*id), diags);
        let origins = origin::origins(&all, original, config);
        let shared = Shared::of(versions[original.index()].as_ref()?, config, diags);
        let drafts = versions
            .into_iter()
            .zip(origins)
            .map(|(version, origin)| {
                version.map(|a| inherit::inherit(a, &shared, origin, config, clock, diags))
            })
            .collect();
        let kind = Kind::of(&id, index);
        Some(Self { id, kind, bundle, original, drafts })
    }

    pub(super) fn everywhere(&self) -> bool {
        matches!(self.kind, Kind::Home | Kind::Topics)
    }

    pub(super) fn published(&self) -> bool {
        self.everywhere() || self.drafts.iter().flatten().any(|d| d.published)
    }

    pub(super) fn finish(
        self,
        by_id: &FxHashMap<Arc<str>, EntryId>,
        sections: &FxHashMap<Arc<str>, EntryId>,
        known: &FxHashSet<Arc<str>>,
        positions: &FxHashMap<&str, usize>,
        diags: &mut Diagnostics,
    ) -> Entry {
        let versions = self
            .drafts
            .into_iter()
            .map(|draft| {
                let mut draft = draft.filter(|d| d.published)?;
                if let Some((file, names)) = draft.topics {
                    for name in names {
                        let id = order::topic_id(&name.value);
                        match by_id.get(id.as_str()) {
                            Some(&topic) if !draft.version.topics.contains(&topic) => {
                                draft.version.topics.push(topic)
                            }
                            Some(_) => {}
                            // A topic that is known and not published is no fault: its articles wait for it.
                            None if known.contains(id.as_str()) => {}
                            None => diags.push(unknown_topic(&file, &name, known)),
                        }
                    }
                }
                let broken = draft.version.broken;
                draft.version.cover =
                    draft.cover.and_then(|(file, entry)| find_cover(&file, entry, broken, positions, diags));
                diags.extend(draft.unsaid.filter(|_| draft.version.cover.is_some()));
                Some(draft.version)
            })
            .collect();
        let section = folders_above(&self.id).find_map(|folder| sections.get(folder)).copied();
        // Topics belong to their overview, not to a section; the home page is above all and no section.
        let section = section.filter(|_| matches!(self.kind, Kind::Article | Kind::Section));
        Entry { id: self.id, kind: self.kind, versions, original: self.original, section }
    }
}

/// The folders above an id, nearest first, without the content folder itself.
pub(super) fn folders_above(id: &str) -> impl Iterator<Item = &str> {
    std::iter::successors(id.rsplit_once('/'), |(folder, _)| folder.rsplit_once('/'))
        .map(|(folder, _)| folder)
}

pub(super) fn unknown_topic(
    file: &ContentPath,
    name: &crate::yaml::Spanned<String>,
    known: &FxHashSet<Arc<str>>,
) -> Diagnostic {
    let mut topics: Vec<&str> = known.iter().filter_map(|id| id.strip_prefix("topics/")).collect();
    topics.sort_unstable();
    let help =
        did_you_mean_and(&name.value, topics.iter().copied(), "topics live in content/topics/, a file each");
    Diagnostic::new(code::UNKNOWN_TOPIC, format!("there is no topic `{}`", name.value))
        .at(file, name.span)
        .help(help)
}

fn find_cover(
    file: &ContentPath,
    entry: CoverEntry,
    broken: bool,
    positions: &FxHashMap<&str, usize>,
    diags: &mut Diagnostics,
) -> Option<super::Cover> {
    let Some(image) = entry.image.clone() else {
        if !entry.broken && !broken {
            diags.push(
                Diagnostic::new(code::MISSING_KEY, "the cover has no image")
                    .at(file, entry.span)
                    .help("add `image: …` to it, the picture's path from this file's folder"),
            );
        }
        return None;
    };
    if image.value.starts_with("https://") || image.value.starts_with("http://") {
        diags.push(pictures::remote(file, image.span, &image.value));
        return Some(inherit::cover(entry, Picture::Elsewhere(image.value)));
    }
    match links::find_file(file, &image.value, positions) {
        Some(position) => Some(inherit::cover(entry, Picture::File(position))),
        None => {
            diags.push(links::broken_image(file, image.span, &image.value, positions));
            None
        }
    }
}
