//! What a picture says, in words, for readers who do not see it.

use crate::chart::marks::{Kind, Mark, remarks};
use crate::chart::view::View;
use crate::chart::words;
use crate::project::PathPoint;

/// The sentences about one series: its last figure, where the median and the interval nearest to 80% stand at `last`, its
/// targets, contracts and events.
pub(super) fn sentences(view: &View<'_>, marks: &[Mark], last: &PathPoint) -> String {
    let series = view.series;
    let (calendar, currency) = (series.calendar(), series.currency());
    let mut all = Vec::new();
    if let Some(mark) = marks.iter().rfind(|mark| mark.kind != Kind::Target) {
        let figure = &series.figures()[mark.figure];
        let words = words::observation(figure, mark, calendar, currency);
        // A total's words say its period.
        let month =
            if mark.kind == Kind::RunRate { format!(", {}", words::month(figure.period.last())) } else { String::new() };
        all.push(format!("Last figure: {words}{month}."));
    }
    all.push(words::outlook(view, last));
    for mark in marks.iter().filter(|mark| mark.kind == Kind::Target) {
        let (what, amount) = words::target(&series.figures()[mark.figure], calendar, currency);
        all.push(format!("{what}{amount}."));
    }
    all.extend(remarks(view).iter().map(|remark| format!("{}.", words::remark(remark.figure, currency, None))));
    all.join(" ")
}
