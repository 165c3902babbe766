//! Finds the columns of amounts, and which of them is the revenue.

use crate::read::cell::amount::{self, DecimalMark};
use crate::read::cell::words::{Mark, Meaning, Sense, words};
use crate::read::report::reason::Reason;
use crate::read::role::{Role, role_of};

use super::measure::Measure;
use super::{Column, Header};

/// The columns that could be the amounts, and what was made of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::read) enum Values {
    /// No column holds amounts.
    None,
    /// One column holds the amounts of all rows.
    One(usize),
    /// Each of these columns holds the amounts of one series.
    Several(Vec<usize>),
    /// Columns of amounts of which none is clearly the revenue.
    Unclear(Vec<usize>),
    /// Columns of amounts that are all something else than revenue.
    Else(Vec<usize>),
}

/// What was made of the columns of amounts, and why.
struct Weighed {
    values: Values,
    /// Why those that are read are.
    because: Option<Reason>,
    /// Columns that are left, where it is another one's doing.
    left: Vec<(usize, Reason)>,
}

/// What leads to a question, or to nothing.
impl From<Values> for Weighed {
    fn from(values: Values) -> Self {
        Self { values, because: None, left: Vec::new() }
    }
}

impl Header {
    /// Finds the columns of amounts, and which of them is the revenue.
    pub(super) fn find_values(&mut self, below: &[Vec<String>]) -> Values {
        let Weighed { values, because, left } = self.weigh_values(below);
        match &values {
            Values::One(at) => {
                self.columns[*at].because = because;
                self.levy = self.levy_in(*at);
            }
            Values::Several(several) => {
                for at in several {
                    self.columns[*at].because.clone_from(&because);
                }
            }
            _ => {}
        }
        for (at, because) in left {
            self.columns[at].because = Some(because);
        }
        values
    }

    /// The column of tax or shipping that amounts may include: those that no name says are without it.
    fn levy_in(&self, value: usize) -> Option<usize> {
        let column = &self.columns[value];
        if !matches!(column.measure, Measure::Amount(_)) || Mark::WithoutLevy.is_in(&column.name) {
            return None;
        }
        let is_levy =
            |column: &Column| column.profile.is_amounts() && column.profile.distinct > 1 && Mark::Levy.is_part_of(&column.name);
        (0..self.columns.len())
            .find(|at| *at != value && is_levy(&self.columns[*at]) && !matches!(self.columns[*at].measure, Measure::Amount(_)))
    }

