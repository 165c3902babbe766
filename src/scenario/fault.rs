//! What can be wrong with an assumption, and what to do about it.

use crate::calendar::Month;
use crate::money::Currency;
use crate::project::{LEAST, MOST};
use crate::read::{MoneyFault, PeriodFault};

/// What is wrong with an assumption.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Fault {
    /// The file is not TOML.
    #[error("this is not valid TOML: {message}")]
    Syntax {
        /// In the words of its parser.
        message: String,
    },
    /// A key that means nothing there.
    #[error("{key:?} is not a key of {table}")]
    UnknownKey {
        /// The key.
        key: String,
        /// What it stands in.
        table: &'static str,
        /// The keys there are.
        known: &'static [&'static str],
        /// The one that is meant, it seems.
        near: Option<&'static str>,
    },
    /// A key that is needed is not there.
    #[error("{table} has no {key}")]
    Missing {
        /// The key.
        key: &'static str,
        /// What it stands in.
        table: &'static str,
        /// How it may look.
        example: &'static str,
    },
    /// A value of another type than is needed.
    #[error("{key} is {found} here")]
    Type {
        /// The key.
        key: String,
        /// What was found.
        found: &'static str,
        /// How it may look.
        example: &'static str,
    },
    /// The file holds no scenario.
    #[error("there is no scenario in the file")]
    NoScenario,
    /// Two scenarios of one name, or one of the name that the projection without assumptions has.
    #[error("another scenario is already named {name:?}")]
    SameName {
        /// The name.
        name: String,
    },
    /// A name without letters.
    #[error("the name is empty")]
    NoName,
    /// No series has this name.
    #[error("no series is named {name:?}")]
    UnknownSeries {
        /// The name.
        name: String,
        /// The names there are.
        known: Vec<String>,
        /// The one that is meant, it seems.
        near: Option<String>,
    },
    /// There are several series, and none is named.
    #[error("it does not say which series it is about")]
    WhichSeries {
        /// The names there are.
        known: Vec<String>,
    },
    /// Growth or another share is not written as a percentage.
    #[error("{text:?} is not a percentage")]
    Percentage {
        /// What stands there.
        text: String,
    },
    /// A growth of -100% or less.
    #[error("{text:?} leaves nothing: growth is above -100%")]
    Vanishes {
        /// What stands there.
        text: String,
    },
    /// A probability that is none, or 0.
    #[error("{text:?} is not a probability above 0% and up to 100%")]
    Probability {
        /// What stands there.
        text: String,
    },
    /// Not one, two or three numbers.
    #[error("{text:?} is not a number or range")]
    Range {
        /// What stands there.
        text: String,
    },
    /// A growth beyond all that there is.
    #[error("{text:?} is more than any growth that is assumed: 100000000%")]
    TooFast {
        /// What stands there.
        text: String,
    },
    /// An amount is so large or so small that arithmetic with it overflows.
    #[error("{text:?} is outside of what amounts are taken: {LEAST:e} to {MOST:e}")]
    OutOfRange {
        /// What stands there.
        text: String,
    },
    /// A range whose numbers do not rise.
    #[error("{text:?} runs from high to low")]
    Descending {
        /// What stands there.
        text: String,
    },
    /// A range that spans a factor of more than a thousand, as where a unit is missing at one end.
    #[error("{text:?} spans a factor of more than a thousand")]
    TooWide {
        /// What stands there.
        text: String,
    },
    /// A range from below zero to above, or an amount of zero.
    #[error("{text:?} is zero, or on both sides of it")]
    Zero {
        /// What stands there.
        text: String,
    },
    /// An amount below zero where it must be above.
    #[error("{text:?} is below zero")]
    Negative {
        /// What stands there.
        text: String,
    },
    /// No amount.
    #[error("{text:?} is not an amount{}", if *.fault == MoneyFault::Unclear { " with only one reading" } else { "" })]
    Amount {
        /// What stands there.
        text: String,
        /// What is wrong with it.
        fault: MoneyFault,
    },
    /// A currency that there is not.
    #[error("{text:?} is not a currency")]
    Currency {
        /// What stands there.
        text: String,
    },
    /// An amount in a currency of which no rate is assumed.
    #[error("the amount is in {of}, the series in {in_}, and no exchange rate between them is given")]
    NoRate {
        /// The amount's currency.
        of: Currency,
        /// That of the series.
        in_: Currency,
    },
    /// No period.
    #[error("{text:?} is not a period")]
    Period {
        /// What stands there.
        text: String,
        /// What is wrong with it.
        fault: PeriodFault,
    },
    /// No length of time.
    #[error("{text:?} is not a length of time")]
    Duration {
        /// What stands there.
        text: String,
    },
    /// No share of growth that is lost each year.
    #[error("{text:?} is not a share of up to 100%")]
    Share {
        /// What stands there.
        text: String,
    },
    /// A word that does not belong there, or stands twice.
    #[error("{word:?} is not expected here, or stands twice")]
    Clause {
        /// The word.
        word: String,
    },
    /// The end is given twice.
    #[error("the end is given twice, by until and by duration")]
    TwoEnds,
    /// It ends before it begins.
    #[error("it ends in {last}, before it begins in {first}")]
    Backwards {
        /// The first month.
        first: Month,
        /// The last.
        last: Month,
    },
    /// It is over before its full size is reached.
    #[error("it takes {ramp} months to reach full size, but ends after {months}")]
    LongRamp {
        /// Months to the full size.
        ramp: u32,
        /// Months that it lasts.
        months: u32,
    },
    /// Growth is assumed twice for one series.
    #[error("growth of {series} is assumed twice")]
    TwoGrowths {
        /// The series.
        series: String,
    },
    /// Growth is assumed of a series whose periods of nothing leave none to replace.
    #[error("{series} has periods without revenue, so it is not projected with a growth rate that could be replaced")]
    NoGrowthModel {
        /// The series.
        series: String,
    },
    /// It begins in months that figures speak of.
    #[error("{what} begins in {first}, but the figures already go to {origin}")]
    NotAhead {
        /// What begins.
        what: String,
        /// Its first month.
        first: Month,
        /// The last observed month.
        origin: Month,
    },
    /// A target for a period that figures go beyond.
    #[error("the target's period ends in {last}, but the figures already go to {origin}")]
    PastAim {
        /// Its last month.
        last: Month,
        /// The last observed month.
        origin: Month,
    },
    /// A target taken as information without saying how sure it is.
    #[error("{text:?} does not say how far the outcome may be from the target")]
    SureAim {
        /// What stands there.
        text: String,
    },
    /// A target without a period or a reading.
    #[error("{text:?} is not a target")]
    Aim {
        /// What stands there.
        text: String,
    },
}

