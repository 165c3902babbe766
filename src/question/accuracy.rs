//! Measures of accuracy: how far a forecast lay from what came, and how well its intervals held.
//!
//! Errors are taken in units of the series' own past movements, so that series of any size can be averaged. `docs/backtest.md` has
//! every formula. Nothing here knows where forecasts come from: that is [`super::backtest`].
//!
//! # References
//!
//! Hyndman and Koehler, *International Journal of Forecasting* 22 (2006), for MASE. Gneiting and Raftery, *Journal of the American
//! Statistical Association* 102 (2007), for the interval score, pinball loss and CRPS. Makridakis, Spiliotis and Assimakopoulos, *IJF* 36
//! (2020) and 38 (2022): the M4 competition's sMAPE and MSIS, the M5 competition's RMSSE and quantiles.

use serde::Serialize;

use super::pinball::pinball;
use crate::project::{Distribution, Level};

/// The probabilities at which the pinball loss is taken: those of the M5 competition.
pub const PINBALL_AT: [f64; 9] = [0.005, 0.025, 0.165, 0.25, 0.5, 0.75, 0.835, 0.975, 0.995];

/// The CRPS is taken at the quantiles 1%, 2%, ... 99%.
const CRPS_POINTS: u32 = 99;

/// What is said of an outcome before it comes.
#[derive(Clone, Debug)]
pub enum Forecast {
    /// A whole distribution.
    Distribution(Distribution),
    /// A point alone.
    Point(f64),
}

/// The size of a series' past movements: what errors are divided by.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Movement {
    /// Mean absolute change from one season to the next; of neighbours where there is no season.
    pub absolute: f64,
    /// Mean square of the change from one value to the next.
    pub square: f64,
}

impl Movement {
    /// The movements of `values`, in order of time, with a season of `season` values (1 without). `None` if they never moved.
    pub fn of(values: &[f64], season: usize) -> Option<Self> {
        let lag = if values.len() > season { season.max(1) } else { 1 };
        let changes = |lag: usize| values.iter().skip(lag).zip(values).map(|(later, earlier)| later - earlier);
        let count = |lag: usize| values.len().saturating_sub(lag) as f64;
        let absolute = changes(lag).map(f64::abs).sum::<f64>() / count(lag);
        let square = changes(1).map(|change| change * change).sum::<f64>() / count(1);
        (absolute > 0.0 && square > 0.0).then_some(Self { absolute, square })
    }

    /// The movements of amounts that are `factor` times as large.
    #[must_use]
    pub fn times(self, factor: f64) -> Self {
        Self { absolute: self.absolute * factor, square: self.square * factor * factor }
    }
}

/// Twice the mean pinball loss over the quantiles 1%, 2%, ... 99%: the continuous ranked probability score without its far tails.
///
/// The full score is infinite for a log Student t, which has no mean.
pub fn crps(distribution: &Distribution, y: f64) -> f64 {
    let loss = |k: u32| {
        let p = f64::from(k) / f64::from(CRPS_POINTS + 1);
        pinball(p, distribution.quantile(p), y)
    };
    2.0 * (1..=CRPS_POINTS).map(loss).sum::<f64>() / f64::from(CRPS_POINTS)
}

/// Symmetric percentage error, 0 to 200: 200 |y - f| / (|y| + |f|); 0 where both are zero.
pub fn smape(forecast: f64, y: f64) -> f64 {
    let size = forecast.abs() + y.abs();
    if size > 0.0 { 200.0 * (y - forecast).abs() / size } else { 0.0 }
}

/// Width of an interval plus 2/α times what the outcome lies outside of it, with α = 1 - level.
pub fn interval_score(lo: f64, hi: f64, y: f64, level: Level) -> f64 {
    let outside = (lo - y).max(0.0) + (y - hi).max(0.0);
    // The lower end's probability is α / 2.
    hi - lo + outside / level.lower()
}

/// The scores of one method; a measure is `None` where nothing could be measured.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Scores {
    /// Outcomes that were scored.
    pub outcomes: usize,
    /// Mean absolute scaled error of the medians.
    pub mase: Option<f64>,
    /// Symmetric mean absolute percentage error of the medians, 0 to 200.
    pub smape: Option<f64>,
    /// Root mean squared scaled error of the medians.
    pub rmsse: Option<f64>,
    /// Mean pinball loss over [`PINBALL_AT`], scaled as MASE is.
    pub pinball: Option<f64>,
    /// Continuous ranked probability score over the quantiles 1% to 99%, scaled as MASE is.
    pub crps: Option<f64>,
    /// One for each level.
    pub intervals: Vec<IntervalScores>,
}

/// The scores of the intervals of one level.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct IntervalScores {
    /// Nominal coverage in percent.
    pub level: f64,
    /// Outcomes for which there was an interval.
    pub outcomes: usize,
    /// Outcomes within it, ends included.
    pub inside: usize,
    /// Mean scaled interval score.
    pub msis: Option<f64>,
}

impl IntervalScores {
    /// Share of the outcomes inside, 0 to 1; `None` without intervals.
    pub fn coverage(&self) -> Option<f64> {
        (self.outcomes > 0).then(|| self.inside as f64 / self.outcomes as f64)
    }
}

/// A mean in the making.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Mean {
    sum: f64,
    count: usize,
}

impl Mean {
    pub(super) fn add(&mut self, value: f64) {
        self.sum += value;
        self.count += 1;
    }

    pub(super) fn value(self) -> Option<f64> {
        (self.count > 0).then(|| self.sum / self.count as f64)
    }
}

/// Scores in the making.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    levels: Vec<Level>,
    outcomes: usize,
    mase: Mean,
    smape: Mean,
    squares: Mean,
    pinball: Mean,
    crps: Mean,
    intervals: Vec<(usize, usize, Mean)>,
}

