//! A row of figures before its column and its series are settled.

use std::vec::IntoIter;

use crate::calendar::Month;
use crate::money::Currency;
use crate::series::{Aside, Measure, Quantity};

use crate::read::cell::amount::{DecimalMark, Mark, Number};
use crate::read::cell::kind::Kind;
use crate::read::cell::period::When;
use crate::read::report::problems::Position;

/// What one row, or one cell of a wide table, claims. Small, since there are as many as figures.
#[derive(Clone, Debug)]
pub(in crate::read) struct Claim {
    /// Index into [`Names`].
    pub(in crate::read) series: u32,
    /// Index of the file.
    pub(in crate::read) file: u32,
    pub(in crate::read) kind: Kind,
    pub(in crate::read) basis: Option<Measure>,
    pub(in crate::read) when: When,
    /// What the header says of the period.
    pub(in crate::read) dating: Dating,
    pub(in crate::read) number: Option<Number>,
    /// The currency that the row states.
    pub(in crate::read) currency: Option<Currency>,
    /// The month in which the fiscal year ends that the row states.
    pub(in crate::read) fiscal_year_end: Option<u8>,
    /// Where the value stands; the period, for an event without one.
    pub(in crate::read) place: Position,
    /// Where the period stands.
    pub(in crate::read) period_place: Position,
    /// What else the row says, in short: rows of one period that differ in it belong together; 0 if nothing tells them apart.
    pub(in crate::read) apart: u64,
    pub(in crate::read) extra: Option<Box<Extra>>,
}

/// How a day is to be understood, by the name of its column.
#[expect(clippy::struct_excessive_bools, reason = "each says one thing of a name, and none depends on another")]
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct Dating {
    /// Length of the period in months, where the name says it.
    pub(in crate::read) months: Option<u8>,
    /// Whether the name says that the day is the period's last.
    pub(in crate::read) is_end: bool,
    /// Whether the row is one entry of a ledger, to be added up.
    pub(in crate::read) entry: bool,
    /// Whether rows are entries of a list if several of a month have days: the user says so, or the date is an order's.
    pub(in crate::read) listed: bool,
    /// Whether the name says that the amount runs up from the start of the year.
    pub(in crate::read) cumulative: bool,
    /// Whether the amount is a monthly rate, however long the period.
    pub(in crate::read) monthly: bool,
    /// What the amount is, where its name says that it is not revenue and it was asked for.
    pub(in crate::read) quantity: Quantity,
    /// Whether the period stands in a header of periods.
    pub(in crate::read) header: bool,
}

impl Claim {
    /// When the figure became known, if its row says it.
    pub(in crate::read) fn as_of(&self) -> Option<When> {
        self.extra.as_ref()?.as_of
    }
}

/// What few rows have.
#[derive(Clone, Debug, Default)]
pub(in crate::read) struct Extra {
    /// When the figure became known.
    pub(in crate::read) as_of: Option<When>,
    pub(in crate::read) aside: Option<Box<Aside>>,
}

/// How often dates showed one order or the other.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::read) struct OrderSeen {
    pub(in crate::read) day_first: u64,
    pub(in crate::read) month_first: u64,
    /// How many dates have a time of day some hours before a month begins.
    pub(in crate::read) before_months: u64,
    /// The most minutes that any of them is before it.
    pub(in crate::read) most_before: u16,
    /// How many dates stand elsewhere.
    pub(in crate::read) other_days: u64,
    /// How many of those are the midnight with which a month begins, in UTC.
    pub(in crate::read) month_starts: u64,
}

#[cfg(feature = "parallel")]
impl OrderSeen {
    /// Adds what the dates of other rows showed.
    pub(in crate::read) fn add(&mut self, other: Self) {
        let Self { day_first, month_first, before_months, most_before, other_days, month_starts } = other;
        self.day_first += day_first;
        self.month_first += month_first;
        self.before_months += before_months;
        self.most_before = self.most_before.max(most_before);
        self.other_days += other_days;
        self.month_starts += month_starts;
    }
}

/// Claims in blocks: a growing list is never copied as a whole, and what is taken out of it is free again.
#[derive(Debug, Default)]
pub(in crate::read) struct Claims {
    blocks: Vec<Vec<Claim>>,
    /// What their cells leave open and settle, counted on the way so that the claims need not be gone through for it.
    pub(in crate::read) seen: Seen,
    /// The largest series so far.
    last_series: u32,
    /// Whether a series stands behind one that comes after it.
    out_of_order: bool,
    /// The months that name totals, unless a claim was changed since.
    months: MonthsOfFiles,
    changed: bool,
}

