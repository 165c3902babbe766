//! `topline target`: what targets ask for, as a table to read or JSON.

use std::fmt::Write as _;

use serde::Serialize;
use topline::calendar::{FiscalCalendar, Month, Period};
use topline::export::SCHEMA;
use topline::money::{Currency, short};
use topline::project::named::Named;
use topline::question::QuestionError;
use topline::question::target::{self, TargetAnswer};
use topline::question::{Base, Kept, Required};
use topline::read::{self, Goal, GoalFault};
use topline::series::{Measure, Series};

use crate::cli::args::{AnswerFormat, TargetArgs};
use crate::cli::failure::Failure;
use crate::cli::files::{print_styled, print_with};
use crate::cli::input::{self, Input};
use crate::cli::messages::{Message, Weight, say};
use crate::cli::peers::companies;
use crate::cli::scenario;
use crate::cli::shown::shown;
use crate::cli::style::{ACCENT, BOLD, DIM};
use crate::cli::summary::{chance, percent_change, when};
use crate::cli::table::{Cell, align};

/// What is written as JSON.
#[derive(Serialize)]
struct Report {
    /// The version of topline.
    topline: &'static str,
    schema: u32,
    targets: Vec<TargetAnswer>,
    /// The same targets under each scenario that assumes something of a series.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    scenarios: Vec<Under>,
}

/// Answers under a scenario.
#[derive(Serialize)]
struct Under {
    scenario: String,
    targets: Vec<TargetAnswer>,
}

/// Runs the command.
pub fn run(args: &TargetArgs) -> Result<(), Failure> {
    let Input { series, others, mut messages, .. } = input::load(&args.input, false)?;
    let scenarios = scenario::load(&args.scenarios, Named::Growth, &series, &others)?;
    let series = with_goals(series, &args.goal)?;
    let asked: Vec<&Series> = series.iter().filter(|series| series.targets().next().is_some()).collect();
    if asked.is_empty() {
        let names: Vec<&str> = series.iter().map(Series::name).collect();
        return Err(question(&QuestionError::NoTarget { series: names.join(", ") }));
    }
    let mut answers = Vec::new();
    let mut under: Vec<Under> = Vec::new();
    let mut blocks = Vec::new();
    for series in asked {
        let targets = target::ask(series).map_err(|error| question(&error))?;
        messages.extend(targets.past.iter().map(|figure| Message {
            place: figure.place.clone(),
            text: format!(
                "{}: the target for {} is left out, because the figures already go beyond it",
                series.name(),
                when(figure.period, series.calendar())
            ),
            weight: Weight::Warning,
        }));
        let about = scenarios.iter().filter(|scenario| scenario.about(series.name()).next().is_some());
        let about = about.filter(|_| !targets.answers.is_empty()).map(|scenario| {
            let targets = target::ask_under(series, scenario).map_err(|error| question(&error))?.answers;
            Ok(Under { scenario: scenario.name.clone(), targets })
        });
        let about: Vec<Under> = about.collect::<Result<_, Failure>>()?;
        if !targets.answers.is_empty() {
            blocks.push(block(series, &targets.answers, &about));
        }
        for mut one in about {
            match under.iter_mut().find(|known| known.scenario == one.scenario) {
                Some(known) => known.targets.append(&mut one.targets),
                None => under.push(one),
            }
        }
        answers.extend(targets.answers);
    }
    say(&messages, args.messages);
    if answers.is_empty() {
        return Err(Failure::Data {
            message: "the figures already go beyond the period of every target".to_owned(),
            hint: "ask for a later one with --goal \"Series=20B@2026-12\"".to_owned(),
        });
    }
    match args.format {
        AnswerFormat::Table => print_styled(&blocks.join("\n")),
        AnswerFormat::Json => {
            json(&Report { topline: env!("CARGO_PKG_VERSION"), schema: SCHEMA, targets: answers, scenarios: under })
        }
    }
}

