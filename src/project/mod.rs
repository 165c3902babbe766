//! From a [`Series`] to a [`Projection`]: the methods, and what they answer with.
//!
//! A method is fitted first and projects then, by two types ([`Method`], [`Fitted`]), so that projecting the unfitted does not
//! compile. A fitted method answers with whole predictive distributions; [`Projection`] tabulates those for the periods and
//! levels that were asked for. Writing and drawing them is for [`crate::export`] and [`crate::chart`].

mod contradiction;
pub mod derive;
pub mod distribution;
pub mod draws;
pub mod hierarchy;
pub mod methods;
pub(crate) mod numeric;
mod plan;
pub mod readings;
mod tabulate;

use std::fmt;

use crate::calendar::{FiscalCalendar, Month, Period};
use crate::money::{Amount, Currency};
use crate::series::{Figure, Measure, Place, Quantity, Series};

pub use contradiction::Contradiction;
pub use derive::{Derivation, Derived};
pub use distribution::Distribution;
pub use distribution::sample::Sample;
pub use draws::Draws;
pub use hierarchy as coherent;
pub use methods::standard::Standard;
pub use methods::{
    arima, auto, breaks, combine, curve, ets, explanation, found, growth, naive, named, outlook, standard, theta, words, zeros,
};
pub use numeric::student_t::StudentT;
pub use plan::{Horizon, Plan};
pub use tabulate::{project, tabulate, window};

/// Nominal coverage of a prediction interval, in percent: above 1 and below 100.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
pub struct Level(f64);

impl Level {
    /// The level of `percent`, above 1 and below 100, or `None` outside that range.
    ///
    /// A percentage of 1 or less is refused because it is nearly always a fraction by mistake: 0.95 for 95.
    pub fn from_percent(percent: f64) -> Option<Self> {
        (percent > 1.0 && percent < 100.0).then_some(Self(percent))
    }

    /// As a percentage: 80 for an 80% interval.
    pub fn percent(self) -> f64 {
        self.0
    }

    /// Probability at the interval's lower end: 0.1 for an 80% interval.
    pub fn lower(self) -> f64 {
        (1.0 - self.0 / 100.0) / 2.0
    }

    /// Probability at the interval's upper end: 0.9 for an 80% interval.
    pub fn upper(self) -> f64 {
        (1.0 + self.0 / 100.0) / 2.0
    }
}

/// Which of these levels is told where there is room for one: the nearest to 80%, of two as near the lower. `None` without levels.
pub fn headline(levels: &[Level]) -> Option<usize> {
    let away = |level: &Level| (level.percent() - 80.0).abs();
    (0..levels.len()).min_by(|a, b| away(&levels[*a]).total_cmp(&away(&levels[*b])))
}

/// The percentage: `80`, `99.5`.
impl fmt::Display for Level {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The ends of a prediction interval, in the currency's major unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Interval {
    /// Lower end.
    pub lo: f64,
    /// Upper end.
    pub hi: f64,
}

/// The projection of one measure in one period.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// What is projected.
    pub measure: Measure,
    /// The period; a run-rate is that of its last month.
    pub period: Period,
    /// Median, in the currency's major unit.
    pub median: f64,
    /// Mean over the central 99% of the distribution; see [`Distribution::mean`].
    pub mean: f64,
    /// Prediction intervals, one for each of [`Projection::levels`].
    pub intervals: Vec<Interval>,
}

/// Where a projection stands in one month, for a chart: the run-rate, or the revenue of the twelve months up to it.
#[derive(Clone, Debug, PartialEq)]
pub struct PathPoint {
    /// The month.
    pub month: Month,
    /// Median, in the currency's major unit a year.
    pub median: f64,
    /// Prediction intervals, one for each of [`Projection::levels`]; empty before the origin, where the path is a fit. Where a
    /// month is surer than the months around it for its season alone, its intervals are as wide as theirs; the rows keep theirs.
    pub intervals: Vec<Interval>,
}

/// Where a projection stands at the end of a fiscal year, or where it ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Milestone {
    /// The fiscal year; where the projection ends within one, the twelve months up to there, or its last period where it does not
    /// know as many.
    pub period: Period,
    /// The period's revenue.
    pub revenue: Row,
    /// The run-rate of the period's last month.
    pub run_rate: Row,
    /// Growth of the median revenue on that of the same period a year before: 0.05 is 5%. `None` where nothing is known of the year
    /// before, or nothing was earned in it.
    pub revenue_growth: Option<f64>,
    /// Constant yearly growth of the median run-rate since the origin.
    pub run_rate_growth: Option<f64>,
    /// The measure in which the series' figures are told: see [`Series::lead`].
    pub lead: Measure,
}

