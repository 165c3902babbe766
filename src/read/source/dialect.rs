//! How a file's text is written: its encoding and its delimiter, found by looking.

/// How the text of a file is written.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
#[non_exhaustive]
pub struct Dialect {
    /// What stands between cells.
    pub delimiter: char,
    /// Name of the encoding, as the WHATWG has it.
    pub encoding: &'static str,
    /// Whether a byte order mark stands at the beginning.
    pub byte_order_mark: bool,
}

const DELIMITERS: [u8; 4] = [b',', b';', b'\t', b'|'];

/// How many lines are looked at.
const LINES: usize = 50;

/// The delimiter of a text: the one that splits most of its first lines into the same number of cells, more than one; the
/// comma if none does.
pub(in crate::read) fn delimiter(head: &str) -> u8 {
    let lines: Vec<&str> = head.split(['\n', '\r']).filter(|line| !line.trim().is_empty()).take(LINES).collect();
    let score = |delimiter: u8| {
        let counts: Vec<usize> = lines.iter().map(|line| count_outside_quotes(line, delimiter)).collect();
        let mut best = (0, 0);
        for count in counts.iter().filter(|count| **count > 0) {
            let same = counts.iter().filter(|other| *other == count).count();
            best = best.max((same, *count));
        }
        best
    };
    // Tabs in every line, as many in each, are not part of texts.
    if lines.len() > 1 && score(b'\t').0 == lines.len() {
        return b'\t';
    }
    // A semicolon that splits as many lines as a comma, and into as many cells, leaves the comma for decimals.
    let (by_comma, by_semicolon) = (score(b','), score(b';'));
    if by_semicolon.0 == lines.len() && by_semicolon == by_comma && lines.iter().all(|line| !has_comma_before(line)) {
        return b';';
    }
    // Of equals the first stands: `max_by_key` would keep the last.
    DELIMITERS.into_iter().rev().max_by_key(|delimiter| score(*delimiter)).filter(|best| score(*best).0 > 0).unwrap_or(b',')
}

/// Whether a comma stands before the first semicolon of a line, as one that delimits would among others.
fn has_comma_before(line: &str) -> bool {
    line.find(',').is_some_and(|comma| line.find(';').is_none_or(|semicolon| comma < semicolon))
}

fn count_outside_quotes(line: &str, delimiter: u8) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for byte in line.bytes() {
        match byte {
            b'"' => quoted = !quoted,
            _ if byte == delimiter && !quoted => count += 1,
            _ => {}
        }
    }
    count
}

/// What a file that is not text seems to be.
pub(in crate::read) fn not_text(head: &str) -> Option<&'static str> {
    const STARTS: [(&str, &str); 5] = [
        ("PK\u{3}\u{4}", "an Excel workbook or another ZIP archive"),
        ("%PDF-", "a PDF document"),
        ("PAR1", "a Parquet file"),
        ("{\\rtf", "a rich text document"),
        ("<", "a web page or another XML document"),
    ];
    let start = head.trim_start();
    let known = STARTS.iter().find(|(mark, _)| start.starts_with(mark)).map(|(_, what)| *what);
    let is_text = |c: char| !c.is_control() || ['\t', '\n', '\r', '\u{c}', '\u{85}'].contains(&c);
    known.or_else(|| (!head.chars().take(4096).all(is_text)).then_some("a binary file"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn delimiters_are_found() {
        let cases = [
            ("a,b\n1,2\n", b','),
            ("a;b\n1,5;2\n3,4;5\n", b';'),
            ("a\tb\n1,000\t2\n", b'\t'),
            ("a,b,c\\d\t2020\nx,y,z\t1\n", b'\t'),
            ("a|b\n1|2\n", b'|'),
            ("period\n2024\n", b','),
            ("month;sales, k\nJan;1,5\nFeb;2,5\n", b';'),
            ("a,b;c\n1,2;3\n", b','),
            ("a,b\n\"x;y;z\",\"p;q;r\"\n", b','),
        ];
        for (text, expected) in cases {
            assert_eq!(char::from(delimiter(text)), char::from(expected), "{text}");
        }
    }
}
