//! A run: many series in, a stream of their projections out.
//!
//! It knows what one series alone does not: which series are parts of which and are projected together, which scenarios each is
//! projected under, which charts go with them, and how the work is shared out among threads. [`Run::new`] decides all that is
//! decided before the first projection and says what there is to say of it ([`Run::notices`]); [`Run::results`] projects, in chunks
//! that bound the memory, and gives one result a series in the order in which the series were given: a [`Projected`], or the
//! [`RunError`] that says why there is none. One series that cannot be projected stops no other.
//!
//! Threads, progress and stopping are the caller's ([`Controls`]). Without the feature `parallel` everything runs on the caller's
//! thread, with the same results to the last bit. Files and words on a terminal are for the program that calls it.
//!
//! ```
//! use topline::read::{Options, Reader};
//! use topline::run::{Run, RunOptions};
//!
//! let csv = "series,kind,period,value\nOpenAI,run-rate,2025-06,$10B\nGoogle Cloud,revenue,2024,$43B\nOpenAI,target,2025,$12B\n";
//! let mut reader = Reader::new(Options::default());
//! reader.add("figures.csv", csv.as_bytes())?;
//!
//! let run = Run::new(reader.finish()?.series, RunOptions::new())?;
//! for notice in run.notices() {
//!     println!("{notice}");
//! }
//! for result in run.results() {
//!     match result {
//!         Ok(projected) => println!("{}: {:.0}", projected.series.name(), projected.projection.rows[0].median),
//!         Err(error) => println!("{error}; {}", error.hint()),
//!     }
//! }
//! # let names: Vec<&str> = run.results().map(|one| one.map(|one| one.series.name())).collect::<Result<_, _>>()?;
//! # assert_eq!(names, ["OpenAI", "Google Cloud"]);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

#[cfg(feature = "chart")]
pub mod drawings;
mod error;
mod groups;
mod notice;
mod options;
mod project;
mod results;
mod workers;

use crate::project::Plan;
use crate::project::coherent::Group;
use crate::project::named::Named;
use crate::series::Series;

pub use error::RunError;
use groups::{family, members};
pub use notice::Notice;
pub use options::{RunOptions, Segments, check_scenarios};
use results::Answer;
pub use results::{Projected, Results};
#[cfg(feature = "parallel")]
pub use workers::Parallel;
pub use workers::{Cancel, Controls, OneThread, Workers, map};

/// The most series that get a chart each.
pub const MOST_CHARTS: usize = 24;

/// Series that are grouped, and all else that a run needs before it projects.
#[derive(Clone, Debug)]
pub struct Run {
    groups: Vec<Group>,
    plan: Plan,
    options: RunOptions,
    notices: Vec<Notice>,
}

impl Run {
    /// Groups the series and decides what goes for all of them.
    ///
    /// # Errors
    ///
    /// If no series that is shown has anything to project from, if parts and wholes do not go together, or if the scenarios cannot
    /// be had.
    pub fn new(series: Vec<Series>, options: RunOptions) -> Result<Self, RunError> {
        if let Some(error) = check_scenarios(options.method, &options.scenarios).into_iter().next() {
            return Err(error);
        }
        let mut plan = options.plan.clone().unwrap_or_else(|| default_plan(&series, &options));
        let mut notices = Vec::new();
        let groups = groups::groups(series, &options, &mut notices)?;
        let mut run = Self { groups, plan: plan.clone(), options, notices };
        if run.options.charts {
            plan.path = run.count() <= MOST_CHARTS;
            if !plan.path {
                run.notices.push(Notice::TooManyForCharts { series: run.count() });
            }
            run.plan = plan;
        }
        if run.options.method == Named::Growth {
            let unknown: Vec<Notice> = run.shown().filter_map(Notice::unknown_rate).collect();
            run.notices.extend(unknown);
        }
        Ok(run)
    }

    /// What there is to say before anything is projected.
    pub fn notices(&self) -> &[Notice] {
        &self.notices
    }

    /// How far and how finely every series is projected.
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The series that are projected and shown, in the order of their results.
    pub fn shown(&self) -> impl Iterator<Item = &Series> {
        self.groups.iter().flat_map(members).filter(|series| self.shows(series))
    }

    /// How many series are projected and shown.
    pub fn count(&self) -> usize {
        self.shown().count()
    }

    /// Whether a series is a part of another and projected with it.
    pub fn has_families(&self) -> bool {
        self.groups.iter().any(|group| family(group).is_some())
    }

    /// Projects every series, on every core: see [`results_with`](Self::results_with).
    pub fn results(&self) -> Results<'_, 'static> {
        self.results_with(Controls::new())
    }

    /// Projects every series, as the caller's `controls` say. Each series that is shown has one result. A member of a family that is not
    /// shown has one if it is the reason why the others have no projection.
    ///
    /// A run that is cancelled ends with [`RunError::Cancelled`].
    ///
    /// ```
    /// use topline::read::{Options, Reader};
    /// use topline::run::{Cancel, Controls, OneThread, Run, RunError, RunOptions};
    ///
    /// let mut reader = Reader::new(Options::default());
    /// reader.add("figures.csv", "series,period,value\nA,2023,10\nA,2024,12\nB,2023,7\nB,2024,8\n".as_bytes())?;
    /// let run = Run::new(reader.finish()?.series, RunOptions::new())?;
    ///
    /// let cancel = Cancel::new();
    /// let stop_after_one = |_: usize| cancel.cancel();
    /// let controls = Controls::new().workers(&OneThread).progress(&stop_after_one).cancel(&cancel);
    /// let results: Vec<_> = run.results_with(controls).collect();
    /// assert!(matches!(results.as_slice(), [Ok(_), Err(RunError::Cancelled)]));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn results_with<'c>(&self, controls: Controls<'c>) -> Results<'_, 'c> {
        Results::new(self, controls)
    }

    /// The run of those of its series whose names `shown` lets through, with those that they are projected together with, on another
    /// plan: for the chart of some after a run of many. `None` if there are none.
    ///
    /// ```
    /// use topline::project::Plan;
    /// use topline::read::{Options, Reader};
    /// use topline::run::{Run, RunOptions};
    ///
    /// let mut reader = Reader::new(Options::default());
    /// reader.add("figures.csv", "series,period,value\nA,2023,10\nA,2024,12\nB,2023,7\nB,2024,8\n".as_bytes())?;
    /// let run = Run::new(reader.finish()?.series, RunOptions::new())?;
    ///
    /// let plan = Plan { path: true, ..run.plan().clone() };
    /// let some = run.again(plan, |name| name == "B").expect("there is a series B");
    /// let projected = some.results().next().expect("it is projected")?;
    /// assert_eq!(projected.series.name(), "B");
    /// assert!(!projected.projection.path.is_empty());
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    pub fn again(&self, plan: Plan, shown: impl Fn(&str) -> bool + Send + Sync + 'static) -> Option<Self> {
        let is_shown = |series: &Series| self.shows(series) && shown(series.name());
        let groups: Vec<Group> = self.groups.iter().filter(|group| members(group).any(is_shown)).cloned().collect();
        let options = self.options.clone().only(shown);
        (!groups.is_empty()).then_some(Self { groups, plan, options, notices: Vec::new() })
    }

    fn shows(&self, series: &Series) -> bool {
        self.options.shows(series.name())
    }
}

/// The plan for the series that are shown.
fn default_plan(series: &[Series], options: &RunOptions) -> Plan {
    if options.shows_all() {
        return Plan::for_series(series);
    }
    let shown: Vec<Series> = series.iter().filter(|one| options.shows(one.name())).cloned().collect();
    Plan::for_series(&shown)
}