/// The months that name totals, by file: a set of bits each.
#[derive(Debug, Default)]
pub(in crate::read) struct MonthsOfFiles {
    files: Vec<Vec<u64>>,
}

impl MonthsOfFiles {
    #[inline]
    fn see(&mut self, claim: &Claim) {
        let (When::Month(month), Kind::Revenue) = (claim.when, claim.kind) else { return };
        let (file, bit) = (claim.file as usize, usize::try_from(month.index()).unwrap_or(0));
        if file >= self.files.len() {
            self.files.resize(file + 1, Vec::new());
        }
        let bits = &mut self.files[file];
        if bit / 64 >= bits.len() {
            bits.resize(bit / 64 + 1, 0);
        }
        bits[bit / 64] |= 1 << (bit % 64);
    }

    #[cfg(feature = "parallel")]
    fn add(&mut self, other: Self) {
        self.files.resize(self.files.len().max(other.files.len()), Vec::new());
        for (bits, others) in self.files.iter_mut().zip(other.files) {
            bits.resize(bits.len().max(others.len()), 0);
            bits.iter_mut().zip(others).for_each(|(word, other)| *word |= other);
        }
    }

    /// The months of a file, in order.
    pub(in crate::read) fn of(&self, file: u32) -> Vec<Month> {
        let words = self.files.get(file as usize).map_or(&[][..], Vec::as_slice);
        let bits = words.iter().enumerate().filter(|(_, word)| **word != 0);
        let indices = bits.flat_map(|(at, word)| (0..64).filter(move |bit| word >> bit & 1 == 1).map(move |bit| at * 64 + bit));
        indices.filter_map(|index| i32::try_from(index).ok()).map(Month::from_index).collect()
    }
}

/// How many claims there are of each form that is open, or settles what is.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::read) struct Seen {
    /// Amounts that show a decimal point.
    pub(in crate::read) points: u64,
    /// Amounts that show a decimal comma.
    pub(in crate::read) commas: u64,
    /// Amounts whose comma or point can be either.
    pub(in crate::read) either_marks: u64,
    /// Dates that are numbers of days.
    pub(in crate::read) serials: u64,
    /// Dates, of periods and of what was known when, that can be two days.
    pub(in crate::read) either_days: u64,
    /// Periods that are days, or will be.
    pub(in crate::read) days: u64,
    /// Periods that are months, or may turn out to be.
    pub(in crate::read) months: u64,
    /// Labels that only the column settles: `2006-07`, `2023/2024`, `2020-1`.
    pub(in crate::read) open_labels: u64,
}

impl Seen {
    fn see(&mut self, claim: &Claim) {
        match claim.number.map(|number| number.mark) {
            None | Some(Mark::Silent) => {}
            Some(Mark::Shows(DecimalMark::Point)) => self.points += 1,
            Some(Mark::Shows(DecimalMark::Comma)) => self.commas += 1,
            Some(Mark::Depends(_)) => self.either_marks += 1,
        }
        match claim.when {
            When::Day(_) => self.days += 1,
            When::Month(_) => self.months += 1,
            When::Years { .. } | When::Numbered { .. } => {
                (self.months, self.open_labels) = (self.months + 1, self.open_labels + 1);
            }
            When::Serial(_) => (self.serials, self.days) = (self.serials + 1, self.days + 1),
            When::Either { .. } => (self.either_days, self.days) = (self.either_days + 1, self.days + 1),
            _ => {}
        }
        self.either_days += u64::from(matches!(claim.as_of(), Some(When::Either { .. })));
    }

    #[cfg(feature = "parallel")]
    fn add(&mut self, other: Self) {
        let Self { points, commas, either_marks, serials, either_days, days, months, open_labels } = other;
        self.points += points;
        self.commas += commas;
        self.either_marks += either_marks;
        self.serials += serials;
        self.either_days += either_days;
        self.days += days;
        self.months += months;
        self.open_labels += open_labels;
    }
}

/// Claims in a block: few enough that allocators give its memory to the figures that are made of it, rather than back to the
/// system.
const BLOCK: usize = 1024;

impl Claims {
    #[inline]
    pub(in crate::read) fn push(&mut self, claim: Claim) {
        self.seen.see(&claim);
        self.months.see(&claim);
        self.keep(claim);
    }

    #[inline]
    fn keep(&mut self, claim: Claim) {
        self.out_of_order |= claim.series < self.last_series;
        self.last_series = self.last_series.max(claim.series);
        match self.blocks.last_mut() {
            Some(block) if block.len() < BLOCK => block.push(claim),
            // Most files are short, and their block grows.
            last => {
                let mut block = Vec::with_capacity(if last.is_some() { BLOCK } else { 1 });
                block.push(claim);
                self.blocks.push(block);
            }
        }
    }

