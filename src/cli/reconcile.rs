//! `topline reconcile`: which figures of a series do not go with the others, as a table to read or JSON.

use std::fmt::Write as _;

use serde::Serialize;
use topline::calendar::{FiscalCalendar, Period};
use topline::export::SCHEMA;
use topline::money::short;
use topline::question::QuestionError;
use topline::question::reconcile::{self, Assumptions, Claim, Expected, Reconciliation, Status, TotalCheck, Verdict};
use topline::run::{Parallel, map};
use topline::series::Measure;

use crate::cli::args::{AnswerFormat, ReconcileArgs};
use crate::cli::failure::Failure;
use crate::cli::files::print_styled;
use crate::cli::input::{self, Input};
use crate::cli::messages::{Message, Weight, say};
use crate::cli::shown::shown;
use crate::cli::style::{ACCENT, BOLD, DIM, RED};
use crate::cli::summary::when;
use crate::cli::table::{Cell, align};
use crate::cli::target::{json, question};

/// What is written as JSON.
#[derive(Serialize)]
struct Report {
    /// The version of topline.
    topline: &'static str,
    schema: u32,
    series: Vec<Reconciliation>,
}

/// Runs the command.
pub fn run(args: &ReconcileArgs) -> Result<(), Failure> {
    let Input { series, mut messages, .. } = input::load(&args.input, false)?;
    let assumptions = Assumptions { targets: args.with_targets.map(Measure::from), scope: args.scope.unwrap_or_default() };
    let answered = map(&Parallel, &series, |series| reconcile::ask(series, assumptions));
    let mut answers = Vec::new();
    let mut failures = Vec::new();
    for (series, answer) in series.iter().zip(answered) {
        match answer {
            Ok(answer) => answers.push((series, answer)),
            Err(error) => failures.push((series, error)),
        }
    }
    if answers.is_empty() {
        say(&messages, args.messages);
        return Err(Failure::All(failures.iter().map(|(_, error)| question(error)).collect()));
    }
    // Figures that are wrong in themselves are an error; a series with too few of them is left out.
    let (unanswered, wrong): (Vec<_>, Vec<_>) = failures.into_iter().partition(|(_, error)| may_be_left_out(error));
    if !wrong.is_empty() {
        return Err(Failure::All(wrong.iter().map(|(_, error)| question(error)).collect()));
    }
    messages.extend(unanswered.into_iter().map(|(series, error)| Message {
        place: series.figures().first().and_then(|figure| figure.place.clone()),
        text: error.to_string(),
        weight: Weight::Warning,
    }));
    say(&messages, args.messages);
    match args.format {
        AnswerFormat::Table => {
            let blocks: Vec<String> = answers.iter().map(|(series, answer)| block(series.calendar(), answer)).collect();
            print_styled(&blocks.join("\n"))
        }
        AnswerFormat::Json => json(&Report {
            topline: env!("CARGO_PKG_VERSION"),
            schema: SCHEMA,
            series: answers.into_iter().map(|(_, answer)| answer).collect(),
        }),
    }
}

fn may_be_left_out(error: &QuestionError) -> bool {
    matches!(
        error,
        QuestionError::NothingToReconcile { .. }
            | QuestionError::TooManyFigures { .. }
            | QuestionError::ScopeUnknown { .. }
            | QuestionError::Project(topline::project::ProjectError::NothingObserved { .. })
    )
}

fn block(calendar: FiscalCalendar, answer: &Reconciliation) -> String {
    let mut out = format!("{ACCENT}{}{ACCENT:#}\n", shown(&answer.series));
    let mut line = |word: &str, text: &str| {
        let _ = writeln!(out, "  {DIM}{word:<12}{DIM:#}{text}");
    };
    line("verdict", &format!("{BOLD}{}{BOLD:#}", verdict(answer)));
    if let Some(scope) = answer.scope {
        let interval = scope.interval_80.map(|(lo, hi)| format!(", estimated (80%: {lo:.2} to {hi:.2})"));
        let text = format!("run-rates are assumed to cover {:.2} of what the totals cover", scope.factor);
        line("scope", &(text + interval.as_deref().unwrap_or(", as given")));
    }
    let disagreeing = answer.claims.iter().filter(|claim| claim.status == Status::Disagrees);
    for claim in disagreeing {
        line("disagrees", &disagreement(calendar, answer, claim));
    }
    for check in &answer.checks {
        line("check", &checked(calendar, answer, check));
    }
    out.push('\n');
    out + &align(&rows(calendar, answer), 2, 3)
}

