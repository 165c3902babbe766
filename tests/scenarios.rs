//! Projections under assumptions, against closed forms and numerical integrals that know nothing of draws.
#![cfg(feature = "toml")]
#![allow(clippy::unwrap_used, clippy::float_cmp)] // helpers of tests are tests, which clippy does not see

use approx::{assert_abs_diff_eq, assert_relative_eq};
use proptest::prelude::*;
use topline::calendar::{FiscalCalendar, Month, Period, Step};
use topline::money::{Amount, Currency};
use topline::project::draws::PAIRS;
use topline::project::growth::{Growth, GrowthFit};
use topline::project::named::Named;
use topline::project::{
    Derivation, Distribution, Fitted, Horizon, Interval, Level, Method, Plan, Projection, Row, Setting, project, window,
};
use topline::question::QuestionError;
use topline::question::compare::{Comparison, Measured};
use topline::question::target::ask_under;
use topline::read::{Options, Reader};
use topline::scenario::{self, Assumption, Fault, Range, Scenario, ScenarioError};
use topline::series::{Fact, Figure, Measure, Series};

/// What the default number of draws is promised to be right to, against sixteen times as many.
const HALF_A_POINT: f64 = 0.005;
/// Draws are put onto the closed form at 1,024 probabilities; between them they keep some of their own error.
const BETWEEN_KNOTS: f64 = 1e-3;

fn read(csv: &str) -> Vec<Series> {
    let mut reader = Reader::new(Options::default());
    reader.add("test.csv", csv.as_bytes()).unwrap();
    reader.finish().unwrap().series
}

fn article() -> Vec<Series> {
    read(include_str!("../data/revenue.csv"))
}

fn named<'a>(series: &'a [Series], name: &str) -> &'a Series {
    series.iter().find(|series| series.name() == name).unwrap()
}

fn month(year: i32, month: u32) -> Month {
    Month::new(year, month).unwrap()
}

fn year(year: i32) -> Period {
    FiscalCalendar::default().year(year).unwrap()
}

fn plan(until: Month) -> Plan {
    let levels = [50.0, 80.0, 95.0].into_iter().filter_map(Level::from_percent).collect();
    Plan { step: Step::Year, horizon: Horizon::Until(until), levels, path: false, derive: Vec::new() }
}

/// One scenario, from the body of its table in TOML.
fn scenario(body: &str, series: &[Series]) -> Scenario {
    let text = format!("[[scenario]]\nname = \"S\"\n{body}");
    scenario::read("s.toml", &text, series).unwrap_or_else(|problems| panic!("{problems}")).remove(0)
}

fn under(series: &Series, plan: &Plan, one: &Scenario) -> Projection {
    scenario::project(series, plan, one).unwrap_or_else(|error| panic!("{error}"))
}

fn bare(series: &Series, plan: &Plan) -> (Projection, GrowthFit) {
    project(&Growth::new(), series, plan).unwrap()
}

fn row(projection: &Projection, measure: Measure, period: Period) -> &Row {
    projection.rows.iter().find(|row| (row.measure, row.period) == (measure, period)).unwrap()
}

/// The quantiles that a row states, with their probabilities.
fn quantiles(row: &Row, levels: &[Level]) -> Vec<(f64, f64)> {
    let ends = levels.iter().zip(&row.intervals);
    let ends = ends.flat_map(|(level, Interval { lo, hi })| [(level.lower(), *lo), (level.upper(), *hi)]);
    std::iter::once((0.5, row.median)).chain(ends).collect()
}

/// The mean of `value` over a standard normal, by the trapezoid rule, which is all but exact for it.
fn over_normal(value: impl Fn(f64) -> f64) -> f64 {
    let step = 0.01;
    let density = |z: f64| libm::exp(-z * z / 2.0) / (2.0 * std::f64::consts::PI).sqrt();
    (-800..=800).map(|k| f64::from(k) * step).map(|z| step * density(z) * value(z)).sum()
}

/// 1.2815515655446004: the 90th percentile of the standard normal.
const NINETIETH: f64 = 1.281_551_565_544_600_4;

#[test]
fn scenario_that_assumes_nothing_is_the_projection_to_the_last_bit() {
    for series in article().iter().chain(&read(include_str!("../data/ai-and-cloud.csv"))) {
        let plan = Plan { path: true, derive: Derivation::ALL.to_vec(), ..plan(month(2027, 12)) };
        let nothing = scenario("", std::slice::from_ref(series));
        let assumed = under(series, &plan, &nothing);
        assert_eq!(assumed.setting.as_ref().unwrap().scenario, "S");
        assert_eq!(Projection { setting: None, ..assumed }, bare(series, &plan).0);
    }
}

