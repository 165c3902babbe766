//! The names of a header row, sorted by what they are: periods, parts of years, forecasts, totals, what is not understood.

use crate::read::cell::period::{self, PeriodFault, Shorthand, When};
use crate::read::cell::words::{Mark, Meaning};
use crate::read::report::error::ProblemKind;
use crate::read::report::notice::LeftOut;

use super::NoLayout;
use super::header::{Header, Measure, unit_in_label};
use super::total::is_total;
use super::wide::PeriodColumn;

/// How many parts of a year make columns of them: quarters, at least.
const FEWEST_PARTS: usize = 4;

/// The names of a header row, sorted by what they are.
#[derive(Default)]
pub(super) struct Found {
    pub(super) periods: Vec<PeriodColumn>,
    pub(super) totals: Vec<usize>,
    /// For a part of a month.
    pub(super) partial: Vec<usize>,
    /// Of something else than revenue, or of the last twelve months: which of the two.
    pub(super) apart: Vec<(LeftOut, usize)>,
    /// Parts of a year without the year.
    pub(super) parts: Vec<usize>,
    /// Parts of a year by number, of which nothing says what they are: `P01`.
    numbered: Vec<usize>,
    /// Names that say a period and what is not understood, which count among the others.
    unclear: Vec<(usize, When, String)>,
    pub(super) others: usize,
}

impl Found {
    pub(super) fn of(header: &Header, names: &[String]) -> Self {
        let mut found = Self::default();
        let shorthand = Shorthand::of_names(names);
        for (at, name) in names.iter().enumerate() {
            // `H30` beside `R1`
            if let Some(when) = shorthand.and_then(|short| period::parse(&short.in_full(name)?).ok()) {
                found.periods.push(PeriodColumn::new(at, when, name));
                continue;
            }
            // Names may be broken over lines.
            let plain =
                if name.contains('\n') { name.split_whitespace().collect::<Vec<&str>>().join(" ") } else { name.clone() };
            let name = &plain;
            // `2024 ($m)`
            let base = unit_in_label(name).map_or(name.as_str(), |(base, ..)| base);
            match period::parse_where(base, header.projected) {
                _ if is_total(name) => found.totals.push(at),
                _ if name.is_empty() => {}
                // A five-digit number is an amount more often than a spreadsheet's day.
                Ok(When::Serial(_)) => found.others += 1,
                Ok(when) => found.periods.push(PeriodColumn::new(at, when, base)),
                Err(PeriodFault::PartOfMonth) => found.partial.push(at),
                Err(PeriodFault::Estimate) => found.apart.push((LeftOut::ForecastColumn, at)),
                Err(PeriodFault::Trailing) => found.apart.push((LeftOut::TrailingColumn, at)),
                Err(PeriodFault::NoYear) => {
                    found.parts.push(at);
                    found.others += 1;
                }
                Err(PeriodFault::ByNumber) => {
                    found.numbered.push(at);
                    found.others += 1;
                }
                Err(_) if header.columns[at].measure == Measure::Trailing => found.apart.push((LeftOut::TrailingColumn, at)),
                Err(_) if is_so_far(base) => found.apart.push((LeftOut::SoFarColumn, at)),
                Err(_) => match within(base) {
                    Some((when, text, true)) => found.periods.push(PeriodColumn::new(at, when, &text)),
                    Some((.., false)) => found.apart.push((LeftOut::NotRevenue, at)),
                    None => {
                        found.unclear.extend(in_words(name).map(|(when, text)| (at, when, text)));
                        found.others += 1;
                    }
                },
            }
        }
        found.leave_restated(names);
        found
    }

    /// Leaves out columns that others restate: `2022` beside `2022 restated`.
    fn leave_restated(&mut self, names: &[String]) {
        let restates = |at: usize| Mark::Restated.is_part_of(&names[at]);
        let later: Vec<When> =
            self.periods.iter().filter(|period| restates(period.at)).filter_map(PeriodColumn::when).collect();
        let apart = &mut self.apart;
        self.periods.retain(|period| {
            let is_restated = !restates(period.at) && period.when().is_some_and(|when| later.contains(&when));
            if is_restated {
                apart.push((LeftOut::RestatedColumn, period.at));
            }
            !is_restated
        });
    }

