//! Slips between writing systems of numbers: the right digits at the wrong power of ten.
//!
//! Owns the names of slips and what usually causes them.

use crate::quantity::Exact;

/// By how many powers of ten `a` is more than `b`, if that is all they differ in.
pub(super) fn powers(a: Exact, b: Exact) -> Option<i32> {
    let ratio = a.over(b)?;
    let power = |n: u32| Some(Exact::whole(10_i128.checked_pow(n)?));
    let more = (1..=12).find(|&n| power(n) == Some(ratio));
    let less = || (1..=12).find(|&n| power(n) == b.over(a));
    more.map(|n| n as i32).or_else(|| less().map(|n| -(n as i32)))
}

/// What such a slip is called.
pub(super) fn name(powers: i32) -> String {
    let fold = match powers.unsigned_abs() {
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

/// How large the wrong one is beside the right one.
pub(super) fn part(powers: i32) -> String {
    let times = 10_i128.pow(powers.unsigned_abs().min(12));
    if powers > 0 { format!("{} times", grouped(times)) } else { format!("1/{} of", grouped(times)) }
}

/// What to look at first.
pub(super) fn help(powers: i32) -> &'static str {
    match powers.unsigned_abs() {
        1 => "move the decimal point: 1 billion is 10亿, and 1 million is 100万",
        3 => "a million is 1000 thousand, a billion 1000 million",
        4 => "万 is ten thousand, 亿 is a hundred million",
        _ => "count the zeros: 万 is 4 of them, a million 6, 亿 8, a billion 9, a trillion or 万亿 12",
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
pub(super) fn shown(value: Exact) -> String {
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
        assert_eq!(powers(whole(37_097_000_000), whole(370_970_000_000)), Some(-1));
        assert_eq!(powers(whole(150_000_000), whole(15_000)), Some(4));
        assert_eq!(powers(Exact::new(1, 2).unwrap(), whole(5)), Some(-1));
        assert_eq!(powers(whole(7), whole(7)), None);
        assert_eq!(powers(whole(7), whole(0)), None);
        assert_eq!(powers(whole(20), whole(3)), None);
        assert_eq!((name(-1), part(-1)), ("a tenfold slip".to_owned(), "1/10 of".to_owned()));
        assert_eq!((name(4), part(4)), ("a ten-thousandfold slip".to_owned(), "10,000 times".to_owned()));
        assert_eq!(name(7), "a slip of 7 decimal places");
        assert_eq!(shown(whole(370_970_000_000)), "370,970,000,000");
        assert_eq!(shown(whole(4248)), "4248");
    }
}
