//! Which companies each series is likened to, by a column of peers or one of sectors.
//!
//! A column `peers` is there for nothing else, so that a name in it that is none of theirs is wrong. One called `sector` or
//! `industry` may mean anything: it is used only where every cell that is filled names peers, and each series has one of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::series::{Peers, Place};

use crate::read::report::error::ProblemKind;

/// What was said of each series, by its index.
#[derive(Debug, Default)]
pub(in crate::read) struct Likened {
    said: BTreeMap<u32, (Peers, Place)>,
    /// By file and series, what its column of sectors says.
    sectors: BTreeMap<(u32, u32), Peers>,
    /// Files whose column of sectors is of something else.
    others: BTreeSet<u32>,
}

impl Likened {
    /// Whether nothing was said of any.
    #[cfg(feature = "parallel")]
    pub(in crate::read) fn is_empty(&self) -> bool {
        self.said.is_empty() && self.sectors.is_empty() && self.others.is_empty()
    }

    /// Notes what a cell of a column of peers says of a series.
    ///
    /// # Errors
    ///
    /// If it names none, or if others were named before.
    pub(in crate::read) fn say(&mut self, series: (u32, &str), cell: &str, place: Place) -> Result<(), ProblemKind> {
        let peers: Peers = cell.parse().map_err(ProblemKind::Peers)?;
        let (before, other) = self.said.entry(series.0).or_insert((peers, place));
        if *before == peers {
            return Ok(());
        }
        Err(ProblemKind::TwoPeers { series: series.1.to_owned(), here: peers, before: *before, other: other.clone() })
    }

    /// Notes what a cell of a file's column of sectors says of a series.
    pub(in crate::read) fn note_sector(&mut self, file: u32, series: u32, cell: &str) {
        match cell.parse() {
            Ok(peers) if *self.sectors.entry((file, series)).or_insert(peers) == peers => {}
            _ => _ = self.others.insert(file),
        }
    }

    /// The peers of a series: those that were said, else those of its sector, if all files that name it agree.
    pub(in crate::read) fn peers(&self, series: usize) -> Option<Peers> {
        let series = u32::try_from(series).ok()?;
        if let Some((peers, _)) = self.said.get(&series) {
            return Some(*peers);
        }
        let of_series = self.sectors.iter().filter(|((file, of), _)| *of == series && !self.others.contains(file));
        let mut peers = of_series.map(|(_, peers)| *peers);
        let first = peers.next()?;
        peers.all(|other| other == first).then_some(first)
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;

    fn place(line: u32) -> Place {
        Place { file: Arc::from("figures.csv"), line, column: 1 }
    }

    #[test]
    fn peers_are_said_once() {
        let mut likened = Likened::default();
        assert!(likened.say((0, "A"), "SaaS", place(2)).is_ok());
        assert!(likened.say((0, "A"), "software", place(3)).is_ok());
        let two = likened.say((0, "A"), "retail", place(4));
        assert!(matches!(two, Err(ProblemKind::TwoPeers { before: Peers::Software, here: Peers::Retail, .. })));
        assert!(matches!(likened.say((1, "B"), "North", place(5)), Err(ProblemKind::Peers(_))));
        assert_eq!((likened.peers(0), likened.peers(7)), (Some(Peers::Software), None));
    }

    #[test]
    fn sectors_count_where_all_of_them_are_names_of_peers() {
        let mut likened = Likened::default();
        likened.note_sector(0, 0, "Software");
        likened.note_sector(0, 1, "Oil & Gas");
        assert_eq!((likened.peers(0), likened.peers(1)), (Some(Peers::Software), Some(Peers::Energy)));
        // Another file's column is of something else, and speaks for nothing.
        likened.note_sector(1, 2, "Retail");
        likened.note_sector(1, 3, "North");
        assert_eq!((likened.peers(2), likened.peers(0)), (None, Some(Peers::Software)));
        // Nor does a column with two sectors for one series.
        likened.note_sector(0, 0, "Retail");
        assert_eq!(likened.peers(0), None);
    }
}
