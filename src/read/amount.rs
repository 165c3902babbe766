//! Amounts as people write them: `$43.2B`, `12,5 Md€`, `(1,234.50)`, `1.2e9`.
//!
//! Knows the grammar of one cell. Where a cell alone does not say whether its comma or point groups thousands or marks
//! decimals, it says so ([`Mark`]) and leaves the decision to the column ([`crate::read::decide`]). Knows nothing of kinds
//! and periods.

use std::fmt;

use crate::money::Amount;

use super::sign::{Sign, is_space, leading_sign, more_exact, same_currency, trailing_sign};

/// The character that stands before the decimals.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DecimalMark {
    /// `1,234.5`
    Point,
    /// `1.234,5`
    Comma,
}

impl DecimalMark {
    /// The character.
    pub fn char(self) -> char {
        match self {
            Self::Point => '.',
            Self::Comma => ',',
        }
    }
}

/// `point` or `comma`.
impl fmt::Display for DecimalMark {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Point => "point",
            Self::Comma => "comma",
        })
    }
}

/// What a number's separators say about the decimal mark of its column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Mark {
    /// Nothing: there is no comma or point, or it plays no part.
    Silent,
    /// The number reads one way only, and so shows the column's mark.
    Shows(DecimalMark),
    /// `1,234`: the one comma (or point) marks decimals if it is the column's mark, else it groups thousands.
    Depends(DecimalMark),
}

/// A number as read from one cell.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Number {
    /// The value; where the mark [`Depends`](Mark::Depends), the value if the separator groups thousands.
    value: f64,
    /// What one unit of the last stated digit is worth, likewise.
    unit: f64,
    pub(super) mark: Mark,
    pub(super) sign: Option<Sign>,
}

impl Number {
    /// A number that was not read from text.
    pub(super) fn plain(value: f64, unit: f64) -> Self {
        Self { value, unit, mark: Mark::Silent, sign: None }
    }

    /// The number in a column of this scale, 1,000 for "in thousands".
    pub(super) fn scaled(self, scale: f64) -> Self {
        Self { value: self.value * scale, unit: self.unit * scale.abs(), ..self }
    }

    /// The number with this sign, if its cell has none.
    pub(super) fn or_sign(self, sign: Option<Sign>) -> Self {
        Self { sign: self.sign.or(sign), ..self }
    }

    /// So many times the number, as precisely stated.
    pub(super) fn times(self, count: f64) -> Self {
        Self { value: self.value * count, ..self }
    }

    /// The number in a column with this decimal mark.
    pub(super) fn settled(self, mark: DecimalMark) -> Self {
        match self.mark {
            Mark::Depends(separator) if separator == mark => {
                Self { value: self.value / 1000.0, unit: self.unit / 1000.0, mark: Mark::Silent, ..self }
            }
            _ => Self { mark: Mark::Silent, ..self },
        }
    }

    /// The amount in a column with this decimal mark, or `None` where it is not finite.
    pub(super) fn amount(self, mark: DecimalMark) -> Option<Amount> {
        let settled = self.settled(mark);
        Amount::new(settled.value, settled.unit)
    }
}

/// What is wrong with an amount.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AmountFault {
    /// There are no digits, or something that does not belong to a number.
    NotANumber,
    /// `NaN`, an infinity, or beyond what a 64-bit number holds.
    NotFinite,
    /// A percentage is no amount.
    Percentage,
    /// The separators make no number: `1,23,4`.
    Separators,
    /// A word after the number that is no unit: `12 apples`.
    UnknownUnit,
    /// A range such as `10-12B`.
    Range,
}

/// Whether a cell says that there is no value: blank, `n/a`, `-`, `—`, `..`.
pub(super) fn is_missing(cell: &str) -> bool {
    if cell.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let cell = cell.trim();
    cell.is_empty()
        || ["-", "–", "—", "..", "...", "n/a", "n.a.", "na", "#n/a", "null", "none", "nil", "n.d.", "nd", "k.a."]
            .iter()
            .any(|missing| cell.eq_ignore_ascii_case(missing))
}

