//! What may be typed.

use std::io;
use std::path::PathBuf;

use clap::{Args, CommandFactory, Parser, Subcommand, ValueEnum};
use topline::calendar::{FiscalCalendar, Month, Step};
use topline::money::Currency;
use topline::project::{Horizon, Level};
use topline::read::{DateOrder, DecimalMark, Encoding, Kind};

/// Licences of topline and of the font that it draws with.
pub const LICENSES: &str = concat!(
    "topline: MIT OR Apache-2.0\n\n",
    include_str!("../../LICENSE-MIT"),
    "\n\nInter, the font of the charts:\n\n",
    include_str!("../../assets/Inter-LICENSE.txt")
);

/// Projects revenue: figures in, projections with intervals out.
///
/// Reads a CSV of revenue figures, each with its kind (revenue, run-rate, target, contract, event), and projects every
/// series with prediction intervals, from one figure on.
#[derive(Debug, Parser)]
#[command(version, max_term_width = 100, subcommand_required = true, arg_required_else_help = true)]
#[command(after_help = "Examples:
  topline project data/revenue.csv                 a summary in the terminal
  topline project data/revenue.csv -o output       projection.csv, projection.json and charts
  topline project sales.csv --horizon 8q --format csv > projection.csv
  topline chart data/revenue.csv -o chart.svg      a chart alone
  topline inspect sales.csv                        how each figure was understood

Data goes to standard output, messages to standard error.
Exit codes: 0 done, 1 the data or the projection cannot be had, 2 wrong usage.")]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Project every series: summary, CSV, JSON and charts
    Project(ProjectArgs),
    /// Draw charts of figures or of a saved projection.csv, as PNG or SVG
    Chart(ChartArgs),
    /// What targets ask for, and how likely they are, under each reading
    Target(TargetArgs),
    /// When one series overtakes another, and which is the largest
    Compare(CompareArgs),
    /// Show how each figure was understood, and what is not fitted and why
    Inspect(InspectArgs),
    /// Print a completion script for a shell
    Completions {
        /// The shell.
        shell: clap_complete::Shell,
    },
    /// Print the manual page
    #[command(hide = true)]
    Man,
    /// Print the licences of topline and its font
    #[command(hide = true)]
    Licenses,
}

/// Which figures to read, and how.
#[derive(Debug, Args)]
pub struct InputArgs {
    /// CSV files of figures; `-` is standard input
    #[arg(required = true, value_name = "FILES")]
    pub files: Vec<PathBuf>,
    /// Only the series whose name matches; `*` and `?` are wildcards, and case does not count
    #[arg(long, value_name = "GLOB")]
    pub series: Vec<String>,
    /// Month in which fiscal years end: 1 to 12, or its name
    #[arg(long, value_name = "MONTH", value_parser = fiscal_year_end, default_value = "12")]
    pub fiscal_year_end: FiscalCalendar,
    /// Currency of amounts that name none (ISO 4217)
    #[arg(long, value_name = "CODE", value_parser = currency, default_value = "USD")]
    pub currency: Currency,
    /// How the files are written, where it cannot be seen.
    #[command(flatten)]
    pub reading: ReadingArgs,
}

/// How files are to be read, where they leave it open.
#[derive(Debug, Args)]
#[command(next_help_heading = "Reading")]
pub struct ReadingArgs {
    /// Column that says when, if its name is none that is known
    #[arg(long, value_name = "NAME")]
    pub period_column: Option<String>,
    /// Column of amounts
    #[arg(long, value_name = "NAME")]
    pub value_column: Option<String>,
    /// Column that names the series
    #[arg(long, value_name = "NAME")]
    pub series_column: Option<String>,
    /// Kind of figures that do not say theirs: revenue, run-rate, target, contract, event
    #[arg(long, value_name = "KIND", value_parser = kind)]
    pub kind: Option<Kind>,
    /// Decimal mark: `.` or `,` [default: what the column shows]
    #[arg(long, value_name = "MARK", value_parser = decimal)]
    pub decimal: Option<DecimalMark>,
    /// Order of day and month in dates such as 03/04/2025 [default: what the column shows]
    #[arg(long, value_enum, value_name = "ORDER")]
    pub date_order: Option<DateOrderArg>,
    /// What stands between cells: a character, or `tab` [default: what the file shows]
    #[arg(long, value_name = "CHAR", value_parser = delimiter)]
    pub delimiter: Option<u8>,
    /// Encoding, such as utf-8, windows-1252 or utf-16le [default: what the file shows]
    #[arg(long, value_name = "NAME", value_parser = encoding)]
    pub encoding: Option<Encoding>,
    /// Lines to pass over at the beginning of each file
    #[arg(long, value_name = "LINES", default_value_t = 0)]
    pub skip: usize,
    /// Leave out figures that became known after this day
    #[arg(long, value_name = "DATE")]
    pub as_of: Option<chrono::NaiveDate>,
    /// Exchange rates to --currency: a CSV with the columns date, currency, rate
    #[arg(long, value_name = "FILE")]
    pub rates: Option<PathBuf>,
}

