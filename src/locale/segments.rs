//! Words, sentences, lines and grapheme clusters of a text, and the length of a line in columns.
//!
//! Owns where a text may be cut. It never decides how long a text should be.

use std::borrow::Cow;
use std::sync::OnceLock;

use icu::locale::LanguageIdentifier;
use icu::segmenter::options::{SentenceBreakOptions, WordBreakOptions};
use icu::segmenter::{GraphemeClusterSegmenter, LineSegmenter, SentenceSegmenter, WordSegmenter};

use super::characters::is_double;

/// The segmenters of one language, each built when it is first asked for: most builds cut no text.
#[derive(Debug)]
pub(super) struct Segments {
    id: LanguageIdentifier,
    words: OnceLock<WordSegmenter>,
    sentences: OnceLock<SentenceSegmenter>,
    ellipsis: &'static str,
}

impl Segments {
    pub(super) fn new(id: &LanguageIdentifier) -> Self {
        // In Chinese (GB/T 15834 § 4.11) and Japanese it takes the room of two characters.
        let ellipsis = if matches!(id.language.as_str(), "zh" | "yue" | "ja") { "……" } else { "…" };
        Self { id: id.clone(), words: OnceLock::new(), sentences: OnceLock::new(), ellipsis }
    }

    /// Chinese, Japanese, Thai, Lao, Khmer and Burmese words come from dictionaries (UAX #29 § 4.1).
    fn word_segmenter(&self) -> &WordSegmenter {
        self.words.get_or_init(|| {
            let mut options = WordBreakOptions::default();
            options.content_locale = Some(&self.id);
            WordSegmenter::try_new_dictionary(options).unwrap_or_else(|_| {
                // Rules of a language that cannot be read leave those of all languages.
                WordSegmenter::new_dictionary(Default::default()).static_to_owned()
            })
        })
    }

    fn sentence_segmenter(&self) -> &SentenceSegmenter {
        self.sentences.get_or_init(|| {
            let mut options = SentenceBreakOptions::default();
            options.content_locale = Some(&self.id);
            SentenceSegmenter::try_new(options)
                .unwrap_or_else(|_| SentenceSegmenter::new(Default::default()).static_to_owned())
        })
    }

