//! Periods in Chinese and Japanese: `2024年3月`, `2023年第一季度`, `2024年上半年`, `2020年3月期 第1四半期`, `2021/3期`.

use crate::calendar::{Month, Period, Step};

use crate::read::cell::period::day::date;
use crate::read::cell::period::span::between_ends;
use crate::read::cell::period::{PeriodFault, When};

/// The period, if the text is written in Chinese or Japanese.
pub(in crate::read) fn east_asian(text: &str) -> Option<Result<When, PeriodFault>> {
    if text.contains(['년', '월', '분', '반']) {
        return Some(of_year(&korean(text)));
    }
    if !text.contains(['年', '期', '季', '月']) {
        return None;
    }
    let is_silent = |c: &char| !c.is_whitespace() && !matches!(c, '(' | ')' | '（' | '）');
    let compact: String = text.chars().filter(is_silent).collect();
    Some(of_year(&compact))
}

/// The number of a month that stands without its year: `3月`, `十二月`, `3월`.
pub(in crate::read) fn month_alone(text: &str) -> Option<u32> {
    const NUMERALS: [&str; 12] = ["一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二"];
    let number = text.trim().strip_suffix(['月', '월'])?;
    let written = || NUMERALS.iter().zip(1..).find(|(numeral, _)| **numeral == number).map(|(_, month)| month);
    number.parse().ok().filter(|month| (1..=12).contains(month)).or_else(written)
}

/// A Korean text in the signs of the Chinese ones: `2023년 3분기`, `2023년 상반기`, `2023.3월`.
fn korean(text: &str) -> String {
    const SIGNS: [(&str, &str); 9] = [
        ("상반기", "上半年"),
        ("하반기", "下半年"),
        ("사분기", "季度"),
        ("분기", "季度"),
        ("년도", "年"),
        ("년", "年"),
        ("월", "月"),
        ("일", "日"),
        ("제", "第"),
    ];
    let compact: String = text.chars().filter(|c| !c.is_whitespace()).collect();
    SIGNS.iter().fold(compact, |text, (korean, chinese)| text.replace(korean, chinese))
}

/// Eras by which years are counted, and the year before their first.
const ERAS: [(&str, i32); 5] = [("令和", 2018), ("平成", 1988), ("昭和", 1925), ("民國", 1911), ("民国", 1911)];

fn of_year(text: &str) -> Result<When, PeriodFault> {
    let era = ERAS.into_iter().find_map(|(era, before)| Some((before, text.strip_prefix(era)?)));
    // `R5年度`, `H30年3月期`: Japanese eras by their first letter.
    let by_letter = || {
        let (letter, rest) = text.split_at_checked(1).filter(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()))?;
        let before = match letter {
            "R" | "r" => 2018,
            "H" | "h" => 1988,
            "S" | "s" => 1925,
            _ => return None,
        };
        Some((before, rest))
    };
    let era = era.or_else(by_letter);
    // The first year of an era has a name of its own: `令和元年`.
    let counted = era.map_or(text, |(_, rest)| rest);
    let first = counted.strip_prefix('元').filter(|_| era.is_some()).map(|rest| (1, 1, rest));
    let Some((number, digits, rest)) = first.or_else(|| leading_number(counted)) else {
        return Err(if parts(text).is_some() || month_alone(text).is_some() {
            PeriodFault::NoYear
        } else {
            PeriodFault::NotAPeriod
        });
    };
    let year = match (era, digits) {
        (Some((before, _)), 1..=3) => before + number,
        (None, 4) => number,
        (None, 2) => 2000 + number,
        // Years of the Republic of China, as Taiwan counts them: `107年` is 2018.
        (None, 3) if rest.starts_with('年') => 1911 + number,
        // `3月` and `1季度` have no year.
        (None, 1) if matches!(rest, "月" | "季度" | "季" | "四半期") => return Err(PeriodFault::NoYear),
        _ => return Err(PeriodFault::NotAPeriod),
    };
    if digits <= 2 && rest == "月" {
        return Err(PeriodFault::NoYear);
    }
    if let Some(rest) = rest.strip_prefix(['/', '.', '-']) {
        return match leading_number(rest) {
            Some((month, 1..=2, rest)) if rest.starts_with('期') => ended(year, month, rest),
            Some((month, 1..=2, rest)) if rest.starts_with("月期") => ended(year, month, &rest["月".len()..]),
            _ => Err(PeriodFault::NotAPeriod),
        };
    }
    let rest = rest.strip_prefix('年').unwrap_or(rest);
    if matches!(rest, "" | "年" | "全年" | "年报" | "通期" | "期") {
        return Ok(When::year(year));
    }
    if rest == "度" {
        return Ok(When::YearFrom(year));
    }
    let rest = rest.strip_prefix('度').unwrap_or(rest);
    if let Some((first, last)) = parts(rest) {
        let quarter = |number| When::Part { year, step: Step::Quarter, number, calendar_year: false };
        return match (first, last) {
            (1, 2) => Ok(When::Part { year, step: Step::Half, number: 1, calendar_year: false }),
            (3, 4) => Ok(When::Part { year, step: Step::Half, number: 2, calendar_year: false }),
            (first, last) if first == last => Ok(quarter(first)),
            (first, last) => between_ends(quarter(first), quarter(last)),
        };
    }
    match leading_number(rest) {
        Some((month, 1..=2, rest)) => in_month(year, month, rest),
        _ => Err(PeriodFault::NotAPeriod),
    }
}

