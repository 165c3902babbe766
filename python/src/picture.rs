//! Charts, which show themselves in a notebook.

use std::path::{Path, PathBuf};

use pyo3::prelude::*;
use pyo3::types::{PyBytes, PyDict};
use topline::chart::{self, ChartError, Kind, ScaleChoice, Style, Subject, SvgText, Theme};
use topline::run::Projected;

use crate::failure::Failure;
use crate::options::{Arguments, step};

/// A picture: svg(), png() and pdf() have its bytes, save(path) writes it by the ending of the path.
#[pyclass(frozen, module = "topline")]
pub(crate) struct Chart(chart::Chart);

/// How a chart is to look.
pub(crate) fn style(given: Option<&Bound<'_, PyDict>>) -> Result<Style, Failure> {
    let Some(given) = given else { return Ok(Style::default()) };
    let given = Arguments::new(given)?;
    let themes = |text: &str| [Theme::Light, Theme::Dark].into_iter().find(|theme| theme.name() == text);
    let scales = |text: &str| match text {
        "auto" => Some(ScaleChoice::Auto),
        "linear" => Some(ScaleChoice::Linear),
        "log" => Some(ScaleChoice::Log),
        _ => None,
    };
    let kinds = |text: &str| match text {
        "auto" => Some(Kind::Auto),
        "fan" => Some(Kind::Fan),
        "bars" => Some(Kind::Bars),
        "stacked" => Some(Kind::Stacked),
        "compare" => Some(Kind::Compare),
        "multiples" => Some(Kind::Multiples),
        "indexed" => Some(Kind::Indexed),
        "bridge" => Some(Kind::Bridge),
        _ => None,
    };
    let kind_hint = "give auto, fan, bars, stacked, compare, multiples, indexed or bridge";
    let texts = |text: &str| match text {
        "text" => Some(SvgText::Text),
        "outlines" => Some(SvgText::Outlines),
        _ => None,
    };
    let style = Style {
        theme: given.parsed("theme", "give light or dark", themes)?.unwrap_or_default(),
        scale: given.parsed("scale", "give auto, linear or log", scales)?.unwrap_or_default(),
        kind: given.parsed("kind", kind_hint, kinds)?.unwrap_or_default(),
        step: step(&given, "step")?,
        size: size(&given)?,
        title: given.text("title")?,
        note: given.text("note")?,
        table: given.flag("table")?,
        svg_text: given.parsed("svg_text", "give text or outlines", texts)?.unwrap_or_default(),
        ..Style::default()
    };
    given.end()?;
    Ok(style)
}

fn size(given: &Arguments<'_>) -> Result<Option<(u32, u32)>, Failure> {
    let texts = given.texts("size")?;
    let numbers: Vec<u32> = texts.iter().filter_map(|text| text.parse().ok()).collect();
    match (texts.len(), numbers.as_slice()) {
        (0, _) => Ok(None),
        (2, [width, height]) => Ok(Some((*width, *height))),
        _ => Err(Failure::usage("size: not understood", "give the width and the height: size=(800, 450)")),
    }
}

/// The chart of these projections together.
pub(crate) fn draw(projected: &[Projected<'_>], style: &Style) -> Result<Chart, Failure> {
    let subjects: Vec<Subject<'_>> =
        projected.iter().map(|one| Subject { series: one.series, projection: &one.projection }).collect();
    chart::draw(&subjects, style).map(Chart).map_err(|error| cannot(&error))
}

fn cannot(error: &ChartError) -> Failure {
    Failure::Projection(error.to_string())
}

#[pymethods]
impl Chart {
    /// The chart as SVG.
    pub(crate) fn svg(&self) -> PyResult<String> {
        Ok(self.0.svg().map_err(|error| cannot(&error))?)
    }

    /// The chart as PNG, two pixels to the CSS pixel.
    fn png<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = py.detach(|| self.0.png()).map_err(|error| cannot(&error))?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// The chart as a page of PDF.
    fn pdf<'py>(&self, py: Python<'py>) -> PyResult<Bound<'py, PyBytes>> {
        let bytes = py.detach(|| self.0.pdf()).map_err(|error| cannot(&error))?;
        Ok(PyBytes::new(py, &bytes))
    }

    /// Writes the chart by the ending of the path: .svg, .png or .pdf.
    fn save(&self, path: PathBuf) -> PyResult<()> {
        let bytes = match path.extension().and_then(|ending| ending.to_str()) {
            Some("svg") => self.0.svg().map(String::into_bytes),
            Some("png") => self.0.png(),
            Some("pdf") => self.0.pdf(),
            _ => {
                let hint = "give a path that ends in .svg, .png or .pdf";
                return Err(Failure::usage(format!("{}: not the name of a picture", path.display()), hint).into());
            }
        };
        write(&path, &bytes.map_err(|error| cannot(&error))?)
    }

    /// The title, which says the result.
    #[getter]
    fn title(&self) -> &str {
        self.0.title()
    }

    /// What the chart says, in words, for readers who do not see it.
    #[getter]
    fn alt_text(&self) -> &str {
        self.0.alt_text()
    }

    fn _repr_svg_(&self) -> PyResult<String> {
        self.svg()
    }

    fn __repr__(&self) -> String {
        format!("<Chart: {}>", self.0.title())
    }
}

fn write(path: &Path, bytes: &[u8]) -> PyResult<()> {
    Ok(std::fs::write(path, bytes)?)
}
