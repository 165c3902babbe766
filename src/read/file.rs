//! One file on its way from bytes to claims: what its rows have shown so far.

use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::Arc;

use crate::money::Currency;

use super::Options;
use super::amount::decimal;
use super::claim::{Claims, Names};
use super::decide::{Decisions, OrderSeen, place};
use super::decode::Encoding;
use super::dialect::{self, Dialect};
use super::error::ProblemKind;
use super::header::Role;
#[cfg(feature = "sheet")]
use super::header::closest;
use super::layout::{self, Chosen, Layout};
use super::notice::{LeftOut, Notice};
#[cfg(feature = "parquet")]
use super::parquet::{self, NoTable, Table};
use super::period::When;
use super::problems::{KEPT, Kept, Position, Problems, shorten};
use super::sec;
#[cfg(feature = "sheet")]
use super::sheet::{self, NoSheet, Sheet};
use super::sign::Sign;
use super::table::{Next, Record, Records};

/// The largest JSON that is read, in bytes: it must be held whole. The largest company facts have some 10 MB.
const LARGEST_JSON: usize = 64 << 20;

/// How many rows the layout is found by.
const SAMPLE: usize = 200;

/// What is known of a file, for `inspect`.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct FileReport {
    /// Its name, as given.
    pub file: Arc<str>,
    /// What it is.
    pub form: Form,
    /// How its rows and columns are laid out; `None` if that could not be told.
    pub layout: Option<&'static str>,
    /// Rows above the header, blank ones apart.
    pub preamble_rows: usize,
    /// Its columns, in order.
    pub columns: Vec<ColumnReport>,
    /// Rows below the header, blank ones apart.
    pub rows: u64,
    /// What its cells left open, and what settled it.
    pub decisions: Decisions,
}

/// What a file is, by its first bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Form {
    /// Delimited text.
    Text(Dialect),
    /// A JSON text.
    Json,
    /// A workbook, of which one sheet is read.
    Workbook {
        /// The sheet's name; empty if there is none to read.
        sheet: String,
    },
    /// Parquet.
    Parquet,
    /// Nothing that can be read.
    Unknown,
}

impl Form {
    /// The name in files: `text`, `json`, `workbook`, `parquet` or `unknown`.
    pub fn name(&self) -> &'static str {
        match self {
            Self::Text(_) => "text",
            Self::Json => "json",
            Self::Workbook { .. } => "workbook",
            Self::Parquet => "parquet",
            Self::Unknown => "unknown",
        }
    }
}

/// What is known of a column.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct ColumnReport {
    /// Its name in the header.
    pub name: String,
    /// The part it plays; `None` if it is not used.
    pub role: Option<Role>,
    /// For a column of one series' amounts: the series.
    pub series: Option<String>,
    /// For a column that is not used: a role whose name is near.
    pub near: Option<Role>,
}

/// The state of reading one file.
pub(super) struct File<'a> {
    pub(super) options: &'a Options,
    pub(super) names: &'a mut Names,
    pub(super) index: u32,
    pub(super) claims: Claims,
    pub(super) problems: Problems,
    pub(super) notices: Vec<Notice>,
    pub(super) rows: u64,
    pub(super) orders: OrderSeen,
    /// What an amount of 1 is worth, by what stands above the header.
    pub(super) scale: f64,
    /// The currency that stands above the header.
    pub(super) sign: Option<Sign>,
    /// The company that stands above the header.
    pub(super) company: Option<String>,
    /// The currency cell read last, and what it says.
    pub(super) last_currency: Option<(String, Currency)>,
    preamble_rows: usize,
    left_out: BTreeMap<LeftOut, (Position, String, u64)>,
    no_value: Option<(Position, u64)>,
    basis_not_used: Option<(Position, u64)>,
    /// Name for the figures of a table without a column of series.
    stem: &'a str,
}

