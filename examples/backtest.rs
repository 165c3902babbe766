//! Measures methods on a series' own past: `cargo run --release --example backtest -- data/alphabet.csv`.
#![allow(clippy::print_stdout)]

use std::fs::File;

use topline::question::backtest::{Options, backtest};
use topline::read::{self, Reader};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let path = std::env::args().nth(1).unwrap_or_else(|| "data/alphabet.csv".to_owned());
    let mut reader = Reader::new(read::Options::default());
    reader.add(&path, File::open(&path)?)?;
    let methods = vec!["ets".parse()?, "theta".parse()?];
    for series in reader.finish()?.series {
        let result = backtest(&series, &Options { methods: methods.clone(), ..Options::default() })?;
        for tested in result.methods {
            let mase = tested.scores.and_then(|scores| scores.mase);
            println!("{}, {}: MASE {mase:.2?}", result.series, tested.method);
        }
    }
    Ok(())
}
