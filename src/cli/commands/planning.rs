//! `topline plan`: a target phased over its periods, and actual figures against plans.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use topline::calendar::{FiscalCalendar, Period, Step};
use topline::export::{ComparedWithPlans, Plans, write_answer, write_canonical, write_gaps};
use topline::money::Amount;
use topline::question::against::{self, Against, Version};
use topline::question::phasing::{self, Phasing};
use topline::question::score;
use topline::read::{self, GoalFault};
use topline::series::{Fact, Measure, Series};

use crate::cli::args::{Format, PlanningArgs};
use crate::cli::commands::target::question;
use crate::cli::io::files::{Staged, print_answer, print_with, say_written};
use crate::cli::io::given::as_typed;
use crate::cli::io::input::{self, Input};
use crate::cli::render::failure::Failure;
use crate::cli::render::messages::{Message, Weight, say};
use crate::cli::render::planning::{compared, plan};
use crate::cli::render::screen::Screen;

/// Runs the command.
pub fn run(args: &PlanningArgs) -> Result<(), Failure> {
    let form = args.output.as_deref().map(written_form).transpose()?;
    match &args.actual {
        Some(actual) => compare(args, actual, form),
        None => phase(args, form),
    }
}

/// The form of the file at `path`: CSV or JSON.
fn written_form(path: &Path) -> Result<Format, Failure> {
    match path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase).as_deref() {
        Some("csv") => Ok(Format::Csv),
        Some("json") => Ok(Format::Json),
        _ => Err(Failure::Usage {
            message: format!("--output {}: a plan is a file ending in .csv or .json", path.display()),
            hint: "give -o plan.csv; --format csv prints on standard output".to_owned(),
        }),
    }
}

/// Targets spread over their periods.
fn phase(args: &PlanningArgs, form: Option<Format>) -> Result<(), Failure> {
    let Input { series, mut messages, .. } = input::load(&args.input, false)?;
    let targets = targets(args, &series)?;
    let without = series.iter().filter(|one| targets.iter().all(|(planned, ..)| planned.name() != one.name()));
    messages.extend(without.map(|one| Message {
        place: None,
        text: format!("{} is left out, because it has no target for coming revenue", one.name()),
        weight: Weight::Plain,
    }));
    let mut plans: Vec<Phasing> = Vec::new();
    let mut planned: Vec<Series> = Vec::new();
    for (one, amount, period) in targets {
        let step = args.step.map_or_else(|| phasing::default_step(one), Step::from);
        let plan = phasing::phase(one, amount, period, step).map_err(|error| question(&error))?;
        planned.push(one.of_figures(phasing::figures(&plan)));
        plans.push(plan);
    }
    say(&messages, args.messages);
    let width = args.format.asked().screen().unwrap_or_else(Screen::of_output).width;
    let blocks: Vec<String> = plans.iter().zip(&planned).map(|(one, series)| plan(one, series.calendar(), width)).collect();
    let answer = Plans { plans };
    write(args, form, &blocks, |form, out| match form {
        Format::Json => write_answer(out, &answer),
        _ => write_canonical(out, &planned),
    })
}

/// The target of each series: the one that was typed, else those that the figures have.
fn targets<'a>(args: &PlanningArgs, series: &'a [Series]) -> Result<Vec<(&'a Series, f64, Period)>, Failure> {
    if let (Some(amount), Some(period)) = (&args.target, &args.period) {
        let [one] = series else {
            return Err(Failure::Usage {
                message: format!("--target is for one series, but the figures have {}", series.len()),
                hint: "choose one with --series".to_owned(),
            });
        };
        let (amount, period) = typed(amount, period, one)?;
        return Ok(vec![(one, amount, period)]);
    }
    let mut found = Vec::new();
    for one in series {
        let asked = args.period.as_deref().map(|period| typed("1", period, one)).transpose()?.map(|(_, period)| period);
        found.extend(of_figures(one, asked)?.map(|(amount, period)| (one, amount, period)));
    }
    if found.is_empty() {
        let names: Vec<&str> = series.iter().map(Series::name).collect();
        return Err(Failure::Data {
            message: format!("there is no target for the coming revenue of {}", names.join(", ")),
            hint: "give one: --target 40M --for 2026".to_owned(),
        });
    }
    Ok(found)
}

