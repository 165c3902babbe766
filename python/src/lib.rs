//! The native half of the Python module `topline`: the library's run, with tables that speak Arrow at both ends.
//!
//! It is thin: `options` and `plan` turn keyword arguments into the library's options, `input` and `frame` tables into its reader,
//! `table` projections into record batches. `work` does everything on threads of its own without Python's lock. What fails or is
//! worth saying has the words of the command line (`failure`, `notice`).

mod failure;
mod figures;
mod frame;
mod input;
mod notice;
mod options;
mod picture;
mod plan;
mod projections;
mod questions;
mod table;
mod work;

use std::sync::Once;

use pyo3::create_exception;
use pyo3::exceptions::{PyException, PyUserWarning};
use pyo3::prelude::*;

create_exception!(topline, ToplineError, PyException, "Why topline has no answer; its text says what to do.");
create_exception!(topline, ReadingError, ToplineError, "Figures that cannot be read, each problem with its place.");
create_exception!(topline, ProjectionError, ToplineError, "What cannot be had of the figures.");
create_exception!(topline, NothingProjected, ProjectionError, "Not one series of a table can be projected.");
create_exception!(topline, UsageError, ToplineError, "An argument that is not understood; its text says what to write.");
create_exception!(
    topline,
    ReadingWarning,
    PyUserWarning,
    "What was assumed or left out; the notices of a result have it, too."
);

/// Decoders of workbooks and Parquet may panic about damaged files, which is caught and told as an error: nothing is to be printed.
fn keep_caught_panics_silent() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let print = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            if !topline::read::is_guarding() {
                print(panic);
            }
        }));
    });
}

/// The native half of topline.
#[pymodule]
fn _topline(module: &Bound<'_, PyModule>) -> PyResult<()> {
    keep_caught_panics_silent();
    let py = module.py();
    module.add("ToplineError", py.get_type::<ToplineError>())?;
    module.add("ReadingError", py.get_type::<ReadingError>())?;
    module.add("ProjectionError", py.get_type::<ProjectionError>())?;
    module.add("NothingProjected", py.get_type::<NothingProjected>())?;
    module.add("UsageError", py.get_type::<UsageError>())?;
    module.add("ReadingWarning", py.get_type::<ReadingWarning>())?;
    module.add("__version__", env!("CARGO_PKG_VERSION"))?;
    module.add_class::<projections::Projections>()?;
    module.add_class::<projections::Projection>()?;
    module.add_class::<picture::Chart>()?;
    module.add_class::<figures::Reading>()?;
    module.add_class::<questions::Scores>()?;
    module.add_class::<notice::Notice>()?;
    module.add_function(wrap_pyfunction!(projections::project, module)?)?;
    module.add_function(wrap_pyfunction!(figures::read, module)?)?;
    module.add_function(wrap_pyfunction!(figures::_survey, module)?)?;
    module.add_function(wrap_pyfunction!(questions::backtest, module)?)?;
    module.add_function(wrap_pyfunction!(questions::target, module)?)
}
