//! Laws of series with periods of nothing: what must hold for any of them.
#![allow(clippy::expect_used)]

use topline::calendar::{FiscalCalendar, Month, Period, Step};
use topline::money::{Amount, Currency};
use topline::project::growth::Growth;
use topline::project::named::Named;
use topline::project::{Horizon, Plan, Projection, Row, project};
use topline::series::{Fact, Figure, Measure, Series};

/// What each month from January on has of a year.
type Shares = [f64; 12];

const WINTER: Shares = [0.30, 0.25, 0.15, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.30];
const SUMMER: Shares = [0.0, 0.0, 0.0, 0.0, 0.05, 0.25, 0.35, 0.30, 0.05, 0.0, 0.0, 0.0];
const HOLIDAYS: Shares = [0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.10, 0.30, 0.60];

fn month(year: i32, month: u32) -> Month {
    Month::new(year, month).expect("a month")
}

fn total(first: Month, months: u32, value: f64) -> Figure {
    let last = first.plus(i32::try_from(months).expect("short") - 1);
    Figure::new(Fact::Revenue(Amount::exact(value).expect("finite")), Period::new(first, last).expect("in order"))
}

fn series(figures: Vec<Figure>) -> Series {
    Series::new("Illustrative", Currency::USD, FiscalCalendar::default(), figures)
}

fn plan(step: Step, months: u32) -> Plan {
    Plan { step, horizon: Horizon::Months(months), levels: Plan::default_levels(), path: true, derive: Vec::new() }
}

/// A seasonal business of so many months from January 2018 on, which grows by `growth` a year, with a little noise.
fn business(shares: &Shares, growth: f64, months: i32) -> Series {
    let earned = |at: i32| {
        let noise = 1.0 + 0.04 * f64::from(at * 7 % 11 - 5) / 5.0;
        let share = shares[usize::try_from(at % 12).expect("a month")];
        50_000.0 * share * libm::pow(1.0 + growth, f64::from(at) / 12.0) * noise
    };
    series((0..months).map(|at| total(month(2018, 1).plus(at), 1, earned(at))).collect())
}

fn revenue(series: &Series, step: Step, months: u32) -> Vec<Row> {
    let projection = project(&Named::Growth, series, &plan(step, months)).expect("an answer").0;
    projection.rows.into_iter().filter(|row| row.measure == Measure::Revenue).collect()
}

fn earned(series: &Series, year: Period) -> f64 {
    let inside = |figure: &&Figure| year.contains(figure.period.first());
    series.figures().iter().filter(inside).filter_map(|figure| figure.fact.amount()).map(Amount::value).sum()
}

#[test]
fn growth_of_a_business_with_a_closed_season_goes_on() {
    for shares in [WINTER, SUMMER, HOLIDAYS] {
        for (growth, near) in [(-0.2, 0.05), (0.0, 0.03), (0.04, 0.03), (0.18, 0.04), (0.6, 0.07)] {
            for years in [3, 5, 8] {
                let shop = business(&shares, growth, 12 * years);
                let next = revenue(&shop, Step::Year, 12).remove(0);
                let last = earned(&shop, next.period.shift(-1));
                let found = next.median / last - 1.0;
                assert!((found - growth).abs() < near, "{shares:?} by {growth} for {years} years: {found}");
                let truth = last * (1.0 + growth);
                assert!(next.intervals[0].lo < truth && truth < next.intervals[0].hi, "{truth} outside of {next:?}");
            }
        }
    }
}

#[test]
fn months_of_a_closed_season_stay_at_nothing_and_the_others_add_up_to_the_year() {
    for (shares, known) in [(WINTER, 48), (SUMMER, 48), (HOLIDAYS, 48), (WINTER, 53), (SUMMER, 57)] {
        let shop = business(&shares, 0.18, known);
        let months = revenue(&shop, Step::Month, 24);
        assert_eq!(months.len(), 24);
        for (row, at) in months.iter().zip(known..) {
            let open = shares[usize::try_from(at % 12).expect("a month")] > 0.0;
            assert!(if open { row.median > 0.0 } else { row.intervals.iter().all(|ends| ends.hi <= 0.0) }, "{row:?}");
        }
        // Medians of months nearly add up to that of the year that begins with them.
        let sum: f64 = months[..12].iter().map(|row| row.median).sum();
        let year = Period::new(months[0].period.first(), months[11].period.last()).expect("in order");
        let before = earned(&shop, year.shift(-1));
        assert!((1.10..1.25).contains(&(sum / before)), "{} after {known} months", sum / before);
        // The same month grows from year to year.
        for (first, second) in months.iter().zip(&months[12..]).filter(|(first, _)| first.median > 0.0) {
            assert!((1.08..1.25).contains(&(second.median / first.median)), "{first:?} {second:?}");
        }
    }
}

