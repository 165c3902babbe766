//! Whole records of a text, cut off to be read on their own.

use std::ops::Add;

use crate::read::table::split::{Scan, scan};

/// Some whole records of a text.
pub(in crate::read) struct Lines {
    pub(in crate::read) text: String,
    /// The line that they begin on.
    pub(in crate::read) first: u64,
    pub(in crate::read) stretch: Stretch,
    pub(super) delimiter: u8,
}

/// How far some text reaches.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(in crate::read) struct Stretch {
    pub(in crate::read) bytes: usize,
    pub(in crate::read) lines: u64,
}

impl Add for Stretch {
    type Output = Self;

    fn add(self, next: Self) -> Self {
        Self { bytes: self.bytes + next.bytes, lines: self.lines + next.lines }
    }
}

/// How far the whole records at the beginning of a text reach, those of about `size` bytes.
pub(super) fn stretch(text: &[u8], size: usize, delimiter: u8) -> Stretch {
    let start = &text[..text.len().min(size)];
    // Nearly all texts have nothing quoted, and end their lines in LF or CRLF: every LF ends a record.
    let mut odd = memchr::memchr2_iter(b'"', b'\r', start);
    if odd.all(|at| text[at] == b'\r' && text.get(at + 1) == Some(&b'\n')) {
        let bytes = memchr::memrchr(b'\n', start).map_or(0, |last| last + 1);
        return Stretch { bytes, lines: memchr::memchr_iter(b'\n', &start[..bytes]).count() as u64 };
    }
    let mut stretch = Stretch::default();
    let mut spans = Vec::new();
    while stretch.bytes < size
        && let Scan::Record { next, breaks, .. } = scan(text, stretch.bytes, delimiter, false, &mut spans)
    {
        stretch = Stretch { bytes: next, lines: stretch.lines + breaks };
    }
    stretch
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_cut_off_whole() {
        let of = |text: &str, size| stretch(text.as_bytes(), size, b',');
        assert_eq!(of("a,1\nb,2\nc,3", 100), Stretch { bytes: 8, lines: 2 });
        assert_eq!(of("a,1\r\nb,2\r\nc,3\r\n", 11), Stretch { bytes: 10, lines: 2 });
        assert_eq!(of("a,\"1\n2\"\nb,2\nc", 4), Stretch { bytes: 8, lines: 2 });
        assert_eq!(of("a,1\rb,2\rc", 100), Stretch { bytes: 8, lines: 2 });
        assert_eq!(of("a,\"1\nb,2\n", 100), Stretch::default());
        assert_eq!(of("no end", 100), Stretch::default());
    }
}
