//! The order of texts in lists: CLDR's collations, and which of them a language has.
//!
//! Owns the collator. It never decides what is listed, or which letters an index has.

use std::borrow::Cow;
use std::cmp::Ordering;

use icu::collator::options::{CollatorOptions, Strength};
use icu::collator::{Collator, CollatorBorrowed};
use icu::locale::extensions::unicode::{Value, key};
use icu::locale::{Locale, subtags::Script};

use super::readings;

/// The order of one language.
#[derive(Debug)]
pub(super) struct Order {
    locale: Locale,
    script: Option<Script>,
    collator: CollatorBorrowed<'static>,
    pinyin: bool,
}

impl Order {
    /// The order that a tag names (`-u-co-stroke`), or the language's usual one.
    pub(super) fn new(locale: &Locale, script: Option<Script>) -> Result<Self, String> {
        let collator = collator(locale, None)?;
        let pinyin = is_pinyin(&collator);
        let mut order = Self { locale: locale.clone(), script, collator, pinyin };
        if let Some(asked) = locale.extensions.unicode.keywords.get(&key!("co")) {
            order.set(&asked.to_string())?;
        }
        Ok(order)
    }

    /// Another order of the same language. The error names those that it has.
    pub(super) fn set(&mut self, name: &str) -> Result<(), String> {
        let known = self.names();
        match Value::try_from_str(name) {
            Ok(value) if known.contains(&name) => {
                self.locale.extensions.unicode.keywords.set(key!("co"), value);
                self.collator = collator(&self.locale, None)?;
                self.pinyin = is_pinyin(&self.collator);
                Ok(())
            }
            _ => {
                let known: Vec<_> = known.iter().map(|name| format!("`{name}`")).collect();
                let known = known.join(", ");
                Err(format!("`{}` has no order `{name}`: write one of {known}", self.locale.id))
            }
        }
    }

    /// The names of a language's collations in CLDR, the usual one first: `standard` but in Chinese.
    fn names(&self) -> Vec<&'static str> {
        let script = self.script.as_ref().map_or("", Script::as_str);
        let own: &[&str] = match (self.locale.id.language.as_str(), script) {
            ("ja" | "ko", _) => &["standard", "unihan"],
            (_, "Hant" | "Hanb") => &["stroke", "pinyin", "unihan", "zhuyin"],
            (_, "Hans" | "Hani") => &["pinyin", "stroke", "unihan", "zhuyin"],
            ("de", _) => &["standard", "phonebk"],
            ("bn" | "es" | "fi" | "kn" | "sv" | "vi", _) => &["standard", "trad"],
            ("ar", _) => &["standard", "compat"],
            ("si", _) => &["standard", "dict"],
            _ => &["standard"],
        };
        // These two are the root's.
        [own, &["emoji", "eor"]].concat()
    }

    /// CLDR's order, then that of code points: total, so that lists never depend on the order of files.
    pub(super) fn compare(&self, a: &str, b: &str) -> Ordering {
        self.collator.compare(&self.read(a), &self.read(b)).then_with(|| a.cmp(b))
    }

    /// A text as the collator should see it.
    pub(super) fn read<'t>(&self, text: &'t str) -> Cow<'t, str> {
        if self.pinyin { readings::read(text) } else { Cow::Borrowed(text) }
    }

    pub(super) fn is_pinyin(&self) -> bool {
        self.pinyin
    }

    /// The order of letters alone: case and accents make no difference but where they make a letter.
    pub(super) fn of_letters(&self) -> Result<CollatorBorrowed<'static>, String> {
        collator(&self.locale, Some(Strength::Primary))
    }

    pub(super) fn script(&self) -> Option<Script> {
        self.script
    }
}

/// Whether Chinese characters are in the order of pinyin shows in where their letters begin.
fn is_pinyin(collator: &CollatorBorrowed<'_>) -> bool {
    collator.compare("\u{FDD0}A", "阿").is_lt()
}

fn collator(locale: &Locale, strength: Option<Strength>) -> Result<CollatorBorrowed<'static>, String> {
    let mut options = CollatorOptions::default();
    options.strength = strength;
    Collator::try_new(locale.into(), options)
        .map_err(|e| format!("there are no rules of order for `{locale}`: {e}"))
}

