//! The section of one series: what was found, the chart, and everything that it rests on.

use crate::calendar::Month;
use crate::money::{Amount, in_full, projected, short};
use crate::percent::{chance, change};
use crate::project::named::Named;
use crate::project::{Details, Projection, Setting, headline};
use crate::question::compare::Measured;
use crate::report::html::{Cell, Head, Html, table};
use crate::report::page::{Picture, write_remarks};
use crate::report::periods::{Heads, Line, Told, interval, lines, named};
use crate::report::words::{checked, dated, described, kind, last_figure, peers, reading, used_as, when};
use crate::report::{Remark, Report, ReportError, derived};
use crate::run::Projected;
use crate::run::drawings::Drawing;
use crate::series::{Measure, Series};

/// What a section is made from.
pub(super) struct Section<'a> {
    pub(super) one: &'a Projected<'a>,
    pub(super) id: &'a str,
    /// Place among all.
    pub(super) index: usize,
    pub(super) report: &'a Report<'a>,
    pub(super) remarks: &'a [&'a Remark],
    /// The last month in which any series has a figure.
    pub(super) latest: Option<Month>,
}

/// Writes the section.
pub(super) fn write(out: &mut Html, section: &Section<'_>, pictures: &[Picture<'_>]) -> Result<(), ReportError> {
    let Section { one, id, .. } = section;
    let (series, projection) = (one.series, &one.projection);
    let of_series = |picture: &&Picture<'_>| match &picture.named.drawing {
        Drawing::Series(subjects) => matches!(subjects.as_slice(), [only] if std::ptr::eq(only.series, series)),
        Drawing::Scenarios(..) => false,
    };
    out.raw("<section id=\"").text(id).raw("\" aria-labelledby=\"").text(id).raw("-heading\">\n<h2 id=\"").text(id);
    out.element("-heading\"><bdi>", series.name(), "</bdi></h2>\n");
    if let Some(picture) = pictures.iter().find(of_series) {
        out.element("<p class=\"finding\">", picture.title(), "</p>\n");
        if let Some((figure, aside)) = last_figure(series, section.latest) {
            out.element("<p>Last figure: <strong>", &figure, "</strong>").element("", &aside, ".</p>\n");
        }
        out.raw("<figure class=\"chart\" data-series=\"")
            .text(&section.index.to_string())
            .raw("\">\n<div class=\"live\"></div>\n");
        picture.write(out)?;
        out.raw("</figure>\n");
    }
    write_projection(out, section);
    write_targets(out, one);
    write_scenarios(out, section, pictures)?;
    write_derived(out, projection);
    write_figures(out, series);
    write_method(out, projection);
    if !section.remarks.is_empty() {
        out.raw("<h3>How these figures were read</h3>\n");
        write_remarks(out, section.remarks);
    }
    out.raw("</section>\n");
    Ok(())
}

/// What the answers about a series begin with.
fn lead(section: &Section<'_>) -> Measured {
    section.report.lead.unwrap_or(match section.one.series.lead() {
        Measure::Revenue => Measured::Revenue,
        Measure::RunRate => Measured::RunRate,
    })
}

/// The level that is told: `80% interval`.
fn level(projection: &Projection) -> String {
    headline(&projection.levels).map(|at| format!("{}% interval", projection.levels[at])).unwrap_or_default()
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map(|first| first.to_uppercase().chain(characters).collect()).unwrap_or_default()
}

fn write_projection(out: &mut Html, section: &Section<'_>) {
    let (series, projection) = (section.one.series, &section.one.projection);
    let lines = lines(series, projection, lead(section), section.report.step);
    let Heads { first, growth, other } = Heads::of(projection, lead(section), section.report.step);
    let measure = |words: [&str; 2]| format!("{} {}, median", capitalised(words[0]), words[1]);
    let growth = format!("{} {}", capitalised(growth.0), growth.1);
    let mut heads: Vec<Head> =
        vec![("Period".to_owned(), false), (measure(first), true), (level(projection), true), (growth, true)];
    let has_second = lines.iter().any(|line| line.second.is_some());
    if has_second {
        heads.extend([(measure(other), true), (level(projection), true)]);
    }
    let rows: Vec<(String, Vec<Cell>)> = lines.iter().map(|line| row(line, projection)).collect();
    out.raw("<h3>Projection</h3>\n");
    table(out, &format!("Projection of {}", series.name()), &heads, &rows);
    write_every_period(out, series, projection);
}

