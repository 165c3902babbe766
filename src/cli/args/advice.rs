//! What to type instead of options and commands that other programs have, where the nearest name would lead astray.

use clap::builder::StyledStr;
use clap::error::{ContextKind, ContextValue};

/// Options and commands of other programs, and what topline has for each.
const ELSEWHERE: [(&[&str], &str); 17] = [
    (&["--seed", "--random-seed"], "there is no seed: the same figures always give the same projection"),
    (&["--csv", "--table"], "--format csv prints the rows, and -o projection.csv writes them"),
    (&["--periods", "--steps", "--months", "--quarters", "--years", "--h", "--ahead"], "--horizon 24m, 8q or 3y says how far"),
    (
        &["--confidence", "--alpha", "--ci", "--interval", "--intervals", "--quantiles", "--levels"],
        "--level 50,80,95 says which intervals",
    ),
    (&["--end", "--to", "--until-date"], "--until 2027-12 says how far"),
    (&["--freq", "--frequency", "--period", "--granularity"], "--step month, quarter or year says how finely"),
    (&["--model", "--models", "--algorithm"], "--method names a method; topline methods lists them"),
    (
        &["--out", "--png", "--svg", "--pdf", "--plot", "--chart"],
        "topline chart FILE -o chart.png draws a picture; -o FOLDER of project writes them all",
    ),
    (&["--no-color", "--no-colour", "--colour"], "--color never leaves colours out"),
    (&["--company", "--name", "--filter", "--id"], "--series 'Open*' picks series by name"),
    (&["--growth", "--growth-rate", "--rate", "--cagr"], "--assume \"Series=20%\" replaces the growth; --derive=cagr shows it"),
    (&["--input", "--file", "--data"], "files are given without an option: topline project sales.csv"),
    (&["config", "settings", "configure"], "there is no file of settings: options are given with each command"),
    (&["forecast", "predict", "run", "fit"], "topline project FILE projects figures"),
    (&["plot", "graph", "draw", "viz"], "topline chart FILE -o chart.png draws a picture"),
    (&["validate", "check", "lint", "explain", "show"], "topline inspect FILE shows how each figure was understood"),
    (
        &["example", "examples", "sample", "tutorial", "start", "new"],
        "topline demo shows an example, and topline init writes files to begin with",
    ),
];

/// The error with what to type instead, if that is known; otherwise as it is.
pub fn advised(mut error: clap::Error) -> clap::Error {
    let tried = [ContextKind::InvalidArg, ContextKind::InvalidSubcommand].into_iter().find_map(|kind| match error.get(kind) {
        Some(ContextValue::String(tried)) => Some((kind, tried.clone())),
        _ => None,
    });
    let Some((kind, tried)) = tried else { return error };
    let name = tried.split_once('=').map_or(tried.as_str(), |(name, _)| name).to_lowercase();
    let known = ELSEWHERE.iter().find(|(names, _)| names.contains(&name.as_str())).map(|(_, advice)| *advice);
    let is_near = [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand].iter().any(|near| error.get(*near).is_some());
    let advice = match (known, kind) {
        (Some(advice), _) => advice,
        (None, ContextKind::InvalidSubcommand) if !is_near => "topline --help lists the commands; topline FILE projects a file",
        _ => return error,
    };
    for nearest in [ContextKind::SuggestedArg, ContextKind::SuggestedSubcommand, ContextKind::Suggested] {
        error.remove(nearest);
    }
    error.insert(ContextKind::Suggested, ContextValue::StyledStrs(vec![StyledStr::from(advice)]));
    error
}
