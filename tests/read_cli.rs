//! The options of reading, as they are typed.

#![allow(clippy::unwrap_used, clippy::expect_used)] // helpers of tests are tests, which clippy does not see

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use serde_json::Value;

fn topline(arguments: &[&str], stdin: &str) -> assert_cmd::assert::Assert {
    Command::cargo_bin("topline").unwrap().args(arguments).env_clear().write_stdin(stdin.to_owned()).assert()
}

/// The JSON of `inspect` for what is given on standard input.
fn inspect(options: &[&str], stdin: &str) -> Value {
    let arguments: Vec<&str> = ["inspect", "-", "--format", "json"].into_iter().chain(options.iter().copied()).collect();
    let output = topline(&arguments, stdin).success().get_output().stdout.clone();
    serde_json::from_slice(&output).unwrap()
}

fn amounts(document: &Value) -> Vec<f64> {
    let series = document["series"].as_array().unwrap();
    let figures = series.iter().flat_map(|series| series["figures"].as_array().unwrap());
    figures.map(|figure| figure["value"].as_f64().unwrap()).collect()
}

#[test]
fn options_overrule_what_the_file_leaves_open() {
    assert_eq!(amounts(&inspect(&["--decimal", ","], "month;revenue\n2024-01;1.234\n")), [1234.0]);
    assert_eq!(amounts(&inspect(&["--decimal", "."], "month;revenue\n2024-01;1.234\n")), [1.234]);
    assert_eq!(amounts(&inspect(&["--delimiter", "|"], "month|revenue\n2024-01|1,5\n")), [1.5]);
    assert_eq!(amounts(&inspect(&["--skip", "1"], "a,b\nmonth,revenue\n2024-01,7\n")), [7.0]);
    let dates = inspect(&["--date-order", "mdy"], "date,revenue\n01/01/2024,1\n02/01/2024,2\n");
    assert_eq!(dates["series"][0]["figures"][1]["period"], "2024-02");
    let kind = inspect(&["--kind", "run-rate"], "date,amount\n2024-03-09,1\n");
    assert_eq!(kind["series"][0]["figures"][0]["kind"], "run-rate");
    let named = ["--period-column", "when", "--value-column", "how much", "--series-column", "who"];
    let columns = inspect(&named, "when,how much,who\n2024,1,Example\n");
    assert_eq!(columns["series"][0]["name"], "Example");
    let known = inspect(&["--as-of", "2024-06-30"], "period,value,as_of\n2022,1,2023-02-01\n2022,2,2025-02-01\n");
    assert_eq!(amounts(&known), [1.0]);
}

/// What is said on standard error of a call that ends with this exit code.
fn refusal(arguments: &[&str], stdin: &str, code: i32) -> String {
    let output = topline(arguments, stdin).code(code).get_output().clone();
    assert!(output.stdout.is_empty(), "nothing is printed");
    String::from_utf8(output.stderr).unwrap()
}

#[test]
fn options_that_cannot_be_meant_are_refused() {
    let twice = ["inspect", "-", "--period-column", "a", "--value-column", "a"];
    assert!(refusal(&twice, "a,b\n2024,1\n", 2).contains("--period-column and --value-column name the same column"));
    let no_day = refusal(&["inspect", "-", "--as-of", "2024"], "period,value\n2024,1\n", 2);
    assert!(no_day.contains("give a day as year-month-day: 2025-06-30"), "{no_day}");
    let too_early = ["inspect", "-", "--as-of", "2020-01-01"];
    let nothing = refusal(&too_early, "period,value,as_of\n2022,1,2023-02-01\n", 1);
    assert!(nothing.contains("no figures were known by 2020-01-01"), "{nothing}");
}

#[test]
fn figures_that_nobody_dated_are_kept_and_said() {
    let document = inspect(&["--as-of", "2024-06-30"], "period,value\n2022,1\n2023,2\n");
    assert_eq!(amounts(&document), [1.0, 2.0]);
    let said = document["notices"].as_array().unwrap().iter().map(|notice| notice["message"].as_str().unwrap());
    assert!(said.into_iter().any(|text| text.ends_with("2 figures have no date at which they became known, and are kept")));
}

