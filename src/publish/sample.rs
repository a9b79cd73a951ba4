//! Which pages are looked at after a publish, and what each should answer.
//!
//! Owns the choice, which is the same for the same site and plan, and the comparison. It asks
//! nobody.

use std::io::Read;

use url::Url;

use super::kind::Kind;
use super::plan::{Plan, url};
use super::release::{Item, Release};
use super::trouble::Trouble;
use super::visit::Answer;
use crate::config::BaseUrl;

/// The most pages that are looked at.
const MOST: usize = 20;

/// What is larger is not fetched to be compared.
const LARGE: u64 = 10 * 1024 * 1024;

/// A page that sends readers on is smaller than that.
const REDIRECT: u64 = 4 * 1024;

/// An address that no site has.
const NOWHERE: &str = "/bashu-looks-for-a-page-that-is-not-there/";

/// Something to ask a server for.
#[derive(Debug)]
pub(super) struct Call {
    pub(super) url: Url,
    pub(super) expected: Expected,
}

/// What it should answer.
#[derive(Debug)]
pub(super) enum Expected {
    /// A file, with its bytes and media type.
    File(Vec<u8>, String),
    /// A page that leads to another URL, or that the host answers with a redirect to it.
    Redirect(Vec<u8>, Url),
    /// What was deleted.
    Gone,
    /// What never was: the site's own page for that, if it has one.
    Missing(Option<Vec<u8>>),
}

/// What is to be asked after a plan was carried out.
pub(super) fn calls(release: &Release, plan: &Plan, base_url: &BaseUrl) -> Result<Vec<Call>, Trouble> {
    let whole = |path: &str| Url::parse(&base_url.absolute(path)).ok();
    let mut calls = Vec::new();
    for item in chosen(release, plan)? {
        let content = content(item)?;
        let target =
            redirect(item, &content).and_then(|to| Url::parse(&base_url.origin).ok()?.join(&to).ok());
        let expected = match target {
            Some(to) => Expected::Redirect(content, to),
            None => Expected::File(content, item.headers.content_type.clone()),
        };
        calls.extend(whole(&url(&item.path)).map(|url| Call { url, expected }));
    }
    for path in plan.deleted.iter().filter(|path| is_shown(path)).take(2) {
        calls.extend(whole(&url(path)).map(|url| Call { url, expected: Expected::Gone }));
    }
    let missing = release.item("404.html").map(content).transpose()?;
    calls.extend(whole(NOWHERE).map(|url| Call { url, expected: Expected::Missing(missing) }));
    Ok(calls)
}

/// Changed pages, home pages, one of each kind, redirects, and others evenly from the whole site.
fn chosen<'r>(release: &'r Release, plan: &Plan) -> Result<Vec<&'r Item>, Trouble> {
    let fit = |item: &&Item| is_shown(&item.path) && item.size <= LARGE;
    let is_page = |item: &&Item| matches!(item.kind, Kind::Page | Kind::Index);
    let changed: Vec<&Item> =
        plan.send.iter().filter_map(|&position| release.items.get(position)).filter(fit).collect();
    let pages: Vec<&Item> = release.items.iter().filter(fit).filter(is_page).collect();
    let mut chosen: Vec<&Item> = evenly(&changed.into_iter().filter(is_page).collect::<Vec<_>>(), 8);
    chosen.extend(
        pages
            .iter()
            .filter(|item| item.path.matches('/').count() <= 1 && item.path.ends_with("index.html"))
            .take(4),
    );
    // One of each kind and type.
    let mut types = std::collections::BTreeSet::new();
    for item in release.items.iter().filter(fit) {
        let end = item.path.rsplit_once('.').map(|(_, end)| end);
        if types.len() < 8 && types.insert((item.kind, end)) {
            chosen.push(item);
        }
    }
    let mut redirects = 0;
    for item in pages.iter().filter(|item| item.size <= REDIRECT) {
        if redirects < 2 && redirect(item, &content(item)?).is_some() {
            chosen.push(item);
            redirects += 1;
        }
    }
    chosen.extend(evenly(&pages, MOST));
    let mut seen = std::collections::BTreeSet::new();
    chosen.retain(|item| seen.insert(&item.path));
    // Two deleted ones and the one that never was belong to the twenty.
    chosen.truncate(MOST - 1 - plan.deleted.len().min(2));
    Ok(chosen)
}

/// So many of some items, evenly from all of them.
fn evenly<'r>(items: &[&'r Item], most: usize) -> Vec<&'r Item> {
    let count = items.len().min(most);
    (0..count).filter_map(|n| items.get(n * items.len() / count).copied()).collect()
}

