//! Small random sites: pages that lead to each other and use assets, and what authors do to them.

use std::collections::{BTreeMap, BTreeSet};

use super::dice::Dice;

/// A site: its pages by path, and plain files.
#[derive(Clone, Debug, Default)]
pub(super) struct Site {
    pages: BTreeMap<String, Page>,
    files: BTreeMap<String, u32>,
    /// The version of each theme asset.
    assets: [u32; 2],
}

#[derive(Clone, Debug, Default)]
struct Page {
    leads_to: BTreeSet<String>,
    /// Which of the theme's assets it uses.
    asset: usize,
    /// Its own picture.
    picture: bool,
    version: u32,
}

/// Where pages may be. Some stand below others, and where others have files.
const PLACES: [&str; 9] = [
    "s/a/index.html",
    "s/b/index.html",
    "s/c/index.html",
    "s/index.html",
    "t/d/index.html",
    "t/index.html",
    "x/index.html",
    "x/y/index.html",
    "404.html",
];

/// Files of no page, where pages may be at other times.
const FILES: [&str; 3] = ["x", "s/a", "t/d/index.html/odd"];

const HOME: &str = "index.html";

impl Site {
    pub(super) fn random(dice: &mut Dice) -> Self {
        let mut site = Self::default();
        site.pages.insert(HOME.to_owned(), Page::default());
        for _ in 0..1 + dice.below(4) {
            site.edit(dice);
        }
        site
    }

    /// The same site after some edits.
    pub(super) fn edited(&self, dice: &mut Dice) -> Self {
        let mut site = self.clone();
        for _ in 0..1 + dice.below(3) {
            site.edit(dice);
        }
        site
    }

    fn edit(&mut self, dice: &mut Dice) {
        let place = (*dice.pick(&PLACES)).to_owned();
        match dice.below(8) {
            0..=2 => self.come(&place, dice),
            3 => drop(self.pages.remove(&place)),
            4 => {
                // It moves, and leaves a redirect.
                let from = (*dice.pick(&PLACES)).to_owned();
                if from != place && self.pages.contains_key(&from) {
                    self.come(&place, dice);
                    let leads_to = BTreeSet::from([place]);
                    self.pages.insert(from, Page { leads_to, ..Page::default() });
                }
            }
            5 => self.assets[dice.below(2)] += 1,
            6 => {
                let file = (*dice.pick(&FILES)).to_owned();
                let version = dice.below(5) as u32;
                self.pages.retain(|path, _| !clash(path, &file));
                self.files.insert(file, version);
            }
            _ => {
                self.files.remove(*dice.pick(&FILES));
                let version = dice.below(1000) as u32;
                let at = dice.below(self.pages.len());
                self.pages.values_mut().skip(at).take(1).for_each(|page| page.version = version);
            }
        }
        // No page leads to one that is not of the site.
        let known: BTreeSet<String> = self.pages.keys().cloned().collect();
        self.pages.values_mut().for_each(|page| page.leads_to.retain(|path| known.contains(path)));
    }

    /// A page comes, or comes anew, and others lead to it.
    fn come(&mut self, path: &str, dice: &mut Dice) {
        self.files.retain(|file, _| !clash(file, path));
        self.pages.retain(|other, _| !clash(other, path));
        let known: Vec<String> = self.pages.keys().cloned().collect();
        let leads_to = dice.some(known.len(), 0).into_iter().map(|at| known[at].clone()).collect();
        let (asset, picture, version) = (dice.below(2), dice.one_in(2), dice.below(3) as u32);
        self.pages.insert(path.to_owned(), Page { leads_to, asset, picture, version });
        for at in dice.some(known.len(), 1) {
            if let Some(page) = self.pages.get_mut(&known[at]) {
                page.leads_to.insert(path.to_owned());
            }
        }
    }

    /// What a build makes of it. Every page says which pages it leads to and which files it shows.
    pub(super) fn output(&self) -> BTreeMap<String, String> {
        let mut output = BTreeMap::new();
        for (path, page) in &self.pages {
            let asset = format!("assets/style{}.{:010x}.css", page.asset, self.assets[page.asset]);
            output.insert(asset.clone(), asset.clone());
            let mut text = format!("version {}\nuse {asset}\n", page.version);
            if page.picture {
                let picture = format!("{}map.png", path.strip_suffix("index.html").unwrap_or("p-"));
                text += &format!("use {picture}\n");
                output.insert(picture, format!("a picture {}", page.version % 2));
            }
            text.extend(page.leads_to.iter().map(|to| format!("link {to}\n")));
            output.insert(path.clone(), text);
        }
        for (path, version) in &self.files {
            output.insert(path.clone(), format!("a file {version}"));
        }
        // What lists all pages leads to all of them.
        let map: String = self.pages.keys().map(|path| format!("link {path}\n")).collect();
        output.insert("sitemap.xml".to_owned(), map);
        output
    }
}

/// Whether one is a folder where the other is a file.
pub(super) fn clash(a: &str, b: &str) -> bool {
    let below = |a: &str, b: &str| b.strip_prefix(a).is_some_and(|rest| rest.starts_with('/'));
    below(a, b) || below(b, a)
}
