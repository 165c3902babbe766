//! What the cells of a column are, by those at hand: the evidence that its name is weighed against.

use crate::calendar::Step;
use crate::read::cell::amount::{self, AmountFault};
use crate::read::cell::kind::Kind;
use crate::read::cell::period::{self, PeriodFault, When};
use crate::read::cell::status::{Deal, deal, unearned, unearned_in_words};
use crate::read::cell::unit::{currency_sign, unit_in_label, unit_words};
use crate::read::cell::words::Mark;

/// How many cells of a column are of which kind; a cell can be of several, as `2024` is a year and an amount.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::read) struct Profile {
    /// Cells that hold something.
    pub(in crate::read) filled: usize,
    /// Amounts.
    pub(in crate::read) amounts: usize,
    /// Amounts that are whole numbers.
    pub(in crate::read) whole: usize,
    /// Amounts with the sign or code of a currency.
    pub(in crate::read) money: usize,
    /// Amounts below zero.
    pub(in crate::read) negative: usize,
    /// Percentages.
    pub(in crate::read) percentages: usize,
    /// Periods that cannot be amounts: `2024Q3`, `2024-06-30`.
    pub(in crate::read) periods: usize,
    /// Years by themselves, and months written as a number: `2024`, `2024.0`, `202406`.
    pub(in crate::read) years: usize,
    /// Periods without a year: `Q3`, `June`.
    pub(in crate::read) parts: usize,
    /// Numbers from 1 to 12.
    pub(in crate::read) small: usize,
    /// Zeros and ones.
    pub(in crate::read) bits: usize,
    /// Kinds of figures: `Actual`, `Forecast`.
    pub(in crate::read) kinds: usize,
    /// Codes or signs of currencies.
    pub(in crate::read) currencies: usize,
    /// Lengths of periods: `12M`, `TTM`.
    pub(in crate::read) lengths: usize,
    /// Quarters and halves by number, without a year: `Q1`.
    pub(in crate::read) lengths_by_number: usize,
    /// Words for what was not earned: `cancelled`, `refunded`, `draft`.
    pub(in crate::read) unearned: usize,
    /// The same in several words: `Returned to seller`.
    pub(in crate::read) unearned_in_words: usize,
    /// Names that end with a unit: `Retail, EUR million`.
    pub(in crate::read) names_with_unit: usize,
    /// Words for how figures are adjusted for the season.
    pub(in crate::read) adjustments: usize,
    /// Words for invoices: `Invoice`, `Sales receipt`.
    pub(in crate::read) invoices: usize,
    /// Codes for invoices: `INV`, `SI`.
    pub(in crate::read) invoice_codes: usize,
    /// Codes for credit notes: `CRN`, `SC`.
    pub(in crate::read) credit_codes: usize,
    /// Words for what is booked beside invoices and is no revenue: `Payment`, `Bill`, `Journal`.
    pub(in crate::read) beside_invoices: usize,
    /// Words for a plan beside others, where a kind may stand: `Budget v2`.
    pub(in crate::read) plans: usize,
    /// Cells that say that something was earned, by a word alone: `Actual`.
    pub(in crate::read) actuals: usize,
    /// Deals that were won.
    pub(in crate::read) won: usize,
    /// Deals that are open, or closed by a word that does not say how.
    pub(in crate::read) not_won: usize,
    /// Units with a scale: `USD million`, `MLN_USD`.
    pub(in crate::read) units: usize,
    /// Numbers of orders and the like: `#1001`, `INV-0042`.
    pub(in crate::read) codes: usize,
    /// Numbers of periods within a year: `1`, `P01`, `Period 13`.
    pub(in crate::read) numbered_periods: usize,
    /// Years with the word for one behind them.
    years_with_word: u32,
    /// Thirteenth ones of them.
    pub(in crate::read) thirteenth: u32,
    /// Different cells.
    pub(in crate::read) distinct: usize,
}

