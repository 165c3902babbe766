//! A text that says a unit and nothing else: `USD m`, `in millions of euros`, `£'000`, `Rs crore`, `百万円`.

use crate::money::Currency;
use crate::read::cell::sign::{Shared, Sign, more_exact, same_currency};
use crate::read::cell::unit::lexicon::{Entry, Meaning, at_start, is_letter, language_of};
use crate::read::cell::unit::look::looks_like_unit;

/// What an amount of 1 is worth.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct Stated {
    /// Power of ten.
    pub(in crate::read) power: i32,
    pub(in crate::read) sign: Option<Sign>,
}

/// What a text says of a unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Said {
    /// A unit, and nothing else.
    Unit(Stated),
    /// Nothing.
    Nothing,
    /// It has words of units, and others that are not understood.
    Unknown,
    /// `mil`, which is a thousand or a million.
    Unclear,
}

/// What a text says of a unit, in a name of which `around` is the rest.
pub(in crate::read) fn said(text: &str, around: &str) -> Said {
    read(text, around, true, None)
}

/// What the text behind an amount says of its unit, and whose currency's sign stands before it.
pub(in crate::read) fn said_behind(text: &str, before: Option<Sign>) -> Said {
    read(text, "", false, before)
}

fn read(text: &str, around: &str, with_numerals: bool, before: Option<Sign>) -> Said {
    let text = half_width(before_except(text));
    let start = Found { with_numerals, ..Found::default() };
    match go(&text, start, false) {
        Some(found) => found.settle(&text, around, before),
        None if looks_like_unit(&text) => Said::Unknown,
        None => Said::Nothing,
    }
}

/// Whether the first word of a text belongs to a unit, rather than to what stands before one.
pub(in crate::read::cell) fn begins_with_unit(text: &str) -> bool {
    let text = half_width(text);
    go(&text, Found { with_numerals: true, ..Found::default() }, false).is_some_and(|found| found.begins == Some(true))
}

/// What is said of the amounts, without what is said of others: "in millions, except per share data".
pub(in crate::read) fn before_except(text: &str) -> &str {
    let except = text.to_ascii_lowercase().find("except");
    except.map_or(text, |at| text[..at].trim_end_matches([' ', ',', '(', ';']))
}

/// Full-width signs as the ordinary ones, and curly apostrophes as straight ones.
fn half_width(text: &str) -> String {
    let half = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c),
        '\u{ffe5}' => '¥',
        '’' | '‘' | '`' | '´' => '\'',
        c => c,
    };
    text.chars().map(half).collect()
}

/// What the words so far say.
#[derive(Clone, Copy, Debug, Default)]
struct Found {
    power: Option<i32>,
    sign: Option<Sign>,
    weak: Option<Sign>,
    mil: bool,
    language: Option<&'static str>,
    /// Whether the first word is of a unit, once there is one.
    begins: Option<bool>,
    with_numerals: bool,
}

impl Found {
    fn with(mut self, meaning: Meaning, language: &'static str) -> Option<Self> {
        let of_unit = !matches!(meaning, Meaning::Filler | Meaning::Harmless);
        self.begins = self.begins.or(Some(of_unit));
        if ["es", "pt"].contains(&language) {
            self.language = Some(language);
        } else if language == "en" {
            self.language = self.language.or(Some("en"));
        }
        match meaning {
            Meaning::Scale(power) => self.scaled(power),
            Meaning::Currency(sign) => self.signed(sign),
            Meaning::Unit(power, sign) => self.scaled(power)?.signed(sign),
            Meaning::Weak(sign) => Some(Self { weak: Some(sign), ..self }),
            Meaning::Mil if self.power.is_none() => Some(Self { mil: true, ..self }),
            Meaning::Mil | Meaning::Language => None,
            Meaning::Filler | Meaning::Harmless => Some(self),
        }
    }

    /// A scale said twice is one, and two are none.
    fn scaled(self, power: i32) -> Option<Self> {
        let fits = !self.mil && self.power.is_none_or(|before| before == power);
        fits.then_some(Self { power: Some(power), ..self })
    }

    fn signed(self, sign: Sign) -> Option<Self> {
        let fits = self.sign.is_none_or(|before| same_currency(before, sign));
        let exact = match (self.sign, sign) {
            (Some(before), Sign::Of(_)) => more_exact(Some(before), Some(sign)),
            (before, _) => before.or(Some(sign)),
        };
        fits.then_some(Self { sign: exact, ..self })
    }

