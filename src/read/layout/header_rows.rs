//! Which rows are a header: rows that differ in kind from those under them.

use crate::calendar::Step;
use crate::read::cell::amount::{self, is_missing};
use crate::read::cell::period::{self, PeriodFault, Standing, When};
use crate::read::cell::unit::{unit_in_label, unit_words};
use crate::read::cell::words::{Meaning, Sense};
use crate::read::layout::total::is_total;
use crate::read::report::reason::HeaderBy;

/// The names of columns, and how many rows they take.
pub(super) struct Names {
    pub(super) columns: Vec<String>,
    pub(super) rows: usize,
    /// What makes them the header.
    pub(super) by: HeaderBy,
}

/// The names that a header beginning with this row gives, if the row can begin one. A header may have two rows, as where
/// years stand merged above their quarters.
pub(super) fn names(sample: &[Vec<String>], row: usize) -> Option<Names> {
    let upper = &sample[row];
    if holds_figures(upper) || is_gap(upper) {
        return None;
    }
    if let Some(lower) = sample.get(row + 1)
        && let Some((columns, by)) = joined(upper, lower, &sample[row + 2..])
    {
        return Some(Names { columns, rows: 2, by });
    }
    if let Some(columns) = with_year_above(&sample[..row], upper, &sample[row + 1..]) {
        return Some(Names { columns, rows: 1, by: HeaderBy::YearAbove });
    }
    Some(Names { columns: upper.clone(), rows: 1, by: HeaderBy::Figures })
}

/// The names of columns that are parts of a year, with the one year that titles above them name: `Q1, Q2` below `Sales 2023`.
fn with_year_above(titles: &[Vec<String>], names: &[String], below: &[Vec<String>]) -> Option<Vec<String>> {
    let is_part = |at: &usize| matches!(period::parse(&names[*at]), Err(PeriodFault::NoYear));
    let (parts, others): (Vec<usize>, Vec<usize>) = (0..names.len()).partition(is_part);
    if parts.len() < 2 {
        return None;
    }
    // Rows or other columns may say the year.
    let is_year = |cell: &String| matches!(period::parse(cell), Ok(When::Part { .. }));
    let says_year = |at: &usize| is_year(&names[*at]) || below.iter().any(|row| row.get(*at).is_some_and(is_year));
    if others.iter().any(says_year) {
        return None;
    }
    let mut years: Vec<&str> = titles.iter().flatten().filter_map(|title| year_in(title)).collect();
    let all = titles.iter().flatten().flat_map(|title| title.split(SEPARATORS)).filter(|word| is_year_word(word)).count();
    years.dedup();
    let ([year], 1) = (years.as_slice(), all) else { return None };
    let name = |at: usize| if is_part(&at) { format!("{} {year}", names[at].trim()) } else { names[at].clone() };
    // Months that begin with April or run over the end of a year are of a fiscal one, which the title's year names.
    let month = |at: &usize| period::parse(&name(*at)).ok().and_then(When::month);
    let months: Vec<_> = parts.iter().filter_map(month).collect();
    let is_calendar_year = months.first().is_none_or(|first| first.month() == 1) && months.is_sorted();
    is_calendar_year.then(|| (0..names.len()).map(name).collect())
}

/// What stands between the words of a title.
const SEPARATORS: [char; 6] = [' ', ',', ':', ';', '(', ')'];

/// Whether a word is a year: `2024`, `FY2024`.
fn is_year_word(word: &str) -> bool {
    word.chars().filter(char::is_ascii_digit).count() == 4 && period::is_name(word)
}

/// The year that a title gives to what is below it: by itself, or beside a word for revenue or a period. `Sales in constant 2015
/// prices` gives none.
fn year_in(title: &str) -> Option<&str> {
    let words: Vec<&str> = title.split(SEPARATORS).filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|word| is_year_word(word))?;
    let says = |word: &str| Meaning::of(word).has_any(&[Sense::Revenue, Sense::NetSales, Sense::Period, Sense::Total]);
    let is_title = match (at.checked_sub(1).map(|before| words[before]), words.get(at + 1)) {
        (None, None) => true,
        (Some(before), _) if says(before) || before.eq_ignore_ascii_case("for") => true,
        (None, Some(behind)) => says(behind),
        _ => false,
    };
    is_title.then_some(words[at])
}

/// Whether a row holds figures, so that it names nothing: a number that is not a period by itself, with a word on how sure it is
/// perhaps.
pub(super) fn holds_figures(row: &[String]) -> bool {
    let row: Vec<&str> = row.iter().map(|cell| without_remark(cell)).collect();
    // `$000` in the corner is a unit.
    let is_corner = |at: usize, cell: &str| at == 0 && unit_words(cell).is_some();
    let is_figure = |(at, cell): (usize, &&str)| is_number(cell) && !is_period(cell) && !is_corner(at, cell);
    row.iter().enumerate().any(is_figure) || !may_be_years(&row)
}

