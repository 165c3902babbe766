//! Assumptions as people write them: `60%..90% fading by a third a year`, `1B..4B`, `90B from 2026 until 2027`, `11B..13B@2025 revenue`.
//!
//! Numbers and ranges, then clauses that begin with a word. Amounts and periods are read as in a cell.

use crate::calendar::{FiscalCalendar, Month, Period};
use crate::money::Currency;
use crate::near;
use crate::project::{LEAST, MOST};
use crate::read;
use crate::scenario::{Aim, Assumption, Cap, Fault, GrowthPath, Money, Range, Rate, Size, check};
use crate::series::{Measure, Series};

/// An assumed rate of exchange, as it was read: what one unit of the first currency is worth in the second.
pub(super) type Rates = [Rate];

/// A text cut at the words that begin its clauses.
struct Clauses<'t> {
    main: &'t str,
    rest: Vec<(&'static str, &'t str)>,
}

impl<'t> Clauses<'t> {
    /// Cuts `text` before each of `words`, which may each stand once.
    fn of(text: &'t str, words: &[&'static str]) -> Result<Self, Fault> {
        let lower = text.to_ascii_lowercase();
        let mut found: Vec<(usize, &'static str)> = Vec::new();
        for word in words {
            let spaced = format!(" {word} ");
            let mut places = lower.match_indices(&spaced).map(|(at, _)| at);
            found.extend(places.next().map(|at| (at, *word)));
            if places.next().is_some() {
                return Err(Fault::Clause { word: (*word).to_owned() });
            }
        }
        found.sort_unstable();
        let ends: Vec<usize> = found.iter().skip(1).map(|(at, _)| *at).chain([text.len()]).collect();
        let main = text[..found.first().map_or(text.len(), |(at, _)| *at)].trim();
        let clause = |((at, word), end): (&(usize, &'static str), usize)| (*word, text[at + word.len() + 2..end].trim());
        Ok(Self { main, rest: found.iter().zip(ends).map(clause).collect() })
    }

    fn get(&self, word: &str) -> Option<&'t str> {
        self.rest.iter().find(|(known, _)| *known == word).map(|(_, text)| *text)
    }
}

/// The numbers of a range as texts: low, high and, between them, perhaps the middle.
fn numbers(text: &str) -> Result<(&str, Option<&str>, &str), Fault> {
    let between = if text.contains("..") { ".." } else { " to " };
    let parts: Vec<&str> = text.split(between).map(str::trim).collect();
    let wrong = || Fault::Range { text: text.to_owned() };
    if parts.iter().any(|part| part.is_empty()) {
        return Err(wrong());
    }
    match parts.as_slice() {
        [one] => Ok((one, None, one)),
        [low, high] => Ok((low, None, high)),
        [low, base, high] => Ok((low, Some(base), high)),
        _ => Err(wrong()),
    }
}

/// A percentage as a fraction.
fn percentage(text: &str) -> Result<f64, Fault> {
    let number = text.strip_suffix('%').map(|number| number.trim().replace('−', "-"));
    let value = number.and_then(|number| number.parse().ok()).filter(|value: &f64| value.is_finite());
    value.map(|value| value / 100.0).ok_or_else(|| Fault::Percentage { text: text.to_owned() })
}

/// The most growth a year that is assumed: a factor of a million.
const MOST_GROWTH: f64 = 1e6;

/// A rate of growth or another share, or a range of them.
pub(super) fn growth_range(text: &str) -> Result<Range, Fault> {
    let (low, base, high) = numbers(text)?;
    // `60..90%`: what stands at the end holds for all.
    let all = |part: &str| if high.ends_with('%') && !part.ends_with('%') { format!("{part}%") } else { part.to_owned() };
    let (low, base, high) = (percentage(&all(low))?, base.map(|base| percentage(&all(base))).transpose()?, percentage(high)?);
    if low.min(high) <= -1.0 {
        return Err(Fault::Vanishes { text: text.to_owned() });
    }
    if low.max(high) > MOST_GROWTH {
        return Err(Fault::TooFast { text: text.to_owned() });
    }
    Range::growth(low, base, high).ok_or_else(|| Fault::Descending { text: text.to_owned() })
}

/// An amount or a range of them, and their currency.
fn amount_range(text: &str, currency: Currency) -> Result<(Range, Currency), Fault> {
    const WIDEST: f64 = 1000.0;
    let (low, base, high) = numbers(text)?;
    let amount = |part: &str| {
        let (amount, own) = read::money(part, currency).map_err(|fault| Fault::Amount { text: part.to_owned(), fault })?;
        Ok((amount.value(), own))
    };
    let ((low, first), (high, second)) = (amount(low)?, amount(high)?);
    let base = base.map(amount).transpose()?;
    if [low, high].iter().any(|value| !(LEAST..=MOST).contains(&value.abs()) && *value != 0.0) {
        return Err(Fault::OutOfRange { text: text.to_owned() });
    }
    // `$1B..4B`: what one end says holds for both.
    let own = if first == currency { second } else { first };
    let wrong = [first, second].into_iter().chain(base.map(|(_, own)| own)).find(|other| *other != own && *other != currency);
    if let Some(other) = wrong {
        return Err(Fault::NoRate { of: other, in_: own });
    }
    let text = || text.to_owned();
    if low * high <= 0.0 {
        return Err(Fault::Zero { text: text() });
    }
    if (high / low).max(low / high) > WIDEST {
        return Err(Fault::TooWide { text: text() });
    }
    Ok((Range::amount(low, base.map(|(base, _)| base), high).ok_or_else(|| Fault::Descending { text: text() })?, own))
}

/// An amount for a series, with the rate that it needs.
pub(super) fn money(text: &str, series: &Series, rates: &Rates) -> Result<Money, Fault> {
    let (amount, currency) = amount_range(text, series.currency())?;
    let to = series.currency();
    if currency == to {
        return Ok(Money { amount, currency, rate: None });
    }
    let direct = rates.iter().find(|rate| (rate.of, rate.in_) == (currency, to)).cloned();
    let turned = || {
        let rate = rates.iter().find(|rate| (rate.of, rate.in_) == (to, currency))?;
        let (low, base, high) = rate.price.ends();
        Some(Rate { of: currency, in_: to, price: Range::amount(1.0 / high, Some(1.0 / base), 1.0 / low)? })
    };
    let rate = direct.or_else(turned).ok_or(Fault::NoRate { of: currency, in_: to })?;
    Ok(Money { amount, currency, rate: Some(rate) })
}

/// A currency by its code.
pub(super) fn currency(code: &str) -> Result<Currency, Fault> {
    Currency::from_code(code).ok_or_else(|| Fault::Currency { text: code.to_owned() })
}

/// A rate of exchange: `1.10 USD` or `1.05..1.20 USD` for one unit of `of`.
pub(super) fn rate(of: Currency, text: &str) -> Result<Rate, Fault> {
    let text = text.trim();
    let (prices, code) = text.rsplit_once(char::is_whitespace).ok_or_else(|| Fault::Currency { text: text.to_owned() })?;
    let in_ = currency(code)?;
    let (price, _) = amount_range(prices.trim(), in_)?;
    if price.ends().0 <= 0.0 {
        return Err(Fault::Negative { text: prices.to_owned() });
    }
    Ok(Rate { of, in_, price })
}

/// A share that is written in words or as a percentage, above 0 and up to 1.
fn share(text: &str) -> Result<f64, Fault> {
    const WORDS: [(&str, f64); 6] =
        [("half", 0.5), ("third", 1.0 / 3.0), ("quarter", 0.25), ("fifth", 0.2), ("sixth", 1.0 / 6.0), ("tenth", 0.1)];
    let plain = text.trim().trim_end_matches("a year").trim_end_matches("each year").trim();
    let word = plain.strip_prefix("a ").or_else(|| plain.strip_prefix("one ")).unwrap_or(plain).trim();
    let named = WORDS.iter().find(|(name, _)| *name == word).map(|(_, share)| *share);
    let value = named.map_or_else(|| percentage(plain), Ok).map_err(|_| Fault::Share { text: text.to_owned() })?;
    (value > 0.0 && value <= 1.0).then_some(value).ok_or_else(|| Fault::Share { text: text.to_owned() })
}

/// A length of time in months.
pub(super) fn duration(text: &str) -> Result<u32, Fault> {
    let wrong = || Fault::Duration { text: text.to_owned() };
    let plain = text.trim();
    let split = plain.find(|c: char| !c.is_ascii_digit()).ok_or_else(wrong)?;
    let (count, unit) = plain.split_at(split);
    let months = match unit.trim().to_ascii_lowercase().as_str() {
        "m" | "month" | "months" => 1,
        "q" | "quarter" | "quarters" => 3,
        "y" | "year" | "years" => 12,
        _ => return Err(wrong()),
    };
    let count: u32 = if count.is_empty() && plain.starts_with("a ") { 1 } else { count.parse().map_err(|_| wrong())? };
    count.checked_mul(months).filter(|months| (1..=crate::project::growth::MOST_MONTHS).contains(months)).ok_or_else(wrong)
}

/// A probability, above 0 and up to 1.
pub(super) fn probability(text: &str) -> Result<f64, Fault> {
    let wrong = || Fault::Probability { text: text.to_owned() };
    percentage(text.trim()).ok().filter(|value| *value > 0.0 && *value <= 1.0).ok_or_else(wrong)
}

/// A period of the series' calendar.
pub(super) fn period(text: &str, calendar: FiscalCalendar) -> Result<Period, Fault> {
    read::period(text.trim(), calendar).map_err(|fault| Fault::Period { text: text.trim().to_owned(), fault })
}

/// The month after the last figure, from which an assumption holds that does not say.
fn ahead(series: &Series) -> Month {
    series.origin().map_or(Month::MIN, |origin| origin.plus(1))
}

/// From the first month of one period to the last of another; without an end, for ever.
pub(super) fn span(from: Option<&str>, until: Option<&str>, months: Option<u32>, series: &Series) -> Result<Period, Fault> {
    let first = from.map_or_else(|| Ok(ahead(series)), |text| period(text, series.calendar()).map(Period::first))?;
    let last = match (until, months) {
        (Some(_), Some(_)) => return Err(Fault::TwoEnds),
        (Some(text), None) => period(text, series.calendar())?.last(),
        (None, Some(months)) => first.plus(i32::try_from(months).unwrap_or(i32::MAX) - 1),
        (None, None) => Month::MAX,
    };
    Period::new(first, last).ok_or(Fault::Backwards { first, last })
}

/// `60%..90%, 40% fading by a third a year from 2026`.
pub(super) fn growth(text: &str, series: &Series) -> Result<Assumption, Fault> {
    let clauses = Clauses::of(text, &["fading by", "from"])?;
    let main = clauses.main.trim_end_matches("a year");
    let years: Vec<Range> = main.split(',').map(|part| growth_range(part.trim())).collect::<Result<_, _>>()?;
    let fading = clauses.get("fading by").map(share).transpose()?.unwrap_or(0.0);
    let first = span(clauses.get("from"), None, None, series)?.first();
    checked(Assumption::Growth(GrowthPath { first, years, fading }), series)
}

/// `90B from 2026 until 2027`.
pub(super) fn cap(text: &str, series: &Series, rates: &Rates) -> Result<Assumption, Fault> {
    let clauses = Clauses::of(text, &["from", "until", "for"])?;
    let run_rate = money(clauses.main, series, rates)?;
    if run_rate.amount.ends().0 <= 0.0 {
        return Err(Fault::Negative { text: clauses.main.to_owned() });
    }
    let months = clauses.get("for").map(duration).transpose()?;
    let months = span(clauses.get("from"), clauses.get("until"), months, series)?;
    checked(Assumption::Cap(Cap { run_rate, months }), series)
}

/// `11B..13B@2025-12 run-rate`.
pub(super) fn aim(text: &str, series: &Series, rates: &Rates) -> Result<Assumption, Fault> {
    let wrong = || Fault::Aim { text: text.to_owned() };
    let (amount, when) = text.rsplit_once('@').ok_or_else(wrong)?;
    let when = when.trim();
    let word = |word: &str| when.to_ascii_lowercase().ends_with(word).then(|| when[..when.len() - word.len()].trim());
    let (when, reading) = match (word("run-rate"), word("revenue")) {
        (Some(when), _) => (when, Measure::RunRate),
        (None, Some(when)) => (when, Measure::Revenue),
        _ => return Err(wrong()),
    };
    let money = money(amount.trim(), series, rates)?;
    if money.amount.is_exact() {
        return Err(Fault::SureAim { text: text.to_owned() });
    }
    if money.amount.ends().0 <= 0.0 {
        return Err(Fault::Negative { text: amount.to_owned() });
    }
    checked(Assumption::Aim(Aim { amount: money, reading, period: period(when, series.calendar())? }), series)
}

/// What an event is worth: `1B..4B`, or `-5%` of the run-rate.
pub(super) fn size(text: &str, series: &Series, rates: &Rates) -> Result<Size, Fault> {
    let main = text.trim().trim_end_matches("a year").trim();
    if main.contains('%') { growth_range(main).map(Size::Share) } else { money(main, series, rates).map(Size::Amount) }
}

fn checked(assumption: Assumption, series: &Series) -> Result<Assumption, Fault> {
    check::holds(&assumption, series).map(|()| assumption)
}

/// The series that a name means: one without regard to case, every one for `*`, the only one for no name.
pub(super) fn meant<'s>(name: Option<&str>, series: &'s [Series]) -> Result<Vec<&'s Series>, Fault> {
    let known = || series.iter().map(|one| one.name().to_owned()).collect::<Vec<_>>();
    match (name.map(str::trim), series) {
        (Some("*"), all) => Ok(all.iter().collect()),
        (None, [only]) => Ok(vec![only]),
        (None, _) => Err(Fault::WhichSeries { known: known() }),
        (Some(name), all) => {
            let lower = name.to_lowercase();
            if let Some(found) = all.iter().find(|one| one.name().to_lowercase() == lower) {
                return Ok(vec![found]);
            }
            let names: Vec<String> = all.iter().map(|one| one.name().to_lowercase()).collect();
            let near = near::place_of_nearest(&lower, &names).map(|at| all[at].name().to_owned());
            Err(Fault::UnknownSeries { name: name.to_owned(), known: known(), near })
        }
    }
}

