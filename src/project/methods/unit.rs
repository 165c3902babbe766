//! The figures in units of their mean size, so that a method answers alike in any currency.
//!
//! A search of parameters ends where it comes to rest, and two series that differ in their last binary digits may come to rest apart.
//! The figures are therefore rounded to twelve digits of their mean: what is multiplied by a thousand is then the same series to
//! every method, and only its answer is multiplied back.

/// What a mean is divided into.
const GRAINS: f64 = (1_u64 << 40) as f64;

/// The mean size of `y`, or 1 where all is zero, and the values in this unit.
pub(super) fn of(y: &[f64]) -> (f64, Vec<f64>) {
    let mean = y.iter().map(|value| value.abs()).sum::<f64>() / y.len() as f64;
    let unit = if mean > 0.0 { mean } else { 1.0 };
    let in_unit = |value: &f64| {
        let rounded = (value / unit * GRAINS).round() / GRAINS;
        // What is not zero is not taken for it.
        if rounded.abs() > 0.0 { rounded } else { value / unit }
    };
    (unit, y.iter().map(in_unit).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn currency_leaves_no_trace() {
        let y = [57.1, 0.0, 61.3, 53.9, 1e-20];
        let (unit, plain) = of(&y);
        assert!((unit / 34.46 - 1.0).abs() < 1e-12 && plain[4] > 0.0);
        for factor in [10.0, 1000.0, 1e6, 0.37] {
            let (scaled, same) = of(&y.map(|value| value * factor));
            assert!((scaled / unit / factor - 1.0).abs() < 1e-15);
            assert_eq!(same[..4], plain[..4]);
        }
        assert_eq!(of(&[0.0, 0.0]), (1.0, vec![0.0, 0.0]));
    }
}
