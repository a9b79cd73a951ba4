//! The functions that templates call. Pure: what they return follows from their arguments, the
//! page's language, and the theme.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::{Engine, card, charts, picture};
use crate::base::{Decimal, Digest, Lang, PartialDate};
use crate::config::Config;
use crate::diag::nearest;
use crate::image::Lettering;
use crate::locale::{Arg, Found, Locale, Strings};
use crate::plan::Plan;
use crate::theme::Theme;

/// A string that a page asked for: the language, and the key's number in it.
pub(super) type Asked = (Lang, u32);

thread_local! {
    /// What the page that this thread renders has asked for. A template's call knows its arguments
    /// and its language, and nothing of the page: so a thread notes the calls, and whoever renders
    /// takes the notes.
    static ASKED: RefCell<Vec<Asked>> = const { RefCell::new(Vec::new()) };
}

/// Notes that the page being rendered on this thread asked for a string.
fn note_asked(lang: Lang, found: &Found) {
    ASKED.with_borrow_mut(|asked| asked.push((lang, found.number)));
}

/// Takes the strings that templates asked for on this thread since the last call; each once, in order.
pub(super) fn asked() -> Vec<Asked> {
    let mut asked = ASKED.take();
    asked.sort_unstable();
    asked.dedup();
    asked
}

/// What several pages share, and the strings that making it asks for: each page that shows it has to note them.
pub(super) fn apart<R>(make: impl FnOnce() -> R) -> (R, Vec<Asked>) {
    let before = ASKED.take();
    let made = make();
    let own = asked();
    note(&before);
    (made, own)
}

/// Notes that the page being rendered on this thread depends on some strings.
pub(super) fn note(strings: &[Asked]) {
    ASKED.with_borrow_mut(|asked| asked.extend_from_slice(strings));
}

/// The interface strings of all languages.
pub(super) struct Words {
    strings: Vec<Arc<Strings>>,
    codes: Vec<String>,
    /// What a language lacked; a warning at the end.
    missing: Mutex<BTreeSet<(Lang, String)>>,
}

impl Words {
    pub(super) fn new(config: &Config, strings: &[Arc<Strings>]) -> Self {
        Self {
            strings: strings.to_vec(),
            codes: config.languages.iter().map(|l| l.code.clone()).collect(),
            missing: Mutex::default(),
        }
    }

    /// A string; `None` if no theme of the chain has it in any language that could stand in.
    pub(super) fn get(&self, lang: Lang, key: &str, args: &[(&str, Arg)]) -> Option<Found> {
        let found = self.strings[lang.index()].get(key, args);
        // What no language has is an error where it is asked for.
        if found.as_ref().is_some_and(|f| !f.own) {
            self.note_missing(lang, key);
        }
        found
    }

    /// A string that the page's key does not hold the text of, so that it is noted as those are
    /// that templates ask for.
    pub(super) fn asked(&self, lang: Lang, key: &str, args: &[(&str, Arg)]) -> Option<Found> {
        let found = self.get(lang, key, args)?;
        note_asked(lang, &found);
        Some(found)
    }

    /// The key of a string's attribute, if it has one of that name.
    pub(super) fn attribute(&self, lang: Lang, key: &str, name: &str) -> Option<String> {
        self.strings[lang.index()].attribute(key, name)
    }

    /// The digest of a string, whatever its arguments.
    pub(super) fn digest(&self, lang: Lang, key: &str) -> Digest {
        self.strings[lang.index()].digest(key)
    }

    /// Notes a string that a language lacks; others are no news.
    pub(super) fn note_if_missing(&self, lang: Lang, key: &str) {
        if self.strings[lang.index()].is_own(key) == Some(false) {
            self.note_missing(lang, key);
        }
    }

    /// The key of a string by its number.
    pub(super) fn key(&self, (lang, number): Asked) -> Option<&str> {
        self.strings[lang.index()].keys().nth(number as usize)
    }

