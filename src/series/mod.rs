//! A series: the dated figures of one company, segment or product, each with its kind.
//!
//! The kind decides what a figure may do. A run-rate and a total of revenue are observations, of a rate and of a sum; a
//! target is a goal, a contract a commitment and an event a date, and none of these is ever fitted. [`Series::new`] settles
//! what part each figure plays, so that every method downstream sees the same observations. Nothing here reads text
//! ([`crate::read`] does) or projects ([`crate::project`] does).

mod figure;
mod notice;
mod peers;
mod quantity;
mod role;

use crate::calendar::{FiscalCalendar, Month, Period, Step};
use crate::money::{Amount, Currency};

pub use figure::{Aside, Fact, Figure, Measure, Place, UnknownMeasure, Written};
pub use notice::SeriesNotice;
pub use peers::{Peers, UnknownPeers};
pub use quantity::Quantity;
pub use role::Role;

use role::{check_totals, supersede};

/// The figures of one company, segment or product, in one currency, ordered in time.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    name: String,
    parent: Option<String>,
    peers: Option<Peers>,
    quantity: Quantity,
    currency: Currency,
    calendar: FiscalCalendar,
    figures: Vec<Figure>,
    roles: Vec<Role>,
}

impl Series {
    /// A series of `figures`, given in the order of their rows.
    ///
    /// Figures are put in order of time. Of two that state the same for the same period, the later `as_of` stands, else the
    /// later row. A total whose months are all covered by finer totals becomes a check.
    pub fn new(name: impl Into<String>, currency: Currency, calendar: FiscalCalendar, mut figures: Vec<Figure>) -> Self {
        // Stable, so that rows of one period keep their order. Most figures come in order, and sorting them takes memory.
        if !figures.is_sorted_by_key(|figure| figure.period) {
            figures.sort_by_key(|figure| figure.period);
        }
        let mut roles: Vec<Role> = figures
            .iter()
            .map(|figure| if figure.fact.observes().is_some() { Role::Fitted } else { Role::NotRevenue })
            .collect();
        supersede(&figures, &mut roles);
        check_totals(&figures, &mut roles);
        Self { name: name.into(), parent: None, peers: None, quantity: Quantity::default(), currency, calendar, figures, roles }
    }

    /// The series as a part of the one called `parent`, or of none.
    #[must_use]
    pub fn with_parent(self, parent: Option<String>) -> Self {
        Self { parent, ..self }
    }

    /// The series with the observations for which this holds left out of the fit; they stay among its
    /// [`figures`](Self::figures).
    #[must_use]
    pub fn without(mut self, mut left_out: impl FnMut(&Figure) -> bool) -> Self {
        for (figure, role) in self.figures.iter().zip(&mut self.roles) {
            if *role == Role::Fitted && left_out(figure) {
                *role = Role::Excluded;
            }
        }
        self
    }

    /// A series of the same name, currency, calendar and peers, with other figures.
    #[must_use]
    pub fn of_figures(&self, figures: Vec<Figure>) -> Self {
        let series = Self::new(self.name.clone(), self.currency, self.calendar, figures);
        series.with_peers(self.peers).with_quantity(self.quantity)
    }

    /// The series of a company that is likened to these, or to none in particular.
    #[must_use]
    pub fn with_peers(self, peers: Option<Peers>) -> Self {
        Self { peers, ..self }
    }

    /// The series with amounts of something else than revenue.
    #[must_use]
    pub fn with_quantity(self, quantity: Quantity) -> Self {
        Self { quantity, ..self }
    }

    /// What its amounts are: revenue, where nothing else was asked for.
    pub fn quantity(&self) -> Quantity {
        self.quantity
    }

    /// Name of the company, segment or product.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Name of the series that this one is a part of, as a segment is of its company; `None` if it stands by itself.
    pub fn parent(&self) -> Option<&str> {
        self.parent.as_deref()
    }

    /// The companies that it is likened to, where that was said.
    pub fn peers(&self) -> Option<Peers> {
        self.peers
    }