/// Reads an amount; the cell is not [missing](is_missing).
#[inline]
pub(super) fn parse(cell: &str) -> Result<Number, AmountFault> {
    match plain_digits(cell) {
        Some(number) => Ok(number),
        None => parse_any(cell),
    }
}

/// Reads an amount in any form.
fn parse_any(cell: &str) -> Result<Number, AmountFault> {
    let mut rest = cell.trim_matches(is_space);
    // A spreadsheet's formula that is a constant, `=-236705.50`, and text kept text, `="1234"`.
    if let Some(formula) = rest.strip_prefix('=') {
        rest = formula.trim_matches('"').trim_matches(is_space);
    }
    let mut negative = false;
    if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        negative = true;
        rest = inner.trim_matches(is_space);
    }
    rest = rest.trim_start_matches(['~', '≈']).trim_start_matches(is_space);
    let mut sign = None;
    loop {
        if !negative && let Some(after) = rest.strip_prefix(['-', '−', '\u{2010}', '–']) {
            negative = true;
            rest = after.trim_start_matches(is_space);
        } else if let Some(after) = rest.strip_prefix('+') {
            rest = after.trim_start_matches(is_space);
        } else if sign.is_none()
            && let Some((found, after)) = leading_sign(rest)
        {
            sign = Some(found);
            rest = after.trim_start_matches(is_space);
        } else if !negative && let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            negative = true; // $(1,234)
            rest = inner.trim_matches(is_space);
        } else {
            break;
        }
    }
    let Some(taken) = Taken::take(rest)? else {
        return Err(no_digits(rest));
    };
    let mut tail = taken.rest.trim_matches(is_space);
    if let Some(before) = tail.strip_suffix(['-', '−']).filter(|_| !negative) {
        negative = true; // `50-`, as SAP writes it
        tail = before.trim_end_matches(is_space);
    }
    let (power, tail_sign) = unit_and_sign(tail)?;
    if let (Some(before), Some(after)) = (sign, tail_sign)
        && !same_currency(before, after)
    {
        return Err(AmountFault::UnknownUnit);
    }
    let (mut value, unit) = taken.scaled(power)?;
    if negative {
        value = -value;
    }
    Ok(Number { value, unit, mark: taken.mark, sign: more_exact(sign, tail_sign) })
}

/// The power of ten and the currency of a header's or a cell's unit, such as `USD m`, `k€` or `millions`.
pub(super) fn unit_and_sign(text: &str) -> Result<(i32, Option<Sign>), AmountFault> {
    let text = text.trim_matches(is_space);
    if let Some(power) = unit_power(text) {
        return Ok((power, None));
    }
    if text.contains('%') {
        return Err(AmountFault::Percentage);
    }
    // Thousands in German accounts, where nobody has trillions; `€1T` is a trillion.
    if ["T€", "TEUR", "TCHF"].contains(&text) {
        return Ok((3, trailing_sign(text).map(|(sign, _)| sign)));
    }
    let split = leading_sign(text).or_else(|| trailing_sign(text));
    if let Some((sign, rest)) = split
        && let Some(power) = unit_power(rest.trim_matches(is_space))
    {
        return Ok((power, Some(sign)));
    }
    let between = ["-", "–", "—", "to ", "à ", "bis "].iter().find_map(|word| text.strip_prefix(word));
    let range = between.is_some_and(|other| other.trim_start_matches(is_space).starts_with(|c: char| c.is_ascii_digit()));
    Err(if range { AmountFault::Range } else { AmountFault::UnknownUnit })
}

