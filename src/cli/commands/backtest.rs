//! `topline backtest`: how well methods would have done on the series, as a table, CSV and JSON.

use std::io::{self, BufWriter, Seek};
use std::path::PathBuf;

use tempfile::NamedTempFile;
use topline::export::{BacktestCsv, BacktestJson};
use topline::project::{Horizon, Level};
use topline::question::QuestionError;
use topline::question::backtest::{Backtest, Options, Overall, Totals, backtest};
use topline::run::{Parallel, map};
use topline::series::Series;

use crate::cli::args::{BacktestArgs, Format, ascending};
use crate::cli::commands::backtest_chart::{Counts, NoChart};
use crate::cli::commands::project::Target;
use crate::cli::io::charts::Picture;
use crate::cli::io::files::{Staged, print_answer, print_with, say_written};
use crate::cli::io::input::{self, Input};
use crate::cli::render::backtest::{MOST_BLOCKS, tables};
use crate::cli::render::failure::Failure;
use crate::cli::render::messages::{Message, Weight, say};

/// Series that are tested between two writes; their scores are held in memory together.
const CHUNK: usize = 1024;

/// What ends the hint where a file is none that is written.
const BESIDES: &str = ", .png, .svg or .pdf";

/// The most series that are named as too short.
const MOST_TOLD: usize = 12;

/// Runs the command.
pub fn run(args: &BacktestArgs) -> Result<(), Failure> {
    let (outputs, chart) = outputs(args)?;
    let Input { series, mut messages, .. } = input::load(&args.input, false)?;
    let options = options(args);
    let start = |output| Writer::new(output, &options.levels);
    let mut writers = outputs.into_iter().map(start).collect::<Result<Vec<_>, _>>()?;
    let (mut totals, mut counts, mut shown, mut short) = (Totals::default(), Counts::default(), Vec::new(), Vec::new());
    let mut tested = 0;
    for chunk in series.chunks(CHUNK) {
        let answers = map(&Parallel, chunk, |series| backtest(series, &options));
        for (series, answer) in chunk.iter().zip(answers) {
            match answer {
                Ok(answer) => {
                    for writer in &mut writers {
                        writer.write(&answer).map_err(|error| writer.failed(error))?;
                    }
                    tested += 1;
                    totals.add(&answer);
                    counts.add(&answer);
                    if shown.len() < MOST_BLOCKS {
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
    if let Some(screen) = args.format.asked().screen() {
        print_answer(&tables(&shown, tested, &overall, screen.width), screen)?;
    }
    say_written(&written, args.messages.quiet);
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
    table: Table,
    /// `None` for standard output.
    path: Option<PathBuf>,
}

enum Table {
    Csv(Box<BacktestCsv<BufWriter<NamedTempFile>>>),
    Json(BacktestJson<BufWriter<NamedTempFile>>),
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
    if matches!(args.format.asked(), Format::Csv | Format::Json) {
        outputs.push((args.format.asked(), None));
    }
    let Some(path) = &args.output else { return Ok((outputs, None)) };
    if let Some(form) = Picture::of(path).filter(|_| !path.is_dir()) {
        return Ok((outputs, Some(Picturing { path: path.clone(), form, alone: true })));
    }
    let mut chart = None;
    match Target::of(path, BESIDES)? {
        Target::Workbook(path) => return Err(Target::unknown(&path, BESIDES)),
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
    fn new((form, path): (Format, Option<PathBuf>), levels: &[Level]) -> Result<Self, Failure> {
        let out = Staged::growing(path.as_deref())?;
        let table = match form {
            Format::Csv => BacktestCsv::new(out, levels).map(|writer| Table::Csv(Box::new(writer))),
            _ => BacktestJson::new(out).map(Table::Json),
        };
        let table = table.map_err(|error| Failure::write(path.as_deref(), error))?;
        Ok(Self { table, path })
    }

    fn failed(&self, error: io::Error) -> Failure {
        Failure::write(self.path.as_deref(), error)
    }

    fn write(&mut self, answer: &Backtest) -> io::Result<()> {
        match &mut self.table {
            Table::Csv(writer) => writer.write(answer),
            Table::Json(writer) => writer.write(answer),
        }
    }

    fn finish(self, overall: &[Overall], staged: &mut Staged) -> Result<(), Failure> {
        let Self { table, path } = self;
        let file = match table {
            Table::Csv(writer) => writer.finish(),
            Table::Json(writer) => writer.finish(overall),
        };
        let file = file.map_err(|error| Failure::write(path.as_deref(), error))?;
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
