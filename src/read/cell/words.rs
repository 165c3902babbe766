//! What the words in a name mean: `Total ARR`, `net_sales`, `Umsatzerlöse (T€)`, `營業收入合計`.
//!
//! The words live in `words.txt`. A name is split into words, and each place in it is read by the longest phrase that
//! begins there. Knows nothing of the cells below a name; what a column is used for is the layout's to say.

mod glance;
mod language;
mod mark;
mod written;

use std::collections::{BTreeMap, HashMap};
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

pub(in crate::read) use glance::may_hold_total;
pub(in crate::read) use language::uses_decimal_comma;
pub(in crate::read) use mark::Mark;
pub(in crate::read) use written::as_written;

/// What a word means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(in crate::read) enum Sense {
    /// Revenue of a period.
    Revenue,
    /// Revenue by the name that a law gives to what was sold.
    NetSales,
    /// Sales together with what is not sold: changes in stock, own work, other income.
    Output,
    /// Revenue in some books, and what is left at the end in others.
    Income,
    /// An amount of something.
    Amount,
    /// An annualised rate.
    RunRate,
    /// A rate a month.
    Monthly,
    /// Gross merchandise value.
    Gmv,
    /// Orders won.
    Bookings,
    /// Amounts invoiced.
    Billings,
    /// Money, and not revenue: costs, profits, taxes.
    Other,
    /// A ratio, a growth or a price.
    Ratio,
    /// How many.
    Count,
    /// A flag or an identifier.
    Flag,
    /// All of it.
    Total,
    /// After deductions.
    Net,
    /// Before deductions.
    Gross,
    /// From the business itself.
    Operating,
    /// What stood before.
    Opening,
    /// What came and went.
    Movement,
    /// Since the start of the year.
    Cumulative,
    /// Of the last twelve months.
    Trailing,
    /// Planned, forecast or budgeted.
    Plan,
    /// A company, or what else is a series of its own.
    Entity,
    /// A part of a business.
    Part,
    /// One of many rows that belong together: an order, a customer.
    Entry,
    /// When.
    Period,
    /// When something else happened.
    Elsewhen,
}

impl Sense {
    const NAMES: [(&str, Self); 28] = [
        ("revenue", Self::Revenue),
        ("net_sales", Self::NetSales),
        ("output", Self::Output),
        ("income", Self::Income),
        ("amount", Self::Amount),
        ("run_rate", Self::RunRate),
        ("monthly", Self::Monthly),
        ("gmv", Self::Gmv),
        ("bookings", Self::Bookings),
        ("billings", Self::Billings),
        ("other", Self::Other),
        ("ratio", Self::Ratio),
        ("count", Self::Count),
        ("flag", Self::Flag),
        ("total", Self::Total),
        ("net", Self::Net),
        ("gross", Self::Gross),
        ("operating", Self::Operating),
        ("opening", Self::Opening),
        ("movement", Self::Movement),
        ("cumulative", Self::Cumulative),
        ("trailing", Self::Trailing),
        ("plan", Self::Plan),
        ("entity", Self::Entity),
        ("part", Self::Part),
        ("entry", Self::Entry),
        ("period", Self::Period),
        ("elsewhen", Self::Elsewhen),
    ];
}

/// The words of `words.txt`, ready to be found.
struct Lexicon {
    /// Phrases by their first word, the longest first.
    phrases: BTreeMap<String, Vec<(Vec<String>, Sense)>>,
    /// Words of scripts without spaces, the longest first.
    unspaced: Vec<(String, Sense)>,
    /// Single words that compounds may end with, the longest first.
    endings: Vec<(String, Sense)>,
    /// Single words with the languages that have them; short ones stand in too many.
    languages: HashMap<String, Vec<&'static str>>,
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(include_str!("words.txt")));

/// Languages that write compounds as one word.
const COMPOUNDING: [&str; 6] = ["de", "nl", "sv", "da", "no", "fi"];

/// The shortest word that a compound may end with.
const SHORTEST_ENDING: usize = 4;

