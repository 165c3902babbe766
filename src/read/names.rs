//! The names of series, and what is said of each besides its figures.

use std::collections::{BTreeMap, HashMap};

use crate::series::Place;

use crate::read::peers::Likened;
use crate::read::report::error::ProblemKind;

/// What stands between the parts of the name of a series that several columns name.
pub(in crate::read) const BETWEEN: &str = " / ";

/// The names of series, in order of first appearance.
#[derive(Debug, Default)]
pub(in crate::read) struct Names {
    in_order: Vec<String>,
    indices: HashMap<String, u32>,
    /// The index that was given last.
    last: u32,
    /// Of series that are a part of another: that one's name, and where it was said first.
    parents: BTreeMap<u32, (String, Place)>,
    /// The companies that series are likened to.
    pub(super) likened: Likened,
}

impl Names {
    /// Index of the series of this name.
    pub(in crate::read) fn index(&mut self, name: &str) -> u32 {
        // Rows of one series mostly stand together, else rows of one period, series by series in the same order.
        for likely in [self.last, self.last.wrapping_add(1)] {
            if self.in_order.get(likely as usize).is_some_and(|known| known == name) {
                self.last = likely;
                return likely;
            }
        }
        if let Some(index) = self.indices.get(name) {
            self.last = *index;
        } else {
            self.last = u32::try_from(self.in_order.len()).unwrap_or(u32::MAX);
            self.in_order.push(name.to_owned());
            self.indices.insert(name.to_owned(), self.last);
        }
        self.last
    }

    /// The series whose index was given last, and its name.
    #[inline]
    pub(in crate::read) fn last(&self) -> Option<(u32, &str)> {
        self.in_order.get(self.last as usize).map(|name| (self.last, name.as_str()))
    }

    /// Notes that a series is a part of `parent`, as is said at `place`.
    ///
    /// # Errors
    ///
    /// If it is called a part of itself, or was called a part of another before.
    pub(in crate::read) fn make_part(&mut self, series: u32, parent: &str, place: Place) -> Result<(), ProblemKind> {
        let name = self.get(series as usize);
        if name == parent {
            return Err(ProblemKind::PartOfItself);
        }
        match self.parents.get(&series) {
            Some((before, _)) if before == parent => Ok(()),
            Some((before, other)) => {
                let (series, before, other) = (name.to_owned(), before.clone(), other.clone());
                Err(ProblemKind::TwoParents { series, before, other })
            }
            None => {
                self.parents.insert(series, (parent.to_owned(), place));
                Ok(())
            }
        }
    }

    /// The series that the one of this index is a part of.
    pub(in crate::read) fn parent(&self, index: usize) -> Option<&str> {
        let (parent, _) = self.parents.get(&u32::try_from(index).ok()?)?;
        Some(parent)
    }

    /// Whether a series is said to be a part of the one of this name.
    pub(in crate::read) fn has_parts(&self, name: &str) -> bool {
        self.parents.values().any(|(parent, _)| parent == name)
    }

    /// Whether more than names is known of any series.
    #[cfg(feature = "parallel")]
    pub(in crate::read) fn are_bare(&self) -> bool {
        self.parents.is_empty() && self.likened.is_empty()
    }

    /// All names, in their order.
    #[cfg(feature = "parallel")]
    pub(in crate::read) fn all(&self) -> &[String] {
        &self.in_order
    }

    pub(in crate::read) fn len(&self) -> usize {
        self.in_order.len()
    }

    pub(in crate::read) fn get(&self, index: usize) -> &str {
        self.in_order.get(index).map_or("", String::as_str)
    }
}