    /// The columns of amounts, which of them is the revenue, and why.
    fn weigh_values(&self, below: &[Vec<String>]) -> Weighed {
        let candidates: Vec<usize> =
            (0..self.columns.len()).filter(|at| is_candidate(&self.columns[*at]) && !self.is_flag(*at)).collect();
        let measure = |at: &usize| self.columns[*at].measure;
        // Topline's own name for it is the surest.
        let rank = |at: &usize| if self.columns[*at].plain() == "value" { Some(0) } else { measure(at).rank() };
        let mut ranked: Vec<usize> = candidates.iter().copied().filter(|at| measure(at).rank().is_some()).collect();
        if ranked.iter().any(|at| self.columns[*at].profile.is_amounts()) {
            ranked.retain(|at| self.columns[*at].profile.is_amounts());
        }
        let is_single = |at: &usize| !self.columns[*at].is_cumulative();
        if ranked.iter().any(is_single) {
            ranked.retain(is_single);
        }
        let unknown: Vec<usize> = candidates
            .iter()
            .copied()
            .filter(|at| measure(at) == Measure::Unknown && !self.columns[*at].profile.is_flags())
            .collect();
        let other: Vec<usize> = candidates.iter().copied().filter(|at| measure(at).is_something_else()).collect();
        let Some(best) = ranked.iter().filter_map(rank).min() else {
            return self.without_revenue(unknown, &other);
        };
        let mut tops: Vec<usize> = ranked.iter().copied().filter(|at| rank(at) == Some(best)).collect();
        // `YTD revenue` beside `Revenue`.
        let is_sum = |at: &usize| self.columns[*at].meaning.has(Sense::Cumulative);
        if !tops.iter().all(is_sum) {
            tops.retain(|at| !is_sum(at));
        }
        // `Total` beside the columns that it adds up.
        let is_bare_total = |at: &usize| self.columns[*at].meaning.senses.iter().all(|sense| *sense == Sense::Total);
        if tops.iter().all(is_bare_total) && unknown.len() >= 2 {
            return self.without_revenue(unknown, &other);
        }
        if let Some(found) = self.beside_fees(&tops, &ranked, &unknown, &other) {
            return found;
        }
        let is_part = |at: &usize| measure(at).is_of_part(&self.columns[*at].meaning);
        if tops.len() > 1 && tops.iter().any(|at| Mark::Prices.is_part_of(&self.columns[*at].name)) {
            return Values::Unclear(tops).into();
        }
        if tops.iter().all(is_part) {
            let parts: Vec<usize> = ranked.iter().copied().filter(is_part).collect();
            if let Some(whole) = self.whole_beside_parts(&parts, below) {
                let left = self.less(&ranked, &[whole]);
                return Weighed { values: Values::One(whole), because: Some(self.columns[whole].measured()), left };
            }
            if parts.len() > 1 && parts.iter().all(|at| same_measure(measure(at), measure(&tops[0]))) {
                let left = self.less(&ranked, &parts);
                return Weighed { values: Values::Several(parts), because: Some(Reason::PartOfRevenue), left };
            }
        }
        // Whether shipping and taxes, which a company does not earn, are in it is the difference between `Total sales` and
        // `Net sales`.
        let is_net = |at: &usize| Mark::WithoutLevy.is_in(&self.columns[*at].name);
        let is_levied = || other.iter().any(|at| Mark::Levy.is_part_of(&self.columns[*at].name));
        if let [top] = tops.as_slice()
            && !is_net(top)
            && let Some(net) = ranked.iter().copied().find(is_net)
            && is_levied()
        {
            let left = self.less(&ranked, &[net]);
            return Weighed { values: Values::One(net), because: Some(Reason::NetBesideLevy), left };
        }
        // `Order Total` with tax and shipping in it, beside `Order Value`.
        let is_total_with_levy = |at: &usize| matches!(measure(at), Measure::Amount(_)) && has_total(&self.columns[*at].name);
        if tops.iter().any(is_total_with_levy) && !tops.iter().any(is_net) && is_levied() {
            let amounts = ranked.iter().chain(&unknown).copied().filter(|at| self.columns[*at].profile.is_amounts());
            let mut all: Vec<usize> = amounts.collect();
            all.sort_unstable();
            if all.len() > 1 {
                return Values::Unclear(all).into();
            }
        }
        // Beside a balance the amounts are those of an account, of which some are costs.
        if let [one] = tops.as_slice()
            && matches!(measure(one), Measure::Amount(_))
            && self.columns[*one].profile.negative * 10 > self.columns[*one].profile.filled
            && self.columns.iter().any(|column| column.plain() == "balance")
        {
            return Values::Unclear(tops).into();
        }
        if tops.len() > 1
            && let [net] = tops.iter().copied().filter(is_net).collect::<Vec<_>>().as_slice()
            && is_levied()
        {
            let left = self.less(&ranked, &[*net]);
            return Weighed { values: Values::One(*net), because: Some(Reason::NetBesideLevy), left };
        }
        let before = tops.clone();
        tops.dedup_by(|later, earlier| same_amounts(*later, *earlier, below));
        match tops.as_slice() {
            [one] => {
                let mut left = self.less(&ranked, &before);
                let column = || self.columns[*one].name.clone();
                left.extend(before.iter().filter(|at| *at != one).map(|at| (*at, Reason::SameAmounts { column: column() })));
                Weighed { values: Values::One(*one), because: Some(self.columns[*one].measured()), left }
            }
            several => Values::Unclear(several.to_vec()).into(),
        }
    }

    /// The column whose name begins those of all others, which hold parts of it: `Product sales`, `Product sales - B2B`.
    fn whole_beside_parts(&self, tops: &[usize], below: &[Vec<String>]) -> Option<usize> {
        let name = |at: usize| words(&self.columns[at].name);
        let begins = |whole: usize, at: usize| name(at).len() > name(whole).len() && name(at).starts_with(&name(whole));
        let whole =
            tops.iter().copied().find(|whole| tops.len() > 1 && tops.iter().all(|at| at == whole || begins(*whole, *at)))?;
        let is_less =
            |row: &Vec<String>| match (amount(row, whole), tops.iter().filter_map(|at| amount(row, *at)).reduce(f64::max)) {
                (Some(whole), Some(most)) => most <= whole,
                _ => true,
            };
        below.iter().all(is_less).then_some(whole)
    }

    /// That columns which say revenue are left since the first of those that are read says it better.
    fn less(&self, ranked: &[usize], read: &[usize]) -> Vec<(usize, Reason)> {
        let than = read.first().map_or("", |at| &self.columns[*at].name);
        let left = ranked.iter().filter(|at| !read.contains(at));
        left.map(|at| (*at, Reason::Less { than: than.to_owned() })).collect()
    }

    /// Beside the fees of a processor or a marketplace, net is what is left of revenue after them: the one column of gross
    /// amounts is revenue then, unless there is tax or shipping in it. Where none is, that is a question.
    fn beside_fees(&self, tops: &[usize], ranked: &[usize], unknown: &[usize], other: &[usize]) -> Option<Weighed> {
        // `Net amount` is a phrase of its own.
        let has = |at: &usize, sense: Sense| words(&self.columns[*at].name).iter().any(|word| Meaning::of(word).has(sense));
        let named = |at: &usize, mark: Mark| self.columns[*at].profile.filled > 0 && mark.is_part_of(&self.columns[*at].name);
        if !other.iter().any(|at| named(at, Mark::Fee)) || !tops.iter().any(|at| has(at, Sense::Net)) {
            return None;
        }
        let mut all: Vec<usize> = ranked.iter().chain(unknown).copied().collect();
        all.sort_unstable();
        all.dedup();
        let gross: Vec<usize> = all.iter().copied().filter(|at| has(at, Sense::Gross)).collect();
        match gross.as_slice() {
            [one] if !other.iter().any(|at| named(at, Mark::Levy)) => {
                let left = self.less(&all, &[*one]);
                Some(Weighed { values: Values::One(*one), because: Some(Reason::GrossBesideFees), left })
            }
            _ => Some(Values::Unclear(all).into()),
        }
    }

