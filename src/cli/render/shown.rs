//! What reaches a terminal: the program's own words and styles as they are, what comes from files and arguments made visible.

use std::path::Path;

use anstyle::Style;
use topline::export::visible;

use crate::cli::render::style::{ACCENT, BOLD, CYAN, DIM, RED, YELLOW};

/// Text from outside, for one line of a terminal.
pub fn shown(text: impl AsRef<str>) -> String {
    visible(text.as_ref()).into_owned()
}

/// A path as a shell takes it, in quotation marks where it needs them.
pub fn quoted(path: &Path) -> String {
    let text = path.to_string_lossy();
    let is_plain = |c: char| c.is_alphanumeric() || matches!(c, '/' | '.' | '-' | '_' | '\\' | ':' | '+' | ',' | '=');
    if !text.is_empty() && text.chars().all(is_plain) {
        shown(&text)
    } else {
        format!("'{}'", shown(text.replace('\'', "'\\''")))
    }
}

/// Whole lines with styles, of which only line breaks, tabs and the program's own styles have an effect.
pub fn cleaned(text: &str) -> String {
    let styles = [ACCENT, BOLD, CYAN, DIM, RED, YELLOW].map(|style: Style| style.render().to_string());
    let end_of_style = BOLD.render_reset().to_string();
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(|c: char| c.is_control() && c != '\n' && c != '\t') {
        out += &lines(&rest[..at]);
        rest = &rest[at..];
        // Of two styles of which one begins as the other, the longer.
        let own = styles.iter().chain([&end_of_style]).filter(|own| rest.starts_with(own.as_str())).max_by_key(|own| own.len());
        let length = own.map_or_else(|| rest.chars().next().map_or(0, char::len_utf8), String::len);
        let (first, behind) = rest.split_at(length);
        if own.is_some() {
            out += first;
        } else {
            out += &visible(first);
        }
        rest = behind;
    }
    out + &lines(rest)
}

/// Text without control characters but line breaks and tabs, which stay.
fn lines(text: &str) -> String {
    text.split_inclusive(['\n', '\t'])
        .map(|line| match line.strip_suffix(['\n', '\t']) {
            Some(before) => visible(before).into_owned() + &line[before.len()..],
            None => visible(line).into_owned(),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn own_styles_pass_and_nothing_else() {
        let own = format!("{ACCENT}Name{ACCENT:#}\n\t{DIM}words{DIM:#} {RED}wrong{RED:#} {BOLD}so{BOLD:#}\n");
        assert_eq!(cleaned(&own), own);
        assert_eq!(cleaned("a\u{1b}[8mb\u{1b}]0;t\u{7}\u{202e}c\n"), "a\\u{1b}[8mb\\u{1b}]0;t\\u{7}\\u{202e}c\n");
    }
}
