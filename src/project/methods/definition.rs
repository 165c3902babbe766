//! What a method for regular totals consists of: each is defined once, in the file of its formulas.

use crate::project::methods::ets::search::Workspace;
use crate::project::methods::explanation::Explanation;
use crate::project::methods::outlook::{Calibration, Raw};

/// A method for regular totals.
#[derive(Debug)]
pub(super) struct Definition {
    /// Name in files and on the command line.
    pub(super) name: &'static str,
    /// What it is, in a line without a full stop.
    pub(super) summary: &'static str,
    /// What there is to say of it.
    pub(super) explanation: Explanation,
    /// From `scripts/calibrate.py`; `docs/accuracy.md` says what it saw.
    pub(super) calibration: Calibration,
    /// Whether jumps and spikes are mended before it sees the values; the benchmarks and curves take every figure as it is.
    pub(super) mends: bool,
    /// The forecast of values, one at least, with a season of so many periods, for so many periods ahead.
    pub(super) forecast: fn(&[f64], usize, usize, &mut Workspace) -> Raw,
}
