//! How problems read, and what to do about them.

use std::fmt;

use super::{Problem, ProblemKind, Spacing};
use crate::read::amount::AmountFault;
use crate::read::period::PeriodFault;

impl Problem {
    #[expect(clippy::too_many_lines, reason = "one arm for each kind of problem")]
    pub(super) fn message(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let found = &self.found;
        match &self.kind {
            ProblemKind::Empty => write!(f, "the file is empty"),
            ProblemKind::NoRows => write!(f, "there is a header, but no figures below it"),
            ProblemKind::NotText(what) => write!(f, "this is no text: it looks like {what}"),
            ProblemKind::Json => write!(f, "the file begins like JSON, but is none from here on"),
            ProblemKind::NotSec => write!(f, "this JSON is none that is known"),
            ProblemKind::NoSecRevenue => write!(f, "no revenue is among the facts"),
            ProblemKind::TooLarge { most } => write!(f, "the file is larger than the {most} bytes that such files may have"),
            ProblemKind::Unpacked { most } => {
                write!(f, "the workbook unpacks to more than the {most} bytes that it may come to")
            }
            ProblemKind::Damaged { what, fault } => write!(f, "the {what} cannot be read: {fault}"),
            ProblemKind::NotRead { holds } => match &self.column {
                Some(column) => write!(f, "the column {column:?} holds {holds} here, which are not read"),
                None => write!(f, "the column {found:?} holds {holds}, which are not read"),
            },
            ProblemKind::NoSuchSheet { asked, .. } => write!(f, "no sheet is called {asked:?}"),
            ProblemKind::Encoding => write!(f, "the bytes {found} are not UTF-8, though the text before them is"),
            ProblemKind::OpenQuote => write!(f, "a quotation mark opens here and is never closed"),
            ProblemKind::LongRow { most } => write!(f, "the row that begins here is longer than {most} characters"),
            ProblemKind::ManyColumns { most } => write!(f, "the table has more than {most} columns"),
            ProblemKind::Width { expected, found, .. } => {
                write!(f, "the header has {expected} columns, this row has {found}")
            }
            ProblemKind::DuplicateColumn { first } => {
                write!(f, "two columns are called {found:?}: this one and column {first}")
            }
            ProblemKind::NoColumn { role, .. } => write!(f, "no column for the {role} in the header"),
            ProblemKind::NoSuchColumn { role, asked, .. } => {
                write!(f, "no column is called {asked:?}, which was to be the {role}")
            }
            ProblemKind::NoRevenueLine => write!(f, "this is an income statement, but no line of it is the total of revenue"),
            ProblemKind::HeaderIsData => {
                write!(f, "the first row holds figures; a header that names the columns should stand above it")
            }
            ProblemKind::EmptyCell => write!(f, "the cell is empty"),
            ProblemKind::Amount(fault) => match fault {
                AmountFault::NotANumber => write!(f, "{found:?} is no amount"),
                AmountFault::NotFinite => write!(f, "{found:?} is not finite"),
                AmountFault::Percentage => write!(f, "{found:?} is a percentage, not an amount"),
                AmountFault::Separators => write!(f, "{found:?} is no amount: its separators do not group thousands"),
                AmountFault::UnknownUnit => write!(f, "{found:?} is no amount: what follows the number is no unit"),
                AmountFault::Range => write!(f, "{found:?} is a range, not an amount"),
            },
            ProblemKind::DecimalMark { readings: [thousands, decimals] } => {
                write!(f, "{found:?} can be {thousands} or {decimals}, and nothing in the column says which")
            }
            ProblemKind::Period(fault) => match fault {
                PeriodFault::NotAPeriod => write!(f, "{found:?} is no period"),
                PeriodFault::NoYear => write!(f, "{found:?} has no year"),
                PeriodFault::NotInCalendar => write!(f, "{found:?} is not in the calendar"),
                PeriodFault::Reversed => write!(f, "{found:?} ends before it starts"),
                PeriodFault::TwoYears => write!(f, "{found:?} can be two years or one fiscal year"),
                PeriodFault::MonthOrYears => write!(f, "{found:?} can be a month or a fiscal year"),
                PeriodFault::YearAndFraction => write!(f, "{found:?} can be a month, a quarter or a fraction of a year"),
                PeriodFault::PartOfMonth => write!(f, "{found:?} is a part of a month"),
                PeriodFault::Estimate => write!(f, "{found:?} is an estimate of a year, not a year"),
                PeriodFault::DayOrYear => write!(f, "{found:?} can be a day without its year or a month with it"),
            },
            ProblemKind::DayOrder { readings: [day_first, month_first] } => {
                write!(f, "{found:?} can be {day_first} or {month_first}, and nothing in the column says which")
            }
            ProblemKind::Span(fault) => match fault {
                PeriodFault::Reversed => write!(f, "{found:?}: the period ends before it starts"),
                _ => write!(f, "{found:?}: the period does not begin and end with months"),
            },
            ProblemKind::LengthUnknown { spacing } => {
                write!(f, "{found:?} is a day, and the length of its total cannot be told: ")?;
                match spacing {
                    Spacing::Alone => write!(f, "no other date of the series shows the spacing"),
                    Spacing::Uneven => write!(f, "the dates of the series are not evenly spaced"),
                    Spacing::Odd(months) => write!(f, "the dates of the series are {months} months apart"),
                    Spacing::MidMonth => write!(f, "it lies in the middle of a month"),
                    Spacing::WithinMonths => write!(f, "several dates of the series lie in one month"),
                }
            }
            ProblemKind::NoWholeMonth => write!(f, "the entries of the series make up no whole month"),
            ProblemKind::NoRate { from, to } => write!(f, "no rate from {from} to {to} is given for this figure or before it"),
            ProblemKind::Kind { .. } => write!(f, "{found:?} is no kind of figure"),
            ProblemKind::Basis { .. } => write!(f, "{found:?} is no basis of a target"),
            ProblemKind::Unit => write!(f, "{found:?} is no unit of amounts"),
            ProblemKind::TwoUnits { elsewhere } => write!(f, "{found:?} has a unit, and {elsewhere} has one too"),
            ProblemKind::Currency => write!(f, "{found:?} names no currency"),
            ProblemKind::CurrencyOfCell { sign, column } => {
                write!(f, "{found:?} is in {sign}, but the row's currency is {column}")
            }
            ProblemKind::PartOfItself => write!(f, "{found:?} would be a part of itself"),
            ProblemKind::TwoParents { series, before, other } => {
                write!(f, "{series} is a part of {found} here, but of {before} at {other}")
            }
            ProblemKind::Peers(unknown) => write!(f, "{unknown}"),
            ProblemKind::TwoPeers { series, here, before, other } => {
                write!(f, "{series} is likened to {here} here, but to {before} at {other}")
            }
            ProblemKind::TwoCurrencies { series, here, before, other } => {
                write!(f, "{series} is in {here} here, but in {before} at {other}")
            }
            ProblemKind::FiscalYearEnd => write!(f, "{found:?} is no month in which a fiscal year ends"),
            ProblemKind::TwoFiscalYearEnds { series, other } => {
                write!(f, "{series} has another fiscal year end here than at {other}")
            }
            ProblemKind::OutsideCalendar => write!(f, "{found:?} reaches beyond the calendar, which runs from year 1 to 9999"),
        }
    }

