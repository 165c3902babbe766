//! Several tables of one projection made one.

use std::collections::HashMap;
use std::collections::hash_map::Entry;

use super::row_of;
use crate::project::{Level, Projection};

/// Why saved projections do not go together.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum ScoreError {
    /// Intervals of different levels.
    #[error("the saved projections have intervals of different levels: {first} and {second}")]
    Levels {
        /// Levels of one.
        first: String,
        /// Levels of another.
        second: String,
    },
    /// Two projections of one series that are not the same projection.
    #[error("{series} is projected twice, with a difference: {what}")]
    NotAlike {
        /// Name of the series.
        series: String,
        /// What differs.
        what: String,
    },
}

/// The projections with those of one series made one: a file of months and a file of quarters are two tables of one projection.
///
/// # Errors
///
/// If levels differ, or if a series is projected twice from another origin, by another method, or with other numbers.
pub fn join(projections: Vec<Projection>) -> Result<Vec<Projection>, ScoreError> {
    let mut joined: Vec<Projection> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for projection in projections {
        if let Some(first) = joined.first()
            && first.levels != projection.levels
        {
            let list = |levels: &[Level]| levels.iter().map(ToString::to_string).collect::<Vec<_>>().join(", ");
            return Err(ScoreError::Levels { first: list(&first.levels), second: list(&projection.levels) });
        }
        match places.entry(projection.series.clone()) {
            Entry::Occupied(place) => add(&mut joined[*place.get()], projection)?,
            Entry::Vacant(place) => {
                place.insert(joined.len());
                joined.push(projection);
            }
        }
    }
    Ok(joined)
}

/// Adds the rows of another table of the same projection.
fn add(known: &mut Projection, other: Projection) -> Result<(), ScoreError> {
    let differ = |what: String| Err(ScoreError::NotAlike { series: known.series.clone(), what });
    if known.origin != other.origin {
        return differ(format!("from {} and from {}", known.origin, other.origin));
    }
    if known.method != other.method {
        return differ(format!("by {} and by {}", known.method, other.method));
    }
    if known.currency != other.currency {
        return differ(format!("in {} and in {}", known.currency, other.currency));
    }
    for row in other.rows {
        match row_of(known, row.measure, row.period) {
            // Files keep ten digits.
            Some(same) if (same.median / row.median - 1.0).abs() > 1e-8 => {
                let period = known.calendar.name(row.period);
                return differ(format!("the median {} of {period} is {} and {}", row.measure, same.median, row.median));
            }
            Some(same) if same.period == row.period => {}
            _ => known.rows.push(row),
        }
    }
    known.rows.sort_by_key(|row| (row.measure, row.period));
    known.path.extend(other.path);
    known.path.sort_by_key(|point| point.month);
    known.path.dedup_by_key(|point| point.month);
    Ok(())
}
