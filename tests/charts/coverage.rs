//! The chart of coverage: what it says, what it refuses, and that its texts stay apart.

use topline::chart::{ChartError, Coverage, Held, Style, draw_coverage};

use crate::support::assert_clear;

fn coverage(methods: Vec<Held<'_>>) -> Coverage<'_> {
    Coverage { about: "Example", level: 80.0, steps: "quarters", origins: "10 origins, 2020-01 to 2022-04.", methods }
}

fn held(name: &str, inside: [usize; 4]) -> Held<'_> {
    Held { name, benchmark: name == "naive", steps: inside.map(|inside| (inside, 10)).to_vec() }
}

#[test]
fn title_names_the_method_whose_share_is_nearest() {
    let methods = vec![held("one", [10, 10, 10, 10]), held("other", [9, 8, 8, 6]), held("naive", [8, 8, 8, 8])];
    let chart = draw_coverage(&coverage(methods), &Style::default()).unwrap();
    assert_eq!(chart.title(), "Example: the 80% intervals of other came closest, with 78% of outcomes inside");
    assert!(chart.alt_text().contains("other: 90%, 80%, 80%, 60%; 78% of all."), "{}", chart.alt_text());
    let one = draw_coverage(&coverage(vec![held("one", [8, 8, 8, 8])]), &Style::default()).unwrap();
    assert_eq!(one.title(), "Example: 80% of outcomes lay inside the 80% intervals of one");
}

#[test]
fn names_of_lines_that_end_together_stay_apart() {
    let same = [10, 9, 8, 7];
    let methods = ["a", "b", "c", "d", "naive"].map(|name| held(name, same)).to_vec();
    let chart = draw_coverage(&coverage(methods), &Style::default()).unwrap();
    assert_clear(&chart);
}

#[test]
fn more_methods_than_colours_and_no_outcomes_are_refused() {
    let five = ["a", "b", "c", "d", "e"].map(|name| held(name, [1, 2, 3, 4])).to_vec();
    assert!(matches!(draw_coverage(&coverage(five), &Style::default()), Err(ChartError::Methods { count: 5 })));
    assert!(matches!(draw_coverage(&coverage(Vec::new()), &Style::default()), Err(ChartError::Nothing)));
}
