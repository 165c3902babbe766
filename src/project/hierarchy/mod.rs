//! Parts and wholes: series that add up to another, and projections of them that add up too.
//!
//! [`families`] finds which series are parts of which, and makes what is missing: a whole without figures is the sum of its parts,
//! and what the parts leave of a whole is a part of its own. [`Coherent`] takes a fit of every member and moves their projections
//! so that the medians of the parts come to the median of the whole, in every period and measure ([`balance`]). It is a [`Fitted`](crate::project::Fitted)
//! member by member, so that all that is tabulated from a fit is tabulated from it, whatever the method.
//!
//! Medians add up; means and the ends of intervals do not, and need not. Intervals keep the width, relative to their median, that
//! each member's own figures give them. `docs/segments.md` says why.
//!
//! ```
//! use topline::project::coherent::{Group, Naming, families, project};
//! use topline::project::growth::Growth;
//! use topline::project::Plan;
//! use topline::read::{Options, Reader};
//!
//! let csv = "series,parent,period,value\nA,,2023,10M\nA,,2024,12M\nB,A,2023,4M\nB,A,2024,5M\n";
//! let mut reader = Reader::new(Options::default());
//! reader.add("example.csv", csv.as_bytes())?;
//! let series = reader.finish()?.series;
//! let plan = Plan::for_series(&series);
//! let groups = families(series, Naming::Known).map_err(|errors| errors[0].clone())?.groups;
//! let Group::Family(family) = &groups[0] else { unreachable!() };
//! let growth = Growth::new();
//! let projections = project(&growth, family, &plan)?;
//!
//! // What B leaves of A is "A / other", and the two come to A.
//! let median = |member: usize| projections[member].rows[0].median;
//! assert_eq!(projections[2].series, "A / other");
//! assert!((median(1) + median(2) - median(0)).abs() < 1e-9 * median(0));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

pub mod balance;
mod error;
mod families;
mod fitted;
mod shared;

use crate::calendar::Period;
use crate::project::tabulate::{asked, tabulate, window};
use crate::project::{Horizon, Method, Plan, ProjectError, Projection};
use crate::series::Series;

pub use error::{CoherentError, CoherentNotice};
pub use families::{BETWEEN, Grouped, Naming, families};
pub use fitted::{Coherent, CoherentFit};

/// The most members of a family: all are held together, each with its fit.
pub const MOST_MEMBERS: usize = 2_000;

/// Series that are projected together, or one that stands by itself.
#[derive(Clone, Debug, PartialEq)]
pub enum Group {
    /// A series that is not a part and has none.
    Alone(Series),
    /// A whole and its parts.
    Family(Family),
}

/// A whole, its parts, and theirs.
#[derive(Clone, Debug, PartialEq)]
pub struct Family {
    members: Vec<Member>,
}

/// A series of a family.
#[derive(Clone, Debug, PartialEq)]
pub struct Member {
    /// The figures.
    pub series: Series,
    /// Where it comes from.
    pub made: Made,
    /// Position of the whole that it is a part of; `None` for the first member.
    whole: Option<usize>,
    /// Positions of its parts, ordered by their names: sums are taken in this order, so that they have the same bits in whatever
    /// order the series are given.
    parts: Vec<usize>,
}

/// Where the figures of a member come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Made {
    /// They are stated.
    Stated,
    /// They are the sums of its parts'.
    Sum,
    /// They are what the other parts leave of the whole.
    Remainder,
}

impl Member {
    /// Position of the whole that it is a part of.
    pub fn whole(&self) -> Option<usize> {
        self.whole
    }

    /// Positions of its parts.
    pub fn parts(&self) -> &[usize] {
        &self.parts
    }
}

impl Family {
    /// Every series: a whole before its parts, and those in the order given.
    pub fn members(&self) -> &[Member] {
        &self.members
    }

    /// The plan as it is for all members alike: a horizon that counts from the last figure counts from the latest of all.
    ///
    /// # Errors
    ///
    /// If nothing is observed.
    pub fn plan(&self, plan: &Plan) -> Result<Plan, ProjectError> {
        let latest = self.members.iter().max_by_key(|member| member.series.origin());
        let Some((member, origin)) = latest.and_then(|member| Some((member, member.series.origin()?))) else {
            return Err(ProjectError::nothing_observed(&self.members[0].series));
        };
        let until =
            plan.periods(member.series.calendar(), origin).last().map_or(plan.horizon, |last| Horizon::Until(last.last()));
        Ok(Plan { horizon: until, ..plan.clone() })
    }

    /// The months that each member is to be fitted for: with all that any of them is asked about.
    ///
    /// # Errors
    ///
    /// As [`crate::project::window`].
    pub fn windows(&self, plan: &Plan) -> Result<Vec<Period>, ProjectError> {
        let plan = self.plan(plan)?;
        let asked = self.members.iter().map(|member| asked(&member.series, &plan)).collect::<Result<Vec<Period>, _>>()?;
        let all = asked.iter().copied().reduce(Period::span).unwrap_or(asked[0]);
        self.members.iter().map(|member| Ok(window(&member.series, &plan)?.span(all))).collect()
    }
}

/// Fits `method` to every member and tabulates projections that add up, in the order of [`Family::members`].
///
/// # Errors
///
/// If nothing is observed of a member, if the horizon ends before its first period, or if the method refuses it.
pub fn project<M: Method>(method: &M, family: &Family, plan: &Plan) -> Result<Vec<Projection>, ProjectError> {
    let windows = family.windows(plan)?;
    let fits = family.members.iter().zip(&windows).map(|(member, window)| method.fit(&member.series, *window));
    let coherent = Coherent::new(family, &windows, fits.collect::<Result<_, _>>()?);
    let plan = family.plan(plan)?;
    let one = |(at, member): (usize, &Member)| tabulate(&coherent.member(at), &member.series, &plan);
    family.members.iter().enumerate().map(one).collect()
}
