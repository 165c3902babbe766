//! The standard methods on series that break others: few points, zeros, gaps, extreme scales, outliers, exact growth.
#![allow(clippy::unwrap_used, clippy::cast_precision_loss, clippy::float_cmp)]

use proptest::prelude::*;
use topline::calendar::{FiscalCalendar, Month, Period, Step};
use topline::export::JsonWriter;
use topline::money::{Amount, Currency};
use topline::project::ets::Workspace;
use topline::project::found::{Found, Shortfall};
use topline::project::named::Named;
use topline::project::{Fitted, Level, Method, Plan, ProjectError, Projection, Standard, project, words};
use topline::series::{Fact, Figure, Measure, Series};

/// Doubles scaled by a power of ten differ in their last bits, and methods see twelve digits.
const SCALING: f64 = 1e-9;

fn series_of(step: Step, values: impl IntoIterator<Item = Option<f64>>) -> Series {
    let first = FiscalCalendar::default().period_at(step, Month::new(2015, 1).unwrap());
    let figures = values.into_iter().enumerate().filter_map(|(at, value)| {
        let amount = Amount::exact(value?).unwrap();
        Some(Figure::new(Fact::Revenue(amount), first.shift(i32::try_from(at).unwrap())))
    });
    Series::new("Test", Currency::USD, FiscalCalendar::default(), figures.collect())
}

fn series(step: Step, values: &[f64]) -> Series {
    series_of(step, values.iter().copied().map(Some))
}

fn projected(method: Standard, series: &Series) -> Projection {
    let plan = Plan { path: true, ..Plan::for_series(std::slice::from_ref(series)) };
    project(&method, series, &plan).unwrap().0
}

/// Every number of every answer is finite and not negative, and intervals are in order.
fn sound(projection: &Projection) {
    assert!(!projection.rows.is_empty());
    for row in &projection.rows {
        let ends = row.intervals.iter().flat_map(|interval| [interval.lo, interval.hi]);
        for value in ends.chain([row.median, row.mean]) {
            assert!(value.is_finite() && value >= 0.0, "{} {value}", projection.method);
        }
        for pair in row.intervals.windows(2) {
            assert!(
                pair[1].lo <= pair[0].lo && pair[0].lo <= row.median && row.median <= pair[0].hi && pair[0].hi <= pair[1].hi
            );
        }
    }
}

fn revenue(projection: &Projection) -> Vec<f64> {
    projection.rows.iter().filter(|row| row.measure == Measure::Revenue).map(|row| row.median).collect()
}

fn seasonal(count: usize) -> Vec<f64> {
    (0..count).map(|at| (100.0 + at as f64) * [0.8, 1.0, 1.3, 0.9][at % 4] + [1.0, -2.0, 0.5, 1.5, -1.0][at % 5]).collect()
}

#[test]
fn few_points_are_enough_and_leave_room() {
    for count in [1, 2, 3, 5] {
        let values: Vec<f64> = (0..count).map(|at| 100.0 + 10.0 * f64::from(at)).collect();
        for step in [Step::Month, Step::Quarter, Step::Year] {
            for method in Standard::ALL {
                let projection = projected(method, &series(step, &values));
                sound(&projection);
                let first = &projection.rows[0];
                let wide = first.intervals.last().unwrap();
                // Nobody knows next year's revenue to within 10% from five figures or fewer.
                assert!(wide.hi / wide.lo > 1.1, "{} of {count}: {wide:?}", method.name());
                // Nor does anybody expect it to fall or rise a thousandfold.
                assert!(
                    wide.hi < 10.0 * first.median && wide.lo > first.median / 100.0,
                    "{} of {count}: {wide:?}",
                    method.name()
                );
            }
        }
    }
}

#[test]
fn a_few_months_are_no_trend() {
    for method in [Standard::Theta, Standard::StandardTheta, Standard::Arima] {
        let raw = |season| method.raw(&[100.0, 120.0], season, 3, &mut Workspace::default());
        let (months, years) = (raw(12), raw(1));
        let instead = |method| Found::Instead(method, Shortfall::FewerThanFour);
        assert_eq!((&months.found, &years.found), (&instead("naive"), &instead("drift")));
        for (median, known) in months.median.iter().chain(&years.median).zip([120.0, 120.0, 120.0, 140.0, 160.0, 180.0]) {
            assert!((median / known - 1.0).abs() < 1e-9, "{median}"); // twelve digits of the mean
        }
        assert_eq!(words::plain(&years.found, 1, 2), "drift, since there are fewer than four figures");
    }
}

