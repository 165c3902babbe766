//! The page of a report: whole by itself, harmless whatever stands in the figures, and true to the tables of the same run.
#![cfg(feature = "report")]
#![allow(clippy::unwrap_used, clippy::format_collect)]

use std::fs;
use std::path::Path;
use std::process::Output;

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

fn topline(folder: &Path, args: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_topline")).current_dir(folder).args(args).output().unwrap()
}

fn folder(csv: &str) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("in.csv"), csv).unwrap();
    folder
}

/// The page of some figures, and what was said.
fn page(folder: &Path, options: &[&str]) -> (String, String) {
    let result = topline(folder, &[&["report", "in.csv", "-o", "out.html"], options].concat());
    let said = String::from_utf8(result.stderr).unwrap();
    assert!(result.status.success(), "{said}");
    (fs::read_to_string(folder.join("out.html")).unwrap(), said)
}

/// What stands between two marks, the first time.
fn between<'a>(text: &'a str, from: &str, to: &str) -> &'a str {
    let behind = text.split_once(from).unwrap_or_else(|| unreachable!("{from} is in the page")).1;
    behind.split_once(to).unwrap_or_else(|| unreachable!("{to} is in the page")).0
}

/// The data that the page draws from.
fn data(page: &str) -> Value {
    serde_json::from_str(between(page, "<script type=\"application/json\" id=\"data\">", "</script>")).unwrap()
}

fn sample(name: &str) -> TempDir {
    folder(&fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)).unwrap())
}

/// Elements of a page: the name of each tag, in order.
fn tags(page: &str) -> Vec<(bool, String)> {
    let mut found = Vec::new();
    for part in page.split('<').skip(1) {
        let closes = part.starts_with('/');
        let name: String = part.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
        found.push((closes, name));
    }
    found
}

/// The page without its style, data and script, which have no tags.
fn markup(page: &str) -> String {
    let mut out = page.to_owned();
    for (from, to) in [("<style>", "</style>"), ("<script type=", "</script>"), ("<script>", "</script>")] {
        let inner = between(&out, from, to).to_owned();
        out = out.replacen(&format!("{from}{inner}{to}"), "", 1);
    }
    out
}

#[test]
fn page_has_everything_of_each_series() {
    let folder = sample("revenue.csv");
    let (page, said) = page(folder.path(), &["--derive"]);
    assert!(said.ends_with("Wrote out.html\n"), "{said}");
    for wanted in [
        "OpenAI has a 42% chance of its $12B target for 2025 as a run-rate, 10% as revenue",
        "as the run-rate in December 2025",
        "$10.1B to $21.6B",
        "shown but not used: a contract is a commitment, not revenue",
        "Article of June 2025",
        "How likely each is to have the largest revenue",
        "How the intervals were checked",
        "topline report in.csv -o out.html --derive",
        "Derived figures",
    ] {
        assert!(page.contains(wanted), "{wanted}");
    }
}

#[test]
fn charts_show_the_numbers_of_the_tables() {
    let folder = sample("ai-and-cloud.csv");
    let options = ["--step", "month", "--until", "2027"];
    let (page, _) = page(folder.path(), &options);
    let csv = topline(folder.path(), &[&["project", "in.csv", "--format", "csv", "-q"], &options[..]].concat());
    let mut reader = csv::Reader::from_reader(csv.stdout.as_slice());
    let heads = reader.headers().unwrap().clone();
    let column = |name: &str| heads.iter().position(|head| head == name).unwrap();
    let all = data(&page);
    let mut compared = 0;
    for row in reader.records().map(Result::unwrap).filter(|row| &row[column("measure")] == "run-rate") {
        let of = |one: &&Value| one["name"] == row[column("series")];
        let series = all["series"].as_array().unwrap().iter().find(of).unwrap();
        let fan = series["fans"].as_array().unwrap().iter().find(|fan| fan["name"] == "run-rate").unwrap();
        let (year, month) = row[column("period")].split_once('-').unwrap();
        let month: i32 = year.parse::<i32>().unwrap() * 12 + month.parse::<i32>().unwrap() - 1;
        let times = fan["times"].as_array().unwrap();
        // In the middle of the month.
        let at = times.iter().position(|one| one.as_f64() == Some(f64::from(month) + 0.5)).unwrap();
        let ahead = usize::try_from(fan["ahead"].as_u64().unwrap()).unwrap();
        let number = |value: &Value| value.as_f64().unwrap();
        let written = |name: &str| row[column(name)].parse::<f64>().unwrap();
        let same = |value: f64, other: f64| assert!((value / other - 1.0).abs() < 1e-9, "{row:?}: {value} is not {other}");
        same(number(&fan["median"][at]), written("median"));
        for (level, name) in ["50", "80", "95"].iter().enumerate() {
            same(number(&fan["lo"][level][at - ahead]), written(&format!("lo_{name}")));
            same(number(&fan["hi"][level][at - ahead]), written(&format!("hi_{name}")));
        }
        compared += 1;
    }
    assert!(compared > 100, "{compared}");
}

