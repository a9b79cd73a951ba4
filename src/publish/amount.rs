//! Amounts as people read them: bytes, and the first few of many paths.
//!
//! Owns their form in messages, plans and progress alike.

/// Bytes in the unit that suits them, by thousands: `830 B`, `4.2 kB`, `1.3 GB`.
pub fn bytes(count: u64) -> String {
    if count < 1_000 {
        return format!("{count} B");
    }
    let units = ["kB", "MB", "GB", "TB", "PB", "EB"];
    let mut amount = count as f64 / 1_000.0;
    let mut unit = units[0];
    for larger in &units[1..] {
        // What would be rounded to a thousand is one of the next.
        if amount < 999.5 {
            break;
        }
        amount /= 1_000.0;
        unit = larger;
    }
    if amount < 99.95 { format!("{amount:.1} {unit}") } else { format!("{amount:.0} {unit}") }
}

/// The first three of some names, and a sign that there are more.
pub(super) fn first<'n>(names: impl IntoIterator<Item = &'n str>) -> String {
    let mut names = names.into_iter();
    let mut said: Vec<&str> = names.by_ref().take(3).collect();
    said.extend(names.next().map(|_| "…"));
    said.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_are_said_in_the_unit_that_suits_them() {
        for (count, expected) in [
            (0, "0 B"),
            (999, "999 B"),
            (1_000, "1.0 kB"),
            (99_949, "99.9 kB"),
            (99_950, "100 kB"),
            (999_499, "999 kB"),
            (999_500, "1.0 MB"),
            (104_857_600, "105 MB"),
            (u64::MAX, "18.4 EB"),
        ] {
            assert_eq!(bytes(count), expected);
        }
    }

    #[test]
    fn many_names_are_cut_short() {
        assert_eq!(first(["a", "b", "c"]), "a, b, c");
        assert_eq!(first(["a", "b", "c", "d", "e"]), "a, b, c, …");
    }
}
