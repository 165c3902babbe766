//! The reference classes: what companies' growth has looked like.
//!
//! Fitted once, by maximum likelihood, on the annual and quarterly revenue of some 2,000 listed companies, 1998 to 2025, and
//! checked on 2,000 others; `docs/growth.md` has the coverage that was measured. They are constants of the model, not of any company.

/// Parameters of one reference class. Logs are natural, rates are per year, and every standard deviation is of the log
/// revenue of a company of 1 billion dollars a year; larger companies move less (see [`BETA`]).
#[derive(Clone, Copy, Debug, PartialEq, serde::Serialize)]
pub struct Class {
    /// Name of the class.
    pub name: &'static str,
    /// What companies of the class are like.
    pub says: &'static str,
    /// Prior weight, as a logit.
    pub weight: f64,
    /// Change of the logit for each power of ten of size.
    pub weight_size: f64,
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

/// Standard deviations shrink as 10^(-BETA · size), where size counts powers of ten from 1 billion dollars a year.
pub const BETA: f64 = 0.1007;

/// Number of reference classes.
pub(super) const COUNT: usize = 6;

/// The reference classes.
pub const CLASSES: [Class; COUNT] = [
    Class {
        name: "steady",
        says: "smooth compounding, little noise (software, services)",
        weight: -1.569,
        weight_size: -0.078_29,
        mu: 0.047_51,
        growth_mean: 0.1135,
        growth_mean_size: -0.056_16,
        kappa: 0.1297,
        sigma_level: 0.043_22,
        sigma_growth: 0.033_87,
        growth_sd: 0.087_37,
        irregular: 0.0106,
        season: 0.023_93,
        season_drift: 0.008_247,
        nu: 4.23,
    },
    Class {
        name: "seasonal",
        says: "a strong pattern within the year (retail, travel)",
        weight: -0.8487,
        weight_size: 0.4079,
        mu: 0.048_69,
        growth_mean: 0.0572,
        growth_mean_size: -0.015_07,
        kappa: 0.1618,
        sigma_level: 0.067_39,
        sigma_growth: 0.019_78,
        growth_sd: 0.048_06,
        irregular: 0.030_64,
        season: 0.2092,
        season_drift: 0.017_11,
        nu: 2.674,
    },
    Class {
        name: "lumpy",
        says: "large irregular swings between periods (projects, milestones)",
        weight: -1.011,
        weight_size: -0.081_06,
        mu: 0.0272,
        growth_mean: 0.061_23,
        growth_mean_size: -0.075_18,
        kappa: 0.2694,
        sigma_level: 0.2097,
        sigma_growth: 0.013_71,
        growth_sd: 0.047_27,
        irregular: 0.3386,
        season: 0.1357,
        season_drift: 0.009_975,
        nu: 2.668,
    },
    Class {
        name: "volatile",
        says: "the level itself moves (commodities, acquisitions)",
        weight: 0.0,
        weight_size: 0.006_61,
        mu: 0.045_38,
        growth_mean: 0.0971,
        growth_mean_size: -0.049_51,
        kappa: 0.2166,
        sigma_level: 0.1616,
        sigma_growth: 0.012_39,
        growth_sd: 0.040_09,
        irregular: 0.043_88,
        season: 0.054_89,
        season_drift: 0.009_523,
        nu: 2.596,
    },
    Class {
        name: "fast",
        says: "fast growth that fades over two or three years",
        weight: -3.159,
        weight_size: -0.4896,
        mu: 0.198,
        growth_mean: 0.309,
        growth_mean_size: -0.0777,
        kappa: 0.6151,
        sigma_level: 0.068_95,
        sigma_growth: 0.094_72,
        growth_sd: 0.3419,
        irregular: 0.019_19,
        season: 0.025_81,
        season_drift: 0.009_562,
        nu: 3.519,
    },
    Class {
        name: "surge",
        says: "a burst of growth that is gone within months",
        weight: -2.312,
        weight_size: 0.2345,
        mu: 0.040_43,
        growth_mean: 0.2315,
        growth_mean_size: -0.030_13,
        kappa: 2.927,
        sigma_level: 0.084_04,
        sigma_growth: 0.019_98,
        growth_sd: 2.292,
        irregular: 0.050_53,
        season: 0.073_16,
        season_drift: 0.009_933,
        nu: 2.539,
    },
];

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
    }
}
