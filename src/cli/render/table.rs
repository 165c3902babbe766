//! Text in columns, aligned by what a terminal shows.

use anstyle::Style;
use unicode_width::UnicodeWidthStr;

use crate::cli::render::shown::shown;

/// One cell of a table.
#[derive(Clone, Debug, Default)]
pub struct Cell {
    text: String,
    style: Style,
    right: bool,
}

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
}

/// The rows in columns, `gap` spaces apart, each line after `indent` spaces; no space at the end of a line.
pub fn align(rows: &[Vec<Cell>], indent: usize, gap: usize) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns)
        .map(|column| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.text.width()).max().unwrap_or(0))
        .collect();
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

/// Lines of at most `width` columns, broken between words.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let last = lines.last_mut().unwrap_or_else(|| unreachable!("there is always a line"));
        if last.is_empty() {
            last.push_str(word);
        } else if last.width() + 1 + word.width() <= width {
            last.push(' ');
            last.push_str(word);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
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
    fn lines_break_between_words() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("a-word-longer-than-a-line b", 5), ["a-word-longer-than-a-line", "b"]);
    }
}
