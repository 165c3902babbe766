//! Files packed with gzip or Zstandard, unpacked while they are read.

use std::cell::RefCell;
use std::io::{self, Read};
use std::rc::Rc;

/// What a file begins with that is packed with gzip.
const GZIP: [u8; 2] = [0x1f, 0x8b];

/// What one begins with that is packed with Zstandard.
const ZSTANDARD: [u8; 4] = [0x28, 0xb5, 0x2f, 0xfd];

/// The endings of such files, which are no part of a file's name.
pub(in crate::read) const ENDINGS: [&str; 3] = [".gz", ".zst", ".zstd"];

/// An input without its packing.
pub(in crate::read) struct Unpacked<'r> {
    input: Box<dyn Read + 'r>,
    fault: Fault,
}

/// What is wrong with the packing, once something is.
pub(in crate::read) type Fault = Rc<RefCell<Option<String>>>;

impl<'r> Unpacked<'r> {
    /// What is packed in `input`, which begins with `head`; `input` itself if it is not packed.
    ///
    /// # Errors
    ///
    /// If the decoder cannot begin.
    pub(in crate::read) fn new(head: &[u8], input: impl Read + 'r) -> io::Result<Self> {
        let input: Box<dyn Read + 'r> = if head.starts_with(&GZIP) {
            Box::new(flate2::read::MultiGzDecoder::new(input))
        } else if head.starts_with(&ZSTANDARD) {
            Box::new(zstd::Decoder::new(input)?)
        } else {
            Box::new(input)
        };
        Ok(Self { input, fault: Fault::default() })
    }

    /// Where it is told what is wrong with the packing, when all is read.
    pub(in crate::read) fn fault(&self) -> Fault {
        Rc::clone(&self.fault)
    }
}

impl Read for Unpacked<'_> {
    /// Ends where the packing is damaged, which [`fault`](Self::fault) tells then.
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        match self.input.read(buffer) {
            Err(error) if error.raw_os_error().is_none() && error.kind() != io::ErrorKind::Interrupted => {
                self.fault.borrow_mut().get_or_insert_with(|| error.to_string());
                Ok(0)
            }
            read => read,
        }
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn unpacked(bytes: &[u8]) -> (String, Option<String>) {
        let mut input = Unpacked::new(&bytes[..4], bytes).unwrap();
        let mut text = String::new();
        input.read_to_string(&mut text).unwrap();
        let fault = input.fault().borrow().clone();
        (text, fault)
    }

    #[test]
    fn packed_and_plain_texts_come_out_alike_and_damage_is_told() {
        let text = "period,revenue\n2024-01,10\n".repeat(100);
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(text.as_bytes()).unwrap();
        let gzip = gzip.finish().unwrap();
        let zstandard = zstd::encode_all(text.as_bytes(), 1).unwrap();
        for packed in [&gzip, &zstandard, &text.clone().into_bytes()] {
            assert_eq!(unpacked(packed), (text.clone(), None));
        }
        for packed in [&gzip, &zstandard] {
            assert!(unpacked(&packed[..packed.len() - 9]).1.is_some());
        }
        // Two members, one after the other.
        assert_eq!(unpacked(&[gzip.clone(), gzip].concat()).0, text.repeat(2));
    }
}
