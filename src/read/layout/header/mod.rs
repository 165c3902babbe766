//! The header: which column plays which part, by what its name says and what its cells are.
//!
//! No name alone makes a column what it is called: a column of periods holds periods, one of amounts holds amounts. Where
//! names say nothing, cells may; where the best reading is not clearly better than the next, that is a question.

mod because;
mod column;
mod measure;
mod parts;
mod standing;
mod values;
mod years;

use crate::near::{closest, distance, normalise, same};

use crate::read::Options;
use crate::read::cell::amount::{self, Flags};
use crate::read::cell::period;
use crate::read::cell::words::Sense;

pub(in crate::read) use crate::read::cell::unit::{unit_in_label, unit_words};
pub(in crate::read) use crate::read::role::Role;
pub(in crate::read) use column::{Column, UnitBy};
pub(in crate::read) use measure::Measure;
pub(in crate::read) use standing::{Answer, Flag, says_actual, share};
pub(in crate::read) use values::Values;

/// Which column plays which part.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::read) struct Header {
    pub(in crate::read) columns: Vec<Column>,
    /// A column of years beside one of quarters, halves or months, which then need not hold the year.
    pub(in crate::read) year: Option<usize>,
    /// Columns of names that stand in the first row of several alone, as pivot tables write them.
    pub(in crate::read) group_labels: Vec<usize>,
    /// The columns that could be the amounts, and what was made of it.
    pub(in crate::read) values: Values,
    /// A column that the user asked for and that is not there.
    pub(in crate::read) not_found: Option<(Role, String)>,
    /// The lines that are read, of a statement with one line a row.
    pub(in crate::read) lines: Vec<String>,
    /// Whether the user left open which columns name the series.
    pub(in crate::read) series_are_open: bool,
    /// Whether the user wants all rows of a period added up.
    pub(in crate::read) series_are_summed: bool,
    /// A column that numbers the periods of the years beside it, without saying what they are.
    pub(in crate::read) numbered: Option<usize>,
    /// Columns that say when as well as each other.
    pub(in crate::read) rival_periods: Vec<usize>,
    /// A column of tax or shipping that the amounts may include.
    pub(in crate::read) levy: Option<usize>,
    /// Columns that hold different currencies, of which none is clearly that of the amounts.
    pub(in crate::read) rival_currencies: Vec<usize>,
    /// Whether the letter `p` behind a period says that its figure is projected, where other periods show it.
    pub(in crate::read) projected: Option<bool>,
    /// What letters behind amounts are.
    pub(in crate::read) letters: Flags,
    /// Columns that say by a yes, a no or a letter which rows are not revenue.
    pub(in crate::read) flags: Vec<Flag>,
    /// How many rows were looked at.
    pub(in crate::read) looked_at: usize,
}

impl Header {
    /// The columns of these names over these rows, with what the user said of them.
    pub(in crate::read) fn new(names: &[String], below: &[Vec<String>], options: &Options) -> Self {
        let cells = |at: usize| below.iter().filter_map(move |row| row.get(at)).map(String::as_str);
        let columns = names.iter().enumerate().map(|(at, name)| Column::over(name, cells(at))).collect();
        let mut header = Self {
            columns,
            year: None,
            group_labels: Vec::new(),
            values: Values::None,
            not_found: None,
            lines: Vec::new(),
            series_are_open: options.by.is_empty() && !options.sum,
            series_are_summed: options.sum,
            numbered: None,
            rival_periods: Vec::new(),
            levy: None,
            rival_currencies: Vec::new(),
            projected: None,
            letters: Flags::None,
            flags: Vec::new(),
            looked_at: below.len(),
        };
        header.assign(below, options);
        header.projected = header.of(Role::Period).and_then(|at| period::are_projected(cells(at)));
        header.letters = header.flags_of(below);
        header
    }

