//! The results of a run, one after the other, in the order in which the series were given.

use std::collections::VecDeque;

use super::groups::{family, members};
use super::project::{Refused, project_group};
use super::workers::{Controls, map};
use super::{Run, RunError};
use crate::project::Projection;
use crate::project::coherent::{Family, Group};
use crate::series::Series;

/// Groups that are projected together; their projections are held in memory until they are taken.
const CHUNK: usize = 1024;

/// The projections of one series.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Projected<'r> {
    /// The figures.
    pub series: &'r Series,
    /// The series that it was projected with, so that they add up; `None` for a series that stands by itself.
    pub family: Option<&'r Family>,
    /// The projection of the figures as they are.
    pub projection: Projection,
    /// Those under each scenario, in the order of the scenarios.
    pub under: Vec<Projection>,
}

/// What a series gets.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) projection: Projection,
    pub(super) under: Vec<Projection>,
}

/// A stream of results in the order of the series: see [`Run::results`].
///
/// Some thousand series are projected at a time, when the first of them is asked for, so that memory stays bounded whatever the
/// number of series. A part of a family follows its whole.
#[derive(Debug)]
pub struct Results<'r, 'c> {
    run: &'r Run,
    controls: Controls<'c>,
    /// Groups that were projected.
    done: usize,
    ready: VecDeque<Result<Projected<'r>, RunError>>,
    /// Whether it was cancelled, and that was said.
    cancelled: bool,
}

impl<'r, 'c> Results<'r, 'c> {
    pub(super) fn new(run: &'r Run, controls: Controls<'c>) -> Self {
        Self { run, controls, done: 0, ready: VecDeque::new(), cancelled: false }
    }

    /// Projects the next groups.
    fn fill(&mut self) {
        let Self { run, controls, .. } = *self;
        let rest = &run.groups[self.done..];
        let chunk = &rest[..rest.len().min(CHUNK)];
        let answers = map(controls.workers, chunk, |group| {
            if controls.is_cancelled() {
                return None;
            }
            let answer = project_group(run.options.method, group, &run.plan, &run.options.scenarios, controls.workers);
            if let Some(progress) = controls.progress {
                progress(members(group).filter(|series| run.shows(series)).count());
            }
            Some(answer)
        });
        for (group, answer) in chunk.iter().zip(answers) {
            self.done += 1;
            match answer {
                Some(Ok(answers)) => {
                    let projected = members(group).zip(answers).filter(|(series, _)| run.shows(series));
                    self.ready.extend(projected.map(|(series, Answer { projection, under })| {
                        Ok(Projected { series, family: family(group), projection, under })
                    }));
                }
                Some(Err(refused)) => self.refuse(group, refused),
                None => {
                    self.cancelled = true;
                    self.ready.push_back(Err(RunError::Cancelled));
                    return;
                }
            }
        }
    }

    /// Says why members of a group are refused, and that the others go with them.
    fn refuse(&mut self, group: &'r Group, refused: Refused) {
        let of_itself: Vec<usize> = refused.iter().map(|(at, _)| *at).collect();
        self.ready.extend(refused.into_iter().map(|(_, error)| Err(error)));
        let Some(whole) = family(group).map(|family| family.members()[0].series.name()) else { return };
        let others = members(group).enumerate().filter(|(at, series)| !of_itself.contains(at) && self.run.shows(series));
        self.ready
            .extend(others.map(|(_, one)| Err(RunError::Together { series: one.name().to_owned(), whole: whole.to_owned() })));
    }
}

impl<'r> Iterator for Results<'r, '_> {
    type Item = Result<Projected<'r>, RunError>;

    fn next(&mut self) -> Option<Self::Item> {
        while self.ready.is_empty() && !self.cancelled && self.done < self.run.groups.len() {
            self.fill();
        }
        self.ready.pop_front()
    }
}