#[test]
fn constant_series_goes_on() {
    for method in Standard::ALL {
        let projection = projected(method, &series(Step::Month, &[250.0; 40]));
        sound(&projection);
        for median in revenue(&projection) {
            assert!((median / 250.0 - 1.0).abs() < 1e-6, "{} {median}", method.name()); // far below a cent
        }
    }
}

#[test]
fn zeros_are_taken_and_nothing_is_negative() {
    let some: Vec<f64> = (0..36).map(|at| if at % 5 == 0 { 0.0 } else { 20.0 + f64::from(at % 7) }).collect();
    for method in Standard::ALL {
        sound(&projected(method, &series(Step::Month, &some)));
        let none = projected(method, &series(Step::Month, &[0.0; 24]));
        sound(&none);
        assert!(revenue(&none).iter().all(|median| *median == 0.0));
    }
}

#[test]
fn negative_figures_are_refused_with_the_period() {
    let error = project(&Standard::Ets, &series(Step::Quarter, &[3.0, -1.0, 4.0]), &Plan::for_series(&[])).unwrap_err();
    assert_eq!(error.to_string(), "Test has a revenue of -1 for 2015Q2, but method ets needs figures of zero or more");
}

#[test]
fn mixed_figures_are_refused() {
    let month: Period = Month::new(2025, 6).unwrap().into();
    let amount = Amount::exact(10e9).unwrap();
    let mixed = Series::new("Test", Currency::USD, FiscalCalendar::default(), vec![Figure::new(Fact::RunRate(amount), month)]);
    let error = project(&Standard::Theta, &mixed, &Plan::for_series(&[])).unwrap_err();
    assert!(matches!(error, ProjectError::NotRegular { .. }));
    assert!(error.hint().contains("growth"));
}

#[test]
fn gaps_are_bridged_and_told() {
    let whole = seasonal(32);
    let gappy =
        series_of(Step::Quarter, whole.iter().enumerate().map(|(at, value)| (![9, 10, 20].contains(&at)).then_some(*value)));
    for method in Standard::ALL {
        let projection = projected(method, &gappy);
        sound(&projection);
        assert!(projection.reason.contains("3 of them interpolated"), "{}", projection.reason);
    }
}

