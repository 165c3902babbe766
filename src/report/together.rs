//! Several series beside each other, and the parts of a whole.

use crate::project::growth::NAME;
use crate::report::ReportError;
use crate::report::compared::{self, Answer};
use crate::report::html::{Cell, Head, Html, table};
use crate::report::page::Picture;
use crate::run::Projected;
use crate::series::Series;

/// The series that one chart shows together, and what there is to say of them.
#[derive(Debug)]
pub(super) struct Together {
    /// Their places among all.
    pub(super) places: Vec<usize>,
    answer: Answer,
}

impl Together {
    /// Those in one currency that are no parts of each other; none if they are not two.
    pub(super) fn of(projected: &[Projected<'_>]) -> Self {
        let is_part = |one: &Projected<'_>| {
            let parent = one.projection.parent.as_deref();
            parent.is_some_and(|parent| projected.iter().any(|other| other.series.name() == parent))
        };
        let tops: Vec<usize> = (0..projected.len()).filter(|index| !is_part(&projected[*index])).collect();
        let currency = |index: &usize| projected[*index].series.currency();
        let one_currency = tops.iter().all(|index| currency(index) == currency(&tops[0]));
        let places = if tops.len() > 1 && one_currency { tops } else { Vec::new() };
        let series: Vec<&Series> = places.iter().map(|index| projected[*index].series).collect();
        let until = projected.iter().filter_map(|one| Some(one.projection.path.last()?.month)).max();
        let by_growth = projected.iter().all(|one| one.projection.method == NAME);
        let mut answer = match until {
            Some(until) if !series.is_empty() && by_growth => compared::answer(&series, until),
            _ => Answer::default(),
        };
        if !by_growth {
            answer.remarks.push("Which passes which is only said of projections by the growth model.".to_owned());
        }
        if projected.iter().any(|one| !one.under.is_empty()) {
            answer.remarks.push("The projections are compared as they are, without the scenarios.".to_owned());
        }
        Self { places, answer }
    }
}

/// Writes the section of all series together.
pub(super) fn write(out: &mut Html, together: &Together, picture: &Picture<'_>) -> Result<(), ReportError> {
    let Together { answer, .. } = together;
    out.raw("<section id=\"comparison\" aria-labelledby=\"comparison-heading\">\n");
    out.raw("<h2 id=\"comparison-heading\">All together</h2>\n").element("<p class=\"finding\">", picture.title(), "</p>\n");
    out.raw("<figure class=\"chart\" data-together>\n<div class=\"live\"></div>\n");
    picture.write(out)?;
    out.raw("</figure>\n");
    if !answer.passing.is_empty() {
        out.raw("<h3>Which passes which</h3>\n<ul>\n");
        for sentence in &answer.passing {
            out.element("<li>", sentence, "</li>\n");
        }
        out.raw("</ul>\n");
    }
    if let Some(largest) = &answer.largest {
        let mut heads: Vec<Head> = vec![("Series".to_owned(), false)];
        heads.extend(largest.periods.iter().map(|period| (period.clone(), true)));
        let row = |(name, chances): &(String, Vec<String>)| {
            (name.clone(), chances.iter().map(|chance| Cell::Number(chance.clone())).collect())
        };
        let rows: Vec<(String, Vec<Cell>)> = largest.rows.iter().map(row).collect();
        table(out, &format!("How likely each is to have the largest {}", largest.of), &heads, &rows);
    }
    for remark in &answer.remarks {
        out.element("<p class=\"small\">", remark, "</p>\n");
    }
    out.raw("</section>\n");
    Ok(())
}

/// Writes the section of the parts of a whole.
pub(super) fn write_parts(out: &mut Html, whole: &str, id: &str, picture: &Picture<'_>) -> Result<(), ReportError> {
    out.raw("<section id=\"").text(id).raw("\">\n<h2>Parts of ").text(whole).raw("</h2>\n");
    out.raw("<figure class=\"chart drawn\">\n");
    picture.write(out)?;
    out.raw("</figure>\n</section>\n");
    Ok(())
}
