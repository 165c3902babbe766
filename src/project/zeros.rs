//! Series with periods of nothing, which the growth model does not take as they are: it works on logarithms.
//!
//! Nothing earned in a period is a figure like any other and says what the series is like. A series may have begun, have ended, be
//! closed in certain months, or live from orders with gaps between them. What began is projected from its beginning; what has ended
//! stays at nothing; for the others the totals of whole years are projected (by growth where there are one or two, else by combine,
//! as such businesses are small and the growth model expects small companies to grow), and a part of a year gets what that part has
//! had of a year so far. A few stray zeros in a business that is steady otherwise are for the standard methods.

use super::growth::{Growth, GrowthFit};
use super::named::{AnyFit, Named};
use super::standard::Regular;
use super::{Details, Distribution, Fitted, ProjectError, Sample, Standard};
use crate::calendar::{FiscalCalendar, Month, Period};
use crate::money::Amount;
use crate::series::{Fact, Figure, Measure, Series};

/// What periods of nothing come from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Pattern {
    /// Nothing up to here, and then revenue in every period.
    Began(usize),
    /// So many periods of nothing at the end.
    Ended(usize),
    /// The same periods of each year.
    Seasonal,
    /// Gaps here and there.
    Sparse,
}

/// Periods of nothing at the end that are taken for the end: a year of them, or this many if no gap before was half as long.
const LONG_GAP: usize = 3;
/// The share of its years in which a part of the year that is closed may have revenue all the same.
const STRAY: f64 = 0.25;
/// With fewer gaps than this share the standard methods do.
const FEW_GAPS: f64 = 0.15;
/// Totals of whole years from which on the standard methods project them.
const ENOUGH_YEARS: usize = 3;
/// Values that a distribution of a part of a year is made of.
const VALUES: usize = 2_000;

/// What the zeros of regular totals come from; `None` if there are none, or too few to say.
fn pattern(values: &[f64], season: usize) -> Option<Pattern> {
    let is_zero = |value: &f64| *value <= 0.0;
    if !values.iter().any(is_zero) {
        return None;
    }
    let Some(first) = values.iter().position(|value| *value > 0.0) else {
        // Of one period of nothing there is nothing to say.
        return (values.len() >= season.max(2)).then_some(Pattern::Ended(values.len()));
    };
    let (before, all, values) = (first, values, &values[first..]);
    let zeros = values.iter().filter(|value| is_zero(value)).count();
    if zeros == 0 {
        return Some(Pattern::Began(before));
    }
    let at_end = values.iter().rev().take_while(|value| is_zero(value)).count();
    if at_end >= season.max(1) && at_end > longest_gap(&values[..values.len() - at_end]) {
        return Some(Pattern::Ended(at_end));
    }
    // A season's closed part may stand at the beginning, too.
    let known = if before < season { all } else { values };
    if season > 1 && known.len() >= 2 * season && is_seasonal(known, season) {
        return Some(Pattern::Seasonal);
    }
    if at_end >= LONG_GAP && at_end > 2 * longest_gap(&values[..values.len() - at_end]) {
        return Some(Pattern::Ended(at_end));
    }
    let many = zeros as f64 >= FEW_GAPS * values.len() as f64;
    (season > 1 && values.len() >= season && many).then_some(Pattern::Sparse)
}

fn longest_gap(values: &[f64]) -> usize {
    values.split(|value| *value > 0.0).map(<[f64]>::len).max().unwrap_or(0)
}

/// Whether nearly all zeros are in parts of the year that nearly always have them.
fn is_seasonal(values: &[f64], season: usize) -> bool {
    let (mut closed, mut stray) = (0, 0);
    for part in 0..season {
        let of_part: Vec<f64> = values.iter().skip(part).step_by(season).copied().collect();
        let zeros = of_part.iter().filter(|value| **value <= 0.0).count();
        if zeros as f64 >= (1.0 - STRAY) * of_part.len() as f64 {
            closed += zeros;
        } else {
            stray += zeros;
        }
    }
    closed > 0 && stray as f64 <= STRAY * closed as f64
}

/// A series with periods of nothing, fitted.
#[derive(Clone, Debug)]
pub struct ZerosFit {
    pattern: Pattern,
    /// What began from its beginning on, or the totals of years; `None` where all has ended.
    fit: Option<Box<AnyFit>>,
    regular: Regular,
    /// What the regular totals would say without a season, for details.
    details: Details,
}

