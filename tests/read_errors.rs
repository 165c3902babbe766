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
    reader.add("a.csv", &b"period,value\n2024,x\n"[..]).unwrap();
    reader.add("b.csv", &b"period,value\n2024,1\n"[..]).unwrap();
    reader.add("c.csv", &b"period,value\nsoon,1\n"[..]).unwrap();
    let error = reader.finish().unwrap_err();
    let places: Vec<String> = error.problems().iter().map(|problem| problem.place.to_string()).collect();
    assert_eq!(places, ["a.csv:2:6", "c.csv:2:1"]);
}
