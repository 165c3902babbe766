//! The pieces of a period's text: numbers, words, separators.

use crate::read::cell::calendar_words::{Word, word};

/// A piece of a period's text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Token {
    Number {
        value: u32,
        digits: usize,
    },
    Word(Word),
    /// `/`, `-`, `.` between two numbers; other separators say nothing.
    Separator(char),
}

/// At most so many pieces make a period; more is prose.
const MOST_TOKENS: usize = 12;

pub(in crate::read) fn tokens(text: &str) -> Option<Vec<Token>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    let mut behind_digit = false;
    while let Some(c) = rest.chars().next() {
        let length = if c.is_ascii_digit() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            tokens.push(Token::Number { value: rest[..digits].parse().ok()?, digits });
            digits
        } else if c.is_alphabetic() {
            let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            words(&rest[..end].to_lowercase(), behind_digit, &mut tokens)?;
            end
        } else {
            match c {
                '-' | '/' | '.' => tokens.push(Token::Separator(c)),
                ',' | '\'' | '’' | '_' => {}
                // `2022:Q1`
                ':' if behind_digit && rest[1..].starts_with(char::is_alphabetic) => {}
                c if c.is_whitespace() => {}
                _ => return None,
            }
            c.len_utf8()
        };
        behind_digit = c.is_ascii_digit();
        rest = &rest[length..];
        if tokens.len() > MOST_TOKENS {
            return None;
        }
    }
    Some(tokens)
}

/// Letters that count, right behind a number: `1st`, `3er`, `4to`, `1:a`.
const ORDINALS: [&str; 16] =
    ["st", "nd", "rd", "th", "er", "re", "do", "ro", "to", "e", "ème", "eme", "ère", "ere", "de", "ste"];

/// The words in letters that stand together: mostly one, but `Q1FY24` and `1QFY24` have a mark of the year behind another.
fn words(letters: &str, behind_digit: bool, tokens: &mut Vec<Token>) -> Option<()> {
    if behind_digit && ORDINALS.contains(&letters) {
        return Some(());
    }
    if let Some(word) = word(letters) {
        tokens.push(Token::Word(word));
        return Some(());
    }
    // `FQ1 2022`, `CQ1 2022`: of the fiscal year, and of the calendar's.
    if let Some(year @ (Word::Fiscal | Word::Calendar)) =
        letters.strip_suffix('q').and_then(|year| word(if year == "c" { "cy" } else { year }))
    {
        tokens.extend([Token::Word(year), Token::Word(Word::Quarter)]);
        return Some(());
    }
    let (part, year) = letters.split_at_checked(letters.len().checked_sub(2)?)?;
    let (Some(part), Some(year @ (Word::Fiscal | Word::Calendar))) = (word(part), word(year)) else { return None };
    tokens.extend([Token::Word(part), Token::Word(year)]);
    Some(())
}
