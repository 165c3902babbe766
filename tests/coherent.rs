//! Parts and wholes: projections that add up, beside a second computation, and figures that do not.
#![allow(clippy::unwrap_used, clippy::float_cmp)] // helpers of tests are tests, which clippy does not see

use approx::assert_relative_eq;
use serde_json::Value;
use topline::chart::{self, Style, Subject};
use topline::export::{CsvWriter, read_saved, write_canonical};
use topline::project::coherent::{CoherentError, Family, Group, Grouped, MOST_MEMBERS, Made, Naming, families, project};
use topline::project::growth::Growth;
use topline::project::{Horizon, Method, Plan, Projection, Standard};
use topline::question::QuestionError;
use topline::question::compare::{Comparison, Measured};
use topline::read::{Options, Reader};
use topline::series::{Measure, Role, Series};

/// A median is solved for to some 1e-12 of the distribution's width.
const ADDS_UP: f64 = 1e-10;
/// The reference starts from ten digits.
const AS_REFERENCE: f64 = 1e-9;

fn read(csv: &str) -> Vec<Series> {
    let mut reader = Reader::new(Options::default());
    reader.add("test.csv", csv.as_bytes()).unwrap();
    reader.finish().unwrap().series
}

fn rows(rows: &str) -> Vec<Series> {
    read(&format!("series,parent,kind,period,value\n{rows}"))
}

fn grouped(series: Vec<Series>, naming: Naming) -> Grouped {
    families(series, naming).unwrap_or_else(|errors| panic!("{errors:?}"))
}

fn family(series: Vec<Series>) -> Family {
    match grouped(series, Naming::Known).groups.remove(0) {
        Group::Family(family) => family,
        Group::Alone(series) => panic!("{} stands alone", series.name()),
    }
}

fn names(family: &Family) -> Vec<(&str, Option<&str>, Made)> {
    family.members().iter().map(|member| (member.series.name(), member.series.parent(), member.made)).collect()
}

fn refused(csv: &str) -> Vec<String> {
    families(rows(csv), Naming::Known).unwrap_err().iter().map(CoherentError::to_string).collect()
}

fn plan(family: &Family) -> Plan {
    let series: Vec<Series> = family.members().iter().map(|member| member.series.clone()).collect();
    Plan { path: true, ..Plan::for_series(&series) }
}

fn by_growth(family: &Family, plan: &Plan) -> Vec<Projection> {
    project(&Growth::new(), family, plan).unwrap()
}

fn alphabet() -> Vec<Series> {
    read(include_str!("../data/alphabet.csv"))
}

/// A company of four quarterly parts, two of them parts of a third, with seasons and unlike growth. Illustrative.
fn company() -> String {
    let mut csv = "series,parent,period,value\n".to_owned();
    let season = [0.9, 1.0, 0.95, 1.15];
    for quarter in 0..14_usize {
        let period = format!("{}Q{}", 2021 + quarter / 4, quarter % 4 + 1);
        let amount = |start: f64, growth: f64| start * libm::pow(growth, quarter as f64) * season[quarter % 4];
        let (apps, games) = (amount(120.0, 1.06), amount(80.0, 1.01));
        let (services, devices) = (apps + games, amount(300.0, 0.99));
        for (name, parent, value) in [
            ("Apps", "Services", apps),
            ("Games", "Services", games),
            ("Services", "Company", services),
            ("Devices", "Company", devices),
        ] {
            csv += &format!("{name},{parent},{period},{value:.3}M\n");
        }
        csv += &format!("Company,,{period},{:.3}M\n", services + devices);
    }
    csv
}

