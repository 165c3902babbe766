//! Titles and descriptions state only amounts, dates and odds that the projection or the figures hold; the plot keeps half of
//! the picture; texts have contrast.

use std::collections::BTreeSet;

use proptest::prelude::*;
use topline::calendar::{FiscalCalendar, Period, Step};
use topline::chart::{Along, Chart, Kind, ScaleChoice, Style, Subject, Theme, draw_pages};
use topline::money::{Amount, projected as rounded, short};
use topline::project::{Derivation, Plan};
use topline::series::{Fact, Figure, Series};

use super::support::{assert_clear, data, month, projected, revenue, series, target, with_plan};

/// Words that begin with a digit or a currency sign, without what surrounds them.
fn amounts(text: &str) -> Vec<String> {
    let words = text.split([' ', '\u{2013}', '(', ')', ',', ';', ':']);
    let word = |word: &str| word.trim_end_matches('.').trim_start_matches('+').to_owned();
    words.map(word).filter(|word| word.trim_start_matches('−').starts_with('$')).collect()
}

/// Every amount that the figures and the projection hold, and sums of stated figures, as a chart writes them.
fn held(subject: &Subject<'_>) -> BTreeSet<String> {
    let (series, projection) = (subject.series, subject.projection);
    let mut values: Vec<f64> = Vec::new();
    for figure in series.figures() {
        let amount = figure.fact.amount().map_or(0.0, Amount::value);
        values.extend([amount, amount * 12.0 / f64::from(figure.period.months())]);
    }
    let totals: Vec<&Figure> = series.figures().iter().filter(|figure| matches!(figure.fact, Fact::Revenue(_))).collect();
    for last in &totals {
        for months in [3_u32, 6, 12] {
            let span = Period::ending(last.period.last(), months);
            let inside: Vec<&&Figure> = totals.iter().filter(|figure| span.covers(figure.period)).collect();
            if inside.iter().map(|figure| figure.period.months()).sum::<u32>() == months {
                values.push(inside.iter().filter_map(|figure| figure.fact.amount()).map(Amount::value).sum());
            }
        }
    }
    let rows = projection.rows.iter().chain(projection.milestones.iter().flat_map(|one| [&one.revenue, &one.run_rate]));
    for row in rows {
        values.push(row.median);
        values.extend(row.intervals.iter().flat_map(|interval| [interval.lo, interval.hi]));
    }
    for point in projection.path.iter().chain(&projection.trailing) {
        values.push(point.median);
        values.extend(point.intervals.iter().flat_map(|interval| [interval.lo, interval.hi]));
    }
    let written = |value: f64| [short(value, series.currency()), rounded(value, series.currency())];
    values.into_iter().flat_map(written).collect()
}

/// The years named in a text.
fn years(text: &str) -> Vec<i32> {
    let words = text.split(|c: char| !c.is_ascii_digit());
    words
        .filter(|word| word.len() == 4)
        .filter_map(|word| word.parse().ok())
        .filter(|year| (1990..2100).contains(year))
        .collect()
}

