//! Charts: that their pictures are whole, their texts readable, and their bytes the same every time.
#![cfg(feature = "chart")]
// Helpers of tests stand outside of #[test] functions.
#![allow(clippy::unwrap_used, clippy::float_cmp, clippy::cast_possible_truncation, clippy::cast_sign_loss)]

#[path = "charts/command.rs"]
mod command;
#[path = "charts/coverage.rs"]
mod coverage;
#[path = "charts/gallery.rs"]
mod gallery;
#[path = "charts/odd.rs"]
mod odd;
#[path = "charts/support.rs"]
mod support;
#[path = "charts/truth.rs"]
mod truth;

use std::collections::BTreeSet;
use std::sync::Arc;

use proptest::prelude::*;
use topline::chart::{
    Along, Chart, ChartError, Crossing, ScaleChoice, Style, Subject, SvgText, Theme, draw, draw_crossing, draw_scenarios,
};
use topline::money::Currency;
use topline::project::Setting;
use topline::series::{Aside, Fact, Figure, Series};

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
    let chances = "OpenAI has a 42% chance of its $12B target for 2025 as a run-rate, 10% as revenue";
    assert_eq!(chart.title(), chances);
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
    assert_eq!(title(0.1), "Large is projected to stay larger than Small: a run-rate of $51.1B against $16.1B at end-2029");
}

#[test]
fn what_is_left_out_is_said() {
    let figures = vec![revenue(year(2021), 1e9), revenue(year(2024), 3e9), target(year(2035), 9e9)];
    let one = series("One", figures);
    let projection = by_hand(&one, 3e9, 0.3, 0.3, 36, &[80.0]);
    let style = Style { from: Some(month(2023, 1)), ..Style::default() };
    let chart = draw(&[Subject { series: &one, projection: &projection }], &style).unwrap();
    let said = "Data to Dec 2024. Earlier figures not shown. Later targets not shown.";
    assert!(texts(&chart).iter().any(|text| text.ends_with(said)), "{:?}", texts(&chart));
}

#[test]
fn crossing_says_when_and_how_likely() {
    let large = series("Large", vec![revenue(year(2023), 37e9), revenue(year(2024), 40e9)]);
    let small = series("Small", vec![revenue(year(2023), 6e9), revenue(year(2024), 10e9)]);
    let (steady, rival) =
        (by_hand(&large, 40e9, 0.05, 0.15, 84, &[50.0, 80.0]), by_hand(&small, 10e9, 0.6, 0.4, 84, &[50.0, 80.0]));
    let subjects = [Subject { series: &small, projection: &rival }, Subject { series: &large, projection: &steady }];
    let probability: Vec<_> =
        (1..=84).map(|m| (month(2024, 12).plus(m), 1.0 / (1.0 + libm::exp((39.0 - f64::from(m)) / 6.0)))).collect();
    let crossing = |challenger: usize, window| Crossing {
        along: Along::RunRate,
        challenger,
        probability: &probability,
        window,
        never: 0.004,
        dependence: "Draws are independent between the companies.",
    };
    let style = Style { note: Some("Illustrative data.".to_owned()), ..Style::default() };
    let window = (Some(month(2026, 8)), Some(month(2030, 2)));
    let chart = draw_crossing(&subjects, &crossing(0, window), &style).unwrap();
    // log(4) / log(1.6 / 1.05) is 3.29 years after the middle of December 2024, where the larger stands at 40 times 1.05 to the 3.29th.
    assert_says(&chart, &["Medians cross in Q1 2028 at $47.0B", "80% window of the first crossing: Q3 2026 to Q1 2030"]);
    assert_says(&chart, &["<1% of draws do not cross by end-2031", "Probability that Small is larger", ">99%"]);
    assert_eq!(chart.title(), "Small has over a 99% chance of passing Large by end-2031");
    let even = draw_crossing(&subjects, &Crossing { never: 0.48, ..crossing(0, window) }, &style).unwrap();
    assert_eq!(even.title(), "Even odds that Small passes Large by end-2031");
    assert!(texts(&chart).iter().any(|text| text.contains("Draws are independent")));
    assert_clear(&chart);
    let out = std::path::Path::new(env!("CARGO_TARGET_TMPDIR")).join("crossing.png");
    std::fs::write(out, chart.png().unwrap()).unwrap();

    let never = draw_crossing(&subjects, &crossing(0, (None, None)), &style).unwrap();
    assert_says(&never, &["Fewer than 10% of draws cross by end-2031"]);
    let reverse = draw_crossing(&subjects, &crossing(1, window), &style).unwrap();
    assert_eq!(reverse.title(), "Large is already larger than Small");
    for size in [(800, 500), (1000, 1000)] {
        assert_clear(&draw_crossing(&subjects, &crossing(0, window), &Style { size: Some(size), ..style.clone() }).unwrap());
    }
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
    let huge = Style { size: Some((8000, 8000)), ..Style::default() };
    assert!(matches!(draw(&[subject], &huge).unwrap().png(), Err(ChartError::TooLarge { width: 16000, .. })));
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
    assert!(svg.contains("<title id=\"title\">A &lt;b&gt; &amp; &quot;c&quot;  has a "));
    assert!(svg.trim_end().ends_with("</svg>"));
    assert_eq!(svg.matches("<text ").count(), svg.matches("</text>").count());
    assert!(!svg.chars().any(|c| c.is_control() && c != '\n'));
    assert!(svg.len() < 100_000, "{} bytes", svg.len());
}

