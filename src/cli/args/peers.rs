//! `--peers`: which companies a series is likened to.

use std::str::FromStr;

use topline::series::Peers;

/// `software`, or `OpenAI=startups`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PeersArg {
    /// The series that are meant, with wildcards; `None` for all.
    pub of: Option<String>,
    /// Those of these companies.
    pub peers: Peers,
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
