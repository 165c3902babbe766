//! Laws of the growth model: what must hold for any figures.
#![allow(clippy::expect_used)]

use approx::assert_relative_eq;
use proptest::prelude::*;
use proptest::test_runner::RngSeed;
use topline::calendar::{FiscalCalendar, Month, Period, Step};
use topline::money::{Amount, Currency};
use topline::project::growth::{Growth, GrowthFit};
use topline::project::{Fitted, Horizon, Interval, Level, Method, Plan, ProjectError, Projection, project, window};
use topline::series::{Fact, Figure, Measure, Series};

fn month(year: i32, month: u32) -> Month {
    Month::new(year, month).expect("a month")
}

fn total(first: Month, months: u32, value: f64) -> Figure {
    let last = first.plus(i32::try_from(months).expect("short") - 1);
    Figure::new(Fact::Revenue(Amount::exact(value).expect("finite")), Period::new(first, last).expect("in order"))
}

fn run_rate(at: Month, value: f64) -> Figure {
    Figure::new(Fact::RunRate(Amount::exact(value).expect("finite")), at.into())
}

fn series(figures: Vec<Figure>) -> Series {
    Series::new("Illustrative", Currency::USD, FiscalCalendar::default(), figures)
}

fn plan(step: Step, months: u32) -> Plan {
    Plan { step, horizon: Horizon::Months(months), levels: Plan::default_levels(), path: true, derive: Vec::new() }
}

fn answer(series: &Series, plan: &Plan) -> Result<(Projection, GrowthFit), ProjectError> {
    project(&Growth::new(), series, plan)
}

fn all_numbers(projection: &Projection) -> impl Iterator<Item = f64> + '_ {
    let intervals = |row: &topline::project::Row| row.intervals.iter().flat_map(|i| [i.lo, i.hi]).collect::<Vec<_>>();
    projection
        .rows
        .iter()
        .flat_map(move |row| [row.median, row.mean].into_iter().chain(intervals(row)))
        .chain(projection.path.iter().map(|point| point.median))
        .chain(projection.targets.iter().map(|odds| odds.probability))
}

/// Every number is finite and above zero, and intervals hold the median and nest.
fn check(projection: &Projection) {
    for number in all_numbers(projection) {
        assert!(number.is_finite() && number >= 0.0, "{number}");
    }
    for row in &projection.rows {
        assert!(row.intervals.iter().all(|interval| 0.0 < interval.lo && interval.lo < row.median && row.median < interval.hi));
        for pair in row.intervals.windows(2) {
            assert!(pair[1].lo < pair[0].lo && pair[0].hi < pair[1].hi, "wider levels hold narrower ones");
        }
    }
}

/// Figures of 1 to 12 dates over twenty years that differ by up to `powers` powers of ten.
fn figures(powers: f64) -> impl Strategy<Value = Vec<Figure>> {
    let figure =
        (0..240_i32, prop_oneof![Just(0), Just(1), Just(3), Just(12)], 6.0..6.0 + powers).prop_map(|(at, months, power)| {
            let start = month(2005, 1).plus(at);
            let value = libm::pow(10.0, power);
            if months == 0 { run_rate(start, value) } else { total(start, months, value) }
        });
    proptest::collection::vec(figure, 1..12)
}

