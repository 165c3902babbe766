//! What a run is asked for.

use std::fmt;
use std::sync::Arc;

use crate::project::Plan;
use crate::project::named::Named;
use crate::run::RunError;
use crate::scenario::Scenario;

/// Which series are shown, by their names.
type Shown = Arc<dyn Fn(&str) -> bool + Send + Sync>;

/// How parts and wholes are told among the series.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub enum Segments {
    /// By what each series says it is a part of; and `A / B` is a part of `A` where there is a series `A`.
    #[default]
    Known,
    /// Also if there is none: the parts are added up.
    Names,
    /// Not at all: every series by itself.
    Apart,
}

/// What a run is asked for: a method, how far, which series, and what is assumed.
///
/// ```
/// use topline::project::{Horizon, Plan};
/// use topline::project::named::Named;
/// use topline::run::{RunOptions, Segments};
///
/// let options = RunOptions::new().method(Named::Auto).segments(Segments::Apart).only(|name| name.starts_with("Open"));
/// ```
#[derive(Clone)]
pub struct RunOptions {
    pub(super) method: Named,
    pub(super) plan: Option<Plan>,
    pub(super) segments: Segments,
    pub(super) scenarios: Vec<Scenario>,
    pub(super) charts: bool,
    shown: Option<Shown>,
}

impl RunOptions {
    /// The growth model, every series, and the plan of [`Plan::for_series`].
    pub fn new() -> Self {
        Self {
            method: Named::Growth,
            plan: None,
            segments: Segments::default(),
            scenarios: Vec::new(),
            charts: false,
            shown: None,
        }
    }

    /// Projects by this method.
    #[must_use]
    pub fn method(mut self, method: Named) -> Self {
        self.method = method;
        self
    }

    /// Projects as far and as finely as this.
    #[must_use]
    pub fn plan(mut self, plan: Plan) -> Self {
        self.plan = Some(plan);
        self
    }

    /// How parts and wholes are told.
    #[must_use]
    pub fn segments(mut self, segments: Segments) -> Self {
        self.segments = segments;
        self
    }

    /// Projects every series under each of these besides, and then none together with its parts.
    #[must_use]
    pub fn scenarios(mut self, scenarios: Vec<Scenario>) -> Self {
        self.scenarios = scenarios;
        self
    }

    /// Shows the series of these names alone; the others count where they are parts or wholes of one that is shown.
    #[must_use]
    pub fn only(mut self, shown: impl Fn(&str) -> bool + Send + Sync + 'static) -> Self {
        self.shown = Some(Arc::new(shown));
        self
    }

    /// Makes what charts are drawn from ([`Plan::path`]) if there are few enough series for them: [`MOST_CHARTS`](super::MOST_CHARTS).
    #[must_use]
    pub fn charts(mut self, charts: bool) -> Self {
        self.charts = charts;
        self
    }

    pub(super) fn shows(&self, name: &str) -> bool {
        self.shown.as_ref().is_none_or(|shown| shown(name))
    }

    pub(super) fn shows_all(&self) -> bool {
        self.shown.is_none()
    }
}

/// What of the scenarios cannot be had with this method, or with each other.
pub fn check_scenarios(method: Named, scenarios: &[Scenario]) -> Vec<RunError> {
    let twice = |(index, one): (usize, &Scenario)| {
        let same = scenarios[..index].iter().any(|before| before.name == one.name);
        same.then(|| RunError::SameScenario { name: one.name.clone() })
    };
    let mut errors: Vec<RunError> = scenarios.iter().enumerate().filter_map(twice).collect();
    if !scenarios.is_empty() && method != Named::Growth {
        errors.push(RunError::ScenariosNeedGrowth);
    }
    errors
}

impl Default for RunOptions {
    fn default() -> Self {
        Self::new()
    }
}

impl fmt::Debug for RunOptions {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("RunOptions")
            .field("method", &self.method)
            .field("plan", &self.plan)
            .field("segments", &self.segments)
            .field("scenarios", &self.scenarios)
            .field("charts", &self.charts)
            .finish_non_exhaustive()
    }
}
