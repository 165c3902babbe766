//! Charts: that their pictures are whole, their texts readable, and their bytes the same every time.
#![cfg(feature = "chart")]
// Helpers of tests stand outside of #[test] functions.
#![allow(clippy::unwrap_used, clippy::float_cmp, clippy::cast_possible_truncation)]

#[path = "charts/support.rs"]
mod support;

use std::sync::Arc;

use proptest::prelude::*;
use topline::chart::{Chart, ChartError, PanelScale, ScaleChoice, Style, Subject, Theme, draw, draw_crossing, draw_pages};
use topline::money::Currency;
use topline::series::{Fact, Figure, Series};

use support::{assert_clear, by_hand, data, month, projected, quarter, revenue, run_rate, series, subjects, target, year};

fn texts(chart: &Chart) -> Vec<String> {
    chart.labels().map(|label| label.text.to_owned()).collect()
}

#[track_caller]
fn assert_says(chart: &Chart, wanted: &[&str]) {
    let all = texts(chart);
    for text in wanted {
        assert!(all.iter().any(|label| label == text), "{text:?} is not among {all:#?}");
    }
}

/// The chunks of a PNG by their type.
fn decoded(bytes: &[u8]) -> (png::Info<'static>, Vec<u8>) {
    let mut reader = png::Decoder::new(std::io::Cursor::new(bytes)).read_info().unwrap();
    let mut pixels = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut pixels).unwrap();
    (reader.info().clone(), pixels)
}

#[test]
fn png_has_its_size_its_density_and_its_words() {
    let all = projected(data("revenue.csv"));
    let chart = draw(&[all[0].subject()], &Style::default()).unwrap();
    let bytes = chart.png().unwrap();
    let (info, pixels) = decoded(&bytes);
    assert_eq!((info.width, info.height), (3200, 1800));
    assert_eq!(info.pixel_dims.map(|dims| dims.xppu), Some(7559));
    let words: Vec<(String, String)> =
        info.utf8_text.iter().map(|chunk| (chunk.keyword.clone(), chunk.get_text().unwrap())).collect();
    let word = |keyword: &str| words.iter().find(|(k, _)| k == keyword).map(|(_, text)| text.as_str());
    assert_eq!(word("Title"), Some(chart.title()));
    assert_eq!(word("Description"), Some(chart.alt_text()));
    assert!(word("Source").unwrap().contains("Article of June 2025"));
    assert_eq!(word("Software"), Some(concat!("topline ", env!("CARGO_PKG_VERSION"))));
    assert!(!bytes.windows(4).any(|window| window == b"tIME"), "a time stamp");
    // The corner is background, and something is drawn.
    assert_eq!(pixels[..3], [255, 255, 255]);
    assert!(pixels.chunks(3).filter(|pixel| *pixel != [255, 255, 255]).count() > 100_000);
}

#[test]
fn same_input_gives_the_same_bytes() {
    let all = projected(data("revenue.csv"));
    let chart = || draw(&subjects(&all), &Style::default()).unwrap();
    assert_eq!(chart().png().unwrap(), chart().png().unwrap());
    assert_eq!(chart().svg().unwrap(), chart().svg().unwrap());
}

#[test]
fn every_series_of_the_data_is_clear_in_every_style() {
    for file in ["revenue.csv", "ai-and-cloud.csv"] {
        let all = projected(data(file));
        let subjects = subjects(&all);
        for scale in [ScaleChoice::Auto, ScaleChoice::Linear, ScaleChoice::Log] {
            for size in [None, Some((800, 500)), Some((1200, 1200)), Some((2400, 900))] {
                let style = Style { scale, size, ..Style::default() };
                for subject in &subjects {
                    assert_clear(&draw(&[*subject], &style).unwrap());
                }
                for count in 2..=subjects.len().min(4) {
                    assert_clear(&draw(&subjects[..count], &style).unwrap());
                    assert_clear(&draw(&subjects[subjects.len() - count..], &style).unwrap());
                }
            }
        }
    }
}

#[test]
fn fan_says_what_the_article_says() {
    let all = projected(data("revenue.csv"));
    let chart = draw(&[all[0].subject()], &Style::default()).unwrap();
    let wanted = ["$10B run-rate", "$12B by end-2025", "← Data to Jun 2025", "Projection →", "97.5th", "2.5th", "Median"];
    assert_says(&chart, &wanted);
    assert_says(&chart, &["Mar 2025: $12B contract, agreement with CoreWeave"]);
    assert!(chart.title().starts_with("OpenAI: $") && chart.title().ends_with("median projection for end-2027"));
    assert!(chart.alt_text().contains("80% prediction interval"));
}

