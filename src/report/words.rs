//! Sentences about figures and projections, the same in every summary: of the terminal and of the page.

use crate::calendar::{FiscalCalendar, Month, Period, Step};
use crate::money::short;
use crate::project::TargetOdds;
use crate::project::growth::{Because, Details};
use crate::project::named::Named;
use crate::project::standard::Standard;
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

/// A period in words, of which one without a name is told by its ends: `January 2026 to August 2026`.
pub fn spoken(period: Period, calendar: FiscalCalendar) -> String {
    let named = when(period, calendar);
    if named.contains('/') {
        format!("{} to {}", when(period.first().into(), calendar), when(period.last().into(), calendar))
    } else {
        named
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

/// The last observation, and what there is to say of it: its note and source, and by how much it is older than `latest`, the last
/// month in which any series has a figure. `None` without observations.
pub fn last_figure(series: &Series, latest: Option<Month>) -> Option<(String, String)> {
    let figure = series.observations().next_back()?;
    let remarks: Vec<&str> = [figure.note(), figure.source().map(short_source)].into_iter().flatten().collect();
    let remarks = if remarks.is_empty() { String::new() } else { format!(" ({})", remarks.join("; ")) };
    let behind = match (latest, series.origin()) {
        (Some(latest), Some(origin)) if latest > origin => {
            let months = latest.since(origin);
            let plural = if months == 1 { "" } else { "s" };
            format!("; {months} month{plural} before the latest of the others, and projected to the same end")
        }
        _ => String::new(),
    };
    Some((described(figure, series), remarks + &behind))
}

/// The host of an address, and any other source as it is: `www.cnbc.com/2025/06/09/…` becomes `cnbc.com`.
fn short_source(source: &str) -> &str {
    let Some((_, rest)) = source.split_once("://") else { return source };
    let host = rest.split(['/', '?', ' ']).next().unwrap_or(rest);
    host.strip_prefix("www.").unwrap_or(host)
}

/// The kind of a figure, of a target with what it is a target for.
pub fn kind(series: &Series, figure: &Figure) -> String {
    match figure.fact {
        Fact::Target { basis: Some(basis), .. } => format!("target ({basis})"),
        Fact::Revenue(_) => series.quantity().name().to_owned(),
        _ => figure.fact.kind().to_owned(),
    }
}

/// When a figure is of: the day, if the source gives one, else the period.
pub fn dated(figure: &Figure, calendar: FiscalCalendar) -> String {
    figure.day.map_or_else(|| when(figure.period, calendar), |day| day.to_string())
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

/// How often the intervals of a method contained the outcome where that was measured: `docs/growth.md` and `docs/accuracy.md`.
pub fn checked(method: Named) -> &'static str {
    match method {
        Named::Growth => {
            "an 80% interval should contain the outcome about 80% of the time. On listed companies that the model had never seen \
             it did so 79 to 83% of the time (88% from a single quarter), and on private companies known by their run-rates 71 to \
             84%. On businesses with a closed season, which were simulated, 79 to 92%."
        }
        Named::Auto => "see the method that was chosen.",
        Named::Standard(Standard::Combine) => {
            "its constants were set on one half of the series of seven public collections, and on the other half 80% intervals \
             contained the outcome 77 to 83% of the time, by collection."
        }
        Named::Standard(Standard::Ets) => {
            "its constants were set on one half of the series of seven public collections, and on the other half 80% intervals \
             contained the outcome 78 to 83% of the time, by collection."
        }
        Named::Standard(Standard::Theta) => {
            "its constants were set on one half of the series of seven public collections, and on the other half 80% intervals \
             contained the outcome 76 to 85% of the time, by collection."
        }
        Named::Standard(Standard::Arima) => {
            "on the series of the M3 competition, on which its constants were set, 80% intervals contained the outcome 78 to 81% of \
             the time, and on Australian retail, which was not used for that, 88%."
        }
        Named::Standard(_) => {
            "its constants were set on the series of the M3 competition. They were not checked on other series, so take the \
             intervals with care."
        }
    }
}
