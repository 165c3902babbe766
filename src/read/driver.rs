//! What a file is by its first bytes, and each format made into records: text, workbooks, Parquet, and Arrow, which is no file;
//! JSON is read as it is.

use std::io::{self, Read};

#[cfg(feature = "arrow")]
use arrow_array::RecordBatchReader;

#[cfg(feature = "sheet")]
use crate::near::closest;
#[cfg(feature = "sheet")]
use crate::read::Options;
use crate::read::cell::words;
#[cfg(feature = "sheet")]
use crate::read::layout;
use crate::read::layout::Layout;
use crate::read::layout::sec;
use crate::read::report::error::ProblemKind;
use crate::read::report::notice::Notice;
use crate::read::report::problems::place;
#[cfg(any(feature = "sheet", feature = "parquet", feature = "arrow", feature = "compressed"))]
use crate::read::report::problems::shorten;
use crate::read::report::problems::{KEPT, Kept, Position};
#[cfg(feature = "arrow")]
use crate::read::source::arrow::Batches;
#[cfg(any(feature = "parquet", feature = "arrow"))]
use crate::read::source::columns::{Fault, NotRead};
use crate::read::source::decode::Encoding;
use crate::read::source::dialect::{self, Dialect};
#[cfg(feature = "parquet")]
use crate::read::source::parquet::{self, NoTable, Table};
#[cfg(feature = "sheet")]
use crate::read::source::sheet::{self, NoSheet, Sheet};
use crate::read::table::{Records, next_line};

#[cfg(feature = "sheet")]
use crate::read::layout::file::SAMPLE;
use crate::read::layout::file::{File, FileReport, Form};
#[cfg(feature = "compressed")]
use crate::read::source::compressed::Unpacked;

/// The largest JSON that is read, in bytes: it must be held whole. The largest company facts have some 10 MB.
const LARGEST_JSON: usize = 64 << 20;

/// The first bytes of an input, and the input with them.
fn with_head<R: Read>(mut input: R) -> io::Result<(Vec<u8>, impl Read)> {
    let mut head = Vec::new();
    input.by_ref().take(4).read_to_end(&mut head)?;
    Ok((head.clone(), io::Cursor::new(head).chain(input)))
}

