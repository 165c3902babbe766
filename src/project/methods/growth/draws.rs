//! Joint draws of the rates of successive months, for questions about more than one month at once.
//!
//! A draw depends on the name of the series and its own number alone, so draws are the same bits at any thread count, in any
//! order of the series, and whatever other draws are made.
//!
//! A draw is of the smooth rate of each month, which a run-rate states, and of what the month earns, which season and irregular
//! movements make more or less. Exponentials of what swings add up to more than their middle, so that a year of drawn months
//! would come out above the closed form of the year: each month's earnings are therefore multiplied by exp(-v s / 2), where v is
//! the squared scale of the month's swing about a smooth rate that is known, and s what the draw's scale is stretched by.

use super::kernel::Kernels;
use super::mixture::Posterior;
use super::prior::COUNT;
use crate::project::numeric::linear::square_root;
use crate::project::numeric::random::{Random, Stream};

/// Below this share of the largest variance a pivot is rounding, not variance.
const ROUNDING: f64 = 1e-14;

/// Draws paths of annualised rates from a fitted growth model.
#[derive(Clone, Debug)]
pub struct Sampler {
    classes: Vec<ClassSampler>,
    /// Sum of the weights up to and with each class.
    cumulative: [f64; COUNT],
    random: Random,
    months: usize,
    /// Whether what months earn is drawn, too.
    earnings: bool,
}

#[derive(Clone, Debug)]
struct ClassSampler {
    /// Modes of the smooth log rates, and after them of what the log rates add to those.
    centre: Vec<f64>,
    /// Squared scales of what the log rates add to smooth rates that are known: nothing for a month whose earnings are known.
    swing: Vec<f64>,
    /// Lower triangular root of the scale matrix, row by row.
    root: Vec<f64>,
    df: f64,
}

impl Sampler {
    /// For `months` months from `first` on; with `earnings`, what they earn is drawn besides their smooth rates.
    pub(super) fn new(
        posterior: &Posterior,
        kernels: &Kernels,
        series: &str,
        (first, months): (i32, usize),
        earnings: bool,
    ) -> Self {
        let classes = posterior.classes.iter().map(|class| {
            let all = || (first..).take(months);
            let mut centre: Vec<f64> = all().map(|month| class.smooth(kernels, month)).collect();
            if earnings {
                centre.extend(all().map(|month| class.rate(kernels, month) - class.smooth(kernels, month)));
            }
            let mut scales = class.scales(kernels, posterior.observations(), (first, months), earnings);
            let size = centre.len();
            let scale = |a: usize, b: usize| scales[a * size + b];
            let shared = |at: usize| scale(at, at - months) * scale(at, at - months) / scale(at - months, at - months);
            let swing = (months..size).map(|at| (scale(at, at) - shared(at)).max(0.0)).collect();
            let largest = (0..size).map(|at| scale(at, at)).fold(0.0, f64::max);
            square_root(&mut scales, size, ROUNDING * largest);
            ClassSampler { centre, swing, root: scales, df: class.shape.df() }
        });
        let mut sum = 0.0;
        let cumulative = posterior.weights.map(|weight| {
            sum += weight;
            sum
        });
        Self { classes: classes.collect(), cumulative, random: Random::named(series), months, earnings }
    }

    /// Number of months in a draw.
    pub fn months(&self) -> usize {
        self.months
    }

    /// Places of a draw: one for the smooth rate of each month, and one more for what each earns if that is drawn.
    pub fn places(&self) -> usize {
        if self.earnings { 2 * self.months } else { self.months }
    }

    /// Draw number `number` and its mirror image about the centre of its class, as natural logs of the annualised rates: the smooth
    /// rate of each month, then what each month earns if that is drawn. The mirror image is as likely, and together they say more
    /// than two draws apart.
    ///
    /// # Panics
    ///
    /// If `draw` or `mirror` does not have [`places`](Self::places) places.
    pub fn log_pair(&self, number: u64, draw: &mut [f64], mirror: &mut [f64]) {
        let places = self.places();
        assert!(draw.len() == places && mirror.len() == places, "a draw has {places} places");
        let mut random: Stream = self.random.stream(number);
        let u = random.uniform();
        let class = self.cumulative.iter().position(|sum| u < *sum).unwrap_or(COUNT - 1);
        let class = &self.classes[class];
        // Chi-square with df degrees of freedom is twice a gamma of shape df / 2.
        let stretch = class.df / (2.0 * random.gamma(class.df / 2.0));
        let root = stretch.sqrt();
        for deviation in draw.iter_mut() {
            *deviation = random.normal() * root;
        }
        // From the last place back, because each needs the numbers of the earlier ones.
        for place in (0..places).rev() {
            let row = &class.root[place * places..=place * places + place];
            draw[place] = row.iter().zip(&*draw).map(|(root, z)| root * z).sum();
        }
        for ((draw, mirror), centre) in draw.iter_mut().zip(mirror.iter_mut()).zip(&class.centre) {
            let moved = *draw;
            *draw = centre + moved;
            *mirror = centre - moved;
        }
        if self.earnings {
            for draw in [draw, mirror] {
                let (smooth, earned) = draw.split_at_mut(self.months);
                for ((earned, smooth), swing) in earned.iter_mut().zip(smooth).zip(&class.swing) {
                    *earned += *smooth - swing * stretch / 2.0;
                }
            }
        }
    }
}
