//! Big numbers as a language counts them: million and billion, 万 and 亿.
//!
//! A table of words, because ICU4X formats no compact numbers yet but in an interface that it calls
//! unstable, which rounds. A language that is not in the table writes all digits. What is written
//! here has the value that it was given: it rounds only where it is told to.

use fixed_decimal::{Decimal, UnsignedRoundingMode};
use icu::locale::LanguageIdentifier;
use icu::locale::subtags::Script;

use super::numbers::Numbers;
use crate::base;

/// More digits after the point than this are harder to read than the number in full.
const READABLE: i16 = 4;
/// As are more digits before it: 12,345,678 million.
const BEFORE_THE_POINT: i16 = 6;

/// A number as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown {
    /// Its text.
    pub text: String,
    /// Its value, which differs from the number's only after rounding. Plural forms go by it.
    pub value: base::Decimal,
}

/// How a language counts.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Scales {
    /// The largest first.
    words: &'static [Word],
    /// Where each word takes whole numbers and the rest follows it (3709億7000万), what stands
    /// between the parts; `None` where one word takes decimals (3709.7亿).
    joined: Option<&'static str>,
    /// Whether separators group the number before a word: by thousands beside words that count by
    /// thousands, and not beside those that count by ten thousands.
    grouped: bool,
}

#[derive(Debug, PartialEq, Eq)]
struct Word {
    /// The power of ten.
    power: i16,
    text: &'static str,
    /// In tables and cards.
    short: &'static str,
}

const fn word(power: i16, text: &'static str, short: &'static str) -> Word {
    Word { power, text, short }
}

/// The abbreviations are those of British newspapers.
static ENGLISH: Scales = Scales {
    words: &[word(12, " trillion", "tn"), word(9, " billion", "bn"), word(6, " million", "m")],
    joined: None,
    grouped: true,
};
static SIMPLIFIED: Scales = Scales {
    words: &[word(12, "万亿", "万亿"), word(8, "亿", "亿"), word(4, "万", "万")],
    joined: None,
    grouped: false,
};
static TRADITIONAL: Scales = Scales {
    words: &[word(12, "兆", "兆"), word(8, "億", "億"), word(4, "萬", "萬")],
    joined: None,
    grouped: false,
};
/// Where 兆 is too easily taken for a million.
static HONG_KONG: Scales = Scales {
    words: &[word(12, "萬億", "萬億"), word(8, "億", "億"), word(4, "萬", "萬")],
    joined: None,
    grouped: false,
};
static JAPANESE: Scales = Scales {
    words: &[word(12, "兆", "兆"), word(8, "億", "億"), word(4, "万", "万")],
    joined: Some(""),
    grouped: false,
};
static KOREAN: Scales = Scales {
    words: &[word(12, "조", "조"), word(8, "억", "억"), word(4, "만", "만")],
    joined: Some(" "),
    grouped: false,
};

/// How a language in a script counts; `None` for those that are not in the table.
pub(super) fn of(id: &LanguageIdentifier, script: Option<Script>) -> Option<&'static Scales> {
    let traditional = script.is_some_and(|script| script.as_str() == "Hant");
    let region = id.region.as_ref().map_or("", |region| region.as_str());
    match id.language.as_str() {
        "en" => Some(&ENGLISH),
        "zh" | "yue" if traditional && matches!(region, "HK" | "MO") => Some(&HONG_KONG),
        "zh" | "yue" if traditional => Some(&TRADITIONAL),
        "zh" | "yue" => Some(&SIMPLIFIED),
        "ja" => Some(&JAPANESE),
        "ko" => Some(&KOREAN),
        _ => None,
    }
}