#[test]
fn periods_that_nothing_touches_are_the_projection_to_the_last_bit() {
    let series = article();
    let cloud = named(&series, "Google Cloud");
    let plan = Plan { path: true, ..plan(month(2028, 12)) };
    let late = scenario("[scenario.cap]\n\"Google Cloud\" = \"40B from 2027\"", &series);
    let (assumed, bare) = (under(cloud, &plan, &late), bare(cloud, &plan).0);
    for (one, other) in assumed.rows.iter().zip(&bare.rows) {
        assert_eq!(one == other, one.period.last() < month(2027, 1), "{one:?}");
    }
    let before =
        |path: &[topline::project::PathPoint]| path.iter().filter(|p| p.month < month(2026, 6)).cloned().collect::<Vec<_>>();
    assert_eq!(before(&assumed.path), before(&bare.path));
}

#[test]
fn certain_event_of_a_fixed_amount_moves_every_quantile_by_it() {
    let series = article();
    let cloud = named(&series, "Google Cloud");
    let plan = plan(month(2028, 12));
    let event = "[[scenario.event]]\nname = \"E\"\nseries = \"Google Cloud\"\namount = \"10B\"\nfrom = \"2026-07\"\nramp = \"12 months\"";
    let (assumed, bare) = (under(cloud, &plan, &scenario(event, &series)), bare(cloud, &plan).0);
    // The mean rate of July to December 2026 is a quarter of the whole, for half a year; in 2027 it is 3/4 and then 1.
    for (measure, period, added) in [
        (Measure::Revenue, year(2026), 10e9 * 0.25 * 0.5),
        (Measure::Revenue, year(2027), 10e9 * (0.75 + 1.0) / 2.0),
        (Measure::Revenue, year(2028), 10e9),
        (Measure::RunRate, year(2027), 10e9),
    ] {
        let (moved, before) = (row(&assumed, measure, period), row(&bare, measure, period));
        for ((p, moved), (_, base)) in quantiles(moved, &plan.levels).into_iter().zip(quantiles(before, &plan.levels)) {
            assert_relative_eq!(moved, base + added, max_relative = BETWEEN_KNOTS);
            assert!(p > 0.0);
        }
    }
    // From the middle of the ramp's month of December 2026: 5.5 / 12.
    let december = row(&assumed, Measure::RunRate, year(2026)).median - row(&bare, Measure::RunRate, year(2026)).median;
    assert_relative_eq!(december, 10e9 * 5.5 / 12.0, max_relative = 1e-2);
}

#[test]
fn shop_with_a_closed_season_answers_events_and_refuses_a_growth_of_its_own() {
    let mut csv = "series,kind,period,value\n".to_owned();
    for year in 2021..=2024 {
        for (month, earned) in (1..).zip([0, 0, 0, 4, 8, 12, 14, 13, 7, 0, 0, 0]) {
            csv += &format!("Shop,revenue,{year}-{month:02},{}\n", earned * (1000 + 40 * (year - 2021)));
        }
    }
    let series = read(&csv);
    let plan = plan(month(2026, 12));
    let (bare, _) = project(&Named::Growth, &series[0], &plan).unwrap();
    let nothing = under(&series[0], &plan, &scenario("", &series));
    assert_eq!(nothing.rows, bare.rows);
    let event = "[[scenario.event]]\nname = \"E\"\nseries = \"Shop\"\namount = \"-20%\"\nfrom = \"2026\"";
    let assumed = under(&series[0], &plan, &scenario(event, &series));
    let (before, after) = (row(&bare, Measure::Revenue, year(2026)), row(&assumed, Measure::Revenue, year(2026)));
    for ((_, before), (_, after)) in quantiles(before, &plan.levels).iter().zip(quantiles(after, &plan.levels)) {
        assert_relative_eq!(after, 0.8 * before, max_relative = BETWEEN_KNOTS);
    }
    assert_eq!(row(&bare, Measure::Revenue, year(2025)), row(&assumed, Measure::Revenue, year(2025)));
    let growth = scenario("[scenario.growth]\nShop = \"50%\"", &series);
    let error = scenario::project(&series[0], &plan, &growth).unwrap_err();
    let ScenarioError::Impossible { fault, .. } = error else { panic!("{error}") };
    assert!(matches!(*fault, Fault::NoGrowthModel { .. }), "{fault}");
    assert!(fault.hint().contains("event"));
}

