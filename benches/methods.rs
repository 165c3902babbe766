//! Speed of the standard methods beside the growth model, on one series each: `cargo bench --bench methods`.
#![allow(clippy::unwrap_used, missing_docs)]

use divan::Bencher;
use divan::counter::ItemsCount;
use topline::calendar::{FiscalCalendar, Month, Period, Step};
use topline::money::{Amount, Currency};
use topline::project::growth::Growth;
use topline::project::{Horizon, Plan, Standard, project};
use topline::series::{Fact, Figure, Series};

fn main() {
    divan::main();
}

/// Lengths of a period in months: ten years of months, of quarters, and 24 years.
const LENGTHS: [u32; 3] = [1, 3, 12];

/// A made series of 120 months, 40 quarters or 24 years: growth, a season where a year has periods, and noise.
fn totals(months: u32) -> Series {
    let (count, in_year) = if months == 12 { (24, 1) } else { (120 / months.cast_signed(), 12 / months.cast_signed()) };
    let first = Month::new(2000, 1).unwrap();
    let length = months.cast_signed();
    let figures = (0..count).map(|k| {
        let period = Period::ending(first.plus(k * length + length - 1), months);
        let season = if in_year > 1 {
            0.2 * libm::sin(std::f64::consts::TAU * f64::from(k % in_year) / f64::from(in_year))
        } else {
            0.0
        };
        // Seven and five are not related, so the noise repeats late.
        let noise = f64::from(k * 5 % 7) * 0.01;
        let value = 1e6 * f64::from(months) * libm::exp(0.05 * f64::from(k * length) / 12.0 + season + noise);
        Figure::new(Fact::Revenue(Amount::exact(value).unwrap()), period)
    });
    Series::new("Illustrative", Currency::USD, FiscalCalendar::default(), figures.collect())
}

/// Eighteen months, eight quarters or six years ahead, as in the M3 competition.
fn plan(months: u32) -> Plan {
    let (step, horizon) = match months {
        1 => (Step::Month, 18),
        3 => (Step::Quarter, 24),
        _ => (Step::Year, 72),
    };
    Plan { step, horizon: Horizon::Months(horizon), levels: Plan::default_levels(), path: false, derive: Vec::new() }
}

fn standard(bencher: Bencher<'_, '_>, method: Standard, months: u32) {
    let (series, plan) = (totals(months), plan(months));
    bencher.counter(ItemsCount::new(1_usize)).bench(|| project(&method, &series, &plan).unwrap());
}

#[divan::bench(args = LENGTHS)]
fn ets(bencher: Bencher<'_, '_>, months: u32) {
    standard(bencher, Standard::Ets, months);
}

#[divan::bench(args = LENGTHS)]
fn theta(bencher: Bencher<'_, '_>, months: u32) {
    standard(bencher, Standard::Theta, months);
}

#[divan::bench(args = LENGTHS)]
fn arima(bencher: Bencher<'_, '_>, months: u32) {
    standard(bencher, Standard::Arima, months);
}

#[divan::bench(args = LENGTHS)]
fn combine(bencher: Bencher<'_, '_>, months: u32) {
    standard(bencher, Standard::Combine, months);
}

/// The growth model with its kernels at hand, as in a panel.
#[divan::bench(args = LENGTHS)]
fn growth(bencher: Bencher<'_, '_>, months: u32) {
    let (series, plan) = (totals(months), plan(months));
    let growth = Growth::new();
    bencher.counter(ItemsCount::new(1_usize)).bench(|| project(&growth, &series, &plan).unwrap());
}
