//! The part of a year that words above a table of years say: `Six months ended 30 June`, `First half`, `Q3`.

use crate::calendar::Step;
use crate::read::cell::period::{PeriodFault, When, parse};

/// The most words that are looked through.
const MOST_WORDS: usize = 24;

/// A part of a year whose years stand elsewhere.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read) struct PartAbove {
    /// The words, without a year.
    words: String,
    /// The year beside them, if there is one.
    pub(in crate::read) year: Option<i32>,
    /// Whether the text says nothing else.
    pub(in crate::read) whole: bool,
}

impl PartAbove {
    /// What a text says; `None` if it speaks of no part of a year, or of one that is no shorter than a year.
    pub(in crate::read) fn of(text: &str) -> Option<Self> {
        let text = text.trim().trim_matches(['(', ')', ':', '.']);
        if text.len() > 200 || !text.contains(char::is_alphabetic) {
            return None;
        }
        let begins = text.char_indices().filter(|(at, _)| *at == 0 || text[..*at].ends_with([' ', '(', ',', ':', '-', '–']));
        let mut begins = begins.map(|(at, _)| at).take(MOST_WORDS);
        // Within a sentence only words that say how long and until when are sure.
        let is_sure = |part: &Self| part.whole || matches!(part.joined(2023), Some(When::Span(_)));
        let read = |at: usize| Self::read(&text[at..], is_opening(&text[..at])).filter(is_sure);
        // Those that are found first say all: `months ended` goes on from `twelve`.
        begins.find_map(read).filter(|part| part.in_year(2023).is_some())
    }

    fn read(text: &str, whole: bool) -> Option<Self> {
        let remark = text.rfind('(').map_or(text, |at| text[..at].trim_end());
        let rest = [text, remark].into_iter().find_map(|text| match parse(text) {
            Err(PeriodFault::NoYear) => Some((text, None)),
            Ok(When::Span(_) | When::Part { .. }) => {
                let words = text.trim_end_matches(|c: char| c.is_ascii_digit());
                let year = text[words.len()..].parse().ok().filter(|year| (1900..2100).contains(year))?;
                Some((words.trim_end_matches([' ', ',']), Some(year)))
            }
            _ => None,
        });
        let (words, year) = rest?;
        let part = Self { words: words.to_owned(), year, whole };
        part.joined(2023).map(|_| part)
    }

    /// The words with this year.
    fn joined(&self, year: i32) -> Option<When> {
        let when = parse(&format!("{} {year}", self.words)).ok().or_else(|| parse(&format!("{year}年{}", self.words)).ok())?;
        matches!(when, When::Span(_) | When::Part { .. }).then_some(when)
    }

    /// The part of this year.
    pub(in crate::read) fn in_year(&self, year: i32) -> Option<When> {
        self.joined(year).filter(|when| match when {
            When::Span(period) => period.months() < 12 && period.last().year() == year,
            When::Part { step, .. } => matches!(step, Step::Half | Step::Quarter),
            _ => false,
        })
    }
}

/// Whether words before a part say nothing.
fn is_opening(before: &str) -> bool {
    let before = before.trim().to_lowercase();
    before.is_empty() || before == "for the" || before == "for"
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_of_years_above_a_table() {
        let of = |text: &str, year: i32| PartAbove::of(text).and_then(|part| part.in_year(year));
        for (text, written) in [
            ("Six months ended 30 June", "six months ended 30 June 2024"),
            ("For the six months ended 30 June (unaudited)", "six months ended 30 June 2024"),
            ("Results for the three months ended March 31, 2024", "three months ended 31 March 2024"),
            ("Quarter ended 30 September", "Q3 2024"),
            ("First half", "H1 2024"),
            ("H1", "H1 2024"),
            ("上半年", "H1 2024"),
            ("Six mois clos le 30 juin", "six months ended 30 June 2024"),
        ] {
            let expected = parse(written).ok().and_then(|when| when.period(crate::calendar::FiscalCalendar::default()));
            let found = of(text, 2024).and_then(|when| when.period(crate::calendar::FiscalCalendar::default()));
            assert!(found.is_some() && found == expected, "{text}: {found:?}");
        }
        for text in [
            "Year ended 30 June",
            "Updated June",
            "Contoso plc",
            "2024",
            "Net sales by quarter",
            "Twelve months ended 31 March",
        ] {
            assert_eq!(of(text, 2024), None, "{text}");
        }
    }
}
