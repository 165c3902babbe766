//! Marks of footnotes behind labels and amounts, and the remarks below a table that say what they mean.

use std::collections::BTreeSet;

use crate::read::cell::amount;
use crate::read::cell::period::{Standing, standing};
use crate::read::cell::words::{Meaning, Sense, words};
use crate::read::layout::file::File;
use crate::read::report::problems::{Position, shorten};

/// The marks of one table.
#[derive(Debug, Default)]
pub(in crate::read) struct ForecastMarks {
    /// Where cells with a mark stand, with the mark and the first one's text.
    marked: Vec<(String, Position, String)>,
    /// The marks of which a remark says that their figures are forecasts.
    forecasts: BTreeSet<String>,
}

impl ForecastMarks {
    /// Notes a cell that may end in a mark.
    pub(in crate::read) fn see(&mut self, text: &str, at: Position) {
        if let Some(mark) = mark_behind(text) {
            self.marked.push((mark.to_owned(), at, shorten(text)));
        }
    }

    /// Adds those of the rows that follow.
    #[cfg(feature = "parallel")]
    pub(in crate::read) fn append(&mut self, mut next: Self) {
        self.marked.append(&mut next.marked);
        self.forecasts.append(&mut next.forecasts);
    }

    /// Notes what a remark says of its mark.
    pub(in crate::read) fn see_remark(&mut self, text: &str) {
        let Some((mark, words)) = mark_before(text) else { return };
        if speaks_of_forecasts(words) {
            self.forecasts.insert(mark.to_owned());
        }
    }
}

impl File<'_> {
    /// Leaves out the figures whose mark stands for forecasts: `2024*` above `* Forecast`.
    pub(in crate::read) fn leave_marked_forecasts(&mut self) {
        let ForecastMarks { marked, forecasts } = std::mem::take(&mut self.forecast_marks);
        if forecasts.is_empty() || self.options.as_given {
            return;
        }
        let mut marked = marked.into_iter().filter(|(mark, ..)| forecasts.contains(mark)).peekable();
        let Some((_, at, first)) = marked.peek().cloned() else { return };
        let places: BTreeSet<Position> = marked.map(|(_, at, _)| at).collect();
        let left = self.claims.leave(|claim| places.contains(&claim.place) || places.contains(&claim.period_place));
        self.left_out_by_mark(at, first, left);
    }
}

/// The mark at the end of a cell: `*`, `†`, `¹`, `[1]`, `(a)`.
fn mark_behind(text: &str) -> Option<&str> {
    amount::without_marks(text).map(|before| text[before.len()..].trim())
}

/// The mark at the beginning of a remark, and what stands behind it.
fn mark_before(text: &str) -> Option<(&str, &str)> {
    let text = text.trim_start();
    let first = text.chars().next()?;
    let end = match first {
        '*' | '†' | '‡' | '¹' | '²' | '³' => text.len() - text.trim_start_matches(first).len(),
        '(' | '[' => text.find(if first == '(' { ')' } else { ']' })? + 1,
        _ => return None,
    };
    Some((&text[..end], text[end..].trim_start_matches([' ', ':', '=', '-', '–'])))
}

/// Whether a remark says of figures that they are forecasts.
fn speaks_of_forecasts(text: &str) -> bool {
    let is_forecast = |word: &String| -> bool {
        let is_long = word.chars().count() > 2 || !word.is_ascii();
        is_long && (standing(word) == Some(Standing::Forecast) || Meaning::of(word).has(Sense::Plan))
    };
    // `Forecast`, `projected values`, `Die Werte ab 2024 sind Prognosen`; not `exceeded the forecast`.
    let words = words(text);
    let is_label = words.len() <= 3 && words.iter().take(2).any(is_forecast);
    let is_said = words.last().is_some_and(is_forecast)
        && words
            .iter()
            .rev()
            .skip(1)
            .take(2)
            .any(|word| ["is", "are", "ist", "sind", "est", "sont", "son", "sono", "zijn"].contains(&word.as_str()));
    is_label || is_said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks_and_remarks() {
        for (text, mark) in [("2024*", "*"), ("470**", "**"), ("2024 (a)", "(a)"), ("470[1]", "[1]"), ("2024¹", "¹")] {
            assert_eq!(mark_behind(text), Some(mark), "{text}");
        }
        assert_eq!(mark_behind("2024 (restated)"), None);
        for text in
            ["* Forecast.", "* Die Werte ab 2024 sind Prognosen.", "(a) Estimated", "* Schätzung", "* = projected values"]
        {
            assert!(mark_before(text).is_some_and(|(_, words)| speaks_of_forecasts(words)), "{text}");
        }
        for text in [
            "* Restated",
            "* 53-week year. Exceeded the company forecast.",
            "* not comparable with the forecast",
            "* Preliminary",
            "* Including acquisitions",
        ] {
            assert!(!mark_before(text).is_some_and(|(_, words)| speaks_of_forecasts(words)), "{text}");
        }
    }
}
