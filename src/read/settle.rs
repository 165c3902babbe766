//! Claims to series: fiscal calendars, currencies, and the periods of figures that are dated by a day.
//!
//! Works on all files together, since a series may be spread over several.

use std::collections::BTreeSet;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::calendar::{FiscalCalendar, Month, Period, Step};
use crate::money::Currency;
use crate::series::{Figure, Measure, Place, Series};

use super::Options;
use super::amount::DecimalMark;
use super::claim::{Claim, Claims, Names};
use super::decide::place;
use super::error::ProblemKind;
use super::kind::Kind;
use super::lengths::{Edges, Lengths};
use super::months::{self, AddedUp};
use super::notice::{Entries, Extent, LeftOut, Notice};
use super::period::{When, nearest_month_end};
use super::problems::{Kept, Position, Problems};
use super::total::is_total_revenue;

/// A file's part in settling: its problems and what is kept of its text.
#[derive(Debug)]
pub(super) struct Source {
    pub(super) problems: Problems,
    pub(super) kept: Kept,
}

/// Builds the series of all claims, in the order of their names.
pub(super) fn settle(claims: Claims, names: &Names, options: &Options, sources: &mut [Source]) -> (Vec<Series>, Vec<Notice>) {
    let mut days_of_files = DaysOfFiles::default();
    if claims.seen.days > 0 {
        for claim in claims.iter().filter(|claim| claim.kind == Kind::Revenue && !claim.dating.entry) {
            if let When::Day(day) = claim.when {
                days_of_files.add(claim.file, day);
            }
        }
    }
    let mut settling = Settling { options, sources, notices: Gathered::default(), days_of_files };
    let totals = settling.totals_left_out(names, &claims);
    let mut series = Vec::with_capacity(names.len());
    for (index, claims) in claims.by_series().filter(|(index, _)| !totals[*index]) {
        series.extend(settling.one(names.get(index), claims));
    }
    (series, settling.notices.list)
}

struct Settling<'a> {
    options: &'a Options,
    sources: &'a mut [Source],
    notices: Gathered,
    days_of_files: DaysOfFiles,
}

/// The days that date totals, by file.
#[derive(Default)]
struct DaysOfFiles {
    days: BTreeSet<(u32, NaiveDate)>,
    /// The days in the order of the first series; of a panel, every series runs through the same.
    order: Vec<(u32, NaiveDate)>,
    next: usize,
}

impl DaysOfFiles {
    fn add(&mut self, file: u32, day: NaiveDate) {
        if self.order.get(self.next) == Some(&(file, day)) {
            self.next += 1;
        } else if self.days.insert((file, day)) {
            self.order.push((file, day));
            self.next = self.order.len();
        } else {
            self.next = self.order.iter().take(1).position(|first| *first == (file, day)).map_or(self.next, |at| at + 1);
        }
    }

    /// The days of a file, in order.
    fn of(&self, file: u32) -> Vec<NaiveDate> {
        self.days.range((file, NaiveDate::MIN)..=(file, NaiveDate::MAX)).map(|(_, day)| *day).collect()
    }
}

/// Notices of one form are one notice, with how many figures and series it is for.
#[derive(Default)]
struct Gathered {
    list: Vec<Notice>,
    /// Forms with their index in `list` and the last series counted; there are few, and this is asked for every figure.
    seen: Vec<(Form, usize, String)>,
}

/// What makes two notices one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Length(u32, bool, bool),
    MonthEnd,
    RunRateOfDay,
    RunRateOfPeriod,
    TargetOfYear,
    MonthsApart(u32),
    Assumed(Currency),
    Others(Currency),
    AddedUp(Entries),
    PartialMonths,
}

impl Gathered {
    fn add(&mut self, form: Form, series: &str, place: impl FnOnce() -> Place, notice: impl FnOnce(Extent) -> Notice) {
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

/// The months that a figure speaks of, and the day it was dated by.
type Dated = (Period, Option<NaiveDate>);

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
        let called: Vec<bool> = (0..names.len()).map(|index| is_total_revenue(names.get(index))).collect();
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

    /// The series of its claims, which are all there is of it; `None` if they are no series, which is a problem by then.
    fn one(&mut self, name: &str, mut claims: Vec<Claim>) -> Option<Series> {
        let entries = months::entries_of(&claims);
        if let Some(cut) = self.options.as_of {
            let calendar = self.options.calendar;
            let known = |claim: &Claim| claim.as_of().and_then(|when| last_day(when, calendar));
            claims.retain(|claim| known(claim).is_none_or(|known| known <= cut));
            if claims.is_empty() {
                return None;
            }
        }
        if let Some(entries) = entries {
            let added = months::add_up(&mut claims, entries);
            self.added_up(name, added, &mut claims)?;
        }
        self.series(name, claims)
    }

    fn series(&mut self, name: &str, mut claims: Vec<Claim>) -> Option<Series> {
        let calendar = self.calendar(name, &claims);
        let currency = self.currency(name, &claims);
        let lengths = self.lengths(name, &claims, calendar?);
        let (calendar, currency) = (calendar?, currency?);
        let mut figures = Vec::with_capacity(claims.len());
        let mut sound = true;
        for claim in &mut claims {
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
                self.problem_with_value(claim, ProblemKind::Amount(super::AmountFault::NotFinite));
                sound = false;
                continue;
            };
            let place = Some(self.place(claim));
            let as_of = claim.as_of().and_then(|when| last_day(when, calendar));
            let aside = claim.extra.as_mut().and_then(|extra| extra.aside.take());
            figures.push(Figure { fact, period, day, as_of, place, aside });
        }
        sound.then(|| Series::new(name, currency, calendar, figures))
    }