    fn note_missing(&self, lang: Lang, key: &str) {
        let mut missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
        missing.insert((lang, key.to_owned()));
    }

    /// What was asked for and lacking, in order.
    pub(super) fn missing(&self) -> Vec<(Lang, String)> {
        self.missing.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    /// Whether a language has a string, or one that stands in.
    pub(super) fn has(&self, lang: Lang, key: &str) -> bool {
        self.strings[lang.index()].is_own(key).is_some()
    }

    fn function(&self, lang: Lang, kwargs: &Kwargs) -> TeraResult<String> {
        let key = text(kwargs, "t", "key")?;
        let lang = match optional_text(kwargs, "t", "lang")? {
            None => lang,
            Some(code) => {
                let position = self.codes.iter().position(|c| c == code);
                // At most 100 languages.
                Lang(position.ok_or_else(|| no_language(code))? as u8)
            }
        };
        let mut args: Vec<(&str, Arg)> = Vec::new();
        for (name, value) in kwargs.iter() {
            let Some(name) = name.as_str().filter(|n| !matches!(*n, "key" | "lang")) else { continue };
            let arg = match value.as_f64() {
                Some(number) if value.is_number() => Arg::Number(number),
                _ => Arg::Text(value.to_string()),
            };
            args.push((name, arg));
        }
        match self.get(lang, key, &args) {
            Some(Found { fault: Some(fault), .. }) => {
                Err(Error::message(format!("the interface string `{key}` cannot be written: {fault}")))
            }
            Some(found) => {
                note_asked(lang, &found);
                Ok(found.text)
            }
            None => {
                let help = near(key, self.strings[lang.index()].keys());
                Err(Error::message(format!("there is no interface string `{key}`{help}")))
            }
        }
    }
}

/// A function for what no browser lays out.
type CardFunction = fn(&Locale, Option<&Lettering>, &Kwargs) -> TeraResult<Value>;

/// Registers the functions for one language.
pub(super) fn register(
    tera: &mut Tera,
    lang: Lang,
    config: &Config,
    plan: &Plan,
    theme: &Theme,
    words: &Arc<Words>,
    letters: Option<&Arc<Lettering>>,
) {
    let own = Arc::clone(words);
    tera.register_function("t", move |kwargs: Kwargs, _: &State<'_>| own.function(lang, &kwargs));

    let locale = Arc::clone(&config.language(lang).locale);
    tera.register_function("date", move |kwargs: Kwargs, _: &State<'_>| date(&locale, &kwargs));

    let locale = Arc::clone(&config.language(lang).locale);
    tera.register_function("number", move |kwargs: Kwargs, _: &State<'_>| number(&locale, &kwargs));

    let base = config.base_url.clone();
    let assets: Vec<(String, String)> = plan
        .asset_names()
        .into_iter()
        .filter_map(|name| Some((name.to_owned(), base.local(&plan.asset(name)?.encoded()))))
        .collect();
    tera.register_function("asset", move |kwargs: Kwargs, _: &State<'_>| asset(&assets, &kwargs));

    let hashes: Vec<(String, Option<String>)> = theme
        .assets
        .iter()
        .map(|a| (a.name.clone(), a.integrity.as_ref().map(ToString::to_string)))
        .collect();
    tera.register_function("integrity", move |kwargs: Kwargs, _: &State<'_>| integrity(&hashes, &kwargs));

    let (locale, own) = (Arc::clone(&config.language(lang).locale), Arc::clone(words));
    tera.register_function("chart", move |kwargs: Kwargs, _: &State<'_>| {
        charts::function(lang, &locale, &own, &kwargs)
    });

    for (name, function) in [("lines", card::lines as CardFunction), ("fitted", card::fitted)] {
        let (locale, letters) = (Arc::clone(&config.language(lang).locale), letters.cloned());
        let call = move |kwargs: Kwargs, _: &State<'_>| function(&locale, letters.as_deref(), &kwargs);
        tera.register_function(name, call);
    }
    tera.register_function("picture", |kwargs: Kwargs, _: &State<'_>| picture::function(&kwargs));

    let base = config.base_url.clone();
    tera.register_function("url", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
        Ok(base.local(text(&kwargs, "url", "path")?))
    });
}

/// An argument that must be there and must be text.
pub(super) fn text<'k>(
    kwargs: &'k Kwargs,
    function: &'static str,
    name: &'static str,
) -> TeraResult<&'k str> {
    optional_text(kwargs, function, name)?.ok_or_else(|| missing(function, name))
}

/// The engine's own messages would name the types of Rust.
pub(super) fn optional_text<'k>(
    kwargs: &'k Kwargs,
    function: &'static str,
    name: &'static str,
) -> TeraResult<Option<&'k str>> {
    match kwargs.get::<&Value>(name)? {
        None => Ok(None),
        Some(value) => value.as_str().map(Some).ok_or_else(|| {
            let found = if value.is_number() { "a number" } else { "something else" };
            Error::message(format!("`{name}` of `{function}` must be text, not {found}"))
        }),
    }
}

pub(super) fn missing(function: &'static str, name: &'static str) -> Error {
    Error::message(format!("`{function}` needs `{name}`, as in `{function}({name}=…)`"))
}

/// What may have been meant, as the end of a message.
fn near<'a>(wrong: &str, known: impl Iterator<Item = &'a str>) -> String {
    nearest(wrong, known).map_or(String::new(), |near| format!("; did you mean `{near}`?"))
}

