//! What there is to say of the reading: problems, notices, and how each file was understood, as facts and in words.

pub(in crate::read) mod doubt;
pub(in crate::read) mod error;
pub(in crate::read) mod file;
pub(in crate::read) mod notice;
pub(in crate::read) mod problems;
pub(in crate::read) mod reason;
