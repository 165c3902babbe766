//! Laws of reading: what is written canonically reads back, and problems point inside the file.
#![allow(clippy::unwrap_used, clippy::expect_used)] // helpers of tests are tests, which clippy does not see

use proptest::prelude::*;
use topline::calendar::{FiscalCalendar, Month, Period};
use topline::read::{Options, ReadError, Reader, Reading};
use topline::series::Fact;

fn read(calendar: FiscalCalendar, bytes: &[u8]) -> Result<Reading, ReadError> {
    let mut options = Options::default();
    options.calendar = Some(calendar);
    // One label such as 2002-03 is asked about where no other shows what it is.
    options.period_labels = Some(topline::read::PeriodLabels::Months);
    let mut reader = Reader::new(options);
    reader.add("f.csv", bytes).unwrap();
    reader.finish()
}

fn calendar() -> impl Strategy<Value = FiscalCalendar> {
    (1_u32..=12).prop_map(|month| FiscalCalendar::ending_in(month).unwrap())
}

fn period() -> impl Strategy<Value = Period> {
    let month = (1710_i32..=2140, 1_u32..=12).prop_map(|(year, month)| Month::new(year, month).unwrap());
    (month, prop_oneof![Just(1_u32), Just(3), Just(6), Just(12), 1_u32..40])
        .prop_map(|(last, months)| Period::ending(last, months))
}

/// An amount as a person states it: up to 12 digits, some of them decimals.
fn amount() -> impl Strategy<Value = (bool, u64, u32)> {
    (any::<bool>(), 0_u64..1_000_000_000_000, 0_u32..=2)
}

fn plain(minus: bool, digits: u64, decimals: u32) -> String {
    let unit = 10_u64.pow(decimals);
    let sign = if minus { "-" } else { "" };
    if decimals == 0 {
        format!("{sign}{digits}")
    } else {
        format!("{sign}{}.{:0width$}", digits / unit, digits % unit, width = decimals as usize)
    }
}

fn grouped(minus: bool, digits: u64, decimals: u32, group: &str, point: char) -> String {
    let text = plain(false, digits, decimals);
    let (whole, rest) = text.split_once('.').map_or((text.as_str(), None), |(whole, rest)| (whole, Some(rest)));
    let mut out = String::new();
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            out.push_str(group);
        }
        out.push(digit);
    }
    if let Some(rest) = rest {
        out.push(point);
        out.push_str(rest);
    }
    if minus { format!("({out})") } else { out }
}

fn only_amount(reading: &Reading) -> (f64, f64) {
    let amount = reading.series[0].figures()[0].fact.amount().unwrap();
    (amount.value(), amount.unit())
}