impl Milestone {
    /// Growth of the measure in which the series' figures are told.
    pub fn growth(&self) -> Option<f64> {
        self.growth_of(self.lead)
    }

    /// Growth of a measure.
    pub fn growth_of(&self, measure: Measure) -> Option<f64> {
        match measure {
            Measure::Revenue => self.revenue_growth,
            Measure::RunRate => self.run_rate_growth,
        }
    }

    /// What is foreseen of a measure.
    pub fn row(&self, measure: Measure) -> &Row {
        match measure {
            Measure::Revenue => &self.revenue,
            Measure::RunRate => &self.run_rate,
        }
    }
}

/// How likely a target is under one reading of it.
#[derive(Clone, Debug, PartialEq)]
pub struct TargetOdds {
    /// Index of the target in [`Series::figures`].
    pub figure: usize,
    /// The reading: the run-rate at the end of the target's period, or the period's revenue.
    pub reading: Measure,
    /// The period whose measure is compared with the target.
    pub period: Period,
    /// Probability that the target is reached or passed.
    pub probability: f64,
}

/// The projection of one series: what a table, a file or a chart is made from.
#[derive(Clone, Debug, PartialEq)]
pub struct Projection {
    /// Name of the series.
    pub series: String,
    /// Name of the series that it is a part of.
    pub parent: Option<String>,
    /// What the amounts are: revenue, where nothing else was asked for.
    pub quantity: Quantity,
    /// Currency of every amount.
    pub currency: Currency,
    /// How the series' fiscal years lie.
    pub calendar: FiscalCalendar,
    /// Name of the method.
    pub method: &'static str,
    /// Why this method, in one sentence.
    pub reason: String,
    /// Last observed month.
    pub origin: Month,
    /// Levels of the intervals, in the order of [`Row::intervals`].
    pub levels: Vec<Level>,
    /// One row a measure and period: ordered by measure (revenue first), then in time.
    pub rows: Vec<Row>,
    /// Each fiscal year that ends within the horizon, in order of time, and after them where the horizon ends, if that is within a
    /// year; never empty.
    pub milestones: Vec<Milestone>,
    /// The run-rate month by month, from the first observed month to the horizon; empty unless the plan asks for it.
    pub path: Vec<PathPoint>,
    /// The revenue of the twelve months up to each month from the origin to the horizon, from where as many are known; empty unless
    /// the plan asks for the path.
    pub trailing: Vec<PathPoint>,
    /// The odds of each target that lies ahead, under each reading that it allows.
    pub targets: Vec<TargetOdds>,
    /// How the method was chosen, if a backtest chose it.
    pub choice: Option<auto::Choice>,
    /// Figures derived from these and from the stated ones, as the plan asks.
    pub derived: Vec<Derived>,
    /// What the method found on the way.
    pub details: Details,
    /// What is assumed besides; `None` for the projection as it is.
    pub setting: Option<Setting>,
}

/// The scenario that a projection was made under.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Its name.
    pub scenario: String,
    /// What it supposes, in its author's words.
    pub note: Option<String>,
    /// Each assumption about the series, in words.
    pub assumptions: Vec<String>,
}

impl Setting {
    /// What stands for the projection as it is where it stands beside scenarios; none of them may have this name.
    pub const PLAIN: &str = "as projected";
}

/// What a method found on the way, by method.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Details {
    /// The growth model's.
    Growth(growth::Details),
    /// Nothing beyond the reason: the projection was read back from a file, or its method has no more to say.
    None,
    /// A standard method's.
    Standard(standard::Details),
}

/// A way to project, before it has seen a series.
pub trait Method {
    /// The method fitted to one series.
    type Fitted: Fitted;

    /// Name in files and on the command line.
    fn name(&self) -> &'static str;

    /// Fits the observations of `series`. `window` spans every month that will be asked for.
    ///
    /// # Errors
    ///
    /// If the method cannot answer for these observations, with the reason.
    fn fit(&self, series: &Series, window: Period) -> Result<Self::Fitted, ProjectError>;
}

/// A method fitted to a series: it answers with distributions.
pub trait Fitted {
    /// Name of the method, in files and on the command line.
    fn method(&self) -> &'static str;

