//! `topline.project`: the projections of many series as one table, and each of them by itself.

use std::sync::Arc;

use pyo3::exceptions::{PyIndexError, PyKeyError};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict, PySlice, PyString};
use topline::export::JsonWriter;
use topline::project::Plan;
use topline::run::{Controls, MOST_CHARTS, Projected, Run, RunError, RunOptions, Workers};
use topline::series::Series;

use crate::failure::Failure;
use crate::input::{Input, Loaded, refuse_warnings};
use crate::notice::{Notice, Weight, warn};
use crate::options::Arguments;
use crate::picture::{self, Chart};
use crate::plan::{Asked, step_name};
use crate::table::{Rows, Table};
use crate::work::work;

/// The projections of one or many series: a table, and a sequence of Projection.
///
/// As a table it has the columns of the command line's projection.csv, and every library that speaks Arrow takes it as it is:
/// pyarrow.table(p), polars.DataFrame(p), duckdb.sql("select * from p"). p.to_pandas() makes a data frame of pandas. As a sequence it
/// has a Projection for each series, by place or by name: p[0], p["OpenAI"]. In a notebook it shows its chart.
#[pyclass(frozen, sequence, module = "topline")]
pub(crate) struct Projections {
    run: Arc<Run>,
    table: Table,
    /// The series that are projected, in order.
    #[pyo3(get)]
    names: Vec<String>,
    /// What was inferred, assumed or left out: a list of Notice.
    #[pyo3(get)]
    notices: Vec<Notice>,
}

/// Projects every series of a table.
#[pyfunction]
pub(crate) fn project(py: Python<'_>, table: &Bound<'_, PyAny>, given: &Bound<'_, PyDict>) -> PyResult<Projections> {
    let given = Arguments::new(given)?;
    let (input, asked, threads) = (Input::of(table, &given)?, Asked::of(&given)?, given.count("threads")?);
    given.end()?;
    let projections = work(py, threads, |workers, cancel| {
        let strict = input.strict;
        let (run, notices) = start(input.load()?, &asked)?;
        if strict {
            refuse_warnings(&notices)?;
        }
        all(run, notices, strict, Controls::new().workers(workers).cancel(cancel))
    })?;
    warn(py, &projections.notices)?;
    Ok(projections)
}

/// Groups the series, and says what there is to say before the first projection.
fn start(loaded: Loaded, asked: &Asked) -> Result<(Run, Vec<Notice>), Failure> {
    let Loaded { series, mut notices, calendar, .. } = loaded;
    let plan = asked.plan(&series, calendar)?;
    let run = Run::new(series, RunOptions::new().method(asked.method).segments(asked.segments).plan(plan));
    let said = match &run {
        Ok(run) => run.notices(),
        Err(error) => error.notices(),
    };
    notices.extend(said.iter().map(|notice| {
        let weight = if notice.is_warning() { Weight::Warning } else { Weight::Detail };
        Notice::new(notice.place(), &notice.to_string(), weight)
    }));
    Ok((run?, notices))
}

/// Projects everything: what cannot be projected is said and left out, or fails all if it must not.
fn all(run: Run, mut notices: Vec<Notice>, strict: bool, controls: Controls<'_>) -> Result<Projections, Failure> {
    let mut rows = Rows::new(&run.plan().levels, run.has_families());
    let (mut names, mut refused) = (Vec::new(), Vec::new());
    for result in run.results_with(controls) {
        match result {
            Ok(Projected { projection, .. }) => {
                rows.add(&projection)?;
                names.push(projection.series);
            }
            Err(RunError::Cancelled) => return Err(RunError::Cancelled.into()),
            Err(error) => refused.push(error),
        }
    }
    if !refused.is_empty() && (strict || names.is_empty()) {
        // One that goes with another of its family is told by that.
        refused.retain(|error| !matches!(error, RunError::Together { .. }));
        return Err(match Failure::refused(&refused) {
            Failure::Projection(text) if names.is_empty() => Failure::Nothing(text),
            failure => failure,
        });
    }
    notices.extend(refused.iter().map(Notice::refused));
    Ok(Projections { table: rows.finish()?, run: Arc::new(run), names, notices })
}

impl Projections {
    fn one(&self, name: &str) -> Projection {
        Projection { run: self.run.clone(), name: name.to_owned() }
    }
}

