//! What assumptions do to paths of monthly run-rates, draw by draw.
//!
//! Within a month, in this order: growth, events as a share of the run-rate, events as amounts, the cap. An event does not grow with
//! the rest, and a cap holds back what is sold and not what is asked for: when it ends, the path is where it would have been.
//!
//! Random numbers belong to names: an event's to the event's, so that it is one event in every series and scenario; those of growth
//! and caps to the series'; those of exchange rates to the pair of currencies. In the mirror image of a draw they are mirrored, too.

use crate::calendar::Month;
use crate::project::numeric::random::Random;
use crate::scenario::{Assumption, Cap, Event, GrowthPath, Money, Size};

/// The assumptions about one series, with what they come to in each of a number of draws.
#[derive(Debug)]
pub(super) struct Changes {
    growth: Option<Growing>,
    /// Those that are a share of the run-rate before those that are an amount.
    events: Vec<(Event, Vec<f64>)>,
    caps: Vec<(Cap, Vec<f64>)>,
}

/// Assumed growth, draw by draw.
#[derive(Debug)]
struct Growing {
    first: Month,
    /// Log growth of each year, for as many years as are asked for; in each, one a draw.
    years: Vec<Vec<f64>>,
}

impl Changes {
    /// What the assumptions about `series` come to in `count` draws, up to the month `last`.
    pub(super) fn new(series: &str, about: &[&Assumption], count: usize, last: Month) -> Self {
        let mut changes = Self { growth: None, events: Vec::new(), caps: Vec::new() };
        for assumption in about {
            match assumption {
                Assumption::Growth(path) => {
                    changes.growth = Some(Growing::new(path, &chances(&format!("growth of {series}"), count), last));
                }
                Assumption::Event(event) => changes.events.push((event.clone(), sizes(event, count))),
                Assumption::Cap(cap) => {
                    let most = amounts(&cap.run_rate, &chances(&format!("cap of {series}"), count));
                    changes.caps.push((cap.clone(), most));
                }
                Assumption::Aim(_) => {}
            }
        }
        changes.events.sort_by_key(|(event, _)| matches!(event.size, Size::Amount(_)));
        changes
    }

    /// Changes the run-rates of a month, one a draw. Growth goes onto rates whose own growth has stopped before it begins.
    pub(super) fn apply(&self, month: Month, rates: &mut [f64]) {
        if let Some(growth) = &self.growth {
            growth.apply(month, rates);
        }
        for (event, sizes) in &self.events {
            let part = event.share(month);
            if part > 0.0 {
                let is_share = matches!(event.size, Size::Share(_));
                for (rate, size) in rates.iter_mut().zip(sizes) {
                    *rate = if is_share { *rate * (1.0 + size * part) } else { *rate + size * part };
                }
            }
        }
        for rate in rates.iter_mut() {
            // Events may take away more than there is.
            *rate = rate.max(0.0);
        }
        for (_, most) in self.caps.iter().filter(|(cap, _)| cap.months.contains(month)) {
            for (rate, most) in rates.iter_mut().zip(most) {
                *rate = rate.min(*most);
            }
        }
    }
}

impl Growing {
    fn new(path: &GrowthPath, chances: &[Chance], last: Month) -> Self {
        let months = usize::try_from(last.since(path.first) + 1).unwrap_or(0);
        let year = |year: usize| chances.iter().map(|chance| libm::log1p(path.in_year(year, chance.z))).collect();
        Self { first: path.first, years: (0..months.div_ceil(12)).map(year).collect() }
    }

    fn apply(&self, month: Month, rates: &mut [f64]) {
        let Ok(grown) = usize::try_from(month.since(self.first) + 1) else { return };
        // Whole years before that of the month, and the months of it.
        let year = grown.saturating_sub(1) / 12;
        let part = (grown - 12 * year) as f64 / 12.0;
        for (draw, rate) in rates.iter_mut().enumerate() {
            let before: f64 = self.years[..year].iter().map(|logs| logs[draw]).sum();
            *rate *= libm::exp(before + part * self.years[year][draw]);
        }
    }
}

/// The random numbers of one assumption in one draw.
#[derive(Clone, Copy, Debug)]
struct Chance {
    /// Uniform, for whether it happens.
    uniform: f64,
    /// Standard normal, for how large it is.
    z: f64,
}

/// One for each of `count` draws: draw `2k + 1` has the mirror image of draw `2k`.
fn chances(name: &str, count: usize) -> Vec<Chance> {
    let random = Random::named(name);
    let pair = |number: usize| {
        let mut stream = random.stream(number as u64);
        let (uniform, z) = (stream.uniform(), stream.normal());
        [Chance { uniform, z }, Chance { uniform: 1.0 - uniform, z: -z }]
    };
    (0..count.div_ceil(2)).flat_map(pair).take(count).collect()
}

/// The full size of an event in every draw, zero where it does not happen.
fn sizes(event: &Event, count: usize) -> Vec<f64> {
    let chances = chances(&format!("event {}", event.name), count);
    let mut sizes = match &event.size {
        Size::Share(share) => chances.iter().map(|chance| share.at(chance.z)).collect::<Vec<f64>>(),
        Size::Amount(money) => amounts(money, &chances),
    };
    for (size, chance) in sizes.iter_mut().zip(&chances) {
        if event.probability < 1.0 && chance.uniform >= event.probability {
            *size = 0.0;
        }
    }
    sizes
}

/// An amount in every draw, in the currency of the series.
fn amounts(money: &Money, chances: &[Chance]) -> Vec<f64> {
    let mut amounts: Vec<f64> = chances.iter().map(|chance| money.amount.at(chance.z)).collect();
    if let Some(rate) = &money.rate {
        // One price of two currencies, whichever of them is priced: the other way round it moves the other way.
        let (a, b) = (rate.of.min(rate.in_), rate.of.max(rate.in_));
        let turn = if a == rate.of { 1.0 } else { -1.0 };
        for (amount, chance) in amounts.iter_mut().zip(self::chances(&format!("rate {a} {b}"), chances.len())) {
            *amount *= rate.price.at(turn * chance.z);
        }
    }
    amounts
}
