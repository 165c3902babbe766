//! Projects the figures of a file: `cargo run --example project -- data/revenue.csv`.
#![allow(clippy::print_stdout)]

use std::fs::File;

use topline::read::{Options, Reader};
use topline::run::{Run, RunOptions};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "data/revenue.csv".to_owned());
    let mut reader = Reader::new(Options::default());
    reader.add(&path, File::open(&path)?)?;
    let run = Run::new(reader.finish()?.series, RunOptions::new())?;
    for result in run.results() {
        let projected = result?;
        for year in &projected.projection.milestones {
            let (name, period) = (projected.series.name(), projected.series.calendar().name(year.period));
            println!("{name}, {period}: {:.3e} {}", year.revenue.median, projected.series.currency());
        }
    }
    Ok(())
}
