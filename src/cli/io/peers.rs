//! `--peers`: which companies the series are likened to.

use std::str::FromStr;

use topline::project::growth::{Because, Details};
use topline::series::{Peers, Series};

use crate::cli::io::input;
use crate::cli::render::failure::Failure;

/// `software`, or `OpenAI=startups`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeersArg {
    /// The series that are meant, with wildcards; `None` for all.
    of: Option<String>,
    peers: Peers,
}

impl FromStr for PeersArg {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (of, peers) = match text.rsplit_once('=') {
            Some((of, peers)) => (Some(of.trim().to_owned()), peers),
            None => (None, text),
        };
        if of.as_ref().is_some_and(String::is_empty) {
            return Err("name a series before the =, or leave out both for all of them".to_owned());
        }
        let peers = peers.parse().map_err(|unknown: topline::series::UnknownPeers| unknown.to_string())?;
        Ok(Self { of, peers })
    }
}

/// The series with the peers that were asked for, in place of those that the files say. An option that names series goes before one
/// that names none.
///
/// # Errors
///
/// If an option names no series that there is, or if two give one series different peers.
pub fn liken(series: Vec<Series>, asked: &[PeersArg]) -> Result<Vec<Series>, Failure> {
    let mut given: Vec<Option<(Peers, bool)>> = vec![None; series.len()];
    for one in asked {
        let filter = input::filter(&one.of.iter().cloned().collect::<Vec<_>>(), "--peers")?;
        let matches = |series: &Series| filter.as_ref().is_none_or(|filter| filter.is_match(series.name()));
        let named = one.of.is_some();
        if !series.iter().any(matches) {
            let known: Vec<&str> = series.iter().map(Series::name).take(SHOWN).collect();
            let more = if series.len() > SHOWN { format!(" and {} more", series.len() - SHOWN) } else { String::new() };
            return Err(Failure::Usage {
                message: format!("no series matches --peers {}={}", one.of.as_deref().unwrap_or_default(), one.peers),
                hint: format!("the input has {}{more}", known.join(", ")),
            });
        }
        for (series, given) in series.iter().zip(&mut given).filter(|(series, _)| matches(series)) {
            match *given {
                Some((before, as_named)) if as_named == named && before != one.peers => {
                    return Err(Failure::Usage {
                        message: format!("--peers gives {} both {before} and {}", series.name(), one.peers),
                        hint: "a series can have only one kind of peers".to_owned(),
                    });
                }
                Some((_, true)) if !named => {}
                _ => *given = Some((one.peers, named)),
            }
        }
    }
    let likened = |(series, given): (Series, Option<(Peers, bool)>)| {
        let peers = given.map(|(peers, _)| peers).or(series.peers());
        series.with_peers(peers)
    };
    Ok(series.into_iter().zip(given).map(likened).collect())
}

/// Series that a message names.
const SHOWN: usize = 8;

/// In one line, which peers were taken and why, and how to change it.
pub fn told(details: &Details) -> String {
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

#[cfg(test)]
mod tests {
    use topline::calendar::FiscalCalendar;
    use topline::money::Currency;

    use super::*;

    fn likened(asked: &[&str]) -> Result<Vec<Option<Peers>>, Failure> {
        let series = |name: &str| Series::new(name, Currency::USD, FiscalCalendar::default(), Vec::new());
        let all = vec![series("OpenAI").with_peers(Some(Peers::Startups)), series("Google Cloud")];
        let asked: Vec<PeersArg> = asked.iter().map(|text| text.parse().unwrap()).collect();
        Ok(liken(all, &asked)?.iter().map(Series::peers).collect())
    }

    #[test]
    fn the_command_line_goes_before_the_file_and_a_name_before_none() {
        let (listed, software) = (Some(Peers::Listed), Some(Peers::Software));
        assert_eq!(likened(&[]).unwrap(), [Some(Peers::Startups), None]);
        assert_eq!(likened(&["software"]).unwrap(), [software, software]);
        assert_eq!(likened(&["open*=public", "SaaS"]).unwrap(), [listed, software]);
        assert_eq!(likened(&["saas", "OpenAI=listed"]).unwrap(), [listed, software]);
    }

    #[test]
    fn contradictions_and_unknown_names_are_errors() {
        assert!(likened(&["software", "retail"]).is_err());
        assert!(likened(&["OpenAI=software", "open*=retail"]).is_err());
        assert!(likened(&["Anthropic=startups"]).is_err());
        assert!("sofware".parse::<PeersArg>().unwrap_err().contains("did you mean software?"));
        assert!("=software".parse::<PeersArg>().is_err());
    }
}
