//! topline projects revenue: figures in, projections with intervals out.
#![cfg_attr(test, allow(clippy::float_cmp))]

pub mod calendar;
pub mod export;
pub mod money;
pub mod project;
pub mod read;
pub mod series;
