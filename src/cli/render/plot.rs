//! A small chart in text: what was, the median ahead as a line in braille dots, and the interval as a shade about it.

use topline::calendar::{Month, Period, Step};
use topline::money::short;
use topline::project::{Projection, headline};
use topline::series::{Measure, Series};
use unicode_width::UnicodeWidthStr;

use crate::cli::args::MeasureArg;
use crate::cli::render::lines::wrapped;
use crate::cli::render::style::{ACCENT, DIM};
use crate::cli::render::summary::{Line, when};

/// Lines of the plot, and the most columns.
const HEIGHT: usize = 9;
const MOST_WIDTH: usize = 64;
/// Dots in a cell of braille.
const DOTS: (usize, usize) = (2, 4);
/// From this ratio of the largest to the smallest amount on, a linear axis would show the small ones as nothing.
const LOG_FROM: f64 = 40.0;

/// Amounts at a time: the median, and the ends of the interval.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Point {
    month: i32,
    median: f64,
    ends: [f64; 2],
}

/// The chart of a series, with an empty line after it; nothing where there are not two points to draw a line through.
pub fn fan(series: &Series, projection: &Projection, lead: MeasureArg, lines: &[Line], width: usize) -> String {
    let before = history(series, lead, lines);
    let ahead = lines.iter().map(|line| {
        let ends = line.lead.interval.map_or([line.lead.median; 2], |interval| [interval.lo, interval.hi]);
        Point { month: line.period.last().index(), median: line.lead.median, ends }
    });
    let origin = before.len();
    let points: Vec<Point> = before.into_iter().chain(ahead).collect();
    let all = || points.iter().flat_map(|point| [point.median, point.ends[0], point.ends[1]]);
    if points.len() < 2 || !all().all(f64::is_finite) || all().any(|amount| amount < 0.0) {
        return String::new();
    }
    let (least, most) = (all().fold(f64::INFINITY, f64::min), all().fold(0.0, f64::max));
    if most <= 0.0 {
        return String::new();
    }
    let log = least > 0.0 && most / least >= LOG_FROM;
    let axis = Axis { low: if log { least } else { 0.0 }, high: most, log };
    let labels: Vec<String> = [1.0, 0.5, 0.0].iter().map(|share| short(axis.amount(*share), projection.currency)).collect();
    let margin = labels.iter().map(|label| label.width()).max().unwrap_or(0);
    let columns = width.saturating_sub(margin + 5).min(MOST_WIDTH);
    let mut out = String::new();
    for (row, cells) in drawn(&points, origin, &axis, columns).into_iter().enumerate() {
        let label = match row {
            0 => &labels[0],
            _ if row == HEIGHT / 2 => &labels[1],
            _ if row + 1 == HEIGHT => &labels[2],
            _ => "",
        };
        let padding = margin - label.width();
        out += &format!("  {DIM}{}{label} ┤{DIM:#}{}\n", " ".repeat(padding), styled(&cells));
    }
    out += &times(&points, origin, projection, margin, columns);
    let level = headline(&projection.levels).map(|at| format!("; the shade is the {}% interval", projection.levels[at]));
    let scale = if log { "; log scale" } else { "" };
    let caption = format!("{}{}{scale}", title(lead, projection, lines), level.unwrap_or_default());
    for line in wrapped(&caption, columns) {
        out += &format!("  {DIM}{:margin$}  {line}{DIM:#}\n", "");
    }
    out + "\n"
}

fn title(lead: MeasureArg, projection: &Projection, lines: &[Line]) -> String {
    match lead {
        MeasureArg::Revenue if lines.iter().all(|line| line.period.months() == 12) => {
            format!("{} of the year", projection.quantity)
        }
        MeasureArg::Revenue => format!("{} of the period", projection.quantity),
        MeasureArg::Ttm => format!("{} of twelve months", projection.quantity),
        MeasureArg::RunRate => "run-rate".to_owned(),
    }
}

