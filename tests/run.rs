//! A run of the library: one result a series, in order, whatever the threads.
#![allow(clippy::unwrap_used)]

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use topline::project::named::Named;
use topline::project::{Plan, Projection, project};
use topline::read::{Options, Reader};
use topline::run::{Cancel, Controls, Notice, OneThread, Run, RunError, RunOptions, Segments, Workers};
use topline::scenario::{Scenario, assumed_growth};
use topline::series::Series;

fn read(csv: &str) -> Vec<Series> {
    let mut reader = Reader::new(Options::default());
    reader.add("figures.csv", csv.as_bytes()).unwrap();
    reader.finish().unwrap().series
}

/// `count` companies with two years each.
fn many(count: usize) -> Vec<Series> {
    let rows = |k: usize| format!("company {k},2023,{}\ncompany {k},2024,{}\n", 100 + k, 130 + k);
    read(&(0..count).fold("series,period,value\n".to_owned(), |csv, k| csv + &rows(k)))
}

fn projections(run: &Run, controls: Controls<'_>) -> Vec<Projection> {
    run.results_with(controls).map(|result| result.unwrap().projection).collect()
}

/// Works from the last to the first, to see whether anything hangs on the order.
struct Backwards;

impl Workers for Backwards {
    fn each(&self, count: usize, task: &(dyn Fn(usize) + Sync)) {
        (0..count).rev().for_each(task);
    }
}

#[test]
fn results_come_in_order_and_are_the_same_for_any_workers() {
    // More than are projected at a time.
    let series = many(1100);
    let run = Run::new(series.clone(), RunOptions::new()).unwrap();
    let all = projections(&run, Controls::new());
    assert_eq!(all.len(), series.len());
    assert!(all.iter().zip(&series).all(|(projection, series)| projection.series == series.name()));
    let workers: [&dyn Workers; 2] = [&OneThread, &Backwards];
    for workers in workers {
        assert_eq!(projections(&run, Controls::new().workers(workers)), all);
    }
    let alone = project(&Named::Growth, &series[7], run.plan()).unwrap().0;
    assert_eq!(all[7], alone);
}

#[test]
fn a_series_that_is_refused_stops_no_other() {
    let series = read("series,period,value\nA,2023,10\nA,2024,12\nB,2023,-5\nB,2024,8\nC,2023,1\nC,2024,2\n");
    let run = Run::new(series, RunOptions::new()).unwrap();
    let results: Vec<_> = run.results().collect();
    assert!(matches!(&results[1], Err(RunError::Project(error)) if error.place().is_some()), "{:?}", results[1]);
    let names: Vec<&str> = results.iter().flatten().map(|projected| projected.series.name()).collect();
    assert_eq!((names, results.len()), (vec!["A", "C"], 3));
}

const FAMILY: &str = "series,parent,period,value\nA,,2023,10\nA,,2024,12\nB,A,2023,4\nB,A,2024,5\nC,A,2023,6\nC,A,2024,7\n";

#[test]
fn a_family_is_projected_together() {
    let run = Run::new(read(FAMILY), RunOptions::new()).unwrap();
    assert!(run.has_families());
    let all: Vec<_> = run.results().map(Result::unwrap).collect();
    assert!(all.iter().all(|one| one.family.is_some_and(|family| family.members().len() == 3)));
    let median = |at: usize| all[at].projection.rows[0].median;
    assert!((median(1) + median(2) - median(0)).abs() < 1e-9 * median(0));

    let apart = Run::new(read(FAMILY), RunOptions::new().segments(Segments::Apart)).unwrap();
    assert!(apart.results().all(|one| one.unwrap().family.is_none()));

    // The others count, but are not shown.
    let only = Run::new(read(FAMILY), RunOptions::new().only(|name| name == "B")).unwrap();
    let shown: Vec<_> = only.results().map(Result::unwrap).collect();
    assert_eq!((shown.len(), only.count(), &shown[0].projection), (1, 1, &all[1].projection));
}

