//! What there is to say of a method in the terminal; `docs/methods.md` has it in full.

use serde::Serialize;

/// What there is to say of a method in the terminal.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Explanation {
    /// What it does, in one sentence.
    pub does: &'static str,
    /// What it needs.
    pub needs: &'static str,
    /// Where it fails.
    pub limits: &'static str,
    /// Where it is described.
    pub reference: &'static str,
}
