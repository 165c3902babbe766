//! `projection.json`: the rows of the CSV with everything they rest on.

use std::io;

use serde::Serialize;

use crate::calendar::FiscalCalendar;
use crate::export::figures::{FigureView, Notice, dates, figure_views, head};
use crate::export::parameters::{FoundView, found_view};
use crate::export::rounded;
use crate::money::Amount;
use crate::project::auto::Score;
use crate::project::growth::{BETA, Because, CLASSES, Class, PeersPrior, RUN_RATE_SD, peers_prior};
use crate::project::{Derived, Details, Interval, Level, Milestone, Projection, Row, TargetOdds, words};
use crate::question::settled::{Known, Settled, by_figures};
use crate::series::{Measure, Series};

/// Writes projections as one JSON document, one after the other.
#[derive(Debug)]
pub struct JsonWriter<W: io::Write> {
    out: W,
    count: usize,
}

#[derive(Serialize)]
struct ProjectionView<'a> {
    series: &'a str,
    /// What the series is a part of.
    #[serde(skip_serializing_if = "Option::is_none")]
    parent: Option<&'a str>,
    /// `revenue`, or what was asked for by its own name.
    quantity: &'static str,
    currency: &'a str,
    fiscal_year_end: u32,
    origin: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    scenario: Option<ScenarioView<'a>>,
    method: MethodView<'a>,
    figures: Vec<FigureView<'a>>,
    targets: Vec<TargetView>,
    /// Targets whose period has passed, as the figures settle them.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    past_targets: Vec<SettledView>,
    milestones: Vec<MilestoneView>,
    projection: Vec<RowView>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    derived: Vec<DerivedView>,
}

#[derive(Serialize)]
struct ScenarioView<'a> {
    name: &'a str,
    note: Option<&'a str>,
    /// Each assumption about the series, in words.
    assumptions: &'a [String],
}

#[derive(Serialize)]
struct MethodView<'a> {
    name: &'a str,
    reason: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    backtest: Option<ChoiceView<'a>>,
    #[serde(flatten)]
    details: DetailsView<'a>,
}

/// The backtest that chose the method.
#[derive(Serialize)]
struct ChoiceView<'a> {
    origins: usize,
    horizon: usize,
    /// Mean absolute error relative to the seasonal naive forecast's, the chosen method first.
    scores: Vec<ScoreView<'a>>,
}

#[derive(Serialize)]
struct ScoreView<'a> {
    method: &'a str,
    relative_error: f64,
}

#[derive(Serialize)]
#[serde(untagged)]
enum DetailsView<'a> {
    Growth {
        /// Powers of ten from 1 billion dollars a year.
        size: f64,
        usd_per_unit: Option<f64>,
        peers: PeersView,
        beta: f64,
        run_rate_sd: f64,
        classes: Vec<ClassView<'a>>,
    },
    Saved {},
    Standard {
        count: usize,
        filled: usize,
        season: usize,
        /// In words.
        fitted: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        parameters: Option<FoundView<'a>>,
    },
}

#[derive(Serialize)]
struct PeersView {
    name: &'static str,
    /// Whether they were given; else the figures decide.
    given: bool,
    constants: &'static PeersPrior,
}

#[derive(Serialize)]
struct ClassView<'a> {
    posterior_weight: f64,
    constants: &'a Class,
}

#[derive(Serialize)]
struct TargetView {
    target: usize,
    value: f64,
    reading: &'static str,
    period: String,
    probability: f64,
}

#[derive(Serialize)]
struct SettledView {
    target: usize,
    value: f64,
    reading: &'static str,
    period: String,
    outcome: f64,
    known: Known,
    met: bool,
    gap: f64,
}

#[derive(Serialize)]
struct MilestoneView {
    period: String,
    revenue: RowView,
    run_rate: RowView,
    growth: Option<f64>,
    growth_of: &'static str,
}

#[derive(Serialize)]
struct RowView {
    measure: &'static str,
    period: String,
    period_start: String,
    period_end: String,
    median: f64,
    mean: f64,
    intervals: Vec<IntervalView>,
}

#[derive(Serialize)]
struct DerivedView {
    derivation: &'static str,
    measure: &'static str,
    period: String,
    period_start: String,
    period_end: String,
    base_period: Option<String>,
    /// Whether it follows from stated figures alone.
    stated: bool,
    median: Option<f64>,
    intervals: Option<Vec<DerivedIntervalView>>,
}

#[derive(Serialize)]
struct DerivedIntervalView {
    level: f64,
    lo: Option<f64>,
    hi: Option<f64>,
}

#[derive(Serialize)]
struct IntervalView {
    level: f64,
    lo: f64,
    hi: f64,
}

impl<W: io::Write> JsonWriter<W> {
    /// Starts a document. `notices` are what was said while the figures were read, with their places.
    ///
    /// # Errors
    ///
    /// If `out` cannot be written.
    pub fn new(mut out: W, notices: &[Notice]) -> io::Result<Self> {
        let head = serde_json::to_string(&head(notices))?;
        // The document stays open for the projections.
        write!(out, "{},\"projections\":[", head.strip_suffix('}').unwrap_or(&head))?;
        Ok(Self { out, count: 0 })
    }

    /// Writes one projection and the series that it was made from.
    ///
    /// # Errors
    ///
    /// If the output cannot be written.
    pub fn write(&mut self, series: &Series, projection: &Projection) -> io::Result<()> {
        self.out.write_all(if self.count == 0 { b"\n" } else { b",\n" })?;
        self.count += 1;
        serde_json::to_writer(&mut self.out, &projection_view(series, projection))?;
        Ok(())
    }