/// Whether a row says that a period has no figure: `2018, n/a`.
fn is_gap(row: &[String]) -> bool {
    let missing = |cell: &str| !cell.trim().is_empty() && is_missing(cell);
    row.iter().any(|cell| missing(cell)) && row.iter().all(|cell| missing(cell) || is_period(cell))
}

/// A cell without what stands around its number: `~ 1,400`, `approx. 1550`, `1490 (est.)`.
fn without_remark(cell: &str) -> &str {
    let cell = cell.trim();
    let remark = cell.strip_suffix(')').and_then(|rest| rest.rsplit_once(" ("));
    let cell = remark.filter(|(_, words)| words.starts_with(char::is_alphabetic)).map_or(cell, |(before, _)| before.trim_end());
    amount::without_about(cell)
}

/// Whether the numbers of four digits in a row can be years: in order and near our own, or one after the other. `5120, 5290`
/// are amounts.
fn may_be_years(row: &[&str]) -> bool {
    let year = |cell: &&str| cell.trim().parse::<i32>().ok().filter(|year| (1000..=9999).contains(year));
    let numbers: Vec<i32> = row.iter().filter_map(year).collect();
    let in_order = |steps: fn(i32) -> bool| numbers.windows(2).all(|pair| steps(pair[1] - pair[0]));
    let near = numbers.iter().all(|year| (1900..=2100).contains(year));
    let monotone = in_order(|step| step >= 0) || in_order(|step| step <= 0);
    near && (monotone || numbers.len() < 3)
        || numbers.len() > 1 && (in_order(|step| matches!(step, 0 | 1)) || in_order(|step| matches!(step, 0 | -1)))
}

/// Whether a cell is a period, with a unit perhaps: `2024`, `2024 ($m)`.
fn is_period(cell: &str) -> bool {
    let base = unit_in_label(cell).map_or(cell, |(base, ..)| base);
    period::is_name(base) || matches!(period::parse(base), Err(PeriodFault::Estimate))
}

/// Whether a row holds a figure and when it was, as a row below a header does.
pub(super) fn is_data(row: &[String]) -> bool {
    let is_period = |cell: &String| period::parse(cell).is_ok();
    let is_amount = |cell: &String| cell.contains(|c: char| c.is_ascii_digit()) && amount::parse(cell).is_ok();
    let period = row.iter().position(is_period);
    period.is_some_and(|period| row.iter().enumerate().any(|(at, cell)| at != period && is_amount(cell)))
}

/// A number, with its sign and unit perhaps, and not a word with a number in it.
fn is_number(cell: &str) -> bool {
    cell.contains(|c: char| c.is_ascii_digit()) && !cell.starts_with(char::is_alphabetic) && amount::parse(cell).is_ok()
}

/// The names of two rows together: years over parts of years, or groups over names that repeat.
fn joined(upper: &[String], lower: &[String], below: &[Vec<String>]) -> Option<(Vec<String>, HeaderBy)> {
    let filled = |row: &[String]| row.iter().filter(|cell| !cell.trim().is_empty()).count();
    // A row of units may stand between.
    let is_of_units = |row: &&Vec<String>| row.iter().skip(1).all(|cell| cell.trim().is_empty() || unit_words(cell).is_some());
    let next = below.first().filter(is_of_units).map_or(below.first(), |_| below.get(1));
    let is_above_figures = next.is_none_or(|next| holds_figures(next));
    if let Some(names) = spans(upper, lower) {
        return Some((names, HeaderBy::Spans));
    }
    if holds_figures(lower) || filled(lower) < 2 || filled(upper) < 1 {
        return None;
    }
    if let Some(names) = with_standings(upper, lower) {
        return Some((names, HeaderBy::Standings));
    }
    if filled(upper) < 2 {
        return None;
    }
    let groups = filled_on(upper, lower);
    let is_part = |cell: &String| matches!(period::parse(cell), Err(PeriodFault::NoYear));
    let is_year = |cell: &String| matches!(period::parse(cell), Ok(When::Part { .. }));
    let grouped: Vec<usize> = (0..lower.len()).filter(|at| !groups[*at].is_empty() && !lower[*at].trim().is_empty()).collect();
    let years_over_parts = grouped.iter().filter(|at| is_part(&lower[**at]) && is_year(&groups[**at])).count();
    let repeats = || {
        // Days below periods are not names: two periods may have been published on one.
        let is_day = |cell: &String| matches!(period::parse(cell), Ok(When::Day(_) | When::Either { .. }));
        let mut names: Vec<&String> = grouped.iter().map(|at| &lower[*at]).filter(|cell| !is_day(cell)).collect();
        names.sort_unstable();
        names.windows(2).any(|pair| pair[0] == pair[1])
    };
    // `H1, H1, FY` over `2024, 2023, 2023`: what stands once over all is not a group.
    let parts_over_years = grouped.iter().filter(|at| is_part(&groups[**at]) && is_year(&lower[**at])).count();
    let parts_above = (1..upper.len()).filter(|at| is_part(&upper[*at])).count();
    let by_parts = parts_above >= 2 && parts_over_years * 2 > grouped.len();
    let by_years = years_over_parts >= 2 && years_over_parts * 2 > grouped.len() || by_parts;
    let by_groups = || is_above_figures && filled(upper) < filled(lower) && repeats();
    if !(by_years || by_groups()) {
        return None;
    }
    let name = |at: usize| {
        let (group, name) = (groups[at].trim(), lower[at].trim());
        match (group.is_empty(), name.is_empty()) {
            (true, _) => name.to_owned(),
            (false, true) => upper.get(at).map_or("", |cell| cell.trim()).to_owned(),
            (false, false) if is_part(&lower[at]) || is_year(&groups[at]) => format!("{name} {group}"),
            (false, false) => format!("{group} {name}"),
        }
    };
    let all = (0..lower.len().max(upper.len())).map(|at| if at < lower.len() { name(at) } else { upper[at].clone() });
    Some((all.collect(), if by_years && !by_parts { HeaderBy::YearsOverParts } else { HeaderBy::Groups }))
}

