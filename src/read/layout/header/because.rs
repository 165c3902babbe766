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

    /// That cells are something else than periods.
    pub(super) fn of_cells(are: CellsAre, profile: &Profile) -> Self {
        let count = match are {
            CellsAre::Periods | CellsAre::Years | CellsAre::PartsOfYears => return Self::of_periods(profile),
            CellsAre::Kinds => profile.kinds_and_plans(),
            CellsAre::Currencies => profile.currencies,
            CellsAre::Units => profile.units,
            CellsAre::Lengths => profile.lengths + profile.lengths_by_number,
            CellsAre::Percentages => profile.percentages,
            CellsAre::Flags => profile.bits,
        };
        Self::Cells { are, count, of: profile.filled }
    }
}
