//! Methods by their names.

use std::fmt;
use std::str::FromStr;

use super::auto::{self, Choice, WithoutBacktest};
use super::explanation::Explanation;
use super::growth::{self, Growth, GrowthFit};
use super::standard::{Standard, StandardFit};
use super::words;
use super::zeros::{self, ZerosFit};
use crate::calendar::{Month, Period};
use crate::project::{Details, Distribution, Fitted, Method, ProjectError};
use crate::series::{Measure, Series};

/// A method as it is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Named {
    /// A choice for each series: [`auto`].
    Auto,
    /// The growth model: [`growth`].
    Growth,
    /// A method for regular totals.
    Standard(Standard),
}

impl Named {
    /// Every method.
    pub const ALL: [Self; 2 + Standard::ALL.len()] = {
        let mut all = [Self::Auto; 2 + Standard::ALL.len()];
        all[1] = Self::Growth;
        let mut at = 0;
        while at < Standard::ALL.len() {
            all[2 + at] = Self::Standard(Standard::ALL[at]);
            at += 1;
        }
        all
    };

    /// Name in files and on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Auto => auto::NAME,
            Self::Growth => growth::NAME,
            Self::Standard(standard) => standard.name(),
        }
    }

    /// What it is, in a line without a full stop.
    pub fn summary(self) -> &'static str {
        match self {
            Self::Auto => auto::SUMMARY,
            Self::Growth => growth::SUMMARY,
            Self::Standard(standard) => standard.summary(),
        }
    }

    /// What there is to say of it.
    pub fn explanation(self) -> Explanation {
        match self {
            Self::Auto => auto::EXPLANATION,
            Self::Growth => growth::EXPLANATION,
            Self::Standard(standard) => standard.explanation(),
        }
    }
}

impl From<Standard> for Named {
    fn from(standard: Standard) -> Self {
        Self::Standard(standard)
    }
}

/// Its name.
impl fmt::Display for Named {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// The method of this name.
///
/// ```
/// use topline::project::Standard;
/// use topline::project::named::Named;
///
/// assert_eq!("seasonal-naive".parse(), Ok(Named::Standard(Standard::SeasonalNaive)));
/// let error = "etss".parse::<Named>().unwrap_err();
/// assert!(error.hint().starts_with("the methods are auto, growth, ets, "));
/// ```
impl FromStr for Named {
    type Err = UnknownMethod;

    fn from_str(name: &str) -> Result<Self, UnknownMethod> {
        let found = Self::ALL.into_iter().find(|method| method.name() == name);
        found.ok_or_else(|| UnknownMethod { name: name.to_owned() })
    }
}

/// No method has this name.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown method {name}")]
#[non_exhaustive]
pub struct UnknownMethod {
    /// What was given for a name.
    pub name: String,
}

impl UnknownMethod {
    /// What to do about it.
    pub fn hint(&self) -> String {
        format!("the methods are {}", Named::ALL.map(Named::name).join(", "))
    }
}

impl Method for Named {
    type Fitted = AnyFit;

    fn name(&self) -> &'static str {
        Self::name(*self)
    }

    fn fit(&self, series: &Series, window: Period) -> Result<AnyFit, ProjectError> {
        ProjectError::check_amounts(series)?;
        let by_growth = || Growth::new().fit(series, window).map(|fit| AnyFit::Growth(Box::new(fit)));
        if !matches!(self, Self::Standard(_))
            && auto::has_zeros(series)
            && let Some(fit) = zeros::fit(series, window)?
        {
            return Ok(AnyFit::Zeros(Box::new(fit)));
        }
        match self {
            // A few stray zeros, which the standard methods take.
            Self::Growth if auto::has_zeros(series) && auto::has_revenue(series) => {
                let fit = Self::Standard(Standard::Combine).fit(series, window).or_else(|_| by_growth())?;
                Ok(AnyFit::Chosen(Box::new(fit), None))
            }
            Self::Growth => by_growth(),
            Self::Standard(standard) => standard.fit(series, window).map(|fit| AnyFit::Standard(Box::new(fit))),
            Self::Auto => {
                let choice = auto::choice(series, window);
                let method = match choice.as_ref().and_then(|choice| choice.scores.first()) {
                    Some(chosen) => chosen.method,
                    None if WithoutBacktest::of(series).is_some() => Self::Standard(Standard::Combine),
                    None => return by_growth(),
                };
                let fit = method.fit(series, window)?;
                Ok(AnyFit::Chosen(Box::new(fit), choice))
            }
        }
    }
}

/// A series fitted by any method.
#[derive(Clone, Debug)]
pub enum AnyFit {
    /// By the growth model.
    Growth(Box<GrowthFit>),
    /// By a method for regular totals.
    Standard(Box<StandardFit>),
    /// A series with periods of nothing, by the growth model of its years or what else they call for.
    Zeros(Box<ZerosFit>),
    /// By a method that was chosen for the series; by a backtest if there is one.
    Chosen(Box<AnyFit>, Option<Choice>),
}

impl AnyFit {
    /// The growth model's fit, where it answers for every month ahead: it alone knows how months go together.
    pub fn growth(&self) -> Option<&GrowthFit> {
        match self {
            Self::Growth(fit) => Some(fit),
            Self::Zeros(fit) => fit.growth(),
            Self::Chosen(fit, _) => fit.growth(),
            Self::Standard(_) => None,
        }
    }

    /// Which method answered where the growth model was asked and did not take all figures as they are, and why; `None` where it did.
    pub fn instead(&self, series: &Series) -> Option<String> {
        (!matches!(self, Self::Growth(_))).then(|| format!("by {}: {}", self.method(), self.reason(series)))
    }

    /// What it rests on, in words.
    fn found(&self, series: &Series) -> String {
        match self {
            Self::Growth(_) | Self::Zeros(_) => words::of_figures(series),
            Self::Standard(fit) => words::rests_on(fit.found(), series),
            Self::Chosen(fit, _) => fit.found(series),
        }
    }

    fn fit(&self) -> &dyn Fitted {
        match self {
            Self::Growth(fit) => fit.as_ref(),
            Self::Standard(fit) => fit.as_ref(),
            Self::Zeros(fit) => fit.as_ref(),
            Self::Chosen(fit, _) => fit.fit(),
        }
    }
}

impl Fitted for AnyFit {
    fn method(&self) -> &'static str {
        self.fit().method()
    }

    fn distribution(&self, measure: Measure, period: Period) -> Distribution {
        self.fit().distribution(measure, period)
    }

    fn ratio(&self, measure: Measure, period: Period, base: Period) -> Option<Distribution> {
        self.fit().ratio(measure, period, base)
    }

    fn start(&self) -> Month {
        self.fit().start()
    }

    fn reason(&self, series: &Series) -> String {
        match self {
            Self::Chosen(fit, Some(choice)) => format!("{choice}; {}", fit.found(series)),
            Self::Chosen(fit, None) => words::not_growth(WithoutBacktest::of(series), &fit.found(series)),
            Self::Growth(_) | Self::Standard(_) | Self::Zeros(_) => self.fit().reason(series),
        }
    }

    fn details(&self) -> Details {
        self.fit().details()
    }

    fn choice(&self) -> Option<&Choice> {
        match self {
            Self::Chosen(_, choice) => choice.as_ref(),
            Self::Growth(_) | Self::Standard(_) | Self::Zeros(_) => None,
        }
    }
}
