//! The long form: what is read, and what is said of it.
#![allow(clippy::unwrap_used, clippy::expect_used)] // helpers of tests are tests, which clippy does not see

use topline::calendar::Step;
use topline::read::{Form, Options, Reader, Reading};
use topline::series::{Fact, Measure, Role, Series};

fn read_as(options: Options, file: &str, text: &str) -> Reading {
    let mut reader = Reader::new(options);
    reader.add(file, text.as_bytes()).unwrap();
    reader.finish().unwrap_or_else(|error| panic!("{error}"))
}

fn read(text: &str) -> Reading {
    read_as(Options::default(), "figures.csv", text)
}

/// Kind, period and amount of each figure, as `revenue 2024Q3 10`.
fn figures(series: &Series) -> Vec<String> {
    let describe = |figure: &topline::series::Figure| {
        let amount = figure.fact.amount().map_or("none".to_owned(), |amount| amount.value().to_string());
        format!("{} {} {amount}", figure.fact.kind(), series.calendar().name(figure.period))
    };
    series.figures().iter().map(describe).collect()
}

fn notices(reading: &Reading) -> Vec<String> {
    reading.notices.iter().map(|notice| format!("{}: {notice}", notice.place())).collect()
}

/// The article's figures, as the project's own file holds them.
const ARTICLE: &str = "\
series,kind,period,value,source,note
OpenAI,run-rate,2025-06,$10B,article,annualised
OpenAI,target,2025,$12B,article,aim for the end of the year
Google Cloud,revenue,2024,$43B,article,earned in 2024
OpenAI,contract,2025-03,$12B,article,agreement with CoreWeave
OpenAI,event,2025-06,,article,to use Google Cloud
Google Cloud,event,2025-06,,article,to serve OpenAI
";

#[test]
fn the_articles_figures() {
    let reading = read(ARTICLE);
    assert_eq!(reading.series.len(), 2);
    assert_eq!(reading.series[0].name(), "OpenAI");
    assert_eq!(
        figures(&reading.series[0]),
        ["contract 2025-03 12000000000", "run-rate 2025-06 10000000000", "event 2025-06 none", "target 2025 12000000000"]
    );
    assert_eq!(figures(&reading.series[1]), ["revenue 2024 43000000000", "event 2025-06 none"]);
    assert_eq!(notices(&reading), [""; 0]);
    let target = &reading.series[0].figures()[3];
    assert_eq!(target.place.as_ref().unwrap().to_string(), "figures.csv:3:20");
    assert_eq!(target.note(), Some("aim for the end of the year"));
    assert!(matches!(target.fact, Fact::Target { basis: None, .. }));
}

#[test]
fn columns_in_any_order_under_any_of_their_names() {
    let reading = read("ds;y;unique_id\n2024-01-31;1,5;a\n2024-02-29;2,5;a\n2024-01-31;7;b\n2024-02-29;8;b\n");
    assert_eq!(figures(&reading.series[0]), ["revenue 2024-01 1.5", "revenue 2024-02 2.5"]);
    assert_eq!(figures(&reading.series[1]), ["revenue 2024-01 7", "revenue 2024-02 8"]);
    let notices = notices(&reading);
    assert_eq!(notices.len(), 2, "{notices:?}");
    assert!(notices[0].starts_with("figures.csv:2:1: a and 1 other series: totals dated by a day are read as the months"));
    assert!(notices[1].contains("no currency is given; USD is assumed"));
}

#[test]
fn one_series_is_named_after_its_file() {
    let text = "period,value\n2024,$5\n";
    assert_eq!(read_as(Options::default(), "data/acme.csv", text).series[0].name(), "acme");
    assert_eq!(read_as(Options::default(), "-", text).series[0].name(), "revenue");
}

