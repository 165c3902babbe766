//! `topline score`: every number against arithmetic by hand, and what is not scored.
#![allow(clippy::unwrap_used, clippy::float_cmp)]

use std::path::{Path, PathBuf};

use approx::assert_relative_eq;
use topline::calendar::{FiscalCalendar, Month};
use topline::export::read_saved;
use topline::project::Projection;
use topline::question::score::{ScoreError, Scores, join, score};
use topline::read::{Options, Reader};
use topline::series::Series;

const HEADER: &str =
    "series,measure,period,period_start,period_end,median,mean,lo_50,hi_50,lo_80,hi_80,currency,method,origin\n";

/// A projection of one year by quarters: revenue of 100 a quarter, 75 to 125 and 50 to 150; run-rates four times that.
fn quarters() -> String {
    let mut text = HEADER.to_owned();
    for (quarter, first, last) in [(1, "01-01", "03-31"), (2, "04-01", "06-30"), (3, "07-01", "09-30"), (4, "10-01", "12-31")] {
        text += &format!("A,revenue,2025Q{quarter},2025-{first},2025-{last},100,100,75,125,50,150,USD,growth,2024-12\n");
        text += &format!("A,run-rate,2025Q{quarter},2025-{first},2025-{last},400,400,300,500,200,600,USD,growth,2024-12\n");
    }
    text
}

/// The same by the year, from the end of the first quarter.
fn year() -> String {
    format!(
        "{HEADER}A,revenue,2025,2025-01-01,2025-12-31,400,400,350,450,300,500,USD,growth,2025-03\n\
         A,run-rate,2025,2025-01-01,2025-12-31,400,400,300,500,200,600,USD,growth,2025-03\n"
    )
}

fn saved(text: &str) -> Vec<Projection> {
    read_saved(text.as_bytes()).unwrap()
}

fn later(rows: &str) -> Vec<Series> {
    let mut reader = Reader::new(Options::default());
    reader.add("later.csv", format!("series,kind,period,value\n{rows}").as_bytes()).unwrap();
    reader.finish().unwrap().series
}

fn scored(projection: &str, rows: &str) -> Scores {
    score(&saved(projection), &later(rows))
}

fn reasons(scores: &Scores) -> Vec<String> {
    scores.series[0].not_scored.iter().map(|figure| figure.reason.to_string()).collect()
}

#[test]
fn one_outcome_by_hand() {
    let scores = scored(&quarters(), "A,revenue,2025Q2,140\n");
    let outcome = &scores.series[0].outcomes[0];
    assert_eq!((outcome.value, outcome.median, outcome.error), (140.0, 100.0, 40.0));
    assert_relative_eq!(outcome.relative_error.unwrap(), 0.4, max_relative = 1e-12);
    assert_relative_eq!(outcome.log_error.unwrap(), 0.336_472_236_621_213, max_relative = 1e-12); // ln 1.4
    let (above, below) = (outcome.above.unwrap(), outcome.below.unwrap());
    assert_relative_eq!(above, 0.75, max_relative = 1e-12);
    assert_relative_eq!(below, 0.9, max_relative = 1e-12);
    // 0.5 × 40, 0.25 × 65, 0.75 × 15, 0.1 × 90 and, above the value, 0.1 × 10: 57.5 over five quantiles.
    assert_relative_eq!(outcome.pinball, 57.5 / 5.0, max_relative = 1e-12);
    assert_eq!(outcome.intervals.iter().map(|interval| interval.held).collect::<Vec<_>>(), [false, true]);
}

