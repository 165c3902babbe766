//! `projection.csv`: one row a series, measure and period.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io;

use crate::calendar::{FiscalCalendar, Period};
use crate::export::write_rounded;
use crate::project::{Level, Projection, Setting};

/// Writes projections as CSV, one after the other, under one header.
#[derive(Debug)]
pub struct CsvWriter<W: io::Write> {
    inner: ::csv::Writer<W>,
    levels: Vec<Level>,
    /// Whether there is a column [`PARENT`].
    parents: bool,
    /// Whether there is a column [`SCENARIO`].
    scenarios: bool,
    /// The names and ends of the periods that were written last: series of one plan have the same.
    periods: HashMap<(Period, FiscalCalendar), [String; 3]>,
    /// The amount that is being written.
    amount: String,
}

/// As many periods are kept.
const MOST_PERIODS: usize = 4096;

/// The last column, where there are parts and wholes: what the row's series is a part of.
const PARENT: &str = "parent";

/// The last column beside scenarios: the name of the row's, or [`Setting::PLAIN`].
pub(super) const SCENARIO: &str = "scenario";

/// Column names for these levels, in order.
pub fn header(levels: &[Level]) -> Vec<String> {
    let before = ["series", "measure", "period", "period_start", "period_end", "median", "mean"];
    let intervals = levels.iter().flat_map(|level| [format!("lo_{level}"), format!("hi_{level}")]);
    let after = ["currency", "method", "origin"];
    before.into_iter().map(str::to_owned).chain(intervals).chain(after.into_iter().map(str::to_owned)).collect()
}

impl<W: io::Write> CsvWriter<W> {
    /// Starts a file for projections with these levels: writes the header.
    ///
    /// # Errors
    ///
    /// If `out` cannot be written.
    pub fn new(out: W, levels: &[Level]) -> io::Result<Self> {
        Self::start(out, levels, [false, false])
    }

    /// Starts a file with a last column `parent`, which says what each series is a part of.
    ///
    /// # Errors
    ///
    /// If `out` cannot be written.
    pub fn with_parents(out: W, levels: &[Level]) -> io::Result<Self> {
        Self::start(out, levels, [true, false])
    }

    /// Starts a file with a last column `scenario`, which is [`Setting::PLAIN`] for a projection without one.
    ///
    /// # Errors
    ///
    /// If `out` cannot be written.
    pub fn with_scenarios(out: W, levels: &[Level]) -> io::Result<Self> {
        Self::start(out, levels, [false, true])
    }

    fn start(out: W, levels: &[Level], [parents, scenarios]: [bool; 2]) -> io::Result<Self> {
        let mut inner = ::csv::Writer::from_writer(out);
        let last = [parents.then_some(PARENT), scenarios.then_some(SCENARIO)].into_iter().flatten();
        inner.write_record(header(levels).into_iter().chain(last.map(str::to_owned)))?;
        Ok(Self { inner, levels: levels.to_vec(), parents, scenarios, periods: HashMap::new(), amount: String::new() })
    }

    /// Writes the rows of one projection, which must have the levels of the file (checked in debug builds).
    ///
    /// # Errors
    ///
    /// If the output cannot be written.
    pub fn write(&mut self, projection: &Projection) -> io::Result<()> {
        debug_assert_eq!(projection.levels, self.levels, "the levels of the file");
        let name = guard(&projection.series);
        let origin = projection.origin.to_string();
        for row in &projection.rows {
            let out = &mut self.inner;
            out.write_field(name.as_bytes())?;
            out.write_field(projection.quantity.measure_name(row.measure))?;
            for text in period(&mut self.periods, row.period, projection.calendar) {
                out.write_field(text)?;
            }
            let amounts = row.intervals.iter().flat_map(|interval| [interval.lo, interval.hi]);
            for amount in [row.median, row.mean].into_iter().chain(amounts) {
                write_rounded(&mut self.amount, amount);
                out.write_field(&self.amount)?;
            }
            out.write_field(projection.currency.code())?;
            out.write_field(projection.method)?;
            out.write_field(&origin)?;
            self.end_row(projection)?;
        }
        self.write_derived(projection, &name, &origin)
    }

