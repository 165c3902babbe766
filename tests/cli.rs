//! What the program does to files, pipes and exit codes.
#![allow(clippy::unwrap_used)]

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Output, Stdio};

use assert_cmd::Command;

fn topline() -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_topline"));
    command.current_dir(root()).env_remove("NO_COLOR").env_remove("RAYON_NUM_THREADS");
    command
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

fn run(args: &[&str]) -> Output {
    topline().args(args).output().unwrap()
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap()
}

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

fn names(folder: &Path) -> Vec<String> {
    files(folder).iter().map(|path| path.file_name().unwrap().to_string_lossy().into_owned()).collect()
}

/// The lines of the README's shell blocks.
fn readme_commands() -> Vec<String> {
    let readme = fs::read_to_string(root().join("README.md")).unwrap();
    let blocks = readme.split("```sh\n").skip(1).map(|block| block.split("```").next().unwrap().to_owned());
    blocks.flat_map(|block| block.lines().map(str::to_owned).collect::<Vec<_>>()).collect()
}

#[test]
fn readme_gives_the_main_job_and_the_tests_in_two_commands() {
    let commands = readme_commands();
    let main_job = commands[0].strip_prefix("cargo run --release -- ").unwrap();
    assert_eq!(main_job, "project data/revenue.csv -o output");
    assert_eq!(commands[1], "cargo test");
    let ci = fs::read_to_string(root().join(".ci/run")).unwrap();
    assert!(ci.lines().any(|line| line == commands[1]), "CI runs the README's test command");
    let folder = tempfile::tempdir().unwrap();
    let output = folder.path().join("output");
    let args: Vec<&str> =
        main_job.split(' ').map(|word| if word == "output" { output.to_str().unwrap() } else { word }).collect();
    let result = run(&args);
    assert!(result.status.success(), "{}", text(&result.stderr));
    assert_eq!(names(&output), ["comparison.png", "google-cloud.png", "openai.png", "projection.csv", "projection.json"]);
    for picture in ["comparison.png", "google-cloud.png", "openai.png"] {
        assert!(fs::read(output.join(picture)).unwrap().starts_with(b"\x89PNG"), "{picture}");
    }
}

#[test]
fn same_bytes_on_every_run_and_at_any_thread_count() {
    let folder = tempfile::tempdir().unwrap();
    let write = |data: &str, name: &str, threads: &str| {
        let output = folder.path().join(name);
        let result =
            topline().args(["project", data, "-q", "-o"]).arg(&output).env("RAYON_NUM_THREADS", threads).output().unwrap();
        assert!(result.status.success(), "{}", text(&result.stderr));
        (result.stdout, files(&output).iter().map(|path| fs::read(path).unwrap()).collect::<Vec<_>>())
    };
    for (data, folder) in [("data/ai-and-cloud.csv", "apart"), ("data/alphabet.csv", "together")] {
        let write = |name: &str, threads: &str| write(data, &format!("{folder}-{name}"), threads);
        let one = write("one", "1");
        assert!(one.1.len() >= 7);
        assert_eq!(one, write("again", "1"));
        assert_eq!(one, write("two", "2"));
    }
}

#[test]
fn every_method_gives_the_same_bytes_at_any_thread_count() {
    let mut data = "series,period,value\n".to_owned();
    for (series, at) in (0_i32..8).flat_map(|series| (0_usize..32).map(move |at| (series, at))) {
        let season = [0, 4, 9, -3][at % 4];
        let value = 100
            + 3 * i32::try_from(at).unwrap()
            + season * (series + 1)
            + [2, -5, 1, 7, -4][(at + series.unsigned_abs() as usize) % 5];
        writeln!(data, "S{series},{}Q{},{value}", 2015 + at / 4, at % 4 + 1).unwrap();
    }
    for method in ["growth", "auto", "ets", "theta", "arima", "combine", "logistic", "bass"] {
        let project = |threads: &str| {
            let mut topline = topline();
            topline.args(["project", "-", "--format", "csv", "--method", method]).env("RAYON_NUM_THREADS", threads);
            let result = topline.write_stdin(data.clone()).output().unwrap();
            assert!(result.status.success(), "{}", text(&result.stderr));
            result.stdout
        };
        let one = project("1");
        assert!(text(&one).lines().count() > 8 * 8, "{method}");
        assert_eq!(text(&one), text(&project("2")), "{method}");
    }
}

