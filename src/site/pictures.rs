//! Pictures: which files are shown as such, and whether readers are told what is on them.
//!
//! Owns the faults of pictures in texts, covers and arguments. It never looks into a file: what is
//! known of a picture comes with it.

use super::links::{Lookup, broken_file, broken_image, find_file};
use super::{Picture, Site, Target, Unfit};
use crate::article::{CoverEntry, NamedFile, is_elsewhere, named_files};
use crate::base::{ContentPath, Span};
use crate::diag::{Diagnostic, Diagnostics, Severity, code};
use crate::image::{Fault, format_of, hidden_format};
use crate::yaml::Node;

impl Lookup<'_> {
    /// Looks up a picture of the text. `untold` says how an alternative text is given to one without.
    pub(super) fn image(&mut self, source: &str, span: Span, untold: Option<String>) -> Target {
        let file = &self.version.file;
        if let Some(help) = untold {
            self.diags.push(missing_alt("this picture has no alternative text").at(file, span).help(help));
        }
        if is_elsewhere(source) {
            self.diags.push(remote(file, span, source));
            return Target::None;
        }
        match find_file(file, source, self.positions) {
            Some(position) => {
                // What is no picture by its name is looked at by nobody else.
                let known = |path| format_of(path).is_some() || hidden_format(path).is_some();
                if self.site.files.get(position).is_some_and(|found| !known(&found.path)) {
                    let message = format!("`{source}` is in no format that all browsers show");
                    let help = "save it as JPEG, PNG, WebP, GIF or SVG, with a name that ends so";
                    self.diags.push(Diagnostic::new(code::BAD_IMAGE, message).at(file, span).help(help));
                }
                Target::File(position)
            }
            None => {
                self.diags.push(broken_image(file, span, source, self.positions));
                Target::None
            }
        }
    }

    /// Looks up the files that the arguments of a component name.
    pub(super) fn files(&mut self, arguments: &Node) -> Vec<Option<usize>> {
        named_files(arguments).into_iter().map(|named| self.file(&named)).collect()
    }

    fn file(&mut self, &NamedFile { path, span, told }: &NamedFile<'_>) -> Option<usize> {
        let file = &self.version.file;
        let found = find_file(file, path, self.positions);
        match found.and_then(|position| self.site.files.get(position)) {
            None => self.diags.push(broken_file(file, span, path, self.positions)),
            Some(found) if found.picture.is_some() && !told => self.diags.push(
                missing_alt("this picture has no alternative text")
                    .at(file, span)
                    .help("add `alt: …` beside it, what it shows; `alt: \"\"` if it only decorates"),
            ),
            Some(_) => {}
        }
        found
    }
}

fn missing_alt(message: &str) -> Diagnostic {
    Diagnostic::new(code::MISSING_ALT, message)
}

/// A picture that browsers fetch from another server.
pub(super) fn remote(file: &ContentPath, span: Span, url: &str) -> Diagnostic {
    let message = format!("`{url}` is on another server, which learns of every reader");
    Diagnostic::new(code::REMOTE_IMAGE, message)
        .at(file, span)
        .help("if you may, put a copy beside this file or into static/, and name that")
}

/// The fault of a cover that says nothing of its picture in a version's language.
///
/// `own` is the cover that the version states, `shared` the original's; `from` is where the front
/// matter begins.
pub(super) fn unsaid(
    file: &ContentPath,
    from: Span,
    translated: bool,
    own: Option<&CoverEntry>,
    shared: Option<&CoverEntry>,
) -> Option<Diagnostic> {
    let at = own.map_or(from, |own| own.span);
    match (own.and_then(|own| own.alt.as_deref()), shared.and_then(|shared| shared.alt.as_deref())) {
        (Some(_), _) | (None, Some("")) => None,
        (None, Some(_)) => translated.then(|| {
            missing_alt("the cover's alternative text is in another language")
                .at(file, at)
                .help("add `cover: {alt: …}`, what the picture shows, in this version's language")
        }),
        // Of the original's picture the original is told.
        (None, None) => own.filter(|own| !translated || own.image.is_some()).map(|_| {
            missing_alt("the cover has no alternative text")
                .at(file, at)
                .help("add `alt: …` to it, what the picture shows; `alt: \"\"` if it only decorates")
        }),
    }
}

/// Finds out which files are shown as pictures, and reports those that cannot be. What no page shows keeps no
/// site from being built, unless what is noted in it would be published.
pub(super) fn settle(site: &mut Site, unfit: Vec<(ContentPath, Unfit)>, diags: &mut Diagnostics) {
    if unfit.is_empty() && site.files.iter().all(|file| file.picture.is_none()) {
        return;
    }
    for position in shown(site) {
        if let Some(file) = site.files.get_mut(position) {
            file.shown = true;
        }
    }
    let shown = site.files.iter().filter(|file| file.shown);
    for (file, fault) in shown.filter_map(|file| Some((file, file.picture.as_ref()?.fault()?))) {
        diags.push(bad(&file.path, UNSHOWN, &fault));
    }
    for (path, Unfit { fault, cleanable }) in unfit {
        let at = site.files.binary_search_by(|file| file.path.cmp(&path)).ok();
        let diagnostic = bad(&path, UNSHOWN, &fault);
        if at.and_then(|at| site.files.get(at)).is_some_and(|file| file.shown) {
            diags.push(diagnostic);
        } else if cleanable || !site.config.cleans_pictures() {
            diags.push(Diagnostic { severity: Severity::Warning, ..diagnostic });
        } else {
            let diagnostic = bad(&path, "cannot be freed of what is noted in it", &fault);
            let help = diagnostic.help.clone().unwrap_or_default();
            diags
                .push(diagnostic.help(format!("{help}; or write `images: {{metadata: keep}}` in site.yaml")));
        }
    }
}

const UNSHOWN: &str = "cannot be shown as a picture";

/// A picture that cannot be shown, or published.
fn bad(path: &ContentPath, predicate: &str, fault: &Fault) -> Diagnostic {
    // What to do about it is the last clause.
    let (what, help) = match fault.0.rsplit_once("; ") {
        Some((what, help)) => (what, help),
        None => (fault.0.as_str(), "put another picture in its place, or remove it"),
    };
    Diagnostic::new(code::BAD_IMAGE, format!("`{path}` {predicate}: {what}")).in_file(path).help(help)
}

/// The files that texts, covers and components show as pictures: their positions.
fn shown(site: &Site) -> Vec<usize> {
    let mut shown = Vec::new();
    for version in site.entries.iter().flat_map(|entry| entry.versions.iter().flatten()) {
        if let Some(Picture::File(position)) = version.cover.as_ref().map(|cover| &cover.image) {
            shown.push(*position);
        }
        for (slot, target) in version.outline.slots.iter().zip(&version.targets) {
            match target {
                Target::File(position) if slot.kind.is_image() => shown.push(*position),
                Target::Arguments { files, .. } => shown.extend(files.iter().flatten()),
                _ => {}
            }
        }
    }
    shown
}