/// A number in a language's words. `round` is how many digits stay after the point of the number
/// as it is shown, or of its largest word where it has several.
pub(super) fn write(
    number: &base::Decimal,
    short: bool,
    round: Option<u8>,
    scales: Option<&Scales>,
    numbers: &Numbers,
) -> Shown {
    let Ok(mut decimal) = Decimal::try_from_str(number.as_str()) else {
        return Shown { text: number.to_string(), value: number.clone() };
    };
    decimal.absolute.trim_start();
    let mut value = number.clone();
    if let Some(digits) = round
        && rounded(&mut decimal, digits, scales.map_or(&[], |scales| scales.words))
    {
        // It is a decimal that this crate wrote.
        value = base::Decimal::parse(&decimal.to_string()).unwrap_or(value);
    }
    let text = scales.and_then(|scales| match scales.joined {
        Some(between) => parts(&decimal, scales.words, between, numbers),
        None => one_word(&decimal, scales, short, numbers),
    });
    Shown { text: text.unwrap_or_else(|| numbers.decimal(&decimal, true)), value }
}

/// Rounds half away from zero; whether there was anything to round.
fn rounded(decimal: &mut Decimal, digits: u8, words: &[Word]) -> bool {
    let start = decimal.absolute.nonzero_magnitude_start();
    let power = words.iter().map(|word| word.power).find(|power| start >= *power).unwrap_or(0);
    let last = power - i16::from(digits);
    // Zeros after the point are digits as well: 6.00 has two.
    if *decimal.absolute.magnitude_range().start() >= last {
        return false;
    }
    decimal.absolute.round_with_mode(last, UnsignedRoundingMode::HalfExpand);
    decimal.absolute.trim_end();
    if decimal.absolute.is_zero() {
        decimal.sign = fixed_decimal::Sign::None;
    }
    true
}

/// 370.97 billion: the largest word that leaves a number that is easily read. A number that states
/// decimals of its own says more than the word could.
fn one_word(decimal: &Decimal, scales: &Scales, short: bool, numbers: &Numbers) -> Option<String> {
    let (start, end) = (decimal.absolute.nonzero_magnitude_start(), decimal.absolute.nonzero_magnitude_end());
    let readable = |word: &&Word| {
        let before = start - word.power;
        (0..BEFORE_THE_POINT).contains(&before) && word.power - end <= READABLE
    };
    let whole = *decimal.absolute.magnitude_range().start() >= 0;
    let word = scales.words.iter().find(readable).filter(|_| whole)?;
    let mut number = decimal.clone();
    number.multiply_pow10(-word.power);
    number.absolute.trim_end();
    let text = if short { word.short } else { word.text };
    Some(numbers.decimal(&number, scales.grouped) + text)
}

/// 3709億7000万: each word with the whole number before it, digits without separators.
fn parts(decimal: &Decimal, words: &[Word], between: &str, numbers: &Numbers) -> Option<String> {
    let plain = decimal.absolute.to_string();
    let (whole, fraction) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut rest = whole;
    let mut parts = Vec::new();
    for word in words {
        // Digits are one byte each.
        let at = rest.len().saturating_sub(usize::try_from(word.power).unwrap_or(0));
        let (head, tail) = rest.split_at(at);
        let head = head.trim_start_matches('0');
        if !head.is_empty() {
            parts.push(numbers.plain(head) + word.text);
        }
        rest = tail;
    }
    if parts.is_empty() {
        return None;
    }
    let rest = rest.trim_start_matches('0');
    match (rest, fraction) {
        ("", "") => {}
        (rest, "") => parts.push(numbers.plain(rest)),
        (rest, fraction) => {
            let whole = if rest.is_empty() { "0" } else { rest };
            parts.push(numbers.plain(&format!("{whole}.{fraction}")));
        }
    }
    let sign = if decimal.sign == fixed_decimal::Sign::Negative { "-" } else { "" };
    Some(sign.to_owned() + &parts.join(between))
}

#[cfg(test)]
mod tests {
    use crate::base::Decimal;
    use crate::locale::Locale;

    fn shown(tag: &str, number: &str, short: bool, round: Option<u8>) -> String {
        Locale::new(tag).unwrap().quantity(&Decimal::parse(number).unwrap(), short, round).text
    }

