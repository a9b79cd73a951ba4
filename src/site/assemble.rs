//! From articles to the site: groups of versions, files, sections, topics, links, lists.

use std::sync::Arc;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::group::{Group, folders_above, unknown_topic};
use super::{Clock, Entry, EntryId, Kind, PerPage, PlainFile, Site, SiteFile, links, order, pictures};
use crate::article::{Article, likely_id};
use crate::base::{ContentPath, Lang};
use crate::config::Config;
use crate::diag::{Diagnostic, Diagnostics, code, did_you_mean_and};

/// Puts the site together.
///
/// `files` are those below `content/` that are no articles, and those below `static/`, sorted;
/// `misnamed` the articles whose names are at fault, so that those who refer to them are not.
pub fn assemble(
    config: Config,
    articles: Vec<Article>,
    files: Vec<PlainFile>,
    misnamed: &[ContentPath],
    clock: Clock,
) -> (Site, Diagnostics) {
    let mut diags = Diagnostics::new();
    let misnamed: FxHashSet<String> = misnamed.iter().map(likely_id).collect();
    let groups = grouped_by_id(articles, config.languages.len());
    let mut grouped: Vec<Group> = collected(
        groups.into_par_iter().map(|(id, versions)| {
            let mut diags = Diagnostics::new();
            (Group::of(id, versions, &config, clock, &misnamed, &mut diags), diags)
        }),
        &mut diags,
    );
    add_pages_without_words(&mut grouped, &config);
    let known: FxHashSet<Arc<str>> =
        grouped.iter().map(|g| g.id.clone()).chain(misnamed.iter().map(|id| id.as_str().into())).collect();
    let sections: FxHashSet<&str> =
        grouped.iter().filter(|g| g.kind == Kind::Section).map(|g| &*g.id).collect();
    report_unknown_in_collections(&config, &known, &sections, &mut diags);
    // What no version of is published is known (links to it say why they fail) and not in the site.
    let hidden: FxHashSet<ContentPath> = grouped
        .iter()
        .flat_map(|g| g.drafts.iter().flatten())
        .filter(|d| !d.published)
        .map(|d| d.version.file.clone())
        .collect();
    let (grouped, rest): (Vec<_>, Vec<_>) = grouped.into_iter().partition(Group::published);
    let waiting: FxHashSet<&str> = rest.iter().filter(|g| g.bundle).map(|g| &*g.id).collect();

    let by_id: FxHashMap<Arc<str>, EntryId> =
        grouped.iter().enumerate().map(|(i, g)| (g.id.clone(), EntryId::new(i))).collect();
    let mut unfit_pictures = Vec::new();
    let files: Vec<SiteFile> = files
        .into_iter()
        .filter_map(|PlainFile { path, bytes, picture }| {
            let owner = owner_of(&path, &grouped, &by_id, &waiting)?;
            let picture = picture
                .and_then(|looked| looked.map_err(|unfit| unfit_pictures.push((path.clone(), unfit))).ok());
            Some(SiteFile { path, owner, bytes, picture, shown: false })
        })
        .collect();
    let positions: FxHashMap<&str, usize> =
        files.iter().enumerate().map(|(i, f)| (f.path.as_str(), i)).collect();
    let above: FxHashMap<Arc<str>, EntryId> =
        grouped.iter().filter(|g| g.kind == Kind::Section).map(|g| (g.id.clone(), by_id[&g.id])).collect();
    let entries: Vec<Entry> = collected(
        grouped.into_par_iter().map(|group| {
            let mut diags = Diagnostics::new();
            (Some(group.finish(&by_id, &above, &known, &positions, &mut diags)), diags)
        }),
        &mut diags,
    );
    let mut by_file = FxHashMap::default();
    for (i, entry) in entries.iter().enumerate() {
        for (l, version) in entry.versions.iter().enumerate() {
            if let Some(version) = version {
                by_file.insert(version.file.clone(), (EntryId::new(i), Lang(l as u8)));
            }
        }
    }
    let of_kind = |kind: Kind| -> Vec<EntryId> {
        let mut ids: Vec<_> = entries
            .iter()
            .enumerate()
            .filter(|(_, e)| e.kind == kind)
            .map(|(i, _)| EntryId::new(i))
            .collect();
        order::by_weight(&entries, &mut ids);
        ids
    };
    let (topics, sections, pages) = (of_kind(Kind::Topic), of_kind(Kind::Section), of_kind(Kind::Page));
    let mut site = Site {
        // The home page was added above where content has none, and its id is the first of all.
        home: EntryId::new(0),
        overview: of_kind(Kind::Topics).first().copied(),
        topics,
        sections,
        pages,
        config,
        entries,
        files,
        by_id,
        by_file,
        lists: order::Lists::default(),
        backlinks: PerPage::default(),
    };
    let resolved = links::resolve(&site, &hidden, &misnamed, &mut diags);
    for (id, lang, targets) in resolved {
        if let Some(version) = &mut site.entries[id.index()].versions[lang.index()] {
            version.targets = targets;
        }
    }
    pictures::settle(&mut site, unfit_pictures, &mut diags);
    site.lists = order::lists(&site);
    site.backlinks = links::backlinks(&site);
    (site, diags)
}

