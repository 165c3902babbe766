//! Whether the figures of a series go together, which do not, and what those would have to be.
//!
//! Each figure is left out in turn, the growth model is fitted to the others, and the figure is placed in the distribution of what
//! they lead one to expect of it. Figures that lie too far out are set aside, the farthest first, and the rest is looked at anew,
//! since one wrong figure makes its neighbours look wrong too. Nothing is corrected: the answer names the figures and says what
//! the others make of them. `docs/reconcile.md` has the definitions.

mod answer;
mod outliers;
mod scope;

use std::ops::RangeInclusive;

use super::QuestionError;
use crate::calendar::{Month, Period};
use crate::money::Amount;
use crate::project::growth::{Growth, GrowthFit, peers_of};
use crate::project::{Distribution, Method, ProjectError};
use crate::series::{Fact, Figure, Measure, Role, Series};

pub use answer::{Claim, Expected, PathMonth, Reconciliation, Status, TotalCheck, Verdict};
pub use scope::{Scope, ScopeFactor};

/// The most figures of a series that are reconciled: each costs a fit to all the others, and more with every one set aside.
pub const MOST_FIGURES: usize = 240;

/// How the figures are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Assumptions {
    /// Targets that lie ahead take part as if they were figures; those that do not state their basis under this reading. `None`
    /// leaves targets out.
    pub targets: Option<Measure>,
    /// What run-rates cover of what the totals cover.
    pub scope: Scope,
}

/// A figure that takes part: what it states, and what it is compared with.
#[derive(Clone, Debug)]
struct Statement {
    /// The figure, a target as the run-rate or the revenue that it is read as.
    figure: Figure,
    target: bool,
    role: Role,
}

impl Statement {
    fn measure(&self) -> Measure {
        self.figure.fact.observes().unwrap_or(Measure::Revenue)
    }

    fn amount(&self) -> Amount {
        self.figure.fact.amount().unwrap_or_else(|| unreachable!("what takes part has an amount"))
    }

    /// What a run-rate of the totals' scope would be times this is stated.
    fn factor(&self, scope: f64) -> f64 {
        if self.measure() == Measure::RunRate { scope } else { 1.0 }
    }
}

/// The statements of a series, and the model that judges them.
#[derive(Debug)]
struct Figures<'a> {
    series: &'a Series,
    growth: Growth,
    statements: Vec<Statement>,
    /// Run-rates over what they would be if they covered what the totals cover.
    scope: f64,
}

/// What goes together among the figures of `series`, and what does not.
///
/// # Errors
///
/// If there are fewer than two figures to compare, or more than [`MOST_FIGURES`]; if a target that takes part is of zero or less;
/// if a scope factor is asked for and cannot be told from growth; if the series cannot be projected.
pub fn ask(series: &Series, assumptions: Assumptions) -> Result<Reconciliation, QuestionError> {
    let mut figures = Figures::new(series, assumptions)?;
    let fitted = figures.fitted();
    let scope = scope::factor(&mut figures, &fitted, assumptions.scope)?;
    let found = outliers::find(&figures, &fitted)?;
    answer::answer(&figures, &found, scope)
}

impl<'a> Figures<'a> {
    fn new(series: &'a Series, assumptions: Assumptions) -> Result<Self, QuestionError> {
        let name = || series.name().to_owned();
        ProjectError::check_amounts(series)?;
        if series.origin().is_none() {
            // The model itself says best what is missing.
            Growth::new().fit(series, Month::MIN.into())?;
        }
        let origin = series.origin().unwrap_or(Month::MIN);
        let mut taken: Vec<(Figure, bool)> = series
            .figures()
            .iter()
            .zip(series.roles())
            .filter(|(figure, role)| figure.fact.observes().is_some() && **role != Role::Excluded)
            .map(|(figure, _)| (figure.clone(), false))
            .collect();
        if let Some(reading) = assumptions.targets {
            for target in series.targets().filter(|target| target.period.last() > origin) {
                taken.push((as_figure(series, target, reading)?, true));
            }
        }
        // As the series itself orders them, so that its roles run beside them.
        taken.sort_by_key(|(figure, _)| figure.period);
        let together = taken.iter().map(|(figure, _)| figure.clone()).collect();
        let roles = Series::new(series.name(), series.currency(), series.calendar(), together).roles().to_vec();
        let statements: Vec<Statement> =
            taken.into_iter().zip(roles).map(|((figure, target), role)| Statement { figure, target, role }).collect();
        let count = statements.iter().filter(|statement| statement.role == Role::Fitted).count();
        if count > MOST_FIGURES {
            return Err(QuestionError::TooManyFigures { series: name(), figures: count, limit: MOST_FIGURES });
        }
        if count < 2 && statements.iter().all(|statement| statement.role == Role::Fitted) {
            return Err(QuestionError::NothingToReconcile { series: name(), figures: count });
        }
        Ok(Self { series, growth: Growth::new(), statements, scope: 1.0 })
    }

