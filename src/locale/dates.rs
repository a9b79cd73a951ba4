//! Dates and periods as a language writes them, as far as they are known.
//!
//! The calendar is always the Gregorian one, whatever the language: dates in the sources are
//! ISO 8601, and a reader in Tehran or Bangkok must find the year that the source names.

use icu::calendar::{Date, Gregorian};
use icu::datetime::fieldsets::{Y, YM, YMD};
use icu::datetime::{DateTimeFormatterLoadError, FixedCalendarDateTimeFormatter as Formatter};
use icu::locale::{Locale, subtags::region};

use crate::base::{PartialDate, Period};

/// The date formatters of one language.
#[derive(Debug)]
pub(super) struct Dates {
    year: Formatter<Gregorian, Y>,
    month: Formatter<Gregorian, YM>,
    day: Formatter<Gregorian, YMD>,
    /// What stands between two dates, when it is not a dash.
    between: Option<&'static str>,
}

impl Dates {
    pub(super) fn new(locale: &Locale) -> Result<Self, DateTimeFormatterLoadError> {
        // CLDR takes plain `en` for the English of the United States (December 26, 2023), and so
        // does ICU. Publications in English that are not American write 26 December 2023, as
        // CLDR's `en-GB` does; whoever wants the American order says so: `en-US`.
        let mut locale = locale.clone();
        if locale.id.language.as_str() == "en" && locale.id.region.is_none() {
            locale.id.region = Some(region!("GB"));
        }
        // ICU4X 2.4 does not load the digits for the year in the month of `pt` and `pt-BR` (it fails
        // in debug builds); the pattern of `pt-PT` is the same, and whole.
        let mut month = locale.clone();
        if month.id.language.as_str() == "pt" {
            month.id.region = Some(region!("PT"));
        }
        Ok(Self {
            year: Formatter::try_new((&locale).into(), Y::long())?,
            month: Formatter::try_new((&month).into(), YM::long())?,
            day: Formatter::try_new((&locale).into(), YMD::long())?,
            between: match locale.id.language.as_str() {
                "zh" | "yue" => Some("至"),
                "ja" => Some("～"),
                _ => None,
            },
        })
    }

    /// Whether there are data for the language. (ICU4X's are those of CLDR but for its least known languages.)
    ///
    /// ICU4X says of no language whether it has data, and takes the root's in silence. Of all data, the
    /// months are sure to tell: every language with data has names for them, or characters around their
    /// numbers, and the root has `M12`.
    pub(super) fn are_known(&self, locale: &Locale) -> Result<bool, DateTimeFormatterLoadError> {
        // The tag may ask for digits of another kind, which are no sign of the language.
        let root = Locale { id: Locale::UNKNOWN.id, extensions: locale.extensions.clone() };
        let root: Formatter<Gregorian, YM> = Formatter::try_new(root.into(), YM::long())?;
        let december = Date::try_new_gregorian(2023, 12, 1).ok();
        Ok(december
            .is_some_and(|date| self.month.format(&date).to_string() != root.format(&date).to_string()))
    }

    /// A date as far as it is known.
    pub(super) fn date(&self, date: PartialDate) -> String {
        let Some(first) = gregorian(date) else { return date.to_string() };
        match (date.month(), date.day()) {
            (None, _) => self.year.format(&first).to_string(),
            (_, None) => self.month.format(&first).to_string(),
            _ => self.day.format(&first).to_string(),
        }
    }

