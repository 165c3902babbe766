//! What there is to say about the figures and their projections, for the reader of a result.

use pyo3::exceptions::PyUserWarning;
use pyo3::prelude::*;
use topline::run::RunError;
use topline::series::Place;

use crate::ReadingWarning;
use crate::failure::{placed, refused};

/// How much a notice matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weight {
    /// Something may be wrong, or is left out.
    Warning,
    /// What every reader of the result should know.
    Plain,
    /// How plain cells are always read.
    Detail,
}

/// Something that was inferred, assumed or left out.
///
/// `text` says what, `place` where the figure in question stood (`table:line:column`, the names of the columns being line 1), and
/// `weight` how much it matters: "warning", "note" or "detail". Warnings and notes arrive as a ReadingWarning, too.
#[pyclass(frozen, get_all, module = "topline", skip_from_py_object)]
#[derive(Clone, Debug)]
pub(crate) struct Notice {
    text: String,
    place: Option<String>,
    weight: &'static str,
}

#[pymethods]
impl Notice {
    fn __repr__(&self) -> String {
        let place = self.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
        format!("<{place}{}: {}>", self.weight, self.text)
    }

    fn __str__(&self) -> String {
        let place = self.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
        format!("{place}{}: {}", self.weight, self.text)
    }
}

impl Notice {
    pub(crate) fn new(place: Option<&Place>, text: &str, weight: Weight) -> Self {
        let weight = match weight {
            Weight::Warning => "warning",
            Weight::Plain => "note",
            Weight::Detail => "detail",
        };
        Self { text: placed(None, text), place: place.map(|place| placed(None, &place.to_string())), weight }
    }

    /// A series that is left out because it cannot be projected.
    pub(crate) fn refused(error: &RunError) -> Self {
        let text = refused(error);
        let text = text.lines().map(str::trim).collect::<Vec<_>>().join("; ");
        Self { text: format!("left out: {text}"), place: None, weight: "warning" }
    }

    /// A series of a backtest that is left out.
    pub(crate) fn left_out(text: &str) -> Self {
        Self { text: placed(None, text), place: None, weight: "warning" }
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    pub(crate) fn is_warning(&self) -> bool {
        self.weight == "warning"
    }

    /// Without what the reader need not be told.
    pub(crate) fn is_told(&self) -> bool {
        self.weight != "detail"
    }

    /// The warning as the error that it is where none is let pass.
    pub(crate) fn as_error(&self) -> String {
        let place = self.place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
        format!("{place}{} (a warning, treated as an error because of --strict)", self.text)
    }
}

/// Gives the warnings and notes to Python's warnings, at the line that called the function that the user called.
pub(crate) fn warn(py: Python<'_>, notices: &[Notice]) -> PyResult<()> {
    let category = py.get_type::<ReadingWarning>();
    debug_assert!(category.is_subclass_of::<PyUserWarning>().unwrap_or(true));
    for notice in notices.iter().filter(|notice| notice.is_told()) {
        let text = std::ffi::CString::new(notice.__str__().replace('\0', "\\0")).unwrap_or_default();
        PyErr::warn(py, &category, &text, 2)?;
    }
    Ok(())
}
