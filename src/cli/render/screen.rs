//! How wide the answer may be, and whether somebody sees it at once.

use std::env;
use std::io::{self, IsTerminal};

use terminal_size::{Width, terminal_size_of};

use crate::cli::args::{AnswerFormat, Format};

/// Columns of what is not read on a terminal: a file or a pipe.
const OF_A_PIPE: usize = 100;
/// The most columns that a line takes, however wide the terminal: longer lines are hard to read.
const MOST: usize = 120;
/// The fewest that a line is laid out for; on a narrower terminal it breaks where the terminal breaks it.
const FEWEST: usize = 40;

/// The width of Markdown, whose lines end nowhere: a table that is fitted into it is one of Markdown.
pub const MARKDOWN: usize = usize::MAX / 2;

/// Where an answer is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Screen {
    /// Columns of a line.
    pub width: usize,
    /// Whether it is a terminal.
    pub terminal: bool,
}

impl Screen {
    /// A Markdown document.
    pub const DOCUMENT: Self = Self { width: MARKDOWN, terminal: false };

    /// Standard output. On a terminal `COLUMNS` goes before its own size, as in other programs.
    pub fn of_output() -> Self {
        let out = io::stdout();
        let size = || terminal_size_of(&out).map(|(Width(columns), _)| usize::from(columns));
        Self::new(out.is_terminal(), env::var("COLUMNS").ok().as_deref(), size)
    }

    /// Standard error: `None` where it is no terminal, and lines stay whole for the programs that read them.
    pub fn of_messages() -> Option<Self> {
        let err = io::stderr();
        let size = || terminal_size_of(&err).map(|(Width(columns), _)| usize::from(columns));
        err.is_terminal().then(|| Self::new(true, env::var("COLUMNS").ok().as_deref(), size))
    }

    fn new(terminal: bool, columns: Option<&str>, size: impl FnOnce() -> Option<usize>) -> Self {
        if !terminal {
            return Self { width: OF_A_PIPE, terminal };
        }
        let stated = columns.and_then(|text| text.trim().parse().ok()).filter(|columns| *columns > 0);
        let width = stated.or_else(size).unwrap_or(OF_A_PIPE).clamp(FEWEST, MOST);
        Self { width, terminal }
    }
}

impl Format {
    /// Where an answer in words is shown; `None` where it is rows or JSON.
    pub fn screen(self) -> Option<Screen> {
        match self {
            Self::Table => Some(Screen::of_output()),
            Self::Markdown => Some(Screen::DOCUMENT),
            Self::Csv | Self::Json => None,
        }
    }
}

impl AnswerFormat {
    /// Where an answer in words is shown; for a program, nowhere.
    pub fn screen(self) -> Option<Screen> {
        match self {
            Self::Table => Some(Screen::of_output()),
            Self::Markdown => Some(Screen::DOCUMENT),
            Self::Json => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_go_before_the_size_and_a_pipe_before_both() {
        let width = |terminal, columns, size| Screen::new(terminal, columns, || size).width;
        assert_eq!(width(false, Some("60"), Some(80)), 100);
        assert_eq!(width(true, Some("60"), Some(80)), 60);
        assert_eq!(width(true, Some("wide"), Some(80)), 80);
        assert_eq!(width(true, Some("0"), None), 100);
        assert_eq!(width(true, None, Some(300)), 120);
        assert_eq!(width(true, None, Some(10)), 40);
    }
}
