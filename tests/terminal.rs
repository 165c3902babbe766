//! What a person sees: the program in a terminal of its own, at the widths that terminals have.
//!
//! The program writes to a pseudo-terminal, an emulator draws what comes, and the screens are compared with those in
//! `tests/terminal/`. `INSTA_UPDATE=always cargo test --test terminal` takes over new ones.
#![cfg(unix)]
#![allow(clippy::unwrap_used)]

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::fs::{Mode, OFlags};
use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

/// Lines of the terminal: more than any answer has.
const ROWS: u16 = 400;

const WIDTHS: [u16; 3] = [60, 80, 120];

/// What is asked, by the name of its screens.
const CASES: [(&str, &[&str]); 9] = [
    ("one-figure", &["project", "data/revenue.csv"]),
    ("seasonal", &["project", "data/shop-months.csv"]),
    ("quarters", &["project", "data/fiscal-year.csv", "--step", "quarter"]),
    ("many", &["project", "data/ai-and-cloud.csv", "--quiet"]),
    ("scenarios", &["project", "data/revenue.csv", "--series", "Google*", "--scenario", "data/scenarios.toml"]),
    ("target", &["target", "data/revenue.csv"]),
    ("compare", &["compare", "data/revenue.csv"]),
    ("backtest", &["backtest", "data/shop-months.csv", "--methods", "theta", "--origins", "2"]),
    ("inspect", &["inspect", "data/revenue.csv"]),
];

/// Everything that the program writes to a terminal of so many columns, with nothing on standard input.
fn output(columns: u16, args: &[&str], set: &[(&str, &str)]) -> Vec<u8> {
    output_to(columns, args, set, false)
}

/// The same, with standard input from the terminal or from nowhere.
fn output_to(columns: u16, args: &[&str], set: &[(&str, &str)], input: bool) -> Vec<u8> {
    let terminal = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&terminal).unwrap();
    unlockpt(&terminal).unwrap();
    tcsetwinsize(&terminal, Winsize { ws_row: ROWS, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0 }).unwrap();
    let name = ptsname(&terminal, Vec::new()).unwrap();
    let open = || rustix::fs::open(&*name, OFlags::RDWR | OFlags::NOCTTY, Mode::empty()).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_topline"));
    for name in ["COLUMNS", "NO_COLOR", "CLICOLOR", "CLICOLOR_FORCE", "CI"] {
        command.env_remove(name);
    }
    command.current_dir(env!("CARGO_MANIFEST_DIR")).env("TERM", "xterm-256color").envs(set.iter().copied()).args(args);
    command.stdin(if input { Stdio::from(open()) } else { Stdio::null() });
    command.stdout(Stdio::from(open())).stderr(Stdio::from(open()));
    let mut child = command.spawn().unwrap();
    drop(command);
    let mut bytes = Vec::new();
    let mut part = [0; 4096];
    let mut reader = File::from(terminal);
    // The end of a terminal is an error of input and output.
    while let Ok(count @ 1..) = reader.read(&mut part) {
        bytes.extend(&part[..count]);
    }
    child.wait().unwrap();
    bytes
}

/// The terminal after it.
fn shown(columns: u16, bytes: &[u8]) -> vt100::Parser {
    let mut parser = vt100::Parser::new(ROWS.try_into().unwrap(), columns.try_into().unwrap(), 0);
    parser.process(bytes);
    parser
}

fn lines(columns: u16, args: &[&str], set: &[(&str, &str)]) -> String {
    let parser = shown(columns, &output(columns, args, set));
    let lines: Vec<String> = parser.screen().rows(0, columns).map(|row| row.trim_end().to_owned()).collect();
    lines.join("\n").trim_end().to_owned() + "\n"
}

#[test]
fn answers_fit_into_the_terminal() {
    for (name, args) in CASES {
        for columns in WIDTHS {
            let parser = shown(columns, &output(columns, args, &[]));
            let screen = parser.screen();
            let broken = (0..ROWS).find(|row| screen.row_wrapped(*row));
            assert_eq!(broken, None, "{name} at {columns} columns:\n{}", screen.contents());
        }
    }
}

