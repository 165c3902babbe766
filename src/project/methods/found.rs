//! What a method found in a series, as data. `words` makes sentences of it, and [`crate::export`] writes it down.

use crate::calendar::Period;
use crate::project::methods::breaks::Break;
use crate::project::methods::curve::Saturating;

/// What a standard method found.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Details {
    /// The first observed period.
    pub first: Period,
    /// Number of periods from the first observed to the last.
    pub count: usize,
    /// Periods among them without an observation, whose values were taken from the line between their neighbours.
    pub filled: usize,
    /// Periods in a season as the method was told: 12, 4, 2, or 1 for yearly totals.
    pub season: usize,
    /// Jumps and spikes that the method did not take as they are, by their places after the first period.
    pub breaks: Vec<Break>,
    /// What was fitted.
    pub found: Found,
}

/// What a method for regular totals found.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum Found {
    /// Nothing: the method has no parameters.
    Nothing,
    /// That another method has to answer, and why.
    Instead(&'static str, Shortfall),
    /// Models of exponential smoothing, averaged by their weights, the best first.
    Smoothing(Vec<Model>),
    /// Theta models, averaged by their weights.
    Theta(Vec<Model>),
    /// ARIMA models, averaged by their weights, the best first.
    Arima(Vec<Model>),
    /// What each part of a mean found, with the name of the part.
    Parts(Vec<(&'static str, Found)>),
    /// A straight line, and why it stands in for a curve, if it does.
    Line {
        /// What it rises by a period; as a logarithm where growth is constant.
        slope: f64,
        /// Whether the line is of the logarithms: constant growth.
        logarithms: bool,
        /// Why no other curve was fitted.
        why: Option<Shortfall>,
    },
    /// A curve that ends at a ceiling.
    Ceiling(Ceiling),
    /// The trend of so many totals of twelve months.
    Years(usize),
}

/// A model that was fitted.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub struct Model {
    /// Its short name in the literature: `ETS(M,Ad,N)`.
    pub name: String,
    /// Whether it is of the logarithms.
    pub logarithms: bool,
    /// Its share of all weight.
    pub weight: f64,
    /// The parameters, by their usual names.
    pub parameters: Vec<(&'static str, Parameter)>,
}

/// A parameter's value.
#[derive(Clone, Debug, PartialEq)]
pub enum Parameter {
    /// A number.
    Number(f64),
    /// Several, such as coefficients.
    Numbers(Vec<f64>),
    /// A number in the unit of the data.
    Amount(f64),
    /// Several, such as one a period of a season that is added.
    Amounts(Vec<f64>),
    /// The logarithm of an amount.
    LogOfAmount(f64),
}

impl Parameter {
    /// The same of data that are `factor` times as large.
    fn scaled(self, factor: f64) -> Self {
        match self {
            Self::Amount(value) => Self::Amount(value * factor),
            Self::Amounts(values) => Self::Amounts(values.into_iter().map(|value| value * factor).collect()),
            Self::LogOfAmount(value) => Self::LogOfAmount(value + libm::log(factor)),
            Self::Number(_) | Self::Numbers(_) => self,
        }
    }
}

impl Found {
    /// The same of data that are `factor` times as large.
    #[must_use]
    pub(crate) fn scaled(self, factor: f64) -> Self {
        let models = |models: Vec<Model>| models.into_iter().map(|model| model.scaled(factor)).collect();
        match self {
            Self::Smoothing(of) => Self::Smoothing(models(of)),
            Self::Theta(of) => Self::Theta(models(of)),
            Self::Arima(of) => Self::Arima(models(of)),
            Self::Parts(parts) => Self::Parts(parts.into_iter().map(|(name, found)| (name, found.scaled(factor))).collect()),
            Self::Line { slope, logarithms, why } => {
                Self::Line { slope: if logarithms { slope } else { slope * factor }, logarithms, why }
            }
            Self::Ceiling(ceiling) => Self::Ceiling(Ceiling {
                size: ceiling.size * factor,
                open: ceiling.open.map(|(lo, hi)| (lo * factor, hi * factor)),
                ..ceiling
            }),
            Self::Nothing | Self::Instead(..) | Self::Years(_) => self,
        }
    }
}

impl Model {
    fn scaled(mut self, factor: f64) -> Self {
        self.parameters = self.parameters.into_iter().map(|(name, value)| (name, value.scaled(factor))).collect();
        self
    }

    /// The parameter of this name, if it is one number.
    pub fn number(&self, name: &str) -> Option<f64> {
        self.parameters.iter().find_map(|(own, value)| match value {
            Parameter::Number(number) | Parameter::Amount(number) | Parameter::LogOfAmount(number) if *own == name => {
                Some(*number)
            }
            _ => None,
        })
    }
}

/// What was found of a ceiling.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub struct Ceiling {
    /// The curve.
    pub curve: Saturating,
    /// K, in the units of the data: the ceiling of a period, or all that will be sold of a Bass curve.
    pub size: f64,
    /// a of [`Saturating`]: the log of the curve's rate c, or of p.
    pub a: f64,
    /// b of [`Saturating`]: the time of the midpoint in periods after the first, or the log of q.
    pub b: f64,
    /// Tenth and ninetieth percentile of K, where the figures do not tell it.
    pub open: Option<(f64, f64)>,
}

/// Why a method could not do what it is named for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
#[non_exhaustive]
pub enum Shortfall {
    /// There is one figure.
    OneFigure,
    /// There are fewer than four figures.
    FewerThanFour,
    /// There are fewer than six figures, and a ceiling needs so many.
    FewerThanSix,
    /// No model could be fitted.
    NoModel,
    /// No curve fits.
    NoCurve,
    /// There are zeros, and constant growth knows none.
    Zeros,
    /// There is nothing but zeros.
    OnlyZeros,
    /// The figures stay as they are.
    Flat,
    /// The figures do not rise.
    Falling,
}

impl Shortfall {
    /// Its name in files.
    pub fn name(self) -> &'static str {
        match self {
            Self::OneFigure => "one-figure",
            Self::FewerThanFour => "fewer-than-four-figures",
            Self::FewerThanSix => "fewer-than-six-figures",
            Self::NoModel => "no-model",
            Self::NoCurve => "no-curve",
            Self::Zeros => "zeros",
            Self::OnlyZeros => "only-zeros",
            Self::Flat => "flat",
            Self::Falling => "falling",
        }
    }
}

/// What a series with periods of nothing was taken for.
#[derive(Clone, Copy, Debug, PartialEq)]
#[non_exhaustive]
pub enum Nothing {
    /// It begins in this period.
    Began {
        /// The period.
        first: Period,
        /// If that is less than a year ago: the months since, and the tenth and ninetieth percentile of its growth in a year.
        open: Option<(u32, f64, f64)>,
    },
    /// There was never any revenue.
    Never,
    /// It has ended in this period.
    Ended(Period),
    /// It is closed for a part of each year.
    Seasonal,
    /// Its revenue comes with gaps.
    Sparse,
}