/// Powers of ten of the words after a number. `M`, `MM`, `m`, `mn` are millions and `billion` is 10⁹, as in English;
/// *milliard* and *Mrd* are 10⁹ and *Billionen* 10¹², as in French and German.
fn unit_power(word: &str) -> Option<i32> {
    const UNITS: [(i32, &[&str]); 7] = [
        (0, &[""]),
        (3, &["k", "thousand", "thousands", "thsd", "000s", "mille", "milliers", "tsd", "tausend", "th"]),
        (5, &["lakh", "lakhs", "lac"]),
        (
            6,
            &[
                "m",
                "mm",
                "mn",
                "mln",
                "mio",
                "mil",
                "mill",
                "million",
                "millions",
                "millionen",
                "mill.",
                "de millions",
                "millions de",
                "millions d'",
            ],
        ),
        (7, &["crore", "crores", "cr"]),
        (
            9,
            &[
                "b",
                "bn",
                "bln",
                "bil",
                "billion",
                "billions",
                "md",
                "mds",
                "mrd",
                "mrds",
                "mia",
                "milliard",
                "milliards",
                "milliarde",
                "milliarden",
                "milliards de",
                "milliards d'",
                "g",
            ],
        ),
        (12, &["t", "tn", "trn", "tril", "trillion", "trillions", "billionen"]),
    ];
    let word = word.trim_end_matches('.');
    UNITS.iter().find(|(_, words)| words.iter().any(|unit| unit.eq_ignore_ascii_case(word))).map(|(power, _)| *power)
}

fn no_digits(rest: &str) -> AmountFault {
    let word = rest.to_ascii_lowercase();
    let word = word.trim_start_matches("1.#");
    if ["nan", "inf", "infinity", "∞", "#num!", "#div/0!"].contains(&word) {
        AmountFault::NotFinite
    } else {
        AmountFault::NotANumber
    }
}

/// The commonest cell by far: digits, perhaps with a point that is no thousands separator.
#[inline]
fn plain_digits(cell: &str) -> Option<Number> {
    let bytes = cell.as_bytes();
    let mut mantissa = 0_u64;
    let mut point = None;
    if bytes.is_empty() || bytes.len() > 17 {
        return None;
    }
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'0'..=b'9' => mantissa = mantissa * 10 + u64::from(byte - b'0'),
            b'.' if point.is_none() && at > 0 => point = Some(at),
            _ => return None,
        }
    }
    let decimals = point.map_or(0, |at| bytes.len() - 1 - at);
    let mark = match point {
        None => Mark::Silent,
        Some(at) if decimals == 3 && at <= 3 && bytes[0] != b'0' => Mark::Depends(DecimalMark::Point),
        Some(_) if decimals == 0 => return None,
        Some(_) => Mark::Shows(DecimalMark::Point),
    };
    let last = if matches!(mark, Mark::Depends(_)) { 0 } else { -i32::try_from(decimals).ok()? };
    Some(Number { value: decimal(mantissa, last), unit: decimal(1, last), mark, sign: None })
}

/// The digits of a number, its separators understood.
struct Taken<'a> {
    /// All digits, without separators.
    digits: String,
    /// Power of ten of the last of them, if a separator that [`Depends`](Mark::Depends) groups thousands.
    last: i32,
    mark: Mark,
    rest: &'a str,
}

impl<'a> Taken<'a> {
    /// The number at the start of `text` with what follows it, or `None` if there is none.
    fn take(text: &'a str) -> Result<Option<Self>, AmountFault> {
        let end = number_end(text);
        let (number, mut rest) = text.split_at(end);
        if !number.contains(|c: char| c.is_ascii_digit()) {
            return Ok(None);
        }
        let exponent = exponent(rest);
        let mut power = 0;
        if let Some((value, after)) = exponent {
            power = value?;
            rest = after;
        }
        let (decimals, mark) = separators(number)?;
        let digits: String = number.chars().filter(char::is_ascii_digit).collect();
        let last = power - i32::try_from(decimals).unwrap_or(i32::MAX);
        Ok(Some(Self { digits, last, mark, rest }))
    }

