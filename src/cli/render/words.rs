//! Words about peers, the same in every command.

use topline::project::growth::{Because, Details};
use topline::series::Peers;

/// In one line, which peers were taken and why, and how to change it.
pub fn peers(details: &Details) -> String {
    let Details { peers, because, .. } = details;
    match because {
        Because::Given => format!("{peers} ({}), as given", peers.says()),
        Because::RunRates => format!("{peers}, as half of its figures or more are run-rates; --peers takes others"),
        Because::Totals => format!("{peers}, as most of its figures are totals; --peers takes others, such as software"),
    }
}

/// What these companies are called in a sentence: `software companies`.
pub fn companies(peers: Peers) -> &'static str {
    match peers {
        Peers::Listed => "listed companies",
        Peers::Startups => "startups",
        Peers::Software => "software companies",
        Peers::Internet => "internet and media companies",
        Peers::Semis => "semiconductor companies",
        Peers::Hardware => "hardware companies",
        Peers::Biotech => "biotech and drug companies",
        Peers::Healthcare => "healthcare companies",
        Peers::Retail => "retailers and restaurants",
        Peers::Consumer => "consumer goods companies",
        Peers::Travel => "travel and leisure companies",
        Peers::Industrials => "industrial companies",
        Peers::Energy => "energy companies",
        Peers::Materials => "materials companies",
        Peers::Finance => "financial companies",
        Peers::RealEstate => "real estate companies",
        Peers::Utilities => "utilities and telecoms",
    }
}
