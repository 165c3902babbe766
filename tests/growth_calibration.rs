//! Companies are simulated as the growth model says that they move, projected, and compared with what came: intervals of every
//! level hold as often as their level says, at every horizon.
//!
//! The simulation moves month by month, by the process of `docs/growth.md` and not by the covariances that the model computes with.
#![allow(clippy::expect_used, clippy::print_stdout)]

use topline::calendar::{FiscalCalendar, Month, Period};
use topline::money::{Amount, Currency};
use topline::project::growth::{BETA, CLASSES, Class, Growth, RUN_RATE_SD, peers_prior};
use topline::project::{Fitted, Method};
use topline::series::{Fact, Figure, Measure, Peers, Series};

/// Companies for each kind of record.
const COMPANIES: u32 = 1_500;
/// Standard errors of a share that are let pass: one of the 48 shares below is farther off once in 40 runs, and the seed is fixed.
const ERRORS: f64 = 3.5;
/// Months that a year of drawn months is told apart into; what the closed form of a total leaves out (`docs/growth.md`) comes on top.
const LINEARISED: f64 = 0.015;

/// Seeded random numbers: a counter mixed by the finaliser of `SplitMix64`.
struct Random(u64);

impl Random {
    fn uniform(&mut self) -> f64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        ((z ^ (z >> 31)) >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Box and Muller's.
    fn normal(&mut self) -> f64 {
        let radius = (-2.0 * libm::log(1.0 - self.uniform())).sqrt();
        radius * libm::cos(2.0 * std::f64::consts::PI * self.uniform())
    }

    /// A gamma variable of this shape, above 1: Marsaglia and Tsang's.
    fn gamma(&mut self, shape: f64) -> f64 {
        let d = shape - 1.0 / 3.0;
        let c = 1.0 / (9.0 * d).sqrt();
        loop {
            let x = self.normal();
            let v = (1.0 + c * x) * (1.0 + c * x) * (1.0 + c * x);
            if v > 0.0 && libm::log(1.0 - self.uniform()) < 0.5 * x * x + d - d * v + d * libm::log(v) {
                return d * v;
            }
        }
    }

    /// A place, by weights given as logits.
    fn place(&mut self, logits: &[f64]) -> usize {
        let weights: Vec<f64> = logits.iter().map(|logit| libm::exp(*logit)).collect();
        let mut left = self.uniform() * weights.iter().sum::<f64>();
        weights
            .iter()
            .position(|weight| {
                left -= weight;
                left < 0.0
            })
            .unwrap_or(weights.len() - 1)
    }
}

/// The log rates and the smooth ones of a company, month by month from the anchor on, with the level at nothing.
fn path(class: &Class, peers: Peers, size: f64, months: usize, random: &mut Random) -> (Vec<f64>, Vec<f64>, f64) {
    let prior = peers_prior(peers);
    // The squared scale that all of a company's movements share: inverse gamma.
    let scale = (class.nu / (2.0 * random.gamma(class.nu / 2.0))).sqrt() * libm::pow(10.0, -BETA * size) * prior.volatility;
    let decay = libm::exp(-class.kappa / 12.0);
    let long_run = class.mu + prior.long_run;
    let mut growth =
        class.growth_mean + class.growth_mean_size * size + prior.growth + scale * class.growth_sd * random.normal();
    let mut level = 0.0;
    // Effects of the months of the year add up to nothing, and drift with each year from the anchor.
    let effects = |sd: f64, random: &mut Random| -> Vec<f64> {
        let drawn: Vec<f64> = (0..12).map(|_| sd * random.normal()).collect();
        let mean = drawn.iter().sum::<f64>() / 12.0;
        drawn.iter().map(|effect| effect - mean).collect()
    };
    let mut season = effects(scale * class.season, random);
    let (mut rates, mut smooth) = (Vec::new(), Vec::new());
    for month in 0..months {
        if month > 0 && month % 12 == 0 {
            let drift = effects(scale * class.season_drift, random);
            season.iter_mut().zip(drift).for_each(|(season, drift)| *season += drift);
        }
        growth += scale * class.sigma_growth * (1.0_f64 / 12.0).sqrt() * random.normal();
        level += growth / 12.0 + scale * class.sigma_level * (1.0_f64 / 12.0).sqrt() * random.normal();
        growth = long_run + decay * (growth - long_run);
        smooth.push(level);
        rates.push(level + season[month % 12] + scale * class.irregular * random.normal());
    }
    (rates, smooth, scale)
}

/// What is known of a company, and what is asked.
struct Record {
    peers: Peers,
    measure: Measure,
    /// Periods from the anchor, as first and last month.
    known: Vec<(usize, usize)>,
    asked: Vec<(usize, usize)>,
    /// Powers of ten of dollars that a first figure may have.
    sizes: (f64, f64),
    /// What the closed form leaves out, as a share.
    slack: f64,
}

/// The log of the mean rate over some months, or the smooth rate of the last.
fn stated(measure: Measure, (rates, smooth): (&[f64], &[f64]), (first, last): (usize, usize)) -> f64 {
    match measure {
        Measure::RunRate => smooth[last],
        Measure::Revenue => {
            libm::log(rates[first..=last].iter().map(|rate| libm::exp(*rate)).sum::<f64>() / (last - first + 1) as f64)
        }
    }
}

fn month(at: usize) -> Month {
    Month::new(2020, 1).expect("a month").plus(i32::try_from(at).expect("near"))
}

/// Checks the coverage of a kind of record; returns what is off.
fn check(name: &str, record: &Record, growth: &Growth, random: &mut Random) -> Vec<String> {
    let period = |(first, last): (usize, usize)| Period::new(month(first), month(last)).expect("in order");
    let last = record.asked.iter().map(|asked| asked.1).max().expect("a question");
    let mut below: Vec<Vec<f64>> = vec![Vec::new(); record.asked.len()];
    for _ in 0..COMPANIES {
        let log_size = record.sizes.0 + (record.sizes.1 - record.sizes.0) * random.uniform();
        let size = log_size - 9.0;
        let prior = peers_prior(record.peers);
        let logits: Vec<f64> = (0..CLASSES.len()).map(|class| prior.weight[class] + prior.weight_size[class] * size).collect();
        let class = &CLASSES[random.place(&logits)];
        let (rates, smooth, scale) = path(class, record.peers, size, last + 1, random);
        // Any level is as likely before the first figure: it is the one that puts the first figure at its size. What figures have of
        // their own moves with the company's scale, too, as the model has it.
        let own = if record.measure == Measure::RunRate { libm::hypot(RUN_RATE_SD, 0.001) } else { 0.001 };
        let stretch = scale / (libm::pow(10.0, -BETA * size) * prior.volatility);
        let mut figures = Vec::new();
        let mut level = 0.0;
        for (at, known) in record.known.iter().enumerate() {
            let log = stated(record.measure, (&rates, &smooth), *known) + own * stretch * random.normal();
            if at == 0 {
                level = log_size * std::f64::consts::LN_10 - log;
            }
            let rate = Amount::exact(libm::exp(level + log)).expect("finite");
            let fact = match record.measure {
                Measure::RunRate => Fact::RunRate(rate),
                Measure::Revenue => {
                    Fact::Revenue(Amount::exact(rate.value() * (known.1 - known.0 + 1) as f64 / 12.0).expect("finite"))
                }
            };
            figures.push(Figure::new(fact, period(*known)));
        }
        let series = Series::new(name, Currency::USD, FiscalCalendar::default(), figures).with_peers(Some(record.peers));
        let fit = growth.fit(&series, Period::new(month(0), month(last)).expect("in order")).expect("a fit");
        for (below, asked) in below.iter_mut().zip(&record.asked) {
            let log = level + stated(record.measure, (&rates, &smooth), *asked);
            let years = if record.measure == Measure::RunRate { 1.0 } else { (asked.1 - asked.0 + 1) as f64 / 12.0 };
            below.push(fit.distribution(record.measure, period(*asked)).cdf(libm::exp(log) * years));
        }
    }
    let mut off = Vec::new();
    for (asked, below) in record.asked.iter().zip(&below) {
        for level in [0.5, 0.8, 0.95] {
            let lower = (1.0 - level) / 2.0;
            let held = below.iter().filter(|p| **p >= lower && **p <= 1.0 - lower).count() as f64 / f64::from(COMPANIES);
            let error = (level * (1.0 - level) / f64::from(COMPANIES)).sqrt();
            println!("{name}, months {} to {}: {:.0}% holds {:.1}%", asked.0, asked.1, 100.0 * level, 100.0 * held);
            if (held - level).abs() > ERRORS * error + record.slack {
                off.push(format!("{name}, months {} to {}: {level} holds {held:.4}", asked.0, asked.1));
            }
        }
    }
    off
}

#[test]
fn intervals_of_simulated_companies_hold_as_often_as_they_say() {
    let spans = |length: usize, places: &[usize]| -> Vec<(usize, usize)> {
        places.iter().map(|at| (at * length, at * length + length - 1)).collect()
    };
    let growth = Growth::new();
    let mut random = Random(20_250_630);
    let (small, any) = ((7.0, 9.5), (6.5, 11.0));
    let records = [
        (
            "one run-rate of a startup",
            Record {
                peers: Peers::Startups,
                measure: Measure::RunRate,
                known: vec![(0, 0)],
                asked: vec![(1, 1), (6, 6), (12, 12), (24, 24)],
                sizes: small,
                slack: 0.0,
            },
        ),
        (
            "three run-rates of a startup",
            Record {
                peers: Peers::Startups,
                measure: Measure::RunRate,
                known: vec![(0, 0), (5, 5), (14, 14)],
                asked: vec![(15, 15), (20, 20), (26, 26), (38, 38)],
                sizes: small,
                slack: 0.0,
            },
        ),
        (
            "sixteen months",
            Record {
                peers: Peers::Listed,
                measure: Measure::Revenue,
                known: spans(1, &(0..16).collect::<Vec<_>>()),
                asked: vec![(16, 16), (21, 21), (27, 27), (39, 39)],
                sizes: any,
                slack: 0.0,
            },
        ),
        (
            "six quarters beside software",
            Record {
                peers: Peers::Software,
                measure: Measure::Revenue,
                known: spans(3, &[0, 1, 2, 3, 4, 5]),
                asked: spans(3, &[6, 9, 13]),
                sizes: any,
                slack: LINEARISED,
            },
        ),
        (
            "three years",
            Record {
                peers: Peers::Listed,
                measure: Measure::Revenue,
                known: spans(12, &[0, 1, 2]),
                asked: spans(12, &[3, 4, 5]),
                sizes: any,
                slack: LINEARISED,
            },
        ),
    ];
    let off: Vec<String> = records.iter().flat_map(|(name, record)| check(name, record, &growth, &mut random)).collect();
    assert!(off.is_empty(), "{off:#?}");
}
