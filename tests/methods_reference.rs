//! Exponential smoothing, ARIMA and theta at fixed parameters agree with statsmodels and statsforecast, growth curves with scipy: see `tests/reference/README.md`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::cast_precision_loss)]

use approx::assert_relative_eq;
use serde::Deserialize;
use topline::project::arima::{self, Coefficients, Model, Order};
use topline::project::curve::{self, Saturating};
use topline::project::ets::model::{Error, Form, LONGEST_SEASON, Parameters, Season, Trend};
use topline::project::ets::search::Fit;
use topline::project::theta;

/// The same recursions in another order of additions.
const RECURSION: f64 = 1e-10;
/// statsmodels solves for the stationary covariance by general dense algebra, and starts differences from a diffuse state.
const FILTER: f64 = 1e-8;

fn read<T: for<'a> Deserialize<'a>>(name: &str) -> T {
    let path = format!("{}/tests/reference/methods/{name}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// Compares number by number; `size` is what the numbers are small or large against.
fn same(what: &str, found: &[f64], expected: &[f64], size: f64, tolerance: f64) {
    assert_eq!(found.len(), expected.len(), "{what}");
    for (at, (a, b)) in found.iter().zip(expected).enumerate() {
        assert!((a - b).abs() <= tolerance * size.max(b.abs()), "{what} at {at}: {a} {b}");
    }
}

#[derive(Deserialize)]
struct Smoothing {
    y: Vec<f64>,
    period: usize,
    cases: Vec<Smoothed>,
}

#[derive(Deserialize)]
struct Smoothed {
    error: String,
    trend: String,
    season: String,
    initial_season: Vec<f64>,
    log_likelihood: f64,
    errors: Vec<f64>,
    forecast: Vec<f64>,
}

#[test]
fn exponential_smoothing_agrees_with_statsmodels_and_statsforecast() {
    let reference: Smoothing = read("ets.json");
    assert_eq!(reference.cases.len(), 15, "one for each admissible form");
    for case in &reference.cases {
        let error = if case.error == "add" { Error::Additive } else { Error::Multiplicative };
        let (trend, beta, phi, slope) = match case.trend.as_str() {
            "none" => (Trend::None, 0.0, 0.0, 0.0),
            "add" => (Trend::Additive, 0.07, 1.0, 1.2),
            _ => (Trend::Damped, 0.07, 0.93, 1.2),
        };
        let season = match case.season.as_str() {
            "none" => Season::None,
            "add" => Season::Additive,
            _ => Season::Multiplicative,
        };
        let form = Form { error, trend, season };
        let (gamma, period) = if season == Season::None { (0.0, 1) } else { (0.15, reference.period) };
        let mut states = [0.0; LONGEST_SEASON];
        states[..case.initial_season.len()].copy_from_slice(&case.initial_season);
        let parameters = Parameters { alpha: 0.35, beta, gamma, phi, level: 98.0, slope, season: states };
        let found = form.one_step(&reference.y, period, &parameters).unwrap();
        let name = form.name();
        assert_relative_eq!(found.log_likelihood, case.log_likelihood, max_relative = RECURSION);
        same(&name, &found.errors, &case.errors, if error == Error::Additive { 100.0 } else { 1.0 }, RECURSION);
        let count = reference.y.len();
        let fit = Fit { form, log: false, parameters, state: found.state, aicc: 0.0, sigma: 0.0, count, season: period };
        let mut ahead = vec![0.0; case.forecast.len()];
        fit.forecast(&mut ahead);
        same(&name, &ahead, &case.forecast, 100.0, RECURSION);
    }
}

#[derive(Deserialize)]
struct Arima {
    cases: Vec<Differenced>,
}

#[derive(Deserialize)]
struct Differenced {
    order: [usize; 3],
    seasonal_order: [usize; 4],
    ar: Vec<f64>,
    ma: Vec<f64>,
    seasonal_ar: Vec<f64>,
    seasonal_ma: Vec<f64>,
    mean: f64,
    variance: f64,
    y: Vec<f64>,
    log_likelihood: f64,
    errors: Vec<f64>,
    forecast: Vec<f64>,
    forecast_variance: Vec<f64>,
}

#[test]
fn arima_agrees_with_statsmodels() {
    for case in read::<Arima>("arima.json").cases {
        let ([ar, differences, ma], [seasonal_ar, seasonal_differences, seasonal_ma, period]) =
            (case.order, case.seasonal_order);
        let constant = case.mean.abs() > 0.0;
        let order = Order { ar, differences, ma, seasonal_ar, seasonal_differences, seasonal_ma, period, constant };
        let mut coefficients = Coefficients::default();
        coefficients.ar[..ar].copy_from_slice(&case.ar);
        coefficients.ma[..ma].copy_from_slice(&case.ma);
        coefficients.seasonal_ar[..seasonal_ar].copy_from_slice(&case.seasonal_ar);
        coefficients.seasonal_ma[..seasonal_ma].copy_from_slice(&case.seasonal_ma);
        let model = Model { order, coefficients, mean: case.mean, variance: case.variance };
        let name = order.name();
        let found = model.log_likelihood(&case.y).unwrap();
        assert!((found / case.log_likelihood - 1.0).abs() < FILTER, "{name}: {found} {}", case.log_likelihood);
        let forecast = model.forecast(&case.y, case.forecast.len()).unwrap();
        same(&name, &forecast.mean, &case.forecast, 100.0, FILTER);
        same(&name, &forecast.variance, &case.forecast_variance, case.variance, FILTER);
        let errors = model.errors(&case.y).unwrap();
        same(&name, &errors, &case.errors, 100.0, FILTER);
    }
}

#[derive(Deserialize)]
struct Automatic {
    cases: Vec<Chosen>,
}

#[derive(Deserialize)]
struct Chosen {
    name: String,
    period: usize,
    y: Vec<f64>,
    order: [usize; 3],
    seasonal_order: [usize; 3],
    constant: bool,
    aicc: f64,
}

/// statsforecast starts differences from a large variance where we condition on the first values: worth up to one unit of the criterion.
const START: f64 = 1.0;
/// Neither side ends exactly at the maximum.
const SEARCH: f64 = 0.01;

#[test]
fn search_chooses_as_statsforecast_does() {
    let cases = read::<Automatic>("automatic.json").cases;
    assert_eq!(cases.len(), 12);
    for case in &cases {
        let best = arima::search(&case.y, case.period)[0];
        let o = best.model.order;
        let found = ([o.ar, o.differences, o.ma], [o.seasonal_ar, o.seasonal_differences, o.seasonal_ma], o.constant);
        assert_eq!(found, (case.order, case.seasonal_order, case.constant), "{}", case.name);
        let slack = SEARCH + if o.lost() > 0 { START } else { 0.0 };
        assert!((best.aicc - case.aicc).abs() < slack, "{}: {} {}", case.name, best.aicc, case.aicc);
    }
}

#[derive(Deserialize)]
struct Theta {
    cases: Vec<Lines>,
}

#[derive(Deserialize)]
struct Lines {
    model: String,
    y: Vec<f64>,
    alpha: f64,
    theta: f64,
    level: f64,
    errors: Vec<f64>,
    forecast: Vec<f64>,
}

#[test]
fn theta_agrees_with_statsforecast() {
    for case in read::<Theta>("theta.json").cases {
        let forms = [theta::Form::DynamicOptimised, theta::Form::DynamicStandard, theta::Form::Standard];
        let form = forms.into_iter().find(|form| form.name() == case.model).unwrap();
        let (fit, errors) = theta::Fit::with(form, &case.y, case.alpha, case.theta, case.level);
        let name = format!("{}, theta {}, alpha {}", case.model, case.theta, case.alpha);
        same(&name, &errors, &case.errors, 100.0, RECURSION);
        let mut ahead = vec![0.0; case.forecast.len()];
        fit.forecast(&mut ahead);
        same(&name, &ahead, &case.forecast, 100.0, RECURSION);
    }
}

#[derive(Deserialize)]
struct Curves {
    cases: Vec<Curved>,
}

#[derive(Deserialize)]
struct Curved {
    curve: String,
    log: bool,
    y: Vec<f64>,
    parameters: Vec<f64>,
    squares: f64,
    errors: Vec<f64>,
}

/// Both searches end where the squares no longer fall, which is flat: half of the digits of the squares are those of the parameters.
const FLAT: f64 = 1e-5;
/// scipy's derivatives are differences.
const DIFFERENCES: f64 = 1e-4;

#[test]
fn growth_curves_agree_with_scipy() {
    let cases = read::<Curves>("curves.json").cases;
    assert_eq!(cases.len(), 6);
    for case in &cases {
        let curve = match case.curve.as_str() {
            "logistic" => Saturating::Logistic,
            "gompertz" => Saturating::Gompertz,
            _ => Saturating::Bass,
        };
        let values: Vec<f64> = case.y.iter().map(|value| if case.log { libm::log(*value) } else { *value }).collect();
        let fit = curve::Fit::to(curve, &values, case.log).unwrap();
        let name = format!("{} {}", case.curve, case.log);
        assert_relative_eq!(fit.squares, case.squares, max_relative = RECURSION);
        same(&name, &fit.parameters, &case.parameters, 1.0, FLAT);
        let variance = fit.squares / (values.len() - 3) as f64;
        let inverse = fit.inverse.unwrap();
        let errors: Vec<f64> = (0..3).map(|at| (variance * inverse[at][at]).sqrt()).collect();
        same(&name, &errors, &case.errors, 0.0, DIFFERENCES);
    }
}
