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

/// A character, one that is only read as the first is in these words, and the words. Where the same
/// two characters are read in both ways, that of titles counts: 调配 of supplies is diàopèi.
const READINGS: &[(char, char, Next)] = &[
    ('长', '常', But("大辈子老者幼官势相孙女兄嫂姐房成进出满高在得知见")),
    ('長', '常', But("大輩子老者幼官勢相孫女兄嫂姐房成進出滿高在得知見")),
    (
        '重',
        '崇',
        In("慶新建組组復複复現现啟啓启逢溫温返整申塑陽阳疊叠寫写修播拾歸归構构圍围演印版遊游生訪访聚開开回\
            來来走燃獲获振映置登提見见審审重巒峦孫孙名合拍排選选讀读奏唱洋山上製制設设繪绘鑄铸"),
    ),
    ('行', '航', In("業业情列家長长會会規规當当話话距伍市號号間间")),
    (
        '調',
        '條',
        In(
            "整節节解味和控試试理料停皮價价劑剂侃適适優优養养峰頻频速休色羹蓄酒音薪處处治製制光溫温教焦壓压戲戏",
        ),
    ),
    ('调', '条', In("整节解味和控试理料停皮价剂侃适优养峰频速休色羹蓄酒音薪处治制光温教焦压戏")),
    // By itself a rate, which begins no other word.
    ('率', '帅', But("定值")),
    ('会', '快', In("计稽")),
    ('會', '快', In("計稽")),
    ('乐', '月', In("器团队曲坛谱章府理师手清舞评迷律声")),
    ('樂', '月', In("器團隊曲壇譜章府理師手清舞評迷律聲")),
    ('藏', '葬', In("族語语區区傳传文曆历醫医藥药羚北南東东民紅红獒香戲戏式青漢汉袍寨鄉乡地羌彝毯胞")),
    ('弹', '谈', In("性奏簧唱劾力琴指窗跳射拨词压冠")),
    ('彈', '談', In("性奏簧唱劾力琴指窗跳射撥詞壓冠")),
    ('校', '叫', In("對对正準准驗验訂订核勘注樣样閱阅")),
    ('传', '赚', In("记略")),
    ('傳', '賺', In("記略")),
    ('朝', '招', In("霞氣气夕露暉晖花九三令思秦發发不")),
    ('曾', '增', In("國国子鞏巩孫孙祖侯家")),
    ('厦', '夏', In("门")),
    ('廈', '夏', In("門")),
    ('番', '潘', In("禺")),
    ('给', '己', In("水予养")),
    ('給', '己', In("水予養")),
    ('畜', '序', In("牧養养產产")),
    ('秘', '必', In("魯鲁")),
    ('阿', '俄', In("膠胶房諛谀彌弥")),
    ('纤', '欠', In("夫绳")),
    ('曝', '报', In("光")),
    ('降', '翔', In("龍龙服伏")),
    ('犍', '前', In("為为")),
    ('筠', '军', In("連连")),
    ('荥', '迎', In("经")),
    ('滎', '迎', In("經")),
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
        let same = READINGS.iter().filter(|(c, read, _)| letter(&c.to_string()) == letter(&read.to_string()));
        assert_eq!(same.map(|(c, ..)| c).collect::<String>(), "");
    }

    #[test]
    fn words_decide_how_they_begin() {
        for (letters, words) in [
            ("A", "阿坝"),
            ("B", "秘鲁 曝光"),
            (
                "C",
                "重庆 重慶 重建 重複 重走 重振 长江 長江 长三角 成都 “长寿” 朝天门 朝阳 传统 藏书 曾经 畜禽",
            ),
            ("D", "调查 调配 调研 调度 弹药"),
            ("E", "阿胶"),
            ("G", "给"),
            ("H", "会议 行业 行话"),
            ("J", "给水 校准 降低 筠连"),
            ("K", "会计 会稽"),
            ("L", "乐山 率"),
            ("M", "秘密"),
            ("P", "番禺"),
            ("Q", "犍为 纤夫"),
            ("S", "率先 率团 沈阳"),
            ("T", "调整 調整 调峰 弹性"),
            ("X", "行动 厦门 校园 畜牧业 降龙 纤维"),
            ("Y", "乐团 乐清 荥经"),
            ("Z", "重点 重 长大 长者 长 中国 藏族 藏羌彝 曾国藩 曾家岩 朝霞 朝发夕至 传略"),
        ] {
            for word in words.split(' ') {
                assert_eq!(letter(word), letters, "{word}");
            }
        }
    }
}
