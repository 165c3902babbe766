//! The page as a whole: its heading, its contents, and what goes for all series.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use crate::calendar::Month;
use crate::chart::{Along, Chart, Style, Subject};
use crate::question::compare::Measured;
use crate::report::data::{self, Data};
use crate::report::html::Html;
use crate::report::section::{self, Section};
use crate::report::shell::Shell;
use crate::report::together::{self, Together};
use crate::report::words::when;
use crate::report::{Remark, Report, ReportError};
use crate::run::Projected;
use crate::run::drawings::{Drawing, NamedDrawing, drawings};

/// The size of the pictures, in CSS pixels.
const SIZE: (u32, u32) = (1200, 720);

/// The page of a report.
pub(super) fn html(report: &Report<'_>) -> Result<String, ReportError> {
    let pictures = pictures(report)?;
    let colours = pictures.first().map(|picture| picture.named.colours.clone()).unwrap_or_default();
    let remarks = by_series(report);
    let ids = ids(report.projected.len());
    let latest = report.projected.iter().map(|one| one.projection.origin).max();
    let mut main = Html::new();
    let mut contents = Vec::new();
    let together = Together::of(report.projected);
    let is_comparison = |picture: &&Picture<'_>| picture.named.name == "comparison";
    if let Some(picture) = pictures.iter().find(is_comparison) {
        together::write(&mut main, &together, picture)?;
        contents.push(("comparison".to_owned(), "All together".to_owned()));
    }
    for (index, one) in report.projected.iter().enumerate() {
        let section = Section { one, id: &ids[index], index, report, remarks: &remarks.of[index], latest };
        section::write(&mut main, &section, &pictures)?;
        contents.push((ids[index].clone(), one.series.name().to_owned()));
    }
    for (at, picture) in pictures.iter().enumerate().filter(|(_, picture)| !is_comparison(picture)) {
        if let Drawing::Series(family) = &picture.named.drawing
            && family.len() > 1
        {
            let id = format!("parts-{at}");
            together::write_parts(&mut main, family[0].series.name(), &id, picture)?;
            contents.push((id, format!("Parts of {}", family[0].series.name())));
        }
    }
    let subjects: Vec<Subject<'_>> = report.projected.iter().map(subject).collect();
    let series = subjects.iter().zip(ids).map(|(subject, id)| data::series(subject, id, &colours, report.lead)).collect();
    let data = Data { series, together: together.places };
    let title = report.title.map_or_else(|| title(report.projected), str::to_owned);
    Ok(Shell {
        title: &title,
        about: &about(report.projected),
        contents: &nav(&contents),
        main: &main,
        footer: &footer(report, &remarks.general),
        data: &serde_json::to_string(&data).unwrap_or_else(|_| unreachable!("strings and numbers are JSON")),
    }
    .html())
}

/// A picture of the page, which readers see whose browser runs no scripts.
pub(super) struct Picture<'a> {
    pub(super) named: NamedDrawing<'a>,
    chart: Chart,
}

impl Picture<'_> {
    /// Writes it.
    pub(super) fn write(&self, out: &mut Html) -> Result<(), ReportError> {
        // On a narrow page it moves sideways, by keys too.
        out.raw("<div class=\"static\" tabindex=\"0\" role=\"region\" aria-label=\"").text(self.title()).raw("\">\n");
        out.svg(&self.chart.svg_within(&format!("{}-", self.named.name))?).raw("</div>\n");
        Ok(())
    }

    /// What it shows, in a sentence.
    pub(super) fn title(&self) -> &str {
        self.chart.title()
    }
}

/// The pictures of a report.
fn pictures<'a>(report: &Report<'a>) -> Result<Vec<Picture<'a>>, ReportError> {
    // Where revenue is asked for, columns suit as well as sums of twelve months.
    let along = match report.lead {
        None | Some(Measured::Revenue) => None,
        Some(Measured::Trailing) => Some(Along::TwelveMonths),
        Some(Measured::RunRate) => Some(Along::RunRate),
    };
    let style = Style { size: Some(SIZE), along, ..Style::default() };
    drawings(report.projected).into_iter().map(|named| Ok(Picture { chart: named.chart(&style)?, named })).collect()
}

pub(super) fn subject<'a>(one: &'a Projected<'_>) -> Subject<'a> {
    Subject { series: one.series, projection: &one.projection }
}

/// An identifier for the section of each series.
fn ids(count: usize) -> Vec<String> {
    (1..=count).map(|number| format!("series-{number}")).collect()
}

