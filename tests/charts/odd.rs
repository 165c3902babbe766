//! Series that charts are easily broken by, and very many series.

use topline::chart::{Chart, PanelScale, ScaleChoice, Style, Subject, draw, draw_pages};
use topline::money::Currency;
use topline::project::Projection;
use topline::series::{Figure, Series};

use crate::support::{assert_clear, by_hand, month, quarter, revenue, run_rate, series, target, year};

/// Every odd chart is clear. The pictures are left in the folder for temporary files of tests, to be looked at.
#[test]
fn odd_inputs_are_clear() {
    let out = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    for (name, chart) in odd() {
        assert_clear(&chart);
        std::fs::write(out.join(format!("odd-{name}.png")), chart.png().unwrap()).unwrap();
    }
}

#[test]
fn a_thousand_series_make_pages() {
    let many = many(1000);
    let subjects: Vec<Subject> = many.iter().map(|(series, projection)| Subject { series, projection }).collect();
    for panels in [PanelScale::Shared, PanelScale::SameSlope] {
        let style = Style { panels, ..Style::default() };
        let pages = draw_pages(&subjects, &style).unwrap();
        assert_eq!(pages.len(), 42);
        for page in [&pages[0], &pages[20], &pages[41]] {
            assert_clear(page);
        }
        assert_eq!(pages[0].title(), "The 24 largest of 1000 series by median projection for end-2029");
        assert_eq!(pages[41].title(), "Numbers 985 to 1000 of 1000 series by median projection for end-2029");
        for count in 5..=24 {
            assert_clear(&draw(&subjects[..count], &style).unwrap());
        }
    }
}

/// Illustrative series by the number, of many sizes and growths.
fn many(count: i32) -> Vec<(Series, Projection)> {
    (0..count)
        .map(|index| {
            let size = 1e7 * libm::pow(10.0, f64::from(index * 37 % 101) / 25.0);
            let growth = 0.05 + f64::from(index * 17 % 23) / 20.0;
            let back = |years: f64| size * libm::pow(1.0 + growth, -years);
            let figures = vec![
                revenue(year(2022), back(3.0)),
                run_rate(month(2023, 6), back(2.0)),
                revenue(year(2024), back(1.0)),
                run_rate(month(2025, 6), size),
            ];
            let series = series(&format!("Illustrative {}", index + 1), figures);
            let projection = by_hand(&series, size, growth / 2.0, 0.3, 54, &[50.0, 80.0, 95.0]);
            (series, projection)
        })
        .collect()
}

/// Series that charts are easily broken by; all numbers are illustrative.
fn odd() -> Vec<(&'static str, Chart)> {
    let fan = |series: &Series, rate: f64, growth: f64, months: i32, style: &Style| {
        let projection = by_hand(series, rate, growth, 0.35, months, &[50.0, 80.0, 95.0]);
        draw(&[Subject { series, projection: &projection }], style).unwrap()
    };
    let style = Style { note: Some("Illustrative data.".to_owned()), ..Style::default() };
    let on_log = Style { scale: ScaleChoice::Log, ..style.clone() };
    let growing = |name: &str, unit: f64| {
        let figures = (2019..=2024).map(|y| revenue(year(y), unit * libm::pow(1.4, f64::from(y - 2019)))).collect();
        series(name, figures)
    };
    let sixty_letters = "Gesellschaft für angewandte Beispielrechnung und Söhne mbH & Co. KG";
    let quarters = |name: &str| series(name, (1..=4).map(|q| revenue(quarter(2024, q), 2.5e6 + 1e5 * f64::from(q))).collect());
    let gap = series(
        "Gap of ten years",
        vec![
            revenue(year(2010), 1e8),
            revenue(year(2011), 1.2e8),
            revenue(year(2022), 9e8),
            revenue(year(2023), 1.1e9),
            revenue(year(2024), 1.2e9),
        ],
    );
    let missed = series(
        "Missed its target",
        vec![run_rate(month(2023, 6), 8e8), target(year(2024), 2e9), run_rate(month(2025, 6), 1.5e9)],
    );
    let months: Vec<Figure> = (0..600).map(|m| revenue(month(1975, 7).plus(m), 1e6 * libm::pow(1.005, f64::from(m)))).collect();
    let fifty = series("Fifty years of months", months);
    let zero = series(
        "Began at zero",
        vec![revenue(year(2021), 0.0), revenue(year(2022), 2e5), revenue(year(2023), 9e5), revenue(year(2024), 2e6)],
    );
    let yen = Series::new(
        "In yen",
        Currency::from_code("CHF").unwrap(),
        quarters("x").calendar(),
        growing("x", 4e8).figures().to_vec(),
    );
    let mut odd = vec![
        ("long-name", fan(&growing(sixty_letters, 1e9), 6e9, 0.3, 36, &style)),
        ("greek", fan(&growing("Ωμέγα Ανάλυση", 1e9), 6e9, 0.3, 36, &style)),
        ("cyrillic", fan(&growing("Дело Ёлка", 1e9), 6e9, 0.3, 36, &style)),
        ("accents", fan(&growing("Çağrı Łódź Ñandú Žižkov", 1e9), 6e9, 0.3, 36, &style)),
        ("cjk", fan(&growing("東京データ 🙂", 1e9), 6e9, 0.3, 36, &style)),
        ("one-total", fan(&series("One quarter", vec![revenue(quarter(2025, 1), 3e7)]), 1.2e8, 0.5, 36, &style)),
        ("one-quarter-ahead", fan(&quarters("One quarter ahead"), 1.2e7, 0.2, 3, &style)),
        ("cents", fan(&growing("Cents", 0.05), 0.3, 0.3, 36, &style)),
        ("trillions", fan(&growing("Trillions", 9e11), 5.4e12, 0.3, 36, &style)),
        ("flat", fan(&series("Flat", (2019..=2024).map(|y| revenue(year(y), 5e9)).collect()), 5e9, 0.0, 36, &on_log)),
        ("gap", fan(&gap, 1.3e9, 0.1, 60, &style)),
        ("missed", fan(&missed, 1.5e9, 0.4, 36, &style)),
        ("fifty-years", fan(&fifty, 2.4e8, 0.06, 240, &Style { from: Some(month(1975, 7)), ..style.clone() })),
        ("zero", fan(&zero, 3e6, 0.6, 36, &style)),
        ("francs", fan(&yen, 2e9, 0.3, 36, &style)),
        ("square", fan(&growing("Square", 1e9), 6e9, 0.3, 36, &Style { size: Some((1000, 1000)), ..style.clone() })),
        ("small", fan(&growing("Small picture", 1e9), 6e9, 0.3, 36, &Style { size: Some((800, 500)), ..style.clone() })),
    ];
    let pair = [
        growing(sixty_letters, 1e9),
        growing("東京データ", 4e8),
        growing("A third", 3e8),
        growing("A fourth of a longer name", 2e8),
    ];
    let projections: Vec<_> = pair.iter().map(|s| by_hand(s, 2e9, 0.3, 0.3, 36, &[50.0, 80.0])).collect();
    let subjects: Vec<Subject> =
        pair.iter().zip(&projections).map(|(series, projection)| Subject { series, projection }).collect();
    odd.push(("four-equal", draw(&subjects, &style).unwrap()));
    odd
}
