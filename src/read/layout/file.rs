//! One file on its way from bytes to claims: what its rows have shown so far.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::{self, Read};
use std::sync::Arc;

use chrono::NaiveDate;

use crate::money::Currency;

use crate::read::Options;
use crate::read::cell::period::{self, PartAbove, Time, When, split_time};
use crate::read::cell::sign::Sign;
use crate::read::claim::{Claims, OrderSeen};
use crate::read::layout::counted::Counted;
use crate::read::layout::facts::Facts;
use crate::read::layout::footnote::Footnote;
use crate::read::layout::forecast_marks::ForecastMarks;
use crate::read::layout::status::LastStatus;
use crate::read::layout::title::Title;
use crate::read::layout::{self, Chosen, Layout};
use crate::read::names::Names;
use crate::read::report::error::ProblemKind;
use crate::read::report::notice::Notice;
use crate::read::report::problems::place;
use crate::read::report::problems::{KEPT, Position, Problems, shorten};
use crate::read::report::reason::HeaderFound;
use crate::read::table::{Next, Record, Records};

pub(in crate::read) use crate::read::report::file::{FileReport, Form};

/// How many rows the layout is found by.
pub(in crate::read) const SAMPLE: usize = 200;

/// Power of ten and currency of a row's amounts.
pub(in crate::read) type UnitOfRow = (i32, Option<Sign>);

/// The state of reading one file.
pub(in crate::read) struct File<'a> {
    pub(in crate::read) options: &'a Options,
    pub(in crate::read) names: &'a mut Names,
    pub(in crate::read) index: u32,
    pub(in crate::read) claims: Claims,
    pub(in crate::read) problems: Problems,
    pub(in crate::read) notices: Vec<Notice>,
    pub(in crate::read) rows: u64,
    pub(in crate::read) orders: OrderSeen,
    /// Power of ten of the amounts, by what stands above the header.
    pub(in crate::read) power: i32,
    /// The currency that stands above the header.
    pub(in crate::read) sign: Option<Sign>,
    /// The words that say so, for messages.
    pub(in crate::read) unit_words: String,
    /// What was found of the file as a whole, and what says it.
    pub(in crate::read) facts: Facts,
    /// A unit that stands in a line of its own.
    pub(in crate::read) footnote: Option<Footnote>,
    /// The month in which fiscal years end, where words say so, and the words.
    pub(in crate::read) year_end: Option<(u8, Position, String)>,
    /// The part of a year that words above the table say its years are of, where they stand, and the words.
    pub(in crate::read) part_above: Option<(PartAbove, Position, String)>,
    /// Words that say that amounts are annual rates, and where they stand.
    pub(in crate::read) annual_rates: Option<(Position, String)>,
    /// The first label with the mark of a footnote.
    pub(in crate::read) marked_label: Option<(Position, String)>,
    /// Labels and amounts with the mark of a footnote, by mark, and what each remark that begins with one says.
    pub(in crate::read) forecast_marks: ForecastMarks,
    /// The first remark that speaks of a number of months.
    pub(in crate::read) odd_length: Option<(Position, String)>,
    /// The year that stood last in a column of years.
    pub(in crate::read) last_year: String,
    /// Whether a row above said that what follows is a forecast.
    pub(in crate::read) below_forecast: bool,
    /// The first label that names a fiscal year, and whether it names two years in a row, as that of no calendar year does.
    pub(in crate::read) fiscal_label: Option<(Position, String, bool)>,
    /// How many lines were searched for one.
    pub(in crate::read) remarks_seen: u32,
    /// The company that stands above the header.
    pub(in crate::read) company: Option<String>,
    /// The currency cell read last, and what it says.
    pub(in crate::read) last_currency: Option<(String, Currency)>,
    /// The unit cell read last, and what it says.
    pub(in crate::read) last_unit: RefCell<Option<(String, UnitOfRow)>>,
    /// What the columns of states said last.
    pub(in crate::read) last_statuses: Vec<LastStatus>,
    /// What the columns that say once what holds for several rows said last, by column.
    pub(in crate::read) group_labels: BTreeMap<usize, String>,
    pub(in crate::read) preamble_rows: usize,
    /// What was left out or passed over.
    pub(in crate::read) counted: Counted,
    /// Name for the figures of a table without a column of series.
    stem: &'a str,
}

