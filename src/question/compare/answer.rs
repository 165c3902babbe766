//! What a comparison answers.

use serde::Serialize;

use super::Measured;
use crate::calendar::Month;
use crate::money::Currency;
use crate::question::json;

/// One series overtaking another.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Overtaking {
    /// What is compared.
    pub measure: Measured,
    /// The series that is the smaller at the start, by its median.
    pub challenger: String,
    /// The other.
    pub leader: String,
    /// Currency of both.
    #[serde(serialize_with = "json::text")]
    pub currency: Currency,
    /// The last month in which either has a figure.
    #[serde(serialize_with = "json::text")]
    pub origin: Month,
    /// The last month looked at.
    #[serde(serialize_with = "json::text")]
    pub until: Month,
    /// The last month of the period at the start: that of the origin, or of years the first that ends after it.
    #[serde(serialize_with = "json::text")]
    pub start: Month,
    /// Medians at the start, challenger first.
    pub at_start: (f64, f64),
    /// The last month of the first period in which the challenger's median is the larger; `None` if that is after `until`.
    #[serde(serialize_with = "json::maybe")]
    pub medians_cross: Option<Month>,
    /// The 10th, 50th and 90th percentile over draws of the first period in which the challenger is the larger, by its last month;
    /// `None` where that is after `until`.
    pub first_crossing: FirstCrossing,
    /// Share of draws in which the challenger is not the larger in any period up to `until`.
    pub never: f64,
    /// Joint draws that the percentiles and the share rest on.
    pub draws: u32,
    /// Probability that the challenger is the larger, period by period.
    pub larger: Vec<MonthOdds>,
}

/// When the first crossing lies, over draws.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct FirstCrossing {
    /// 10th percentile.
    #[serde(serialize_with = "json::maybe")]
    pub p10: Option<Month>,
    /// 50th percentile.
    #[serde(serialize_with = "json::maybe")]
    pub p50: Option<Month>,
    /// 90th percentile.
    #[serde(serialize_with = "json::maybe")]
    pub p90: Option<Month>,
}

/// A probability in one period.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct MonthOdds {
    /// Its last month.
    #[serde(serialize_with = "json::text")]
    pub month: Month,
    /// The probability.
    pub probability: f64,
}

/// How likely each of several series is to be the largest, at the end of each period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Largest {
    /// What is compared.
    pub measure: Measured,
    /// Names of the series.
    pub series: Vec<String>,
    /// The last month of each period.
    pub ends: Vec<LargestAt>,
}

/// How likely each series is to be the largest in one period.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LargestAt {
    /// Its last month.
    #[serde(serialize_with = "json::text")]
    pub month: Month,
    /// One probability a series, in the order of [`Largest::series`]; they add up to 1.
    pub probability: Vec<f64>,
}