    /// A period, its shared year and month written once.
    ///
    /// ICU4X has CLDR's interval patterns only behind its `unstable` feature, and CLDR none for
    /// two dates of different precision. The two written dates are therefore joined here.
    pub(super) fn period(&self, Period { from, to }: Period) -> String {
        let a = self.date(from);
        if from == to {
            return a;
        }
        let b = self.date(to);
        let (left, right) = (tokens(&a), tokens(&b));
        let alike =
            from.month().is_some() == to.month().is_some() && from.day().is_some() == to.day().is_some();
        let (prefix, suffix) = if !alike || (from.year() != to.year() && from.month().is_some()) {
            (0, 0)
        } else if from.month().is_none() {
            // Two years share at most the word for year that follows them.
            (0, shared_suffix(&left, &right, |t| !has_digit(t)))
        } else if from.month() == to.month() {
            // Only the day differs: everything around it is shared.
            (shared_prefix(&left, &right), shared_suffix(&left, &right, |_| true))
        } else {
            // Only what holds the year is shared. The third of one month and the third of
            // another have a day in common that must be written twice.
            let year = gregorian(from).map(|d| self.year.format(&d).to_string()).unwrap_or_default();
            let is_year = |t: &str| !has_digit(t) || digits(t).eq(digits(&year));
            let suffix = shared_suffix(&left, &right, is_year);
            let holds_year = left[left.len() - suffix..].iter().any(|t| has_digit(t));
            if holds_year { (0, suffix) } else { (shared_prefix(&left, &right), 0) }
        };
        if prefix + suffix >= left.len().min(right.len()) {
            return self.join("", &a, &b, "");
        }
        self.join(
            &left[..prefix].concat(),
            &left[prefix..left.len() - suffix].concat(),
            &right[prefix..right.len() - suffix].concat(),
            &right[right.len() - suffix..].concat(),
        )
    }

    /// The dash closes up between single words and stands free between groups of words, as
    /// English and German typography have it: `January–November`, `26 November – 3 December`.
    fn join(&self, before: &str, from: &str, to: &str, after: &str) -> String {
        let from = from.trim_end_matches(is_loose);
        let dash = self.between.unwrap_or_else(|| {
            let single = |s: &str| !s.trim_end().contains(char::is_whitespace);
            if single(from) && single(to) { "–" } else { " – " }
        });
        [before, from, dash, to, after].concat()
    }
}

/// The first day of a date, for ICU. Never `None` for a date that `PartialDate` has checked.
fn gregorian(date: PartialDate) -> Option<Date<Gregorian>> {
    let first = date.first_day();
    Date::try_new_gregorian(first.year().into(), first.month()?, first.day()?).ok()
}

fn is_loose(c: char) -> bool {
    c.is_whitespace() || matches!(c, ',' | '،')
}

fn digits(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_numeric())
}

fn has_digit(text: &str) -> bool {
    digits(text).next().is_some()
}

/// A written date in words, each with the space after it; 年, 月 and 日 end a word.
fn tokens(text: &str) -> Vec<&str> {
    text.split_inclusive(|c: char| c.is_whitespace() || matches!(c, '年' | '月' | '日')).collect()
}

fn shared_prefix(a: &[&str], b: &[&str]) -> usize {
    a.iter().zip(b).take_while(|(a, b)| a == b).count()
}

