//! Series and projections to draw in tests.

use topline::calendar::{FiscalCalendar, Month, Period};
use topline::chart::{Chart, Rect, Subject};
use topline::money::{Amount, Currency};
use topline::project::growth::{self, Growth};
use topline::project::{Details, Interval, Level, PathPoint, Plan, Projection, project};
use topline::read::{Options, Reader};
use topline::series::{Fact, Figure, Peers, Series};

/// A series with its projection.
#[derive(Clone, Debug)]
pub(crate) struct Projected {
    pub(crate) series: Series,
    pub(crate) projection: Projection,
}

impl Projected {
    pub(crate) fn subject(&self) -> Subject<'_> {
        Subject { series: &self.series, projection: &self.projection }
    }
}

pub(crate) fn subjects(all: &[Projected]) -> Vec<Subject<'_>> {
    all.iter().map(Projected::subject).collect()
}

/// Projects each series by the growth model, as the program does.
pub(crate) fn projected(series: Vec<Series>) -> Vec<Projected> {
    let plan = Plan { path: true, ..Plan::for_series(&series) };
    with_plan(series, &plan)
}

pub(crate) fn with_plan(series: Vec<Series>, plan: &Plan) -> Vec<Projected> {
    let growth = Growth::new();
    series
        .into_iter()
        .map(|series| {
            let (projection, _) = project(&growth, &series, plan).unwrap();
            Projected { series, projection }
        })
        .collect()
}

pub(crate) fn month(year: i32, month: u32) -> Month {
    Month::new(year, month).unwrap()
}

pub(crate) fn year(year: i32) -> Period {
    FiscalCalendar::default().year(year).unwrap()
}

pub(crate) fn quarter(year: i32, quarter: u32) -> Period {
    FiscalCalendar::default().quarter(year, quarter).unwrap()
}

pub(crate) fn revenue(period: impl Into<Period>, value: f64) -> Figure {
    Figure::new(Fact::Revenue(Amount::exact(value).unwrap()), period.into())
}

pub(crate) fn run_rate(at: Month, value: f64) -> Figure {
    Figure::new(Fact::RunRate(Amount::exact(value).unwrap()), at.into())
}

pub(crate) fn target(period: impl Into<Period>, value: f64) -> Figure {
    Figure::new(Fact::Target { amount: Amount::exact(value).unwrap(), basis: None }, period.into())
}

pub(crate) fn series(name: &str, figures: Vec<Figure>) -> Series {
    Series::new(name, Currency::USD, FiscalCalendar::default(), figures)
}

/// The series of a file in `data/`.
pub(crate) fn data(file: &str) -> Vec<Series> {
    let path = format!("{}/data/{file}", env!("CARGO_MANIFEST_DIR"));
    let mut reader = Reader::new(Options::default());
    reader.add(file, std::fs::read(path).unwrap().as_slice()).unwrap();
    reader.finish().unwrap().series
}

/// A projection drawn up by hand, with illustrative numbers: constant growth a year from `rate` at `origin`, and intervals
/// that widen with the root of time.
pub(crate) fn by_hand(series: &Series, rate: f64, growth: f64, width: f64, months: i32, percents: &[f64]) -> Projection {
    let origin = series.origin().unwrap();
    let levels: Vec<Level> = percents.iter().filter_map(|percent| Level::from_percent(*percent)).collect();
    let first = series.observations().map(|figure| figure.period.first()).min().unwrap();
    let path = (first.index()..=origin.index() + months)
        .map(Month::from_index)
        .map(|month| {
            let years = f64::from(month.since(origin)) / 12.0;
            let median = rate * libm::pow(1.0 + growth, years);
            let spread = |level: &Level| libm::exp(width * level.percent() / 80.0 * (0.02 + years.max(0.0)).sqrt());
            let interval = |level: &Level| Interval { lo: median / spread(level), hi: median * spread(level) };
            let intervals = if month < origin { Vec::new() } else { levels.iter().map(interval).collect() };
            PathPoint { month, median, intervals }
        })
        .collect();
    Projection {
        series: series.name().to_owned(),
        quantity: topline::series::Quantity::default(),
        parent: None,
        currency: series.currency(),
        calendar: series.calendar(),
        method: "growth",
        reason: "drawn up by hand for a test".to_owned(),
        origin,
        levels,
        rows: Vec::new(),
        milestones: Vec::new(),
        path,
        trailing: Vec::new(),
        targets: Vec::new(),
        choice: None,
        derived: Vec::new(),
        details: Details::Growth(growth::Details {
            weights: vec![1.0],
            peers: Peers::Listed,
            because: growth::Because::Totals,
            size: 0.0,
            usd_per_unit: Some(1.0),
        }),
        setting: None,
    }
}

/// Fails if a text lies on another, on a mark or outside the picture.
pub(crate) fn assert_clear(chart: &Chart) {
    // Runs of one line touch; half a pixel is for their rounding.
    const SLACK: f64 = 0.5;
    let shrunk = |rect: Rect| Rect {
        left: rect.left + SLACK,
        top: rect.top + SLACK,
        right: rect.right - SLACK,
        bottom: rect.bottom - SLACK,
    };
    let (width, height) = chart.size();
    let picture = Rect { left: 0.0, top: 0.0, right: f64::from(width), bottom: f64::from(height) };
    let labels: Vec<_> = chart.labels().map(|label| (label.text, shrunk(label.rect))).collect();
    for (index, (text, rect)) in labels.iter().enumerate() {
        assert!(picture.contains(rect), "{text:?} leaves the picture: {rect:?}");
        if let Some((other, _)) = labels[index + 1..].iter().find(|(_, other)| other.overlaps(rect)) {
            panic!("{text:?} lies on {other:?} at {rect:?}");
        }
        if let Some(mark) = chart.marks().iter().find(|mark| mark.overlaps(rect)) {
            panic!("{text:?} lies on the mark at {mark:?}");
        }
    }
}
