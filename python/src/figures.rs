//! `topline.read`: how figures are understood.

use std::sync::Arc;

use arrow_array::{ArrayRef, Date32Array, Float64Array, StringArray, UInt32Array};
use pyo3::prelude::*;
use pyo3::types::{PyCapsule, PyDict};
use topline::calendar::{Month, Step};
use topline::money::Amount;
use topline::project::{Horizon, Plan};
use topline::read::FileReport;
use topline::series::{Figure, Role, Series};

use crate::failure::Failure;
use crate::input::{Input, Loaded};
use crate::notice::{Notice, warn};
use crate::options::Arguments;
use crate::plan::{Asked, step_name};
use crate::projections::to_pandas;
use crate::table::{Table, day};
use crate::work::work;

/// The figures of a table or file as they are understood: a table with a row for each.
///
/// The columns are series, kind, period, period_start, period_end, value, precision, currency, used_as, source, note, line and column.
#[pyclass(frozen, module = "topline")]
pub(crate) struct Reading {
    table: Table,
    /// The series, in order of first appearance.
    #[pyo3(get)]
    names: Vec<String>,
    /// What was inferred, assumed or left out: a list of Notice.
    #[pyo3(get)]
    notices: Vec<Notice>,
    files: Vec<FileReport>,
}

/// Reads a table or file.
#[pyfunction]
pub(crate) fn read(py: Python<'_>, table: &Bound<'_, PyAny>, given: &Bound<'_, PyDict>) -> PyResult<Reading> {
    let given = Arguments::new(given)?;
    let input = Input::of(table, &given)?;
    given.end()?;
    let reading = work(py, Some(1), |_, _| {
        let Loaded { series, notices, files, .. } = input.load()?;
        let names = series.iter().map(|one| one.name().to_owned()).collect();
        Ok(Reading { table: figures(&series)?, names, notices, files })
    })?;
    warn(py, &reading.notices)?;
    Ok(reading)
}

#[pymethods]
impl Reading {
    /// The Arrow stream of the figures.
    #[pyo3(signature = (requested_schema=None))]
    fn __arrow_c_stream__<'py>(
        &self,
        py: Python<'py>,
        requested_schema: Option<Bound<'py, PyAny>>,
    ) -> PyResult<Bound<'py, PyCapsule>> {
        drop(requested_schema);
        self.table.stream(py)
    }

    /// What each column of the input was taken for: a list of dicts with name, role and reason.
    #[getter]
    fn columns<'py>(&self, py: Python<'py>) -> PyResult<Vec<Bound<'py, PyDict>>> {
        let columns = self.files.iter().flat_map(|file| &file.columns);
        let column = |column: &topline::read::ColumnReport| {
            let dict = PyDict::new(py);
            dict.set_item("name", &column.name)?;
            dict.set_item("role", column.role.map(|role| role.name().to_owned()))?;
            dict.set_item("used", column.used)?;
            dict.set_item("reason", column.because())?;
            Ok(dict)
        };
        columns.map(column).collect()
    }

    /// The figures as a data frame of pandas.
    fn to_pandas<'py>(slf: &Bound<'py, Self>) -> PyResult<Bound<'py, PyAny>> {
        to_pandas(slf.as_any())
    }

    fn __repr__(&self) -> String {
        format!("<Reading of {} series: {} figures>", self.names.len(), self.table.rows())
    }
}

