//! `topline backtest`: how well methods would have done on the series, as a table, CSV and JSON.

use std::fmt::Write as _;
use std::io::{self, BufWriter, Seek, Write};
use std::path::PathBuf;

use tempfile::NamedTempFile;
use topline::export::{SCHEMA, guard};
use topline::project::{Horizon, Level};
use topline::question::QuestionError;
use topline::question::accuracy::Scores;
use topline::question::backtest::{Backtest, Options, Overall, Skill, Totals, backtest};
use topline::run::{Parallel, map};
use topline::series::Series;

use crate::cli::args::{BacktestArgs, Format, ascending};
use crate::cli::backtest_chart::{Counts, NoChart};
use crate::cli::charts::Picture;
use crate::cli::failure::Failure;
use crate::cli::files::{Staged, print_styled, print_with, say_written};
use crate::cli::input::{self, Input};
use crate::cli::messages::{Message, Weight, say};
use crate::cli::project::Target;
use crate::cli::shown::shown;
use crate::cli::style::{ACCENT, BOLD, DIM};
use crate::cli::table::{Cell, align};

/// Series that are tested between two writes; their scores are held in memory together.
const CHUNK: usize = 1024;

/// The most series that the table tells one by one, and that are named as too short.
const MOST_TOLD: usize = 12;

/// Runs the command.
pub fn run(args: &BacktestArgs) -> Result<(), Failure> {
    let (outputs, chart) = outputs(args)?;
    let Input { series, mut messages, .. } = input::load(&args.input, false)?;
    let options = options(args);
    let mut writers = outputs.into_iter().map(Writer::new).collect::<Result<Vec<_>, _>>()?;
    for writer in &mut writers {
        writer.begin(&options).map_err(|error| writer.failed(error))?;
    }
    let (mut totals, mut counts, mut shown, mut short) = (Totals::default(), Counts::default(), Vec::new(), Vec::new());
    let mut tested = 0;
    for chunk in series.chunks(CHUNK) {
        let answers = map(&Parallel, chunk, |series| backtest(series, &options));
        for (series, answer) in chunk.iter().zip(answers) {
            match answer {
                Ok(answer) => {
                    for writer in &mut writers {
                        writer.write(&answer, tested == 0).map_err(|error| writer.failed(error))?;
                    }
                    tested += 1;
                    totals.add(&answer);
                    counts.add(&answer);
                    if shown.len() < MOST_TOLD {
                        shown.push(answer);
                    }
                }
                Err(error) => short.push(left_out(series, &error)),
            }
        }
    }
    if tested == 0 {
        say(&messages, args.messages);
        let reasons: Vec<String> = short.iter().take(MOST_TOLD).map(|message| message.text.clone()).collect();
        let more = short.len().saturating_sub(MOST_TOLD);
        let more = if more > 0 { format!("; and {more} more") } else { String::new() };
        return Err(Failure::Data {
            message: format!("no series can be backtested: {}{more}", reasons.join("; ")),
            hint: "give a shorter --horizon, or more history".to_owned(),
        });
    }
    let more = short.len().saturating_sub(MOST_TOLD);
    messages.extend(short.into_iter().take(MOST_TOLD));
    if more > 0 {
        let text = format!("{more} more series are left out");
        messages.push(Message { place: None, text, weight: Weight::Warning });
    }
    say(&messages, args.messages);
    let overall = totals.overall();
    let mut staged = Staged::default();
    for writer in writers {
        writer.finish(&overall, &mut staged)?;
    }
    if let Some(Picturing { path, form, alone }) = chart {
        match counts.picture(form, args.pixel_ratio) {
            Ok(bytes) => staged.write(path, &bytes)?,
            Err(NoChart { why, hint }) if alone => {
                return Err(Failure::Data { message: format!("{}: {why}", path.display()), hint });
            }
            Err(NoChart { why, hint }) => {
                let text = format!("no coverage.png: {why}; {hint}");
                say(&[Message { place: None, text, weight: Weight::Warning }], args.messages);
            }
        }
    }
    let written = staged.commit()?;
    if args.format == Format::Table {
        print_styled(&tables(&shown, tested, &overall))?;
    }
    if !args.messages.quiet {
        say_written(&written);
    }
    Ok(())
}

