//! Looks at each series as a whole, and at all of them together: what is not what it seems is undone, left out or asked about.

use std::collections::{BTreeMap, BTreeSet};

use crate::calendar::{Month, Period, Step};
use crate::series::{Fact, Measure, Place, Series};

use crate::read::TrailingZeros;
use crate::read::report::doubt::Doubt;
use crate::read::report::doubt::Reset;
use crate::read::report::error::ProblemKind;
use crate::read::report::notice::Notice;
use crate::read::report::problems::Position;
use crate::read::settle::Settling;
use crate::read::settle::cumulative;
use crate::read::settle::draft::{Draft, Run};
use crate::read::settle::gathered::Form;
use crate::read::settle::progress::{self, Drop, Zeros};
use crate::read::settle::{shifts, slips, strays};

/// Of more series than this, a fault of one is not a reason to stop for all: it is a warning.
const PANEL: usize = 4;

/// What is known of all series while they are looked at one by one.
#[derive(Debug, Default)]
pub(in crate::read) struct Together {
    slots: Vec<Slot>,
    /// How many series there will be.
    count: usize,
    /// How many series of each step end with each period.
    ends: BTreeMap<(Step, Period), usize>,
    /// The last month of the last period in which anything was earned.
    earned: Option<Month>,
    /// How often each exclusion left a figure out.
    excluded: Vec<u64>,
}

/// A series that is done, or one whose end depends on the others'.
#[derive(Debug)]
enum Slot {
    Done(Series),
    Open(Draft),
}

impl Together {
    pub(in crate::read) fn of(count: usize, exclusions: usize) -> Self {
        Self { slots: Vec::with_capacity(count), count, excluded: vec![0; exclusions], ..Self::default() }
    }
}

