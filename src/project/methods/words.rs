//! Sentences about what methods found.

use super::auto::WithoutBacktest;
use super::breaks::Break;
use super::curve::Saturating;
use super::found::{Ceiling, Details, Found, Model, Nothing, Shortfall};
use crate::calendar::FiscalCalendar;
use crate::money::{short, short_number};
use crate::series::{Fact, Series};

/// Models that are named at most where others are many, and the share of all weight from which on a model is named.
const MOST_NAMED: usize = 3;
const LEAST_NAMED: f64 = 0.05;

/// What was found, of amounts without a currency and periods without a calendar: `ETS(M,Ad,N) 61%, ETS(A,N,N) 39%`. Of values with
/// `season` periods in a year, of which there are `count`.
pub fn plain(found: &Found, season: usize, count: usize) -> String {
    let amount = |value: f64| if value < 0.0 { format!("−{}", short_number(-value)) } else { short_number(value) };
    let place = |at: i32| format!("period {}", at + 1);
    Names { season, count, amount: &amount, place: &place }.found(found)
}

/// What was found in a series; empty for methods without parameters.
pub fn found(details: &Details, series: &Series) -> String {
    let currency = series.currency();
    let amount = |value: f64| short(value, currency);
    let place = |at: i32| series.calendar().name(details.first.shift(at));
    Names { season: details.season, count: details.count, amount: &amount, place: &place }.found(&details.found)
}

/// What a standard method rests on: `from 22 regular totals (ETS(A,Ad,A) 61%, …)`.
pub(super) fn rests_on(details: &Details, series: &Series) -> String {
    let Details { count, filled, .. } = details;
    let gaps = if *filled == 0 { String::new() } else { format!(", {filled} of them interpolated") };
    let told: Vec<String> = details.breaks.iter().map(|found| broken(found, details, series)).collect();
    let breaks = if told.is_empty() { String::new() } else { format!("; {}", told.join("; ")) };
    let found = found(details, series);
    let found = if found.is_empty() { found } else { format!(" ({found})") };
    format!("from {count} regular totals{gaps}{found}{breaks}")
}

/// What was made of a jump or a spike.
fn broken(found: &Break, details: &Details, series: &Series) -> String {
    let place = |at: usize| series.calendar().name(details.first.shift(i32::try_from(at).unwrap_or(i32::MAX)));
    let ratio = |times: f64| if times < 1.0 { format!("{times:.2}") } else { format!("{times:.1}") };
    match *found {
        Break::Level { at, times } => {
            format!("a new level since {}, {} times the one before, which is not taken for growth", place(at), ratio(times))
        }
        Break::Spike { at, times: 0.0 } => format!("nothing in {} is taken for an exception", place(at)),
        Break::Spike { at, times } => {
            format!("{} is {} times the figures around it and left out", place(at), ratio(times))
        }
    }
}

/// What the growth model rests on: `from 9 run-rates and 2 totals`.
pub(super) fn of_figures(series: &Series) -> String {
    let run_rates = series.observations().filter(|figure| matches!(figure.fact, Fact::RunRate(_))).count();
    let totals = series.observations().count() - run_rates;
    let count = |count: usize, one: &str| if count == 1 { format!("one {one}") } else { format!("{count} {one}s") };
    match (run_rates, totals) {
        (0, totals) => format!("from {}", count(totals, "total")),
        (run_rates, 0) => format!("from {}", count(run_rates, "run-rate")),
        (run_rates, totals) => format!("from {} and {}", count(run_rates, "run-rate"), count(totals, "total")),
    }
}

/// Why a standard method answers.
pub(super) fn asked_for(rests_on: &str) -> String {
    format!("chosen by name; {rests_on}")
}

/// Why the growth model answers.
pub(super) fn growth(series: &Series) -> String {
    format!("works with any number of figures at any dates; here {}", of_figures(series))
}

/// Why another method answers where growth was meant.
pub(super) fn not_growth(why: Option<WithoutBacktest>, rests_on: &str) -> String {
    let why = match why {
        None | Some(WithoutBacktest::Zeros) => "some periods have no revenue, which growth does not accept",
        Some(WithoutBacktest::Breaks) => "growth would take a jump for growth",
        Some(WithoutBacktest::Months) => {
            "too few figures for a backtest, but enough to see a season, of which growth knows nothing"
        }
    };
    format!("{why}; {rests_on}")
}

