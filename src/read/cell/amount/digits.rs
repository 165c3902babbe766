//! The digits of an amount and the separators among them.

use crate::read::cell::sign::is_space;

use crate::read::cell::amount::{AmountFault, DecimalMark, Mark, Number};

/// The commonest cell by far: digits, perhaps with a point that is not a thousands separator.
#[inline]
pub(in crate::read) fn plain_digits(cell: &str) -> Option<Number> {
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
    Some(Number { value: decimal(mantissa, last), unit: decimal(1, last), mark, sign: None, has_unit: false, has_note: false })
}

/// The digits of a number, its separators understood.
pub(in crate::read) struct Taken<'a> {
    /// All digits, without separators.
    digits: String,
    /// Power of ten of the last of them, if a separator that [`Depends`](Mark::Depends) groups thousands.
    last: i32,
    pub(in crate::read) mark: Mark,
    /// What follows it.
    pub(in crate::read) rest: &'a str,
}

impl<'a> Taken<'a> {
    /// The number at the start of `text` with what follows it, or `None` if there is none.
    pub(in crate::read) fn take(text: &'a str) -> Result<Option<Self>, AmountFault> {
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
    pub(in crate::read) fn scaled(&self, power: i32) -> Result<(f64, f64), AmountFault> {
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
pub(in crate::read) fn decimal(mantissa: u64, power: i32) -> f64 {
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
