//! What a file is for readers, which decides when it is sent and how long browsers may keep it.
//!
//! Owns the order of kinds. Kinds are told from paths alone, so that any finished folder can be
//! published.

use std::collections::BTreeSet;

use crate::plan;

/// What a file is, in the order in which new and changed ones are sent.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A theme's file with its fingerprint in its name: another content has another name.
    Asset,
    /// A file that pages show or offer: a picture, a download.
    File,
    /// A page that leads to few others.
    Page,
    /// A page that others stand below: home, a section, the topics, a further page of a list.
    Index,
    /// What programs read of the whole site: feeds, sitemaps, figures, rules of a host.
    Feed,
}

/// What the whole site has once, at its root.
const ONCE: [&str; 6] = ["robots.txt", "figures.csv", "figures.json", "_headers", "_redirects", ".nojekyll"];

/// The kind of each of a site's paths, in their order.
pub(super) fn kinds<'p>(paths: &[&'p str]) -> Vec<Kind> {
    let page = |path: &str| path.ends_with(".html");
    // The folders that some page stands below.
    let mut above: BTreeSet<&str> = BTreeSet::new();
    for path in paths.iter().filter(|path| page(path)) {
        let mut folder = path.rsplit_once('/').map_or("", |(folder, _)| folder);
        while let Some((parent, _)) = folder.rsplit_once('/') {
            above.insert(parent);
            folder = parent;
        }
        if !folder.is_empty() {
            above.insert("");
        }
    }
    let kind = |path: &&'p str| {
        let (folder, name) = path.rsplit_once('/').unwrap_or(("", path));
        let numbered = folder.rsplit_once('/').is_some_and(|(list, number)| {
            list.rsplit('/').next() == Some("page") && number.bytes().all(|b| b.is_ascii_digit())
        });
        if plan::is_fingerprinted(path) {
            Kind::Asset
        } else if page(path) {
            let index = name == "index.html" && (above.contains(folder) || numbered);
            if index { Kind::Index } else { Kind::Page }
        } else if ONCE.contains(path) || name == "feed.xml" || is_sitemap(path) {
            Kind::Feed
        } else {
            Kind::File
        }
    };
    paths.iter().map(kind).collect()
}

fn is_sitemap(path: &str) -> bool {
    !path.contains('/') && path.starts_with("sitemap") && path.ends_with(".xml")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_tell_what_a_file_is() {
        let table = [
            (".nojekyll", Kind::Feed),
            ("404.html", Kind::Page),
            ("assets/css/main.0123456789.css", Kind::Asset),
            ("assets/logo.svg", Kind::File),
            ("en/feed.xml", Kind::Feed),
            ("en/index.html", Kind::Index),
            ("en/initiatives/ants/index.html", Kind::Page),
            ("en/initiatives/ants/map.png", Kind::File),
            ("en/initiatives/index.html", Kind::Index),
            ("en/initiatives/page/2/index.html", Kind::Index),
            ("index.html", Kind::Index),
            ("robots.txt", Kind::Feed),
            ("sitemap-2.xml", Kind::Feed),
        ];
        let paths: Vec<&str> = table.iter().map(|(path, _)| *path).collect();
        let expected: Vec<Kind> = table.iter().map(|(_, kind)| *kind).collect();
        assert_eq!(kinds(&paths), expected);
    }
}
