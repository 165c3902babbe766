//! Amounts that count from the beginning of the year: how they are told from single periods, and how they become those.

use crate::calendar::{FiscalCalendar, Period};
use crate::money::Amount;
use crate::series::Fact;

use crate::read::report::doubt::Reset;
use crate::read::settle::draft::{Draft, Point, Run};

/// What shows that figures are cumulative.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::read) struct Evidence {
    pub(in crate::read) reset: Reset,
    /// The calendar in whose years they count.
    pub(in crate::read) calendar: FiscalCalendar,
    /// How many years, or halves, they rise in.
    pub(in crate::read) rises_in: usize,
    /// Index of the first point at which they begin again.
    pub(in crate::read) falls_at: usize,
}

/// Evidence that the figures count from the beginning of years or halves, of any fiscal year, the calendar's own first.
pub(in crate::read) fn evidence(run: &Run, calendar: FiscalCalendar) -> Option<Evidence> {
    let points = &run.points;
    if run.per_year() == 1 || points.len() < 5 || points.iter().any(|point| point.value < 0.0) {
        return None;
    }
    // Most series fall within any year, and nothing more has to be asked of them.
    let falls = (1..points.len()).filter(|at| points[*at].value < points[*at - 1].value).count();
    let halves = points.len() * run.step.months() as usize / 6;
    if falls == 0 || falls > halves + 1 + points.len() / 10 {
        return None;
    }
    let own = calendar.year_end();
    let others = (1..=12).filter(|month| *month != own && month % run.step.months() == own % run.step.months());
    let calendars = || std::iter::once(own).chain(others.clone()).filter_map(FiscalCalendar::ending_in);
    [Reset::Year, Reset::HalfYear]
        .into_iter()
        .flat_map(|reset| calendars().map(move |calendar| (reset, calendar)))
        .find_map(|(reset, calendar)| within(run, reset, calendar))
}

/// Evidence that the figures are one running total.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::read) struct RunningTotal {
    /// The largest step from one figure to the next over the smallest.
    pub(in crate::read) spread: f64,
}

/// Evidence that the figures count from the first on: they never fall, each adds about as much as the others, and the first
/// is about as large as what is added. A young shop may grow by as much each month; a running total always does.
pub(in crate::read) fn running_total(run: &Run) -> Option<RunningTotal> {
    const FEWEST: usize = 6;
    let points = &run.points;
    // Most series fall somewhere, and nothing more has to be asked of them.
    let falls = || points.windows(2).any(|pair| pair[1].value <= pair[0].value);
    if run.per_year() == 1 || points.len() < FEWEST || falls() || (1..points.len()).any(|at| !run.follows(at)) {
        return None;
    }
    let steps = || points.windows(2).map(|pair| pair[1].value - pair[0].value);
    let (least, most) = steps().fold((f64::INFINITY, 0.0_f64), |(least, most), step| (least.min(step), most.max(step)));
    // Equal steps, 1, 2, 3, are an example, and of neither sort.
    if least <= 0.0 || most > 3.0 * least || most < 1.001 * least {
        return None;
    }
    let first = points[0].value / (steps().sum::<f64>() / (points.len() - 1) as f64);
    (0.4..=1.6).contains(&first).then_some(RunningTotal { spread: most / least })
}

/// The first and the place in its group of a period: the group is what its amounts count within.
fn group(reset: Reset, calendar: FiscalCalendar, period: Period) -> Period {
    let step = if reset == Reset::HalfYear { crate::calendar::Step::Half } else { crate::calendar::Step::Year };
    calendar.period_at(step, period.last())
}