    /// Ends the document and gives back what it was written to.
    ///
    /// # Errors
    ///
    /// If the rest cannot be written.
    pub fn finish(mut self) -> io::Result<W> {
        self.out.write_all(if self.count == 0 { b"]}\n" } else { b"\n]}\n" })?;
        Ok(self.out)
    }
}

fn projection_view<'a>(series: &'a Series, projection: &'a Projection) -> ProjectionView<'a> {
    let calendar = projection.calendar;
    let levels = &projection.levels;
    ProjectionView {
        series: &projection.series,
        parent: projection.parent.as_deref(),
        quantity: projection.quantity.measure_name(Measure::Revenue),
        currency: projection.currency.code(),
        fiscal_year_end: calendar.year_end(),
        origin: projection.origin.to_string(),
        scenario: projection.setting.as_ref().map(|setting| ScenarioView {
            name: &setting.scenario,
            note: setting.note.as_deref(),
            assumptions: &setting.assumptions,
        }),
        method: method_view(projection, series),
        figures: figure_views(series),
        targets: projection.targets.iter().map(|odds| target_view(odds, series)).collect(),
        past_targets: by_figures(series).iter().map(|settled| settled_view(settled, series.calendar())).collect(),
        milestones: projection.milestones.iter().map(|milestone| milestone_view(milestone, calendar, levels)).collect(),
        projection: projection.rows.iter().map(|row| row_view(row, calendar, levels)).collect(),
        derived: projection.derived.iter().map(|derived| derived_view(derived, calendar, levels)).collect(),
    }
}

fn method_view<'a>(projection: &'a Projection, series: &Series) -> MethodView<'a> {
    let scores = |scores: &[Score]| {
        scores.iter().map(|score| ScoreView { method: score.method.name(), relative_error: rounded(score.error) }).collect()
    };
    let backtest = projection.choice.as_ref().map(|choice| ChoiceView {
        origins: choice.origins,
        horizon: choice.horizon,
        scores: scores(&choice.scores),
    });
    MethodView {
        name: projection.method,
        reason: &projection.reason,
        backtest,
        details: details_view(&projection.details, series),
    }
}

fn details_view<'a>(details: &'a Details, series: &Series) -> DetailsView<'a> {
    match details {
        Details::None => DetailsView::Saved {},
        Details::Growth(growth) => DetailsView::Growth {
            size: rounded(growth.size),
            usd_per_unit: growth.usd_per_unit,
            peers: PeersView {
                name: growth.peers.name(),
                given: growth.because == Because::Given,
                constants: peers_prior(growth.peers),
            },
            beta: BETA,
            run_rate_sd: RUN_RATE_SD,
            classes: growth
                .weights
                .iter()
                .zip(&CLASSES)
                .map(|(weight, constants)| ClassView { posterior_weight: rounded(*weight), constants })
                .collect(),
        },
        Details::Standard(standard) => DetailsView::Standard {
            count: standard.count,
            filled: standard.filled,
            season: standard.season,
            fitted: words::found(standard, series),
            parameters: found_view(&standard.found),
        },
    }
}

fn target_view(odds: &TargetOdds, series: &Series) -> TargetView {
    TargetView {
        target: odds.figure,
        value: series.figures()[odds.figure].fact.amount().map_or(0.0, Amount::value),
        reading: odds.reading.name(),
        period: series.calendar().name(odds.period),
        probability: rounded(odds.probability),
    }
}

fn settled_view(settled: &Settled, calendar: FiscalCalendar) -> SettledView {
    SettledView {
        target: settled.figure,
        value: settled.amount,
        reading: settled.reading.name(),
        period: calendar.name(settled.period),
        outcome: rounded(settled.outcome),
        known: settled.known,
        met: settled.met,
        gap: rounded(settled.gap),
    }
}

fn milestone_view(milestone: &Milestone, calendar: FiscalCalendar, levels: &[Level]) -> MilestoneView {
    MilestoneView {
        period: calendar.name(milestone.period),
        revenue: row_view(&milestone.revenue, calendar, levels),
        run_rate: row_view(&milestone.run_rate, calendar, levels),
        growth: milestone.growth().map(rounded),
        growth_of: milestone.lead.name(),
    }
}

fn row_view(row: &Row, calendar: FiscalCalendar, levels: &[Level]) -> RowView {
    let (period, period_start, period_end) = dates(row.period, calendar);
    let interval = |(level, interval): (&Level, &Interval)| IntervalView {
        level: level.percent(),
        lo: rounded(interval.lo),
        hi: rounded(interval.hi),
    };
    RowView {
        measure: row.measure.name(),
        period,
        period_start,
        period_end,
        median: rounded(row.median),
        mean: rounded(row.mean),
        intervals: levels.iter().zip(&row.intervals).map(interval).collect(),
    }
}

fn derived_view(derived: &Derived, calendar: FiscalCalendar, levels: &[Level]) -> DerivedView {
    let (period, period_start, period_end) = dates(derived.period, calendar);
    let interval = |(level, (lo, hi)): (&Level, &(Option<f64>, Option<f64>))| DerivedIntervalView {
        level: level.percent(),
        lo: lo.map(rounded),
        hi: hi.map(rounded),
    };
    DerivedView {
        derivation: derived.derivation.name(),
        measure: derived.measure.name(),
        period,
        period_start,
        period_end,
        base_period: derived.base.map(|base| calendar.name(base)),
        stated: derived.stated,
        median: derived.median.map(rounded),
        intervals: derived.intervals.as_ref().map(|intervals| levels.iter().zip(intervals).map(interval).collect()),
    }
}
