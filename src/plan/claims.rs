//! Who claimed which path, and what happens when two want the same: the first to claim it has it.

use std::collections::hash_map::Entry;

use rayon::prelude::*;
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

/// What was claimed so far, in order.
#[derive(Default)]
pub(super) struct Claims(Vec<Claim>);

struct Claim {
    url: UrlPath,
    what: What,
    claimant: Claimant,
}

/// A claim's path: as it is, and as a file system without case sees it.
struct Wanted {
    output: OutputPath,
    folded: Box<str>,
    fault: Option<String>,
}

impl Claims {
    /// Claims the output path of a URL.
    pub(super) fn claim(&mut self, url: UrlPath, what: What, claimant: Claimant) {
        self.0.push(Claim { url, what, claimant });
    }

    /// Grants the claims in their order, and returns all routes in the order of their paths.
    pub(super) fn finish(self, diags: &mut Diagnostics) -> Vec<Route> {
        let wanted: Vec<Wanted> = self.0.par_iter().map(Claim::wanted).collect();
        let mut granted: FxHashMap<&str, usize> = FxHashMap::default();
        granted.reserve(wanted.len());
        let mut refused = vec![false; wanted.len()];
        for (i, Wanted { output, folded, fault }) in wanted.iter().enumerate() {
            let Claim { url, claimant, .. } = &self.0[i];
            if let Some(why) = fault {
                diags.push(point(
                    Diagnostic::new(code::BAD_PATH, format!("`{output}` cannot be written: {why}"))
                        .help("rename the file, or change its slug"),
                    claimant,
                ));
                refused[i] = true;
                continue;
            }
            match granted.entry(folded) {
                Entry::Vacant(place) => drop(place.insert(i)),
                Entry::Occupied(first) => {
                    let first = *first.get();
                    let (other, owner) = (&wanted[first].output, &self.0[first].claimant);
                    diags.push(conflict(url, output, other, claimant, owner));
                    refused[i] = true;
                }
            }
        }
        let blocked = (0..wanted.len()).into_par_iter().filter(|&i| !refused[i]);
        let blocked: Vec<Diagnostic> =
            blocked.flat_map_iter(|i| self.blocked(i, &wanted, &granted)).collect();
        diags.extend(blocked);
        let mut routes: Vec<Route> = self
            .0
            .into_iter()
            .zip(wanted)
            .zip(refused)
            .filter(|(_, refused)| !refused)
            .map(|((Claim { url, what, .. }, Wanted { output, .. }), _)| Route { output, url, what })
            .collect();
        routes.par_sort_unstable_by(|a, b| a.output.cmp(&b.output));
        routes
    }

    /// Where a file stands in the place of a folder that a path needs.
    fn blocked<'c>(
        &'c self,
        i: usize,
        wanted: &'c [Wanted],
        granted: &'c FxHashMap<&str, usize>,
    ) -> impl Iterator<Item = Diagnostic> + 'c {
        let Wanted { output, folded, .. } = &wanted[i];
        folded.match_indices('/').filter_map(move |(at, _)| {
            let &file = granted.get(&folded[..at])?;
            let claimants = [&self.0[i].claimant, &self.0[file].claimant];
            let message =
                format!("`{}` is a file, and `{output}` needs a folder of that name", wanted[file].output);
            let own = claimants.iter().any(|claimant| matches!(claimant, Claimant::Own(_)));
            let help = if own {
                "Bashu writes one of them itself: choose another slug, alias or name"
            } else {
                "rename one of the two, or change its slug"
            };
            let diagnostic = Diagnostic::new(code::DUPLICATE_URL, message).help(help);
            Some(point(point(diagnostic, claimants[0]), claimants[1]))
        })
    }
}

impl Claim {
    fn wanted(&self) -> Wanted {
        let output = self.url.output();
        let (fault, folded) = (output.fault(), output.folded().into());
        Wanted { output, folded, fault }
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
