//! What each command does: arguments to answers, by the library, in words by [`render`](crate::cli::render), in files by
//! [`io`](crate::cli::io).

mod asked;
pub mod backtest;
mod backtest_chart;
pub mod chart;
pub mod compare;
pub mod demo;
pub mod init;
pub mod inspect;
pub mod man;
pub mod methods;
pub mod next;
pub mod planning;
pub mod project;
mod project_output;
pub mod reconcile;
pub mod report;
pub mod schema;
pub mod score;
mod score_chart;
pub mod target;
