//! The words of periods in English, French and German: months, quarters, halves, years.

/// What a word in a period says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Word {
    /// A month by its name, 1 to 12.
    Month(u32),
    /// Quarter: `Q`, `T`, `trimestre`, `Quartal`.
    Quarter,
    /// Half: `H`, `S`, `semestre`, `Halbjahr`.
    Half,
    /// `M` before or after a number: a month by number (`2024M06`), or so many months (`9M 2024`).
    M,
    /// A week by number.
    Week,
    /// The fiscal year.
    Fiscal,
    /// The calendar year, whatever the fiscal one.
    Calendar,
    /// `months`, after how many.
    Months,
    /// `year ended`.
    Year,
    /// `ended`, before the last day.
    Ended,
    /// Says nothing: `of`, `the`, `er` of `1er`, a time of day's `T`.
    Filler,
    /// `two`, `three`, … in words.
    Count(u32),
}

/// The word's meaning, or `None` if it belongs to no period. `word` is in lower case.
pub(in crate::read) fn word(word: &str) -> Option<Word> {
    if let Some(month) = month(word) {
        return Some(Word::Month(month));
    }
    Some(match word {
        "q" | "qtr" | "quarter" | "quartal" | "trimestre" | "trim" | "t" | "qe" => Word::Quarter,
        "h" | "half" | "hj" | "halbjahr" | "semestre" | "semester" | "sem" | "s" | "hy" => Word::Half,
        "m" => Word::M,
        "w" | "wk" | "week" | "kw" | "semaine" => Word::Week,
        "fy" | "fye" | "fiscal" | "gj" | "geschäftsjahr" | "exercice" | "ex" => Word::Fiscal,
        "cy" | "calendar" => Word::Calendar,
        "months" | "month" | "mois" | "monate" | "mths" | "mos" => Word::Months,
        "year" | "yr" | "ye" | "année" | "annee" | "an" | "jahr" => Word::Year,
        "ended" | "ending" | "end" | "to" | "clos" | "close" | "au" | "zum" | "endend" => Word::Ended,
        "of" | "the" | "er" | "ère" | "ere" | "e" | "ème" | "eme" | "nd" | "rd" | "th" | "st" | "de" | "du" | "d" | "le"
        | "for" | "period" => Word::Filler,
        "first" | "premier" => Word::Count(1),
        "two" | "second" => Word::Count(2),
        "three" | "third" | "trois" | "drei" => Word::Count(3),
        "four" | "fourth" => Word::Count(4),
        "six" | "sechs" => Word::Count(6),
        "nine" | "neuf" | "neun" => Word::Count(9),
        "twelve" | "douze" | "zwölf" => Word::Count(12),
        _ => return None,
    })
}

/// Month names, abbreviations and their variants, in lower case without a final point.
const MONTHS: [&[&str]; 12] = [
    &["jan", "january", "janvier", "janv", "januar", "jän", "jänner"],
    &["feb", "february", "février", "fevrier", "févr", "fevr", "fév", "fev", "februar"],
    &["mar", "march", "mars", "märz", "maerz", "mär", "mrz"],
    &["apr", "april", "avril", "avr"],
    &["may", "mai"],
    &["jun", "june", "juin", "juni"],
    &["jul", "july", "juillet", "juil", "juli"],
    &["aug", "august", "août", "aout"],
    &["sep", "sept", "september", "septembre"],
    &["oct", "october", "octobre", "okt", "oktober"],
    &["nov", "november", "novembre"],
    &["dec", "december", "décembre", "decembre", "déc", "dez", "dezember"],
];

fn month(word: &str) -> Option<u32> {
    let at = MONTHS.iter().position(|names| names.contains(&word))?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_in_three_languages() {
        for (name, number) in [("june", 6), ("juin", 6), ("août", 8), ("märz", 3), ("déc", 12), ("mai", 5)] {
            assert_eq!(word(name), Some(Word::Month(number)), "{name}");
        }
        assert_eq!(word("revenue"), None);
    }

    #[test]
    fn no_word_means_two_months() {
        for (at, names) in MONTHS.iter().enumerate() {
            for name in *names {
                assert_eq!(month(name), u32::try_from(at + 1).ok(), "{name}");
            }
        }
    }
}
