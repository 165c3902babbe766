//! A method of one's own: revenue stays what it was on average over the last year, give or take a tenth.
#![allow(clippy::print_stdout)]

use topline::calendar::{FiscalCalendar, Month, Period};
use topline::money::Amount;
use topline::project::distribution::{Component, Distribution};
use topline::project::{Details, Fitted, Method, Plan, ProjectError, StudentT, project};
use topline::series::{Fact, Figure, Measure, Series};

struct LastYear;

/// The annualised rate that goes on.
struct Level {
    rate: f64,
    start: Month,
}

impl Method for LastYear {
    type Fitted = Level;

    fn name(&self) -> &'static str {
        "last-year"
    }

    fn fit(&self, series: &Series, window: Period) -> Result<Level, ProjectError> {
        let rates: Vec<f64> = series.observations().rev().take(12).filter_map(Figure::annual_rate).collect();
        if rates.is_empty() {
            return Err(ProjectError::nothing_observed(series));
        }
        Ok(Level { rate: rates.iter().sum::<f64>() / rates.len() as f64, start: window.first() })
    }
}

impl Fitted for Level {
    fn method(&self) -> &'static str {
        "last-year"
    }

    /// A total is the rate for as many twelfths of a year as the period has months.
    fn distribution(&self, measure: Measure, period: Period) -> Distribution {
        let years = if measure == Measure::Revenue { f64::from(period.months()) / 12.0 } else { 1.0 };
        let location = libm::log(self.rate * years);
        Distribution::new(vec![Component { weight: 1.0, location, scale: 0.1, shape: StudentT::new(4.0) }])
    }

    fn ratio(&self, _: Measure, _: Period, _: Period) -> Option<Distribution> {
        None // how two periods go together is not modelled
    }

    fn start(&self) -> Month {
        self.start
    }

    fn reason(&self, _: &Series) -> String {
        "revenue stays at the average of the last year".to_owned()
    }

    fn details(&self) -> Details {
        Details::None
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let first = Month::new(2024, 1).ok_or("no such month")?;
    let month = |at: i32| Some(Figure::new(Fact::Revenue(Amount::exact(100.0 + f64::from(at % 3))?), first.plus(at).into()));
    let figures: Option<Vec<Figure>> = (0..12).map(month).collect();
    let series = Series::new("Illustrative", "EUR".parse()?, FiscalCalendar::default(), figures.ok_or("not finite")?);
    let (projection, _) = project(&LastYear, &series, &Plan::for_series(std::slice::from_ref(&series)))?;
    println!("{}: {:.0} in {}", projection.series, projection.milestones[0].revenue.median, projection.milestones[0].period);
    Ok(())
}
