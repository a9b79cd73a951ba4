//! Exact numbers: a fraction in lowest terms.

use std::fmt;

use crate::base::Decimal;

/// An exact rational number. A decimal of more than 38 digits is beyond it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Exact {
    numerator: i128,
    /// Never zero or negative.
    denominator: i128,
}

impl Exact {
    /// A fraction; `None` for a denominator of 0.
    pub fn new(numerator: i128, denominator: i128) -> Option<Self> {
        let divisor = i128::try_from(gcd(numerator.unsigned_abs(), denominator.unsigned_abs())).ok()?;
        let sign = denominator.signum();
        Some(Self {
            numerator: numerator.checked_div(divisor)?.checked_mul(sign)?,
            denominator: denominator.checked_div(divisor)?.checked_mul(sign).filter(|d| *d > 0)?,
        })
    }

    /// A whole number.
    pub fn whole(value: i128) -> Self {
        Self { numerator: value, denominator: 1 }
    }

    /// A decimal as it is written; `None` beyond 38 digits.
    pub fn of(decimal: &Decimal) -> Option<Self> {
        let text = decimal.as_str();
        match text.split_once('.') {
            None => text.parse().ok().map(Self::whole),
            Some((whole, fraction)) => {
                let power = 10_i128.checked_pow(u32::try_from(fraction.len()).ok()?)?;
                Self::new(format!("{whole}{fraction}").parse().ok()?, power)
            }
        }
    }

    /// The number, if it is whole.
    pub fn to_integer(self) -> Option<i128> {
        (self.denominator == 1).then_some(self.numerator)
    }

    /// The sum, if it can be held.
    pub fn plus(self, other: Self) -> Option<Self> {
        let left = self.numerator.checked_mul(other.denominator)?;
        let right = other.numerator.checked_mul(self.denominator)?;
        Self::new(left.checked_add(right)?, self.denominator.checked_mul(other.denominator)?)
    }

    /// The product, if it can be held.
    pub fn times(self, other: Self) -> Option<Self> {
        Self::new(
            self.numerator.checked_mul(other.numerator)?,
            self.denominator.checked_mul(other.denominator)?,
        )
    }

    /// Whether it is smaller; no where that cannot be told.
    pub fn below(self, other: Self) -> bool {
        let left = self.numerator.checked_mul(other.denominator);
        let right = other.numerator.checked_mul(self.denominator);
        left.zip(right).is_some_and(|(left, right)| left < right)
    }

    /// The weight of its last digit that is not 0: 100 for 4200, 0.1 for 3.5. `None` for 0, and for
    /// fractions that have no last digit.
    pub fn last_place(self) -> Option<Self> {
        if self.numerator == 0 {
            return None;
        }
        let powers = || (0..=38_u32).map_while(|n| 10_i128.checked_pow(n));
        if self.denominator == 1 {
            return powers().take_while(|power| self.numerator % power == 0).last().map(Self::whole);
        }
        powers().find(|power| power % self.denominator == 0).and_then(|power| Self::new(1, power))
    }

    /// The quotient, if there is one and it can be held.
    pub fn over(self, other: Self) -> Option<Self> {
        self.times(Self::new(other.denominator, other.numerator)?)
    }
}

fn gcd(mut a: u128, mut b: u128) -> u128 {
    while b != 0 {
        (a, b) = (b, a % b);
    }
    a
}

impl fmt::Display for Exact {
    /// Plain digits where the fraction ends (`0.1`), else the fraction (`1/3`).
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        // A denominator of twos and fives divides a power of ten.
        let places =
            (0..=38_u32).find(|&n| 10_i128.checked_pow(n).is_some_and(|p| p % self.denominator == 0));
        let digits = places.and_then(|n| Some((n as usize, 10_i128.checked_pow(n)? / self.denominator)));
        let Some((places, digits)) =
            digits.and_then(|(n, factor)| Some((n, self.numerator.checked_mul(factor)?)))
        else {
            return write!(f, "{}/{}", self.numerator, self.denominator);
        };
        let sign = if digits < 0 { "-" } else { "" };
        let text = format!("{:0>width$}", digits.unsigned_abs(), width = places + 1);
        let (whole, fraction) = text.split_at(text.len() - places);
        match fraction {
            "" => write!(f, "{sign}{whole}"),
            _ => write!(f, "{sign}{whole}.{fraction}"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_exact() {
        let of = |text: &str| Exact::of(&Decimal::parse(text).unwrap()).unwrap();
        assert_eq!(of("370.97").times(Exact::whole(1_000_000_000)), Some(of("370970000000")));
        assert_eq!(of("0.10"), of("0.1"));
        assert_eq!(of("-0.5").to_string(), "-0.5");
        assert_eq!(Exact::new(1, 3).unwrap().to_string(), "1/3");
        assert_eq!(Exact::new(3, -6).unwrap().to_string(), "-0.5");
        assert_eq!(Exact::new(1, 0), None);
        assert_eq!(Exact::new(0, 5), Some(Exact::whole(0)));
        assert_eq!(of("7").over(Exact::whole(0)), None);
        for (number, place) in [("4200", "100"), ("3.5", "0.1"), ("-0.25", "0.01"), ("7", "1")] {
            assert_eq!(of(number).last_place(), Some(of(place)), "{number}");
        }
        assert_eq!((of("0").last_place(), Exact::new(1, 3).unwrap().last_place()), (None, None));
        assert_eq!(Exact::new(i128::MIN, -1), None);
        assert!(of("0.3").below(Exact::new(1, 3).unwrap()) && !of("7").below(of("7")));
    }
}
