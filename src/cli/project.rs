//! `topline project`: the projection of every series, as a summary, CSV, JSON and charts.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal};
use std::ops::Range;
use std::path::{Path, PathBuf};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use rayon::prelude::*;
use tempfile::NamedTempFile;
use topline::calendar::{FiscalCalendar, Step};
use topline::export::{CsvWriter, JsonWriter};
use topline::project::{Horizon, Plan, Projection};
use topline::scenario::Scenario;
use topline::series::{Place, Series};

use crate::cli::args::{Format, MethodArg, PlanArgs, ProjectArgs, ascending};
use crate::cli::charts;
use crate::cli::failure::{Failure, Refused};
use crate::cli::files::{Staged, print_styled, print_with};
use crate::cli::groups::{Groups, groups, members};
use crate::cli::input::{self, Input};
use crate::cli::messages::{Message, say};
use crate::cli::scenario::{self, Under};
use crate::cli::shown::shown;
use crate::cli::summary::{self, parts};

/// Series that are projected between two looks at the progress bar; their projections are held in memory together.
const CHUNK: usize = 1024;

/// From this many series on a terminal shows a progress bar.
const BAR_FROM: usize = 500;

/// The most series that the summary tells one by one.
const MOST_BLOCKS: usize = 12;

/// The most series that get a chart each.
const MOST_CHARTS: usize = 24;

/// Runs the command.
pub fn run(args: &ProjectArgs) -> Result<(), Failure> {
    let target = args.output.as_deref().map(|path| Target::of(path, "; topline chart writes single pictures")).transpose()?;
    let Input { series, others, filter, mut messages, .. } = input::load(&args.input, false)?;
    let scenarios = scenario::load(&args.scenarios, args.plan.method, &series, &others)?;
    let mut plan = plan(&args.plan, &series, args.input.fiscal_year_end.unwrap_or_default())?;
    let segments = scenario::segments(args.segments, &scenarios, &series, &mut messages);
    let groups = groups(series, others, filter, segments, &mut messages).inspect_err(|_| say(&messages, args.messages))?;
    let count = groups.shown().count();
    plan.derive = args.derive.iter().flat_map(|derive| derive.derivations()).collect();
    plan.derive.sort_unstable();
    plan.derive.dedup();
    let wants_charts = !args.no_charts && matches!(target, Some(Target::Folder(_)));
    plan.path = wants_charts && count <= MOST_CHARTS;
    if wants_charts && !plan.path {
        let text = format!("{count} series are too many for charts; pick up to {MOST_CHARTS} with --series");
        messages.push(Message { place: None, text, warning: true });
    }
    if args.plan.method == MethodArg::Growth {
        messages.extend(groups.shown().filter_map(unknown_rate));
    }
    say(&messages, args.messages);

    let mut outputs =
        Output::all(args.format, target.as_ref(), &plan, [groups.has_families(), !scenarios.is_empty()], &messages)?;
    let kept = project_all(&groups, count, &plan, &scenarios, args, &mut outputs)?;
    let mut staged = Staged::default();
    if let (true, Some(Target::Folder(folder))) = (plan.path, &target) {
        say(&charts::draw(&kept.projections, &kept.under, folder, &mut staged)?, args.messages);
    }
    let printed: Vec<Option<File>> = outputs.into_iter().map(|output| output.finish(&mut staged)).collect::<Result<_, _>>()?;
    let written = staged.commit()?;
    // After the files, so that a reader who closes the pipe early does not cost them.
    for mut file in printed.into_iter().flatten() {
        print_with(|out| io::copy(&mut file, out).map(drop))?;
    }
    if args.format == Format::Table {
        print_styled(&summaries(&kept, count))?;
    }
    if !args.messages.quiet {
        report_written(&written);
    }
    Ok(())
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
}

