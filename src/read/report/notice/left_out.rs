//! What a notice speaks of: what was left out or kept apart, and what was added up.

/// What was left out, since it is not a figure of its own.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LeftOut {
    /// A row that adds up others.
    Total,
    /// A column that adds up others.
    TotalColumn,
    /// A column for a part of a month.
    PartialColumn,
    /// A heading within a table, or a remark below it.
    Remark,
    /// A sum from the start of the year, whose quarters stand by themselves.
    YearToDate,
    /// A column of costs, profits, customers or the like.
    NotRevenue,
    /// A line of an income statement other than that of revenue.
    Account,
    /// A series called a total, beside others.
    TotalSeries,
    /// A column of a period with no amount in it.
    NoAmounts,
    /// A column of the last twelve months.
    TrailingColumn,
    /// A row of the last twelve months.
    Trailing,
    /// A row that is a forecast, a budget or a plan.
    Forecast,
    /// A column that is a forecast, a budget or a plan.
    ForecastColumn,
    /// A row whose period begins or ends within a month.
    PartialRow,
    /// A column of the year or the quarter so far.
    SoFarColumn,
    /// A row of the year, the quarter or the month so far.
    SoFarRow,
    /// A column whose figures another restates.
    RestatedColumn,
    /// A column whose name says a period of another column, and words that are not known.
    OtherwiseColumn,
    /// A row that another column says was cancelled, refunded or never earned.
    NotEarned,
    /// A row whose unit is none of money: persons, a percentage, an index.
    NotMoney,
    /// A row of a deal that another column does not call won.
    NotWon,
    /// A row that another column says was given back: it is taken off.
    GivenBack,
}

/// What a ledger holds besides revenue.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Apart {
    /// Refunds and disputes.
    Refunds,
    /// Fees and taxes.
    Fees,
    /// Payouts, transfers, adjustments.
    Transfers,
    /// Invoices that are drafts or void.
    Unsent,
}

/// What was added up to months.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Entries {
    /// Days.
    Days,
    /// Weeks, each of whose days counts a seventh.
    Weeks,
    /// Weeks that are dated by their last day.
    WeeksEnding,
    /// Entries of a ledger.
    Transactions,
}
