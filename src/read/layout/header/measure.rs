//! What the amounts under a name are, by the words of the name: revenue, a run-rate, a cost.

use crate::read::cell::unit::unit_in_name;
use crate::read::cell::words::{Mark, Meaning, Sense};
use crate::series::Quantity;

/// What the amounts of a column, or of a line of a statement, are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Measure {
    /// Revenue, with how well the name says so: the lower, the better.
    Revenue(u8),
    /// Annualised rates.
    RunRate(u8),
    /// Monthly rates.
    Monthly(u8),
    /// Amounts of which the name does not say what they are of.
    Amount(u8),
    /// What is not revenue but can be asked for by its name: gross merchandise value, bookings, billings.
    Named(Sense),
    /// Planned, forecast or budgeted amounts.
    Plan,
    /// Of the last twelve months.
    Trailing,
    /// Something else: costs, counts, ratios, flags.
    Not,
    /// The name does not say.
    Unknown,
}

/// Meanings that make a name one of something else than revenue.
pub(in crate::read) const NOT: [Sense; 4] = [Sense::Other, Sense::Ratio, Sense::Count, Sense::Flag];

/// Meanings of rates and revenue.
const MEASURES: [Sense; 7] =
    [Sense::Revenue, Sense::NetSales, Sense::Output, Sense::Income, Sense::RunRate, Sense::Monthly, Sense::Amount];

impl Measure {
    /// What the amounts under this name are.
    pub(in crate::read) fn of(name: &str) -> Self {
        Self::of_meaning(&Meaning::of(unit_in_name(name).0))
    }

    /// What the amounts are under a name of this meaning.
    pub(in crate::read) fn of_meaning(meaning: &Meaning) -> Self {
        let has = |sense| meaning.has(sense);
        let measured = meaning.has_any(&MEASURES);
        if has(Sense::Trailing) && (measured || meaning.unknown == 0) {
            return Self::Trailing;
        }
        if meaning.has_any(&NOT) || (measured && moves(meaning)) {
            return Self::Not;
        }
        if has(Sense::Plan) && (measured || meaning.unknown == 0) && !has(Sense::Part) {
            return Self::Plan;
        }
        // The more else a name says, the less it is about all revenue.
        let parts = meaning.senses.iter().filter(|sense| matches!(sense, Sense::Part | Sense::Entity | Sense::Entry)).count();
        let besides = 4 * (meaning.unknown + parts);
        let rank = |base: usize| {
            let less = 3 * usize::from(has(Sense::Total)) + usize::from(has(Sense::Net));
            let more = usize::from(has(Sense::Operating)) + 2 * usize::from(has(Sense::Gross)) + besides;
            u8::try_from((base + more).saturating_sub(less)).unwrap_or(u8::MAX)
        };
        let named = [Sense::Gmv, Sense::Bookings, Sense::Billings].into_iter().find(|sense| has(*sense));
        match () {
            () if named.is_some_and(|_| !has(Sense::Revenue) && !has(Sense::NetSales)) => {
                Self::Named(named.unwrap_or(Sense::Gmv))
            }
            () if has(Sense::RunRate) => Self::RunRate(rank(15)),
            () if has(Sense::Monthly) => Self::Monthly(rank(14)),
            // Nothing says it better, a total of revenue least of all, which may hold other income.
            () if has(Sense::NetSales) => Self::Revenue(rank(6)),
            () if has(Sense::Revenue) => Self::Revenue(rank(10)),
            () if has(Sense::Output) => Self::Revenue(rank(16)),
            // Often what is left of the sales: any other name of revenue says it better, and so does `Total`.
            () if has(Sense::Income) && has(Sense::Gross) => Self::Revenue(rank(40)),
            () if has(Sense::Income) => Self::Revenue(rank(12)),
            () if has(Sense::Amount) && meaning.unknown == 0 => Self::Amount(rank(20)),
            () if has(Sense::Total) && meaning.unknown == 0 && parts == 0 => Self::Amount(rank(30)),
            () => Self::Unknown,
        }
    }

    /// What amounts of this measure are.
    pub(in crate::read) fn quantity(self) -> Quantity {
        match self {
            Self::Named(Sense::Gmv) => Quantity::Gmv,
            Self::Named(Sense::Bookings) => Quantity::Bookings,
            Self::Named(Sense::Billings) => Quantity::Billings,
            _ => Quantity::Revenue,
        }
    }

    /// How well the name says that the amounts are all revenue: the lower, the better; `None` if it does not.
    pub(in crate::read) fn rank(self) -> Option<u8> {
        match self {
            Self::Revenue(rank) | Self::RunRate(rank) | Self::Monthly(rank) | Self::Amount(rank) => Some(rank),
            Self::Named(_) | Self::Plan | Self::Trailing | Self::Not | Self::Unknown => None,
        }
    }

    /// Whether a name is that of a part of revenue: it says more than revenue and its form.
    pub(in crate::read) fn is_of_a_part(name: &str) -> bool {
        let meaning = Meaning::of(unit_in_name(name).0);
        Self::of_meaning(&meaning).is_of_part(&meaning)
    }

