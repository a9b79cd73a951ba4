//! Figures as this repository's own site writes them, in every language and style; and that what is
//! written is read back as the same.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use bashu::base::{ContentPath, Decimal};
use bashu::diag::Diagnostics;
use bashu::locale::{Locale, Strings, StringsFile};
use bashu::quantity::{self, Bound, Exact, Manner, Quantity, Style, Unit};

use crate::dice::Dice;
use crate::fixture;

const TEMPLATE: &str = "{% for f in page.figures %}
{{ page.id }}/{{ f.id }}: {{ f.text }} | {{ f.compact }} | {{ f.number }} | {{ f.period.text }} | {{ f.label }}
{%- endfor %}
";

fn add(files: &mut BTreeMap<String, Vec<u8>>, root: &Path, folder: &Path) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            add(files, root, &path);
        } else {
            let name = path.strip_prefix(root).unwrap().to_str().unwrap().replace('\\', "/");
            files.insert(name, fs::read(&path).unwrap());
        }
    }
}

#[test]
fn every_figure_of_this_site_in_every_language_and_style() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = BTreeMap::new();
    for folder in ["content", "static"] {
        add(&mut files, root, &root.join(folder));
    }
    // A site in memory has no fonts for share cards.
    let site = fs::read_to_string(root.join("site.yaml")).unwrap().replace("cards: true\n", "");
    files.insert("site.yaml".to_owned(), site.into_bytes());
    files.insert("templates/article.html".to_owned(), TEMPLATE.as_bytes().to_vec());
    let built = fixture::build_files(files, fixture::clock());
    assert_eq!(built.report, "");
    let lines = |code: &str| -> Vec<String> {
        let pages =
            built.paths().into_iter().filter(|path| path.starts_with(code) && path.ends_with(".html"));
        pages
            .flat_map(|path| {
                built
                    .text(path)
                    .lines()
                    .filter(|line| line.starts_with("initiatives/") && line.contains(" | "))
            })
            .map(|line| line.trim_start_matches("initiatives/").replace("&lt;", "<"))
            .collect()
    };
    let (english, chinese) = (lines("en/"), lines("zh/"));
    assert_eq!((english.len(), chinese.len()), (43, 43));
    let both = english.iter().zip(&chinese).map(|(en, zh)| format!("{en}\n{zh}\n"));
    insta::assert_snapshot!(both.collect::<String>());
}

fn strings(tag: &str, text: &str) -> Strings {
    let path = ContentPath::new(format!("strings/{tag}.ftl"));
    let file = StringsFile { path, text: text.to_owned(), own: true, tag: tag.to_owned() };
    Strings::new(vec![file], &mut Diagnostics::new())
}

/// Up to five digits, a power of ten, decimals: what people write into front matter.
fn random_value(dice: &mut Dice) -> Decimal {
    let below = 10_usize.pow(1 + dice.below(5) as u32);
    let digits = dice.below(below).max(1);
    let text = match dice.below(3) {
        0 => digits.to_string(),
        1 => format!("{digits}{}", "0".repeat(dice.below(11))),
        _ => format!("{}.{}", digits / 10, digits % 10),
    };
    Decimal::parse(&text).unwrap()
}

#[test]
fn what_is_written_is_read_back_as_the_same() {
    let languages = [
        ("en", include_str!("../../themes/plain/strings/en.ftl")),
        ("zh-Hans", include_str!("../../themes/plain/strings/zh.ftl")),
    ];
    let mut dice = Dice::new(43);
    let mut wrong = Vec::new();
    for (tag, text) in languages {
        let (locale, strings) = (Locale::new(tag).unwrap(), strings(tag, text));
        let units: Vec<String> = strings.keys().filter_map(quantity::unit_of_key).collect();
        for number in 0..6000 {
            let unit = &units[number % units.len()];
            let value = random_value(&mut dice);
            let bound = *dice.pick(&[None, None, Some(Bound::Over), Some(Bound::Under), Some(Bound::About)]);
            let style = if dice.one_in(4) { Style::Number } else { Style::Full };
            // A place in a row is whole, exact and no higher than one counts. 2023年 is a year and no
            // length of time, and so may 2023 be.
            let counted = value.as_str().len() <= 5 && !value.as_str().contains('.') && bound.is_none();
            let ordinal = unit == "ordinal" && !counted;
            if ordinal || (value.as_str().len() == 4 && (unit == "year" || style == Style::Number)) {
                continue;
            }
            let quantity = Quantity { value: &value, unit: Some(unit), bound };
            let text = quantity::write(quantity, Manner::of(style), &locale, &mut |key, _, args| {
                let found = strings.get(key, args)?;
                found.fault.is_none().then_some(found.text)
            });
            let plain = Exact::of(&value).unwrap();
            // A rate is read by what it measures: 5 tonnes a year.
            let (base, one) = quantity::base_unit(unit.split('/').next().unwrap());
            let readings = quantity::read(&text, tag);
            let good = readings.len() == 1 && {
                let reading = &readings[0];
                let expected = if reading.unit == Unit::Count { Some(plain) } else { plain.times(one) };
                let bound = if style == Style::Number { None } else { bound };
                let unit = reading.unit == if style == Style::Number { Unit::Count } else { base };
                expected == Some(reading.value) && reading.bound == bound && unit
            };
            if !good {
                wrong.push(format!("{tag} {unit} {value} {bound:?}: {text} is read as {readings:?}"));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{} are read otherwise:\n{}",
        wrong.len(),
        wrong[..wrong.len().min(60)].join("\n")
    );
}
