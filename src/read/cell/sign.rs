//! Currencies by their signs and codes: `$`, `US$`, `€`, `EUR`, `kr`.
//!
//! Knows which signs several currencies share, and leaves those to the context.

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
    Crown,
}

impl Shared {
    fn codes(self) -> &'static [&'static str] {
        match self {
            Self::Dollar => &["USD", "CAD", "AUD", "NZD", "HKD", "SGD", "TWD", "MXN", "ARS", "CLP", "COP"],
            Self::Yen => &["JPY", "CNY"],
            Self::Crown => &["SEK", "NOK", "DKK", "ISK", "CZK"],
        }
    }
}

impl Sign {
    /// The currency meant, where `context` is what the column or the user says; `None` if a shared sign stays open.
    ///
    /// A shared sign takes the context's currency if that uses the sign, else its commonest owner: `$` is the US dollar, `¥`
    /// the yen. `kr` has no commonest owner.
    pub(in crate::read) fn currency(self, context: Currency) -> Option<Currency> {
        match self {
            Self::Of(currency) => Some(currency),
            Self::Shared(shared) if shared.codes().contains(&context.code()) => Some(context),
            Self::Shared(Shared::Crown) => None,
            Self::Shared(shared) => Currency::from_code(shared.codes()[0]),
        }
    }
}

/// Signs, longest first where one begins with another.
const SIGNS: [(&str, &str); 27] = [
    ("US$", "USD"),
    ("CA$", "CAD"),
    ("AU$", "AUD"),
    ("NZ$", "NZD"),
    ("HK$", "HKD"),
    ("NT$", "TWD"),
    ("MX$", "MXN"),
    ("CN¥", "CNY"),
    ("C$", "CAD"),
    ("A$", "AUD"),
    ("S$", "SGD"),
    ("R$", "BRL"),
    ("€", "EUR"),
    ("£", "GBP"),
    ("₹", "INR"),
    ("₩", "KRW"),
    ("₽", "RUB"),
    ("₺", "TRY"),
    ("₪", "ILS"),
    ("฿", "THB"),
    ("₱", "PHP"),
    ("₫", "VND"),
    ("zł", "PLN"),
    ("Kč", "CZK"),
    ("Ft", "HUF"),
    ("Fr.", "CHF"),
    ("Rs.", "INR"),
];

/// The sign or code at the start of a text, and the rest.
pub(in crate::read) fn leading_sign(text: &str) -> Option<(Sign, &str)> {
    if let Some(found) = SIGNS.iter().find_map(|(sign, code)| {
        let rest = strip_prefix_ignoring_case(text, sign)?;
        // `Ft 12`, not the `ft` of a word.
        let word_goes_on = sign.ends_with(char::is_alphabetic) && rest.starts_with(char::is_alphabetic);
        (!word_goes_on).then_some((Sign::Of(Currency::from_code(code)?), rest))
    }) {
        return Some(found);
    }
    for (sign, shared) in [("$", Shared::Dollar), ("¥", Shared::Yen), ("kr", Shared::Crown)] {
        if let Some(rest) = strip_prefix_ignoring_case(text, sign)
            && !(sign == "kr" && rest.starts_with(char::is_alphabetic))
        {
            let rest = if sign == "kr" { rest.strip_prefix('.').unwrap_or(rest) } else { rest };
            return Some((Sign::Shared(shared), rest));
        }
    }
    if let Some(word) = ["euros", "euro", "dollars", "dollar"]
        .into_iter()
        .find(|word| text.len() == word.len() && text.eq_ignore_ascii_case(word))
    {
        let sign = if word.starts_with("euro") { Sign::Of(Currency::from_code("EUR")?) } else { Sign::Shared(Shared::Dollar) };
        return Some((sign, ""));
    }
    let code = text.get(..3)?;
    let rest = &text[3..];
    let currency = Currency::from_code(code).filter(|_| code.chars().all(|c| c.is_ascii_alphabetic()))?;
    (!rest.starts_with(|c: char| c.is_ascii_alphabetic())).then_some((Sign::Of(currency), rest))
}

/// The sign or code at the end of a text, and what stands before it.
pub(in crate::read) fn trailing_sign(text: &str) -> Option<(Sign, &str)> {
    for (at, _) in text.char_indices() {
        let (before, sign) = text.split_at(at);
        if let Some((sign, "")) = leading_sign(sign) {
            return Some((sign, before));
        }
    }
    None
}

fn strip_prefix_ignoring_case<'a>(text: &'a str, prefix: &str) -> Option<&'a str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix).then(|| &text[prefix.len()..])
}

/// Whether two signs can be of one currency.
pub(in crate::read) fn same_currency(one: Sign, other: Sign) -> bool {
    match (one, other) {
        (Sign::Of(one), Sign::Of(other)) => one == other,
        (Sign::Shared(one), Sign::Shared(other)) => one == other,
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

/// A sign or a code standing alone, as in a currency column.
pub(in crate::read) fn currency_sign(text: &str) -> Option<Sign> {
    let text = text.trim_matches(is_space);
    leading_sign(text).filter(|(_, rest)| rest.is_empty()).map(|(sign, _)| sign)
}

/// White space, and marks that are not seen.
pub(in crate::read) fn is_space(c: char) -> bool {
    c.is_whitespace() || c == '\u{202f}' || c == '\u{feff}' || c == '\u{200e}'
}
