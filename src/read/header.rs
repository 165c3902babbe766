//! The header: which column plays which part.
//!
//! Knows the names people give to columns, in English, French and German, and the scale and currency that a name may carry
//! ("Revenue (USD m)"). Knows nothing of the rows below.

use std::fmt;

use super::Options;
use super::amount::{decimal, unit_and_sign};
use super::kind::Kind;
use super::sign::{self, Sign};

/// The part a column plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Role {
    /// Name of the company, segment or product.
    Series,
    /// A part of a company: segment, product, region. Several together name a series.
    Part,
    /// Kind of the figure.
    Kind,
    /// When.
    Period,
    /// First day or month of the period.
    PeriodStart,
    /// Last day or month of the period.
    PeriodEnd,
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
const NAMES: [(Role, &[&str]); 14] = [
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
    (Role::Kind, &["kind", "type", "measure", "metric", "nature", "art"]),
    (
        Role::Period,
        &[
            "period",
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
        &["period_start", "start", "start_date", "from", "begin", "period_begin", "début", "debut", "von", "beginn"],
    ),
    (Role::PeriodEnd, &["period_end", "end", "end_date", "period_ending", "ending", "to", "fin", "ende", "bis"]),
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
    (Role::Basis, &["basis"]),
    (Role::Unit, &["unit", "unité", "unite", "einheit"]),
    (Role::Currency, &["currency", "ccy", "currency_code", "uom", "devise", "monnaie", "währung", "waehrung"]),
    (Role::FiscalYearEnd, &["fiscal_year_end", "fye", "year_end"]),
    (Role::AsOf, &["as_of", "asof", "as_of_date", "filed", "published", "known", "known_at", "reported"]),
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

    /// The role of a name close to this one.
    pub(super) fn near(name: &str) -> Option<Self> {
        let name = normalise(name);
        let roles = NAMES.iter().filter_map(|(role, names)| Some((distance(&name, names)?, *role)));
        roles.min_by_key(|(distance, _)| *distance).map(|(_, role)| role)
    }

    pub(super) fn names(self) -> &'static [&'static str] {
        NAMES.iter().find(|(role, _)| *role == self).map_or(&["?"], |(_, names)| names)
    }
}

impl fmt::Display for Role {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name().replace('_', " "))
    }
}

/// One column, as its name tells.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Column {
    /// The name as written.
    pub(super) name: String,
    pub(super) role: Option<Role>,
    /// Rank of the name among those of its role: the lower, the more telling.
    rank: usize,
    /// What an amount of 1 in this column is worth: 1,000 for "in thousands".
    pub(super) scale: f64,
    pub(super) sign: Option<Sign>,
}

impl Column {
    pub(super) fn of(name: &str) -> Self {
        let plain = normalise(name);
        if let Some((role, rank)) = role_of(&plain) {
            return Self { name: name.to_owned(), role: Some(role), rank, scale: 1.0, sign: None };
        }
        // Only amounts have units: the `B` of "Plan B" is none.
        match role_of(&normalise(unit_in_name(name).0)) {
            Some((Role::Value, rank)) => {
                Self { name: name.to_owned(), role: Some(Role::Value), rank, scale: 1.0, sign: None }.with_unit()
            }
            _ => Self { name: name.to_owned(), role: None, rank: 0, scale: 1.0, sign: None },
        }
    }

    /// The column with the unit that its name carries.
    fn with_unit(self) -> Self {
        let (_, power, sign) = unit_in_name(&self.name);
        Self { scale: decimal(1, power), sign, ..self }
    }

    /// The kind that the column's name gives to its figures, if it gives one.
    pub(super) fn kind(&self) -> Option<Kind> {
        let name = normalise(unit_in_name(&self.name).0);
        ["arr", "run_rate"].contains(&name.as_str()).then_some(Kind::RunRate)
    }

    /// The length in months that the column's name gives to a period or a total that is dated by a day.
    pub(super) fn months(&self) -> Option<u32> {
        match normalise(unit_in_name(&self.name).0).as_str() {
            "month" | "mois" | "monat" | "mrr" => Some(1),
            "quarter" | "trimestre" | "quartal" | "fiscal_quarter" => Some(3),
            "half" | "semestre" | "halbjahr" => Some(6),
            "year" | "année" | "annee" | "jahr" | "fiscal_year" | "fy" | "exercice" | "geschäftsjahr" => Some(12),
            _ => None,
        }
    }
}

/// Lower case, with one underscore for each run of spaces and punctuation.
pub(super) fn normalise(name: &str) -> String {
    let mut plain = String::with_capacity(name.len());
    for c in name.trim().chars() {
        if c.is_alphanumeric() {
            plain.extend(c.to_lowercase());
        } else if !plain.is_empty() && !plain.ends_with('_') {
            plain.push('_');
        }
    }
    plain.truncate(plain.trim_end_matches('_').len());
    plain
}