#[test]
fn standard_input_is_a_file_called_minus() {
    let good = topline().args(["project", "-", "--format", "csv"]).write_stdin("period,value\n2024,5\n").output().unwrap();
    assert!(text(&good.stdout).lines().nth(1).unwrap().starts_with("revenue,revenue,2025,"), "{}", text(&good.stdout));
    let bad = topline().args(["project", "-"]).write_stdin("period,value\n2024,five\n").output().unwrap();
    assert_eq!(bad.status.code(), Some(1));
    assert!(text(&bad.stderr).starts_with("-:2:6: "), "{}", text(&bad.stderr));
}

#[test]
fn wrong_usage_is_2_and_wrong_data_is_1() {
    let cases: [(&[&str], i32, &str); 13] = [
        (&[], 2, "Usage"),
        (&["project"], 2, "no figures are given"),
        (&["projct", "x.csv"], 2, "project"),
        (&["project", "data/revenue.csv", "--level", "0.95"], 2, "levels are percentages: give 95 for 0.95"),
        (&["project", "data/revenue.csv", "--horizon", "soon"], 2, "24m, 8q, 3y"),
        (&["project", "data/revenue.csv", "--until", "soon"], 2, "--until soon: not a period"),
        (&["project", "data/revenue.csv", "--until", "2027", "--horizon", "3y"], 2, "cannot be used with"),
        (&["project", "data/revenue.csv", "--fiscal-year-end", "13"], 2, "06, June"),
        (&["project", "data/revenue.csv", "-o", "chart.gif"], 2, ".csv, .json, .html or .xlsx"),
        (&["report", "data/revenue.csv", "-o", "report.pdf"], 2, "give -o report.html"),
        (&["project", "no-such.csv", "nor-this.csv"], 1, "cannot read nor-this.csv: no such file or directory"),
        (&["project", "data/revenue.csv", "--series", "Open"], 1, "the input has OpenAI, Google Cloud"),
        (&["project", "data/revenue.csv", "--until", "2025-06"], 1, "nothing to project up to 2025-06"),
    ];
    for (args, code, said) in cases {
        let result = run(args);
        assert_eq!(result.status.code(), Some(code), "{args:?}: {}", text(&result.stderr));
        assert!(text(&result.stderr).contains(said), "{args:?}: {}", text(&result.stderr));
        assert!(result.stdout.is_empty(), "{args:?}: {}", text(&result.stdout));
    }
}

#[test]
fn version_and_help_are_data() {
    for args in [["--version"], ["--help"]] {
        let result = run(&args);
        assert!(result.status.success() && !result.stdout.is_empty() && result.stderr.is_empty());
    }
}

#[test]
fn a_chart_is_printed_in_the_form_that_is_asked_for() {
    for (form, start) in [("png", b"\x89PNG".as_slice()), ("svg", b"<svg"), ("pdf", b"%PDF")] {
        let result = run(&["chart", "data/example.csv", "-o", "-", "--format", form]);
        assert!(result.status.success() && result.stdout.starts_with(start), "{form}: {}", text(&result.stderr));
    }
    let plain = run(&["chart", "data/example.csv", "-o", "-"]);
    assert!(plain.stdout.starts_with(b"\x89PNG"));
}

#[test]
fn files_that_are_replaced_are_named_and_kept_on_request() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("out.csv");
    let project = |more: &[&str]| {
        let args = ["project", "data/example.csv", "-o", path.to_str().unwrap(), "--until", "2026"];
        run(&[&args, more].concat())
    };
    let says = |result: &Output, what: &str| text(&result.stderr).lines().filter(|line| line.starts_with(what)).count();
    let first = project(&[]);
    assert_eq!((says(&first, "Wrote "), says(&first, "Replaced ")), (1, 0));
    let second = project(&[]);
    assert_eq!((says(&second, "Wrote "), says(&second, "Replaced ")), (0, 1));
    assert!(project(&["--quiet"]).stderr.is_empty());
    fs::write(&path, "mine").unwrap();
    let refused = project(&["--no-clobber"]);
    assert_eq!(refused.status.code(), Some(2));
    assert!(text(&refused.stderr).contains("--no-clobber keeps it"));
    assert_eq!(fs::read_to_string(&path).unwrap(), "mine");
    // In a folder, a chart of a name that is known only after reading.
    fs::write(folder.path().join("example.png"), "mine").unwrap();
    let refused = run(&["project", "data/example.csv", "-o", folder.path().to_str().unwrap(), "--no-clobber"]);
    assert_eq!(refused.status.code(), Some(2));
    assert_eq!(names(folder.path()), ["example.png", "out.csv"]);
}

