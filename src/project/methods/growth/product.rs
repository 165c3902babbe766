//! The prior's covariance matrix times weights on the months that figures speak of, and what that says of all other months.

use super::kernel::{Kernel, MONTH, MOST, of_year};

/// What weights on months that are known come to for the months before the anchor and after the last of them.
#[derive(Clone, Debug, Default)]
pub(super) struct Beyond {
    /// The last month that has weight.
    last: i32,
    growth: f64,
    noise: f64,
    carry: f64,
    moved: f64,
    /// By month of the year, for months behind the anchor and for those ahead.
    season_behind: [f64; 12],
    season_ahead: [f64; 12],
}

impl Beyond {
    /// The season's part of a month outside those that have weight.
    pub(super) fn season(&self, month: i32) -> f64 {
        if month < 0 { self.season_behind[of_year(month)] } else { self.season_ahead[of_year(month)] }
    }
}

impl Kernel<'_> {
    /// `factor` times the kernel times weights on the months 0, 1, …: `rates` on the rates and `smooth` on the smooth rates; writes
    /// the product for either to `to_rates` and `to_smooth`. All are of one length. What the kernel without the factor comes to for
    /// all other months is returned.
    pub(super) fn apply(
        self,
        (rates, smooth): (&[f64], &[f64]),
        factor: f64,
        (to_rates, to_smooth): (&mut [f64], &mut [f64]),
    ) -> Beyond {
        let table = self.table;
        let steps = &table.steps[..rates.len()];
        let left = self.left(1);
        let (mut response, mut noise, mut carry, mut moved) = (0.0, 0.0, 0.0, 0.0);
        // Up to each month, and then, backwards, after it.
        let mut months = 1.0;
        for ((to, step), (rate, smooth)) in to_smooth.iter_mut().zip(steps).zip(rates.iter().zip(smooth)) {
            let weight = rate + smooth;
            response += weight * step.response;
            noise += carry * MONTH + weight * step.noise;
            carry = carry * left + weight * step.carry;
            moved += weight * months;
            months += 1.0;
            *to = table.drift * noise + table.level * moved;
        }
        let growth = table.growth * response;
        let (mut weight, mut grown) = (0.0, 0.0);
        for ((to, step), (rate, smooth)) in to_smooth.iter_mut().zip(steps).zip(rates.iter().zip(smooth)).rev() {
            months -= 1.0;
            *to += growth * step.response
                + table.drift * (step.noise * weight + step.carry * grown)
                + table.level * months * weight;
            weight += rate + smooth;
            grown = MONTH * weight + left * grown;
        }
        let mut beyond = Beyond { growth, noise, carry, moved, ..Beyond::default() };
        self.apply_seasons(rates, to_rates, &mut beyond);
        for (to_rate, to_smooth) in to_rates.iter_mut().zip(to_smooth) {
            *to_rate = (*to_rate + *to_smooth) * factor;
            *to_smooth *= factor;
        }
        beyond.noise *= table.drift;
        beyond.carry *= table.drift;
        beyond.moved *= table.level;
        beyond.last = rates.len().try_into().unwrap_or(MOST) - 1;
        beyond
    }

    /// The part of seasons and irregular movements.
    fn apply_seasons(self, rates: &[f64], to: &mut [f64], beyond: &mut Beyond) {
        let table = self.table;
        // For each month of the year the weights of this year and later ones, in place: what they have in common drifts with the
        // years from the anchor.
        let mut later = [0.0; 12];
        for (rates, to) in rates.chunks(12).zip(to.chunks_mut(12)).rev() {
            for (later, (rate, to)) in later.iter_mut().zip(rates.iter().zip(to)) {
                *later += rate;
                *to = *later;
            }
        }
        let mean = later.iter().sum::<f64>() / 12.0;
        beyond.season_behind = later.map(|sum| table.season * (sum - mean));
        let mut drifted = [0.0; 12];
        for (year, (rates, to)) in rates.chunks(12).zip(to.chunks_mut(12)).enumerate() {
            if year > 0 {
                for (drifted, to) in drifted.iter_mut().zip(to.iter()) {
                    *drifted += to;
                }
            }
            let mean = drifted.iter().sum::<f64>() / 12.0;
            let seasons = beyond.season_behind.iter().zip(&drifted);
            for ((rate, to), (season, drifted)) in rates.iter().zip(to).zip(seasons) {
                *to = season + table.season_drift * (drifted - mean) + table.irregular * rate;
            }
        }
        let mean = drifted.iter().sum::<f64>() / 12.0;
        beyond.season_ahead = std::array::from_fn(|at| beyond.season_behind[at] + table.season_drift * (drifted[at] - mean));
    }

    /// The product that [`apply`](Self::apply) was for, for the smooth rate of a month outside its months.
    pub(super) fn beyond(self, beyond: &Beyond, month: i32) -> f64 {
        let initial = beyond.growth * self.response(month);
        if month < 0 {
            return initial;
        }
        let ahead = self.grown(month) - beyond.last;
        initial + beyond.noise + beyond.carry * self.over(ahead - 1) + beyond.moved
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::super::kernel::checks::{ROUNDING, weights};
    use super::super::kernel::{Kernels, MOST};

    #[test]
    fn product_agrees_with_every_pair_of_months() {
        let kernels = Kernels::new();
        let (kernel, length) = (kernels.of_class(6, MOST), 29);
        let rates: Vec<f64> =
            weights(length).iter().enumerate().map(|(at, w)| if at % 4 == 1 { 0.0 } else { w - 0.6 }).collect();
        let smooth: Vec<f64> = (0..length).map(|at| if at % 11 == 3 { 1.5 } else { 0.0 }).collect();
        let (mut to_rates, mut to_smooth) = (vec![0.0; length], vec![0.0; length]);
        let beyond = kernel.apply((&rates, &smooth), 1.0, (&mut to_rates, &mut to_smooth));
        let expected = |month: i32| {
            let smooth =
                kernel.pairwise((month, &[1.0]), (0, &rates), false) + kernel.pairwise((month, &[1.0]), (0, &smooth), false);
            let rough: f64 = (0..).zip(&rates).map(|(other, weight)| weight * kernel.rough(month, other)).sum();
            (smooth, smooth + rough)
        };
        for month in -30..60 {
            let (smooth, rate) = match usize::try_from(month) {
                Ok(at) if at < length => (to_smooth[at], to_rates[at]),
                _ => {
                    let smooth = kernel.beyond(&beyond, month);
                    (smooth, smooth + beyond.season(month))
                }
            };
            assert_relative_eq!(smooth, expected(month).0, max_relative = ROUNDING, epsilon = ROUNDING);
            assert_relative_eq!(rate, expected(month).1, max_relative = ROUNDING, epsilon = ROUNDING);
        }
    }
}
