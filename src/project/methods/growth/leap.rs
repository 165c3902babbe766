//! Where the last few steps of a search lead one to expect that a step would move nothing: Anderson's mixing.
//!
//! # References
//!
//! Walker and Ni, "Anderson acceleration for fixed-point iterations", *SIAM Journal on Numerical Analysis* 49 (2011).

use super::linear::{dot, subtract_scaled};
use super::place::Place;

/// Earlier steps that a leap looks back to.
const LOOKS_BACK: usize = 4;

/// The last few steps: where each led, and what it moved.
#[derive(Debug, Default)]
pub(super) struct Past {
    /// Steps that are held, the oldest first; the room for more is kept.
    count: usize,
    led: Vec<Place>,
    moved: Vec<Vec<f64>>,
    /// Differences of what successive steps moved, made orthogonal; and how each is made up of them.
    apart: Vec<Vec<f64>>,
    shares: [[f64; LOOKS_BACK]; LOOKS_BACK],
}

impl Past {
    /// Starts anew.
    pub(super) fn forget(&mut self) {
        self.count = 0;
    }

    /// Notes the step from one place to another.
    pub(super) fn add(&mut self, here: &Place, there: &Place) {
        if self.count > LOOKS_BACK {
            self.led.rotate_left(1);
            self.moved.rotate_left(1);
            self.count -= 1;
        }
        if self.led.len() <= self.count {
            self.led.push(Place::default());
            self.moved.push(Vec::new());
        }
        self.led[self.count].take(there);
        let level = there.level - here.level;
        let moved = &mut self.moved[self.count];
        moved.clear();
        for (there, here) in there.rows().into_iter().zip(here.rows()).take(2) {
            moved.extend(there.iter().zip(here).map(|(there, here)| there - here + level));
        }
        self.count += 1;
    }

    /// Where a step would move nothing if steps went on changing as the last few did: the last step leads to `there`, and what is
    /// left of it is taken off as far as the differences of steps explain it. `false` if there is nothing to go by.
    pub(super) fn guess(&mut self, there: &Place, to: &mut Place) -> bool {
        let steps = self.count;
        if steps < 2 {
            return false;
        }
        let mut of_step = [0.0; LOOKS_BACK];
        let mut left = [0.0; LOOKS_BACK];
        for (column, left) in left.iter_mut().enumerate().take(steps - 1) {
            if self.apart.len() <= column {
                self.apart.push(Vec::new());
            }
            let (before, at) = self.apart.split_at_mut(column);
            let one = &mut at[0];
            one.clear();
            one.extend(self.moved[column + 1].iter().zip(&self.moved[column]).map(|(later, earlier)| later - earlier));
            let whole = dot(one, one);
            for (row, other) in before.iter().enumerate() {
                let share = dot(one, other) / dot(other, other);
                self.shares[row][column] = share;
                subtract_scaled(one, other, share);
            }
            let square = dot(one, one);
            // A difference that the others explain but for rounding says nothing of its own.
            if square <= 1e-20 * whole {
                return false;
            }
            *left = dot(one, &self.moved[steps - 1]) / square;
        }
        for column in (0..steps - 1).rev() {
            let later: f64 = (column + 1..steps - 1).map(|other| self.shares[column][other] * of_step[other]).sum();
            of_step[column] = left[column] - later;
        }
        to.take(there);
        for (pair, share) in self.led[..steps].windows(2).zip(of_step) {
            let rows = pair[0].rows().into_iter().zip(pair[1].rows());
            for (row, (earlier, later)) in to.rows_mut().into_iter().zip(rows) {
                for (at, (earlier, later)) in row.iter_mut().zip(earlier.iter().zip(later)) {
                    *at -= share * (later - earlier);
                }
            }
            to.level -= share * (pair[1].level - pair[0].level);
        }
        to.level.is_finite()
    }
}