    /// The language that says what `mil` is: that of words beside it, of the currency, or of the rest of the name.
    fn language_of_mil(self, around: &str, sign: Option<Sign>) -> Option<&'static str> {
        let own = self.language.filter(|language| *language != "en");
        own.or_else(|| language_of_currency(sign)).or_else(|| language_of(around)).or(self.language)
    }

    fn settle(self, text: &str, around: &str, before: Option<Sign>) -> Said {
        let scaled = self.power.is_some() || self.mil;
        let mut sign = self.sign.or(self.weak.filter(|_| scaled));
        // Taiwan writes the old characters, and its dollar as yuan.
        let is_old = |text: &str| text.contains(['萬', '億', '仟', '圓', '營', '銷', '總']);
        if sign == Some(Sign::Shared(Shared::Yuan)) && (is_old(text) || is_old(around)) {
            sign = Currency::from_code("TWD").map(Sign::Of);
        }
        if sign == Some(Sign::Shared(Shared::Crown)) {
            sign = crown_of(around).map(Sign::Of).or(sign);
        }
        let power = if self.mil {
            match self.language_of_mil(around, sign.or(before)) {
                Some("en") => Some(6),
                Some("es" | "pt") => Some(3),
                _ => return Said::Unclear,
            }
        } else {
            self.power
        };
        if power.is_none() && sign.is_none() {
            return Said::Nothing;
        }
        Said::Unit(Stated { power: power.unwrap_or(0), sign })
    }
}

/// Whose crown `kr` is, by the language of the names beside it: `Nettoomsättning, mkr`.
pub(in crate::read) fn crown_of(names: &str) -> Option<Currency> {
    Currency::from_code(match language_of(names)? {
        "sv" => "SEK",
        "da" => "DKK",
        "no" => "NOK",
        _ => return None,
    })
}

/// The currency of a scale that is counted with in some countries alone: lakhs and crores.
pub(in crate::read) fn currency_of_scale(words: &str) -> Option<Sign> {
    let is_indian = |word: &str| {
        let of_india = |entry: &Entry| matches!(entry.meaning, Meaning::Scale(5 | 7)) && ["en", "hi"].contains(&entry.language);
        at_start(word).any(|(entry, rest)| rest.is_empty() && of_india(entry))
    };
    let mut words = words.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty());
    words.any(is_indian).then_some(Sign::Shared(Shared::Rupee))
}

/// Whether a text in brackets says something that is known: a unit, or what is harmless beside one. `(baht)` alone is a
/// currency there, though the word may be a name elsewhere.
pub(in crate::read::cell) fn is_known(text: &str) -> bool {
    let text = half_width(before_except(text));
    let found = go(&text, Found { with_numerals: true, ..Found::default() }, false);
    found.is_some_and(|found| found.weak.is_none() || found.settle(&text, "", None) != Said::Nothing)
}

/// Whether a text is the word for a currency that is a word for other things too: `baht`, `won`, `rand`.
pub(in crate::read::cell) fn is_weak(text: &str) -> bool {
    let found = go(&half_width(text), Found::default(), false);
    found.is_some_and(|found| found.weak.is_some() && found.power.is_none() && found.sign.is_none())
}

/// Where `mil` is a thousand (`R$ mil`), and where a million (`mil. Kč`), by the currency beside it.
fn language_of_currency(sign: Option<Sign>) -> Option<&'static str> {
    let Some(Sign::Of(currency)) = sign else { return None };
    match currency.code() {
        "BRL" => Some("pt"),
        "CZK" | "RON" | "GBP" => Some("en"),
        _ => None,
    }
}

/// What all of `text` says, word by word; `None` if a word is not known or they do not fit. `within` is whether it goes on
/// within a word: `SEKm`, `MUSD`.
fn go(text: &str, found: Found, within: bool) -> Option<Found> {
    let rest = if within { text } else { text.trim_start_matches(is_between) };
    if rest.is_empty() {
        return Some(found);
    }
    // A bare 1000 may be the number of an account, unless a currency follows.
    if found.with_numerals
        && let Some((power, after)) = numeral(rest)
        && let Some(after) = found.with(Meaning::Scale(power), "any").and_then(|found| go(after, found, false))
        && (found.begins.is_some() || !rest.starts_with("1000") || after.sign.is_some())
    {
        let found = after;
        return Some(found);
    }
    for (entry, after) in at_start(rest) {
        let is_unit = matches!(entry.meaning, Meaning::Scale(_) | Meaning::Currency(_));
        if within && !is_unit {
            continue;
        }
        let goes_on = entry.goes_on(after);
        // `T` is a trillion behind a sign, and no part of a word: `USDT`.
        if (goes_on || within && entry.word.ends_with(is_letter))
            && (!is_unit || ["t", "g", "th", "cr", "rs"].contains(&entry.word))
        {
            continue;
        }
        if let Some(found) = found.with(entry.meaning, entry.language).and_then(|found| go(after, found, goes_on)) {
            return Some(found);
        }
    }
    let (sign, after) = code(rest).filter(|_| !within)?;
    go(after, found.with(Meaning::Currency(sign), "any")?, false)
}

