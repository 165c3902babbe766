//! Tables that are handed to Python: record batches that any library takes over as they are.

use std::sync::Arc;

use arrow_array::builder::{Date32Builder, Float64Builder, StringBuilder};
use arrow_array::ffi::FFI_ArrowSchema;
use arrow_array::ffi_stream::FFI_ArrowArrayStream;
use arrow_array::{ArrayRef, Float64Array, RecordBatch, RecordBatchIterator, RecordBatchReader, StringArray};
use arrow_schema::{ArrowError, DataType, Field, Schema, SchemaRef};
use chrono::NaiveDate;
use pyo3::prelude::*;
use pyo3::types::PyCapsule;
use topline::export::{header, rounded};
use topline::project::{Level, Projection};

use crate::failure::Failure;

/// Record batches of one schema.
#[derive(Clone, Debug)]
pub(crate) struct Table {
    schema: SchemaRef,
    batches: Vec<RecordBatch>,
}

impl Table {
    /// The capsule of the Arrow stream.
    pub(crate) fn stream<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let batches = self.batches.clone().into_iter().map(Ok::<_, ArrowError>);
        let reader: Box<dyn RecordBatchReader + Send> = Box::new(RecordBatchIterator::new(batches, self.schema.clone()));
        PyCapsule::new_with_value(py, FFI_ArrowArrayStream::new(reader), c"arrow_array_stream")
    }

    /// The capsule of the Arrow schema.
    pub(crate) fn schema<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyCapsule>> {
        let schema = FFI_ArrowSchema::try_from(self.schema.as_ref()).map_err(|error| PyErr::from(broken(&error)))?;
        PyCapsule::new_with_value(py, schema, c"arrow_schema")
    }

    /// How many rows it has.
    pub(crate) fn rows(&self) -> usize {
        self.batches.iter().map(RecordBatch::num_rows).sum()
    }

    /// A table of columns that are as long as each other.
    pub(crate) fn of(columns: Vec<(&str, ArrayRef)>) -> Result<Self, Failure> {
        let field = |(name, array): &(&str, ArrayRef)| Field::new(*name, array.data_type().clone(), true);
        let schema = Arc::new(Schema::new(columns.iter().map(field).collect::<Vec<_>>()));
        let arrays = columns.into_iter().map(|(_, array)| array).collect();
        let batch = RecordBatch::try_new(schema.clone(), arrays).map_err(|error| broken(&error))?;
        Ok(Self { schema, batches: vec![batch] })
    }

    /// A CSV as a table: a column is text if it is one of `texts`, else numbers.
    pub(crate) fn of_csv(bytes: &[u8], texts: &[&str]) -> Result<Self, Failure> {
        let cannot = |error: csv::Error| Failure::data(error, "");
        let mut reader = csv::Reader::from_reader(bytes);
        let names = reader.headers().map_err(cannot)?.clone();
        let records: Vec<csv::StringRecord> = reader.records().collect::<Result<_, _>>().map_err(cannot)?;
        let mut columns: Vec<(&str, ArrayRef)> = Vec::new();
        for (at, name) in names.iter().enumerate() {
            let cells = records.iter().map(|record| record.get(at).filter(|cell| !cell.is_empty()));
            let array: ArrayRef = if texts.contains(&name) {
                Arc::new(cells.map(|cell| cell.map(topline::export::unguard)).collect::<StringArray>())
            } else {
                Arc::new(cells.map(|cell| cell.and_then(|cell| cell.parse::<f64>().ok())).collect::<Float64Array>())
            };
            columns.push((name, array));
        }
        Self::of(columns)
    }
}

fn broken(error: &ArrowError) -> Failure {
    Failure::data(error, "this is a fault of topline: please report it")
}

/// Days since 1970, as Arrow has dates.
pub(crate) fn day(date: NaiveDate) -> i32 {
    i32::try_from(date.signed_duration_since(NaiveDate::default()).num_days()).unwrap_or(0)
}

/// Rows of a batch; more begin another.
const ROWS: usize = 1 << 16;

/// The rows of projections, as `projection.csv` has them.
pub(crate) struct Rows {
    schema: SchemaRef,
    done: Vec<RecordBatch>,
    texts: [StringBuilder; 7],
    starts: Date32Builder,
    ends: Date32Builder,
    numbers: Vec<Float64Builder>,
    /// Whether there is a last column with what a series is a part of.
    parents: bool,
    /// Rows of the batch that is begun.
    begun: usize,
}

