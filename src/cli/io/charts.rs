//! Pictures in files: those that `project` writes into a folder, and those of other commands.

use std::collections::BTreeSet;
use std::path::Path;

use topline::chart::{Chart, ChartError, Style};
use topline::project::{Level, headline};
use topline::run::drawings::drawings;
use topline::run::{Parallel, Projected, map};

use crate::cli::io::files::{Staged, say_written};
use crate::cli::render::failure::Failure;
use crate::cli::render::messages::{Message, Weight};

/// Which of what is known by level a picture tells of: the same as everywhere.
pub fn told<T>(by_level: &[T], level: impl Fn(&T) -> f64) -> Option<&T> {
    let levels: Vec<Level> = by_level.iter().filter_map(|one| Level::from_percent(level(one))).collect();
    by_level.get(headline(&levels)?)
}

/// Draws the charts of a run into `folder`.
pub fn draw(projected: &[Projected<'_>], folder: &Path, staged: &mut Staged) -> Result<Vec<Message>, Failure> {
    let drawings = drawings(projected);
    let drawn = map(&Parallel, &drawings, |one| {
        let chart = one.chart(&Style::default())?;
        Ok((chart.png()?, chart.missing_glyphs().to_vec()))
    });
    let mut missing = BTreeSet::new();
    for (one, drawn) in drawings.into_iter().zip(drawn) {
        let path = folder.join(one.name + ".png");
        let (bytes, glyphs) = drawn.map_err(|error: ChartError| failure(&path, &error))?;
        missing.extend(glyphs);
        staged.write(path, &bytes)?;
    }
    Ok(missing_glyphs(&missing).into_iter().collect())
}

/// The form of a picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Picture {
    /// In pixels.
    Png,
    /// In lines and text.
    Svg,
    /// A page.
    Pdf,
}

impl Picture {
    /// The form of the one chart of a command at `path`; `example` is a name that would do.
    pub fn asked(path: &Path, example: &str) -> Result<Self, Failure> {
        Self::of(path).ok_or_else(|| Failure::Usage {
            message: format!("--output {}: a chart is a file ending in .png, .svg or .pdf", path.display()),
            hint: format!("give -o {example}{}", not_printed(path)),
        })
    }

    /// The form that the ending of `path` says; `None` if it says another.
    pub fn of(path: &Path) -> Option<Self> {
        match path.extension()?.to_str()?.to_lowercase().as_str() {
            "png" => Some(Self::Png),
            "svg" => Some(Self::Svg),
            "pdf" => Some(Self::Pdf),
            _ => None,
        }
    }

    /// The bytes of `chart` in this form.
    pub fn bytes(self, chart: &Chart) -> Result<Vec<u8>, ChartError> {
        match self {
            Self::Png => chart.png(),
            Self::Svg => chart.svg().map(String::into_bytes),
            Self::Pdf => chart.pdf(),
        }
    }
}

/// The end of a hint where a chart was to go to standard output.
pub fn not_printed(path: &Path) -> &'static str {
    if path.as_os_str() == "-" { "; topline chart prints pictures on standard output" } else { "" }
}

/// Writes the one chart of a command to `path`, and says so unless the user wants quiet.
pub fn write_one(chart: &Chart, picture: Picture, path: &Path, quiet: bool) -> Result<(), Failure> {
    let bytes = picture.bytes(chart).map_err(|error| failure(path, &error))?;
    let mut staged = Staged::default();
    staged.write(path.to_owned(), &bytes)?;
    say_written(&staged.commit()?, quiet);
    Ok(())
}

/// Why a chart cannot be written there.
pub fn failure(path: &Path, error: &ChartError) -> Failure {
    Failure::Data { message: format!("{}: {error}", path.display()), hint: error.hint() }
}

/// Says which characters the font lacks.
pub fn missing_glyphs(missing: &BTreeSet<char>) -> Option<Message> {
    let list: Vec<String> = missing.iter().map(|c| format!("{c} (U+{:04X})", u32::from(*c))).collect();
    let text = format!("the charts show a box for characters that their font lacks: {}", list.join(", "));
    (!missing.is_empty()).then_some(Message { place: None, text, weight: Weight::Warning })
}
