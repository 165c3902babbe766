//! Tables of many lines: which lines are revenue, of an income statement or of a list of metrics.

use super::header::Measure;
use crate::read::cell::words::Meaning;

/// What the lines of a table are.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read) enum Lines {
    /// Names of series, as far as their words tell.
    Series,
    /// Lines of a statement, of which this one is all revenue: its place among the labels.
    Revenue(usize),
    /// Lines of a statement, of which these are the revenue of parts.
    Parts(Vec<usize>),
    /// Lines of a statement, of which none is clearly all revenue: those that may be.
    Unclear(Vec<usize>),
}

/// What the lines with these labels are. `same` tells whether two lines hold the same amounts.
pub(in crate::read) fn lines(labels: &[&str], same: impl Fn(usize, usize) -> bool) -> Lines {
    let measures: Vec<Measure> = labels.iter().map(|label| Measure::of(label)).collect();
    let count = |is: &dyn Fn(&Measure) -> bool| measures.iter().filter(|measure| is(measure)).count();
    let others = count(&|measure| measure.is_something_else());
    let is_revenue = |measure: &Measure| measure.rank().is_some() && !matches!(measure, Measure::Amount(_));
    let revenue = count(&is_revenue);
    // `New`, `Churned`, `Ending` move one amount, and are no series each.
    if others + revenue == 0 && labels.iter().filter(|label| Meaning::of(label).is_bare_movement()).count() > 1 {
        return Lines::Unclear(Vec::new());
    }
    // One name that sounds like a cost does not make a list of companies a statement.
    if others == 0 || revenue == 0 && (others < 2 || others * 2 < labels.len()) {
        return Lines::Series;
    }
    let ranked = || (0..labels.len()).filter(|at| is_revenue(&measures[*at]));
    let Some(best) = ranked().filter_map(|at| measures[at].rank()).min() else { return Lines::Unclear(Vec::new()) };
    let mut tops: Vec<usize> = ranked().filter(|at| measures[*at].rank() == Some(best)).collect();
    let is_part = |at: &usize| Measure::is_of_a_part(labels[*at]);
    if tops.iter().all(is_part) {
        let parts: Vec<usize> = ranked().filter(is_part).collect();
        if parts.len() > 1 {
            return Lines::Parts(parts);
        }
    }
    tops.dedup_by(|later, earlier| same(*later, *earlier));
    match tops.as_slice() {
        [one] => Lines::Revenue(*one),
        _ => Lines::Unclear(tops),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_line_of_all_revenue_is_found() {
        let cases: [(&[&str], Lines); 9] = [
            (&["Total net sales", "Cost of sales", "Net income"], Lines::Revenue(0)),
            (&["Net operating revenues", "Cost of sales", "Net income"], Lines::Revenue(0)),
            (&["Operating Revenue", "Other Revenue", "Revenue", "Cost of Revenue", "Revenue as Reported"], Lines::Revenue(2)),
            (&["Sales", "Services", "Total Income", "Rent", "Net Income"], Lines::Revenue(2)),
            (&["Product revenue", "Service revenue", "Cost of revenue"], Lines::Parts(vec![0, 1])),
            (&["Rent", "Total Expenses", "Net Income"], Lines::Unclear(vec![])),
            (&["Cloud", "Devices", "Total"], Lines::Series),
            (&["Example Costs Ltd", "Another", "Third"], Lines::Series),
            (&["New", "Expansion", "Churn", "Ending"], Lines::Unclear(vec![])),
        ];
        for (labels, expected) in cases {
            assert_eq!(lines(labels, |_, _| false), expected, "{labels:?}");
        }
    }
}
