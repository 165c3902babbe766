//! Lines of text: broken between words, below a word that says what they are about.

use std::fmt::Write as _;

use unicode_width::UnicodeWidthStr;

use crate::cli::render::style::DIM;

/// Lines of at most `width` columns, broken between words; styles take no room.
pub fn wrapped(text: &str, width: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut used = 0;
    for word in text.split(' ') {
        let last = lines.last_mut().unwrap_or_else(|| unreachable!("there is always a line"));
        let length = seen(word);
        if last.is_empty() {
            last.push_str(word);
            used = length;
        } else if used + 1 + length <= width {
            last.push(' ');
            last.push_str(word);
            used += 1 + length;
        } else {
            lines.push(word.to_owned());
            used = length;
        }
    }
    lines
}

/// Columns that a text takes on a terminal, without its styles.
pub fn seen(text: &str) -> usize {
    let mut parts = text.split('\u{1b}');
    let first = parts.next().map_or(0, UnicodeWidthStr::width);
    let behind = |part: &str| part.split_once('m').map_or(0, |(_, rest)| rest.width());
    first + parts.map(behind).sum::<usize>()
}

/// A text behind a word in a margin, each further line of it below the first.
pub fn labelled(out: &mut String, word: &str, text: &str, margin: usize, width: usize) {
    let room = width.saturating_sub(margin + 2).max(20);
    for (index, line) in wrapped(text, room).iter().enumerate() {
        let word = if index == 0 { word } else { "" };
        let _ = writeln!(out, "  {DIM}{word:<margin$}{DIM:#}{line}");
    }
}

/// Whole paragraphs, each broken between words; what is indented stays so.
pub fn paragraphs(text: &str, width: usize) -> String {
    let broken = |line: &str| {
        let words = line.trim_start_matches(' ');
        let indent = &line[..line.len() - words.len()];
        let lines: Vec<String> =
            wrapped(words, width.saturating_sub(indent.len())).into_iter().map(|line| format!("{indent}{line}")).collect();
        lines.join("\n")
    };
    text.lines().map(broken).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::render::style::BOLD;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrapped("one two three", 7), ["one two", "three"]);
        assert_eq!(wrapped("a-word-longer-than-a-line b", 5), ["a-word-longer-than-a-line", "b"]);
    }

    #[test]
    fn styles_take_no_room() {
        let text = format!("{BOLD}one{BOLD:#} two three");
        assert_eq!(seen(&text), 13);
        assert_eq!(wrapped(&text, 7), [format!("{BOLD}one{BOLD:#} two"), "three".to_owned()]);
    }

    #[test]
    fn paragraphs_keep_their_indent() {
        assert_eq!(paragraphs("one two\n  three four", 8), "one two\n  three\n  four");
    }

    #[test]
    fn texts_hang_below_their_first_line() {
        let mut out = String::new();
        labelled(&mut out, "Peers", "those that are alike in kind", 8, 30);
        assert_eq!(out, format!("  {DIM}Peers   {DIM:#}those that are alike\n  {DIM}        {DIM:#}in kind\n"));
    }
}
