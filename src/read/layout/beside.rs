//! Tables that stand side by side in one sheet, with an empty column between them: one is read, and the others are not.

use crate::near::same;
use crate::read::Options;
use crate::read::cell::words::{Meaning, Sense};
use crate::read::layout::profile::Profile;

/// The table that is read, with the columns of the others empty.
pub(super) struct Beside {
    pub(super) names: Vec<String>,
    pub(super) below: Vec<Vec<String>>,
    /// The first column of another table, and what says that it is to be read instead.
    pub(super) other: usize,
    pub(super) period: String,
}

/// The one table of several that is read: the one with the column that the user names, else the first. `None` if there are no
/// two with dates of their own.
pub(super) fn tables(names: &[String], below: &[Vec<String>], options: &Options) -> Option<Beside> {
    let is_gap = |at: usize| is_empty(names, at) && below.iter().all(|row| is_empty(row, at));
    if names.len() < 5 || !(1..names.len() - 1).any(|at| is_empty(names, at)) {
        return None;
    }
    let mut tables: Vec<(usize, usize)> = Vec::new();
    let mut start = 0;
    for at in 0..=names.len() {
        if at == names.len() || is_gap(at) {
            if at > start {
                tables.push((start, at));
            }
            start = at + 1;
        }
    }
    if tables.len() < 2 || !tables.iter().all(|(start, end)| end - start >= 2 && is_dated(names, below, *start)) {
        return None;
    }
    let asked = options.columns.asked();
    let has = |(start, end): &(usize, usize), name: &str| names[*start..*end].iter().any(|other| same(other, name));
    let chosen = asked.iter().find_map(|(_, name)| tables.iter().find(|table| has(table, name)));
    let (start, end) = *chosen.unwrap_or(&tables[0]);
    let other = tables.iter().find(|table| table.0 != start)?.0;
    let only = |row: &[String]| {
        let cells = row.iter().enumerate();
        cells.map(|(at, cell)| if (start..end).contains(&at) { cell.clone() } else { String::new() }).collect()
    };
    Some(Beside { names: only(names), below: below.iter().map(|row| only(row)).collect(), other, period: names[other].clone() })
}

fn is_empty(row: &[String], at: usize) -> bool {
    row.get(at).is_none_or(|cell| cell.trim().is_empty())
}

/// Whether a column says when.
fn is_dated(names: &[String], below: &[Vec<String>], at: usize) -> bool {
    let profile = Profile::of(below.iter().filter_map(|row| row.get(at)).map(String::as_str));
    let says_when = || Meaning::of(&names[at]).has(Sense::Period);
    profile.filled > 1 && (profile.only_when() > 0.9 || profile.is_years() && (says_when() || names[at].trim().is_empty()))
}