#[test]
fn event_that_may_happen_is_a_mixture() {
    let series = article();
    let cloud = named(&series, "Google Cloud");
    let plan = plan(month(2028, 12));
    // Larger than the deal, so that it shows.
    let event = "[[scenario.event]]\nname = \"Deal\"\nseries = \"Google Cloud\"\namount = \"10B..40B\"\nfrom = \"2026\"\nprobability = \"70%\"";
    let assumed = under(cloud, &plan, &scenario(event, &series));
    let (_, fit) = bare(cloud, &plan);
    let amount = |z: f64| 20e9 * libm::exp(z / NINETIETH * std::f64::consts::LN_2);
    for (measure, period) in [(Measure::Revenue, year(2027)), (Measure::RunRate, year(2028))] {
        let base = fit.distribution(measure, period);
        for (p, at) in quantiles(row(&assumed, measure, period), &plan.levels) {
            let expected = 0.3 * base.cdf(at) + 0.7 * over_normal(|z| base.cdf(at - amount(z)));
            assert_abs_diff_eq!(expected, p, epsilon = HALF_A_POINT);
        }
    }
}

#[test]
fn share_of_the_run_rate_scales_it() {
    let series = article();
    let cloud = named(&series, "Google Cloud");
    let plan = plan(month(2028, 12));
    let event =
        "[[scenario.event]]\nname = \"E\"\nseries = \"Google Cloud\"\namount = \"-20%\"\nfrom = \"2026\"\nuntil = \"2027\"";
    let (assumed, bare) = (under(cloud, &plan, &scenario(event, &series)), bare(cloud, &plan).0);
    for (period, factor) in [(year(2025), 1.0), (year(2026), 0.8), (year(2027), 0.8), (year(2028), 1.0)] {
        for measure in [Measure::Revenue, Measure::RunRate] {
            let pairs = quantiles(row(&assumed, measure, period), &plan.levels).into_iter();
            for ((_, moved), (_, base)) in pairs.zip(quantiles(row(&bare, measure, period), &plan.levels)) {
                assert_relative_eq!(moved, factor * base, max_relative = BETWEEN_KNOTS);
            }
        }
    }
}

/// The level that a series has where its growth stops, after its last figure.
fn level(series: &Series, plan: &Plan, month: Month) -> Distribution {
    let window = window(series, plan).unwrap();
    let fit = Growth::new().fit(series, window).unwrap();
    fit.stopped(series, series.origin().unwrap()).distribution(Measure::RunRate, month.into())
}

#[test]
fn assumed_growth_goes_onto_the_level_at_the_origin() {
    let series = article();
    let open_ai = named(&series, "OpenAI");
    let plan = plan(month(2028, 12));
    let fading = scenario("[scenario.growth]\nOpenAI = \"90% fading by a third a year\"", &series);
    let assumed = under(open_ai, &plan, &fading);
    // 90%, 60% and 40% in the years from July; half of the second by December 2026, and of the third by December 2027.
    for (end, factor) in [(2026, 1.9 * 1.6_f64.sqrt()), (2027, 1.9 * 1.6 * 1.4_f64.sqrt())] {
        let base = level(open_ai, &plan, month(end, 12));
        for (p, at) in quantiles(row(&assumed, Measure::RunRate, year(end)), &plan.levels) {
            assert_relative_eq!(at, factor * base.quantile(p), max_relative = BETWEEN_KNOTS);
        }
    }
    // The uncertainty of the level is that of "10" and of the irregular movements of a month, and does not grow.
    let widths = [2026, 2028].map(|end| {
        let Interval { lo, hi } = row(&assumed, Measure::RunRate, year(end)).intervals[1];
        hi / lo
    });
    assert_relative_eq!(widths[0], widths[1], max_relative = 0.05); // seasons drift a little
    assert!(widths[0] < 2.0, "{widths:?}");
}

