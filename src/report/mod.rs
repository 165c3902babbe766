//! Reports.

pub mod periods;
pub mod words;
