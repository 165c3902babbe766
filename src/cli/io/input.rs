//! From paths and options to the series that a command works on.

use std::fs::File;
use std::io::{self, IsTerminal, Read};
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use topline::calendar::Step;
use topline::export::is_saved;
use topline::read::{
    DateOrder, FileReport, Form, Notice, Options, PeriodLabels, Rates, RatesError, Reader, TypedCurrency, is_typed,
};
use topline::series::Series;

use crate::cli::args::InputArgs;
use crate::cli::io::given::Given;
use crate::cli::io::peers::liken;
use crate::cli::io::temporary;
use crate::cli::render::failure::Failure;
use crate::cli::render::messages::{Message, Weight};
use crate::cli::render::shown::quoted;

/// The series that were asked for, and what there is to say about them.
#[derive(Debug)]
pub struct Input {
    /// In order of first appearance over all files.
    pub series: Vec<Series>,
    /// The others, each with how many of `series` stand before it.
    pub others: Vec<(usize, Series)>,
    /// What `--series` lets through; `None` for all.
    pub filter: Option<GlobSet>,
    /// In order of the files.
    pub messages: Vec<Message>,
    /// Each file as it was understood.
    pub files: Vec<FileReport>,
}

/// Reads every file. `keep_written` keeps the cells as they were written, for `inspect`.
pub fn load(args: &InputArgs, keep_written: bool) -> Result<Input, Failure> {
    load_files(&args.files, args, keep_written)
}

/// Reads these files, in place of those that `args` names, and the figures that it has beside them.
pub fn load_files(files: &[PathBuf], args: &InputArgs, keep_written: bool) -> Result<Input, Failure> {
    let given = Given::all(files, &args.figure);
    if given.is_empty() {
        return Err(Failure::Usage {
            message: "no figures are given".to_owned(),
            hint: "name a file, or type figures: 'OpenAI: $10B run-rate June 2025'; topline demo shows an example".to_owned(),
        });
    }
    let mut reader = Reader::new(options(args, keep_written)?);
    let failures: Vec<Failure> = given.into_iter().filter_map(|one| add(&mut reader, one).err()).collect();
    Failure::unless_none(failures)?;
    settled(reader, args)
}

/// Reads a text that is part of the program as the file of that name.
pub fn load_text(name: &str, text: &str, args: &InputArgs) -> Result<Input, Failure> {
    let mut reader = Reader::new(options(args, false)?);
    reader.add(name, text.as_bytes()).map_err(|error| Failure::file("read", Path::new(name), error))?;
    settled(reader, args)
}

