//! The words of periods: months, quarters, halves, years and weeks in English, French, German, Spanish, Portuguese, Italian,
//! Dutch, Swedish (and its neighbours), Polish, Czech, Hungarian, Romanian, Finnish, Greek, Turkish, Russian, Ukrainian and
//! Indonesian. Chinese and Japanese have a grammar of their own, in `period`.

use std::collections::HashMap;
use std::sync::LazyLock;

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
        | "kvartal" | "kvartalet" | "kwartaal" | "quý" | "çeyrek" | "negyedév" | "kuartal" | "triwulan" | "τρίμηνο"
        | "čtvrtletí" | "кв" | "квартал" | "кварталу" | "neljännes" | "vj" | "vierteljahr" | "ç" | "분기" | "kwartał"
        | "kwartal" | "kwartału" => Word::Quarter,
        "h" | "half" | "hj" | "halbjahr" | "semestre" | "semester" | "sem" | "s" | "hy" | "halvår" | "halvåret"
        | "halfjaar" | "yarıyıl" | "полугодие" | "півріччя" | "εξάμηνο" | "semestrul" | "półrocze" | "polrocze"
        | "półrocza" | "pololetí" | "반기" => Word::Half,
        "m" => Word::M,
        "w" | "wk" | "week" | "semaine" | "semana" | "settimana" | "vecka" | "uge" | "uke" | "tydzień" => Word::Week,
        "kw" => Word::WeekOrQuarter,
        "weeks" | "wks" | "semaines" | "wochen" | "semanas" | "settimane" | "weken" | "veckor" => Word::Weeks,
        "fy" | "f" | "fiscal" | "gj" | "geschäftsjahr" | "geschaeftsjahr" | "exercice" | "ex" | "ejercicio" | "esercizio"
        | "exercício" | "exercicio" | "boekjaar" | "räkenskapsår" => Word::Fiscal,
        "cy" | "calendar" => Word::Calendar,
        "months" | "month" | "mois" | "monat" | "mes" | "mese" | "maand" | "månad" | "monate" | "monaten" | "mths" | "mos"
        | "meses" | "mesi" | "maanden" | "månader" | "miesięcy" | "miesiące" => Word::Months,
        "year" | "yr" | "ye" | "fye" | "annual" | "année" | "annee" | "an" | "jahr" | "año" | "ano" | "anno" | "jaar"
        | "år" | "helår" | "rok" | "год" | "года" | "году" | "рік" | "року" | "yıl" | "έτος" | "vuosi" | "tahun" => {
            Word::Year
        }
        "ended" | "ending" | "end" | "to" | "clos" | "close" | "au" | "zum" | "endend" | "terminado" | "terminados"
        | "finalizado" | "encerrado" | "encerrados" | "chiuso" | "eindigend" | "zakończony" | "bis" | "endende"
        | "finalizados" | "terminés" | "cerrado" | "cerrados" | "findo" | "afgesloten" | "avslutat" | "päättynyt"
        | "chiusi" | "finda" | "findos" | "zakończonych" | "zakończone" | "avslutade" => Word::Ended,
        "of" | "the" | "er" | "ère" | "ere" | "e" | "ème" | "eme" | "nd" | "rd" | "th" | "st" | "de" | "du" | "d" | "le"
        | "for" | "period" | "full" | "del" | "della" | "di" | "do" | "da" | "van" | "het" | "r" | "roku" | "el" | "al"
        | "il" | "em" | "г" | "р" | "за" => Word::Filler,
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
const MONTHS: [&str; 12] = [
    "jan january janvier janv januar jän jänner ene enero gen gennaio janeiro januari sty styczeń styczen stycznia \
     ocak oca ιανουάριος ιανουαρίου ιαν január ianuarie ian leden ledna tammikuu tammikuuta tammi январь января янв \
     січень січня січ",
    "feb february février fevrier févr fevr fév fev februar febrero febbraio fevereiro februari lut luty lutego \
     şubat şub φεβρουάριος φεβρουαρίου φεβ február febr februarie únor února helmikuu helmikuuta helmi февраль \
     февраля фев лютий лютого лют peb pebruari",
    "mar march mars märz maerz mär mrz marzo março marco maart mrt marts marzec marca mart μάρτιος μαρτίου μαρ \
     március márc martie březen března maaliskuu maaliskuuta maalis март мар марта березень березня бер maret",
    "apr april avril avr abr abril aprile kwi kwiecień kwiecien kwietnia nisan nis απρίλιος απριλίου απρ április \
     ápr aprilie duben dubna huhtikuu huhtikuuta huhti апрель апреля апр квітень квітня кві",
    "may mai mayo maggio mag maio mei maj maja mayıs μάιος μαΐου μαι május máj květen května toukokuu toukokuuta \
     touko май мая травень травня тра",
    "jun june juin juni junio giugno giu junho cze czerwiec czerwca haziran haz ιούνιος ιουνίου ιουν június jún \
     iunie iun červen června kesäkuu kesäkuuta kesä июнь июня июн червень червня чер",
    "jul july juillet juil juli julio luglio lug julho lip lipiec lipca temmuz tem ιούλιος ιουλίου ιουλ július júl \
     iulie iul červenec července heinäkuu heinäkuuta heinä июль июля июл липень липня лип",
    "aug august août aout ago agosto augustus augusti sie sierpień sierpien sierpnia ağustos ağu αύγουστος \
     αυγούστου αυγ augusztus srpen srpna elokuu elokuuta elo август августа авг серпень серпня сер agustus agu agt",
    "sep sept september septembre septiembre setiembre settembre set setembro wrz wrzesień wrzesien września eylül \
     eyl σεπτέμβριος σεπτεμβρίου σεπ szeptember szept septembrie září syyskuu syyskuuta syys сентябрь сентября сен \
     сент вересень вересня вер",
    "oct october octobre okt oktober octubre ottobre ott outubro out paź paz październik pazdziernik października \
     ekim eki οκτώβριος οκτωβρίου οκτ október octombrie říjen října lokakuu lokakuuta loka октябрь октября окт \
     жовтень жовтня жов",
    "nov november novembre noviembre novembro lis listopad listopada kasım kas νοέμβριος νοεμβρίου νοε noiembrie \
     noi listopadu marraskuu marraskuuta marras ноябрь ноября ноя нояб листопад листопада",
    "dec december décembre decembre déc dez dezember dic diciembre dicembre dezembro des desember gru grudzień \
     grudzien grudnia aralık ara δεκέμβριος δεκεμβρίου δεκ decembrie prosinec prosince joulukuu joulukuuta joulu \
     декабрь декабря дек грудень грудня гру",
];

/// The months by name.
static BY_NAME: LazyLock<HashMap<&str, u32>> = LazyLock::new(|| {
    let numbered = MONTHS.iter().zip(1..);
    numbered.flat_map(|(names, number)| names.split_whitespace().map(move |name| (name, number))).collect()
});

fn month(word: &str) -> Option<u32> {
    BY_NAME.get(word).copied()
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
            ("ağustos", 8),
            ("января", 1),
            ("листопад", 11),
            ("joulukuu", 12),
        ];
        for (name, number) in cases {
            assert_eq!(word(name), Some(Word::Month(number)), "{name}");
        }
        assert_eq!(word("revenue"), None);
    }

    #[test]
    fn no_word_means_two_months() {
        for (names, number) in MONTHS.iter().zip(1..) {
            for name in names.split_whitespace() {
                assert_eq!(month(name), Some(number), "{name}");
            }
        }
    }
}