#[cfg(test)]
mod tests {
    use crate::locale::Locale;

    fn sorted(locale: &Locale, words: &str) -> String {
        let mut words: Vec<&str> = words.split(' ').collect();
        words.sort_by(|a, b| locale.compare(a, b));
        words.join(" ")
    }

    #[test]
    fn texts_are_ordered_as_the_language_does() {
        for (tag, words) in [
            ("en", "Äpfel apple Zoo"),
            ("de", "Äpfel Auto Zug"),
            ("sv", "Auto Zoo Äpplen"),
            ("es", "caza llama luz"),
            ("es-u-co-trad", "caza luz llama"),
            ("de-u-co-phonebk", "Ad Äpfel Af"),
            // By pinyin 重 is zhòng, and chóng in 重庆.
            ("zh-Hans", "成都 重庆 四川 中国 重量"),
            ("zh-Hans-u-co-stroke", "中国 四川 成都 重庆"),
            ("zh-Hans-u-co-zhuyin", "八 四川 阿"),
            ("zh-Hant", "一 中 長 重"),
            ("zh-Hant-u-co-pinyin", "阿 八 中"),
            ("ja", "あ ア い か が き"),
            ("ko", "가 나 다"),
        ] {
            let locale = Locale::new(tag).unwrap();
            let mut reversed: Vec<&str> = words.split(' ').collect();
            reversed.reverse();
            assert_eq!(sorted(&locale, &reversed.join(" ")), words, "{tag}");
        }
    }

    #[test]
    fn an_order_is_known_or_refused() {
        for (tag, name, remedy) in [
            ("zh-Hans", "stroke", None),
            ("zh-Hant", "pinyin", None),
            ("yue", "stroke", None),
            ("de", "phonebk", None),
            ("en", "standard", None),
            ("en", "stroke", Some("`en` has no order `stroke`: write one of `standard`, `emoji`, `eor`")),
            (
                "zh",
                "strokes",
                Some(
                    "`zh` has no order `strokes`: write one of `pinyin`, `stroke`, `unihan`, `zhuyin`, `emoji`, `eor`",
                ),
            ),
            (
                "zh",
                "by stroke",
                Some(
                    "`zh` has no order `by stroke`: write one of `pinyin`, `stroke`, `unihan`, `zhuyin`, `emoji`, `eor`",
                ),
            ),
        ] {
            let asked = Locale::new(tag).unwrap().set_order(name);
            assert_eq!(asked.err().as_deref(), remedy, "{tag} {name}");
        }
        assert!(Locale::new("en-u-co-stroke").unwrap_err().starts_with("`en` has no order `stroke`: "));
        let mut key = Locale::new("zh-Hans").unwrap();
        key.set_order("stroke").unwrap();
        let tag = Locale::new("zh-Hans-u-co-stroke").unwrap();
        let words = "中国 重庆 四川 成都 一 绿色";
        assert_eq!(sorted(&key, words), sorted(&tag, words));
        // The key changes no tag, which pages carry.
        assert_eq!(key.tag(), "zh-Hans");
    }

    /// Every order in the table is one of CLDR's, and no second name for the usual one.
    #[test]
    fn orders_differ_from_the_usual_one() {
        let words = "ａ A Ä ä Af Ad Ñ llama luz chz cz ω 😀 🌍 一 丁 中 重庆 八 阿 長 伽 佳 ক্ ৎ কা ක ඥ ජ්ඥ ඣ ඤ ජ ಅಂ ಅಃ ಕ ಂ ಃ ೲ ೱ ಅ ಕ್ ಕಾ ಕ್ಕ ðz þz tz đz dz ŋa nz ـ ا آ ة ه ﻩ ă â đ Vi wa va w ß ss TH th ư ph Ơ ngh";
        for tag in ["zh", "zh-Hant", "ja", "ko", "de", "bn", "es", "fi", "kn", "sv", "vi", "ar", "si", "en"] {
            let usual = Locale::new(tag).unwrap();
            for name in usual.order.names().into_iter().skip(1) {
                let mut other = Locale::new(tag).unwrap();
                other.set_order(name).unwrap();
                assert_ne!(sorted(&usual, words), sorted(&other, words), "{tag} {name}");
            }
        }
    }
}
