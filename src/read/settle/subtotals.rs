//! Series that add up others of a table with several columns of parts: `North Total` beside `North / A`, `EMEA / All products`
//! beside `EMEA / Hardware`.

use crate::read::layout::total::{is_all_of, total_of};
use crate::read::names::{BETWEEN, Names};

/// More series than this are a panel, and none of them is looked at.
const MOST: usize = 2000;

/// The series that are called the total of others, which are there.
pub(in crate::read) fn subtotals(names: &Names) -> Vec<usize> {
    if names.len() > MOST || !(0..names.len()).any(|at| names.get(at).contains(BETWEEN)) {
        return Vec::new();
    }
    let all: Vec<Vec<&str>> = (0..names.len()).map(|at| names.get(at).split(BETWEEN).collect()).collect();
    (0..all.len()).filter(|at| is_subtotal(&all, *at)).collect()
}

fn is_subtotal(all: &[Vec<&str>], at: usize) -> bool {
    let parts = &all[at];
    parts.iter().enumerate().any(|(place, part)| {
        // `North Total`, of what is called `North` in the same place.
        let of_others = total_of(part).is_some_and(|of| {
            all.iter().any(|other| other.len() > place + 1 && other[..place] == parts[..place] && other[place] == of)
        });
        // `All products`, in the place of those that it adds up.
        let is_beside = |other: &Vec<&str>| {
            other.len() == parts.len()
                && other.iter().zip(parts).enumerate().all(|(here, (other, part))| (here == place) == (other != part))
        };
        of_others || parts.len() > 1 && is_all_of(part) && all.iter().filter(|other| is_beside(other)).count() > 1
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn totals_of_parts_are_found_beside_them() {
        let is = |names: &[&str]| {
            let all: Vec<Vec<&str>> = names.iter().map(|name| name.split(BETWEEN).collect()).collect();
            (0..all.len()).filter(|at| is_subtotal(&all, *at)).collect::<Vec<usize>>()
        };
        assert_eq!(is(&["North / A", "North / B", "North Total", "South / A"]), [2]);
        assert_eq!(is(&["North / A", "North / B", "North / Total", "South / A"]), [2]);
        assert_eq!(is(&["EMEA / Hardware", "EMEA / Software", "EMEA / All products"]), [2]);
        assert!(is(&["North / Total Care", "North / B", "South / Total Care"]).is_empty());
        assert!(is(&["North / All Stars", "North / B"]).is_empty());
    }
}
