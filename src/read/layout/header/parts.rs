//! Gives each column its part, by what its name says and what its cells are.

use crate::near::same;
use crate::read::Options;
use crate::read::cell::amount::{self, DecimalMark};
use crate::read::cell::words::Sense;

use crate::read::layout::statement::{Lines, lines};

use super::measure::{Measure, NOT};
use super::{Column, Header};
use crate::read::role::{Role, role_of};

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

/// How well a column must say when, by name and cells together, to be taken for the one that does.
const PERIOD_ENOUGH: f64 = 2.5;

/// How close two columns must be for none of them to be clearly the one that says when.
const AS_WELL: f64 = 0.005;

impl Header {
    /// Gives every column its part.
    pub(super) fn assign(&mut self, below: &[Vec<String>], options: &Options) {
        let asked = self.asked(options);
        let taken = |role| asked.iter().any(|(asked, _)| *asked == role);
        self.attributes();
        self.account(below, options);
        for (role, at) in &asked {
            self.columns[*at].role = Some(*role);
        }
        if !taken(Role::Period) {
            self.periods();
        }
        self.year_beside();
        self.kinds(taken(Role::Kind));
        let values: Vec<usize> = asked.iter().filter(|(role, _)| *role == Role::Value).map(|(_, at)| *at).collect();
        self.values = match values.as_slice() {
            [] => self.find_values(below),
            // Rolling totals overlap, and cannot be read as those of their periods.
            [one] if self.columns[*one].measure == Measure::Trailing => Values::Else(values),
            [one] => Values::One(*one),
            several => Values::Several(several.to_vec()),
        };
        match &self.values {
            Values::One(at) => {
                let at = *at;
                self.columns[at].role = Some(Role::Value);
                self.columns[at].take_unit_of_value();
            }
            Values::Several(several) => {
                for at in several {
                    self.columns[*at].role = None;
                }
            }
            _ => {}
        }
        if options.sum {
            self.drop_series(&[]);
        } else if options.by.is_empty() {
            self.find_series(taken(Role::Series));
        } else {
            let by: Vec<usize> = options.by.iter().filter_map(|name| self.named(name)).collect();
            self.drop_series(&by);
        }
    }

    /// The columns that the user named, and the first name that no column has.
    fn asked(&mut self, options: &Options) -> Vec<(Role, usize)> {
        let mut asked = Vec::new();
        let by = options.by.iter().map(|name| (Role::Part, name.as_str()));
        for (role, name) in options.columns.asked().into_iter().chain(by) {
            match self.named(name) {
                Some(at) if role != Role::Part => asked.push((role, at)),
                Some(_) => {}
                None => _ = self.not_found.get_or_insert((role, name.to_owned())),
            }
        }
        asked
    }

    /// Parts that columns play by names that topline's own files give them, where the cells do not contradict.
    fn attributes(&mut self) {
        for column in &mut self.columns {
            let Some((role, _)) = role_of(&column.plain()) else {
                if column.profile.is_currencies() {
                    column.role = Some(Role::Currency);
                } else if column.profile.is_units() {
                    column.role = Some(Role::Unit);
                }
                continue;
            };
            let when = column.profile.when() >= 0.5 || column.profile.filled == 0;
            let fits = match role {
                // Publishers of data call their unit a measure.
                Role::Kind if column.profile.is_units() => {
                    column.role = Some(Role::Unit);
                    continue;
                }
                Role::Period | Role::PeriodType | Role::Account | Role::Value | Role::Series | Role::Part => false,
                Role::Kind => column.plain() == "kind" || column.profile.kinds > 0,
                Role::FiscalYearEnd => column.profile.when() < 0.5,
                Role::AsOf => column.plain() == "as_of" || when,
                Role::PeriodStart | Role::PeriodEnd => when || column.profile.amounts == 0,
                _ => true,
            };
            if fits {
                column.role = Some(role);
            }
        }
        for role in [
            Role::Kind,
            Role::Basis,
            Role::Unit,
            Role::Currency,
            Role::FiscalYearEnd,
            Role::AsOf,
            Role::Source,
            Role::Note,
            Role::PeriodStart,
            Role::PeriodEnd,
            Role::Parent,
        ] {
            self.keep_best(role);
        }
    }

