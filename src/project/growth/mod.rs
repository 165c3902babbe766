//! The growth model: topline's own method, and its default.
//!
//! It takes any number of figures from one up, run-rates and totals of any length in any mix and with any gaps, and answers
//! with the posterior of the log run-rate of every month. Given one of six reference classes of companies that posterior is a
//! multivariate Student t in closed form; the answer is their mixture, weighted by how well each class explains the figures.
//! `docs/growth.md` has the mathematics, what was measured, and what the model does not know.
//!
//! It refuses figures of zero or less: it works on logarithms.

mod classes;
mod kernel;
mod posterior;
mod sampler;

use std::sync::Arc;

use crate::calendar::{Month, Period};
use crate::project::explanation::Explanation;
use crate::project::{self, Distribution, Fitted, Method, Offence, ProjectError};
use crate::series::{Fact, Figure, Measure, Series};

pub use classes::{BETA, CLASSES, Class};
use kernel::Kernels;
use posterior::{Observation, Posterior, reporting_error};
pub use sampler::Sampler;

/// The most months from the first figure to the horizon: a hundred years.
pub const MOST_MONTHS: u32 = 1200;

/// What there is to say of the growth model in the terminal.
pub const EXPLANATION: Explanation = Explanation {
    does: "The run-rate of every month, by six kinds of companies that are weighed by how well they explain the figures: \
           growth that fades, a level that wanders, seasons, and heavy tails.",
    needs: "One figure or more above zero: run-rates and totals of any length, in any mix, with any gaps.",
    limits: "Learned from listed companies: young private ones may grow faster, or end, more often. Mergers count as growth. \
             Figures of zero or less are refused.",
    reference: "docs/growth.md; the parts are in Harvey, Forecasting, Structural Time Series Models and the Kalman Filter (1989).",
};

/// The growth model, ready to be fitted to any number of series.
///
/// Holds what is the same for every series: the prior of each class over the months of the longest grid.
#[derive(Clone, Debug)]
pub struct Growth {
    kernels: Arc<Kernels>,
}

impl Growth {
    /// The model for windows of up to `months` months; longer ones are an error when they are met.
    ///
    /// Costs six matrices of `months` squared, so ask for what the series need: [`Growth::for_windows`]. Never more than
    /// [`MOST_MONTHS`].
    pub fn new(months: u32) -> Self {
        Self { kernels: Arc::new(Kernels::new(months.clamp(1, MOST_MONTHS) as usize)) }
    }

    /// The model for these windows.
    pub fn for_windows(windows: impl IntoIterator<Item = Period>) -> Self {
        Self::new(windows.into_iter().map(Period::months).max().unwrap_or(1))
    }
}

/// What the growth model found.
#[derive(Clone, Debug, PartialEq)]
pub struct Details {
    /// Posterior weight of each of [`CLASSES`]; they add up to 1.
    pub weights: Vec<f64>,
    /// Powers of ten between 1 billion dollars a year and the rate of the earliest figure.
    pub size: f64,
    /// Dollars per unit of the series' currency, as used for the size; `None` if no rate is known and 1 was used.
    pub usd_per_unit: Option<f64>,
}

impl Method for Growth {
    type Fitted = GrowthFit;

    fn name(&self) -> &'static str {
        "growth"
    }

    fn fit(&self, series: &Series, window: Period) -> Result<GrowthFit, ProjectError> {
        let (Some(start), Some(origin)) = (series.start(), series.origin()) else {
            return Err(ProjectError::nothing_observed(series));
        };
        if let Some(offence) = Offence::find(series, self.name(), |amount| amount <= 0.0) {
            return Err(ProjectError::NotPositive(offence));
        }
        let last = window.last().max(origin);
        let longest = Period::new(start.min(window.first()), last).map_or(1, Period::months);
        if longest as usize > self.kernels.months() {
            return Err(ProjectError::TooLong {
                series: series.name().to_owned(),
                first: start,
                last,
                months: longest,
                limit: u32::try_from(self.kernels.months()).unwrap_or(MOST_MONTHS),
            });
        }
        Ok(GrowthFit::new(&self.kernels, series, start, last, window.first()))
    }
}

/// The growth model fitted to one series.
#[derive(Clone, Debug)]
pub struct GrowthFit {
    grid: Grid,
    /// A second grid for totals that begin before the first figure, such as the year of a company whose only figure is from
    /// June. The model lets growth start with the grid, so this is a fit of its own; the first answers all else.
    early: Option<Grid>,
    details: Details,
}

/// The posterior from a month on.
#[derive(Clone, Debug)]
struct Grid {
    kernels: Arc<Kernels>,
    start: Month,
    last: Month,
    posterior: Posterior,
}

impl Grid {
    fn new(kernels: Arc<Kernels>, series: &Series, start: Month, last: Month, size: f64) -> Self {
        let index = |month: Month| usize::try_from(month.since(start)).unwrap_or(0);
        let observations: Vec<Observation> = series
            .observations()
            .filter_map(|figure| {
                Some(Observation {
                    first: index(figure.period.first()),
                    last: index(figure.period.last()),
                    log_rate: libm::log(figure.annual_rate()?),
                    rounding: figure.fact.amount()?.rounding(),
                })
            })
            .collect();
        let posterior = Posterior::new(&kernels, &observations, index(last) + 1, size);
        Self { kernels, start, last, posterior }
    }

