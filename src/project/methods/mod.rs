//! The methods: each with its formulas, its constants and what there is to say of it in one file or folder, and what several share.
//!
//! `standard` has the list of the methods for regular totals and applies them to a series; [`growth`] is the growth model, [`auto`] the
//! choice among methods, [`zeros`] what answers for periods of nothing. [`named`] is where a method is asked for by its name. What was
//! found is data ([`found`]), which [`words`] makes sentences of.

pub mod arima;
pub mod auto;
pub mod breaks;
pub mod combine;
pub mod curve;
pub(crate) mod decompose;
mod definition;
pub mod ets;
pub mod explanation;
pub mod found;
pub mod growth;
pub mod naive;
pub mod named;
pub mod outlook;
pub(crate) mod season;
pub mod standard;
pub mod theta;
mod trend;
mod unit;
pub mod words;
pub mod zeros;