impl Target {
    /// By the ending of `path`; `besides` ends the hint where it is none that is written.
    pub fn of(path: &Path, besides: &str) -> Result<Self, Failure> {
        let ending = path.extension().and_then(|ending| ending.to_str()).map(str::to_lowercase);
        match ending.as_deref() {
            _ if path.is_dir() => Ok(Self::Folder(path.to_owned())),
            None => Ok(Self::Folder(path.to_owned())),
            Some("csv") => Ok(Self::Csv(path.to_owned())),
            Some("json") => Ok(Self::Json(path.to_owned())),
            Some(other) => Err(Failure::Usage {
                message: format!("--output {}: no file ending in .{other} can be written", path.display()),
                hint: format!("give a folder, or a file that ends in .csv or .json{besides}"),
            }),
        }
    }
}

/// Says that a company's size is not known in dollars, which the prior of the growth model depends on.
fn unknown_rate(series: &Series) -> Option<Message> {
    let currency = series.currency();
    currency.rough_usd().is_none().then(|| Message {
        place: series.figures().first().and_then(|figure| figure.place.clone()),
        text: format!(
            "{}: no dollar rate of {currency} is known; its size is taken as if 1 {currency} were 1 dollar",
            series.name()
        ),
        warning: true,
    })
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
    Ok(plan)
}

/// What the summary and the charts show.
struct Kept<'g> {
    projections: Vec<(&'g Series, Projection)>,
    /// Those of each series under the scenarios, if there are any.
    under: Vec<Vec<Projection>>,
    /// Where among them families stand of which every member is shown.
    families: Vec<Range<usize>>,
}

/// Projects every series, hands the projections to the outputs in order, and keeps those that the summary and the charts show.
fn project_all<'g>(
    groups: &'g Groups,
    count: usize,
    plan: &Plan,
    scenarios: &[Scenario],
    args: &ProjectArgs,
    outputs: &mut [Output],
) -> Result<Kept<'g>, Failure> {
    let method = Under::new(args.plan.method, scenarios);
    let bar = progress(count, args.messages.quiet);
    let keep = if plan.path { MOST_CHARTS } else { MOST_BLOCKS };
    let mut kept = Kept { projections: Vec::new(), under: Vec::new(), families: Vec::new() };
    let mut refused = Refused::default();
    for chunk in groups.list.chunks(CHUNK) {
        let projected: Vec<_> = chunk.par_iter().map(|group| method.group(group, plan)).collect();
        for (group, projected) in chunk.iter().zip(projected) {
            let projected = match projected {
                Ok(projected) => projected,
                Err(errors) => {
                    refused.extend(errors);
                    continue;
                }
            };
            let (first, all) = (kept.projections.len(), projected.len());
            for (series, (projection, under)) in members(group).zip(projected).filter(|(series, _)| groups.shows(series.name()))
            {
                for output in &mut *outputs {
                    std::iter::once(&projection).chain(&under).try_for_each(|one| output.write(series, one))?;
                }
                bar.inc(1);
                if kept.projections.len() < keep {
                    kept.projections.push((series, projection));
                    kept.under.push(under);
                }
            }
            if all > 1 && kept.projections.len() == first + all {
                kept.families.push(first..first + all);
            }
        }
    }
    bar.finish_and_clear();
    refused.check().map(|()| kept)
}

fn progress(series: usize, quiet: bool) -> ProgressBar {
    if quiet || series < BAR_FROM || !io::stderr().is_terminal() {
        return ProgressBar::hidden();
    }
    let style = ProgressStyle::with_template("{bar:40} {human_pos} of {human_len} series, {eta} left");
    let bar = ProgressBar::with_draw_target(Some(series as u64), ProgressDrawTarget::stderr());
    bar.with_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()))
}

/// A table that grows while series are projected, in a temporary file that is shown when all is done.
struct Output {
    table: Table,
    /// Where it goes as a file.
    path: Option<PathBuf>,
    /// Whether it is printed, too.
    print: bool,
}

