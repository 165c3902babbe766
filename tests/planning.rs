//! Targets phased over their periods, figures against plans, and targets of the past.
#![allow(clippy::unwrap_used, clippy::float_cmp)] // helpers of tests are tests, which clippy does not see

use approx::assert_relative_eq;
use topline::calendar::{FiscalCalendar, Month, Period, Step};
use topline::export::write_canonical;
use topline::question::QuestionError;
use topline::question::against::{Against, Version, against};
use topline::question::phasing::{Part, Phasing, default_step, figures, phase};
use topline::question::settled::Known;
use topline::question::target::ask;
use topline::read::{Options, Reader, TrailingZeros};
use topline::series::{Measure, Series};

fn all(csv: &str) -> Vec<Series> {
    let mut options = Options::default();
    options.trailing_zeros = Some(TrailingZeros::Keep);
    let mut reader = Reader::new(options);
    reader.add("test.csv", csv.as_bytes()).unwrap();
    reader.finish().unwrap().series
}

fn read(csv: &str) -> Series {
    all(csv).remove(0)
}

fn shop() -> Series {
    read(include_str!("../data/shop-months.csv"))
}

fn subscriptions() -> Series {
    read(include_str!("../data/saas-months.csv"))
}

fn studio() -> Series {
    read(include_str!("../data/fiscal-year.csv"))
}

fn year(year: i32) -> Period {
    FiscalCalendar::default().year(year).unwrap()
}

fn month(year: i32, month: u32) -> Period {
    Month::new(year, month).unwrap().into()
}

/// The amounts of a plan in hundredths, as they are written: whole numbers, whose sum has no rounding.
fn hundredths(plan: &Phasing) -> i64 {
    let hundredths = |amount: f64| {
        let text = format!("{amount}");
        let (whole, fraction) = text.split_once('.').unwrap_or((&text, ""));
        assert!(fraction.len() <= 2, "{text}");
        format!("{whole}{fraction:0<2}").parse::<i64>().unwrap()
    };
    plan.rows.iter().map(|row| hundredths(row.amount)).sum()
}

fn amounts(plan: &Phasing) -> Vec<f64> {
    plan.rows.iter().map(|row| row.amount).collect()
}

#[test]
fn periods_add_up_to_the_last_digit() {
    for series in [shop(), subscriptions()] {
        for target in [2_400_001.0, 3_333_333.33, 1.5e12] {
            for step in [Step::Month, Step::Quarter] {
                for of_year in [2025, 2026] {
                    let plan = phase(&series, target, year(of_year), step).unwrap();
                    #[expect(clippy::cast_possible_truncation, reason = "a whole number of hundredths")]
                    let whole = (target * 100.0).round() as i64;
                    assert_eq!(hundredths(&plan), whole, "{} {target} {step} {of_year}", series.name());
                    assert!(plan.rows.windows(2).all(|pair| pair[0].period.last().plus(1) == pair[1].period.first()));
                }
            }
        }
    }
}

#[test]
fn shop_is_phased_by_its_season() {
    let series = shop();
    let share = |of: Period, within: Period| {
        let stated = |period| series.stated(Measure::Revenue, period).unwrap().value();
        stated(of) / stated(within)
    };
    let plan = phase(&series, 4e6, year(2026), Step::Month).unwrap();
    let december = plan.rows[11].amount / 4e6;
    assert!((december - share(month(2024, 12), year(2024))).abs() < 0.015, "{december}");
    assert!(plan.rows[..11].iter().all(|row| row.amount < 0.7 * plan.rows[11].amount));
    assert!(plan.rows.iter().all(|row| row.part == Part::Planned && row.projected.is_some()));
}

#[test]
fn subscription_is_phased_by_its_growth() {
    let plan = phase(&subscriptions(), 2.6e6, year(2026), Step::Month).unwrap();
    assert_eq!(plan.scale, None);
    assert!(amounts(&plan).windows(2).all(|pair| pair[0] < pair[1]), "{plan:?}");
    // The odds are those of the target itself.
    assert!((0.05..0.5).contains(&plan.probability), "{}", plan.probability);
}

#[test]
fn far_targets_are_phased_too() {
    let series = shop();
    let near = phase(&series, 3.6e6, year(2026), Step::Month).unwrap();
    for times in [10.0, 0.1] {
        let far = phase(&series, times * 3.6e6, year(2026), Step::Month).unwrap();
        assert!(far.scale.is_some() && near.scale.is_none());
        assert!((far.probability > 0.5) == (times < 1.0));
        for (far, near) in amounts(&far).iter().zip(amounts(&near)) {
            assert!((0.85..1.15).contains(&(far / near / times)), "{far} {near}");
        }
    }
}

