//! What a careful reader would ask about a series: gaps, restatements, figures far from their neighbours.
//!
//! Looks at a finished [`Series`] and changes nothing: `inspect` shows it, and what is fitted is the series' own decision.

use std::fmt;

use crate::calendar::Period;
use crate::money::{Currency, short};
use crate::series::{Fact, Figure, Place, Role, Series};

/// Something to look at.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Finding {
    /// Months between two totals that no total covers.
    Gap {
        /// The months.
        period: Period,
        /// Their name.
        name: String,
        /// Where the total behind them stands.
        place: Option<Place>,
    },
    /// A figure was restated: another, known later, takes its place.
    Restated {
        /// The period, named.
        name: String,
        /// The amount that was.
        before: f64,
        /// The amount that stands.
        after: f64,
        /// Currency of both.
        currency: Currency,
        /// Where the figure that was stands.
        place: Option<Place>,
    },
    /// A figure far above or below those before and behind it.
    Outlier {
        /// The period, named.
        name: String,
        /// The figure's rate over the nearer of its neighbours' rates.
        factor: f64,
        /// Where it stands.
        place: Option<Place>,
    },
}

impl Finding {
    /// Where it shows.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Gap { place, .. } | Self::Restated { place, .. } | Self::Outlier { place, .. } => place.as_ref(),
        }
    }
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Gap { period, name, .. } => match period.months() {
                1 => write!(f, "no figure for {name}"),
                months => write!(f, "no figure for {months} months, {name}"),
            },
            Self::Restated { name, before, after, currency, .. } => {
                write!(f, "{name} was restated from {} to {}", short(*before, *currency), short(*after, *currency))
            }
            Self::Outlier { name, factor, .. } if *factor > 1.0 => {
                write!(f, "{name} is {factor:.1} times the larger of its neighbours: is a unit or a digit wrong?")
            }
            Self::Outlier { name, factor, .. } => {
                write!(f, "{name} is {factor:.2} times the smaller of its neighbours: is a unit or a digit wrong?")
            }
        }
    }
}

/// How far from both neighbours a figure must stand to be asked about. Monthly sales of a seasonal business reach twice their
/// neighbours; a wrong unit shows as 1,000 and a slipped digit as 10.
const FAR: f64 = 4.0;

/// Everything to look at in a series, in order of time for each kind of finding.
pub fn review(series: &Series) -> Vec<Finding> {
    let mut findings = gaps(series);
    findings.extend(restatements(series));
    findings.extend(outliers(series));
    findings
}

fn gaps(series: &Series) -> Vec<Finding> {
    let totals = series.observations().filter(|figure| matches!(figure.fact, Fact::Revenue(_)));
    let mut by_start: Vec<&Figure> = totals.collect();
    by_start.sort_by_key(|figure| figure.period.first());
    let mut findings = Vec::new();
    let mut covered = None;
    for figure in by_start {
        if let Some(covered) = covered
            && figure.period.first().since(covered) > 1
            && let Some(period) = Period::new(covered.plus(1), figure.period.first().plus(-1))
        {
            findings.push(Finding::Gap { period, name: series.calendar().name(period), place: figure.place.clone() });
        }
        covered = covered.max(Some(figure.period.last()));
    }
    findings
}

fn restatements(series: &Series) -> impl Iterator<Item = Finding> {
    series.figures().iter().zip(series.roles()).filter_map(|(figure, role)| {
        let Role::Superseded { by, dated: true } = role else { return None };
        let (before, after) = (figure.fact.amount()?.value(), series.figures()[*by].fact.amount()?.value());
        let changed = before.to_bits() != after.to_bits();
        changed.then(|| Finding::Restated {
            name: series.calendar().name(figure.period),
            before,
            after,
            currency: series.currency(),
            place: figure.place.clone(),
        })
    })
}

fn outliers(series: &Series) -> Vec<Finding> {
    let observed: Vec<&Figure> = series.observations().collect();
    let rate = |figure: &Figure| figure.annual_rate().filter(|rate| *rate > 0.0);
    let mut findings = Vec::new();
    for three in observed.windows(3) {
        let (Some(before), Some(here), Some(behind)) = (rate(three[0]), rate(three[1]), rate(three[2])) else { continue };
        let (above, below) = (here / before.max(behind), here / before.min(behind));
        let factor = if above > FAR { above } else { below };
        // A season that another year has too is no mistake.
        let like_here = |years: i32| {
            let period = three[1].period.shift(years * 12 / i32::try_from(three[1].period.months()).unwrap_or(12));
            let other = observed.iter().find(|figure| figure.period == period).and_then(|figure| rate(figure));
            other.is_some_and(|other| (0.5..=2.0).contains(&(other / here)))
        };
        if (above > FAR || below < 1.0 / FAR) && !like_here(-1) && !like_here(1) {
            let name = series.calendar().name(three[1].period);
            findings.push(Finding::Outlier { name, factor, place: three[1].place.clone() });
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{FiscalCalendar, Month};
    use crate::money::Amount;

    fn month(number: i32, value: f64) -> Figure {
        let month = Month::new(2024, 1).unwrap().plus(number);
        Figure::new(Fact::Revenue(Amount::exact(value).unwrap()), month.into())
    }

    fn findings(figures: Vec<Figure>) -> Vec<String> {
        let series = Series::new("Test", Currency::USD, FiscalCalendar::default(), figures);
        review(&series).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn gaps_are_months_that_no_total_covers() {
        let found = findings(vec![month(0, 1.0), month(1, 1.0), month(3, 1.0), month(6, 1.0)]);
        assert_eq!(found, ["no figure for 2024-03", "no figure for 2 months, 2024-05/2024-06"]);
    }

    #[test]
    fn a_restatement_names_both_amounts() {
        let (mut old, mut new) = (month(0, 1e9), month(0, 1.1e9));
        old.as_of = "2024-02-01".parse().ok();
        new.as_of = "2025-02-01".parse().ok();
        assert_eq!(findings(vec![old, new]), ["2024-01 was restated from $1B to $1.1B"]);
    }

    #[test]
    fn a_wrong_unit_stands_out() {
        let found = findings(vec![month(0, 1.0), month(1, 1100.0), month(2, 1.2), month(3, 1.3)]);
        assert_eq!(found, ["2024-02 is 916.7 times the larger of its neighbours: is a unit or a digit wrong?"]);
        assert_eq!(
            findings((0..12).map(|at| month(at, libm::pow(1.5, f64::from(at)))).collect()),
            [""; 0],
            "growth is not an outlier"
        );
        let toys = |at: i32| month(at, if at % 12 == 11 { 9.0 } else { 1.0 });
        assert_eq!(findings((0..36).map(toys).collect()), [""; 0], "every year has it");
    }
}
