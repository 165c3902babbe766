//! Cells that say that there is no figure: `n/a`, `..`, `not disclosed`, a dash.

use crate::read::cell::sign::is_space;

/// What stands for a figure that there is not, in small letters: nothing is known, or nothing is told.
const MISSING: &[&str] = &[
    // Signs: `..` and `:` of statistical offices, `*` for what is suppressed.
    "..",
    "...",
    "…",
    ".",
    ":",
    "*",
    "**",
    "***",
    "?",
    "??",
    "/",
    "\\",
    "[c]",
    "[x]",
    "[z]",
    "(c)",
    "c",
    "x",
    "z",
    "#",
    // English
    "n/a",
    "n.a.",
    "n.a",
    "na",
    "#n/a",
    "#na",
    "#n/a n/a",
    "<na>",
    "nan",
    "null",
    "none",
    "n/m",
    "n.m.",
    "nm",
    "n.m",
    "nmf",
    "n/d",
    "n.d.",
    "nd",
    "n/r",
    "n.r.",
    "nr",
    "tbd",
    "tba",
    "tbc",
    "t.b.d.",
    "t.b.a.",
    "pending",
    "not available",
    "not disclosed",
    "not reported",
    "not applicable",
    "not meaningful",
    "undisclosed",
    "unavailable",
    "unknown",
    "confidential",
    "withheld",
    "suppressed",
    "missing",
    "no data",
    "n/c",
    "n.c.",
    "nc",
    "blank",
    "(blank)",
    "-na-",
    "(na)",
    "(n/a)",
    // A paywall's.
    "upgrade",
    "locked",
    "premium",
    "upgrade to pro",
    "subscribe",
    // German
    "k.a.",
    "k. a.",
    "k.a",
    "ka",
    "keine angabe",
    "keine angaben",
    "n.v.",
    "nv",
    "nicht verfügbar",
    "n.b.",
    "entfällt",
    "entf.",
    // French
    "s.o.",
    "s. o.",
    "so",
    "n.s.",
    "ns",
    "nc.",
    "n.d",
    "non disponible",
    "non communiqué",
    "sans objet",
    // Spanish, Portuguese
    "s/d",
    "s.d.",
    "s/i",
    "no disponible",
    "sin datos",
    "n/e",
    "não disponível",
    "sem dados",
    // Italian, Dutch, Polish, Swedish, Danish
    "non disponibile",
    "n.v.t.",
    "nvt",
    "niet beschikbaar",
    "onbekend",
    "b.d.",
    "b/d",
    "bd",
    "brak danych",
    "e.t.",
    "saknas",
    "i.t.",
    // Japanese, Chinese, Korean, Russian
    "不明",
    "非公表",
    "未定",
    "未披露",
    "暂无",
    "暫無",
    "不适用",
    "不適用",
    "해당없음",
    "н/д",
    "нд",
    "н.д.",
];

/// Dashes, which accounts write for nil and others for what is not known.
const DASHES: &[&str] = &["-", "–", "—", "−", "‒", "―", "ー", "－", "--", "---", "——", "nil"];

/// The longest of them, in bytes: a longer cell is none.
const LONGEST: usize = 24;

/// Whether a cell says that there is no figure.
pub(in crate::read) fn is_missing(cell: &str) -> bool {
    if cell.starts_with(|c: char| c.is_ascii_digit()) {
        return false;
    }
    let cell = cell.trim_matches(is_space);
    cell.is_empty() || is_one_of(cell, DASHES) || is_one_of(cell, MISSING)
}

/// Whether a cell is a dash (or `nil`), which may stand for zero.
pub(in crate::read) fn is_dash(cell: &str) -> bool {
    is_one_of(cell.trim_matches(is_space), DASHES)
}

/// Whether a cell holds the error of a spreadsheet's formula; `#N/A` is how people write that there is no figure.
pub(in crate::read) fn is_sheet_error(cell: &str) -> bool {
    let errors = ["#div/0!", "#ref!", "#value!", "#name?", "#num!", "#null!", "#spill!", "#calc!", "#error!"];
    is_one_of(cell.trim_matches(is_space), &errors)
}

fn is_one_of(cell: &str, words: &[&str]) -> bool {
    if cell.is_empty() || cell.len() > LONGEST {
        return false;
    }
    if cell.is_ascii() {
        return words.iter().any(|word| word.eq_ignore_ascii_case(cell));
    }
    let lower = cell.to_lowercase();
    words.contains(&lower.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_stand_once_in_small_letters() {
        let mut all: Vec<&str> = MISSING.iter().chain(DASHES).copied().collect();
        for word in &all {
            assert_eq!(word.to_lowercase(), **word);
            assert!(is_missing(&word.to_uppercase()) && word.len() <= LONGEST, "{word}");
        }
        all.sort_unstable();
        assert!(all.windows(2).all(|pair| pair[0] != pair[1]));
    }

    #[test]
    fn figures_and_errors_are_not_missing() {
        for cell in ["1", "(1)", "-1", "-5", "#REF!", "#DIV/0!", "abc", "USD", "inf"] {
            assert!(!is_missing(cell), "{cell}");
        }
        assert!(is_sheet_error("#DIV/0!") && !is_sheet_error("#N/A"));
        assert!(is_dash("—") && is_dash(" - ") && !is_dash("n/a") && is_missing(" \u{a0}") && is_missing(""));
    }
}
