//! What the rows above the header say of the table: its period, its unit, its company.

use crate::read::cell::period::{self, PartAbove, When};
use crate::read::cell::sign::{Sign, same_currency};
use crate::read::cell::unit::{Said, Stated, before_except, named, said, unit_in_remark};
use crate::read::cell::words::Mark;
use crate::read::layout::NoLayout;
use crate::read::layout::title::Title;
use crate::read::report::error::ProblemKind;

/// What the rows above the header say.
#[derive(Debug, Default)]
pub(in crate::read) struct Preamble {
    /// How many rows.
    pub(in crate::read) rows: usize,
    /// Power of ten of the amounts: 6 for "in millions".
    pub(in crate::read) power: i32,
    pub(in crate::read) sign: Option<Sign>,
    /// The words that say the unit, for messages; empty if none do.
    pub(in crate::read) unit: String,
    /// Whether they stand over the labels of the table.
    pub(in crate::read) unit_in_corner: bool,
    /// A unit that is not understood, or that contradicts another.
    pub(in crate::read) fault: Option<Box<NoLayout>>,
    /// A line that is neither title nor period: the company.
    pub(in crate::read) company: Option<String>,
    /// The month in which fiscal years end, the row and column of the words that say so, and the words.
    pub(in crate::read) year_end: Option<(u8, (usize, usize), String)>,
    /// The part of a year that its years are of, with the row and column of the words that say so.
    pub(in crate::read) part: Option<(PartAbove, (usize, usize))>,
    /// The period of the whole table.
    pub(in crate::read) period: Option<(When, String)>,
    /// What the amounts are, and the row and column of the words that say so.
    pub(in crate::read) title: Option<(Title, (usize, usize))>,
}

/// What these rows say, which stand above a header.
pub(in crate::read) fn preamble(rows: &[Vec<String>]) -> Preamble {
    let mut preamble = Preamble { rows: rows.len(), ..Preamble::default() };
    for (row, cells) in rows.iter().enumerate() {
        // A comma in a title may have made it several cells.
        let filled: Vec<usize> = (0..cells.len()).filter(|at| !cells[*at].trim().is_empty()).collect();
        if let (Some(first), true) = (filled.first(), filled.len() <= 3) {
            let title = filled.iter().map(|at| cells[*at].trim()).collect::<Vec<&str>>().join(", ");
            preamble.title = preamble.title.or(Title::of(&title).map(|title| (title, (row, *first))));
        }
        for (column, cell) in cells.iter().enumerate() {
            let text = cell.trim();
            if !text.is_empty() {
                preamble.take(text, row, column);
            }
        }
    }
    preamble
}

impl Preamble {
    fn take(&mut self, text: &str, row: usize, column: usize) {
        let plain = text.trim_matches(['(', ')']);
        let stated = before_except(plain);
        if stated.is_empty() {
            return;
        }
        let lower = plain.to_lowercase();
        let without_for = lower.strip_prefix("for the ").or_else(|| lower.strip_prefix("for ")).unwrap_or(&lower);
        let part = PartAbove::of(text);
        let is_of_part = part.is_some();
        if let Some(part) = part {
            let whole = part.whole && part.year.is_none();
            self.part.get_or_insert((part, (row, column)));
            if whole {
                return;
            }
        }
        let year_end = period::fiscal_year_end_above(text);
        if let Ok(when) = period::parse(without_for) {
            self.period.get_or_insert((when, text.to_owned()));
            if let Some(month) = year_end {
                self.year_end.get_or_insert_with(|| (month, (row, column), text.to_owned()));
            }
            return;
        }
        if let Some(month) = year_end {
            self.year_end.get_or_insert_with(|| (month, (row, column), text.to_owned()));
            // `Year Ended January 31` names no company; `Contoso - fiscal year ends June 30` does.
            let first = without_for.split(|c: char| !c.is_alphabetic()).next().unwrap_or_default();
            if Mark::YearTitle.is(first) {
                return;
            }
        }
        if text.replace(' ', "").contains("=100") {
            self.fail(row, column, ProblemKind::UnitUnknown { unit: text.to_owned() });
        }
        match unit_above(stated, text) {
            (words, Said::Unit(unit)) => {
                self.take_unit(words, unit, row, column);
                return;
            }
            (words, Said::Unknown) => self.fail(row, column, ProblemKind::UnitUnknown { unit: words.to_owned() }),
            (words, Said::Unclear) => self.fail(row, column, ProblemKind::UnitUnclear { unit: words.to_owned() }),
            (_, Said::Nothing) => {}
        }
        if !is_of_part && !Mark::Title.words().any(|title| lower.contains(title)) && lower.chars().any(char::is_alphabetic) {
            self.company.get_or_insert(text.to_owned());
        }
    }