#[test]
fn range_of_growth_is_a_convolution() {
    let series = article();
    let open_ai = named(&series, "OpenAI");
    let plan = plan(month(2028, 12));
    let range = scenario("[scenario.growth]\nOpenAI = \"60%..90%\"", &series);
    let assumed = under(open_ai, &plan, &range);
    for end in [2025, 2028] {
        let years = f64::from(month(end, 12).since(month(2025, 6))) / 12.0;
        let base = level(open_ai, &plan, month(end, 12));
        // Normal on the log of one plus the growth, with 1.6 and 1.9 as its 10th and 90th percentile.
        let (middle, spread) = ((1.6_f64 * 1.9).sqrt(), (1.9_f64 / 1.6).sqrt());
        let factor = |z: f64| libm::pow(middle * libm::pow(spread, z / NINETIETH), years);
        for (p, at) in quantiles(row(&assumed, Measure::RunRate, year(end)), &plan.levels) {
            assert_abs_diff_eq!(over_normal(|z| base.cdf(at / factor(z))), p, epsilon = HALF_A_POINT);
        }
    }
}

#[test]
fn season_goes_on_under_assumed_growth() {
    let calendar = FiscalCalendar::default();
    let figures = (0..16).map(|k: i32| {
        let number = k.rem_euclid(4).unsigned_abs() + 1;
        let amount = if number == 4 { 160e6 } else { 100e6 } * libm::pow(1.1, f64::from(k) / 4.0);
        Figure::new(Fact::Revenue(Amount::exact(amount).unwrap()), calendar.quarter(2021 + k.div_euclid(4), number).unwrap())
    });
    let shop = [Series::new("Shop", Currency::USD, calendar, figures.collect())];
    let plan = Plan { step: Step::Quarter, ..plan(month(2026, 12)) };
    let assumed = under(&shop[0], &plan, &scenario("[scenario.growth]\nShop = \"20%\"", &shop));
    let median = |year, number| row(&assumed, Measure::Revenue, calendar.quarter(year, number).unwrap()).median;
    // A fourth quarter is 1.6 times a third, but for the growth between them.
    assert_relative_eq!(median(2026, 4) / median(2026, 3), 1.6 * libm::pow(1.2, 0.25), max_relative = 0.05);
    assert_relative_eq!(median(2026, 2) / median(2025, 2), 1.2, max_relative = 0.02);
    // The first quarter is not projected at the level of the fourth.
    assert!(median(2025, 1) < 0.8 * 160e6 * libm::pow(1.1, 3.75), "{}", median(2025, 1));
}

#[test]
fn cap_holds_and_lets_go() {
    let series = article();
    let cloud = named(&series, "Google Cloud");
    let plan = plan(month(2028, 12));
    let cap = scenario("[scenario.cap]\n\"Google Cloud\" = \"45B from 2026 until 2027-06\"", &series);
    let (assumed, (bare, fit)) = (under(cloud, &plan, &cap), bare(cloud, &plan));
    for (_, at) in quantiles(row(&assumed, Measure::Revenue, year(2026)), &plan.levels) {
        assert!(at <= 45e9, "{at}");
    }
    // Half of the outcomes are above 45 at the end of 2026: there the upper quantiles are the cap itself.
    assert!(fit.distribution(Measure::RunRate, year(2026)).above(45e9) > 0.5);
    let rate = row(&assumed, Measure::RunRate, year(2026));
    assert_eq!((rate.median, rate.intervals[2].hi), (45e9, 45e9));
    assert_relative_eq!(
        rate.intervals[2].lo,
        row(&bare, Measure::RunRate, year(2026)).intervals[2].lo,
        max_relative = BETWEEN_KNOTS
    );
    // What is asked for goes on under the cap.
    assert_eq!(row(&assumed, Measure::RunRate, year(2027)), row(&bare, Measure::RunRate, year(2027)));
    assert_eq!(row(&assumed, Measure::Revenue, year(2028)), row(&bare, Measure::Revenue, year(2028)));
}

#[test]
fn order_within_a_month_is_growth_shares_amounts_cap() {
    let series = article();
    let open_ai = named(&series, "OpenAI");
    let plan = plan(month(2026, 12));
    let both = "[[scenario.event]]\nname = \"A\"\nseries = \"OpenAI\"\namount = \"5B\"\nfrom = \"2026\"\n\
                [[scenario.event]]\nname = \"B\"\nseries = \"OpenAI\"\namount = \"50%\"\nfrom = \"2026\"\n\
                [scenario.growth]\nOpenAI = \"100%\"";
    let assumed = under(open_ai, &plan, &scenario(both, &series));
    let base = level(open_ai, &plan, month(2026, 12)).median();
    let median = row(&assumed, Measure::RunRate, year(2026)).median;
    assert_relative_eq!(median, base * libm::pow(2.0, 1.5) * 1.5 + 5e9, max_relative = BETWEEN_KNOTS);
    let capped = under(open_ai, &plan, &scenario(&format!("{both}\n[scenario.cap]\nOpenAI = \"20B\""), &series));
    assert_eq!(row(&capped, Measure::RunRate, year(2026)).median, 20e9);
}

