//! Why a column plays its part, or none, and what else the reading of a file rests on: facts, noted where they decided.

mod text;

use crate::read::cell::status::Unearned;
use crate::read::cell::unit::Unit;
use crate::read::report::notice::LeftOut;
use crate::read::role::Role;

/// Why a column plays its part, or none.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Reason {
    /// An option names it.
    Asked {
        /// The option.
        option: &'static str,
    },
    /// A word of its name says its part.
    Named {
        /// The word.
        word: String,
    },
    /// Its name says what its amounts are.
    Measured(Measured),
    /// Its cells say its part.
    Cells {
        /// What they are.
        are: CellsAre,
        /// How many of them are that.
        count: usize,
        /// How many hold something.
        of: usize,
    },
    /// It holds the years of another column's quarters, months or weeks.
    YearsOf {
        /// The other column.
        column: String,
    },
    /// It holds the lines of a statement.
    Lines {
        /// Those that are read.
        read: Vec<String>,
    },
    /// It names the rows of a table whose columns are periods.
    RowNames {
        /// Whether the rows are added up, rather than a series each.
        summed: bool,
    },
    /// Its name is a period, or a part of a year.
    PeriodName,
    /// Its period stands above the table.
    PeriodAbove,
    /// Its name says revenue of a part of the business, and no column says all of it.
    PartOfRevenue,
    /// It holds amounts, and no name says revenue.
    PlainAmounts,
    /// It alone holds amounts.
    OnlyAmounts,
    /// Its name says net amounts, and the others are gross.
    NetBesideGross,
    /// Its name says net amounts, and taxes or shipping stand beside it.
    NetBesideLevy,
    /// Its name says gross, beside fees that net amounts are less.
    GrossBesideFees,
    /// Rows of one period differ in it, and in no other column.
    TellsApart,
    /// It says of rows whether their amounts are revenue.
    Status {
        /// What it tells of them.
        tells: Tells,
    },
    /// It may say to which companies the series are likened.
    Sector,
    /// It belongs to an export that is known.
    Export {
        /// Whose.
        of: &'static str,
        /// Whether it is read.
        used: bool,
    },
    /// Another column says the same better.
    Less {
        /// The other column.
        than: String,
    },
    /// It holds the same amounts as another column.
    SameAmounts {
        /// The other column.
        column: String,
    },
    /// Its name says that its amounts are something else than revenue.
    NotRevenue {
        /// The word of the name.
        word: String,
        /// What they are instead.
        what: Instead,
    },
    /// Each cell is a number of its own, as rows are numbered.
    RowNumbers,
    /// Its whole numbers repeat, as those do that name something.
    NumbersRepeat,
    /// Its name says that a row is one of many whose amounts belong together.
    Entry {
        /// The word of the name.
        word: String,
    },
    /// Its name says when something else happened.
    Elsewhen {
        /// The word of the name.
        word: String,
    },
    /// Its name says a part, and its cells do not hold what that part needs.
    Contradicted {
        /// The part.
        role: Role,
    },
    /// It would name series, and an option says which do.
    Overruled {
        /// The option.
        option: &'static str,
    },
    /// It would name series, and the rows are entries of a list, which are added up.
    InList,
    /// It is a column of a kind that is left out of tables of periods.
    LeftOut(LeftOut),
    /// Neither its name nor its cells say a part.
    NoPart {
        /// What its cells are.
        holds: Holds,
    },
}

/// What a column tells of rows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tells {
    /// Which were cancelled, refunded or the like.
    Unearned,
    /// Which are forecasts.
    Forecast,
    /// Which are deals that were won.
    Won,
}

impl Tells {
    /// Of a column that says this of some rows.
    pub(in crate::read) fn of(what: Unearned) -> Self {
        match what {
            Unearned::Never | Unearned::Back => Self::Unearned,
            Unearned::Planned => Self::Forecast,
            Unearned::Open => Self::Won,
        }
    }
}

