//! The letters that share cards are drawn with: files that `site.yaml` names, or fonts of the system.
//!
//! Owns which fonts of a system are looked for, in which order, and which of them a language gets.

use std::path::Path;
use std::sync::Arc;

use rustc_hash::FxHashMap;

use super::Letterings;
use crate::base::{ContentPath, Digest, Lang, Span};
use crate::config::{Cards, Config, PerLang};
use crate::diag::{Diagnostic, Diagnostics, code, did_you_mean_and};
use crate::image::{Font, Lettering};
use crate::source::{Source, SystemFont};
use crate::yaml::Spanned;

/// Openly licensed families by the names of their files, for languages in the letters of many: serifs
/// first. A file is called as here, or with `-Regular` or `-Bold` behind it.
const FAMILIES: [&str; 12] = [
    "NotoSerif",
    "SourceSerif4",
    "NotoNaskhArabic",
    "NotoSerifHebrew",
    "NotoSerifDevanagari",
    "NotoSerifThai",
    "NotoSans",
    "NotoSansArabic",
    "LiberationSerif",
    "DejaVuSerif",
    "DejaVuSans",
    "Tinos",
];

/// Those with Chinese, Japanese and Korean letters; a region stands in place of `*`.
const HAN_FAMILIES: [&str; 10] = [
    "NotoSerifCJK",
    "NotoSerifCJK*",
    "SourceHanSerif",
    "SourceHanSerif*",
    "NotoSerif*",
    "NotoSansCJK",
    "NotoSansCJK*",
    "SourceHanSans",
    "SourceHanSans*",
    "NotoSans*",
];

/// What the fonts call the regions whose letters they have.
const REGIONS: [&str; 5] = ["SC", "TC", "HK", "JP", "KR"];

/// The fonts of a system that a site may be drawn with, and their digest: what a build depends on
/// beside its own files.
pub(super) fn system_fonts(source: &Source) -> (Vec<SystemFont>, Digest) {
    let mut known: Vec<String> = FAMILIES.iter().map(|family| family.to_lowercase()).collect();
    known.extend(REGIONS.iter().flat_map(|region| HAN_FAMILIES.map(|family| file_name(family, region))));
    let fonts = source.system_fonts(|stem| {
        let stem = stem.to_lowercase();
        let family =
            ["-regular", "-bold"].iter().find_map(|weight| stem.strip_suffix(weight)).unwrap_or(&stem);
        known.iter().any(|name| name == family)
    });
    let digest = Digest::of_hash(&fonts);
    (fonts, digest)
}

/// Finds the letters of each language for a site that asks for cards. What keeps it from having them
/// is reported.
pub(super) fn find(
    source: &Source,
    files: &[ContentPath],
    config: &Config,
    cards: &Cards,
    letterings: &mut Letterings,
    diags: &mut Diagnostics,
) {
    let fonts = match &cards.fonts {
        Some(named) => named_fonts(source, files, config, named, diags),
        None => {
            let (found, digest) = system_fonts(source);
            letterings.system = Some(digest);
            chosen_fonts(source, &found, config, cards.span, diags)
        }
    };
    let all: Vec<&Font> = config.langs().flat_map(|lang| &fonts[lang]).collect();
    let of = |lang: Lang| {
        let others = config.langs().filter(|&other| other != lang);
        let others: Vec<&Font> = others.flat_map(|other| &fonts[other]).collect();
        let (sample, letters) = sample(config, lang);
        // A language for which the site names none takes what it names for others.
        let has_some = !fonts[lang].is_empty() || cards.fonts.is_some();
        let written = has_some && all.iter().any(|font| font.lacking(&sample) < letters);
        written.then(|| Arc::new(Lettering::new(&fonts[lang], &others, region(config, lang))))
    };
    letterings.of = PerLang(config.langs().map(of).collect());
    if cards.fonts.is_some() && !all.is_empty() {
        let without = config.langs().filter(|&lang| letterings.of[lang].is_none());
        let without: Vec<&str> = without.map(|lang| config.language(lang).name.as_str()).collect();
        let help = "name one that has them, for all languages or as in `cards: {font: {zh: fonts/NAME.otf}}`";
        left_out("that `cards` names", &without, help, config, cards.span, diags);
    }
}