impl Profile {
    /// Of the cells of one column.
    pub(in crate::read) fn of<'a>(cells: impl Iterator<Item = &'a str>) -> Self {
        let mut profile = Self::default();
        let mut texts: Vec<&str> = Vec::new();
        for cell in cells.filter(|cell| !amount::is_missing(cell)) {
            profile.see(cell);
            texts.push(cell);
        }
        if profile.actuals > 0 && profile.kinds < profile.filled {
            let is_plan = |text: &&&str| Kind::in_column(text).is_none() && Kind::is_plan_in_words(text);
            profile.plans = texts.iter().filter(is_plan).count();
        }
        texts.sort_unstable();
        texts.dedup();
        profile.distinct = texts.len();
        profile
    }

    fn see(&mut self, cell: &str) {
        // No word is two of them.
        const MARKS: [Mark; 5] = [Mark::Invoice, Mark::BesideInvoice, Mark::InvoiceCode, Mark::CreditCode, Mark::Adjustment];
        self.filled += 1;
        let number = amount::parse(cell);
        match number {
            Ok(number) => {
                self.amounts += 1;
                let value = number.amount(amount::DecimalMark::Point).map_or(0.0, crate::money::Amount::value);
                let is_whole = value.fract() == 0.0;
                self.negative += usize::from(value < 0.0);
                self.money += usize::from(number.sign.is_some());
                self.whole += usize::from(is_whole);
                self.small += usize::from(is_whole && (1.0..=12.0).contains(&value));
                self.bits += usize::from(cell == "0" || cell == "1");
            }
            Err(AmountFault::Percentage) => self.percentages += 1,
            Err(_) => {}
        }
        self.years_with_word += u32::from(number.is_err() && is_year_with_word(cell));
        match period::parse(cell) {
            Ok(When::Serial(_)) => {}
            // `Current` is a product as often as the last twelve months.
            Err(PeriodFault::Trailing) if cell.trim().eq_ignore_ascii_case("current") => {}
            Ok(_) | Err(PeriodFault::TwoYears | PeriodFault::MonthOrYears | PeriodFault::Estimate | PeriodFault::Trailing)
                if number.is_err() =>
            {
                self.periods += 1;
            }
            Ok(_) => self.years += 1,
            Err(PeriodFault::NoYear) => self.parts += 1,
            Err(_) => {}
        }
        let length = Length::of(cell);
        self.lengths += usize::from(length.is_some());
        self.lengths_by_number += usize::from(length.is_none() && Length::of_part(cell).is_some());
        let place = period::by_number(cell);
        self.numbered_periods += usize::from(place.is_some());
        self.thirteenth += u32::from(place == Some(13));
        if number.is_err() {
            self.unearned += usize::from(unearned(cell).is_some());
            self.unearned_in_words += usize::from(unearned_in_words(cell).is_some());
            match Mark::first_of(&MARKS, cell.trim()) {
                Some(Mark::Invoice) => self.invoices += 1,
                Some(Mark::BesideInvoice) => self.beside_invoices += 1,
                Some(Mark::InvoiceCode) => self.invoice_codes += 1,
                Some(Mark::CreditCode) => self.credit_codes += 1,
                Some(_) => self.adjustments += 1,
                None => {}
            }
            self.names_with_unit += usize::from(unit_in_label(cell).is_some_and(|(base, ..)| !base.trim().is_empty()));
            self.units += usize::from(is_scaled_unit(cell));
            self.codes += usize::from(is_code(cell));
            let kind = Kind::in_column(cell);
            self.kinds += usize::from(kind.is_some());
            self.actuals += usize::from(kind.is_some() && Mark::first_of(&[Mark::Actual], cell).is_some());
            match deal(cell) {
                Some(Deal::Won) => self.won += 1,
                Some(Deal::Open | Deal::Closed) => self.not_won += 1,
                _ => {}
            }
            self.currencies += usize::from(currency_sign(cell).is_some());
        }
    }

    /// The share of the filled cells.
    fn share(&self, count: usize) -> f64 {
        if self.filled == 0 { 0.0 } else { count as f64 / self.filled as f64 }
    }

    /// Whether most cells are amounts.
    pub(in crate::read) fn is_amounts(&self) -> bool {
        self.amounts * 2 > self.filled
    }

    /// Whether most amounts are said to be money.
    pub(in crate::read) fn is_money(&self) -> bool {
        self.amounts > 0 && self.money * 2 > self.amounts
    }

    /// Whether a column of that many rows holds names rather than numbers and dates.
    pub(in crate::read) fn is_names(&self) -> bool {
        self.filled > 0 && self.share(self.amounts + self.periods + self.percentages) < 0.5
    }

    /// The share of cells that say when, whether or not they could be amounts.
    pub(in crate::read) fn when(&self) -> f64 {
        self.share(self.periods + self.years)
    }

    /// The share of cells that say when and nothing else.
    pub(in crate::read) fn only_when(&self) -> f64 {
        self.share(self.periods)
    }

    /// Whether all cells are whole numbers.
    pub(in crate::read) fn is_whole(&self) -> bool {
        self.filled > 0 && self.whole == self.filled
    }

    /// Whether all cells are years by themselves.
    pub(in crate::read) fn is_years(&self) -> bool {
        self.filled > 0 && self.years == self.filled
    }

    /// Whether all cells are years, with the word for one perhaps: `2022年`.
    pub(in crate::read) fn is_years_with_word(&self) -> bool {
        self.filled > 0 && self.years + self.years_with_word as usize == self.filled
    }

    /// Whether all cells are numbers or names of the parts of a year: `1` to `12`, `Q3`, `June`.
    pub(in crate::read) fn is_parts(&self) -> bool {
        self.filled > 0 && self.small + self.parts == self.filled
    }

    /// Whether all cells are words for parts of the year, such as `Q3` and `June`, or for all of it, `FY`.
    pub(in crate::read) fn is_parts_by_word(&self) -> bool {
        self.parts > 0 && self.parts + self.lengths == self.filled
    }

    /// Whether all cells are numbers of periods within a year: `1`, `P01`, `Period 13`. Each stands for several years, or in
    /// order.
    pub(in crate::read) fn is_numbered_periods(&self) -> bool {
        self.filled > 1 && self.numbered_periods == self.filled && self.distinct > 1
    }

    /// Whether nearly all cells are kinds of figures; beside what was earned also `Budget v2` and the like.
    pub(in crate::read) fn is_kinds(&self) -> bool {
        self.filled > 0 && self.share(self.kinds_and_plans()) > 0.9
    }

    /// How many cells are.
    pub(in crate::read) fn kinds_and_plans(&self) -> usize {
        self.kinds + if self.actuals > 0 { self.plans } else { 0 }
    }

    /// Whether all cells say what became of deals that are not won.
    pub(in crate::read) fn is_open_deals(&self) -> bool {
        self.filled > 0 && self.not_won > 0 && self.not_won + self.unearned.max(self.unearned_in_words) >= self.filled
    }

    /// Whether nearly all cells are currencies.
    pub(in crate::read) fn is_currencies(&self) -> bool {
        self.filled > 0 && self.share(self.currencies) > 0.9
    }

    /// Whether nearly all cells are units with a scale.
    pub(in crate::read) fn is_units(&self) -> bool {
        self.filled > 0 && self.share(self.units) > 0.9
    }

    /// Whether all cells are lengths of periods, `12M` and `3M`, or `FY` and the quarters of one.
    pub(in crate::read) fn is_lengths(&self) -> bool {
        // `FY` beside `Q1`: quarters alone say when, and not how long.
        let numbered = if self.lengths > 0 { self.lengths_by_number } else { 0 };
        self.filled > 0 && self.lengths + numbered == self.filled
    }

    /// Whether all cells say how figures are adjusted for the season, and not all the same.
    pub(in crate::read) fn is_adjustments(&self) -> bool {
        self.adjustments > 0 && self.adjustments == self.filled && self.distinct > 1
    }

    /// Whether every cell is a name that ends with a unit.
    pub(in crate::read) fn is_names_with_unit(&self) -> bool {
        self.filled > 0 && self.names_with_unit == self.filled && self.units < self.filled
    }

    /// Whether some rows are invoices, and others are bookings that are no revenue.
    pub(in crate::read) fn is_bookings(&self) -> bool {
        self.invoices > 0 && self.beside_invoices > 0
    }

    /// Whether some cells are codes for credit notes, and others codes or words for invoices.
    pub(in crate::read) fn is_credits_by_code(&self) -> bool {
        self.credit_codes > 0 && self.invoices + self.invoice_codes > 0
    }

    /// Whether some rows are said to be not earned, and others are not.
    pub(in crate::read) fn is_partly_unearned(&self) -> bool {
        self.unearned > 0 && self.unearned < self.filled || self.is_partly_unearned_in_words()
    }

    /// Whether the same is said in several words, as by a column with a few of them for many rows.
    pub(in crate::read) fn is_partly_unearned_in_words(&self) -> bool {
        let some = self.unearned_in_words > self.unearned && self.unearned_in_words < self.filled;
        some && self.distinct * 2 <= self.filled
    }

    /// Whether all cells are percentages.
    pub(in crate::read) fn is_percentages(&self) -> bool {
        self.filled > 0 && self.percentages * 2 > self.filled
    }

    /// Whether all cells are zeros and ones.
    pub(in crate::read) fn is_flags(&self) -> bool {
        self.filled > 1 && self.bits == self.filled
    }

    /// Whether the cells look like numbers that name something rather than measure it: whole, and each in several rows.
    pub(in crate::read) fn is_numbers_as_names(&self) -> bool {
        self.filled > 2 && self.whole == self.filled && self.distinct * 2 <= self.filled
    }
}