/// Orders of day and month.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum DateOrderArg {
    /// 30/06/2025
    Dmy,
    /// 06/30/2025
    Mdy,
}

impl From<DateOrderArg> for DateOrder {
    fn from(order: DateOrderArg) -> Self {
        match order {
            DateOrderArg::Dmy => Self::DayFirst,
            DateOrderArg::Mdy => Self::MonthFirst,
        }
    }
}

/// How much is said on standard error.
#[derive(Debug, Args, Clone, Copy)]
#[command(next_help_heading = "Messages")]
pub struct MessageArgs {
    /// Say nothing but errors
    #[arg(short, long, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say how every figure was understood, too
    #[arg(short, long)]
    pub verbose: bool,
}

/// `topline project`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  topline project data/revenue.csv
  topline project data/revenue.csv --until 2030 -o output
  topline project sales.csv --step quarter --horizon 8q --level 80,90 --format csv > projection.csv
  xsv search -s company Example all.csv | topline project -")]
pub struct ProjectArgs {
    /// The figures.
    #[command(flatten)]
    pub input: InputArgs,
    /// How far and how finely.
    #[command(flatten)]
    pub plan: PlanArgs,
    /// What to print on standard output
    #[arg(help_heading = "Output", long, value_enum, default_value_t = Format::Table)]
    pub format: Format,
    /// Write the files into this folder; or one file, by its ending: .csv, .json
    #[arg(help_heading = "Output", short, long, value_name = "DIR|FILE")]
    pub output: Option<PathBuf>,
    /// Write no charts
    #[arg(help_heading = "Output", long, requires = "output")]
    pub no_charts: bool,
    /// How much is said.
    #[command(flatten)]
    pub messages: MessageArgs,
}

/// How an SVG holds its texts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum SvgTextArg {
    /// As text, small and selectable
    Text,
    /// As outlines
    Outlines,
}

/// `topline chart`.
#[derive(Debug, Args)]
#[command(after_help = "One series gives its fan, two to four a comparison, more small multiples, 24 to a page.

Examples:
  topline chart data/revenue.csv -o comparison.png
  topline chart data/revenue.csv --series OpenAI --theme dark -o openai.svg
  topline chart output/projection.csv data/revenue.csv -o comparison.png
  topline chart data/ai-and-cloud.csv --alt")]