    /// Leaves out columns whose names say a period of another column, and words that are not known; where it is the only
    /// column for its period, that is a question.
    pub(super) fn settle_unclear(&mut self, is_amount: impl Fn(usize) -> bool) -> Result<(), NoLayout> {
        // One period alone may be a title.
        if self.periods.len() < 2 {
            return Ok(());
        }
        for (at, when, text) in std::mem::take(&mut self.unclear) {
            if !is_amount(at) {
                continue;
            }
            if !self.periods.iter().any(|period| period.when() == Some(when)) {
                return Err(NoLayout { row: 0, column: at, kind: ProblemKind::PeriodInWords { period: text } });
            }
            self.apart.push((LeftOut::OtherwiseColumn, at));
            self.others -= 1;
        }
        Ok(())
    }

    /// That periods which are only numbered stand beside a column of years, and nothing says what they are.
    pub(super) fn open_numbers(&self, header: &Header, names: &[String]) -> Option<NoLayout> {
        let at = *self.numbered.first().filter(|_| self.numbered.len() >= FEWEST_PARTS && self.periods.is_empty())?;
        header.columns.iter().find(|column| column.profile.is_years())?;
        let kind = ProblemKind::NumberedPeriods { column: names[at].clone(), months: self.numbered.len() <= 12 };
        Some(NoLayout { row: 0, column: at, kind })
    }

    /// Takes parts of a year for the periods, if they are beside a column of years: which one.
    pub(super) fn year_of_parts(&mut self, header: &Header, names: &[String]) -> Option<usize> {
        let year = (0..names.len()).find(|at| header.columns[*at].profile.is_years() && !self.parts.contains(at))?;
        if self.parts.len() < FEWEST_PARTS || !self.periods.is_empty() {
            return None;
        }
        self.others -= self.parts.len();
        self.periods = std::mem::take(&mut self.parts).into_iter().map(|at| PeriodColumn::of_part(at, &names[at])).collect();
        Some(year)
    }
}

/// The period in a name that says besides what is not known: `2024 adjusted`, `Pro forma FY2023`, `2024 (new basis)`.
fn in_words(name: &str) -> Option<(When, String)> {
    let breaks = name.match_indices([' ', '_', '(', ')', '\u{2013}', ':']).map(|(at, _)| at);
    let edges = |part: &str| part.trim_matches([' ', '_', '(', ')', ':', '-', '\u{2013}', ',']).to_owned();
    let sides = breaks.flat_map(|at| [edges(&name[..at]), edges(&name[at..])]);
    let is_said = |when: &When| !matches!(when, When::Serial(_));
    sides.into_iter().find_map(|text| Some((period::parse(&text).ok().filter(is_said)?, text)))
}

/// Whether a name is that of a period so far: `Aug-24 MTD`, `YTD Sep 2023`.
pub(super) fn is_so_far(name: &str) -> bool {
    // `2023-07 (MTD)`, `YTD: Sep 2023`
    let edges = [' ', '(', ')', ':', '-', '–', ',', '*'];
    let lower = name.trim_matches(edges).to_lowercase();
    let bare = |mark: &str| lower.strip_prefix(mark).or_else(|| lower.strip_suffix(mark)).map(|rest| rest.trim_matches(edges));
    let mut rests = Mark::SoFar.words().filter_map(bare);
    rests.any(|rest| rest.is_empty() || period::is_name(rest) || matches!(period::parse(rest), Err(PeriodFault::NoYear)))
}

/// The period in a name that says besides what its amounts are, and whether that is revenue: `Revenue 2023`, `FY2023 costs`.
fn within(name: &str) -> Option<(When, String, bool)> {
    let breaks = || name.match_indices([' ', '_']).map(|(at, _)| at);
    let sides = breaks().flat_map(|at| {
        let (before, after) = (&name[..at], &name[at + 1..]);
        [(before, after), (after, before)]
    });
    sides.into_iter().find_map(|(words, text)| {
        let meaning = Meaning::of(words);
        let measure = Measure::of_meaning(&meaning);
        let says = measure.rank().is_some() || measure.is_something_else();
        let when = period::parse(text.trim()).ok().filter(|when| says && !matches!(when, When::Serial(_)))?;
        Some((when, text.trim().to_owned(), measure.rank().is_some()))
    })
}
