//! The same fact in English and in Chinese, and what other languages write.
//!
//! Owns pairs of sentences: their readings must have the same values and units.

use super::{all, check};

/// What a text states without what idiom adds, in the order of its values.
fn facts(text: &str, language: &str) -> Vec<String> {
    let found = all(text, language);
    let mut facts: Vec<String> =
        found.split("; ").filter(|r| !r.is_empty() && !r.ends_with('?')).map(str::to_owned).collect();
    facts.sort();
    facts
}

#[test]
fn two_languages_state_the_same() {
    let pairs = [
        ("370.97 billion yuan", "3709.7亿元"),
        ("46.665 billion kilograms", "466.65亿公斤"),
        ("140 million records", "1.4亿条"),
        ("over 15 million cases", "超过1500万件"),
        ("more than 15 million", "1500多万"),
        ("5.9 trillion yuan", "5.9万亿元"),
        ("1.68 trillion yuan", "1.68万亿元"),
        ("0.1 percentage points", "0.1个百分点"),
        ("4,248 trips", "4248列"),
        ("its seventh session, in June 2023", "2023年6月，第七次会议"),
        ("the 14th season", "第十四届"),
        ("a third of all", "三分之一"),
        ("two thirds", "三分之二"),
        ("30 per cent", "三成"),
        ("35%", "三成五"),
        ("1.5 times", "1.5倍"),
        ("twice", "翻一番"),
        ("every 3.5 minutes", "每3.5分钟"),
        ("in five minutes", "用时5分钟"),
        ("two months", "2个月"),
        ("half a year", "半年"),
        ("half an hour", "半小时"),
        ("two and a half hours", "两个半小时"),
        ("more than 10 million mu", "超过1000万亩"),
        ("1,000 hectares", "1.5万亩"),
        ("2 tonnes", "4000斤"),
        ("5 kilometres", "10里"),
        ("26 December 2023", "2023年12月26日"),
        ("December 2023", "二〇二三年十二月"),
        ("January to November 2023", "2023年1月至11月"),
        ("January to November", "1至11月"),
        ("the first three quarters of 2023", "2023年前三季度"),
        ("the first half of 2023", "2023年上半年"),
        ("the third quarter", "三季度"),
        ("the first 11 months", "前11个月"),
        ("10:30", "上午10时30分"),
        ("3:30 pm", "下午三点半"),
        ("$5 million", "500万美元"),
        ("¥3.5 billion", "人民币35亿元"),
        ("3 to 5 million", "300万至500万"),
        ("three to five days", "三至五天"),
        ("3–5%", "百分之三至五"),
        ("nearly 90,000", "近9万"),
        ("about a hundred", "约一百"),
        ("fewer than 50", "不到50"),
        ("at least 12 items", "至少12项"),
        ("two dozen", "24个"),
        ("a hundred and five items", "一百零五项"),
        ("twenty-two groups", "二十二个"),
        ("the No. 1 Project", "“一号工程”"),
        ("the 21st century", "21世纪"),
        ("the 1990s", "20世纪90年代"),
        ("a trillion-yuan industry", "1万亿元"),
        ("the 7+13 planning system of 2023", "2023年“7+13”重点规划体系"),
        ("three lines and one list", "三线一单"),
        ("eleven districts", "十一个区县"),
    ];
    for (english, chinese) in pairs {
        assert_eq!(facts(english, "en"), facts(chinese, "zh"), "{english} / {chinese}");
    }
}

#[test]
fn other_languages_have_digits() {
    check(
        &[
            ("3,5 Millionen am 26.12.2023", "3.5; 2023-12-26"),
            ("1.234.567 Euro", "1234567"),
            ("35 % davon", "35%"),
            ("7,5 kg", "7.5 kg"),
            ("5 €", "5 EUR"),
            ("sieben", ""),
        ],
        "de",
    );
    check(&[("4 248 trains", "4; 248"), ("4\u{a0}248,5", "4248.5"), ("12 %", "12%")], "fr");
    check(
        &[
            ("1万5千人", "15000"),
            ("約1500万", "~15000000"),
            ("1兆円", "1000000000000 JPY"),
            ("3割5分", "35%"),
            ("2倍", "2x"),
            ("2023年12月26日", "2023-12-26"),
            ("第7回", "#7"),
            ("二十二個", "22"),
            ("90%以上", ">90%"),
            ("一緒に一番", ""),
        ],
        "ja",
    );
    check(
        &[
            ("1억 4000만 건", "140000000"),
            ("3만5천", "35000"),
            ("5조 9천억 위안", "5900000000000 CNY"),
            ("35%", "35%"),
            ("1.5배", "1.5x"),
            ("2023년 12월 26일", "2023-12-26"),
            ("22개", "22"),
            ("약 1500만", "~15000000"),
        ],
        "ko",
    );
}

#[test]
fn units_of_figures_have_the_base_of_readings() {
    use crate::quantity::{Exact, Unit, base_unit};
    let cases = [
        ("kg", Unit::Measure("kg"), 1),
        ("tonne", Unit::Measure("kg"), 1000),
        ("mu", Unit::Measure("mu"), 1),
        ("hectare", Unit::Measure("mu"), 15),
        ("hour", Unit::Measure("minute"), 60),
        ("minute", Unit::Measure("minute"), 1),
        ("month", Unit::Measure("month"), 1),
        ("year", Unit::Measure("month"), 12),
        ("square-kilometre", Unit::Measure("mu"), 1500),
        ("km", Unit::Measure("m"), 1000),
        ("CNY", Unit::Money("CNY"), 1),
        ("SGD", Unit::Money("SGD"), 1),
        ("percent", Unit::Percent, 1),
        ("percentage-point", Unit::PercentagePoint, 1),
        ("times", Unit::Times, 1),
        ("ordinal", Unit::Ordinal, 1),
        ("project", Unit::Count, 1),
        ("train/day", Unit::Count, 1),
    ];
    for (name, unit, factor) in cases {
        assert_eq!(base_unit(name), (unit, Exact::whole(factor)), "{name}");
    }
}
