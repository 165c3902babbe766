//! The unit that a name carries: `Revenue (USD m)`, `Sales in thousands`, `value_usd`, `Umsatz k€`.

use crate::read::cell::sign::Sign;
use crate::read::cell::unit::phrase::{Said, Stated, begins_with_unit, is_known, is_weak, said};

/// A name, and the unit in it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) struct Named<'a> {
    /// The name without the unit.
    pub(in crate::read) base: &'a str,
    /// What stands for the unit; empty if nothing does.
    pub(in crate::read) text: &'a str,
    pub(in crate::read) said: Said,
}

/// Words behind which a name goes on with its unit.
const BEFORE_UNITS: [&str; 12] = [", ", " - ", " – ", " — ", ": ", "：", " | ", " in ", " en ", " em ", " i ", " w "];

/// The most words of a unit at the end of a name that nothing else sets apart.
const MOST_WORDS: usize = 5;

/// A name and the unit in it.
pub(in crate::read) fn named(name: &str) -> Named<'_> {
    let name = name.trim();
    let none = Named { base: name, text: "", said: Said::Nothing };
    let unit = |base: &'_ str, text: &'_ str| matches!(said(text, base), Said::Unit(_));
    // The brackets at its end, from the last: `Revenue (USD m) (unaudited)`.
    let mut rest = name;
    let mut open = None;
    while let Some((base, text)) = brackets(rest) {
        match said(text, base) {
            Said::Nothing => {}
            Said::Unit(stated) => return Named { base, text, said: Said::Unit(stated) },
            said => _ = open.get_or_insert(Named { base, text, said }),
        }
        rest = base;
    }
    if let Some(open) = open {
        return open;
    }
    let parts = BEFORE_UNITS.iter().flat_map(|word| rest.match_indices(word));
    let mut parts: Vec<(usize, usize)> = parts.map(|(at, word)| (at, at + word.len())).collect();
    parts.sort_unstable();
    if let Some((base, text)) = parts.iter().map(|(end, start)| (&rest[..*end], &rest[*start..])).find(|(b, t)| unit(b, t)) {
        return Named { base: base.trim(), text, said: said(text, base) };
    }
    // The last words: `Revenue USD m`, `value_usd`, `revenueUSD`.
    let ends = word_ends(rest);
    for (end, start) in ends.iter().rev().take(MOST_WORDS).rev() {
        let (base, text) = (&rest[..*end], &rest[*start..]);
        if unit(base, text) && begins_with_unit(text) {
            return Named { base, text, said: said(text, base) };
        }
    }
    // `Retail turnover £m: SA`
    if let Some((before, _)) = rest.rsplit_once(": ") {
        let before = named(before);
        if matches!(before.said, Said::Unit(unit) if unit.power != 0 && unit.sign.is_some()) {
            return before;
        }
    }
    if let Some(within) = within(rest, &parts) {
        return within;
    }
    // The first: `USD Revenue`, `(€m) Sales`.
    let first = ends.iter().take(3).rev().map(|(end, start)| (&rest[*start..], &rest[..*end]));
    for (base, text) in first {
        if let Said::Unit(stated) = said(text, base)
            && stated.sign.is_some()
            && !base.is_empty()
        {
            return Named { base, text, said: Said::Unit(stated) };
        }
    }
    // Behind "in", with words that are not known.
    let open = parts.iter().rev().map(|(end, start)| (&rest[..*end], &rest[*start..]));
    let open = open
        .filter(|(base, _)| ["in", "en", "em", "i", "w"].iter().any(|word| rest[base.len()..].trim_start().starts_with(word)));
    for (base, text) in open {
        let said = said(text, base);
        if matches!(said, Said::Unknown | Said::Unclear) {
            return Named { base, text, said };
        }
    }
    none
}

