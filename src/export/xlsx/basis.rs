//! The sheet that says what the numbers rest on: the program, the command, the methods, the peers, the assumptions and the warnings.

use rust_xlsxwriter::Worksheet;

use super::WorkbookError;
use super::sheet::Sheet;
use crate::export::Notice;
use crate::project::growth::{Because, VERSION};
use crate::project::{Details, Projection, words};
use crate::series::Series;

/// What there is to say of a workbook as a whole.
#[derive(Clone, Copy, Debug, Default)]
pub struct About<'a> {
    /// The command that made it, as it was typed; left out where it is empty.
    pub command: &'a str,
    /// What was said while the figures were read and projected.
    pub notices: &'a [Notice],
}

/// What stands for the series where something holds for all of them.
const ALL: &str = "(all)";

pub(super) struct Basis {
    sheet: Sheet,
}

impl Basis {
    pub(super) fn new() -> Result<Self, WorkbookError> {
        let mut new = Self { sheet: Sheet::new("Basis", &["series", "about", "what it is"].map(str::to_owned))? };
        let program = format!("topline {}, growth model {VERSION}", env!("CARGO_PKG_VERSION"));
        new.row(ALL, "program", &program)?;
        Ok(new)
    }

    fn row(&mut self, series: &str, about: &str, text: &str) -> Result<(), WorkbookError> {
        self.sheet.text(series)?;
        self.sheet.text(about)?;
        self.sheet.long_text(text)?;
        self.sheet.end_row()
    }

    /// What one projection rests on; of one under a scenario, the scenario alone.
    pub(super) fn write(&mut self, series: &Series, projection: &Projection) -> Result<(), WorkbookError> {
        let name = series.name();
        if let Some(setting) = &projection.setting {
            let scenario = &setting.scenario;
            if let Some(note) = &setting.note {
                self.row(name, "scenario", &format!("{scenario}: {note}"))?;
            }
            let mut assumed = setting.assumptions.iter();
            return assumed.try_for_each(|one| self.row(name, "scenario", &format!("{scenario}: {one}")));
        }
        self.row(name, "method", &format!("{}: {}", projection.method, projection.reason))?;
        match &projection.details {
            Details::Growth(growth) => {
                let because = match growth.because {
                    Because::Given => "as given",
                    Because::RunRates => "as half of its figures or more are run-rates",
                    Because::Totals => "as most of its figures are totals",
                };
                self.row(name, "peers", &format!("{} ({}), {because}", growth.peers.name(), growth.peers.says()))
            }
            Details::Standard(standard) => self.row(name, "fitted", &words::found(standard, series)),
            Details::None => Ok(()),
        }
    }

    /// Ends with what holds for all; `without_chart` series have none, since there are so many.
    pub(super) fn end(&mut self, about: &About<'_>, without_chart: usize) -> Result<(), WorkbookError> {
        if !about.command.is_empty() {
            self.row(ALL, "command", about.command)?;
        }
        if without_chart > 0 {
            self.row(ALL, "charts", &format!("the first series have one each; {without_chart} more have none"))?;
        }
        for (place, text) in about.notices {
            let place = place.as_ref().map(|place| format!("{place}: ")).unwrap_or_default();
            self.row(ALL, "note", &format!("{place}{text}"))?;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Worksheet, WorkbookError> {
        self.sheet.finish(false)
    }
}