#[test]
fn fixing_a_file_does_not_write_over_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("sales.csv");
    fs::write(&path, "Monat;Umsatz\n2024-01;12 Tsd €\n").unwrap();
    let (name, other) = (path.to_str().unwrap(), folder.path().join("figures.csv"));
    assert!(refusal(&["inspect", name, "--fix", name], "", 2).contains("is an input file and would be overwritten"));
    assert!(fs::read_to_string(&path).unwrap().starts_with("Monat"));
    topline(&["inspect", name, "--fix", other.to_str().unwrap()], "").success();
    assert!(fs::read_to_string(other).unwrap().contains("sales,revenue,2024-01,12K"));
}

#[test]
fn encoding_can_be_given() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mac.csv");
    fs::write(&path, b"soci\x8et\x8e;mois;montant\n\x83toile;2024-01;5\n").unwrap();
    let arguments = ["inspect", path.to_str().unwrap(), "--format", "json", "--encoding", "macintosh"];
    let output = topline(&arguments, "").success().get_output().stdout.clone();
    let document: Value = serde_json::from_slice(&output).unwrap();
    assert_eq!(document["series"][0]["name"], "Étoile");
    assert_eq!(document["files"][0]["encoding"], "macintosh");
}

#[test]
fn rates_turn_currencies_into_one() {
    let folder = tempfile::tempdir().unwrap();
    let rates = folder.path().join("rates.csv");
    fs::write(&rates, "date,currency,rate\n2023,EUR,1.1\n").unwrap();
    let figures = "company,year,revenue\nExample,2023,€10M\nExample,2024,$12M\n";
    topline(&["inspect", "-"], figures).code(1);
    let document = inspect(&["--rates", rates.to_str().unwrap()], figures);
    assert_eq!(amounts(&document), [11e6, 12e6]);
    fs::write(&rates, "date,currency,rate\n2023,EUR,much\n").unwrap();
    let failure = topline(&["inspect", "-", "--rates", rates.to_str().unwrap()], figures).code(1);
    let error = String::from_utf8(failure.get_output().stderr.clone()).unwrap();
    assert!(error.contains("rates.csv:2:10: \"much\" is not an exchange rate"), "{error}");
}

/// Two currencies in a list of weeks are each turned before they are added up.
#[test]
fn rates_turn_the_weeks_of_a_month_before_they_are_added_up() {
    let folder = tempfile::tempdir().unwrap();
    let rates = folder.path().join("rates.csv");
    fs::write(&rates, "date,currency,rate\n2023,EUR,2\n").unwrap();
    let week = |number: u32| format!("2024-W{number:02},{}\n", if number.is_multiple_of(2) { "EUR,70" } else { "USD,70" });
    let figures = format!("week,currency,sales\n{}", (1..=9).map(week).collect::<String>());
    topline(&["inspect", "-"], &figures).code(1);
    let document = inspect(&["--rates", rates.to_str().unwrap()], &figures);
    // January has days of five weeks: 7, 7, 7 and 3 of dollars or euros at two dollars each, at 10 a day.
    assert_eq!(&amounts(&document)[..1], [7.0 * 10.0 + 7.0 * 20.0 + 7.0 * 10.0 + 7.0 * 20.0 + 3.0 * 10.0]);
}

#[test]
fn fix_writes_what_reads_back_the_same() {
    let folder = tempfile::tempdir().unwrap();
    let shapes = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shapes");
    for shape in
        ["quickbooks-months.csv", "long-utf16.csv", "stripe-balance.csv", "sec-companyfacts.json", "long-run-rates.csv"]
    {
        let (path, fixed) = (shapes.join(shape), folder.path().join(format!("{shape}.csv")));
        let (path, fixed) = (path.to_str().unwrap(), fixed.to_str().unwrap());
        let read = |path: &str, more: &[&str]| {
            let arguments: Vec<&str> = ["inspect", path, "--format", "json"].into_iter().chain(more.iter().copied()).collect();
            let output = topline(&arguments, "").success().get_output().stdout.clone();
            let mut document: Value = serde_json::from_slice(&output).unwrap();
            let mut series = document["series"].take();
            for figure in series.as_array_mut().unwrap().iter_mut().flat_map(|series| series["figures"].as_array_mut().unwrap())
            {
                for of_the_file in ["place", "written_period", "written_value", "day"] {
                    figure.as_object_mut().unwrap().remove(of_the_file);
                }
            }
            series
        };
        assert_eq!(read(path, &["--fix", fixed]), read(fixed, &[]), "{shape}");
    }
}

