//! Figures of another size than their neighbours: a wrong unit, a level that changed for good, one that stands out.

use crate::read::settle::draft::{Run, median, spread};

/// Figures that are a power of ten away from the rest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::read) struct Slip {
    /// First and last index among the points.
    pub(in crate::read) points: (usize, usize),
    /// What they are of their neighbours, to the power of ten.
    pub(in crate::read) power: i32,
    /// Whether the series stays there, so that either side may be right.
    pub(in crate::read) stays: bool,
}

/// A change of this size from one period to the next may be one of unit.
const LEAST_SLIP: f64 = 50.0;
/// The rest of a series is tame if nothing in it changes by more than this.
const TAME: f64 = 5.0;

/// Figures that are 100, 1,000 or a million times their neighbours, or that part of them, in a series that is tame otherwise.
pub(in crate::read) fn slip(run: &Run) -> Option<Slip> {
    let changes = run.changes();
    let (jumps, rest): (Vec<_>, Vec<_>) = changes.iter().partition(|(_, change)| change.abs() >= libm::log(LEAST_SLIP));
    let rest: Vec<f64> = rest.iter().map(|(_, change)| *change).collect();
    // Of three figures the two others must be much alike.
    let alike = rest.len() >= 2 || rest.iter().all(|change| change.abs() <= libm::log(1.5));
    if jumps.is_empty() || rest.is_empty() || !alike || rest.iter().any(|change| change.abs() > libm::log(TAME)) {
        return None;
    }
    let noise = 2.5 * spread(&rest);
    let mut powers = Vec::with_capacity(jumps.len());
    for (at, change) in &jumps {
        let power = (change / std::f64::consts::LN_10).round();
        let most = if power.abs() < 3.0 { noise.clamp(0.05, 0.15) } else { noise.clamp(0.15, 0.35) };
        let trend = median(&rest);
        let beside = (change - power * std::f64::consts::LN_10).abs();
        if beside.min((change - trend - power * std::f64::consts::LN_10).abs()) > most {
            return None;
        }
        powers.push((*at, whole(power)));
    }
    // Runs of one power each; the longest is what the rest is held against.
    let mut runs = vec![(0, 0, 0)];
    let mut level = 0;
    for (at, power) in powers {
        level += power;
        if let Some(last) = runs.last_mut() {
            last.1 = at - 1;
        }
        runs.push((at, at, level));
    }
    if let Some(last) = runs.last_mut() {
        last.1 = run.points.len() - 1;
    }
    let count = |level: i32| runs.iter().filter(|run| run.2 == level).map(|run| run.1 + 1 - run.0).sum::<usize>();
    let base = runs.iter().map(|run| run.2).max_by_key(|level| (count(*level), *level == runs[0].2))?;
    if let [before, after] = runs[..]
        && before.1 + 1 > 3
        && after.1 + 1 - after.0 > 3
    {
        return Some(Slip { points: (after.0, after.1), power: after.2 - before.2, stays: true });
    }
    let (first, last, level) = *runs.iter().find(|run| run.2 != base)?;
    Some(Slip { points: (first, last), power: level - base, stays: false })
}

fn whole(power: f64) -> i32 {
    // A logarithm of what a number of 64 bits holds: within ±700.
    #[allow(clippy::cast_possible_truncation)]
    let power = power as i32;
    power
}

/// A level that changes from one period to the next and stays.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::read) struct LevelShift {
    /// Index of the first point at the new level.
    pub(in crate::read) at: usize,
    pub(in crate::read) factor: f64,
}

/// Where no change from one period to the next is larger, in logarithms, there is nothing of these: that of a factor of 2.5.
pub(in crate::read) const LEAST: f64 = 0.916;

/// The least factor of a change of level.
const LEAST_SHIFT: f64 = 2.5;
/// Figures that must stand on each side of it.
const EACH_SIDE: usize = 3;