impl Lexicon {
    fn of(text: &'static str) -> Self {
        let mut lexicon =
            Self { phrases: BTreeMap::new(), unspaced: Vec::new(), endings: Vec::new(), languages: HashMap::new() };
        for (sense, language, word) in entries(text) {
            let words = words(word);
            for word in words.iter().filter(|word| word.chars().count() > 3) {
                lexicon.languages.entry(word.clone()).or_default().push(language);
            }
            let Some(first) = words.first().cloned() else { continue };
            if first.chars().any(is_unspaced) {
                lexicon.unspaced.push((words.concat(), sense));
                continue;
            }
            if COMPOUNDING.contains(&language) && words.len() == 1 && first.len() >= SHORTEST_ENDING {
                lexicon.endings.push((first.clone(), sense));
            }
            lexicon.phrases.entry(first).or_default().push((words, sense));
        }
        for phrases in lexicon.phrases.values_mut() {
            phrases.sort_by_key(|(words, _)| std::cmp::Reverse(words.len()));
        }
        lexicon.unspaced.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        lexicon.endings.sort_by_key(|(word, _)| std::cmp::Reverse(word.len()));
        lexicon
    }
}

/// The words of the file: the heading of the line, its language, the word.
fn lines(text: &'static str) -> impl Iterator<Item = (&'static str, &'static str, &'static str)> {
    text.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(':')).flat_map(|(head, list)| {
        let (heading, language) = head.split_once(' ').unwrap_or((head, ""));
        list.split(',').map(move |word| (heading, language, word.trim())).filter(|(.., word)| !word.is_empty())
    })
}

/// The entries of the file that are meanings: what a word means, its language, the word.
fn entries(text: &'static str) -> impl Iterator<Item = (Sense, &'static str, &'static str)> {
    lines(text).filter_map(|(heading, language, word)| {
        let (_, sense) = Sense::NAMES.iter().find(|(known, _)| *known == heading)?;
        Some((*sense, language, word))
    })
}

/// What a name means, word by word.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct Meaning {
    /// The meanings found, in their order in the name.
    pub(in crate::read) senses: Vec<Sense>,
    /// The words found, with their meaning, as they are written in normal form.
    pub(in crate::read) found: Vec<(String, Sense)>,
    /// How many words are not known.
    pub(in crate::read) unknown: usize,
}

impl Meaning {
    /// What a name means. What stands behind "excluding", "before" or "without" is not what it is about.
    pub(in crate::read) fn of(name: &str) -> Self {
        let mut meaning = Self::default();
        let words = words(name);
        let mut at = 0;
        while at < words.len() {
            let rest = &words[at..];
            if at > 0 && Mark::Without.is(&rest[0]) {
                break;
            }
            if let Some((length, sense)) = phrase(rest) {
                meaning.push(rest[..length].join(" "), sense);
                at += length;
                continue;
            }
            if rest[0].chars().any(is_unspaced) {
                if !Mark::Silent.is(&rest[0]) {
                    meaning.read_unspaced(&rest[0]);
                }
            } else if let Some((ending, sense)) = ending(&rest[0]) {
                // `Nettobetrag` and `Bruttobetrag` are not the same amounts.
                let before = rest[0].strip_suffix(ending.as_str()).map(str::to_owned).unwrap_or_default();
                if let Some((_, sense @ (Sense::Net | Sense::Gross))) = phrase(std::slice::from_ref(&before)) {
                    meaning.push(before, sense);
                }
                meaning.push(ending, sense);
            } else if !Mark::Silent.is(&rest[0]) && !rest[0].chars().all(|c| c.is_ascii_digit()) {
                meaning.unknown += 1;
            }
            at += 1;
        }
        meaning
    }

    fn push(&mut self, word: String, sense: Sense) {
        self.senses.push(sense);
        self.found.push((word, sense));
    }

    fn read_unspaced(&mut self, word: &str) {
        let mut rest = word;
        let mut unknown = false;
        while let Some(c) = rest.chars().next() {
            if let Some((known, sense)) = LEXICON.unspaced.iter().find(|(known, _)| rest.starts_with(known.as_str())) {
                self.push(known.clone(), *sense);
                rest = &rest[known.len()..];
            } else {
                unknown = true;
                rest = &rest[c.len_utf8()..];
            }
        }
        self.unknown += usize::from(unknown);
    }

    pub(in crate::read) fn has(&self, sense: Sense) -> bool {
        self.senses.contains(&sense)
    }

    pub(in crate::read) fn has_any(&self, senses: &[Sense]) -> bool {
        self.senses.iter().any(|sense| senses.contains(sense))
    }

