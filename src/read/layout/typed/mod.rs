//! Figures typed as one text, for a command line: `OpenAI: $10B run-rate June 2025; target $12B 2025`.
//!
//! Amounts, periods, kinds and currencies are read as in the cells of a file, and all that only the whole shows is settled as for
//! files. The grammar is that of `docs/input.md`: names end with a colon, figures with a semicolon, and the parts of a figure
//! stand in any order. What can be read in two ways is a problem.

mod fault;
mod part;
mod reading;

use crate::money::Currency;
use crate::series::{Aside, Written};

use crate::read::TypedCurrency;
use crate::read::cell::amount::{Number, decimal};
use crate::read::cell::kind::Kind;
use crate::read::cell::period::{self, When};
use crate::read::claim::{Claim, Dating, Extra};
use crate::read::layout::file::{File, FileReport, Form};
use crate::read::report::error::{FigureFault, ProblemKind};
use crate::read::report::problems::Kept;

use fault::fault;
use part::{Asides, Part, split};
use reading::{Reading, readings};

/// Whether a text has the shape of figures with their series: `OpenAI: $10B run-rate June 2025`.
pub(in crate::read) fn is_typed(text: &str) -> bool {
    let first = Part::whole(text).figures().into_iter().next();
    first.and_then(Part::named).is_some_and(|(name, figure)| !name.is_empty() && !figure.is_empty())
}

/// The figures of one series that were read so far.
struct Current<'t> {
    series: u32,
    /// The first amount, if none has a currency.
    without_currency: Option<Part<'t>>,
    has_currency: bool,
}

