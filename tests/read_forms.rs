//! Any table of figures, written in any dialect, layout, form of amount and form of period, reads back the same figures.

#![allow(clippy::unwrap_used, clippy::expect_used)] // helpers of tests are tests, which clippy does not see

use proptest::prelude::*;
use topline::calendar::{Month, Period};
use topline::export::write_canonical;
use topline::read::{Options, Reader};
use topline::series::Series;

/// Figures of several series on one grid of periods: `values[series][period]`, in cents, `None` where there is none.
#[derive(Clone, Debug)]
struct Table {
    names: Vec<&'static str>,
    periods: Vec<Period>,
    values: Vec<Vec<Option<u64>>>,
}

#[derive(Clone, Copy, Debug)]
#[allow(clippy::struct_excessive_bools)] // independent habits of exporters
struct Dialect {
    delimiter: char,
    ending: &'static str,
    encoding: Encoding,
    quote_all: bool,
    titles: bool,
    footer: bool,
    trailing: bool,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Encoding {
    Utf8,
    Utf8WithMark,
    Utf16,
    Windows1252,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Layout {
    Long,
    Wide,
    SeriesColumns,
}

/// How amounts are written: the group separator, the decimal mark, what stands before and behind, and the scale.
#[derive(Clone, Copy, Debug)]
struct AmountForm {
    group: &'static str,
    point: char,
    before: &'static str,
    behind: &'static str,
}

/// How periods are written: by the month, quarter or year they are.
#[derive(Clone, Copy, Debug)]
enum PeriodForm {
    Plain,
    Words,
    French,
    Short,
    LastDay,
    DayFirst,
    Interval,
}

const NAMES: [&str; 5] = ["Alpha", "Beta & Sons", "Étoile", "Délta / Cloud", "Omega \"Ω\" Ltd"];

fn table() -> impl Strategy<Value = Table> {
    let grid = (1990_i32..2030, 0_u32..12, prop_oneof![Just(1_u32), Just(3), Just(12)], 3_usize..9);
    let grid = grid.prop_map(|(year, offset, months, count)| {
        // On the calendar's grid, so that the periods have names.
        let first = Month::new(year, 1 + offset / months * months).unwrap();
        let period = |at: usize| {
            let start = first.plus(i32::try_from(at).unwrap() * i32::try_from(months).unwrap());
            Period::ending(start.plus(i32::try_from(months).unwrap() - 1), months)
        };
        (0..count).map(period).collect::<Vec<Period>>()
    });
    (grid, 1_usize..5).prop_flat_map(|(periods, series)| {
        let value = prop_oneof![9 => (0_u64..10_000_000_000).prop_map(Some), 1 => Just(None)];
        let values = prop::collection::vec(prop::collection::vec(value, periods.len()), series);
        values.prop_map(move |mut values| {
            // The first two of each series are there, so that the spacing of its dates shows.
            for of_series in &mut values {
                for value in &mut of_series[..2] {
                    value.get_or_insert(12_345);
                }
            }
            Table { names: NAMES[..values.len()].to_vec(), periods: periods.clone(), values }
        })
    })
}

fn dialect() -> impl Strategy<Value = Dialect> {
    let encodings =
        prop_oneof![Just(Encoding::Utf8), Just(Encoding::Utf8WithMark), Just(Encoding::Utf16), Just(Encoding::Windows1252)];
    let delimiters = prop_oneof![Just(','), Just(';'), Just('\t'), Just('|')];
    let endings = prop_oneof![Just("\n"), Just("\r\n"), Just("\r")];
    (delimiters, endings, encodings, any::<[bool; 4]>()).prop_map(|(delimiter, ending, encoding, flags)| Dialect {
        delimiter,
        ending,
        encoding,
        quote_all: flags[0],
        titles: flags[1],
        footer: flags[2],
        trailing: flags[3],
    })
}

fn amount_form() -> impl Strategy<Value = AmountForm> {
    let groups = prop_oneof![
        Just(("", '.')),
        Just((",", '.')),
        Just((".", ',')),
        Just((" ", ',')),
        Just(("\u{a0}", ',')),
        Just(("'", '.')),
        Just(("", ','))
    ];
    let signs = prop_oneof![Just(("$", "")), Just(("", " USD")), Just(("USD ", "")), Just(("US$", "")), Just(("", " $"))];
    (groups, signs).prop_map(|((group, point), (before, behind))| AmountForm { group, point, before, behind })
}

fn write_amount(cents: u64, form: AmountForm) -> String {
    let whole = (cents / 100).to_string();
    let mut grouped = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            grouped.push_str(form.group);
        }
        grouped.push(digit);
    }
    format!("{}{grouped}{}{:02}{}", form.before, form.point, cents % 100, form.behind)
}

