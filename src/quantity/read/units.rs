//! Units of measure and money: their names in prose, and what one of each is in its base.
//!
//! Owns the tables, and which name stands at a place. It never reads a number.

use super::text::{Text, is_letter};
use crate::quantity::{Exact, Unit};
use Unit::{Measure, Money, Percent, PercentagePoint, Times};

/// A base, how many of it the unit is, as a fraction, and the names of the unit.
type Row = (Unit, i128, i128, &'static [&'static str]);

const KG: Unit = Measure("kg");
const M: Unit = Measure("m");
const MU: Unit = Measure("mu");
const CUBIC: Unit = Measure("m3");
const MINUTE: Unit = Measure("minute");
const MONTH: Unit = Measure("month");
const KWH: Unit = Measure("kWh");
const KW: Unit = Measure("kW");
const CELSIUS: Unit = Measure("celsius");
const DEGREE: Unit = Measure("degree");
const CNY: Unit = Money("CNY");
const USD: Unit = Money("USD");
const EUR: Unit = Money("EUR");
const HKD: Unit = Money("HKD");
const JPY: Unit = Money("JPY");
const GBP: Unit = Money("GBP");
const KRW: Unit = Money("KRW");
const TWD: Unit = Money("TWD");

/// Symbols of every language, in the case that they have.
const SYMBOLS: &[Row] = &[
    (Percent, 1, 1, &["%", "％", "퍼센트"]),
    (Percent, 1, 10, &["‰"]),
    (PercentagePoint, 1, 1, &["pp"]),
    (CELSIUS, 1, 1, &["°C", "℃"]),
    (DEGREE, 1, 1, &["°", "º"]),
    (KWH, 1, 1, &["kWh"]),
    (KWH, 1_000, 1, &["MWh"]),
    (KWH, 1_000_000, 1, &["GWh"]),
    (KWH, 1_000_000_000, 1, &["TWh"]),
    (KW, 1, 1, &["kW"]),
    (KW, 1_000, 1, &["MW"]),
    (KW, 1_000_000, 1, &["GW"]),
    (MU, 1_500, 1, &["km²", "km2"]),
    (MU, 3, 2_000, &["m²", "m2", "㎡"]),
    (CUBIC, 1, 1, &["m³", "m3"]),
    (KG, 1, 1, &["kg", "킬로그램"]),
    (M, 1_000, 1, &["km", "킬로미터"]),
    (M, 1, 100, &["cm"]),
    (M, 1, 1_000, &["mm"]),
    (MU, 15, 1, &["ha"]),
    (MINUTE, 1, 1, &["min", "분"]),
    (KG, 1, 1_000_000, &["mg"]),
    (KG, 1, 1_000, &["g"]),
    (KG, 1_000, 1, &["t", "톤"]),
    (M, 1, 1, &["m"]),
    (MINUTE, 60, 1, &["h", "시간"]),
    (EUR, 1, 1, &["€", "유로", "EUR"]),
    (KRW, 1, 1, &["₩", "원"]),
    (Times, 1, 1, &["배"]),
    (MONTH, 1, 1, &["개월"]),
    (MONTH, 12, 1, &["년"]),
    (MINUTE, 1_440, 1, &["일"]),
    (USD, 1, 1, &["달러", "USD"]),
    (CNY, 1, 1, &["위안", "CNY", "RMB"]),
    (HKD, 1, 1, &["HKD"]),
    (JPY, 1, 1, &["JPY"]),
    (GBP, 1, 1, &["GBP"]),
];

/// English names, singular.
const ENGLISH: &[Row] = &[
    (
        PercentagePoint,
        1,
        1,
        &["percentage point", "percent point", "of a percentage point", "a percentage point"],
    ),
    (PercentagePoint, 1, 100, &["basis point"]),
    (Percent, 1, 1, &["per cent", "percent"]),
    (Times, 1, 1, &["times", "fold"]),
    (MINUTE, 1, 60, &["second", "a second"]),
    (MINUTE, 1, 1, &["minute", "a minute"]),
    (MINUTE, 60, 1, &["hour", "an hour"]),
    (MINUTE, 1_440, 1, &["day", "a day"]),
    (MINUTE, 10_080, 1, &["week"]),
    (MONTH, 1, 1, &["a month", "month"]),
    (MONTH, 12, 1, &["a year", "year"]),
    (MU, 15, 1, &["an hectare", "a hectare", "hectare"]),
    (M, 1_000, 1, &["a kilometre", "kilometre", "kilometer"]),
    (MONTH, 1_200, 1, &["a century", "century", "centurie"]),
    (MONTH, 120, 1, &["decade"]),
    (KG, 1, 1, &["kilogram", "kilogramme", "kilo"]),
    (KG, 1, 1_000, &["gram", "gramme"]),
    (KG, 1_000, 1, &["metric ton", "metric tonne", "tonne", "ton"]),
    (KG, 1, 2, &["jin"]),
    (M, 500, 1, &["li"]),
    (MU, 1, 1, &["mu"]),
    (MU, 1_500, 1, &["square kilometre", "square kilometer", "sq km"]),
    (MU, 3, 2_000, &["square metre", "square meter", "sq m"]),
    (CUBIC, 1, 1, &["cubic metre", "cubic meter"]),
    (CUBIC, 1, 1_000, &["litre", "liter"]),
    (M, 1, 100, &["centimetre", "centimeter"]),
    (M, 1, 1_000, &["millimetre", "millimeter"]),
    (M, 1, 1, &["metre", "meter"]),
    (M, 1_609_344, 1_000, &["mile"]),
    (M, 3_048, 10_000, &["feet", "foot"]),
    (KWH, 1, 1, &["kilowatt hour"]),
    (KWH, 1_000, 1, &["megawatt hour"]),
    (KWH, 1_000_000, 1, &["gigawatt hour"]),
    (KW, 1, 1, &["kilowatt"]),
    (KW, 1_000, 1, &["megawatt"]),
    (KW, 1_000_000, 1, &["gigawatt"]),
    (CELSIUS, 1, 1, &["degrees Celsius", "degree Celsius"]),
    (DEGREE, 1, 1, &["degree"]),
    (CNY, 1, 1, &["yuan", "renminbi", "rmb"]),
    (USD, 1, 1, &["US dollar", "U.S. dollar", "dollar"]),
    (HKD, 1, 1, &["Hong Kong dollar"]),
    (EUR, 1, 1, &["euro"]),
    (JPY, 1, 1, &["yen"]),
    (GBP, 1, 1, &["pounds sterling", "pound sterling", "British pound"]),
    (TWD, 1, 1, &["New Taiwan dollar"]),
    (KRW, 1, 1, &["Korean won"]),
];

