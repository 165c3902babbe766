//! Claims to series: fiscal calendars, currencies, and the periods of figures that are dated by a day.
//!
//! Works on all files together, since a series may be spread over several.

mod closed;
pub(in crate::read) mod cumulative;
mod dates;
pub(in crate::read) mod decide;
mod draft;
pub(in crate::read) mod excluded;
mod gaps;
mod gathered;
mod labels;
pub(in crate::read) mod lengths;
mod monthly;
pub(in crate::read) mod months;
mod named;
mod progress;
mod seasons;
mod shifts;
mod slips;
mod spacing;
mod strays;
mod subtotals;
mod sums;
mod together;
mod whole;

use std::sync::Arc;

use chrono::NaiveDate;

use crate::calendar::{FiscalCalendar, Month, Period};
use crate::money::Currency;
use crate::series::{Figure, Place, Series};

use crate::read::Options;
use crate::read::cell::amount::DecimalMark;
use crate::read::cell::kind::Kind;
use crate::read::cell::period::When;
use crate::read::claim::{Claim, Claims, MonthsOfFiles};
use crate::read::layout::total::is_total_revenue;
use crate::read::names::Names;
use crate::read::report::error::ProblemKind;
use crate::read::report::notice::{Extent, LeftOut, Notice};
use crate::read::report::problems::place;
use crate::read::report::problems::{Kept, Position, Problems};
use crate::read::settle::months::AddedUp;

use dates::{DaysOfFiles, month_of_week};
use draft::Draft;
use gathered::{Form, Gathered};
use monthly::LastReadings;
use whole::Together;

/// A file's part in settling: its problems and what is kept of its text.
#[derive(Debug)]
pub(in crate::read) struct Source {
    pub(in crate::read) problems: Problems,
    pub(in crate::read) kept: Kept,
}

/// What came of settling.
#[derive(Debug, Default)]
pub(in crate::read) struct Settled {
    pub(in crate::read) series: Vec<Series>,
    pub(in crate::read) notices: Vec<Notice>,
    /// Which exclusions left nothing out.
    pub(in crate::read) unused_exclusions: Vec<usize>,
}

/// Builds the series of all claims, in the order of their names.
pub(in crate::read) fn settle(mut claims: Claims, names: &Names, options: &Options, sources: &mut [Source]) -> Settled {
    let mut days_of_files = DaysOfFiles::default();
    if claims.seen.days > 0 {
        for claim in claims.iter().filter(|claim| claim.kind == Kind::Revenue && !claim.dating.entry) {
            if let When::Day(day) = claim.when {
                days_of_files.add(claim.file, day);
            }
        }
    }
    let months = claims.months();
    let mut settling =
        Settling { options, sources, notices: Gathered::default(), days_of_files, months, monthly_targets: false };
    let totals = settling.totals_left_out(names, &claims);
    let mut together = Together::of(names.len(), options.exclude.len());
    let (mut by_series, mut claims) = (claims.by_series(), Vec::new());
    while let Some(index) = by_series.next(&mut claims) {
        if totals[index] {
            continue;
        }
        let parent = names.parent(index).map(str::to_owned);
        let peers = names.likened.peers(index);
        if let Some(draft) = settling.one(names.get(index), &mut claims) {
            settling.look(Draft { parent, peers, ..draft }, &mut together);
        }
    }
    let (series, unused_exclusions) = settling.all(together);
    Settled { series, notices: settling.notices.list, unused_exclusions }
}

struct Settling<'a> {
    options: &'a Options,
    sources: &'a mut [Source],
    notices: Gathered,
    days_of_files: DaysOfFiles,
    months: MonthsOfFiles,
    /// Whether the series at hand has targets of single months, so that one of December is not the year's.
    monthly_targets: bool,
}

