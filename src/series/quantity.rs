//! What the amounts of a series are, where that is not revenue.

use std::fmt;

use super::Measure;

/// What the amounts of a series are: revenue, or what was asked for by its own name.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Quantity {
    /// Revenue.
    #[default]
    Revenue,
    /// Gross merchandise value: what is sold over a marketplace, whoever earns it.
    Gmv,
    /// Orders won, whenever they are delivered.
    Bookings,
    /// Amounts invoiced, whenever they are earned.
    Billings,
}

impl Quantity {
    const ALL: [Self; 4] = [Self::Revenue, Self::Gmv, Self::Bookings, Self::Billings];

    /// The name in a sentence: `revenue`, `GMV`, `bookings`, `billings`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Revenue => "revenue",
            Self::Gmv => "GMV",
            Self::Bookings => "bookings",
            Self::Billings => "billings",
        }
    }

    /// The name of a measure of it in files: `revenue` and `run-rate`, `gmv` and `gmv-run-rate`.
    pub fn measure_name(self, measure: Measure) -> &'static str {
        match (self, measure) {
            (Self::Revenue, measure) => measure.name(),
            (Self::Gmv, Measure::Revenue) => "gmv",
            (Self::Gmv, Measure::RunRate) => "gmv-run-rate",
            (Self::Bookings, Measure::Revenue) => "bookings",
            (Self::Bookings, Measure::RunRate) => "bookings-run-rate",
            (Self::Billings, Measure::Revenue) => "billings",
            (Self::Billings, Measure::RunRate) => "billings-run-rate",
        }
    }

    /// What a [name in files](Self::measure_name) stands for.
    pub fn of_measure_name(name: &str) -> Option<(Self, Measure)> {
        let measures = [Measure::Revenue, Measure::RunRate];
        let all = Self::ALL.into_iter().flat_map(|quantity| measures.map(|measure| (quantity, measure)));
        all.into_iter().find(|(quantity, measure)| quantity.measure_name(*measure) == name)
    }
}

impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
