//! The reader on any bytes: no panic, no hang, and what it says holds.
//!
//! `cargo +nightly fuzz run read fuzz/corpus/read tests/shapes tests/errors tests/found -- -max_len=65536 -timeout=10 -rss_limit_mb=2048 -malloc_limit_mb=4096`
#![no_main]

mod check;

use libfuzzer_sys::fuzz_target;

fuzz_target!(init: check::let_caught_panics_pass(), |bytes: &[u8]| check::check(bytes));
