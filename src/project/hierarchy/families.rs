//! Which series are parts of which: as a column says, or as names say.

use std::collections::BTreeMap;

use super::error::{CoherentError, CoherentNotice};
use super::shared::{Shared, compare};
use super::{Family, Group, MOST_MEMBERS, Made, Member};
use crate::series::Series;

/// What stands between the name of a whole and that of its part.
pub const BETWEEN: &str = " / ";

/// The most levels from a whole down to its last parts.
const MOST_LEVELS: usize = 12;

/// When the name of a series says that it is a part of another.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Naming {
    /// `A / B` is a part of `A` if there is a series `A`, or something is said to be a part of it.
    #[default]
    Known,
    /// `A / B` is a part of `A` whether or not there is one.
    Always,
}

/// Series in the groups that they are projected in.
#[derive(Clone, Debug, PartialEq)]
pub struct Grouped {
    /// In the order in which their first series were given.
    pub groups: Vec<Group>,
    /// Series without anything to project from, and without parts.
    pub left_out: Vec<Series>,
    /// What was made, for the reader to know.
    pub notices: Vec<CoherentNotice>,
}

/// A series on its way into a family.
struct Node {
    name: String,
    /// `None` for a whole that has no row of its own, until it is made.
    series: Option<Series>,
    made: Made,
    whole: Option<usize>,
    /// In the order given.
    parts: Vec<usize>,
    /// A part of which nothing is known.
    unknown: Option<String>,
    level: usize,
}

/// Groups series by what they are parts of: as [`Series::parent`] says, or else as `naming` takes their names. The series of a family
/// have [`Series::parent`] set.
///
/// A whole without observations is made as the sum of its parts, over the periods that all of them have. Where the parts of a whole
/// leave something of it in every period that all have, the rest becomes a part called `other`.
///
/// # Errors
///
/// All that is wrong: a series that is a part of itself by way of others; currencies or fiscal years that differ; parts whose figures
/// come to more than their whole, or leave something of it in some periods alone; a whole and parts without a period in common.
pub fn families(series: Vec<Series>, naming: Naming) -> Result<Grouped, Vec<CoherentError>> {
    let mut nodes = nodes(series, naming);
    let mut errors = levels(&mut nodes);
    if !errors.is_empty() {
        return Err(errors);
    }
    let mut grouped = Grouped { groups: Vec::new(), left_out: Vec::new(), notices: Vec::new() };
    let mut order: Vec<usize> = (0..nodes.len()).collect();
    // The parts of a whole are done before it is.
    order.sort_by_key(|at| std::cmp::Reverse(nodes[*at].level));
    for at in order {
        if nodes[at].parts.is_empty() {
            leave_out(&mut nodes, at, &mut grouped.left_out);
        } else if let Err(error) = complete(&mut nodes, at, &mut grouped.notices) {
            errors.push(error);
        }
    }
    if !errors.is_empty() {
        return Err(errors);
    }
    for at in 0..nodes.len() {
        if nodes[at].whole.is_none() && nodes[at].series.is_some() {
            match group(&mut nodes, at) {
                Ok(group) => grouped.groups.push(group),
                Err(error) => errors.push(error),
            }
        }
    }
    if errors.is_empty() { Ok(grouped) } else { Err(errors) }
}

/// The series, and the wholes that only their parts speak of.
fn nodes(series: Vec<Series>, naming: Naming) -> Vec<Node> {
    let node = |name: String, series| Node {
        name,
        series,
        made: Made::Stated,
        whole: None,
        parts: Vec::new(),
        unknown: None,
        level: 0,
    };
    let mut nodes: Vec<Node> = series.into_iter().map(|one| node(one.name().to_owned(), Some(one))).collect();
    let mut places: BTreeMap<String, usize> = BTreeMap::new();
    for (at, node) in nodes.iter().enumerate() {
        places.entry(node.name.clone()).or_insert(at);
    }
    // What a column says comes first, so that names can refer to it.
    for by_name in [false, true] {
        let mut at = 0;
        while at < nodes.len() {
            let stated = nodes[at].series.as_ref().and_then(Series::parent).map(str::to_owned);
            let whole =
                if by_name { named_whole(&nodes[at].name, naming, &places).filter(|_| stated.is_none()) } else { stated };
            if let Some(name) = whole.filter(|name| *name != nodes[at].name && nodes[at].whole.is_none()) {
                let whole = *places.entry(name).or_insert_with_key(|name| {
                    nodes.push(node(name.clone(), None));
                    nodes.len() - 1
                });
                nodes[at].whole = Some(whole);
                nodes[whole].parts.push(at);
            }
            at += 1;
        }
    }
    nodes
}

/// What a series is a part of by its name: the nearest that there is, of `A / B` and `A` for `A / B / C`.
fn named_whole(name: &str, naming: Naming, places: &BTreeMap<String, usize>) -> Option<String> {
    let mut rest = name;
    while let Some((whole, part)) = rest.rsplit_once(BETWEEN) {
        if whole.trim().is_empty() || part.trim().is_empty() {
            return None;
        }
        if naming == Naming::Always || places.contains_key(whole) {
            return Some(whole.to_owned());
        }
        rest = whole;
    }
    None
}

