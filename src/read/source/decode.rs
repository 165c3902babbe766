//! Bytes to UTF-8: byte order marks, UTF-16 as Excel writes it, and Windows-1252 where a file is not UTF-8.
//!
//! Decodes as it reads, so that a file of any size passes through. Knows nothing of rows and cells.

use std::io::{self, Read};

use encoding_rs::{CoderResult, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1251, WINDOWS_1252};

/// A character encoding, by its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Encoding(&'static encoding_rs::Encoding);

impl Encoding {
    /// The encoding of this name or label, such as `utf-8`, `latin1` or `windows-1252`, in any case.
    pub fn from_label(label: &str) -> Option<Self> {
        encoding_rs::Encoding::for_label(label.as_bytes()).map(Self)
    }

    /// Its name, as the WHATWG has it.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    pub(in crate::read) fn inner(self) -> &'static encoding_rs::Encoding {
        self.0
    }
}

/// How much is read at once.
const CHUNK: usize = 1 << 18;

/// Decodes a file, choosing the encoding by its first bytes.
///
/// Without a byte order mark, text is UTF-8 as long as it is; if the first bytes that are not ASCII are not UTF-8 either, it
/// is Windows-1252, or Windows-1251 where whole words are of its Cyrillic letters. After that there is no changing: bytes that are not UTF-8 behind others that were are a fault.
pub(in crate::read) struct Decoder<R> {
    input: R,
    state: State,
    /// Where bytes are read to, one time after the other.
    chunk: Vec<u8>,
    /// How many at its beginning are read and not decoded yet: the start of a character.
    pending: usize,
    /// Whether a byte order mark was found.
    pub(in crate::read) byte_order_mark: bool,
}

enum State {
    Start(Option<&'static encoding_rs::Encoding>),
    Utf8 { ascii_so_far: bool },
    Other(Box<encoding_rs::Decoder>),
    End,
}

/// What came of reading on.
#[derive(Debug, PartialEq, Eq)]
pub(in crate::read) enum Filled {
    /// Text was added, or nothing yet; there may be more.
    More,
    /// The file is at its end.
    End,
    /// These bytes are not UTF-8; what stands before them was added.
    Invalid(Vec<u8>),
}

impl<R: Read> Decoder<R> {
    /// A decoder for `input`, in `encoding` if one is given.
    pub(in crate::read) fn new(input: R, encoding: Option<&'static encoding_rs::Encoding>) -> Self {
        Self { input, state: State::Start(encoding), chunk: Vec::new(), pending: 0, byte_order_mark: false }
    }

    /// The encoding, once something was read.
    pub(in crate::read) fn encoding(&self) -> &'static encoding_rs::Encoding {
        if let State::Other(decoder) = &self.state { decoder.encoding() } else { UTF_8 }
    }