/// Prints a value as JSON.
pub fn json(value: &impl Serialize) -> Result<(), Failure> {
    print_with(|out| {
        serde_json::to_writer_pretty(&mut *out, value)?;
        writeln!(out)
    })
}

/// A question without an answer, as a failure.
pub fn question(error: &QuestionError) -> Failure {
    match error {
        QuestionError::Project(error) => Failure::Project(vec![error.clone()], 1),
        QuestionError::Scenario(error) => Failure::under(error),
        _ => Failure::Data { message: error.to_string(), hint: error.hint().to_owned() },
    }
}

/// The series with the goals among their figures.
fn with_goals(mut series: Vec<Series>, goals: &[String]) -> Result<Vec<Series>, Failure> {
    for text in goals {
        let wrong = |message: String| Failure::Usage {
            message: format!("--goal {text}: {message}"),
            hint: "for instance: --goal \"OpenAI=20B@2026-12 run-rate\"; without a basis, both readings are answered"
                .to_owned(),
        };
        let Some((before, _)) = text.rsplit_once('@') else { return Err(wrong(GoalFault::NoAt.to_string())) };
        let name = before.rsplit_once('=').map(|(name, _)| name.trim());
        let matches = |one: &Series| name.is_none_or(|name| one.name().eq_ignore_ascii_case(name));
        let found: Vec<usize> = (0..series.len()).filter(|index| matches(&series[*index])).collect();
        let [index] = found.as_slice() else {
            let names: Vec<&str> = series.iter().map(Series::name).collect();
            return Err(wrong(format!("which series do you mean? The input has {}", names.join(", "))));
        };
        let one = &series[*index];
        let Goal { figure, .. } = read::goal(text, one.calendar(), one.currency()).map_err(|fault| wrong(fault.to_string()))?;
        let mut figures = one.figures().to_vec();
        figures.push(figure);
        series[*index] = one.of_figures(figures);
    }
    Ok(series)
}

fn block(series: &Series, answers: &[TargetAnswer], under: &[Under]) -> String {
    let mut out = format!("{ACCENT}{}{ACCENT:#}\n", shown(series.name()));
    if let Some(instead) = answers.first().and_then(|answer| answer.instead.as_deref()) {
        let _ = writeln!(out, "  {DIM}{instead}{DIM:#}");
    }
    let mut rest = answers;
    while let Some(first) = rest.first() {
        // The readings of one target stand together.
        let same = rest.iter().take_while(|other| {
            (other.period, other.day, other.amount.to_bits()) == (first.period, first.day, first.amount.to_bits())
        });
        let (readings, after) = rest.split_at(same.count());
        let at = answers.len() - rest.len();
        rest = after;
        let when = when(first.period, series.calendar());
        let _ = writeln!(out, "  {BOLD}{} for {when}{BOLD:#}", short(first.amount, first.currency));
        let mut rows = table(series.calendar(), readings);
        for one in under {
            rows.push(vec![Cell::left(one.scenario.as_str()).styled(BOLD)]);
            rows.extend(outlook(series.calendar(), &one.targets[at..at + readings.len()]));
        }
        out += &align(&rows, 4, 3);
        if !rest.is_empty() {
            out.push('\n');
        }
    }
    out
}

fn row(readings: &[TargetAnswer], words: &str, cell: &dyn Fn(&TargetAnswer) -> String) -> Vec<Cell> {
    std::iter::once(Cell::left(words).styled(DIM)).chain(readings.iter().map(|answer| Cell::left(cell(answer)))).collect()
}

