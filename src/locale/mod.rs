//! One language's conventions: direction, dates, numbers, order, quotation marks; and the
//! interface strings that themes bring for it.
//!
//! Owns everything that CLDR and Fluent know, and is the only room that uses `icu` and `fluent`.
//! It never reads a file, and never decides which languages a site has or which string a page shows.
//!
//! What ICU needs for a language is built once, in [`Locale::new`], and shared between threads:
//! a formatter costs thousands of times what one call of it does.

mod characters;
mod dates;
mod ftl;
mod ftl_numbers;
mod index;
mod numbers;
mod order;
mod readings;
mod scales;
mod segments;
mod strings;
mod tag;
mod typography;

use std::borrow::Cow;
use std::cmp::Ordering;

use icu::locale::{LocaleDirectionality, LocaleExpander};

use crate::base::{Decimal, PartialDate, Period};
use dates::Dates;
use numbers::Numbers;
use order::Order;
use scales::Scales;
use segments::Segments;

pub use characters::{
    is_ambiguous, is_double, is_emoji, is_emoji_by_default, is_hangul, is_punctuation, is_wide,
};
pub use index::IndexLetter;
pub use scales::Shown;
pub use segments::{clusters, columns};
pub use strings::{Arg, Found, Strings, StringsFile};
pub use typography::Typography;

/// The direction a language is written in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// From left to right.
    Ltr,
    /// From right to left.
    Rtl,
}

impl Direction {
    /// The value of HTML's `dir` attribute.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Ltr => "ltr",
            Self::Rtl => "rtl",
        }
    }
}

/// One language's conventions.
#[derive(Debug)]
pub struct Locale {
    tag: String,
    territory: String,
    direction: Direction,
    typography: &'static Typography,
    unspaced: bool,
    dates: Dates,
    numbers: Numbers,
    scales: Option<&'static Scales>,
    order: Order,
    known: bool,
    segments: Segments,
}

impl Locale {
    /// The conventions of a BCP 47 tag. The error says what is wrong with the tag, for a message.
    ///
    /// A language that CLDR does not know is taken with CLDR's root conventions: a publication
    /// in a small language is not refused for want of data.
    pub fn new(tag: &str) -> Result<Self, String> {
        let locale = tag::parse(tag)?;
        let no_data = |what: &str, e: &dyn std::fmt::Display| format!("there are no {what} for `{tag}`: {e}");
        // The extended data are a few kilobytes more, and know the script of every language.
        let expander = LocaleExpander::new_extended();
        let script = locale.id.script.or_else(|| expander.get_likely_script(&locale.id));
        let mut likely = locale.id.clone();
        expander.maximize(&mut likely);
        let territory = likely.region.map_or_else(String::new, |region| format!("_{region}"));
        let rtl = LocaleDirectionality::new_with_expander(expander).is_right_to_left(&locale.id);
        let dates = Dates::new(&locale).map_err(|e| no_data("dates", &e))?;
        Ok(Self {
            tag: locale.to_string(),
            territory: format!("{}{territory}", locale.id.language),
            direction: if rtl { Direction::Rtl } else { Direction::Ltr },
            typography: typography::marks(&locale.id, script),
            unspaced: typography::is_unspaced(script),
            known: dates.are_known(&locale).map_err(|e| no_data("dates", &e))?,
            dates,
            numbers: Numbers::new(&locale).map_err(|e| no_data("numbers", &e))?,
            scales: scales::of(&locale.id, script),
            order: Order::new(&locale, script)?,
            segments: Segments::new(&locale.id),
        })
    }

    /// Takes another of the language's orders: `stroke` in Chinese, `phonebk` in German. The error says
    /// which ones there are, for a message.
    pub fn set_order(&mut self, collation: &str) -> Result<(), String> {
        self.order.set(collation)
    }

    /// Whether there are data for the language. One without has the conventions of CLDR's root.
    pub fn is_known(&self) -> bool {
        self.known
    }

    /// The tag as it was written, in the usual case: `zh-Hans`, `en-GB` (RFC 5646 § 2.1.1).
    pub fn tag(&self) -> &str {
        &self.tag
    }

    /// The language and the country that it is written for, or most probably is: `zh_CN`, as Open
    /// Graph has it; the language alone where no country is known.
    pub fn territory(&self) -> &str {
        &self.territory
    }

    /// The direction of the language's script.
    pub fn direction(&self) -> Direction {
        self.direction
    }

    /// A date as far as it is known: `26 December 2023`, `December 2023`, `2023年`.
    pub fn date(&self, date: PartialDate) -> String {
        self.dates.date(date)
    }

    /// One date, or a range: `January–November 2023`, `2023年1月至11月`.
    pub fn period(&self, period: Period) -> String {
        self.dates.period(period)
    }

