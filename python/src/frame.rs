//! A table of Python's to record batches, with what pandas puts into its own undone.
//!
//! Pandas hands its row numbers over as a column, and its periods as numbers since 1970: neither is what a reader of figures expects.

use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::Int64Type;
use arrow_array::{Array, ArrayRef, Date32Array, RecordBatch, RecordBatchReader, StringArray};
use arrow_pyarrow::FromPyArrow;
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use pyo3::prelude::*;

use crate::failure::Failure;

/// The record batches of a table.
pub(crate) struct Frame {
    batches: Box<dyn RecordBatchReader + Send>,
    schema: SchemaRef,
    /// Each column by its place in the batches, and how it is read.
    columns: Vec<(usize, As)>,
}

/// How a column is read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum As {
    /// As it is.
    Given,
    /// Days since 1970.
    Days,
    /// Months since 1970.
    Months,
    /// Calendar quarters since 1970.
    Quarters,
    /// Calendar years since 1970.
    Years,
}

impl Frame {
    /// The batches of anything that speaks Arrow; `None` if it does not.
    pub(crate) fn of(table: &Bound<'_, PyAny>) -> Result<Option<Self>, Failure> {
        let batches: Box<dyn RecordBatchReader + Send> = if table.hasattr("__arrow_c_stream__")? {
            let stream = arrow_array::ffi_stream::RecordBatchStreamReader::from_pyarrow_bound(table);
            Box::new(stream.map_err(|error| no_columns(table, &error))?)
        } else if table.hasattr("__arrow_c_array__")? {
            let batch = RecordBatch::from_pyarrow_bound(table).map_err(|error| no_columns(table, &error))?;
            let schema = batch.schema();
            Box::new(arrow_array::RecordBatchIterator::new([Ok(batch)], schema))
        } else {
            return Ok(None);
        };
        Self::new(batches).map(Some)
    }

    fn new(batches: Box<dyn RecordBatchReader + Send>) -> Result<Self, Failure> {
        let given = batches.schema();
        let (mut columns, mut fields) = (Vec::new(), Vec::new());
        for (at, field) in given.fields().iter().enumerate() {
            let how = as_period(field)?;
            let is_index = field.name().starts_with("__index_level_");
            let is_number = how == As::Given && (field.data_type().is_integer() || field.data_type().is_floating());
            if is_index && is_number {
                continue;
            }
            // An index of dates says when.
            let name = if is_index { "period" } else { field.name() };
            let of = match how {
                As::Given => field.data_type().clone(),
                As::Days => DataType::Date32,
                As::Months | As::Quarters | As::Years => DataType::Utf8,
            };
            fields.push(Field::new(name, of, true));
            columns.push((at, how));
        }
        Ok(Self { batches, schema: Arc::new(Schema::new(fields)), columns })
    }

    fn picked(&self, batch: &RecordBatch) -> Result<RecordBatch, ArrowError> {
        let pick = |(at, how): &(usize, As)| match how {
            As::Given => batch.column(*at).clone(),
            how => periods(batch.column(*at), *how),
        };
        let options = arrow_array::RecordBatchOptions::new().with_row_count(Some(batch.num_rows()));
        RecordBatch::try_new_with_options(self.schema.clone(), self.columns.iter().map(pick).collect(), &options)
    }
}

impl Iterator for Frame {
    type Item = Result<RecordBatch, ArrowError>;

    fn next(&mut self) -> Option<Self::Item> {
        let batch = self.batches.next()?;
        Some(batch.map_err(own_words).and_then(|batch| self.picked(&batch)))
    }
}

impl RecordBatchReader for Frame {
    fn schema(&self) -> SchemaRef {
        self.schema.clone()
    }
}

/// How a column of pandas' periods is read.
fn as_period(field: &Field) -> Result<As, Failure> {
    let metadata = field.metadata();
    if metadata.get("ARROW:extension:name").is_none_or(|name| name != "pandas.period") {
        return Ok(As::Given);
    }
    let about = metadata.get("ARROW:extension:metadata").map_or("", String::as_str);
    let about: serde_json::Value = serde_json::from_str(about).unwrap_or_default();
    match about["freq"].as_str().unwrap_or_default() {
        "D" => Ok(As::Days),
        "M" | "ME" => Ok(As::Months),
        "Q-DEC" | "QE-DEC" => Ok(As::Quarters),
        "A-DEC" | "Y-DEC" | "YE-DEC" => Ok(As::Years),
        other => Err(Failure::usage(
            format!("the column {} holds pandas periods of frequency {other}, which are not read", field.name()),
            "give months, calendar quarters or calendar years; others as dates, by .dt.to_timestamp(how=\"end\")",
        )),
    }
}

/// Periods that pandas counts from 1970: days as such, others by their names.
fn periods(column: &ArrayRef, how: As) -> ArrayRef {
    let count = |of: i64, per_year: i64| (1970 + of.div_euclid(per_year), of.rem_euclid(per_year) + 1);
    let name = |of: i64| match how {
        As::Quarters => {
            let (year, quarter) = count(of, 4);
            format!("{year}Q{quarter}")
        }
        As::Years => (1970 + of).to_string(),
        As::Given | As::Days | As::Months => {
            let (year, month) = count(of, 12);
            format!("{year}-{month:02}")
        }
    };
    // Whatever else an extension type may hold is left empty.
    let none = arrow_array::PrimitiveArray::<Int64Type>::new_null(column.len());
    let numbers = column.as_primitive_opt::<Int64Type>().unwrap_or(&none);
    if how == As::Days {
        return Arc::new(numbers.iter().map(|day| day.and_then(|day| i32::try_from(day).ok())).collect::<Date32Array>());
    }
    Arc::new(numbers.iter().map(|of| of.map(name)).collect::<StringArray>())
}

/// An error of the program that hands the table over, in its own words and without its stack.
fn own_words(error: ArrowError) -> ArrowError {
    let ArrowError::CDataInterface(text) = error else { return error };
    let own = text.rsplit_once("Producer error: ").map_or(text.as_str(), |(_, own)| own);
    let own = own.split(". Detail: ").next().unwrap_or(own).trim();
    ArrowError::CDataInterface(own.strip_prefix("Unknown error: ").unwrap_or(own).to_owned())
}

/// A column instead of a table, or one that its own library cannot make an Arrow table of.
fn no_columns(table: &Bound<'_, PyAny>, error: &PyErr) -> Failure {
    let kind = table.get_type().name().map(|name| name.to_string()).unwrap_or_default();
    let message = format!("{kind}: cannot be handed over as an Arrow table with columns ({error})");
    Failure::usage(message, "give a whole table, each of whose columns holds values of one type, such as text throughout")
}
