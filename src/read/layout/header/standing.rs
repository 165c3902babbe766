//! Columns that say of rows that they are forecasts, open deals or the like by a yes or no (`is_forecast`, `Won?`), or by a
//! letter (`A` and `F` under `Actual/Forecast`).

use crate::read::cell::amount::is_missing;
use crate::read::cell::status::Unearned;
use crate::read::cell::words::{Mark, Meaning, Sense, words};
use crate::read::role::{Role, role_of};

use super::{Column, Header};

/// A column of which one answer says that a row's amount is not revenue.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::read) struct Flag {
    pub(in crate::read) at: usize,
    /// The cells that say so, in lower case; of a yes or no whether it is the yes.
    pub(in crate::read) answer: Answer,
    /// What they say.
    pub(in crate::read) what: Unearned,
}

/// What a flag's cells hold where they say that a row's amount is not revenue.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::read) enum Answer {
    /// Yes, or no and nothing.
    Yes(bool),
    /// One of these letters.
    Letters(Vec<String>),
    /// A probability below that of what is sure.
    Below(f64),
    /// Anything but a word for what was earned.
    NotActual,
}

impl Header {
    /// Finds such columns, by their names and all their cells.
    pub(super) fn find_flags(&mut self, below: &[Vec<String>]) {
        for at in 0..self.columns.len() {
            let column = &self.columns[at];
            if column.role.is_some() || names_something(column) {
                continue;
            }
            let probable = || probability_of(column, &cells_of(below, at)).filter(|_| self.is_list());
            let found = scenario_of(column, &cells_of(below, at)).or_else(|| {
                flag_of(column, &cells_of(below, at), self.is_list()).or_else(|| self.letters_of(at, below)).or_else(probable)
            });
            if let Some((answer, what)) = found {
                self.flags.push(Flag { at, answer, what });
            }
        }
    }

    /// Whether a column is one.
    pub(in crate::read) fn is_flag(&self, at: usize) -> bool {
        self.flags.iter().any(|flag| flag.at == at)
    }

    /// The letters for a forecast in a column of one for each row, if its name speaks of what is actual or planned, or if
    /// the rows of no period are told apart by it and all those of one letter follow those of the other.
    fn letters_of(&self, at: usize, below: &[Vec<String>]) -> Option<(Answer, Unearned)> {
        let column = &self.columns[at];
        if column.profile.filled == 0 || !(1..=4).contains(&column.profile.distinct) || column.profile.amounts > 0 {
            return None;
        }
        let mut letters: Vec<String> = cells_of(below, at).iter().map(|cell| cell.to_lowercase()).collect();
        if letters.iter().any(|letter| letter.chars().count() > 1) {
            return None;
        }
        let named = words(&column.name);
        let (actual, planned): (Vec<&String>, Vec<&String>) =
            named.iter().filter(|word| is_planned(word) || is_actual(word)).partition(|word| !is_planned(word));
        let begins = |words: &[&String], letter: &str| words.iter().any(|word| word.starts_with(letter));
        let is_planned_letter = |letter: &String| {
            let by_name = begins(&planned, letter) && !begins(&actual, letter);
            by_name || !begins(&actual, letter) && Mark::Forecast.is(letter)
        };
        let is_known = |letter: &String| is_planned_letter(letter) || begins(&actual, letter) || Mark::Actual.is(letter);
        if !letters.iter().all(is_known) {
            return None;
        }
        let says_both = named.iter().any(|word| Mark::Actual.is(word)) && named.iter().any(|word| Mark::Forecast.is(word));
        if actual.is_empty() && planned.is_empty() && !says_both && !self.is_in_turn(&letters, is_planned_letter, below) {
            return None;
        }
        letters.sort_unstable();
        letters.dedup();
        letters.retain(is_planned_letter);
        let shown: Vec<String> = planned.iter().filter_map(|word| word.chars().next()).map(String::from).collect();
        letters.extend(shown.into_iter().filter(|letter| !begins(&actual, letter)));
        Some((Answer::Letters(letters), Unearned::Planned))
    }

    /// Whether all rows of one answer follow those of the other, and no period stands in two rows.
    fn is_in_turn(&self, letters: &[String], is_planned: impl Fn(&String) -> bool, below: &[Vec<String>]) -> bool {
        let Some(period) = self.of(Role::Period).filter(|_| self.year.is_none()) else { return false };
        let turns = letters.windows(2).filter(|pair| is_planned(&pair[0]) != is_planned(&pair[1])).count();
        let mut periods: Vec<&str> = below.iter().filter_map(|row| row.get(period)).map(String::as_str).collect();
        periods.sort_unstable();
        let repeats = periods.windows(2).any(|pair| pair[0] == pair[1]);
        turns == 1 && letters.len() == below.len() && letters.len() > 3 && !repeats
    }
}