    /// The one column of net amounts, where the others are gross, or there are none.
    fn net_of(&self, unknown: &[usize], other: &[usize]) -> Option<usize> {
        let has = |at: usize, sense: Sense| self.columns[at].meaning.has(sense) && self.columns[at].meaning.unknown == 0;
        let mut net = unknown.iter().copied().filter(|at| has(*at, Sense::Net));
        let one = net.next().filter(|_| net.next().is_none())?;
        let others_are_gross = unknown.iter().all(|at| *at == one || has(*at, Sense::Gross));
        (others_are_gross && (unknown.len() > 1 || other.is_empty())).then_some(one)
    }

    /// What columns of amounts are of which no name says revenue.
    fn without_revenue(&self, unknown: Vec<usize>, other: &[usize]) -> Weighed {
        let all = || {
            let mut all: Vec<usize> = unknown.iter().chain(other).copied().collect();
            all.sort_unstable();
            all
        };
        // Of a script whose words are not known it cannot be told that a column is not one of costs.
        let is_foreign = |at: &usize| self.columns[*at].name.chars().any(|c| c.is_alphabetic() && c > '\u{24f}' && c != 'µ');
        let are_parts = || unknown.iter().all(|at| self.columns[*at].meaning.has(Sense::Part));
        let plain = if unknown.len() == 1 { Reason::OnlyAmounts } else { Reason::PlainAmounts };
        // `New`, `Churned` and `Ending` move one amount, and are no series each.
        let moves = |at: &usize| self.columns[*at].meaning.is_bare_movement();
        if unknown.iter().filter(|at| moves(at)).count() > 1 {
            return Values::Unclear(all()).into();
        }
        let found = |values: Values, because: Reason| Weighed { values, because: Some(because), left: Vec::new() };
        match (unknown.len(), other.len()) {
            (0, 0) => Values::None.into(),
            (0, _) => Values::Else(other.to_vec()).into(),
            // A table of nothing but names and amounts; or one whose costs stand beside parts of the business.
            (2.., 0) if unknown.iter().any(is_foreign) => Values::Unclear(unknown).into(),
            // Beside the lines of a statement, the one column of amounts holds those of its lines.
            (1, 0) if self.of(Role::Account).is_some() => found(Values::One(unknown[0]), plain),
            // `Netto`, `MwSt.`, `Brutto`: revenue is what is left without the tax.
            _ if let Some(found) = self.beside_fees(&unknown, &[], &unknown, other) => found,
            _ if let Some(net) = self.net_of(&unknown, other) => found(Values::One(net), Reason::NetBesideGross),
            (_, 0) => found(Values::Several(unknown), plain),
            (2.., _) if are_parts() => found(Values::Several(unknown), plain),
            _ => Values::Unclear(all()).into(),
        }
    }
}

/// Whether a column may hold the amounts.
fn is_candidate(column: &Column) -> bool {
    let free = column.role.is_none() && !column.name.is_empty() && !column.is_numbered();
    let named = matches!(role_of(&column.plain()), Some((Role::Value, _)));
    let amounts = column.profile.is_amounts() && !column.profile.is_percentages();
    let is_name = column.profile.is_numbers_as_names()
        && column.meaning.has_any(&[Sense::Entity, Sense::Part, Sense::Entry, Sense::Period])
        && column.measure == Measure::Unknown;
    let is_entry = column.meaning.has_any(&[Sense::Entity, Sense::Entry, Sense::Elsewhen, Sense::Period])
        && column.measure == Measure::Unknown
        && column.meaning.unknown == 0;
    free && (amounts || named && column.profile.only_when() < 0.5) && !is_name && !is_entry
}

/// Whether a name says that its amounts are totals of what a customer pays: `Order Total`, `Invoice total`.
fn has_total(name: &str) -> bool {
    let words = words(name);
    words.len() > 1 && words.iter().any(|word| word == "total")
}

fn same_measure(one: Measure, other: Measure) -> bool {
    std::mem::discriminant(&one) == std::mem::discriminant(&other)
}

/// Whether two columns hold the same amounts in every row.
fn same_amounts(one: usize, other: usize, below: &[Vec<String>]) -> bool {
    !below.is_empty() && below.iter().all(|row| amount(row, one) == amount(row, other))
}

/// The amount in a cell of a row, if it is one.
fn amount(row: &[String], at: usize) -> Option<f64> {
    let number = amount::parse(row.get(at)?).ok()?;
    number.amount(DecimalMark::Point).map(crate::money::Amount::value)
}
