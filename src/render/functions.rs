//! The functions that templates call. Pure: what they return follows from their arguments, the
//! page's language, and the theme.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, PoisonError};

use tera::{Error, Kwargs, State, Tera, TeraResult, Value};

use super::Engine;
use crate::base::{Decimal, Lang, PartialDate};
use crate::config::Config;
use crate::diag::did_you_mean;
use crate::locale::{Arg, Found, Locale, Strings};
use crate::plan::Plan;

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
        if !found.as_ref().is_some_and(|f| f.own) {
            let mut missing = self.missing.lock().unwrap_or_else(PoisonError::into_inner);
            missing.insert((lang, key.to_owned()));
        }
        found
    }

    /// What was asked for and lacking, in order.
    pub(super) fn missing(&self) -> Vec<(Lang, String)> {
        self.missing.lock().unwrap_or_else(PoisonError::into_inner).iter().cloned().collect()
    }

    fn function(&self, lang: Lang, kwargs: &Kwargs) -> TeraResult<String> {
        let key = kwargs.must_get::<&str>("key")?;
        let lang = match kwargs.get::<&str>("lang")? {
            None => lang,
            Some(code) => {
                let position = self.codes.iter().position(|c| c == code);
                // At most 100 languages.
                Lang(
                    position
                        .ok_or_else(|| Error::message(format!("`{code}` is not a language of this site")))?
                        as u8,
                )
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
        let found = self.get(lang, key, &args).ok_or_else(|| {
            let keys: Vec<&str> = self.strings[lang.index()].keys().collect();
            let help = did_you_mean(key, keys.iter().copied()).map_or(String::new(), |h| format!(": {h}"));
            Error::message(format!("there is no interface string `{key}`{help}"))
        })?;
        match found.fault {
            None => Ok(found.text),
            Some(fault) => {
                Err(Error::message(format!("the interface string `{key}` cannot be written: {fault}")))
            }
        }
    }
}

/// Registers the functions for one language.
pub(super) fn register(tera: &mut Tera, lang: Lang, config: &Config, plan: &Plan, words: &Arc<Words>) {
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

    let base = config.base_url.clone();
    tera.register_function("url", move |kwargs: Kwargs, _: &State<'_>| -> TeraResult<String> {
        Ok(base.local(kwargs.must_get::<&str>("path")?))
    });
}

fn date(locale: &Locale, kwargs: &Kwargs) -> TeraResult<String> {
    let text = kwargs.must_get::<String>("value")?;
    PartialDate::parse(&text).map(|date| locale.date(date)).map_err(Error::message)
}

fn number(locale: &Locale, kwargs: &Kwargs) -> TeraResult<String> {
    let text = kwargs.must_get::<&Value>("value")?.to_string();
    Decimal::parse(&text).map(|value| locale.number(&value)).map_err(Error::message)
}

fn asset(assets: &[(String, String)], kwargs: &Kwargs) -> TeraResult<String> {
    let path = kwargs.must_get::<&str>("path")?;
    if path.contains("..") {
        return Err(Error::message(format!("`{path}` leaves the theme's assets/")));
    }
    match assets.iter().find(|(name, _)| name == path) {
        Some((_, url)) => Ok(url.clone()),
        None => {
            let help = did_you_mean(path, assets.iter().map(|(name, _)| name.as_str()));
            let help = help.map_or(String::new(), |h| format!(": {h}"));
            Err(Error::message(format!("the theme has no asset `{path}`{help}")))
        }
    }
}

impl Engine<'_> {
    /// An interface string that Bashu itself needs; its key where every theme lacks it.
    pub(super) fn word(&self, lang: Lang, key: &str, args: &[(&str, Arg)]) -> String {
        self.words.get(lang, key, args).map_or_else(|| key.to_owned(), |found| found.text)
    }
}