/// What the figures state before the first period ahead: totals of the same length, or run-rates.
fn history(series: &Series, lead: MeasureArg, lines: &[Line]) -> Vec<Point> {
    let Some(first) = lines.first().map(|line| line.period) else { return Vec::new() };
    let point = |month: Month, amount: f64| Point { month: month.index(), median: amount, ends: [amount; 2] };
    if lead == MeasureArg::RunRate {
        let stated = series.observations().filter(|figure| figure.fact.observes() == Some(Measure::RunRate));
        return stated.filter_map(|figure| Some(point(figure.period.last(), figure.fact.amount()?.value()))).collect();
    }
    let Some(start) = series.start() else { return Vec::new() };
    // Of twelve months, one for each quarter; of other periods, each.
    let apart = if lead == MeasureArg::Ttm { 3 } else { i32::try_from(first.months()).unwrap_or(12) };
    let room = first.last().since(start) + 1 - i32::try_from(first.months()).unwrap_or(0);
    let mut ends: Vec<Month> = (1..=room / apart).map(|k| first.last().plus(-apart * k)).collect();
    ends.reverse();
    let total = |last: Month| series.stated(Measure::Revenue, Period::ending(last, first.months()));
    ends.into_iter().filter_map(|last| Some(point(last, total(last)?.value()))).collect()
}

/// From amounts to heights.
struct Axis {
    low: f64,
    high: f64,
    log: bool,
}

impl Axis {
    /// Between 0 at the bottom and 1 at the top.
    fn share(&self, amount: f64) -> f64 {
        if self.log {
            libm::log(amount.max(self.low) / self.low) / libm::log(self.high / self.low)
        } else {
            (amount - self.low) / (self.high - self.low)
        }
    }

    fn amount(&self, share: f64) -> f64 {
        if self.log { self.low * libm::pow(self.high / self.low, share) } else { self.low + share * (self.high - self.low) }
    }
}

/// The cells of the plot, row by row from the top; a shade ahead of the last figure, dots for the line.
fn drawn(points: &[Point], origin: usize, axis: &Axis, columns: usize) -> Vec<Vec<char>> {
    let (first, last) = (f64::from(points[0].month), f64::from(points[points.len() - 1].month));
    let across = (columns * DOTS.0).saturating_sub(1).max(1) as f64;
    let time = |dot: usize| first + (last - first) * dot as f64 / across;
    let ahead_of = points.get(origin.saturating_sub(1)).map_or(first, |point| f64::from(point.month));
    let mut shade = vec![vec![false; columns]; HEIGHT];
    let mut dots = vec![vec![0_u8; columns]; HEIGHT];
    let rows = HEIGHT * DOTS.1;
    let mut before: Option<usize> = None;
    for dot in 0..columns * DOTS.0 {
        let Some([median, low, high]) = at(points, time(dot)).map(|amounts| amounts.map(|amount| axis.share(amount))) else {
            continue;
        };
        let column = dot / DOTS.0;
        if time(dot) >= ahead_of {
            for (row, cells) in shade.iter_mut().enumerate() {
                let middle = 1.0 - (row as f64 + 0.5) / HEIGHT as f64;
                cells[column] |= (low..=high).contains(&middle);
            }
        }
        let height = place(median, rows);
        // The line has no gaps where it is steep.
        let from = before.unwrap_or(height);
        for level in from.min(height)..=from.max(height) {
            let down = rows - 1 - level;
            dots[down / DOTS.1][column] |= braille(dot % DOTS.0, down % DOTS.1);
        }
        before = Some(height);
    }
    let cell = |(dots, shade): (u8, bool)| match (dots, shade) {
        (0, false) => ' ',
        (0, true) => '░',
        (dots, _) => char::from_u32(0x2800 + u32::from(dots)).unwrap_or(' '),
    };
    dots.into_iter().zip(shade).map(|(dots, shade)| dots.into_iter().zip(shade).map(cell).collect()).collect()
}

/// Which of `rows` places a share stands at, counted from the bottom.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a place among the rows")]
fn place(share: f64, rows: usize) -> usize {
    ((share.clamp(0.0, 1.0) * (rows - 1) as f64).round() as usize).min(rows - 1)
}

/// The bit of a dot in a cell: by its column and its row from the top.
fn braille(column: usize, row: usize) -> u8 {
    const BITS: [[u8; 4]; 2] = [[0x01, 0x02, 0x04, 0x40], [0x08, 0x10, 0x20, 0x80]];
    BITS[column][row]
}

