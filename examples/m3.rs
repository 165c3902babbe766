//! Accuracy and speed of the standard methods on the M3 competition's series.
//!
//!     cargo run --release --example m3 -- FOLDER [--methods ets,theta] [--dump FILE] [--peers FILE]
//!
//! FOLDER holds `yearly-train.csv`, `yearly-test.csv` and so on, with the columns series, period and value. The measures are the
//! M4 competition's: sMAPE, MASE, OWA against Naive2, and MSIS. `--dump` writes what scripts/calibrate.py reads; `--peers` scores
//! the forecasts that scripts/peers.py wrote beside ours.
#![allow(clippy::print_stdout, clippy::unwrap_used, clippy::expect_used)]

use std::collections::BTreeMap;
use std::fmt::Write;
use std::fs;

use cpu_time::ProcessTime;
use topline::calendar::{FiscalCalendar, Month, Period, Step};
use topline::money::{Amount, Currency};
use topline::project::auto::choose;
use topline::project::growth::Growth;
use topline::project::named::Named;
use topline::project::outlook::spreads;
use topline::project::standard::Standard;
use topline::project::{Distribution, Fitted, Level, Method, ets};
use topline::series::{Fact, Figure, Measure, Series};

/// Series that are forecast alike.
struct Set {
    name: String,
    season: usize,
    horizon: usize,
    train: Table,
    test: Table,
}

impl Set {
    /// Every set of these folders. What its name ends with says how many periods make a year.
    fn all(folders: &[&str]) -> Vec<Self> {
        let mut sets = Vec::new();
        for folder in folders {
            let files = fs::read_dir(folder).expect("a folder of series").map(|file| file.unwrap().file_name());
            let mut names: Vec<String> =
                files.filter_map(|file| file.to_str().unwrap().strip_suffix("-train.csv").map(str::to_owned)).collect();
            names.sort();
            for name in names {
                let season = match name.rsplit('-').next() {
                    Some("monthly") => 12,
                    Some("quarterly") => 4,
                    _ => 1,
                };
                let [train, test] = ["train", "test"].map(|part| load(&format!("{folder}/{name}-{part}.csv")));
                let horizon = test.values().next().expect("a series").len();
                sets.push(Self { name, season, horizon, train, test });
            }
        }
        sets
    }
}

type Table = BTreeMap<String, Vec<f64>>;

/// Point, and the ends of the 80% and of the 95% interval.
type Forecast = Vec<[f64; 5]>;

fn load(path: &str) -> Table {
    let mut table = Table::new();
    for line in fs::read_to_string(path).unwrap().lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        table.entry(cells[0].to_owned()).or_default().push(cells[2].parse().unwrap());
    }
    table
}

/// By model and frequency, by series.
fn load_peers(path: &str) -> BTreeMap<(String, String), BTreeMap<String, Forecast>> {
    let mut peers: BTreeMap<_, BTreeMap<String, Forecast>> = BTreeMap::new();
    for line in fs::read_to_string(path).unwrap().lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        let number = |at: usize| cells[at].parse::<f64>().unwrap();
        let of = peers.entry((cells[0].to_owned(), cells[1].to_owned())).or_default();
        of.entry(cells[2].to_owned()).or_default().push([number(4), number(5), number(6), number(7), number(8)]);
    }
    peers
}

#[derive(Default)]
struct Scores {
    smape: f64,
    mase: f64,
    inside: [f64; 2],
    msis: [f64; 2],
    series: f64,
}

impl Scores {
    fn add(&mut self, forecast: &Forecast, actual: &[f64], scale: f64) {
        let steps = actual.len() as f64;
        for (f, y) in forecast.iter().zip(actual) {
            let miss = (f[0] - y).abs();
            self.smape += 200.0 * miss / (f[0].abs() + y.abs()) / steps;
            self.mase += miss / scale / steps;
            for (at, alpha) in [0.2, 0.05].into_iter().enumerate() {
                let (lo, hi) = (f[1 + 2 * at], f[2 + 2 * at]);
                self.inside[at] += f64::from(u8::from(lo <= *y && *y <= hi)) / steps;
                let outside = (lo - y).max(0.0) + (y - hi).max(0.0);
                self.msis[at] += (hi - lo + 2.0 / alpha * outside) / scale / steps;
            }
        }
        self.series += 1.0;
    }

    fn print(&self, name: &str, naive2: &Self) {
        let n = self.series;
        let owa = (self.smape / naive2.smape + self.mase / naive2.mase) / 2.0 * naive2.series / n;
        println!(
            "| {name} | {:.2} | {:.3} | {owa:.3} | {:.1} | {:.1} | {:.2} | {:.2} |",
            self.smape / n,
            self.mase / n,
            100.0 * self.inside[0] / n,
            100.0 * self.inside[1] / n,
            self.msis[0] / n,
            self.msis[1] / n
        );
    }
}

/// Mean absolute error of the seasonal naive forecast in the training part.
fn scale_of(y: &[f64], season: usize) -> f64 {
    y[season..].iter().zip(y).map(|(a, b)| (a - b).abs()).sum::<f64>() / (y.len() - season) as f64
}