impl Settling<'_> {
    fn file(&self, claim: &Claim) -> &Arc<str> {
        &self.sources[claim.file as usize].problems.file
    }

    fn place(&self, claim: &Claim) -> Place {
        place(self.file(claim), claim.place)
    }

    fn problem_with_period(&mut self, claim: &Claim, kind: ProblemKind) {
        let otherwise = if let When::Day(day) = claim.when { day.to_string() } else { String::new() };
        let source = &mut self.sources[claim.file as usize];
        source.problems.later(&source.kept, claim.period_place, &otherwise, kind);
    }

    fn problem_with_value(&mut self, claim: &Claim, kind: ProblemKind) {
        let source = &mut self.sources[claim.file as usize];
        source.problems.later(&source.kept, claim.place, "", kind);
    }

    /// Which series are called a total beside others and left out: they would count twice.
    fn totals_left_out(&mut self, names: &Names, claims: &Claims) -> Vec<bool> {
        // A total that has its parts named is not a stranger beside them.
        let is_total = |name: &str| is_total_revenue(name) && !names.has_parts(name);
        let mut called: Vec<bool> = (0..names.len()).map(|index| is_total(names.get(index))).collect();
        if !self.options.as_given {
            for at in subtotals::subtotals(names) {
                called[at] = !names.has_parts(names.get(at));
            }
        }
        if let Some(sum) =
            sums::sum_of_others(claims, names.len()).filter(|at| !self.options.as_given && !names.has_parts(names.get(*at)))
        {
            called[sum] = true;
        }
        let mut left_out = vec![false; names.len()];
        if !called.contains(&true) {
            return left_out;
        }
        let mut others = claims.iter().map(|claim| claim.series as usize).filter(|series| !called[*series]);
        let first = others.next();
        if others.all(|other| Some(other) == first) {
            return left_out;
        }
        for claim in claims.iter().filter(|claim| called[claim.series as usize]) {
            let series = claim.series as usize;
            if !std::mem::replace(&mut left_out[series], true) {
                let (place, first) = (self.place(claim), names.get(series).to_owned());
                self.notices.list.push(Notice::LeftOut { place, what: LeftOut::TotalSeries, first, count: 1 });
            }
        }
        left_out
    }

    /// The series of its claims, which are all there is of it; `None` if they are not series, which is a problem by then.
    fn one(&mut self, name: &str, claims: &mut Vec<Claim>) -> Option<Draft> {
        if let Some(LastReadings { readings, months, file, place }) = monthly::keep_last_readings(claims) {
            let place = at(self.sources, file, place)();
            let extent = Extent { place, series: name.to_owned(), figures: months, series_count: 1 };
            self.notices.list.push(Notice::LastReadings { extent, readings });
        }
        let entries = months::entries_of(claims);
        self.one_currency(name, claims)?;
        if let Some(cut) = self.options.as_of {
            let calendar = self.options.calendar.unwrap_or_default();
            let known = |claim: &Claim| claim.as_of().and_then(|when| last_day(when, calendar));
            claims.retain(|claim| known(claim).is_none_or(|known| known <= cut));
            if claims.is_empty() {
                return None;
            }
            for claim in claims.iter().filter(|claim| claim.as_of().is_none()) {
                let notice = |extent| Notice::NotKnownWhen { extent };
                self.notices.add(Form::NotKnownWhen, name, at(self.sources, claim.file, claim.place), notice);
            }
        }
        if let Some(entries) = entries {
            let added = months::add_up(claims, entries);
            self.added_up(name, added, claims)?;
        }
        let first = claims.first().map(|claim| (claim.file, claim.place));
        let added = together::add_up(claims);
        if let Some((file, place)) = first.filter(|_| added.sums > 0) {
            let extent = Extent {
                place: at(self.sources, file, place)(),
                series: name.to_owned(),
                figures: added.sums,
                series_count: 1,
            };
            let column = self.sources[file as usize].kept.apart.clone();
            self.notices.list.push(Notice::Together { extent, rows: added.rows, column });
        }
        let draft = self.draft(name, claims)?;
        Some(Draft { dated: entries.is_some(), ..draft })
    }

    fn draft(&mut self, name: &str, claims: &mut [Claim]) -> Option<Draft> {
        let calendar = self.calendar(name, claims);
        if let Some(calendar) = calendar
            && monthly::annualise(claims, calendar)
        {
            for claim in claims.iter().filter(|claim| claim.dating.monthly) {
                let place = at(self.sources, claim.file, claim.place);
                self.notices.add(Form::MonthlyRate, name, place, |extent| Notice::MonthlyRate { extent });
            }
        }
        let currency = self.currency(name, claims);
        if !self.name_by_months(name, claims, calendar?) {
            return None;
        }
        let lengths = self.lengths(claims, calendar?);
        self.monthly_targets = has_monthly_targets(claims);
        let calendar = calendar?;
        let quantity = claims.first().map(|claim| claim.dating.quantity).unwrap_or_default();
        let mut figures = Vec::with_capacity(claims.len());
        let mut sound = true;
        for claim in claims.iter_mut() {
            let Some((period, day)) = self.dated(name, claim, calendar, lengths.as_ref()) else {
                sound = false;
                continue;
            };
            let Some(rate) = self.rate(claim, period, currency) else {
                sound = false;
                continue;
            };
            let number = claim.number.map(|number| number.scaled(rate));
            let amount = number.and_then(|number| number.amount(DecimalMark::Point));
            // A claim without an amount is an event, unless scaling took it out of range.
            let Some(fact) = claim.kind.fact(amount, claim.basis) else {
                self.problem_with_value(claim, ProblemKind::Amount(crate::read::AmountFault::NotFinite));
                sound = false;
                continue;
            };
            let place = Some(self.place(claim));
            let as_of = claim.as_of().and_then(|when| last_day(when, calendar));
            let aside = claim.extra.as_mut().and_then(|extra| extra.aside.take());
            figures.push(Figure { fact, period, day, as_of, place, aside });
        }
        let cumulative = claims.iter().any(|claim| claim.dating.cumulative);
        let name = name.to_owned();
        sound.then_some(Draft {
            name,
            parent: None,
            peers: None,
            quantity,
            currency,
            calendar,
            figures,
            dated: false,
            cumulative,
            asked: false,
        })
    }

    /// Sees to it that amounts which may be added up are in one currency: by the rates, if there are any. `None` if they are
    /// not, which is a problem by then.
    fn one_currency(&mut self, name: &str, claims: &mut [Claim]) -> Option<()> {
        let mut stated = claims.iter().filter_map(|claim| Some((claim.currency?, claim)));
        let Some((before, first)) = stated.next() else { return Some(()) };
        let Some((here, other)) = stated.find(|(other, _)| *other != before) else { return Some(()) };
        let Some(rates) = &self.options.rates else {
            let kind = ProblemKind::TwoCurrencies { series: name.to_owned(), here, before, other: self.place(first) };
            self.problem_with_value(&other.clone(), kind);
            return None;
        };
        let (to, calendar) = (rates.to(), self.options.calendar.unwrap_or_default());
        let mut sound = true;
        for claim in claims.iter_mut() {
            let period = match claim.when {
                When::Day(day) => Month::of(day).map(Period::from),
                When::Week(monday) => month_of_week(monday).map(Period::from),
                when => when.period(calendar),
            };
            let Some(period) = period else { continue };
            match self.rate(claim, period, to) {
                Some(rate) => {
                    claim.number = claim.number.map(|number| number.scaled(rate));
                    claim.currency = claim.currency.map(|_| to);
                }
                None => sound = false,
            }
        }
        sound.then_some(())
    }

    /// Takes in the months that entries were added up to; `None` if there is none, which is a problem by then.
    fn added_up(&mut self, name: &str, mut added: AddedUp, claims: &mut Vec<Claim>) -> Option<()> {
        if added.months.is_empty() && claims.is_empty() {
            let (_, claim) = added.partial.first()?;
            self.problem_with_period(claim, ProblemKind::NoWholeMonth);
            return None;
        }
        let entries = added.entries;
        for claim in added.months.iter().filter(|_| added.is_sum) {
            self.notices.add(Form::AddedUp(entries), name, at(self.sources, claim.file, claim.place), |extent| {
                Notice::AddedUp { extent, entries }
            });
        }
        for (month, claim) in &added.empty {
            let month = *month;
            self.notices.add(Form::ZeroMonths, name, at(self.sources, claim.file, claim.place), |extent| Notice::ZeroMonths {
                extent,
                month,
            });
        }
        for (month, claim) in &added.partial {
            let month = *month;
            self.notices.add(Form::PartialMonths, name, at(self.sources, claim.file, claim.place), |extent| {
                Notice::PartialMonths { extent, month }
            });
        }
        claims.append(&mut added.months);
        Some(())
    }

    /// The series' fiscal calendar; `None` if its rows disagree, which is a problem by then.
    fn calendar(&mut self, name: &str, claims: &[Claim]) -> Option<FiscalCalendar> {
        let mut stated = claims.iter().filter_map(|claim| Some((claim.fiscal_year_end?, claim)));
        let Some((month, first)) = stated.next() else { return Some(self.options.calendar.unwrap_or_default()) };
        if let Some((_, other)) = stated.find(|(other, _)| *other != month) {
            let kind = ProblemKind::TwoFiscalYearEnds { series: name.to_owned(), other: self.place(first) };
            self.problem_with_value(other, kind);
            return None;
        }
        FiscalCalendar::ending_in(month.into())
    }

    /// What one unit of a figure's currency is worth in that of its series; `None` if no rate says it, which is a problem by
    /// then.
    fn rate(&mut self, claim: &Claim, period: Period, to: Currency) -> Option<f64> {
        let (Some(rates), Some(from)) = (&self.options.rates, claim.currency) else { return Some(1.0) };
        let rate = rates.rate(from, period);
        if rate.is_none() {
            self.problem_with_value(claim, ProblemKind::NoRate { from, to });
        }
        rate
    }

    /// The series' currency, of which there is one by now.
    fn currency(&mut self, name: &str, claims: &[Claim]) -> Currency {
        if let Some(rates) = &self.options.rates {
            return rates.to();
        }
        let silent = claims.iter().filter(|claim| claim.currency.is_none() && claim.number.is_some());
        let Some(currency) = claims.iter().find_map(|claim| claim.currency) else {
            let currency = self.options.currency;
            for claim in silent {
                self.notices.add(Form::Assumed(currency), name, at(self.sources, claim.file, claim.place), |extent| {
                    Notice::CurrencyAssumed { extent, currency }
                });
            }
            return currency;
        };
        for claim in silent {
            self.notices.add(Form::Others(currency), name, at(self.sources, claim.file, claim.place), |extent| {
                Notice::CurrencyOfOthers { extent, currency }
            });
        }
        currency
    }
}

/// Whether targets are for months in a row.
fn has_monthly_targets(claims: &[Claim]) -> bool {
    let targets = claims.iter().filter(|claim| claim.kind == Kind::Target);
    let months = targets.filter_map(|claim| match claim.when {
        When::Month(month) => Some(month),
        When::Day(day) => Month::of(day),
        _ => None,
    });
    let mut months: Vec<Month> = months.collect();
    months.sort_unstable();
    months.windows(2).any(|pair| pair[1].since(pair[0]) == 1)
}

/// A place in a file, put together only if it is to be told: this is asked for every figure.
fn at(sources: &[Source], file: u32, at: Position) -> impl FnOnce() -> Place {
    move || place(&sources[file as usize].problems.file, at)
}

/// The last day of what a cell says, for the date a figure became known.
fn last_day(when: When, calendar: FiscalCalendar) -> Option<NaiveDate> {
    match when {
        When::Day(day) => Some(day),
        When::Week(monday) => monday.checked_add_days(chrono::Days::new(6)),
        when => when.period(calendar).map(|period| period.last().last_day()),
    }
}