fn role_of(plain: &str) -> Option<(Role, usize)> {
    NAMES.iter().find_map(|(role, names)| names.iter().position(|name| *name == plain).map(|rank| (*role, rank)))
}

/// The name without the unit it carries, and the unit: `Revenue (USD m)`, `Sales in thousands`, `value_usd`, `Umsatz k€`.
pub(super) fn unit_in_name(name: &str) -> (&str, i32, Option<Sign>) {
    let name = name.trim();
    if let Some(found) = unit_in_brackets(name) {
        return found;
    }
    let split = name.rsplit_once(", ").or_else(|| [" in ", " en "].into_iter().find_map(|word| name.rsplit_once(word)));
    if let Some((base, unit)) = split
        && let Some((power, sign)) = unit_words(unit)
    {
        return (base.trim(), power, sign);
    }
    // The last word, or the last two: `Revenue USD m`, `value_usd`.
    let ends: Vec<usize> = name.match_indices([' ', '_']).map(|(at, _)| at).collect();
    for at in ends.iter().rev().take(2).rev() {
        if let Some((power, sign)) = unit_words(&name[at + 1..]) {
            return (&name[..*at], power, sign);
        }
    }
    (name, 0, None)
}

/// The name without the unit in brackets at its end, and the unit.
pub(super) fn unit_in_brackets(name: &str) -> Option<(&str, i32, Option<Sign>)> {
    let (base, unit) =
        [('(', ')'), ('[', ']')].into_iter().find_map(|(open, close)| name.strip_suffix(close)?.rsplit_once(open))?;
    let (power, sign) = unit_words(unit)?;
    Some((base.trim(), power, sign))
}

/// Power of ten and currency of words such as `USD m`, `in millions of euros`, `$000s`, `k€`; `None` if one of them is no unit.
pub(super) fn unit_words(text: &str) -> Option<(i32, Option<Sign>)> {
    let mut power = None;
    let mut sign = None;
    for word in text.split([' ', '_', ',']).filter(|word| !word.is_empty()) {
        let word = word.strip_prefix("d'").or_else(|| word.strip_prefix("d’")).unwrap_or(word);
        let plain = word.trim_matches(['\'', '’', '.']).to_lowercase();
        if ["in", "en", "of", "de", "d", "except", "unaudited"].contains(&plain.as_str()) {
            continue;
        }
        let thousands =
            plain.strip_suffix("000s").or_else(|| plain.strip_suffix("000")).map(|rest| rest.trim_end_matches(['\'', '’']));
        let (found_power, found_sign) = match thousands {
            Some("") => (3, None),
            Some(currency) => (3, Some(sign::currency_sign(currency)?)),
            None => unit_and_sign(word).ok()?,
        };
        if found_sign.is_some() {
            sign = found_sign;
        }
        if found_power > 0 {
            if power.is_some() {
                return None;
            }
            power = Some(found_power);
        }
    }
    (power.is_some() || sign.is_some()).then_some((power.unwrap_or(0), sign))
}

/// Which column plays which part.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Header {
    pub(super) columns: Vec<Column>,
    /// A column that the user asked for and that is not there.
    pub(super) not_found: Option<(Role, String)>,
}

impl Header {
    /// The columns of these names, with what the user said of them.
    pub(super) fn new<'a>(names: impl Iterator<Item = &'a str>, options: &Options) -> Self {
        let mut columns: Vec<Column> = names.map(Column::of).collect();
        let mut not_found = None;
        for (role, asked) in options.columns.asked() {
            let found = columns
                .iter()
                .position(|column| column.name == asked)
                .or_else(|| columns.iter().position(|column| normalise(&column.name) == normalise(asked)));
            let Some(found) = found else {
                not_found.get_or_insert((role, asked.to_owned()));
                continue;
            };
            for column in columns.iter_mut().filter(|column| column.role == Some(role)) {
                column.role = None;
            }
            columns[found] = Column { role: Some(role), rank: 0, ..columns[found].clone() };
            if role == Role::Value {
                columns[found] = columns[found].clone().with_unit();
            }
        }
        for at in 0..columns.len() {
            let Some(role) = columns[at].role.filter(|role| *role != Role::Part) else { continue };
            let better = |other: usize| {
                let other_column = &columns[other];
                other_column.role == Some(role) && (other_column.rank, other) < (columns[at].rank, at)
            };
            if (0..columns.len()).any(better) {
                columns[at].role = None;
            }
        }
        Self { columns, not_found }
    }

    /// Whether the columns are those of ChartMogul's metrics, which are in cents.
    pub(super) fn is_chartmogul(&self, value: usize) -> bool {
        let has = |name: &str| self.columns.iter().any(|column| normalise(&column.name) == name);
        normalise(&self.columns[value].name) == "mrr" && has("mrr_new_business") && has("mrr_churn")
    }

    /// Columns of parts that together name the series.
    pub(super) fn parts(&self) -> Vec<usize> {
        (0..self.columns.len()).filter(|at| self.columns[*at].role == Some(Role::Part)).collect()
    }

    /// The column whose name is nearest to one asked for.
    pub(super) fn nearest_to(&self, asked: &str) -> Option<&str> {
        closest(asked, self.columns.iter().map(|column| column.name.as_str()))
    }

    /// The column of this role.
    pub(super) fn of(&self, role: Role) -> Option<usize> {
        self.columns.iter().position(|column| column.role == Some(role))
    }

    /// A column of years beside one of quarters, halves or months, which then need not hold the year.
    pub(super) fn year_beside(&self, period: usize) -> Option<usize> {
        let months = self.columns.get(period)?.months().filter(|months| *months < 12)?;
        debug_assert!(months > 0, "a period has a length");
        let is_year = |column: &Column| role_of(&normalise(&column.name)).is_some_and(|(role, _)| role == Role::Period);
        (0..self.columns.len())
            .find(|at| *at != period && is_year(&self.columns[*at]) && self.columns[*at].months() == Some(12))
    }

    /// A column without a role whose name is close to one of this role's.
    pub(super) fn nearest(&self, role: Role) -> Option<&str> {
        let free = self.columns.iter().filter(|column| column.role.is_none());
        free.filter_map(|column| Some((distance(&normalise(&column.name), role.names())?, column)))
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, column)| column.name.as_str())
    }
}

