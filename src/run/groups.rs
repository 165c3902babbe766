//! From the series of a run to the groups that are projected together.

use std::collections::BTreeMap;

use crate::project::coherent::{BETWEEN, Family, Group, Grouped, Naming, families};
use crate::run::{Notice, RunError, RunOptions, Segments};
use crate::series::Series;

/// Whether a series may be a part of another.
fn may_be_part(series: &Series) -> bool {
    series.parent().is_some() || series.name().contains(BETWEEN)
}

/// The series of a group, a whole before its parts.
pub(super) fn members(group: &Group) -> Box<dyn Iterator<Item = &Series> + '_> {
    match group {
        Group::Alone(series) => Box::new(std::iter::once(series)),
        Group::Family(family) => Box::new(family.members().iter().map(|member| &member.series)),
    }
}

/// The family of a group, if it is one.
pub(super) fn family(group: &Group) -> Option<&Family> {
    if let Group::Family(family) = group { Some(family) } else { None }
}

/// Groups the series that are shown with those that are their parts and wholes.
pub(super) fn groups(series: Vec<Series>, options: &RunOptions, notices: &mut Vec<Notice>) -> Result<Vec<Group>, RunError> {
    let shows = |series: &Series| options.shows(series.name());
    let naming = match options.segments {
        Segments::Known => Some(Naming::Known),
        Segments::Names => Some(Naming::Always),
        Segments::Apart => None,
    };
    if !options.scenarios.is_empty() && naming.is_some() && series.iter().any(|one| shows(one) && may_be_part(one)) {
        notices.push(Notice::ApartUnderScenarios);
    }
    let related = options.scenarios.is_empty() && series.iter().any(may_be_part);
    let Some(naming) = naming.filter(|_| related) else {
        let asked: Vec<Series> = if options.shows_all() { series } else { series.into_iter().filter(shows).collect() };
        return some(apart(asked, notices), notices);
    };
    let Grouped { groups, left_out, notices: made } = families(series, naming).map_err(RunError::Families)?;
    notices.extend(left_out.iter().filter(|series| shows(series)).map(Notice::left_out));
    let groups: Vec<Group> = groups.into_iter().filter(|group| members(group).any(shows)).collect();
    let told = |whole: &str| groups.iter().flat_map(members).any(|series| series.name() == whole);
    let made: Vec<Notice> = made.into_iter().filter(|notice| told(notice.whole())).map(Notice::Made).collect();
    notices.extend(made);
    if naming == Naming::Known {
        notices.extend(not_added_up(&groups));
    }
    some(groups, notices)
}

/// The groups, if there are any.
fn some(groups: Vec<Group>, notices: &mut Vec<Notice>) -> Result<Vec<Group>, RunError> {
    if groups.is_empty() { Err(RunError::NothingObserved { notices: std::mem::take(notices) }) } else { Ok(groups) }
}

/// Every series by itself.
fn apart(series: Vec<Series>, notices: &mut Vec<Notice>) -> Vec<Group> {
    let (series, skipped): (Vec<Series>, Vec<Series>) = series.into_iter().partition(|series| series.origin().is_some());
    notices.extend(skipped.iter().map(Notice::left_out));
    series.into_iter().map(|series| Group::Alone(series.with_parent(None))).collect()
}

/// Says which series look like parts of something that has no figures.
fn not_added_up(groups: &[Group]) -> Option<Notice> {
    let alone = groups.iter().filter_map(|group| if let Group::Alone(series) = group { Some(series.name()) } else { None });
    let mut parts: BTreeMap<&str, usize> = BTreeMap::new();
    for (whole, _) in alone.filter_map(|name| name.rsplit_once(BETWEEN)) {
        *parts.entry(whole).or_default() += 1;
    }
    let mut wholes = parts.into_iter().filter(|(_, count)| *count > 1);
    let (whole, parts) = wholes.next()?;
    Some(Notice::LikeParts { whole: whole.to_owned(), parts, more: wholes.count() })
}
