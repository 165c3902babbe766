//! Figures derived from others: growth rates, doubling times, trailing and next twelve months.
//!
//! From stated figures by arithmetic, so without an interval; ahead of them with the intervals of the fitted method. Growth on a
//! stated figure has that figure's exact amount as its base. Growth of one projected amount on another has the distribution of
//! their ratio, in which what moves both cancels; a method that does not know it gives the ratio of the medians alone. Growth is
//! taken between figures of one measure only: a run-rate against a total of a year is not growth.
//!
//! # References
//!
//! The definitions are those of `docs/derived.md`.

use std::fmt;

use crate::calendar::{Month, Period};
use crate::money::Amount;
use crate::project::tabulate::{median_and_intervals, probabilities};
use crate::project::{Distribution, Fitted, Interval, Plan};
use crate::series::{Figure, Measure, Series};

/// What can be derived.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Derivation {
    /// Growth on the same period, or the same month, of the year before.
    YearOnYear,
    /// The constant yearly growth between two figures, years measured between the ends of their periods; a year apart at least.
    Cagr,
    /// The constant monthly growth between two figures.
    Cmgr,
    /// Months in which constant growth from one figure to another doubles the amount.
    Doubling,
    /// Revenue of the twelve months that end with a period.
    Trailing,
    /// Revenue of the twelve months that follow a period.
    Next,
    /// The rate with which a period ends, annualised: of a total of less than a year, its amount times periods per year.
    ExitRate,
    /// Revenue since the first figure's period began.
    Cumulative,
}

impl Derivation {
    /// Every derivation.
    pub const ALL: [Self; 8] = [
        Self::YearOnYear,
        Self::Cagr,
        Self::Cmgr,
        Self::Doubling,
        Self::Trailing,
        Self::Next,
        Self::ExitRate,
        Self::Cumulative,
    ];

    /// Name in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::YearOnYear => "yoy",
            Self::Cagr => "cagr",
            Self::Cmgr => "cmgr",
            Self::Doubling => "doubling-months",
            Self::Trailing => "ttm",
            Self::Next => "ntm",
            Self::ExitRate => "exit-rate",
            Self::Cumulative => "cumulative",
        }
    }

    /// Whether it is an amount of money, and not a rate of growth or a time.
    pub fn is_amount(self) -> bool {
        matches!(self, Self::Trailing | Self::Next | Self::ExitRate | Self::Cumulative)
    }

    /// Whether it can be had of run-rates as well as of totals, so that its name has to say which.
    fn is_of_either(self) -> bool {
        !self.is_amount()
    }
}

/// A derived figure.
#[derive(Clone, Debug, PartialEq)]
pub struct Derived {
    /// What it is.
    pub derivation: Derivation,
    /// What it is derived from.
    pub measure: Measure,
    /// The period it is of; of twelve months trailing or next, and of a cumulative amount, those months.
    pub period: Period,
    /// The period that growth is measured from.
    pub base: Option<Period>,
    /// Median, or the value where it follows from stated figures: a fraction (0.25 is 25%), months, or an amount in the currency's
    /// major unit. `None` for a doubling time where the median does not grow.
    pub median: Option<f64>,
    /// Prediction intervals, one for each of the plan's levels; `None` where the value follows from stated figures, or where the
    /// method does not know. An end is `None` for a doubling time that is not reached without growth.
    pub intervals: Option<Vec<(Option<f64>, Option<f64>)>>,
    /// Whether it follows from stated figures alone.
    pub stated: bool,
}

impl Derived {
    /// Name in files: that of the derivation, with `run-rate-` before it where it is of run-rates and could be of totals.
    pub fn name(&self) -> String {
        let of = if self.derivation.is_of_either() && self.measure == Measure::RunRate { OF_RUN_RATES } else { "" };
        format!("{of}{}", self.derivation.name())
    }
}

/// What stands before the name where a derivation that could be of totals is of run-rates.
const OF_RUN_RATES: &str = "run-rate-";

/// Whether a projection file calls a derived figure so.
pub fn is_derived(name: &str) -> bool {
    let of_run_rates = name.strip_prefix(OF_RUN_RATES);
    Derivation::ALL.into_iter().any(|one| one.name() == name || one.is_of_either() && of_run_rates == Some(one.name()))
}

