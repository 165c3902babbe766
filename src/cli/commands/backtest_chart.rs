//! The chart of `topline backtest`: how often the intervals held, over the steps ahead.

use topline::chart::{self, Coverage, Held, Style};
use topline::question::backtest::Backtest;

use crate::cli::io::charts::{Picture, told};

/// The naive forecasts, there for comparison alone.
const BENCHMARKS: [&str; 2] = ["naive", "seasonal-naive"];

/// Why there is no chart.
#[derive(Debug)]
pub struct NoChart {
    /// The reason.
    pub why: String,
    /// What to do about it.
    pub hint: String,
}

/// Outcomes inside the intervals of one level, counted over series whose steps are equally long.
#[derive(Debug, Default)]
pub struct Counts {
    level: f64,
    step_months: u32,
    /// Name of the first series.
    name: String,
    origins: String,
    series: usize,
    /// Whether a series was left out because its steps are of another length.
    mixed: bool,
    methods: Vec<(&'static str, Vec<(usize, usize)>)>,
}

impl Counts {
    /// Adds the backtest of a series.
    pub fn add(&mut self, answer: &Backtest) {
        if self.series == 0 {
            self.step_months = answer.step_months;
            answer.series.clone_into(&mut self.name);
            if let (Some(first), Some(last)) = (answer.origins.first(), answer.origins.last()) {
                let count = answer.origins.len();
                self.origins =
                    if count == 1 { format!("One origin, {first}.") } else { format!("{count} origins, {first} to {last}.") };
            }
        } else if answer.step_months != self.step_months {
            self.mixed = true;
            return;
        }
        self.series += 1;
        for tested in &answer.methods {
            let at = self.methods.iter().position(|(name, _)| *name == tested.method).unwrap_or_else(|| {
                self.methods.push((tested.method, Vec::new()));
                self.methods.len() - 1
            });
            let counts = &mut self.methods[at].1;
            for step in &tested.steps {
                let Some(interval) = told(&step.scores.intervals, |interval| interval.level) else { continue };
                self.level = interval.level;
                let place = step.step as usize;
                counts.resize(counts.len().max(place), (0, 0));
                counts[place - 1].0 += interval.inside;
                counts[place - 1].1 += interval.outcomes;
            }
        }
    }

    /// The picture's bytes, or why there is none and what to do about it.
    pub fn picture(&self, form: Picture, pixel_ratio: u8) -> Result<Vec<u8>, NoChart> {
        if self.mixed {
            return Err(NoChart {
                why: "the series have steps of different lengths, which cannot share an axis".to_owned(),
                hint: "choose series with the same step with --series".to_owned(),
            });
        }
        let bytes = self.draw(pixel_ratio).and_then(|chart| form.bytes(&chart));
        bytes.map_err(|error| NoChart { why: error.to_string(), hint: error.hint() })
    }

    fn draw(&self, pixel_ratio: u8) -> Result<chart::Chart, chart::ChartError> {
        let several = format!("{} series", self.series);
        let drawn = |(name, steps): &(&'static str, Vec<(usize, usize)>)| Held {
            name,
            benchmark: BENCHMARKS.contains(name),
            steps: steps.clone(),
        };
        let methods = self.methods.iter().filter(|(_, steps)| !steps.is_empty()).map(drawn).collect();
        let coverage = Coverage {
            about: if self.series == 1 { &self.name } else { &several },
            level: self.level,
            steps: match self.step_months {
                1 => "months",
                3 => "quarters",
                6 => "halves",
                _ => "years",
            },
            origins: if self.series == 1 { &self.origins } else { "" },
            methods,
        };
        chart::draw_coverage(&coverage, &Style { pixel_ratio, ..Style::default() })
    }
}