#[test]
fn percentiles_follow_the_levels() {
    let one = series("One", vec![run_rate(month(2025, 6), 10e9)]);
    let projection = by_hand(&one, 10e9, 0.3, 0.4, 30, &[60.0, 90.0]);
    let chart = draw(&[Subject { series: &one, projection: &projection }], &Style::default()).unwrap();
    assert_says(&chart, &["95th", "80th", "Median", "20th", "5th", "60%", "90%"]);
    assert_clear(&chart);
}

#[test]
fn title_says_overtakes_only_if_the_median_does() {
    let large = series("Large", vec![revenue(year(2024), 40e9)]);
    let small = series("Small", vec![revenue(year(2024), 10e9)]);
    let flat = by_hand(&large, 40e9, 0.05, 0.2, 60, &[50.0, 80.0]);
    let title = |growth: f64| {
        let rival = by_hand(&small, 10e9, growth, 0.5, 60, &[50.0, 80.0]);
        let both = [Subject { series: &small, projection: &rival }, Subject { series: &large, projection: &flat }];
        draw(&both, &Style::default()).unwrap().title().to_owned()
    };
    // log(4) / log(1.7 / 1.05) is 2.88 years after the end of 2024.
    assert_eq!(title(0.7), "Small’s median projection overtakes Large’s in 2027");
    assert_eq!(title(0.1), "Large stays larger than Small: $51.1B against $16.1B, median projections for end-2029");
}

#[test]
fn different_origins_are_named() {
    let all = projected(data("revenue.csv"));
    let chart = draw(&subjects(&all), &Style::default()).unwrap();
    assert_says(&chart, &["← Data to Jun 2025 (Google Cloud to Dec 2024)"]);
}

#[test]
fn zero_on_a_log_scale_is_an_error() {
    let figures = vec![revenue(year(2022), 0.0), revenue(year(2023), 1e6), revenue(year(2024), 2e6)];
    let started = series("Started", figures);
    let projection = by_hand(&started, 2e6, 0.5, 0.3, 36, &[50.0, 80.0, 95.0]);
    let subject = Subject { series: &started, projection: &projection };
    let log = Style { scale: ScaleChoice::Log, ..Style::default() };
    assert!(matches!(draw(&[subject], &log), Err(ChartError::NotOnLog { amount: 0.0, .. })));
    assert_clear(&draw(&[subject], &Style::default()).unwrap());
}

#[test]
fn what_cannot_be_drawn_is_refused() {
    let one = series("One", vec![run_rate(month(2025, 6), 10e9)]);
    let projection = by_hand(&one, 10e9, 0.3, 0.4, 30, &[80.0]);
    let subject = Subject { series: &one, projection: &projection };
    let refused = |subjects: &[Subject], style: &Style| draw(subjects, style).unwrap_err();
    assert!(matches!(refused(&[], &Style::default()), ChartError::Nothing));
    let size = Style { size: Some((300, 200)), ..Style::default() };
    assert!(matches!(refused(&[subject], &size), ChartError::Size { width: 300, height: 200 }));
    let ratio = Style { pixel_ratio: 9, ..Style::default() };
    assert!(matches!(refused(&[subject], &ratio), ChartError::PixelRatio(9)));
    let font = Style { font: Some(Arc::from(&b"not a font"[..])), ..Style::default() };
    assert!(matches!(refused(&[subject], &font), ChartError::Font(_)));
    let mut bare = projection.clone();
    bare.path.clear();
    assert!(matches!(refused(&[Subject { projection: &bare, ..subject }], &Style::default()), ChartError::NoPath { .. }));
    let euro = Series::new("Euro", Currency::from_code("EUR").unwrap(), one.calendar(), one.figures().to_vec());
    let euro = Subject { series: &euro, projection: &projection };
    assert!(matches!(refused(&[subject, euro], &Style::default()), ChartError::Currencies { .. }));
}

#[test]
fn characters_without_a_glyph_are_named() {
    let one = series("東京 Ωmega Дело 🙂東", vec![run_rate(month(2025, 6), 10e9)]);
    let projection = by_hand(&one, 10e9, 0.3, 0.4, 30, &[50.0, 80.0]);
    let chart = draw(&[Subject { series: &one, projection: &projection }], &Style::default()).unwrap();
    assert_eq!(chart.missing_glyphs(), ['東', '京', '🙂']);
    assert_clear(&chart);
}

