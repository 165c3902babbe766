//! What a cell's number format shows beside its digits: a percentage, a currency, a unit.
//!
//! Only workbooks of the form .xlsx say it; calamine does not give the formats of the others.

use calamine::Style;

use crate::read::cell::amount::{self, Number};
use crate::read::cell::sign::{Shared, Sign};
use crate::read::cell::unit::{Said, Stated, said};

/// What stands beside the digits of a number.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::read) struct Shown {
    /// Whether the number is shown as a percentage.
    pub(in crate::read) percent: bool,
    /// What is written before it.
    pub(in crate::read) before: String,
    /// What is written behind it.
    pub(in crate::read) behind: String,
    /// What 1 is with that beside it; `None` if it is not an amount.
    pub(in crate::read) one: Option<Number>,
}

/// What the format of a style shows.
pub(in crate::read) fn shown(style: &Style) -> Shown {
    let shown = style.number_format.as_ref().map_or_else(Shown::default, |format| of_code(&format.format_code));
    Shown { one: amount::parse(&format!("{}1{}", shown.before, shown.behind)).ok(), ..shown }
}

/// What a format code shows: `0.0%`, `#,##0 "T€"`, `[$£-809]#,##0`, `"$"#,##0.0,,"M"`.
fn of_code(code: &str) -> Shown {
    let Parts { literal, percent, divided, digits } = parts(code);
    if percent {
        return Shown { percent: true, ..Shown::default() };
    }
    if !digits || literal.trim().is_empty() {
        return Shown::default();
    }
    match said(&literal, "") {
        // Shown in millions: the cell holds the whole amount.
        Said::Unit(Stated { power, sign }) if power == 0 || divided => {
            Shown { before: sign.map_or_else(String::new, |sign| format!("{} ", written(sign))), ..Shown::default() }
        }
        Said::Unit(_) | Said::Unknown | Said::Unclear => Shown { behind: format!(" {}", literal.trim()), ..Shown::default() },
        Said::Nothing => Shown::default(),
    }
}

/// A format code taken apart, as far as positive numbers go.
#[derive(Default)]
struct Parts {
    /// The text it shows.
    literal: String,
    percent: bool,
    /// Whether a comma behind the digits divides the number by a thousand.
    divided: bool,
    /// Whether it shows digits, rather than a date or a text.
    digits: bool,
}

fn parts(code: &str) -> Parts {
    let mut parts = Parts::default();
    let mut chars = code.chars().peekable();
    let mut last_digit = false;
    while let Some(c) = chars.next() {
        let digit = matches!(c, '0' | '#' | '?');
        match c {
            ';' => break,
            '"' => {
                parts.literal.push(' ');
                parts.literal.extend(chars.by_ref().take_while(|c| *c != '"'));
            }
            '\\' => parts.literal.extend(chars.next()),
            // A space as wide as the next character, and one that is repeated.
            '_' | '*' => _ = chars.next(),
            '[' => {
                let inner: String = chars.by_ref().take_while(|c| *c != ']').collect();
                // `[$€-407]` is a currency and its language; `[Red]` and `[h]` show nothing.
                if let Some(currency) = inner.strip_prefix('$') {
                    parts.literal.push(' ');
                    parts.literal.push_str(currency.rsplit_once('-').map_or(currency, |(sign, _)| sign));
                }
            }
            '%' => parts.percent = true,
            ',' if last_digit && !matches!(chars.peek(), Some('0' | '#' | '?')) => {
                parts.divided = true;
                continue;
            }
            '$' | '€' | '£' | '¥' => parts.literal.push(c),
            _ => {}
        }
        parts.digits |= digit;
        last_digit = digit;
    }
    parts
}

/// A currency as a cell of a text has it.
fn written(sign: Sign) -> String {
    match sign {
        Sign::Of(currency) => currency.code().to_owned(),
        Sign::Shared(shared) => match shared {
            Shared::Dollar => "$",
            Shared::Yen => "¥",
            Shared::Yuan => "元",
            Shared::Crown => "kr",
            Shared::Peso => "pesos",
            Shared::Rupee => "rupees",
        }
        .to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_show_what_stands_beside_the_digits() {
        let cases = [
            ("General", false, "", ""),
            ("#,##0", false, "", ""),
            ("0.0%", true, "", ""),
            ("#,##0 \"€\"", false, "EUR ", ""),
            ("[$£-809]#,##0", false, "GBP ", ""),
            ("#,##0.00\\ [$€-407]", false, "EUR ", ""),
            ("\"$\"#,##0.0,,\"M\"", false, "$ ", ""),
            ("_-* #,##0.00 \"kr\"_-", false, "kr ", ""),
            ("#,##0 \"T€\"", false, "", " T€"),
            ("#,##0 \"tsd.\"", false, "", " tsd."),
            ("#,##0 \"€/kg\"", false, "", " €/kg"),
            ("#,##0 \"units\"", false, "", ""),
            ("#,##0;[Red]-#,##0%", false, "", ""),
            ("_($* #,##0_);_($* (#,##0);_($* \"-\"??_)", false, "$ ", ""),
            ("\"FY\"0", false, "", ""),
            ("yyyy\"年\"m", false, "", ""),
        ];
        for (code, percent, before, behind) in cases {
            let expected = Shown { percent, before: before.to_owned(), behind: behind.to_owned(), one: None };
            assert_eq!(of_code(code), expected, "{code}");
        }
    }
}
