//! The month in which fiscal years end, as a title, a name or a remark says it: `fiscal year ends June 30`,
//! `Year ended 30 June`, `FY (Apr-Mar)`, `決算期 3月期`.

use crate::read::cell::calendar_words::{Word, word};

/// The most words between that for the year and the month that it ends with: `fiscal year of the company ends on the last day
/// of June`.
const REACH: usize = 12;

/// The month that a text says fiscal years end with, 1 to 12; `None` if it says none, or speaks of one year only.
pub(in crate::read) fn fiscal_year_end(text: &str) -> Option<u8> {
    if text.len() > 400 {
        return None;
    }
    japanese(text).or_else(|| {
        let pieces = pieces(text);
        ended(&pieces).or_else(|| range(&pieces))
    })
}

/// The same of a title above a table of years, where one year with its end says it of all: `for the year ended 31 March 2024`,
/// `Geschäftsjahr 01.07.2023 - 30.06.2024`, `52 weeks ended 29 June 2024`.
pub(in crate::read) fn fiscal_year_end_above(text: &str) -> Option<u8> {
    if text.len() > 400 {
        return None;
    }
    let all = pieces(text);
    let speaks_of_year = all.iter().any(|piece| matches!(piece, Piece::Year | Piece::YearEnd)) && !all.contains(&Piece::SoFar);
    let plain: Vec<Piece> = all.iter().copied().filter(|piece| *piece != Piece::OneYear).collect();
    fiscal_year_end(text)
        .or_else(|| speaks_of_year.then(|| ended(&plain).or_else(|| range(&plain)).or_else(|| in_days(&all)))?)
}

/// A piece of a text, as far as it matters here.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Piece {
    /// A word for the fiscal year: `fiscal`, `FY`, `year`.
    Year,
    /// `FYE`, `YE`: the year and its end in one.
    YearEnd,
    Ends,
    /// `months`, `weeks`, after how many.
    Lengths,
    Month(u8),
    /// A number of one or two digits: a day.
    Day(u8),
    /// A year with its digits: what is said holds for it alone.
    OneYear,
    /// `to date`: of no whole year.
    SoFar,
    Dash,
    Other,
}

fn pieces(text: &str) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = text;
    while let Some(c) = rest.chars().next() {
        let length = if c.is_ascii_digit() {
            let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
            pieces.push(rest[..digits].parse().ok().filter(|_| digits <= 2).map_or(Piece::OneYear, Piece::Day));
            digits
        } else if c.is_alphabetic() {
            let end = rest.find(|c: char| !c.is_alphabetic()).unwrap_or(rest.len());
            // `twelve months ended`, `52 weeks ended`
            pieces.push(match (piece(&rest[..end].to_lowercase()), pieces.last()) {
                (Piece::Lengths, Some(Piece::Day(12 | 52 | 53))) => Piece::Year,
                (Piece::Lengths, _) => Piece::Other,
                (piece, _) => piece,
            });
            end
        } else {
            if matches!(c, '-' | '–' | '—' | '/' | '~' | '～') {
                pieces.push(Piece::Dash);
            }
            c.len_utf8()
        };
        rest = &rest[length..];
    }
    pieces
}

fn piece(lower: &str) -> Piece {
    match lower {
        "fye" | "ye" | "yearend" | "bilanzstichtag" => Piece::YearEnd,
        "financial" | "years" => Piece::Year,
        // `year to date March` is not a year.
        "date" | "ytd" => Piece::SoFar,
        "ends" | "endet" | "endende" | "endenden" | "endete" | "termina" | "finit" | "clôture" | "cierre" | "on" | "bis" => {
            Piece::Ends
        }
        _ => match word(lower) {
            Some(Word::Fiscal | Word::Year) => Piece::Year,
            Some(Word::Ended) => Piece::Ends,
            Some(Word::Months | Word::Weeks) => Piece::Lengths,
            Some(Word::Count(12)) => Piece::Day(12),
            Some(Word::Month(month)) => u8::try_from(month).map_or(Piece::Other, Piece::Month),
            _ => Piece::Other,
        },
    }
}

/// `fiscal year ends June 30`, `years ended 31 December`, `FYE March`.
fn ended(pieces: &[Piece]) -> Option<u8> {
    for (at, start) in pieces.iter().enumerate() {
        if !matches!(start, Piece::Year | Piece::YearEnd) {
            continue;
        }
        let mut ends = *start == Piece::YearEnd;
        for (place, piece) in pieces.iter().enumerate().skip(at + 1).take(REACH) {
            match piece {
                Piece::Ends => ends = true,
                // `year ended June 2023` is that year, and no rule for others.
                Piece::OneYear | Piece::SoFar => break,
                Piece::Month(month) => {
                    let is_one_year = pieces[place + 1..].iter().take(2).any(|piece| *piece == Piece::OneYear);
                    if ends && !is_one_year {
                        // The weeks of a year end some days before or after its last month does.
                        let is_early = |day: &Piece| matches!(day, Piece::Day(1..=7));
                        let beside =
                            [place.checked_sub(1), Some(place + 1)].into_iter().flatten().filter_map(|at| pieces.get(at));
                        let early = beside.take(2).any(is_early);
                        return Some(if early { (month + 10) % 12 + 1 } else { *month });
                    }
                    break;
                }
                _ => {}
            }
        }
    }
    None
}