#[test]
fn what_is_earned_stays_as_it_is() {
    let series = subscriptions();
    let plan = phase(&series, 2.3e6, year(2025), Step::Month).unwrap();
    for row in &plan.rows {
        let stated = series.stated(Measure::Revenue, row.period).map(topline::money::Amount::value);
        assert_eq!((row.part == Part::Actual).then_some(row.amount), stated);
    }
    assert_eq!(plan.earned, amounts(&plan)[..6].iter().sum::<f64>());
    assert_eq!(plan.rest, 2.3e6 - plan.earned);
    // A quarter that has begun: two of its months are actual.
    let rows: Vec<String> = (1..=17)
        .map(|k| format!("{},{}", month(2024 + (k - 1) / 12, ((k - 1) % 12 + 1).unsigned_abs()).last(), 100 + k))
        .collect();
    let begun = read(&format!("month,revenue\n{}\n", rows.join("\n")));
    let plan = phase(&begun, 1500.0, year(2025), Step::Quarter).unwrap();
    let parts: Vec<Part> = plan.rows.iter().map(|row| row.part).collect();
    assert_eq!(parts, [Part::Actual, Part::PartActual, Part::Planned, Part::Planned]);
    assert_eq!(plan.rows[0].amount, 113.0 + 114.0 + 115.0);
    assert!(plan.rows[1].amount > 116.0 + 117.0);
}

#[test]
fn target_that_is_earned_or_past_is_refused() {
    let series = subscriptions();
    let error = phase(&series, 1e6, year(2025), Step::Month).unwrap_err();
    assert!(matches!(error, QuestionError::AlreadyEarned { target, .. } if target == 1e6), "{error}");
    let error = phase(&series, 1e6, year(2024), Step::Month).unwrap_err();
    assert!(matches!(error, QuestionError::PlanPast { .. }), "{error}");
    let error = phase(&series, 1e6, month(2026, 3), Step::Quarter).unwrap_err();
    assert!(matches!(error, QuestionError::NoSteps { .. }), "{error}");
    assert!(matches!(phase(&series, 0.0, year(2026), Step::Month), Err(QuestionError::TargetNotPositive { .. })));
}

#[test]
fn fiscal_years_have_their_quarters() {
    let series = studio();
    assert_eq!(default_step(&series), Step::Month, "years and quarters are mixed");
    let calendar = series.calendar();
    let plan = phase(&series, 80e6, calendar.year(2026).unwrap(), Step::Quarter).unwrap();
    let names: Vec<String> = plan.rows.iter().map(|row| calendar.name(row.period)).collect();
    assert_eq!(names, ["FY2026Q1", "FY2026Q2", "FY2026Q3", "FY2026Q4"]);
    assert_eq!(amounts(&plan).iter().sum::<f64>(), 80e6);
    assert_eq!(plan.coarse, None);
    assert_eq!(phase(&series, 80e6, calendar.year(2026).unwrap(), Step::Month).unwrap().coarse, Some(3));
}

#[test]
fn closed_months_stay_closed() {
    let series = read(include_str!("cmd/summer.csv"));
    let last = series.origin().unwrap().year();
    for times in [1.0, 10.0] {
        let plan = phase(&series, times * 4000.0, year(last + 1), Step::Month).unwrap();
        assert_eq!(amounts(&plan).iter().sum::<f64>(), times * 4000.0);
        for row in &plan.rows {
            let open = (6..=8).contains(&row.period.last().month());
            assert_eq!(row.amount > 0.0, open, "{row:?}");
        }
        assert!(plan.instead.is_some());
    }
    let autumn = Period::new(Month::new(last + 1, 10).unwrap(), Month::new(last + 1, 12).unwrap()).unwrap();
    let error = phase(&series, 4000.0, autumn, Step::Month).unwrap_err();
    assert!(matches!(error, QuestionError::NothingToPhase { .. }), "{error}");
}

#[test]
fn run_rate_has_no_actual_months() {
    let series = read("kind,period,value\nrun-rate,2025-06,$10B\n");
    let plan = phase(&series, 12e9, year(2025), Step::Month).unwrap();
    assert_eq!(
        (plan.rows[0].part, plan.rows[0].period),
        (Part::Estimated, Period::new(Month::new(2025, 1).unwrap(), Month::new(2025, 6).unwrap()).unwrap())
    );
    assert_eq!(plan.rows.len(), 7);
    assert_eq!(amounts(&plan).iter().sum::<f64>(), 12e9);
    assert_eq!((plan.coarse, plan.earned_is_estimated), (Some(0), true));
}

