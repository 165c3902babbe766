//! How well methods would have done on a series: fitted on what was known at past dates, scored against what happened.
//!
//! Origins roll by the calendar. At an origin a figure is known if its period has ended and, where it says when it was published
//! (`as_of`), if that was not later; of two for one period the one published last by then stands. What came is the figure that
//! stands now, the latest restatement. [`super::accuracy`] has the measures.

use std::collections::BTreeMap;

use serde::Serialize;

use super::QuestionError;
use super::accuracy::{Forecast, Meeting, Movement, Scores, Tally};
use super::json;
use crate::calendar::{Month, Period, Step};
use crate::money::Amount;
use crate::project::named::Named;
use crate::project::standard::Regular;
use crate::project::{Fitted, Level, Method, Plan, ProjectError, Standard};
use crate::series::{Figure, Measure, Role, Series};

/// The least number of known observations that an origin needs.
pub const LEAST_KNOWN: usize = 3;

/// Months to the step for series that are not regular.
const MIXED_STEP: u32 = 3;

/// The methods that are compared by default, without the naive forecasts, which always are.
pub const DEFAULT: [Named; 4] =
    [Named::Growth, Named::Standard(Standard::Ets), Named::Standard(Standard::Theta), Named::Standard(Standard::Combine)];

/// The forecasts that all others are measured against.
const NAIVE: [Named; 2] = [Named::Standard(Standard::Naive), Named::Standard(Standard::SeasonalNaive)];

/// What to try.
#[derive(Clone, Debug)]
pub struct Options {
    /// The methods, beside the naive forecasts. Empty for [`DEFAULT`]: of these growth alone on series that are not regular.
    pub methods: Vec<Named>,
    /// How many months ahead; `None` for 12, and for 36 where the figures are years.
    pub horizon: Option<u32>,
    /// The most origins, the latest of those that there are.
    pub origins: usize,
    /// Months from one origin to the next; `None` for the length of the figures, and for 3 where they are mixed.
    pub every: Option<u32>,
    /// Levels of the intervals.
    pub levels: Vec<Level>,
}

impl Default for Options {
    /// The default methods, horizon and step, up to 12 origins, and intervals of 50, 80 and 95%.
    fn default() -> Self {
        Self { methods: Vec::new(), horizon: None, origins: 12, every: None, levels: Plan::default_levels() }
    }
}

/// The backtest of one series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Backtest {
    /// Name of the series.
    pub series: String,
    /// Whether its observations are totals of one length; a naive forecast is the last annualised rate if they are not.
    pub regular: bool,
    /// Months to the step.
    pub step_months: u32,
    /// Months ahead.
    pub horizon_months: u32,
    /// The months at whose ends forecasts were made, in order of time.
    #[serde(serialize_with = "json::texts")]
    pub origins: Vec<Month>,
    /// One for each method.
    pub methods: Vec<Tested>,
}

/// One method on one series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Tested {
    /// The method.
    pub method: &'static str,
    /// Why the method has no scores: it could not take the figures known at an origin.
    pub refused: Option<String>,
    /// Over all outcomes.
    pub scores: Option<Scores>,
    /// By steps ahead.
    pub steps: Vec<StepScores>,
    /// Against the naive forecast: 1 - score / its score. 0.2 is a fifth better, below 0 is worse.
    pub skill_naive: Skill,
    /// Against the seasonal naive forecast.
    pub skill_seasonal_naive: Skill,
}

/// The scores at one distance.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct StepScores {
    /// Steps ahead of the last known figure, from 1.
    pub step: u32,
    /// The scores.
    #[serde(flatten)]
    pub scores: Scores,
}

/// Scores relative to a benchmark's.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Skill {
    /// Of the medians.
    pub mase: Option<f64>,
    /// Of the distributions.
    pub crps: Option<f64>,
}

impl Skill {
    /// The skill of scores beside a benchmark's.
    pub fn of(scores: &Scores, benchmark: &Scores) -> Self {
        let skill = |mine: Option<f64>, theirs: Option<f64>| Some(1.0 - mine? / theirs.filter(|score| *score > 0.0)?);
        Self { mase: skill(scores.mase, benchmark.mase), crps: skill(scores.crps, benchmark.crps) }
    }
}

/// One date to forecast from.
struct Origin<'a> {
    month: Month,
    known: Series,
    /// Steps ahead, and the figure that came.
    outcomes: Vec<(u32, &'a Figure)>,
}