    /// What letters behind amounts are: flags in a table of a statistics office, or `r` and `p` where some of the amounts of a
    /// column have them. Where most have a `p`, it may be pence.
    fn flags_of(&self, below: &[Vec<String>]) -> Flags {
        if self.columns.iter().any(Column::is_key) {
            return Flags::All;
        }
        let of_column = |at: usize| {
            let (mut flags, mut revised, mut amounts) = (0, 0, 0);
            for cell in below.iter().filter_map(|row| row.get(at)) {
                match amount::flag(cell) {
                    // What is revised is not pence.
                    Some('r') => revised += 1,
                    Some(_) => flags += 1,
                    None => amounts += usize::from(cell.contains(|c: char| c.is_ascii_digit())),
                }
            }
            (flags + revised, amounts + usize::from(revised > 0))
        };
        let mut columns = (0..self.columns.len()).filter(|at| self.of(Role::Period) != Some(*at)).map(of_column);
        let any = columns.clone().any(|(flags, _)| flags > 0);
        let few = columns.all(|(flags, amounts)| flags == 0 || flags < amounts);
        if any && few { Flags::Revised } else { Flags::None }
    }

    /// Whether the columns are those of ChartMogul's metrics, which are in cents.
    pub(in crate::read) fn is_chartmogul(&self, value: usize) -> bool {
        let has = |name: &str| self.columns.iter().any(|column| normalise(&column.name) == name);
        normalise(&self.columns[value].name) == "mrr" && has("mrr_new_business") && has("mrr_churn")
    }

    /// Columns of parts that together name the series.
    pub(in crate::read) fn parts(&self) -> Vec<usize> {
        (0..self.columns.len()).filter(|at| self.columns[*at].role == Some(Role::Part)).collect()
    }

    /// The column whose name is nearest to one asked for.
    pub(in crate::read) fn nearest_to(&self, asked: &str) -> Option<&str> {
        closest(asked, self.columns.iter().map(|column| column.name.as_str()))
    }

    /// The column of this role.
    pub(in crate::read) fn of(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|column| column.role == Some(role))
    }

    /// The column that a name given by the user means: as it is written, or nearly.
    pub(in crate::read) fn named(&self, asked: &str) -> Option<usize> {
        let as_written = self.columns.iter().position(|column| column.name == asked);
        as_written.or_else(|| self.columns.iter().position(|column| same(&column.name, asked)))
    }

    /// A column without a role whose name is close to one of this role's.
    pub(in crate::read) fn nearest(&self, role: Role) -> Option<&str> {
        let free = self.columns.iter().filter(|column| column.role.is_none() && column.meaning.is_unknown());
        free.filter_map(|column| Some((distance(&normalise(&column.name), role.names())?, column)))
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, column)| column.name.as_str())
    }

    /// The column that says when. A list of what is known of companies at a date has that date alone (`of_values`).
    pub(in crate::read) fn period(&self, of_values: bool) -> Option<usize> {
        let known = || self.of(Role::AsOf).filter(|_| of_values);
        self.of(Role::Period).or_else(|| self.of(Role::PeriodEnd)).or_else(known)
    }

    /// Whether rows are entries of a list that belong together: orders, invoices, customers.
    pub(in crate::read) fn is_list(&self) -> bool {
        let is_entry = |column: &Column| column.meaning.senses.contains(&Sense::Entry) || column.is_numbered();
        self.columns.iter().any(|column| column.role.is_none() && is_entry(column))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn header(names: &[&str], rows: &[&[&str]]) -> Header {
        let owned = |row: &&[&str]| row.iter().map(|cell| (*cell).to_owned()).collect::<Vec<String>>();
        let below: Vec<Vec<String>> = rows.iter().map(owned).collect();
        Header::new(&owned(&names), &below, &Options::default())
    }

    #[test]
    fn the_most_telling_name_wins() {
        let header =
            header(&["id", "Company", "year", "date", "sales", "Value"], &[&["1", "A", "2024", "2024-01-31", "3", "4"]]);
        assert_eq!(header.of(Role::Series), Some(1));
        assert_eq!(header.of(Role::Period), Some(3));
        assert_eq!(header.of(Role::Value), Some(5));
    }

    #[test]
    fn near_misses() {
        let header = header(&["perod", "valeu", "x"], &[&["soon", "many", "1"]]);
        assert_eq!(header.nearest(Role::Period), Some("perod"));
        assert_eq!(header.nearest(Role::Value), Some("valeu"));
        assert_eq!(header.nearest(Role::Kind), None);
    }
}