    fn take_unit(&mut self, words: &str, unit: Stated, row: usize, column: usize) {
        if self.contradicts(unit.power, unit.sign) {
            let (here, other) = (words.to_owned(), self.unit.clone());
            self.fail(row, column, ProblemKind::UnitsDiffer { here, other, elsewhere: "above the table" });
            return;
        }
        self.power = if unit.power == 0 { self.power } else { unit.power };
        self.sign = unit.sign.or(self.sign);
        if !self.unit.is_empty() {
            self.unit.push_str(", ");
        }
        self.unit.push_str(words);
    }

    /// Whether a unit says something else than the rows do.
    pub(in crate::read) fn contradicts(&self, power: i32, sign: Option<Sign>) -> bool {
        let scale = power != 0 && self.power != 0 && power != self.power;
        scale || sign.zip(self.sign).is_some_and(|(here, above)| !same_currency(here, above))
    }

    fn fail(&mut self, row: usize, column: usize, kind: ProblemKind) {
        self.fault.get_or_insert_with(|| Box::new(NoLayout { row, column, kind }));
    }
}

/// The words of a line above a table that say its unit, and what they say.
fn unit_above<'a>(stated: &'a str, text: &'a str) -> (&'a str, Said) {
    // One letter alone is the name of something.
    if stated.chars().count() < 2 && stated.is_ascii() && stated != "$" {
        return ("", Said::Nothing);
    }
    if let whole @ Said::Unit(_) = said(stated, "") {
        return (stated, whole);
    }
    let in_title = [named(stated), named(before_except(text))].into_iter().find(|named| matches!(named.said, Said::Unit(_)));
    if let Some(named) = in_title.filter(|named| is_sure(named.text, named.said)) {
        return (named.text, named.said);
    }
    unit_in_remark(text).or_else(|| unit_in_remark(stated)).unwrap_or(("", Said::Nothing))
}

/// Whether words at the end of a longer text are a unit there: more than one letter, or a currency.
pub(in crate::read::layout) fn is_sure(words: &str, said: Said) -> bool {
    matches!(said, Said::Unit(unit) if unit.sign.is_some() || words.trim().chars().count() > 2)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    fn of(lines: &[&str]) -> Preamble {
        let rows: Vec<Vec<String>> = lines.iter().map(|line| vec![(*line).to_owned()]).collect();
        preamble(&rows)
    }

    #[test]
    fn lines_above_a_table_say_its_unit() {
        let usd = Some(Sign::Of(Currency::USD));
        let cases = [
            ("(in millions, except per share data)", 6, None),
            ("Income statement, USD m", 6, usd),
            ("CONSOLIDATED STATEMENTS OF INCOME - USD ($) $ in Millions", 6, usd),
            ("All figures in USD thousands", 3, usd),
            ("Acme Corp (USD thousands)", 3, usd),
            ("Unit: USD million", 6, usd),
            ("* Figures in US$ thousand unless otherwise stated", 3, usd),
            ("Acme M", 0, None),
            ("Team Berlin", 0, None),
        ];
        for (line, power, sign) in cases {
            let preamble = of(&[line]);
            assert_eq!((preamble.power, preamble.sign), (power, sign), "{line}");
            assert!(preamble.fault.is_none(), "{line}");
        }
    }

    #[test]
    fn two_units_contradict_each_other() {
        let fault = of(&["in thousands", "(USD millions)"]).fault.unwrap();
        let expected = ProblemKind::UnitsDiffer {
            here: "USD millions".to_owned(),
            other: "in thousands".to_owned(),
            elsewhere: "above the table",
        };
        assert_eq!((fault.row, fault.kind), (1, expected));
        assert!(of(&["in thousands", "USD"]).fault.is_none());
        let fault = of(&["Amounts in thousands of clams"]).fault.unwrap();
        assert!(matches!(fault.kind, ProblemKind::UnitUnknown { .. }));
    }
}
