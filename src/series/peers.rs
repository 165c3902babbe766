//! What a company is like, by the companies that it is likened to: the growth model's prior depends on it.

use std::fmt;
use std::str::FromStr;

/// Companies that a series is likened to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each says what it is")]
pub enum Peers {
    Listed,
    Startups,
    Software,
    Internet,
    Semis,
    Hardware,
    Biotech,
    Healthcare,
    Retail,
    Consumer,
    Travel,
    Industrials,
    Energy,
    Materials,
    Finance,
    RealEstate,
    Utilities,
}

impl Peers {
    /// All there are.
    pub const ALL: [Self; 17] = [
        Self::Listed,
        Self::Startups,
        Self::Software,
        Self::Internet,
        Self::Semis,
        Self::Hardware,
        Self::Biotech,
        Self::Healthcare,
        Self::Retail,
        Self::Consumer,
        Self::Travel,
        Self::Industrials,
        Self::Energy,
        Self::Materials,
        Self::Finance,
        Self::RealEstate,
        Self::Utilities,
    ];

    /// The name, as it is written to files.
    pub fn name(self) -> &'static str {
        self.entry().0
    }

    /// What companies these are.
    pub fn says(self) -> &'static str {
        self.entry().1
    }

    /// Name, what they are, and other names, which stand as [`plain`] leaves them.
    #[expect(clippy::too_many_lines, reason = "a table")]
    fn entry(self) -> (&'static str, &'static str, &'static [&'static str]) {
        match self {
            Self::Listed => ("listed", "all listed companies", &["public", "listedcompany", "publiccompany"]),
            Self::Startups => (
                "startups",
                "private, mostly venture-backed companies known by their run-rates",
                &["private", "privatecompany", "venture", "venturebacked", "vcbacked", "scaleup", "unicorn", "youngcompany"],
            ),
            Self::Software => ("software", "software", &["saas", "b2bsaa", "cloud", "cloudsoftware", "enterprisesoftware"]),
            Self::Internet => (
                "internet",
                "online media, entertainment, publishing, advertising",
                &[
                    "media",
                    "onlinemedia",
                    "entertainment",
                    "publishing",
                    "advertising",
                    "socialmedia",
                    "streaming",
                    "consumerinternet",
                ],
            ),
            Self::Semis => ("semis", "semiconductors", &["semiconductor", "chip", "chipmaker"]),
            Self::Hardware => (
                "hardware",
                "computer and communication equipment",
                &["computer", "computerhardware", "networking", "communicationequipment", "electronicequipment"],
            ),
            Self::Biotech => (
                "biotech",
                "biotechnology and drug makers",
                &["biotechnology", "pharma", "pharmaceutical", "drug", "drugmaker", "lifescience"],
            ),
            Self::Healthcare => (
                "healthcare",
                "medical devices, diagnostics, care",
                &["health", "medical", "medtech", "medicaldevice", "diagnostic", "care", "hospital"],
            ),
            Self::Retail => (
                "retail",
                "shops and restaurants",
                &["retailer", "retailing", "retailtrade", "shop", "store", "restaurant", "grocery", "ecommerce"],
            ),
            Self::Consumer => (
                "consumer",
                "consumer goods, cars, homes, education",
                &[
                    "consumergood",
                    "consumerproduct",
                    "consumerstaple",
                    "consumerdiscretionary",
                    "cpg",
                    "fmcg",
                    "car",
                    "auto",
                    "automotive",
                    "home",
                    "homebuilder",
                    "education",
                    "food",
                    "apparel",
                ],
            ),
            Self::Travel => (
                "travel",
                "travel, leisure, airlines",
                &["leisure", "airline", "hotel", "tourism", "hospitality", "travelleisure"],
            ),
            Self::Industrials => (
                "industrials",
                "industrial products, construction, transport, business services",
                &[
                    "industrialproduct",
                    "industry",
                    "construction",
                    "transport",
                    "transportation",
                    "logistic",
                    "businessservice",
                    "manufacturing",
                    "machinery",
                    "aerospace",
                    "capitalgood",
                    "engineering",
                ],
            ),
            Self::Energy => ("energy", "oil, gas, coal", &["oil", "gas", "oilgas", "coal"]),
            Self::Materials => (
                "materials",
                "chemicals, metals, building materials, paper",
                &["basicmaterial", "chemical", "metal", "mining", "steel", "buildingmaterial", "paper"],
            ),
            Self::Finance => (
                "finance",
                "asset managers, brokers, credit (few banks and insurers)",
                &[
                    "financial",
                    "financialservice",
                    "bank",
                    "banking",
                    "insurance",
                    "insurer",
                    "broker",
                    "credit",
                    "assetmanager",
                    "assetmanagement",
                ],
            ),
            Self::RealEstate => ("realestate", "property trusts and services", &["property", "reit", "propertytrust"]),
            Self::Utilities => (
                "utilities",
                "utilities and telecoms",
                &["telecom", "telco", "telecommunication", "electricity", "water", "power"],
            ),
        }
    }

    /// The names that may be written, as [`plain`] leaves them, its own first.
    fn names(self) -> impl Iterator<Item = String> {
        let (name, _, others) = self.entry();
        std::iter::once(plain(name)).chain(others.iter().map(|other| plain(other)))
    }
}