/// What a font must be able to write of a language: its name and the site's title. How many letters
/// there are in it.
fn sample(config: &Config, lang: Lang) -> (String, usize) {
    let sample = format!("{}{}", config.language(lang).name, config.title[lang]);
    let letters = sample.chars().filter(|c| c.is_alphanumeric()).count();
    (sample, letters)
}

/// Reports the languages that no font can write, if there are any.
fn left_out(
    fonts: &str,
    without: &[&str],
    help: &str,
    config: &Config,
    asked: Span,
    diags: &mut Diagnostics,
) {
    if without.is_empty() {
        return;
    }
    let languages = without.join(", ");
    let message = format!("share cards are left out: no font {fonts} has the letters of {languages}");
    diags.push(Diagnostic::new(code::NO_CARDS, message).at(&config.file, asked).help(help));
}

/// The fonts that `site.yaml` names.
fn named_fonts(
    source: &Source,
    files: &[ContentPath],
    config: &Config,
    named: &PerLang<Vec<Spanned<String>>>,
    diags: &mut Diagnostics,
) -> PerLang<Vec<Font>> {
    let mut read: FxHashMap<Span, Option<Font>> = FxHashMap::default();
    let mut font = |name: &Spanned<String>| -> Option<Font> {
        // One for all languages is read, and reported, once.
        let read = read.entry(name.span).or_insert_with(|| match named_font(source, files, &name.value) {
            Ok(font) => Some(font),
            Err(fault) => {
                diags.push(fault.at(&config.file, name.span));
                None
            }
        });
        read.clone()
    };
    PerLang(named.0.iter().map(|names| names.iter().filter_map(&mut font).collect()).collect())
}

fn named_font(source: &Source, files: &[ContentPath], name: &str) -> Result<Font, Diagnostic> {
    let path = ContentPath::new(name);
    if files.binary_search(&path).is_err() {
        let is_font = |file: &&ContentPath| {
            let name = file.as_str().to_ascii_lowercase();
            [".otc", ".otf", ".ttc", ".ttf"].iter().any(|end| name.ends_with(end))
        };
        let known = files.iter().filter(is_font).map(ContentPath::as_str);
        let clause = "a font is named by its path in the site's folder; fonts/ is the place for it";
        return Err(Diagnostic::new(code::BAD_FONT, format!("there is no font `{name}`"))
            .help(did_you_mean_and(name, known, clause)));
    }
    Font::new(source.read(&path)?).map_err(|why| {
        Diagnostic::new(code::BAD_FONT, format!("`{name}` cannot be used as a font: {}", why.0))
            .help("take the font as a TTF, OTF or TTC file")
    })
}

/// For each language the first family that has all letters of its name and of the site's title; if
/// none has, the one that lacks the fewest.
fn chosen_fonts(
    source: &Source,
    found: &[SystemFont],
    config: &Config,
    asked: Span,
    diags: &mut Diagnostics,
) -> PerLang<Vec<Font>> {
    let mut read: FxHashMap<&Path, Option<Font>> = FxHashMap::default();
    let mut font = |family: &str, weights: &[&str]| -> Option<Font> {
        let is_it = |font: &&SystemFont| {
            font.stem.to_lowercase().strip_prefix(family).is_some_and(|weight| weights.contains(&weight))
        };
        let font = found.iter().find(is_it)?;
        let open = || source.system_font(font).and_then(|bytes| Font::new(bytes).ok());
        read.entry(&font.path).or_insert_with(open).clone()
    };
    let mut without: Vec<&str> = Vec::new();
    let mut fonts = Vec::new();
    for lang in config.langs() {
        let language = config.language(lang);
        let (sample, letters) = sample(config, lang);
        let mut best: Option<(usize, String, Font)> = None;
        for family in families(config, lang) {
            let Some(regular) = font(&family, &["", "-regular"]) else { continue };
            let lacking = regular.lacking(&sample);
            if best.as_ref().is_none_or(|(least, ..)| lacking < *least) {
                best = Some((lacking, family, regular));
            }
            if lacking == 0 {
                break;
            }
        }
        fonts.push(match best {
            Some((lacking, family, regular)) if lacking < letters => {
                std::iter::once(regular).chain(font(&family, &["-bold"])).collect()
            }
            _ => {
                without.push(&language.name);
                Vec::new()
            }
        });
    }
    let help = "install one (docs/cards.md lists them; Noto Serif CJK has Latin and Chinese letters), or put one into fonts/ and write `cards: {font: fonts/NAME.otf}`";
    left_out("of the system", &without, help, config, asked, diags);
    PerLang(fonts)
}

