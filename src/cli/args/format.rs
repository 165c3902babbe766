//! In which form an answer is printed.

use clap::{Args, ValueEnum};

/// Forms of a projection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// A summary to read
    Table,
    /// The rows, for a spreadsheet or a program
    Csv,
    /// The rows with all they rest on, for a program
    Json,
    /// The summary as Markdown, for a document
    Markdown,
}

/// Forms of an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum AnswerFormat {
    /// A table to read
    Table,
    /// The same for a program
    Json,
    /// The table as Markdown, for a document
    Markdown,
}

/// In which form rows are printed.
#[derive(Debug, Args, Clone, Copy)]
#[command(next_help_heading = "Output")]
pub struct FormatArgs {
    /// What to print: table, csv, json, markdown
    #[arg(short, long, value_enum, default_value_t = Format::Table)]
    format: Format,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

impl FormatArgs {
    /// A summary to read.
    pub const SUMMARY: Self = Self { format: Format::Table, json: false };

    /// What was asked for.
    pub fn asked(self) -> Format {
        if self.json { Format::Json } else { self.format }
    }
}

/// In which form an answer is printed.
#[derive(Debug, Args, Clone, Copy)]
#[command(next_help_heading = "Output")]
pub struct AnswerFormatArgs {
    /// What to print: table, json, markdown
    #[arg(short, long, value_enum, default_value_t = AnswerFormat::Table)]
    format: AnswerFormat,
    /// The same as --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

impl AnswerFormatArgs {
    /// What was asked for.
    pub fn asked(self) -> AnswerFormat {
        if self.json { AnswerFormat::Json } else { self.format }
    }
}
