//! The reasons that the cells of a column give.

use crate::read::layout::profile::Profile;
use crate::read::report::reason::{CellsAre, Reason};

impl Reason {
    /// That cells say when.
    pub(super) fn of_periods(profile: &Profile) -> Self {
        let when = profile.periods + profile.years;
        let (are, count) = match (profile.periods, profile.years) {
            (0, 0) => (CellsAre::PartsOfYears, profile.parts + profile.small),
            (0, _) => (CellsAre::Years, when),
            _ => (CellsAre::Periods, when),
        };
        Self::Cells { are, count, of: profile.filled }
    }

    /// That cells are kinds of figures.
    pub(super) fn of_kinds(profile: &Profile) -> Self {
        Self::Cells { are: CellsAre::Kinds, count: profile.kinds, of: profile.filled }
    }

    /// That cells are currencies.
    pub(super) fn of_currencies(profile: &Profile) -> Self {
        Self::Cells { are: CellsAre::Currencies, count: profile.currencies, of: profile.filled }
    }

    /// That cells are units.
    pub(super) fn of_units(profile: &Profile) -> Self {
        Self::Cells { are: CellsAre::Units, count: profile.units, of: profile.filled }
    }

    /// That cells are lengths of periods.
    pub(super) fn of_lengths(profile: &Profile) -> Self {
        Self::Cells { are: CellsAre::Lengths, count: profile.lengths, of: profile.filled }
    }

    /// That cells are percentages.
    pub(super) fn of_percentages(profile: &Profile) -> Self {
        Self::Cells { are: CellsAre::Percentages, count: profile.percentages, of: profile.filled }
    }

    /// That cells are zeros and ones.
    pub(super) fn of_flags(profile: &Profile) -> Self {
        Self::Cells { are: CellsAre::Flags, count: profile.bits, of: profile.filled }
    }
}