    /// The statements that the model can fit together, as indices.
    fn fitted(&self) -> Vec<usize> {
        (0..self.statements.len()).filter(|index| self.statements[*index].role == Role::Fitted).collect()
    }

    /// The model fitted to these statements, for the months of `window` and all that they speak of.
    fn fit(&self, kept: &[usize], window: Period) -> Result<GrowthFit, QuestionError> {
        let figures = kept.iter().map(|index| {
            let statement = &self.statements[*index];
            Figure { fact: scaled(&statement.figure.fact, 1.0 / statement.factor(self.scope)), ..statement.figure.clone() }
        });
        let series = self.series.of_figures(figures.collect()).with_peers(Some(peers_of(self.series).0));
        Ok(self.growth.fit_as_stated(&series, window)?)
    }

    /// What `kept`, without the statement itself, make of it: the distribution of a figure of its rounding, and the statement in
    /// the same scope.
    fn expected(&self, index: usize, kept: &[usize]) -> Result<(Distribution, f64), QuestionError> {
        let statement = &self.statements[index];
        let others: Vec<usize> = kept.iter().copied().filter(|other| *other != index).collect();
        let fitted = self.fit(&others, statement.figure.period)?;
        Ok((self.stated_by(&fitted, index), statement.amount().value() / statement.factor(self.scope)))
    }

    fn stated_by(&self, fitted: &GrowthFit, index: usize) -> Distribution {
        let statement = &self.statements[index];
        fitted.stated(statement.measure(), statement.figure.period, statement.amount().rounding())
    }

    /// Every month from the first that a statement speaks of to the last, for those in `kept`.
    fn months(&self, kept: &[usize]) -> RangeInclusive<Month> {
        let periods = || kept.iter().map(|index| self.statements[*index].figure.period);
        let first = periods().map(Period::first).min().unwrap_or(Month::MIN);
        first..=periods().map(Period::last).max().unwrap_or(first)
    }
}

/// A target as the figure that it is read as.
fn as_figure(series: &Series, target: &Figure, reading: Measure) -> Result<Figure, QuestionError> {
    let Fact::Target { amount, basis } = target.fact else { unreachable!("only targets are read as figures") };
    if amount.value() <= 0.0 {
        return Err(QuestionError::TargetNotPositive {
            series: series.name().to_owned(),
            amount: amount.value(),
            currency: series.currency(),
            period: series.calendar().name(target.period),
        });
    }
    let mut figure = target.clone();
    match basis.unwrap_or(reading) {
        Measure::Revenue => figure.fact = Fact::Revenue(amount),
        Measure::RunRate => {
            figure.fact = Fact::RunRate(amount);
            figure.period = figure.period.last().into();
        }
    }
    Ok(figure)
}

/// A fact whose amount is `factor` times as large, and rounded alike.
fn scaled(fact: &Fact, factor: f64) -> Fact {
    let times = |amount: Amount| Amount::new(amount.value() * factor, amount.unit() * factor).unwrap_or(amount);
    match *fact {
        Fact::RunRate(amount) => Fact::RunRate(times(amount)),
        Fact::Revenue(amount) => Fact::Revenue(times(amount)),
        other => other,
    }
}