#[test]
fn svg_is_well_formed_and_says_what_it_is() {
    let mut one = data("revenue.csv").remove(0);
    let figures: Vec<Figure> = one.figures().to_vec();
    one = Series::new("A <b> & \"c\"\u{1}", Currency::USD, one.calendar(), figures);
    let all = projected(vec![one]);
    let svg = draw(&[all[0].subject()], &Style { theme: Theme::Dark, ..Style::default() }).unwrap().svg().unwrap();
    assert!(
        svg.starts_with("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"1600\" height=\"900\" viewBox=\"0 0 32000 18000\"")
    );
    assert!(svg.contains("role=\"img\" aria-labelledby=\"title desc\""));
    assert!(svg.contains("<title id=\"title\">A &lt;b&gt; &amp; &quot;c&quot; : $"));
    assert!(svg.trim_end().ends_with("</svg>"));
    assert_eq!(svg.matches("<text ").count(), svg.matches("</text>").count());
    assert!(!svg.chars().any(|c| c.is_control() && c != '\n'));
    assert!(svg.len() < 100_000, "{} bytes", svg.len());
}

/// A dataset for the placer: kinds, dates and amounts at random.
fn figures() -> impl Strategy<Value = Vec<Figure>> {
    let figure = (0..6_u8, 0..90_i32, 7.0..11.0).prop_map(|(kind, back, power)| {
        let at = month(2025, 6).plus(-back);
        let amount = topline::money::Amount::exact(libm::pow(10.0, power)).unwrap();
        match kind {
            0 => run_rate(at, amount.value()),
            1 => revenue(year(at.year()), amount.value()),
            2 => revenue(quarter(at.year(), 1), amount.value()),
            3 => target(at.plus(back), amount.value()),
            4 => Figure::new(Fact::Contract(amount), at.into()),
            _ => Figure {
                note: Some("a remark of a few words; and more".to_owned()),
                ..Figure::new(Fact::Event(None), at.into())
            },
        }
    });
    prop::collection::vec(figure, 1..30)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 250, failure_persistence: None, ..ProptestConfig::default() })]

    // Four pictures a case: labels are clear of each other over 1,000 random datasets.
    #[test]
    fn labels_of_random_datasets_are_clear(
        sets in prop::collection::vec((figures(), -0.3..2.0, 0.05..1.5), 4),
        name in "[A-Za-z ]{1,60}",
        months in 3..120_i32,
        size in prop::sample::select(vec![None, Some((800, 500)), Some((1000, 1000))]),
    ) {
        let all: Vec<(Series, topline::project::Projection)> = sets.into_iter().enumerate().map(|(index, (mut figures, growth, width))| {
            figures.push(run_rate(month(2025, 6), 1e9));
            let series = series(&format!("{name} {index}"), figures);
            let projection = by_hand(&series, 1e9, growth, width, months, &[50.0, 80.0, 95.0]);
            (series, projection)
        }).collect();
        let subjects: Vec<Subject> = all.iter().map(|(series, projection)| Subject { series, projection }).collect();
        let style = Style { size, ..Style::default() };
        for count in 1..=4 {
            assert_clear(&draw(&subjects[..count], &style).unwrap());
        }
    }
}

#[test]
fn no_system_font_is_in_the_tree() {
    let lock = include_str!("../Cargo.lock");
    for name in ["font-kit", "freetype-sys", "yeslogic-fontconfig-sys", "dlib", "servo-fontconfig"] {
        assert!(!lock.contains(&format!("name = \"{name}\"")), "{name}");
    }
}

