//! The questions people ask of a projection: what a target asks for ([`target`]), who overtakes whom ([`compare`]), whether the
//! figures go together ([`reconcile`]), how a saved projection did ([`score`]), and how methods would have done so far
//! ([`backtest`], by the measures of [`accuracy`]); how a target is phased ([`phasing`]), and how actual figures stand against plans
//! ([`against`]).
//!
//! Takes series, the growth model's fits and projections, and answers with values that serialise as JSON. A question that makes no
//! sense, such as a target of nothing, is a [`QuestionError`] and not a number. Nothing here reads
//! text, prints or draws.

pub mod accuracy;
pub mod against;
pub mod backtest;
pub mod compare;
mod json;
mod kept;
pub mod phasing;
pub mod pinball;
pub mod reconcile;
mod required;
pub mod score;
pub mod settled;
pub mod target;

use crate::calendar::{Month, Step};
use crate::money::{Currency, short};
use crate::project::ProjectError;
use crate::scenario::ScenarioError;

pub use kept::Kept;
pub use required::{Base, Past, Required};

/// Why a question has no answer.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum QuestionError {
    /// The series cannot be projected.
    #[error(transparent)]
    Project(#[from] ProjectError),
    /// The series cannot be projected under a scenario.
    #[error(transparent)]
    Scenario(#[from] Box<ScenarioError>),
    /// There is no target to ask about.
    #[error("{series} has no target")]
    NoTarget {
        /// Name of the series.
        series: String,
    },
    /// A target of zero or less.
    #[error("{series} has a target of {} for {period}, but revenue is above zero in every outcome", short(*amount, *currency))]
    TargetNotPositive {
        /// Name of the series.
        series: String,
        /// The amount.
        amount: f64,
        /// Its currency.
        currency: Currency,
        /// The period, named.
        period: String,
    },
    /// Fewer than two series to compare.
    #[error("a comparison needs two series or more, but there {}", if *.0 == 1 { "is only one" } else { "are none" })]
    TooFew(usize),
    /// A series against itself.
    #[error("{0} would be compared with itself")]
    Itself(String),
    /// A series against one that it is a part of.
    #[error("{part} is a part of {whole}, so it can never be larger")]
    PartOfOther {
        /// Name of the part.
        part: String,
        /// Name of the whole.
        whole: String,
    },
    /// Amounts in different currencies.
    #[error("{first} is in {first_currency} and {second} in {second_currency}")]
    Currencies {
        /// Name of one series.
        first: String,
        /// Its currency.
        first_currency: Currency,
        /// Name of another.
        second: String,
        /// Its currency.
        second_currency: Currency,
    },
    /// No date has figures enough before it and a horizon after it.
    #[error(
        "{series} has {figures} observation{}, and a backtest {months} months ahead needs {}",
        if *.figures == 1 { "" } else { "s" },
        match .needed { Some(needed) => needed.to_string(), None => format!("{least} known at a date and one after it") }
    )]
    TooShort {
        /// Name of the series.
        series: String,
        /// Its observations.
        figures: usize,
        /// How many totals are needed; `None` for series that are not regular.
        needed: Option<usize>,
        /// How many must be known at an origin.
        least: usize,
        /// Months ahead.
        months: u32,
    },
    /// The comparison would end before it begins.
    #[error("the last figure is for {origin}, so there is nothing to compare up to {until}")]
    NothingAhead {
        /// The latest origin of the series.
        origin: Month,
        /// The last month asked for.
        until: Month,
    },
    /// Fiscal years that end in different months.
    #[error("the fiscal years of {first} and {second} end in different months, so the revenue of years cannot be compared")]
    YearsDiffer {
        /// Name of one series.
        first: String,
        /// Name of the other.
        second: String,
    },
    /// No year to compare.
    #[error("no fiscal year ends after the last figure and by {until}")]
    NoWholeYear {
        /// The last month asked for.
        until: Month,
    },
    /// A single figure, with nothing to compare it with.
    #[error("{series} has {}, so there is nothing to reconcile", if *figures == 1 { "one figure" } else { "no figure" })]
    NothingToReconcile {
        /// Name of the series.
        series: String,
        /// How many there are.
        figures: usize,
    },
    /// More figures than are reconciled.
    #[error("{series} has {figures} figures to reconcile; the limit is {limit}")]
    TooManyFigures {
        /// Name of the series.
        series: String,
        /// How many there are.
        figures: usize,
        /// The most.
        limit: usize,
    },
    /// A factor between run-rates and totals that the figures do not show.
    #[error("{series}: a factor between run-rates and totals cannot be estimated, because {why}")]
    ScopeUnknown {
        /// Name of the series.
        series: String,
        /// What is missing.
        why: String,
    },
    /// A period that is not made of whole steps.
    #[error("{period} is not made of whole {step}s")]
    NoSteps {
        /// The period, named.
        period: String,
        /// The steps.
        step: Step,
    },
    /// A target to phase over a period that has passed.
    #[error("the figures of {series} already cover {period}, so there is nothing left of it to plan")]
    PlanPast {
        /// Name of the series.
        series: String,
        /// The period, named.
        period: String,
    },
    /// A target that what is earned comes to already.
    #[error(
        "{series} has already earned {} in {period}, against a target of {}, so there is nothing left to plan",
        short(*earned, *currency), short(*target, *currency)
    )]
    AlreadyEarned {
        /// Name of the series.
        series: String,
        /// What is earned.
        earned: f64,
        /// The target.
        target: f64,
        /// Currency of both.
        currency: Currency,
        /// The period, named.
        period: String,
    },
    /// A target for months in which nothing is ever earned.
    #[error("{series} is projected to earn nothing in what is left of {period}, so a target cannot be spread over it")]
    NothingToPhase {
        /// Name of the series.
        series: String,
        /// The period, named.
        period: String,
    },
    /// A plan without targets and without revenue.
    #[error("{plan}: there is no plan for the revenue of {series}")]
    NoPlan {
        /// What the plan is called.
        plan: String,
        /// Name of the series.
        series: String,
    },
    /// Periods of a plan that share some months.
    #[error("{plan}: {first} and {second} overlap")]
    PlanOverlaps {
        /// What the plan is called.
        plan: String,
        /// One period, named.
        first: String,
        /// The next one.
        second: String,
    },
    /// A total of a plan that its periods do not come to.
    #[error(
        "{plan}: {period} is planned as {}, but the periods within it come to {}",
        short(*whole, *currency), short(*sum, *currency)
    )]
    PlanDisagrees {
        /// What the plan is called.
        plan: String,
        /// The period of the total, named.
        period: String,
        /// The total.
        whole: f64,
        /// What the periods within it come to.
        sum: f64,
        /// Currency of both.
        currency: Currency,
    },
}

