//! Targets and comparisons on the article's figures and on those up to June 2025, checked by hand and by a second way.
#![allow(clippy::unwrap_used, clippy::float_cmp)] // helpers of tests are tests, which clippy does not see

use approx::assert_abs_diff_eq;
use topline::calendar::{FiscalCalendar, Month, Period};
use topline::money::{Amount, Currency};
use topline::project::Fitted;
use topline::project::Method;
use topline::project::growth::Growth;
use topline::project::named::Named;
use topline::question::compare::{Comparison, Measured, Overtaking, PAIRS};
use topline::question::target::{TargetAnswer, ask};
use topline::question::{QuestionError, Required};
use topline::read::{Options, Reader, TrailingZeros};
use topline::series::{Fact, Figure, Measure, Series};

/// Growth written here by hand has four digits.
const BY_HAND: f64 = 5e-5;
/// What the default number of draws is promised to be right to, against sixteen times as many.
const HALF_A_POINT: f64 = 0.005;

fn read(csv: &str) -> Vec<Series> {
    let mut reader = Reader::new(Options::default());
    reader.add("test.csv", csv.as_bytes()).unwrap();
    reader.finish().unwrap().series
}

fn named<'a>(series: &'a [Series], name: &str) -> &'a Series {
    series.iter().find(|series| series.name() == name).unwrap()
}

fn article() -> Vec<Series> {
    read(include_str!("../data/revenue.csv"))
}

fn sector() -> Vec<Series> {
    read(include_str!("../data/ai-and-cloud.csv"))
}

fn month(year: i32, month: u32) -> Month {
    Month::new(year, month).unwrap()
}

fn answers(series: &Series) -> Vec<TargetAnswer> {
    ask(series).unwrap().answers
}

#[test]
fn article_as_exit_run_rate_is_37_to_44_percent_a_year() {
    let series = article();
    let both = answers(named(&series, "OpenAI"));
    let [exit, year] = both.as_slice() else { panic!("two readings") };
    assert_eq!((exit.reading, year.reading), (Measure::RunRate, Measure::Revenue));
    // 10 to 12 in 213 days from 1 June and in 184 days from 30 June: 1.2^(365.25 / 213) and 1.2^(365.25 / 184).
    let (low, high) = exit.required.range().unwrap();
    assert_abs_diff_eq!(low, 0.3670, epsilon = BY_HAND);
    assert_abs_diff_eq!(high, 0.4361, epsilon = BY_HAND);
    // A twelfth of ln 1.3670 and of ln 1.4361 is 0.02605 and 0.03016.
    assert_abs_diff_eq!(Required::per_month(low), 0.0264, epsilon = BY_HAND);
    assert_abs_diff_eq!(Required::per_month(high), 0.0306, epsilon = BY_HAND);
    // One figure has no growth.
    assert_eq!((exit.past, exit.times_past), (None, None));
    // With one figure the company is its own reference, but for the rounding of "10".
    assert_abs_diff_eq!(exit.percentile.unwrap(), 1.0 - exit.probability, epsilon = 0.02);
    assert_abs_diff_eq!(exit.gap, 12e9 - exit.median, epsilon = 1.0);
}

#[test]
fn article_as_the_years_revenue_is_another_claim() {
    let series = article();
    let both = answers(named(&series, "OpenAI"));
    let (low, high) = both[1].required.range().unwrap();
    assert_eq!(low, high);
    // The first half year, by the model, and six months that grow at this rate, come to 12.
    let growth = 1.0 + Required::per_month(low);
    let window = Period::new(month(2025, 1), month(2025, 12)).unwrap();
    let fitted = Growth::new().fit(named(&series, "OpenAI"), window).unwrap();
    let first_half = Period::new(month(2025, 1), month(2025, 6)).unwrap();
    let earned = fitted.distribution(Measure::Revenue, first_half).median();
    let rest: f64 = (1..=6).map(|k| 10e9 / 12.0 * libm::pow(growth, f64::from(k))).sum();
    approx::assert_relative_eq!(earned + rest, 12e9, max_relative = 1e-9); // halving goes to the last bits
    assert!(low > 4.0 * both[0].required.range().unwrap().1, "{low}");
    assert!(both[1].probability < both[0].probability);
}

