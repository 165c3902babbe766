//! `topline chart` as a command.

use std::fs;
use std::path::Path;

use assert_cmd::Command;

fn topline() -> Command {
    let mut command = Command::cargo_bin("topline").unwrap();
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    command
}

fn fails(args: &[&str], code: i32, says: &str) {
    let output = topline().args(args).assert().code(code).get_output().clone();
    let text = String::from_utf8(output.stderr).unwrap();
    assert!(text.contains(says), "{text}");
    assert!(output.stdout.is_empty());
}

#[test]
fn saved_projection_is_drawn_with_the_figures_of_other_files() {
    let folder = tempfile::tempdir().unwrap();
    let path = |name: &str| folder.path().join(name);
    let saved = path("projection.csv");
    topline().args(["project", "data/revenue.csv", "--step", "quarter", "-q", "-o"]).arg(&saved).assert().success();
    let draw = |files: &[&Path], name: &str| {
        let output = topline().arg("chart").args(files).arg("-o").arg(path(name)).arg("--alt").assert().success();
        String::from_utf8(output.get_output().stdout.clone()).unwrap()
    };
    let alone = draw(&[&saved], "alone.svg");
    let with_figures = draw(&[&saved, Path::new("data/revenue.csv")], "both.svg");
    let fresh = topline().args(["chart", "data/revenue.csv", "--step", "quarter", "--alt"]).assert().success();
    let fresh = String::from_utf8(fresh.get_output().stdout.clone()).unwrap();
    // The title states the medians, which the file keeps.
    let title = |text: &str| text.split(". ").next().unwrap().to_owned();
    assert_eq!(title(&alone), title(&fresh));
    assert_eq!(title(&with_figures), title(&fresh));
    assert!(!alone.contains("$43B in 2024") && with_figures.contains("$43B in 2024"));
    let svg = fs::read_to_string(path("both.svg")).unwrap();
    assert!(svg.contains("$43B in 2024") && svg.contains("$10B run-rate"));
}

#[test]
fn many_series_make_numbered_pages() {
    let folder = tempfile::tempdir().unwrap();
    let rows: Vec<String> = (1..=30).map(|n| format!("Illustrative {n},revenue,2024,{n}M")).collect();
    let csv = folder.path().join("many.csv");
    fs::write(&csv, format!("series,kind,period,value\n{}\n", rows.join("\n"))).unwrap();
    let output = folder.path().join("many.png");
    topline().arg("chart").arg(&csv).arg("-o").arg(&output).args(["--pixel-ratio", "1"]).assert().success();
    assert!(output.exists() && folder.path().join("many-2.png").exists() && !folder.path().join("many-3.png").exists());
}

#[test]
fn characters_without_a_glyph_are_warned_of() {
    let folder = tempfile::tempdir().unwrap();
    let csv = folder.path().join("a.csv");
    fs::write(&csv, "series,kind,period,value\n東京,revenue,2024,5M\n").unwrap();
    let output = topline().arg("chart").arg(&csv).arg("-o").arg(folder.path().join("a.svg")).assert().success();
    let text = String::from_utf8(output.get_output().stderr.clone()).unwrap();
    assert!(text.contains("京 (U+4EAC), 東 (U+6771)"), "{text}");
}

#[test]
fn wrong_use_is_told() {
    let data = "data/revenue.csv";
    fails(&["chart", data], 2, "--output");
    fails(&["chart", data, "-o", "chart.gif"], 2, "a chart is written as PNG, SVG or PDF");
    fails(&["chart", data, "-o", "a.png", "--size", "100x100"], 1, "360 × 300");
    fails(&["chart", data, "-o", "a.png", "--from", "soon"], 2, "--from soon: not a period");
    fails(&["chart", data, "-o", "a.png", "--font", "Cargo.toml"], 1, "the font cannot be read");
    fails(&["chart", "nowhere.csv", "-o", "a.png"], 1, "cannot read nowhere.csv");
}

#[test]
fn scenarios_are_drawn_for_each_series_that_they_change_and_from_a_saved_file() {
    let folder = tempfile::tempdir().unwrap();
    let path = |file: &str| folder.path().join(file);
    let scenarios = ["--scenario", "data/scenarios.toml"];
    topline().args(["project", "data/revenue.csv", "-o"]).arg(path("out")).args(scenarios).assert().success();
    for file in ["openai.png", "google-cloud.png", "comparison.png", "openai-scenarios.png", "google-cloud-scenarios.png"] {
        assert!(path("out").join(file).exists(), "{file}");
    }
    let alt = |words: &[&std::ffi::OsStr]| {
        let output = topline().arg("chart").args(words).args(["--alt", "--quiet"]).assert().success().get_output().clone();
        String::from_utf8(output.stdout).unwrap()
    };
    let figures = alt(&["data/revenue.csv", scenarios[0], scenarios[1]].map(std::ffi::OsStr::new));
    let titles: Vec<&str> = figures.lines().filter_map(|line| line.split(". ").next()).collect();
    assert_eq!(titles.len(), 2, "{figures}");
    let saved = alt(&[path("out").join("projection.json").as_os_str()]);
    for title in titles {
        assert!(saved.contains(title), "{title} is not in {saved}");
    }
    let saved = path("out").join("projection.csv");
    topline().arg("chart").arg(&saved).args(["--assume", "OpenAI=60%", "--alt"]).assert().code(2);
    fails(
        &["chart", "data/revenue.csv", "--assume", "OpenAI=60%", "--series", "Google*", "--alt"],
        1,
        "the scenarios change none",
    );
}

#[test]
fn backtest_draws_how_often_intervals_held() {
    let folder = tempfile::tempdir().unwrap();
    let run = |more: &[&str]| {
        let mut command = assert_cmd::Command::cargo_bin("topline").unwrap();
        command.current_dir(env!("CARGO_MANIFEST_DIR")).args([
            "backtest",
            "data/ai-and-cloud.csv",
            "--methods",
            "combine,drift",
        ]);
        command.args(more).assert()
    };
    let into = |name: &str| folder.path().join(name).display().to_string();
    run(&["--series", "AWS", "-o", &into("one.svg")]).success();
    assert!(std::fs::read_to_string(into("one.svg")).unwrap().contains("AWS: the 80% intervals of"));
    // Over all series whose steps are quarters, beside the tables.
    run(&["-o", &into("all")]).success();
    for name in ["backtest.csv", "backtest.json", "coverage.png"] {
        assert!(folder.path().join("all").join(name).is_file(), "{name}");
    }
    let many = ["--methods", "naive,linear,ets,theta,exponential", "-o", &into("many.png")];
    run(&many).code(1);
    assert!(!folder.path().join("many.png").exists());
}
