//! What a template sees, and the bytes of every file that is made from it.
//!
//! Owns views, the functions of templates, and the form of feeds, sitemaps and redirects. A page
//! is a pure function of its view and its theme: nothing here reads a file, a clock or the order
//! of a hash map, and nothing here decides a URL. The only room that renders templates.

mod card;
mod chart;
mod charts;
mod dataset;
mod feed;
mod figure;
mod figure_view;
mod filters;
mod form;
mod functions;
mod head;
mod item;
mod json;
mod key;
mod lately;
mod lead;
mod linked_data;
mod machine;
mod menu;
mod picture;
mod redirect;
mod sitemap;
mod subject;
mod text;
mod view;
mod xml;

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::{Arc, OnceLock};

use tera::{Context, Tera, Value};

use rustc_hash::FxHashSet;

use crate::article::{SlotKind, Texts};
use crate::base::{ContentPath, Digest, Lang};
use crate::cache::Media;
use crate::diag::{Diagnostic, Diagnostics, code, did_you_mean_and};
use crate::plan::{Plan, Route, What};
use crate::site::{EntryId, Site, Version};
use crate::theme::{self, Theme};
use form::Store;
use functions::Words;
use subject::Page;
use view::Subject;

pub use key::{Parts, StringsAsked, part_name};
pub use view::NAMES;

/// Renders the routes of one plan.
pub struct Engine<'s> {
    site: &'s Site,
    plan: &'s Plan,
    theme: &'s Theme,
    texts: &'s dyn Texts,
    /// Share cards that were drawn before.
    media: Media,
    /// One engine a language: the functions know theirs without asking the page.
    teras: Vec<Tera>,
    /// All that a page of each language depends on beside its view.
    frames: Vec<Digest>,
    /// The names that each template mentions, by their places in [`NAMES`].
    names: HashMap<&'s str, Vec<usize>>,
    /// The components that are given the figures of the article that calls them.
    with_figures: FxHashSet<&'s str>,
    words: Arc<Words>,
    values: Store<Value>,
    digests: Store<Digest>,
    sitemap: OnceLock<Vec<sitemap::SitemapUrl<'s>>>,
}

/// What a route becomes.
pub struct Rendered {
    /// The bytes of the file.
    pub bytes: Vec<u8>,
    /// The strings that its templates asked for.
    pub strings: StringsAsked,
    /// Of a share card, the key under which its drawing is kept.
    pub drawn: Option<Digest>,
}

impl Rendered {
    /// What no template had a part in.
    pub fn plain(bytes: Vec<u8>) -> Self {
        Self { bytes, strings: StringsAsked::default(), drawn: None }
    }
}

impl<'s> Engine<'s> {
    /// Prepares to render. Reports templates that are missing, components that are called wrongly
    /// and figures that cannot be written, before anything is written.
    pub fn new(
        site: &'s Site,
        plan: &'s Plan,
        theme: &'s Theme,
        texts: &'s dyn Texts,
        media: Media,
        diags: &mut Diagnostics,
    ) -> Self {
        let config = &site.config;
        let words = Arc::new(Words::new(config, &theme.strings.0));
        let teras: Vec<Tera> = config
            .langs()
            .map(|lang| {
                let mut tera = theme.tera.clone();
                let letters = theme.letterings.of[lang].as_ref();
                functions::register(&mut tera, lang, config, plan, theme, &words, letters);
                filters::register(&mut tera, lang, config);
                tera
            })
            .collect();
        let mut engine = Self {
            site,
            plan,
            theme,
            texts,
            teras,
            media,
            frames: key::frames(site, plan, theme),
            names: HashMap::new(),
            with_figures: theme
                .tera
                .get_component_names()
                .filter(|name| takes_figures(theme, name))
                .collect(),
            words,
            values: Store::new(site),
            digests: Store::new(site),
            sitemap: OnceLock::new(),
        };
        engine.check_templates(diags);
        engine.check_components(diags);
        engine.check_figures(diags);
        engine.check_menus(diags);
        engine
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
                    let places = (0..NAMES.len()).filter(|&place| mentioned.contains(NAMES[place]));
                    self.names.insert(name, places.collect());
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
        known.retain(|path| !path.contains('/') && *path != theme::CARD);
        let clause = "templates live in templates/ of the site or its theme";
        Some(
            Diagnostic::new(code::MISSING_TEMPLATE, format!("there is no template `{name}`"))
                .at(file, template.span)
                .help(did_you_mean_and(name, known.iter().copied(), clause)),
        )
    }