#[test]
fn more_than_there_is_leaves_nothing() {
    let series = article();
    let open_ai = named(&series, "OpenAI");
    let plan = Plan { path: true, derive: Derivation::ALL.to_vec(), ..plan(month(2027, 12)) };
    let loss = "[[scenario.event]]\nname = \"E\"\nseries = \"OpenAI\"\namount = \"-100B\"\nfrom = \"2026\"";
    let assumed = under(open_ai, &plan, &scenario(loss, &series));
    assert_eq!(row(&assumed, Measure::Revenue, year(2027)).median, 0.0);
    assert!(assumed.path.iter().all(|point| point.intervals.iter().all(|i| i.lo.is_finite() && i.hi.is_finite())));
    assert!(assumed.derived.iter().all(|one| one.median.is_none_or(f64::is_finite)));
}

#[test]
fn aim_weighs_as_bayes_says() {
    let series = article();
    let open_ai = named(&series, "OpenAI");
    let plan = plan(month(2026, 12));
    let aim = scenario("[scenario.target]\nOpenAI = \"11B..13B@2025-12 run-rate\"", &series);
    let assumed = under(open_ai, &plan, &aim);
    let (_, fit) = bare(open_ai, &plan);
    let prior = fit.distribution(Measure::RunRate, year(2025));
    let spread = libm::log(13.0 / 11.0) / 2.0 / NINETIETH;
    let weight = |x: f64| {
        let z = libm::log(x / (11e9_f64 * 13e9).sqrt()) / spread;
        libm::exp(-z * z / 2.0)
    };
    // Sums over evenly spaced quantiles of the prior.
    let points: Vec<f64> = (0..4000).map(|k| prior.quantile((f64::from(k) + 0.5) / 4000.0)).collect();
    let whole: f64 = points.iter().map(|x| weight(*x)).sum();
    for (p, at) in quantiles(row(&assumed, Measure::RunRate, year(2025)), &plan.levels) {
        let below: f64 = points.iter().filter(|x| **x <= at).map(|x| weight(*x)).sum();
        assert_abs_diff_eq!(below / whole, p, epsilon = 0.01); // a third of the draws' weight is left
    }
    // What follows moves with it, and the year's revenue, which begins before the first figure, too.
    for (measure, period, share) in [(Measure::RunRate, year(2026), 0.8), (Measure::Revenue, year(2025), 0.7)] {
        let (assumed, prior) = (row(&assumed, measure, period), fit.distribution(measure, period));
        let width = libm::log(assumed.intervals[1].hi / assumed.intervals[1].lo);
        assert!(width < share * libm::log(prior.quantile(0.9) / prior.quantile(0.1)), "{measure:?} {assumed:?}");
        assert!(prior.quantile(0.3) < assumed.median && assumed.median < prior.quantile(0.7), "{measure:?} {assumed:?}");
    }
}

#[test]
fn aim_that_the_figures_all_but_rule_out_is_refused() {
    let series = article();
    let open_ai = named(&series, "OpenAI");
    let plan = plan(month(2026, 12));
    for wish in ["100B..110B@2025-12 run-rate", "11.99B..12.01B@2025 revenue"] {
        let aim = scenario(&format!("[scenario.target]\nOpenAI = \"{wish}\""), &series);
        let error = scenario::project(open_ai, &plan, &aim).unwrap_err();
        let ScenarioError::TooFewDraws { effective, draws, .. } = error else { panic!("{error}") };
        assert!(effective < f64::from(scenario::LEAST_EFFECTIVE) && draws == 2 * PAIRS as usize, "{effective}");
    }
    // The same wish is not a riddle where growth leads to it.
    let both = "[scenario.growth]\nOpenAI = \"10000%..12000%\"\n[scenario.target]\nOpenAI = \"60B..200B@2025-12 run-rate\"";
    let assumed = under(open_ai, &plan, &scenario(both, &series));
    assert!((80e9..150e9).contains(&row(&assumed, Measure::RunRate, year(2025)).median));
}

