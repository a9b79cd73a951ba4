//! Where the slots of every text lead: links and images looked up in the whole site.
//!
//! Cited figures are `citations`', pictures and files that components are given `pictures`'.

use percent_encoding::percent_decode_str;

use rayon::prelude::*;
use rustc_hash::{FxHashMap, FxHashSet};

use super::{EntryId, PerPage, Site, Version};
use crate::article::{Slot, SlotKind, likely_id};
use crate::base::{ContentPath, Lang, Span, UrlPath};
use crate::diag::{Diagnostic, Diagnostics, code, nearest};
use crate::quantity::Manner;
use crate::yaml::Node;

/// A cited figure: the entry that declares it, its position there, and how to write it.
pub type Cited = (EntryId, usize, Manner);

/// Where a slot leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// Nowhere: the slot needs nothing from the site, or its fault was reported.
    None,
    /// A heading of the same text.
    Anchor(String),
    /// An entry, and a heading of the version that the link names.
    Entry(EntryId, Option<String>),
    /// A file of the site: its position in [`Site::files`].
    File(usize),
    /// A path of the finished site, from its root, with what follows `#`; the plan knows whether it exists.
    Url(UrlPath, Option<String>),
    /// A figure: the entry that declares it, its position there, and how to write it.
    Figure(EntryId, usize, Manner),
    /// What a component's arguments refer to.
    Arguments {
        /// Figures, as in [`Target::Figure`], in the order of [`crate::article::citations`]; `None` for
        /// one that is not there.
        figures: Vec<Option<Cited>>,
        /// Files, as in [`Target::File`], in the order of [`crate::article::named_files`].
        files: Vec<Option<usize>>,
    },
}

/// Looks up every slot of every published text.
pub(super) fn resolve(
    site: &Site,
    hidden: &FxHashSet<ContentPath>,
    misnamed: &FxHashSet<String>,
    diags: &mut Diagnostics,
) -> Vec<(EntryId, Lang, Vec<Target>)> {
    let positions: FxHashMap<&str, usize> =
        site.files.iter().enumerate().map(|(i, f)| (f.path.as_str(), i)).collect();
    let of_entry = |id: EntryId| {
        let mut diags = Diagnostics::new();
        let mut resolved = Vec::new();
        for lang in site.entry(id).languages() {
            let Some(version) = site.entry(id).version(lang) else { continue };
            let diags = &mut diags;
            let mut look = Lookup { site, id, lang, version, hidden, misnamed, positions: &positions, diags };
            let targets: Vec<Target> = version.outline.slots.iter().map(|slot| look.slot(slot)).collect();
            resolved.push((id, lang, targets));
        }
        (resolved, diags)
    };
    let ids: Vec<EntryId> = site.ids().collect();
    let found: Vec<_> = ids.into_par_iter().map(of_entry).collect();
    let mut resolved = Vec::new();
    for (targets, faults) in found {
        resolved.extend(targets);
        diags.append(faults);
    }
    resolved
}

/// The slots of one text being looked up.
pub(super) struct Lookup<'a> {
    pub(super) site: &'a Site,
    pub(super) id: EntryId,
    pub(super) lang: Lang,
    pub(super) version: &'a Version,
    pub(super) hidden: &'a FxHashSet<ContentPath>,
    /// Ids of files whose names are at fault: that they are not found has been reported.
    pub(super) misnamed: &'a FxHashSet<String>,
    pub(super) positions: &'a FxHashMap<&'a str, usize>,
    pub(super) diags: &'a mut Diagnostics,
}

