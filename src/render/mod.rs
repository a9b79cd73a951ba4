//! What a template sees, and the bytes of every file that is made from it.
//!
//! Owns views, the functions of templates, and the form of feeds, sitemaps and redirects. A page
//! is a pure function of its view and its theme: nothing here reads a file, a clock or the order
//! of a hash map, and nothing here decides a URL. The only room that renders templates.

mod feed;
mod functions;
mod head;
mod item;
mod machine;
mod redirect;
mod sitemap;
mod text;
mod value;
mod view;
mod xml;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use tera::{Tera, Value};

use crate::base::{ContentPath, Lang, UrlPath};
use crate::diag::{Diagnostic, Diagnostics, code, did_you_mean_and};
use crate::plan::{Plan, Route, What};
use crate::site::{EntryId, Site, Version};
use crate::theme::{self, Theme};
use functions::Words;
use value::object;
use view::Subject;

/// Renders the routes of one plan.
pub struct Engine<'s> {
    site: &'s Site,
    plan: &'s Plan,
    theme: &'s Theme,
    /// One engine a language: the functions know theirs without asking the page.
    teras: Vec<Tera>,
    /// The names that each template mentions.
    names: HashMap<&'s str, Vec<&'static str>>,
    words: Arc<Words>,
    items: item::Items,
    shared: Vec<Shared>,
    languages: OnceLock<Value>,
    sitemap: OnceLock<Vec<sitemap::SitemapUrl>>,
}

/// Values that all pages of a language share.
struct Shared {
    site: Value,
    lang: Value,
    settings: Value,
    nav: OnceLock<Value>,
    topics: OnceLock<Value>,
    sections: OnceLock<Value>,
    collections: OnceLock<Value>,
}

impl<'s> Engine<'s> {
    /// Prepares to render. Reports templates that are missing and components that are called
    /// wrongly, before anything is written.
    pub fn new(site: &'s Site, plan: &'s Plan, theme: &'s Theme, diags: &mut Diagnostics) -> Self {
        let config = &site.config;
        let words = Arc::new(Words::new(config, &theme.strings.0));
        let teras: Vec<Tera> = config
            .langs()
            .map(|lang| {
                let mut tera = theme.tera.clone();
                functions::register(&mut tera, lang, config, plan, &words);
                tera
            })
            .collect();
        let mut engine = Self {
            site,
            plan,
            theme,
            teras,
            names: HashMap::new(),
            words,
            items: item::Items::new(site.entries.len(), config.languages.len()),
            shared: Vec::new(),
            languages: OnceLock::new(),
            sitemap: OnceLock::new(),
        };
        engine.shared = config.langs().map(|lang| engine.share(lang)).collect();
        engine.check_templates(diags);
        engine.check_components(diags);
        engine
    }

    fn share(&self, lang: Lang) -> Shared {
        let language = self.site.config.language(lang);
        Shared {
            site: self.site_value(lang),
            lang: object([
                ("code", language.code.as_str().into()),
                ("tag", language.tag().into()),
                ("name", language.name.as_str().into()),
                ("dir", language.locale.direction().as_str().into()),
            ]),
            settings: self.settings_value(lang),
            nav: OnceLock::new(),
            topics: OnceLock::new(),
            sections: OnceLock::new(),
            collections: OnceLock::new(),
        }
    }

    /// Finds the template of every page, and what it mentions.
    fn check_templates(&mut self, diags: &mut Diagnostics) {
        let mut asked: BTreeMap<&str, Diagnostic> = BTreeMap::new();
        let mut lacking: BTreeSet<&str> = BTreeSet::new();
        for route in &self.plan.routes {
            let Some(name) = self.template(&route.what) else { continue };
            if self.names.contains_key(name) || asked.contains_key(name) || lacking.contains(name) {
                continue;
            }
            match self.theme.tera.get_template_variables(name) {
                Ok(mentioned) if self.theme.tera.contains_template(name) => {
                    let names = view::NAMES.iter().copied().filter(|n| mentioned.contains(n)).collect();
                    self.names.insert(name, names);
                }
                _ => match self.asked_template(name, &route.what) {
                    Some(fault) => drop(asked.insert(name, fault)),
                    None => drop(lacking.insert(name)),
                },
            }
        }
        diags.extend(asked.into_values());
        if !lacking.is_empty() {
            let config = &self.site.config;
            let names = lacking.iter().map(|n| format!("`{n}`")).collect::<Vec<_>>().join(", ");
            diags.push(
                Diagnostic::new(
                    code::MISSING_TEMPLATE,
                    format!("the theme `{}` lacks {names}", config.theme.value),
                )
                .at(&config.file, config.theme.span)
                .help("add `parent: plain` to its theme.yaml to take what it lacks from there"),
            );
        }
    }

    /// The fault of a template that front matter asks for, if it does.
    fn asked_template(&self, name: &str, what: &What) -> Option<Diagnostic> {
        let What::Page(id, lang, _) = what else { return None };
        let (file, template) = self.version(*id, *lang).and_then(|v| v.template.as_ref())?;
        let mut known = theme::bare_names(&self.theme.origins);
        // Whole pages stand in the folder itself.
        known.retain(|path| !path.contains('/'));
        let clause = "templates live in templates/ of the site or its theme";
        Some(
            Diagnostic::new(code::MISSING_TEMPLATE, format!("there is no template `{name}`"))
                .at(file, template.span)
                .help(did_you_mean_and(name, known.iter().copied(), clause)),
        )
    }

