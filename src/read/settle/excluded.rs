//! Figures that the user leaves out of the fit: `2020-03..2021-12`, `Series:2021`.

use std::fmt;
use std::str::FromStr;

use crate::calendar::{FiscalCalendar, Month, Period};
use crate::series::{Role, Series};

use crate::read::PeriodFault;
use crate::read::cell::period::{When, parse};
use crate::read::report::notice::Notice;
use crate::read::settle::Settling;
use crate::read::settle::draft::Draft;
use crate::read::settle::gathered::Form;

/// Which figures to leave out of the fit: those whose periods lie within a stretch of time, of all series or of some.
#[derive(Clone, Debug, PartialEq)]
pub struct Exclusion {
    text: String,
    series: Option<String>,
    from: Option<When>,
    to: Option<When>,
}

/// Reads `2021`, `2020-03..2021-12`, `..2019` and `2022Q3..`, each with the name of a series and a colon before it or not.
impl FromStr for Exclusion {
    type Err = PeriodFault;

    fn from_str(text: &str) -> Result<Self, PeriodFault> {
        let (series, span) = match text.rsplit_once(':') {
            Some((series, span)) => (Some(series.trim().to_owned()), span),
            None => (None, text),
        };
        let (from, to) = span.split_once("..").unwrap_or((span, span));
        let end = |end: &str| if end.trim().is_empty() { Ok(None) } else { parse(end).map(Some) };
        let (from, to) = (end(from)?, end(to)?);
        let exclusion = Self { text: text.to_owned(), series, from, to };
        if exclusion.from.is_none() && exclusion.to.is_none() {
            return Err(PeriodFault::NotAPeriod);
        }
        exclusion.span(FiscalCalendar::default()).map(|_| exclusion)
    }
}

/// As it was given.
impl fmt::Display for Exclusion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Exclusion {
    /// The months it spans in a calendar.
    fn span(&self, calendar: FiscalCalendar) -> Result<Period, PeriodFault> {
        let months = |when: Option<When>, open: Month| match when {
            None => Ok(open.into()),
            Some(When::Day(day)) => Month::of(day).map(Period::from).ok_or(PeriodFault::NotInCalendar),
            Some(when) => when.period(calendar).ok_or(PeriodFault::NotAPeriod),
        };
        let (from, to) = (months(self.from, Month::MIN)?, months(self.to, Month::MAX)?);
        Period::new(from.first(), to.last()).ok_or(PeriodFault::Reversed)
    }

    /// Whether it is for a series of this name.
    pub(in crate::read) fn is_for(&self, series: &str) -> bool {
        self.series.as_ref().is_none_or(|pattern| matches(&pattern.to_lowercase(), &series.to_lowercase()))
    }

    /// Whether it leaves out figures for this period.
    pub(in crate::read) fn covers(&self, period: Period, calendar: FiscalCalendar) -> bool {
        self.span(calendar).is_ok_and(|span| span.covers(period))
    }
}

impl Settling<'_> {
    /// Makes the series, without the figures that the user leaves out of the fit; counts by exclusion what is left out.
    pub(in crate::read) fn excluded(&mut self, draft: Draft, counts: &mut [u64]) -> Series {
        let (name, calendar, exclusions) = (draft.name.clone(), draft.calendar, &self.options.exclude);
        let series = draft.finish();
        let of_series: Vec<usize> = (0..exclusions.len()).filter(|at| exclusions[*at].is_for(&name)).collect();
        if of_series.is_empty() {
            return series;
        }
        let series = series.without(|figure| {
            let mut covered = false;
            for at in of_series.iter().filter(|at| exclusions[**at].covers(figure.period, calendar)) {
                covered = true;
                counts[*at] += 1;
            }
            covered
        });
        for (figure, _) in series.figures().iter().zip(series.roles()).filter(|(_, role)| **role == Role::Excluded) {
            let Some(place) = figure.place.clone() else { continue };
            let period = calendar.name(figure.period);
            self.notices.add(Form::Excluded, &name, || place, |extent| Notice::Excluded { extent, period });
        }
        series
    }
}

/// Whether a name is what a pattern says, in which `*` stands for any text and `?` for one character.
fn matches(pattern: &str, name: &str) -> bool {
    let mut rest = pattern.chars();
    match rest.next() {
        None => name.is_empty(),
        Some('*') => {
            let rest = rest.as_str();
            name.char_indices().any(|(at, _)| matches(rest, &name[at..])) || matches(rest, "")
        }
        Some(first) => {
            let mut name = name.chars();
            name.next().is_some_and(|here| first == '?' || first == here) && matches(rest.as_str(), name.as_str())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn exclusions_are_stretches_of_time_of_all_series_or_of_some() {
        let calendar = FiscalCalendar::default();
        let month = |year, number| Period::from(Month::new(year, number).unwrap());
        for (text, series, period, covered) in [
            ("2021", "A", month(2021, 5), true),
            ("2021", "A", month(2022, 1), false),
            ("2020-03..2021-12", "A", calendar.year(2021).unwrap(), true),
            ("2020-03..2021-12", "A", calendar.year(2020).unwrap(), false),
            ("..2019", "A", month(1990, 1), true),
            ("2022Q3..", "A", month(2040, 1), true),
            ("2022Q3..", "A", month(2022, 6), false),
            ("north*:2021", "North America", month(2021, 1), true),
            ("north*:2021", "South", month(2021, 1), false),
            ("A: B:2021", "a: b", month(2021, 1), true),
        ] {
            let exclusion: Exclusion = text.parse().unwrap();
            assert_eq!(exclusion.is_for(series) && exclusion.covers(period, calendar), covered, "{text} {series} {period}");
        }
    }

    #[test]
    fn what_is_no_stretch_of_time_is_refused() {
        for text in ["", "..", "A:", "spring", "2021-12..2020-03", "A:2021..B"] {
            assert!(text.parse::<Exclusion>().is_err(), "{text}");
        }
    }
}