#[test]
fn aim_beyond_the_horizon_leaves_the_rest_its_bits() {
    let series = article();
    let cloud = named(&series, "Google Cloud");
    let plan = plan(month(2026, 12));
    let far = scenario("[scenario.target]\n\"Google Cloud\" = \"50B..100B@2029 revenue\"", &series);
    let assumed = under(cloud, &plan, &far);
    assert!(row(&assumed, Measure::Revenue, year(2026)).median > bare(cloud, &plan).0.rows[1].median);
    assert_eq!(assumed.setting.unwrap().assumptions, ["the revenue of 2029 taken to be $50B to $100B"]);
}

#[test]
fn amounts_in_another_currency_take_the_assumed_rate() {
    let series = article();
    let cloud = named(&series, "Google Cloud");
    let plan = plan(month(2027, 12));
    let event = |amount: &str, rate: &str| {
        let body = format!(
            "[[scenario.event]]\nname = \"E\"\nseries = \"Google Cloud\"\namount = \"{amount}\"\nfrom = \"2026\"\n[scenario.rates]\n{rate}"
        );
        row(&under(cloud, &plan, &scenario(&body, &series)), Measure::Revenue, year(2027)).clone()
    };
    let dollars = event("12B", "");
    assert_eq!(event("€10B", "EUR = \"1.2 USD\""), dollars);
    let turned = event("€10B", "USD = \"0.8333333333333333 EUR\"");
    assert_relative_eq!(turned.median, dollars.median, max_relative = 1e-12);
    // A range of rates widens the outcome, upwards more than downwards; the same price told the other way round is the same draws.
    let range = event("€10B", "EUR = \"0.6..2.4 USD\"");
    assert!(range.median > dollars.median && range.median < 1.03 * dollars.median, "{} {}", range.median, dollars.median);
    assert!(range.intervals[1].hi > dollars.intervals[1].hi + 5e9);
    let turned = event("€10B", &format!("USD = \"{}..{} EUR\"", 1.0 / 2.4, 1.0 / 0.6));
    assert_relative_eq!(turned.intervals[1].hi, range.intervals[1].hi, max_relative = 1e-9);
}

#[test]
fn cases_take_the_ends_and_the_middle() {
    let series = article();
    let text = "[[scenario]]\nname = \"Growth\"\ncases = true\n[scenario.growth]\nOpenAI = \"20%..45%..90%\"";
    let all = scenario::read("s.toml", text, &series).unwrap();
    let rates: Vec<(&str, Range)> = all
        .iter()
        .map(|one| match &one.assumptions[0].1 {
            Assumption::Growth(growth) => (one.name.as_str(), growth.years[0]),
            other => panic!("{other:?}"),
        })
        .collect();
    let exact = |rate| Range::exact_growth(rate).unwrap();
    assert_eq!(rates, [("Growth, low", exact(0.2)), ("Growth, base", exact(0.45)), ("Growth, high", exact(0.9))]);
}

#[test]
fn draws_belong_to_names_and_not_to_order() {
    let series = article();
    let plan = plan(month(2027, 12));
    let event = |name: &str| {
        format!("[[scenario.event]]\nname = \"{name}\"\nseries = \"OpenAI\"\namount = \"1B..9B\"\nfrom = \"2026\"\n")
    };
    let mut turned = series.clone();
    turned.reverse();
    let (ab, ba) = (format!("{}{}", event("A"), event("B")), format!("{}{}", event("B"), event("A")));
    let open_ai = named(&series, "OpenAI");
    let rows = |body: &str, all: &[Series]| under(named(all, "OpenAI"), &plan, &scenario(body, all)).rows;
    assert_eq!(rows(&ab, &series), rows(&ab, &turned));
    for (one, other) in rows(&ab, &series).iter().zip(rows(&ba, &series)) {
        assert_relative_eq!(one.median, other.median, max_relative = 1e-12); // a sum in another order
    }
    assert_ne!(rows(&event("A"), &series), rows(&event("B"), &series));
    assert_eq!(open_ai.name(), "OpenAI");
}

