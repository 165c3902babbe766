//! The growth model agrees with its reference implementation: see `tests/reference/README.md`.

#![allow(clippy::expect_used, clippy::print_stdout)]

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
    peers: Option<String>,
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
    peers: String,
    class_weights: Vec<f64>,
    df: Vec<f64>,
    projection: Vec<Answered>,
}

#[derive(Deserialize)]
struct Answered {
    components: Vec<(f64, f64)>,
    quantiles: Vec<f64>,
}

fn parse<T: for<'de> Deserialize<'de>>(text: &str) -> T {
    serde_json::from_str(text).expect("committed JSON")
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
    let peers = case.peers.as_ref().map(|name| name.parse().expect("a name of peers"));
    Series::new(case.name.clone(), Currency::USD, FiscalCalendar::default(), figures.collect()).with_peers(peers)
}

/// The largest differences from the reference, relative: of weights, locations and scales, and of quantiles.
#[derive(Debug, Default)]
struct Worst {
    inference: f64,
    quantile: f64,
}

fn check(case: &Case, answer: &Answer) -> Worst {
    assert_eq!(case.name, answer.name);
    let series = series(case);
    let periods = series.observations().map(|figure| figure.period);
    let asked = case.project.iter().map(|asked| period(asked.first, asked.last));
    let window = periods.chain(asked).reduce(Period::span).expect("figures and questions");
    let fit = Growth::new().fit(&series, window).expect("a fit");
    let Details::Growth(details) = fit.details() else { panic!("not the growth model") };
    assert_eq!(details.peers.name(), answer.peers);
    let mut worst = Worst::default();
    // Weights of less than one in a million are compared as they are.
    for (got, expected) in details.weights.iter().zip(&answer.class_weights) {
        worst.inference = worst.inference.max((got - expected).abs() / expected.max(1e-6));
    }
    for (asked, answered) in case.project.iter().zip(&answer.projection) {
        let distribution = fit.distribution(measure(&asked.kind), period(asked.first, asked.last));
        for (p, expected) in PROBABILITIES.iter().zip(&answered.quantiles) {
            worst.quantile = worst.quantile.max((distribution.quantile(*p) / expected - 1.0).abs());
        }
        let parts = distribution.components();
        assert_eq!((parts.len(), answered.components.len()), (9, 9));
        for ((got, (location, scale)), df) in parts.iter().zip(&answered.components).zip(&answer.df) {
            worst.inference = worst.inference.max((got.location / location - 1.0).abs()).max((got.scale / scale - 1.0).abs());
            assert_relative_eq!(got.shape.df(), *df);
        }
    }
    worst
}

#[test]
fn agrees_with_the_reference_on_every_case() {
    let cases: Vec<Case> = parse(include_str!("reference/growth/cases.json"));
    let answers: Vec<Answer> = parse(include_str!("reference/growth/answers.json"));
    assert_eq!(cases.len(), answers.len());
    for (case, answer) in cases.iter().zip(&answers) {
        let worst = check(case, answer);
        println!("{:.1e} {:.1e} {}", worst.inference, worst.quantile, case.name);
        assert!(worst.inference < INFERENCE && worst.quantile < QUANTILES, "{}: {worst:?}", case.name);
    }
}