    /// Value and unit of the last digit, times ten to the `power`.
    fn scaled(&self, power: i32) -> Result<(f64, f64), AmountFault> {
        let last = self.last + power;
        let value = match self.digits.parse::<u64>() {
            Ok(mantissa) => decimal(mantissa, last),
            Err(_) => format!("{}e{last}", self.digits).parse().map_err(|_| AmountFault::NotANumber)?,
        };
        let unit = decimal(1, last);
        if value.is_finite() && unit.is_finite() { Ok((value, unit)) } else { Err(AmountFault::NotFinite) }
    }
}

/// Where the digits and separators at the start of `text` end; a space belongs to the number only between groups of three.
fn number_end(text: &str) -> usize {
    let mut end = 0;
    for (at, c) in text.char_indices() {
        let next = &text[at + c.len_utf8()..];
        let digit_follows = next.starts_with(|c: char| c.is_ascii_digit());
        let belongs = match c {
            '0'..='9' => true,
            '.' | ',' => digit_follows || (c == '.' && at > 0 && !next.starts_with(|c: char| c.is_alphanumeric())),
            '\'' | '’' | '_' => at > 0 && digit_follows,
            c if is_space(c) => at > 0 && three_digits_follow(next),
            _ => false,
        };
        if !belongs {
            break;
        }
        end = at + c.len_utf8();
    }
    end
}

fn three_digits_follow(text: &str) -> bool {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    digits == 3
}

/// `e9`, `E+09`: the power and what follows; only where digits follow the `e`, so that `12 euros` is not one.
fn exponent(rest: &str) -> Option<(Result<i32, AmountFault>, &str)> {
    let after = rest.strip_prefix(['e', 'E'])?;
    let (minus, after) = match after.strip_prefix(['-', '−']) {
        Some(after) => (true, after),
        None => (false, after.strip_prefix('+').unwrap_or(after)),
    };
    let digits = after.bytes().take_while(u8::is_ascii_digit).count();
    if digits == 0 {
        return None;
    }
    let power = after[..digits].parse::<i32>().ok().filter(|power| *power < 1000);
    let power = power.map(|power| if minus { -power } else { power }).ok_or(AmountFault::NotFinite);
    Some((power, &after[digits..]))
}

/// How many of the digits are decimals, and what the separators say of the decimal mark.
fn separators(number: &str) -> Result<(usize, Mark), AmountFault> {
    let points = number.matches('.').count();
    let commas = number.matches(',').count();
    let grouped_otherwise = number.contains(|c: char| !c.is_ascii_digit() && c != '.' && c != ',');
    let after = |separator: char| number.rfind(separator).map_or(0, |at| number.len() - at - 1);
    let decimal_mark = match (points, commas) {
        (0, 0) => None,
        (1, 1..) if number.rfind('.') > number.rfind(',') => Some(DecimalMark::Point),
        (1.., 1) if number.rfind(',') > number.rfind('.') => Some(DecimalMark::Comma),
        (1.., 1..) => return Err(AmountFault::Separators),
        (1, 0) | (0, 1) => {
            let mark = if points == 1 { DecimalMark::Point } else { DecimalMark::Comma };
            let at = number.find(mark.char()).unwrap_or(0);
            let could_group = after(mark.char()) == 3 && (1..=3).contains(&at) && !number.starts_with('0');
            if could_group && !grouped_otherwise {
                return Ok((0, Mark::Depends(mark)));
            }
            Some(mark)
        }
        // Several of one kind group thousands, so the other one is the decimal mark.
        (_, 0) => return groups(number, '.').map(|()| (0, Mark::Shows(DecimalMark::Comma))),
        (0, _) => return groups(number, ',').map(|()| (0, Mark::Shows(DecimalMark::Point))),
    };
    let Some(mark) = decimal_mark else {
        if grouped_otherwise {
            groups(number, '\0')?;
        }
        return Ok((0, Mark::Silent));
    };
    let at = number.rfind(mark.char()).unwrap_or(number.len());
    let grouping = if mark == DecimalMark::Point { ',' } else { '.' };
    groups(&number[..at], grouping)?;
    let decimals = &number[at + 1..];
    if decimals.contains(|c: char| !c.is_ascii_digit()) {
        return Err(AmountFault::Separators);
    }
    Ok((decimals.len(), Mark::Shows(mark)))
}

