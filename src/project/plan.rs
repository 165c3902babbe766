//! What to project: the periods, how far, and at which levels.

use crate::calendar::{FiscalCalendar, Month, Period, Step};
use crate::project::{Derivation, Level};
use crate::series::Series;

/// How far to project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Horizon {
    /// This many months after a series' origin, rounded up to whole steps.
    Months(u32),
    /// Up to this month, the same for every series.
    Until(Month),
}

/// What to project for each series of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Plan {
    /// Length of the periods.
    pub step: Step,
    /// How far.
    pub horizon: Horizon,
    /// Levels of the intervals, ascending.
    pub levels: Vec<Level>,
    /// Whether the run-rate of each month is wanted too, for a chart.
    pub path: bool,
    /// Which derived figures are wanted.
    pub derive: Vec<Derivation>,
}

impl Plan {
    /// The plan for a set of series when the user does not say: quarters for two years if every series is quarterly, months
    /// for two years if every series is monthly, else years for three, to one end for all of them; intervals at 50, 80 and 95%.
    pub fn for_series(series: &[Series]) -> Self {
        let mut steps = series.iter().filter(|series| series.origin().is_some()).map(Series::step);
        let first = steps.next().flatten();
        let step = match first {
            Some(step @ (Step::Month | Step::Quarter)) if steps.all(|other| other == first) => step,
            _ => Step::Year,
        };
        let horizon = Self::default_horizon(step);
        Self { step, horizon, levels: Self::default_levels(), path: false, derive: Vec::new() }.to_one_end(series)
    }

    /// The plan with one end for all of these series: where a horizon in months would end at different dates, the latest of them.
    #[must_use]
    pub fn to_one_end(self, series: &[Series]) -> Self {
        let end = |one: &Series| Some(self.periods(one.calendar(), one.origin()?).last()?.last());
        let mut ends = series.iter().filter_map(end);
        let first = ends.next();
        let (differ, last) =
            ends.fold((false, first), |(differ, last), end| (differ || Some(end) != first, last.max(Some(end))));
        match (self.horizon, last) {
            (Horizon::Months(_), Some(last)) if differ => Self { horizon: Horizon::Until(last), ..self },
            _ => self,
        }
    }

    /// How far a step is projected by default: 24 months, 8 quarters, 3 years.
    pub fn default_horizon(step: Step) -> Horizon {
        Horizon::Months(match step {
            Step::Month | Step::Quarter => 24,
            Step::Half | Step::Year => 36,
        })
    }

    /// 50, 80 and 95%.
    pub fn default_levels() -> Vec<Level> {
        [50.0, 80.0, 95.0].into_iter().filter_map(Level::from_percent).collect()
    }

    /// The periods to project after `origin`, in order of time: the first is the one in which the month after the origin lies,
    /// so a year that has begun is projected as a whole. Empty if the horizon ends before the first period does.
    pub fn periods(&self, calendar: FiscalCalendar, origin: Month) -> Vec<Period> {
        let first = calendar.period_at(self.step, origin.plus(1));
        let count = match self.horizon {
            Horizon::Months(months) => months.div_ceil(self.step.months()),
            Horizon::Until(month) => {
                let ahead = month.since(first.first()) + 1;
                u32::try_from(ahead).unwrap_or(0) / self.step.months()
            }
        };
        // Whole periods that lie in the calendar, at whose end it would cut them.
        let left = u32::try_from(Month::MAX.since(first.first()) + 1).unwrap_or(0) / self.step.months();
        (0..i32::try_from(count.min(left)).unwrap_or(i32::MAX))
            .map(|k| first.shift(k))
            .filter(|period| period.last() > origin)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(plan: &Plan, origin: (i32, u32)) -> Vec<String> {
        let calendar = FiscalCalendar::default();
        let origin = Month::new(origin.0, origin.1).unwrap();
        plan.periods(calendar, origin).into_iter().map(|period| calendar.name(period)).collect()
    }

    fn plan(step: Step, horizon: Horizon) -> Plan {
        Plan { step, horizon, levels: Plan::default_levels(), path: false, derive: Vec::new() }
    }

    #[test]
    fn year_in_progress_is_the_first() {
        let plan = plan(Step::Year, Horizon::Months(36));
        assert_eq!(names(&plan, (2025, 6)), ["2025", "2026", "2027"]);
        assert_eq!(names(&plan, (2024, 12)), ["2025", "2026", "2027"]);
    }

    #[test]
    fn series_have_one_end() {
        use crate::money::{Amount, Currency};
        use crate::series::{Fact, Figure};
        let series = |year: i32, month: u32| {
            let month = Month::new(year, month).unwrap();
            let figure = Figure::new(Fact::Revenue(Amount::exact(1.0).unwrap()), month.into());
            Series::new("Test", Currency::USD, FiscalCalendar::default(), vec![figure])
        };
        let end = |series: &[Series]| plan(Step::Month, Horizon::Months(24)).to_one_end(series).horizon;
        assert_eq!(end(&[series(2025, 3), series(2025, 6)]), Horizon::Until(Month::new(2027, 6).unwrap()));
        assert_eq!(end(&[series(2025, 6), series(2025, 6)]), Horizon::Months(24));
        assert_eq!(end(&[]), Horizon::Months(24));
        let until = Horizon::Until(Month::new(2026, 1).unwrap());
        assert_eq!(plan(Step::Month, until).to_one_end(&[series(2025, 3), series(2025, 6)]).horizon, until);
    }

    #[test]
    fn periods_end_with_the_calendar() {
        for horizon in [Horizon::Until(Month::MAX), Horizon::Months(u32::MAX)] {
            assert_eq!(names(&plan(Step::Year, horizon), (9997, 6)), ["9997", "9998", "9999"]);
            assert_eq!(names(&plan(Step::Month, horizon), (9999, 10)), ["9999-11", "9999-12"]);
            assert!(names(&plan(Step::Month, horizon), (9999, 12)).is_empty());
        }
    }

    #[test]
    fn until_takes_whole_periods() {
        let plan = plan(Step::Quarter, Horizon::Until(Month::new(2026, 2).unwrap()));
        assert_eq!(names(&plan, (2025, 6)), ["2025Q3", "2025Q4"]);
        assert!(names(&plan, (2026, 2)).is_empty());
    }
}