fn write_period(period: Period, form: PeriodForm) -> String {
    let (first, last) = (period.first(), period.last());
    let (year, quarter) = (last.year(), last.month().div_ceil(3));
    let french = [
        "janvier",
        "février",
        "mars",
        "avril",
        "mai",
        "juin",
        "juillet",
        "août",
        "septembre",
        "octobre",
        "novembre",
        "décembre",
    ];
    let day = last.last_day();
    match (form, period.months()) {
        (PeriodForm::Plain, 1) => last.to_string(),
        (PeriodForm::Plain, 3) => format!("{year}Q{quarter}"),
        (PeriodForm::Plain, _) => year.to_string(),
        (PeriodForm::Words, 1) => format!("{} {year}", last.long_name()),
        (PeriodForm::Words, 3) => format!("Q{quarter} {year}"),
        (PeriodForm::Words, _) => format!("FY{year}"),
        (PeriodForm::French, 1) => format!("{} {year}", french[last.month() as usize - 1]),
        (PeriodForm::French, 3) => format!("T{quarter} {year}"),
        (PeriodForm::French, _) => format!("exercice {year}"),
        (PeriodForm::Short, 1) => format!("{}-{:02}", last.short_name(), year % 100),
        (PeriodForm::Short, 3) => format!("{quarter}Q{:02}", year % 100),
        (PeriodForm::Short, _) => format!("FY{:02}", year % 100),
        (PeriodForm::LastDay, _) => day.to_string(),
        (PeriodForm::DayFirst, _) => day.format("%d/%m/%Y").to_string(),
        (PeriodForm::Interval, _) => format!("{first}/{last}"),
    }
}

fn rows(table: &Table, layout: Layout, amounts: AmountForm, periods: PeriodForm) -> Vec<Vec<String>> {
    let amount =
        |series: usize, at: usize| table.values[series][at].map_or(String::new(), |cents| write_amount(cents, amounts));
    let period = |at: usize| write_period(table.periods[at], periods);
    let (series, count) = (table.names.len(), table.periods.len());
    let text = |text: &str| text.to_owned();
    match layout {
        Layout::Long => {
            let cells = (0..series).flat_map(|series| (0..count).map(move |at| (series, at)));
            let filled = cells.filter(|(series, at)| table.values[*series][*at].is_some());
            let rows =
                filled.map(|(series, at)| vec![period(at), text(table.names[series]), amount(series, at), String::new()]);
            std::iter::once(["period", "company", "revenue", "note"].map(text).to_vec()).chain(rows).collect()
        }
        Layout::Wide => {
            let header = std::iter::once(text("Company")).chain((0..count).map(period)).collect();
            let row = |series: usize| {
                std::iter::once(text(table.names[series])).chain((0..count).map(|at| amount(series, at))).collect()
            };
            std::iter::once(header).chain((0..series).map(row)).collect()
        }
        Layout::SeriesColumns => {
            let header = std::iter::once(text("Date")).chain(table.names.iter().map(|name| text(name))).collect();
            let row = |at: usize| std::iter::once(period(at)).chain((0..series).map(|series| amount(series, at))).collect();
            std::iter::once(header).chain((0..count).map(row)).collect()
        }
    }
}