    fn check_components(&self, diags: &mut Diagnostics) {
        for entry in &self.site.entries {
            for lang in entry.languages() {
                let Some(version) = entry.version(lang) else { continue };
                for (slot, target) in version.outline.slots.iter().zip(&version.targets) {
                    let SlotKind::Component { name, name_span, args } = &slot.kind else { continue };
                    let (tera, file) = (&self.theme.tera, &version.file);
                    theme::check_component(tera, file, name, *name_span, args.as_ref(), diags);
                    if let ("chart", Some(args)) = (name.as_str(), args) {
                        self.check_chart((version, lang), *name_span, args, target, diags);
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
            What::Card(..) => Some(theme::CARD),
            What::Landing => Some("landing.html"),
            What::NotFound(_) => Some("404.html"),
            _ => None,
        }
    }

    /// The bytes of one route; `None` for what is made from a file of the site.
    pub fn render(&self, route: &Route) -> Result<Option<Rendered>, Vec<Diagnostic>> {
        let bytes = match &route.what {
            What::Page(..) | What::Landing | What::NotFound(_) => return self.page(route).map(Some),
            What::Card(_, lang) => return self.card(route, *lang).map(Some),
            What::Feed(lang, topic) => {
                functions::asked();
                let bytes = self.feed(*lang, *topic, &route.url)?;
                // Components of its texts may have asked for some.
                let strings = StringsAsked(functions::asked());
                return Ok(Some(Rendered { strings, ..Rendered::plain(bytes) }));
            }
            What::FiguresCsv | What::FiguresJson => {
                functions::asked();
                let csv = route.what == What::FiguresCsv;
                let bytes = if csv { self.figures_csv() } else { self.figures_json() };
                let strings = StringsAsked(functions::asked());
                return Ok(Some(Rendered { strings, ..Rendered::plain(bytes) }));
            }
            What::Sitemap => self.sitemap_file(0),
            What::SitemapPart(part) => self.sitemap_file(*part),
            What::Robots => self.robots(),
            What::NoJekyll => Vec::new(),
            What::Redirect(to, lang) => self.redirect(to, *lang),
            What::Asset(position) => self.theme.assets[*position].bytes.clone(),
            What::File(_) | What::Variant(..) => return Ok(None),
        };
        Ok(Some(Rendered::plain(bytes)))
    }

    /// The page that a route is, if it is one.
    fn subject<'r>(&'r self, route: &'r Route) -> Option<Page<'r>> {
        let first = Lang(0);
        let (subject, lang) = match &route.what {
            What::Page(id, lang, number) => (Subject::Entry(*id, *number), *lang),
            // It shows what the page does, and stands elsewhere.
            What::Card(id, lang) => {
                let (subject, url) = (Subject::Entry(*id, 1), self.path(*id, *lang));
                return Some(Page { subject, lang: *lang, url });
            }
            What::Landing => (Subject::Landing, first),
            What::NotFound(Some(lang)) => (Subject::NotFound { everywhere: false }, *lang),
            What::NotFound(None) => {
                (Subject::NotFound { everywhere: self.site.config.languages.len() > 1 }, first)
            }
            _ => return None,
        };
        Some(Page { subject, lang, url: &route.url })
    }

    fn page(&self, route: &Route) -> Result<Rendered, Vec<Diagnostic>> {
        // Only pages are sent here.
        let Some(page) = self.subject(route) else { return Err(Vec::new()) };
        let template = self.template(&route.what).unwrap_or_default();
        let mut faults = Vec::new();
        functions::asked();
        let mut context = Context::new();
        for (_, name) in self.names(template) {
            let value: Value = self.named(name, &page, &mut faults);
            context.insert_value(name, value);
        }
        // Most pages fit, so that few are moved while they grow.
        let mut bytes = Vec::with_capacity(16 * 1024);
        if let Err(error) = self.teras[page.lang.index()].render_to(template, &context, &mut bytes) {
            let file = self.page_file(&page);
            let at_page = theme::diagnose(&error, &self.theme.origins, None, code::TEMPLATE_RUNTIME)
                .into_iter()
                .map(|d| if d.labels.is_empty() { d.in_file(&file) } else { with_page(d, &file) });
            faults.extend(at_page);
        }
        let strings = StringsAsked(functions::asked());
        if faults.is_empty() { Ok(Rendered { strings, ..Rendered::plain(bytes) }) } else { Err(faults) }
    }

    /// The names that a template mentions, with their places in [`NAMES`].
    fn names(&self, template: &str) -> impl Iterator<Item = (usize, &'static str)> {
        self.names.get(template).into_iter().flatten().map(|&place| (place, NAMES[place]))
    }

    /// The file that a page is made from, or its URL where there is none, for messages.
    fn page_file(&self, page: &Page<'_>) -> ContentPath {
        match page.subject {
            Subject::Entry(id, _) => self.version(id, page.lang).map(|v| v.file.clone()),
            _ => None,
        }
        .unwrap_or_else(|| ContentPath::new(page.url.as_str()))
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

/// Whether a component asks for the figures of the article that calls it, by `@figures`.
fn takes_figures(theme: &Theme, name: &str) -> bool {
    let component = theme.tera.get_component_definition(name);
    component.is_some_and(|c| c.args().iter().any(|arg| arg.name() == "figures" && arg.is_implicit()))
}

/// A fault of a template, with the page that it showed on.
fn with_page(mut diagnostic: Diagnostic, page: &ContentPath) -> Diagnostic {
    let on = format!("it showed on {page}");
    diagnostic.help = Some(diagnostic.help.map_or_else(|| on.clone(), |help| format!("{help}; {on}")));
    diagnostic
}
