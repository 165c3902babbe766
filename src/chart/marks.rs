//! A series' figures as marks: where each stands in time and money, and what shape it has.
//!
//! Along run-rates everything is drawn as annualised revenue: a run-rate in the middle of its month, a total in the middle of its
//! period at the rate it averages, a target in the last month of its period. Along twelve months a mark is what the totals up to
//! its date come to. Figures that another replaces are not drawn, nor are totals that finer totals cover: they would say the
//! same twice.

use plotters::style::{Color, RGBColor};

use crate::chart::Along;
use crate::chart::labels::Rect;
use crate::chart::scale::{Plot, end_of, start_of};
use crate::chart::scene::point;
use crate::chart::sheet::{Key, Sheet, Sign};
use crate::chart::view::{self, View};
use crate::money::Amount;
use crate::series::{Fact, Figure, Measure, Role, Series};

/// The kind of a mark, which decides its shape.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// The total of a year or more: a square with a bar over its period.
    Year,
    /// The total of a shorter period: a dot.
    Part,
    /// What twelve months up to a date come to: a dot.
    Twelve,
    /// A ring.
    RunRate,
    /// A hollow diamond.
    Target,
}

/// A figure on the plot.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub(super) kind: Kind,
    /// In months.
    pub(super) time: f64,
    /// Annualised, in the currency's major unit.
    pub(super) amount: f64,
    /// Beginning and end of the period, in months.
    pub(super) span: (f64, f64),
    /// Index in the series' figures.
    pub(super) figure: usize,
    /// Whether the user leaves the figure out of the fit: its mark is pale.
    pub(super) excluded: bool,
}

/// The marks of a series, in order of time.
pub(super) fn marks(view: &View<'_>) -> Vec<Mark> {
    match view.along {
        Along::RunRate => rates(view.series),
        Along::TwelveMonths => twelve_months(view),
    }
}

/// What the twelve months up to the end of each total come to, where totals cover them, and targets for such revenue.
fn twelve_months(view: &View<'_>) -> Vec<Mark> {
    let series = view.series;
    let mark = |(index, figure, role): (usize, &Figure, &Role)| {
        let last = figure.period.last();
        let (time, excluded) = (view.time(last), *role == Role::Excluded);
        let amount = view::known(series, last.plus(-11), last)?;
        Some(Mark { kind: Kind::Twelve, time, amount, span: (time, time), figure: index, excluded })
    };
    let mut marks: Vec<Mark> = view::totals(series).filter_map(mark).collect();
    marks.dedup_by(|later, earlier| later.time.total_cmp(&earlier.time).is_eq());
    let targets = series.figures().iter().zip(series.roles()).enumerate().filter(|(_, (figure, role))| {
        let of_revenue = matches!(figure.fact, Fact::Target { basis: None | Some(Measure::Revenue), .. });
        of_revenue && figure.period.months() == 12 && **role == Role::NotRevenue
    });
    marks.extend(targets.filter_map(|(index, (figure, _))| {
        let time = view.time(figure.period.last());
        Some(Mark { kind: Kind::Target, time, amount: stated(figure)?, span: (time, time), figure: index, excluded: false })
    }));
    marks.sort_by(|a, b| a.time.total_cmp(&b.time));
    marks
}

/// The marks of what is known, cut where more than a year lies between two: a line through them would say what nobody knows.
pub(super) fn runs(marks: &[Mark]) -> Vec<Vec<Mark>> {
    let known: Vec<Mark> = marks.iter().filter(|mark| mark.kind == Kind::Twelve).copied().collect();
    known.chunk_by(|one, next| next.time - one.time <= 12.0 + 1e-9).map(<[Mark]>::to_vec).collect()
}

/// The figures as annual rates.
fn rates(series: &Series) -> Vec<Mark> {
    let figures = series.figures().iter().zip(series.roles()).enumerate();
    let drawn = figures.filter(|(_, (_, role))| matches!(role, Role::Fitted | Role::Excluded | Role::NotRevenue));
    let mark = |(index, (figure, role)): (usize, (&Figure, &Role))| {
        Some(Mark { excluded: *role == Role::Excluded, ..mark(figure, index)? })
    };
    drawn.filter_map(mark).collect()
}

