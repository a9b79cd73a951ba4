//! Who claimed which path, and what happens when two want the same.

use rustc_hash::FxHashMap;

use super::{Route, What};
use crate::base::{ContentPath, OutputPath, Span, UrlPath};
use crate::diag::{Diagnostic, Diagnostics, code};

/// What wants a path, for messages.
#[derive(Debug, Clone)]
pub(super) enum Claimant {
    /// A file of the site, and the place in it that decides the path.
    File(ContentPath, Option<Span>),
    /// Bashu itself.
    Own(&'static str),
}

/// The paths claimed so far.
#[derive(Default)]
pub(super) struct Claims {
    routes: Vec<Route>,
    claimants: Vec<Claimant>,
    /// By the path as a file system without case sees it.
    by_folded: FxHashMap<String, usize>,
}

impl Claims {
    /// Claims the output path of a URL.
    pub(super) fn claim(&mut self, url: UrlPath, what: What, claimant: Claimant, diags: &mut Diagnostics) {
        let output = url.output();
        if let Some(why) = output.fault() {
            diags.push(point(
                Diagnostic::new(code::BAD_PATH, format!("`{output}` cannot be written: {why}"))
                    .help("rename the file, or change its slug"),
                &claimant,
            ));
            return;
        }
        let folded = output.folded();
        if let Some(&first) = self.by_folded.get(&folded) {
            let other = &self.routes[first];
            // Two languages can redirect one old path to the same place, but not to two.
            diags.push(conflict(&url, &output, &other.output, &claimant, &self.claimants[first]));
            return;
        }
        self.by_folded.insert(folded, self.routes.len());
        self.routes.push(Route { output, url, what });
        self.claimants.push(claimant);
    }

    /// All routes in the order of their paths, after a last check: no file may stand where
    /// another needs a folder.
    pub(super) fn finish(self, diags: &mut Diagnostics) -> Vec<Route> {
        for (i, route) in self.routes.iter().enumerate() {
            let folded = route.output.folded();
            for (at, _) in folded.match_indices('/') {
                if let Some(&file) = self.by_folded.get(&folded[..at]) {
                    let message = format!(
                        "`{}` is a file, and `{}` needs a folder of that name",
                        self.routes[file].output, route.output
                    );
                    let own = [i, file].into_iter().any(|c| matches!(self.claimants[c], Claimant::Own(_)));
                    let help = if own {
                        "Bashu writes one of them itself: choose another slug, alias or name"
                    } else {
                        "rename one of the two, or change its slug"
                    };
                    let diagnostic = Diagnostic::new(code::DUPLICATE_URL, message).help(help);
                    diags.push(point(point(diagnostic, &self.claimants[i]), &self.claimants[file]));
                }
            }
        }
        let mut routes = self.routes;
        routes.sort_by(|a, b| a.output.cmp(&b.output));
        routes
    }
}

fn point(diagnostic: Diagnostic, claimant: &Claimant) -> Diagnostic {
    match claimant {
        Claimant::File(file, Some(span)) => diagnostic.at(file, *span),
        Claimant::File(file, None) => diagnostic.in_file(file),
        Claimant::Own(_) => diagnostic,
    }
}

fn conflict(
    url: &UrlPath,
    path: &OutputPath,
    other: &OutputPath,
    new: &Claimant,
    first: &Claimant,
) -> Diagnostic {
    let own = match (new, first) {
        (Claimant::Own(what), _) | (_, Claimant::Own(what)) => Some(what),
        _ => None,
    };
    let diagnostic = match own {
        Some(what) if path == other => {
            Diagnostic::new(code::DUPLICATE_URL, format!("`{url}` is taken: {what} stands there"))
                .help("choose another slug, alias or name; Bashu makes this one itself")
        }
        None if path == other => Diagnostic::new(code::DUPLICATE_URL, format!("`{url}` is claimed twice"))
            .help("change one of the two slugs, aliases or names"),
        _ => Diagnostic::new(code::CASE_COLLISION, format!("`{path}` and `{other}` differ only in case"))
            .help("some file systems and hosts take them for one: rename one of the two"),
    };
    point(point(diagnostic, new), first)
}
