//! What the labels of periods say besides when: that years are fiscal, that a remark belongs to one, that the first is a part.

use crate::read::cell::calendar_words::{Word, word};
use crate::read::cell::kind::Kind;
use crate::read::cell::period::{PeriodFault, is_marked_p};
use crate::read::claim::Claim;
use crate::read::layout::file::File;
use crate::read::report::error::{Problem, ProblemKind};
use crate::read::report::notice::{LeftOut, Notice};
use crate::read::report::problems::{Position, place, shorten};
use crate::read::report::reason::{Stated, StatedBy};
use crate::read::table::Record;

impl File<'_> {
    /// Gives the figures the fiscal years that words of the file describe, unless their rows or the user say others.
    pub(in crate::read) fn apply_year_end(&mut self) {
        if let Some(calendar) = self.options.calendar {
            self.facts.fiscal_year_end =
                u8::try_from(calendar.year_end()).ok().map(|what| Stated { what, by: StatedBy::Option });
            return;
        }
        let file = &self.problems.file;
        match (self.year_end.take(), self.fiscal_label.take()) {
            (Some((month, at, words)), _) => {
                let by = StatedBy::Line { line: at.line, words: words.clone() };
                self.facts.fiscal_year_end = Some(Stated { what: month, by });
                for claim in self.claims.iter_mut() {
                    claim.fiscal_year_end.get_or_insert(month);
                }
                if month != 12 {
                    self.notices.push(Notice::FiscalYearEnd { place: place(file, at), month, words });
                }
            }
            (None, Some((at, label, two_years))) if self.claims.iter().all(|claim| claim.fiscal_year_end.is_none()) => {
                self.facts.fiscal_year_end = Some(Stated { what: 12, by: StatedBy::Rule { label: label.clone() } });
                self.notices.push(Notice::FiscalYearOpen { place: place(file, at), label, two_years });
            }
            _ => {}
        }
    }

    /// Reads plain years as the part of each that words above them say: `Six months ended 30 June`.
    pub(in crate::read) fn apply_part_above(&mut self) {
        let Some((part, at, words)) = self.part_above.take() else { return };
        let years: Option<Vec<i32>> = self.claims.iter().map(|claim| claim.when.plain_year()).collect();
        let Some(last) = years.iter().flatten().max().copied() else { return };
        if part.year.is_some_and(|year| year != last) {
            return;
        }
        let mut first = None;
        for claim in self.claims.iter_mut() {
            let Some(when) = claim.when.plain_year().and_then(|year| Some((year, part.in_year(year)?))) else { continue };
            first.get_or_insert(when.0);
            claim.when = when.1;
        }
        if let Some(year) = first {
            let place = place(&self.problems.file, at);
            self.notices.push(Notice::PartsOfYears { place, words, year });
        }
    }

    /// Reads totals as the annual rates that words above the table say they are.
    pub(in crate::read) fn apply_annual_rates(&mut self) {
        let Some((at, words)) = self.annual_rates.take() else { return };
        for claim in self.claims.iter_mut().filter(|claim| claim.kind == Kind::Revenue) {
            claim.kind = Kind::RunRate;
        }
        let place = place(&self.problems.file, at);
        self.notices.push(Notice::AnnualRates { place, words });
    }

    /// Leaves out the first period of all if it begins within a month, as that of a young company does.
    pub(in crate::read) fn leave_stub(&mut self) {
        let whole = |claim: &Claim| Some((claim.when.written_year()?, claim.place.line));
        let mut claims = self.claims.iter();
        let first = claims.next().and_then(whole);
        let (Some((from, first)), Some((to, last))) = (first, claims.last().and_then(whole).or(first)) else { return };
        let is_partial = |problem: &Problem| {
            let is_part = matches!(
                problem.kind,
                ProblemKind::Period(PeriodFault::PartOfMonth) | ProblemKind::Span(PeriodFault::PartOfMonth)
            );
            let line = problem.place.line;
            is_part && (from <= to && line < first || from > to && line > last)
        };
        if let Some(Problem { place, found, .. }) = self.problems.take_only(is_partial) {
            self.notices.push(Notice::LeftOut { place, what: LeftOut::PartialRow, first: found, count: 1 });
        }
    }

    /// A label with a mark, where a remark gives a length that is not a year's: what holds for which must be said.
    pub(in crate::read) fn apply_marks(&mut self) {
        if let (Some((at, label)), Some((_, remark))) = (self.marked_label.take(), self.odd_length.take()) {
            self.problems.at(at, None, ProblemKind::LengthOfMark { label, remark });
        }
    }

    /// Notes a label with the mark of a footnote.
    pub(in crate::read) fn see_mark(&mut self, text: &str, record: &Record<'_>, at: usize) {
        self.forecast_marks.see(text, Position::of(record.place(at)));
        if self.marked_label.is_none() && text.ends_with(['*', '†', '‡', '¹', '²', '³', ')', ']']) {
            self.marked_label = Some((Position::of(record.place(at)), shorten(text)));
        }
    }

    /// Notes a label whose letter `p` is taken to say that its figure is provisional, and not projected.
    #[inline]
    pub(in crate::read) fn see_provisional(&mut self, text: &str, projected: Option<bool>, record: &Record<'_>, at: usize) {
        let ends_so = text.trim_end_matches([')', ']', '）']).ends_with(['p', 'P']);
        if ends_so && is_marked_p(text) {
            let entry = || (Position::of(record.place(at)), shorten(text), projected.is_some(), 0);
            self.counted.provisional.get_or_insert_with(entry).3 += 1;
        }
    }

    /// Notes a label that names a fiscal year, such as `FY2024` or `Q1 FY24`.
    #[inline]
    pub(in crate::read) fn see_fiscal(&mut self, text: &str, at: impl FnOnce() -> Position) {
        let may_be = || text.bytes().any(|byte| byte.eq_ignore_ascii_case(&b'f'));
        let is_fiscal = || may_be() && text.as_bytes().windows(2).any(|pair| pair.eq_ignore_ascii_case(b"fy"));
        let is_open = match &self.fiscal_label {
            None => true,
            Some((.., two_years)) => !two_years && is_of_two_years(text),
        };
        if is_open && text.len() <= 16 && is_fiscal() {
            self.fiscal_label = Some((at(), shorten(text), is_of_two_years(text)));
        }
    }
}

/// Whether a label names two years in a row, in which its fiscal year lies: `FY23-24`, `FY 2023/24`.
fn is_of_two_years(label: &str) -> bool {
    let mut numbers = label.split(|c: char| !c.is_ascii_digit()).filter(|digits| digits.len() == 2 || digits.len() == 4);
    let last_two = |digits: &str| digits[digits.len() - 2..].parse::<u8>().unwrap_or(0);
    numbers.next().zip(numbers.next()).is_some_and(|(one, next)| (last_two(one) + 1) % 100 == last_two(next))
}

/// Whether a remark speaks of a number of months that make no year: `* 15-month period`, `(1) 18 months to June 2020`.
pub(in crate::read) fn is_odd_length(remark: &str) -> bool {
    let lower = remark.to_lowercase();
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
    while let Some(count) = words.next() {
        let of_months = words.peek().is_some_and(|next| *next == "mth" || word(next) == Some(Word::Months));
        if of_months && count.parse().is_ok_and(|count: u32| count != 12 && (1..60).contains(&count)) {
            return true;
        }
    }
    false
}