#[test]
fn days_belong_to_the_period_that_their_spacing_shows() {
    let cases = [
        // quarter ends of a year of 52 weeks
        ("2023-12-30,2024-03-30,2024-06-29,2024-09-28", "2023Q4 2024Q1 2024Q2 2024Q3"),
        ("2023-10-01,2024-09-29", "2022-10/2023-09 2023-10/2024-09"),
        ("2021-12-31,2022-12-31", "2021 2022"),
        ("2024-01-01,2024-02-01,2024-03-01", "2024-01 2024-02 2024-03"),
        ("2024-01-01,2024-04-01,2024-07-01", "2024Q1 2024Q2 2024Q3"),
        ("2024-01-15,2024-02-15,2024-03-15", "2024-01 2024-02 2024-03"),
        ("2024-01-31,2024-02-29,2024-03-31,2024-05-31", "2024-01 2024-02 2024-03 2024-05"),
    ];
    for (days, expected) in cases {
        let rows = days.replace(',', ",$1\n");
        let reading = read(&format!("date,value\n{rows},$1\n"));
        let series = &reading.series[0];
        let periods: Vec<String> = series.figures().iter().map(|figure| series.calendar().name(figure.period)).collect();
        assert_eq!(periods.join(" "), expected, "{days}");
        assert!(notices(&reading).iter().any(|notice| notice.contains("by the dates' spacing")), "{days}");
    }
}

#[test]
fn a_lone_day_beside_years_is_a_year() {
    let reading = read("period,value\n2022,$1\n2023,$2\n2024-12-31,$3\n");
    assert_eq!(figures(&reading.series[0]), ["revenue 2022 1", "revenue 2023 2", "revenue 2024 3"]);
}

#[test]
fn the_name_of_a_column_can_say_the_length() {
    let month = read("month,revenue\n2025-06-30,$1\n");
    assert_eq!(figures(&month.series[0]), ["revenue 2025-06 1"]);
    let mrr = read("date,mrr\n2025-06-01,$1\n");
    assert_eq!(figures(&mrr.series[0]), ["revenue 2025-06 1"]);
    let arr = read("date,ARR\n2025-06-01,$1\n");
    assert_eq!(figures(&arr.series[0]), ["run-rate 2025-06 1"]);
    let apart = read("year,quarter,revenue\n2024,3,$1\n2024,Q4,$2\n");
    assert_eq!(figures(&apart.series[0]), ["revenue 2024Q3 1", "revenue 2024Q4 2"]);
    let start_and_end = read("period_start,period_end,value\n2024-01-01,2024-06-30,$1\n2023-11,2024-01,$2\n");
    assert_eq!(figures(&start_and_end.series[0]), ["revenue 2023-11/2024-01 2", "revenue 2024H1 1"]);
}

#[test]
fn run_rates_are_of_a_month() {
    let reading = read("kind,period,value\nrun-rate,2025-06-09,$10B\nrun-rate,2024,$5B\n");
    assert_eq!(figures(&reading.series[0]), ["run-rate 2024-12 5000000000", "run-rate 2025-06 10000000000"]);
    assert_eq!(reading.series[0].figures()[1].day.map(|day| day.to_string()).as_deref(), Some("2025-06-09"));
    let notices = notices(&reading);
    assert!(notices[0].contains("a run-rate dated by a day is the rate in that month: 2025-06-09"), "{notices:?}");
    assert!(notices[1].contains("a run-rate given for 2024 is read as the rate in 2024-12"), "{notices:?}");
}

#[test]
fn a_target_at_the_end_of_a_fiscal_year_is_that_years() {
    let text = "kind,period,value,basis,fiscal_year_end\n\
                target,2026-06-30,$1,,June\ntarget,2027-06,$2,revenue,6\ntarget,2028-06,$3,run-rate,06-30\ntarget,2026-12,$4,,6\n";
    let reading = read(text);
    let series = &reading.series[0];
    assert_eq!(figures(series), ["target FY2026 1", "target 2026-12 4", "target FY2027 2", "target 2028-06 3"]);
    assert!(matches!(series.figures()[2].fact, Fact::Target { basis: Some(Measure::Revenue), .. }));
    assert!(notices(&reading).iter().any(|notice| notice.contains("end of the fiscal year is read as that of FY2026")));
}

