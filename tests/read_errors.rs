//! Bad inputs, one file each: what is said of them, whole.
#![allow(clippy::unwrap_used, clippy::expect_used)] // helpers of tests are tests, which clippy does not see

use std::fs::File;

use topline::read::{Options, Reader};

/// A file in `tests/errors/` and its message in `tests/snapshots/`: beside this test, since that is where insta puts them.
#[test]
fn bad_inputs_are_told_clearly() {
    insta::glob!("errors/*.csv", |path| {
        let name = path.file_name().unwrap().to_str().unwrap();
        let mut reader = Reader::new(Options::default());
        reader.add(name, File::open(path).unwrap()).unwrap();
        let error = reader.finish().expect_err(name);
        insta::assert_snapshot!(error.to_string());
    });
}

#[test]
fn a_cell_of_ten_megabytes_is_a_problem_and_no_burden() {
    let text = format!("series,period,value\nAcme,2024,{}\n", "9".repeat(10 << 20));
    let mut reader = Reader::new(Options::default());
    reader.add("big.csv", text.as_bytes()).unwrap();
    let error = reader.finish().unwrap_err();
    assert_eq!(error.total(), 1);
    assert!(error.to_string().len() < 1000, "the message does not repeat the cell");
    assert!(error.to_string().starts_with("big.csv:2:1: the row that begins here is longer than"), "{error}");
}

#[test]
fn problems_of_all_files_come_together() {
    let mut reader = Reader::new(Options::default());
    reader.add("a.csv", &b"period,value\n2024,much\n"[..]).unwrap();
    reader.add("b.csv", &b"period,value\n2024,1\n"[..]).unwrap();
    reader.add("c.csv", &b"period,value\nsoon,1\n"[..]).unwrap();
    let error = reader.finish().unwrap_err();
    let places: Vec<String> = error.problems().iter().map(|problem| problem.place.to_string()).collect();
    assert_eq!(places, ["a.csv:2:6", "c.csv:2:1"]);
}

/// Rows of one cell are looked at once, however many there are: this took hours when each looked at all that follow.
#[test]
fn many_rows_of_one_cell_are_no_burden() {
    for last in ["", "2025,5,\n"] {
        let text = format!("period,value,note\n2024,1,\n{}{last}", "x\n".repeat(300_000));
        let mut reader = Reader::new(Options::default());
        reader.add("many.csv", text.as_bytes()).unwrap();
        let result = reader.finish();
        assert_eq!(result.is_ok(), last.is_empty());
        if let Err(error) = result {
            assert_eq!(error.total(), 300_000);
        }
    }
}

#[test]
fn more_columns_than_any_table_has_are_refused_at_once() {
    for (columns, expected) in
        [(100_000, "the table has more than 16384 columns"), (400_000, "the row that begins here is longer")]
    {
        let text = format!("{}\n{}\n", "2024-01,".repeat(columns), "1,".repeat(columns));
        let mut reader = Reader::new(Options::default());
        reader.add("wide.csv", text.as_bytes()).unwrap();
        let error = reader.finish().unwrap_err().to_string();
        assert!(error.contains(expected), "{error}");
    }
}

#[test]
fn as_many_columns_as_a_spreadsheet_has_are_read() {
    let month = chrono::NaiveDate::from_ymd_opt(2000, 1, 1).unwrap();
    let day = |at: u64| month.checked_add_days(chrono::Days::new(at)).unwrap().to_string();
    let header: Vec<String> = (0..16_000).map(day).collect();
    let text = format!("company,{}\nExample,{}\n", header.join(","), vec!["1"; header.len()].join(","));
    let mut reader = Reader::new(Options::default());
    reader.add("wide.csv", text.as_bytes()).unwrap();
    // To the end of September 2043; of October, 21 days are known.
    let series = reader.finish().unwrap().series;
    let total: f64 =
        series[0].figures().iter().filter_map(|figure| figure.fact.amount()).map(topline::money::Amount::value).sum();
    assert_eq!((series[0].figures().len(), total), (525, 15_979.0));
}
