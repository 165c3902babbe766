//! Characters that do something to a terminal or a reader instead of being seen, written so that they are seen.

use std::borrow::Cow;

/// Whether a character moves the cursor, rings, colours, breaks the line or turns the direction of writing, and shows nothing itself.
fn is_hidden(c: char) -> bool {
    c.is_control() || matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn escaped(text: &str, hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.contains(&hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            c if !hidden(c) => out.push(c),
            '\n' | '\r' | '\t' => out.extend(c.escape_default()),
            c => out.extend(c.escape_unicode()),
        }
    }
    Cow::Owned(out)
}

/// The text with hidden characters escaped, for a line on a terminal: `\n`, `\u{1b}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    escaped(text, is_hidden)
}

/// The text with the control characters escaped that no text file has, for a cell that is to be read back: line breaks and tabs stay.
pub(super) fn storable(text: &str) -> Cow<'_, str> {
    escaped(text, |c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_are_seen() {
        assert_eq!(visible("a\u{1b}]0;title\u{7}b\n"), "a\\u{1b}]0;title\\u{7}b\\n");
        assert_eq!(visible("\u{202e}evil\u{9b}1m\u{200f}"), "\\u{202e}evil\\u{9b}1m\\u{200f}");
        assert!(matches!(visible("Zürich, 東京, 5 €"), Cow::Borrowed(_)));
        assert_eq!(storable("two\nlines\u{0}"), "two\nlines\\u{0}");
    }
}
