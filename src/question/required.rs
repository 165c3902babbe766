//! The growth that a target asks for, and the growth that there has been: arithmetic on figures, without a model but for what no
//! figure states.

use chrono::NaiveDate;
use serde::Serialize;

use super::json;
use crate::calendar::Period;
use crate::money::Amount;
use crate::project::{Distribution, Fitted};
use crate::series::{Fact, Figure, Measure, Series};

/// Mean length of a year, in days.
const YEAR: f64 = 365.25;

/// Past growth is taken over a year where figures allow, and never over less than this many months: a shorter time says more of
/// the season and of rounding than of growth.
const LEAST_PAST: i32 = 5;

/// Where the growth starts from.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Base {
    /// What it measures.
    #[serde(serialize_with = "json::text")]
    pub measure: Measure,
    /// The amount, in the currency's major unit.
    pub amount: f64,
    /// The months it speaks of.
    #[serde(serialize_with = "json::text")]
    pub period: Period,
    /// The day of a run-rate, where the source gives it.
    #[serde(serialize_with = "json::maybe")]
    pub day: Option<NaiveDate>,
    /// Whether no figure states it, so that it is the model's median: the run-rate at the end of a series of totals.
    pub estimated: bool,
}

/// The constant growth that a target asks for, from the [`Base`] on.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Required {
    /// Growth a year: 0.38 is 38%. Two rates where only the month of the base is known: the low one if it was the month's first
    /// day, the high one if it was the last (the other way round for a fall).
    Growth {
        /// If the base was reached on the first day it can have been.
        from_first_day: f64,
        /// If it was reached on the last.
        from_last_day: f64,
    },
    /// What is already earned in the period comes to the target.
    Earned,
    /// More than a number can hold, as any growth from nothing is.
    Beyond,
}

impl Required {
    /// Growth a month of a growth a year, both as fractions.
    pub fn per_month(per_year: f64) -> f64 {
        libm::pow(1.0 + per_year, 1.0 / 12.0) - 1.0
    }

    /// The lower and the higher growth a year.
    pub fn range(self) -> Option<(f64, f64)> {
        match self {
            Self::Growth { from_first_day: a, from_last_day: b } => Some((a.min(b), a.max(b))),
            Self::Earned | Self::Beyond => None,
        }
    }

    fn of(from_first_day: f64, from_last_day: f64) -> Self {
        if from_first_day.is_finite() && from_last_day.is_finite() {
            Self::Growth { from_first_day, from_last_day }
        } else {
            Self::Beyond
        }
    }
}

/// The growth that there has been up to the base.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Past {
    /// Growth a year.
    pub per_year: f64,
    /// The earlier amount.
    pub amount: f64,
    /// The months of the earlier figure.
    #[serde(serialize_with = "json::text")]
    pub period: Period,
}

/// What is asked for: an amount in a period, under one reading.
#[derive(Clone, Copy, Debug)]
pub(super) struct Asked {
    pub(super) amount: f64,
    pub(super) reading: Measure,
    pub(super) period: Period,
    /// The day by which a run-rate is to be reached.
    pub(super) day: Option<NaiveDate>,
}

/// The base for a question: for a period's revenue the latest observed total of that length; else the last figure if it is a
/// run-rate; else the model's median run-rate of the last observed month.
pub(super) fn base(series: &Series, fitted: &impl Fitted, asked: Asked) -> Option<Base> {
    let of = |figure: &Figure, measure: Measure| {
        let amount = figure.fact.amount().map(Amount::value)?;
        Some(Base { measure, amount, period: figure.period, day: figure.day, estimated: false })
    };
    if asked.reading == Measure::Revenue {
        let total = series.observations().rfind(|figure| {
            matches!(figure.fact, Fact::Revenue(_))
                && figure.period.months() == asked.period.months()
                && figure.period.last() < asked.period.first()
        });
        if let Some(total) = total {
            return of(total, Measure::Revenue);
        }
    }
    let last = series.observations().next_back()?;
    if matches!(last.fact, Fact::RunRate(_)) {
        return of(last, Measure::RunRate);
    }
    let period = Period::from(last.period.last());
    let amount = fitted.distribution(Measure::RunRate, period).median();
    Some(Base { measure: Measure::RunRate, amount, period, day: None, estimated: true })
}

