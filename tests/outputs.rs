//! What is shown is harmless, and what is written destroys nothing and leaves nothing behind.
#![allow(clippy::unwrap_used, clippy::format_collect)]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use tempfile::TempDir;

fn run(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_topline")).current_dir(folder).args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn folder(files: &[(&str, &str)]) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    for (name, content) in files {
        fs::write(folder.path().join(name), content).unwrap();
    }
    folder
}

fn is_hidden(c: char) -> bool {
    c.is_control() && c != '\n' || matches!(c, '\u{200e}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

const FIGURES: &str = "period,value\n2022,20M\n2023,30M\n2024,40M\n";
const EVIL: &str = "a\u{1b}]0;title\u{7}\u{1b}[31m\u{9b}1m\u{202e}z";

/// More than the 4,096 characters by which binary files are told, and so many commas a row.
fn plain_rows(commas: usize) -> String {
    let end = ",".repeat(commas - 2);
    (0..110).map(|at| format!("A business with an ordinary name and long,{},{}{end}\n", 1915 + at, at + 1)).collect()
}

#[test]
fn control_characters_and_direction_marks_are_shown_and_not_obeyed() {
    // Behind the part of a CSV by which binary files are told.
    let rows = plain_rows(2);
    let csv = format!("series,period,value\n{rows}{EVIL},2023,5\n{EVIL},2024,6\n");
    let wrong = format!("series,period,value\n{rows}{EVIL},20{EVIL},5{EVIL}\n");
    let name = "in\u{1b}[31m\u{202e}.csv";
    let folder = folder(&[("in.csv", &csv), ("wrong.csv", &wrong), (name, "period\n")]);
    let evil = format!("{EVIL}*");
    let commands: [&[&str]; 9] = [
        &["project", "in.csv", "--series", &evil],
        &["project", "in.csv", "--series", &evil, "-o", "out"],
        &["inspect", "in.csv", "--series", &evil],
        &["reconcile", "in.csv", "--series", &evil],
        &["chart", "in.csv", "--series", &evil, "--alt"],
        &["project", "in.csv", "--series", "none\u{202e}"],
        &["project", "wrong.csv"],
        &["project", name],
        &["project", "missing\u{1b}[2J.csv"],
    ];
    for args in commands {
        let result = run(folder.path(), args);
        for shown in [&result.stdout, &result.stderr] {
            assert!(!text(shown).contains(is_hidden), "{args:?}: {:?}", text(shown));
        }
        let all = text(&result.stdout).to_owned() + text(&result.stderr);
        assert!(all.contains("\\u{1b}") || all.contains("\\u{202e}"), "{args:?}: {all}");
    }
}

#[test]
fn what_fix_writes_can_be_read_back() {
    let rows = plain_rows(3);
    let csv = format!("series,period,value,note\n{rows}{EVIL},2024,6,{EVIL}\n");
    let folder = folder(&[("in.csv", &csv)]);
    let fixed = run(folder.path(), &["inspect", "in.csv", "--series", "a*", "--fix", "fixed.csv"]);
    assert!(fixed.status.success(), "{}", text(&fixed.stderr));
    let back = run(folder.path(), &["inspect", "fixed.csv"]);
    assert!(back.status.success() && text(&back.stdout).contains("a\\u{1b}]0;title"), "{}", text(&back.stderr));
}

#[test]
fn an_output_that_is_an_input_is_refused() {
    let font = fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/Inter-Regular.ttf"));
    let folder = folder(&[("in.csv", FIGURES), ("projection.csv", FIGURES)]);
    let mut commands: Vec<Vec<&str>> = vec![
        vec!["project", "in.csv", "-o", "in.csv"],
        vec!["project", "projection.csv", "--no-charts", "-o", "."],
        vec!["inspect", "in.csv", "--fix", "in.csv"],
    ];
    if let Ok(font) = font {
        fs::write(folder.path().join("font.png"), font).unwrap();
        commands.push(vec!["chart", "in.csv", "--font", "font.png", "-o", "font.png"]);
    }
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink("in.csv", folder.path().join("link.csv")).unwrap();
        commands.push(vec!["project", "in.csv", "-o", "link.csv"]);
        commands.push(vec!["project", "link.csv", "-o", "in.csv"]);
    }
    for args in commands {
        let result = run(folder.path(), &args);
        assert_eq!(result.status.code(), Some(2), "{args:?}: {}", text(&result.stderr));
        assert!(text(&result.stderr).contains("is an input file and would be overwritten"), "{}", text(&result.stderr));
        for name in ["in.csv", "projection.csv"] {
            assert_eq!(fs::read_to_string(folder.path().join(name)).unwrap(), FIGURES, "{args:?}");
        }
    }
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_modes_kept() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let folder = folder(&[("in.csv", FIGURES), ("real.csv", "")]);
    let at = |name: &str| folder.path().join(name);
    fs::create_dir(at("deep")).unwrap();
    symlink("real.csv", at("link.csv")).unwrap();
    symlink("deep/new.csv", at("dangling.csv")).unwrap();
    fs::set_permissions(at("real.csv"), fs::Permissions::from_mode(0o600)).unwrap();
    for name in ["link.csv", "dangling.csv"] {
        let result = run(folder.path(), &["project", "in.csv", "-o", name]);
        assert!(result.status.success(), "{}", text(&result.stderr));
        assert!(fs::symlink_metadata(at(name)).unwrap().is_symlink());
    }
    assert!(fs::read_to_string(at("real.csv")).unwrap().starts_with("series,"));
    assert_eq!(fs::metadata(at("real.csv")).unwrap().permissions().mode() & 0o777, 0o600);
    assert!(fs::read_to_string(at("deep/new.csv")).unwrap().starts_with("series,"));
}

#[cfg(unix)]
#[test]
fn devices_and_pipes_are_written_through() {
    use std::os::unix::fs::FileTypeExt;
    let folder = folder(&[("in.csv", FIGURES)]);
    let result = run(folder.path(), &["inspect", "in.csv", "--fix", "/dev/stdout", "--format", "json"]);
    assert!(result.status.success(), "{}", text(&result.stderr));
    assert!(text(&result.stdout).starts_with("series,kind,period,value"), "{}", text(&result.stdout));
    let pipe = folder.path().join("pipe.csv");
    assert!(std::process::Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let reader = std::thread::spawn({
        let pipe = pipe.clone();
        move || fs::read_to_string(pipe).unwrap()
    });
    let result = run(folder.path(), &["project", "in.csv", "-o", "pipe.csv"]);
    assert!(result.status.success(), "{}", text(&result.stderr));
    assert!(fs::symlink_metadata(&pipe).unwrap().file_type().is_fifo());
    assert!(reader.join().unwrap().starts_with("series,measure,"));
}

/// The names in a folder that begin as temporary files do.
#[cfg(unix)]
fn temporary(folder: &Path) -> Vec<String> {
    let names =
        fs::read_dir(folder).into_iter().flatten().flatten().map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| name.starts_with(".topline-")).collect()
}

/// A program that is stopped by signals even where these tests are not, as behind `nohup` or in the background of a script: what
/// they ignore, their children do.
#[cfg(unix)]
fn with_signals(program: &str) -> std::process::Command {
    let mut env = std::process::Command::new("env");
    env.arg("--default-signal=INT,TERM,HUP");
    let is_known = std::process::Command::new("env").args(["--default-signal=INT,TERM,HUP", "true"]).output();
    if is_known.is_ok_and(|output| output.status.success()) {
        env.arg(program);
        return env;
    }
    std::process::Command::new(program)
}

#[cfg(unix)]
#[test]
fn a_run_that_is_stopped_leaves_no_temporary_file() {
    let rows: String =
        (0..4000).flat_map(|at| (2015..2025).map(move |year| format!("S{at},{year},{}\n", 100 + (at * year) % 89))).collect();
    let folder = folder(&[("in.csv", &format!("series,period,value\n{rows}"))]);
    let out = folder.path().join("out");
    for signal in ["INT", "TERM", "HUP"] {
        let mut child = with_signals(env!("CARGO_BIN_EXE_topline"))
            .current_dir(folder.path())
            .args(["project", "in.csv", "--no-charts", "-q", "-o", "out"])
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        while temporary(&out).is_empty() {
            assert!(child.try_wait().unwrap().is_none(), "it ended before it was stopped");
            std::thread::sleep(std::time::Duration::from_millis(5));
        }
        let kill = ["-s", signal, &child.id().to_string()].map(str::to_owned);
        assert!(std::process::Command::new("kill").args(kill).status().unwrap().success());
        assert_eq!(child.wait().unwrap().code(), Some(130), "{signal}");
        assert_eq!(temporary(&out), Vec::<String>::new(), "{signal}");
        assert_eq!(fs::read_dir(&out).unwrap().count(), 0, "{signal}");
    }
}

#[cfg(unix)]
#[test]
fn a_later_run_removes_what_a_killed_one_left() {
    let folder = folder(&[("in.csv", FIGURES), (".topline-old.part", ""), (".topline-new.part", ""), (".topline-mine", "")]);
    let old = std::time::SystemTime::now() - std::time::Duration::from_hours(2);
    for name in [".topline-old.part", ".topline-mine"] {
        fs::File::options().write(true).open(folder.path().join(name)).unwrap().set_modified(old).unwrap();
    }
    assert!(run(folder.path(), &["project", "in.csv", "-o", "out.csv"]).status.success());
    let mut left = temporary(folder.path());
    left.sort();
    assert_eq!(left, [".topline-mine", ".topline-new.part"]);
}

#[test]
fn line_breaks_in_notes_sources_and_titles_leave_the_svg_whole() {
    let csv = "series,kind,period,value,source,note\n\"Two\nlines\",revenue,2023,30M,\"a\nsource\",\"a\r\nnote\"\n\
               \"Two\nlines\",revenue,2024,40M,,\n\"Two\nlines\",event,2024-06,,,\"an\nevent\"\n";
    let folder = folder(&[("in.csv", csv)]);
    for (title, kind) in [("One\ntitle\u{1b}", "text"), ("One\rtitle", "outlines")] {
        let args = ["chart", "in.csv", "--series", "Two*", "--title", title, "--svg-text", kind, "-o", "out.svg"];
        let result = run(folder.path(), &args);
        assert!(result.status.success(), "{}", text(&result.stderr));
        let svg = fs::read_to_string(folder.path().join("out.svg")).unwrap();
        assert!(!svg.contains(|c: char| c.is_control() && c != '\n'));
        // Each line is a whole tag: nothing is left of words that were cut.
        for line in svg.lines() {
            assert!(line.starts_with('<') && line.ends_with('>'), "{line}");
        }
        assert_eq!(svg.matches("<text").count(), svg.matches("</text>").count());
    }
}

#[test]
fn score_against_medians_of_zero_has_no_number_that_is_none() {
    let before: String =
        (0..24).map(|at| format!("Shop,{}-{:02},{}\n", 2022 + at / 12, at % 12 + 1, if at < 9 { 7 } else { 0 })).collect();
    let later = "series,period,value\nShop,2024-01,5\n".to_owned();
    let folder = folder(&[("in.csv", &format!("series,period,value\n{before}")), ("later.csv", &later)]);
    let saved = run(folder.path(), &["project", "in.csv", "--trailing-zeros", "keep", "--until", "2025", "-o", "saved.csv"]);
    assert!(saved.status.success(), "{}", text(&saved.stderr));
    for format in ["table", "csv", "json"] {
        let result = run(folder.path(), &["score", "saved.csv", "later.csv", "--series", "*", "--format", format]);
        assert!(result.status.success(), "{}", text(&result.stderr));
        let all = text(&result.stdout).to_owned() + text(&result.stderr);
        assert!(!all.contains("NaN") && !all.contains("inf"), "{all}");
    }
}
