//! A level that changes by less than a wrong unit or a whole business would change it, and stays: a price that doubles, a
//! branch that opens. It shows between two calm years, or where every month of a year is as much above the year before.

use crate::read::settle::draft::{Run, median};
use crate::read::settle::slips::LevelShift;

/// The least factor of such a change.
const LEAST: f64 = 1.4;

/// How much of the change must lie between the figures on both sides of it: growth, seasons and noise leave no such gap.
const GAP: f64 = 0.5;

/// Figures on each side of it, at least; a year of them, if that is more.
const EACH_SIDE: usize = 6;

/// A change of level between two calm years, or one that every month of a year shows against the year before.
pub(in crate::read) fn lasting_shift(run: &Run) -> Option<LevelShift> {
    let points = &run.points;
    let (year, count) = (run.per_year().max(EACH_SIDE), points.len());
    if count < 2 * year || points.iter().any(|point| point.value <= 0.0) || (1..count).any(|at| !run.follows(at)) {
        return None;
    }
    // Most series are calm, and need no logarithm to tell.
    let is_step = |at: usize| {
        let ratio = points[at].value / points[at - 1].value;
        ratio >= LEAST || ratio <= 1.0 / LEAST
    };
    if !(year..=count - year).any(is_step) {
        return None;
    }
    let logs: Vec<f64> = points.iter().map(|point| libm::log(point.value)).collect();
    between_calm_years(&logs, year).or_else(|| against_year_before(&logs, run.per_year()))
}

/// How far apart two stretches lie, if they lie apart by as much as [`GAP`] says.
fn rise(before: &[f64], after: &[f64]) -> Option<f64> {
    let rise = median(after) - median(before);
    let least = |values: &[f64]| values.iter().copied().fold(f64::INFINITY, f64::min);
    let most = |values: &[f64]| values.iter().copied().fold(f64::NEG_INFINITY, f64::max);
    let gap = if rise > 0.0 { least(after) - most(before) } else { least(before) - most(after) };
    (rise.abs() >= libm::log(LEAST) && gap >= GAP * rise.abs()).then_some(rise)
}

fn between_calm_years(logs: &[f64], year: usize) -> Option<LevelShift> {
    let changes: Vec<f64> = logs.windows(2).map(|pair| pair[1] - pair[0]).collect();
    let found = |at: usize| {
        let (before, after) = (&logs[at - year..at], &logs[at..at + year]);
        let rise = rise(before, after)?;
        let middle = f64::midpoint(median(before), median(after));
        let is_above = |value: &f64| *value > middle;
        let stays = logs[..at].iter().all(|value| is_above(value) != (rise > 0.0))
            && logs[at..].iter().all(|value| is_above(value) == (rise > 0.0));
        // A level that changes again and again is how the business grows.
        let step = changes[at - 1].abs();
        let is_alone = changes.iter().enumerate().all(|(other, change)| other == at - 1 || change.abs() <= 0.6 * step);
        (stays && is_alone).then(|| LevelShift { at, factor: libm::exp(rise) })
    };
    (year..=logs.len() - year).find_map(found)
}

fn against_year_before(logs: &[f64], year: usize) -> Option<LevelShift> {
    if year < EACH_SIDE || logs.len() < 3 * year {
        return None;
    }
    let over: Vec<f64> = logs.windows(year + 1).map(|window| window[year] - window[0]).collect();
    let found = |at: usize| {
        let (before, inside, behind) = (&over[..at], &over[at..at + year], &over[at + year..]);
        let rise = rise(before, inside)?;
        // In other years nothing of the sort happens: a level that came back is no new one.
        let usual = median(before);
        let is_alone = before.iter().chain(behind).all(|value| (value - usual).abs() <= rise.abs() / 2.0);
        is_alone.then(|| LevelShift { at: at + year, factor: libm::exp(rise) })
    };
    (year..=over.len() - year).find_map(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Numbers from 0 to 1 that are the same in every run.
    struct Random(u64);

    impl Random {
        fn uniform(&mut self) -> f64 {
            self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (self.0 >> 11) as f64 / (1_u64 << 53) as f64
        }

        fn normal(&mut self) -> f64 {
            (0..12).map(|_| self.uniform()).sum::<f64>() - 6.0
        }
    }

    /// Months of a business: its growth a year, the height of its season, its noise, and a step at a month.
    fn business(random: &mut Random, growth: f64, season: f64, noise: f64, step: Option<(usize, f64)>) -> Run {
        let phase = random.uniform();
        let value = |at: usize, random: &mut Random| {
            let time = at as f64 / 12.0;
            let wave = libm::sin(2.0 * std::f64::consts::PI * (time + phase));
            let level = step.filter(|(from, _)| at >= *from).map_or(1.0, |(_, factor)| factor);
            100.0 * level * libm::exp(libm::log(1.0 + growth) * time + season * wave + noise * random.normal())
        };
        Run::monthly(&(0..60).map(|at| value(at, random)).collect::<Vec<_>>())
    }

    #[test]
    fn growth_seasons_and_noise_are_no_change_of_level() {
        let mut random = Random(7);
        let mut all = 0;
        let mut alarms = 0;
        for growth in [0.05, 0.2, 0.5, 1.0, 2.0] {
            for season in [0.0, 0.1, 0.3, 0.6] {
                for noise in [0.02, 0.05, 0.1, 0.2, 0.4] {
                    for _ in 0..20 {
                        all += 1;
                        alarms += usize::from(lasting_shift(&business(&mut random, growth, season, noise, None)).is_some());
                    }
                }
            }
        }
        assert!(alarms * 50 < all, "{alarms} of {all}");
    }

    /// A month that is many times the others every year, and levels that rise once a year.
    #[test]
    fn peaks_and_yearly_steps_are_no_change_of_level() {
        let mut random = Random(11);
        for height in [3.0, 9.0] {
            let values: Vec<f64> =
                (0..60).map(|at| if at % 12 == 11 { height } else { 1.0 } * libm::exp(0.05 * random.normal())).collect();
            assert_eq!(lasting_shift(&Run::monthly(&values)), None);
        }
        let stairs: Vec<f64> =
            (0..60).map(|at| libm::pow(1.5, f64::from(at / 12)) * libm::exp(0.01 * random.normal())).collect();
        assert_eq!(lasting_shift(&Run::monthly(&stairs)), None);
        let dip: Vec<f64> = (0..60).map(|at| if (24..40).contains(&at) { 0.5 } else { 1.0 }).collect();
        assert_eq!(lasting_shift(&Run::monthly(&dip)), None, "it came back");
    }

    #[test]
    fn a_level_that_stays_is_found() {
        let mut random = Random(3);
        for (factor, noise) in [(1.5, 0.03), (2.0, 0.05), (2.2, 0.05), (2.6, 0.05), (0.42, 0.05), (0.6, 0.03)] {
            let mut found = 0;
            for _ in 0..20 {
                let run = business(&mut random, 0.03, 0.0, noise, Some((30, factor)));
                found += usize::from(
                    lasting_shift(&run).is_some_and(|shift| shift.at == 30 && (libm::log(shift.factor / factor)).abs() < 0.1),
                );
            }
            assert!(found >= 18, "{factor}: {found} of 20");
        }
        let seasonal = business(&mut random, 0.03, 0.4, 0.03, Some((30, 2.6)));
        assert_eq!(lasting_shift(&seasonal).map(|shift| shift.at), Some(30));
    }
}