/// The forecast that the M4 competition measured by: the last value, seasonally adjusted where the autocorrelation at one season is above
/// what noise shows one time in ten, by the mean ratios to a centred moving average.
fn naive2(y: &[f64], season: usize, horizon: usize) -> Forecast {
    let indices = if is_seasonal(y, season) { ratios(y, season) } else { vec![1.0] };
    let of = |at: usize| indices[at % indices.len()];
    let adjusted = y[y.len() - 1] / of(y.len() - 1);
    (0..horizon).map(|ahead| [adjusted * of(y.len() + ahead); 5]).collect()
}

fn is_seasonal(y: &[f64], season: usize) -> bool {
    let n = y.len() as f64;
    if season < 2 || y.len() < 3 * season {
        return false;
    }
    let mean = y.iter().sum::<f64>() / n;
    let variance: f64 = y.iter().map(|v| (v - mean) * (v - mean)).sum();
    let r = |lag: usize| y[lag..].iter().zip(y).map(|(a, b)| (a - mean) * (b - mean)).sum::<f64>() / variance;
    let squares: f64 = (1..season).map(|lag| r(lag) * r(lag)).sum();
    variance > 0.0 && r(season).abs() > 1.645 * ((1.0 + 2.0 * squares) / n).sqrt()
}

/// Seasonal indices of an even season.
fn ratios(y: &[f64], season: usize) -> Vec<f64> {
    let mut ratios = vec![Vec::new(); season];
    for (from, window) in y.windows(season + 1).enumerate() {
        let average = (window.iter().sum::<f64>() - (window[0] + window[season]) / 2.0) / season as f64;
        let centre = from + season / 2;
        ratios[centre % season].push(y[centre] / average);
    }
    let means: Vec<f64> = ratios.iter().map(|of| of.iter().sum::<f64>() / of.len() as f64).collect();
    let whole = means.iter().sum::<f64>() / season as f64;
    means.iter().map(|mean| mean / whole).collect()
}

fn forecast(method: Standard, y: &[f64], season: usize, horizon: usize, work: &mut ets::Workspace) -> Forecast {
    let outlook = method.outlook(y, season, horizon, work);
    (0..horizon).map(|at| points(outlook.median[at], &outlook.distribution(at))).collect()
}

/// The median, and the ends of both intervals.
fn points(median: f64, d: &Distribution) -> [f64; 5] {
    let [eighty, most] = [80.0, 95.0].map(|percent| Level::from_percent(percent).unwrap());
    [median, d.quantile(eighty.lower()), d.quantile(eighty.upper()), d.quantile(most.lower()), d.quantile(most.upper())]
}

/// The growth model's distributions for `horizon` periods after `y`, taken as totals in dollars from 1950 on; the series without a
/// frequency as years.
fn grown(growth: &Growth, y: &[f64], season: usize, horizon: usize) -> Vec<Distribution> {
    let step = match season {
        12 => Step::Month,
        4 => Step::Quarter,
        _ => Step::Year,
    };
    let period =
        |at: usize| FiscalCalendar::default().period_at(step, Month::new(1950, 1).unwrap()).shift(at.try_into().unwrap());
    let figure = |(at, value): (usize, &f64)| Figure::new(Fact::Revenue(Amount::exact(*value).unwrap()), period(at));
    let series = Series::new("M3", Currency::USD, FiscalCalendar::default(), y.iter().enumerate().map(figure).collect());
    let window = Period::new(period(0).first(), period(y.len() + horizon - 1).last()).unwrap();
    let fit = growth.fit(&series, window).unwrap();
    (y.len()..y.len() + horizon).map(|at| fit.distribution(Measure::Revenue, period(at))).collect()
}

/// The forecast of the method that the series' own backtest chooses, and the method.
fn automatic(growth: &Growth, y: &[f64], season: usize, horizon: usize, work: &mut ets::Workspace) -> (Named, Forecast) {
    let medians =
        |cut: usize, ahead: usize| Some(grown(growth, &y[..cut], season, ahead).iter().map(Distribution::median).collect());
    // Every series of the competition is long enough for a backtest.
    let method = choose(y, season, horizon, work, medians).unwrap().scores[0].method;
    let forecast = match method {
        Named::Standard(method) => forecast(method, y, season, horizon, work),
        _ => grown(growth, y, season, horizon).iter().map(|d| points(d.median(), d)).collect(),
    };
    (method, forecast)
}