/// The plan as a file, read again.
fn written(series: &Series, plan: &Phasing) -> Series {
    let mut bytes = Vec::new();
    write_canonical(&mut bytes, &[series.of_figures(figures(plan))]).unwrap();
    read(std::str::from_utf8(&bytes).unwrap())
}

fn compared(actual: &Series, plans: &[&Series]) -> Against {
    let versions: Vec<Version<'_>> = plans.iter().map(|plan| Version { name: "plan.csv", plan }).collect();
    against(actual, &versions).unwrap()
}

#[test]
fn plan_reads_back_as_itself() {
    for (series, target, period) in
        [(subscriptions(), 2.3e6, year(2025)), (studio(), 80e6, studio().calendar().year(2026).unwrap())]
    {
        let plan = phase(&series, target, period, Step::Month).unwrap();
        let read = written(&series, &plan);
        let targets: Vec<(Period, f64)> =
            read.targets().map(|figure| (figure.period, figure.fact.amount().unwrap().value())).collect();
        assert_eq!(targets, plan.rows.iter().map(|row| (row.period, row.amount)).collect::<Vec<_>>());
    }
}

#[test]
fn gaps_by_hand() {
    let plan = read("kind,period,value\ntarget,2025-01,100\ntarget,2025-02,100\ntarget,2025-03,120\ntarget,2025-04,130\n");
    let actual = read("month,revenue\n2024-11,95\n2024-12,97\n2025-01,90\n2025-02,115\n2025-03,111\n");
    let answer = compared(&actual, &[&plan]);
    let rows = &answer.plans[0].rows;
    assert_eq!(rows.iter().map(|row| row.gap).collect::<Vec<_>>(), [Some(-10.0), Some(15.0), Some(-9.0), None]);
    assert_eq!(rows.iter().map(|row| row.cumulative_gap).collect::<Vec<_>>(), [Some(-10.0), Some(5.0), Some(-4.0), None]);
    let [left] = answer.plans[0].years.as_slice() else { panic!("one year") };
    assert_eq!((left.plan, left.earned), (450.0, 316.0));
    let rest = left.rest.as_ref().unwrap();
    assert_eq!((rest.must_bring, rest.planned), (134.0, Some(130.0)));
    assert_eq!(rows[3].projected, Some(rest.projected));
    assert!((0.02..0.5).contains(&rest.probability) && rest.interval.0 < rest.projected && rest.projected < rest.interval.1);
}

/// The odds against a plan of what was phased are those of the target.
#[test]
fn odds_are_those_of_the_target() {
    let series = subscriptions();
    let plan = phase(&series, 2.2e6, year(2025), Step::Month).unwrap();
    let answer = compared(&series, &[&written(&series, &plan)]);
    let rest = answer.plans[0].years[0].rest.as_ref().unwrap();
    assert_relative_eq!(rest.probability, plan.probability, max_relative = 1e-6);
    assert_relative_eq!(rest.must_bring, plan.rest, max_relative = 1e-12);
}

#[test]
fn quarters_of_figures_against_months_of_a_plan() {
    let months: Vec<String> = (1..=12).map(|month| format!("target,2025-{month:02}/2025-{month:02},{}", 10 * month)).collect();
    let plan = read(&format!("kind,period,value\n{}\n", months.join("\n")));
    let actual = read("period,revenue\n2024Q3,50\n2024Q4,55\n2025Q1,66\n2025Q2,140\n");
    let rows = &compared(&actual, &[&plan]).plans[0].rows;
    let calendar = FiscalCalendar::default();
    let first: Vec<(String, f64, Option<f64>)> =
        rows[..3].iter().map(|row| (calendar.name(row.period), row.plan, row.gap)).collect();
    let expected = [("2025Q1", 60.0, Some(6.0)), ("2025Q2", 150.0, Some(-10.0)), ("2025-07", 70.0, None)];
    assert_eq!(first, expected.map(|(name, plan, gap)| (name.to_owned(), plan, gap)));
}