/// Whether hosts show a file under its own name: rules are for the host itself, hidden files are
/// often not served, and of compressed copies the server makes what it wants.
fn is_shown(path: &str) -> bool {
    let hidden = path.split('/').any(|name| name.starts_with('.') && name != ".well-known");
    let rules =
        ["_headers", "_redirects", "CNAME", "404.html"].contains(&path) || path.ends_with("/404.html");
    let copy = path.ends_with(".gz") || path.ends_with(".br");
    !hidden && !rules && !copy
}

/// An item's content, before any compression.
fn content(item: &Item) -> Result<Vec<u8>, Trouble> {
    let bytes = item.bytes()?;
    let encoding = item.headers.encoding.map_or("", |compression| compression.token());
    decoded(&bytes, encoding, LARGE as usize).map_err(Trouble::Failed)
}

/// Where a page that Bashu made for it leads.
fn redirect(item: &Item, content: &[u8]) -> Option<String> {
    if item.size > REDIRECT || !item.path.ends_with(".html") {
        return None;
    }
    let text = std::str::from_utf8(content).ok()?;
    let (_, rest) = text.split_once("http-equiv=\"refresh\" content=\"0; url=")?;
    let (to, _) = rest.split_once('"')?;
    Some(to.replace("&amp;", "&"))
}

/// Takes off a content coding (RFC 9110, 8.4.1).
fn decoded(body: &[u8], encoding: &str, most: usize) -> Result<Vec<u8>, String> {
    let mut content = Vec::new();
    let most = most as u64 + 1;
    let read = match encoding.trim().to_ascii_lowercase().as_str() {
        "" | "identity" => return Ok(body.to_vec()),
        "gzip" | "x-gzip" => flate2::read::MultiGzDecoder::new(body).take(most).read_to_end(&mut content),
        "br" => brotli::Decompressor::new(body, 4096).take(most).read_to_end(&mut content),
        other => return Err(format!("it came in the coding `{other}`, which nobody asked for")),
    };
    read.map(|_| content).map_err(|error| format!("its coding `{encoding}` is damaged: {error}"))
}

impl Expected {
    /// The most bytes of an answer that are worth reading.
    pub(super) fn most(&self) -> usize {
        match self {
            Self::File(content, _) | Self::Redirect(content, _) | Self::Missing(Some(content)) => {
                content.len() + 1024
            }
            Self::Gone | Self::Missing(None) => 1024,
        }
    }

    /// Whether redirects are followed.
    pub(super) fn follows(&self) -> bool {
        !matches!(self, Self::Redirect(..))
    }
}

impl Call {
    /// Whether an answer is what it should be; else what is wrong.
    pub(super) fn judge(&self, answer: &Answer) -> Result<(), String> {
        let status = answer.status;
        let led = || answer.location.as_ref().map(|to| format!(", and leads to {to}")).unwrap_or_default();
        match &self.expected {
            Expected::Gone if matches!(status, 404 | 410) => Ok(()),
            Expected::Gone => Err(format!("it was deleted, and still answers with status {status}{}", led())),
            Expected::Missing(_) if status != 404 => {
                Err(format!("what is not there must answer with status 404, and this with {status}{}", led()))
            }
            Expected::Missing(None) => Ok(()),
            Expected::Missing(Some(page)) => match self.same(page, answer) {
                Ok(()) => Ok(()),
                Err(_) => {
                    Err("what is not there is answered with another page than the site's 404.html".to_owned())
                }
            },
            Expected::Redirect(_, to) if answer.location.is_some() => {
                let right = answer.location.as_ref() == Some(to);
                if right { Ok(()) } else { Err(format!("it should lead to {to}{}", led())) }
            }
            Expected::File(..) | Expected::Redirect(..) if status != 200 => {
                Err(format!("it answers with status {status}{}", led()))
            }
            Expected::Redirect(content, _) => self.same(content, answer),
            Expected::File(content, content_type) => {
                self.same(content, answer)?;
                let sent = answer.content_type.as_str();
                let right = same_type(content_type, sent);
                match sent {
                    _ if right => Ok(()),
                    "" => Err(format!("it has no type, and should have `{content_type}`")),
                    sent => Err(format!("its type is `{sent}` instead of `{content_type}`")),
                }
            }
        }
    }

    fn same(&self, content: &[u8], answer: &Answer) -> Result<(), String> {
        let body = decoded(&answer.body, &answer.encoding, content.len())?;
        if body == content {
            return Ok(());
        }
        Err("it is another page than was published, or an older one".to_owned())
    }
}

