//! From the series that were read to the groups that are projected.

use std::collections::BTreeMap;

use globset::GlobSet;
use topline::project::coherent::{BETWEEN, CoherentError, Group, Grouped, Naming, families};
use topline::series::Series;

use crate::cli::args::SegmentsArg;
use crate::cli::failure::Failure;
use crate::cli::messages::Message;

/// Series in their groups, and which of them are shown.
#[derive(Debug)]
pub struct Groups {
    /// Every group of which a series is shown.
    pub list: Vec<Group>,
    filter: Option<GlobSet>,
}

/// Whether a series may be a part of another.
pub fn may_be_part(series: &Series) -> bool {
    series.parent().is_some() || series.name().contains(BETWEEN)
}

/// Groups the series that were selected with those that `others` has besides; says what was made, and what cannot be projected.
pub fn groups(
    series: Vec<Series>,
    others: Vec<(usize, Series)>,
    filter: Option<GlobSet>,
    segments: SegmentsArg,
    messages: &mut Vec<Message>,
) -> Result<Groups, Failure> {
    let naming = match segments {
        SegmentsArg::Auto => Some(Naming::Known),
        SegmentsArg::Names => Some(Naming::Always),
        SegmentsArg::Off => None,
    };
    let related = series.iter().chain(others.iter().map(|(_, one)| one)).any(may_be_part);
    let Some(naming) = naming.filter(|_| related) else {
        return apart(series, filter, messages);
    };
    let Grouped { groups, left_out, notices } = families(in_order(series, others), naming).map_err(|e| failure(&e))?;
    let mut all = Groups { list: groups, filter };
    messages.extend(left_out.iter().filter(|series| all.shows(series.name())).map(nothing_observed));
    let list = std::mem::take(&mut all.list);
    all.list = list.into_iter().filter(|group| members(group).any(|series| all.shows(series.name()))).collect();
    let told = |whole: &str| all.list.iter().flat_map(members).any(|series| series.name() == whole);
    messages.extend(notices.iter().filter(|notice| told(notice.whole())).map(|notice| Message {
        place: notice.place().cloned(),
        text: notice.to_string(),
        warning: true,
    }));
    if naming == Naming::Known {
        messages.extend(not_added_up(&all.list));
    }
    all.check()
}

/// Says which series look like parts of something that has no figures.
fn not_added_up(groups: &[Group]) -> Option<Message> {
    let alone = groups.iter().filter_map(|group| if let Group::Alone(series) = group { Some(series.name()) } else { None });
    let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
    for (whole, _) in alone.filter_map(|name| name.rsplit_once(BETWEEN)) {
        *parts.entry(whole).or_default() += 1;
    }
    let mut wholes = parts.into_iter().filter(|(_, count)| *count > 1);
    let (whole, count) = wholes.next()?;
    let more = wholes.count();
    let others = if more == 0 { String::new() } else { format!(", and so on for {more} more") };
    let text =
        format!("{count} series are named like parts of {whole}, which has no figures{others}; --segments names adds them up");
    Some(Message { place: None, text, warning: false })
}

/// Every series by itself.
fn apart(series: Vec<Series>, filter: Option<GlobSet>, messages: &mut Vec<Message>) -> Result<Groups, Failure> {
    let (series, skipped): (Vec<Series>, Vec<Series>) = series.into_iter().partition(|series| series.origin().is_some());
    messages.extend(skipped.iter().map(nothing_observed));
    let list = series.into_iter().map(|series| Group::Alone(series.with_parent(None))).collect();
    Groups { list, filter }.check()
}

/// The series in the order in which they were read.
fn in_order(series: Vec<Series>, others: Vec<(usize, Series)>) -> Vec<Series> {
    let mut all = Vec::with_capacity(series.len() + others.len());
    let mut others = others.into_iter().peekable();
    for (at, one) in series.into_iter().enumerate() {
        while let Some((_, other)) = others.next_if(|(before, _)| *before <= at) {
            all.push(other);
        }
        all.push(one);
    }
    all.extend(others.map(|(_, other)| other));
    all
}

/// The series of a group, a whole before its parts.
pub fn members(group: &Group) -> Box<dyn Iterator<Item = &Series> + '_> {
    match group {
        Group::Alone(series) => Box::new(std::iter::once(series)),
        Group::Family(family) => Box::new(family.members().iter().map(|member| &member.series)),
    }
}

impl Groups {
    /// Whether the series of this name is one of those asked for.
    pub fn shows(&self, name: &str) -> bool {
        self.filter.as_ref().is_none_or(|filter| filter.is_match(name))
    }

    /// Every series that is shown.
    pub fn shown(&self) -> impl Iterator<Item = &Series> {
        self.list.iter().flat_map(members).filter(|series| self.shows(series.name()))
    }

    /// Whether a series is a part of another.
    pub fn has_families(&self) -> bool {
        self.list.iter().any(|group| matches!(group, Group::Family(_)))
    }

    fn check(self) -> Result<Self, Failure> {
        if self.list.is_empty() {
            return Err(Failure::Data {
                message: "no series has a revenue or a run-rate to project from".to_owned(),
                hint: "add a figure of kind revenue or run-rate; targets, contracts and events are never fitted".to_owned(),
            });
        }
        Ok(self)
    }
}

fn failure(errors: &[CoherentError]) -> Failure {
    let one = |error: &CoherentError| Failure::Data {
        message: error.place().map_or_else(|| error.to_string(), |place| format!("{place}: {error}")),
        hint: format!("{}; --segments off projects every series by itself", error.hint()),
    };
    Failure::All(errors.iter().map(one).collect())
}

/// Says that a series is left out.
fn nothing_observed(series: &Series) -> Message {
    let place = series.figures().first().and_then(|figure| figure.place.clone());
    let mut kinds: Vec<&str> = series.figures().iter().map(|figure| figure.fact.kind()).collect();
    kinds.sort_unstable();
    kinds.dedup();
    let text = format!("{} is not projected: it has no revenue and no run-rate (only {})", series.name(), kinds.join(", "));
    Message { place, text, warning: true }
}
