//! From the results of a run to one page of HTML: for people who would rather look than read.
//!
//! The page stands by itself: charts, tables, styles and a script are in it, and a policy in its head forbids it everything else.
//! Without scripts its charts are the pictures of [`chart`](crate::chart); with them they are drawn in the browser from the data in
//! the page, and answer to pointer and keys. What comes from figures, names and arguments is escaped in one place (`html`).
//!
//! `words`, `periods` and `derived` have the sentences that a summary in a terminal shares; `page` puts the page together from a
//! `section` for each series and `together` for several; `compared` says which passes which; `data` is what the script draws from.
//! The markup around is in `page.html`, its looks in `style.css`, the script in `script/`.
//!
//! ```
//! use topline::read::{Options, Reader};
//! use topline::report::Report;
//! use topline::run::{Run, RunOptions};
//!
//! let mut reader = Reader::new(Options::default());
//! reader.add("figures.csv", "series,period,value\nExample,2023,10M\nExample,2024,12M\n".as_bytes())?;
//! let run = Run::new(reader.finish()?.series, RunOptions::new().charts(true))?;
//! let projected = run.results().collect::<Result<Vec<_>, _>>()?;
//!
//! let page = Report::new(&projected).html()?;
//! assert!(page.starts_with("<!DOCTYPE html>"));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```

mod compared;
mod data;
pub mod derived;
mod html;
mod page;
pub mod periods;
mod section;
mod shell;
mod together;
pub mod words;

use crate::calendar::Step;
use crate::chart::ChartError;
use crate::question::compare::Measured;
use crate::run::{MOST_CHARTS, Projected, Run};
use crate::series::Place;

/// What a page is made from.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Report<'a> {
    /// The projections, each with its path.
    pub projected: &'a [Projected<'a>],
    /// The heading; by the names of the series if there is none.
    pub title: Option<&'a str>,
    /// What was said of the figures.
    pub remarks: &'a [Remark],
    /// The command line that made the page.
    pub command: Option<&'a str>,
    /// What the answers begin with; by the figures if nobody chose.
    pub lead: Option<Measured>,
    /// The length of the periods that are told; years if nobody chose.
    pub step: Option<Step>,
}

/// Something that was said of the figures.
#[derive(Clone, Debug)]
pub struct Remark {
    /// Where the figure in question stood.
    pub place: Option<Place>,
    /// What was said.
    pub text: String,
    /// Whether something may be wrong; else it is a note.
    pub is_warning: bool,
}

impl<'a> Report<'a> {
    /// A page of these projections, with nothing else chosen.
    pub fn new(projected: &'a [Projected<'a>]) -> Self {
        Self { projected, title: None, remarks: &[], command: None, lead: None, step: None }
    }

    /// The page.
    ///
    /// # Errors
    ///
    /// If there is no projection, if one has no path (see [`RunOptions::charts`](crate::run::RunOptions::charts)), or if a chart
    /// cannot be drawn.
    pub fn html(&self) -> Result<String, ReportError> {
        page::html(self)
    }
}

/// Why there is no page.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum ReportError {
    /// There are more series than a page can show.
    #[error("a report shows at most {MOST_CHARTS} series, and there are {series}")]
    TooMany {
        /// How many.
        series: usize,
    },
    /// A chart cannot be drawn.
    #[error(transparent)]
    Chart(#[from] ChartError),
}

impl ReportError {
    /// What to do about it.
    pub fn hint(&self) -> String {
        match self {
            Self::TooMany { .. } => "choose some with --series; project -o FOLDER writes the tables of all".to_owned(),
            Self::Chart(error) => error.hint(),
        }
    }
}

/// Whether a page can show the results of a run.
///
/// # Errors
///
/// If there are too many series.
pub fn check(run: &Run) -> Result<(), ReportError> {
    match run.count() {
        count if count > MOST_CHARTS => Err(ReportError::TooMany { series: count }),
        _ => Ok(()),
    }
}
