//! One ARIMA model: its order, its coefficients, and the polynomials that the two make.
//!
//! ```text
//! φ(B) Φ(B^m) { (1-B)^d (1-B^m)^D y(t) - μ } = θ(B) Θ(B^m) e(t)
//! φ(B) = 1 - φ₁B - ...,   θ(B) = 1 + θ₁B + ...,   Φ and Θ likewise
//! ```
//!
//! with B the step back by one period, m the periods in a season, and e normal with variance σ². The signs are those of R and of
//! statsmodels; μ is the mean where nothing is differenced, and the mean change of a period (of a season, for D = 1) else.
//!
//! # References
//!
//! Box and Jenkins, *Time Series Analysis: Forecasting and Control* (1970), chapters 4, 5 and 9. Monahan, "A note on enforcing
//! stationarity in autoregressive-moving average models", *Biometrika* 71 (1984), for the partial autocorrelations.

/// The longest season that the models take: months of a year.
pub const LONGEST_SEASON: usize = 12;
/// Autoregressive terms, and as many terms of past errors, at most.
pub const MOST_TERMS: usize = 5;
/// Seasonal terms of either kind at most.
pub const MOST_SEASONAL: usize = 2;
/// The farthest lag of a polynomial.
pub(crate) const LAGS: usize = MOST_TERMS + MOST_SEASONAL * LONGEST_SEASON;
/// Length of the state: one more than the farthest lag of the errors.
pub(crate) const STATES: usize = LAGS + 1;

/// The order of a model: ARIMA(p,d,q)(P,D,Q)\[m\].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Order {
    /// p: terms of past values, at most [`MOST_TERMS`].
    pub ar: usize,
    /// d: differences from one period to the next.
    pub differences: usize,
    /// q: terms of past errors, at most [`MOST_TERMS`].
    pub ma: usize,
    /// P: terms of values whole seasons ago, at most [`MOST_SEASONAL`].
    pub seasonal_ar: usize,
    /// D: differences from one season to the next.
    pub seasonal_differences: usize,
    /// Q: terms of errors whole seasons ago, at most [`MOST_SEASONAL`].
    pub seasonal_ma: usize,
    /// m: periods in a season, 1 without; at most [`LONGEST_SEASON`].
    pub period: usize,
    /// Whether the differenced values have a mean of their own.
    pub constant: bool,
}

impl Order {
    /// The usual short name: `ARIMA(1,1,1)(0,1,1)[12] with drift`.
    pub fn name(&self) -> String {
        let mut name = format!("ARIMA({},{},{})", self.ar, self.differences, self.ma);
        if self.seasonal_ar + self.seasonal_differences + self.seasonal_ma > 0 {
            name += &format!("({},{},{})[{}]", self.seasonal_ar, self.seasonal_differences, self.seasonal_ma, self.period);
        }
        match (self.constant, self.differences + self.seasonal_differences) {
            (false, _) => {}
            (true, 0) => name += " with mean",
            (true, 1) => name += " with drift",
            (true, _) => name += " with constant",
        }
        name
    }

    /// Coefficients that are searched for; the mean and the variance, which follow from them, are not counted.
    pub fn coefficients(&self) -> usize {
        self.ar + self.ma + self.seasonal_ar + self.seasonal_ma
    }

    /// Parameters that are estimated, the variance among them.
    pub fn parameters(&self) -> usize {
        self.coefficients() + usize::from(self.constant) + 1
    }

    /// Observations at the beginning that differencing uses up.
    pub fn lost(&self) -> usize {
        self.differences + self.seasonal_differences * self.period
    }
}

/// The coefficients of a model; those beyond its order are not looked at.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Coefficients {
    /// φ.
    pub ar: [f64; MOST_TERMS],
    /// θ.
    pub ma: [f64; MOST_TERMS],
    /// Φ.
    pub seasonal_ar: [f64; MOST_SEASONAL],
    /// Θ.
    pub seasonal_ma: [f64; MOST_SEASONAL],
}

/// A polynomial 1 + c₁B + c₂B² + ... without its leading 1, of which few coefficients are not zero.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Lags {
    /// The coefficient of lag k at place k - 1.
    pub(crate) dense: [f64; LAGS],
    /// Lags that have a coefficient, in order; the first `count` places.
    places: [u8; LAGS],
    count: usize,
    /// The farthest lag.
    pub(crate) longest: usize,
}