/// `-` is standard input, and no name of a table.
#[test]
fn output_called_minus_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let data = root().join("data/revenue.csv");
    let saved = root().join("data/saved/years.csv");
    let cases: [(&[&str], &str); 4] = [
        (&["project"], "--format csv or --format json prints"),
        (&["backtest"], "--format csv or --format json prints"),
        (&["compare"], "topline chart prints pictures"),
        (&["score", saved.to_str().unwrap()], "topline chart prints pictures"),
    ];
    for (args, hint) in cases {
        let mut topline = topline();
        let result = topline.current_dir(folder.path()).args(args).arg(&data).args(["-o", "-"]).output().unwrap();
        assert_eq!(result.status.code(), Some(2), "{args:?}: {}", text(&result.stderr));
        assert!(text(&result.stderr).contains(hint), "{args:?}: {}", text(&result.stderr));
        assert!(names(folder.path()).is_empty() && result.stdout.is_empty(), "{args:?}");
    }
}

/// A wrong ending is told before anything is drawn, even before the figures are read.
#[test]
fn endings_are_looked_at_first() {
    for args in [["compare", "no-such.csv", "-o", "x.gif"], ["backtest", "no-such.csv", "-o", "x.gif"]] {
        let result = run(&args);
        assert_eq!(result.status.code(), Some(2), "{args:?}: {}", text(&result.stderr));
    }
}

#[cfg(unix)]
#[test]
fn a_font_without_end_is_refused() {
    let result = run(&["chart", "data/revenue.csv", "--font", "/dev/zero", "--alt"]);
    assert_eq!(result.status.code(), Some(1));
    assert!(text(&result.stderr).contains("larger than the 64 MiB"), "{}", text(&result.stderr));
}

#[test]
fn a_chart_begins_before_its_projection_ends() {
    for (from, code) in [("2040", 1), ("2028-01", 1), ("2027-12", 0), ("2024", 0)] {
        let result = run(&["chart", "data/revenue.csv", "--alt", "-q", "--from", from]);
        assert_eq!(result.status.code(), Some(code), "{from}: {}", text(&result.stderr));
        let said = "and the projection covers 2025-01 to 2027-12";
        assert_eq!(text(&result.stderr).contains(said), code == 1, "{from}: {}", text(&result.stderr));
    }
}

/// What a chart says in words has the date of a figure once.
#[test]
fn words_of_a_chart_have_each_date_once() {
    let chart = |data: &str| {
        let result = topline().args(["chart", "-", "--alt", "-q"]).write_stdin(data.to_owned()).output().unwrap();
        text(&result.stdout).to_owned()
    };
    let total = chart("period,revenue\n2025-04,150k\n2025-05,170k\n2025-06,181667\n");
    assert!(total.contains("Last figure: $2.18M annualised in Jun 2025. "), "{total}");
    let rate = chart("kind,period,value\nrun-rate,2025-06,$10M\n");
    assert!(rate.contains("Last figure: $10M run-rate, Jun 2025. "), "{rate}");
}

/// Every JSON document begins with the version and the schema.
#[test]
fn documents_have_one_head() {
    let cases: [&[&str]; 6] = [
        &["project", "data/revenue.csv"],
        &["target", "data/revenue.csv"],
        &["compare", "data/revenue.csv", "--until", "2026"],
        &["score", "data/saved/years.csv", "data/ai-and-cloud-later.csv"],
        &["reconcile", "data/ai-and-cloud.csv", "--series", "OpenAI"],
        &["backtest", "data/shop-months.csv", "--methods", "drift", "--origins", "1"],
    ];
    for args in cases {
        let result = topline().args(args).args(["--format", "json", "-q"]).output().unwrap();
        let document: serde_json::Value = serde_json::from_slice(&result.stdout).unwrap();
        assert_eq!(document["topline"], env!("CARGO_PKG_VERSION"), "{args:?}");
        assert_eq!(document["schema"], 1, "{args:?}");
        assert!(document.get("version").is_none(), "{args:?}");
    }
}