/// `FYE 30/06`, `01.07.-30.06.`, `2023-07-01 - 2024-06-30`: the last of its days, at the end of a month.
fn in_days(pieces: &[Piece]) -> Option<u8> {
    let days: Vec<u8> = pieces.iter().filter_map(|piece| if let Piece::Day(day) = piece { Some(*day) } else { None }).collect();
    let is_end = |day: u8| (28..=31).contains(&day);
    let (first, last) = days.split_at(days.len().checked_sub(2)?);
    let month = match *last {
        [day, month @ 1..=12] | [month @ 1..=12, day] if is_end(day) => month,
        _ => return None,
    };
    let ends = || pieces.iter().any(|piece| matches!(piece, Piece::Ends | Piece::YearEnd));
    let starts = |first: &[u8]| first.is_empty() && ends() || first.contains(&1) && first.contains(&(month % 12 + 1));
    starts(first).then_some(month)
}

/// `Apr-Mar`, `July to June`: twelve months in a row.
fn range(pieces: &[Piece]) -> Option<u8> {
    let says = |piece: &Piece| !matches!(piece, Piece::Other | Piece::Day(_));
    let plain: Vec<Piece> = pieces.iter().copied().filter(says).collect();
    plain.windows(3).find_map(|three| match *three {
        [Piece::Month(first), Piece::Dash | Piece::Ends, Piece::Month(last)] if first % 12 == (last + 1) % 12 => Some(last),
        _ => None,
    })
}

/// `3月期`, `3月決算`, `4月～3月`.
fn japanese(text: &str) -> Option<u8> {
    let at = text.find("月期").or_else(|| text.find("月決算")).or_else(|| {
        let last = text.rfind('月')?;
        text[..last].contains(['～', '~', '〜']).then_some(last)
    })?;
    let before = &text[..at];
    let digits = before.bytes().rev().take_while(u8::is_ascii_digit).count();
    // `2024年3月期` is one year, and its label.
    let is_one_year = before[..before.len() - digits].ends_with('年');
    let month: u8 = before[before.len() - digits..].parse().ok()?;
    ((1..=12).contains(&month) && !is_one_year).then_some(month)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ends_of_fiscal_years_in_words() {
        let cases = [
            ("Contoso Ltd - fiscal year ends June 30", 6),
            ("Year Ended January 31,", 1),
            ("Year ended 30 June", 6),
            ("Years ended June 30", 6),
            ("Years ended 31 March (£m)", 3),
            ("Fiscal Years Ended September 30", 9),
            ("FYE March", 3),
            ("FY ending Mar", 3),
            ("FY (Apr-Mar)", 3),
            ("Financial year (July to June)", 6),
            ("Our fiscal year ends on the last Saturday of January.", 1),
            ("exercice clos le 31 mars", 3),
            ("Geschäftsjahr endet am 30. September", 9),
            ("Ejercicio terminado el 30 de junio", 6),
            ("決算期（3月期）", 3),
            ("年度 (4月～3月)", 3),
        ];
        for (text, month) in cases {
            assert_eq!(fiscal_year_end(text), Some(month), "{text}");
        }
    }

    #[test]
    fn a_title_with_one_year_says_the_end_of_all() {
        let cases = [
            ("for the year ended 31 March 2024", Some(3)),
            ("Consolidated income statement for the financial year ended 31 March 2024", Some(3)),
            ("Compte de résultat, exercice clos le 30 juin 2024", Some(6)),
            ("For the years ended June 30, 2024 and 2023", Some(6)),
            ("FYE 30/06", Some(6)),
            ("Year ended 30.09.2024", Some(9)),
            ("twelve months ended June 30, 2024", Some(6)),
            ("12 months to 30 June 2024", Some(6)),
            ("52 weeks ended 29 June 2024", Some(6)),
            ("52 weeks ended 1 February 2025", Some(1)),
            ("53 weeks ended February 3, 2024", Some(1)),
            ("Ejercicio cerrado a 30 de junio de 2024", Some(6)),
            ("Esercizio chiuso al 30 giugno 2024", Some(6)),
            ("Exercício findo em 30 de junho de 2024", Some(6)),
            ("Räkenskapsår 2023-07-01 - 2024-06-30", Some(6)),
            ("Geschäftsjahr (01.07.-30.06.)", Some(6)),
            ("Geschäftsjahr vom 1. Juli 2023 bis 30. Juni 2024", Some(6)),
            ("Geschäftsjahr vom 1. Oktober 2022 bis 30. September 2023", Some(9)),
            ("Year ended December 31, 2024", Some(12)),
            ("Year to date March 2024", None),
            ("Three months ended March 31, 2024", None),
            ("Published 30.06.2024", None),
            ("Fiscal year 2024, printed 31.03.2025", None),
            ("Annual report 2024", None),
        ];
        for (text, month) in cases {
            assert_eq!(fiscal_year_end_above(text), month, "{text}");
        }
    }

    #[test]
    fn other_texts_say_none() {
        for text in [
            "Year ended June 30, 2024",
            "Fiscal Year",
            "Three months ended March 31",
            "Revenue, May 2023",
            "Jan-Dec",
            "2024年3月期",
            "Jan-Mar",
            "Revenue in March of the fiscal year",
            "Financial data for March",
            "Year to date March",
        ] {
            let found = fiscal_year_end(text).filter(|month| *month != 12);
            assert_eq!(found, None, "{text}");
        }
    }
}
