//! Rows of keys and what they say between the title of a series and its figures, as statistics offices write them: `CDID,J5AH`,
//! `Release date,19-01-2024`. They are passed over.

use crate::read::cell::amount;
use crate::read::cell::period;

/// Fewer rows of figures than this are not told from others.
const ENOUGH: usize = 3;

/// How many rows below a header are such: two or more, the first cell of each filled and no period, above rows that are all
/// periods and amounts. 0 if there are none.
pub(super) fn rows(names: &[String], below: &[Vec<String>]) -> usize {
    let is_dated = |row: &Vec<String>| row.first().is_some_and(|cell| period::is_name(cell));
    let Some(first) = below.iter().position(is_dated).filter(|first| *first >= 2) else { return 0 };
    let (keys, figures) = below.split_at(first);
    let cell = |row: &Vec<String>, at: usize| row.get(at).map_or("", |cell| cell.trim()).to_owned();
    let is_text = |cell: &str| !amount::is_missing(cell) && amount::parse(cell).is_err() && !period::is_name(cell);
    let is_amount = |cell: &str| amount::is_missing(cell) || amount::parse(cell).is_ok();
    let is_key = |row: &Vec<String>| is_text(&cell(row, 0));
    let has_title = names.len() > 1 && is_text(&names[0]) && is_text(&names[1]);
    let all = has_title
        && keys.iter().all(is_key)
        && keys.iter().any(|row| !is_amount(&cell(row, 1)))
        && figures.len() >= ENOUGH
        && figures.iter().all(|row| is_dated(row) && is_amount(&cell(row, 1)));
    if all { first } else { 0 }
}
