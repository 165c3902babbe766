//! The tables of `topline project`: which are asked for, and how each grows while series are projected.

use std::fs::File;
use std::io::{self, BufWriter, Write as _};
use std::path::PathBuf;

use tempfile::NamedTempFile;
use topline::export::{About, CsvWriter, JsonWriter, Notice, WorkbookError, WorkbookWriter};
use topline::project::{Plan, Projection};
use topline::series::Series;

use crate::cli::args::Format;
use crate::cli::commands::project::Target;
use crate::cli::io::files::Staged;
use crate::cli::io::given::command_line;
use crate::cli::render::failure::Failure;

/// A table that grows while series are projected, in a temporary file that is shown when all is done.
pub struct Output {
    table: Table,
    /// Where it goes as a file.
    path: Option<PathBuf>,
    /// Whether it is printed, too.
    print: bool,
}

enum Table {
    Csv(Box<CsvWriter<BufWriter<NamedTempFile>>>),
    Json(JsonWriter<BufWriter<NamedTempFile>>),
    Workbook(Box<WorkbookWriter>, BufWriter<NamedTempFile>),
}

/// The form of a table.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Form {
    Csv,
    Json,
    Workbook,
}

impl Output {
    /// The tables that were asked for, by file or by format.
    pub fn all(
        format: Format,
        target: Option<&Target>,
        plan: &Plan,
        [parents, scenarios]: [bool; 2],
        notices: &[Notice],
    ) -> Result<Vec<Self>, Failure> {
        let mut wanted: Vec<(Form, PathBuf)> = Vec::new();
        match target {
            Some(Target::Folder(folder)) => {
                wanted.push((Form::Csv, folder.join("projection.csv")));
                wanted.push((Form::Json, folder.join("projection.json")));
            }
            Some(Target::Csv(path)) => wanted.push((Form::Csv, path.clone())),
            Some(Target::Json(path)) => wanted.push((Form::Json, path.clone())),
            Some(Target::Workbook(path)) => wanted.push((Form::Workbook, path.clone())),
            None => {}
        }
        let printed = match format {
            Format::Csv => Some(Form::Csv),
            Format::Json => Some(Form::Json),
            _ => None,
        };
        let mut outputs: Vec<(Form, Option<PathBuf>)> = wanted.into_iter().map(|(form, path)| (form, Some(path))).collect();
        if let Some(form) = printed.filter(|printed| outputs.iter().all(|(form, _)| form != printed)) {
            outputs.push((form, None));
        }
        let start = |(form, path): (Form, Option<PathBuf>)| {
            let out = Staged::growing(path.as_deref())?;
            let wrong = |error| Failure::write(path.as_deref(), error);
            let table = match form {
                Form::Csv => {
                    let start = match (parents, scenarios) {
                        (true, _) => CsvWriter::with_parents,
                        (false, true) => CsvWriter::with_scenarios,
                        (false, false) => CsvWriter::new,
                    };
                    Table::Csv(Box::new(start(out, &plan.levels).map_err(wrong)?))
                }
                Form::Json => Table::Json(JsonWriter::new(out, notices).map_err(wrong)?),
                Form::Workbook => {
                    let book = WorkbookWriter::new(&plan.levels, parents, scenarios && !parents);
                    Table::Workbook(Box::new(book.map_err(|error| no_workbook(path.as_ref(), &error))?), out)
                }
            };
            Ok(Self { table, path, print: printed == Some(form) })
        };
        outputs.into_iter().map(start).collect()
    }

    /// Adds a projection of a series.
    pub fn write(&mut self, series: &Series, projection: &Projection) -> Result<(), Failure> {
        let written = match &mut self.table {
            Table::Csv(writer) => writer.write(projection),
            Table::Json(writer) => writer.write(series, projection),
            Table::Workbook(book, _) => {
                return book.write(series, projection).map_err(|error| no_workbook(self.path.as_ref(), &error));
            }
        };
        written.map_err(|error| Failure::write(self.path.as_deref(), error))
    }

    /// Ends the table: stages its file if it is to be kept, and gives it back, at its start, if it is to be printed.
    pub fn finish(self, staged: &mut Staged, notices: &[Notice]) -> Result<Option<File>, Failure> {
        let wrong = |error| Failure::write(self.path.as_deref(), error);
        let buffered = match self.table {
            Table::Csv(writer) => writer.finish(),
            Table::Json(writer) => writer.finish(),
            Table::Workbook(book, mut out) => {
                let about = About { command: &command_line(), notices };
                let bytes = book.finish(&about).map_err(|error| no_workbook(self.path.as_ref(), &error))?;
                out.write_all(&bytes).map(|()| out)
            }
        };
        let file = buffered.and_then(|out| out.into_inner().map_err(io::IntoInnerError::into_error)).map_err(wrong)?;
        let printed = self.print.then(|| file.reopen()).transpose().map_err(wrong)?;
        if let Some(path) = self.path {
            staged.add(file, path);
        }
        Ok(printed)
    }
}

fn no_workbook(path: Option<&PathBuf>, error: &WorkbookError) -> Failure {
    let path = path.map(|path| path.display().to_string()).unwrap_or_default();
    Failure::Data { message: format!("{path}: {error}"), hint: error.hint().to_owned() }
}
