//! Texts that no writer writes: the reader neither panics nor slows down, and its ranges are sound.
//!
//! Owns random mixes and long runs.

use crate::quantity::read;

/// A sequence of numbers that is the same in every run.
fn random(state: &mut u64) -> usize {
    *state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
    usize::try_from(*state >> 33).unwrap()
}

const PIECES: &[&str] = &[
    "1",
    "22",
    "0",
    "007",
    "2023",
    "3.5",
    "4,248",
    "1.2.3",
    "９",
    "〇",
    "一",
    "二",
    "三",
    "五",
    "十",
    "百",
    "千",
    "万",
    "亿",
    "兆",
    "廿",
    "两",
    "半",
    "点",
    "零",
    "多",
    "余",
    "几",
    "第",
    "成",
    "倍",
    "年",
    "月",
    "日",
    "时",
    "分",
    "分之",
    "百分之",
    "个",
    "个半",
    "号",
    "世纪",
    "年代",
    "又",
    "翻",
    "番",
    "前",
    "季度",
    "上半年",
    "下午",
    "至",
    "到",
    "—",
    "–",
    "-",
    "~",
    "超过",
    "近",
    "约",
    "以上",
    " ",
    " ",
    " ",
    "\n",
    "\n\n",
    "\u{202f}",
    "one",
    "two",
    "seven",
    "twenty",
    "hundred",
    "thousand",
    "million",
    "trillion",
    "and",
    "a",
    "half",
    "third",
    "thirds",
    "first",
    "second",
    "quarter",
    "of",
    "to",
    "or",
    "between",
    "point",
    "dozen",
    "No.",
    "May",
    "December",
    "26th",
    "pm",
    "%",
    "‰",
    "$",
    "US$",
    "¥",
    "€",
    "RMB",
    "°C",
    "km",
    "kg",
    "per cent",
    "yuan",
    "months",
    "over",
    "more than",
    "+",
    "/",
    ":",
    ".",
    ",",
    "，",
    "。",
    "½",
    "−",
    "https://",
    "G20",
    "만",
    "억",
    "조",
    "년",
    "월",
    "é",
    "🙂",
    "\u{10ffff}",
    "\u{0301}",
    "陆",
    "佰",
    "元",
    "人民币",
    "99999999999999999999",
    "minus",
    "负",
    "零下",
];

#[test]
fn random_texts_are_read_soundly() {
    let mut state = 7;
    for n in 0..20_000 {
        let length = random(&mut state) % 12 + 1;
        let text: String = (0..length).map(|_| PIECES[random(&mut state) % PIECES.len()]).collect();
        let language = ["en", "zh", "zh-Hant", "ja", "ko", "de"][n % 6];
        let mut last = 0;
        for reading in read(&text, language) {
            let range = reading.range;
            assert!(range.start >= last && range.end > range.start, "{text:?}: {range:?}");
            assert!(text.get(range.clone()).is_some(), "{text:?}: {range:?}");
            assert_eq!(text[range.clone()].trim(), &text[range.clone()], "{text:?}");
            last = range.end;
        }
    }
}

#[test]
fn long_texts_take_no_longer_than_their_length() {
    let pieces = [
        "1",
        "一",
        "百",
        "一百",
        "1,",
        "1,000,",
        "1.",
        "1-",
        "1+",
        "1/",
        "1 to ",
        "1 万 ",
        "a ",
        "and ",
        "one ",
        "hundred ",
        "a hundred and ",
        "twenty-",
        "万",
        "亿",
        "半",
        "第",
        "百分之",
        "三分之",
        "1年",
        "1月至",
        "零",
        "〇",
        " ",
        "\n",
        "-",
        "a",
        "A1",
        "A-1",
        "$",
        "½",
        "1多",
        "http://",
        "www.",
        "1:00",
        "三至",
        "点",
        "1点",
        "January ",
        "January 1 ",
        "May",
        "负",
        "minus ",
        "至",
        "上午",
        "no. ",
        "the first ",
        "1st ",
        "又",
        "1又",
        "一又",
        "翻",
        "between ",
        "超过",
        "超过 ",
        "over ",
        "1 or ",
        "three point one ",
        "half ",
        "half a ",
        "前",
        "三成",
        "成",
        "号",
        "1억 ",
        "만",
        "٣",
        "½½",
        "１",
    ];
    for piece in pieces {
        for language in ["en", "zh-Hant", "ko", "de"] {
            let text = piece.repeat(10_000 / piece.len());
            let readings = read(&text, language);
            assert!(readings.len() <= text.len());
        }
    }
    // Quadratic work on a megabyte would take hours, not seconds.
    for piece in ["1", "一", ",", "一百"] {
        let text = piece.repeat((1 << 20) / piece.len());
        read(&text, "zh");
        read(&text, "en");
    }
}

/// `cargo test --lib print_the_readings -- --ignored --nocapture` shows what the site's texts state.
#[test]
#[ignore = "prints for the eye"]
#[allow(clippy::print_stdout)]
fn print_the_readings() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("content");
    let mut folders = vec![root];
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let language = if file.to_str().unwrap().ends_with(".zh.md") { "zh" } else { "en" };
        println!("== {}", file.display());
        for reading in read(&text, language) {
            let context = text[..reading.range.start].chars().rev().take(12).collect::<Vec<_>>();
            let before: String = context.into_iter().rev().collect();
            let after: String = text[reading.range.end..].chars().take(12).collect();
            println!("{before}⟦{}⟧{after}   {}", &text[reading.range.clone()], super::written(&reading));
        }
    }
}