/// The names of two rows of which the upper says how long periods are and the lower when they end: `3 Months Ended` over
/// `Mar. 31, 2024`, `Nine Months Ended September 30` over `2024`.
fn spans(upper: &[String], lower: &[String]) -> Option<Vec<String>> {
    let groups = filled_on(upper, lower);
    let joined = |at: usize| format!("{} {}", groups[at].trim(), lower[at].trim());
    let is_day = |at: &usize| matches!(period::parse(&lower[*at]), Ok(When::Day(_) | When::Either { .. }));
    let is_year = |at: &usize| matches!(period::parse(&lower[*at]), Ok(When::Part { step: Step::Year, .. }));
    let is_span = |at: &usize| {
        !groups[*at].trim().is_empty() && (is_day(at) || is_year(at)) && !is_span(&groups[*at]) && is_span(&joined(*at))
    };
    let spans: Vec<usize> = (0..lower.len()).filter(is_span).collect();
    let others = (1..lower.len()).filter(|at| !lower[*at].trim().is_empty() && !spans.contains(at)).count();
    // Whole years are told as well by the words above their names.
    let is_part = |at: &usize| matches!(period::parse(&joined(*at)), Ok(When::Span(span)) if span.months() < 12);
    if !spans.iter().any(|at| is_day(at) || is_part(at)) || others > 0 {
        return None;
    }
    let name = |at: usize| match lower.get(at) {
        Some(_) if spans.contains(&at) => joined(at),
        Some(name) if !name.trim().is_empty() => name.clone(),
        _ => upper.get(at).cloned().unwrap_or_default(),
    };
    Some((0..lower.len().max(upper.len())).map(name).collect())
}

/// Whether a text says when a period ends and how long it is.
fn is_span(text: &str) -> bool {
    matches!(period::parse(text), Ok(When::Span(_)))
}

/// The names of two rows of which one holds periods and the other says which of them are forecasts: `Actual`, `Forecast`.
fn with_standings(upper: &[String], lower: &[String]) -> Option<Vec<String>> {
    let width = upper.len().max(lower.len());
    let cell = |row: &[String], at: usize| row.get(at).map_or("", |cell| cell.trim()).to_owned();
    let columns = |row: &[String]| (0..width).filter(|at| is_period(&cell(row, *at))).collect::<Vec<usize>>();
    let (of_upper, of_lower) = (columns(upper), columns(lower));
    let (periods, words, at_periods) = match (of_upper.len(), of_lower.len()) {
        (0, 2..) => (lower, upper, of_lower),
        (2.., 0) => (upper, lower, of_upper),
        _ => return None,
    };
    // `Actual, Budget` under each month are groups of columns.
    if words.iter().enumerate().any(|(at, word)| at > at_periods[0] && !word.trim().is_empty() && !at_periods.contains(&at)) {
        return None;
    }
    // Merged cells say once what holds for several columns.
    let mut said: Vec<String> = Vec::with_capacity(at_periods.len());
    for at in &at_periods {
        let here = cell(words, *at);
        said.push(if here.is_empty() { said.last().cloned().unwrap_or_default() } else { here });
    }
    // `YTD` and `Full year` may stand beside them.
    let standing = |word: &String| period::standing(word);
    if said.iter().filter(|word| standing(word).is_some()).count() < 2 {
        return None;
    }
    let is_forecast = |word: &String| standing(word) == Some(Standing::Forecast);
    let any_forecast = said.iter().any(is_forecast);
    let is_sum = |word: &str| is_total(word) || period::parse(&format!("{word} 2024")).ok() == Some(When::year(2024));
    let name = |at: usize| {
        let (own, other) = (cell(periods, at), cell(words, at));
        match at_periods.iter().position(|period| *period == at).map(|place| &said[place]) {
            // A letter could be read as one of the period's own: `F` is fiscal as well.
            // A year in which some months are forecast is one itself.
            Some(word) if any_forecast && standing(word).is_none() && is_sum(word) => format!("{own} (forecast)"),
            Some(word) if word.chars().count() == 1 => format!("{own} ({word})"),
            Some(word) if !word.is_empty() => format!("{own} {word}"),
            None if own.is_empty() => other,
            // The corner may say the unit.
            None if unit_words(&other).is_some() => format!("{own} ({other})"),
            _ => own,
        }
    };
    Some((0..width).map(name).collect())
}

