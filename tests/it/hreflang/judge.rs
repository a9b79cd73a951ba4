//! The judge of a finished site: what its pages and its sitemap say of one another.
//!
//! It knows the site's address and languages, and the files; nothing of what made them.

use std::collections::{BTreeMap, BTreeSet};

use percent_encoding::percent_decode_str;

use super::markup::{self, Tag};

/// The finished files.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// The HTML pages by output path.
pub(super) type Pages = BTreeMap<String, Page>;

/// What the judge is told of a site.
#[derive(Debug)]
pub(super) struct Address {
    /// Its base URL, with a slash at the end, percent-encoded.
    pub(super) base: String,
    /// File code and tag of each language.
    pub(super) languages: Vec<(String, String)>,
}

/// What the judge reads of an HTML page.
#[derive(Debug)]
pub(super) struct Page {
    /// Its own URL.
    pub(super) url: String,
    pub(super) lang: String,
    pub(super) title: String,
    pub(super) canonical: Option<String>,
    pub(super) noindex: bool,
    redirect: Option<String>,
    /// Tag and URL, sorted.
    pub(super) alternates: Vec<(String, String)>,
    links: Vec<Tag>,
    ids: BTreeSet<String>,
}

impl Page {
    /// Whether search engines may keep it.
    pub(super) fn indexable(&self) -> bool {
        !self.noindex && self.redirect.is_none() && self.canonical.as_deref() == Some(&self.url)
    }
}

/// Every fault of a site whose pages are read.
pub(super) fn faults_of(files: &Files, pages: &Pages, address: &Address) -> Vec<String> {
    let mut faults = Vec::new();
    let site = Judged { files, address, pages };
    for (path, page) in pages {
        let mut own = Vec::new();
        site.page(path, page, &mut own);
        site.links(page, &mut own);
        faults.extend(own.into_iter().map(|fault| format!("{path}: {fault}")));
    }
    site.sitemap(&mut faults);
    faults
}

/// The HTML pages of a site by output path.
pub(super) fn pages(files: &Files, address: &Address, faults: &mut Vec<String>) -> Pages {
    let html = files.iter().filter(|(path, _)| path.ends_with(".html"));
    html.filter_map(|(path, bytes)| match std::str::from_utf8(bytes) {
        Ok(text) => Some((path.clone(), read(path, text, address, faults))),
        Err(_) => {
            faults.push(format!("{path}: is not UTF-8"));
            None
        }
    })
    .collect()
}

/// One page.
pub(super) fn read(path: &str, text: &str, address: &Address, faults: &mut Vec<String>) -> Page {
    let mut page = Page {
        url: url_of(path, &address.base),
        lang: String::new(),
        title: markup::title(text).unwrap_or_default(),
        canonical: None,
        noindex: false,
        redirect: None,
        alternates: Vec::new(),
        links: Vec::new(),
        ids: BTreeSet::new(),
    };
    let mut in_head = true;
    for tag in markup::tags(text) {
        if let Some(id) = tag.get("id")
            && !page.ids.insert(id.to_owned())
        {
            faults.push(format!("{path}: the id `{id}` stands twice"));
        }
        match tag.name.as_str() {
            "html" => page.lang = tag.get("lang").unwrap_or_default().to_owned(),
            "body" => in_head = false,
            "meta" if tag.get("name") == Some("robots") => {
                page.noindex = tag.get("content").is_some_and(|c| c.contains("noindex"));
            }
            "meta" if tag.get("http-equiv") == Some("refresh") => {
                let target = tag.get("content").and_then(|c| c.split_once("url=")).map(|(_, url)| url);
                page.redirect = Some(target.unwrap_or_default().to_owned());
            }
            "link" if tag.rel("canonical") => {
                if page.canonical.is_some() {
                    faults.push(format!("{path}: two canonical URLs"));
                }
                page.canonical = tag.get("href").map(str::to_owned);
            }
            "link" if tag.rel("alternate") && tag.get("hreflang").is_some() => {
                if !in_head {
                    faults.push(format!("{path}: hreflang outside the head"));
                }
                let value = |name| tag.get(name).unwrap_or_default().to_owned();
                page.alternates.push((value("hreflang"), value("href")));
            }
            "link" | "a" | "img" | "script" | "source" => page.links.push(tag),
            _ => {}
        }
    }
    page.alternates.sort();
    page
}

