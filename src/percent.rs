//! Shares and growth as percentages: one way to write each, wherever people read them.

/// Growth, with its sign: `+5.1%`, `−3.0%`, `+210%`; `0.0%` has none. A dash where there is no number.
///
/// ```
/// assert_eq!(topline::percent::change(0.051), "+5.1%");
/// assert_eq!(topline::percent::change(-0.5), "−50%");
/// ```
pub fn change(growth: f64) -> String {
    if !growth.is_finite() {
        return "–".to_owned();
    }
    let percent = growth.abs() * 100.0;
    let text = if percent < 9.95 { format!("{percent:.1}%") } else { format!("{percent:.0}%") };
    match text.as_str() {
        "0.0%" => text,
        _ if growth < 0.0 => format!("−{text}"),
        _ => format!("+{text}"),
    }
}

/// Growth from one end to another, said once where both are written alike: `+36% to +44%`.
pub fn change_between(low: f64, high: f64) -> String {
    let (low, high) = (change(low), change(high));
    if low == high { low } else { format!("{low} to {high}") }
}

/// A probability, never as certainty: `20%`, `under 1%`, `over 99%`.
pub fn chance(probability: f64) -> String {
    if probability < 0.01 {
        "under 1%".to_owned()
    } else if probability > 0.99 {
        "over 99%".to_owned()
    } else {
        whole(probability)
    }
}

/// A share in whole percent: `12%`.
pub fn whole(share: f64) -> String {
    format!("{:.0}%", share * 100.0)
}

/// A share of which the small ones matter, too: `12%`, `0.34%`.
pub fn share(share: f64) -> String {
    let percent = share * 100.0;
    if percent < 9.95 { format!("{percent:.2}%") } else { whole(share) }
}

/// A fraction as a person wrote it, to a tenth: `60%`, `33.3%`, `−5%`.
pub fn stated(fraction: f64) -> String {
    let text = format!("{:.1}", fraction.abs() * 100.0);
    let sign = if fraction < 0.0 { "−" } else { "" };
    format!("{sign}{}%", text.trim_end_matches('0').trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn growth_has_a_sign_unless_it_is_none() {
        let cases = [(0.051, "+5.1%"), (-0.03, "−3.0%"), (2.1, "+210%"), (0.0994, "+9.9%"), (0.0996, "+10%")];
        for (growth, expected) in cases {
            assert_eq!(change(growth), expected);
        }
        assert_eq!([change(0.0), change(-0.0001), change(0.0001)], ["0.0%"; 3]);
        assert_eq!([change(f64::NAN), change(f64::INFINITY)], ["–"; 2]);
        assert_eq!(change_between(0.36, 0.44), "+36% to +44%");
        assert_eq!(change_between(0.361, 0.362), "+36%");
    }

    #[test]
    fn nothing_is_certain() {
        assert_eq!([0.0, 0.2, 0.999].map(chance), ["under 1%", "20%", "over 99%"]);
    }

    #[test]
    fn shares() {
        assert_eq!([0.123, 0.0034].map(share), ["12%", "0.34%"]);
        assert_eq!([0.6, 1.0 / 3.0, -0.05].map(stated), ["60%", "33.3%", "−5%"]);
    }
}
