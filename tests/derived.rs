//! Derived figures, checked by hand, against the rows they rest on, and against joint draws.
#![allow(clippy::unwrap_used)] // helpers of tests are tests, which clippy does not see

use approx::{assert_abs_diff_eq, assert_relative_eq};
use topline::calendar::{FiscalCalendar, Month, Period, Step};
use topline::export::{CsvWriter, read_saved};
use topline::money::{Amount, Currency};
use topline::project::growth::Growth;
use topline::project::{Derivation, Derived, Fitted, Horizon, Method, Plan, Projection, Standard, project, window};
use topline::read::{Options, Reader};
use topline::series::{Fact, Figure, Measure, Series};

/// What arithmetic leaves between two ways to the same number.
const ROUNDING: f64 = 1e-9;

fn read(csv: &str) -> Vec<Series> {
    let mut reader = Reader::new(Options::default());
    reader.add("test.csv", csv.as_bytes()).unwrap();
    reader.finish().unwrap().series
}

fn example() -> Series {
    read(include_str!("../data/example.csv")).remove(0)
}

fn named(name: &str) -> Series {
    read(include_str!("../data/ai-and-cloud.csv")).into_iter().find(|series| series.name() == name).unwrap()
}

fn plan(series: &Series, step: Step) -> Plan {
    let horizon = Horizon::Until(Month::new(2027, 12).unwrap());
    Plan { step, horizon, derive: Derivation::ALL.to_vec(), ..Plan::for_series(std::slice::from_ref(series)) }
}

fn projected(series: &Series, step: Step) -> Projection {
    let plan = plan(series, step);
    let growth = Growth::new();
    project(&growth, series, &plan).unwrap().0
}

fn find<'a>(projection: &'a Projection, name: &str, period: &str) -> Option<&'a Derived> {
    projection.derived.iter().find(|derived| derived.name() == name && projection.calendar.name(derived.period) == period)
}

fn stated(projection: &Projection, name: &str, period: &str) -> f64 {
    let derived = find(projection, name, period).unwrap();
    assert!(derived.stated && derived.intervals.is_none());
    derived.median.unwrap()
}

#[test]
fn stated_figures_by_hand() {
    // 3.1 in 2023, 4.4 in 2024, a run-rate of 6 in June 2025.
    let projection = projected(&example(), Step::Year);
    assert_relative_eq!(stated(&projection, "yoy", "2024"), 0.419_354_838_7, max_relative = ROUNDING);
    assert_relative_eq!(stated(&projection, "cagr", "2024"), 0.419_354_838_7, max_relative = ROUNDING);
    // 1.4193548387^(1/12) - 1, and 12 ln 2 / ln 1.4193548387.
    assert_abs_diff_eq!(stated(&projection, "cmgr", "2024"), 0.029_613, epsilon = 1e-6);
    assert_abs_diff_eq!(stated(&projection, "doubling-months", "2024"), 23.7513, epsilon = 1e-4);
    assert_relative_eq!(stated(&projection, "cumulative", "2023-01/2024-12"), 7.5e6, max_relative = ROUNDING);
    assert_relative_eq!(stated(&projection, "exit-rate", "2025-06"), 6e6, max_relative = ROUNDING);
    assert_relative_eq!(stated(&projection, "ttm", "2024"), 4.4e6, max_relative = ROUNDING);
    // One run-rate grows on nothing.
    assert!(!projection.derived.iter().any(|derived| derived.stated && derived.name().starts_with("run-rate-")));
}

#[test]
fn trailing_months_add_up_the_quarters() {
    let projection = projected(&named("AWS"), Step::Quarter);
    // 26.281 + 27.452 + 28.786 + 29.267 billion, as Amazon reported them.
    assert_relative_eq!(stated(&projection, "ttm", "2024-04/2025-03"), 111.786e9, max_relative = ROUNDING);
    assert_relative_eq!(stated(&projection, "exit-rate", "2025Q1"), 4.0 * 29.267e9, max_relative = ROUNDING);
    assert_relative_eq!(stated(&projection, "yoy", "2025Q1"), 29.267 / 25.037 - 1.0, max_relative = ROUNDING);
}