impl<'a> File<'a> {
    pub(super) fn new(options: &'a Options, names: &'a mut Names, file: &Arc<str>, index: u32, stem: &'a str) -> Self {
        Self {
            options,
            names,
            index,
            claims: Claims::default(),
            problems: Problems::new(Arc::clone(file)),
            notices: Vec::new(),
            rows: 0,
            orders: OrderSeen::default(),
            scale: 1.0,
            sign: None,
            company: None,
            last_currency: None,
            preamble_rows: 0,
            left_out: BTreeMap::new(),
            no_value: None,
            basis_not_used: None,
            stem,
        }
    }

    /// Reads a file; its claims, problems and notices are in `self` then.
    pub(super) fn read<R: Read>(&mut self, mut input: R) -> io::Result<(FileReport, Kept)> {
        let mut head = Vec::new();
        input.by_ref().take(4).read_to_end(&mut head)?;
        let input = io::Cursor::new(head.clone()).chain(input);
        #[cfg(feature = "sheet")]
        if sheet::is_workbook(&head) {
            return self.read_sheet(input);
        }
        #[cfg(feature = "parquet")]
        if parquet::is_parquet(&head) {
            return self.read_parquet(input);
        }
        self.read_text(Records::new(input, self.options.encoding.map(Encoding::inner)))
    }

