//! How problems read, and what to do about them.

use std::fmt;

use crate::read::cell::amount::AmountFault;
use crate::read::cell::period::PeriodFault;
use crate::read::report::error::{Problem, ProblemKind, period};
use crate::read::report::problems::pasted;
use crate::read::role::Role;

impl Problem {
    #[expect(clippy::too_many_lines, reason = "one arm for each kind of problem")]
    pub(in crate::read) fn message(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
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
                write!(f, "the file unpacks to more than the {} MiB of memory that it may take", most >> 20)
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
            ProblemKind::NoRevenueLine { .. } => {
                write!(f, "this looks like an income statement, but none of its lines is clearly the total of revenue")
            }
            ProblemKind::NoSuchLine { asked, .. } => write!(f, "no line is called {asked:?}"),
            ProblemKind::WhichValue { columns, is_known: false } if columns.len() == 1 => {
                write!(f, "{} holds numbers, and is not clearly the revenue", listed(columns))
            }
            ProblemKind::WhichValue { columns, is_known: false } => {
                write!(f, "several columns hold numbers, and none of them is clearly the revenue: {}", listed(columns))
            }
            ProblemKind::WhichValue { columns, is_known: true } => {
                write!(f, "no column holds revenue: by their names these are something else: {}", listed(columns))
            }
            ProblemKind::WhichPeriod { columns } => write!(f, "several columns hold dates: {}", listed(columns)),
            ProblemKind::HeaderIsData => {
                write!(f, "the first row holds figures; a header that names the columns should stand above it")
            }
            ProblemKind::EmptyCell => write!(f, "the cell is empty"),
            ProblemKind::Amount(fault) => f.write_str(&amount_message(*fault, found)),
            ProblemKind::DecimalMark { readings: [thousands, decimals] } => {
                write!(f, "{found:?} can be {thousands} or {decimals}, and nothing in the column says which")
            }
            ProblemKind::GluedDigit => {
                write!(f, "{found:?} has four digits behind its comma, where the other amounts have three")
            }
            ProblemKind::DayOrder { readings: [day_first, month_first] } => {
                write!(f, "{found:?} can be {day_first} or {month_first}, and nothing in the column says which")
            }
            ProblemKind::Span(fault) => match fault {
                PeriodFault::Reversed => write!(f, "{found:?}: the period ends before it starts"),
                _ => write!(f, "{found:?}: the period does not begin and end with months"),
            },
            ProblemKind::Period(_)
            | ProblemKind::LengthUnknown { .. }
            | ProblemKind::NamedByMonth { .. }
            | ProblemKind::OddSpan { .. }
            | ProblemKind::FarYear { .. }
            | ProblemKind::LengthOfMark { .. }
            | ProblemKind::PartByNumber
            | ProblemKind::NumberedPeriods { .. }
            | ProblemKind::BeforeMonths { .. } => period::message(&self.kind, found, f),
            ProblemKind::NoWholeMonth => write!(f, "the entries of the series make up no whole month"),
            ProblemKind::NoRate { from, to } => write!(f, "no rate from {from} to {to} is given for this figure or before it"),
            ProblemKind::Kind { .. } => write!(f, "{found:?} is no kind of figure"),
            ProblemKind::Basis { .. } => write!(f, "{found:?} is no basis of a target"),
            ProblemKind::Unit => write!(f, "{found:?} is no unit of amounts"),
            ProblemKind::TwoUnits { elsewhere } => write!(f, "{found:?} has a unit, and {elsewhere} has one too"),
            ProblemKind::NoRatesColumn { name } => write!(f, "the file of rates has no column called {name:?}"),
            ProblemKind::Rate => write!(f, "{found:?} is not a rate of exchange"),
            ProblemKind::UnitUnknown { unit } => write!(f, "{unit:?} looks like a unit and is not understood"),
            ProblemKind::UnitUnclear { unit } => write!(f, "{unit:?} can mean thousands or millions"),
            ProblemKind::UnitsDiffer { here, other, elsewhere } => {
                write!(f, "{here:?} gives another unit than {other:?} {elsewhere}")
            }
            ProblemKind::CurrencyShared { sign } => write!(f, "{sign:?} can be one of several currencies"),
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
            ProblemKind::Doubtful { series, doubt } => write!(f, "{series}: {doubt}"),
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
            ProblemKind::Json | ProblemKind::TooLarge { .. } => "export the figures as CSV".to_owned(),
            ProblemKind::Unpacked { most } => format!(
                "if you trust the file, say --memory-limit {}, or export the figures as CSV",
                (most >> 20).saturating_mul(4)
            ),
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
            ProblemKind::NoColumn { role, nearest, columns } => match nearest {
                Some(nearest) => format!("if {nearest:?} is it, call it {:?}, or say {}", role.name(), option(*role, nearest)),
                None if columns.is_empty() => format!("call it {:?}", role.name()),
                None => {
                    let name = role.name();
                    format!(
                        "say which it is, as in {} (columns: {}), or call it {name:?}",
                        option(*role, &columns[0]),
                        listed(columns)
                    )
                }
            },
            ProblemKind::WhichValue { is_known: true, .. } => {
                "give the file a column of revenue; if one of these is it after all, say so with --value-column and its name"
                    .to_owned()
            }
            ProblemKind::WhichValue { columns, .. } => {
                let one = columns.first().map(|name| option(Role::Value, name)).unwrap_or_default();
                format!("say which to read, as in {one}; give the option more than once to read each column as a series")
            }
            ProblemKind::WhichPeriod { columns } => {
                let options: Vec<String> = columns.iter().take(4).map(|name| option(Role::Period, name)).collect();
                format!("say which dates the revenue: {}", options.join(" or "))
            }
            ProblemKind::NoSuchLine { nearest: Some(nearest), .. } => format!("did you mean --line {}?", pasted(nearest)),
            ProblemKind::NoSuchLine { .. } => "give the label as it stands in the table".to_owned(),
            ProblemKind::NoRevenueLine { lines } => match lines.as_slice() {
                [] => "say which line to read with --line".to_owned(),
                [first, ..] => format!("say which to read, as in --line {}; lines: {}", pasted(first), listed(lines)),
            },
            ProblemKind::NoSuchColumn { nearest, .. } => match nearest {
                Some(nearest) => format!("did you mean {nearest:?}?"),
                None => "give the name as it stands in the header".to_owned(),
            },
            ProblemKind::HeaderIsData => "for instance: series,kind,period,value".to_owned(),
            ProblemKind::Amount(fault) => amount_hint(*fault).to_owned(),
            ProblemKind::DecimalMark { .. } => "say which with --decimal . or --decimal ,".to_owned(),
            ProblemKind::GluedDigit => {
                "take off the last digit if it is the mark of a footnote; say --decimal , if the comma marks decimals"
                    .to_owned()
            }
            ProblemKind::DayOrder { .. } => "say which with --date-order dmy or --date-order mdy".to_owned(),
            ProblemKind::Span(_) => {
                "period_start and period_end are the first and last day, or the first and last month".to_owned()
            }
            ProblemKind::Period(_)
            | ProblemKind::LengthUnknown { .. }
            | ProblemKind::NamedByMonth { .. }
            | ProblemKind::OddSpan { .. }
            | ProblemKind::FarYear { .. }
            | ProblemKind::LengthOfMark { .. }
            | ProblemKind::PartByNumber
            | ProblemKind::NumberedPeriods { .. }
            | ProblemKind::BeforeMonths { .. } => period::hint(&self.kind),
            ProblemKind::Kind { nearest } => match nearest {
                Some(nearest) => format!("did you mean {nearest:?}?"),
                None => "kinds are revenue, run-rate, target, contract and event".to_owned(),
            },
            ProblemKind::Basis { nearest } => match nearest {
                Some(nearest) => format!("did you mean {nearest:?}?"),
                None => "a basis is revenue or run-rate; leave it empty if the source does not say".to_owned(),
            },
            ProblemKind::Unit => "units are thousand, million and billion, with a currency or without: USD million".to_owned(),
            ProblemKind::NoRatesColumn { .. }
            | ProblemKind::Rate
            | ProblemKind::UnitUnknown { .. }
            | ProblemKind::UnitUnclear { .. }
            | ProblemKind::UnitsDiffer { .. }
            | ProblemKind::CurrencyShared { .. } => unit_hint(&self.kind).to_owned(),
            ProblemKind::TwoUnits { .. } => "leave one of the two out: which is meant?".to_owned(),
            ProblemKind::Currency => "give the ISO 4217 code, such as USD, EUR or SEK".to_owned(),
            ProblemKind::CurrencyOfCell { .. } => "correct the one or the other".to_owned(),
            ProblemKind::Peers(_) => {
                "give one of them, or leave the cell empty; topline methods growth explains them".to_owned()
            }
            ProblemKind::TwoPeers { .. } => "a series has one kind of peers: correct the one or the other".to_owned(),
            ProblemKind::TwoCurrencies { .. } => {
                "amounts of several currencies are not added up: name two series, or bring them into one with --rates"
                    .to_owned()
            }
            ProblemKind::PartOfItself => "leave the cell empty for a series that is no part of another".to_owned(),
            ProblemKind::TwoParents { .. } => {
                "a series adds up into one other: give it the nearest, which can be a part of another in turn".to_owned()
            }
            ProblemKind::FiscalYearEnd => "give the month as 1 to 12, or by name".to_owned(),
            ProblemKind::TwoFiscalYearEnds { .. } => {
                "one series has one fiscal year: name two series, or give months".to_owned()
            }
            ProblemKind::EmptyCell => "fill it, or leave the row out".to_owned(),
            ProblemKind::Doubtful { series, doubt } => doubt.hint(series),
            ProblemKind::OutsideCalendar => "check the year".to_owned(),
            ProblemKind::NoWholeMonth => "only whole months are read from days and weeks; if the rows are entries of a list such as orders, add them up with \
                 --sum"
                    .to_owned(),
            ProblemKind::NoRate { .. } => "add it to the file of rates: date,currency,rate".to_owned(),
        }
    }
}

