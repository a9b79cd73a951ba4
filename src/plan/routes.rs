//! What is written: one route after another, in the order in which claims are granted.

use rustc_hash::FxHashMap;

use super::claims::{Claimant, Claims};
use super::pictures::Pictures;
use super::{AssetClaim, FIGURES_CSV, FIGURES_JSON, Plan, What, urls};
use crate::base::{Lang, UrlPath};
use crate::config::UrlScheme;
use crate::diag::{Diagnostic, Diagnostics, code, nearest};
use crate::site::{EntryId, Kind, PerPage, Presence, Site, Target};

/// Plans the finished site; `cards` says which entries have a share card in which language. The faults
/// are in `diags`; with any, the plan must not be rendered.
pub fn plan(
    site: &Site,
    assets: &[AssetClaim],
    cards: Option<PerPage<bool>>,
    diags: &mut Diagnostics,
) -> Plan {
    let config = &site.config;
    let pages = urls::pages(site, diags);
    let files = files(site, &pages);
    let pictures = Pictures::of(site);
    let mut claims = Claims::default();
    let several = config.languages.len() > 1;
    let landing = config.urls == UrlScheme::Prefix && several;
    let own = |url: &str, what: What, name: &'static str, claims: &mut Claims| {
        claims.claim(UrlPath::new(url), what, Claimant::Own(name));
    };

    // Bashu's own files first, so that a conflict is told to whoever wrote the other.
    own("/robots.txt", What::Robots, "the robots.txt for search engines", &mut claims);
    own("/.nojekyll", What::NoJekyll, "the mark for GitHub Pages", &mut claims);
    own("/sitemap.xml", What::Sitemap, "the sitemap", &mut claims);
    own("/404.html", What::NotFound(None), "the page for what is not found", &mut claims);
    let figures = config.figures && site.has_figures();
    if figures {
        own(FIGURES_CSV, What::FiguresCsv, "the figures of the site", &mut claims);
        own(FIGURES_JSON, What::FiguresJson, "the figures of the site", &mut claims);
    }
    for lang in config.langs() {
        let prefix = config.prefix(lang);
        if !prefix.is_empty() {
            own(
                &format!("{prefix}/404.html"),
                What::NotFound(Some(lang)),
                "the page for what is not found",
                &mut claims,
            );
        }
        if config.feeds.enabled {
            own(&format!("{prefix}/feed.xml"), What::Feed(lang, None), "the feed", &mut claims);
        }
    }
    if landing {
        own("/", What::Landing, "the page of all languages", &mut claims);
    } else if config.urls == UrlScheme::Prefix {
        let home = UrlPath::new(format!("{}/", config.prefix(Lang(0))));
        own("/", What::Redirect(home, Lang(0)), "the way to the only language", &mut claims);
    }
    for id in site.ids() {
        for lang in config.langs() {
            let Some(Some(url)) = pages.get(id, lang) else { continue };
            claim_page(site, id, lang, url, &mut claims);
            if cards.as_ref().and_then(|cards| cards.get(id, lang)) == Some(&true) {
                claims.claim(urls::card(site, id, lang), What::Card(id, lang), claimant(site, id, lang));
            }
        }
    }
    for (i, asset) in assets.iter().enumerate() {
        let url = urls::asset(&asset.name, asset.fingerprint);
        claims.claim(url, What::Asset(i), Claimant::File(asset.origin.clone(), None));
    }
    pictures.claim(site, &mut claims);
    for (i, url) in files.iter().enumerate() {
        claims.claim(url.clone(), What::File(i), Claimant::File(site.files[i].path.clone(), None));
    }
    claim_aliases(site, &pages, &mut claims, diags);
    let sitemap_chunk = claim_sitemaps(site, landing, &mut claims);

    let plan = Plan {
        routes: claims.finish(diags),
        root: UrlPath::new("/"),
        sitemap_chunk,
        pages,
        cards,
        files,
        pictures,
        assets: assets.iter().map(|a| (a.name.clone(), urls::asset(&a.name, a.fingerprint))).collect(),
        languages_with_feeds: config.feeds.enabled,
        landing,
        figures,
        prefixes: config.langs().map(|l| config.prefix(l)).collect(),
    };
    check_root_links(site, &plan, diags);
    plan
}

fn claimant(site: &Site, id: EntryId, lang: Lang) -> Claimant {
    match site.shown(id, lang) {
        Some((_, version)) => Claimant::File(version.file.clone(), version.slug.as_ref().map(|s| s.span)),
        None if site.entry(id).kind == Kind::Home => Claimant::Own("the home page"),
        None => Claimant::Own("the overview of topics"),
    }
}

/// Whether an entry's page lists articles.
fn is_list(kind: Kind) -> bool {
    matches!(kind, Kind::Home | Kind::Section | Kind::Topic)
}

