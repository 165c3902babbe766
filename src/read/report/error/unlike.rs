//! Amounts that are not those of single periods, or not results, as a title says.

/// What amounts are instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unlike {
    /// Sums of the last twelve months.
    Trailing,
    /// Sums from the start of the year.
    SoFar,
    /// Averages of days or of several periods.
    Average,
    /// Growth rates.
    Change,
    /// Forecasts, budgets or plans.
    Plan,
}

impl Unlike {
    /// What they are, for a sentence.
    pub(in crate::read::report) fn message(self) -> &'static str {
        match self {
            Self::Trailing => "sums of the last twelve months",
            Self::SoFar => "sums from the start of the year",
            Self::Average => "averages",
            Self::Change => "changes, not amounts",
            Self::Plan => "forecasts or plans, not results",
        }
    }

    /// What to do about it.
    pub(in crate::read::report) fn hint(self) -> &'static str {
        match self {
            Self::Trailing => {
                "give the amounts of single months, quarters or years; if they are that after all, use --kind revenue"
            }
            Self::SoFar => "use --cumulative to undo the sums, or --not-cumulative if each amount is for its own period alone",
            Self::Average | Self::Change => {
                "give the amounts themselves; if they are totals of their periods after all, use --kind revenue"
            }
            Self::Plan => "use --kind target for goals, or --kind revenue if they are results after all",
        }
    }
}
