//! Marks of the last twelve months up to some day: `TTM`, `LTM`, `Trailing 12 months`. Such a total overlaps with the years
//! beside it and is not a period of its own.

/// Whether a text names the last twelve months, whatever month they end with.
pub(in crate::read) fn is_trailing(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    if lower == "current" || lower.starts_with("12m rolling") || lower.starts_with("近12个月") || lower.starts_with("滚动")
    {
        return true;
    }
    let mut words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let (Some(first), second, third) = (words.next(), words.next(), words.next()) else { return false };
    let is_twelve = |word: Option<&str>| matches!(word, Some("12" | "twelve" | "12m" | "12mo" | "12mth"));
    match first {
        "ttm" | "ltm" | "rtm" | "l12m" | "t12m" | "12mtd" | "r12m" | "r12" | "o4k" => true,
        "trailing" | "rolling" | "last" | "past" | "previous" | "letzte" | "letzten" | "derniers" | "ultimos" | "últimos"
        | "ultimi" | "glidande" | "rullande" | "rullerande" | "løpende" | "rullende" => is_twelve(second),
        "12" | "twelve" | "12m" | "douze" | "zwölf" => {
            let rolling = |word: Option<&str>| matches!(word, Some("rolling" | "trailing" | "glissants" | "rollierend"));
            rolling(second) || rolling(third)
        }
        // `Sep 2023 TTM`, `Sep-23 (LTM)`
        _ => lower
            .trim_end_matches(')')
            .rsplit(|c: char| !c.is_alphanumeric())
            .next()
            .is_some_and(|last| matches!(last, "ttm" | "ltm" | "rtm" | "r12")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn marks() {
        let trailing = [
            "TTM",
            "ttm",
            "LTM",
            "LTM Jun-23",
            "TTM Sep 2023",
            "Sep 2023 (TTM)",
            "Trailing 12 months",
            "Trailing twelve months",
            "Last 12 Months",
            "Current",
            "12M rolling",
            "12 months rolling",
            "Rolling 12M",
            "L12M",
            "R12",
            "O4K",
            "R12 Q3 2024",
            "RTM",
            "Glidande 12 mån",
            "Rullande 12 månader",
            "Twelve months trailing",
        ];
        for text in trailing {
            assert!(is_trailing(text), "{text}");
        }
        for text in ["2024", "12 months ended June 2024", "12M 2023", "12M23", "Last year", "Current assets", "", "Total"] {
            assert!(!is_trailing(text), "{text}");
        }
    }
}