fn shared_suffix(a: &[&str], b: &[&str], may: impl Fn(&str) -> bool) -> usize {
    a.iter().rev().zip(b.iter().rev()).take_while(|(a, b)| a == b && may(a)).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn written(tag: &str, period: &str) -> String {
        crate::locale::Locale::new(tag).unwrap().period(Period::parse(period).unwrap())
    }

    #[test]
    fn dates_say_what_is_known() {
        for (tag, day, month, year) in [
            ("en", "26 December 2023", "December 2023", "2023"),
            ("en-GB", "26 December 2023", "December 2023", "2023"),
            ("en-US", "December 26, 2023", "December 2023", "2023"),
            ("zh-Hans", "2023年12月26日", "2023年12月", "2023年"),
            ("de", "26. Dezember 2023", "Dezember 2023", "2023"),
            ("ja", "2023年12月26日", "2023年12月", "2023年"),
            ("ar", "26 ديسمبر 2023", "ديسمبر 2023", "2023"),
            ("pt-BR", "26 de dezembro de 2023", "dezembro de 2023", "2023"),
            // The year stays the Gregorian one in Tehran.
            ("fa", "۲۶ دسامبر ۲۰۲۳", "دسامبر ۲۰۲۳", "۲۰۲۳"),
        ] {
            assert_eq!(written(tag, "2023-12-26"), day, "{tag}");
            assert_eq!(written(tag, "2023-12"), month, "{tag}");
            assert_eq!(written(tag, "2023"), year, "{tag}");
        }
    }

    #[test]
    fn periods_write_a_shared_year_and_month_once() {
        for (tag, period, text) in [
            ("en", "2019/2023", "2019–2023"),
            ("en", "2023-01/2023-11", "January–November 2023"),
            ("en", "2023-12-03/2023-12-05", "3–5 December 2023"),
            ("en", "2023-11-26/2023-12-03", "26 November – 3 December 2023"),
            ("en-US", "2023-12-03/2023-12-05", "December 3–5, 2023"),
            ("en-US", "2023-11-26/2023-12-03", "November 26 – December 3, 2023"),
            ("zh-Hans", "2019/2023", "2019年至2023年"),
            ("zh-Hans", "2023-01/2023-11", "2023年1月至11月"),
            ("zh-Hans", "2023-12-03/2023-12-05", "2023年12月3日至5日"),
            ("zh-Hans", "2023-11-26/2023-12-03", "2023年11月26日至12月3日"),
            ("ja", "2023-01/2023-11", "2023年1月～11月"),
            ("ko", "2023-01/2023-11", "2023년 1월–11월"),
            ("de", "2023-12-03/2023-12-05", "3.–5. Dezember 2023"),
            ("es", "2023-01/2023-11", "enero–noviembre de 2023"),
            ("ru", "2023-01/2023-11", "январь–ноябрь 2023\u{202f}г."),
            ("ar", "2023-01/2023-11", "يناير–نوفمبر 2023"),
        ] {
            assert_eq!(written(tag, period), text, "{tag}");
        }
    }

    #[test]
    fn what_is_not_shared_is_written_twice() {
        for (tag, period, text) in [
            ("en", "2022-12/2023-03", "December 2022 – March 2023"),
            ("en", "2022-12/2023-12", "December 2022 – December 2023"),
            ("en", "2023-11-03/2023-12-03", "3 November – 3 December 2023"),
            ("en-US", "2023-11-03/2023-12-03", "November 3 – December 3, 2023"),
            ("en", "2023-06/2023", "June 2023 – 2023"),
            ("en", "2023-06/2023-06-15", "June 2023 – 15 June 2023"),
            ("zh-Hans", "2022-12/2023-03", "2022年12月至2023年3月"),
            ("zh-Hans", "2023-11-03/2023-12-03", "2023年11月3日至12月3日"),
        ] {
            assert_eq!(written(tag, period), text, "{tag}");
        }
    }

    /// Every pair of precisions, in the languages that a first site is likely to have.
    #[test]
    fn every_kind_of_date_and_period_is_written_out() {
        const KINDS: [&str; 12] = [
            "2023",
            "2023-12",
            "2023-12-26",
            "2022/2023",
            "2023-01/2023-09",
            "2022-11/2023-09",
            "2023-12-03/2023-12-26",
            "2023-11-26/2023-12-03",
            "2022-12-26/2023-01-03",
            "2022/2023-09",
            "2022-11/2023",
            "2023/2023-12-26",
        ];
        for (tag, texts) in [
            (
                "en",
                [
                    "2023",
                    "December 2023",
                    "26 December 2023",
                    "2022–2023",
                    "January–September 2023",
                    "November 2022 – September 2023",
                    "3–26 December 2023",
                    "26 November – 3 December 2023",
                    "26 December 2022 – 3 January 2023",
                    "2022 – September 2023",
                    "November 2022 – 2023",
                    "2023 – 26 December 2023",
                ],
            ),
            (
                "zh-Hans",
                [
                    "2023年",
                    "2023年12月",
                    "2023年12月26日",
                    "2022年至2023年",
                    "2023年1月至9月",
                    "2022年11月至2023年9月",
                    "2023年12月3日至26日",
                    "2023年11月26日至12月3日",
                    "2022年12月26日至2023年1月3日",
                    "2022年至2023年9月",
                    "2022年11月至2023年",
                    "2023年至2023年12月26日",
                ],
            ),
            (
                "zh-Hant",
                [
                    "2023年",
                    "2023年12月",
                    "2023年12月26日",
                    "2022年至2023年",
                    "2023年1月至9月",
                    "2022年11月至2023年9月",
                    "2023年12月3日至26日",
                    "2023年11月26日至12月3日",
                    "2022年12月26日至2023年1月3日",
                    "2022年至2023年9月",
                    "2022年11月至2023年",
                    "2023年至2023年12月26日",
                ],
            ),
            (
                "ja",
                [
                    "2023年",
                    "2023年12月",
                    "2023年12月26日",
                    "2022年～2023年",
                    "2023年1月～9月",
                    "2022年11月～2023年9月",
                    "2023年12月3日～26日",
                    "2023年11月26日～12月3日",
                    "2022年12月26日～2023年1月3日",
                    "2022年～2023年9月",
                    "2022年11月～2023年",
                    "2023年～2023年12月26日",
                ],
            ),
            (
                "ko",
                [
                    "2023년",
                    "2023년 12월",
                    "2023년 12월 26일",
                    "2022년–2023년",
                    "2023년 1월–9월",
                    "2022년 11월 – 2023년 9월",
                    "2023년 12월 3일–26일",
                    "2023년 11월 26일 – 12월 3일",
                    "2022년 12월 26일 – 2023년 1월 3일",
                    "2022년 – 2023년 9월",
                    "2022년 11월 – 2023년",
                    "2023년 – 2023년 12월 26일",
                ],
            ),
            (
                "de",
                [
                    "2023",
                    "Dezember 2023",
                    "26. Dezember 2023",
                    "2022–2023",
                    "Januar–September 2023",
                    "November 2022 – September 2023",
                    "3.–26. Dezember 2023",
                    "26. November – 3. Dezember 2023",
                    "26. Dezember 2022 – 3. Januar 2023",
                    "2022 – September 2023",
                    "November 2022 – 2023",
                    "2023 – 26. Dezember 2023",
                ],
            ),
            (
                "fr",
                [
                    "2023",
                    "décembre 2023",
                    "26 décembre 2023",
                    "2022–2023",
                    "janvier–septembre 2023",
                    "novembre 2022 – septembre 2023",
                    "3–26 décembre 2023",
                    "26 novembre – 3 décembre 2023",
                    "26 décembre 2022 – 3 janvier 2023",
                    "2022 – septembre 2023",
                    "novembre 2022 – 2023",
                    "2023 – 26 décembre 2023",
                ],
            ),
        ] {
            assert_eq!(KINDS.map(|kind| written(tag, kind)), texts, "{tag}");
        }
    }

    #[test]
    fn languages_without_data_are_known_as_such() {
        for tag in "en en-GB en-US en-CN zh zh-Hans zh-Hant zh-TW zh-Hans-SG zh-Hant-HK yue yue-Hans ja ko vi th id ms fil \
            de de-CH fr fr-CA es es-MX pt pt-BR pt-PT it nl sv nb no nn da fi is fo et lv lt pl cs sk sl hr sr sr-Latn bs \
            hu ro bg mk sq el tr az ka hy ru uk be kk ky uz mn ug ii ar ar-EG he fa ur ps ckb hi bn ta te ml kn gu pa mr ne \
            si my km lo am ti sw so ha yo ig zu xh af ga gd cy br eu ca gl mt lb rm fy eo ia mi qu tt ks sd jv su ceb \
            zh-Hans-u-co-stroke ar-u-nu-latn"
            .split_whitespace()
        {
            assert!(crate::locale::Locale::new(tag).unwrap().is_known(), "{tag}");
        }
        for tag in [
            "tlh",
            "qqq",
            "und",
            "tok",
            "tlh-u-nu-thai",
            "xx-CN",
            "got",
            "zxx",
            "hak",
            "nan",
            "wuu",
            "la",
            "gsw",
            "bo",
            "haw",
        ] {
            assert!(!crate::locale::Locale::new(tag).unwrap().is_known(), "{tag}");
        }
    }
}
