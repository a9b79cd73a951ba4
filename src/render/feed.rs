//! Atom feeds (RFC 4287).
//!
//! Owns the form of a feed. Which articles are in it, and in which order, is decided elsewhere;
//! URLs come in absolute and encoded.

use super::xml::Xml;
use crate::base::PartialDate;

/// A feed and its entries, newest first.
#[derive(Clone, Debug, Hash)]
pub(super) struct Feed<'a, C = String> {
    /// The feed's own URL, which is also its id.
    pub url: &'a str,
    /// The page that lists the same articles.
    pub html_url: &'a str,
    /// Its title.
    pub title: &'a str,
    /// A sentence about it.
    pub subtitle: Option<&'a str>,
    /// Who publishes it.
    pub author: &'a str,
    /// Its language, as a BCP 47 tag.
    pub lang: &'a str,
    /// When it last changed, if it has no entries to tell.
    pub updated: PartialDate,
    /// The articles.
    pub entries: Vec<Entry<C>>,
}

/// An article in a feed; what is made of its text, or the digest of that.
#[derive(Clone, Debug, Hash)]
pub(super) struct Entry<C = String> {
    /// Its permanent URL, which is also its id.
    pub url: String,
    /// Its title.
    pub title: String,
    /// Its summary.
    pub summary: Option<String>,
    /// What stands for the summary, if it has none: the beginning of its text; may be empty.
    pub beginning: Option<C>,
    /// Its text, with absolute URLs.
    pub content_html: Option<C>,
    /// When it was first published.
    pub published: Option<PartialDate>,
    /// When it last changed.
    pub updated: PartialDate,
    /// Its topics: the id, and the name in the feed's language.
    pub categories: Vec<(String, String)>,
}

/// The feed as a document. It says it was updated when its newest entry was, so that it changes
/// only when an entry does.
pub(super) fn atom(feed: &Feed<'_>) -> Vec<u8> {
    let mut xml = Xml::new();
    xml.open("feed", &[("xmlns", "http://www.w3.org/2005/Atom"), ("xml:lang", feed.lang)]);
    xml.text("id", &[], feed.url);
    xml.text("title", &[], feed.title);
    if let Some(subtitle) = feed.subtitle {
        xml.text("subtitle", &[], subtitle);
    }
    xml.empty("link", &[("rel", "self"), ("type", "application/atom+xml"), ("href", feed.url)]);
    xml.empty(
        "link",
        &[("rel", "alternate"), ("type", "text/html"), ("hreflang", feed.lang), ("href", feed.html_url)],
    );
    let newest = feed.entries.iter().map(|entry| entry.updated.first_day()).max();
    xml.text("updated", &[], &instant(newest.unwrap_or(feed.updated)));
    author(&mut xml, feed.author);
    xml.text("generator", &[], "Bashu");
    for item in &feed.entries {
        entry(&mut xml, item, feed);
    }
    xml.close("feed");
    xml.finish()
}

/// Language and author are inherited from the feed (§ 2, § 4.2.1).
fn entry(xml: &mut Xml, entry: &Entry, feed: &Feed<'_>) {
    xml.open("entry", &[]);
    xml.text("id", &[], &entry.url);
    xml.text("title", &[], &entry.title);
    xml.empty(
        "link",
        &[("rel", "alternate"), ("type", "text/html"), ("hreflang", feed.lang), ("href", &entry.url)],
    );
    if let Some(published) = entry.published {
        xml.text("published", &[], &instant(published));
    }
    xml.text("updated", &[], &instant(entry.updated));
    for (term, label) in &entry.categories {
        xml.empty("category", &[("term", term), ("label", label)]);
    }
    let summary = entry.summary.as_ref().or(entry.beginning.as_ref());
    if let Some(summary) = summary.filter(|summary| !summary.is_empty()) {
        xml.text("summary", &[], summary);
    }
    if let Some(html) = &entry.content_html {
        xml.text("content", &[("type", "html")], html);
    }
    xml.close("entry");
}