/// Chinese and Japanese names.
const HAN: &[Row] = &[
    (PercentagePoint, 1, 1, &["个百分点", "個百分點", "百分点", "百分點", "ポイント"]),
    (PercentagePoint, 1, 100, &["个基点", "個基點", "基点"]),
    (Percent, 1, 1, &["パーセント"]),
    (Times, 1, 1, &["倍"]),
    (MINUTE, 1, 1, &["分钟", "分鐘", "分間"]),
    (MINUTE, 60, 1, &["个小时", "個小時", "小时", "小時", "時間", "个钟头", "钟头"]),
    (MINUTE, 1, 60, &["秒钟", "秒鐘", "秒"]),
    (MINUTE, 1_440, 1, &["天", "日"]),
    (MINUTE, 10_080, 1, &["个星期", "個星期", "星期", "周", "週"]),
    (MONTH, 12, 1, &["周年", "週年", "年"]),
    (Unit::Count, 1, 1, &["周岁"]),
    (MONTH, 1, 1, &["个月", "個月", "か月", "ヶ月", "カ月"]),
    (MONTH, 1_200, 1, &["个世纪", "個世紀"]),
    (KG, 1, 1, &["公斤", "千克"]),
    (KG, 1, 1_000_000, &["毫克"]),
    (KG, 1, 1_000, &["克"]),
    (KG, 1_000, 1, &["公吨", "公噸", "吨", "噸", "トン"]),
    (KG, 1, 2, &["市斤", "斤"]),
    (MU, 1_500, 1, &["平方公里", "平方千米"]),
    (MU, 3, 2_000, &["平方米", "平方公尺", "平米"]),
    (MU, 15, 1, &["公顷", "公頃"]),
    (MU, 1, 1, &["亩", "畝"]),
    (CUBIC, 1, 1, &["立方米", "立方公尺"]),
    (CUBIC, 1, 1_000, &["升"]),
    (M, 1_000, 1, &["公里", "千米", "キロ"]),
    (M, 500, 1, &["华里", "市里", "里"]),
    (M, 1, 100, &["厘米", "公分"]),
    (M, 1, 1_000, &["毫米"]),
    (M, 1_609_344, 1_000, &["英里"]),
    (M, 1, 1, &["公尺", "米", "メートル"]),
    (KWH, 1, 1, &["千瓦时", "千瓦時", "度电", "度電"]),
    (KWH, 1, 1_000, &["瓦时"]),
    (KW, 1, 1, &["千瓦"]),
    (KWH, 1_000, 1, &["兆瓦时", "兆瓦時"]),
    (KW, 1_000, 1, &["兆瓦"]),
    (KW, 1_000_000, 1, &["吉瓦"]),
    (CELSIUS, 1, 1, &["摄氏度", "攝氏度"]),
    (DEGREE, 1, 1, &["度"]),
    (CNY, 1, 1, &["元人民币", "元人民幣", "人民币", "人民幣", "元", "圆", "块钱", "塊錢"]),
    (USD, 1, 1, &["美元", "美金", "ドル"]),
    (EUR, 1, 1, &["欧元", "歐元", "ユーロ"]),
    (HKD, 1, 1, &["港元", "港币", "港幣"]),
    (JPY, 1, 1, &["日元", "日圆", "日圓", "円"]),
    (GBP, 1, 1, &["英镑", "英鎊"]),
    (KRW, 1, 1, &["韩元", "韓元"]),
    (TWD, 1, 1, &["新台币", "新台幣"]),
];