    /// Currency of every amount of the series.
    pub fn currency(&self) -> Currency {
        self.currency
    }

    /// How the series' fiscal years lie.
    pub fn calendar(&self) -> FiscalCalendar {
        self.calendar
    }

    /// Every figure in order of time, whatever part it plays; [`roles`](Self::roles) runs beside it.
    pub fn figures(&self) -> &[Figure] {
        &self.figures
    }

    /// The part that each of [`figures`](Self::figures) plays.
    pub fn roles(&self) -> &[Role] {
        &self.roles
    }

    /// The figures that methods fit, in order of time (by the end of their period, then its start).
    pub fn observations(&self) -> impl DoubleEndedIterator<Item = &Figure> {
        self.figures.iter().zip(&self.roles).filter(|(_, role)| **role == Role::Fitted).map(|(figure, _)| figure)
    }

    /// The targets that stand, in order of time.
    pub fn targets(&self) -> impl Iterator<Item = &Figure> {
        self.figures
            .iter()
            .zip(&self.roles)
            .filter(|(figure, role)| matches!(figure.fact, Fact::Target { .. }) && **role == Role::NotRevenue)
            .map(|(figure, _)| figure)
    }

    /// The first observed month; `None` if nothing is observed.
    pub fn start(&self) -> Option<Month> {
        self.observations().map(|figure| figure.period.first()).min()
    }

    /// The last observed month: a projection starts after it. `None` if nothing is observed.
    pub fn origin(&self) -> Option<Month> {
        self.observations().map(|figure| figure.period.last()).max()
    }

    /// What the figures are told in, and with what an answer about them begins: the run-rate where all observations are run-rates,
    /// else revenue.
    pub fn lead(&self) -> Measure {
        let mut observed = self.observations().filter_map(|figure| figure.fact.observes()).peekable();
        let run_rates = observed.peek().is_some() && observed.all(|measure| measure == Measure::RunRate);
        if run_rates { Measure::RunRate } else { Measure::Revenue }
    }

    /// The length that all observations share if they are totals of months, quarters, halves or years; `None` if they are
    /// mixed, are run-rates, or are of another length.
    pub fn step(&self) -> Option<Step> {
        let mut lengths = self.observations().map(|figure| match figure.fact {
            Fact::Revenue(_) => self.calendar.step_of(figure.period),
            _ => None,
        });
        let first = lengths.next()??;
        lengths.all(|length| length == Some(first)).then_some(first)
    }

    /// What the figures state of a measure in a period: as one figure, or as totals that make it up without a gap, whose units
    /// add up. A run-rate is that of a month.
    pub fn stated(&self, measure: Measure, period: Period) -> Option<Amount> {
        let mut figures = self.observations().filter(|figure| figure.fact.observes() == Some(measure));
        if measure == Measure::RunRate {
            return figures.find(|figure| figure.period == period)?.fact.amount();
        }
        let totals: Vec<&Figure> = figures.filter(|figure| period.covers(figure.period)).collect();
        if let Some(whole) = totals.iter().find(|figure| figure.period == period) {
            return whole.fact.amount();
        }
        // In order of time, so the next part is never behind.
        let (mut next, mut sum, mut unit) = (period.first(), 0.0, 0.0);
        for part in totals.iter().filter_map(|figure| Some((figure.period, figure.fact.amount()?))) {
            if part.0.first() == next {
                sum += part.1.value();
                unit += part.1.unit();
                next = part.0.last().plus(1);
            }
        }
        if next > period.last() { Amount::new(sum, unit) } else { None }
    }

    /// What the reader of the figures should know about how they were used.
    pub fn notices(&self) -> Vec<SeriesNotice> {
        let name = |figure: &Figure| self.calendar.name(figure.period);
        let mut notices = Vec::new();
        for (figure, role) in self.figures.iter().zip(&self.roles) {
            match *role {
                Role::Superseded { by, dated: false } => notices.push(SeriesNotice::Replaced {
                    old: figure.clone(),
                    new: self.figures[by].clone(),
                    period: name(figure),
                    currency: self.currency,
                }),
                Role::Check { sum: Some(sum), agrees: false } => notices.push(SeriesNotice::Disagrees {
                    total: figure.clone(),
                    sum,
                    period: name(figure),
                    currency: self.currency,
                }),
                _ => {}
            }
        }
        notices
    }
}

