//! Sentences about figures and projections, the same in every summary: of the terminal and of the page.

use crate::calendar::{FiscalCalendar, Period, Step};
use crate::money::short;
use crate::project::TargetOdds;
use crate::project::growth::{Because, Details};
use crate::series::{Fact, Figure, Measure, Role, Series};

/// A period in words: `June 2025`, `2024`, `Q3 2024`.
pub fn when(period: Period, calendar: FiscalCalendar) -> String {
    match calendar.step_of(period) {
        Some(Step::Month) => format!("{} {}", period.last().long_name(), period.last().year()),
        Some(Step::Quarter | Step::Half) => {
            // `2025Q1` reads better as `Q1 2025`.
            let name = calendar.name(period);
            let (year, part) = name.split_at(name.len() - 2);
            format!("{part} {year}")
        }
        _ => calendar.name(period),
    }
}

/// `$10B run-rate in June 2025`, `$43B revenue in 2024`.
pub fn described(figure: &Figure, series: &Series) -> String {
    let (currency, calendar) = (series.currency(), series.calendar());
    let amount = figure.fact.amount().map(|amount| short(amount.value(), currency) + " ").unwrap_or_default();
    let when = when(figure.period, calendar);
    match figure.fact {
        Fact::Revenue(_) => format!("{amount}{} in {when}", series.quantity()),
        Fact::RunRate(_) => format!("{amount}run-rate in {when}"),
        Fact::Target { .. } => format!("{amount}target for {when}"),
        Fact::Contract(_) => format!("{amount}contract of {when}"),
        Fact::Event(_) => format!("{amount}event of {when}"),
    }
}

/// How a target is read: `as the revenue of 2025`.
pub fn reading(odds: &TargetOdds, calendar: FiscalCalendar) -> String {
    match odds.reading {
        Measure::Revenue => format!("as the revenue of {}", when(odds.period, calendar)),
        Measure::RunRate => format!("as the run-rate in {}", when(odds.period.last().into(), calendar)),
    }
}

/// What part a figure plays, in words.
pub fn used_as(series: &Series, role: Role, fact: &Fact) -> String {
    match role {
        Role::Fitted => "observation".to_owned(),
        Role::Excluded => "not used: left out with --exclude".to_owned(),
        Role::NotRevenue => match fact {
            Fact::Target { basis: None, .. } => "shown but not used: a target is a goal; both readings are given".to_owned(),
            Fact::Target { basis: Some(Measure::Revenue), .. } => {
                "shown but not used: a target is a goal, here for the period's revenue".to_owned()
            }
            Fact::Target { basis: Some(Measure::RunRate), .. } => {
                "shown but not used: a target is a goal, here for the run-rate".to_owned()
            }
            Fact::Contract(_) => "shown but not used: a contract is a commitment, not revenue".to_owned(),
            _ => "shown but not used: an event is a date, not revenue".to_owned(),
        },
        Role::Superseded { by, dated } => {
            let line = series.figures()[by].place.as_ref().map(|place| format!(" of line {}", place.line)).unwrap_or_default();
            let why = if dated { "known later" } else { "given later" };
            format!("not used: the figure{line}, {why}, is used for the same period")
        }
        Role::Check { agrees: true, .. } => "check: finer figures cover it, and agree".to_owned(),
        Role::Check { agrees: false, .. } => "check: finer figures cover it, but do not agree".to_owned(),
    }
}

/// In one line, which peers were taken and why, and how to change it.
pub fn peers(details: &Details) -> String {
    let Details { peers, because, .. } = details;
    match because {
        Because::Given => format!("{peers} ({}), as given", peers.says()),
        Because::RunRates => format!("{peers}, as half of its figures or more are run-rates; --peers takes others"),
        Because::Totals => format!("{peers}, as most of its figures are totals; --peers takes others, such as software"),
    }
}
