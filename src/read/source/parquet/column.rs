//! One column of a Parquet file: what its values are, and its cells.

use bytes::Bytes;
use chrono::{Days, NaiveDate};
use parquet::basic::{ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::Type;

use crate::read::source::cells::{Row, Value};
use crate::read::source::shown::{Decimal, show_day};

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
    /// The first row whose bytes are not text, counted as places are.
    pub(in crate::read) no_text: Option<u64>,
    /// Where it is in the group of rows at hand.
    pub(in crate::read) reader: Option<ColumnReader>,
    pub(in crate::read) cells: Cells,
}

/// Why the rows of a column cannot be read.
#[derive(Debug)]
pub(in crate::read) enum NotRead {
    /// They hold more text than they may.
    Unpacked,
    /// What is broken.
    Damaged(String),
}

impl NotRead {
    pub(in crate::read) fn of(error: &ParquetError) -> Self {
        Self::Damaged(plain(error))
    }
}

/// Cells, with their texts one behind the other.
#[derive(Default)]
pub(in crate::read) struct Cells {
    text: String,
    /// Where the text of each ends, and what it holds.
    ends: Vec<(usize, Value)>,
    /// The first of them whose bytes are not text; it is left empty.
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
    /// How many there are.
    pub(in crate::read) fn len(&self) -> usize {
        self.ends.len()
    }

    /// Adds the cell of a row at hand to it; an empty one if there is none.
    pub(in crate::read) fn write(&self, at: usize, row: &mut Row) {
        let start = if at == 0 { 0 } else { self.ends.get(at - 1).map_or(0, |(end, _)| *end) };
        match self.ends.get(at) {
            None => row.push_empty(1),
            Some((end, Value::Text)) => row.push_text(&self.text[start..*end]),
            Some((end, value)) => row.push(|text| {
                text.push_str(&self.text[start..*end]);
                *value
            }),
        }
    }

    /// Takes the next rows of a column in place of those at hand: their texts may have `left` bytes, and what they have is
    /// taken off.
    pub(in crate::read) fn read(
        &mut self,
        reader: &mut ColumnReader,
        (form, optional): (Form, bool),
        left: &mut u64,
    ) -> Result<(), NotRead> {
        self.text.clear();
        self.ends.clear();
        self.no_text = None;
        match reader {
            ColumnReader::BoolColumnReader(reader) => self.take(reader, optional, left, |text, value| {
                text.push_str(if *value { "true" } else { "false" });
                Some(Value::Text)
            }),
            ColumnReader::Int32ColumnReader(reader) => self.take(reader, optional, left, |text, value| {
                Some(match form {
                    Form::Unsigned => show_number(text, value.cast_unsigned().into(), 0),
                    Form::Decimal(scale) => show_number(text, (*value).into(), scale),
                    Form::Date => show_moment(text, i64::from(*value), 0),
                    _ => show_number(text, (*value).into(), 0),
                })
            }),
            ColumnReader::Int64ColumnReader(reader) => self.take(reader, optional, left, |text, value| {
                Some(match form {
                    Form::Unsigned => show_number(text, value.cast_unsigned().into(), 0),
                    Form::Decimal(scale) => show_number(text, (*value).into(), scale),
                    Form::Timestamp(day) => show_second(text, value.div_euclid(day / SECONDS)),
                    _ => show_number(text, (*value).into(), 0),
                })
            }),
            ColumnReader::Int96ColumnReader(reader) => {
                self.take(reader, optional, left, |text, value| Some(show_second(text, value.to_seconds())))
            }
            // Of 32 bits, the shortest decimal is what was meant.
            ColumnReader::FloatColumnReader(reader) => self.take(reader, optional, left, |text, value| {
                Some(show_float(text, value.to_string().parse().unwrap_or(f64::NAN)))
            }),
            ColumnReader::DoubleColumnReader(reader) => {
                self.take(reader, optional, left, |text, value| Some(show_float(text, *value)))
            }
            ColumnReader::ByteArrayColumnReader(reader) => {
                self.take(reader, optional, left, |text, value| show_bytes(text, value.data(), form))
            }
            ColumnReader::FixedLenByteArrayColumnReader(reader) => {
                self.take(reader, optional, left, |text, value| show_bytes(text, value.data(), form))
            }
        }
    }