impl Settling<'_> {
    /// Looks at a series by itself, and makes it if nothing about it depends on the others.
    pub(in crate::read) fn look(&mut self, mut draft: Draft, together: &mut Together) {
        let mut run = draft.run(Measure::Revenue);
        if run.as_ref().is_some_and(|run| self.single_periods(&mut draft, run)) {
            run = draft.run(Measure::Revenue);
        }
        if run.as_ref().is_some_and(|run| self.missing_months(&mut draft, run)) {
            run = draft.run(Measure::Revenue);
        }
        let run = run.map(|run| self.fitted(run, &draft));
        if let Some((run, last)) = run.as_ref().and_then(|run| Some((run, run.points.last()?))) {
            *together.ends.entry((run.step, last.period)).or_default() += 1;
            let earned = run.points.iter().rev().find(|point| point.value != 0.0).map(|point| point.period.last());
            together.earned = together.earned.max(earned);
        }
        let depends = !draft.dated
            && !draft.asked
            && run
                .as_ref()
                .is_some_and(|run| progress::zeros_at_end(run, draft.calendar).is_some() || progress::last_drop(run).is_some());
        self.sizes(&mut draft, run, together.count > PANEL);
        let slot = if depends || self.options.drop_last == Some(true) {
            Slot::Open(draft)
        } else {
            Slot::Done(self.excluded(draft, &mut together.excluded))
        };
        together.slots.push(slot);
    }

    /// The series, once all are looked at; those about which something is asked are problems by then. Also the exclusions, by
    /// their index, that left nothing out.
    pub(in crate::read) fn all(&mut self, mut together: Together) -> (Vec<Series>, Vec<usize>) {
        let mut open: Vec<&mut Draft> = together.slots.iter_mut().filter_map(Slot::open).collect();
        self.zeros_at_end(&mut open, together.earned, &mut together.ends);
        match self.options.drop_last {
            Some(true) => self.drop_last(&mut open, &together.ends),
            Some(false) => {}
            None => self.in_progress(&mut open, &together.ends),
        }
        let excluded = &mut together.excluded;
        let finish = |slot: Slot| match slot {
            Slot::Done(series) => series,
            Slot::Open(draft) => self.excluded(draft, excluded),
        };
        let series = together.slots.into_iter().map(finish).collect();
        (series, (0..excluded.len()).filter(|at| excluded[*at] == 0).collect())
    }

    pub(in crate::read) fn ask(&mut self, draft: &mut Draft, index: usize, doubt: Doubt) {
        if self.options.as_given {
            self.warn(draft, index, doubt);
            return;
        }
        draft.asked = true;
        let Some(place) = draft.figures[index].place.clone() else { return };
        let kind = ProblemKind::Doubtful { series: draft.name.clone(), doubt: Box::new(doubt) };
        if let Some(source) = self.sources.iter_mut().find(|source| source.problems.file == place.file) {
            source.problems.later(&source.kept, Position { line: place.line, column: place.column }, "", kind);
        }
    }

    fn warn(&mut self, draft: &Draft, index: usize, doubt: Doubt) {
        let Some(place) = draft.figures[index].place.clone() else { return };
        self.notices.add(Form::Doubtful(doubt.form()), &draft.name, || place, |extent| Notice::Doubtful { extent, doubt });
    }

    pub(in crate::read) fn say(
        &mut self,
        draft: &Draft,
        form: Form,
        place: Option<Place>,
        notice: impl FnOnce(crate::read::Extent) -> Notice,
    ) {
        if let Some(place) = place {
            self.notices.add(form, &draft.name, || place, notice);
        }
    }

    /// The run of totals that is fitted.
    fn totals(&self, draft: &Draft) -> Option<Run> {
        Some(self.fitted(draft.run(Measure::Revenue)?, draft))
    }

    /// The run without what the user leaves out of the fit.
    fn fitted(&self, run: Run, draft: &Draft) -> Run {
        let of_series: Vec<_> = self.options.exclude.iter().filter(|exclusion| exclusion.is_for(&draft.name)).collect();
        run.without(|point| of_series.iter().any(|exclusion| exclusion.covers(point.period, draft.calendar)))
    }

    /// Undoes amounts that count from the beginning of the year, where they are called so, or asks; whether it undid any.
    fn single_periods(&mut self, draft: &mut Draft, run: &Run) -> bool {
        if draft.dated || self.options.cumulative == Some(crate::read::Cumulative::No) {
            return false;
        }
        let by_option = self.options.cumulative.is_some();
        let reset = match self.options.cumulative {
            Some(crate::read::Cumulative::Within(reset)) => reset,
            _ if let Some((at, month)) = cumulative::other_year(run, draft.calendar).filter(|_| draft.cumulative) => {
                let doubt = Doubt::Cumulative {
                    reset: Reset::Year,
                    rises_in: 1 + run.points.windows(2).filter(|pair| pair[1].value < pair[0].value).count(),
                    falls_at: draft.calendar.name(run.points[at].period),
                    ratio: run.points[at].value / run.points[at - 1].value,
                    year_end: Some(month),
                };
                self.ask(draft, run.points[at].index, doubt);
                return false;
            }
            _ if draft.cumulative => cumulative::reset_of(run, draft.calendar),
            _ => {
                let fitted = (!self.options.exclude.is_empty()).then(|| self.fitted(run.clone(), draft));
                let run = fitted.as_ref().unwrap_or(run);
                if let Some(total) = cumulative::running_total(run) {
                    let (first, last) = (run.points[0], run.points[run.points.len() - 1]);
                    let year = draft.calendar.period_at(Step::Year, first.period.last());
                    let doubt = Doubt::RunningTotal {
                        first: draft.calendar.name(first.period),
                        last: draft.calendar.name(last.period),
                        times: last.value / first.value,
                        spread: total.spread,
                        in_one_year: year.first() == first.period.first() && last.period.last() <= year.last(),
                    };
                    self.ask(draft, last.index, doubt);
                    return false;
                }
                let found = cumulative::evidence(run, draft.calendar)
                    .map(|found| (found, run.points[found.falls_at], run.points[found.falls_at - 1].value));
                let Some(found) = found else { return false };
                let (evidence, here, before) = found;
                let doubt = Doubt::Cumulative {
                    reset: evidence.reset,
                    rises_in: evidence.rises_in,
                    falls_at: draft.calendar.name(here.period),
                    ratio: here.value / before,
                    year_end: (evidence.calendar != draft.calendar).then(|| evidence.calendar.year_end()),
                };
                self.ask(draft, here.index, doubt);
                return false;
            }
        };
        let places: Vec<Option<Place>> = draft.figures.iter().map(|figure| figure.place.clone()).collect();
        let undone = cumulative::undo(draft, run, reset, draft.calendar);
        for point in run.points.iter().take(undone.figures) {
            self.say(draft, Form::SinglePeriods(reset), places[point.index].clone(), |extent| Notice::SinglePeriods {
                extent,
                reset,
                by_option,
            });
        }
        for (index, missing) in undone.longer {
            let (missing, span) = (draft.calendar.name(missing), draft.calendar.name(draft.figures[index].period));
            let notice = |extent| Notice::LongerPeriod { extent, missing, span };
            self.say(draft, Form::LongerPeriod, places[index].clone(), notice);
        }
        if let Some(index) = undone.left_out {
            self.say(draft, Form::RunningTotal, places[index].clone(), |extent| Notice::RunningTotal { extent });
        }
        true
    }

    /// Leaves out zeros that stand for periods to come, or asks whether they do.
    fn zeros_at_end(&mut self, drafts: &mut [&mut Draft], earned: Option<Month>, ends: &mut BTreeMap<(Step, Period), usize>) {
        if self.options.trailing_zeros == Some(TrailingZeros::Keep) || self.options.as_given {
            return;
        }
        let found: Vec<(usize, Run, Zeros)> = (0..drafts.len())
            .filter(|at| !drafts[*at].asked && !drafts[*at].dated)
            .filter_map(|at| {
                let run = self.totals(drafts[at])?;
                let zeros = progress::zeros_at_end(&run, drafts[at].calendar)?;
                Some((at, run, zeros))
            })
            .collect();
        if found.is_empty() {
            return;
        }
        let together = found.iter().filter(|(.., zeros)| zeros.to_come).count() >= 2;
        for (at, run, zeros) in found {
            let draft = &mut *drafts[at];
            let (first, last) = (run.points[zeros.from], run.points[run.points.len() - 1]);
            // A period in which anything was earned has come.
            let to_come = zeros.to_come && earned.is_some_and(|earned| earned < first.period.last());
            let count = run.points.len() - zeros.from;
            let named = |period: Period| draft.calendar.name(period);
            let by_option = self.options.trailing_zeros == Some(TrailingZeros::Drop);
            if by_option || to_come && together {
                let gone: BTreeSet<usize> = run.points[zeros.from..].iter().map(|point| point.index).collect();
                let (place, period) = (draft.figures[first.index].place.clone(), named(first.period));
                for _ in 0..count {
                    let (period, place) = (period.clone(), place.clone());
                    self.say(draft, Form::ZerosLeftOut, place, |extent| Notice::ZerosLeftOut {
                        extent,
                        first: period,
                        by_option,
                    });
                }
                leave_out(draft, &gone);
                // The series ends sooner now.
                if let Some(count) = ends.get_mut(&(run.step, last.period)) {
                    *count -= 1;
                }
                *ends.entry((run.step, run.points[zeros.from - 1].period)).or_default() += 1;
                ends.retain(|_, count| *count > 0);
                continue;
            }
            let doubt = Doubt::ZerosAtEnd { first: named(first.period), last: named(last.period), count, to_come };
            if to_come {
                self.ask(draft, first.index, doubt);
            } else {
                self.warn(draft, first.index, doubt);
            }
        }
    }

    /// Leaves out the last period that any series of the same step has.
    fn drop_last(&mut self, drafts: &mut [&mut Draft], ends: &BTreeMap<(Step, Period), usize>) {
        for draft in drafts {
            let Some(run) = self.totals(draft) else { continue };
            let Some(point) = run.points.last().filter(|point| is_last(ends, run.step, point.period)) else { continue };
            let (period, place) = (draft.calendar.name(point.period), draft.figures[point.index].place.clone());
            self.say(draft, Form::LastLeftOut, place, |extent| Notice::LastLeftOut { extent, period });
            let gone: BTreeSet<usize> = (0..draft.figures.len())
                .filter(|index| draft.figures[*index].period == point.period)
                .filter(|index| matches!(draft.figures[*index].fact, Fact::Revenue(_)))
                .collect();
            leave_out(draft, &gone);
        }
    }

    /// Asks or warns of last figures that are far too low.
    fn in_progress(&mut self, drafts: &mut [&mut Draft], ends: &BTreeMap<(Step, Period), usize>) {
        let mut found: Vec<(usize, usize, Step, Drop)> = Vec::new();
        // Zeros that the user keeps are not months that are not over.
        let keeps_zeros = self.options.trailing_zeros == Some(TrailingZeros::Keep);
        for (at, draft) in drafts.iter().enumerate().filter(|(_, draft)| !draft.dated && !draft.asked) {
            let Some(run) = self.totals(draft) else { continue };
            let Some(point) = run.points.last().filter(|point| is_last(ends, run.step, point.period)) else { continue };
            if keeps_zeros && point.value == 0.0 {
                continue;
            }
            found.extend(progress::last_drop(&run).map(|drop| (at, point.index, run.step, drop)));
        }
        let count = found.len();
        for (at, index, step, drop) in found {
            let draft = &mut *drafts[at];
            // A period that is not over is not over for any of them.
            let ended = ends.get(&(step, draft.figures[index].period)).copied().unwrap_or(0);
            let most = count * 2 >= ended;
            let doubt = Doubt::InProgress {
                period: draft.calendar.name(draft.figures[index].period),
                unit: unit(step),
                ratio: drop.ratio,
                year_before: drop.year_before,
            };
            if drop.strong && most && !is_slip(self.totals(draft).as_ref()) {
                self.ask(draft, index, doubt);
            } else {
                self.warn(draft, index, doubt);
            }
        }
    }

    /// Asks or warns of figures of another size than the rest.
    fn sizes(&mut self, draft: &mut Draft, totals: Option<Run>, panel: bool) {
        if draft.asked {
            return;
        }
        let rates = draft.run(Measure::RunRate).filter(|run| run.points.len() > 5);
        for (run, is_total) in totals.map(|run| (run, true)).into_iter().chain(rates.map(|run| (run, false))) {
            if is_total && !draft.dated {
                self.stray(draft, &run, panel);
            }
            let named = |at: usize| draft.calendar.name(run.points[at].period);
            let lasting = shifts::lasting_shift(&run);
            // Most series are calm.
            let is_calm = run.is_even() || run.changes().iter().all(|(_, change)| change.abs() < slips::LEAST);
            if is_calm && lasting.is_none() {
                continue;
            }
            if let Some(slip) = slips::slip(&run) {
                let (first, last) = slip.points;
                let doubt = Doubt::Slip {
                    first: named(first),
                    last: named(last),
                    before: first.checked_sub(1).map(named).unwrap_or_default(),
                    factor: libm::pow(10.0, f64::from(slip.power)),
                    stays: slip.stays,
                };
                let index = run.points[first].index;
                if panel {
                    self.warn(draft, index, doubt);
                } else {
                    self.ask(draft, index, doubt);
                }
                continue;
            }
            if let Some(shift) = slips::level_shift(&run).or(lasting) {
                let (first, before) = (named(shift.at), named(shift.at - 1));
                let doubt = Doubt::LevelShift { first, before, factor: shift.factor };
                self.warn(draft, run.points[shift.at].index, doubt);
            }
            for spike in slips::spikes(&run) {
                let doubt = Doubt::Spike { period: named(spike.at), factor: spike.factor };
                self.warn(draft, run.points[spike.at].index, doubt);
            }
            if let Some(ratio) = progress::first_short(&run).filter(|_| is_total && !draft.dated) {
                let doubt = Doubt::FirstShort { period: named(0), unit: unit(run.step), ratio };
                self.warn(draft, run.points[0].index, doubt);
            }
        }
    }
}

