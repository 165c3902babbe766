//! The parts that columns play, by the names people give to them, in English, French and German.

use std::fmt;

use crate::near::{distance, normalise};

/// The part a column plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Name of the company, segment or product.
    Series,
    /// A part of a company: segment, product, region. Several together name a series.
    Part,
    /// The series that a row's series is a part of.
    Parent,
    /// The companies that the series is likened to.
    Peers,
    /// Kind of the figure.
    Kind,
    /// When.
    Period,
    /// First day or month of the period.
    PeriodStart,
    /// Last day or month of the period.
    PeriodEnd,
    /// How long the period is: `12M`, `TTM`.
    PeriodType,
    /// The line of an income statement that the amount is of: `Revenue`, `Net income`.
    Account,
    /// The amount.
    Value,
    /// What a target is about.
    Basis,
    /// What an amount of 1 is worth: `USD million`.
    Unit,
    /// The amount's currency.
    Currency,
    /// Month in which the fiscal year ends.
    FiscalYearEnd,
    /// When the figure became known.
    AsOf,
    /// Where the figure is from.
    Source,
    /// A remark.
    Note,
}

/// Roles with the names that columns of them have, the most telling first: where several columns could play a part, the
/// name that stands first here decides.
const NAMES: [(Role, &[&str]); 18] = [
    (
        Role::Series,
        &[
            "series",
            "company",
            "entity",
            "unique_id",
            "name",
            "id",
            "ticker",
            "tic",
            "issuer",
            "business",
            "label",
            "entity_name",
            "company_name",
            "société",
            "societe",
            "entreprise",
            "firma",
            "unternehmen",
            "serie",
            "série",
            "nom",
        ],
    ),
    (
        Role::Part,
        &[
            "segment",
            "product",
            "region",
            "country",
            "division",
            "business_unit",
            "business_line",
            "geography",
            "plan",
            "channel",
            "brand",
            "produit",
            "produkt",
            "pays",
            "land",
            "région",
        ],
    ),
    (Role::Parent, &["parent", "parent_series", "part_of"]),
    (Role::Peers, &["peers", "peer_group"]),
    (Role::Kind, &["kind", "type", "measure", "metric", "nature", "art"]),
    (
        Role::Period,
        &[
            "period",
            "per",
            "date",
            "ds",
            "month",
            "quarter",
            "fiscal_quarter",
            "half",
            "time",
            "timestamp",
            "week",
            "day",
            "période",
            "periode",
            "datum",
            "zeitraum",
            "mois",
            "monat",
            "trimestre",
            "quartal",
            "semestre",
            "halbjahr",
            "year",
            "fiscal_year",
            "fy",
            "année",
            "annee",
            "exercice",
            "jahr",
            "geschäftsjahr",
        ],
    ),
    (
        Role::PeriodStart,
        &[
            "period_start",
            "start",
            "start_date",
            "from",
            "begin",
            "period_begin",
            "dt_ini_exerc",
            "début",
            "debut",
            "von",
            "beginn",
        ],
    ),
    (
        Role::PeriodEnd,
        &["period_end", "end", "end_date", "period_ending", "ending", "to", "dt_fim_exerc", "fin", "ende", "bis"],
    ),
    (
        Role::Value,
        &[
            "value",
            "revenue",
            "amount",
            "sales",
            "y",
            "mrr",
            "arr",
            "run_rate",
            "revenues",
            "net_sales",
            "net_revenue",
            "total_revenue",
            "turnover",
            "actual",
            "total",
            "val",
            "montant",
            "valeur",
            "ca",
            "chiffre_d_affaires",
            "chiffre_daffaires",
            "revenu",
            "revenus",
            "ventes",
            "umsatz",
            "umsatzerlöse",
            "erlöse",
            "betrag",
            "wert",
        ],
    ),
    (Role::PeriodType, &["period_type"]),
    (Role::Account, &["account", "line_item"]),
    (Role::Basis, &["basis"]),
    (Role::Unit, &["unit", "unité", "unite", "einheit", "unit_mult", "unit_multiplier", "escala_moeda", "scalar_factor"]),
    (
        Role::Currency,
        &[
            "currency",
            "ccy",
            "currency_code",
            "uom",
            "devise",
            "monnaie",
            "moeda",
            "moneda",
            "valuta",
            "waluta",
            "währung",
            "waehrung",
        ],
    ),
    (Role::FiscalYearEnd, &["fiscal_year_end", "fye", "year_end", "fyr"]),
    (Role::AsOf, &["as_of", "asof", "as_of_date", "dt_refer", "filed", "published", "known", "known_at", "reported"]),
    (Role::Source, &["source", "url", "source_url", "link", "quelle"]),
    (
        Role::Note,
        &["note", "notes", "comment", "comments", "remark", "remarks", "commentaire", "remarque", "bemerkung", "kommentar"],
    ),
];

impl Role {
    /// The name a column of this role has in topline's own files.
    pub fn name(self) -> &'static str {
        self.names()[0]
    }

    /// Other names that are understood, the commonest first.
    pub fn synonyms(self) -> &'static [&'static str] {
        let names = &self.names()[1..];
        &names[..names.len().min(6)]
    }

    /// The role of a name close to this one, and not this one: then another column has the role.
    pub(in crate::read) fn near(name: &str) -> Option<Self> {
        let name = normalise(name);
        let roles = NAMES.iter().filter_map(|(role, names)| Some((distance(&name, names)?, *role)));
        roles.min_by_key(|(distance, _)| *distance).filter(|(distance, _)| *distance > 0).map(|(_, role)| role)
    }

    pub(in crate::read) fn names(self) -> &'static [&'static str] {
        NAMES.iter().find(|(role, _)| *role == self).map_or(&["?"], |(_, names)| names)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name().replace('_', " "))
    }
}

pub(in crate::read) fn role_of(plain: &str) -> Option<(Role, usize)> {
    NAMES.iter().find_map(|(role, names)| names.iter().position(|name| *name == plain).map(|rank| (*role, rank)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_name_has_two_roles() {
        let all: Vec<&str> = NAMES.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        for name in &all {
            assert_eq!(all.iter().filter(|other| *other == name).count(), 1, "{name}");
            assert_eq!(&normalise(name), name);
        }
    }
}
