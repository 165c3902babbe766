//! Collects the problems of a file: the first few whole, the rest counted.

use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use crate::read::report::error::{Excerpt, PROBLEMS_KEPT, Problem, ProblemKind};
use crate::read::table::{Fault, FaultAt, LONGEST_RECORD, Record};
use crate::series::Place;

/// How many characters of a line are shown around a cell.
const EXCERPT: usize = 200;
/// How many characters of a cell are quoted.
const FOUND: usize = 80;
/// How much of the beginning of a file is kept, in bytes, to show lines whose problem shows only once the file is read.
pub(in crate::read) const KEPT: usize = 1 << 20;

/// The problems of one file.
#[derive(Debug)]
pub(in crate::read) struct Problems {
    pub(in crate::read) file: Arc<str>,
    pub(in crate::read) kept: Vec<Problem>,
    pub(in crate::read) total: u64,
}

impl Problems {
    pub(in crate::read) fn new(file: Arc<str>) -> Self {
        Self { file, kept: Vec::new(), total: 0 }
    }

    fn push(&mut self, problem: impl FnOnce(&Arc<str>) -> Problem) {
        self.total += 1;
        if self.kept.len() < PROBLEMS_KEPT {
            let problem = problem(&self.file);
            self.kept.push(problem);
        }
    }

    /// A problem with a cell.
    pub(in crate::read) fn in_cell(&mut self, record: &Record<'_>, at: usize, column: Option<&str>, kind: ProblemKind) {
        self.push(|file| {
            let place = place(file, Position::of(record.place(at)));
            let (text, start, end) = record.line_around(at);
            let found = shorten(&record.cell(at));
            Problem { place, column: column.map(str::to_owned), found, excerpt: excerpt(text, start, end), kind }
        });
    }

    /// A problem with a stretch of a text, in bytes.
    pub(in crate::read) fn in_text(&mut self, text: &str, range: Range<usize>, kind: ProblemKind) {
        self.push(|file| {
            let place = place(file, Position::in_text(text, range.start));
            let is_break = |c: char| matches!(c, '\n' | '\r');
            let start = text[..range.start].rfind(is_break).map_or(0, |at| at + 1);
            let end = text[range.end..].find(is_break).map_or(text.len(), |at| range.end + at);
            let found = shorten(&text[range.clone()]);
            let excerpt = excerpt(&text[start..end], range.start - start, range.end - start);
            Problem { place, column: None, found, excerpt, kind }
        });
    }

    /// A problem with a row: it stands where the first cell that is wrong does.
    pub(in crate::read) fn in_row(&mut self, record: &Record<'_>, at: usize, kind: ProblemKind) {
        self.in_cell(record, at, None, kind);
    }

    /// A fault of the text itself.
    pub(in crate::read) fn of_text(&mut self, fault: &FaultAt) {
        self.push(|file| {
            let (found, kind) = match &fault.fault {
                Fault::Encoding(bytes) => {
                    let hex: Vec<String> = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
                    (hex.join(" "), ProblemKind::Encoding)
                }
                Fault::OpenQuote => (shorten(&fault.text[fault.offset..]), ProblemKind::OpenQuote),
                Fault::LongRecord => (shorten(&fault.text), ProblemKind::LongRow { most: LONGEST_RECORD }),
            };
            Problem {
                place: place(file, Position::of((fault.line, fault.column))),
                column: None,
                found,
                excerpt: excerpt(&fault.text, fault.offset, fault.offset + usize::from(fault.offset < fault.text.len())),
                kind,
            }
        });
    }

    /// A problem at a place whose text says nothing.
    pub(in crate::read) fn at(&mut self, at: Position, column: Option<&str>, kind: ProblemKind) {
        self.push(|file| Problem {
            place: place(file, at),
            column: column.map(str::to_owned),
            found: String::new(),
            excerpt: Excerpt::default(),
            kind,
        });
    }

    /// Takes the one problem there is back, if it is of this sort.
    pub(in crate::read) fn take_only(&mut self, is: impl Fn(&Problem) -> bool) -> Option<Problem> {
        let only = self.kept.pop_if(|problem| self.total == 1 && is(problem))?;
        self.total = 0;
        Some(only)
    }

    /// A problem with the file as a whole.
    pub(in crate::read) fn of_file(&mut self, kind: ProblemKind) {
        self.at(Position { line: 1, column: 1 }, None, kind);
    }

    /// A problem that shows once the whole file, or all files, are read.
    pub(in crate::read) fn later(&mut self, kept: &Kept, at: Position, otherwise: &str, kind: ProblemKind) {
        self.push(|file| {
            let (found, excerpt) = kept.cell(at).unwrap_or_else(|| (otherwise.to_owned(), Excerpt::default()));
            Problem { place: place(file, at), column: None, found, excerpt, kind }
        });
    }
}

