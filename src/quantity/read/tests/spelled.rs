//! Whole numbers spelled out by rule and read back, in English and in Chinese.
//!
//! Owns a speller for each script, which knows nothing of the reader.

use crate::quantity::{Exact, Unit, read};

fn english(n: u64) -> String {
    const ONES: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    let at = |n: u64| usize::try_from(n).unwrap();
    let (scale, name) = match n {
        0..20 => return ONES[at(n)].to_owned(),
        20..100 if n.is_multiple_of(10) => return TENS[at(n / 10 - 2)].to_owned(),
        20..100 => return format!("{}-{}", TENS[at(n / 10 - 2)], ONES[at(n % 10)]),
        100..1_000 => (100, "hundred"),
        1_000..1_000_000 => (1_000, "thousand"),
        1_000_000..1_000_000_000 => (1_000_000, "million"),
        1_000_000_000..1_000_000_000_000 => (1_000_000_000, "billion"),
        _ => (1_000_000_000_000, "trillion"),
    };
    let (head, rest) = (n / scale, n % scale);
    match rest {
        0 => format!("{} {name}", english(head)),
        1..100 => format!("{} {name} and {}", english(head), english(rest)),
        _ => format!("{} {name} {}", english(head), english(rest)),
    }
}

fn chinese(n: u64) -> String {
    const DIGITS: [&str; 10] = ["零", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (scale, name) = match n {
        0..10 => return DIGITS[usize::try_from(n).unwrap()].to_owned(),
        10..100 => (10, "十"),
        100..1_000 => (100, "百"),
        1_000..10_000 => (1_000, "千"),
        10_000..100_000_000 => (10_000, "万"),
        _ => (100_000_000, "亿"),
    };
    let (head, rest) = (n / scale, n % scale);
    // 零 stands where places are passed over.
    let gap = if rest > 0 && rest < scale / 10 { "零" } else { "" };
    let tail = if rest > 0 { chinese(rest) } else { String::new() };
    // 十 within a number is 一十.
    format!("{}{name}{gap}{tail}", chinese(head))
}

#[test]
fn what_is_spelled_out_is_read_back() {
    let mut state = 11_u64;
    let mut random = |most: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 16) % most
    };
    let mut numbers: Vec<u64> = (1..1_200).collect();
    for most in [10_000, 1_000_000, 1_000_000_000, 900_000_000_000_000] {
        numbers.extend((0..500).map(|_| random(most) + 1));
        // Round ones have gaps, which is where spelling is hard.
        numbers.extend((0..200).map(|_| (random(most) / 1_000 + 1) * 1_000 + random(20)));
    }
    for n in numbers {
        for (text, language) in
            [(format!("{} kilograms", english(n)), "en"), (format!("{}公斤", chinese(n)), "zh")]
        {
            let readings = read(&text, language);
            assert_eq!(readings.len(), 1, "{n}: {text}: {readings:?}");
            assert_eq!(readings[0].value, Exact::whole(n.into()), "{text}");
            assert_eq!(readings[0].range, 0..text.len(), "{text}");
            assert_eq!(readings[0].unit, Unit::Measure("kg"), "{text}");
        }
    }
}

/// A decimal with a scale, as a figure is written in each language.
#[test]
fn what_is_written_with_a_scale_is_read_back() {
    for (name, power) in [
        ("", 1_i128),
        (" thousand", 1_000),
        (" million", 1_000_000),
        (" billion", 1_000_000_000),
        (" trillion", 1_000_000_000_000),
    ] {
        for (han, other) in [("", 1_i128), ("万", 10_000), ("亿", 100_000_000), ("万亿", 1_000_000_000_000)]
        {
            for hundredths in (1..4_000).step_by(37) {
                let digits = format!("{}.{:02}", hundredths / 100, hundredths % 100);
                let value = |power| Exact::new(hundredths * power, 100).unwrap();
                let [e] = &read(&format!("over {digits}{name} yuan"), "en")[..] else {
                    panic!("{digits}{name}")
                };
                let [c] = &read(&format!("超过{digits}{han}元"), "zh")[..] else {
                    panic!("{digits}{han}")
                };
                assert_eq!((e.value, c.value), (value(power), value(other)), "{digits}{name}, {digits}{han}");
                assert_eq!((e.unit, c.unit, e.bound), (Unit::Money("CNY"), Unit::Money("CNY"), c.bound));
            }
        }
    }
}