fn row(line: &Line, projection: &Projection) -> (String, Vec<Cell>) {
    let amounts =
        |told: Told| [Cell::Number(projected(told.median, projection.currency)), Cell::Number(interval(told, projection))];
    let mut cells: Vec<Cell> = amounts(line.lead).into();
    cells.push(Cell::Number(line.growth.map(change).unwrap_or_default()));
    cells.extend(line.second.into_iter().flat_map(amounts));
    (named(line.period, projection.calendar), cells)
}

/// Every row of the files, with all levels.
fn write_every_period(out: &mut Html, series: &Series, projection: &Projection) {
    let mut heads: Vec<Head> = ["Period", "Measure"].map(|head| (head.to_owned(), false)).into();
    heads.push(("Median".to_owned(), true));
    heads.extend(projection.levels.iter().map(|level| (format!("{level}% interval"), true)));
    let amount = |value: f64| projected(value, projection.currency);
    let rows: Vec<(String, Vec<Cell>)> = (projection.rows.iter())
        .map(|row| {
            let what = match row.measure {
                Measure::Revenue => projection.quantity.name(),
                Measure::RunRate => "run-rate at the end",
            };
            let mut cells = vec![Cell::text(what), Cell::Number(amount(row.median))];
            cells.extend(row.intervals.iter().map(|ends| Cell::Number(format!("{} to {}", amount(ends.lo), amount(ends.hi)))));
            (named(row.period, projection.calendar), cells)
        })
        .collect();
    out.raw("<details><summary>Every period and interval</summary>\n");
    table(out, &format!("Every projected period of {}", series.name()), &heads, &rows);
    out.raw("</details>\n");
}

/// The projection as it is, and those under scenarios, each with its name.
fn settings<'a>(one: &'a Projected<'_>) -> Vec<(&'a str, &'a Projection)> {
    let under = one.under.iter().filter_map(|projection| Some((projection.setting.as_ref()?.scenario.as_str(), projection)));
    std::iter::once((Setting::PLAIN, &one.projection)).chain(under).collect()
}

fn write_targets(out: &mut Html, one: &Projected<'_>) {
    let (series, settings) = (one.series, settings(one));
    if one.projection.targets.is_empty() {
        return;
    }
    let mut heads: Vec<Head> = vec![("Target".to_owned(), false), ("Read".to_owned(), false)];
    match settings.as_slice() {
        [_] => heads.push(("Chance".to_owned(), true)),
        several => heads.extend(several.iter().map(|(name, _)| (format!("Chance, {name}"), true))),
    }
    let row = |(at, odds): (usize, &crate::project::TargetOdds)| {
        let figure = &series.figures()[odds.figure];
        let amount = figure.fact.amount().map_or(0.0, Amount::value);
        let name = format!("{} for {}", short(amount, series.currency()), when(figure.period, series.calendar()));
        let mut cells = vec![Cell::text(reading(odds, series.calendar()))];
        let chances = settings.iter().filter_map(|(_, projection)| projection.targets.get(at));
        cells.extend(chances.map(|odds| Cell::Number(chance(odds.probability))));
        (name, cells)
    };
    let rows: Vec<(String, Vec<Cell>)> = one.projection.targets.iter().enumerate().map(row).collect();
    out.raw("<h3>Targets</h3>\n<p>A target is a goal, not a result: it does not move the projection.</p>\n");
    table(out, &format!("Chance of {} reaching each target", series.name()), &heads, &rows);
}

