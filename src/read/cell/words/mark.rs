//! Words that decide a reading by themselves, beside what the words of a name mean: `forecast` beside a period, `refunded`
//! in a column of states. They stand in `words.txt` under headings of their own.

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use super::{is_unspaced, lines, words};

/// What a word marks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::read) enum Mark {
    /// In a name, what came in, unless it is a name itself.
    New,
    /// A period whose figure is what was earned.
    Actual,
    /// A period whose figure is not earned yet.
    Forecast,
    /// A period whose figure is published and not final, or projected: how it is written tells.
    Provisional,
    /// A period in brackets behind which its figure is not earned yet.
    ForecastInBrackets,
    /// A column whose figures are stated anew.
    Restated,
    /// A column of the year, the quarter or the month so far.
    SoFar,
    /// A column of the dates of orders and the like.
    OrderDate,
    /// What a customer pays and a company does not earn.
    Levy,
    /// Amounts without what the state takes.
    WithoutLevy,
    /// In which prices amounts are.
    Prices,
    /// A row that was never earned.
    NeverEarned,
    /// A row that was given back.
    GivenBack,
    /// A word of the name of a flag: where it says yes, figures are earned.
    Fact,
    /// The name of a column of what is actual and of several projections.
    Scenario,
    /// A flag's yes.
    Yes,
    /// A flag's no.
    No,
    /// A deal that was won.
    Won,
    /// A deal that is still open.
    OpenDeal,
    /// What follows a deal that was won.
    EarnedDeal,
    /// In the name of a column, how sure deals are.
    Probability,
    /// A word of the name of a column of stages or states.
    State,
    /// In a name, that what follows is not in the amounts.
    Without,
    /// In a name, a word that says nothing.
    Silent,
    /// How figures are adjusted for the season.
    Adjustment,
    /// A row that is an invoice.
    Invoice,
    /// A code for an invoice.
    InvoiceCode,
    /// A code for a credit note.
    CreditCode,
    /// In the name of a column, that it has the types of documents.
    DocumentType,
    /// A row that is booked beside invoices and is no revenue.
    BesideInvoice,
    /// In the name of a column, what a processor or a marketplace keeps of each sale.
    Fee,
    /// In a title: the amounts are annual rates.
    AnnualRate,
    /// They are sums of the last twelve months.
    Trailing,
    /// They are averages.
    Average,
    /// They are changes.
    Change,
    /// A title of a report, rather than a company.
    Title,
    /// The first word of a line on a year, rather than a company.
    YearTitle,
    /// The first words of a remark.
    Note,
    /// What a remark on the unit speaks of.
    Amounts,
    /// In the name of a column of periods, that each is a month.
    Month,
    /// Periods that are numbered within a year.
    NumberedPeriod,
    /// The Brazilian real, in a column of currencies.
    BrazilianReal,
    /// That each is a quarter.
    Quarter,
    /// That each is a half-year.
    Half,
    /// That each is a year.
    Year,
    /// Beside a period, that it is a month.
    EachMonth,
    /// That it is a quarter.
    EachQuarter,
    /// That it is a half-year.
    EachHalf,
    /// That it is a year.
    EachYear,
    /// That it is the last twelve months.
    EachLastTwelve,
}