fn within(run: &Run, reset: Reset, calendar: FiscalCalendar) -> Option<Evidence> {
    let months = run.step.months();
    let size = if reset == Reset::HalfYear { 6 } else { 12 } / months;
    if size < 2 {
        return None;
    }
    let number = |point: &Point| {
        let into = point.period.last().since(group(reset, calendar, point.period).first()).unsigned_abs() + 1;
        f64::from(into / months)
    };
    let (mut rises, mut dips, mut resets, mut first_fall) = (0_usize, 0_usize, 0_usize, 0);
    let (mut filled, mut in_group, mut groups) = (0_usize, 1_usize, 1_usize);
    // How far the logarithms of the figures' ratios are from none, and from those of sums of 1, 2, 3 … equal parts.
    let (mut from_single, mut from_sums, mut ratios) = (0.0, 0.0, 0);
    let fills = |count: usize| count >= 3.min(size as usize);
    for at in 1..run.points.len() {
        let (before, here) = (&run.points[at - 1], &run.points[at]);
        if group(reset, calendar, before.period) == group(reset, calendar, here.period) {
            // Refunds and corrections take a little off, now and then.
            if here.value < 0.9 * before.value {
                return None;
            }
            dips += usize::from(here.value < before.value);
            rises += 1;
            in_group += 1;
        } else {
            // The sum of a part of a year may be less than that of the next year's first period.
            if here.value < before.value {
                first_fall = if resets == 0 { at } else { first_fall };
                resets += 1;
            } else if in_group >= size as usize {
                return None;
            }
            groups += 1;
            filled += usize::from(fills(in_group));
            in_group = 1;
        }
        if before.value > 0.0 && here.value > 0.0 {
            let change = libm::log(here.value / before.value);
            from_single += change.abs();
            from_sums += (change - libm::log(number(here) / number(before))).abs();
            ratios += 1;
        }
    }
    filled += usize::from(fills(in_group));
    // Quarters that double to within a few percent need not be as many.
    let exactly = months == 3 && from_sums <= 0.15 * from_single;
    let points = run.points.len();
    // Of one year of quarters and the first of the next, only sums of nearly equal parts rise so evenly and fall so far.
    let one_year = size == 4 && filled >= 1 && from_sums <= 0.16 * from_single;
    let enough = if size == 2 {
        (groups >= 5 || exactly) && filled >= 4
    } else {
        points >= 6 && (filled >= 2 || rises >= 10) || one_year
    };
    if resets == 0 || !enough || ratios < 4 || dips * 10 > rises {
        return None;
    }
    // A half-year that happens to be twice the other is a season; that it always is to within a few percent is not. Quarters
    // that double and halve in turns are rarer.
    let tame = match (size, months) {
        (2, 6) => 0.1,
        (2, _) => 0.35,
        _ => 0.5,
    };
    // Where the ratios are not quite those of sums, what was added each time must be tamer than the sums.
    let parts_are_tame = size == 2
        || from_sums <= 0.3 * from_single
        || roughness_of_parts(run, reset, calendar) <= 0.8 * from_single / f64::from(ratios);
    let cumulative = from_sums <= tame * from_single && parts_are_tame;
    cumulative.then_some(Evidence { reset, calendar, rises_in: groups, falls_at: first_fall })
}

/// How far, at the mean of logarithms, each single period would be from the one before it.
fn roughness_of_parts(run: &Run, reset: Reset, calendar: FiscalCalendar) -> f64 {
    let mut parts: Vec<f64> = Vec::with_capacity(run.points.len());
    for (at, point) in run.points.iter().enumerate() {
        let start = group(reset, calendar, point.period).first();
        if point.period.first() == start {
            parts.push(point.value);
        } else if run.follows(at) {
            parts.push(point.value - run.points[at - 1].value);
        }
    }
    let mean = parts.iter().sum::<f64>() / parts.len().max(1) as f64;
    // A month of nothing is told from one of little only so far.
    let floor = mean / 10.0;
    let changes = parts.windows(2).map(|pair| libm::log(pair[1].max(floor) / pair[0].max(floor)).abs());
    changes.sum::<f64>() / parts.len().saturating_sub(1).max(1) as f64
}