fn author(xml: &mut Xml, name: &str) {
    xml.open("author", &[]);
    xml.text("name", &[], name);
    xml.close("author");
}

/// The moment at which a date begins. Atom wants a moment, and this is the one that the same
/// date always gives.
fn instant(date: PartialDate) -> String {
    format!("{}T00:00:00Z", date.first_day())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str) -> PartialDate {
        PartialDate::parse(text).unwrap()
    }

    fn feed() -> Feed<'static> {
        Feed {
            url: "https://bashu.example/zh/feed.xml",
            html_url: "https://bashu.example/zh/",
            title: "川渝同行",
            subtitle: Some("合作 & 进展"),
            author: "川渝同行",
            lang: "zh-Hans",
            updated: date("2023"),
            entries: Vec::new(),
        }
    }

    fn text(feed: &Feed<'_>) -> String {
        String::from_utf8(atom(feed)).unwrap()
    }

    #[test]
    fn an_empty_feed_is_valid() {
        insta::assert_snapshot!(text(&feed()), @r##"
        <?xml version="1.0" encoding="UTF-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">
          <id>https://bashu.example/zh/feed.xml</id>
          <title>川渝同行</title>
          <subtitle>合作 &amp; 进展</subtitle>
          <link rel="self" type="application/atom+xml" href="https://bashu.example/zh/feed.xml"/>
          <link rel="alternate" type="text/html" hreflang="zh-Hans" href="https://bashu.example/zh/"/>
          <updated>2023-01-01T00:00:00Z</updated>
          <author>
            <name>川渝同行</name>
          </author>
          <generator>Bashu</generator>
        </feed>
        "##);
    }

    #[test]
    fn entries_inherit_what_the_feed_says() {
        let entry = Entry {
            url: "https://bashu.example/zh/initiatives/%E7%8F%AD%E5%88%97/".into(),
            title: "班列 <一>".into(),
            summary: Some("两地班列统一品牌。".into()),
            beginning: None,
            content_html: Some(
                "<p>前九月开行<data value=\"4248\">4248</data>列 &amp; 更多\u{c}。</p>\n".into(),
            ),
            published: Some(date("2023-12")),
            updated: date("2024-01-05"),
            categories: vec![("opening-up".into(), "对外开放".into()), ("transport".into(), "交通".into())],
        };
        insta::assert_snapshot!(text(&Feed { entries: vec![entry], ..feed() }), @r##"
        <?xml version="1.0" encoding="UTF-8"?>
        <feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-Hans">
          <id>https://bashu.example/zh/feed.xml</id>
          <title>川渝同行</title>
          <subtitle>合作 &amp; 进展</subtitle>
          <link rel="self" type="application/atom+xml" href="https://bashu.example/zh/feed.xml"/>
          <link rel="alternate" type="text/html" hreflang="zh-Hans" href="https://bashu.example/zh/"/>
          <updated>2024-01-05T00:00:00Z</updated>
          <author>
            <name>川渝同行</name>
          </author>
          <generator>Bashu</generator>
          <entry>
            <id>https://bashu.example/zh/initiatives/%E7%8F%AD%E5%88%97/</id>
            <title>班列 &lt;一&gt;</title>
            <link rel="alternate" type="text/html" hreflang="zh-Hans" href="https://bashu.example/zh/initiatives/%E7%8F%AD%E5%88%97/"/>
            <published>2023-12-01T00:00:00Z</published>
            <updated>2024-01-05T00:00:00Z</updated>
            <category term="opening-up" label="对外开放"/>
            <category term="transport" label="交通"/>
            <summary>两地班列统一品牌。</summary>
            <content type="html">&lt;p&gt;前九月开行&lt;data value=&quot;4248&quot;&gt;4248&lt;/data&gt;列 &amp;amp; 更多�。&lt;/p&gt;
        </content>
          </entry>
        </feed>
        "##);
    }
}
