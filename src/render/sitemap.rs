//! Sitemaps (sitemaps.org 0.9), with the alternates that search engines read.
//!
//! Owns the form of the protocol. Which pages are listed, and what their
//! alternates are, is decided by the translation graph; URLs come in absolute and encoded.

use super::xml::Xml;
use crate::base::PartialDate;

/// A page in a sitemap.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct SitemapUrl {
    /// Its canonical URL.
    pub loc: String,
    /// When it last changed, as far as that is known.
    pub lastmod: Option<PartialDate>,
    /// Its versions, itself and `x-default` included: hreflang and URL.
    pub alternates: Vec<(String, String)>,
}

const NAMESPACE: &str = "http://www.sitemaps.org/schemas/sitemap/0.9";
const XHTML: &str = "http://www.w3.org/1999/xhtml";

/// One sitemap file. The plan sees to it that it keeps the protocol's limits.
pub(super) fn urlset(urls: &[SitemapUrl]) -> Vec<u8> {
    let any_alternates = urls.iter().any(|url| !url.alternates.is_empty());
    let mut xml = Xml::new();
    let namespaces = [("xmlns", NAMESPACE), ("xmlns:xhtml", XHTML)];
    xml.open("urlset", if any_alternates { &namespaces } else { &namespaces[..1] });
    for url in urls {
        write(&mut xml, url);
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

fn write(xml: &mut Xml, url: &SitemapUrl) {
    xml.open("url", &[]);
    xml.text("loc", &[], &url.loc);
    lastmod(xml, url.lastmod);
    for (lang, href) in &url.alternates {
        xml.empty("xhtml:link", &[("rel", "alternate"), ("hreflang", lang), ("href", href)]);
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

    fn url(path: &str, lastmod: Option<&str>, alternates: &[&str]) -> SitemapUrl {
        SitemapUrl {
            loc: format!("{BASE}{path}"),
            lastmod: lastmod.map(|d| PartialDate::parse(d).unwrap()),
            alternates: alternates
                .iter()
                .map(|lang| ((*lang).to_owned(), format!("{BASE}{lang}/?a=1&b=2")))
                .collect(),
        }
    }

    #[test]
    fn a_file_lists_pages_and_their_alternates() {
        let urls = [
            url("en/", Some("2023-12-25"), &["en", "zh-Hans", "x-default"]),
            url("about/", Some("2023-12"), &[]),
        ];
        insta::assert_snapshot!(String::from_utf8(urlset(&urls)).unwrap(), @r##"
        <?xml version="1.0" encoding="UTF-8"?>
        <urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml">
          <url>
            <loc>https://bashu.example/en/</loc>
            <lastmod>2023-12-25</lastmod>
            <xhtml:link rel="alternate" hreflang="en" href="https://bashu.example/en/?a=1&amp;b=2"/>
            <xhtml:link rel="alternate" hreflang="zh-Hans" href="https://bashu.example/zh-Hans/?a=1&amp;b=2"/>
            <xhtml:link rel="alternate" hreflang="x-default" href="https://bashu.example/x-default/?a=1&amp;b=2"/>
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
