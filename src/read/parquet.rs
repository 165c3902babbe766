//! Parquet files to the text that the reader reads.
//!
//! The names of the columns are its first line and each row is another, so that places count as they do in a spreadsheet. Rows
//! are decoded some thousand at a time. Columns of lists, maps and structs are no figures: they are left empty, and refused
//! where one of them would be used.

use std::io::{self, Read};

use bytes::Bytes;
use chrono::{Days, NaiveDate};
use parquet::basic::{ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::Type;

use super::cells::{push_decimal, push_number, push_text};
use super::guard::guard;

/// The largest file that is read, in bytes: its end says what it holds, so that it must be held whole.
pub(super) const LARGEST: u64 = 1 << 30;

/// How many rows are decoded at a time.
const ROWS: usize = 2048;

/// Seconds of a day.
const SECONDS: i64 = 86_400;

/// Whether a file that begins like this is Parquet.
pub(super) fn is_parquet(head: &[u8]) -> bool {
    head.starts_with(b"PAR1")
}

/// Why a file cannot be read.
#[derive(Debug)]
pub(super) enum NoTable {
    /// It is over [`LARGEST`].
    TooLarge,
    /// It is broken, or written in a way that is not read.
    Damaged(String),
}

/// Where the rows break off, and why.
#[derive(Debug)]
pub(super) struct Fault {
    /// The row, counted as places are.
    pub(super) line: u64,
    /// The column, from 0.
    pub(super) column: usize,
    pub(super) what: String,
}

/// The rows of a file as delimited text.
pub(super) struct Table {
    file: SerializedFileReader<Bytes>,
    columns: Vec<Column>,
    next_group: usize,
    /// Rows written so far.
    rows: u64,
    text: String,
    /// How much of `text` was read.
    at: usize,
    pub(super) fault: Option<Fault>,
}

/// One column, and its cells of the rows at hand.
struct Column {
    name: String,
    form: Form,
    /// Its index among the columns that hold values.
    leaf: usize,
    /// Whether cells may be empty.
    optional: bool,
    /// The first row whose bytes are no text, counted as places are.
    no_text: Option<u64>,
    /// Where it is in the group of rows at hand.
    reader: Option<ColumnReader>,
    cells: Cells,
}

/// Cells as text, one behind the other.
#[derive(Default)]
struct Cells {
    text: String,
    ends: Vec<usize>,
    /// The first of them whose bytes are no text; it is left empty.
    no_text: Option<usize>,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Form {
    Bool,
    Integer,
    Unsigned,
    Float,
    /// With so many decimals.
    Decimal(i32),
    Date,
    /// With so many ticks a day.
    Timestamp(i64),
    Text,
    /// None that is read: what it holds.
    Unread(&'static str),
}

impl Table {
    /// Takes in a file and what it says of itself.
    pub(super) fn open(input: impl Read) -> io::Result<Result<Self, NoTable>> {
        let mut bytes = Vec::new();
        input.take(LARGEST + 1).read_to_end(&mut bytes)?;
        if bytes.len() as u64 > LARGEST {
            return Ok(Err(NoTable::TooLarge));
        }
        let bytes = Bytes::from(bytes);
        let opened = guard(|| {
            let file = SerializedFileReader::new(bytes).map_err(|error| plain(&error))?;
            let columns = columns(&file);
            Ok(Self { file, columns, next_group: 0, rows: 0, text: String::new(), at: 0, fault: None })
        });
        Ok(match opened.unwrap_or_else(|| Err("it does not hold what it says".to_owned())) {
            Ok(mut table) => {
                table.write_names();
                Ok(table)
            }
            Err(what) => Err(NoTable::Damaged(what)),
        })
    }

    /// What a column holds that is not read, if it is such a one.
    pub(super) fn not_read(&self) -> Vec<Option<&'static str>> {
        self.columns.iter().map(|column| if let Form::Unread(what) = column.form { Some(what) } else { None }).collect()
    }

    /// The first row in which a column holds bytes that are no text, if there is one.
    pub(super) fn no_text(&self) -> impl Iterator<Item = Option<u64>> {
        self.columns.iter().map(|column| column.no_text)
    }

    /// The name of a column.
    pub(super) fn name(&self, at: usize) -> Option<&str> {
        self.columns.get(at).map(|column| column.name.as_str())
    }

    fn write_names(&mut self) {
        for (at, column) in self.columns.iter().enumerate() {
            if at > 0 {
                self.text.push(',');
            }
            push_text(&mut self.text, &column.name);
        }
        self.text.push('\n');
    }

    /// Writes the next rows; none at the end, or at a fault.
    fn write_rows(&mut self) {
        while self.text.is_empty() && self.fault.is_none() {
            let fault = |line: u64, column: usize, what: String| Some(Fault { line, column, what });
            // The names are line 1.
            let line = self.rows + 2;
            if self.columns.iter().all(|column| column.reader.is_none()) {
                if self.next_group >= self.file.num_row_groups() {
                    return;
                }
                let opened = guard(|| open_group(&self.file, self.next_group, &mut self.columns));
                self.next_group += 1;
                if let Err((at, what)) = opened.unwrap_or_else(|| Err((0, BROKEN.to_owned()))) {
                    self.fault = fault(line, at, what);
                    return;
                }
            }
            let mut rows = None;
            for (at, column) in self.columns.iter_mut().enumerate() {
                let Some(reader) = &mut column.reader else { continue };
                let (cells, form, optional) = (&mut column.cells, column.form, column.optional);
                let read = guard(|| cells.read(reader, form, optional));
                let here = column.cells.ends.len();
                column.no_text = column.no_text.or(column.cells.no_text.map(|row| line + row as u64));
                match read.unwrap_or_else(|| Err(BROKEN.to_owned())) {
                    Err(what) => self.fault = fault(line + here as u64, at, what),
                    Ok(()) if rows.is_some_and(|rows| rows != here) => {
                        self.fault = fault(line + here as u64, at, "its columns differ in length".to_owned());
                    }
                    Ok(()) => rows = Some(here),
                }
                if self.fault.is_some() {
                    return;
                }
            }
            match rows {
                None | Some(0) => self.columns.iter_mut().for_each(|column| column.reader = None),
                Some(rows) => self.join(rows),
            }
        }
    }

    fn join(&mut self, rows: usize) {
        for row in 0..rows {
            for (at, column) in self.columns.iter().enumerate() {
                if at > 0 {
                    self.text.push(',');
                }
                self.text.push_str(column.cells.get(row));
            }
            self.text.push('\n');
        }
        self.rows += rows as u64;
    }
}

impl Read for Table {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if self.at == self.text.len() {
            self.text.clear();
            self.at = 0;
            self.write_rows();
        }
        let ahead = &self.text.as_bytes()[self.at..];
        let count = ahead.len().min(into.len());
        into[..count].copy_from_slice(&ahead[..count]);
        self.at += count;
        Ok(count)
    }
}

/// What is said of a file that makes its decoder panic.
const BROKEN: &str = "it does not hold what it says";

/// The decoder's words, without what they begin with.
fn plain(error: &ParquetError) -> String {
    let text = error.to_string();
    text.split_once(": ").map_or(text.as_str(), |(_, what)| what).to_owned()
}

/// Places every column at the beginning of a group of rows; the column at fault if one cannot be.
fn open_group(file: &SerializedFileReader<Bytes>, group: usize, columns: &mut [Column]) -> Result<(), (usize, String)> {
    let group = file.get_row_group(group).map_err(|error| (0, plain(&error)))?;
    for (at, column) in columns.iter_mut().enumerate() {
        if !matches!(column.form, Form::Unread(_)) {
            column.reader = Some(group.get_column_reader(column.leaf).map_err(|error| (at, plain(&error)))?);
        }
    }
    Ok(())
}

fn columns(file: &SerializedFileReader<Bytes>) -> Vec<Column> {
    let schema = file.metadata().file_metadata().schema_descr();
    let fields = schema.root_schema().get_fields();
    let mut columns: Vec<Column> = fields
        .iter()
        .map(|field| Column {
            name: field.name().to_owned(),
            form: form(field),
            leaf: 0,
            no_text: None,
            optional: field.get_basic_info().has_repetition() && field.get_basic_info().repetition() == Repetition::OPTIONAL,
            reader: None,
            cells: Cells::default(),
        })
        .collect();
    for leaf in (0..schema.num_columns()).rev() {
        if let Some(column) = columns.get_mut(schema.get_column_root_idx(leaf)) {
            column.leaf = leaf;
        }
    }
    columns
}

fn form(field: &Type) -> Form {
    let info = field.get_basic_info();
    let (logical, converted) = (info.logical_type_ref(), info.converted_type());
    let Type::PrimitiveType { physical_type, scale, .. } = field else {
        return Form::Unread(match (logical, converted) {
            (Some(LogicalType::List), _) | (_, ConvertedType::LIST) => "lists",
            (Some(LogicalType::Map), _) | (_, ConvertedType::MAP | ConvertedType::MAP_KEY_VALUE) => "maps",
            _ => "structs",
        });
    };
    if info.has_repetition() && info.repetition() == Repetition::REPEATED {
        return Form::Unread("lists");
    }
    match (physical_type, logical, converted) {
        (_, Some(LogicalType::Time(_)), _) | (_, _, ConvertedType::TIME_MILLIS | ConvertedType::TIME_MICROS) => {
            Form::Unread("times of day")
        }
        (Physical::BOOLEAN, ..) => Form::Bool,
        (Physical::FLOAT | Physical::DOUBLE, ..) => Form::Float,
        (Physical::INT96, ..) => Form::Timestamp(1000 * SECONDS),
        (_, Some(LogicalType::Decimal(decimal)), _) => Form::Decimal(decimal.scale),
        (_, _, ConvertedType::DECIMAL) => Form::Decimal(*scale),
        (_, Some(LogicalType::Date), _) | (_, _, ConvertedType::DATE) => Form::Date,
        (_, Some(LogicalType::Timestamp(timestamp)), _) => Form::Timestamp(match timestamp.unit {
            TimeUnit::MILLIS => 1000 * SECONDS,
            TimeUnit::MICROS => 1_000_000 * SECONDS,
            TimeUnit::NANOS => 1_000_000_000 * SECONDS,
        }),
        (_, _, ConvertedType::TIMESTAMP_MILLIS) => Form::Timestamp(1000 * SECONDS),
        (_, _, ConvertedType::TIMESTAMP_MICROS) => Form::Timestamp(1_000_000 * SECONDS),
        (Physical::INT32 | Physical::INT64, Some(LogicalType::Integer(integer)), _) if !integer.is_signed => Form::Unsigned,
        (
            Physical::INT32 | Physical::INT64,
            _,
            ConvertedType::UINT_8 | ConvertedType::UINT_16 | ConvertedType::UINT_32 | ConvertedType::UINT_64,
        ) => Form::Unsigned,
        (Physical::INT32 | Physical::INT64, ..) => Form::Integer,
        // Some writers leave out that bytes are text.
        (Physical::BYTE_ARRAY, Some(LogicalType::String | LogicalType::Enum | LogicalType::Json) | None, _) => Form::Text,
        (Physical::FIXED_LEN_BYTE_ARRAY, Some(LogicalType::Float16), _) => Form::Unread("numbers of 16 bits"),
        _ => Form::Unread("bytes"),
    }
}

impl Cells {
    fn get(&self, row: usize) -> &str {
        let start = if row == 0 { 0 } else { self.ends.get(row - 1).copied().unwrap_or(0) };
        self.ends.get(row).map_or("", |end| &self.text[start..*end])
    }

    /// Takes the next rows of a column in place of those at hand.
    fn read(&mut self, reader: &mut ColumnReader, form: Form, optional: bool) -> Result<(), String> {
        self.text.clear();
        self.ends.clear();
        self.no_text = None;
        match reader {
            ColumnReader::BoolColumnReader(reader) => self.take(reader, optional, write_plain),
            ColumnReader::Int32ColumnReader(reader) => self.take(reader, optional, |text, value| {
                match form {
                    Form::Unsigned => push_number(text, value.cast_unsigned()),
                    Form::Decimal(scale) => push_decimal(text, i128::from(*value), scale),
                    Form::Date => push_day(text, i64::from(*value)),
                    _ => push_number(text, value),
                }
                true
            }),
            ColumnReader::Int64ColumnReader(reader) => self.take(reader, optional, |text, value| {
                match form {
                    Form::Unsigned => push_number(text, value.cast_unsigned()),
                    Form::Decimal(scale) => push_decimal(text, i128::from(*value), scale),
                    Form::Timestamp(day) => push_day(text, value.div_euclid(day)),
                    _ => push_number(text, value),
                }
                true
            }),
            ColumnReader::Int96ColumnReader(reader) => self.take(reader, optional, |text, value| {
                push_day(text, value.to_seconds().div_euclid(SECONDS));
                true
            }),
            ColumnReader::FloatColumnReader(reader) => self.take(reader, optional, write_plain),
            ColumnReader::DoubleColumnReader(reader) => self.take(reader, optional, write_plain),
            ColumnReader::ByteArrayColumnReader(reader) => {
                self.take(reader, optional, |text, value| push_bytes(text, value.data(), form))
            }
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                self.take(reader, optional, |text, value| push_bytes(text, value.data(), form))
            }
        }
    }

    fn take<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        optional: bool,
        push: impl Fn(&mut String, &T::T) -> bool,
    ) -> Result<(), String> {
        let (mut values, mut levels) = (Vec::with_capacity(ROWS), Vec::with_capacity(ROWS));
        let (rows, ..) =
            reader.read_records(ROWS, optional.then_some(&mut levels), None, &mut values).map_err(|error| plain(&error))?;
        let mut values = values.iter();
        for row in 0..rows {
            if !optional || levels.get(row).is_some_and(|level| *level > 0) {
                let value = values.next().ok_or("it has fewer values than rows")?;
                if !push(&mut self.text, value) {
                    self.no_text.get_or_insert(row);
                }
            }
            self.ends.push(self.text.len());
        }
        Ok(())
    }
}

