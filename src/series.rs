//! A series: the dated figures of one company, segment or product, each with its kind.
//!
//! The kind decides what a figure may do. A run-rate and a total of revenue are observations, of a rate and of a sum; a
//! target is a wish, a contract a commitment and an event a date, and none of these is ever fitted. [`Series::new`] settles
//! what part each figure plays, so that every method downstream sees the same observations. Nothing here reads text
//! ([`crate::read`] does) or projects ([`crate::project`] does).

use std::fmt;
use std::sync::Arc;

use chrono::NaiveDate;

use crate::calendar::{FiscalCalendar, Month, Period, Step};
use crate::money::{Amount, Currency, short};

/// What a number measures: a sum over a period, or a rate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Measure {
    /// The total of a period.
    Revenue,
    /// The annualised rate of one month: twelve times the month's revenue.
    RunRate,
}

impl Measure {
    /// The name in files and on the command line: `revenue` or `run-rate`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Revenue => "revenue",
            Self::RunRate => "run-rate",
        }
    }

    /// The measure of this [`name`](Self::name).
    pub fn from_name(name: &str) -> Option<Self> {
        [Self::Revenue, Self::RunRate].into_iter().find(|measure| measure.name() == name)
    }
}

impl fmt::Display for Measure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// What a figure states, by its kind.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Fact {
    /// Revenue earned over the figure's period.
    Revenue(Amount),
    /// The annualised rate in the figure's period, which is one month.
    RunRate(Amount),
    /// An aim for the figure's period.
    Target {
        /// What is aimed at.
        amount: Amount,
        /// Whether the period's revenue or the run-rate at its end is meant; `None` if the source does not say.
        basis: Option<Measure>,
    },
    /// A commitment to pay or be paid, dated by its signature.
    Contract(Amount),
    /// Something that happened.
    Event(Option<Amount>),
}

impl Fact {
    /// The kind's name in files: `revenue`, `run-rate`, `target`, `contract` or `event`.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Revenue(_) => "revenue",
            Self::RunRate(_) => "run-rate",
            Self::Target { .. } => "target",
            Self::Contract(_) => "contract",
            Self::Event(_) => "event",
        }
    }

    /// The amount stated, if any.
    pub fn amount(&self) -> Option<Amount> {
        match *self {
            Self::Revenue(amount) | Self::RunRate(amount) | Self::Contract(amount) | Self::Target { amount, .. } => {
                Some(amount)
            }
            Self::Event(amount) => amount,
        }
    }

    /// What the figure observes, if it is an observation.
    pub fn observes(&self) -> Option<Measure> {
        match self {
            Self::Revenue(_) => Some(Measure::Revenue),
            Self::RunRate(_) => Some(Measure::RunRate),
            Self::Target { .. } | Self::Contract(_) | Self::Event(_) => None,
        }
    }

    /// Whether two figures of one period make the same statement, so that one of them replaces the other.
    fn restates(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Revenue(_), Self::Revenue(_)) | (Self::RunRate(_), Self::RunRate(_)) => true,
            (Self::Target { basis: mine, .. }, Self::Target { basis: theirs, .. }) => mine == theirs,
            _ => false,
        }
    }
}

/// Where a figure stood in its file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Place {
    /// The file's name as the user gave it, or `-` for standard input.
    pub file: Arc<str>,
    /// Line, from 1; the largest number stands for all beyond it.
    pub line: u32,
    /// Column in characters, from 1; likewise.
    pub column: u32,
}

/// `data/revenue.csv:3:17`.
impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{}:{}", self.file, self.line, self.column)
    }
}

/// The cells of a figure as they were written, kept for `inspect`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    /// The period's cell.
    pub period: String,
    /// The value's cell.
    pub value: String,
}

/// What is told of a figure besides, kept apart: few figures have it, and there are many figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Aside {
    /// Where the figure was found: an address, a filing, an article.
    pub source: Option<String>,
    /// A remark that goes with it to the chart and the export.
    pub note: Option<String>,
    /// How it was written.
    pub written: Option<Written>,
}

