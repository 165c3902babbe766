//! `topline report`: a projection as one page of HTML.

use topline::report::{Remark, Report, ReportError};
use topline::run::Projected;

use crate::cli::args::{ProjectArgs, ReportArgs};
use crate::cli::commands::project::{self, Wanted};
use crate::cli::io::given::command_line;
use crate::cli::io::input;
use crate::cli::render::failure::Failure;
use crate::cli::render::messages::{Message, Weight};

/// Runs the command.
pub fn run(args: &ReportArgs) -> Result<(), Failure> {
    if !project::is_page(&args.output) {
        return Err(Failure::Usage {
            message: format!("--output {}: a report is a file ending in .html", args.output.display()),
            hint: "give -o report.html".to_owned(),
        });
    }
    let (args, title) = args.clone().into_project();
    project::write(&args, &Wanted { summary: false, title }, || input::load(&args.run.input, false))
}

/// The page of a projection.
pub fn page(kept: &[Projected<'_>], args: &ProjectArgs, title: Option<&str>, messages: &[Message]) -> Result<String, Failure> {
    let told = |message: &&Message| message.weight != Weight::Detail || args.messages.verbose;
    let remark = |message: &Message| Remark {
        place: message.place.clone(),
        text: message.text.clone(),
        is_warning: message.weight == Weight::Warning,
    };
    let remarks: Vec<Remark> = messages.iter().filter(told).map(remark).collect();
    let command = command_line();
    let mut report = Report::new(kept);
    report.title = title;
    report.remarks = &remarks;
    report.command = Some(&command);
    report.lead = args.run.measure.map(Into::into);
    report.step = args.run.plan.step.map(Into::into);
    report.html().map_err(|error| failure(&error))
}

/// Why there is no page.
pub fn failure(error: &ReportError) -> Failure {
    Failure::Data { message: error.to_string(), hint: error.hint() }
}
