//! A chart of each series that the spreadsheet draws itself: the figures, the median and the ends of one interval.

use rust_xlsxwriter::{Chart, ChartFormat, ChartLegendPosition, ChartLine, ChartLineDashType, ChartMarker, ChartMarkerType};
use rust_xlsxwriter::{ChartSeries, ChartSolidFill, Color, Worksheet};

use super::sheet::Sheet;
use super::{WorkbookError, money, sign};
use crate::calendar::Period;
use crate::money::{Amount, Currency};
use crate::project::{Level, Projection, Row, headline};
use crate::series::{Figure, Measure, Series};

/// The most series that get a chart each.
const MOST: usize = 24;
const DATA: &str = "Chart data";
/// Pixels of a chart, and rows from one to the next.
const SIZE: [u32; 2] = [960, 440];
const ROWS: u32 = 24;
/// Columns of the data.
const SERIES: u16 = 0;
const END: u16 = 2;
const FIGURES: u16 = 3;
const MEDIAN: u16 = 4;
const LO: u16 = 5;
const HI: u16 = 6;

/// A line of a chart: its column, its colour and its looks.
struct Line {
    column: u16,
    colour: u32,
    width: f64,
    dashed: bool,
    marked: bool,
}

const LINES: [Line; 4] = [
    Line { column: FIGURES, colour: 0x001F_2937, width: 2.25, dashed: false, marked: true },
    Line { column: MEDIAN, colour: 0x001D_4ED8, width: 2.25, dashed: false, marked: true },
    Line { column: LO, colour: 0x0060_A5FA, width: 1.25, dashed: true, marked: false },
    Line { column: HI, colour: 0x0060_A5FA, width: 1.25, dashed: true, marked: false },
];

pub(super) struct Charts {
    data: Sheet,
    drawn: Vec<Chart>,
    /// Which level's interval is drawn.
    level: Option<usize>,
    left_out: usize,
}

impl Charts {
    pub(super) fn new(levels: &[Level]) -> Result<Self, WorkbookError> {
        let level = headline(levels);
        let name = level.map(|at| levels[at].to_string()).unwrap_or_default();
        let mut columns = vec!["series", "measure", "period_end", "figures", "median"].into_iter().map(str::to_owned);
        let ends = ["lower", "upper"].map(|end| format!("{end} end, {name}%")).into_iter().filter(|_| level.is_some());
        let columns: Vec<String> = columns.by_ref().chain(ends).collect();
        Ok(Self { data: Sheet::new(DATA, &columns)?, drawn: Vec::new(), level, left_out: 0 })
    }

    /// How many series have no chart, since there are so many.
    pub(super) fn left_out(&self) -> usize {
        self.left_out
    }

    /// Adds the chart of a series: its figures of the kind and length that is projected, and the projection.
    pub(super) fn write(&mut self, series: &Series, projection: &Projection) -> Result<(), WorkbookError> {
        if self.drawn.len() == MOST {
            self.left_out += 1;
            return Ok(());
        }
        let lead = series.lead();
        let rows: Vec<&Row> = projection.rows.iter().filter(|row| row.measure == lead).collect();
        let Some(length) = rows.first().map(|row| row.period.months()) else { return Ok(()) };
        let is_drawn = |figure: &&Figure| {
            figure.fact.observes() == Some(lead) && (lead == Measure::RunRate || figure.period.months() == length)
        };
        let amounts = money(projection.currency, rows.iter().map(|row| row.median));
        let measure = projection.quantity.measure_name(lead);
        let first = self.data.row();
        for figure in series.observations().filter(is_drawn) {
            self.start_row(series.name(), measure, figure.period)?;
            self.data.number(figure.fact.amount().map(Amount::value), &amounts)?;
            self.data.end_row()?;
        }
        for row in &rows {
            self.start_row(series.name(), measure, row.period)?;
            self.data.empty();
            self.data.number(Some(row.median), &amounts)?;
            if let Some(level) = self.level {
                self.data.number(Some(row.intervals[level].lo), &amounts)?;
                self.data.number(Some(row.intervals[level].hi), &amounts)?;
            }
            self.data.end_row()?;
        }
        let largest = rows.iter().map(|row| row.median).fold(0.0, f64::max);
        self.drawn.push(chart([first, self.data.row() - 1], self.level.is_some(), projection, measure, largest));
        Ok(())
    }