    /// Reads on and adds what it decodes to `text`.
    pub(in crate::read) fn fill(&mut self, text: &mut String) -> io::Result<Filled> {
        let mut chunk = std::mem::take(&mut self.chunk);
        let kept = self.pending;
        // The first look must see the byte order mark whole, and enough to tell UTF-16 from text.
        let least = if matches!(self.state, State::Start(_)) { 64 } else { 1 };
        chunk.resize(chunk.len().max(kept + CHUNK), 0);
        let mut length = kept;
        let mut at_end = false;
        while length < kept + least {
            match self.input.read(&mut chunk[length..]) {
                Ok(0) => {
                    at_end = true;
                    break;
                }
                Ok(read) => length += read,
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
        let mut from = 0;
        if let State::Start(encoding) = self.state {
            from = self.start(encoding, &chunk[..length]);
        }
        let filled = self.decode(&chunk[from..length], at_end, text);
        chunk.copy_within(length - self.pending..length, 0);
        self.chunk = chunk;
        filled
    }

    /// Chooses the encoding; where the text begins.
    fn start(&mut self, asked: Option<&'static encoding_rs::Encoding>, chunk: &[u8]) -> usize {
        let marked = encoding_rs::Encoding::for_bom(chunk);
        let from = marked.map_or(0, |(_, length)| length);
        self.byte_order_mark = marked.is_some();
        let encoding = asked.or(marked.map(|(encoding, _)| encoding)).or_else(|| utf16_without_mark(&chunk[from..]));
        self.state = match encoding {
            Some(encoding) if encoding != UTF_8 => State::Other(Box::new(encoding.new_decoder_without_bom_handling())),
            // A mark or the user's word says UTF-8: then nothing else will do.
            Some(_) => State::Utf8 { ascii_so_far: false },
            None => State::Utf8 { ascii_so_far: true },
        };
        from
    }

    /// Decodes what was read, up to a character that is not whole yet.
    fn decode(&mut self, chunk: &[u8], at_end: bool, text: &mut String) -> io::Result<Filled> {
        self.pending = 0;
        match &mut self.state {
            State::Utf8 { ascii_so_far } => {
                let (valid, invalid) = match std::str::from_utf8(chunk) {
                    Ok(valid) => (valid, None),
                    Err(error) => {
                        let valid = std::str::from_utf8(&chunk[..error.valid_up_to()]).unwrap_or_default();
                        match error.error_len() {
                            None if !at_end => (valid, None),
                            length => (valid, Some(length.unwrap_or(chunk.len() - valid.len()))),
                        }
                    }
                };
                *ascii_so_far &= valid.is_ascii();
                text.push_str(valid);
                let valid = valid.len();
                match invalid {
                    None => {
                        self.pending = chunk.len() - valid;
                        Ok(done(at_end))
                    }
                    Some(_) if *ascii_so_far => {
                        let encoding = if is_cyrillic(&chunk[valid..]) { WINDOWS_1251 } else { WINDOWS_1252 };
                        self.state = State::Other(Box::new(encoding.new_decoder_without_bom_handling()));
                        self.decode(&chunk[valid..], at_end, text)
                    }
                    Some(length) => {
                        self.state = State::End;
                        Ok(Filled::Invalid(chunk[valid..valid + length].to_vec()))
                    }
                }
            }
            State::Other(decoder) => {
                text.reserve(decoder.max_utf8_buffer_length(chunk.len()).unwrap_or(chunk.len() * 3 + 16));
                let (result, read, _) = decoder.decode_to_string(chunk, text, at_end);
                debug_assert!(result == CoderResult::InputEmpty && read == chunk.len(), "the text holds the worst case");
                Ok(done(at_end))
            }
            State::Start(_) | State::End => Ok(Filled::End),
        }
    }
}

fn done(at_end: bool) -> Filled {
    if at_end { Filled::End } else { Filled::More }
}

/// Whether most words with letters beyond ASCII are of nothing else, as in Windows-1251: in Western languages such letters
/// stand among plain ones, one or two of them together.
fn is_cyrillic(chunk: &[u8]) -> bool {
    let head = &chunk[..chunk.len().min(1 << 14)];
    let is_letter = |byte: &u8| byte.is_ascii_alphabetic() || *byte >= 0xc0;
    let (mut cyrillic, mut others) = (0, 0);
    for word in head.split(|byte| !is_letter(byte)).filter(|word| word.len() > 2) {
        let beyond = word.iter().filter(|byte| **byte >= 0xc0).count();
        cyrillic += usize::from(beyond == word.len());
        others += usize::from(beyond > 0 && beyond < word.len());
    }
    cyrillic > 0 && cyrillic > 2 * others
}

/// UTF-16 without a mark shows as a zero byte beside nearly every ASCII character.
fn utf16_without_mark(chunk: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let head = &chunk[..chunk.len().min(64) / 2 * 2];
    if head.len() < 8 {
        return None;
    }
    let zeros = |offset: usize| head.iter().skip(offset).step_by(2).filter(|byte| **byte == 0).count();
    let (even, odd) = (zeros(0), zeros(1));
    let most = head.len() / 2 * 3 / 4;
    match (even > most, odd > most) {
        (false, true) => Some(UTF_16LE),
        (true, false) => Some(UTF_16BE),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Hands out one byte at a time.
    struct Dribble<'a>(&'a [u8]);

    impl Read for Dribble<'_> {
        fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
            let Some((first, rest)) = self.0.split_first() else { return Ok(0) };
            buffer[0] = *first;
            self.0 = rest;
            Ok(1)
        }
    }

    fn decode(bytes: &[u8]) -> (String, Filled, &'static encoding_rs::Encoding) {
        let mut whole = Decoder::new(bytes, None);
        let mut text = String::new();
        let end = loop {
            match whole.fill(&mut text).unwrap() {
                Filled::More => {}
                end => break end,
            }
        };
        let mut dribbled = Decoder::new(Dribble(bytes), None);
        let mut same = String::new();
        while dribbled.fill(&mut same).unwrap() == Filled::More {}
        assert_eq!(same, text, "the same however the bytes arrive");
        (text, end, whole.encoding())
    }

    #[test]
    fn utf8_with_and_without_mark() {
        assert_eq!(decode("é€".as_bytes()), ("é€".to_owned(), Filled::End, UTF_8));
        assert_eq!(decode("\u{feff}é".as_bytes()), ("é".to_owned(), Filled::End, UTF_8));
        assert_eq!(decode(b""), (String::new(), Filled::End, UTF_8));
    }

    #[test]
    fn utf16_with_and_without_mark() {
        let text = "period,value\n2024,1 €\n";
        for (mark, big) in [(true, false), (true, true), (false, false), (false, true)] {
            let units = mark.then_some(0xfeff).into_iter().chain(text.encode_utf16());
            let bytes: Vec<u8> = units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect();
            let (decoded, end, encoding) = decode(&bytes);
            assert_eq!((decoded.as_str(), end), (text, Filled::End));
            assert_eq!(encoding, if big { UTF_16BE } else { UTF_16LE });
        }
    }

    #[test]
    fn windows_1252_where_it_cannot_be_utf8() {
        let (text, end, encoding) = decode(b"soci\xe9t\xe9;montant\nA;5 \x80\n");
        assert_eq!((text.as_str(), end), ("société;montant\nA;5 €\n", Filled::End));
        assert_eq!(encoding, WINDOWS_1252);
    }

    #[test]
    fn bytes_that_are_not_utf8_behind_some_that_were() {
        let (text, end, _) = decode(b"\xc3\xa9 then \xe9.");
        assert_eq!((text.as_str(), end), ("é then ", Filled::Invalid(vec![0xe9])));
    }
}