proptest! {
    #[test]
    fn named_periods_read_back(calendar in calendar(), period in period()) {
        let text = format!("period,value\n{},$1\n", calendar.name(period));
        let reading = read(calendar, text.as_bytes()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(reading.series[0].figures()[0].period, period);
    }

    #[test]
    fn amounts_read_back_in_every_grouping((minus, digits, decimals) in amount()) {
        // The same decimal text, read by the standard library, is the reference.
        let expected: f64 = plain(minus, digits, decimals).parse().unwrap();
        let unit: f64 = format!("1e-{decimals}").parse().unwrap();
        let forms = [
            plain(minus, digits, decimals),
            grouped(minus, digits, decimals, ",", '.'),
            grouped(minus, digits, decimals, ".", ','),
            grouped(minus, digits, decimals, " ", ','),
            grouped(minus, digits, decimals, "\u{202f}", ','),
            grouped(minus, digits, decimals, "'", '.'),
        ];
        for form in forms {
            // The second row shows the decimal mark.
            let mark = if form.contains(',') && !form.contains('.') && form.matches(',').count() == 1 { "," } else { "." };
            let mark = if form.matches('.').count() > 1 || form.contains('.') && form.rfind(',') > form.rfind('.') { "," } else { mark };
            prop_assume!(mark == "." || decimals > 0 || form.matches('.').count() > 1);
            let text = format!("period,value\n2024,\"{form}\"\n2025,\"1{mark}5\"\n");
            let reading = read(FiscalCalendar::default(), text.as_bytes()).map_err(|error| TestCaseError::fail(format!("{form}: {error}")))?;
            prop_assert_eq!(only_amount(&reading), (expected, unit), "{}", form);
        }
    }

    #[test]
    fn shortened_amounts_keep_their_precision(digits in 1_u64..100_000, decimals in 0_u32..=2, unit in 0_usize..6) {
        let (name, power) = [("K", 3), ("M", 6), ("bn", 9), (" Mrd", 9), ("T", 12), ("e9", 9)][unit];
        let stated = plain(false, digits, decimals);
        let expected: f64 = format!("{stated}e{power}").parse().unwrap();
        let last: f64 = format!("1e{}", power - i32::try_from(decimals).unwrap()).parse().unwrap();
        let text = format!("period,value\n2024,{stated}{name}\n");
        let reading = read(FiscalCalendar::default(), text.as_bytes()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        prop_assert_eq!(only_amount(&reading), (expected, last));
    }

    #[test]
    fn a_canonical_table_reads_back(
        calendar in calendar(),
        rows in prop::collection::vec((0_usize..4, period(), 0_usize..5, amount()), 1..30),
        ending in prop_oneof![Just("\n"), Just("\r\n"), Just("\r")],
        mark in any::<bool>(),
        delimiter in prop_oneof![Just(','), Just(';'), Just('\t'), Just('|')],
    ) {
        let names = ["Acme", "O'Neil, \"Sons\" & Co", "Étoile | 株式会社", "=1+1"];
        let kinds = ["revenue", "run-rate", "target", "contract", "event"];
        let quote = |cell: &str| format!("\"{}\"", cell.replace('"', "\"\""));
        let mut text = if mark { "\u{feff}".to_owned() } else { String::new() };
        let mut push = |cells: [&str; 5]| {
            text.push_str(&cells.map(quote).join(&delimiter.to_string()));
            text.push_str(ending);
        };
        push(["series", "kind", "period", "value", "currency"]);
        let mut expected: Vec<(usize, &str, Period, Option<f64>)> = Vec::new();
        for (name, period, kind, (minus, digits, decimals)) in rows {
            let (kind, period) = (kinds[kind], if kind == 1 { period.last().into() } else { period });
            // A target dated by its year's last month is read as the year's, which is another law.
            if kind == "target" && period.months() == 1 && period.last().month() == calendar.year_end() {
                continue;
            }
            let value = plain(minus, digits, decimals);
            push([names[name], kind, &calendar.name(period), &value, "USD"]);
            expected.push((name, kind, period, value.parse().ok()));
        }
        prop_assume!(!expected.is_empty());
        // Months that stand quarters or years apart may name those, which is another law.
        let is_open = |name: Option<usize>| {
            let totals = expected.iter().filter(|(of, kind, ..)| name.is_none_or(|name| *of == name) && *kind == "revenue");
            let mut months = totals.filter(|(_, _, period, _)| period.months() == 1).map(|(_, _, period, _)| period.last().index());
            let first = months.next().unwrap_or_default();
            let gaps: Vec<i32> = months.map(|month| (month - first).abs()).filter(|gap| *gap > 0).collect();
            !gaps.is_empty() && gaps.iter().all(|gap| gap % 3 == 0)
        };
        prop_assume!(!(0..names.len()).map(Some).chain([None]).any(is_open));
        let reading = read(calendar, text.as_bytes()).map_err(|error| TestCaseError::fail(error.to_string()))?;
        let mut found: Vec<(usize, &str, Period, Option<f64>)> = Vec::new();
        for series in &reading.series {
            let name = names.iter().position(|name| *name == series.name()).unwrap();
            for figure in series.figures() {
                found.push((name, figure.fact.kind(), figure.period, figure.fact.amount().map(topline::money::Amount::value)));
                let has_basis = matches!(figure.fact, Fact::Target { basis: Some(_), .. });
                prop_assert!(!has_basis);
            }
        }
        let key = |row: &(usize, &str, Period, Option<f64>)| format!("{row:?}");
        expected.sort_by_key(key);
        found.sort_by_key(key);
        prop_assert_eq!(found, expected);
        prop_assert_eq!(&reading.notices, &[]);
    }

    #[test]
    fn problems_point_inside_the_file(
        rows in prop::collection::vec(("[A-Cé, ]{0,4}", "[0-9Q/-]{0,9}", "[0-9.,$€x ]{0,8}"), 1..12),
        ending in prop_oneof![Just("\n"), Just("\r\n"), Just("\r")],
    ) {
        let mut text = format!("series,period,value{ending}");
        for (series, period, value) in &rows {
            text.extend(["\"", series, "\",", period, ",\"", value, "\"", ending]);
        }
        let Err(error) = read(FiscalCalendar::default(), text.as_bytes()) else { return Ok(()) };
        let lines: Vec<&str> = text.split(ending).collect();
        for problem in error.problems() {
            let line = lines[usize::try_from(problem.place.line).unwrap() - 1];
            let column = usize::try_from(problem.place.column).unwrap() - 1;
            prop_assert!(column <= line.chars().count(), "{} in {:?}", problem.place, line);
            let rest: String = line.chars().skip(column).collect();
            prop_assert!(rest.starts_with(problem.found.trim()), "{:?} is not {:?}", rest, problem.found);
            let excerpt: String = problem.excerpt.text.chars().skip(problem.excerpt.start).take(problem.excerpt.length).collect();
            prop_assert_eq!(excerpt.trim(), problem.found.trim());
        }
    }

    #[test]
    fn no_bytes_make_the_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let mut with_header = b"series,kind,period,value\n".to_vec();
        with_header.extend_from_slice(&bytes);
        for input in [&bytes, &with_header] {
            if let Err(error) = read(FiscalCalendar::default(), input) {
                prop_assert!(error.total() > 0);
            }
        }
    }
}

/// What the fuzzer found stays mended: `tests/found/` keeps each input.
#[test]
fn found_inputs_are_read() {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/found");
    let mut found = 0;
    for entry in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(entry.unwrap().path()).unwrap();
        if let Err(error) = read(FiscalCalendar::default(), &bytes) {
            assert!(error.total() > 0);
        }
        found += 1;
    }
    assert!(found > 0, "the folder is not empty");
}
