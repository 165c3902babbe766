//! `topline methods`: what each method does, needs and cannot do, and where it is described.

use std::fmt::Write as _;

use serde::Serialize;
use topline::project::explanation::Explanation;
use topline::project::named::Named;
use topline::series::Peers;

use crate::cli::args::{AnswerFormat, MethodsArgs};
use crate::cli::commands::target::json;
use crate::cli::io::files::print_styled;
use crate::cli::render::failure::Failure;
use crate::cli::render::style::{ACCENT, DIM};
use crate::cli::render::table::wrapped;

/// Width of the words in front of a line, and of a line.
const MARGIN: usize = 11;
const WIDTH: usize = 100;

/// One method, as JSON has it.
#[derive(Serialize)]
struct Method {
    name: &'static str,
    #[serde(flatten)]
    explanation: Explanation,
    /// What the growth model likens companies to.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    peers: Vec<PeersView>,
}

#[derive(Serialize)]
struct PeersView {
    name: &'static str,
    says: &'static str,
}

/// Runs the command.
pub fn run(args: &MethodsArgs) -> Result<(), Failure> {
    let asked = Named::ALL.into_iter().filter(|method| args.name.is_none_or(|name| name == *method));
    let methods: Vec<Method> = asked.map(explained).collect();
    match args.format {
        AnswerFormat::Table => print_styled(&methods.iter().map(block).collect::<Vec<_>>().join("\n")),
        AnswerFormat::Json => json(&methods),
    }
}

fn explained(method: Named) -> Method {
    let peers = if method == Named::Growth { Peers::ALL.to_vec() } else { Vec::new() };
    let peers = peers.into_iter().map(|peers| PeersView { name: peers.name(), says: peers.says() }).collect();
    Method { name: method.name(), explanation: method.explanation(), peers }
}

fn block(method: &Method) -> String {
    let mut out = format!("{ACCENT}{}{ACCENT:#}\n", method.name);
    let Explanation { does, needs, limits, reference } = method.explanation;
    for (word, text) in [("does", does), ("needs", needs), ("limits", limits), ("reference", reference)] {
        for (index, line) in wrapped(text, WIDTH - MARGIN - 2).iter().enumerate() {
            let word = if index == 0 { word } else { "" };
            let _ = writeln!(out, "  {DIM}{word:<MARGIN$}{DIM:#}{line}");
        }
    }
    if !method.peers.is_empty() {
        for (index, line) in wrapped(PEERS, WIDTH - MARGIN - 2).iter().enumerate() {
            let word = if index == 0 { "peers" } else { "" };
            let _ = writeln!(out, "  {DIM}{word:<MARGIN$}{DIM:#}{line}");
        }
        for PeersView { name, says } in &method.peers {
            let _ = writeln!(out, "  {:<MARGIN$}{name:<MARGIN$} {DIM}{says}{DIM:#}", "");
        }
    }
    out
}

/// What there is to say of them.
const PEERS: &str = "A company's peers decide how common each class is assumed to be before its own figures are considered: this matters with one or two figures and hardly after four. Give them in a column peers (or sector, or industry), with --peers software, or with --peers \"OpenAI=startups\". By default the peers are startups if half of the figures or more are run-rates, and listed otherwise.";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_method_that_can_be_asked_for_is_explained() {
        for method in Named::ALL {
            let Explanation { does, needs, limits, reference } = explained(method).explanation;
            assert!([does, needs, limits, reference].iter().all(|text| text.ends_with('.')), "{method:?}");
        }
    }
}
