//! Workbooks that topline writes: read back by another library, they hold what `projection.csv` of the same run holds.
#![allow(clippy::unwrap_used, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

use std::fs;
use std::path::Path;

use assert_cmd::Command;
use calamine::{Data, Range, Reader, Xlsx, open_workbook};

fn project(folder: &Path, args: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_topline"));
    command.current_dir(folder).arg("project").args(args).arg("-q").assert().success();
}

/// A folder that holds the sample data.
fn folder() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data");
    for name in ["revenue.csv", "scenarios.toml", "example.csv"] {
        fs::copy(data.join(name), folder.path().join(name)).unwrap();
    }
    folder
}

fn sheet(path: &Path, name: &str) -> Range<Data> {
    let mut book: Xlsx<_> = open_workbook(path).unwrap();
    book.worksheet_range(name).unwrap()
}

/// A cell as `projection.csv` would have it.
fn written(cell: Option<&Data>, column: &str) -> String {
    match cell {
        Some(Data::DateTime(day)) => {
            let zero = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).unwrap();
            let day = zero + chrono::Days::new(day.as_f64() as u64);
            if column == "origin" { day.format("%Y-%m").to_string() } else { day.to_string() }
        }
        Some(Data::String(text)) => text.clone(),
        Some(Data::Float(number)) => number.to_string(),
        None | Some(Data::Empty) => String::new(),
        Some(other) => other.to_string(),
    }
}

#[test]
fn every_cell_is_that_of_the_csv() {
    let cases: [&[&str]; 3] = [
        &["revenue.csv"],
        &["revenue.csv", "--scenario", "scenarios.toml", "--until", "2026", "--level", "80,99.5"],
        &["example.csv", "--derive", "--step", "quarter", "--horizon", "3q"],
    ];
    for case in cases {
        let folder = folder();
        project(folder.path(), &[case, &["-o", "out.xlsx"]].concat());
        project(folder.path(), &[case, &["-o", "out.csv"]].concat());
        let range = sheet(&folder.path().join("out.xlsx"), "Projection");
        let mut csv = csv::ReaderBuilder::new().has_headers(false).from_path(folder.path().join("out.csv")).unwrap();
        let rows: Vec<csv::StringRecord> = csv.records().map(Result::unwrap).collect();
        assert_eq!(range.height(), rows.len());
        assert_eq!(range.width(), rows[0].len());
        let mut numbers = 0;
        for (row, expected) in rows.iter().enumerate() {
            for (column, expected) in expected.iter().enumerate() {
                let cell = range.get((row, column));
                assert_eq!(
                    written(cell, &rows[0][column]),
                    topline::export::unguard(expected),
                    "{case:?}: row {row}, column {column}"
                );
                numbers += usize::from(matches!(cell, Some(Data::Float(_))));
            }
        }
        assert!(numbers > 40, "{numbers}");
    }
}

#[test]
fn figures_and_charts_stand_beside_the_rows() {
    let folder = folder();
    project(folder.path(), &["revenue.csv", "-o", "out.xlsx"]);
    let path = folder.path().join("out.xlsx");
    let figures = sheet(&path, "Figures");
    let amounts: Vec<f64> =
        figures.rows().skip(1).filter_map(|row| if let Data::Float(amount) = row[5] { Some(amount) } else { None }).collect();
    assert_eq!(amounts, [12e9, 10e9, 12e9, 43e9]);
    let target = figures.rows().find(|row| row[1] == "target").unwrap();
    let odds = [&target[8], &target[9]].map(|cell| if let Data::Float(odds) = cell { *odds } else { f64::NAN });
    assert!(odds.iter().all(|odds| *odds > 0.0 && *odds < 1.0) && odds[0] < odds[1], "{odds:?}");
    let basis = sheet(&path, "Basis");
    let said = |about: &str| basis.rows().any(|row| row[1] == *about && !row[2].to_string().is_empty());
    assert!(["program", "method", "peers", "command"].into_iter().all(said));
    let mut archive = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
    let mut chart = String::new();
    std::io::Read::read_to_string(&mut archive.by_name("xl/charts/chart2.xml").unwrap(), &mut chart).unwrap();
    assert_eq!(chart.matches("<c:ser>").count(), 4);
    assert_eq!(chart.matches("<c:symbol val=\"circle\"/>").count(), 2, "a single figure is seen");
}

#[test]
fn texts_from_outside_are_neither_formulas_nor_links() {
    let folder = folder();
    let rows = "series,period,value,note,source\n=1+1,2023,5,\"=HYPERLINK(\"\"http://x\"\")\",http://example.com\n=1+1,2024,6,</script>,_x0041_\n@A!$A$1,2023,1,\u{202e}x,+1\n@A!$A$1,2024,2,a,b\n";
    fs::write(folder.path().join("in.csv"), rows).unwrap();
    project(folder.path(), &["in.csv", "-o", "out.xlsx"]);
    let path = folder.path().join("out.xlsx");
    let mut archive = zip::ZipArchive::new(fs::File::open(&path).unwrap()).unwrap();
    for index in 0..archive.len() {
        let mut part = String::new();
        let mut file = archive.by_index(index).unwrap();
        std::io::Read::read_to_string(&mut file, &mut part).unwrap();
        assert!(!part.contains("<f>") && !part.contains("hyperlink"), "{:?}", file.name());
        let own = part.matches("<c:f>").count() == part.matches("<c:f>'Chart data'!$").count();
        assert!(own, "{:?}: a name is a reference", file.name());
    }
    let names: Vec<String> = sheet(&path, "Figures").rows().skip(1).map(|row| row[0].to_string()).collect();
    assert_eq!(names, ["=1+1", "=1+1", "@A!$A$1", "@A!$A$1"]);
    let notes: Vec<String> = sheet(&path, "Figures").rows().skip(1).map(|row| row[11].to_string()).collect();
    assert_eq!(notes, ["=HYPERLINK(\"http://x\")", "</script>", "\\u{202e}x", "a"]);
}

#[test]
fn the_same_run_gives_the_same_bytes() {
    let (one, other) = (folder(), folder());
    for folder in [&one, &other] {
        project(folder.path(), &["revenue.csv", "-o", "out.xlsx"]);
    }
    assert_eq!(fs::read(one.path().join("out.xlsx")).unwrap(), fs::read(other.path().join("out.xlsx")).unwrap());
}
