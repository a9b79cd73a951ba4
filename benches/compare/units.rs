//! How numbers are written in table and chart.

/// 0.084: “84 ms”; 12.3: “12.3 s”. Up to three digits: more would be noise.
pub(crate) fn seconds(seconds: f64) -> String {
    match seconds {
        s if s < 0.0095 => format!("{:.1} ms", s * 1000.0),
        s if s < 0.9995 => format!("{:.0} ms", s * 1000.0),
        s if s < 9.995 => format!("{s:.2} s"),
        s if s < 99.95 => format!("{s:.1} s"),
        s => format!("{s:.0} s"),
    }
}

/// How many times as much: “1.62 ×”, “16.2 ×”.
pub(crate) fn times(ratio: f64) -> String {
    if ratio < 9.995 { format!("{ratio:.2} ×") } else { format!("{ratio:.1} ×") }
}

/// Megabytes of a million bytes.
pub(crate) fn megabytes(megabytes: f64) -> String {
    if megabytes < 9.95 { format!("{megabytes:.1} MB") } else { format!("{} MB", whole(megabytes as usize)) }
}

/// A whole number with commas: “100,000”.
pub(crate) fn whole(number: usize) -> String {
    let digits = number.to_string();
    let mut written = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            written.push(',');
        }
        written.push(digit);
    }
    written
}