#[test]
fn day_in_june_gives_38_percent_and_the_year_before_197_percent() {
    let series = sector();
    // Totals are known, too, so the year's revenue is read first.
    let exit = &answers(named(&series, "OpenAI"))[1];
    assert_eq!(exit.reading, Measure::RunRate);
    // 9 June to 31 December is 205 days: 1.2^(365.25 / 205).
    let (low, high) = exit.required.range().unwrap();
    assert_eq!(low, high);
    assert_abs_diff_eq!(low, 0.3838, epsilon = BY_HAND);
    // 3.4 on 12 June 2024 to 10 on 9 June 2025, 362 days: (10 / 3.4)^(365.25 / 362) is 2.9698.
    let past = exit.past.unwrap();
    assert_eq!(past.period, month(2024, 6).into());
    assert_abs_diff_eq!(past.per_year, 1.9698, epsilon = BY_HAND);
    assert_abs_diff_eq!(exit.times_past.unwrap().0, 0.3838 / 1.9698, epsilon = BY_HAND);
}

#[test]
fn years_revenue_after_a_years_revenue_is_plain_cagr() {
    let series = &read("series,kind,period,value\nA,revenue,2024,43B\nA,target,2027,86B\n")[0];
    let year = answers(series).into_iter().find(|answer| answer.reading == Measure::Revenue).unwrap();
    // Twice as much in three years: the cube root of two.
    assert_abs_diff_eq!(year.required.range().unwrap().0, 0.2599, epsilon = BY_HAND);
    assert_eq!(year.base.amount, 43e9);
    assert!(!year.base.estimated);
}

#[test]
fn dates_are_those_at_which_the_interval_holds_the_target() {
    let series = sector();
    for answer in answers(named(&series, "OpenAI")) {
        let reached = answer.reached;
        assert!(reached.earliest <= reached.median, "{reached:?}");
        let by = reached.median.unwrap();
        // The target is as likely as not by the date of the median, and less likely the period before.
        assert_eq!(answer.probability >= 0.5, by <= answer.period.last(), "{answer:?}");
        assert_eq!(answer.gap <= 0.0, by <= answer.period.last());
    }
}

#[test]
fn target_that_is_passed_already_is_reached_at_once() {
    let series = &read("series,kind,period,value\nA,run-rate,2025-06,10B\nA,target,2025-12,5B\n")[0];
    let exit = answers(series).into_iter().find(|answer| answer.reading == Measure::RunRate).unwrap();
    assert!(exit.required.range().unwrap().1 < 0.0);
    assert!(exit.probability > 0.95 && exit.gap < 0.0);
    assert_eq!(exit.reached.median, Some(month(2025, 7)));
    // Half of the year at 10 a year earns the 4 of this one.
    let series = &read("series,kind,period,value\nA,run-rate,2025-06,10B\nA,target,2025,4B\n")[0];
    let year = answers(series).into_iter().find(|answer| answer.reading == Measure::Revenue).unwrap();
    assert_eq!(year.required, Required::Earned);
}

#[test]
fn questions_without_sense_are_errors() {
    let series = article();
    assert!(matches!(ask(named(&series, "Google Cloud")), Err(QuestionError::NoTarget { .. })));
    let only = &read("series,kind,period,value\nA,target,2025,4B\n")[0];
    assert!(matches!(ask(only), Err(QuestionError::Project(_))));
    let nothing = Figure::new(
        Fact::Target { amount: Amount::exact(0.0).unwrap(), basis: None },
        FiscalCalendar::default().year(2026).unwrap(),
    );
    let rate = Figure::new(Fact::RunRate(Amount::exact(1e9).unwrap()), month(2025, 6).into());
    let series = Series::new("A", Currency::USD, FiscalCalendar::default(), vec![rate, nothing]);
    assert!(matches!(ask(&series), Err(QuestionError::TargetNotPositive { .. })));
    let past = &read("series,kind,period,value\nA,run-rate,2025-06,10B\nA,target,2024,5B\n")[0];
    let targets = ask(past).unwrap();
    assert_eq!((targets.answers.len(), targets.past.len()), (0, 1));
}

fn overtaking(series: &[&Series], until: Month, pairs: u32) -> Overtaking {
    Comparison::new(series, until, Measured::RunRate).unwrap().overtaking(pairs)
}

#[test]
fn default_draws_are_within_half_a_point_of_sixteen_times_as_many() {
    let sector = sector();
    let article = article();
    let cases = [
        (named(&article, "OpenAI"), named(&article, "Google Cloud"), month(2030, 12)),
        (named(&sector, "OpenAI"), named(&sector, "Google Cloud"), month(2028, 12)),
        (named(&sector, "Google Cloud"), named(&sector, "AWS"), month(2028, 12)),
        (named(&sector, "Anthropic"), named(&sector, "CoreWeave"), month(2026, 12)),
    ];
    for (a, b, until) in cases {
        let (few, many) = (overtaking(&[a, b], until, PAIRS), overtaking(&[a, b], until, 16 * PAIRS));
        assert!((few.never - many.never).abs() < HALF_A_POINT, "{} {}: {} {}", a.name(), b.name(), few.never, many.never);
    }
}