/// One figure: what it states, for when, and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Figure {
    /// What is stated.
    pub fact: Fact,
    /// The months it speaks of.
    pub period: Period,
    /// The day, where the source gives one.
    pub day: Option<NaiveDate>,
    /// When the figure was published or known.
    pub as_of: Option<NaiveDate>,
    /// Where it stood in its file.
    pub place: Option<Place>,
    /// What is told of it besides: [`source`](Self::source), [`note`](Self::note), [`written`](Self::written).
    pub aside: Option<Box<Aside>>,
}

impl Figure {
    /// A figure with nothing but its statement and its period.
    pub fn new(fact: Fact, period: Period) -> Self {
        Self { fact, period, day: None, as_of: None, place: None, aside: None }
    }

    /// Where it was found: an address, a filing, an article.
    pub fn source(&self) -> Option<&str> {
        self.aside.as_ref()?.source.as_deref()
    }

    /// A remark that goes with it to the chart and the export.
    pub fn note(&self) -> Option<&str> {
        self.aside.as_ref()?.note.as_deref()
    }

    /// How it was written, if that was kept.
    pub fn written(&self) -> Option<&Written> {
        self.aside.as_ref()?.written.as_ref()
    }

    /// The annualised rate that the figure states over its period, in the currency's major unit; `None` unless it is an
    /// observation.
    pub fn annual_rate(&self) -> Option<f64> {
        match self.fact {
            Fact::Revenue(amount) => Some(amount.value() * 12.0 / f64::from(self.period.months())),
            Fact::RunRate(amount) => Some(amount.value()),
            _ => None,
        }
    }
}

/// What part a figure plays in its series.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Role {
    /// An observation that the methods fit.
    Fitted,
    /// A target, a contract or an event: never fitted.
    NotRevenue,
    /// Another figure states the same for the same period and takes its place.
    Superseded {
        /// Index of the figure that replaces it, in [`Series::figures`].
        by: usize,
        /// Whether an `as_of` date orders the two; else it is the row that decides.
        dated: bool,
    },
    /// A total whose months are all covered by finer totals: it checks them and is not fitted.
    Check {
        /// What the finer totals come to, or `None` where they overlap, so that they cannot be added.
        sum: Option<f64>,
        /// Whether the total and the sum agree to within their rounding.
        agrees: bool,
    },
}

impl Role {
    /// The name in files: `observation`, `not revenue`, `superseded` or `check`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Fitted => "observation",
            Self::NotRevenue => "not revenue",
            Self::Superseded { .. } => "superseded",
            Self::Check { .. } => "check",
        }
    }
}

/// Something about a series that its reader should know.
#[derive(Clone, Debug, PartialEq)]
#[non_exhaustive]
pub enum SeriesNotice {
    /// One of two figures for one period and kind was left out, by the order of the rows.
    Replaced {
        /// The figure left out.
        old: Figure,
        /// The figure that stands.
        new: Figure,
        /// The period, named.
        period: String,
        /// Currency of both.
        currency: Currency,
    },
    /// A total differs from the sum of the finer totals that cover it.
    Disagrees {
        /// The total.
        total: Figure,
        /// What the finer totals come to.
        sum: f64,
        /// The period, named.
        period: String,
        /// Currency of both.
        currency: Currency,
    },
}

impl SeriesNotice {
    /// Where the figure in question stood.
    pub fn place(&self) -> Option<&Place> {
        match self {
            Self::Replaced { old, .. } => old.place.as_ref(),
            Self::Disagrees { total, .. } => total.place.as_ref(),
        }
    }
}

impl fmt::Display for SeriesNotice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Replaced { old, new, period, currency } => {
                write!(f, "two figures for the {} of {period}: ", old.fact.kind())?;
                write!(f, "{} is left out for {}", amount_of(old, *currency), amount_of(new, *currency))?;
                if let Some(place) = &new.place {
                    write!(f, ", given later (line {})", place.line)?;
                }
                write!(f, "; add a column as_of if it is not the row order that decides")
            }
            Self::Disagrees { total, sum, period, currency } => {
                let stated = total.fact.amount().map_or(0.0, Amount::value);
                let difference = (sum / stated - 1.0) * 100.0;
                write!(
                    f,
                    "{period} is given as {}, but the figures within it come to {} ",
                    short(stated, *currency),
                    short(*sum, *currency)
                )?;
                write!(f, "({difference:+.2}%); the finer figures are used")
            }
        }
    }
}

