//! Stretches of a typed text: its figures, the names before them, their words, and what may follow a figure.

use std::ops::Range;

use crate::read::cell::sign::is_space;
use crate::read::report::problems::Position;

/// A stretch of a text, which knows where it stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Part<'t> {
    text: &'t str,
    start: usize,
    end: usize,
}

impl<'t> Part<'t> {
    /// The whole of a text.
    pub(super) fn whole(text: &'t str) -> Self {
        Self { text, start: 0, end: text.len() }
    }

    pub(super) fn as_str(self) -> &'t str {
        &self.text[self.start..self.end]
    }

    pub(super) fn whole_text(self) -> &'t str {
        self.text
    }

    /// Where it stands, by line and column.
    pub(super) fn position(self) -> Position {
        Position::in_text(self.text, self.start)
    }

    /// Where it stands, in bytes of the text.
    pub(super) fn range(self) -> Range<usize> {
        self.start..self.end
    }

    pub(super) fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// From the beginning of this part to the end of another one of the same text.
    pub(super) fn to(self, other: Self) -> Self {
        Self { end: other.end.max(self.start), ..self }
    }

    fn part(self, range: Range<usize>) -> Self {
        Self { text: self.text, start: self.start + range.start, end: self.start + range.end }.trimmed(is_space)
    }

    /// The part without such characters at both ends.
    pub(super) fn trimmed(self, is: impl Fn(char) -> bool + Copy) -> Self {
        let behind = self.as_str().trim_start_matches(is);
        let start = self.end - behind.len();
        Self { start, end: start + behind.trim_end_matches(is).len(), ..self }
    }

    /// What stands between semicolons and breaks of lines, except where there is nothing.
    pub(super) fn figures(self) -> Vec<Self> {
        let mut parts = Vec::new();
        let mut start = 0;
        for piece in self.as_str().split([';', '；', '\n', '\r']) {
            parts.push(self.part(start..start + piece.len()));
            let behind = &self.as_str()[start + piece.len()..];
            start += piece.len() + behind.chars().next().map_or(0, char::len_utf8);
        }
        parts.retain(|part| !part.is_empty());
        parts
    }

    /// The name before the first colon that ends a word, and what stands behind it.
    pub(super) fn named(self) -> Option<(Self, Self)> {
        let text = self.as_str();
        let ends_word = |at: usize, colon: char| {
            let behind = &text[at + colon.len_utf8()..];
            colon == '：' || behind.is_empty() || behind.starts_with(is_space)
        };
        let mut colons = text.char_indices().filter(|(_, c)| matches!(c, ':' | '：'));
        let (at, colon) = colons.find(|(at, colon)| ends_word(*at, *colon))?;
        Some((self.part(0..at), self.part(at + colon.len_utf8()..text.len())))
    }

    /// The words, which spaces part, and the `@` that may stand before a period.
    pub(super) fn words(self) -> Vec<Self> {
        let is_between = |c: char| is_space(c) || c == '@';
        let mut words = Vec::new();
        let mut start = None;
        for (at, c) in self.as_str().char_indices().chain([(self.end - self.start, ' ')]) {
            match (start, is_between(c)) {
                (None, false) => start = Some(at),
                (Some(from), true) => {
                    words.push(self.part(from..at));
                    start = None;
                }
                _ => {}
            }
        }
        words
    }
}

/// What may follow a figure, in this order.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Asides<'t> {
    /// When it became known: `as of 2025-06-10`.
    pub(super) as_of: Option<Part<'t>>,
    /// `source Reuters`
    pub(super) source: Option<Part<'t>>,
    /// `note without licences`
    pub(super) note: Option<Part<'t>>,
}

/// A figure without what follows it, and that.
pub(super) fn split(figure: Part<'_>) -> (Part<'_>, Asides<'_>) {
    let words = figure.words();
    let is = |at: usize, word: &str| {
        words.get(at).is_some_and(|found| found.as_str().trim_end_matches(':').eq_ignore_ascii_case(word))
    };
    // Of each: the words that begin it.
    let length = |aside: usize, at: usize| match aside {
        0 if is(at, "as") && is(at + 1, "of") => 2,
        0 => usize::from(is(at, "as_of") || is(at, "as-of")),
        1 => usize::from(is(at, "source")),
        _ => usize::from(is(at, "note")),
    };
    let mut found: Vec<(usize, usize, usize)> = Vec::new();
    for at in 1..words.len() {
        let from = found.last().map_or(0, |(aside, ..)| aside + 1);
        let is_behind_last = found.last().is_none_or(|(_, _, content)| at > *content);
        let begun = (from..3).find_map(|aside| Some((aside, length(aside, at))).filter(|(_, length)| *length > 0));
        if let Some((aside, length)) = begun.filter(|(_, length)| is_behind_last && at + length < words.len()) {
            found.push((aside, at, at + length));
        }
    }
    let Some((_, first, _)) = found.first() else { return (figure, Asides::default()) };
    let mut asides = [None; 3];
    for (index, (aside, _, content)) in found.iter().enumerate() {
        let last = found.get(index + 1).map_or(words.len(), |(_, next, _)| *next) - 1;
        asides[*aside] = Some(words[*content].to(words[last]));
    }
    let [as_of, source, note] = asides;
    (words[0].to(words[first - 1]), Asides { as_of, source, note })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(parts: &[Part<'_>]) -> Vec<String> {
        parts.iter().map(|part| part.as_str().to_owned()).collect()
    }

    #[test]
    fn figures_and_names() {
        let text = "OpenAI : 10 Md$ juin 2025 ;; target $12B 2025\nAcme: 5";
        let figures = Part::whole(text).figures();
        assert_eq!(texts(&figures), ["OpenAI : 10 Md$ juin 2025", "target $12B 2025", "Acme: 5"]);
        assert_eq!(&text[figures[1].range()], "target $12B 2025");
        let (name, rest) = figures[0].named().unwrap();
        assert_eq!((name.as_str(), rest.as_str()), ("OpenAI", "10 Md$ juin 2025"));
        assert!(figures[1].named().is_none());
        assert!(Part::whole("Acme 2024:Q3").named().is_none());
    }

    #[test]
    fn what_follows_a_figure() {
        let (figure, asides) = split(Part::whole("$10B June 2025 as of 2025-06-10 source: The Note note of a source"));
        assert_eq!(figure.as_str(), "$10B June 2025");
        assert_eq!(asides.as_of.unwrap().as_str(), "2025-06-10");
        assert_eq!(asides.source.unwrap().as_str(), "The");
        assert_eq!(asides.note.unwrap().as_str(), "note of a source");
        let (figure, asides) = split(Part::whole("$10B 2024 source"));
        assert_eq!((figure.as_str(), asides.source.is_none()), ("$10B 2024 source", true));
    }
}