#[test]
fn integral_agrees_with_draws() {
    let sector = sector();
    let (a, b) = (named(&sector, "OpenAI"), named(&sector, "Google Cloud"));
    let answer = overtaking(&[a, b], month(2028, 12), PAIRS);
    let months = Period::new(month(2025, 7), month(2028, 12)).unwrap();
    let draws = 40_000;
    let sampler = |series: &Series| {
        let first = series.observations().map(|figure| figure.period.first()).min().unwrap();
        let window = Period::new(first, months.last()).unwrap();
        Growth::new().fit(series, window).unwrap().rate_sampler(series.name(), months)
    };
    let (mine, theirs) = (sampler(a), sampler(b));
    let mut larger = vec![0; mine.months()];
    let row = || vec![0.0; mine.months()];
    let (mut x, mut y, mut mirror) = (row(), row(), row());
    for number in 0..draws {
        mine.log_pair(number, &mut x, &mut mirror);
        theirs.log_pair(number, &mut y, &mut mirror);
        for (count, (x, y)) in larger.iter_mut().zip(x.iter().zip(&y)) {
            *count += u32::from(x > y);
        }
    }
    for (odds, count) in answer.larger.iter().zip(larger) {
        // Four standard errors of 40,000 draws are one point.
        assert_abs_diff_eq!(odds.probability, f64::from(count) / draws as f64, epsilon = 0.01);
    }
}

#[test]
fn order_of_the_series_changes_nothing() {
    let series = sector();
    let (a, b) = (named(&series, "OpenAI"), named(&series, "Google Cloud"));
    assert_eq!(overtaking(&[a, b], month(2027, 12), 500), overtaking(&[b, a], month(2027, 12), 500));
}

#[test]
fn twins_are_as_likely_to_be_the_largest() {
    let series = read(
        "series,peers,kind,period,value\nA,listed,run-rate,2025-06,10B\nB,listed,run-rate,2025-06,10B\nC,listed,run-rate,2025-06,10B\nD,listed,run-rate,2025-06,1M\n",
    );
    let all: Vec<&Series> = series.iter().collect();
    let comparison = Comparison::new(&all, month(2027, 12), Measured::RunRate).unwrap();
    let ends = comparison.year_ends(FiscalCalendar::default());
    assert_eq!(ends, [month(2025, 12), month(2026, 12), month(2027, 12)]);
    for end in comparison.largest(&ends).ends {
        for probability in &end.probability[..3] {
            assert_abs_diff_eq!(*probability, 1.0 / 3.0, epsilon = 1e-3); // D takes some of it
        }
        approx::assert_relative_eq!(end.probability.iter().sum::<f64>(), 1.0, max_relative = 1e-12);
        // A company of a ten-thousandth of the size is not impossible: the tails are those of Student t.
        assert!(end.probability[3] < 2e-3, "{}", end.probability[3]);
    }
    let two = Comparison::new(&all[..2], month(2027, 12), Measured::RunRate).unwrap().overtaking(500);
    for odds in two.larger {
        assert_abs_diff_eq!(odds.probability, 0.5, epsilon = 1e-6);
    }
}

/// An ice cream parlour that is closed from October to March, and a company that has earned in every year.
fn shop_and_company() -> Vec<Series> {
    let mut csv = "series,kind,period,value\n".to_owned();
    for year in 2021..=2024 {
        for (month, earned) in (1..).zip([0.0, 0.0, 0.0, 4.0, 8.0, 12.0, 14.0, 13.0, 7.0, 0.0, 0.0, 0.0]) {
            let earned = f64::round(earned * 1000.0 * (1.0 + 0.05 * f64::from(year - 2021)));
            csv += &format!("Shop,revenue,{year}-{month:02},{earned}\n");
        }
        csv += &format!("Company,revenue,{year},{}\n", 40_000 + 9_000 * (year - 2021));
    }
    let mut series = read(&csv);
    let shop = series.iter_mut().find(|one| one.name() == "Shop").unwrap();
    let mut figures = shop.figures().to_vec();
    let fact = Fact::Target { amount: Amount::exact(70_000.0).unwrap(), basis: None };
    figures.push(Figure::new(fact, FiscalCalendar::default().year(2025).unwrap()));
    *shop = shop.of_figures(figures);
    series
}