/// The cells of a column that are not blank.
fn cells_of(below: &[Vec<String>], at: usize) -> Vec<&str> {
    below.iter().filter_map(|row| row.get(at)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty()).collect()
}

/// Whether a column names companies, parts or entries.
fn names_something(column: &Column) -> bool {
    let is_name = matches!(role_of(&column.plain()), Some((Role::Series | Role::Part, _))) && column.plain() != "plan";
    is_name || column.meaning.has_any(&[Sense::Entity, Sense::Part])
}

/// What a column of scenarios says of rows, of which some are what was earned: all others are projected.
fn scenario_of(column: &Column, cells: &[&str]) -> Option<(Answer, Unearned)> {
    if !Mark::Scenario.is_in(&column.name) {
        return None;
    }
    let says_so = cells.iter().any(|cell| says_actual(cell)) && cells.iter().any(|cell| !says_actual(cell));
    says_so.then_some((Answer::NotActual, Unearned::Planned))
}

/// Whether a cell is a word for what was earned.
pub(in crate::read) fn says_actual(cell: &str) -> bool {
    Mark::first_of(&[Mark::Actual], cell.trim()).is_some()
}

/// What a column of yes and no says of rows, by its name.
fn flag_of(column: &Column, cells: &[&str], is_list: bool) -> Option<(Answer, Unearned)> {
    let profile = &column.profile;
    let is_yes = |cell: &&str| Mark::first_of(&[Mark::Yes], cell).is_some();
    let is_answer = |cell: &&str| Mark::first_of(&[Mark::Yes, Mark::No], cell).is_some() || is_missing(cell);
    if !cells.iter().all(is_answer) {
        return None;
    }
    let mut said: Vec<(bool, Unearned)> = Vec::new();
    let mut asks = column.name.contains('?');
    for word in &words(&column.name) {
        let is = |mark: Mark| mark.is_in(word);
        match () {
            () if is_planned(word) => said.push((true, Unearned::Planned)),
            // `ist` is the German for `is` too.
            () if Mark::Fact.is_in(word) && word != "ist" => said.push((false, Unearned::Planned)),
            () if is(Mark::Won) => said.push((false, Unearned::Open)),
            () if is(Mark::NeverEarned) => said.push((true, Unearned::Never)),
            () if is(Mark::GivenBack) => said.push((true, Unearned::Back)),
            () if ["is", "has", "was", "flag", "ist", "est", "es", "closed"].contains(&word.as_str()) => asks = true,
            () if is(Mark::Silent) || is_neutral(word) => {}
            () => return None,
        }
    }
    if said.is_empty() && words(&column.name).iter().any(|word| word == "ist") {
        said.push((false, Unearned::Planned));
    }
    said.dedup();
    let [(yes, what)] = said.as_slice() else { return None };
    // A column of nothing says nothing.
    let says = cells.iter().any(is_yes) || *yes && profile.filled > 0;
    // Zeros and ones may be counts of what was cancelled or given back in a period.
    let may_count = profile.filled > 0 && profile.bits == profile.filled && matches!(what, Unearned::Never | Unearned::Back);
    (says && (!may_count || asks || is_list)).then_some((Answer::Yes(*yes), *what))
}

/// What a column of the probabilities of deals says of rows.
fn probability_of(column: &Column, cells: &[&str]) -> Option<(Answer, Unearned)> {
    if !Mark::Probability.is_in(&column.name) {
        return None;
    }
    let shares: Vec<f64> = cells.iter().map(|cell| share(cell)).collect::<Option<_>>()?;
    let most = shares.iter().copied().fold(0.0, f64::max);
    let sure = if most > 1.0 { 100.0 } else { 1.0 };
    shares.iter().any(|share| *share < sure).then_some((Answer::Below(sure), Unearned::Open))
}

/// The number of a share: `70`, `0.7`, `70 %`.
pub(in crate::read) fn share(cell: &str) -> Option<f64> {
    let number = cell.trim().trim_end_matches('%').trim_end().replace(',', ".");
    number.parse().ok().filter(|share| (0.0..=100.0).contains(share))
}

/// Whether a word beside that of a flag changes nothing.
fn is_neutral(word: &str) -> bool {
    let meaning = Meaning::of(word);
    let neutral = [Sense::Flag, Sense::Period, Sense::Amount, Sense::Revenue, Sense::Entry];
    ["row", "data", "deal", "status", "indicator", "yn", "y", "n"].contains(&word) || meaning.has_any(&neutral)
}

fn is_planned(word: &str) -> bool {
    word.len() > 1 && word != "est" && Mark::Forecast.is_in(word)
}

fn is_actual(word: &str) -> bool {
    word.len() > 1 && Mark::Fact.is_in(word)
}