/// Fits a series that has periods of nothing; `None` if it has none, or none that can be made out, or if it is not of regular totals.
///
/// # Errors
///
/// Those of the growth model.
pub(super) fn fit(growth: &Growth, series: &Series, window: Period) -> Result<Option<ZerosFit>, ProjectError> {
    let Ok(regular) = Regular::of(series, "growth") else { return Ok(None) };
    let season = regular.season();
    let Some(pattern) = pattern(&regular.values, season) else { return Ok(None) };
    let place = |at: usize| regular.first.shift(i32::try_from(at).unwrap_or(i32::MAX));
    let total = |period: Period, amount: f64| Some(Figure::new(Fact::Revenue(Amount::exact(amount)?), period));
    let count = regular.values.len();
    let figures: Vec<Figure> = match pattern {
        Pattern::Ended(_) => Vec::new(),
        Pattern::Began(first) => {
            series.observations().filter(|figure| figure.period.first() >= place(first).first()).cloned().collect()
        }
        // Whole years up to the last figure.
        Pattern::Seasonal | Pattern::Sparse => {
            years(&regular).filter_map(|(start, amount)| total(place(start).span(place(start + season - 1)), amount)).collect()
        }
    };
    if figures.iter().any(|figure| figure.fact.amount().is_none_or(|amount| amount.value() <= 0.0)) {
        // A whole year without revenue between others.
        return Ok(None);
    }
    let origin = place(count - 1).last();
    let of_years = FiscalCalendar::ending_in(origin.month()).unwrap_or(series.calendar());
    let fit = match (pattern, figures.len()) {
        (_, 0) => None,
        (Pattern::Began(_), _) => Some(Named::Growth.fit(growth, &series.of_figures(figures), window)?),
        (_, years) => {
            let method = if years < ENOUGH_YEARS { Named::Growth } else { Named::Standard(Standard::Combine) };
            let totals = Series::new(series.name(), series.currency(), of_years, figures).with_peers(series.peers());
            Some(method.fit(growth, &totals, window.span(Period::ending(origin.plus(12), 12)))?)
        }
    };
    let details = fit.as_ref().map_or_else(
        || {
            let fitted = String::new();
            Details::Standard(super::standard::Details { count, filled: regular.filled, season, fitted })
        },
        Fitted::details,
    );
    Ok(Some(ZerosFit { pattern, fit: fit.map(Box::new), regular, details }))
}

/// The first place and the total of each whole year up to the last value, from the first that has revenue on.
fn years(regular: &Regular) -> impl Iterator<Item = (usize, f64)> + '_ {
    let (season, count) = (regular.season(), regular.values.len());
    let first = regular.values.iter().position(|value| *value > 0.0).unwrap_or(0);
    let first = if first < season { 0 } else { first };
    let starts = (0..count / season).rev().map(move |back| count - (back + 1) * season);
    starts.filter(move |start| *start >= first).map(move |start| (start, regular.values[start..start + season].iter().sum()))
}

impl ZerosFit {
    /// The growth model's fit of what began, from its beginning on.
    pub(super) fn growth(&self) -> Option<&GrowthFit> {
        self.fit.as_ref().filter(|_| matches!(self.pattern, Pattern::Began(_)))?.growth()
    }

    fn place(&self, at: usize) -> Period {
        self.regular.first.shift(i32::try_from(at).unwrap_or(i32::MAX))
    }

    fn origin(&self) -> Month {
        self.place(self.regular.values.len() - 1).last()
    }

    /// What was earned in the months of a period up to the last figure, each month of a total having its part.
    fn earned(&self, period: Period) -> f64 {
        let months = f64::from(self.regular.first.months());
        let part = |(at, value): (usize, &f64)| {
            let own = self.place(at);
            let months_in =
                (own.first().index()..=own.last().index()).filter(|month| period.contains(Month::from_index(*month)));
            value * months_in.count() as f64 / months
        };
        self.regular.values.iter().enumerate().map(part).sum()
    }