/// Whether a cell is a unit with a scale. A letter or two may be a size or a rank.
fn is_scaled_unit(cell: &str) -> bool {
    let plain = |c: char| c.is_alphabetic() || matches!(c, ' ' | '_' | '-' | '.' | ',' | '$' | '€' | '£' | '¥' | '₹');
    cell.len() > 2
        && cell.len() <= 80
        && cell.chars().all(plain)
        && unit_words(cell).is_some_and(|(power, sign)| power != 0 && (sign.is_some() || cell.len() > 4))
}

/// Whether a cell is the number of an order or the like: letters or a sign before at least two digits, without spaces.
fn is_code(cell: &str) -> bool {
    let digits = cell.bytes().filter(u8::is_ascii_digit).count();
    let plain = cell.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '#' | '-' | '_' | '/'));
    digits >= 2 && plain && cell.len() <= 24 && period::parse(cell).is_err()
}

/// How long a row's period is, as a cell beside its date says it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Length {
    /// So many months.
    Months(u8),
    /// The last twelve months, whatever the date.
    Trailing,
}

impl Length {
    /// `12M`, `3M`, `TTM`, `annual`, `quarterly`.
    pub(in crate::read) fn of(cell: &str) -> Option<Self> {
        let cell = cell.trim();
        let lengths = [Mark::EachLastTwelve, Mark::EachYear, Mark::EachQuarter, Mark::EachMonth, Mark::EachHalf];
        match Mark::first_of(&lengths, cell) {
            Some(Mark::EachLastTwelve) => Some(Self::Trailing),
            Some(Mark::EachYear) => Some(Self::Months(12)),
            Some(Mark::EachQuarter) => Some(Self::Months(3)),
            Some(Mark::EachHalf) => Some(Self::Months(6)),
            Some(_) => Some(Self::Months(1)),
            None => {
                let months = cell.strip_suffix(['m', 'M'])?.parse().ok()?;
                (1..=12).contains(&months).then_some(Self::Months(months))
            }
        }
    }

    /// The same of a quarter or a half by its number: `Q1`, `2. Halbjahr`, beside the day that ends it.
    pub(in crate::read) fn of_part(cell: &str) -> Option<Self> {
        if period::parse(cell) != Err(PeriodFault::NoYear) {
            return None;
        }
        match period::parse(&format!("{} 2023", cell.trim())) {
            Ok(When::Part { step: step @ (Step::Quarter | Step::Half), .. }) => {
                u8::try_from(step.months()).ok().map(Self::Months)
            }
            _ => None,
        }
    }
}

/// Whether a cell is a year with the word for one behind it: `2022年`, `2022년`.
fn is_year_with_word(cell: &str) -> bool {
    let year = cell.trim().trim_end_matches(['年', '度', '년', '도']);
    year.len() == 4 && year.len() < cell.trim().len() && period::is_name(year)
}