impl Lookup<'_> {
    fn slot(&mut self, slot: &Slot) -> Target {
        match &slot.kind {
            SlotKind::Link { destination } => self.link(destination, slot.span),
            SlotKind::Image { source, alt, .. } => {
                let say = || {
                    format!(
                        "say what it shows, as in `![A market at night]({source})`; of one that only decorates, write `![-]({source})`"
                    )
                };
                self.image(source, slot.span, alt.is_none().then(say))
            }
            SlotKind::Source { source, told, .. } => {
                let say = "add `alt=\"…\"`, what it shows; `alt=\"\"` if it only decorates";
                self.image(source, slot.span, (!told).then(|| say.to_owned()))
            }
            SlotKind::Figure { target, text } => self.citation(target, text.as_deref(), slot.span),
            SlotKind::Component { args: Some(arguments), .. } => self.arguments(arguments),
            SlotKind::Component { args: None, .. } | SlotKind::Text { .. } => Target::None,
        }
    }

    fn link(&mut self, destination: &str, span: Span) -> Target {
        if destination.is_empty() {
            self.broken_link(destination, span, "write where it leads between the parentheses".to_owned());
            return Target::None;
        }
        let (path, anchor) = match destination.split_once('#') {
            Some((path, anchor)) => (path, Some(decode(anchor)).filter(|a| !a.is_empty())),
            None => (destination, None),
        };
        if path.is_empty() {
            return match anchor {
                None => Target::Anchor(String::new()),
                Some(anchor) => {
                    self.checked_anchor(self.version, &anchor, span, Target::Anchor(anchor.clone()))
                }
            };
        }
        let path = decode(path.split('?').next().unwrap_or(path));
        if let Some(below_root) = path.strip_prefix('/') {
            return match self.positions.get(format!("static/{below_root}").as_str()) {
                Some(&position) => Target::File(position),
                None => Target::Url(UrlPath::new(path), anchor),
            };
        }
        let Some(file) = self.version.file.join(&path) else {
            self.broken_link(destination, span, "the path climbs out of the site's folder".to_owned());
            return Target::None;
        };
        if let Some((entry, lang)) = self.site.version_of_file(&file) {
            let Some(version) = self.site.entry(entry).version(lang) else { return Target::None };
            let target = Target::Entry(entry, anchor.clone());
            return match anchor {
                Some(anchor) => self.checked_anchor(version, &anchor, span, target),
                None => target,
            };
        }
        if let Some(&position) = self.positions.get(file.as_str()) {
            return Target::File(position);
        }
        if self.misnamed.contains(&likely_id(&file)) {
            return Target::None;
        }
        let help = if self.hidden.contains(&file) {
            "that file is a draft, or its date is still to come, or it has expired".to_owned()
        } else {
            self.nearest_file(&path, &file)
        };
        self.broken_link(destination, span, help);
        Target::None
    }

    fn checked_anchor(&mut self, version: &Version, anchor: &str, span: Span, target: Target) -> Target {
        if version.broken || version.outline.anchors.iter().any(|a| a == anchor) {
            return target;
        }
        let known = version.outline.anchors.iter().map(String::as_str);
        let help = match nearest(anchor, known.clone()) {
            Some(near) => format!("did you mean `#{near}`?"),
            None => match known.take(12).map(|a| format!("`#{a}`")).collect::<Vec<_>>() {
                all if all.is_empty() => "that text has no headings".to_owned(),
                all => format!("that text has {}", all.join(", ")),
            },
        };
        self.diags.push(
            Diagnostic::new(code::BROKEN_ANCHOR, format!("{} has no heading `#{anchor}`", version.file))
                .at(&self.version.file, span)
                .help(help),
        );
        target
    }

    /// What the arguments of a component refer to.
    fn arguments(&mut self, arguments: &Node) -> Target {
        let (figures, files) = (self.cited(arguments), self.files(arguments));
        match figures.is_empty() && files.is_empty() {
            true => Target::None,
            false => Target::Arguments { figures, files },
        }
    }

    fn broken_link(&mut self, destination: &str, span: Span, help: String) {
        let message = match destination {
            "" => "this link has no destination".to_owned(),
            _ => format!("the link `{destination}` leads nowhere"),
        };
        self.diags.push(Diagnostic::new(code::BROKEN_LINK, message).at(&self.version.file, span).help(help));
    }

    /// The file that was probably meant: the right name elsewhere, or a slip in the name.
    fn nearest_file(&self, path: &str, file: &ContentPath) -> String {
        let from = &self.version.file;
        let folder = format!("{}/_index.{}.md", file, self.site.config.language(self.lang).code);
        let mut files: Vec<&ContentPath> =
            self.site.entries.iter().flat_map(|e| e.versions.iter().flatten()).map(|v| &v.file).collect();
        let exact = |f: &&&ContentPath| f.as_str() == folder || f.file_name() == file.file_name();
        // Beside the file first, and in an order that does not depend on the site's.
        files.sort_by_key(|f| (f.folder() != file.folder(), f.as_str().to_owned()));
        if let Some(found) = files.iter().find(exact) {
            return format!("did you mean `{}`?", found.reference_from(from));
        }
        // The endings of names are alike in all of them, and would make any two names near.
        let stem = |f: &ContentPath| f.file_name().split('.').next().unwrap_or_default().to_owned();
        let stems: Vec<String> = files.iter().map(|f| stem(f)).collect();
        let article = !path.contains('.') || path.ends_with(".md");
        if let Some(near) = nearest(&stem(file), stems.iter().map(String::as_str)).filter(|_| article)
            && let Some(found) = files.iter().zip(&stems).find(|(_, s)| *s == near).map(|(f, _)| f)
        {
            return format!("did you mean `{}`?", found.reference_from(from));
        }
        if article {
            "a link to an article is the path to its file, as in `../topics/rural.en.md`".to_owned()
        } else {
            "put the file beside this one, or into static/ and write `/NAME`".to_owned()
        }
    }
}

