//! Arguments of `topline reconcile`.

use clap::{Args, ValueEnum};
use topline::question::reconcile::Scope;
use topline::series::Measure;

use super::{AnswerFormatArgs, InputArgs, MessageArgs};

/// `topline reconcile`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  topline reconcile data/ai-and-cloud.csv --series OpenAI
  topline reconcile data/revenue.csv --with-targets exit
  topline reconcile data/ai-and-cloud.csv -s OpenAI --scope run-rate=estimate

A figure disagrees if it is farther from what the others imply than any figure would be in 19 of 20 series of that size whose figures agree.")]
pub struct ReconcileArgs {
    /// The figures.
    #[command(flatten)]
    pub input: InputArgs,
    /// Include future targets, read as exit or revenue
    ///
    /// Those without a basis are read this way.
    #[arg(help_heading = "Figures", long, value_enum, value_name = "READING")]
    pub with_targets: Option<ReadingArg>,
    /// Share that run-rates cover: run-rate=0.85
    ///
    /// Of the totals: run-rate=0.85 if they leave out 15%, run-rate=estimate to estimate it from the figures.
    #[arg(help_heading = "Figures", long, value_name = "FACTOR", value_parser = scope)]
    pub scope: Option<Scope>,
    /// How to print it.
    #[command(flatten)]
    pub format: AnswerFormatArgs,
    /// How much is said.
    #[command(flatten)]
    pub messages: MessageArgs,
}

/// Readings of a target.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ReadingArg {
    /// The run-rate at the end of the target's period
    Exit,
    /// The period's revenue
    Revenue,
}

impl From<ReadingArg> for Measure {
    fn from(reading: ReadingArg) -> Self {
        match reading {
            ReadingArg::Exit => Self::RunRate,
            ReadingArg::Revenue => Self::Revenue,
        }
    }
}

fn scope(text: &str) -> Result<Scope, String> {
    let wrong = || "write run-rate=0.85 for a factor between 0.1 and 10, or run-rate=estimate".to_owned();
    let (kind, factor) = text.split_once('=').ok_or_else(wrong)?;
    if Measure::from_name(&kind.trim().to_lowercase()) != Some(Measure::RunRate) {
        return Err(wrong());
    }
    if factor.trim().eq_ignore_ascii_case("estimate") {
        return Ok(Scope::Estimated);
    }
    let factor: f64 = factor.trim().parse().map_err(|_| wrong())?;
    if (0.1..=10.0).contains(&factor) { Ok(Scope::Given(factor)) } else { Err(wrong()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scopes() {
        assert_eq!(scope("run-rate=0.85"), Ok(Scope::Given(0.85)));
        assert_eq!(scope("run-rate = estimate"), Ok(Scope::Estimated));
        for wrong in ["0.85", "revenue=0.85", "run-rate=", "run-rate=0", "run-rate=-1", "run-rate=NaN", "run-rate=85"] {
            assert!(scope(wrong).is_err(), "{wrong}");
        }
    }
}
