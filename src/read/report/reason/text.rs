//! How reasons read.

use std::fmt;

use crate::read::report::file::ColumnReport;
use crate::read::report::notice::LeftOut;
use crate::read::report::reason::{
    BelowHeader, CellsAre, HeaderBy, HeaderFound, Holds, Instead, Measured, Reason, StatedBy, Tells, UnitOfColumn,
};

impl fmt::Display for Reason {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Asked { option } => write!(f, "{option} names it"),
            Self::Named { word } => write!(f, "its name says {word}"),
            Self::Measured(what) => f.write_str(measured(*what)),
            Self::Cells { are, count, of } => cells(f, *are, *count, *of),
            Self::YearsOf { column } => write!(f, "the years of {column:?}"),
            Self::Lines { read } => lines(f, read),
            Self::RowNames { summed: false } => f.write_str("it names the rows, a series each"),
            Self::RowNames { summed: true } => f.write_str("it names the rows, which are added up"),
            Self::PeriodName => f.write_str("its name is a period"),
            Self::PeriodAbove => f.write_str("its period stands above the table"),
            Self::PartOfRevenue => f.write_str("its name says revenue of a part"),
            Self::PlainAmounts => f.write_str("amounts, and no name says revenue"),
            Self::OnlyAmounts => f.write_str("the one column of amounts"),
            Self::NetBesideGross => f.write_str("its name says net, and others gross"),
            Self::GrossBesideFees => f.write_str("its name says gross, and net is less the fees"),
            Self::NetBesideLevy => f.write_str("its name says net, beside tax or shipping"),
            Self::TellsApart => f.write_str("rows of one period differ in it"),
            Self::Status { tells } => f.write_str(match tells {
                Tells::Unearned => "it says which rows were cancelled, refunded or the like",
                Tells::Forecast => "it says which rows are forecasts",
                Tells::Won => "it says which deals were won",
            }),
            Self::Sector => f.write_str("it says the peers, if all its cells do"),
            Self::Export { of, used: true } => write!(f, "known from {of}"),
            Self::Export { of, used: false } => write!(f, "known from {of}, and not needed"),
            Self::Less { than } => write!(f, "{than:?} says it better"),
            Self::SameAmounts { column } => write!(f, "the same amounts as {column:?}"),
            Self::NotRevenue { word, what } => write!(f, "its name says {word}, {}", instead(*what)),
            Self::RowNumbers => f.write_str("numbers that never repeat"),
            Self::NumbersRepeat => f.write_str("whole numbers that repeat, as names do"),
            Self::Entry { word } => write!(f, "its name says {word}, one of many in a period"),
            Self::Elsewhen { word } => write!(f, "its name says {word}, when something else happened"),
            Self::Contradicted { role } => write!(f, "its name says {role}, and its cells do not"),
            Self::Overruled { option } => write!(f, "{option} says what makes series"),
            Self::InList => f.write_str("rows are entries of a list, and added up"),
            Self::LeftOut(what) => f.write_str(left_out(*what)),
            Self::NoPart { holds } => f.write_str(match holds {
                Holds::Nothing => "its cells hold nothing",
                Holds::Words => "words, and its name says no part",
                Holds::Periods => "periods, and its name says no part",
                Holds::Numbers => "numbers, and its name does not say revenue",
            }),
        }
    }
}

impl ColumnReport {
    /// Why the column plays its part, or none, in words, with the unit of its amounts and what says that.
    pub fn because(&self) -> String {
        let reason = &self.reason;
        match self.unit {
            None => reason.to_string(),
            Some(UnitOfColumn::Name(unit)) => format!("{reason}; unit {unit} from the name"),
            Some(UnitOfColumn::Row(unit)) => format!("{reason}; unit {unit} from the row below"),
            Some(UnitOfColumn::Export(unit)) => format!("{reason}; unit {unit} from the export"),
            Some(UnitOfColumn::Cells) => format!("{reason}; currency in its cells"),
        }
    }
}

/// The lines of the header: `line 1`, `lines 3 and 4`.
impl fmt::Display for HeaderFound {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let line = self.line;
        match self.by {
            HeaderBy::Figures | HeaderBy::YearAbove => write!(f, "line {line}"),
            HeaderBy::YearsOverParts | HeaderBy::Spans | HeaderBy::Groups | HeaderBy::Standings => {
                write!(f, "line {line} and the one above")
            }
        }
    }
}

