//! One amount of money as a text, for a command line or a file of assumptions: `20B`, `$1.5B`, `43 Md€`.

use crate::money::{Amount, Currency};
use crate::read::cell::amount::{self, AmountFault, DecimalMark};

/// Why a text is not an amount of money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum MoneyFault {
    /// It is not an amount.
    Amount(AmountFault),
    /// It is out of range, or is one of two amounts by where the decimals are thought to begin: `1,234`.
    Unclear,
}

/// Reads an amount as in a cell, with its currency: that of its own sign, else `currency`.
///
/// # Errors
///
/// If it is not an amount, or can be read as two.
pub fn money(text: &str, currency: Currency) -> Result<(Amount, Currency), MoneyFault> {
    let number = amount::parse(text).map_err(MoneyFault::Amount)?;
    let own = number.sign.and_then(|sign| sign.currency(currency)).unwrap_or(currency);
    let (point, comma) = (number.amount(DecimalMark::Point), number.amount(DecimalMark::Comma));
    point.filter(|_| point == comma).map(|amount| (amount, own)).ok_or(MoneyFault::Unclear)
}
