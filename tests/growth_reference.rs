//! The growth model agrees with its reference implementation: see `tests/reference/README.md`.

#![allow(clippy::expect_used)]

use approx::assert_relative_eq;
use serde::Deserialize;
use topline::calendar::{FiscalCalendar, Month, Period};
use topline::money::{Amount, Currency};
use topline::project::growth::Growth;
use topline::project::{Details, Fitted, Method};
use topline::series::{Fact, Figure, Measure, Series};

/// Class weights, locations and scales: what the model promises of its inference.
const INFERENCE: f64 = 1e-6;
/// Quantiles of the mixture, which the reference finds by bisection.
const QUANTILES: f64 = 1e-5;

const PROBABILITIES: [f64; 7] = [0.025, 0.1, 0.25, 0.5, 0.75, 0.9, 0.975];

#[derive(Deserialize)]
struct Case {
    name: String,
    observations: Vec<Observed>,
    project: Vec<Asked>,
}

#[derive(Deserialize)]
struct Observed {
    kind: String,
    first: i32,
    last: i32,
    amount: f64,
    #[serde(default)]
    sd: f64,
}

#[derive(Deserialize)]
struct Asked {
    kind: String,
    first: i32,
    last: i32,
}

#[derive(Deserialize)]
struct Answer {
    name: String,
    class_weights: Vec<f64>,
    #[serde(default)]
    df: Vec<f64>,
    projection: Vec<Answered>,
}

#[derive(Deserialize)]
struct Answered {
    #[serde(default)]
    components: Vec<(f64, f64)>,
    quantiles: Vec<f64>,
}

#[derive(Deserialize)]
struct Oracle {
    probs: Vec<f64>,
    cases: Vec<Answer>,
}

fn parse<T: for<'de> Deserialize<'de>>(text: &str) -> T {
    serde_json::from_str(text).expect("committed JSON")
}

fn cases() -> Vec<Case> {
    parse(include_str!("reference/growth/cases.json"))
}

fn period(first: i32, last: i32) -> Period {
    Period::new(Month::from_index(first), Month::from_index(last)).expect("in order")
}

fn measure(kind: &str) -> Measure {
    if kind == "run_rate" { Measure::RunRate } else { Measure::Revenue }
}

/// The case as a series. A rounding enters as the unit of the last digit that causes it.
fn series(case: &Case) -> Series {
    let figures = case.observations.iter().map(|observed| {
        let unit = observed.sd * observed.amount * 2.0 * 3.0_f64.sqrt();
        let amount = Amount::new(observed.amount, unit).expect("finite");
        let fact = if measure(&observed.kind) == Measure::RunRate { Fact::RunRate(amount) } else { Fact::Revenue(amount) };
        Figure::new(fact, period(observed.first, observed.last))
    });
    Series::new(case.name.clone(), Currency::USD, FiscalCalendar::default(), figures.collect())
}

fn check(case: &Case, answer: &Answer) {
    assert_eq!(case.name, answer.name);
    let series = series(case);
    let start = series.observations().map(|figure| figure.period.first()).min().expect("an observation");
    let last = case.project.iter().map(|asked| asked.last).max().expect("a question");
    let origin = series.origin().expect("an observation");
    let window = Period::new(start, origin.max(Month::from_index(last))).expect("in order");
    let fit = Growth::for_windows([window]).fit(&series, window).expect("a fit");
    let Details::Growth(details) = fit.details() else { panic!("not the growth model") };
    for (got, expected) in details.weights.iter().zip(&answer.class_weights) {
        assert_relative_eq!(*got, *expected, max_relative = INFERENCE, epsilon = 1e-9);
    }
    for (asked, answered) in case.project.iter().zip(&answer.projection) {
        let distribution = fit.distribution(measure(&asked.kind), period(asked.first, asked.last));
        for (p, expected) in PROBABILITIES.iter().zip(&answered.quantiles) {
            assert_relative_eq!(distribution.quantile(*p), *expected, max_relative = QUANTILES);
        }
        for (index, ((got, (location, scale)), df)) in
            distribution.components().iter().zip(&answered.components).zip(&answer.df).enumerate()
        {
            assert_relative_eq!(got.weight, answer.class_weights[index], max_relative = INFERENCE, epsilon = 1e-9);
            assert_relative_eq!(got.location, *location, max_relative = INFERENCE);
            assert_relative_eq!(got.scale, *scale, max_relative = INFERENCE);
            assert_relative_eq!(got.shape.df(), *df);
        }
    }
}

#[test]
fn agrees_with_the_oracle() {
    let oracle: Oracle = parse(include_str!("reference/growth/oracle.json"));
    assert_eq!(oracle.probs, PROBABILITIES);
    let cases = cases();
    assert_eq!(cases.len(), oracle.cases.len());
    for (case, answer) in cases.iter().zip(&oracle.cases) {
        check(case, answer);
    }
}

#[test]
fn agrees_class_by_class_on_easy_and_hard_cases() {
    let mut all = cases();
    all.extend(parse::<Vec<Case>>(include_str!("reference/growth/hard-cases.json")));
    let answers: Vec<Answer> = parse(include_str!("reference/growth/components.json"));
    assert_eq!(all.len(), answers.len());
    for (case, answer) in all.iter().zip(&answers) {
        assert!(answer.projection.iter().all(|row| row.components.len() == 6), "{}", case.name);
        check(case, answer);
    }
}
