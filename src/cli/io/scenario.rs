//! The scenarios that were asked for.

use std::io::Read as _;

use topline::project::named::Named;
use topline::run::check_scenarios;
use topline::scenario::{self, Scenario};
use topline::series::Series;

use crate::cli::args::ScenarioArgs;
use crate::cli::io::input;
use crate::cli::render::failure::Failure;

/// Name of the scenario that the command line makes.
const ASSUMED: &str = "assumed";

/// The scenarios of the files and that of the command line. They may name every series of the input, those that `--series` leaves
/// out included.
pub fn load(
    args: &ScenarioArgs,
    method: Named,
    series: &[Series],
    others: &[(usize, Series)],
) -> Result<Vec<Scenario>, Failure> {
    if args.is_empty() {
        return Ok(Vec::new());
    }
    let known: Vec<Series> = series.iter().chain(others.iter().map(|(_, other)| other)).cloned().collect();
    let mut scenarios: Vec<Scenario> = Vec::new();
    let mut failures = Vec::new();
    for path in &args.scenario {
        let mut text = String::new();
        let read = input::open(path).and_then(|mut file| file.read_to_string(&mut text));
        match read.map(|_| scenario::read(&path.display().to_string(), &text, &known)) {
            Ok(Ok(found)) => scenarios.extend(found),
            Ok(Err(problems)) => failures.push(Failure::Scenario(problems)),
            Err(error) => failures.push(Failure::file("read", path, error)),
        }
    }
    match of_command_line(args, series, &known) {
        Ok(assumed) => scenarios.extend(assumed),
        Err(wrong) => failures.extend(wrong),
    }
    failures.extend(check_scenarios(method, &scenarios).into_iter().map(Failure::from));
    Failure::unless_none(failures).map(|()| scenarios)
}

/// The scenario that the options make, if there are any.
fn of_command_line(args: &ScenarioArgs, series: &[Series], known: &[Series]) -> Result<Option<Scenario>, Vec<Failure>> {
    // Without a name the one is meant that is projected.
    let among = |text: &str| if text.contains('=') { known } else { series };
    let growth = args.assume.iter().map(|text| ("--assume", text, scenario::assumed_growth(text, among(text))));
    let caps = args.cap.iter().map(|text| ("--cap", text, scenario::supply_cap(text, among(text))));
    let mut assumptions = Vec::new();
    let mut failures = Vec::new();
    for (option, text, read) in growth.chain(caps) {
        match read {
            Ok(found) => assumptions.extend(found),
            Err(fault) => {
                failures.push(Failure::Usage { message: format!("{option} {text}: {fault}"), hint: fault.hint() });
            }
        }
    }
    let scenario = Scenario { name: ASSUMED.to_owned(), note: None, assumptions };
    if failures.is_empty() { Ok((!scenario.assumptions.is_empty()).then_some(scenario)) } else { Err(failures) }
}