/// One column a reading, one row a question.
fn table(calendar: FiscalCalendar, readings: &[TargetAnswer]) -> Vec<Vec<Cell>> {
    let row = |words: &str, cell: &dyn Fn(&TargetAnswer) -> String| row(readings, words, cell);
    let mut rows = vec![row("read as", &|answer| match answer.reading {
        Measure::RunRate => match answer.day {
            Some(day) => format!("run-rate on {day}"),
            None => format!("run-rate in {}", month(answer.period.last())),
        },
        Measure::Revenue => format!("revenue of {}", when(answer.period, calendar)),
    })];
    rows.push(row("from", &|answer| from(&answer.base, answer.currency, calendar)));
    rows.push(row("needs a year", &|answer| required(answer.required, |growth| growth)));
    rows.push(row("needs a month", &|answer| required(answer.required, Required::per_month)));
    rows.push(row("growth so far", &|answer| match &answer.past {
        Some(past) => format!("{} a year since {}", percent_change(past.per_year), when(past.period, calendar)),
        None if answer.instead.is_some() => "not known, since a figure is zero".to_owned(),
        None => "not known from a single figure".to_owned(),
    }));
    rows.push(row("needed pace", &|answer| match answer.times_past {
        Some((low, high)) if times(low) == times(high) => format!("{} the pace so far", times(low)),
        Some((low, high)) => format!("{} to {} the pace so far", times(low), times(high)),
        None => "—".to_owned(),
    }));
    let peers = readings.first().map_or("companies", |answer| companies(answer.peers));
    rows.push(row(&format!("{peers} of its size"), &|answer| {
        answer.percentile.map_or_else(|| "—".to_owned(), |share| format!("{} would stay below", chance(share)))
    }));
    rows.push(row("targets as far ahead", &|answer| {
        let Kept { met, of, .. } = answer.such_targets;
        format!("{met} of {of} stated by companies were met")
    }));
    rows.extend(outlook(calendar, readings));
    rows
}

/// What a scenario changes.
fn outlook(calendar: FiscalCalendar, readings: &[TargetAnswer]) -> Vec<Vec<Cell>> {
    let row = |words: &str, cell: &dyn Fn(&TargetAnswer) -> String| row(readings, words, cell);
    let mut rows = Vec::new();
    rows.push(row("probability", &|answer| chance(answer.probability)));
    rows.push(row("median", &|answer| {
        let (word, gap) = if answer.gap > 0.0 { ("below", answer.gap) } else { ("above", -answer.gap) };
        format!("{}, {} {word}", short(answer.median, answer.currency), short(gap, answer.currency))
    }));
    rows.push(row("reached by", &|answer| {
        let part = |month: Option<Month>| reached(month, answer, calendar);
        let dates = &answer.reached;
        format!("{} (80%: {} to {})", part(dates.median), part(dates.earliest), part(dates.latest))
    }));
    rows
}

fn month(month: Month) -> String {
    when(Period::from(month), FiscalCalendar::default())
}

fn from(base: &Base, currency: Currency, calendar: FiscalCalendar) -> String {
    let amount = short(base.amount, currency);
    match (base.measure, base.day) {
        (Measure::Revenue, _) => format!("{amount} in {}", when(base.period, calendar)),
        (Measure::RunRate, Some(day)) => format!("{amount} on {day}"),
        (Measure::RunRate, None) if base.estimated => format!("about {amount} at the end of {}", month(base.period.last())),
        (Measure::RunRate, None) => format!("{amount} in {}", month(base.period.last())),
    }
}

fn required(required: Required, of: impl Fn(f64) -> f64) -> String {
    match (required, required.range()) {
        (_, Some((low, high))) => {
            let (low, high) = (percent_change(of(low)), percent_change(of(high)));
            if low == high { low } else { format!("{low} to {high}") }
        }
        (Required::Earned, None) => "nothing: already earned".to_owned(),
        (_, None) => "too large to show".to_owned(),
    }
}

fn times(factor: f64) -> String {
    if factor.abs() < 9.95 { format!("{factor:.2}×") } else { format!("{factor:.0}×") }
}

/// The date by which a target is reached, as far as it was looked for.
fn reached(month: Option<Month>, answer: &TargetAnswer, calendar: FiscalCalendar) -> String {
    let name = |last: Month| match answer.reading {
        Measure::RunRate => format!("{} {}", last.short_name(), last.year()),
        Measure::Revenue => when(Period::ending(last, answer.period.months()), calendar),
    };
    month.map_or_else(|| format!("after {}", answer.reached.searched_to.year()), name)
}
