//! The letters of an index, as CLDR's AlphabeticIndex has them (UTS #35 part 5, Collation Indexes).
//!
//! Owns under which letter a text stands, and the order of letters. It never decides what is listed.
//!
//! ICU4X has no AlphabeticIndex and no index characters, but all that is needed to find them: the
//! letters of a script are those that the language's collation sorts behind everything that begins
//! with the letter before. So É has no place of its own in English, and Å has one in Swedish. Chinese
//! collations hold the boundaries of their letters as contractions of U+FDD0.

use std::cmp::Ordering;
use std::collections::BTreeMap;

use icu::collator::CollatorBorrowed;
use icu::properties::CodePointMapData;
use icu::properties::props::{GeneralCategory, Script};

use super::order::Order;

/// A letter of an index, and what stands under it.
#[derive(Debug, PartialEq, Eq)]
pub struct IndexLetter<T> {
    /// `A`, `8画`, `あ`; `#` for what begins with none.
    pub letter: String,
    /// What stands there, in order.
    pub items: Vec<T>,
}

/// What begins with no letter: digits, signs, and scripts whose characters have no letters in the language.
const OTHERS: &str = "#";

/// What CLDR's Chinese collations mark the beginning of a letter with.
const MARK: char = '\u{FDD0}';

/// Sorts behind every text (UTS #35 part 5, Special-purpose).
const LAST: char = '\u{FFFF}';

/// Items by the letters of their titles, both in the language's order.
pub(super) fn index<T>(order: &Order, items: Vec<(&str, T)>) -> Vec<IndexLetter<T>> {
    // Built as the collator of the language itself was, which has been.
    let Ok(letters) = order.of_letters() else { return Vec::new() };
    let mut scripts: BTreeMap<Script, Vec<Boundary>> = BTreeMap::new();
    let mut found: Vec<(Option<Boundary>, &str, T)> = Vec::with_capacity(items.len());
    for (title, item) in items {
        // Marks and brackets before a title are no part of it: 《重庆》.
        let bare = title.trim_start_matches(|c: char| !c.is_alphanumeric());
        let bare = if bare.is_empty() { title } else { bare };
        let first = bare.chars().next().map(|c| CodePointMapData::<Script>::new().get(c));
        let boundary = first.and_then(|script| {
            let boundaries = scripts.entry(script).or_insert_with(|| boundaries(order, &letters, script));
            let read = order.read(bare);
            let after =
                boundaries.partition_point(|b| letters.compare(&b.begins, &read) != Ordering::Greater);
            boundaries.get(after.checked_sub(1)?).cloned()
        });
        found.push((boundary, bare, item));
    }
    found.sort_by(|(a, title, _), (b, other, _)| {
        let letters = match (a, b) {
            (Some(a), Some(b)) if a.label != b.label => order.compare(a.place(), b.place()),
            // What has no letter stands at the end.
            _ => b.is_some().cmp(&a.is_some()),
        };
        letters.then_with(|| order.compare(title, other))
    });
    let mut index: Vec<IndexLetter<T>> = Vec::new();
    for (boundary, _, item) in found {
        let letter = boundary.map_or_else(|| OTHERS.to_owned(), |boundary| boundary.label);
        match index.last_mut() {
            Some(last) if last.letter == letter => last.items.push(item),
            _ => index.push(IndexLetter { letter, items: vec![item] }),
        }
    }
    index
}

/// Where a letter begins.
#[derive(Clone, Debug)]
struct Boundary {
    label: String,
    /// The least text of the letter, for the collator.
    begins: String,
}

impl Boundary {
    fn new(label: impl Into<String>, begins: impl Into<String>) -> Self {
        Self { label: label.into(), begins: begins.into() }
    }

    /// What the letter's place among others goes by: a letter that two scripts share (a Chinese
    /// index by pinyin has Latin titles as well) has one place.
    fn place(&self) -> &str {
        if self.label.starts_with(|c: char| c.is_ascii_digit()) { &self.begins } else { &self.label }
    }
}

