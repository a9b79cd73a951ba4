//! A site on disk, edited, broken, mended and built, of which every edition is compared with what it
//! should be.

use bashu::build::{Edition, Editions, Issue};

use super::Tally;
use super::model::{self, Model, Pages, before_rendering, built, difference, fresh, options};
use crate::dice::Dice;
use crate::rebuild::edits::EDITS;
use crate::rebuild::reach::{Files, Reach};
use crate::rebuild::site::Site;
use crate::rebuild::workshop::Workshop;

pub(super) struct Press {
    pub(super) shop: Workshop,
    editions: Editions,
    edition: Option<Edition>,
    /// The files of the last look at them.
    seen: Files,
    model: Model,
    tally: Tally,
}

/// Makes an error of an article's text.
type Slip = fn(&str) -> Vec<u8>;

const SLIPS: &[(&str, Slip)] = &[
    ("front matter that is none", |text| text.replacen("title: ", "title: [", 1).into_bytes()),
    ("no front matter", |text| text.replacen("---", "", 1).into_bytes()),
    ("an unknown key", |text| text.replacen("title: ", "titel: ", 1).into_bytes()),
    ("an unknown topic", |text| text.replacen("---\n", "---\ntopics: [nothing]\n", 1).into_bytes()),
    ("an unknown component", |text| format!("{text}\n```{{nothing}}\n```\n").into_bytes()),
    ("an unknown figure", |text| format!("{text}\n[](figure:nothing)\n").into_bytes()),
    ("no UTF-8", |text| [text.as_bytes(), b"\xff"].concat()),
];

impl Press {
    pub(super) fn new(dice: &mut Dice) -> Self {
        let shop = Workshop::new(Site::random(dice));
        let editions = Editions::new(shop.root());
        let (model, tally) = (Model::default(), Tally::default());
        Self { shop, editions, edition: None, seen: Files::new(), model, tally }
    }

    /// Some edits, and an edition after each.
    pub(super) fn steps(&mut self, dice: &mut Dice) -> Result<Tally, String> {
        self.shop.write();
        self.check(&[])?;
        for step in 1..=6 + dice.below(6) {
            let mut changed = Vec::new();
            for _ in 0..1 + usize::from(dice.one_in(3)) {
                let what = match dice.below(8) {
                    0 | 1 => self.slip(dice),
                    2 => self.mended(dice),
                    _ => {
                        let (name, edit) = dice.pick(EDITS);
                        edit(&mut self.shop.site, dice).map(|reach| (*name, reach))
                    }
                };
                let Some((what, reach)) = what else { continue };
                let files = self.shop.write();
                self.shop.reach = self.shop.reach.and(reach);
                self.shop.log.push(format!("{step}. {what}: {}", files.join(", ")));
                changed.extend(files);
            }
            self.check(&changed)?;
            if dice.one_in(4) {
                self.shop.log.push(format!("{step}. a build"));
                self.tally.builds += 1;
                self.shop.check(dice)?;
            }
        }
        Ok(std::mem::take(&mut self.tally))
    }

    /// Some article says what is wrong.
    fn slip(&mut self, dice: &mut Dice) -> Option<(&'static str, Reach)> {
        let files = self.shop.site.files();
        let articles: Vec<&String> = files.keys().filter(|path| path.ends_with(".md")).collect();
        let path = (*dice.pick(&articles)).clone();
        let text = String::from_utf8(files[&path].clone()).ok()?;
        let (name, slip) = dice.pick(SLIPS);
        self.shop.site.slips.insert(path, slip(&text));
        Some((name, Reach::All))
    }

    fn mended(&mut self, dice: &mut Dice) -> Option<(&'static str, Reach)> {
        let site = &mut self.shop.site;
        let slips: Vec<String> = site.slips.keys().cloned().collect();
        match slips.is_empty() || dice.one_in(3) {
            true => drop(site.broken.take()?),
            false => drop(site.slips.remove(dice.pick(&slips))),
        }
        Some(("mended", Reach::All))
    }

    /// Makes an edition, and holds it to what it should be.
    fn check(&mut self, changed: &[String]) -> Result<(), String> {
        let root = self.shop.root();
        let clock = self.shop.site.clock();
        let files = self.shop.site.files();
        let proof = self.proof(changed);
        let Some(issue) = self.editions.next(&options(clock), Vec::new(), || {}) else {
            // One edit may undo another.
            return match files == self.seen {
                true => Ok(()),
                false => Err(format!("{changed:?} changed, and there is no edition")),
            };
        };
        self.seen.clone_from(&files);
        let Issue { edition, diagnostics, notes, .. } = issue;
        if !notes.is_empty() {
            return Err(format!("notes: {notes:?}"));
        }
        let (faults, clean) = built(&files, clock);
        if before_rendering(&diagnostics) != faults {
            return Err(format!("the messages differ: {diagnostics:?}\nof a build: {faults:?}"));
        }
        let wanted = self.model.shown(&files, &faults, &self.shop.site);
        let held = differing(&files, &wanted);
        let wanted = match clean.filter(|_| held.is_empty()) {
            Some(clean) => {
                self.tally.clean += 1;
                Some(clean)
            }
            None => fresh(&wanted, clock),
        };
        self.tally.held += usize::from(!held.is_empty());
        if !held.is_empty() {
            self.shop.log.push(format!("   (held: {held:?})"));
        }
        let is = edition.as_ref().map(|edition| model::pages(edition, &root));
        match (&is, &wanted) {
            (Some(is), Some(wanted)) => {
                if let Some(why) = difference(is, wanted) {
                    return Err(format!("{why}\n{faults:?}"));
                }
                proof.map_or(Ok(()), |proof| proof.holds(is))?;
            }
            (None, None) => {}
            _ => return Err(format!("an edition: {}, wanted: {}", is.is_some(), wanted.is_some())),
        }
        if edition.is_some() {
            self.edition = edition;
        }
        Ok(())
    }

    /// Shows proofs of what changed, as a preview does.
    fn proof(&mut self, changed: &[String]) -> Option<Shown> {
        let root = self.shop.root();
        let edition = self.edition.as_mut()?;
        let files = changed.iter().map(|file| bashu::base::ContentPath::new(file.as_str()));
        let proofs: Vec<_> = files.filter_map(|file| edition.proof(&file)).collect();
        if proofs.is_empty() || proofs.len() < changed.len() {
            return None;
        }
        self.tally.proofs += 1;
        edition.revise(proofs);
        Some(Shown { files: changed.to_vec(), pages: model::pages(edition, &root) })
    }
}

/// What was shown before the edition, when nothing but words changed.
struct Shown {
    files: Vec<String>,
    pages: Pages,
}

impl Shown {
    /// It is what the edition shows; but a translation learns from the edition alone that its
    /// original says something else now.
    fn holds(&self, edition: &Pages) -> Result<(), String> {
        match difference(&self.pages, edition) {
            Some(why) => Err(format!("the proof of {:?} is not the edition: {why}", self.files)),
            None => Ok(()),
        }
    }
}

/// The files that are not shown as they are.
fn differing(files: &Files, shown: &Files) -> Vec<String> {
    let paths = files.keys().chain(shown.keys().filter(|path| !files.contains_key(*path)));
    paths.filter(|path| files.get(*path) != shown.get(*path)).cloned().collect()
}
