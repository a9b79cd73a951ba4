//! A figure as a language writes it: the number in words, its unit, its bound.
//!
//! Owns the styles and which message says what; the words of numbers are `locale`'s, those of units
//! and bounds the theme's. The value is shifted and never changed, unless rounding is asked for.

use serde::{Deserialize, Serialize};

use super::Bound;
use crate::base::Decimal;
use crate::locale::{Arg, Locale, Shown};

/// How much of a figure is written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub enum Style {
    /// `over 15 million cases`.
    #[default]
    Full,
    /// As in tables and cards: `15m+ cases`.
    Compact,
    /// The number alone: `15 million`.
    Number,
}

/// The styles by their names in citations.
pub const STYLES: [(&str, Style); 3] =
    [("full", Style::Full), ("compact", Style::Compact), ("number", Style::Number)];

/// How a figure is to be written.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Manner {
    /// How much of it.
    pub style: Style,
    /// How many digits stay after the point of the number as it is shown; `None`: all of them.
    pub round: Option<u8>,
}

impl Manner {
    /// A style, without rounding.
    pub fn of(style: Style) -> Self {
        Self { style, round: None }
    }

    /// What stands behind the question mark of a citation: `style=number&round=1`. The error is the
    /// part that means nothing.
    pub fn parse(query: &str) -> Result<Self, &str> {
        let mut manner = Self::default();
        for part in query.split('&') {
            match part.split_once('=') {
                Some(("style", name)) => {
                    let known = STYLES.iter().find(|(known, _)| *known == name);
                    manner.style = known.ok_or(part)?.1;
                }
                // Nobody reads more than nine digits after a point.
                Some(("round", digits)) if digits.len() == 1 => {
                    manner.round = Some(digits.parse().map_err(|_| part)?);
                }
                _ => return Err(part),
            }
        }
        Ok(manner)
    }
}

/// What is written.
#[derive(Clone, Copy, Debug)]
pub struct Quantity<'q> {
    /// The exact number.
    pub value: &'q Decimal,
    /// What is counted or measured.
    pub unit: Option<&'q str>,
    /// Whether the value is a bound.
    pub bound: Option<Bound>,
}

/// The message that writes a unit: `unit-CNY`, `unit-train-per-day` for `train/day`.
pub fn unit_key(unit: &str) -> String {
    format!("unit-{}", unit.replace('/', "-per-"))
}

/// The unit that a message writes, if it does.
pub fn unit_of_key(key: &str) -> Option<String> {
    let unit = key.strip_prefix("unit-").filter(|unit| !unit.contains('.'))?;
    Some(unit.replace("-per-", "/"))
}

/// The message that writes a bound.
pub fn bound_key(bound: Bound) -> &'static str {
    match bound {
        Bound::Over => "bound-over",
        Bound::Under => "bound-under",
        Bound::About => "bound-about",
    }
}

/// The unit of a number whose sign is part of it: a bound goes around both, `35%+`.
const PERCENT: &str = "percent";
/// The unit of a place in a row.
const ORDINAL: &str = "ordinal";

/// Gives the text of a message with its arguments, in its compact form for [`Style::Compact`] if it
/// has one; `None` if there is no such message or it asks for an argument that is not given.
pub type Say<'s> = dyn FnMut(&str, Style, &[(&str, Arg)]) -> Option<String> + 's;