/// The growth that `asked` needs from `base` on. `earned` is the distribution of the revenue of a period that has passed.
pub(super) fn required(base: &Base, asked: Asked, earned: impl Fn(Period) -> Distribution) -> Required {
    match (base.measure, asked.reading) {
        (Measure::Revenue, _) => {
            let months = f64::from(asked.period.last().since(base.period.last()));
            let growth = libm::pow(asked.amount / base.amount, 12.0 / months) - 1.0;
            Required::of(growth, growth)
        }
        (Measure::RunRate, Measure::RunRate) => {
            let by = asked.day.unwrap_or_else(|| asked.period.last().last_day());
            let from = |day: NaiveDate| {
                let days = by.signed_duration_since(day).num_days().max(1);
                libm::pow(asked.amount / base.amount, YEAR / days as f64) - 1.0
            };
            let month = base.period.last();
            // An estimate is of the month's end, where the totals end that it is made from.
            let last = base.day.unwrap_or_else(|| month.last_day());
            let first = if base.estimated { last } else { base.day.unwrap_or_else(|| month.first_day()) };
            Required::of(from(first), from(last))
        }
        (Measure::RunRate, Measure::Revenue) => within_period(base, asked, earned),
    }
}

/// The growth from the base's month on by which the rest of the period earns what is missing: each month's rate is the one before
/// times a constant.
fn within_period(base: &Base, asked: Asked, earned: impl Fn(Period) -> Distribution) -> Required {
    let origin = base.period.last();
    let passed = Period::new(asked.period.first(), origin);
    let missing = asked.amount - passed.map_or(0.0, |passed| earned(passed).median());
    if missing <= 0.0 {
        return Required::Earned;
    }
    if base.amount <= 0.0 {
        return Required::Beyond;
    }
    let first = asked.period.first().since(origin).max(1);
    let last = asked.period.last().since(origin);
    let earns = |log_month: f64| (first..=last).map(|k| base.amount / 12.0 * libm::exp(log_month * f64::from(k))).sum::<f64>();
    // A factor of e^±40 a month is beyond any question; it is found by halving, to the last bit.
    let (mut lo, mut hi) = (-40.0, 40.0);
    for _ in 0..100 {
        let middle = f64::midpoint(lo, hi);
        if earns(middle) < missing {
            lo = middle;
        } else {
            hi = middle;
        }
    }
    let growth = libm::expm1(12.0 * hi);
    Required::of(growth, growth)
}

/// The growth up to the base, from the figure of the same measure and length that lies nearest to one year before it.
pub(super) fn past(series: &Series, base: &Base) -> Option<Past> {
    if base.estimated {
        // No figure states the base: its totals do, the last one against the one a year before.
        let last = series.observations().next_back()?;
        let amount = last.fact.amount().map(Amount::value)?;
        let total = Base { measure: Measure::Revenue, amount, period: last.period, day: None, estimated: false };
        return past(series, &total);
    }
    let apart = |figure: &Figure| base.period.last().since(figure.period.last());
    let earlier = series
        .observations()
        .filter(|figure| figure.fact.observes() == Some(base.measure) && figure.period.months() == base.period.months())
        .filter(|figure| apart(figure) >= LEAST_PAST)
        .min_by_key(|figure| (apart(figure) - 12).abs())?;
    let years = if base.measure == Measure::RunRate {
        let end = |day: Option<NaiveDate>, period: Period| day.unwrap_or_else(|| period.last().last_day());
        let days = end(base.day, base.period).signed_duration_since(end(earlier.day, earlier.period)).num_days();
        days as f64 / YEAR
    } else {
        f64::from(apart(earlier)) / 12.0
    };
    let amount = earlier.fact.amount().map(Amount::value)?;
    let per_year = libm::pow(base.amount / amount, 1.0 / years) - 1.0;
    per_year.is_finite().then_some(Past { per_year, amount, period: earlier.period })
}
