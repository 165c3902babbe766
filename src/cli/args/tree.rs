//! The commands as help shows them: few options in `-h` and all in `--help`, those of reading in one place, commands in groups.

use std::ffi::OsString;
use std::io;

use clap::builder::{StyledStr, Styles};
use clap::{Arg, CommandFactory, FromArgMatches};

use crate::cli::args::{Cli, ColorArg, advice};

/// The command whose help has the options of reading, which every command takes.
pub const READING: &str = "reading";

/// Their heading.
const READING_HEADING: &str = "Reading";

/// Where they are found.
const READING_POINTER: &str = "Options for files that leave something open (columns, dates, units, gaps): topline help reading";

/// The most examples that `-h` shows.
const MOST_EXAMPLES: usize = 3;

/// The commands by what they are for; those of no group stand at the end of the last.
const GROUPS: [(&str, &[&str]); 3] = [
    ("Project", &["project", "report", "chart", "target", "plan", "compare"]),
    ("Check", &["inspect", "reconcile", "backtest", "score"]),
    ("Learn and set up", &["demo", "init", "methods", "reading", "schema", "completions", "man"]),
];

/// How much help is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Help {
    /// What `-h` shows.
    Short,
    /// What `--help` shows.
    Long,
}

impl Help {
    /// What these arguments ask for, should they ask for help.
    pub fn of(args: &[OsString]) -> Self {
        let before_dashes = args.iter().take_while(|arg| *arg != "--");
        if args.len() < 2 || before_dashes.into_iter().any(|arg| arg == "-h") { Self::Short } else { Self::Long }
    }
}

/// Reads the arguments.
///
/// # Errors
///
/// If they ask for help or the version, or are none that the program takes.
pub fn parse(args: Vec<OsString>) -> Result<Cli, clap::Error> {
    let mut tree = tree(Help::of(&args)).color(ColorArg::of(&args).choice());
    let matches = tree.try_get_matches_from_mut(args).map_err(advice::advised)?;
    Cli::from_arg_matches(&matches).map_err(|error| error.format(&mut tree))
}

/// Whether this is the name of a command.
pub fn is_command(name: &str) -> bool {
    name == "help" || Cli::command().find_subcommand(name).is_some()
}

/// The commands with their help.
pub fn tree(help: Help) -> clap::Command {
    let mut tree = Cli::command();
    let names: Vec<String> = tree.get_subcommands().map(|command| command.get_name().to_owned()).collect();
    for name in names.iter().filter(|name| *name != READING) {
        tree = tree.mut_subcommand(name, |command| shaped(command, help));
    }
    let options = match help {
        Help::Short => String::new(),
        Help::Long => format!("\n\n{}\n{{options}}", heading("Options")),
    };
    let commands = grouped(&tree).trim_end().to_owned();
    tree.help_template(format!("{{about-with-newline}}\n{{usage-heading}} {{usage}}\n\n{commands}{options}{{after-help}}"))
}

/// Prints the options of reading, with colours as they are wanted.
pub fn print_reading(color: ColorArg) -> io::Result<()> {
    let mut tree = tree(Help::Long).color(color.choice());
    tree.build();
    tree.find_subcommand_mut(READING).map_or(Ok(()), clap::Command::print_long_help)
}

/// A command with its help in order: options of reading told elsewhere, in `-h` no headings and few examples.
fn shaped(command: clap::Command, help: Help) -> clap::Command {
    let is_reading = |arg: &Arg| arg.get_help_heading() == Some(READING_HEADING);
    let reads = command.get_arguments().any(is_reading);
    let name = command.get_name().to_owned();
    let after = command.get_after_help().map(ToString::to_string).unwrap_or_default();
    let after = match help {
        Help::Short => format!("{}All options: topline {name} --help", first_examples(&after)),
        Help::Long if reads => format!("{after}\n\n{READING_POINTER}").trim_start().to_owned(),
        Help::Long => after,
    };
    let command = command.mut_args(|arg| {
        let hidden = is_reading(&arg) || arg.is_hide_set();
        let arg = arg.hide(hidden);
        match help {
            Help::Short if arg.get_action().takes_values() => {
                arg.help_heading(None::<&'static str>).hide_possible_values(true).hide_default_value(true)
            }
            Help::Short => arg.help_heading(None::<&'static str>),
            Help::Long => arg,
        }
    });
    command.after_help(after)
}

/// The first examples of a text, each a line.
fn first_examples(after: &str) -> String {
    let behind = after.split_once("Examples:\n").map_or("", |(_, examples)| examples);
    let lines: Vec<&str> = behind.lines().take_while(|line| line.starts_with(' ')).take(MOST_EXAMPLES).collect();
    if lines.is_empty() { String::new() } else { format!("Examples:\n{}\n\n", lines.join("\n")) }
}

fn heading(text: &str) -> String {
    let style = Styles::default();
    let style = style.get_header();
    format!("{style}{text}:{style:#}")
}

/// The commands in groups, each with what it does.
fn grouped(tree: &clap::Command) -> String {
    let style = Styles::default();
    let literal = style.get_literal();
    let widest = GROUPS.iter().flat_map(|(_, names)| *names).map(|name| name.len()).max().unwrap_or(0);
    let mut out = String::new();
    let known = || GROUPS.iter().flat_map(|(_, names)| *names);
    let others = tree.get_subcommands().filter(|command| !command.is_hide_set()).map(clap::Command::get_name);
    let others: Vec<&str> = others.filter(|name| !known().any(|known| known == name)).collect();
    for (at, (title, names)) in GROUPS.iter().enumerate() {
        out += &heading(title);
        out.push('\n');
        let others = if at + 1 == GROUPS.len() { others.as_slice() } else { &[] };
        for name in names.iter().chain(others) {
            let about =
                tree.find_subcommand(name).and_then(clap::Command::get_about).map(StyledStr::to_string).unwrap_or_default();
            out += &format!("  {literal}{name}{literal:#}{}  {about}\n", " ".repeat(widest.saturating_sub(name.len())));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn help_lists_every_command_once() {
        let tree = Cli::command();
        let listed = grouped(&tree);
        let first = |line: &str| line.strip_prefix("  ").and_then(|line| line.split_whitespace().next()).map(str::to_owned);
        let plain = StyledStr::from(listed).to_string();
        let mut listed: Vec<String> = plain.lines().filter_map(first).collect();
        let shown = tree.get_subcommands().filter(|command| !command.is_hide_set());
        let mut all: Vec<String> = shown.map(|command| command.get_name().to_owned()).collect();
        listed.sort_unstable();
        all.sort_unstable();
        assert_eq!(listed, all);
    }

    #[test]
    fn examples_fit_into_a_terminal() {
        let tree = tree(Help::Long);
        let all = std::iter::once(&tree).chain(tree.get_subcommands());
        for command in all {
            let after = command.get_after_long_help().or(command.get_after_help()).map(ToString::to_string).unwrap_or_default();
            for line in after.lines().filter(|line| line.starts_with(' ')) {
                assert!(line.chars().count() <= 80, "{}: {line}", command.get_name());
            }
        }
    }

    #[test]
    fn first_examples_are_whole_lines() {
        let after = "Words.\n\nExamples:\n  one\n  two\n  three\n  four\n\nMore words.";
        assert_eq!(first_examples(after), "Examples:\n  one\n  two\n  three\n\n");
        assert_eq!(first_examples("Words."), "");
    }
}
