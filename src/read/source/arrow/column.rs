//! One column of a record batch: what its values are, and its cells.

use std::ops::Range;

use arrow_array::cast::AsArray;
use arrow_array::types::{
    ArrowPrimitiveType, Date32Type, Date64Type, Decimal32Type, Decimal64Type, Decimal128Type, Decimal256Type, Float16Type,
    Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type, TimestampMicrosecondType, TimestampMillisecondType,
    TimestampNanosecondType, TimestampSecondType, UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef};
use arrow_schema::{DataType, TimeUnit};

use crate::read::source::cells::Value;
use crate::read::source::columns::{Cells, NotRead, show_float, show_moment, show_number, show_second};

/// What values of a type are, if they are none that is read.
pub(super) fn unread(of: &DataType) -> Option<&'static str> {
    Some(match of {
        DataType::Dictionary(_, values) => return unread(values),
        DataType::List(_)
        | DataType::LargeList(_)
        | DataType::FixedSizeList(..)
        | DataType::ListView(_)
        | DataType::LargeListView(_) => "lists",
        DataType::Map(..) => "maps",
        DataType::Struct(_) | DataType::Union(..) => "structs",
        DataType::Time32(_) | DataType::Time64(_) => "times of day",
        DataType::Duration(_) | DataType::Interval(_) => "lengths of time",
        DataType::Binary | DataType::LargeBinary | DataType::BinaryView | DataType::FixedSizeBinary(_) => "bytes",
        DataType::RunEndEncoded(..) => "runs of values",
        _ => return None,
    })
}

/// The values of a column in one batch.
pub(super) struct Held {
    array: ArrayRef,
    /// Of a dictionary: which of its values stands in each row.
    keys: Option<Vec<usize>>,
    /// Those of a dictionary, else the array itself.
    values: ArrayRef,
}

impl Held {
    pub(super) fn of(array: &ArrayRef) -> Self {
        let array = array.clone();
        let Some(dictionary) = array.as_any_dictionary_opt() else { return Self { keys: None, values: array.clone(), array } };
        let values = dictionary.values().clone();
        // Without values every row is empty, and no key is looked at.
        let keys = if values.is_empty() { Vec::new() } else { dictionary.normalized_keys() };
        Self { keys: Some(keys), values, array }
    }

    /// Adds the cells of these rows: their texts may have `left` bytes, and what they have is taken off.
    pub(super) fn read(&self, rows: Range<usize>, cells: &mut Cells, left: &mut u64) -> Result<(), NotRead> {
        for row in rows {
            let at = match &self.keys {
                _ if self.array.is_null(row) => None,
                Some(keys) => keys.get(row).copied(),
                None => Some(row),
            };
            match at.filter(|at| !self.values.is_null(*at)) {
                Some(at) => cells.push(left, |text| Some(show(self.values.as_ref(), at, text)))?,
                None => cells.push_empty(),
            }
        }
        Ok(())
    }
}

/// Writes the value at a place that is not empty.
fn show(array: &dyn Array, at: usize, text: &mut String) -> Value {
    fn get<T: ArrowPrimitiveType>(array: &dyn Array, at: usize) -> T::Native {
        array.as_primitive::<T>().value(at)
    }
    let whole = |text: &mut String, units: i128| show_number(text, units, 0);
    // Of 32 bits, the shortest decimal is what was meant.
    let short = |text: &mut String, value: f32| show_float(text, value.to_string().parse().unwrap_or(f64::NAN));
    match array.data_type() {
        DataType::Boolean => written(text, if array.as_boolean().value(at) { "true" } else { "false" }),
        DataType::Int8 => whole(text, get::<Int8Type>(array, at).into()),
        DataType::Int16 => whole(text, get::<Int16Type>(array, at).into()),
        DataType::Int32 => whole(text, get::<Int32Type>(array, at).into()),
        DataType::Int64 => whole(text, get::<Int64Type>(array, at).into()),
        DataType::UInt8 => whole(text, get::<UInt8Type>(array, at).into()),
        DataType::UInt16 => whole(text, get::<UInt16Type>(array, at).into()),
        DataType::UInt32 => whole(text, get::<UInt32Type>(array, at).into()),
        DataType::UInt64 => whole(text, get::<UInt64Type>(array, at).into()),
        DataType::Float16 => short(text, get::<Float16Type>(array, at).into()),
        DataType::Float32 => short(text, get::<Float32Type>(array, at)),
        DataType::Float64 => show_float(text, get::<Float64Type>(array, at)),
        DataType::Decimal32(_, scale) => show_number(text, get::<Decimal32Type>(array, at).into(), (*scale).into()),
        DataType::Decimal64(_, scale) => show_number(text, get::<Decimal64Type>(array, at).into(), (*scale).into()),
        DataType::Decimal128(_, scale) => show_number(text, get::<Decimal128Type>(array, at), (*scale).into()),
        DataType::Decimal256(_, scale) => {
            let units = get::<Decimal256Type>(array, at);
            match units.to_i128() {
                Some(units) => show_number(text, units, (*scale).into()),
                None => written(text, &format!("{units}e{}", -i64::from(*scale))),
            }
        }
        DataType::Date32 => show_moment(text, get::<Date32Type>(array, at).into(), 0),
        DataType::Date64 => show_second(text, get::<Date64Type>(array, at).div_euclid(1000)),
        DataType::Timestamp(TimeUnit::Second, _) => show_second(text, get::<TimestampSecondType>(array, at)),
        DataType::Timestamp(TimeUnit::Millisecond, _) => {
            show_second(text, get::<TimestampMillisecondType>(array, at).div_euclid(1000))
        }
        DataType::Timestamp(TimeUnit::Microsecond, _) => {
            show_second(text, get::<TimestampMicrosecondType>(array, at).div_euclid(1_000_000))
        }
        DataType::Timestamp(TimeUnit::Nanosecond, _) => {
            show_second(text, get::<TimestampNanosecondType>(array, at).div_euclid(1_000_000_000))
        }
        DataType::Utf8 => written(text, array.as_string::<i32>().value(at)),
        DataType::LargeUtf8 => written(text, array.as_string::<i64>().value(at)),
        DataType::Utf8View => written(text, array.as_string_view().value(at)),
        _ => Value::Text,
    }
}

fn written(text: &mut String, value: &str) -> Value {
    text.push_str(value);
    Value::Text
}