impl File<'_> {
    /// Reads a file; its claims, problems and notices are in `self` then.
    pub(in crate::read) fn read<R: Read>(&mut self, input: R) -> io::Result<(FileReport, Kept)> {
        let (head, input) = with_head(input)?;
        #[cfg(feature = "compressed")]
        {
            let input = Unpacked::new(&head, input)?;
            let fault = input.fault();
            let (head, input) = with_head(input)?;
            let read = self.read_unpacked(&head, input)?;
            if let Some(fault) = fault.take() {
                self.problems.of_file(ProblemKind::Damaged { what: "compressed file", fault: shorten(&fault) });
            }
            Ok(read)
        }
        #[cfg(not(feature = "compressed"))]
        self.read_unpacked(&head, input)
    }

    /// Reads a file that is not packed and begins with `head`.
    #[cfg_attr(
        not(any(feature = "sheet", feature = "parquet")),
        expect(unused_variables, reason = "a text does not show by its first bytes that it is one")
    )]
    fn read_unpacked<R: Read>(&mut self, head: &[u8], input: R) -> io::Result<(FileReport, Kept)> {
        #[cfg(feature = "sheet")]
        if sheet::is_workbook(head) {
            return self.read_sheet(input);
        }
        #[cfg(feature = "parquet")]
        if parquet::is_parquet(head) {
            return self.read_parquet(input);
        }
        self.read_text(Records::new(input, self.options.encoding.map(Encoding::inner)))
    }

    #[cfg(feature = "sheet")]
    fn read_sheet<R: Read>(&mut self, input: R) -> io::Result<(FileReport, Kept)> {
        let wanted = self.options.sheet.as_deref();
        let options = self.options;
        let sheet = match sheet::read(input, wanted, options.most_memory, |sheet| holds_figures(sheet, options))? {
            Ok(sheet) => sheet,
            Err(fault) => {
                let most = |most: u64| usize::try_from(most).unwrap_or(usize::MAX);
                self.problems.of_file(match fault {
                    NoSheet::NotAWorkbook => ProblemKind::NotText("an Excel workbook or another ZIP archive"),
                    NoSheet::TooLarge => ProblemKind::TooLarge { most: most(sheet::LARGEST) },
                    NoSheet::Unpacked => ProblemKind::Unpacked { most: options.most_memory },
                    NoSheet::Damaged(fault) => ProblemKind::Damaged { what: "workbook", fault: shorten(&fault) },
                    NoSheet::Empty => ProblemKind::Empty,
                    NoSheet::NoSuchSheet(sheets) => {
                        let asked = wanted.unwrap_or_default().to_owned();
                        let nearest = closest(&asked, sheets.iter().map(String::as_str)).map(str::to_owned);
                        ProblemKind::NoSuchSheet { asked, nearest, sheets }
                    }
                });
                return Ok((self.report(Form::Workbook { sheet: String::new() }, None), Kept::default()));
            }
        };
        if let Some(first) = sheet.others.first() {
            let place = place(&self.problems.file, Position { line: 1, column: 1 });
            let (sheet, others) = (sheet.name.clone(), sheet.others.len() as u64);
            self.notices.push(Notice::OtherSheets { place, sheet, others, first: first.clone() });
        }
        let mut rows = sheet.rows();
        let mut records = Records::of_rows(&mut rows, sheet.offset);
        records.skip_lines(self.options.skip)?;
        let layout = self.read_table(&mut records, &[])?;
        self.check_rows(layout.as_ref());
        // Places in a sheet count cells, so that its text cannot show them later.
        let kept = Kept { apart: layout.as_ref().and_then(Layout::tells_apart), ..Kept::default() };
        Ok((self.report(Form::Workbook { sheet: sheet.name }, layout.as_ref()), kept))
    }

    #[cfg(feature = "parquet")]
    fn read_parquet<R: Read>(&mut self, input: R) -> io::Result<(FileReport, Kept)> {
        let mut layout = None;
        match Table::open(input, self.options.most_memory)? {
            Ok(mut table) => {
                let not_read = table.not_read();
                layout = self.read_table(&mut Records::of_rows(&mut table, 0), &not_read)?;
                let used = |at: usize| layout.as_ref().is_some_and(|layout| layout.uses(at));
                for (column, line) in table.no_text().enumerate().filter(|(at, _)| used(*at)) {
                    let Some(line) = line else { continue };
                    let at = Position::of((line, column as u64 + 1));
                    self.problems.at(at, table.name(column), ProblemKind::NotRead { holds: "bytes that are not text" });
                }
                if let Some(fault) = table.fault.take() {
                    self.breaks_off(&fault, table.name(fault.column), "Parquet file");
                }
                self.check_rows(layout.as_ref());
            }
            Err(NoTable::TooLarge) => {
                let most = usize::try_from(parquet::LARGEST).unwrap_or(usize::MAX);
                self.problems.of_file(ProblemKind::TooLarge { most });
            }
            Err(NoTable::Damaged(fault)) => {
                self.problems.of_file(ProblemKind::Damaged { what: "Parquet file", fault: shorten(&fault) });
            }
        }
        Ok((self.report(Form::Parquet, layout.as_ref()), Kept::default()))
    }

    /// Reads record batches; their claims, problems and notices are in `self` then.
    #[cfg(feature = "arrow")]
    pub(in crate::read) fn read_arrow<B: RecordBatchReader>(&mut self, batches: B) -> io::Result<(FileReport, Kept)> {
        let mut table = Batches::new(batches, self.options.most_memory);
        let not_read = table.not_read();
        let layout = self.read_table(&mut Records::of_rows(&mut table, 0), &not_read)?;
        if let Some(fault) = table.fault.take() {
            self.breaks_off(&fault, table.name(fault.column), "Arrow table");
        }
        self.check_rows(layout.as_ref());
        Ok((self.report(Form::Arrow, layout.as_ref()), Kept::default()))
    }

    /// Makes it a problem that the rows of columns break off.
    #[cfg(any(feature = "parquet", feature = "arrow"))]
    fn breaks_off(&mut self, fault: &Fault, column: Option<&str>, what: &'static str) {
        let at = Position::of((fault.line, fault.column as u64 + 1));
        let kind = match &fault.why {
            NotRead::Unpacked => ProblemKind::Unpacked { most: self.options.most_memory },
            NotRead::Damaged(fault) => ProblemKind::Damaged { what, fault: shorten(fault) },
        };
        self.problems.at(at, column, kind);
    }

    /// Reads a text; its claims, problems and notices are in `self` then.
    fn read_text<R: Read>(&mut self, mut records: Records<'_, R>) -> io::Result<(FileReport, Kept)> {
        let head = records.ahead(KEPT)?;
        if let Some(what) = dialect::not_text(head) {
            self.problems.of_file(ProblemKind::NotText(what));
            return Ok((self.report(Form::Unknown, None), Kept::default()));
        }
        if head.trim_start().starts_with(['{', '[']) {
            return self.read_json(&mut records);
        }
        let head = skip_lines(head, self.options.skip);
        let delimiter = self.options.delimiter.unwrap_or_else(|| dialect::delimiter(head));
        let mut kept = Kept { text: String::new(), delimiter: char::from(delimiter), ..Kept::default() };
        records.set_delimiter(delimiter);
        records.skip_lines(self.options.skip)?;
        records.ahead(KEPT)?.clone_into(&mut kept.text);
        kept.skipped = records.line() - 1;
        let layout = self.read_table(&mut records, &[])?;
        kept.apart = layout.as_ref().and_then(Layout::tells_apart);
        kept.decimal_comma = layout.as_ref().is_some_and(|layout| words::uses_decimal_comma(layout.words()));
        self.check_rows(layout.as_ref());
        // Only after the last row is it known whether all of it was UTF-8.
        let dialect = Dialect {
            delimiter: char::from(delimiter),
            encoding: records.encoding(),
            byte_order_mark: records.byte_order_mark(),
        };
        if matches!(dialect.encoding, "windows-1252" | "windows-1251") && self.options.encoding.is_none() {
            let place = place(&self.problems.file, Position { line: 1, column: 1 });
            self.notices.push(Notice::Windows { place, cyrillic: dialect.encoding == "windows-1251" });
        }
        Ok((self.report(Form::Text(dialect), layout.as_ref()), kept))
    }

    /// Makes a header without figures a problem.
    fn check_rows(&mut self, layout: Option<&Layout>) {
        if layout.is_some() && self.rows == 0 && self.problems.total == 0 {
            self.problems.of_file(ProblemKind::NoRows);
        }
    }

    fn read_json<R: Read>(&mut self, records: &mut Records<'_, R>) -> io::Result<(FileReport, Kept)> {
        let text = records.ahead(LARGEST_JSON + 1)?;
        let mut what = None;
        if text.len() > LARGEST_JSON {
            self.problems.of_file(ProblemKind::TooLarge { most: LARGEST_JSON });
        } else {
            what = sec::read(text, self);
        }
        let kept = Kept::of(text);
        Ok((FileReport { layout: what, ..self.report(Form::Json, None) }, kept))
    }
}

/// Whether a sheet is a table of figures, as far as its first rows show.
#[cfg(feature = "sheet")]
fn holds_figures(sheet: &Sheet, options: &Options) -> bool {
    let mut rows = sheet.rows();
    let mut records = Records::of_rows(&mut rows, sheet.offset);
    let sample = if records.skip_lines(options.skip).is_ok() && records.ahead(KEPT).is_ok() {
        records.sample(SAMPLE)
    } else {
        Vec::new()
    };
    layout::choose(&sample, options).is_ok_and(|chosen| sample.len() > chosen.preamble.rows + 1)
}

/// The text behind so many lines.
fn skip_lines(text: &str, lines: usize) -> &str {
    let mut rest = text;
    for _ in 0..lines {
        rest = next_line(rest.as_bytes()).map_or("", |next| &rest[next..]);
    }
    rest
}
