//! Text in columns, aligned by what a terminal shows and folded where a line has no room for it.

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use crate::cli::render::lines::wrapped;
use crate::cli::render::markdown::escaped;
use crate::cli::render::screen::MARKDOWN;
use crate::cli::render::shown::shown;
use crate::cli::render::style::DIM;

/// One cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    text: String,
    style: Style,
    right: bool,
    joined: bool,
    wraps: bool,
}

/// Spaces between columns: where there is room, and where there is less.
const GAPS: [usize; 2] = [3, 2];

/// The fewest columns that a text is wrapped to inside a table.
const LEAST_TEXT: usize = 24;

impl Cell {
    /// A cell that begins at the left of its column.
    pub fn left(text: impl Into<String>) -> Self {
        Self { text: shown(text.into()), ..Self::default() }
    }

    /// A cell that ends at the right of its column.
    pub fn right(text: impl Into<String>) -> Self {
        Self { text: shown(text.into()), right: true, ..Self::default() }
    }

    /// The cell in this style.
    pub fn styled(mut self, style: Style) -> Self {
        self.style = style;
        self
    }

    /// In the first row: the column stays beside the one before it.
    pub fn joined(mut self) -> Self {
        self.joined = true;
        self
    }

    /// In the first row: the texts of the column, which is the last, may be broken between words.
    pub fn wraps(mut self) -> Self {
        self.wraps = true;
        self
    }
}

/// The rows in columns, each line after `indent` spaces and within `width` columns: closer together, with the texts of the last column
/// broken, or folded into several tables below each other, which repeat the first column.
pub fn fit(rows: &[Vec<Cell>], indent: usize, width: usize) -> String {
    if width == MARKDOWN {
        return markdown(rows);
    }
    let widths = widths(rows);
    let total = |columns: &[usize], gap: usize| {
        indent + columns.iter().map(|column| widths[*column]).sum::<usize>() + gap * columns.len().saturating_sub(1)
    };
    let all: Vec<usize> = (0..widths.len()).collect();
    if let Some(gap) = GAPS.into_iter().find(|gap| total(&all, *gap) <= width) {
        return align(rows, indent, gap);
    }
    let gap = GAPS[1];
    let mark = |column: usize| rows.first().and_then(|row| row.get(column));
    if let Some((last, before)) = all.split_last().filter(|(last, _)| mark(**last).is_some_and(|cell| cell.wraps)) {
        let room = width.saturating_sub(total(before, gap) + gap);
        if room >= LEAST_TEXT {
            return align(&broken(rows, *last, room), indent, gap);
        }
    }
    let mut tables: Vec<Vec<usize>> = Vec::new();
    for unit in all.get(1..).unwrap_or_default().chunk_by(|_, column| mark(*column).is_some_and(|cell| cell.joined)) {
        match tables.last_mut() {
            Some(table) if total(&[table.as_slice(), unit].concat(), gap) <= width => table.extend(unit),
            _ => tables.push([&[0], unit].concat()),
        }
    }
    let part = |columns: &Vec<usize>| {
        let pick = |row: &Vec<Cell>| columns.iter().map(|column| row.get(*column).cloned().unwrap_or_default()).collect();
        let mut picked: Vec<Vec<Cell>> = rows.iter().map(pick).collect();
        picked.retain(|row| row.iter().any(|cell| !cell.text.is_empty()));
        align(&fit_text(&picked, indent, width), indent, gap)
    };
    tables.iter().map(part).collect::<Vec<_>>().join("\n")
}

/// The rows as a table of Markdown, after an empty line. The header is what stands dimmed above the rest, in one row; else the first row.
fn markdown(rows: &[Vec<Cell>]) -> String {
    let is_head = |row: &&Vec<Cell>| row.iter().all(|cell| cell.text.is_empty() || cell.style == DIM);
    let heads = rows.iter().take_while(is_head).count().max(1).min(rows.len());
    let (head, body) = rows.split_at(heads);
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let text = |row: &Vec<Cell>, column: usize| row.get(column).map(|cell| escaped(&cell.text)).unwrap_or_default();
    let line = |cells: Vec<String>| format!("| {} |\n", cells.join(" | "));
    let of_head = |column: usize| {
        let words = head.iter().map(|row| text(row, column)).filter(|word| !word.is_empty());
        words.collect::<Vec<_>>().join(" ")
    };
    let is_right = |column: usize| body.iter().chain(head).any(|row| row.get(column).is_some_and(|cell| cell.right));
    let mut out = "\n".to_owned() + &line((0..columns).map(of_head).collect());
    out += &line((0..columns).map(|column| if is_right(column) { "---:" } else { "---" }.to_owned()).collect());
    for row in body {
        out += &line((0..columns).map(|column| text(row, column)).collect());
    }
    out
}

