//! One figure: what it states, for when, and where it comes from.

use std::fmt;
use std::str::FromStr;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::calendar::Period;
use crate::money::Amount;

/// What a number measures: a sum over a period, or a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// The total of a period.
    Revenue,
    /// The annualised rate of one month: twelve times the month's revenue.
    RunRate,
}

impl Measure {
    /// The name in files and on the command line: `revenue` or `run-rate`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Revenue => "revenue",
            Self::RunRate => "run-rate",
        }
    }

    /// The measure of this [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Revenue, Self::RunRate].into_iter().find(|measure| measure.name() == name)
    }
}

/// A text that is not the name of a measure.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a measure: revenue or run-rate")]
pub struct UnknownMeasure(String);

impl FromStr for Measure {
    type Err = UnknownMeasure;

    /// As [`from_name`](Self::from_name).
    fn from_str(name: &str) -> Result<Self, UnknownMeasure> {
        Self::from_name(name).ok_or_else(|| UnknownMeasure(name.to_owned()))
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a figure states, by its kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fact {
    /// Revenue earned over the figure's period.
    Revenue(Amount),
    /// The annualised rate in the figure's period, which is one month.
    RunRate(Amount),
    /// An aim for the figure's period.
    Target {
        /// What is aimed at.
        amount: Amount,
        /// Whether the period's revenue or the run-rate at its end is meant; `None` if the source does not say.
        basis: Option<Measure>,
    },
    /// A commitment to pay or be paid, dated by its signature.
    Contract(Amount),
    /// Something that happened.
    Event(Option<Amount>),
}

impl Fact {
    /// The kind's name in files: `revenue`, `run-rate`, `target`, `contract` or `event`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Revenue(_) => "revenue",
            Self::RunRate(_) => "run-rate",
            Self::Target { .. } => "target",
            Self::Contract(_) => "contract",
            Self::Event(_) => "event",
        }
    }

    /// The amount stated, if any.
    pub fn amount(&self) -> Option<Amount> {
        match *self {
            Self::Revenue(amount) | Self::RunRate(amount) | Self::Contract(amount) | Self::Target { amount, .. } => {
                Some(amount)
            }
            Self::Event(amount) => amount,
        }
    }

    /// What the figure observes, if it is an observation.
    pub fn observes(&self) -> Option<Measure> {
        match self {
            Self::Revenue(_) => Some(Measure::Revenue),
            Self::RunRate(_) => Some(Measure::RunRate),
            Self::Target { .. } | Self::Contract(_) | Self::Event(_) => None,
        }
    }

    /// Whether two figures of one period make the same statement, so that one of them replaces the other.
    pub(super) fn restates(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Revenue(_), Self::Revenue(_)) | (Self::RunRate(_), Self::RunRate(_)) => true,
            (Self::Target { basis: mine, .. }, Self::Target { basis: theirs, .. }) => mine == theirs,
            _ => false,
        }
    }
}

/// Where a figure stood in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's name as the user gave it, or `-` for standard input.
    pub file: Arc<str>,
    /// Line, from 1; the largest number stands for all beyond it.
    pub line: u32,
    /// Column in characters, from 1; likewise.
    pub column: u32,
}

/// `data/revenue.csv:3:17`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// The cells of a figure as they were written, kept for `inspect`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The period's cell.
    pub period: String,
    /// The value's cell.
    pub value: String,
}

/// What is told of a figure besides, kept apart: few figures have it, and there are many figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aside {
    /// Where the figure was found: an address, a filing, an article.
    pub source: Option<String>,
    /// A remark that goes with it to the chart and the export.
    pub note: Option<String>,
    /// How it was written.
    pub written: Option<Written>,
}

/// One figure: what it states, for when, and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What is stated.
    pub fact: Fact,
    /// The months it speaks of.
    pub period: Period,
    /// The day, where the source gives one.
    pub day: Option<NaiveDate>,
    /// When the figure was published or known.
    pub as_of: Option<NaiveDate>,
    /// Where it stood in its file.
    pub place: Option<Place>,
    /// What is told of it besides: [`source`](Self::source), [`note`](Self::note), [`written`](Self::written).
    pub aside: Option<Box<Aside>>,
}

impl Figure {
    /// A figure with nothing but its statement and its period.
    pub fn new(fact: Fact, period: Period) -> Self {
        Self { fact, period, day: None, as_of: None, place: None, aside: None }
    }

    /// Where it was found: an address, a filing, an article.
    pub fn source(&self) -> Option<&str> {
        self.aside.as_ref()?.source.as_deref()
    }

    /// A remark that goes with it to the chart and the export.
    pub fn note(&self) -> Option<&str> {
        self.aside.as_ref()?.note.as_deref()
    }

    /// How it was written, if that was kept.
    pub fn written(&self) -> Option<&Written> {
        self.aside.as_ref()?.written.as_ref()
    }

    /// The annualised rate that the figure states over its period, in the currency's major unit; `None` unless it is an
    /// observation.
    pub fn annual_rate(&self) -> Option<f64> {
        match self.fact {
            Fact::Revenue(amount) => Some(amount.value() * 12.0 / f64::from(self.period.months())),
            Fact::RunRate(amount) => Some(amount.value()),
            _ => None,
        }
    }
}