/// From when amounts count that are called cumulative: where they fall tells.
pub(in crate::read) fn reset_of(run: &Run, calendar: FiscalCalendar) -> Reset {
    let falls_at = |reset: Reset| {
        let crosses = |at: &usize| {
            let (before, here) = (run.points[*at - 1].period, run.points[*at].period);
            group(reset, calendar, before) != group(reset, calendar, here)
        };
        let boundaries: Vec<usize> = (1..run.points.len()).filter(crosses).collect();
        let falls = boundaries.iter().filter(|at| run.points[**at].value < run.points[**at - 1].value).count();
        (boundaries.len(), falls)
    };
    let (years, falls) = falls_at(Reset::Year);
    let (halves, falls_of_halves) = falls_at(Reset::HalfYear);
    // A first figure far above what is added later counts from long before.
    let rises: Vec<f64> = run.points.windows(2).map(|pair| pair[1].value - pair[0].value).collect();
    let from_before = || {
        let most = rises.iter().copied().fold(0.0, f64::max);
        rises.iter().all(|rise| *rise >= 0.0) && run.points.first().is_some_and(|first| first.value > 3.0 * most)
    };
    if years > 0 && falls == 0 || years == 0 && rises.len() > 1 && from_before() {
        Reset::Never
    } else if halves > years && falls_of_halves == halves {
        Reset::HalfYear
    } else {
        Reset::Year
    }
}

/// The first figure of sums that begin again in the same month every time, and the month before it, in which years must end
/// for that, if it is not the calendar's.
pub(in crate::read) fn other_year(run: &Run, calendar: FiscalCalendar) -> Option<(usize, u32)> {
    let points = &run.points;
    let falls: Vec<usize> = (1..points.len()).filter(|at| points[*at].value < points[*at - 1].value).collect();
    let ends = |at: &usize| points[*at].period.first().plus(-1).month();
    let month = falls.first().map(ends)?;
    let rises = points.len() - 1 - falls.len();
    let every_time = falls.iter().all(|at| ends(at) == month) && rises > falls.len();
    (every_time && month % 6 != calendar.year_end() % 6).then_some((falls[0], month))
}

/// What came of undoing.
#[derive(Debug, Default)]
pub(in crate::read) struct Undone {
    /// How many figures became single periods.
    pub(in crate::read) figures: usize,
    /// Figures that stand for longer, since the one before them is not there: its index, and the missing period.
    pub(in crate::read) longer: Vec<(usize, Period)>,
    /// The first of a running total, of which nothing says since when it counts.
    pub(in crate::read) left_out: Option<usize>,
}

