//! The words of periods: months, quarters, halves, years and weeks in English, French, German, Spanish, Portuguese, Italian,
//! Dutch, Swedish (and its neighbours) and Polish. Chinese and Japanese have a grammar of their own, in `period`.

/// What a word in a period says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::read) enum Word {
    /// A month by its name, 1 to 12.
    Month(u32),
    /// Quarter: `Q`, `T`, `trimestre`, `Quartal`, `kvartal`.
    Quarter,
    /// Half: `H`, `S`, `semestre`, `Halbjahr`.
    Half,
    /// `M` before or after a number: a month by number (`2024M06`), or so many months (`9M 2024`).
    M,
    /// A week by number.
    Week,
    /// `kw`: the German calendar week, or the Polish quarter.
    WeekOrQuarter,
    /// `weeks`, after how many.
    Weeks,
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
    /// Says nothing: `of`, `the`, a time of day's `T`.
    Filler,
    /// `two`, `three`, … in words, or `first`, `second`, …
    Count(u32),
    /// `I` to `IV`.
    Roman(u32),
}

/// The word's meaning, or `None` if it belongs to no period. `word` is in lower case.
pub(in crate::read) fn word(word: &str) -> Option<Word> {
    // Most words of periods are single letters, and no month's name is shorter than three.
    if word.len() >= 3
        && let Some(month) = month(word)
    {
        return Some(Word::Month(month));
    }
    Some(match word {
        "q" | "qtr" | "quarter" | "quartal" | "trimestre" | "trim" | "trimester" | "t" | "qe" | "k" | "kv" | "kvt"
        | "kvartal" | "kvartalet" | "kwartaal" | "kwartał" | "kwartal" | "kwartału" => Word::Quarter,
        "h" | "half" | "hj" | "halbjahr" | "semestre" | "semester" | "sem" | "s" | "hy" | "halvår" | "halvåret"
        | "halfjaar" | "półrocze" | "polrocze" | "półrocza" => Word::Half,
        "m" => Word::M,
        "w" | "wk" | "week" | "semaine" | "semana" | "settimana" | "vecka" | "uge" | "uke" | "tydzień" => Word::Week,
        "kw" => Word::WeekOrQuarter,
        "weeks" | "wks" | "semaines" | "wochen" | "semanas" | "settimane" | "weken" | "veckor" => Word::Weeks,
        "fy" | "f" | "fiscal" | "gj" | "geschäftsjahr" | "geschaeftsjahr" | "exercice" | "ex" | "ejercicio" | "esercizio"
        | "exercício" | "exercicio" | "boekjaar" | "räkenskapsår" => Word::Fiscal,
        "cy" | "calendar" => Word::Calendar,
        "months" | "month" | "mois" | "monate" | "monaten" | "mths" | "mos" | "meses" | "mesi" | "maanden" | "månader"
        | "miesięcy" | "miesiące" => Word::Months,
        "year" | "yr" | "ye" | "fye" | "annual" | "année" | "annee" | "an" | "jahr" | "año" | "ano" | "anno" | "jaar"
        | "år" | "helår" | "rok" => Word::Year,
        "ended" | "ending" | "end" | "to" | "clos" | "close" | "au" | "zum" | "endend" | "terminado" | "terminados"
        | "finalizado" | "encerrado" | "encerrados" | "chiuso" | "eindigend" | "zakończony" => Word::Ended,
        "of" | "the" | "er" | "ère" | "ere" | "e" | "ème" | "eme" | "nd" | "rd" | "th" | "st" | "de" | "du" | "d" | "le"
        | "for" | "period" | "full" | "del" | "della" | "di" | "do" | "da" | "van" | "het" | "r" | "roku" | "el" | "al"
        | "il" | "em" => Word::Filler,
        "first" | "premier" | "primer" | "primero" | "primeiro" | "primo" | "eerste" | "första" | "erstes" | "pierwszy" => {
            Word::Count(1)
        }
        "two" | "second" | "deuxième" | "segundo" | "secondo" | "tweede" | "andra" | "zweites" | "drugi" => Word::Count(2),
        "three" | "third" | "trois" | "drei" | "troisième" | "tercer" | "tercero" | "terceiro" | "terzo" | "derde"
        | "tredje" | "drittes" | "trzeci" | "tres" | "três" | "tre" | "drie" => Word::Count(3),
        "four" | "fourth" | "quatrième" | "cuarto" | "quarto" | "vierde" | "fjärde" | "viertes" | "czwarty" => Word::Count(4),
        "six" | "sechs" | "seis" | "sei" | "zes" | "sex" => Word::Count(6),
        "nine" | "neuf" | "neun" | "nueve" | "nove" | "negen" | "nio" => Word::Count(9),
        "twelve" | "douze" | "zwölf" | "doce" | "doze" | "dodici" | "twaalf" | "tolv" => Word::Count(12),
        "i" => Word::Roman(1),
        "ii" => Word::Roman(2),
        "iii" => Word::Roman(3),
        "iv" => Word::Roman(4),
        _ => return None,
    })
}

