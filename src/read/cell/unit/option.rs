//! A unit as the user gives it: `USD million`.

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
    }
}