#[test]
fn growth_on_a_stated_figure_follows_the_rows() {
    let projection = projected(&example(), Step::Year);
    let row = projection.rows.iter().find(|row| projection.calendar.name(row.period) == "2026").unwrap();
    let cagr = find(&projection, "cagr", "2026").unwrap();
    let expected = |amount: f64| (amount / 4.4e6).sqrt() - 1.0;
    assert_relative_eq!(cagr.median.unwrap(), expected(row.median), max_relative = ROUNDING);
    let doubling = find(&projection, "doubling-months", "2026").unwrap();
    let months = |amount: f64| 24.0 * std::f64::consts::LN_2 / libm::log(amount / 4.4e6);
    for (level, interval) in row.intervals.iter().enumerate() {
        let (lo, hi) = cagr.intervals.as_ref().unwrap()[level];
        assert_relative_eq!(lo.unwrap(), expected(interval.lo), max_relative = ROUNDING);
        assert_relative_eq!(hi.unwrap(), expected(interval.hi), max_relative = ROUNDING);
        // What grows fastest doubles first; what shrinks never does.
        let (short, long) = doubling.intervals.as_ref().unwrap()[level];
        assert_relative_eq!(short.unwrap(), months(interval.hi), max_relative = ROUNDING);
        assert_eq!(long.is_some(), interval.lo > 4.4e6);
    }
    // A run-rate half a year old has a monthly growth, and no yearly one.
    assert!(find(&projection, "run-rate-cmgr", "2025").is_some() && find(&projection, "run-rate-cagr", "2025").is_none());
}

/// Share of 65,536 joint draws below each quantile of the ratio of two spans of months, each a first and last month.
fn shares_below(series: &Series, measure: Measure, period: Period, base: Period, quantiles: &[f64]) -> Vec<f64> {
    let plan = plan(series, Step::Year);
    let window = window(series, &plan).unwrap();
    let fit = Growth::new().fit(series, window).unwrap();
    let sampler = fit.sampler(series.name(), Period::new(base.first(), period.last()).unwrap());
    let place = |month: Month| usize::try_from(month.since(base.first())).unwrap();
    let span = |period: Period| match measure {
        Measure::RunRate => place(period.last())..=place(period.last()),
        // What months earn stands after their run-rates.
        Measure::Revenue => sampler.months() + place(period.first())..=sampler.months() + place(period.last()),
    };
    let ratio = fit.ratio(measure, period, base).unwrap();
    let (mut draw, mut mirror) = (vec![0.0; sampler.places()], vec![0.0; sampler.places()]);
    let mut ratios = Vec::new();
    for number in 0..32_768 {
        sampler.log_pair(number, &mut draw, &mut mirror);
        for path in [&draw, &mirror] {
            let sum = |period| path[span(period)].iter().map(|rate: &f64| libm::exp(*rate)).sum::<f64>();
            ratios.push(sum(period) / sum(base));
        }
    }
    let below = |p: &f64| ratios.iter().filter(|value| **value < ratio.quantile(*p)).count() as f64 / ratios.len() as f64;
    quantiles.iter().map(below).collect()
}

fn year(year: i32) -> Period {
    FiscalCalendar::default().year(year).unwrap()
}

#[test]
fn ratio_of_run_rates_is_that_of_draws() {
    // The log of the ratio is linear in the months' logs, so the two agree to what the draws can tell: half a point.
    for series in [named("OpenAI"), example()] {
        let levels = [0.025, 0.1, 0.5, 0.9, 0.975];
        for (share, level) in shares_below(&series, Measure::RunRate, year(2027), year(2026), &levels).iter().zip(levels) {
            assert_abs_diff_eq!(*share, level, epsilon = 0.005);
        }
    }
}

#[test]
fn ratio_of_totals_is_that_of_draws_to_two_points() {
    // Totals are taken as log-linear at each class's path, which sums of swinging months are not quite.
    for series in [named("AWS"), example()] {
        let levels = [0.1, 0.5, 0.9];
        for (share, level) in shares_below(&series, Measure::Revenue, year(2027), year(2026), &levels).iter().zip(levels) {
            assert_abs_diff_eq!(*share, level, epsilon = 0.02);
        }
    }
}