#[test]
fn plans_of_totals_and_parts() {
    let actual = read("month,revenue\n2024-11,95\n2024-12,97\n2025-01,90\n");
    let whole = |total: u32| {
        read(&format!(
            "kind,period,value,basis\ntarget,2025Q1,{total},revenue\ntarget,2025-01,100,revenue\ntarget,2025-02,100,revenue\ntarget,2025-03,120,revenue\n"
        ))
    };
    assert_eq!(compared(&actual, &[&whole(320)]).plans[0].rows.len(), 3);
    let wrong = whole(400);
    let error = against(&actual, &[Version { name: "b.csv", plan: &wrong }]).unwrap_err();
    assert!(matches!(error, QuestionError::PlanDisagrees { .. }), "{error}");
    let overlaps = read("kind,period,value\ntarget,2025-01/2025-02,100\ntarget,2025-02/2025-03,100\n");
    let error = against(&actual, &[Version { name: "b.csv", plan: &overlaps }]).unwrap_err();
    assert!(matches!(error, QuestionError::PlanOverlaps { .. }), "{error}");
    let euros = read("kind,period,value\ntarget,2025-02,€100\n");
    let error = against(&actual, &[Version { name: "b.csv", plan: &euros }]).unwrap_err();
    assert!(matches!(error, QuestionError::Currencies { .. }), "{error}");
    // A budget that calls its amounts revenue.
    let budget = read("month,revenue\n2025-01,100\n2025-02,110\n");
    assert_eq!(compared(&actual, &[&budget]).plans[0].rows[0].gap, Some(-10.0));
}

#[test]
fn past_targets_are_met_or_missed() {
    let series = read(
        "kind,period,value,basis\nrevenue,2023,50,\nrevenue,2024,60,\nrevenue,2025,75,\ntarget,2024,70,revenue\ntarget,2025,70,revenue\ntarget,2020,9,revenue\n",
    );
    let targets = ask(&series).unwrap();
    assert!(targets.answers.is_empty());
    let told: Vec<(bool, f64, Known)> = targets.settled.iter().map(|one| (one.met, one.gap, one.known)).collect();
    assert_eq!(told, [(false, -10.0, Known::Stated), (true, 5.0, Known::Stated)]);
    assert_eq!(targets.past.len(), 1, "nothing tells of 2020");
    assert_eq!(targets.settled[0].verdict(), "missed by $10.0 (−14%)");
}

#[test]
fn past_target_has_both_readings() {
    let mut csv = "kind,period,value\n".to_owned();
    for month in 1..=12 {
        csv += &format!("revenue,2024-{month:02},{}\n", 100 + month);
    }
    let series = read(&(csv + "target,2024,1300\n"));
    let settled = ask(&series).unwrap().settled;
    let told: Vec<(Measure, f64, bool, Known)> =
        settled.iter().map(|one| (one.reading, one.outcome, one.met, one.known)).collect();
    let expected = [(Measure::Revenue, 1278.0, false, Known::Stated), (Measure::RunRate, 1344.0, true, Known::Annualised)];
    assert_eq!(told, expected);
}

#[test]
fn past_target_of_run_rates_is_estimated_where_no_figure_states_it() {
    let series =
        read("kind,period,value\nrun-rate,2025-03,$8.0B\nrun-rate,2025-12,$12.0B\nrun-rate,2026-02,$13.0B\ntarget,2025,$11B\n");
    let settled = ask(&series).unwrap().settled;
    let [exit, revenue] = settled.as_slice() else { panic!("{settled:?}") };
    assert_eq!((exit.reading, exit.known, exit.met, exit.outcome), (Measure::RunRate, Known::Stated, true, 12e9));
    assert_eq!((revenue.reading, revenue.known), (Measure::Revenue, Known::Estimated));
    assert!(revenue.probability.unwrap() < 0.5 && (8e9..10.5e9).contains(&revenue.outcome), "{revenue:?}");
}

#[test]
fn reading_that_is_twelve_times_off_is_not_offered() {
    let mut csv = "kind,period,value\n".to_owned();
    for month in 1..=12 {
        csv += &format!("revenue,2024-{month:02},{}\n", 100 + month);
    }
    let readings = |target: &str| -> Vec<Measure> {
        ask(&read(&format!("{csv}target,{target}\n"))).unwrap().answers.iter().map(|answer| answer.reading).collect()
    };
    assert_eq!(readings("2025-03,118"), [Measure::Revenue]);
    assert_eq!(readings("2025-03,1420"), [Measure::RunRate]);
    assert_eq!(readings("2025,1420"), [Measure::Revenue, Measure::RunRate]);
}
