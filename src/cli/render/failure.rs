//! Why a command did not do its work, and how that looks.

use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use topline::project::ProjectError;
use topline::read::{Excerpt, Problem, ReadError};
use topline::run::RunError;
use topline::scenario::{Problems, ScenarioError};
use topline::series::Place;
use unicode_width::UnicodeWidthStr;

use crate::cli::render::lines::paragraphs;
use crate::cli::render::messages::{Message, Weight};
use crate::cli::render::screen::Screen;
use crate::cli::render::shown::{cleaned, shown};
use crate::cli::render::style::{BOLD, CYAN, RED};

/// Why a command did not do its work.
#[derive(Debug)]
pub enum Failure {
    /// A file cannot be opened, read or written.
    File {
        /// What was tried: `read` or `write`.
        action: &'static str,
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: io::Error,
    },
    /// Several failures at once.
    All(Vec<Failure>),
    /// Standard output cannot be written.
    Output(io::Error),
    /// The input is not what can be read as figures.
    Read(ReadError),
    /// A file of scenarios has problems.
    Scenario(Problems),
    /// Some series cannot be projected: the first ones, and how many in all.
    Project(Vec<ProjectError>, usize),
    /// The data are fine and what was asked of them cannot be had.
    Data {
        /// What is wrong.
        message: String,
        /// What to do.
        hint: String,
    },
    /// A warning, where none is let pass.
    Warning {
        /// Where the figure in question stood.
        place: Option<Place>,
        /// What there is to say.
        text: String,
    },
    /// The command line is wrong in a way that its parser cannot see.
    Usage {
        /// What is wrong.
        message: String,
        /// What to do.
        hint: String,
    },
}

/// The most problems that are told one by one.
const MOST_TOLD: usize = 20;

/// Series that cannot be projected, while the others are: the first reasons, and how many there are.
#[derive(Debug, Default)]
pub struct Refused {
    errors: Vec<RunError>,
    total: usize,
    /// Those that are left out since another of their family cannot be projected, which is told of that one.
    kin: usize,
}

impl Refused {
    /// Notes one more.
    pub fn push(&mut self, error: RunError) {
        match error {
            RunError::Together { .. } => self.kin += 1,
            error => {
                self.total += 1;
                if self.errors.len() < MOST_TOLD {
                    self.errors.push(error);
                }
            }
        }
    }

    /// Warnings that these series are left out, or the failure that they are where that is not let pass or no other is left.
    ///
    /// # Errors
    ///
    /// If there are any and nothing was projected, or `strict`.
    pub fn settle(self, projected: usize, strict: bool) -> Result<Vec<Message>, Failure> {
        if projected > 0 && !strict {
            return Ok(self.warnings());
        }
        let (mut projects, mut failures) = (Vec::new(), Vec::new());
        for error in self.errors {
            match error {
                RunError::Project(error) => projects.push(error),
                other => failures.push(other.into()),
            }
        }
        if !projects.is_empty() {
            let total = self.total - failures.len();
            failures.push(Failure::Project(projects, total));
        }
        Failure::unless_none(failures).map(|()| Vec::new())
    }

    fn warnings(&self) -> Vec<Message> {
        let warning = |place: Option<&Place>, text: String| Message { place: place.cloned(), text, weight: Weight::Warning };
        let left_out = |error: &RunError| warning(error.place(), format!("{error}; the series is left out: {}", error.hint()));
        let mut warnings: Vec<Message> = self.errors.iter().map(left_out).collect();
        let more = self.total - self.errors.len();
        if more > 0 {
            warnings.push(warning(None, format!("{more} more series are left out; --problems FILE lists all of them")));
        }
        if self.kin > 0 {
            let (are, them) = if self.kin == 1 { ("is", "it") } else { ("are", "them") };
            let text = format!("{} series {are} left out, since another of the whole projected with {them} is", self.kin);
            warnings.push(warning(None, text));
        }
        warnings
    }
}

impl Failure {
    /// A file that could not be read or written.
    pub fn file(action: &'static str, path: &Path, error: io::Error) -> Self {
        Self::File { action, path: path.to_owned(), error }
    }

    /// A file that could not be written, or standard output if there is no path.
    pub fn write(path: Option<&Path>, error: io::Error) -> Self {
        match path {
            Some(path) => Self::file("write", path, error),
            None => Self::Output(error),
        }
    }

    /// A warning, where none is let pass.
    pub fn warning(message: &Message) -> Self {
        Self::Warning { place: message.place.clone(), text: message.text.clone() }
    }

    /// A series that cannot be projected under a scenario.
    pub fn under(error: &ScenarioError) -> Self {
        match error {
            ScenarioError::Project(error) => Self::Project(vec![error.clone()], 1),
            other => Self::Data { message: other.to_string(), hint: other.hint() },
        }
    }

    /// All of these together, if there are any.
    pub fn unless_none(mut failures: Vec<Self>) -> Result<(), Self> {
        match failures.len() {
            0 => Ok(()),
            1 => Err(failures.remove(0)),
            _ => Err(Self::All(failures)),
        }
    }