/// The families that a language may get, in the order in which they are asked.
fn families(config: &Config, lang: Lang) -> Vec<String> {
    let region = region(config, lang);
    let others = FAMILIES.map(str::to_lowercase).into_iter();
    let han = HAN_FAMILIES.map(|family| file_name(family, region)).into_iter();
    if is_han(config.language(lang).tag()) {
        han.chain(others).collect()
    } else {
        others.chain(han).collect()
    }
}

fn file_name(family: &str, region: &str) -> String {
    family.replace('*', region).to_lowercase()
}

/// Whether a language is written in Han characters, or in a font with them.
fn is_han(tag: &str) -> bool {
    matches!(tag.split('-').next(), Some("zh" | "yue" | "ja" | "ko"))
}

/// The region whose forms of Han characters a language has; one without any takes those of the first
/// language of the site that has.
fn region(config: &Config, lang: Lang) -> &'static str {
    let mut tags = std::iter::once(lang).chain(config.langs()).map(|lang| config.language(lang).tag());
    let tag = tags.find(|tag| is_han(tag)).unwrap_or_default();
    let has = |part: &str| tag.split('-').any(|own| own == part);
    match () {
        () if has("ja") => "JP",
        () if has("ko") => "KR",
        () if has("HK") || has("MO") || has("yue") && !has("Hans") => "HK",
        () if has("Hant") || has("TW") => "TC",
        () => "SC",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::config::resolve;

    fn config(tags: &[&str]) -> Config {
        let languages: Vec<String> =
            tags.iter().enumerate().map(|(i, tag)| format!("{{code: l{i}, tag: {tag}, name: X}}")).collect();
        let text = format!("title: X\nbase_url: https://x.example/\nlanguages: [{}]", languages.join(", "));
        resolve(&text, None, &mut Diagnostics::new()).unwrap()
    }

    #[test]
    fn han_letters_are_those_of_the_region() {
        for (tags, expected) in [
            (&["en", "zh-Hans"][..], "SC"),
            (&["en", "de"], "SC"),
            (&["en", "zh-Hant"], "TC"),
            (&["zh-TW"], "TC"),
            (&["zh-Hant-HK"], "HK"),
            (&["ja", "zh"], "JP"),
            (&["ko", "ja"], "KR"),
        ] {
            assert_eq!(region(&config(tags), Lang(0)), expected, "{tags:?}");
        }
    }

    #[test]
    fn a_language_is_offered_its_own_letters_first() {
        let config = config(&["en", "zh"]);
        let first = |lang| families(&config, Lang(lang)).into_iter().next();
        assert_eq!(first(0).as_deref(), Some("notoserif"));
        assert_eq!(first(1).as_deref(), Some("notoserifcjk"));
        assert!(families(&config, Lang(1)).contains(&"sourcehanserifsc".to_owned()));
    }

    /// Whatever this machine has: what is chosen can write what it was chosen for.
    #[test]
    fn fonts_of_the_system_have_the_letters_they_are_chosen_for() {
        let source = Source::disk(".");
        let (found, digest) = system_fonts(&source);
        assert_eq!(system_fonts(&source).1, digest);
        let config = config(&["en"]);
        let mut diags = Diagnostics::new();
        let fonts = chosen_fonts(&source, &found, &config, Span::default(), &mut diags);
        match fonts[Lang(0)].first() {
            Some(font) => assert!(font.lacking("X") == 0 && diags.is_empty()),
            None => assert_eq!(diags.iter().map(|d| d.code).collect::<Vec<_>>(), [code::NO_CARDS]),
        }
        assert!(system_fonts(&Source::memory([])).0.is_empty());
    }
}
