//! The method that was asked for, ready for every series of a run.

use rayon::prelude::*;
use topline::calendar::Period;
use topline::project::coherent::{Coherent, Family, Group};
use topline::project::growth::Growth;
use topline::project::{Method, Plan, ProjectError, Projection, Standard, project, tabulate, window};
use topline::series::Series;

use crate::cli::args::MethodArg;

/// A method with what all series share.
#[derive(Debug)]
pub enum Prepared {
    /// The growth model, with its kernels.
    Growth(Growth),
    /// A method for regular series.
    Standard(Standard),
}

impl Prepared {
    /// The method for these windows.
    pub fn new(method: MethodArg, windows: impl IntoIterator<Item = Period>) -> Self {
        method.standard().map_or_else(|| Self::Growth(Growth::for_windows(windows)), Self::Standard)
    }

    /// The method for these groups.
    pub fn for_groups(method: MethodArg, groups: &[Group], plan: &Plan) -> Self {
        let windows = groups.iter().flat_map(|group| match group {
            Group::Alone(series) => window(series, plan).into_iter().collect(),
            Group::Family(family) => family.windows(plan).unwrap_or_default(),
        });
        Self::new(method, windows)
    }

    /// The projections of a group, in the order of its series.
    ///
    /// # Errors
    ///
    /// Why each series that the method refuses cannot be projected.
    pub fn group(&self, group: &Group, plan: &Plan) -> Result<Vec<Projection>, Vec<ProjectError>> {
        match (group, self) {
            (Group::Alone(series), _) => self.project(series, plan).map(|one| vec![one]).map_err(|error| vec![error]),
            (Group::Family(family), Self::Growth(growth)) => together(growth, family, plan),
            (Group::Family(family), Self::Standard(standard)) => together(standard, family, plan),
        }
    }

    /// The projection of one series.
    pub fn project(&self, series: &Series, plan: &Plan) -> Result<Projection, ProjectError> {
        match self {
            Self::Growth(growth) => project(growth, series, plan).map(|(projection, _)| projection),
            Self::Standard(standard) => project(standard, series, plan).map(|(projection, _)| projection),
        }
    }
}

/// Projections that add up, each member on a thread of its own.
fn together<M>(method: &M, family: &Family, plan: &Plan) -> Result<Vec<Projection>, Vec<ProjectError>>
where
    M: Method + Sync,
    M::Fitted: Send + Sync,
{
    let alone = |error: ProjectError| vec![error];
    let (plan, windows) = (family.plan(plan).map_err(alone)?, family.windows(plan).map_err(alone)?);
    let members = family.members();
    let fits = members.par_iter().zip(&windows).map(|(member, window)| method.fit(&member.series, *window)).collect();
    let coherent = Coherent::new(family, &windows, all(fits)?);
    let one = |at: usize| tabulate(&coherent.member(at), method.name(), &members[at].series, &plan);
    all((0..members.len()).into_par_iter().map(one).collect())
}

/// Every answer, or every error.
fn all<T>(answers: Vec<Result<T, ProjectError>>) -> Result<Vec<T>, Vec<ProjectError>> {
    let (mut found, mut errors) = (Vec::with_capacity(answers.len()), Vec::new());
    for answer in answers {
        match answer {
            Ok(answer) => found.push(answer),
            Err(error) => errors.push(error),
        }
    }
    if errors.is_empty() { Ok(found) } else { Err(errors) }
}