#[test]
fn targets_of_a_shop_with_a_closed_season_have_the_odds_of_its_projection() {
    let series = shop_and_company();
    let shop = named(&series, "Shop");
    let year = FiscalCalendar::default().year(2025).unwrap();
    let window = Period::new(month(2021, 1), month(2025, 12)).unwrap();
    let fitted = Named::Growth.fit(shop, window).unwrap();
    let answers = answers(shop);
    let revenue = answers.iter().find(|answer| answer.reading == Measure::Revenue).unwrap();
    assert_abs_diff_eq!(revenue.probability, fitted.distribution(Measure::Revenue, year).at_least(70_000.0), epsilon = 1e-9);
    assert!(revenue.probability > 0.05 && revenue.probability < 0.95, "{}", revenue.probability);
    let instead = revenue.instead.as_ref().unwrap();
    assert!(instead.contains("closed for part of each year"), "{instead}");
    // Who has earned in every period is answered by the growth model, without a word about it.
    assert_eq!(Named::Growth.fit(&series[1], window).unwrap().instead(&series[1]), None);
}

#[test]
fn shop_with_a_closed_season_is_compared() {
    let series = shop_and_company();
    let both = [named(&series, "Shop"), named(&series, "Company")];
    let comparison = Comparison::new(&both, month(2027, 12), Measured::RunRate).unwrap();
    let [instead] = comparison.instead().try_into().unwrap();
    assert!(instead.starts_with("Shop is projected by") && instead.ends_with("one rank in all months"), "{instead}");
    let overtaking = comparison.overtaking(1_000);
    assert!((0.0..=1.0).contains(&overtaking.never));
    for end in comparison.largest(&[month(2025, 12), month(2027, 12)]).ends {
        assert_abs_diff_eq!(end.probability.iter().sum::<f64>(), 1.0, epsilon = 1e-12);
    }
}

#[test]
fn target_from_nothing_needs_more_than_a_number_can_hold() {
    let mut csv = "series,kind,period,value\n".to_owned();
    for (at, value) in [5, 6, 7, 0, 0].into_iter().enumerate() {
        csv += &format!("Ended,revenue,{},{value}M\n", 2020 + at);
    }
    csv += "Ended,target,2026,3M\n";
    let mut options = Options::default();
    options.trailing_zeros = Some(TrailingZeros::Keep);
    let mut reader = Reader::new(options);
    reader.add("test.csv", csv.as_bytes()).unwrap();
    let series = reader.finish().unwrap().series;
    for answer in answers(&series[0]) {
        assert_eq!((answer.probability, answer.percentile, answer.required), (0.0, None, Required::Beyond));
        assert!(answer.instead.unwrap().contains("assumed to have ended"));
    }
}

#[test]
fn comparisons_without_sense_are_errors() {
    let series = article();
    let one = [named(&series, "OpenAI")];
    let twice = [one[0], one[0]];
    let both = [one[0], named(&series, "Google Cloud")];
    assert_eq!(Comparison::new(&[], month(2030, 1), Measured::RunRate).unwrap_err(), QuestionError::TooFew(0));
    assert_eq!(Comparison::new(&one, month(2030, 1), Measured::RunRate).unwrap_err(), QuestionError::TooFew(1));
    assert!(matches!(Comparison::new(&twice, month(2030, 1), Measured::RunRate).unwrap_err(), QuestionError::Itself(_)));
    let error = Comparison::new(&both, month(2025, 6), Measured::RunRate).unwrap_err();
    assert!(matches!(error, QuestionError::NothingAhead { .. }), "{error}");
    let euros = read("series,kind,period,value,currency\nX,run-rate,2025-06,10B,EUR\n");
    let mixed = [one[0], &euros[0]];
    assert!(matches!(
        Comparison::new(&mixed, month(2030, 1), Measured::RunRate).unwrap_err(),
        QuestionError::Currencies { .. }
    ));
}

/// Answers of the growth model's reference implementation; see `tests/reference/README.md`.
#[derive(serde::Deserialize)]
struct Reference {
    article_run_rate: f64,
    record_run_rate: f64,
    record_revenue: f64,
    openai_larger_than_aws: std::collections::BTreeMap<i32, f64>,
    never: f64,
    first_crossing_p10: i32,
}

/// What the model promises of its quantiles, which the probabilities share.
const PROBABILITIES: f64 = 1e-5;
/// The integral takes 128 points, the reference 4,000,001; this is a five-hundredth of a point.
const INTEGRAL: f64 = 2e-5;