/// The URL that a static host answers with this file.
fn url_of(path: &str, base: &str) -> String {
    let path = path.strip_suffix("index.html").filter(|p| p.is_empty() || p.ends_with('/')).unwrap_or(path);
    let mut url = base.to_owned();
    for c in path.chars() {
        if c.is_ascii_alphanumeric() || "-._~/!$&'()*+,;=:@".contains(c) {
            url.push(c);
        } else {
            c.encode_utf8(&mut [0; 4]).bytes().for_each(|b| url.push_str(&format!("%{b:02X}")));
        }
    }
    url
}

struct Judged<'s> {
    files: &'s Files,
    address: &'s Address,
    pages: &'s Pages,
}

impl Judged<'_> {
    /// The output path of an absolute URL of this site.
    fn path(&self, url: &str) -> Option<String> {
        let path = url.strip_prefix(&self.address.base)?.split(['#', '?']).next()?;
        let path = percent_decode_str(path).decode_utf8().ok()?;
        let folder = path.is_empty() || path.ends_with('/');
        Some(if folder { format!("{path}index.html") } else { path.into_owned() })
    }

    fn target(&self, url: &str) -> Option<(String, &Page)> {
        let path = self.path(url)?;
        let page = self.pages.get(&path)?;
        Some((path, page))
    }

    /// The tag of the language whose page stands at a path.
    fn tag_of(&self, path: &str) -> &str {
        let languages = &self.address.languages;
        let own = languages.iter().find(|(code, _)| path.starts_with(&format!("{code}/")));
        &own.unwrap_or(&languages[0]).1
    }

    fn page(&self, path: &str, page: &Page, faults: &mut Vec<String>) {
        let mut fault = |text: String| faults.push(text);
        let tags: Vec<&str> = self.address.languages.iter().map(|(_, tag)| tag.as_str()).collect();
        if let Some(target) = &page.redirect {
            // A redirect may stand anywhere and speaks the language of its target.
            let canonical = page.canonical.as_deref().unwrap_or_default();
            match self.target(canonical) {
                Some((path, to)) if to.redirect.is_none() && to.lang == page.lang => {
                    if !canonical.ends_with(target.as_str()) || !target.starts_with('/') {
                        fault(format!("leads to {target}, and says {canonical} ({path})"));
                    }
                }
                _ => fault(format!("leads to {canonical}, which is no page in {}", page.lang)),
            }
            if !page.noindex || !page.alternates.is_empty() {
                fault("a redirect that may be indexed or has alternates".to_owned());
            }
            return;
        }
        if page.lang != self.tag_of(path) {
            fault(format!("lang is `{}`, not `{}`", page.lang, self.tag_of(path)));
        }
        if path == "404.html" || path.ends_with("/404.html") {
            if !page.noindex || page.canonical.is_some() || !page.alternates.is_empty() {
                fault("a 404 page is noindex, without canonical and alternates".to_owned());
            }
            return;
        }
        match page.canonical.as_deref().and_then(|url| self.target(url)) {
            None => fault(format!("its canonical {:?} is no page of the site", page.canonical)),
            Some((_, other)) if page.noindex => {
                if !other.indexable() || other.url == page.url {
                    fault(format!("a page out of search engines has the canonical {}", other.url));
                }
            }
            Some((_, other)) if other.url != page.url => {
                fault(format!("may be indexed, and its canonical is {}", other.url));
            }
            Some(_) => {}
        }
        if page.noindex && !page.alternates.is_empty() {
            fault("has alternates and is noindex".to_owned());
        }
        if page.alternates.is_empty() {
            return;
        }
        let mut seen = BTreeSet::new();
        for (tag, href) in &page.alternates {
            if !seen.insert(tag) {
                fault(format!("hreflang {tag} stands twice"));
            }
            if tag != "x-default" && !tags.contains(&tag.as_str()) {
                fault(format!("hreflang {tag} is no language of the site"));
            }
            let Some((_, other)) = self.target(href) else {
                fault(format!("hreflang {tag}: {href} is no page of the site"));
                continue;
            };
            if !other.indexable() || other.url != *href {
                fault(format!("hreflang {tag}: {href} may not be indexed"));
            }
            if tag != "x-default" && other.lang != *tag {
                fault(format!("hreflang {tag}: {href} is in {}", other.lang));
            }
            if !other.alternates.iter().any(|(_, back)| *back == page.url) {
                fault(format!("hreflang {tag}: {href} does not point back"));
            }
            if other.alternates != page.alternates {
                fault(format!("hreflang {tag}: {href} names other alternates"));
            }
        }
        if !page.alternates.iter().any(|(tag, _)| tag == "x-default") {
            fault("has alternates and no x-default".to_owned());
        }
        let own = if path == "index.html" && !self.home_at_root(page) { "x-default" } else { &page.lang };
        if !page.alternates.iter().any(|(tag, href)| tag == own && *href == page.url) {
            fault(format!("does not name itself as {own}"));
        }
        if page.alternates.len() < 3 {
            fault("names alternates, and there are none".to_owned());
        }
    }

    /// Whether the root page is the first language's home page rather than one of all languages.
    fn home_at_root(&self, root: &Page) -> bool {
        root.alternates.iter().any(|(tag, href)| tag != "x-default" && *href == root.url)
    }

    /// Every link, picture and script within the site leads to something.
    fn links(&self, page: &Page, faults: &mut Vec<String>) {
        let scheme_end = self.address.base.find("://").map_or(0, |at| at + 3);
        let root = self.address.base[scheme_end..].find('/').map_or(0, |at| at + scheme_end);
        let origin = &self.address.base[..root];
        for tag in &page.links {
            let Some(href) = tag.get("href").or_else(|| tag.get("src")) else { continue };
            let url = match href.chars().next() {
                Some('/') => format!("{origin}{href}"),
                Some('#') => format!("{}{href}", page.url),
                _ => href.to_owned(),
            };
            if !url.starts_with(origin) {
                if !url.contains("://") && !url.starts_with("mailto:") {
                    faults.push(format!("`{href}` is relative"));
                }
                continue;
            }
            let Some(path) = self.path(&url).filter(|path| self.files.contains_key(path)) else {
                faults.push(format!("`{href}` leads nowhere"));
                continue;
            };
            let other = self.pages.get(&path);
            let fragment = url.split_once('#').map(|(_, f)| percent_decode_str(f).decode_utf8_lossy());
            if let (Some(other), Some(fragment)) = (other, fragment)
                && !other.ids.contains(&*fragment)
            {
                faults.push(format!("`{href}`: there is no such place on that page"));
            }
            if other.is_some_and(|other| other.redirect.is_some()) {
                faults.push(format!("`{href}` is a redirect"));
            }
            if let (Some(other), Some(lang)) = (other, tag.get("hreflang"))
                && tag.name == "a"
                && other.lang != lang
                && !other.noindex
                && tag.get("class") != Some("elsewhere")
            {
                faults.push(format!("`{href}` is said to be in {lang} and is in {}", other.lang));
            }
        }
    }

    fn sitemap(&self, faults: &mut Vec<String>) {
        let mut listed = Vec::new();
        let mut files = vec!["sitemap.xml".to_owned()];
        while let Some(file) = files.pop() {
            let text = self.files.get(&file).map(|bytes| String::from_utf8_lossy(bytes).into_owned());
            match text.ok_or("is missing".to_owned()).and_then(|text| markup::sitemap(&text)) {
                Err(why) => faults.push(format!("{file}: {why}")),
                Ok(entries) => {
                    for entry in entries {
                        match self.path(&entry.loc) {
                            Some(path) if entry.part => files.push(path),
                            _ => listed.push(entry),
                        }
                    }
                }
            }
        }
        let mut seen: BTreeSet<String> = BTreeSet::new();
        for entry in &listed {
            let Some((path, page)) = self.target(&entry.loc) else {
                faults.push(format!("sitemap: {} is no page of the site", entry.loc));
                continue;
            };
            if !page.indexable() || page.url != entry.loc {
                faults.push(format!("sitemap: {} may not be indexed", entry.loc));
            }
            let mut alternates = entry.alternates.clone();
            alternates.sort();
            if alternates != page.alternates {
                faults.push(format!(
                    "sitemap: {} has other alternates than its page: {alternates:?}, {:?}",
                    entry.loc, page.alternates
                ));
            }
            if !seen.insert(path) {
                faults.push(format!("sitemap: {} stands twice", entry.loc));
            }
        }
        let lacking = self.pages.iter().filter(|(path, page)| page.indexable() && !seen.contains(*path));
        faults.extend(lacking.map(|(path, _)| format!("sitemap: {path} is missing")));
    }
}
