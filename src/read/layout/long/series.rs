//! Finds the column that names the series where no name says which does: by the rows that it tells apart.

use crate::read::cell::{amount, period};
use crate::read::layout::header::{Column, Role};
use crate::read::layout::status::says_which;
use crate::read::report::reason::Reason;

use super::Long;

impl Long {
    /// Looks for a column of names that tells rows of one period apart, if no column is known to name the series.
    pub(super) fn find_series(&mut self, below: &[Vec<String>]) {
        let header = &self.columns.header;
        let is_settled = self.columns.names_series() || header.of(Role::Kind).is_some() || self.dating.entry;
        if is_settled || self.value.is_none() || !header.series_are_open {
            return;
        }
        let cell = |row: &[String], at: usize| row.get(at).cloned().unwrap_or_default();
        let distinct = |of: &dyn Fn(&[String]) -> String| {
            let mut keys: Vec<String> = below.iter().map(|row| of(row)).collect();
            keys.sort_unstable();
            keys.dedup();
            keys.len()
        };
        let when = |row: &[String]| cell(row, self.period) + &self.year.map_or(String::new(), |at| cell(row, at));
        let once = distinct(&when) == below.len();
        let is_name = |cell: &String| !amount::is_missing(cell) && amount::parse(cell).is_err() && period::parse(cell).is_err();
        let is_status = |column: &Column| matches!(column.because, Some(Reason::Status { .. })) || says_which(column);
        let is_free = |column: &Column| column.role.is_none() && !is_status(column);
        let free = (0..header.columns.len()).filter(|at| is_free(&header.columns[*at]));
        let names = free.filter(|at| below.iter().all(|row| row.get(*at).is_some_and(is_name)));
        let tells_apart =
            |at: &usize| distinct(&|row| format!("{}\n{}", cell(row, self.period), cell(row, *at))) == below.len();
        // Companies whose years end on different days, one below the other.
        let times: Vec<String> = below.iter().map(|row| when(row)).collect();
        let begins_anew = |at: &usize| stand_in_blocks(below.iter().map(|row| cell(row, *at)).collect(), &times);
        self.found_series = names.into_iter().find(|at| if once { begins_anew(at) } else { tells_apart(at) });
        if let Some(at) = self.found_series {
            self.columns.take_as_series(at);
        }
    }
}

/// Whether rows of one name stand together, and the dates beside them begin anew with each name: they run one way within it and
/// not over all. Only dates that sort as they are written tell.
fn stand_in_blocks(names: Vec<String>, times: &[String]) -> bool {
    let runs = names.chunk_by(|a, b| a == b).map(<[String]>::len).collect::<Vec<usize>>();
    let mut different = names;
    different.sort_unstable();
    different.dedup();
    let is_plain = |time: &String| time.len() == times[0].len() && time.as_bytes().first().is_some_and(u8::is_ascii_digit);
    if different.len() < 2 || runs.len() != different.len() || runs.contains(&1) || !times.iter().all(is_plain) {
        return false;
    }
    let one_way = |times: &[String]| times.is_sorted() || times.iter().rev().is_sorted();
    let mut rest = times;
    let within = runs.iter().all(|run| {
        let (block, behind) = rest.split_at(*run);
        rest = behind;
        one_way(block)
    });
    within && !one_way(times)
}
