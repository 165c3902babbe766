//! An amount with all that people write around its digits: signs, brackets, currencies, units, marks of footnotes.

use crate::read::cell::amount::digits::Taken;
use crate::read::cell::amount::note::without_marks;
use crate::read::cell::amount::unit::unit_behind;
use crate::read::cell::amount::{AmountFault, DecimalMark, Mark, Number};
use crate::read::cell::missing::is_sheet_error;
use crate::read::cell::sign::{is_space, more_exact, same_currency};
use crate::read::cell::unit::leading_sign;

/// Reads an amount in any form.
pub(in crate::read::cell::amount) fn parse_any(cell: &str) -> Result<Number, AmountFault> {
    let cell = cell.trim_matches(is_space);
    if cell.contains(|c: char| c.is_numeric() && !c.is_ascii() || matches!(c, '，' | '．')) {
        return parse_other_digits(cell);
    }
    parse_marked(cell)
}

/// Reads an amount with digits of other scripts: full-width ones are read, and the small ones of a footnote passed over.
fn parse_other_digits(cell: &str) -> Result<Number, AmountFault> {
    let full_width = |c: char| match c {
        '０'..='９' | '，' | '．' | '－' | '＋' | '（' | '）' | '％' => {
            char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c)
        }
        c => c,
    };
    let text: String = cell.chars().map(full_width).collect();
    let is_note = |c: char| matches!(c, '¹' | '²' | '³' | '⁰' | '⁴'..='⁹');
    let is_scale = |c: char| c >= '\u{2e80}';
    if text.contains(|c: char| c.is_numeric() && !c.is_ascii() && !is_note(c) && !is_scale(c)) {
        return Err(AmountFault::Digits);
    }
    parse_marked(&text)
}

/// Reads an amount, without the mark of a footnote that may stand behind it.
fn parse_marked(cell: &str) -> Result<Number, AmountFault> {
    let whole = parse_written(cell).or_else(|fault| parse_steps(cell).ok_or(fault));
    match (&whole, without_marks(cell)) {
        (Err(_), Some(before)) => match parse_written(before.trim_end_matches(is_space)) {
            Ok(number) => Ok(Number { has_note: true, ..number }),
            Err(_) => whole,
        },
        _ => whole,
    }
}

/// Reads an amount in steps of ten thousand, as in Japan and China: `1兆230億円`, `12億3,400万円`.
fn parse_steps(cell: &str) -> Option<Number> {
    let at = cell.find(['兆', '億', '亿'])?;
    let end = at + cell[at..].chars().next().map_or(0, char::len_utf8);
    let (upper, lower) = (&cell[..end], cell[end..].trim_start_matches(is_space));
    if !lower.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let (upper, lower) =
        (parse_written(upper).ok()?, parse_written(lower).or_else(|fault| parse_steps(lower).ok_or(fault)).ok()?);
    let plain = |number: Number| number.amount(DecimalMark::Point).map(crate::money::Amount::value);
    let (most, least) = (plain(upper)?, plain(lower)?);
    // The lower step is less than one of the upper, and has a unit of its own.
    let fits = lower.has_unit && least > 0.0 && least < upper.unit() && most.abs() >= upper.unit();
    let sum = most + least.copysign(most);
    fits.then_some(Number { value: sum, unit: lower.unit(), mark: Mark::Shows(DecimalMark::Point), ..lower })
}

