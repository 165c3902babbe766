//! `topline compare`: when one series overtakes another, and which is the largest.

use std::fmt::Write as _;
use std::path::Path;

use serde::Serialize;
use topline::calendar::Month;
use topline::chart::{self, Chart, Crossing, Subject};
use topline::export::SCHEMA;
use topline::money::short;
use topline::project::growth::Growth;
use topline::project::named::Named;
use topline::project::{Horizon, Plan, project};
use topline::question::QuestionError;
use topline::question::compare::{Comparison, DEPENDENCE, Largest, Overtaking, PAIRS};
use topline::series::Series;

use crate::cli::args::{AnswerFormat, CompareArgs};
use crate::cli::charts::{Picture, failure, write_one};
use crate::cli::failure::Failure;
use crate::cli::files::print_styled;
use crate::cli::input::{self, Input};
use crate::cli::messages::{Message, Weight, say};
use crate::cli::scenario;
use crate::cli::style::{ACCENT, BOLD, DIM};
use crate::cli::summary::chance;
use crate::cli::table::{Cell, align};
use crate::cli::target::{json, question};

/// Whole years after that of the last figure that are looked at by default.
const YEARS: i32 = 5;

/// What is written as JSON.
#[derive(Serialize)]
struct Report {
    /// The version of topline.
    topline: &'static str,
    schema: u32,
    /// Only of two series.
    overtaking: Option<Overtaking>,
    largest: Largest,
    dependence: &'static str,
    /// Of each series that the growth model does not project as it is: the method that answers, and why.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    instead: Vec<String>,
    /// The same under each scenario.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    scenarios: Vec<Under>,
}

/// Answers under a scenario.
#[derive(Serialize)]
struct Under {
    scenario: String,
    overtaking: Option<Overtaking>,
    largest: Largest,
}

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
    let comparison = Comparison::new(&chosen, until).map_err(|error| question(&error))?;
    let calendar = chosen[0].calendar();
    let overtaking = (chosen.len() == 2).then(|| comparison.overtaking(PAIRS));
    if let (Some(path), Some(picture), Some(overtaking)) = (&args.output, picture, &overtaking) {
        write_one(&draw(&chosen, overtaking, path, args.pixel_ratio)?, picture, path)?;
    }
    let ends = comparison.year_ends(calendar);
    let largest = comparison.largest(&ends);
    let instead = comparison.instead();
    let under = scenarios.iter().map(|scenario| {
        let comparison = Comparison::under(&chosen, until, scenario).map_err(|error| question(&error))?;
        let overtaking = (chosen.len() == 2).then(|| comparison.overtaking(PAIRS));
        Ok(Under { scenario: scenario.name.clone(), overtaking, largest: comparison.largest(&ends) })
    });
    let scenarios: Vec<Under> = under.collect::<Result<_, Failure>>()?;
    match args.format {
        AnswerFormat::Table => {
            let mut blocks = vec![table(overtaking.as_ref(), &largest)];
            if !instead.is_empty() {
                blocks.push(format!("{DIM}{}.{DIM:#}\n", instead.join(".\n")));
            }
            for one in &scenarios {
                let text = table(one.overtaking.as_ref(), &one.largest);
                blocks.push(format!("{BOLD}Under the scenario {}{BOLD:#}\n\n{text}", one.scenario));
            }
            print_styled(&blocks.join("\n"))
        }
        AnswerFormat::Json => json(&Report {
            topline: env!("CARGO_PKG_VERSION"),
            schema: SCHEMA,
            overtaking,
            largest,
            dependence: DEPENDENCE,
            instead,
            scenarios,
        }),
    }
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

fn table(overtaking: Option<&Overtaking>, largest: &Largest) -> String {
    let mut out = String::new();
    if let Some(answer) = overtaking {
        let date = |month: Option<Month>| match month {
            Some(month) => format!("{} {}", month.short_name(), month.year()),
            None => format!("after {}", answer.until.year()),
        };
        let amount = |value| short(value, answer.currency);
        let _ = writeln!(out, "{ACCENT}{} overtaking {}{ACCENT:#}", answer.challenger, answer.leader);
        let crossing = &answer.first_crossing;
        let mut first_crossing = format!("{} to {} in 80% of draws", date(crossing.p10), date(crossing.p90));
        if crossing.p50.is_some() {
            let _ = write!(first_crossing, ", half of them by {}", date(crossing.p50));
        }
        let lines = [
            (
                "run-rates",
                format!(
                    "{} and {} in {} {}, by the median",
                    amount(answer.at_origin.0),
                    amount(answer.at_origin.1),
                    answer.origin.long_name(),
                    answer.origin.year()
                ),
            ),
            ("medians cross", format!("{BOLD}{}{BOLD:#}", date(answer.medians_cross))),
            ("first crossing", first_crossing),
            ("never", format!("{} of draws up to {} {}", chance(answer.never), answer.until.long_name(), answer.until.year())),
            ("draws", format!("{}. {DEPENDENCE}", answer.draws)),
        ];
        for (word, text) in lines {
            let _ = writeln!(out, "  {DIM}{word:<16}{DIM:#}{text}");
        }
        out.push('\n');
    }
    let mut rows = vec![vec![Cell::left("largest run-rate in").styled(DIM)]];
    rows[0].extend(largest.series.iter().map(|name| Cell::right(name.clone()).styled(DIM)));
    for end in &largest.ends {
        let mut row = vec![Cell::left(format!("{} {}", end.month.long_name(), end.month.year()))];
        row.extend(end.probability.iter().map(|probability| Cell::right(chance(*probability))));
        rows.push(row);
    }
    out + &align(&rows, 2, 3)
}

/// Draws the crossing of two series, for a file at `path`.
fn draw(series: &[&Series], overtaking: &Overtaking, path: &Path, pixel_ratio: u8) -> Result<Chart, Failure> {
    let mut plan = Plan::for_series(&[]);
    plan.horizon = Horizon::Until(overtaking.until);
    plan.path = true;
    let projections = series.iter().map(|series| project(&Growth::new(), series, &plan).map(|(projection, _)| projection));
    let projections = projections.collect::<Result<Vec<_>, _>>().map_err(|error| Failure::Project(vec![error], 1))?;
    let subject = |index: usize| Subject { series: series[index], projection: &projections[index] };
    let probability: Vec<(Month, f64)> = overtaking.larger.iter().map(|odds| (odds.month, odds.probability)).collect();
    let crossing = Crossing {
        challenger: usize::from(series[1].name() == overtaking.challenger),
        probability: &probability,
        window: (overtaking.first_crossing.p10, overtaking.first_crossing.p90),
        never: overtaking.never,
        dependence: DEPENDENCE,
    };
    let style = chart::Style { pixel_ratio, ..chart::Style::default() };
    chart::draw_crossing(&[subject(0), subject(1)], &crossing, &style).map_err(|error| failure(path, &error))
}
