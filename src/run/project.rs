//! The projections of one group, as it is and under each scenario.

use super::groups::members;
use super::workers::{Workers, map};
use super::{Answer, RunError};
use crate::project::coherent::{Coherent, Family, Group};
use crate::project::named::Named;
use crate::project::{Method, Plan, ProjectError, Projection, project, tabulate};
use crate::scenario::{self, Scenario};
use crate::series::Series;

/// Why members of a group cannot be projected: each with its place among the members.
pub(super) type Refused = Vec<(usize, RunError)>;

/// The projections of a group, in the order of its members.
pub(super) fn project_group(
    method: Named,
    group: &Group,
    plan: &Plan,
    scenarios: &[Scenario],
    workers: &dyn Workers,
) -> Result<Vec<Answer>, Refused> {
    let as_it_is = match group {
        Group::Alone(series) => vec![project(&method, series, plan).map_err(|error| vec![(0, error.into())])?.0],
        Group::Family(family) => together(method, family, plan, workers)?,
    };
    let under = |series: &Series| -> Result<Vec<Projection>, _> {
        scenarios.iter().map(|one| scenario::project(series, plan, one)).collect()
    };
    let all = members(group).zip(as_it_is).enumerate().map(|(at, (series, projection))| match under(series) {
        Ok(under) => Ok(Answer { projection, under }),
        Err(error) => Err(vec![(at, error.into())]),
    });
    all.collect()
}

/// Projections that add up.
fn together(method: Named, family: &Family, plan: &Plan, workers: &dyn Workers) -> Result<Vec<Projection>, Refused> {
    let first = |error: ProjectError| vec![(0, error.into())];
    let (plan, windows) = (family.plan(plan).map_err(first)?, family.windows(plan).map_err(first)?);
    let members = family.members();
    let places: Vec<usize> = (0..members.len()).collect();
    let fits = map(workers, &places, |at| method.fit(&members[*at].series, windows[*at]));
    let coherent = Coherent::new(family, &windows, all(fits)?);
    all(map(workers, &places, |at| tabulate(&coherent.member(*at), &members[*at].series, &plan)))
}

/// Every answer, or every error.
fn all<T>(answers: Vec<Result<T, ProjectError>>) -> Result<Vec<T>, Refused> {
    let (mut found, mut errors) = (Vec::with_capacity(answers.len()), Vec::new());
    for (at, answer) in answers.into_iter().enumerate() {
        match answer {
            Ok(answer) => found.push(answer),
            Err(error) => errors.push((at, error.into())),
        }
    }
    if errors.is_empty() { Ok(found) } else { Err(errors) }
}