/// What a series with periods of nothing was taken for, and what follows.
pub(super) fn of_nothing(taken: &Nothing, calendar: FiscalCalendar) -> String {
    match taken {
        Nothing::Began { first, open } => {
            let begun = calendar.name(*first);
            let open = open.map(|(months, low, high)| {
                let so_far = if months == 1 { "one month".to_owned() } else { format!("{months} months") };
                format!(", and {so_far} of revenue say little: in a year its run-rate is {low:.1} to {high:.1} times what it is now (80%)")
            });
            let open = open.unwrap_or_default();
            format!("it begins in {begun}; the zeros before that say nothing about its growth{open}")
        }
        Nothing::Never => "no revenue so far, so none is projected".to_owned(),
        Nothing::Ended(last) => format!(
            "assumed to have ended, since there is no revenue after {}; if it continues, --trailing-zeros drop leaves out \
             the zeros at the end",
            calendar.name(*last)
        ),
        Nothing::Seasonal => {
            "closed for part of each year: projected from twelve-month totals, divided among the parts of the year as in \
             the past"
                .to_owned()
        }
        Nothing::Sparse => {
            "revenue has gaps: projected from twelve-month totals; the parts of a year vary around their share as in the past"
                .to_owned()
        }
    }
}

/// That a projection was made to add up with others.
pub(in crate::project) fn reconciled(reason: &str, whole: Option<&str>, parts: usize) -> String {
    let parts = match parts {
        0 => None,
        1 => Some("its part".to_owned()),
        count => Some(format!("its {count} parts")),
    };
    let with: Vec<String> = whole.map(str::to_owned).into_iter().chain(parts).collect();
    format!("{reason}; reconciled with {}", with.join(" and "))
}

/// How amounts and periods are named.
struct Names<'a> {
    /// Periods in a year.
    season: usize,
    /// Figures that were seen.
    count: usize,
    amount: &'a dyn Fn(f64) -> String,
    /// The period at this place after the first observed one, negative before it.
    place: &'a dyn Fn(i32) -> String,
}