    pub(super) fn words<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let ends = self.word_segmenter().as_borrowed().segment_str(text).skip(1);
        let mut start = 0;
        ends.filter_map(|end| text.get(std::mem::replace(&mut start, end)..end)).collect()
    }

    /// A text in parts between which a heading may break: the surest ends of [`Self::word_ends`].
    pub(super) fn phrases<'t>(&self, text: &'t str) -> Vec<&'t str> {
        let (mut phrases, mut start) = (Vec::new(), 0);
        for (end, _) in self.word_ends(text).into_iter().filter(|&(_, sure)| sure) {
            phrases.extend(text.get(std::mem::replace(&mut start, end)..end));
        }
        phrases.extend(text.get(start..));
        phrases
    }

    /// Where a line of a text without spaces between words may end: with a word, but not between a number
    /// and what it counts.
    ///
    /// Sure are ends between two ideographs or kana where words of two or more meet: what is shorter
    /// belongs to what is beside it, and may not be a word at all.
    fn word_ends(&self, text: &str) -> Vec<(usize, bool)> {
        let words = self.words(text);
        let word = |i: usize| words.get(i).copied().unwrap_or_default();
        let is_long = |i: usize| word(i).chars().nth(1).is_some();
        let ends = words.iter().scan(0, |end, word| {
            *end += word.len();
            Some(*end)
        });
        let ends: Vec<usize> = ends.collect();
        let between = |i: usize| ends.get(i).and_then(|&end| around(text, end));
        let is_crossed = |i: usize| between(i).is_some_and(|pair| self.is_word(pair));
        let is_sure = |i: usize| {
            // 2023年前|三季度: what stands behind a number is seldom the word that it looks like. 一带|一路:
            // nor are two numbers of one kind.
            let counted = i > 0 && is_number(word(i - 1))
                || [word(i), word(i + 1)].iter().all(|word| word.starts_with(is_numeral));
            // 经济|圈地区: nor is what took a character from a word beside it.
            let whole =
                (i == 0 || is_long(i - 1) || !is_crossed(i - 1)) && (is_long(i + 2) || !is_crossed(i + 1));
            is_long(i) && is_long(i + 1) && !counted && whole && between(i).is_some() && !is_crossed(i)
        };
        let ends = ends.iter().enumerate().filter(|&(i, _)| !is_number(word(i)));
        ends.map(|(i, &end)| (end, is_sure(i))).collect()
    }

    /// Whether the dictionary has it. It takes the longest word from the left: where the two
    /// characters around a boundary are a word themselves, it may have taken the first of them wrongly.
    fn is_word(&self, pair: &str) -> bool {
        self.word_segmenter().as_borrowed().segment_str(pair).nth(1) == Some(pair.len())
    }

    /// Where a line may end, the end of the text included (UAX #14). Where words stand apart by
    /// nothing, only with a word: a title is too short to be broken anywhere.
    pub(super) fn line_ends(&self, text: &str, unspaced: bool) -> Vec<usize> {
        let lines = LineSegmenter::new_dictionary(Default::default());
        let mut ends: Vec<usize> = lines.segment_str(text).skip(1).collect();
        if unspaced {
            let words = self.word_ends(text);
            ends.extend(text.char_indices().map(|(at, _)| at).filter(|&at| is_outside_quotation(text, at)));
            ends.sort_unstable();
            ends.dedup();
            let is_word_end = |end| words.binary_search_by_key(&end, |&(end, _)| end).is_ok();
            ends.retain(|&end| end == text.len() || is_word_end(end));
        }
        ends
    }

    pub(super) fn ellipsis(&self) -> &'static str {
        self.ellipsis
    }

    pub(super) fn truncate<'t>(&self, text: &'t str, max: usize) -> Cow<'t, str> {
        let Some(whole) = fitting(text, max) else { return Cow::Borrowed(text) };
        // A sentence is whole without a mark that more follows.
        let sentences = self.sentence_segmenter().as_borrowed().segment_str(text);
        if let Some(sentence) = last_within(sentences, whole).and_then(|end| text.get(..end)) {
            let sentence = sentence.trim_end();
            if columns(sentence) * 3 >= max * 2 {
                return Cow::Borrowed(sentence);
            }
        }
        let room = max.saturating_sub(columns(self.ellipsis));
        let room = fitting(text, room).unwrap_or(text.len());
        let end = self.word_end(text, room);
        let end = self.clause_end(text, end).unwrap_or(end);
        Cow::Owned([text.get(..end).unwrap_or_default().trim_end(), self.ellipsis].concat())
    }

    /// The end of the last word within `limit`, with what closes a quotation or a bracket behind it.
    fn word_end(&self, text: &str, limit: usize) -> usize {
        let segmenter = self.word_segmenter().as_borrowed();
        let ends = || {
            let mut words = segmenter.segment_str(text).iter_with_word_type();
            std::iter::from_fn(move || words.find(|(_, kind)| kind.is_word_like()).map(|(end, _)| end))
        };
        // A number says something else without what it counts.
        let sure = |&end: &usize| {
            around(text, end).is_none_or(|pair| !self.is_word(pair))
                && !text.get(..end).is_some_and(|text| text.ends_with(char::is_numeric))
        };
        let end = last_within(ends().filter(sure), limit).or_else(|| last_within(ends(), limit));
        let mut end = end.unwrap_or(limit);
        let closes = |c: &char| "”’»›)]%）】」』》〉％".contains(*c);
        while let Some(c) = text.get(end..limit).and_then(|rest| rest.chars().next()).filter(closes) {
            end += c.len_utf8();
        }
        end
    }

    /// The end of the last clause, if a cut at `end` would be between two ideographs, and little is lost:
    /// where words stand apart by nothing, what is a word is a guess.
    fn clause_end(&self, text: &str, end: usize) -> Option<usize> {
        around(text, end)?;
        let clause = text.get(..end)?.rfind(['，', '、', '；', '：', '。'])?;
        (clause * 3 >= end * 2).then_some(clause)
    }
}

/// Whether a word is a number, so that what follows is what it counts: 4248, 三百, 万亿; or 第, which makes
/// an ordinal of a number. 统一 is none.
fn is_number(word: &str) -> bool {
    word.ends_with(char::is_numeric) || !word.is_empty() && word.chars().all(|c| c == '第' || is_numeral(c))
}

/// Whether a character is a digit of Chinese and Japanese, or one of their big numbers.
fn is_numeral(c: char) -> bool {
    "〇零一二两兩三四五六七八九十百千万亿萬億兆".contains(c)
}

