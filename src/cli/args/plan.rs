//! How far to project, how finely, at which levels, and by which method.

use clap::{Args, ValueEnum};
use topline::calendar::Step;
use topline::project::named::Named;
use topline::project::{Horizon, Level, Standard};

/// How far to project, how finely, and at which levels.
#[derive(Debug, Args)]
#[command(next_help_heading = "Projection")]
pub struct PlanArgs {
    /// Project up to this month, for every series: 2027-12, Dec 2027, 2027
    #[arg(long, value_name = "PERIOD", conflicts_with = "horizon")]
    pub until: Option<String>,
    /// Project this far from each series' last figure: 24m, 8q, 3y [default: 24m, 8q or 3y, by the step]
    #[arg(long, value_name = "SPAN", value_parser = horizon)]
    pub horizon: Option<Horizon>,
    /// Length of the projected periods [default: that of the figures if all are months or all are quarters, else years]
    #[arg(long, value_enum)]
    pub step: Option<StepArg>,
    /// Levels of the prediction intervals in percent
    #[arg(long, value_name = "PERCENT", value_delimiter = ',', value_parser = level, default_value = "50,80,95")]
    pub level: Vec<Level>,
    /// Method of projection
    #[arg(long, value_enum, default_value_t = MethodArg::Growth)]
    pub method: MethodArg,
}

/// Methods of projection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MethodArg {
    /// The growth model where figures are few or mixed, else combine or what a backtest finds far better
    Auto,
    /// The growth model: any figures, few or many, of mixed kinds, at any dates
    Growth,
    /// Exponential smoothing, for regular totals
    Ets,
    /// The dynamic theta models, for regular totals
    Theta,
    /// The theta method as it won the M3 competition
    StandardTheta,
    /// ARIMA models, for regular totals
    Arima,
    /// The mean of ets and theta
    Combine,
    /// The last total goes on
    Naive,
    /// The same month or quarter of last year goes on
    SeasonalNaive,
    /// The last total goes on, with the mean change so far
    Drift,
    /// A straight line
    Linear,
    /// Constant growth, the CAGR of the fit
    Exponential,
    /// Growth to a ceiling, as fast before its midpoint as it slows after it
    Logistic,
    /// Growth to a ceiling that slows from early on
    Gompertz,
    /// First sales of something new, from its launch on
    Bass,
}

impl From<MethodArg> for Named {
    fn from(method: MethodArg) -> Self {
        use MethodArg as Arg;
        Self::Standard(match method {
            Arg::Auto => return Self::Auto,
            Arg::Growth => return Self::Growth,
            Arg::Ets => Standard::Ets,
            Arg::Theta => Standard::Theta,
            Arg::StandardTheta => Standard::StandardTheta,
            Arg::Arima => Standard::Arima,
            Arg::Combine => Standard::Combine,
            Arg::Naive => Standard::Naive,
            Arg::SeasonalNaive => Standard::SeasonalNaive,
            Arg::Drift => Standard::Drift,
            Arg::Linear => Standard::Linear,
            Arg::Exponential => Standard::Exponential,
            Arg::Logistic => Standard::Logistic,
            Arg::Gompertz => Standard::Gompertz,
            Arg::Bass => Standard::Bass,
        })
    }
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
            "a level lies above 1 and below 100 percent".to_owned()
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
        Some(0) => Err("a horizon is one period at least".to_owned()),
        Some(months) if months <= topline::project::growth::MOST_MONTHS => Ok(Horizon::Months(months)),
        _ => Err("a horizon is a hundred years at most".to_owned()),
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
