//! Series without a projection as CSV.

use std::io;

use super::guard;
use crate::series::Place;

/// A series that has no projection.
#[derive(Clone, Copy, Debug)]
pub struct LeftOut<'a> {
    /// Its name, if it is known.
    pub series: &'a str,
    /// Where the figure at fault stood, if it is a single one.
    pub place: Option<&'a Place>,
    /// Why there is none.
    pub problem: &'a str,
    /// What to do.
    pub hint: &'a str,
}

/// Writes one row for each series that is left out: `series,file,line,column,problem,hint`.
#[derive(Debug)]
pub struct ProblemsWriter<W: io::Write> {
    writer: ::csv::Writer<W>,
}

impl<W: io::Write> ProblemsWriter<W> {
    /// Writes the header.
    ///
    /// # Errors
    ///
    /// If `out` cannot be written.
    pub fn new(out: W) -> io::Result<Self> {
        let mut writer = ::csv::Writer::from_writer(out);
        writer.write_record(["series", "file", "line", "column", "problem", "hint"])?;
        Ok(Self { writer })
    }

    /// Writes a row.
    ///
    /// # Errors
    ///
    /// If the output cannot be written.
    pub fn write(&mut self, one: LeftOut<'_>) -> io::Result<()> {
        let (file, line, column) = one
            .place
            .map_or_else(Default::default, |place| (place.file.to_string(), place.line.to_string(), place.column.to_string()));
        let row = [&*guard(one.series), &*guard(&file), &line, &column, &*guard(one.problem), one.hint];
        self.writer.write_record(row)?;
        Ok(())
    }

    /// Writes what is left, and gives the output back.
    ///
    /// # Errors
    ///
    /// If the output cannot be written.
    pub fn finish(self) -> io::Result<W> {
        self.writer.into_inner().map_err(::csv::IntoInnerError::into_error)
    }
}
