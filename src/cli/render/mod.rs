//! Answers, messages and failures as text for a terminal. Nothing here reads or writes a file.

pub mod failure;
pub mod messages;
pub mod shown;
pub mod sources;
pub mod style;
pub mod summary;
pub mod table;