enum Table {
    Csv(Box<CsvWriter<BufWriter<NamedTempFile>>>),
    Json(JsonWriter<BufWriter<NamedTempFile>>),
}

impl Output {
    /// The tables that were asked for, by file or by format.
    fn all(
        format: Format,
        target: Option<&Target>,
        plan: &Plan,
        [parents, scenarios]: [bool; 2],
        messages: &[Message],
    ) -> Result<Vec<Self>, Failure> {
        let (csv, json) = match target {
            Some(Target::Folder(folder)) => (Some(folder.join("projection.csv")), Some(folder.join("projection.json"))),
            Some(Target::Csv(path)) => (Some(path.clone()), None),
            Some(Target::Json(path)) => (None, Some(path.clone())),
            None => (None, None),
        };
        let notices: Vec<(Option<Place>, String)> =
            messages.iter().map(|message| (message.place.clone(), message.text.clone())).collect();
        let mut outputs = Vec::new();
        for (path, kind) in [(csv, Format::Csv), (json, Format::Json)] {
            let print = format == kind;
            if path.is_none() && !print {
                continue;
            }
            let out = Staged::growing(path.as_deref())?;
            let table = match kind {
                Format::Csv => {
                    let start = match (parents, scenarios) {
                        (true, _) => CsvWriter::with_parents,
                        (false, true) => CsvWriter::with_scenarios,
                        (false, false) => CsvWriter::new,
                    };
                    start(out, &plan.levels).map(|writer| Table::Csv(Box::new(writer)))
                }
                _ => JsonWriter::new(out, &notices).map(Table::Json),
            };
            let table = table.map_err(|error| Failure::write(path.as_deref(), error))?;
            outputs.push(Self { table, path, print });
        }
        Ok(outputs)
    }

    fn write(&mut self, series: &Series, projection: &Projection) -> Result<(), Failure> {
        let written = match &mut self.table {
            Table::Csv(writer) => writer.write(projection),
            Table::Json(writer) => writer.write(series, projection),
        };
        written.map_err(|error| Failure::write(self.path.as_deref(), error))
    }

    /// Ends the table: stages its file if it is to be kept, and gives it back, at its start, if it is to be printed.
    fn finish(self, staged: &mut Staged) -> Result<Option<File>, Failure> {
        let wrong = |error| Failure::write(self.path.as_deref(), error);
        let buffered = match self.table {
            Table::Csv(writer) => writer.finish(),
            Table::Json(writer) => writer.finish(),
        };
        let file = buffered.and_then(|out| out.into_inner().map_err(io::IntoInnerError::into_error)).map_err(wrong)?;
        let printed = self.print.then(|| file.reopen()).transpose().map_err(wrong)?;
        if let Some(path) = self.path {
            staged.add(file, path);
        }
        Ok(printed)
    }
}

fn summaries(kept: &Kept<'_>, count: usize) -> String {
    let mut blocks = Vec::new();
    for (at, (series, projection)) in kept.projections.iter().take(MOST_BLOCKS).enumerate() {
        blocks.push(match kept.under[at].as_slice() {
            [] => summary::block(series, projection),
            under => summary::side_by_side(series, projection, under),
        });
        let family = kept.families.iter().find(|family| family.end == at + 1);
        blocks.extend(family.map(|family| parts::block(&kept.projections[family.clone()])));
    }
    let mut out = blocks.join("\n");
    if count > MOST_BLOCKS {
        let rest = count - MOST_BLOCKS;
        out += &format!("\n… and {rest} more series: --format csv has them all, --series picks some\n");
    }
    out
}

fn report_written(written: &[PathBuf]) {
    if let [first, rest @ ..] = written {
        let names: Vec<String> =
            rest.iter().map(|path| shown(path.file_name().unwrap_or_default().to_string_lossy())).collect();
        let list = std::iter::once(shown(first.display().to_string())).chain(names).collect::<Vec<_>>().join(", ");
        anstream::eprintln!("\nWrote {list}");
    }
}
