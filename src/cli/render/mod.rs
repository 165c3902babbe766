//! Answers, messages and failures as text for a terminal. Nothing here reads or writes a file.

pub mod backtest;
pub mod compare;
pub mod failure;
pub mod figures;
pub mod lines;
pub mod markdown;
pub mod messages;
pub mod methods;
pub mod planning;
pub mod plot;
pub mod reconcile;
pub mod score;
pub mod screen;
pub mod shown;
pub mod sources;
pub mod style;
pub mod summary;
pub mod table;
pub mod target;
pub mod words;