/// Tests the methods of `options` on a series.
///
/// # Errors
///
/// If nothing is observed, or if there is no date with [`LEAST_KNOWN`] figures before it and one horizon after.
pub fn backtest(series: &Series, options: &Options) -> Result<Backtest, QuestionError> {
    ProjectError::check_amounts(series)?;
    let step = series.step();
    let step_months = step.map_or(MIXED_STEP, Step::months);
    let horizon_months = options.horizon.unwrap_or(if step_months == 12 { 36 } else { 12 }).max(step_months);
    let origins = origins(series, step_months, horizon_months, options);
    if origins.is_empty() {
        return Err(too_short(series, step_months, horizon_months));
    }
    let asked = match (options.methods.is_empty(), step) {
        (true, Some(_)) => DEFAULT.to_vec(),
        (true, None) => vec![Named::Growth],
        (false, _) => options.methods.clone(),
    };
    let mut candidates: Vec<Named> = Vec::new();
    for candidate in asked.into_iter().chain(NAIVE) {
        let known = candidates.contains(&candidate);
        if !known && (step.is_some() || candidate != NAIVE[1]) {
            candidates.push(candidate);
        }
    }
    let mut methods: Vec<Tested> =
        candidates.iter().map(|candidate| tested(*candidate, &origins, step.is_some(), &options.levels)).collect();
    let scores_of = |methods: &[Tested], name| methods.iter().find(|one| one.method == name).and_then(|one| one.scores.clone());
    let benchmarks = NAIVE.map(|candidate| scores_of(&methods, candidate.name()));
    for method in &mut methods {
        let skill = |benchmark: &Option<Scores>| match (&method.scores, benchmark) {
            (Some(scores), Some(benchmark)) => Skill::of(scores, benchmark),
            _ => Skill::default(),
        };
        (method.skill_naive, method.skill_seasonal_naive) = (skill(&benchmarks[0]), skill(&benchmarks[1]));
    }
    Ok(Backtest {
        series: series.name().to_owned(),
        regular: step.is_some(),
        step_months,
        horizon_months,
        origins: origins.iter().map(|origin| origin.month).collect(),
        methods,
    })
}

fn too_short(series: &Series, step_months: u32, horizon_months: u32) -> QuestionError {
    let steps = horizon_months.div_ceil(step_months) as usize;
    let regular = series.step().is_some();
    QuestionError::TooShort {
        series: series.name().to_owned(),
        figures: series.observations().count(),
        needed: regular.then_some(LEAST_KNOWN + steps),
        least: LEAST_KNOWN,
        months: horizon_months,
    }
}

/// The dates to forecast from, in order of time: the latest ones that leave a whole horizon.
fn origins<'a>(series: &'a Series, step_months: u32, horizon_months: u32, options: &Options) -> Vec<Origin<'a>> {
    let (Some(last), Some(first)) = (series.origin(), series.observations().map(|figure| figure.period.last()).min()) else {
        return Vec::new();
    };
    let every = options.every.unwrap_or(step_months).max(1).cast_signed();
    let mut found: Vec<Origin<'a>> = Vec::new();
    let mut month = last.plus(-horizon_months.cast_signed());
    while month >= first && found.len() < options.origins {
        let known = known_at(series, month);
        let newest = known.origin().unwrap_or(month);
        let end = newest.plus(horizon_months.cast_signed());
        let ahead = series.observations().filter(|figure| newest < figure.period.last() && figure.period.last() <= end);
        let outcomes: Vec<(u32, &Figure)> =
            ahead.map(|figure| (figure.period.last().since(newest).unsigned_abs().div_ceil(step_months), figure)).collect();
        // Where nothing new was known the later date stands for both.
        let seen = found.last().is_some_and(|later| later.known.figures() == known.figures());
        if known.observations().count() >= LEAST_KNOWN && !outcomes.is_empty() {
            if seen {
                // The same figures were known at the earlier date already.
                if let Some(later) = found.last_mut() {
                    later.month = month;
                }
            } else {
                found.push(Origin { month, known, outcomes });
            }
        }
        month = month.plus(-every);
    }
    found.reverse();
    found
}