/// `OpenAI and Google Cloud: revenue projected to December 2028`.
fn title(projected: &[Projected<'_>]) -> String {
    const NAMED: usize = 4;
    let names: Vec<&str> = projected.iter().map(|one| one.series.name()).collect();
    let names = match names.as_slice() {
        [] => String::new(),
        [one] => (*one).to_owned(),
        [before @ .., last] if names.len() <= NAMED => format!("{} and {last}", before.join(", ")),
        _ => format!("{} series", names.len()),
    };
    let quantities: BTreeSet<&str> = projected.iter().map(|one| one.series.quantity().name()).collect();
    let quantity = if quantities.len() == 1 { quantities.first().copied().unwrap_or_default() } else { "amounts" };
    format!("{names}: {quantity} projected{}", end(projected).map(|end| format!(" to {end}")).unwrap_or_default())
}

fn end(projected: &[Projected<'_>]) -> Option<String> {
    let last = projected.iter().filter_map(|one| Some(one.projection.path.last()?.month)).max()?;
    Some(when(last.into(), crate::calendar::FiscalCalendar::default()))
}

/// What was projected from what, in a sentence.
fn about(projected: &[Projected<'_>]) -> String {
    let origins: BTreeSet<Month> = projected.iter().map(|one| one.projection.origin).collect();
    let named = |month: &Month| when((*month).into(), crate::calendar::FiscalCalendar::default());
    let known = match (origins.first(), origins.last()) {
        (Some(first), Some(last)) if first != last => {
            format!("The figures end between {} and {}; they were", named(first), named(last))
        }
        (Some(only), _) => format!("Figures up to {},", named(only)),
        _ => return String::new(),
    };
    let mut text = format!("{known} projected by topline {}.", env!("CARGO_PKG_VERSION"));
    let _ = write!(
        text,
        " Half of the outcomes are expected above the median and half below; an interval of 80% should contain the outcome four times out of five."
    );
    text
}

fn nav(contents: &[(String, String)]) -> Html {
    let mut out = Html::new();
    if contents.len() < 2 {
        return out;
    }
    out.raw("<nav aria-label=\"Contents\"><ul>");
    for (id, name) in contents {
        out.raw("<li><a href=\"#").text(id).element("\"><bdi>", name, "</bdi></a></li>");
    }
    out.raw("</ul></nav>\n");
    out
}

/// What was said of the figures, by the series that it is about.
struct Remarks<'a> {
    general: Vec<&'a Remark>,
    of: Vec<Vec<&'a Remark>>,
}

fn by_series<'a>(report: &Report<'a>) -> Remarks<'a> {
    let mut remarks = Remarks { general: Vec::new(), of: report.projected.iter().map(|_| Vec::new()).collect() };
    for remark in report.remarks {
        // It begins with the name of what it is about; of names that begin alike, the longest.
        let about = |name: &str| {
            let behind = remark.text.strip_prefix(name);
            behind.is_some_and(|behind| behind.starts_with([':', ' ']))
        };
        let named = report.projected.iter().enumerate().filter(|(_, one)| about(one.series.name()));
        match named.max_by_key(|(_, one)| one.series.name().len()) {
            Some((index, _)) => remarks.of[index].push(remark),
            None => remarks.general.push(remark),
        }
    }
    remarks
}

/// Writes what was said of the figures as a list.
pub(super) fn write_remarks(out: &mut Html, remarks: &[&Remark]) {
    if remarks.is_empty() {
        return;
    }
    out.raw("<ul class=\"remarks\">\n");
    for remark in remarks {
        out.raw(if remark.is_warning {
            "<li class=\"warning\"><strong>Warning:</strong> "
        } else {
            "<li><strong>Note:</strong> "
        });
        out.text(&remark.text);
        if let Some(place) = &remark.place {
            out.element(" <span class=\"place\">", &place.to_string(), "</span>");
        }
        out.raw("</li>\n");
    }
    out.raw("</ul>\n");
}

fn footer(report: &Report<'_>, general: &[&Remark]) -> Html {
    let mut out = Html::new();
    if !general.is_empty() {
        out.raw("<h2>How the figures were read</h2>\n");
        write_remarks(&mut out, general);
    }
    if let Some(command) = report.command {
        out.raw("<h2>How to make this page again</h2>\n").element("<pre><code>", command, "</code></pre>\n");
    }
    out.raw("<p>Made by topline ")
        .text(env!("CARGO_PKG_VERSION"))
        .raw(". The page loads nothing from the network, and the same figures and options give the same page.</p>\n");
    out
}