/// The one target of revenue that the figures have for what is to come, or for `asked`.
fn of_figures(series: &Series, asked: Option<Period>) -> Result<Option<(f64, Period)>, Failure> {
    let name = |period: Period| series.calendar().name(period);
    let mut all: Vec<(f64, Period)> = series
        .targets()
        .filter(|figure| asked.map_or_else(|| Some(figure.period.last()) > series.origin(), |asked| figure.period == asked))
        .filter_map(|figure| match figure.fact {
            Fact::Target { amount, basis } if basis != Some(Measure::RunRate) => Some((amount.value(), figure.period)),
            _ => None,
        })
        .collect();
    all.dedup();
    if series.observations().next().is_none() && !all.is_empty() {
        return Err(Failure::Data {
            message: format!("{} has targets and no figures to plan from", series.name()),
            hint: "to hold figures against a plan, give them with --actual FILE".to_owned(),
        });
    }
    match all.as_slice() {
        [] => Ok(None),
        [one] => Ok(Some(*one)),
        several => Err(Failure::Data {
            message: format!(
                "{} has several targets: for {}",
                series.name(),
                several.iter().map(|(_, period)| name(*period)).collect::<Vec<_>>().join(", ")
            ),
            hint: "choose one: --target 40M --for 2026".to_owned(),
        }),
    }
}

/// An amount and a period as they are typed.
fn typed(amount: &str, period: &str, series: &Series) -> Result<(f64, Period), Failure> {
    let wrong = |message: String| Failure::Usage { message, hint: "for instance: --target 40M --for 2026".to_owned() };
    if amount.contains(['@', '=']) {
        return Err(wrong(format!("--target {amount}: that is no amount")));
    }
    let goal =
        read::goal(&format!("{amount}@{period}"), series.calendar(), series.currency()).map_err(|fault| match fault {
            GoalFault::Period { .. } => wrong(format!("--for {period}: that is no period")),
            GoalFault::Currency { goal, series } => {
                wrong(format!("--target {amount}: the target is in {goal}, but the figures are in {series}"))
            }
            _ => wrong(format!("--target {amount}: that is no amount, or one that can be read in two ways")),
        })?;
    match goal.figure.fact {
        Fact::Target { basis: Some(Measure::RunRate), .. } => {
            Err(wrong(format!("--for {period}: a run-rate is no sum, so it cannot be spread over months")))
        }
        fact => Ok((fact.amount().map_or(0.0, Amount::value), goal.figure.period)),
    }
}

/// Actual figures against plans.
fn compare(args: &PlanningArgs, actual: &Path, form: Option<Format>) -> Result<(), Failure> {
    if args.input.files.is_empty() {
        return Err(Failure::Usage {
            message: "there is no plan to hold the figures against".to_owned(),
            hint: "give the plan before them: topline plan plan.csv --actual sales.csv".to_owned(),
        });
    }
    if args.input.files.iter().any(|file| file == actual) {
        return Err(Failure::Usage {
            message: format!("{} is given as a plan and as the figures", actual.display()),
            hint: "topline plan sales.csv --target 40M --for 2026 -o plan.csv makes a plan".to_owned(),
        });
    }
    let Input { series, mut messages, .. } = input::load_files(&[actual.to_owned()], &args.input, false)?;
    let mut plans: Vec<(String, Vec<Series>)> = Vec::new();
    for (at, file) in args.input.files.iter().enumerate() {
        let Input { series, messages: said, .. } = input::load_files(std::slice::from_ref(file), &args.input, false)?;
        messages.extend(said);
        let name = as_typed(file).map_or_else(|| file.display().to_string(), |_| format!("plan {}", at + 1));
        let budgets = series.iter().filter(|plan| plan.targets().next().is_none() && plan.observations().next().is_some());
        messages.extend(budgets.map(|plan| Message {
            place: None,
            text: format!("{name}: {} has no targets, so its revenue is taken as the plan", plan.name()),
            weight: Weight::Plain,
        }));
        plans.push((name, series));
    }
    messages.sort_by_key(|message| message.place.as_ref().map(|place| (place.file.clone(), place.line)));
    messages.dedup_by(|a, b| a.text == b.text && a.place == b.place);
    let versions = matched(&series, &plans, &mut messages)?;
    let mut answers = Vec::new();
    let mut calendars = Vec::new();
    for (one, versions) in series.iter().zip(versions).filter(|(_, versions)| !versions.is_empty()) {
        answers.push(against::against(one, &versions).map_err(|error| question(&error))?);
        calendars.push(one.calendar());
    }
    say(&messages, args.messages);
    let width = args.format.asked().screen().unwrap_or_else(Screen::of_output).width;
    let blocks: Vec<String> = answers.iter().zip(&calendars).map(|(one, calendar)| compared(one, *calendar, width)).collect();
    write_compared(args, form, &blocks, answers, &calendars)
}

