//! The filters that templates have beside Tera's: how a text is cut, and where it breaks.
//!
//! Pure, as functions are: what they return follows from the text, their arguments and the language.

use std::borrow::Cow;
use std::sync::Arc;

use tera::{Error, Kwargs, State, StringInput, Tera, TeraResult, Value};

use super::form::html;
use super::functions::{no_language, optional_text};
use super::lately::Lately;
use crate::base::{Digest, Lang, escape_html, plain_text};
use crate::config::Config;
use crate::locale::Locale;

/// How many texts in phrases are kept for the next who asks, of some 100 bytes each.
const LATELY: usize = 2048;

/// The languages of the site by code.
type Locales = Vec<(String, Arc<Locale>)>;

/// Registers the filters for the pages of a language.
pub(super) fn register(tera: &mut Tera, lang: Lang, config: &Config) {
    let locales: Locales = config.languages.iter().map(|l| (l.code.clone(), Arc::clone(&l.locale))).collect();
    let all = locales.clone();
    tera.register_filter("truncate", move |value: StringInput<'_>, kwargs: Kwargs, _: &State<'_>| {
        truncate(&all, lang, &value, &kwargs)
    });
    // Titles stand in several lists, and words are looked up in a dictionary.
    let lately = Lately::new(LATELY);
    tera.register_filter("phrases", move |value: StringInput<'_>, kwargs: Kwargs, _: &State<'_>| {
        let (code, locale) = asked(&locales, lang, "phrases", &kwargs)?;
        let key = Digest::of(value.as_str().as_bytes()).and_bytes(code.as_bytes());
        let key = key.and_number(value.is_safe().into());
        Ok::<Value, Error>(lately.get(key.bits(), || phrases(locale, &plain(&value))))
    });
}

/// In place of Tera's, which cuts words.
fn truncate(locales: &Locales, lang: Lang, value: &StringInput<'_>, kwargs: &Kwargs) -> TeraResult<String> {
    let (_, locale) = asked(locales, lang, "truncate", kwargs)?;
    let text = plain(value);
    let length = match kwargs.get::<&Value>("length")? {
        None => 160,
        Some(value) => value
            .as_u64()
            .and_then(|length| usize::try_from(length).ok())
            .ok_or_else(|| Error::message("`length` of `truncate` must be a whole number, 0 or more"))?,
    };
    Ok(locale.truncate(&text, length).into_owned())
}

/// Marks where a heading may break: between words, in a language that is written without spaces.
fn phrases(locale: &Locale, text: &str) -> Value {
    let phrases: Vec<_> = locale.phrases(text).into_iter().map(escape_html).collect();
    html(phrases.join("<wbr>"))
}

/// The language that a filter is asked for, or else the page's, with its code.
fn asked<'l>(
    locales: &'l Locales,
    lang: Lang,
    filter: &'static str,
    kwargs: &Kwargs,
) -> TeraResult<&'l (String, Arc<Locale>)> {
    let asked = optional_text(kwargs, filter, "lang")?;
    let locale = match asked {
        None => locales.get(lang.index()),
        Some(code) => locales.iter().find(|(own, _)| own == code),
    };
    locale.ok_or_else(|| no_language(asked.unwrap_or_default()))
}

/// A text without the tags that it has if it is HTML.
fn plain<'v>(value: &'v StringInput<'_>) -> Cow<'v, str> {
    if value.is_safe() { plain_text(value.as_str()).into() } else { Cow::Borrowed(value.as_str()) }
}