/// Every row, milestone and point of the path of a whole is the sum of its parts', wherever all have one.
fn assert_adds_up(family: &Family, projections: &[Projection]) {
    let mut checked = 0;
    for (member, whole) in family.members().iter().zip(projections).filter(|(member, _)| !member.parts().is_empty()) {
        let parts = || member.parts().iter().map(|part| &projections[*part]);
        for row in &whole.rows {
            let find = |part: &Projection| {
                part.rows.iter().find(|one| one.measure == row.measure && one.period == row.period).map(|row| row.median)
            };
            let sum: f64 = parts().map(|part| find(part).unwrap()).sum();
            assert_relative_eq!(row.median, sum, max_relative = ADDS_UP);
            checked += 1;
        }
        for milestone in &whole.milestones {
            let find = |part: &Projection| {
                part.milestones.iter().find(|one| one.period == milestone.period).map(|one| one.revenue.median)
            };
            let sum: f64 = parts().map(|part| find(part).unwrap()).sum();
            assert_relative_eq!(milestone.revenue.median, sum, max_relative = ADDS_UP);
        }
        for point in whole.path.iter().filter(|point| point.month > whole.origin) {
            let find = |part: &Projection| part.path.iter().find(|one| one.month == point.month).map(|one| one.median);
            let sum: f64 = parts().map(|part| find(part).unwrap()).sum();
            assert_relative_eq!(point.median, sum, max_relative = ADDS_UP);
        }
    }
    assert!(checked > 0);
}

#[test]
fn medians_are_those_of_the_reference() {
    let family = family(read(include_str!("reference/coherent/figures.csv")));
    let projections = by_growth(&family, &plan(&family));
    let reference: Vec<Value> = serde_json::from_str(include_str!("reference/coherent/mint.json")).unwrap();
    assert_eq!(reference.len(), 6);
    for answer in &reference {
        let measure = Measure::from_name(answer["measure"].as_str().unwrap()).unwrap();
        for projection in &projections {
            let row = projection.rows.iter().find(|row| {
                row.measure == measure && projection.calendar.name(row.period) == answer["period"].as_str().unwrap()
            });
            let (row, of) = (row.unwrap(), |field: &str| answer[field][&projection.series].as_f64().unwrap());
            assert_relative_eq!(row.median, of("median"), max_relative = AS_REFERENCE);
            assert_relative_eq!(row.intervals[1].lo, of("lo_80"), max_relative = AS_REFERENCE);
        }
    }
}

#[test]
fn every_method_adds_up_at_every_level() {
    let family = family(read(&company()));
    assert_eq!(family.members().len(), 5);
    let mut plan = plan(&family);
    assert_adds_up(&family, &by_growth(&family, &plan));
    for method in Standard::ALL {
        let projections = project(&method, &family, &plan).unwrap();
        assert_adds_up(&family, &projections);
        assert!(projections.iter().all(|projection| projection.method == method.name()));
    }
    // Years of a quarterly record, begun ones too.
    plan.step = topline::calendar::Step::Year;
    plan.horizon = Horizon::Months(36);
    assert_adds_up(&family, &by_growth(&family, &plan));
    assert_adds_up(&family, &project(&Standard::Combine, &family, &plan).unwrap());
}

#[test]
fn same_bits_in_whatever_order_the_series_are_given() {
    let mut series = read(&company());
    let first = family(series.clone());
    let projections = by_growth(&first, &plan(&first));
    series.reverse();
    let second = family(series);
    let reversed = by_growth(&second, &plan(&second));
    for projection in &projections {
        let other = reversed.iter().find(|other| other.series == projection.series).unwrap();
        assert_eq!(other, projection);
    }
}

#[test]
fn what_agrees_is_left_as_it_is() {
    // Constant growth of all, so that the whole's own naive forecast is the sum of its parts'.
    let family = family(rows(
        "A,,revenue,2023,10M\nA,,revenue,2024,12M\nB,A,revenue,2023,4M\nB,A,revenue,2024,5M\nC,A,revenue,2023,6M\nC,A,revenue,2024,7M\n",
    ));
    let plan = plan(&family);
    let together = project(&Standard::Naive, &family, &plan).unwrap();
    for (member, projection) in family.members().iter().zip(&together) {
        let (alone, _) = topline::project::project(&Standard::Naive, &member.series, &plan).unwrap();
        for (own, moved) in alone.rows.iter().zip(&projection.rows) {
            assert_relative_eq!(own.median, moved.median, max_relative = 1e-12);
            assert_relative_eq!(own.intervals[2].hi, moved.intervals[2].hi, max_relative = 1e-12);
        }
    }
}

