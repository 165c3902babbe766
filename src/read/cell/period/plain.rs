//! What is stripped from a period's text before its grammar: full-width characters, times of day, the `.0` of whole floats.

use std::borrow::Cow;

/// The text in the characters that the grammar knows: full-width digits and signs made plain, ordinal signs and invisible
/// characters left out.
pub(in crate::read) fn plain_characters(text: &str) -> Cow<'_, str> {
    if text.is_ascii() {
        return Cow::Borrowed(text);
    }
    let plain = |c: char| match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        '\u{3000}' => Some(' '),
        '\u{2010}' | '\u{2011}' | '\u{2212}' => Some('-'),
        '‘' | '’' | '`' | '´' => Some('\''),
        'º' | 'ª' | '°' | '\u{200b}' | '\u{200e}' | '\u{200f}' | '\u{feff}' | '\u{ad}' => None,
        c => Some(c),
    };
    Cow::Owned(text.chars().filter_map(plain).collect())
}

/// The text with hyphens for dashes of any length.
pub(in crate::read) fn plain_dashes(text: &str) -> Cow<'_, str> {
    const DASHES: [char; 4] = ['\u{2012}', '–', '—', '\u{2015}'];
    if text.is_ascii() || !text.contains(DASHES) { Cow::Borrowed(text) } else { Cow::Owned(text.replace(DASHES, "-")) }
}

/// A number without the `.0` that pandas puts behind whole ones: `2017` of `2017.0`, `1` of `1.0`; any other text as it is.
pub(in crate::read) fn whole_float(text: &str) -> &str {
    let Some((whole, zeros)) = text.split_once('.') else { return text };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if digits(whole) && digits(zeros) && zeros.bytes().all(|byte| byte == b'0') { whole } else { text }
}

/// A date without the time of day behind it, and that time in minutes, if it is one: `31/01/2023 12:30:00 PM`.
pub(in crate::read) fn split_time(text: &str) -> Option<(&str, Time)> {
    let colon = text.find(':')?;
    let hour = text[..colon].rfind(|c: char| !c.is_ascii_digit())?;
    let before = text[hour..].chars().next()?;
    if !(before.is_whitespace() || matches!(before, 'T' | 't')) {
        return None;
    }
    let start = hour + before.len_utf8();
    let number = |part: &str| part.parse::<u16>().ok();
    let (hour_of_day, minute) = (number(text.get(start..colon)?)?, number(text.get(colon + 1..colon + 3)?)?);
    let rest = text.get(colon + 3..)?;
    let digits = |text: &str| text.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(text.len());
    let (seconds, zone) = rest.split_at(digits(rest));
    let zone = zone.trim();
    let (half, behind) = zone.split_at_checked(2).unwrap_or((zone, ""));
    let (afternoon, zone) = if half.eq_ignore_ascii_case("am") {
        (Some(false), behind.trim())
    } else if half.eq_ignore_ascii_case("pm") {
        (Some(true), behind.trim())
    } else {
        (None, zone)
    };
    let is_utc = ["Z", "UTC", "GMT", "+00:00", "+0000", "+00", "-00:00"].into_iter().any(|utc| zone.eq_ignore_ascii_case(utc));
    let is_offset =
        zone.starts_with(['+', '-']) && zone.len() >= 3 && zone[1..].bytes().all(|b| b.is_ascii_digit() || b == b':');
    if !(zone.is_empty() || is_utc || is_offset) || hour_of_day > 24 || minute > 59 {
        return None;
    }
    let hour_of_day = match afternoon {
        Some(afternoon) => hour_of_day % 12 + if afternoon { 12 } else { 0 },
        None => hour_of_day,
    };
    let whole = seconds.bytes().all(|byte| matches!(byte, b'0' | b':' | b'.'));
    let time = Time { minutes: hour_of_day * 60 + minute, whole, local: is_offset && !is_utc };
    Some((text[..hour].trim_end_matches([' ', ',']), time))
}

/// The time of day behind a date.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) struct Time {
    /// Minutes after midnight.
    pub(in crate::read) minutes: u16,
    /// Whether there are no seconds besides.
    pub(in crate::read) whole: bool,
    /// Whether the zone is given, and is not UTC: then the day is that of the place.
    pub(in crate::read) local: bool,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters() {
        for (text, plain) in [("２０２３／０３", "2023/03"), ("1º trim. 2024", "1 trim. 2024"), ("Mar’24", "Mar'24")]
        {
            assert_eq!(plain_characters(text), plain);
        }
    }

    #[test]
    fn whole_floats() {
        for (text, whole) in [("2017.0", "2017"), ("1.0", "1"), ("1.00", "1"), ("1.5", "1.5"), ("1.", "1."), ("Q1", "Q1")] {
            assert_eq!(whole_float(text), whole);
        }
    }

    #[test]
    fn times_of_day() {
        let minutes = |text| split_time(text).map(|(date, time)| (date, time.minutes));
        let cases = [
            ("2022-12-31T23:00:00Z", Some(("2022-12-31", 1380))),
            ("31/01/2023 12:30", Some(("31/01/2023", 750))),
            ("1/31/2023 12:00:00 AM", Some(("1/31/2023", 0))),
            ("1/31/2023, 5:15 PM UTC", Some(("1/31/2023", 1035))),
            ("2023-01-31 00:00:00.000+00:00", Some(("2023-01-31", 0))),
            ("2023-01-31T00:00:00+0200", Some(("2023-01-31", 0))),
            ("2023-01-31", None),
            ("ratio 3:2", None),
        ];
        for (text, expected) in cases {
            assert_eq!(minutes(text), expected, "{text}");
        }
    }
}
