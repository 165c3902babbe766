//! What a curve found, in words.

use super::Found;
use super::saturating::peak;
use super::shape::Saturating;
use crate::money::short_number;

/// How amounts and periods are named.
pub struct Names<'a> {
    /// Periods in a year.
    pub season: usize,
    /// An amount.
    pub amount: &'a dyn Fn(f64) -> String,
    /// The period at this place after the first observed one, negative before it.
    pub place: &'a dyn Fn(i32) -> String,
}

impl std::fmt::Debug for Names<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Names").field("season", &self.season).finish_non_exhaustive()
    }
}

impl Names<'_> {
    /// Names for numbers without a calendar: periods by their places, the first observed one being 1.
    pub fn plain<T>(season: usize, with: impl FnOnce(&Names<'_>) -> T) -> T {
        let amount = |value: f64| if value < 0.0 { format!("−{}", short_number(-value)) } else { short_number(value) };
        let place = |at: i32| format!("period {}", at + 1);
        with(&Names { season, amount: &amount, place: &place })
    }

    fn period(&self) -> &'static str {
        match self.season {
            12 => "month",
            4 => "quarter",
            2 => "half-year",
            _ => "year",
        }
    }

    /// What was found; amounts were divided by `unit`, and `count` figures were seen.
    pub(super) fn words(&self, found: &Found, log: bool, unit: f64, count: usize) -> String {
        match found {
            Found::Line(line) if log => {
                let growth = 100.0 * libm::expm1((line.slope * self.season.max(1) as f64).min(300.0));
                // A rate that is zero but for rounding is neither growth nor decline.
                if growth.abs() < 0.05 {
                    return "no growth".to_owned();
                }
                let word = if growth > 0.0 { "growth" } else { "decline" };
                let rate = if growth.abs() < 1e4 { format!("{:.1}", growth.abs()) } else { format!("{growth:.1e}") };
                format!("constant {word} of {rate}% a year (CAGR of the fit)")
            }
            Found::Line(line) => {
                let slope = line.slope * unit;
                let word = if slope < 0.0 { "falls" } else { "rises" };
                format!("a line that {word} by {} a {}", (self.amount)(slope.abs()), self.period())
            }
            Found::Ceiling(ceiling) => {
                let [size, a, b] = ceiling.fit.parameters;
                let (size, period) = ((self.amount)(libm::exp(size) * unit), self.period());
                let bass = ceiling.fit.curve == Saturating::Bass;
                if let Some((lo, hi)) = ceiling.open {
                    let (lo, hi) = ((self.amount)(lo * unit), (self.amount)(hi * unit));
                    return if bass {
                        format!("the market's size cannot be told yet: {lo} to {hi} in all")
                    } else {
                        format!("the ceiling cannot be told yet: {lo} to {hi} a {period}")
                    };
                }
                match ceiling.fit.curve {
                    Saturating::Logistic => format!("ceiling {size} a {period}, midpoint {}", self.when(b, count)),
                    Saturating::Gompertz => format!("ceiling {size} a {period}, steepest {}", self.when(b, count)),
                    Saturating::Bass => {
                        let (p, q) = (libm::exp(a), libm::exp(b));
                        let peak = if q > p { format!(", peak {}", self.when(peak(a, b), count)) } else { String::new() };
                        format!("market of {size} in all, p {p:.4} and q {q:.3} a {period}{peak}")
                    }
                }
            }
        }
    }

    /// The period around a time that is not far from the figures.
    fn when(&self, time: f64, count: usize) -> String {
        // Times are far from 2^31: the search keeps them within some lengths of the series.
        #[allow(clippy::cast_possible_truncation)]
        let place = time.round() as i32;
        if time < -0.5 {
            format!("before {}", (self.place)(0))
        } else {
            (self.place)(place.min(i32::try_from(4 * count).unwrap_or(place)))
        }
    }
}
