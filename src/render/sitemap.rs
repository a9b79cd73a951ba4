//! Sitemaps (sitemaps.org 0.9), with the alternates that search engines read.
//!
//! Owns the form of the protocol. Which pages are listed, and what their
//! alternates are, is decided by the translation graph; URLs come in absolute and encoded.

use super::xml::Xml;
use crate::base::{PartialDate, UrlPath};
use crate::config::BaseUrl;

/// A page in a sitemap.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct SitemapUrl<'s> {
    /// The path of its canonical URL.
    pub path: &'s UrlPath,
    /// When it last changed, as far as that is known.
    pub lastmod: Option<PartialDate>,
    /// Its versions, itself and `x-default` included: hreflang and path.
    pub alternates: Vec<(&'s str, &'s UrlPath)>,
}

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// One sitemap file. The plan sees to it that it keeps the protocol's limits.
pub(super) fn urlset(urls: &[SitemapUrl<'_>], base: &BaseUrl) -> Vec<u8> {
    let any_alternates = urls.iter().any(|url| !url.alternates.is_empty());
    // A line takes some eighty bytes and the address.
    let line = |path: &UrlPath| 96 + base.origin.len() + path.as_str().len();
    let lines = |url: &SitemapUrl<'_>| (2 + url.alternates.len()) * line(url.path);
    let mut xml = Xml::with_capacity(urls.iter().map(lines).sum());
    let namespaces = [("xmlns", NAMESPACE), ("xmlns:xhtml", XHTML)];
    xml.open("urlset", if any_alternates { &namespaces } else { &namespaces[..1] });
    for url in urls {
        write(&mut xml, url, base);
    }
    xml.close("urlset");
    xml.finish()
}

/// The index of several files: their URLs, and when the newest page of each changed.
pub(super) fn index(parts: &[(String, Option<PartialDate>)]) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("sitemapindex", &[("xmlns", NAMESPACE)]);
    for (loc, newest) in parts {
        xml.open("sitemap", &[]);
        xml.text("loc", &[], loc);
        lastmod(&mut xml, *newest);
        xml.close("sitemap");
    }
    xml.close("sitemapindex");
    xml.finish()
}

fn write(xml: &mut Xml, url: &SitemapUrl<'_>, base: &BaseUrl) {
    xml.open("url", &[]);
    xml.text("loc", &[], &base.absolute(&url.path.encoded()));
    lastmod(xml, url.lastmod);
    for (lang, path) in &url.alternates {
        let href = base.absolute(&path.encoded());
        xml.empty("xhtml:link", &[("rel", "alternate"), ("hreflang", lang), ("href", &href)]);
    }
    xml.close("url");
}

/// The day of the last change. The protocol's schema knows days and moments only, so of a month
/// or a year nothing is said: its first day would be older than the text may be.
fn lastmod(xml: &mut Xml, date: Option<PartialDate>) {
    if let Some(day) = date.filter(|date| date.day().is_some()) {
        xml.text("lastmod", &[], &day.to_string());
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str = "https://bashu.example/";

    #[test]
    fn a_file_lists_pages_and_their_alternates() {
        let [en, zh, about] = ["/en/", "/zh/合作/", "/about/"].map(UrlPath::new);
        let date = |text| PartialDate::parse(text).ok();
        let alternates = vec![("en", &en), ("zh-Hans", &zh), ("x-default", &en)];
        let urls = [
            SitemapUrl { path: &en, lastmod: date("2023-12-25"), alternates },
            SitemapUrl { path: &about, lastmod: date("2023-12"), alternates: Vec::new() },
        ];
        let base = BaseUrl { origin: "https://bashu.example".to_owned(), path: "/".to_owned() };
        insta::assert_snapshot!(String::from_utf8(urlset(&urls, &base)).unwrap(), @r##"
        <?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
          <url>
            <loc>https://bashu.example/en/</loc>
            <lastmod>2023-12-25</lastmod>
            <xhtml:link rel="alternate" hreflang="en" href="https://bashu.example/en/"/>
            <xhtml:link rel="alternate" hreflang="zh-Hans" href="https://bashu.example/zh/%E5%90%88%E4%BD%9C/"/>
            <xhtml:link rel="alternate" hreflang="x-default" href="https://bashu.example/en/"/>
          </url>
          <url>
            <loc>https://bashu.example/about/</loc>
          </url>
        </urlset>
        "##);
    }

    #[test]
    fn an_index_lists_files() {
        let parts = [(format!("{BASE}sitemap-1.xml"), None)];
        insta::assert_snapshot!(String::from_utf8(index(&parts)).unwrap(), @r##"
        <?xml version="1.0" encoding="UTF-8"?>
        <sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
          <sitemap>
            <loc>https://bashu.example/sitemap-1.xml</loc>
          </sitemap>
        </sitemapindex>
        "##);
    }
}
