//! Projected paths made to bring a given total on average, with the least change of their odds.
//!
//! Of all weights under which the mean of the totals is the one aimed at, those proportional to exp(θ · total) differ least from equal
//! ones, in Kullback and Leibler's sense (Csiszár, "I-divergence geometry of probability distributions and minimization problems",
//! Annals of Probability 3, 1975). Where the aim is so far off that few paths would carry all of the weight, the paths are tilted as
//! far as is left, and their mean is scaled.

/// Share of the draws that is left out at each end: means are taken over the central 99%, as everywhere.
const TAIL: f64 = 0.005;

/// The draws that weights must be worth (Kish's effective number), as a share of all.
const LEAST_EFFECTIVE: f64 = 0.04;

/// The strongest tilt that is tried, in standard deviations: far beyond what leaves [`LEAST_EFFECTIVE`].
const MOST: f64 = 64.0;

/// Halvings of an interval of tilts: to the last bit.
const HALVINGS: usize = 60;

/// The mean path under the weights.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Tilted {
    /// Mean of each period; they add up to the aim but for rounding errors.
    pub(super) means: Vec<f64>,
    /// What the mean path had to be multiplied by, where tilting did not reach the aim.
    pub(super) scale: Option<f64>,
}

/// The mean of `paths` (a period each, of one value a draw) tilted so that it adds up to `aim`, which is above zero. `None` if all
/// paths are zero.
pub(super) fn tilt(paths: &[Vec<f64>], aim: f64) -> Option<Tilted> {
    let draws = Draws::central(paths)?;
    let plain = draws.mean(0.0);
    let toward = if aim < plain { -1.0 } else { 1.0 };
    let strongest = last(|tilt| draws.effective(toward * tilt) >= LEAST_EFFECTIVE * draws.totals.len() as f64);
    let reached = (aim - draws.mean(toward * strongest)) * toward <= 0.0;
    let tilt = if reached { last(|tilt| (draws.mean(toward * tilt) - aim) * toward <= 0.0) } else { strongest };
    let weights = draws.weights(toward * tilt);
    let all: f64 = weights.iter().sum();
    let mean_of =
        |path: &Vec<f64>| draws.kept.iter().zip(&weights).map(|(draw, weight)| weight * path[*draw]).sum::<f64>() / all;
    let means: Vec<f64> = paths.iter().map(mean_of).collect();
    let scale = aim / means.iter().sum::<f64>();
    Some(Tilted { means: means.iter().map(|mean| mean * scale).collect(), scale: (!reached).then_some(scale) })
}

/// The largest tilt up to [`MOST`] for which `holds`, which holds up to some tilt and for none beyond.
fn last(holds: impl Fn(f64) -> bool) -> f64 {
    let (mut yes, mut no) = (0.0, MOST);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(yes, no);
        if holds(middle) {
            yes = middle;
        } else {
            no = middle;
        }
    }
    yes
}

/// The draws whose totals are neither among the smallest nor among the largest.
struct Draws {
    /// Their numbers.
    kept: Vec<usize>,
    /// The total of each.
    totals: Vec<f64>,
    /// The total of each, in standard deviations from the mean; all zero where the totals do not differ.
    standard: Vec<f64>,
}

impl Draws {
    fn central(paths: &[Vec<f64>]) -> Option<Self> {
        let count = paths.first()?.len();
        let total = |draw: usize| paths.iter().map(|path| path[draw]).sum::<f64>();
        let all: Vec<f64> = (0..count).map(total).collect();
        let mut kept: Vec<usize> = (0..count).collect();
        kept.sort_by(|a, b| all[*a].total_cmp(&all[*b]));
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a share of a count")]
        let cut = (count as f64 * TAIL) as usize;
        let kept = kept[cut..count - cut].to_vec();
        let totals: Vec<f64> = kept.iter().map(|draw| all[*draw]).collect();
        let number = totals.len() as f64;
        let mean = totals.iter().sum::<f64>() / number;
        if mean <= 0.0 {
            return None;
        }
        let deviation = (totals.iter().map(|total| (total - mean) * (total - mean)).sum::<f64>() / number).sqrt();
        let standard = totals.iter().map(|total| if deviation > 0.0 { (total - mean) / deviation } else { 0.0 }).collect();
        Some(Self { kept, totals, standard })
    }