/// The forecasts from the beginnings of a series, and from its whole training part, as their models have them.
fn dump(
    rows: &mut String,
    methods: &[Standard],
    name: &str,
    series: (&str, &[f64]),
    test: &[f64],
    (season, horizon): (usize, usize),
) {
    let (id, whole) = series;
    let mut work = ets::Workspace::default();
    let long = |back: usize| whole.len().checked_sub(back).filter(|cut| *cut >= (2 * season + 6).max(8));
    let half = Some(whole.len() / 2).filter(|cut| *cut >= (2 * season + 6).max(8) && cut + horizon <= whole.len());
    let cuts = [("test", Some(whole.len())), ("back", long(horizon)), ("back", long(horizon + horizon / 2)), ("half", half)];
    let recent = whole.len().saturating_sub(match season {
        12 => 36,
        4 => 14,
        _ => 10,
    });
    let few = [1, 2, 3, 4, 5, 6, 8, 10].map(|count| ("few", Some(count).filter(|count| count + horizon <= whole.len())));
    for (part, cut) in cuts.into_iter().chain([("short", Some(whole.len()).filter(|_| recent > 0))]).chain(few) {
        let Some(cut) = cut else { continue };
        let (y, rest) = whole.split_at(cut);
        let y = if part == "short" { &y[recent..] } else { y };
        let actual = if part == "test" || part == "short" { test } else { &rest[..horizon] };
        // Few figures have no scale of their own.
        let scale = scale_of(if part == "few" { whole } else { y }, season);
        for method in methods {
            let seen = method.seen(y, season).0;
            let raw = method.raw(&seen, season, horizon, &mut work);
            for (at, (own, naive)) in spreads(&raw, &seen, season).into_iter().enumerate() {
                let (n, h) = (y.len(), at + 1);
                let (median, actual, method) = (raw.median[at], actual[at], method.name());
                writeln!(rows, "{part},{name},{method},{n},{h},{median},{own},{naive},{actual},{scale},{id}").unwrap();
            }
        }
    }
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let folders: Vec<&str> = args.iter().skip(1).map(String::as_str).take_while(|arg| !arg.starts_with("--")).collect();
    assert!(!folders.is_empty(), "the folder of the M3 series");
    let option = |name: &str| args.iter().position(|arg| arg == name).and_then(|at| args.get(at + 1));
    let methods = option("--methods").map_or(Standard::ALL.to_vec(), |list| {
        let names = list.split(',').filter(|name| *name != "auto");
        names
            .map(|name| Standard::ALL.into_iter().find(|method| method.name() == name).expect("the name of a method"))
            .collect()
    });
    let growth = Growth::new();
    let peers = option("--peers").map(|path| load_peers(path)).unwrap_or_default();
    let mut rows = String::from("part,frequency,method,n,h,median,own,naive,y,scale,series\n");
    let mut speed = String::from("| method | frequency | series | CPU s per 1,000 series |\n|---|---|---|---|\n");
    for Set { name, season, horizon, train, test } in Set::all(&folders) {
        println!(
            "\n| {name}, h={horizon} | sMAPE | MASE | OWA | in 80% | in 95% | MSIS 80 | MSIS 95 |\n|---|---|---|---|---|---|---|---|"
        );
        let mut base = Scores::default();
        for (id, y) in &train {
            base.add(&naive2(y, season, horizon), &test[id], scale_of(y, season));
            if option("--dump").is_some() {
                dump(&mut rows, &methods, &name, (id, y), &test[id], (season, horizon));
            }
        }
        for &method in &methods {
            let mut work = ets::Workspace::default();
            let mut scores = Scores::default();
            for (id, y) in &train {
                scores.add(&forecast(method, y, season, horizon, &mut work), &test[id], scale_of(y, season));
            }
            scores.print(method.name(), &base);
            // A pass for the clock alone, with the outlook but without the quantiles.
            let start = ProcessTime::now();
            for y in train.values() {
                std::hint::black_box(method.outlook(y, season, horizon, &mut work));
            }
            let per_thousand = start.elapsed().as_secs_f64() * 1000.0 / train.len() as f64;
            writeln!(speed, "| {} | {name} | {} | {per_thousand:.4} |", method.name(), train.len()).unwrap();
        }
        if option("--methods").is_none_or(|list| list.split(',').any(|name| name == "auto")) {
            let (mut work, mut scores, mut taken) = (ets::Workspace::default(), Scores::default(), BTreeMap::new());
            let start = ProcessTime::now();
            for (id, y) in &train {
                let (method, forecast) = automatic(&growth, y, season, horizon, &mut work);
                scores.add(&forecast, &test[id], scale_of(y, season));
                *taken.entry(method.name()).or_insert(0) += 1;
            }
            scores.print("auto", &base);
            let per_thousand = start.elapsed().as_secs_f64() * 1000.0 / train.len() as f64;
            writeln!(speed, "| auto, chosen: {taken:?} | {name} | {} | {per_thousand:.4} |", train.len()).unwrap();
        }
        for ((model, _), forecasts) in peers.iter().filter(|((_, frequency), _)| *frequency == name) {
            let mut scores = Scores::default();
            for (id, forecast) in forecasts {
                scores.add(forecast, &test[id], scale_of(&train[id], season));
            }
            scores.print(&format!("statsforecast {model}"), &base);
        }
    }
    println!("\n{speed}");
    if let Some(path) = option("--dump") {
        fs::write(path, rows).unwrap();
    }
}