    /// Derived figures, under the columns of the rows. Rates and times have no currency; what follows from stated figures has no
    /// interval and no method but `figures`.
    fn write_derived(&mut self, projection: &Projection, name: &str, origin: &str) -> io::Result<()> {
        let cell = |amount: &mut String, value: Option<f64>| match value {
            Some(value) => write_rounded(amount, value),
            None => amount.clear(),
        };
        for derived in &projection.derived {
            let out = &mut self.inner;
            out.write_field(name)?;
            out.write_field(derived.name())?;
            for text in period(&mut self.periods, derived.period, projection.calendar) {
                out.write_field(text)?;
            }
            cell(&mut self.amount, derived.median);
            out.write_field(&self.amount)?;
            // No mean: that of a ratio or a time is not what its parts' means say.
            out.write_field("")?;
            for level in 0..self.levels.len() {
                let (lo, hi) = derived.intervals.as_ref().map_or((None, None), |intervals| intervals[level]);
                for end in [lo, hi] {
                    cell(&mut self.amount, end);
                    out.write_field(&self.amount)?;
                }
            }
            out.write_field(if derived.derivation.is_amount() { projection.currency.code() } else { "" })?;
            out.write_field(if derived.stated { "figures" } else { projection.method })?;
            out.write_field(origin)?;
            self.end_row(projection)?;
        }
        Ok(())
    }

    fn end_row(&mut self, projection: &Projection) -> io::Result<()> {
        if self.parents {
            self.inner.write_field(guard(projection.parent.as_deref().unwrap_or_default()).as_bytes())?;
        }
        if self.scenarios {
            let scenario = projection.setting.as_ref().map_or(Setting::PLAIN, |setting| &setting.scenario);
            self.inner.write_field(guard(scenario).as_bytes())?;
        }
        Ok(self.inner.write_record(None::<&[u8]>)?)
    }

    /// Ends the file and gives back what it was written to.
    ///
    /// # Errors
    ///
    /// If the rest cannot be written.
    pub fn finish(self) -> io::Result<W> {
        self.inner.into_inner().map_err(|error| io::Error::other(error.to_string()))
    }
}

/// A period's name, first and last day.
fn period(
    known: &mut HashMap<(Period, FiscalCalendar), [String; 3]>,
    period: Period,
    calendar: FiscalCalendar,
) -> &[String; 3] {
    if known.len() > MOST_PERIODS {
        known.clear();
    }
    known.entry((period, calendar)).or_insert_with(|| {
        [calendar.name(period), period.first().first_day().to_string(), period.last().last_day().to_string()]
    })
}

/// A text that a spreadsheet would take for a formula, with a `'` in front so that it does not; any other text as it is.
pub fn guard(text: &str) -> Cow<'_, str> {
    if runs_as_formula(text) { Cow::Owned(format!("'{text}")) } else { Cow::Borrowed(text) }
}

/// The text that was written as `text`: without the `'` that keeps a spreadsheet from running it.
pub fn unguard(text: &str) -> &str {
    text.strip_prefix('\'').filter(|rest| runs_as_formula(rest)).unwrap_or(text)
}

fn runs_as_formula(text: &str) -> bool {
    // A guarded text gets a second guard, so that reading takes off just one.
    text.trim_start_matches('\'').starts_with(['=', '+', '-', '@', '\t', '\r'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formulas_are_guarded_and_come_back() {
        for text in ["=1+1", "+x", "-x", "@x", "'=x", "Alphabet", "'quoted'", ""] {
            assert_eq!(unguard(&guard(text)), text);
        }
        assert_eq!(guard("=1+1"), "'=1+1");
        assert_eq!(guard("Alphabet - Google"), "Alphabet - Google");
    }

    #[test]
    fn columns_follow_the_levels() {
        let levels: Vec<Level> = [80.0, 99.5].into_iter().filter_map(Level::from_percent).collect();
        let expected =
            "series,measure,period,period_start,period_end,median,mean,lo_80,hi_80,lo_99.5,hi_99.5,currency,method,origin";
        assert_eq!(header(&levels).join(","), expected);
    }
}
