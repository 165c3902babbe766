//! Marks of footnotes behind an amount: `1,234[1]`, `1,434*`, `1,334 (a)`, `1234¹`.

/// The text before the marks at its end, if there are any that can be no part of a number or its unit.
pub(in crate::read::cell) fn without_marks(text: &str) -> Option<&str> {
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