/// Line and column from 1, small: there are as many as figures.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(in crate::read) struct Position {
    pub(in crate::read) line: u32,
    pub(in crate::read) column: u32,
}

impl Position {
    pub(in crate::read) fn of((line, column): (u64, u64)) -> Self {
        Self { line: u32::try_from(line).unwrap_or(u32::MAX), column: u32::try_from(column).unwrap_or(u32::MAX) }
    }

    /// Of a byte in a text.
    pub(in crate::read) fn in_text(text: &str, at: usize) -> Self {
        let before = &text[..at];
        let breaks = before.replace("\r\n", "\n").matches(['\n', '\r']).count() as u64;
        let column = before.rsplit(['\n', '\r']).next().unwrap_or(before).chars().count() as u64;
        Self::of((breaks + 1, column + 1))
    }
}

/// The beginning of a file.
#[derive(Debug, Default)]
pub(in crate::read) struct Kept {
    pub(in crate::read) text: String,
    pub(in crate::read) delimiter: char,
    /// Lines before the text.
    pub(in crate::read) skipped: u64,
    /// A column that tells the rows of one period apart, with few different cells.
    pub(in crate::read) apart: Option<String>,
    /// Whether the words of the table are of a language that writes a decimal comma.
    pub(in crate::read) decimal_comma: bool,
    /// How many bytes cells have that no delimiter ends.
    pub(in crate::read) lengths: BTreeMap<Position, usize>,
}

impl Kept {
    /// The beginning of a text without lines to skip.
    pub(in crate::read) fn of(text: &str) -> Self {
        let end = (0..=KEPT.min(text.len())).rev().find(|end| text.is_char_boundary(*end)).unwrap_or(0);
        Self { text: text[..end].to_owned(), delimiter: ',', ..Self::default() }
    }

    /// Notes where a cell ends that no delimiter does.
    pub(in crate::read) fn note_length(&mut self, at: Position, length: usize) {
        self.lengths.insert(at, length);
    }

    /// A typed text, whose figures semicolons part.
    pub(in crate::read) fn of_typed(text: &str) -> Self {
        Self { delimiter: ';', ..Self::of(text) }
    }

    /// The cell that begins here and its line, if the line was kept whole.
    fn cell(&self, at: Position) -> Option<(String, Excerpt)> {
        let mut rest = self.text.as_str();
        for _ in self.skipped + 1..u64::from(at.line) {
            let end = rest.find(['\n', '\r'])?;
            let length = if rest[end..].starts_with("\r\n") { 2 } else { 1 };
            rest = &rest[end + length..];
        }
        let line = &rest[..rest.find(['\n', '\r']).unwrap_or(rest.len())];
        let (start, _) = line.char_indices().nth(usize::try_from(at.column).ok()?.checked_sub(1)?)?;
        let quoted = line[..start].ends_with('"');
        let close = if quoted { '"' } else { self.delimiter };
        let by_delimiter = || line[start..].find(close).unwrap_or(line.len() - start);
        let length = self.lengths.get(&at).copied().unwrap_or_else(by_delimiter);
        let found = line[start..start + length].trim_end();
        Some((shorten(found), excerpt(line, start, start + found.len())))
    }
}

pub(in crate::read) fn shorten(text: &str) -> String {
    match text.char_indices().nth(FOUND) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

/// The part of a line around the bytes `start` to `end`.
fn excerpt(line: &str, start: usize, end: usize) -> Excerpt {
    let before = line[..start].chars().count();
    let length = line[start..end].chars().count();
    let first = if before + length <= EXCERPT { 0 } else { before.saturating_sub(EXCERPT / 4) };
    let text: String = line.chars().skip(first).take(EXCERPT).map(|c| if c == '\t' { ' ' } else { c }).collect();
    Excerpt { text, start: before - first, length: length.min(EXCERPT - (before - first)) }
}

/// A position in a file as a place to tell of.
pub(in crate::read) fn place(file: &Arc<str>, at: Position) -> Place {
    Place { file: Arc::clone(file), line: at.line, column: at.column }
}

/// A name as a shell takes it, in quotation marks: combining characters stay as they are, and what a shell would fill in
/// within double quotation marks stands in single ones.
pub(in crate::read::report) fn pasted(name: &str) -> String {
    let plain: String = name.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if plain.contains(['$', '`', '"', '\\', '!']) && !plain.contains('\'') {
        format!("'{plain}'")
    } else {
        format!("\"{}\"", plain.replace('\\', "\\\\").replace('"', "\\\""))
    }
}