fn options(args: &BacktestArgs) -> Options {
    let months = |span: Option<Horizon>| match span {
        Some(Horizon::Months(months)) => Some(months),
        _ => None,
    };
    Options {
        methods: args.methods.clone(),
        horizon: months(args.horizon),
        origins: usize::from(args.origins),
        every: months(args.every),
        levels: ascending(&args.level),
    }
}

/// Says why a series has no scores.
fn left_out(series: &Series, error: &QuestionError) -> Message {
    let place = series.figures().first().and_then(|figure| figure.place.clone());
    Message { place, text: error.to_string(), weight: Weight::Warning }
}

/// A file or standard output that grows while series are tested.
struct Writer {
    file: BufWriter<NamedTempFile>,
    form: Format,
    /// `None` for standard output.
    path: Option<PathBuf>,
}

/// What is to be written: the forms of the table and where to, and where the chart goes.
type Outputs = (Vec<(Format, Option<PathBuf>)>, Option<Picturing>);

/// Where the chart goes.
struct Picturing {
    path: PathBuf,
    form: Picture,
    /// Whether it is all that is written; beside the tables it is left out where it cannot be had.
    alone: bool,
}

fn outputs(args: &BacktestArgs) -> Result<Outputs, Failure> {
    let mut outputs = Vec::new();
    if args.format != Format::Table {
        outputs.push((args.format, None));
    }
    let Some(path) = &args.output else { return Ok((outputs, None)) };
    if let Some(form) = Picture::of(path).filter(|_| !path.is_dir()) {
        return Ok((outputs, Some(Picturing { path: path.clone(), form, alone: true })));
    }
    let mut chart = None;
    match Target::of(path, ", .png or .svg")? {
        Target::Csv(path) => outputs.push((Format::Csv, Some(path))),
        Target::Json(path) => outputs.push((Format::Json, Some(path))),
        Target::Folder(folder) => {
            outputs.push((Format::Csv, Some(folder.join("backtest.csv"))));
            outputs.push((Format::Json, Some(folder.join("backtest.json"))));
            chart = Some(Picturing { path: folder.join("coverage.png"), form: Picture::Png, alone: false });
        }
    }
    Ok((outputs, chart))
}

impl Writer {
    fn new((form, path): (Format, Option<PathBuf>)) -> Result<Self, Failure> {
        Ok(Self { file: Staged::growing(path.as_deref())?, form, path })
    }

    fn failed(&self, error: io::Error) -> Failure {
        Failure::write(self.path.as_deref(), error)
    }

    fn begin(&mut self, options: &Options) -> io::Result<()> {
        if self.form == Format::Csv {
            return self.rows(&[header(&options.levels)]);
        }
        write!(self.file, "{{\"topline\":\"{}\",\"schema\":{SCHEMA},\"series\":[", env!("CARGO_PKG_VERSION"))
    }

    fn write(&mut self, answer: &Backtest, first: bool) -> io::Result<()> {
        if self.form == Format::Csv {
            return self.rows(&rows(answer));
        }
        self.file.write_all(if first { b"\n" } else { b",\n" })?;
        Ok(serde_json::to_writer(&mut self.file, answer)?)
    }

    fn rows(&mut self, rows: &[Vec<String>]) -> io::Result<()> {
        let mut writer = csv::Writer::from_writer(&mut self.file);
        for row in rows {
            writer.write_record(row)?;
        }
        writer.flush()
    }