impl Fault {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::Syntax { .. } => "put text in quotation marks; docs/scenarios.md has examples".to_owned(),
            Self::UnknownKey { near: Some(near), .. } => format!("did you mean {near:?}?"),
            Self::UnknownKey { known, .. } => format!("its keys are {}", known.join(", ")),
            Self::Missing { key, example, .. } => format!("add {key} = {example}"),
            Self::Type { example, .. } => format!("write {example}"),
            Self::NoScenario => "begin one with [[scenario]] and name = \"Base\" below it".to_owned(),
            Self::SameName { .. } => "give each a name of its own".to_owned(),
            Self::NoName => "give it a name, such as \"Base\"".to_owned(),
            Self::UnknownSeries { near: Some(near), .. } => format!("did you mean {near:?}?"),
            Self::UnknownSeries { known, .. } => format!("the series are {}; \"*\" means all of them", listed(known)),
            Self::WhichSeries { known } => format!("name one of {}; \"*\" means all of them", listed(known)),
            Self::Percentage { text } => match text.trim().parse::<f64>() {
                Ok(fraction) if fraction.abs() <= 5.0 => format!("write {}% for {text}", (fraction * 1e6).round() / 1e4),
                Ok(_) => format!("write {text}%"),
                _ => "write 25%, or a range such as 60%..90%".to_owned(),
            },
            Self::Vanishes { .. } => "end it by an event or a cap if it is to end".to_owned(),
            Self::Probability { text } => match text.trim().parse::<f64>() {
                Ok(fraction) if fraction > 0.0 && fraction <= 1.0 => {
                    format!("write \"{}%\" for {text}", (fraction * 1e6).round() / 1e4)
                }
                _ => "write \"70%\"; leave out what never happens".to_owned(),
            },
            Self::Range { .. } => "write one number, low..high or low..middle..high: 1B..4B, 60%..90%".to_owned(),
            Self::TooFast { .. } | Self::OutOfRange { .. } => "check the number and its unit".to_owned(),
            Self::Descending { .. } => "write the lower number first".to_owned(),
            Self::TooWide { .. } => "write the unit at both ends: 1B..4B".to_owned(),
            Self::Zero { .. } => {
                "a range must stay on one side of zero; if it may not happen, give it a probability instead".to_owned()
            }
            Self::Negative { .. } => "give an amount above zero".to_owned(),
            Self::Amount { .. } => "write 20B, $1.5B or 1500M".to_owned(),
            Self::Currency { .. } => "give a currency by its ISO 4217 code: EUR = \"1.10 USD\"".to_owned(),
            Self::NoRate { of, in_ } => format!("add a table [rates] with {of} = \"1.10 {in_}\", or a range of rates"),
            Self::Period { .. } => "write 2026-01, Jan 2026, 2026Q1 or 2026".to_owned(),
            Self::Duration { .. } => "write 18 months, 6 quarters or 5 years".to_owned(),
            Self::Share { .. } => "write 20%, a third, a quarter or a half".to_owned(),
            Self::Clause { .. } => "docs/scenarios.md has the form of every assumption".to_owned(),
            Self::TwoEnds => "leave one of them out".to_owned(),
            Self::Backwards { .. } => "give a later end".to_owned(),
            Self::LongRamp { .. } => "give a shorter ramp, or a later end".to_owned(),
            Self::TwoGrowths { .. } => "write a path, 90%, 60%, 40%, or two scenarios".to_owned(),
            Self::NoGrowthModel { .. } => {
                "write it as an event in a scenario's file, amount = \"20%\" and from = \"2026-01\", \
                                           or give the totals of whole years, which have a growth"
                    .to_owned()
            }
            Self::NotAhead { .. } => {
                "its effect until then is already in the figures; begin with a later month, or leave out the start".to_owned()
            }
            Self::PastAim { .. } => "leave it out: the figures already show the outcome".to_owned(),
            Self::SureAim { .. } => {
                "give a range that you expect to contain the outcome 80% of the time: 11B..13B@2025-12 run-rate".to_owned()
            }
            Self::Aim { .. } => "write a range, a period and a basis: 11B..13B@2025-12 run-rate, or …@2025 revenue".to_owned(),
        }
    }
}

fn listed(names: &[String]) -> String {
    const SHOWN: usize = 8;
    let mut list = names.iter().take(SHOWN).map(String::as_str).collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN {
        list += &format!(" and {} more", names.len() - SHOWN);
    }
    list
}