impl fmt::Display for Derivation {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// The derived figures that a plan asks for: of the stated figures and of each of `periods`, ordered by derivation, measure and
/// time.
pub(super) fn derive<F: Fitted>(fitted: &F, series: &Series, origin: Month, periods: &[Period], plan: &Plan) -> Vec<Derived> {
    let work = Work { fitted, series, origin, plan };
    let mut derived: Vec<Derived> =
        plan.derive.iter().flat_map(|of| work.stated(*of).into_iter().chain(work.ahead(*of, periods))).collect();
    derived.sort_by_key(|one| (one.derivation, one.measure, one.period));
    derived
}

struct Work<'a, F> {
    fitted: &'a F,
    series: &'a Series,
    origin: Month,
    plan: &'a Plan,
}

impl<F: Fitted> Work<'_, F> {
    /// From stated figures.
    fn stated(&self, of: Derivation) -> Vec<Derived> {
        let figures = self.series.observations().filter_map(|figure| {
            let (measure, amount) = (figure.fact.observes()?, figure.fact.amount()?.value());
            let (period, base, value) = match of {
                Derivation::YearOnYear => {
                    let base = year_before(figure.period);
                    (figure.period, Some(base), growth(amount, self.amount(measure, base)?, 1.0))
                }
                Derivation::Cagr | Derivation::Cmgr | Derivation::Doubling => {
                    let first = self.series.observations().find(|first| comparable(first, measure, figure.period))?;
                    let months = figure.period.last().since(first.period.last());
                    let value = constant(of, amount, first.fact.amount()?.value(), months)?;
                    (figure.period, Some(first.period), value)
                }
                Derivation::Trailing if measure == Measure::Revenue => {
                    let span = Period::ending(figure.period.last(), 12);
                    (span, None, Some(self.amount(measure, span)?))
                }
                Derivation::ExitRate if figure.period.months() < 12 => (figure.period, None, Some(figure.annual_rate()?)),
                Derivation::Cumulative if measure == Measure::Revenue => {
                    let span = Period::new(self.series.start()?, figure.period.last())?;
                    (span, None, Some(self.amount(measure, span)?))
                }
                _ => return None,
            };
            let measure = if of == Derivation::ExitRate { Measure::RunRate } else { measure };
            let median = value.filter(|value| value.is_finite());
            Some(Derived { derivation: of, measure, period, base, median, intervals: None, stated: true })
        });
        figures.collect()
    }

    /// Of projected periods.
    fn ahead(&self, of: Derivation, periods: &[Period]) -> Vec<Derived> {
        match of {
            Derivation::Next => {
                let last = periods.last().map_or(self.origin, |period| period.last());
                let ends = periods.iter().map(|period| period.last()).filter(|end| end.plus(12) <= last);
                let starts = std::iter::once(self.origin).chain(ends);
                starts.filter_map(|end| self.total(of, Period::ending(end.plus(12), 12))).collect()
            }
            Derivation::Trailing => {
                periods.iter().filter_map(|period| self.total(of, Period::ending(period.last(), 12))).collect()
            }
            Derivation::Cumulative => {
                let span = |period: &Period| self.total(of, Period::new(self.series.start()?, period.last())?);
                periods.iter().filter_map(span).collect()
            }
            Derivation::ExitRate => periods
                .iter()
                .map(|period| {
                    let rate = self.fitted.distribution(Measure::RunRate, *period);
                    self.derived(of, Measure::RunRate, *period, None, &rate, Some)
                })
                .collect(),
            Derivation::YearOnYear => of_either(periods, |measure, period| self.year_on_year(measure, period)),
            Derivation::Cagr | Derivation::Cmgr | Derivation::Doubling => {
                of_either(periods, |measure, period| self.since_last_figure(of, measure, period))
            }
        }
    }

    fn total(&self, of: Derivation, span: Period) -> Option<Derived> {
        (span.first() >= self.fitted.start()).then(|| {
            let total = self.fitted.distribution(Measure::Revenue, span);
            self.derived(of, Measure::Revenue, span, None, &total, Some)
        })
    }

    fn year_on_year(&self, measure: Measure, period: Period) -> Option<Derived> {
        let of = Derivation::YearOnYear;
        let base = year_before(period);
        // A run-rate is that of the last month.
        let months = |period: Period| if measure == Measure::RunRate { period.last().into() } else { period };
        if let Some(amount) = self.amount(measure, months(base)) {
            let distribution = self.fitted.distribution(measure, period);
            return Some(self.derived(of, measure, period, Some(base), &distribution, |x| growth(x, amount, 1.0)));
        }
        if months(base).first() < self.fitted.start() {
            return None;
        }
        if let Some(ratio) = self.fitted.ratio(measure, period, base) {
            return Some(self.derived(of, measure, period, Some(base), &ratio, |x| Some(x - 1.0)));
        }
        let median = |period| self.fitted.distribution(measure, period).median();
        let value = growth(median(period), median(base), 1.0).filter(|value| value.is_finite());
        Some(Derived { derivation: of, measure, period, base: Some(base), median: value, intervals: None, stated: false })
    }

    /// Constant growth from the last stated figure of the same measure and length.
    fn since_last_figure(&self, of: Derivation, measure: Measure, period: Period) -> Option<Derived> {
        let last = self.series.observations().rev().find(|figure| comparable(figure, measure, period))?;
        let (base, months) = (last.fact.amount()?.value(), period.last().since(last.period.last()));
        // Whether there is an answer depends on the months alone.
        constant(of, base, base, months)?;
        let distribution = self.fitted.distribution(measure, period);
        let value = |amount| constant(of, amount, base, months).flatten();
        let mut derived = self.derived(of, measure, period, Some(last.period), &distribution, value);
        if of == Derivation::Doubling {
            // The faster the growth, the shorter the time.
            let swap = |(lo, hi): &(Option<f64>, Option<f64>)| (*hi, *lo);
            derived.intervals = derived.intervals.map(|ends| ends.iter().map(swap).collect());
        }
        Some(derived)
    }

    fn derived(
        &self,
        derivation: Derivation,
        measure: Measure,
        period: Period,
        base: Option<Period>,
        distribution: &Distribution,
        value: impl Fn(f64) -> Option<f64>,
    ) -> Derived {
        // Of growth from next to nothing there is no number.
        let value = |amount: f64| value(amount).filter(|value| value.is_finite());
        let (median, intervals) = median_and_intervals(&distribution.quantiles(&probabilities(&self.plan.levels)));
        let intervals = intervals.into_iter().map(|Interval { lo, hi }| (value(lo), value(hi))).collect();
        Derived { derivation, measure, period, base, median: value(median), intervals: Some(intervals), stated: false }
    }

    /// The amount that the figures state for a period: as one figure, or as totals that make it up without a gap.
    fn amount(&self, measure: Measure, period: Period) -> Option<f64> {
        self.series.stated(measure, period).map(Amount::value)
    }
}