    /// Prints the failure and gives the exit code.
    pub fn report(&self) -> ExitCode {
        if self.is_closed_pipe() {
            return ExitCode::SUCCESS;
        }
        let mut err = anstream::AutoStream::auto(io::stderr()).lock();
        // Nothing is left to tell if standard error is closed.
        let _ = err.write_all(cleaned(&self.render()).as_bytes());
        ExitCode::from(self.code())
    }

    fn code(&self) -> u8 {
        match self {
            Self::Usage { .. } => 2,
            Self::All(failures) if failures.iter().all(|failure| failure.code() == 2) => 2,
            _ => 1,
        }
    }

    fn is_closed_pipe(&self) -> bool {
        matches!(self, Self::Output(error) if error.kind() == io::ErrorKind::BrokenPipe)
    }

    fn render(&self) -> String {
        match self {
            Self::File { action, path, error } => error_line(&format!("cannot {action} {}: {}", path.display(), plain(error))),
            Self::All(failures) => failures.iter().map(Self::render).collect(),
            Self::Output(error) => error_line(&format!("cannot write to standard output: {}", plain(error))),
            Self::Read(error) => read_error(error),
            Self::Scenario(problems) => scenario_problems(problems),
            Self::Warning { place, text } => {
                let place = place.as_ref().map(|place| shown(format!("{place}: "))).unwrap_or_default();
                format!("{place}{}", error_line(&format!("{text} (a warning, treated as an error because of --strict)")))
            }
            Self::Project(errors, total) => project_errors(errors, *total),
            Self::Data { message, hint } | Self::Usage { message, hint } => error_line(message) + &hint_line("", hint),
        }
    }
}

fn error_line(message: &str) -> String {
    // A message may have a list below it.
    let lines: Vec<String> = message.lines().map(shown).collect();
    on_screen(&format!("{RED}error:{RED:#} {}", lines.join("\n"))) + "\n"
}

fn hint_line(indent: &str, hint: &str) -> String {
    on_screen(&format!("{indent}{CYAN}hint:{CYAN:#} {}", shown(hint))) + "\n"
}

/// Broken between words where a terminal shows it; elsewhere a message stays on its line.
fn on_screen(text: &str) -> String {
    Screen::of_messages().map_or_else(|| text.to_owned(), |screen| paragraphs(text, screen.width))
}

/// The system's words without the number that follows them.
fn plain(error: &io::Error) -> String {
    let text = error.to_string();
    text.split(" (os error").next().unwrap_or(&text).to_lowercase()
}

fn read_error(error: &ReadError) -> String {
    let mut out: String = error.problems().iter().map(problem).collect();
    let (told, total) = (error.problems().len() as u64, error.total());
    if total > told {
        let _ = writeln!(out, "… and {} more problems; the first {told} are shown", total - told);
    } else if total > 1 {
        let _ = writeln!(out, "{total} problems; nothing was projected or written");
    }
    out
}

fn problem(problem: &Problem) -> String {
    located(&problem.place, &problem.message_text(), &problem.excerpt, &problem.hint())
}

fn scenario_problems(problems: &Problems) -> String {
    let all = problems.all();
    let told = all.iter().take(MOST_TOLD);
    let mut out: String =
        told.map(|one| located(&one.place, &one.fault.to_string(), &one.excerpt, &one.fault.hint())).collect();
    if all.len() > MOST_TOLD {
        let _ = writeln!(out, "… and {} more problems; the first {MOST_TOLD} are shown", all.len() - MOST_TOLD);
    } else if all.len() > 1 {
        let _ = writeln!(out, "{} problems; nothing was projected or written", all.len());
    }
    out
}

/// What is wrong in a place, with the line it stands in and a caret under the text in question.
fn located(place: &Place, message: &str, excerpt: &Excerpt, hint: &str) -> String {
    let mut out = on_screen(&format!("{BOLD}{}:{BOLD:#} {RED}{}{RED:#}", shown(place.to_string()), shown(message))) + "\n";
    let margin = place.line.to_string();
    let indent = " ".repeat(margin.len() + 1);
    if !excerpt.text.is_empty() {
        let _ = writeln!(out, "{indent}{CYAN}|{CYAN:#}");
        let _ = writeln!(out, "{CYAN}{margin} |{CYAN:#} {}", shown(&excerpt.text));
        let widths = |from: usize, count: usize| shown(excerpt.text.chars().skip(from).take(count).collect::<String>()).width();
        let (before, width) = (widths(0, excerpt.start), widths(excerpt.start, excerpt.length));
        let (before, carets) = (" ".repeat(before), "^".repeat(width.max(1)));
        let _ = writeln!(out, "{indent}{CYAN}|{CYAN:#} {before}{RED}{carets}{RED:#}");
    }
    out + &hint_line(&indent, hint)
}

fn project_errors(errors: &[ProjectError], total: usize) -> String {
    let mut out = String::new();
    for error in errors {
        match error.place() {
            Some(place) => {
                let _ = writeln!(out, "{BOLD}{}:{BOLD:#} {RED}{}{RED:#}", shown(place.to_string()), shown(error.to_string()));
            }
            None => out += &error_line(&error.to_string()),
        }
        out += &hint_line("  ", error.hint());
    }
    if total > errors.len() {
        let _ = writeln!(out, "… and {} more series that cannot be projected", total - errors.len());
    }
    out
}
