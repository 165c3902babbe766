//! Currencies by their signs: some signs several currencies share, and those are left to the context.

use crate::money::Currency;

/// A currency as its sign or code says it; some signs are shared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Sign {
    /// A sign or code of one currency.
    Of(Currency),
    /// A sign that several currencies use.
    Shared(Shared),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Shared {
    Dollar,
    Yen,
    Yuan,
    Crown,
    Peso,
    /// Amounts in lakhs and crores.
    Rupee,
}

impl Shared {
    fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Dollar => &["USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "ARS", "CLP", "COP"],
            Self::Yen => &["JPY", "CNY"],
            Self::Yuan => &["CNY", "TWD", "HKD"],
            Self::Crown => &["SEK", "NOK", "DKK", "ISK", "CZK"],
            Self::Peso => &["MXN", "ARS", "CLP", "COP", "PHP", "UYU", "DOP"],
            Self::Rupee => &["INR", "PKR", "BDT", "LKR", "NPR"],
        }
    }
}

impl Sign {
    /// The currency meant, where `context` is what the column or the user says; `None` if a shared sign stays open.
    ///
    /// A shared sign takes the context's currency if that uses the sign, else its commonest owner: `$` is the US dollar, `¥`
    /// the yen, `元` the yuan, a crore one of Indian rupees. `kr` and the peso have no commonest owner.
    pub(in crate::read) fn currency(self, context: Currency) -> Option<Currency> {
        match self {
            Self::Of(currency) => Some(currency),
            Self::Shared(shared) if shared.codes().contains(&context.code()) => Some(context),
            Self::Shared(Shared::Crown | Shared::Peso) => None,
            Self::Shared(shared) => Currency::from_code(shared.codes()[0]),
        }
    }
}

/// Whether two signs can be of one currency.
pub(in crate::read) fn same_currency(one: Sign, other: Sign) -> bool {
    match (one, other) {
        (Sign::Of(one), Sign::Of(other)) => one == other,
        (Sign::Shared(one), Sign::Shared(other)) => one.codes().iter().any(|code| other.codes().contains(code)),
        (Sign::Of(currency), Sign::Shared(shared)) | (Sign::Shared(shared), Sign::Of(currency)) => {
            shared.codes().contains(&currency.code())
        }
    }
}

/// Of `$12 CAD`, the code.
pub(in crate::read) fn more_exact(one: Option<Sign>, other: Option<Sign>) -> Option<Sign> {
    match (one, other) {
        (Some(Sign::Shared(_)), Some(exact)) => Some(exact),
        (Some(sign), _) => Some(sign),
        (None, sign) => sign,
    }
}

/// White space, and marks that are not seen.
pub(in crate::read) fn is_space(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{202f}' | '\u{feff}' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{2060}')
}