/// The name that may have been meant by one that the user gave, if half of it is right.
pub(super) fn closest<'a>(asked: &str, names: impl Iterator<Item = &'a str>) -> Option<&'a str> {
    names
        .filter(|name| !name.is_empty())
        .map(|name| (strsim::osa_distance(&normalise(asked), &normalise(name)), name))
        .filter(|(distance, name)| *distance * 2 <= name.chars().count().max(asked.chars().count()))
        .min_by_key(|(distance, _)| *distance)
        .map(|(_, name)| name)
}

/// Edits from a name to the nearest of `names`, if they are few for its length.
pub(super) fn distance(name: &str, names: &[&str]) -> Option<usize> {
    nearest(name, names).map(|(distance, _)| distance)
}

/// The nearest of `names` and how many edits away it is, if they are few for its length.
pub(super) fn nearest<'a>(name: &str, names: &[&'a str]) -> Option<(usize, &'a str)> {
    let nearest =
        names.iter().map(|known| (strsim::osa_distance(name, known), *known)).min_by_key(|(distance, _)| *distance)?;
    // One edit in three letters: `perid` is near `period`; `at` is not near `art`.
    (nearest.1.len() > 3 && nearest.0 * 3 <= nearest.1.chars().count()).then_some(nearest)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    #[test]
    fn no_name_has_two_roles() {
        let all: Vec<&str> = NAMES.iter().flat_map(|(_, names)| names.iter().copied()).collect();
        for name in &all {
            assert_eq!(all.iter().filter(|other| *other == name).count(), 1, "{name}");
            assert_eq!(&normalise(name), name);
        }
    }

    #[test]
    fn names_carry_units() {
        let usd = Some(Sign::Of(Currency::USD));
        let eur = Some(Sign::Of(Currency::from_code("EUR").unwrap()));
        let cases = [
            ("Revenue (USD m)", 1e6, usd),
            ("Revenue (in millions)", 1e6, None),
            ("Revenue in millions", 1e6, None),
            ("Sales, USD thousands", 1e3, usd),
            ("value_usd", 1.0, usd),
            ("Umsatz (k€)", 1e3, eur),
            ("Umsatz [Mio. €]", 1e6, eur),
            ("Montant (milliers d'euros)", 1e3, eur),
            ("Revenue ('000)", 1e3, None),
            ("amount_eur_m", 1e6, eur),
            ("Revenue", 1.0, None),
        ];
        for (name, scale, sign) in cases {
            let column = Column::of(name);
            assert_eq!((column.role, column.scale, column.sign), (Some(Role::Value), scale, sign), "{name}");
        }
    }

    #[test]
    fn the_most_telling_name_wins() {
        let header = Header::new(["id", "Company", "year", "date", "sales", "Value"].into_iter(), &Options::default());
        assert_eq!(header.of(Role::Series), Some(1));
        assert_eq!(header.of(Role::Period), Some(3));
        assert_eq!(header.of(Role::Value), Some(5));
    }

    #[test]
    fn near_misses() {
        let header = Header::new(["perod", "valeu", "x"].into_iter(), &Options::default());
        assert_eq!(header.nearest(Role::Period), Some("perod"));
        assert_eq!(header.nearest(Role::Value), Some("valeu"));
        assert_eq!(header.nearest(Role::Kind), None);
    }
}