#[test]
fn default_draws_are_within_half_a_point_of_sixteen_times_as_many() {
    let series = article();
    let plan = plan(month(2026, 12));
    let deal = "[[scenario.event]]\nname = \"Deal\"\nseries = \"Google Cloud\"\namount = \"10B..40B\"\nfrom = \"2026\"\nramp = \"1 year\"\nprobability = \"70%\"";
    let cases = [
        ("OpenAI", "[scenario.growth]\nOpenAI = \"10%..60%\""),
        ("Google Cloud", deal),
        ("OpenAI", "[scenario.target]\nOpenAI = \"10B..15B@2025-12 run-rate\""),
    ];
    for (name, body) in cases {
        let one = named(&series, name);
        let assumed = scenario(body, &series);
        let of = |pairs: u32| scenario::project_with(one, &plan, &assumed, pairs).unwrap();
        let (few, many) = (of(PAIRS), of(16 * PAIRS));
        for (few, many) in few.targets.iter().zip(&many.targets) {
            assert_abs_diff_eq!(few.probability, many.probability, epsilon = HALF_A_POINT);
        }
        // Where the quantiles of the many lie in the few, by the slope between them.
        for (few, many) in few.rows.iter().zip(&many.rows).filter(|(row, _)| row.period == year(2026)) {
            let quarter = (many.intervals[0].hi - many.intervals[0].lo) / 0.5;
            assert!((few.median - many.median).abs() / quarter < HALF_A_POINT, "{name}: {} {}", few.median, many.median);
        }
    }
}

#[test]
fn what_cannot_be_is_refused_in_the_library_too() {
    let series = article();
    let open_ai = named(&series, "OpenAI");
    let plan = plan(month(2026, 12));
    let ahead = scenario("[scenario.growth]\nOpenAI = \"60%\"", &series);
    let refuse = |assumptions: Vec<Assumption>| {
        let assumptions = assumptions.into_iter().map(|one| ("OpenAI".to_owned(), one)).collect();
        let wrong = Scenario { assumptions, ..ahead.clone() };
        match scenario::project(open_ai, &plan, &wrong) {
            Err(ScenarioError::Impossible { fault, .. }) => *fault,
            other => panic!("{other:?}"),
        }
    };
    let Assumption::Growth(growth) = ahead.assumptions[0].1.clone() else { panic!("growth") };
    let twice = vec![Assumption::Growth(growth.clone()); 2];
    assert!(matches!(refuse(twice), Fault::TwoGrowths { .. }));
    let early = scenario::GrowthPath { first: month(2025, 6), ..growth };
    assert!(matches!(refuse(vec![Assumption::Growth(early)]), Fault::NotAhead { .. }));
}

#[test]
fn comparison_under_nothing_is_the_comparison() {
    let series = article();
    let both: Vec<&Series> = series.iter().collect();
    let (until, nothing) = (month(2028, 12), scenario("", &series));
    for measured in [Measured::RunRate, Measured::Revenue] {
        let bare = Comparison::new(&both, until, measured).unwrap();
        let under = Comparison::under(&both, until, measured, &nothing).unwrap();
        let (one, other) = (bare.overtaking(PAIRS), under.overtaking(PAIRS));
        assert_eq!(
            (&one.challenger, one.at_start, one.medians_cross),
            (&other.challenger, other.at_start, other.medians_cross)
        );
        assert_abs_diff_eq!(one.never, other.never, epsilon = HALF_A_POINT);
        for (one, other) in one.larger.iter().zip(&other.larger) {
            assert_abs_diff_eq!(one.probability, other.probability, epsilon = HALF_A_POINT);
        }
    }
}

#[test]
fn event_of_two_series_happens_to_both_or_to_none() {
    let series = read("series,peers,kind,period,value\nA,listed,run-rate,2025-06,10.00B\nB,listed,run-rate,2025-06,80.00B\n");
    let both: Vec<&Series> = series.iter().collect();
    let event = |name: &str, series: &str| {
        format!(
            "[[scenario.event]]\nname = \"{name}\"\nseries = \"{series}\"\namount = \"500B\"\nfrom = \"2026\"\nprobability = \"50%\"\n"
        )
    };
    let larger = |a: &str, b: &str| {
        let body = format!("{}{}", event(a, "A"), event(b, "B"));
        let under = Comparison::under(&both, month(2026, 12), Measured::RunRate, &scenario(&body, &series)).unwrap();
        under.largest(&[month(2026, 12)]).ends[0].probability[0]
    };
    // Apart: A has it and B has not in a quarter of the draws. Together they stay as far apart as they are.
    assert!(larger("One", "One") < 0.02);
    assert_abs_diff_eq!(larger("One", "Other"), 0.25, epsilon = 0.02);
}

