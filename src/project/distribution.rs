//! Predictive distributions of amounts that are not negative: mixtures of Student t, on the log scale or cut off at zero, or what a
//! number of draws say.

use crate::project::sample::Sample;
use crate::project::student_t::StudentT;

/// What a mixture is a distribution of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scale {
    /// The natural log of the amount, which is then above zero.
    Log,
    /// The amount itself, of which what would be negative is zero: for series that have zeros.
    Linear,
}

/// One Student t of a mixture, of the natural log of the amount or of the amount.
#[derive(Clone, Debug, PartialEq)]
pub struct Component {
    /// Share of the mixture, above 0.
    pub weight: f64,
    /// Centre.
    pub location: f64,
    /// Scale, above 0.
    pub scale: f64,
    /// The standard distribution that is moved and scaled.
    pub shape: StudentT,
}

/// The predictive distribution of an amount.
///
/// The natural log of the amount is a mixture of Student t: F(z) = Σ weight · `T_df`((z - location) / scale), so the amount itself
/// is always above zero. On [`Scale::Linear`] it is the amount that the mixture speaks of, and zero takes what lies below. Where
/// there is no such formula the distribution is that of a [`Sample`] of draws.
#[derive(Clone, Debug, PartialEq)]
pub struct Distribution {
    form: Form,
}

#[derive(Clone, Debug, PartialEq)]
enum Form {
    Mixture(Mixture),
    Sample(Sample),
}

#[derive(Clone, Debug, PartialEq)]
struct Mixture {
    scale: Scale,
    components: Vec<Component>,
}

/// The part of the distribution that [`Distribution::mean`] averages over.
const MEAN_COVERS: f64 = 0.99;

/// Quantiles this near to 0 or 1 in probability need more digits of the tail than the quick distribution has.
const QUICK_TAIL: f64 = 1e-4;

/// The natural log of 1e307, near the end of what a double holds.
const LOG_RANGE: f64 = 706.893_623_549_172;

/// Gauss-Legendre nodes and weights on -1..1, 16 points, the positive half: Abramowitz and Stegun (1964), table 25.4.
const GAUSS_LEGENDRE: [(f64, f64); 8] = [
    (0.095_012_509_837_637_44, 0.189_450_610_455_068_5),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_6),
    (0.458_016_777_657_227_4, 0.169_156_519_395_002_54),
    (0.617_876_244_402_643_7, 0.149_595_988_816_576_73),
    (0.755_404_408_355_003, 0.124_628_971_255_533_87),
    (0.865_631_202_387_831_7, 0.095_158_511_682_492_78),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_89),
    (0.989_400_934_991_649_9, 0.027_152_459_411_754_095),
];

impl Distribution {
    /// The mixture of `components` of the log amount, whose weights are made to add up to 1. There must be one at least.
    pub fn new(components: Vec<Component>) -> Self {
        Self::on(Scale::Log, components)
    }

    /// The mixture of `components` on this scale, whose weights are made to add up to 1. There must be one at least.
    pub fn on(scale: Scale, mut components: Vec<Component>) -> Self {
        debug_assert!(!components.is_empty(), "a mixture of nothing");
        let total: f64 = components.iter().map(|component| component.weight).sum();
        components.retain_mut(|component| {
            component.weight /= total;
            component.weight > 0.0
        });
        Self { form: Form::Mixture(Mixture { scale, components }) }
    }

    /// The distribution of a sample of draws.
    pub fn of_sample(sample: Sample) -> Self {
        Self { form: Form::Sample(sample) }
    }

    /// The mixture's parts; none for a sample.
    pub fn components(&self) -> &[Component] {
        match &self.form {
            Form::Mixture(mixture) => &mixture.components,
            Form::Sample(_) => &[],
        }
    }

    /// The distribution of `factor` times the amount; the factor is above zero.
    #[must_use]
    pub fn scaled(self, factor: f64) -> Self {
        Self {
            form: match self.form {
                Form::Mixture(mixture) => Form::Mixture(mixture.scaled(factor)),
                Form::Sample(sample) => Form::Sample(sample.scaled(factor)),
            },
        }
    }

    /// Probability that the amount is at most `amount`; 0 for a negative amount, and for zero on the log scale.
    pub fn cdf(&self, amount: f64) -> f64 {
        match &self.form {
            Form::Mixture(mixture) => mixture.amount_cdf(amount),
            Form::Sample(sample) => sample.cdf(amount),
        }
    }

    /// Probability that the amount is `amount` or more. Not quite one minus [`cdf`](Self::cdf) where many draws are the same, as
    /// under a cap.
    pub fn at_least(&self, amount: f64) -> f64 {
        match &self.form {
            Form::Mixture(mixture) => mixture.above(amount),
            Form::Sample(sample) => sample.at_least(amount),
        }
    }

    /// Probability that the amount is more than `amount`: one minus [`cdf`](Self::cdf), with all digits of a far tail.
    pub fn above(&self, amount: f64) -> f64 {
        match &self.form {
            Form::Mixture(mixture) => mixture.above(amount),
            Form::Sample(sample) => 1.0 - sample.cdf(amount),
        }
    }