    /// Takes in the claims of another file.
    pub(in crate::read) fn append(&mut self, mut other: Self) {
        let starts = other.first().map_or(self.last_series, |claim| claim.series);
        self.out_of_order |= other.out_of_order || starts < self.last_series;
        self.last_series = self.last_series.max(other.last_series);
        self.seen.days += other.seen.days;
        self.seen.months += other.seen.months;
        self.changed |= other.changed;
        self.months.files.resize(self.months.files.len().max(other.months.files.len()), Vec::new());
        for (file, bits) in other.months.files.into_iter().enumerate().filter(|(_, bits)| !bits.is_empty()) {
            self.months.files[file] = bits;
        }
        self.blocks.append(&mut other.blocks);
    }

    /// Leaves claims out, and says how many.
    pub(in crate::read) fn leave(&mut self, is_out: impl Fn(&Claim) -> bool) -> u64 {
        self.changed = true;
        let mut left = 0;
        for block in &mut self.blocks {
            let before = block.len();
            block.retain(|claim| !is_out(claim));
            left += (before - block.len()) as u64;
        }
        self.blocks.retain(|block| !block.is_empty());
        left
    }

    pub(in crate::read) fn first(&self) -> Option<&Claim> {
        self.blocks.first()?.first()
    }

    /// Takes in the claims of the rows that follow in the same file; `series` are the indices of the series that they number
    /// from 0.
    #[cfg(feature = "parallel")]
    pub(in crate::read) fn take_in(&mut self, next: Self, series: &[u32]) {
        self.seen.add(next.seen);
        self.months.add(next.months);
        for block in next.blocks {
            for claim in block {
                self.keep(Claim { series: series[claim.series as usize], ..claim });
            }
        }
    }

    /// In the order of their rows.
    pub(in crate::read) fn iter(&self) -> impl Iterator<Item = &Claim> {
        self.blocks.iter().flatten()
    }

    /// In the order of their rows.
    pub(in crate::read) fn iter_mut(&mut self) -> impl Iterator<Item = &mut Claim> {
        self.changed = true;
        self.blocks.iter_mut().flatten()
    }

    /// The months that name totals; the claims are gone through for them only where some were changed.
    pub(in crate::read) fn months(&mut self) -> MonthsOfFiles {
        let mut months = std::mem::take(&mut self.months);
        if self.changed && self.seen.months > 0 {
            months = MonthsOfFiles::default();
            self.iter().for_each(|claim| months.see(claim));
        }
        months
    }

    /// The claims of each series in turn, in the order of their rows.
    pub(in crate::read) fn by_series(self) -> BySeries {
        let blocks = if self.out_of_order { self.gathered() } else { self.blocks };
        BySeries { blocks: blocks.into_iter(), block: Vec::new().into_iter() }
    }

    /// The claims of each series in a block of their own.
    fn gathered(self) -> Vec<Vec<Claim>> {
        let mut counts: Vec<usize> = Vec::new();
        for claim in self.iter() {
            let series = claim.series as usize;
            if series >= counts.len() {
                counts.resize(series + 1, 0);
            }
            counts[series] += 1;
        }
        let mut gathered: Vec<Vec<Claim>> = counts.into_iter().map(Vec::with_capacity).collect();
        for claim in self.blocks.into_iter().flatten() {
            gathered[claim.series as usize].push(claim);
        }
        gathered
    }
}

/// Claims, series by series; those that were taken are free.
#[derive(Debug)]
pub(in crate::read) struct BySeries {
    blocks: IntoIter<Vec<Claim>>,
    /// The block that is being gone through.
    block: IntoIter<Claim>,
}

impl BySeries {
    /// Puts the claims of the next series into `claims`, in place of what is there, and gives its index.
    pub(in crate::read) fn next(&mut self, claims: &mut Vec<Claim>) -> Option<usize> {
        claims.clear();
        while self.block.as_slice().is_empty() {
            self.block = self.blocks.next()?.into_iter();
        }
        let series = self.block.as_slice()[0].series;
        loop {
            let run = self.block.as_slice().iter().take_while(|claim| claim.series == series).count();
            claims.extend(self.block.by_ref().take(run));
            if run == 0 || !self.block.as_slice().is_empty() {
                return Some(series as usize);
            }
            let Some(block) = self.blocks.next() else { return Some(series as usize) };
            self.block = block.into_iter();
        }
    }
}
