//! Labels that can be two periods, settled over the column: `2006-07`, a month or a fiscal year; `2023/2024`, one fiscal year
//! or two years; `2020-1`, a month or a quarter or half by its number.

use std::collections::BTreeSet;

use crate::calendar::Step;

use crate::read::cell::kind::Kind;
use crate::read::cell::period::{Or, PeriodFault, When};
use crate::read::claim::{Claim, Claims};
use crate::read::report::error::ProblemKind;
use crate::read::report::notice::Notice;
use crate::read::report::problems::place;
use crate::read::report::problems::{Kept, Problems};
use crate::read::{Options, PeriodLabels};

/// Fewer years than this show nothing by a number that they share.
const ENOUGH: usize = 3;

/// What the labels of a file show.
#[derive(Default)]
struct Seen {
    /// Years that end labels which can be a month.
    month_or_years: BTreeSet<i32>,
    /// Years that end labels of two whole years.
    both_years: BTreeSet<i32>,
    /// How many labels are two years in a row and nothing else.
    two_years: u64,
    /// How many are months or days and nothing else.
    months: u64,
    /// How many are years or parts of them, written otherwise.
    parts: u64,
    /// The lowest and the highest number of a label like `2020-1`; 0 if there is none.
    lowest: u8,
    highest: u8,
    /// The first years with such a label.
    numbered: BTreeSet<i16>,
}

impl Seen {
    fn of(claims: &Claims) -> Self {
        let mut seen = Self::default();
        for claim in claims.iter() {
            match claim.when {
                When::Years { ending, or: Or::Month } => _ = seen.month_or_years.insert(ending),
                When::Years { ending, or: Or::BothYears } => _ = seen.both_years.insert(ending),
                When::Years { or: Or::Nothing, .. } => seen.two_years += 1,
                When::Month(_) | When::Day(_) => seen.months += 1,
                When::Numbered { year, number } => {
                    seen.lowest = if seen.lowest == 0 { number } else { seen.lowest.min(number) };
                    seen.highest = seen.highest.max(number);
                    if seen.numbered.len() < ENOUGH {
                        seen.numbered.insert(year);
                    }
                }
                When::Part { .. } | When::Parts { .. } => seen.parts += 1,
                _ => {}
            }
        }
        seen
    }

    /// What labels like `2006-07` are, if the others show it.
    fn month_or_years(&self, claim: &Claim) -> Option<PeriodLabels> {
        let months = self.months > 0 || self.highest > 0;
        match (self.two_years > 0, months) {
            (true, false) => Some(PeriodLabels::Years),
            (false, true) => Some(PeriodLabels::Months),
            // Years in a row; as months they would stand thirteen apart.
            (false, false) if in_a_row(&self.month_or_years) => Some(PeriodLabels::Years),
            // Where other years are written 2010, two in a row are none. A rate is that of a month.
            (false, false) if self.parts > 0 || claim.kind == Kind::RunRate => Some(PeriodLabels::Months),
            _ => None,
        }
    }

    /// What labels like `2020-1` number, if the others show it.
    fn numbered(&self, claim: &Claim) -> Option<Step> {
        let months = self.months > 0 || !self.month_or_years.is_empty();
        match claim.dating.months {
            Some(3) if self.highest <= 4 && !months => Some(Step::Quarter),
            Some(6) if self.highest <= 2 && !months => Some(Step::Half),
            Some(_) => Some(Step::Month),
            // One number in every year is that of the month with which fiscal years end: `2020/3`, `2021/3`.
            None if self.lowest == self.highest && self.numbered.len() >= ENOUGH => Some(Step::Month),
            None if months || self.highest > 4 || claim.kind == Kind::RunRate => Some(Step::Month),
            None => None,
        }
    }
}

/// Whether two years follow each other.
fn in_a_row(years: &BTreeSet<i32>) -> bool {
    years.iter().any(|year| years.contains(&(year + 1)))
}

/// Settles such labels in one file.
pub(in crate::read) fn labels(
    claims: &mut Claims,
    options: &Options,
    kept: &Kept,
    problems: &mut Problems,
    notices: &mut Vec<Notice>,
) {
    if claims.seen.open_labels == 0 {
        return;
    }
    let seen = Seen::of(claims);
    let (mut first, mut figures) = (None, 0);
    for claim in claims.iter_mut() {
        match settled(claim, &seen, options) {
            Ok(None) => {}
            Ok(Some(when)) => {
                if let When::Years { ending, or } = claim.when
                    && when == When::year(ending)
                {
                    let end_is_known = options.calendar.is_some() || claim.fiscal_year_end.is_some();
                    if or != Or::Nothing || !end_is_known {
                        first.get_or_insert((claim.period_place, ending, end_is_known));
                        figures += 1;
                    }
                }
                claim.when = when;
            }
            Err(kind) => problems.later(kept, claim.period_place, "", kind),
        }
    }
    if let Some((at, ending, end_is_known)) = first {
        notices.push(Notice::TwoYearLabels { place: place(&problems.file, at), ending, figures, end_is_known });
    }
}

/// What a claim's label is; `None` if it was never open.
fn settled(claim: &Claim, seen: &Seen, options: &Options) -> Result<Option<When>, ProblemKind> {
    let said = options.period_labels.or(match options.each {
        Some(Step::Year) => Some(PeriodLabels::Years),
        Some(Step::Month) => Some(PeriodLabels::Months),
        _ => None,
    });
    let of_column = match claim.dating.months {
        Some(12) => Some(PeriodLabels::Years),
        Some(_) => Some(PeriodLabels::Months),
        None => None,
    };
    match claim.when {
        When::Years { ending, or: Or::Nothing } => Ok(Some(When::year(ending))),
        When::Years { ending, or: Or::Month } => {
            let labels = said.or(of_column).or_else(|| seen.month_or_years(claim));
            match labels.ok_or(ProblemKind::Period(PeriodFault::MonthOrYears))? {
                PeriodLabels::Years => Ok(Some(When::year(ending))),
                PeriodLabels::Months => Ok(claim.when.month().map(When::Month)),
            }
        }
        When::Years { ending, or: Or::BothYears } => {
            let years = said.or(of_column) == Some(PeriodLabels::Years);
            if years || seen.two_years > 0 || in_a_row(&seen.both_years) {
                Ok(Some(When::year(ending)))
            } else {
                Err(ProblemKind::Period(PeriodFault::TwoYears))
            }
        }
        When::Numbered { year, number } => {
            let said = options.each.or(options.period_labels.map(|_| Step::Month));
            let part = |step| When::Part { year: year.into(), step, number: number.into(), calendar_year: false };
            match said.or_else(|| seen.numbered(claim)).ok_or(ProblemKind::PartByNumber)? {
                step @ (Step::Quarter | Step::Half) if u32::from(number) * step.months() <= 12 => Ok(Some(part(step))),
                _ => Ok(claim.when.month().map(When::Month)),
            }
        }
        _ => Ok(None),
    }
}
