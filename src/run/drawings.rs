//! Which charts go with the projections of a run.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::chart::{self, Chart, ChartError, Colours, Style, Subject};
use crate::project::Projection;
use crate::run::Projected;

/// What is drawn in one picture.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub enum Drawing<'a> {
    /// Series beside each other, or one.
    Series(Vec<Subject<'a>>),
    /// One series under scenarios.
    Scenarios(Subject<'a>, Vec<&'a Projection>),
}

impl Drawing<'_> {
    /// The picture.
    ///
    /// # Errors
    ///
    /// As [`chart::draw`] and [`chart::draw_scenarios`].
    pub fn chart(&self, style: &Style) -> Result<Chart, ChartError> {
        match self {
            Self::Series(subjects) => chart::draw(subjects, style),
            Self::Scenarios(plain, under) => chart::draw_scenarios(*plain, under, style),
        }
    }
}

/// A picture of a run, with a name of its own for a file.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct NamedDrawing<'a> {
    /// The name, without an ending: `google-cloud`, `comparison`.
    pub name: String,
    /// What is drawn.
    pub drawing: Drawing<'a>,
    /// Which series has which colour in every picture of the run.
    pub colours: Arc<Colours>,
}

impl NamedDrawing<'_> {
    /// The picture, in the colours of the run.
    ///
    /// # Errors
    ///
    /// As [`Drawing::chart`].
    pub fn chart(&self, style: &Style) -> Result<Chart, ChartError> {
        let colours = style.colours.clone().unwrap_or_else(|| self.colours.clone());
        self.drawing.chart(&Style { colours: Some(colours), ..style.clone() })
    }
}