/// The letters of a script in a language, in its order.
fn boundaries(order: &Order, letters: &CollatorBorrowed<'_>, script: Script) -> Vec<Boundary> {
    let plain = |all: &str| all.chars().map(|c| Boundary::new(c, c)).collect();
    match script {
        Script::Common | Script::Inherited => Vec::new(),
        Script::Han => han(order, letters),
        // The rows of the syllabary.
        Script::Hiragana | Script::Katakana => plain("あかさたなはまやらわ"),
        Script::Hangul => hangul(),
        // Its capitals are for whole words alone.
        Script::Georgian => ('ა'..='ჰ').map(|c| Boundary::new(c, c)).collect(),
        script => alphabet(order, letters, script),
    }
}

fn hangul() -> Vec<Boundary> {
    let syllables = "가나다라마바사아자차카타파하".chars();
    "ㄱㄴㄷㄹㅁㅂㅅㅇㅈㅊㅋㅌㅍㅎ"
        .chars()
        .zip(syllables)
        .map(|(letter, first)| Boundary::new(letter, first))
        .collect()
}

/// The letters of an alphabet: each sorts behind all that begins with the one before.
fn alphabet(order: &Order, letters: &CollatorBorrowed<'_>, script: Script) -> Vec<Boundary> {
    // Two or three letters that are one in some language.
    const DIGRAPHS: &str = "Aa Ch Cs Dd Dh Dz Dzs Dž Ff Gj Gy Lj Ll Ly Nj Ny Ph Rh Rr Sh Sz Th Ty Xh Zh Zs";
    let digraphs = if script == Script::Latin { DIGRAPHS } else { "" };
    let single = characters(script).filter(|&c| {
        use GeneralCategory::{OtherLetter, UppercaseLetter};
        matches!(CodePointMapData::<GeneralCategory>::new().get(c), UppercaseLetter | OtherLetter)
    });
    let mut candidates: Vec<String> =
        single.map(String::from).chain(digraphs.split_whitespace().map(str::to_owned)).collect();
    // Some signs have no weight.
    candidates.retain(|candidate| letters.compare(candidate, "").is_gt());
    // Of letters that are one, the plainest gives the name.
    let plain = |letter: &str| !matches!(letter.as_bytes(), [0..=0x7F]) && letter != "ا";
    candidates.sort_by(|a, b| {
        letters.compare(a, b).then_with(|| plain(a).cmp(&plain(b))).then_with(|| order.compare(a, b))
    });
    let mut found: Vec<Boundary> = Vec::new();
    for candidate in candidates {
        let behind = |last: &Boundary| letters.compare(&candidate, &format!("{}{LAST}", last.begins)).is_gt();
        if found.last().is_none_or(behind) {
            found.push(Boundary::new(candidate.as_str(), candidate.as_str()));
        }
    }
    found
}

/// The characters of a script.
fn characters(script: Script) -> impl Iterator<Item = char> {
    CodePointMapData::<Script>::new().iter_ranges_for_value(script).flatten().filter_map(char::from_u32)
}

/// The letters of Chinese characters, which depend on the collation.
fn han(order: &Order, letters: &CollatorBorrowed<'_>) -> Vec<Boundary> {
    let marked = |label: String, c: char| Boundary::new(label, String::from_iter([MARK, c]));
    // Whether the collation has such boundaries shows in the place of one. What is no boundary is no
    // contraction, and sorts behind the mark by itself.
    let has = |c: char| letters.compare(&String::from_iter([MARK, c]), &MARK.to_string()).is_lt();
    if order.is_pinyin() {
        // No syllable begins with I, U or V.
        "ABCDEFGHJKLMNOPQRSTWXYZ".chars().map(|c| marked(c.into(), c)).collect()
    } else if has('\u{2801}') {
        let count = if order.script().is_some_and(|s| s.as_str() == "Hant") { '劃' } else { '画' };
        // Braille patterns stand for the number of strokes.
        (1..=64).filter_map(|n| Some(marked(format!("{n}{count}"), char::from_u32(0x2800 + n)?))).collect()
    } else if has('ㄅ') {
        characters(Script::Bopomofo)
            .filter(|c| ('ㄅ'..='ㄩ').contains(c))
            .map(|c| marked(c.into(), c))
            .collect()
    } else if has('一') {
        // The radicals, each the first of its characters.
        let mut radicals: Vec<char> = ('\u{4E00}'..='\u{9FFF}').filter(|&c| has(c)).collect();
        radicals.sort_by(|a, b| letters.compare(&a.to_string(), &b.to_string()));
        radicals.into_iter().map(|c| Boundary::new(c, c)).collect()
    } else if letters.compare("伽", "가").is_eq() {
        hangul()
    } else {
        Vec::new()
    }
}

