//! Decoders of other people's formats, kept from taking the program down.
//!
//! The crates that read workbooks and Parquet are sound, but not every bound of theirs is checked against files made or broken
//! on purpose: some panic. What they panic about is a damaged file, and told as one.

use std::cell::Cell;

thread_local! {
    static GUARDING: Cell<bool> = const { Cell::new(false) };
}

/// Whether a panic on this thread will be caught and told as a damaged file, so that a panic hook can stay silent.
pub fn is_guarding() -> bool {
    GUARDING.get()
}

/// What `decode` returns, or `None` if it panics: then nothing that it had a hand on may be used any more.
#[cfg(any(feature = "sheet", feature = "parquet", test))]
pub(in crate::read) fn guard<T>(decode: impl FnOnce() -> T) -> Option<T> {
    let before = GUARDING.replace(true);
    let result = std::panic::catch_unwind(std::panic::AssertUnwindSafe(decode)).ok();
    GUARDING.set(before);
    result
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn panics_are_caught_and_known_to_be() {
        assert_eq!(guard(is_guarding), Some(true));
        assert_eq!(guard(|| [1, 2, 3].get(7).copied().unwrap()), None);
        assert!(!is_guarding());
    }
}
