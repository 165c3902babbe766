//! The reader on a workbook whose sheet is any bytes; its archive is sound, so that they are looked at.
//!
//! `cargo +nightly fuzz run sheet -- -max_len=65536 -timeout=10 -rss_limit_mb=2048`
#![no_main]

mod check;
#[path = "../../tests/workbook/mod.rs"]
mod workbook;

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: check::let_caught_panics_pass(), |bytes: &[u8]| {
    check::check(&workbook::of_sheet(bytes));
});
