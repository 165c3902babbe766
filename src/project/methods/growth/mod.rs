//! The growth model: topline's own method, and its default.
//!
//! It takes any number of figures from one up, run-rates and totals of any length in any mix and with any gaps, and answers
//! with the posterior of the log rate of every month. Given one of nine classes of companies that posterior is a multivariate
//! Student t; the answer is their mixture, weighted by how likely each class is among the company's [`Peers`] and by how well it
//! explains the figures. `docs/growth.md` has the mathematics, what was measured, and what the model does not know.
//!
//! By what each file knows: `prior` the constants; `kernel` how two months go together, `block` two runs of months, `product` all
//! of them at once; `observe` what a figure says; `mode` the rates that fit best, by way of the `place`s of a search (`bend`, `leap`
//! and `linear` help); `posterior` one class given the figures, `mixture` all of them, `draws` joint draws.
//!
//! It refuses figures of zero or less: it works on logarithms.

mod bend;
mod block;
mod draws;
mod kernel;
mod leap;
mod mixture;
mod mode;
mod observe;
mod place;
mod posterior;
mod prior;
mod product;

use std::sync::{Arc, LazyLock, OnceLock};

use crate::calendar::{Month, Period};
use crate::project::methods::explanation::Explanation;
use crate::project::methods::words;
use crate::project::numeric::linear;
use crate::project::{self, Contradiction, Distribution, Fitted, Method, Offence, ProjectError, StudentT};
use crate::series::{Fact, Figure, Measure, Peers, Series};

pub use draws::Sampler;
use kernel::Kernels;
use mixture::{Posterior, Span};
use observe::Observation;
use prior::COUNT;
pub use prior::{BETA, CLASSES, Class, PeersPrior, RUN_RATE_SD, peers_prior};

/// The most months from the first figure to the horizon: a hundred years.
pub const MOST_MONTHS: u32 = 1200;

/// Version of the model and its constants, with which its numbers change.
pub const VERSION: u32 = 2;

/// Name in files and on the command line.
pub const NAME: &str = "growth";

/// What it is, in a line without a full stop.
pub const SUMMARY: &str = "The growth model: any number of figures, of mixed kinds, at any dates";

/// What there is to say of the growth model in the terminal.
pub const EXPLANATION: Explanation = Explanation {
    does: "Models the rate of every month with nine classes of companies, weighted by how common they are among the company's peers \
           and how well they explain the figures: growth that fades, a level that wanders, seasons, and heavy tails.",
    needs: "At least one figure above zero: run-rates and totals of any length, in any mix, with any gaps.",
    limits: "The fastest companies still outgrow it. There is little data on young private companies, and most of it is on those that did well. Mergers count as growth. Amounts below zero are refused.",
    reference: "docs/growth.md; the parts are in Harvey, Forecasting, Structural Time Series Models and the Kalman Filter (1989).",
};

/// The growth model, ready to be fitted to any number of series.
///
/// What is the same for every series is shared by all fits of a process: a few numbers a month and class, some 400 kilobytes that
/// take a fraction of a millisecond to make, and tables of Student t, made when they are first met. A fit takes hold of them without
/// waiting for another, and its bits do not depend on what was fitted before.
#[derive(Clone, Debug)]
pub struct Growth {
    shared: Arc<Shared>,
}

#[derive(Debug)]
struct Shared {
    kernels: Kernels,
    /// The Student t of each class for 1, 2, … figures, made when they are first met.
    shapes: Vec<OnceLock<[StudentT; COUNT]>>,
}

static SHARED: LazyLock<Arc<Shared>> = LazyLock::new(|| {
    let shapes = (0..SHARED_SHAPES).map(|_| OnceLock::new()).collect();
    Arc::new(Shared { kernels: Kernels::new(), shapes })
});

/// Series of up to this many figures share their Student t, which come with a table each.
const SHARED_SHAPES: usize = 128;

impl Growth {
    /// The model for series of any length up to [`MOST_MONTHS`].
    pub fn new() -> Self {
        Self { shared: SHARED.clone() }
    }
}

