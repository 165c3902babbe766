//! The prior: classes of companies by how their revenue moves, and how likely each class is for a company of given peers.
//!
//! Fitted once, by maximum likelihood: the classes on the annual and quarterly revenue of some 2,000 listed companies, 1998 to
//! 2025, `hypergrowth` and the peers `startups` on the published run-rates of some fifty private ones. `docs/growth.md` says how
//! well they do on companies that were not in the fit. They are constants of the model, not of any company.

#![allow(clippy::approx_constant, reason = "fitted, and near others by chance")]

use crate::series::Peers;

/// Parameters of one class. Logs are natural, rates are per year, and every standard deviation is of the log revenue of a company
/// of 1 billion dollars a year; larger companies move less (see [`BETA`]).
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Class {
    /// Name of the class.
    pub name: &'static str,
    /// What companies of the class are like.
    pub says: &'static str,
    /// Growth in the long run.
    pub mu: f64,
    /// Mean of the initial growth.
    pub growth_mean: f64,
    /// Change of that mean for each power of ten of size.
    pub growth_mean_size: f64,
    /// How fast growth returns to the long run, per year.
    pub kappa: f64,
    /// Random walk of the level, per root year.
    pub sigma_level: f64,
    /// Random changes of growth, per root year.
    pub sigma_growth: f64,
    /// Standard deviation of the initial growth.
    pub growth_sd: f64,
    /// Noise of each month on its own.
    pub irregular: f64,
    /// Standard deviation of the effect of each month of the year.
    pub season: f64,
    /// How far those effects drift in a year.
    pub season_drift: f64,
    /// Degrees of freedom of the common scale: low ones give heavy tails.
    pub nu: f64,
}

/// What being among some peers says of a company before its figures are looked at.
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct PeersPrior {
    /// Prior weight of each of [`CLASSES`], as a logit, at 1 billion dollars a year.
    pub weight: [f64; COUNT],
    /// Change of those logits for each power of ten of size.
    pub weight_size: [f64; COUNT],
    /// Added to the mean of the initial growth of every class.
    pub growth: f64,
    /// Added to the growth in the long run of every class.
    pub long_run: f64,
    /// Factor of every standard deviation.
    pub volatility: f64,
}

/// Standard deviations shrink as 10^(-BETA · size), where size counts powers of ten from 1 billion dollars a year.
pub const BETA: f64 = 0.074_45;

/// What a run-rate as it is published adds of its own to the smooth rate: a standard deviation of its log.
pub const RUN_RATE_SD: f64 = 0.026_21;

/// Size counts between a million and a trillion dollars a year, where the constants were fitted: these are powers of ten from a
/// billion.
pub(super) const SIZES: (f64, f64) = (-3.0, 3.0);

/// No figure is taken as better than a tenth of a percent, which also keeps overlapping figures solvable.
pub(super) const LEAST_SD: f64 = 0.001;

/// Rounding counts for a tenth at most: "$1B" is a milestone that was passed, not anything from a half to one and a half.
pub(super) const MOST_ROUNDING: f64 = 0.1;

/// Number of classes.
pub(super) const COUNT: usize = 9;

