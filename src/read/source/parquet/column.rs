//! One column of a Parquet file: what its values are, and its cells.

use bytes::Bytes;
use parquet::basic::{ConvertedType, LogicalType, Repetition, TimeUnit, Type as Physical};
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::DataType;
use parquet::errors::ParquetError;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::schema::types::Type;

use crate::read::source::cells::Value;
use crate::read::source::columns::{Cells, NotRead, ROWS, SECONDS, show_float, show_moment, show_number, show_second};

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

impl Column {
    /// Takes the next rows in place of those at hand: their texts may have `left` bytes, and what they have is taken off.
    pub(in crate::read) fn read(&mut self, left: &mut u64) -> Result<(), NotRead> {
        let Self { form, optional, cells, .. } = self;
        let (form, mut cells) = (*form, Taken { cells, optional: *optional, left });
        cells.cells.clear();
        match &mut self.reader {
            None => Ok(()),
            Some(ColumnReader::BoolColumnReader(reader)) => cells.take(reader, |text, value| {
                text.push_str(if *value { "true" } else { "false" });
                Some(Value::Text)
            }),
            Some(ColumnReader::Int32ColumnReader(reader)) => cells.take(reader, |text, value| {
                Some(match form {
                    Form::Unsigned => show_number(text, value.cast_unsigned().into(), 0),
                    Form::Decimal(scale) => show_number(text, (*value).into(), scale),
                    Form::Date => show_moment(text, i64::from(*value), 0),
                    _ => show_number(text, (*value).into(), 0),
                })
            }),
            Some(ColumnReader::Int64ColumnReader(reader)) => cells.take(reader, |text, value| {
                Some(match form {
                    Form::Unsigned => show_number(text, value.cast_unsigned().into(), 0),
                    Form::Decimal(scale) => show_number(text, (*value).into(), scale),
                    Form::Timestamp(day) => show_second(text, value.div_euclid(day / SECONDS)),
                    _ => show_number(text, (*value).into(), 0),
                })
            }),
            Some(ColumnReader::Int96ColumnReader(reader)) => {
                cells.take(reader, |text, value| Some(show_second(text, value.to_seconds())))
            }
            // Of 32 bits, the shortest decimal is what was meant.
            Some(ColumnReader::FloatColumnReader(reader)) => {
                cells.take(reader, |text, value| Some(show_float(text, value.to_string().parse().unwrap_or(f64::NAN))))
            }
            Some(ColumnReader::DoubleColumnReader(reader)) => cells.take(reader, |text, value| Some(show_float(text, *value))),
            Some(ColumnReader::ByteArrayColumnReader(reader)) => {
                cells.take(reader, |text, value| show_bytes(text, value.data(), form))
            }
            Some(ColumnReader::FixedLenByteArrayColumnReader(reader)) => {
                cells.take(reader, |text, value| show_bytes(text, value.data(), form))
            }
        }
    }
}

/// Where the rows of a column are taken to.
struct Taken<'c> {
    cells: &'c mut Cells,
    optional: bool,
    left: &'c mut u64,
}

impl Taken<'_> {
    /// Takes the next rows, each shown and made a value by `show`; `None` for bytes that are not text.
    fn take<T: DataType>(
        &mut self,
        reader: &mut ColumnReaderImpl<T>,
        show: impl Fn(&mut String, &T::T) -> Option<Value>,
    ) -> Result<(), NotRead> {
        let (mut values, mut levels) = (Vec::with_capacity(ROWS), Vec::with_capacity(ROWS));
        let (rows, ..) = reader
            .read_records(ROWS, self.optional.then_some(&mut levels), None, &mut values)
            .map_err(|error| damaged(&error))?;
        let mut values = values.iter();
        for row in 0..rows {
            if self.optional && levels.get(row).is_none_or(|level| *level <= 0) {
                self.cells.push_empty();
                continue;
            }
            let value = values.next().ok_or_else(|| NotRead::Damaged("it has fewer values than rows".to_owned()))?;
            self.cells.push(self.left, |text| show(text, value))?;
        }
        Ok(())
    }
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

/// Why a column cannot be read.
pub(in crate::read) fn damaged(error: &ParquetError) -> NotRead {
    NotRead::Damaged(plain(error))
}

/// The decoder's words, without what they begin with.
pub(in crate::read) fn plain(error: &ParquetError) -> String {
    let text = error.to_string();
    text.split_once(": ").map_or(text.as_str(), |(_, what)| what).to_owned()
}