#[test]
fn a_column_that_is_not_there_is_told_with_the_nearest() {
    let failure = topline(&["inspect", "-", "--value-column", "amont"], "period,amount\n2024,1\n").code(1);
    let error = String::from_utf8(failure.get_output().stderr.clone()).unwrap();
    assert!(error.contains("no column is called \"amont\"") && error.contains("did you mean \"amount\"?"), "{error}");
}

#[test]
fn wrong_options_are_usage() {
    for wrong in
        [["--decimal", ";"], ["--delimiter", "ab"], ["--encoding", "klingon"], ["--kind", "profit"], ["--as-of", "soon"]]
    {
        topline(&["inspect", "-", wrong[0], wrong[1]], "").code(2);
    }
}

#[test]
fn a_sheet_is_picked_and_told() {
    let workbook = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/shapes/sheet-several.xlsx");
    let workbook = workbook.to_str().unwrap();
    let read = |options: &[&str]| {
        let arguments: Vec<&str> =
            ["inspect", workbook, "--format", "json"].into_iter().chain(options.iter().copied()).collect();
        let output = topline(&arguments, "").success().get_output().stdout.clone();
        serde_json::from_slice::<Value>(&output).unwrap()
    };
    assert_eq!(read(&[])["files"][0]["sheet"], "Actuals 2024");
    let budget = read(&["--sheet", "Budget"]);
    assert_eq!((&budget["files"][0]["format"], &budget["files"][0]["sheet"]), (&"workbook".into(), &"Budget".into()));
    assert_eq!(amounts(&budget), [2020.0, 2040.0, 2060.0, 2080.0]);
    let wrong = topline(&["inspect", workbook, "--sheet", "Budgets"], "").code(1).get_output().stderr.clone();
    assert!(String::from_utf8(wrong).unwrap().contains("hint: did you mean \"Budget\"?"));
}

/// The fields of the JSON are those that the documentation lists, no more and no fewer.
#[test]
fn the_json_of_inspect_is_as_documented() {
    let docs = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/input.md")).unwrap();
    let documented = |what: &str| {
        let row = docs.lines().find_map(|line| line.strip_prefix(&format!("| {what} | "))).unwrap();
        // What stands in brackets are values and remarks.
        let mut fields = Vec::new();
        let mut depth = 0;
        for (at, part) in row.split('`').enumerate() {
            if at % 2 == 0 {
                depth += part.matches('(').count();
                depth -= part.matches(')').count();
            } else if depth == 0 {
                fields.push(part.to_owned());
            }
        }
        fields.sort_unstable();
        fields
    };
    let document = inspect(&[], "series,kind,period,value\nA,revenue,2024Q1,$1.2M\nA,run-rate,2024-06,6M\n");
    let (file, series) = (&document["files"][0], &document["series"][0]);
    for (what, value) in [
        ("the document", &document),
        ("a notice", &document["notices"][0]),
        ("a file", file),
        ("a column", &file["columns"][0]),
        ("a decision", &file["decisions"][0]),
        ("a series", series),
        ("a figure", &series["figures"][0]),
        ("a place", &series["figures"][0]["place"]),
    ] {
        let mut fields: Vec<String> = value.as_object().unwrap().keys().cloned().collect();
        fields.sort_unstable();
        assert_eq!(fields, documented(what), "{what}");
    }
    assert_eq!(document["schema"], 1);
}

#[test]
fn a_sheet_of_no_workbook_is_refused() {
    let said = refusal(&["project", "-", "--sheet", "2"], "period,value\n2024,1\n", 2);
    assert!(said.contains("--sheet: none of the files is a workbook"), "{said}");
}