/// A change of level, where both sides are tame and apart.
pub(in crate::read) fn level_shift(run: &Run) -> Option<LevelShift> {
    let changes = run.changes();
    let (at, change) = changes.iter().copied().max_by(|one, other| one.1.abs().total_cmp(&other.1.abs()))?;
    let (before, after) = run.points.split_at(at);
    // Two figures show a new level if it is far from the old.
    let fewest = if change.abs() >= libm::log(5.0) { EACH_SIDE - 1 } else { EACH_SIDE };
    if change.abs() < libm::log(LEAST_SHIFT) || before.len().min(after.len()) < fewest || run.points.len() < 2 * EACH_SIDE {
        return None;
    }
    let rest: Vec<f64> = changes.iter().filter(|other| other.0 != at).map(|(_, change)| *change).collect();
    if rest.iter().any(|other| other.abs() > change.abs() / 2.0) || change.abs() < 6.0 * spread(&rest) {
        return None;
    }
    let near = |points: &[super::draft::Point]| {
        let values: Vec<f64> = points.iter().map(|point| point.value).collect();
        let least = values.iter().copied().fold(f64::INFINITY, f64::min);
        (least, values.iter().copied().fold(0.0, f64::max), values)
    };
    let ((low_before, high_before, before), (low_after, high_after, after)) = (near(before), near(after));
    let recent = &before[before.len().saturating_sub(6)..];
    let factor = median(&after[..after.len().min(6)]) / median(recent);
    let apart = if change > 0.0 { low_after / high_before } else { low_before / high_after };
    // Growth that goes on behind the step would have got there too.
    let gap = libm::log(apart.max(1e-9));
    (gap >= 0.6 * libm::log(factor).abs() && apart >= 2.0).then_some(LevelShift { at, factor })
}

/// One figure far from both its neighbours.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::read) struct Spike {
    /// Its index among the points.
    pub(in crate::read) at: usize,
    /// Over the nearer of its neighbours.
    pub(in crate::read) factor: f64,
}

/// How far from both neighbours a figure must stand.
const FAR: f64 = 3.0;

/// How far the first or the last figure must stand from its one neighbour.
const FAR_AT_AN_END: f64 = 4.0;

/// The first of the months in which shops sell many times as much as in others, which a single year cannot show to recur.
const CHRISTMAS: u32 = 11;

/// Figures far from both their neighbours and from all that the series shows otherwise, the same months of other years
/// included.
pub(in crate::read) fn spikes(run: &Run) -> Vec<Spike> {
    let changes = run.changes();
    let all: Vec<f64> = changes.iter().map(|(_, change)| *change).collect();
    let mut spikes = Vec::new();
    for pair in changes.windows(2).filter(|pair| pair[1].0 == pair[0].0 + 1) {
        let ((at, up), (_, down)) = (pair[0], pair[1]);
        if up.signum() == down.signum() || up.abs().min(down.abs()) < libm::log(FAR) {
            continue;
        }
        let others: Vec<f64> = changes.iter().filter(|other| other.0 != at && other.0 != at + 1).map(|(_, c)| *c).collect();
        let nearer = up.abs().min(down.abs());
        let usual = median(&others.iter().map(|change| change.abs()).collect::<Vec<_>>());
        if others.len() < 4 || nearer < 6.0 * usual.max(0.02) {
            continue;
        }
        let here = run.points[at];
        let level = median(&run.points.iter().map(|point| point.value).collect::<Vec<_>>());
        let years = [-12, 12].map(|months| run.value_at(here.period.last().plus(months)));
        let mut known = years.iter().flatten().peekable();
        let recurs = if known.peek().is_some() {
            known.any(|value| *value > 0.0 && libm::log(here.value / value).abs() < nearer / 2.0)
        } else {
            // A first December has no other to be held against.
            let is_season = run.per_year() < 12 || here.period.last().month() >= CHRISTMAS;
            run.per_year() > 1 && is_season && here.value / level < 2.0 * FAR_AT_AN_END && up > 0.0
        };
        if !recurs {
            let factor = if up > 0.0 { libm::exp(nearer) } else { libm::exp(-nearer) };
            spikes.push(Spike { at, factor });
        }
    }
    spikes.extend(at_an_end(run, &changes));
    // Where many stand out none does.
    if spikes.len() * 8 > all.len() { Vec::new() } else { spikes }
}