impl QuestionError {
    /// What to do about it.
    pub fn hint(&self) -> &'static str {
        match self {
            Self::Project(error) => error.hint(),
            Self::Scenario(_) => "correct the scenario, or leave it out",
            Self::NoTarget { .. } => "add a row of kind target, or give one with --goal \"Series=20B@2026-12 run-rate\"",
            Self::TargetNotPositive { .. } => "check the target's amount",
            Self::TooFew(_) => "name two series, or leave the names out to compare all",
            Self::PartOfOther { .. } => "name series that are not parts of each other",
            Self::Itself(_) => "name two different series",
            Self::Currencies { .. } => "give --rates and --currency to read both in one currency",
            Self::NothingAhead { .. } => "give a later --until",
            Self::YearsDiffer { .. } => "--measure ttm compares the twelve months up to each month",
            Self::NoWholeYear { .. } => "give a later --until, or --measure ttm for twelve months up to each month",
            Self::TooShort { .. } => "give a shorter --horizon, or more history",
            Self::NothingToReconcile { .. } => {
                "reconciling needs at least two figures; --with-targets exit or revenue includes targets"
            }
            Self::TooManyFigures { .. } => "remove some rows: give quarterly totals instead of months, or drop the early years",
            Self::ScopeUnknown { .. } => "give the factor, --scope run-rate=0.85, if a source states it",
            Self::NoSteps { .. } => "give a fiscal year, quarter or month with --for, or a shorter --step",
            Self::PlanPast { .. } => {
                "topline target says whether a past target was met; --actual FILE compares figures with a plan"
            }
            Self::AlreadyEarned { .. } => "give a higher --target, or a later period with --for",
            Self::NothingToPhase { .. } => "give a period with --for in which something is earned",
            Self::NoPlan { .. } => "give a file with a target, or an amount of revenue, for each period",
            Self::PlanOverlaps { .. } => "give each month of a plan once",
            Self::PlanDisagrees { .. } => "correct the total or its periods, or leave the total out",
        }
    }
}