#[test]
fn ratio_of_a_standard_method_to_what_is_known_is_its_distribution() {
    let series = named("AWS");
    let plan = plan(&series, Step::Quarter);
    for method in Standard::ALL {
        let fit = method.fit(&series, window(&series, &plan).unwrap()).unwrap();
        let quarter = |year, quarter| FiscalCalendar::default().quarter(year, quarter).unwrap();
        let (ahead, known) = (quarter(2026, 1), quarter(2025, 1));
        let ratio = fit.ratio(Measure::Revenue, ahead, known).unwrap();
        let amount = fit.distribution(Measure::Revenue, ahead);
        for p in [0.025, 0.5, 0.9] {
            assert_relative_eq!(ratio.quantile(p), amount.quantile(p) / 29.267e9, max_relative = 1e-6);
        }
        // A period is itself, without doubt; what shares its months is nearer to it than what does not.
        let spread =
            |base| fit.ratio(Measure::Revenue, ahead, base).map(|ratio| ratio.quantile(0.9) / ratio.quantile(0.1)).unwrap();
        assert_abs_diff_eq!(spread(ahead), 1.0, epsilon = 1e-6);
        assert!(spread(year(2026)) < amount.quantile(0.9) / amount.quantile(0.1), "{method:?}");
    }
}

#[test]
fn one_figure_has_no_growth_but_has_what_lies_ahead() {
    let amount = Amount::exact(43e9).unwrap();
    let figures = vec![Figure::new(Fact::Revenue(amount), year(2024))];
    let series = Series::new("Illustrative", Currency::USD, FiscalCalendar::default(), figures);
    let projection = projected(&series, Step::Year);
    assert!(find(&projection, "yoy", "2024").is_none() && find(&projection, "cagr", "2024").is_none());
    let next = find(&projection, "ntm", "2025").unwrap();
    assert_relative_eq!(next.median.unwrap(), projection.rows[0].median, max_relative = ROUNDING);
}

#[test]
fn decline_has_no_doubling_time() {
    let total = |at: i32, amount| Figure::new(Fact::Revenue(Amount::exact(amount).unwrap()), year(at));
    let figures = (0..6).map(|k| total(2019 + k, 1e9 * libm::pow(0.7, f64::from(k)))).collect();
    let series = Series::new("Illustrative", Currency::USD, FiscalCalendar::default(), figures);
    let projection = projected(&series, Step::Year);
    let doubling = find(&projection, "doubling-months", "2025").unwrap();
    assert_eq!((doubling.median, doubling.intervals.as_ref().unwrap()[0].1), (None, None));
    assert_relative_eq!(stated(&projection, "cagr", "2024"), -0.3, max_relative = ROUNDING);
}

#[test]
fn next_twelve_months_reach_past_the_horizon() {
    let series = example();
    let plan = Plan { horizon: Horizon::Until(Month::new(2025, 12).unwrap()), ..plan(&series, Step::Year) };
    let growth = Growth::new();
    let (projection, _) = project(&growth, &series, &plan).unwrap();
    assert!(find(&projection, "ntm", "2025-07/2026-06").is_some());
}

#[test]
fn saved_rows_are_read_back_without_what_is_derived() {
    let projection = projected(&example(), Step::Year);
    let mut writer = CsvWriter::new(Vec::new(), &projection.levels).unwrap();
    writer.write(&projection).unwrap();
    let bytes = writer.finish().unwrap();
    let back = read_saved(bytes.as_slice()).unwrap().remove(0);
    assert_eq!(back.rows.len(), projection.rows.len());
    // Rates and times are not amounts of a currency.
    let text = String::from_utf8(bytes).unwrap();
    assert!(text.contains("Example,yoy,2024,2024-01-01,2024-12-31,0.4193548387,,,,,,,,,figures,2025-06\n"), "{text}");
}
