//! Projects many series on several threads, in input order, and leaves out those that cannot be projected.
#![allow(clippy::print_stdout)]

use topline::calendar::{FiscalCalendar, Month};
use topline::money::{Amount, Currency};
use topline::run::{Cancel, Controls, Parallel, Run, RunOptions};
use topline::series::{Fact, Figure, Series};

/// Two years of illustrative months; one series in a hundred has a refund larger than its revenue, which no method takes.
fn series(id: u32) -> Option<Series> {
    let first = Month::new(2023, 1)?;
    let month = |at: i32| {
        let amount = 1000.0 * f64::from(id + 1) * (1.0 + 0.02 * f64::from(at));
        let refund = if id % 100 == 7 && at == 20 { 2.0 * amount } else { 0.0 };
        Some(Figure::new(Fact::Revenue(Amount::exact(amount - refund)?), first.plus(at).into()))
    };
    let figures: Option<Vec<Figure>> = (0..24).map(month).collect();
    Some(Series::new(format!("Series {id}"), Currency::USD, FiscalCalendar::default(), figures?))
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let run = Run::new((0..500).filter_map(series).collect(), RunOptions::new().method("combine".parse()?))?;
    let cancel = Cancel::new();
    let controls = Controls::new().workers(&Parallel).cancel(&cancel);
    let (mut projected, mut refused) = (0, 0);
    for result in run.results_with(controls) {
        match result {
            Ok(_) => projected += 1,
            Err(error) => {
                refused += 1;
                println!("left out: {error}");
            }
        }
    }
    println!("{projected} projected, {refused} left out");
    Ok(())
}