impl fmt::Display for Peers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.name())
    }
}

/// A name without case, spaces, dashes, `and` and the mark of a plural.
fn plain(name: &str) -> String {
    let words = name.to_lowercase();
    let words: Vec<&str> =
        words.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty() && *word != "and").collect();
    let mut joined = words.concat();
    if joined.ends_with("ies") && joined.len() > 4 {
        joined.truncate(joined.len() - 3);
        joined.push('y');
    } else if joined.ends_with('s') {
        joined.pop();
    }
    joined
}

/// A name of no peers that there are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("\"{written}\" is not a known peer group{}; available: {}", suggestion(*.nearest), names())]
pub struct UnknownPeers {
    /// What was written.
    pub written: String,
    /// The peers whose name is nearest, if one is near.
    pub nearest: Option<Peers>,
}

fn suggestion(nearest: Option<Peers>) -> String {
    nearest.map(|peers| format!(" (did you mean {peers}?)")).unwrap_or_default()
}

fn names() -> String {
    Peers::ALL.map(Peers::name).join(", ")
}

/// Names at least this alike, from 0 to 1, are taken to be meant.
const ALIKE: f64 = 0.8;

impl FromStr for Peers {
    type Err = UnknownPeers;

    /// Case, spaces, dashes and plurals do not matter, and the usual other words will do: `SaaS` is software.
    fn from_str(written: &str) -> Result<Self, UnknownPeers> {
        let asked = plain(written);
        if let Some(found) = Self::ALL.into_iter().find(|peers| peers.names().any(|name| name == asked)) {
            return Ok(found);
        }
        let likeness = |peers: Self| peers.names().map(|name| strsim::jaro_winkler(&asked, &name)).fold(0.0, f64::max);
        let nearest = Self::ALL.into_iter().max_by(|a, b| likeness(*a).total_cmp(&likeness(*b)));
        let nearest = nearest.filter(|peers| likeness(*peers) >= ALIKE);
        Err(UnknownPeers { written: written.trim().to_owned(), nearest })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_matched_loosely() {
        for (written, peers) in [
            ("Software", Peers::Software),
            ("SaaS", Peers::Software),
            ("start-up", Peers::Startups),
            ("Start Ups", Peers::Startups),
            ("real estate", Peers::RealEstate),
            ("Real-Estate", Peers::RealEstate),
            ("REITs", Peers::RealEstate),
            ("Oil & Gas", Peers::Energy),
            ("oil and gas", Peers::Energy),
            ("semi", Peers::Semis),
            ("Semiconductors", Peers::Semis),
            ("utility", Peers::Utilities),
            ("Consumer Staples", Peers::Consumer),
            ("financials", Peers::Finance),
            ("Basic Materials", Peers::Materials),
        ] {
            assert_eq!(written.parse(), Ok(peers), "{written}");
        }
    }

    #[test]
    fn an_unknown_name_is_told_with_the_nearest_and_all_others() {
        let error = "sofware".parse::<Peers>().unwrap_err();
        assert_eq!(error.nearest, Some(Peers::Software));
        assert!(
            error
                .to_string()
                .starts_with("\"sofware\" is not a known peer group (did you mean software?); available: listed, ")
        );
        assert_eq!("North".parse::<Peers>().unwrap_err().nearest, None);
        assert!("".parse::<Peers>().is_err());
    }

    #[test]
    fn no_name_stands_for_two() {
        let all: Vec<(Peers, String)> =
            Peers::ALL.into_iter().flat_map(|peers| peers.names().map(move |name| (peers, name))).collect();
        for (peers, name) in &all {
            assert!(all.iter().all(|(other, same)| other == peers || same != name), "{name}");
        }
        for (index, peers) in Peers::ALL.into_iter().enumerate() {
            assert_eq!(peers as usize, index);
        }
    }
}
