//! How far to project, how finely, at which levels, and by which method.

use clap::builder::{PossibleValue, PossibleValuesParser, TypedValueParser};
use clap::{Args, ValueEnum};
use topline::calendar::Step;
use topline::project::named::Named;
use topline::project::{Horizon, Level};

/// How far to project, how finely, and at which levels.
#[derive(Clone, Debug, Args)]
#[command(next_help_heading = "Projection")]
pub struct PlanArgs {
    /// Project up to this month: 2027-12, 2027
    ///
    /// For every series.
    #[arg(long, value_name = "PERIOD", conflicts_with = "horizon")]
    pub until: Option<String>,
    /// Project this far: 24m, 8q, 3y
    ///
    /// From the latest figure, every series to the same end. By default 24m, 8q or 3y, by the step.
    #[arg(long, value_name = "SPAN", value_parser = horizon)]
    pub horizon: Option<Horizon>,
    /// Length of periods: month, quarter, half, year
    ///
    /// In files and in the summary. By default, in files that of the figures if all are months or all are quarters, else years;
    /// in the summary years.
    #[arg(long, value_enum)]
    pub step: Option<StepArg>,
    /// Intervals, in percent: 50,80,95
    #[arg(long, value_name = "PERCENT", value_delimiter = ',', value_parser = level, default_value = "50,80,95")]
    pub level: Vec<Level>,
    /// Method: growth, auto, ets, …
    ///
    /// `topline methods` says what each does and needs.
    #[arg(long, value_parser = method(), default_value_t = Named::Growth)]
    pub method: Named,
}

/// A method by its name.
pub(super) fn method() -> impl TypedValueParser<Value = Named> {
    let possible = |method: Named| PossibleValue::new(method.name()).help(method.summary());
    PossibleValuesParser::new(Named::ALL.map(possible)).try_map(|name| name.parse::<Named>())
}

/// Lengths of a projected period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StepArg {
    /// Months
    Month,
    /// Quarters of the fiscal year
    Quarter,
    /// Halves of the fiscal year
    Half,
    /// Fiscal years
    Year,
}

impl From<StepArg> for Step {
    fn from(step: StepArg) -> Self {
        match step {
            StepArg::Month => Self::Month,
            StepArg::Quarter => Self::Quarter,
            StepArg::Half => Self::Half,
            StepArg::Year => Self::Year,
        }
    }
}

/// The levels that were asked for, ascending and each once.
pub fn ascending(levels: &[Level]) -> Vec<Level> {
    let mut levels = levels.to_vec();
    levels.sort_by(|a, b| a.percent().total_cmp(&b.percent()));
    levels.dedup();
    levels
}

pub(super) fn level(text: &str) -> Result<Level, String> {
    let number: f64 = text.trim_end_matches('%').trim().parse().map_err(|_| "give percentages: 50,80,95".to_owned())?;
    Level::from_percent(number).ok_or_else(|| {
        if number > 0.0 && number < 1.0 {
            format!("levels are percentages: give {} for {number}", (number * 1e6).round() / 1e4)
        } else {
            "a level must be above 1% and below 100%".to_owned()
        }
    })
}

pub(super) fn horizon(text: &str) -> Result<Horizon, String> {
    let wrong = || "give a whole number of months, quarters or years: 24m, 8q, 3y".to_owned();
    let text = text.trim().to_lowercase();
    let split = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
    let (count, unit) = text.split_at(split);
    let count: u32 = count.parse().map_err(|_| wrong())?;
    let months = match unit.trim() {
        "m" | "month" | "months" => 1,
        "q" | "quarter" | "quarters" => 3,
        "h" | "half" | "halves" => 6,
        "y" | "year" | "years" => 12,
        _ => return Err(wrong()),
    };
    match count.checked_mul(months) {
        Some(0) => Err("a horizon must be at least one period".to_owned()),
        Some(months) if months <= topline::project::growth::MOST_MONTHS => Ok(Horizon::Months(months)),
        _ => Err("a horizon can be at most a hundred years".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn horizons() {
        assert_eq!(horizon("8q"), Ok(Horizon::Months(24)));
        assert_eq!(horizon("3 years"), Ok(Horizon::Months(36)));
        for wrong in ["", "8", "q", "8w", "0m", "-3m", "1201m", "99999999999y"] {
            assert!(horizon(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn level_as_a_fraction_is_told_its_percentage() {
        assert_eq!(level("0.95"), Err("levels are percentages: give 95 for 0.95".to_owned()));
        assert!(level("100").is_err() && level("-5").is_err() && level("NaN").is_err());
        assert_eq!(level("80%").unwrap().to_string(), "80");
    }
}
