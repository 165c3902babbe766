//! Any text is split as the csv crate splits it, but for what the rules below say.
//!
//! - The outer spaces of a cell are none of it, and neither are the marks of `="text"`, by which spreadsheets keep a text
//!   a text.
//! - A record of one blank cell is a blank line, and passed over.
//! - Spaces before an opening quotation mark are passed over; the csv crate takes the mark for a part of the cell then.
//! - A quotation mark that is never closed is a fault, and its record none; the csv crate takes all that follows for a cell.

use std::io::{self, Read};

use encoding_rs::{Encoding, WINDOWS_1252};
use proptest::prelude::*;

use crate::read::table::{Fault, Next, Records};

type Rows = Vec<Vec<String>>;

/// Hands out some bytes at a time, so that texts break off everywhere.
struct Dribble<'a>(&'a [u8], usize);

impl Read for Dribble<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let (now, later) = self.0.split_at(self.1.min(self.0.len()).min(buffer.len()));
        buffer[..now.len()].copy_from_slice(now);
        self.0 = later;
        Ok(now.len())
    }
}

/// The cells of each record, and whether a quotation mark is never closed.
fn split(input: impl Read, delimiter: u8, encoding: Option<&'static Encoding>) -> (Rows, bool) {
    let mut records = Records::new(input, encoding);
    records.set_delimiter(delimiter);
    let mut rows = Rows::new();
    loop {
        match records.next().unwrap() {
            Next::Record => {
                let record = records.current().unwrap();
                rows.push((0..record.len()).map(|at| record.cell(at).into_owned()).collect());
            }
            Next::Fault(fault) => {
                assert_eq!(fault.fault, Fault::OpenQuote);
                return (filled(rows), true);
            }
            Next::End => return (filled(rows), false),
        }
    }
}

/// The same by the csv crate and the rules above; `decode` makes a text of the bytes of a cell.
fn split_by_csv(bytes: &[u8], delimiter: u8, decode: impl Fn(&[u8]) -> String) -> (Rows, bool) {
    // A line behind the end is a record of its own unless a quotation mark is open there. No cell holds this one.
    const BEHIND: &[u8] = b"\x01\x02\x03";
    let text = [bytes, b"\n", BEHIND].concat();
    let mut reader =
        csv::ReaderBuilder::new().has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_slice());
    let mut records: Vec<csv::ByteRecord> = reader.byte_records().map(Result::unwrap).collect();
    let is_open = records.pop().is_none_or(|last| last != vec![BEHIND]);
    let row = |record: &csv::ByteRecord| record.iter().map(|cell| plain(&decode(cell))).collect();
    (filled(records.iter().map(row).collect()), is_open)
}

/// A cell without its outer spaces, and without the marks of `="text"`.
fn plain(cell: &str) -> String {
    let cell = cell.trim();
    let inner = cell.strip_prefix("=\"").and_then(|rest| rest.strip_suffix('"'));
    inner.map_or(cell, str::trim).to_owned()
}

fn filled(rows: Rows) -> Rows {
    rows.into_iter().filter(|row| row.len() != 1 || !row[0].is_empty()).collect()
}

/// Both ways to split a text, which may come in pieces, and what they must be.
fn compare(bytes: &[u8], delimiter: u8, encoding: Option<&'static Encoding>, piece: usize) -> Result<(), TestCaseError> {
    let decode = |cell: &[u8]| match encoding {
        Some(encoding) => encoding.decode_without_bom_handling(cell).0.into_owned(),
        None => String::from_utf8(cell.to_vec()).unwrap(),
    };
    let expected = split_by_csv(bytes, delimiter, decode);
    prop_assert_eq!(&split(bytes, delimiter, encoding), &expected, "{:?}", String::from_utf8_lossy(bytes));
    prop_assert_eq!(&split(Dribble(bytes, piece), delimiter, encoding), &expected, "in pieces of {}", piece);
    Ok(())
}

fn delimiters() -> impl Strategy<Value = u8> {
    prop_oneof![Just(b','), Just(b';'), Just(b'\t'), Just(b'|')]
}

/// Whether spaces stand before an opening quotation mark: where a cell may begin, or behind a byte order mark.
fn has_spaces_before_mark(bytes: &[u8], delimiter: u8) -> bool {
    let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
    (0..bytes.len()).any(|at| {
        let before = bytes[..at].iter().rposition(|byte| *byte != b' ');
        let begins = before.is_none_or(|before| [delimiter, b'\n', b'\r'].contains(&bytes[before]));
        bytes[at] == b'"' && at > 0 && bytes[at - 1] == b' ' && begins
    })
}

