//! Figures typed as text: the same as in a file, whatever is typed.
#![allow(clippy::unwrap_used)]

use assert_cmd::Command;
use proptest::prelude::*;
use topline::calendar::{Month, Period};
use topline::money::Amount;
use topline::read::{FigureFault, Kind, Options, ProblemKind, ReadError, Reader, TypedCurrency, is_typed};
use topline::series::{Fact, Figure, Measure, Series};

fn read(text: &str) -> Result<Vec<Series>, ReadError> {
    let mut reader = Reader::new(Options::default());
    reader.add_typed("figure 1", text);
    reader.finish().map(|reading| reading.series)
}

fn csv(text: &str) -> Vec<Series> {
    let mut reader = Reader::new(Options::default());
    reader.add("figures.csv", text.as_bytes()).unwrap();
    reader.finish().unwrap().series
}

/// What a figure says, without the place that it stands in.
fn said(series: &[Series]) -> Vec<(String, String, Vec<Figure>)> {
    let plain = |figure: &Figure| Figure { place: None, ..figure.clone() };
    let one = |one: &Series| (one.name().to_owned(), one.currency().to_string(), one.figures().iter().map(plain).collect());
    series.iter().map(one).collect()
}

#[test]
fn typed_figures_say_what_a_file_says() {
    let cases = [
        (
            "OpenAI: $10B run-rate June 2025; target $12B 2025; Google Cloud: $43B 2024",
            "series,kind,period,value\nOpenAI,run-rate,2025-06,$10B\nOpenAI,target,2025,$12B\nGoogle Cloud,revenue,2024,$43B\n",
        ),
        (
            "Acme : 12,5 Md€ annualisé juin 2025;objectif 14 Md€ 2026",
            "series;kind;period;value\nAcme;run-rate;juin 2025;12,5 Md€\nAcme;objectif;2026;14 Md€\n",
        ),
        (
            "Acme: $12B revenue target for FY2025\nevent 2025-06 note: a new product",
            "series,kind,period,value,basis,note\nAcme,target,FY2025,$12B,revenue,\nAcme,event,2025-06,,,a new product\n",
        ),
        (
            "Acme: EUR 1.5m MRR in Jan 2025 as of 2025-02-10 source: board; EUR 1.6m MRR Feb 2025",
            "series,mrr,month,as_of,source\nAcme,EUR 1.5m,Jan 2025,2025-02-10,board\nAcme,EUR 1.6m,Feb 2025,,\n",
        ),
        ("Acme: $10B run-rate as of June 2025", "series,kind,period,value\nAcme,run-rate,June 2025,$10B\n"),
        ("Open Source: $5M 2023; $6M 2024", "series,period,value\nOpen Source,2023,$5M\nOpen Source,2024,$6M\n"),
        ("A: $5M 2024; Open Source: $6M 2024", "series,period,value\nA,2024,$5M\nOpen Source,2024,$6M\n"),
        ("</script>\u{202e}: $5M 2024", "series,period,value\n</script>\u{202e},2024,$5M\n"),
    ];
    for (text, table) in cases {
        assert_eq!(said(&read(text).unwrap()), said(&csv(table)), "{text}");
    }
}

#[test]
fn a_figure_has_its_amount_period_and_kind() {
    let series = read("Acme: target run-rate $20B by Dec 2026").unwrap();
    let [figure] = series[0].figures() else { panic!("one figure") };
    let amount = Amount::new(20e9, 1e9).unwrap();
    assert_eq!(figure.fact, Fact::Target { amount, basis: Some(Measure::RunRate) });
    assert_eq!(figure.period, Period::from(Month::new(2026, 12).unwrap()));
}

/// The problems of a text: what each is, and what the caret points at.
fn faults(text: &str, options: Options) -> Vec<(ProblemKind, String)> {
    let mut reader = Reader::new(options);
    reader.add_typed("figure 1", text);
    let pointed = |problem: &topline::read::Problem| {
        problem.excerpt.text.chars().skip(problem.excerpt.start).take(problem.excerpt.length).collect()
    };
    let problems = reader.finish().unwrap_err().problems().to_vec();
    problems.into_iter().map(|problem| (problem.kind.clone(), pointed(&problem))).collect()
}