    /// The same with growth that stops after a month, which is no earlier than any observation.
    fn stopped(&self, series: &Series, after: Month, size: f64) -> Self {
        let kernels = self.kernels.stopped(self.index(self.last) + 1, self.index(after));
        Self::new(Arc::new(kernels), series, self.start, self.last, size)
    }

    fn index(&self, month: Month) -> usize {
        let index = month.since(self.start);
        debug_assert!(index >= 0, "{month} is before the grid's start, {}", self.start);
        usize::try_from(index).unwrap_or(0)
    }
}

impl GrowthFit {
    fn new(kernels: &Arc<Kernels>, series: &Series, start: Month, last: Month, earliest: Month) -> Self {
        let usd_per_unit = series.currency().rough_usd();
        let first_rate = series.observations().find_map(Figure::annual_rate).unwrap_or(1.0);
        let size = libm::log10(first_rate * usd_per_unit.unwrap_or(1.0)) - 9.0;
        let grid = Grid::new(kernels.clone(), series, start, last, size);
        let early = (earliest < start).then(|| Grid::new(kernels.clone(), series, earliest, last, size));
        let details = Details { weights: grid.posterior.weights.to_vec(), size, usd_per_unit };
        Self { grid, early, details }
    }

    /// The fit of the same `series` under the assumption that growth stops after a month and the level stays where it is by then,
    /// with its uncertainty; season and irregular movements go on. For scenarios, which put another growth in its place.
    ///
    /// # Panics
    ///
    /// If `after` is before the series' last figure or after the last month that was fitted.
    #[must_use]
    pub fn stopped(&self, series: &Series, after: Month) -> Self {
        assert!(series.origin() <= Some(after) && after <= self.grid.last, "growth stops in a month ahead");
        let size = self.details.size;
        let early = self.early.as_ref().map(|early| early.stopped(series, after, size));
        Self { grid: self.grid.stopped(series, after, size), early, details: self.details.clone() }
    }

    /// The last month that was fitted.
    pub fn last(&self) -> Month {
        self.grid.last
    }

    /// Joint draws of the run-rates of `months`, seeded by the series' name; see [`Sampler`].
    pub fn sampler(&self, series: &str, months: Period) -> Sampler {
        let grid = self.grid_for(months.first());
        Sampler::new(&grid.posterior, &grid.kernels, series, grid.index(months.first()), grid.index(months.last()))
    }

    /// The predictive distribution of a figure that would state a measure of a period with this rounding (see
    /// [`Amount::rounding`](crate::money::Amount::rounding)): that of the measure itself, and the figure's reporting error.
    pub fn stated(&self, measure: Measure, period: Period, rounding: f64) -> Distribution {
        self.answer(measure, period, reporting_error(rounding))
    }

    /// Log of the marginal density of the observations' natural logs, up to a constant that depends on their number alone: for
    /// comparing what as many figures say under different assumptions.
    pub fn log_evidence(&self) -> f64 {
        self.grid.posterior.log_evidence(self.details.size)
    }

    fn answer(&self, measure: Measure, period: Period, error: f64) -> Distribution {
        match measure {
            Measure::RunRate => {
                let grid = self.grid_for(period.last());
                grid.posterior.run_rate(&grid.kernels, grid.index(period.last()), error)
            }
            Measure::Revenue => {
                let grid = self.grid_for(period.first());
                grid.posterior.total(&grid.kernels, grid.index(period.first()), grid.index(period.last()), error)
            }
        }
    }

    /// What it rests on, in words: `from 9 run-rates and 2 totals`.
    pub(crate) fn found(series: &Series) -> String {
        let run_rates = series.observations().filter(|figure| matches!(figure.fact, Fact::RunRate(_))).count();
        let totals = series.observations().count() - run_rates;
        let count = |count: usize, one: &str| if count == 1 { format!("one {one}") } else { format!("{count} {one}s") };
        match (run_rates, totals) {
            (0, totals) => format!("from {}", count(totals, "total")),
            (run_rates, 0) => format!("from {}", count(run_rates, "run-rate")),
            (run_rates, totals) => format!("from {} and {}", count(run_rates, "run-rate"), count(totals, "total")),
        }
    }

    fn grid_for(&self, first: Month) -> &Grid {
        match &self.early {
            Some(early) if first < self.grid.start => early,
            _ => &self.grid,
        }
    }
}

impl Fitted for GrowthFit {
    fn method(&self) -> &'static str {
        "growth"
    }

    fn distribution(&self, measure: Measure, period: Period) -> Distribution {
        self.answer(measure, period, 0.0)
    }

    fn ratio(&self, measure: Measure, period: Period, base: Period) -> Option<Distribution> {
        let months = |period: Period| if measure == Measure::RunRate { period.last().into() } else { period };
        let (period, base) = (months(period), months(base));
        let grid = self.grid_for(period.first().min(base.first()));
        let span = |period: Period| grid.index(period.first())..=grid.index(period.last());
        Some(grid.posterior.ratio(&grid.kernels, span(period), span(base)))
    }

    fn start(&self) -> Month {
        self.grid.start
    }

    fn reason(&self, series: &Series) -> String {
        format!("it answers from any figures, few or many, at any dates; here {}", Self::found(series))
    }

    fn details(&self) -> project::Details {
        project::Details::Growth(self.details.clone())
    }
}