/// A table whose last column is too wide for a line, broken there if it may be.
fn fit_text(rows: &[Vec<Cell>], indent: usize, width: usize) -> Vec<Vec<Cell>> {
    let widths = widths(rows);
    let last = widths.len().saturating_sub(1);
    let before = indent + widths[..last].iter().map(|width| width + GAPS[1]).sum::<usize>();
    let wraps = rows.first().and_then(|row| row.get(last)).is_some_and(|cell| cell.wraps);
    if wraps && before + widths[last] > width {
        broken(rows, last, width.saturating_sub(before).max(LEAST_TEXT))
    } else {
        rows.to_vec()
    }
}

/// The rows with the texts of one column broken to `room` columns, each further line a row of its own.
fn broken(rows: &[Vec<Cell>], column: usize, room: usize) -> Vec<Vec<Cell>> {
    let mut out = Vec::with_capacity(rows.len());
    for row in rows {
        let Some(cell) = row.get(column) else {
            out.push(row.clone());
            continue;
        };
        for (index, text) in wrapped(&cell.text, room).into_iter().enumerate() {
            let mut line = if index == 0 { row.clone() } else { vec![Cell::default(); row.len()] };
            line[column] = Cell { text, ..cell.clone() };
            out.push(line);
        }
    }
    out
}

fn widths(rows: &[Vec<Cell>]) -> Vec<usize> {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    (0..columns)
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.text.width()).max().unwrap_or(0))
        .collect()
}

/// The rows in columns, `gap` spaces apart, each line after `indent` spaces; no space at the end of a line.
pub fn align(rows: &[Vec<Cell>], indent: usize, gap: usize) -> String {
    let widths = widths(rows);
    let mut out = String::new();
    for row in rows {
        // Spaces are held back until something follows them.
        let mut spaces = indent;
        for (column, cell) in row.iter().enumerate() {
            let padding = widths[column] - cell.text.width();
            if cell.text.is_empty() {
                spaces += padding;
            } else {
                let before = if cell.right { padding } else { 0 };
                out.extend(std::iter::repeat_n(' ', spaces + before));
                out += &format!("{}{}{}", cell.style.render(), cell.text, cell.style.render_reset());
                spaces = padding - before;
            }
            spaces += gap;
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = vec![
            vec![Cell::left("a"), Cell::right("1"), Cell::left("x")],
            vec![Cell::left("Zürich"), Cell::right("1000")],
            vec![Cell::left(""), Cell::right("10"), Cell::left("y")],
        ];
        assert_eq!(align(&rows, 1, 2), " a          1  x\n Zürich  1000\n           10  y\n");
    }

    #[test]
    fn markdown_has_one_header_and_escapes_its_cells() {
        let dim = |text: &str| Cell::right(text).styled(DIM);
        let rows = vec![
            vec![Cell::left(""), dim("run-rate"), Cell::left("at the end").styled(DIM)],
            vec![Cell::left("year").styled(DIM), dim("median"), Cell::left("interval").styled(DIM)],
            vec![Cell::left("a|b"), Cell::right("10")],
        ];
        let expected = "\n| year | run-rate median | at the end interval |\n| --- | ---: | --- |\n| a\\|b | 10 |  |\n";
        assert_eq!(fit(&rows, 2, MARKDOWN), expected);
    }

    fn table() -> Vec<Vec<Cell>> {
        vec![
            vec![Cell::left("year"), Cell::right("median"), Cell::left("interval").joined(), Cell::right("growth")],
            vec![Cell::left("2025"), Cell::right("10"), Cell::left("8 to 12"), Cell::right("5%")],
        ]
    }

    #[test]
    fn what_has_no_room_moves_closer_and_then_folds() {
        let lines = |width| fit(&table(), 0, width).lines().map(str::to_owned).collect::<Vec<_>>();
        assert_eq!(lines(33), ["year   median   interval   growth", "2025       10   8 to 12        5%"]);
        assert_eq!(lines(30), ["year  median  interval  growth", "2025      10  8 to 12       5%"]);
        // The interval stays beside its median.
        assert_eq!(lines(29), ["year  median  interval", "2025      10  8 to 12", "", "year  growth", "2025      5%"]);
        assert_eq!(lines(15)[0], "year  median  interval");
    }

    #[test]
    fn texts_of_the_last_column_break_between_words() {
        let rows = vec![
            vec![Cell::left("kind"), Cell::left("used as").wraps()],
            vec![Cell::left("target"), Cell::left("a goal that is shown but not used")],
        ];
        let expected = "kind    used as\ntarget  a goal that is shown but\n        not used\n";
        assert_eq!(fit(&rows, 0, 34), expected);
        assert!(fit(&rows, 0, 60).lines().count() == 2);
    }
}