#[test]
fn totals_by_hand() {
    // Logs: ln 1.4, ln 0.8 and ln 0.25; the first and second lie in the 80% interval, the second in the 50% interval too.
    let scores = scored(&quarters(), "A,revenue,2025Q2,140\nA,revenue,2025Q3,80\nA,run-rate,2025-12,100\n");
    let summary = scores.overall.as_ref().unwrap();
    assert_eq!(scores.series[0].summary.as_ref(), Some(summary));
    assert_eq!(summary.coverage.iter().map(|coverage| coverage.held).collect::<Vec<_>>(), [1, 2]);
    let logs = [0.336_472_236_621_213, -0.223_143_551_314_21, -1.386_294_361_119_891];
    assert_relative_eq!(summary.mean_log_error.unwrap(), logs.iter().sum::<f64>() / 3.0, max_relative = 1e-12);
    let sizes: f64 = logs.iter().map(|log| log.abs()).sum();
    assert_relative_eq!(summary.mean_absolute_log_error.unwrap(), sizes / 3.0, max_relative = 1e-12);
    // 140: 57.5 / 5. 80: (10 + 0.25 × 5 + 0.25 × 45 + 0.1 × 30 + 0.1 × 70) / 5.
    // 100 of a run-rate of 400: (0.5 × 300 + 0.75 × 200 + 0.25 × 400 + 0.9 × 100 + 0.1 × 500) / 5.
    let shares = (57.5 / 5.0 / 100.0) + (32.5 / 5.0 / 100.0) + (540.0 / 5.0 / 400.0);
    assert_relative_eq!(summary.relative_pinball.unwrap(), shares / 3.0, max_relative = 1e-12);
    let last = &scores.series[0].outcomes[2];
    assert_eq!((last.above, last.below.map(|p| (p * 100.0).round())), (None, Some(10.0)));
}

#[test]
fn ends_of_an_interval_belong_to_it() {
    let scores = scored(&quarters(), "A,revenue,2025Q1,75\nA,revenue,2025Q2,150\nA,revenue,2025Q3,0\n");
    let held = |index: usize| scores.series[0].outcomes[index].intervals.iter().map(|i| i.held).collect::<Vec<_>>();
    assert_eq!((held(0), held(1), held(2)), (vec![true, true], vec![false, true], vec![false, false]));
    assert_eq!(scores.series[0].outcomes[2].log_error, None);
}

#[test]
fn quarters_make_up_a_year_once() {
    let rows = "A,revenue,2025Q1,90\nA,revenue,2025Q2,110\nA,revenue,2025Q3,120\nA,revenue,2025Q4,140\n";
    let scores = scored(&year(), rows);
    let [outcome] = scores.series[0].outcomes.as_slice() else { panic!("{scores:#?}") };
    assert_eq!((outcome.value, outcome.figures, outcome.intervals[0].held, outcome.intervals[1].held), (460.0, 4, false, true));
    let counted = "counted in the revenue of 2025";
    assert_eq!(reasons(&scores), ["not later than March 2025, the projection's last figure", counted, counted, counted]);
    // With the table of quarters from the same month, the quarters are outcomes and the year is not counted again.
    let tables = [saved(&quarters().replace("2024-12", "2025-03")), saved(&year())].concat();
    let scores = score(&join(tables).unwrap(), &later(rows));
    assert_eq!(scores.series[0].outcomes.iter().map(|outcome| outcome.figures).collect::<Vec<_>>(), [1, 1, 1]);
    // A missing quarter leaves the year open.
    assert!(scored(&year(), "A,revenue,2025Q1,90\nA,revenue,2025Q2,110\nA,revenue,2025Q4,140\n").overall.is_none());
}

#[test]
fn what_is_not_scored_says_why() {
    let rows = "A,revenue,2024,300\nA,revenue,2026Q1,150\nA,run-rate,2025-05,400\nA,revenue,2025H1,200\nA,target,2025,500\n\
                A,contract,2025-03,50\nA,event,2025-03,\nA,run-rate,2025-06,1\nA,run-rate,2025-06,410\n";
    let mut all = reasons(&scored(&quarters(), rows));
    all.sort();
    assert_eq!(
        all,
        [
            "a contract is a commitment, not revenue",
            "a target is a goal, not a result",
            "after December 2025, where the projection ends",
            "an event is a date, not revenue",
            "another figure for the same period is used instead (line 10)",
            "not later than December 2024, the projection's last figure",
            "the projection has no revenue of that period; project with --step half too",
            "the projection has no run-rate in that month; project with --step month too",
        ]
    );
}