/// Amounts with which arithmetic would overflow are refused by every command that reckons, with the figure and its place.
#[test]
fn amounts_are_within_a_range() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("figures.csv");
    let file = path.to_str().unwrap();
    let figures = |factor: &str| {
        let rows = (0..20).map(|at| format!("A,{}Q{},{}e{factor}\n", 2019 + at / 4, at % 4 + 1, 10 + at % 7));
        fs::write(&path, format!("series,period,value\n{}", rows.collect::<String>())).unwrap();
    };
    let later = folder.path().join("later.csv");
    fs::write(&later, "series,period,value\nAWS,2026,1e200\n").unwrap();
    let commands: [&[&str]; 7] = [
        &["project", file],
        &["project", file, "--method", "auto"],
        &["project", file, "--method", "arima", "--derive"],
        &["project", file, "--method", "combine"],
        &["chart", file, "--alt"],
        &["target", file, "--goal", "20@2026"],
        &["reconcile", file],
    ];
    for factor in ["155", "300", "-100", "-320"] {
        figures(factor);
        for args in commands {
            let result = run(args);
            assert_eq!(result.status.code(), Some(1), "{factor} {args:?}: {}", text(&result.stderr));
            let said = text(&result.stderr);
            assert!(said.contains("A has a revenue of 1") && said.contains("figures.csv:2:10"), "{factor} {args:?}: {said}");
        }
        let result = run(&["backtest", file]);
        assert!(text(&result.stderr).contains("amounts are taken from 1e-6 to 1e30"), "{}", text(&result.stderr));
    }
    let result = run(&["score", "data/saved/years.csv", later.to_str().unwrap()]);
    assert!(text(&result.stderr).contains("AWS has a revenue of 1e200 for 2026"), "{}", text(&result.stderr));
    for factor in ["28", "-6"] {
        figures(factor);
        for args in commands {
            let result = run(args);
            assert_eq!(result.status.code(), Some(0), "{factor} {args:?}: {}", text(&result.stderr));
            let words = text(&result.stdout).split(|c: char| !c.is_alphanumeric());
            assert!(!words.into_iter().any(|word| ["NaN", "inf"].contains(&word)), "{args:?}: {}", text(&result.stdout));
        }
    }
}

/// No number is written that is none, whatever is assumed and asked for.
#[test]
fn numbers_are_finite() {
    let cases: [&[&str]; 2] = [
        &["project", "data/revenue.csv", "--format", "csv", "--assume", "OpenAI=1e150%"],
        &["project", "data/revenue.csv", "--format", "csv", "--cap", "OpenAI=1e200"],
    ];
    for args in cases {
        let result = run(args);
        assert_ne!(result.status.code(), Some(101), "{args:?}: {}", text(&result.stderr));
        let said = text(&result.stdout);
        assert!(result.status.success() || said.is_empty(), "{args:?}");
        let words = said.split(|c: char| !c.is_alphanumeric());
        assert!(!words.into_iter().any(|word| ["NaN", "inf"].contains(&word)), "{args:?}: {said}");
    }
}

/// Of clap's help, too.
#[cfg(target_os = "linux")]
#[test]
fn output_that_cannot_be_written_is_1() {
    let cases: [&[&str]; 5] =
        [&["--help"], &["--version"], &["project", "--help"], &["completions", "bash"], &["project", "data/revenue.csv", "-q"]];
    for args in cases {
        let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
        let child = std::process::Command::new(env!("CARGO_BIN_EXE_topline"))
            .args(args)
            .current_dir(root())
            .stdout(full)
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let result = child.wait_with_output().unwrap();
        assert_eq!(result.status.code(), Some(1), "{args:?}");
        assert!(
            text(&result.stderr).contains("error: cannot write to standard output: "),
            "{args:?}: {}",
            text(&result.stderr)
        );
    }
}

#[test]
fn completions_manual_and_licences_are_printed() {
    let cases: [(&[&str], &str); 5] = [
        (&["completions", "bash"], "_topline"),
        (&["completions", "zsh"], "#compdef topline"),
        (&["man"], ".TH"),
        (&["licenses"], "SIL OPEN FONT LICENSE"),
        (&["licenses"], "parquet"),
    ];
    for (args, said) in cases {
        let result = run(args);
        assert!(result.status.success() && text(&result.stdout).contains(said), "{args:?}");
    }
}

/// A reader that stops early, such as `head`, is not an error.
#[test]
fn closed_pipe_is_quiet() {
    let mut child = std::process::Command::new(env!("CARGO_BIN_EXE_topline"))
        .args(["project", "data/ai-and-cloud.csv", "--step", "month", "--horizon", "50y", "--format", "csv", "-q"])
        .current_dir(root())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let result = child.wait_with_output().unwrap();
    assert_eq!((result.status.code(), text(&result.stderr)), (Some(0), ""));
}

