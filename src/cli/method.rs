//! The method that was asked for, ready for every series of a run.

use topline::calendar::Period;
use topline::project::growth::Growth;
use topline::project::{Plan, ProjectError, Projection, Standard, project};
use topline::series::Series;

use crate::cli::args::MethodArg;

/// A method with what all series share.
#[derive(Debug)]
pub enum Prepared {
    /// The growth model, with its kernels.
    Growth(Growth),
    /// A method for regular series.
    Standard(Standard),
}

impl Prepared {
    /// The method for these windows.
    pub fn new(method: MethodArg, windows: impl IntoIterator<Item = Period>) -> Self {
        method.standard().map_or_else(|| Self::Growth(Growth::for_windows(windows)), Self::Standard)
    }

    /// The projection of one series.
    pub fn project(&self, series: &Series, plan: &Plan) -> Result<Projection, ProjectError> {
        match self {
            Self::Growth(growth) => project(growth, series, plan).map(|(projection, _)| projection),
            Self::Standard(standard) => project(standard, series, plan).map(|(projection, _)| projection),
        }
    }
}