/// Names in quotation marks, the first few of them.
fn listed(names: &[String]) -> String {
    const SHOWN: usize = 12;
    let shown: Vec<String> = names.iter().take(SHOWN).map(|name| pasted(name)).collect();
    format!("{}{}", shown.join(", "), if names.len() > SHOWN { ", …" } else { "" })
}

/// The option that names a column.
fn option(role: Role, name: &str) -> String {
    let option = match role {
        Role::Value => "--value-column",
        Role::Series => "--series-column",
        Role::Part => "--by",
        _ => "--period-column",
    };
    format!("{option} {}", pasted(name))
}

/// What is wrong with an amount.
fn amount_message(fault: AmountFault, found: &str) -> String {
    match fault {
        AmountFault::NotANumber => format!("{found:?} is not an amount"),
        AmountFault::Bound => format!("{found:?} is a bound, and no amount"),
        AmountFault::NotFinite => format!("{found:?} is not finite"),
        AmountFault::Percentage => format!("{found:?} is a percentage, not an amount"),
        AmountFault::Separators => format!("{found:?} is not an amount: its separators do not group thousands"),
        AmountFault::UnknownUnit => format!("{found:?} is not an amount: what follows the number is not a unit"),
        AmountFault::Range => format!("{found:?} is a range, not an amount"),
        AmountFault::Letter => format!("{found:?} has a letter behind the number, which may be a mark"),
        AmountFault::Mil => format!("{found:?} can be in thousands or in millions"),
        AmountFault::Credit => format!("{found:?} can be a credit, a debit or an amount in crores"),
        AmountFault::SheetError => format!("{found:?} is a spreadsheet's error, not an amount"),
        AmountFault::Digits => format!("{found:?} is not written with the digits 0 to 9"),
    }
}

