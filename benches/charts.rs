//! How long a chart takes, from a projection to bytes: 3200 × 1800 PNG (or × 2000) and SVG.

#![allow(clippy::unwrap_used)]

use divan::Bencher;
use topline::chart::{Along, Crossing, Style, Subject, draw, draw_crossing};
use topline::project::growth::Growth;
use topline::project::{Plan, Projection, project};
use topline::read::{Options, Reader};
use topline::series::Series;

fn main() {
    divan::main();
}

type Projected = Vec<(Series, Projection)>;

fn sample() -> Projected {
    let mut reader = Reader::new(Options::default());
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/data/ai-and-cloud.csv");
    reader.add(path, std::fs::read(path).unwrap().as_slice()).unwrap();
    let series = reader.finish().unwrap().series;
    let plan = Plan { path: true, ..Plan::for_series(&series) };
    let growth = Growth::new();
    series.into_iter().map(|series| (series.clone(), project(&growth, &series, &plan).unwrap().0)).collect()
}

/// The fan, the comparison of two, that of four, and small multiples, by the number of series.
const COUNTS: [usize; 4] = [1, 2, 4, 5];

fn subjects(all: &Projected, count: usize) -> Vec<Subject<'_>> {
    all.iter().take(count).map(|(series, projection)| Subject { series, projection }).collect()
}

#[divan::bench(args = COUNTS)]
fn png(bencher: Bencher, count: usize) {
    let all = sample();
    let subjects = subjects(&all, count);
    bencher.bench(|| draw(&subjects, &Style::default()).unwrap().png().unwrap());
}

#[divan::bench(args = COUNTS)]
fn svg(bencher: Bencher, count: usize) {
    let all = sample();
    let subjects = subjects(&all, count);
    bencher.bench(|| draw(&subjects, &Style::default()).unwrap().svg().unwrap());
}

/// The crossing, from probabilities made up here: drawing them is what is measured.
fn crossing(all: &Projected, paint: impl Fn(topline::chart::Chart)) {
    let both = [subjects(all, 2)[0], subjects(all, 2)[1]];
    let months: Vec<_> = all[0].1.path.iter().map(|point| point.month).filter(|month| *month > all[0].1.origin).collect();
    let probability: Vec<_> = months.iter().enumerate().map(|(index, month)| (*month, index as f64 / 50.0)).collect();
    let window = (months.get(5).copied(), None);
    let crossing = Crossing {
        along: Along::RunRate,
        challenger: 0,
        probability: &probability,
        window,
        never: 0.3,
        dependence: "Made up.",
    };
    paint(draw_crossing(&both, &crossing, &Style::default()).unwrap());
}

#[divan::bench]
fn crossing_png(bencher: Bencher) {
    let all = sample();
    bencher.bench(|| crossing(&all, |chart| drop(chart.png().unwrap())));
}

#[divan::bench]
fn crossing_svg(bencher: Bencher) {
    let all = sample();
    bencher.bench(|| crossing(&all, |chart| drop(chart.svg().unwrap())));
}
