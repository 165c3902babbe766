//! Notices of one form made one.

use crate::money::Currency;
use crate::series::Place;

use crate::read::report::doubt::Reset;
use crate::read::report::notice::{Entries, Extent, Notice};

/// Notices of one form are one notice, with how many figures and series it is for.
#[derive(Default)]
pub(in crate::read) struct Gathered {
    pub(in crate::read) list: Vec<Notice>,
    /// Forms with their index in `list` and the last series counted; there are few, and this is asked for every figure.
    seen: Vec<(Form, usize, String)>,
}

/// What makes two notices one.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::read) enum Form {
    Length(u32, bool, bool),
    MonthEnd,
    RunRateOfDay,
    RunRateOfPeriod,
    TargetOfYear,
    MonthlyRate,
    NamedByMonth(u32, bool),
    OddSpan,
    YearFrom,
    Assumed(Currency),
    Others(Currency),
    AddedUp(Entries),
    PartialMonths,
    NotKnownWhen,
    Doubtful(u8),
    SinglePeriods(Reset),
    LongerPeriod,
    RunningTotal,
    ZeroMonths,
    ZerosLeftOut,
    LastLeftOut,
    Excluded,
}

impl Gathered {
    pub(in crate::read) fn add(
        &mut self,
        form: Form,
        series: &str,
        place: impl FnOnce() -> Place,
        notice: impl FnOnce(Extent) -> Notice,
    ) {
        if let Some((_, index, last)) = self.seen.iter_mut().find(|(seen, ..)| *seen == form) {
            if let Some(extent) = self.list.get_mut(*index).and_then(Notice::extent_mut) {
                extent.figures += 1;
                if last != series {
                    extent.series_count += 1;
                    series.clone_into(last);
                }
            }
            return;
        }
        self.seen.push((form, self.list.len(), series.to_owned()));
        let place = place();
        self.list.push(notice(Extent { place, series: series.to_owned(), figures: 1, series_count: 1 }));
    }
}
