//! Units of measure and money: their names in prose, and what one of each is in its base.
//!
//! Owns the tables. It never reads a number.

use super::text::Text;
use crate::quantity::{Exact, Unit};
use Unit::{Measure, Money, Percent, PercentagePoint, Times};

/// A name, its base, and how many of the base it is, as a fraction.
type Row = (&'static str, Unit, i128, i128);

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

/// Symbols of every language, in the case that they have; longer ones before what they begin with.
const SYMBOLS: &[Row] = &[
    ("%", Percent, 1, 1),
    ("％", Percent, 1, 1),
    ("‰", Percent, 1, 10),
    ("pp", PercentagePoint, 1, 1),
    ("°C", CELSIUS, 1, 1),
    ("℃", CELSIUS, 1, 1),
    ("°", DEGREE, 1, 1),
    ("º", DEGREE, 1, 1),
    ("kWh", KWH, 1, 1),
    ("MWh", KWH, 1_000, 1),
    ("GWh", KWH, 1_000_000, 1),
    ("TWh", KWH, 1_000_000_000, 1),
    ("kW", KW, 1, 1),
    ("MW", KW, 1_000, 1),
    ("GW", KW, 1_000_000, 1),
    ("km²", MU, 1_500, 1),
    ("km2", MU, 1_500, 1),
    ("m²", MU, 3, 2_000),
    ("m2", MU, 3, 2_000),
    ("㎡", MU, 3, 2_000),
    ("m³", CUBIC, 1, 1),
    ("m3", CUBIC, 1, 1),
    ("kg", KG, 1, 1),
    ("km", M, 1_000, 1),
    ("cm", M, 1, 100),
    ("mm", M, 1, 1_000),
    ("ha", MU, 15, 1),
    ("min", MINUTE, 1, 1),
    ("mg", KG, 1, 1_000_000),
    ("g", KG, 1, 1_000),
    ("t", KG, 1_000, 1),
    ("m", M, 1, 1),
    ("h", MINUTE, 60, 1),
    ("€", EUR, 1, 1),
    ("₩", KRW, 1, 1),
    ("원", KRW, 1, 1),
    ("퍼센트", Percent, 1, 1),
    ("배", Times, 1, 1),
    ("개월", MONTH, 1, 1),
    ("년", MONTH, 12, 1),
    ("시간", MINUTE, 60, 1),
    ("분", MINUTE, 1, 1),
    ("일", MINUTE, 1_440, 1),
    ("킬로미터", M, 1_000, 1),
    ("킬로그램", KG, 1, 1),
    ("톤", KG, 1_000, 1),
    ("달러", USD, 1, 1),
    ("위안", CNY, 1, 1),
    ("유로", EUR, 1, 1),
    ("CNY", CNY, 1, 1),
    ("RMB", CNY, 1, 1),
    ("USD", USD, 1, 1),
    ("EUR", EUR, 1, 1),
    ("HKD", HKD, 1, 1),
    ("JPY", JPY, 1, 1),
    ("GBP", GBP, 1, 1),
];

/// English names, singular; longer ones before what they begin with.
const ENGLISH: &[Row] = &[
    ("percentage point", PercentagePoint, 1, 1),
    ("percent point", PercentagePoint, 1, 1),
    ("of a percentage point", PercentagePoint, 1, 1),
    ("a percentage point", PercentagePoint, 1, 1),
    ("basis point", PercentagePoint, 1, 100),
    ("per cent", Percent, 1, 1),
    ("percent", Percent, 1, 1),
    ("times", Times, 1, 1),
    ("fold", Times, 1, 1),
    ("second", MINUTE, 1, 60),
    ("minute", MINUTE, 1, 1),
    ("hour", MINUTE, 60, 1),
    ("day", MINUTE, 1_440, 1),
    ("week", MINUTE, 10_080, 1),
    ("an hour", MINUTE, 60, 1),
    ("a minute", MINUTE, 1, 1),
    ("a second", MINUTE, 1, 60),
    ("a day", MINUTE, 1_440, 1),
    ("a month", MONTH, 1, 1),
    ("a year", MONTH, 12, 1),
    ("an hectare", MU, 15, 1),
    ("a hectare", MU, 15, 1),
    ("a kilometre", M, 1_000, 1),
    ("a century", MONTH, 1_200, 1),
    ("month", MONTH, 1, 1),
    ("year", MONTH, 12, 1),
    ("decade", MONTH, 120, 1),
    ("century", MONTH, 1_200, 1),
    ("centurie", MONTH, 1_200, 1),
    ("kilogram", KG, 1, 1),
    ("kilogramme", KG, 1, 1),
    ("kilo", KG, 1, 1),
    ("gram", KG, 1, 1_000),
    ("gramme", KG, 1, 1_000),
    ("metric ton", KG, 1_000, 1),
    ("metric tonne", KG, 1_000, 1),
    ("tonne", KG, 1_000, 1),
    ("ton", KG, 1_000, 1),
    ("jin", KG, 1, 2),
    ("li", M, 500, 1),
    ("mu", MU, 1, 1),
    ("square kilometre", MU, 1_500, 1),
    ("square kilometer", MU, 1_500, 1),
    ("sq km", MU, 1_500, 1),
    ("square metre", MU, 3, 2_000),
    ("square meter", MU, 3, 2_000),
    ("sq m", MU, 3, 2_000),
    ("hectare", MU, 15, 1),
    ("cubic metre", CUBIC, 1, 1),
    ("cubic meter", CUBIC, 1, 1),
    ("litre", CUBIC, 1, 1_000),
    ("liter", CUBIC, 1, 1_000),
    ("kilometre", M, 1_000, 1),
    ("kilometer", M, 1_000, 1),
    ("centimetre", M, 1, 100),
    ("centimeter", M, 1, 100),
    ("millimetre", M, 1, 1_000),
    ("millimeter", M, 1, 1_000),
    ("metre", M, 1, 1),
    ("meter", M, 1, 1),
    ("mile", M, 1_609_344, 1_000),
    ("feet", M, 3_048, 10_000),
    ("foot", M, 3_048, 10_000),
    ("kilowatt hour", KWH, 1, 1),
    ("megawatt hour", KWH, 1_000, 1),
    ("gigawatt hour", KWH, 1_000_000, 1),
    ("kilowatt", KW, 1, 1),
    ("megawatt", KW, 1_000, 1),
    ("gigawatt", KW, 1_000_000, 1),
    ("degrees Celsius", CELSIUS, 1, 1),
    ("degree Celsius", CELSIUS, 1, 1),
    ("degree", DEGREE, 1, 1),
    ("yuan", CNY, 1, 1),
    ("renminbi", CNY, 1, 1),
    ("rmb", CNY, 1, 1),
    ("US dollar", USD, 1, 1),
    ("U.S. dollar", USD, 1, 1),
    ("Hong Kong dollar", HKD, 1, 1),
    ("dollar", USD, 1, 1),
    ("euro", EUR, 1, 1),
    ("yen", JPY, 1, 1),
    ("pounds sterling", GBP, 1, 1),
    ("pound sterling", GBP, 1, 1),
    ("British pound", GBP, 1, 1),
    ("New Taiwan dollar", TWD, 1, 1),
    ("Korean won", KRW, 1, 1),
];

/// Chinese and Japanese names, longer ones before what they begin with.
const HAN: &[Row] = &[
    ("个百分点", PercentagePoint, 1, 1),
    ("個百分點", PercentagePoint, 1, 1),
    ("百分点", PercentagePoint, 1, 1),
    ("百分點", PercentagePoint, 1, 1),
    ("个基点", PercentagePoint, 1, 100),
    ("個基點", PercentagePoint, 1, 100),
    ("基点", PercentagePoint, 1, 100),
    ("ポイント", PercentagePoint, 1, 1),
    ("パーセント", Percent, 1, 1),
    ("倍", Times, 1, 1),
    ("分钟", MINUTE, 1, 1),
    ("分鐘", MINUTE, 1, 1),
    ("分間", MINUTE, 1, 1),
    ("个小时", MINUTE, 60, 1),
    ("個小時", MINUTE, 60, 1),
    ("小时", MINUTE, 60, 1),
    ("小時", MINUTE, 60, 1),
    ("時間", MINUTE, 60, 1),
    ("个钟头", MINUTE, 60, 1),
    ("钟头", MINUTE, 60, 1),
    ("秒钟", MINUTE, 1, 60),
    ("秒鐘", MINUTE, 1, 60),
    ("秒", MINUTE, 1, 60),
    ("天", MINUTE, 1_440, 1),
    ("日", MINUTE, 1_440, 1),
    ("个星期", MINUTE, 10_080, 1),
    ("個星期", MINUTE, 10_080, 1),
    ("星期", MINUTE, 10_080, 1),
    ("周年", MONTH, 12, 1),
    ("週年", MONTH, 12, 1),
    ("周岁", Unit::Count, 1, 1),
    ("周", MINUTE, 10_080, 1),
    ("週", MINUTE, 10_080, 1),
    ("个月", MONTH, 1, 1),
    ("個月", MONTH, 1, 1),
    ("か月", MONTH, 1, 1),
    ("ヶ月", MONTH, 1, 1),
    ("カ月", MONTH, 1, 1),
    ("年", MONTH, 12, 1),
    ("个世纪", MONTH, 1_200, 1),
    ("個世紀", MONTH, 1_200, 1),
    ("公斤", KG, 1, 1),
    ("千克", KG, 1, 1),
    ("毫克", KG, 1, 1_000_000),
    ("克", KG, 1, 1_000),
    ("公吨", KG, 1_000, 1),
    ("公噸", KG, 1_000, 1),
    ("吨", KG, 1_000, 1),
    ("噸", KG, 1_000, 1),
    ("トン", KG, 1_000, 1),
    ("市斤", KG, 1, 2),
    ("斤", KG, 1, 2),
    ("平方公里", MU, 1_500, 1),
    ("平方千米", MU, 1_500, 1),
    ("平方米", MU, 3, 2_000),
    ("平方公尺", MU, 3, 2_000),
    ("平米", MU, 3, 2_000),
    ("公顷", MU, 15, 1),
    ("公頃", MU, 15, 1),
    ("亩", MU, 1, 1),
    ("畝", MU, 1, 1),
    ("立方米", CUBIC, 1, 1),
    ("立方公尺", CUBIC, 1, 1),
    ("升", CUBIC, 1, 1_000),
    ("公里", M, 1_000, 1),
    ("千米", M, 1_000, 1),
    ("华里", M, 500, 1),
    ("市里", M, 500, 1),
    ("里", M, 500, 1),
    ("厘米", M, 1, 100),
    ("公分", M, 1, 100),
    ("毫米", M, 1, 1_000),
    ("英里", M, 1_609_344, 1_000),
    ("公尺", M, 1, 1),
    ("米", M, 1, 1),
    ("メートル", M, 1, 1),
    ("キロ", M, 1_000, 1),
    ("千瓦时", KWH, 1, 1),
    ("千瓦時", KWH, 1, 1),
    ("瓦时", KWH, 1, 1_000),
    ("度电", KWH, 1, 1),
    ("度電", KWH, 1, 1),
    ("千瓦", KW, 1, 1),
    ("兆瓦", KW, 1_000, 1),
    ("吉瓦", KW, 1_000_000, 1),
    ("摄氏度", CELSIUS, 1, 1),
    ("攝氏度", CELSIUS, 1, 1),
    ("度", DEGREE, 1, 1),
    ("元人民币", CNY, 1, 1),
    ("元人民幣", CNY, 1, 1),
    ("人民币", CNY, 1, 1),
    ("人民幣", CNY, 1, 1),
    ("元", CNY, 1, 1),
    ("圆", CNY, 1, 1),
    ("块钱", CNY, 1, 1),
    ("塊錢", CNY, 1, 1),
    ("美元", USD, 1, 1),
    ("美金", USD, 1, 1),
    ("ドル", USD, 1, 1),
    ("欧元", EUR, 1, 1),
    ("歐元", EUR, 1, 1),
    ("ユーロ", EUR, 1, 1),
    ("港元", HKD, 1, 1),
    ("港币", HKD, 1, 1),
    ("港幣", HKD, 1, 1),
    ("日元", JPY, 1, 1),
    ("日圆", JPY, 1, 1),
    ("日圓", JPY, 1, 1),
    ("円", JPY, 1, 1),
    ("英镑", GBP, 1, 1),
    ("英鎊", GBP, 1, 1),
    ("韩元", KRW, 1, 1),
    ("韓元", KRW, 1, 1),
    ("新台币", TWD, 1, 1),
    ("新台幣", TWD, 1, 1),
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
    /// The unit behind a number: the unit, what one is in its base, and where it ends.
    pub(super) fn unit(&self, at: usize) -> Option<(Unit, Exact, usize)> {
        let exact = |row: &Row, end: usize| Some((row.1, Exact::new(row.2, row.3)?, end));
        let spaced = self.space(at).unwrap_or(at);
        let symbol = |at: usize| {
            SYMBOLS.iter().find_map(|row| {
                let end = self.starts(at, row.0)?;
                let open = self.next(end).is_some_and(|c| super::text::is_letter(c) || c.is_ascii_digit());
                (!open || !row.0.ends_with(char::is_alphanumeric)).then_some((row, end))
            })
        };
        // `5 m` may be metres; `5 t` and `10 h` too. A word goes first: `5 metres`.
        if self.english || self.han {
            let gap = self.gap(at).unwrap_or(at);
            let found = ENGLISH.iter().find_map(|row| Some((row, self.plural(gap, row.0)?)));
            if let Some((row, end)) = found.filter(|(row, _)| gap > at || row.0 == "fold" || row.0 == "yuan")
            {
                return exact(row, end);
            }
        }
        if let Some((row, end)) = symbol(at).or_else(|| symbol(spaced)) {
            return exact(row, end);
        }
        let (row, end) = HAN
            .iter()
            .filter(|_| self.next(spaced).is_some_and(|c| !c.is_ascii()))
            .find_map(|row| Some((row, self.starts(spaced, row.0)?)))?;
        let word = match row.0 {
            "里" => self.any(end, &['面', '程', '头', '斯', '约', '外']).is_some(),
            "天" => self.any(end, &['然', '府', '津', '空', '下']).is_some(),
            "周" => self.any(end, &['边', '围', '刊', '末', '期']).is_some(),
            "年" => self.any(end, &['级', '級', '代', '轻']).is_some(),
            "升" => self.any(end, &['级', '至', '到']).is_some(),
            "元" => self.any(end, &['旦', '宵', '件', '素', '年']).is_some(),
            "度" => self.any(end, &['假', '过']).is_some(),
            "日" => self.any(end, &['本', '报', '均']).is_some(),
            "克" | "米" => self.any(end, &['服', '拉', '兰']).is_some(),
            _ => false,
        };
        (!word).then(|| exact(row, end))?
    }

    /// The currency before a number, and where the number begins.
    pub(super) fn money_before(&self, at: usize) -> Option<(Unit, usize)> {
        if let Some(end) = self.any(at, &['¥', '￥']) {
            return Some((if self.japanese { JPY } else { CNY }, self.space(end)?));
        }
        let (end, code) = BEFORE.iter().find_map(|(name, code)| Some((self.starts(at, name)?, *code)))?;
        Some((Money(code), self.space(end)?))
    }

    /// The place behind a measure word.
    pub(super) fn classifier(&self, at: usize) -> Option<usize> {
        self.first_of(at, CLASSIFIERS)
    }

    /// Whether what is counted is also the end of many words: 两省一市, 三大.
    pub(super) fn is_loose(&self, at: usize) -> bool {
        self.any(at, &['大', '者', '省', '市', '县', '區', '区', '国', '國', '城', '方']).is_some()
    }

    /// Whether 一 and what follows are a word: 一路, 一起.
    pub(super) fn is_idiom(&self, at: usize) -> bool {
        self.first_of(at, IDIOMS).is_some()
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
    let named = |row: &&Row| row.0.replace(' ', "-") == name;
    let row = SYMBOLS.iter().chain(ENGLISH).find(named);
    row.and_then(|row| Some((row.1, Exact::new(row.2, row.3)?))).unwrap_or((Unit::Count, one))
}
