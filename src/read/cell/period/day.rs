//! Days: those that end months, and the numbers that spreadsheets have for them.

use chrono::NaiveDate;

use crate::calendar::Month;

pub(in crate::read) fn date(year: i32, month: u32, day: u32) -> Option<NaiveDate> {
    NaiveDate::from_ymd_opt(year, month, day).filter(|date| Month::of(*date).is_some())
}

/// The month whose last day is nearest to `day`, within [`MONTH_END_DAYS`]; `None` in the middle of a month.
///
/// Fiscal years of 52 or 53 weeks end on a weekday near the month's end, in either month.
pub(in crate::read) fn nearest_month_end(day: NaiveDate) -> Option<Month> {
    let month = Month::of(day)?;
    let to_end = (month.last_day() - day).num_days();
    let from_end = (day - month.first_day()).num_days() + 1;
    if to_end <= MONTH_END_DAYS {
        Some(month)
    } else if from_end <= MONTH_END_DAYS {
        Some(month.plus(-1))
    } else {
        None
    }
}

/// How far from a month's end a 52/53-week year may end: "the Saturday nearest to" lies up to 3 days off, "the last Saturday
/// of" up to 6, and some calendars drift one more.
const MONTH_END_DAYS: i64 = 7;

/// Numbers that are taken for days of a spreadsheet: 1950 to 2099, counted from 1900 (and 1954 to 2103, from 1904).
pub(in crate::read) const SERIALS: std::ops::RangeInclusive<u32> = 18_264..=73_050;

/// The day of a spreadsheet's number, counted from 1900 or from 1904.
///
/// Day 60 of the first is 29 February 1900, which never was, so that days after it count from 30 December 1899.
pub(in crate::read) fn serial_day(number: u32, from_1904: bool) -> NaiveDate {
    let start = if from_1904 { NaiveDate::from_ymd_opt(1904, 1, 1) } else { NaiveDate::from_ymd_opt(1899, 12, 30) };
    start.and_then(|start| start.checked_add_days(chrono::Days::new(number.into()))).unwrap_or(NaiveDate::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_days() {
        // The same day in both systems, as the documentation of the format has it.
        assert_eq!(serial_day(40_729, false).to_string(), "2011-07-05");
        assert_eq!(serial_day(39_267, true).to_string(), "2011-07-05");
    }

    #[test]
    fn period_ends_of_52_and_53_week_years_belong_to_the_nearest_month_end() {
        let month = |text: &str| nearest_month_end(text.parse().unwrap()).map(|month| month.to_string());
        for (day, expected) in
            [("2014-09-27", "2014-09"), ("2023-10-02", "2023-09"), ("2024-02-03", "2024-01"), ("2025-06-30", "2025-06")]
        {
            assert_eq!(month(day).as_deref(), Some(expected), "{day}");
        }
        assert_eq!(month("2025-06-15"), None);
    }
}
