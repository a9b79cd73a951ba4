//! The form of URLs: ids, slugs, prefixes, numbered pages.

use crate::base::{Fingerprint, Lang, OutputPath, UrlPath};
use crate::diag::{Diagnostic, Diagnostics, code};
use crate::image::Variant;
use crate::site::{EntryId, Kind, PerPage, Presence, Site, Version};

/// The folders of the output in which files have a fingerprint in their names.
pub const FINGERPRINTED: [&str; 2] = ["assets", "media"];

/// The URL of every page that exists, after every slug was checked.
pub(super) fn pages(site: &Site, diags: &mut Diagnostics) -> PerPage<Option<UrlPath>> {
    for version in site.entries.iter().flat_map(|entry| entry.versions.iter().flatten()) {
        check_slug(version, diags);
    }
    PerPage::new(site, |id, lang| (site.presence(id, lang) != Presence::Absent).then(|| page(site, id, lang)))
}

fn page(site: &Site, id: EntryId, lang: Lang) -> UrlPath {
    let entry = site.entry(id);
    let mut path = site.config.prefix(lang);
    if entry.kind != Kind::Home {
        let mut end = 0;
        for part in entry.id.split('/') {
            end += part.len();
            let above = site.find(&entry.id[..end]).filter(|&e| e == id || has_children(site, e));
            let slug = above.and_then(|e| slug(site, e, lang)).unwrap_or(part);
            path.push('/');
            path.push_str(slug);
            end += 1;
        }
    }
    path.push('/');
    UrlPath::new(path)
}

fn has_children(site: &Site, id: EntryId) -> bool {
    matches!(site.entry(id).kind, Kind::Section | Kind::Topics)
}

fn slug(site: &Site, id: EntryId, lang: Lang) -> Option<&str> {
    let (_, version) = site.shown(id, lang)?;
    // A slug with a fault was reported; what stands in for it only has to be harmless.
    version.slug.as_ref().map(|s| s.value.as_str()).filter(|s| segment_fault(s).is_none())
}

fn check_slug(version: &Version, diags: &mut Diagnostics) {
    let Some(slug) = &version.slug else { return };
    if let Some(why) = segment_fault(&slug.value) {
        diags.push(
            Diagnostic::new(code::BAD_PATH, format!("`{}` cannot be a slug: {why}", slug.value))
                .at(&version.file, slug.span)
                .help("a slug is the last part of the URL alone: one name, without slashes"),
        );
    }
}

fn segment_fault(slug: &str) -> Option<String> {
    if slug.contains('/') {
        return Some("it holds a slash".to_owned());
    }
    if slug.starts_with('.') {
        return Some("it begins with a full stop".to_owned());
    }
    OutputPath::new(slug).fault()
}

/// The URL of a share card. Without a fingerprint, which only its drawing would tell; networks keep
/// what they fetched for a page anyhow, until they fetch that again.
pub(super) fn card(site: &Site, id: EntryId, lang: Lang) -> UrlPath {
    let entry = site.entry(id);
    let name = if entry.kind == Kind::Home { "index" } else { &entry.id };
    UrlPath::new(format!("/cards/{}/{name}.png", site.config.language(lang).code))
}

/// The URL of a list's page by number: the first is the entry's own.
pub fn numbered(first: &UrlPath, number: usize) -> UrlPath {
    if number <= 1 { first.clone() } else { UrlPath::new(format!("{first}page/{number}/")) }
}

/// The URL of a theme's asset: its fingerprint stands in the name, so that hosts may let browsers
/// keep it for good.
pub fn asset(name: &str, fingerprint: Fingerprint) -> UrlPath {
    let (folder, file) = name.rsplit_once('/').map_or(("", name), |(folder, file)| (folder, file));
    let (stem, extension) = match file.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => (stem, format!(".{extension}")),
        _ => (file, String::new()),
    };
    let slash = if folder.is_empty() { "" } else { "/" };
    UrlPath::new(format!("/assets/{folder}{slash}{stem}.{}{extension}", fingerprint.short()))
}

/// The URL of a picture in another form, with what decides its bytes in its name.
pub(super) fn variant(stem: &str, variant: Variant, key: Fingerprint) -> UrlPath {
    let (width, extension) = (variant.width, variant.format.extension());
    UrlPath::new(format!("/media/{stem}-{width}.{}.{extension}", key.short()))
}

/// Whether a file of the output has a fingerprint in its name, so that another content would have
/// another: a theme's asset, or a picture in one of several forms. So is a compressed copy of one.
pub fn is_fingerprinted(output: &str) -> bool {
    let output = [".gz", ".br"].iter().find_map(|end| output.strip_suffix(end)).unwrap_or(output);
    let is_short =
        |part: &str| part.len() == 10 && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    let below = FINGERPRINTED.iter().find_map(|folder| output.strip_prefix(folder)?.strip_prefix('/'));
    let name = below.map_or("", |rest| rest.rsplit('/').next().unwrap_or(rest));
    name.rsplit('.').take(2).any(is_short) && name.contains('.')
}

/// The URL path that an alias names, or why it names none.
pub(super) fn alias(text: &str) -> Result<UrlPath, String> {
    let Some(path) = text.strip_prefix('/') else {
        return Err("it does not begin with a slash".to_owned());
    };
    let last = path.rsplit('/').next().unwrap_or(path);
    let url = if path.is_empty() || last.contains('.') || last.is_empty() {
        UrlPath::new(text)
    } else {
        UrlPath::new(format!("{text}/"))
    };
    match url.output().fault() {
        Some(why) => Err(why),
        None => Ok(url),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::image::Format;

    #[test]
    fn aliases_name_paths_of_the_site() {
        assert_eq!(alias("/old/place").unwrap().output().as_str(), "old/place/index.html");
        assert_eq!(alias("/old.html").unwrap().output().as_str(), "old.html");
        assert_eq!(alias("/旧/").unwrap().output().as_str(), "旧/index.html");
        for text in ["old", "../x", "/../x", "/a//b", "/a/../../b", "/con"] {
            assert!(alias(text).is_err(), "{text}");
        }
    }

    #[test]
    fn variants_carry_what_they_are_made_from() {
        let of = Variant { format: Format::Webp, width: 800, height: 600 };
        let url = variant("成都-market", of, Fingerprint::of(b""));
        assert_eq!(url.as_str(), "/media/成都-market-800.af1349b9f5.webp");
        assert!(is_fingerprinted(url.output().as_str()));
        assert!(!is_fingerprinted("media/market-800.webp"));
    }

    #[test]
    fn assets_carry_their_fingerprint() {
        let url = asset("css/style.css", Fingerprint::of(b""));
        assert_eq!(url.as_str(), "/assets/css/style.af1349b9f5.css");
        assert!(asset("LICENSE", Fingerprint::of(b"")).as_str().starts_with("/assets/LICENSE.af"));
        for name in ["css/style.css", "LICENSE", "a.b.min.js", "图.png"] {
            let path = asset(name, Fingerprint::of(b"x")).output();
            for end in ["", ".gz", ".br"] {
                assert!(is_fingerprinted(&format!("{}{end}", path.as_str())), "{name}{end}");
            }
        }
        for path in [
            "assets/style.css",
            "en/a.0123456789.css",
            "assets/0123456789",
            "assets/0123456789/a.css",
            "assets/a.css.gz",
        ] {
            assert!(!is_fingerprinted(path), "{path}");
        }
    }
}