    fn weights(&self, tilt: f64) -> Vec<f64> {
        let most = self.standard.iter().map(|z| tilt * z).fold(f64::NEG_INFINITY, f64::max);
        self.standard.iter().map(|z| libm::exp(tilt * z - most)).collect()
    }

    fn mean(&self, tilt: f64) -> f64 {
        let weights = self.weights(tilt);
        self.totals.iter().zip(&weights).map(|(total, weight)| total * weight).sum::<f64>() / weights.iter().sum::<f64>()
    }

    fn effective(&self, tilt: f64) -> f64 {
        let weights = self.weights(tilt);
        let sum: f64 = weights.iter().sum();
        sum * sum / weights.iter().map(|weight| weight * weight).sum::<f64>()
    }
}

#[cfg(test)]
mod tests {
    use approx::assert_relative_eq;

    use super::*;

    /// Two periods: the first is the same in all draws, the second is all that differs.
    fn paths() -> Vec<Vec<f64>> {
        vec![vec![10.0; 1001], (0..1001).map(|draw| 5.0 + 0.01 * f64::from(draw)).collect()]
    }

    #[test]
    fn what_is_certain_stays_while_the_rest_is_tilted() {
        for aim in [18.5, 20.0, 22.0] {
            let tilted = tilt(&paths(), aim).unwrap();
            assert_eq!(tilted.scale, None, "{aim}");
            assert_relative_eq!(tilted.means[0], 10.0, max_relative = 1e-9);
            assert_relative_eq!(tilted.means[1], aim - 10.0, max_relative = 1e-9);
        }
    }

    /// The numbers of `tests/reference/phasing/tilt.py`, which prints nine decimals.
    #[test]
    fn agrees_with_the_dual() {
        let z = |draw: u32| -2.5 + 5.0 * f64::from(draw) / 2000.0;
        let path = |of: fn(f64) -> f64| (0..2001).map(|draw| of(z(draw))).collect::<Vec<f64>>();
        let paths = [
            path(|z| libm::exp(0.1 * z)),
            path(|z| 0.5 * libm::exp(0.2 * z)),
            path(|z| 1.5 * libm::exp(0.3 * z + 0.05 * libm::sin(7.0 * z))),
        ];
        let expected = [
            (3.1, [0.999_530_305, 0.509_686_279, 1.590_783_416]),
            (3.6, [1.071_304_253, 0.584_210_738, 1.944_485_009]),
            (4.0, [1.126_693_933, 0.643_078_385, 2.230_227_682]),
        ];
        for (aim, means) in expected {
            let tilted = tilt(&paths, aim).unwrap();
            assert_eq!(tilted.scale, None, "{aim}");
            for (mean, expected) in tilted.means.iter().zip(means) {
                assert_relative_eq!(*mean, expected, max_relative = 1e-8);
            }
        }
    }

    #[test]
    fn what_no_path_reaches_is_scaled() {
        let far = tilt(&paths(), 200.0).unwrap();
        assert_relative_eq!(far.means.iter().sum::<f64>(), 200.0, max_relative = 1e-12);
        // The highest paths bring some 25, of which 10 are the first period's.
        assert!((8.0..8.5).contains(&far.scale.unwrap()), "{far:?}");
        assert_relative_eq!(far.means[0] / 10.0, far.scale.unwrap(), max_relative = 1e-9);
        let low = tilt(&paths(), 1.5).unwrap();
        assert!(low.scale.unwrap() < 0.11, "{low:?}");
    }

    #[test]
    fn paths_of_nothing_and_paths_that_do_not_differ() {
        assert_eq!(tilt(&[vec![0.0; 100]], 5.0), None);
        let same = tilt(&[vec![1.0; 100], vec![0.0; 100], vec![3.0; 100]], 8.0).unwrap();
        assert_eq!(same.means, [2.0, 0.0, 6.0]);
    }
}
