//! Files of the real world, of the kinds that were once misread: each read right, asked about or refused.
//!
//! Each folder of `tests/cases` has its files and an `expect.txt`: a block a file, which begins `== FILE [OPTIONS]` and goes on
//! with what must come out of `topline inspect FILE OPTIONS`:
//!
//! - `read NAME in CUR: PERIOD KIND AMOUNT; …`: a series with exactly these fitted figures, in order.
//! - `total NAME in CUR: YEAR AMOUNT`: what its fitted revenue adds up to in a calendar year.
//! - `series COUNT`: how many series there are.
//! - `says TEXT`: a notice contains the text.
//! - `quiet`: there is no warning.
//! - `error TEXT`: reading fails, and what is said contains the text. A block without `error` must read.
#![allow(clippy::unwrap_used, clippy::expect_used)] // helpers of tests are tests, which clippy does not see

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

fn inspect(folder: &Path, file: &str, options: &[String], format: &str) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_topline"));
    command.current_dir(folder).args(["inspect", file, "--format", format]).args(options).output().unwrap()
}

/// Splits a command line as a shell would, quotation marks kept together.
fn words(line: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut word = String::new();
    let mut quoted = false;
    for c in line.chars() {
        match c {
            '"' => quoted = !quoted,
            ' ' if !quoted => words.extend(Some(std::mem::take(&mut word)).filter(|word| !word.is_empty())),
            c => word.push(c),
        }
    }
    words.extend(Some(word).filter(|word| !word.is_empty()));
    words
}

/// The fitted figures of a series: period, kind, amount.
fn fitted<'a>(reading: &'a Value, name: &str, currency: &str) -> Result<Vec<(&'a str, &'a str, f64)>, String> {
    let all = reading["series"].as_array().unwrap();
    let names: Vec<&str> = all.iter().map(|series| series["name"].as_str().unwrap()).collect();
    let series = all.iter().find(|series| series["name"] == name).ok_or(format!("no series {name}, but {names:?}"))?;
    if series["currency"] != currency {
        return Err(format!("{name} is in {}, not {currency}", series["currency"]));
    }
    let figures = series["figures"].as_array().unwrap().iter().filter(|figure| figure["used_as"] == "observation");
    let read = |figure: &'a Value| {
        (figure["period"].as_str().unwrap(), figure["kind"].as_str().unwrap(), figure["value"].as_f64().unwrap())
    };
    Ok(figures.map(read).collect())
}

fn is_near(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs())
}

fn check(line: &str, reading: &Value, said: &str) -> Result<(), String> {
    let (what, rest) = line.split_once(' ').unwrap_or((line, ""));
    let of_series = |rest: &str| {
        let (head, figures) = rest.split_once(": ").unwrap_or((rest.trim_end_matches(':'), ""));
        let (name, currency) = head.rsplit_once(" in ").unwrap();
        (name.to_owned(), currency.to_owned(), figures.to_owned())
    };
    match what {
        "read" => {
            let (name, currency, expected) = of_series(rest);
            let found = fitted(reading, &name, &currency)?;
            let expected: Vec<&str> = expected.split(';').map(str::trim).filter(|figure| !figure.is_empty()).collect();
            let same = |(period, kind, amount): &(&str, &str, f64), text: &str| {
                let mut parts = text.split(' ');
                (parts.next(), parts.next()) == (Some(*period), Some(*kind))
                    && parts.next().and_then(|text| text.parse().ok()).is_some_and(|expected: f64| is_near(*amount, expected))
            };
            let all = found.len() == expected.len() && found.iter().zip(&expected).all(|(found, text)| same(found, text));
            if all { Ok(()) } else { Err(format!("{name} is {found:?}")) }
        }
        "total" => {
            let (name, currency, expected) = of_series(rest);
            let (year, amount) = expected.split_once(' ').unwrap();
            let in_year = |period: &str| period.starts_with(year);
            let found = fitted(reading, &name, &currency)?;
            let figures = found.iter().filter(|(period, kind, _)| *kind == "revenue" && in_year(period));
            let sum: f64 = figures.map(|(.., amount)| amount).sum();
            if is_near(sum, amount.parse().unwrap()) { Ok(()) } else { Err(format!("{name} earns {sum} in {year}")) }
        }
        "series" => {
            let found = reading["series"].as_array().unwrap().len();
            if found.to_string() == rest { Ok(()) } else { Err(format!("there are {found} series")) }
        }
        "says" if said.contains(rest) => Ok(()),
        "says" => Err(format!("said is only:\n{said}")),
        "quiet" if !said.contains("warning") => Ok(()),
        "quiet" => Err(format!("there are warnings:\n{said}")),
        _ => Err("not understood".to_owned()),
    }
}

/// The faults of one block: a file with its options, and the lines about it.
fn faults(folder: &Path, head: &str, lines: &[&str]) -> Vec<String> {
    let mut options = words(head);
    let file = options.remove(0);
    let output = inspect(folder, &file, &options, "json");
    let text = inspect(folder, &file, &options, "table");
    let said = String::from_utf8(text.stderr).unwrap();
    let fault = |line: &&str, why: String| format!("{}: {head}: {line}\n  {why}", folder.file_name().unwrap().display());
    let errors: Vec<&&str> = lines.iter().filter(|line| line.starts_with("error ")).collect();
    let is_right = |line: &str| output.status.code() == Some(1) && said.contains(line.trim_start_matches("error "));
    if !errors.is_empty() {
        let wrong = errors.into_iter().filter(|line| !is_right(line));
        return wrong.map(|line| fault(line, format!("{} {said}", output.status))).collect();
    }
    let Ok(reading) = serde_json::from_slice::<Value>(&output.stdout) else {
        return vec![fault(&"reads", format!("{} {said}", output.status))];
    };
    lines.iter().filter_map(|line| check(line, &reading, &said).err().map(|why| fault(line, why))).collect()
}

#[test]
fn files_of_the_real_world_are_read_right_or_refused() {
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cases");
    let mut folders: Vec<_> = std::fs::read_dir(cases).unwrap().map(|entry| entry.unwrap().path()).collect();
    folders.sort();
    let mut wrong = Vec::new();
    for folder in folders {
        let expect = std::fs::read_to_string(folder.join("expect.txt")).unwrap();
        let mut named: Vec<String> = vec!["expect.txt".to_owned()];
        for block in expect.split("\n== ").map(|block| block.strip_prefix("== ").unwrap_or(block)) {
            let mut lines = block.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
            let Some(head) = lines.next() else { continue };
            let lines: Vec<&str> = lines.collect();
            named.push(words(head).remove(0));
            wrong.extend(faults(&folder, head, &lines));
        }
        for file in std::fs::read_dir(&folder).unwrap() {
            let file = file.unwrap().file_name().into_string().unwrap();
            assert!(named.contains(&file), "{}: nothing is expected of {file}", folder.display());
        }
    }
    assert!(wrong.is_empty(), "{}\n\n{} faults", wrong.join("\n"), wrong.len());
}