/// The first or the last figure, if it is far above its one neighbour.
fn at_an_end(run: &Run, changes: &[(usize, f64)]) -> Option<Spike> {
    let (first, last) = (changes.first()?, changes.last()?);
    let (at, up) = if first.0 == 1 && -first.1 >= libm::log(FAR_AT_AN_END) {
        (0, -first.1)
    } else if last.0 + 1 == run.points.len() && last.1 >= libm::log(FAR_AT_AN_END) {
        (last.0, last.1)
    } else {
        return None;
    };
    let others: Vec<f64> = changes.iter().filter(|other| other.0 != at.max(1)).map(|(_, change)| change.abs()).collect();
    let largest = others.iter().copied().fold(0.0, f64::max);
    if others.len() < 4 || up < 6.0 * median(&others).max(0.02) || up < 2.0 * largest {
        return None;
    }
    // A first December has no other to be held against.
    let (here, months) = (run.points[at], if at == 0 { 12 } else { -12 });
    let recurs = match run.value_at(here.period.last().plus(months)) {
        Some(value) => value > 0.0 && libm::log(here.value / value).abs() < up / 2.0,
        None => run.per_year() > 1 && libm::exp(up) < 2.0 * FAR_AT_AN_END,
    };
    (!recurs).then(|| Spike { at, factor: libm::exp(up) })
}

#[cfg(test)]
mod tests {
    use super::*;

    const STEADY: [f64; 10] = [100.0, 104.0, 98.0, 103.0, 99.0, 101.0, 105.0, 100.0, 97.0, 102.0];

    fn with(change: impl Fn(usize, f64) -> f64) -> Run {
        Run::monthly(&STEADY.iter().enumerate().map(|(at, value)| change(at, *value)).collect::<Vec<_>>())
    }

    #[test]
    fn a_slip_is_a_power_of_ten_in_a_tame_series() {
        let found = |change: &dyn Fn(usize, f64) -> f64| slip(&with(change)).map(|slip| (slip.points, slip.power, slip.stays));
        assert_eq!(found(&|_, value| value), None);
        assert_eq!(found(&|at, value| if at == 4 { value * 1000.0 } else { value }), Some(((4, 4), 3, false)));
        assert_eq!(found(&|at, value| if at == 9 { value / 1000.0 } else { value }), Some(((9, 9), -3, false)));
        assert_eq!(found(&|at, value| if at < 2 { value * 1e6 } else { value }), Some(((0, 1), 6, false)));
        assert_eq!(found(&|at, value| if at == 3 || at == 7 { value * 1000.0 } else { value }), Some(((3, 3), 3, false)));
        assert_eq!(found(&|at, value| if at < 5 { value * 1000.0 } else { value }), Some(((5, 9), -3, true)));
        assert_eq!(found(&|at, value| if at < 4 { value * 1000.0 } else { value }), Some(((4, 9), -3, true)));
        assert_eq!(found(&|at, value| if at == 4 { value * 500.0 } else { value }), None, "no power of ten");
    }

    #[test]
    fn a_level_shifts_if_both_sides_are_tame() {
        let factor =
            |change: &dyn Fn(usize, f64) -> f64| level_shift(&with(change)).map(|shift| (shift.at, shift.factor.round()));
        assert_eq!(factor(&|at, value| if at >= 5 { value * 7.0 } else { value }), Some((5, 7.0)));
        assert_eq!(factor(&|at, value| if at == 5 { value * 7.0 } else { value }), None, "a spike");
        assert_eq!(factor(&|at, value| value * libm::pow(1.3, at as f64)), None, "growth");
        assert_eq!(factor(&|_, value| value), None);
    }

    #[test]
    fn spikes_do_not_recur_every_year() {
        let spiked = with(|at, value| if at == 4 { value * 30.0 } else { value });
        assert_eq!(spikes(&spiked).iter().map(|spike| spike.at).collect::<Vec<_>>(), [4]);
        let years: Vec<f64> = (0..36).map(|at| if at % 12 == 11 { 600.0 } else { STEADY[at % 10] }).collect();
        assert_eq!(spikes(&Run::monthly(&years)), []);
        assert_eq!(spikes(&Run::monthly(&STEADY)), []);
        let four_times = |at: usize| {
            let flat = (0..20).map(|month| if month == at { 400.0 } else { STEADY[month % 10] });
            spikes(&Run::monthly(&flat.collect::<Vec<_>>())).iter().map(|spike| spike.at).collect::<Vec<_>>()
        };
        assert_eq!((four_times(4), four_times(9), four_times(14)), (vec![4], vec![9], vec![14]));
        assert_eq!(four_times(11), [0; 0], "a first December");
        let total = with(|at, value| if at == 9 { value * 12.0 } else { value });
        assert_eq!(spikes(&total).iter().map(|spike| spike.at).collect::<Vec<_>>(), [9], "the year's total as a month");
    }
}
