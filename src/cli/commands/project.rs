//! `topline project`: the projection of every series, as a summary, CSV, JSON and charts.

use std::fs::File;
use std::io::{self, IsTerminal};
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use topline::calendar::{FiscalCalendar, Step};
use topline::export::{self, LeftOut, ProblemsWriter};
use topline::project::{Derivation, Horizon, Plan};
use topline::run::{Controls, MOST_CHARTS, Notice, Projected, Run, RunOptions};
use topline::series::Series;

use crate::cli::args::{MeasureArg, PlanArgs, ProjectArgs, ascending};
use crate::cli::commands::project_output::Output;
use crate::cli::commands::{asked, report};
use crate::cli::io::charts;
use crate::cli::io::files::{Staged, print_answer, print_with, say_written};
use crate::cli::io::input::{self, Input};
use crate::cli::io::scenario;
use crate::cli::render::failure::{Failure, Refused};
use crate::cli::render::messages::{Message, say};
use crate::cli::render::screen::Screen;
use crate::cli::render::summary::{self, View, compact, parts};

/// From this many series on a terminal shows a progress bar.
const BAR_FROM: usize = 500;

/// The most series that the summary tells one by one; more are rows of one table.
const MOST_BLOCKS: usize = 4;
/// What ends the hint where a file is none that is written.
const BESIDES: &str = ", .html or .xlsx; topline chart writes single pictures";
/// The most rows of that table.
const MOST_ROWS: usize = 50;

/// Runs the command.
pub fn run(args: &ProjectArgs) -> Result<(), Failure> {
    run_on(args, || input::load(&args.run.input, false))
}

/// Projects what `load` reads.
pub fn run_on(args: &ProjectArgs, load: impl FnOnce() -> Result<Input, Failure>) -> Result<(), Failure> {
    write(args, &Wanted { summary: true, title: None }, load)
}

/// What is wanted besides the files.
#[derive(Debug)]
pub struct Wanted {
    /// Whether the summary is printed.
    pub summary: bool,
    /// The heading of a report.
    pub title: Option<String>,
}

/// Projects, and writes and prints what is asked for.
pub fn write(args: &ProjectArgs, wanted: &Wanted, load: impl FnOnce() -> Result<Input, Failure>) -> Result<(), Failure> {
    let page = args.output.as_deref().filter(|path| is_page(path));
    let folder_or_table = args.output.as_deref().filter(|_| page.is_none());
    let target = folder_or_table.map(|path| Target::of(path, BESIDES)).transpose()?;
    let (run, mut messages) = start(args, load, page.is_some(), matches!(target, Some(Target::Folder(_))))?;
    let mut notices: Vec<export::Notice> = messages.iter().map(Message::notice).collect();
    let more = [run.has_families(), !args.run.scenarios.is_empty()];
    let mut outputs = Output::all(args.format.asked(), target.as_ref(), run.plan(), more, &notices)?;
    let mut staged = Staged::default();
    let (kept, left_out) = project_all(&run, args, &mut outputs, &mut staged)?;
    say(&left_out, args.messages);
    notices.extend(left_out.iter().map(Message::notice));
    messages.extend(left_out);
    if let (true, Some(Target::Folder(folder))) = (run.plan().path, &target) {
        say(&charts::draw(&kept, folder, &mut staged)?, args.messages);
    }
    if let Some(path) = page {
        let html = report::page(&kept, args, wanted.title.as_deref(), &messages)?;
        staged.write(path.to_owned(), html.as_bytes())?;
    }
    let printed: Vec<Option<File>> =
        outputs.into_iter().map(|output| output.finish(&mut staged, &notices)).collect::<Result<_, _>>()?;
    let written = staged.commit()?;
    // After the files, so that a reader who closes the pipe early does not cost them.
    for mut file in printed.into_iter().flatten() {
        print_with(|out| io::copy(&mut file, out).map(drop))?;
    }
    if let (Some(screen), true) = (args.format.asked().screen(), wanted.summary) {
        print_answer(&summaries(&kept, &run, args, screen), screen)?;
    }
    say_written(&written, args.messages.quiet);
    Ok(())
}

