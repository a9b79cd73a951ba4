//! Numbers in the words of messages, and what a slip between two of them is called.
//!
//! Messages are in English and in plain digits, so that 亿 and billion can be compared.

use super::{Bound, Date, Exact, Reading, Unit};

impl Reading {
    /// What was read, for the reader of a message.
    pub fn told(&self) -> String {
        told(self.value, self.to, self.unit, self.bound)
    }
}

/// A value with its unit and its bound, for the reader of a message.
pub fn told(value: Exact, to: Option<Exact>, unit: Unit, bound: Option<Bound>) -> String {
    let bound = match bound {
        Some(Bound::Over) => "more than ",
        Some(Bound::Under) => "less than ",
        Some(Bound::About) => "about ",
        None => "",
    };
    let number = match to {
        Some(to) => format!("{bound}{} to {}", shown(value), shown(to)),
        None => format!("{bound}{}", shown(value)),
    };
    match unit {
        Unit::Count | Unit::Fraction => number,
        Unit::Times => format!("{number} times"),
        Unit::Ordinal => format!("number {number} in a row"),
        Unit::Percent => format!("{number} per cent"),
        Unit::PercentagePoint => format!("{number} percentage points"),
        Unit::Money(name) | Unit::Measure(name) => format!("{number} {name}"),
        Unit::Date(dates) if dates.from == dates.to => date(dates.from),
        Unit::Date(dates) => format!("{} to {}", date(dates.from), date(dates.to)),
        Unit::Time => match value.to_integer() {
            Some(minutes) => format!("{}:{:02}", minutes / 60, minutes % 60),
            None => number,
        },
    }
}

/// As ISO 8601 writes it; what is not known is left open.
fn date(date: Date) -> String {
    let year = date.year.map_or_else(|| "…".to_owned(), |year| year.to_string());
    match (date.month, date.day) {
        (Some(month), Some(day)) => format!("{year}-{month:02}-{day:02}"),
        (Some(month), None) => format!("{year}-{month:02}"),
        (None, Some(day)) => format!("{year}-…-{day:02}"),
        (None, None) => year,
    }
}

/// The right digits at the wrong power of ten: by how many powers one number is more than another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slip(i32);

impl Slip {
    /// The slip from `right` to `wrong`, if powers of ten are all that they differ in.
    pub fn of(wrong: Exact, right: Exact) -> Option<Self> {
        let power = |n: u32| Some(Exact::whole(10_i128.checked_pow(n)?));
        let more = |a: Exact, b: Exact| (1..=12).find(|&n| power(n).is_some() && power(n) == a.over(b));
        let up = more(wrong, right).map(|n| n as i32);
        up.or_else(|| more(right, wrong).map(|n| -(n as i32))).map(Self)
    }

    /// What it is called.
    pub fn name(self) -> String {
        let fold = match self.0.unsigned_abs() {
            1 => "tenfold",
            2 => "hundredfold",
            3 => "thousandfold",
            4 => "ten-thousandfold",
            5 => "hundred-thousandfold",
            6 => "millionfold",
            8 => "hundred-millionfold",
            n => return format!("a slip of {n} decimal places"),
        };
        format!("a {fold} slip")
    }

    /// How large the wrong number is beside the right one.
    pub fn part(self) -> String {
        let times = grouped(10_i128.pow(self.0.unsigned_abs().min(12)));
        if self.0 > 0 { format!("{times} times") } else { format!("1/{times} of") }
    }

    /// What to look at first.
    pub fn help(self) -> &'static str {
        match self.0.unsigned_abs() {
            1 => "move the decimal point: 1 billion is 10亿, and 1 million is 100万",
            3 => "a million is 1000 thousand, a billion 1000 million",
            4 => "万 is ten thousand, 亿 is a hundred million",
            _ => "count the zeros: 万 is 4 of them, a million 6, 亿 8, a billion 9, a trillion or 万亿 12",
        }
    }
}

/// Digits in groups of three.
fn grouped(n: i128) -> String {
    let digits = n.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, c) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(c);
    }
    out
}

/// A value with its digits in groups, as far as it is a whole number.
fn shown(value: Exact) -> String {
    let text = value.to_string();
    match text.parse::<i128>() {
        Ok(n) if n >= 10_000 => grouped(n),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slips_are_named_by_their_size() {
        let whole = Exact::whole;
        let slip = |wrong, right| Slip::of(wrong, right).map(|slip| (slip.name(), slip.part()));
        let named = |name: &str, part: &str| Some((name.to_owned(), part.to_owned()));
        assert_eq!(slip(whole(37_097_000_000), whole(370_970_000_000)), named("a tenfold slip", "1/10 of"));
        assert_eq!(slip(whole(150_000_000), whole(15_000)), named("a ten-thousandfold slip", "10,000 times"));
        assert_eq!(slip(Exact::new(1, 2).unwrap(), whole(5)), named("a tenfold slip", "1/10 of"));
        assert_eq!(slip(whole(10_000_000), whole(1)).unwrap().0, "a slip of 7 decimal places");
        for (wrong, right) in [(7, 7), (7, 0), (0, 7), (20, 3)] {
            assert_eq!(slip(whole(wrong), whole(right)), None);
        }
    }

    #[test]
    fn numbers_are_told_in_plain_digits() {
        let told = |text: &str, language: &str| super::super::read(text, language)[0].told();
        for (text, language, expected) in [
            ("3709.7亿元", "zh", "370,970,000,000 CNY"),
            ("over 15 million cases", "en", "more than 15,000,000"),
            ("4248列", "zh", "4248"),
            ("三成", "zh", "30 per cent"),
            ("第七次", "zh", "number 7 in a row"),
            ("3 to 5 kilometres", "en", "3000 to 5000 m"),
            ("2023年12月", "zh", "2023-12"),
            ("10:05", "en", "10:05"),
        ] {
            assert_eq!(told(text, language), expected, "{text}");
        }
    }
}
