//! Derived figures in words.

use crate::calendar::Period;
use crate::money::projected;
use crate::percent;
use crate::project::{Derivation, Derived, Projection};
use crate::report::words::spoken;
use crate::series::Measure;

/// Of each name, the last that is stated and those that end with a milestone's period.
pub fn shown(projection: &Projection) -> impl Iterator<Item = &Derived> {
    let all = &projection.derived;
    all.iter().enumerate().filter_map(move |(at, derived)| {
        let same =
            |other: &Derived| (other.derivation, other.measure, other.stated) == (derived.derivation, derived.measure, true);
        let last_stated = derived.stated && !all[at + 1..].iter().any(same);
        let first_next = derived.derivation == Derivation::Next && derived.period.first() == projection.origin.plus(1);
        let ends = projection.milestones.iter().any(|milestone| milestone.period.last() == derived.period.last());
        (last_stated || first_next || !derived.stated && ends).then_some(derived)
    })
}

/// A period as its figure reads it: a run-rate is that of the last month.
pub fn when_of(derived: &Derived, period: Period, projection: &Projection) -> String {
    let period = if derived.measure == Measure::RunRate { period.last().into() } else { period };
    spoken(period, projection.calendar)
}

/// What it is: `revenue, year on year`.
pub fn label(derived: &Derived) -> String {
    let of = match derived.measure {
        Measure::Revenue => "revenue",
        Measure::RunRate => "run-rate",
    };
    match derived.derivation {
        Derivation::YearOnYear => format!("{of}, year on year"),
        Derivation::Cagr => format!("{of}, CAGR"),
        Derivation::Cmgr => format!("{of}, CMGR"),
        Derivation::Doubling => format!("{of}, months to double"),
        Derivation::Trailing => "trailing twelve months".to_owned(),
        Derivation::Next => "next twelve months".to_owned(),
        Derivation::ExitRate => "exit rate".to_owned(),
        Derivation::Cumulative => "cumulative".to_owned(),
    }
}

/// One of its values, as an amount, a number of months or a percentage.
pub fn written(derived: &Derived, value: f64, projection: &Projection) -> String {
    match derived.derivation {
        derivation if derivation.is_amount() => projected(value, projection.currency),
        Derivation::Doubling => format!("{value:.0}"),
        _ => percent::change(value),
    }
}
