//! Edits of what is no article: languages, strings, templates, assets, static files, the theme; and
//! what breaks a site.

use super::reach::Reach;
use super::site::{LANGUAGES, Site};
use super::theme;
use crate::dice::Dice;

/// A language of the site comes or goes; its texts stay in mind.
pub(crate) fn language(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let others: Vec<usize> = (0..LANGUAGES.len()).filter(|l| !site.languages.contains(l)).collect();
    if site.languages.len() > 1 && (site.languages.len() > 2 || dice.one_in(2)) {
        site.languages.remove(dice.below(site.languages.len()));
    } else {
        let at = dice.below(site.languages.len() + 1);
        site.languages.insert(at, *dice.pick(&others));
    }
    Some(Reach::Theme)
}

pub(crate) fn languages(site: &mut Site, _: &mut Dice) -> Option<Reach> {
    site.languages.rotate_left(1);
    (site.languages.len() > 1).then_some(Reach::Theme)
}

/// The site's own strings of a language: all of them come, change or go.
pub(crate) fn strings(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
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
pub(crate) fn string(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let lang = *dice.pick(&site.languages);
    let number = site.number();
    let key = *dice.pick(&[
        "greeting",
        "skip",
        "latest",
        "mentioned-in",
        "badge",
        "date",
        "unit-trip",
        "unit-kg",
        "bound-over",
    ]);
    let text = site.others.entry(format!("strings/{}.ftl", LANGUAGES[lang].0)).or_default();
    // A message's attributes stand below it, indented.
    let mut old = false;
    let others = text.split_inclusive('\n').filter(|line| {
        old = line.starts_with(&format!("{key} ")) || (old && line.starts_with(' '));
        !old
    });
    *text = others.collect();
    text.push_str(&match key.starts_with("unit-") || key.starts_with("bound-") {
        true => theme::figure_string(key, LANGUAGES[lang].0, number),
        false => format!("{key} = {key} {number}\n"),
    });
    Some(Reach::Strings(lang))
}

/// The compact form of a string that writes figures comes or goes, and the string stays.
pub(crate) fn compact_form(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let lang = *dice.pick(&site.languages);
    let number = site.number();
    let key = *dice.pick(&["unit-trip", "unit-kg"]);
    let text = site.others.entry(format!("strings/{}.ftl", LANGUAGES[lang].0)).or_default();
    let Some(at) = text.find(&format!("{key} = ")) else {
        text.push_str(&theme::figure_string(key, LANGUAGES[lang].0, number));
        return Some(Reach::Strings(lang));
    };
    let end = at + text[at..].find('\n')? + 1;
    if text[end..].starts_with("    .compact") {
        let after = end + text[end..].find('\n')? + 1;
        text.replace_range(end..after, "");
    } else {
        text.insert_str(end, &format!("    .compact = {{ $number }}c{number}\n"));
    }
    Some(Reach::Strings(lang))
}

pub(crate) fn template(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
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

pub(crate) fn component(site: &mut Site, _: &mut Dice) -> Option<Reach> {
    let number = site.number();
    let text = theme::BADGE.replace("<b ", &format!("<b id=\"b-{number}\" "));
    site.others.insert("templates/components/badge.html".to_owned(), text);
    Some(Reach::Theme)
}

pub(crate) fn asset(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
    let number = site.number();
    // Parts and what URLs name change the style sheets that they are named in.
    let name = *dice.pick(&["style.css", "other.css", "_part.css", "_code.css", "dot.svg"]);
    site.others.insert(format!("assets/{name}"), format!("a {{ width: {number}px }}\n"));
    Some(Reach::Theme)
}

pub(crate) fn static_file(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
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

pub(crate) fn other_theme(site: &mut Site, _: &mut Dice) -> Option<Reach> {
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

pub(crate) fn breakage(site: &mut Site, dice: &mut Dice) -> Option<Reach> {
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

pub(crate) fn mend(site: &mut Site, _: &mut Dice) -> Option<Reach> {
    site.broken.take().map(|(path, _)| if path.starts_with("templates") { Reach::Theme } else { Reach::Site })
}
