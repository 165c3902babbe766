//! How months lie that name or date totals: one by one, a quarter or a year apart, or so but for one.

use crate::calendar::{Month, Step};

use crate::read::report::error::Spacing;

/// How distinct months in order lie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Pattern {
    /// As single months do: some are neighbours, or nothing shows that they are anything else.
    Single,
    /// So many months apart (3, 6 or 12), but for a few that are missing.
    Every(u32),
    /// Twelve months apart but for one distance, behind the month at this index.
    OddOne { at: usize },
    /// Whole quarters apart, but not evenly.
    Unclear,
}

/// How months lie, which are distinct and in order.
pub(in crate::read) fn pattern(months: &[Month]) -> Pattern {
    let gaps: Vec<u32> = months.windows(2).map(|pair| pair[1].since(pair[0]).unsigned_abs()).collect();
    let common = gaps.iter().copied().fold(0, gcd);
    let step = [12, 6, 3].into_iter().find(|step| common > 0 && common % step == 0);
    if let Some(step) = step
        && spacing(months) == Ok(step)
    {
        return Pattern::Every(step);
    }
    let mut odd = gaps.iter().enumerate().filter(|(_, gap)| **gap != 12);
    if let (3.., Some((at, _)), None) = (gaps.len(), odd.next(), odd.next()) {
        return Pattern::OddOne { at };
    }
    if step.is_some() && gaps.len() >= 3 { Pattern::Unclear } else { Pattern::Single }
}

fn gcd(one: u32, other: u32) -> u32 {
    if other == 0 { one } else { gcd(other, one % other) }
}

/// The length of periods that end (or all begin) in these months, which are in order and distinct.
pub(in crate::read) fn spacing(months: &[Month]) -> Result<u32, Spacing> {
    let gaps: Vec<u32> = months.windows(2).map(|pair| pair[1].since(pair[0]).unsigned_abs()).collect();
    let Some(least) = gaps.iter().copied().min() else { return Err(Spacing::Alone) };
    if Step::of_months(least).is_none() {
        return Err(Spacing::Odd(least));
    }
    // A few periods may be missing. Where many are, or the first dates stand further apart than the later ones, a date may as
    // well end a longer period: years up to some point, quarters from there on.
    let missing: u32 = gaps.iter().map(|gap| gap / least - 1).sum();
    let present = u32::try_from(months.len()).unwrap_or(u32::MAX);
    if gaps.iter().any(|gap| gap % least != 0) || gaps.first() != Some(&least) || missing * 3 > present {
        return Err(Spacing::Uneven);
    }
    Ok(least)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns() {
        let pattern = |text: &str| {
            let month = |text: &str| {
                let (year, month) = text.split_once('-').unwrap();
                Month::new(year.parse().unwrap(), month.parse().unwrap()).unwrap()
            };
            pattern(&text.split_whitespace().map(month).collect::<Vec<_>>())
        };
        let cases = [
            ("2024-01", Pattern::Single),
            ("2024-01 2024-02 2024-03", Pattern::Single),
            ("2024-01 2024-05", Pattern::Single),
            ("2024-01 2024-03 2024-07 2024-08", Pattern::Single),
            ("2023-03 2023-06 2024-03", Pattern::Single),
            ("2021-03 2022-03", Pattern::Every(12)),
            ("2021-03 2022-03 2023-03 2025-03", Pattern::Every(12)),
            ("2021-06 2021-09 2021-12 2022-03", Pattern::Every(3)),
            ("2021-06 2021-12 2022-06", Pattern::Every(6)),
            ("2021-12 2022-12 2023-12 2024-03", Pattern::OddOne { at: 2 }),
            ("2014-03 2015-03 2016-03 2016-12 2017-12", Pattern::OddOne { at: 2 }),
            ("2014-03 2015-03 2016-03 2016-10 2017-10", Pattern::OddOne { at: 2 }),
            ("2021-03 2021-09 2022-03 2022-06 2022-09", Pattern::Unclear),
        ];
        for (text, expected) in cases {
            assert_eq!(pattern(text), expected, "{text}");
        }
    }
}
