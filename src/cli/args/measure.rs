//! What an answer is told in.

use clap::ValueEnum;
use topline::question::compare::Measured;
use topline::series::Measure;

/// What an answer begins with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MeasureArg {
    /// The revenue of each period
    Revenue,
    /// The run-rate at the end of each period
    RunRate,
    /// The revenue of the twelve months up to the end of each period
    Ttm,
}

impl From<Measure> for MeasureArg {
    fn from(measure: Measure) -> Self {
        match measure {
            Measure::Revenue => Self::Revenue,
            Measure::RunRate => Self::RunRate,
        }
    }
}

impl From<MeasureArg> for Measured {
    fn from(measure: MeasureArg) -> Self {
        match measure {
            MeasureArg::Revenue => Self::Revenue,
            MeasureArg::RunRate => Self::RunRate,
            MeasureArg::Ttm => Self::Trailing,
        }
    }
}