impl Lags {
    /// The product of a polynomial in B and one in B^m, each given by its coefficients behind the leading 1 times `sign`.
    fn product(plain: &[f64], seasonal: &[f64], period: usize, sign: f64) -> Self {
        let longest = plain.len() + seasonal.len() * period;
        let mut dense = [0.0; LAGS];
        for (at, c) in plain.iter().enumerate() {
            dense[at] += sign * c;
        }
        for (season, s) in seasonal.iter().enumerate() {
            let from = (season + 1) * period;
            dense[from - 1] += sign * s;
            for (at, c) in plain.iter().enumerate() {
                dense[from + at] += s * c;
            }
        }
        let (mut places, mut count) = ([0; LAGS], 0);
        for (lag, value) in (1_u8..).zip(&dense[..longest]) {
            if value.abs() > 0.0 {
                places[count] = lag;
                count += 1;
            }
        }
        Self { dense, places, count, longest }
    }

    /// The lags that have a coefficient, with it.
    pub(crate) fn terms(&self) -> impl Iterator<Item = (usize, f64)> + Clone + '_ {
        self.places[..self.count].iter().map(|lag| (usize::from(*lag), self.dense[usize::from(*lag) - 1]))
    }
}

/// The polynomials of a model written out: w(t) = Σ φ*(k) w(t-k) + e(t) + Σ θ*(k) e(t-k).
#[derive(Clone, Copy, Debug)]
pub(crate) struct Expanded {
    pub(crate) ar: Lags,
    pub(crate) ma: Lags,
}

impl Expanded {
    pub(crate) fn new(order: &Order, c: &Coefficients) -> Self {
        let mut ar = Lags::product(&c.ar[..order.ar], &c.seasonal_ar[..order.seasonal_ar], order.period, -1.0);
        for value in &mut ar.dense[..ar.longest] {
            *value = -*value;
        }
        Self { ar, ma: Lags::product(&c.ma[..order.ma], &c.seasonal_ma[..order.seasonal_ma], order.period, 1.0) }
    }

    /// Length of the state that carries the model.
    pub(crate) fn states(&self) -> usize {
        self.ar.longest.max(self.ma.longest + 1)
    }

    /// What an error adds to the stationary values after it: 1 at place 0.
    pub(crate) fn weights(&self, out: &mut [f64]) {
        for at in 0..out.len() {
            let own = if at == 0 { 1.0 } else { self.ma.dense.get(at - 1).copied().unwrap_or(0.0) };
            out[at] = own + self.ar.terms().take_while(|(lag, _)| *lag <= at).map(|(lag, c)| c * out[at - lag]).sum::<f64>();
        }
    }

    /// Autocovariances at the lags 0 to `states`, for errors of variance 1; none where the process is not stationary.
    pub(crate) fn autocovariances(&self) -> Option<[f64; STATES + 1]> {
        const FAR: usize = STATES + LAGS + 1;
        let most = self.states() + self.ma.longest;
        // Those of the autoregressive part alone: the partial autocorrelations by stepping down, then the recursion of Levinson.
        let p = self.ar.longest;
        let mut steps = [[0.0; LAGS]; LAGS];
        if p > 0 {
            steps[p - 1] = self.ar.dense;
        }
        let mut variance = 1.0;
        for k in (0..p).rev() {
            let partial = steps[k][k];
            let rest = 1.0 - partial * partial;
            if rest <= 0.0 || rest.is_nan() {
                return None;
            }
            variance /= rest;
            if k > 0 {
                let (below, this) = steps.split_at_mut(k);
                let (below, this) = (&mut below[k - 1], &this[0]);
                for j in 0..k {
                    below[j] = (this[j] + partial * this[k - 1 - j]) / rest;
                }
            }
        }
        let mut plain = [0.0; FAR];
        plain[0] = variance;
        for k in 1..=most {
            plain[k] = if k <= p {
                steps[k - 1][..k].iter().enumerate().map(|(j, c)| c * plain[k - 1 - j]).sum()
            } else {
                self.ar.terms().map(|(lag, c)| c * plain[k - lag]).sum()
            };
        }
        // Then those of the moving sum of it.
        let mut spread = [0.0; STATES];
        let terms = || std::iter::once((0, 1.0)).chain(self.ma.terms());
        for (a, c) in terms() {
            for (b, other) in terms().take_while(|(b, _)| *b <= a) {
                spread[a - b] += c * other;
            }
        }
        let mut out = [0.0; STATES + 1];
        for (k, value) in out.iter_mut().enumerate().take(self.states() + 1) {
            let both = |s: usize| plain[k.abs_diff(s)] + plain[k + s];
            let sum: f64 = (1..=self.ma.longest).filter(|s| spread[*s].abs() > 0.0).map(|s| spread[s] * both(s)).sum();
            *value = spread[0] * plain[k] + sum;
        }
        Some(out)
    }
}