    /// The first line of the message, without place and column.
    pub fn message_text(&self) -> String {
        struct Message<'a>(&'a Problem);
        impl fmt::Display for Message<'_> {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.message(f)
            }
        }
        Message(self).to_string()
    }

    /// What to do about it.
    #[expect(clippy::too_many_lines, reason = "one arm for each kind of problem")]
    pub fn hint(&self) -> String {
        match &self.kind {
            ProblemKind::Empty | ProblemKind::NoRows => {
                "a first row names the columns, as in: series,kind,period,value".to_owned()
            }
            ProblemKind::NotText(_) => "export it as CSV".to_owned(),
            ProblemKind::Json | ProblemKind::TooLarge { .. } | ProblemKind::Unpacked { .. } => {
                "export the figures as CSV".to_owned()
            }
            ProblemKind::Damaged { .. } => "write the file once more, or export the figures as CSV".to_owned(),
            ProblemKind::NotRead { .. } => "text, numbers, decimals, dates and timestamps are read".to_owned(),
            ProblemKind::NoSuchSheet { nearest: Some(nearest), .. } => format!("did you mean {nearest:?}?"),
            ProblemKind::NoSuchSheet { sheets, .. } => {
                let shown: Vec<String> = sheets.iter().take(8).map(|name| format!("{name:?}")).collect();
                let more = if sheets.len() > shown.len() { ", …" } else { "" };
                format!("the sheets are {}{more}; give a name, or a number from 1", shown.join(", "))
            }
            ProblemKind::NotSec => {
                "JSON is read as the SEC gives it: company facts, company concepts, frames; export others as CSV".to_owned()
            }
            ProblemKind::NoSecRevenue => "fetch the concept that holds it with the SEC's company concept API".to_owned(),
            ProblemKind::Encoding => "save the file as UTF-8".to_owned(),
            ProblemKind::OpenQuote => "close it, or double it if it belongs to the text".to_owned(),
            ProblemKind::ManyColumns { .. } => "write it in the long form, one figure a row".to_owned(),
            ProblemKind::LongRow { .. } => "is a quotation mark open, or is this no table of figures?".to_owned(),
            ProblemKind::Width { expected, found, split_amount } => {
                if *split_amount {
                    "an amount with separated thousands needs quotation marks: \"1,234\"".to_owned()
                } else if found > expected {
                    "a cell that holds the delimiter needs quotation marks".to_owned()
                } else {
                    "cells that are empty still need their delimiters".to_owned()
                }
            }
            ProblemKind::DuplicateColumn { .. } => "rename one of them".to_owned(),
            ProblemKind::NoColumn { role, nearest } => match nearest {
                Some(nearest) => format!("if {nearest:?} is it, call it {role:?}", role = role.name()),
                None => format!("call it {:?}, or one of: {}", role.name(), role.synonyms().join(", ")),
            },
            ProblemKind::NoSuchColumn { nearest, .. } => match nearest {
                Some(nearest) => format!("did you mean {nearest:?}?"),
                None => "give the name as it stands in the header".to_owned(),
            },
            ProblemKind::NoRevenueLine => "call the line Total income, Total revenue, Revenue or Net sales".to_owned(),
            ProblemKind::HeaderIsData => "for instance: series,kind,period,value".to_owned(),
            ProblemKind::Amount(fault) => amount_hint(*fault).to_owned(),
            ProblemKind::DecimalMark { .. } => "say which with --decimal . or --decimal ,".to_owned(),
            ProblemKind::Period(fault) => match fault {
                PeriodFault::NotAPeriod => {
                    "periods are written like 2024, FY2024, 2024Q3, 2024H1, 2025-06, 2025-06-30 or 2023-11/2024-01".to_owned()
                }
                PeriodFault::NoYear => "add the year, as in Jun 2025 or 2024Q3".to_owned(),
                PeriodFault::NotInCalendar => {
                    "months run to 12, quarters to 4, and dates are read as year-month-day".to_owned()
                }
                PeriodFault::Reversed => "put the earlier month first".to_owned(),
                PeriodFault::TwoYears => "write FY2024 for the fiscal year, or 2023-01/2024-12 for both years".to_owned(),
                PeriodFault::MonthOrYears => "write 2011-12 for the month, or FY2012 for the fiscal year".to_owned(),
                PeriodFault::YearAndFraction => "write 2012-04 or 2012Q4".to_owned(),
                PeriodFault::PartOfMonth => {
                    "figures are for whole months: leave the row out, or give the month's total".to_owned()
                }
                PeriodFault::Estimate => {
                    "what is estimated is not earned: leave the letter out and give the row the kind target".to_owned()
                }
                PeriodFault::DayOrYear => "write 2025-06 or 2025-06-25".to_owned(),
            },
            ProblemKind::DayOrder { .. } => "say which with --date-order dmy or --date-order mdy".to_owned(),
            ProblemKind::Span(_) => {
                "period_start and period_end are the first and last day, or the first and last month".to_owned()
            }
            ProblemKind::LengthUnknown { .. } => {
                "give the period instead of a day, as in 2024, 2024Q3, 2025-06 or 2023-11/2024-01".to_owned()
            }
            ProblemKind::Kind { nearest } => match nearest {
                Some(nearest) => format!("did you mean {nearest:?}?"),
                None => "kinds are revenue, run-rate, target, contract and event".to_owned(),
            },
            ProblemKind::Basis { nearest } => match nearest {
                Some(nearest) => format!("did you mean {nearest:?}?"),
                None => "a basis is revenue or run-rate; leave it empty if the source does not say".to_owned(),
            },
            ProblemKind::Unit => "units are thousand, million and billion, with a currency or without: USD million".to_owned(),
            ProblemKind::TwoUnits { .. } => "leave one of the two out: which is meant?".to_owned(),
            ProblemKind::Currency => "give the ISO 4217 code, such as USD, EUR or SEK".to_owned(),
            ProblemKind::CurrencyOfCell { .. } => "correct the one or the other".to_owned(),
            ProblemKind::Peers(_) => {
                "give one of them, or leave the cell empty; topline methods growth explains them".to_owned()
            }
            ProblemKind::TwoPeers { .. } => "a series has one kind of peers: correct the one or the other".to_owned(),
            ProblemKind::TwoCurrencies { .. } => "amounts of several currencies are not added up: name two series".to_owned(),
            ProblemKind::PartOfItself => "leave the cell empty for a series that is no part of another".to_owned(),
            ProblemKind::TwoParents { .. } => {
                "a series adds up into one other: give it the nearest, which can be a part of another in turn".to_owned()
            }
            ProblemKind::FiscalYearEnd => "give the month as 1 to 12, or by name".to_owned(),
            ProblemKind::TwoFiscalYearEnds { .. } => {
                "one series has one fiscal year: name two series, or give months".to_owned()
            }
            ProblemKind::EmptyCell => "fill it, or leave the row out".to_owned(),
            ProblemKind::OutsideCalendar => "check the year".to_owned(),
            ProblemKind::NoWholeMonth => "only whole months are read from days and weeks".to_owned(),
            ProblemKind::NoRate { .. } => "add it to the file of rates: date,currency,rate".to_owned(),
        }
    }
}

fn amount_hint(fault: AmountFault) -> &'static str {
    match fault {
        AmountFault::NotANumber => "amounts are written like 1234.5, $43.2B, 12.5 bn or (123)",
        AmountFault::NotFinite => "leave the cell empty if there is no amount",
        AmountFault::Percentage => "give the amount; topline computes the growth",
        AmountFault::Separators => "write 1,234,567 or 1.234.567 or 1234567",
        AmountFault::UnknownUnit => "units are K, M, B (bn, Md, Mrd) and T, with a currency sign or code",
        AmountFault::Range => "give one amount; ranges belong into a scenario",
    }
}