/// Reads the figures and starts the run; says what there is to say before it, and gives that back.
fn start(
    args: &ProjectArgs,
    load: impl FnOnce() -> Result<Input, Failure>,
    is_page: bool,
    is_folder: bool,
) -> Result<(Run, Vec<Message>), Failure> {
    if is_page && args.no_charts {
        return Err(Failure::Usage {
            message: "--no-charts: a report shows its results as charts".to_owned(),
            hint: "leave it out, or write tables alone with -o projection.csv".to_owned(),
        });
    }
    let input = load()?;
    let scenarios = scenario::load(&args.run.scenarios, args.run.plan.method, &input.series, &input.others)?;
    let mut plan = plan(&args.run.plan, &input.series, args.run.input.fiscal_year_end.unwrap_or_default())?;
    plan.derive = args.run.derive.iter().flat_map(|derive| derive.derivations()).collect();
    if args.run.measure == Some(MeasureArg::Ttm) {
        plan.derive.push(Derivation::Trailing);
    }
    plan.derive.sort_unstable();
    plan.derive.dedup();
    let options = RunOptions::new()
        .method(args.run.plan.method)
        .plan(plan)
        .segments(args.run.segments.into())
        .scenarios(scenarios)
        .charts(is_page || is_folder && !args.no_charts);
    // Where a page cannot show all series there is none, which is an error and no notice.
    let (run, messages) =
        asked::start(input, options, |notice| !(is_page && matches!(notice, Notice::TooManyForCharts { .. })));
    say(&messages, args.messages);
    let run = run?;
    if is_page {
        topline::report::check(&run).map_err(|error| report::failure(&error))?;
    }
    Ok((run, messages))
}

/// Where the output goes.
#[derive(Debug)]
pub enum Target {
    /// Every file, in this folder.
    Folder(PathBuf),
    /// The table alone, as CSV.
    Csv(PathBuf),
    /// The table alone, as JSON.
    Json(PathBuf),
    /// A workbook for a spreadsheet.
    Workbook(PathBuf),
}

impl Target {
    /// By the ending of `path`; `besides` ends the hint where it is none that is written.
    pub fn of(path: &Path, besides: &str) -> Result<Self, Failure> {
        if path.as_os_str() == "-" {
            return Err(Failure::Usage {
                message: "--output -: that is no name of a folder or a file".to_owned(),
                hint: "--format csv or --format json prints on standard output; ./- is the folder of that name".to_owned(),
            });
        }
        match ending(path).as_deref() {
            _ if path.is_dir() => Ok(Self::Folder(path.to_owned())),
            None => Ok(Self::Folder(path.to_owned())),
            Some("csv") => Ok(Self::Csv(path.to_owned())),
            Some("json") => Ok(Self::Json(path.to_owned())),
            Some("xlsx") => Ok(Self::Workbook(path.to_owned())),
            Some(_) => Err(Self::unknown(path, besides)),
        }
    }

    /// That a file with the ending of `path` is none that is written.
    pub fn unknown(path: &Path, besides: &str) -> Failure {
        let ending = path.extension().unwrap_or_default().to_string_lossy().to_lowercase();
        Failure::Usage {
            message: format!("--output {}: files ending in .{ending} cannot be written", path.display()),
            hint: format!("give a folder, or a file that ends in .csv, .json{besides}"),
        }
    }
}

/// Whether a page of HTML is to be written at `path`.
pub fn is_page(path: &Path) -> bool {
    matches!(ending(path).as_deref(), Some("html" | "htm")) && !path.is_dir()
}

/// The ending of a path, in lower case.
fn ending(path: &Path) -> Option<String> {
    path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase)
}

/// The plan for these series by the options.
pub fn plan(args: &PlanArgs, series: &[Series], calendar: FiscalCalendar) -> Result<Plan, Failure> {
    let mut plan = Plan::for_series(series);
    if let Some(step) = args.step {
        plan.step = Step::from(step);
        plan.horizon = Plan::default_horizon(plan.step);
    }
    if let Some(horizon) = args.horizon {
        plan.horizon = horizon;
    }
    if let Some(text) = &args.until {
        let period = topline::read::period(text, calendar).map_err(|_| Failure::Usage {
            message: format!("--until {text}: not a period"),
            hint: "write 2027-12, Dec 2027, 2027Q4 or 2027; the projection ends with its last month".to_owned(),
        })?;
        plan.horizon = Horizon::Until(period.last());
    }
    plan.levels = ascending(&args.level);
    Ok(plan.to_one_end(series))
}