    #[cfg(feature = "sheet")]
    fn read_sheet<R: Read>(&mut self, input: R) -> io::Result<(FileReport, Kept)> {
        let wanted = self.options.sheet.as_deref();
        let options = self.options;
        let sheet = match sheet::read(input, wanted, |sheet| holds_figures(sheet, options))? {
            Ok(sheet) => sheet,
            Err(fault) => {
                let most = |most: u64| usize::try_from(most).unwrap_or(usize::MAX);
                self.problems.of_file(match fault {
                    NoSheet::NotAWorkbook => ProblemKind::NotText("an Excel workbook or another ZIP archive"),
                    NoSheet::TooLarge => ProblemKind::TooLarge { most: most(sheet::LARGEST) },
                    NoSheet::Unpacked => ProblemKind::Unpacked { most: most(sheet::LARGEST_UNPACKED) },
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
        let mut records = Records::of_table(sheet.text.as_bytes(), sheet.offset);
        let layout = self.read_table(&mut records, &[])?;
        self.check_rows(layout.as_ref());
        // Places in a sheet count cells, so that its text cannot show them later.
        Ok((self.report(Form::Workbook { sheet: sheet.name }, layout.as_ref()), Kept::default()))
    }

    #[cfg(feature = "parquet")]
    fn read_parquet<R: Read>(&mut self, input: R) -> io::Result<(FileReport, Kept)> {
        let mut layout = None;
        match Table::open(input)? {
            Ok(mut table) => {
                let not_read = table.not_read();
                layout = self.read_table(&mut Records::of_table(&mut table, 0), &not_read)?;
                let used = |at: usize| layout.as_ref().is_some_and(|layout| layout.uses(at));
                for (column, line) in table.no_text().enumerate().filter(|(at, _)| used(*at)) {
                    let Some(line) = line else { continue };
                    let at = Position::of((line, column as u64 + 1));
                    self.problems.at(at, table.name(column), ProblemKind::NotRead { holds: "bytes that are no text" });
                }
                if let Some(parquet::Fault { line, column, what }) = table.fault.take() {
                    let at = Position::of((line, column as u64 + 1));
                    let kind = ProblemKind::Damaged { what: "Parquet file", fault: shorten(&what) };
                    self.problems.at(at, table.name(column), kind);
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

    /// Reads a text; its claims, problems and notices are in `self` then.
    fn read_text<R: Read>(&mut self, mut records: Records<R>) -> io::Result<(FileReport, Kept)> {
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
        let mut kept = Kept { text: String::new(), delimiter: char::from(delimiter), skipped: 0 };
        records.set_delimiter(delimiter);
        records.skip_lines(self.options.skip)?;
        records.ahead(KEPT)?.clone_into(&mut kept.text);
        kept.skipped = records.line() - 1;
        let layout = self.read_table(&mut records, &[])?;
        self.check_rows(layout.as_ref());
        // Only after the last row is it known whether all of it was UTF-8.
        let dialect = Dialect {
            delimiter: char::from(delimiter),
            encoding: records.decoder().encoding().name(),
            byte_order_mark: records.decoder().byte_order_mark,
        };
        if dialect.encoding == "windows-1252" && self.options.encoding.is_none() {
            let place = place(&self.problems.file, Position { line: 1, column: 1 });
            self.notices.push(Notice::Windows1252 { place });
        }
        Ok((self.report(Form::Text(dialect), layout.as_ref()), kept))
    }

    /// Reads records that are split into cells. Columns that are `not_read` must not be used: each with what it holds.
    fn read_table<R: Read>(
        &mut self,
        records: &mut Records<R>,
        not_read: &[Option<&'static str>],
    ) -> io::Result<Option<Layout>> {
        records.ahead(KEPT)?;
        let Some(layout) = self.layout(records)? else { return Ok(None) };
        let before = self.problems.total;
        for (at, holds) in not_read.iter().enumerate().filter_map(|(at, holds)| Some((at, (*holds)?))) {
            if let Some(header) = records.current().filter(|_| layout.uses(at)) {
                self.problems.in_row(&header, at, ProblemKind::NotRead { holds });
            }
        }
        if self.problems.total > before {
            return Ok(Some(layout));
        }
        match &layout {
            Layout::Long(long) => long.read(records, self)?,
            Layout::Wide(wide) => wide.read(records, self)?,
            Layout::SeriesColumns(columns) => columns.read(records, self)?,
            Layout::Ledger(ledger) => ledger.read(records, self)?,
        }
        Ok(Some(layout))
    }

    /// Makes a header without figures a problem.
    fn check_rows(&mut self, layout: Option<&Layout>) {
        if layout.is_some() && self.rows == 0 && self.problems.total == 0 {
            self.problems.of_file(ProblemKind::NoRows);
        }
    }

    fn read_json<R: Read>(&mut self, records: &mut Records<R>) -> io::Result<(FileReport, Kept)> {
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

    /// Finds the layout and reads up to the header, which is the current record then; `None` if there is no layout, which is
    /// a problem by then.
    fn layout<R: Read>(&mut self, records: &mut Records<R>) -> io::Result<Option<Layout>> {
        let sample = records.sample(SAMPLE);
        if sample.is_empty() {
            match records.next()? {
                Next::Fault(fault) => self.problems.of_text(&fault),
                // A first row that goes on beyond what is looked at.
                Next::Record => {
                    if let Some(record) = records.current() {
                        self.problems.in_row(&record, 0, ProblemKind::LongRow { most: KEPT });
                    }
                }
                Next::End => self.problems.of_file(ProblemKind::Empty),
            }
            return Ok(None);
        }
        let chosen = layout::choose(&sample, self.options);
        let header = match &chosen {
            Ok(chosen) => chosen.preamble.rows,
            Err(fault) => fault.row,
        };
        for _ in 0..=header {
            if let Next::Fault(fault) = records.next()? {
                self.problems.of_text(&fault);
                return Ok(None);
            }
        }
        match chosen {
            Ok(Chosen { layout, preamble }) => {
                self.scale = decimal(1, preamble.power);
                self.sign = preamble.sign;
                self.company = preamble.company;
                self.preamble_rows = preamble.rows;
                Ok(Some(layout))
            }
            Err(fault) => {
                if let Some(record) = records.current() {
                    self.problems.in_row(&record, fault.column, fault.kind);
                }
                Ok(None)
            }
        }
    }

    /// What is said of the file once it is read.
    pub(super) fn conclude(&mut self) {
        let file = &self.problems.file;
        if let Some((at, rows)) = self.no_value {
            self.notices.push(Notice::NoValue { place: place(file, at), rows });
        }
        if let Some((at, rows)) = self.basis_not_used {
            self.notices.push(Notice::BasisNotUsed { place: place(file, at), rows });
        }
        for (what, (at, first, count)) in std::mem::take(&mut self.left_out) {
            self.notices.push(Notice::LeftOut { place: place(file, at), what, first, count });
        }
    }

    pub(super) fn report(&self, form: Form, layout: Option<&Layout>) -> FileReport {
        let header = layout.map(Layout::header);
        let name = |at: usize| layout.and_then(|layout| layout.series_of(at));
        let columns = header.map_or(&[][..], |header| &header.columns);
        let columns = columns
            .iter()
            .enumerate()
            .map(|(at, column)| ColumnReport {
                name: column.name.clone(),
                role: match layout {
                    Some(layout) if layout.is_amount(at) => Some(Role::Value),
                    Some(Layout::Long(_)) | None => column.role,
                    Some(_) => column.role.filter(|role| *role != Role::Value),
                },
                series: name(at).map(str::to_owned),
                near: if column.role.is_none() { Role::near(&column.name) } else { None },
            })
            .collect();
        FileReport {
            file: Arc::clone(&self.problems.file),
            form,
            layout: layout.map(Layout::name),
            preamble_rows: self.preamble_rows,
            columns,
            rows: self.rows,
            decisions: Decisions::default(),
        }
    }

    /// Index of the series of this name, or of the one that the file is named after.
    pub(super) fn series_index(&mut self, name: Option<&str>) -> u32 {
        self.names.index(name.unwrap_or(self.stem))
    }

    /// The name of a series that has none.
    pub(super) fn stem(&self) -> &str {
        self.stem
    }

    /// Notes what a date shows of the order of day and month in the file.
    pub(super) fn see_order(&mut self, when: When, text: &str) {
        let When::Day(day) = when else { return };
        // Most days begin with the year.
        if text.as_bytes().get(2).is_some_and(u8::is_ascii_digit) {
            return;
        }
        let Some((first, rest)) = text.split_once(['/', '-']).filter(|(first, _)| first.len() <= 2) else { return };
        let Some((second, _)) = rest.split_once(['/', '-']) else { return };
        let (Ok(first), Ok(second)) = (first.parse::<u32>(), second.parse::<u32>()) else { return };
        let is = |number: u32, part: u32| number == part && number > 12;
        let day = chrono::Datelike::day(&day);
        self.orders.day_first += u64::from(is(first, day));
        self.orders.month_first += u64::from(is(second, day));
    }

    /// Notes something that is left out, since it is no figure of its own.
    pub(super) fn left_out(&mut self, what: LeftOut, record: &Record<'_>, at: usize) {
        let entry = || (Position::of(record.place(at)), shorten(&record.cell(at)), 0);
        self.left_out.entry(what).or_insert_with(entry).2 += 1;
    }

    /// Notes a row without a value, which is left out.
    pub(super) fn no_value(&mut self, record: &Record<'_>, at: usize) {
        count(&mut self.no_value, record, at);
    }

    /// Notes a basis that is not a target's.
    pub(super) fn basis_not_used(&mut self, record: &Record<'_>, at: usize) {
        count(&mut self.basis_not_used, record, at);
    }
}

/// Whether a sheet is a table of figures, as far as its first rows show.
#[cfg(feature = "sheet")]
fn holds_figures(sheet: &Sheet, options: &Options) -> bool {
    let mut records = Records::of_table(sheet.text.as_bytes(), sheet.offset);
    let sample = if records.ahead(KEPT).is_ok() { records.sample(SAMPLE) } else { Vec::new() };
    layout::choose(&sample, options).is_ok_and(|chosen| sample.len() > chosen.preamble.rows + 1)
}

/// The text behind so many lines.
fn skip_lines(text: &str, lines: usize) -> &str {
    let mut rest = text;
    for _ in 0..lines {
        rest = rest.split_once('\n').map_or("", |(_, rest)| rest);
    }
    rest
}

fn count(counter: &mut Option<(Position, u64)>, record: &Record<'_>, at: usize) {
    match counter {
        Some((_, rows)) => *rows += 1,
        None => *counter = Some((Position::of(record.place(at)), 1)),
    }
}
