//! Months without a figure: filled with zeros, asked about, or left as they are.

use crate::calendar::{Month, Step};
use crate::money::Amount;
use crate::read::report::doubt::Doubt;
use crate::read::report::notice::Notice;
use crate::read::settle::Settling;
use crate::read::settle::draft::{Draft, Run};
use crate::read::settle::gathered::Form;
use crate::read::settle::seasons;
use crate::series::{Aside, Fact, Figure, Written};

impl Settling<'_> {
    /// Fills months without a row with zeros if that is asked for (whether it did), or asks where they are off every year.
    pub(in crate::read) fn missing_months(&mut self, draft: &mut Draft, run: &Run) -> bool {
        let is_known = draft.dated || draft.asked || self.options.missing == Some(crate::read::Missing::Unknown);
        if is_known || run.step != Step::Month {
            return false;
        }
        if self.options.missing == Some(crate::read::Missing::Zero) {
            let zero = Fact::Revenue(Amount::exact(0.0).unwrap_or_else(|| unreachable!("zero is finite")));
            for month in seasons::missing(run) {
                let next = run.points.iter().find(|point| point.period.first() > month);
                let place = next.and_then(|next| draft.figures[next.index].place.clone());
                let aside = next.and_then(|next| zero_aside(&draft.figures[next.index], month));
                self.say(draft, Form::ZeroMonths, place.clone(), |extent| Notice::ZeroMonths { extent, month });
                draft.figures.push(Figure { place, aside, ..Figure::new(zero, month.into()) });
            }
            return true;
        }
        if let Some(off) = seasons::off_season(run)
            && let Some(next) = run.points.iter().find(|point| point.period.first() > off.first)
        {
            let first = draft.calendar.name(off.first.into());
            self.ask(draft, next.index, Doubt::OffSeason { months: off.months, first });
        } else {
            self.blank_months(draft, run);
        }
        false
    }

    /// Asks of months without a figure that others of the file have one for, if there are many.
    fn blank_months(&mut self, draft: &mut Draft, run: &Run) {
        /// As few may be gaps.
        const FEWEST: usize = 3;
        let missing = seasons::missing(run);
        if missing.len() < FEWEST {
            return;
        }
        let file = run.points.first().and_then(|point| draft.figures[point.index].place.as_ref()).map(|place| &place.file);
        let Some(file) = file.and_then(|file| self.sources.iter().position(|source| source.problems.file == *file)) else {
            return;
        };
        let others = self.months.of(u32::try_from(file).unwrap_or(u32::MAX));
        let covers = |month: &Month| {
            draft.figures.iter().any(|figure| figure.period.first() <= *month && *month <= figure.period.last())
        };
        let blank: Vec<Month> =
            missing.into_iter().filter(|month| others.binary_search(month).is_ok() && !covers(month)).collect();
        let of = run.points.len() + blank.len();
        if blank.len() < FEWEST || blank.len() * 4 < of {
            return;
        }
        let Some(next) = run.points.iter().find(|point| point.period.first() > blank[0]) else { return };
        let first = draft.calendar.name(blank[0].into());
        self.ask(draft, next.index, Doubt::Blank { months: blank.len(), of, first });
    }
}

/// The cells that a zero month is told from: none of its own, so those of the figure behind it, for `inspect`.
fn zero_aside(next: &Figure, month: Month) -> Option<Box<Aside>> {
    next.written()?;
    let written = Written { period: month.to_string(), value: String::new() };
    Some(Box::new(Aside { written: Some(written), ..Aside::default() }))
}