/// A cell as some writer has it: bare, well quoted, or with quotation marks where they should not be.
fn cell(delimiter: char) -> impl Strategy<Value = String> {
    let inner = prop::collection::vec(
        prop_oneof![
            6 => prop::char::range('a', 'e'),
            2 => prop::sample::select(vec!['1', '.', '=', ' ', 'é', '€', '\u{a0}', '売']),
            1 => prop::sample::select(vec![',', ';', '\t', '|', '"', '\n', '\r']),
        ],
        0..8,
    );
    let inner = inner.prop_map(|chars| chars.into_iter().collect::<String>());
    (inner, 0..8_u8).prop_map(move |(text, form)| {
        let bare = || text.chars().filter(|c| ![delimiter, '"', '\n', '\r'].contains(c)).collect::<String>();
        match form {
            0..=2 => bare(),
            3 | 4 => format!("\"{}\"", text.replace('"', "\"\"")),
            5 => format!("\"{}\"{}", text.replace('"', "\"\""), bare()),
            6 => format!("=\"{}\"", bare()),
            // As it comes.
            _ => text.clone(),
        }
    })
}

/// A table with line ends of every kind, blank lines, perhaps a byte order mark, perhaps no end of its last line.
fn table() -> impl Strategy<Value = (String, u8)> {
    delimiters().prop_flat_map(|delimiter| {
        let ending = prop_oneof![Just("\n"), Just("\r\n"), Just("\r"), Just("\n\n"), Just("\r\n \r\n")];
        let row = (prop::collection::vec(cell(delimiter.into()), 1..5), ending);
        (prop::collection::vec(row, 0..6), any::<[bool; 2]>()).prop_map(move |(rows, [mark, cut])| {
            let mut text = if mark { "\u{feff}".to_owned() } else { String::new() };
            for (cells, ending) in rows {
                text += &cells.join(char::from(delimiter).encode_utf8(&mut [0; 4]));
                text += ending;
            }
            if cut {
                text.truncate(text.trim_end_matches(['\n', '\r', ' ']).len());
            }
            (text, delimiter)
        })
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, max_global_rejects: 20_000, ..ProptestConfig::default() })]

    #[test]
    fn tables_split_alike((text, delimiter) in table(), piece in 1_usize..9) {
        prop_assume!(!has_spaces_before_mark(text.as_bytes(), delimiter));
        compare(text.as_bytes(), delimiter, None, piece)?;
    }

    /// Of few different bytes, so that those with a meaning meet in every order.
    #[test]
    fn bytes_split_alike(
        bytes in prop::collection::vec(
            prop_oneof![
                4 => prop::sample::select(b"\"\"\",;\t|\r\n\n=a1".to_vec()),
                1 => any::<u8>(),
            ],
            0..80,
        ),
        delimiter in delimiters(),
        piece in 1_usize..9,
    ) {
        // Marks of UTF-16 say what the text is, whatever was asked for.
        prop_assume!(!bytes.starts_with(b"\xff\xfe") && !bytes.starts_with(b"\xfe\xff"));
        prop_assume!(!has_spaces_before_mark(&bytes, delimiter));
        compare(&bytes, delimiter, Some(WINDOWS_1252), piece)?;
    }

    /// What the csv crate makes of a quotation mark without the spaces before it.
    #[test]
    fn spaces_before_a_mark_are_passed_over(
        cells in prop::collection::vec((0_usize..3, "[a-c,\"\n]{0,5}"), 1..5),
        delimiter in delimiters(),
        piece in 1_usize..9,
    ) {
        let write = |spaces: bool| {
            let cell = |(count, text): &(usize, String)| {
                let before = if spaces { " ".repeat(*count) } else { String::new() };
                format!("{before}\"{}\"", text.replace('"', "\"\""))
            };
            cells.iter().map(cell).collect::<Vec<String>>().join(char::from(delimiter).encode_utf8(&mut [0; 4]))
        };
        let (spaced, bare) = (write(true), write(false));
        let expected = split_by_csv(bare.as_bytes(), delimiter, |cell| String::from_utf8(cell.to_vec()).unwrap());
        prop_assert_eq!(&split(spaced.as_bytes(), delimiter, None), &expected, "{:?}", spaced);
        prop_assert_eq!(&split(Dribble(spaced.as_bytes(), piece), delimiter, None), &expected, "{:?}", spaced);
    }
}
