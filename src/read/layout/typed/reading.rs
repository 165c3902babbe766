//! What the words of a typed figure say: every way in which they are an amount, a period and perhaps kinds, each word in one part.

use crate::calendar::{FiscalCalendar, Period};
use crate::read::cell::amount::{self, Number};
use crate::read::cell::kind::{Kind, basis, target_of};
use crate::read::cell::period::{self, When};
use crate::read::cell::words::{Mark, words};
use crate::read::layout::header;
use crate::read::layout::typed::part::Part;
use crate::series::Measure;

/// The most words that a figure has, without what follows it.
pub(super) const MOST_WORDS: usize = 24;

/// The most words of a kind, an amount and a period.
const MOST_OF: [usize; 3] = [3, 6, 8];

/// Words that may stand between the others: `in 2024`, `by Dec 2025`.
const BETWEEN: [&str; 18] =
    ["in", "for", "of", "at", "by", "on", "as", "the", "a", "en", "au", "à", "pour", "im", "für", "zum", "per", "during"];

/// One way to read a figure.
#[derive(Clone, Copy, Debug)]
pub(super) struct Reading<'t> {
    /// `None` for an event without one.
    pub(super) amount: Option<(Part<'t>, Number)>,
    pub(super) period: (Part<'t>, When),
    /// The kind, if it is said.
    pub(super) kind: Option<Kind>,
    /// What a target is of, if it is said.
    pub(super) basis: Option<Measure>,
    /// Whether the kind says that the amount is a month's: `MRR`.
    pub(super) monthly: bool,
    /// How many words say the kind.
    words_of_kind: usize,
}

impl Reading<'_> {
    fn says(&self) -> (Option<Number>, When, Option<Kind>, Option<Measure>) {
        (self.amount.map(|(_, number)| number), self.period.1, self.kind, self.basis)
    }
}

