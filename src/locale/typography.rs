//! The quotation marks that smart punctuation turns straight quotes into.
//!
//! A table, because ICU4X carries no delimiters. It follows CLDR's `delimiters`: the main marks for
//! straight double quotes, the alternate ones for single quotes; a comment says where it does not.
//! It never decides where a quotation opens or closes.

use icu::locale::LanguageIdentifier;
use icu::locale::subtags::Script;

/// A language's marks for straight quotes in the source.
#[derive(Debug, PartialEq, Eq)]
pub struct Quotes {
    /// What `"…"` opens and closes with.
    pub double: (&'static str, &'static str),
    /// What `'…'` opens and closes with.
    pub single: (&'static str, &'static str),
    /// What stands for the apostrophe in `it's`.
    pub apostrophe: &'static str,
}

const fn quotes(double: (&'static str, &'static str), single: (&'static str, &'static str)) -> Quotes {
    Quotes { double, single, apostrophe: "’" }
}

/// By default; also for Dutch, whose marks in CLDR are single ones, so that double ones stay double.
static ENGLISH: Quotes = quotes(("“", "”"), ("‘", "’"));
static GERMAN: Quotes = quotes(("„", "“"), ("‚", "‘"));
static SWISS: Quotes = quotes(("«", "»"), ("‹", "›"));
static GUILLEMETS: Quotes = quotes(("«", "»"), ("“", "”"));
static NORWEGIAN: Quotes = quotes(("«", "»"), ("‘", "’"));
static SWEDISH: Quotes = quotes(("”", "”"), ("’", "’"));
static EAST_SLAVIC: Quotes = quotes(("«", "»"), ("„", "“"));
static POLISH: Quotes = quotes(("„", "”"), ("«", "»"));
static HUNGARIAN: Quotes = quotes(("„", "”"), ("»", "«"));
static SERBIAN: Quotes = quotes(("„", "“"), ("‘", "‘"));
static ARABIC: Quotes = quotes(("”", "“"), ("’", "‘"));
/// French keeps its guillemets off the words by a narrow space that does not break (Lexique des
/// règles typographiques en usage à l'Imprimerie nationale), and quotes inside them with “ ”.
static FRENCH: Quotes = quotes(("«\u{202f}", "\u{202f}»"), ("“", "”"));

/// Whether a script is written without spaces between words: those of Chinese, Japanese and Yi.
pub(super) fn is_unspaced(script: Option<Script>) -> bool {
    let script = script.as_ref().map_or("", Script::as_str);
    matches!(script, "Hans" | "Hant" | "Hani" | "Hanb" | "Bopo" | "Jpan" | "Hira" | "Kana" | "Hrkt" | "Yiii")
}

/// The marks of a language in a script; `None` for the scripts whose authors type the marks they mean.
pub(super) fn marks(id: &LanguageIdentifier, script: Option<Script>) -> Option<&'static Quotes> {
    if let Some(script) = script
        && matches!(
            script.as_str(),
            "Hans" | "Hant" | "Hani" | "Hanb" | "Bopo" | "Jpan" | "Hira" | "Kana" | "Hrkt" | "Kore" | "Hang"
        )
    {
        return None;
    }
    let region = id.region.as_ref().map_or("", |r| r.as_str());
    Some(match (id.language.as_str(), region) {
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
    })
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
        ] {
            let locale = Locale::new(tag).unwrap();
            let q = locale.typography().unwrap();
            let text = format!("{}a {}b{}{}", q.double.0, q.single.0, q.single.1, q.double.1);
            assert_eq!(text, sample, "{tag}");
        }
    }
}
