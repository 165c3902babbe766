//! What is wrong with a typed figure that cannot be read, and where: the part that is missing, or the words that are not understood.

use crate::read::cell::amount::{self, AmountFault};
use crate::read::cell::period::{self, PeriodFault};
use crate::read::layout::typed::part::Part;
use crate::read::layout::typed::reading::{MOST_WORDS, amount, bare, is_between, kind, when};
use crate::read::report::error::{FigureFault, ProblemKind};

/// What is wrong with a figure, and the part that it is wrong with.
pub(super) fn fault(figure: Part<'_>) -> (Part<'_>, ProblemKind) {
    let wrong = |part, fault| (part, ProblemKind::Figure(fault));
    let words = figure.words();
    if words.len() > MOST_WORDS {
        return wrong(figure, FigureFault::NotUnderstood);
    }
    let (rest, kinds) = without_kinds(&words);
    if kinds > 2 {
        return wrong(figure, FigureFault::NotUnderstood);
    }
    // The amount that has most words, and those of a currency before those of none, the first of several; the period that goes
    // with it.
    let amounts = stretches(&rest).into_iter().rev().filter(|stretch| amount(stretch.part).is_some());
    let found =
        amounts.max_by_key(|stretch| (amount(stretch.part).is_some_and(|number| number.sign.is_some()), stretch.words()));
    let is_apart = |stretch: &Stretch<'_>| found.as_ref().is_none_or(|amount| !amount.overlaps(stretch));
    let periods = |any: bool| {
        let all =
            stretches(&rest).into_iter().rev().filter(|stretch| when(stretch.part).is_some() && (any || is_apart(stretch)));
        all.max_by_key(Stretch::words)
    };
    let (found, period) = match (found.clone(), periods(false)) {
        // `2024`, which is both, is a period.
        (Some(amount), None) if amount.words() == 1 && when(amount.part).is_some() => (None, Some(amount)),
        (amount, period) => (amount, period.or_else(|| periods(found.is_none()))),
    };
    let is_free = |at: &usize| ![&found, &period].into_iter().flatten().any(|stretch| stretch.holds(*at));
    let free: Vec<usize> = (0..rest.len()).filter(is_free).collect();
    // Only what stands together is told as one.
    let left = free.first().map(|first| {
        let count = free
            .iter()
            .enumerate()
            .take_while(|(index, at)| **at == first + index && rest[**at].run == rest[*first].run)
            .count();
        bare(rest[*first].word.to(rest[first + count - 1].word))
    });
    match (found, period, left) {
        (None, _, None) => wrong(figure, FigureFault::NoAmount),
        (Some(_), None, None) => wrong(figure, FigureFault::NoPeriod),
        (None, Some(_), Some(left)) => (left, amount_fault(left)),
        (Some(_), None, Some(left)) => (left, period_fault(left)),
        (None, None, Some(left)) => match (amount_fault(left), period_fault(left)) {
            (fault @ ProblemKind::Amount(_), _) | (_, fault @ ProblemKind::Period(_)) => (left, fault),
            (fault, _) => (figure, fault),
        },
        (Some(_), Some(_), Some(left)) if holds_amount(left) => wrong(left, FigureFault::Second),
        (Some(_), Some(period), Some(left)) => {
            // `Q5 2024`, of which the year alone is a period.
            let both = if left.range().start < period.part.range().start { left.to(period.part) } else { period.part.to(left) };
            match period_fault(both) {
                fault @ ProblemKind::Period(_) => (both, fault),
                fault => (left, fault),
            }
        }
        (Some(_), Some(_), None) => wrong(figure, FigureFault::NotUnderstood),
    }
}

/// A word that is no kind, and how many of the stretches between kinds stand before it.
#[derive(Clone, Copy)]
struct Word<'t> {
    word: Part<'t>,
    run: usize,
}

/// The words without those of kinds and those that join the others, and how many kinds there are.
fn without_kinds<'t>(words: &[Part<'t>]) -> (Vec<Word<'t>>, usize) {
    let (mut rest, mut kinds, mut run, mut at) = (Vec::new(), 0, 0, 0);
    while at < words.len() {
        let lengths = (1..=3.min(words.len() - at)).rev();
        let of_kind = lengths.into_iter().find(|length| kind(bare(words[at].to(words[at + length - 1]))).is_some());
        if of_kind.is_some() || is_between(words[at]) {
            kinds += usize::from(of_kind.is_some());
            run += 1;
        } else {
            rest.push(Word { word: words[at], run });
        }
        at += of_kind.unwrap_or(1);
    }
    (rest, kinds)
}

/// Words that stand side by side.
#[derive(Clone)]
struct Stretch<'t> {
    part: Part<'t>,
    first: usize,
    last: usize,
}

impl Stretch<'_> {
    fn words(&self) -> usize {
        self.last - self.first + 1
    }

    fn holds(&self, at: usize) -> bool {
        (self.first..=self.last).contains(&at)
    }

    fn overlaps(&self, other: &Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

/// Every stretch of words within one run.
fn stretches<'t>(rest: &[Word<'t>]) -> Vec<Stretch<'t>> {
    let from = |first: usize| {
        let run = rest[first].run;
        let lasts = (first..rest.len()).take_while(move |last| rest[*last].run == run);
        lasts.map(move |last| Stretch { part: bare(rest[first].word.to(rest[last].word)), first, last })
    };
    (0..rest.len()).flat_map(from).collect()
}

/// Whether an amount, which is no year, stands among words.
fn holds_amount(left: Part<'_>) -> bool {
    let words: Vec<Word<'_>> = left.words().into_iter().map(|word| Word { word, run: 0 }).collect();
    stretches(&words).iter().any(|stretch| amount(stretch.part).is_some() && when(stretch.part).is_none())
}

/// Why a stretch is no amount.
fn amount_fault(part: Part<'_>) -> ProblemKind {
    match amount::parse(part.as_str()) {
        Err(AmountFault::NotANumber) | Ok(_) => ProblemKind::Figure(FigureFault::NotUnderstood),
        Err(fault) => ProblemKind::Amount(fault),
    }
}

/// Why a stretch is no period.
fn period_fault(part: Part<'_>) -> ProblemKind {
    match period::parse(part.as_str()) {
        Err(PeriodFault::NotAPeriod) | Ok(_) => ProblemKind::Figure(FigureFault::NotUnderstood),
        Err(fault) => ProblemKind::Period(fault),
    }
}
