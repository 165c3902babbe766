//! Why there is no answer, in the words of the command line.

use std::fmt::Write as _;

use pyo3::PyErr;
use topline::export::visible;
use topline::project::ProjectError;
use topline::read::{Problem, ReadError};
use topline::run::RunError;
use topline::series::Place;
use unicode_width::UnicodeWidthStr;

use crate::{NothingProjected, ProjectionError, ReadingError, UsageError};

/// Why there is no answer.
#[derive(Debug)]
pub(crate) enum Failure {
    /// The figures cannot be read, or are not what can be read as figures.
    Reading(String),
    /// The figures are fine and what was asked of them cannot be had.
    Projection(String),
    /// Not one series can be projected.
    Nothing(String),
    /// An argument is wrong.
    Usage(String),
    /// What Python says.
    Python(PyErr),
}

/// The most series that are told one by one.
const MOST_TOLD: usize = 20;

impl Failure {
    /// A wrong argument, and what to write instead.
    pub(crate) fn usage(message: impl std::fmt::Display, hint: &str) -> Self {
        Self::Usage(with_hint(&message.to_string(), hint))
    }

    /// Something that cannot be had of the figures, and what to do about it.
    pub(crate) fn data(message: impl std::fmt::Display, hint: &str) -> Self {
        Self::Projection(with_hint(&message.to_string(), hint))
    }

    /// All problems of the tables, each with its place, the row and what to do.
    pub(crate) fn read(error: &ReadError) -> Self {
        let mut out: String = error.problems().iter().map(problem).collect();
        let (told, total) = (error.problems().len() as u64, error.total());
        if total > told {
            let _ = writeln!(out, "… and {} more problems; the first {told} are shown", total - told);
        } else if total > 1 {
            let _ = writeln!(out, "{total} problems; nothing was projected or written");
        }
        Self::Reading(out.trim_end().to_owned())
    }

    /// Series that cannot be projected.
    pub(crate) fn refused(errors: &[RunError]) -> Self {
        let mut out: String = errors.iter().take(MOST_TOLD).map(|error| refused(error) + "\n").collect();
        if errors.len() > MOST_TOLD {
            let _ = writeln!(out, "… and {} more series that cannot be projected", errors.len() - MOST_TOLD);
        }
        Self::Projection(out.trim_end().to_owned())
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        match &error {
            RunError::Families(errors) => {
                let one = |error: &topline::project::coherent::CoherentError| {
                    let hint = format!("{}; --segments off projects every series by itself", error.hint());
                    with_hint(&placed(error.place(), &error.to_string()), &hint)
                };
                Self::Projection(errors.iter().map(one).collect::<Vec<_>>().join("\n"))
            }
            RunError::NothingObserved { .. } => Self::Nothing(refused(&error)),
            _ => Self::refused(&[error]),
        }
    }
}

impl From<PyErr> for Failure {
    fn from(error: PyErr) -> Self {
        Self::Python(error)
    }
}

impl From<Failure> for PyErr {
    fn from(failure: Failure) -> Self {
        match failure {
            Failure::Reading(text) => ReadingError::new_err(text),
            Failure::Projection(text) => ProjectionError::new_err(text),
            Failure::Nothing(text) => NothingProjected::new_err(text),
            Failure::Usage(text) => UsageError::new_err(text),
            Failure::Python(error) => error,
        }
    }
}

/// Why one series is not projected, and what to do about it.
pub(crate) fn refused(error: &RunError) -> String {
    // What is indented stands under a place.
    let indent = if error.place().is_some() || matches!(error, RunError::Project(_)) { "  " } else { "" };
    format!("{}\n{indent}hint: {}", placed(error.place(), &error.to_string()), visible(&error.hint()))
}

/// The same of a question, which is asked of one series.
pub(crate) fn not_answered(error: &topline::question::QuestionError) -> Failure {
    match error {
        topline::question::QuestionError::Project(error) => not_projected(error),
        _ => Failure::data(visible(&error.to_string()), error.hint()),
    }
}

fn not_projected(error: &ProjectError) -> Failure {
    Failure::Projection(format!("{}\n  hint: {}", placed(error.place(), &error.to_string()), visible(error.hint())))
}

/// A message behind the place that it is about.
pub(crate) fn placed(place: Option<&Place>, message: &str) -> String {
    let place = place.map(|place| format!("{}: ", visible(&place.to_string()))).unwrap_or_default();
    format!("{place}{}", visible(message))
}

fn with_hint(message: &str, hint: &str) -> String {
    format!("{message}\nhint: {}", visible(hint))
}

/// What is wrong in a place, with the row it stands in and a caret under the text in question.
fn problem(problem: &Problem) -> String {
    let Problem { place, excerpt, .. } = problem;
    let mut out = placed(Some(place), &problem.message_text()) + "\n";
    let margin = place.line.to_string();
    let indent = " ".repeat(margin.len() + 1);
    if !excerpt.text.is_empty() {
        let widths =
            |from: usize, count: usize| visible(&excerpt.text.chars().skip(from).take(count).collect::<String>()).width();
        let (before, width) = (widths(0, excerpt.start), widths(excerpt.start, excerpt.length));
        let (before, carets) = (" ".repeat(before), "^".repeat(width.max(1)));
        let _ = writeln!(out, "{indent}|\n{margin} | {}\n{indent}| {before}{carets}", visible(&excerpt.text));
    }
    let _ = writeln!(out, "{indent}hint: {}", visible(&problem.hint()));
    out
}
