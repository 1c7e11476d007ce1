//! Randomness that a seed decides: for the choices of a run, and as what client and server draw their secrets from.

use std::time::{SystemTime, UNIX_EPOCH};

use parking_lot::Mutex;

/// A seed for a run that was given none: the seconds since 1970.
#[must_use]
pub fn of_now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}

/// A generator that gives the same numbers for the same seed, on every machine (SplitMix64, Steele et al. 2014).
/// Not for secrets.
#[derive(Debug, Clone)]
pub struct Rng(u64);

impl Rng {
    /// The generator of this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The seed of the `index`th part of a run.
    #[must_use]
    pub fn part(seed: u64, index: u64) -> u64 {
        let mut rng = Self(seed ^ index.wrapping_mul(0xA076_1D64_78BD_642F));
        rng.number()
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number below `limit` (0 when that is 0).
    pub fn below(&mut self, limit: u64) -> u64 {
        // The bias of the remainder is far below anything that a test of this kind could see.
        self.number().checked_rem(limit).unwrap_or_default()
    }

    /// An index into something of this length (0 when it is empty).
    pub fn index(&mut self, length: usize) -> usize {
        usize::try_from(self.below(length as u64)).unwrap_or_default()
    }

    /// A number of the range, its end included.
    pub fn between(&mut self, from: u64, to: u64) -> u64 {
        from + self.below(to.saturating_sub(from) + 1)
    }

    /// True in so many of a hundred cases.
    pub fn chance(&mut self, percent: u64) -> bool {
        self.below(100) < percent
    }

    /// One of them.
    ///
    /// # Panics
    /// When there is none.
    pub fn pick<'a, T>(&mut self, choices: &'a [T]) -> &'a T {
        &choices[self.index(choices.len())]
    }

    /// One of them, each as often as its weight says.
    ///
    /// # Panics
    /// When there is none.
    pub fn weighted<T: Copy>(&mut self, choices: &[(u64, T)]) -> T {
        let mut left = self.below(choices.iter().map(|(weight, _)| weight).sum());
        for (weight, choice) in choices {
            if left < *weight {
                return *choice;
            }
            left -= weight;
        }
        choices[0].1
    }
}

/// What client and server take for the operating system's generator.
#[derive(Debug)]
pub struct Seeded(Mutex<Rng>);

impl Seeded {
    /// The source of this seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self(Mutex::new(Rng::new(seed)))
    }

    /// Begins anew with another seed.
    pub fn reseed(&self, seed: u64) {
        *self.0.lock() = Rng::new(seed);
    }

    fn draw(&self, buffer: &mut [u8]) {
        let mut rng = self.0.lock();
        for chunk in buffer.chunks_mut(8) {
            chunk.copy_from_slice(&rng.number().to_le_bytes()[..chunk.len()]);
        }
    }
}

impl supabase_session::Random for Seeded {
    fn fill(&self, buffer: &mut [u8]) {
        self.draw(buffer);
    }
}

#[cfg(feature = "worlds")]
impl supabase_local::Random for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        self.draw(bytes);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_numbers_are_those_of_the_published_algorithm() {
        let mut rng = Rng::new(1_234_567);

        assert_eq!(rng.number(), 6_457_827_717_110_365_317);
        assert_eq!(rng.number(), 3_203_168_211_198_807_973);
    }

    #[test]
    fn a_weighted_choice_comes_as_often_as_its_weight_says() {
        let mut rng = Rng::new(7);
        let heavy = (0..10_000).filter(|_| rng.weighted(&[(9, true), (1, false)])).count();

        assert!((8_800..9_200).contains(&heavy), "{heavy}");
    }
}