    /// The amount that is not passed with probability `p`, strictly between 0 and 1.
    ///
    /// Of a mixture by Newton's method on the log scale, kept between the nearest points known to be below and above; the
    /// probability of what it finds is right to 2e-11. Of a sample on the line between two draws.
    ///
    /// Figures that contradict each other by many powers of ten can push a quantile past what a double holds: it is then held at
    /// the end of the range, 1e-307 or 1e307, so that every answer is finite and above zero.
    pub fn quantile(&self, p: f64) -> f64 {
        match &self.form {
            Form::Mixture(mixture) => mixture.amount_quantile(p),
            Form::Sample(sample) => sample.quantile(p),
        }
    }

    /// Median.
    pub fn median(&self) -> f64 {
        self.quantile(0.5)
    }

    /// Mean over the central 99% of the distribution, between its 0.5th and 99.5th percentile.
    ///
    /// The full mean does not exist: the exponential of a Student t has none, whatever its scale, because the far tail outweighs
    /// everything. What lies between the percentiles is what a plan can use, and it adds up nearly as means do.
    pub fn mean(&self) -> f64 {
        let tail = (1.0 - MEAN_COVERS) / 2.0;
        match &self.form {
            Form::Mixture(mixture) => mixture.central_mean(tail),
            Form::Sample(sample) => sample.mean(tail, 1.0 - tail),
        }
    }
}

impl Mixture {
    fn scaled(mut self, factor: f64) -> Self {
        for component in &mut self.components {
            match self.scale {
                Scale::Log => component.location += libm::log(factor),
                Scale::Linear => {
                    component.location *= factor;
                    component.scale *= factor;
                }
            }
        }
        self
    }

    fn amount_cdf(&self, amount: f64) -> f64 {
        match self.scale {
            Scale::Log if amount <= 0.0 => 0.0,
            Scale::Log => self.mixture_cdf(libm::log(amount)),
            Scale::Linear if amount < 0.0 => 0.0,
            Scale::Linear => self.mixture_cdf(amount),
        }
    }

    fn above(&self, amount: f64) -> f64 {
        let z = match self.scale {
            Scale::Log if amount <= 0.0 => return 1.0,
            Scale::Log => libm::log(amount),
            Scale::Linear if amount < 0.0 => return 1.0,
            Scale::Linear => amount,
        };
        // Every component is symmetric about its location.
        self.components.iter().map(|c| c.weight * c.shape.cdf((c.location - z) / c.scale)).sum()
    }

    fn amount_quantile(&self, p: f64) -> f64 {
        match self.scale {
            Scale::Log => libm::exp(self.mixture_quantile(p).clamp(-LOG_RANGE, LOG_RANGE)),
            Scale::Linear => self.mixture_quantile(p).max(0.0),
        }
    }

    /// Mean without `tail` of the probability at either end.
    fn central_mean(&self, tail: f64) -> f64 {
        if self.scale == Scale::Linear {
            return gauss_legendre(tail, 1.0 - tail, |p| self.amount_quantile(p)) / MEAN_COVERS;
        }
        let hold = |z: f64| z.clamp(-LOG_RANGE, LOG_RANGE);
        let (lo, hi) = (hold(self.mixture_quantile(tail)), hold(self.mixture_quantile(1.0 - tail)));
        let sum: f64 = self.components.iter().map(|component| component.weight * component.partial_mean(lo, hi)).sum();
        sum / MEAN_COVERS
    }

    fn mixture_cdf(&self, z: f64) -> f64 {
        self.components.iter().map(|c| c.weight * c.shape.cdf((z - c.location) / c.scale)).sum()
    }

    /// Distribution and density of the log amount at `z`; within [`QUICK_TAIL`] of 0 or 1 by the exact functions.
    fn mixture_cdf_and_pdf(&self, z: f64, quick: bool) -> (f64, f64) {
        let mut sums = (0.0, 0.0);
        for c in &self.components {
            let t = (z - c.location) / c.scale;
            let (cdf, pdf) = if quick { c.shape.quick(t) } else { (c.shape.cdf(t), c.shape.pdf(t)) };
            sums.0 += c.weight * cdf;
            sums.1 += c.weight * pdf / c.scale;
        }
        sums
    }

    fn mixture_quantile(&self, p: f64) -> f64 {
        debug_assert!(p > 0.0 && p < 1.0, "quantile at {p}");
        let quick = p.min(1.0 - p) > QUICK_TAIL;
        let (mut lo, mut hi) = (f64::NEG_INFINITY, f64::INFINITY);
        let mut z = self.components.iter().map(|c| c.weight * c.location).sum::<f64>();
        let narrowest = self.components.iter().map(|c| c.scale).fold(f64::INFINITY, f64::min);
        let mut reach = self.components.iter().map(|c| c.scale).fold(0.0, f64::max);
        // Newton takes 3 to 8 rounds; bisection alone would take some 60.
        for _ in 0..200 {
            let (cdf, pdf) = self.mixture_cdf_and_pdf(z, quick);
            let miss = cdf - p;
            if miss > 0.0 {
                hi = z;
            } else {
                lo = z;
            }
            let newton = z - miss / pdf;
            // A Newton step squares the error: the next would move by about the square of this, in units of the narrowest scale.
            if (newton - z).abs() <= 1e-6 * narrowest {
                return newton.clamp(lo, hi);
            }
            let next = if newton > lo && newton < hi {
                newton
            } else if lo.is_finite() && hi.is_finite() {
                (lo + hi) / 2.0
            } else {
                // Beyond a far tail, where the density says nothing.
                reach *= 2.0;
                if miss > 0.0 { z - reach } else { z + reach }
            };
            if (next - z).abs() <= 1e-15 * z.abs() {
                return next;
            }
            z = next;
        }
        z
    }
}

