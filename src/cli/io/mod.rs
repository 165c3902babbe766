//! What comes in and goes out: figures and scenarios from files, and results to files and standard output.

pub mod charts;
pub mod files;
pub mod given;
pub mod input;
pub mod peers;
pub mod scenario;
pub mod temporary;
