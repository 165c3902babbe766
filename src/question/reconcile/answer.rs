//! What is answered: every figure beside what the others make of it, the checks, and the path.

use chrono::NaiveDate;
use serde::Serialize;

use super::outliers::{self, Found};
use super::{Figures, ScopeFactor, Statement};
use crate::calendar::{Month, Period};
use crate::money::{Amount, Currency};
use crate::project::{Distribution, Fitted};
use crate::question::{QuestionError, json};
use crate::series::{Measure, Role};

/// Whether the figures of a series go together.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Reconciliation {
    /// Name of the series.
    pub series: String,
    /// Currency of every amount.
    #[serde(serialize_with = "json::text")]
    pub currency: Currency,
    /// The answer in a word.
    pub verdict: Verdict,
    /// Figures that were compared with each other: those that replace others or check them are not counted.
    pub compared: usize,
    /// Standard errors from which a figure disagrees: as many as figures that all agree pass once in twenty series at most.
    pub bar: f64,
    /// The factor between run-rates and totals that all of it rests on, or `None` if they cover the same.
    pub scope: Option<ScopeFactor>,
    /// Every figure that states the revenue or a run-rate, in order of time.
    pub claims: Vec<Claim>,
    /// Totals beside the finer totals that cover their months.
    pub checks: Vec<TotalCheck>,
    /// The run-rate by the figures that agree, in every month from the first that they speak of to the last; in the scope of the
    /// totals.
    pub path: Vec<PathMonth>,
}

/// Whether the figures go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// They all do.
    Agree,
    /// More than half of them do.
    Disagree,
    /// No more than half of them do, so that nothing says which are right.
    Contradict,
}

/// What part a figure plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// It goes with the others.
    Agrees,
    /// It does not.
    Disagrees,
    /// A later row states the same for the same period and stands in its place; compared with the others all the same.
    Replaced,
}

/// One figure beside what the others make of it.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Claim {
    /// What it states.
    #[serde(serialize_with = "json::text")]
    pub measure: Measure,
    /// Whether it is a target that takes part by request.
    pub target: bool,
    /// Of which months.
    #[serde(serialize_with = "json::text")]
    pub period: Period,
    /// The day, where the source gives it.
    #[serde(serialize_with = "json::maybe")]
    pub day: Option<NaiveDate>,
    /// The amount, as stated.
    pub stated: f64,
    /// Whether it goes with the others.
    pub status: Status,
    /// What it would have to be: a figure of this rounding, by the figures that agree without this one. `None` if there are none.
    pub expected: Option<Expected>,
    /// How far it lies from the median of `expected`, in standard errors: the normal quantile of its place there.
    pub standard_errors: Option<f64>,
    /// The median of the same measure by all figures that agree, this one among them if it does.
    pub reconciled: f64,
    /// Positions in [`Reconciliation::claims`] of figures of which any would serve as well: with that one set aside instead, this
    /// one agrees.
    pub or: Vec<usize>,
}

/// A distribution, as its median and 80% interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Expected {
    /// Median.
    pub median: f64,
    /// Lower end of the 80% interval.
    pub lo_80: f64,
    /// Upper end.
    pub hi_80: f64,
}

/// A total beside the finer totals that cover its months.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct TotalCheck {
    /// The total's months.
    #[serde(serialize_with = "json::text")]
    pub period: Period,
    /// The total, as stated.
    pub stated: f64,
    /// What the finer totals come to; `None` where they overlap, so that they cannot be added.
    pub sum: Option<f64>,
    /// Whether the two agree to within their rounding.
    pub agrees: bool,
}

/// The run-rate of one month.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PathMonth {
    /// The month.
    #[serde(serialize_with = "json::text")]
    pub month: Month,
    /// Its annualised run-rate.
    #[serde(flatten)]
    pub run_rate: Expected,
}

impl Expected {
    /// A distribution whose amounts are stated `factor` times as large.
    fn of(distribution: &Distribution, factor: f64) -> Self {
        let quantile = |p| distribution.quantile(p) * factor;
        Self { median: quantile(0.5), lo_80: quantile(0.1), hi_80: quantile(0.9) }
    }
}

pub(super) fn answer(
    figures: &Figures<'_>,
    found: &Found,
    scope: Option<ScopeFactor>,
) -> Result<Reconciliation, QuestionError> {
    let Found { kept, aside, bar, contradict } = found;
    let takes_part = |statement: &Statement| match statement.role {
        Role::Fitted => true,
        // Which of two vintages stands is not a contradiction.
        Role::Superseded { dated, .. } => !dated,
        _ => false,
    };
    let shown: Vec<usize> = (0..figures.statements.len()).filter(|index| takes_part(&figures.statements[*index])).collect();
    let everything = figures.months(&shown);
    let whole = Period::new(*everything.start(), *everything.end()).unwrap_or_else(|| (*everything.end()).into());
    let all = figures.fit(kept, whole)?;
    let mut claims = Vec::new();
    for &index in &shown {
        let statement = &figures.statements[index];
        let factor = statement.factor(figures.scope);
        let alone = kept.iter().all(|other| *other == index);
        let expected = if alone { None } else { Some(figures.expected(index, kept)?) };
        let set_aside = aside.iter().find(|outlier| outlier.index == index);
        let mut or: Vec<usize> = set_aside.map(|outlier| outlier.or.clone()).unwrap_or_default();
        if *contradict && kept.contains(&index) {
            or.extend(kept.iter().filter(|other| **other != index));
        }
        claims.push(Claim {
            measure: statement.measure(),
            target: statement.target,
            period: statement.figure.period,
            day: statement.figure.day,
            stated: statement.amount().value(),
            status: match statement.role {
                Role::Superseded { .. } => Status::Replaced,
                _ if set_aside.is_some() || *contradict => Status::Disagrees,
                _ => Status::Agrees,
            },
            standard_errors: expected.as_ref().map(|(expected, stated)| outliers::standard_errors(expected, *stated)),
            expected: expected.as_ref().map(|(expected, _)| Expected::of(expected, factor)),
            reconciled: all.distribution(statement.measure(), statement.figure.period).median() * factor,
            or: or.iter().filter_map(|other| shown.iter().position(|index| index == other)).collect(),
        });
    }
    let compared = kept.len() + aside.len();
    let verdict = if *contradict || aside.len() * 2 >= compared && !aside.is_empty() {
        Verdict::Contradict
    } else if aside.is_empty() {
        Verdict::Agree
    } else {
        Verdict::Disagree
    };
    let months = (0..whole.months()).map(|k| whole.first().plus(k.cast_signed())).filter(|month| *month >= all.start());
    let path =
        months.map(|month| PathMonth { month, run_rate: Expected::of(&all.distribution(Measure::RunRate, month.into()), 1.0) });
    Ok(Reconciliation {
        series: figures.series.name().to_owned(),
        currency: figures.series.currency(),
        verdict,
        compared,
        bar: *bar,
        scope,
        claims,
        checks: checks(figures),
        path: path.collect(),
    })
}

fn checks(figures: &Figures<'_>) -> Vec<TotalCheck> {
    let of = |statement: &Statement| match statement.role {
        Role::Check { sum, agrees } => {
            let stated = statement.figure.fact.amount().map_or(0.0, Amount::value);
            Some(TotalCheck { period: statement.figure.period, stated, sum, agrees })
        }
        _ => None,
    };
    figures.statements.iter().filter_map(of).collect()
}
