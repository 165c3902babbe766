//! What the cells of a column of periods hold: amounts, words alone, letters.

use crate::read::cell::amount;
use crate::read::cell::period;

/// Whether most of what stands in a column are amounts.
pub(super) fn holds_amounts(below: &[Vec<String>], at: usize) -> bool {
    // A letter alone is the mark of a figure that stands elsewhere.
    let says = |cell: &&String| !amount::is_missing(cell) && !is_letter(cell);
    let cells = below.iter().filter_map(|row| row.get(at)).filter(says);
    let is_amount =
        |cell: &str| amount::parse(cell).is_ok() || matches!(amount::parse(cell), Err(amount::AmountFault::Percentage));
    let (amounts, all) = cells.fold((0, 0), |(amounts, all), cell| (amounts + usize::from(is_amount(cell)), all + 1));
    amounts * 2 > all
}

/// Whether a cell is one letter and nothing else.
pub(super) fn is_letter(cell: &str) -> bool {
    matches!(cell.trim().as_bytes(), [byte] if byte.is_ascii_alphabetic())
}

/// Whether words alone stand in a column, as under a paywall: none that is an amount, and none that is a misspelt one.
pub(super) fn holds_words(below: &[Vec<String>], at: usize) -> bool {
    let cells = below.iter().filter_map(|row| row.get(at)).map(|cell| cell.trim());
    let words: Vec<&str> = cells.filter(|cell| cell.contains(char::is_alphabetic) || !amount::is_missing(cell)).collect();
    let words: Vec<&str> = words.into_iter().filter(|cell| period::parse(cell).is_err()).collect();
    let is_word = |cell: &&str| amount::is_missing(cell) || *cell == words[0] && amount::parse(cell).is_err();
    words.len() > 1 && words.iter().all(is_word)
}
