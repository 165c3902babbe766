//! The revenue of companies in the JSON of the SEC's APIs: company facts, company concepts and frames.
//!
//! What those files need before they are a series: the concept of revenue among all others; year-to-date sums dropped; the
//! fourth quarter, which no filing states, from the year and its three others; one figure where later filings repeat it, and
//! all, with the date of filing as `as_of`, where they change it.

use std::borrow::Cow;
use std::collections::BTreeMap;

use chrono::NaiveDate;
use serde::Deserialize;
use serde_json::value::RawValue;

use crate::calendar::Period;
use crate::money::Currency;
use crate::series::{Aside, Written};

use crate::read::cell::amount::Number;
use crate::read::cell::kind::Kind;
use crate::read::cell::period::{When, between_ends};
use crate::read::claim::{Claim, Dating, Extra};
use crate::read::layout::file::File;
use crate::read::report::error::ProblemKind;
use crate::read::report::notice::{Extent, LeftOut, Notice};
use crate::read::report::problems::Position;

/// Concepts that are the revenue of a company, the most comprehensive first; companies have switched between them.
const REVENUE: [&str; 6] = [
    "Revenues",
    "RevenueFromContractWithCustomerExcludingAssessedTax",
    "RevenueFromContractWithCustomerIncludingAssessedTax",
    "SalesRevenueNet",
    "RevenuesNetOfInterestExpense",
    "SalesRevenueGoodsNet",
];

/// Any of the three documents.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Document<'a> {
    entity_name: Option<Cow<'a, str>>,
    /// Of company facts: concepts by taxonomy.
    #[serde(borrow)]
    facts: Option<BTreeMap<Cow<'a, str>, Taxonomy<'a>>>,
    /// Of a company concept.
    tag: Option<Cow<'a, str>>,
    #[serde(borrow)]
    units: Option<BTreeMap<Cow<'a, str>, Vec<&'a RawValue>>>,
    /// Of a frame.
    uom: Option<Cow<'a, str>>,
    #[serde(borrow)]
    data: Option<Vec<&'a RawValue>>,
}

type Taxonomy<'a> = BTreeMap<Cow<'a, str>, Concept<'a>>;

#[derive(Deserialize)]
struct Concept<'a> {
    #[serde(borrow)]
    units: BTreeMap<Cow<'a, str>, Vec<&'a RawValue>>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Fact<'a> {
    entity_name: Option<Cow<'a, str>>,
    start: Option<Cow<'a, str>>,
    end: Cow<'a, str>,
    val: f64,
    form: Option<Cow<'a, str>>,
    accn: Option<Cow<'a, str>>,
    filed: Option<Cow<'a, str>>,
}

/// A fact of revenue for a whole number of months.
#[derive(Clone)]
struct Stated {
    period: Period,
    value: f64,
    filed: Option<NaiveDate>,
    /// Rank of its concept: the lower, the more comprehensive.
    rank: usize,
    source: Option<String>,
    place: Position,
    /// Whether it is the year less three quarters.
    derived: bool,
}

/// Reads a document; problems and claims are the file's then. Returns the name of what it is.
pub(in crate::read) fn read(text: &str, file: &mut File<'_>) -> Option<&'static str> {
    let document: Document<'_> = match serde_json::from_str(text) {
        Ok(document) => document,
        Err(error) => {
            let at = Position {
                line: u32::try_from(error.line()).unwrap_or(1).max(1),
                column: u32::try_from(error.column()).unwrap_or(1).max(1),
            };
            let kind = if error.is_data() { ProblemKind::NotSec } else { ProblemKind::Json };
            file.problems.at(at, None, kind);
            return None;
        }
    };
    let mut reading = Reading { text, lines: line_starts(text), file, year_to_date: None };
    let name = document.entity_name.clone();
    let what = if let Some(facts) = &document.facts {
        let concepts = facts.values().flatten().filter_map(|(tag, concept)| Some((rank(tag)?, &concept.units)));
        reading.company(name.as_deref(), concepts.collect())?;
        "SEC company facts"
    } else if let (Some(tag), Some(units)) = (&document.tag, &document.units) {
        reading.company(name.as_deref(), vec![(rank(tag).unwrap_or(0), units)])?;
        "SEC company concept"
    } else if let (Some(data), Some(uom)) = (&document.data, &document.uom) {
        reading.frame(data, uom)?;
        "SEC frame"
    } else {
        reading.file.problems.at(Position { line: 1, column: 1 }, None, ProblemKind::NotSec);
        return None;
    };
    if let Some((at, first, count)) = reading.year_to_date.take() {
        let place = crate::read::report::problems::place(&file.problems.file, at);
        file.notices.push(Notice::LeftOut { place, what: LeftOut::YearToDate, first, count });
    }
    Some(what)
}

