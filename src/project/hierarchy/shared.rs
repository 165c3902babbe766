//! What the figures of a whole and of its parts say of each other.

use std::collections::BTreeSet;

use super::error::{CoherentError, CoherentNotice, Difference};
use crate::calendar::Period;
use crate::money::Amount;
use crate::series::{Aside, Fact, Figure, Measure, Place, Series};

/// How a whole and its parts go together.
pub(super) enum Shared {
    /// The parts are all of it.
    Whole,
    /// The whole states nothing: it is this sum.
    Sum {
        /// What it states besides, with the sums.
        series: Series,
        /// What to say of it.
        notice: CoherentNotice,
    },
    /// The parts leave this of the whole.
    Rest {
        /// One figure for each period that all have.
        figures: Vec<Figure>,
        /// The last of the periods, named.
        period: String,
        /// What was left of the whole in it.
        share: f64,
        /// Where the whole's figure stood.
        place: Option<Place>,
    },
}

/// A period that all have, with what they state.
struct Common {
    measure: Measure,
    period: Period,
    whole: Option<Amount>,
    parts: Amount,
}

/// Sums differ by this in the last places of a double, relative.
const BINARY: f64 = 1e-9;

impl Common {
    /// What the parts leave of the whole.
    fn rest(&self) -> f64 {
        self.whole.map_or(0.0, Amount::value) - self.parts.value()
    }

    /// Half a unit of the last digit for each figure, and what adding in binary takes.
    fn rounding(&self) -> f64 {
        let whole = self.whole.map_or(0.0, Amount::unit);
        (whole + self.parts.unit()) / 2.0 + BINARY * self.parts.value().abs()
    }
}

/// Compares the figures of a whole with those of its parts, in the order of their names.
pub(super) fn compare(name: &str, whole: Option<&Series>, parts: &[&Series]) -> Result<Shared, CoherentError> {
    let first = whole.unwrap_or(parts[0]);
    for part in parts {
        let (whole, part_name) = (name.to_owned(), part.name().to_owned());
        if part.currency() != first.currency() {
            let (currency, other) = (first.currency(), part.currency());
            return Err(CoherentError::Currencies { whole, part: part_name, currency, other });
        }
        if part.calendar() != first.calendar() {
            return Err(CoherentError::FiscalYears { whole, part: part_name });
        }
    }
    let stated = whole.filter(|whole| whole.origin().is_some());
    let common = common(stated, parts);
    if common.is_empty() {
        let place = parts[0].observations().next().and_then(|figure| figure.place.clone());
        return Err(CoherentError::NothingShared { whole: name.to_owned(), stated: stated.is_some(), place });
    }
    let Some(stated) = stated else { return Ok(summed(name, whole, first, parts.len(), &common)) };
    let short = common.iter().filter(|one| one.rest() > one.rounding()).count();
    let over = common.iter().filter(|one| one.rest() < -one.rounding()).count();
    if short == 0 && over == 0 {
        return Ok(Shared::Whole);
    }
    if over > 0 || common.iter().any(|one| one.rest() <= 0.0) {
        let calendar = stated.calendar();
        let told = |one: &&Common| if over > 0 { one.rest() < -one.rounding() } else { one.rest() > one.rounding() };
        let difference = |one: &Common| Difference {
            period: calendar.name(one.period),
            whole: one.whole.map_or(0.0, Amount::value),
            parts: one.parts.value(),
        };
        return Err(CoherentError::Disagree {
            whole: name.to_owned(),
            currency: stated.currency(),
            over: over > 0,
            periods: common.iter().filter(told).map(difference).collect(),
            of: common.len(),
            place: common.iter().find(told).and_then(|one| place_of(stated, one)),
        });
    }
    let figures = common.iter().filter_map(|one| {
        let unit = one.whole.map_or(0.0, Amount::unit) + one.parts.unit();
        Some(figure(one.measure, one.period, Amount::new(one.rest(), unit)?, "what the parts leave of the whole"))
    });
    let last = &common[common.len() - 1];
    Ok(Shared::Rest {
        figures: figures.collect(),
        period: stated.calendar().name(last.period),
        share: last.rest() / last.whole.map_or(1.0, Amount::value),
        place: place_of(stated, last),
    })
}

fn place_of(series: &Series, common: &Common) -> Option<Place> {
    series.observations().find(|figure| figure.period == common.period)?.place.clone()
}

/// The measures and periods of which the whole, if it states anything, and all parts know the amount, in order of time.
fn common(whole: Option<&Series>, parts: &[&Series]) -> Vec<Common> {
    let all = || parts.iter().copied().chain(whole);
    let spoken: BTreeSet<(Period, Measure)> =
        all().flat_map(Series::observations).filter_map(|figure| Some((figure.period, figure.fact.observes()?))).collect();
    let one = |(period, measure): (Period, Measure)| {
        let whole = match whole {
            Some(whole) => Some(whole.stated(measure, period)?),
            None => None,
        };
        let (mut sum, mut unit) = (0.0, 0.0);
        for part in parts {
            let amount = part.stated(measure, period)?;
            sum += amount.value();
            unit += amount.unit();
        }
        Some(Common { measure, period, whole, parts: Amount::new(sum, unit)? })
    };
    spoken.into_iter().filter_map(one).collect()
}

fn figure(measure: Measure, period: Period, amount: Amount, note: &str) -> Figure {
    let fact = match measure {
        Measure::Revenue => Fact::Revenue(amount),
        Measure::RunRate => Fact::RunRate(amount),
    };
    let aside = Aside { note: Some(note.to_owned()), ..Aside::default() };
    Figure { aside: Some(Box::new(aside)), ..Figure::new(fact, period) }
}

/// The whole as the sum of its parts; what it states besides, such as a target, stays.
fn summed(name: &str, whole: Option<&Series>, like: &Series, parts: usize, common: &[Common]) -> Shared {
    let sums = common.iter().map(|one| figure(one.measure, one.period, one.parts, "the sum of the parts"));
    let figures: Vec<Figure> = whole.iter().flat_map(|whole| whole.figures().iter().cloned()).chain(sums).collect();
    let place = whole.and_then(|whole| whole.figures().first()).and_then(|figure| figure.place.clone());
    Shared::Sum {
        series: Series::new(name, like.currency(), like.calendar(), figures).with_peers(whole.and_then(Series::peers)),
        notice: CoherentNotice::Sum {
            whole: name.to_owned(),
            parts,
            periods: common.len(),
            first: like.calendar().name(common[0].period),
            last: like.calendar().name(common[common.len() - 1].period),
            place,
        },
    }
}
