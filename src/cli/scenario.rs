//! The scenarios that were asked for, and projections under them.

use std::io::Read as _;

use topline::project::coherent::Group;
use topline::project::named::{Named, Prepared};
use topline::project::{Plan, Projection};
use topline::scenario::{self, Scenario, ScenarioError};
use topline::series::Series;

use crate::cli::args::{MethodArg, ScenarioArgs, SegmentsArg};
use crate::cli::failure::Failure;
use crate::cli::groups::{may_be_part, members};
use crate::cli::input;
use crate::cli::messages::Message;
use crate::cli::method::project_group;

/// Name of the scenario that the command line makes.
const ASSUMED: &str = "assumed";

/// The scenarios of the files and that of the command line. They may name every series of the input, those that `--series` leaves
/// out included.
pub fn load(
    args: &ScenarioArgs,
    method: MethodArg,
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
    for (index, one) in scenarios.iter().enumerate() {
        if scenarios[..index].iter().any(|before| before.name == one.name) {
            let message = format!("two scenarios are named {}", one.name);
            failures.push(Failure::Data { message, hint: "give each a name of its own".to_owned() });
        }
    }
    if !scenarios.is_empty() && method != MethodArg::Growth {
        failures.push(Failure::Usage {
            message: "scenarios rest on joint draws, which only the method growth has".to_owned(),
            hint: "leave --method out".to_owned(),
        });
    }
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

/// How parts and wholes are told: under scenarios every series is projected by itself, which is said if there are any.
pub fn segments(asked: SegmentsArg, scenarios: &[Scenario], series: &[Series], messages: &mut Vec<Message>) -> SegmentsArg {
    if scenarios.is_empty() {
        return asked;
    }
    if asked != SegmentsArg::Off && series.iter().any(may_be_part) {
        let text = "under scenarios every series is projected by itself, so that parts do not add up".to_owned();
        messages.push(Message { place: None, text, warning: true });
    }
    SegmentsArg::Off
}

/// A prepared method and what is assumed besides.
#[derive(Debug)]
pub struct Under<'a> {
    method: Prepared,
    scenarios: &'a [Scenario],
}

/// The projection of a series as it is, and those under each scenario.
pub type Projected = (Projection, Vec<Projection>);

impl<'a> Under<'a> {
    /// The method that was asked for, and these scenarios.
    pub fn new(method: MethodArg, scenarios: &'a [Scenario]) -> Self {
        Self { method: Named::from(method).prepared(), scenarios }
    }

    /// The projections of a group, in the order of its series.
    ///
    /// # Errors
    ///
    /// Why each series that is refused cannot be projected.
    pub fn group(&self, group: &Group, plan: &Plan) -> Result<Vec<Projected>, Vec<ScenarioError>> {
        let bare = project_group(&self.method, group, plan);
        let bare = bare.map_err(|errors| errors.into_iter().map(ScenarioError::from).collect::<Vec<_>>())?;
        let growth = self.method.growth();
        let under = |series: &Series| -> Result<Vec<Projection>, _> {
            self.scenarios.iter().map(|scenario| scenario::project(growth, series, plan, scenario)).collect()
        };
        let all = members(group).zip(bare).map(|(series, bare)| under(series).map(|under| (bare, under)));
        all.collect::<Result<_, ScenarioError>>().map_err(|error| vec![error])
    }
}