    fn start_row(&mut self, name: &str, measure: &str, period: Period) -> Result<(), WorkbookError> {
        self.data.text(name)?;
        self.data.text(measure)?;
        self.data.day(period.last().last_day())
    }

    /// The sheet of the charts, and that of what they show.
    pub(super) fn finish(self) -> Result<(Worksheet, Worksheet), WorkbookError> {
        let mut sheet = Worksheet::new();
        sheet.set_name("Charts")?;
        sheet.set_landscape().set_print_fit_to_pages(1, 0).set_screen_gridlines(false);
        for (at, chart) in (0_u32..).zip(&self.drawn) {
            sheet.insert_chart(1 + at * ROWS, 1, chart)?;
        }
        Ok((sheet, self.data.finish(true)?))
    }
}

/// The chart of the rows from the first to the last. Names are taken from cells: a text that begins with `=` is one there.
fn chart([first, last]: [u32; 2], interval: bool, projection: &Projection, measure: &str, largest: f64) -> Chart {
    let mut chart = Chart::new_line();
    for line in LINES.iter().filter(|line| interval || ![LO, HI].contains(&line.column)) {
        draw(chart.add_series(), line, [first, last]);
    }
    chart.title().set_name((DATA, first, SERIES));
    chart.set_width(SIZE[0]).set_height(SIZE[1]);
    chart.legend().set_position(ChartLegendPosition::Bottom);
    chart.x_axis().set_date_axis(true).set_num_format("mmm yyyy");
    chart.y_axis().set_num_format(axis(projection.currency, largest)).set_min(0.0).set_name(&heading(measure));
    chart.set_alt_text(format!("The figures of a series, its projected {measure} and their interval, as on the sheet {DATA}"));
    chart
}

fn heading(measure: &str) -> String {
    match measure {
        "run-rate" => "run-rate (a year)".to_owned(),
        other => other.to_owned(),
    }
}

/// One line of a chart; what a chart of lines does without, its marks, is set after it was added.
fn draw(series: &mut ChartSeries, line: &Line, [first, last]: [u32; 2]) {
    let colour = Color::RGB(line.colour);
    let mut stroke = ChartLine::new();
    stroke.set_color(colour).set_width(line.width);
    if line.dashed {
        stroke.set_dash_type(ChartLineDashType::Dash);
    }
    let mut marker = ChartMarker::new();
    if line.marked {
        let mut filled = ChartFormat::new();
        filled.set_solid_fill(ChartSolidFill::new().set_color(colour));
        marker.set_type(ChartMarkerType::Circle).set_size(5).set_format(&mut filled);
    } else {
        marker.set_none();
    }
    series
        .set_name((DATA, 0, line.column))
        .set_categories((DATA, first, END, last, END))
        .set_values((DATA, first, line.column, last, line.column))
        .set_marker(&marker)
        .set_format(ChartFormat::new().set_line(&stroke));
}

/// The numbers of an axis up to `largest`, in thousands, millions or billions.
fn axis(currency: Currency, largest: f64) -> String {
    const UNITS: [(f64, &str); 3] = [(1e9, ",,,\"B\""), (1e6, ",,\"M\""), (1e4, ",\"K\"")];
    let unit = UNITS.iter().find(|(size, _)| largest >= *size);
    let (digits, unit) = match unit {
        Some((size, unit)) if largest < 10.0 * size => ("#,##0.0", *unit),
        Some((_, unit)) => ("#,##0", *unit),
        None if largest < 100.0 => ("#,##0.00", ""),
        None => ("#,##0", ""),
    };
    format!("{}{digits}{unit}", sign(currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn axes_are_told_in_units_that_fit() {
        let of = |largest| axis(Currency::USD, largest);
        assert_eq!(of(19e9), "[$$]#,##0,,,\"B\"");
        assert_eq!(of(1.5e9), "[$$]#,##0.0,,,\"B\"");
        assert_eq!(of(2.5e7), "[$$]#,##0,,\"M\"");
        assert_eq!(of(500.0), "[$$]#,##0");
        assert_eq!(of(2.0), "[$$]#,##0.00");
    }
}