/// Makes single periods of cumulative amounts. A figure without the one before it becomes the total of all the months since
/// that was known, which is right, if coarser.
pub(in crate::read) fn undo(draft: &mut Draft, run: &Run, reset: Reset, calendar: FiscalCalendar) -> Undone {
    let mut undone = Undone::default();
    let unit = |draft: &Draft, index: usize| draft.figures[index].fact.amount().map_or(0.0, Amount::unit);
    for (at, point) in run.points.iter().enumerate() {
        let start = group(reset, calendar, point.period).first();
        let before = at.checked_sub(1).map(|before| run.points[before]);
        let before = before.filter(|before| reset == Reset::Never || before.period.first() >= start);
        if reset == Reset::Never && before.is_none() {
            undone.left_out = Some(point.index);
            continue;
        }
        let first = before.map_or(start, |before| before.period.last().plus(1));
        let Some(period) = Period::new(first, point.period.last()) else { continue };
        let value = point.value - before.map_or(0.0, |before| before.value);
        let unit = unit(draft, point.index).max(before.map_or(0.0, |before| unit(draft, before.index)));
        let Some(amount) = Amount::new(value, unit) else { continue };
        if period.months() > point.period.months() {
            let missing = Period::ending(point.period.first().plus(-1), run.step.months());
            undone.longer.push((point.index, missing));
        }
        let figure = &mut draft.figures[point.index];
        figure.fact = Fact::Revenue(amount);
        figure.period = period;
        undone.figures += 1;
    }
    if let Some(index) = undone.left_out {
        draft.figures.remove(index);
    }
    undone
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::calendar::{Month, Step};

    fn run(step: Step, values: &[f64]) -> Run {
        let length = i32::try_from(step.months()).unwrap();
        let point = |(index, value): (usize, &f64)| {
            let last = Month::new(2021, step.months()).unwrap().plus(length * i32::try_from(index).unwrap());
            Point { index, period: Period::ending(last, step.months()), value: *value }
        };
        Run { step, points: values.iter().enumerate().map(point).collect() }
    }

    fn found(step: Step, values: &[f64]) -> Option<Reset> {
        evidence(&run(step, values), FiscalCalendar::default()).map(|evidence| evidence.reset)
    }

    fn summed(values: &[f64], size: usize) -> Vec<f64> {
        let mut sum = 0.0;
        let add = |(at, value): (usize, &f64)| {
            sum = if at % size == 0 { *value } else { sum + value };
            sum
        };
        values.iter().enumerate().map(add).collect()
    }

    const SHOP: [f64; 12] = [60.0, 55.0, 60.0, 65.0, 70.0, 69.0, 70.0, 75.0, 80.0, 95.0, 160.0, 390.0];

    #[test]
    fn sums_within_years_are_told_from_seasons() {
        let quarters = [100.0, 110.0, 110.0, 130.0, 120.0, 130.0, 130.0, 150.0, 140.0, 150.0, 150.0, 170.0];
        assert_eq!(found(Step::Quarter, &quarters), None);
        assert_eq!(found(Step::Quarter, &summed(&quarters, 4)), Some(Reset::Year));
        assert_eq!(found(Step::Quarter, &summed(&quarters, 2)), Some(Reset::HalfYear));
        let shop = [SHOP, SHOP].concat();
        assert_eq!(found(Step::Month, &shop), None);
        assert_eq!(found(Step::Month, &summed(&shop, 12)), Some(Reset::Year));
        assert_eq!(found(Step::Month, &summed(&shop, 6)), Some(Reset::HalfYear));
        let retail = [100.0, 120.0, 150.0, 400.0, 110.0, 130.0, 160.0, 430.0, 120.0, 140.0, 170.0, 450.0];
        assert_eq!(found(Step::Quarter, &retail), None, "rises in every year, and is a season");
        let growing: Vec<f64> = (0..24).map(|at| libm::pow(1.05, f64::from(at))).collect();
        assert_eq!(found(Step::Month, &growing), None);
        let mut corrected = summed(&shop, 12);
        corrected[5] = corrected[4] - 3.0;
        assert_eq!(found(Step::Month, &corrected), Some(Reset::Year), "one correction");
        let young = [&[5.0, 12.0][..], &summed(&[20.0; 12], 12), &summed(&[22.0; 12], 12)].concat();
        let mut young = run(Step::Month, &young);
        for point in &mut young.points {
            let last = point.period.last().plus(-2);
            point.period = last.into();
        }
        assert!(evidence(&young, FiscalCalendar::default()).is_some(), "begun in November");
    }

    #[test]
    fn sums_within_another_fiscal_year() {
        let sums = summed(&[SHOP, SHOP].concat(), 12);
        let june = run(Step::Month, &[&sums[6..], &sums[..6]].concat());
        let evidence = evidence(&june, FiscalCalendar::default()).unwrap();
        assert_eq!((evidence.reset, evidence.calendar.year_end()), (Reset::Year, 6));
    }

    #[test]
    fn named_sums_count_from_where_they_fall() {
        let calendar = FiscalCalendar::default();
        assert_eq!(reset_of(&run(Step::Quarter, &summed(&[1.0; 8], 4)), calendar), Reset::Year);
        assert_eq!(reset_of(&run(Step::Quarter, &summed(&[1.0; 8], 2)), calendar), Reset::HalfYear);
        assert_eq!(reset_of(&run(Step::Quarter, &summed(&[1.0; 8], 100)), calendar), Reset::Never);
        assert_eq!(reset_of(&run(Step::Quarter, &summed(&[1.0; 4], 4)), calendar), Reset::Year);
    }
}
