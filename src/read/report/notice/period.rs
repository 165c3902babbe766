//! How notices on periods read.

use std::fmt;

use crate::calendar::Month;
use crate::read::report::notice::Notice;

/// What was inferred of periods; nothing for other notices.
pub(in crate::read::report) fn write(notice: &Notice, f: &mut fmt::Formatter<'_>) -> fmt::Result {
    match notice {
        Notice::LengthInferred { extent, within: true, .. } => {
            write!(
                f,
                "{extent}: totals dated by a day are read as those of the months in which the days fall, by the dates' spacing"
            )
        }
        Notice::LengthInferred { extent, months, starts, by_others, .. } => {
            let length = length_name(*months);
            let edge = if *starts { "begin" } else { "end" };
            let whose = if *by_others { "spacing of the dates of all series" } else { "dates' spacing" };
            write!(f, "{extent}: totals dated by a day are read as the {length} that {edge} there, by the {whose}")
        }
        Notice::NearestMonthEnd { extent, day, month } => {
            write!(f, "{extent}: days near a month's end are read as that end: {day} as the end of {month}")
        }
        Notice::NamedByMonth { extent, months, starts } => {
            let (length, edge) = (length_name(*months), if *starts { "begin" } else { "end" });
            write!(
                f,
                "{extent}: totals named by a month are read as the {length} that {edge} with it; \
                     if they are single months, use --each month"
            )
        }
        Notice::OddSpan { extent, period, before, gap } => {
            let months = period.months();
            let last = period.last();
            write!(
                f,
                "{extent}: {last} is {gap} months after {before}, and by its amount it is read as the {months} months \
                     {period}; if it is for another period, write that"
            )
        }
        Notice::YearFrom { extent, year } => {
            write!(
                f,
                "{extent}: {year}年度 is read as the calendar year {year}, as in China; if it begins in April, as in \
                     Japan, say --fiscal-year-end 3"
            )
        }
        Notice::FiscalYearEnd { month, words, .. } => {
            write!(f, "fiscal years end in {}, as this says: {words:?}", month_name(*month))
        }
        Notice::PartsOfYears { words, year, .. } => {
            write!(f, "the years are read as the parts of years that this says: {words:?}, so {year} is not a whole year")
        }
        Notice::RoundedSpans { rows, .. } => {
            let what = if *rows == 1 { "one row is".to_owned() } else { format!("{rows} rows are") };
            write!(
                f,
                "{what} for four or five weeks, and read as the nearest month: weeks that do not match months are better given week by week"
            )
        }
        Notice::Provisional { first, labels, sure, .. } => {
            let more = if *labels > 1 { ", …" } else { "" };
            write!(f, "periods marked p are read as provisional figures, which are published and not final: {first:?}{more}")?;
            if *sure {
                return Ok(());
            }
            let bare =
                first.trim_end_matches([')', ']', '）']).trim_end_matches(['p', 'P']).trim_end_matches(['(', '[', '（', ' ']);
            write!(f, "; if p stands for projected, leave them out: --exclude \"{bare}..\"")
        }
        Notice::BuddhistEra { year, .. } => {
            write!(f, "years are counted in the Buddhist era: {year} is read as {}", year - 543)
        }
        Notice::FiscalYearOpen { label, two_years: true, .. } => {
            write!(
                f,
                "{label:?} names a fiscal year that spans two calendar years, and nothing says in which month it ends: December is \
                 assumed; set it with --fiscal-year-end"
            )
        }
        Notice::FiscalYearOpen { label, .. } => {
            write!(
                f,
                "{label:?} names a fiscal year, and nothing says in which month it ends: December is assumed; \
                 --fiscal-year-end sets another"
            )
        }
        Notice::TwoYearLabels { ending, figures, end_is_known, .. } => {
            let (first, next) = (ending - 1, ending % 100);
            write!(
                f,
                "labels of two years are read as fiscal years, named by the year in which they end: \
                     {first}-{next:02} as {ending}{}",
                if *figures > 1 { ", …" } else { "" }
            )?;
            if *end_is_known {
                return Ok(());
            }
            write!(f, "; nothing says in which month they end, so December is assumed: set it with --fiscal-year-end")
        }
        _ => Ok(()),
    }
}

fn month_name(month: u8) -> &'static str {
    Month::new(2000, month.into()).map_or("", Month::long_name)
}

fn length_name(months: u32) -> String {
    match months {
        1 => "months".to_owned(),
        3 => "quarters".to_owned(),
        6 => "half-years".to_owned(),
        12 => "years".to_owned(),
        _ => format!("spans of {months} months"),
    }
}