/// Where the texts stand among [`Rows::texts`].
const SERIES: usize = 0;
const MEASURE: usize = 1;
const PERIOD: usize = 2;
const CURRENCY: usize = 3;
const METHOD: usize = 4;
const ORIGIN: usize = 5;
const PARENT: usize = 6;

impl Rows {
    pub(crate) fn new(levels: &[Level], parents: bool) -> Self {
        let names = header(levels).into_iter().chain(parents.then(|| "parent".to_owned()));
        let field = |name: String| {
            let of = match name.as_str() {
                "period_start" | "period_end" => DataType::Date32,
                "series" | "measure" | "period" | "currency" | "method" | "origin" | "parent" => DataType::Utf8,
                _ => DataType::Float64,
            };
            Field::new(name, of, true)
        };
        Self {
            schema: Arc::new(Schema::new(names.map(field).collect::<Vec<_>>())),
            done: Vec::new(),
            texts: Default::default(),
            starts: Date32Builder::new(),
            ends: Date32Builder::new(),
            numbers: std::iter::repeat_with(Float64Builder::new).take(2 + 2 * levels.len()).collect(),
            parents,
            begun: 0,
        }
    }

    /// Adds the rows of a projection, and what is derived from it.
    pub(crate) fn add(&mut self, projection: &Projection) -> Result<(), Failure> {
        let currency = projection.currency.code();
        for row in &projection.rows {
            let ends = row.intervals.iter().flat_map(|interval| [Some(interval.lo), Some(interval.hi)]);
            let numbers = [Some(row.median), Some(row.mean)].into_iter().chain(ends);
            let measure = projection.quantity.measure_name(row.measure);
            self.row(projection, row.period, [measure, currency, projection.method], numbers);
        }
        for derived in &projection.derived {
            let count = projection.levels.len();
            let ends = (0..count).map(|level| derived.intervals.as_ref().map_or((None, None), |intervals| intervals[level]));
            let numbers = [derived.median, None].into_iter().chain(ends.flat_map(|(lo, hi)| [lo, hi]));
            let currency = if derived.derivation.is_amount() { currency } else { "" };
            let method = if derived.stated { "figures" } else { projection.method };
            self.row(projection, derived.period, [&derived.name(), currency, method], numbers);
        }
        if self.begun >= ROWS { self.flush() } else { Ok(()) }
    }

    fn row(
        &mut self,
        projection: &Projection,
        period: topline::calendar::Period,
        [measure, currency, method]: [&str; 3],
        numbers: impl Iterator<Item = Option<f64>>,
    ) {
        self.texts[SERIES].append_value(&projection.series);
        self.texts[MEASURE].append_value(measure);
        self.texts[PERIOD].append_value(projection.calendar.name(period));
        self.starts.append_value(day(period.first().first_day()));
        self.ends.append_value(day(period.last().last_day()));
        // As in the file, whose digits leave out the last bits of a logarithm.
        self.numbers.iter_mut().zip(numbers).for_each(|(column, number)| column.append_option(number.map(rounded)));
        self.texts[CURRENCY].append_option(Some(currency).filter(|currency| !currency.is_empty()));
        self.texts[METHOD].append_value(method);
        self.texts[ORIGIN].append_value(projection.origin.to_string());
        self.texts[PARENT].append_option(projection.parent.as_deref());
        self.begun += 1;
    }

    fn flush(&mut self) -> Result<(), Failure> {
        let [series, measure, period, currency, method, origin, parent] =
            self.texts.each_mut().map(|text| Arc::new(text.finish()) as ArrayRef);
        let mut columns = vec![series, measure, period, Arc::new(self.starts.finish()), Arc::new(self.ends.finish())];
        columns.extend(self.numbers.iter_mut().map(|column| Arc::new(column.finish()) as ArrayRef));
        columns.extend([currency, method, origin]);
        columns.extend(self.parents.then_some(parent));
        self.done.push(RecordBatch::try_new(self.schema.clone(), columns).map_err(|error| broken(&error))?);
        self.begun = 0;
        Ok(())
    }

    /// The table of all rows.
    pub(crate) fn finish(mut self) -> Result<Table, Failure> {
        if self.begun > 0 {
            self.flush()?;
        }
        Ok(Table { schema: self.schema, batches: self.done })
    }
}