/// A chart for each series, one for each series under the scenarios, one of the parts of each whole, and one of all others together if
/// there are several in one currency: nothing is drawn beside what it is a part of.
///
/// The projections need their paths: see [`RunOptions::charts`](super::RunOptions::charts).
///
/// ```
/// use topline::read::{Options, Reader};
/// use topline::run::drawings::drawings;
/// use topline::run::{Run, RunOptions};
///
/// let mut reader = Reader::new(Options::default());
/// reader.add("figures.csv", "series,period,value\nA,2023,10M\nA,2024,12M\nB,2023,7M\nB,2024,8M\n".as_bytes())?;
/// let run = Run::new(reader.finish()?.series, RunOptions::new().charts(true))?;
/// let projected = run.results().collect::<Result<Vec<_>, _>>()?;
///
/// let drawings = drawings(&projected);
/// let names: Vec<&str> = drawings.iter().map(|one| one.name.as_str()).collect();
/// assert_eq!(names, ["a", "b", "comparison"]);
/// let png = drawings[2].chart(&Default::default())?.png()?;
/// # assert_eq!(png[..4], *b"\x89PNG");
/// # Ok::<(), Box<dyn std::error::Error>>(())
/// ```
pub fn drawings<'a>(projected: &'a [Projected<'_>]) -> Vec<NamedDrawing<'a>> {
    let subject = |one: &'a Projected<'_>| Subject { series: one.series, projection: &one.projection };
    let subjects: Vec<Subject> = projected.iter().map(subject).collect();
    let mut names = FileNames::with("comparison");
    let mut all: Vec<NamedDrawing> = Vec::new();
    let scenarios = projected.iter().flat_map(|one| &one.under).filter_map(|one| Some(one.setting.as_ref()?.scenario.clone()));
    let colours = Arc::new(Colours::of(&subjects).with_scenarios(scenarios));
    let mut add = |name: &str, drawing| all.push(NamedDrawing { name: names.next(name), drawing, colours: colours.clone() });
    for subject in &subjects {
        add(subject.series.name(), Drawing::Series(vec![*subject]));
    }
    for (subject, one) in subjects.iter().zip(projected) {
        for drawing in under_scenarios(*subject, &one.under) {
            add(&format!("{} scenarios", subject.series.name()), drawing);
        }
    }
    let part_of = |subject: &Subject<'_>, whole: &str| subject.projection.parent.as_deref() == Some(whole);
    for whole in &subjects {
        let name = whole.series.name();
        let parts: Vec<Subject> = subjects.iter().filter(|part| part_of(part, name)).copied().collect();
        if parts.len() > 1 {
            // With the whole, whose total and interval stand above the parts.
            let family = std::iter::once(*whole).chain(parts).collect();
            add(&format!("{name} parts"), Drawing::Series(family));
        }
    }
    let is_top = |subject: &&Subject<'_>| !subjects.iter().any(|whole| part_of(subject, whole.series.name()));
    let tops: Vec<Subject> = subjects.iter().filter(is_top).copied().collect();
    let one_currency = tops.iter().all(|one| one.series.currency() == tops[0].series.currency());
    if tops.len() > 1 && one_currency {
        all.push(NamedDrawing { name: "comparison".to_owned(), drawing: Drawing::Series(tops), colours });
    }
    all
}

/// The pictures of a series under those scenarios that change something of it: as many as its colours take.
pub fn under_scenarios<'a>(plain: Subject<'a>, under: &'a [Projection]) -> Vec<Drawing<'a>> {
    let changed: Vec<&Projection> = under.iter().filter(|one| one.path != plain.projection.path).collect();
    changed.chunks(chart::MOST_COMPARED).map(|some| Drawing::Scenarios(plain, some.to_vec())).collect()
}

/// Whether Windows takes a name in lower case, with whatever ending, for that of a device, so that no file can have it.
fn is_device(name: &str) -> bool {
    let port = |name: &str| matches!(name, "0" | "1" | "2" | "3" | "4" | "5" | "6" | "7" | "8" | "9" | "¹" | "²" | "³");
    let numbered = name.strip_prefix("com").or_else(|| name.strip_prefix("lpt"));
    matches!(name, "con" | "prn" | "aux" | "nul") || numbered.is_some_and(port)
}

/// Names of files made from names of series, each given once.
struct FileNames {
    taken: BTreeSet<String>,
}

impl FileNames {
    fn with(reserved: &str) -> Self {
        Self { taken: BTreeSet::from([reserved.to_owned()]) }
    }

    /// Letters and digits of `series` in lower case, with a hyphen for each run of other characters: `google-cloud`.
    fn next(&mut self, series: &str) -> String {
        const LONGEST: usize = 80; // file systems take 255 bytes, and a letter takes up to 4
        let lower: String = series.to_lowercase().chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
        let words: Vec<&str> = lower.split('-').filter(|word| !word.is_empty()).collect();
        let name: String = words.join("-").chars().take(LONGEST / 2).collect();
        let name = match name.as_str() {
            "" => "series".to_owned(),
            device if is_device(device) => format!("series-{device}"),
            _ => name,
        };
        let numbered = std::iter::once(name.clone()).chain((2..).map(|number| format!("{name}-{number}")));
        let free = numbered.into_iter().find(|name| !self.taken.contains(name)).unwrap_or(name);
        self.taken.insert(free.clone());
        free
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn file_names_are_plain_and_given_once() {
        let mut names = FileNames::with("comparison");
        assert_eq!(names.next("Google Cloud"), "google-cloud");
        assert_eq!(names.next("google/cloud!"), "google-cloud-2");
        assert_eq!(names.next("Zürich"), "zürich");
        assert_eq!(names.next("Comparison"), "comparison-2");
        assert_eq!(names.next("../.."), "series");
        // What Windows takes for devices.
        assert_eq!(names.next("CON"), "series-con");
        assert_eq!(names.next("con"), "series-con-2");
        assert_eq!(names.next("Com1"), "series-com1");
        assert_eq!(names.next("LPT²"), "series-lpt²");
        assert_eq!(names.next("Com10"), "com10");
        assert_eq!(names.next("Con Edison"), "con-edison");
        assert!(names.next(&"x".repeat(5000)).len() <= 80);
    }
}