#[test]
fn targets_under_a_scenario_are_those_of_its_projection() {
    let series = article();
    let open_ai = named(&series, "OpenAI");
    let plan = plan(month(2027, 12));
    for body in ["[scenario.growth]\nOpenAI = \"60%..90%\"", "[scenario.target]\nOpenAI = \"11B..13B@2025-12 run-rate\""] {
        let one = scenario(body, &series);
        let (answers, projection) = (ask_under(open_ai, &one).unwrap().answers, under(open_ai, &plan, &one));
        assert_eq!(answers.len(), 2);
        for answer in answers {
            let odds = projection.targets.iter().find(|odds| odds.reading == answer.reading).unwrap();
            assert_abs_diff_eq!(answer.probability, odds.probability, epsilon = HALF_A_POINT);
            assert_relative_eq!(answer.median, row(&projection, answer.reading, year(2025)).median, max_relative = 5e-3);
        }
    }
    let wish = scenario("[scenario.target]\nOpenAI = \"90B..110B@2025 revenue\"", &series);
    assert!(matches!(ask_under(open_ai, &wish), Err(QuestionError::Scenario(_))));
}

#[test]
fn example_file_is_read() {
    let series = article();
    let all = scenario::read("data/scenarios.toml", include_str!("../data/scenarios.toml"), &series).unwrap();
    let names: Vec<&str> = all.iter().map(|one| one.name.as_str()).collect();
    assert_eq!(names, ["Deal", "Deal, short supply", "Expected growth", "Aim believed"]);
    assert!(names.iter().all(|name| *name != Setting::PLAIN));
}

fn problems(text: &str) -> Vec<String> {
    let problems = scenario::read("s.toml", text, &article()).unwrap_err();
    problems.all().iter().map(|one| format!("{}:{} {}", one.place.line, one.place.column, one.fault)).collect()
}

#[test]
fn every_problem_of_a_file_at_once() {
    let text = "nota = \"x\"\n[[scenario]]\nname = \"A\"\n[scenario.growth]\nOpenIA = \"60%\"\nOpenAI = 0.6\n\
                [[scenario.event]]\nname = \"É\"\nseries = \"Google Cloud\"\namount = \"1..4B\"\nfrom = 2024\nprobabilty = 0.7\n\
                [[scenario]]\nname = \"A\"\ncases = \"yes\"\n[scenario.target]\nOpenAI = \"12B@2025-12 run-rate\"\n";
    assert_eq!(
        problems(text),
        [
            "1:1 \"nota\" is not a key of the file",
            "5:1 no series is named \"OpenIA\"",
            "6:10 \"0.6\" is not a percentage",
            "10:10 \"1..4B\" spans a factor of more than a thousand",
            "11:8 É begins in 2024-01, but the figures already go to 2024-12",
            "12:1 \"probabilty\" is not a key of an event",
            "14:8 another scenario is already named \"A\"",
            "15:9 cases is a text here",
            "17:10 \"12B@2025-12 run-rate\" does not say how far the outcome may be from the target",
        ]
    );
    assert_eq!(problems(""), ["1:1 there is no scenario in the file"]);
    assert_eq!(problems("[scenario]\nname = \"A\"\n"), ["1:1 scenario is a table here"]);
    assert_eq!(problems("[[scenario]]\nname = \"as projected\"\n"), ["2:8 another scenario is already named \"as projected\""]);
    assert!(problems("[[scenario]\n")[0].starts_with("1:12 this is not valid TOML: "));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn places_of_problems_lie_within_the_file(
        text in "(\\[\\[scenario\\]\\]\n|name = \"[a-zé%.]{0,5}\"\n|\\[scenario\\.(growth|cap|target|rates)\\]\n|OpenAI = (\"[0-9.%BM@a é-]{0,12}\"|-?[0-9.]{1,5})\n|[\"\\[\\]=é \n]){0,12}"
    ) {
        if let Err(problems) = scenario::read("s.toml", &text, &article()) {
            for problem in problems.all() {
                let line = text.split('\n').nth(problem.place.line as usize - 1).unwrap();
                prop_assert!(problem.place.column as usize <= line.chars().count() + 1, "{problem:?} in {text:?}");
                prop_assert!(problem.excerpt.start + problem.excerpt.length <= problem.excerpt.text.chars().count());
            }
        }
    }
}