/// Autoregressive coefficients from partial autocorrelations, in place.
pub(crate) fn from_partial(values: &mut [f64]) {
    for k in 1..values.len() {
        let partial = values[k];
        for j in 0..k / 2 {
            let (a, b) = (values[j], values[k - 1 - j]);
            (values[j], values[k - 1 - j]) = (a - partial * b, b - partial * a);
        }
        if k % 2 == 1 {
            values[k / 2] *= 1.0 - partial;
        }
    }
}

/// Whether every root of 1 - c₁z - c₂z² - ... is farther from zero than `distance`: whether the polynomial in z · `distance` has
/// partial autocorrelations below 1.
pub(crate) fn roots_beyond(coefficients: &[f64], distance: f64) -> bool {
    let mut values = [0.0; MOST_TERMS];
    let mut factor = 1.0;
    for (value, c) in values.iter_mut().zip(coefficients) {
        factor *= distance;
        *value = c * factor;
    }
    for k in (0..coefficients.len()).rev() {
        let partial = values[k];
        let rest = 1.0 - partial * partial;
        if rest <= 0.0 || rest.is_nan() {
            return false;
        }
        let this = values;
        for j in 0..k {
            values[j] = (this[j] + partial * this[k - 1 - j]) / rest;
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use approx::assert_relative_eq;

    fn order(ar: usize, ma: usize, seasonal_ar: usize, seasonal_ma: usize, period: usize) -> Order {
        Order { ar, differences: 0, ma, seasonal_ar, seasonal_differences: 0, seasonal_ma, period, constant: false }
    }

    #[test]
    fn names() {
        let plain = Order { differences: 1, constant: true, ..order(1, 2, 0, 0, 12) };
        assert_eq!(plain.name(), "ARIMA(1,1,2) with drift");
        assert_eq!(
            Order { seasonal_differences: 1, seasonal_ma: 1, constant: false, ..plain }.name(),
            "ARIMA(1,1,2)(0,1,1)[12]"
        );
        assert_eq!(Order { constant: true, ..order(0, 0, 0, 0, 1) }.name(), "ARIMA(0,0,0) with mean");
    }

    #[test]
    fn autocovariances_are_those_of_the_textbook() {
        // ARMA(1,1): γ(0) = (1 + 2φθ + θ²) / (1 - φ²), γ(1) = (1 + φθ)(φ + θ) / (1 - φ²), γ(k) = φ γ(k-1).
        let (phi, theta) = (0.7, -0.4);
        let c = Coefficients { ar: [phi, 0.0, 0.0, 0.0, 0.0], ma: [theta, 0.0, 0.0, 0.0, 0.0], ..Coefficients::default() };
        let found = Expanded::new(&order(1, 1, 0, 0, 1), &c).autocovariances().unwrap();
        let rest = 1.0 - phi * phi;
        assert_relative_eq!(found[0], (1.0 + 2.0 * phi * theta + theta * theta) / rest, max_relative = 1e-14);
        assert_relative_eq!(found[1], (1.0 + phi * theta) * (phi + theta) / rest, max_relative = 1e-14);
        assert_relative_eq!(found[2], phi * found[1], max_relative = 1e-14);
    }

    #[test]
    fn autocovariances_are_sums_of_squared_weights() {
        let c = Coefficients {
            ar: [0.3, 0.2, 0.0, 0.0, 0.0],
            ma: [0.5, -0.3, 0.0, 0.0, 0.0],
            seasonal_ar: [0.4, 0.0],
            seasonal_ma: [-0.6, 0.0],
        };
        let expanded = Expanded::new(&order(2, 2, 1, 1, 4), &c);
        let mut weights = [0.0; 600];
        expanded.weights(&mut weights);
        let found = expanded.autocovariances().unwrap();
        for k in 0..=expanded.states() {
            let sum: f64 = weights.iter().zip(&weights[k..]).map(|(a, b)| a * b).sum();
            assert_relative_eq!(found[k], sum, max_relative = 1e-12);
        }
    }

    #[test]
    fn partial_autocorrelations_below_one_are_stationary() {
        let mut values = [0.9, -0.95, 0.8, -0.7, 0.99];
        from_partial(&mut values);
        assert!(roots_beyond(&values, 1.0));
        // Roots of 1 - 0.5z at 2, of 1 - 0.25z² at ±2.
        assert!(roots_beyond(&[0.5], 1.99) && !roots_beyond(&[0.5], 2.01));
        assert!(roots_beyond(&[0.0, 0.25], 1.99) && !roots_beyond(&[0.0, 0.25], 2.01));
        assert!(!roots_beyond(&[f64::NAN], 1.0));
    }
}
