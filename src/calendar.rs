//! Months, the periods made of them, and fiscal years.
//!
//! Time in topline is a count of calendar months; there are no days, so a quarter is three months and never 91 days.
//! Dates are read in [`crate::read`]; this module knows nothing of text but how a period is named.

use std::fmt;
use std::str::FromStr;

use chrono::{Datelike, NaiveDate};

/// A calendar month, from January of year 1 to December of 9999.
///
/// Ordered in time; [`Month::index`] counts months, so differences are whole numbers of months.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Month(i32);

impl Month {
    /// The earliest month, January of year 1.
    pub const MIN: Self = Self(12);
    /// The latest month, December of 9999.
    pub const MAX: Self = Self(9999 * 12 + 11);

    /// The month `month` (1 to 12) of `year` (1 to 9999), or `None` outside those ranges.
    pub fn new(year: i32, month: u32) -> Option<Self> {
        if !(1..=9999).contains(&year) || !(1..=12).contains(&month) {
            return None;
        }
        let month = i32::try_from(month).ok()?;
        Some(Self(year * 12 + month - 1))
    }

    /// The month that a date lies in, or `None` outside years 1 to 9999.
    pub fn of(date: NaiveDate) -> Option<Self> {
        Self::new(date.year(), date.month())
    }

    /// The month with this [`index`](Self::index), held inside the calendar's range.
    pub fn from_index(index: i32) -> Self {
        Self(index.clamp(Self::MIN.0, Self::MAX.0))
    }

    /// Months since January of year 0: `12 * year + month - 1`.
    pub fn index(self) -> i32 {
        self.0
    }

    /// Calendar year.
    pub fn year(self) -> i32 {
        self.0.div_euclid(12)
    }

    /// Month of the year, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.rem_euclid(12).unsigned_abs() + 1
    }

    /// The month `months` later (earlier if negative), held inside the calendar's range.
    #[must_use]
    pub fn plus(self, months: i32) -> Self {
        Self::from_index(self.0.saturating_add(months))
    }

    /// Months from `earlier` to this one; negative if this one is the earlier.
    pub fn since(self, earlier: Self) -> i32 {
        self.0 - earlier.0
    }

    /// First day of the month.
    pub fn first_day(self) -> NaiveDate {
        NaiveDate::from_ymd_opt(self.year(), self.month(), 1).unwrap_or(NaiveDate::MIN)
    }

    /// Last day of the month.
    pub fn last_day(self) -> NaiveDate {
        let next = Self(self.0 + 1);
        NaiveDate::from_ymd_opt(next.year(), next.month(), 1).and_then(|day| day.pred_opt()).unwrap_or(NaiveDate::MAX)
    }

    /// English name of the month, `June`.
    pub fn long_name(self) -> &'static str {
        LONG_NAMES[self.month() as usize - 1]
    }

    /// Three-letter English name of the month, `Jun`.
    pub fn short_name(self) -> &'static str {
        &self.long_name()[..3]
    }
}

const LONG_NAMES: [&str; 12] =
    ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/// A text that is not a month.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a month, such as 2025-06")]
pub struct NotAMonth(String);

impl FromStr for Month {
    type Err = NotAMonth;

    /// A month as it is displayed: `2025-06`.
    ///
    /// ```
    /// use topline::calendar::Month;
    ///
    /// let june: Month = "2025-06".parse()?;
    /// assert_eq!(june.plus(7).to_string(), "2026-01");
    /// assert!("2025-13".parse::<Month>().is_err());
    /// # Ok::<(), topline::calendar::NotAMonth>(())
    /// ```
    fn from_str(text: &str) -> Result<Self, NotAMonth> {
        let month = text.split_once('-').and_then(|(year, month)| Self::new(year.parse().ok()?, month.parse().ok()?));
        month.ok_or_else(|| NotAMonth(text.to_owned()))
    }
}

/// `2025-06`.
impl fmt::Display for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:04}-{:02}", self.year(), self.month())
    }
}

impl fmt::Debug for Month {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A span of whole months, both ends included; never empty.
///
/// Ordered by its end, then its start.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    first: Month,
    last: Month,
}

impl Period {
    /// The months `first` to `last`, both included, or `None` if `last` is before `first`.
    pub fn new(first: Month, last: Month) -> Option<Self> {
        (first <= last).then_some(Self { first, last })
    }

