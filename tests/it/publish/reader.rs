//! A reader who clicks on everything: what stands at a host, as a static host shows it.
//!
//! Whole is what a build made, of the site before or of one that is being published: half a file,
//! or a mixture, is a fault. A link that leads nowhere is one as well, unless a page that the new
//! site does not have any more stands at either end of it.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;
use url::Url;

/// A site's files by path.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// A reader of one host.
pub(super) struct Reader<'r> {
    /// Gets a file, as readers do.
    pub(super) get: &'r dyn Fn(&str) -> Option<Vec<u8>>,
    /// The sites that may be met there; the last is the one that is being published.
    pub(super) sites: &'r [&'r Files],
    /// Whether the site changes while the reader looks: then an old page's link may be followed
    /// after what it leads to was deleted.
    pub(super) moving: bool,
}

const HERE: &str = "https://insects.example/";

impl Reader<'_> {
    /// Clicks on everything from some files on. Returns how many there were, and the faults.
    pub(super) fn crawl<'f>(&self, from: impl Iterator<Item = &'f String>) -> (usize, Vec<String>) {
        let mut faults = Vec::new();
        let mut known: BTreeSet<String> = from.cloned().collect();
        let mut open: Vec<(String, Option<String>)> = known.iter().map(|path| (path.clone(), None)).collect();
        let mut met = 0;
        while let Some((path, from)) = open.pop() {
            let Some(bytes) = (self.get)(&path) else {
                if !self.may_be_missing(&path, from.as_deref()) {
                    faults.push(format!("{path} is not there; {}", from.unwrap_or_default()));
                }
                continue;
            };
            met += 1;
            if !self.sites.iter().any(|site| site.get(&path) == Some(&bytes)) {
                faults.push(format!("{path} is neither the old file nor the new one: {} bytes", bytes.len()));
            }
            for link in links(&path, &bytes) {
                if known.insert(link.clone()) {
                    open.push((link, Some(path.clone())));
                }
            }
        }
        (met, faults)
    }

    fn may_be_missing(&self, path: &str, from: Option<&str>) -> bool {
        let new = self.sites.last().unwrap();
        !new.contains_key(path) && (self.moving || from.is_none_or(|from| !new.contains_key(from)))
    }
}

/// The files of this site that a file leads to or shows.
fn links(path: &str, bytes: &[u8]) -> Vec<String> {
    let marks: &[(&str, &[char])] = match path.rsplit('.').next() {
        Some("html") => &[("href=\"", &['"']), ("src=\"", &['"']), ("; url=", &['"'])],
        Some("xml") => &[("<loc>", &['<']), ("href=\"", &['"'])],
        Some("css") => &[("url(", &[')'])],
        _ => &[],
    };
    let base = Url::parse(HERE).unwrap().join(path).unwrap();
    let text = String::from_utf8_lossy(bytes);
    let mut found = Vec::new();
    for (mark, end) in marks {
        for rest in text.split(mark).skip(1) {
            let link = rest.split(*end).next().unwrap().trim_matches(['"', '\'']).replace("&amp;", "&");
            let Ok(url) = base.join(&link) else { continue };
            if url.as_str().starts_with(HERE) {
                let mut file = percent_decode_str(&url.path()[1..]).decode_utf8().unwrap().into_owned();
                if file.is_empty() || file.ends_with('/') {
                    file.push_str("index.html");
                }
                found.push(file);
            }
        }
    }
    found
}

/// The reader must be able to fail.
#[test]
fn a_reader_sees_what_is_wrong() {
    let page = |text: &str| text.as_bytes().to_vec();
    let site = |files: &[(&str, &str)]| -> Files {
        files.iter().map(|(path, text)| ((*path).to_owned(), page(text))).collect()
    };
    let old = site(&[
        ("index.html", r#"<link href="/assets/a.css"><a href="a/">a</a><a href="gone/?x#y">gone</a>"#),
        (
            "a/index.html",
            r#"<a href="https://insects.example/">home</a><a href="https://other.example/b/">b</a>"#,
        ),
        ("gone/index.html", r#"<a href="/gone/too/">too</a>"#),
        ("gone/too/index.html", "too"),
        ("assets/a.css", "a"),
    ]);
    let new = site(&[
        ("index.html", r#"<link href="/assets/b.css"><a href="%E8%9A%81/">ant</a>"#),
        ("蚁/index.html", "ant"),
        ("a/index.html", r#"<meta content="0; url=/蚁/">"#),
        ("assets/b.css", "b"),
    ]);
    let all: Files = old.iter().chain(&new).map(|(k, v)| (k.clone(), v.clone())).collect();
    let look = |there: &Files, moving| {
        let reader = Reader { get: &|path| there.get(path).cloned(), sites: &[&old, &new], moving };
        reader.crawl(old.keys().filter(|path| path.ends_with(".html"))).1
    };
    assert_eq!(look(&old, false), [""; 0]);
    assert_eq!(look(&all, false), [""; 0]);
    assert_eq!(look(&new, false), [""; 0], "what the new site has not may be gone");
    for (missing, faults) in [("assets/b.css", 1), ("蚁/index.html", 1), ("a/index.html", 1)] {
        let mut there = all.clone();
        there.remove(missing);
        assert_eq!(look(&there, false).len(), faults, "{missing}");
    }
    // A page that stays leads to one that is gone already.
    let mut early = old.clone();
    early.remove("gone/index.html");
    assert_eq!((look(&early, false).len(), look(&early, true).len()), (0, 0), "it is a place to begin at");
    let reader = Reader { get: &|path| early.get(path).cloned(), sites: &[&old, &new], moving: false };
    assert_eq!(reader.crawl(["index.html".to_owned()].iter()).1.len(), 1);
    let mut half = all.clone();
    half.insert("index.html".to_owned(), page("<link"));
    assert_eq!(look(&half, true).len(), 1);
}
