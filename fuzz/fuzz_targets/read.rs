//! The reader on any bytes: no panic, no hang, and what it says holds.
//!
//! `cargo +nightly fuzz run read fuzz/corpus/read tests/shapes tests/errors -- -max_len=65536 -timeout=10 -rss_limit_mb=1024`
#![no_main]

use libfuzzer_sys::fuzz_target;
use topline::read::{Options, PROBLEMS_KEPT, Reader};

fuzz_target!(|bytes: &[u8]| {
    let mut options = Options::default();
    options.keep_written = true;
    let mut reader = Reader::new(options);
    reader.add("fuzz.csv", bytes).expect("a slice can be read");
    match reader.finish() {
        Ok(reading) => {
            for series in &reading.series {
                for figure in series.figures() {
                    let finite = figure.fact.amount().is_none_or(|amount| amount.value().is_finite());
                    assert!(finite, "an amount is finite");
                    assert!(figure.place.is_some(), "a figure knows its place");
                }
            }
            for notice in &reading.notices {
                assert!(!notice.to_string().is_empty(), "a notice says something");
            }
        }
        Err(error) => {
            assert!(error.total() > 0 && !error.problems().is_empty(), "an error has a problem");
            assert!(error.problems().len() <= PROBLEMS_KEPT, "the first few");
            assert!(error.to_string().len() < 100_000, "a message is short, however long the line");
            for problem in error.problems() {
                assert!(problem.place.line > 0 && problem.place.column > 0, "places count from 1");
            }
        }
    }
});
