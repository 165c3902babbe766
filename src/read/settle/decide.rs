//! Decisions that a cell alone leaves open and its file settles: the decimal mark, and the order of day and month.
//!
//! Every cell that reads one way only is evidence. Evidence decides; where there is none the general rule for such files is
//! taken and said in a notice; where evidence conflicts, or no rule is general enough, the cells are problems.

use std::sync::Arc;

use chrono::{Datelike, NaiveDate};

use crate::money::in_full;
use crate::read::Options;
use crate::read::cell::amount::{DecimalMark, Mark, Number};
use crate::read::cell::period::{DateOrder, When, serial_day};
use crate::read::claim::{Claim, Claims, OrderSeen, Seen};
use crate::read::report::error::ProblemKind;
use crate::read::report::file::{Decisions, Evidence};
use crate::read::report::notice::Notice;
use crate::read::report::problems::place;
use crate::read::report::problems::{Kept, Problems};
use crate::read::settle::labels::labels;

/// Settles what the claims of one file leave open.
pub(in crate::read) fn decide(
    claims: &mut Claims,
    orders: OrderSeen,
    options: &Options,
    kept: &Kept,
    problems: &mut Problems,
    notices: &mut Vec<Notice>,
) -> Decisions {
    before_months(claims, orders, options, kept, problems);
    labels(claims, options, kept, problems, notices);
    Decisions {
        decimal: decimal(claims, options, kept, problems, notices),
        date_order: date_order(claims, orders, options, kept, problems, notices),
        from_1904: from_1904(claims, options, problems, notices),
    }
}

/// Dates that all have a time of day some hours before a month begins are most likely months that begin at midnight further
/// east, written in UTC, where summer time may be an hour ahead of what else is the same; but a month may as well be closed in
/// the evening of its last day.
fn before_months(claims: &Claims, orders: OrderSeen, options: &Options, kept: &Kept, problems: &mut Problems) {
    if orders.before_months == 0 || orders.other_days > orders.month_starts || options.utc_offset.is_some() {
        return;
    }
    let is_last = |claim: &&Claim| matches!(claim.when, When::Day(day) if day.succ_opt().is_some_and(|next| next.day() == 1));
    if let Some(claim) = claims.iter().find(is_last) {
        problems.later(kept, claim.period_place, "", ProblemKind::BeforeMonths { minutes: orders.most_before });
    }
}

/// Turns numbers of days into days.
fn from_1904(
    claims: &mut Claims,
    options: &Options,
    problems: &Problems,
    notices: &mut Vec<Notice>,
) -> Option<(bool, Evidence)> {
    if claims.seen.serials == 0 {
        return None;
    }
    let number = |when: &When| if let When::Serial(number) = when { Some(*number) } else { None };
    let open: Vec<(NaiveDate, NaiveDate)> = claims
        .iter()
        .filter_map(|claim| number(&claim.when))
        .map(|number| (serial_day(number, true), serial_day(number, false)))
        .collect();
    let (from_1904, evidence) = match options.from_1904 {
        Some(from_1904) => (from_1904, Evidence::Option),
        // Hardly any spreadsheet counts from 1904, so only dates that are first or last days of months that way show it.
        None => (by_months_edges(&open) == Some(DateOrder::DayFirst), Evidence::Rule),
    };
    let mut first = evidence == Evidence::Rule;
    for claim in claims.iter_mut() {
        let Some(number) = number(&claim.when) else { continue };
        let day = serial_day(number, from_1904);
        claim.when = When::Day(day);
        if std::mem::take(&mut first) {
            let place = place(&problems.file, claim.period_place);
            notices.push(Notice::SerialDates { place, from_1904, day });
        }
    }
    Some((from_1904, evidence))
}

fn decimal(
    claims: &mut Claims,
    options: &Options,
    kept: &Kept,
    problems: &mut Problems,
    notices: &mut Vec<Notice>,
) -> Option<(DecimalMark, Evidence)> {
    let Seen { points, commas, either_marks: open, .. } = claims.seen;
    let decided = match (options.decimal, points, commas) {
        (Some(mark), ..) => Some((mark, Evidence::Option)),
        (None, 0, 0) if open == 0 => return None,
        (None, 1.., 0) => Some((DecimalMark::Point, Evidence::Cells(points))),
        (None, 0, 1..) => Some((DecimalMark::Comma, Evidence::Cells(commas))),
        // Where commas delimit cells, the point is the decimal mark by the same convention; where semicolons do, it is
        // because the comma is taken, often but not always as the decimal mark.
        (None, 0, 0) if kept.delimiter != ';' => Some((DecimalMark::Point, Evidence::Rule)),
        _ => None,
    };
    if open == 0 {
        return decided;
    }
    if options.decimal.is_none() && commas > 0 && glued(claims, open, commas, kept, problems) {
        return None;
    }
    // Where words are of a language that writes a decimal comma, and semicolons or tabs keep it free for that, its points
    // group thousands.
    let is_of_thousands = |number: &Number| number.mark == Mark::Depends(DecimalMark::Point);
    let by_language = options.decimal.is_none()
        && points + commas == 0
        && kept.decimal_comma
        && kept.delimiter != ','
        && claims
            .iter()
            .filter_map(|claim| claim.number.as_ref())
            .all(|number| !matches!(number.mark, Mark::Depends(_)) || is_of_thousands(number));
    let decided = if by_language { Some((DecimalMark::Comma, Evidence::Rule)) } else { decided };
    // Quoted cells with commas in a file of commas: three of them that all end in three digits are grouped thousands.
    let is_plain = kept.delimiter == ',' && open >= 3;
    let mut first = true;
    for claim in claims.iter_mut() {
        let Some(number) = &mut claim.number else { continue };
        let Mark::Depends(separator) = number.mark else { continue };
        let read = |mark| number.amount(mark).map_or(f64::NAN, crate::money::Amount::value);
        let Some((mark, evidence)) = decided else {
            let other = if separator == DecimalMark::Point { DecimalMark::Comma } else { DecimalMark::Point };
            let readings = [in_full(read(other)), in_full(read(separator))];
            // One question for all of them.
            let kind = ProblemKind::DecimalMark { readings: readings.clone(), others: open - 1 };
            problems.later(kept, claim.place, &readings[1], kind);
            break;
        };
        if first && evidence == Evidence::Rule && !(is_plain && separator == DecimalMark::Comma) {
            let place = place(&problems.file, claim.place);
            notices.push(Notice::DecimalMarkAssumed { place, separator, mark, read: read(mark), figures: open });
        }
        first = false;
        *number = number.settled(mark);
    }
    decided
}

