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
    while let Some(c) = rest.chars().next() {
        let length = if c.is_ascii_digit() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            tokens.push(Token::Number { value: rest[..digits].parse().ok()?, digits });
            digits
        } else if c.is_alphabetic() {
            let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            tokens.push(Token::Word(word(&rest[..end].to_lowercase())?));
            end
        } else {
            match c {
                '-' | '/' | '.' => tokens.push(Token::Separator(c)),
                ',' | '\'' | '’' | '_' => {}
                c if c.is_whitespace() => {}
                _ => return None,
            }
            c.len_utf8()
        };
        rest = &rest[length..];
        if tokens.len() > MOST_TOKENS {
            return None;
        }
    }
    Some(tokens)
}