impl Settling<'_> {
    /// Asks of one figure below zero, or warns of one at zero, among figures that are all alike.
    fn stray(&mut self, draft: &mut Draft, run: &Run, panel: bool) {
        let Some(stray) = strays::stray(run) else { return };
        let (point, period) = (run.points[stray.at], draft.calendar.name(run.points[stray.at].period));
        if stray.is_negative && !panel {
            self.ask(draft, point.index, Doubt::Negative { period });
        } else if stray.is_negative {
            self.warn(draft, point.index, Doubt::Negative { period });
        } else {
            self.warn(draft, point.index, Doubt::LoneZero { period });
        }
    }
}

impl Slot {
    fn open(&mut self) -> Option<&mut Draft> {
        if let Self::Open(draft) = self { Some(draft) } else { None }
    }
}

/// Whether no series of this step goes on behind a period.
fn is_last(ends: &BTreeMap<(Step, Period), usize>, step: Step, period: Period) -> bool {
    ends.range((step, period)..).take_while(|((other, _), _)| *other == step).count() <= 1
}

/// Whether the last figure is one of another unit, which is asked as that.
fn is_slip(run: Option<&Run>) -> bool {
    run.and_then(slips::slip).is_some()
}

fn leave_out(draft: &mut Draft, gone: &BTreeSet<usize>) {
    let mut index = 0;
    draft.figures.retain(|_| {
        index += 1;
        !gone.contains(&(index - 1))
    });
}

/// What one period is called.
fn unit(step: Step) -> &'static str {
    match step {
        Step::Month => "month",
        Step::Quarter => "quarter",
        Step::Half => "half-year",
        Step::Year => "year",
    }
}

/// What `--cumulative` without a value says.
impl Default for Reset {
    fn default() -> Self {
        Self::Year
    }
}
