//! What editors do to a site between two builds.

use super::reach::Reach;
use super::site::{
    BASES, CITATIONS, COLLECTIONS, DAYS, Entry, FEEDS, FOLDERS, HTML, IMAGES, LANGUAGES, MISSING, Part, Site,
    UNITS, Version,
};
use super::surroundings;
use crate::dice::Dice;

/// Changes the site; `None` where it has nothing to change so.
pub(crate) type Edit = fn(&mut Site, &mut Dice) -> Option<Reach>;

/// Every edit by its name. What editors do often stands here more than once.
pub(crate) const EDITS: &[(&str, Edit)] = &[
    ("text", text),
    ("text", text),
    ("parts of a text", parts),
    ("parts of a text", parts),
    ("a place that is linked to", place),
    ("a place that is linked to", place),
    ("title", title),
    ("summary", summary),
    ("date", date),
    ("front matter", front),
    ("front matter", front),
    ("own front matter", own_front),
    ("slug", slug),
    ("topics of an article", topics),
    ("figure", figure),
    ("a figure that is shown elsewhere", shown_elsewhere),
    ("a figure that is shown elsewhere", shown_elsewhere),
    ("unit of a figure", unit),
    ("citation", citation),
    ("label", label),
    ("article added", add),
    ("entry deleted", delete),
    ("entry renamed", rename),
    ("article moved", relocate),
    ("translation", translation),
    ("translation", translation),
    ("another original", original),
    ("picture", picture),
    ("topic added", |site, dice| {
        site.add(dice, "topics", None);
        Some(Reach::Site)
    }),
    ("language", surroundings::language),
    ("order of languages", surroundings::languages),
    ("missing_translation", |site, dice| turn(&mut site.missing, MISSING.len(), dice)),
    ("feeds", |site, dice| turn(&mut site.feeds, FEEDS.len(), dice)),
    ("raw HTML", |site, dice| turn(&mut site.html, HTML.len(), dice)),
    ("how pictures are offered", |site, dice| turn(&mut site.images, IMAGES.len(), dice)),
    ("base_url", |site, dice| turn(&mut site.base, BASES.len(), dice).map(|_| Reach::Theme)),
    ("collections", |site, dice| turn(&mut site.collections, COLLECTIONS.len(), dice)),
    ("the day", |site, dice| turn(&mut site.day, DAYS.len(), dice)),
    ("the day", |site, dice| turn(&mut site.day, DAYS.len(), dice)),
    ("drafts", |site, _| flip(|site| &mut site.drafts, site)),
    ("tag of a language", |site, _| flip(|site| &mut site.retagged, site).map(|_| Reach::Theme)),
    ("collation", |site, _| flip(|site| &mut site.by_stroke, site)),
    ("urls", |site, _| flip(|site| &mut site.root, site)),
    ("messages", |site, _| flip(|site| &mut site.strict, site)),
    ("description", |site, _| flip(|site| &mut site.described, site)),
    ("page_size", |site, dice| {
        site.page_size = 1 + dice.below(4);
        Some(Reach::Site)
    }),
    ("the site's title", |site, _| {
        site.title = site.number();
        Some(Reach::Site)
    }),
    ("setting", |site, _| {
        site.greeting = (site.theme != "plain").then(|| site.number());
        site.greeting.map(|_| Reach::Site)
    }),
    ("strings", surroundings::strings),
    ("strings", surroundings::strings),
    ("a string of one language", surroundings::string),
    ("a string of one language", surroundings::string),
    ("a compact form", surroundings::compact_form),
    ("template", surroundings::template),
    ("component", surroundings::component),
    ("asset", surroundings::asset),
    ("static file", surroundings::static_file),
    ("theme", surroundings::other_theme),
    ("something broken", surroundings::breakage),
    ("something mended", surroundings::mend),
    ("something mended", surroundings::mend),
];

fn turn(what: &mut usize, of: usize, dice: &mut Dice) -> Option<Reach> {
    *what = (*what + 1 + dice.below(of - 1)) % of;
    Some(Reach::Site)
}

fn flip(what: fn(&mut Site) -> &mut bool, site: &mut Site) -> Option<Reach> {
    let what = what(site);
    *what = !*what;
    Some(Reach::Site)
}

/// One of the entries that fit.
fn some_entry<'s>(site: &'s mut Site, dice: &mut Dice, fits: fn(&Entry) -> bool) -> Option<&'s mut Entry> {
    let fit: Vec<usize> = (0..site.entries.len()).filter(|&i| fits(&site.entries[i])).collect();
    if fit.is_empty() { None } else { Some(&mut site.entries[*dice.pick(&fit)]) }
}