fn write(rows: &[Vec<String>], dialect: Dialect) -> Vec<u8> {
    let mut text = String::new();
    if dialect.titles {
        text.extend(["Revenue report", dialect.ending, "Exported for a test", dialect.ending, dialect.ending]);
    }
    for row in rows {
        for (at, cell) in row.iter().enumerate() {
            if at > 0 {
                text.push(dialect.delimiter);
            }
            let special = cell.contains([dialect.delimiter, '"', '\n', '\r']);
            if dialect.quote_all || special {
                text.extend(["\"", &cell.replace('"', "\"\""), "\""]);
            } else {
                text.push_str(cell);
            }
        }
        if dialect.trailing {
            text.push(dialect.delimiter);
        }
        text.push_str(dialect.ending);
    }
    if dialect.footer {
        text.extend([dialect.ending, "Prepared by hand", dialect.ending]);
    }
    match dialect.encoding {
        Encoding::Utf8 => text.into_bytes(),
        Encoding::Utf8WithMark => format!("\u{feff}{text}").into_bytes(),
        Encoding::Utf16 => "\u{feff}".encode_utf16().chain(text.encode_utf16()).flat_map(u16::to_le_bytes).collect(),
        Encoding::Windows1252 => {
            let (bytes, _, lossy) = encoding_rs::WINDOWS_1252.encode(&text);
            // Only some of the names can be written so.
            if lossy { text.into_bytes() } else { bytes.into_owned() }
        }
    }
}

type Found = Vec<(String, Period, f64)>;

fn expected(table: &Table) -> Found {
    let mut all = Vec::new();
    for (series, name) in table.names.iter().enumerate() {
        for (at, period) in table.periods.iter().enumerate() {
            if let Some(cents) = table.values[series][at] {
                // Read by the standard library, the same decimal text gives the same bits.
                all.push(((*name).to_owned(), *period, format!("{cents}e-2").parse().unwrap()));
            }
        }
    }
    sorted(all)
}

fn sorted(mut found: Found) -> Found {
    found.sort_by(|one, other| (&one.0, one.1).cmp(&(&other.0, other.1)));
    found
}

fn read(bytes: &[u8]) -> Result<Vec<Series>, String> {
    // The amounts are anything, and look it.
    let mut options = Options::default();
    options.as_given = true;
    let mut reader = Reader::new(options);
    reader.add("table.csv", bytes).unwrap();
    Ok(reader.finish().map_err(|error| error.to_string())?.series)
}

fn found(series: &[Series]) -> Found {
    let mut all = Vec::new();
    for series in series {
        for figure in series.figures() {
            all.push((series.name().to_owned(), figure.period, figure.fact.amount().unwrap().value()));
        }
    }
    sorted(all)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1500))]

    #[test]
    fn any_table_reads_back(
        table in table(),
        dialect in dialect(),
        layout in prop_oneof![Just(Layout::Long), Just(Layout::Wide), Just(Layout::SeriesColumns)],
        amounts in amount_form(),
        periods in prop_oneof![
            Just(PeriodForm::Plain), Just(PeriodForm::Words), Just(PeriodForm::French), Just(PeriodForm::Short),
            Just(PeriodForm::LastDay), Just(PeriodForm::DayFirst), Just(PeriodForm::Interval)
        ],
    ) {
        let mut table = table;
        // Totals dated by days need the spacing of their dates: without gaps, so that it shows beyond doubt.
        if matches!(periods, PeriodForm::LastDay | PeriodForm::DayFirst) {
            for value in table.values.iter_mut().flatten() {
                value.get_or_insert(67_890);
            }
        }
        let bytes = write(&rows(&table, layout, amounts, periods), dialect);
        let text = String::from_utf8_lossy(&bytes);
        let series = read(&bytes).map_err(|error| TestCaseError::fail(format!("{error}\n{text}")))?;
        prop_assert_eq!(found(&series), expected(&table), "{}", text);
        // The canonical form says the same, precision included.
        let mut canonical = Vec::new();
        write_canonical(&mut canonical, &series).unwrap();
        let again = read(&canonical).map_err(TestCaseError::fail)?;
        let facts = |series: &[Series]| {
            let of_series = |series: &Series| {
                let figures = series.figures().iter().map(|figure| (figure.fact, figure.period)).collect::<Vec<_>>();
                (series.name().to_owned(), series.currency(), figures)
            };
            series.iter().map(of_series).collect::<Vec<_>>()
        };
        prop_assert_eq!(facts(&again), facts(&series), "{}", String::from_utf8_lossy(&canonical));
    }
}