#[test]
fn a_failure_leaves_what_was_there() {
    let folder = tempfile::tempdir().unwrap();
    let (good, bad) = (folder.path().join("good.csv"), folder.path().join("bad.csv"));
    fs::write(&good, "period,value\n2024,5\n").unwrap();
    fs::write(&bad, "period,value\n2023,5\n2024,-5\n").unwrap();
    let output = folder.path().join("output");
    let project = |input: &Path| topline().args(["project", "--no-charts", "-o"]).arg(&output).arg(input).output().unwrap();
    assert!(project(&good).status.success());
    let before: Vec<_> = files(&output).iter().map(|path| fs::read(path).unwrap()).collect();
    let result = project(&bad);
    assert_eq!(result.status.code(), Some(1));
    assert!(text(&result.stderr).contains("bad.csv:3:6: "), "{}", text(&result.stderr));
    let after: Vec<_> = files(&output).iter().map(|path| fs::read(path).unwrap()).collect();
    assert_eq!(before, after);
}

#[test]
fn one_file_by_its_ending() {
    let folder = tempfile::tempdir().unwrap();
    for name in ["rows.csv", "all.json", "deep/er/rows.csv"] {
        let result =
            topline().args(["project", "data/revenue.csv", "-q", "-o"]).arg(folder.path().join(name)).output().unwrap();
        assert!(result.status.success() && result.stderr.is_empty(), "{name}: {}", text(&result.stderr));
    }
    assert_eq!(names(folder.path()), ["all.json", "deep", "rows.csv"]);
}

#[cfg(unix)]
#[test]
fn written_files_can_be_read_by_others() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let plain = folder.path().join("plain");
    fs::write(&plain, "").unwrap();
    let path = folder.path().join("rows.csv");
    topline().args(["project", "data/revenue.csv", "-o"]).arg(&path).assert().success();
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode(), fs::metadata(&plain).unwrap().permissions().mode());
}

#[test]
fn json_carries_what_the_answer_rests_on() {
    let result = run(&["project", "data/ai-and-cloud.csv", "--format", "json"]);
    let document: serde_json::Value = serde_json::from_slice(&result.stdout).unwrap();
    assert_eq!(document["topline"], env!("CARGO_PKG_VERSION"));
    assert!(document["notices"].as_array().unwrap().iter().any(|notice| notice["line"] == 59));
    let projections = document["projections"].as_array().unwrap();
    assert_eq!(projections.len(), 5);
    let openai = projections.iter().find(|projection| projection["series"] == "OpenAI").unwrap();
    assert_eq!(openai["figures"].as_array().unwrap().len(), 13);
    let weights: f64 =
        openai["method"]["classes"].as_array().unwrap().iter().map(|class| class["posterior_weight"].as_f64().unwrap()).sum();
    assert!((weights - 1.0).abs() < 1e-9);
    assert_eq!(openai["method"]["classes"][0]["constants"]["nu"], 4.508);
    assert_eq!((&openai["method"]["peers"]["name"], &openai["method"]["peers"]["given"]), (&"startups".into(), &true.into()));
    assert_eq!(openai["targets"].as_array().unwrap().len(), 2);
    // The CSV has the same rows.
    let csv = run(&["project", "data/ai-and-cloud.csv", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(csv.stdout.as_slice());
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    let from_json: Vec<(String, String)> = projections
        .iter()
        .flat_map(|projection| projection["projection"].as_array().unwrap())
        .map(|row| (row["period"].as_str().unwrap().to_owned(), row["median"].as_f64().unwrap().to_string()))
        .collect();
    let from_csv: Vec<(String, String)> = rows.iter().map(|row| (row[2].to_owned(), row[5].to_owned())).collect();
    assert_eq!(from_json, from_csv);
}

#[test]
fn colours_stay_out_of_pipes() {
    let result = topline().args(["project", "data/ai-and-cloud.csv"]).output().unwrap();
    assert!(!result.stdout.contains(&0x1b) && !result.stderr.contains(&0x1b));
}

#[test]
fn a_panel_of_many_series_is_projected_in_order() {
    let folder = tempfile::tempdir().unwrap();
    let input = folder.path().join("panel.csv");
    let rows = (0..3000).flat_map(|k| (1..=4).map(move |q| format!("s{k},2024Q{q},{}\n", 100 + k + q)));
    fs::write(&input, "unique_id,ds,y\n".to_owned() + &rows.collect::<String>()).unwrap();
    let result = topline().args(["project", "--format", "csv", "--horizon", "1q"]).arg(&input).output().unwrap();
    let order: Vec<&str> =
        text(&result.stdout).lines().skip(1).step_by(2).map(|line| line.split(',').next().unwrap()).collect();
    let expected: Vec<String> = (0..3000).map(|k| format!("s{k}")).collect();
    assert_eq!(order, expected);
}
