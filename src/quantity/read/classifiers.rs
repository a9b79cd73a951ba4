//! Measure words, which make a numeral of one character a number: 七项, not 七星.
//!
//! Owns the words, and those that only look like 一 with one of them.

use super::text::Text;

/// Measure words: with one of these behind it, a numeral of one character is a number.
const CLASSIFIERS: &[&str] = &[
    "人次", "人份", "车次", "班次", "架次", "个", "個", "项", "項", "条", "條", "件", "次", "列", "座", "家",
    "名", "人", "位", "所", "辆", "輛", "台", "臺", "套", "批", "支", "只", "隻", "张", "張", "份", "本",
    "篇", "种", "種", "类", "類", "门", "門", "场", "場", "届", "屆", "期", "轮", "輪", "处", "處", "块",
    "塊", "棵", "株", "间", "間", "户", "戶", "艘", "架", "趟", "起", "例", "笔", "筆", "组", "組", "级",
    "級", "层", "層", "栋", "棟", "幢", "片", "段", "款", "部", "首", "幅", "颗", "顆", "枚", "根", "头",
    "頭", "匹", "册", "冊", "页", "頁", "班", "节", "節", "点", "點", "步", "代", "岁", "歲", "口", "道",
    "方面", "大", "省", "市", "县", "區县", "区县", "区", "國", "国", "城", "村", "镇", "路", "股", "宗",
    "对", "對", "双", "雙", "封", "顶", "辈", "者", "つ",
];

/// Words that begin with 一 and a measure word and count nothing.
const IDIOMS: &[&str] = &[
    "路", "起", "部分", "节", "对", "片", "级", "点", "步", "道", "代", "大", "本", "股", "头", "双", "口",
    "层", "国", "城", "者", "方面", "市", "区", "段时", "家人", "条龙", "首", "對", "點", "級", "區", "國",
    "雙", "頭", "層", "班",
];

impl Text<'_> {
    /// The place behind a measure word.
    pub(super) fn classifier(&self, at: usize) -> Option<usize> {
        self.first_of(at, CLASSIFIERS)
    }

    /// Whether what is counted is also the end of many words: 两省一市, 三大.
    pub(super) fn is_loose(&self, at: usize) -> bool {
        let loose = [
            '大', '者', '省', '市', '县', '區', '区', '国', '國', '城', '方', '级', '級', '期', '代', '层',
            '層', '步', '头', '頭', '双', '雙', '口', '道', '路', '节', '節',
        ];
        self.any(at, &loose).is_some()
    }

    /// Whether 一 and what follows are a word: 一路, 一起.
    pub(super) fn is_idiom(&self, at: usize) -> bool {
        self.first_of(at, IDIOMS).is_some()
    }
}
