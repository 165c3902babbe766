//! Where labels go so that none lies on another, on a mark or outside the picture.
//!
//! Two placers: [`spread`] moves the labels at a line's end apart in one dimension, and [`Placer`] finds a place beside a point
//! among 16 directions and 5 distances. What cannot be placed is left out: a label that covers another says less than none.

use crate::chart::scene::{Point, point};

/// A box in CSS pixels, y downwards.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Rect {
    /// Left edge.
    pub left: f64,
    /// Top edge.
    pub top: f64,
    /// Right edge.
    pub right: f64,
    /// Bottom edge.
    pub bottom: f64,
}

impl Rect {
    pub(super) fn about(x: f64, y: f64, half_width: f64, half_height: f64) -> Self {
        Self { left: x - half_width, top: y - half_height, right: x + half_width, bottom: y + half_height }
    }

    /// The box grown by `margin` on every side.
    pub(super) fn grown(&self, margin: f64) -> Self {
        Self { left: self.left - margin, top: self.top - margin, right: self.right + margin, bottom: self.bottom + margin }
    }

    /// Whether the two share more than an edge.
    pub fn overlaps(&self, other: &Self) -> bool {
        self.left < other.right && other.left < self.right && self.top < other.bottom && other.top < self.bottom
    }

    /// Whether `other` lies inside, edges included.
    pub fn contains(&self, other: &Self) -> bool {
        self.left <= other.left && other.right <= self.right && self.top <= other.top && other.bottom <= self.bottom
    }

    pub(super) fn holds(&self, x: f64, y: f64) -> bool {
        self.left <= x && x <= self.right && self.top <= y && y <= self.bottom
    }

    pub(super) fn corners(&self) -> [Point; 4] {
        [point(self.left, self.top), point(self.right, self.top), point(self.right, self.bottom), point(self.left, self.bottom)]
    }
}

/// A label beside a point.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside {
    pub(super) rect: Rect,
    /// Whether it stands so far off that a line should lead to it.
    pub(super) leader: bool,
}

/// Finds places for labels, one after the other, the most important first.
#[derive(Debug)]
pub(super) struct Placer {
    bounds: Rect,
    taken: Vec<Rect>,
    samples: Vec<(f64, f64, f64)>,
}

/// Distances tried between a mark's edge and its label, in CSS pixels.
const DISTANCES: [f64; 5] = [7.0, 13.0, 22.0, 34.0, 50.0];
/// From this of the distances on a label needs a leader.
const LEADER_FROM: usize = 2;
/// Room kept between labels, in CSS pixels.
const GAP: f64 = 4.0;
/// The sines and cosines of sixteenths of a turn, from the right, clockwise on the screen.
const DIRECTIONS: [(f64, f64); 16] = [
    (1.0, 0.0),
    (0.924, 0.383),
    (0.707, 0.707),
    (0.383, 0.924),
    (0.0, 1.0),
    (-0.383, 0.924),
    (-0.707, 0.707),
    (-0.924, 0.383),
    (-1.0, 0.0),
    (-0.924, -0.383),
    (-0.707, -0.707),
    (-0.383, -0.924),
    (0.0, -1.0),
    (0.383, -0.924),
    (0.707, -0.707),
    (0.924, -0.383),
];

impl Placer {
    pub(super) fn new(bounds: Rect) -> Self {
        Self { bounds, taken: Vec::new(), samples: Vec::new() }
    }

    /// Keeps labels off a box: a mark, or what is already written.
    pub(super) fn block(&mut self, rect: Rect) {
        self.taken.push(rect);
    }

    /// Makes it costly to cover a point of a curve; `weight` is in CSS pixels of distance that are worth walking to avoid it.
    pub(super) fn sample(&mut self, x: f64, y: f64, weight: f64) {
        self.samples.push((x, y, weight));
    }

    /// Makes it costly to cover a line between two points.
    pub(super) fn sample_line(&mut self, from: (f64, f64), to: (f64, f64), weight: f64) {
        let length = libm::hypot(to.0 - from.0, to.1 - from.1);
        let mut along = 0.0;
        while along <= length {
            let share = if length > 0.0 { along / length } else { 0.0 };
            self.sample(from.0 + (to.0 - from.0) * share, from.1 + (to.1 - from.1) * share, weight);
            along += 6.0;
        }
    }

    /// Whether a box is inside the bounds and covers nothing that is taken.
    pub(super) fn is_free(&self, rect: &Rect) -> bool {
        let kept = rect.grown(GAP);
        self.bounds.contains(rect) && !self.taken.iter().any(|taken| kept.overlaps(taken))
    }

    /// What the curves under a box make it cost.
    pub(super) fn cost(&self, rect: &Rect) -> f64 {
        let near = rect.grown(2.0);
        self.samples.iter().filter(|(x, y, _)| near.holds(*x, *y)).map(|(.., weight)| weight).sum()
    }

    /// A place for a label of this size beside a mark of this radius, taken if there is one.
    pub(super) fn beside(&mut self, x: f64, y: f64, radius: f64, size: (f64, f64)) -> Option<Beside> {
        let (width, height) = size;
        let mut best: Option<(f64, Beside)> = None;
        for (ring, distance) in DISTANCES.iter().enumerate() {
            for (cos, sin) in DIRECTIONS {
                // The label's nearest edge is `distance` from the mark's, whatever the direction.
                let centre_x = x + cos * (radius + distance) + cos.signum() * width / 2.0 * f64::from(u8::from(cos != 0.0));
                let centre_y = y + sin * (radius + distance + height / 2.0);
                let rect = Rect::about(centre_x, centre_y, width / 2.0, height / 2.0);
                if !self.is_free(&rect) {
                    continue;
                }
                let cost = distance + self.cost(&rect);
                if best.is_none_or(|(least, _)| cost < least) {
                    best = Some((cost, Beside { rect, leader: ring >= LEADER_FROM }));
                }
            }
        }
        let (_, found) = best?;
        self.block(found.rect);
        Some(found)
    }
}

