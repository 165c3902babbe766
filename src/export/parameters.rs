//! What a method found, for `projection.json`.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::export::rounded;
use crate::project::curve::Saturating;
use crate::project::found::{Ceiling, Found, Model, Parameter, Shortfall};

/// What a method found.
#[derive(Serialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum FoundView<'a> {
    /// Another method answers.
    Instead { method: &'a str, why: &'a str },
    /// Models, averaged by their weights.
    Models(Vec<ModelView<'a>>),
    /// What each part of a mean found.
    Parts(BTreeMap<&'a str, Option<FoundView<'a>>>),
    /// A straight line: its slope a period, in the currency's unit.
    Line {
        slope: f64,
        #[serde(skip_serializing_if = "Option::is_none")]
        why: Option<&'a str>,
    },
    /// Constant growth a period: 0.05 is 5%.
    ConstantGrowth {
        growth: f64,
        #[serde(skip_serializing_if = "Option::is_none")]
        why: Option<&'a str>,
    },
    /// K / (1 + exp(-c (t - t0))), t in periods after the first.
    Logistic { ceiling: f64, c: f64, t0: f64, open: Option<[f64; 2]> },
    /// K exp(-exp(-c (t - t0))).
    Gompertz { ceiling: f64, c: f64, t0: f64, open: Option<[f64; 2]> },
    /// All that will be sold, and the rates of innovators and imitators.
    Bass { market: f64, p: f64, q: f64, open: Option<[f64; 2]> },
    /// The trend of so many totals of twelve months.
    Years { totals: usize },
}

/// A model.
#[derive(Serialize)]
pub(super) struct ModelView<'a> {
    name: &'a str,
    /// Whether it is of the logarithms.
    logarithms: bool,
    weight: f64,
    #[serde(flatten)]
    parameters: BTreeMap<&'a str, Value>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Value {
    Number(f64),
    Numbers(Vec<f64>),
}

/// What a method found; `None` of one without parameters.
pub(super) fn found_view(found: &Found) -> Option<FoundView<'_>> {
    Some(match found {
        Found::Instead(method, why) => FoundView::Instead { method, why: why.name() },
        Found::Smoothing(models) | Found::Theta(models) | Found::Arima(models) => {
            FoundView::Models(models.iter().map(model_view).collect())
        }
        Found::Parts(parts) => FoundView::Parts(parts.iter().map(|(name, found)| (*name, found_view(found))).collect()),
        Found::Line { slope, logarithms: true, why } => {
            FoundView::ConstantGrowth { growth: rounded(libm::expm1(*slope)), why: why.map(Shortfall::name) }
        }
        Found::Line { slope, logarithms: false, why } => {
            FoundView::Line { slope: rounded(*slope), why: why.map(Shortfall::name) }
        }
        Found::Ceiling(ceiling) => ceiling_view(ceiling),
        Found::Years(totals) => FoundView::Years { totals: *totals },
        Found::Nothing => return None,
    })
}

fn ceiling_view(found: &Ceiling) -> FoundView<'static> {
    let open = found.open.map(|(lo, hi)| [rounded(lo), rounded(hi)]);
    let (ceiling, c, t0) = (rounded(found.size), rounded(libm::exp(found.a)), rounded(found.b));
    match found.curve {
        Saturating::Logistic => FoundView::Logistic { ceiling, c, t0, open },
        Saturating::Gompertz => FoundView::Gompertz { ceiling, c, t0, open },
        Saturating::Bass => FoundView::Bass { market: ceiling, p: c, q: rounded(libm::exp(found.b)), open },
    }
}

fn model_view(model: &Model) -> ModelView<'_> {
    let value = |value: &Parameter| match value {
        Parameter::Number(number) | Parameter::Amount(number) | Parameter::LogOfAmount(number) => {
            Value::Number(rounded(*number))
        }
        Parameter::Numbers(numbers) | Parameter::Amounts(numbers) => {
            Value::Numbers(numbers.iter().copied().map(rounded).collect())
        }
    };
    ModelView {
        name: &model.name,
        logarithms: model.logarithms,
        weight: rounded(model.weight),
        parameters: model.parameters.iter().map(|(name, parameter)| (*name, value(parameter))).collect(),
    }
}