#[test]
fn nothing_adds_up_to_nothing() {
    let family = family(rows("A,,revenue,2023,0\nA,,revenue,2024,0\nB,A,revenue,2023,0\nB,A,revenue,2024,0\n"));
    for projection in project(&Standard::Naive, &family, &plan(&family)).unwrap() {
        assert!(projection.rows.iter().all(|row| row.median == 0.0));
        assert!(projection.milestones.iter().all(|milestone| milestone.growth().is_none()));
    }
}

#[test]
fn part_whose_last_figure_is_older_takes_the_difference() {
    // The whole and C are known in 2024, so that B is.
    let csv = "A,,revenue,2023,10.00M\nA,,revenue,2024,12.00M\nB,A,revenue,2023,4.000M\nC,A,revenue,2023,6.000M\nC,A,revenue,2024,7.000M\n";
    let family = family(rows(csv));
    let projections = by_growth(&family, &plan(&family));
    let b = projections.iter().find(|projection| projection.series == "B").unwrap();
    assert_eq!(b.calendar.name(b.rows[0].period), "2024");
    assert_relative_eq!(b.rows[0].median, 5e6, max_relative = 0.01);
    // All end alike, though B's figures end a year before.
    let last = |projection: &Projection| projection.rows.last().unwrap().period;
    assert!(projections.iter().all(|projection| last(projection) == last(&projections[0])));
}

#[test]
fn rest_is_a_part_of_its_own() {
    let family = family(alphabet());
    assert_eq!(
        names(&family),
        [
            ("Alphabet", None, Made::Stated),
            ("Google Services", Some("Alphabet"), Made::Stated),
            ("Google Cloud", Some("Alphabet"), Made::Stated),
            ("Alphabet / other", Some("Alphabet"), Made::Remainder),
        ]
    );
    // 350,018 - 304,930 - 43,229
    let rest = family.members()[3].series.observations().next_back().unwrap().fact.amount().unwrap();
    assert_eq!((rest.value(), rest.unit()), (1859e6, 3e6));
    assert_adds_up(&family, &by_growth(&family, &plan(&family)));
}

#[test]
fn whole_without_figures_is_the_sum_over_what_all_parts_have() {
    let csv = "X,,target,2026,99M\nA,X,revenue,2023,10M\nA,X,revenue,2024,11M\nB,X,revenue,2024Q1,4.0M\nB,X,revenue,2024Q2,4.1M\nB,X,revenue,2024Q3,4.2M\nB,X,revenue,2024Q4,4.3M\n";
    let grouped = grouped(rows(csv), Naming::Known);
    assert_eq!(grouped.notices[0].to_string(), "X has no figures of its own: it is the sum of its 2 parts over 2024");
    let Group::Family(family) = &grouped.groups[0] else { panic!("a family") };
    let whole = &family.members()[0];
    let sum = whole.series.observations().next().unwrap().fact.amount().unwrap();
    assert_relative_eq!(sum.value(), 27.6e6, max_relative = 1e-12);
    assert_relative_eq!(sum.unit(), 1.4e6, max_relative = 1e-12);
    // The target stays, and is asked about.
    assert_eq!(whole.series.targets().count(), 1);
    assert_eq!(by_growth(family, &plan(family))[0].targets.len(), 2);
}