/// Figures that a company could have: steady growth with noise of a tenth.
fn ordinary() -> impl Strategy<Value = Vec<Figure>> {
    let figure = (0..240_i32, prop_oneof![Just(0), Just(1), Just(3), Just(12)], -0.1..0.1_f64);
    (4.0..11.0_f64, -0.1..0.4_f64, proptest::collection::vec(figure, 1..12)).prop_map(|(power, growth, figures)| {
        let figure = |(at, months, noise): (i32, u32, f64)| {
            let rate = libm::pow(10.0, power) * libm::exp(growth * f64::from(at) / 12.0 + noise);
            let start = month(2005, 1).plus(at);
            if months == 0 { run_rate(start, rate) } else { total(start, months, rate * f64::from(months) / 12.0) }
        };
        figures.into_iter().map(figure).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, rng_seed: RngSeed::Fixed(1), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn intervals_hold_the_median_and_nest(figures in ordinary()) {
        let (projection, _) = answer(&series(figures), &plan(Step::Year, 36)).expect("a projection");
        check(&projection);
    }

    /// Twelve powers of ten between figures of neighbouring months make no sense, and still no infinity.
    #[test]
    fn senseless_figures_give_finite_answers(figures in figures(12.0)) {
        let (projection, _) = answer(&series(figures), &plan(Step::Year, 36)).expect("a projection");
        prop_assert!(all_numbers(&projection).all(|number| number.is_finite() && number >= 0.0));
        // At the ends of what a double holds intervals may meet.
        let nested = |pair: &[Interval]| pair[1].lo <= pair[0].lo && pair[0].hi <= pair[1].hi;
        prop_assert!(projection.rows.iter().all(|row| row.intervals.windows(2).all(nested)));
    }

    /// A company's size counts in dollars, so the same company in another currency is the same projection, scaled.
    #[test]
    fn currency_scales_the_projection(figures in ordinary()) {
        /// What the rounds of the linearisation leave, some hundred times their threshold.
        const ROUNDS: f64 = 1e-9;
        let yen = Currency::from_code("JPY").expect("a currency");
        let rate = yen.rough_usd().expect("a rate");
        let scaled: Vec<Figure> = figures
            .iter()
            .map(|figure| {
                let amount = Amount::exact(figure.fact.amount().expect("an amount").value() / rate).expect("finite");
                let fact = if matches!(figure.fact, Fact::RunRate(_)) { Fact::RunRate(amount) } else { Fact::Revenue(amount) };
                Figure::new(fact, figure.period)
            })
            .collect();
        let in_dollars = series(figures);
        let in_yen = Series::new("Illustrative", yen, FiscalCalendar::default(), scaled);
        let plan = plan(Step::Quarter, 12);
        let (dollars, _) = answer(&in_dollars, &plan).expect("a projection");
        let (yen, _) = answer(&in_yen, &plan).expect("a projection");
        for (a, b) in dollars.rows.iter().zip(&yen.rows) {
            assert_relative_eq!(a.median, b.median * rate, max_relative = ROUNDS);
            assert_relative_eq!(a.intervals[1].hi, b.intervals[1].hi * rate, max_relative = ROUNDS);
        }
    }

    /// Figures are a set: the order of the rows does not matter, to the bit.
    #[test]
    fn order_of_rows_does_not_matter(figures in figures(3.0)) {
        let mut unique: Vec<Figure> = Vec::new();
        for figure in figures {
            if unique.iter().all(|other| other.period != figure.period) {
                unique.push(figure);
            }
        }
        let reversed = unique.iter().rev().cloned().collect();
        let plan = plan(Step::Year, 24);
        let (one, _) = answer(&series(unique), &plan).expect("a projection");
        let (other, _) = answer(&series(reversed), &plan).expect("a projection");
        prop_assert_eq!(one, other);
    }
}

#[test]
fn one_figure_is_enough() {
    let (projection, _) = answer(&series(vec![run_rate(month(2025, 6), 10e9)]), &plan(Step::Year, 36)).expect("a projection");
    check(&projection);
    let names: Vec<String> = projection.rows.iter().map(|row| projection.calendar.name(row.period)).collect();
    assert_eq!(names, ["2025", "2026", "2027", "2025", "2026", "2027"]);
}

#[test]
fn fifty_years_of_months() {
    let start = month(1975, 1);
    let values =
        (0..600).map(|k| total(start.plus(k), 1, 1e6 * libm::exp(0.005 * f64::from(k)) * if k % 12 == 11 { 1.4 } else { 1.0 }));
    let (projection, _) = answer(&series(values.collect()), &plan(Step::Month, 24)).expect("a projection");
    check(&projection);
    let december = &projection.rows[11];
    assert!(december.median > 1.2 * projection.rows[10].median, "December stands out, as it always has");
}

#[test]
fn contradictory_figures_widen_the_intervals() {
    let year = |year| month(year, 1);
    let steady: Vec<Figure> = (0..4).map(|k| total(year(2021 + k), 12, 1e9)).collect();
    let wild: Vec<Figure> = (0..4).map(|k| total(year(2021 + k), 12, if k % 2 == 0 { 1e9 } else { 1e12 })).collect();
    let width = |figures| {
        let (projection, _) = answer(&series(figures), &plan(Step::Year, 12)).expect("a projection");
        check(&projection);
        projection.rows[0].intervals[1].hi / projection.rows[0].intervals[1].lo
    };
    assert!(width(wild) > 100.0 * width(steady));
}

#[test]
fn zero_and_negative_figures_are_refused_with_their_place() {
    for value in [0.0, -5.0] {
        let amounts = [1e6, value, 1e6, -1.0];
        let figures = (1..).zip(amounts).map(|(number, amount)| run_rate(month(2025, number), amount)).collect();
        let error = answer(&series(figures), &plan(Step::Year, 12)).expect_err("refused");
        assert_eq!(
            error.to_string(),
            format!(
                "Illustrative has a run-rate of {value} for 2025-02 (and the like for 2025-04), \
                 and method growth needs figures above zero"
            )
        );
    }
}

#[test]
fn centuries_are_refused() {
    let series = series(vec![run_rate(month(1025, 6), 1e9), run_rate(month(2025, 6), 1e9)]);
    let error = answer(&series, &plan(Step::Year, 12)).expect_err("refused");
    assert!(matches!(error, ProjectError::TooLong { limit: 1200, .. }), "{error}");
}

#[test]
fn nothing_observed_and_nothing_ahead_are_told_apart() {
    let amount = Amount::exact(12e9).expect("finite");
    let target = series(vec![Figure::new(Fact::Target { amount, basis: None }, month(2025, 12).into())]);
    let error = answer(&target, &plan(Step::Year, 12)).expect_err("refused");
    assert_eq!(error.to_string(), "Illustrative has no revenue and no run-rate to project from (only target)");
    let past = Plan { horizon: Horizon::Until(month(2025, 6)), ..plan(Step::Year, 12) };
    let error = answer(&series(vec![run_rate(month(2025, 6), 1e9)]), &past).expect_err("refused");
    assert!(matches!(error, ProjectError::NothingAhead { .. }), "{error}");
}

/// The year of a company whose only figure is from June has months before the figure; the model starts earlier for it.
#[test]
fn year_in_progress_reaches_back_before_the_first_figure() {
    let series = series(vec![run_rate(month(2025, 6), 10e9)]);
    let (projection, fit) = answer(&series, &plan(Step::Year, 36)).expect("a projection");
    assert_eq!(fit.start(), month(2025, 6));
    let year = &projection.rows[0];
    assert!((8e9..12e9).contains(&year.median), "{}", year.median);
    // What is before the figure must not move what is after it.
    let alone = Period::new(month(2025, 6), month(2027, 12)).expect("in order");
    let december = Growth::new().fit(&series, alone).expect("a fit").distribution(Measure::RunRate, month(2025, 12).into());
    assert_eq!(december.median().to_bits(), projection.rows[3].median.to_bits());
}

#[test]
fn a_target_has_odds_for_each_reading_and_moves_nothing() {
    let amount = Amount::new(12e9, 1e9).expect("finite");
    let year = FiscalCalendar::default().year(2025).expect("a year");
    let target = |basis| Figure::new(Fact::Target { amount, basis }, year);
    let without = answer(&series(vec![run_rate(month(2025, 6), 10e9)]), &plan(Step::Year, 36)).expect("a projection").0;
    let with =
        answer(&series(vec![run_rate(month(2025, 6), 10e9), target(None)]), &plan(Step::Year, 36)).expect("a projection").0;
    assert_eq!(without.rows, with.rows);
    let readings: Vec<Measure> = with.targets.iter().map(|odds| odds.reading).collect();
    assert_eq!(readings, [Measure::Revenue, Measure::RunRate]);
    assert!(with.targets.iter().all(|odds| 0.01 < odds.probability && odds.probability < 0.5));
    let one = answer(&series(vec![run_rate(month(2025, 6), 10e9), target(Some(Measure::RunRate))]), &plan(Step::Year, 36));
    assert_eq!(one.expect("a projection").0.targets.len(), 1);
}

/// Draws have the distribution that the closed form states.
#[test]
fn draws_agree_with_the_closed_form() {
    const DRAWS: u32 = 20_000;
    /// Four standard errors of a share of about one half or less among 20,000 draws.
    const SAMPLING: f64 = 0.015;
    /// The closed form of a total is log-linear at the path. Draws add up months that swing about it, which comes to a little more
    /// where the lumpy class, with swings of a third, has weight: some 4 points at the lower quartile here.
    const LINEARISED: f64 = 0.05;
    let series = series(vec![total(month(2022, 1), 12, 20e9), total(month(2023, 1), 12, 26e9), run_rate(month(2024, 9), 40e9)]);
    let (projection, fit) = answer(&series, &plan(Step::Year, 36)).expect("a projection");
    let year = Period::new(month(2026, 1), month(2026, 12)).expect("in order");
    let sampler = fit.sampler(&projection.series, year);
    let mut rates = vec![0.0; sampler.months()];
    let levels: Vec<Level> = Plan::default_levels();
    let run_rate = fit.distribution(Measure::RunRate, year);
    let revenue = fit.distribution(Measure::Revenue, year);
    let mut below = vec![[0_u32; 2]; levels.len() * 2];
    let probabilities: Vec<f64> = levels.iter().flat_map(|level| [level.lower(), level.upper()]).collect();
    for number in 0..DRAWS {
        sampler.draw(u64::from(number), &mut rates);
        let sum: f64 = rates.iter().sum::<f64>() / 12.0;
        for (count, p) in below.iter_mut().zip(&probabilities) {
            count[0] += u32::from(rates[11] <= run_rate.quantile(*p));
            count[1] += u32::from(sum <= revenue.quantile(*p));
        }
    }
    for (count, p) in below.iter().zip(&probabilities) {
        for ((what, tolerance), count) in [("run-rate", SAMPLING), ("revenue", LINEARISED)].into_iter().zip(count) {
            let share = f64::from(*count) / f64::from(DRAWS);
            assert!((share - p).abs() < tolerance, "{what}: {share} of the draws are below the {p} quantile");
        }
    }
}

#[test]
fn a_draw_depends_on_name_and_number_alone() {
    let series = series(vec![run_rate(month(2025, 6), 10e9)]);
    let (_, fit) = answer(&series, &plan(Step::Year, 24)).expect("a projection");
    let months = Period::new(month(2025, 7), month(2026, 12)).expect("in order");
    let draw = |name: &str, number| {
        let sampler = fit.sampler(name, months);
        let mut rates = vec![0.0; sampler.months()];
        // An earlier draw must not move a later one.
        sampler.draw(number + 17, &mut rates);
        sampler.draw(number, &mut rates);
        rates
    };
    assert_eq!(draw("OpenAI", 3), draw("OpenAI", 3));
    assert_ne!(draw("OpenAI", 3), draw("OpenAI", 4));
    assert_ne!(draw("OpenAI", 3), draw("Anthropic", 3));
}