/// What amounts are by the name over them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measured {
    /// Revenue.
    Revenue,
    /// Annualised rates.
    RunRate,
    /// Monthly rates.
    Monthly,
    /// Amounts of which the name does not say what they are of.
    Amount,
}

/// What amounts are that are not revenue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Instead {
    /// Costs, profits, taxes or other money.
    Money,
    /// A ratio, a growth or a price.
    Ratio,
    /// A number of people or things.
    Count,
    /// A flag or an identifier.
    Flag,
    /// What stood before.
    Before,
    /// What came or went.
    Movement,
    /// Planned or forecast.
    Plan,
    /// Of the last twelve months.
    Trailing,
    /// What can be asked for by its name: gross merchandise value, bookings, billings.
    CanBeAsked,
}

/// What the cells of a column are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CellsAre {
    /// Periods.
    Periods,
    /// Years by themselves.
    Years,
    /// Parts of years.
    PartsOfYears,
    /// Kinds of figures.
    Kinds,
    /// Codes or signs of currencies.
    Currencies,
    /// Units of amounts, such as `MIO_EUR`.
    Units,
    /// Lengths of periods.
    Lengths,
    /// Percentages.
    Percentages,
    /// Zeros and ones.
    Flags,
}

/// What the cells of a column are of which no part is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holds {
    /// Nothing.
    Nothing,
    /// Words.
    Words,
    /// Periods or dates.
    Periods,
    /// Numbers.
    Numbers,
}

impl Reason {
    /// Whether a column for this reason is read though it has no role of its own.
    pub(in crate::read) fn is_of_use(&self) -> bool {
        matches!(self, Self::Status { .. } | Self::Sector | Self::RowNames { summed: true } | Self::Export { used: true, .. })
    }

    /// The word of the column's name that the reason speaks of.
    pub(in crate::read) fn word_mut(&mut self) -> Option<&mut String> {
        match self {
            Self::Named { word } | Self::NotRevenue { word, .. } | Self::Entry { word } | Self::Elsewhen { word } => Some(word),
            _ => None,
        }
    }
}

/// The unit of a column's amounts, and what says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitOfColumn {
    /// The column's name.
    Name(Unit),
    /// A row of units below the header.
    Row(Unit),
    /// The export that the file is.
    Export(Unit),
    /// The cells, with the sign or code of a currency.
    Cells,
}

/// Where the header stands, and why there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct HeaderFound {
    /// Its last line.
    pub line: u32,
    /// What makes it one.
    pub by: HeaderBy,
    /// What stands in the row right below it, if that is not a figure either.
    pub below: Option<BelowHeader>,
}

/// What makes rows a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HeaderBy {
    /// It holds no figures, and its names are over periods and amounts.
    Figures,
    /// Two rows: years over their parts.
    YearsOverParts,
    /// Its names are parts of the one year that a title above names.
    YearAbove,
    /// Two rows: lengths of periods over their ends.
    Spans,
    /// Two rows: groups over names that repeat.
    Groups,
    /// Two rows: periods, and words for what is actual and what is forecast.
    Standings,
}

/// What can stand in the row below a header.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BelowHeader {
    /// The units of the columns.
    Units,
    /// The days that end the periods.
    Ends,
}

/// Something that holds for a whole file, and what says it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stated<T> {
    /// What holds.
    pub what: T,
    /// What says it.
    pub by: StatedBy,
}

/// What says something that holds for a whole file.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum StatedBy {
    /// The user's option.
    Option,
    /// Words above the table.
    Above(String),
    /// The name over the labels.
    Corner(String),
    /// Words in a line.
    Line {
        /// The line.
        line: u32,
        /// The words.
        words: String,
    },
    /// The days in the row below the header.
    Days,
    /// The name of the column of periods.
    PeriodName,
    /// Nothing; it is the rule, and this label is what it is for.
    Rule {
        /// The label.
        label: String,
    },
}
