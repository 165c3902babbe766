//! `topline.backtest` and `topline.target`.

use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};
use topline::export::{BacktestCsv, Targets, write_answer};
use topline::project::Level;
use topline::question::QuestionError;
use topline::question::backtest::{Backtest, Options, Overall, Totals, backtest as test};
use topline::question::target::ask;
use topline::read::{self, GoalError};
use topline::run::map;
use topline::series::Series;

use crate::failure::{Failure, not_answered};
use crate::input::{Input, Loaded};
use crate::notice::{Notice, Weight, warn};
use crate::options::Arguments;
use crate::plan::{levels, methods, span};
use crate::projections::to_pandas;
use crate::table::Table;
use crate::work::work;

/// Series that are tested before it is asked whether to go on.
const CHUNK: usize = 64;

/// How accurate methods would have been: a table with the columns of the command line's backtest.csv.
///
/// A row without a step has the scores over all steps. overall is a list of dicts, one for each method over all series.
#[pyclass(frozen, module = "topline")]
pub(crate) struct Scores {
    table: Table,
    overall: Vec<Overall>,
    /// What was inferred, assumed or left out: a list of Notice.
    #[pyo3(get)]
    notices: Vec<Notice>,
}

/// Tests methods on the past of each series.
#[pyfunction]
pub(crate) fn backtest(py: Python<'_>, table: &Bound<'_, PyAny>, given: &Bound<'_, PyDict>) -> PyResult<Scores> {
    let given = Arguments::new(given)?;
    let input = Input::of(table, &given)?;
    let options = Options {
        methods: methods(&given)?,
        horizon: span(&given, "horizon")?,
        origins: given.count("origins")?.unwrap_or(12),
        every: span(&given, "every")?,
        levels: levels(&given)?,
    };
    let threads = given.count("threads")?;
    given.end()?;
    let scores = work(py, threads, |workers, cancel| {
        let Loaded { series, mut notices, .. } = input.load()?;
        let (mut tested, mut short) = (Vec::new(), Vec::new());
        for chunk in series.chunks(CHUNK) {
            if cancel.is_cancelled() {
                return Err(topline::run::RunError::Cancelled.into());
            }
            for answer in map(workers, chunk, |series| test(series, &options)) {
                match answer {
                    Ok(answer) => tested.push(answer),
                    Err(error) => short.push(error.to_string()),
                }
            }
        }
        if tested.is_empty() {
            let message = format!("no series can be backtested: {}", short.join("; "));
            return Err(Failure::data(message, "give a shorter --horizon, or more history"));
        }
        notices.extend(short.iter().map(|text| Notice::left_out(text)));
        let mut totals = Totals::default();
        for answer in &tested {
            totals.add(answer);
        }
        Ok(Scores { table: rows(&tested, &options.levels)?, overall: totals.overall(), notices })
    })?;
    warn(py, &scores.notices)?;
    Ok(scores)
}

/// The rows of the CSV, numbers as numbers.
fn rows(tested: &[Backtest], levels: &[Level]) -> Result<Table, Failure> {
    let cannot = |error: std::io::Error| Failure::data(error, "");
    let mut writer = BacktestCsv::new(Vec::new(), levels).map_err(cannot)?;
    tested.iter().try_for_each(|answer| writer.write(answer)).map_err(cannot)?;
    Table::of_csv(&writer.finish().map_err(cannot)?, &["series", "method", "refused"])
}

#[pymethods]
impl Scores {
    /// The Arrow stream of the rows.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        self.table.stream(py)
    }

    /// Each method over all series: a list of dicts.
    #[getter]
    fn overall<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let text = serde_json::to_string(&self.overall).map_err(|error| PyErr::from(Failure::data(error, "")))?;
        py.import("json")?.call_method1("loads", (text,))
    }

    /// The rows as a data frame of pandas.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        to_pandas(slf.as_any())
    }

    fn __repr__(&self) -> String {
        format!("<Scores of a backtest: {} rows>", self.table.rows())
    }
}

/// What targets ask for: a list of dicts, as the JSON of the command line has them.
#[pyfunction]
pub(crate) fn target<'py>(
    py: Python<'py>,
    table: &Bound<'py, PyAny>,
    given: &Bound<'py, PyDict>,
) -> PyResult<Bound<'py, PyAny>> {
    let given = Arguments::new(given)?;
    let input = Input::of(table, &given)?;
    let goals = given.texts("goal")?;
    given.end()?;
    let (bytes, notices) = work(py, Some(1), |_, cancel| {
        let Loaded { series, mut notices, .. } = input.load()?;
        let wrong = |error| Failure::usage(format!("--goal {error}"), GoalError::HINT);
        let series = read::with_goals(series, &goals).map_err(wrong)?;
        let (mut targets, mut past) = (Vec::new(), 0);
        let asked: Vec<&Series> = series.iter().filter(|one| one.targets().next().is_some()).collect();
        if asked.is_empty() {
            let names: Vec<&str> = series.iter().map(Series::name).collect();
            return Err(not_answered(&QuestionError::NoTarget { series: names.join(", ") }));
        }
        for one in asked {
            if cancel.is_cancelled() {
                return Err(topline::run::RunError::Cancelled.into());
            }
            let answer = ask(one).map_err(|error| not_answered(&error))?;
            notices.extend(answer.past.iter().map(|figure| {
                let when = one.calendar().name(figure.period);
                let text = format!("{}: the target for {when} is left out, because the figures begin after it", one.name());
                Notice::new(figure.place.as_ref(), &text, Weight::Warning)
            }));
            // The answer is of targets that lie ahead; of the others it is said how they turned out.
            past += answer.settled.len();
            notices.extend(answer.settled.iter().map(|settled| {
                let when = one.calendar().name(settled.period);
                let text = format!("{}: {} for {when}: {settled}", one.name(), settled.target());
                Notice::new(one.figures()[settled.figure].place.as_ref(), &text, Weight::Warning)
            }));
            targets.extend(answer.answers);
        }
        if targets.is_empty() && past == 0 {
            let message = "the figures begin after the period of every target";
            return Err(Failure::data(message, "ask for a later one with --goal \"Series=20B@2026-12\""));
        }
        let mut bytes = Vec::new();
        let answer = Targets { targets, past: Vec::new(), scenarios: Vec::new() };
        write_answer(&mut bytes, &answer).map_err(|error| Failure::data(error, ""))?;
        Ok((bytes, notices))
    })?;
    warn(py, &notices)?;
    py.import("json")?.call_method1("loads", (bytes.as_slice(),))?.get_item("targets")
}