#[test]
fn page_loads_nothing_and_allows_nothing() {
    let folder = sample("ai-and-cloud.csv");
    let (page, _) = page(folder.path(), &[]);
    let policy = between(&page, "Content-Security-Policy\" content=\"", "\">");
    assert!(policy.starts_with("default-src 'none'; style-src 'sha256-"), "{policy}");
    assert!(!policy.contains("unsafe"), "{policy}");
    let markup = markup(&page);
    for loads in [" src=", "<link", "<img", "<iframe", "<object", "@import", "url(http", " style=", " onload", " onclick"] {
        assert!(!markup.contains(loads), "{loads}");
    }
}

#[test]
fn elements_are_closed_in_order() {
    const EMPTY: [&str; 2] = ["meta", "DOCTYPE"];
    for name in ["revenue.csv", "alphabet.csv", "shop-months.csv", "fiscal-year.csv"] {
        let folder = sample(name);
        let markup = markup(&page(folder.path(), &[]).0).replace("/>", ">\u{0}");
        let mut open: Vec<String> = Vec::new();
        for part in markup.split('<').skip(1) {
            let closes = part.starts_with('/');
            let tag: String = part.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
            let is_whole = part.contains('\u{0}') || EMPTY.contains(&tag.as_str()) || part.starts_with('!');
            if closes {
                assert_eq!(open.pop(), Some(tag), "{name}");
            } else if !is_whole {
                open.push(tag);
            }
        }
        assert_eq!(open, Vec::<String>::new(), "{name}");
    }
}

#[test]
fn identifiers_are_given_once() {
    let folder = sample("alphabet.csv");
    let (page, _) = page(folder.path(), &[]);
    let mut ids: Vec<&str> =
        page.split(" id=\"").skip(1).map(|rest| rest.split('"').next().unwrap()).filter(|id| !id.contains('$')).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    for rest in page.split("href=\"#").skip(1).chain(page.split("aria-labelledby=\"").skip(1)) {
        for id in rest.split('"').next().unwrap().split(' ') {
            assert!(ids.contains(&id), "{id}");
        }
    }
}

const HOSTILE: &str = "</script><script>alert(1)</script>\u{202e}<img src=x onerror=alert(2)>'\"&";

#[test]
fn nothing_of_the_input_is_obeyed() {
    let quoted = format!("\"{}\"", HOSTILE.replace('"', "\"\""));
    let rows: String =
        (2019..2025).map(|year| format!("{quoted},revenue,{year},{}M,{quoted},{quoted}\n", year - 2010)).collect();
    let other = format!("{quoted}2,run-rate,2024-06,5M,javascript:alert(3),\"--><!--\"\n");
    let target = format!("{quoted},target,2026,50M,,\n{quoted},event,2024-02,,,{quoted}\n");
    let folder = folder(&format!("series,kind,period,value,source,note\n{rows}{other}{target}"));
    let harmless = page(sample("revenue.csv").path(), &[]).0;
    let (page, _) = page(folder.path(), &["--title", HOSTILE]);
    let count = |page: &str, tag: &str| tags(page).iter().filter(|(closes, name)| !closes && name == tag).count();
    for tag in ["script", "img", "style"] {
        assert_eq!(count(&page, tag), count(&harmless, tag), "{tag}");
    }
    assert!(!page.contains("href=\"javascript") && !page.contains('\u{202e}') && !page.contains("<!--"));
    let name = data(&page)["series"][0]["name"].as_str().unwrap().to_owned();
    assert_eq!(name, HOSTILE.replace('\u{202e}', "\\u{202e}"));
}