/// Reads an amount that is all of a text.
fn parse_written(cell: &str) -> Result<Number, AmountFault> {
    let mut rest = cell;
    // A spreadsheet's formula that is a constant, `=-236705.50`, text kept text, `="1234"`, and a number kept text, `'1234`.
    if let Some(formula) = rest.strip_prefix('=') {
        rest = formula.trim_matches('"').trim_matches(is_space);
    }
    rest = rest.strip_prefix(['\'', '’']).unwrap_or(rest);
    let mut negative = false;
    if let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
        negative = true;
        rest = inner.trim_matches(is_space);
    }
    rest = without_about(rest);
    let mut sign = None;
    loop {
        if !negative && let Some(after) = rest.strip_prefix(['-', '−', '\u{2010}', '–']) {
            negative = true;
            rest = after.trim_start_matches(is_space);
        } else if let Some(after) = rest.strip_prefix('+') {
            rest = after.trim_start_matches(is_space);
        } else if sign.is_none()
            && let Some((found, after)) = leading_sign(rest)
        {
            sign = Some(found);
            rest = after.trim_start_matches(is_space);
        } else if !negative && let Some(inner) = rest.strip_prefix('(').and_then(|rest| rest.strip_suffix(')')) {
            negative = true; // $(1,234)
            rest = inner.trim_matches(is_space);
        } else {
            break;
        }
    }
    // `MUSD 12.5`, `USD million 12`: the unit before the digits.
    let mut ahead = 0;
    if let Some(digits) = rest.find(|c: char| c.is_ascii_digit()).filter(|at| *at > 0)
        && rest.starts_with(char::is_alphabetic)
        && let Ok((power, of_unit)) = unit_behind(&rest[..digits], sign)
    {
        ahead = power;
        sign = more_exact(sign, of_unit);
        rest = &rest[digits..];
    }
    let Some(taken) = Taken::take(rest)? else {
        return Err(no_digits(rest));
    };
    let mut tail = taken.rest.trim_matches(is_space);
    if let Some(before) = tail.strip_suffix(['-', '−']).filter(|_| !negative) {
        negative = true; // `50-`, as SAP writes it
        tail = before.trim_end_matches(is_space);
    }
    let (behind, tail_sign) = unit_behind(tail, sign)?;
    if let (Some(before), Some(after)) = (sign, tail_sign)
        && !same_currency(before, after)
    {
        return Err(AmountFault::UnknownUnit);
    }
    if ahead != 0 && behind != 0 {
        return Err(AmountFault::UnknownUnit);
    }
    let power = ahead + behind;
    let (mut value, unit) = taken.scaled(power)?;
    if negative {
        value = -value;
    }
    let sign = more_exact(sign, tail_sign);
    Ok(Number { value, unit, mark: taken.mark, sign, has_unit: power != 0, has_note: false })
}

/// The text behind a word or sign that says that an amount is rounded: `~1400`, `ca. 1.4m`, `約1,400`.
pub(in crate::read) fn without_about(text: &str) -> &str {
    const WORDS: [&str; 20] = [
        "approximately",
        "approx.",
        "approx",
        "circa",
        "about",
        "around",
        "environ",
        "env.",
        "ungefähr",
        "etwa",
        "rund",
        "aprox.",
        "aproximadamente",
        "około",
        "ok.",
        "cirka",
        "ca.",
        "ca",
        "c.",
        "ongeveer",
    ];
    let text = text.trim_start_matches(['~', '≈', '≃', '∼', '約', '约', '약']).trim_start_matches(is_space);
    let behind = |word: &&str| {
        let start = text.get(..word.len()).filter(|start| start.to_lowercase() == **word)?;
        let rest = text[start.len()..].trim_start_matches(is_space);
        // A word ends where something else begins.
        let ends = word.ends_with('.') || rest.len() < text.len() - start.len();
        (ends && rest.contains(|c: char| c.is_ascii_digit())).then_some(rest)
    };
    WORDS.iter().find_map(behind).unwrap_or(text)
}

fn no_digits(rest: &str) -> AmountFault {
    let word = rest.to_ascii_lowercase();
    let word = word.trim_start_matches("1.#");
    if ["nan", "inf", "infinity", "∞"].contains(&word) {
        AmountFault::NotFinite
    } else if is_sheet_error(word) {
        AmountFault::SheetError
    } else if rest.starts_with(['<', '>', '≤', '≥']) && rest.contains(|c: char| c.is_ascii_digit()) {
        AmountFault::Bound
    } else {
        AmountFault::NotANumber
    }
}
