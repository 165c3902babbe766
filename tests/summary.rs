//! Answers that an editor would print: what a summary begins with, and what it says.
#![allow(clippy::unwrap_used)]

use std::fs;
use std::process::Command;

/// What the program prints, and what it says besides.
fn run(args: &[&str]) -> (String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_topline"));
    let output = command.current_dir(env!("CARGO_MANIFEST_DIR")).args(args).output().unwrap();
    (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap())
}

fn printed(args: &[&str]) -> String {
    run(args).0
}

/// The answer about figures in a file of their own.
fn about(figures: &str, args: &[&str]) -> String {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("figures.csv");
    fs::write(&path, figures).unwrap();
    let (out, err) = run(&[&[args[0], path.to_str().unwrap()], &args[1..]].concat());
    out + &err
}

/// The heads of the first table.
fn heads(text: &str) -> [String; 2] {
    let mut lines = text.lines().skip_while(|line| !line.trim_start().starts_with(['r', 'm'])).take(2);
    [(); 2].map(|()| lines.next().unwrap_or_default().split_whitespace().collect::<Vec<_>>().join(" "))
}

#[test]
fn revenue_leads_and_the_run_rate_only_where_the_figures_are_run_rates() {
    let shop = printed(&["project", "data/shop-months.csv"]);
    assert_eq!(heads(&shop)[0], "revenue of the year year on run-rate at the end");
    let openai = printed(&["project", "data/revenue.csv", "--series", "OpenAI"]);
    assert_eq!(heads(&openai)[0], "run-rate at the end CAGR since revenue of the year");
    // Totals beside run-rates: the year.
    let mixed = printed(&["project", "data/ai-and-cloud.csv", "--series", "OpenAI", "--quiet"]);
    assert!(heads(&mixed)[0].starts_with("revenue of the year"), "{mixed}");
    let asked = printed(&["project", "data/shop-months.csv", "--measure", "run-rate"]);
    assert!(heads(&asked)[0].starts_with("run-rate at the end"), "{asked}");
}

/// The last month times twelve is a run-rate for a business without seasons alone.
#[test]
fn december_times_twelve_is_no_headline() {
    let chosen = printed(&["project", "data/shop-months.csv", "--method", "auto"]);
    assert_eq!(heads(&chosen)[0], "revenue of the year year on");
    assert!(!chosen.contains("run-rate"), "{chosen}");
    let asked = printed(&["project", "data/shop-months.csv", "--method", "theta", "--measure", "run-rate"]);
    assert!(asked.contains("the last month of the period times twelve, with its season"), "{asked}");
}

fn rows(text: &str, begin: impl Fn(&str) -> bool) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| begin(line) && line.contains('$')).collect()
}

#[test]
fn step_and_horizon_decide_the_table() {
    let of = |args: &[&str]| printed(&[&["project", "data/shop-months.csv"], args].concat());
    let months = of(&["--step", "month", "--horizon", "5m"]);
    let names: Vec<String> = rows(&months, |line| line.contains(" 2025  ")).iter().map(|row| row[..8].to_owned()).collect();
    assert_eq!(names, ["July 202", "August 2", "Septembe", "October ", "November"]);
    assert_eq!(rows(&of(&["--step", "quarter", "--horizon", "4q"]), |line| line.starts_with('Q')).len(), 4);
    let years = of(&["--horizon", "30m"]);
    assert_eq!(rows(&years, |line| line.starts_with("20")).len(), 3, "2025 to 2027: {years}");
    // Where no year is whole, and where a horizon ends within one, twelve months are told.
    let short = of(&["--until", "2025-09"]);
    assert_eq!(rows(&short, |line| line.starts_with("to Sep 2025")).len(), 1, "{short}");
    let longer = of(&["--until", "2026-03"]);
    assert_eq!(rows(&longer, |line| line.starts_with("2025") || line.starts_with("to Mar 2026")).len(), 2, "{longer}");
}

#[test]
fn trailing_twelve_months_are_told_when_asked_for() {
    let text = printed(&["project", "data/shop-months.csv", "--measure", "ttm", "--step", "quarter", "--horizon", "2q"]);
    assert!(heads(&text)[0].starts_with("revenue of twelve months"), "{text}");
    // Those to December are the year's.
    let year = printed(&["project", "data/shop-months.csv", "--horizon", "6m"]);
    let amounts =
        |text: &str| rows(text, |line| line.starts_with("2025"))[0].split_whitespace().take(5).collect::<Vec<_>>().join(" ");
    assert_eq!(amounts(&text), amounts(&year));
}

#[test]
fn growth_has_one_meaning_that_is_named() {
    let totals = printed(&["project", "data/shop-months.csv"]);
    assert!(totals.contains("year on") && !totals.contains("CAGR"), "{totals}");
    let run_rates = printed(&["project", "data/revenue.csv", "--series", "OpenAI"]);
    assert!(run_rates.contains("CAGR since") && !run_rates.contains("year on"), "{run_rates}");
}