#[test]
fn fiscal_years_follow_the_option_or_the_column() {
    let mut options = Options::default();
    options.calendar = topline::calendar::FiscalCalendar::ending_in(1);
    let text = "series,period,value,fiscal_year_end\na,FY2025,$1,\na,CY2024Q3,$2,\nb,Q1 2025,$3,9\n";
    let reading = read_as(options, "f.csv", text);
    assert_eq!(figures(&reading.series[0]), ["revenue 2024-07/2024-09 2", "revenue FY2025 1"]);
    assert_eq!(reading.series[1].figures()[0].period.to_string(), "2024-10/2024-12");
}

#[test]
fn currencies_come_from_cell_column_header_or_option() {
    let reading = read("series,period,value,currency\na,2024,5,EUR\na,2025,€6,\nb,2024,$7,CAD\nc,2024,£8,\n");
    let codes: Vec<String> = reading.series.iter().map(|series| series.currency().to_string()).collect();
    assert_eq!(codes, ["EUR", "CAD", "GBP"]);
    assert_eq!(read("period,Revenue (k€)\n2024,5\n").series[0].currency().to_string(), "EUR");
    assert_eq!(figures(&read("period,Revenue (k€)\n2024,5\n").series[0]), ["revenue 2024 5000"]);
    assert_eq!(read("period,value_gbp\n2024,5\n").series[0].currency().to_string(), "GBP");
    let mut options = Options::default();
    options.currency = topline::money::Currency::from_code("SEK").unwrap();
    assert_eq!(read_as(options, "f.csv", "period,value\n2024,kr 5\n").series[0].currency().to_string(), "SEK");
}

#[test]
fn the_column_decides_what_a_comma_is() {
    let amount = |text: &str, at: usize| figures(&read(text).series[0])[at].clone();
    assert_eq!(amount("period;value\n2023;1,234\n2024;1,5\n", 0), "revenue 2023 1.234");
    assert_eq!(amount("period,value\n2023,\"1,234\"\n2024,\"12,345.5\"\n", 0), "revenue 2023 1234");
    assert_eq!(amount("period;value\n2023;1.234\n2024;1,5\n", 0), "revenue 2023 1234");
    let assumed = read("period,value\n2023,\"$1,234\"\n2024,$1.5\n2025,\"$2,345\"\n");
    assert_eq!(notices(&assumed), [""; 0], "1.5 settles it");
    let assumed = read("period,value\n2023,\"$1,234\"\n");
    assert_eq!(
        notices(&assumed),
        ["figures.csv:2:7: nothing in the column shows whether the comma in its amounts marks decimals or groups \
          thousands; topline assumes that it groups thousands, so the first is 1,234"]
    );
}

#[test]
fn the_column_decides_the_order_of_day_and_month() {
    let reading = read("date,value\n30/06/2024,$1\n31/07/2024,$2\n");
    assert_eq!(figures(&reading.series[0]), ["revenue 2024-06 1", "revenue 2024-07 2"]);
    let reading = read("date,value\n01/01/2024,$1\n01/02/2024,$2\n01/03/2024,$3\n");
    assert_eq!(figures(&reading.series[0])[2], "revenue 2024-03 3");
    assert!(notices(&reading).iter().any(|notice| notice.contains("dates are read day first")));
}

#[test]
fn two_figures_for_one_period_are_settled_by_as_of_or_by_the_row() {
    let reading = read("period,value,as_of\n2024,$1,2025-03-01\n2024,$2,2025-02-01\n2023,$3,\n2023,$4,\n");
    let series = &reading.series[0];
    assert_eq!(series.roles()[2..], [Role::Fitted, Role::Superseded { by: 2, dated: true }]);
    assert_eq!(series.roles()[0], Role::Superseded { by: 1, dated: false });
}

#[test]
fn rows_without_a_value_are_left_out_and_counted() {
    let reading = read("period,value\n2022,n/a\n2023,\n2024,$1\n,\n\n");
    assert_eq!(figures(&reading.series[0]), ["revenue 2024 1"]);
    assert_eq!(notices(&reading), ["figures.csv:2:6: 2 rows without a value are left out"]);
}