/// The articles of each id, in the order of ids.
fn grouped_by_id(mut articles: Vec<Article>, languages: usize) -> Vec<(Arc<str>, Vec<Article>)> {
    // They come in the order of paths, which is nearly that of ids: little is left to be moved.
    articles.sort_by(|a, b| a.name.id.cmp(&b.name.id));
    let mut groups: Vec<(Arc<str>, Vec<Article>)> = Vec::with_capacity(articles.len() / languages.max(1));
    for article in articles {
        match groups.last_mut() {
            Some((id, versions)) if *id == article.name.id => versions.push(article),
            _ => {
                let mut versions = Vec::with_capacity(languages.min(4));
                let id = article.name.id.clone();
                versions.push(article);
                groups.push((id, versions));
            }
        }
    }
    groups
}

/// What was made in parallel, in order, and its faults.
fn collected<T: Send>(
    made: impl IndexedParallelIterator<Item = (Option<T>, Diagnostics)>,
    diags: &mut Diagnostics,
) -> Vec<T> {
    let made: Vec<(Option<T>, Diagnostics)> = made.collect();
    let mut all = Vec::with_capacity(made.len());
    for (one, faults) in made {
        diags.append(faults);
        all.extend(one);
    }
    all
}

/// The home page, and the overview where there are topics, exist without a file as well.
fn add_pages_without_words(groups: &mut Vec<Group>, config: &Config) {
    let topics = groups.iter().any(|g| g.kind == Kind::Topic);
    for (id, kind, wanted) in [("", Kind::Home, true), ("topics", Kind::Topics, topics)] {
        if let Err(at) = groups.binary_search_by(|g| (*g.id).cmp(id))
            && wanted
        {
            let drafts = config.langs().map(|_| None).collect();
            groups.insert(at, Group { id: id.into(), kind, bundle: false, original: Lang(0), drafts });
        }
    }
}

/// The entry whose folder a file stands in: an article with its own, or a section. `None`: it waits for
/// its article, as the pictures of a draft do.
fn owner_of(
    path: &ContentPath,
    groups: &[Group],
    by_id: &FxHashMap<Arc<str>, EntryId>,
    waiting: &FxHashSet<&str>,
) -> Option<Option<EntryId>> {
    let Some(relative) = path.as_str().strip_prefix("content/") else { return Some(None) };
    for folder in folders_above(relative) {
        if waiting.contains(folder) {
            return None;
        }
        if let Some(&id) = by_id.get(folder)
            && (groups[id.index()].bundle || matches!(groups[id.index()].kind, Kind::Section | Kind::Topics))
        {
            return Some(Some(id));
        }
    }
    Some(by_id.get("").copied()) // beside the home page's own words
}

fn report_unknown_in_collections(
    config: &Config,
    known: &FxHashSet<Arc<str>>,
    sections: &FxHashSet<&str>,
    diags: &mut Diagnostics,
) {
    let mut names: Vec<&str> = sections.iter().copied().collect();
    names.sort_unstable();
    let (unknown_sections, topics) =
        order::unknown_in_collections(config, &|id| known.contains(id), &|id| sections.contains(id));
    for name in topics {
        diags.push(unknown_topic(&config.file, name, known));
    }
    for name in unknown_sections {
        let clause = "a section is a folder of content/ with a file _index.LANGUAGE.md";
        diags.push(
            Diagnostic::new(code::INVALID_VALUE, format!("there is no section `{}`", name.value))
                .at(&config.file, name.span)
                .help(did_you_mean_and(&name.value, names.iter().copied(), clause)),
        );
    }
}
