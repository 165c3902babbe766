//! topline projects revenue: figures in, projections with prediction intervals out.
//!
//! Data flows one way. [`read`] turns bytes into [`series`] of figures, each with its kind; [`project`] turns a series into a
//! projection; [`export`] and [`chart`](https://docs.rs/topline/latest/topline/chart/) turn projections into bytes. Nothing here
//! prints, opens a path, or knows the clock: readers and values come in, values go out.
//!
//! ```
//! use topline::project::growth::Growth;
//! use topline::project::{Plan, project};
//! use topline::read::{Options, Reader};
//!
//! // What is known: a run-rate of June 2025, and what is aimed at for the end of the year.
//! let csv = "series,kind,period,value\nOpenAI,run-rate,2025-06,$10B\nOpenAI,target,2025,$12B\n";
//! let mut reader = Reader::new(Options::default());
//! reader.add("figures.csv", csv.as_bytes())?;
//! let series = reader.finish()?.series.remove(0);
//!
//! // Years for three years, with intervals at 50, 80 and 95%.
//! let plan = Plan::for_series(std::slice::from_ref(&series));
//! let growth = Growth::new();
//! let (projection, _) = project(&growth, &series, &plan)?;
//!
//! // The run-rate at the end of 2025: about 11.7 billion, and four times in five between 10.1 and 21.6.
//! let end_of_2025 = &projection.milestones[0].run_rate;
//! assert!((11.6e9..11.8e9).contains(&end_of_2025.median));
//! assert!((10.0e9..10.2e9).contains(&end_of_2025.intervals[1].lo));
//!
//! // The target moves nothing; it is about 42% likely as the run-rate at the end of the year.
//! assert!((0.41..0.43).contains(&projection.targets[1].probability));
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
#![cfg_attr(test, allow(clippy::float_cmp))]

pub mod calendar;
#[cfg(feature = "chart")]
pub mod chart;
pub mod export;
pub mod money;
mod near;
pub mod percent;
pub mod project;
pub mod question;
pub mod read;
#[cfg(feature = "report")]
pub mod report;
pub mod run;
pub mod scenario;
pub mod series;

/// The example of `docs/how-to/library.md`, compiled and run with the tests of the documentation.
#[cfg(doctest)]
#[doc = include_str!("../docs/how-to/library.md")]
struct HowToUseTheLibrary;
