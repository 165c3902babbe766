//! Figures against each other: on the sample data beside the reference implementation, and on figures made to disagree.
#![allow(clippy::unwrap_used)] // helpers of tests are tests, which clippy does not see

use approx::{assert_abs_diff_eq, assert_relative_eq};
use serde_json::Value;
use topline::calendar::Month;
use topline::question::QuestionError;
use topline::question::reconcile::{Assumptions, Reconciliation, Scope, Status, Verdict, ask};
use topline::read::{Options, Reader};
use topline::series::{Measure, Series};

/// Quantiles and their places are those of the reference to this, relative and in standard errors.
const AS_REFERENCE: f64 = 1e-5;

fn read(csv: &str) -> Vec<Series> {
    let mut reader = Reader::new(Options::default());
    reader.add("test.csv", csv.as_bytes()).unwrap();
    reader.finish().unwrap().series
}

fn one(rows: &str) -> Series {
    read(&format!("series,kind,period,value\n{rows}")).remove(0)
}

fn named(csv: &str, name: &str) -> Series {
    read(csv).into_iter().find(|series| series.name() == name).unwrap()
}

fn sector(name: &str) -> Series {
    named(include_str!("../data/ai-and-cloud.csv"), name)
}

fn plain(series: &Series) -> Reconciliation {
    ask(series, Assumptions::default()).unwrap()
}

fn reference() -> Value {
    serde_json::from_str(include_str!("reference/reconcile/leave-one-out.json")).unwrap()
}

fn assert_as_reference(answer: &Reconciliation, name: &str) {
    let reference = reference();
    let expected = reference[name].as_array().unwrap();
    let claims: Vec<_> = answer.claims.iter().filter(|claim| claim.status != Status::Replaced).collect();
    assert_eq!(claims.len(), expected.len());
    for (claim, wanted) in claims.iter().zip(expected) {
        let number = |name: &str| wanted[name].as_f64().unwrap();
        let found = claim.expected.unwrap();
        assert_abs_diff_eq!(claim.standard_errors.unwrap(), number("standard_errors"), epsilon = AS_REFERENCE);
        assert_relative_eq!(found.median, number("median"), max_relative = AS_REFERENCE);
        assert_relative_eq!(found.lo_80, number("lo_80"), max_relative = AS_REFERENCE);
        assert_relative_eq!(found.hi_80, number("hi_80"), max_relative = AS_REFERENCE);
    }
}

#[test]
fn each_figure_against_the_others_is_that_of_the_reference() {
    assert_as_reference(&plain(&sector("OpenAI")), "openai");
    // Thirtyfold in a year and a half is not beyond a startup.
    let anthropic = plain(&sector("Anthropic"));
    assert_as_reference(&anthropic, "anthropic");
    assert_eq!(anthropic.verdict, Verdict::Agree);
    let article = named(include_str!("../data/revenue.csv"), "OpenAI");
    for (reading, name) in [(Measure::RunRate, "article_exit"), (Measure::Revenue, "article_revenue")] {
        let answer = ask(&article, Assumptions { targets: Some(reading), ..Assumptions::default() }).unwrap();
        assert_as_reference(&answer, name);
        assert!(answer.claims[1].target && answer.verdict == Verdict::Agree);
    }
}

#[test]
fn estimated_scope_is_that_of_the_reference() {
    let answer = ask(&sector("OpenAI"), Assumptions { targets: None, scope: Scope::Estimated }).unwrap();
    let scope = answer.scope.unwrap();
    let reference = &reference()["scope"];
    let number = |name: &str| reference[name].as_f64().unwrap();
    // The reference has straight lines between the points of a coarser grid.
    assert_relative_eq!(scope.factor, number("median"), max_relative = 1e-3);
    assert_relative_eq!(scope.interval_80.unwrap().0, number("lo_80"), max_relative = 1e-3);
    assert_relative_eq!(scope.interval_80.unwrap().1, number("hi_80"), max_relative = 1e-3);
}