impl<'a> File<'a> {
    pub(in crate::read) fn new(options: &'a Options, names: &'a mut Names, file: &Arc<str>, index: u32, stem: &'a str) -> Self {
        Self {
            options,
            names,
            index,
            claims: Claims::default(),
            problems: Problems::new(Arc::clone(file)),
            notices: Vec::new(),
            rows: 0,
            orders: OrderSeen::default(),
            power: 0,
            sign: None,
            unit_words: String::new(),
            facts: Facts::default(),
            footnote: None,
            year_end: None,
            part_above: None,
            annual_rates: None,
            marked_label: None,
            forecast_marks: ForecastMarks::default(),
            odd_length: None,
            last_year: String::new(),
            below_forecast: false,
            fiscal_label: None,
            remarks_seen: 0,
            company: None,
            last_currency: None,
            last_unit: RefCell::new(None),
            last_statuses: Vec::new(),
            group_labels: BTreeMap::new(),
            preamble_rows: 0,
            counted: Counted::default(),
            stem,
        }
    }

    /// Reads records that are split into cells. Columns that are `not_read` must not be used: each with what it holds.
    pub(in crate::read) fn read_table<R: Read>(
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
        self.apply_footnote(&layout);
        self.apply_part_above();
        self.apply_annual_rates();
        self.leave_stub();
        self.apply_era(&layout);
        self.apply_year_end();
        self.apply_marks();
        self.leave_marked_forecasts();
        Ok(Some(layout))
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
            Ok(chosen) => chosen.header_row,
            Err(fault) => fault.row,
        };
        let names_row = chosen.as_ref().ok().map(|chosen| chosen.names_row);
        let mut line = 0;
        let stated = chosen.as_ref().ok().and_then(|chosen| chosen.preamble.year_end.clone());
        let title = chosen.as_ref().ok().and_then(|chosen| chosen.preamble.title);
        let part = chosen.as_ref().ok().and_then(|chosen| chosen.preamble.part.clone());
        for row in 0..=header {
            if let Next::Fault(fault) = records.next()? {
                self.problems.of_text(&fault);
                return Ok(None);
            }
            if let Some(record) = records.current().filter(|_| names_row == Some(row)) {
                line = Position::of(record.place(0)).line;
            }
            if let (Some((month, (at, column), words)), Some(record)) = (&stated, records.current())
                && *at == row
            {
                self.year_end = Some((*month, Position::of(record.place(*column)), shorten(words)));
            }
            if let (Some((Title::AnnualRates, (at, column))), Some(record)) = (title, records.current())
                && at == row
                && self.options.kind.is_none()
            {
                self.annual_rates = Some((Position::of(record.place(column)), shorten(&record.cell(column))));
            }
            if let (Some((part, (at, column))), Some(record)) = (&part, records.current())
                && *at == row
            {
                let words = shorten(&record.cell(*column));
                self.part_above = Some((part.clone(), Position::of(record.place(*column)), words));
            }
        }
        match chosen {
            Ok(Chosen { layout, preamble, by, below, beside, .. }) => {
                self.facts.header = Some(HeaderFound { line, by, below });
                self.facts.note_unit_above(&preamble, self.options);
                if let (Some((at, period)), Some(record)) = (beside, records.current()) {
                    let place = place(&self.problems.file, Position::of(record.place(at)));
                    self.notices.push(Notice::TableBeside { place, period });
                }
                self.power = preamble.power;
                self.sign = preamble.sign;
                self.unit_words = preamble.unit;
                self.company = preamble.company;
                self.preamble_rows = preamble.rows;
                if let (None, Some(record)) = (&self.year_end, records.current()) {
                    let mut names = layout.header().columns.iter().enumerate();
                    self.year_end = names.find_map(|(at, column)| {
                        let month = period::fiscal_year_end(&column.name)?;
                        Some((month, Position::of(record.place(at)), shorten(&column.name)))
                    });
                }
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
    pub(in crate::read) fn conclude(&mut self) {
        let counted = std::mem::take(&mut self.counted);
        self.notices.extend(counted.notices(&self.problems.file, self.problems.total == 0));
    }

    /// Index of the series of this name, or of the one that the file is named after.
    pub(in crate::read) fn series_index(&mut self, name: Option<&str>) -> u32 {
        self.names.index(name.unwrap_or(self.stem))
    }

    /// Notes the words beside a row that say that its amount is an annual rate.
    pub(in crate::read) fn note_annual_rate(&mut self, record: &Record<'_>, at: usize) {
        if !self.notices.iter().any(|notice| matches!(notice, Notice::AnnualRates { .. })) {
            let place = place(&self.problems.file, Position::of(record.place(at)));
            self.notices.push(Notice::AnnualRates { place, words: shorten(&record.cell(at)) });
        }
    }

    /// The name of a series that has none.
    pub(in crate::read) fn stem(&self) -> &'a str {
        self.stem
    }

    /// Notes what a date shows of the order of day and month in the file.
    pub(in crate::read) fn see_order(&mut self, when: When, text: &str) {
        let When::Day(day) = when else { return };
        // Most days begin with the year.
        if text.as_bytes().get(..4).is_some_and(|year| year.iter().all(u8::is_ascii_digit)) {
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

    /// Notes that another table begins at this row, which is not read; the first ends with line `end`, and what stands between
    /// may say the unit of the second.
    pub(in crate::read) fn second_table(&mut self, record: &Record<'_>, end: u64) {
        let place = place(&self.problems.file, Position::of(record.place(0)));
        let above = u64::from(place.line.saturating_sub(1));
        let skip = if end == 0 { above } else { above.min(end) };
        self.notices.push(Notice::SecondTable { place, skip });
        self.rows -= 1;
    }

    /// Notes what the date of a period shows, and returns the period, moved to the day that it is in the user's time zone.
    #[inline]
    pub(in crate::read) fn see_period(&mut self, when: When, text: &str) -> When {
        self.see_order(when, text);
        let When::Day(day) = when else { return when };
        // Ten characters hold a date and no time.
        let time = if text.len() <= 10 { None } else { split_time(text).map(|(_, time)| time) };
        self.see_day(day, time)
    }

    /// Notes what a day and the time of it show, and returns the day that it is in the user's time zone.
    #[inline]
    pub(in crate::read) fn see_day(&mut self, day: NaiveDate, time: Option<Time>) -> When {
        match time {
            Some(time) if is_before_month(day, time) => {
                self.orders.before_months += 1;
                self.orders.most_before = self.orders.most_before.max(24 * 60 - time.minutes);
            }
            time => {
                self.orders.other_days += 1;
                let is_midnight = time.is_some_and(|time| time.whole && !time.local && time.minutes == 0);
                self.orders.month_starts += u64::from(is_midnight && chrono::Datelike::day(&day) == 1);
            }
        }
        self.in_time_zone(When::Day(day), time)
    }

    /// A day with a time behind it, in the user's time zone.
    pub(in crate::read) fn in_time_zone(&self, when: When, time: Option<Time>) -> When {
        let Some(offset) = self.options.utc_offset.filter(|offset| *offset != 0) else { return when };
        let Some(time) = time.filter(|time| !time.local) else { return when };
        let days = (i64::from(time.minutes) + i64::from(offset)).div_euclid(24 * 60);
        let moved = |day: NaiveDate| day.checked_add_signed(chrono::TimeDelta::days(days)).unwrap_or(day);
        match when {
            When::Day(day) => When::Day(moved(day)),
            When::Either { day_first, month_first } => {
                When::Either { day_first: moved(day_first), month_first: moved(month_first) }
            }
            when => when,
        }
    }

    /// The year that a row says in this column; a merged cell stands in its first row alone.
    pub(in crate::read) fn year_of(&mut self, record: &Record<'_>, at: usize) -> String {
        let year = record.cell(at);
        if !year.is_empty() && *year != *self.last_year {
            self.last_year = year.into_owned();
        }
        self.last_year.clone()
    }
}

/// Whether a time lies 1 to 14 hours before a month begins, on a quarter of an hour: as far as any place is ahead of UTC.
/// The last minute of a month is its end.
fn is_before_month(day: NaiveDate, time: Time) -> bool {
    let is_last = day.succ_opt().is_some_and(|next| chrono::Datelike::day(&next) == 1);
    is_last && time.whole && !time.local && time.minutes.is_multiple_of(15) && (10 * 60..=23 * 60).contains(&time.minutes)
}
