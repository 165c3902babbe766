//! How well methods would have done, as tables.

use std::fmt::Write as _;

use topline::percent::{change, whole};
use topline::project::{Level, headline};
use topline::question::backtest::{Backtest, Overall};

use crate::cli::render::lines::wrapped;
use crate::cli::render::shown::shown;
use crate::cli::render::style::{ACCENT, BOLD, DIM};
use crate::cli::render::table::{Cell, fit};

/// The most series that are told one by one.
pub const MOST_BLOCKS: usize = 12;

/// Each series if there are few, and all of them together; `shown` are the first of `tested`.
pub fn tables(shown: &[Backtest], tested: usize, overall: &[Overall], width: usize) -> String {
    let mut blocks: Vec<String> = Vec::new();
    if tested <= MOST_BLOCKS {
        blocks.extend(shown.iter().map(|answer| block(answer, width)));
    }
    if tested > 1 {
        blocks.push(summary(overall, tested, width));
    }
    blocks.join("\n")
}

fn measure(value: Option<f64>) -> Cell {
    Cell::right(value.filter(|value| value.is_finite()).map_or_else(|| "–".to_owned(), |value| format!("{value:.2}")))
}

fn percent(value: Option<f64>) -> Cell {
    Cell::right(value.filter(|value| value.is_finite()).map_or_else(|| "–".to_owned(), whole))
}

fn signed(value: Option<f64>) -> Cell {
    Cell::right(value.map_or_else(|| "–".to_owned(), change))
}

fn heads(first: &str, levels: impl Iterator<Item = f64>) -> Vec<Cell> {
    let mut row = vec![Cell::left(first).styled(DIM)];
    let words = ["MASE", "sMAPE", "RMSSE", "pinball", "CRPS"].map(str::to_owned);
    let levels = levels.map(|level| format!("in {level}%"));
    let last = ["vs naive", "vs seasonal"].map(str::to_owned);
    row.extend(words.into_iter().chain(levels).chain(last).map(|word| Cell::right(word).styled(DIM)));
    row
}

fn block(answer: &Backtest, width: usize) -> String {
    let unit = match answer.step_months {
        1 => "months",
        3 => "quarters",
        6 => "halves",
        _ => "years",
    };
    let steps = answer.horizon_months.div_ceil(answer.step_months);
    let span = match answer.origins.as_slice() {
        [one] => format!("1 origin, {one}"),
        [first, .., last] => format!("{} origins from {first} to {last}", answer.origins.len()),
        [] => String::new(),
    };
    let mut out = format!("{ACCENT}{}{ACCENT:#}\n  {span}, {steps} {unit} ahead\n\n", shown(&answer.series));
    let any = answer.methods.iter().find_map(|tested| tested.scores.as_ref());
    let levels: Vec<f64> =
        any.map(|scores| scores.intervals.iter().map(|interval| interval.level).collect()).unwrap_or_default();
    let mut rows = vec![heads("", levels.iter().copied())];
    for tested in &answer.methods {
        let Some(scores) = &tested.scores else { continue };
        let mut row = vec![Cell::left(tested.method).styled(BOLD)];
        row.extend([scores.mase, scores.smape, scores.rmsse, scores.pinball, scores.crps].map(measure));
        row.extend(scores.intervals.iter().map(|interval| percent(interval.coverage())));
        row.extend([tested.skill_naive.mase, tested.skill_seasonal_naive.mase].map(signed));
        rows.push(row);
    }
    out += &fit(&rows, 2, width);
    let told: Vec<Level> = levels.iter().filter_map(|level| Level::from_percent(*level)).collect();
    if let Some(at) = headline(&told) {
        out += &format!("\n  Outcomes inside the {}% interval, by {unit} ahead\n", levels[at]);
        let longest = answer.methods.iter().max_by_key(|tested| tested.steps.len());
        let mut rows = vec![vec![Cell::left("")]];
        rows[0]
            .extend(longest.iter().flat_map(|tested| &tested.steps).map(|step| Cell::right(step.step.to_string()).styled(DIM)));
        for tested in answer.methods.iter().filter(|tested| tested.scores.is_some()) {
            let mut row = vec![Cell::left(tested.method).styled(BOLD)];
            row.extend(tested.steps.iter().map(|step| percent(step.scores.intervals[at].coverage())));
            rows.push(row);
        }
        out += &fit(&rows, 2, width);
    }
    for tested in &answer.methods {
        if let Some(reason) = &tested.refused {
            for line in wrapped(&format!("{DIM}no scores of {}:{DIM:#} {reason}", tested.method), width - 2) {
                let _ = writeln!(out, "  {line}");
            }
        }
    }
    out
}

fn summary(overall: &[Overall], tested: usize, width: usize) -> String {
    let mut out = format!("{ACCENT}All {tested} series{ACCENT:#}\n  means over series; coverage over all outcomes\n\n");
    let levels = overall.first().map(|one| one.coverage.as_slice()).unwrap_or_default();
    let mut head = heads("", levels.iter().map(|(level, _)| *level));
    head.insert(1, Cell::right("series").styled(DIM));
    let mut rows = vec![head];
    for one in overall {
        let mut row = vec![Cell::left(one.method).styled(BOLD), Cell::right(one.series.to_string())];
        let mean = one.mean;
        row.extend([mean.mase, mean.smape, mean.rmsse, mean.pinball, mean.crps].map(measure));
        row.extend(one.coverage.iter().map(|(_, share)| percent(*share)));
        row.extend([one.skill_naive.mase, one.skill_seasonal_naive.mase].map(signed));
        rows.push(row);
    }
    out += &fit(&rows, 2, width);
    out
}
