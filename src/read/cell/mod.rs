//! What one cell, or one name, says by itself: amounts, periods, units, currencies, kinds.
//!
//! Where a cell alone leaves something open, it says so and leaves the decision to its column.

pub(in crate::read) mod amount;
pub(in crate::read) mod calendar_words;
pub(in crate::read) mod kind;
pub(in crate::read) mod missing;
pub(in crate::read) mod period;
pub(in crate::read) mod sign;
pub(in crate::read) mod status;
pub(in crate::read) mod unit;
pub(in crate::read) mod words;