#[test]
fn odd_series_have_pages() {
    let months: String =
        (0..60).map(|at| format!("Months,revenue,{}-{:02},{}K\n", 2020 + at / 12, at % 12 + 1, 100 + at)).collect();
    let winter: String = (0..48)
        .map(|at| {
            format!(
                "Ski,revenue,{}-{:02},{}K\n",
                2021 + at / 12,
                at % 12 + 1,
                if (4..10).contains(&(at % 12)) { 0 } else { 90 }
            )
        })
        .collect();
    let currencies =
        "Euro,revenue,2023,5M€\nEuro,revenue,2024,6M€\nDollar,revenue,2023,$5M\nDollar,revenue,2024,$6M\n".to_owned();
    let zeros = "Ended,revenue,2022,5M\nEnded,revenue,2023,0\nEnded,revenue,2024,0\n".to_owned();
    let cases: [(&str, String, &[&str]); 8] = [
        ("one figure", "One,run-rate,2025-06,$10M\n".to_owned(), &[]),
        ("sixty months", months.clone(), &["--step", "month"]),
        ("another method", months, &["--method", "combine", "--level", "95"]),
        ("winter", winter, &[]),
        ("currencies", currencies, &[]),
        ("nothing", zeros, &[]),
        ("quarters", "Q,revenue,2024Q4,5M\nQ,revenue,2025Q1,6M\n".to_owned(), &["--step", "quarter", "--measure", "ttm"]),
        (
            "fiscal",
            "F,revenue,FY2023,5M\nF,revenue,FY2024,6M\n".to_owned(),
            &["--fiscal-year-end", "June", "--measure", "run-rate"],
        ),
    ];
    for (what, rows, options) in cases {
        let folder = folder(&format!("series,kind,period,value\n{rows}"));
        let (page, _) = page(folder.path(), options);
        assert!(!page.contains("NaN") && !page.contains("null,null") && !page.contains("inf"), "{what}");
        assert!(data(&page)["series"][0]["fans"].as_array().is_some_and(|fans| !fans.is_empty()), "{what}");
    }
}

#[test]
fn scenarios_and_parts_have_their_pictures() {
    let folder = sample("alphabet.csv");
    let (parts, _) = page(folder.path(), &[]);
    assert!(parts.contains("<h2>Parts of Alphabet</h2>") && parts.contains("id=\"alphabet-parts-title\""));
    let (assumed, _) = page(folder.path(), &["--series", "Alphabet", "--segments", "off", "--assume", "20%"]);
    assert!(assumed.contains("<h3>Scenarios</h3>") && assumed.contains("id=\"alphabet-scenarios-title\""));
}

#[test]
fn same_figures_give_the_same_page() {
    let folder = sample("ai-and-cloud.csv");
    let first = page(folder.path(), &[]).0;
    assert_eq!(first, page(folder.path(), &[]).0);
    assert!(first.len() < 500_000, "{} bytes", first.len());
}

#[test]
fn ten_series_take_less_than_a_megabyte() {
    let row = |series: i32, at: i32| {
        format!("Company {series},revenue,{}Q{},{}M\n", 2019 + at / 4, at % 4 + 1, 100 + at * (series + 1))
    };
    let rows: String = (0..10).flat_map(|series| (0..24).map(move |at| row(series, at))).collect();
    let folder = folder(&format!("series,kind,period,value\n{rows}"));
    let (page, _) = page(folder.path(), &[]);
    assert!(page.len() < 1_000_000, "{} bytes", page.len());
}

#[test]
fn project_makes_the_page_beside_its_summary() {
    let folder = sample("revenue.csv");
    let result = topline(folder.path(), &["project", "in.csv", "-o", "out.html"]);
    assert!(result.status.success());
    assert!(String::from_utf8(result.stdout).unwrap().contains("run-rate"));
    let page = fs::read_to_string(folder.path().join("out.html")).unwrap();
    assert!(page.contains("topline project in.csv -o out.html"));
}

#[test]
fn too_many_series_are_refused() {
    let rows: String = (0..25).map(|at| format!("Company {at},2023,5M\nCompany {at},2024,6M\n")).collect();
    let folder = folder(&format!("series,period,value\n{rows}"));
    let result = topline(folder.path(), &["report", "in.csv"]);
    let said = String::from_utf8(result.stderr).unwrap();
    assert_eq!(result.status.code(), Some(1), "{said}");
    assert!(said.contains("at most 24 series, and there are 25") && !folder.path().join("report.html").exists(), "{said}");
}