/// The series as it was known when `month` ended.
fn known_at(series: &Series, month: Month) -> Series {
    let figures = series.figures().iter().zip(series.roles()).filter(|(figure, role)| {
        // A figure that another row corrects without a date was never known to be another.
        figure.fact.observes().is_some()
            && !matches!(role, Role::Superseded { dated: false, .. })
            && figure.period.last() <= month
            && figure.as_of.is_none_or(|published| published <= month.last_day())
    });
    let figures = figures.map(|(figure, _)| figure.clone()).collect();
    let excluded = |figure: &Figure| {
        let alike = |(other, role): (&Figure, &Role)| *role == Role::Excluded && other.period == figure.period;
        series.figures().iter().zip(series.roles()).any(alike)
    };
    Series::new(series.name(), series.currency(), series.calendar(), figures).without(excluded)
}

fn tested(candidate: Named, origins: &[Origin<'_>], regular: bool, levels: &[Level]) -> Tested {
    let mut all = Tally::new(levels);
    let mut steps: BTreeMap<u32, Tally> = BTreeMap::new();
    let mut refused = None;
    for origin in origins {
        let forecasts = match forecasts(candidate, origin, regular) {
            Ok(forecasts) => forecasts,
            Err(error) => {
                refused = Some(error.to_string());
                break;
            }
        };
        let movement = movement(&origin.known, regular);
        for ((step, figure), forecast) in origin.outcomes.iter().zip(forecasts) {
            let y = figure.fact.amount().map_or(0.0, Amount::value);
            let movement = movement.map(|movement| movement.times(of_a_year(figure)));
            let meeting = Meeting::new(&forecast, y, movement, levels);
            all.add(&meeting);
            steps.entry(*step).or_insert_with(|| Tally::new(levels)).add(&meeting);
        }
    }
    let scored = refused.is_none();
    let steps = steps.iter().map(|(step, tally)| StepScores { step: *step, scores: tally.scores() });
    Tested {
        method: candidate.name(),
        scores: scored.then(|| all.scores()),
        steps: if scored { steps.collect() } else { Vec::new() },
        refused,
        skill_naive: Skill::default(),
        skill_seasonal_naive: Skill::default(),
    }
}

/// What an annualised rate of 1 comes to as the figure's measure: 1 for a run-rate, a quarter for the total of three months.
fn of_a_year(figure: &Figure) -> f64 {
    match figure.fact.observes() {
        Some(Measure::Revenue) => f64::from(figure.period.months()) / 12.0,
        _ => 1.0,
    }
}

/// How the annualised rate moved up to the origin.
fn movement(known: &Series, regular: bool) -> Option<Movement> {
    if regular && let Ok(totals) = Regular::of(known, "naive") {
        let movement = Movement::of(&totals.values, totals.season())?;
        return Some(movement.times(12.0 / f64::from(totals.step.months())));
    }
    let rates: Vec<f64> = known.observations().filter_map(Figure::annual_rate).collect();
    Movement::of(&rates, 1)
}

fn forecasts(method: Named, origin: &Origin<'_>, regular: bool) -> Result<Vec<Forecast>, ProjectError> {
    if method == NAIVE[0] && !regular {
        let rate = origin.known.observations().next_back().and_then(Figure::annual_rate).unwrap_or(0.0);
        return Ok(origin.outcomes.iter().map(|(_, figure)| Forecast::Point(rate * of_a_year(figure))).collect());
    }
    let spans =
        || origin.known.observations().chain(origin.outcomes.iter().map(|(_, figure)| *figure)).map(|figure| figure.period);
    let first = spans().map(Period::first).min().unwrap_or(origin.month);
    let last = spans().map(Period::last).max().unwrap_or(origin.month);
    let window = Period::new(first, last).unwrap_or_else(|| origin.month.into());
    let fitted = method.fit(&origin.known, window)?;
    let distribution = |(_, figure): &(u32, &Figure)| {
        let measure = figure.fact.observes().unwrap_or(Measure::Revenue);
        Forecast::Distribution(fitted.distribution(measure, figure.period))
    };
    Ok(origin.outcomes.iter().map(distribution).collect())
}

/// Scores over several series.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Overall {
    /// The method.
    pub method: &'static str,
    /// Series that it was scored on.
    pub series: usize,
    /// Outcomes over all series.
    pub outcomes: usize,
    /// Means over series of their scores.
    pub mean: Measures,
    /// Medians over series of their scores.
    pub median: Measures,
    /// For each level in percent, the share of all outcomes inside.
    pub coverage: Vec<(f64, Option<f64>)>,
    /// Against the naive forecast, of the mean scores over the series that both were scored on.
    pub skill_naive: Skill,
    /// Against the seasonal naive forecast.
    pub skill_seasonal_naive: Skill,
}