#[test]
fn members_of_a_family_go_with_the_one_that_is_refused() {
    let csv = FAMILY.replace("C,A,2023,6", "C,A,2023,16").replace("B,A,2023,4", "B,A,2023,-6");
    let run = Run::new(read(&csv), RunOptions::new()).unwrap();
    let errors: Vec<RunError> = run.results().map(|result| result.unwrap_err()).collect();
    let together = |error: &&RunError| matches!(error, RunError::Together { .. });
    assert_eq!((errors.len(), errors.iter().filter(together).count()), (3, 2));
    assert!(errors.iter().all(|error| !error.hint().is_empty()));
}

#[test]
fn what_cannot_begin_says_why() {
    let wishes = read("series,kind,period,value\nA,target,2030,10\n");
    let error = Run::new(wishes, RunOptions::new()).unwrap_err();
    assert!(matches!(error.notices(), [Notice::LeftOut { series, .. }] if series == "A"), "{error:?}");

    let series = many(2);
    let assumptions = assumed_growth("company 0=20%", &series).unwrap();
    let scenario = Scenario { name: "slow".to_owned(), note: None, assumptions };
    let twice = RunOptions::new().scenarios(vec![scenario.clone(), scenario.clone()]);
    assert!(matches!(Run::new(series.clone(), twice), Err(RunError::SameScenario { name }) if name == "slow"));
    let other = RunOptions::new().scenarios(vec![scenario.clone()]).method(Named::Auto);
    assert_eq!(Run::new(series.clone(), other).unwrap_err(), RunError::ScenariosNeedGrowth);

    let run = Run::new(series, RunOptions::new().scenarios(vec![scenario])).unwrap();
    let results: Vec<_> = run.results().map(Result::unwrap).collect();
    assert!(results.iter().all(|one| one.under.len() == 1));
    assert_ne!(results[0].under[0].rows, results[0].projection.rows);
    assert_eq!(results[1].under[0].rows, results[1].projection.rows);
}

#[test]
fn a_run_that_is_cancelled_ends_and_says_so() {
    let run = Run::new(many(50), RunOptions::new()).unwrap();
    let (cancel, done) = (Cancel::new(), AtomicUsize::new(0));
    let progress = |series: usize| {
        if done.fetch_add(series, Ordering::Relaxed) + series == 10 {
            cancel.cancel();
        }
    };
    let controls = Controls::new().workers(&OneThread).progress(&progress).cancel(&cancel);
    let results: Vec<_> = run.results_with(controls).collect();
    assert_eq!((results.len(), done.into_inner()), (11, 10));
    assert!(matches!(results.last(), Some(Err(RunError::Cancelled))));
}

#[test]
fn charts_are_made_for_few_series() {
    let few = Run::new(many(3), RunOptions::new().charts(true)).unwrap();
    let many = Run::new(many(25), RunOptions::new().charts(true)).unwrap();
    assert!(few.plan().path && !many.plan().path);
    assert_eq!(many.notices(), [Notice::TooManyForCharts { series: 25 }]);
}

#[test]
fn every_error_reads_and_has_a_hint() {
    let said = Mutex::new(Vec::new());
    let errors = [
        RunError::NothingObserved { notices: Vec::new() },
        RunError::ScenariosNeedGrowth,
        RunError::SameScenario { name: "low".to_owned() },
        RunError::Together { series: "B".to_owned(), whole: "A".to_owned() },
        RunError::Cancelled,
    ];
    for error in errors {
        let boxed: Box<dyn std::error::Error + Send + Sync> = Box::new(error.clone());
        said.lock().unwrap().push((boxed.to_string(), error.hint()));
    }
    assert!(said.into_inner().unwrap().iter().all(|(text, hint)| !text.is_empty() && !hint.is_empty()));
}

#[test]
fn the_plan_is_that_of_the_series_that_are_shown() {
    let series = read("series,period,value\nA,2023,10\nA,2024,12\nB,2024Q1,1\nB,2024Q2,2\n");
    let quarters = Run::new(series.clone(), RunOptions::new().only(|name| name == "B")).unwrap();
    assert_eq!(*quarters.plan(), Plan::for_series(&series[1..]));
}