    fn finish(mut self, overall: &[Overall], staged: &mut Staged) -> Result<(), Failure> {
        if self.form == Format::Json {
            let end = |file: &mut BufWriter<NamedTempFile>| {
                file.write_all(b"\n],\"overall\":")?;
                serde_json::to_writer(&mut *file, overall)?;
                file.write_all(b"}\n")
            };
            end(&mut self.file).map_err(|error| self.failed(error))?;
        }
        let Self { file, path, .. } = self;
        let mut file = file.into_inner().map_err(|error| Failure::write(path.as_deref(), error.into_error()))?;
        if let Some(path) = path {
            staged.add(file, path);
        } else {
            file.rewind().map_err(Failure::Output)?;
            print_with(|out| io::copy(&mut file, out).map(drop))?;
        }
        Ok(())
    }
}

fn header(levels: &[Level]) -> Vec<String> {
    let mut header: Vec<String> =
        ["series", "method", "step", "step_months", "outcomes", "mase", "smape", "rmsse", "pinball", "crps"]
            .map(str::to_owned)
            .to_vec();
    for level in levels {
        header.extend([format!("coverage_{level}"), format!("msis_{level}")]);
    }
    header.extend(["skill_mase", "skill_crps", "skill_mase_seasonal", "skill_crps_seasonal", "refused"].map(str::to_owned));
    header
}

/// A row for each method over all steps, whose step is empty, and one for each step.
fn rows(answer: &Backtest) -> Vec<Vec<String>> {
    let number =
        |value: Option<f64>| value.filter(|value| value.is_finite()).map(|value| format!("{value:.6}")).unwrap_or_default();
    let mut rows = Vec::new();
    for tested in &answer.methods {
        let steps = tested.steps.iter().map(|step| (step.step.to_string(), Some(&step.scores)));
        for (step, scores) in std::iter::once((String::new(), tested.scores.as_ref())).chain(steps) {
            let whole = step.is_empty();
            let mut row =
                vec![guard(&answer.series).into_owned(), tested.method.to_owned(), step, answer.step_months.to_string()];
            match scores {
                Some(scores) => {
                    row.push(scores.outcomes.to_string());
                    let Scores { mase, smape, rmsse, pinball, crps, .. } = scores;
                    row.extend([*mase, *smape, *rmsse, *pinball, *crps].map(number));
                    for interval in &scores.intervals {
                        row.extend([number(interval.coverage()), number(interval.msis)]);
                    }
                    let skills = [tested.skill_naive, tested.skill_seasonal_naive].map(|Skill { mase, crps }| [mase, crps]);
                    row.extend(skills.concat().into_iter().map(|skill| number(skill.filter(|_| whole))));
                }
                None => row.resize(LEADING + 2 * levels_of(answer) + SKILLS, String::new()),
            }
            row.push(tested.refused.clone().unwrap_or_default());
            rows.push(row);
        }
    }
    rows
}

/// Columns before those of the levels.
const LEADING: usize = 10;
/// Columns of skill after them.
const SKILLS: usize = 4;

fn levels_of(answer: &Backtest) -> usize {
    answer.methods.iter().find_map(|tested| tested.scores.as_ref()).map_or(0, |scores| scores.intervals.len())
}

fn tables(shown: &[Backtest], tested: usize, overall: &[Overall]) -> String {
    let mut blocks: Vec<String> = Vec::new();
    if tested <= MOST_TOLD {
        blocks.extend(shown.iter().map(block));
    }
    if tested > 1 {
        blocks.push(summary(overall, tested));
    }
    blocks.join("\n")
}

fn measure(value: Option<f64>) -> Cell {
    Cell::right(value.filter(|value| value.is_finite()).map_or_else(|| "–".to_owned(), |value| format!("{value:.2}")))
}

fn percent(value: Option<f64>) -> Cell {
    Cell::right(
        value.filter(|value| value.is_finite()).map_or_else(|| "–".to_owned(), |value| format!("{:.0}%", 100.0 * value)),
    )
}

fn signed(value: Option<f64>) -> Cell {
    Cell::right(value.map_or_else(|| "–".to_owned(), |value| format!("{:+.0}%", 100.0 * value).replace('-', "−")))
}