fn verdict(answer: &Reconciliation) -> String {
    let disagree = answer.claims.iter().filter(|claim| claim.status == Status::Disagrees).count();
    let bar = format!("(threshold: {:.1} standard errors)", answer.bar);
    match answer.verdict {
        Verdict::Agree if answer.compared == 1 => "one figure is used; the one it replaces is compared with it".to_owned(),
        Verdict::Agree => format!("the {} figures agree {bar}", answer.compared),
        Verdict::Disagree if disagree == 1 => {
            format!("1 of {} figures disagrees with the others {bar}", answer.compared)
        }
        Verdict::Disagree => format!("{disagree} of {} figures disagree with the others {bar}", answer.compared),
        Verdict::Contradict if answer.compared == 2 => {
            format!("the two figures contradict each other {bar}, and nothing shows which is right")
        }
        Verdict::Contradict => {
            format!("the {} figures contradict each other {bar}: no majority agrees", answer.compared)
        }
    }
}

fn disagreement(calendar: FiscalCalendar, answer: &Reconciliation, claim: &Claim) -> String {
    let mut text = named(calendar, answer, claim);
    if let (Some(expected), Some(apart)) = (claim.expected, claim.standard_errors) {
        let side = if apart < 0.0 { "below" } else { "above" };
        let _ = write!(
            text,
            ": {:.1} standard errors {side} what the others imply; to agree, it would have to be {} ({})",
            apart.abs(),
            short(expected.median, answer.currency),
            interval(expected, answer)
        );
    }
    // Where two contradict each other each names the other, which the verdict has said.
    if !claim.or.is_empty() && answer.compared > 2 {
        let others: Vec<String> = claim.or.iter().map(|other| named(calendar, answer, &answer.claims[*other])).collect();
        let _ = write!(text, "; or else the {} is wrong", others.join(" or the "));
    }
    text
}

fn interval(expected: Expected, answer: &Reconciliation) -> String {
    format!("80%: {} to {}", short(expected.lo_80, answer.currency), short(expected.hi_80, answer.currency))
}

/// `$10B run-rate in June 2025`.
fn named(calendar: FiscalCalendar, answer: &Reconciliation, claim: &Claim) -> String {
    format!("{} {}", short(claim.stated, answer.currency), what(calendar, claim))
}

fn what(calendar: FiscalCalendar, claim: &Claim) -> String {
    let target = if claim.target { " (target)" } else { "" };
    match (claim.measure, claim.day) {
        (Measure::RunRate, Some(day)) => format!("run-rate on {day}{target}"),
        (Measure::RunRate, None) => format!("run-rate in {}{target}", when(claim.period, calendar)),
        (Measure::Revenue, _) => format!("revenue of {}{target}", when(claim.period, calendar)),
    }
}

fn checked(calendar: FiscalCalendar, answer: &Reconciliation, check: &TotalCheck) -> String {
    let period: Period = check.period;
    let stated = format!("{} revenue of {}", short(check.stated, answer.currency), when(period, calendar));
    match check.sum {
        None => format!("{stated}: the figures within it overlap, so they cannot be added up"),
        Some(_) if check.agrees => format!("{stated}: the figures within it add up to the same amount"),
        Some(sum) => {
            let difference = (sum / check.stated - 1.0) * 100.0;
            let sign = if difference < 0.0 { "−" } else { "+" };
            format!(
                "{stated}: the figures within it come to {}, {sign}{:.2}%, more than rounding can explain",
                short(sum, answer.currency),
                difference.abs()
            )
        }
    }
}

fn rows(calendar: FiscalCalendar, answer: &Reconciliation) -> Vec<Vec<Cell>> {
    let head = |text: &str| Cell::right(text).styled(DIM);
    let mut rows = vec![vec![
        Cell::left("figure").styled(DIM),
        head("stated"),
        head("all agreeing"),
        head("the others"),
        Cell::left("80% interval").styled(DIM),
        head("apart"),
    ]];
    for claim in &answer.claims {
        let amount = |value: f64| short(value, answer.currency);
        let style = if claim.status == Status::Disagrees { RED } else { anstyle::Style::new() };
        let word = match claim.status {
            Status::Agrees => "",
            Status::Disagrees => "disagrees",
            Status::Replaced => "replaced",
        };
        let expected = claim.expected;
        rows.push(vec![
            Cell::left(what(calendar, claim)),
            Cell::right(amount(claim.stated)).styled(style),
            Cell::right(amount(claim.reconciled)),
            Cell::right(expected.map(|e| amount(e.median)).unwrap_or_default()),
            Cell::left(expected.map(|e| format!("{} to {}", amount(e.lo_80), amount(e.hi_80))).unwrap_or_default()),
            Cell::right(claim.standard_errors.map(signed).unwrap_or_default()).styled(style),
            Cell::left(word).styled(style),
        ]);
    }
    rows
}

/// `+1.2`, `−3.4`, and `0.0` without a sign.
fn signed(apart: f64) -> String {
    let tenths = (apart * 10.0).round() / 10.0;
    let sign = if tenths < 0.0 {
        "−"
    } else if tenths > 0.0 {
        "+"
    } else {
        ""
    };
    format!("{sign}{:.1}", tenths.abs())
}
