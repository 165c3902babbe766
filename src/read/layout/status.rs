//! Columns that say of some rows that their amounts are not earned: cancelled, refunded, not won yet, forecast.

use crate::read::cell::status::{Unearned, unearned, unearned_in_words};
use crate::read::cell::words::{Mark, Sense};
use crate::read::layout::file::File;
use crate::read::layout::header::{Column, Header};
use crate::read::report::notice::LeftOut;
use crate::read::table::Record;

/// The column, and how its cells are read.
#[derive(Debug)]
pub(in crate::read) struct Status {
    pub(in crate::read) at: usize,
    /// Whether its cells are of several words.
    in_words: bool,
    /// Whether it says of some rows that they were won: then the others are not, or not yet.
    of_deals: bool,
}

impl Status {
    /// The first column of a table that is one.
    pub(in crate::read) fn of(header: &Header) -> Option<Self> {
        let is_status = |at: &usize| {
            let column = &header.columns[*at];
            column.role.is_none() && (column.profile.is_partly_unearned() || column.profile.is_partly_won())
        };
        let at = (0..header.columns.len()).find(is_status)?;
        let profile = &header.columns[at].profile;
        Some(Self { at, in_words: profile.is_partly_unearned_in_words(), of_deals: profile.is_partly_won() })
    }

    /// What a row's cell says, and its column; `None` if the amount was earned, or if the user wants all as given.
    pub(in crate::read) fn unearned(&self, record: &Record<'_>, file: &mut File<'_>) -> Option<(usize, Unearned)> {
        if file.options.as_given {
            return None;
        }
        let cell = record.cell(self.at);
        // Rows of one status mostly stand together.
        if let Some((last, said)) = &file.last_status
            && *last == cell
        {
            return said.map(|said| (self.at, said));
        }
        let said = if self.in_words { unearned_in_words(&cell) } else { unearned(&cell) };
        let is_open = || self.of_deals && !cell.is_empty() && Mark::first_of(&[Mark::Won], &cell).is_none();
        let said = said.or_else(|| is_open().then_some(Unearned::Never));
        file.last_status = Some((cell.into_owned(), said));
        said.map(|said| (self.at, said))
    }
}

/// A column that says of each row by yes or no whether it is a forecast, or whether it is not: `is_forecast`, `actual`.
#[derive(Clone, Copy, Debug)]
pub(in crate::read) struct ForecastFlag {
    pub(in crate::read) at: usize,
    /// What it says of a forecast.
    forecast: Mark,
}

impl ForecastFlag {
    /// The first column of a table that is one.
    pub(in crate::read) fn of(header: &Header) -> Option<Self> {
        let says = |column: &Column| {
            let is_free = column.role.is_none() && column.profile.is_yes_or_no();
            // `actual` over zeros and ones may hold amounts.
            let is_flag = || column.meaning.has(Sense::Flag) || !column.profile.is_flags();
            if !is_free || !is_flag() {
                None
            } else if Mark::Forecast.is_in(&column.name) {
                Some(Mark::Yes)
            } else if Mark::ActualFlag.is_in(&column.name) {
                Some(Mark::No)
            } else {
                None
            }
        };
        let mut columns = header.columns.iter().enumerate();
        columns.find_map(|(at, column)| Some(Self { at, forecast: says(column)? }))
    }

    /// Leaves out a row that is a forecast by it, unless the user wants all as given; whether the row is left out.
    pub(in crate::read) fn leaves_out(self, record: &Record<'_>, period: usize, file: &mut File<'_>) -> bool {
        let is_forecast = !file.options.as_given && Mark::first_of(&[self.forecast], &record.cell(self.at)).is_some();
        if is_forecast {
            file.left_out(LeftOut::Forecast, record, period);
        }
        is_forecast
    }
}