/// Projects every series, hands the projections to the outputs in order, and keeps those that the summary and the charts show; and
/// what there is to say of those that are left out.
fn project_all<'r>(
    run: &'r Run,
    args: &ProjectArgs,
    outputs: &mut [Output],
    staged: &mut Staged,
) -> Result<(Vec<Projected<'r>>, Vec<Message>), Failure> {
    let bar = progress(run.count(), args.messages.quiet);
    let keep = if run.plan().path { MOST_CHARTS.max(MOST_ROWS) } else { MOST_ROWS };
    let mut kept = Vec::new();
    let (mut refused, mut count) = (Refused::default(), 0);
    let path = args.problems.as_deref();
    let wrong = |error| Failure::write(path, error);
    let mut problems = path.map(|path| ProblemsWriter::new(Staged::growing(Some(path))?).map_err(wrong)).transpose()?;
    let more = |series: usize| bar.inc(series as u64);
    for result in run.results_with(Controls::new().progress(&more)) {
        let projected = match result {
            Ok(projected) => projected,
            Err(error) => {
                if let Some(problems) = &mut problems {
                    let (problem, hint) = (error.to_string(), error.hint());
                    let (series, place) = (error.series().unwrap_or_default(), error.place());
                    problems.write(LeftOut { series, place, problem: &problem, hint: &hint }).map_err(wrong)?;
                }
                refused.push(error);
                continue;
            }
        };
        count += 1;
        for output in &mut *outputs {
            let mut all = std::iter::once(&projected.projection).chain(&projected.under);
            all.try_for_each(|one| output.write(projected.series, one))?;
        }
        if kept.len() < keep {
            kept.push(projected);
        }
    }
    bar.finish_and_clear();
    if let (Some(problems), Some(path)) = (problems, path) {
        let file = problems.finish().and_then(|out| out.into_inner().map_err(io::IntoInnerError::into_error)).map_err(wrong)?;
        staged.add(file, path.to_owned());
    }
    Ok((kept, refused.settle(count, args.run.input.reading.strict)?))
}

fn progress(series: usize, quiet: bool) -> ProgressBar {
    if quiet || series < BAR_FROM || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} series, {eta} left");
    let bar = ProgressBar::with_draw_target(Some(series as u64), ProgressDrawTarget::stderr());
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

fn summaries(kept: &[Projected<'_>], run: &Run, args: &ProjectArgs, screen: Screen) -> String {
    let view = View {
        screen,
        measure: args.run.measure,
        step: args.run.plan.step.map(Step::from),
        chart: screen.terminal && !args.no_chart,
        verbose: args.messages.verbose,
        latest: run.shown().filter_map(Series::origin).max(),
    };
    let families = || (0..kept.len()).filter_map(|at| Some(parts::block(family_ending(kept, at)?, &view)));
    if run.count() > MOST_BLOCKS && kept.iter().all(|one| one.under.is_empty()) {
        let table = compact::table(&kept[..kept.len().min(MOST_ROWS)], &view);
        let mut out = std::iter::once(table).chain(families()).collect::<Vec<_>>().join("\n");
        if run.count() > MOST_ROWS {
            let rest = run.count() - MOST_ROWS;
            out += &format!("\n… and {rest} more series: --format csv has them all, --series picks some\n");
        }
        return out;
    }
    let mut blocks = Vec::new();
    for (at, one) in kept.iter().take(MOST_ROWS).enumerate() {
        blocks.push(match one.under.as_slice() {
            [] => summary::block(one.series, &one.projection, &view),
            under => summary::side_by_side(one.series, &one.projection, under, &view),
        });
        blocks.extend(family_ending(kept, at).map(|family| parts::block(family, &view)));
    }
    blocks.join("\n")
}

/// The family whose last member stands at `at`, if every member is kept.
fn family_ending<'k, 'r>(kept: &'k [Projected<'r>], at: usize) -> Option<&'k [Projected<'r>]> {
    let family = kept[at].family?;
    let is_last = family.members().last().is_some_and(|last| std::ptr::eq(&raw const last.series, kept[at].series));
    let first = (at + 1).checked_sub(family.members().len()).filter(|_| is_last)?;
    let all = &kept[first..=at];
    all.iter().all(|one| one.family.is_some_and(|other| std::ptr::eq(other, family))).then_some(all)
}
