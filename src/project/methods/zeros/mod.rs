//! Series with periods of nothing, which the growth model does not take as they are: it works on logarithms.
//!
//! Nothing earned in a period is a figure like any other and says what the series is like. A series may have begun, have ended, be
//! closed in certain months, or live from orders with gaps between them. What began is projected from its beginning; what has ended
//! stays at nothing; for the others the totals of whole years up to the last figure are projected by their own trend, and a part of a
//! year gets what that part has had of a year so far. A few stray zeros in a business that is steady otherwise are for the standard
//! methods.

mod pattern;

use super::found::{Found, Nothing};
use super::growth::{Growth, GrowthFit, MOST_MONTHS};
use super::standard::Regular;
use super::trend::Trend;
use super::words;
use crate::calendar::{Month, Period};
use crate::project::{Details, Distribution, Fitted, Method, ProjectError, Sample};
use crate::series::{Figure, Measure, Series};
use pattern::{Pattern, pattern};

/// Name in files of the trend of the totals of years.
pub const YEARS: &str = "years";

/// Values of the total of a year that a distribution of a part of it is made of.
const VALUES: usize = 400;
/// With less revenue than this many months its growth is anybody's.
const FEW_MONTHS: u32 = 12;

/// A series with periods of nothing, fitted.
#[derive(Clone, Debug)]
pub struct ZerosFit {
    pattern: Pattern,
    answer: Answer,
    regular: Regular,
}

/// What answers for the periods ahead.
#[derive(Clone, Debug)]
enum Answer {
    /// All has ended.
    Nothing,
    /// The growth model, of what began from its beginning on.
    Growth(Box<GrowthFit>),
    /// The years after the last figure, each with so many of its quantiles.
    Years(Vec<(Distribution, Vec<f64>)>),
}

/// Fits a series that has periods of nothing; `None` if it has none, or none that can be made out, or if it is not of regular totals.
///
/// # Errors
///
/// Those of the growth model.
pub(super) fn fit(series: &Series, window: Period) -> Result<Option<ZerosFit>, ProjectError> {
    let Ok(regular) = Regular::of(series, "growth") else { return Ok(None) };
    let Some(pattern) = pattern(&regular.values, regular.season()) else { return Ok(None) };
    let place = |at: usize| regular.first.shift(i32::try_from(at).unwrap_or(i32::MAX));
    let origin = place(regular.values.len() - 1).last();
    let window = window.span(Period::ending(origin.plus(12), 12));
    let answer = match pattern {
        Pattern::Ended(_) => Answer::Nothing,
        Pattern::Began(first) => {
            let begun = |figure: &&Figure| figure.period.first() >= place(first).first();
            let figures: Vec<Figure> = series.observations().filter(begun).cloned().collect();
            Answer::Growth(Box::new(Growth::new().fit(&series.of_figures(figures), window)?))
        }
        Pattern::Seasonal | Pattern::Sparse => {
            let totals: Vec<f64> = years(&regular).map(|(_, total)| total).collect();
            if totals.iter().any(|total| *total <= 0.0) {
                // A whole year without revenue between others.
                return Ok(None);
            }
            let (first, last) = (regular.first.first(), window.last());
            let months = Period::new(first, last).map_or(1, Period::months);
            if months > MOST_MONTHS {
                return Err(ProjectError::TooLong {
                    series: series.name().to_owned(),
                    first,
                    last,
                    months,
                    limit: MOST_MONTHS,
                });
            }
            let ahead = usize::try_from(last.since(origin)).unwrap_or(0).div_ceil(12);
            let middles: Vec<f64> = (0..VALUES).map(|k| (k as f64 + 0.5) / VALUES as f64).collect();
            let with_values = |year: Distribution| {
                let values = year.quantiles(&middles);
                (year, values)
            };
            Answer::Years(Trend::of(&totals).ahead(ahead).into_iter().map(with_values).collect())
        }
    };
    Ok(Some(ZerosFit { pattern, answer, regular }))
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
        if let Answer::Growth(fit) = &self.answer { Some(fit) } else { None }
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

    /// The year, counted from the one after the last figure, that a month ahead lies in.
    fn year(&self, month: Month) -> usize {
        usize::try_from(month.since(self.origin()) - 1).unwrap_or(0) / 12
    }

    /// What is ahead of a period, cut where a year from the last figure ends.
    fn parts(&self, ahead: Period) -> impl Iterator<Item = (usize, Period)> {
        let origin = self.origin();
        (self.year(ahead.first())..=self.year(ahead.last())).filter_map(move |year| {
            let end = origin.plus(12 * i32::try_from(year + 1).unwrap_or(i32::MAX / 12));
            Some((year, Period::new(ahead.first().max(end.plus(-11)), ahead.last().min(end))?))
        })
    }

    /// What parts have had of a year's total so far, each a year or less: one list for each past year in a season, one for each
    /// stretch as long where gaps may be anywhere.
    fn shares(&self, ahead: Period, parts: &[(usize, Period)]) -> Vec<Vec<f64>> {
        if self.pattern == Pattern::Seasonal {
            let of_part = |(start, total): (usize, f64), part: Period| {
                let first = self.place(start).first();
                // The same months of that year, which may lie on both sides of a new year.
                let months = (part.first().index()..=part.last().index())
                    .map(|month| self.earned(first.plus((month - first.index()).rem_euclid(12)).into()));
                months.sum::<f64>() / total
            };
            return years(&self.regular).map(|year| parts.iter().map(|(_, part)| of_part(year, *part)).collect()).collect();
        }
        let by_months = |of_mean: f64| parts.iter().map(|(_, part)| of_mean * f64::from(part.months()) / 12.0).collect();
        if ahead.months() >= 12 {
            return vec![by_months(1.0)];
        }
        let values = &self.regular.values;
        let first = values.iter().position(|value| *value > 0.0).unwrap_or(0);
        let mean = values[first..].iter().sum::<f64>() / (values.len() - first) as f64;
        let step = self.regular.first.months() as usize;
        let length = (ahead.months() as usize).div_ceil(step).clamp(1, values.len() - first);
        let level = mean * length as f64;
        values[first..].windows(length).map(|window| by_months(window.iter().sum::<f64>() / level)).collect()
    }

    /// What the series was taken for.
    fn taken_for(&self) -> Nothing {
        let count = self.regular.values.len();
        match self.pattern {
            Pattern::Began(first) => Nothing::Began { first: self.place(first), open: self.open_growth(first) },
            Pattern::Ended(zeros) if zeros == count => Nothing::Never,
            Pattern::Ended(zeros) => Nothing::Ended(self.place(count - zeros - 1)),
            Pattern::Seasonal => Nothing::Seasonal,
            Pattern::Sparse => Nothing::Sparse,
        }
    }

    /// How open the growth of what began less than a year ago is: the months since, and an 80% interval of its growth in a year.
    fn open_growth(&self, first: usize) -> Option<(u32, f64, f64)> {
        let months = u32::try_from(self.regular.values.len() - first).ok()? * self.regular.first.months();
        let origin = self.origin();
        let ratio = self.ratio(Measure::RunRate, origin.plus(12).into(), origin.into()).filter(|_| months < FEW_MONTHS)?;
        Some((months, ratio.quantile(0.1), ratio.quantile(0.9)))
    }

    /// Revenue of a period by the totals of years.
    fn revenue(&self, years: &[(Distribution, Vec<f64>)], period: Period) -> Distribution {
        let (origin, known) = (self.origin(), self.earned(period));
        let Some(ahead) = Period::new(period.first().max(origin.plus(1)), period.last()) else {
            return Distribution::of_sample(Sample::new(vec![known]));
        };
        let year = |at: usize| &years[at.min(years.len() - 1)];
        let parts: Vec<(usize, Period)> = self.parts(ahead).collect();
        if let [(at, whole)] = parts.as_slice()
            && whole.months() == 12
            && known <= 0.0
        {
            return year(*at).0.clone();
        }
        let shares = self.shares(ahead, &parts);
        if shares.iter().flatten().all(|share| *share <= 0.0) {
            return Distribution::of_sample(Sample::new(vec![known]));
        }
        // Years that are better than expected are followed by such.
        let value = |shares: &[f64], k: usize| {
            known + parts.iter().zip(shares).map(|((at, _), share)| share * year(*at).1[k]).sum::<f64>()
        };
        Distribution::of_sample(Sample::new(shares.iter().flat_map(|of| (0..VALUES).map(move |k| value(of, k))).collect()))
    }
}