    /// Takes in the months that entries were added up to; `None` if there is none, which is a problem by then.
    fn added_up(&mut self, name: &str, mut added: AddedUp, claims: &mut Vec<Claim>) -> Option<()> {
        if added.months.is_empty() && claims.is_empty() {
            let (_, claim) = added.partial.first()?;
            self.problem_with_period(claim, ProblemKind::NoWholeMonth);
            return None;
        }
        let entries = added.entries;
        for claim in &added.months {
            self.notices.add(Form::AddedUp(entries), name, at(self.sources, claim.file, claim.place), |extent| {
                Notice::AddedUp { extent, entries }
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
        let Some((month, first)) = stated.next() else { return Some(self.options.calendar) };
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

    /// The series' currency; `None` if there are two, which is a problem by then.
    fn currency(&mut self, name: &str, claims: &[Claim]) -> Option<Currency> {
        if let Some(rates) = &self.options.rates {
            return Some(rates.to());
        }
        let mut stated = claims.iter().filter_map(|claim| Some((claim.currency?, claim)));
        let silent = claims.iter().filter(|claim| claim.currency.is_none() && claim.number.is_some());
        let Some((currency, first)) = stated.next() else {
            let currency = self.options.currency;
            for claim in silent {
                self.notices.add(Form::Assumed(currency), name, at(self.sources, claim.file, claim.place), |extent| {
                    Notice::CurrencyAssumed { extent, currency }
                });
            }
            return Some(currency);
        };
        if let Some((here, other)) = stated.find(|(other, _)| *other != currency) {
            let before = currency;
            let kind = ProblemKind::TwoCurrencies { series: name.to_owned(), here, before, other: self.place(first) };
            self.problem_with_value(other, kind);
            return None;
        }
        for claim in silent {
            self.notices.add(Form::Others(currency), name, at(self.sources, claim.file, claim.place), |extent| {
                Notice::CurrencyOfOthers { extent, currency }
            });
        }
        Some(currency)
    }

    /// The period of one figure; `None` if it cannot be told, which is a problem by then.
    fn dated(&mut self, name: &str, claim: &Claim, calendar: FiscalCalendar, lengths: Option<&Lengths>) -> Option<Dated> {
        let day = if let When::Day(day) = claim.when { Some(day) } else { None };
        let month_of_day = day.and_then(Month::of);
        match claim.kind {
            Kind::Revenue => match (day, claim.when) {
                (Some(day), _) => self.total_of_day(name, claim, day, lengths),
                // A column called `quarter` that holds months.
                (None, When::Month(month)) => {
                    let step = claim.dating.months.and_then(|months| Step::of_months(months.into()));
                    Some((step.map_or(month.into(), |step| calendar.period_at(step, month)), None))
                }
                (None, when) => self.stated(claim, when, calendar).map(|period| (period, None)),
            },
            Kind::RunRate => {
                if let (Some(day), Some(month)) = (day, month_of_day) {
                    self.notices.add(Form::RunRateOfDay, name, at(self.sources, claim.file, claim.period_place), |extent| {
                        Notice::RunRateOfDay { extent, day }
                    });
                    return Some((month.into(), Some(day)));
                }
                let period = self.stated(claim, claim.when, calendar)?;
                let month = period.last();
                if period.months() > 1 {
                    let period = calendar.name(period);
                    let notice = |extent| Notice::RunRateOfPeriod { extent, period, month };
                    self.notices.add(Form::RunRateOfPeriod, name, at(self.sources, claim.file, claim.period_place), notice);
                }
                Some((month.into(), None))
            }
            Kind::Target => {
                let month = match claim.when {
                    When::Day(day) => nearest_month_end(day).or_else(|| Month::of(day))?,
                    When::Month(month) => month,
                    when => return self.stated(claim, when, calendar).map(|period| (period, None)),
                };
                let year = calendar.period_at(Step::Year, month);
                if year.last() != month || claim.basis == Some(Measure::RunRate) {
                    return Some((month_of_day.unwrap_or(month).into(), day));
                }
                let named = calendar.name(year);
                self.notices.add(Form::TargetOfYear, name, at(self.sources, claim.file, claim.period_place), |extent| {
                    Notice::TargetOfYear { extent, year: named }
                });
                Some((year, day))
            }
            Kind::Contract | Kind::Event => match month_of_day {
                Some(month) => Some((month.into(), day)),
                None => self.stated(claim, claim.when, calendar).map(|period| (period, None)),
            },
        }
    }

    /// The period that a cell states.
    fn stated(&mut self, claim: &Claim, when: When, calendar: FiscalCalendar) -> Option<Period> {
        let period = match when {
            // A week belongs to the month of its Thursday, as in ISO 8601 to the year.
            When::Week(monday) => monday.checked_add_days(chrono::Days::new(3)).and_then(Month::of).map(Period::from),
            when => when.period(calendar),
        };
        if period.is_none() {
            self.problem_with_period(claim, ProblemKind::OutsideCalendar);
        }
        period
    }

    fn total_of_day(&mut self, name: &str, claim: &Claim, day: NaiveDate, lengths: Option<&Lengths>) -> Option<Dated> {
        let lengths = lengths?;
        let period = match lengths.edges {
            Edges::Starts => Period::from(Month::of(day)?),
            Edges::Ends => nearest_month_end(day)?.into(),
            Edges::Within => Month::of(day)?.into(),
        };
        let months = lengths.months;
        let period = match lengths.edges {
            Edges::Starts => {
                let last = period.first().plus(i32::try_from(months).ok()? - 1);
                Period::ending(last, months)
            }
            _ => Period::ending(period.last(), months),
        };
        if lengths.inferred {
            let starts = lengths.edges == Edges::Starts;
            let by_others = lengths.by_others;
            let form = Form::Length(months, starts, by_others);
            let notice = |extent| Notice::LengthInferred { extent, months, starts, by_others };
            self.notices.add(form, name, at(self.sources, claim.file, claim.period_place), notice);
        }
        let end = period.last();
        if lengths.edges == Edges::Ends && day != end.last_day() {
            self.notices.add(Form::MonthEnd, name, at(self.sources, claim.file, claim.period_place), |extent| {
                Notice::NearestMonthEnd { extent, day, month: end }
            });
        }
        Some((period, Some(day)))
    }

    /// How the series' totals that are dated by a day are to be read; `None` if there are none, or if it cannot be told,
    /// which is a problem by then.
    fn lengths(&mut self, name: &str, claims: &[Claim], calendar: FiscalCalendar) -> Option<Lengths> {
        let totals = || claims.iter().filter(|claim| claim.kind == Kind::Revenue);
        self.months_apart(name, totals());
        let days: Vec<(NaiveDate, &Claim)> =
            totals().filter_map(|claim| if let When::Day(day) = claim.when { Some((day, claim)) } else { None }).collect();
        let (_, first) = *days.first()?;
        let stated: Vec<Period> = totals().filter_map(|claim| claim.when.period(calendar)).collect();
        match Lengths::infer(&days, &stated) {
            Ok(lengths) => Some(lengths),
            Err((spacing, at)) => {
                if let Some(lengths) = self.lengths_of_file(first.file, &days) {
                    return Some(lengths);
                }
                let claim = days.get(at).map_or(first, |(_, claim)| *claim);
                self.problem_with_period(claim, ProblemKind::LengthUnknown { spacing });
                None
            }
        }
    }

    /// The reading of a file's dates together, if those of one series fit into it: a table has one spacing.
    fn lengths_of_file(&self, file: u32, days: &[(NaiveDate, &Claim)]) -> Option<Lengths> {
        let all = self.days_of_files.of(file);
        let with_claims: Vec<(NaiveDate, &Claim)> = all.iter().map(|day| (*day, days[0].1)).collect();
        let lengths = Lengths::infer(&with_claims, &[]).ok()?;
        days.iter()
            .all(|(day, claim)| claim.file == file && all.contains(day))
            .then_some(Lengths { by_others: true, ..lengths })
    }

    /// Notes totals that are named by single months but stand a quarter or a year apart throughout.
    fn months_apart<'c>(&mut self, name: &str, totals: impl Iterator<Item = &'c Claim>) {
        let mut months = Vec::new();
        let mut first = None;
        for claim in totals {
            let When::Month(month) = claim.when else { return };
            if claim.dating.months.is_some() {
                return;
            }
            first.get_or_insert(claim);
            months.push(month);
        }
        months.sort_unstable();
        months.dedup();
        let Some((claim, gap)) = first.zip(months.get(1).map(|second| second.since(months[0]))) else { return };
        if months.len() >= 3 && [3, 6, 12].contains(&gap) && months.windows(2).all(|pair| pair[1].since(pair[0]) == gap) {
            let gap = gap.unsigned_abs();
            self.notices.add(Form::MonthsApart(gap), name, at(self.sources, claim.file, claim.period_place), |extent| {
                Notice::MonthsApart { extent, months: gap }
            });
        }
    }
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