#[test]
fn names_say_parts_where_there_is_a_whole_or_where_it_is_asked() {
    let parts = "A / B,,revenue,2024,4M\nA / C / D,,revenue,2024,6M\n";
    assert_eq!(grouped(rows(parts), Naming::Known).groups.len(), 2);
    let with_whole = family(rows(&format!("A,,revenue,2024,10M\n{parts}")));
    assert_eq!(names(&with_whole).iter().map(|(_, parent, _)| *parent).collect::<Vec<_>>(), [None, Some("A"), Some("A")]);
    let groups = grouped(rows(parts), Naming::Always).groups;
    let [Group::Family(made)] = groups.as_slice() else { panic!("one family") };
    assert_eq!(
        names(made),
        [
            ("A", None, Made::Sum),
            ("A / B", Some("A"), Made::Stated),
            ("A / C", Some("A"), Made::Sum),
            ("A / C / D", Some("A / C"), Made::Stated),
        ]
    );
    // A name that only looks like one.
    assert_eq!(
        grouped(rows("A,,revenue,2024,10M\nA / ,,revenue,2024,4M\nA/B,,revenue,2024,4M\n"), Naming::Known).groups.len(),
        3
    );
}

#[test]
fn column_of_segments_makes_the_names() {
    let csv = "company,segment,period,value\nA,,2024,10M\nA,B,2024,4M\nA,C,2024,6M\nZ,,2024,1M\n";
    let groups = grouped(read(csv), Naming::Known).groups;
    assert_eq!(groups.len(), 2);
    assert!(matches!(&groups[0], Group::Family(family) if family.members().len() == 3));
    assert!(matches!(&groups[1], Group::Alone(series) if series.name() == "Z"));
}

#[test]
fn figures_that_do_not_add_up_are_refused_with_their_periods() {
    let over = "A,,revenue,2022,10.0M\nA,,revenue,2023,12.0M\nB,A,revenue,2022,4.0M\nB,A,revenue,2023,7.0M\nC,A,revenue,2022,6.0M\nC,A,revenue,2023,6.0M\n";
    assert_eq!(refused(over), ["the parts of A add up to more than it in 2023 ($13M of $12M)"]);
    let now_and_then = over.replace("7.0M", "5.0M");
    assert_eq!(
        refused(&now_and_then),
        ["the parts of A fall short of it in 2023 ($11M of $12M), but not in all 2 periods that they have in common"]
    );
    // Half a unit of each last digit is not a difference.
    let rounded = "A,,revenue,2022,10M\nB,A,revenue,2022,4.2M\nC,A,revenue,2022,6.3M\n";
    assert_eq!(family(rows(rounded)).members().len(), 3);
}

#[test]
fn what_cannot_be_is_refused_all_at_once() {
    let circle = "A,B,revenue,2024,1M\nB,C,revenue,2024,1M\nC,A,revenue,2024,1M\nD,A,revenue,2024,1M\n";
    assert_eq!(refused(circle), ["A is a part of itself: A, of B, of C, of A"]);
    let two = "A,X,revenue,2023,1M\nB,X,revenue,2024,1M\nC,Y,revenue,2024,EUR 1M\nD,Y,revenue,2024,1M\nE,Z,revenue,2024,1M\nF,Z,target,2026,1M\n";
    let mut errors = refused(two);
    errors.sort();
    assert_eq!(
        errors,
        [
            "D is a part of Y, but is in USD, not in EUR",
            "Z has no figures of its own and cannot be added up, because its part F has no figures",
            "the parts of X have no period in common, so they cannot be added up",
        ]
    );
    let apart = "A,,run-rate,2024-06,1M\nB,A,revenue,2023,1M\n";
    assert_eq!(
        refused(apart),
        ["A and its parts have no period in common, so nothing shows whether the parts make up all of it"]
    );
    let deep: Vec<String> = (0..14).map(|k| format!("S{},S{},revenue,2024,1M\n", k + 1, k)).collect();
    assert!(refused(&deep.concat())[0].ends_with("is more than 12 levels below its topmost whole"));
    let many: Vec<String> = (0..MOST_MEMBERS).map(|k| format!("S{k},X,revenue,2024,1M\n")).collect();
    assert_eq!(refused(&many.concat()), ["X and all its parts are 2001 series; at most 2000 can be projected together"]);
    let years = read("series,parent,fiscal_year_end,period,value\nA,,12,2024,2M\nB,A,6,2024,1M\n");
    let error = families(years, Naming::Known).unwrap_err().remove(0);
    assert_eq!(error.to_string(), "B is a part of A, but its fiscal years end in another month");
}

