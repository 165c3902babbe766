//! The units that a header states: in the names of columns of amounts, and in the corner over the labels.

use crate::read::Options;
use crate::read::cell::amount;
use crate::read::cell::sign::{Sign, more_exact};
use crate::read::cell::unit::{Said, Stated, crown_of, currency_of_scale, named, open_unit, said, strange_unit, unit_in_label};
use crate::read::layout::header::{Column, Role, UnitBy};
use crate::read::layout::preamble::is_sure;
use crate::read::layout::total::is_total;
use crate::read::layout::unit_of_rows::{both, is_sum};
use crate::read::layout::{Chosen, Layout, NoLayout};
use crate::read::report::error::ProblemKind;

/// The layout with the unit of its corner; an error if a unit is not understood, or if two contradict each other. What the
/// user says of the unit overrules them all.
pub(in crate::read) fn settled(
    mut chosen: Chosen,
    row: usize,
    below: &[Vec<String>],
    options: &Options,
) -> Result<Chosen, NoLayout> {
    if options.unit.is_some() {
        return Ok(chosen);
    }
    if let Some(fault) = chosen.preamble.fault.take() {
        return Err(*fault);
    }
    let columns = &chosen.layout.header().columns;
    let amounts: Vec<usize> = (0..columns.len()).filter(|at| is_amount(&chosen.layout, *at)).collect();
    let no = |column: usize, kind: ProblemKind| Err(NoLayout { row, column, kind });
    if !matches!(chosen.layout, Layout::Ledger(_)) {
        for at in &amounts {
            if columns[*at].power == 0
                && columns[*at].sign.is_none()
                && let Some((unit, said)) = open_unit(&columns[*at].name)
            {
                return no(*at, open(unit, said));
            }
        }
        if let [at] = amounts.as_slice()
            && columns[*at].power == 0
            && columns[*at].sign.is_none()
            && let Some(unit) = strange_unit(&columns[*at].name)
        {
            return no(*at, open(unit, Said::Unknown));
        }
        let first = amounts.first().copied().unwrap_or(0);
        // A column of other amounts says its own unit and no one else's.
        let is_label = |column: &Column| column.role.is_some() || !column.profile.is_amounts();
        for (at, column) in columns[..first].iter().enumerate().filter(|(_, column)| is_label(column)) {
            match corner(&column.name, matches!(chosen.layout, Layout::Wide(_))) {
                (unit, Said::Unit(Stated { power, sign })) => {
                    if chosen.preamble.contradicts(power, sign) {
                        let (here, other) = (unit.to_owned(), chosen.preamble.unit.clone());
                        return no(at, ProblemKind::UnitsDiffer { here, other, elsewhere: "above the table" });
                    }
                    chosen.preamble.power = if power == 0 { chosen.preamble.power } else { power };
                    chosen.preamble.sign = sign.or(chosen.preamble.sign);
                    unit.clone_into(&mut chosen.preamble.unit);
                    chosen.preamble.unit_in_corner = true;
                    break;
                }
                (unit, said @ (Said::Unknown | Said::Unclear)) => return no(at, open(unit, said)),
                (_, Said::Nothing) => {}
            }
        }
    }
    let has_parts = match &chosen.layout {
        Layout::SeriesColumns(_) => true,
        // The rows may say theirs.
        Layout::Wide(_) => chosen.layout.header().of(Role::Unit).is_none(),
        _ => false,
    };
    if has_parts && chosen.preamble.power == 0 {
        share_unit(&mut chosen.layout, &amounts, below).map_err(|(column, kind)| NoLayout { row, column, kind })?;
    }
    let columns = &chosen.layout.header().columns;
    let names: Vec<&str> = columns.iter().map(|column| column.name.as_str()).collect();
    // The labels of the first rows may show the language where the names do not.
    let labels = below.iter().take(40).filter_map(|row| row.first()).map(String::as_str);
    let names = names.into_iter().chain(labels).collect::<Vec<&str>>().join(" ");
    let (has_currencies, own) = (chosen.layout.header().of(Role::Currency).is_some(), options.currency);
    let is_open = |sign: Option<Sign>| !has_currencies && sign.is_some_and(|sign| sign.currency(own).is_none());
    let shared = |sign: Option<Sign>| if is_open(sign) { crown_of(&names).map(Sign::Of).or(sign) } else { sign };
    // Crores of no other currency are those of rupees.
    if !has_currencies && chosen.preamble.sign.is_none() && amounts.iter().all(|at| columns[*at].sign.is_none()) {
        let of_column = |at: &usize| currency_of_scale(&columns[*at].name).filter(|_| columns[*at].power != 0);
        let above = currency_of_scale(&chosen.preamble.unit);
        chosen.preamble.sign = above.or_else(|| amounts.iter().find_map(of_column));
    }
    chosen.preamble.sign = shared(chosen.preamble.sign);
    for at in &amounts {
        let column = &mut chosen.layout.header_mut().columns[*at];
        column.sign = shared(more_exact(column.sign, chosen.preamble.sign.filter(|_| column.sign.is_some())));
        if is_open(column.sign) {
            let kind = ProblemKind::CurrencyShared { sign: column.name.clone() };
            return Err(NoLayout { row, column: *at, kind });
        }
    }
    if is_open(chosen.preamble.sign) && !amounts.is_empty() {
        let kind = ProblemKind::CurrencyShared { sign: chosen.preamble.unit.clone() };
        return Err(NoLayout { row, column: 0, kind });
    }
    let columns = &chosen.layout.header().columns;
    let above = &chosen.preamble;
    match amounts.iter().find(|at| above.contradicts(columns[**at].power, columns[**at].sign)) {
        Some(at) => {
            let (here, other) = (columns[*at].name.clone(), above.unit.clone());
            no(*at, ProblemKind::UnitsDiffer { here, other, elsewhere: "above the table" })
        }
        None => Ok(chosen),
    }
}