    /// Whether a name of this meaning is that of a part of revenue.
    pub(in crate::read) fn is_of_part(self, meaning: &Meaning) -> bool {
        matches!(self, Self::Revenue(_) | Self::RunRate(_) | Self::Monthly(_))
            && !meaning.has(Sense::Total)
            && (meaning.unknown > 0 || meaning.has_any(&[Sense::Part, Sense::Entity]))
    }

    /// Whether the name says that the amounts are something else than revenue.
    pub(in crate::read) fn is_something_else(self) -> bool {
        matches!(self, Self::Named(_) | Self::Plan | Self::Trailing | Self::Not)
    }
}

/// Whether a name is that of what stood before, or of what came and went: `New MRR`, `Churned revenue`. Of revenue, a word
/// that is not known makes `New` the name of a place or a company: `New York sales`.
fn moves(meaning: &Meaning) -> bool {
    let is_rate = meaning.has_any(&[Sense::RunRate, Sense::Monthly]);
    let is_name = |word: &str| !is_rate && meaning.unknown > 0 && Mark::New.is(word);
    meaning.found.iter().any(|(word, sense)| match sense {
        Sense::Opening => true,
        Sense::Movement => !is_name(word),
        _ => false,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Of each pair the first says better that it is all revenue.
    #[test]
    fn the_name_of_all_revenue_ranks_before_that_of_a_part() {
        let pairs = [
            ("Total Revenue", "Operating Revenue"),
            ("Revenue", "Operating Revenue"),
            ("Revenue", "Revenue as Reported"),
            ("Net sales", "Gross sales"),
            ("Total ingresos", "Ingresos de actividades ordinarias"),
            ("Revenue", "Subscription revenue"),
            ("Total net sales", "Net sales of products"),
            ("Revenue", "Income"),
            ("Sales", "Total"),
            ("MRR", "ARR"),
            ("Total", "Gross income"),
            ("Nettobetrag", "Bruttobetrag"),
            ("Montant HT", "Montant TTC"),
            ("Statutory revenue", "Group sales (ex fuel)"),
            ("Chiffre d'affaires net", "Total des produits d'exploitation"),
            ("CA", "Production de l'exercice"),
            ("Importe neto de la cifra de negocios", "Total ingresos"),
            ("Ricavi delle vendite e delle prestazioni", "Totale valore della produzione (A)"),
            ("Umsatzerlöse", "Gesamtleistung"),
            ("Umsatz", "Betriebsleistung"),
            ("Receita líquida", "Receita bruta"),
            ("Nettoomsättning", "Summa rörelsens intäkter"),
            ("Salgsinntekter", "Sum driftsinntekter"),
            ("Netto-omzet", "Som der bedrijfsopbrengsten"),
        ];
        for (better, worse) in pairs {
            let (better_rank, worse_rank) = (Measure::of(better).rank(), Measure::of(worse).rank());
            assert!(better_rank.is_some() && better_rank < worse_rank, "{better} {better_rank:?}, {worse} {worse_rank:?}");
        }
    }

    #[test]
    fn what_is_not_revenue() {
        for name in [
            "Cost of sales",
            "Sales tax",
            "Revenue growth",
            "Revenue per user",
            "Gross margin",
            "starting_mrr",
            "churned_mrr",
            "Holiday_Flag",
            "CPI",
            "Unemployment",
            "Store number",
            "Units sold",
            "営業利益",
            "營業毛利（毛損）",
            "Otros ingresos",
            "Revenue last year",
            "ARR growth",
            "Net new ARR",
            "Deferred revenue",
            "Umsatzsteuer",
            "Comissao",
            "EPS (Basic)",
        ] {
            assert_eq!(Measure::of(name), Measure::Not, "{name}");
        }
        assert_eq!(Measure::of("GMV"), Measure::Named(Sense::Gmv));
        assert_eq!(Measure::of("Budget"), Measure::Plan);
        assert_eq!(Measure::of("Forecast revenue"), Measure::Plan);
        assert_eq!(Measure::of("TTM Total Revenue"), Measure::Trailing);
        for name in [
            "MRR Anfang",
            "Neu-MRR",
            "MRR début",
            "Nouveau MRR",
            "MRR perdu",
            "MRR inicial",
            "Nuevo MRR",
            "Novo MRR",
            "Nuovo MRR",
            "MRR perso",
            "Nieuwe MRR",
            "MRR begin",
            "MRR d'ouverture",
            "Gekündigter MRR",
            "新規MRR",
            "期首MRR",
            "Nowy MRR",
        ] {
            assert_eq!(Measure::of(name), Measure::Not, "{name}");
        }
        for name in ["MRR Ende", "MRR fin", "MRR final", "MRR finale", "MRR fim", "MRR einde", "Ending MRR", "期末MRR", "MRR"]
        {
            assert_eq!(Measure::of(name), Measure::Monthly(14), "{name}");
        }
        for name in ["New York sales", "Umsatz Neu-Isenburg", "Ventas Nuevo León"] {
            assert_eq!(Measure::of(name), Measure::Revenue(14), "{name}");
        }
        for name in ["North", "Example One", "Logiciels", "New York", "Subscriptions"] {
            assert_eq!(Measure::of(name), Measure::Unknown, "{name}");
        }
    }
}
