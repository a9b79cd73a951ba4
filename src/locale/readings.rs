//! Characters that Chinese reads in two ways, where they begin a word.
//!
//! CLDR's order by pinyin takes one reading of a character, but for 重庆. Titles often begin with a
//! word of the other: 长江 is Chángjiāng and belongs under C, not beside 长大 under Z. Owns which words
//! these are. Only those are here whose letter is another, and the beginning of a text is what counts:
//! an index has no other place.

use std::borrow::Cow;

/// Which characters after the first make it a word of the other reading.
enum Next {
    In(&'static str),
    But(&'static str),
}
use Next::{But, In};

/// A character, one that is only read as the first is in these words, and the words.
const READINGS: &[(char, char, Next)] = &[
    ('长', '常', But("大辈子老官势相孙女兄成")),
    ('長', '常', But("大輩子老官勢相孫女兄成")),
    (
        '重',
        '崇',
        In("慶新建組组復复現现啟启逢溫温返整申塑陽阳疊叠寫写修播拾歸归構构圍围演印版遊游生訪访聚開开回"),
    ),
    ('行', '航', In("業业情列家長长會会規规當当")),
    ('調', '條', In("整節节解味和控試试配理料停皮價价")),
    ('调', '条', In("整节解味和控试配理料停皮价")),
    ('率', '帅', In("先領领隊队真直")),
    ('会', '快', In("计")),
    ('會', '快', In("計")),
    ('乐', '月', In("器团队曲坛谱章府理师手")),
    ('樂', '月', In("器團隊曲壇譜章府理師手")),
    ('藏', '葬', In("族語语區区傳传文曆历醫医藥药羚北南東东民")),
    ('弹', '谈', In("性奏簧唱劾力")),
    ('彈', '談', In("性奏簧唱劾力")),
    ('校', '叫', In("對对正準准驗验訂订")),
    ('传', '赚', In("记")),
    ('傳', '賺', In("記")),
    ('朝', '招', In("霞氣气夕")),
    ('曾', '增', In("國国子鞏巩")),
    ('厦', '夏', In("门")),
    ('廈', '夏', In("門")),
    ('番', '潘', In("禺")),
];

/// A text as the order by pinyin should see it.
pub(super) fn read(text: &str) -> Cow<'_, str> {
    let mut chars = text.chars();
    let (Some(first), Some(next)) = (chars.next(), chars.next()) else { return text.into() };
    let other = READINGS.iter().find(|(c, _, words)| {
        *c == first
            && match words {
                In(words) => words.contains(next),
                But(words) => !words.contains(next),
            }
    });
    match (other, text.get(first.len_utf8()..)) {
        (Some((_, read, _)), Some(rest)) => format!("{read}{rest}").into(),
        _ => text.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::Locale;

    fn letter(text: &str) -> String {
        Locale::new("zh-Hans").unwrap().index(vec![(text, ())])[0].letter.clone()
    }

    /// Every row gives another letter than the character has by itself.
    #[test]
    fn other_readings_are_other_letters() {
        for (c, read, _) in READINGS {
            assert_ne!(letter(&c.to_string()), letter(&read.to_string()), "{c}");
        }
    }

    #[test]
    fn words_decide_how_they_begin() {
        for (letters, words) in [
            ("C", "重庆 重慶 重建 长江 長江 长三角 成都 “长寿”"),
            ("Z", "重点 重 长大 长 中国 藏族 曾国藩 朝霞"),
            ("S", "率先 沈阳"),
            ("T", "调整 調整 弹性"),
            ("D", "调查 弹药"),
            ("K", "会计"),
            ("H", "会议 行业"),
            ("X", "行动 厦门 校园"),
            ("Y", "乐团"),
            ("L", "乐山"),
        ] {
            for word in words.split(' ') {
                assert_eq!(letter(word), letters, "{word}");
            }
        }
    }
}