    fn check_components(&self, diags: &mut Diagnostics) {
        for entry in &self.site.entries {
            for version in entry.versions.iter().flatten() {
                for slot in &version.body.slots {
                    if let crate::article::SlotKind::Component { name, name_span, args } = &slot.kind {
                        let (tera, file) = (&self.theme.tera, &version.file);
                        theme::check_component(tera, file, name, *name_span, args.as_ref(), diags);
                    }
                }
            }
        }
    }

    fn version(&self, id: EntryId, lang: Lang) -> Option<&'s Version> {
        self.site.shown(id, lang).map(|(_, version)| version)
    }

    /// The template that a route is rendered with, if it is.
    fn template(&self, what: &What) -> Option<&'s str> {
        match what {
            What::Page(id, lang, _) => {
                let asked = self.version(*id, *lang).and_then(|v| v.template.as_ref());
                let usual = self.site.entry(*id).kind.template();
                Some(asked.map_or(usual, |(_, template)| template.value.as_str()))
            }
            What::Landing => Some("landing.html"),
            What::NotFound(_) => Some("404.html"),
            _ => None,
        }
    }

    /// The bytes of one route; `None` for files that are copied as they are.
    pub fn render(&self, route: &Route) -> Result<Option<Vec<u8>>, Vec<Diagnostic>> {
        let first = Lang(0);
        match &route.what {
            What::Page(id, lang, number) => self.page(Subject::Entry(*id, *number), *lang, route).map(Some),
            What::Landing => self.page(Subject::Landing, first, route).map(Some),
            What::NotFound(Some(lang)) => {
                self.page(Subject::NotFound { everywhere: false }, *lang, route).map(Some)
            }
            What::NotFound(None) => {
                let everywhere = self.site.config.languages.len() > 1;
                self.page(Subject::NotFound { everywhere }, first, route).map(Some)
            }
            What::Feed(lang, topic) => self.feed(*lang, *topic, &route.url).map(Some),
            What::Sitemap => Ok(Some(self.sitemap_file(0))),
            What::SitemapPart(part) => Ok(Some(self.sitemap_file(*part))),
            What::Robots => Ok(Some(self.robots())),
            What::NoJekyll => Ok(Some(Vec::new())),
            What::Redirect(to, lang) => Ok(Some(self.redirect(to, *lang))),
            What::Asset(position) => Ok(Some(self.theme.assets[*position].bytes.clone())),
            What::File(_) => Ok(None),
        }
    }

    fn page(&self, subject: Subject, lang: Lang, route: &Route) -> Result<Vec<u8>, Vec<Diagnostic>> {
        let template = self.template(&route.what).unwrap_or_default();
        let names = self.names.get(template).map_or(&[][..], Vec::as_slice);
        let mut faults = Vec::new();
        let context = self.view(subject, lang, &route.url, names, &mut faults);
        let mut out = Vec::with_capacity(8 * 1024);
        if let Err(error) = self.teras[lang.index()].render_to(template, &context, &mut out) {
            let page = self.page_file(subject, lang, &route.url);
            let at_page = theme::diagnose(&error, &self.theme.origins, None, code::TEMPLATE_RUNTIME)
                .into_iter()
                .map(|d| if d.labels.is_empty() { d.in_file(&page) } else { with_page(d, &page) });
            faults.extend(at_page);
        }
        if faults.is_empty() { Ok(out) } else { Err(faults) }
    }

    /// The file that a page is made from, or its URL where there is none, for messages.
    fn page_file(&self, subject: Subject, lang: Lang, url: &UrlPath) -> ContentPath {
        match subject {
            Subject::Entry(id, _) => self.version(id, lang).map(|v| v.file.clone()),
            _ => None,
        }
        .unwrap_or_else(|| ContentPath::new(url.as_str()))
    }

    /// What interface strings were missing, once every page is rendered.
    pub fn missing_strings(&self) -> Diagnostics {
        let mut by_language: BTreeMap<Lang, Vec<String>> = BTreeMap::new();
        for (lang, key) in self.words.missing() {
            by_language.entry(lang).or_default().push(format!("`{key}`"));
        }
        let faults = by_language.into_iter().map(|(lang, keys)| {
            let language = self.site.config.language(lang);
            let message = match keys.as_slice() {
                [one] => format!("the interface string {one} is missing in {}", language.name),
                _ => format!("{} interface strings are missing in {}: {}", keys.len(), language.name, keys.join(", ")),
            };
            Diagnostic::new(code::MISSING_STRING, message)
                .in_file(&ContentPath::new(format!("strings/{}.ftl", language.tag())))
                .help("write `name = text` there, or in the theme's strings; until then another language stands in")
        });
        faults.collect()
    }
}

/// A fault of a template, with the page that it showed on.
fn with_page(mut diagnostic: Diagnostic, page: &ContentPath) -> Diagnostic {
    let on = format!("it showed on {page}");
    diagnostic.help = Some(diagnostic.help.map_or_else(|| on.clone(), |help| format!("{help}; {on}")));
    diagnostic
}
