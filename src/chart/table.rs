//! The table under a chart: the years of one series, or of several series side by side.

use crate::calendar::Step;
use crate::chart::columns::{self, Column};
use crate::chart::font::Weight;
use crate::chart::scene::{Align, Type};
use crate::chart::sheet::Sheet;
use crate::chart::{Subject, words};
use crate::money::projected;
use crate::percent;

/// Em of a table's texts, and the height of its rows, in CSS pixels.
const TEXT: f64 = 17.0;
const ROW: f64 = 27.0;
/// From the names of the axis above to the first row, and from the last to what is below.
const ABOVE: f64 = 34.0;
/// The most years of a table: the last ones.
const MOST: usize = 6;

/// Rows of texts, of which the first is the head.
#[derive(Clone, Debug)]
pub(super) struct Table {
    rows: Vec<Vec<String>>,
}

impl Table {
    /// What these series are projected to earn in each fiscal year, and of one series the interval and the growth; `None` if no year is
    /// known or projected.
    pub(super) fn of(subjects: &[Subject<'_>]) -> Option<Self> {
        let years = |subject: &Subject<'_>| {
            let all = columns::columns(subject, Step::Year, words::wide_level(subject.projection));
            all[all.len().saturating_sub(MOST)..].to_vec()
        };
        let first = subjects.first()?;
        let calendar = first.series.calendar();
        let named = |column: &Column| {
            let name = words::period(calendar, column.period);
            if column.projected { format!("{name}, projected") } else { name }
        };
        if let [one] = subjects {
            let level = one.projection.levels[words::wide_level(one.projection)];
            let currency = one.series.currency();
            let quantity = words::capitalised(one.series.quantity().name());
            let row = |column: &Column| {
                let interval =
                    column.interval.map(|ends| format!("{} to {}", projected(ends.lo, currency), projected(ends.hi, currency)));
                vec![
                    named(column),
                    columns::amount(column, currency),
                    interval.unwrap_or_default(),
                    column.growth.map(percent::change).unwrap_or_default(),
                ]
            };
            let head = ["Year".to_owned(), quantity, format!("{level}% interval"), "On the year before".to_owned()];
            let rows: Vec<Vec<String>> = std::iter::once(head.to_vec()).chain(years(one).iter().map(row)).collect();
            return (rows.len() > 1).then_some(Self { rows });
        }
        let all: Vec<Vec<Column>> = subjects.iter().map(years).collect();
        let mut periods: Vec<_> = all.iter().flatten().filter(|one| one.projected).map(|one| one.period).collect();
        periods.sort_unstable();
        periods.dedup();
        periods.truncate(MOST);
        let head = std::iter::once("Median".to_owned()).chain(periods.iter().map(|period| words::period(calendar, *period)));
        let row = |(subject, columns): (&Subject<'_>, &Vec<Column>)| {
            let of = |period| {
                columns.iter().find(|one| one.period == period).map(|one| projected(one.total, subject.series.currency()))
            };
            let cells = periods.iter().map(|period| of(*period).unwrap_or_default());
            std::iter::once(words::name(subject.series.name())).chain(cells).collect()
        };
        let rows = std::iter::once(head.collect()).chain(subjects.iter().zip(&all).map(row)).collect();
        (!periods.is_empty()).then_some(Self { rows })
    }

    /// The height that it takes under a chart.
    pub(super) fn height(&self) -> f64 {
        self.rows.len() as f64 * ROW + ABOVE
    }

    /// Writes it between `left` and `right`, below `top`.
    pub(super) fn write(&self, sheet: &mut Sheet<'_>, left: f64, right: f64, top: f64) {
        let columns = self.rows[0].len();
        let first = (right - left) * if columns > 4 { 0.22 } else { 0.28 };
        let width = (right - left - first) / (columns - 1).max(1) as f64;
        let palette = sheet.palette;
        for (index, row) in self.rows.iter().enumerate() {
            let baseline = top + ABOVE + index as f64 * ROW + TEXT * 0.3;
            for (column, text) in row.iter().enumerate() {
                let (weight, colour) = match (index, column) {
                    (0, _) => (Weight::Regular, palette.ink_2),
                    (_, 0 | 1) => (Weight::SemiBold, palette.ink),
                    _ => (Weight::Regular, palette.ink),
                };
                let look = Type::new(TEXT, weight, colour);
                if column == 0 {
                    let text = sheet.fonts.cut(text, weight, (first - 8.0) / TEXT);
                    sheet.scene.write(sheet.fonts, &text, (left, baseline), Align::Left, look);
                } else {
                    let text = sheet.fonts.cut(text, weight, (width - 8.0) / TEXT);
                    let x = left + first + width * column as f64;
                    sheet.scene.write(sheet.fonts, &text, (x, baseline), Align::Right, look);
                }
            }
            let y = baseline + ROW - TEXT * 1.05;
            sheet.scene.segment((left, y), (right, y), if index == 0 { 1.6 } else { 1.0 }, palette.grid);
        }
    }
}