impl Fitted for ZerosFit {
    fn method(&self) -> &'static str {
        match &self.answer {
            Answer::Nothing => "naive",
            Answer::Growth(fit) => fit.method(),
            Answer::Years(_) => YEARS,
        }
    }

    fn distribution(&self, measure: Measure, period: Period) -> Distribution {
        match &self.answer {
            Answer::Nothing => {
                let known = if measure == Measure::Revenue { self.earned(period) } else { 0.0 };
                Distribution::of_sample(Sample::new(vec![known]))
            }
            Answer::Growth(fit) => fit.distribution(measure, period),
            Answer::Years(years) if measure == Measure::Revenue => self.revenue(years, period),
            // A year's rate would leap in January: it is what the twelve months up to this one come to, or the first twelve.
            Answer::Years(years) => {
                let earliest = self.regular.first.first().plus(11);
                self.revenue(years, Period::ending(period.last().max(earliest), 12))
            }
        }
    }

    fn ratio(&self, measure: Measure, period: Period, base: Period) -> Option<Distribution> {
        self.growth()?.ratio(measure, period, base)
    }

    fn start(&self) -> Month {
        self.growth().map_or(self.regular.first.first(), Fitted::start)
    }

    fn reason(&self, series: &Series) -> String {
        words::of_nothing(&self.taken_for(), series.calendar())
    }

    fn details(&self) -> Details {
        let found = match &self.answer {
            Answer::Growth(fit) => return fit.details(),
            Answer::Nothing => Found::Nothing,
            Answer::Years(_) => Found::Years(years(&self.regular).count()),
        };
        let Regular { first, filled, ref values, .. } = self.regular;
        let season = self.regular.season();
        Details::Standard(super::found::Details { first, count: values.len(), filled, season, breaks: Vec::new(), found })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::FiscalCalendar;
    use crate::money::Amount;
    use crate::series::Fact;

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
        let fitted = fit(&series, window).unwrap().unwrap();
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
}