fn amount_of(figure: &Figure, currency: Currency) -> String {
    figure.fact.amount().map_or_else(|| "no amount".to_owned(), |amount| short(amount.value(), currency))
}

/// The figures of one company, segment or product, in one currency, ordered in time.
#[derive(Clone, Debug, PartialEq)]
pub struct Series {
    name: String,
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
        figures.sort_by_key(|figure| figure.period); // stable: rows of one period keep their order
        let mut roles: Vec<Role> = figures
            .iter()
            .map(|figure| if figure.fact.observes().is_some() { Role::Fitted } else { Role::NotRevenue })
            .collect();
        supersede(&figures, &mut roles);
        check_totals(&figures, &mut roles);
        Self { name: name.into(), currency, calendar, figures, roles }
    }

    /// Name of the company, segment or product.
    pub fn name(&self) -> &str {
        &self.name
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

/// Marks figures that another of the same statement and period replaces.
fn supersede(figures: &[Figure], roles: &mut [Role]) {
    let mut start = 0;
    while start < figures.len() {
        let mut end = start + 1;
        while end < figures.len() && figures[end].period == figures[start].period {
            end += 1;
        }
        for index in (start..end).filter(|_| end - start > 1) {
            let rivals = (start..end).filter(|rival| figures[index].fact.restates(&figures[*rival].fact));
            let winner = rivals.max_by_key(|rival| (figures[*rival].as_of, *rival)).unwrap_or(index);
            if winner != index {
                let dated = figures[winner].as_of > figures[index].as_of;
                roles[index] = Role::Superseded { by: winner, dated };
            }
        }
        start = end;
    }
}

/// Marks totals whose months finer totals cover, from the shortest up, so that each check rests on fitted figures alone.
fn check_totals(figures: &[Figure], roles: &mut [Role]) {
    let fitted = |i: &usize| roles[*i] == Role::Fitted && matches!(figures[*i].fact, Fact::Revenue(_));
    let mut lengths = (0..figures.len()).filter(fitted).map(|i| figures[i].period.months());
    let first = lengths.next();
    if lengths.all(|length| Some(length) == first) {
        return;
    }
    let mut totals: Vec<usize> = (0..figures.len()).filter(fitted).collect();
    totals.sort_by_key(|i| figures[*i].period.months());
    for index in totals.clone() {
        let whole = &figures[index];
        let parts: Vec<&Figure> = totals
            .iter()
            .filter(|part| roles[**part] == Role::Fitted)
            .map(|part| &figures[*part])
            .filter(|part| part.period.months() < whole.period.months() && whole.period.covers(part.period))
            .collect();
        let first = whole.period.first();
        let covered = (0..whole.period.months()).all(|month| {
            let month = first.plus(i32::try_from(month).unwrap_or(0));
            parts.iter().any(|part| part.period.contains(month))
        });
        if !covered {
            continue;
        }
        let disjoint = parts.iter().map(|part| part.period.months()).sum::<u32>() == whole.period.months();
        let amounts = || parts.iter().filter_map(|part| part.fact.amount());
        let sum = disjoint.then(|| amounts().map(Amount::value).sum::<f64>());
        let stated = whole.fact.amount().unwrap_or_else(|| unreachable!("a total has an amount"));
        // Half a unit of the last digit for each figure; the last term is for adding in binary.
        let rounding = (stated.unit() + amounts().map(Amount::unit).sum::<f64>()) / 2.0 + 1e-9 * stated.value().abs();
        let agrees = sum.is_none_or(|sum| (sum - stated.value()).abs() <= rounding);
        roles[index] = Role::Check { sum, agrees };
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
