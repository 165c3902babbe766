//! `--peers`: which companies the series are likened to.

use topline::series::{Peers, Series};

use crate::cli::args::PeersArg;
use crate::cli::io::input;
use crate::cli::render::failure::Failure;

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