/// The day so many days after the beginning of 1970.
fn push_day(text: &mut String, days: i64) {
    let epoch = NaiveDate::default();
    let size = Days::new(days.unsigned_abs());
    match if days < 0 { epoch.checked_sub_days(size) } else { epoch.checked_add_days(size) } {
        Some(day) => push_number(text, day),
        None => push_text(text, &format!("{days} days after 1970-01-01")),
    }
}

/// A truth value or a number; always text.
fn write_plain(text: &mut String, value: &impl std::fmt::Display) -> bool {
    push_number(text, value);
    true
}

/// Text, or the digits of an amount; whether the bytes are any.
fn push_bytes(text: &mut String, bytes: &[u8], form: Form) -> bool {
    if let Form::Decimal(scale) = form {
        // A number in two's complement, the first byte the highest.
        let fill = if bytes.first().is_some_and(|byte| byte & 0x80 != 0) { 0xff } else { 0 };
        let (high, low) = bytes.split_at(bytes.len().saturating_sub(16));
        let fits = high.iter().all(|byte| *byte == fill) && (high.is_empty() || (low[0] ^ fill) & 0x80 == 0);
        if fits {
            let mut wide = [fill; 16];
            wide[16 - low.len()..].copy_from_slice(low);
            push_decimal(text, i128::from_be_bytes(wide), scale);
        }
        return fits;
    }
    std::str::from_utf8(bytes).map(|value| push_text(text, value)).is_ok()
}