/// The classes.
pub const CLASSES: [Class; COUNT] = [
    Class {
        name: "steady",
        says: "smooth compounding, little noise (software, services)",
        mu: 0.023_25,
        growth_mean: 0.1137,
        growth_mean_size: -0.065_29,
        kappa: 0.080_45,
        sigma_level: 0.053_46,
        sigma_growth: 0.036_25,
        growth_sd: 0.075_69,
        irregular: 0.012_18,
        season: 0.022_52,
        season_drift: 0.005_03,
        nu: 4.508,
    },
    Class {
        name: "seasonal",
        says: "a strong pattern within the year (retail, travel)",
        mu: -0.016_97,
        growth_mean: 0.040_45,
        growth_mean_size: 0.014_54,
        kappa: 0.032_22,
        sigma_level: 0.055_04,
        sigma_growth: 0.021_46,
        growth_sd: 0.036_77,
        irregular: 0.023_43,
        season: 0.2752,
        season_drift: 0.033_74,
        nu: 2.89,
    },
    Class {
        name: "patterned",
        says: "a mild pattern within the year (consumer goods, industry)",
        mu: 0.045_12,
        growth_mean: 0.055_24,
        growth_mean_size: -0.015_99,
        kappa: 0.043_65,
        sigma_level: 0.099_74,
        sigma_growth: 0.006_51,
        growth_sd: 0.016_84,
        irregular: 0.039_86,
        season: 0.0985,
        season_drift: 0.019_05,
        nu: 3.743,
    },
    Class {
        name: "lumpy",
        says: "large irregular swings between periods (projects, milestones)",
        mu: 0.039_15,
        growth_mean: 0.059_88,
        growth_mean_size: -0.049_64,
        kappa: 0.2774,
        sigma_level: 0.1529,
        sigma_growth: 0.005_58,
        growth_sd: 0.014_12,
        irregular: 0.305,
        season: 0.178,
        season_drift: 0.009_401,
        nu: 2.713,
    },
    Class {
        name: "volatile",
        says: "the level itself moves (commodities, acquisitions)",
        mu: 0.000_425_9,
        growth_mean: 0.1174,
        growth_mean_size: -0.058_55,
        kappa: 0.095_76,
        sigma_level: 0.2164,
        sigma_growth: 0.003_355,
        growth_sd: 0.008_662,
        irregular: 0.046_75,
        season: 0.040_62,
        season_drift: 0.005_785,
        nu: 4.705,
    },
    Class {
        name: "fast",
        says: "fast growth that fades over some years",
        mu: 0.1258,
        growth_mean: 0.3742,
        growth_mean_size: -0.1261,
        kappa: 0.3042,
        sigma_level: 0.036_62,
        sigma_growth: 0.082_32,
        growth_sd: 0.116,
        irregular: 0.008_37,
        season: 0.0121,
        season_drift: 0.003_618,
        nu: 4.351,
    },
    Class {
        name: "surge",
        says: "a burst of growth that is gone within months",
        mu: 0.057_49,
        growth_mean: 0.3101,
        growth_mean_size: -0.0578,
        kappa: 3.142,
        sigma_level: 0.1062,
        sigma_growth: 0.020_34,
        growth_sd: 4.071,
        irregular: 0.082_02,
        season: 0.061_67,
        season_drift: 0.010_48,
        nu: 2.543,
    },
    Class {
        name: "hypergrowth",
        says: "young: growing several-fold a year, fading within two years",
        mu: 0.1324,
        growth_mean: 1.433,
        growth_mean_size: -0.2071,
        kappa: 0.435,
        sigma_level: 0.2788,
        sigma_growth: 0.1945,
        growth_sd: 0.7847,
        irregular: 0.1344,
        season: 0.033_74,
        season_drift: 0.008_928,
        nu: 4.14,
    },
    Class {
        name: "erratic",
        says: "small: revenue comes and goes (milestones, single contracts)",
        mu: 0.066_27,
        growth_mean: -0.1734,
        growth_mean_size: -0.2283,
        kappa: 0.3509,
        sigma_level: 0.4563,
        sigma_growth: 0.024_15,
        growth_sd: 0.069_49,
        irregular: 0.6061,
        season: 0.064_36,
        season_drift: 0.009_779,
        nu: 4.312,
    },
];

/// How the weights of the classes change with size among listed companies, whatever their sector.
const LISTED_SIZE: [f64; COUNT] = [0.519, 0.9445, 0.6931, 0.7729, 0.2654, -0.1375, 0.3281, -1.175, -1.507];

/// What is known of companies with these peers.
pub const fn peers_prior(peers: Peers) -> &'static PeersPrior {
    &PEERS[peers as usize]
}

