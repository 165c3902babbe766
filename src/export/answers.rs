//! Answers to questions as JSON: each under the version of topline and of its files.

use std::io;

use serde::Serialize;

use super::SCHEMA;
use crate::project::explanation::Explanation;
use crate::project::named::Named;
use crate::question::against::Against;
use crate::question::compare::{DEPENDENCE, Largest, Overtaking};
use crate::question::phasing::Phasing;
use crate::question::reconcile::Reconciliation;
use crate::question::settled::Settled;
use crate::question::target::TargetAnswer;
use crate::series::Peers;

#[derive(Serialize)]
struct Document<'a, T> {
    /// The version of topline.
    topline: &'static str,
    schema: u32,
    #[serde(flatten)]
    answer: &'a T,
}

/// Writes an answer as a JSON document with the version of topline.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn write_answer(out: impl io::Write, answer: &impl Serialize) -> io::Result<()> {
    write_json(out, &Document { topline: env!("CARGO_PKG_VERSION"), schema: SCHEMA, answer })
}

fn write_json(mut out: impl io::Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)
}

/// What targets ask for.
#[derive(Clone, Debug, Serialize)]
pub struct Targets {
    /// Each target under each reading.
    pub targets: Vec<TargetAnswer>,
    /// Each target of the past under each reading.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub past: Vec<Settled>,
    /// The same targets under each scenario that assumes something of a series.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scenarios: Vec<TargetsUnder>,
}

/// What targets ask for under a scenario.
#[derive(Clone, Debug, Serialize)]
pub struct TargetsUnder {
    /// Its name.
    pub scenario: String,
    /// Each target under each reading.
    pub targets: Vec<TargetAnswer>,
}

/// When one series overtakes another, and which is the largest.
#[derive(Clone, Debug, Serialize)]
pub struct Compared {
    /// Only of two series.
    pub overtaking: Option<Overtaking>,
    /// Of all series.
    pub largest: Largest,
    dependence: &'static str,
    /// Of each series that the growth model does not project as it is: the method that answers, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub instead: Vec<String>,
    /// The same under each scenario.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub scenarios: Vec<ComparedUnder>,
}

impl Compared {
    /// The answers of a comparison.
    pub fn new(overtaking: Option<Overtaking>, largest: Largest, instead: Vec<String>, scenarios: Vec<ComparedUnder>) -> Self {
        Self { overtaking, largest, dependence: DEPENDENCE, instead, scenarios }
    }
}

/// The answers of a comparison under a scenario.
#[derive(Clone, Debug, Serialize)]
pub struct ComparedUnder {
    /// Its name.
    pub scenario: String,
    /// Only of two series.
    pub overtaking: Option<Overtaking>,
    /// Of all series.
    pub largest: Largest,
}

/// Targets phased over their periods.
#[derive(Clone, Debug, Serialize)]
pub struct Plans {
    /// One for each target.
    pub plans: Vec<Phasing>,
}

/// Actual figures against plans.
#[derive(Clone, Debug, Serialize)]
pub struct ComparedWithPlans {
    /// One for each series.
    pub series: Vec<Against>,
}

/// Whether the figures of each series agree.
#[derive(Clone, Debug, Serialize)]
pub struct Reconciled {
    /// One for each series.
    pub series: Vec<Reconciliation>,
}

/// One method, explained.
#[derive(Serialize)]
struct Method {
    name: &'static str,
    #[serde(flatten)]
    explanation: Explanation,
    /// What the growth model likens companies to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    peers: Vec<PeersView>,
}

#[derive(Serialize)]
struct PeersView {
    name: &'static str,
    says: &'static str,
}

/// Writes what methods do, need and cannot do as JSON.
///
/// # Errors
///
/// If `out` cannot be written.
pub fn write_methods(out: impl io::Write, methods: &[Named]) -> io::Result<()> {
    let explained = |method: &Named| {
        let peers = if *method == Named::Growth { Peers::ALL.to_vec() } else { Vec::new() };
        let peers = peers.into_iter().map(|peers| PeersView { name: peers.name(), says: peers.says() }).collect();
        Method { name: method.name(), explanation: method.explanation(), peers }
    };
    write_json(out, &methods.iter().map(explained).collect::<Vec<_>>())
}
