//! What a language makes of typewriter marks: straight quotes, hyphens for dashes, dots for an
//! ellipsis, spaces before marks.
//!
//! A table, because ICU4X carries no delimiters. It follows CLDR's `delimiters`: the main marks for
//! straight double quotes, the alternate ones for single quotes; a comment says where it does not.
//! It never decides where a quotation opens or closes.

use icu::locale::LanguageIdentifier;
use icu::locale::subtags::Script;

/// A language's marks for those of a typewriter in the source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Typography {
    /// What `"…"` opens and closes with.
    pub double: (&'static str, &'static str),
    /// What `'…'` opens and closes with.
    pub single: (&'static str, &'static str),
    /// What stands for the apostrophe in `it's`.
    pub apostrophe: &'static str,
    /// Whether straight quotes open and close by turns: text without spaces does not tell otherwise.
    pub by_turns: bool,
    /// Whether `...` and `--` are two characters wide beside an East Asian one, `……` and `——`.
    pub doubled: bool,
    /// Whether a space before `;`, `:`, `!`, `?` and inside « » is narrow and keeps the line together.
    pub spaced: bool,
}

type Pair = (&'static str, &'static str);

const fn quotes(double: Pair, single: Pair) -> Typography {
    Typography { double, single, apostrophe: "’", by_turns: false, doubled: false, spaced: false }
}

/// By default; also for Dutch, whose marks in CLDR are single ones, so that double ones stay double.
static ENGLISH: Typography = quotes(("“", "”"), ("‘", "’"));
static GERMAN: Typography = quotes(("„", "“"), ("‚", "‘"));
static SWISS: Typography = quotes(("«", "»"), ("‹", "›"));
static GUILLEMETS: Typography = quotes(("«", "»"), ("“", "”"));
static NORWEGIAN: Typography = quotes(("«", "»"), ("‘", "’"));
static SWEDISH: Typography = quotes(("”", "”"), ("’", "’"));
static EAST_SLAVIC: Typography = quotes(("«", "»"), ("„", "“"));
static POLISH: Typography = quotes(("„", "”"), ("«", "»"));
static HUNGARIAN: Typography = quotes(("„", "”"), ("»", "«"));
static SERBIAN: Typography = quotes(("„", "“"), ("‘", "‘"));
static ARABIC: Typography = quotes(("”", "“"), ("’", "‘"));
/// French keeps guillemets and tall marks off the words by a narrow space that does not break (Lexique
/// des règles typographiques en usage à l'Imprimerie nationale), and quotes inside them with “ ”.
static FRENCH: Typography =
    Typography { spaced: true, ..quotes(("«\u{202f}", "\u{202f}»"), ("“", "”")) };
/// The dash and the ellipsis are two characters wide (GB/T 15834).
static SIMPLIFIED_CHINESE: Typography =
    Typography { by_turns: true, doubled: true, ..quotes(("“", "”"), ("‘", "’")) };
/// Also Japanese.
static CORNERS: Typography =
    Typography { by_turns: true, doubled: true, ..quotes(("「", "」"), ("『", "』")) };
/// A particle follows the closing mark without a space.
static KOREAN: Typography = Typography { by_turns: true, ..quotes(("“", "”"), ("‘", "’")) };

/// Whether a script is written without spaces between words: those of Chinese, Japanese and Yi.
pub(super) fn is_unspaced(script: Option<Script>) -> bool {
    let script = script.as_ref().map_or("", Script::as_str);
    matches!(script, "Hans" | "Hant" | "Hani" | "Hanb" | "Bopo" | "Jpan" | "Hira" | "Kana" | "Hrkt" | "Yiii")
}

/// The marks of a language in a script.
pub(super) fn marks(id: &LanguageIdentifier, script: Option<Script>) -> &'static Typography {
    match script.as_ref().map_or("", Script::as_str) {
        "Hans" | "Hani" => return &SIMPLIFIED_CHINESE,
        "Hant" | "Hanb" | "Bopo" | "Jpan" | "Hira" | "Kana" | "Hrkt" => return &CORNERS,
        "Kore" | "Hang" => return &KOREAN,
        _ => {}
    }
    let region = id.region.as_ref().map_or("", |r| r.as_str());
    match (id.language.as_str(), region) {
        ("de" | "it", "CH" | "LI") => &SWISS,
        ("de" | "cs" | "sk" | "sl" | "hr" | "bg" | "et" | "is" | "lt" | "ka" | "mk" | "hsb" | "dsb", _) => {
            &GERMAN
        }
        ("fr", _) => &FRENCH,
        // Spanish America and Portuguese Brazil write the marks of English.
        ("es", "" | "ES" | "GQ") | ("pt", "PT" | "AO" | "MZ" | "CV" | "GW" | "ST" | "TL") => &GUILLEMETS,
        ("it" | "ca" | "el" | "hy", _) => &GUILLEMETS,
        ("nb" | "no" | "nn", _) => &NORWEGIAN,
        ("sv" | "fi" | "he", _) => &SWEDISH,
        ("ru" | "uk" | "be", _) => &EAST_SLAVIC,
        ("pl" | "ro", _) => &POLISH,
        ("hu", _) => &HUNGARIAN,
        ("sr", _) => &SERBIAN,
        ("fa", _) => &SWISS,
        ("ar" | "ur", _) => &ARABIC,
        _ => &ENGLISH,
    }
}

#[cfg(test)]
mod tests {
    use crate::locale::Locale;

    #[test]
    fn marks_follow_language_and_region() {
        for (tag, sample) in [
            ("en", "“a ‘b’”"),
            ("de", "„a ‚b‘“"),
            ("de-CH", "«a ‹b›»"),
            ("fr", "«\u{202f}a “b”\u{202f}»"),
            ("es", "«a “b”»"),
            ("es-MX", "“a ‘b’”"),
            ("pt-BR", "“a ‘b’”"),
            ("pt-PT", "«a “b”»"),
            ("pl", "„a «b»”"),
            ("ru", "«a „b“»"),
            ("sv", "”a ’b’”"),
            ("ar", "”a ’b‘“"),
            ("id", "“a ‘b’”"),
            ("zh", "“a ‘b’”"),
            ("zh-Hans-SG", "“a ‘b’”"),
            ("zh-TW", "「a 『b』」"),
            ("yue", "「a 『b』」"),
            ("ja", "「a 『b』」"),
            ("ko", "“a ‘b’”"),
        ] {
            let locale = Locale::new(tag).unwrap();
            let q = locale.typography();
            let text = format!("{}a {}b{}{}", q.double.0, q.single.0, q.single.1, q.double.1);
            assert_eq!(text, sample, "{tag}");
        }
    }
}