/// Median and ends at a time, on the lines between the points.
fn at(points: &[Point], time: f64) -> Option<[f64; 3]> {
    let amounts = |point: &Point| [point.median, point.ends[0], point.ends[1]];
    let behind = points.iter().position(|point| f64::from(point.month) >= time)?;
    let Some(before) = behind.checked_sub(1) else { return Some(amounts(&points[0])) };
    let (from, to) = (&points[before], &points[behind]);
    let share = (time - f64::from(from.month)) / f64::from((to.month - from.month).max(1));
    let (from, to) = (amounts(from), amounts(to));
    Some([0, 1, 2].map(|one| from[one] + share * (to[one] - from[one])))
}

/// A row with its line set off from its shade.
fn styled(cells: &[char]) -> String {
    let mut out = String::new();
    let is_line = |cell: &char| *cell != ' ' && *cell != '░';
    for run in cells.chunk_by(|a, b| is_line(a) == is_line(b)) {
        let text: String = run.iter().collect();
        out += &if is_line(&run[0]) { format!("{ACCENT}{text}{ACCENT:#}") } else { format!("{DIM}{text}{DIM:#}") };
    }
    out
}

/// The line of times below: the first, the last figure and the end, as far as they do not touch.
fn times(points: &[Point], origin: usize, projection: &Projection, margin: usize, columns: usize) -> String {
    let (first, last) = (points[0].month, points[points.len() - 1].month);
    let span = f64::from((last - first).max(1));
    let mut row = vec![' '; columns + 2];
    let mut taken: Vec<(usize, usize)> = Vec::new();
    for index in [0, points.len() - 1, origin.saturating_sub(1)] {
        let month = Month::from_index(points[index].month);
        let ends_year = projection.calendar.period_at(Step::Year, month).last() == month;
        let text = if ends_year {
            projection.calendar.name(projection.calendar.period_at(Step::Year, month))
        } else {
            when(month.into(), projection.calendar)
        };
        let length = text.chars().count();
        if length > columns {
            continue;
        }
        let middle = place(f64::from(points[index].month - first) / span, columns);
        let from = middle.saturating_sub(length / 2).min(columns - length);
        if taken.iter().all(|(start, end)| from > end + 1 || from + length + 1 < *start) {
            taken.push((from, from + length));
            for (cell, letter) in row[from..].iter_mut().zip(text.chars()) {
                *cell = letter;
            }
        }
    }
    let text: String = row.into_iter().collect();
    format!("  {DIM}{:margin$}  {}{DIM:#}\n", "", text.trim_end())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn point(month: i32, median: f64, ends: [f64; 2]) -> Point {
        Point { month, median, ends }
    }

    #[test]
    fn the_line_rises_and_the_shade_begins_at_the_last_figure() {
        let points = [point(0, 1.0, [1.0; 2]), point(12, 2.0, [2.0; 2]), point(24, 3.0, [1.0, 4.0])];
        let cells = drawn(&points, 2, &Axis { low: 0.0, high: 4.0, log: false }, 20);
        assert_eq!(cells.len(), HEIGHT);
        let height = |column: usize| cells.iter().position(|row| ('\u{2801}'..='\u{28ff}').contains(&row[column])).unwrap();
        assert!(height(0) > height(10) && height(10) > height(19));
        let shaded = |column: usize| cells.iter().filter(|row| row[column] == '░').count();
        assert_eq!((0..9).map(shaded).sum::<usize>(), 0);
        assert!(shaded(19) > shaded(14) && shaded(14) > 0);
    }

    #[test]
    fn amounts_between_points_lie_on_lines() {
        let points = [point(0, 1.0, [1.0; 2]), point(10, 3.0, [2.0, 5.0])];
        assert_eq!(at(&points, 5.0), Some([2.0, 1.5, 3.0]));
        assert_eq!(at(&points, 11.0), None);
    }

    #[test]
    fn axes_go_there_and_back() {
        for log in [false, true] {
            let axis = Axis { low: 1.0, high: 100.0, log };
            for amount in [1.0, 7.0, 100.0] {
                assert!((axis.amount(axis.share(amount)) - amount).abs() < 1e-9);
            }
        }
    }
}