#[test]
fn names_and_currencies() {
    let scores = scored(&quarters(), " a ,revenue,2025Q2,140\n");
    assert_eq!((scores.series[0].written.as_deref(), scores.series[0].outcomes.len()), (Some("a"), 1));
    let near = score(
        &saved(&quarters().replace("A,", "Google Cloud,")),
        &later("Googel Cloud,revenue,2025Q2,140\nX,revenue,2025,1\n"),
    );
    assert_eq!(near.not_projected[0].near.as_deref(), Some("Google Cloud"));
    assert_eq!((near.not_projected[1].near.as_deref(), near.overall.is_none()), (None, true));
    let euros = scored(&quarters(), "A,revenue,2025Q2,€140\n");
    assert_eq!(reasons(&euros), ["in EUR, and the projection is in USD; read it with --currency and --rates"]);
}

#[test]
fn tables_that_do_not_go_together_are_refused() {
    let both = |other: String| join([saved(&quarters()), saved(&other)].concat());
    assert!(matches!(both(quarters().replace("_80", "_90")), Err(ScoreError::Levels { .. })));
    let message = |other: String| both(other).unwrap_err().to_string();
    assert_eq!(message(year()), "A is projected twice, with a difference: from 2024-12 and from 2025-03");
    assert_eq!(message(quarters().replace("growth", "ets")), "A is projected twice, with a difference: by growth and by ets");
    let other = quarters().replacen(",100,100,", ",101,100,", 1);
    assert_eq!(message(other), "A is projected twice, with a difference: the median revenue of 2025Q1 is 100 and 101");
    assert_eq!(both(quarters()).unwrap(), saved(&quarters()));
}

fn data(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("data").join(name)
}

fn topline(words: &[&str]) -> Vec<u8> {
    let root = env!("CARGO_MANIFEST_DIR");
    let mut command = assert_cmd::Command::cargo_bin("topline").unwrap();
    command.current_dir(root).args(words).assert().success().get_output().stdout.clone()
}

/// The saved sample is what topline projects today from the figures up to June 2025, as CSV and as JSON.
#[test]
fn saved_sample_is_what_is_projected() {
    for (file, step) in [("months", "month"), ("quarters", "quarter"), ("years", "year")] {
        let saved = read_saved(std::fs::File::open(data(&format!("saved/{file}.csv"))).unwrap()).unwrap();
        for format in ["csv", "json"] {
            let words = ["project", "data/ai-and-cloud.csv", "--until", "2026-12", "--step", step, "--format", format];
            let today = read_saved(topline(&words).as_slice()).unwrap();
            assert_eq!(saved.len(), today.len());
            for (saved, today) in saved.iter().zip(&today) {
                assert_eq!((&saved.series, saved.origin, &saved.levels), (&today.series, today.origin, &today.levels));
                for row in &saved.rows {
                    let same = |other: &&topline::project::Row| (other.measure, other.period) == (row.measure, row.period);
                    let today = today.rows.iter().find(same).unwrap();
                    assert_relative_eq!(row.median, today.median, max_relative = 1e-6);
                    assert_relative_eq!(row.intervals[1].hi, today.intervals[1].hi, max_relative = 1e-6);
                }
            }
        }
    }
}

/// The JSON of a projection by months has the fiscal years too.
#[test]
fn json_brings_the_years() {
    let json = topline(&["project", "data/example.csv", "--step", "month", "--until", "2026-12", "--format", "json"]);
    let projection = read_saved(json.as_slice()).unwrap().pop().unwrap();
    let year = FiscalCalendar::default().year(2026).unwrap();
    assert!(projection.rows.iter().any(|row| row.period == year));
    assert!(projection.rows.iter().any(|row| row.period == Month::new(2026, 5).unwrap().into()));
    let broken = String::from_utf8(json).unwrap().replace("\"USD\"", "\"dollars\"");
    assert_eq!(
        read_saved(broken.as_bytes()).unwrap_err().to_string(),
        "currency is \"dollars\", which is not a valid currency"
    );
    assert!(read_saved(&b"{}"[..]).unwrap_err().to_string().starts_with("it is not a projection.json"));
}