/// Whether the few cells that show a comma for decimals have one digit more behind it than all others, as the mark of a
/// footnote makes it: `1,2881` among `1,204` and `1,310`. Those cells are problems then.
fn glued(claims: &Claims, open: u64, commas: u64, kept: &Kept, problems: &mut Problems) -> bool {
    if commas * 2 > open {
        return false;
    }
    let number = |claim: &Claim| claim.number.filter(|number| !number.has_unit);
    let is_open = |claim: &Claim| number(claim).is_some_and(|number| matches!(number.mark, Mark::Depends(_)));
    let shows = |claim: &Claim| number(claim).filter(|number| number.mark == Mark::Shows(DecimalMark::Comma));
    let Some(thousand) = claims.iter().find(|claim| is_open(claim)).and_then(number) else { return false };
    let has_four = |claim: &Claim| {
        shows(claim).is_some_and(|number| {
            let ratio = thousand.unit() / number.unit();
            (9_999.0..10_001.0).contains(&ratio)
        })
    };
    if claims.iter().any(|claim| shows(claim).is_some() && !has_four(claim)) {
        return false;
    }
    let mut any = false;
    for claim in claims.iter().filter(|claim| has_four(claim)) {
        problems.later(kept, claim.place, "", ProblemKind::GluedDigit);
        any = true;
    }
    any
}

fn date_order(
    claims: &mut Claims,
    seen: OrderSeen,
    options: &Options,
    kept: &Kept,
    problems: &mut Problems,
    notices: &mut Vec<Notice>,
) -> Option<(DateOrder, Evidence)> {
    let all = if claims.seen.either_days > 0 { Some(&*claims) } else { None };
    let open: Vec<(NaiveDate, NaiveDate)> = all
        .into_iter()
        .flat_map(Claims::iter)
        .flat_map(|claim| [Some(claim.when), claim.as_of()])
        .filter_map(|when| {
            if let Some(When::Either { day_first, month_first }) = when { Some((day_first, month_first)) } else { None }
        })
        .collect();
    let decided = match (options.date_order, seen.day_first, seen.month_first) {
        (Some(order), ..) => Some((order, Evidence::Option)),
        (None, 0, 0) if open.is_empty() => return None,
        (None, 1.., 0) => Some((DateOrder::DayFirst, Evidence::Cells(seen.day_first))),
        (None, 0, 1..) => Some((DateOrder::MonthFirst, Evidence::Cells(seen.month_first))),
        (None, 0, 0) => by_months_edges(&open).map(|order| (order, Evidence::Rule)),
        _ => None,
    };
    if open.is_empty() {
        return decided;
    }
    let mut first = true;
    for claim in claims.iter_mut() {
        let (period_place, file) = (claim.period_place, Arc::clone(&problems.file));
        let as_of = claim.extra.as_mut().and_then(|extra| extra.as_of.as_mut());
        for when in [Some(&mut claim.when), as_of].into_iter().flatten() {
            let When::Either { day_first, month_first } = *when else { continue };
            let Some((order, evidence)) = decided else {
                let readings = [day_first.to_string(), month_first.to_string()];
                let kind = ProblemKind::DayOrder { readings: readings.clone(), others: open.len() as u64 - 1 };
                problems.later(kept, period_place, &readings[0], kind);
                return None;
            };
            if first && evidence == Evidence::Rule {
                let place = place(&file, period_place);
                notices.push(Notice::DateOrderInferred { place, order, figures: open.len() as u64 });
            }
            first = false;
            *when = When::Day(if order == DateOrder::DayFirst { day_first } else { month_first });
        }
    }
    decided
}

/// The order under which all dates are first days of months, or all last days, if that holds for one order alone and for
/// more than one date. Revenue is dated so; days scattered over January are not.
fn by_months_edges(open: &[(NaiveDate, NaiveDate)]) -> Option<DateOrder> {
    let first = |day: &NaiveDate| day.day() == 1;
    let last = |day: &NaiveDate| day.succ_opt().is_some_and(|next| next.day() == 1);
    let edges = |days: &[NaiveDate]| days.iter().all(first) || days.iter().all(last);
    let day_first: Vec<NaiveDate> = open.iter().map(|(day_first, _)| *day_first).collect();
    let month_first: Vec<NaiveDate> = open.iter().map(|(_, month_first)| *month_first).collect();
    let distinct = day_first.iter().any(|day| *day != day_first[0]);
    match (edges(&day_first), edges(&month_first)) {
        (true, false) if distinct => Some(DateOrder::DayFirst),
        (false, true) if distinct => Some(DateOrder::MonthFirst),
        _ => None,
    }
}
