//! The first minute with the program: an example, files to begin with, help that fits, and what to type instead of what is not there.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;

fn topline(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_topline"));
    command.current_dir(folder).env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE").env("COLUMNS", "80");
    command
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn run(args: &[&str]) -> Output {
    topline(root()).args(args).output().unwrap()
}

fn out(args: &[&str]) -> String {
    let output = run(args);
    assert!(output.status.success(), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

fn said(args: &[&str]) -> (Option<i32>, String) {
    let output = run(args);
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

/// The commands that the program lists.
fn commands() -> Vec<String> {
    let listed = out(&["-h"]);
    let of_line = |line: &str| line.strip_prefix("  ")?.split_whitespace().next().map(str::to_owned);
    let all: Vec<String> = listed.lines().filter(|line| !line.contains("topline")).filter_map(of_line).collect();
    assert!(all.iter().any(|name| name == "project") && all.iter().any(|name| name == "man"), "{all:?}");
    all
}

#[test]
fn the_example_is_what_project_makes_of_its_file() {
    let demo = out(&["demo", "-q"]);
    let file = fs::read_to_string(root().join("data/revenue.csv")).unwrap();
    assert!(file.lines().all(|line| demo.contains(&line.split(',').take(5).collect::<Vec<_>>().join(","))));
    assert!(demo.lines().take(10).all(|line| line.chars().count() <= 80), "{demo}");
    assert!(demo.contains(&out(&["project", "data/revenue.csv", "-q"])));
}

#[test]
fn what_init_writes_can_be_projected_and_replaces_nothing() {
    let folder = tempfile::tempdir().unwrap();
    topline(folder.path()).args(["init", "sales"]).assert().success();
    let sales = folder.path().join("sales");
    let project = ["project", "figures.csv", "--scenario", "scenarios.toml", "--strict"];
    let output = topline(&sales).args(project).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert_eq!(output.stderr, b"");
    let shown = String::from_utf8(output.stdout).unwrap();
    assert!(["Slower growth", "New product", "$14M for 2026"].iter().all(|part| shown.contains(part)), "{shown}");
    // One of the two is there, and stays; the other is not written beside it.
    fs::remove_file(sales.join("scenarios.toml")).unwrap();
    fs::write(sales.join("figures.csv"), "mine").unwrap();
    topline(folder.path()).args(["init", "sales"]).assert().code(2);
    assert_eq!(fs::read_to_string(sales.join("figures.csv")).unwrap(), "mine");
    assert_eq!(fs::read_dir(&sales).unwrap().count(), 1);
}

#[test]
fn short_help_fits_on_a_screen() {
    for name in commands().iter().map(String::as_str).chain([""]) {
        let args: Vec<&str> = [name, "-h"].into_iter().filter(|arg| !arg.is_empty()).collect();
        // The options of reading are all that this page has.
        let most = if name == "reading" { 100 } else { 30 };
        let help = out(&args);
        assert!(help.lines().count() <= most, "{name}: {} lines\n{help}", help.lines().count());
        assert!(help.lines().all(|line| line.chars().count() <= 80), "{name}\n{help}");
    }
}

#[test]
fn options_of_reading_stand_in_one_place() {
    let reading = out(&["help", "reading"]);
    assert_eq!(reading, out(&["reading"]));
    for option in ["--value-column", "--decimal", "--missing"] {
        assert!(reading.contains(option));
        assert!(!out(&["project", "--help"]).contains(option));
    }
    for name in ["project", "target", "inspect", "score"] {
        let help = out(&[name, "--help"]).replace('\n', " ");
        assert!(help.contains("topline help reading"), "{name}");
        // They are taken all the same.
        assert!(run(&[name, "data/saved/years.csv", "data/ai-and-cloud-later.csv", "--decimal", "x"]).status.code() == Some(2));
    }
    out(&["project", "data/revenue.csv", "--decimal", ".", "-q"]);
}

#[test]
fn every_command_has_a_page_in_the_manual() {
    let folder = tempfile::tempdir().unwrap();
    topline(root()).args(["man", "-o"]).arg(folder.path()).assert().success();
    for name in commands() {
        let page = fs::read_to_string(folder.path().join(format!("topline-{name}.1"))).unwrap();
        assert!(page.contains(&format!(".TH topline-{name} 1")), "{name}");
        assert_eq!(out(&["man", &name]), page);
    }
    assert!(folder.path().join("topline.1").is_file());
}

#[test]
fn other_names_are_told_what_to_type() {
    let cases = [
        (vec!["project", "data/revenue.csv", "--seed", "3"], "there is no seed"),
        (vec!["project", "data/revenue.csv", "--csv=x"], "--format csv"),
        (vec!["config"], "no file of settings"),
        (vec!["forecast"], "topline project FILE"),
        (vec!["frobnicate"], "topline --help"),
        (vec!["projct"], "'project'"),
        (vec!["project", "data/revenue.csv", "--untl", "2027"], "'--until'"),
    ];
    for (args, advice) in cases {
        let (code, said) = said(&args);
        assert!(code == Some(2) && said.contains(advice), "{args:?}: {said}");
    }
}

#[test]
fn a_file_alone_is_projected() {
    assert_eq!(out(&["data/revenue.csv", "-q"]), out(&["project", "data/revenue.csv", "-q"]));
    let piped = topline(root()).args(["-", "-q"]).pipe_stdin("data/revenue.csv").unwrap().output().unwrap();
    assert_eq!(String::from_utf8(piped.stdout).unwrap(), out(&["data/revenue.csv", "-q"]));
    let (code, said) = said(&["no/such/file"]);
    assert_eq!((code, said.as_str()), (Some(1), "error: cannot read no/such/file: no such file or directory\n"));
}

#[test]
fn short_forms_of_options() {
    let project = |more: &[&str]| out(&[&["project", "data/revenue.csv"], more].concat());
    assert_eq!(project(&["--json"]), project(&["--format", "json"]));
    assert_eq!(project(&["-f", "csv", "-s", "Open*"]), project(&["--format", "csv", "--series", "Open*"]));
    assert_eq!(run(&["project", "data/revenue.csv", "--json", "-f", "csv"]).status.code(), Some(2));
    assert!(out(&["--version"]).starts_with(concat!("topline ", env!("CARGO_PKG_VERSION"), " (growth model ")));
}

#[test]
fn colours_are_as_asked_for() {
    let is_coloured = |args: &[&str]| {
        let output = run(args);
        (output.stdout.contains(&0x1b), output.stderr.contains(&0x1b))
    };
    assert_eq!(is_coloured(&["project", "data/revenue.csv"]), (false, false));
    assert_eq!(is_coloured(&["project", "data/revenue.csv", "--color", "always"]), (true, false));
    assert_eq!(is_coloured(&["--color=always", "project", "no-such.csv"]), (false, true));
    assert_eq!(is_coloured(&["project", "--no-such", "--color=always"]), (false, true));
    assert_eq!(is_coloured(&["--color", "never", "project", "data/revenue.csv"]), (false, false));
}

#[test]
fn nothing_is_advised_in_a_pipe() {
    let output = run(&["project", "data/revenue.csv"]);
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
    assert!(!String::from_utf8(output.stdout).unwrap().contains("Next:"));
}
