//! A fitted series under assumptions: what they touch comes from draws, all else from the fit itself.
//!
//! Draws and the model's closed form are not quite the same: draws have a sampling error, and a total is log-linear in the closed
//! form, which is the reference (`docs/growth.md`, section 2). So that a scenario differs from the projection by what it assumes and
//! by nothing else, the draws of each amount are first put onto the closed form, each at its rank, and the assumptions change them
//! then. A month's run-rate moves so by itself; for a total, all of its months move by one factor in each draw.

use crate::calendar::{Month, Period, Step};
use crate::project::named::AnyFit;
use crate::project::{Derivation, Details, Distribution, Draws, Fitted, Plan, Sample};
use crate::scenario::paths::Changes;
use crate::scenario::{Aim, Assumption, Fault, LEAST_EFFECTIVE, Scenario, ScenarioError, check};
use crate::series::{Figure, Measure, Series};

/// Probabilities at which draws are compared with the closed form.
const KNOTS: usize = 1024;

/// A series fitted by the growth model, or by what answers in its place where there are periods of nothing, under assumptions.
#[derive(Debug)]
pub(crate) struct Assumed {
    fit: AnyFit,
    /// The months that assumptions touch; `None` for all of them.
    touched: Option<Vec<Period>>,
    /// What is drawn from: the fit, or one whose growth stops where another is assumed.
    source: AnyFit,
    /// Draws, weighted where targets are taken as information; `None` where none are needed.
    draws: Option<Draws>,
    changes: Changes,
}

/// Whether a series is drawn of which nothing is assumed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Drawn {
    /// No: its answers are those of the fit.
    AsNeeded,
    /// Yes, to be compared draw by draw.
    Always,
}

/// Why assumptions cannot be applied, before series and scenario are named.
pub(super) enum Refusal {
    Impossible(Fault),
    TooFew { effective: f64, draws: usize },
}

impl Refusal {
    pub(super) fn of(self, scenario: &Scenario, series: &Series) -> ScenarioError {
        let (scenario, series) = (scenario.name.clone(), series.name().to_owned());
        match self {
            Self::Impossible(fault) => ScenarioError::Impossible { scenario, series, fault: Box::new(fault) },
            Self::TooFew { effective, draws } => ScenarioError::TooFewDraws { scenario, series, effective, draws },
        }
    }
}

impl Assumed {
    /// Draws `months` of `fit`, which answers itself what the assumptions do not touch. Periods that are touched must lie within
    /// `months` to be asked for.
    pub(super) fn new(
        fit: AnyFit,
        series: &Series,
        about: &[&Assumption],
        months: Period,
        (pairs, when): (u32, Drawn),
    ) -> Result<Self, Refusal> {
        for assumption in about {
            check::holds(assumption, series).map_err(Refusal::Impossible)?;
        }
        let mut growths = about.iter().filter_map(|one| if let Assumption::Growth(growth) = one { Some(growth) } else { None });
        let growth = growths.next();
        if growths.next().is_some() {
            return Err(Refusal::Impossible(Fault::TwoGrowths { series: series.name().to_owned() }));
        }
        let touched: Option<Vec<Period>> = about.iter().map(|assumption| assumption.months()).collect();
        let source = match growth.filter(|growth| growth.first <= months.last()) {
            Some(growth) => {
                let Some(grown) = fit.growth() else {
                    return Err(Refusal::Impossible(Fault::NoGrowthModel { series: series.name().to_owned() }));
                };
                // What is before a beginning was not fitted.
                let earned = |figure: &&Figure| figure.fact.amount().is_some_and(|amount| amount.value() > 0.0);
                let fitted = series.of_figures(series.figures().iter().filter(earned).cloned().collect());
                AnyFit::Growth(Box::new(grown.stopped(&fitted, growth.first.plus(-1))))
            }
            None => fit.clone(),
        };
        let count = 2 * pairs as usize;
        let changes = Changes::new(series.name(), about, count, months.last());
        let mut assumed = Self { fit, touched, source, draws: None, changes };
        if when == Drawn::AsNeeded && assumed.touched.as_ref().is_some_and(Vec::is_empty) {
            return Ok(assumed);
        }
        let aims: Vec<&Aim> =
            about.iter().filter_map(|one| if let Assumption::Aim(aim) = one { Some(aim) } else { None }).collect();
        let mut draws = Draws::of_fit(&assumed.source, series.name(), months, pairs);
        if !aims.is_empty() {
            let (weights, effective) = assumed.weights_of(&draws, &aims);
            if effective < f64::from(LEAST_EFFECTIVE) {
                return Err(Refusal::TooFew { effective, draws: count });
            }
            draws.weigh(weights);
        }
        assumed.draws = Some(draws);
        Ok(assumed)
    }

