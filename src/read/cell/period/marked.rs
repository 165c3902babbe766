//! Periods with something beside them: the mark of a footnote (`2018¹`, `2020*`), a word for what the figure is (`2019A`,
//! `2021 (restated)`, `2024 Budget`, `2024年3月期（予想）`), or the month that ends a fiscal year (`FY2019 (Sep-19)`).

use crate::calendar::{Period, Step};
use crate::read::cell::amount::without_marks;
use crate::read::cell::period::span::last_month;
use crate::read::cell::period::{PeriodFault, When, parse, unmarked};
use crate::read::cell::words::Mark;

/// What a word beside a period says of its figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Standing {
    /// It is what was earned: `actual`, `restated`, `unaudited`.
    Actual,
    /// It is not earned yet: `forecast`, `budget`, `E`.
    Forecast,
}

/// What a word says of figures, if it is one of the words for that.
pub(in crate::read) fn standing(text: &str) -> Option<Standing> {
    let text = text.trim();
    let word = text.trim_matches(['(', ')', '（', '）', '[', ']', '.', ':', '-', '–', '*']).trim();
    match Mark::first_of(&[Mark::Actual, Mark::Forecast, Mark::Provisional], word)? {
        Mark::Actual => Some(Standing::Actual),
        Mark::Provisional if text.ends_with([')', '）', ']']) || word == word.to_lowercase() => Some(Standing::Actual),
        _ => Some(Standing::Forecast),
    }
}

/// What a word in brackets beside a period says of its figure.
fn standing_in_brackets(inner: &str) -> Option<Standing> {
    let is_provisional = || Mark::Provisional.is(&inner.to_lowercase()).then_some(Standing::Actual);
    let is_forecast = || Mark::first_of(&[Mark::ForecastInBrackets], inner).map(|_| Standing::Forecast);
    is_provisional().or_else(|| standing(inner)).or_else(is_forecast)
}

/// Whether the letter `p` behind periods says that their figures are projected, as the letters behind the other periods of the
/// column show: `2023r` is of those who revise what is provisional, `2022A` and `2023E` of those who project. `None` if there
/// are none of either.
pub(in crate::read) fn are_projected<'a>(texts: impl Iterator<Item = &'a str>) -> Option<bool> {
    let mut projected = None;
    for letter in texts.filter_map(letter_behind) {
        match letter {
            'r' => return Some(false),
            'a' | 'e' | 'f' => projected = Some(true),
            _ => {}
        }
    }
    projected
}

/// Whether a text ends in the letter `p` as a mark: `2023p`, `2023 (P)`.
pub(in crate::read) fn is_marked_p(text: &str) -> bool {
    letter_behind(text) == Some('p')
}

/// The single letter behind the digits of a text, with brackets perhaps, in lower case.
fn letter_behind(text: &str) -> Option<char> {
    let text = text.trim_end().trim_end_matches([')', '）', ']', '.']);
    let letter = text.chars().next_back().filter(char::is_ascii_alphabetic)?;
    let before = text[..text.len() - 1].trim_end_matches(['(', '（', '[', ' ']);
    before.ends_with(|c: char| c.is_ascii_digit()).then_some(letter.to_ascii_lowercase())
}

/// Reads a period of a column in which the letter `p` behind one says that its figure is `projected`, or that it is not.
pub(in crate::read) fn parse_where(text: &str, projected: Option<bool>) -> Result<When, PeriodFault> {
    match projected.filter(|_| is_marked_p(text)) {
        None => parse(text),
        Some(true) => parse(text).and(Err(PeriodFault::Estimate)),
        // In small letters it is not.
        Some(false) => parse(&text.to_lowercase()),
    }
}