/// The measures that are averaged over series.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize)]
pub struct Measures {
    /// See [`Scores::mase`].
    pub mase: Option<f64>,
    /// See [`Scores::smape`].
    pub smape: Option<f64>,
    /// See [`Scores::rmsse`].
    pub rmsse: Option<f64>,
    /// See [`Scores::pinball`].
    pub pinball: Option<f64>,
    /// See [`Scores::crps`].
    pub crps: Option<f64>,
}

/// Scores of many series in the making: what is kept of a series is a few numbers a method.
#[derive(Clone, Debug, Default)]
pub struct Totals {
    methods: Vec<MethodTotals>,
}

#[derive(Clone, Debug)]
struct MethodTotals {
    method: &'static str,
    series: usize,
    outcomes: usize,
    measures: [Vec<f64>; 5],
    coverage: Vec<(f64, usize, usize)>,
    /// For naive and seasonal naive, for MASE and CRPS: the sum of own scores and of the benchmark's over common series.
    against: [[(f64, f64); 2]; 2],
}

impl Totals {
    /// Adds the backtest of a series; those of all series in the same order give the same bits.
    pub fn add(&mut self, backtest: &Backtest) {
        let benchmark = |name| backtest.methods.iter().find(|one| one.method == name).and_then(|one| one.scores.as_ref());
        let benchmarks = [benchmark("naive"), benchmark("seasonal-naive")];
        for tested in &backtest.methods {
            let Some(scores) = &tested.scores else { continue };
            let at = self.methods.iter().position(|one| one.method == tested.method).unwrap_or_else(|| {
                self.methods.push(MethodTotals {
                    method: tested.method,
                    series: 0,
                    outcomes: 0,
                    measures: [const { Vec::new() }; 5],
                    coverage: scores.intervals.iter().map(|interval| (interval.level, 0, 0)).collect(),
                    against: [[(0.0, 0.0); 2]; 2],
                });
                self.methods.len() - 1
            });
            let totals = &mut self.methods[at];
            totals.series += 1;
            totals.outcomes += scores.outcomes;
            let measures = [scores.mase, scores.smape, scores.rmsse, scores.pinball, scores.crps];
            for (all, one) in totals.measures.iter_mut().zip(measures) {
                all.extend(one);
            }
            for ((_, outcomes, inside), interval) in totals.coverage.iter_mut().zip(&scores.intervals) {
                *outcomes += interval.outcomes;
                *inside += interval.inside;
            }
            for (sums, benchmark) in totals.against.iter_mut().zip(benchmarks) {
                let Some(benchmark) = benchmark else { continue };
                for (sum, pair) in sums.iter_mut().zip([(scores.mase, benchmark.mase), (scores.crps, benchmark.crps)]) {
                    if let (Some(mine), Some(theirs)) = pair {
                        *sum = (sum.0 + mine, sum.1 + theirs);
                    }
                }
            }
        }
    }

    /// The scores over all series so far.
    pub fn overall(&self) -> Vec<Overall> {
        self.methods.iter().map(MethodTotals::overall).collect()
    }
}

impl MethodTotals {
    fn overall(&self) -> Overall {
        let measures = |of: fn(&[f64]) -> Option<f64>| {
            let [mase, smape, rmsse, pinball, crps] = [0, 1, 2, 3, 4].map(|at| of(&self.measures[at]));
            Measures { mase, smape, rmsse, pinball, crps }
        };
        let skill = |sums: [(f64, f64); 2]| {
            let [mase, crps] = sums.map(|(mine, theirs)| (theirs > 0.0).then(|| 1.0 - mine / theirs));
            Skill { mase, crps }
        };
        let share = |(level, outcomes, inside): &(f64, usize, usize)| {
            (*level, (*outcomes > 0).then(|| *inside as f64 / *outcomes as f64))
        };
        Overall {
            method: self.method,
            series: self.series,
            outcomes: self.outcomes,
            mean: measures(|values| (!values.is_empty()).then(|| values.iter().sum::<f64>() / values.len() as f64)),
            median: measures(median),
            coverage: self.coverage.iter().map(share).collect(),
            skill_naive: skill(self.against[0]),
            skill_seasonal_naive: skill(self.against[1]),
        }
    }
}

fn median(values: &[f64]) -> Option<f64> {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    let count = sorted.len();
    (count > 0).then(|| (sorted[(count - 1) / 2] + sorted[count / 2]) / 2.0)
}