impl Placer {
    /// The free one of `candidates` that covers least, the earlier of equals; taken if there is one.
    pub(super) fn cheapest(&mut self, candidates: impl IntoIterator<Item = Rect>) -> Option<Rect> {
        let free = candidates.into_iter().filter(|rect| self.is_free(rect)).map(|rect| (self.cost(&rect), rect));
        let (_, rect) = free.min_by(|a, b| a.0.total_cmp(&b.0))?;
        self.block(rect);
        Some(rect)
    }
}

/// Middles for labels that want to stand at `wanted` and have these `heights`, in the order of `wanted`, so that none overlaps
/// another and all lie between `top` and `bottom`. `None` if they do not fit.
///
/// Neighbours that overlap are pooled into blocks centred on the mean of what they want, which moves them least.
pub(super) fn spread(wanted: &[f64], heights: &[f64], top: f64, bottom: f64) -> Option<Vec<f64>> {
    struct Block {
        labels: Vec<usize>,
        height: f64,
        /// Mean over the labels of where the block's top would have to be.
        top: f64,
    }
    let total: f64 = heights.iter().sum();
    // The slack is for adding in binary.
    if total > bottom - top + 1e-9 {
        return None;
    }
    let mut order: Vec<usize> = (0..wanted.len()).collect();
    order.sort_by(|a, b| wanted[*a].total_cmp(&wanted[*b]));
    let mut blocks: Vec<Block> = Vec::new();
    for label in order {
        let height = heights[label];
        let own = (wanted[label] - height / 2.0).clamp(top, bottom - height);
        let mut block = Block { labels: vec![label], height, top: own };
        while let Some(above) = blocks.pop_if(|above| above.top + above.height > block.top) {
            let (n, m) = (above.labels.len() as f64, block.labels.len() as f64);
            let joined = (above.top * n + (block.top - above.height) * m) / (n + m);
            let height = above.height + block.height;
            let labels = above.labels.into_iter().chain(block.labels).collect();
            block = Block { labels, height, top: joined.clamp(top, (bottom - height).max(top)) };
        }
        blocks.push(block);
    }
    let mut middles = vec![0.0; wanted.len()];
    for block in blocks {
        let mut y = block.top;
        for label in block.labels {
            middles[label] = y + heights[label] / 2.0;
            y += heights[label];
        }
    }
    Some(middles)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn labels_that_have_room_stay() {
        assert_eq!(spread(&[100.0, 20.0], &[10.0, 10.0], 0.0, 200.0), Some(vec![100.0, 20.0]));
    }

    #[test]
    fn neighbours_move_apart_evenly() {
        assert_eq!(spread(&[50.0, 50.0], &[20.0, 20.0], 0.0, 200.0), Some(vec![40.0, 60.0]));
        assert_eq!(spread(&[0.0, 1.0], &[20.0, 20.0], 0.0, 200.0), Some(vec![10.0, 30.0]));
        assert_eq!(spread(&[0.0, 1.0], &[20.0, 20.0], 0.0, 39.0), None);
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1000))]

        #[test]
        fn spread_labels_never_overlap(labels in prop::collection::vec((0.0..500.0, 5.0..60.0), 1..12)) {
            let (wanted, heights): (Vec<f64>, Vec<f64>) = labels.into_iter().unzip();
            let Some(middles) = spread(&wanted, &heights, 0.0, 400.0) else {
                prop_assert!(heights.iter().sum::<f64>() > 400.0);
                return Ok(());
            };
            let mut boxes: Vec<(f64, f64)> = middles.iter().zip(&heights).map(|(m, h)| (m - h / 2.0, m + h / 2.0)).collect();
            boxes.sort_by(|a, b| a.0.total_cmp(&b.0));
            // A millionth of a pixel for adding in binary.
            prop_assert!(boxes[0].0 >= -1e-6 && boxes.last().unwrap().1 <= 400.0 + 1e-6);
            prop_assert!(boxes.windows(2).all(|pair| pair[0].1 <= pair[1].0 + 1e-6));
        }

        #[test]
        fn placed_labels_cover_nothing(
            points in prop::collection::vec((0.0..800.0, 0.0..400.0, 20.0..300.0), 1..40),
        ) {
            let bounds = Rect { left: 0.0, top: 0.0, right: 800.0, bottom: 400.0 };
            let mut placer = Placer::new(bounds);
            let marks: Vec<Rect> = points.iter().map(|(x, y, _)| Rect::about(*x, *y, 7.0, 7.0)).collect();
            for mark in &marks {
                placer.block(*mark);
            }
            let placed: Vec<Rect> =
                points.iter().filter_map(|(x, y, width)| placer.beside(*x, *y, 7.0, (*width, 20.0))).map(|b| b.rect).collect();
            for (index, rect) in placed.iter().enumerate() {
                prop_assert!(bounds.contains(rect));
                prop_assert!(!marks.iter().any(|mark| mark.overlaps(rect)));
                prop_assert!(!placed[index + 1..].iter().any(|other| other.overlaps(rect)));
            }
        }
    }
}