pub struct ChartArgs {
    /// The figures; a projection.csv that topline wrote is drawn as it is, with the figures of the other files.
    #[command(flatten)]
    pub input: InputArgs,
    /// How far and how finely.
    #[command(flatten)]
    pub plan: PlanArgs,
    /// The picture to write, as its ending says: .png or .svg
    #[arg(help_heading = "Picture", short, long, value_name = "FILE", required_unless_present = "alt")]
    pub output: Option<PathBuf>,
    /// Print what the chart says, for readers who do not see it
    #[arg(help_heading = "Picture", long)]
    pub alt: bool,
    /// Scale of the money axis
    #[arg(help_heading = "Picture", long, value_enum, default_value_t = ScaleArg::Auto)]
    pub scale: ScaleArg,
    /// Colours
    #[arg(help_heading = "Picture", long, value_enum, default_value_t = ThemeArg::Light)]
    pub theme: ThemeArg,
    /// Scales of small multiples: one for all, or the same slopes at each panel's own level
    #[arg(help_heading = "Picture", long, value_enum, default_value_t = PanelsArg::Shared)]
    pub panels: PanelsArg,
    /// Width and height in CSS pixels [default: 1600x900, or 1600x1000 for small multiples]
    #[arg(help_heading = "Picture", long, value_name = "WIDTHxHEIGHT", value_parser = size)]
    pub size: Option<(u32, u32)>,
    /// Pixels of a PNG to the CSS pixel: 1, 2 or 3
    #[arg(help_heading = "Picture", long, value_name = "N", value_parser = clap::value_parser!(u8).range(1..=3), default_value_t = 2)]
    pub pixel_ratio: u8,
    /// A title in place of the one that states the result
    #[arg(help_heading = "Picture", long, value_name = "TEXT")]
    pub title: Option<String>,
    /// The first period shown: 2023, 2024Q3, 2025-01 [default: all history that leaves the projection room]
    #[arg(help_heading = "Picture", long, value_name = "PERIOD")]
    pub from: Option<String>,
    /// A TrueType or OpenType font for characters that Inter lacks, such as Chinese
    #[arg(help_heading = "Picture", long, value_name = "FILE")]
    pub font: Option<PathBuf>,
    /// Texts of an SVG: as text, or as outlines that look the same without the font
    #[arg(help_heading = "Picture", long, value_enum, default_value_t = SvgTextArg::Text)]
    pub svg_text: SvgTextArg,
    /// How much is said.
    #[command(flatten)]
    pub messages: MessageArgs,
}

/// Scales of the money axis.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ScaleArg {
    /// Linear, unless small amounts would lie flat on the axis
    Auto,
    /// From zero
    Linear,
    /// Logarithmic
    Log,
}

/// Colours of a chart.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ThemeArg {
    /// Dark on white
    Light,
    /// Light on near black
    Dark,
}

/// How the scales of small multiples go together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum PanelsArg {
    /// One scale for all panels
    Shared,
    /// On a log scale, the same slopes at each panel's own level
    Slopes,
}

/// Methods of projection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum MethodArg {
    /// The growth model: any figures, few or many, of mixed kinds, at any dates
    Growth,
    /// Exponential smoothing, for regular totals
    Ets,
    /// The optimised theta method, for regular totals
    Theta,
    /// The mean of ets and theta
    Combine,
    /// The last total goes on
    Naive,
    /// The same month or quarter of last year goes on
    SeasonalNaive,
    /// The last total goes on, with the mean change so far
    Drift,
}

/// How far to project, how finely, and at which levels.
#[derive(Debug, Args)]
#[command(next_help_heading = "Projection")]
pub struct PlanArgs {
    /// Project up to this month, for every series: 2027-12, Dec 2027, 2027
    #[arg(long, value_name = "PERIOD", conflicts_with = "horizon")]
    pub until: Option<String>,
    /// Project this far from each series' last figure: 24m, 8q, 3y [default: 24m, 8q or 3y, by the step]
    #[arg(long, value_name = "SPAN", value_parser = horizon)]
    pub horizon: Option<Horizon>,
    /// Length of the projected periods [default: that of the figures if all are months or all are quarters, else years]
    #[arg(long, value_enum)]
    pub step: Option<StepArg>,
    /// Levels of the prediction intervals in percent
    #[arg(long, value_name = "PERCENT", value_delimiter = ',', value_parser = level, default_value = "50,80,95")]
    pub level: Vec<Level>,
    /// Method of projection
    #[arg(long, value_enum, default_value_t = MethodArg::Growth)]
    pub method: MethodArg,
}

/// `topline target`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  topline target data/revenue.csv
  topline target data/revenue.csv --goal \"OpenAI=20B@2026-12 run-rate\"
  topline target sales.csv --goal 5M@2027 --format json")]
pub struct TargetArgs {
    /// The figures.
    #[command(flatten)]
    pub input: InputArgs,
    /// A target that is not in the files: [Series=]20B@2026-12, with run-rate or revenue after it if only one is meant
    #[arg(help_heading = "Output", long, value_name = "GOAL")]
    pub goal: Vec<String>,
    /// How to print it
    #[arg(help_heading = "Output", long, value_enum, default_value_t = InspectFormat::Table)]
    pub format: InspectFormat,
    /// How much is said.
    #[command(flatten)]
    pub messages: MessageArgs,
}

/// `topline compare`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  topline compare data/revenue.csv
  topline compare data/ai-and-cloud.csv --of OpenAI,AWS --until 2030 -o crossing.png")]
