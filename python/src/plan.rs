//! How far to project, how finely, at which levels and by which method.

use topline::calendar::{FiscalCalendar, Step};
use topline::project::named::Named;
use topline::project::{Derivation, Horizon, Level, Plan};
use topline::run::Segments;
use topline::series::Series;

use crate::failure::Failure;
use crate::options::{Arguments, step};

/// What is asked for, besides how the figures are read.
#[derive(Clone, Debug)]
pub(crate) struct Asked {
    pub(crate) method: Named,
    pub(crate) segments: Segments,
    pub(crate) step: Option<Step>,
    pub(crate) horizon: Option<Horizon>,
    pub(crate) until: Option<String>,
    pub(crate) levels: Vec<Level>,
    pub(crate) derive: Vec<Derivation>,
}

impl Asked {
    pub(crate) fn of(given: &Arguments<'_>) -> Result<Self, Failure> {
        let horizon = span(given, "horizon")?;
        let until = given.text("until")?;
        if horizon.is_some() && until.is_some() {
            return Err(Failure::usage("horizon and until exclude each other", "both say how far to project"));
        }
        let segments = |text: &str| match text {
            "auto" => Some(Segments::Known),
            "names" => Some(Segments::Names),
            "off" => Some(Segments::Apart),
            _ => None,
        };
        Ok(Self {
            method: given.read("method")?.unwrap_or(Named::Growth),
            segments: given.parsed("segments", "give auto, names or off", segments)?.unwrap_or_default(),
            step: step(given, "step")?,
            horizon: horizon.map(Horizon::Months),
            until: until.filter(|text| !text.is_empty()),
            levels: levels(given)?,
            derive: derive(given)?,
        })
    }

    /// The plan for these series.
    pub(crate) fn plan(&self, series: &[Series], calendar: FiscalCalendar) -> Result<Plan, Failure> {
        let mut plan = Plan::for_series(series);
        if let Some(step) = self.step {
            plan.step = step;
            plan.horizon = Plan::default_horizon(step);
        }
        if let Some(horizon) = self.horizon {
            plan.horizon = horizon;
        }
        if let Some(text) = &self.until {
            let hint = "write 2027-12, Dec 2027, 2027Q4 or 2027; the projection ends with its last month";
            let period = topline::read::period(text, calendar)
                .map_err(|_| Failure::usage(format!("until={text}: not a period"), hint))?;
            plan.horizon = Horizon::Until(period.last());
        }
        plan.levels.clone_from(&self.levels);
        plan.derive.clone_from(&self.derive);
        Ok(plan.to_one_end(series))
    }
}

/// Levels in percent, ascending and each once.
pub(crate) fn levels(given: &Arguments<'_>) -> Result<Vec<Level>, Failure> {
    let mut levels = Vec::new();
    for text in given.texts("levels")? {
        let number = text.trim_end_matches('%').trim().parse::<f64>();
        let level = number.as_ref().ok().and_then(|number| Level::from_percent(*number));
        levels.push(level.ok_or_else(|| {
            let hint = match number {
                Ok(number) if number > 0.0 && number < 1.0 => {
                    format!("levels are percentages: give {} for {number}", (number * 1e6).round() / 1e4)
                }
                Ok(_) => "a level must be above 1% and below 100%".to_owned(),
                Err(_) => "give percentages: [50, 80, 95]".to_owned(),
            };
            Failure::usage(format!("levels={text}: not understood"), &hint)
        })?);
    }
    levels.sort_by(|a: &Level, b| a.percent().total_cmp(&b.percent()));
    levels.dedup();
    Ok(if levels.is_empty() { Plan::default_levels() } else { levels })
}

/// Months, of `24m`, `8q` or `3y`.
pub(crate) fn span(given: &Arguments<'_>, name: &str) -> Result<Option<u32>, Failure> {
    let hint = "give a whole number of months, quarters or years, up to a hundred years: 24m, 8q, 3y";
    given.parsed(name, hint, |text| {
        let text = text.trim().to_lowercase();
        let (count, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit())?);
        let months = match unit.trim() {
            "m" | "month" | "months" => 1,
            "q" | "quarter" | "quarters" => 3,
            "h" | "half" | "halves" => 6,
            "y" | "year" | "years" => 12,
            _ => return None,
        };
        let months = count.parse::<u32>().ok()?.checked_mul(months)?;
        (1..=topline::project::growth::MOST_MONTHS).contains(&months).then_some(months)
    })
}

fn derive(given: &Arguments<'_>) -> Result<Vec<Derivation>, Failure> {
    let mut all = Vec::new();
    for name in given.texts("derive")? {
        all.extend(match name.as_str() {
            "all" => Derivation::ALL.to_vec(),
            "yoy" => vec![Derivation::YearOnYear],
            "cagr" => vec![Derivation::Cagr],
            "cmgr" => vec![Derivation::Cmgr],
            "doubling-months" => vec![Derivation::Doubling],
            "ttm" => vec![Derivation::Trailing],
            "ntm" => vec![Derivation::Next],
            "exit-rate" => vec![Derivation::ExitRate],
            "cumulative" => vec![Derivation::Cumulative],
            _ => {
                let hint = "give all, yoy, cagr, cmgr, doubling-months, ttm, ntm, exit-rate or cumulative";
                return Err(Failure::usage(format!("derive={name}: not understood"), hint));
            }
        });
    }
    all.sort_unstable();
    all.dedup();
    Ok(all)
}

/// Methods by their names.
pub(crate) fn methods(given: &Arguments<'_>) -> Result<Vec<Named>, Failure> {
    let named = |text: String| {
        text.parse::<Named>().map_err(|error| Failure::usage(format!("methods={text}: not understood"), &error.to_string()))
    };
    given.texts("methods")?.into_iter().map(named).collect()
}

/// The name of a step, as it is given.
pub(crate) fn step_name(step: Step) -> &'static str {
    match step {
        Step::Month => "month",
        Step::Quarter => "quarter",
        Step::Half => "half",
        Step::Year => "year",
    }
}
