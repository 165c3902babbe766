//! What must hold of whatever is read.

use topline::read::{Options, PROBLEMS_KEPT, Reader};

/// A panic over a damaged workbook or Parquet file is caught and told; the fuzzer's own hook would end the run at it.
pub fn let_caught_panics_pass() {
    let tell = std::panic::take_hook();
    std::panic::set_hook(Box::new(move |panic| {
        if !topline::read::is_guarding() {
            tell(panic);
        }
    }));
}

/// Reads the bytes of a file.
pub fn check(bytes: &[u8]) {
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
}
