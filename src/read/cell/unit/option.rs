//! A unit as the user gives it: `USD million`.

use std::fmt;
use std::str::FromStr;

use crate::money::Currency;
use crate::read::cell::unit::phrase::{Said, said};

/// What an amount of 1 is worth: a power of ten, and a currency if it is said.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The power of ten: 6 for millions.
    pub power: i32,
    /// The currency.
    pub currency: Option<Currency>,
}

/// As a user would give it: `USD million`.
impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let power = match self.power {
            0 => None,
            -2 => Some("cent".to_owned()),
            3 => Some("thousand".to_owned()),
            5 => Some("lakh".to_owned()),
            6 => Some("million".to_owned()),
            7 => Some("crore".to_owned()),
            9 => Some("billion".to_owned()),
            12 => Some("trillion".to_owned()),
            power => Some(format!("1e{power}")),
        };
        match (self.currency, power) {
            (Some(currency), Some(power)) => write!(f, "{currency} {power}"),
            (Some(currency), None) => write!(f, "{currency}"),
            (None, Some(power)) => f.write_str(&power),
            (None, None) => f.write_str("1"),
        }
    }
}

/// Why a text is not a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("give what an amount of 1 is worth, such as \"USD million\", \"EUR thousand\" or \"EUR\"")]
pub struct UnitFault;

impl FromStr for Unit {
    type Err = UnitFault;

    fn from_str(text: &str) -> Result<Self, UnitFault> {
        match (said(text, ""), text.trim()) {
            (Said::Unit(stated), _) => {
                let currency = stated.sign.map(|sign| sign.currency(Currency::USD).ok_or(UnitFault)).transpose()?;
                Ok(Self { power: stated.power, currency })
            }
            (_, "1") => Ok(Self { power: 0, currency: None }),
            _ => Err(UnitFault),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_of_the_user() {
        let usd = Some(Currency::USD);
        assert_eq!("USD million".parse(), Ok(Unit { power: 6, currency: usd }));
        assert_eq!("thousand".parse(), Ok(Unit { power: 3, currency: None }));
        assert_eq!("$".parse(), Ok(Unit { power: 0, currency: usd }));
        assert_eq!("1".parse(), Ok(Unit { power: 0, currency: None }));
        for wrong in ["", "clams", "kr", "mil"] {
            assert_eq!(wrong.parse::<Unit>(), Err(UnitFault), "{wrong}");
        }
        for text in ["USD million", "thousand", "EUR", "1", "INR crore", "lakh"] {
            assert_eq!(Unit::from_str(text).unwrap().to_string(), text);
        }
    }
}