impl Default for Growth {
    fn default() -> Self {
        Self::new()
    }
}

impl Shared {
    /// The Student t of a class given this many figures, at least one: nu + n - 1 degrees of freedom.
    fn shape(&self, class: usize, figures: usize) -> StudentT {
        let new = |class: &Class| StudentT::new(class.nu + (figures - 1) as f64);
        match self.shapes.get(figures - 1) {
            Some(shared) => shared.get_or_init(|| CLASSES.each_ref().map(new))[class].clone(),
            None => new(&CLASSES[class]),
        }
    }
}

/// What the growth model found.
#[derive(Clone, Debug, PartialEq)]
pub struct Details {
    /// Posterior weight of each of [`CLASSES`]; they add up to 1.
    pub weights: Vec<f64>,
    /// The companies that the series was likened to.
    pub peers: Peers,
    /// Why those.
    pub because: Because,
    /// Powers of ten between 1 billion dollars a year and the rate of the figure that ends first, from -3 to 3.
    pub size: f64,
    /// Dollars per unit of the series' currency, as used for the size; `None` if no rate is known and 1 was used.
    pub usd_per_unit: Option<f64>,
}

/// Why a series was likened to its peers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Because {
    /// They were given with the series.
    Given,
    /// At least half of its figures are run-rates.
    RunRates,
    /// More than half of its figures are totals.
    Totals,
}

/// The peers of a series: those that were given, else `startups` where at least half of its figures are run-rates, and `listed`
/// where they are not.
pub fn peers_of(series: &Series) -> (Peers, Because) {
    if let Some(peers) = series.peers() {
        return (peers, Because::Given);
    }
    let run_rates = series.observations().filter(|figure| matches!(figure.fact, Fact::RunRate(_))).count();
    let many = 2 * run_rates >= series.observations().count();
    if many { (Peers::Startups, Because::RunRates) } else { (Peers::Listed, Because::Totals) }
}

impl Method for Growth {
    type Fitted = GrowthFit;

    fn name(&self) -> &'static str {
        NAME
    }

    fn fit(&self, series: &Series, window: Period) -> Result<GrowthFit, ProjectError> {
        ProjectError::check_amounts(series)?;
        if let Some(contradiction) = Contradiction::find(series) {
            return Err(ProjectError::Impossible(contradiction));
        }
        self.fit_as_stated(series, window)
    }
}

impl Growth {
    /// As [`Method::fit`], of figures of which some may be impossible together: to find out which.
    ///
    /// # Errors
    ///
    /// Those of [`Method::fit`] but for [`ProjectError::Impossible`].
    pub fn fit_as_stated(&self, series: &Series, window: Period) -> Result<GrowthFit, ProjectError> {
        let (Some(start), Some(origin)) = (series.start(), series.origin()) else {
            return Err(ProjectError::nothing_observed(series));
        };
        if let Some(offence) = Offence::find(series, self.name(), |amount| amount <= 0.0) {
            return Err(ProjectError::NotPositive(offence));
        }
        let last = window.last().max(origin);
        let longest = Period::new(start.min(window.first()), last).map_or(1, Period::months);
        if longest > MOST_MONTHS {
            return Err(ProjectError::TooLong {
                series: series.name().to_owned(),
                first: start,
                last,
                months: longest,
                limit: MOST_MONTHS,
            });
        }
        Ok(GrowthFit::new(&self.shared, series, start, last))
    }
}

/// The growth model fitted to one series.
#[derive(Clone, Debug)]
pub struct GrowthFit {
    shared: Arc<Shared>,
    /// The first observed month, from which months are counted.
    anchor: Month,
    /// The last month that may be asked for.
    last: Month,
    posterior: Posterior,
    details: Details,
}

/// No month is so late.
const NEVER: i32 = i32::MAX;

impl GrowthFit {
    fn new(shared: &Arc<Shared>, series: &Series, anchor: Month, last: Month) -> Self {
        let usd_per_unit = series.currency().rough_usd();
        let first_rate = series.observations().find_map(Figure::annual_rate).unwrap_or(1.0);
        let size = prior::size(first_rate * usd_per_unit.unwrap_or(1.0));
        let (peers, because) = peers_of(series);
        let posterior = posterior(shared, series, anchor, (peers, size), NEVER);
        let details = Details { weights: posterior.weights.to_vec(), peers, because, size, usd_per_unit };
        Self { shared: shared.clone(), anchor, last, posterior, details }
    }

