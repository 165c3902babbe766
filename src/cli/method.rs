//! The method that was asked for, ready for every series of a run.

use rayon::prelude::*;
use topline::project::coherent::{Coherent, Family, Group};
use topline::project::named::Prepared;
use topline::project::{Method, Plan, ProjectError, Projection, project, tabulate};

/// The projections of a group, in the order of its series.
///
/// # Errors
///
/// Why each series that the method refuses cannot be projected.
pub fn project_group(method: &Prepared, group: &Group, plan: &Plan) -> Result<Vec<Projection>, Vec<ProjectError>> {
    match group {
        Group::Alone(series) => project(method, series, plan).map(|(one, _)| vec![one]).map_err(|error| vec![error]),
        Group::Family(family) => together(method, family, plan),
    }
}

/// Projections that add up, each member on a thread of its own.
fn together(method: &Prepared, family: &Family, plan: &Plan) -> Result<Vec<Projection>, Vec<ProjectError>> {
    let alone = |error: ProjectError| vec![error];
    let (plan, windows) = (family.plan(plan).map_err(alone)?, family.windows(plan).map_err(alone)?);
    let members = family.members();
    let fits = members.par_iter().zip(&windows).map(|(member, window)| method.fit(&member.series, *window)).collect();
    let coherent = Coherent::new(family, &windows, all(fits)?);
    let one = |at: usize| tabulate(&coherent.member(at), &members[at].series, &plan);
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