    /// The predictive distribution of a measure in a period inside the window it was fitted for: the total of the period, or
    /// the annualised run-rate of its last month.
    fn distribution(&self, measure: Measure, period: Period) -> Distribution;

    /// The distribution of the amount of `period` divided by that of `base`, both of one measure and inside the window; `None`
    /// if the method does not know how the two go together.
    fn ratio(&self, measure: Measure, period: Period, base: Period) -> Option<Distribution>;

    /// The first month whose run-rate the method knows.
    fn start(&self) -> Month;

    /// Why this method suits the series, in one sentence.
    fn reason(&self, series: &Series) -> String;

    /// What was found on the way.
    fn details(&self) -> Details;

    /// Whether the answer for a period can be had; a method that drew some months alone has no other.
    fn knows(&self, _measure: Measure, _period: Period) -> bool {
        true
    }

    /// How the method was chosen; `None` if it was asked for by name or there was no choice.
    fn choice(&self) -> Option<&auto::Choice> {
        None
    }
}

/// Why a series cannot be projected.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ProjectError {
    /// Nothing is observed: all figures are targets, contracts or events.
    #[error("{series} has no revenue and no run-rate to project from{}", kinds_found(.kinds))]
    NothingObserved {
        /// Name of the series.
        series: String,
        /// Kinds of the figures it has.
        kinds: Vec<&'static str>,
    },
    /// Figures are zero or negative, and the method works on logarithms.
    #[error("{0}, but method {method} needs figures above zero", method = .0.method)]
    NotPositive(Box<Offence>),
    /// Figures are negative, and the method takes zeros but nothing less.
    #[error("{0}, but method {method} needs figures of zero or more", method = .0.method)]
    Negative(Box<Offence>),
    /// An amount is so large or so small that arithmetic with it overflows.
    #[error("{0}, and amounts are taken from {LEAST:e} to {MOST:e}, besides zero")]
    OutOfRange(Box<Offence>),
    /// What would be projected is larger than any number.
    #[error("{series} would be projected beyond {most:e} in {period}", most = f64::MAX)]
    Unbounded {
        /// Name of the series.
        series: String,
        /// The first such period, named.
        period: String,
    },
    /// A part of a period has more revenue than the whole.
    #[error("{0}")]
    Impossible(Box<Contradiction>),
    /// The observations are not totals of one length, and the method needs those.
    #[error("{series} has run-rates or totals of different lengths, but method {method} needs totals of one length")]
    NotRegular {
        /// Name of the series.
        series: String,
        /// Name of the method.
        method: &'static str,
    },
    /// The months from the first figure to the horizon are more than a method can take.
    #[error(
        "{series} would take {months} months from its first figure ({first}) to the last month asked for ({last}); the \
         limit is {limit}"
    )]
    TooLong {
        /// Name of the series.
        series: String,
        /// The first observed month.
        first: Month,
        /// The last month asked for.
        last: Month,
        /// Months from the one to the other.
        months: u32,
        /// The most the method takes.
        limit: u32,
    },
    /// The horizon ends before there is anything to project.
    #[error("{series} has figures up to {origin}, so there is nothing to project up to {until}")]
    NothingAhead {
        /// Name of the series.
        series: String,
        /// The last observed month.
        origin: Month,
        /// The last month asked for.
        until: Month,
    },
}

/// The least and the most that an amount is, in the currency's major unit, where it is not zero: products and squares of amounts and of
/// their ratios stay far from where numbers end.
pub const LEAST: f64 = 1e-6;
/// See [`LEAST`].
pub const MOST: f64 = 1e30;

/// Figures of a series that a method cannot take.
#[derive(Clone, Debug, PartialEq)]
pub struct Offence {
    /// Name of the series.
    pub series: String,
    /// Name of the method.
    pub method: &'static str,
    /// Kind of the first such figure.
    pub kind: &'static str,
    /// Its amount.
    pub amount: f64,
    /// Its period, named.
    pub period: String,
    /// Where it stood.
    pub place: Option<Place>,
    /// The periods of the others, named, in order of time.
    pub others: Vec<String>,
}

/// Periods of further offending figures that a message names one by one.
const OTHERS_NAMED: usize = 6;

impl Offence {
    /// The observations of `series` whose amount `offends`, if there is any.
    fn find(series: &Series, method: &'static str, offends: impl Fn(f64) -> bool) -> Option<Box<Self>> {
        Self::among(series, series.observations(), method, offends)
    }

