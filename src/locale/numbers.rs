//! Numbers as a language writes them: digits, separators, grouping.
//!
//! Rounds nothing and knows no units: a figure's unit is the business of whoever shows it.

use fixed_decimal::Decimal;
use icu::decimal::DecimalFormatter;
use icu::decimal::options::{DecimalFormatterOptions, GroupingStrategy};
use icu::locale::Locale;

/// The number formatters of one language.
#[derive(Debug)]
pub(super) struct Numbers {
    grouped: DecimalFormatter,
    plain: DecimalFormatter,
}

impl Numbers {
    pub(super) fn new(locale: &Locale) -> Result<Self, String> {
        // CLDR groups Chinese thousands (4,248), but Chinese prose counts in 万: below ten thousand
        // it writes the digits alone, and above that a separator helps. CLDR itself does so for
        // Spanish, Polish and others (`minimumGroupingDigits`), which `Auto` follows.
        let grouping =
            if locale.id.language.as_str() == "zh" { GroupingStrategy::Min2 } else { GroupingStrategy::Auto };
        let formatter = |grouping| {
            let mut options = DecimalFormatterOptions::default();
            options.grouping_strategy = Some(grouping);
            DecimalFormatter::try_new(locale.into(), options).map_err(|e| e.to_string())
        };
        Ok(Self { grouped: formatter(grouping)?, plain: formatter(GroupingStrategy::Never)? })
    }

    /// A number written in plain digits, in the language's way; anything else as it is.
    pub(super) fn text(&self, plain: &str) -> String {
        match Decimal::try_from_str(plain) {
            Ok(decimal) => self.decimal(&decimal, true),
            Err(_) => plain.to_owned(),
        }
    }

    /// A number written in plain digits, with the language's digits and no separators.
    pub(super) fn plain(&self, plain: &str) -> String {
        Decimal::try_from_str(plain)
            .map_or_else(|_| plain.to_owned(), |decimal| self.decimal(&decimal, false))
    }

    /// A decimal with its digits as they stand.
    pub(super) fn decimal(&self, decimal: &Decimal, grouping: bool) -> String {
        if grouping { &self.grouped } else { &self.plain }.format_to_string(decimal)
    }
}

#[cfg(test)]
mod tests {
    use crate::base::Decimal;
    use crate::locale::Locale;

    #[test]
    fn numbers_are_grouped_as_the_language_does() {
        for (tag, number, text) in [
            ("en", "4248", "4,248"),
            ("en", "-1234567.50", "-1,234,567.50"),
            ("en", "6.0", "6.0"),
            ("zh", "4248", "4248"),
            ("zh-Hans", "42480", "42,480"),
            ("zh-Hant", "4248", "4248"),
            ("de", "4248", "4.248"),
            ("de", "0.10", "0,10"),
            ("es", "4248", "4248"),
            ("fr", "4248", "4\u{202f}248"),
            ("ja", "4248", "4,248"),
            ("hi", "370970000", "37,09,70,000"),
            ("ar-EG", "4248", "٤٬٢٤٨"),
            ("fa", "42", "۴۲"),
        ] {
            let locale = Locale::new(tag).unwrap();
            assert_eq!(locale.number(&Decimal::parse(number).unwrap()), text, "{tag}");
        }
    }
}