/// How one outcome met its forecast; worked out once and counted in several tallies.
#[derive(Clone, Debug)]
pub(super) struct Meeting {
    mase: Option<f64>,
    smape: f64,
    square: Option<f64>,
    pinball: Option<f64>,
    crps: Option<f64>,
    /// For each level, whether it held, and its scaled score.
    intervals: Vec<(bool, Option<f64>)>,
}

impl Meeting {
    pub(super) fn new(forecast: &Forecast, y: f64, movement: Option<Movement>, levels: &[Level]) -> Self {
        let scaled = |loss: f64| movement.map(|movement| loss / movement.absolute);
        let median = match forecast {
            Forecast::Point(point) => *point,
            Forecast::Distribution(distribution) => distribution.median(),
        };
        let (mut pinballs, mut ranked, mut intervals) = (None, None, Vec::new());
        if let Forecast::Distribution(distribution) = forecast {
            let sum: f64 = PINBALL_AT.iter().map(|p| pinball(*p, distribution.quantile(*p), y)).sum();
            pinballs = scaled(sum / PINBALL_AT.len() as f64);
            ranked = movement.and_then(|_| scaled(crps(distribution, y)));
            intervals.extend(levels.iter().map(|level| {
                let (lo, hi) = (distribution.quantile(level.lower()), distribution.quantile(level.upper()));
                (lo <= y && y <= hi, scaled(interval_score(lo, hi, y, *level)))
            }));
        }
        Self {
            mase: scaled((y - median).abs()),
            smape: smape(median, y),
            square: movement.map(|movement| (y - median) * (y - median) / movement.square),
            pinball: pinballs,
            crps: ranked,
            intervals,
        }
    }
}

impl Tally {
    pub(super) fn new(levels: &[Level]) -> Self {
        Self {
            levels: levels.to_vec(),
            outcomes: 0,
            mase: Mean::default(),
            smape: Mean::default(),
            squares: Mean::default(),
            pinball: Mean::default(),
            crps: Mean::default(),
            intervals: vec![(0, 0, Mean::default()); levels.len()],
        }
    }

    pub(super) fn add(&mut self, meeting: &Meeting) {
        self.outcomes += 1;
        self.smape.add(meeting.smape);
        for (mean, value) in [
            (&mut self.mase, meeting.mase),
            (&mut self.squares, meeting.square),
            (&mut self.pinball, meeting.pinball),
            (&mut self.crps, meeting.crps),
        ] {
            if let Some(value) = value {
                mean.add(value);
            }
        }
        for ((outcomes, inside, score), (held, scaled)) in self.intervals.iter_mut().zip(&meeting.intervals) {
            *outcomes += 1;
            *inside += usize::from(*held);
            if let Some(scaled) = scaled {
                score.add(*scaled);
            }
        }
    }

    pub(super) fn scores(&self) -> Scores {
        let intervals = self.levels.iter().zip(&self.intervals).map(|(level, (outcomes, inside, score))| IntervalScores {
            level: level.percent(),
            outcomes: *outcomes,
            inside: *inside,
            msis: score.value(),
        });
        Scores {
            outcomes: self.outcomes,
            mase: self.mase.value(),
            smape: self.smape.value(),
            rmsse: self.squares.value().map(f64::sqrt),
            pinball: self.pinball.value(),
            crps: self.crps.value(),
            intervals: intervals.collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;
    use crate::project::StudentT;
    use crate::project::distribution::{Component, Scale};

    #[test]
    fn crps_is_that_of_the_closed_form() {
        // Student t of 5 degrees of freedom, far above zero. Jordan, Krüger and Lerch, Journal of Statistical Software 90 (2019):
        // crps(z) = z (2F(z) - 1) + 2 f(z) (ν + z²) / (ν - 1) - 2√ν / (ν - 1) · B(1/2, ν - 1/2) / B(1/2, ν/2)².
        let (df, location, scale) = (5.0_f64, 1000.0, 10.0);
        let shape = StudentT::new(df);
        let log_beta = |b: f64| libm::lgamma(0.5) + libm::lgamma(b) - libm::lgamma(0.5 + b);
        let last = 2.0 * df.sqrt() / (df - 1.0) * libm::exp(log_beta(df - 0.5) - 2.0 * log_beta(df / 2.0));
        let component = Component { weight: 1.0, location, scale, shape: shape.clone() };
        let distribution = Distribution::on(Scale::Linear, vec![component]);
        for z in [-2.5, -0.4, 0.0, 1.0, 4.0] {
            let exact = z * (2.0 * shape.cdf(z) - 1.0) + 2.0 * shape.pdf(z) * (df + z * z) / (df - 1.0) - last;
            // What the tails beyond 1% and 99% would add.
            assert_relative_eq!(crps(&distribution, location + scale * z), scale * exact, max_relative = 0.02);
        }
    }

    #[test]
    fn measures_by_hand() {
        assert_relative_eq!(smape(90.0, 110.0), 20.0);
        assert_relative_eq!(smape(0.0, 0.0), 0.0);
        let level = Level::from_percent(80.0).unwrap();
        assert_relative_eq!(interval_score(8.0, 12.0, 13.0, level), 4.0 + 10.0, max_relative = 1e-12);
        // Changes 2, -1, 3, 0; over two places 1, 2, 3.
        let movement = Movement::of(&[1.0, 3.0, 2.0, 5.0, 5.0], 2).unwrap();
        assert_relative_eq!(movement.absolute, 2.0);
        assert_relative_eq!(movement.square, 14.0 / 4.0);
        assert_eq!(Movement::of(&[7.0; 9], 4), None);
        assert_eq!(Movement::of(&[7.0], 4), None);
    }
}