/// A version that has a file, with its entry's number and its language.
pub(crate) fn some_version<'s>(
    site: &'s mut Site,
    dice: &mut Dice,
) -> Option<(usize, usize, &'s mut Version)> {
    let languages = site.languages.clone();
    let entry = some_entry(site, dice, |_| true)?;
    let number = entry.number;
    let there: Vec<usize> = entry.versions.keys().copied().filter(|l| languages.contains(l)).collect();
    if there.is_empty() {
        return None;
    }
    let lang = *dice.pick(&there);
    entry.versions.get_mut(&lang).map(|version| (number, lang, version))
}

pub(crate) fn text(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let words = site.number();
    let (_, _, version) = some_version(site, dice)?;
    version.words = words;
    Some(Reach::Text)
}

fn parts(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let part = site.part(dice);
    let (_, _, version) = some_version(site, dice)?;
    if !version.parts.is_empty() && dice.one_in(2) {
        let at = dice.below(version.parts.len());
        version.parts.remove(at);
    } else {
        version.parts.push(part);
    }
    Some(Reach::Site)
}

/// A heading that others link to comes or goes; or such a link is written.
fn place(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let number = site.number();
    let texts = site.entries.iter().flat_map(|entry| entry.versions.values());
    let linked = texts.flat_map(|version| &version.parts).filter_map(|part| match part {
        Part::Link(number, true) if site.entry(*number).is_some() => Some(*number),
        _ => None,
    });
    let linked: Vec<usize> = linked.collect();
    if linked.is_empty() {
        let to = dice.pick(&site.entries).number;
        some_version(site, dice)?.2.parts.push(Part::Link(to, true));
        return Some(Reach::Site);
    }
    let of = *dice.pick(&linked);
    let entry = site.entries.iter_mut().find(|entry| entry.number == of)?;
    for version in entry.versions.values_mut().filter(|_| !dice.one_in(3)) {
        let before = version.parts.len();
        version.parts.retain(|part| !matches!(part, Part::Heading(_)));
        if version.parts.len() == before {
            version.parts.push(Part::Heading(number));
        }
    }
    Some(Reach::Site)
}

fn title(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let words = site.number();
    let (number, lang, version) = some_version(site, dice)?;
    version.front.insert("title", format!("Title {number} {} {words}", LANGUAGES[lang].0));
    words_of(site, number)
}

fn summary(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let words = site.number();
    let (number, _, version) = some_version(site, dice)?;
    if dice.one_in(3) {
        version.front.remove("summary");
    } else {
        version.front.insert("summary", format!("Summary {words}."));
    }
    words_of(site, number)
}

/// A topic's words stand in the tags of articles; those of an article where it is linked.
fn words_of(site: &Site, number: usize) -> Option<Reach> {
    Some(if site.entry(number)?.is_text() { Reach::Words(number) } else { Reach::Site })
}

fn date(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let entry = some_entry(site, dice, Entry::is_text)?;
    let date = *dice.pick(&["2020", "2022-05", "2023-01-02", "2023-12-31", "2024-01", "2024-12-24"]);
    entry.front.insert("date", date.to_owned());
    Some(Reach::Site)
}

/// Front matter that translations inherit.
fn front(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let number = site.number();
    let entry = some_entry(site, dice, |_| true)?;
    let (key, value) = match dice.below(7) {
        0 => ("updated", (*dice.pick(&["2022", "2023-07", "2023-08-09"])).to_owned()),
        1 => ("expires", (*dice.pick(&["2023-12-31", "2024-06-01"])).to_owned()),
        2 => ("draft", (*dice.pick(&["true", "false"])).to_owned()),
        3 => ("weight", (*dice.pick(&["-1", "0", "3"])).to_owned()),
        4 => ("extra", format!("{{a: {{b: [{number}, true, 1.5]}}}}")),
        5 => ("source", format!("{{title: Source {number}, url: \"https://x.example/{number}\"}}")),
        _ if entry.picture.is_some() && dice.one_in(2) => {
            ("cover", format!("{{image: picture.png, alt: Cover {number}}}"))
        }
        _ => ("cover", format!("{{image: /data.txt, alt: Cover {number}}}")),
    };
    if dice.one_in(3) {
        entry.front.remove(key);
    } else {
        entry.front.insert(key, value);
    }
    Some(Reach::Site)
}

/// Front matter of one version alone.
fn own_front(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let number = site.number();
    let (_, _, version) = some_version(site, dice)?;
    let (key, value) = match dice.below(3) {
        0 => ("draft", "true".to_owned()),
        1 => ("extra", format!("{{own: {number}}}")),
        _ => ("aliases", format!("[/old/{number}/, /旧/{number}.html]")),
    };
    if version.front.remove(key).is_none() || dice.one_in(2) {
        version.front.insert(key, value);
    }
    Some(Reach::Site)
}

