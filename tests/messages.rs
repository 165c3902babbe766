//! `docs/errors.md` shows every message that topline stops with: the text of each, as the source has it, stands in the page.
//!
//! What stands in braces in the source, such as the name of a series, may be anything in the page.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::{Path, PathBuf};

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The string literal that a source goes on with, if it does: its text, with breaks of lines within it taken out.
fn literal(source: &str) -> Option<String> {
    let source = source.trim_start();
    let source = source.strip_prefix("format!(").map_or(source, str::trim_start);
    let mut text = String::new();
    let mut characters = source.strip_prefix('"')?.chars().peekable();
    while let Some(c) = characters.next() {
        match c {
            '"' => return Some(text),
            '\\' => match characters.next()? {
                '\n' => while characters.next_if(|c| c.is_whitespace()).is_some() {},
                'n' => text.push('\n'),
                other => text.push(other),
            },
            _ => text.push(c),
        }
    }
    None
}

/// The parts of a message that stand in the source as they are told: what is between its braces.
fn told(message: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut depth = 0;
    for c in message.chars() {
        match c {
            '{' => depth += 1,
            '}' => {
                depth -= 1;
                parts.push(String::new());
            }
            _ if depth == 0 => parts.last_mut().unwrap().push(c),
            _ => {}
        }
    }
    let has_words = |part: &String| part.chars().any(char::is_alphabetic);
    parts.into_iter().filter(has_words).map(|part| part.trim_matches('\n').to_owned()).collect()
}

/// Messages in a source: of errors, of failures, and, where the reader's problems and doubts are put into words, all that is written.
fn messages(file: &Path) -> Vec<String> {
    let source = fs::read_to_string(file).unwrap();
    let source = source.split("#[cfg(test)]").next().unwrap();
    let path = file.to_str().unwrap().replace('\\', "/");
    let mut found = Vec::new();
    let mut collect = |source: &str, start: &str| {
        for rest in source.split(start).skip(1) {
            let rest = if start.ends_with('\n') { rest.trim_start().strip_prefix("f,").unwrap_or(rest) } else { rest };
            found.extend(literal(rest));
        }
    };
    collect(source, "#[error(");
    collect(source, "message: ");
    if path.contains("/report/error/") || path.ends_with("/report/doubt.rs") {
        collect(source, "write!(f, ");
        collect(source, "write!(\n");
        for function in source.split("\nfn ").skip(1).filter(|rest| rest.split('(').next().unwrap().ends_with("message")) {
            collect(function.split("\n}\n").next().unwrap(), "format!(");
        }
    }
    found
}

/// Whether a line has the parts one after the other.
fn has(line: &str, parts: &[String]) -> bool {
    let mut rest = line;
    parts.iter().all(|part| match rest.split_once(part.as_str()) {
        Some((_, behind)) => {
            rest = behind;
            true
        }
        None => false,
    })
}

/// What no command shows: it is told by the library alone, or when the system fails.
const NEVER_SHOWN: [&str; 23] = [
    "the projection has more rows than a sheet takes, which is {MOST_ROWS}",
    "the workbook cannot be put together: {0}",
    "--output -: a terminal cannot show a picture",
    "{0:?} is not a month, such as 2025-06",
    "{0:?} is not the code of a currency, such as USD or EUR",
    "{0:?} is not a measure: revenue or run-rate",
    "unknown method {name}",
    "two scenarios are named {name}",
    "{series} is projected together with {whole} and its parts, of which one cannot be projected",
    "the run was cancelled",
    "\nand 1 more problem",
    "\n  hint: {}",
    "there is no projection to draw",
    "the projection of {series} has no monthly path to draw",
    "a chart of scenarios shows one to four of them, not {count}",
    "the pixel ratio is 1, 2 or 3, not {0}",
    "the chart cannot be drawn",
    "the PNG cannot be written",
    "it cannot be read",
    "it is not a CSV",
    "{found:?} is marked as an estimate",
    "{found:?} is a trailing twelve-month period, which overlaps the periods beside it",
    "{found:?} reaches beyond the calendar, which runs from year 1 to 9999",
];

#[test]
fn every_message_has_an_example() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let page = fs::read_to_string(root.join("docs/errors.md")).unwrap().replace(" … ", "  ");
    let lines: Vec<&str> = page.lines().filter(|line| !line.trim_start().starts_with("hint:")).collect();
    let mut missing = Vec::new();
    let mut count = 0;
    for file in rust_files(&root.join("src")) {
        for message in messages(&file) {
            let parts = told(&message);
            count += usize::from(!parts.is_empty());
            let shown =
                parts.is_empty() || NEVER_SHOWN.contains(&message.as_str()) || lines.iter().any(|line| has(line, &parts));
            if !shown {
                missing.push(format!("{}: {message}", file.strip_prefix(root).unwrap().display()));
            }
        }
    }
    assert!(count > 150, "messages are found in the source: {count}");
    assert!(missing.is_empty(), "no example in docs/errors.md of\n{}", missing.join("\n"));
}
