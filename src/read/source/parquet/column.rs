//! One column of a Parquet file: what its values are, and its cells as text.

use std::fmt::Write as _;

use bytes::Bytes;
use chrono::{Days, NaiveDate};
use parquet::basic::{ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::Type;

use crate::read::source::cells::{push_decimal, push_number, push_text};

/// How many rows are decoded at a time.
const ROWS: usize = 2048;

/// Seconds of a day.
const SECONDS: i64 = 86_400;

/// One column, and its cells of the rows at hand.
pub(in crate::read) struct Column {
    pub(in crate::read) name: String,
    pub(in crate::read) form: Form,
    /// Its index among the columns that hold values.
    pub(in crate::read) leaf: usize,
    /// Whether cells may be empty.
    pub(in crate::read) optional: bool,
    /// The first row whose bytes are no text, counted as places are.
    pub(in crate::read) no_text: Option<u64>,
    /// Where it is in the group of rows at hand.
    pub(in crate::read) reader: Option<ColumnReader>,
    pub(in crate::read) cells: Cells,
}

/// Cells as text, one behind the other.
#[derive(Default)]
pub(in crate::read) struct Cells {
    text: String,
    pub(in crate::read) ends: Vec<usize>,
    /// The first of them whose bytes are no text; it is left empty.
    pub(in crate::read) no_text: Option<usize>,
}

/// What the values of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Form {
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

pub(in crate::read) fn columns(file: &SerializedFileReader<Bytes>) -> Vec<Column> {
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
    pub(in crate::read) fn get(&self, row: usize) -> &str {
        let start = if row == 0 { 0 } else { self.ends.get(row - 1).copied().unwrap_or(0) };
        self.ends.get(row).map_or("", |end| &self.text[start..*end])
    }

    /// Takes the next rows of a column in place of those at hand.
    pub(in crate::read) fn read(&mut self, reader: &mut ColumnReader, form: Form, optional: bool) -> Result<(), String> {
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
                    Form::Timestamp(day) => push_moment(text, value.div_euclid(day / SECONDS)),
                    _ => push_number(text, value),
                }
                true
            }),
            ColumnReader::Int96ColumnReader(reader) => self.take(reader, optional, |text, value| {
                push_moment(text, value.to_seconds());
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
/// A moment in seconds since 1970, in UTC: the day, and the time unless it is midnight.
fn push_moment(text: &mut String, seconds: i64) {
    push_day(text, seconds.div_euclid(SECONDS));
    let time = seconds.rem_euclid(SECONDS);
    if time > 0 {
        let _ = write!(text, "T{:02}:{:02}:{:02}Z", time / 3600, time / 60 % 60, time % 60);
    }
}

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

/// The decoder's words, without what they begin with.
pub(in crate::read) fn plain(error: &ParquetError) -> String {
    let text = error.to_string();
    text.split_once(": ").map_or(text.as_str(), |(_, what)| what).to_owned()
}