/// The unit within a name that goes on: `Net sales, SEK million by industry`, `in Rs. crore / standalone`, `(EUR m) by region`,
/// `Sales, millions 2015-2020`. It has a currency and a scale, or ends where a sentence would.
fn within<'a>(name: &'a str, parts: &[(usize, usize)]) -> Option<Named<'a>> {
    let brackets = name.match_indices(['(', '[', '（']).map(|(at, open)| (at, at + open.len()));
    let starts = parts.iter().copied().chain(brackets).filter(|(end, _)| *end > 0).take(MOST_WORDS);
    let mut all = starts.flat_map(|(end, start)| {
        let rest = &name[start..];
        let ends = rest.char_indices().filter(|(_, c)| c.is_whitespace() || ",;/|)]）".contains(*c)).map(|(at, _)| at);
        let ends: Vec<usize> = ends.take(MOST_WORDS + 1).collect();
        ends.into_iter().rev().map(move |at| (&name[..end], rest[..at].trim(), rest[at..].trim_start()))
    });
    let found = all.find_map(|(base, text, after)| {
        let Said::Unit(stated) = said(text, base) else { return None };
        let ends = after.starts_with([';', '/', '|', ')', ']', '）', '-', '–', '—']) || is_remark(after);
        let sure = stated.power != 0 && begins_with_unit(text) && (stated.sign.is_some() || ends && text.len() > 2);
        sure.then_some(Named { base: base.trim(), text, said: Said::Unit(stated) })
    });
    found.or_else(|| {
        // A last word of years or marks: `Sales millions 2015-2020`.
        let without = name.trim_end_matches(|c: char| !c.is_alphabetic() && c != '€' && c != '£').trim_end();
        let cut = name[without.len()..].starts_with(' ') && name.contains(' ');
        let named = cut.then(|| named(without))?;
        let sure = matches!(named.said, Said::Unit(stated) if stated.power != 0) && named.text.len() > 2;
        sure.then_some(named)
    })
}

/// Whether what follows a unit has no word in it.
fn is_remark(text: &str) -> bool {
    !text.contains(char::is_alphabetic)
}

/// The name without the unit it carries, and the unit.
pub(in crate::read) fn unit_in_name(name: &str) -> (&str, i32, Option<Sign>) {
    match named(name) {
        Named { base, said: Said::Unit(Stated { power, sign }), .. } => (base, power, sign),
        _ => (name.trim(), 0, None),
    }
}

/// The name of a series or a period without the unit it carries, and the unit. One or two capital letters are none:
/// `Shirts (M)`, `Baltimore (MD)`; nor is a letter that nothing sets apart: `Plan b`.
pub(in crate::read) fn unit_in_label(name: &str) -> Option<(&str, i32, Option<Sign>)> {
    let Named { base, text, said: Said::Unit(Stated { power, sign }) } = named(name) else { return None };
    let capitals = text.trim().len() <= 2 && text.trim().bytes().all(|byte| byte.is_ascii_uppercase());
    let sure =
        sign.is_some() || name.trim_end().ends_with([')', ']', '）', '】']) && !capitals || text.trim().chars().count() > 2;
    sure.then_some((base, power, sign))
}

/// The part of a name that looks like a unit, but topline does not know it, and what it says.
pub(in crate::read) fn open_unit(name: &str) -> Option<(&str, Said)> {
    let named = named(name);
    matches!(named.said, Said::Unknown | Said::Unclear).then_some((named.text, named.said))
}

/// What stands in the brackets behind the name of the one column of amounts, if it can only be a unit and is not understood:
/// three capital letters that are no code of a currency (`Revenue (ZKU)`), or words in a script whose words of another sort
/// would be a sentence.
pub(in crate::read) fn strange_unit(name: &str) -> Option<&str> {
    const ABBREVIATIONS: [&str; 24] = [
        "ALL", "NET", "YTD", "TTM", "LTM", "MTD", "QTD", "VAT", "GST", "TAX", "USA", "UAE", "EXP", "ACT", "SUM", "AVG", "POS",
        "DTC", "B2B", "B2C", "SMB", "EOP", "CUM", "TOT",
    ];
    let (_, text) = brackets(name.trim())?;
    let text = text.trim();
    let is_code = text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase()) && !ABBREVIATIONS.contains(&text);
    // Cyrillic, Greek, Hebrew, Arabic, Indian and Thai letters; Chinese and its neighbours have few words of units, all known.
    let is_foreign = |c: char| c.is_alphabetic() && ('\u{370}'..'\u{1e00}').contains(&c);
    let foreign = text.chars().filter(|c| c.is_alphabetic()).all(is_foreign) && text.chars().any(is_foreign);
    (is_weak(text) || (is_code || foreign) && !is_known(text)).then_some(text)
}

/// The name before the brackets at its end, and what stands in them.
fn brackets(name: &str) -> Option<(&str, &str)> {
    let (base, text) = [('(', ')'), ('[', ']'), ('（', '）'), ('【', '】')]
        .into_iter()
        .find_map(|(open, close)| name.strip_suffix(close)?.rsplit_once(open))?;
    let base = base.trim_end();
    (!base.is_empty()).then_some((base, text))
}