fn rank(tag: &str) -> Option<usize> {
    REVENUE.iter().position(|revenue| *revenue == tag)
}

/// Offsets at which lines begin.
fn line_starts(text: &str) -> Vec<usize> {
    std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect()
}

type Units<'a> = BTreeMap<Cow<'a, str>, Vec<&'a RawValue>>;

struct Reading<'t, 'f, 'o> {
    text: &'t str,
    lines: Vec<usize>,
    file: &'f mut File<'o>,
    /// Facts for six or nine months: where the first stands, its period, how many.
    year_to_date: Option<(Position, String, u64)>,
}

impl Reading<'_, '_, '_> {
    /// Where a raw value stands: it is a part of the text.
    fn place(&self, raw: &RawValue) -> Position {
        let offset = (raw.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize).min(self.text.len());
        let line = self.lines.partition_point(|start| *start <= offset).max(1);
        let before = self.text.get(self.lines[line - 1]..offset).unwrap_or("");
        Position::of((line as u64, before.chars().count() as u64 + 1))
    }

    fn fact<'a>(&mut self, raw: &'a RawValue) -> Option<(Fact<'a>, Position)> {
        let place = self.place(raw);
        if let Ok(fact) = serde_json::from_str::<Fact<'a>>(raw.get()) {
            return Some((fact, place));
        }
        self.file.problems.at(place, None, ProblemKind::NotSec);
        None
    }

    /// The fact's months; `None` for an instant, or for a span that is not of months.
    fn period(fact: &Fact<'_>) -> Option<Period> {
        let start: NaiveDate = fact.start.as_ref()?.parse().ok()?;
        let end: NaiveDate = fact.end.parse().ok()?;
        match between_ends(When::Day(start), When::Day(end)).ok()? {
            When::Span(period) => Some(period),
            _ => None,
        }
    }

    fn company(&mut self, name: Option<&str>, concepts: Vec<(usize, &Units<'_>)>) -> Option<()> {
        let mut by_currency: BTreeMap<Currency, Vec<Stated>> = BTreeMap::new();
        for (rank, units) in concepts {
            for (unit, facts) in units {
                let Some(currency) = Currency::from_code(unit) else { continue };
                for raw in facts {
                    let (fact, place) = self.fact(raw)?;
                    let filed = fact.filed.as_ref().and_then(|filed| filed.parse::<NaiveDate>().ok());
                    let known = self.file.options.as_of.is_none_or(|cut| filed.is_none_or(|filed| filed <= cut));
                    let Some(period) = Self::period(&fact).filter(|_| known) else { continue };
                    if ![3, 12].contains(&period.months()) {
                        let entry = || (place, period.to_string(), 0);
                        self.year_to_date.get_or_insert_with(entry).2 += 1;
                        continue;
                    }
                    let source = match (&fact.form, &fact.accn) {
                        (Some(form), Some(accn)) => Some(format!("{form} {accn}")),
                        _ => None,
                    };
                    let stated = Stated { period, value: fact.val, filed, rank, source, place, derived: false };
                    by_currency.entry(currency).or_default().push(stated);
                }
            }
        }
        if by_currency.is_empty() {
            self.file.problems.at(Position { line: 1, column: 1 }, None, ProblemKind::NoSecRevenue);
            return None;
        }
        let main = by_currency.iter().max_by_key(|(_, stated)| stated.len()).map(|(currency, _)| *currency);
        for (currency, stated) in by_currency {
            let plain = name.unwrap_or(self.file.stem()).to_owned();
            let name = if Some(currency) == main { plain } else { format!("{plain} ({currency})") };
            self.series(&name, currency, stated);
        }
        Some(())
    }

    /// Adds the claims of one company in one currency.
    fn series(&mut self, name: &str, currency: Currency, mut stated: Vec<Stated>) {
        stated.sort_by_key(|fact| (fact.period, fact.filed, fact.rank));
        // In one filing the most comprehensive concept stands; a filing that repeats what was known adds nothing.
        stated.dedup_by_key(|fact| (fact.period, fact.filed));
        #[allow(clippy::float_cmp)] // a repeated figure is the same number
        stated.dedup_by(|later, earlier| later.period == earlier.period && later.value == earlier.value);
        let mut latest: BTreeMap<Period, Stated> = BTreeMap::new();
        for fact in &stated {
            latest.insert(fact.period, fact.clone());
        }
        let years: Vec<Stated> = latest.values().filter(|fact| fact.period.months() == 12).cloned().collect();
        let year_end = years.last().and_then(|year| u8::try_from(year.period.last().month()).ok());
        let mut derived = years.iter().filter_map(|year| fourth_quarter(year, &latest)).collect::<Vec<Stated>>();
        if let Some(first) = derived.first() {
            let place = crate::read::report::problems::place(&self.file.problems.file, first.place);
            let extent = Extent { place, series: name.to_owned(), figures: derived.len() as u64, series_count: 1 };
            self.file.notices.push(Notice::FourthQuarter { extent, period: first.period });
        }
        stated.append(&mut derived);
        let series = self.file.series_index(Some(name));
        for fact in stated {
            self.claim(series, currency, year_end, fact);
        }
    }

    fn claim(&mut self, series: u32, currency: Currency, fiscal_year_end: Option<u8>, fact: Stated) {
        let note = fact.derived.then(|| "the year less its first three quarters".to_owned());
        let written =
            self.file.options.keep_written.then(|| Written { period: fact.period.to_string(), value: fact.value.to_string() });
        self.file.rows += u64::from(!fact.derived);
        self.file.claims.push(Claim {
            series,
            file: self.file.index,
            kind: Kind::Revenue,
            basis: None,
            when: When::Span(fact.period),
            dating: Dating::default(),
            number: Some(Number::plain(fact.value, 1.0)),
            currency: Some(currency),
            fiscal_year_end,
            place: fact.place,
            period_place: fact.place,
            apart: 0,
            extra: Some(Box::new(Extra {
                as_of: fact.filed.map(When::Day),
                aside: Some(Box::new(Aside { source: fact.source, note, written })),
            })),
        });
    }

    /// Adds one figure for each company of a frame.
    fn frame(&mut self, data: &[&RawValue], uom: &str) -> Option<()> {
        let Some(currency) = Currency::from_code(uom) else {
            self.file.problems.at(Position { line: 1, column: 1 }, None, ProblemKind::NoSecRevenue);
            return None;
        };
        for raw in data {
            let (fact, place) = self.fact(raw)?;
            let Some(period) = Self::period(&fact) else { continue };
            let name = fact.entity_name.as_deref().unwrap_or(self.file.stem()).to_owned();
            let series = self.file.series_index(Some(&name));
            let source = fact.accn.map(Cow::into_owned);
            let stated = Stated { period, value: fact.val, filed: None, rank: 0, source, place, derived: false };
            self.claim(series, currency, None, stated);
        }
        if self.file.claims.first().is_none() {
            self.file.problems.at(Position { line: 1, column: 1 }, None, ProblemKind::NoSecRevenue);
        }
        Some(())
    }
}

/// The last quarter of a year, if its first three are known and it is not.
fn fourth_quarter(year: &Stated, latest: &BTreeMap<Period, Stated>) -> Option<Stated> {
    let quarter = Period::ending(year.period.last(), 3);
    if latest.contains_key(&quarter) {
        return None;
    }
    let others: Option<Vec<&Stated>> = (1..=3).map(|back| latest.get(&quarter.shift(-back))).collect();
    let others = others?;
    let filed = others.iter().map(|fact| fact.filed).chain([year.filed]).max().flatten();
    let value = year.value - others.iter().map(|fact| fact.value).sum::<f64>();
    Some(Stated { period: quarter, value, filed, derived: true, ..year.clone() })
}