/// Twelve quarters that grow by 5% each, with one misprinted.
fn quarters(misprint: Option<usize>) -> Series {
    let rows: Vec<String> = (0..12_usize)
        .map(|k| {
            let value = 1000.0 * libm::pow(1.05, k as f64) * if misprint == Some(k) { 1.6 } else { 1.0 };
            format!("A,revenue,{}Q{},{value:.1}M\n", 2022 + k / 4, k % 4 + 1)
        })
        .collect();
    one(&rows.concat())
}

#[test]
fn misprint_is_found_wherever_it_stands_and_what_it_would_have_to_be() {
    assert_eq!(plain(&quarters(None)).verdict, Verdict::Agree);
    for at in [0, 1, 5, 10, 11] {
        let answer = plain(&quarters(Some(at)));
        let wrong: Vec<usize> = (0..12).filter(|index| answer.claims[*index].status == Status::Disagrees).collect();
        assert_eq!(wrong, [at]);
        let expected = answer.claims[at].expected.unwrap();
        let truth = 1e9 * libm::pow(1.05, at as f64);
        assert!(expected.lo_80 < truth && truth < expected.hi_80, "{at}: {expected:?}");
        assert!(answer.claims[at].standard_errors.unwrap() > answer.bar);
    }
}

#[test]
fn rounding_is_no_contradiction() {
    // The same run-rate says less with two digits than with three.
    let record = |last: &str| {
        one(&format!("A,revenue,2024Q1,3.60B\nA,revenue,2024Q2,3.61B\nA,revenue,2024Q3,3.62B\nA,run-rate,2024-08,{last}\n"))
    };
    let apart = |value: &str| {
        plain(&record(value)).claims.iter().find(|c| c.measure == Measure::RunRate).unwrap().standard_errors.unwrap()
    };
    assert!(apart("16B") < apart("16.0B"), "{} {}", apart("16B"), apart("16.0B"));
}

#[test]
fn two_figures_can_only_contradict_each_other() {
    let answer = plain(&one("A,run-rate,2025-05,10.0B\nA,run-rate,2025-06,90.0B\n"));
    assert_eq!(answer.verdict, Verdict::Contradict);
    assert_eq!((answer.claims[0].or.as_slice(), answer.claims[1].or.as_slice()), ([1].as_slice(), [0].as_slice()));
    let agree = plain(&one("A,run-rate,2025-05,10.0B\nA,run-rate,2025-06,10.3B\n"));
    assert_eq!(agree.verdict, Verdict::Agree);
}

#[test]
fn replaced_figure_is_compared_and_moves_nothing() {
    let rows = "A,run-rate,2024-06,1.00B\nA,run-rate,2024-12,1.10B\nA,run-rate,2025-06,1.20B\n";
    let without = plain(&one(rows));
    let with = plain(&one(&format!("A,run-rate,2024-12,9.00B\n{rows}")));
    assert_eq!(with.compared, 3);
    let replaced = with.claims.iter().find(|claim| claim.status == Status::Replaced).unwrap();
    assert!(replaced.standard_errors.unwrap() > with.bar);
    let others: Vec<_> = with.claims.iter().filter(|claim| claim.status != Status::Replaced).cloned().collect();
    assert_eq!(others, without.claims);
}

#[test]
fn year_is_checked_against_its_quarters() {
    let quarters = "A,revenue,2024Q1,10.0M\nA,revenue,2024Q2,10.1M\nA,revenue,2024Q3,10.2M\nA,revenue,2024Q4,10.3M\n";
    let answer = plain(&one(&format!("{quarters}A,revenue,2024,45.0M\n")));
    assert!(!answer.checks[0].agrees);
    assert_abs_diff_eq!(answer.checks[0].sum.unwrap(), 40.6e6, epsilon = 1.0);
    assert_eq!(answer.compared, 4);
}