#[test]
#[ignore = "temporary"]
fn show() {
    let out = std::path::Path::new(env!("CARGO_TARGET_TMPDIR"));
    let write = |name: &str, chart: &Chart| std::fs::write(out.join(format!("{name}.png")), chart.png().unwrap()).unwrap();
    let all = projected(data("ai-and-cloud.csv"));
    write("multiples", &draw(&subjects(&all), &Style::default()).unwrap());
    write("multiples-slope", &draw(&subjects(&all), &Style { panels: PanelScale::SameSlope, ..Style::default() }).unwrap());
    let many = many(1000);
    let s: Vec<Subject> = many.iter().map(|(series, projection)| Subject { series, projection }).collect();
    write("multiples-12", &draw(&s[..12], &Style { note: Some("Illustrative data.".into()), ..Style::default() }).unwrap());
    for (name, chart) in odd() {
        write(&format!("odd-{name}"), &chart);
    }
    write(
        "multiples-12-slope",
        &draw(&s[..12], &Style { panels: PanelScale::SameSlope, theme: Theme::Dark, ..Style::default() }).unwrap(),
    );
    write("multiples-1000", &draw(&s, &Style::default()).unwrap());
    let pages = draw_pages(&s, &Style::default()).unwrap();
    write("multiples-last", pages.last().unwrap());
    let pick: Vec<Series> =
        data("ai-and-cloud.csv").into_iter().filter(|s| ["OpenAI", "Google Cloud"].contains(&s.name())).collect();
    let plan = topline::project::Plan {
        horizon: topline::project::Horizon::Until(month(2031, 12)),
        path: true,
        ..topline::project::Plan::for_series(&pick)
    };
    let two = support::with_plan(pick.clone(), &plan);
    let (i, j) = if two[0].series.name() == "OpenAI" { (0, 1) } else { (1, 0) };
    let drawn = support::crossing(&pick[i], &pick[j], &plan, month(2031, 12), 2000);
    let chart = draw_crossing(&[two[0].subject(), two[1].subject()], &drawn.crossing(i), &Style::default()).unwrap();
    println!("{}", chart.alt_text());
    write("crossing", &chart);
    assert_clear(&chart);
    let chart = draw_crossing(
        &[two[0].subject(), two[1].subject()],
        &drawn.crossing(j),
        &Style { theme: Theme::Dark, ..Style::default() },
    )
    .unwrap();
    write("crossing-dark", &chart);
    assert_clear(&chart);
}

/// Illustrative series by the number, of many sizes and growths.
fn many(count: i32) -> Vec<(Series, topline::project::Projection)> {
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
    let log = Style { scale: ScaleChoice::Log, ..style.clone() };
    let growing = |name: &str, unit: f64| {
        let figures = (2019..=2024).map(|y| revenue(year(y), unit * libm::pow(1.4, f64::from(y - 2019)))).collect();
        series(name, figures)
    };
    let long = "Gesellschaft für angewandte Beispielrechnung und Söhne mbH & Co. KG";
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
        ("long-name", fan(&growing(long, 1e9), 6e9, 0.3, 36, &style)),
        ("greek", fan(&growing("Ωμέγα Ανάλυση", 1e9), 6e9, 0.3, 36, &style)),
        ("cyrillic", fan(&growing("Дело Ёлка", 1e9), 6e9, 0.3, 36, &style)),
        ("accents", fan(&growing("Çağrı Łódź Ñandú Žižkov", 1e9), 6e9, 0.3, 36, &style)),
        ("cjk", fan(&growing("東京データ 🙂", 1e9), 6e9, 0.3, 36, &style)),
        ("one-total", fan(&series("One quarter", vec![revenue(quarter(2025, 1), 3e7)]), 1.2e8, 0.5, 36, &style)),
        ("one-quarter-ahead", fan(&quarters("One quarter ahead"), 1.2e7, 0.2, 3, &style)),
        ("cents", fan(&growing("Cents", 0.05), 0.3, 0.3, 36, &style)),
        ("trillions", fan(&growing("Trillions", 9e11), 5.4e12, 0.3, 36, &style)),
        ("flat", fan(&series("Flat", (2019..=2024).map(|y| revenue(year(y), 5e9)).collect()), 5e9, 0.0, 36, &log)),
        ("gap", fan(&gap, 1.3e9, 0.1, 60, &style)),
        ("missed", fan(&missed, 1.5e9, 0.4, 36, &style)),
        ("fifty-years", fan(&fifty, 2.4e8, 0.06, 240, &Style { from: Some(month(1975, 7)), ..style.clone() })),
        ("zero", fan(&zero, 3e6, 0.6, 36, &style)),
        ("francs", fan(&yen, 2e9, 0.3, 36, &style)),
        ("square", fan(&growing("Square", 1e9), 6e9, 0.3, 36, &Style { size: Some((1000, 1000)), ..style.clone() })),
        ("small", fan(&growing("Small picture", 1e9), 6e9, 0.3, 36, &Style { size: Some((800, 500)), ..style.clone() })),
    ];
    let pair =
        [growing(long, 1e9), growing("東京データ", 4e8), growing("A third", 3e8), growing("A fourth of a longer name", 2e8)];
    let projections: Vec<_> = pair.iter().map(|s| by_hand(s, 2e9, 0.3, 0.3, 36, &[50.0, 80.0])).collect();
    let subjects: Vec<Subject> =
        pair.iter().zip(&projections).map(|(series, projection)| Subject { series, projection }).collect();
    odd.push(("four-equal", draw(&subjects, &style).unwrap()));
    for (name, chart) in &odd {
        println!("{name}: {:?}", chart.missing_glyphs());
        assert_clear(chart);
    }
    odd
}
