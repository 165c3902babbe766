//! `topline compare`: when one series overtakes another, and which is the largest.

use std::path::Path;

use topline::calendar::Month;
use topline::chart::{self, Along, Chart, Crossing, Subject};
use topline::export::{Compared, ComparedUnder, write_answer};
use topline::project::growth::Growth;
use topline::project::named::Named;
use topline::project::{Horizon, Plan, project};
use topline::question::QuestionError;
use topline::question::compare::{Comparison, DEPENDENCE, Measured, Overtaking, PAIRS};
use topline::series::Series;

use crate::cli::args::CompareArgs;
use crate::cli::commands::target::question;
use crate::cli::io::charts::{Picture, failure, write_one};
use crate::cli::io::files::{print_answer, print_with};
use crate::cli::io::input::{self, Input};
use crate::cli::io::scenario;
use crate::cli::render::compare::{Question, table};
use crate::cli::render::failure::Failure;
use crate::cli::render::lines::paragraphs;
use crate::cli::render::messages::{Message, Weight, say};
use crate::cli::render::style::{BOLD, DIM};

/// Whole years after that of the last figure that are looked at by default.
const YEARS: i32 = 5;

/// Runs the command.
pub fn run(args: &CompareArgs) -> Result<(), Failure> {
    let picture = args.output.as_deref().map(|path| Picture::asked(path, "crossing.png")).transpose()?;
    let Input { series, others, mut messages, .. } = input::load(&args.input, false)?;
    let scenarios = scenario::load(&args.scenarios, Named::Growth, &series, &others)?;
    let (series, skipped): (Vec<Series>, Vec<Series>) = series.into_iter().partition(|series| series.origin().is_some());
    messages.extend(skipped.iter().map(|series| Message {
        place: series.figures().first().and_then(|figure| figure.place.clone()),
        text: format!("{} is not compared: it has no revenue and no run-rate", series.name()),
        weight: Weight::Warning,
    }));
    say(&messages, args.messages);
    let chosen: Vec<&Series> = if args.names.is_empty() {
        series.iter().collect()
    } else {
        args.names.iter().map(|name| by_name(&series, name)).collect::<Result<_, _>>()?
    };
    let until = until(args, &chosen)?;
    if let (Some(path), false) = (&args.output, scenarios.is_empty()) {
        return Err(Failure::Usage {
            message: format!("--output {}: this chart cannot show scenarios", path.display()),
            hint: "leave the scenarios out; topline chart draws a series under scenarios".to_owned(),
        });
    }
    if let (Some(path), true) = (&args.output, chosen.len() > 2) {
        return Err(Failure::Usage {
            message: format!("--output {}: the chart shows two series, but there are {}", path.display(), chosen.len()),
            hint: "name two of them with --of".to_owned(),
        });
    }
    let measured = args.measure.map_or_else(|| Measured::of(&chosen, until), Measured::from);
    let comparison = Comparison::new(&chosen, until, measured).map_err(|error| question(&error))?;
    let calendar = chosen[0].calendar();
    let overtaking = (chosen.len() == 2).then(|| comparison.overtaking(PAIRS));
    if let (Some(path), Some(picture), Some(overtaking)) = (&args.output, picture, &overtaking) {
        let of_months;
        let drawn = if measured == Measured::Revenue {
            // A line needs more than one point a year.
            let months = Comparison::new(&chosen, until, Measured::Trailing).map_err(|error| question(&error))?;
            of_months = months.overtaking(PAIRS);
            &of_months
        } else {
            overtaking
        };
        let along = if measured == Measured::RunRate { Along::RunRate } else { Along::TwelveMonths };
        write_one(&draw(&chosen, drawn, along, path, args.pixel_ratio)?, picture, path, args.messages.quiet)?;
    }
    let ends = comparison.year_ends(calendar);
    let largest = comparison.largest(&ends);
    let instead = comparison.instead();
    let under = scenarios.iter().map(|scenario| {
        let comparison = Comparison::under(&chosen, until, measured, scenario).map_err(|error| question(&error))?;
        let overtaking = (chosen.len() == 2).then(|| comparison.overtaking(PAIRS));
        Ok(ComparedUnder { scenario: scenario.name.clone(), overtaking, largest: comparison.largest(&ends) })
    });
    let scenarios: Vec<ComparedUnder> = under.collect::<Result<_, Failure>>()?;
    let Some(screen) = args.format.asked().screen() else {
        return print_with(|out| write_answer(out, &Compared::new(overtaking, largest, instead, scenarios)));
    };
    let asked = Question { series: &chosen, calendar, width: screen.width };
    let mut blocks = vec![table(&asked, overtaking.as_ref(), &largest)];
    if !instead.is_empty() {
        blocks.push(format!("{DIM}{}{DIM:#}\n", paragraphs(&format!("{}.", instead.join(".\n")), screen.width)));
    }
    for one in &scenarios {
        let text = table(&asked, one.overtaking.as_ref(), &one.largest);
        blocks.push(format!("{BOLD}Under the scenario {}{BOLD:#}\n\n{text}", one.scenario));
    }
    print_answer(&blocks.join("\n"), screen)
}

fn by_name<'a>(series: &'a [Series], name: &str) -> Result<&'a Series, Failure> {
    series.iter().find(|series| series.name().eq_ignore_ascii_case(name)).ok_or_else(|| Failure::Data {
        message: format!("no series is named {name}"),
        hint: format!("the input has {}", series.iter().map(Series::name).collect::<Vec<_>>().join(", ")),
    })
}

fn until(args: &CompareArgs, series: &[&Series]) -> Result<Month, Failure> {
    if let Some(text) = &args.until {
        let period =
            topline::read::period(text, args.input.fiscal_year_end.unwrap_or_default()).map_err(|_| Failure::Usage {
                message: format!("--until {text}: not a period"),
                hint: "write 2030-12, Dec 2030 or 2030".to_owned(),
            })?;
        return Ok(period.last());
    }
    let origin = series.iter().filter_map(|series| series.origin()).max();
    let last = origin.and_then(|origin| Month::new(origin.year() + YEARS, 12));
    last.ok_or_else(|| question(&QuestionError::TooFew(series.len())))
}

/// Draws the crossing of two series, for a file at `path`.
fn draw(series: &[&Series], overtaking: &Overtaking, along: Along, path: &Path, pixel_ratio: u8) -> Result<Chart, Failure> {
    let mut plan = Plan::for_series(&[]);
    plan.horizon = Horizon::Until(overtaking.until);
    plan.path = true;
    let projections = series.iter().map(|series| project(&Growth::new(), series, &plan).map(|(projection, _)| projection));
    let projections = projections.collect::<Result<Vec<_>, _>>().map_err(|error| Failure::Project(vec![error], 1))?;
    let subject = |index: usize| Subject { series: series[index], projection: &projections[index] };
    let probability: Vec<(Month, f64)> = overtaking.larger.iter().map(|odds| (odds.month, odds.probability)).collect();
    let crossing = Crossing {
        along,
        challenger: usize::from(series[1].name() == overtaking.challenger),
        probability: &probability,
        window: (overtaking.first_crossing.p10, overtaking.first_crossing.p90),
        never: overtaking.never,
        dependence: DEPENDENCE,
    };
    let style = chart::Style { pixel_ratio, ..chart::Style::default() };
    chart::draw_crossing(&[subject(0), subject(1)], &crossing, &style).map_err(|error| failure(path, &error))
}
