//! One column, as its name tells.

use crate::near::normalise;
use crate::read::cell::kind::Kind;
use crate::read::cell::sign::Sign;

use crate::read::cell::unit::{unit_in_label, unit_in_name, unit_words};
use crate::read::layout::header::role::{Role, role_of};

/// One column, as its name tells.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::read) struct Column {
    /// The name as written.
    pub(in crate::read) name: String,
    pub(in crate::read) role: Option<Role>,
    /// Rank of the name among those of its role: the lower, the more telling.
    pub(in crate::read) rank: usize,
    /// Power of ten of the amounts in this column: 3 for "in thousands".
    pub(in crate::read) power: i32,
    pub(in crate::read) sign: Option<Sign>,
}

impl Column {
    pub(in crate::read) fn of(name: &str) -> Self {
        let plain = normalise(name);
        if let Some((role, rank)) = role_of(&plain) {
            return Self { name: name.to_owned(), role: Some(role), rank, power: 0, sign: None };
        }
        // Only amounts have units: the `B` of "Plan B" is none.
        match role_of(&normalise(unit_in_name(name).0)) {
            Some((Role::Value, rank)) => {
                Self { name: name.to_owned(), role: Some(Role::Value), rank, power: 0, sign: None }.with_unit()
            }
            _ => Self { name: name.to_owned(), role: None, rank: 0, power: 0, sign: None },
        }
    }

    /// The column with the unit that its name carries.
    pub(in crate::read) fn with_unit(self) -> Self {
        let (_, power, sign) = unit_in_name(&self.name);
        Self { power, sign, ..self }
    }

    /// Takes the unit in the column's name, in brackets or set apart otherwise, for that of its amounts, and returns the name without it.
    pub(in crate::read) fn take_unit(&mut self) -> String {
        let Some((base, power, sign)) = unit_in_label(&self.name) else { return self.name.clone() };
        (self.power, self.sign) = (power, sign);
        base.to_owned()
    }

    /// Whether the column is called by a currency, with or without a scale, and nothing else: `€`, `USD m`.
    pub(in crate::read) fn is_currency(&self) -> bool {
        unit_words(&self.name).is_some_and(|(_, sign)| sign.is_some())
    }

    /// Takes the column's whole name for the unit of its amounts, and returns it.
    pub(in crate::read) fn take_whole_unit(&mut self) -> String {
        if let Some((power, sign)) = unit_words(&self.name) {
            (self.power, self.sign) = (power, sign);
        }
        self.name.clone()
    }

    /// The kind that the column's name gives to its figures, if it gives one.
    pub(in crate::read) fn kind(&self) -> Option<Kind> {
        let name = normalise(unit_in_name(&self.name).0);
        ["arr", "run_rate"].contains(&name.as_str()).then_some(Kind::RunRate)
    }

    /// The length in months that the column's name gives to a period or a total that is dated by a day.
    pub(in crate::read) fn months(&self) -> Option<u32> {
        match normalise(unit_in_name(&self.name).0).as_str() {
            "month" | "mois" | "monat" | "mrr" => Some(1),
            "quarter" | "trimestre" | "quartal" | "fiscal_quarter" => Some(3),
            "half" | "semestre" | "halbjahr" => Some(6),
            "year" | "année" | "annee" | "jahr" | "fiscal_year" | "fy" | "exercice" | "geschäftsjahr" => Some(12),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    #[test]
    fn names_carry_units() {
        let usd = Some(Sign::Of(Currency::USD));
        let eur = Some(Sign::Of(Currency::from_code("EUR").unwrap()));
        let cases = [
            ("Revenue (USD m)", 6, usd),
            ("Revenue (in millions)", 6, None),
            ("Revenue in millions", 6, None),
            ("Sales, USD thousands", 3, usd),
            ("value_usd", 0, usd),
            ("Umsatz (k€)", 3, eur),
            ("Umsatz [Mio. €]", 6, eur),
            ("Montant (milliers d'euros)", 3, eur),
            ("Revenue ('000)", 3, None),
            ("amount_eur_m", 6, eur),
            ("Revenue", 0, None),
        ];
        for (name, power, sign) in cases {
            let column = Column::of(name);
            assert_eq!((column.role, column.power, column.sign), (Some(Role::Value), power, sign), "{name}");
        }
    }
}