fn write_scenarios(out: &mut Html, section: &Section<'_>, pictures: &[Picture<'_>]) -> Result<(), ReportError> {
    let (one, series) = (section.one, section.one.series);
    if one.under.is_empty() {
        return Ok(());
    }
    out.raw("<h3>Scenarios</h3>\n");
    for picture in pictures {
        if matches!(&picture.named.drawing, Drawing::Scenarios(plain, _) if std::ptr::eq(plain.series, series)) {
            out.raw("<figure class=\"chart drawn\">\n");
            picture.write(out)?;
            out.raw("</figure>\n");
        }
    }
    out.raw("<ul>\n");
    for setting in one.under.iter().filter_map(|projection| projection.setting.as_ref()) {
        out.element("<li><strong>", &setting.scenario, "</strong>");
        if let Some(note) = &setting.note {
            out.raw(": ").text(note);
        }
        let assumed = match setting.assumptions.join("; ") {
            none if none.is_empty() => "nothing is assumed here".to_owned(),
            some => some,
        };
        out.element(" <span class=\"small\">(", &assumed, ")</span></li>\n");
    }
    out.raw("</ul>\n");
    let told: Vec<(&str, Vec<Line>)> = (settings(one).into_iter())
        .map(|(name, projection)| (name, lines(series, projection, lead(section), section.report.step)))
        .collect();
    let mut heads: Vec<Head> = vec![("Scenario".to_owned(), false)];
    heads.extend(told[0].1.iter().map(|line| (named(line.period, series.calendar()), true)));
    let cell = |line: &Line| {
        let median = projected(line.lead.median, series.currency());
        Cell::Number(format!("{median} ({})", interval(line.lead, &one.projection)))
    };
    let rows: Vec<(String, Vec<Cell>)> =
        told.iter().map(|(name, lines)| ((*name).to_owned(), lines.iter().map(cell).collect())).collect();
    let Heads { first, .. } = Heads::of(&one.projection, lead(section), section.report.step);
    let caption =
        format!("{} of {} under each scenario: median and {}", capitalised(first[0]), series.name(), level(&one.projection));
    table(out, &caption, &heads, &rows);
    Ok(())
}

fn write_derived(out: &mut Html, projection: &Projection) {
    if projection.derived.is_empty() {
        return;
    }
    let at = headline(&projection.levels);
    let heads = [("Figure", false), ("Of", false), ("Median", true), ("Interval", true), ("From", false)];
    let heads: Vec<Head> = heads.map(|(words, number)| (words.to_owned(), number)).into();
    let row = |one: &crate::project::Derived| {
        let value =
            |value: Option<f64>| value.map_or_else(|| "never".to_owned(), |value| derived::written(one, value, projection));
        let ends = one.intervals.as_ref().zip(at).map(|(intervals, at)| intervals[at]);
        let ends = ends.map(|(lo, hi)| format!("{} to {}", value(lo), value(hi))).unwrap_or_default();
        let base = one.base.map(|base| format!("on {}", derived::when_of(one, base, projection)));
        let from = [base, one.stated.then(|| "stated figures".to_owned())].into_iter().flatten().collect::<Vec<_>>().join(", ");
        let of = derived::when_of(one, one.period, projection);
        let cells = vec![Cell::text(of), Cell::Number(value(one.median)), Cell::Number(ends), Cell::text(from)];
        (derived::label(one), cells)
    };
    let rows: Vec<(String, Vec<Cell>)> = derived::shown(projection).map(row).collect();
    out.raw("<h3>Derived figures</h3>\n");
    table(out, &format!("Derived figures of {}, with the {}", projection.series, level(projection)), &heads, &rows);
}

fn write_figures(out: &mut Html, series: &Series) {
    let heads = ["Figure", "Kind", "Period", "Amount", "Used as", "Source", "Note"];
    let heads: Vec<Head> = heads.map(|head| (head.to_owned(), head == "Amount")).into();
    let row = |(figure, role): (&crate::series::Figure, &crate::series::Role)| {
        let cells = vec![
            Cell::text(kind(series, figure)),
            Cell::text(dated(figure, series.calendar())),
            Cell::Number(figure.fact.amount().map(|amount| in_full(amount.value())).unwrap_or_default()),
            Cell::text(used_as(series, *role, &figure.fact)),
            Cell::Source(figure.source().unwrap_or_default().to_owned()),
            Cell::text(figure.note().unwrap_or_default()),
        ];
        (described(figure, series), cells)
    };
    let rows: Vec<(String, Vec<Cell>)> = series.figures().iter().zip(series.roles()).map(row).collect();
    out.raw("<h3>Figures</h3>\n");
    table(out, &format!("Figures of {} in {}", series.name(), series.currency()), &heads, &rows);
}

fn write_method(out: &mut Html, projection: &Projection) {
    out.raw("<h3>Method</h3>\n<p><strong>").text(projection.method).element("</strong>: ", &projection.reason, ".</p>\n");
    if let Details::Growth(growth) = &projection.details {
        out.element("<p>Peers: ", &peers(growth), ".</p>\n");
    }
    let Ok(method) = projection.method.parse::<Named>() else { return };
    let explained = method.explanation();
    out.element("<p>", explained.does, "</p>\n").element("<p>Limits: ", explained.limits, "</p>\n");
    out.element("<p>How the intervals were checked: ", checked(method), "</p>\n");
}
