//! Backtests: scores by hand, and figures that were not yet known.
#![allow(clippy::unwrap_used, clippy::float_cmp)]

use approx::assert_relative_eq;
use topline::calendar::{FiscalCalendar, Month, Period};
use topline::money::{Amount, Currency};
use topline::project::named::Named;
use topline::project::{Level, Standard};
use topline::question::QuestionError;
use topline::question::backtest::{Backtest, Options, backtest};
use topline::series::{Fact, Figure, Series};

fn year(year: i32) -> Period {
    FiscalCalendar::default().year(year).unwrap()
}

fn total(period: Period, value: f64) -> Figure {
    Figure::new(Fact::Revenue(Amount::exact(value).unwrap()), period)
}

fn series(figures: Vec<Figure>) -> Series {
    Series::new("Test", Currency::USD, FiscalCalendar::default(), figures)
}

fn options(methods: Vec<Named>, origins: usize) -> Options {
    let levels = [80.0, 95.0].map(|percent| Level::from_percent(percent).unwrap()).to_vec();
    Options { methods, horizon: Some(12), origins, every: None, levels }
}

fn run(series: &Series, options: &Options) -> Result<Backtest, QuestionError> {
    backtest(series, options)
}

fn mase(answer: &Backtest, method: &str) -> f64 {
    answer.methods.iter().find(|one| one.method == method).unwrap().scores.as_ref().unwrap().mase.unwrap()
}

#[test]
fn naive_by_hand() {
    let values = [100.0, 110.0, 105.0, 120.0, 126.0];
    let figures = values.iter().zip(2015..).map(|(value, at)| total(year(at), *value)).collect();
    let answer = run(&series(figures), &options(vec![], 12)).unwrap();
    // Origins 2017 and 2018: errors 15 and 6 over mean changes of 7.5 and 10.
    assert_eq!(answer.origins, [Month::new(2017, 12).unwrap(), Month::new(2018, 12).unwrap()]);
    assert_relative_eq!(mase(&answer, "naive"), (15.0 / 7.5 + 6.0 / 10.0) / 2.0, max_relative = 1e-9);
    let naive = answer.methods.iter().find(|one| one.method == "naive").unwrap();
    let scores = naive.scores.as_ref().unwrap();
    assert_relative_eq!(scores.smape.unwrap(), (200.0 * 15.0 / 225.0 + 200.0 * 6.0 / 246.0) / 2.0, max_relative = 1e-9);
    let squares = (225.0 / 62.5 + 36.0 / ((100.0 + 25.0 + 225.0) / 3.0)) / 2.0_f64;
    assert_relative_eq!(scores.rmsse.unwrap(), squares.sqrt(), max_relative = 1e-9);
    assert_eq!(naive.skill_naive.mase, Some(0.0));
}

#[test]
fn restatement_is_not_known_before_it_is_published() {
    let dated =
        |at: i32, value: f64, published: &str| Figure { as_of: Some(published.parse().unwrap()), ..total(year(at), value) };
    let figures = vec![
        dated(2015, 100.0, "2015-12-31"),
        dated(2016, 110.0, "2016-12-31"),
        dated(2017, 105.0, "2017-12-31"),
        dated(2017, 150.0, "2018-06-30"),
        dated(2018, 160.0, "2018-12-31"),
    ];
    let answer = run(&series(figures.clone()), &options(vec![], 1)).unwrap();
    // At the end of 2017 its first print is the last figure: 160 - 105 over a mean change of 7.5.
    assert_relative_eq!(mase(&answer, "naive"), 55.0 / 7.5, max_relative = 1e-9);

    // A year that is published late is forecast two years after the last known one, and what came is its restatement.
    let mut late = figures;
    late[2].as_of = Some("2018-03-01".parse().unwrap());
    late.push(dated(2014, 90.0, "2014-12-31"));
    let answer = run(&series(late), &options(vec![], 1)).unwrap();
    assert_relative_eq!(mase(&answer, "naive"), (150.0 - 110.0) / 10.0, max_relative = 1e-9);
}

#[test]
fn mixed_figures_are_scored_by_their_own_measure() {
    let rate = |at: (i32, u32), value: f64| {
        Figure::new(Fact::RunRate(Amount::exact(value).unwrap()), Month::new(at.0, at.1).unwrap().into())
    };
    let figures = vec![
        total(year(2020), 10.0),
        rate((2021, 6), 14.0),
        total(year(2021), 14.0),
        rate((2022, 6), 18.0),
        total(year(2022), 19.0),
        rate((2023, 6), 24.0),
    ];
    let mixed = series(figures);
    let answer = run(&mixed, &options(vec![], 12)).unwrap();
    assert!(!answer.regular);
    let names: Vec<&str> = answer.methods.iter().map(|one| one.method).collect();
    assert_eq!(names, ["growth", "naive"]);
    assert!(answer.methods[0].scores.as_ref().unwrap().crps.is_some());
    assert_eq!(answer.methods[1].scores.as_ref().unwrap().crps, None);
    let asked = run(&mixed, &options(vec![Named::Standard(Standard::Ets)], 12)).unwrap();
    assert!(asked.methods[0].refused.as_ref().unwrap().contains("totals of one length"));
}

#[test]
fn too_short_a_series_says_what_it_needs() {
    let error = run(&series(vec![total(year(2020), 1.0), total(year(2021), 2.0)]), &options(vec![], 12)).unwrap_err();
    assert_eq!(error.to_string(), "Test has 2 observations, and a backtest 12 months ahead needs 4");
}

#[test]
fn what_comes_later_changes_no_earlier_forecast() {
    let values: Vec<f64> = (0..24).map(|at| 100.0 + 3.0 * f64::from(at) + f64::from(at % 5)).collect();
    let of = |last: f64| {
        let figures = values.iter().zip(1990..).map(|(value, at)| total(year(at), *value));
        series(figures.chain([total(year(2014), last)]).collect())
    };
    let (a, b) = (run(&of(175.0), &options(vec![], 3)).unwrap(), run(&of(400.0), &options(vec![], 3)).unwrap());
    let (c, d) = (run(&of(175.0), &options(vec![], 1)).unwrap(), run(&of(400.0), &options(vec![], 1)).unwrap());
    for (index, method) in a.methods.iter().enumerate() {
        // Without the last origin, whose outcome was changed, the sums are the same.
        let rest = |all: &Backtest, last: &Backtest| {
            let of = |one: &Backtest| one.methods[index].scores.as_ref().unwrap().mase.unwrap();
            3.0 * of(all) - of(last)
        };
        assert_relative_eq!(rest(&a, &c), rest(&b, &d), max_relative = 1e-9);
        assert!(method.refused.is_none());
    }
}