/// Writes a quantity.
///
/// A unit's message takes `$number` (text) and `$count` (what its plural forms go by). A bound's
/// takes `$number` where it stands right beside the number, within the unit (每天超过9万人次), or
/// `$quantity` where it stands around the whole (over 90,000 people a day).
pub fn write(quantity: Quantity<'_>, manner: Manner, locale: &Locale, say: &mut Say<'_>) -> String {
    let Manner { style, round } = manner;
    let shown = match quantity.unit {
        // There is no 1.5 millionth.
        Some(ORDINAL) => Shown { text: locale.number(quantity.value), value: quantity.value.clone() },
        _ => locale.quantity(quantity.value, style == Style::Compact, round),
    };
    if style == Style::Number {
        return shown.text;
    }
    let with_unit = |number: String, say: &mut Say<'_>| match quantity.unit {
        Some(unit) => {
            let args = [("number", Arg::Text(number.clone())), ("count", Arg::Count(shown.value.clone()))];
            say(&unit_key(unit), style, &args).unwrap_or_else(|| format!("{number} {unit}"))
        }
        None => number,
    };
    let Some(key) = quantity.bound.map(bound_key) else { return with_unit(shown.text, say) };
    let sign = quantity.unit == Some(PERCENT);
    let number = if sign { with_unit(shown.text, say) } else { shown.text };
    let around = |number: String, say: &mut Say<'_>| if sign { number } else { with_unit(number, say) };
    match say(key, style, &[("number", Arg::Text(number.clone()))]) {
        Some(bounded) => around(bounded, say),
        None => {
            let whole = around(number, say);
            say(key, style, &[("quantity", Arg::Text(whole.clone()))]).unwrap_or(whole)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::base::ContentPath;
    use crate::diag::Diagnostics;
    use crate::locale::{Strings, StringsFile};

    fn strings(tag: &str, text: &str) -> Strings {
        let file = StringsFile {
            path: ContentPath::new(format!("strings/{tag}.ftl")),
            text: text.to_owned(),
            own: true,
            tag: tag.to_owned(),
        };
        let mut diags = Diagnostics::new();
        let strings = Strings::new(vec![file], &mut diags);
        assert!(diags.is_empty(), "{diags:?}");
        strings
    }

    fn written(
        figure: (&str, &str, Option<Bound>),
        query: &str,
        locale: &Locale,
        strings: &Strings,
    ) -> String {
        let (value, unit, bound) = figure;
        let value = Decimal::parse(value).unwrap();
        let quantity = Quantity { value: &value, unit: Some(unit).filter(|u| !u.is_empty()), bound };
        let manner = if query.is_empty() { Manner::default() } else { Manner::parse(query).unwrap() };
        write(quantity, manner, locale, &mut |key, style, args| {
            let compact = (style == Style::Compact).then(|| strings.attribute(key, "compact")).flatten();
            let found = strings.get(compact.as_deref().unwrap_or(key), args)?;
            found.fault.is_none().then_some(found.text)
        })
    }

    #[test]
    fn figures_are_written_as_each_language_does() {
        use Bound::{About, Over, Under};
        let (en, zh) = (Locale::new("en").unwrap(), Locale::new("zh-Hans").unwrap());
        let en_strings = strings("en", include_str!("../../themes/plain/strings/en.ftl"));
        let zh_strings = strings("zh-Hans", include_str!("../../themes/plain/strings/zh.ftl"));
        for (value, unit, bound, query, english, chinese) in [
            ("370970000000", "CNY", None, "", "370.97 billion yuan", "3709.7亿元"),
            ("370970000000", "CNY", None, "style=compact", "370.97bn yuan", "3709.7亿元"),
            ("370970000000", "CNY", None, "style=number", "370.97 billion", "3709.7亿"),
            ("370970000000", "CNY", None, "round=0", "371 billion yuan", "3710亿元"),
            ("5900000000000", "CNY", None, "", "5.9 trillion yuan", "5.9万亿元"),
            ("5900000000000", "USD", Some(Over), "style=compact", "US$5.9tn+", "5.9万亿+美元"),
            ("46665000000", "kg", None, "", "46.665 billion kilograms", "466.65亿公斤"),
            ("140000000", "record", None, "", "140 million records", "1.4亿条"),
            ("1000000", "record", None, "", "1 million records", "100万条"),
            ("15000000", "case", Some(Over), "", "over 15 million cases", "超过1500万件"),
            ("15000000", "case", Some(Over), "style=compact", "15m+ cases", "1500万+件"),
            ("15000000", "case", Some(Over), "style=number", "15 million", "1500万"),
            ("15000000", "case", Some(Under), "style=compact", "<15m cases", "<1500万件"),
            ("15000000", "case", Some(About), "style=compact", "~15m cases", "约1500万件"),
            ("90000", "person/day", Some(Over), "", "over 90,000 people a day", "每天超过9万人次"),
            ("101", "train/day", None, "", "101 trains a day", "每天101列"),
            ("0.1", "percentage-point", None, "", "0.1 percentage points", "0.1个百分点"),
            ("1", "percentage-point", None, "", "1 percentage point", "1个百分点"),
            ("35", "percent", None, "", "35%", "35%"),
            ("35", "percent", Some(Over), "", "over 35%", "超过35%"),
            ("35", "percent", Some(Over), "style=compact", "35%+", "35%+"),
            ("7", "ordinal", None, "", "7th", "第7"),
            ("22", "ordinal", None, "", "22nd", "第22"),
            ("1500000", "ordinal", None, "", "1,500,000th", "第1,500,000"),
            ("13", "ordinal", None, "", "13th", "第13"),
            ("4248", "trip", None, "", "4,248 trips", "4248列"),
            ("1", "trip", None, "", "1 trip", "1列"),
            ("1.0", "trip", None, "", "1.0 trips", "1.0列"),
            ("0.6", "trip", None, "round=0", "1 trip", "1列"),
            ("1.5", "times", None, "", "1.5 times", "1.5倍"),
            ("2", "", Some(About), "", "about 2", "约2"),
            ("2", "widget", None, "", "2 widget", "2 widget"),
            (
                "123456789012345678901",
                "trip",
                None,
                "",
                "123,456,789,012,345,678,901 trips",
                "123,456,789,012,345,678,901列",
            ),
        ] {
            let figure = (value, unit, bound);
            assert_eq!(written(figure, query, &en, &en_strings), english, "{figure:?} {query}");
            assert_eq!(written(figure, query, &zh, &zh_strings), chinese, "{figure:?} {query}");
        }
    }

    #[test]
    fn both_languages_of_the_theme_write_the_same_units() {
        let keys = |tag, text| -> Vec<String> { strings(tag, text).keys().filter_map(unit_of_key).collect() };
        let english = keys("en", include_str!("../../themes/plain/strings/en.ftl"));
        assert!(english.len() > 60, "{english:?}");
        assert_eq!(english, keys("zh", include_str!("../../themes/plain/strings/zh.ftl")));
    }

    #[test]
    fn only_what_means_something_is_asked_for() {
        for (query, style, round) in [
            ("style=full", Style::Full, None),
            ("style=compact&round=2", Style::Compact, Some(2)),
            ("round=0&style=number", Style::Number, Some(0)),
        ] {
            assert_eq!(Manner::parse(query), Ok(Manner { style, round }));
        }
        for (query, wrong) in [
            ("", ""),
            ("style=long", "style=long"),
            ("style=full&rund=1", "rund=1"),
            ("round=+1", "round=+1"),
            ("round=x", "round=x"),
            ("round=", "round="),
            ("style=full&", ""),
        ] {
            assert_eq!(Manner::parse(query), Err(wrong), "{query}");
        }
    }

    #[test]
    fn units_and_messages_know_each_other() {
        assert_eq!(unit_key("train/day"), "unit-train-per-day");
        assert_eq!(unit_of_key("unit-train-per-day").as_deref(), Some("train/day"));
        assert_eq!(unit_of_key("unit-kg.compact"), None);
        assert_eq!(unit_of_key("united"), None);
    }
}