    #[test]
    fn big_numbers_are_exact_in_every_language() {
        for (number, en, zh) in [
            ("0", "0", "0"),
            ("4248", "4,248", "4248"),
            ("9999", "9,999", "9999"),
            ("10000", "10,000", "1万"),
            ("90000", "90,000", "9万"),
            ("12345", "12,345", "1.2345万"),
            ("999999", "999,999", "99.9999万"),
            ("1000000", "1 million", "100万"),
            ("15000000", "15 million", "1500万"),
            ("12345678", "12,345,678", "1234.5678万"),
            ("123456789", "123,456,789", "12345.6789万"),
            ("123456789012", "123,456,789,012", "123,456,789,012"),
            ("140000000", "140 million", "1.4亿"),
            ("370970000000", "370.97 billion", "3709.7亿"),
            ("1234560000000", "1,234.56 billion", "12345.6亿"),
            ("5900000000000", "5.9 trillion", "5.9万亿"),
            ("5900000000000000000", "5,900,000,000,000,000,000", "5,900,000,000,000,000,000"),
            ("-15000000", "-15 million", "-1500万"),
            ("0.10", "0.10", "0.10"),
            ("6.0", "6.0", "6.0"),
            ("1500000.0", "1,500,000.0", "1,500,000.0"),
            ("0015000000", "15 million", "1500万"),
        ] {
            assert_eq!(shown("en", number, false, None), en, "{number}");
            assert_eq!(shown("zh-Hans", number, false, None), zh, "{number}");
        }
    }

    #[test]
    fn each_language_has_its_words() {
        let number = "5900370970000000";
        for (tag, number, text) in [
            ("en-GB", "5900000000000", "5.9 trillion"),
            ("zh", "5900000000000", "5.9万亿"),
            ("zh-Hant", "5900000000000", "5.9兆"),
            ("zh-TW", "370970000000", "3709.7億"),
            ("zh-HK", "5900000000000", "5.9萬億"),
            ("yue", "15000000", "1500萬"),
            ("ja", "370970000000", "3709億7000万"),
            ("ja", "4248", "4,248"),
            ("ja", "12345.5", "1万2345.5"),
            ("ja", "10000.5", "1万0.5"),
            ("ja", "-100000001", "-1億1"),
            ("ja", number, "5900兆3709億7000万"),
            ("ko", "370970000000", "3709억 7000만"),
            ("de", "370970000000", "370.970.000.000"),
        ] {
            assert_eq!(shown(tag, number, false, None), text, "{tag}");
        }
        assert_eq!(shown("en", "370970000000", true, None), "370.97bn");
        assert_eq!(shown("zh", "370970000000", true, None), "3709.7亿");
    }

    #[test]
    fn rounding_is_half_away_from_zero_and_only_when_asked() {
        for (tag, number, round, text) in [
            ("en", "370970000000", 1, "371 billion"),
            ("en", "370950000000", 1, "371 billion"),
            ("en", "370940000000", 1, "370.9 billion"),
            ("en", "-370950000000", 1, "-371 billion"),
            ("en", "999960000", 1, "1 billion"),
            ("zh", "370970000000", 1, "3709.7亿"),
            ("zh", "370970000000", 0, "3710亿"),
            ("ja", "370970000000", 0, "3710億"),
            ("en", "6.0", 1, "6.0"),
            ("en", "6.04", 1, "6"),
            ("en", "6.0", 0, "6"),
            ("en", "6.00", 1, "6"),
            ("en", "1500000.0", 1, "1.5 million"),
            ("en", "15000000", 0, "15 million"),
            ("en", "4248", 0, "4,248"),
            ("en", "0.5", 0, "1"),
            ("en", "-0.4", 0, "0"),
            ("en", "2.345", 2, "2.35"),
        ] {
            assert_eq!(shown(tag, number, false, Some(round)), text, "{tag} {number} {round}");
        }
    }
}
