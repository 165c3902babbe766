//! `backtest.csv` and `backtest.json`: the scores of methods on each series.

use std::io;

use super::{SCHEMA, guard};
use crate::project::Level;
use crate::question::accuracy::Scores;
use crate::question::backtest::{Backtest, Overall, Skill};

/// Writes backtests as CSV, one after the other, under one header.
#[derive(Debug)]
pub struct BacktestCsv<W: io::Write>(csv::Writer<W>);

impl<W: io::Write> BacktestCsv<W> {
    /// Starts a file for backtests at these levels: writes the header.
    ///
    /// # Errors
    ///
    /// If `out` cannot be written.
    pub fn new(out: W, levels: &[Level]) -> io::Result<Self> {
        let mut writer = csv::Writer::from_writer(out);
        writer.write_record(header(levels))?;
        Ok(Self(writer))
    }

    /// Writes the rows of one series.
    ///
    /// # Errors
    ///
    /// If the output cannot be written.
    pub fn write(&mut self, answer: &Backtest) -> io::Result<()> {
        rows(answer).into_iter().try_for_each(|row| Ok(self.0.write_record(row)?))
    }

    /// Ends the file and gives back the output.
    ///
    /// # Errors
    ///
    /// If the output cannot be written.
    pub fn finish(self) -> io::Result<W> {
        self.0.into_inner().map_err(csv::IntoInnerError::into_error)
    }
}

/// Writes backtests as one JSON document, one after the other.
#[derive(Debug)]
pub struct BacktestJson<W: io::Write> {
    out: W,
    count: usize,
}

impl<W: io::Write> BacktestJson<W> {
    /// Starts the document.
    ///
    /// # Errors
    ///
    /// If `out` cannot be written.
    pub fn new(mut out: W) -> io::Result<Self> {
        write!(out, "{{\"topline\":\"{}\",\"schema\":{SCHEMA},\"series\":[", env!("CARGO_PKG_VERSION"))?;
        Ok(Self { out, count: 0 })
    }

    /// Writes one series.
    ///
    /// # Errors
    ///
    /// If the output cannot be written.
    pub fn write(&mut self, answer: &Backtest) -> io::Result<()> {
        self.out.write_all(if self.count == 0 { b"\n" } else { b",\n" })?;
        self.count += 1;
        Ok(serde_json::to_writer(&mut self.out, answer)?)
    }

    /// Ends the document with the scores over all series, and gives back the output.
    ///
    /// # Errors
    ///
    /// If the output cannot be written.
    pub fn finish(mut self, overall: &[Overall]) -> io::Result<W> {
        self.out.write_all(b"\n],\"overall\":")?;
        serde_json::to_writer(&mut self.out, overall)?;
        self.out.write_all(b"}\n")?;
        Ok(self.out)
    }
}

fn header(levels: &[Level]) -> Vec<String> {
    let mut header: Vec<String> =
        ["series", "method", "step", "step_months", "outcomes", "mase", "smape", "rmsse", "pinball", "crps"]
            .map(str::to_owned)
            .to_vec();
    for level in levels {
        header.extend([format!("coverage_{level}"), format!("msis_{level}")]);
    }
    header.extend(["skill_mase", "skill_crps", "skill_mase_seasonal", "skill_crps_seasonal", "refused"].map(str::to_owned));
    header
}

/// A row for each method over all steps, whose step is empty, and one for each step.
fn rows(answer: &Backtest) -> Vec<Vec<String>> {
    let number =
        |value: Option<f64>| value.filter(|value| value.is_finite()).map(|value| format!("{value:.6}")).unwrap_or_default();
    let mut rows = Vec::new();
    for tested in &answer.methods {
        let steps = tested.steps.iter().map(|step| (step.step.to_string(), Some(&step.scores)));
        for (step, scores) in std::iter::once((String::new(), tested.scores.as_ref())).chain(steps) {
            let whole = step.is_empty();
            let mut row =
                vec![guard(&answer.series).into_owned(), tested.method.to_owned(), step, answer.step_months.to_string()];
            match scores {
                Some(scores) => {
                    row.push(scores.outcomes.to_string());
                    let Scores { mase, smape, rmsse, pinball, crps, .. } = scores;
                    row.extend([*mase, *smape, *rmsse, *pinball, *crps].map(number));
                    for interval in &scores.intervals {
                        row.extend([number(interval.coverage()), number(interval.msis)]);
                    }
                    let skills = [tested.skill_naive, tested.skill_seasonal_naive].map(|Skill { mase, crps }| [mase, crps]);
                    row.extend(skills.concat().into_iter().map(|skill| number(skill.filter(|_| whole))));
                }
                None => row.resize(LEADING + 2 * levels_of(answer) + SKILLS, String::new()),
            }
            row.push(tested.refused.clone().unwrap_or_default());
            rows.push(row);
        }
    }
    rows
}

/// Columns before those of the levels.
const LEADING: usize = 10;
/// Columns of skill after them.
const SKILLS: usize = 4;

fn levels_of(answer: &Backtest) -> usize {
    answer.methods.iter().find_map(|tested| tested.scores.as_ref()).map_or(0, |scores| scores.intervals.len())
}
