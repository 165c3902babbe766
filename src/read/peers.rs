//! Which companies each series is likened to, by a column of peers or one of sectors.
//!
//! A column `peers` is there for nothing else, so that a name in it that is none of theirs is wrong. One called `sector` or
//! `industry` may mean anything: it is used only where every cell that is filled names peers, and each series has one of them.

use std::collections::{BTreeMap, BTreeSet};

use crate::series::{Peers, Place};

use crate::read::layout::header::Header;
use crate::read::report::error::ProblemKind;

/// The column of sectors or industries, if no other part is known for it.
pub(in crate::read) fn sector_column(header: &Header) -> Option<usize> {
    let is_sector = |name: &str| ["sector", "industry"].iter().any(|sector| name.trim().eq_ignore_ascii_case(sector));
    header.columns.iter().position(|column| column.role.is_none() && is_sector(&column.name))
}

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