fn write_compared(
    args: &PlanningArgs,
    form: Option<Format>,
    blocks: &[String],
    answers: Vec<Against>,
    calendars: &[FiscalCalendar],
) -> Result<(), Failure> {
    let answer = ComparedWithPlans { series: answers };
    write(args, form, blocks, |form, out| match form {
        Format::Json => write_answer(out, &answer),
        _ => write_gaps(out, &answer.series, calendars),
    })
}

/// For each series of actual figures, its versions of the plan: those of the same name, or the only other one.
fn matched<'a>(
    actual: &[Series],
    plans: &'a [(String, Vec<Series>)],
    messages: &mut Vec<Message>,
) -> Result<Vec<Vec<Version<'a>>>, Failure> {
    let mut versions: Vec<Vec<Version<'a>>> = vec![Vec::new(); actual.len()];
    let mut said = |text: String, weight: Weight| messages.push(Message { place: None, text, weight });
    for (name, planned) in plans {
        for plan in planned {
            let at = match (score::find(plan.name(), actual), planned.len(), actual) {
                (Some(at), ..) => at,
                (None, 1, [one]) => {
                    said(format!("{name}: the plan of {} is taken as that of {}", plan.name(), one.name()), Weight::Plain);
                    0
                }
                _ => {
                    said(format!("{name}: {} is left out, because no figures are of that name", plan.name()), Weight::Warning);
                    continue;
                }
            };
            versions[at].push(Version { name, plan });
        }
    }
    if versions.iter().all(Vec::is_empty) {
        let names = |series: &mut dyn Iterator<Item = &str>| series.collect::<Vec<_>>().join(", ");
        let planned = names(&mut plans.iter().flat_map(|(_, series)| series.iter().map(Series::name)));
        return Err(Failure::Data {
            message: format!("no series has both a plan and figures: {planned} is planned"),
            hint: format!("the figures are of {}; give both the same name", names(&mut actual.iter().map(Series::name))),
        });
    }
    Ok(versions)
}

/// Writes the file that was asked for, and prints the answer.
fn write(
    args: &PlanningArgs,
    form: Option<Format>,
    blocks: &[String],
    bytes: impl Fn(Format, &mut dyn Write) -> io::Result<()>,
) -> Result<(), Failure> {
    match args.format.asked().screen() {
        Some(screen) => print_answer(&blocks.join("\n"), screen)?,
        None => print_with(|out| bytes(args.format.asked(), out))?,
    }
    let (Some(path), Some(form)) = (&args.output, form) else { return Ok(()) };
    let mut written = Vec::new();
    bytes(form, &mut written).map_err(|error| Failure::file("write", path, error))?;
    let mut staged = Staged::default();
    staged.write(PathBuf::from(path), &written)?;
    let places = staged.commit()?;
    say_written(&places, args.messages.quiet);
    Ok(())
}