impl Component {
    /// Integral of exp(z) times the density of z between `lo` and `hi`.
    ///
    /// With z = location + scale · √df · tan θ the density becomes a power of cos θ, so that the long tails take no more points
    /// than the centre.
    fn partial_mean(&self, lo: f64, hi: f64) -> f64 {
        let df = self.shape.df();
        let root = df.sqrt();
        let angle = |z: f64| libm::atan((z - self.location) / self.scale / root);
        // The density at 0 is that of θ = 0 times the slope of t there.
        let log_centre = self.location + libm::log(self.shape.pdf(0.0) * root);
        let integrand = |theta: f64| {
            let cos = libm::cos(theta);
            let tan = libm::sin(theta) / cos;
            libm::exp(log_centre + self.scale * root * tan + (df - 1.0) * libm::log(cos))
        };
        // Split at the centre, where the integrand peaks.
        let (from, to) = (angle(lo), angle(hi));
        let centre = 0.0_f64.clamp(from, to);
        gauss_legendre(from, centre, integrand) + gauss_legendre(centre, to, integrand)
    }
}

fn gauss_legendre(from: f64, to: f64, f: impl Fn(f64) -> f64) -> f64 {
    let (centre, half) = (f64::midpoint(from, to), (to - from) / 2.0);
    half * GAUSS_LEGENDRE.iter().map(|(node, weight)| weight * (f(centre - half * node) + f(centre + half * node))).sum::<f64>()
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    fn mixture() -> Distribution {
        let component = |weight, location, scale, df| Component { weight, location, scale, shape: StudentT::new(df) };
        Distribution::new(vec![component(0.7, 23.0, 0.05, 3.5), component(0.2, 23.1, 0.4, 2.5), component(0.1, 22.9, 1.0, 4.0)])
    }

    #[test]
    fn quantile_inverts_the_distribution() {
        for p in [1e-6, 0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975, 1.0 - 1e-6] {
            // The distribution function has 16 digits near 1, so 1 - 1e-6 is only known to some 1e-10 relative.
            assert_relative_eq!(mixture().cdf(mixture().quantile(p)), p, max_relative = 1e-10);
        }
    }

    #[test]
    fn quantile_of_one_component_is_known_in_closed_form() {
        // For two degrees of freedom, t(p) = (2p - 1) √(2 / (4p(1-p))).
        let one = Distribution::new(vec![Component { weight: 1.0, location: 2.0, scale: 0.3, shape: StudentT::new(2.0) }]);
        for p in [0.01_f64, 0.3, 0.5, 0.9, 0.999] {
            let t = (2.0 * p - 1.0) * (2.0 / (4.0 * p * (1.0 - p))).sqrt();
            assert_relative_eq!(one.quantile(p), libm::exp(2.0 + 0.3 * t), max_relative = 1e-11);
        }
    }

    #[test]
    fn mean_is_that_of_the_central_part() {
        // The mean of the quantiles at 20,000 evenly spaced probabilities of the central 99%.
        let count = 20_000;
        let mixture = mixture();
        let total: f64 = (0..count).map(|k| mixture.quantile(0.005 + 0.99 * (f64::from(k) + 0.5) / f64::from(count))).sum();
        assert_relative_eq!(mixture.mean(), total / f64::from(count), max_relative = 1e-4); // the sum's own error
    }

    #[test]
    fn scaling_scales_every_quantile() {
        let line = vec![Component { weight: 1.0, location: 5.0, scale: 4.0, shape: StudentT::new(4.0) }];
        let sample = Distribution::of_sample(Sample::new(vec![1.0, 2.0, 4.0, 7.0]));
        for one in [mixture(), Distribution::on(Scale::Linear, line), sample] {
            let thrice = one.clone().scaled(3.0);
            for p in [0.05, 0.3, 0.5, 0.9] {
                assert_relative_eq!(thrice.quantile(p), 3.0 * one.quantile(p), max_relative = 1e-11);
            }
            assert_relative_eq!(thrice.mean(), 3.0 * one.mean(), max_relative = 1e-11);
        }
    }

    #[test]
    fn nothing_is_below_zero() {
        assert_eq!(mixture().cdf(0.0), 0.0);
        assert_eq!(mixture().cdf(-1.0), 0.0);
        assert!(mixture().quantile(1e-6) > 0.0);
    }
}