#[cfg(test)]
mod tests {
    use chrono::NaiveDate;

    use super::*;
    use crate::calendar::Period;
    use crate::money::Amount;

    fn calendar() -> FiscalCalendar {
        FiscalCalendar::default()
    }

    fn revenue(period: Option<Period>, value: f64) -> Figure {
        Figure::new(Fact::Revenue(Amount::new(value, 0.1).unwrap()), period.unwrap())
    }

    fn series(figures: Vec<Figure>) -> Series {
        Series::new("Test", Currency::USD, calendar(), figures)
    }

    #[test]
    fn later_row_replaces_earlier_one() {
        let year = calendar().year(2024);
        let series = series(vec![revenue(year, 1.0), revenue(year, 2.0)]);
        assert_eq!(series.roles(), [Role::Superseded { by: 1, dated: false }, Role::Fitted]);
        assert_eq!(series.notices().len(), 1);
    }

    #[test]
    fn as_of_decides_before_the_row() {
        let year = calendar().year(2024);
        let mut first = revenue(year, 1.0);
        first.as_of = NaiveDate::from_ymd_opt(2025, 2, 1);
        let mut second = revenue(year, 2.0);
        second.as_of = NaiveDate::from_ymd_opt(2025, 1, 1);
        let series = series(vec![first, second]);
        assert_eq!(series.roles(), [Role::Fitted, Role::Superseded { by: 0, dated: true }]);
        assert_eq!(series.notices(), []);
    }

    #[test]
    fn year_beside_its_quarters_is_a_check() {
        let quarters = (1..=4).map(|q| revenue(calendar().quarter(2024, q), 10.0));
        let agreeing = series(quarters.clone().chain([revenue(calendar().year(2024), 40.2)]).collect());
        // In order of time the year stands before its fourth quarter: both end in December, and it starts first.
        assert_eq!(agreeing.roles()[3], Role::Check { sum: Some(40.0), agrees: true });
        let differing = series(quarters.chain([revenue(calendar().year(2024), 41.0)]).collect());
        assert_eq!(differing.roles()[3], Role::Check { sum: Some(40.0), agrees: false });
        assert_eq!(differing.observations().count(), 4);
        let notice = differing.notices().pop().unwrap().to_string();
        assert_eq!(notice, "2024 is given as $41, but the figures within it come to $40 (-2.44%); the finer figures are used");
    }

    #[test]
    fn year_with_a_quarter_missing_is_fitted() {
        let quarters = (1..=3).map(|q| revenue(calendar().quarter(2024, q), 10.0));
        let series = series(quarters.chain([revenue(calendar().year(2024), 40.0)]).collect());
        assert_eq!(series.observations().count(), 4);
    }

    #[test]
    fn only_revenue_and_run_rates_are_observations() {
        let month = Month::new(2025, 6).unwrap();
        let amount = Amount::exact(12e9).unwrap();
        let series = series(vec![
            Figure::new(Fact::Target { amount, basis: None }, month.into()),
            Figure::new(Fact::Contract(amount), month.into()),
            Figure::new(Fact::Event(None), month.into()),
        ]);
        assert_eq!(series.observations().count(), 0);
        assert_eq!(series.origin(), None);
        assert_eq!(series.targets().count(), 1);
    }

    #[test]
    fn step_is_the_length_all_totals_share() {
        let quarterly = series((1..=4).map(|q| revenue(calendar().quarter(2024, q), 10.0)).collect());
        assert_eq!(quarterly.step(), Some(Step::Quarter));
        let mixed = series(vec![revenue(calendar().quarter(2024, 1), 10.0), revenue(calendar().year(2023), 30.0)]);
        assert_eq!(mixed.step(), None);
    }
}
