//! Which old URLs lead where, for hosts that redirect by rules.
//!
//! Owns nothing of its own: the plan decides, and its pages of redirects say the same.

use super::Options;
use super::inputs::Inputs;
use super::join::{Held, join};
use crate::base::UrlPath;
use crate::cache::Cache;
use crate::diag::Diagnostics;
use crate::plan::What;
use crate::source::Source;

/// A URL that leads to another.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Redirect {
    /// The old one: an alias, or the root of a site in one language.
    pub from: UrlPath,
    /// The page.
    pub to: UrlPath,
}

/// The redirects of a site, in the order of their files; the faults that a build would stop at.
pub fn redirects(
    source: &Source,
    cache: &Cache,
    options: &Options<'_>,
) -> Result<Vec<Redirect>, Diagnostics> {
    let mut diags = Diagnostics::new();
    let inputs = Inputs::new(source, cache, &mut diags);
    let joined = join(source, &inputs, cache, options, &Held::default(), &mut diags);
    let Some(joined) = joined else { return Err(diags) };
    diags.regrade(|d| joined.site.config.grade(d));
    if diags.has_errors() {
        return Err(diags);
    }
    let routes = joined.plan.routes.into_iter();
    Ok(routes
        .filter_map(|route| match route.what {
            What::Redirect(to, _) => Some(Redirect { from: route.url, to }),
            _ => None,
        })
        .collect())
}