pub struct CompareArgs {
    /// The figures.
    #[command(flatten)]
    pub input: InputArgs,
    /// The series to compare, by name [default: all]
    #[arg(help_heading = "Comparison", long = "of", value_name = "NAMES", value_delimiter = ',')]
    pub names: Vec<String>,
    /// Last month to look at: 2030-12, Dec 2030, 2030 [default: five years after that of the last figure]
    #[arg(help_heading = "Comparison", long, value_name = "PERIOD")]
    pub until: Option<String>,
    /// How to print it
    #[arg(help_heading = "Output", long, value_enum, default_value_t = InspectFormat::Table)]
    pub format: InspectFormat,
    /// Draw the crossing of two series into this file: .png or .svg
    #[arg(help_heading = "Output", short, long, value_name = "FILE")]
    pub output: Option<PathBuf>,
    /// Pixels of a PNG to the CSS pixel: 1, 2 or 3
    #[arg(help_heading = "Output", long, value_name = "N", requires = "output", value_parser = clap::value_parser!(u8).range(1..=3), default_value_t = 2)]
    pub pixel_ratio: u8,
    /// How much is said.
    #[command(flatten)]
    pub messages: MessageArgs,
}

/// `topline inspect`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:
  topline inspect data/revenue.csv
  topline inspect sales.csv --fix figures.csv
  topline inspect sales.csv --format json | jq '.series[].figures[].used_as'")]
pub struct InspectArgs {
    /// The figures.
    #[command(flatten)]
    pub input: InputArgs,
    /// How to print it
    #[arg(help_heading = "Output", long, value_enum, default_value_t = InspectFormat::Table)]
    pub format: InspectFormat,
    /// Write the figures in topline's own form into this file
    #[arg(help_heading = "Output", long, value_name = "FILE")]
    pub fix: Option<PathBuf>,
}

/// Forms of a projection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A summary to read
    Table,
    /// The rows, for a spreadsheet or a program
    Csv,
    /// The rows with all they rest on, for a program
    Json,
}

/// Forms of an inspection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum InspectFormat {
    /// A table to read
    Table,
    /// The same for a program
    Json,
}

/// Lengths of a projected period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum StepArg {
    /// Months
    Month,
    /// Quarters of the fiscal year
    Quarter,
    /// Halves of the fiscal year
    Half,
    /// Fiscal years
    Year,
}

impl From<StepArg> for Step {
    fn from(step: StepArg) -> Self {
        match step {
            StepArg::Month => Self::Month,
            StepArg::Quarter => Self::Quarter,
            StepArg::Half => Self::Half,
            StepArg::Year => Self::Year,
        }
    }
}

impl Cli {
    /// Writes a completion script.
    pub fn completions(shell: clap_complete::Shell, out: &mut dyn io::Write) -> io::Result<()> {
        // The generator panics on a closed pipe, so it writes to memory.
        let mut script = Vec::new();
        clap_complete::generate(shell, &mut Self::command(), "topline", &mut script);
        out.write_all(&script)
    }

    /// Writes the manual page, in roff.
    pub fn man_page(out: &mut dyn io::Write) -> io::Result<()> {
        clap_mangen::Man::new(Self::command()).render(out)
    }
}

fn fiscal_year_end(text: &str) -> Result<FiscalCalendar, String> {
    let by_name = || {
        let lower = text.to_lowercase();
        let months = (1..=12).filter_map(|number| Month::new(2000, number));
        let mut named = months.filter(|month| lower.len() >= 3 && month.long_name().to_lowercase().starts_with(&lower));
        named.next().map(Month::month)
    };
    let month = text.parse().ok().or_else(by_name);
    month.and_then(FiscalCalendar::ending_in).ok_or_else(|| "give a month as 1 to 12 or by its name: 06, June".to_owned())
}

fn currency(text: &str) -> Result<Currency, String> {
    Currency::from_code(text).ok_or_else(|| "give a currency by its ISO 4217 code: USD, EUR, JPY".to_owned())
}

fn kind(text: &str) -> Result<Kind, String> {
    Kind::from_name(text).ok_or_else(|| "kinds are revenue, run-rate, target, contract and event".to_owned())
}

