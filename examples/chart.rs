//! Draws a series and writes the picture: `cargo run --example chart -- chart.png`.
#![allow(clippy::print_stdout)]

use topline::calendar::FiscalCalendar;
use topline::chart::{Style, Subject, Theme, draw};
use topline::money::{Amount, Currency};
use topline::project::growth::Growth;
use topline::project::{Plan, project};
use topline::series::{Fact, Figure, Series};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    // Illustrative figures, built in code rather than read from a file.
    let calendar = FiscalCalendar::default();
    let year = |(year, millions): (i32, f64)| {
        let amount = Amount::exact(millions * 1e6).ok_or("not a finite amount")?;
        Ok(Figure::new(Fact::Revenue(amount), calendar.year(year).ok_or("no such year")?))
    };
    let figures: Result<Vec<Figure>, &str> = [(2022, 3.1), (2023, 4.4), (2024, 5.9)].into_iter().map(year).collect();
    let series = Series::new("Illustrative", Currency::USD, calendar, figures?);

    // A chart needs the path of every month.
    let plan = Plan { path: true, ..Plan::for_series(std::slice::from_ref(&series)) };
    let (projection, _) = project(&Growth::new(), &series, &plan)?;
    let subject = Subject { series: &series, projection: &projection };
    let chart = draw(&[subject], &Style { theme: Theme::Dark, ..Style::default() })?;
    println!("{}\n\n{}", chart.title(), chart.alt_text());
    if let Some(path) = std::env::args().nth(1) {
        std::fs::write(path, chart.png()?)?;
    }
    Ok(())
}