    /// A number with the language's digits, separators and grouping: `4,248`, `4.248`, `4248`.
    /// Digits after the point stay as they were written: 6.0 says more than 6.
    pub fn number(&self, value: &Decimal) -> String {
        self.numbers.text(value.as_str())
    }

    /// A number in the language's words for big ones: `370.97 billion`, `3709.7亿`, `3709億7000万`;
    /// `short` as in tables: `370.97bn`. It has the exact value, unless `round` says how many digits
    /// stay after the point of the number as it is shown.
    pub fn quantity(&self, value: &Decimal, short: bool, round: Option<u8>) -> Shown {
        scales::write(value, short, round, self.scales, &self.numbers)
    }

    /// The order of two texts in lists (CLDR collation; Chinese by pinyin). It is total: texts
    /// that the language holds for equal are told apart by code points, so that lists never
    /// depend on the order of files.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.order.compare(a, b)
    }

    /// Items by the letters of their titles, both in the order of lists: A–Z, `8画`, あかさ. What begins
    /// with a digit or with nothing that the language has a letter for stands under `#`, at the end.
    pub fn index<T>(&self, items: Vec<(&str, T)>) -> Vec<IndexLetter<T>> {
        index::index(&self.order, items)
    }

    /// A text in words, as the language has them (UAX #29; Chinese and Japanese by a dictionary). Every
    /// byte is in one of the pieces: spaces and marks are pieces of their own.
    pub fn words<'t>(&self, text: &'t str) -> Vec<&'t str> {
        self.segments.words(text)
    }

    /// The beginning of a text, at most `max` columns of it: a wide character takes two, so that the
    /// same number is about the same length in any script. It ends with a whole sentence, if that
    /// leaves two thirds at least, or with a word and the language's ellipsis.
    pub fn truncate<'t>(&self, text: &'t str, max: usize) -> Cow<'t, str> {
        self.segments.truncate(text, max)
    }

    /// A text in parts between which a heading may break; in one where spaces say that already.
    pub fn phrases<'t>(&self, text: &'t str) -> Vec<&'t str> {
        if self.unspaced { self.segments.phrases(text) } else { vec![text] }
    }

    /// Where a line of a text may end, by bytes; the last is the end of the text.
    pub fn line_ends(&self, text: &str) -> Vec<usize> {
        self.segments.line_ends(text, self.unspaced)
    }

    /// The mark that more would follow: `…`, in Chinese `……`.
    pub fn ellipsis(&self) -> &'static str {
        self.segments.ellipsis()
    }

    /// Whether the language is Chinese, Japanese or Yi, of which CSS Text says that they are written
    /// without spaces between words.
    pub fn is_unspaced(&self) -> bool {
        self.unspaced
    }

    /// What straight quotes, hyphens for dashes and dots for an ellipsis become.
    pub fn typography(&self) -> &'static Typography {
        self.typography
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn locales_and_strings_are_shared_between_threads() {
        fn shared<T: Send + Sync>() {}
        shared::<Locale>();
        shared::<Strings>();
    }

    #[test]
    fn directions() {
        for (tag, dir) in [
            ("en", "ltr"),
            ("zh-Hans", "ltr"),
            ("ar", "rtl"),
            ("he", "rtl"),
            ("de", "ltr"),
            ("ja", "ltr"),
            ("az-Arab", "rtl"),
            ("ug", "rtl"),
            ("tok", "ltr"),
        ] {
            assert_eq!(Locale::new(tag).unwrap().direction().as_str(), dir, "{tag}");
        }
    }

    #[test]
    fn chinese_is_ordered_by_pinyin() {
        let zh = Locale::new("zh-Hans").unwrap();
        let mut places = ["四川", "重庆", "成都"];
        places.sort_by(|a, b| zh.compare(a, b));
        assert_eq!(places, ["成都", "重庆", "四川"]);
    }

    #[test]
    fn order_is_the_language_s_own_and_total() {
        let sorted = |tag: &str, mut words: Vec<&'static str>| {
            let locale = Locale::new(tag).unwrap();
            words.sort_by(|a, b| locale.compare(a, b));
            words
        };
        assert_eq!(sorted("de", vec!["Zug", "Äpfel", "Auto"]), ["Äpfel", "Auto", "Zug"]);
        assert_eq!(sorted("sv", vec!["Äpplen", "Zoo", "Auto"]), ["Auto", "Zoo", "Äpplen"]);
        // A soft hyphen has no weight of its own.
        let en = Locale::new("en").unwrap();
        assert_eq!(en.compare("ab", "a\u{ad}b"), "ab".cmp("a\u{ad}b"));
        assert_eq!(en.compare("ab", "ab"), Ordering::Equal);
    }
}
