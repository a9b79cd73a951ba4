//! What Unicode says of single characters where East Asian text is set apart from other text.
//!
//! Owns the questions, ICU the answers. It never decides what follows from them: that is
//! `article`'s.

use icu::properties::props::{EastAsianWidth, Emoji, EmojiPresentation, GeneralCategory, Script};
use icu::properties::{CodePointMapData, CodePointSetData};

/// Below it no character is wide or Hangul: ASCII and its like need not be looked up.
const FIRST: char = '\u{1100}';

/// Whether a character is as wide as a Han character, or made narrow from one that is: East Asian
/// Width W, F or H (UAX #11).
pub fn is_wide(c: char) -> bool {
    c >= FIRST
        && matches!(width(c), EastAsianWidth::Wide | EastAsianWidth::Fullwidth | EastAsianWidth::Halfwidth)
}

/// Whether a character takes two columns: East Asian Width W or F. Half-width ones take one.
pub fn is_double(c: char) -> bool {
    c >= FIRST && matches!(width(c), EastAsianWidth::Wide | EastAsianWidth::Fullwidth)
}

/// Whether a character is as wide as its neighbours: East Asian Width A (UAX #11). `“` is.
pub fn is_ambiguous(c: char) -> bool {
    !c.is_ascii() && width(c) == EastAsianWidth::Ambiguous
}

fn width(c: char) -> EastAsianWidth {
    CodePointMapData::<EastAsianWidth>::new().get(c)
}

/// Whether a character belongs to the script of Korean (UAX #24).
pub fn is_hangul(c: char) -> bool {
    c >= FIRST && CodePointMapData::<Script>::new().get(c) == Script::Hangul
}

/// Whether a character is punctuation or a symbol: general category P or S, which CommonMark
/// calls Unicode punctuation.
pub fn is_punctuation(c: char) -> bool {
    use GeneralCategory as Is;
    c.is_ascii_punctuation()
        || !c.is_ascii()
            && matches!(
                CodePointMapData::<GeneralCategory>::new().get(c),
                Is::DashPunctuation
                    | Is::OpenPunctuation
                    | Is::ClosePunctuation
                    | Is::ConnectorPunctuation
                    | Is::OtherPunctuation
                    | Is::InitialPunctuation
                    | Is::FinalPunctuation
                    | Is::MathSymbol
                    | Is::CurrencySymbol
                    | Is::ModifierSymbol
                    | Is::OtherSymbol
            )
}

/// Whether a character can be an emoji (UTS #51, `Emoji`); `#` and the digits can.
pub fn is_emoji(c: char) -> bool {
    CodePointSetData::new::<Emoji>().contains(c)
}

/// Whether a character is an emoji where nothing says otherwise (UTS #51, `Emoji_Presentation`).
pub fn is_emoji_by_default(c: char) -> bool {
    // Looking it up is slow, and no Han character or mark is one.
    !matches!(c, '\0'..'\u{231A}' | '\u{2B56}'..'\u{1F004}')
        && CodePointSetData::new::<EmojiPresentation>().contains(c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn properties_are_unicode_s() {
        // The character; wide, ambiguous, Hangul, punctuation, emoji, emoji by default.
        for (c, properties) in [
            ('a', "      "),
            ('#', "   pe "),
            ('é', " a    "),
            ('重', "w     "),
            ('𠮟', "w     "),
            ('か', "w     "),
            ('ﾃ', "w     "),
            ('。', "w  p  "),
            ('，', "w  p  "),
            ('￥', "w  p  "),
            ('“', " a p  "),
            ('…', " a p  "),
            ('〽', "w  pe "),
            ('한', "w h   "),
            ('ᅠ', "  h   "),
            ('🎉', "w  ped"),
            ('♻', "   pe "),
            ('\u{FE0E}', " a    "),
            ('\u{E0100}', " a    "),
            ('\u{3000}', "w     "),
        ] {
            let flags = [
                (is_wide(c), 'w'),
                (is_ambiguous(c), 'a'),
                (is_hangul(c), 'h'),
                (is_punctuation(c), 'p'),
                (is_emoji(c), 'e'),
                (is_emoji_by_default(c), 'd'),
            ];
            let found: String = flags.into_iter().map(|(is, flag)| if is { flag } else { ' ' }).collect();
            assert_eq!(found, properties, "{c:?}");
        }
    }

    #[test]
    fn what_is_not_looked_up_need_not_be() {
        for c in '\0'..=char::MAX {
            let wide = matches!(
                width(c),
                EastAsianWidth::Wide | EastAsianWidth::Fullwidth | EastAsianWidth::Halfwidth
            );
            assert_eq!(is_wide(c), wide, "{c:?}");
            assert_eq!(is_hangul(c), CodePointMapData::<Script>::new().get(c) == Script::Hangul, "{c:?}");
            assert_eq!(
                is_emoji_by_default(c),
                CodePointSetData::new::<EmojiPresentation>().contains(c),
                "{c:?}"
            );
        }
    }
}
