//! Assumptions in words, for a summary, a file and a chart.

use crate::calendar::{FiscalCalendar, Month, Period, Step};
use crate::money::{Currency, short};
use crate::percent::stated as percent;
use crate::scenario::{Assumption, Money, Range, Size};
use crate::series::{Measure, Series};

/// The assumption in words; ranges hold four times in five.
pub(super) fn sentence(assumption: &Assumption, series: &Series) -> String {
    match assumption {
        Assumption::Growth(growth) => {
            let years: Vec<String> = growth.years.iter().map(|year| range(*year, percent)).collect();
            let fading =
                if growth.fading > 0.0 { format!(", fading by {} a year", share(growth.fading)) } else { String::new() };
            format!("growth of {} a year{fading}, from {}", years.join(", then "), month(growth.first))
        }
        Assumption::Event(event) => {
            let size = match &event.size {
                Size::Amount(amount) => format!("{} a year", money(amount, series.currency())),
                Size::Share(share) => format!("{} of the run-rate", range(*share, signed_percent)),
            };
            let ramp = if event.ramp > 0 { format!(", reaching full size after {} months", event.ramp) } else { String::new() };
            let likely =
                if event.probability < 1.0 { format!(", {} likely", percent(event.probability)) } else { String::new() };
            format!("{}: {size} {}{ramp}{likely}", event.name, span(event.months))
        }
        Assumption::Cap(cap) => {
            format!("a run-rate of at most {} {}", money(&cap.run_rate, series.currency()), span(cap.months))
        }
        Assumption::Aim(aim) => {
            let what = match aim.reading {
                Measure::RunRate => format!("the run-rate in {}", month(aim.period.last())),
                Measure::Revenue => format!("the revenue of {}", named(aim.period, series.calendar())),
            };
            format!("{what} taken to be {}", money(&aim.amount, series.currency()))
        }
    }
}

fn range(range: Range, write: impl Fn(f64) -> String) -> String {
    let (low, base, high) = range.ends();
    if range.is_exact() {
        return write(base);
    }
    let middle = if range.is_even() { String::new() } else { format!(" (median {})", write(base)) };
    format!("{} to {}{middle}", write(low), write(high))
}

fn money(money: &Money, currency: Currency) -> String {
    let amount = range(money.amount, |value| short(value, money.currency));
    let rate = money.rate.as_ref().map(|rate| {
        let price = range(rate.price, |value| format!("{value:.4}").trim_end_matches('0').trim_end_matches('.').to_owned());
        format!(" at {price} {currency} for 1 {}", rate.of)
    });
    amount + &rate.unwrap_or_default()
}

fn signed_percent(fraction: f64) -> String {
    if fraction > 0.0 { format!("+{}", percent(fraction)) } else { percent(fraction) }
}

fn share(fraction: f64) -> String {
    if (fraction - 1.0 / 3.0).abs() < 1e-9 { "a third".to_owned() } else { percent(fraction) }
}

fn month(month: Month) -> String {
    format!("{} {}", month.long_name(), month.year())
}

fn span(months: Period) -> String {
    let from = format!("from {}", month(months.first()));
    if months.last() == Month::MAX { from } else { format!("{from} to {}", month(months.last())) }
}

fn named(period: Period, calendar: FiscalCalendar) -> String {
    if calendar.step_of(period) == Some(Step::Month) { month(period.last()) } else { calendar.name(period) }
}
