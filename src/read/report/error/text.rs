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
            ProblemKind::NotText(what) => write!(f, "this is not text: it looks like {what}"),
            ProblemKind::Json => write!(f, "the file begins like JSON, but is not valid JSON from here on"),
            ProblemKind::NotSec => write!(f, "this JSON is not in a known format"),
            ProblemKind::NoSecRevenue => write!(f, "the facts contain no revenue"),
            ProblemKind::TooLarge { most } => write!(f, "the file is larger than {most} bytes, the limit for such files"),
            ProblemKind::Unpacked { most } => {
                write!(f, "the file unpacks to more than the {} MiB of memory it is allowed", most >> 20)
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
                write!(f, "the header has {expected} columns, but this row has {found}")
            }
            ProblemKind::DuplicateColumn { first } => {
                write!(f, "two columns are called {found:?}: this one and column {first}")
            }
            ProblemKind::NoColumn { role, .. } => write!(f, "the header has no column for the {role}"),
            ProblemKind::NoSuchColumn { role, asked, .. } => {
                write!(f, "no column is called {asked:?}, given as the {role} column")
            }
            ProblemKind::NoRevenueLine { .. } => {
                write!(f, "this looks like an income statement, but none of its lines is clearly total revenue")
            }
            ProblemKind::NoSuchLine { asked, .. } => write!(f, "no line is called {asked:?}"),
            ProblemKind::WhichValue { columns, is_known: false } if columns.len() == 1 => {
                write!(f, "{} holds numbers, but is not clearly the revenue", listed(columns))
            }
            ProblemKind::WhichValue { columns, is_known: false } => {
                write!(f, "several columns hold numbers, but none is clearly the revenue: {}", listed(columns))
            }
            ProblemKind::WhichValue { columns, is_known: true } => {
                write!(f, "no column holds revenue: judging by their names, these are something else: {}", listed(columns))
            }
            ProblemKind::PeriodInWords { period } => {
                write!(f, "the column {found:?} is for {period}, but the rest of its name is not understood")
            }
            ProblemKind::TitleUnlike { title, unlike } => {
                write!(f, "the title {title:?} says that the amounts below are {}", unlike.message())
            }
            ProblemKind::WhichCurrency { columns } => {
                write!(f, "several columns give currencies, and they differ: {}", listed(columns))
            }
            ProblemKind::WhichPeriod { columns } => write!(f, "several columns hold dates: {}", listed(columns)),
            ProblemKind::HeaderIsData => {
                write!(f, "the first row holds figures; it should be a header that names the columns")
            }
            ProblemKind::EmptyCell => write!(f, "the cell is empty"),
            ProblemKind::Amount(fault) => f.write_str(&amount_message(*fault, found)),
            ProblemKind::DecimalMark { readings: [thousands, decimals], others } => {
                write!(f, "{found:?} can be {thousands} or {decimals}, and nothing in the column shows which")?;
                and_others(f, *others)
            }
            ProblemKind::UnitOfOthers { row, unit } => {
                write!(f, "{row:?} has no unit, though others have one: {unit:?}")
            }
            ProblemKind::GluedDigit => {
                write!(f, "{found:?} has four digits after its comma, where the other amounts have three")
            }
            ProblemKind::DayOrder { readings: [day_first, month_first], others } => {
                write!(f, "{found:?} can be {day_first} or {month_first}, and nothing in the column shows which")?;
                and_others(f, *others)
            }
            ProblemKind::Span(fault) => match fault {
                PeriodFault::Reversed => write!(f, "{found:?}: the period ends before it starts"),
                _ => write!(f, "{found:?}: the period does not begin and end at month boundaries"),
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
            ProblemKind::MoreGivenBack { word, .. } => {
                write!(f, "{word:?} looks like a refund, but such rows would take away more than the others bring in")
            }
            ProblemKind::NoWholeMonth => write!(f, "the entries of the series do not cover a whole month"),
            ProblemKind::NoRate { from, to } => {
                write!(f, "there is no {from} to {to} exchange rate on or before the date of this figure")
            }
            ProblemKind::Kind { .. } => write!(f, "{found:?} is not a kind of figure"),
            ProblemKind::Basis { .. } => write!(f, "{found:?} is not a target basis"),
            ProblemKind::Unit => write!(f, "{found:?} is not a unit of amounts"),
            ProblemKind::TwoUnits { elsewhere } => write!(f, "{found:?} has a unit, and {elsewhere} has one too"),
            ProblemKind::NoRatesColumn { name } => write!(f, "the file of rates has no column called {name:?}"),
            ProblemKind::Rate => write!(f, "{found:?} is not an exchange rate"),
            ProblemKind::UnitUnknown { unit } => write!(f, "{unit:?} looks like a unit, but topline does not know it"),
            ProblemKind::UnitUnclear { unit } => write!(f, "{unit:?} can mean thousands or millions"),
            ProblemKind::UnitsDiffer { here, other, elsewhere } => {
                write!(f, "{here:?} gives a different unit from {other:?} {elsewhere}")
            }
            ProblemKind::CurrencyShared { sign } => write!(f, "{sign:?} can be one of several currencies"),
            ProblemKind::Currency => write!(f, "{found:?} is not a known currency"),
            ProblemKind::CurrencyOfCell { sign, column } => {
                write!(f, "{found:?} is in {sign}, but the row's currency is {column}")
            }
            ProblemKind::PartOfItself => write!(f, "{found:?} would be a part of itself"),
            ProblemKind::TwoParents { series, before, other } => {
                write!(f, "{series} is a part of {found} here, but of {before} at {other}")
            }
            ProblemKind::Peers(unknown) => write!(f, "{unknown}"),
            ProblemKind::TwoPeers { series, here, before, other } => {
                write!(f, "{series} has the peers {here} here, but {before} at {other}")
            }
            ProblemKind::TwoCurrencies { series, here, before, other } => {
                write!(f, "{series} is in {here} here, but in {before} at {other}")
            }
            ProblemKind::FiscalYearEnd => write!(f, "{found:?} is not a month in which a fiscal year can end"),
            ProblemKind::TwoFiscalYearEnds { series, other } => {
                write!(f, "{series} has a different fiscal year end here than at {other}")
            }
            ProblemKind::Doubtful { series, doubt } => write!(f, "{series}: {doubt}"),
            ProblemKind::Figure(fault) => fault.message(f, found),
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
                "the first row should name the columns, for example: series,kind,period,value".to_owned()
            }
            ProblemKind::NotText("a binary file") => {
                "export it as CSV; if it is text in an older encoding, name that, as in --encoding shift_jis".to_owned()
            }
            ProblemKind::NotText(_) => "export it as CSV".to_owned(),
            ProblemKind::Json | ProblemKind::TooLarge { .. } => "export the figures as CSV".to_owned(),
            ProblemKind::Unpacked { most } => format!(
                "if you trust the file, use --memory-limit {}, or export the figures as CSV",
                (most >> 20).saturating_mul(4)
            ),
            ProblemKind::Damaged { what: "Arrow table", .. } => "what hands the table over stopped with an error: run that by itself".to_owned(),
            ProblemKind::Damaged { .. } => "save the file again, or export the figures as CSV".to_owned(),
            ProblemKind::NotRead { .. } => "topline reads text, numbers, decimals, dates and timestamps".to_owned(),
            ProblemKind::NoSuchSheet { nearest: Some(nearest), .. } => format!("did you mean {nearest:?}?"),
            ProblemKind::NoSuchSheet { sheets, .. } => {
                let shown: Vec<String> = sheets.iter().take(8).map(|name| format!("{name:?}")).collect();
                let more = if sheets.len() > shown.len() { ", …" } else { "" };
                format!("the sheets are {}{more}; give a name, or a number from 1", shown.join(", "))
            }
            ProblemKind::NotSec => {
                "topline reads the SEC's JSON: company facts, company concepts and frames; export anything else as \
                 CSV".to_owned()
            }
            ProblemKind::NoSecRevenue => "fetch the concept that holds it with the SEC's company concept API".to_owned(),
            ProblemKind::Encoding => "save the file as UTF-8".to_owned(),
            ProblemKind::OpenQuote => "close it, or double it if it is part of the text".to_owned(),
            ProblemKind::ManyColumns { .. } => "use the long form, with one figure per row".to_owned(),
            ProblemKind::LongRow { .. } => "is a quotation mark left open, or is this not a table of figures?".to_owned(),
            ProblemKind::Width { expected, found, split_amount } => {
                if *split_amount {
                    "an amount with thousands separators needs quotation marks: \"1,234\"".to_owned()
                } else if found > expected {
                    "a cell that contains the delimiter needs quotation marks".to_owned()
                } else {
                    "empty cells still need their delimiters".to_owned()
                }
            }
            ProblemKind::DuplicateColumn { .. } => "rename one of them".to_owned(),
            ProblemKind::NoColumn { role, nearest, columns } => match nearest {
                Some(nearest) => format!("if {nearest:?} is the column, rename it to {:?} or use {}", role.name(), option(*role, nearest)),
                None if columns.is_empty() => format!("name it {:?}", role.name()),
                None => {
                    let name = role.name();
                    format!(
                        "name the column, as in {} (columns: {}), or rename it to {name:?}",
                        option(*role, &columns[0]),
                        listed(columns)
                    )
                }
            },
            ProblemKind::WhichValue { is_known: true, .. } => {
                "add a revenue column; if one of these is revenue after all, name it with --value-column"
                    .to_owned()
            }
            ProblemKind::WhichValue { columns, .. } => {
                let one = columns.first().map(|name| option(Role::Value, name)).unwrap_or_default();
                format!("choose the one to read, as in {one}; repeat the option to read each column as a series")
            }
            ProblemKind::PeriodInWords { period } => {
                format!("call it {period} if it is revenue like that of the other periods; otherwise leave the column out")
            }
            ProblemKind::TitleUnlike { unlike, .. } => unlike.hint().to_owned(),
            ProblemKind::WhichCurrency { .. } => {
                "state the currency of the amounts with --unit, as in --unit EUR, or keep only the column of their currency"
                    .to_owned()
            }
            ProblemKind::WhichPeriod { columns } => {
                let options: Vec<String> = columns.iter().take(4).map(|name| option(Role::Period, name)).collect();
                format!("choose the date of the revenue: {}", options.join(" or "))
            }
            ProblemKind::NoSuchLine { nearest: Some(nearest), .. } => format!("did you mean --line {}?", pasted(nearest)),
            ProblemKind::NoSuchLine { .. } => "give the label exactly as it appears in the table".to_owned(),
            ProblemKind::NoRevenueLine { lines } => match lines.as_slice() {
                [] => "choose the line to read with --line".to_owned(),
                [first, ..] => format!("choose the one to read, as in --line {}; lines: {}", pasted(first), listed(lines)),
            },
            ProblemKind::NoSuchColumn { nearest, .. } => match nearest {
                Some(nearest) => format!("did you mean {nearest:?}?"),
                None => "give the name exactly as it appears in the header".to_owned(),
            },
            ProblemKind::HeaderIsData => "for example: series,kind,period,value".to_owned(),
            ProblemKind::Amount(fault) => amount_hint(*fault).to_owned(),
            ProblemKind::DecimalMark { .. } => "choose with --decimal . or --decimal ,".to_owned(),
            ProblemKind::UnitOfOthers { .. } => {
                "write the unit beside each name, or state that of all amounts with --unit, as in --unit \"EUR million\"".to_owned()
            }
            ProblemKind::GluedDigit => {
                "remove the last digit if it is a footnote mark; use --decimal , if the comma is the decimal mark"
                    .to_owned()
            }
            ProblemKind::DayOrder { .. } => "choose with --date-order dmy or --date-order mdy".to_owned(),
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
                None => "the basis is either revenue or run-rate; leave it empty if the source does not state it".to_owned(),
            },
            ProblemKind::Unit => "units are thousand, million and billion, with or without a currency: USD million".to_owned(),
            ProblemKind::NoRatesColumn { .. }
            | ProblemKind::Rate
            | ProblemKind::UnitUnknown { .. }
            | ProblemKind::UnitUnclear { .. }
            | ProblemKind::UnitsDiffer { .. }
            | ProblemKind::CurrencyShared { .. } => unit_hint(&self.kind).to_owned(),
            ProblemKind::TwoUnits { .. } => "remove one of the two".to_owned(),
            ProblemKind::Currency => "give the ISO 4217 code, such as USD, EUR or SEK".to_owned(),
            ProblemKind::CurrencyOfCell { .. } => "correct one of them".to_owned(),
            ProblemKind::Peers(_) => {
                "give one of them, or leave the cell empty; topline methods growth explains them".to_owned()
            }
            ProblemKind::TwoPeers { .. } => "a series can have only one kind of peers: correct one of them".to_owned(),
            ProblemKind::TwoCurrencies { .. } => {
                "amounts in different currencies are not added up: use two series, or convert to one currency with --rates"
                    .to_owned()
            }
            ProblemKind::PartOfItself => "leave the cell empty for a series that is not part of another".to_owned(),
            ProblemKind::TwoParents { .. } => {
                "a series can be part of only one other: give its direct parent, which can itself be part of another".to_owned()
            }
            ProblemKind::FiscalYearEnd => "give the month as a number from 1 to 12, or by name".to_owned(),
            ProblemKind::TwoFiscalYearEnds { .. } => {
                "a series can have only one fiscal year: use two series, or give months".to_owned()
            }
            ProblemKind::EmptyCell => "fill it in, or remove the row".to_owned(),
            ProblemKind::Doubtful { series, doubt } => doubt.hint(series),
            ProblemKind::Figure(fault) => fault.hint().to_owned(),
            ProblemKind::OutsideCalendar => "check the year".to_owned(),
            ProblemKind::MoreGivenBack { column, .. } => {
                format!("use --as-given to count all rows, or --by {column:?} to make each kind of row a series")
            }
            ProblemKind::NoWholeMonth => "daily and weekly figures are read only for whole months; if the rows are list entries such as orders, add them up with --sum"
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
        AmountFault::Bound => format!("{found:?} is a bound, not an amount"),
        AmountFault::NotFinite => format!("{found:?} is not finite"),
        AmountFault::Percentage => format!("{found:?} is a percentage, not an amount"),
        AmountFault::Separators => format!("{found:?} is not an amount: its separators do not group thousands"),
        AmountFault::UnknownUnit => format!("{found:?} is not an amount: what follows the number is not a unit"),
        AmountFault::Range => format!("{found:?} is a range, not an amount"),
        AmountFault::Letter => format!("{found:?} has a letter after the number, which may be a flag"),
        AmountFault::Mil => format!("{found:?} can be in thousands or in millions"),
        AmountFault::Credit => format!("{found:?} can be a credit, a debit or an amount in crores"),
        AmountFault::SheetError => format!("{found:?} is a spreadsheet error, not an amount"),
        AmountFault::Digits => format!("{found:?} is not written with the digits 0 to 9"),
    }
}

