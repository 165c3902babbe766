//! Files in the shapes that people have, each with the figures expected, what is said of them, or the exact error.

#![allow(clippy::unwrap_used, clippy::expect_used)] // helpers of tests are tests, which clippy does not see

use std::fmt::Write as _;
use std::path::Path;

use topline::money::Currency;
use topline::read::{DateOrder, DecimalMark, Form, Kind, Missing, Options, Rates, Reader, Reading};
use topline::series::{Role, Series};

/// What a user would say of a file on the command line, by the file's name.
fn options(name: &str) -> Options {
    let mut options = Options::default();
    options.keep_written = true;
    match name {
        "amounts-option-decimal-comma.csv" => options.decimal = Some(DecimalMark::Comma),
        "periods-option-month-first.csv" => options.date_order = Some(DateOrder::MonthFirst),
        "periods-restated-as-of.csv" | "sec-companyfacts-as-of.json" => options.as_of = "2023-12-31".parse().ok(),
        "long-own-columns.csv" => {
            options.columns.period = Some("when it was".to_owned());
            options.columns.value = vec!["how much".to_owned()];
            options.columns.series = Some("who".to_owned());
        }
        "long-own-columns-misspelt.csv" => options.columns.period = Some("when it wass".to_owned()),
        "long-two-currencies-rates.csv" => {
            let rates = "date,currency,rate\n2023,EUR,1.08\n";
            options.rates = Some(Rates::read("rates.csv", rates.as_bytes(), Currency::USD).unwrap());
        }
        // Three months of each year stand for a whole table.
        "wide-matrix.csv" | "columns-months-as-rows-years-as-columns.csv" => options.missing = Some(Missing::Unknown),
        "mrr-ledger.csv" => options.kind = Some(Kind::RunRate),
        "long-skip-lines.csv" | "long-skip-carriage-returns.csv" => options.skip = 2,
        "sheet-by-name.xlsx" => options.sheet = Some("budget".to_owned()),
        "sheet-by-number.xlsx" => options.sheet = Some("4".to_owned()),
        "sheet-number-is-a-name.xlsx" => options.sheet = Some("2024".to_owned()),
        "sheet-hidden.xlsx" => options.sheet = Some("Lists".to_owned()),
        "sheet-misspelt.xlsx" => options.sheet = Some("Budgt".to_owned()),
        "sheet-unknown.xlsx" => options.sheet = Some("Forecast".to_owned()),
        _ => {}
    }
    options
}

fn describe(series: &Series) -> String {
    let mut text = format!("{} in {}", series.name(), series.currency());
    if !series.calendar().is_calendar_year() {
        write!(text, ", fiscal years end in month {}", series.calendar().year_end()).unwrap();
    }
    for (figure, role) in series.figures().iter().zip(series.roles()) {
        let place = figure.place.as_ref().unwrap();
        let written = figure.written().unwrap();
        write!(text, "\n  {}:{} {} {}", place.line, place.column, figure.fact.kind(), series.calendar().name(figure.period))
            .unwrap();
        if let Some(amount) = figure.fact.amount() {
            write!(text, " {} to {}", amount.value(), amount.unit()).unwrap();
        }
        write!(text, " <- {:?} {:?}", written.period, written.value).unwrap();
        match role {
            Role::Fitted | Role::NotRevenue => {}
            Role::Excluded => text.push_str(" (excluded)"),
            Role::Superseded { .. } => text.push_str(" (superseded)"),
            Role::Check { agrees, .. } => write!(text, " (check, agrees: {agrees})").unwrap(),
        }
    }
    text
}

fn render(reading: &Reading) -> String {
    let report = &reading.files[0];
    let form = match &report.form {
        Form::Text(dialect) => format!("{:?}, {}", dialect.delimiter, dialect.encoding),
        Form::Workbook { sheet } => format!("sheet {sheet:?}"),
        other => other.name().to_owned(),
    };
    let mut text = format!("{form}, {:?}\n", report.layout.unwrap_or("none"));
    for series in &reading.series {
        text.push_str(&describe(series));
        text.push('\n');
    }
    for notice in &reading.notices {
        writeln!(text, "! {}: {notice}", notice.place()).unwrap();
    }
    text
}

fn read(path: &Path) -> String {
    let name = path.file_name().unwrap().to_str().unwrap();
    let mut reader = Reader::new(options(name));
    reader.add(name, std::fs::File::open(path).unwrap()).unwrap();
    match reader.finish() {
        Ok(reading) => render(&reading),
        Err(error) => error.to_string(),
    }
}

#[test]
fn every_shape_is_read_as_expected() {
    insta::glob!("shapes/*", |path| {
        if !path.ends_with("README.md") {
            insta::assert_snapshot!(read(path));
        }
    });
}

/// The list of shapes in their folder names every file and no other.
#[test]
fn every_shape_is_listed() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shapes");
    let list = std::fs::read_to_string(folder.join("README.md")).unwrap();
    let mut listed: Vec<&str> = list.lines().filter_map(|line| line.strip_prefix("| `")?.split('`').next()).collect();
    listed.sort_unstable();
    let files = std::fs::read_dir(&folder).unwrap().map(|file| file.unwrap().file_name().into_string().unwrap());
    let mut files: Vec<String> = files.filter(|name| name != "README.md").collect();
    files.sort_unstable();
    assert_eq!(listed, files);
}
