//! The sentences of a chart: dates, labels, the source line, and what the picture says in words.

use std::collections::HashMap;

use crate::calendar::{FiscalCalendar, Month, Period, Step};
use crate::chart::marks::{Kind, Mark, stated};
use crate::chart::view::View;
use crate::chart::{Along, Subject};
use crate::money::{Currency, projected, short};
use crate::project::{Interval, Level, PathPoint, Projection, headline};
use crate::series::{Fact, Figure, Measure, Role, Series};

/// What the amounts of several series are, in one word.
pub(super) fn quantity<'a>(mut series: impl Iterator<Item = &'a Series>) -> &'static str {
    let Some(first) = series.next().map(Series::quantity) else { return "revenue" };
    if series.all(|other| other.quantity() == first) { first.name() } else { "amounts" }
}

/// What is drawn over time: `annualised revenue`, or `revenue over twelve months`.
pub(super) fn drawn(views: &[View<'_>]) -> String {
    let quantity = quantity(views.iter().map(|view| view.series));
    match views.first().map(|view| view.along) {
        Some(Along::TwelveMonths) => format!("{quantity} of the last twelve months"),
        _ => format!("annualised {quantity}"),
    }
}

/// A sentence's beginning.
pub(super) fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

/// What a column is of: `year`, `fiscal year`, `quarter`.
pub(super) fn step(step: Step, calendar: FiscalCalendar) -> String {
    let fiscal = if calendar.is_calendar_year() || step == Step::Month { "" } else { "fiscal " };
    format!("{fiscal}{step}")
}

/// Odds in a sentence: `a 42% chance`, `an 80% chance`, `under a 1% chance`.
pub(super) fn odds(percentage: &str) -> String {
    match percentage.split_once(' ') {
        Some((bound, bare)) => format!("{bound} a {bare} chance"),
        None if percentage.starts_with('8') || matches!(percentage, "11%" | "18%") => format!("an {percentage} chance"),
        None => format!("a {percentage} chance"),
    }
}

/// `June 2025`.
pub(super) fn long(month: Month) -> String {
    format!("{} {}", month.long_name(), month.year())
}

/// `Jun 2025`.
pub(super) fn month(month: Month) -> String {
    format!("{} {}", month.short_name(), month.year())
}

/// The end of a month in a title: `end-2027`, else `June 2027`.
pub(super) fn end(month: Month) -> String {
    if month.month() == 12 { format!("end-{}", month.year()) } else { long(month) }
}

/// A period in a label: `2024`, `FY2024`, `Q1 2025`, `H2 FY2024`, `Jun 2025`, `Nov 2023 – Jan 2024`.
pub(super) fn period(calendar: FiscalCalendar, period: Period) -> String {
    let name = calendar.name(period);
    match calendar.step_of(period) {
        Some(Step::Year) => name,
        Some(Step::Quarter | Step::Half) => {
            let (year, part) = name.split_at(name.len() - 2);
            format!("{part} {year}")
        }
        Some(Step::Month) => month(period.last()),
        None => format!("{} – {}", month(period.first()), month(period.last())),
    }
}

/// The currency in a subtitle: `US$`, else the code.
pub(super) fn currency(currency: Currency) -> String {
    if currency == Currency::USD { "US$".to_owned() } else { currency.code().to_owned() }
}

/// An observation's label: `$10B run-rate`, `$43B in 2024`, `$49B annualised in Q1 2025`.
pub(super) fn observation(figure: &Figure, mark: &Mark, calendar: FiscalCalendar, currency: Currency) -> String {
    if mark.kind == Kind::Twelve {
        let amount = short(mark.amount, currency);
        let year = Period::ending(figure.period.last(), 12);
        return match calendar.step_of(year) {
            Some(Step::Year) => format!("{amount} in {}", period(calendar, year)),
            _ => format!("{amount} in the year to {}", month(year.last())),
        };
    }
    let rate = short(figure.annual_rate().unwrap_or(0.0), currency);
    match figure.fact {
        Fact::RunRate(_) => format!("{rate} run-rate"),
        _ if figure.period.months() == 12 => format!("{rate} in {}", period(calendar, figure.period)),
        _ => format!("{rate} annualised in {}", period(calendar, figure.period)),
    }
}

/// What a target is and when it is due, in two parts: `Target: ` and `$12B by end-2025`.
pub(super) fn target(figure: &Figure, calendar: FiscalCalendar, currency: Currency) -> (String, String) {
    let amount = short(stated(figure).unwrap_or(0.0), currency);
    let when = match figure.fact {
        Fact::Target { basis: Some(Measure::Revenue), .. } => format!("{amount} in {}", period(calendar, figure.period)),
        Fact::Target { basis: Some(Measure::RunRate), .. } => format!("{amount} run-rate by {}", end(figure.period.last())),
        _ => format!("{amount} by {}", end(figure.period.last())),
    };
    ("Target: ".to_owned(), when)
}

/// What a contract or an event is: `Mar 2025: $12B contract, agreement with CoreWeave`, or with a name in place of the date,
/// which the axis has.
pub(super) fn remark(figure: &Figure, currency: Currency, name: Option<&str>) -> String {
    let amount = stated(figure).map(|amount| short(amount, currency));
    let kind = figure.fact.kind();
    let note = figure.note().map(first_clause).filter(|note| !note.is_empty());
    let what = match (amount, note) {
        (Some(amount), Some(note)) => format!("{amount} {kind}, {note}"),
        (Some(amount), None) => format!("{amount} {kind}"),
        (None, Some(note)) => note.to_owned(),
        (None, None) => kind.to_owned(),
    };
    match name {
        Some(name) => format!("{name}: {what}"),
        None => format!("{}: {what}", month(figure.period.last())),
    }
}

/// A note up to where it goes into detail.
fn first_clause(note: &str) -> &str {
    let end = note.find([';', ':']).or_else(|| note.find(". ")).unwrap_or(note.len());
    note[..end].trim().trim_end_matches('.')
}

/// `97.5th`, `1st`, `22nd`.
pub(super) fn ordinal(probability: f64) -> String {
    let text = format!("{:.10}", probability * 100.0);
    let text = text.trim_end_matches('0').trim_end_matches('.');
    let ending = match text {
        _ if text.contains('.') || text.ends_with("11") || text.ends_with("12") || text.ends_with("13") => "th",
        _ if text.ends_with('1') => "st",
        _ if text.ends_with('2') => "nd",
        _ if text.ends_with('3') => "rd",
        _ => "th",
    };
    format!("{text}{ending}")
}

/// `50/80/95%`, narrowest first.
pub(super) fn levels(levels: &[Level]) -> String {
    let mut sorted = levels.to_vec();
    sorted.sort_by(|a, b| a.percent().total_cmp(&b.percent()));
    let all: Vec<String> = sorted.iter().map(ToString::to_string).collect();
    format!("{}%", all.join("/"))
}

/// `A`, `A and B`, `A, B and C`.
pub(super) fn list(names: &[String]) -> String {
    match names {
        [] => String::new(),
        [one] => one.clone(),
        [before @ .., last] => format!("{} and {last}", before.join(", ")),
    }
}

/// A name that is short enough for a sentence.
pub(super) fn name(name: &str) -> String {
    const MOST: usize = 60;
    let clean: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if clean.chars().count() <= MOST {
        return clean;
    }
    let kept: String = clean.chars().take(MOST - 1).collect();
    format!("{}…", kept.trim_end())
}

/// The level nearest to 80%, which titles and labels state, by its place.
pub(super) fn wide_level(projection: &Projection) -> usize {
    headline(&projection.levels).unwrap_or(0)
}

/// The interval nearest to 80%, with its level.
pub(super) fn wide_interval(projection: &Projection, point: &PathPoint) -> (Level, Interval) {
    let index = wide_level(projection);
    (projection.levels[index], point.intervals[index])
}

/// What a projection says of its last month, as a sentence: median and the interval nearest to 80%.
pub(super) fn outlook(view: &View<'_>, last: &PathPoint) -> String {
    let currency = view.series.currency();
    let (level, interval) = wide_interval(view.projection, last);
    let (median, lo, hi) =
        (projected(last.median, currency), projected(interval.lo, currency), projected(interval.hi, currency));
    let when = match view.along {
        Along::RunRate => end(last.month),
        Along::TwelveMonths => format!("the twelve months to {}", long(last.month)),
    };
    format!("Median projection for {when}: {median}, {level}% prediction interval {lo} to {hi}.")
}

/// Where the figures come from and what projected them, with as many sources as `measure` lets into `room`; if not one fits, as
/// many as fit into twice the room, on two lines.
///
/// `hidden` is what is to be said of figures left out.
pub(super) fn source(subjects: &[Subject<'_>], hidden: &str, room: f64, measure: impl Fn(&str) -> f64) -> String {
    let (sources, credits) = sources(subjects);
    let end = format!("topline {}, {}. {}{hidden}", env!("CARGO_PKG_VERSION"), methods(subjects), cut_off(subjects));
    let credit = if credits.is_empty() { String::new() } else { format!(" ({})", credits.join("; ")) };
    let with = |count: usize| {
        let more = if count < sources.len() { format!("; {} more", sources.len() - count) } else { String::new() };
        let label = if sources.len() == 1 { "Source" } else { "Sources" };
        format!("{label}: {}{more}{credit}. {end}", sources[..count].join("; "))
    };
    // Two lines lose some room where they break.
    let fits = |room: f64| (1..=sources.len().min(MOST_SOURCES)).rev().map(with).find(|line| measure(line) <= room);
    fits(room).or_else(|| fits(room * 1.85)).unwrap_or(end.clone())
}

fn methods(subjects: &[Subject<'_>]) -> String {
    let mut names: Vec<String> = subjects.iter().map(|subject| method(subject.projection.method)).collect();
    names.sort_unstable();
    names.dedup();
    list(&names)
}

fn method(name: &str) -> String {
    if name == "growth" { "growth model".to_owned() } else { format!("method {name}") }
}

/// `Data to Jun 2025`, with those of the others where they end at other dates.
fn cut_off(subjects: &[Subject<'_>]) -> String {
    let origins = || subjects.iter().map(|subject| subject.projection.origin);
    let (Some(first), Some(last)) = (origins().min(), origins().max()) else { return String::new() };
    if first == last {
        return format!("Data to {}.", month(last));
    }
    let earlier: Vec<String> = subjects
        .iter()
        .filter(|subject| subject.projection.origin < last)
        .map(|subject| format!("{} to {}", name(subject.series.name()), month(subject.projection.origin)))
        .collect();
    match earlier.len() {
        1 | 2 => format!("Data to {}, {}.", month(last), earlier.join(", ")),
        _ => format!("Data to dates from {} to {}.", month(first), month(last)),
    }
}

/// Names of the sources of what is drawn, the most used first, and credits that were given with them in brackets.
fn sources(subjects: &[Subject<'_>]) -> (Vec<String>, Vec<String>) {
    let mut counted: Vec<(String, usize)> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    let mut credits: Vec<String> = Vec::new();
    for subject in subjects {
        let used = subject
            .series
            .figures()
            .iter()
            .zip(subject.series.roles())
            .filter(|(_, role)| !matches!(role, Role::Superseded { .. }));
        for source in used.filter_map(|(figure, _)| figure.source()) {
            let (name, credit) = short_source(source);
            if !name.is_empty() {
                let place = *places.entry(name.clone()).or_insert(counted.len());
                match counted.get_mut(place) {
                    Some((_, count)) => *count += 1,
                    None => counted.push((name, 1)),
                }
            }
            if let Some(credit) = credit.filter(|credit| !credits.contains(credit)) {
                credits.push(credit);
            }
        }
    }
    counted.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    (counted.into_iter().map(|(name, _)| name).collect(), credits)
}

/// More sources than this never fit below a chart.
const MOST_SOURCES: usize = 100;

/// An address as its host, with what stands behind it in brackets; any other text as it is.
fn short_source(source: &str) -> (String, Option<String>) {
    let source = source.trim();
    let Some(rest) = source.strip_prefix("https://").or_else(|| source.strip_prefix("http://")) else {
        return (source.trim_end_matches('.').to_owned(), None);
    };
    let (address, behind) = rest.split_once(char::is_whitespace).unwrap_or((rest, ""));
    let host = address.split(['/', '?', '#', ':']).next().unwrap_or(address);
    let credit = behind.trim().strip_prefix('(').and_then(|inside| inside.strip_suffix(')'));
    (host.strip_prefix("www.").unwrap_or(host).to_owned(), credit.map(str::to_owned))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn odds_have_their_article() {
        let all = ["42%", "80%", "11%", "under 1%", "over 99%"].map(odds);
        assert_eq!(all, ["a 42% chance", "an 80% chance", "an 11% chance", "under a 1% chance", "over a 99% chance"]);
    }

    #[test]
    fn percentiles_have_their_ordinals() {
        let all: Vec<String> = [0.975, 0.9, 0.01, 0.02, 0.03, 0.11, 0.22, 0.5].map(ordinal).to_vec();
        assert_eq!(all, ["97.5th", "90th", "1st", "2nd", "3rd", "11th", "22nd", "50th"]);
    }

    #[test]
    fn sources_are_named_short() {
        let with_credit = short_source("https://www.ft.com/content/81ac?x=1 (via Epoch AI, CC BY 4.0)");
        assert_eq!(with_credit, ("ft.com".to_owned(), Some("via Epoch AI, CC BY 4.0".to_owned())));
        assert_eq!(short_source("Amazon quarterly results"), ("Amazon quarterly results".to_owned(), None));
    }

    #[test]
    fn periods_read_as_people_write_them() {
        let calendar = FiscalCalendar::default();
        let june = FiscalCalendar::ending_in(6).unwrap();
        assert_eq!(period(calendar, calendar.quarter(2025, 1).unwrap()), "Q1 2025");
        assert_eq!(period(june, june.half(2024, 2).unwrap()), "H2 FY2024");
        assert_eq!(period(june, june.year(2024).unwrap()), "FY2024");
        assert_eq!(period(calendar, Month::new(2025, 6).unwrap().into()), "Jun 2025");
        let span = Period::new(Month::new(2023, 11).unwrap(), Month::new(2024, 1).unwrap()).unwrap();
        assert_eq!(period(calendar, span), "Nov 2023 – Jan 2024");
    }

    #[test]
    fn notes_are_cut_to_their_first_clause() {
        assert_eq!(first_clause("agreement with CoreWeave: a commitment"), "agreement with CoreWeave");
        assert_eq!(first_clause("to use its infrastructure; no amount"), "to use its infrastructure");
        assert_eq!(first_clause("One. Two."), "One");
    }
}