/// Where the words of a name end, and where the next begin.
fn word_ends(name: &str) -> Vec<(usize, usize)> {
    let mut ends = Vec::new();
    let mut before = ' ';
    for (at, c) in name.char_indices() {
        if at > 0 && (c == ' ' || c == '_' || c == '-') {
            ends.push((at, at + 1));
        } else if before.is_lowercase() && c.is_uppercase() {
            ends.push((at, at));
        }
        before = c;
    }
    ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::money::Currency;

    #[test]
    fn units_stand_in_many_places_of_a_name() {
        let cases = [
            ("Revenue (USD m)", "Revenue", 6, Some("USD")),
            ("Revenue (USD m) (unaudited)", "Revenue", 6, Some("USD")),
            ("Revenue in millions of US dollars", "Revenue", 6, Some("USD")),
            ("Sales, USD thousands", "Sales", 3, Some("USD")),
            ("Income statement, USD m", "Income statement", 6, Some("USD")),
            ("Net sales - EUR million", "Net sales", 6, Some("EUR")),
            ("value_usd", "value", 0, Some("USD")),
            ("revenueUSD", "revenue", 0, Some("USD")),
            ("Umsatz k€", "Umsatz", 3, Some("EUR")),
            ("Umsatz in Mio. EUR", "Umsatz", 6, Some("EUR")),
            ("CA en milliers d'euros", "CA", 3, Some("EUR")),
            ("EUR Umsatz", "Umsatz", 0, Some("EUR")),
            ("(€m) Sales", "Sales", 6, Some("EUR")),
            ("amount_eur_m", "amount", 6, Some("EUR")),
            ("Net sales, SEK million by industry and year", "Net sales", 6, Some("SEK")),
            ("Figures in Rs. Crores / View Standalone", "Figures", 7, Some("INR")),
            ("Revenue (EUR m) by region", "Revenue", 6, Some("EUR")),
            ("Umsatz in Mio. EUR nach Ländern", "Umsatz", 6, Some("EUR")),
            ("Wine sales millions ?64-?72", "Wine sales", 6, None),
            ("Revenue (millions) by region", "Revenue", 6, None),
            ("Sales in millions of households", "Sales in millions of households", 0, None),
            ("Plan b 2024", "Plan b 2024", 0, None),
            ("売上高（百万円）", "売上高", 6, Some("JPY")),
            ("Revenue", "Revenue", 0, None),
            ("Revenue (net)", "Revenue (net)", 0, None),
        ];
        for (name, base, power, code) in cases {
            let sign = code.map(|code| Sign::Of(Currency::from_code(code).unwrap()));
            assert_eq!(unit_in_name(name), (base, power, sign), "{name}");
        }
    }

    #[test]
    fn open_units_are_quoted() {
        assert_eq!(open_unit("Revenue (Mill. Taler)"), Some(("Mill. Taler", Said::Unknown)));
        assert_eq!(open_unit("Revenue in thousands of clams"), Some(("thousands of clams", Said::Unknown)));
        assert_eq!(open_unit("Total (US$ mil)"), None);
        assert_eq!(open_unit("ACME (US$ mil)"), Some(("US$ mil", Said::Unclear)));
        for name in ["Alpha (Berlin)", "Revenue (net)", "Sales (excl. VAT)", "Shirts (M)", "Deals in Berlin", "Closed (Won)"] {
            assert_eq!(open_unit(name), None, "{name}");
        }
        for (name, unit) in [
            ("Revenue (ZKU)", "ZKU"),
            ("Revenue (baht)", "baht"),
            ("Доход (тыс. динар)", "тыс. динар"),
            ("الإيرادات (ريال)", "ريال"),
        ] {
            assert_eq!(strange_unit(name), Some(unit), "{name}");
        }
        for name in ["Revenue (YTD)", "Revenue (USD)", "Выручка (без НДС)", "売上高（連結）", "Revenue (EMEA)", "Revenue"]
        {
            assert_eq!(strange_unit(name), None, "{name}");
        }
        for name in ["Shirts (M)", "Baltimore (MD)", "Plan B", "Team k"] {
            assert_eq!(unit_in_label(name), None, "{name}");
        }
        let eur = Some(Sign::Of(Currency::from_code("EUR").unwrap()));
        assert_eq!(unit_in_label("2023 (T€)"), Some(("2023", 3, eur)));
        assert_eq!(unit_in_label("Asia, EUR m"), Some(("Asia", 6, eur)));
    }
}