/// Growth that is assumed on a command line, `OpenAI=60%..90% fading by a third a year`, for each series that it names.
///
/// # Errors
///
/// If the text has not this form, names no series of `series`, or cannot hold for one.
pub fn assumed_growth(text: &str, series: &[Series]) -> Result<Vec<(String, Assumption)>, Fault> {
    for_each(text, series, growth)
}

/// A supply cap on a command line, `Google Cloud=90B from 2026 until 2027`, for each series that it names.
///
/// # Errors
///
/// As [`assumed_growth`].
pub fn supply_cap(text: &str, series: &[Series]) -> Result<Vec<(String, Assumption)>, Fault> {
    for_each(text, series, |text, series| cap(text, series, &[]))
}

fn for_each(
    text: &str,
    series: &[Series],
    one: impl Fn(&str, &Series) -> Result<Assumption, Fault>,
) -> Result<Vec<(String, Assumption)>, Fault> {
    let (name, text) = match text.rsplit_once('=') {
        Some((name, text)) => (Some(name), text.trim()),
        None => (None, text.trim()),
    };
    meant(name, series)?.into_iter().map(|series| Ok((series.name().to_owned(), one(text, series)?))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Amount;
    use crate::series::{Fact, Figure};

    fn series() -> Series {
        let month = Month::new(2025, 6).unwrap();
        let figure = Figure::new(Fact::RunRate(Amount::new(10e9, 1e9).unwrap()), month.into());
        Series::new("OpenAI", Currency::USD, FiscalCalendar::default(), vec![figure])
    }

    fn path(text: &str) -> GrowthPath {
        match growth(text, &series()) {
            Ok(Assumption::Growth(path)) => path,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn growth_as_people_write_it() {
        let one = path("60%..90% fading by a third a year");
        assert_eq!((one.first, one.fading), (Month::new(2025, 7).unwrap(), 1.0 / 3.0));
        assert_eq!(one.years, [Range::growth(0.6, None, 0.9).unwrap()]);
        assert_eq!(path("60 to 90% a year").years, one.years);
        assert_eq!(path("+60%..75%..90%").years, [Range::growth(0.6, Some(0.75), 0.9).unwrap()]);
        let several = path("90%, 60%, −5% fading by 20% each year from 2026Q2");
        assert_eq!((several.first, several.years.len(), several.fading), (Month::new(2026, 4).unwrap(), 3, 0.2));
    }

    #[test]
    fn what_is_no_growth() {
        let fault = |text: &str| growth(text, &series()).unwrap_err();
        assert!(matches!(fault("0.6"), Fault::Percentage { .. }));
        assert_eq!(fault("0.6").hint(), "write 60% for 0.6");
        assert!(matches!(fault("90%..60%"), Fault::Descending { .. }));
        assert!(matches!(fault("60%.."), Fault::Range { .. }));
        assert!(matches!(fault("1%..2%..3%..4%"), Fault::Range { .. }));
        assert!(matches!(fault("-100%"), Fault::Vanishes { .. }));
        assert!(matches!(fault("60% fading by a lot"), Fault::Share { .. }));
        assert!(matches!(fault("60% from someday"), Fault::Period { .. }));
        assert!(matches!(fault("60% from 2025"), Fault::NotAhead { .. }));
        assert!(matches!(fault("60% from 2026 from 2027"), Fault::Clause { .. }));
        for text in ["", "%", "NaN%", "inf%", "60% until 2027"] {
            assert!(growth(text, &series()).is_err(), "{text}");
        }
    }

    #[test]
    fn amounts_take_the_rate_that_is_assumed() {
        let euro = Currency::from_code("EUR").unwrap();
        let dollar = rate(Currency::USD, "0.8..0.9 EUR").unwrap();
        let one = money("€1B..€4B", &series(), std::slice::from_ref(&dollar)).unwrap();
        let (low, _, high) = one.rate.unwrap().price.ends();
        assert_eq!((one.currency, low, high), (euro, 1.0 / 0.9, 1.0 / 0.8));
        assert_eq!(money("1 EUR", &series(), &[]), Err(Fault::NoRate { of: euro, in_: Currency::USD }));
        assert!(matches!(money("1..4B", &series(), &[]), Err(Fault::TooWide { .. })));
        assert!(matches!(money("-1B..4B", &series(), &[]), Err(Fault::Zero { .. })));
        assert!(matches!(money("4B..1B", &series(), &[]), Err(Fault::Descending { .. })));
        assert!(matches!(money("1,234", &series(), &[]), Err(Fault::Amount { .. })));
        assert!(matches!(rate(euro, "-1 USD"), Err(Fault::Negative { .. })));
        assert!(matches!(rate(euro, "1.1"), Err(Fault::Currency { .. })));
    }

    #[test]
    fn caps_and_aims() {
        let Ok(Assumption::Cap(one)) = cap("90B..120B from 2026 for 18 months", &series(), &[]) else { panic!("a cap") };
        assert_eq!(one.months.to_string(), "2026-01/2027-06");
        assert!(matches!(cap("-5B", &series(), &[]), Err(Fault::Negative { .. })));
        assert!(matches!(cap("5B from 2027 until 2026", &series(), &[]), Err(Fault::Backwards { .. })));
        assert!(matches!(cap("5B until 2027 for 3 years", &series(), &[]), Err(Fault::TwoEnds)));
        let Ok(Assumption::Aim(one)) = aim("11B..13B@2025 Revenue", &series(), &[]) else { panic!("an aim") };
        assert_eq!((one.reading, one.period.months()), (Measure::Revenue, 12));
        assert!(matches!(aim("12B@2025 revenue", &series(), &[]), Err(Fault::SureAim { .. })));
        assert!(matches!(aim("11B..13B@2025", &series(), &[]), Err(Fault::Aim { .. })));
        assert!(matches!(aim("11B..13B@2024 revenue", &series(), &[]), Err(Fault::PastAim { .. })));
    }

    #[test]
    fn names_that_are_near_are_suggested() {
        let all = [series()];
        let fault = assumed_growth("OpenIA=60%", &all).unwrap_err();
        assert_eq!(fault.hint(), "did you mean \"OpenAI\"?");
        assert_eq!(assumed_growth("openai=60%", &all).unwrap(), assumed_growth("60%", &all).unwrap());
    }
}