    /// Takes the next rows, each shown and made a value by `show`; `None` for bytes that are not text.
    fn take<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        optional: bool,
        left: &mut u64,
        show: impl Fn(&mut String, &T::T) -> Option<Value>,
    ) -> Result<(), NotRead> {
        let (mut values, mut levels) = (Vec::with_capacity(ROWS), Vec::with_capacity(ROWS));
        let (rows, ..) = reader
            .read_records(ROWS, optional.then_some(&mut levels), None, &mut values)
            .map_err(|error| NotRead::of(&error))?;
        let mut values = values.iter();
        for row in 0..rows {
            let mut held = Value::Text;
            if !optional || levels.get(row).is_some_and(|level| *level > 0) {
                let value = values.next().ok_or_else(|| NotRead::Damaged("it has fewer values than rows".to_owned()))?;
                let before = self.text.len();
                match show(&mut self.text, value) {
                    Some(value) => held = value,
                    None => _ = self.no_text.get_or_insert(row),
                }
                // One value of a dictionary can stand in every row.
                *left = left.checked_sub((self.text.len() - before) as u64).ok_or(NotRead::Unpacked)?;
            }
            self.ends.push((self.text.len(), held));
        }
        Ok(())
    }
}

fn show_number(text: &mut String, units: i128, scale: i32) -> Value {
    let decimal = Decimal { units, scale };
    decimal.show(text);
    Value::Number(decimal.number())
}

/// A float; a text if it is none that can be counted with.
fn show_float(text: &mut String, value: f64) -> Value {
    if let Some(decimal) = Decimal::of(value) {
        return show_number(text, decimal.units, decimal.scale);
    }
    text.push_str(&value.to_string());
    Value::Text
}

/// A moment in seconds since 1970, in UTC: the day, and the time unless it is midnight.
fn show_second(text: &mut String, seconds: i64) -> Value {
    let second = u32::try_from(seconds.rem_euclid(SECONDS)).unwrap_or(0);
    show_moment(text, seconds.div_euclid(SECONDS), second)
}

/// The day so many days after the beginning of 1970, at a second of it.
fn show_moment(text: &mut String, days: i64, second: u32) -> Value {
    let epoch = NaiveDate::default();
    let size = Days::new(days.unsigned_abs());
    if let Some(day) = if days < 0 { epoch.checked_sub_days(size) } else { epoch.checked_add_days(size) } {
        return show_day(text, day, (second > 0).then_some((second, "Z")));
    }
    text.push_str(&format!("{days} days after 1970-01-01"));
    Value::Text
}

/// Text, or the digits of an amount; `None` if the bytes are neither.
fn show_bytes(text: &mut String, bytes: &[u8], form: Form) -> Option<Value> {
    if let Form::Decimal(scale) = form {
        // A number in two's complement, the first byte the highest.
        let fill = if bytes.first().is_some_and(|byte| byte & 0x80 != 0) { 0xff } else { 0 };
        let (high, low) = bytes.split_at(bytes.len().saturating_sub(16));
        let fits = high.iter().all(|byte| *byte == fill) && (high.is_empty() || (low[0] ^ fill) & 0x80 == 0);
        if !fits {
            return None;
        }
        let mut wide = [fill; 16];
        wide[16 - low.len()..].copy_from_slice(low);
        return Some(show_number(text, i128::from_be_bytes(wide), scale));
    }
    text.push_str(std::str::from_utf8(bytes).ok()?);
    Some(Value::Text)
}

/// The decoder's words, without what they begin with.
pub(in crate::read) fn plain(error: &ParquetError) -> String {
    let text = error.to_string();
    text.split_once(": ").map_or(text.as_str(), |(_, what)| what).to_owned()
}