    /// The fit of the same `series` under the assumption that growth stops after a month and the level stays where it is by then,
    /// with its uncertainty; season and irregular movements go on. For scenarios, which put another growth in its place.
    ///
    /// # Panics
    ///
    /// If `after` is before the series' last figure or after the last month that was fitted.
    #[must_use]
    pub fn stopped(&self, series: &Series, after: Month) -> Self {
        assert!(series.origin() <= Some(after) && after <= self.last, "growth stops in a month ahead");
        let about = (self.details.peers, self.details.size);
        Self { posterior: posterior(&self.shared, series, self.anchor, about, self.month(after)), ..self.clone() }
    }

    /// The last month that was fitted.
    pub fn last(&self) -> Month {
        self.last
    }

    /// Joint draws of the smooth rates of `months` and of what they earn, seeded by the series' name; see [`Sampler`].
    pub fn sampler(&self, series: &str, months: Period) -> Sampler {
        self.draws(series, months, true)
    }

    /// Joint draws of the smooth rates of `months` alone, which are those of [`sampler`](Self::sampler).
    pub fn rate_sampler(&self, series: &str, months: Period) -> Sampler {
        self.draws(series, months, false)
    }

    fn draws(&self, series: &str, months: Period, earnings: bool) -> Sampler {
        let months = (self.month(months.first()), months.months() as usize);
        Sampler::new(&self.posterior, &self.shared.kernels, series, months, earnings)
    }

    /// The predictive distribution of a figure that would state a measure of a period with this rounding (see
    /// [`Amount::rounding`](crate::money::Amount::rounding)): that of the measure itself, and the figure's reporting error.
    pub fn stated(&self, measure: Measure, period: Period, rounding: f64) -> Distribution {
        self.answer(measure, period, Some(rounding))
    }

    /// Log of the marginal density of the observations' natural logs, up to a constant that depends on their number alone: for
    /// comparing what as many figures say under different assumptions.
    pub fn log_evidence(&self) -> f64 {
        self.posterior.log_evidence(self.details.peers, self.details.size)
    }

    fn answer(&self, measure: Measure, period: Period, rounding: Option<f64>) -> Distribution {
        match measure {
            Measure::RunRate => self.posterior.run_rate(&self.shared.kernels, self.month(period.last()), rounding),
            Measure::Revenue => self.posterior.total(&self.shared.kernels, self.span(period), rounding),
        }
    }

    fn month(&self, month: Month) -> i32 {
        month.since(self.anchor)
    }

    fn span(&self, period: Period) -> Span {
        Span { first: self.month(period.first()), last: self.month(period.last()) }
    }
}

impl Fitted for GrowthFit {
    fn method(&self) -> &'static str {
        NAME
    }

    fn distribution(&self, measure: Measure, period: Period) -> Distribution {
        self.answer(measure, period, None)
    }

    fn ratio(&self, measure: Measure, period: Period, base: Period) -> Option<Distribution> {
        let kernels = &self.shared.kernels;
        Some(match measure {
            Measure::RunRate => self.posterior.ratio_of_rates(kernels, self.month(period.last()), self.month(base.last())),
            Measure::Revenue => self.posterior.ratio_of_totals(kernels, self.span(period), self.span(base)),
        })
    }

    fn start(&self) -> Month {
        self.anchor
    }

    fn reason(&self, series: &Series) -> String {
        words::growth(series)
    }

    fn details(&self) -> project::Details {
        project::Details::Growth(self.details.clone())
    }
}

fn posterior(shared: &Shared, series: &Series, anchor: Month, about: (Peers, f64), stop: i32) -> Posterior {
    let observations = Observation::all(series, anchor);
    let count = observations.len();
    Posterior::new(&shared.kernels, observations, about, stop, |class| shared.shape(class, count))
}
