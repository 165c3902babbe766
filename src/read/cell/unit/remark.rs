//! The unit that a line of prose gives all amounts: `* all amounts in USD thousands`, `Note: figures in €m`.

use crate::read::cell::unit::name::named;
use crate::read::cell::unit::phrase::{Said, said};
use crate::read::cell::words::Mark;

/// The part of a remark that says a unit, and what it says. A part counts if it says nothing else, or says it of amounts at
/// its end.
pub(in crate::read) fn unit_in_remark(text: &str) -> Option<(&str, Said)> {
    let whole = parts(text).find_map(|part| match (said(part, ""), named(part).said) {
        (found @ Said::Unit(_), _) => Some((part, found)),
        (_, found @ Said::Unit(_)) if speaks_of_amounts(part) => Some((part, found)),
        _ => None,
    });
    let open = || {
        parts(text).filter(|part| speaks_of_amounts(part)).find_map(|part| match said(part, "") {
            found @ (Said::Unknown | Said::Unclear) => Some((part, found)),
            _ => None,
        })
    };
    whole.or_else(open)
}

/// Whether a sentence begins by speaking of the table's amounts, behind an asterisk or "Note:".
fn speaks_of_amounts(sentence: &str) -> bool {
    let lower = sentence.to_lowercase();
    let start = lower.trim_start_matches(|c: char| !c.is_alphabetic());
    let behind = |note: &str| {
        let rest = start.strip_prefix(note)?;
        if note.ends_with('.') { Some(rest) } else { rest.strip_prefix(':') }
    };
    let start = Mark::Note.words().find_map(behind).unwrap_or(start);
    let start = start.trim_start();
    Mark::Amounts.words().any(|word| start.strip_prefix(word).is_some_and(|rest| !rest.starts_with(char::is_alphanumeric)))
}

/// The sentences of a text, each alone and with those behind it, the longest first: the point of `Rs. crore` ends none.
fn parts(text: &str) -> impl Iterator<Item = &str> {
    let starts = [". ", "。", "; "].into_iter().flat_map(|end| text.match_indices(end));
    let mut ends: Vec<(usize, usize)> = starts.map(|(at, end)| (at, at + end.len())).collect();
    ends.sort_unstable();
    let starts: Vec<usize> = std::iter::once(0).chain(ends.iter().map(|(_, start)| *start)).collect();
    let ends: Vec<usize> = ends.iter().map(|(end, _)| *end).chain(std::iter::once(text.len())).collect();
    let count = starts.len().min(MOST_SENTENCES);
    (0..count).flat_map(move |first| {
        let (starts, ends) = (starts.clone(), ends.clone());
        (first..count).rev().map(move |last| text[starts[first]..ends[last]].trim())
    })
}

/// The most sentences of a remark that are looked at.
const MOST_SENTENCES: usize = 6;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::cell::unit::Stated;

    #[test]
    fn remarks_that_say_a_unit() {
        let cases = [
            ("* all amounts in USD thousands", 3),
            ("Note: figures in €m", 6),
            ("in millions", 6),
            ("Source: company reports. All figures in Rs crore.", 7),
            ("単位：百万円", 6),
            ("Figures for 2024 are in EUR million", 6),
            ("(1) Amounts in thousands of euros", 3),
        ];
        for (text, expected) in cases {
            let Some((_, Said::Unit(Stated { power, .. }))) = unit_in_remark(text) else { panic!("{text}") };
            assert_eq!(power, expected, "{text}");
        }
    }

    #[test]
    fn other_remarks_say_none() {
        for text in [
            "Source: annual reports",
            "Revenue rose by 5 million",
            "Acme sold its division for USD 12 million",
            "p: provisional",
            "* restated",
            "2023 is preliminary",
            "We reached USD 5 million in 2024",
        ] {
            assert_eq!(unit_in_remark(text), None, "{text}");
        }
        assert!(matches!(unit_in_remark("Amounts in thousands of clams"), Some((_, Said::Unknown))));
    }
}