fn claim_page(site: &Site, id: EntryId, lang: Lang, url: &UrlPath, claims: &mut Claims) {
    let kind = site.entry(id).kind;
    let count =
        if is_list(kind) { site.list(id, lang).len().div_ceil(site.config.page_size).max(1) } else { 1 };
    for number in 1..=count {
        let url = urls::numbered(url, number);
        claims.claim(url, What::Page(id, lang, number), claimant(site, id, lang));
    }
    if kind == Kind::Topic && site.config.feeds.enabled && site.config.feeds.topics {
        let feed = UrlPath::new(format!("{url}feed.xml"));
        claims.claim(feed, What::Feed(lang, Some(id)), claimant(site, id, lang));
    }
}

fn claim_aliases(
    site: &Site,
    pages: &PerPage<Option<UrlPath>>,
    claims: &mut Claims,
    diags: &mut Diagnostics,
) {
    for id in site.ids() {
        for lang in site.config.langs() {
            let (Some(version), Some(Some(to))) = (site.entry(id).version(lang), pages.get(id, lang)) else {
                continue;
            };
            for written in &version.aliases {
                let claimant = Claimant::File(version.file.clone(), Some(written.span));
                match urls::alias(&written.value) {
                    Ok(url) => claims.claim(url, What::Redirect(to.clone(), lang), claimant),
                    Err(why) => diags.push(
                        Diagnostic::new(
                            code::BAD_PATH,
                            format!("`{}` cannot be an alias: {why}", written.value),
                        )
                        .at(&version.file, written.span)
                        .help("an alias is a path from the site's root, as in /old/place/"),
                    ),
                }
            }
        }
    }
}

/// Files of articles stand beside the original's page, and once: both versions link to them there.
fn files(site: &Site, pages: &PerPage<Option<UrlPath>>) -> Vec<UrlPath> {
    site.files
        .iter()
        .map(|file| {
            let path = file.path.as_str();
            let Some(owner) = file.owner else {
                return UrlPath::new(path.strip_prefix("static").unwrap_or(path));
            };
            let entry = site.entry(owner);
            let lang = entry.fallback().unwrap_or(entry.original);
            let folder = format!("content/{}", entry.id);
            let rest = path.strip_prefix(folder.as_str()).unwrap_or(path).trim_start_matches('/');
            let base = pages.get(owner, lang).and_then(Option::as_ref).map_or("/", UrlPath::as_str);
            UrlPath::new(format!("{base}{rest}"))
        })
        .collect()
}

/// A sitemap file holds at most 50,000 URLs and 50 MB (sitemaps.org, "Sitemaps & Sitemap index");
/// an alternate takes some 100 bytes, so that the second limit is kept by counting as well.
fn claim_sitemaps(site: &Site, landing: bool, claims: &mut Claims) -> usize {
    let chunk = 50_000.min(400_000 / (site.config.languages.len() + 1));
    let mut count = usize::from(landing);
    for id in site.ids() {
        for lang in site.config.langs().filter(|&lang| site.presence(id, lang) == Presence::Own) {
            let list = if is_list(site.entry(id).kind) { site.list(id, lang).len() } else { 0 };
            count += list.div_ceil(site.config.page_size).max(1);
        }
    }
    if count > chunk {
        for part in 1..=count.div_ceil(chunk) {
            let url = UrlPath::new(format!("/sitemap-{part}.xml"));
            claims.claim(url, What::SitemapPart(part), Claimant::Own("a sitemap"));
        }
    }
    chunk
}

/// Links that begin with a slash name paths of the finished site; only now is it known which exist.
fn check_root_links(site: &Site, plan: &Plan, diags: &mut Diagnostics) {
    let mut known: Option<FxHashMap<&str, &What>> = None;
    for id in site.ids() {
        for lang in site.config.langs() {
            let Some(version) = site.entry(id).version(lang) else { continue };
            for (slot, target) in version.outline.slots.iter().zip(&version.targets) {
                let Target::Url(path, anchor) = target else { continue };
                let known = known.get_or_insert_with(|| {
                    plan.routes.iter().map(|r| (r.output.as_str(), &r.what)).collect()
                });
                let fault = match (known.get(path.output().as_str()), anchor) {
                    (None, _) => broken_root_link(path.as_str(), plan),
                    (Some(What::Page(to, to_lang, _)), Some(anchor)) if !has_anchor(site, *to, *to_lang, anchor) => {
                        Diagnostic::new(code::BROKEN_ANCHOR, format!("`{path}` has no heading `#{anchor}`"))
                            .help("link to articles by relative paths to their files: then the nearest heading is suggested")
                    }
                    _ => continue,
                };
                diags.push(fault.at(&version.file, slot.span));
            }
        }
    }
}

fn has_anchor(site: &Site, id: EntryId, lang: Lang, anchor: &str) -> bool {
    site.shown(id, lang).is_some_and(|(_, version)| version.outline.anchors.iter().any(|a| a == anchor))
}

fn broken_root_link(path: &str, plan: &Plan) -> Diagnostic {
    let help = match nearest(path, plan.routes.iter().map(|r| r.url.as_str())) {
        Some(near) => {
            format!("did you mean `{near}`? Links to articles are better relative paths to their files")
        }
        None => "link to articles by relative paths to their files, as in `../topics/rural.en.md`".to_owned(),
    };
    Diagnostic::new(code::BROKEN_LINK, format!("the link `{path}` leads nowhere")).help(help)
}