impl Names<'_> {
    fn found(&self, found: &Found) -> String {
        match found {
            Found::Nothing => String::new(),
            Found::Instead(_, Shortfall::OneFigure) => "the last figure continues, since there is no second".to_owned(),
            Found::Instead(method, why) => format!("{method}, {}", shortfall(*why)),
            Found::Smoothing(models) | Found::Arima(models) => first(models),
            Found::Theta(models) => joined(models.iter().filter(|model| model.weight >= LEAST_NAMED).map(theta)),
            Found::Parts(parts) => {
                let told = |(name, found): &(&'static str, Found)| match found {
                    Found::Nothing => (*name).to_owned(),
                    found => self.found(found),
                };
                parts.iter().map(told).collect::<Vec<String>>().join("; ")
            }
            Found::Line { slope, logarithms, why } => {
                let line = if *logarithms { self.growth(*slope) } else { self.line(*slope) };
                let why = why.map(|why| format!("{}: ", shortfall(why))).unwrap_or_default();
                why + &line
            }
            Found::Ceiling(ceiling) => self.ceiling(ceiling),
            Found::Years(1) => "the total of twelve months".to_owned(),
            Found::Years(count) => format!("the trend of {count} totals of twelve months"),
        }
    }

    fn period(&self) -> &'static str {
        match self.season {
            12 => "month",
            4 => "quarter",
            2 => "half-year",
            _ => "year",
        }
    }

    fn growth(&self, slope: f64) -> String {
        let growth = 100.0 * libm::expm1((slope * self.season.max(1) as f64).min(300.0));
        // A rate that is zero but for rounding is neither growth nor decline.
        if growth.abs() < 0.05 {
            return "no growth".to_owned();
        }
        let word = if growth > 0.0 { "growth" } else { "decline" };
        let rate = if growth.abs() < 1e4 { format!("{:.1}", growth.abs()) } else { format!("{growth:.1e}") };
        format!("constant {word} of {rate}% a year (CAGR of the fit)")
    }

    fn line(&self, slope: f64) -> String {
        let word = if slope < 0.0 { "falls" } else { "rises" };
        format!("a line that {word} by {} a {}", (self.amount)(slope.abs()), self.period())
    }

    fn ceiling(&self, ceiling: &Ceiling) -> String {
        let Ceiling { curve, size, a, b, open } = *ceiling;
        let (size, period) = ((self.amount)(size), self.period());
        if let Some((lo, hi)) = open {
            let (lo, hi) = ((self.amount)(lo), (self.amount)(hi));
            return match curve {
                Saturating::Bass => format!("the market's size is not clear yet: {lo} to {hi} in all"),
                Saturating::Logistic | Saturating::Gompertz => {
                    format!("the ceiling is not clear yet: {lo} to {hi} a {period}")
                }
            };
        }
        match curve {
            Saturating::Logistic => format!("ceiling {size} a {period}, midpoint {}", self.when(b)),
            Saturating::Gompertz => format!("ceiling {size} a {period}, steepest {}", self.when(b)),
            Saturating::Bass => {
                let (p, q) = (libm::exp(a), libm::exp(b));
                let peak = if q > p { format!(", peak {}", self.when(super::curve::peak(a, b))) } else { String::new() };
                format!("market of {size} in all, p {p:.4} and q {q:.3} a {period}{peak}")
            }
        }
    }

    /// The period around a time that is not far from the figures.
    fn when(&self, time: f64) -> String {
        // Times are far from 2^31: the search keeps them within some lengths of the series.
        #[allow(clippy::cast_possible_truncation)]
        let place = time.round() as i32;
        if time < -0.5 {
            format!("before {}", (self.place)(0))
        } else {
            (self.place)(place.min(i32::try_from(4 * self.count).unwrap_or(place)))
        }
    }
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<String>>().join(", ")
}

/// `ETS(M,A,N) of the logarithms 61%`.
fn named(model: &Model) -> String {
    let of = if model.logarithms { " of the logarithms" } else { "" };
    format!("{}{of} {:.0}%", model.name, 100.0 * model.weight)
}

/// `DOTM (theta 1.52, alpha 0.31) 61%`; the theta of the other models is 2.
fn theta(model: &Model) -> String {
    let number = |name| model.number(name).unwrap_or(f64::NAN);
    let theta = match number("theta") {
        _ if model.name != "DOTM" => String::new(),
        // Without a limit on theta the level and the line are one as good as the other.
        theta if theta > 1000.0 => "theta above 1000, ".to_owned(),
        theta => format!("theta {theta:.2}, "),
    };
    format!("{} ({theta}alpha {:.2}) {:.0}%", model.name, number("alpha"), 100.0 * model.weight)
}

/// The first models and their weights, and that of the rest: `ARIMA(0,1,1) with drift 61%, ARIMA(1,1,0) of the logarithms 32%, others 7%`.
fn first(models: &[Model]) -> String {
    let mut rest = 1.0;
    let told = models.iter().take(MOST_NAMED).filter(|model| model.weight > LEAST_NAMED);
    let mut parts: Vec<String> = told
        .map(|model| {
            rest -= model.weight;
            named(model)
        })
        .collect();
    if rest >= 0.005 {
        parts.push(format!("others {:.0}%", 100.0 * rest));
    }
    parts.join(", ")
}

fn shortfall(why: Shortfall) -> &'static str {
    match why {
        Shortfall::OneFigure => "since there is no second figure",
        Shortfall::FewerThanFour => "since there are fewer than four figures",
        Shortfall::FewerThanSix => "no ceiling, since there are fewer than six figures",
        Shortfall::NoModel => "as no model could be fitted",
        Shortfall::NoCurve => "no ceiling, since no curve fits",
        Shortfall::Zeros => "a line, since constant growth cannot be fitted to zeros",
        Shortfall::OnlyZeros => "no ceiling, since all figures are zero",
        Shortfall::Flat => "no ceiling, since the figures stay the same",
        Shortfall::Falling => "no ceiling, since the figures do not rise",
    }
}