/// For each column the group above it: that of its own column, or of the nearest to the left, as merged cells leave it.
fn filled_on(upper: &[String], lower: &[String]) -> Vec<String> {
    let mut groups = Vec::with_capacity(lower.len());
    let mut last = String::new();
    for (at, name) in lower.iter().enumerate() {
        let cell = upper.get(at).map_or("", |cell| cell.trim());
        if !cell.is_empty() {
            cell.clone_into(&mut last);
        }
        // A first column without a name of its own is that of the labels.
        let is_label = at == 0 && name.trim().is_empty();
        if is_label {
            groups.push(cell.to_owned());
            last.clear();
        } else {
            groups.push(last.clone());
        }
    }
    groups
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(text: &str) -> Vec<Vec<String>> {
        text.lines().map(|line| line.split(',').map(str::to_owned).collect()).collect()
    }

    #[test]
    fn a_header_differs_from_the_rows_under_it() {
        assert!(names(&rows("jaar,eur\n2012,68.628"), 0).is_some());
        assert!(names(&rows("2012,68.628\n2013,78.161"), 0).is_none());
        assert!(names(&rows(",2021,2022\nRevenue,1,2"), 0).is_some());
        assert!(names(&rows("Acme,revenue,2024,10\nAcme,revenue,2025,12"), 0).is_none());
    }

    #[test]
    fn two_rows_are_joined_where_they_belong_together() {
        let cases = [
            (",2022,,2023,\n,Q1,Q2,Q1,Q2\nRevenue,1,2,3,4", ",Q1 2022,Q2 2022,Q1 2023,Q2 2023"),
            ("Segment,2022,2022,2023\n,Q1,Q2,Q1\nCloud,1,2,3", "Segment,Q1 2022,Q2 2022,Q1 2023"),
            ("Year,Revenue,,Costs,\n,US,EU,US,EU\n2023,1,2,3,4", "Year,Revenue US,Revenue EU,Costs US,Costs EU"),
            (",H1,H1,FY\n,2024,2023,2023\nRevenue,1,2,3", ",H1 2024,H1 2023,FY 2023"),
            (
                "USD m,Actual,Actual,Forecast\n,Jan-25,Feb-25,Mar-25\nRevenue,1,2,3",
                "USD m,Jan-25 Actual,Feb-25 Actual,Mar-25 Forecast",
            ),
            (",2023,2024,2025\n,A,,F\nRevenue,1,2,3", ",2023 (A),2024 (A),2025 (F)"),
            ("月,実績,,予想\n,2023,2024,2025\n売上高,1,2,3", "月,2023 実績,2024 実績,2025 予想"),
            ("EUR k,2023,,2024,\n,Q1,Q2,Q1,Q2\nNet sales,4120,4290,4390,4500", "EUR k,Q1 2023,Q2 2023,Q1 2024,Q2 2024"),
            ("EUR k,2022,2023\n,A,F\nNet sales,2010,2024", "EUR k,2022 (A),2023 (F)"),
            ("Product,2023,,2024,\n,M1,M2,M1,M2\nApp,1000,1010,1060,1070", "Product,M1 2023,M2 2023,M1 2024,M2 2024"),
            ("month,revenue\n2024-01,5", "month,revenue"),
            ("Report,Q1 sales\nmonth,revenue\n2024-01,5", "Report,Q1 sales"),
        ];
        for (text, expected) in cases {
            assert_eq!(names(&rows(text), 0).unwrap().columns.join(","), expected, "{text}");
        }
    }
}