impl Mark {
    const NAMES: [(&str, Self); 50] = [
        ("is_new", Self::New),
        ("is_actual", Self::Actual),
        ("is_forecast", Self::Forecast),
        ("is_provisional", Self::Provisional),
        ("is_forecast_in_brackets", Self::ForecastInBrackets),
        ("is_restated", Self::Restated),
        ("is_so_far", Self::SoFar),
        ("is_order_date", Self::OrderDate),
        ("is_levy", Self::Levy),
        ("is_without_levy", Self::WithoutLevy),
        ("is_of_prices", Self::Prices),
        ("is_never_earned", Self::NeverEarned),
        ("is_given_back", Self::GivenBack),
        ("is_fact", Self::Fact),
        ("is_scenario", Self::Scenario),
        ("is_yes", Self::Yes),
        ("is_no", Self::No),
        ("is_won", Self::Won),
        ("is_open_deal", Self::OpenDeal),
        ("is_earned_deal", Self::EarnedDeal),
        ("is_probability", Self::Probability),
        ("is_state", Self::State),
        ("is_without", Self::Without),
        ("is_silent", Self::Silent),
        ("is_title", Self::Title),
        ("is_year_title", Self::YearTitle),
        ("is_note", Self::Note),
        ("is_amounts", Self::Amounts),
        ("is_numbered_period", Self::NumberedPeriod),
        ("is_adjustment", Self::Adjustment),
        ("is_invoice", Self::Invoice),
        ("is_invoice_code", Self::InvoiceCode),
        ("is_credit_code", Self::CreditCode),
        ("is_document_type", Self::DocumentType),
        ("is_beside_invoice", Self::BesideInvoice),
        ("is_fee", Self::Fee),
        ("is_annual_rate", Self::AnnualRate),
        ("is_trailing", Self::Trailing),
        ("is_average", Self::Average),
        ("is_change", Self::Change),
        ("is_brazilian_real", Self::BrazilianReal),
        ("is_month", Self::Month),
        ("is_quarter", Self::Quarter),
        ("is_half", Self::Half),
        ("is_year", Self::Year),
        ("is_each_month", Self::EachMonth),
        ("is_each_quarter", Self::EachQuarter),
        ("is_each_half", Self::EachHalf),
        ("is_each_year", Self::EachYear),
        ("is_each_last_twelve", Self::EachLastTwelve),
    ];

    /// Of the heading of a line in `words.txt`.
    pub(super) fn of_heading(heading: &str) -> Option<Self> {
        Self::NAMES.iter().find(|(name, _)| *name == heading).map(|(_, mark)| *mark)
    }

    /// The words of the mark, in lower case.
    pub(in crate::read) fn words(self) -> impl Iterator<Item = &'static str> {
        MARKS.written.get(&self).into_iter().flatten().map(String::as_str)
    }

    /// Whether a text in lower case is one of the words.
    pub(in crate::read) fn is(self, lower: &str) -> bool {
        MARKS.of(lower).contains(&self)
    }

    /// The first of these marks that a text is a word of, in any case. Asked of rows: one look, whatever the number of words.
    pub(in crate::read) fn first_of(marks: &[Self], text: &str) -> Option<Self> {
        if text.len() > MARKS.longest {
            return None;
        }
        let found = MARKS.of(&text.to_lowercase());
        marks.iter().copied().find(|mark| found.contains(mark))
    }

    /// Whether one of the words stands in a name by itself.
    pub(in crate::read) fn is_in(self, name: &str) -> bool {
        self.stands_in(name, |starts, ends| starts && ends)
    }

    /// Whether a word of a name begins or ends with one of the words: `Taxes`, `Umsatzsteuer`.
    pub(in crate::read) fn is_part_of(self, name: &str) -> bool {
        self.stands_in(name, |starts, ends| starts || ends)
    }

    fn stands_in(self, name: &str, enough: impl Fn(bool, bool) -> bool) -> bool {
        let name = words(name).join(" ");
        let is_at = |at: usize, word: &str| {
            let starts = name[..at].chars().next_back().is_none_or(|c| c == ' ');
            let ends = name[at + word.len()..].chars().next().is_none_or(|c| c == ' ');
            // Scripts without spaces show no edges.
            enough(starts, ends) || word.chars().all(is_unspaced)
        };
        let plain = MARKS.plain.get(&self).into_iter().flatten();
        plain.into_iter().any(|word| name.match_indices(word.as_str()).any(|(at, _)| is_at(at, word)))
    }
}

/// The words of all marks.
struct Marks {
    /// By the word in lower case.
    by_word: HashMap<String, Vec<Mark>>,
    /// By the mark, in lower case.
    written: BTreeMap<Mark, Vec<String>>,
    /// By the mark, in the normal form of names.
    plain: BTreeMap<Mark, Vec<String>>,
    /// The length of the longest word, in bytes.
    longest: usize,
}

impl Marks {
    fn of(&self, lower: &str) -> &[Mark] {
        self.by_word.get(lower).map_or(&[], Vec::as_slice)
    }
}

static MARKS: LazyLock<Marks> = LazyLock::new(|| {
    let mut marks = Marks { by_word: HashMap::new(), written: BTreeMap::new(), plain: BTreeMap::new(), longest: 0 };
    for (mark, _, word) in entries(include_str!("../words.txt")) {
        let lower = word.to_lowercase();
        // A text may be longer in lower case than before, by a few bytes.
        marks.longest = marks.longest.max(2 * lower.len());
        marks.written.entry(mark).or_default().push(lower.clone());
        // Names are asked about in their normal form, without accents.
        let plain = words(word).join(" ");
        if plain != lower {
            marks.by_word.entry(plain.clone()).or_default().push(mark);
        }
        marks.plain.entry(mark).or_default().push(plain);
        marks.by_word.entry(lower).or_default().push(mark);
    }
    marks
});