/// Of totals first, then of run-rates, each in order of time.
fn of_either(periods: &[Period], one: impl Fn(Measure, Period) -> Option<Derived>) -> Vec<Derived> {
    let measures = [Measure::Revenue, Measure::RunRate];
    measures.iter().flat_map(|measure| periods.iter().filter_map(|period| one(*measure, *period))).collect()
}

/// The constant growth from `base` to `amount` in `months`, or its doubling time. `None` if the figures are too near to each
/// other in time, `Some(None)` if the amounts give none.
#[expect(clippy::option_option, reason = "no question and no answer are different things")]
fn constant(of: Derivation, amount: f64, base: f64, months: i32) -> Option<Option<f64>> {
    let least = if of == Derivation::Cagr { 12 } else { 1 };
    if months < least {
        return None;
    }
    let months = f64::from(months);
    Some(match of {
        Derivation::Cagr => growth(amount, base, months / 12.0),
        Derivation::Cmgr => growth(amount, base, months),
        _ => (amount > base && base > 0.0).then(|| months * std::f64::consts::LN_2 / libm::log(amount / base)),
    })
}

/// Whether a figure is of this measure and, if that is a total, of this length.
fn comparable(figure: &Figure, measure: Measure, period: Period) -> bool {
    figure.fact.observes() == Some(measure) && (measure == Measure::RunRate || figure.period.months() == period.months())
}

fn year_before(period: Period) -> Period {
    Period::ending(period.last().plus(-12), period.months())
}

/// (amount / base)^(1 / times) - 1, where there is a base to grow from.
fn growth(amount: f64, base: f64, times: f64) -> Option<f64> {
    (base > 0.0).then(|| libm::pow(amount / base, 1.0 / times) - 1.0)
}
