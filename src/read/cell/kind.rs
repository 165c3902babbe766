//! The kinds of figures by the names people give them.

use crate::money::Amount;
use crate::near::{nearest, normalise};
use crate::read::cell::words::{Mark, words};
use crate::series::{Fact, Measure};

/// Kind of a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The total of a period.
    Revenue,
    /// The annualised rate of a month.
    RunRate,
    /// An aim.
    Target,
    /// A commitment.
    Contract,
    /// Something that happened.
    Event,
}

/// Names in normal form; the first of each kind is its own.
const NAMES: [(Kind, &[&str]); 5] = [
    (
        Kind::Revenue,
        &[
            "revenue",
            "revenues",
            "actual",
            "actuals",
            "act",
            "total",
            "sales",
            "flow",
            "net_revenue",
            "mrr",
            "turnover",
            "recognised_revenue",
            "recognized_revenue",
            "revenu",
            "chiffre_d_affaires",
            "ca",
            "réalisé",
            "umsatz",
            "ist",
        ],
    ),
    (
        Kind::RunRate,
        &[
            "run_rate",
            "runrate",
            "arr",
            "annualised",
            "annualized",
            "annual_run_rate",
            "annualised_revenue",
            "annualized_revenue",
            "annualised_run_rate",
            "annualized_run_rate",
            "revenue_run_rate",
            "rythme_annuel",
            "annualisé",
        ],
    ),
    (
        Kind::Target,
        &[
            "target",
            "goal",
            "guidance",
            "aim",
            "objective",
            "forecast",
            "projection",
            "plan",
            "budget",
            "budgeted",
            "planned",
            "estimate",
            "estimated",
            "expected",
            "outlook",
            "consensus",
            "fcst",
            "fc",
            "latest_estimate",
            "reforecast",
            "rolling_forecast",
            "est",
            "bud",
            "forecasted",
            "projected",
            "prévision",
            "presupuesto",
            "begroting",
            "prognos",
            "予想",
            "预测",
            "objectif",
            "cible",
            "ziel",
            "prognose",
        ],
    ),
    (Kind::Contract, &["contract", "contract_value", "backlog", "bookings", "commitment", "rpo", "tcv", "contrat", "vertrag"]),
    (Kind::Event, &["event", "news", "announcement", "événement", "evenement", "ereignis"]),
];

impl Kind {
    /// The kind of this name or synonym, in any case.
    pub fn from_name(name: &str) -> Option<Self> {
        let plain = normalise(name);
        let known = NAMES.iter().find(|(_, names)| names.contains(&plain.as_str())).map(|(kind, _)| *kind);
        known.or_else(|| target_of(name).map(|_| Self::Target))
    }

    /// The kind of this name in a column of kinds, where a word may stand that is known beside periods too: `Real`, `FC`. Of a
    /// letter alone it takes the column's name to say.
    pub(in crate::read) fn in_column(name: &str) -> Option<Self> {
        Self::from_name(name).or_else(|| {
            let word = Some(name.trim()).filter(|word| word.len() > 1)?;
            Mark::first_of(&[Mark::Actual, Mark::Forecast], word).map(|mark| match mark {
                Mark::Actual => Self::Revenue,
                _ => Self::Target,
            })
        })
    }

    /// Whether a text of some words speaks of a plan: `Budget 2024`, `Latest forecast`, `FC3`.
    pub(in crate::read) fn is_plan_in_words(text: &str) -> bool {
        text.len() <= 40 && words(text).iter().any(|word| word.len() > 1 && Mark::Forecast.is_in(word))
    }

    /// The name nearest to one that is not known, if any is near.
    pub(in crate::read) fn nearest(name: &str) -> Option<&'static str> {
        let all: Vec<&'static str> = NAMES.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        let (_, found) = nearest(&normalise(name), all.into_iter())?;
        Self::from_name(found)
            .map(Self::name)
            .filter(|kind| nearest(&normalise(name), [*kind].into_iter()).is_some())
            .or(Some(found))
    }

    /// The name in files: `revenue`, `run-rate`, `target`, `contract` or `event`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Revenue => "revenue",
            Self::RunRate => "run-rate",
            Self::Target => "target",
            Self::Contract => "contract",
            Self::Event => "event",
        }
    }

    /// The statement of this kind with this amount; `None` if the kind needs an amount and there is none.
    pub(in crate::read) fn fact(self, amount: Option<Amount>, basis: Option<Measure>) -> Option<Fact> {
        Some(match self {
            Self::Revenue => Fact::Revenue(amount?),
            Self::RunRate => Fact::RunRate(amount?),
            Self::Target => Fact::Target { amount: amount?, basis },
            Self::Contract => Fact::Contract(amount?),
            Self::Event => Fact::Event(amount),
        })
    }
}

/// What a target is about whose kind says it: `target_run_rate`, `target_flow`.
pub(in crate::read) fn target_of(kind: &str) -> Option<Measure> {
    basis(normalise(kind).strip_prefix("target_")?).ok()
}

/// The basis of a target of this name or synonym; `Err` with the nearest name if there is none.
pub(in crate::read) fn basis(name: &str) -> Result<Measure, Option<&'static str>> {
    match Kind::from_name(name) {
        Some(Kind::Revenue) => Ok(Measure::Revenue),
        Some(Kind::RunRate) => Ok(Measure::RunRate),
        _ => Err(nearest(&normalise(name), ["revenue", "run_rate"].into_iter())
            .map(|(_, name)| if name == "revenue" { name } else { "run-rate" })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn synonyms() {
        let cases = [
            ("Run-Rate", Some(Kind::RunRate)),
            ("run_rate", Some(Kind::RunRate)),
            ("ARR", Some(Kind::RunRate)),
            ("guidance", Some(Kind::Target)),
            ("objectif", Some(Kind::Target)),
            ("Actual", Some(Kind::Revenue)),
            ("target_runrate", Some(Kind::Target)),
            ("target_target", None),
            ("profit", None),
        ];
        assert_eq!(target_of("target_runrate"), Some(Measure::RunRate));
        assert_eq!(target_of("Target flow"), Some(Measure::Revenue));
        assert_eq!(target_of("target"), None);
        for (name, kind) in cases {
            assert_eq!(Kind::from_name(name), kind, "{name}");
        }
        assert_eq!(Kind::nearest("targt"), Some("target"));
        assert_eq!(Kind::nearest("run rat"), Some("run-rate"));
        assert_eq!(Kind::nearest("profit"), None);
        assert_eq!(basis("runrate"), Ok(Measure::RunRate));
        assert_eq!(basis("revenu e"), Err(Some("revenue")));
        assert_eq!(basis("target"), Err(None));
    }
}