/// A dataset for the placer: kinds, dates and amounts at random.
#[test]
fn svg_with_outlines_needs_no_font() {
    let all = projected(data("revenue.csv"));
    let style = Style { svg_text: SvgText::Outlines, ..Style::default() };
    let svg = draw(&[all[0].subject(), all[1].subject()], &style).unwrap().svg().unwrap();
    assert!(!svg.contains("<text "));
    let names = |before: &str| -> BTreeSet<String> {
        svg.split(before).skip(1).map(|rest| rest.split('"').next().unwrap().to_owned()).collect()
    };
    let (defined, used) = (names("<path id=\""), names("<use href=\"#"));
    assert_eq!(defined, used);
    assert!(used.len() > 40, "{} glyphs", used.len());
    assert_eq!(svg.matches("<path id=").count(), defined.len(), "each glyph is written once");
    assert!(svg.len() < 150_000, "{} bytes", svg.len());
}

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
                aside: Some(Box::new(Aside { note: Some("a remark of a few words; and more".to_owned()), ..Aside::default() })),
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
fn scenarios_branch_off_and_are_clear() {
    let all = projected(data("revenue.csv"));
    let branched = |median: f64, months: usize, name: &str| {
        let mut projection = all[1].projection.clone();
        let from = projection.path.len() - months;
        for (k, point) in projection.path.iter_mut().skip(from).enumerate() {
            let factor = 1.0 + (median - 1.0) * (k + 1) as f64 / months as f64;
            point.median *= factor;
            for interval in &mut point.intervals {
                (interval.lo, interval.hi) = (interval.lo * factor, interval.hi * factor);
            }
        }
        // A scenario draws the months ahead alone, so that no twelve months behind them are known.
        projection.trailing.clear();
        projection.setting = Some(Setting { scenario: name.to_owned(), note: None, assumptions: vec!["more".to_owned()] });
        projection
    };
    let under = [
        branched(2.0, 30, "Growth"),
        branched(1.2, 12, "A deal with a name that is too long for the room at the right of a picture"),
        branched(0.7, 24, "Short supply"),
        branched(1.01, 3, "Δ"),
    ];
    for count in 1..=under.len() {
        let under: Vec<_> = under[..count].iter().collect();
        for size in [None, Some((800, 500)), Some((1200, 1200))] {
            for theme in [Theme::Light, Theme::Dark] {
                let chart = draw_scenarios(all[1].subject(), &under, &Style { size, theme, ..Style::default() }).unwrap();
                assert_clear(&chart);
                assert!(chart.title().starts_with("Google Cloud at end-2027: "), "{}", chart.title());
            }
        }
    }
    let chart = draw_scenarios(all[1].subject(), &[&under[0]], &Style::default()).unwrap();
    assert_says(&chart, &["as projected", "Growth"]);
    let alt = chart.alt_text();
    assert!(alt.contains("Growth: Median projection for end-2027") && alt.contains("Assumed: more."), "{alt}");
    assert!(matches!(draw_scenarios(all[1].subject(), &[], &Style::default()), Err(ChartError::Scenarios { count: 0 })));
}
