//! Years that are counted from another event, as a whole file counts them: `2561` in Thailand is 2018.

use crate::read::layout::Layout;
use crate::read::layout::file::File;
use crate::read::report::notice::Notice;
use crate::read::report::problems::place;

/// Years of the Buddhist era that can be those of figures: 1900 to 2100.
const BUDDHIST: std::ops::RangeInclusive<i32> = 2443..=2643;

/// How many years the Buddhist era, as Thailand counts it, is ahead.
const AHEAD: u16 = 543;

impl File<'_> {
    /// Moves the years of a file whose header is written in Thai, if all of them can be of the Buddhist era.
    pub(in crate::read) fn apply_era(&mut self, layout: &Layout) {
        let is_thai = |c: char| ('\u{e00}'..='\u{e7f}').contains(&c);
        let names = || layout.header().columns.iter().any(|column| column.name.contains(is_thai));
        let are_buddhist = || {
            let mut years = self.claims.iter().filter_map(|claim| claim.when.written_year());
            years.all(|year| BUDDHIST.contains(&year))
        };
        let Some((at, first)) = self.claims.first().and_then(|claim| Some((claim.period_place, claim.when.written_year()?)))
        else {
            return;
        };
        if !(names() && are_buddhist()) {
            return;
        }
        for claim in self.claims.iter_mut() {
            claim.when = claim.when.earlier(AHEAD);
        }
        self.notices.push(Notice::BuddhistEra { place: place(&self.problems.file, at), year: first });
    }
}