fn mark(figure: &Figure, index: usize) -> Option<Mark> {
    let span = (start_of(figure.period.first()), end_of(figure.period.last()));
    let months = f64::from(figure.period.months());
    let (kind, time, amount) = match figure.fact {
        Fact::RunRate(amount) => (Kind::RunRate, span.1 - 0.5, amount.value()),
        Fact::Revenue(_) => {
            let kind = if figure.period.months() >= 12 { Kind::Year } else { Kind::Part };
            (kind, f64::midpoint(span.0, span.1), figure.annual_rate()?)
        }
        Fact::Target { amount, basis: Some(Measure::Revenue) } => (Kind::Target, span.1 - 0.5, amount.value() * 12.0 / months),
        Fact::Target { amount, .. } => (Kind::Target, span.1 - 0.5, amount.value()),
        Fact::Contract(_) | Fact::Event(_) => return None,
    };
    Some(Mark { kind, time, amount, span, figure: index, excluded: false })
}

/// A contract or an event, with its time in months and its words.
#[derive(Clone, Debug)]
pub(super) struct Remark<'a> {
    pub(super) time: f64,
    pub(super) figure: &'a Figure,
}

/// The contracts and events of a series, in order of time; each stands in the middle of its period.
pub(super) fn remarks<'a>(view: &View<'a>) -> Vec<Remark<'a>> {
    let series = view.series;
    let figures = series.figures().iter().zip(series.roles());
    let dated = figures
        .filter(|(figure, role)| matches!(figure.fact, Fact::Contract(_) | Fact::Event(_)) && matches!(role, Role::NotRevenue));
    let middle = |figure: &Figure| f64::midpoint(start_of(figure.period.first()), end_of(figure.period.last()));
    dated.map(|(figure, _)| Remark { time: middle(figure), figure }).collect()
}

/// The amount that a figure states.
pub(super) fn stated(figure: &Figure) -> Option<f64> {
    figure.fact.amount().map(Amount::value)
}

/// How large marks are drawn: smaller where they stand close.
#[derive(Clone, Copy, Debug)]
pub(super) struct Sizes {
    square: f64,
    dot: f64,
    ring: f64,
    diamond: f64,
}

impl Sizes {
    /// Sizes for a large plot.
    const LARGE: Self = Self { square: 7.0, dot: 4.2, ring: 7.4, diamond: 10.0 };

    /// Sizes for marks that stand `spacing` CSS pixels apart in the mean, at most `most` of the full size.
    pub(super) fn for_spacing(spacing: f64, most: f64) -> Self {
        let Self { square, dot, ring, diamond } = Self::LARGE;
        // A dot has a rim of its own; closer than its width and a half it shrinks with the spacing.
        let by = |size: f64, least: f64| (spacing / 1.5).clamp(least, size * most.max(least / size));
        Self { square: by(square, 3.0), dot: by(dot, 1.8), ring: by(ring, 3.2), diamond: diamond * most }
    }

    /// From a mark's centre to its edge.
    pub(super) fn radius(&self, kind: Kind) -> f64 {
        match kind {
            Kind::Year => self.square,
            Kind::Part | Kind::Twelve => self.dot,
            Kind::RunRate => self.ring,
            Kind::Target => self.diamond,
        }
    }
}

/// Rim in the background's colour around each mark.
const RIM: f64 = 1.4;

/// Mean distance of the marks of one kind, in CSS pixels, where it is least.
pub(super) fn spacing(plot: &Plot, marks: &[Mark]) -> f64 {
    let of_kind = |kind: Kind| {
        let shown: Vec<f64> = marks
            .iter()
            .filter(|mark| mark.kind == kind && plot.shows(mark.time, mark.amount))
            .map(|m| plot.x(m.time))
            .collect();
        match shown.as_slice() {
            [first, .., last] => (last - first) / (shown.len() - 1) as f64,
            _ => f64::INFINITY,
        }
    };
    [Kind::Year, Kind::Part, Kind::Twelve, Kind::RunRate].map(of_kind).into_iter().fold(f64::INFINITY, f64::min)
}

