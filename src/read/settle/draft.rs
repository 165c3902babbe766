//! A series whose figures are known one by one and have not been looked at together yet.

use crate::calendar::{FiscalCalendar, Month, Period, Step};
use crate::money::Currency;
use crate::series::{Figure, Measure, Peers, Quantity, Series};

/// A series in the making.
#[derive(Debug)]
pub(in crate::read) struct Draft {
    pub(in crate::read) name: String,
    pub(in crate::read) parent: Option<String>,
    pub(in crate::read) peers: Option<Peers>,
    pub(in crate::read) quantity: Quantity,
    pub(in crate::read) currency: Currency,
    pub(in crate::read) calendar: FiscalCalendar,
    pub(in crate::read) figures: Vec<Figure>,
    /// Whether months were added up from entries, whose days show which months are complete.
    pub(in crate::read) dated: bool,
    /// Whether the column's name says that amounts count from the beginning of the year.
    pub(in crate::read) cumulative: bool,
    /// Whether something about it is asked, so that there is no point in asking more.
    pub(in crate::read) asked: bool,
}

/// A figure of a run.
#[derive(Clone, Copy, Debug)]
pub(in crate::read) struct Point {
    /// Index in the draft's figures.
    pub(in crate::read) index: usize,
    pub(in crate::read) period: Period,
    pub(in crate::read) value: f64,
}

/// The figures of one measure and one length, in order of time, one for each period.
#[derive(Clone, Debug)]
pub(in crate::read) struct Run {
    pub(in crate::read) step: Step,
    pub(in crate::read) points: Vec<Point>,
}

impl Draft {
    /// The figures of a measure at the shortest length that they have; `None` if that is not a step.
    pub(in crate::read) fn run(&self, measure: Measure) -> Option<Run> {
        let observed = || self.figures.iter().enumerate().filter(|(_, figure)| figure.fact.observes() == Some(measure));
        let step = Step::of_months(observed().map(|(_, figure)| figure.period.months()).min()?)?;
        let of_step = observed().filter(|(_, figure)| figure.period.months() == step.months());
        let mut points: Vec<Point> = Vec::with_capacity(self.figures.len());
        points.extend(of_step.filter_map(|(index, figure)| {
            let value = figure.fact.amount()?.value();
            Some(Point { index, period: figure.period, value })
        }));
        points.sort_by_key(|point| (point.period, self.figures[point.index].as_of, point.index));
        // Of two figures for one period the one known later stands, else the later row.
        points.dedup_by(|later, earlier| {
            let same = later.period == earlier.period;
            if same {
                *earlier = *later;
            }
            same
        });
        Some(Run { step, points })
    }

    /// The series, as it is now.
    pub(in crate::read) fn finish(self) -> Series {
        Series::new(self.name, self.currency, self.calendar, self.figures)
            .with_parent(self.parent)
            .with_peers(self.peers)
            .with_quantity(self.quantity)
    }
}

impl Run {
    /// Periods in a year.
    pub(in crate::read) fn per_year(&self) -> usize {
        12 / self.step.months() as usize
    }

    /// Whether the point at this index follows the one before it without a gap.
    pub(in crate::read) fn follows(&self, at: usize) -> bool {
        at > 0 && self.points[at].period.first().since(self.points[at - 1].period.last()) == 1
    }

    pub(in crate::read) fn value_at(&self, last: Month) -> Option<f64> {
        let at = self.points.binary_search_by_key(&last, |point| point.period.last()).ok()?;
        Some(self.points[at].value)
    }

    /// Logarithms of each figure over the one right before it, with the index of the later; only where both are positive.
    pub(in crate::read) fn changes(&self) -> Vec<(usize, f64)> {
        let adjacent = (1..self.points.len()).filter(|at| self.follows(*at));
        adjacent
            .filter_map(|at| {
                let (before, here) = (self.points[at - 1].value, self.points[at].value);
                (before > 0.0 && here > 0.0).then(|| (at, libm::log(here / before)))
            })
            .collect()
    }

    /// Whether every figure is between half and twice the one right before it, which takes no logarithms to tell.
    pub(in crate::read) fn is_even(&self) -> bool {
        self.points.windows(2).all(|pair| {
            let (before, here) = (pair[0].value, pair[1].value);
            before > 0.0 && here < 2.0 * before && before < 2.0 * here
        })
    }

    /// The run without the points for which this holds.
    pub(in crate::read) fn without(mut self, left_out: impl Fn(&Point) -> bool) -> Self {
        self.points.retain(|point| !left_out(point));
        self
    }
}

/// The middle value; 0 of none.
pub(in crate::read) fn median(values: &[f64]) -> f64 {
    let mut sorted = values.to_vec();
    sorted.sort_by(f64::total_cmp);
    match sorted.len() {
        0 => 0.0,
        count if count % 2 == 1 => sorted[count / 2],
        count => f64::midpoint(sorted[count / 2 - 1], sorted[count / 2]),
    }
}

/// The root of the mean square distance from the middle value.
pub(in crate::read) fn spread(values: &[f64]) -> f64 {
    let middle = median(values);
    let squares: f64 = values.iter().map(|value| (value - middle) * (value - middle)).sum();
    (squares / values.len().max(1) as f64).sqrt()
}

#[cfg(test)]
impl Run {
    /// Months from January 2020 on.
    pub(in crate::read) fn monthly(values: &[f64]) -> Self {
        let month = |at: usize| Month::new(2020, 1).unwrap().plus(i32::try_from(at).unwrap());
        let point = |(index, value): (usize, &f64)| Point { index, period: month(index).into(), value: *value };
        Self { step: Step::Month, points: values.iter().enumerate().map(point).collect() }
    }
}
