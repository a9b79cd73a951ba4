//! Scales: where a value stands, and the round numbers beside it.

use crate::base::Decimal;

/// From values to places, in per cent or em.
#[derive(Clone, Copy, Debug)]
pub(super) struct Scale {
    from: f64,
    to: f64,
    start: f64,
    end: f64,
}

impl Scale {
    /// Values from `from` to `to` between two places.
    pub(super) fn new((from, to): (f64, f64), (start, end): (f64, f64)) -> Self {
        // Where all values are zero, they stand at the start.
        let to = if to > from { to } else { from + 1.0 };
        Self { from, to, start, end }
    }

    /// The place of a value, within the scale.
    pub(super) fn at(self, value: f64) -> f64 {
        let part = ((value - self.from) / (self.to - self.from)).clamp(0.0, 1.0);
        self.start + part * (self.end - self.start)
    }
}

/// The span of some values that begins at zero, or ends there.
pub(super) fn from_zero(values: impl Iterator<Item = f64>) -> (f64, f64) {
    values.fold((0.0, 0.0), |(low, high), value| (value.min(low), value.max(high)))
}

/// The span of values whose differences count: zero is in it unless it is far off.
pub(super) fn around(values: impl Iterator<Item = f64> + Clone) -> (f64, f64) {
    let low = values.clone().fold(f64::INFINITY, f64::min);
    let high = values.clone().fold(f64::NEG_INFINITY, f64::max);
    let far = low < high && (low > 0.0 || high < 0.0) && (high - low) < 0.5 * low.abs().max(high.abs());
    if far { (low, high) } else { from_zero(values) }
}

/// Round numbers, exactly, that enclose a span: steps of 1, 2 or 5 times a power of ten, at most
/// `most` of them.
pub(super) fn ticks((low, high): (f64, f64), most: usize) -> Vec<(f64, Decimal)> {
    let high = if high > low { high } else { low + 1.0 };
    let mut power = ((high - low) / most as f64).log10().floor() as i32;
    loop {
        for factor in [1, 2, 5] {
            let step = f64::from(factor) * 10_f64.powi(power);
            // A hair's breadth, because a step such as 0.1 has no exact float.
            let (first, last) = ((low / step + 1e-9).floor() as i128, (high / step - 1e-9).ceil() as i128);
            if last - first < most as i128 {
                let tick = |count: i128| (count as f64 * step, decimal(count * i128::from(factor), power));
                return (first..=last).map(tick).collect();
            }
        }
        power += 1;
    }
}

/// A whole number times a power of ten.
fn decimal(digits: i128, power: i32) -> Decimal {
    let sign = if digits < 0 { "-" } else { "" };
    let text = match usize::try_from(power) {
        _ if digits == 0 => "0".to_owned(),
        Ok(zeros) => format!("{sign}{}{}", digits.unsigned_abs(), "0".repeat(zeros)),
        Err(_) => {
            let places = power.unsigned_abs() as usize;
            let text = format!("{:0>width$}", digits.unsigned_abs(), width = places + 1);
            let (whole, fraction) = text.split_at(text.len() - places);
            match fraction.trim_end_matches('0') {
                "" => format!("{sign}{whole}"),
                fraction => format!("{sign}{whole}.{fraction}"),
            }
        }
    };
    Decimal::parse(&text).unwrap_or_else(|_| Decimal::zero())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ticks_are_round_and_enclose_the_values() {
        for (span, most, expected) in [
            ((0.0, 10.0), 6, "0 2 4 6 8 10"),
            ((0.0, 5.9e12), 5, "0 2000000000000 4000000000000 6000000000000"),
            ((85.3, 89.7), 5, "84 86 88 90"),
            ((-3.5, 2.0), 5, "-4 -2 0 2"),
            ((0.0, 0.3), 5, "0 0.1 0.2 0.3"),
            ((0.0, 0.0), 5, "0 0.5 1"),
            ((0.0, 1e-20), 3, "0 0.000000000000000000005 0.00000000000000000001"),
            (
                (0.0, 9e58),
                3,
                "0 50000000000000000000000000000000000000000000000000000000000 \
              100000000000000000000000000000000000000000000000000000000000",
            ),
        ] {
            let ticks = ticks(span, most);
            let texts: Vec<&str> = ticks.iter().map(|(_, text)| text.as_str()).collect();
            assert_eq!(texts.join(" "), expected, "{span:?}");
            assert!(ticks.len() <= most);
        }
    }

    #[test]
    fn zero_is_shown_unless_it_is_far() {
        assert_eq!(around([85.3, 89.7].into_iter()), (85.3, 89.7));
        assert_eq!(around([10.0, 89.7].into_iter()), (0.0, 89.7));
        assert_eq!(around([-5.0, 3.0].into_iter()), (-5.0, 3.0));
        assert_eq!(around([7.0].into_iter()), (0.0, 7.0));
    }
}