    /// The `months` months that end in `last`; at least one.
    pub fn ending(last: Month, months: u32) -> Self {
        let back = i32::try_from(months.max(1)).unwrap_or(i32::MAX) - 1;
        Self { first: last.plus(-back), last }
    }

    /// First month.
    pub fn first(self) -> Month {
        self.first
    }

    /// Last month.
    pub fn last(self) -> Month {
        self.last
    }

    /// Length in months, at least 1.
    pub fn months(self) -> u32 {
        self.last.since(self.first).unsigned_abs() + 1
    }

    /// Whether `month` lies in the period.
    pub fn contains(self, month: Month) -> bool {
        self.first <= month && month <= self.last
    }

    /// Whether every month of `other` lies in this period.
    pub fn covers(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// The months of both periods, and those between them.
    #[must_use]
    pub fn span(self, other: Self) -> Self {
        Self { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    /// The period moved by whole lengths of itself: `shift(1)` is the next one.
    #[must_use]
    pub fn shift(self, count: i32) -> Self {
        let months = i32::try_from(self.months()).unwrap_or(i32::MAX).saturating_mul(count);
        Self { first: self.first.plus(months), last: self.last.plus(months) }
    }
}

impl From<Month> for Period {
    fn from(month: Month) -> Self {
        Self { first: month, last: month }
    }
}

impl Ord for Period {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (self.last, self.first).cmp(&(other.last, other.first))
    }
}

impl PartialOrd for Period {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// An ISO interval of months, `2023-11/2024-01`.
impl fmt::Display for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.first, self.last)
    }
}

impl fmt::Debug for Period {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The length of the periods that a projection steps through.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Step {
    /// One month.
    Month,
    /// Three months of the fiscal year.
    Quarter,
    /// Six months of the fiscal year.
    Half,
    /// A fiscal year.
    Year,
}

/// `month`, `quarter`, `half-year`, `year`.
impl fmt::Display for Step {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Month => "month",
            Self::Quarter => "quarter",
            Self::Half => "half-year",
            Self::Year => "year",
        })
    }
}

impl Step {
    /// Length in months.
    pub fn months(self) -> u32 {
        match self {
            Self::Month => 1,
            Self::Quarter => 3,
            Self::Half => 6,
            Self::Year => 12,
        }
    }

    /// The step of this many months, if there is one.
    pub fn of_months(months: u32) -> Option<Self> {
        [Self::Month, Self::Quarter, Self::Half, Self::Year].into_iter().find(|step| step.months() == months)
    }
}

/// How fiscal years lie in the calendar: the month in which they end.
///
/// A fiscal year is named by the calendar year in which it ends, and its quarters and halves are counted from its start.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FiscalCalendar {
    year_end: u32,
}

/// Fiscal years that are calendar years.
impl Default for FiscalCalendar {
    fn default() -> Self {
        Self { year_end: 12 }
    }
}

impl FiscalCalendar {
    /// Fiscal years that end in `month` (1 to 12), or `None` outside that range.
    pub fn ending_in(month: u32) -> Option<Self> {
        (1..=12).contains(&month).then_some(Self { year_end: month })
    }

    /// The month in which fiscal years end, 1 to 12.
    pub fn year_end(self) -> u32 {
        self.year_end
    }

    /// Whether fiscal years are calendar years.
    pub fn is_calendar_year(self) -> bool {
        self.year_end == 12
    }

    /// Fiscal year `year`, or `None` if it leaves the calendar (years 1 to 9999).
    pub fn year(self, year: i32) -> Option<Period> {
        self.part(year, 1, Step::Year)
    }

    /// Half 1 or 2 of fiscal year `year`.
    pub fn half(self, year: i32, half: u32) -> Option<Period> {
        self.part(year, half, Step::Half)
    }

    /// Quarter 1 to 4 of fiscal year `year`.
    pub fn quarter(self, year: i32, quarter: u32) -> Option<Period> {
        self.part(year, quarter, Step::Quarter)
    }

    fn part(self, year: i32, number: u32, step: Step) -> Option<Period> {
        if number == 0 || number * step.months() > 12 {
            return None;
        }
        let year_end = Month::new(year, self.year_end)?;
        let back = 12 - i32::try_from(number * step.months()).ok()?;
        let last = year_end.plus(-back);
        let first = last.index() - i32::try_from(step.months()).ok()? + 1;
        (first >= Month::MIN.index()).then(|| Period { first: Month::from_index(first), last })
    }

    /// The fiscal year that `month` lies in.
    pub fn year_of(self, month: Month) -> i32 {
        if month.month() > self.year_end { month.year() + 1 } else { month.year() }
    }