#[test]
fn scale_of_the_figures_does_not_matter() {
    for method in Standard::ALL {
        let base = revenue(&projected(method, &series(Step::Quarter, &seasonal(32))));
        for scale in [1e-6, 1e12] {
            let values: Vec<f64> = seasonal(32).iter().map(|value| value * scale).collect();
            let projection = projected(method, &series(Step::Quarter, &values));
            sound(&projection);
            for (scaled, plain) in revenue(&projection).iter().zip(&base) {
                assert!((scaled / scale / plain - 1.0).abs() < SCALING, "{} {scaled} {plain}", method.name());
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    /// Short series, too, which many parameters fit equally well.
    #[test]
    fn currency_does_not_matter(
        noise in proptest::collection::vec(0.5_f64..1.5, 1..40),
        growth in 0.97_f64..1.06,
        factor in prop::sample::select(vec![1e-6, 0.37, 10.0, 1000.0, 1e6, 1e12]),
        step in prop::sample::select(vec![Step::Month, Step::Quarter, Step::Year]),
    ) {
        let values: Vec<f64> = noise.iter().zip(0_i32..).map(|(noise, at)| 60.0 * noise * libm::pow(growth, f64::from(at))).collect();
        let scaled: Vec<f64> = values.iter().map(|value| value * factor).collect();
        for method in Standard::ALL {
            let (plain, scaled) = (projected(method, &series(step, &values)), projected(method, &series(step, &scaled)));
            for (plain, scaled) in plain.rows.iter().zip(&scaled.rows) {
                let ends = |row: &topline::project::Row| {
                    let ends: Vec<f64> = row.intervals.iter().flat_map(|interval| [interval.lo, interval.hi]).collect();
                    [vec![row.median], ends].concat()
                };
                for (plain, scaled) in ends(plain).iter().zip(ends(scaled)) {
                    prop_assert!((scaled / factor / plain - 1.0).abs() < SCALING, "{} {plain} {scaled}", method.name());
                }
            }
        }
    }
}

const MENDING: [Standard; 4] = [Standard::Ets, Standard::Theta, Standard::Arima, Standard::Combine];

/// The median of the year after the figures, and the projection.
fn next_year(method: Standard, values: &[f64]) -> (f64, Projection) {
    let projection = projected(method, &series(Step::Month, values));
    (revenue(&projection)[..12].iter().sum(), projection)
}

#[test]
fn new_levels_are_not_taken_for_growth() {
    let steady = |at: usize| 100.0 + [2.0, -3.0, 1.0, 4.0, -4.0, 0.0, -1.0][at % 7];
    let up: Vec<f64> = (0..48).map(|at| if at < 42 { steady(at) } else { 10.0 * steady(at) }).collect();
    let down: Vec<f64> = (0..48).map(|at| if at < 30 { 10.0 * steady(at) } else { steady(at) }).collect();
    // The figures of an issue of Prophet's: https://github.com/facebook/prophet/issues/413
    let few = [3.0, 4.0, 3.0, 2.0, 3.0, 4.0, 3.0, 2.0, 103.0, 104.0, 103.0, 102.0, 103.0];
    for (values, level) in [(up.as_slice(), 12_000.0), (&down, 1200.0), (&few, 1236.0)] {
        for method in MENDING {
            let (year, projection) = next_year(method, values);
            assert!((year / level - 1.0).abs() < 0.25, "{} {year}", method.name());
            assert!(projection.reason.contains("a new level since "), "{}", projection.reason);
        }
    }
    let projection = chosen(&series(Step::Month, &few));
    assert_eq!(projection.method, "combine");
    assert!(projection.reason.starts_with("growth would take a jump for growth"), "{}", projection.reason);
}

#[test]
fn spikes_and_holes_are_not_taken_for_a_season() {
    for (value, said) in [(3000.0, "2018-05 is 29.7 times"), (9.0, "2018-05 is 0.09 times"), (0.0, "nothing in 2018-05")] {
        let mut values: Vec<f64> = (0..48).map(|at| 100.0 + [2.0, -3.0, 1.0, 4.0, -4.0, 0.0, -1.0][at % 7]).collect();
        values[40] = value;
        for method in MENDING {
            let (year, projection) = next_year(method, &values);
            assert!((year / 1200.0 - 1.0).abs() < 0.25, "{} {year}", method.name());
            assert!(projection.reason.contains(said), "{}", projection.reason);
        }
    }
}

#[test]
fn closed_months_keep_their_season() {
    let summer = [0.0, 0.0, 0.0, 0.0, 0.0, 1000.0, 1050.0, 990.0, 0.0, 0.0, 0.0, 0.0];
    let values: Vec<f64> = (0..48).map(|at| summer[at % 12] * [1.0, 0.94, 1.06, 0.98][at / 12]).collect();
    for method in MENDING {
        let (year, _) = next_year(method, &values);
        assert!((year / 3040.0 - 1.0).abs() < 0.25, "{} {year}", method.name());
    }
}

#[test]
fn smooth_seasons_are_followed() {
    let of = |at: usize| 100.0 * (1.0 + 0.25 * libm::sin(std::f64::consts::TAU * at as f64 / 12.0));
    let values: Vec<f64> = (0..60).map(of).collect();
    for method in MENDING {
        for (ahead, median) in revenue(&projected(method, &series(Step::Month, &values))).iter().enumerate().take(12) {
            assert!((median / of(60 + ahead) - 1.0).abs() < 0.05, "{} {ahead} {median}", method.name());
        }
    }
}

#[test]
fn outlier_of_a_thousand_does_not_explode() {
    for at in [12, 39] {
        let mut values = seasonal(40);
        values[at] *= 1000.0;
        for method in Standard::ALL {
            let projection = projected(method, &series(Step::Quarter, &values));
            sound(&projection);
            let most = projection.rows.iter().flat_map(|row| &row.intervals).map(|interval| interval.hi).fold(0.0, f64::max);
            // The outlier is 1e5; its square, as a run-rate, is more than anyone would grant.
            assert!(most < 1e11, "{} reaches {most:e}", method.name());
        }
    }
}

#[test]
fn straight_line_is_followed() {
    let values: Vec<f64> = (0..24).map(|at| 100.0 + 5.0 * f64::from(at)).collect();
    for method in [Standard::Ets, Standard::Arima, Standard::Drift, Standard::Linear] {
        for (ahead, median) in revenue(&projected(method, &series(Step::Year, &values))).iter().enumerate() {
            let line = 100.0 + 5.0 * (24 + ahead) as f64;
            assert!((median / line - 1.0).abs() < 1e-3, "{} {median} {line}", method.name()); // a tenth of a percent of the level
        }
    }
}

#[test]
fn constant_growth_is_followed() {
    let values: Vec<f64> = (0..16).map(|at| 100.0 * libm::pow(1.15, f64::from(at))).collect();
    for method in [Standard::Ets, Standard::Arima, Standard::Combine, Standard::Exponential] {
        for (ahead, median) in revenue(&projected(method, &series(Step::Year, &values))).iter().enumerate() {
            let line = 100.0 * libm::pow(1.15, (16 + ahead) as f64);
            assert!((median / line - 1.0).abs() < 1e-3, "{} {median} {line}", method.name()); // as the line
        }
    }
}

#[test]
fn season_that_arrives_late_is_learned() {
    let values: Vec<f64> =
        (0..48).map(|at| 100.0 + if at >= 24 && at % 4 == 3 { 40.0 } else { 0.0 } + f64::from(at % 3)).collect();
    for method in [Standard::Ets, Standard::Arima, Standard::Combine, Standard::SeasonalNaive] {
        let medians = revenue(&projected(method, &series(Step::Quarter, &values)));
        assert!(medians[3] > medians[2] + 15.0, "{} {medians:?}", method.name());
    }
}

#[test]
fn year_of_months_adds_up_with_what_is_known() {
    let values: Vec<f64> = (0..30).map(|at| 100.0 + f64::from(at) + f64::from(at % 4)).collect();
    let monthly = series(Step::Month, &values); // up to June 2017
    let year = FiscalCalendar::default().year(2017).unwrap();
    let fitted = Standard::Ets.fit(&monthly, year).unwrap();
    let known: f64 = values[24..].iter().sum();
    let coming: f64 =
        (7..=12).map(|month| fitted.distribution(Measure::Revenue, Month::new(2017, month).unwrap().into()).median()).sum();
    let total = fitted.distribution(Measure::Revenue, year);
    assert!((total.median() / (known + coming) - 1.0).abs() < 1e-9); // the quantile's own precision
    let december = Period::from(Month::new(2017, 12).unwrap());
    let run_rate = fitted.distribution(Measure::RunRate, year).median();
    assert!((run_rate / 12.0 / fitted.distribution(Measure::Revenue, december).median() - 1.0).abs() < 1e-9);
    let level = Level::from_percent(80.0).unwrap();
    assert!(total.quantile(level.lower()) < total.median() && total.median() < total.quantile(level.upper()));
}

const CURVES: [Standard; 5] = [Standard::Linear, Standard::Exponential, Standard::Logistic, Standard::Gompertz, Standard::Bass];

#[test]
fn declining_series_get_a_curve_that_falls_and_say_so() {
    let values: Vec<f64> = (0..20).map(|at| 900.0 * libm::pow(0.93, f64::from(at)) + f64::from(at % 3)).collect();
    for method in CURVES {
        let projection = projected(method, &series(Step::Quarter, &values));
        sound(&projection);
        let medians = revenue(&projection);
        assert!(medians[7] < medians[0] && medians[0] < 260.0, "{} {medians:?}", method.name());
    }
    let logistic = projected(Standard::Logistic, &series(Step::Quarter, &values));
    assert!(logistic.reason.contains("the figures do not rise: constant decline of 2"), "{}", logistic.reason);
}

#[test]
fn ceiling_that_shows_is_found_and_one_that_does_not_is_left_open() {
    let curve = |at: i32| 5e9 / (1.0 + libm::exp(-0.4 * f64::from(at - 12))) * (1.0 + 0.01 * f64::from(at * 5 % 7 - 3));
    let whole: Vec<f64> = (0..24).map(curve).collect();
    let seen = projected(Standard::Logistic, &series(Step::Quarter, &whole));
    // 24 quarters from 2015 on; the midpoint is the 13th. The noise moves the ceiling by less than a percent.
    assert!(seen.reason.contains("ceiling $4.99B") && seen.reason.contains("midpoint 2018Q1"), "{}", seen.reason);
    assert!((revenue(&seen)[7] / 5e9 - 1.0).abs() < 0.02);
    let early = projected(Standard::Logistic, &series(Step::Quarter, &whole[..9]));
    assert!(early.reason.contains("the ceiling is not clear yet"), "{}", early.reason);
    let width = |projection: &Projection| {
        let row = projection.rows.iter().filter(|row| row.measure == Measure::Revenue).nth(7).unwrap();
        row.intervals[1].hi / row.intervals[1].lo
    };
    assert!(width(&early) > 2.0 * width(&seen), "{} {}", width(&early), width(&seen));
}

#[test]
fn fallbacks_of_the_curves_are_told() {
    let few = projected(Standard::Gompertz, &series(Step::Year, &[1.0, 2.0, 3.0, 4.0, 5.0]));
    assert!(few.reason.contains("since there are fewer than six figures: constant growth of"), "{}", few.reason);
    let zeros = projected(Standard::Exponential, &series(Step::Year, &[0.0, 2.0, 3.0, 4.0, 5.0]));
    assert!(zeros.reason.contains("since constant growth cannot be fitted to zeros: a line that rises by"), "{}", zeros.reason);
    let one = projected(Standard::Linear, &series(Step::Year, &[7.0]));
    assert!(one.reason.contains("since there is no second"), "{}", one.reason);
}

fn chosen(series: &Series) -> Projection {
    let plan = Plan::for_series(std::slice::from_ref(series));
    project(&Named::Auto, series, &plan).unwrap().0
}

#[test]
fn auto_chooses_by_what_the_series_is_and_says_why() {
    let few = chosen(&series(Step::Year, &[10.0, 12.0, 15.0]));
    assert_eq!((few.method, few.choice.is_none()), ("growth", true));
    assert!(few.reason.ends_with("here from 3 totals"), "{}", few.reason);

    let zeros = chosen(&series(Step::Year, &[0.0, 12.0, 15.0]));
    assert_eq!((zeros.method, zeros.choice.is_none()), ("growth", true));
    assert!(zeros.reason.starts_with("it begins in "), "{}", zeros.reason);
    let gap = chosen(&series(Step::Year, &[10.0, 0.0, 12.0, 15.0]));
    assert_eq!((gap.method, gap.choice.is_none()), ("combine", true));
    assert!(
        gap.reason.starts_with("some periods have no revenue, which growth does not accept; from 4 regular totals"),
        "{}",
        gap.reason
    );

    let regular = chosen(&series(Step::Quarter, &seasonal(40)));
    let choice = regular.choice.as_ref().unwrap();
    assert_eq!((regular.method, choice.origins, choice.horizon), ("combine", 4, 4));
    assert!(regular.reason.starts_with("in 4 backtests, 4 ahead, its error was "), "{}", regular.reason);
    // What was chosen answers as if it had been asked for.
    assert_eq!(
        regular.rows,
        project(
            &Standard::Combine,
            &series(Step::Quarter, &seasonal(40)),
            &Plan::for_series(&[series(Step::Quarter, &seasonal(40))])
        )
        .unwrap()
        .0
        .rows
    );
}

#[test]
fn auto_keeps_nothing_that_the_naive_forecast_beats() {
    // A season that turns around in each of the last years: whatever was learned of it is wrong, and last year is no better.
    let mut values: Vec<f64> = (0..40).map(|at| 100.0 + [2.0, -3.0, 1.0, 4.0, -4.0][at % 5]).collect();
    values.extend((0..20).map(|at| 100.0 + 12.0 * f64::from(at / 2 % 2) - 5.0 * f64::from(at % 3)));
    for count in [20, 41, 43, 44, 47] {
        let projection = chosen(&series(Step::Year, &values[..count]));
        let scores = &projection.choice.as_ref().unwrap().scores;
        assert!(scores[0].error <= 1.0, "{count} {scores:?}");
    }
}

#[test]
fn auto_sees_seasons_before_it_can_backtest() {
    let season = [0.7, 0.8, 0.9, 1.0, 1.0, 1.0, 0.9, 0.9, 1.0, 1.1, 1.2, 1.5];
    let values: Vec<f64> = (0..36).map(|at| 100.0 * season[at % 12] + (at % 5) as f64).collect();
    let projection = chosen(&series(Step::Month, &values));
    assert_eq!((projection.method, projection.choice.is_none()), ("combine", true));
    assert!(
        projection.reason.starts_with("too few figures for a backtest, but enough to see a season"),
        "{}",
        projection.reason
    );
    assert_eq!(chosen(&series(Step::Month, &values[..29])).method, "growth");
}

#[test]
fn arima_stays_sound_where_roots_are_all_but_one() {
    // A wave without noise, a walk of unlike steps, a series that alternates, and one that doubles and halves.
    let shapes: [fn(usize) -> f64; 4] = [
        |t| 100.0 + 50.0 * libm::sin(0.3 * t as f64),
        |t| 500.0 + (0..=t).map(|k| [9.0, -7.0, 3.0, 8.0, -11.0][(k * k + k / 3) % 5]).sum::<f64>(),
        |t| if t % 2 == 0 { 10.0 } else { 20.0 },
        |t| 100.0 * libm::pow(2.0, [0.0, 1.0, 2.0, 1.0][t % 4]),
    ];
    for shape in shapes {
        for count in [4, 5, 6, 9, 17, 30, 90] {
            for step in [Step::Month, Step::Quarter, Step::Half, Step::Year] {
                let values: Vec<f64> = (0..count).map(shape).collect();
                sound(&projected(Standard::Arima, &series(step, &values)));
            }
        }
    }
}

#[test]
fn arima_says_what_it_fitted() {
    let fitted =
        |values: &[f64]| words::plain(&Standard::Arima.raw(values, 1, 3, &mut Workspace::default()).found, 1, values.len());
    assert_eq!(fitted(&[3.0, 4.0, 5.0]), "drift, since there are fewer than four figures");
    let line: Vec<f64> = (0..20).map(|t| 50.0 + 3.0 * f64::from(t)).collect();
    assert_eq!(fitted(&line), "ARIMA(0,1,0) with drift 100%");
    let growth: Vec<f64> = (0..20).map(|t| libm::pow(1.15, f64::from(t))).collect();
    assert_eq!(fitted(&growth), "ARIMA(0,1,0) with drift of the logarithms 100%");
}

#[test]
fn methods_are_found_by_their_names() {
    for method in Named::ALL {
        assert_eq!((method.to_string().parse(), method.to_string().as_str()), (Ok(method), method.name()));
        assert!(!method.summary().is_empty() && !method.summary().ends_with('.'), "{method}");
    }
    let error = "holt-winters".parse::<Named>().unwrap_err();
    assert_eq!(error.to_string(), "unknown method holt-winters");
}

/// What a method found stands in the JSON as numbers, with the same words beside it as in the reason.
#[test]
fn parameters_are_in_the_json() {
    let quarters = series(Step::Quarter, &seasonal(40));
    for method in Standard::ALL {
        let mut json = JsonWriter::new(Vec::new(), &[]).unwrap();
        let projection = projected(method, &quarters);
        json.write(&quarters, &projection).unwrap();
        let document: serde_json::Value = serde_json::from_slice(&json.finish().unwrap()).unwrap();
        let told = &document["projections"][0]["method"];
        assert!(projection.reason.contains(told["fitted"].as_str().unwrap()), "{told}");
        let parameters = &told["parameters"];
        let weights = |of: &serde_json::Value| -> f64 {
            of["models"].as_array().unwrap().iter().map(|model| model["weight"].as_f64().unwrap()).sum()
        };
        match method {
            Standard::Naive | Standard::SeasonalNaive | Standard::Drift => assert!(parameters.is_null(), "{told}"),
            Standard::Ets | Standard::Theta | Standard::StandardTheta | Standard::Arima => {
                assert!((0.95..1.001).contains(&weights(parameters)), "{told}");
            }
            Standard::Combine => {
                for part in ["ets", "theta", "arima"] {
                    assert!((0.95..1.001).contains(&weights(&parameters["parts"][part])), "{told}");
                }
            }
            _ => assert_eq!(parameters.as_object().unwrap().len(), 1, "{told}"),
        }
    }
}