    /// Whether the name says what came and went, or what stood before, and nothing else: `New`, `Churned`, `Opening`.
    pub(in crate::read) fn is_bare_movement(&self) -> bool {
        let moves = |sense: &Sense| matches!(sense, Sense::Movement | Sense::Opening);
        !self.senses.is_empty() && self.unknown == 0 && self.senses.iter().all(moves)
    }

    /// Whether no word of the name is known.
    pub(in crate::read) fn is_unknown(&self) -> bool {
        self.senses.is_empty()
    }
}

/// The longest phrase that the words begin with: of how many words it is, and what it means.
fn phrase(words: &[String]) -> Option<(usize, Sense)> {
    let candidates = LEXICON.phrases.get(words.first()?.as_str())?;
    candidates.iter().find(|(phrase, _)| words.starts_with(phrase)).map(|(phrase, sense)| (phrase.len(), *sense))
}

/// Whether a name is a word for a total and nothing else: `total`, `Grand total:`, `Summe`.
pub(in crate::read) fn is_total_name(name: &str) -> bool {
    let words = words(name);
    let whole = phrase(&words).filter(|(length, _)| *length == words.len()).map(|(_, sense)| sense);
    let unspaced = || LEXICON.unspaced.iter().find(|(word, _)| words.len() == 1 && *word == words[0]).map(|(_, sense)| *sense);
    whole.or_else(unspaced) == Some(Sense::Total)
}

/// The word that a compound ends with: `umsatz` of `gesamtumsatz`.
fn ending(word: &str) -> Option<(String, Sense)> {
    let found = LEXICON.endings.iter().find(|(ending, _)| word.len() >= ending.len() + 3 && word.ends_with(ending.as_str()));
    found.map(|(ending, sense)| (ending.clone(), *sense))
}

/// Whether a character belongs to a script that puts no spaces between words.
fn is_unspaced(c: char) -> bool {
    matches!(c, '\u{3040}'..='\u{30ff}' | '\u{3400}'..='\u{9fff}' | '\u{f900}'..='\u{faff}')
}

/// The words of a name in lower case and without accents: split at punctuation, at digits, and where `camelCase` has its
/// humps.
pub(in crate::read) fn words(name: &str) -> Vec<String> {
    // Most words of `words.txt` are plain.
    if name.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b' ') {
        return name.split(' ').filter(|word| !word.is_empty()).map(str::to_owned).collect();
    }
    let mut words: Vec<String> = Vec::new();
    let mut current = String::new();
    let (mut previous, mut behind_word) = (' ', false);
    let plain: Vec<char> =
        if name.is_ascii() { name.chars().collect() } else { name.nfkd().filter(|c| !is_combining_mark(*c)).collect() };
    for (at, &c) in plain.iter().enumerate() {
        if c == '\'' || c == '’' {
            // `d'affaires` is two words, and `year's` one with a tail.
            if !current.is_empty() {
                words.push(std::mem::take(&mut current));
            }
            (previous, behind_word) = (' ', false);
            continue;
        }
        let is_of_word = c.is_alphanumeric();
        let next_is = |kind: fn(char) -> bool| plain.get(at + 1).is_some_and(|next| kind(*next));
        // `YoY` is one word, `netSales` are two.
        let hump = || {
            previous.is_lowercase() && next_is(char::is_alphabetic) || previous.is_uppercase() && next_is(char::is_lowercase)
        };
        let changes = || c.is_ascii_digit() != previous.is_ascii_digit() || is_unspaced(c) != is_unspaced(previous);
        let ends = !is_of_word || behind_word && changes() || c.is_uppercase() && hump();
        if ends && !current.is_empty() {
            words.push(std::mem::take(&mut current));
        }
        if is_of_word {
            match c {
                'ß' => current.push_str("ss"),
                'æ' | 'Æ' => current.push_str("ae"),
                'œ' | 'Œ' => current.push_str("oe"),
                'ø' | 'Ø' => current.push('o'),
                'ł' | 'Ł' => current.push('l'),
                'đ' | 'Đ' => current.push('d'),
                _ => current.extend(c.to_lowercase()),
            }
        }
        (previous, behind_word) = (c, is_of_word);
    }
    if !current.is_empty() {
        words.push(current);
    }
    words
}

#[cfg(test)]
mod tests;