/// Whether browsers make the same of two media types.
fn same_type(own: &str, sent: &str) -> bool {
    let essence = |text: &str| text.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    let charset = |text: &str| {
        let text = text.to_ascii_lowercase();
        let value = text.split_once("charset=").map(|(_, value)| value.trim_matches(['"', ' ']).to_owned());
        value.unwrap_or_default()
    };
    let (one, two) = (essence(own), essence(sent));
    // Names that servers have for the same.
    let family = |name: &str| match name {
        "application/javascript" | "application/x-javascript" => "text/javascript".to_owned(),
        "application/xml" | "text/xml" => "xml".to_owned(),
        xml if xml.ends_with("+xml") && xml != "image/svg+xml" => "xml".to_owned(),
        "image/x-icon" | "image/vnd.microsoft.icon" => "icon".to_owned(),
        other => other.to_owned(),
    };
    // Pages say their charset themselves, and XML has its own way of it.
    let other_charset =
        !charset(own).is_empty() && !charset(sent).is_empty() && charset(own) != charset(sent);
    family(&one) == family(&two) && !other_charset
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(status: u16, content_type: &str, body: &[u8]) -> Answer {
        Answer { status, content_type: content_type.to_owned(), body: body.to_vec(), ..Answer::default() }
    }

    #[test]
    fn answers_are_judged_as_readers_would() {
        let url = |text: &str| Url::parse(text).unwrap();
        let call = |expected| Call { url: url("https://insects.net/en/"), expected };
        let html = "text/html; charset=utf-8";
        let page = || Expected::File(b"<p>ants".to_vec(), html.to_owned());
        let redirect = || Expected::Redirect(b"<meta>".to_vec(), url("https://insects.net/zh/"));
        let gzip = {
            use std::io::Write;
            let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            gzip.write_all(b"<p>ants").unwrap();
            Answer { encoding: "gzip".to_owned(), ..answer(200, html, &gzip.finish().unwrap()) }
        };
        let damaged = Answer { encoding: "gzip".to_owned(), ..answer(200, html, b"<p>ants") };
        let to = |status, to: &str| Answer { location: Some(url(to)), ..answer(status, html, b"moved") };
        for (expected, answer, wrong) in [
            (page(), answer(200, html, b"<p>ants"), ""),
            (page(), answer(200, "text/html", b"<p>ants"), ""),
            (page(), gzip, ""),
            (page(), damaged, "damaged"),
            (page(), answer(200, html, b"<p>bees"), "or an older one"),
            (page(), answer(200, html, b"<p>ants!"), "or an older one"),
            (page(), answer(200, html, b"<p>"), "or an older one"),
            (page(), answer(404, html, b"<p>ants"), "status 404"),
            (page(), answer(200, "text/plain", b"<p>ants"), "its type is `text/plain`"),
            (page(), answer(200, "text/html; charset=GBK", b"<p>ants"), "its type"),
            (page(), to(302, "https://elsewhere.net/"), "leads to https://elsewhere.net/"),
            (redirect(), to(301, "https://insects.net/zh/"), ""),
            (redirect(), to(301, "https://insects.net/fr/"), "should lead to https://insects.net/zh/"),
            (redirect(), answer(200, html, b"<meta>"), ""),
            (redirect(), answer(200, html, b"<meta >"), "another page"),
            (Expected::Gone, answer(404, html, b"x"), ""),
            (Expected::Gone, answer(410, html, b"x"), ""),
            (Expected::Gone, answer(200, html, b"x"), "still answers with status 200"),
            (Expected::Missing(None), answer(404, html, b"x"), ""),
            (Expected::Missing(None), answer(200, html, b"x"), "must answer with status 404"),
            (Expected::Missing(Some(b"no".to_vec())), answer(404, html, b"no"), ""),
            (Expected::Missing(Some(b"no".to_vec())), answer(404, html, b"nginx"), "the site's 404.html"),
            (Expected::Missing(Some(b"no".to_vec())), answer(403, html, b"no"), "and this with 403"),
        ] {
            let said = call(expected).judge(&answer).err().unwrap_or_default();
            assert_eq!(said.is_empty(), wrong.is_empty(), "{answer:?}: {said}");
            assert!(said.contains(wrong), "{answer:?}: {said}");
        }
    }

    #[test]
    fn types_are_compared_as_browsers_do() {
        for (own, sent, same) in [
            ("application/atom+xml; charset=utf-8", "text/xml", true),
            ("image/svg+xml", "image/svg+xml", true),
            ("image/svg+xml", "text/xml", false),
            ("text/javascript; charset=utf-8", "application/javascript", true),
            ("text/css; charset=utf-8", "TEXT/CSS; charset=UTF-8", true),
            ("text/css; charset=utf-8", "", false),
        ] {
            assert_eq!(same_type(own, sent), same, "{own} {sent}");
        }
    }
}