/// Gives columns without a unit that of the total whose parts they are; an error if others have one and it is none of theirs.
fn share_unit(layout: &mut Layout, amounts: &[usize], below: &[Vec<String>]) -> Result<(), (usize, ProblemKind)> {
    let columns = &layout.header().columns;
    let has_unit = |at: &usize| columns[*at].power != 0 || columns[*at].sign.is_some();
    let is_bare = |at: &usize| !has_unit(at) && columns[*at].profile.money == 0;
    let Some(bare) = amounts.iter().copied().find(is_bare) else { return Ok(()) };
    let total = (0..columns.len()).filter(|at| !amounts.contains(at)).find_map(|at| {
        let (name, power, sign) = unit_in_label(&columns[at].name)?;
        is_total(name).then_some((at, power, sign))
    });
    let stated = amounts.iter().copied().find(has_unit).or(total.map(|(at, ..)| at));
    let Some(stated) = stated else { return Ok(()) };
    let number = |row: &[String], at: usize| both(row.get(at).and_then(|cell| amount::parse(cell).ok()));
    let sum = |row: &Vec<String>| {
        amounts.iter().map(|at| number(row, *at)).fold([0.0, 0.0], |sum, part| [sum[0] + part[0], sum[1] + part[1]])
    };
    let adds_up = |at: usize| {
        let totals: Vec<[f64; 2]> = below.iter().map(|row| number(row, at)).collect();
        is_sum(&totals, &below.iter().map(sum).collect::<Vec<_>>())
    };
    let Some((_, power, sign)) = total.filter(|(at, ..)| amounts.iter().all(is_bare) && adds_up(*at)) else {
        let kind = ProblemKind::UnitOfOthers { row: columns[bare].name.clone(), unit: columns[stated].name.clone() };
        return Err((bare, kind));
    };
    for at in amounts {
        let column = &mut layout.header_mut().columns[*at];
        (column.power, column.sign) = (power, sign);
    }
    Ok(())
}

/// Takes a row of units below the header for those of the columns: `,kEUR,FTE`. Whether it is one.
pub(in crate::read) fn take_row(layout: &mut Layout, row: &[String]) -> bool {
    let amounts: Vec<usize> = (0..layout.header().columns.len()).filter(|at| is_amount(layout, *at)).collect();
    let cell = |at: usize| row.get(at).map_or("", String::as_str);
    let is_free = layout.header().of(Role::Period).is_none_or(|period| !crate::read::cell::period::is_name(cell(period)));
    let Some(units) = of_row(row, &amounts).filter(|_| is_free) else { return false };
    for (at, Stated { power, sign }) in amounts.into_iter().zip(units) {
        let column = &mut layout.header_mut().columns[at];
        let power = if power == 0 { column.power } else { power };
        (column.power, column.sign, column.unit_by) = (power, sign.or(column.sign), UnitBy::Row);
    }
    true
}

/// The units that a row without numbers states in each of these columns: `,£m,£m`.
pub(in crate::read::layout) fn of_row(row: &[String], amounts: &[usize]) -> Option<Vec<Stated>> {
    let has_number = |cell: &String| cell.contains(|c: char| c.is_ascii_digit()) && said(cell, "") == Said::Nothing;
    if amounts.is_empty() || row.iter().any(has_number) {
        return None;
    }
    let mut last = None;
    let mut unit = |at: &usize| match row.get(*at).map(|cell| cell.trim()) {
        // Merged cells say it once.
        None | Some("") => last,
        Some(cell) => {
            last = if let Said::Unit(unit) = said(cell, "") { Some(unit) } else { None };
            last
        }
    };
    amounts.iter().map(&mut unit).collect()
}

/// Whether a column holds amounts.
pub(in crate::read::layout) fn is_amount(layout: &Layout, at: usize) -> bool {
    let role = layout.header().columns.get(at).and_then(|column| column.role);
    layout.is_amount(at) || role == Some(Role::Value)
}

fn open(unit: &str, said: Said) -> ProblemKind {
    let unit = unit.to_owned();
    if said == Said::Unclear { ProblemKind::UnitUnclear { unit } } else { ProblemKind::UnitUnknown { unit } }
}

/// The unit that the name of a column of labels or periods gives to the amounts beside it. Only over the labels of a wide
/// table must it be understood.
fn corner(name: &str, wide: bool) -> (&str, Said) {
    let whole = said(name, "");
    if is_sure(name, whole) {
        return (name, whole);
    }
    let named = named(name);
    if is_sure(named.text, named.said) {
        return (named.text, named.said);
    }
    open_unit(name).filter(|_| wide).unwrap_or(("", Said::Nothing))
}