/// Of each column the part that it plays and the reason, as the JSON of `inspect` has them; the cases stand in `reasons.txt`.
#[test]
fn every_column_has_a_reason() {
    for block in include_str!("reasons.txt").split("\n== ").flat_map(|block| block.split("\n==\n")).skip(1) {
        let (input, expected) = block.split_once("\n--\n").unwrap();
        let (options, text) = input.split_once('\n').filter(|(first, _)| first.starts_with("--")).unwrap_or(("", input));
        let document = inspect(&options.split_whitespace().collect::<Vec<_>>(), &format!("{text}\n"));
        let columns = document["files"][0]["columns"].as_array().unwrap();
        let reasons: Vec<String> = columns
            .iter()
            .map(|column| format!("{}: {}", column["role"].as_str().unwrap_or("null"), column["reason"].as_str().unwrap()))
            .collect();
        let expected: Vec<&str> = expected.trim_end().lines().collect();
        assert_eq!(&reasons[..expected.len()], expected, "{text}");
    }
}

/// What holds for a whole file, and what says it.
#[test]
fn decisions_on_a_file_have_their_evidence() {
    let cases: [(&[&str], &str, &str); 9] = [
        (&[], "month,revenue\n2024-01,6\n", "header: line 1, by the periods and amounts below it"),
        (&[], "Acme\nin EUR m\nmonth,revenue\n2024-01,6\n", "header: line 3, by the periods and amounts below it"),
        (&[], "Acme\nin EUR m\nmonth,revenue\n2024-01,6\n", "unit: EUR million, by the words \"in EUR m\" above the table"),
        (&["--unit", "USD thousand"], "month,revenue\n2024-01,6\n", "unit: USD thousand, by the option"),
        (
            &[],
            ",2022,,2023,\n,Q1,Q2,Q1,Q2\nRevenue,1,2,3,4\n",
            "header: line 2 and the one above, by the years that stand over their parts",
        ),
        (&[], "USD thousands,2022,2023\nRevenue,1,2\n", "unit: USD thousand, by the name \"USD thousands\" over the labels"),
        (
            &[],
            "Fiscal year ends June 30\nyear,revenue\n2022,1\n2023,2\n",
            "fiscal years: end in June, by the words \"Fiscal year ends June 30\" in line 1",
        ),
        (&["--fiscal-year-end", "3"], "year,revenue\n2022,1\n", "fiscal years: end in March, by the option"),
        (&[], "quarter,revenue\n2024-03-31,1\n", "periods of a day: 3 months each, by the name of their column"),
    ];
    for (options, text, expected) in cases {
        let document = inspect(options, text);
        let decisions = document["files"][0]["decisions"].as_array().unwrap();
        let said = |field: &Value| field.as_str().unwrap().to_owned();
        let decisions: Vec<String> = decisions
            .iter()
            .map(|one| format!("{}: {}, by {}", said(&one["question"]), said(&one["answer"]), said(&one["evidence"])))
            .collect();
        assert!(decisions.iter().any(|decision| decision == expected), "{text}\n{decisions:?}");
    }
}

/// What is said of the files fits a terminal of 80 columns, however long the names.
#[test]
fn what_is_said_of_columns_fits_a_terminal() {
    let long = "a name that goes on for longer than any terminal is wide and then some more of it to be sure";
    let text =
        format!("Financial Year,Net sales ($M),Bénéfice avant impôts et charges,{long}\n2021,5,1,press\n2022,6,2,press\n");
    let said = topline(&["inspect", "-"], &text).success().get_output().stdout.clone();
    let said = String::from_utf8(said).unwrap();
    let block: Vec<&str> = said.lines().take_while(|line| !line.is_empty()).collect();
    let expected = [
        "-",
        "  one figure a row; 2 rows; comma between cells, UTF-8",
        "  period    Financial Year  both cells are years",
        "  value     Net sales ($M)  its name says revenue; unit USD million from the",
        "                            name",
        "  left out  Bénéfice avant impôts et charges",
        "                            its name says Bénéfice, not revenue",
        "  left out  a name that goes on for longer than any terminal is wide and then s…",
        "                            words, and its name says no part",
    ];
    assert_eq!(block, expected);
}
