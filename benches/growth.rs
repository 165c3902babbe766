//! Speed of the growth model: `cargo bench --bench growth`.
#![allow(clippy::unwrap_used, missing_docs)]

use divan::Bencher;
use divan::counter::ItemsCount;
use topline::calendar::{FiscalCalendar, Month, Period, Step};
use topline::money::{Amount, Currency};
use topline::project::growth::Growth;
use topline::project::{Horizon, Plan, project};
use topline::series::{Fact, Figure, Series};

fn main() {
    divan::main();
}

/// A series of `count` totals of `months` months each, growing by a tenth a year with some noise.
fn totals(count: i32, months: u32) -> Series {
    let first = Month::new(2000, 1).unwrap();
    let figures = (0..count).map(|k| {
        let start = first.plus(k * i32::try_from(months).unwrap());
        let period = Period::ending(start.plus(i32::try_from(months).unwrap() - 1), months);
        // Seven and five are not related, so the noise repeats late.
        let noise = f64::from(k * 5 % 7) * 0.01;
        let value = 1e6 * f64::from(months) * libm::exp(0.1 * f64::from(k) * f64::from(months) / 12.0 + noise);
        Figure::new(Fact::Revenue(Amount::exact(value).unwrap()), period)
    });
    Series::new("Illustrative", Currency::USD, FiscalCalendar::default(), figures.collect())
}

fn plan(step: Step, months: u32) -> Plan {
    Plan { step, horizon: Horizon::Months(months), levels: Plan::default_levels(), path: false, derive: Vec::new() }
}

/// Fit and tabulate one series with the kernels at hand, as in a panel.
#[divan::bench(args = [4, 20, 60])]
fn one_of_a_panel_of_quarters(bencher: Bencher<'_, '_>, quarters: i32) {
    let (series, plan) = (totals(quarters, 3), plan(Step::Quarter, 24));
    let growth = Growth::new();
    bencher.counter(ItemsCount::new(1_usize)).bench(|| project(&growth, &series, &plan).unwrap());
}

/// The same for months.
#[divan::bench(args = [24, 60, 240])]
fn one_of_a_panel_of_months(bencher: Bencher<'_, '_>, months: i32) {
    let (series, plan) = (totals(months, 1), plan(Step::Month, 24));
    let growth = Growth::new();
    bencher.counter(ItemsCount::new(1_usize)).bench(|| project(&growth, &series, &plan).unwrap());
}

/// What a run pays once.
#[divan::bench]
fn kernels() -> Growth {
    Growth::new()
}
