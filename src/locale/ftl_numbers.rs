//! Numbers inside Fluent's messages: written by ICU, and kept to what Fluent's plural rules can take.
//!
//! Owns the options of `NUMBER`. Which digits and separators a language has is the business of
//! `numbers`, and which plural form a number takes that of `fluent-bundle`.

use fixed_decimal::Decimal;
use fluent_bundle::types::{FluentNumber, FluentNumberOptions};
use fluent_bundle::{FluentArgs, FluentValue};
use intl_memoizer::Memoizable;
use intl_memoizer::concurrent::IntlLangMemoizer;
use unic_langid::LanguageIdentifier;

use super::numbers::Numbers;
use super::strings::Arg;

/// The longest number, in characters, that `fluent-bundle` can choose a plural form for. It
/// converts the digits to `u64` and panics where they do not fit.
pub(super) const LONGEST_NUMBER: usize = 18;

/// An argument as Fluent takes it.
pub(super) fn argument<'a>(arg: &'a Arg, numbers: Option<&Numbers>) -> FluentValue<'a> {
    match arg {
        Arg::Text(text) => FluentValue::from(text.as_str()),
        Arg::Number(n) => {
            let plain = n.to_string();
            if n.is_finite() && plain.len() <= LONGEST_NUMBER {
                FluentValue::from(*n)
            } else {
                // `fluent-bundle` panics on a plural form of these; as text they take `*[other]`.
                numbers.map_or(plain.clone(), |numbers| numbers.text(&plain)).into()
            }
        }
        Arg::Count(decimal) if decimal.as_str().len() <= LONGEST_NUMBER => {
            let decimals = decimal.as_str().split_once('.').map(|(_, decimals)| decimals.len());
            let options = FluentNumberOptions { minimum_fraction_digits: decimals, ..Default::default() };
            // Plain digits are a number, and no float is far from so few of them.
            let value = decimal.as_str().parse().unwrap_or_default();
            FluentValue::Number(FluentNumber { value, options })
        }
        Arg::Count(decimal) => decimal.as_str().into(),
    }
}

/// Fluent's built-in `NUMBER`, with counts of digits that its plural rules can take.
pub(super) fn number_function<'a>(positional: &[FluentValue<'a>], named: &FluentArgs<'_>) -> FluentValue<'a> {
    let Some(FluentValue::Number(number)) = positional.first() else { return FluentValue::Error };
    let mut number = number.clone();
    number.options.merge(named);
    let limit = |digits: &mut Option<usize>| *digits = digits.map(|n| n.min(LONGEST_NUMBER));
    limit(&mut number.options.minimum_integer_digits);
    limit(&mut number.options.minimum_fraction_digits);
    limit(&mut number.options.maximum_fraction_digits);
    FluentValue::Number(number)
}

/// The formatter of a bundle's numbers. Fluent takes a plain function, and keeps what the function
/// needs for a language in its memoizer.
pub(super) fn write_value(value: &FluentValue<'_>, memo: &IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(number) = value else { return None };
    let decimal = decimal(number)?;
    memo.with_try_get::<Numbers, _, _>((), |numbers| numbers.decimal(&decimal, number.options.use_grouping))
        .ok()
}

/// A number with the digits that its options ask for. Styles (percent, currency) are left to the
/// message's own words.
fn decimal(number: &FluentNumber) -> Option<Decimal> {
    let FluentNumberOptions {
        minimum_integer_digits, minimum_fraction_digits, maximum_fraction_digits, ..
    } = number.options;
    let digits = |n: usize| i16::try_from(n).unwrap_or(i16::MAX);
    let mut decimal = Decimal::try_from_str(&number.value.to_string()).ok()?;
    if let Some(n) = maximum_fraction_digits {
        decimal.round(-digits(n));
        decimal.absolute.trim_end();
    }
    if let Some(n) = minimum_fraction_digits {
        decimal.absolute.pad_end(-digits(n));
    }
    if let Some(n) = minimum_integer_digits {
        decimal.absolute.pad_start(digits(n));
    }
    Some(decimal)
}

impl Memoizable for Numbers {
    type Args = ();
    type Error = String;

    fn construct(lang: LanguageIdentifier, (): ()) -> Result<Self, String> {
        Numbers::new(&super::tag::parse(&lang.to_string())?)
    }
}
