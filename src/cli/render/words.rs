//! Words about peers, the same in every command.

use topline::series::Peers;

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