#[pymethods]
impl Projections {
    /// The Arrow stream of the rows, for every library that speaks Arrow.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        // Consumers cast what they want otherwise, as the protocol allows.
        drop(requested_schema);
        self.table.stream(py)
    }

    /// The Arrow schema of the rows.
    fn __arrow_c_schema__<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        self.table.schema(py)
    }

    /// How many series are projected.
    fn __len__(&self) -> usize {
        self.names.len()
    }

    /// The projection of a series, by place or by name.
    fn __getitem__(&self, which: &Bound<'_, PyAny>) -> PyResult<Projection> {
        if which.is_instance_of::<PyString>() {
            let name: String = which.extract()?;
            return match self.names.iter().find(|one| **one == name) {
                Some(name) => Ok(self.one(name)),
                None => Err(PyKeyError::new_err(name)),
            };
        }
        if which.is_instance_of::<PySlice>() {
            return Err(PyIndexError::new_err("take one series at a time, by its place or its name"));
        }
        let at: isize = which.extract()?;
        let at = if at < 0 { at + self.names.len().cast_signed() } else { at };
        let name = usize::try_from(at).ok().and_then(|at| self.names.get(at));
        name.map(|name| self.one(name)).ok_or_else(|| PyIndexError::new_err("there are not as many series"))
    }

    /// Rows of the table.
    #[getter]
    fn num_rows(&self) -> usize {
        self.table.rows()
    }

    /// Length of the projected periods: "month", "quarter", "half" or "year".
    #[getter]
    fn step(&self) -> &'static str {
        step_name(self.run.plan().step)
    }

    /// The rows as a data frame of pandas.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        to_pandas(slf.as_any())
    }

    /// The rows as a data frame of polars.
    fn to_polars<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("polars")?.call_method1("DataFrame", (slf,))
    }

    /// The rows as a table of pyarrow.
    fn to_arrow<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        slf.py().import("pyarrow")?.call_method1("table", (slf,))
    }

    /// The chart of all series together, of at most 24.
    #[pyo3(signature = (**style))]
    fn chart(&self, py: Python<'_>, style: Option<&Bound<'_, PyDict>>) -> PyResult<Chart> {
        if self.names.len() > MOST_CHARTS {
            let message = format!("{} series are too many for charts", self.names.len());
            return Err(Failure::data(message, "draw one of them: p[\"name\"].chart()").into());
        }
        Ok(drawn(py, &self.run, self.names.clone(), style)?)
    }

    fn _repr_svg_(&self, py: Python<'_>) -> PyResult<Option<String>> {
        // Where there is no chart a notebook shows the words.
        if self.names.len() > MOST_CHARTS {
            Ok(None)
        } else {
            self.chart(py, None).map_or(Ok(None), |chart| chart.svg().map(Some))
        }
    }

    fn __repr__(&self) -> String {
        let (series, rows) = (self.names.len(), self.table.rows());
        let names = self.names.iter().take(3).cloned().collect::<Vec<_>>().join(", ");
        let more = if series > 3 { ", …" } else { "" };
        format!("<Projections of {series} series ({names}{more}): {rows} rows>")
    }
}

/// The projection of one series.
///
/// In a notebook it shows its chart; chart() has it in other sizes and colours, to_dict() all that the projection is based on.
#[pyclass(frozen, module = "topline")]
pub(crate) struct Projection {
    run: Arc<Run>,
    /// The name of the series.
    #[pyo3(get)]
    name: String,
}

#[pymethods]
impl Projection {
    /// The Arrow stream of the rows of this series.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        let table = work(py, Some(1), |workers, _| {
            let run = again(&self.run, vec![self.name.clone()], false)?;
            let mut rows = Rows::new(&run.plan().levels, self.run.has_families());
            projected(&run, workers)?.iter().try_for_each(|one| rows.add(&one.projection))?;
            rows.finish()
        })?;
        table.stream(py)
    }

    /// The chart: theme="light" or "dark", scale="auto", "linear" or "log", kind, size=(width, height), title, note, table.
    #[pyo3(signature = (**style))]
    fn chart(&self, py: Python<'_>, style: Option<&Bound<'_, PyDict>>) -> PyResult<Chart> {
        Ok(drawn(py, &self.run, vec![self.name.clone()], style)?)
    }

    fn _repr_svg_(&self, py: Python<'_>) -> PyResult<String> {
        self.chart(py, None)?.svg()
    }

    /// Everything: the rows, the milestones, the odds of targets, the figures and what was found of them, as the JSON of the command
    /// line has it.
    fn to_dict<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyAny>> {
        let bytes = work(py, Some(1), |workers, _| {
            let run = again(&self.run, vec![self.name.clone()], false)?;
            let cannot = |error: std::io::Error| Failure::data(error, "");
            let mut writer = JsonWriter::new(Vec::new(), &[]).map_err(cannot)?;
            for one in projected(&run, workers)? {
                writer.write(one.series, &one.projection).map_err(cannot)?;
            }
            writer.finish().map_err(cannot)
        })?;
        let document = py.import("json")?.call_method1("loads", (bytes.as_slice(),))?;
        document.get_item("projections")?.get_item(0)
    }

    /// The rows as a data frame of pandas.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        to_pandas(slf.as_any())
    }

    fn __repr__(&self) -> String {
        format!("<Projection of {}>", self.name)
    }
}

/// Through pyarrow, which every pandas that speaks Arrow needs.
pub(crate) fn to_pandas<'py>(table: &Bound<'py, PyAny>) -> PyResult<Bound<'py, PyAny>> {
    table.py().import("pyarrow")?.call_method1("table", (table,))?.call_method0("to_pandas")
}

/// The run of some series again, with what charts are drawn from if that is wanted: it has the same bits.
fn again(run: &Run, names: Vec<String>, path: bool) -> Result<Run, Failure> {
    let plan = Plan { path, ..run.plan().clone() };
    let some = run.again(plan, move |name| names.iter().any(|one| one == name));
    some.ok_or_else(|| Failure::data("there is no such series", ""))
}

fn projected<'r>(run: &'r Run, workers: &dyn Workers) -> Result<Vec<Projected<'r>>, Failure> {
    let shown: Vec<&str> = run.shown().map(Series::name).collect();
    let all = run.results_with(Controls::new().workers(workers));
    let all: Vec<Projected<'r>> = all.collect::<Result<_, _>>()?;
    debug_assert_eq!(shown.len(), all.len(), "every series was projected before");
    Ok(all)
}

fn drawn(py: Python<'_>, run: &Run, names: Vec<String>, style: Option<&Bound<'_, PyDict>>) -> Result<Chart, Failure> {
    let style = picture::style(style)?;
    work(py, None, |workers, _| {
        let run = again(run, names, true)?;
        picture::draw(&projected(&run, workers)?, &style)
    })
}