    /// Those among `figures` of `series`.
    fn among<'a>(
        series: &Series,
        figures: impl Iterator<Item = &'a Figure>,
        method: &'static str,
        offends: impl Fn(f64) -> bool,
    ) -> Option<Box<Self>> {
        let amount = |figure: &Figure| figure.fact.amount().map(Amount::value).filter(|amount| offends(*amount));
        let mut figures = figures.filter_map(|figure| Some((figure, amount(figure)?)));
        let (first, amount) = figures.next()?;
        let name = |figure: &Figure| series.calendar().name(figure.period);
        Some(Box::new(Self {
            series: series.name().to_owned(),
            method,
            kind: first.fact.kind(),
            amount,
            period: name(first),
            place: first.place.clone(),
            others: figures.map(|(figure, _)| name(figure)).collect(),
        }))
    }
}

impl fmt::Display for Offence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { series, kind, amount, period, others, .. } = self;
        write!(f, "{series} has a {kind} of ")?;
        if *amount == 0.0 || (LEAST..1e21).contains(&amount.abs()) {
            write!(f, "{amount} for {period}")?;
        } else {
            // Not with its hundred zeros.
            write!(f, "{amount:e} for {period}")?;
        }
        if !others.is_empty() {
            let named = others.len().min(OTHERS_NAMED);
            write!(f, " (and the like for {}", others[..named].join(", "))?;
            if others.len() > named {
                write!(f, " and {} more", others.len() - named)?;
            }
            f.write_str(")")?;
        }
        Ok(())
    }
}

impl ProjectError {
    /// Whether no amount of a series, of whatever kind, is larger than [`MOST`] or smaller than [`LEAST`] without being zero.
    ///
    /// # Errors
    ///
    /// [`OutOfRange`](Self::OutOfRange) with the first figure that is.
    pub fn check_amounts(series: &Series) -> Result<(), Self> {
        let offends = |amount: f64| !(LEAST..=MOST).contains(&amount.abs()) && amount != 0.0;
        match Offence::among(series, series.figures().iter(), "", offends) {
            Some(offence) => Err(Self::OutOfRange(offence)),
            None => Ok(()),
        }
    }

    /// [`NothingObserved`](Self::NothingObserved) for this series, with the kinds of its figures.
    pub fn nothing_observed(series: &Series) -> Self {
        let mut kinds: Vec<_> = series.figures().iter().map(|figure| figure.fact.kind()).collect();
        kinds.sort_unstable();
        kinds.dedup();
        Self::NothingObserved { series: series.name().to_owned(), kinds }
    }

    /// The name of the series.
    pub fn series(&self) -> &str {
        match self {
            Self::NotPositive(offence) | Self::Negative(offence) | Self::OutOfRange(offence) => &offence.series,
            Self::Impossible(contradiction) => &contradiction.series,
            Self::NothingObserved { series, .. }
            | Self::Unbounded { series, .. }
            | Self::NotRegular { series, .. }
            | Self::TooLong { series, .. }
            | Self::NothingAhead { series, .. } => series,
        }
    }

    /// Where the first offending figure stood, if figures are at fault.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::NotPositive(offence) | Self::Negative(offence) | Self::OutOfRange(offence) => offence.place.as_ref(),
            Self::Impossible(contradiction) => contradiction.place.as_ref(),
            _ => None,
        }
    }

    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::NothingObserved { .. } => {
                "add a figure of kind revenue or run-rate; targets, contracts and events are never fitted"
            }
            Self::NotPositive(_) => {
                "give totals of longer periods, in which they are offset, or leave one out of the fit, as in --exclude 2024-03; \
                 project and chart accept months, quarters and years without revenue"
            }
            Self::Negative(_) => {
                "give totals of longer periods, in which they are offset, or leave one out of the fit, as in --exclude 2024-03"
            }
            Self::OutOfRange(_) => "check the figure and its unit; --unit says which unit the figures are in",
            Self::Unbounded { .. } => "ask for a nearer date, or check what is assumed",
            Self::Impossible(_) => "correct one of them; topline reconcile shows what each would have to be",
            Self::NotRegular { .. } => "use --method growth, which takes any mix of figures",
            Self::TooLong { .. } => "check the years in the file, or choose an earlier date",
            Self::NothingAhead { .. } => "give a later --until, or a --horizon, which counts from the last figure",
        }
    }
}

fn kinds_found(kinds: &[&'static str]) -> String {
    if kinds.is_empty() { String::new() } else { format!(" (only {})", kinds.join(", ")) }
}
