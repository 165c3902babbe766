//! The figures of series in topline's own form, which reads back as the same figures.

use std::io;

use crate::calendar::{FiscalCalendar, Period};
use crate::export::csv::guard;
use crate::export::visible::storable;
use crate::money::Amount;
use crate::series::{Fact, Figure, Measure, Peers, Series};

/// The columns, in order.
const COLUMNS: [&str; 10] =
    ["series", "kind", "period", "value", "basis", "currency", "fiscal_year_end", "as_of", "source", "note"];

/// The columns that stand after them if a series is a part of another, and if one is likened to others.
const PARENT: &str = "parent";
const PEERS: &str = "peers";

/// Writes the figures of every series as a CSV in the canonical form, one figure a row, superseded ones included.
///
/// Amounts keep the precision they were stated in, as `$43.2B` keeps its three digits in `43.2B`.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn write_canonical(out: impl io::Write, series: &[Series]) -> io::Result<()> {
    let mut out = ::csv::Writer::from_writer(out);
    let with_parents = series.iter().any(|one| one.parent().is_some());
    let with_peers = series.iter().any(|one| one.peers().is_some());
    out.write_record(COLUMNS.into_iter().chain(with_parents.then_some(PARENT)).chain(with_peers.then_some(PEERS)))?;
    for one in series {
        let (name, calendar, currency) = (storable(one.name()), one.calendar(), one.currency());
        let (name, parent) = (guard(&name), storable(one.parent().unwrap_or_default()));
        let parent = guard(&parent);
        let peers = one.peers().map_or("", Peers::name);
        let year_end = if calendar.is_calendar_year() { String::new() } else { calendar.year_end().to_string() };
        for figure in one.figures() {
            let basis = if let Fact::Target { basis: Some(basis), .. } = figure.fact { basis.name() } else { "" };
            let (source, note) = (storable(figure.source().unwrap_or_default()), storable(figure.note().unwrap_or_default()));
            let (source, note) = (guard(&source), guard(&note));
            let cells = [
                name.as_ref(),
                figure.fact.kind(),
                &when(figure, calendar),
                &figure.fact.amount().map(stated).unwrap_or_default(),
                basis,
                currency.code(),
                &year_end,
                &figure.as_of.map(|day| day.to_string()).unwrap_or_default(),
                source.as_ref(),
                note.as_ref(),
            ];
            out.write_record(
                cells.into_iter().chain(with_parents.then_some(parent.as_ref())).chain(with_peers.then_some(peers)),
            )?;
        }
    }
    out.flush()
}

/// The period in the form that reads back as itself under the kind of the figure.
fn when(figure: &Figure, calendar: FiscalCalendar) -> String {
    let month = Period::from(figure.period.last());
    match (figure.fact, figure.day) {
        (Fact::RunRate(_) | Fact::Contract(_) | Fact::Event(_), Some(day)) => day.to_string(),
        // A target named by the last month of a year is read as the year's, but one for an interval of one month is not.
        (Fact::Target { basis: None | Some(Measure::Revenue), .. }, _) if figure.period == month => month.to_string(),
        _ => calendar.name(figure.period),
    }
}

/// The amount as it was stated: `43.2B` if its last digit is worth 0.1 billion, `1234.50` if a cent.
fn stated(amount: Amount) -> String {
    const SUFFIXES: [(i32, &str); 5] = [(0, ""), (3, "K"), (6, "M"), (9, "B"), (12, "T")];
    let (value, unit) = (amount.value(), amount.unit());
    let plain = || value.to_string();
    let Some(power) = (-12..=15).find(|power| power_of_ten(*power) == Some(unit)) else { return plain() };
    // Three decimals could be taken for a group of thousands, so that an exponent says it.
    let suffixed = SUFFIXES.into_iter().find(|(size, _)| *size >= power).filter(|(size, _)| size - power != 3);
    let (size, suffix) = suffixed.map_or_else(|| (power, format!("e{power}")), |(size, suffix)| (size, suffix.to_owned()));
    let decimals = usize::try_from(size - power).unwrap_or(0);
    let Some(one) = power_of_ten(size) else { return plain() };
    let text = format!("{:.decimals$}", value / one);
    // Dividing rounds; for an amount whose digits do not survive it, digits matter more than the precision.
    let back: Option<f64> = format!("{text}e{size}").parse().ok();
    if back == Some(value) { text + &suffix } else { plain() }
}

fn power_of_ten(power: i32) -> Option<f64> {
    format!("1e{power}").parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn amounts_keep_their_precision() {
        let cases = [
            (43.2e9, 0.1e9, "43.2B"),
            (10e9, 1e9, "10B"),
            (43_229e6, 1e6, "43229M"),
            (1234.5, 0.01, "1234.50"),
            (10e9, 1.0, "10000000000"),
            (1.234, 0.001, "1234e-3"),
            (-50.0, 10.0, "-0.05K"),
            (1.5e15, 1e14, "15e14"),
            (10.8e6, 1.08e6, "10800000"),
            (0.0, 1.0, "0"),
        ];
        for (value, unit, expected) in cases {
            assert_eq!(stated(Amount::new(value, unit).unwrap()), expected);
        }
    }
}