/// What follows the number of a month: nothing, a day, `期`, or another month.
fn in_month(year: i32, number: i32, rest: &str) -> Result<When, PeriodFault> {
    let month = |number: i32| Month::new(year, number.unsigned_abs()).ok_or(PeriodFault::NotInCalendar);
    let after = rest.strip_prefix('月').unwrap_or(rest);
    if let Some(to) = after.strip_prefix(['-', '~', '～', '–', '—', '至', '〜']) {
        return match leading_number(to) {
            Some((last, 1..=2, "月" | "月份")) => {
                Period::new(month(number)?, month(last)?).map(When::Span).ok_or(PeriodFault::Reversed)
            }
            _ => Err(PeriodFault::NotAPeriod),
        };
    }
    if after.starts_with('期') {
        return ended(year, number, after);
    }
    if !rest.starts_with('月') {
        return Err(PeriodFault::NotAPeriod);
    }
    match (after, leading_number(after)) {
        ("" | "份" | "度", _) => month(number).map(When::Month),
        (_, Some((day, 1..=2, "日" | "号"))) => {
            date(year, number.unsigned_abs(), day.unsigned_abs()).map(When::Day).ok_or(PeriodFault::NotInCalendar)
        }
        _ => Err(PeriodFault::NotAPeriod),
    }
}

/// `3月期`: the fiscal year that ended in March, or a part of it. `rest` begins with `期`.
fn ended(year: i32, month: i32, rest: &str) -> Result<When, PeriodFault> {
    let last = Month::new(year, month.unsigned_abs()).ok_or(PeriodFault::NotInCalendar)?;
    let rest = rest.strip_prefix('期').unwrap_or(rest);
    let year = Period::ending(last, 12);
    if matches!(rest, "" | "通期" | "連結" | "単体" | "実績") {
        return Ok(When::Span(year));
    }
    let (first, to) = parts(rest).ok_or(PeriodFault::NotAPeriod)?;
    let month_after = |quarters: u32| year.first().plus(i32::try_from(quarters * 3).unwrap_or(0));
    Period::new(month_after(first - 1), month_after(to).plus(-1)).map(When::Span).ok_or(PeriodFault::Reversed)
}

/// The quarters that a part of a year runs from and to: `第一季度`, `第1四半期`, `上半年`, `前三季度`.
fn parts(text: &str) -> Option<(u32, u32)> {
    match text {
        "上半年" | "上期" | "上半期" | "半年度" | "中期" | "中間期" | "H1" => return Some((1, 2)),
        "下半年" | "下期" | "下半期" | "H2" => return Some((3, 4)),
        "前三季度" | "前3季度" => return Some((1, 3)),
        _ => {}
    }
    let number = |text: &str| match text {
        "1" | "一" => Some(1),
        "2" | "二" => Some(2),
        "3" | "三" => Some(3),
        "4" | "四" => Some(4),
        _ => None,
    };
    let (bare, so_far) =
        text.strip_suffix("累計").or_else(|| text.strip_suffix("累计")).map_or((text, false), |bare| (bare, true));
    let bare = bare.strip_prefix('第').unwrap_or(bare);
    let before = ["四半期", "季度", "季", "Q", "q"].into_iter().find_map(|word| bare.strip_suffix(word));
    let quarter = before.or_else(|| bare.strip_prefix('Q')).and_then(number)?;
    Some((if so_far { 1 } else { quarter }, quarter))
}

fn leading_number(text: &str) -> Option<(i32, usize, &str)> {
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    Some((text[..digits].parse().ok()?, digits, &text[digits..]))
}
