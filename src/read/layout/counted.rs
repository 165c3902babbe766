//! What is left out or passed over row by row: where it stands first, and how often it is met.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::read::cell::missing::is_dash;
use crate::read::layout::file::File;
use crate::read::layout::header::Header;
use crate::read::layout::labels;
use crate::read::report::error::ProblemKind;
use crate::read::report::notice::{LeftOut, Notice};
use crate::read::report::problems::{Position, place, shorten};
use crate::read::table::Record;

/// What a file's rows were found to hold that is no figure, by kind.
#[derive(Debug, Default)]
pub(in crate::read) struct Counted {
    left_out: BTreeMap<LeftOut, (Position, String, u64)>,
    no_value: Option<(Position, u64)>,
    basis_not_used: Option<(Position, u64)>,
    dashes: Option<(Position, u64)>,
    rounded: Option<(Position, u64)>,
    /// What rows bring in and what others take away, where a column says which do.
    pub(in crate::read) earned: f64,
    pub(in crate::read) given_back: f64,
    /// The column that says so.
    pub(in crate::read) given_back_in: Option<usize>,
    marks: Option<(Position, String, u64)>,
    /// The first label of a provisional figure, whether other labels show that it is one, and how many there are.
    pub(in crate::read) provisional: Option<(Position, String, bool, u64)>,
}

impl Counted {
    /// Adds what the rows that follow hold.
    #[cfg(feature = "parallel")]
    pub(in crate::read) fn append(&mut self, next: Self) {
        fn add<T>(counter: &mut Option<T>, next: Option<T>, count: impl Fn(&mut T) -> &mut u64) {
            match (counter, next) {
                (Some(so_far), Some(mut next)) => *count(so_far) += *count(&mut next),
                (counter @ None, next) => *counter = next,
                (Some(_), None) => {}
            }
        }
        for (what, entry) in next.left_out {
            let count = entry.2;
            self.left_out.entry(what).and_modify(|so_far| so_far.2 += count).or_insert(entry);
        }
        self.earned += next.earned;
        self.given_back += next.given_back;
        self.given_back_in = self.given_back_in.or(next.given_back_in);
        add(&mut self.no_value, next.no_value, |(_, count)| count);
        add(&mut self.basis_not_used, next.basis_not_used, |(_, count)| count);
        add(&mut self.dashes, next.dashes, |(_, count)| count);
        add(&mut self.rounded, next.rounded, |(_, count)| count);
        add(&mut self.marks, next.marks, |(.., count)| count);
        add(&mut self.provisional, next.provisional, |(.., count)| count);
    }

    /// The notices that say so of a file, which is `sound` if nothing is wrong with it.
    pub(in crate::read) fn notices(self, file: &Arc<str>, sound: bool) -> Vec<Notice> {
        let mut notices = Vec::new();
        if let Some((at, rows)) = self.no_value {
            notices.push(Notice::NoValue { place: place(file, at), rows });
        }
        if let Some((at, rows)) = self.basis_not_used {
            notices.push(Notice::BasisNotUsed { place: place(file, at), rows });
        }
        if let Some((at, cells)) = self.dashes {
            notices.push(Notice::Dashes { place: place(file, at), cells });
        }
        if let Some((at, rows)) = self.rounded.filter(|_| sound) {
            notices.push(Notice::RoundedSpans { place: place(file, at), rows });
        }
        if let Some((at, first, cells)) = self.marks {
            notices.push(Notice::MarksPassedOver { place: place(file, at), first, cells });
        }
        if let Some((at, first, sure, labels)) = self.provisional {
            notices.push(Notice::Provisional { place: place(file, at), first, labels, sure });
        }
        let left_out = |(what, (at, first, count))| Notice::LeftOut { place: place(file, at), what, first, count };
        notices.extend(self.left_out.into_iter().map(left_out));
        notices
    }
}

impl File<'_> {
    /// Notes something that is left out, since it is not a figure of its own.
    pub(in crate::read) fn left_out(&mut self, what: LeftOut, record: &Record<'_>, at: usize) {
        if what == LeftOut::Remark && self.odd_length.is_none() && labels::is_odd_length(&record.cell(at)) {
            self.odd_length = Some((Position::of(record.place(at)), shorten(&record.cell(at))));
        }
        if what == LeftOut::Remark {
            self.forecast_marks.see_remark(&record.cell(at));
        }
        let entry = || (Position::of(record.place(at)), shorten(&record.cell(at)), 0);
        self.counted.left_out.entry(what).or_insert_with(entry).2 += 1;
    }

    /// Makes it a problem that rows called returns and the like take away more than the others bring in: their name is likely
    /// to mean something else.
    pub(in crate::read) fn check_given_back(&mut self, header: &Header) {
        let Some((at, word, rows)) = self.counted.left_out.get(&LeftOut::GivenBack).cloned() else { return };
        let column = self.counted.given_back_in.and_then(|at| header.columns.get(at));
        if self.counted.given_back < self.counted.earned {
            return;
        }
        let column = column.map(|column| column.name.clone()).unwrap_or_default();
        self.problems.at(at, Some(&column), ProblemKind::MoreGivenBack { word, rows, column: column.clone() });
    }

    /// Notes a row without a value, which is left out.
    pub(in crate::read) fn no_value(&mut self, record: &Record<'_>, at: usize) {
        count(&mut self.counted.no_value, record, at);
    }

    /// Notes a period that begins or ends within a month, and is read as the nearest whole months.
    pub(in crate::read) fn rounded_span(&mut self, record: &Record<'_>, at: usize) {
        count(&mut self.counted.rounded, record, at);
    }

    /// Notes a cell if a dash stands in it, which is read as no figure.
    pub(in crate::read) fn note_dash(&mut self, record: &Record<'_>, at: usize) {
        if is_dash(&record.cell(at)) {
            count(&mut self.counted.dashes, record, at);
        }
    }

    /// Notes that figures are left out since the remark to their mark says that they are forecasts.
    pub(in crate::read) fn left_out_by_mark(&mut self, at: Position, first: String, count: u64) {
        self.counted.left_out.entry(LeftOut::Forecast).or_insert((at, first, 0)).2 += count;
    }

    /// Notes an amount with the mark of a footnote, which is passed over.
    pub(in crate::read) fn passed_mark(&mut self, record: &Record<'_>, at: usize) {
        self.forecast_marks.see(&record.cell(at), Position::of(record.place(at)));
        let entry = || (Position::of(record.place(at)), shorten(&record.cell(at)), 0);
        self.counted.marks.get_or_insert_with(entry).2 += 1;
    }

    /// Notes a basis that is not a target's.
    pub(in crate::read) fn basis_not_used(&mut self, record: &Record<'_>, at: usize) {
        count(&mut self.counted.basis_not_used, record, at);
    }
}

fn count(counter: &mut Option<(Position, u64)>, record: &Record<'_>, at: usize) {
    match counter {
        Some((_, rows)) => *rows += 1,
        None => *counter = Some((Position::of(record.place(at)), 1)),
    }
}
