//! An answer as Markdown: what stands on a terminal in columns and styles, as tables, headings and lists.

use anstream::adapter::strip_str;

use crate::cli::render::style::{ACCENT, BOLD, DIM};

/// What a line of a document is.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Part {
    Heading,
    Item,
    Row,
    Text,
}

/// The answer that `text` is, whose lines are not broken and whose tables are in Markdown: headings and lists by its styles.
pub fn document(text: &str) -> String {
    let mut out = String::new();
    let mut before: Option<Part> = None;
    let mut apart = false;
    for line in text.lines() {
        let Some((part, line)) = part(line) else {
            apart = true;
            continue;
        };
        let goes_on = !apart && before == Some(part) && matches!(part, Part::Row | Part::Item);
        if before.is_some() && !goes_on {
            out.push('\n');
        }
        out += &line;
        out.push('\n');
        before = Some(part);
        apart = false;
    }
    out
}

/// What a line is, and how it is written; `None` if there is nothing in it.
fn part(line: &str) -> Option<(Part, String)> {
    if line.starts_with('|') {
        return Some((Part::Row, line.to_owned()));
    }
    let line = line.trim();
    let plain = plain(line);
    if plain.is_empty() {
        return None;
    }
    let end = DIM.render_reset().to_string();
    if line.starts_with(&ACCENT.render().to_string()) {
        return Some((Part::Heading, format!("## {}", paragraph(&plain))));
    }
    if line.starts_with(&BOLD.render().to_string()) && line.ends_with(&end) {
        return Some((Part::Heading, format!("### {}", paragraph(&plain))));
    }
    let labelled = line.strip_prefix(&DIM.render().to_string()).and_then(|rest| rest.split_once(end.as_str()));
    match labelled.map(|(word, text)| (self::plain(word), self::plain(text))) {
        Some((word, text)) if !text.is_empty() => {
            let word = if word.is_empty() { String::new() } else { escaped(&word) + ": " };
            Some((Part::Item, format!("- {word}{}", if word.is_empty() { paragraph(&text) } else { escaped(&text) })))
        }
        _ => Some((Part::Text, paragraph(&plain))),
    }
}

/// A text without its styles, its words one space apart.
fn plain(text: &str) -> String {
    strip_str(text).to_string().split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text that reads as itself at the beginning of a line, where some marks begin lists and headings.
fn paragraph(text: &str) -> String {
    let begins_block = text.starts_with(['-', '+', '=', '#']);
    (if begins_block { "\\" } else { "" }).to_owned() + &escaped(text)
}

/// A text that reads as itself within a line or a cell.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for (at, c) in text.char_indices() {
        let rest = &text[at + c.len_utf8()..];
        let begins_entity = c == '&' && rest.contains(';');
        if begins_entity || matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '|' | '~') {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn styles_become_headings_and_lists() {
        let text = format!(
            "{ACCENT}A | B{ACCENT:#}\n  {DIM}Last figure  {DIM:#}{BOLD}$5{BOLD:#} <b>\n  {DIM}Method  {DIM:#}growth\n\n| a |\n|---|\n| 1 |\n\n| b |\n  words\n"
        );
        let expected = "## A \\| B\n\n- Last figure: $5 \\<b\\>\n- Method: growth\n\n| a |\n|---|\n| 1 |\n\n| b |\n\nwords\n";
        assert_eq!(document(&text), expected);
    }

    #[test]
    fn names_read_as_themselves() {
        assert_eq!(escaped("</script> a_b *c* [d](e)"), "\\</script\\> a\\_b \\*c\\* \\[d\\](e)");
        assert_eq!(paragraph("- AT&T, R&amp;D"), "\\- AT\\&T, R\\&amp;D");
        assert_eq!(escaped("+36%"), "+36%");
        assert_eq!(escaped("AT&T"), "AT&T");
    }
}
