//! topline projects revenue: figures in, projections with intervals out.
#![cfg_attr(test, allow(clippy::float_cmp))]

pub mod calendar;
#[cfg(feature = "chart")]
pub mod chart;
pub mod export;
pub mod money;
pub mod project;
pub mod read;
pub mod series;