impl HeaderFound {
    /// What makes these lines the header, in words.
    pub fn evidence(&self) -> String {
        let by = match self.by {
            HeaderBy::Figures => "the periods and amounts below it",
            HeaderBy::YearsOverParts => "the years that stand over their parts",
            HeaderBy::YearAbove => "the periods and amounts below it; the year of its parts stands above",
            HeaderBy::Spans => "the lengths of periods that stand over their ends",
            HeaderBy::Groups => "the groups that stand over names that repeat",
            HeaderBy::Standings => "the words for actual and forecast beside the periods",
        };
        let below = match self.below {
            None => "",
            Some(BelowHeader::Units) => "; the units stand below it",
            Some(BelowHeader::Ends) => "; the days that end the periods stand below it",
        };
        format!("{by}{below}")
    }
}

impl fmt::Display for StatedBy {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Option => f.write_str("the option"),
            Self::Above(words) => write!(f, "the words {words:?} above the table"),
            Self::Corner(name) => write!(f, "the name {name:?} over the labels"),
            Self::Line { line, words } => write!(f, "the words {words:?} in line {line}"),
            Self::Days => f.write_str("the days below the header"),
            Self::PeriodName => f.write_str("the name of their column"),
            Self::Rule { label } => write!(f, "the rule, since nothing says when {label:?} ends"),
        }
    }
}

fn measured(what: Measured) -> &'static str {
    match what {
        Measured::Revenue => "its name says revenue",
        Measured::RunRate => "its name says run-rate",
        Measured::Monthly => "its name says monthly rate",
        Measured::Amount => "its name says amount",
    }
}

fn instead(what: Instead) -> &'static str {
    match what {
        Instead::Money => "not revenue",
        Instead::Ratio => "a ratio or a price",
        Instead::Count => "a count",
        Instead::Flag => "a flag or an identifier",
        Instead::Before => "what was before",
        Instead::Movement => "what came or went",
        Instead::Plan => "a plan",
        Instead::Trailing => "the last twelve months",
        Instead::CanBeAsked => "which --value-column reads",
    }
}

fn cells(f: &mut fmt::Formatter<'_>, are: CellsAre, count: usize, of: usize) -> fmt::Result {
    let (one, many) = match are {
        CellsAre::Periods => ("a period", "periods"),
        CellsAre::Years => ("a year", "years"),
        CellsAre::PartsOfYears => ("a part of a year", "parts of years"),
        CellsAre::Kinds => ("a kind of figure", "kinds of figures"),
        CellsAre::Currencies => ("a currency", "currencies"),
        CellsAre::Units => ("a unit", "units"),
        CellsAre::Lengths => ("the length of a period", "lengths of periods"),
        CellsAre::Percentages => ("a percentage", "percentages"),
        CellsAre::Flags => ("0 or 1", "0 or 1"),
    };
    match (count, of) {
        (1, 1) => write!(f, "its one cell is {one}"),
        (2, 2) => write!(f, "both cells are {many}"),
        _ if count == of => write!(f, "all {of} cells are {many}"),
        _ => write!(f, "{count} of {of} cells are {many}"),
    }
}

fn lines(f: &mut fmt::Formatter<'_>, read: &[String]) -> fmt::Result {
    match read {
        [] => f.write_str("lines of a statement"),
        [one] => write!(f, "lines of a statement, of which {one:?} is read"),
        [first, ..] => write!(f, "lines of a statement, of which {} are read: {first:?}, …", read.len()),
    }
}

fn left_out(what: LeftOut) -> &'static str {
    match what {
        LeftOut::TotalColumn => "it adds up others",
        LeftOut::PartialColumn => "for a part of a month",
        LeftOut::NoAmounts => "no amount in it",
        LeftOut::OtherwiseColumn => "for the period of another column, in other terms",
        LeftOut::TrailingColumn => "for the last twelve months",
        LeftOut::ForecastColumn => "a forecast or a plan",
        LeftOut::SoFarColumn => "for a period so far",
        LeftOut::RestatedColumn => "another column restates it",
        _ => "its name says something else than revenue",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_counted() {
        let say = |count, of| Reason::Cells { are: CellsAre::Years, count, of }.to_string();
        assert_eq!(say(1, 1), "its one cell is a year");
        assert_eq!(say(2, 2), "both cells are years");
        assert_eq!(say(12, 12), "all 12 cells are years");
        assert_eq!(say(11, 12), "11 of 12 cells are years");
    }
}