/// In the order of [`Peers::ALL`].
const PEERS: [PeersPrior; Peers::ALL.len()] = [
    // listed
    PeersPrior {
        weight: [-1.282, -1.218, -0.1744, -0.7414, 0.0, -3.06, -1.645, -4.554, -2.744],
        weight_size: LISTED_SIZE,
        growth: 0.0,
        long_run: 0.0,
        volatility: 1.0,
    },
    // startups
    PeersPrior {
        weight: [-3.908, -5.212, -5.193, -5.18, -4.019, 0.0, -4.919, -0.1319, -4.771],
        weight_size: [0.021_29, 0.009_124, 0.008_694, 0.008_146, 0.022_29, 0.166, -0.020_66, -0.2256, 0.010_73],
        growth: 0.0,
        long_run: 0.0,
        volatility: 1.0,
    },
    // software
    PeersPrior {
        weight: [0.0, -1.634, -0.9293, -1.966, -0.3104, -2.165, -2.146, -5.004, -3.107],
        weight_size: LISTED_SIZE,
        growth: 0.0233,
        long_run: 0.000_480_3,
        volatility: 0.9767,
    },
    // internet
    PeersPrior {
        weight: [-1.334, -0.8062, -0.1775, -0.816, 0.0, -3.081, -1.295, -4.074, -3.378],
        weight_size: LISTED_SIZE,
        growth: 0.015_79,
        long_run: 0.004_362,
        volatility: 1.173,
    },
    // semis
    PeersPrior {
        weight: [-3.304, -3.21, -2.155, -1.768, 0.0, -4.735, -3.032, -6.011, -4.143],
        weight_size: LISTED_SIZE,
        growth: -0.000_512_1,
        long_run: 0.010_85,
        volatility: 1.045,
    },
    // hardware
    PeersPrior {
        weight: [-3.134, -2.64, -1.308, -1.934, 0.0, -4.783, -2.642, -5.876, -3.354],
        weight_size: LISTED_SIZE,
        growth: -0.008_567,
        long_run: -0.013_34,
        volatility: 0.8309,
    },
    // biotech
    PeersPrior {
        weight: [-0.95, -1.455, 0.0, -1.291, -0.607, -3.265, -1.819, -4.106, -1.371],
        weight_size: LISTED_SIZE,
        growth: 0.023_47,
        long_run: 0.014_14,
        volatility: 1.185,
    },
    // healthcare
    PeersPrior {
        weight: [-1.644, -1.434, -0.1545, -1.494, 0.0, -3.372, -2.21, -5.127, -2.948],
        weight_size: LISTED_SIZE,
        growth: 0.021_49,
        long_run: 0.012_76,
        volatility: 0.8204,
    },
    // retail
    PeersPrior {
        weight: [-0.7988, 0.0, -0.4649, -0.6213, -0.3022, -2.902, -2.241, -4.277, -3.582],
        weight_size: LISTED_SIZE,
        growth: -0.004_591,
        long_run: 0.015_95,
        volatility: 1.04,
    },
    // consumer
    PeersPrior {
        weight: [-1.546, -1.768, -0.2185, -0.9955, 0.0, -3.844, -2.166, -5.081, -3.823],
        weight_size: LISTED_SIZE,
        growth: -0.005_122,
        long_run: -0.002_617,
        volatility: 0.8937,
    },
    // travel
    PeersPrior {
        weight: [-2.088, -0.9395, -0.4504, 0.0, -0.508, -3.437, -1.802, -4.718, -4.029],
        weight_size: LISTED_SIZE,
        growth: 0.002_494,
        long_run: 0.005_14,
        volatility: 1.359,
    },
    // industrials
    PeersPrior {
        weight: [-2.83, -2.514, 0.0, -1.225, -0.182, -4.811, -2.421, -5.607, -3.868],
        weight_size: LISTED_SIZE,
        growth: 0.004_786,
        long_run: -0.015_86,
        volatility: 0.9425,
    },
    // energy
    PeersPrior {
        weight: [-3.929, -3.814, -2.771, -2.028, 0.0, -4.72, -3.259, -5.595, -5.073],
        weight_size: LISTED_SIZE,
        growth: -0.023_18,
        long_run: -0.004_236,
        volatility: 1.668,
    },
    // materials
    PeersPrior {
        weight: [-2.712, -2.832, -1.544, -0.8708, 0.0, -4.439, -1.721, -5.561, -2.884],
        weight_size: LISTED_SIZE,
        growth: -0.025_81,
        long_run: -0.013_63,
        volatility: 1.014,
    },
    // finance
    PeersPrior {
        weight: [-0.5806, -1.439, 0.0, -0.0562, -0.096_98, -2.879, -0.7862, -4.095, -2.164],
        weight_size: LISTED_SIZE,
        growth: 0.027_25,
        long_run: 0.017_44,
        volatility: 1.015,
    },
    // realestate
    PeersPrior {
        weight: [-0.4782, -0.5522, 0.0, -1.201, -0.2832, -1.92, -1.521, -4.594, -2.076],
        weight_size: LISTED_SIZE,
        growth: 0.003_196,
        long_run: 0.002_114,
        volatility: 0.8825,
    },
    // utilities
    PeersPrior {
        weight: [-1.391, -0.4933, 0.0, -1.069, -0.5235, -3.504, -2.147, -4.625, -3.061],
        weight_size: LISTED_SIZE,
        growth: -0.019_34,
        long_run: -0.005_818,
        volatility: 0.8692,
    },
];

/// Powers of ten between 1 billion dollars a year and this rate, as far as the model tells sizes apart.
pub(super) fn size(usd_a_year: f64) -> f64 {
    (libm::log10(usd_a_year) - 9.0).clamp(SIZES.0, SIZES.1)
}

/// Logits of the classes before any figure but the first.
pub(super) fn logits(peers: Peers, size: f64) -> [f64; COUNT] {
    let prior = peers_prior(peers);
    std::array::from_fn(|class| prior.weight[class] + prior.weight_size[class] * size)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parameters_are_in_their_ranges() {
        for class in CLASSES {
            let spreads =
                [class.sigma_level, class.sigma_growth, class.growth_sd, class.irregular, class.season, class.season_drift];
            assert!(spreads.iter().all(|sd| *sd > 0.0), "{}", class.name);
            assert!(class.kappa > 0.0 && class.nu > 2.0, "{}", class.name);
        }
        for peers in Peers::ALL {
            assert!(peers_prior(peers).volatility > 0.0, "{peers}");
        }
    }
}
