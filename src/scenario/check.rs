//! Whether an assumption can hold for a series.

use crate::calendar::{Month, Period};
use crate::scenario::{Assumption, Fault};
use crate::series::Series;

/// Whether what is assumed lies ahead of the figures and holds together.
pub(super) fn holds(assumption: &Assumption, series: &Series) -> Result<(), Fault> {
    match assumption {
        Assumption::Growth(growth) => ahead("the growth".to_owned(), growth.first, series),
        Assumption::Event(event) => {
            ahead(event.name.clone(), event.months.first(), series).and_then(|()| ramp(event.ramp, event.months))
        }
        Assumption::Cap(cap) => ahead("the cap".to_owned(), cap.months.first(), series),
        Assumption::Aim(aim) => match series.origin() {
            Some(origin) if aim.period.last() <= origin => Err(Fault::PastAim { last: aim.period.last(), origin }),
            _ => Ok(()),
        },
    }
}

/// Whether `first` is a month after those that figures speak of. A series that has nothing to project from is not looked at.
pub(super) fn ahead(what: String, first: Month, series: &Series) -> Result<(), Fault> {
    match series.origin() {
        Some(origin) if first <= origin => Err(Fault::NotAhead { what, first, origin }),
        _ => Ok(()),
    }
}

/// Whether an event comes to its full size before it is over.
pub(super) fn ramp(ramp: u32, months: Period) -> Result<(), Fault> {
    if ramp > months.months() { Err(Fault::LongRamp { ramp, months: months.months() }) } else { Ok(()) }
}