fn decimal(text: &str) -> Result<DecimalMark, String> {
    match text {
        "." | "point" => Ok(DecimalMark::Point),
        "," | "comma" => Ok(DecimalMark::Comma),
        _ => Err("give . or ,".to_owned()),
    }
}

fn delimiter(text: &str) -> Result<u8, String> {
    match text.as_bytes() {
        [one] if one.is_ascii_punctuation() && *one != b'"' || *one == b'\t' => Ok(*one),
        _ if text == "tab" || text == "\\t" => Ok(b'\t'),
        _ => Err("give one character, such as ; or |, or the word tab".to_owned()),
    }
}

fn encoding(text: &str) -> Result<Encoding, String> {
    Encoding::from_label(text).ok_or_else(|| "give an encoding by its name: utf-8, windows-1252, utf-16le".to_owned())
}

fn size(text: &str) -> Result<(u32, u32), String> {
    let sides = text.split_once(['x', 'X', '×']);
    let numbers = sides.and_then(|(width, height)| Some((width.trim().parse().ok()?, height.trim().parse().ok()?)));
    numbers.ok_or_else(|| "give width and height in CSS pixels: 1600x900".to_owned())
}

fn level(text: &str) -> Result<Level, String> {
    let number: f64 = text.trim_end_matches('%').trim().parse().map_err(|_| "give percentages: 50,80,95".to_owned())?;
    Level::from_percent(number).ok_or_else(|| {
        if number > 0.0 && number < 1.0 {
            format!("levels are percentages: give {} for {number}", (number * 1e6).round() / 1e4)
        } else {
            "a level lies above 1 and below 100 percent".to_owned()
        }
    })
}

fn horizon(text: &str) -> Result<Horizon, String> {
    let wrong = || "give a whole number of months, quarters or years: 24m, 8q, 3y".to_owned();
    let text = text.trim().to_lowercase();
    let split = text.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
    let (count, unit) = text.split_at(split);
    let count: u32 = count.parse().map_err(|_| wrong())?;
    let months = match unit.trim() {
        "m" | "month" | "months" => 1,
        "q" | "quarter" | "quarters" => 3,
        "h" | "half" | "halves" => 6,
        "y" | "year" | "years" => 12,
        _ => return Err(wrong()),
    };
    match count.checked_mul(months) {
        Some(0) => Err("a horizon is one period at least".to_owned()),
        Some(months) if months <= topline::project::growth::MOST_MONTHS => Ok(Horizon::Months(months)),
        _ => Err("a horizon is a hundred years at most".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arguments_are_well_formed() {
        Cli::command().debug_assert();
    }

    #[test]
    fn delimiters_and_decimal_marks() {
        assert_eq!((delimiter(";"), delimiter("tab"), delimiter("\t")), (Ok(b';'), Ok(b'\t'), Ok(b'\t')));
        for wrong in ["", "ab", "x", "\"", "1", "é"] {
            assert!(delimiter(wrong).is_err(), "{wrong}");
        }
        assert_eq!(decimal(","), Ok(DecimalMark::Comma));
        assert!(decimal(";").is_err());
    }

    #[test]
    fn horizons() {
        assert_eq!(horizon("8q"), Ok(Horizon::Months(24)));
        assert_eq!(horizon("3 years"), Ok(Horizon::Months(36)));
        for wrong in ["", "8", "q", "8w", "0m", "-3m", "1201m", "99999999999y"] {
            assert!(horizon(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sizes() {
        assert_eq!(size("1600x900"), Ok((1600, 900)));
        assert_eq!(size("800 × 500"), Ok((800, 500)));
        assert!(size("1600").is_err() && size("1600x").is_err() && size("-1x5").is_err());
    }

    #[test]
    fn level_as_a_fraction_is_told_its_percentage() {
        assert_eq!(level("0.95"), Err("levels are percentages: give 95 for 0.95".to_owned()));
        assert!(level("100").is_err() && level("-5").is_err() && level("NaN").is_err());
        assert_eq!(level("80%").unwrap().to_string(), "80");
    }

    #[test]
    fn fiscal_year_end_by_number_or_name() {
        for text in ["06", "6", "June", "jun"] {
            assert_eq!(fiscal_year_end(text).unwrap().year_end(), 6);
        }
        for wrong in ["13", "0", "j", ""] {
            assert!(fiscal_year_end(wrong).is_err(), "{wrong}");
        }
    }
}
