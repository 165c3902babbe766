//! From arguments to a run of the library, and from what it says to messages and failures.

use topline::project::coherent::CoherentError;
use topline::run::{Notice, Run, RunError, RunOptions};
use topline::series::Series;

use crate::cli::io::input::Input;
use crate::cli::render::failure::Failure;
use crate::cli::render::messages::{Message, Weight};

/// Starts a run on the series that were asked for, with those that are their parts and wholes; and what there is to say before it,
/// of which `told` chooses.
pub fn start(input: Input, options: RunOptions, told: impl Fn(&Notice) -> bool) -> (Result<Run, Failure>, Vec<Message>) {
    let Input { series, others, filter, mut messages, .. } = input;
    let options = match filter {
        Some(filter) => options.only(move |name| filter.is_match(name)),
        None => options,
    };
    let run = Run::new(in_order(series, others), options);
    let notices = match &run {
        Ok(run) => run.notices(),
        Err(error) => error.notices(),
    };
    messages.extend(notices.iter().filter(|notice| told(notice)).map(Message::from));
    (run.map_err(Failure::from), messages)
}

/// The series in the order in which they were read.
fn in_order(series: Vec<Series>, others: Vec<(usize, Series)>) -> Vec<Series> {
    let mut all = Vec::with_capacity(series.len() + others.len());
    let mut others = others.into_iter().peekable();
    for (at, one) in series.into_iter().enumerate() {
        while let Some((_, other)) = others.next_if(|(before, _)| *before <= at) {
            all.push(other);
        }
        all.push(one);
    }
    all.extend(others.map(|(_, other)| other));
    all
}

impl From<&Notice> for Message {
    fn from(notice: &Notice) -> Self {
        Self { place: notice.place().cloned(), text: notice.to_string(), weight: Weight::of(notice.is_warning()) }
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        let one = |error: &CoherentError| Self::Data {
            message: error.place().map_or_else(|| error.to_string(), |place| format!("{place}: {error}")),
            hint: format!("{}; --segments off projects every series by itself", error.hint()),
        };
        match error {
            RunError::Families(errors) => Self::All(errors.iter().map(one).collect()),
            RunError::Project(error) => Self::Project(vec![error], 1),
            RunError::ScenariosNeedGrowth => Self::Usage { message: error.to_string(), hint: error.hint() },
            _ => Self::Data { message: error.to_string(), hint: error.hint() },
        }
    }
}
