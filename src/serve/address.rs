//! What an address leads to, as static hosts have it.
//!
//! Owns clean URLs: a folder's `index.html`, the slash at its end, `.html` that may be left out, and
//! which page tells a reader that there is nothing. It knows no more of a site than its routes, so
//! that no address leads anywhere else.

use crate::base::OutputPath;
use crate::build::Edition;
use crate::plan::{Route, What};

/// What stands at an address.
pub(super) enum Address<'e> {
    /// A file of the finished site.
    Here(&'e Route),
    /// The same, under the address that it really has: a decoded path.
    Elsewhere(String),
    /// Nothing; the page that says so, if the site has one.
    Nowhere(Option<&'e Route>),
}

/// Looks up a decoded path, from its first slash.
pub(super) fn find<'e>(edition: &'e Edition, path: &str) -> Address<'e> {
    // The path of the base URL is encoded in `site.yaml`, and decoded in a request.
    let base = percent_encoding::percent_decode_str(&edition.site.config.base_url.path).decode_utf8_lossy();
    let Some(below) = path.strip_prefix(&*base) else {
        // Whoever asks for the host's root, or forgets the slash, means the site.
        return match path == "/" || format!("{path}/") == *base {
            true => Address::Elsewhere(base.into_owned()),
            false => Address::Nowhere(not_found(edition, "")),
        };
    };
    let planned = |path: String| edition.route(&OutputPath::new(path));
    if below.is_empty() || below.ends_with('/') {
        return match planned(format!("{below}index.html")) {
            Some(route) => Address::Here(route),
            None => Address::Nowhere(not_found(edition, below)),
        };
    }
    if let Some(route) = planned(below.to_owned()) {
        return Address::Here(route);
    }
    if planned(format!("{below}/index.html")).is_some() {
        return Address::Elsewhere(format!("{base}{below}/"));
    }
    match planned(format!("{below}.html")) {
        Some(route) => Address::Here(route),
        None => Address::Nowhere(not_found(edition, below)),
    }
}

/// The page for what is not found that is nearest to an address: its language's, or that of all.
fn not_found<'e>(edition: &'e Edition, below: &str) -> Option<&'e Route> {
    let mut folder = below;
    loop {
        folder = folder.rsplit_once('/').map_or("", |(above, _)| above);
        let slash = if folder.is_empty() { "" } else { "/" };
        let route = edition.route(&OutputPath::new(format!("{folder}{slash}404.html")));
        let route = route.filter(|route| matches!(route.what, What::NotFound(_)));
        if route.is_some() || folder.is_empty() {
            return route;
        }
    }
}