#[track_caller]
fn assert_true(chart: &Chart, subjects: &[Subject<'_>]) {
    let held: BTreeSet<String> = subjects.iter().flat_map(held).collect();
    let first = subjects.iter().filter_map(|one| one.series.figures().iter().map(|figure| figure.period.first()).min()).min();
    let ends = subjects.iter().filter_map(|one| one.projection.path.last()).map(|point| point.month);
    let targets = subjects.iter().flat_map(|one| one.series.figures()).map(|figure| figure.period.last());
    let last = ends.chain(targets).max().unwrap();
    for text in [chart.title(), chart.alt_text()] {
        for amount in amounts(text) {
            assert!(held.contains(&amount), "{amount} in {text:?} is held nowhere");
        }
        for year in years(text) {
            assert!((first.unwrap().year()..=last.year() + 1).contains(&year), "{year} in {text:?}");
        }
    }
    let odds = if chart.title().contains(" chance of ") { chart.title() } else { "" };
    for chance in odds.split(' ').filter_map(|word| word.strip_suffix('%')).filter_map(|word| word.parse::<f64>().ok()) {
        let odds = subjects.iter().flat_map(|one| &one.projection.targets).map(|odds| odds.probability * 100.0);
        // Under 1% and over 99% are bounds.
        let holds = |odds: f64| (odds - chance).abs() <= 0.5 || odds < 1.0 && chance == 1.0 || odds > 99.0 && chance == 99.0;
        assert!(odds.into_iter().any(holds), "{chance}% in {:?}", chart.title());
    }
}

fn totals(step: Step, count: i32, growth: f64, season: f64, aim: bool) -> Series {
    let calendar = FiscalCalendar::default();
    let first = calendar.period_at(step, month(2019, 1));
    let amount = |k: i32| {
        let years = f64::from(k) * f64::from(step.months()) / 12.0;
        let high = if first.shift(k).last().month() == 12 { season } else { 1.0 };
        1e6 * libm::pow(growth, years) * high
    };
    let mut figures: Vec<Figure> = (0..count).map(|k| revenue(first.shift(k), amount(k))).collect();
    if aim {
        let end = first.shift(count - 1).last();
        figures.push(target(calendar.period_at(Step::Year, end.plus(12)), 2e7));
    }
    series("Example", figures)
}

fn plan(series: &Series) -> Plan {
    Plan { path: true, derive: vec![Derivation::YearOnYear], ..Plan::for_series(std::slice::from_ref(series)) }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn titles_and_descriptions_say_what_the_projection_holds(
        step in prop::sample::select(vec![Step::Month, Step::Quarter, Step::Year]),
        count in 3_i32..30,
        growth in 0.6_f64..3.0,
        season in prop::sample::select(vec![1.0, 3.0]),
        target in any::<bool>(),
        size in prop::sample::select(vec![None, Some((360, 300)), Some((360, 640)), Some((800, 500)), Some((1280, 720)), Some((1240, 1754))]),
    ) {
        let series = totals(step, count, growth, season, target);
        let all = with_plan(vec![series.clone()], &plan(&series));
        let subjects: Vec<Subject<'_>> = all.iter().map(|one| one.subject()).collect();
        for kind in [Kind::Auto, Kind::Fan, Kind::Bars, Kind::Growth] {
            for along in [None, Some(Along::RunRate)] {
                let style = Style { kind, along, size, ..Style::default() };
                let Ok(charts) = draw_pages(&subjects, &style) else { continue };
                for chart in charts {
                    assert_true(&chart, &subjects);
                    assert_clear(&chart);
                }
            }
        }
    }
}

#[test]
fn data_of_the_repository_is_told_truly_in_every_kind() {
    for file in ["revenue.csv", "ai-and-cloud.csv", "fiscal-year.csv", "saas-months.csv", "shop-months.csv"] {
        let all = projected(data(file));
        let subjects: Vec<Subject<'_>> = all.iter().map(|one| one.subject()).collect();
        for kind in [Kind::Auto, Kind::Fan, Kind::Bars, Kind::Multiples, Kind::Compare] {
            for theme in [Theme::Light, Theme::Dark] {
                for size in [None, Some((360, 640)), Some((1240, 1754))] {
                    let style = Style { kind, theme, size, ..Style::default() };
                    let Ok(charts) = draw_pages(&subjects, &style) else { continue };
                    for chart in charts {
                        assert_true(&chart, &subjects);
                        assert_clear(&chart);
                    }
                }
            }
        }
    }
}

#[test]
fn columns_that_cannot_be_drawn_are_refused() {
    let series = totals(Step::Year, 6, 1.2, 1.0, false);
    let all = with_plan(vec![series.clone()], &plan(&series));
    let one = [all[0].subject()];
    let message = |style: &Style| draw_pages(&one, style).unwrap_err().to_string();
    let log = Style { kind: Kind::Bars, scale: ScaleChoice::Log, ..Style::default() };
    assert_eq!(message(&log), "columns start at zero, which a log scale does not have");
    let months = Style { kind: Kind::Bars, step: Some(Step::Month), ..Style::default() };
    assert_eq!(message(&months), "Example has no projected month to draw as a column");
    let compare = Style { kind: Kind::Compare, ..Style::default() };
    assert_eq!(message(&compare), "a comparison shows two to four series, not 1");
    let stacked = Style { kind: Kind::Stacked, ..Style::default() };
    assert!(message(&stacked).starts_with("none of the series is a part of another"));
}

/// Red, green and blue.
type Rgb = (u8, u8, u8);

/// The relative luminance of a colour (WCAG 2).
fn luminance((red, green, blue): Rgb) -> f64 {
    let linear = |channel: u8| {
        let share = f64::from(channel) / 255.0;
        if share <= 0.04045 { share / 12.92 } else { libm::pow((share + 0.055) / 1.055, 2.4) }
    };
    0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/// The fill colours of texts in an SVG, and that of its background.
fn colours(svg: &str) -> (Vec<Rgb>, Rgb) {
    let colour = |line: &str| {
        let hex = line.split("fill=\"#").nth(1)?.get(..6)?;
        let part = |from: usize| u8::from_str_radix(&hex[from..from + 2], 16).ok();
        Some((part(0)?, part(2)?, part(4)?))
    };
    let texts = svg.lines().filter(|line| line.starts_with("<text ")).filter_map(colour).collect();
    let background = svg.lines().find(|line| line.starts_with("<rect ") || line.starts_with("<polygon ")).and_then(colour);
    (texts, background.unwrap())
}

#[test]
fn texts_have_contrast_in_both_themes() {
    let all = projected(data("ai-and-cloud.csv"));
    let subjects: Vec<Subject<'_>> = all.iter().map(|one| one.subject()).collect();
    for theme in [Theme::Light, Theme::Dark] {
        for kind in [Kind::Auto, Kind::Fan, Kind::Bars] {
            let style = Style { theme, kind, ..Style::default() };
            for chart in draw_pages(&subjects, &style).into_iter().flatten() {
                let svg = chart.svg().unwrap();
                let (texts, background) = colours(&svg);
                for colour in texts {
                    let (one, other) = (luminance(colour), luminance(background));
                    let contrast = (one.max(other) + 0.05) / (one.min(other) + 0.05);
                    assert!(contrast >= 4.5, "{colour:?} on {background:?}: {contrast:.2}");
                }
            }
        }
    }
}

#[test]
fn pdf_is_one_page_with_its_words_and_the_same_every_time() {
    let all = projected(data("revenue.csv"));
    let chart = |size| {
        let style = Style { size, ..Style::default() };
        draw_pages(&[all[0].subject()], &style).unwrap().remove(0)
    };
    let bytes = chart(None).pdf().unwrap();
    assert!(bytes.starts_with(b"%PDF-1.7"), "{:?}", &bytes[..8]);
    assert_eq!(bytes, chart(None).pdf().unwrap());
    let has = |wanted: &[u8]| bytes.windows(wanted.len()).any(|window| window == wanted);
    assert!(has(b"/MediaBox [0 0 1200 675]") && has(b"/Type3") && has(b"/ToUnicode"));
    assert!(!has(b"CreationDate"));
}

#[test]
fn origin_is_said_for_each_series() {
    let all = projected(data("revenue.csv"));
    let subjects: Vec<Subject<'_>> = all.iter().map(|one| one.subject()).collect();
    let chart = &draw_pages(&subjects, &Style::default()).unwrap()[0];
    let said = "Data to Jun 2025, Google Cloud to Dec 2024.";
    assert!(chart.labels().any(|label| label.text.contains(said)), "{:?}", chart.labels().collect::<Vec<_>>());
}
