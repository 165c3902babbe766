//! What a command line gives as figures: files, standard input, and figures that are typed as text.

use std::path::{Path, PathBuf};

use topline::read;

use crate::cli::render::shown::quoted;

/// Endings that files of figures have: a text that ends in one is the name of a file.
const ENDINGS: [&str; 14] =
    ["csv", "tsv", "tab", "txt", "xlsx", "xlsm", "xlsb", "xls", "ods", "parquet", "json", "gz", "zst", "toml"];

/// One source of figures.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Given<'a> {
    /// A file.
    File(&'a Path),
    /// Standard input.
    Input,
    /// Figures typed as text, and how messages call them.
    Typed {
        /// `figure 1` and so on.
        name: String,
        /// The text.
        text: &'a str,
    },
}

impl<'a> Given<'a> {
    /// What these arguments are, and the texts of `--figure` behind them.
    pub fn all(files: &'a [PathBuf], figures: &'a [String]) -> Vec<Self> {
        let mut count = 0;
        let mut typed = |text: &'a str| {
            count += 1;
            Self::Typed { name: format!("figure {count}"), text }
        };
        let of_argument = |path: &'a PathBuf| match as_typed(path) {
            Some(text) => typed(text),
            None if path.as_os_str() == "-" => Self::Input,
            None => Self::File(path),
        };
        let mut all: Vec<Self> = files.iter().map(of_argument).collect();
        all.extend(figures.iter().map(|text| typed(text)));
        all
    }
}

/// The figures that an argument is, if it is none but them: there is no file of that name, nor is it like the name of one.
pub fn as_typed(argument: &Path) -> Option<&str> {
    let text = argument.to_str().filter(|text| read::is_typed(text) && !has_ending(argument))?;
    (!argument.exists()).then_some(text)
}

/// The command line as it was typed, for a file that says how it was made.
pub fn command_line() -> String {
    let arguments = std::env::args_os().skip(1).map(|argument| quoted(Path::new(&argument)));
    std::iter::once("topline".to_owned()).chain(arguments).collect::<Vec<_>>().join(" ")
}

/// Whether an argument ends like the name of a file of figures.
pub fn has_ending(argument: &Path) -> bool {
    let ending = argument.extension().and_then(|ending| ending.to_str()).unwrap_or_default();
    ENDINGS.iter().any(|known| ending.eq_ignore_ascii_case(known))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_figures() {
        let files = ["-", "Cargo.toml", "Acme: $5M 2024", "Acme: sales.csv", "C:\\sales", "none"].map(PathBuf::from);
        let figures = ["Acme: $6M 2025".to_owned()];
        let typed = |count: usize, text: &'static str| Given::Typed { name: format!("figure {count}"), text };
        let expected = [
            Given::Input,
            Given::File(Path::new("Cargo.toml")),
            typed(1, "Acme: $5M 2024"),
            Given::File(Path::new("Acme: sales.csv")),
            Given::File(Path::new("C:\\sales")),
            Given::File(Path::new("none")),
            typed(2, "Acme: $6M 2025"),
        ];
        assert_eq!(Given::all(&files, &figures), expected);
    }
}