fn decode(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// The file that a reference names: relative to the file it stands in, or below `static/` when it
/// begins with a slash.
pub(super) fn find_file(
    from: &ContentPath,
    reference: &str,
    positions: &FxHashMap<&str, usize>,
) -> Option<usize> {
    let path = decode(reference.split(['?', '#']).next().unwrap_or(reference));
    match path.strip_prefix('/') {
        Some(below_root) => positions.get(format!("static/{below_root}").as_str()).copied(),
        None => positions.get(from.join(&path)?.as_str()).copied(),
    }
}

/// An image that is not there.
pub(super) fn broken_image(
    file: &ContentPath,
    span: Span,
    source: &str,
    positions: &FxHashMap<&str, usize>,
) -> Diagnostic {
    let message = match source {
        "" => "this picture names no file".to_owned(),
        _ => format!("there is no image `{source}`"),
    };
    let help = file_meant(file, source, "the picture", positions);
    Diagnostic::new(code::BROKEN_IMAGE, message).at(file, span).help(help)
}

/// A file that a component is to be given and that is not there.
pub(super) fn broken_file(
    file: &ContentPath,
    span: Span,
    path: &str,
    positions: &FxHashMap<&str, usize>,
) -> Diagnostic {
    let help = file_meant(file, path, "it", positions);
    Diagnostic::new(code::BROKEN_LINK, format!("there is no file `{path}`")).at(file, span).help(help)
}

fn file_meant(file: &ContentPath, reference: &str, what: &str, positions: &FxHashMap<&str, usize>) -> String {
    let mut known: Vec<&str> = positions.keys().copied().collect();
    known.sort_by_key(|path| (!path.starts_with(file.folder()), *path));
    let near = nearest(stem(reference), known.iter().map(|path| stem(path)));
    match near.and_then(|near| known.iter().find(|path| stem(path) == near)) {
        Some(path) => match path.strip_prefix("static") {
            Some(below_root) => format!("did you mean `{below_root}`?"),
            None => format!("did you mean `{}`?", ContentPath::new(*path).reference_from(file)),
        },
        None => format!("put {what} beside this file, or into static/ and write `/NAME`"),
    }
}

/// A file's name without its ending: endings are alike in many names, and would make others near.
fn stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Who links to whom, by language, in the order of lists.
pub(super) fn backlinks(site: &Site) -> PerPage<Vec<EntryId>> {
    let mut backlinks: PerPage<Vec<EntryId>> = PerPage::new(site, |_, _| Vec::new());
    for lang in site.config.langs() {
        for &from in site.list(site.home, lang) {
            let Some(version) = site.entry(from).version(lang) else { continue };
            for target in &version.targets {
                let (one, several) = match target {
                    Target::Entry(to, _) | Target::Figure(to, ..) => (Some(*to), &[][..]),
                    Target::Arguments { figures, .. } => (None, figures.as_slice()),
                    _ => continue,
                };
                for to in one.into_iter().chain(several.iter().flatten().map(|(to, ..)| *to)) {
                    // An article's links stand together, so a repetition is the last one.
                    if to != from
                        && let Some(list) = backlinks.get_mut(to, lang)
                        && list.last() != Some(&from)
                    {
                        list.push(from);
                    }
                }
            }
        }
    }
    backlinks
}