    /// Finds a column of the lines of a statement, one line a row: `Revenue`, `Net income`.
    fn account(&mut self, below: &[Vec<String>], options: &Options) {
        for at in 0..self.columns.len() {
            let column = &self.columns[at];
            let is_free = column.role.is_none() || column.role == Some(Role::Kind) && column.plain() != "kind";
            if !is_free || !column.profile.is_names() || column.profile.is_kinds() {
                continue;
            }
            let mut labels: Vec<&str> = below.iter().filter_map(|row| row.get(at)).map(|cell| cell.trim()).collect();
            labels.sort_unstable();
            labels.dedup();
            let asked = options.line.as_ref().and_then(|line| labels.iter().find(|label| same(label, line)));
            let read = match (asked, lines(&labels, |_, _| false)) {
                (Some(asked), _) => vec![(*asked).to_owned()],
                (None, Lines::Revenue(line)) => vec![labels[line].to_owned()],
                (None, Lines::Parts(parts)) => parts.iter().map(|line| labels[*line].to_owned()).collect(),
                // Names that sound like costs are products or shops more often than lines of which none is revenue.
                (None, Lines::Series | Lines::Unclear(_)) => continue,
            };
            self.columns[at].role = Some(Role::Account);
            self.lines = read;
            return;
        }
    }

    /// Of several columns of one part, keeps the one whose name tells it best.
    fn keep_best(&mut self, role: Role) {
        let rank = |column: &Column| role_of(&column.plain()).map_or(usize::MAX, |(_, rank)| rank);
        let all = (0..self.columns.len()).filter(|at| self.columns[*at].role == Some(role));
        let Some(best) = all.min_by_key(|at| rank(&self.columns[*at])) else { return };
        for at in (0..self.columns.len()).filter(|at| *at != best) {
            if self.columns[at].role == Some(role) {
                self.columns[at].role = None;
            }
        }
    }

    /// Finds the column that says when.
    fn periods(&mut self) {
        let scores: Vec<(usize, f64)> = (0..self.columns.len())
            .filter(|at| self.columns[*at].role.is_none())
            .filter_map(|at| Some((at, period_score(&self.columns[at], at)?)))
            .collect();
        let best = scores.iter().copied().reduce(|best, other| if other.1 > best.1 { other } else { best });
        let Some((best, score)) = best.filter(|(_, score)| *score >= PERIOD_ENOUGH) else { return };
        // What is called the end of a period says when as well as any, unless a column is called the period.
        if self.of(Role::PeriodEnd).is_some() && score < 7.0 && !self.columns[best].meaning.has(Sense::Period) {
            return;
        }
        // `Q1` beside the day that ends it.
        let has_no_year = self.columns[best].profile.when() == 0.0;
        if self.of(Role::PeriodEnd).is_some() && has_no_year && self.columns[best].profile.parts > 0 {
            return;
        }
        self.columns[best].role = Some(Role::Period);
        let is_length = |at: usize| self.columns[at].months().is_some();
        self.rival_periods = scores
            .iter()
            .filter(|(at, other)| *at != best && score - other < AS_WELL && self.columns[*at].profile.only_when() > 0.9)
            .filter(|(at, _)| !is_length(*at) && !is_length(best))
            .map(|(at, _)| *at)
            .collect();
    }

    /// Finds a column of years beside one of quarters or months, of which the period takes both.
    fn year_beside(&mut self) {
        let Some(period) = self.of(Role::Period) else { return };
        let is_period_name = |column: &Column| column.role.is_none() && column.meaning.has(Sense::Period);
        let is_week = |column: &Column| column.is_week() && column.profile.is_whole();
        let is_part =
            |column: &Column| column.months().is_some_and(|months| months < 12) && column.profile.is_parts() || is_week(column);
        let is_year = |column: &Column| column.months() == Some(12) && column.profile.is_years();
        let find = |wanted: &dyn Fn(&Column) -> bool| {
            (0..self.columns.len()).find(|at| is_period_name(&self.columns[*at]) && wanted(&self.columns[*at]))
        };
        let months = |at: usize| self.columns[at].months().unwrap_or(1);
        // Of quarters and months the finer say when.
        let finest = || {
            let parts = (0..self.columns.len()).filter(|at| is_period_name(&self.columns[*at]) && is_part(&self.columns[*at]));
            parts.min_by_key(|at| months(*at))
        };
        if is_year(&self.columns[period])
            && let Some(part) = finest()
        {
            self.columns[period].role = None;
            self.columns[part].role = Some(Role::Period);
            self.year = Some(period);
        } else if self.columns[period].months().is_some_and(|months| months < 12) {
            self.year = find(&|column: &Column| column.months() == Some(12) && column.profile.when() > 0.5);
            let finer = finest().filter(|at| self.columns[period].profile.is_parts() && months(*at) < months(period));
            if let Some(part) = finer.filter(|_| self.year.is_some()) {
                self.columns[period].role = None;
                self.columns[part].role = Some(Role::Period);
            }
        }
    }