#[test]
fn screens_are_as_they_were() {
    let mut settings = insta::Settings::clone_current();
    settings.set_snapshot_path("terminal");
    settings.set_prepend_module_to_snapshot(false);
    settings.set_omit_expression(true);
    settings.bind(|| {
        for (name, args) in CASES {
            for columns in WIDTHS {
                insta::assert_snapshot!(format!("{name}-{columns}"), lines(columns, args, &[]));
            }
        }
    });
}

#[test]
fn every_screen_belongs_to_a_case() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/terminal");
    let known: Vec<String> =
        CASES.iter().flat_map(|(name, _)| WIDTHS.map(|columns| format!("{name}-{columns}.snap"))).collect();
    for entry in fs::read_dir(folder).unwrap() {
        let name = entry.unwrap().file_name().into_string().unwrap();
        assert!(known.contains(&name), "{name} belongs to no case, or is not accepted");
    }
}

const ESCAPE: &[u8] = b"\x1b[";

#[test]
fn colours_are_left_out_where_they_are_not_wanted() {
    let has_styles = |set: &[(&str, &str)]| {
        let bytes = output(80, &["project", "data/revenue.csv"], set);
        bytes.windows(ESCAPE.len()).any(|part| part == ESCAPE)
    };
    assert!(has_styles(&[]));
    assert!(!has_styles(&[("NO_COLOR", "1")]));
}

/// Nothing is white or black, which a light or a dark background would swallow, and no background is set.
#[test]
fn text_is_seen_on_any_background() {
    for (name, args) in CASES {
        let parser = shown(120, &output(120, args, &[]));
        for (row, column) in (0..ROWS).flat_map(|row| (0..120).map(move |column| (row, column))) {
            let Some(cell) = parser.screen().cell(row, column).filter(|cell| cell.has_contents()) else { continue };
            assert_eq!(cell.bgcolor(), vt100::Color::Default, "{name}: {row}:{column}");
            let swallowed = [0, 7, 8, 15].map(vt100::Color::Idx);
            assert!(!swallowed.contains(&cell.fgcolor()), "{name}: {row}:{column} is {:?}", cell.fgcolor());
        }
    }
}

fn has_chart(text: &str) -> bool {
    text.chars().any(|c| ('\u{2801}'..='\u{28ff}').contains(&c))
}

#[test]
fn a_chart_stands_on_a_terminal_unless_it_is_not_wanted() {
    assert!(has_chart(&lines(80, &["project", "data/shop-months.csv"], &[])));
    assert!(!has_chart(&lines(80, &["project", "data/shop-months.csv", "--no-chart"], &[])));
    let piped = Command::new(env!("CARGO_BIN_EXE_topline"))
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .args(["project", "data/shop-months.csv"])
        .output()
        .unwrap();
    assert!(!has_chart(&String::from_utf8(piped.stdout).unwrap()));
}

#[test]
fn a_line_says_what_to_try_next_unless_it_is_not_wanted() {
    let next = |args: &[&str]| lines(80, args, &[]).lines().filter(|line| line.starts_with("Next: ")).count();
    assert_eq!(next(&["project", "data/revenue.csv"]), 1);
    assert_eq!(next(&["inspect", "data/revenue.csv"]), 1);
    for args in
        [["project", "data/revenue.csv", "-q"], ["project", "data/revenue.csv", "--json"], ["project", "no-such.csv", "-v"]]
    {
        assert_eq!(next(&args), 0, "{args:?}");
    }
}

#[test]
fn nobody_is_waited_for() {
    let parser = shown(80, &output_to(80, &["project", "-"], &[], true));
    let screen = parser.screen().contents();
    assert!(screen.contains("standard input") && screen.contains("topline project - < sales.csv"), "{screen}");
    let parser = shown(80, &output_to(80, &[], &[], true));
    assert!(parser.screen().contents().contains("topline project 'OpenAI: $10B run-rate June 2025; target $12B 2025'"));
}

#[test]
fn columns_go_before_the_size_of_the_terminal() {
    let args = ["project", "data/revenue.csv", "--no-chart"];
    assert_eq!(lines(120, &args, &[("COLUMNS", "60")]), lines(60, &args, &[]));
}
