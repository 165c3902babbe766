//! What a line above a table says of all its amounts: that they are annual rates, or none that topline projects.

use crate::read::Options;
use crate::read::cell::words::{Mark, Meaning, Sense, words};
use crate::read::layout::period_names::is_so_far;
use crate::read::report::error::Unlike;

/// Words for `and`.
const AND: [&str; 9] = ["and", "und", "et", "y", "e", "en", "och", "i", "og"];

/// The longest line that is a title rather than a remark.
const LONGEST: usize = 120;

/// What a title says of the amounts below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Title {
    /// They are annual rates: `Seasonally adjusted at annual rates`.
    AnnualRates,
    /// They are not the amounts of single periods, or not results.
    Unlike(Unlike),
}

impl Title {
    /// What a line above a table says, if anything.
    pub(in crate::read) fn of(text: &str) -> Option<Self> {
        if text.len() > LONGEST {
            return None;
        }
        // `Net sales and change from previous year` is about both.
        let is_both = words(text).iter().any(|word| AND.contains(&word.as_str()));
        let unlike = [(Mark::Trailing, Unlike::Trailing), (Mark::Average, Unlike::Average), (Mark::Change, Unlike::Change)];
        let marked = unlike
            .into_iter()
            .find(|(mark, _)| !(is_both && *mark == Mark::Change) && mark.is_in(text))
            .map(|(_, unlike)| Self::Unlike(unlike));
        let so_far = || is_so_far(text).then_some(Self::Unlike(Unlike::SoFar));
        marked.or_else(so_far).or_else(|| is_plan(text).then_some(Self::Unlike(Unlike::Plan))).or_else(|| is_rate(text))
    }

    /// What keeps the table from being read, unless the user has said what its amounts are.
    pub(in crate::read) fn fault(self, options: &Options) -> Option<Unlike> {
        let Self::Unlike(unlike) = self else { return None };
        let is_settled = options.kind.is_some() || options.as_given || unlike == Unlike::SoFar && options.cumulative.is_some();
        (!is_settled).then_some(unlike)
    }
}

/// Whether a text says that amounts are annual rates.
pub(in crate::read) fn says_annual_rate(text: &str) -> bool {
    Mark::AnnualRate.is_in(text)
}

fn is_rate(text: &str) -> Option<Title> {
    says_annual_rate(text).then_some(Title::AnnualRates)
}

/// Whether a title is about plans alone: `Budget 2024`, `Sales forecast`, and not `Forecast and actuals`, nor the name of a
/// company.
fn is_plan(text: &str) -> bool {
    // `Budget 2025 ($k)`: the unit says nothing of that.
    let meaning = Meaning::of(text.split_once(" (").map_or(text, |(title, _)| title));
    let about = [Sense::Plan, Sense::Revenue, Sense::NetSales, Sense::Total, Sense::Part, Sense::Period];
    meaning.has(Sense::Plan) && meaning.unknown == 0 && meaning.senses.iter().all(|sense| about.contains(sense))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn titles_say_what_amounts_are() {
        let unlike = |unlike| Some(Title::Unlike(unlike));
        let cases = [
            ("Sales, rolling 12 months", unlike(Unlike::Trailing)),
            ("Umsatz, gleitende 12 Monate", unlike(Unlike::Trailing)),
            ("CA, 12 mois glissants", unlike(Unlike::Trailing)),
            ("Year to date", unlike(Unlike::SoFar)),
            ("YTD 2024", unlike(Unlike::SoFar)),
            ("Average daily sales", unlike(Unlike::Average)),
            ("Three-month moving average", unlike(Unlike::Average)),
            ("Percent change on previous year", unlike(Unlike::Change)),
            ("Veränderung gegenüber Vorjahr in %", unlike(Unlike::Change)),
            ("Net sales and change from previous year, EUR million", None),
            ("Annual Rate Review Ltd", None),
            ("Forecast", unlike(Unlike::Plan)),
            ("Budget 2024", unlike(Unlike::Plan)),
            ("Seasonally adjusted at annual rates", Some(Title::AnnualRates)),
            ("Billions of dollars, seasonally adjusted annual rate", Some(Title::AnnualRates)),
            ("Forecast and actuals", None),
            ("Budget vs. actual", None),
            ("Planet Forecast Ltd", None),
            ("Average Joe's Gym, profit and loss", None),
            ("Profit and loss, year to date by month", None),
            ("Monthly retail sales", None),
        ];
        for (text, title) in cases {
            assert_eq!(Title::of(text), title, "{text}");
        }
    }
}
