//! What machines read: the content of feeds and sitemaps, robots.txt, redirects.

use super::Engine;
use super::feed::{self, Entry, Feed};
use super::redirect;
use super::sitemap::{self, SitemapUrl};
use super::text::Place;
use crate::base::{Digest, Lang, PartialDate, UrlPath};
use crate::diag::Diagnostic;
use crate::locale::Arg;
use crate::plan::What;
use crate::site::{EntryId, Presence, Version};

impl<'s> Engine<'s> {
    /// The Atom feed of a language, or of one of its topics: the newest articles that it has itself.
    pub(super) fn feed(
        &self,
        lang: Lang,
        topic: Option<EntryId>,
        url: &UrlPath,
    ) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let mut faults = Vec::new();
        let content = |version: &Version, place: &Place<'_>| {
            let text = self.texts.text(&version.file, &version.outline).unwrap_or_else(|fault| {
                faults.push(fault);
                Default::default()
            });
            let html = self.text(version, &text, lang, place, &mut faults);
            if self.site.config.feeds.full { html } else { self.beginning(&html, lang).unwrap_or_default() }
        };
        let bytes = self.feed_of(lang, topic, url, content, feed::atom);
        if faults.is_empty() { Ok(bytes) } else { Err(faults) }
    }

    /// The digest of a feed.
    pub(super) fn feed_digest(&self, lang: Lang, topic: Option<EntryId>, url: &UrlPath) -> Digest {
        let content = |version: &Version, place: &Place<'_>| self.text_digest(version, lang, place);
        self.feed_of(lang, topic, url, content, |feed| Digest::of_hash(feed))
    }

    /// A feed with the contents that `content` makes, as `form` takes it.
    fn feed_of<C, R>(
        &self,
        lang: Lang,
        topic: Option<EntryId>,
        url: &UrlPath,
        mut content: impl FnMut(&Version, &Place<'_>) -> C,
        form: impl FnOnce(&Feed<'_, C>) -> R,
    ) -> R {
        let config = &self.site.config;
        let owner = topic.unwrap_or(self.site.home);
        let mut ids: Vec<(EntryId, PartialDate)> = self
            .site
            .list(owner, lang)
            .iter()
            .filter_map(|&id| {
                let version = self.site.entry(id).version(lang)?;
                Some((id, version.date.or(version.updated)?))
            })
            .collect();
        // A list may begin with what weighs least; readers of a feed want what is new.
        ids.sort_by_key(|&(id, date)| (std::cmp::Reverse(date), id));
        ids.truncate(config.feeds.items);
        let author = config.author[lang].as_deref().unwrap_or(&config.title[lang]);
        let absolute = |path: &UrlPath| config.base_url.absolute(&path.encoded());
        let mut entries = Vec::new();
        for (id, date) in ids {
            let Some(version) = self.site.entry(id).version(lang) else { continue };
            let place = Place { lang, entry: id, url: self.path(id, lang), absolute: true };
            let categories = version.topics.iter().map(|&t| {
                (self.site.entry(t).id.clone(), self.title(t, self.site.linked(t, lang).unwrap_or(lang)))
            });
            let shortened = !config.feeds.full && version.summary.is_none();
            entries.push(Entry {
                url: absolute(self.path(id, lang)),
                title: version.title.clone(),
                summary: version.summary.clone(),
                beginning: shortened.then(|| content(version, &place)),
                content_html: config.feeds.full.then(|| content(version, &place)),
                published: Some(date),
                updated: version.updated.unwrap_or(date),
                categories: categories
                    .map(|(id, title)| (id.trim_start_matches("topics/").to_owned(), title.into_owned()))
                    .collect(),
            });
        }
        let title = match topic {
            None => config.title[lang].clone(),
            Some(id) => {
                let (site, topic) = (config.title[lang].clone(), self.title(id, lang).into_owned());
                self.word(lang, "feed-title-topic", &[("site", Arg::Text(site)), ("topic", Arg::Text(topic))])
            }
        };
        form(&Feed {
            url: &absolute(url),
            html_url: &absolute(self.path(owner, lang)),
            title: &title,
            subtitle: config.description[lang].as_deref(),
            author,
            lang: config.language(lang).tag(),
            updated: PartialDate::epoch(),
            entries,
        })
    }

    /// A sitemap file: 0 is `sitemap.xml`, which is the whole or the index of the parts.
    pub(super) fn sitemap_file(&self, part: usize) -> Vec<u8> {
        let urls = self.sitemap_urls();
        let chunk = self.plan.sitemap_chunk;
        let base = &self.site.config.base_url;
        match part {
            0 if urls.len() <= chunk => sitemap::urlset(urls, base),
            0 => {
                let part = |(i, urls): (usize, &[SitemapUrl<'_>])| {
                    let loc = base.absolute(&format!("sitemap-{}.xml", i + 1));
                    (loc, urls.iter().filter_map(|url| url.lastmod).max())
                };
                sitemap::index(&urls.chunks(chunk).enumerate().map(part).collect::<Vec<_>>())
            }
            part => sitemap::urlset(urls.chunks(chunk).nth(part - 1).unwrap_or_default(), base),
        }
    }

    /// The digest of a sitemap file.
    pub(super) fn sitemap_digest(&self, part: usize) -> Digest {
        let urls = self.sitemap_urls();
        let chunk = self.plan.sitemap_chunk;
        let digest = |urls: &[SitemapUrl<'_>]| Digest::of_hash(urls);
        match part {
            0 if urls.len() <= chunk => digest(urls),
            // The index names the newest day of each part.
            0 => urls
                .chunks(chunk)
                .map(|part| Digest::of_hash(&part.iter().map(|u| u.lastmod).max()))
                .collect(),
            part => digest(urls.chunks(chunk).nth(part - 1).unwrap_or_default()),
        }
    }

    /// Every page that search engines should know: not what shows another version's text.
    fn sitemap_urls(&self) -> &[SitemapUrl<'s>] {
        self.sitemap.get_or_init(|| {
            let mut urls = Vec::new();
            for route in &self.plan.routes {
                let (lastmod, alternates) = match route.what {
                    What::Page(id, lang, number) if self.site.presence(id, lang) == Presence::Own => {
                        let version = self.site.entry(id).version(lang);
                        let lastmod = version.and_then(|v| v.updated.or(v.date));
                        (lastmod, if number == 1 { self.alternates(id) } else { Vec::new() })
                    }
                    What::Landing => (None, self.alternates(self.site.home)),
                    _ => continue,
                };
                urls.push(SitemapUrl { path: &route.url, lastmod, alternates });
            }
            urls
        })
    }

    pub(super) fn robots(&self) -> Vec<u8> {
        let sitemap = self.site.config.base_url.absolute("sitemap.xml");
        format!("User-agent: *\nAllow: /\n\nSitemap: {sitemap}\n").into_bytes()
    }

    pub(super) fn redirect(&self, to: &UrlPath, lang: Lang) -> Vec<u8> {
        let base = &self.site.config.base_url;
        let (local, absolute) = (base.local(&to.encoded()), base.absolute(&to.encoded()));
        let title = self.word(lang, "redirect", &[("url", Arg::Text(absolute.clone()))]);
        redirect::redirect(&local, &absolute, self.site.config.language(lang).tag(), &title).into_bytes()
    }
}