/// Whether a place is between a wide character and a quotation before or behind it. That the marks face
/// one way is known to UAX #14 from Unicode 16 on (LB19a), and not yet to ours.
fn is_outside_quotation(text: &str, at: usize) -> bool {
    let Some((before, after)) = text.split_at_checked(at) else { return false };
    match (before.chars().next_back(), after.chars().next()) {
        (Some(before), Some('“' | '‘')) => before.is_alphabetic() && is_double(before),
        (Some('”' | '’'), Some(after)) => after.is_alphabetic() && is_double(after),
        _ => false,
    }
}

/// The two ideographs, kana or other wide characters around a place; `None` if it is another place.
fn around(text: &str, at: usize) -> Option<&str> {
    let (before, after) = text.split_at_checked(at)?;
    let (before, after) = (before.chars().next_back()?, after.chars().next()?);
    let letters = [before, after].iter().all(|&c| c.is_alphabetic() && is_double(c));
    letters.then(|| text.get(at - before.len_utf8()..at + after.len_utf8())).flatten()
}

/// The last boundary behind the beginning of a text that is within its first `limit` bytes.
fn last_within(boundaries: impl Iterator<Item = usize>, limit: usize) -> Option<usize> {
    boundaries.take_while(|&end| end <= limit).filter(|&end| end > 0).last()
}

/// How many bytes of a text fit into so many columns; `None`: all of them. No grapheme cluster is cut.
fn fitting(text: &str, max: usize) -> Option<usize> {
    // No byte takes more than one column.
    if text.len() <= max {
        return None;
    }
    let (mut start, mut used) = (0, 0);
    for end in GraphemeClusterSegmenter::new().segment_str(text).skip(1) {
        used += text.get(start..end).map_or(0, width);
        if used > max {
            return Some(start);
        }
        start = end;
    }
    None
}

/// A text in its grapheme clusters: what readers take for characters.
pub fn clusters(text: &str) -> impl Iterator<Item = &str> {
    let mut start = 0;
    let ends = GraphemeClusterSegmenter::new().segment_str(text).skip(1);
    ends.filter_map(move |end| text.get(std::mem::replace(&mut start, end)..end))
}

/// How many columns a text takes in a terminal: two for each wide character (UAX #11), one for any other.
pub fn columns(text: &str) -> usize {
    clusters(text).map(width).sum()
}

/// The columns of a grapheme cluster: those of its base.
fn width(cluster: &str) -> usize {
    1 + usize::from(cluster.chars().next().is_some_and(is_double))
}

#[cfg(test)]
mod tests {
    use crate::locale::Locale;

    #[test]
    fn words_are_the_language_s_and_hold_every_byte() {
        for (tag, words) in [
            ("en", "The| |trains| |can't| |stop|,| |4,248| |ran|.|\n| |Next"),
            ("zh-Hans", "重庆|超过|成都|,| |4248|人|。|“|好|”"),
            ("zh-Hant", "重慶|超過|成都"),
            ("ja", "東京|は|日本|の|首都|です|。"),
            ("ko", "서울은| |한국의| |수도입니다"),
            ("th", "ทุก|สอง|สัปดาห์"),
            ("sv", "k:a|,| |EU:s"),
            ("en", "e\u{301}|👨\u{200d}👩\u{200d}👧|🇨🇳|🇩🇪"),
            ("en", ""),
        ] {
            let text = words.replace('|', "");
            let found = Locale::new(tag).unwrap().words(&text).join("|");
            assert_eq!(found, words, "{tag}");
        }
    }

    #[test]
    fn headings_break_between_words() {
        for (tag, phrases) in [
            ("en", "Insurance and ID cards, handled in the other city"),
            ("zh-Hans", "养老|保险、身份证业务|可在|对方城市|办理"),
            ("zh-Hans", "川渝共列一张|重大|项目|清单"),
            ("zh-Hans", "中欧班列（成渝）统一品牌|运营"),
            ("zh-Hans", "“轨道+公交+步行”绿色出行|模式|逐步|形成"),
            ("zh-Hans", "2023年前三季度，开行4248列"),
            ("zh-Hans", "共建“一带一路”科技|创新合作区"),
            ("zh-Hans", "成渝地区|双城|经济圈地区生产|总值"),
            ("ja", "東京は日本の首都|です"),
            ("ko", "서울은 한국의 수도입니다"),
            ("en", "川渝同行"),
            ("zh-Hans", ""),
        ] {
            let text = phrases.replace('|', "");
            assert_eq!(Locale::new(tag).unwrap().phrases(&text).join("|"), phrases, "{tag}");
        }
    }