fn heads(first: &str, levels: impl Iterator<Item = f64>) -> Vec<Cell> {
    let mut row = vec![Cell::left(first).styled(DIM)];
    let words = ["MASE", "sMAPE", "RMSSE", "pinball", "CRPS"].map(str::to_owned);
    let levels = levels.map(|level| format!("in {level}%"));
    let last = ["vs naive", "vs seasonal"].map(str::to_owned);
    row.extend(words.into_iter().chain(levels).chain(last).map(|word| Cell::right(word).styled(DIM)));
    row
}

fn block(answer: &Backtest) -> String {
    let unit = match answer.step_months {
        1 => "months",
        3 => "quarters",
        6 => "halves",
        _ => "years",
    };
    let steps = answer.horizon_months.div_ceil(answer.step_months);
    let span = match answer.origins.as_slice() {
        [one] => format!("1 origin, {one}"),
        [first, .., last] => format!("{} origins from {first} to {last}", answer.origins.len()),
        [] => String::new(),
    };
    let mut out = format!("{ACCENT}{}{ACCENT:#}\n  {span}, {steps} {unit} ahead\n\n", shown(&answer.series));
    let any = answer.methods.iter().find_map(|tested| tested.scores.as_ref());
    let levels: Vec<f64> =
        any.map(|scores| scores.intervals.iter().map(|interval| interval.level).collect()).unwrap_or_default();
    let mut rows = vec![heads("", levels.iter().copied())];
    for tested in &answer.methods {
        let Some(scores) = &tested.scores else { continue };
        let mut row = vec![Cell::left(tested.method).styled(BOLD)];
        row.extend([scores.mase, scores.smape, scores.rmsse, scores.pinball, scores.crps].map(measure));
        row.extend(scores.intervals.iter().map(|interval| percent(interval.coverage())));
        row.extend([tested.skill_naive.mase, tested.skill_seasonal_naive.mase].map(signed));
        rows.push(row);
    }
    out += &align(&rows, 2, 3);
    if let Some(at) = levels.iter().position(|level| (*level - 80.0).abs() < 1e-9).or_else(|| levels.len().checked_sub(1)) {
        out += &format!("\n  Outcomes inside the {}% interval, by {unit} ahead\n", levels[at]);
        let longest = answer.methods.iter().max_by_key(|tested| tested.steps.len());
        let mut rows = vec![vec![Cell::left("")]];
        rows[0]
            .extend(longest.iter().flat_map(|tested| &tested.steps).map(|step| Cell::right(step.step.to_string()).styled(DIM)));
        for tested in answer.methods.iter().filter(|tested| tested.scores.is_some()) {
            let mut row = vec![Cell::left(tested.method).styled(BOLD)];
            row.extend(tested.steps.iter().map(|step| percent(step.scores.intervals[at].coverage())));
            rows.push(row);
        }
        out += &align(&rows, 2, 2);
    }
    for tested in &answer.methods {
        if let Some(reason) = &tested.refused {
            let _ = writeln!(out, "  {DIM}no scores of {}:{DIM:#} {reason}", tested.method);
        }
    }
    out
}

fn summary(overall: &[Overall], tested: usize) -> String {
    let mut out = format!("{ACCENT}All {tested} series{ACCENT:#}\n  means over series; coverage over all outcomes\n\n");
    let levels = overall.first().map(|one| one.coverage.as_slice()).unwrap_or_default();
    let mut head = heads("", levels.iter().map(|(level, _)| *level));
    head.insert(1, Cell::right("series").styled(DIM));
    let mut rows = vec![head];
    for one in overall {
        let mut row = vec![Cell::left(one.method).styled(BOLD), Cell::right(one.series.to_string())];
        let mean = one.mean;
        row.extend([mean.mase, mean.smape, mean.rmsse, mean.pinball, mean.crps].map(measure));
        row.extend(one.coverage.iter().map(|(_, share)| percent(*share)));
        row.extend([one.skill_naive.mase, one.skill_seasonal_naive.mase].map(signed));
        rows.push(row);
    }
    out += &align(&rows, 2, 3);
    out
}