/// Reads one source of figures.
fn add(reader: &mut Reader, given: Given<'_>) -> Result<(), Failure> {
    match given {
        Given::Typed { name, text } => {
            reader.add_typed(&name, text);
            Ok(())
        }
        Given::Input if io::stdin().is_terminal() => Err(Failure::Usage {
            message: "- stands for standard input, and nothing is piped into it".to_owned(),
            hint: "pipe figures in, as in topline project - < sales.csv, or name the file itself".to_owned(),
        }),
        Given::Input => add_figures(reader, "-", io::stdin().lock(), Path::new("-")),
        Given::File(path) => match open(path) {
            Ok(file) => add_figures(reader, &path.display().to_string(), file, path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Err(not_there(path, error)),
            Err(error) => Err(Failure::file("read", path, error)),
        },
    }
}

/// Reads a file of figures; a projection is none.
fn add_figures(reader: &mut Reader, name: &str, mut file: impl Read, path: &Path) -> Result<(), Failure> {
    let failed = |error| Failure::file("read", path, error);
    let mut start = Vec::new();
    file.by_ref().take(START).read_to_end(&mut start).map_err(failed)?;
    if is_saved(&start) {
        // From standard input it has no name.
        let shown = if name == "-" { "projection.csv".to_owned() } else { quoted(path) };
        return Err(Failure::Data {
            message: format!("{name} is a projection that topline wrote, and no figures"),
            hint: format!(
                "give the figures it was made from; topline chart {shown} -o chart.png draws it, and topline score {shown} \
                 later.csv compares it with later figures"
            ),
        });
    }
    reader.add(name, start.chain(file)).map_err(failed)
}

/// How much of a file shows whether it is a saved projection.
const START: u64 = 100;

/// A file that is not there; an argument that looks like figures is told how they are written.
fn not_there(path: &Path, error: io::Error) -> Failure {
    let text = path.to_string_lossy();
    let hint = if is_typed(&text) {
        "it is taken for the name of a file by its ending; figures are given with --figure, too"
    } else if text.contains([':', ' ']) {
        "figures are typed with their series, a colon and a space: 'OpenAI: $10B run-rate June 2025'"
    } else {
        return Failure::file("read", path, error);
    };
    Failure::Data { message: format!("there is no file {text}"), hint: hint.to_owned() }
}

/// What was read, with all that there is to say about it.
fn settled(reader: Reader, args: &InputArgs) -> Result<Input, Failure> {
    let filter = filter(&args.series, "--series")?;
    let reading = reader.finish().map_err(Failure::Read)?;
    if args.reading.sheet.is_some() && !reading.files.iter().any(|file| matches!(file.form, Form::Workbook { .. })) {
        return Err(Failure::Usage {
            message: "--sheet: none of the files is a workbook".to_owned(),
            hint: "leave it out for CSV, Parquet and JSON".to_owned(),
        });
    }
    if let Some(unused) = reading.unused_exclusions.first() {
        return Err(Failure::Usage {
            message: format!("--exclude {unused}: it matches no figure"),
            hint: "topline inspect shows the periods and the series as they are read".to_owned(),
        });
    }
    let mut messages: Vec<Message> = reading
        .notices
        .iter()
        .map(|notice| Message { place: Some(notice.place().clone()), text: notice.to_string(), weight: weight(notice, args) })
        .collect();
    let names: Vec<String> = reading.series.iter().map(|series| series.name().to_owned()).collect();
    let (mut series, mut others) = (Vec::new(), Vec::new());
    for one in liken(reading.series, &args.peers)? {
        if filter.as_ref().is_none_or(|filter| filter.is_match(one.name())) {
            series.push(one);
        } else {
            others.push((series.len(), one));
        }
    }
    if series.is_empty() {
        return Err(match args.reading.as_of {
            Some(day) if names.is_empty() => Failure::Data {
                message: format!("no figures were known by {day}"),
                hint: "give a later day with --as-of".to_owned(),
            },
            _ if names.is_empty() => no_figures(&messages),
            _ => none_matches(&args.series, &names),
        });
    }
    for one in &series {
        let said = one.notices().into_iter().map(|notice| Message {
            place: notice.place().cloned(),
            text: format!("{}: {notice}", one.name()),
            weight: Weight::Warning,
        });
        messages.extend(said);
    }
    if args.reading.strict {
        refuse_warnings(&messages)?;
    }
    Ok(Input { series, others, filter, messages, files: reading.files })
}

/// A currency that nobody gave is said even where all else is plain.
fn weight(notice: &Notice, args: &InputArgs) -> Weight {
    match notice {
        Notice::CurrencyAssumed { .. } if args.currency.is_none() => Weight::Plain,
        _ => Weight::of(notice.is_warning()),
    }
}

/// Fails if there is a warning: what `--strict` asks for.
fn refuse_warnings(messages: &[Message]) -> Result<(), Failure> {
    let warnings = messages.iter().filter(|message| message.weight == Weight::Warning);
    Failure::unless_none(warnings.map(Failure::warning).collect())
}

fn options(args: &InputArgs, keep_written: bool) -> Result<Options, Failure> {
    let reading = &args.reading;
    let mut options = Options::default();
    options.calendar = args.fiscal_year_end;
    options.currency = args.currency.unwrap_or(options.currency);
    options.kind = reading.kind;
    options.unit = reading.unit;
    options.decimal = reading.decimal;
    options.date_order = reading.date_order.map(DateOrder::from);
    options.each = reading.each.map(Step::from);
    options.period_labels = reading.period_labels.map(PeriodLabels::from);
    options.utc_offset = reading.utc_offset;
    options.delimiter = reading.delimiter;
    options.encoding = reading.encoding;
    options.skip = reading.skip;
    options.sheet.clone_from(&reading.sheet);
    options.columns.period.clone_from(&reading.period_column);
    options.columns.value.clone_from(&reading.value_column);
    options.columns.series.clone_from(&reading.series_column);
    options.by.clone_from(&reading.by);
    options.sum = reading.sum;
    options.line.clone_from(&reading.line);
    options.most_memory = reading.memory_limit.saturating_mul(1 << 20);
    options.as_of = reading.as_of;
    options.as_given = reading.as_given;
    options.cumulative = reading.cumulative();
    options.drop_last = reading.drops_last();
    options.trailing_zeros = reading.trailing_zeros();
    options.missing = reading.missing();
    options.exclude.clone_from(&reading.exclude);
    let values = reading.value_column.iter().map(|name| ("--value-column", name));
    let asked: Vec<(&str, &String)> = (reading.period_column.iter().map(|name| ("--period-column", name)))
        .chain(values)
        .chain(reading.series_column.iter().map(|name| ("--series-column", name)))
        .chain(reading.by.iter().map(|name| ("--by", name)))
        .collect();
    for (at, (option, name)) in asked.iter().enumerate() {
        if let Some((other, _)) = asked[..at].iter().find(|(_, other)| other == name) {
            return Err(Failure::Usage {
                message: format!("{other} and {option} name the same column"),
                hint: "a column can have only one role".to_owned(),
            });
        }
    }
    if let Some(path) = &reading.rates {
        let file = open(path).map_err(|error| Failure::file("read", path, error))?;
        let rates = Rates::read(&path.display().to_string(), file, options.currency);
        options.rates = Some(rates.map_err(|error| match error {
            RatesError::Read(error) => Failure::Read(error),
            RatesError::Io(error) => Failure::file("read", path, error),
            other => Failure::Data { message: other.to_string(), hint: "give the rates as a CSV".to_owned() },
        })?);
    }
    options.typed_currency = if args.currency.is_none() { TypedCurrency::Required } else { TypedCurrency::Optional };
    options.keep_written = keep_written;
    Ok(options)
}

/// Opens a file that is not a folder.
pub fn open(path: &Path) -> io::Result<File> {
    let file = File::open(path)?;
    temporary::note_read(path);
    // Opening a folder succeeds on some systems and reading it then fails with less clear words.
    if file.metadata()?.is_dir() {
        return Err(io::Error::new(io::ErrorKind::IsADirectory, "it is a folder"));
    }
    Ok(file)
}

/// What an option such as `--series` lets through; `None` for all.
pub fn filter(globs: &[String], option: &str) -> Result<Option<GlobSet>, Failure> {
    if globs.is_empty() {
        return Ok(None);
    }
    let wrong = |error: globset::Error| Failure::Usage {
        message: format!("{option} {}: {}", error.glob().unwrap_or_default(), error.kind()),
        hint: "write * for any text and ? for one character; put [ ] around a character to match it literally".to_owned(),
    };
    let mut set = GlobSetBuilder::new();
    for glob in globs {
        set.add(GlobBuilder::new(glob).case_insensitive(true).build().map_err(wrong)?);
    }
    set.build().map(Some).map_err(wrong)
}

/// An input without figures, and what was left out of it.
fn no_figures(messages: &[Message]) -> Failure {
    let message = "there are no figures in the input".to_owned();
    let left_out: Vec<&str> =
        messages.iter().filter(|message| message.weight == Weight::Warning).map(|message| message.text.as_str()).collect();
    if left_out.is_empty() {
        return Failure::Data { message, hint: "the header needs a row below it".to_owned() };
    }
    Failure::Data { message: format!("{message}: {}", left_out.join("; ")), hint: "give the figures themselves".to_owned() }
}

fn none_matches(globs: &[String], names: &[String]) -> Failure {
    const SHOWN: usize = 8;
    let mut list = names.iter().take(SHOWN).cloned().collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN {
        list += &format!(" and {} more", names.len() - SHOWN);
    }
    Failure::Data { message: format!("no series matches --series {}", globs.join(" ")), hint: format!("the input has {list}") }
}