    /// Finds a column of kinds, or of lengths such as `12M` and `TTM`, by their cells.
    fn kinds(&mut self, asked: bool) {
        if !asked && self.of(Role::Kind).is_none() {
            let found = self.columns.iter_mut().find(|column| column.role.is_none() && column.profile.is_kinds());
            if let Some(column) = found {
                column.role = Some(Role::Kind);
            }
        }
        // `12M` is an amount as well, under a name that says so.
        let is_length = |column: &&mut Column| {
            let is_name = column.meaning.has_any(&[Sense::Entity, Sense::Part, Sense::Entry]);
            column.role.is_none() && column.measure.rank().is_none() && !is_name && column.profile.is_lengths()
        };
        if let Some(column) = self.columns.iter_mut().find(is_length) {
            column.role = Some(Role::PeriodType);
        }
    }

    /// The columns of amounts, and which of them is the revenue.
    fn find_values(&self, below: &[Vec<String>]) -> Values {
        let candidates: Vec<usize> = (0..self.columns.len()).filter(|at| is_candidate(&self.columns[*at])).collect();
        let measure = |at: &usize| self.columns[*at].measure;
        // Topline's own name for it is the surest.
        let rank = |at: &usize| if self.columns[*at].plain() == "value" { Some(0) } else { measure(at).rank() };
        let mut ranked: Vec<usize> = candidates.iter().copied().filter(|at| measure(at).rank().is_some()).collect();
        if ranked.iter().any(|at| self.columns[*at].profile.is_amounts()) {
            ranked.retain(|at| self.columns[*at].profile.is_amounts());
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
        // `Total` beside the columns that it adds up.
        let is_bare_total = |at: &usize| self.columns[*at].meaning.senses.iter().all(|sense| *sense == Sense::Total);
        if tops.iter().all(is_bare_total) && unknown.len() >= 2 {
            return self.without_revenue(unknown, &other);
        }
        let is_part = |at: &usize| measure(at).is_of_part(&self.columns[*at].meaning);
        if tops.len() > 1 && tops.iter().any(|at| is_price_basis(&self.columns[*at].name)) {
            return Values::Unclear(tops);
        }
        if tops.iter().all(is_part) {
            let parts: Vec<usize> = ranked.iter().copied().filter(is_part).collect();
            if parts.len() > 1 && parts.iter().all(|at| same_measure(measure(at), measure(&tops[0]))) {
                return Values::Several(parts);
            }
        }
        // Whether shipping and taxes are in it is the difference between `Total sales` and `Net sales`.
        let is_net = |at: &usize| {
            let lower = self.columns[*at].name.to_lowercase();
            lower.split(|c: char| !c.is_alphanumeric()).any(|word| word == "net")
        };
        let is_levied = || other.iter().any(|at| is_levy(&self.columns[*at].name));
        if let [top] = tops.as_slice()
            && !is_net(top)
            && let Some(net) = ranked.iter().copied().find(is_net)
            && is_levied()
        {
            return Values::One(net);
        }
        // Beside a balance the amounts are those of an account, of which some are costs.
        if let [one] = tops.as_slice()
            && matches!(measure(one), Measure::Amount(_))
            && self.columns[*one].profile.negative * 10 > self.columns[*one].profile.filled
            && self.columns.iter().any(|column| column.plain() == "balance")
        {
            return Values::Unclear(tops);
        }
        tops.dedup_by(|later, earlier| same_amounts(*later, *earlier, below));
        match tops.as_slice() {
            [one] => Values::One(*one),
            several => Values::Unclear(several.to_vec()),
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
    fn without_revenue(&self, unknown: Vec<usize>, other: &[usize]) -> Values {
        let all = || {
            let mut all: Vec<usize> = unknown.iter().chain(other).copied().collect();
            all.sort_unstable();
            all
        };
        // Of a script whose words are not known it cannot be told that a column is not one of costs.
        let is_foreign = |at: &usize| self.columns[*at].name.chars().any(|c| c.is_alphabetic() && c > '\u{24f}' && c != 'µ');
        let are_parts = || unknown.iter().all(|at| self.columns[*at].meaning.has(Sense::Part));
        match (unknown.len(), other.len()) {
            (0, 0) => Values::None,
            (0, _) => Values::Else(other.to_vec()),
            // A table of nothing but names and amounts; or one whose costs stand beside parts of the business.
            (2.., 0) if unknown.iter().any(is_foreign) => Values::Unclear(unknown),
            // Beside the lines of a statement, the one column of amounts holds those of its lines.
            (1, 0) if self.of(Role::Account).is_some() => Values::One(unknown[0]),
            // `Netto`, `MwSt.`, `Brutto`: revenue is what is left without the tax.
            _ if let Some(net) = self.net_of(&unknown, other) => Values::One(net),
            (_, 0) => Values::Several(unknown),
            (2.., _) if are_parts() => Values::Several(unknown),
            _ => Values::Unclear(all()),
        }
    }

    /// The columns that name the series.
    fn find_series(&mut self, asked: bool) {
        let rank = |column: &Column| match role_of(&column.plain()) {
            Some((Role::Series, rank)) => Some(rank),
            _ if column.meaning.has(Sense::Entity) && column.meaning.unknown == 0 => Some(100),
            _ => None,
        };
        let names = |column: &Column| {
            column.role.is_none()
                && (column.profile.is_names() || column.profile.filled == 0 || column.profile.is_numbers_as_names())
        };
        // A number that no two rows share is the row's, and names no series.
        let is_row_number = |column: &Column| {
            column.plain() == "id" && column.profile.filled > 2 && column.profile.distinct == column.profile.filled
                || column.is_numbered()
        };
        let is_entity = |column: &Column| names(column) && rank(column).is_some() && !is_row_number(column);
        let whole =
            (0..self.columns.len()).filter(|at| is_entity(&self.columns[*at])).min_by_key(|at| rank(&self.columns[*at]));
        if let Some(at) = whole.filter(|_| !asked) {
            self.columns[at].role = Some(Role::Series);
        }
        // The parts of orders and invoices are too many and too thin to be series, unless the user says so.
        if self.is_list() {
            return;
        }
        for column in &mut self.columns {
            let is_part = matches!(role_of(&column.plain()), Some((Role::Part, _)))
                || column.meaning.has(Sense::Part) && !column.meaning.has_any(&NOT);
            // `Professional services revenue` holds amounts, however small and often the same.
            let is_part = is_part && !matches!(column.measure.rank(), Some(rank) if rank > 0 && column.profile.is_amounts());
            if is_part && names(column) {
                column.role = Some(Role::Part);
            }
        }
    }

    /// Lets no column name a series but these.
    fn drop_series(&mut self, by: &[usize]) {
        for (at, column) in self.columns.iter_mut().enumerate() {
            if by.contains(&at) {
                column.role = Some(Role::Part);
            } else if matches!(column.role, Some(Role::Series | Role::Part)) {
                column.role = None;
            }
        }
    }
}

/// How well a column says when, by its name and by its cells; `None` if it does not at all.
fn period_score(column: &Column, at: usize) -> Option<f64> {
    let exact = match role_of(&column.plain()) {
        Some((Role::Period, rank)) => Some(4.0 - rank as f64 / 100.0),
        _ => None,
    };
    let meaning = &column.meaning;
    let says_amount = column.measure.rank().is_some() || meaning.has_any(&NOT) && !meaning.has(Sense::Period);
    let by_name = match exact {
        Some(exact) => exact,
        None if says_amount => -3.0,
        None if meaning.has(Sense::Period) => {
            3.0 - 0.2 * meaning.unknown.min(3) as f64 - f64::from(u8::from(meaning.has(Sense::Elsewhen)))
        }
        None if column.name.trim().is_empty() => 1.0,
        None if meaning.has(Sense::Elsewhen) => 0.0,
        None if meaning.is_unknown() => 0.5,
        None => -1.0,
    };
    let (when, only_when) = (column.profile.when(), column.profile.only_when());
    let by_cells = 4.0 * only_when + 2.0 * (when - only_when);
    // Numbers that could be years are that under a name that says so, or in a first column where none is twice.
    let first_years = at == 0 && column.profile.distinct == column.profile.filled && column.profile.filled > 1;
    let supported = by_name >= 2.0 || only_when >= 0.8 || when >= 0.8 && first_years;
    supported.then_some(by_name + by_cells)
}

/// Whether a column may hold the amounts.
fn is_candidate(column: &Column) -> bool {
    let free = column.role.is_none() && !column.name.is_empty();
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

/// Whether a name is that of shipping or taxes, which a customer pays and a company does not earn.
fn is_levy(name: &str) -> bool {
    let lower = name.to_lowercase();
    ["tax", "vat", "gst", "shipping"].iter().any(|word| lower.contains(word))
}

/// Whether a name says in which prices its amounts are: real and nominal ones are not parts of each other.
fn is_price_basis(name: &str) -> bool {
    let lower = name.to_lowercase();
    let says = |word: &str| lower.contains(word);
    says("constant")
        || says("current price")
        || says("nominal")
        || says("inflation")
        || says("in real terms")
        || says("real terms")
}

fn same_measure(one: Measure, other: Measure) -> bool {
    std::mem::discriminant(&one) == std::mem::discriminant(&other)
}

/// Whether two columns hold the same amounts in every row.
fn same_amounts(one: usize, other: usize, below: &[Vec<String>]) -> bool {
    let amount = |row: &[String], at: usize| {
        let number = amount::parse(row.get(at)?).ok()?;
        number.amount(DecimalMark::Point).map(crate::money::Amount::value)
    };
    !below.is_empty() && below.iter().all(|row| amount(row, one) == amount(row, other))
}