#[test]
fn agrees_with_the_reference() {
    let reference: Reference = serde_json::from_str(include_str!("reference/questions/answers.json")).unwrap();
    let (article, sector) = (article(), sector());
    let exit = &answers(named(&article, "OpenAI"))[0];
    assert_abs_diff_eq!(exit.probability, reference.article_run_rate, epsilon = PROBABILITIES);
    let record = answers(named(&sector, "OpenAI"));
    assert_abs_diff_eq!(record[1].probability, reference.record_run_rate, epsilon = PROBABILITIES);
    assert_abs_diff_eq!(record[0].probability, reference.record_revenue, epsilon = PROBABILITIES);
    let pair = [named(&sector, "OpenAI"), named(&sector, "AWS")];
    let answer = overtaking(&pair, month(2031, 12), PAIRS);
    for (year, expected) in reference.openai_larger_than_aws {
        let odds = answer.larger.iter().find(|odds| odds.month == month(year, 12)).unwrap();
        assert_abs_diff_eq!(odds.probability, expected, epsilon = INTEGRAL);
    }
    assert_abs_diff_eq!(answer.never, reference.never, epsilon = HALF_A_POINT);
    let tenth = answer.first_crossing.p10.unwrap();
    assert!((tenth.index() - reference.first_crossing_p10).abs() <= 1, "{tenth}"); // the reference draws have an error, too
}

/// The year to December is the year: by either measure the odds are the same.
#[test]
fn twelve_months_to_the_end_of_a_year_are_the_year() {
    let series = sector();
    let pair = [named(&series, "OpenAI"), named(&series, "AWS")];
    let odds = |measured: Measured| {
        let comparison = Comparison::new(&pair, month(2029, 12), measured).unwrap();
        assert_eq!(comparison.measured(), measured);
        let ends = comparison.year_ends(FiscalCalendar::default());
        comparison.largest(&ends).ends
    };
    let (years, months) = (odds(Measured::Revenue), odds(Measured::Trailing));
    assert_eq!(years.len(), 5);
    for (year, months) in years.iter().zip(&months) {
        assert_eq!(year.month, months.month);
        // The two fits look at windows of different lengths.
        assert_abs_diff_eq!(year.probability[0], months.probability[0], epsilon = INTEGRAL);
    }
}

/// Drawn totals have the distribution of the closed form to 0.005 in probability (`draws_have_the_distribution_of_the_fit`), and the
/// odds of two independent series move by no more than the sum of what each moves.
const OF_DRAWN_TOTALS: f64 = 0.01;

/// Where there is one year to compare, the draws that cross are those in which it is the larger: a second way to the odds.
#[test]
fn crossings_of_one_year_are_its_odds() {
    let series = sector();
    for measured in [Measured::Revenue, Measured::Trailing] {
        let pair = [named(&series, "Anthropic"), named(&series, "CoreWeave")];
        let comparison = Comparison::new(&pair, month(2025, 12), measured).unwrap();
        let answer = comparison.overtaking(PAIRS);
        let last = answer.larger.last().unwrap();
        assert!((0.01..0.99).contains(&last.probability), "{last:?}");
        if measured == Measured::Revenue {
            assert_eq!(answer.larger.len(), 1);
            assert_abs_diff_eq!(1.0 - answer.never, last.probability, epsilon = OF_DRAWN_TOTALS);
        } else {
            assert!(1.0 - answer.never >= last.probability - OF_DRAWN_TOTALS);
        }
    }
}

#[test]
fn what_is_compared_follows_the_figures() {
    let (article, sector) = (article(), sector());
    let pair = |series: &[Series], names: [&str; 2]| names.map(|name| named(series, name).clone());
    let of = |series: [Series; 2], until: Month| Measured::of(&[&series[0], &series[1]], until);
    assert_eq!(of(pair(&article, ["OpenAI", "Google Cloud"]), month(2030, 12)), Measured::Revenue);
    assert_eq!(of(pair(&sector, ["AWS", "Google Cloud"]), month(2025, 9)), Measured::Trailing, "no year ends by then");
    let run_rates = pair(&article, ["OpenAI", "OpenAI"]);
    assert_eq!(of(run_rates, month(2030, 12)), Measured::RunRate);
    let both = pair(&sector, ["AWS", "Google Cloud"]);
    let error = Comparison::new(&[&both[0], &both[1]], month(2025, 9), Measured::Revenue).unwrap_err();
    assert_eq!(error, QuestionError::NoWholeYear { until: month(2025, 9) });
}