fn slug(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let number = site.number();
    // The home page and the overview stand where they stand.
    let entry = some_entry(site, dice, |entry| entry.name != "_index")?;
    let slug = format!("{}-{number}", dice.pick(&["slug", "合作", "a&b'c"]));
    for version in entry.versions.values_mut() {
        if dice.one_in(3) {
            version.front.remove("slug");
        } else if dice.one_in(2) {
            version.front.insert("slug", slug.clone());
        }
    }
    Some(Reach::Site)
}

fn topics(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let known = site.topics();
    let entry = some_entry(site, dice, Entry::is_text)?;
    entry.topics = dice.some(known.len(), 0).into_iter().map(|i| known[i]).collect();
    Some(Reach::Site)
}

fn figure(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let number = site.number();
    let entry = some_entry(site, dice, Entry::is_text)?;
    let unit = entry.figure.map_or(0, |(_, unit)| unit);
    entry.figure = (!dice.one_in(4)).then_some((number, unit));
    Some(Reach::Site)
}

/// A figure that another text shows in a component changes its value; or such a component is written.
fn shown_elsewhere(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let number = site.number();
    let texts = site.entries.iter().flat_map(|entry| entry.versions.values());
    let shown = texts.flat_map(|version| &version.parts).filter_map(|part| match part {
        Part::Panel(of) => site.entry(*of).filter(|entry| site.is_cited(entry)).map(|entry| entry.number),
        _ => None,
    });
    let shown: Vec<usize> = shown.collect();
    if shown.is_empty() {
        let cited: Vec<usize> = site.entries.iter().filter(|e| site.is_cited(e)).map(|e| e.number).collect();
        let of = if cited.is_empty() { return None } else { *dice.pick(&cited) };
        some_version(site, dice)?.2.parts.push(Part::Panel(of));
        return Some(Reach::Site);
    }
    let of = *dice.pick(&shown);
    let entry = site.entries.iter_mut().find(|entry| entry.number == of)?;
    entry.figure = entry.figure.map(|(_, unit)| (number, unit));
    Some(Reach::Site)
}

/// Another unit, or another bound.
fn unit(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let entry = some_entry(site, dice, |entry| entry.figure.is_some())?;
    entry.figure = entry.figure.map(|(value, _)| (value, dice.below(UNITS.len())));
    Some(Reach::Site)
}

/// A text cites its figure in another manner, or at last.
fn citation(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let entry = some_entry(site, dice, |entry| entry.figure.is_some())?;
    let cited = dice.below(CITATIONS.len());
    for version in entry.versions.values_mut() {
        match version.parts.iter_mut().find(|part| matches!(part, Part::Figure(_))) {
            Some(part) => *part = Part::Figure(cited),
            None => version.parts.push(Part::Figure(cited)),
        }
    }
    // Two manners may write the same.
    Some(Reach::Theme)
}

fn label(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let number = site.number();
    let (_, _, version) = some_version(site, dice)?;
    version.label = (!dice.one_in(4)).then_some(number);
    Some(Reach::Site)
}

fn add(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let folder = if dice.one_in(4) { "" } else { *dice.pick(FOLDERS) };
    site.add(dice, folder, None);
    Some(Reach::Site)
}

fn delete(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    (site.entries.len() > 3).then(|| site.entries.remove(dice.below(site.entries.len())))?;
    Some(Reach::Site)
}

fn rename(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let number = site.number();
    let entry = some_entry(site, dice, |entry| entry.name != "_index")?;
    entry.name = format!("e-{number}");
    Some(Reach::Site)
}

fn relocate(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let entry = some_entry(site, dice, Entry::is_text)?;
    (*dice.pick(FOLDERS)).clone_into(&mut entry.folder);
    Some(Reach::Site)
}

/// A translation is added, or taken away.
fn translation(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let lang = *dice.pick(&site.languages);
    let number = some_entry(site, dice, |_| true)?.number;
    let version = site.version(dice, number, lang);
    let entry = site.entries.iter_mut().find(|e| e.number == number)?;
    if entry.versions.remove(&lang).is_none() {
        entry.versions.insert(lang, version);
    } else if entry.versions.is_empty() {
        site.entries.retain(|e| e.number != number);
    } else if entry.original == lang {
        entry.original = *entry.versions.keys().next()?;
    }
    Some(Reach::Site)
}

fn original(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let entry = some_entry(site, dice, |entry| entry.versions.len() > 1)?;
    let others: Vec<usize> = entry.versions.keys().copied().filter(|l| *l != entry.original).collect();
    entry.original = *dice.pick(&others);
    Some(Reach::Site)
}

/// The picture beside an article changes, comes with a folder for it, or goes with that.
fn picture(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let number = site.number();
    let entry = some_entry(site, dice, Entry::is_text)?;
    entry.picture = match entry.picture {
        Some(_) if dice.one_in(3) => None,
        _ => Some(number),
    };
    Some(Reach::Site)
}