fn figures(series: &[Series]) -> Result<Table, Failure> {
    let all =
        || series.iter().flat_map(|one| one.figures().iter().zip(one.roles()).map(move |(figure, role)| (one, figure, role)));
    let texts = |of: &dyn Fn(&Series, &Figure, Role) -> Option<String>| -> ArrayRef {
        Arc::new(all().map(|(one, figure, role)| of(one, figure, *role)).collect::<StringArray>())
    };
    let days = |of: &dyn Fn(&Figure) -> chrono::NaiveDate| -> ArrayRef {
        Arc::new(all().map(|(_, figure, _)| Some(day(of(figure)))).collect::<Date32Array>())
    };
    let amounts = |of: &dyn Fn(Amount) -> f64| -> ArrayRef {
        Arc::new(all().map(|(_, figure, _)| figure.fact.amount().map(of)).collect::<Float64Array>())
    };
    let places = |of: &dyn Fn(&topline::series::Place) -> u32| -> ArrayRef {
        Arc::new(all().map(|(_, figure, _)| figure.place.as_ref().map(of)).collect::<UInt32Array>())
    };
    Table::of(vec![
        ("series", texts(&|one, _, _| Some(one.name().to_owned()))),
        ("kind", texts(&|_, figure, _| Some(figure.fact.kind().to_owned()))),
        ("period", texts(&|one, figure, _| Some(one.calendar().name(figure.period)))),
        ("period_start", days(&|figure| figure.period.first().first_day())),
        ("period_end", days(&|figure| figure.period.last().last_day())),
        ("value", amounts(&Amount::value)),
        ("precision", amounts(&Amount::unit)),
        ("currency", texts(&|one, _, _| Some(one.currency().to_string()))),
        ("used_as", texts(&|_, _, role| Some(role.name().to_owned()))),
        ("source", texts(&|_, figure, _| figure.source().map(str::to_owned))),
        ("note", texts(&|_, figure, _| figure.note().map(str::to_owned))),
        ("line", places(&|place| place.line)),
        ("column", places(&|place| place.column)),
    ])
}

/// What a part of a table says of the plan for the whole, and how it is read: for those who project a table part by part.
#[pyfunction]
pub(crate) fn _survey<'py>(
    py: Python<'py>,
    table: &Bound<'py, PyAny>,
    given: &Bound<'py, PyDict>,
) -> PyResult<Bound<'py, PyDict>> {
    let given = Arguments::new(given)?;
    let (input, asked) = (Input::of(table, &given)?, Asked::of(&given)?);
    let _ = given.count("threads")?;
    given.end()?;
    let loaded = work(py, Some(1), |_, _| input.load())?;
    let survey = PyDict::new(py);
    survey.set_item("step", step_name(Plan::for_series(&loaded.series).step))?;
    let ends = PyDict::new(py);
    for step in [Step::Month, Step::Quarter, Step::Half, Step::Year] {
        let horizon = asked.horizon.unwrap_or_else(|| Plan::default_horizon(step));
        ends.set_item(step_name(step), end(&loaded.series, step, horizon).map(|month| month.to_string()))?;
    }
    survey.set_item("ends", ends)?;
    survey.set_item("read", loaded.files.iter().map(read_as).collect::<Vec<_>>())?;
    Ok(survey)
}

/// Where the latest of the series would end.
fn end(series: &[Series], step: Step, horizon: Horizon) -> Option<Month> {
    let plan = Plan { step, horizon, levels: Vec::new(), path: false, derive: Vec::new() };
    series.iter().filter_map(|one| Some(plan.periods(one.calendar(), one.origin()?).last()?.last())).max()
}

/// How a table is read as a whole, which each of its parts might be read otherwise.
fn read_as(file: &FileReport) -> Vec<(&'static str, String)> {
    let columns = file.columns.iter().filter(|column| column.used);
    let columns: Vec<String> =
        columns.map(|column| format!("{} as {}", column.name, column.role.map_or("a series", |role| role.name()))).collect();
    let unit = file.unit.as_ref().map(|stated| format!("{:?}", stated.what));
    vec![
        ("the columns", columns.join(", ")),
        ("layout", file.layout.unwrap_or("unknown").to_owned()),
        ("unit", unit.unwrap_or_default()),
        ("fiscal_year_end", file.fiscal_year_end.as_ref().map(|stated| stated.what.to_string()).unwrap_or_default()),
        ("each", file.months.as_ref().map(|stated| format!("{} months", stated.what)).unwrap_or_default()),
        ("decimal", file.decisions.decimal.map(|(mark, _)| format!("{mark:?}")).unwrap_or_default()),
        ("date_order", file.decisions.date_order.map(|(order, _)| format!("{order:?}")).unwrap_or_default()),
    ]
}