/// Checks that the digits before the decimals come in groups: three each, or in twos before the last three, as in India.
fn groups(whole: &str, grouping: char) -> Result<(), AmountFault> {
    let is_separator = |c: char| c == grouping || is_space(c) || ['\'', '’', '_'].contains(&c);
    let lengths: Vec<usize> = whole.split(is_separator).map(str::len).collect();
    let all_digits = whole.chars().all(|c| c.is_ascii_digit() || is_separator(c));
    let [first, middle @ .., last] = lengths.as_slice() else {
        return if all_digits { Ok(()) } else { Err(AmountFault::Separators) };
    };
    let western = middle.iter().all(|length| *length == 3) && (1..=3).contains(first);
    let indian = middle.iter().all(|length| *length == 2) && (1..=2).contains(first) && grouping == ',';
    if all_digits && *last == 3 && (western || indian) { Ok(()) } else { Err(AmountFault::Separators) }
}

/// `mantissa` times ten to the `power`, correctly rounded.
pub(super) fn decimal(mantissa: u64, power: i32) -> f64 {
    const TENS: [f64; 23] = [
        1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
        1e21, 1e22,
    ];
    // Both factors are exact, so that one operation rounds once (Clinger 1990, "How to read floating point numbers accurately").
    let exact = mantissa < (1 << 53);
    match usize::try_from(power.unsigned_abs()) {
        Ok(size) if exact && size < TENS.len() => {
            if power < 0 {
                mantissa as f64 / TENS[size]
            } else {
                mantissa as f64 * TENS[size]
            }
        }
        _ => format!("{mantissa}e{power}").parse().unwrap_or(f64::INFINITY),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;
    use crate::read::sign::Shared;

    fn read(text: &str) -> (f64, f64) {
        let number = parse(text).unwrap_or_else(|fault| panic!("{text}: {fault:?}"));
        let amount = number.amount(DecimalMark::Point).unwrap();
        (amount.value(), amount.unit())
    }

    #[test]
    fn forms_people_write() {
        let cases = [
            ("10B", 10e9, 1e9),
            ("$43B", 43e9, 1e9),
            ("43.2B", 43.2e9, 0.1e9),
            ("12.5 bn", 12.5e9, 0.1e9),
            ("43 Md€", 43e9, 1e9),
            ("43 Md$", 43e9, 1e9),
            ("12 milliards", 12e9, 1e9),
            ("12 milliards d'euros", 12e9, 1e9),
            ("12 milliards de dollars", 12e9, 1e9),
            ("1,5 Mrd. EUR", 1.5e9, 0.1e9),
            ("€1,5 Mio", 1.5e6, 0.1e6),
            ("10M", 10e6, 1e6),
            ("10MM", 10e6, 1e6),
            ("10m", 10e6, 1e6),
            ("10 mn", 10e6, 1e6),
            ("EUR 5k", 5e3, 1e3),
            ("MUSD", f64::NAN, 0.0),
            ("5 MUSD", 5e6, 1e6),
            ("5 TEUR", 5e3, 1e3),
            ("12 T€", 12e3, 1e3),
            ("€5T", 5e12, 1e12),
            ("10000000000", 10e9, 1.0),
            ("1.2e9", 1.2e9, 0.1e9),
            ("1.2E+09", 1.2e9, 0.1e9),
            ("1,234.5", 1234.5, 0.1),
            ("1,234.50", 1234.5, 0.01),
            ("1.234,50", 1234.5, 0.01),
            ("1,234,567", 1_234_567.0, 1.0),
            ("1.234.567", 1_234_567.0, 1.0),
            ("12,34,567", 1_234_567.0, 1.0),
            ("1 234,5", 1234.5, 0.1),
            ("1\u{a0}234,5", 1234.5, 0.1),
            ("1\u{202f}234\u{202f}567", 1_234_567.0, 1.0),
            ("1'234.50", 1234.5, 0.01),
            ("1’234", 1234.0, 1.0),
            ("(123)", -123.0, 1.0),
            ("($50,000.00)", -50_000.0, 0.01),
            ("$(50,000.00)", -50_000.0, 0.01),
            ("-50", -50.0, 1.0),
            ("−50", -50.0, 1.0),
            ("-$50", -50.0, 1.0),
            ("$-50", -50.0, 1.0),
            ("50-", -50.0, 1.0),
            ("=-236705.50", -236_705.5, 0.01),
            ("~$10B", 10e9, 1e9),
            ("US$1.5 billion", 1.5e9, 0.1e9),
            ("C$2M", 2e6, 1e6),
            ("3 crore", 3e7, 1e7),
            ("0.123", 0.123, 0.001),
            ("0,123", 0.123, 0.001),
            (".5", 0.5, 0.1),
            ("5.", 5.0, 1.0),
            ("0", 0.0, 1.0),
            ("1234.567", 1234.567, 0.001),
            ("12345678901234567890123", 12_345_678_901_234_567_890_123.0, 1.0),
        ];
        for (text, value, unit) in cases {
            if value.is_nan() {
                assert!(parse(text).is_err(), "{text}");
            } else {
                assert_eq!(read(text), (value, unit), "{text}");
            }
        }
    }

    #[test]
    fn one_separator_before_three_digits_depends_on_the_column() {
        for (text, separator) in
            [("1,234", DecimalMark::Comma), ("1.234", DecimalMark::Point), ("$12.345M", DecimalMark::Point)]
        {
            assert_eq!(parse(text).unwrap().mark, Mark::Depends(separator), "{text}");
        }
        let number = parse("1,234").unwrap();
        assert_eq!(number.amount(DecimalMark::Point), Amount::new(1234.0, 1.0));
        assert_eq!(number.amount(DecimalMark::Comma), Amount::new(1.234, 0.001));
    }

    #[test]
    fn signs_are_kept() {
        let code = |code| Some(Sign::Of(Currency::from_code(code).unwrap()));
        let cases = [
            ("€5", code("EUR")),
            ("5 EUR", code("EUR")),
            ("5 Md€", code("EUR")),
            ("$12 CAD", code("CAD")),
            ("kr 5", Some(Sign::Shared(Shared::Crown))),
            ("$5", Some(Sign::Shared(Shared::Dollar))),
            ("5 zł", code("PLN")),
            ("5", None),
        ];
        for (text, sign) in cases {
            assert_eq!(parse(text).unwrap().sign, sign, "{text}");
        }
        let dollar = Sign::Shared(Shared::Dollar);
        assert_eq!(dollar.currency(Currency::from_code("CAD").unwrap()), Currency::from_code("CAD"));
        assert_eq!(dollar.currency(Currency::from_code("EUR").unwrap()), Some(Currency::USD));
        assert_eq!(Sign::Shared(Shared::Crown).currency(Currency::USD), None);
    }

    #[test]
    fn faults() {
        let cases = [
            ("abc", AmountFault::NotANumber),
            ("NaN", AmountFault::NotFinite),
            ("-inf", AmountFault::NotFinite),
            ("1e400", AmountFault::NotFinite),
            ("1e99999999999", AmountFault::NotFinite),
            ("5%", AmountFault::Percentage),
            ("1,23,4", AmountFault::Separators),
            ("1,2,3", AmountFault::Separators),
            ("1.2.3,4,5", AmountFault::Separators),
            ("12 apples", AmountFault::UnknownUnit),
            ("€5 USD", AmountFault::UnknownUnit),
            ("10-12B", AmountFault::Range),
            ("10–12B", AmountFault::Range),
            ("10 to 12 billion", AmountFault::Range),
            ("10 à 12 Md€", AmountFault::Range),
            ("10—", AmountFault::UnknownUnit),
            ("$", AmountFault::NotANumber),
        ];
        for (text, fault) in cases {
            assert_eq!(parse(text), Err(fault), "{text}");
        }
    }
}
