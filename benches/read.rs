//! Throughput of the reader, beside plain record reading of the csv crate on the same bytes: the ratio is what matters.

#![allow(clippy::unwrap_used)] // a bench fails by panicking

use std::fmt::Write as _;
use std::sync::OnceLock;

use divan::Bencher;
use divan::counter::BytesCount;
use topline::read::{Options, Reader};

fn main() {
    divan::main();
}

/// Series of the tables, each of [`MONTHS`] months.
const SERIES: usize = 20_000;
const MONTHS: usize = 60;

fn month(at: usize) -> (usize, usize) {
    (2020 + at / 12, at % 12 + 1)
}

/// A long table with month names, grouped by series, as billing systems write them.
fn long() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let mut text = "series,period,value,currency\n".to_owned();
        for series in 0..SERIES {
            for at in 0..MONTHS {
                let (year, month) = month(at);
                writeln!(text, "Company {series:05},{year}-{month:02},{}.{:02},USD", 10_000 + at * 137, at % 100).unwrap();
            }
        }
        text
    })
}

/// The same as the Nixtla tools have it: dated by days, no currency.
fn dated() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let mut text = "unique_id,ds,y\n".to_owned();
        for series in 0..SERIES {
            for at in 0..MONTHS {
                let (year, month) = month(at);
                writeln!(text, "Company {series:05},{year}-{month:02}-01,{}.{:02}", 10_000 + at * 137, at % 100).unwrap();
            }
        }
        text
    })
}

/// A wide table, a series a row and a month a column. No two rows have the same amounts.
fn wide() -> &'static str {
    static TEXT: OnceLock<String> = OnceLock::new();
    TEXT.get_or_init(|| {
        let mut text = "series".to_owned();
        for at in 0..MONTHS {
            let (year, month) = month(at);
            write!(text, ",{year}-{month:02}").unwrap();
        }
        for series in 0..SERIES {
            write!(text, "\nCompany {series:05}").unwrap();
            for at in 0..MONTHS {
                write!(text, ",{}.{:02}", 10_000 + series + at * 137, (series * 7 + at) % 100).unwrap();
            }
        }
        text
    })
}

fn read(text: &str) -> usize {
    let mut reader = Reader::new(Options::default());
    reader.add("bench.csv", text.as_bytes()).unwrap();
    reader.finish().unwrap().series.len()
}

fn records(text: &str) -> usize {
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let mut record = csv::ByteRecord::new();
    let mut cells = 0;
    while reader.read_byte_record(&mut record).unwrap() {
        cells += record.len();
    }
    cells
}

#[divan::bench(sample_count = 5)]
fn reader_on_months(bencher: Bencher) {
    bencher.counter(BytesCount::of_str(long())).bench(|| read(long()));
}

#[divan::bench(sample_count = 5)]
fn csv_crate_on_months(bencher: Bencher) {
    bencher.counter(BytesCount::of_str(long())).bench(|| records(long()));
}

#[divan::bench(sample_count = 5)]
fn reader_on_days(bencher: Bencher) {
    bencher.counter(BytesCount::of_str(dated())).bench(|| read(dated()));
}

#[divan::bench(sample_count = 5)]
fn csv_crate_on_days(bencher: Bencher) {
    bencher.counter(BytesCount::of_str(dated())).bench(|| records(dated()));
}

#[divan::bench(sample_count = 5)]
fn reader_on_wide(bencher: Bencher) {
    bencher.counter(BytesCount::of_str(wide())).bench(|| read(wide()));
}

#[divan::bench(sample_count = 5)]
fn csv_crate_on_wide(bencher: Bencher) {
    bencher.counter(BytesCount::of_str(wide())).bench(|| records(wide()));
}