/// What to do about a unit or a rate.
fn unit_hint(kind: &ProblemKind) -> &'static str {
    match kind {
        ProblemKind::NoRatesColumn { .. } => {
            "it needs the columns date, currency and rate: 2024-12-31,EUR,1.04 gives the value of one euro"
        }
        ProblemKind::Rate => "give the value of one unit of the currency, with a decimal point: 1.08",
        ProblemKind::UnitUnclear { .. } => {
            "choose with --unit thousand or --unit million, with the currency if there is one: --unit \"USD million\""
        }
        ProblemKind::UnitsDiffer { .. } => {
            "correct one of the two, or set the right one with --unit, as in --unit \"USD million\""
        }
        ProblemKind::CurrencyShared { .. } => "specify it with --currency, as in --currency SEK",
        _ => "state the unit with --unit, as in --unit \"USD million\", or --unit USD if it is one dollar",
    }
}

fn amount_hint(fault: AmountFault) -> &'static str {
    match fault {
        AmountFault::NotANumber => {
            "write amounts like 1234.5, $43.2B, 12.5 bn or (123); leave the cell empty if there is no figure"
        }
        AmountFault::NotFinite => "leave the cell empty if there is no amount",
        AmountFault::Percentage => {
            "give the amount, or leave the cell empty if there is none; percentages belong in a separate column"
        }
        AmountFault::Separators => "write 1,234,567 or 1.234.567 or 1234567",
        AmountFault::UnknownUnit => {
            "remove what is not part of the amount; units are K, M, B (bn, Md, Mrd) and T, with a currency sign or code"
        }
        AmountFault::Bound => "give the amount itself, or leave the cell empty if it is not known",
        AmountFault::Range => "give one amount; ranges belong in a scenario",
        AmountFault::Letter => {
            "remove the flag if the amount is right without it (r: revised, p: provisional); an estimate (e) is not a figure: \
             leave it out, or give its row the kind target"
        }
        AmountFault::Mil => "write k or thousand, or m or million",
        AmountFault::Credit => "remove CR from a credit, put a minus before a debit, and write crore for crores",
        AmountFault::SheetError => "correct the formula, or leave the cell empty if there is no figure",
        AmountFault::Digits => "write it with the digits 0 to 9",
    }
}

/// That the same question stands at other cells.
fn and_others(f: &mut fmt::Formatter<'_>, others: u64) -> fmt::Result {
    match others {
        0 => Ok(()),
        1 => write!(f, " (the same holds for 1 other cell)"),
        _ => write!(f, " (the same holds for {others} other cells)"),
    }
}
