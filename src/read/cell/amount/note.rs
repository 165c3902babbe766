//! Marks of footnotes behind an amount: `1,234[1]`, `1,434*`, `1,334 (a)`, `1234¹`.

/// The text before the marks at its end, if there are any that can be no part of a number or its unit.
pub(in crate::read) fn without_marks(text: &str) -> Option<&str> {
    let mut rest = text;
    loop {
        rest = rest.trim_end();
        let shorter = rest.strip_suffix(is_mark).or_else(|| without_reference(rest));
        match shorter {
            Some(before) => rest = before,
            None => break,
        }
    }
    (rest.len() < text.trim_end().len()).then_some(rest)
}

/// What the letters behind the amounts of a table are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::read) enum Flags {
    /// Units, or what must be asked about.
    #[default]
    None,
    /// `r` and `p` say that an amount is revised or provisional.
    Revised,
    /// All are flags of a statistics office.
    All,
}

/// The text before the flags that statistics offices set behind a figure: `123.4 p`, `12 bc`, `: c`. In such tables a letter is
/// no scale, and a mark of its own stands for what is missing.
pub(in crate::read) fn without_flags(text: &str, flags: Flags) -> &str {
    let text = text.trim_end();
    let before = match flags {
        Flags::None => return text,
        Flags::Revised => text.strip_suffix(['r', 'p']).unwrap_or(text),
        Flags::All => text.trim_end_matches(|c: char| c.is_ascii_lowercase()),
    };
    let is_value = before.trim_end().ends_with(|c: char| c.is_ascii_digit() || c == ':');
    if text.len() - before.len() <= 3 && is_value { before.trim_end() } else { text }
}

/// The letter `r` or `p` behind a number, for revised and provisional.
pub(in crate::read) fn flag(text: &str) -> Option<char> {
    let text = text.trim_end();
    let letter = text.chars().next_back().filter(|letter| matches!(letter, 'r' | 'p'))?;
    text[..text.len() - 1].trim_end().ends_with(|c: char| c.is_ascii_digit()).then_some(letter)
}

fn is_mark(c: char) -> bool {
    matches!(c, '*' | '†' | '‡' | '§' | '¶' | '#' | '^' | '¹' | '²' | '³' | '⁰' | '⁴'..='⁹' | 'ª' | 'º' | 'ᵃ'..='ᶻ' | '※')
}

/// Without `[12]`, `[a]`, `(1)`, `(b)`, `(iv)`, `b)`, `1)` at the end: a note of at most three characters in square brackets,
/// one character or a small Roman number in round ones. `(12)` may be an amount of its own.
fn without_reference(text: &str) -> Option<&str> {
    let roman = |note: &str| note.len() <= 4 && note.bytes().all(|byte| b"ivx".contains(&byte));
    let one = |note: &str| note.len() == 1 && note.bytes().all(|byte| byte.is_ascii_alphanumeric());
    if let Some((before, note)) = text.strip_suffix(']').and_then(|text| text.rsplit_once('[')) {
        let is_note = (1..=3).contains(&note.len()) && note.bytes().all(|byte| byte.is_ascii_alphanumeric());
        let is_word = ["note", "nb"].iter().any(|word| note.to_ascii_lowercase().starts_with(word));
        return (is_note || is_word).then_some(before);
    }
    let inner = text.strip_suffix(')')?;
    if let Some((before, note)) = inner.rsplit_once('(') {
        return (one(note) || !note.is_empty() && roman(note)).then_some(before);
    }
    let (before, note) = inner.rsplit_once(char::is_whitespace)?;
    one(note).then_some(before)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn flags_are_no_part_of_the_amount() {
        let cases = [
            ("123.4 p", "123.4"),
            ("120 b", "120"),
            ("12bc", "12"),
            (": c", ":"),
            ("12", "12"),
            ("n/a", "n/a"),
            ("12 mio", "12"),
        ];
        for (text, before) in cases {
            assert_eq!(without_flags(text, Flags::All), before, "{text}");
        }
    }

    #[test]
    fn marks_are_no_part_of_the_amount() {
        let cases = [
            ("1,234[1]", Some("1,234")),
            ("1,434*", Some("1,434")),
            ("1,334 (a)", Some("1,334")),
            ("1234†", Some("1234")),
            ("1234¹", Some("1234")),
            ("1,234 (1)", Some("1,234")),
            ("1 234 b)", Some("1 234")),
            ("12.5 **", Some("12.5")),
            ("12 (iv) [a]", Some("12")),
            ("12 [note 3]", Some("12")),
            ("1,234", None),
            ("12 (12)", None),
            ("5 (5.2%)", None),
            ("12 m", None),
            ("(1,234)", None),
        ];
        for (text, before) in cases {
            assert_eq!(without_marks(text), before, "{text}");
        }
    }
}
