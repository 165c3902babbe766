//! A column that says of some rows that they were cancelled, refunded or the like.

use crate::read::cell::status::{Unearned, unearned, unearned_in_words};
use crate::read::layout::file::File;
use crate::read::layout::header::Header;
use crate::read::table::Record;

/// The column, and how its cells are read.
#[derive(Debug)]
pub(in crate::read) struct Status {
    pub(in crate::read) at: usize,
    /// Whether its cells are of several words.
    in_words: bool,
}

impl Status {
    /// The first column of a table that is one.
    pub(in crate::read) fn of(header: &Header) -> Option<Self> {
        let is_status = |at: &usize| header.columns[*at].role.is_none() && header.columns[*at].profile.is_partly_unearned();
        let at = (0..header.columns.len()).find(is_status)?;
        Some(Self { at, in_words: header.columns[at].profile.is_partly_unearned_in_words() })
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
        file.last_status = Some((cell.into_owned(), said));
        said.map(|said| (self.at, said))
    }
}