/// What stands before an amount of money; longer ones before what they begin with.
const BEFORE: &[(&str, &str)] = &[
    ("US$", "USD"),
    ("HK$", "HKD"),
    ("NT$", "TWD"),
    ("A$", "AUD"),
    ("AU$", "AUD"),
    ("C$", "CAD"),
    ("CA$", "CAD"),
    ("S$", "SGD"),
    ("CN¥", "CNY"),
    ("RMB¥", "CNY"),
    ("RMB", "CNY"),
    ("CNY", "CNY"),
    ("USD", "USD"),
    ("EUR", "EUR"),
    ("HKD", "HKD"),
    ("JPY", "JPY"),
    ("GBP", "GBP"),
    ("KRW", "KRW"),
    ("人民币", "CNY"),
    ("人民幣", "CNY"),
    ("美元", "USD"),
    ("$", "USD"),
    ("＄", "USD"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("₩", "KRW"),
];

/// Units with what follows them where they begin a word: 里面, 周边, 年级.
const WORDS: &[(&str, &[char])] = &[
    ("里", &['面', '程', '头', '斯', '约', '外']),
    ("天", &['然', '府', '津', '空', '下']),
    ("周", &['边', '围', '刊', '末', '期']),
    ("年", &['级', '級', '代', '轻']),
    ("升", &['级', '至', '到']),
    ("元", &['旦', '宵', '件', '素', '年']),
    ("度", &['假', '过']),
    ("日", &['本', '报', '均']),
    ("克", &['服', '拉', '兰']),
    ("米", &['兰']),
];

/// The row with the longest name that stands somewhere, and where that ends.
fn longest(rows: &'static [Row], ends: impl Fn(&str) -> Option<usize>) -> Option<(&'static Row, usize)> {
    let named = |row: &'static Row| Some((row, row.3.iter().filter_map(|name| ends(name)).max()?));
    rows.iter().filter_map(named).max_by_key(|(_, end)| *end)
}

impl Text<'_> {
    /// The unit behind a number: the unit, what one is in its base, and where it ends.
    pub(super) fn unit(&self, at: usize) -> Option<(Unit, Exact, usize)> {
        let spaced = self.space(at).unwrap_or(at);
        let (row, end) = self
            .english_unit(at)
            .or_else(|| self.symbol(at))
            .or_else(|| self.symbol(spaced))
            .or_else(|| self.symbol(self.gap(at)?))
            .or_else(|| self.han_unit_name(spaced))?;
        Some((row.0, Exact::new(row.1, row.2)?, end))
    }

    fn english_unit(&self, at: usize) -> Option<(&'static Row, usize)> {
        if !self.english && !self.han {
            return None;
        }
        let gap = self.gap(at).unwrap_or(at);
        if !self.next(gap).is_some_and(is_letter) {
            return None;
        }
        // Threefold and 5yuan have no gap; 5m is left to the symbols.
        let glued = ["fold", "yuan"];
        longest(ENGLISH, |name| self.plural(gap, name).filter(|_| gap > at || glued.contains(&name)))
    }

    fn symbol(&self, at: usize) -> Option<(&'static Row, usize)> {
        longest(SYMBOLS, |name| {
            let end = self.starts(at, name)?;
            let open = self.next(end).is_some_and(|c| is_letter(c) || c.is_ascii_digit());
            (!open || !name.ends_with(char::is_alphanumeric)).then_some(end)
        })
    }

    fn han_unit_name(&self, at: usize) -> Option<(&'static Row, usize)> {
        if self.next(at).is_none_or(|c| c.is_ascii()) {
            return None;
        }
        let found = longest(HAN, |name| self.starts(at, name))?;
        let words = WORDS
            .iter()
            .any(|(name, next)| self.starts(at, name) == Some(found.1) && self.any(found.1, next).is_some());
        (!words).then_some(found)
    }

    /// The currency before a number, and where the number begins.
    pub(super) fn money_before(&self, at: usize) -> Option<(Unit, usize)> {
        if let Some(end) = self.any(at, &['¥', '￥']) {
            return Some((if self.japanese { JPY } else { CNY }, self.space(end)?));
        }
        let (end, code) = BEFORE.iter().find_map(|(name, code)| Some((self.starts(at, name)?, *code)))?;
        Some((Money(code), self.space(end)?))
    }
}

/// A unit of a figure by its name in front matter, in the base that readings have, with what one of
/// it is there. What is no unit of measure counts things.
pub fn base_unit(name: &str) -> (Unit, Exact) {
    let one = Exact::whole(1);
    match name {
        "ordinal" => return (Unit::Ordinal, one),
        "fraction" => return (Unit::Fraction, one),
        "percent" => return (Percent, one),
        "percentage-point" => return (PercentagePoint, one),
        _ => {}
    }
    if let Some((_, code)) = BEFORE.iter().find(|(_, code)| *code == name) {
        return (Money(code), one);
    }
    let named = |row: &&Row| row.3.iter().any(|n| n.replace(' ', "-") == name);
    let row = SYMBOLS.iter().chain(ENGLISH).find(named);
    row.and_then(|row| Some((row.0, Exact::new(row.1, row.2)?))).unwrap_or((Unit::Count, one))
}
