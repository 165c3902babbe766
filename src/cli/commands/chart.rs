//! `topline chart`: charts of figures, or of a saved projection.csv.

use std::collections::BTreeMap;
use std::io::{self, IsTerminal as _, Read as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use topline::calendar::Step;
use topline::chart::{self, Along, Chart, Kind, PanelScale, ScaleChoice, Style, Subject, SvgText, Theme};
use topline::export::{is_saved, read_saved};
use topline::project::{Derivation, Plan, Projection};
use topline::run::drawings::{Drawing, under_scenarios};
use topline::run::{Notice, Parallel, Projected, RunOptions, map};
use topline::series::Series;

use crate::cli::args::{ChartArgs, KindArg, MeasureArg, PanelsArg, PictureArg, ScaleArg, SvgTextArg, ThemeArg};
use crate::cli::commands::asked;
use crate::cli::commands::project;
use crate::cli::io::charts::{Picture, failure, missing_glyphs};
use crate::cli::io::files::{Staged, Written, print_styled, print_with, say_written};
use crate::cli::io::given::as_typed;
use crate::cli::io::input::{self, Input};
use crate::cli::io::scenario;
use crate::cli::render::failure::{Failure, Refused};
use crate::cli::render::messages::{Message, Weight, say};

/// Runs the command.
pub fn run(args: &ChartArgs) -> Result<(), Failure> {
    let kind = args.output.as_deref().map(|path| form(path, args)).transpose()?;
    let style = style(args)?;
    let (saved, figures) = split(&args.input.files)?;
    let (all, mut messages) = if saved.is_empty() { from_figures(args)? } else { from_saved(args, &saved, &figures)? };
    let subjects: Vec<Subject> = all.iter().map(|(series, (projection, _))| Subject { series, projection }).collect();
    let shown = args.output.clone().unwrap_or_else(|| PathBuf::from("chart"));
    let charts = if all.iter().all(|(_, (_, under))| under.is_empty()) {
        messages.extend(wholes_left_out(&subjects, &style));
        chart::draw_pages(&subjects, &style)
    } else {
        let under = all.iter().map(|(_, (_, under))| under.as_slice());
        let drawings: Vec<Drawing> = subjects.iter().zip(under).flat_map(|(one, under)| under_scenarios(*one, under)).collect();
        messages.extend(nothing_assumed(&subjects, &drawings));
        drawings.iter().map(|drawing| drawing.chart(&style)).collect()
    };
    let charts = charts.map_err(|error| failure(&shown, &error))?;
    if charts.is_empty() {
        return Err(Failure::Data {
            message: "the scenarios change none of the series drawn".to_owned(),
            hint: "leave --scenario out, or choose other series".to_owned(),
        });
    }
    let missing = charts.iter().flat_map(|chart| chart.missing_glyphs().iter().copied()).collect();
    messages.extend(missing_glyphs(&missing));
    say(&messages, args.messages);
    if let (Some(path), Some(kind)) = (&args.output, kind) {
        if is_printed(path) {
            print(&charts, kind)?;
        } else {
            say_written(&write(&charts, path, kind)?, args.messages.quiet);
        }
    }
    if args.alt {
        print_styled(&charts.iter().map(|chart| chart.alt_text().to_owned() + "\n").collect::<String>())?;
    }
    Ok(())
}

/// Says which series are not drawn, because no scenario changes them.
fn nothing_assumed(subjects: &[Subject<'_>], drawings: &[Drawing<'_>]) -> Option<Message> {
    let is_drawn = |series: &Series| {
        drawings.iter().any(|one| matches!(one, Drawing::Scenarios(plain, _) if std::ptr::eq(plain.series, series)))
    };
    let names: Vec<&str> = subjects.iter().map(|one| one.series).filter(|one| !is_drawn(one)).map(Series::name).collect();
    let text = format!("not drawn, because no scenario changes them: {}", names.join(", "));
    (!names.is_empty() && !drawings.is_empty()).then_some(Message { place: None, text, weight: Weight::Warning })
}

/// Says which series are not drawn, because their parts are.
fn wholes_left_out(subjects: &[Subject<'_>], style: &Style) -> Option<Message> {
    let left_out = chart::left_out(subjects, style);
    let names: Vec<&str> = left_out.iter().map(|one| one.series.name()).collect();
    let text = format!("not drawn beside their parts: {}; --series draws one by itself", names.join(", "));
    (!names.is_empty()).then_some(Message { place: None, text, weight: Weight::Warning })
}

/// The form of the picture to write.
fn form(path: &Path, args: &ChartArgs) -> Result<Picture, Failure> {
    let asked = args.format.map(|form| match form {
        PictureArg::Png => Picture::Png,
        PictureArg::Svg => Picture::Svg,
        PictureArg::Pdf => Picture::Pdf,
    });
    if is_printed(path) {
        can_be_printed(args)?;
        return Ok(asked.unwrap_or(Picture::Png));
    }
    let by_ending = Picture::of(path).ok_or_else(|| Failure::Usage {
        message: format!("--output {}: a chart is written as PNG, SVG or PDF", path.display()),
        hint: "give a file that ends in .png, .svg or .pdf; `project -o FOLDER` writes a chart of every series".to_owned(),
    })?;
    if asked.is_some_and(|asked| asked != by_ending) {
        return Err(Failure::Usage {
            message: format!("--output {}: --format says otherwise than the ending of the file", path.display()),
            hint: "leave --format out: it is for pictures on standard output".to_owned(),
        });
    }
    Ok(by_ending)
}

/// Whether a picture goes to standard output.
fn is_printed(path: &Path) -> bool {
    path.as_os_str() == "-"
}

/// Refuses a picture on a terminal, and beside the text of it.
fn can_be_printed(args: &ChartArgs) -> Result<(), Failure> {
    if args.alt {
        return Err(Failure::Usage {
            message: "--output - and --alt: both would be printed".to_owned(),
            hint: "give the picture a file: -o chart.png".to_owned(),
        });
    }
    if io::stdout().is_terminal() {
        return Err(Failure::Usage {
            message: "--output -: a terminal cannot show a picture".to_owned(),
            hint: "send it into a file, as in topline chart FIGURES -o - > chart.png, or give -o chart.png".to_owned(),
        });
    }
    Ok(())
}

/// The most mebibytes that a font file may have; fonts of every Chinese character have some twenty.
const MOST_OF_FONT: u64 = 64;

/// The bytes of a font file.
fn font(path: &Path) -> Result<Vec<u8>, Failure> {
    let most = MOST_OF_FONT << 20;
    let mut bytes = Vec::new();
    let read = input::open(path).and_then(|file| file.take(most + 1).read_to_end(&mut bytes));
    read.map_err(|error| Failure::file("read", path, error))?;
    if bytes.len() as u64 > most {
        return Err(Failure::Data {
            message: format!("--font {}: the file is larger than the {MOST_OF_FONT} MiB that a font may have", path.display()),
            hint: "give a TrueType or OpenType file".to_owned(),
        });
    }
    Ok(bytes)
}

fn style(args: &ChartArgs) -> Result<Style, Failure> {
    let from = args.from.as_ref().map(|text| {
        topline::read::period(text, args.input.fiscal_year_end.unwrap_or_default())
            .map(topline::calendar::Period::first)
            .map_err(|_| Failure::Usage {
                message: format!("--from {text}: not a period"),
                hint: "write 2023, 2024Q3, 2025-01 or Jan 2025; the chart begins with its first month".to_owned(),
            })
    });
    let font = args.font.as_deref().map(font);
    Ok(Style {
        theme: match args.theme {
            ThemeArg::Light => Theme::Light,
            ThemeArg::Dark => Theme::Dark,
        },
        scale: match args.scale {
            ScaleArg::Auto => ScaleChoice::Auto,
            ScaleArg::Linear => ScaleChoice::Linear,
            ScaleArg::Log => ScaleChoice::Log,
        },
        kind: kind(args.drawn_as),
        step: args.plan.step.map(Step::from),
        colours: None,
        along: args.measure.map(|measure| match measure {
            MeasureArg::Revenue | MeasureArg::Ttm => Along::TwelveMonths,
            MeasureArg::RunRate => Along::RunRate,
        }),
        panels: match args.panels {
            PanelsArg::Shared => PanelScale::Shared,
            PanelsArg::Slopes => PanelScale::SameSlope,
        },
        size: args.size,
        table: args.table,
        pixel_ratio: args.pixel_ratio,
        title: args.title.clone(),
        note: None,
        from: from.transpose()?,
        font: font.transpose()?.map(Arc::from),
        svg_text: match args.svg_text {
            SvgTextArg::Text => SvgText::Text,
            SvgTextArg::Outlines => SvgText::Outlines,
        },
    })
}

fn kind(arg: KindArg) -> Kind {
    match arg {
        KindArg::Auto => Kind::Auto,
        KindArg::Fan => Kind::Fan,
        KindArg::Bars => Kind::Bars,
        KindArg::Stacked => Kind::Stacked,
        KindArg::Shares => Kind::Shares,
        KindArg::Growth => Kind::Growth,
        KindArg::Indexed => Kind::Indexed,
        KindArg::Bridge => Kind::Bridge,
        KindArg::Compare => Kind::Compare,
        KindArg::Multiples => Kind::Multiples,
    }
}

/// The files that hold saved projections, and those that hold figures.
pub fn split(files: &[PathBuf]) -> Result<(Vec<PathBuf>, Vec<PathBuf>), Failure> {
    let mut saved = Vec::new();
    let mut figures = Vec::new();
    for path in files {
        let is_file = path.as_os_str() != "-" && as_typed(path).is_none();
        let file = if is_file && begins_as_saved(path)? { &mut saved } else { &mut figures };
        file.push(path.clone());
    }
    Ok((saved, figures))
}

fn begins_as_saved(path: &Path) -> Result<bool, Failure> {
    let mut start = Vec::new();
    let read = input::open(path).and_then(|file| file.take(100).read_to_end(&mut start));
    read.map_err(|error| Failure::file("read", path, error))?;
    Ok(is_saved(&start))
}

/// The projection of a series as it is, and those under each scenario.
type Projections = (Projection, Vec<Projection>);

type All = Vec<(Series, Projections)>;

/// Projects the figures, as `project` does.
fn from_figures(args: &ChartArgs) -> Result<(All, Vec<Message>), Failure> {
    let input = input::load(&args.input, false)?;
    let plan = project::plan(&args.plan, &input.series, args.input.fiscal_year_end.unwrap_or_default())?;
    let scenarios = scenario::load(&args.scenarios, args.plan.method, &input.series, &input.others)?;
    let mut plan = plan;
    let by_year =
        matches!(args.drawn_as, KindArg::Bars | KindArg::Stacked | KindArg::Shares | KindArg::Growth | KindArg::Bridge);
    if by_year && args.plan.step.is_none() && plan.step == Step::Month {
        // Columns of months are asked for by name: a year says more.
        plan.step = Step::Year;
        if args.plan.horizon.is_none() && args.plan.until.is_none() {
            plan.horizon = Plan::default_horizon(plan.step);
        }
    }
    let derive = if args.drawn_as == KindArg::Growth { vec![Derivation::YearOnYear] } else { Vec::new() };
    let options = RunOptions::new()
        .method(args.plan.method)
        .plan(Plan { path: true, derive, ..plan })
        .segments(args.segments.into())
        .scenarios(scenarios);
    // What is drawn does not say how large a company is taken to be.
    let strict = args.input.reading.strict;
    let (run, mut messages) = asked::start(input, options, |notice| !matches!(notice, Notice::UnknownRate { .. }));
    let run = run?;
    let (mut all, mut refused) = (Vec::new(), Refused::default());
    for result in run.results() {
        match result {
            Ok(Projected { series, projection, under, .. }) => all.push((series.clone(), (projection, under))),
            Err(error) => refused.push(error),
        }
    }
    messages.extend(refused.settle(all.len(), strict)?);
    Ok((all, messages))
}

/// Reads saved projections back: those of the series that `globs` let through, all if there are none; each with those under scenarios.
pub fn read_back(saved: &[PathBuf], globs: &[String]) -> Result<Vec<Projections>, Failure> {
    let filter = input::filter(globs, "--series")?;
    let mut projections: Vec<Projection> = Vec::new();
    for path in saved {
        let file = input::open(path).map_err(|error| Failure::file("read", path, error))?;
        projections.extend(read_saved(file).map_err(|error| Failure::Data {
            message: format!("{}: {error}", path.display()),
            hint: "give a projection.csv or projection.json as topline wrote it".to_owned(),
        })?);
    }
    projections.retain(|projection| filter.as_ref().is_none_or(|filter| filter.is_match(&projection.series)));
    if projections.is_empty() {
        return Err(Failure::Data {
            message: format!("no projection matches --series {}", globs.join(" ")),
            hint: "the names are in the first column of projection.csv".to_owned(),
        });
    }
    let (plain, under): (Vec<_>, Vec<_>) = projections.into_iter().partition(|projection| projection.setting.is_none());
    let mut by_series: BTreeMap<String, Vec<Projection>> = BTreeMap::new();
    for projection in under {
        by_series.entry(projection.series.clone()).or_default().push(projection);
    }
    let with_under = |projection: Projection| {
        let of_series = by_series.remove(&projection.series).unwrap_or_default();
        (projection, of_series)
    };
    Ok(plain.into_iter().map(with_under).collect())
}

/// Reads projections back; the figures of the other files go with the projection of the same name.
fn from_saved(args: &ChartArgs, saved: &[PathBuf], figures: &[PathBuf]) -> Result<(All, Vec<Message>), Failure> {
    if !args.scenarios.is_empty() {
        return Err(Failure::Usage {
            message: "assumptions cannot be added to a saved projection".to_owned(),
            hint: "give the figures with --scenario, --assume or --cap; scenarios that were saved are drawn as they are"
                .to_owned(),
        });
    }
    let projections = read_back(saved, &args.input.series)?;
    let (mut known, messages) = if figures.is_empty() && args.input.figure.is_empty() {
        (Vec::new(), Vec::new())
    } else {
        let Input { series, messages, .. } = input::load_files(figures, &args.input, false)?;
        (series, messages)
    };
    let with_figures = |(projection, under): Projections| {
        let matches = |series: &Series| series.name() == projection.series && series.currency() == projection.currency;
        let series = match known.iter().position(matches) {
            Some(index) => known.swap_remove(index),
            None => Series::new(projection.series.clone(), projection.currency, projection.calendar, Vec::new()),
        };
        (series, (projection, under))
    };
    Ok((projections.into_iter().map(with_figures).collect(), messages))
}

/// Prints the one picture.
fn print(charts: &[Chart], kind: Picture) -> Result<(), Failure> {
    let [chart] = charts else {
        return Err(Failure::Usage {
            message: format!("--output -: there are {} pictures, and standard output takes one", charts.len()),
            hint: "give -o chart.png, whose further pages are chart-2.png and so on, or choose series with --series".to_owned(),
        });
    };
    let bytes = kind.bytes(chart).map_err(|error| failure(Path::new("-"), &error))?;
    print_with(|out| out.write_all(&bytes))
}

/// Writes each page, the first at `path` and the others with their number before the ending.
fn write(charts: &[Chart], path: &Path, kind: Picture) -> Result<Vec<Written>, Failure> {
    let pages: Vec<PathBuf> = (1..=charts.len())
        .map(|number| {
            let stem = path.file_stem().unwrap_or_default().to_string_lossy();
            let ending = path.extension().unwrap_or_default().to_string_lossy();
            if number == 1 { path.to_owned() } else { path.with_file_name(format!("{stem}-{number}.{ending}")) }
        })
        .collect();
    let bytes = map(&Parallel, charts, |chart| kind.bytes(chart));
    let mut staged = Staged::default();
    for (page, bytes) in pages.into_iter().zip(bytes) {
        let bytes = bytes.map_err(|error| failure(&page, &error))?;
        staged.write(page, &bytes)?;
    }
    staged.commit()
}
