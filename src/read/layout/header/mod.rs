//! The header: which column plays which part.
//!
//! Knows the names people give to columns, in English, French and German, and the scale and currency that a name may carry
//! ("Revenue (USD m)"). Knows nothing of the rows below.

mod column;
mod role;

use crate::near::{closest, distance, normalise};

use crate::read::Options;

pub(in crate::read) use crate::read::cell::unit::{unit_in_label, unit_words};
pub(in crate::read) use column::Column;
pub use role::Role;

use role::role_of;

/// Which column plays which part.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::read) struct Header {
    pub(in crate::read) columns: Vec<Column>,
    /// A column that the user asked for and that is not there.
    pub(in crate::read) not_found: Option<(Role, String)>,
}

impl Header {
    /// The columns of these names, with what the user said of them.
    pub(in crate::read) fn new<'a>(names: impl Iterator<Item = &'a str>, options: &Options) -> Self {
        let mut columns: Vec<Column> = names.map(Column::of).collect();
        let mut not_found = None;
        for (role, asked) in options.columns.asked() {
            let found = columns
                .iter()
                .position(|column| column.name == asked)
                .or_else(|| columns.iter().position(|column| normalise(&column.name) == normalise(asked)));
            let Some(found) = found else {
                not_found.get_or_insert((role, asked.to_owned()));
                continue;
            };
            for column in columns.iter_mut().filter(|column| column.role == Some(role)) {
                column.role = None;
            }
            columns[found] = Column { role: Some(role), rank: 0, ..columns[found].clone() };
            if role == Role::Value {
                columns[found] = columns[found].clone().with_unit();
            }
        }
        for at in 0..columns.len() {
            let Some(role) = columns[at].role.filter(|role| *role != Role::Part) else { continue };
            let better = |other: usize| {
                let other_column = &columns[other];
                other_column.role == Some(role) && (other_column.rank, other) < (columns[at].rank, at)
            };
            if (0..columns.len()).any(better) {
                columns[at].role = None;
            }
        }
        Self { columns, not_found }
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

    /// A column of years beside one of quarters, halves or months, which then need not hold the year.
    pub(in crate::read) fn year_beside(&self, period: usize) -> Option<usize> {
        let months = self.columns.get(period)?.months().filter(|months| *months < 12)?;
        debug_assert!(months > 0, "a period has a length");
        let is_year = |column: &Column| role_of(&normalise(&column.name)).is_some_and(|(role, _)| role == Role::Period);
        (0..self.columns.len())
            .find(|at| *at != period && is_year(&self.columns[*at]) && self.columns[*at].months() == Some(12))
    }

    /// A column without a role whose name is close to one of this role's.
    pub(in crate::read) fn nearest(&self, role: Role) -> Option<&str> {
        let free = self.columns.iter().filter(|column| column.role.is_none());
        free.filter_map(|column| Some((distance(&normalise(&column.name), role.names())?, column)))
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, column)| column.name.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_most_telling_name_wins() {
        let header = Header::new(["id", "Company", "year", "date", "sales", "Value"].into_iter(), &Options::default());
        assert_eq!(header.of(Role::Series), Some(1));
        assert_eq!(header.of(Role::Period), Some(3));
        assert_eq!(header.of(Role::Value), Some(5));
    }

    #[test]
    fn near_misses() {
        let header = Header::new(["perod", "valeu", "x"].into_iter(), &Options::default());
        assert_eq!(header.nearest(Role::Period), Some("perod"));
        assert_eq!(header.nearest(Role::Value), Some("valeu"));
        assert_eq!(header.nearest(Role::Kind), None);
    }
}