#[test]
fn part_of_which_nothing_is_known_is_in_the_rest() {
    let grouped = grouped(rows("A,,revenue,2024,10M\nB,A,revenue,2024,4M\nC,A,target,2026,9M\n"), Naming::Known);
    assert_eq!(grouped.left_out[0].name(), "C");
    let Group::Family(family) = &grouped.groups[0] else { panic!("a family") };
    assert_eq!(names(family)[2], ("A / other", Some("A"), Made::Remainder));
}

#[test]
fn parents_are_read_and_written() {
    let wrong = |csv: &str| {
        let mut reader = Reader::new(Options::default());
        reader.add("test.csv", format!("series,parent,period,value\n{csv}").as_bytes()).unwrap();
        reader.finish().unwrap_err().problems()[0].to_string()
    };
    assert!(wrong("A,A,2024,1M\n").starts_with("test.csv:2:3: column parent: \"A\" would be a part of itself"));
    assert!(
        wrong("A,X,2024,1M\nA,Y,2025,1M\n")
            .starts_with("test.csv:3:3: column parent: A is a part of Y here, but of X at test.csv:2:3")
    );
    let series = alphabet();
    let mut bytes = Vec::new();
    write_canonical(&mut bytes, &series).unwrap();
    let again = read(std::str::from_utf8(&bytes).unwrap());
    let parents = |series: &[Series]| series.iter().map(|one| one.parent().map(str::to_owned)).collect::<Vec<_>>();
    assert_eq!(parents(&again), parents(&series));
    assert_eq!(parents(&series)[1].as_deref(), Some("Alphabet"));
    // A total that has its parts named is none that counts twice.
    let total = read("series,parent,period,value\nTotal,,2024,10M\nB,Total,2024,4M\n");
    assert_eq!(total.len(), 2);
    assert!(total[0].roles().iter().all(|role| *role == Role::Fitted));
}

#[test]
fn saved_projections_keep_their_parents() {
    let family = family(alphabet());
    let projections = by_growth(&family, &plan(&family));
    let mut writer = CsvWriter::with_parents(Vec::new(), &projections[0].levels).unwrap();
    for projection in &projections {
        writer.write(projection).unwrap();
    }
    let back = read_saved(writer.finish().unwrap().as_slice()).unwrap();
    let parents = |projections: &[Projection]| projections.iter().map(|one| one.parent.clone()).collect::<Vec<_>>();
    assert_eq!(parents(&back), parents(&projections));
}

#[test]
fn no_picture_shows_a_whole_beside_its_parts() {
    let family = family(read(&company()));
    let projections = by_growth(&family, &plan(&family));
    let subjects: Vec<Subject<'_>> = family
        .members()
        .iter()
        .zip(&projections)
        .map(|(member, projection)| Subject { series: &member.series, projection })
        .collect();
    let shown = |subjects: &[Subject<'_>]| {
        let chart = chart::draw_pages(subjects, &Style::default()).unwrap().remove(0);
        let alt = chart.alt_text().to_owned();
        ["Company", "Services", "Apps", "Games", "Devices"].into_iter().filter(|name| alt.contains(name)).collect::<Vec<_>>()
    };
    assert_eq!(shown(&subjects), ["Apps", "Games", "Devices"]);
    assert_eq!(shown(&subjects[..1]), ["Company"]);
    assert_eq!(chart::without_wholes(&subjects[..2]).len(), 1);
}

#[test]
fn part_is_not_compared_with_its_whole() {
    let series = alphabet();
    let all: Vec<&Series> = series.iter().collect();
    let until = topline::calendar::Month::new(2027, 12).unwrap();
    let error = Comparison::new(&all, until, Measured::RunRate).unwrap_err();
    assert!(matches!(error, QuestionError::PartOfOther { .. }));
    assert_eq!(error.to_string(), "Google Services is a part of Alphabet, so it can never be larger");
    assert!(Comparison::new(&all[1..], until, Measured::RunRate).is_ok());
}
