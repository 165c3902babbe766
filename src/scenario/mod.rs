//! Projections under assumptions: growth that is assumed, dated events, supply caps, and targets taken as information.
//!
//! A [`Scenario`] holds [`Assumption`]s about series by their names; [`project()`] makes the projection of a series under it, from
//! joint draws of the growth model whose paths the assumptions change. What they do not touch is the model's own answer, to the last
//! bit. `text` reads the words that people write for an assumption, `file` whole scenarios from TOML, and `sentence` says them again.
//! Nothing here prints or opens a file.
//!
//! # References
//!
//! `docs/scenarios.md` has the definitions.

mod assumed;
mod assumption;
mod check;
mod fault;
#[cfg(feature = "toml")]
mod file;
mod paths;
mod range;
mod sentence;
#[cfg_attr(not(feature = "toml"), expect(dead_code, reason = "some words are those of files alone"))]
mod text;

use crate::calendar::Period;
use crate::project::draws::PAIRS;
use crate::project::named::Named;
use crate::project::{self, Method, Plan, ProjectError, Projection, Setting, tabulate};
use crate::series::Series;

pub(crate) use assumed::{Assumed, Drawn};
pub use assumption::{Aim, Assumption, Cap, Event, GrowthPath, Money, Rate, Size};
pub use fault::Fault;
#[cfg(feature = "toml")]
pub use file::{Problem, Problems, read};
pub use range::Range;
pub use text::{assumed_growth, supply_cap};

/// Assumptions that hold together.
#[derive(Clone, Debug, PartialEq)]
pub struct Scenario {
    /// Its name, which differs from that of others beside it.
    pub name: String,
    /// What it supposes, in a sentence or two.
    pub note: Option<String>,
    /// Each assumption, with the name of the series that it is about.
    pub assumptions: Vec<(String, Assumption)>,
}

/// One of three cases of a scenario.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Case {
    /// Each range has its low end.
    Low,
    /// Each range has its median.
    Base,
    /// Each range has its high end.
    High,
}

impl Case {
    /// The cases, from low to high.
    pub const ALL: [Self; 3] = [Self::Low, Self::Base, Self::High];

    /// Its name: `low`, `base` or `high`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Base => "base",
            Self::High => "high",
        }
    }
}

impl Scenario {
    /// The three cases of the scenario, with the case after the name: each range of growth, of an event or of a cap becomes one
    /// value. Rates of exchange take their medians; probabilities, and targets taken as information, stay as they are.
    pub fn cases(&self) -> [Self; 3] {
        Case::ALL.map(|case| Self {
            name: format!("{}, {}", self.name, case.name()),
            note: self.note.clone(),
            assumptions: self.assumptions.iter().map(|(series, one)| (series.clone(), one.in_case(case))).collect(),
        })
    }

    /// A window with the periods of the targets of a series that are taken as information.
    pub(crate) fn reach(&self, series: &Series, window: Period) -> Period {
        let aims = self.about(series.name()).filter_map(Assumption::aims_at);
        aims.fold(window, Period::span)
    }

    /// The assumptions about a series.
    pub fn about<'a>(&'a self, series: &'a str) -> impl Iterator<Item = &'a Assumption> {
        self.assumptions.iter().filter(move |(name, _)| name == series).map(|(_, assumption)| assumption)
    }
}

/// Why a series cannot be projected under a scenario.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ScenarioError {
    /// It cannot be projected at all.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// An assumption cannot hold for the series.
    #[error("scenario {scenario}: {series}: {fault}")]
    Impossible {
        /// Name of the scenario.
        scenario: String,
        /// Name of the series.
        series: String,
        /// What is wrong.
        fault: Box<Fault>,
    },
    /// Targets taken as information leave too little to answer from.
    #[error(
        "scenario {scenario}: {series}: given the figures and the other assumptions, its targets are so unlikely that only \
         the equivalent of {effective:.0} of {draws} simulated paths match them; at least {LEAST_EFFECTIVE} are needed"
    )]
    TooFewDraws {
        /// Name of the scenario.
        scenario: String,
        /// Name of the series.
        series: String,
        /// Draws of equal weight that would say as much.
        effective: f64,
        /// Draws that were made.
        draws: usize,
    },
}

impl ScenarioError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Project(error) => error.hint().to_owned(),
            Self::Impossible { fault, .. } => fault.hint(),
            Self::TooFewDraws { .. } => "give the target a wider range, or assume a growth that leads to it".to_owned(),
        }
    }
}

/// The fewest effective draws from which targets taken as information are answered: a probability then has a standard error of one
/// point at the most.
pub const LEAST_EFFECTIVE: u32 = 2_500;

/// Every month that a plan asks about under some scenarios: those of [`project::window`] and of the targets taken as information.
///
/// # Errors
///
/// As [`project::window`].
pub fn window(series: &Series, plan: &Plan, scenarios: &[Scenario]) -> Result<Period, ProjectError> {
    let window = project::window(series, plan)?;
    Ok(scenarios.iter().fold(window, |window, scenario| scenario.reach(series, window)))
}

/// Projects a series under a scenario. What the scenario does not touch is as in the projection of the same plan without assumptions, to
/// the last bit.
///
/// Deterministic: the draws depend on the names of series and events alone, so that scenarios can be compared draw by draw.
///
/// # Errors
///
/// If the series cannot be projected, if an assumption begins before its figures end, or if targets leave too few draws.
pub fn project(series: &Series, plan: &Plan, scenario: &Scenario) -> Result<Projection, ScenarioError> {
    project_with(series, plan, scenario, PAIRS)
}

/// As [`project()`], from this many antithetic pairs of draws.
///
/// # Errors
///
/// As [`project()`].
pub fn project_with(series: &Series, plan: &Plan, scenario: &Scenario, pairs: u32) -> Result<Projection, ScenarioError> {
    let about: Vec<&Assumption> = scenario.about(series.name()).collect();
    let wide = window(series, plan, std::slice::from_ref(scenario))?;
    let months = assumed::drawn_months(series, plan, &about, wide);
    let assumed = assume(series, scenario, wide, months, (pairs, Drawn::AsNeeded))?;
    let mut projection = tabulate(&assumed, series, plan)?;
    projection.setting = Some(Setting {
        scenario: scenario.name.clone(),
        note: scenario.note.clone(),
        assumptions: about.iter().map(|assumption| sentence::sentence(assumption, series)).collect(),
    });
    Ok(projection)
}

/// The growth model, or what answers in its place, fitted to a series under a scenario, for a window that holds all `months` that are drawn.
pub(crate) fn assume(
    series: &Series,
    scenario: &Scenario,
    window: Period,
    months: Period,
    draws: (u32, Drawn),
) -> Result<Assumed, ScenarioError> {
    let fit = Named::Growth.fit(series, window)?;
    let about: Vec<&Assumption> = scenario.about(series.name()).collect();
    Assumed::new(fit, series, &about, months, draws).map_err(|refusal| refusal.of(scenario, series))
}
