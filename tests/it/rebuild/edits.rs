//! What editors do to a site between two builds.

use super::reach::Reach;
use super::site::{BASES, COLLECTIONS, DAYS, Entry, FEEDS, FOLDERS, LANGUAGES, MISSING, Site, Version};
use super::theme;
use crate::dice::Dice;

/// Changes the site; `None` where it has nothing to change so.
pub(super) type Edit = fn(&mut Site, &mut Dice) -> Option<Reach>;

/// Every edit by its name. What editors do often stands here more than once.
pub(super) const EDITS: &[(&str, Edit)] = &[
    ("text", text),
    ("text", text),
    ("parts of a text", parts),
    ("parts of a text", parts),
    ("title", title),
    ("summary", summary),
    ("date", date),
    ("front matter", front),
    ("front matter", front),
    ("own front matter", own_front),
    ("topics of an article", topics),
    ("figure", figure),
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
    ("language", language),
    ("order of languages", languages),
    ("missing_translation", |site, dice| turn(&mut site.missing, MISSING.len(), dice)),
    ("feeds", |site, dice| turn(&mut site.feeds, FEEDS.len(), dice)),
    ("base_url", |site, dice| turn(&mut site.base, BASES.len(), dice)),
    ("collections", |site, dice| turn(&mut site.collections, COLLECTIONS.len(), dice)),
    ("the day", |site, dice| turn(&mut site.day, DAYS.len(), dice)),
    ("the day", |site, dice| turn(&mut site.day, DAYS.len(), dice)),
    ("drafts", |site, _| flip(|site| &mut site.drafts, site)),
    ("tag of a language", |site, _| flip(|site| &mut site.traditional, site)),
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
    ("strings", strings),
    ("strings", strings),
    ("a string of one language", string),
    ("a string of one language", string),
    ("template", template),
    ("component", component),
    ("asset", asset),
    ("static file", static_file),
    ("theme", other_theme),
    ("something broken", breakage),
    ("something mended", mend),
    ("something mended", mend),
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
pub(super) fn some_version<'s>(
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

pub(super) fn text(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
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
    let home: Vec<usize> = site.entries.iter().filter(|e| e.name == "_index").map(|e| e.number).collect();
    let (of, _, version) = some_version(site, dice)?;
    let (key, value) = match dice.below(4) {
        // The home page and the overview stand where they stand.
        0 if !home.contains(&of) => ("slug", format!("{}-{number}", dice.pick(&["slug", "合作", "a&b'c"]))),
        1 => ("draft", "true".to_owned()),
        2 => ("extra", format!("{{own: {number}}}")),
        _ => ("aliases", format!("[/old/{number}/, /旧/{number}.html]")),
    };
    if version.front.remove(key).is_none() || dice.one_in(2) {
        version.front.insert(key, value);
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
    entry.figure = (!dice.one_in(4)).then_some(number);
    Some(Reach::Site)
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

/// A language of the site comes or goes; its texts stay in mind.
fn language(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let others: Vec<usize> = (0..LANGUAGES.len()).filter(|l| !site.languages.contains(l)).collect();
    if site.languages.len() > 1 && (site.languages.len() > 2 || dice.one_in(2)) {
        site.languages.remove(dice.below(site.languages.len()));
    } else {
        let at = dice.below(site.languages.len() + 1);
        site.languages.insert(at, *dice.pick(&others));
    }
    Some(Reach::Site)
}

fn languages(site: &mut Site, _: &mut Dice) -> Option<Reach> {
    site.languages.rotate_left(1);
    (site.languages.len() > 1).then_some(Reach::Site)
}

/// The site's own strings of a language: all of them come, change or go.
fn strings(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let code = LANGUAGES[*dice.pick(&site.languages)].0;
    let number = site.number();
    let path = format!("strings/{code}.ftl");
    // Somebody has to know what `badge` is.
    let badge =
        if code == "en" || dice.one_in(2) { format!("badge = badge {number}\n") } else { String::new() };
    if code != "en" && site.others.contains_key(&path) && dice.one_in(3) {
        site.others.remove(&path);
    } else {
        site.others.insert(path, theme::strings(code, number) + &badge);
    }
    Some(Reach::Site)
}

/// One string, which no page asks for in another language than its own.
fn string(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let lang = *dice.pick(&site.languages);
    let number = site.number();
    let key = *dice.pick(&["greeting", "skip", "latest", "mentioned-in", "badge", "date"]);
    let text = site.others.entry(format!("strings/{}.ftl", LANGUAGES[lang].0)).or_default();
    *text = text
        .lines()
        .filter(|line| !line.starts_with(&format!("{key} ")))
        .map(|line| format!("{line}\n"))
        .collect();
    text.push_str(&format!("{key} = {key} {number}\n"));
    Some(Reach::Strings(lang))
}

fn template(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let number = site.number();
    let kind = *dice.pick(&["article", "page", "section", "topic", "home"]);
    let path = format!("templates/{kind}.html");
    if site.others.remove(&path).is_none() {
        let parent = match site.theme {
            "telling" => format!("{{% include \"telling/{kind}.html\" %}}"),
            _ => format!(
                "{{% extends \"plain/{kind}.html\" %}}{{% block footer %}}{{{{ super() }}}}<p>{number}</p>{{% endblock footer %}}"
            ),
        };
        site.others.insert(path, format!("{parent}\n{{# {number} #}}\n"));
    }
    Some(Reach::Theme)
}

fn component(site: &mut Site, _: &mut Dice) -> Option<Reach> {
    let number = site.number();
    let text = theme::BADGE.replace("<b ", &format!("<b id=\"b-{number}\" "));
    site.others.insert("templates/components/badge.html".to_owned(), text);
    Some(Reach::Theme)
}

fn asset(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let number = site.number();
    let name = *dice.pick(&["style.css", "style.css", "other.css"]);
    site.others.insert(format!("assets/{name}"), format!("a {{ width: {number}px }}\n"));
    Some(Reach::Theme)
}

fn static_file(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let number = site.number();
    let path =
        format!("static/{}", dice.pick(&["data.txt", "data.txt", "more/other.txt", ".well-known/it.txt"]));
    if path != "static/data.txt" && dice.one_in(2) {
        site.others.remove(&path);
    } else {
        site.others.insert(path, format!("{}\n", "x".repeat(number)));
    }
    Some(Reach::Site)
}

fn other_theme(site: &mut Site, _: &mut Dice) -> Option<Reach> {
    site.theme = match site.theme {
        "plain" if site.others.contains_key("themes/own/theme.yaml") => "own",
        "own" => {
            site.greeting = None;
            "plain"
        }
        _ => return None,
    };
    Some(Reach::Theme)
}

fn breakage(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let (path, text) = *dice.pick(&[
        ("site.yaml", "title: [\n"),
        ("content/news/broken.md", "Nothing.\n"),
        ("content/news/broken.md", "---\ntitle: Broken\ntopics: [nothing]\n---\n"),
        ("content/news/broken.md", "---\ntitle: Broken\n---\n```{nothing}\n```\n"),
        ("templates/home.html", "{{ page.title\n"),
        ("templates/home.html", "{{ page.nothing.more }}\n"),
        ("strings/en.ftl", "= nothing\n"),
    ]);
    site.broken = Some((path.to_owned(), text.to_owned()));
    Some(if path.starts_with("templates") { Reach::Theme } else { Reach::Site })
}

fn mend(site: &mut Site, _: &mut Dice) -> Option<Reach> {
    site.broken.take().map(|(path, _)| if path.starts_with("templates") { Reach::Theme } else { Reach::Site })
}
