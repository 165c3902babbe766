//! Which colour a series has: the same in every picture of a run.

use std::collections::BTreeMap;

use plotters::style::RGBColor;

use crate::chart::Subject;
use crate::chart::theme::Palette;

/// Colours by the names of series and scenarios.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Colours {
    series: BTreeMap<String, usize>,
    scenarios: Vec<String>,
}

impl Colours {
    /// The colours of all series of a run: those that are drawn together, the parts of a whole or the series that are no part, have
    /// one each, the largest the first. Where they are more than there are colours, all have the first.
    pub fn of(subjects: &[Subject<'_>]) -> Self {
        let mut families: BTreeMap<Option<&str>, Vec<&Subject<'_>>> = BTreeMap::new();
        for subject in subjects {
            families.entry(subject.projection.parent.as_deref()).or_default().push(subject);
        }
        let mut series = BTreeMap::new();
        for (_, mut members) in families {
            members.sort_by(|a, b| size(b).total_cmp(&size(a)));
            let apart = members.len() <= crate::chart::MOST_COMPARED;
            for (rank, member) in members.into_iter().enumerate() {
                series.insert(member.series.name().to_owned(), if apart { rank } else { 0 });
            }
        }
        Self { series, scenarios: Vec::new() }
    }

    /// With colours for these scenarios, in their order.
    #[must_use]
    pub fn with_scenarios(mut self, names: impl IntoIterator<Item = String>) -> Self {
        for name in names {
            if !self.scenarios.contains(&name) {
                self.scenarios.push(name);
            }
        }
        self
    }

    /// Which of a theme's colours a series has, from 1: `series-1` of [`Theme::colours`](super::Theme::colours) and so on.
    pub fn number(&self, name: &str) -> usize {
        self.index(name) + 1
    }

    fn index(&self, name: &str) -> usize {
        self.series.get(name).copied().unwrap_or(0)
    }

    /// The colour of a series.
    pub(super) fn series(&self, palette: &Palette, name: &str) -> RGBColor {
        palette.series[self.index(name) % palette.series.len()]
    }

    /// The colour of a scenario.
    pub(super) fn scenario(&self, palette: &Palette, name: &str) -> RGBColor {
        let index = self.scenarios.iter().position(|other| other == name).unwrap_or(0);
        palette.series[index % palette.series.len()]
    }
}

/// The run-rate with which a projection begins.
fn size(subject: &Subject<'_>) -> f64 {
    let ahead = subject.projection.path.iter().find(|point| !point.intervals.is_empty());
    ahead.map_or(0.0, |point| point.median)
}
