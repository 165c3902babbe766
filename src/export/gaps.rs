//! Actual figures against plans as CSV.

use std::io;

use super::{guard, rounded};
use crate::calendar::FiscalCalendar;
use crate::question::against::Against;

/// The columns, in order.
const COLUMNS: [&str; 11] = [
    "series",
    "plan",
    "period",
    "period_start",
    "period_end",
    "planned",
    "actual",
    "gap",
    "cumulative_gap",
    "projected",
    "currency",
];

/// Writes actual figures against plans as CSV: one row a series, plan and period. Each series has its calendar beside it.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn write_gaps(out: impl io::Write, answers: &[Against], calendars: &[FiscalCalendar]) -> io::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
    writer.write_record(COLUMNS)?;
    let maybe = |value: Option<f64>| value.map(|value| rounded(value).to_string()).unwrap_or_default();
    for (answer, calendar) in answers.iter().zip(calendars) {
        for plan in &answer.plans {
            for row in &plan.rows {
                writer.write_record([
                    guard(&answer.series).as_ref(),
                    guard(&plan.plan).as_ref(),
                    &calendar.name(row.period),
                    &row.period.first().first_day().to_string(),
                    &row.period.last().last_day().to_string(),
                    &maybe(Some(row.plan)),
                    &maybe(row.actual),
                    &maybe(row.gap),
                    &maybe(row.cumulative_gap),
                    &maybe(row.projected),
                    answer.currency.code(),
                ])?;
            }
        }
    }
    writer.flush()
}