    /// What parts of a year like `period`, shorter than a year, have had of a year's total so far: one share a year for a season, one
    /// for each stretch as long for gaps that may be anywhere.
    fn shares(&self, period: Period) -> Vec<f64> {
        if self.pattern == Pattern::Seasonal {
            let years: Vec<(usize, f64)> = years(&self.regular).collect();
            let of_year = |(start, total): &(usize, f64)| {
                let first = self.place(*start).first();
                // The same months of that year, which may lie on both sides of a new year.
                let months = (period.first().index()..=period.last().index())
                    .map(|month| self.earned(first.plus((month - first.index()).rem_euclid(12)).into()));
                months.sum::<f64>() / total
            };
            return years.iter().map(of_year).collect();
        }
        let values = &self.regular.values;
        let first = values.iter().position(|value| *value > 0.0).unwrap_or(0);
        let mean = values[first..].iter().sum::<f64>() / (values.len() - first) as f64;
        let step = self.regular.first.months() as usize;
        let length = (period.months() as usize).div_ceil(step).clamp(1, values.len() - first);
        let level = mean * length as f64;
        let like = f64::from(period.months()) / 12.0;
        values[first..].windows(length).map(|window| window.iter().sum::<f64>() / level * like).collect()
    }
}

impl Fitted for ZerosFit {
    fn method(&self) -> &'static str {
        self.fit.as_ref().map_or("naive", |fit| fit.method())
    }

    fn distribution(&self, measure: Measure, period: Period) -> Distribution {
        let Some(fit) = &self.fit else {
            let known = if measure == Measure::Revenue { self.earned(period) } else { 0.0 };
            return Distribution::of_sample(Sample::new(vec![known]));
        };
        if matches!(self.pattern, Pattern::Began(_)) {
            return fit.distribution(measure, period);
        }
        if measure == Measure::RunRate {
            // Totals of years have one rate for all of a year, which would leap in January: with months known, it is what the twelve
            // months up to this one come to. The growth model's rate is smooth.
            let year = Period::ending(period.last(), 12);
            return if fit.growth().is_none() && year.first() >= self.regular.first.first() {
                self.distribution(Measure::Revenue, year)
            } else {
                fit.distribution(measure, period)
            };
        }
        let (origin, known) = (self.origin(), self.earned(period));
        let Some(ahead) = Period::new(period.first().max(origin.plus(1)), period.last()) else {
            return Distribution::of_sample(Sample::new(vec![known]));
        };
        if ahead.months() >= 12 && known <= 0.0 {
            return fit.distribution(Measure::Revenue, ahead);
        }
        // The year that ends with these months, or the next one.
        let year = Period::ending(ahead.last().max(origin.plus(12)), ahead.months().max(12));
        let of_year = fit.distribution(Measure::Revenue, year);
        let shares = if ahead.months() >= 12 { vec![1.0] } else { self.shares(ahead) };
        if shares.iter().all(|share| *share <= 0.0) {
            return Distribution::of_sample(Sample::new(vec![known]));
        }
        let count = (VALUES / shares.len()).max(20);
        let levels: Vec<f64> = (0..count).map(|k| of_year.quantile((k as f64 + 0.5) / count as f64)).collect();
        let values = shares.iter().flat_map(|share| levels.iter().map(move |level| known + share * level));
        Distribution::of_sample(Sample::new(values.collect()))
    }

    fn ratio(&self, measure: Measure, period: Period, base: Period) -> Option<Distribution> {
        match (&self.fit, self.pattern) {
            (Some(fit), Pattern::Began(_)) => fit.ratio(measure, period, base),
            _ => None,
        }
    }

    fn start(&self) -> Month {
        self.fit.as_ref().map_or(self.regular.first.first(), |fit| fit.start())
    }

    fn reason(&self, series: &Series) -> String {
        let calendar = series.calendar();
        let count = self.regular.values.len();
        match self.pattern {
            Pattern::Began(first) => {
                format!("it begins in {}; what is before, of nothing, says nothing of its growth", calendar.name(self.place(first)))
            }
            Pattern::Ended(zeros) if zeros == count => "no revenue so far, and none is projected".to_owned(),
            Pattern::Ended(zeros) => {
                let last = calendar.name(self.place(count - zeros - 1));
                format!(
                    "taken to have ended, as nothing came after {last}; if it goes on, --trailing-zeros drop leaves out what is zero at \
                     the end"
                )
            }
            Pattern::Seasonal => {
                "closed for a part of each year: projected by the totals of twelve months, of which each part of a year gets its share so far"
                    .to_owned()
            }
            Pattern::Sparse => {
                "revenue comes with gaps: projected by the totals of twelve months, about whose share the parts of a year swing as so far"
                    .to_owned()
            }
        }
    }

    fn details(&self) -> Details {
        self.details.clone()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn run_rate_of_a_closed_season_does_not_leap_in_january() {
        let month = |year: i32, month: u32| Month::new(year, month).unwrap();
        let figures = (0..48).map(|at| {
            let earned =
                [0.0, 0.0, 0.0, 4.0, 8.0, 12.0, 14.0, 13.0, 7.0, 0.0, 0.0, 0.0][at % 12] * (1000.0 + 40.0 * (at / 12) as f64);
            Figure::new(Fact::Revenue(Amount::exact(earned).unwrap()), month(2021, 1).plus(i32::try_from(at).unwrap()).into())
        });
        let series = Series::new("Shop", crate::money::Currency::USD, FiscalCalendar::default(), figures.collect());
        let window = Period::new(month(2021, 1), month(2026, 12)).unwrap();
        let fitted = fit(&Growth::new(), &series, window).unwrap().unwrap();
        let ends = |month: Month| fitted.distribution(Measure::RunRate, month.into()).quantiles(&[0.1, 0.5, 0.9]);
        let year = fitted.distribution(Measure::Revenue, Period::ending(month(2025, 12), 12));
        // Closed in January: the last twelve months are known. In December it is the year.
        assert_eq!(ends(month(2025, 1)), [58.0 * 1120.0; 3]);
        for (end, whole) in ends(month(2025, 12)).iter().zip(year.quantiles(&[0.1, 0.5, 0.9])) {
            approx::assert_relative_eq!(*end, whole, max_relative = 1e-12);
        }
        let widths: Vec<f64> = (1..=12).map(|at| ends(month(2025, at))).map(|ends| ends[2] - ends[0]).collect();
        // December has the closed form, the months before it two thousand values of it.
        assert!(widths.windows(2).all(|pair| pair[0] <= pair[1] * (1.0 + 1e-4)), "{widths:?}");
    }

    #[test]
    fn what_zeros_come_from() {
        let months = |year: &[f64], times: usize| year.repeat(times);
        let summer = [0.0, 0.0, 0.0, 0.0, 0.0, 500.0, 900.0, 700.0, 0.0, 0.0, 0.0, 0.0];
        assert_eq!(pattern(&months(&summer, 3), 12), Some(Pattern::Seasonal));
        let winter = [0.0, 0.0, 80.0, 90.0, 100.0, 100.0, 110.0, 110.0, 90.0, 80.0, 70.0, 0.0];
        assert_eq!(pattern(&months(&winter, 2), 12), Some(Pattern::Seasonal));
        assert_eq!(pattern(&[[0.0; 7].as_slice(), &[5.0; 20]].concat(), 12), Some(Pattern::Began(7)));
        assert_eq!(pattern(&[[5.0; 20].as_slice(), &[0.0; 24]].concat(), 12), Some(Pattern::Ended(24)));
        assert_eq!(pattern(&[[5.0; 20].as_slice(), &[0.0; 4]].concat(), 12), Some(Pattern::Ended(4)));
        assert_eq!(pattern(&[0.0; 14], 12), Some(Pattern::Ended(14)));
        assert_eq!(pattern(&[0.0; 9], 12), None);
        let orders = [
            0.0, 3.0, 0.0, 0.0, 7.0, 2.0, 0.0, 9.0, 0.0, 1.0, 4.0, 0.0, 0.0, 0.0, 8.0, 0.0, 5.0, 3.0, 6.0, 0.0, 0.0, 2.0, 0.0,
            4.0,
        ];
        assert_eq!(pattern(&orders, 12), Some(Pattern::Sparse));
        // One month of nothing in a steady business.
        let mut steady = [100.0; 30];
        steady[17] = 0.0;
        assert_eq!(pattern(&steady, 12), None);
        assert_eq!(pattern(&[100.0; 30], 12), None);
        // A year without revenue between others.
        assert_eq!(pattern(&[5.0, 0.0, 7.0, 6.0], 1), None);
        // One year of nothing is the end: it is said, with how to overrule it.
        assert_eq!(pattern(&[5.0, 6.0, 0.0], 1), Some(Pattern::Ended(1)));
    }
}