    #[test]
    fn texts_are_cut_where_the_language_allows() {
        let en =
            "Chongqing ran 4,248 trains in nine months. Sichuan (and “the rest”) followed it, by 5.5% more.";
        let zh = "川渝两地共建中欧班列（成渝），前三季度开行超4200列。重庆和成都先后推出“一件事一次办”，服务300多项。";
        let ja = "東京は日本の首都です。人口は千四百万人。";
        for (tag, text, max, cut) in [
            ("en", en, 200, en),
            ("en", en, 60, "Chongqing ran 4,248 trains in nine months."),
            ("en", en, 64, "Chongqing ran 4,248 trains in nine months. Sichuan (and “the…"),
            ("en", en, 72, "Chongqing ran 4,248 trains in nine months. Sichuan (and “the rest”)…"),
            ("en", en, 41, "Chongqing ran 4,248 trains in nine…"),
            ("en", en, 20, "Chongqing ran…"),
            ("en", en, 17, "Chongqing ran…"),
            ("en", en, 5, "Chon…"),
            ("en", en, 0, "…"),
            ("zh-Hans", zh, 200, zh),
            ("zh-Hans", zh, 78, "川渝两地共建中欧班列（成渝），前三季度开行超4200列。"),
            // Where words stand apart by nothing, a clause is surer than a word.
            ("zh-Hans", zh, 40, "川渝两地共建中欧班列（成渝）……"),
            ("zh-Hans", "川渝开行中欧班列4200万列", 19, "川渝开行中欧班列……"),
            // Not between 重 and 庆, where the dictionary's longest words from the left would have it.
            ("zh-Hans", "今年川渝两地在成都和重庆推出三百多项政务服务", 23, "今年川渝两地在……"),
            ("ja", ja, 30, "東京は日本の首都です。"),
            ("ja", ja, 19, "東京は日本の首都……"),
            ("ko", "서울은 한국의 수도입니다. 인구는", 18, "서울은 한국의…"),
            ("en", "🇨🇳🇩🇪🇫🇷🇮🇹", 3, "🇨🇳🇩🇪…"),
            ("en", "👨\u{200d}👩\u{200d}👧👨\u{200d}👩\u{200d}👧", 3, "👨\u{200d}👩\u{200d}👧…"),
            ("en", "   ", 1, "…"),
        ] {
            assert_eq!(Locale::new(tag).unwrap().truncate(text, max), cut, "{tag} {max}");
        }
    }

    #[test]
    fn lines_end_where_the_language_allows() {
        for (tag, lines) in [
            ("en", "A |well-|known |7+13 |system |(2023)"),
            // Not before 。 or ”, not behind “ or 《, and not within a word.
            ("zh-Hans", "西南|“国家|粮仓”|建成。"),
            ("zh-Hans", "经济|圈|及|周边|共同|实施|《三线|一单》"),
            ("zh-Hans", "GDP |5.9万亿元，|第3"),
            ("en", ""),
        ] {
            let text = lines.replace('|', "");
            let mut start = 0;
            let ends = Locale::new(tag).unwrap().line_ends(&text);
            let found: Vec<&str> =
                ends.into_iter().map(|end| &text[std::mem::replace(&mut start, end)..end]).collect();
            assert_eq!(found.join("|"), lines, "{tag}");
        }
    }

    #[test]
    fn no_text_is_longer_than_it_may_be() {
        let texts = [
            "A short text, in “English”: 4,248.50 trains; 100%! What? “Yes.” More than that.",
            "四川、重庆（简称“川渝”）2023年前三季度，开行4248列。还有：绿色能源！",
            "e\u{301}e\u{301} नमस्ते दुनिया 👩\u{200d}🚀 สวัสดีชาวโลก",
        ];
        for tag in ["en", "zh-Hans", "th", "hi"] {
            let locale = Locale::new(tag).unwrap();
            for text in texts {
                for max in 4..100 {
                    let cut = locale.truncate(text, max);
                    assert!(super::columns(&cut) <= max, "{tag} {max} {cut}");
                    let kept = cut.trim_end_matches('…');
                    let rest = text.strip_prefix(kept).unwrap();
                    // No cluster is cut: both parts together have as many columns as the whole.
                    assert_eq!(super::columns(kept) + super::columns(rest), super::columns(text), "{cut}");
                }
            }
        }
    }
}