fn date(locale: &Locale, kwargs: &Kwargs) -> TeraResult<String> {
    PartialDate::parse(text(kwargs, "date", "value")?).map(|date| locale.date(date)).map_err(Error::message)
}

fn number(locale: &Locale, kwargs: &Kwargs) -> TeraResult<String> {
    let text = kwargs.get::<&Value>("value")?.ok_or_else(|| missing("number", "value"))?.to_string();
    Decimal::parse(&text).map(|value| locale.number(&value)).map_err(Error::message)
}

pub(super) fn no_language(code: &str) -> Error {
    Error::message(format!("`{code}` is not a language of this site"))
}

fn asset(assets: &[(String, String)], kwargs: &Kwargs) -> TeraResult<String> {
    let path = text(kwargs, "asset", "path")?;
    if path.contains("..") {
        return Err(Error::message(format!("`{path}` leaves the theme's assets/")));
    }
    match assets.iter().find(|(name, _)| name == path) {
        Some((_, url)) => Ok(url.clone()),
        None => Err(no_asset(path, assets.iter().map(|(name, _)| name.as_str()))),
    }
}

fn integrity(hashes: &[(String, Option<String>)], kwargs: &Kwargs) -> TeraResult<String> {
    let path = text(kwargs, "integrity", "path")?;
    match hashes.iter().find(|(name, _)| name == path) {
        Some((_, Some(hash))) => Ok(hash.clone()),
        Some((_, None)) => Err(Error::message(format!(
            "`{path}` is no style sheet or script, and browsers make sure of no other files"
        ))),
        None => Err(no_asset(path, hashes.iter().map(|(name, _)| name.as_str()))),
    }
}

fn no_asset<'a>(path: &str, known: impl Iterator<Item = &'a str>) -> Error {
    Error::message(format!("the theme has no asset `{path}`{}", near(path, known)))
}

impl Engine<'_> {
    /// An interface string that Bashu itself needs; its key where every theme lacks it.
    pub(super) fn word(&self, lang: Lang, key: &str, args: &[(&str, Arg)]) -> String {
        self.words.get(lang, key, args).map_or_else(|| key.to_owned(), |found| found.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_pages_share_counts_for_those_that_note_it() {
        let of_page = [(Lang(0), 1)];
        note(&of_page);
        let ((), shared) = apart(|| note(&[(Lang(0), 2)]));
        assert_eq!(shared, [(Lang(0), 2)]);
        assert_eq!(asked(), of_page);
        note(&shared);
        assert_eq!(asked(), shared);
    }
}