/// What to do about a unit or a rate.
fn unit_hint(kind: &ProblemKind) -> &'static str {
    match kind {
        ProblemKind::NoRatesColumn { .. } => {
            "it needs the columns date, currency and rate: 2024-12-31,EUR,1.04 says what one euro is worth"
        }
        ProblemKind::Rate => "give what one unit of the currency is worth, with a decimal point: 1.08",
        ProblemKind::UnitUnclear { .. } => {
            "say which with --unit thousand or --unit million, with the currency if there is one: --unit \"USD million\""
        }
        ProblemKind::UnitsDiffer { .. } => {
            "correct one of the two, or say which holds with --unit, as in --unit \"USD million\""
        }
        ProblemKind::CurrencyShared { .. } => "name it with --currency, as in --currency SEK",
        _ => "say what an amount of 1 is worth with --unit, as in --unit \"USD million\", or --unit USD if it is one dollar",
    }
}

fn amount_hint(fault: AmountFault) -> &'static str {
    match fault {
        AmountFault::NotANumber => {
            "amounts are written like 1234.5, $43.2B, 12.5 bn or (123); leave the cell empty where there is no figure"
        }
        AmountFault::NotFinite => "leave the cell empty if there is no amount",
        AmountFault::Percentage => {
            "give the amount, or leave the cell empty where there is none; percentages belong in a column of their own"
        }
        AmountFault::Separators => "write 1,234,567 or 1.234.567 or 1234567",
        AmountFault::UnknownUnit => {
            "take off what is not part of the amount; units are K, M, B (bn, Md, Mrd) and T, with a currency sign or code"
        }
        AmountFault::Bound => "give the amount itself, or leave the cell empty if it is not known",
        AmountFault::Range => "give one amount; ranges belong into a scenario",
        AmountFault::Letter => {
            "take the mark off if the amount stands without it (r: revised, p: provisional); an estimate (e) is not a figure: \
             leave it out, or give its row the kind target"
        }
        AmountFault::Mil => "write k or thousand, or m or million",
        AmountFault::Credit => "take CR off a credit, put a minus before a debit, and write crore for crores",
        AmountFault::SheetError => "mend the formula, or leave the cell empty where there is no figure",
        AmountFault::Digits => "write it with the digits 0 to 9",
    }
}
