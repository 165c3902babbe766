//! The sheet of the figures: what was read, where it stood, and how likely each target is.

use rust_xlsxwriter::{Format, Worksheet};

use super::sheet::Sheet;
use super::{WorkbookError, dates, money};
use crate::money::Amount;
use crate::project::Projection;
use crate::series::{Measure, Series};

const COLUMNS: [&str; 15] = [
    "series",
    "kind",
    "period",
    "period_start",
    "period_end",
    "amount",
    "currency",
    "used_as",
    "likely_as_revenue",
    "likely_as_run_rate",
    "source",
    "note",
    "file",
    "line",
    "as_of",
];

pub(super) struct Figures {
    sheet: Sheet,
    share: Format,
}

impl Figures {
    pub(super) fn new() -> Result<Self, WorkbookError> {
        let sheet = Sheet::new("Figures", &COLUMNS.map(str::to_owned))?;
        Ok(Self { sheet, share: Format::new().set_num_format("0.0%") })
    }

    /// Each figure of a series, a row.
    pub(super) fn write(&mut self, series: &Series, projection: &Projection) -> Result<(), WorkbookError> {
        let stated = || series.figures().iter().filter_map(|figure| figure.fact.amount().map(Amount::value));
        let amounts = money(series.currency(), stated());
        let sheet = &mut self.sheet;
        for (index, (figure, role)) in series.figures().iter().zip(series.roles()).enumerate() {
            sheet.text(series.name())?;
            sheet.text(figure.fact.kind())?;
            dates(sheet, figure.period, series.calendar())?;
            sheet.number(figure.fact.amount().map(Amount::value), &amounts)?;
            sheet.text(series.currency().code())?;
            sheet.text(role.name())?;
            for reading in [Measure::Revenue, Measure::RunRate] {
                let odds = projection.targets.iter().find(|odds| odds.figure == index && odds.reading == reading);
                sheet.number(odds.map(|odds| odds.probability), &self.share)?;
            }
            sheet.text(figure.source().unwrap_or_default())?;
            sheet.text(figure.note().unwrap_or_default())?;
            if let Some(place) = &figure.place {
                sheet.text(&place.file)?;
                sheet.count(place.line)?;
            } else {
                sheet.empty();
                sheet.empty();
            }
            match figure.as_of {
                Some(day) => sheet.day(day)?,
                None => sheet.empty(),
            }
            sheet.end_row()?;
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Worksheet, WorkbookError> {
        self.sheet.finish(true)
    }
}
