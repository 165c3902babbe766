//! Totals that cannot be true together: a part of a period with more revenue than the whole.

use std::fmt;

use crate::money::{Amount, Currency, short};
use crate::series::{Fact, Figure, Place, Series};

/// A total, and totals of parts of its period that come to more.
#[derive(Clone, Debug, PartialEq)]
pub struct Contradiction {
    /// Name of the series.
    pub series: String,
    /// Currency of the amounts.
    pub currency: Currency,
    /// The whole: its period, named, and its amount.
    pub whole: (String, f64),
    /// The parts, in order of time.
    pub parts: Vec<(String, f64)>,
    /// Where the whole stood.
    pub place: Option<Place>,
}

impl Contradiction {
    /// The first among the observations of `series`, if there is any: parts that do not overlap and come to more than the whole by
    /// more than all of them may be rounded.
    pub(super) fn find(series: &Series) -> Option<Box<Self>> {
        let totals: Vec<&Figure> = series.observations().filter(|figure| matches!(figure.fact, Fact::Revenue(_))).collect();
        let length = totals.first()?.period.months();
        if totals.iter().all(|figure| figure.period.months() == length) {
            return None;
        }
        totals.iter().find_map(|whole| {
            let stated = whole.fact.amount()?;
            let parts = most(&totals, whole);
            let sum: f64 = amounts(&parts).map(Amount::value).sum();
            // Half a unit of the last digit for each figure; the last term is for adding in binary.
            let units = stated.unit() + amounts(&parts).map(Amount::unit).sum::<f64>();
            (sum > stated.value() + units / 2.0 + 1e-9 * stated.value()).then(|| {
                let name = |figure: &Figure| series.calendar().name(figure.period);
                let amount = |figure: &Figure| figure.fact.amount().map_or(0.0, Amount::value);
                Box::new(Self {
                    series: series.name().to_owned(),
                    currency: series.currency(),
                    whole: (name(whole), stated.value()),
                    parts: parts.iter().map(|part| (name(part), amount(part))).collect(),
                    place: whole.place.clone(),
                })
            })
        })
    }
}

fn amounts<'a>(figures: &'a [&Figure]) -> impl Iterator<Item = Amount> + 'a {
    figures.iter().filter_map(|figure| figure.fact.amount())
}

/// The totals within the period of `whole`, shorter than it and without overlap, that come to the most.
fn most<'a>(totals: &[&'a Figure], whole: &Figure) -> Vec<&'a Figure> {
    let inside = |figure: &&&Figure| whole.period.covers(figure.period) && figure.period.months() < whole.period.months();
    // In order of their ends, as observations are. For each the most that parts up to it come to, and where those before it end if
    // it is one of them.
    let parts: Vec<&Figure> = totals.iter().filter(inside).copied().collect();
    let mut best = vec![0.0];
    let mut before_each = Vec::with_capacity(parts.len());
    for (at, part) in parts.iter().enumerate() {
        let before = parts[..at].partition_point(|other| other.period.last() < part.period.first());
        let with = best[before] + part.fact.amount().map_or(0.0, Amount::value);
        before_each.push((with > best[at]).then_some(before));
        best.push(best[at].max(with));
    }
    let (mut chosen, mut at) = (Vec::new(), parts.len());
    while at > 0 {
        at = match before_each[at - 1] {
            Some(before) => {
                chosen.push(parts[at - 1]);
                before
            }
            None => at - 1,
        };
    }
    chosen.reverse();
    chosen
}

impl fmt::Display for Contradiction {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { series, currency, whole, parts, .. } = self;
        let told: Vec<String> =
            parts.iter().map(|(period, amount)| format!("{} for {period}", short(*amount, *currency))).collect();
        let (told, come) = match told.as_slice() {
            [one] => (one.clone(), "is"),
            [first, .., last] if told.len() > 3 => (format!("{first} to {last}"), "come to"),
            [others @ .., last] => (format!("{} and {last}", others.join(", ")), "come to"),
            [] => (String::new(), "is"),
        };
        let sum: f64 = parts.iter().map(|(_, amount)| amount).sum();
        let sum = if parts.len() > 1 { format!(" {},", short(sum, *currency)) } else { String::new() };
        write!(
            f,
            "{series} has a revenue of {} for {}, but {told} {come}{sum} more than that",
            short(whole.1, *currency),
            whole.0
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::FiscalCalendar;

    fn series(figures: &[(Option<crate::calendar::Period>, f64, f64)]) -> Series {
        let figure = |(period, amount, unit): &(Option<crate::calendar::Period>, f64, f64)| {
            Figure::new(Fact::Revenue(Amount::new(*amount, *unit).unwrap()), period.unwrap())
        };
        Series::new("Test", Currency::USD, FiscalCalendar::default(), figures.iter().map(figure).collect())
    }

    #[test]
    fn parts_beyond_their_whole_are_named_and_rounding_is_not_held_against_them() {
        let calendar = FiscalCalendar::default();
        let (year, quarter) = (calendar.year(2024), |q| calendar.quarter(2024, q));
        let found = |figures: &[(Option<crate::calendar::Period>, f64, f64)]| {
            Contradiction::find(&series(figures)).map(|found| found.to_string())
        };
        let one = found(&[(year, 100e6, 1e6), (quarter(1), 120e6, 1e6)]);
        assert_eq!(one.as_deref(), Some("Test has a revenue of $100M for 2024, but $120M for 2024Q1 is more than that"));
        let two = found(&[(year, 100e6, 1e6), (quarter(1), 60e6, 1e6), (quarter(3), 50e6, 1e6)]);
        let expected =
            "Test has a revenue of $100M for 2024, but $60M for 2024Q1 and $50M for 2024Q3 come to $110M, more than that";
        assert_eq!(two.as_deref(), Some(expected));
        let half = crate::calendar::Period::ending(quarter(2).unwrap().last(), 6);
        // The first half is more than its quarter, and takes its place.
        let mixed = found(&[(year, 100e6, 1e6), (quarter(2), 20e6, 1e6), (Some(half), 80e6, 1e6), (quarter(4), 40e6, 1e6)]);
        assert!(mixed.is_some_and(|told| told.contains("$40M for 2024Q4 come to $120M")));
        assert_eq!(found(&[(year, 100e6, 1e6), (quarter(1), 100.9e6, 1e6)]), None);
        assert_eq!(found(&[(year, 100e6, 1e6), (quarter(1), 60e6, 1e6), (quarter(3), 30e6, 1e6)]), None);
    }
}
