//! What is to be made of series that add up to another.

use clap::ValueEnum;
use topline::run::Segments;

/// How parts and wholes are told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SegmentsArg {
    /// By a column `parent`; and `A / B` is a part of `A` if there is a series `A`
    Auto,
    /// Also if there is none: the parts are added up
    Names,
    /// Not at all: every series by itself
    Off,
}

impl From<SegmentsArg> for Segments {
    fn from(segments: SegmentsArg) -> Self {
        match segments {
            SegmentsArg::Auto => Self::Known,
            SegmentsArg::Names => Self::Names,
            SegmentsArg::Off => Self::Apart,
        }
    }
}
