//! Gives each column its part, by what its name says and what its cells are.

use crate::near::same;
use crate::read::Options;
use crate::read::cell::words::{Mark, Sense, words};
use crate::read::layout::statement::{Lines, lines};
use crate::read::layout::total::{is_total, total_of};
use crate::read::report::reason::{CellsAre, Reason};
use crate::read::role::{Role, role_of};

use super::measure::{Measure, NOT};
use super::{Column, Header, Values};

/// How well a column must say when, by name and cells together, to be taken for the one that does.
const PERIOD_ENOUGH: f64 = 2.5;

/// How close two columns must be for none of them to be clearly the one that says when.
const AS_WELL: f64 = 0.005;

impl Header {
    /// Gives every column its part.
    pub(super) fn assign(&mut self, below: &[Vec<String>], options: &Options) {
        let asked = self.asked(options);
        let taken = |role| asked.iter().any(|(asked, _)| *asked == role);
        self.keys();
        self.attributes();
        self.account(below, options);
        for (role, at) in &asked {
            self.columns[*at].take(*role, Reason::Asked { option: option_of(*role) });
        }
        if !taken(Role::Period) {
            self.periods();
        }
        self.year_beside();
        if !taken(Role::Period) {
            self.numbered_beside(options.each);
        }
        self.kinds(taken(Role::Kind));
        self.find_flags(below);
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
                let column = &mut self.columns[*at];
                column.role = Some(Role::Value);
                column.take_unit_of_value();
            }
            Values::Several(several) => {
                for at in several {
                    self.columns[*at].role = None;
                }
            }
            _ => {}
        }
        self.settle_currency(below);
        if options.sum {
            self.drop_series(&[]);
        } else if options.by.is_empty() {
            self.find_series(taken(Role::Series));
        } else {
            let by: Vec<usize> = options.by.iter().filter_map(|name| self.named(name)).collect();
            self.drop_series(&by);
        }
        self.find_group_labels(below);
        for column in self.columns.iter_mut().filter(|column| column.role.is_none() && column.because.is_none()) {
            column.because = Some(column.without_part());
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

    /// Keys of several codes name the series, whatever the names of their codes sound like.
    fn keys(&mut self) {
        if let Some(column) = self.columns.iter_mut().find(|column| column.is_key()) {
            column.take(Role::Series, Reason::RowNames { summed: false });
        }
    }

    /// Parts that columns play by names that topline's own files give them, where the cells do not contradict.
    fn attributes(&mut self) {
        for column in &mut self.columns {
            let Some((role, _)) = role_of(&column.plain()) else {
                if column.profile.is_currencies() {
                    column.take(Role::Currency, Reason::of_cells(CellsAre::Currencies, &column.profile));
                } else if column.profile.is_units() {
                    column.take(Role::Unit, Reason::of_cells(CellsAre::Units, &column.profile));
                }
                continue;
            };
            let when = column.profile.when() >= 0.5 || column.profile.filled == 0;
            // Of these the cells, and the other columns, say more than a name.
            if matches!(role, Role::Period | Role::PeriodType | Role::Account | Role::Value | Role::Series | Role::Part) {
                continue;
            }
            let fits = match role {
                // Publishers of data call their unit a measure.
                Role::Kind if column.profile.is_units() => {
                    column.take(Role::Unit, Reason::of_cells(CellsAre::Units, &column.profile));
                    continue;
                }
                Role::Kind => column.plain() == "kind" || column.profile.kinds > 0,
                Role::FiscalYearEnd => column.profile.when() < 0.5,
                Role::AsOf => column.plain() == "as_of" || when,
                Role::PeriodStart | Role::PeriodEnd => when || column.profile.amounts == 0,
                _ => true,
            };
            if fits {
                column.take(role, column.named_by(&[]));
            } else {
                column.leave(Reason::Contradicted { role });
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
            self.columns[at].take(Role::Account, Reason::Lines { read: read.clone() });
            self.lines = read;
            return;
        }
    }

    /// Of several columns of one part, keeps the one whose name tells it best.
    fn keep_best(&mut self, role: Role) {
        let rank = |column: &Column| role_of(&column.plain()).map_or(usize::MAX, |(_, rank)| rank);
        let all = (0..self.columns.len()).filter(|at| self.columns[*at].role == Some(role));
        let Some(best) = all.min_by_key(|at| rank(&self.columns[*at])) else { return };
        let than = self.columns[best].name.clone();
        for at in (0..self.columns.len()).filter(|at| *at != best) {
            if self.columns[at].role == Some(role) {
                self.columns[at].leave(Reason::Less { than: than.clone() });
            }
        }
    }

    /// The column of the days on which deals were won, where another says which of them were: `Won time` beside `Deal created`
    /// and `Lost time`.
    fn won_on(&self) -> Option<usize> {
        let says_which = self.columns.iter().any(|column| column.profile.won > 0);
        let is_won_on =
            |column: &Column| column.role.is_none() && Mark::Won.is_in(&column.name) && column.profile.only_when() > 0.9;
        self.columns.iter().position(is_won_on).filter(|_| says_which)
    }

    /// Finds the column that says when.
    fn periods(&mut self) {
        if let Some(at) = self.won_on() {
            let because = Reason::of_periods(&self.columns[at].profile);
            self.columns[at].take(Role::Period, because);
            return;
        }
        let scores: Vec<(usize, f64)> = (0..self.columns.len())
            .filter(|at| self.columns[*at].role.is_none())
            .filter_map(|at| Some((at, period_score(&self.columns[at], at)?)))
            .collect();
        // Where nothing else says when, the day on which a period begins does, if its name speaks of a period.
        let start = self.of(Role::PeriodStart).filter(|at| {
            scores.is_empty() && self.of(Role::PeriodEnd).is_none() && self.columns[*at].plain().contains("period")
        });
        if let Some(at) = start {
            let because = Reason::of_periods(&self.columns[at].profile);
            self.columns[at].take(Role::Period, because);
            return;
        }
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
        let best_column = &mut self.columns[best];
        let profile = &best_column.profile;
        let by_cells = profile.periods + profile.years + profile.parts > 0;
        let by_number = best_column.is_week() && profile.is_whole();
        let named = || best_column.named_by(&[Sense::Period]);
        let because = if by_cells && !by_number { Reason::of_periods(profile) } else { named() };
        best_column.take(Role::Period, because);
        let than = best_column.name.clone();
        for (at, _) in scores.iter().filter(|(at, other)| *at != best && *other >= PERIOD_ENOUGH) {
            if !self.columns[*at].measure.is_something_else() {
                self.columns[*at].because = Some(Reason::Less { than: than.clone() });
            }
        }
        let is_length = |at: usize| self.columns[at].months().is_some();
        self.rival_periods = scores
            .iter()
            .filter(|(at, other)| *at != best && score - other < AS_WELL && self.columns[*at].profile.only_when() > 0.9)
            .filter(|(at, _)| !is_length(*at) && !is_length(best))
            .map(|(at, _)| *at)
            .collect();
    }

    /// Finds a column of kinds, or of lengths such as `12M` and `TTM`, by their cells.
    fn kinds(&mut self, asked: bool) {
        if !asked && self.of(Role::Kind).is_none() {
            // A company may be called Target.
            let is_named =
                |column: &Column| column.meaning.has_any(&[Sense::Entity, Sense::Part]) && column.plain() != "version";
            let is_kind = |column: &&mut Column| column.role.is_none() && column.profile.is_kinds() && !is_named(column);
            let found = self.columns.iter_mut().find(is_kind);
            if let Some(column) = found {
                column.take(Role::Kind, Reason::of_cells(CellsAre::Kinds, &column.profile));
            }
        }
        // `12M` is an amount as well, under a name that says so.
        let is_length = |column: &&mut Column| {
            let is_name = column.meaning.has_any(&[Sense::Entity, Sense::Part, Sense::Entry]);
            column.role.is_none() && column.measure.rank().is_none() && !is_name && column.profile.is_lengths()
        };
        if let Some(column) = self.columns.iter_mut().find(is_length) {
            column.take(Role::PeriodType, Reason::of_cells(CellsAre::Lengths, &column.profile));
        }
    }

    /// Of several columns of currencies, finds the one that is of the amounts: the one that shares a word with their name, as
    /// `Merchant Currency` does with `Amount (Merchant Currency)`.
    fn settle_currency(&mut self, below: &[Vec<String>]) {
        let holds = |column: &Column| match column.role {
            Some(role) => role == Role::Currency,
            None => column.profile.is_currencies(),
        };
        let all: Vec<usize> = (0..self.columns.len()).filter(|at| holds(&self.columns[*at])).collect();
        let differ = |row: &Vec<String>| {
            let mut cells = all.iter().filter_map(|at| row.get(*at)).map(|cell| cell.trim()).filter(|cell| !cell.is_empty());
            cells.next().is_some_and(|first| cells.any(|cell| cell != first))
        };
        if all.len() < 2 || !below.iter().any(differ) {
            return;
        }
        let value = match &self.values {
            Values::One(value) => Some(*value),
            Values::Several(values) if values.len() == 1 => values.first().copied(),
            _ => None,
        };
        let said = value.map(|at| words(&self.columns[at].name)).unwrap_or_default();
        let shares = |at: &usize| {
            let own = words(&self.columns[*at].name);
            own.iter()
                .any(|word| said.contains(word) && !all.iter().all(|other| words(&self.columns[*other].name).contains(word)))
        };
        match all.iter().copied().filter(shares).collect::<Vec<usize>>().as_slice() {
            [one] => {
                let than = self.columns[*one].name.clone();
                for at in all.iter().filter(|at| *at != one) {
                    self.columns[*at].leave(Reason::Less { than: than.clone() });
                }
                let by_cells = Reason::of_cells(CellsAre::Currencies, &self.columns[*one].profile);
                self.columns[*one].take(Role::Currency, by_cells);
            }
            _ => self.rival_currencies = all,
        }
    }

    /// The columns that name the series.
    fn find_series(&mut self, asked: bool) {
        let rank = |column: &Column| match role_of(&column.plain()) {
            Some((Role::Series, rank)) => Some(rank),
            _ if column.meaning.has(Sense::Entity) && column.meaning.unknown == 0 => Some(100),
            _ => None,
        };
        // An empty column names nothing, unless it is called by the part or there are no rows to tell.
        let no_rows = self.looked_at == 0;
        let may_be_empty = |column: &Column| no_rows || matches!(role_of(&column.plain()), Some((Role::Series, _)));
        let names = |column: &Column| {
            let is_empty = || column.profile.filled == 0 && may_be_empty(column);
            column.role.is_none() && (column.profile.is_names() || is_empty() || column.profile.is_numbers_as_names())
        };
        // A number that no two rows share is the row's, and names no series.
        let is_row_number = |column: &Column| {
            column.plain() == "id" && column.profile.filled > 2 && column.profile.distinct == column.profile.filled
                || column.is_numbered()
        };
        for column in self.columns.iter_mut().filter(|column| column.role.is_none() && is_row_number(column)) {
            column.because = Some(Reason::RowNumbers);
        }
        let is_entity = |column: &Column| names(column) && rank(column).is_some() && !is_row_number(column);
        let whole =
            (0..self.columns.len()).filter(|at| is_entity(&self.columns[*at])).min_by_key(|at| rank(&self.columns[*at]));
        // Those with whom deals are made are customers.
        let deals = self.of(Role::Period).is_some_and(|at| Mark::Won.is_in(&self.columns[at].name));
        if let Some(at) = whole.filter(|_| deals && !asked) {
            self.columns[at].because = Some(Reason::InList);
        } else if let Some(at) = whole.filter(|_| !asked) {
            let column = &mut self.columns[at];
            column.take(Role::Series, column.named_by(&[Sense::Entity]));
            let than = column.name.clone();
            for column in self.columns.iter_mut().filter(|column| is_entity(column)) {
                column.because = Some(Reason::Less { than: than.clone() });
            }
        }
        // What is adjusted for the season and what is not are never parts of one sum.
        for column in self.columns.iter_mut().filter(|column| column.role.is_none() && column.profile.is_adjustments()) {
            column.take(Role::Part, Reason::TellsApart);
        }
        let is_list = self.is_list() || deals;
        for column in &mut self.columns {
            let is_part = matches!(role_of(&column.plain()), Some((Role::Part, _)))
                || column.meaning.has(Sense::Part) && !column.meaning.has_any(&NOT);
            // `Professional services revenue` holds amounts, however small and often the same.
            let is_part = is_part && !matches!(column.measure.rank(), Some(rank) if rank > 0 && column.profile.is_amounts());
            if is_part && names(column) {
                // The parts of orders and invoices are too many and too thin to be series, unless the user says so.
                if is_list {
                    column.because = Some(Reason::InList);
                } else {
                    column.take(Role::Part, column.named_by(&[Sense::Part]));
                }
            }
        }
    }

    /// Finds the columns that say once what holds for several rows: no name stands twice, and most rows below one are blank.
    fn find_group_labels(&mut self, below: &[Vec<String>]) {
        let says_once = |at: usize| {
            let adds_up = |cell: &str| is_total(cell) || total_of(cell).is_some();
            let label = |row: &Vec<String>| row.get(at).map_or("", |cell| cell.trim()).to_owned();
            let labels: Vec<String> = below.iter().map(label).filter(|cell| !adds_up(cell)).collect();
            let mut names: Vec<&String> = labels.iter().filter(|cell| !cell.is_empty()).collect();
            let all = names.len();
            names.sort_unstable();
            names.dedup();
            let begins = labels.first().is_some_and(|first| !first.is_empty());
            let is_mostly_blank = all >= 2 && all * 2 <= labels.len();
            let rows_are_filled = below.iter().all(|row| row.iter().filter(|cell| !cell.trim().is_empty()).count() > 1);
            names.len() == all && is_mostly_blank && begins && rows_are_filled
        };
        let names = |at: usize| matches!(self.columns[at].role, Some(Role::Series | Role::Part));
        self.group_labels = (0..self.columns.len()).filter(|at| names(*at) && says_once(*at)).collect();
    }

    /// Lets no column name a series but these.
    fn drop_series(&mut self, by: &[usize]) {
        let option = if by.is_empty() { "--sum" } else { "--by" };
        for (at, column) in self.columns.iter_mut().enumerate() {
            let would_name = column.role.is_none() && column.meaning.has_any(&[Sense::Entity, Sense::Part]);
            if by.contains(&at) {
                column.take(Role::Part, Reason::Asked { option });
            } else if matches!(column.role, Some(Role::Series | Role::Part)) || would_name && column.profile.is_names() {
                column.leave(Reason::Overruled { option });
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

/// The option that names the column of a role.
fn option_of(role: Role) -> &'static str {
    match role {
        Role::Period => "--period-column",
        Role::Series => "--series-column",
        _ => "--value-column",
    }
}