/// An ISO 4217 code in capital letters.
pub(in crate::read::cell::unit) fn code(text: &str) -> Option<(Sign, &str)> {
    let code = text.get(..3).filter(|code| code.bytes().all(|byte| byte.is_ascii_uppercase()))?;
    let rest = &text[3..];
    (!rest.starts_with(is_letter)).then_some(())?;
    Some((Sign::Of(Currency::from_code(code)?), rest))
}

fn is_between(c: char) -> bool {
    c.is_whitespace() || "_,.:;/()[]{}|-–—*'\"=&+・、".contains(c)
}

/// `000`, `000s`, `000's`, `1,000`, `1.000.000`: its power of ten, and what follows.
fn numeral(text: &str) -> Option<(i32, &str)> {
    // `10^6`
    if let Some(rest) = text.strip_prefix("10^")
        && let Some(power @ ('3' | '6' | '9')) = rest.chars().next()
        && !rest[1..].starts_with(|c: char| c.is_ascii_digit())
    {
        return Some((i32::from(power as u8 - b'0'), &rest[1..]));
    }
    let mut rest = text.strip_prefix('1').unwrap_or(text);
    let mut power = 0;
    loop {
        let group = if power > 0 || rest.len() < text.len() { rest.trim_start_matches([',', '.', '\'', ' ']) } else { rest };
        let Some(after) = group.strip_prefix("000") else { break };
        power += 3;
        rest = after;
    }
    if power == 0 || rest.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let plural =
        ["'s", "s", "er"].into_iter().find_map(|end| rest.strip_prefix(end).filter(|rest| !rest.starts_with(is_letter)));
    Some((power, plural.unwrap_or(rest)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[expect(clippy::unnecessary_wraps, reason = "as the cases below have it")]
    fn of(code: &str) -> Option<Sign> {
        Some(Sign::Of(Currency::from_code(code).unwrap()))
    }

    #[test]
    fn units_people_write() {
        let dollar = Some(Sign::Shared(Shared::Dollar));
        let crown = Some(Sign::Shared(Shared::Crown));
        let cases = [
            ("USD m", 6, of("USD")),
            ("in millions of US dollars", 6, of("USD")),
            ("in millions, except per share data", 6, None),
            ("$000s", 3, dollar),
            ("$ in 000s", 3, dollar),
            ("£'000", 3, of("GBP")),
            ("£’000s", 3, of("GBP")),
            ("'000", 3, None),
            ("000's", 3, None),
            ("x1000", 3, None),
            ("Dollars (x 1,000)", 3, dollar),
            ("(000s omitted)", 3, None),
            ("in 10^3 EUR", 3, of("EUR")),
            ("NIS millions", 6, of("ILS")),
            ("10億円", 9, of("JPY")),
            ("× 1,000", 3, None),
            ("x € 1.000", 3, of("EUR")),
            ("bedragen x € 1.000", 3, of("EUR")),
            ("£m", 6, of("GBP")),
            ("$ in millions", 6, dollar),
            ("Millions of Dollars", 6, dollar),
            ("Dollars in thousands", 3, dollar),
            ("USD in thousands", 3, of("USD")),
            ("USD ($) $ in Millions", 6, of("USD")),
            ("Figures in Rs. Crores", 7, of("INR")),
            ("Rs. Cr.", 7, of("INR")),
            ("₹ cr", 7, of("INR")),
            ("Rs crore", 7, of("INR")),
            ("₹ lakh", 5, of("INR")),
            ("€ thousands", 3, of("EUR")),
            ("amounts in EUR million", 6, of("EUR")),
            ("tys. zł", 3, of("PLN")),
            ("w tys. zł", 3, of("PLN")),
            ("mln zł", 6, of("PLN")),
            ("mld", 9, None),
            ("tusen kronor", 3, of("SEK")),
            ("Mio. EUR", 6, of("EUR")),
            ("in Mio. €", 6, of("EUR")),
            ("en milliers d'euros", 3, of("EUR")),
            ("en M€", 6, of("EUR")),
            ("Md€", 9, of("EUR")),
            ("valores en miles de US$", 3, of("USD")),
            ("em milhares de reais", 3, of("BRL")),
            ("R$ mil", 3, of("BRL")),
            ("R$ milhões", 6, of("BRL")),
            ("miles de euros", 3, of("EUR")),
            ("importi in migliaia di euro", 3, of("EUR")),
            ("MM$", 6, dollar),
            ("MUSD", 6, of("USD")),
            ("mUSD", 6, of("USD")),
            ("K USD", 3, of("USD")),
            ("EUR k", 3, of("EUR")),
            ("k€", 3, of("EUR")),
            ("T€", 3, of("EUR")),
            ("TEUR", 3, of("EUR")),
            ("MEUR", 6, of("EUR")),
            ("EURm", 6, of("EUR")),
            ("SEKm", 6, of("SEK")),
            ("SEKbn", 9, of("SEK")),
            ("MSEK", 6, of("SEK")),
            ("MNOK", 6, of("NOK")),
            ("NOKm", 6, of("NOK")),
            ("tkr", 3, crown),
            ("mkr", 6, crown),
            ("mdkr", 9, crown),
            ("Mkr", 6, crown),
            ("KRW bn", 9, of("KRW")),
            ("won million", 6, of("KRW")),
            ("億円", 8, of("JPY")),
            ("百万円", 6, of("JPY")),
            ("千円", 3, of("JPY")),
            ("単位：百万円", 6, of("JPY")),
            ("万元", 4, of("CNY")),
            ("亿元", 8, of("CNY")),
            ("百萬元", 6, of("TWD")),
            ("仟元", 3, of("TWD")),
            ("新台幣仟元", 3, of("TWD")),
            ("NT$ thousand", 3, of("TWD")),
            ("人民币百万元", 6, of("CNY")),
            ("Unit: RMB million", 6, of("CNY")),
            ("억원", 8, of("KRW")),
            ("백만원", 6, of("KRW")),
            ("R'000", 3, of("ZAR")),
            ("1000 EUR", 3, of("EUR")),
            ("EUR 1000", 3, of("EUR")),
            ("in 1.000 €", 3, of("EUR")),
            ("1 000 euroa", 3, of("EUR")),
            ("Rm", 6, of("ZAR")),
            ("RM million", 6, of("MYR")),
            ("TRY million", 6, of("TRY")),
            ("US$ thousand, unaudited", 3, of("USD")),
            ("current US$", 0, of("USD")),
            ("XOF", 0, of("XOF")),
        ];
        for (text, power, sign) in cases {
            assert_eq!(said(text, ""), Said::Unit(Stated { power, sign }), "{text}");
        }
    }

    #[test]
    fn mil_is_a_thousand_or_a_million_by_the_language() {
        let power = |text: &str, around: &str| match said(text, around) {
            Said::Unit(unit) => Some(unit.power),
            _ => None,
        };
        assert_eq!(power("US$ mil", "Receita"), Some(3));
        assert_eq!(power("valores em US$ mil", ""), Some(3));
        assert_eq!(power("US$ mil", "Revenue"), Some(6));
        assert_eq!(power("R$ mil", "Revenue"), Some(3));
        assert_eq!(power("mil. Kč", ""), Some(6));
        assert_eq!(said("US$ mil", ""), Said::Unclear);
    }

    #[test]
    fn what_is_no_unit_is_not_accused() {
        let harmless = [
            "net",
            "excl. VAT",
            "unaudited",
            "restated",
            "FY",
            "2024",
            "consolidated",
            "Berlin",
            "Won",
            "UK",
            "B2B",
            "EU",
            "R",
            "M. Smith",
            "per share",
            "all",
            "real",
            "incl. 19% MwSt",
            "Store 5",
            "Q1 2024",
            "Mark",
            "Rand",
            "pro forma",
            "千葉",
            "LfL",
            "A",
            "Team K",
            "North",
            "SaaS",
            "Bn Road",
            "online",
            "organic, LfL",
        ];
        for text in harmless {
            assert_eq!(said(text, ""), Said::Nothing, "{text}");
        }
    }

    #[test]
    fn what_looks_like_a_unit_is_not_passed_over() {
        let unknown = ["Mill. Taler", "USD quux", "in thousands of clams", "€ per head", "百万ドラクマ", "Rs kharab"];
        for text in unknown {
            assert_eq!(said(text, ""), Said::Unknown, "{text}");
        }
    }
}