impl File<'_> {
    /// Reads a text of figures; its claims, problems and notices are in `self` then.
    pub(in crate::read) fn read_typed(&mut self, text: &str) -> (FileReport, Kept) {
        let mut kept = Kept::of_typed(text);
        let mut current: Option<Current<'_>> = None;
        for part in Part::whole(text).figures() {
            let goes_on = current.is_some() && (part.named().is_none() || !readings(split(part).0).is_empty());
            let figure = match part.named().filter(|_| !goes_on) {
                Some((name, figure)) if !name.is_empty() => {
                    self.ask_for_currency(current.take());
                    let series = self.names.index(name.as_str());
                    current = Some(Current { series, without_currency: None, has_currency: false });
                    figure
                }
                _ => part,
            };
            match &mut current {
                Some(_) if figure.is_empty() => {}
                Some(current) => self.figure(figure, current, &mut kept),
                None => self.wrong(part, ProblemKind::Figure(FigureFault::NoName)),
            }
        }
        self.ask_for_currency(current);
        if self.rows == 0 && self.problems.total == 0 {
            self.wrong(Part::whole(text), ProblemKind::Figure(FigureFault::NoAmount));
        }
        self.apply_year_end();
        let report = self.report(Form::Typed, None);
        (FileReport { looked_at: report.rows, ..report }, kept)
    }

    fn wrong(&mut self, part: Part<'_>, kind: ProblemKind) {
        self.problems.in_text(part.whole_text(), part.range(), kind);
    }

    /// Within double quotation marks a shell makes `3B` of `$43B`: whether that happened cannot be seen, so it is asked.
    fn ask_for_currency(&mut self, current: Option<Current<'_>>) {
        let asks = self.options.typed_currency == TypedCurrency::Required
            && self.options.unit.is_none_or(|unit| unit.currency.is_none());
        let Some(part) = current.filter(|current| asks && !current.has_currency).and_then(|current| current.without_currency)
        else {
            return;
        };
        self.wrong(part, ProblemKind::Figure(FigureFault::NoCurrency));
    }

    /// Reads one figure of a series.
    fn figure<'t>(&mut self, figure: Part<'t>, current: &mut Current<'t>, kept: &mut Kept) {
        self.rows += 1;
        let (mut core, mut asides) = split(figure);
        let mut found = readings(core);
        // `$10B run-rate as of June 2025`: the period, where there is no other.
        if let (true, Some(as_of)) = (found.is_empty(), asides.as_of) {
            found = readings(core.to(as_of));
            if !found.is_empty() {
                (core, asides.as_of) = (core.to(as_of), None);
            }
        }
        match found.as_slice() {
            [] => {
                let (part, kind) = fault(core);
                self.wrong(part, kind);
            }
            [reading] => self.claim_typed(reading, &asides, current, kept),
            [one, other, ..] => {
                let told = |reading: &Reading<'_>| {
                    let amount = reading.amount.map_or(String::new(), |(amount, _)| format!("{} in ", amount.as_str()));
                    amount + reading.period.0.as_str()
                };
                let readings = [told(one), told(other)];
                self.wrong(core, ProblemKind::Figure(FigureFault::Unclear { readings }));
            }
        }
    }

    fn claim_typed<'t>(&mut self, reading: &Reading<'t>, asides: &Asides<'t>, current: &mut Current<'t>, kept: &mut Kept) {
        let amount =
            reading.amount.map(|(part, number)| self.in_unit(number).map(|number| (part, number)).map_err(|kind| (part, kind)));
        let amount = match amount.transpose() {
            Ok(amount) => amount,
            Err((part, kind)) => return self.wrong(part, kind),
        };
        let currency = match amount.map(|(part, number)| self.currency_typed(number).map_err(|kind| (part, kind))).transpose() {
            Ok(currency) => currency.flatten(),
            Err((part, kind)) => return self.wrong(part, kind),
        };
        let as_of = match asides.as_of.map(|part| period::parse_alone(part.as_str()).map_err(|fault| (part, fault))).transpose()
        {
            Ok(as_of) => as_of,
            Err((part, fault)) => return self.wrong(part, ProblemKind::Period(fault)),
        };
        if let (Some(when), Some(part)) = (as_of, asides.as_of) {
            self.see_order(when, part.as_str());
        }
        let (period, when) = reading.period;
        let period_place = period.position();
        let when = self.see_period(when, period.as_str());
        if !matches!(when, When::Span(_)) {
            self.see_fiscal(period.as_str(), || period_place);
        }
        let place = amount.map_or(period_place, |(part, _)| part.position());
        for part in amount.map(|(part, _)| part).into_iter().chain([period]) {
            kept.note_length(part.position(), part.as_str().len());
        }
        if let Some((part, _)) = amount {
            current.without_currency.get_or_insert(part);
            current.has_currency |= currency.is_some();
        }
        let months = if reading.monthly { Some(1) } else { None };
        self.claims.push(Claim {
            series: current.series,
            file: self.index,
            kind: reading.kind.or(self.options.kind).unwrap_or(Kind::Revenue),
            basis: reading.basis,
            when,
            dating: Dating { months, monthly: reading.monthly, ..Dating::default() },
            number: amount.map(|(_, number)| number),
            currency,
            fiscal_year_end: None,
            place,
            period_place,
            apart: 0,
            extra: self.extra_typed(reading, asides, as_of),
        });
    }

    /// The number in the unit that the user gives, which then is the only one.
    fn in_unit(&self, number: Number) -> Result<Number, ProblemKind> {
        match self.options.unit {
            Some(_) if number.has_unit => Err(ProblemKind::TwoUnits { elsewhere: "--unit" }),
            Some(unit) => Ok(number.scaled(decimal(1, unit.power))),
            None => Ok(number),
        }
    }

    fn currency_typed(&self, number: Number) -> Result<Option<Currency>, ProblemKind> {
        let of_unit = self.options.unit.and_then(|unit| unit.currency);
        let Some(sign) = number.sign else { return Ok(of_unit) };
        let own = sign.currency(of_unit.unwrap_or(self.options.currency)).ok_or(ProblemKind::Currency)?;
        match of_unit.filter(|unit| *unit != own) {
            Some(column) => Err(ProblemKind::CurrencyOfCell { sign: own, column }),
            None => Ok(Some(own)),
        }
    }

    fn extra_typed(&self, reading: &Reading<'_>, asides: &Asides<'_>, as_of: Option<When>) -> Option<Box<Extra>> {
        let text = |part: Option<Part<'_>>| part.map(|part| part.as_str().to_owned());
        let written = self.options.keep_written.then(|| Written {
            period: reading.period.0.as_str().to_owned(),
            value: text(reading.amount.map(|(part, _)| part)).unwrap_or_default(),
        });
        let aside = Aside { source: text(asides.source), note: text(asides.note), written };
        let aside = (aside != Aside::default()).then(|| Box::new(aside));
        (as_of.is_some() || aside.is_some()).then(|| Box::new(Extra { as_of, aside }))
    }
}