/// Draws the marks that the plot shows: totals first, run-rates over them, targets last. Gives the box of each.
pub(super) fn draw(sheet: &mut Sheet<'_>, plot: &Plot, marks: &[Mark], sizes: Sizes, colour: RGBColor) -> Vec<Rect> {
    let mut boxes = Vec::new();
    for mark in marks.iter().filter(|mark| mark.kind == Kind::Year) {
        let bar = [plot.at(mark.span.0, mark.amount), plot.at(mark.span.1, mark.amount)];
        for part in plot.clip_line(&bar) {
            sheet.scene.line(part, 2.0, colour.mix(0.6));
        }
    }
    for kind in [Kind::Part, Kind::Twelve, Kind::Year, Kind::RunRate, Kind::Target] {
        let shown = marks.iter().filter(|mark| mark.kind == kind && plot.shows(mark.time, mark.amount));
        for mark in shown {
            let (x, y) = (plot.x(mark.time), plot.y(mark.amount));
            let radius = sizes.radius(kind);
            let background = sheet.palette.background;
            let colour = if mark.excluded { pale(colour, background) } else { colour };
            match kind {
                Kind::Year => {
                    sheet.square(x, y, radius + RIM, background);
                    sheet.square(x, y, radius, colour);
                }
                Kind::Part | Kind::Twelve => {
                    // Dots that touch would be cut by each other's rims.
                    if radius >= 3.0 {
                        sheet.scene.disc(point(x, y), radius + RIM * 0.7, background.mix(1.0));
                    }
                    sheet.scene.disc(point(x, y), radius, colour.mix(1.0));
                }
                Kind::RunRate if covers_square(plot, marks, sizes, (x, y)) => hoop(sheet, (x, y), radius, colour),
                Kind::RunRate => {
                    sheet.scene.disc(point(x, y), radius + RIM, background.mix(1.0));
                    sheet.ring(x, y, radius, colour);
                }
                Kind::Target => {
                    sheet.diamond(x, y, radius + 2.0 * RIM, background);
                    sheet.diamond(x, y, radius, colour);
                }
            }
            boxes.push(Rect::about(x, y, radius, radius));
        }
    }
    sheet.scene.marks.extend(boxes.iter().copied());
    boxes
}

/// A colour most of the way to the background's.
fn pale(colour: RGBColor, background: RGBColor) -> RGBColor {
    let mix = |front: u8, back: u8| u8::try_from((u16::from(front) + 2 * u16::from(back)) / 3).unwrap_or(back);
    RGBColor(mix(colour.0, background.0), mix(colour.1, background.1), mix(colour.2, background.2))
}

/// Whether a run-rate's ring at this place would lie on a year's square.
fn covers_square(plot: &Plot, marks: &[Mark], sizes: Sizes, (x, y): (f64, f64)) -> bool {
    let reach = sizes.ring + sizes.square;
    let years = marks.iter().filter(|mark| mark.kind == Kind::Year);
    years.into_iter().any(|mark| (plot.x(mark.time) - x).abs() < reach && (plot.y(mark.amount) - y).abs() < reach)
}

/// A ring that shows what lies inside it.
fn hoop(sheet: &mut Sheet<'_>, (x, y): (f64, f64), radius: f64, colour: RGBColor) {
    const CORNERS: u32 = 64; // their sides are shorter than a pixel
    // The line is as wide as a ring's, and its outer edge as far out.
    let width = radius * 0.4;
    let middle = radius - width / 2.0;
    let corner = |index: u32| {
        let turn = f64::from(index) / f64::from(CORNERS) * std::f64::consts::TAU;
        point(x + middle * libm::cos(turn), y + middle * libm::sin(turn))
    };
    let circle: Vec<_> = (0..=CORNERS + 1).map(corner).collect();
    sheet.scene.line(circle.clone(), width + 2.0 * RIM, sheet.palette.background.mix(1.0));
    sheet.scene.line(circle, width, colour.mix(1.0));
}

/// The entries of the key for the kinds of mark that occur.
pub(super) fn key(views: &[View<'_>], marks: &[&Mark], colour: RGBColor) -> Vec<Key> {
    let has = |kind: Kind| marks.iter().any(|mark| mark.kind == kind);
    let mut entries = Vec::new();
    let mut entry = |kind: Kind, sign: Sign, label: String| {
        if has(kind) {
            entries.push(Key { sign, label });
        }
    };
    let lengths = |kind: Kind| marks.iter().filter(move |mark| mark.kind == kind).map(|mark| mark.span.1 - mark.span.0);
    let years_only = lengths(Kind::Year).all(|months| months < 12.5);
    let calendar = views.iter().all(|view| view.series.calendar().is_calendar_year());
    let year = match (years_only, calendar) {
        (true, true) => "Year total",
        (true, false) => "Fiscal-year total",
        (false, _) => "Total of a year or more",
    };
    entry(Kind::Year, Sign::Square(colour), year.to_owned());
    let first = lengths(Kind::Part).next().unwrap_or(0.0);
    let length = match first {
        _ if lengths(Kind::Part).any(|other| (other - first).abs() > 0.5) => "Part-year",
        months if months < 1.5 => "Monthly",
        months if months > 2.5 && months < 3.5 => "Quarterly",
        months if months > 5.5 && months < 6.5 => "Half-year",
        _ => "Part-year",
    };
    entry(Kind::Part, Sign::Dot(colour), format!("{length} total, annualised"));
    entry(Kind::Twelve, Sign::Dot(colour), "Twelve months, as reported".to_owned());
    entry(Kind::RunRate, Sign::Ring(colour), "Annualised run-rate".to_owned());
    entry(Kind::Target, Sign::Diamond(colour), "Target".to_owned());
    entries
}