    /// The period of this length, on the fiscal year's grid, that `month` lies in.
    pub fn period_at(self, step: Step, month: Month) -> Period {
        let length = i32::try_from(step.months()).unwrap_or(1);
        let year_end = i32::try_from(self.year_end).unwrap_or(12);
        let into = (month.index() - year_end).rem_euclid(length);
        let first = month.plus(-into);
        Period { first, last: first.plus(length - 1) }
    }

    /// Whether the period is a month, quarter, half or year of this calendar, and which.
    pub fn step_of(self, period: Period) -> Option<Step> {
        let step = Step::of_months(period.months())?;
        (self.period_at(step, period.last) == period).then_some(step)
    }

    /// The period's name: `2024`, `2024H1`, `2024Q3`, `2025-06`; with `FY` in front where fiscal years are not calendar
    /// years; an ISO interval such as `2023-11/2024-01` for a span that is none of these.
    ///
    /// Reading the name back under the same calendar gives the same period.
    pub fn name(self, period: Period) -> String {
        let prefix = if self.is_calendar_year() { "" } else { "FY" };
        let year = self.year_of(period.last);
        let into = self.months_into_year(period.last);
        match self.step_of(period) {
            Some(Step::Month) => period.last.to_string(),
            Some(Step::Quarter) => format!("{prefix}{year:04}Q{}", into / 3),
            Some(Step::Half) => format!("{prefix}{year:04}H{}", into / 6),
            Some(Step::Year) => format!("{prefix}{year:04}"),
            None => period.to_string(),
        }
    }

    /// Months of the fiscal year that have passed when `month` ends, 1 to 12.
    fn months_into_year(self, month: Month) -> u32 {
        (month.month() + 11 - self.year_end) % 12 + 1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn month(year: i32, month: u32) -> Month {
        Month::new(year, month).unwrap()
    }

    #[test]
    fn month_knows_its_days() {
        assert_eq!(month(2024, 2).last_day(), NaiveDate::from_ymd_opt(2024, 2, 29).unwrap());
        assert_eq!(month(2025, 12).last_day(), NaiveDate::from_ymd_opt(2025, 12, 31).unwrap());
        assert_eq!(Month::MAX.last_day(), NaiveDate::from_ymd_opt(9999, 12, 31).unwrap());
        assert_eq!(month(2025, 6).first_day(), NaiveDate::from_ymd_opt(2025, 6, 1).unwrap());
    }

    #[test]
    fn month_refuses_what_is_no_month() {
        for (year, number) in [(0, 1), (10_000, 1), (2025, 0), (2025, 13)] {
            assert_eq!(Month::new(year, number), None, "{year}-{number}");
        }
    }

    #[test]
    fn fiscal_year_is_named_by_the_year_it_ends_in() {
        let june = FiscalCalendar::ending_in(6).unwrap();
        assert_eq!(june.year(2024), Period::new(month(2023, 7), month(2024, 6)));
        assert_eq!(june.quarter(2024, 3), Period::new(month(2024, 1), month(2024, 3)));
        assert_eq!(june.half(2024, 1), Period::new(month(2023, 7), month(2023, 12)));
        assert_eq!(june.year_of(month(2023, 7)), 2024);
        assert_eq!(june.year_of(month(2024, 6)), 2024);
    }

    #[test]
    fn names_of_periods() {
        let calendar = FiscalCalendar::default();
        let january = FiscalCalendar::ending_in(1).unwrap();
        let span = Period::new(month(2023, 11), month(2024, 1)).unwrap();
        assert_eq!(calendar.name(span), "2023-11/2024-01");
        assert_eq!(january.name(span), "FY2024Q4");
        assert_eq!(calendar.name(calendar.year(2024).unwrap()), "2024");
        assert_eq!(january.name(january.year(2024).unwrap()), "FY2024");
        assert_eq!(calendar.name(calendar.half(2024, 2).unwrap()), "2024H2");
        assert_eq!(calendar.name(month(2025, 6).into()), "2025-06");
    }

    #[test]
    fn parts_beyond_the_calendar_are_none() {
        let june = FiscalCalendar::ending_in(6).unwrap();
        assert_eq!(june.year(1), None);
        assert_eq!(june.quarter(2024, 5), None);
        assert_eq!(june.quarter(2024, 0), None);
        assert_eq!(june.half(2024, 3), None);
    }
}
