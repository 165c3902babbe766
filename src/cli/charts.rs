//! The charts that `project` writes into a folder.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use rayon::prelude::*;
use topline::chart::{self, Chart, ChartError, Style, Subject};
use topline::project::Projection;
use topline::series::Series;

use crate::cli::failure::Failure;
use crate::cli::files::Staged;
use crate::cli::messages::Message;

/// The level that a picture tells of if it is among those asked for.
const TOLD_LEVEL: f64 = 80.0;

/// Which of what is known by level a picture tells of: that of [`TOLD_LEVEL`], else the middle one.
pub fn told<T>(by_level: &[T], level: impl Fn(&T) -> f64) -> Option<&T> {
    let wanted = by_level.iter().find(|one| (level(one) - TOLD_LEVEL).abs() < 1e-9);
    wanted.or_else(|| by_level.get(by_level.len() / 2))
}

/// Draws a chart for each series, one of the parts of each whole, and one of all others together if there are several in one
/// currency: nothing is drawn beside what it is a part of. `under` holds the projections of each series under scenarios: they get
/// charts of their own.
pub fn draw(
    projected: &[(&Series, Projection)],
    under: &[Vec<Projection>],
    folder: &Path,
    staged: &mut Staged,
) -> Result<Vec<Message>, Failure> {
    let subjects: Vec<Subject> = projected.iter().map(|(series, projection)| Subject { series, projection }).collect();
    let mut charts: Vec<(PathBuf, Drawing)> = Vec::new();
    let mut names = FileNames::with("comparison");
    for subject in &subjects {
        charts.push((folder.join(names.next(subject.series.name()) + ".png"), Drawing::Series(vec![*subject])));
    }
    for (subject, under) in subjects.iter().zip(under) {
        for drawing in scenarios(*subject, under) {
            charts.push((folder.join(names.next(&format!("{} scenarios", subject.series.name())) + ".png"), drawing));
        }
    }
    let part_of = |subject: &Subject<'_>, whole: &str| subject.projection.parent.as_deref() == Some(whole);
    for whole in &subjects {
        let name = whole.series.name();
        let parts: Vec<Subject> = subjects.iter().filter(|part| part_of(part, name)).copied().collect();
        if parts.len() > 1 {
            charts.push((folder.join(names.next(&format!("{name} parts")) + ".png"), Drawing::Series(parts)));
        }
    }
    let is_top = |subject: &&Subject<'_>| !subjects.iter().any(|whole| part_of(subject, whole.series.name()));
    let tops: Vec<Subject> = subjects.iter().filter(is_top).copied().collect();
    let one_currency = tops.iter().all(|one| one.series.currency() == tops[0].series.currency());
    if tops.len() > 1 && one_currency {
        charts.push((folder.join("comparison.png"), Drawing::Series(tops)));
    }
    let drawn: Vec<_> = charts
        .par_iter()
        .map(|(_, drawing)| {
            let chart = drawing.chart(&Style::default())?;
            Ok((chart.png()?, chart.missing_glyphs().to_vec()))
        })
        .collect();
    let mut missing = BTreeSet::new();
    for ((path, _), drawn) in charts.into_iter().zip(drawn) {
        let (bytes, glyphs) = drawn.map_err(|error: ChartError| failure(&path, &error))?;
        missing.extend(glyphs);
        staged.write(path, &bytes)?;
    }
    Ok(missing_glyphs(&missing).into_iter().collect())
}

/// What is drawn in one picture.
pub enum Drawing<'a> {
    /// Series beside each other, or one.
    Series(Vec<Subject<'a>>),
    /// One series under scenarios.
    Scenarios(Subject<'a>, Vec<&'a Projection>),
}

impl Drawing<'_> {
    /// The picture.
    pub fn chart(&self, style: &Style) -> Result<Chart, ChartError> {
        match self {
            Self::Series(subjects) => chart::draw(subjects, style),
            Self::Scenarios(plain, under) => chart::draw_scenarios(*plain, under, style),
        }
    }
}

/// The pictures of a series under those scenarios that change something of it: as many as its colours take.
pub fn scenarios<'a>(plain: Subject<'a>, under: &'a [Projection]) -> Vec<Drawing<'a>> {
    let changed: Vec<&Projection> = under.iter().filter(|one| one.path != plain.projection.path).collect();
    changed.chunks(chart::MOST_COMPARED).map(|some| Drawing::Scenarios(plain, some.to_vec())).collect()
}

/// The form of a picture.
#[derive(Clone, Copy, Debug)]
pub enum Picture {
    /// In pixels.
    Png,
    /// In lines and text.
    Svg,
}

impl Picture {
    /// The form that the ending of `path` says; `None` if it says another.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_lowercase().as_str() {
            "png" => Some(Self::Png),
            "svg" => Some(Self::Svg),
            _ => None,
        }
    }

    /// The bytes of `chart` in this form.
    pub fn bytes(self, chart: &Chart) -> Result<Vec<u8>, ChartError> {
        match self {
            Self::Png => chart.png(),
            Self::Svg => chart.svg().map(String::into_bytes),
        }
    }
}

/// Writes the one chart of a command to `path`; `example` is a name that would do.
pub fn write_one(chart: &Chart, path: &Path, example: &str) -> Result<(), Failure> {
    let picture = Picture::of(path).ok_or_else(|| Failure::Usage {
        message: format!("--output {}: a chart is a file ending in .png or .svg", path.display()),
        hint: format!("give -o {example}"),
    })?;
    let bytes = picture.bytes(chart).map_err(|error| failure(path, &error))?;
    let mut staged = Staged::default();
    staged.write(path.to_owned(), &bytes)?;
    staged.commit().map(drop)
}

/// Why a chart cannot be written there.
pub fn failure(path: &Path, error: &ChartError) -> Failure {
    Failure::Data { message: format!("{}: {error}", path.display()), hint: error.hint() }
}

/// Says which characters the font lacks.
pub fn missing_glyphs(missing: &BTreeSet<char>) -> Option<Message> {
    let list: Vec<String> = missing.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
    let text = format!("the charts show a box for characters that their font lacks: {}", list.join(", "));
    (!missing.is_empty()).then_some(Message { place: None, text, warning: true })
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
        let name = if name.is_empty() { "series".to_owned() } else { name };
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
        assert!(names.next(&"x".repeat(5000)).len() <= 80);
    }
}