#[test]
fn scope_that_was_put_in_is_found_and_given_ones_are_kept() {
    // Run-rates at 70% of what the totals say, in eight quarters that grow evenly.
    let rows: Vec<String> = (0..8_usize)
        .map(|k| {
            let total = 1000.0 * libm::pow(1.04, k as f64);
            let (year, quarter) = (2023 + k / 4, k % 4 + 1);
            // The month in the middle of the quarter, annualised.
            format!(
                "A,revenue,{year}Q{quarter},{total:.1}M\nA,run-rate,{year}-{:02},{:.1}M\n",
                quarter * 3 - 1,
                total * 4.0 * 0.7
            )
        })
        .collect();
    let series = one(&rows.concat());
    let with = |scope| ask(&series, Assumptions { targets: None, scope }).unwrap();
    let estimated = with(Scope::Estimated);
    assert_abs_diff_eq!(estimated.scope.unwrap().factor, 0.7, epsilon = 0.02);
    assert_eq!(estimated.verdict, Verdict::Agree);
    let given = with(Scope::Given(0.7));
    assert_eq!((given.verdict, given.scope.unwrap().interval_80), (Verdict::Agree, None));
    // The path is that of the totals.
    let middle = given.path.iter().find(|point| point.month == Month::new(2023, 8).unwrap()).unwrap();
    assert_relative_eq!(middle.run_rate.median, 4e9 * libm::pow(1.04, 2.0), max_relative = 0.01);
}

#[test]
fn run_rate_of_another_scope_disagrees_until_its_scope_is_given() {
    let totals: Vec<String> = (0..8_usize)
        .map(|k| format!("A,revenue,{}Q{},{:.1}M\n", 2023 + k / 4, k % 4 + 1, 1000.0 * libm::pow(1.04, k as f64)))
        .collect();
    // 70% of four times the third quarter's 1081.6.
    let series = one(&(totals.concat() + "A,run-rate,2023-08,3028.5M\n"));
    let same = plain(&series);
    let rate = same.claims.iter().find(|claim| claim.measure == Measure::RunRate).unwrap();
    assert_eq!((same.verdict, rate.status), (Verdict::Disagree, Status::Disagrees));
    let given = ask(&series, Assumptions { targets: None, scope: Scope::Given(0.7) }).unwrap();
    assert_eq!(given.verdict, Verdict::Agree);
    // What it would have to be is in its own scope.
    let rate = given.claims.iter().find(|claim| claim.measure == Measure::RunRate).unwrap();
    assert_relative_eq!(rate.expected.unwrap().median, 3028.5e6, max_relative = 0.01);
}

#[test]
fn questions_without_sense_are_errors() {
    let failed = |rows: &str, assumptions| ask(&one(rows), assumptions).unwrap_err();
    let plain = Assumptions::default();
    assert!(matches!(failed("A,target,2025,1B\n", plain), QuestionError::Project(_)));
    assert!(matches!(failed("A,run-rate,2025-06,1B\n", plain), QuestionError::NothingToReconcile { figures: 1, .. }));
    assert!(matches!(failed("A,run-rate,2025-06,1B\nA,run-rate,2025-07,-1B\n", plain), QuestionError::Project(_)));
    let targets = Assumptions { targets: Some(Measure::RunRate), ..plain };
    assert!(matches!(failed("A,run-rate,2025-06,1B\nA,target,2026,0\n", targets), QuestionError::TargetNotPositive { .. }));
    let scope = Assumptions { scope: Scope::Estimated, ..plain };
    let apart = "A,revenue,2020,1.00B\nA,revenue,2021,1.10B\nA,run-rate,2024-06,2.00B\n";
    assert!(matches!(failed(apart, scope), QuestionError::ScopeUnknown { .. }));
    let rates = "A,run-rate,2024-01,1.00B\nA,run-rate,2024-06,2.00B\n";
    assert!(matches!(failed(rates, scope), QuestionError::ScopeUnknown { .. }));
}
