//! Chance that repeats itself: the same seed rolls the same numbers on every machine.

/// Marsaglia's xorshift64*: small, and the same everywhere.
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        dice.next();
        dice.next();
        dice
    }

    fn next(&mut self) -> u64 {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33
    }

    /// A number below `n`.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next()).unwrap() % n
    }

    pub(crate) fn one_in(&mut self, n: usize) -> bool {
        self.below(n) == 0
    }

    pub(crate) fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        &from[self.below(from.len())]
    }

    /// Some of `0..n`, at least `least`.
    pub(crate) fn some(&mut self, n: usize, least: usize) -> Vec<usize> {
        let mut all: Vec<usize> = (0..n).collect();
        let count = least + self.below(n + 1 - least);
        while all.len() > count {
            all.remove(self.below(all.len()));
        }
        all
    }
}