#[test]
fn negative_and_zero_revenue_is_read() {
    let reading = read("period,value\n2022,$0\n2023,($1.5M)\n");
    assert_eq!(figures(&reading.series[0]), ["revenue 2022 0", "revenue 2023 -1500000"]);
}

#[test]
fn months_a_quarter_apart_are_the_quarters_that_end_with_them() {
    let text = "period,value\n2024-03,$1\n2024-06,$2\n2024-09,$3\n2024-12,$4\n";
    let reading = read(text);
    assert_eq!(figures(&reading.series[0])[0], "revenue 2024Q1 1");
    assert!(
        notices(&reading)[0].contains("read as the quarters that end with it; if they are single months, use --each month")
    );
    let mut options = Options::default();
    options.each = Some(Step::Month);
    let reading = read_as(options, "figures.csv", text);
    assert_eq!(figures(&reading.series[0])[0], "revenue 2024-03 1");
    assert_eq!(notices(&reading), Vec::<String>::new());
}

#[test]
fn few_months_a_quarter_apart_are_asked_about() {
    let mut reader = Reader::new(Options::default());
    reader.add("figures.csv", &b"period,value\n2024-03,$1\n2024-06,$2\n2024-09,$3\n"[..]).unwrap();
    let error = reader.finish().unwrap_err().to_string();
    assert!(error.contains("use --each month, or --each quarter"), "{error}");
}

#[test]
fn windows_1252_is_read_with_a_notice() {
    let mut reader = Reader::new(Options::default());
    reader.add("ca.csv", &b"soci\xe9t\xe9;p\xe9riode;montant\n\xc9toile;juin 2024;12,5 \x80\n"[..]).unwrap();
    let reading = reader.finish().unwrap();
    assert_eq!((reading.series[0].name(), reading.series[0].currency().code()), ("Étoile", "EUR"));
    assert_eq!(figures(&reading.series[0]), ["revenue 2024-06 12.5"]);
    assert_eq!(notices(&reading), ["ca.csv:1:1: the file is not UTF-8 and was read as Windows-1252"]);
}

#[test]
fn what_inspect_shows_of_a_file() {
    let mut options = Options::default();
    options.keep_written = true;
    let reading = read_as(options, "f.csv", "Company;Date;Sales;Sorce\nA;30/06/2024;1,5 M€;press\nA;31/07/2024;2 M€;press\n");
    let report = &reading.files[0];
    assert!(matches!(&report.form, Form::Text(dialect) if dialect.delimiter == ';'));
    assert_eq!(report.rows, 2);
    let columns: Vec<(&str, Option<&str>)> =
        report.columns.iter().map(|column| (column.name.as_str(), column.role.map(topline::read::Role::name))).collect();
    assert_eq!(columns, [("Company", Some("series")), ("Date", Some("period")), ("Sales", Some("value")), ("Sorce", None)]);
    assert_eq!(report.columns[3].near.map(topline::read::Role::name), Some("source"));
    let reasons: Vec<String> = report.columns.iter().map(topline::read::ColumnReport::because).collect();
    let expected = [
        "its name says Company",
        "both cells are periods",
        "its name says revenue; currency in its cells",
        "words, and its name says no part",
    ];
    assert_eq!(reasons, expected);
    let written = reading.series[0].figures()[0].written().unwrap();
    assert_eq!((written.period.as_str(), written.value.as_str()), ("30/06/2024", "1,5 M€"));
}

#[test]
fn a_forecast_of_december_beside_those_of_other_months_is_the_months() {
    let reading = read("month,kind,revenue\n2025-09,revenue,$101\n2025-11,target,$110\n2025-12,target,$111\n");
    let series = &reading.series[0];
    let periods: Vec<String> = series.figures().iter().map(|figure| series.calendar().name(figure.period)).collect();
    assert_eq!(periods, ["2025-09", "2025-11", "2025-12"]);
    let alone = read("month,kind,revenue\n2025-09,revenue,$101\n2025-12,target,$1500\n");
    assert_eq!(alone.series[0].figures()[1].period.months(), 12);
}