    /// Whether an assumption touches a measure of a period.
    fn touches(&self, measure: Measure, period: Period) -> bool {
        let asked = months_of(measure, period);
        let overlaps = |months: &Period| months.first() <= asked.last() && asked.first() <= months.last();
        self.touched.as_ref().is_none_or(|touched| touched.iter().any(overlaps))
    }

    /// A measure of a period under the assumptions, in every draw: draw number `k` goes with draw number `k` of another series.
    pub(crate) fn drawn(&self, measure: Measure, period: Period) -> Vec<f64> {
        let Some(set) = self.set(months_of(measure, period)) else { unreachable!("the months of {period} were drawn") };
        self.values(set, measure, period)
    }

    /// The distribution of a measure of a period, given what [`drawn`](Self::drawn) has of it.
    pub(crate) fn of_drawn(&self, measure: Measure, period: Period, drawn: &[f64]) -> Distribution {
        match self.set(months_of(measure, period)) {
            Some(set) if self.touches(measure, period) => set.distribution(drawn.to_vec()),
            _ => self.fit.distribution(measure, period),
        }
    }

    /// The weight of each draw of [`drawn`](Self::drawn); `None` where all weigh the same.
    pub(crate) fn weights(&self) -> Option<&[f64]> {
        self.draws.as_ref().and_then(Draws::weights)
    }

    /// The draws, if they hold all of these months.
    fn set(&self, months: Period) -> Option<&Draws> {
        self.draws.as_ref().filter(|draws| draws.months().covers(months))
    }

    /// A measure of a period under the assumptions, in every draw of a set.
    fn values(&self, set: &Draws, measure: Measure, period: Period) -> Vec<f64> {
        let factors = onto(&set.values(measure, period), &self.source.distribution(measure, period));
        let mut sums = vec![0.0; factors.len()];
        let mut rates = sums.clone();
        let share = if measure == Measure::RunRate { 1.0 } else { 1.0 / 12.0 };
        let asked = months_of(measure, period);
        for month in (asked.first().index()..=asked.last().index()).map(Month::from_index) {
            let drawn = if measure == Measure::RunRate { set.rates(month) } else { set.earned(month) };
            for ((rate, drawn), factor) in rates.iter_mut().zip(drawn).zip(&factors) {
                *rate = drawn * factor;
            }
            self.changes.apply(month, &mut rates);
            for (sum, rate) in sums.iter_mut().zip(&rates) {
                *sum += share * rate;
            }
        }
        sums
    }

    /// The weight of each draw by the aims, and how many draws of equal weight would say as much: (Σ w)² / Σ w² (Kong, "A note on
    /// importance sampling using standardized weights", 1992).
    fn weights_of(&self, set: &Draws, aims: &[&Aim]) -> (Vec<f64>, f64) {
        let mut logs = vec![0.0; set.count()];
        for aim in aims {
            let price = aim.amount.rate.as_ref().map_or(1.0, |rate| rate.price.ends().1);
            for (log, value) in logs.iter_mut().zip(self.values(set, aim.reading, aim.period)) {
                *log += aim.amount.amount.z_of(value / price).map_or(f64::NEG_INFINITY, |z| -0.5 * z * z);
            }
        }
        let top = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        if top == f64::NEG_INFINITY {
            return (logs, 0.0);
        }
        let weights: Vec<f64> = logs.iter().map(|log| libm::exp(log - top)).collect();
        let (sum, squares) =
            weights.iter().fold((0.0, 0.0), |(sum, squares), weight| (sum + weight, squares + weight * weight));
        (weights, sum * sum / squares)
    }
}

