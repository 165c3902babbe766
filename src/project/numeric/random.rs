//! Random numbers that depend on a name and a number alone: the same bits at any thread count, in any order, on any machine.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{Rng, SeedableRng};

/// The random numbers that belong to a name.
#[derive(Clone, Debug)]
pub(crate) struct Random(ChaCha8Rng);

impl Random {
    /// Those of this name.
    pub(crate) fn named(name: &str) -> Self {
        Self(ChaCha8Rng::seed_from_u64(seed_of(name)))
    }

    /// The numbers for draw number `number`.
    pub(crate) fn stream(&self, number: u64) -> Stream {
        let mut random = self.0.clone();
        random.set_stream(number);
        Stream(random)
    }
}

/// The random numbers of one draw.
#[derive(Clone, Debug)]
pub(crate) struct Stream(ChaCha8Rng);

impl Stream {
    /// Uniform on 0 (included) to 1 (excluded), with 53 bits.
    pub(crate) fn uniform(&mut self) -> f64 {
        (self.0.next_u64() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Standard normal by the polar method of Marsaglia and Bray (1964).
    pub(crate) fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (2.0 * self.uniform() - 1.0, 2.0 * self.uniform() - 1.0);
            let square = x * x + y * y;
            if square > 0.0 && square < 1.0 {
                return x * (-2.0 * libm::log(square) / square).sqrt();
            }
        }
    }

    /// Gamma of shape 1 or more and scale 1, by Marsaglia and Tsang, "A simple method for generating gamma variables" (2000).
    pub(crate) fn gamma(&mut self, shape: f64) -> f64 {
        debug_assert!(shape >= 1.0, "gamma of shape {shape}");
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let cube = (1.0 + c * x) * (1.0 + c * x) * (1.0 + c * x);
            if cube > 0.0 && libm::log(1.0 - self.uniform()) < 0.5 * x * x + d - d * cube + d * libm::log(cube) {
                return d * cube;
            }
        }
    }
}

/// FNV-1a, 64 bits: stable over versions and platforms, which the standard library's hashes are not.
fn seed_of(name: &str) -> u64 {
    name.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn gamma_has_its_mean_and_variance() {
        let mut random = Random::named("gamma").stream(0);
        let draws: Vec<f64> = (0..200_000).map(|_| random.gamma(1.3)).collect();
        let count = draws.len() as f64;
        let mean = draws.iter().sum::<f64>() / count;
        let variance = draws.iter().map(|x| (x - mean) * (x - mean)).sum::<f64>() / count;
        // Both are 1.3; four standard errors of 200,000 draws are 0.011 and 0.04.
        assert!((mean - 1.3).abs() < 0.011, "{mean}");
        assert!((variance - 1.3).abs() < 0.04, "{variance}");
    }
}