/// The entries of the file that are marks: what a word marks, its language, the word.
fn entries(text: &'static str) -> impl Iterator<Item = (Mark, &'static str, &'static str)> {
    lines(text).filter_map(|(heading, language, word)| Some((Mark::of_heading(heading)?, language, word)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_mark_has_words_and_every_word_is_found() {
        let text = include_str!("../words.txt");
        for (name, mark) in Mark::NAMES {
            assert!(mark.words().next().is_some(), "{name} has no words");
        }
        for (mark, language, word) in entries(text) {
            assert_eq!(Mark::first_of(&[mark], &word.to_uppercase()), Some(mark), "{word} ({language})");
            assert!(mark.is_in(&format!("x, {word}.")) || words(word).is_empty(), "{word} ({language})");
        }
    }

    /// Of marks between which a word decides, it has one.
    #[test]
    fn no_word_decides_both_ways() {
        use Mark::{
            Actual, Adjustment, BesideInvoice, CreditCode, Forecast, ForecastInBrackets, GivenBack, Half, Invoice, InvoiceCode,
            Levy, Month, NeverEarned, Provisional, Quarter, WithoutLevy, Year,
        };
        use Mark::{EachHalf, EachLastTwelve, EachMonth, EachQuarter, EachYear};
        use Mark::{EarnedDeal, Fact, No, OpenDeal, Won, Yes};
        let either: [&[Mark]; 8] = [
            &[Invoice, BesideInvoice, InvoiceCode, CreditCode, Adjustment],
            &[Actual, Forecast, Provisional, ForecastInBrackets],
            &[Fact, Forecast],
            &[Yes, No],
            &[NeverEarned, GivenBack, Won, OpenDeal, EarnedDeal],
            &[Levy, WithoutLevy],
            &[Month, Quarter, Half, Year],
            &[EachMonth, EachQuarter, EachHalf, EachYear, EachLastTwelve],
        ];
        for marks in either {
            for (mark, _, word) in entries(include_str!("../words.txt")).filter(|(mark, ..)| marks.contains(mark)) {
                let others = marks.iter().filter(|other| **other != mark && other.is(&word.to_lowercase()));
                assert_eq!(others.count(), 0, "{word}");
            }
        }
    }

    /// What decides what a row or a column is does so in every language that the file promises.
    #[test]
    fn marks_have_words_in_every_language() {
        use Mark::{
            Actual, EachHalf, EachMonth, EachQuarter, EachYear, EarnedDeal, Fact, Forecast, GivenBack, Levy, NeverEarned, No,
            OpenDeal, OrderDate, Prices, Probability, Restated, SoFar, State, WithoutLevy, Won, Yes,
        };
        let marks = [
            Actual,
            EachHalf,
            EachMonth,
            EachQuarter,
            EachYear,
            EarnedDeal,
            Fact,
            Forecast,
            GivenBack,
            Levy,
            NeverEarned,
            No,
            OpenDeal,
            OrderDate,
            Prices,
            Probability,
            Restated,
            SoFar,
            State,
            WithoutLevy,
            Won,
            Yes,
        ];
        for mark in marks {
            for language in ["en", "fr", "de", "es", "pt", "it", "nl", "sv", "pl", "ja", "zh"] {
                let has = entries(include_str!("../words.txt")).any(|(other, of, _)| (other, of) == (mark, language));
                assert!(has, "{mark:?} {language}");
            }
        }
    }

    #[test]
    fn words_in_names() {
        for name in ["Sales tax", "Taxes", "Shipping charges", "MwSt.", "Umsatzsteuer", "TVA (20 %)", "消費税額", "taxAmount"]
        {
            assert!(Mark::Levy.is_part_of(name), "{name}");
        }
        for name in ["Customers", "Syntaxis", "North"] {
            assert!(!Mark::Levy.is_part_of(name), "{name}");
        }
        assert!(Mark::OrderDate.is_in("Order Date") && Mark::OrderDate.is_in("paid_at"));
        assert!(!Mark::OrderDate.is_in("Border") && !Mark::OrderDate.is_in("unpaid since"));
    }
}