impl Fitted for Assumed {
    fn method(&self) -> &'static str {
        self.fit.method()
    }

    fn distribution(&self, measure: Measure, period: Period) -> Distribution {
        if !self.touches(measure, period) {
            return self.fit.distribution(measure, period);
        }
        let Some(set) = self.set(months_of(measure, period)) else { unreachable!("the months of {period} were drawn") };
        set.distribution(self.values(set, measure, period))
    }

    fn knows(&self, measure: Measure, period: Period) -> bool {
        !self.touches(measure, period) || self.set(months_of(measure, period)).is_some()
    }

    fn ratio(&self, measure: Measure, period: Period, base: Period) -> Option<Distribution> {
        if !self.touches(measure, period) && !self.touches(measure, base) {
            return self.fit.ratio(measure, period, base);
        }
        let (over, under) = (months_of(measure, period), months_of(measure, base));
        let set = self.set(over.span(under))?;
        let mut ratios = self.values(set, measure, period);
        for (over, under) in ratios.iter_mut().zip(self.values(set, measure, base)) {
            *over = if under > 0.0 { *over / under } else { return None };
        }
        Some(set.distribution(ratios))
    }

    fn start(&self) -> Month {
        self.fit.start()
    }

    fn reason(&self, series: &Series) -> String {
        self.fit.reason(series)
    }

    fn details(&self) -> Details {
        self.fit.details()
    }
}

impl Assumed {
    /// Whether its draws know how months go together.
    pub(crate) fn is_drawn_jointly(&self) -> bool {
        self.source.growth().is_some()
    }

    /// As [`AnyFit::instead`].
    pub(crate) fn instead(&self, series: &Series) -> Option<String> {
        self.fit.instead(series)
    }
}

/// The months that a measure of a period looks at: a run-rate is that of the last.
fn months_of(measure: Measure, period: Period) -> Period {
    if measure == Measure::RunRate { period.last().into() } else { period }
}

/// What each of `values` is to be multiplied by so that they have the distribution `target`: each value by the ratio of the quantiles
/// of both at its rank; nothing stays nothing. The ratios are taken at [`KNOTS`] evenly spaced probabilities and lie on lines between
/// them.
fn onto(values: &[f64], target: &Distribution) -> Vec<f64> {
    let mut order: Vec<u32> = (0..u32::try_from(values.len()).unwrap_or(u32::MAX)).collect();
    let value = |index: u32| values[index as usize];
    order.sort_unstable_by(|a, b| value(*a).total_cmp(&value(*b)).then(a.cmp(b)));
    let drawn = Distribution::of_sample(Sample::new(order.iter().map(|index| value(*index)).collect()));
    let ps: Vec<f64> = (0..KNOTS).map(|knot| (knot as f64 + 0.5) / KNOTS as f64).collect();
    let ratio = |(target, drawn): (f64, f64)| if drawn > 0.0 { target / drawn } else { 1.0 };
    let ratios: Vec<f64> = target.quantiles(&ps).into_iter().zip(drawn.quantiles(&ps)).map(ratio).collect();
    let mut factors = vec![1.0; values.len()];
    for (rank, index) in order.into_iter().enumerate() {
        let at = ((rank as f64 + 0.5) / values.len() as f64 * KNOTS as f64 - 0.5).clamp(0.0, (KNOTS - 1) as f64);
        let below = floor(at).min(KNOTS - 2);
        factors[index as usize] = ratios[below] + (ratios[below + 1] - ratios[below]) * (at - below as f64);
    }
    factors
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place among the knots")]
fn floor(at: f64) -> usize {
    at as usize
}

/// The months to draw so that a plan's questions of what is touched can be answered: from the earliest that one of them looks at.
pub(super) fn drawn_months(series: &Series, plan: &Plan, about: &[&Assumption], window: Period) -> Period {
    let origin = series.origin().unwrap_or(window.last());
    let calendar = series.calendar();
    let mut first = calendar.period_at(Step::Year, origin.plus(1)).first();
    let targets = series.targets().map(|figure| figure.period).filter(|period| period.last() > origin);
    let aims = about.iter().filter_map(|one| if let Assumption::Aim(aim) = one { Some(aim.period) } else { None });
    for period in plan.periods(calendar, origin).first().copied().into_iter().chain(targets).chain(aims) {
        first = first.min(period.first());
    }
    if !plan.derive.is_empty() {
        // Growth on the year before, and the twelve months that end with a period.
        first = first.plus(-12);
    }
    let everything = plan.derive.contains(&Derivation::Cumulative) || about.iter().any(|one| matches!(one, Assumption::Aim(_)));
    if everything {
        // An aim weighs the past, too.
        first = first.min(series.start().unwrap_or(first));
    }
    Period::new(first.max(window.first()), window.last()).unwrap_or(window)
}