#[test]
fn what_has_just_begun_says_how_open_its_growth_is() {
    let projected = |months: i32| {
        let figures = (0..12 + months).map(|at| total(month(2024, 1).plus(at), 1, if at < 12 { 0.0 } else { 3_000.0 }));
        project(&Named::Growth, &series(figures.collect()), &plan(Step::Year, 24)).expect("an answer").0.reason
    };
    assert!(projected(1).contains("and one month of revenue say little: in a year its run-rate is 0."), "{}", projected(1));
    assert!(projected(5).contains("and 5 months of revenue say little"), "{}", projected(5));
    assert!(projected(14).ends_with("say nothing about its growth"), "{}", projected(14));
}

/// Months of nothing: each such series has an answer that can be signed. A model of logarithms has none.
#[test]
fn series_with_months_of_nothing_are_answered_by_what_the_zeros_come_from() {
    let summer = |k: i32| match k % 12 {
        5 => 990.0 + f64::from(k % 7),
        6 => 1_020.0 - f64::from(k % 5),
        7 => 1_010.0 + f64::from(k % 3),
        _ => 0.0,
    };
    let projected = |values: &dyn Fn(i32) -> f64, count: i32| {
        let series = series((0..count).map(|k| total(month(2018, 1).plus(k), 1, values(k))).collect());
        project(&Named::Growth, &series, &plan(Step::Month, 24)).expect("an answer").0
    };
    let months = |projection: &Projection| -> Vec<f64> {
        projection.rows.iter().filter(|row| row.measure == Measure::Revenue).map(|row| row.median).collect()
    };
    // A shop that opens in summer earns its usual year, all of it in summer.
    let shop = projected(&summer, 48);
    let year = months(&shop)[..12].iter().sum::<f64>();
    assert!((2_800.0..3_200.0).contains(&year), "{year}");
    assert!(months(&shop).iter().enumerate().all(|(at, median)| (*median > 0.0) == (5..8).contains(&(at % 12))));
    assert!(shop.reason.contains("closed for part of each year"), "{}", shop.reason);
    // A product that has ended earns nothing, without a digit of noise.
    let ended = projected(&|k| if k < 24 { 1_000.0 + f64::from(k % 5) } else { 0.0 }, 48);
    assert!(ended.rows.iter().all(|row| row.median.to_bits() == 0 && row.mean.to_bits() == 0));
    // One that has begun is projected from its beginning.
    let begun = projected(&|k| if k < 17 { 0.0 } else { 500.0 * libm::pow(1.02, f64::from(k - 17)) }, 36);
    assert!(months(&begun)[0] > 600.0 && begun.reason.starts_with("it begins in 2019-06"), "{}", begun.reason);
    // Orders with gaps: years as they were, months as often nothing as so far.
    let sparse =
        projected(&|k| if [0, 3, 4, 7, 10].contains(&(k * 5 % 11)) { 300.0 + f64::from(k % 4) * 50.0 } else { 0.0 }, 48);
    assert!(months(&sparse).iter().all(|median| *median < 300.0) && sparse.rows[0].intervals[1].lo <= 0.0);
    // A month of nothing in a steady business is not a pattern.
    let steady = projected(&|k| if k == 20 { 0.0 } else { 1_000.0 + f64::from(k % 3) }, 36);
    assert!((900.0..1_100.0).contains(&months(&steady)[0]), "{:?}", months(&steady));
    let error =
        project(&Growth::new(), &series(vec![total(month(2024, 1), 12, 0.0)]), &plan(Step::Year, 12)).expect_err("refused");
    assert!(!error.hint().contains("leave such rows out"));
}