/// The period in a text that is none as a whole.
pub(in crate::read::cell::period) fn marked(text: &str) -> Option<Result<When, PeriodFault>> {
    let bare = |text: &str| unmarked(text.trim()).ok();
    let judged = |when: When, standing| match standing {
        Standing::Actual => Ok(when),
        Standing::Forecast => Err(PeriodFault::Estimate),
    };
    // A word is known sooner than a period.
    let beside = |period: &str, word: &str| standing(word).and_then(|standing| Some((bare(period)?, standing)));
    if let Some((before, inner)) = in_brackets(text) {
        if let Some(standing) = standing_in_brackets(inner)
            && let Some(when) = bare(before)
        {
            return Some(judged(when, standing));
        }
        if let (Ok(inside), Some(when)) = (unmarked(inner), bare(before)) {
            return ending(when, inside).map(Ok);
        }
        // `2023 (Jan-Sep)`, `2023 (9 months)`: the part of the year that is meant.
        if before.trim().len() == 4
            && let Some(year) = bare(before).and_then(When::plain_year)
            && let Ok(part @ (When::Span(_) | When::Part { .. } | When::Parts { .. })) = unmarked(&format!("{inner} {year}"))
        {
            return Some(Ok(part));
        }
    }
    if let Some(when) = without_marks(text).and_then(bare) {
        return Some(Ok(when));
    }
    let words = || text.match_indices(' ').map(|(at, _)| (&text[..at], &text[at + 1..]));
    let mut sides = words().flat_map(|(first, last)| [(first, last), (last, first)]);
    if let Some((when, standing)) = sides.find_map(|(one, other)| beside(one, other)) {
        return Some(judged(when, standing));
    }
    // `2025/03予`
    let is_east_asian = |c: &(usize, char)| ('\u{3041}'..='\u{9fff}').contains(&c.1);
    let mut splits = text.char_indices().rev().take_while(is_east_asian).map(|(at, _)| text.split_at(at));
    if let Some((when, standing)) = splits.find_map(|(before, word)| beside(before, word)) {
        return Some(judged(when, standing));
    }
    // `2019A`, `4Q23A`, `2023p`
    let actual = text.strip_suffix(['A', 'a', 'p', 'R', 'r']).filter(|rest| rest.ends_with(|c: char| c.is_ascii_digit()));
    actual.and_then(bare).map(Ok)
}

/// The text before brackets at its end, and what is in them.
fn in_brackets(text: &str) -> Option<(&str, &str)> {
    let mut pairs = [('(', ')'), ('（', '）'), ('[', ']')].into_iter();
    let (before, inner) = pairs.find_map(|(open, close)| text.strip_suffix(close)?.rsplit_once(open))?;
    (!before.trim().is_empty()).then_some((before, inner.trim()))
}

/// A fiscal year of which the last month is given too: `FY2019 (Sep-19)`.
fn ending(when: When, inside: When) -> Option<When> {
    let last = last_month(inside).filter(|_| matches!(inside, When::Month(_) | When::Day(_)))?;
    match when {
        When::Part { step: Step::Year, year, .. } if (last.year() - year).abs() <= 1 => {
            Some(When::Span(Period::ending(last, 12)))
        }
        When::Part { step: Step::Quarter, .. } => Some(When::Span(Period::ending(last, 3))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_p_says_is_told_by_the_other_letters() {
        let column = |text: &'static str| are_projected(text.split(' '));
        assert_eq!(column("2021 2022r 2023p"), Some(false));
        assert_eq!(column("2022(r) 2023(e) 2024(P)"), Some(false));
        assert_eq!(column("2021A 2022A 2023P"), Some(true));
        assert_eq!(column("2021 2022 2023p"), None);
        let year = Ok(When::year(2023));
        assert_eq!(parse_where("2023P", Some(false)), year);
        assert_eq!(parse_where("2023p", Some(true)), Err(PeriodFault::Estimate));
        assert_eq!(parse_where("2023p", None), year);
        assert_eq!(parse_where("2023P", None), Err(PeriodFault::Estimate));
    }

    #[test]
    fn marks_and_words_beside_a_period() {
        let year = |year| Ok(When::year(year));
        for text in
            ["2018¹", "2018*", "2018 [1]", "2018 (a)", "2018A", "2018 (restated)", "Actual 2018", "FY18A", "FY2018 (unaudited)"]
        {
            assert_eq!(parse(text), year(2018), "{text}");
        }
        for text in
            ["2018p", "2018 p", "2018(p)", "2018 (P)", "2018 (provisional)", "2018r", "2018R", "2018 (r)", "2018 (prelim.)"]
        {
            assert_eq!(parse(text), year(2018), "{text}");
        }
        for text in [
            "2024E",
            "2024 (E)",
            "2024P",
            "2024 P",
            "2022-23 (RE)",
            "2023-24 (B.E.)",
            "2024 Budget",
            "Plan 2025",
            "3Q23E",
            "2024年3月期（予想）",
            "FY24 (est.)",
            "Q1 2024 forecast",
            "2025/03予",
            "2025年予想",
        ] {
            assert_eq!(parse(text), Err(PeriodFault::Estimate), "{text}");
        }
        assert_eq!(parse("FY2019 (Sep-19)"), parse("year ended Sep 2019"));
        for (text, other) in [
            ("2023 (Jan-Sep)", "Jan - Sep 2023"),
            ("2023 (9M)", "9M 2023"),
            ("2023 (Q1-Q3)", "Q1 2023 - Q3 2023"),
            ("2023 (H1)", "H1 2023"),
        ] {
            assert_eq!(parse(text), parse(other), "{text}");
        }
        for text in ["2018 (Berlin)", "Plan B", "A", "E", "(2018)x", "Budget"] {
            assert!(parse(text).is_err(), "{text}");
        }
    }
}