/// Notes how far each node lies below its topmost whole, and what cannot be.
fn levels(nodes: &mut [Node]) -> Vec<CoherentError> {
    let mut errors = Vec::new();
    for at in 0..nodes.len() {
        let mut above = vec![at];
        while let Some(whole) = nodes[above[above.len() - 1]].whole {
            let names = || above.iter().map(|at| nodes[*at].name.clone()).collect::<Vec<String>>();
            if whole == at {
                // Told once, by the one that stands first.
                if above.iter().all(|other| at <= *other) {
                    errors.push(CoherentError::Circle { names: names() });
                }
                break;
            }
            if above.len() > MOST_LEVELS {
                // Of those that lead into a circle the circle says enough.
                if !above.iter().enumerate().any(|(index, one)| above[..index].contains(one)) {
                    errors.push(CoherentError::TooDeep { name: nodes[at].name.clone(), limit: MOST_LEVELS });
                }
                break;
            }
            above.push(whole);
        }
        nodes[at].level = above.len() - 1;
    }
    errors
}

/// Takes a series without parts out of its family if there is nothing to project it from.
fn leave_out(nodes: &mut [Node], at: usize, left_out: &mut Vec<Series>) {
    if nodes[at].series.as_ref().is_some_and(|series| series.origin().is_some()) {
        return;
    }
    left_out.extend(nodes[at].series.take());
    if let Some(whole) = nodes[at].whole.take() {
        nodes[whole].parts.retain(|part| *part != at);
        nodes[whole].unknown = Some(nodes[at].name.clone());
        // Its whole comes later, and may have no other part.
    }
}

/// Makes what is missing of a whole, or of its parts.
fn complete(nodes: &mut Vec<Node>, at: usize, notices: &mut Vec<CoherentNotice>) -> Result<(), CoherentError> {
    let mut parts: Vec<usize> = nodes[at].parts.clone();
    parts.sort_by(|a, b| nodes[*a].name.cmp(&nodes[*b].name));
    let name = nodes[at].name.clone();
    let is_stated = nodes[at].series.as_ref().is_some_and(|series| series.origin().is_some());
    if let Some(part) = nodes[at].unknown.clone().filter(|_| !is_stated) {
        return Err(CoherentError::Unknown { whole: name, part });
    }
    let of_parts: Vec<&Series> = parts.iter().filter_map(|part| nodes[*part].series.as_ref()).collect();
    let shared = compare(&name, nodes[at].series.as_ref(), &of_parts)?;
    match shared {
        Shared::Whole => {}
        Shared::Sum { series, notice } => {
            nodes[at].series = Some(series);
            nodes[at].made = Made::Sum;
            notices.push(notice);
        }
        Shared::Rest { figures, period, share, place } => {
            let whole = nodes[at].series.as_ref().unwrap_or_else(|| unreachable!("a rest is left of what is stated"));
            let taken = |name: &str| nodes.iter().any(|node| node.name == name);
            let mut rest = format!("{name}{BETWEEN}other");
            while taken(&rest) {
                rest += " parts";
            }
            let series = Series::new(rest.clone(), whole.currency(), whole.calendar(), figures).with_peers(whole.peers());
            let level = nodes[at].level + 1;
            let place_in = nodes.len();
            notices.push(CoherentNotice::Rest { whole: name, part: rest.clone(), period, share, place });
            nodes.push(Node {
                name: rest,
                series: Some(series),
                made: Made::Remainder,
                whole: Some(at),
                parts: Vec::new(),
                unknown: None,
                level,
            });
            nodes[at].parts.push(place_in);
        }
    }
    Ok(())
}

/// Takes a whole and all below it out of `nodes`.
fn group(nodes: &mut [Node], top: usize) -> Result<Group, CoherentError> {
    if nodes[top].parts.is_empty() {
        let series = nodes[top].series.take().unwrap_or_else(|| unreachable!("it was looked for"));
        return Ok(Group::Alone(series.with_parent(None)));
    }
    let mut members: Vec<Member> = Vec::new();
    let mut open = vec![(top, None)];
    while let Some((at, whole)) = open.pop() {
        let parent = nodes[at].whole.map(|whole| nodes[whole].name.clone());
        let node = &mut nodes[at];
        let Some(series) = node.series.take() else { continue };
        let place = members.len();
        members.push(Member { series: series.with_parent(parent), made: node.made, whole, parts: Vec::new() });
        if let Some(whole) = whole {
            members[whole].parts.push(place);
        }
        // The last that is opened is the first that is taken.
        open.extend(node.parts.iter().rev().map(|part| (*part, Some(place))));
    }
    if members.len() > MOST_MEMBERS {
        let whole = members[0].series.name().to_owned();
        return Err(CoherentError::TooMany { whole, members: members.len(), limit: MOST_MEMBERS });
    }
    let names: Vec<String> = members.iter().map(|member| member.series.name().to_owned()).collect();
    for member in &mut members {
        member.parts.sort_by(|a, b| names[*a].cmp(&names[*b]));
    }
    Ok(Group::Family(Family { members }))
}