/// Month names, abbreviations and their variants, in lower case without a final point.
const MONTHS: [&[&str]; 12] = [
    &[
        "jan", "january", "janvier", "janv", "januar", "jän", "jänner", "ene", "enero", "gen", "gennaio", "janeiro", "januari",
        "sty", "styczeń", "styczen", "stycznia",
    ],
    &[
        "feb",
        "february",
        "février",
        "fevrier",
        "févr",
        "fevr",
        "fév",
        "fev",
        "februar",
        "febrero",
        "febbraio",
        "fevereiro",
        "februari",
        "lut",
        "luty",
        "lutego",
    ],
    &[
        "mar", "march", "mars", "märz", "maerz", "mär", "mrz", "marzo", "março", "marco", "maart", "mrt", "marts", "marzec",
        "marca",
    ],
    &["apr", "april", "avril", "avr", "abr", "abril", "aprile", "kwi", "kwiecień", "kwiecien", "kwietnia"],
    &["may", "mai", "mayo", "maggio", "mag", "maio", "mei", "maj", "maja"],
    &["jun", "june", "juin", "juni", "junio", "giugno", "giu", "junho", "cze", "czerwiec", "czerwca"],
    &["jul", "july", "juillet", "juil", "juli", "julio", "luglio", "lug", "julho", "lip", "lipiec", "lipca"],
    &["aug", "august", "août", "aout", "ago", "agosto", "augustus", "augusti", "sie", "sierpień", "sierpien", "sierpnia"],
    &[
        "sep",
        "sept",
        "september",
        "septembre",
        "septiembre",
        "setiembre",
        "settembre",
        "set",
        "setembro",
        "wrz",
        "wrzesień",
        "wrzesien",
        "września",
    ],
    &[
        "oct",
        "october",
        "octobre",
        "okt",
        "oktober",
        "octubre",
        "ottobre",
        "ott",
        "outubro",
        "out",
        "paź",
        "paz",
        "październik",
        "pazdziernik",
        "października",
    ],
    &["nov", "november", "novembre", "noviembre", "novembro", "lis", "listopad", "listopada"],
    &[
        "dec",
        "december",
        "décembre",
        "decembre",
        "déc",
        "dez",
        "dezember",
        "dic",
        "diciembre",
        "dicembre",
        "dezembro",
        "des",
        "desember",
        "gru",
        "grudzień",
        "grudzien",
        "grudnia",
    ],
];

fn month(word: &str) -> Option<u32> {
    let at = MONTHS.iter().position(|names| names.contains(&word))?;
    u32::try_from(at + 1).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_in_the_languages() {
        let cases = [
            ("june", 6),
            ("juin", 6),
            ("août", 8),
            ("märz", 3),
            ("déc", 12),
            ("mai", 5),
            ("enero", 1),
            ("gennaio", 1),
            ("mrt", 3),
            ("styczeń", 1),
            ("maj", 5),
            ("setembro", 9),
            ("ottobre", 10),
            ("augusti", 8),
        ];
        for (name, number) in cases {
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