#[cfg(test)]
mod tests {
    use crate::locale::Locale;

    fn index(tag: &str, words: &str) -> String {
        let locale = Locale::new(tag).unwrap();
        let index = locale.index(words.split(' ').map(|w| (w, w)).collect());
        index.iter().map(|l| format!("{}: {}", l.letter, l.items.join(" "))).collect::<Vec<_>>().join("; ")
    }

    #[test]
    fn titles_stand_under_the_letters_of_the_language() {
        for (tag, words, letters) in [
            // An accent makes no letter where the language has none; what has a place of its own in CLDR's root keeps it.
            (
                "en",
                "zebra Éclair eel Æther apple “Yes” Łódź ßa ﬁn Þór Αθήνα Москва 重庆 3rd 😀 ...",
                "A: Æther apple; E: Éclair eel; F: ﬁn; L: Łódź; S: ßa; Y: “Yes”; Z: zebra; Þ: Þór; Α: Αθήνα; М: Москва; #: ... 😀 3rd 重庆",
            ),
            ("de", "Sz ßeta Öl Ärger Arm", "A: Ärger Arm; O: Öl; S: ßeta Sz"),
            ("sv", "Zoo Öl Ål Ängel Apa Émile", "A: Apa; E: Émile; Z: Zoo; Å: Ål; Ä: Ängel; Ö: Öl"),
            ("da", "Zoo Ål Øl Æble Aarhus Apa", "A: Apa; Z: Zoo; Æ: Æble; Ø: Øl; Å: Ål Aarhus"),
            ("cs", "Hora Chata Ivan Čas Cena Řeka", "C: Cena; Č: Čas; H: Hora; Ch: Chata; I: Ivan; Ř: Řeka"),
            (
                "hu",
                "Szép Só Zsír Zöld Cukor Csák Ágota",
                "A: Ágota; C: Cukor; Cs: Csák; S: Só; Sz: Szép; Z: Zöld; Zs: Zsír",
            ),
            ("es", "Ñu Nu Luz Llama Chico", "C: Chico; L: Llama Luz; N: Nu; Ñ: Ñu"),
            ("es-u-co-trad", "Ñu Nu Luz Llama Chico", "Ch: Chico; L: Luz; Ll: Llama; N: Nu; Ñ: Ñu"),
            (
                "hr",
                "Ljubav Lav Njega Džep Dan Đak",
                "D: Dan; Dž: Džep; Đ: Đak; L: Lav; Lj: Ljubav; Nj: Njega",
            ),
            ("et", "Tõde Zoo Žanr Šokk Sõna Õun", "S: Sõna; Š: Šokk; Z: Zoo; Ž: Žanr; T: Tõde; Õ: Õun"),
            ("is", "Þór Ás Auga Ðe Dagur", "A: Auga; Á: Ás; D: Dagur; Ð: Ðe; Þ: Þór"),
            ("vi", "Đà Dân Ăn Anh Ưu Uyên", "A: Anh; Ă: Ăn; D: Dân; Đ: Đà; U: Uyên; Ư: Ưu"),
            ("tr", "İzmir Irmak Çay Can", "C: Can; Ç: Çay; I: Irmak; İ: İzmir"),
            ("lt", "Jonas Yla Ieva Ąžuolas", "A: Ąžuolas; I: Ieva Yla; J: Jonas"),
            ("ru", "Ёж Ель Йод Иван apple", "Е: Ёж Ель; И: Иван; Й: Йод; A: apple"),
            ("uk", "Ґанок Гора Їжак Іван", "Г: Гора; Ґ: Ґанок; І: Іван; Ї: Їжак"),
            ("el", "βήτα Άρης Αθήνα", "Α: Αθήνα Άρης; Β: βήτα"),
            ("he", "בית אבא", "א: אבא; ב: בית"),
            ("ar", "هاتف باب أحمد إبراهيم", "ا: إبراهيم أحمد; ب: باب; ه: هاتف"),
            ("hi", "दिल्ली आम अनार", "अ: अनार; आ: आम; द: दिल्ली"),
            // Thai writes some vowels before the consonant that they follow in the alphabet.
            ("th", "ไทย เชียงใหม่ กรุงเทพ", "ก: กรุงเทพ; ช: เชียงใหม่; ท: ไทย"),
            ("ka", "თბილისი ბათუმი", "ბ: ბათუმი; თ: თბილისი"),
            // 重 is read chóng in 重庆, 长 cháng in 长江. Latin titles stand among the Chinese.
            (
                "zh-Hans",
                "中欧 重庆 长江 川渝 《成都》 “一件事” 阿坝 apple Émile 万州 五 2023",
                "A: 阿坝 apple; C: 长江 《成都》 重庆 川渝; E: Émile; W: 万州 五; Y: “一件事”; Z: 中欧; #: 2023",
            ),
            (
                "zh-Hans-u-co-stroke",
                "重庆 成都 丁 一 apple 2023",
                "1画: 一; 2画: 丁; 6画: 成都; 9画: 重庆; A: apple; #: 2023",
            ),
            ("zh-Hant", "重慶 長江 一 apple", "1劃: 一; 8劃: 長江; 9劃: 重慶; A: apple"),
            ("zh-TW-u-co-zhuyin", "重慶 長江 一 八 apple", "ㄅ: 八; ㄓ: 長江 重慶; ㄧ: 一; A: apple"),
            ("zh-u-co-unihan", "江 语 一 apple", "一: 一; 水: 江; 言: 语; A: apple"),
            ("yue", "重慶 一", "1劃: 一; 9劃: 重慶"),
            (
                "ja",
                "はな がき かき ガム アイス いぬ ん 東京",
                "あ: アイス いぬ; か: かき がき ガム; は: はな; わ: ん; #: 東京",
            ),
            // Hanja stand where they are read.
            (
                "ko",
                "한국 伽倻 씨앗 서울 나라 까치 가나",
                "ㄱ: 가나 伽倻 까치; ㄴ: 나라; ㅅ: 서울 씨앗; ㅎ: 한국",
            ),
            ("en", "", "#: "),
        ] {
            let found = index(tag, words);
            assert_eq!(found, letters, "{tag}");
        }
    }

    #[test]
    fn no_article_is_lost_whatever_its_title() {
        let words: Vec<String> =
            (0..0x3_0000).step_by(61).filter_map(char::from_u32).map(|c| format!("{c}a")).collect();
        for tag in ["en", "zh-Hans", "ja", "ar", "tlh"] {
            let items = words.iter().enumerate().map(|(i, w)| (w.as_str(), i)).collect();
            let index = Locale::new(tag).unwrap().index(items);
            let mut all: Vec<usize> = index.iter().flat_map(|l| l.items.clone()).collect();
            all.sort_unstable();
            assert!(all.into_iter().eq(0..words.len()), "{tag}");
            let mut letters: Vec<&str> = index.iter().map(|l| l.letter.as_str()).collect();
            letters.sort_unstable();
            let count = letters.len();
            letters.dedup();
            assert_eq!(letters.len(), count, "{tag}");
        }
    }
}
