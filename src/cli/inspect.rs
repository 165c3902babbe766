//! `topline inspect`: how each figure was understood, and what is not fitted and why.

use std::fmt::Write as _;

use anstyle::Style;
use topline::export::{Notice, write_canonical, write_figures};
use topline::money::{Amount, in_full};
use topline::read::{Finding, review};
use topline::series::{Fact, Figure, Measure, Role, Series};

use crate::cli::args::{AnswerFormat, InspectArgs, MessageArgs};
use crate::cli::failure::Failure;
use crate::cli::files::{Staged, print_styled, print_with, say_written};
use crate::cli::input::{self, Input};
use crate::cli::messages::{Message, Weight, say};
use crate::cli::shown::shown;
use crate::cli::sources;
use crate::cli::style::{ACCENT, BOLD, DIM};
use crate::cli::summary::when;
use crate::cli::table::{Cell, align};

/// Runs the command.
pub fn run(args: &InspectArgs) -> Result<(), Failure> {
    let Input { series, mut messages, files, .. } = input::load(&args.input, true)?;
    for one in &series {
        let said: Vec<_> = messages.iter().filter_map(|message| message.place.clone()).collect();
        let new = review(one).into_iter().filter(|finding| {
            // What is warned of is not told twice.
            !matches!(finding, Finding::Outlier { .. }) || finding.place().is_none_or(|place| !said.contains(place))
        });
        messages.extend(new.map(|finding| Message {
            place: finding.place().cloned(),
            text: format!("{}: {finding}", one.name()),
            weight: Weight::Detail,
        }));
    }
    let reports = files;
    let files: Vec<_> = reports.iter().map(sources::source).collect();
    if let Some(path) = &args.fix {
        let mut staged = Staged::default();
        let mut bytes = Vec::new();
        write_canonical(&mut bytes, &series).map_err(|error| Failure::file("write", path, error))?;
        staged.write(path.clone(), &bytes)?;
        say_written(&staged.commit()?);
    }
    match args.format {
        AnswerFormat::Json => {
            let notices: Vec<Notice> = messages.into_iter().map(|message| (message.place, message.text)).collect();
            print_with(|out| write_figures(out, &files, &series, &notices))
        }
        AnswerFormat::Table => {
            let of_files = reports.iter().zip(&files).map(|(report, file)| sources::block(report, file));
            let blocks = of_files.chain(series.iter().map(block));
            print_styled(&blocks.collect::<Vec<_>>().join("\n"))?;
            // Every inference is what this command is asked for.
            say(&messages, MessageArgs { quiet: false, verbose: true });
            Ok(())
        }
    }
}

fn block(series: &Series) -> String {
    let calendar = series.calendar();
    let mut out = format!("{ACCENT}{}{ACCENT:#}\n", shown(series.name()));
    let year_end = if calendar.is_calendar_year() {
        String::new()
    } else {
        let month = calendar.year(2000).map(|year| year.last().long_name()).unwrap_or_default();
        format!(", fiscal years end in {month}")
    };
    let (figures, observations) = (series.figures().len(), series.observations().count());
    let plural = |count| if count == 1 { "" } else { "s" };
    let part = series.parent().map(|parent| format!("; a part of {parent}")).unwrap_or_default();
    let part = part + &series.peers().map(|peers| format!("; peers {peers}")).unwrap_or_default();
    let _ = writeln!(
        out,
        "  {figures} figure{} in {}{year_end}; {observations} observation{} to fit{part}",
        plural(figures),
        series.currency(),
        plural(observations)
    );
    let head = ["line", "as written", "", "kind", "for", "months", "amount", "precision", "used as"];
    let mut rows = vec![head.map(|text| Cell::left(text).styled(DIM)).to_vec()];
    rows.extend(series.figures().iter().zip(series.roles()).map(|(figure, role)| row(series, figure, *role)));
    out + &align(&rows, 2, 2)
}

fn row(series: &Series, figure: &Figure, role: Role) -> Vec<Cell> {
    let written = |pick: fn(&topline::series::Written) -> &String| figure.written().map(pick).cloned().unwrap_or_default();
    let amount = figure.fact.amount();
    let fitted = role == Role::Fitted;
    let kind = match figure.fact {
        Fact::Target { basis: Some(basis), .. } => format!("target ({basis})"),
        Fact::Revenue(_) => series.quantity().name().to_owned(),
        _ => figure.fact.kind().to_owned(),
    };
    vec![
        Cell::right(figure.place.as_ref().map(|place| place.line.to_string()).unwrap_or_default()).styled(DIM),
        Cell::left(written(|written| &written.period)),
        Cell::left(written(|written| &written.value)),
        Cell::left(kind),
        Cell::left(figure.day.map_or_else(|| when(figure.period, series.calendar()), |day| day.to_string())),
        Cell::right(figure.period.months().to_string()),
        Cell::right(amount.map(|amount| in_full(amount.value())).unwrap_or_default()),
        Cell::right(amount.map(precision).unwrap_or_default()),
        Cell::left(used_as(series, role, &figure.fact)).styled(if fitted { BOLD } else { Style::new() }),
    ]
}

/// The rounding as half a unit of the last stated digit, in percent: `±5%`; `exact` from four significant digits on.
fn precision(amount: Amount) -> String {
    if amount.rounding() == 0.0 {
        return "exact".to_owned();
    }
    let percent = 50.0 * amount.unit() / amount.value().abs();
    if percent < 0.95 { format!("±{percent:.2}%") } else { format!("±{percent:.0}%") }
}

fn used_as(series: &Series, role: Role, fact: &Fact) -> String {
    match role {
        Role::Fitted => "observation".to_owned(),
        Role::Excluded => "not fitted: left out with --exclude".to_owned(),
        Role::NotRevenue => match fact {
            Fact::Target { basis: None, .. } => "not fitted: a target is a goal; both readings are given".to_owned(),
            Fact::Target { basis: Some(Measure::Revenue), .. } => {
                "not fitted: a target is a goal, here for the period's revenue".to_owned()
            }
            Fact::Target { basis: Some(Measure::RunRate), .. } => {
                "not fitted: a target is a goal, here for the run-rate".to_owned()
            }
            Fact::Contract(_) => "not fitted: a contract is a commitment, not revenue".to_owned(),
            _ => "not fitted: an event is a date, not revenue".to_owned(),
        },
        Role::Superseded { by, dated } => {
            let line = series.figures()[by].place.as_ref().map(|place| format!(" of line {}", place.line)).unwrap_or_default();
            let why = if dated { "known later" } else { "given later" };
            format!("not fitted: the figure{line}, {why}, is used for the same period")
        }
        Role::Check { agrees: true, .. } => "check: finer figures cover it, and agree".to_owned(),
        Role::Check { agrees: false, .. } => "check: finer figures cover it, but do not agree".to_owned(),
    }
}