#[test]
fn many_series_are_rows_of_one_table() {
    let rows_of = |k| format!("Company {k},2023,${k}0M\nCompany {k},2024,${k}2M");
    let figures: Vec<String> = (1..=30).map(rows_of).collect();
    let text = about(&format!("series,period,value\n{}\n", figures.join("\n")), &["project"]);
    assert_eq!(rows(&text, |line| line.starts_with("Company ")).len(), 30, "{text}");
    assert!(text.lines().count() < 40, "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 100), "{text}");
}

#[test]
fn one_level_is_told_everywhere() {
    let levels = ["--level", "50,90,95"];
    let summary = printed(&[&["project", "data/shop-months.csv"], &levels[..]].concat());
    assert!(summary.contains("90% interval") && !summary.contains("95%"), "{summary}");
    let figures: Vec<String> = (2012..2025).map(|year| format!("{year},{}M", year - 2000)).collect();
    let backtest =
        about(&format!("period,value\n{}\n", figures.join("\n")), &["backtest", "--methods", "theta", "--level", "50,90,95"]);
    assert!(backtest.contains("inside the 90% interval"), "{backtest}");
}

#[test]
fn amounts_of_a_column_are_equally_precise() {
    let text = printed(&["project", "data/revenue.csv", "--series", "OpenAI"]);
    assert!(text.contains("$19.0B") && text.contains("to $12.0B"), "{text}");
}

#[test]
fn words_are_of_growth_and_spread() {
    let plain = printed(&["project", "data/fiscal-year.csv"]);
    let verbose = printed(&["project", "data/fiscal-year.csv", "--verbose"]);
    assert!(!plain.contains("in the long run") && verbose.contains("in the long run"), "{verbose}");
    for industry in ["commodities", "acquisitions", "retail", "services)"] {
        assert!(!verbose.contains(industry), "{verbose}");
    }
    let beside = printed(&["project", "data/revenue.csv", "--series", "Google*"]);
    assert!(beside.contains("event of June 2025: shown but not used"), "{beside}");
}

#[test]
fn series_of_different_dates_have_one_end() {
    let figures = "series,period,value\nA,2024Q1,10M\nA,2024Q2,11M\nB,2024Q1,5M\nB,2024Q2,5M\nB,2024Q3,6M\nB,2024Q4,6M\n";
    let text = about(figures, &["project", "--step", "quarter"]);
    assert_eq!(text.matches("  Q4 2026").count(), 2, "{text}");
    assert!(!text.contains("Q1 2027"), "{text}");
    assert!(text.contains("6 months before the latest"), "{text}");
}

#[test]
fn targets_are_read_as_revenue_first() {
    let figures = "series,kind,period,value\nA,revenue,2023,40M\nA,revenue,2024,50M\nA,target,2026,90M\n";
    let of_run_rates = printed(&["target", "data/revenue.csv"]);
    let at = |words: &str| of_run_rates.find(words).unwrap();
    assert!(at("run-rate in December") < at("revenue of 2025"), "{of_run_rates}");
    let of_totals = about(figures, &["target"]);
    assert!(of_totals.find("revenue of 2026").unwrap() < of_totals.find("run-rate in December").unwrap(), "{of_totals}");
}

#[test]
fn comparisons_are_of_years_unless_both_are_run_rates() {
    let years = printed(&["compare", "data/revenue.csv"]);
    assert!(years.contains("by the revenue of years") && years.contains("OpenAI: June 2025, Google Cloud: 2024"), "{years}");
    let asked = printed(&["compare", "data/revenue.csv", "--measure", "run-rate"]);
    assert!(asked.contains("by the run-rate"), "{asked}");
    let run_rates = "series,kind,period,value\nA,run-rate,2025-01,1B\nB,run-rate,2025-03,3B\n";
    assert!(about(run_rates, &["compare"]).contains("by the run-rate"));
    let differ = "series,period,value,fiscal_year_end\nA,FY2023,10M,June\nA,FY2024,12M,June\nB,2023,9M,\nB,2024,14M,\n";
    assert!(about(differ, &["compare"]).contains("by the revenue of twelve months"));
    let refused = about(differ, &["compare", "--measure", "revenue"]);
    assert!(refused.contains("end in different months") && refused.contains("--measure ttm"), "{refused}");
}

#[test]
fn a_whole_is_not_compared_with_its_part_by_name() {
    let figures = "series,period,value\nAcme,2023,100\nAcme,2024,110\nAcme / East,2023,60\nAcme / East,2024,65\n";
    assert!(about(figures, &["compare"]).contains("Acme / East is a part of Acme"));
}

#[test]
fn the_way_to_one_series_works() {
    let text = printed(&["project", "data/ai-and-cloud.csv", "--quiet"]);
    assert!(text.contains("--series NAME shows it in full"), "{text}");
    assert!(printed(&["project", "data/ai-and-cloud.csv", "--series", "AWS", "--quiet"]).contains("Last figure"));
}