#[test]
fn a_currency_may_be_asked_for() {
    let mut asks = Options::default();
    asks.typed_currency = TypedCurrency::Required;
    let found = faults("A: 0B run-rate June 2025; 2B 2025; B: $5M 2024; C: 3B 2024", asks.clone());
    let no_currency = |text: &str| (ProblemKind::Figure(FigureFault::NoCurrency), text.to_owned());
    assert_eq!(found, [no_currency("0B"), no_currency("3B")]);
    // In a shell, `$4` of "$43B" is a variable without a value; here nothing was lost.
    assert!(read("A: 3B 2024").is_ok());
    let mut with_unit = asks;
    with_unit.unit = Some("USD million".parse().unwrap());
    let mut reader = Reader::new(with_unit);
    reader.add_typed("figure 1", "A: 43 2024");
    assert_eq!(reader.finish().unwrap().series[0].figures()[0].fact, Fact::Revenue(Amount::new(43e6, 1e6).unwrap()));
}

#[test]
fn every_problem_is_told_at_once_and_in_its_place() {
    let found = faults("A: $5M profit 2024; $6M; 2025\n2024 2025; kr 5M 2024", Options::default());
    let figure = |fault: FigureFault, text: &str| (ProblemKind::Figure(fault), text.to_owned());
    let readings = ["2024 in 2025".to_owned(), "2025 in 2024".to_owned()];
    let expected = [
        figure(FigureFault::NotUnderstood, "profit"),
        figure(FigureFault::NoPeriod, "$6M"),
        figure(FigureFault::NoAmount, "2025"),
        figure(FigureFault::Unclear { readings }, "2024 2025"),
        (ProblemKind::Currency, "kr 5M".to_owned()),
    ];
    assert_eq!(found, expected);
}

#[test]
fn options_hold_for_typed_figures_too() {
    let mut options = Options::default();
    options.kind = Some(Kind::RunRate);
    let mut reader = Reader::new(options);
    reader.add_typed("figure 1", "A: $5M June 2025");
    assert!(matches!(reader.finish().unwrap().series[0].figures()[0].fact, Fact::RunRate(_)));
}

#[test]
fn commands_take_figures_and_files_alike() {
    let run = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_topline")).current_dir(env!("CARGO_MANIFEST_DIR")).args(args).output();
        let output = output.unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
    };
    let typed = "OpenAI: $10B run-rate June 2025; target $12B 2025";
    for args in [["project", "-f", "csv"], ["target", "--json", "-q"], ["inspect", "--json", "--kind=revenue"]] {
        let by_option = [&args[..1], &["--figure", typed], &args[1..]].concat();
        let by_argument = [&args[..1], &[typed], &args[1..]].concat();
        assert_eq!(run(&by_option), run(&by_argument));
        assert_eq!(run(&by_argument).0, Some(0), "{}", run(&by_argument).2);
    }
    let (code, by_name, _) = run(&[typed, "--format", "csv"]);
    assert_eq!((code, by_name), (Some(0), run(&["project", typed, "--format", "csv"]).1));
    let (_, both, _) = run(&["project", "data/revenue.csv", "Acme: $5M 2024", "-f", "csv", "-q"]);
    assert!(both.contains("\nAcme,") && both.contains("\nGoogle Cloud,"));
    let (code, _, said) = run(&["project", "Acme: sales.csv"]);
    assert!(code == Some(1) && said.contains("--figure"), "{said}");
}

proptest! {
    /// Any words make figures or problems, and problems stand within the text.
    #[test]
    fn nothing_typed_is_too_much(
        words in prop::collection::vec(
            prop_oneof![
                Just("$5M"), Just("2024"), Just("Q3"), Just("June"), Just("2025"), Just("run-rate"), Just("target"), Just(";"),
                Just("\n"), Just("A:"), Just("note"), Just("as"), Just("of"), Just("source"), Just("€"), Just("１２"),
                Just("\u{202e}"), Just(","), Just("@"), Just("revenue"), Just(":"), Just("10"), Just("\u{0}"), Just("12,5"),
            ],
            0..30,
        ),
        glue in prop_oneof![Just(" "), Just(""), Just("\u{a0}")],
    ) {
        let text = words.join(glue);
        let shape = is_typed(&text);
        match read(&text) {
            Ok(series) => prop_assert!(shape && series.iter().all(|one| !one.name().is_empty())),
            Err(error) => {
                for problem in error.problems() {
                    let line = text.replace("\r\n", "\n").split('\n').nth(problem.place.line as usize - 1).map(|line| line.chars().count());
                    prop_assert!(line.is_some_and(|line| problem.place.column as usize <= line + 1), "{problem}");
                    prop_assert!(!problem.hint().is_empty());
                }
            }
        }
    }
}