/// The ways to read a figure that differ in what they say; of those that do, the ones that take most words for a kind.
pub(super) fn readings(figure: Part<'_>) -> Vec<Reading<'_>> {
    let words = figure.words();
    if words.len() > MOST_WORDS {
        return Vec::new();
    }
    let mut search = Search { words, kinds: Vec::new(), amount: None, period: None, found: Vec::new() };
    search.go_on(0);
    let most = search.found.iter().map(|reading| reading.words_of_kind).max();
    let mut best: Vec<Reading<'_>> = Vec::new();
    for reading in search.found {
        let is_new = best.iter().all(|known| known.says() != reading.says());
        if Some(reading.words_of_kind) == most && is_new {
            best.push(reading);
        }
    }
    best
}

/// The words gone through so far, and what they were taken for.
struct Search<'t> {
    words: Vec<Part<'t>>,
    kinds: Vec<(Part<'t>, usize)>,
    amount: Option<(Part<'t>, Number)>,
    period: Option<(Part<'t>, When)>,
    found: Vec<Reading<'t>>,
}

impl<'t> Search<'t> {
    /// Takes the words from this one on for every part that they can be.
    fn go_on(&mut self, at: usize) {
        if at == self.words.len() {
            let reading = self.reading();
            self.found.extend(reading);
            return;
        }
        if is_between(self.words[at]) {
            self.go_on(at + 1);
        }
        let [most_of_kind, most_of_amount, most_of_period] = MOST_OF;
        for (length, part) in self.from(at, most_of_kind) {
            if self.kinds.len() < 2 && kind(part).is_some() {
                self.kinds.push((part, length));
                self.go_on(at + length);
                self.kinds.pop();
            }
        }
        if self.amount.is_none() {
            for (length, part) in self.from(at, most_of_amount) {
                self.amount = amount(part).map(|number| (part, number));
                if self.amount.is_some() {
                    self.go_on(at + length);
                }
            }
            self.amount = None;
        }
        if self.period.is_none() {
            for (length, part) in self.from(at, most_of_period) {
                self.period = when(part).map(|when| (part, when));
                if self.period.is_some() {
                    self.go_on(at + length);
                }
            }
            self.period = None;
        }
    }

    /// The stretches that begin with a word, with how many words they have.
    fn from(&self, at: usize, most: usize) -> Vec<(usize, Part<'t>)> {
        let longest = most.min(self.words.len() - at);
        (1..=longest).map(|length| (length, bare(self.words[at].to(self.words[at + length - 1])))).collect()
    }

    /// What all words together say, if that is a figure.
    fn reading(&self) -> Option<Reading<'t>> {
        let kinds: Vec<(Part<'t>, Kind)> = self.kinds.iter().filter_map(|(part, _)| Some((*part, kind(*part)?))).collect();
        let (kind, basis) = together(&kinds)?;
        let (period, amount) = (self.period?, self.amount);
        let said = kinds.iter().map(|(part, _)| *part).chain(amount.map(|(part, _)| part));
        let kind = match pace(said, period.1) {
            Pace::Annual if matches!(kind, None | Some(Kind::Revenue)) => Some(Kind::RunRate),
            Pace::Other if matches!(kind, None | Some(Kind::Revenue)) => return None,
            _ => kind,
        };
        (amount.is_some() || kind == Some(Kind::Event)).then(|| Reading {
            amount,
            period,
            kind,
            basis,
            monthly: kinds.iter().any(|(part, _)| matches!(header::Measure::of(part.as_str()), header::Measure::Monthly(_))),
            words_of_kind: self.kinds.iter().map(|(_, words)| words).sum(),
        })
    }
}

/// What words such as `annual` and `monthly` say of an amount, beside its period.
enum Pace {
    /// Nothing, or the length of the period.
    Own,
    /// It is a year's, though the period is shorter: `annual revenue June 2025`.
    Annual,
    /// It is of another length than the period, which says nothing that can be read: `monthly revenue 2025`.
    Other,
}

fn pace<'t>(said: impl Iterator<Item = Part<'t>>, when: When) -> Pace {
    let said: Vec<String> = said.flat_map(|part| words(part.as_str())).collect();
    let says = |mark: Mark| said.iter().any(|word| mark.is(word));
    let months = match when {
        When::Day(_) | When::Either { .. } => 1,
        when => when.period(FiscalCalendar::default()).map_or(12, Period::months),
    };
    match () {
        () if says(Mark::EachYear) && months < 12 => Pace::Annual,
        () if says(Mark::EachMonth) && months != 1 || says(Mark::EachQuarter) && months != 3 => Pace::Other,
        () => Pace::Own,
    }
}

/// What words for kinds say together: a kind, or a target with what it is of.
fn together(kinds: &[(Part<'_>, Kind)]) -> Option<(Option<Kind>, Option<Measure>)> {
    match kinds {
        [] => Some((None, None)),
        [(part, kind)] => Some((Some(*kind), target_of(part.as_str()))),
        [(_, Kind::Target), (of, _)] | [(of, _), (_, Kind::Target)] => {
            basis(of.as_str()).ok().map(|measure| (Some(Kind::Target), Some(measure)))
        }
        _ => None,
    }
}

/// A stretch without the commas at its ends.
pub(super) fn bare(part: Part<'_>) -> Part<'_> {
    part.trimmed(|c| matches!(c, ',' | '，'))
}

pub(super) fn is_between(word: Part<'_>) -> bool {
    BETWEEN.iter().any(|between| word.as_str().to_lowercase() == **between)
}

pub(super) fn kind(part: Part<'_>) -> Option<Kind> {
    Kind::from_name(part.as_str())
}

/// The amount that a stretch is, as long as it is nothing besides.
pub(super) fn amount(part: Part<'_>) -> Option<Number> {
    let text = part.as_str();
    if amount::is_missing(text) {
        return None;
    }
    amount::parse(text).ok().filter(|number| !number.has_note)
}

/// The period that a stretch is. A number of a spreadsheet's day is none.
pub(super) fn when(part: Part<'_>) -> Option<When> {
    let text = part.as_str();
    period::parse(text).ok().filter(|when| !matches!(when, When::Serial(_)) && !period::is_marked_p(text))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::cell::amount::DecimalMark;

    /// Kind, amount and period of the one reading, as text.
    fn read(text: &str) -> (Option<Kind>, Option<Measure>, String, String) {
        let readings = readings(Part::whole(text));
        let [reading] = readings.as_slice() else { panic!("{text}: {readings:?}") };
        let text = |part: Part<'_>| part.as_str().to_owned();
        let amount = reading.amount.map_or(String::new(), |(part, _)| text(part));
        (reading.kind, reading.basis, amount, text(reading.period.0))
    }

    #[test]
    fn parts_in_any_order() {
        let (run_rate, target) = (Some(Kind::RunRate), Some(Kind::Target));
        let cases = [
            ("$10B run-rate June 2025", run_rate, None, "$10B", "June 2025"),
            ("run rate of $10B in June 2025", run_rate, None, "$10B", "June 2025"),
            ("target $12B 2025", target, None, "$12B", "2025"),
            ("target run-rate $12B, by Dec 2025", target, Some(Measure::RunRate), "$12B", "Dec 2025"),
            ("$12B revenue target for FY2025", target, Some(Measure::Revenue), "$12B", "FY2025"),
            ("20B@2026-12 target", target, None, "20B", "2026-12"),
            ("12 Md€ annualisé juin 2025", run_rate, None, "12 Md€", "juin 2025"),
            ("Umsatz 1,5 Mrd. EUR im Juni 2025", Some(Kind::Revenue), None, "1,5 Mrd. EUR", "Juni 2025"),
            ("about $10B, June 10, 2025", None, None, "about $10B", "June 10, 2025"),
            ("$10B annual revenue June 2025", run_rate, None, "$10B annual", "June 2025"),
            ("$10B annual revenue 2025", Some(Kind::Revenue), None, "$10B annual", "2025"),
            ("event June 2025", Some(Kind::Event), None, "", "June 2025"),
            ("2024 43", None, None, "43", "2024"),
            ("12M 2024", None, None, "12M", "2024"),
        ];
        for (text, kind, basis, amount, period) in cases {
            assert_eq!(read(text), (kind, basis, amount.to_owned(), period.to_owned()), "{text}");
        }
    }

    #[test]
    fn two_years_are_either() {
        let readings = readings(Part::whole("2024 2025"));
        let amount = |reading: &Reading<'_>| reading.amount.unwrap().1.amount(DecimalMark::Point).unwrap().value();
        assert_eq!(readings.iter().map(amount).collect::<Vec<f64>>(), [2024.0, 2025.0]);
    }

    #[test]
    fn what_is_no_figure() {
        for text in [
            "$10B",
            "2024",
            "$33B 2023, $43B 2024",
            "$10B profit 2024",
            "run-rate contract $5M 2024",
            "$1B monthly revenue 2025",
            "",
            "$1434* 2024",
        ] {
            assert!(readings(Part::whole(text)).is_empty(), "{text}");
        }
    }
}
