//! Which series a name means, without comparing every name with every other.

use std::collections::HashMap;

use crate::near::place_of_nearest;

/// Series whose nearest names are looked for: each takes a comparison with every projected name, and more than so many hints help
/// nobody.
pub const MOST_NEAR: usize = 20;

/// Series by their names, as written and in plain letters.
pub(super) struct Names<'s> {
    exact: HashMap<&'s str, usize>,
    /// `None` for what several names come to.
    plain: HashMap<String, Option<usize>>,
}

impl<'s> Names<'s> {
    pub(super) fn of(names: impl Iterator<Item = &'s str>) -> Self {
        let (mut exact, mut by_plain) = (HashMap::new(), HashMap::new());
        for (index, name) in names.enumerate() {
            exact.entry(name).or_insert(index);
            by_plain.entry(plain(name)).and_modify(|known| *known = None).or_insert(Some(index));
        }
        Self { exact, plain: by_plain }
    }

    /// The place of the series of this name, else of the only one with other capitals or spaces.
    pub(super) fn find(&self, name: &str) -> Option<usize> {
        let exact = self.exact.get(name).copied();
        exact.or_else(|| self.plain.get(&plain(name)).copied().flatten())
    }
}

/// Names that others may have been meant to be.
pub(super) struct Near<'s> {
    names: Vec<&'s str>,
    /// In plain letters; made when the first is asked for.
    plain: Vec<String>,
    asked: usize,
}

impl<'s> Near<'s> {
    pub(super) fn of(names: impl Iterator<Item = &'s str>) -> Self {
        Self { names: names.collect(), plain: Vec::new(), asked: 0 }
    }

    /// The name that is a few letters away, of the first [`MOST_NEAR`] that are asked for.
    pub(super) fn find(&mut self, name: &str) -> Option<&'s str> {
        self.asked += 1;
        if self.asked > MOST_NEAR {
            return None;
        }
        if self.plain.is_empty() {
            self.plain = self.names.iter().map(|name| plain(name)).collect();
        }
        place_of_nearest(&plain(name), &self.plain).map(|at| self.names[at])
    }
}

/// A name in lower case, with single spaces.
fn plain(name: &str) -> String {
    #[cfg(test)]
    tests::COUNTED.with(|count| count.set(count.get() + 1));
    name.to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use std::cell::Cell;

    use super::*;

    thread_local! {
        /// How many names were put into plain letters.
        pub(super) static COUNTED: Cell<usize> = const { Cell::new(0) };
    }

    #[test]
    fn names_are_found_as_written_and_else_where_one_is_meant() {
        let names = Names::of(["Acme", "ACME", "Beta  Two", "beta two", "Gamma"].into_iter());
        assert_eq!(names.find("ACME"), Some(1));
        assert_eq!(names.find("acme"), None, "two are meant");
        assert_eq!(names.find("beta two"), Some(3));
        assert_eq!(names.find("GAMMA "), Some(4));
        assert_eq!(names.find("Delta"), None);
    }

    /// Names that are put into plain letters to match `count` series with as many others, of which none is the same.
    fn work(count: usize) -> usize {
        COUNTED.set(0);
        let known: Vec<String> = (0..count).map(|index| format!("Series {index}")).collect();
        let names = Names::of(known.iter().map(String::as_str));
        let mut near = Near::of(known.iter().map(String::as_str));
        for index in 0..count {
            assert_eq!(names.find(&format!("Other {index}")), None);
            near.find(&format!("Other {index}"));
        }
        COUNTED.get()
    }

    #[test]
    fn twice_as_many_series_are_twice_the_work() {
        let (once, twice) = (work(1_000) - MOST_NEAR, work(2_000) - MOST_NEAR);
        assert_eq!(twice, 2 * once);
    }

    #[test]
    fn only_the_first_strangers_are_told_what_they_are_near_to() {
        let mut near = Near::of(["Google Cloud"].into_iter());
        for _ in 0..MOST_NEAR {
            assert_eq!(near.find("Gogle Cloud"), Some("Google Cloud"));
        }
        assert_eq!(near.find("Gogle Cloud"), None);
    }
}
