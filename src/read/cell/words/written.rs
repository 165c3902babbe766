//! The words of a name as they are written there.

use super::words;

/// What stands in a name for a word in normal form: `Bénéfice` for `benefice`; the word itself if nothing does by itself.
pub(in crate::read) fn as_written(name: &str, word: &str) -> String {
    if name.contains(word) {
        return word.to_owned();
    }
    let mut pieces: Vec<(usize, usize)> = Vec::new();
    for (at, c) in name.char_indices().filter(|(_, c)| c.is_alphanumeric()) {
        match pieces.last_mut() {
            Some((_, end)) if *end == at => *end += c.len_utf8(),
            _ => pieces.push((at, at + c.len_utf8())),
        }
    }
    let longest = word.split(' ').count();
    let slices = (0..pieces.len()).flat_map(|from| {
        let last = pieces.len().min(from + longest);
        pieces[from..last].iter().map(|(_, end)| &name[pieces[from].0..*end]).collect::<Vec<&str>>()
    });
    slices.into_iter().find(|slice| words(slice).join(" ") == word).unwrap_or(word).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_found_as_they_are_written() {
        for (name, word, written) in [
            ("Bénéfice net (€)", "benefice", "Bénéfice"),
            ("Coût d'achat", "cout", "Coût"),
            ("Net Income, USD", "net income", "Net Income"),
            ("TotalRevenue", "total", "total"),
            ("EBITDA", "ebitda", "EBITDA"),
            ("営業利益", "営業利益", "営業利益"),
            ("", "x", "x"),
        ] {
            assert_eq!(as_written(name, word), written, "{name}");
        }
    }
}
